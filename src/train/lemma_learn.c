/* lemma_learn.c - every word of the treebank votes for the edit script that makes its lemma, under its form and under
 * each of its endings, with its tag. Kept is the majority script of a key, unless the next shorter key says the same:
 * that leaves a few per cent of the entries. */
#include "train/lemma_learn.h"
#include "base/file.h"
#include "model/lemma_table.h"
#include <stdlib.h>

enum { SCRIPTS_MAX = 16384, VOTES = 1 << 22 };

struct vote {
  uint64_t key;
  uint32_t n;
};
struct best {
  uint64_t key;
  uint32_t n, script;
};
struct learner {
  struct lemma_script script[SCRIPTS_MAX];
  uint32_t nscript;
  struct vote *vote; /* [VOTES], by key and script */
  struct best *best; /* [VOTES], by key */
};

static int script_find(struct learner *l, const struct lemma_script *s) {
  for (uint32_t i = 0; i < l->nscript; i++)
    if (!memcmp(&l->script[i], s, sizeof *s)) return (int)i;
  if (l->nscript == SCRIPTS_MAX) return -1;
  l->script[l->nscript] = *s;
  return (int)l->nscript++;
}

/* Of a word without capitals the script lowers too: what it teaches of its endings then holds for the same word in a title. */
static int script_of(struct learner *l, str form, str lemma) {
  char plain[LEMMA_FORM_MAX], low[LEMMA_FORM_MAX];
  size_t np, n, a = 0, b = 0;
  if (!lemma_fold(form, plain, &np, false) || !lemma_fold(form, low, &n, true)) return -1;
  while (a < np && a < lemma.n && plain[a] == lemma.p[a]) a++;
  while (b < n && b < lemma.n && low[b] == lemma.p[b]) b++;
  size_t keep = b > a ? b : a, add = lemma.n - keep;
  if (add > LEMMA_ADD_MAX) return -1;
  struct lemma_script s = {.lower = b >= a, .strip = (uint8_t)(n - keep), .nadd = (uint8_t)add};
  memcpy(s.add, lemma.p + keep, add);
  return script_find(l, &s);
}

static struct best *best_at(struct learner *l, uint64_t key) {
  uint32_t i = (uint32_t)(key >> 20) & (VOTES - 1);
  while (l->best[i].key && l->best[i].key != key) i = (i + 1) & (VOTES - 1);
  return &l->best[i];
}

static void cast_vote(struct learner *l, uint64_t key, uint32_t script) {
  uint64_t both = key ^ (script + 1) * 0x9E3779B97F4A7C15ull;
  uint32_t i = (uint32_t)(both >> 20) & (VOTES - 1);
  while (l->vote[i].key && l->vote[i].key != both) i = (i + 1) & (VOTES - 1);
  l->vote[i].key = both;
  struct best *b = best_at(l, key);
  b->key = key;
  if (++l->vote[i].n > b->n) b->n = l->vote[i].n, b->script = script;
}

static bool votable(const struct gold_word *w) {
  return w->xpos >= 0 && (!str_is(w->lemma, "_") || str_is(w->form, "_"));
}

/* Folded forms of a word and its script. False if it cannot be learnt. */
static bool folds(struct learner *l, const struct gold_word *w, char *plain, size_t *np, char *low, size_t *n,
                  int *script) {
  if (!votable(w) || !lemma_fold(w->form, plain, np, false) || !lemma_fold(w->form, low, n, true)) return false;
  *script = script_of(l, w->form, w->lemma);
  return *script >= 0;
}

static void vote_all(struct learner *l, const struct treebank *tb) {
  char plain[LEMMA_FORM_MAX], low[LEMMA_FORM_MAX];
  size_t np, n;
  int sc;
  for (size_t i = 0; i < tb->n; i++)
    for (int t = 1; t <= tb->sentence[i].n; t++) {
      const struct gold_word *w = &tb->sentence[i].word[t];
      if (!folds(l, w, plain, &np, low, &n, &sc)) continue;
      cast_vote(l, lemma_key((str){plain, np}, (uint32_t)w->xpos, LEMMA_KEY_FORM), (uint32_t)sc);
      if (np != n || memcmp(plain, low, n))
        cast_vote(l, lemma_key((str){low, n}, (uint32_t)w->xpos, LEMMA_KEY_FORM), (uint32_t)sc);
      for (size_t len = 0; len <= LEMMA_SUFFIX_MAX && len <= n; len++)
        cast_vote(l, lemma_key((str){low + n - len, len}, (uint32_t)w->xpos, LEMMA_KEY_ENDING), (uint32_t)sc);
    }
}

/* ---- the table without what follows from shorter keys ---- */

struct table {
  struct lemma_entry *entry;
  uint32_t n, size;
};

static uint32_t same_as(const struct learner *l, uint32_t a, uint32_t b) { /* scripts that do the same */
  return !memcmp(&l->script[a], &l->script[b], sizeof l->script[a]);
}

static bool table_put(struct table *t, uint64_t key, uint32_t script) { /* false: full */
  uint32_t check = (uint32_t)(key >> 32), i = (uint32_t)key & (t->size - 1);
  for (; t->entry[i].check && t->entry[i].check != check; i = (i + 1) & (t->size - 1)) {}
  if (t->entry[i].check) return true; /* first come, first kept */
  if (t->n >= t->size / 4 * 3) return false;
  t->entry[i] = (struct lemma_entry){check, script};
  t->n++;
  return true;
}

static const struct lemma_script *from_endings(const struct lemma_table *view, const char *low, size_t n, size_t most,
                                               uint32_t tag) {
  const struct lemma_script *s = NULL;
  for (size_t len = most; !s; len--) {
    s = lemma_find(view, lemma_key((str){(char *)low + n - len, len}, tag, LEMMA_KEY_ENDING));
    if (!len) break;
  }
  return s;
}

/* Pass `len` (0..7: endings of that length; 8: folded forms; 9: forms as written). */
static bool fill_pass(struct learner *l, const struct treebank *tb, size_t pass, struct table *t) {
  char plain[LEMMA_FORM_MAX], low[LEMMA_FORM_MAX];
  size_t np, n;
  int sc;
  const struct lemma_table view = {l->script, t->entry, l->nscript, t->size - 1};
  for (size_t i = 0; i < tb->n; i++)
    for (int k = 1; k <= tb->sentence[i].n; k++) {
      const struct gold_word *w = &tb->sentence[i].word[k];
      uint32_t tag = (uint32_t)w->xpos;
      if (!folds(l, w, plain, &np, low, &n, &sc)) continue;
      if (pass <= LEMMA_SUFFIX_MAX && pass > n) continue;
      str s = pass <= LEMMA_SUFFIX_MAX ? (str){low + n - pass, pass} : pass == 8 ? (str){low, n} : (str){plain, np};
      uint64_t key = lemma_key(s, tag, pass <= LEMMA_SUFFIX_MAX ? LEMMA_KEY_ENDING : LEMMA_KEY_FORM);
      const struct best *b = best_at(l, key);
      if (!b->n) continue;
      size_t most = pass <= LEMMA_SUFFIX_MAX ? pass - (pass > 0) : n < LEMMA_SUFFIX_MAX ? n : LEMMA_SUFFIX_MAX;
      const struct lemma_script *now = NULL;
      if (pass == 9) now = lemma_find(&view, lemma_key((str){low, n}, tag, LEMMA_KEY_FORM));
      if (!now && pass) now = from_endings(&view, low, n, most, tag);
      if (now && same_as(l, (uint32_t)(now - l->script), b->script)) continue;
      if (!table_put(t, key, b->script)) return false;
    }
  return true;
}

static bool fill(struct learner *l, const struct treebank *const *tb, int n, struct table *t, struct err *e) {
  for (t->size = 1 << 14; t->size <= 1u << 20; t->size *= 2) {
    t->n = 0;
    t->entry = calloc(t->size, sizeof *t->entry);
    if (!t->entry) return err_set(e, ERR_NOMEM, "no memory for the lemma table");
    bool fits = true;
    for (size_t pass = 0; fits && pass <= 9; pass++)
      for (int i = 0; i < n && fits; i++) fits = fill_pass(l, tb[i], pass, t);
    if (fits) return true;
    free(t->entry);
    t->entry = NULL;
  }
  return err_set(e, ERR_LIMIT, "the treebank has too many lemmas");
}

bool lemma_learn(const struct treebank *const *tb, int n, struct model_writer *w, struct err *e) {
  struct learner *l = calloc(1, sizeof *l);
  struct table t = {0};
  if (l) l->vote = calloc(VOTES, sizeof *l->vote), l->best = calloc(VOTES, sizeof *l->best);
  bool good = l && l->vote && l->best;
  if (!good) err_set(e, ERR_NOMEM, "no memory to learn lemmas");
  else {
    for (int i = 0; i < n; i++) vote_all(l, tb[i]);
    good = fill(l, tb, n, &t, e);
  }
  if (good) {
    model_writer_add(w, "lemma.script", l->script, l->nscript * sizeof *l->script);
    model_writer_add(w, "lemma.entry", t.entry, t.size * sizeof *t.entry);
  }
  if (l) free(l->vote), free(l->best);
  free(l);
  free(t.entry);
  return good;
}

bool lemma_list_read(struct treebank *tb, str text, const char *name, const struct inventory *inv, struct arena *a,
                     struct err *e) {
  struct line_reader r;
  size_t lines = 1;
  for (size_t i = 0; i < text.n; i++) lines += text.p[i] == '\n';
  *tb = (struct treebank){.sentence = calloc(lines, sizeof *tb->sentence), .size = lines};
  if (!tb->sentence) return err_set(e, ERR_NOMEM, "no memory for the list of lemmas");
  line_reader_init(&r, text, name);
  while (line_next(&r)) {
    str rest = r.line, form = str_cut(&rest, ' '), xpos = str_cut(&rest, ' '), lemma = str_trim(rest);
    int tag = names_find(&inv->xpos, xpos);
    if (tag < 0 || !lemma.n) return line_err(&r, e, "a line should be FORM XPOS LEMMA, with a tag of the treebanks");
    struct gold_word *w = ARENA_ARRAY(a, struct gold_word, 2);
    if (!w) return err_set(e, ERR_NOMEM, "no memory for the list of lemmas");
    w[1] = (struct gold_word){.form = form, .lemma = lemma, .xpos = (int16_t)tag};
    tb->sentence[tb->n++] = (struct gold_sentence){w, 1};
    tb->nword++;
  }
  return true;
}
