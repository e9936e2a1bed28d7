/* name_runs.c - where a capitalised run of words begins and ends: proper nouns, what the recogniser marked, and what joins them (hyphens,
 * particles, "of" within a body's name).
 *
 * How a run is cut into titles, states and names is decided in names.c. */
#include "actor/name_parts.h"

uint32_t word_classes(const struct work *w, uint32_t t) {
  if (w->token_piece[t] == w->token_piece[t + 1]) return 0;
  const struct kb_word *k = kb_word(w->kb, w->piece[w->token_piece[t]]);
  return k ? k->classes : 0;
}

static bool proper(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (k->timex[t] != NONE) return false;
  return k->upos[t] == UPOS_PROPN || k->xpos[t] == XPOS_NNP || k->xpos[t] == XPOS_NNPS;
}

/* Are the words around it capitals too? Then its own tell nothing. */
bool name_shouted(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  const struct sentence *s = &w->d->sentences.at[k->sentence[t]];
  for (int side = 0; side < 2; side++) {
    uint32_t seen = 0, o = t;
    for (int steps = 0; steps < 6 && seen < 2; steps++) {
      if (side ? o + 1 >= s->first + s->n : o == s->first) break;
      o += side ? 1 : (uint32_t)-1;
      str word = token_text(w->d, o);
      if (k->flags[o] & TOKEN_UPPER_ALL) seen++;
      else if (word.n > 1 && ascii_alpha(word.p[0])) return false;
    }
    if (seen) return true;
  }
  return false;
}

static bool namelike(const struct work *w, uint32_t t, uint32_t sentence_first) {
  if (w->d->tokens.timex[t] != NONE) return false;
  if (proper(w, t)) return word_upper(w, t) || token_is(w, t, WORD_PARTICLE) || w->d->tokens.flags[t] & TOKEN_DIGIT;
  uint8_t u = w->d->tokens.upos[t];
  return word_upper(w, t) && t > sentence_first && !name_shouted(w, t) &&
         (u == UPOS_NOUN || u == UPOS_ADJ || u == UPOS_X || u == UPOS_VERB || u == UPOS_NUM);
}

/* Last token of the name that the recogniser opens at t, or NONE. */
uint32_t name_label_last(const struct work *w, uint32_t t) {
  if (!w->label || w->label[t] == LABEL_NONE || !label_opens(w->label[t])) return NONE;
  uint32_t last = t;
  while (last + 1 < w->d->tokens.n && w->label[last + 1] == w->label[t] + 1) last++;
  return last;
}

/* "Hill Peoples' Union": a plural noun for people, its genitive, and a head noun of bodies further on. */
static bool genitive_inside(const struct work *w, uint32_t run, uint32_t t, uint32_t end) {
  if (t <= run || t + 1 >= end || w->d->tokens.xpos[t] != XPOS_POS || !word_upper(w, t + 1)) return false;
  if (w->name[run].last != NONE && w->name[run].last + 1 >= t) return false; /* "Iraq's Federal Police" */
  bool plural =
      w->d->tokens.xpos[t - 1] == XPOS_NNPS || w->d->tokens.xpos[t - 1] == XPOS_NNS || str_is(token_text(w->d, t), "'");
  for (uint32_t i = t + 1; plural && i < end && i < t + 4 && word_upper(w, i); i++)
    if (word_classes(w, i) & (WORD_BODY | WORD_GROUP)) return true;
  return false;
}

/* "Army of the Cordillera": where the part after a joiner begins, or 0. */
static uint32_t joiner_inside(const struct work *w, uint32_t run, uint32_t t, uint32_t end, uint32_t sentence_first) {
  str word = token_text(w->d, t);
  bool of = str_is(word, "of") || str_is(word, "for");
  if (!of || t <= run || t + 1 >= end) return 0;
  if (!(word_classes(w, t - 1) & (WORD_BODY | WORD_GROUP)) && !(word_classes(w, run) & (WORD_BODY | WORD_GROUP)))
    return 0;
  if (w->name[run].last != NONE && w->name[run].last + 1 == t && name_kind(w->name[run].value) == NAME_ENTITY) return 0;
  uint32_t next = t + 1;
  if (str_eq_fold(token_text(w->d, next), STR("the")) && next + 1 < end) next++;
  return namelike(w, next, sentence_first) && word_upper(w, next) ? next : 0;
}

/* Behind the title that begins here, else behind the word: "Secretary of State Mike Pompeo" is one run. */
static uint32_t past_title(const struct work *w, uint32_t t, uint32_t end) {
  uint32_t last = w->agent_from[t];
  return last != NONE && last > t && last + 1 < end && word_upper(w, last) ? last + 1 : t + 1;
}

uint32_t name_run_end(const struct work *w, uint32_t run, uint32_t end, uint32_t sentence_first) {
  uint32_t t = past_title(w, run, end), next, named = name_label_last(w, run);
  if (named != NONE && named >= t) t = named + 1;
  while (t < end) {
    if ((named = name_label_last(w, t)) != NONE && !word_hyphen(w, t)) t = named + 1;
    else if (namelike(w, t, sentence_first) && (word_upper(w, t) || !token_is(w, t, WORD_PARTICLE)))
      t = past_title(w, t, end);
    else if (word_hyphen(w, t) && word_joined(w, t - 1) && word_joined(w, t) && t + 1 < end &&
             namelike(w, t + 1, sentence_first))
      t += 2;
    else if (word_hyphen(w, t) && word_joined(w, t) && t + 2 < end && token_is(w, t + 1, WORD_COMING) &&
             word_upper(w, t + 2))
      t += 2;
    else if (token_is(w, t, WORD_PARTICLE) && t + 1 < end &&
             ((word_upper(w, t + 1) && namelike(w, t + 1, sentence_first)) ||
              (token_is(w, t + 1, WORD_PARTICLE) && t + 2 < end && word_upper(w, t + 2))))
      t++;
    else if (token_is(w, t, WORD_PARTICLE | WORD_ARTICLE) && t + 2 < end && word_hyphen(w, t + 1) &&
             word_joined(w, t) && word_upper(w, t + 2))
      t++;
    else if (word_ampersand(w, t) && t + 1 < end && word_upper(w, t + 1) && proper(w, t + 1)) t += 2;
    else if (genitive_inside(w, run, t, end)) t++;
    else if ((next = joiner_inside(w, run, t, end, sentence_first))) t = next + 1;
    else break;
  }
  return t;
}

uint32_t name_run_start(const struct work *w, uint32_t t, uint32_t end, uint32_t sentence_first) {
  if (name_label_last(w, t) != NONE) return t;
  if (!word_upper(w, t) && !(token_is(w, t, WORD_PARTICLE) && proper(w, t) && t + 2 < end && word_upper(w, t + 2)))
    return NONE;
  if (w->d->tokens.timex[t] != NONE) return NONE;
  if (proper(w, t)) return t;
  bool led = namelike(w, t, sentence_first) && t + 1 < end && proper(w, t + 1) && word_upper(w, t + 1);
  return led ? t : NONE;
}
