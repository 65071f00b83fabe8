#ifndef SCREEN_PICTUREDEMO_H
#define SCREEN_PICTUREDEMO_H

/* A program that shows pictures among text: see its keys in picturedemo.c. */
int picturedemo(int argc, char **argv);

#endif
