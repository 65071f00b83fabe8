#ifndef SCREEN_TERMDEMO_H
#define SCREEN_TERMDEMO_H

/* A program that shows what it hears from its terminal: see its keys in termdemo.c. */
int termdemo(int argc, char **argv);

#endif
