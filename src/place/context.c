/* context.c - names of the gazetteer in the text, and the evidence beside them. */
#include "place/context.h"
#include "doc/stage.h"
#include <math.h>
#include <stdlib.h>

struct knowledge *place_knowledge_open(const struct stage_setup *setup, struct err *e) {
  struct knowledge *k = calloc(1, sizeof *k);
  if (!k) return err_set(e, ERR_NOMEM, "places"), NULL;
  if (gazetteer_open(&k->gaz, setup->places_file, e) && cues_open(&k->cues, setup->knowledge, setup->words, e) &&
      offset_words_open(&k->offsets, setup->knowledge, setup->words, e))
    return k;
  place_knowledge_close(k);
  return NULL;
}

void place_knowledge_close(struct knowledge *k) {
  if (!k) return;
  gazetteer_close(&k->gaz);
  cues_release(&k->cues);
  offset_words_release(&k->offsets);
  free(k);
}

enum { NAME_TOKENS = 9 };

static uint32_t sentence_first(const struct doc *d, uint32_t t) { return d->sentences.at[d->tokens.sentence[t]].first; }
static uint32_t sentence_end(const struct doc *d, uint32_t t) {
  const struct sentence *s = &d->sentences.at[d->tokens.sentence[t]];
  return s->first + s->n;
}

/* Of the entries under a name, those of names or those of adjectives, which stand last. */
static void entries(struct name_hit *hit, const uint32_t *rows, uint32_t found, bool adjectives) {
  uint32_t names = found;
  while (names && GAZ_RANK(rows[names - 1]) == GAZ_RANK_ADJECTIVE) names--;
  hit->rows = adjectives ? rows + names : rows;
  hit->nrows = adjectives ? found - names : names;
}

static bool longest_at(const struct knowledge *k, const struct doc *d, uint32_t t, bool adjectives,
                       struct name_hit *hit) {
  char key[GAZ_KEY_MAX];
  str word = token_text(d, t);
  size_t n = gazetteer_fold(word, key, sizeof key);
  if (n < 2) return false;
  size_t cut = str_find((str){key, n}, ' ');
  const struct gaz_word *names = gazetteer_word(&k->gaz, (str){key, cut});
  if (!names) return false;
  uint32_t reach = names->bytes, end = sentence_end(d, t);
  hit->n = 0;
  for (uint32_t i = t; i < end && i < t + NAME_TOKENS; i++) {
    str text = str_sub(d->text, d->tokens.beg[t], d->tokens.end[i]);
    if (text.n > 2 * reach + 8) break;
    unsigned char c = (unsigned char)d->text.p[d->tokens.beg[i]];
    if (!(c & 0x80) && !ascii_alpha((char)c) && !ascii_digit((char)c)) continue; /* a name does not end in a mark */
    n = gazetteer_fold(text, key, sizeof key);
    const uint32_t *rows;
    uint32_t found = n && gazetteer_may(names, n) ? gazetteer_find(&k->gaz, (str){key, n}, &rows) : 0;
    struct name_hit h = {t, i - t + 1, NULL, 0};
    if (found) entries(&h, rows, found, adjectives);
    if (h.nrows) *hit = h;
    if (n > reach) break;
  }
  return hit->n > 0;
}

bool name_at(const struct knowledge *k, const struct doc *d, uint32_t t, struct name_hit *hit) {
  return longest_at(k, d, t, false, hit);
}
bool adjective_at(const struct knowledge *k, const struct doc *d, uint32_t t, struct name_hit *hit) {
  return longest_at(k, d, t, true, hit);
}

static uint32_t bits(const struct knowledge *k, const struct doc *d, uint32_t t) {
  return cue_bits(&k->cues, d->tokens.norm[t]);
}
static bool proper(const struct doc *d, uint32_t t) { return d->tokens.upos[t] == UPOS_PROPN; }

/* The words before: a preposition, "the town of", a title, a given name. */
static void before(const struct knowledge *k, const struct doc *d, uint32_t first, struct context *c) {
  uint32_t begin = sentence_first(d, first), at = first;
  if (at == begin) return;
  uint32_t p = at - 1;
  while (p > begin && (bits(k, d, p) & CUE(DIRECTION))) p--; /* "in northern X" */
  bool direction = p != at - 1 || (bits(k, d, p) & CUE(DIRECTION));
  if (direction) c->score += 1;
  if (d->tokens.norm[p] == k->cues.the && p > begin) p--;
  uint32_t b = bits(k, d, p);
  if (b & CUE(STRONG)) c->score += 2.5f, c->locative = true;
  else if (b & CUE(WEAK)) c->score += 0.8f, c->locative = true;
  if (d->tokens.norm[p] == k->cues.of && p > begin && (bits(k, d, p - 1) & CUE(KIND))) {
    c->body = (d->tokens.flags[p - 1] & TOKEN_UPPER_FIRST) != 0;
    c->score += 4, c->kind = true;
    c->division = bits(k, d, p - 1) & CUE(DIVISION);
  }
  if (p == at - 1 && d->tokens.upos[p] == UPOS_VERB && (cue_bits(&k->cues, d->tokens.lemma[p]) & CUE(GROUND)))
    c->score += 1.5f, c->ground = true;
  if (!direction && p == at - 1) {
    if (b & CUE(TITLE)) c->score -= 4, c->person = true;
    else if (proper(d, p) && d->tokens.place[p] == NONE && (d->tokens.flags[p] & TOKEN_UPPER_FIRST))
      c->score -= 3, c->person = true;
    else if ((bits(k, d, p) & CUE(KIND)) && !(d->tokens.flags[p] & TOKEN_UPPER_FIRST)) c->score += 1.5f, c->kind = true;
  }
}

/* "Goma was shelled", "Goma had been besieged" */
static bool befallen(const struct knowledge *k, const struct doc *d, uint32_t a, uint32_t end) {
  uint32_t verb = a;
  while (verb < end && verb < a + 3 && d->tokens.upos[verb] == UPOS_AUX) verb++;
  return verb > a && verb < end && d->tokens.xpos[verb] == XPOS_VBN &&
         (cue_bits(&k->cues, d->tokens.lemma[verb]) & CUE(GROUND));
}

static void after(const struct knowledge *k, const struct doc *d, uint32_t last, struct context *c) {
  uint32_t end = sentence_end(d, last), a = last + 1;
  if (a >= end) return;
  uint32_t b = bits(k, d, a);
  if (befallen(k, d, a, end)) c->score += 1.5f, c->ground = true;
  bool capital = d->tokens.flags[a] & TOKEN_UPPER_FIRST;
  if (b & (CUE(KIND) | CUE(KINDS))) {
    c->score += 2, c->kind = true, c->division = c->division || (b & CUE(DIVISION));
    return;
  }
  c->name = capital && proper(d, a);
  if (capital && (b & CUE(OTHER))) c->score -= 4;
  else if (capital && proper(d, a)) c->score -= 2.2f;
  if (d->tokens.norm[a] == k->cues.comma && a + 1 < end && (d->tokens.flags[a + 1] & TOKEN_UPPER_FIRST)) {
    struct name_hit hit; /* "Halfa, Sudan" */
    if (name_at(k, d, a + 1, &hit) && k->gaz.places[GAZ_ROW(hit.rows[0])].level >= LEVEL_REGION) c->score += 3;
  }
}

/* "Miss", "PA" without its full stop: a state only behind a comma and in capitals ("Paris, TX"). */
static bool abbreviation_alone(const struct knowledge *k, const struct doc *d, uint32_t t) {
  if (!(bits(k, d, t) & CUE(ABBREVIATION))) return false;
  bool behind = t && (d->tokens.norm[t - 1] == k->cues.comma || d->text.p[d->tokens.beg[t - 1]] == '(');
  return !(behind && (d->tokens.flags[t] & TOKEN_UPPER_ALL));
}

bool place_word_common(const struct knowledge *k, const struct doc *d, uint32_t t) {
  const uint32_t common = CUE(DIRECTION) | CUE(KIND) | CUE(CIVIC) | CUE(TITLE) | CUE(OTHER) | CUE(STREET) |
                          CUE(NATURE) | CUE(FACILITY) | CUE(KINDS);
  return (bits(k, d, t) & common) || abbreviation_alone(k, d, t);
}

struct context place_context(const struct knowledge *k, const struct doc *d, uint32_t first, uint32_t n,
                             const struct gaz_place *best) {
  struct context c = {0};
  uint32_t last = first + n - 1;
  if (best) {
    if (best->level == LEVEL_COUNTRY || best->level == LEVEL_AREA) c.score += 3.5f;
    else if (best->feature == GAZ_OWN) c.score += 2.2f;
    else c.score += best->population ? (float)(log10(best->population) - 3.6) : -0.6f;
    if (best->feature == GAZ_CAPITAL) c.score += 1.2f;
    else if (best->feature == GAZ_REGION_SEAT) c.score += 0.4f;
    if (n > 1) c.score += 0.8f;
  }
  before(k, d, first, &c);
  after(k, d, last, &c);
  if (n == 1) {
    if (!proper(d, first)) c.score -= 2.5f;
    if (d->tokens.end[first] - d->tokens.beg[first] < 4 && (!best || best->feature != GAZ_OWN)) c.score -= 2;
  }
  if (d->tokens.timex[first] != NONE) c.score -= 5;
  if (n == 1 && abbreviation_alone(k, d, first)) c.score -= 6;
  if (n == 1 && place_word_common(k, d, first) && !c.kind) c.score -= 4;
  return c;
}
