/* lemma_table.c - see lemma_table.h. The learner is train/lemma_learn.c. */
#include "model/lemma_table.h"

uint64_t lemma_key(str s, uint32_t tag, enum lemma_key_kind kind) {
  uint64_t h = 1469598103934665603ull ^ (uint64_t)(tag * 2 + (uint32_t)kind + 1) * 0x9E3779B97F4A7C15ull;
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

bool lemma_script_apply(const struct lemma_script *s, str form, char *out, size_t size, size_t *n) {
  char folded[LEMMA_FORM_MAX];
  size_t len;
  if (!lemma_fold(form, folded, &len, s->lower) || s->strip > len) return false;
  len -= s->strip;
  if (len + s->nadd > size || len + s->nadd == 0) return false;
  memcpy(out, folded, len);
  memcpy(out + len, s->add, s->nadd);
  *n = len + s->nadd;
  return true;
}

size_t lemma_of(const struct lemma_table *t, str form, uint32_t tag, char *out, size_t size) {
  char plain[LEMMA_FORM_MAX], low[LEMMA_FORM_MAX];
  size_t np = 0, n = 0, made = 0;
  if (lemma_fold(form, plain, &np, false) && lemma_fold(form, low, &n, true)) {
    const struct lemma_script *s = lemma_find(t, lemma_key((str){plain, np}, tag, LEMMA_KEY_FORM));
    if (!s) s = lemma_find(t, lemma_key((str){low, n}, tag, LEMMA_KEY_FORM));
    for (size_t len = n < LEMMA_SUFFIX_MAX ? n : LEMMA_SUFFIX_MAX; !s; len--) {
      s = lemma_find(t, lemma_key((str){low + n - len, len}, tag, LEMMA_KEY_ENDING));
      if (!len) break;
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
    if (t->script[i].nadd > LEMMA_ADD_MAX) return err_set(e, ERR_MODEL, "a lemma script of the model is too long");
  for (size_t i = 0; i < n; i++)
    if (t->entry[i].check && t->entry[i].script >= t->nscript)
      return err_set(e, ERR_MODEL, "the lemma tables of the model name a script that does not exist");
  return true;
}
