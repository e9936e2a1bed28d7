/* time_scan.h - what the parts of the time stage share: the document under way, and looking about in a sentence.
 *
 * time_stage.c goes over the sentences and writes rows; time_accept.c judges whether what a pattern matched is an expression of
 * time at all; time_role.c reads the words around one: deadlines, datelines, the order of figures. */
#ifndef TR_TIME_TIME_SCAN_H
#define TR_TIME_TIME_SCAN_H
#include "time/tense.h"
#include "time/time_match.h"
#include "time/timex_resolve.h"

struct scan { /* one document */
  const struct time_words *t;
  struct doc *d;
  struct pieces pieces;
  const struct sentence *s;
  struct period narrative;
  struct period quarter; /* the last quarter told, and in which sentence */
  uint32_t quarter_at;
  int32_t told;  /* the last day told */
  int32_t utter; /* the dateline's day, DAY_NONE before one */
  uint8_t order; /* enum date_order */
};

/* Values of the class `prep` of words.tsv. */
enum prep {
  PREP_BY = 1,
  PREP_UNTIL,
  PREP_WITHIN,
  PREP_SINCE,
  PREP_FROM,
  PREP_BETWEEN,
  PREP_FOR,
  PREP_IN,
  PREP_TO,
  PREP_AND,
  PREP_OF
};

static inline bool upper(const struct doc *d, uint32_t t) { return d->tokens.flags[t] & TOKEN_UPPER_FIRST; }
static inline bool word_z(const struct doc *d, uint32_t t, const char *z) {
  return str_is(doc_word(d, d->tokens.norm[t]), z);
}

static inline int prep_of(const struct scan *s, uint32_t token) {
  return word_value(time_word(s->t, s->d->tokens.norm[token]), TC_PREP);
}

/* The token behind an expression, before it; NONE at the sentence's end. */
static inline uint32_t next_token(const struct scan *s, const struct found *f) {
  uint32_t last = s->pieces.at[f->first + f->n - 1].token + 1;
  return last < s->s->first + s->s->n ? last : NONE;
}
static inline uint32_t previous_token(const struct scan *s, const struct found *f) {
  uint32_t first = s->pieces.at[f->first].token;
  return first > s->s->first ? first - 1 : NONE;
}

/* ---- time_accept.c */
bool time_accept(const struct scan *s, const struct found *f);
void time_trim(const struct scan *s, struct found *f);                 /* "Tuesday the first attempt" */
bool time_is_rate(const struct scan *s, const struct found *f);        /* "$5 a day" */
bool time_hangs_on_event(const struct scan *s, const struct found *f); /* "two days after the attack" */

/* ---- time_role.c: `first` and `last` (exclusive) are tokens of the expression */
uint32_t time_lead_in(const struct scan *s, uint32_t first);                 /* with "the", "about" */
int time_governing_prep(const struct scan *s, uint32_t first, uint32_t *at); /* enum prep, 0 none */
bool time_due_date(const struct scan *s, uint32_t first, int prep, const struct tense_reading *r);
bool time_due_length(const struct scan *s, uint32_t first, uint32_t last, int prep, const struct tense_reading *r);
bool time_in_dateline(const struct scan *s, uint32_t first, uint32_t last);
bool time_possessive(const struct scan *s, uint32_t last); /* "Monday's" */
enum date_order time_date_order(const struct scan *s);

#endif
