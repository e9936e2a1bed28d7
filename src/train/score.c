/* score.c - see score.h. */
#include "train/score.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "doc/conllu_row.h"
#include <stdlib.h>

const char *metric_name(enum metric m) {
  static const char *const name[METRIC_COUNT] = {"Tokens", "Sentences", "Words", "UPOS", "XPOS",
                                                 "UFeats", "Lemmas",    "UAS",   "LAS",  "CLAS"};
  return m < METRIC_COUNT ? name[m] : "";
}

struct span64 {
  size_t beg, end; /* in the text without white space */
};
struct scored_word {
  struct span64 at;
  str form, lemma, upos, xpos, feats, deprel;
  int64_t head; /* word number, -1: root */
  bool mwt;
};
struct side { /* one file */
  struct buf text, words, tokens, sentences;
};

#define COUNT(buffer, type) ((buffer).n / sizeof(type))
#define AT(buffer, type) ((type *)(void *)(buffer).p)

static void side_init(struct side *s) {
  size_t cap = (size_t)1 << 32;
  buf_init(&s->text, cap), buf_init(&s->words, cap), buf_init(&s->tokens, cap), buf_init(&s->sentences, cap);
}
static void side_release(struct side *s) {
  buf_release(&s->text), buf_release(&s->words), buf_release(&s->tokens), buf_release(&s->sentences);
}

static void put_form(struct buf *text, str form) {
  for (size_t i = 0; i < form.n;) {
    size_t from = i;
    uint32_t c = utf8_next(form, &i);
    if (c != 0xA0 && !(c < 0x80 && ascii_space((char)c))) buf_put(text, str_sub(form, from, i));
  }
}
static void put_span(struct buf *b, size_t beg, size_t end) {
  const struct span64 s = {beg, end};
  buf_put(b, (str){(const char *)&s, sizeof s});
}

static bool close_sentence(struct side *s, size_t *first, size_t *start, const struct conllu_reader *r, struct err *e) {
  size_t n = COUNT(s->words, struct scored_word);
  if (n == *first) return true;
  struct scored_word *w = AT(s->words, struct scored_word);
  for (size_t i = *first; i < n; i++) {
    if (w[i].head < 0 || (size_t)w[i].head > n - *first) {
      err_set(e, ERR_FORMAT, "HEAD lies outside of the sentence that ends here");
      return err_at(e, r->file, r->number, 0);
    }
    w[i].head = w[i].head ? (int64_t)*first + w[i].head - 1 : -1;
  }
  put_span(&s->sentences, *start, s->text.n);
  *first = n, *start = s->text.n;
  return true;
}

static bool load(struct side *s, str text, const char *name, struct err *e) {
  struct conllu_reader r;
  struct err bad = {0};
  struct span64 mwt = {0, 0};
  uint32_t mwt_end = 0, head;
  size_t first = 0, start = 0;
  enum conllu_kind kind;
  conllu_reader_init(&r, text, name);
  while ((kind = conllu_next(&r, &bad)) != CONLLU_END) {
    if (kind == CONLLU_BLANK) {
      if (!close_sentence(s, &first, &start, &r, e)) return false;
      mwt_end = 0;
    } else if (kind == CONLLU_RANGE) {
      mwt.beg = s->text.n, mwt_end = r.last;
      put_form(&s->text, r.col[COL_FORM]);
      mwt.end = s->text.n;
      put_span(&s->tokens, mwt.beg, mwt.end);
    } else if (kind == CONLLU_WORD) {
      struct scored_word w = {.form = r.col[COL_FORM],
                              .lemma = r.col[COL_LEMMA],
                              .upos = r.col[COL_UPOS],
                              .xpos = r.col[COL_XPOS],
                              .feats = r.col[COL_FEATS],
                              .deprel = r.col[COL_DEPREL],
                              .mwt = r.first <= mwt_end,
                              .at = mwt};
      if (!conllu_head(&r, &head)) {
        err_set(e, ERR_FORMAT, "HEAD should be a number");
        return err_at(e, name, r.number, 0);
      }
      w.head = head;
      if (!w.mwt) {
        w.at.beg = s->text.n;
        put_form(&s->text, w.form);
        w.at.end = s->text.n;
        put_span(&s->tokens, w.at.beg, w.at.end);
      }
      buf_put(&s->words, (str){(const char *)&w, sizeof w});
    }
  }
  if (bad.code) {
    if (e) *e = bad;
    return false;
  }
  if (s->text.failed || s->words.failed || s->tokens.failed || s->sentences.failed)
    return err_set(e, ERR_NOMEM, "no memory to score %s", name);
  return close_sentence(s, &first, &start, &r, e);
}

/* ---- alignment ---- */

struct alignment {
  const struct scored_word *gold, *system;
  size_t ngold, nsystem;
  int64_t *to_gold; /* [nsystem], -1: not aligned */
  size_t n;
};

static void pair_up(struct alignment *a, size_t g, size_t s) {
  a->to_gold[s] = (int64_t)g;
  a->n++;
}

enum { BLOCK_MAX = 512 }; /* words in one block of multiword tokens; more are left unaligned */

/* Longest common subsequence of the lower-cased forms of gold [i, i+n) and system [j, j+m). */
static bool align_block(struct alignment *a, size_t i, size_t n, size_t j, size_t m) {
  if (n > BLOCK_MAX || m > BLOCK_MAX) return true;
  uint16_t *len = calloc((n + 1) * (m + 1), sizeof *len);
  if (!len) return false;
#define LEN(p, q) len[(p) * (m + 1) + (q)]
  for (size_t p = n; p-- > 0;)
    for (size_t q = m; q-- > 0;) {
      bool same = str_eq_fold(a->gold[i + p].form, a->system[j + q].form);
      uint16_t down = LEN(p + 1, q), right = LEN(p, q + 1);
      LEN(p, q) = same ? (uint16_t)(LEN(p + 1, q + 1) + 1) : down > right ? down : right;
    }
  for (size_t p = 0, q = 0; p < n && q < m;) {
    if (str_eq_fold(a->gold[i + p].form, a->system[j + q].form)) pair_up(a, i + p++, j + q++);
    else if (LEN(p + 1, q) >= LEN(p, q + 1)) p++;
    else q++;
  }
#undef LEN
  free(len);
  return true;
}

/* Both sides up to where no multiword token reaches across; advances *i and *j. */
static bool align_multiword(struct alignment *a, size_t *i, size_t *j) {
  size_t from = *i, to = *j;
  const struct scored_word *g = &a->gold[*i], *s = &a->system[*j];
  size_t end = g->mwt ? g->at.end : 0;
  if (s->mwt && s->at.end > end) end = s->at.end;
  for (bool grown = true; grown;) {
    grown = false;
    for (; *i < a->ngold && a->gold[*i].at.beg < end; ++*i)
      if (a->gold[*i].mwt && a->gold[*i].at.end > end) end = a->gold[*i].at.end, grown = true;
    for (; *j < a->nsystem && a->system[*j].at.beg < end; ++*j)
      if (a->system[*j].mwt && a->system[*j].at.end > end) end = a->system[*j].at.end, grown = true;
  }
  return align_block(a, from, *i - from, to, *j - to);
}

static bool align(struct alignment *a) {
  size_t i = 0, j = 0;
  while (i < a->ngold && j < a->nsystem) {
    const struct scored_word *g = &a->gold[i], *s = &a->system[j];
    if (g->mwt || s->mwt) {
      if (!g->mwt && g->at.beg < s->at.beg) i++;
      else if (!s->mwt && s->at.beg < g->at.beg) j++;
      else if (!align_multiword(a, &i, &j)) return false;
    } else if (g->at.beg == s->at.beg && g->at.end == s->at.end) pair_up(a, i++, j++);
    else if (g->at.beg < s->at.beg || (g->at.beg == s->at.beg && g->at.end < s->at.end)) i++;
    else j++;
  }
  return true;
}

/* ---- comparing ---- */

static size_t same_spans(const struct buf *a, const struct buf *b) {
  const struct span64 *x = AT(*a, struct span64), *y = AT(*b, struct span64);
  size_t n = COUNT(*a, struct span64), m = COUNT(*b, struct span64), same = 0;
  for (size_t i = 0, j = 0; i < n && j < m;) {
    if (x[i].beg == y[j].beg && x[i].end == y[j].end) same++, i++, j++;
    else if (x[i].beg < y[j].beg || (x[i].beg == y[j].beg && x[i].end < y[j].end)) i++;
    else j++;
  }
  return same;
}

static bool listed(str name, const char *list) { /* of words between blanks */
  str rest = str_of(list);
  while (rest.n)
    if (str_eq(str_cut(&rest, ' '), name)) return true;
  return false;
}
static bool universal_feature(str f) {
  return listed(str_cut(&f, '='),
                "PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree VerbForm Mood "
                "Tense Aspect Voice Evident Polarity Person Polite");
}
/* Every universal feature of a is one of b. */
static bool features_in(str a, str b) {
  while (a.n) {
    str f = str_cut(&a, '|'), rest = b;
    if (!universal_feature(f)) continue;
    bool found = false;
    while (rest.n && !found) found = str_eq(str_cut(&rest, '|'), f);
    if (!found) return false;
  }
  return true;
}
static str universal(str deprel) { return str_sub(deprel, 0, str_find(deprel, ':')); }
static bool content_word(const struct scored_word *w) {
  return listed(universal(w->deprel),
                "nsubj obj iobj csubj ccomp xcomp obl vocative expl dislocated advcl advmod discourse "
                "nmod appos nummod acl amod conj fixed flat compound list parataxis orphan "
                "goeswith reparandum root dep");
}
static bool is_relation(const struct scored_word *w, str name) {
  return str_eq(str_find(name, ':') < name.n ? w->deprel : universal(w->deprel), name);
}

static bool same_head(const struct alignment *a, const struct scored_word *g, const struct scored_word *s) {
  if (s->head < 0 || g->head < 0) return s->head < 0 && g->head < 0;
  return a->to_gold[s->head] == g->head;
}

static void compare_pair(const struct alignment *a, const struct scored_word *g, const struct scored_word *s,
                         const str *relations, int nrelation, struct scores *out) {
  bool uas = same_head(a, g, s), las = uas && str_eq(universal(g->deprel), universal(s->deprel));
  out->of[METRIC_UPOS].correct += str_eq(g->upos, s->upos);
  out->of[METRIC_XPOS].correct += str_eq(g->xpos, s->xpos);
  out->of[METRIC_UFEATS].correct += features_in(g->feats, s->feats) && features_in(s->feats, g->feats);
  out->of[METRIC_LEMMAS].correct += str_eq(g->lemma, s->lemma) || str_is(g->lemma, "_");
  out->of[METRIC_UAS].correct += uas;
  out->of[METRIC_LAS].correct += las;
  out->of[METRIC_CLAS].correct += las && content_word(g) && content_word(s);
  out->of[METRIC_CLAS].aligned += content_word(g);
  for (int k = 0; k < nrelation; k++)
    out->relation[k].correct += uas && is_relation(g, relations[k]) && is_relation(s, relations[k]);
}

static void count_side(const struct buf *words, bool gold, const str *relations, int nrelation, struct scores *out) {
  const struct scored_word *w = AT(*words, struct scored_word);
  size_t n = COUNT(*words, struct scored_word);
  for (size_t i = 0; i < n; i++) {
    struct metric_score *clas = &out->of[METRIC_CLAS];
    *(gold ? &clas->gold : &clas->system) += content_word(&w[i]);
    for (int k = 0; k < nrelation; k++)
      *(gold ? &out->relation[k].gold : &out->relation[k].system) += is_relation(&w[i], relations[k]);
  }
  for (int m = METRIC_WORDS; m < METRIC_CLAS; m++) *(gold ? &out->of[m].gold : &out->of[m].system) = n;
}

static bool compare(const struct side *g, const struct side *s, const str *relations, int nrelation, struct scores *out,
                    struct err *e) {
  struct alignment a = {.gold = AT(g->words, struct scored_word),
                        .system = AT(s->words, struct scored_word),
                        .ngold = COUNT(g->words, struct scored_word),
                        .nsystem = COUNT(s->words, struct scored_word)};
  a.to_gold = malloc((a.nsystem + 1) * sizeof *a.to_gold);
  if (!a.to_gold) return err_set(e, ERR_NOMEM, "no memory to score");
  for (size_t i = 0; i < a.nsystem; i++) a.to_gold[i] = -1;
  bool good = align(&a) || err_set(e, ERR_NOMEM, "no memory to score");
  for (size_t i = 0; i < a.nsystem; i++)
    if (a.to_gold[i] >= 0) compare_pair(&a, &a.gold[a.to_gold[i]], &a.system[i], relations, nrelation, out);
  count_side(&g->words, true, relations, nrelation, out);
  count_side(&s->words, false, relations, nrelation, out);
  out->of[METRIC_WORDS].correct = a.n;
  for (int m = METRIC_WORDS + 1; m < METRIC_CLAS; m++) out->of[m].aligned = a.n;
  out->of[METRIC_TOKENS] = (struct metric_score){same_spans(&g->tokens, &s->tokens), COUNT(g->tokens, struct span64),
                                                 COUNT(s->tokens, struct span64), 0};
  out->of[METRIC_SENTENCES] =
      (struct metric_score){same_spans(&g->sentences, &s->sentences), COUNT(g->sentences, struct span64),
                            COUNT(s->sentences, struct span64), 0};
  free(a.to_gold);
  return good;
}

static bool same_text(const struct side *g, const struct side *s, struct err *e) {
  size_t k = 0;
  while (k < g->text.n && k < s->text.n && g->text.p[k] == s->text.p[k]) k++;
  if (k == g->text.n && k == s->text.n) return true;
  size_t from = k > 30 ? k - 30 : 0, a = k + 30 < g->text.n ? k + 30 : g->text.n,
         b = k + 30 < s->text.n ? k + 30 : s->text.n;
  return err_set(e, ERR_FORMAT,
                 "the texts differ at byte %zu (white space not counted): gold \"%.*s\", system \"%.*s\"", k,
                 (int)(a - from), g->text.p + from, (int)(b > from ? b - from : 0), s->text.p + from);
}

bool score_conllu(str gold, const char *gold_name, str system, const char *system_name, const str *relations,
                  int nrelation, struct scores *out, struct err *e) {
  struct side g, s;
  *out = (struct scores){0};
  side_init(&g), side_init(&s);
  bool good = load(&g, gold, gold_name, e) && load(&s, system, system_name, e) && same_text(&g, &s, e) &&
              compare(&g, &s, relations, nrelation, out, e);
  side_release(&g), side_release(&s);
  return good;
}
