/* time_role.c - the words around an expression: what leads it, whether it is due, whether it is a dateline. */
#include "time/time_scan.h"

/* ---- words before and after */

/* Does a number stand there, as what "over" is said of? */
static bool counted(const struct scan *s, uint32_t token) {
  const struct time_word *w = time_word(s->t, s->d->tokens.norm[token]);
  return (s->d->tokens.flags[token] & TOKEN_DIGIT) || word_is(w, TC_NUM);
}

/* The first token of the expression with what leads it: "the", "about", "at least", "more than". */
uint32_t time_lead_in(const struct scan *s, uint32_t first) {
  const struct doc *d = s->d;
  for (int steps = 0; steps < 4 && first > s->s->first; steps++) {
    const struct time_word *w = time_word(s->t, d->tokens.norm[first - 1]);
    int v = word_value(w, TC_LEAD);
    if (!v || v == 3) return first;
    if (v == 4 && !counted(s, first)) return first;
    if (v == 2) {
      if (first < s->s->first + 2 || word_value(time_word(s->t, d->tokens.norm[first - 2]), TC_LEAD) != 3) return first;
      first--;
    }
    first--;
  }
  return first;
}

/* The preposition that governs the expression; "no later than" counts as by. */
int time_governing_prep(const struct scan *s, uint32_t first, uint32_t *at) {
  *at = NONE;
  if (first == s->s->first) return 0;
  *at = first - 1;
  if (word_z(s->d, first - 1, "than") && first >= s->s->first + 2 && word_z(s->d, first - 2, "later")) return PREP_BY;
  if (first >= s->s->first + 2 && word_z(s->d, first - 1, "to") && word_z(s->d, first - 2, "up")) return PREP_UNTIL;
  if (word_z(s->d, first - 1, "on") && first >= s->s->first + 2 && prep_of(s, first - 2) == PREP_BY) return PREP_BY;
  return prep_of(s, first - 1);
}

static bool grants(const struct scan *s, uint32_t first, const struct tense_reading *r) {
  const struct doc *d = s->d;
  if (r->verb != NONE && word_is(time_word(s->t, d->tokens.lemma[r->verb]), TC_GRANT)) return true;
  if (d->have & HAVE_TREE) return false;
  for (uint32_t i = first; i > s->s->first && first - i < 10; i--)
    if (d->tokens.upos[i - 1] == UPOS_VERB && word_is(time_word(s->t, d->tokens.lemma[i - 1]), TC_GRANT)) return true;
  return false;
}

/* "48 hours to release him", also with "on Thursday" between. */
static bool infinitive_follows(const struct scan *s, uint32_t last) {
  const struct doc *d = s->d;
  uint32_t end = s->s->first + s->s->n, i = last;
  if (i < end && (prep_of(s, i) == PREP_IN || prep_of(s, i) == PREP_FROM)) i++;
  while (i > last && i < end && i < last + 4 && word_is(time_word(s->t, d->tokens.norm[i]), TC_WEEKDAY)) i++;
  return i + 1 < end && word_z(d, i, "to") && (d->tokens.xpos[i + 1] == XPOS_VB || d->tokens.upos[i + 1] == UPOS_VERB);
}

/* "a 48-hour ultimatum", "ten days' notice", "set a deadline of 72 hours". */
static bool ultimatum_near(const struct scan *s, uint32_t first, uint32_t last) {
  const struct doc *d = s->d;
  uint32_t end = s->s->first + s->s->n;
  for (uint32_t i = last; i < end && i < last + 3; i++)
    if (word_is(time_word(s->t, d->tokens.norm[i]), TC_ULTIMATUM)) return true;
  return first >= s->s->first + 2 && word_is(time_word(s->t, d->tokens.norm[first - 2]), TC_ULTIMATUM) &&
         prep_of(s, first - 1) == PREP_OF;
}

static bool ultimatum_before(const struct scan *s,
                             uint32_t first) { /* "a deadline of Friday", "the ultimatum expires on" */
  for (uint32_t i = first; i > s->s->first && first - i < 6; i--)
    if (word_is(time_word(s->t, s->d->tokens.norm[i - 1]), TC_ULTIMATUM)) return true;
  return false;
}

/* ---- deadlines */

/* "called on the garrison to surrender by Friday": the infinitive right above is still to be done. */
static bool under_infinitive(const struct scan *s, uint32_t first) {
  const struct tokens *t = &s->d->tokens;
  uint32_t verb = t->head[first];
  for (int i = 0; i < 2 && verb != NONE && t->timex[verb] == NONE && t->upos[verb] == UPOS_NOUN; i++)
    verb = t->head[verb]; /* from "the" over "weekend" */
  if (verb == NONE || t->xpos[verb] != XPOS_VB) return false;
  for (uint32_t c = t->child[verb]; c != NONE && c < verb; c = t->sibling[c])
    if (t->xpos[c] == XPOS_TO) return true;
  return false;
}

bool time_due_date(const struct scan *s, uint32_t first, int prep, const struct tense_reading *r) {
  bool ahead = r->tense == TENSE_FUTURE || r->tense == TENSE_PRESENT || r->conditional || r->tense == TENSE_NONE ||
               under_infinitive(s, first);
  bool asked = r->verb != NONE && word_is(time_word(s->t, s->d->tokens.lemma[r->verb]), TC_REQUESTING);
  if (prep == PREP_BY) return ahead || asked;
  if (prep == PREP_UNTIL) return ahead || asked || grants(s, first, r);
  return ultimatum_before(s, first) && r->tense != TENSE_PAST;
}

bool time_due_length(const struct scan *s, uint32_t first, uint32_t last, int prep, const struct tense_reading *r) {
  bool ahead = r->tense != TENSE_PAST || r->conditional;
  if (ultimatum_near(s, first, last)) return true;
  if (prep == PREP_WITHIN) {
    bool of = last < s->s->first + s->s->n && (prep_of(s, last) == PREP_OF || word_z(s->d, last, "after"));
    return !of && (ahead || (grants(s, first, r) && infinitive_follows(s, last)));
  }
  if (prep == PREP_FOR || prep == PREP_OF) return false;
  return infinitive_follows(s, last) && (grants(s, first, r) || r->tense != TENSE_PAST);
}

/* ---- datelines, and how the document writes dates */

bool time_in_dateline(const struct scan *s, uint32_t first,
                      uint32_t last) { /* "BAGHDAD, Dec 26 --", "KHARTOUM, June 13 (Reuters) -" */
  const struct doc *d = s->d;
  if (first > s->s->first + 8 || first == s->s->first || s->s - d->sentences.at > 3) return false;
  for (uint32_t i = s->s->first; i < first; i++) /* a place and no more: "Geneva, 26 December (UNHCR) -" */
    if (d->tokens.upos[i] != UPOS_PUNCT && !upper(d, i)) return false;
  if (d->tokens.upos[first - 1] != UPOS_PUNCT && !(d->tokens.flags[s->s->first] & TOKEN_UPPER_ALL)) return false;
  for (uint32_t i = last; i < s->s->first + s->s->n && i < last + 6; i++) {
    str w = token_text(d, i);
    if (str_is(w, "--") || str_is(w, "-") || str_is(w, "\xE2\x80\x94") || str_is(w, "\xE2\x80\x93") || str_is(w, "_"))
      return true;
  }
  return false;
}

static bool day_figure(const struct doc *d, uint32_t token) {
  int64_t v;
  return (d->tokens.flags[token] & TOKEN_DIGIT) && str_to_int(token_text(d, token), &v) && v >= 1 && v <= 31;
}

/* How the document orders day and month in figures: from a date in figures that has one reading only, else from how it
 * writes dates with the month's name. */
enum date_order time_date_order(const struct scan *s) {
  const struct doc *d = s->d;
  int day_first = 0, month_first = 0;
  for (uint32_t i = 0; i + 1 < d->tokens.n; i++) {
    str w = token_text(d, i);
    int64_t a, b;
    if ((d->tokens.flags[i] & TOKEN_DIGIT) && w.n >= 6 && w.n <= 10 && memchr(w.p, '/', w.n)) {
      str rest = w, x = str_cut(&rest, '/'), y = str_cut(&rest, '/');
      if (!rest.n || !str_to_int(x, &a) || !str_to_int(y, &b)) continue;
      if (a > 12 && a <= 31 && b <= 12) return ORDER_DAY_FIRST;
      if (b > 12 && b <= 31 && a <= 12) return ORDER_MONTH_FIRST;
    }
    const struct time_word *one = time_word(s->t, d->tokens.norm[i]), *two = time_word(s->t, d->tokens.norm[i + 1]);
    if (word_is(one, TC_MONTH) && upper(d, i) && day_figure(d, i + 1)) month_first++;
    if (word_is(two, TC_MONTH) && upper(d, i + 1) && day_figure(d, i)) day_first++;
  }
  return day_first > month_first ? ORDER_DAY_FIRST : month_first > day_first ? ORDER_MONTH_FIRST : ORDER_UNKNOWN;
}

bool time_possessive(const struct scan *s, uint32_t last) {
  return last < s->s->first + s->s->n &&
         (s->d->tokens.norm[last] == s->t->apostrophe_s || s->d->tokens.norm[last] == s->t->curly_s);
}
