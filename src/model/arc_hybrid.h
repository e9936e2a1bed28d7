/* arc_hybrid.h - the arc-hybrid transition system (Kuhlmann, Gomez-Rodriguez, Satta 2011) with its dynamic oracle
 * (Goldberg and Nivre 2013), and what the network sees of a state. Shared by parser and trainer.
 *
 * Token 0 is the root at the bottom of the stack; tokens 1..n follow. Actions: 0 shift; 1 + r: left-arc (first of the
 * buffer becomes head of the top of the stack); 1 + nrel + r: right-arc (second of the stack becomes head of the
 * top). The root takes its one child last, so every output is a projective tree with one root. */
#ifndef TR_MODEL_ARC_HYBRID_H
#define TR_MODEL_ARC_HYBRID_H
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
  ARC_TOKENS = 400,   /* longest sentence; longer ones are parsed in pieces */
  ARC_SLOTS = 12,     /* tokens that a state shows */
  ARC_EXTRAS = 12,    /* discrete facts that a state shows, each a table of ARC_EXTRA_ROWS */
  ARC_EXTRA_ROWS = 64 /* the last row: absent */
};

struct arc_state {
  int n, b, top; /* b: first of the buffer; the stack is stack[0..top-1] */
  int16_t stack[ARC_TOKENS + 2], head[ARC_TOKENS + 2], rel[ARC_TOKENS + 2];
  int16_t l1[ARC_TOKENS + 2], l2[ARC_TOKENS + 2], r1[ARC_TOKENS + 2], r2[ARC_TOKENS + 2]; /* outermost children */
  uint8_t nleft[ARC_TOKENS + 2], nright[ARC_TOKENS + 2];                                  /* 3 means three or more */
  uint8_t margin[ARC_TOKENS + 2]; /* how sure its head is; lowered by the parser */
};

static inline void arc_start(struct arc_state *s, int n) { /* 0 <= n <= ARC_TOKENS */
  size_t m = sizeof(int16_t) * (size_t)(n + 1);
  s->n = n, s->b = 1, s->top = 1, s->stack[0] = 0;
  memset(s->head, -1, m), memset(s->rel, -1, m);
  memset(s->l1, 0, m), memset(s->l2, 0, m), memset(s->r1, 0, m), memset(s->r2, 0, m);
  memset(s->nleft, 0, (size_t)n + 1), memset(s->nright, 0, (size_t)n + 1), memset(s->margin, 255, (size_t)n + 1);
}
static inline bool arc_done(const struct arc_state *s) { return s->b > s->n && s->top == 1; }
static inline bool arc_can_shift(const struct arc_state *s) { return s->b <= s->n; }
static inline bool arc_can_left(const struct arc_state *s) { return s->b <= s->n && s->top > 1; }
/* The last word standing goes to the root: forced, nothing to decide but nothing to learn either. */
static inline bool arc_root_next(const struct arc_state *s) { return s->top == 2 && s->b > s->n; }
static inline bool arc_can_right(const struct arc_state *s) { return s->top > 2 || arc_root_next(s); }
static inline int arc_allowed(const struct arc_state *s) { /* bits: shift, left, right */
  return (int)arc_can_shift(s) | (int)arc_can_left(s) << 1 | (int)arc_can_right(s) << 2;
}

static inline void arc_apply(struct arc_state *s, int action, int nrel) {
  if (!action) {
    s->stack[s->top++] = (int16_t)s->b++;
    return;
  }
  int d = s->stack[--s->top];
  if (action <= nrel) {
    int h = s->b;
    s->head[d] = (int16_t)h, s->rel[d] = (int16_t)(action - 1);
    s->l2[h] = s->l1[h], s->l1[h] = (int16_t)d;
    s->nleft[h] = (uint8_t)(s->nleft[h] + (s->nleft[h] < 3));
  } else {
    int h = s->stack[s->top - 1];
    s->head[d] = (int16_t)h, s->rel[d] = (int16_t)(action - 1 - nrel);
    s->r2[h] = s->r1[h], s->r1[h] = (int16_t)d;
    s->nright[h] = (uint8_t)(s->nright[h] + (s->nright[h] < 3));
  }
}

/* How many gold arcs each kind of move (shift, left, right) makes unreachable. gold[1..n] are heads. */
static inline void arc_costs(const struct arc_state *s, const int16_t *gold, int cost[3]) {
  int s0 = s->top > 1 ? s->stack[s->top - 1] : -1, s1 = s->top > 1 ? s->stack[s->top - 2] : -1, b = s->b;
  int waiting = 0, h0 = s0 > 0 ? gold[s0] : -1;
  cost[0] = cost[1] = cost[2] = 0;
  if (s0 > 0)
    for (int d = b; d <= s->n; d++) waiting += gold[d] == s0;
  cost[1] = waiting + (h0 >= 0 && (h0 == s1 || h0 > b));
  cost[2] = waiting + (h0 >= b);
  if (b > s->n) return;
  for (int i = 0; i < s->top; i++) {
    int t = s->stack[i];
    cost[0] += (t > 0 && gold[t] == b) + (i < s->top - 1 && gold[b] == t);
  }
}

static inline int arc_distance(int d) { return d < 6 ? d : d < 9 ? 6 : d < 14 ? 7 : 8; }
static inline int arc_child(const int16_t *side, int h) { return h > 0 && side[h] ? side[h] : -1; }
static inline int arc_child_rel(const struct arc_state *s, const int16_t *side, int h) {
  return h > 0 && side[h] ? s->rel[side[h]] : ARC_EXTRA_ROWS - 1;
}

/* tok[k]: the token in slot k, or -1. row[k]: row of the table of fact k.
 * Slots: s0 s1 s2 s3 b0 b1 b2 s0.left s0.right s1.left s1.right b0.left. */
static inline void arc_view(const struct arc_state *s, int tok[ARC_SLOTS], int row[ARC_EXTRAS]) {
  const int16_t *st = s->stack + s->top;
  int s0 = s->top > 1 ? st[-1] : -1, s1 = s->top > 1 ? st[-2] : -1;
  int b0 = s->b <= s->n ? s->b : -1, none = ARC_EXTRA_ROWS - 1;
  tok[0] = s0, tok[1] = s1, tok[2] = s->top > 2 ? st[-3] : -1, tok[3] = s->top > 3 ? st[-4] : -1;
  tok[4] = b0, tok[5] = s->b + 1 <= s->n ? s->b + 1 : -1, tok[6] = s->b + 2 <= s->n ? s->b + 2 : -1;
  tok[7] = arc_child(s->l1, s0), tok[8] = arc_child(s->r1, s0);
  tok[9] = arc_child(s->l1, s1), tok[10] = arc_child(s->r1, s1), tok[11] = arc_child(s->l1, b0);
  row[0] = arc_child_rel(s, s->l1, s0), row[1] = arc_child_rel(s, s->l2, s0);
  row[2] = arc_child_rel(s, s->r1, s0), row[3] = arc_child_rel(s, s->r2, s0);
  row[4] = arc_child_rel(s, s->l1, s1), row[5] = arc_child_rel(s, s->r1, s1), row[6] = arc_child_rel(s, s->r2, s1);
  row[7] = arc_child_rel(s, s->l1, b0), row[8] = arc_child_rel(s, s->l2, b0);
  row[9] = s0 > 0 && b0 > 0 ? arc_distance(b0 - s0) : none;
  row[10] = s0 > 0 && s1 > 0 ? arc_distance(s0 - s1) : none;
  row[11] = (s0 > 0 ? s->nleft[s0] * 4 + s->nright[s0] : 0) + 16 * (b0 > 0 ? s->nleft[b0] : 0);
  if (row[11] == none) row[11] = none - 1;
}

#endif
