#ifndef RAG_ALIKE_H
#define RAG_ALIKE_H

/*
 * How much two names are alike, 0 to 1; 1: the same but for case and signs ("Base Color",
 * base_color, BaseColor). Words that they share count, however they are ordered, then words that
 * one begins with (Fac and Factor, Loc and Location), then how few letters would have to change.
 * Names are short: of longer ones only the first 64 bytes and 12 words are looked at.
 */
double alike(const char *a, const char *b);

/*
 * The same as seen from one that is looked for: what `name` has beyond the words of `wanted` costs
 * less than a word of `wanted` that it lacks, so "Specular" finds "Specular IOR Level".
 */
double alike_wanted(const char *wanted, const char *name);

#endif
