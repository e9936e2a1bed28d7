/* number.c - digits and number words to values; bounds before and behind; ranges. */
#include "event/number.h"
#include <math.h>

enum { NUMBER_TOKENS = 12 };

static bool is_text(const struct doc *d, uint32_t t, const char *z) { return str_is(token_text(d, t), z); }
static uint32_t sentence_end(const struct doc *d, uint32_t t) {
  const struct sentence *s = &d->sentences.at[d->tokens.sentence[t]];
  return s->first + s->n;
}
static uint32_t sentence_first(const struct doc *d, uint32_t t) { return d->sentences.at[d->tokens.sentence[t]].first; }

/* "2,300", "12", "1.5"; false for "107mm", "9/11", "2nd". */
static bool digits(str s, double *value) {
  char text[32];
  size_t n = 0;
  if (!s.n || s.n >= sizeof text || !ascii_digit(s.p[0])) return false;
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == ',') {
      if (i + 3 >= s.n || !ascii_digit(s.p[i + 1])) return false;
      continue;
    }
    text[n++] = s.p[i];
  }
  return str_to_double((str){text, n}, value);
}

struct sum {
  double total, part;
  bool any;
};

static void sum_unit(struct sum *s, double v) { s->part += v, s->any = true; }
static void sum_scale(struct sum *s, double v) {
  if (v == 100 || v == 12 || v == 20) s->part = (s->any && s->part > 0 ? s->part : 1) * v;
  else s->total += (s->part > 0 ? s->part : 1) * v, s->part = 0;
  s->any = true;
}

static bool usable(const struct doc *d, uint32_t t) {
  return d->tokens.timex[t] == NONE && !(d->tokens.flags[t] & TOKEN_NAME);
}

/* Reads as many tokens as belong to one number; returns the token behind it, or t. */
static uint32_t read_value(const struct quantity_kb *kb, const struct doc *d, uint32_t t, double *value) {
  struct sum s = {0};
  uint32_t end = sentence_end(d, t), i = t;
  bool had_digits = false, had_scale = false;
  for (; i < end && i < t + NUMBER_TOKENS; i++) {
    double v;
    const struct number_word *w = number_word(kb, d->tokens.norm[i]);
    if (!usable(d, i)) break;
    if (!s.any && digits(token_text(d, i), &v)) sum_unit(&s, v), had_digits = true;
    else if (w && w->kind == NUMBER_UNIT && !had_digits) sum_unit(&s, w->value), had_scale = false;
    else if (w && w->kind == NUMBER_SCALE && (s.any || (i > t && d->tokens.norm[i - 1] == kb->a)))
      sum_scale(&s, w->value), had_scale = true;
    else if (i == t && d->tokens.norm[i] == kb->a && i + 1 < end && number_word(kb, d->tokens.norm[i + 1]) &&
             number_word(kb, d->tokens.norm[i + 1])->kind == NUMBER_SCALE)
      continue; /* "a dozen" */
    else if (s.any && i + 1 < end && is_text(d, i, "-") && !had_digits && number_word(kb, d->tokens.norm[i + 1]) &&
             number_word(kb, d->tokens.norm[i + 1])->kind == NUMBER_UNIT)
      continue; /* twenty-two */
    else if (s.any && i + 1 < end && d->tokens.norm[i] == kb->and_ && had_scale &&
             number_word(kb, d->tokens.norm[i + 1]) && number_word(kb, d->tokens.norm[i + 1])->kind == NUMBER_UNIT)
      continue; /* two hundred and five */
    else {
      break;
    }
  }
  if (!s.any) return t;
  *value = s.total + s.part;
  return i;
}

/* "dozens", "tens of thousands" */
static uint32_t read_vague(const struct quantity_kb *kb, const struct doc *d, uint32_t t, double *min, double *max) {
  const struct number_word *w = number_word(kb, d->tokens.norm[t]), *more;
  if (!w || w->kind != NUMBER_VAGUE || !usable(d, t)) return t;
  *min = w->value, *max = w->most;
  uint32_t end = sentence_end(d, t);
  if (t + 2 < end && d->tokens.norm[t + 1] == kb->of && (more = number_word(kb, d->tokens.norm[t + 2])) &&
      more->kind == NUMBER_VAGUE) {
    double scale = more->value / 2;
    *min *= scale, *max = (*max + 1) * scale - 1;
    return t + 3;
  }
  return t + 1;
}

static bool phrase_at(const struct doc *d, const struct count_phrase *p, uint32_t first) {
  for (uint8_t i = 0; i < p->n; i++)
    if (first + i >= d->tokens.n || d->tokens.norm[first + i] != p->word[i]) return false;
  return true;
}

/* The longest phrase that ends right before token t. */
static const struct count_phrase *phrase_before(const struct quantity_kb *kb, const struct doc *d, uint32_t t) {
  const struct count_phrase *best = NULL;
  if (t == sentence_first(d, t)) return NULL;
  WORDMAP_EACH(&kb->by_last, l, d->tokens.norm[t - 1]) {
    const struct count_phrase *p = &kb->phrases[kb->by_last.link[l].entry];
    if (t < sentence_first(d, t) + p->n || !phrase_at(d, p, t - p->n)) continue;
    if (!best || p->n > best->n) best = p;
  }
  return best;
}

bool count_word(const struct quantity_kb *kb, sym word, enum count_word kind) {
  WORDMAP_EACH(&kb->by_first, l, word) {
    const struct count_phrase *p = &kb->phrases[kb->by_first.link[l].entry];
    if (p->n == 1 && p->kind == kind) return true;
  }
  return false;
}

static void bounds(const struct quantity_kb *kb, const struct doc *d, struct number *q) {
  for (int i = 0; i < 3; i++) {
    const struct count_phrase *p = phrase_before(kb, d, q->first);
    if (!p) return;
    uint8_t rel = d->tokens.deprel[q->first - p->n]; /* "handed over two men", "looks out over three rows" */
    bool adposition = rel == DEPREL_COMPOUND_PRT ||
                      (rel == DEPREL_CASE && d->tokens.upos[d->tokens.head[q->first - p->n]] != UPOS_NUM);
    if (p->n == 1 && adposition && p->kind != COUNT_CURRENCY) return;
    if (p->kind == COUNT_LEAST) q->max = NAN;
    else if (p->kind == COUNT_MOST) q->min = NAN;
    else if (p->kind == COUNT_ABOUT) q->approx = true;
    else if (p->kind == COUNT_CURRENCY) q->currency = p->unit;
    else return;
    q->first -= p->n;
  }
}

static void range(const struct quantity_kb *kb, const struct doc *d, struct number *q) {
  uint32_t end = sentence_end(d, q->core_first), t = q->core_last + 1;
  if (t + 1 >= end || isnan(q->value)) return;
  bool joined = d->tokens.norm[t] == kb->to || is_text(d, t, "-") || is_text(d, t, "\xE2\x80\x93");
  uint32_t first = q->first;
  if (first > sentence_first(d, first) && count_word(kb, d->tokens.norm[first - 1], COUNT_BETWEEN) &&
      count_word(kb, d->tokens.norm[t], COUNT_TO))
    joined = true, first--;
  double other;
  if (!joined || !usable(d, t + 1)) return;
  uint32_t behind = read_value(kb, d, t + 1, &other);
  if (behind == t + 1 || !(other > q->value)) return;
  q->first = first;
  q->core_last = q->last = behind - 1;
  q->min = q->value, q->max = other, q->value = NAN;
}

bool number_read(const struct quantity_kb *kb, const struct doc *d, uint32_t t, struct number *out) {
  struct number q = {.first = t, .core_first = t, .value = NAN, .min = NAN, .max = NAN};
  uint32_t behind = read_value(kb, d, t, &q.value);
  if (behind > t) {
    q.min = q.max = q.value;
  } else {
    behind = read_vague(kb, d, t, &q.min, &q.max);
    if (behind == t) return false;
    q.vague = true;
  }
  q.core_last = q.last = behind - 1;
  if (t > sentence_first(d, t) && d->tokens.norm[t - 1] == kb->half && d->tokens.norm[t] == kb->a && !q.vague) {
    q.value = q.min = q.max = q.value / 2; /* "half a million" */
    q.first--;
  }
  bounds(kb, d, &q);
  range(kb, d, &q);
  if (q.approx && !q.vague) q.min = q.max = NAN;
  uint32_t end = sentence_end(d, t);
  WORDMAP_EACH(&kb->by_first, l, q.last + 1 < end ? d->tokens.norm[q.last + 1] : SYM_NONE) {
    const struct count_phrase *p = &kb->phrases[kb->by_first.link[l].entry];
    if (p->kind == COUNT_MORE && phrase_at(d, p, q.last + 1)) q.max = NAN, q.last += p->n;
  }
  *out = q;
  return true;
}
