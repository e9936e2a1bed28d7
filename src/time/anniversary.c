/* anniversary.c - linking anniversaries to their origin. */
#include "time/anniversary.h"

enum { PHRASE = 12, WORDS = 8 };

struct period anniversary_in(struct period origin, int year) {
  if (origin.first == DAY_NONE || origin.last == DAY_NONE || origin.last - origin.first > 31 || year < 2 || year > 9998)
    return PERIOD_NONE;
  int shift = year - civil_of_day(origin.first).year;
  int32_t first = day_add_months(origin.first, shift * 12), last = day_add_months(origin.last, shift * 12);
  return (struct period){first, last, -1, -1, origin.precision};
}

static uint32_t sentence_end(const struct doc *d, uint32_t token) {
  const struct sentence *s = &d->sentences.at[d->tokens.sentence[token]];
  return s->first + s->n;
}

/* The names in what follows "of", which other sentences may repeat; with `nouns` its common nouns ("of the coup"). */
static uint32_t names_after(const struct doc *d, uint32_t at, bool nouns, sym *names) {
  uint32_t n = 0, end = sentence_end(d, at);
  for (uint32_t i = at; i < end && i < at + PHRASE && n < WORDS; i++) {
    uint8_t u = d->tokens.upos[i];
    if (u == UPOS_PUNCT || (u == UPOS_VERB && i > at + 1)) break;
    if (u == (nouns ? UPOS_NOUN : UPOS_PROPN)) names[n++] = d->tokens.norm[i];
  }
  return n;
}

static bool dated_past(const struct doc *d, const struct timex *x, uint32_t but) {
  return x != &d->times.at[but] && x->period.first != DAY_NONE && x->period.last != DAY_NONE &&
         x->role == TIMEX_ROLE_EVENT && x->period.precision <= PRECISION_MONTH &&
         (d->date == DAY_NONE || x->period.last <= d->date - 60);
}

/* The earlier time in a sentence that names the same: at most one look at each time and each of its tokens. */
static struct period told_elsewhere(const struct doc *d, uint32_t row, const sym *names, uint32_t n,
                                    struct period within) {
  for (uint32_t k = 0; n && k < d->times.n; k++) {
    const struct timex *x = &d->times.at[k];
    if (x->sentence == d->times.at[row].sentence || !dated_past(d, x, row)) continue;
    if (period_known(within) && (x->period.first < within.first || x->period.last > within.last)) continue;
    const struct sentence *s = &d->sentences.at[x->sentence];
    for (uint32_t i = s->first; i < s->first + s->n; i++)
      for (uint32_t j = 0; j < n; j++)
        if (d->tokens.norm[i] == names[j]) return x->period;
  }
  return PERIOD_NONE;
}

static struct period in_phrase(const struct doc *d, uint32_t row,
                               uint32_t at) { /* "of the 2003 invasion", "of the Feb. 1 coup" */
  for (uint32_t k = row + 1; k < d->times.n && d->times.at[k].first < at + PHRASE; k++) {
    const struct timex *x = &d->times.at[k];
    if (x->sentence != d->times.at[row].sentence) break;
    if (x->period.first != DAY_NONE && x->period.last != DAY_NONE && x->type != TIMEX_DURATION) return x->period;
  }
  return PERIOD_NONE;
}

/* The verb that tells of the anniversary in row: "marks", or its own noun under a copula. NONE if it is another. */
static uint32_t marking_verb(const struct time_words *t, const struct doc *d, const struct timex *x) {
  uint32_t c = x->first + x->n - 1;
  for (int i = 0; i < 3 && c != NONE; i++, c = d->tokens.head[c]) {
    if (i && d->tokens.upos[c] == UPOS_VERB) return word_is(time_word(t, d->tokens.lemma[c]), TC_MARKING) ? c : NONE;
    for (uint32_t k = d->tokens.child[c]; k != NONE; k = d->tokens.sibling[k])
      if (d->tokens.deprel[k] == DEPREL_COP) return c;
  }
  return NONE;
}

/* "Sunday marks the tenth anniversary", "next year it will celebrate its twentieth": the anniversary's own day or year, as the
 * verb that tells of it is dated. */
static const struct timex *marked_on(const struct time_words *t, const struct doc *d, uint32_t row) {
  const struct timex *x = &d->times.at[row];
  uint32_t verb = d->have & HAVE_TREE ? marking_verb(t, d, x) : NONE;
  if (verb == NONE) return NULL;
  for (uint32_t c = d->tokens.child[verb]; c != NONE; c = d->tokens.sibling[c]) {
    uint32_t m = d->tokens.timex[c];
    if (m == NONE || m == row) continue;
    const struct timex *on = &d->times.at[m];
    bool fits = on->role == TIMEX_ROLE_EVENT && on->type == TIMEX_DATE && on->period.first != DAY_NONE &&
                on->period.last != DAY_NONE && on->period.precision <= PRECISION_YEAR;
    if (fits) return on;
  }
  return NULL;
}

/* Takes the day or year that the text gives the anniversary, and counts the origin back from it. */
static void put_marked(struct doc *d, struct timex *x, const struct timex *on, int years) {
  char z[11];
  x->period = on->period, x->anchor = on->anchor;
  day_format(on->period.first, z);
  uint32_t keep = on->period.precision <= PRECISION_WEEK ? 10 : on->period.precision == PRECISION_MONTH ? 7 : 4;
  x->value = arena_str(&d->arena, (str){z, keep});
  if (!years) return;
  int year = civil_of_day(on->period.first).year - years;
  struct period told = x->origin, back = on->period.precision <= PRECISION_DAY ? anniversary_in(on->period, year)
                                         : year >= 1                           ? period_of_year(year)
                                                                               : PERIOD_NONE;
  bool finer = period_known(told) && told.precision <= PRECISION_MONTH;
  if (period_known(back) && !finer) x->origin = back;
}

/* The anniversary's own day: that of the publication year, or of one of the years beside it that lies nearest. */
static void put_own_day(struct doc *d, struct timex *x, int beside) {
  if (d->date == DAY_NONE) return;
  int year = civil_of_day(d->date).year;
  struct period best = PERIOD_NONE;
  int64_t least = INT64_MAX;
  for (int y = year - beside; y <= year + beside; y++) {
    struct period p = anniversary_in(x->origin, y);
    if (!period_known(p) || p.first == DAY_NONE) continue;
    int64_t far = p.first > d->date ? (int64_t)p.first - d->date : p.last < d->date ? (int64_t)d->date - p.last : 0;
    if (far < least) least = far, best = p;
  }
  if (!period_known(best)) return;
  char z[11];
  day_format(best.first, z);
  x->period = best;
  x->value = arena_str(&d->arena, (str){z, best.precision >= PRECISION_MONTH ? 7u : 10u});
}

void anniversaries_link(const struct time_words *t, struct doc *d) {
  for (uint32_t row = 0, done = 0; row < d->times.n && done < 16; row++) {
    struct timex *x = &d->times.at[row];
    if (x->role != TIMEX_ROLE_ANNIVERSARY) continue;
    done++;
    const struct timex *on = marked_on(t, d, row);
    int years = period_known(x->origin) && d->date != DAY_NONE
                    ? civil_of_day(d->date).year - civil_of_day(x->origin.first).year
                    : 0;
    if (on && on->first < x->first + x->n + 12) put_marked(d, x, on, years);
    uint32_t at = x->first + x->n, end = sentence_end(d, x->first);
    if (at < end && str_is(doc_word(d, d->tokens.norm[at]), "of")) {
      sym names[WORDS];
      bool counted = period_known(x->origin); /* the ordinal tells the year, so that a common noun is enough */
      uint32_t n = names_after(d, at + 1, false, names);
      struct period p = in_phrase(d, row, at);
      if (!period_known(p)) p = told_elsewhere(d, row, names, n, x->origin);
      if (!period_known(p) && counted) {
        n = names_after(d, at + 1, true, names);
        p = told_elsewhere(d, row, names, n, x->origin);
      }
      bool agrees =
          !period_known(x->origin) || (period_known(p) && p.first >= x->origin.first && p.first <= x->origin.last);
      if (period_known(p) && agrees) {
        x->origin = p;
        if (!on) put_own_day(d, x, counted ? 0 : 1);
        continue;
      }
    }
    if (period_known(x->origin) && !on) put_own_day(d, x, 1);
  }
}
