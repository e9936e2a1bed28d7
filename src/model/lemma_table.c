/* lemma_table.c - see lemma_table.h. The learner is train/lemma_learn.c. */
#include "model/lemma_table.h"

enum { ENDING, SMALL, FORM, CAPITALS, LISTED }; /* kinds of keys */

static uint64_t key_of(str s, uint32_t kind, uint32_t upos, uint32_t xpos) {
  uint64_t tag = (uint64_t)kind << 32 ^ (uint64_t)upos << 8 ^ xpos;
  uint64_t h = 1469598103934665603ull ^ (tag + 1) * 0x9E3779B97F4A7C15ull;
  for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 1099511628211ull;
  h = (h ^ h >> 29) * 0xBF58476D1CE4E5B9ull;
  h ^= h >> 32;
  return h >> 32 ? h : h | 1ull << 32;
}

bool lemma_query_make(struct lemma_query *q, str form, uint32_t upos, uint32_t xpos) {
  q->upos = upos, q->xpos = xpos;
  return lemma_fold(form, q->plain, &q->nplain, LEMMA_KEEP) && lemma_fold(form, q->low, &q->nlow, LEMMA_LOWER);
}

uint64_t lemma_query_key(const struct lemma_query *q, int level) {
  enum { ENDINGS = LEMMA_SUFFIX_MAX + 1 };
  bool both = level >= 2 * ENDINGS ? level >= 2 * ENDINGS + 2 : level >= ENDINGS;
  uint32_t upos = both ? q->upos : LEMMA_NO_UPOS;
  if (level == LEMMA_LISTED) return key_of((str){q->low, q->nlow}, LISTED, LEMMA_NO_UPOS, q->xpos);
  if (both && q->upos == LEMMA_NO_UPOS) return 0;
  if (level >= 2 * ENDINGS)
    return level % 2 ? key_of((str){q->plain, q->nplain}, FORM, upos, q->xpos)
                     : key_of((str){q->low, q->nlow}, SMALL, upos, q->xpos);
  size_t n = (size_t)level % ENDINGS;
  /* no form is an ending of itself: "Nov" says nothing of other words in -nov, nor they of it */
  if (n && n >= q->nlow) return 0;
  return key_of((str){q->low + q->nlow - n, n}, ENDING, upos, q->xpos);
}

uint64_t lemma_query_case(const struct lemma_query *q, bool both) {
  if (!q->nplain || !ascii_upper(q->plain[0]) || (both && q->upos == LEMMA_NO_UPOS)) return 0;
  return key_of((str){"", 0}, CAPITALS, both ? q->upos : LEMMA_NO_UPOS, q->xpos);
}

const struct lemma_script *lemma_find(const struct lemma_table *t, uint64_t key) {
  uint32_t check = (uint32_t)(key >> 32);
  for (uint32_t i = (uint32_t)key & t->mask, tries = 0; tries <= t->mask; i = (i + 1) & t->mask, tries++) {
    if (!t->entry[i].check) return NULL;
    if (t->entry[i].check == check) return &t->script[t->entry[i].script];
  }
  return NULL;
}

bool lemma_fold(str form, char *out, size_t *n, enum lemma_case fold) {
  size_t k = 0;
  if (form.n >= LEMMA_FORM_MAX) return false;
  for (size_t i = 0; i < form.n; i++) {
    unsigned char c = (unsigned char)form.p[i];
    if (c == 0xE2 && i + 2 < form.n && (unsigned char)form.p[i + 1] == 0x80 &&
        ((unsigned char)form.p[i + 2] & 0xFE) == 0x98) { /* U+2018, U+2019 */
      out[k++] = '\'';
      i += 2;
    } else if (fold == LEMMA_CAPITAL && !k && ascii_lower((char)c))
      out[k++] = (char)(c - 32);
    else
      out[k++] = fold == LEMMA_LOWER ? ascii_fold((char)c) : (char)c;
  }
  *n = k;
  return true;
}

/* What becomes of the capital of q: as the script says, or as other words with its tag do. */
static enum lemma_case fold_of(const struct lemma_table *t, const struct lemma_query *q, const struct lemma_script *s) {
  if (s->fold != LEMMA_ANY) return (enum lemma_case)s->fold;
  for (int both = 1; both >= 0; both--) {
    uint64_t key = lemma_query_case(q, both);
    const struct lemma_script *c = key ? lemma_find(t, key) : NULL;
    if (c && c->fold != LEMMA_ANY) return (enum lemma_case)c->fold;
  }
  return LEMMA_LOWER;
}

static bool apply(const struct lemma_script *s, enum lemma_case fold, str form, char *out, size_t size, size_t *n) {
  char folded[LEMMA_FORM_MAX];
  size_t len;
  if (!lemma_fold(form, folded, &len, fold) || s->strip > len) return false;
  len -= s->strip;
  if (len + s->nadd > size || len + s->nadd == 0) return false;
  memcpy(out, folded, len);
  memcpy(out + len, s->add, s->nadd);
  *n = len + s->nadd;
  return true;
}

size_t lemma_of(const struct lemma_table *t, str form, uint32_t upos, uint32_t xpos, char *out, size_t size) {
  struct lemma_query q;
  size_t made = 0;
  if (lemma_query_make(&q, form, upos, xpos)) {
    const struct lemma_script *s = NULL;
    for (int level = LEMMA_LEVELS; !s && level-- > 0;) {
      uint64_t key = lemma_query_key(&q, level);
      if (key) s = lemma_find(t, key);
    }
    if (s && apply(s, fold_of(t, &q, s), form, out, size, &made)) return made;
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
    if (t->script[i].nadd > LEMMA_ADD_MAX || t->script[i].fold > LEMMA_ANY)
      return err_set(e, ERR_MODEL, "a lemma script of the model is none");
  for (size_t i = 0; i < n; i++)
    if (t->entry[i].check && t->entry[i].script >= t->nscript)
      return err_set(e, ERR_MODEL, "the lemma tables of the model name a script that does not exist");
  return true;
}
