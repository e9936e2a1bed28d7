/* link.c - identity within a document: which mentions are one actor.
 *
 * In text order, the title last: names by the knowledge, then by the words they share with names before ("Asaib" - "Asaib
 * Ahl al-Haq", "Khazali" - "Qais al-Khazali", "the Front" - "the Free Valley Front"); nominals by apposition, by their role
 * ("the Prime Minister"), by their class ("the militia"); pronouns by antecedent.c. Precision first: what is not clear
 * becomes an actor of its own. Each look-up is by index, so that the whole is linear in the text. */
#include "actor/actor_work.h"

enum { CHAIN_MAX = 64, PARTS_MAX = 256 };

struct name_row_of { /* an actor under one of the words of its names */
  sym piece;
  uint32_t seen, next; /* next: row + 1 */
};
struct linker {
  struct work *w;
  uint32_t *bucket, mask; /* row + 1 in names, by word */
  ROWS(struct name_row_of) names;
  uint32_t *of_state, *of_entity; /* actor + 1, by row of the knowledge */
};

static uint32_t word_hash(uint32_t x) { return x * 0x9E3779B9u >> 5; }

/* ---- actors */

static uint32_t actor_new(struct work *w, uint32_t seen) {
  struct seen *s = &w->seen.at[seen];
  struct actor *a = DOC_PUSH(w->d, actors);
  if (!a || !rows_grow(w->memory, (void **)&w->who.at, &w->who.n, &w->who.size, sizeof *w->who.at))
    return w->failed = true, NONE;
  struct who *x = &w->who.at[w->who.n++];
  *x = (struct who){.entity = s->entity,
                    .state = s->state,
                    .agent = s->agent,
                    .gender = s->gender,
                    .plural = s->plural,
                    .named = s->type == MENTION_NAME,
                    .definite = s->det == DET_DEFINITE,
                    .best = seen,
                    .first_seen = seen,
                    .last_seen = seen,
                    .land = NONE,
                    .part_of_seen = NONE};
  *a = (struct actor){.kind = s->kind == ACTOR_COUNT ? ACTOR_ORGANIZATION : s->kind, .part_of = NONE};
  return w->who.n - 1;
}

static void part_add(struct work *w, uint32_t actor, const struct seen *s) {
  if (s->agent == NONE || s->type == MENTION_PRONOUN) return;
  uint32_t whose = s->whose == NONE ? NONE : w->seen.at[s->whose].actor;
  struct who *x = &w->who.at[actor];
  for (uint32_t p = x->parts, i = 0; p && i < CHAIN_MAX; p = w->parts.at[p - 1].next, i++)
    if (w->parts.at[p - 1].agent == s->agent && w->parts.at[p - 1].held == s->held) {
      if (w->parts.at[p - 1].whose_actor == NONE) w->parts.at[p - 1].whose_actor = whose;
      return;
    }
  if (!rows_grow(w->memory, (void **)&w->parts.at, &w->parts.n, &w->parts.size, sizeof *w->parts.at)) {
    w->failed = true;
    return;
  }
  w->parts.at[w->parts.n++] = (struct part){s->agent, whose, x->parts, s->held};
  x->parts = w->parts.n;
}

/* What a mention adds to what is known of its actor. */
static void actor_learn(struct work *w, uint32_t actor, uint32_t seen) {
  struct seen *s = &w->seen.at[seen];
  struct who *x = &w->who.at[actor];
  struct actor *a = &w->d->actors.at[actor];
  s->actor = actor;
  x->last_seen = seen;
  x->told++;
  if (s->type == MENTION_PRONOUN) {
    if (!x->gender && s->gender != GENDER_NEUTER && !s->plural && a->kind == ACTOR_PERSON) x->gender = s->gender;
    return;
  }
  if (s->type == MENTION_NAME) {
    const struct seen *best = &w->seen.at[x->best];
    if (!x->named || (s->n_pieces > best->n_pieces && best->type == MENTION_NAME && best->entity == NONE))
      x->best = seen;
    if (!x->named && a->kind == ACTOR_PEOPLE && s->kind == ACTOR_PERSON) a->kind = ACTOR_PERSON;
    if (!x->named && s->kind < ACTOR_COUNT) a->kind = s->kind;
    x->named = true;
  }
  if (x->entity == NONE) x->entity = s->entity;
  if (!x->gender) x->gender = s->gender;
  if (s->land != NONE && s->type != MENTION_DEMONYM && x->land == NONE && a->kind != ACTOR_STATE) x->land = s->land;
  if (s->type == MENTION_DEMONYM && a->kind != ACTOR_STATE) x->land = s->land;
  if (s->whose != NONE && x->part_of_seen == NONE) x->part_of_seen = s->whose;
  part_add(w, actor, s);
}

/* ---- names */

static bool dropped(const struct work *w, sym piece) {
  return kb_word_is(w->kb, piece, WORD_ARTICLE | WORD_GENERATION);
}

/* The words of a name without articles, at most PHRASE_MAX. */
static uint32_t name_words(const struct work *w, const struct seen *s, sym *out) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < s->n_pieces && n < PHRASE_MAX; i++)
    if (!dropped(w, w->piece[s->piece + i])) out[n++] = w->piece[s->piece + i];
  if (!n && s->n_pieces) out[n++] = w->piece[s->piece];
  return n;
}

static bool ends_with(const sym *a, uint32_t n, const sym *b, uint32_t m) {
  return m <= n && !memcmp(a + n - m, b, m * sizeof *a);
}
static bool begins_with(const sym *a, uint32_t n, const sym *b, uint32_t m) {
  return m <= n && !memcmp(a, b, m * sizeof *a);
}

/* "NPA" for "New People's Army": the first letters of the words that are no joiners. */
static bool acronym(const struct work *w, const struct seen *s, const sym *b, uint32_t m) {
  if (s->n != 1 || !(w->d->tokens.flags[s->first] & TOKEN_UPPER_ALL)) return false;
  str letters = token_text(w->d, s->first);
  size_t at = 0;
  for (uint32_t i = 0; i < m; i++) {
    str word = doc_word(w->d, b[i]);
    if (kb_word_is(w->kb, b[i], WORD_JOINER) || !word.n || word.p[0] == '\'') continue;
    while (at < letters.n && letters.p[at] == '.') at++;
    if (at >= letters.n || ascii_fold(letters.p[at]) != word.p[0]) return false;
    at++;
  }
  while (at < letters.n && letters.p[at] == '.') at++;
  return at == letters.n && m > 1;
}

static bool first_names_agree(const struct work *w, sym a, sym b) {
  if (a == b) return true;
  str x = doc_word(w->d, a), y = doc_word(w->d, b);
  bool initial = (x.n == 1 || (x.n == 2 && x.p[1] == '.')) || (y.n == 1 || (y.n == 2 && y.p[1] == '.'));
  return initial && x.n && y.n && x.p[0] == y.p[0];
}

/* May the name `a` of the new mention be a form of the name `b`? */
static bool forms_fit(const struct work *w, const struct seen *sa, const sym *a, uint32_t n, const sym *b, uint32_t m,
                      uint8_t kind) {
  if (n == m && !memcmp(a, b, n * sizeof *a)) return true;
  if (kind == ACTOR_PERSON) {
    if (n == 1 && m == 1) return false;
    if (n == 1)
      return a[0] == b[m - 1] || (a[0] == b[0] && !kb_word_is(w->kb, a[0], WORD_GIVEN)) ||
             (m > 2 && ends_with(b, m - 1, a, 1) && !kb_word_is(w->kb, a[0], WORD_GIVEN | WORD_PARTICLE));
    if (m == 1) return b[0] == a[n - 1];
    if (ends_with(b, m, a, n) || ends_with(a, n, b, m) || begins_with(a, n, b, m) || begins_with(b, m, a, n))
      return true;
    return a[n - 1] == b[m - 1] && first_names_agree(w, a[0], b[0]);
  }
  if (acronym(w, sa, b, m)) return true;
  if (n > m) return m > 1 && (begins_with(a, n, b, m) || ends_with(a, n, b, m));
  if (n == 1 && m > 1 && kb_word_is(w->kb, a[0], WORD_JOINER)) return false;
  return begins_with(b, m, a, n) || ends_with(b, m, a, n);
}

static bool kinds_fit(uint8_t a, uint8_t b) {
  if (a == ACTOR_COUNT || a == b) return true;
  return a != ACTOR_PERSON && b != ACTOR_PERSON && a != ACTOR_STATE && b != ACTOR_STATE && a != ACTOR_PEOPLE &&
         b != ACTOR_PEOPLE;
}

static void name_note(struct linker *l, uint32_t seen, const sym *words, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (!rows_grow(l->w->memory, (void **)&l->names.at, &l->names.n, &l->names.size, sizeof *l->names.at)) {
      l->w->failed = true;
      return;
    }
    uint32_t *b = &l->bucket[word_hash(words[i]) & l->mask];
    l->names.at[l->names.n++] = (struct name_row_of){words[i], seen, *b};
    *b = l->names.n;
  }
}

/* An earlier actor that a name is a form of, the most recent; NONE. */
static uint32_t name_match(const struct linker *l, uint32_t seen, const sym *words, uint32_t n) {
  const struct work *w = l->w;
  const struct seen *s = &w->seen.at[seen];
  uint32_t best = NONE, looked = 0;
  bool caps = s->n == 1 && w->d->tokens.flags[s->first] & TOKEN_UPPER_ALL;
  sym other[PHRASE_MAX];
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t r = l->bucket[word_hash(words[i]) & l->mask]; r && looked < CHAIN_MAX;
         r = l->names.at[r - 1].next, looked++) {
      if (l->names.at[r - 1].piece != words[i]) continue;
      const struct seen *b = &w->seen.at[l->names.at[r - 1].seen];
      const struct who *x = &w->who.at[b->actor];
      uint8_t kind = w->d->actors.at[b->actor].kind;
      if (!kinds_fit(s->kind, kind) || (s->gender && x->gender && s->gender != x->gender)) continue;
      uint32_t m = name_words(w, b, other);
      if (!forms_fit(w, s, words, n, other, m, kind)) continue;
      if (best == NONE || w->who.at[best].last_seen < x->last_seen) best = b->actor;
    }
  if (best != NONE || !caps) return best;
  uint32_t rows = w->who.n > CHAIN_MAX ? w->who.n - CHAIN_MAX : 0; /* an acronym shares no word with its name */
  for (uint32_t i = w->who.n; i-- > rows;) {
    const struct who *x = &w->who.at[i];
    if (!x->named || w->d->actors.at[i].kind == ACTOR_PERSON || w->d->actors.at[i].kind == ACTOR_STATE) continue;
    uint32_t m = name_words(w, &w->seen.at[x->best], other);
    if (acronym(w, s, other, m)) return i;
  }
  return NONE;
}

/* "Merrill" after "Merrill Lynch & Co.": what looks like a surname, without title and gender, is the firm whose name begins so. */
static uint32_t firm_match(struct linker *l, uint32_t seen, const sym *words, uint32_t n) {
  struct work *w = l->w;
  struct seen *s = &w->seen.at[seen];
  sym other[PHRASE_MAX];
  if (s->agent != NONE || (s->gender && n == 1) || !n) return NONE; /* "Mr. Merrill" */
  s->kind = ACTOR_ORGANIZATION;
  uint32_t actor = name_match(l, seen, words, n);
  uint32_t m = actor == NONE ? 0 : name_words(w, &w->seen.at[w->who.at[actor].best], other);
  bool firm = m > n && begins_with(other, m, words, n) && w->d->actors.at[actor].kind == ACTOR_ORGANIZATION;
  if (!firm) s->kind = ACTOR_PERSON;
  return firm ? actor : NONE;
}

/* ---- nominals */

static bool land_agrees(const struct work *w, const struct seen *s, uint32_t actor) {
  const struct who *x = &w->who.at[actor];
  if (s->land == NONE || x->land == NONE) return true;
  return !memcmp(w->kb->states.at[s->land].iso3, w->kb->states.at[x->land].iso3, 4);
}

/* Somebody who holds the role that a definite noun names: "the Prime Minister", "the commander" of a field commander. */
static uint32_t role_match(const struct work *w, const struct seen *s) {
  const struct kb_agent *a = &w->kb->agents.at[s->agent];
  uint32_t whose = s->whose == NONE ? NONE : w->seen.at[s->whose].actor, best = NONE;
  bool bare = a->head != SYM_NONE && kb_one_word(w->kb, a);
  for (uint32_t i = w->who.n, looked = 0; i-- > 0 && looked < PARTS_MAX; looked++) {
    const struct who *x = &w->who.at[i];
    if (w->d->actors.at[i].kind != ACTOR_PERSON || !land_agrees(w, s, i)) continue;
    if (s->gender && x->gender && s->gender != x->gender) continue;
    for (uint32_t p = x->parts, k = 0; p && k < CHAIN_MAX; p = w->parts.at[p - 1].next, k++) {
      const struct part *part = &w->parts.at[p - 1];
      bool fits = part->agent == s->agent || (bare && w->kb->agents.at[part->agent].head == a->head);
      if (!fits || part->held == HELD_PAST ||
          (whose != NONE && part->whose_actor != NONE && part->whose_actor != whose))
        continue;
      if (whose != NONE && part->whose_actor == NONE && a->flags & AGENT_RELATION) continue;
      if (best == NONE || w->who.at[best].last_seen < x->last_seen) best = i;
    }
  }
  if (best != NONE || !(a->flags & AGENT_NATIONAL)) return best;
  for (uint32_t i = w->who.n, looked = 0; i-- > 0 && looked < PARTS_MAX; looked++) { /* by the knowledge */
    const struct who *x = &w->who.at[i];
    if (x->entity == NONE || w->d->actors.at[i].kind != ACTOR_PERSON) continue;
    bool past;
    const struct kb_spell *spell = kb_spell_on(w->kb, &w->kb->entities.at[x->entity], w->d->date, &past);
    uint32_t land = s->land != NONE ? s->land : w->focus;
    if (!spell || past || spell->agent != s->agent || land == NONE) continue;
    if (!memcmp(spell->code.country, w->kb->states.at[land].iso3, 4)) return i;
  }
  return NONE;
}

/* "the governor" of an earlier sentence, now named: "Governor Salah Tamboul". */
static uint32_t title_match(const struct work *w, const struct seen *s) {
  if (s->agent == NONE || s->held == HELD_PAST || s->kind != ACTOR_PERSON) return NONE;
  for (uint32_t i = w->who.n, looked = 0; i-- > 0 && looked < CHAIN_MAX; looked++) {
    const struct who *x = &w->who.at[i];
    if (x->named || x->agent != s->agent || x->plural || !x->definite || !land_agrees(w, s, i)) continue;
    if (s->gender && x->gender && s->gender != x->gender) return NONE;
    return s->sentence - w->seen.at[x->last_seen].sentence <= 3 ? i : NONE;
  }
  return NONE;
}

/* "the embassy", "the army" without a state: the one that the text spoke of last. */
static uint32_t body_before(const struct work *w, const struct seen *s) {
  uint32_t best = NONE;
  if (s->land != NONE || s->whose != NONE || s->det != DET_DEFINITE) return NONE;
  for (uint32_t i = w->who.n, looked = 0; i-- > 0 && looked < CHAIN_MAX; looked++) {
    const struct who *x = &w->who.at[i];
    if (x->agent != s->agent || x->named || x->plural != s->plural ||
        s->sentence - w->seen.at[x->last_seen].sentence > 2)
      continue;
    if (best == NONE || w->who.at[best].last_seen < x->last_seen) best = i;
  }
  return best;
}

/* One army, one government a state: the same noun with the same state is the same body. */
static uint32_t body_match(const struct work *w, const struct seen *s) {
  uint32_t land = s->land != NONE ? s->land : w->focus;
  uint32_t whose = s->whose == NONE ? NONE : w->seen.at[s->whose].actor;
  for (uint32_t i = w->who.n, looked = 0; i-- > 0 && looked < PARTS_MAX; looked++) {
    const struct who *x = &w->who.at[i];
    if (x->agent != s->agent || x->named || x->plural != s->plural) continue;
    uint32_t other = x->land != NONE ? x->land : w->focus;
    if (other != land &&
        (other == NONE || land == NONE || memcmp(w->kb->states.at[other].iso3, w->kb->states.at[land].iso3, 4)))
      continue;
    uint32_t xw = x->part_of_seen == NONE ? NONE : w->seen.at[x->part_of_seen].actor;
    if (whose != NONE && xw != NONE && whose != xw) continue;
    return i;
  }
  return NONE;
}

static bool has_adjectives(const struct work *w, const struct seen *s) {
  TREE_EACH(w->d, c, s->head) {
    uint8_t rel = w->d->tokens.deprel[c];
    if (rel == DEPREL_AMOD && !kb_word_is(w->kb, w->d->tokens.norm[c], WORD_INDEFINITE | WORD_DEFINITE)) return true;
    if (rel == DEPREL_ACL_RELCL || rel == DEPREL_ACL || (universal(w, c) == DEPREL_NMOD && c > s->head)) return true;
  }
  return false;
}

/* "the soldiers", "the protesters": the last ones of that noun. */
static uint32_t plural_match(const struct work *w, const struct seen *s) {
  if (s->det != DET_DEFINITE || has_adjectives(w, s)) return NONE;
  for (uint32_t i = w->who.n, looked = 0; i-- > 0 && looked < CHAIN_MAX; looked++) {
    const struct who *x = &w->who.at[i];
    if (x->agent == s->agent && x->agent != NONE && !x->named && x->plural == s->plural && land_agrees(w, s, i))
      return i;
  }
  return NONE;
}

/* "Hutus": the same ones throughout the text, but for "Iraqi Kurds" and "Turkish Kurds". */
static uint32_t community_match(const struct work *w, const struct seen *s) {
  for (uint32_t i = w->who.n, looked = 0; i-- > 0 && looked < PARTS_MAX; looked++)
    if (w->who.at[i].agent == s->agent && !w->who.at[i].named && land_agrees(w, s, i)) return i;
  return NONE;
}

/* "his daughter", and again "his daughter": the same noun of the same actor, without a number or an adjective. */
static uint32_t possessed_match(const struct work *w, const struct seen *s) {
  uint32_t whose = s->whose == NONE ? NONE : w->seen.at[s->whose].actor;
  if (whose == NONE || has_adjectives(w, s) || tree_child(w->d, s->head, DEPREL_NUMMOD) != NONE) return NONE;
  for (uint32_t i = w->who.n, looked = 0; i-- > 0 && looked < PARTS_MAX; looked++) {
    const struct who *x = &w->who.at[i];
    for (uint32_t p = x->parts, k = 0; p && k < CHAIN_MAX && x->plural == s->plural; p = w->parts.at[p - 1].next, k++) {
      const struct part *part = &w->parts.at[p - 1];
      if (part->agent == s->agent && part->whose_actor == whose && part->held == s->held) return i;
    }
  }
  return NONE;
}

static uint32_t nominal_match(const struct work *w, uint32_t seen) {
  const struct seen *s = &w->seen.at[seen];
  if (s->agent == NONE || s->held == HELD_PAST) return NONE;
  const struct kb_agent *a = &w->kb->agents.at[s->agent];
  if (a->flags & AGENT_COMMUNITY) return community_match(w, s);
  bool body = a->kind == ACTOR_ORGANIZATION || a->kind == ACTOR_GROUP;
  if (body && a->flags & AGENT_NATIONAL && s->det != DET_INDEFINITE) {
    uint32_t before = body_before(w, s);
    return before != NONE ? before : body_match(w, s);
  }
  bool taken_up = s->det == DET_DEFINITE || (s->det == DET_POSSESSIVE && s->whose != NONE);
  if (!taken_up && !(s->det == DET_NONE && w->d->tokens.flags[s->head] & TOKEN_UPPER_FIRST && a->flags & AGENT_TITLE))
    return NONE;
  uint32_t found = s->det == DET_DEFINITE ? antecedent_of_noun(w, seen) : NONE;
  if (found != NONE) return found;
  if (s->det == DET_POSSESSIVE && (found = possessed_match(w, s)) != NONE) return found;
  if (s->plural) return plural_match(w, s);
  if (a->kind == ACTOR_PERSON && !(a->flags & AGENT_PRIVATE)) {
    found = role_match(w, s);
    if (found != NONE) return found;
  }
  return plural_match(w, s);
}

/* ---- all */

static uint32_t *slot_of(struct linker *l, bool entity, uint32_t row) {
  return entity ? &l->of_entity[row] : &l->of_state[row];
}

static uint32_t resolve(struct linker *l, uint32_t seen, int depth);

/* "the Front", "the Kings": a noun with a capital inside a sentence is a short form of a body's name, if there is one; without
 * a determiner it is a person's surname. */
static uint32_t short_name_match(struct linker *l, uint32_t seen) {
  struct work *w = l->w;
  struct seen *s = &w->seen.at[seen];
  uint32_t first = w->d->sentences.at[s->sentence].first;
  bool alone =
      s->det == DET_NONE && s->n == 1 && !s->plural; /* "King said": no noun in the singular stands like this */
  bool taken_up = s->det == DET_DEFINITE && s->n <= 2 && s->head != first;
  if ((!alone && !taken_up) || !(w->d->tokens.flags[s->head] & TOKEN_UPPER_FIRST)) return NONE;
  sym word = w->piece[w->token_piece[s->head]];
  uint8_t kind = s->kind;
  s->kind = ACTOR_COUNT;
  uint32_t actor = name_match(l, seen, &word, 1);
  w->seen.at[seen].kind = kind;
  if (actor == NONE || w->d->actors.at[actor].kind == ACTOR_STATE) return NONE;
  return (w->d->actors.at[actor].kind == ACTOR_PERSON) == alone ? actor : NONE;
}

/* Those who were told together, from `first` on: the first of them, the others beside him. NONE: they are not all known. */
static uint32_t several_actor(struct work *w, uint32_t seen, uint32_t first) {
  uint32_t who[SEVERAL_MOST], n = antecedent_several(w, first, who);
  for (uint32_t i = 1; i < n; i++) w->seen.at[seen].others[i - 1] = who[i];
  w->seen.at[seen].n_others = (uint8_t)(n ? n - 1 : 0);
  return n ? who[0] : NONE;
}

static uint32_t pronoun_actor(struct linker *l, uint32_t seen, int depth) {
  struct work *w = l->w;
  uint32_t several, actor = antecedent_of_pronoun(w, seen, &several);
  if (actor != NONE) return actor;
  if (several != NONE) return several_actor(w, seen, several);
  uint32_t ahead = antecedent_ahead(w, seen);
  if (ahead != NONE && depth < 4) {
    actor = resolve(l, ahead, depth + 1);
    if (actor != NONE && antecedent_agrees(w, seen, ahead)) return actor;
  }
  return antecedent_long_before(w, seen);
}

static uint32_t find_actor(struct linker *l, uint32_t seen, int depth) {
  struct work *w = l->w;
  struct seen *s = &w->seen.at[seen];
  if (s->same != NONE && s->same != seen && depth < 4) {
    uint32_t actor = resolve(l, s->same, depth + 1);
    if (actor != NONE) return actor;
    s = &w->seen.at[seen];
  }
  if (s->type == MENTION_PRONOUN) return pronoun_actor(l, seen, depth);
  if (s->state != NONE) {
    uint32_t *slot = slot_of(l, false, s->state);
    if (!*slot) *slot = actor_new(w, seen) + 1;
    return *slot - 1;
  }
  sym words[PHRASE_MAX];
  uint32_t n = s->type == MENTION_NAME ? name_words(w, s, words) : 0, actor = NONE;
  if (s->entity != NONE) {
    uint32_t *slot = slot_of(l, true, s->entity);
    if (!*slot) {
      uint32_t before = name_match(l, seen, words, n);
      if (before != NONE && (w->who.at[before].entity != NONE)) before = NONE;
      *slot = (before != NONE ? before : actor_new(w, seen)) + 1;
    }
    actor = *slot - 1;
    if (actor != NONE) s->actor = actor, name_note(l, seen, words, n);
    return actor;
  }
  if (s->type == MENTION_NAME) {
    actor = name_match(l, seen, words, n);
    if (actor == NONE && s->kind == ACTOR_PERSON) actor = title_match(w, s);
    if (actor == NONE && s->kind == ACTOR_PERSON) actor = firm_match(l, seen, words, n);
    if (actor == NONE && (s->maybe_place || s->kind == ACTOR_COUNT)) {
      if (s->maybe_place ? !s->acts : s->agent == NONE && !s->acts) return NONE;
    }
    if (actor == NONE) actor = actor_new(w, seen);
    if (actor != NONE) s->actor = actor, name_note(l, seen, words, n);
    return actor;
  }
  if (s->type == MENTION_NOMINAL) {
    actor = short_name_match(l, seen);
    if (actor == NONE) actor = nominal_match(w, seen);
  }
  if (s->type == MENTION_DEMONYM && s->kind == ACTOR_PEOPLE && s->det != DET_INDEFINITE)
    for (uint32_t i = w->who.n, looked = 0; i-- > 0 && looked < CHAIN_MAX; looked++)
      if (w->d->actors.at[i].kind == ACTOR_PEOPLE && w->who.at[i].agent == NONE && w->who.at[i].land == s->land)
        return i;
  return actor != NONE ? actor : actor_new(w, seen);
}

/* Whoever held the post before held it. */
static void before_learn(struct linker *l, uint32_t seen, int depth) {
  uint32_t who = resolve(l, l->w->seen.at[seen].before, depth + 1);
  struct seen past = l->w->seen.at[seen];
  past.held = HELD_PAST;
  if (who != NONE && !l->w->failed) part_add(l->w, who, &past);
}

static uint32_t resolve(struct linker *l, uint32_t seen, int depth) {
  if (l->w->failed) return NONE;
  if (l->w->seen.at[seen].actor != NONE) return l->w->seen.at[seen].actor;
  uint32_t whose = l->w->seen.at[seen].whose;
  if (whose != NONE && depth < 4 && l->w->seen.at[whose].first < l->w->seen.at[seen].head + 40)
    resolve(l, whose, depth + 1);
  uint32_t actor = find_actor(l, seen, depth);
  if (actor != NONE && !l->w->failed) actor_learn(l->w, actor, seen);
  if (actor != NONE && depth < 4 && l->w->seen.at[seen].before != NONE) before_learn(l, seen, depth);
  return actor;
}

static void sentence_link(struct linker *l, uint32_t sentence) {
  const struct sentence *s = &l->w->d->sentences.at[sentence];
  for (uint32_t t = s->first; t < s->first + s->n; t++)
    if (l->w->at[t] != NONE) resolve(l, l->w->at[t], 0);
}

void actors_link(struct work *w) {
  struct linker l = {.w = w, .mask = 63};
  while (l.mask < w->seen.n * 2) l.mask = l.mask * 2 + 1;
  l.bucket = ARENA_ARRAY(w->memory, uint32_t, l.mask + 1);
  l.of_state = ARENA_ARRAY(w->memory, uint32_t, w->kb->states.n);
  l.of_entity = ARENA_ARRAY(w->memory, uint32_t, w->kb->entities.n);
  if (!l.bucket || !l.of_state || !l.of_entity) {
    w->failed = true;
    return;
  }
  for (uint32_t i = 1; i < w->d->sentences.n; i++) sentence_link(&l, i);
  if (w->d->sentences.n) sentence_link(&l, 0);
}
