/* conjuncts.c - see conjuncts.h. */
#include "parse/conjuncts.h"
#include "doc/tree.h"

enum { DEPENDENTS_MOST = 24 };
static const float AHEAD = 0.25f; /* logits by which another head must be better */

/* The dependents by which the two sides are compared. */
enum slot { CC, CASE, MARK, CONJ, DET, NSUBJ, AUX, COP, OBJ, AMOD, COMPOUND, POSS, NUMMOD, ADVMOD, SLOTS };
static const uint8_t SLOT_OF[DEPREL_COUNT] = {
    [DEPREL_CC] = CC + 1,         [DEPREL_CASE] = CASE + 1,      [DEPREL_MARK] = MARK + 1,
    [DEPREL_CONJ] = CONJ + 1,     [DEPREL_DET] = DET + 1,        [DEPREL_NSUBJ] = NSUBJ + 1,
    [DEPREL_AUX] = AUX + 1,       [DEPREL_COP] = COP + 1,        [DEPREL_OBJ] = OBJ + 1,
    [DEPREL_AMOD] = AMOD + 1,     [DEPREL_NMOD_POSS] = POSS + 1, [DEPREL_COMPOUND] = COMPOUND + 1,
    [DEPREL_NUMMOD] = NUMMOD + 1, [DEPREL_ADVMOD] = ADVMOD + 1};

struct side {
  uint32_t at[SLOTS]; /* the first dependent of the kind, or NONE */
};

static struct side side_of(const struct doc *d, uint32_t head, uint32_t before) {
  struct side s;
  int seen = 0;
  for (int i = 0; i < SLOTS; i++) s.at[i] = NONE;
  TREE_EACH(d, c, head) {
    if (c >= before || ++seen > DEPENDENTS_MOST) break;
    uint8_t slot = SLOT_OF[d->tokens.deprel[c]];
    if (slot && s.at[slot - 1] == NONE) s.at[slot - 1] = c;
  }
  return s;
}

static uint32_t name_hash(const char *name) { return (uint32_t)str_hash(str_of(name), 7); }

void conjunct_labels_init(struct conjunct_labels *l) {
  for (uint8_t i = 0; i < UPOS_COUNT; i++) l->upos[i] = name_hash(upos_name(i));
  for (uint8_t i = 0; i < XPOS_COUNT; i++) l->xpos[i] = name_hash(xpos_name(i));
  for (uint8_t i = 0; i < DEPREL_COUNT; i++) l->deprel[i] = name_hash(deprel_name(i));
}

bool conjuncts_open(struct conjuncts *c, const struct model_file *m, struct err *e) {
  str unit = model_section(m, "conjuncts.unit");
  const void *weight;
  *c = (struct conjuncts){0};
  if (!unit.p) return true;
  if (unit.n != sizeof c->unit || !model_section_sized(m, "conjuncts", CONJUNCT_ROWS, &weight, e))
    return err_set(e, ERR_MODEL, "the weights of conjuncts have the wrong size");
  memcpy(&c->unit, unit.p, sizeof c->unit);
  c->weight = weight;
  conjunct_labels_init(&c->labels);
  return true;
}

bool conjunct_heads(const struct doc *d, uint32_t t, struct conjunct_choice *choice) {
  const struct tokens *k = &d->tokens;
  uint32_t head = k->head[t], first = d->sentences.at[k->sentence[t]].first, at = k->left[t];
  bool found = false;
  choice->n = 0;
  if (head == NONE || head > t || at <= first) return false;
  for (at--; at != NONE && at < t && choice->n < CONJUNCT_HEADS; at = k->head[at]) {
    if (at == head) found = true, choice->now = choice->n;
    choice->head[choice->n++] = at;
    if (found && k->right[at] > k->right[t]) break; /* higher up its arc would cross that of what follows */
  }
  return found && choice->n > 1;
}

/* ---- features ---- */

struct pad {
  uint32_t *row, n;
};

static void put(struct pad *p, uint32_t kind, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  uint64_t h = (uint64_t)(kind + 1) * 0x9E3779B97F4A7C15ull;
  const uint32_t part[] = {a, b, c, d};
  for (int i = 0; i < 4; i++) h = (h ^ part[i]) * 0xD6E8FEB86659FD93ull, h ^= h >> 32;
  if (p->n < CONJUNCT_FEATURES) p->row[p->n++] = (uint32_t)h & (CONJUNCT_ROWS - 1);
}

static uint32_t lemma_hash(const struct doc *d, uint32_t t, size_t last) {
  str w = t == NONE ? (str){"", 0} : doc_word(d, d->tokens.lemma[t]);
  uint32_t h = 2166136261u;
  for (size_t i = w.n > last ? w.n - last : 0; i < w.n; i++) h = (h ^ (unsigned char)ascii_fold(w.p[i])) * 16777619u;
  return h;
}

static uint32_t distance_kind(uint32_t n) { return n < 5 ? n : n < 8 ? 5 : n < 14 ? 6 : n < 25 ? 7 : 8; }

static uint32_t commas_between(const struct doc *d, uint32_t from, uint32_t to) {
  uint32_t n = 0;
  for (uint32_t i = from + 1; i < to && n < 3; i++) {
    str w = doc_word(d, d->tokens.form[i]);
    n += str_is(w, ",") || str_is(w, ";");
  }
  return n;
}

/* How alike the encoder's states of two words are, in twentieths of the cosine's square; 21 where there are none. */
static uint32_t likeness(const struct doc *d, uint32_t a, uint32_t b) {
  const int8_t *x = d->vectors.at + (size_t)a * d->vectors.width, *y = d->vectors.at + (size_t)b * d->vectors.width;
  int xy = 0, xx = 0, yy = 0;
  if (!d->vectors.at) return 21;
  for (uint32_t i = 0; i < d->vectors.width; i++) xy += x[i] * y[i], xx += x[i] * x[i], yy += y[i] * y[i];
  if (xy <= 0) return 0;
  return (uint32_t)(20 * (double)xy * xy / ((double)xx * yy + 1));
}

struct view { /* of a conjunct and a head */
  const struct doc *d;
  uint32_t t, c, place; /* place: which way from the present head, and how far */
  struct side of_t, of_c;
  uint32_t ut, uc, rc; /* hashes of UPOS and relation */
};

static void put_place(struct pad *p, const struct conjunct_labels *l, const struct view *v) {
  const struct tokens *k = &v->d->tokens;
  uint32_t sure = k->margin[v->t] / 24u, up = k->head[v->c];
  uint32_t far = distance_kind(v->t - v->c), before = k->left[v->t] - 1;
  put(p, 0, v->place, 0, 0, 0);
  put(p, 1, v->place, sure < 7 ? sure : 7, 0, 0);
  put(p, 2, v->place, v->rc, 0, 0);
  put(p, 3, v->place, v->ut, v->uc, 0);
  put(p, 4, v->ut, v->uc, 0, 0);
  put(p, 5, l->xpos[k->xpos[v->t]], l->xpos[k->xpos[v->c]], 0, 0);
  put(p, 6, v->rc, v->ut, 0, 0);
  put(p, 7, v->rc, v->ut, v->uc, 0);
  put(p, 8, far, v->ut, 0, 0);
  put(p, 9, far, v->ut, v->uc, 0);
  put(p, 10, commas_between(v->d, v->c, v->t), v->ut, v->uc, 0);
  put(p, 11, l->upos[k->upos[before]], v->ut, v->uc, 0);
  put(p, 12, before == v->c, v->ut, v->uc, 0);
  put(p, 13, up == NONE ? 0 : l->upos[k->upos[up]], v->rc, v->ut, v->uc);
}

static void put_words(struct pad *p, const struct view *v) {
  const struct tokens *k = &v->d->tokens;
  uint32_t lt = lemma_hash(v->d, v->t, 64), lc = lemma_hash(v->d, v->c, 64);
  bool same_end = lemma_hash(v->d, v->t, 3) == lemma_hash(v->d, v->c, 3);
  uint32_t capitals = (k->flags[v->t] & TOKEN_UPPER_FIRST) | (uint32_t)(k->flags[v->c] & TOKEN_UPPER_FIRST) << 8;
  put(p, 20, k->feats[v->t] == k->feats[v->c], v->ut, v->uc, 0);
  put(p, 21, capitals, k->upos[v->t] == k->upos[v->c], 0, 0);
  put(p, 22, lt == lc, 0, 0, 0);
  put(p, 23, same_end, v->ut, 0, 0);
  put(p, 24, lc, v->ut, 0, 0);
  put(p, 25, lt, v->uc, 0, 0);
  put(p, 26, lt, lc, 0, 0);
  uint32_t like = likeness(v->d, v->t, v->c);
  put(p, 27, like, 0, 0, 0);
  put(p, 28, like, v->place, 0, 0);
  put(p, 29, like, v->ut, v->uc, 0);
}

static void put_sides(struct pad *p, const struct view *v) {
  const uint32_t *a = v->of_t.at, *b = v->of_c.at;
  uint32_t cc = lemma_hash(v->d, a[CC], 64), case_t = lemma_hash(v->d, a[CASE], 64),
           case_c = lemma_hash(v->d, b[CASE], 64);
  uint32_t cases = (a[CASE] != NONE) + 2u * (b[CASE] != NONE) + 4u * (case_t == case_c);
  put(p, 30, cc, v->uc, v->ut, 0);
  put(p, 31, cc, v->rc, v->place, 0);
  put(p, 32, cases, v->ut, v->uc, 0);
  put(p, 33, cases, v->rc, 0, 0);
  put(p, 34, case_t, case_c, 0, 0);
  if (a[MARK] != NONE || b[MARK] != NONE)
    put(p, 35, lemma_hash(v->d, a[MARK], 64), lemma_hash(v->d, b[MARK], 64), 0, 0);
  put(p, 36, b[CONJ] != NONE, a[CC] != NONE, v->place, 0);
  put(p, 37, v->d->tokens.deprel[v->c] == DEPREL_CONJ, a[CC] != NONE, v->place, 0);
  if (b[CONJ] != NONE) put(p, 38, tree_child(v->d, b[CONJ], DEPREL_CC) != NONE, a[CC] != NONE, 0, 0);
  for (uint32_t i = MARK; i < SLOTS; i++)
    if (i != CONJ) put(p, 40 + i, (a[i] != NONE) + 2u * (b[i] != NONE), v->uc, v->ut, 0);
}

uint32_t conjunct_features(const struct conjunct_labels *l, const struct doc *d, uint32_t t,
                           const struct conjunct_choice *choice, uint32_t i, uint32_t *row) {
  const struct tokens *k = &d->tokens;
  int away = (int)i - (int)choice->now;
  uint32_t c = choice->head[i];
  struct pad p = {row, 0};
  const struct view v = {.d = d,
                         .t = t,
                         .c = c,
                         .place = (uint32_t)((away < -3  ? -3
                                              : away > 3 ? 3
                                                         : away) +
                                             3),
                         .of_t = side_of(d, t, NONE),
                         .of_c = side_of(d, c, k->left[t]),
                         .ut = l->upos[k->upos[t]],
                         .uc = l->upos[k->upos[c]],
                         .rc = l->deprel[k->deprel[c]]};
  put_place(&p, l, &v);
  put_words(&p, &v);
  put_sides(&p, &v);
  return p.n;
}

/* ---- choosing ---- */

static uint32_t best_head(const struct conjuncts *c, const struct doc *d, uint32_t t,
                          const struct conjunct_choice *choice) {
  int score[CONJUNCT_HEADS];
  uint32_t row[CONJUNCT_FEATURES], best = choice->now;
  for (uint32_t i = 0; i < choice->n; i++) {
    score[i] = 0;
    for (uint32_t n = conjunct_features(&c->labels, d, t, choice, i, row); n--;) score[i] += c->weight[row[n]];
  }
  for (uint32_t i = 0; i < choice->n; i++)
    if (score[i] > score[best]) best = i;
  return (float)(score[best] - score[choice->now]) * c->unit > AHEAD ? best : choice->now;
}

/* From the last token to the first: a conjunct goes to a word before all that it dominates, so that what decides over a token are heads
 * that have not been changed yet, and no circle can come about. */
bool conjuncts_settle(const struct conjuncts *c, struct doc *d) {
  struct conjunct_choice choice;
  bool moved = false;
  for (uint32_t t = c->weight ? d->tokens.n : 0; t--;) {
    if (d->tokens.deprel[t] != DEPREL_CONJ || !conjunct_heads(d, t, &choice)) continue;
    uint32_t best = best_head(c, d, t, &choice);
    if (best == choice.now) continue;
    d->tokens.head[t] = choice.head[best];
    moved = true;
  }
  return moved;
}
