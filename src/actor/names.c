/* names.c - names and demonyms: where a capitalised run begins and ends, which of its words are title, name, state.
 *
 * Names of the knowledge come from the automaton in one pass. A run of proper nouns that it does not know is cut into titles,
 * states and names, and its kind is told from titles, given names, head nouns ("Brigade", "Ministry"), articles and
 * candidate toponyms. Who the name is, is decided in link.c. */
#include "actor/actor_work.h"
#include "actor/name_tagger.h"
#include "base/utf8.h"

enum {
  NAMES = 1u << NAME_STATE | 1u << NAME_ADJECTIVE | 1u << NAME_PEOPLE | 1u << NAME_CAPITAL | 1u << NAME_METONYM |
          1u << NAME_ENTITY
};

/* ---- pieces and hits */

static bool plain(str s) {
  for (size_t i = 0; i < s.n; i++)
    if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == '-' || s.p[i] == '\'' || s.p[i] == '`' || s.p[i] == ',' ||
        s.p[i] == '(' || s.p[i] == ')')
      return false;
  return true;
}

static void token_pieces(struct work *w, uint32_t t) {
  struct doc *d = w->d;
  str norm = doc_word(d, d->tokens.norm[t]);
  if (plain(norm)) {
    w->piece[w->n_pieces] = d->tokens.norm[t];
    w->piece_token[w->n_pieces++] = t;
    return;
  }
  char out[PIECE_MAX];
  size_t n, at = 0;
  for (int i = 0; i < 2 && piece_next(norm, &at, out, &n); i++) {
    sym known = symtab_find(d->words.base, (str){out, n});
    if (!known) known = doc_intern(d, arena_str(&d->arena, (str){out, n}));
    w->piece[w->n_pieces] = known;
    w->piece_token[w->n_pieces++] = t;
  }
}

static bool case_fits(const struct work *w, uint32_t value, uint32_t first, uint32_t last) {
  const uint16_t *flags = w->d->tokens.flags;
  str s = token_text(w->d, first);
  bool small = false, inner = false;
  for (size_t i = 0; value & NAME_BIT && i < s.n; i++) small |= ascii_lower(s.p[i]), inner |= i && ascii_upper(s.p[i]);
  if ((value & NAME_MIXED) == NAME_MIXED) return inner;
  if (value & NAME_LOWER) return true;
  if (value & NAME_BIT) return !small && flags[first] & TOKEN_UPPER_FIRST;
  return flags[first] & TOKEN_UPPER_FIRST || (last > first && flags[last] & TOKEN_UPPER_FIRST);
}

/* One walk from each token gives the longest name that begins there and the longest role nouns. */
static void hits_from(struct work *w, uint32_t t, uint32_t end) {
  uint32_t node = 0, sentence_end = w->token_piece[end];
  for (uint32_t i = w->token_piece[t]; i < sentence_end && i < w->token_piece[t] + PHRASE_MAX; i++) {
    if (!(node = phrases_step(&w->kb->phrases, node, w->piece[i]))) return;
    if (i + 1 < sentence_end && w->piece_token[i + 1] == w->piece_token[i]) continue; /* inside a word */
    uint32_t last = w->piece_token[i], kinds = 0, value = 0;
    for (uint32_t e = phrases_first(&w->kb->phrases, node); e; e = phrases_next(&w->kb->phrases, e)) {
      uint32_t v = phrases_value(&w->kb->phrases, e);
      if (name_kind(v) == NAME_AGENT) {
        if (w->agent[last].last == NONE) w->agent[last] = (struct hit){v, t, 1u << NAME_AGENT};
        if (w->kb->agents.at[name_row(v)].flags & AGENT_TITLE) w->agent_from[t] = last;
      } else if (case_fits(w, v, t, last)) {
        bool entity = name_kind(v) == NAME_ENTITY, again = entity && kinds & 1u << NAME_ENTITY;
        if (v & NAME_GUARDED || again) w->doubtful[t] = 1, w->n_doubtful++;
        if (v & NAME_GUARDED) continue;
        if (!kinds) value = v;
        kinds |= 1u << name_kind(v);
      }
    }
    if (kinds) w->name[t] = (struct hit){value, last, kinds};
  }
}

/* ---- names that are more than one actor's, or count in company only */

struct company {           /* what the document names without doubt */
  uint8_t *state, *entity; /* [states.n], [entities.n] */
};

static void company_fill(const struct work *w, struct company *c) {
  for (uint32_t t = 0; t < w->d->tokens.n; t++) {
    const struct hit *h = &w->name[t];
    if (h->last == NONE) continue;
    if (name_kind(h->value) == NAME_ENTITY) c->entity[name_row(h->value)] = 1;
    else {
      uint32_t first = kb_state_find(w->kb, w->kb->states.at[name_row(h->value)].iso3);
      if (first != NONE) c->state[first] = 1;
    }
  }
}

/* 4: the actor is named otherwise, 2: one of his countries is, 1: he had a post that day. */
static unsigned company_of(const struct work *w, const struct company *c, uint32_t entity) {
  const struct kb_entity *x = &w->kb->entities.at[entity];
  unsigned points = c->entity[entity] ? 4 : 0;
  for (uint32_t i = 0; i < x->n_spells; i++) {
    const struct kb_spell *s = &w->kb->spells.at[x->first_spell + i];
    uint32_t state = kb_state_find(w->kb, s->code.country);
    if (state != NONE && c->state[state]) points |= 2;
    if ((s->first == DAY_NONE || s->first <= w->d->date) && (s->last == DAY_NONE || w->d->date <= s->last)) points |= 1;
  }
  return points;
}

/* Walks again from a token whose name is in doubt: a guarded name counts in company; of several actors the one in the best. */
static void doubt_settle(struct work *w, const struct company *c, uint32_t t, uint32_t end) {
  uint32_t node = 0, sentence_end = w->token_piece[end];
  for (uint32_t i = w->token_piece[t]; i < sentence_end && i < w->token_piece[t] + PHRASE_MAX; i++) {
    if (!(node = phrases_step(&w->kb->phrases, node, w->piece[i]))) return;
    if (i + 1 < sentence_end && w->piece_token[i + 1] == w->piece_token[i]) continue;
    uint32_t last = w->piece_token[i], value = 0;
    unsigned best = 0;
    for (uint32_t e = phrases_first(&w->kb->phrases, node); e; e = phrases_next(&w->kb->phrases, e)) {
      uint32_t v = phrases_value(&w->kb->phrases, e);
      if (name_kind(v) != NAME_ENTITY || !case_fits(w, v, t, last)) continue;
      unsigned points = company_of(w, c, name_row(v));
      if (v & NAME_GUARDED && points < 2) continue;
      points = points * 2 + !(v & NAME_GUARDED);
      if (points > best) best = points, value = v;
    }
    struct hit *h = &w->name[t];
    bool entity_there = h->last == last && name_kind(h->value) == NAME_ENTITY;
    if (best && (h->last == NONE || h->last < last || entity_there)) *h = (struct hit){value, last, 1u << NAME_ENTITY};
  }
}

static void doubts_settle(struct work *w) {
  struct company c = {ARENA_ARRAY(w->memory, uint8_t, w->kb->states.n + 1),
                      ARENA_ARRAY(w->memory, uint8_t, w->kb->entities.n + 1)};
  if (!c.state || !c.entity) {
    w->failed = true;
    return;
  }
  company_fill(w, &c);
  const struct doc *d = w->d;
  for (uint32_t s = 0; s < d->sentences.n; s++) {
    uint32_t end = d->sentences.at[s].first + d->sentences.at[s].n;
    for (uint32_t t = d->sentences.at[s].first; t < end; t++)
      if (w->doubtful[t]) doubt_settle(w, &c, t, end);
  }
}

void name_pieces_fill(struct work *w) {
  struct doc *d = w->d;
  uint32_t n = d->tokens.n;
  for (uint32_t t = 0; t < n; t++) {
    w->token_piece[t] = w->n_pieces;
    token_pieces(w, t);
    w->name[t].last = w->agent[t].last = w->agent_from[t] = w->owner[t] = w->at[t] = NONE;
  }
  w->token_piece[n] = w->n_pieces;
  for (uint32_t s = 0; s < d->sentences.n; s++) {
    uint32_t end = d->sentences.at[s].first + d->sentences.at[s].n;
    for (uint32_t t = d->sentences.at[s].first; t < end; t++)
      if (w->token_piece[t] < w->token_piece[t + 1]) hits_from(w, t, end);
  }
  if (w->n_doubtful) doubts_settle(w);
}

/* ---- words */

struct seen *work_seen(struct work *w, uint32_t first, uint32_t n, uint8_t type) {
  if (!rows_grow(w->memory, (void **)&w->seen.at, &w->seen.n, &w->seen.size, sizeof *w->seen.at)) {
    w->failed = true;
    return NULL;
  }
  struct seen *s = &w->seen.at[w->seen.n++];
  *s = (struct seen){.first = first,
                     .n = n,
                     .head = work_head(w, first, n),
                     .sentence = w->d->tokens.sentence[first],
                     .type = type,
                     .kind = ACTOR_COUNT,
                     .entity = NONE,
                     .state = NONE,
                     .agent = NONE,
                     .land = NONE,
                     .whose = NONE,
                     .same = NONE,
                     .actor = NONE,
                     .piece = w->token_piece[first],
                     .n_pieces = w->token_piece[first + n] - w->token_piece[first]};
  for (uint32_t t = first; t < first + n; t++) w->owner[t] = w->seen.n - 1;
  w->at[s->head] = w->seen.n - 1;
  return s;
}

uint32_t work_head(const struct work *w, uint32_t first, uint32_t n) {
  const struct tokens *t = &w->d->tokens;
  uint32_t best = first + n - 1;
  for (uint32_t i = first + n; i-- > first;)
    if (t->head[i] == NONE || t->head[i] < first || t->head[i] >= first + n) {
      if (t->upos[i] != UPOS_PUNCT && deprel_universal(t->deprel[i]) != DEPREL_CASE) best = i;
    }
  return best;
}

uint8_t work_role(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  for (int i = 0; i < 8 && universal(w, t) == DEPREL_CONJ && k->head[t] != NONE; i++) t = k->head[t];
  return universal(w, t);
}

static bool proper(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (k->timex[t] != NONE) return false;
  return k->upos[t] == UPOS_PROPN || k->xpos[t] == XPOS_NNP || k->xpos[t] == XPOS_NNPS;
}

static bool upper(const struct work *w, uint32_t t) { return w->d->tokens.flags[t] & TOKEN_UPPER_FIRST; }

static bool joined(const struct work *w, uint32_t t) { /* no blank between t and t + 1 */
  return !(w->d->tokens.flags[t] & TOKEN_SPACE_AFTER);
}

static bool hyphen(const struct work *w, uint32_t t) {
  return w->d->tokens.xpos[t] == XPOS_HYPH || str_is(token_text(w->d, t), "-");
}

static bool namelike(const struct work *w, uint32_t t, uint32_t sentence_first) {
  if (w->d->tokens.timex[t] != NONE) return false;
  if (proper(w, t)) return upper(w, t) || token_is(w, t, WORD_PARTICLE) || w->d->tokens.flags[t] & TOKEN_DIGIT;
  uint8_t u = w->d->tokens.upos[t];
  return upper(w, t) && t > sentence_first &&
         (u == UPOS_NOUN || u == UPOS_ADJ || u == UPOS_X || u == UPOS_VERB || u == UPOS_NUM);
}

static uint32_t word_classes(const struct work *w, uint32_t t) {
  if (w->token_piece[t] == w->token_piece[t + 1]) return 0;
  const struct kb_word *k = kb_word(w->kb, w->piece[w->token_piece[t]]);
  return k ? k->classes : 0;
}

/* ---- what the recogniser says */

/* Last token of the name that the recogniser opens at t, or NONE. */
static uint32_t label_last(const struct work *w, uint32_t t) {
  if (!w->label || w->label[t] == LABEL_NONE || !label_opens(w->label[t])) return NONE;
  uint32_t last = t;
  while (last + 1 < w->d->tokens.n && w->label[last + 1] == w->label[t] + 1) last++;
  return last;
}

/* "Hill Peoples' Union": a plural noun for people, its genitive, and a head noun of bodies further on. */
static bool genitive_inside(const struct work *w, uint32_t run, uint32_t t, uint32_t end) {
  if (t <= run || t + 1 >= end || w->d->tokens.xpos[t] != XPOS_POS || !upper(w, t + 1)) return false;
  if (w->name[run].last != NONE && w->name[run].last + 1 >= t) return false; /* "Iraq's Federal Police" */
  bool plural =
      w->d->tokens.xpos[t - 1] == XPOS_NNPS || w->d->tokens.xpos[t - 1] == XPOS_NNS || str_is(token_text(w->d, t), "'");
  for (uint32_t i = t + 1; plural && i < end && i < t + 4 && upper(w, i); i++)
    if (word_classes(w, i) & (WORD_BODY | WORD_GROUP)) return true;
  return false;
}

/* "Army of the Cordillera": where the part after a joiner begins, or 0. */
static uint32_t joiner_inside(const struct work *w, uint32_t run, uint32_t t, uint32_t end, uint32_t sentence_first) {
  str word = token_text(w->d, t);
  bool of = str_is(word, "of") || str_is(word, "for");
  if (!of || t <= run || t + 1 >= end) return 0;
  if (!(word_classes(w, t - 1) & (WORD_BODY | WORD_GROUP)) && !(word_classes(w, run) & (WORD_BODY | WORD_GROUP)))
    return 0;
  if (w->name[run].last != NONE && w->name[run].last + 1 == t && name_kind(w->name[run].value) == NAME_ENTITY) return 0;
  uint32_t next = t + 1;
  if (str_eq_fold(token_text(w->d, next), STR("the")) && next + 1 < end) next++;
  return namelike(w, next, sentence_first) && upper(w, next) ? next : 0;
}

/* Behind the title that begins here, else behind the word: "Secretary of State Mike Pompeo" is one run. */
static uint32_t past_title(const struct work *w, uint32_t t, uint32_t end) {
  uint32_t last = w->agent_from[t];
  return last != NONE && last > t && last + 1 < end && upper(w, last) ? last + 1 : t + 1;
}

/* "Merrill Lynch & Co.": the sign joins names to a firm's. */
static bool ampersand(const struct work *w, uint32_t t) { return str_is(token_text(w->d, t), "&"); }

static uint32_t run_end(const struct work *w, uint32_t run, uint32_t end, uint32_t sentence_first) {
  uint32_t t = past_title(w, run, end), next, named = label_last(w, run);
  if (named != NONE && named >= t) t = named + 1;
  while (t < end) {
    if ((named = label_last(w, t)) != NONE && !hyphen(w, t)) t = named + 1;
    else if (namelike(w, t, sentence_first) && (upper(w, t) || !token_is(w, t, WORD_PARTICLE)))
      t = past_title(w, t, end);
    else if (hyphen(w, t) && joined(w, t - 1) && joined(w, t) && t + 1 < end && namelike(w, t + 1, sentence_first))
      t += 2;
    else if (hyphen(w, t) && joined(w, t) && t + 2 < end && token_is(w, t + 1, WORD_COMING) && upper(w, t + 2)) t += 2;
    else if (token_is(w, t, WORD_PARTICLE) && t + 1 < end &&
             ((upper(w, t + 1) && namelike(w, t + 1, sentence_first)) ||
              (token_is(w, t + 1, WORD_PARTICLE) && t + 2 < end && upper(w, t + 2))))
      t++;
    else if (token_is(w, t, WORD_PARTICLE | WORD_ARTICLE) && t + 2 < end && hyphen(w, t + 1) && joined(w, t) &&
             upper(w, t + 2))
      t++;
    else if (ampersand(w, t) && t + 1 < end && upper(w, t + 1) && proper(w, t + 1)) t += 2;
    else if (genitive_inside(w, run, t, end)) t++;
    else if ((next = joiner_inside(w, run, t, end, sentence_first))) t = next + 1;
    else break;
  }
  return t;
}

/* ---- what a hit means */

/* "KHARTOUM, June 13 -- ": the words before the dash name where the report was written, whatever the tree says. */
static bool in_dateline(const struct work *w, uint32_t t) {
  const struct sentence *s = &w->d->sentences.at[w->d->tokens.sentence[t]];
  if (!(s->flags & SENTENCE_DATELINE)) return false;
  for (uint32_t i = t; i < s->first + s->n && i < s->first + 14; i++) {
    str word = token_text(w->d, i);
    if (str_is(word, "--") || str_is(word, "\xE2\x80\x94") || str_is(word, "\xE2\x80\x93") || str_is(word, "-"))
      return true;
  }
  return false;
}

/* A capital is the government there where it acts or is spoken to: "Baghdad said", "accused Belgrade", "talks with Moscow". */
static bool metonymic(const struct work *w, uint32_t head) {
  const struct tokens *k = &w->d->tokens;
  for (int i = 0; i < 8 && universal(w, head) == DEPREL_CONJ && k->head[head] != NONE; i++) head = k->head[head];
  uint32_t verb = k->head[head];
  if (verb == NONE) return false;
  uint8_t rel = k->deprel[head];
  bool speaks = kb_word_is(w->kb, k->lemma[verb], WORD_SPEAKS);
  if (rel == DEPREL_NSUBJ) return k->upos[verb] == UPOS_VERB && !kb_word_is(w->kb, k->lemma[verb], WORD_BEING);
  if (rel == DEPREL_NSUBJ_PASS || rel == DEPREL_OBJ || rel == DEPREL_IOBJ || rel == DEPREL_XCOMP) return speaks;
  if (rel == DEPREL_OBL_AGENT) return true;
  if (universal(w, head) == DEPREL_OBL || universal(w, head) == DEPREL_NMOD)
    return kb_word_is(w->kb, tree_case(w->d, head), WORD_TOWARDS) && k->upos[verb] != UPOS_ADJ;
  return false;
}

static bool spoken_to(const struct work *w, uint32_t head) {
  uint32_t verb = w->d->tokens.head[head];
  return verb != NONE && kb_word_is(w->kb, w->d->tokens.lemma[verb], WORD_SPEAKS);
}

static uint8_t determiner_of(const struct work *w, uint32_t head) {
  const struct tokens *k = &w->d->tokens;
  uint8_t found = DET_NONE;
  TREE_EACH(w->d, c, head) {
    if (c > head) break;
    if (k->deprel[c] == DEPREL_NMOD_POSS) return DET_POSSESSIVE;
    if (universal(w, c) == DEPREL_DET || k->deprel[c] == DEPREL_AMOD) {
      if (kb_word_is(w->kb, k->norm[c], WORD_INDEFINITE)) found = DET_INDEFINITE;
      else if (!found && kb_word_is(w->kb, k->norm[c], WORD_DEFINITE)) found = DET_DEFINITE;
    }
    if (k->deprel[c] == DEPREL_NUMMOD && !found) found = DET_INDEFINITE;
  }
  return found;
}

static bool is_modifier(const struct work *w, uint32_t head) {
  uint8_t rel = w->d->tokens.deprel[head];
  return rel == DEPREL_AMOD || rel == DEPREL_COMPOUND || rel == DEPREL_NMOD_DESC;
}

static void place_use(const struct work *w, uint32_t token, uint8_t use) {
  uint32_t p = w->d->tokens.place[token];
  if (p != NONE) w->d->places.at[p].use = use;
}

static void state_seen(struct work *w, uint32_t first, uint32_t last, struct hit h) {
  uint32_t n = last - first + 1, head = work_head(w, first, n);
  const struct tokens *k = &w->d->tokens;
  bool modifier = is_modifier(w, head), adjective = h.kinds & 1u << NAME_ADJECTIVE,
       people = h.kinds & 1u << NAME_PEOPLE;
  uint8_t kind = ACTOR_STATE, type = MENTION_NAME;
  uint8_t det = determiner_of(w, head);
  if (adjective && !(h.kinds & 1u << NAME_STATE) && (modifier || !people)) type = MENTION_DEMONYM;
  else if (people && !(h.kinds & 1u << NAME_STATE)) type = MENTION_DEMONYM;
  if (type == MENTION_DEMONYM && !modifier) {
    bool plural = k->xpos[head] == XPOS_NNS || k->xpos[head] == XPOS_NNPS || str_ends(token_text(w->d, last), STR("s"));
    bool all = det == DET_DEFINITE && tree_child(w->d, head, DEPREL_AMOD) == NONE &&
               tree_child(w->d, head, DEPREL_NUMMOD) == NONE;
    if (k->upos[head] == UPOS_ADJ && !people) modifier = true;
    else if (!(plural || !adjective) && det == DET_INDEFINITE) kind = ACTOR_PERSON;
    else if (!all) kind = ACTOR_PEOPLE;
  }
  struct seen *s = work_seen(w, first, n, type);
  if (!s) return;
  s->kind = kind;
  s->det = det;
  s->state = kind == ACTOR_STATE ? name_row(h.value) : NONE;
  s->land = name_row(h.value);
  s->modifier = modifier;
  s->plural = kind == ACTOR_PEOPLE;
  place_use(w, first, modifier ? PLACE_USE_MODIFIER : PLACE_USE_LITERAL);
}

/* Emits what a hit of the knowledge means; false: a capital that is only a place. */
static bool hit_seen(struct work *w, uint32_t first, struct hit h) {
  enum name_kind kind = name_kind(h.value);
  if (kind == NAME_CAPITAL && (in_dateline(w, first) || !metonymic(w, work_head(w, first, h.last - first + 1))))
    return false;
  if (kind != NAME_ENTITY && kind != NAME_CAPITAL && kind != NAME_METONYM) return state_seen(w, first, h.last, h), true;
  struct seen *s = work_seen(w, first, h.last - first + 1, MENTION_NAME);
  if (!s) return true;
  s->modifier = is_modifier(w, s->head);
  if (kind == NAME_ENTITY) {
    s->entity = name_row(h.value);
    s->kind = w->kb->entities.at[s->entity].kind;
    s->gender = w->kb->entities.at[s->entity].gender;
  } else {
    s->state = s->land = name_row(h.value);
    s->kind = ACTOR_STATE;
    place_use(w, first, PLACE_USE_METONYMIC);
  }
  return true;
}

/* ---- runs */

struct title {
  uint32_t agent, first; /* role noun; first token of the title, or NONE */
  uint8_t gender, held;
  uint32_t land;
  bool honorific;
};

static void held_word(const struct work *w, uint32_t t, struct title *out) {
  uint32_t c = word_classes(w, t);
  if (c & WORD_PAST) out->held = HELD_PAST;
  else if (c & WORD_COMING) out->held = HELD_COMING;
  else if (c & WORD_ACTING && out->held == HELD_NOW) out->held = HELD_ACTING;
}

/* Words before the title: "former Iraqi" in "former Iraqi prime minister X". */
static void before_title(struct work *w, uint32_t sentence_first, struct title *out) {
  for (uint32_t t = out->first, i = 0; t > sentence_first && i < 4; i++) {
    t--;
    if (w->owner[t] != NONE) {
      struct seen *s = &w->seen.at[w->owner[t]];
      if (s->land != NONE && out->land == NONE && (s->modifier || s->type == MENTION_DEMONYM)) out->land = s->land;
      if (s->first + s->n != t + 1 || !s->modifier) return;
      t = s->first;
      continue;
    }
    if (!token_is(w, t, WORD_PAST | WORD_COMING | WORD_ACTING) && w->d->tokens.upos[t] != UPOS_ADJ && !hyphen(w, t))
      return;
    held_word(w, t, out);
  }
}

/* The noun right before a name: "senator Evelio Marmolejo", "the student group Tomorrow's Beirut". */
static void noun_before(struct work *w, uint32_t name, uint32_t sentence_first, struct title *out) {
  if (name == sentence_first || out->agent != NONE) return;
  uint32_t t = name - 1;
  if (str_is(token_text(w->d, t), "'") || w->agent[t].last == NONE || w->owner[t] != NONE) return;
  uint32_t head = w->d->tokens.head[t], from = w->agent[t].last;
  bool tied = head != NONE && head >= name && head <= name + 6;
  for (uint32_t i = name; !tied && i < name + 6 && i < w->d->tokens.n; i++) tied = w->d->tokens.head[i] == t;
  uint16_t flags = w->kb->agents.at[name_row(w->agent[t].value)].flags;
  if (!tied || w->agent[t].value & NAME_BIT || flags & AGENT_WEAK) return;
  out->agent = name_row(w->agent[t].value);
  out->first = from;
}

static bool is_place(const struct work *w, uint32_t first, uint32_t last) {
  uint32_t p = w->d->tokens.place[first];
  return p != NONE && w->d->tokens.place[last] == p && w->d->places.at[p].first <= first &&
         w->d->places.at[p].first + w->d->places.at[p].n > last;
}

static bool article_before(const struct work *w, uint32_t first) {
  return first > 0 && w->d->tokens.sentence[first - 1] == w->d->tokens.sentence[first] &&
         str_eq_fold(token_text(w->d, first - 1), STR("the"));
}

/* The word that says what a name is: before "of" or the last one. */
static uint32_t head_word(const struct work *w, uint32_t first, uint32_t last) {
  for (uint32_t t = first + 1; t < last; t++)
    if ((str_is(token_text(w->d, t), "of") || str_is(token_text(w->d, t), "for")) &&
        word_classes(w, t - 1) & (WORD_BODY | WORD_GROUP))
      return t - 1;
  return last;
}

/* "the Prime Minister", "Counter-Terror Chiefs", "Villagers": a role noun in capitals is a nominal, left to nouns.c. */
static bool only_role(const struct work *w, uint32_t first, uint32_t last) {
  if (w->agent[last].last == NONE) return false;
  if (w->agent[last].last <= first) return true;
  const struct kb_agent *a = &w->kb->agents.at[name_row(w->agent[last].value)];
  return a->kind == ACTOR_PERSON && !(word_classes(w, last) & (WORD_GIVEN | WORD_BODY | WORD_GROUP)) &&
         !(word_classes(w, first) & WORD_GIVEN);
}

/* "the village of Nam Sauk" */
static bool settled(const struct work *w, uint32_t first, uint32_t last) {
  uint32_t head = work_head(w, first, last - first + 1), above = w->d->tokens.head[head];
  return above != NONE && str_is(doc_word(w->d, tree_case(w->d, head)), "of") &&
         kb_word_is(w->kb, w->d->tokens.lemma[above], WORD_THING | WORD_SETTLED);
}

/* The same, and "near Htan Gyi": where it stands says that it is a place. */
static bool located(const struct work *w, uint32_t first, uint32_t last) {
  if (article_before(w, first)) return false;
  sym prep = tree_case(w->d, work_head(w, first, last - first + 1));
  if (kb_word_is(w->kb, prep, WORD_LOCATIVE)) return !(word_classes(w, first) & WORD_GIVEN);
  return settled(w, first, last);
}

/* Kind of an unknown name, ACTOR_COUNT if it is none or unclear; *skip: no actor at all. */
static uint8_t name_kind_of(const struct work *w, uint32_t first, uint32_t last, const struct title *title,
                            bool *skip) {
  uint32_t words = last - first + 1, head = head_word(w, first, last), c = word_classes(w, head);
  *skip = false;
  const struct kb_agent *agent = work_agent(w, title->agent);
  if (only_role(w, first, last)) return *skip = true, ACTOR_COUNT;
  if (title->honorific || (agent && agent->kind == ACTOR_PERSON)) return ACTOR_PERSON;
  if (agent && (agent->kind == ACTOR_GROUP || agent->kind == ACTOR_ORGANIZATION)) return agent->kind;
  bool given = word_classes(w, first) & WORD_GIVEN;
  if (words > 1 && title->agent == NONE && !(c & (WORD_BODY | WORD_GROUP)) && located(w, first, last))
    return *skip = true, ACTOR_COUNT;
  if (words > 1 && given && !(c & (WORD_BODY | WORD_GROUP))) return ACTOR_PERSON;
  if (words > 1 && c & WORD_GROUP) return ACTOR_GROUP;
  if (words > 1 && c & WORD_BODY && !is_place(w, first, last)) return ACTOR_ORGANIZATION;
  if (c & WORD_THING && (words > 1 || !given)) return *skip = true, ACTOR_COUNT;
  if (words > 1 && word_classes(w, first) & WORD_THING) return *skip = true, ACTOR_COUNT;
  if (words == 1 && c & WORD_NOT_NAME) return *skip = true, ACTOR_COUNT;
  bool plural = w->d->tokens.xpos[last] == XPOS_NNPS;
  if (words > 1 && is_place(w, first, last)) return *skip = true, ACTOR_COUNT;
  if (plural && article_before(w, first)) return ACTOR_GROUP;
  if (words == 1)
    return given && w->d->tokens.upos[first] == UPOS_PROPN && !is_place(w, first, last) ? ACTOR_PERSON : ACTOR_COUNT;
  if (article_before(w, first)) return ACTOR_ORGANIZATION;
  return words <= 5 ? ACTOR_PERSON : ACTOR_ORGANIZATION;
}

/* One letter, or the letters of a type: "F-16", "Mi-17". */
static bool no_name(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (token_text(w->d, t).n < 2) return true;
  return t + 2 < k->n && k->sentence[t + 2] == k->sentence[t] && joined(w, t) && hyphen(w, t + 1) &&
         k->flags[t + 2] & TOKEN_DIGIT;
}

/* An unknown word with a capital that does something is somebody; not in a headline, where all words have capitals, nor at the
 * start of a sentence where it is a word of the language ("Anger at Tehran's influence has grown"). */
static bool somebody(const struct work *w, const struct seen *s, bool place) {
  const struct tokens *k = &w->d->tokens;
  if (!s->sentence || !metonymic(w, s->head) || (place && !spoken_to(w, s->head))) return false;
  uint8_t role = work_role(w, s->head);
  if ((role == DEPREL_OBL && k->deprel[s->head] != DEPREL_OBL_AGENT) || role == DEPREL_NMOD) return false;
  bool opens = s->first == w->d->sentences.at[s->sentence].first;
  return !(opens && k->norm[s->first] < w->d->words.base->n);
}

/* The recogniser found no name here, but its words tell one: a title, a given name, the head noun of a body. */
static bool told_by_words(const struct work *w, uint32_t first, uint32_t last, const struct title *title) {
  uint32_t c = word_classes(w, head_word(w, first, last));
  return title->agent != NONE || title->honorific ||
         (last > first && (c & (WORD_BODY | WORD_GROUP) || word_classes(w, first) & WORD_GIVEN));
}

/* "Hill Peoples' Union", "Housing Authority of New Orleans": the recogniser stopped before a genitive or "of" within a body's
 * name that ends at `last`. */
static bool cut_short(const struct work *w, uint32_t first, uint32_t named, uint32_t last) {
  if (named >= last) return false;
  str next = token_text(w->d, named + 1);
  bool inner = w->d->tokens.xpos[named + 1] == XPOS_POS || str_is(next, "of") || str_is(next, "for");
  return inner && word_classes(w, head_word(w, first, last)) & (WORD_BODY | WORD_GROUP);
}

/* The words say more than the class learned: a group's head noun in "Free Valley Front", a given name in a work's title. */
static bool overruled(const struct work *w, uint32_t first, uint32_t last, const struct title *title) {
  uint32_t c = word_classes(w, head_word(w, first, last));
  enum name_class class = label_class(w->label[first]);
  if (class == CLASS_OTHER || class == CLASS_PEOPLE) return told_by_words(w, first, last, title);
  return (class == CLASS_PLACE || class == CLASS_FACILITY) && last > first && c & WORD_GROUP;
}

static bool person_noun(const struct work *w, uint32_t t) {
  return w->agent[t].last != NONE && w->kb->agents.at[name_row(w->agent[t].value)].kind == ACTOR_PERSON;
}

/* "its field commander, Idris Osheik": a person, whatever else the words look like. */
static bool apposed_person(const struct work *w, uint32_t first, uint32_t last) {
  const struct tokens *k = &w->d->tokens;
  uint32_t head = work_head(w, first, last - first + 1), told = tree_child(w->d, head, DEPREL_APPOS);
  if (k->deprel[head] == DEPREL_APPOS && k->head[head] != NONE && person_noun(w, k->head[head])) return true;
  return told != NONE && person_noun(w, told) && !article_before(w, first);
}

/* "the Delmas Kings, a gang" */
static bool the_many(const struct work *w, uint32_t first, uint32_t last) {
  return last > first && article_before(w, first) && w->d->tokens.xpos[last] == XPOS_NNPS;
}

/* "the village of Nam Sauk"; "near Htan Gyi", where no word of it is a person's name. */
static bool place_by_stand(const struct work *w, uint32_t first, uint32_t last) {
  if (settled(w, first, last)) return true;
  for (uint32_t t = first; t <= last; t++)
    if (word_classes(w, t) & (WORD_GIVEN | WORD_FAMILY)) return false;
  return last > first && located(w, first, last);
}

/* "Walt Disney Co." */
static bool firm(const struct work *w, uint32_t last) {
  const struct kb_word *k = kb_word(w->kb, w->piece[w->token_piece[last + 1] - 1]);
  return k && k->classes & WORD_BODY && !strcmp(k->sector, "BUS");
}

/* "Idris Osheik": a given name and a family name. */
static bool told_person(const struct work *w, uint32_t first, uint32_t last) {
  return last == first + 1 && word_classes(w, first) & WORD_GIVEN && word_classes(w, last) & WORD_FAMILY;
}

/* What a name is that the recogniser found: its class, made finer by its words ("Front": a group). */
static uint8_t name_kind_learned(const struct work *w, uint32_t first, uint32_t last, const struct title *title,
                                 bool *skip) {
  uint32_t c = word_classes(w, head_word(w, first, last));
  const struct kb_agent *agent = work_agent(w, title->agent);
  bool body = agent && (agent->kind == ACTOR_GROUP || agent->kind == ACTOR_ORGANIZATION);
  if (first == last && c & WORD_NOT_NAME) return *skip = true, ACTOR_COUNT;
  bool surname = first == last && label_class(w->label[first]) == CLASS_PERSON && !article_before(w, first);
  *skip = !surname && only_role(w, first, last); /* "King said", but "the King" */
  if (*skip) return ACTOR_COUNT;
  switch (label_class(w->label[first])) {
  case CLASS_PERSON:
    if (title->agent == NONE && !title->honorific && place_by_stand(w, first, last)) return *skip = true, ACTOR_COUNT;
    if (!body && last > first && c & (WORD_BODY | WORD_GROUP) && !(word_classes(w, first) & WORD_GIVEN))
      return c & WORD_GROUP ? ACTOR_GROUP : ACTOR_ORGANIZATION; /* "the Farmers' Party" */
    if (!body && title->agent == NONE && !title->honorific && the_many(w, first, last)) return ACTOR_GROUP;
    return body ? agent->kind : last > first && firm(w, last) ? ACTOR_ORGANIZATION : ACTOR_PERSON;
  case CLASS_ORGANISATION:
    if (body) return agent->kind;
    if (!(c & (WORD_BODY | WORD_GROUP)) && (told_person(w, first, last) || apposed_person(w, first, last)))
      return ACTOR_PERSON;
    return c & WORD_GROUP || (w->d->tokens.xpos[last] == XPOS_NNPS && article_before(w, first)) ? ACTOR_GROUP
                                                                                                : ACTOR_ORGANIZATION;
  case CLASS_PLACE: return ACTOR_COUNT;
  case CLASS_FACILITY:
  case CLASS_PEOPLE:
  case CLASS_OTHER:
  case CLASS_COUNT: break;
  }
  return *skip = true, ACTOR_COUNT;
}

/* "D-Ark.": a party's letter and a place. */
static bool party_state(const struct work *w, uint32_t first, uint32_t last) {
  if (token_text(w->d, first).n == 1 && last == first + 2 && hyphen(w, first + 1))
    return w->d->tokens.place[last] != NONE;
  return first > 1 && hyphen(w, first - 1) && token_text(w->d, first - 2).n == 1 && is_place(w, first, last);
}

static void unknown_seen(struct work *w, uint32_t first, uint32_t last, struct title *title, uint32_t land) {
  bool skip, learned = label_last(w, first) == last;
  if (in_dateline(w, first) || (first == last && no_name(w, first)) || party_state(w, first, last)) return;
  while (!learned && first < last && token_is(w, first, WORD_NOT_NAME) &&
         !(w->d->tokens.flags[first + 1] & TOKEN_UPPER_FIRST))
    first++;
  learned = learned && !overruled(w, first, last, title);
  if (w->label && !learned && !told_by_words(w, first, last, title)) return;
  uint8_t kind = learned ? name_kind_learned(w, first, last, title, &skip) : name_kind_of(w, first, last, title, &skip);
  if (skip) return;
  bool place = kind == ACTOR_COUNT && (learned || is_place(w, first, last));
  struct seen *s = work_seen(w, first, last - first + 1, MENTION_NAME);
  if (!s) return;
  s->kind = kind;
  s->maybe_place = place;
  s->modifier = is_modifier(w, s->head);
  s->acts = kind == ACTOR_COUNT && somebody(w, s, place);
  s->agent = title->agent;
  s->held = title->held;
  s->land = land != NONE ? land : title->land;
  s->gender = title->gender;
  s->plural = kind == ACTOR_GROUP && w->d->tokens.xpos[last] == XPOS_NNPS;
  bool doubled = hyphen(w, first + 1) && last == first + 2; /* "Marsh-Dreyer": no given name */
  if (kind == ACTOR_PERSON && !s->gender && last > first && !doubled) {
    const struct kb_word *g = kb_word(w->kb, w->piece[w->token_piece[first]]);
    if (g && g->classes & WORD_GIVEN) s->gender = g->gender;
  }
}

/* Gives the last name its title and the sentence's hold on title and name together. */
static void title_bind(struct work *w, uint32_t seen_before, const struct title *title, uint32_t first) {
  if (w->seen.n == seen_before) return;
  struct seen *s = &w->seen.at[w->seen.n - 1];
  uint32_t index = w->seen.n - 1;
  if (title->first == NONE || s->first < title->first) return;
  if (s->agent == NONE) s->agent = title->agent;
  if (title->agent != NONE) s->held = title->held;
  if (!s->gender) s->gender = title->gender;
  const struct kb_agent *a = work_agent(w, title->agent);
  if (a && !s->gender) s->gender = a->flags & AGENT_FEMALE ? GENDER_FEMALE : a->flags & AGENT_MALE ? GENDER_MALE : 0;
  if (s->land == NONE) s->land = title->land;
  uint32_t head = work_head(w, title->first, s->first + s->n - title->first);
  for (uint32_t t = title->first; t < first; t++)
    if (w->owner[t] == NONE) w->owner[t] = index;
  if (w->at[head] == NONE || head == s->head) {
    s->head = head;
    w->at[head] = index;
  }
  s->modifier = is_modifier(w, s->head);
}

static bool body_tail(const struct work *w, uint32_t from, uint32_t last) {
  for (uint32_t t = from; t <= last; t++) /* a title inside: "Hezbollah Secretary General Hassan Nasrallah" */
    if (w->agent_from[t] != NONE && w->agent_from[t] < last) return false;
  return word_classes(w, head_word(w, from, last)) & (WORD_BODY | WORD_GROUP);
}

/* The whole run is a firm's name with a "&" in it. */
static bool partners_seen(struct work *w, uint32_t t, uint32_t end) {
  uint32_t i = t + 1;
  while (i + 1 < end && !ampersand(w, i)) i++;
  if (i + 1 >= end || w->name[t].last + 1 == end) return false;
  for (uint32_t k = t; k < end; k++)
    if (w->agent_from[k] != NONE && w->agent_from[k] > k) return false; /* a title stands before it */
  struct seen *s = work_seen(w, t, end - t, MENTION_NAME);
  if (s) s->kind = ACTOR_ORGANIZATION, s->modifier = is_modifier(w, s->head);
  return true;
}

/* Cuts one run [t, end) into titles, states and names. */
static void run_cut(struct work *w, uint32_t t, uint32_t end, uint32_t sentence_first) {
  struct title title = {.agent = NONE, .first = NONE, .land = NONE};
  if (partners_seen(w, t, end)) return;
  while (t < end) {
    uint32_t before = w->seen.n, last = end - 1;
    struct hit h = w->name[t];
    if (h.last != NONE && h.last >= last) { /* the knowledge has all the rest */
      if (title.first == NONE) noun_before(w, t, sentence_first, &title);
      if (title.first != NONE) before_title(w, sentence_first, &title);
      bool known = hit_seen(w, t, h);
      if (!known && title.agent != NONE) unknown_seen(w, t, h.last, &title, NONE);
      title_bind(w, before, &title, t);
      return;
    }
    uint32_t role = w->agent_from[t], named = label_last(w, t);
    if (named != NONE && cut_short(w, t, named, last)) named = NONE;
    bool inside = named != NONE && named > t && label_class(w->label[t]) != CLASS_PERSON; /* "General Motors" */
    if (role != NONE && role < last && !(inside && role < named) && !(word_classes(w, t) & WORD_GIVEN)) {
      uint32_t from = w->agent[role].last; /* "Justice Minister", also where the tagger left its first word out */
      title.agent = name_row(w->agent[role].value);
      if (title.first == NONE) title.first = from < t ? from : t;
      t = role + 1;
      if (hyphen(w, t) && t + 1 < end && token_is(w, t + 1, WORD_COMING)) t++;
      for (; t < end && token_is(w, t, WORD_COMING); t++) held_word(w, t, &title);
      continue;
    }
    if (!inside && token_is(w, t, WORD_HONORIFIC | WORD_PAST | WORD_ACTING) && t < last && h.last == NONE) {
      const struct kb_word *k = kb_word(w->kb, w->piece[w->token_piece[t]]);
      if (k->classes & WORD_HONORIFIC) title.honorific = true, title.gender = k->gender;
      held_word(w, t, &title);
      if (title.first == NONE) title.first = t;
      t++;
      continue;
    }
    if (named != NONE && (h.last == NONE || h.last < named)) {
      bool of_state = h.last != NONE && name_kind(h.value) != NAME_ENTITY;
      if (title.first == NONE) noun_before(w, t, sentence_first, &title);
      if (title.first != NONE) before_title(w, sentence_first, &title);
      unknown_seen(w, t, named, &title, of_state ? name_row(h.value) : NONE);
      title_bind(w, before, &title, t);
      title = (struct title){.agent = NONE, .first = NONE, .land = NONE};
      t = named + 1;
      continue;
    }
    if (h.last != NONE) {
      bool of_state = name_kind(h.value) != NAME_ENTITY, given = word_classes(w, t) & WORD_GIVEN;
      bool person = !of_state && w->kb->entities.at[name_row(h.value)].kind == ACTOR_PERSON;
      if (body_tail(w, h.last + 1, last) && !person) { /* "Somali National Army" */
        unknown_seen(w, t, last, &title, of_state ? name_row(h.value) : NONE);
        title_bind(w, before, &title, t);
        return;
      }
      bool whole =
          h.last == t && (given || person) && w->agent_from[t + 1] == NONE && !(word_classes(w, last) & WORD_THING);
      if (!whole) {
        if (hit_seen(w, t, h)) title_bind(w, before, &title, t);
        if (title.first != NONE && !(of_state && w->seen.n > before && w->seen.at[before].modifier))
          title = (struct title){.agent = NONE, .first = NONE, .land = NONE};
        if (word_classes(w, last) & WORD_THING && of_state) return;
        t = h.last + 1;
        while (t < end && hyphen(w, t)) t++;
        continue;
      }
    }
    uint32_t cut = last;
    for (uint32_t i = t + 1; i <= last; i++) /* "Acme Chief Executive John Doe"; in headlines "Kadhimi Iran" */
      if (w->name[i].last == last && name_kind(w->name[i].value) == NAME_STATE && !(word_classes(w, i) & WORD_GIVEN) &&
          !token_is(w, i - 1, WORD_JOINER) && !hyphen(w, i - 1)) {
        cut = i - 1;
        break;
      } else if (i < last && w->agent_from[i] != NONE && w->agent_from[i] < last &&
                 !(word_classes(w, i) & WORD_GIVEN) &&
                 !(word_classes(w, t) & WORD_GIVEN)) { /* but "Martin Luther King Jr." */
        cut = i - 1;
        break;
      }
    if (title.first == NONE) noun_before(w, t, sentence_first, &title);
    if (title.first != NONE) before_title(w, sentence_first, &title);
    unknown_seen(w, t, cut, &title, NONE);
    title_bind(w, before, &title, t);
    title = (struct title){.agent = NONE, .first = NONE, .land = NONE};
    t = cut + 1;
  }
}

static uint32_t run_start(const struct work *w, uint32_t t, uint32_t end, uint32_t sentence_first) {
  if (label_last(w, t) != NONE) return t;
  if (!upper(w, t) && !(token_is(w, t, WORD_PARTICLE) && proper(w, t) && t + 2 < end && upper(w, t + 2))) return NONE;
  if (w->d->tokens.timex[t] != NONE) return NONE;
  if (proper(w, t)) return t;
  bool led = namelike(w, t, sentence_first) && t + 1 < end && proper(w, t + 1) && upper(w, t + 1);
  return led ? t : NONE;
}

void name_mentions_find(struct work *w) {
  const struct doc *d = w->d;
  for (uint32_t s = 0; s < d->sentences.n && !w->failed; s++) {
    uint32_t first = d->sentences.at[s].first, end = first + d->sentences.at[s].n, t = first;
    while (t < end && !w->failed) {
      struct hit h = w->name[t];
      uint32_t run = run_start(w, t, end, first), stop = run == NONE ? t : run_end(w, run, end, first);
      if (h.last != NONE && h.last + 1 >= stop) {
        run_cut(w, t, h.last + 1, first);
        t = h.last + 1;
      } else if (run != NONE && (token_is(w, t, WORD_JOINER) || str_eq_fold(token_text(d, t), STR("the"))) &&
                 stop > t + 1) {
        t++; /* "The" that the tagger took into the name */
      } else if (run != NONE) {
        run_cut(w, run, stop, first);
        t = stop;
      } else t++;
    }
  }
}
