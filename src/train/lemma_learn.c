/* lemma_learn.c - every word of the treebank votes for the edit script that makes its lemma, under its key at each level
 * (model/lemma_table.h). Kept is the majority script of a key, unless the levels below say the same: that leaves a few per
 * cent of the entries. */
#include "train/lemma_learn.h"
#include "base/file.h"
#include "model/lemma_table.h"
#include <stdlib.h>

enum { SCRIPTS_MAX = 16384, VOTES = 1 << 22, FORM_LEVELS = LEMMA_LISTED - 4 };

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

static bool has_capital(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (ascii_upper(s.p[i])) return true;
  return false;
}

/* The script that keeps most of the form. Among equals the one that capitalises comes before the one that keeps: what names teach
 * then holds for names in careless small letters too. */
static int script_of(struct learner *l, str form, str lemma) {
  static const enum lemma_case order[3] = {LEMMA_LOWER, LEMMA_CAPITAL, LEMMA_KEEP};
  char folded[LEMMA_FORM_MAX];
  size_t n = 0, keep = 0;
  struct lemma_script s = {.fold = has_capital(form) ? LEMMA_LOWER : LEMMA_ANY};
  for (int k = 0; k < 3; k++) {
    size_t same = 0;
    if (!lemma_fold(form, folded, &n, order[k])) return -1;
    while (same < n && same < lemma.n && folded[same] == lemma.p[same]) same++;
    if (k && same <= keep) continue;
    keep = same;
    if (k) s.fold = (uint8_t)order[k];
  }
  size_t add = lemma.n - keep;
  if (add > LEMMA_ADD_MAX) return -1;
  s.strip = (uint8_t)(n - keep), s.nadd = (uint8_t)add;
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

/* The word as it is looked up, and its script; false if it cannot be learnt. */
static bool query_word(struct learner *l, const struct gold_word *w, struct lemma_query *q, uint32_t *script) {
  uint32_t upos = w->upos >= 0 ? (uint32_t)w->upos : LEMMA_NO_UPOS;
  if (!votable(w) || !lemma_query_make(q, w->form, upos, (uint32_t)w->xpos)) return false;
  int s = script_of(l, w->form, w->lemma);
  *script = (uint32_t)s;
  return s >= 0;
}

/* Whether other words with the same ending may go the same way: not if the whole form is replaced (went), nor if much is added
 * (Sept. to September). */
static bool teaches_endings(const struct learner *l, uint32_t script, const struct lemma_query *q) {
  const struct lemma_script *s = &l->script[script];
  return (size_t)s->strip < q->nplain && s->nadd <= s->strip + 1;
}

static void vote_all(struct learner *l, const struct treebank *tb) {
  struct lemma_query q;
  uint32_t script;
  for (size_t i = 0; i < tb->n; i++)
    for (int t = 1; t <= tb->sentence[i].n; t++) {
      if (!query_word(l, &tb->sentence[i].word[t], &q, &script)) continue;
      for (int level = teaches_endings(l, script, &q) ? 0 : FORM_LEVELS; level < LEMMA_LEVELS; level++) {
        uint64_t key = level < LEMMA_LISTED || q.upos == LEMMA_NO_UPOS ? lemma_query_key(&q, level) : 0;
        if (key) cast_vote(l, key, script);
      }
      const struct lemma_script capital = {.fold = l->script[script].fold};
      for (int both = 0; both < 2; both++) {
        uint64_t key = lemma_query_case(&q, both);
        int only = key ? script_find(l, &capital) : -1;
        if (only >= 0) cast_vote(l, key, (uint32_t)only);
      }
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

/* What the table says of a word without the keys of `level` and above. */
static const struct lemma_script *below(const struct lemma_table *view, const struct lemma_query *q, int level) {
  const struct lemma_script *s = NULL;
  while (!s && level-- > 0) {
    uint64_t key = lemma_query_key(q, level);
    if (key) s = lemma_find(view, key);
  }
  return s;
}

static bool fill_level(struct learner *l, const struct treebank *tb, int level, struct table *t) {
  struct lemma_query q;
  uint32_t script;
  const struct lemma_table view = {l->script, t->entry, l->nscript, t->size - 1};
  for (size_t i = 0; i < tb->n; i++)
    for (int w = 1; w <= tb->sentence[i].n; w++) {
      if (!query_word(l, &tb->sentence[i].word[w], &q, &script)) continue;
      uint64_t key = lemma_query_key(&q, level);
      const struct best *b = key ? best_at(l, key) : NULL;
      if (!b || !b->n) continue;
      const struct lemma_script *now = below(&view, &q, level);
      if (level < LEMMA_LISTED && now && same_as(l, (uint32_t)(now - l->script), b->script)) continue;
      if (!table_put(t, key, b->script)) return false;
    }
  return true;
}

static bool fill_capitals(struct learner *l, const struct treebank *tb, struct table *t) {
  struct lemma_query q;
  uint32_t script;
  for (size_t i = 0; i < tb->n; i++)
    for (int w = 1; w <= tb->sentence[i].n; w++)
      for (int both = 0; both < 2 && query_word(l, &tb->sentence[i].word[w], &q, &script); both++) {
        uint64_t key = lemma_query_case(&q, both);
        if (key && best_at(l, key)->n && !table_put(t, key, best_at(l, key)->script)) return false;
      }
  return true;
}

static bool fill(struct learner *l, const struct treebank *const *tb, int n, struct table *t, struct err *e) {
  for (t->size = 1 << 14; t->size <= 1u << 20; t->size *= 2) {
    t->n = 0;
    t->entry = calloc(t->size, sizeof *t->entry);
    if (!t->entry) return err_set(e, ERR_NOMEM, "no memory for the lemma table");
    bool fits = true;
    for (int level = 0; fits && level < LEMMA_LEVELS; level++)
      for (int i = 0; i < n && fits; i++) fits = fill_level(l, tb[i], level, t);
    for (int i = 0; i < n && fits; i++) fits = fill_capitals(l, tb[i], t);
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
    w[1] = (struct gold_word){.form = form, .lemma = lemma, .upos = -1, .xpos = (int16_t)tag};
    tb->sentence[tb->n++] = (struct gold_sentence){w, 1};
    tb->nword++;
  }
  return true;
}
