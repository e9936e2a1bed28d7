/* speech_cue.c - the constructions of speech: from a cue word to what is said and who says it.
 *
 * One function a construction, each true when the tree around the cue fits. The examples are of knowledge/events/speech.tsv,
 * relations are UD's. Quoted words as such, their extension over sentences and the page are speech.c's business. */
#include "event/speech_frame.h"

static bool quoted(const struct speech_reading *r, uint32_t t) { return r->quotes.of[t] != NONE; }

/* ---- words said */

void frame_piece(const struct doc *d, struct frame *f, uint32_t first, uint32_t last) {
  const struct tokens *t = &d->tokens;
  if (first == NONE || last == NONE || last >= t->n || first > last) return;
  while (first < last && (t->upos[first] == UPOS_PUNCT || t->deprel[first] == DEPREL_CC)) first++;
  while (last > first && t->upos[last] == UPOS_PUNCT) last--;
  if (t->upos[first] == UPOS_PUNCT || f->pieces == FRAME_PIECES) return;
  f->piece[f->pieces++] = (struct token_range){first, last};
}

/* The subtree of `content`, without the clause of the cue where that stands inside it ("The road, he said, is open"). */
static bool take(const struct speech_reading *r, struct frame *f, uint32_t content) {
  const struct doc *d = r->d;
  uint32_t lo = d->tokens.left[content], hi = d->tokens.right[content], cue = f->s.cue;
  f->s.content = content;
  if (cue < lo || cue > hi || !tree_above(d, content, cue)) {
    frame_piece(d, f, lo, hi);
    return f->pieces > 0;
  }
  uint32_t from = d->tokens.left[cue], to = d->tokens.right[cue];
  if (from > lo) frame_piece(d, f, lo, from - 1);
  if (to < hi) frame_piece(d, f, to + 1, hi);
  return f->pieces > 0;
}

static bool take_two(const struct speech_reading *r, struct frame *f, uint32_t first, uint32_t content) {
  const struct tokens *t = &r->d->tokens;
  f->s.content = content;
  if (t->right[first] < t->left[content] && t->right[first] + 1 >= t->left[content]) {
    frame_piece(r->d, f, t->left[first], t->right[content]);
  } else if (first < content) {
    uint32_t end =
        t->right[first] < t->left[content] || tree_above(r->d, first, content) ? t->right[first] : content - 1;
    if (tree_above(r->d, first, content)) {
      frame_piece(r->d, f, t->left[first], end);
    } else {
      frame_piece(r->d, f, t->left[first], end);
      frame_piece(r->d, f, t->left[content], t->right[content]);
    }
  } else {
    frame_piece(r->d, f, t->left[content], t->right[content]);
  }
  return f->pieces > 0;
}

/* ---- markers */

static bool in_set(const sym *set, sym w) {
  for (size_t i = 0; i < CUE_PREPS && set[i] != SYM_NONE; i++)
    if (set[i] == w) return true;
  return false;
}

/* A dependent that marks t: its preposition or its conjunction is one of the set. */
static bool marked(const struct doc *d, uint32_t t, const sym *set) {
  TREE_EACH(d, c, t) {
    if (c > t) break;
    uint8_t rel = d->tokens.deprel[c];
    if ((rel == DEPREL_CASE || rel == DEPREL_MARK) && in_set(set, d->tokens.norm[c])) return true;
  }
  return false;
}

static bool marked_by(const struct doc *d, uint32_t t, sym word) {
  sym set[CUE_PREPS] = {word};
  return marked(d, t, set);
}

static bool infinitive(const struct doc *d, uint32_t t) {
  TREE_EACH(d, c, t)
  if (c < t && d->tokens.xpos[c] == XPOS_TO) return true;
  return d->tokens.upos[t] == UPOS_VERB && d->tokens.xpos[t] == XPOS_VB && tree_child(d, t, DEPREL_NSUBJ) == NONE &&
         tree_child(d, t, DEPREL_MARK) == NONE;
}

static bool has_own_subject(const struct doc *d, uint32_t t) {
  return tree_child_universal(d, t, DEPREL_NSUBJ) != NONE || tree_child(d, t, DEPREL_CSUBJ) != NONE;
}

static uint32_t own_subject_before(const struct doc *d, uint32_t v) {
  uint32_t s = tree_child_universal(d, v, DEPREL_NSUBJ);
  return s != NONE && s < v ? s : NONE;
}

/* Behind its cue a clause that is said begins with "that", "whether", "if" or nothing: "said because", "said adding" say no more. */
static bool circumstance(const struct speech_reading *r, uint32_t v, uint32_t c) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  if (c < v) return false;
  if (t->xpos[c] == XPOS_VBG && !has_own_subject(d, c)) return tree_child(d, c, DEPREL_AUX) == NONE;
  uint32_t m = tree_child(d, c, DEPREL_MARK);
  if (m == NONE || m > c) return false;
  sym w = t->norm[m];
  return w != r->kb->that && w != r->kb->whether && w != r->kb->if_ && t->xpos[m] != XPOS_TO &&
         t->upos[m] == UPOS_SCONJ && m == t->left[c];
}

/* ---- constructions of verbs */

/* "said that the talks had failed"; "said: the talks failed" */
static bool said_clause(const struct speech_reading *r, struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  bool only_quote = !(f->cue->takes & TAKES_THAT);
  uint32_t before = NONE;
  TREE_EACH(d, c, v) {
    uint8_t rel = t->deprel[c];
    bool clause = rel == DEPREL_CCOMP && !(infinitive(d, c) && !has_own_subject(d, c));
    if (rel == DEPREL_PARATAXIS)
      clause = quoted(r, c) || (c > v && has_own_subject(d, c) && t->right[v] == t->right[c]);
    if (rel == DEPREL_ADVCL && !only_quote)
      clause = marked_by(d, c, r->kb->whether) || marked_by(d, c, r->kb->that) ||
               (marked_by(d, c, r->kb->if_) && f->cue->flags & CUE_HYPOTHETICAL);
    if ((rel == DEPREL_CSUBJ && d->tokens.xpos[c] != XPOS_VBG) || rel == DEPREL_CSUBJ_PASS) clause = !only_quote;
    if (!clause || (only_quote && !quoted(r, c)) || circumstance(r, v, c)) continue;
    if (c > v) return take(r, f, c); /* the clause behind the cue before the one in front of it */
    before = c;
  }
  return before != NONE && take(r, f, before);
}

/* "The road is open, the mayor said"; "Falaisan, she said, telephoned" */
static bool said_after(const struct speech_reading *r, struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  uint32_t h = t->head[v];
  if (h == NONE) return false;
  uint8_t rel = t->deprel[v];
  bool as = rel == DEPREL_ADVCL && (marked_by(d, v, r->kb->as) || (t->left[v] < v && t->norm[t->left[v]] == r->kb->as));
  bool comma = v + 1 < t->n && str_is(token_text(d, v + 1), ",");
  bool aside = rel == DEPREL_PARATAXIS || (rel == DEPREL_ADVCL && comma && tree_child(d, v, DEPREL_MARK) == NONE) ||
               rel == DEPREL_DISCOURSE || (rel == DEPREL_CONJ && quoted(r, h) && !quoted(r, v));
  if (!as && !aside) return false;
  if (!as && !has_own_subject(d, v)) return false;
  if (!as && v < h && t->right[v] + 1 == t->left[h]) return false;
  if (!(f->cue->takes & TAKES_THAT) && !quoted(r, h)) return false;
  if (!take(r, f, h)) return false;
  if (comma && v > h &&
      f->pieces == 1) { /* "The streets are empty, he said, but people wait": what the parser joins to the cue */
    uint32_t k = tree_child(d, v, DEPREL_CONJ);
    if (k != NONE && k > v + 1 && has_own_subject(d, k)) frame_piece(d, f, v + 2, t->right[k]);
  }
  return true;
}

/* '"...," the mayor said' and '"...," said the mayor, who ...': a quotation that closes right in front of the cue and its subject. */
static bool said_quoted(const struct speech_reading *r, struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  uint32_t first = d->sentences.at[t->sentence[v]].first, at = v, s = own_subject_before(d, v);
  if (quoted(r, v) || clause_passive(d, v)) return false;
  if (s != NONE) at = t->left[s];
  while (at > first && (t->deprel[at - 1] == DEPREL_ADVMOD || t->upos[at - 1] == UPOS_AUX) && t->head[at - 1] == v)
    at--;
  uint32_t mark = at;
  while (mark > first && t->upos[mark - 1] == UPOS_PUNCT && r->quotes.of[mark - 1] == NONE) mark--;
  uint32_t q = mark > first && mark < at ? r->quotes.of[mark - 1] : NONE;
  if (q == NONE || r->quotes.at[q].claimed) return false;
  const struct quotation *row = &r->quotes.at[q];
  if (row->last - row->first < 1 || (row->first > first + 1 && row->last - row->first < 4)) return false;
  f->s.content = row->first > first ? row->first : first;
  for (uint32_t i = f->s.content; i <= row->last; i++)
    if (t->head[i] == NONE || t->head[i] > row->last || t->head[i] < f->s.content) {
      f->s.content = i;
      if (t->upos[i] != UPOS_PUNCT) break;
    }
  if (s == NONE) { /* said the mayor */
    uint32_t n = v + 1;
    while (n < t->n && t->sentence[n] == t->sentence[v] && !token_noun(d, n) && t->upos[n] != UPOS_PUNCT) n++;
    if (n >= t->n || !token_noun(d, n)) return f->s.content = NONE, false;
    while (t->head[n] != NONE && t->head[n] > v && token_noun(d, t->head[n])) n = t->head[n];
    f->s.speaker_token = n;
  }
  frame_piece(d, f, row->first, row->last);
  return f->pieces > 0;
}

/* "is said to have met the envoys": the subject belongs to the words said. */
static bool said_passive(const struct speech_reading *r, struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  uint32_t x = tree_child(d, v, DEPREL_XCOMP), s = clause_subject(d, v);
  if (x == NONE || !(f->cue->takes & TAKES_THAT)) return false;
  if (s == NONE || s > v) return take(r, f, x);
  return take_two(r, f, s, x);
}

/* The object of a verb, or the subject of its passive, or the noun that its relative clause describes. */
static uint32_t object_of(const struct doc *d, uint32_t v) {
  uint32_t o = tree_child(d, v, DEPREL_OBJ);
  if (o == NONE) o = tree_child(d, v, DEPREL_IOBJ);
  if (o != NONE && d->tokens.xpos[o] != XPOS_WDT && d->tokens.xpos[o] != XPOS_WP) return o;
  if (clause_passive(d, v)) {
    uint32_t s = clause_subject(d, v);
    return s != v ? s : NONE;
  }
  if (d->tokens.deprel[v] == DEPREL_ACL_RELCL && has_own_subject(d, v)) {
    uint32_t s = tree_child_universal(d, v, DEPREL_NSUBJ);
    uint8_t x = d->tokens.xpos[s];
    if (x != XPOS_WDT && x != XPOS_WP) return d->tokens.head[v]; /* "an account that the mayor rejected" */
  }
  return NONE;
}

static bool object_and_prep(const struct speech_reading *r, struct frame *f, uint32_t v, uint32_t o) {
  const struct doc *d = r->d;
  for (int pass = 0; pass < 2; pass++) {
    uint32_t at = pass ? o : v; /* the parser may hang "of abducting" on the object */
    TREE_EACH(d, c, at) {
      uint8_t rel = deprel_universal(d->tokens.deprel[c]);
      bool fits =
          rel == DEPREL_OBL || rel == DEPREL_ADVCL || rel == DEPREL_NMOD || rel == DEPREL_ACL || rel == DEPREL_XCOMP;
      if (fits && c > v && c != o && marked(d, c, f->cue->object_preps)) return take_two(r, f, o, c);
    }
  }
  return false;
}

static bool object_and_infinitive(const struct speech_reading *r, struct frame *f, uint32_t v, uint32_t o) {
  const struct doc *d = r->d;
  TREE_EACH(d, c, v) {
    uint8_t rel = d->tokens.deprel[c];
    if (c > v && (rel == DEPREL_XCOMP || rel == DEPREL_CCOMP || rel == DEPREL_ADVCL) && infinitive(d, c))
      return take_two(r, f, o, c);
  }
  return false;
}

/* "called the verdict a disgrace", "condemned the army for the raid": the object with what is predicated of it. */
static bool said_object(const struct speech_reading *r, struct frame *f, uint32_t v, uint32_t o) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  uint32_t last = o;
  TREE_EACH(d, c, v) {
    uint8_t rel = deprel_universal(t->deprel[c]);
    if (c <= o || t->timex[c] != NONE || !(f->cue->flags & CUE_PAGE)) continue;
    bool more = rel == DEPREL_XCOMP || rel == DEPREL_OBJ || (rel == DEPREL_CCOMP && !has_own_subject(d, c));
    if (rel == DEPREL_OBL || rel == DEPREL_ADVCL) more = marked_by(d, c, r->kb->as) || marked_by(d, c, r->kb->for_);
    if (more) last = c;
  }
  return last == o || o > v + 12 || o < v ? take(r, f, o) : take_two(r, f, o, last);
}

static bool said_infinitive(const struct speech_reading *r, struct frame *f, uint32_t v, bool gerund) {
  const struct doc *d = r->d;
  TREE_EACH(d, c, v) {
    uint8_t rel = d->tokens.deprel[c];
    if (c < v || (rel != DEPREL_XCOMP && rel != DEPREL_CCOMP && (rel != DEPREL_ADVCL || !gerund))) continue;
    bool beside = rel != DEPREL_ADVCL || c == v + 1; /* "denied killing": right behind the cue it is no adverbial */
    if (gerund ? d->tokens.xpos[c] == XPOS_VBG && beside : infinitive(d, c)) return take(r, f, c);
  }
  return false;
}

static bool said_prep(const struct speech_reading *r, struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  TREE_EACH(d, c, v) {
    uint8_t rel = deprel_universal(d->tokens.deprel[c]);
    if (rel != DEPREL_OBL && rel != DEPREL_ADVCL && rel != DEPREL_XCOMP && rel != DEPREL_NMOD) continue;
    if (c > v && d->tokens.timex[c] == NONE && marked(d, c, f->cue->preps)) return take(r, f, c);
  }
  return false;
}

/* "The banner read: ..." and parses in which the quoted words hang elsewhere: the quotation of the sentence that is nobody's. */
static bool said_quotation(const struct speech_reading *r, struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  const struct sentence *s = &d->sentences.at[d->tokens.sentence[v]];
  if (quoted(r, v) || clause_subject(d, v) == NONE) return false;
  uint32_t best = NONE;
  for (uint32_t i = s->first; i < s->first + s->n; i++) {
    uint32_t q = r->quotes.of[i];
    if (q == NONE) continue;
    uint32_t last = r->quotes.at[q].last, end = last < s->first + s->n ? last : s->first + s->n - 1;
    if (!r->quotes.at[q].claimed && (end - i >= 3 || best == NONE)) {
      bool touches = i > v ? i - v <= 8 : v - end <= 8;
      if (touches && (best == NONE || i > v)) best = i;
    }
    i = end;
  }
  if (best == NONE) return false;
  uint32_t q = r->quotes.of[best], last = r->quotes.at[q].last;
  if (last - best < 2) return false;
  f->s.content = best;
  for (uint32_t i = best; i <= last && d->tokens.sentence[i] == d->tokens.sentence[best]; i++)
    if (d->tokens.head[i] == NONE || d->tokens.head[i] < best || d->tokens.head[i] > last) {
      f->s.content = i;
      break;
    }
  frame_piece(d, f, best, last);
  return f->pieces > 0;
}

/* '..., nine of them children, a spokeswoman for the union said.': a cue with a short subject behind the last comma closes the
 * sentence; what stands before the comma is said, whatever the tree makes of it. */
static bool said_last(const struct speech_reading *r, struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  const struct sentence *s = &d->sentences.at[t->sentence[v]];
  uint32_t noun = NONE, at = v;
  if (!(f->cue->takes & TAKES_THAT)) return false;
  for (uint32_t i = v + 1; i < s->first + s->n; i++)
    if (t->upos[i] != UPOS_PUNCT && t->timex[i] == NONE && t->upos[i] != UPOS_ADV) return false;
  while (at > s->first && t->upos[at - 1] != UPOS_PUNCT) {
    at--;
    if (t->upos[at] == UPOS_VERB || t->xpos[at] == XPOS_WDT || t->xpos[at] == XPOS_WP || v - at > 12) return false;
    if (token_noun(d, at) && (noun == NONE || t->head[noun] == at)) noun = at;
  }
  if (noun == NONE || at < s->first + 4) return false;
  while (t->head[noun] != NONE && t->head[noun] >= at && t->head[noun] < v && token_noun(d, t->head[noun]))
    noun = t->head[noun];
  f->s.speaker_token = noun;
  f->s.content = s->first;
  for (uint32_t i = s->first; i < at - 1; i++)
    if (t->head[i] == NONE || t->head[i] >= at - 1) {
      f->s.content = i;
      if (t->head[i] == NONE || t->head[i] == v) break;
    }
  frame_piece(d, f, s->first, at - 1);
  return f->pieces > 0;
}

/* "said in a statement that the steps ...": the parser hung the clause on the noun before it; "says Trump should win": it took the
 * subject of the clause for one of the cue. */
static bool said_astray(const struct speech_reading *r, struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  if (!(f->cue->takes & TAKES_THAT) || clause_passive(d, v)) return false;
  uint32_t subject = own_subject_before(d, v);
  TREE_EACH(d, c, v) {
    uint8_t rel = deprel_universal(t->deprel[c]);
    if (c < v) continue;
    if (rel == DEPREL_NSUBJ && subject != NONE && !quoted(r, c)) {
      f->s.content = c;
      frame_piece(d, f, t->left[c], t->right[v]);
      return f->pieces > 0;
    }
    if (rel != DEPREL_OBL && rel != DEPREL_OBJ && rel != DEPREL_IOBJ && rel != DEPREL_XCOMP) continue;
    for (uint32_t k = c; k <= t->right[c]; k++) {
      uint8_t krel = t->deprel[k];
      bool clause = krel == DEPREL_ACL || krel == DEPREL_ACL_RELCL || krel == DEPREL_CCOMP || krel == DEPREL_ADVCL;
      if (k == c || !clause || t->norm[t->left[k]] != r->kb->that || !has_own_subject(d, k)) continue;
      if (tree_child_universal(d, k, DEPREL_NSUBJ) == t->left[k])
        continue; /* a relative clause: "the note that named him" */
      return take(r, f, k);
    }
  }
  return false;
}

static bool ends_in_colon(const struct doc *d, uint32_t v) {
  const struct sentence *s = &d->sentences.at[d->tokens.sentence[v]];
  if (!s->n) return false;
  uint32_t last = s->first + s->n - 1;
  return last > v && last - v <= 12 && str_is(token_text(d, last), ":");
}

static bool match_verb(const struct speech_reading *r, struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  uint16_t takes = f->cue->takes;
  bool speech = takes & (TAKES_THAT | TAKES_QUOTE), passive = clause_passive(d, v);
  if (speech && (said_quoted(r, f, v) || said_clause(r, f, v) || said_after(r, f, v))) return true;
  if (passive && said_passive(r, f, v)) return true;
  uint32_t o = takes & (TAKES_OBJECT | TAKES_OBJECT_INF | TAKES_OBJECT_PREP) ? object_of(d, v) : NONE;
  if (o != NONE && takes & TAKES_OBJECT_PREP && object_and_prep(r, f, v, o)) return true;
  if (o != NONE && takes & TAKES_OBJECT_INF && object_and_infinitive(r, f, v, o)) return true;
  if (takes & TAKES_INF && said_infinitive(r, f, v, false)) return true;
  if (takes & TAKES_ING && said_infinitive(r, f, v, true)) return true;
  if (takes & TAKES_PREP && said_prep(r, f, v)) return true;
  bool particle = tree_child(d, v, DEPREL_COMPOUND_PRT) != NONE; /* "called off its talks" */
  bool party = o != NONE && token_actor(d, o) != NONE && !(f->cue->flags & CUE_PAGE);
  if (o != NONE && takes & TAKES_OBJECT && d->tokens.timex[o] == NONE && !particle && !party)
    return said_object(r, f, v, o);
  if (speech && !passive && (said_last(r, f, v) || said_astray(r, f, v))) return true;
  if (speech && said_quotation(r, f, v)) return true;
  if (speech && ends_in_colon(d, v)) return f->colon = true;
  return false;
}

/* A cue without a subject, where the parser lost it: the noun whose phrase ends right before the verb, with its apposition. */
static uint32_t noun_before(const struct doc *d, uint32_t v) {
  const struct tokens *t = &d->tokens;
  uint32_t s = d->sentences.at[t->sentence[v]].first, x = v;
  while (x > s && (t->upos[x - 1] == UPOS_PUNCT || t->upos[x - 1] == UPOS_AUX || t->upos[x - 1] == UPOS_ADV)) x--;
  if (x == s) return NONE;
  x--;
  for (int depth = 0; depth < 2 * CLAUSE_DEPTH; depth++) {
    uint32_t h = t->head[x];
    if (h == NONE || h >= v || t->right[h] >= v || !token_noun(d, h) || t->deprel[x] == DEPREL_CONJ) break;
    x = h;
  }
  return token_noun(d, x) ? x : NONE;
}

static uint32_t verb_speaker(const struct speech_reading *r, const struct frame *f, uint32_t v) {
  const struct doc *d = r->d;
  if (f->cue->flags & CUE_IMPERSONAL) return NONE;
  if (clause_passive(d, v)) return clause_agent(d, v, r->kb->by);
  uint32_t h = d->tokens.head[v];
  if (h != NONE && d->tokens.deprel[v] == DEPREL_ADVCL && marked_by(d, v, r->kb->as)) { /* "quoted X as saying": X */
    uint32_t o = object_of(d, h);
    if (o != NONE) return o;
  }
  uint32_t s = clause_subject(d, v);
  if (s == NONE && f->s.content != NONE && f->s.content > v && d->tokens.deprel[v] != DEPREL_XCOMP)
    s = noun_before(d, v);
  return s != NONE && s != f->s.content ? s : NONE;
}

/* ---- nouns, adjectives, adverbs, phrases */

static bool clause_of_noun(const struct speech_reading *r, const struct frame *f, uint32_t n, uint32_t c) {
  const struct doc *d = r->d;
  uint8_t rel = d->tokens.deprel[c];
  if (c < n) return false;
  if (f->cue->takes & TAKES_INF && (rel == DEPREL_ACL || rel == DEPREL_XCOMP || rel == DEPREL_CCOMP) &&
      infinitive(d, c))
    return true;
  if (!(f->cue->takes & TAKES_THAT)) return false;
  if (rel != DEPREL_ACL && rel != DEPREL_CCOMP && rel != DEPREL_ACL_RELCL && rel != DEPREL_ADVCL) return false;
  if (marked_by(d, c, r->kb->that) || marked_by(d, c, r->kb->whether)) return true;
  uint32_t that = d->tokens.left[c]; /* taken for a relative pronoun, beside a subject of its own */
  return f->cue->flags & CUE_HYPOTHETICAL && d->tokens.norm[that] == r->kb->that && has_own_subject(d, c) &&
         tree_child_universal(d, c, DEPREL_NSUBJ) != that;
}

/* Is a verb a cue of its own that takes a clause? */
static bool says_clauses(const struct speech_kb *kb, const struct doc *d, uint32_t v) {
  WORDMAP_EACH(&kb->by_lemma, l, d->tokens.lemma[v]) {
    const struct cue *c = &kb->cue[kb->by_lemma.link[l].entry];
    if (c->class == CUE_VERB && c->takes & TAKES_THAT) return true;
  }
  return false;
}

/* "Rumours spread that the fleet had sailed": the clause of the noun stands behind the verb. */
static uint32_t clause_behind_verb(const struct speech_reading *r, const struct frame *f, uint32_t n) {
  const struct doc *d = r->d;
  uint32_t v = d->tokens.head[n];
  uint8_t rel = d->tokens.deprel[n];
  bool named = rel == DEPREL_NSUBJ || rel == DEPREL_NSUBJ_PASS || rel == DEPREL_OBJ;
  if (v == NONE || !named || !(f->cue->takes & TAKES_THAT) || !token_is_verb(d, v) || says_clauses(r->kb, d, v))
    return NONE;
  TREE_EACH(d, c, v) {
    uint8_t crel = d->tokens.deprel[c];
    bool clause = crel == DEPREL_CCOMP || crel == DEPREL_ADVCL || crel == DEPREL_CSUBJ || crel == DEPREL_XCOMP;
    if (c > v && c > n && clause && marked_by(d, c, r->kb->that) && has_own_subject(d, c)) return c;
  }
  return NONE;
}

static bool match_noun(const struct speech_reading *r, struct frame *f, uint32_t n) {
  const struct doc *d = r->d;
  uint8_t rel = d->tokens.deprel[n];
  TREE_EACH(d, c, n)
  if (clause_of_noun(r, f, n, c)) return take(r, f, c);
  uint32_t behind = clause_behind_verb(r, f, n);
  if (behind != NONE) return take(r, f, behind);
  /* "The claim is that": the noun is the subject of a clause that is the predicate; parsers may hang "that" on the verb above */
  if (rel == DEPREL_NSUBJ_OUTER && d->tokens.head[n] != NONE && f->cue->takes & TAKES_THAT) {
    uint32_t p = d->tokens.head[n];
    f->s.content = p;
    uint32_t from = d->tokens.right[n] + 1;
    frame_piece(d, f, from, d->tokens.right[p]);
    return f->pieces > 0;
  }
  if (!(f->cue->takes & TAKES_PREP)) return false;
  TREE_EACH(d, c, n) {
    uint8_t crel = deprel_universal(d->tokens.deprel[c]);
    bool clause = crel == DEPREL_ACL || crel == DEPREL_ADVCL;
    if (c < n || (crel != DEPREL_NMOD && !clause) || !marked(d, c, f->cue->preps)) continue;
    if (crel == DEPREL_NMOD && d->tokens.upos[c] != UPOS_NOUN && !(f->cue->flags & CUE_PAGE))
      continue; /* "the word of Ketland" */
    return take(r, f, c);
  }
  return false;
}

static bool is_light(const struct speech_kb *kb, const struct doc *d, uint32_t v) {
  WORDMAP_EACH(&kb->by_lemma, l, d->tokens.lemma[v])
  if (kb->cue[kb->by_lemma.link[l].entry].takes & TAKES_LIGHT) return true;
  return false;
}

static uint32_t noun_speaker(const struct speech_reading *r, const struct frame *f, uint32_t n) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  uint32_t p = tree_child(d, n, DEPREL_NMOD_POSS);
  if (p != NONE) return p;
  TREE_EACH(d, c, n) {
    if (t->deprel[c] == DEPREL_NMOD && c != f->s.content && tree_case(d, c) != SYM_NONE && t->timex[c] == NONE) {
      sym k = tree_case(d, c);
      if (k == r->kb->by || str_is(doc_word(d, k), "from") || str_is(doc_word(d, k), "among")) return c;
    }
    if ((t->deprel[c] == DEPREL_AMOD || t->deprel[c] == DEPREL_COMPOUND) && token_actor(d, c) != NONE) return c;
  }
  uint32_t h = t->head[n];
  if (h != NONE && t->deprel[n] == DEPREL_OBJ && is_light(r->kb, d, h)) {
    uint32_t s = clause_passive(d, h) ? clause_agent(d, h, r->kb->by) : clause_subject(d, h);
    return s != NONE && t->xpos[s] != XPOS_DT ? s : NONE;
  }
  return NONE;
}

static bool pleonastic(const struct speech_reading *r, uint32_t s) {
  return s == NONE || r->d->tokens.norm[s] == r->kb->it || r->d->tokens.deprel[s] == DEPREL_EXPL;
}

/* "The rumour that the fleet had sailed was untrue": what the rumour says is denied. */
static bool match_untrue(const struct speech_reading *r, struct frame *f, uint32_t a) {
  const struct doc *d = r->d;
  uint32_t s = clause_subject(d, a);
  if (s == NONE || pleonastic(r, s) || tree_child(d, a, DEPREL_COP) == NONE || s > a) return false;
  if (d->tokens.upos[s] == UPOS_PRON) return false;
  return take(r, f, s);
}

static bool match_adjective(const struct speech_reading *r, struct frame *f, uint32_t a) {
  const struct doc *d = r->d;
  uint16_t takes = f->cue->takes;
  if (takes & TAKES_UNTRUE) return match_untrue(r, f, a);
  bool impersonal = pleonastic(r, clause_subject(d, a));
  if (impersonal != !!(f->cue->flags & CUE_IMPERSONAL)) return false;
  TREE_EACH(d, c, a) {
    uint8_t rel = deprel_universal(d->tokens.deprel[c]);
    bool clause =
        rel == DEPREL_CCOMP || rel == DEPREL_CSUBJ || rel == DEPREL_ADVCL || rel == DEPREL_ACL || rel == DEPREL_XCOMP;
    if (clause && takes & TAKES_INF && infinitive(d, c) && rel != DEPREL_ADVCL) return take(r, f, c);
    if (clause && takes & TAKES_THAT && !infinitive(d, c) && has_own_subject(d, c) &&
        (rel == DEPREL_CCOMP || rel == DEPREL_CSUBJ || marked_by(d, c, r->kb->that) ||
         marked_by(d, c, r->kb->whether) || marked_by(d, c, r->kb->if_)))
      return take(r, f, c);
    if ((rel == DEPREL_OBL || clause) && takes & TAKES_PREP && c > a && marked(d, c, f->cue->preps))
      return take(r, f, c);
  }
  return false;
}

static bool match_adverb(const struct speech_reading *r, struct frame *f, uint32_t a) {
  uint32_t h = r->d->tokens.head[a];
  if (h == NONE) return false;
  return take(r, f, h);
}

/* "While rates may fall, that is because of the war, he said.": a cue that closes its sentence answers for all that stands in front
 * of it, however little of that the tree gives it; quoted words are carried on elsewhere. */
static void reach_back(const struct speech_reading *r, struct frame *f, uint32_t cue_begin, uint32_t cue_end) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  const struct sentence *s = &d->sentences.at[t->sentence[f->s.cue]];
  if (f->pieces != 1 || f->piece[0].last >= cue_begin || cue_begin - f->piece[0].last > 3 ||
      f->piece[0].first <= s->first)
    return;
  if (t->upos[cue_begin - 1] != UPOS_PUNCT || quoted(r, f->piece[0].first)) return;
  for (uint32_t i = cue_end + 1; i < s->first + s->n; i++)
    if (t->upos[i] == UPOS_VERB || t->upos[i] == UPOS_CCONJ || quoted(r, i)) return;
  uint32_t first = s->first;
  for (uint32_t i = s->first; i < f->piece[0].first; i++)
    if (quoted(r, i)) return;
  f->pieces = 0;
  frame_piece(d, f, first, cue_begin - 1);
  if (t->head[f->s.content] != NONE && t->head[f->s.content] < cue_begin)
    f->s.content = clause_head(d, t->head[f->s.content]);
}

/* The clause that "according to X" vouches for: from where it hangs up to a clause that stands by itself. */
static uint32_t vouched(const struct doc *d, uint32_t x, bool comma) {
  const struct tokens *t = &d->tokens;
  uint32_t at = t->head[x];
  if (at == NONE) return NONE;
  at = clause_head(d, at);
  for (int depth = 0; depth < CLAUSE_DEPTH && comma && t->head[at] != NONE; depth++) {
    uint8_t rel = t->deprel[at];
    if (rel == DEPREL_CCOMP || rel == DEPREL_PARATAXIS || rel == DEPREL_ACL_RELCL) break;
    if (rel == DEPREL_CONJ && has_own_subject(d, at)) break;
    at = t->head[at];
  }
  return at;
}

static bool match_phrase(const struct speech_reading *r, struct frame *f, uint32_t p) {
  const struct doc *d = r->d;
  const struct tokens *t = &d->tokens;
  if (f->cue->second != SYM_NONE && (p + 1 >= t->n || t->norm[p + 1] != f->cue->second)) return false;
  if (f->cue->second == SYM_NONE && t->deprel[p] != DEPREL_CASE) return false;
  uint32_t x = t->head[p];
  if (x == NONE || x < p) { /* a participle of its own with "to X" below it */
    x = tree_child_universal(d, p, DEPREL_OBL);
    if (x == NONE) return false;
  }
  if (f->cue->second == SYM_NONE && (token_actor(d, x) == NONE || p == 0 || t->upos[p - 1] != UPOS_PUNCT)) return false;
  f->cue_last = f->cue->second != SYM_NONE ? p + 1 : p;
  f->s.speaker_token = x;
  uint32_t c = vouched(d, t->head[p] == x ? x : p, p > 0 && t->upos[p - 1] == UPOS_PUNCT);
  if (c == NONE || c == x) return false;
  f->s.content = c;
  uint32_t lo = t->left[c], hi = t->right[c], from = t->left[x] < p ? t->left[x] : p, to = t->right[x];
  if (from > lo) frame_piece(d, f, lo, from - 1);
  if (to < hi) frame_piece(d, f, to + 1, hi);
  reach_back(r, f, from, to);
  return f->pieces > 0;
}

static void cue_tokens(const struct speech_reading *r, struct frame *f) {
  uint32_t prt = tree_child(r->d, f->s.cue, DEPREL_COMPOUND_PRT);
  if (prt != NONE && prt == f->s.cue + 1) f->cue_last = prt;
}

bool frame_match(const struct speech_reading *r, const struct cue *c, uint32_t t, struct frame *f) {
  uint8_t upos = r->d->tokens.upos[t];
  *f = (struct frame){.cue = c, .cue_first = t, .cue_last = t};
  f->s = (struct speech){
      .cue = t, .speaker_token = NONE, .speaker = NONE, .content = NONE, .type = c->type, .stance = c->stance};
  f->s.denial = c->flags & CUE_DENIAL;
  f->s.rumour = c->flags & CUE_RUMOUR;
  f->s.hypothetical = c->flags & CUE_HYPOTHETICAL;
  switch (c->class) {
  case CUE_VERB:
    if (upos != UPOS_VERB || c->takes & TAKES_LIGHT || !match_verb(r, f, t)) return false;
    if (f->s.speaker_token == NONE) f->s.speaker_token = verb_speaker(r, f, t);
    if (c->takes & (TAKES_THAT | TAKES_QUOTE) && f->s.speaker_token != NONE) {
      uint32_t s = f->s.speaker_token, begin = s < t ? phrase_range(r->d, s).first : t;
      reach_back(r, f, begin, s > t ? phrase_range(r->d, s).last : t);
    }
    cue_tokens(r, f);
    return true;
  case CUE_NOUN:
    if (upos != UPOS_NOUN || !match_noun(r, f, t)) return false;
    f->s.speaker_token = noun_speaker(r, f, t);
    return true;
  case CUE_ADJ:
    if ((upos != UPOS_ADJ && upos != UPOS_VERB) || !match_adjective(r, f, t)) return false;
    if (!(c->flags & CUE_IMPERSONAL) && !(c->takes & TAKES_UNTRUE)) f->s.speaker_token = clause_subject(r->d, t);
    return true;
  case CUE_ADV: return upos == UPOS_ADV && match_adverb(r, f, t);
  default: return match_phrase(r, f, t);
  }
}
