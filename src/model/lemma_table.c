/* lemma_table.c - see lemma_table.h. The learner is train/lemma_learn.c. */
#include "model/lemma_table.h"

uint64_t lemma_key(str s, uint32_t tag, uint32_t kind) {
  uint64_t h = 1469598103934665603ull ^ (uint64_t)(tag * LEMMA_KEY_KINDS + kind + 1) * 0x9E3779B97F4A7C15ull;
  for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 1099511628211ull;
  h = (h ^ h >> 29) * 0xBF58476D1CE4E5B9ull;
  h ^= h >> 32;
  return h >> 32 ? h : h | 1ull << 32;
}

const struct lemma_script *lemma_find(const struct lemma_table *t, uint64_t key) {
  uint32_t check = (uint32_t)(key >> 32);
  for (uint32_t i = (uint32_t)key & t->mask, tries = 0; tries <= t->mask; i = (i + 1) & t->mask, tries++) {
    if (!t->entry[i].check) return NULL;
    if (t->entry[i].check == check) return &t->script[t->entry[i].script];
  }
  return NULL;
}

enum { ACRONYM_MOST = 4 }; /* longer ones are more often words in capitals */

uint32_t lemma_case_kind(str form) {
  size_t upper = 0, lower = 0;
  for (size_t i = 0; i < form.n; i++) upper += ascii_upper(form.p[i]), lower += ascii_lower(form.p[i]);
  if (!upper) return LEMMA_KEY_CASE;
  if (upper == 1 && lower && ascii_upper(form.p[0])) return LEMMA_KEY_CASE + 1;
  if (lower) return LEMMA_KEY_CASE + 3;
  return LEMMA_KEY_CASE + (upper > ACRONYM_MOST ? 4 : 2);
}

const struct lemma_script *lemma_find_ending(const struct lemma_table *t, const char *low, size_t n, size_t most,
                                             uint32_t tag, uint32_t kind) {
  for (size_t len = n < most ? n : most;; len--) {
    const struct lemma_script *s = lemma_find(t, lemma_key((str){(char *)low + n - len, len}, tag, kind));
    if (s || !len) return s;
  }
}

bool lemma_fold(str form, char *out, size_t *n, bool lower) {
  size_t k = 0;
  if (form.n >= LEMMA_FORM_MAX) return false;
  for (size_t i = 0; i < form.n; i++) {
    unsigned char c = (unsigned char)form.p[i];
    if (c == 0xE2 && i + 2 < form.n && (unsigned char)form.p[i + 1] == 0x80 &&
        ((unsigned char)form.p[i + 2] & 0xFE) == 0x98) { /* U+2018, U+2019 */
      out[k++] = '\'';
      i += 2;
    } else out[k++] = lower ? ascii_fold((char)c) : (char)c;
  }
  *n = k;
  return true;
}

void lemma_write(char *word, size_t n, enum lemma_case letters) {
  for (size_t i = 0; i < n && letters != LEMMA_KEPT; i++) {
    char small = ascii_fold(word[i]);
    bool large = letters == LEMMA_UPPER || (letters == LEMMA_TITLE && !i);
    word[i] = large && ascii_lower(small) ? (char)(small - 32) : small;
  }
}

bool lemma_script_apply(const struct lemma_script *s, str form, char *out, size_t size, size_t *n) {
  char folded[LEMMA_FORM_MAX];
  size_t len;
  if (!lemma_fold(form, folded, &len, s->letters != LEMMA_KEPT) || s->strip > len) return false;
  len -= s->strip;
  if (s->strip && (unsigned char)(folded[len]) >> 6 == 2)
    return false; /* a script of letters would halve a sign: "±" of a plural */
  if (len + s->nadd > size || len + s->nadd == 0) return false;
  memcpy(out, folded, len);
  memcpy(out + len, s->add, s->nadd);
  *n = len + s->nadd;
  lemma_write(out, *n, (enum lemma_case)s->letters);
  return true;
}

size_t lemma_of(const struct lemma_table *t, str form, uint32_t tag, char *out, size_t size) {
  char plain[LEMMA_FORM_MAX], low[LEMMA_FORM_MAX];
  size_t np = 0, n = 0, made = 0;
  if (lemma_fold(form, plain, &np, false) && lemma_fold(form, low, &n, true)) {
    const struct lemma_script *s = lemma_find(t, lemma_key((str){plain, np}, tag, LEMMA_KEY_WRITTEN));
    struct lemma_script guess;
    if (!s) s = lemma_find(t, lemma_key((str){low, n}, tag, LEMMA_KEY_LOWERED));
    if (!s && (s = lemma_find_ending(t, low, n, LEMMA_SUFFIX_MAX, tag, LEMMA_KEY_ENDING))) {
      const struct lemma_script *letters =
          lemma_find_ending(t, low, n, LEMMA_CASE_SUFFIX_MAX, tag, lemma_case_kind((str){plain, np}));
      guess = *s;
      if (letters) guess.letters = letters->letters;
      s = &guess;
    }
    if (s && lemma_script_apply(s, form, out, size, &made)) return made;
  }
  made = form.n < size ? form.n : size;
  if (made) memcpy(out, form.p, made);
  return made;
}

bool lemma_table_open(struct lemma_table *t, const struct model_file *m, struct err *e) {
  str script = model_section(m, "lemma.script"), entry = model_section(m, "lemma.entry");
  size_t n = entry.n / sizeof *t->entry;
  if (!script.p || !entry.p || script.n % sizeof *t->script || entry.n % sizeof *t->entry || !n || (n & (n - 1)) ||
      n > 1u << 24)
    return err_set(e, ERR_MODEL, "the lemma tables of the model have the wrong size");
  t->script = (const struct lemma_script *)(const void *)script.p;
  t->entry = (const struct lemma_entry *)(const void *)entry.p;
  t->nscript = (uint32_t)(script.n / sizeof *t->script);
  t->mask = (uint32_t)n - 1;
  for (uint32_t i = 0; i < t->nscript; i++)
    if (t->script[i].nadd > LEMMA_ADD_MAX || t->script[i].letters > LEMMA_UPPER)
      return err_set(e, ERR_MODEL, "a lemma script of the model is none");
  for (size_t i = 0; i < n; i++)
    if (t->entry[i].check && t->entry[i].script >= t->nscript)
      return err_set(e, ERR_MODEL, "the lemma tables of the model name a script that does not exist");
  return true;
}
