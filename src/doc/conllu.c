/* conllu.c - see conllu.h. */
#include "doc/conllu.h"

/* ---- reading ---- */

static bool no_space_after(str misc) {
  while (misc.n)
    if (str_is(str_cut(&misc, '|'), "SpaceAfter=No")) return true;
  return false;
}

struct shape_scan { /* the first pass: how much there is, and the text */
  uint32_t words, sentences, mwt_last;
  bool mwt_glued;
};

/* One line in the first pass: appends the form and the blank after it. */
static void scan_line(struct conllu_reader *r, enum conllu_kind kind, struct shape_scan *s, struct buf *text) {
  if (kind == CONLLU_RANGE) {
    s->mwt_last = r->last;
    s->mwt_glued = no_space_after(r->col[COL_MISC]);
  }
  if (kind != CONLLU_WORD) return;
  s->words++;
  buf_put(text, r->col[COL_FORM]);
  bool inside = r->first < s->mwt_last, last = r->first == s->mwt_last;
  if (!inside && !(last ? s->mwt_glued : no_space_after(r->col[COL_MISC]))) buf_putc(text, ' ');
  if (last) s->mwt_last = 0;
}

/* Positions r at the end of what belongs to the document; the text is in `text`. */
static bool scan(struct conllu_reader *r, uint32_t most, struct buf *text, struct shape_scan *s, struct err *e) {
  enum conllu_kind kind;
  uint32_t open = 0; /* words of the present sentence */
  for (;;) {
    struct conllu_reader before = *r;
    struct err bad = {0};
    kind = conllu_next(r, &bad);
    if (bad.code) {
      if (e) *e = bad;
      return false;
    }
    if (kind == CONLLU_END) break;
    if (kind == CONLLU_COMMENT && s->sentences && !open && str_starts(r->line, STR("# newdoc"))) {
      *r = before;
      break;
    }
    if (kind == CONLLU_BLANK && open) {
      s->sentences++, open = 0, s->mwt_last = 0;
      if (text->n && text->p[text->n - 1] != ' ') buf_putc(text, ' ');
      if (s->words >= most) break;
    }
    if (kind == CONLLU_WORD) {
      if (r->first != open + 1) {
        err_set(e, ERR_FORMAT, "CoNLL-U: words should be numbered 1, 2, 3 ..");
        return err_at(e, r->file, r->number, 0);
      }
      open++;
    }
    scan_line(r, kind, s, text);
  }
  s->sentences += open > 0;
  return true;
}

struct fill {
  struct doc *d;
  struct sentence *sentence; /* NULL between sentences */
  uint32_t at, mwt_first, mwt_last;
};

static bool fill_word(struct fill *f, const struct conllu_reader *r) {
  struct doc *d = f->d;
  str form = r->col[COL_FORM];
  if (!f->sentence) {
    f->sentence = DOC_PUSH(d, sentences);
    if (!f->sentence) return false;
    f->sentence->first = d->tokens.n, f->sentence->span.beg = f->at;
  }
  uint32_t end = f->at + (uint32_t)form.n;
  bool space = end >= d->body_len || d->text.p[end] == ' ';
  uint16_t flags = space ? TOKEN_SPACE_AFTER : 0;
  if (f->mwt_last && r->first == f->mwt_first) flags |= TOKEN_MWT_FIRST;
  else if (f->mwt_last && r->first > f->mwt_first && r->first <= f->mwt_last) flags |= TOKEN_MWT_MORE;
  uint32_t t = tokens_push(d, f->at, end, flags);
  d->tokens.sentence[t] = d->sentences.n - 1;
  f->sentence->n++, f->sentence->span.end = end;
  f->at = end + (end < d->body_len && d->text.p[end] == ' ');
  return true;
}

static bool fill_doc(struct doc *d, str source, struct err *e) {
  struct conllu_reader r;
  struct fill f = {.d = d};
  enum conllu_kind kind;
  conllu_reader_init(&r, source, NULL);
  const struct sentence *title = DOC_PUSH(d, sentences); /* empty */
  if (!title) return err_set(e, ERR_NOMEM, "no memory for the document");
  while ((kind = conllu_next(&r, NULL)) != CONLLU_END) {
    if (kind == CONLLU_BLANK) f.sentence = NULL, f.mwt_last = 0;
    if (kind == CONLLU_RANGE) f.mwt_first = r.first, f.mwt_last = r.last;
    if (kind == CONLLU_WORD && !fill_word(&f, &r)) return err_set(e, ERR_LIMIT, "the document has too many sentences");
  }
  d->have |= HAVE_TOKENS;
  return true;
}

bool conllu_read(struct conllu_reader *r, struct doc *d, const struct symtab *words, uint32_t most, struct buf *text,
                 str *source, struct err *e) {
  struct shape_scan s = {0};
  str from = r->rest;
  buf_clear(text);
  if (!scan(r, most, text, &s, e)) return false;
  *source = str_sub(from, 0, from.n - r->rest.n);
  if (!s.words) return false;
  if (text->failed) return err_set(e, ERR_LIMIT, "a document of the CoNLL-U file is too large");
  if (!doc_reset(d, words, buf_str(text), (str){"", 0}, e)) return false;
  if (!tokens_reserve(d, s.words)) return err_set(e, ERR_NOMEM, "no memory for the document");
  return fill_doc(d, *source, e);
}

/* ---- writing ---- */

static void put_or_blank(struct buf *out, str s) { buf_put(out, s.n ? s : STR("_")); }

static str feats_of(const struct doc *d, uint32_t t, const struct feats_names *f) {
  uint32_t number = d->tokens.feats[t];
  return f && number < f->n ? f->at(f->table, number) : STR("_");
}

/* LEMMA to DEPREL of token t, each followed by a tab; `first` is the sentence's first token. */
static void put_annotation(const struct doc *d, uint32_t t, uint32_t first, const struct feats_names *f,
                           struct buf *out) {
  const struct tokens *k = &d->tokens;
  put_or_blank(out, doc_word(d, k->lemma[t])), buf_putc(out, '\t');
  put_or_blank(out, str_of(upos_name(k->upos[t]))), buf_putc(out, '\t');
  put_or_blank(out, str_of(xpos_name(k->xpos[t]))), buf_putc(out, '\t');
  put_or_blank(out, feats_of(d, t, f)), buf_putc(out, '\t');
  if (d->have & HAVE_TREE) buf_put_int(out, k->head[t] == NONE ? 0 : (int64_t)(k->head[t] - first) + 1);
  else buf_putc(out, '_');
  buf_putc(out, '\t');
  put_or_blank(out, str_of(deprel_name(k->deprel[t]))), buf_putc(out, '\t');
}

/* MISC; `rest` is what stands there besides, or "_". */
static void put_misc(const struct doc *d, uint32_t t, const struct feats_names *f, str rest, struct buf *out) {
  bool blank = !rest.n || str_is(rest, "_");
  if (!f || !f->margins) {
    put_or_blank(out, rest);
    return;
  }
  buf_puts(out, "HeadMargin="), buf_put_int(out, d->tokens.margin[t]);
  if (!blank) buf_putc(out, '|'), buf_put(out, rest);
  buf_puts(out, "|TagMargin="), buf_put_int(out, d->tokens.tag_margin[t]);
}

void conllu_write_over(const struct doc *d, str source, const struct feats_names *feats, struct buf *out) {
  struct conllu_reader r;
  enum conllu_kind kind;
  uint32_t t = 0;
  conllu_reader_init(&r, source, NULL);
  while ((kind = conllu_next(&r, NULL)) != CONLLU_END) {
    if (kind == CONLLU_WORD && t < d->tokens.n) {
      buf_put(out, r.col[COL_ID]), buf_putc(out, '\t');
      buf_put(out, r.col[COL_FORM]), buf_putc(out, '\t');
      put_annotation(d, t, d->sentences.at[d->tokens.sentence[t]].first, feats, out);
      buf_puts(out, "_\t"), put_misc(d, t, feats, r.col[COL_MISC], out);
      t++;
    } else buf_put(out, r.line);
    buf_putc(out, '\n');
  }
  if (source.n && !str_ends(source, STR("\n\n")) && !str_ends(source, STR("\r\n\r\n"))) buf_putc(out, '\n');
}

static void put_text(struct buf *out, str text) { /* on one line: white space becomes blanks */
  for (size_t i = 0; i < text.n; i++) buf_putc(out, ascii_space(text.p[i]) ? ' ' : text.p[i]);
}

/* The line of a multiword token that begins at t, if one does. */
static void put_range(const struct doc *d, uint32_t t, const struct sentence *s, struct buf *out) {
  uint32_t last = t, end = s->first + s->n;
  if (!(d->tokens.flags[t] & TOKEN_MWT_FIRST)) return;
  while (last + 1 < end && (d->tokens.flags[last + 1] & TOKEN_MWT_MORE)) last++;
  if (last == t) return;
  buf_put_int(out, (int64_t)(t - s->first) + 1), buf_putc(out, '-');
  buf_put_int(out, (int64_t)(last - s->first) + 1), buf_putc(out, '\t');
  put_text(out, str_sub(d->text, d->tokens.beg[t], d->tokens.end[last]));
  buf_puts(out, "\t_\t_\t_\t_\t_\t_\t_\t");
  buf_puts(out, d->tokens.flags[last] & TOKEN_SPACE_AFTER ? "_\n" : "SpaceAfter=No\n");
}

static bool within_range(const struct doc *d, uint32_t t, const struct sentence *s) {
  if (d->tokens.flags[t] & TOKEN_MWT_MORE) return true;
  return (d->tokens.flags[t] & TOKEN_MWT_FIRST) && t + 1 < s->first + s->n && (d->tokens.flags[t + 1] & TOKEN_MWT_MORE);
}

void conllu_write(const struct doc *d, str id, const struct feats_names *feats, struct buf *out) {
  if (id.n) buf_puts(out, "# newdoc id = "), put_text(out, id), buf_putc(out, '\n');
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    const struct sentence *s = &d->sentences.at[i];
    if (!s->n) continue;
    buf_puts(out, "# sent_id = ");
    if (id.n) put_text(out, id), buf_putc(out, '-');
    buf_put_int(out, i), buf_puts(out, "\n# text = ");
    put_text(out, doc_span(d, tokens_span(d, s->first, s->first + s->n - 1))), buf_putc(out, '\n');
    for (uint32_t t = s->first; t < s->first + s->n; t++) {
      put_range(d, t, s, out);
      buf_put_int(out, (int64_t)(t - s->first) + 1), buf_putc(out, '\t');
      put_text(out, token_text(d, t)), buf_putc(out, '\t');
      put_annotation(d, t, s->first, feats, out);
      bool glued = !(d->tokens.flags[t] & TOKEN_SPACE_AFTER) && !within_range(d, t, s);
      buf_puts(out, "_\t"), put_misc(d, t, feats, glued ? STR("SpaceAfter=No") : STR("_"), out), buf_putc(out, '\n');
    }
    buf_putc(out, '\n');
  }
}
