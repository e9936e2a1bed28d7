/* lemma_learn.c - every word of the treebank votes for the edit script that makes its lemma, under its form and, once for
 * each kind of word, under each of its endings, with its tag. Kept is the majority script of a key, unless the next
 * shorter key says the same: that leaves a few per cent of the entries. */
#include "train/lemma_learn.h"
#include "base/file.h"
#include "model/lemma_table.h"
#include <stdlib.h>

/* Treebanks disagree on conventions (is United of the United Nations United or Unite?): the first one leads. What it says
 * once or twice against the list is rather a slip (EWT has fled as a form of "flead", GUM freed as one of "fre"). */
enum { SCRIPTS_MAX = 16384, VOTES = 1 << 22, LEADER_WEIGHT = 16, LIST_WEIGHT = 5 * LEADER_WEIGHT / 2 };

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

/* The first way of writing that gives the lemma from its small letters: what is learnt of one writing of a word then holds for
 * the others. */
static enum lemma_case letters_of(str lemma) {
  static const enum lemma_case order[] = {LEMMA_LOWER, LEMMA_TITLE, LEMMA_UPPER};
  char word[LEMMA_FORM_MAX];
  for (size_t i = 0; i < 3 && lemma.n <= sizeof word; i++) {
    memcpy(word, lemma.p, lemma.n);
    lemma_write(word, lemma.n, order[i]);
    if (!memcmp(word, lemma.p, lemma.n)) return order[i];
  }
  return LEMMA_KEPT;
}

static int script_of(struct learner *l, str form, str lemma) {
  char from[LEMMA_FORM_MAX], to[LEMMA_FORM_MAX];
  size_t n, keep = 0;
  if (!lemma.n || lemma.n > sizeof to) return -1;
  enum lemma_case letters = letters_of(lemma);
  if (!lemma_fold(form, from, &n, letters != LEMMA_KEPT)) return -1;
  memcpy(to, lemma.p, lemma.n);
  if (letters != LEMMA_KEPT) lemma_write(to, lemma.n, LEMMA_LOWER);
  while (keep < n && keep < lemma.n && from[keep] == to[keep]) keep++;
  size_t add = lemma.n - keep;
  if (add > LEMMA_ADD_MAX) return -1;
  struct lemma_script s = {.letters = (uint8_t)letters, .strip = (uint8_t)(n - keep), .nadd = (uint8_t)add};
  memcpy(s.add, to + keep, add);
  return script_find(l, &s);
}

/* The script that says nothing but how the lemma is written. */
static int letters_script(struct learner *l, int script) {
  struct lemma_script s = {.letters = l->script[script].letters};
  return script_find(l, &s);
}

static struct best *best_at(struct learner *l, uint64_t key) {
  uint32_t i = (uint32_t)(key >> 20) & (VOTES - 1);
  while (l->best[i].key && l->best[i].key != key) i = (i + 1) & (VOTES - 1);
  return &l->best[i];
}

/* Returns how many have voted so. */
static uint32_t cast_vote(struct learner *l, uint64_t key, uint32_t script, uint32_t weight) {
  uint64_t both = key ^ (script + 1) * 0x9E3779B97F4A7C15ull;
  uint32_t i = (uint32_t)(both >> 20) & (VOTES - 1);
  while (l->vote[i].key && l->vote[i].key != both) i = (i + 1) & (VOTES - 1);
  l->vote[i].key = both;
  struct best *b = best_at(l, key);
  b->key = key;
  l->vote[i].n += weight;
  if (l->vote[i].n > b->n) b->n = l->vote[i].n, b->script = script;
  return l->vote[i].n;
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

static void vote_word(struct learner *l, const struct gold_word *w, uint32_t weight) {
  char plain[LEMMA_FORM_MAX], low[LEMMA_FORM_MAX];
  size_t np, n;
  uint32_t tag = (uint32_t)w->xpos;
  int sc;
  if (!folds(l, w, plain, &np, low, &n, &sc)) return;
  uint32_t script = (uint32_t)sc;
  int letters = letters_script(l, sc);
  bool first = cast_vote(l, lemma_key((str){plain, np}, tag, LEMMA_KEY_WRITTEN), script, weight) == weight;
  bool new = cast_vote(l, lemma_key((str){low, n}, tag, LEMMA_KEY_LOWERED), script, weight) == weight;
  for (size_t len = 0; new &&len <= LEMMA_SUFFIX_MAX &&len <= n; len++)
    cast_vote(l, lemma_key((str){low + n - len, len}, tag, LEMMA_KEY_ENDING), script, 1);
  for (size_t len = 0; first && letters >= 0 && len <= LEMMA_CASE_SUFFIX_MAX && len <= n; len++)
    cast_vote(l, lemma_key((str){low + n - len, len}, tag, lemma_case_kind((str){plain, np})), (uint32_t)letters, 1);
}

static void vote_all(struct learner *l, const struct treebank *tb, uint32_t weight) {
  for (size_t i = 0; i < tb->n; i++)
    for (int t = 1; t <= tb->sentence[i].n; t++) vote_word(l, &tb->sentence[i].word[t], weight);
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

struct folded {
  char plain[LEMMA_FORM_MAX], low[LEMMA_FORM_MAX];
  size_t np, n;
  uint32_t tag;
};

/* Puts the majority script of the ending of `len` bytes, unless the shorter endings say the same. */
static bool fill_ending(struct learner *l, const struct folded *f, size_t len, uint32_t kind, struct table *t) {
  const struct lemma_table view = {l->script, t->entry, l->nscript, t->size - 1};
  if (len > f->n) return true;
  uint64_t key = lemma_key((str){(char *)f->low + f->n - len, len}, f->tag, kind);
  const struct best *b = best_at(l, key);
  if (b->n < (len ? 2 : 1)) return true; /* what one word does is no rule: Sept. is September, Capt. is not Captember */
  const struct lemma_script *now = len ? lemma_find_ending(&view, f->low, f->n, len - 1, f->tag, kind) : NULL;
  return (now && same_as(l, (uint32_t)(now - l->script), b->script)) || table_put(t, key, b->script);
}

/* Whether the table says of the form, as it stands by now, what the script does. */
static bool said(const struct lemma_table *view, str form, uint32_t tag, const struct lemma_script *script) {
  char now[2 * LEMMA_FORM_MAX], want[2 * LEMMA_FORM_MAX];
  size_t n = 0, made = lemma_of(view, form, tag, now, sizeof now);
  return !lemma_script_apply(script, form, want, sizeof want, &n) || (made == n && !memcmp(now, want, n));
}

/* A lowered form stands for all its writings: it is left out only if it follows both as written here and in small letters. */
static bool fill_form(struct learner *l, const struct folded *f, bool lowered, struct table *t) {
  const struct lemma_table view = {l->script, t->entry, l->nscript, t->size - 1};
  str plain = {(char *)f->plain, f->np}, low = {(char *)f->low, f->n};
  uint64_t key = lemma_key(lowered ? low : plain, f->tag, lowered ? LEMMA_KEY_LOWERED : LEMMA_KEY_WRITTEN);
  const struct best *b = best_at(l, key);
  if (!b->n) return true;
  const struct lemma_script *script = &l->script[b->script];
  bool follows = said(&view, plain, f->tag, script) && (!lowered || said(&view, low, f->tag, script));
  return follows || table_put(t, key, b->script);
}

/* Pass `pass` (0..7: endings of that length; 8: lowered forms; 9: forms as written). */
static bool fill_pass(struct learner *l, const struct treebank *tb, size_t pass, struct table *t) {
  struct folded f;
  int sc;
  for (size_t i = 0; i < tb->n; i++)
    for (int k = 1; k <= tb->sentence[i].n; k++) {
      const struct gold_word *w = &tb->sentence[i].word[k];
      if (!folds(l, w, f.plain, &f.np, f.low, &f.n, &sc)) continue;
      f.tag = (uint32_t)w->xpos;
      bool fits = pass <= LEMMA_SUFFIX_MAX ? fill_ending(l, &f, pass, LEMMA_KEY_ENDING, t)
                                           : fill_form(l, &f, pass == LEMMA_SUFFIX_MAX + 1, t);
      if (pass <= LEMMA_CASE_SUFFIX_MAX)
        fits = fits && fill_ending(l, &f, pass, lemma_case_kind((str){f.plain, f.np}), t);
      if (!fits) return false;
    }
  return true;
}

static bool fill(struct learner *l, const struct treebank *const *tb, int n, struct table *t, struct err *e) {
  for (t->size = 1 << 14; t->size <= 1u << 20; t->size *= 2) {
    t->n = 0;
    t->entry = calloc(t->size, sizeof *t->entry);
    if (!t->entry) return err_set(e, ERR_NOMEM, "no memory for the lemma table");
    bool fits = true;
    for (size_t pass = 0; fits && pass <= LEMMA_SUFFIX_MAX + 2; pass++)
      for (int i = 0; i < n && fits; i++) fits = !tb[i] || fill_pass(l, tb[i], pass, t);
    if (fits) return true;
    free(t->entry);
    t->entry = NULL;
  }
  return err_set(e, ERR_LIMIT, "the treebank has too many lemmas");
}

bool lemma_learn(const struct lemma_books *books, struct model_writer *w, struct err *e) {
  const struct treebank *const tb[] = {books->leading, books->rest, books->list};
  static const uint32_t WEIGHT[] = {LEADER_WEIGHT, 1, LIST_WEIGHT};
  enum { BOOKS = sizeof tb / sizeof *tb };
  struct learner *l = calloc(1, sizeof *l);
  struct table t = {0};
  if (l) l->vote = calloc(VOTES, sizeof *l->vote), l->best = calloc(VOTES, sizeof *l->best);
  bool good = l && l->vote && l->best;
  if (!good) err_set(e, ERR_NOMEM, "no memory to learn lemmas");
  else {
    for (int i = 0; i < BOOKS; i++)
      if (tb[i]) vote_all(l, tb[i], WEIGHT[i]);
    good = fill(l, tb, BOOKS, &t, e);
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
