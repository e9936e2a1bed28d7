/* greedy.h - the transition parser: one pass over a sentence, each move the one the network scores highest.
 *
 * Input are the token vectors that net_slots made; output a projective tree with one root. Linear in the length.
 * Thread-safe with one arc_state per thread. */
#ifndef TR_PARSE_GREEDY_H
#define TR_PARSE_GREEDY_H
#include "model/net.h"

/* Parses n tokens (n <= ARC_TOKENS) whose vectors start at slots; the tree is left in st->head and st->rel [1..n], head 0
 * is the root. */
void parse_greedy(const struct net *net, const struct kernels *k, const int16_t *slots, uint32_t n, struct arc_state *st);

#endif
