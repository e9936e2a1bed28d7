/* text_stage.c - raw text to the document's token columns and sentences.
 *
 * The title is sentence 0 and stands first in the columns, though its bytes stand last in the text; the body's sentences
 * follow from 1. Tags, lemmas and trees are later stages' work. */
#include "text/text_stage.h"
#include "base/file.h"
#include "text/chars.h"
#include "text/sentences.h"
#include <stdlib.h>

struct reading { /* the immutable part */
  struct words words;
  struct boundary_model boundaries;
};

static void *text_open(const struct stage_setup *setup, struct err *e) {
  struct reading *r = calloc(1, sizeof *r);
  char path[4096];
  if (!r) {
    err_set(e, ERR_NOMEM, "no memory for the text stage");
    return NULL;
  }
  bool ok = words_load(&r->words, setup->knowledge, e);
  if (ok && !path_join(path, sizeof path, setup->knowledge, "text/boundaries.txt"))
    ok = err_set(e, ERR_KNOWLEDGE, "the path is too long");
  if (ok && boundary_load(&r->boundaries, path, e)) return r;
  if (ok) words_release(&r->words);
  free(r);
  return NULL;
}

static void text_close(void *stage) {
  struct reading *r = stage;
  if (!r) return;
  words_release(&r->words);
  boundary_release(&r->boundaries);
  free(r);
}

/* The stage works in the document's arenas and keeps nothing of its own. */
static void *text_work_open(const void *stage, struct err *e) {
  (void)stage;
  void *work = malloc(1);
  if (!work) err_set(e, ERR_NOMEM, "no memory for the text stage");
  return work;
}

static uint16_t token_flags(str text, const struct piece *q, uint8_t mark) {
  uint16_t flags = 0;
  size_t n;
  if (q->end >= text.n) flags |= TOKEN_SPACE_AFTER;
  else {
    enum char_class c = char_class_at(text, q->end, &n);
    if (c == CHAR_SPACE || c == CHAR_LINE) flags |= TOKEN_SPACE_AFTER;
  }
  if (q->mwt_first) flags |= TOKEN_MWT_FIRST;
  if (q->mwt_more) flags |= TOKEN_MWT_MORE;
  if (mark & INSIDE_QUOTES) flags |= TOKEN_QUOTED;
  return flags;
}

static bool is_question(const struct doc *d, const struct sentence *s) {
  for (uint32_t t = s->first + s->n; t > s->first && t + 3 > s->first + s->n; t--)
    if (str_find(token_text(d, t - 1), '?') < d->tokens.end[t - 1] - d->tokens.beg[t - 1]) return true;
  return false;
}

static bool ends_with_stop(const struct doc *d, const struct sentence *s) {
  str last = s->n ? token_text(d, s->first + s->n - 1) : (str){"", 0};
  return last.n && strchr(".?!:;,\"')", last.p[last.n - 1]);
}

static void close_sentence(struct doc *d, uint32_t row, bool alone) {
  struct sentence *s = &d->sentences.at[row];
  s->n = d->tokens.n - s->first;
  if (s->n) s->span = tokens_span(d, s->first, d->tokens.n - 1);
  if (is_question(d, s)) s->flags |= SENTENCE_QUESTION;
  if (row == 0 || (alone && s->n && s->n <= 20 && !ends_with_stop(d, s))) s->flags |= SENTENCE_HEADLINE;
}

static bool open_sentence(struct doc *d, uint8_t mark) {
  struct sentence *s = DOC_PUSH(d, sentences);
  if (!s) return false;
  s->first = d->tokens.n;
  if (mark & START_PARAGRAPH) s->flags |= SENTENCE_PARAGRAPH;
  if (mark & START_DATELINE) s->flags |= SENTENCE_DATELINE;
  return true;
}

static void push_token(struct doc *d, const struct piece *q, uint8_t mark) {
  uint32_t t = tokens_push(d, q->beg, q->end, token_flags(d->text, q, mark));
  d->tokens.sentence[t] = d->sentences.n - 1;
}

static bool fill_title(struct doc *d, const struct pieces *p) {
  if (!open_sentence(d, START_PARAGRAPH) || !tokens_reserve(d, p->n)) return false;
  for (uint32_t i = 0; i < p->n; i++) push_token(d, &p->at[i], 0);
  close_sentence(d, 0, true);
  return true;
}

static bool fill_body(struct doc *d, const struct pieces *p, const uint8_t *marks) {
  if (!tokens_reserve(d, p->n)) return false;
  bool paragraph = false;
  for (uint32_t i = 0; i < p->n; i++) {
    if (marks[i] & START_SENTENCE) {
      if (i) close_sentence(d, d->sentences.n - 1, paragraph && (marks[i] & START_PARAGRAPH));
      if (!open_sentence(d, marks[i])) return false;
      paragraph = marks[i] & START_PARAGRAPH;
    }
    push_token(d, &p->at[i], marks[i]);
  }
  if (p->n) close_sentence(d, d->sentences.n - 1, paragraph);
  return true;
}

static bool read_text(const struct reading *r, struct doc *d) {
  const struct words *w = &r->words;
  struct pieces p;
  struct layout l;
  pieces_init(&p, &d->scratch);
  layout_init(&l, d->text);
  if (d->body_len < d->text.n && !tokenize(&p, w, &l, d->text, d->body_len + 1, d->text.n)) return false;
  if (!fill_title(d, &p)) return false;
  p.n = 0;
  str body = str_sub(d->text, 0, d->body_len);
  layout_init(&l, body);
  if (!tokenize(&p, w, &l, body, 0, body.n)) return false;
  uint8_t *marks = ARENA_ARRAY(&d->scratch, uint8_t, p.n);
  if (!marks) return false;
  struct boundary_text all = {.p = &p, .text = body, .words = w};
  sentences_mark(&all, sentences_by_model, (void *)(uintptr_t)&r->boundaries, marks);
  return fill_body(d, &p, marks);
}

static bool text_run(const void *stage, void *work, struct doc *d, struct err *e) {
  (void)work;
  struct arena_mark mark = arena_mark(&d->scratch);
  bool ok = read_text(stage, d);
  arena_rewind(&d->scratch, mark);
  if (!ok) return err_set(e, ERR_LIMIT, "the text has more words or sentences than memory or limits allow");
  d->have |= HAVE_TOKENS;
  return true;
}

const struct stage text_stage = {.name = "text",
                                 .needs = 0,
                                 .gives = HAVE_TOKENS,
                                 .open = text_open,
                                 .close = text_close,
                                 .work_open = text_work_open,
                                 .work_close = free,
                                 .run = text_run};
