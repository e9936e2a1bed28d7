/* speech.c - reads the frames of speech of a document: cue words in text order, the words said, quotations over sentences, the
 * page's quotes.
 *
 * Order of work: pair the quotation marks; for every token that is a cue, the first line of the knowledge whose construction
 * fits (speech_cue.c); then quotations make a frame direct and carry it into the next sentences; then the rows. */
#include "event/speech_frame.h"

struct frames {
  struct frame *at;
  uint32_t n, size;
};

/* ---- quotations */

static bool covers(struct token_range r, uint32_t t) { return r.first <= t && t <= r.last; }

/* A piece that is mostly one quotation becomes that quotation, and the frame direct. */
static void make_direct(struct speech_reading *r, struct frame *f) {
  bool direct = false;
  for (uint8_t i = 0; i < f->pieces; i++) {
    struct token_range *p = &f->piece[i];
    uint32_t q = r->quotes.of[p->first];
    if (q == NONE && p->first + 1 <= p->last) q = r->quotes.of[p->first + 1];
    if (q == NONE) continue;
    struct quotation *row = &r->quotes.at[q];
    if (covers((struct token_range){row->first, row->last}, f->s.cue)) continue;
    uint32_t end = row->last < p->last ? row->last : p->last;
    if (2 * (end + 1 - p->first) < p->last + 1 - p->first) continue;
    row->claimed = true;
    if (row->last - row->first < 2 && p->last > row->last) continue; /* a quoted word is no quotation */
    *p = (struct token_range){row->first, row->last};
    direct = true;
  }
  if (direct && f->s.type == ATTRIBUTION_INDIRECT) f->s.type = ATTRIBUTION_DIRECT;
  uint8_t n = 0;
  for (uint8_t i = 0; i < f->pieces; i++) /* two pieces may have become the same quotation */
    if (!n || f->piece[i].first > f->piece[n - 1].last) f->piece[n++] = f->piece[i];
  f->pieces = n;
}

/* '"A," he said. "B."' and 'He said: "A."': the quotations that open the next words of the same paragraph, up to the next cue. */
static void carry_on(struct speech_reading *r, struct frame *f, const struct frame *next) {
  const struct doc *d = r->d;
  if (f->s.type != ATTRIBUTION_DIRECT && !f->colon) return;
  if (!f->pieces && !f->colon) return;
  uint32_t last = f->pieces ? f->piece[f->pieces - 1].last : f->s.cue;
  if (last < f->s.cue) last = f->s.cue;
  for (uint32_t i = 0; i < r->quotes.n && f->pieces < FRAME_PIECES; i++) {
    struct quotation *q = &r->quotes.at[i];
    if (q->first <= last) continue;
    uint32_t s = d->tokens.sentence[q->first], here = d->tokens.sentence[last];
    if (s > here + 1 || q->claimed || (next && next->s.cue < q->first && d->tokens.sentence[next->s.cue] == s)) return;
    const struct sentence *row = &d->sentences.at[s];
    bool whole = d->tokens.sentence[q->last] > s ||
                 q->last + 3 >= row->first + row->n; /* a paragraph of nothing but the quotation */
    if (s != here && (q->first > row->first + 1 || (row->flags & SENTENCE_PARAGRAPH && !f->colon && !whole))) return;
    if (s == here && q->last - q->first < 2) continue;
    if (next && covers((struct token_range){q->first, q->last}, next->s.cue) == false && next->s.cue > q->last &&
        d->tokens.sentence[next->s.cue] == d->tokens.sentence[q->last] && next->s.cue - q->last < 8)
      return; /* the next cue's own words */
    q->claimed = true;
    frame_piece(d, f, q->first, q->last);
    if (f->s.content == NONE) {
      f->s.content = q->first;
      for (uint32_t t = q->first; t <= q->last; t++)
        if (d->tokens.head[t] == NONE) {
          f->s.content = t;
          break;
        }
    }
    f->s.type = f->s.type == ATTRIBUTION_INDIRECT ? ATTRIBUTION_DIRECT : f->s.type;
    last = q->last;
    if (f->colon) f->colon = false;
  }
}

/* ---- what the words around the cue do to the frame */

static bool content_asks(const struct speech_reading *r, uint32_t c) {
  if (c == NONE) return false;
  TREE_EACH(r->d, k, c)
  if (r->d->tokens.norm[k] == r->kb->whether ||
      (r->d->tokens.norm[k] == r->kb->if_ && r->d->tokens.deprel[k] == DEPREL_MARK && k < c))
    return r->d->tokens.norm[k] == r->kb->whether;
  return false;
}

static bool perfect(const struct doc *d, uint32_t verb) {
  TREE_EACH(d, c, verb)
  if (d->tokens.deprel[c] == DEPREL_AUX && c < verb && str_is(doc_word(d, d->tokens.lemma[c]), "have")) return true;
  return false;
}

/* "is said to have met": hearsay of what is done; "is said to be considering": of what may come. */
static void hearsay(const struct speech_reading *r, struct frame *f) {
  const struct doc *d = r->d;
  uint32_t v = f->s.cue, c = f->s.content;
  if (f->cue->class != CUE_VERB || c == NONE || f->s.speaker_token != NONE || !clause_passive(d, v)) return;
  uint32_t s = clause_subject(d, v);
  bool raised = d->tokens.deprel[c] == DEPREL_XCOMP && d->tokens.head[c] == v;
  bool empty = s == NONE || d->tokens.norm[s] == r->kb->it || d->tokens.deprel[s] == DEPREL_EXPL;
  if (f->cue->flags & CUE_PAGE || f->cue->takes & TAKES_OBJECT_PREP || !(f->cue->takes & TAKES_THAT)) return;
  if (!raised && !(empty && d->tokens.head[c] == v)) return;
  f->s.rumour = true;
  f->s.type = ATTRIBUTION_RUMOUR;
  if (raised && !perfect(d, c)) f->s.hypothetical = true;
}

/* "neither confirmed nor denied": both verbs are negated, by words that stand between them. */
static bool neither(const struct speech_reading *r, uint32_t v) {
  TREE_EACH(r->d, c, v)
  if (r->d->tokens.norm[c] == r->kb->neither || r->d->tokens.norm[c] == r->kb->nor) return true;
  return false;
}

static void negation(const struct speech_reading *r, struct frame *f) {
  const struct speech_kb *kb = r->kb;
  if (content_asks(r, f->s.content)) f->s.hypothetical = true;
  if (f->cue->class == CUE_NOUN || f->cue->class == CUE_PHRASE || f->cue->class == CUE_ADV) return;
  if (f->s.content == NONE) return;
  if (!clause_negated(r->d, f->s.cue, kb->not_, kb->nt, kb->never) && !neither(r, f->s.cue)) return;
  if (f->cue->class == CUE_ADJ && f->cue->flags & CUE_IMPERSONAL &&
      f->s.stance == STANCE_CONFIRMS) { /* "It is not true that" */
    f->s.denial = true;
    f->s.stance = STANCE_DENIES;
    return;
  }
  if (f->s.type == ATTRIBUTION_ATTITUDE && f->s.stance == STANCE_CONFIRMS)
    return; /* "did not regret": true all the same */
  f->s.hypothetical = true;
  if (f->s.denial) f->s.denial = false, f->s.stance = STANCE_DOUBTS;
}

static void find_speaker(const struct speech_reading *r, struct frame *f) {
  const struct doc *d = r->d;
  uint32_t s = f->s.speaker_token;
  if (s != NONE &&
      (d->tokens.deprel[s] == DEPREL_EXPL || (d->tokens.upos[s] == UPOS_PRON && d->tokens.xpos[s] == XPOS_EX)))
    s = NONE;
  f->s.speaker_token = s;
  if (s == NONE) return;
  struct token_range p = phrase_range(d, s);
  f->s.speaker_span = tokens_span(d, p.first, p.last);
  f->s.speaker = phrase_actor(d, s);
}

/* ---- reading */

static bool read_token(struct speech_reading *r, struct frames *out, struct arena *a, uint32_t t) {
  const struct speech_kb *kb = r->kb;
  const struct tokens *tok = &r->d->tokens;
  uint32_t l = wordmap_find(&kb->by_lemma, tok->lemma[t]);
  if (l == NONE && tok->norm[t] != tok->lemma[t]) l = wordmap_find(&kb->by_lemma, tok->norm[t]);
  for (; l != NONE; l = kb->by_lemma.link[l].next) {
    struct frame f;
    if (!frame_match(r, &kb->cue[kb->by_lemma.link[l].entry], t, &f)) continue;
    find_speaker(r, &f);
    hearsay(r, &f);
    negation(r, &f);
    make_direct(r, &f);
    if (!rows_grow(a, (void **)&out->at, &out->n, &out->size, sizeof *out->at)) return false;
    out->at[out->n++] = f;
    return true;
  }
  return true;
}

static void finish(struct speech_reading *r, struct frames *fs) {
  const struct doc *d = r->d;
  for (uint32_t i = 0; i < fs->n; i++) {
    struct frame *f = &fs->at[i];
    carry_on(r, f, i + 1 < fs->n ? &fs->at[i + 1] : NULL);
    f->s.cue_span = tokens_span(d, f->cue_first, f->cue_last);
    if (f->pieces) f->s.span = tokens_span(d, f->piece[0].first, f->piece[f->pieces - 1].last);
  }
}

static bool put_quote(struct doc *d, const struct frame *f) {
  struct quote *q = DOC_PUSH(d, quotes);
  if (!q) return false;
  *q = (struct quote){.speaker = f->s.speaker,
                      .cue = doc_span(d, f->s.cue_span),
                      .type = f->s.type,
                      .span = f->s.span,
                      .speaker_span = f->s.speaker_span,
                      .cue_span = f->s.cue_span,
                      .sentence = d->tokens.sentence[f->s.cue],
                      .pieces = {d->pieces.n, 0}};
  for (uint8_t i = 0; i < f->pieces; i++) {
    struct span *p = DOC_PUSH(d, pieces);
    if (!p) return false;
    *p = tokens_span(d, f->piece[i].first, f->piece[i].last);
    d->quotes.at[d->quotes.n - 1].pieces.n++;
  }
  return true;
}

/* What somebody quoted says he thinks is part of his words, no quote of its own: "I want peace," he said. */
static bool on_page(const struct speech_reading *r, const struct frame *f) {
  if (f->cue->flags & CUE_QUIET) return false;
  bool inside = r->quotes.of[f->s.cue] != NONE;
  if (!inside && f->s.type != ATTRIBUTION_ATTITUDE) return true;
  sym who = f->s.speaker_token == NONE ? SYM_NONE : r->d->tokens.norm[f->s.speaker_token];
  if (who != SYM_NONE && (who == r->kb->i || who == r->kb->we || who == r->kb->you)) return false;
  return !inside || (f->s.type != ATTRIBUTION_ATTITUDE && who != SYM_NONE && !(f->cue->flags & CUE_PAGE));
}

static bool put_rows(const struct speech_reading *r, struct doc *d, const struct frames *fs, struct arena *a,
                     struct speech **rows, uint32_t *n) {
  struct speech *out = ARENA_ARRAY(a, struct speech, fs->n);
  if (!out) return false;
  *n = 0;
  for (uint32_t i = 0; i < fs->n; i++) {
    const struct frame *f = &fs->at[i];
    if (!f->pieces) continue;
    if (on_page(r, f) && !put_quote(d, f)) return false;
    if (!(f->cue->flags & CUE_PAGE)) out[(*n)++] = f->s;
  }
  *rows = out;
  return true;
}

bool speech_find(const struct speech_kb *kb, struct doc *d, struct arena *scratch, struct speech **rows, uint32_t *n,
                 struct err *e) {
  struct speech_reading r = {.kb = kb, .d = d};
  struct frames frames = {0};
  *rows = NULL;
  *n = 0;
  bool ok = quotations_find(&r.quotes, d, scratch);
  for (uint32_t t = 0; ok && t < d->tokens.n; t++) ok = read_token(&r, &frames, scratch, t);
  if (ok) finish(&r, &frames);
  if (!ok || !put_rows(&r, d, &frames, scratch, rows, n))
    return err_set(e, ERR_NOMEM, "no memory for the frames of speech");
  return true;
}

bool speech_covers(const struct doc *d, const struct speech *s, uint32_t t) {
  if (s->content == NONE || !tree_above(d, s->content, t)) return false;
  return !tree_above(d, s->content, s->cue) || !tree_above(d, s->cue, t);
}
