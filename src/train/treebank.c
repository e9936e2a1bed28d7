/* treebank.c - see treebank.h. */
#include "train/treebank.h"
#include "base/file.h"
#include "doc/conllu_row.h"
#include "model/arc_hybrid.h"
#include <stdlib.h>
#include <zlib.h>

int names_find(const struct names *t, str s) {
  for (int i = 0; i < t->n; i++)
    if (str_eq(t->name[i], s)) return i;
  return -1;
}

int names_add(struct names *t, str s, struct arena *a) {
  int i = names_find(t, s);
  if (i < 0 && t->n < NAMES_MAX) {
    str copy = arena_str(a, s);
    if (!copy.p) return -1;
    t->name[i = t->n++] = copy;
  }
  if (i >= 0) t->count[i]++;
  return i;
}

static bool gzip_read(const char *path, struct buf *b, struct err *e) {
  gzFile f = gzopen(path, "rb");
  char block[1 << 16];
  int n = 0;
  if (!f) return err_set_errno(e, ERR_IO, "cannot read %s", path);
  while ((n = gzread(f, block, sizeof block)) > 0) buf_put(b, (str){block, (size_t)n});
  int closed = gzclose(f);
  if (n < 0 || closed != Z_OK) return err_set(e, ERR_IO, "%s is not a whole gzip file", path);
  return true;
}

bool text_read(const char *path, struct arena *a, str *out, struct err *e) {
  struct buf b;
  buf_init(&b, (size_t)2 << 30);
  bool good = str_ends(str_of(path), STR(".gz")) ? gzip_read(path, &b, e) : file_read(&b, path, e);
  if (good && b.failed) good = err_set(e, ERR_LIMIT, "%s is too large", path);
  if (good) {
    *out = arena_str(a, buf_str(&b));
    if (!out->p) good = err_set(e, ERR_NOMEM, "no memory for %s", path);
  }
  buf_release(&b);
  return good;
}

static bool wanted(str id, const char *only) { /* GUM_news_iodine: is "news" in the list? */
  if (!only || !*only) return true;
  str rest = str_of(only);
  while (rest.n) {
    str name = str_trim(str_cut(&rest, ',')), parts = id;
    while (name.n && parts.n)
      if (str_eq(str_cut(&parts, '_'), name)) return true;
  }
  return false;
}

struct reading {
  struct treebank *tb;
  struct inventory *inv;
  struct arena *a;
  bool add, take;
  struct gold_word word[ARC_TOKENS + 1];
  int n; /* words of the present sentence, counted on beyond ARC_TOKENS */
};

static int16_t name_id(struct names *t, str s, const struct reading *r) {
  return (int16_t)(r->add ? names_add(t, s, r->a) : names_find(t, s));
}

static bool push_sentence(struct reading *r, struct err *e) {
  struct treebank *tb = r->tb;
  if (!r->n || r->n > ARC_TOKENS || !r->take) return true;
  if (tb->n == tb->size) {
    size_t size = tb->size ? 2 * tb->size : 1024;
    struct gold_sentence *more = realloc(tb->sentence, size * sizeof *more);
    if (!more) return err_set(e, ERR_NOMEM, "no memory for the treebank");
    tb->sentence = more, tb->size = size;
  }
  struct gold_sentence *s = &tb->sentence[tb->n];
  s->word = ARENA_ARRAY(r->a, struct gold_word, r->n + 1);
  if (!s->word) return err_set(e, ERR_NOMEM, "no memory for the treebank");
  memcpy(s->word + 1, r->word + 1, (size_t)r->n * sizeof *r->word);
  s->word[0].head = -1;
  s->n = r->n;
  for (int i = 1; i <= r->n; i++)
    if (s->word[i].head > r->n || s->word[i].head == i) s->word[i].head = 0;
  tb->n++, tb->nword += (size_t)r->n;
  return true;
}

static bool take_word(struct reading *r, const struct conllu_reader *c, struct err *e) {
  uint32_t head;
  if (!conllu_head(c, &head)) {
    err_set(e, ERR_FORMAT, "HEAD should be a number");
    return err_at(e, c->file, c->number, 0);
  }
  if (++r->n > ARC_TOKENS || !r->take) return true;
  r->word[r->n] = (struct gold_word){.form = c->col[COL_FORM],
                                     .lemma = c->col[COL_LEMMA],
                                     .head = (int16_t)(head > ARC_TOKENS ? ARC_TOKENS + 1 : head),
                                     .upos = name_id(&r->inv->upos, c->col[COL_UPOS], r),
                                     .xpos = name_id(&r->inv->xpos, c->col[COL_XPOS], r),
                                     .feats = name_id(&r->inv->feats, c->col[COL_FEATS], r),
                                     .deprel = name_id(&r->inv->deprel, c->col[COL_DEPREL], r)};
  return true;
}

bool treebank_read(struct treebank *tb, const char *path, const char *only, struct inventory *inv, bool add,
                   struct arena *a, struct err *e) {
  struct reading r = {.tb = tb, .inv = inv, .a = a, .add = add, .take = wanted((str){"", 0}, only)};
  struct conllu_reader c;
  enum conllu_kind kind;
  struct err local = {0};
  str text;
  if (!text_read(path, a, &text, e)) return false;
  conllu_reader_init(&c, text, path);
  while ((kind = conllu_next(&c, &local)) != CONLLU_END) {
    if (kind == CONLLU_COMMENT) {
      str id = conllu_comment(&c, "newdoc id");
      if (id.p) r.take = wanted(id, only);
    } else if (kind == CONLLU_BLANK) {
      if (!push_sentence(&r, e)) return false;
      r.n = 0;
    } else if (kind == CONLLU_WORD && !take_word(&r, &c, e)) return false;
  }
  if (local.code) {
    if (e) *e = local;
    return false;
  }
  return push_sentence(&r, e);
}

void inventory_limit_feats(struct inventory *inv, struct treebank *tb, int most) {
  struct names old = inv->feats, *now = &inv->feats;
  int16_t number[NAMES_MAX];
  bool taken[NAMES_MAX] = {false};
  now->n = 0;
  for (int i = 0; i < old.n; i++) number[i] = -1;
  for (int k = 0; k < most && k < old.n; k++) {
    int best = -1;
    for (int i = 0; i < old.n; i++)
      if (!taken[i] && (best < 0 || old.count[i] > old.count[best])) best = i;
    taken[best] = true, number[best] = (int16_t)k;
    now->name[k] = old.name[best], now->count[k] = old.count[best];
    now->n = k + 1;
  }
  for (size_t i = 0; i < tb->n; i++)
    for (int t = 1; t <= tb->sentence[i].n; t++) {
      struct gold_word *w = &tb->sentence[i].word[t];
      if (w->feats >= 0) w->feats = number[w->feats];
    }
}

bool treebank_turn(const struct treebank *tb, struct treebank *turned, struct arena *a, struct err *e) {
  *turned = (struct treebank){.sentence = malloc((tb->n + 1) * sizeof *turned->sentence), .n = tb->n, .size = tb->n};
  turned->nword = tb->nword;
  bool good = turned->sentence != NULL;
  for (size_t i = 0; good && i < tb->n; i++) {
    const struct gold_sentence *s = &tb->sentence[i];
    struct gold_word *w = ARENA_ARRAY(a, struct gold_word, (size_t)s->n + 1);
    good = w != NULL;
    if (good) w[0] = s->word[0];
    for (int t = 1; good && t <= s->n; t++) {
      w[t] = s->word[s->n + 1 - t];
      if (w[t].head) w[t].head = (int16_t)(s->n + 1 - w[t].head);
    }
    turned->sentence[i] = (struct gold_sentence){w, s->n};
  }
  if (good) return true;
  treebank_release(turned);
  return err_set(e, ERR_NOMEM, "no memory to turn the treebank round");
}

void treebank_release(struct treebank *tb) {
  free(tb->sentence);
  *tb = (struct treebank){0};
}
