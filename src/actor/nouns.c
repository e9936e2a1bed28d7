/* nouns.c - nominals ("two senior police officers", "the militia") and pronouns, and what the tree says of any mention:
 * whose it is, which state its modifiers tell, what it is in apposition or copula with.
 *
 * The spans of nominals are noun phrases without relative clauses and appositions: "members of Kataib Hezbollah". */
#include "actor/actor_work.h"

static bool argument(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  switch (universal(w, t)) {
  case DEPREL_COMPOUND:
  case DEPREL_AMOD:
  case DEPREL_FLAT:
  case DEPREL_FIXED:
  case DEPREL_CASE:
  case DEPREL_DET:
  case DEPREL_ADVMOD:
  case DEPREL_AUX:
  case DEPREL_COP:
  case DEPREL_CC:
  case DEPREL_PUNCT:
  case DEPREL_GOESWITH: return false;
  case DEPREL_CONJ: return k->head[t] == NONE || argument(w, k->head[t]);
  default: return k->deprel[t] != DEPREL_NMOD_DESC;
  }
}

static bool before_noun(uint8_t rel) {
  switch (rel) {
  case DEPREL_DET:
  case DEPREL_DET_PREDET:
  case DEPREL_AMOD:
  case DEPREL_COMPOUND:
  case DEPREL_NUMMOD:
  case DEPREL_NMOD_POSS:
  case DEPREL_NMOD_DESC:
  case DEPREL_FLAT:
  case DEPREL_NMOD_UNMARKED:
  case DEPREL_NMOD: return true;
  default: return false;
  }
}

static uint32_t phrase_right(const struct work *w, uint32_t t, int depth) {
  uint32_t right = t;
  TREE_EACH(w->d, c, t) {
    if (c < t || depth > 3) continue;
    bool of = universal(w, c) == DEPREL_NMOD && str_is(doc_word(w->d, tree_case(w->d, c)), "of");
    if (of && w->d->tokens.left[c] == right + 1) {
      right = phrase_right(w, c, depth + 1);
      const struct seen *name = w->at[c] == NONE ? NULL : &w->seen.at[w->at[c]];
      if (name && name->type == MENTION_NAME && name->first + name->n - 1 > right) right = name->first + name->n - 1;
    } else if (w->d->tokens.deprel[c] == DEPREL_FLAT && c == right + 1) right = c;
  }
  return right;
}

/* Not part of a phrase that it opens: a preposition, "last week" that the parser hung here, "at least" before a number. */
static bool outside(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (k->upos[t] == UPOS_PUNCT || k->upos[t] == UPOS_ADV || k->upos[t] == UPOS_ADP || universal(w, t) == DEPREL_CASE ||
      k->timex[t] != NONE)
    return true;
  return (k->xpos[t] == XPOS_JJS || k->xpos[t] == XPOS_JJR) && k->upos[t + 1] == UPOS_NUM;
}

static uint32_t phrase_left(const struct work *w, uint32_t t) {
  uint32_t left = t;
  TREE_EACH(w->d, c, t) {
    if (c >= t) break;
    if (before_noun(w->d->tokens.deprel[c]) && w->d->tokens.left[c] < left) left = w->d->tokens.left[c];
  }
  while (left < t && outside(w, left)) left++;
  return left;
}

/* "elected Ana Korbel president": the name between a verb and the noun of an office, which the parser takes for its modifier; or NONE. */
static uint32_t chosen_name(const struct work *w, const struct seen *s) {
  const struct tokens *k = &w->d->tokens;
  uint32_t t = w->agent[s->head].last; /* first word of the role */
  if (s->type != MENTION_NOMINAL || s->plural || t == NONE || t < 2 || k->flags[t] & TOKEN_UPPER_FIRST ||
      k->sentence[t - 1] != s->sentence || !(agent_flags(w, s->agent) & AGENT_TITLE))
    return NONE;
  const struct seen *name = w->owner[t - 1] == NONE ? NULL : &w->seen.at[w->owner[t - 1]];
  bool person = name && name->type == MENTION_NAME && name->kind == ACTOR_PERSON && name->n > 1 && name->first > 0;
  return person && k->upos[name->first - 1] == UPOS_VERB ? w->owner[t - 1] : NONE;
}

/* A state's token or a possessor near enough to make a weak noun an actor. */
static bool owned(const struct work *w, uint32_t t) {
  TREE_EACH(w->d, c, t) {
    if (w->at[c] != NONE && w->seen.at[w->at[c]].land != NONE && c < t) return true;
    if (w->d->tokens.deprel[c] == DEPREL_NMOD_POSS && w->at[c] != NONE) return true;
  }
  return false;
}

static bool acts(const struct work *w, uint32_t t) {
  uint8_t role = work_role(w, t);
  return role == DEPREL_NSUBJ || w->d->tokens.deprel[t] == DEPREL_OBL_AGENT;
}

/* A noun right before that of an act: "rebel attack", "police firing". */
static bool doer(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  uint32_t deed = k->head[t];
  return k->deprel[t] == DEPREL_COMPOUND && deed == t + 1 && w->at[deed] == NONE && k->upos[t] == UPOS_NOUN &&
         (token_is(w, deed, WORD_DEED) || kb_word_is(w->kb, k->lemma[deed], WORD_DEED));
}

static uint8_t determiner(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  uint8_t found = DET_NONE;
  TREE_EACH(w->d, c, t) {
    if (c > t) break;
    if (k->deprel[c] == DEPREL_NMOD_POSS) return DET_POSSESSIVE;
    bool open = kb_word_is(w->kb, k->norm[c], WORD_INDEFINITE);
    if (open) found = DET_INDEFINITE;
    else if (found != DET_INDEFINITE && kb_word_is(w->kb, k->norm[c], WORD_DEFINITE)) found = DET_DEFINITE;
    else if (!found && k->deprel[c] == DEPREL_NUMMOD) found = DET_INDEFINITE;
  }
  return found;
}

static void held_of(const struct work *w, uint32_t first, uint32_t head, struct seen *s) {
  for (uint32_t t = first; t < head; t++) {
    if (token_is(w, t, WORD_PAST)) s->held = HELD_PAST;
    else if (token_is(w, t, WORD_COMING)) s->held = HELD_COMING;
    else if (token_is(w, t, WORD_ACTING) && !s->held) s->held = HELD_ACTING;
    else if (str_is(doc_word(w->d, w->d->tokens.norm[t]), "once")) s->held = HELD_PAST;
  }
}

static struct seen *nominal(struct work *w, uint32_t t, uint32_t agent, bool plural) {
  uint32_t left = phrase_left(w, t), right = phrase_right(w, t, 0);
  if (!rows_grow(w->memory, (void **)&w->seen.at, &w->seen.n, &w->seen.size, sizeof *w->seen.at))
    return w->failed = true, NULL;
  uint32_t index = w->seen.n++;
  struct seen *s = &w->seen.at[index];
  *s = (struct seen){.first = left,
                     .n = right - left + 1,
                     .head = t,
                     .sentence = w->d->tokens.sentence[t],
                     .type = MENTION_NOMINAL,
                     .entity = NONE,
                     .state = NONE,
                     .agent = agent,
                     .land = NONE,
                     .whose = NONE,
                     .same = NONE,
                     .before = NONE,
                     .actor = NONE,
                     .plural = plural,
                     .kind = ACTOR_PEOPLE};
  const struct kb_agent *a = work_agent(w, agent);
  if (a) {
    s->kind = plural && a->kind == ACTOR_PERSON ? ACTOR_PEOPLE : a->kind;
    s->gender = a->flags & AGENT_FEMALE ? GENDER_FEMALE : a->flags & AGENT_MALE ? GENDER_MALE : GENDER_UNKNOWN;
  }
  s->det = determiner(w, t);
  held_of(w, left, t, s);
  w->at[t] = index;
  return s;
}

/* "one of their commanders", "dozens of protesters": the noun after "of" says who. */
static uint32_t partitive(struct work *w, uint32_t t, bool *one) {
  const struct kb_word *p = kb_word(w->kb, w->d->tokens.norm[t]);
  if (!p) p = kb_word(w->kb, w->d->tokens.lemma[t]);
  if (!(p && p->classes & WORD_PARTITIVE) && w->d->tokens.upos[t] != UPOS_NUM) return NONE;
  *one = p && p->sector[0] == '1';
  TREE_EACH(w->d, c, t)
  if (c > t && universal(w, c) == DEPREL_NMOD && w->agent[c].last != NONE && w->owner[c] == NONE) {
    w->owner[c] = w->seen.n; /* no mention of its own */
    return name_row(w->agent[c].value);
  }
  return NONE;
}

/* Numbers that stand for people: "Nineteen were detained". */
static bool bare_number(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (k->upos[t] != UPOS_NUM || k->timex[t] != NONE || universal(w, t) != DEPREL_NSUBJ || k->child[t] != NONE)
    return false;
  uint32_t verb = k->head[t];
  return verb != NONE && k->upos[verb] == UPOS_VERB &&
         !(k->flags[t] & TOKEN_DIGIT && str_find(token_text(w->d, t), '.') < token_text(w->d, t).n);
}

/* "Hutus attacked": the community. "A Kurd", "three Tamils": persons, whose faith or descent is not taken. */
static void community(struct work *w, uint32_t t, uint32_t agent, bool plural) {
  bool whole = plural && determiner(w, t) != DET_INDEFINITE;
  struct seen *s = nominal(w, t, whole ? agent : NONE, plural);
  if (s && !plural) s->kind = ACTOR_PERSON;
}

/* "The impresario was kidnapped": a noun for somebody that no list has. */
static void victim(struct work *w, uint32_t t) {
  if (token_is(w, t, WORD_THING | WORD_NOT_NAME | WORD_DEED) || kb_word_is(w->kb, w->d->tokens.lemma[t], WORD_DEED))
    return;
  bool plural = w->d->tokens.xpos[t] == XPOS_NNS;
  struct seen *s = nominal(w, t, NONE, plural);
  if (s && !plural) s->kind = ACTOR_PERSON;
}

/* "in front of", "in place of": a noun that has become a preposition. */
static bool within_preposition(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  const struct sentence *s = &w->d->sentences.at[k->sentence[t]];
  return t > s->first && t + 1 < s->first + s->n && k->upos[t - 1] == UPOS_ADP && k->upos[t] == UPOS_NOUN &&
         k->xpos[t] == XPOS_NN && str_is(doc_word(w->d, k->norm[t + 1]), "of");
}

static void noun_at(struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  bool one = false;
  if (k->timex[t] != NONE || w->owner[t] != NONE) return;
  uint32_t end = w->agent_from[t];
  if (end != NONE && end > t && w->agent[end].last == t &&
      work_head(w, t, end - t + 1) == t) { /* "secretary of state" */
    if (argument(w, t)) nominal(w, t, name_row(w->agent[end].value), w->agent[end].value & NAME_BIT);
    return;
  }
  if (w->agent[t].last < t && work_head(w, w->agent[t].last, t - w->agent[t].last + 1) != t &&
      w->at[w->agent[t].last] != NONE)
    return;
  if (w->agent[t].last == NONE) {
    uint32_t agent = argument(w, t) ? partitive(w, t, &one) : NONE, name = tree_child(w->d, t, DEPREL_APPOS);
    if (agent == NONE && one && name != NONE && w->at[name] != NONE)
      nominal(w, t, NONE, false); /* "One of them, the Rural Democrats," */
    else if (agent != NONE) nominal(w, t, agent, !one);
    else if (bare_number(w, t)) nominal(w, t, NONE, true);
    else if (k->upos[t] == UPOS_NOUN && work_hurt(w, t)) victim(w, t);
    return;
  }
  uint32_t row = name_row(w->agent[t].value);
  const struct kb_agent *a = &w->kb->agents.at[row];
  uint8_t u = k->upos[t];
  bool plural = w->agent[t].value & NAME_BIT || k->xpos[t] == XPOS_NNS;
  if (u != UPOS_NOUN && u != UPOS_PROPN && !(u == UPOS_ADJ && plural) && !(u == UPOS_PRON && plural) && u != UPOS_VERB)
    return;
  if (u == UPOS_VERB && !(k->xpos[t] == XPOS_NN || k->xpos[t] == XPOS_NNS)) return;
  bool deed = !argument(w, t);
  if (a->flags & AGENT_COMMUNITY) {
    if (!deed) community(w, t, row, plural);
    return;
  }
  if (a->flags & AGENT_CLASS && within_preposition(w, t)) return;
  if (deed && (a->flags & (AGENT_FORCE | AGENT_WEAK) || !doer(w, t))) return;
  if (a->flags & AGENT_WEAK && !owned(w, t) && !acts(w, t)) return;
  if (w->agent[t].last > 0 && k->head[t] != NONE && w->agent[t].last <= k->head[t] && k->head[t] < t && u != UPOS_PROPN)
    return;
  nominal(w, t, row, plural || deed);
}

static void pronoun_at(struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (k->upos[t] != UPOS_PRON || k->deprel[t] == DEPREL_EXPL) return;
  const struct kb_word *p = kb_word(w->kb, k->norm[t]);
  if (!p || !(p->classes & WORD_PRONOUN)) return;
  struct seen *s = work_seen(w, t, 1, MENTION_PRONOUN);
  if (!s) return;
  s->gender = p->gender;
  s->plural = p->plural;
  s->possessive = k->xpos[t] == XPOS_PRPS;
}

/* ---- what the tree says of a mention */

static void land_add(const struct work *w, struct seen *s, uint32_t land) {
  if (land == NONE) return;
  if (s->land == NONE) s->land = land, s->lands = 1;
  else if (memcmp(w->kb->states.at[s->land].iso3, w->kb->states.at[land].iso3, 4)) s->lands++;
}

static uint32_t land_of_place(const struct work *w, uint32_t t) {
  uint32_t p = w->d->tokens.place[t];
  if (p == NONE || !w->d->places.at[p].country[0]) return NONE;
  return kb_state_find(w->kb, w->d->places.at[p].country);
}

/* Seen that stands at a token or right below it ("Beirut's mayor": none). */
static uint32_t seen_at(const struct work *w, uint32_t t) { return w->at[t]; }

static void modifiers_read(struct work *w, uint32_t index) {
  struct seen *s = &w->seen.at[index];
  const struct tokens *k = &w->d->tokens;
  uint32_t from = NONE;
  TREE_EACH(w->d, c, s->head) {
    uint32_t other = seen_at(w, c);
    uint8_t rel = k->deprel[c];
    bool left =
        c < s->head && (rel == DEPREL_AMOD || rel == DEPREL_COMPOUND || rel == DEPREL_NMOD_DESC || rel == DEPREL_NMOD);
    if (other == index) continue;
    if (left && other == NONE) { /* "the rebel FDLR force": modifiers of modifiers */
      TREE_EACH(w->d, g, c)
      if (seen_at(w, g) != NONE && w->seen.at[seen_at(w, g)].modifier && w->seen.at[seen_at(w, g)].state != NONE)
        land_add(w, s, w->seen.at[seen_at(w, g)].state);
      continue;
    }
    if (left || rel == DEPREL_NMOD_POSS) {
      if (other == NONE) continue;
      struct seen *o = &w->seen.at[other];
      if (o->kind == ACTOR_STATE || o->type == MENTION_DEMONYM) land_add(w, s, o->land);
      if (o->kind != ACTOR_STATE || rel == DEPREL_NMOD_POSS) s->whose = other;
      o->modifier = true;
      o->possessive = rel == DEPREL_NMOD_POSS;
    } else if (universal(w, c) == DEPREL_NMOD && c > s->head) {
      sym prep = tree_case(w->d, c);
      if (!kb_word_is(w->kb, prep, WORD_WHOSE)) continue;
      bool in = str_is(doc_word(w->d, prep), "in") || str_is(doc_word(w->d, prep), "at") ||
                str_is(doc_word(w->d, prep), "within");
      if (other != NONE && (w->seen.at[other].kind == ACTOR_STATE || w->seen.at[other].type == MENTION_DEMONYM)) {
        if (!in) land_add(w, s, w->seen.at[other].land);
        else from = w->seen.at[other].land;
        for (uint32_t g = k->child[c]; g != NONE && !in; g = k->sibling[g])
          if (k->deprel[g] == DEPREL_CONJ && seen_at(w, g) != NONE) land_add(w, s, w->seen.at[seen_at(w, g)].land);
      } else if (other != NONE && s->whose == NONE && !in && w->seen.at[other].type != MENTION_PRONOUN)
        s->whose = other;
      else if (other == NONE && from == NONE) from = land_of_place(w, c);
    }
  }
  if (s->land == NONE && from != NONE) s->land = from, s->lands = 1; /* "police in Georgia" */
  if (s->lands > 1) s->land = NONE;
}

static bool compatible(const struct work *w, const struct seen *a, const struct seen *b) {
  if (a->type == MENTION_PRONOUN || b->type == MENTION_PRONOUN || a->plural != b->plural) {
    bool body = a->kind == ACTOR_GROUP || b->kind == ACTOR_GROUP || a->kind == ACTOR_ORGANIZATION ||
                b->kind == ACTOR_ORGANIZATION;
    if (!body || a->type == MENTION_PRONOUN || b->type == MENTION_PRONOUN) return false;
  }
  bool anybody =
      agent_flags(w, b->type == MENTION_NOMINAL ? b->agent : NONE) & AGENT_BESIDE; /* "an ally of", of bodies too */
  if (anybody) return a->kind != ACTOR_STATE;
  bool person_a = a->kind == ACTOR_PERSON, person_b = b->kind == ACTOR_PERSON;
  if (a->kind != ACTOR_COUNT && b->kind != ACTOR_COUNT && person_a != person_b) return false;
  return a->kind != ACTOR_STATE && b->kind != ACTOR_STATE;
}

static bool is_name(const struct seen *s) { return s->type == MENTION_NAME; }

void same_bind(struct work *w, uint32_t name, uint32_t noun) {
  struct seen *a = &w->seen.at[name], *b = &w->seen.at[noun];
  if (b->same != NONE || !compatible(w, a, b)) return;
  b->same = name;
  if (a->kind == ACTOR_COUNT) a->kind = b->kind, a->maybe_place = false;
  if (!a->gender) a->gender = b->gender;
}

/* "She was a judge and director", "became minister", "served as minister". */
static bool predicate(const struct work *w, const struct seen *s) {
  const struct tokens *k = &w->d->tokens;
  uint32_t t = s->head;
  for (int i = 0; i < 4 && k->deprel[t] == DEPREL_CONJ && k->head[t] != NONE; i++) t = k->head[t];
  if (tree_child(w->d, t, DEPREL_COP) != NONE || universal(w, t) == DEPREL_XCOMP) return true;
  return universal(w, t) == DEPREL_OBL && kb_word_is(w->kb, tree_case(w->d, t), WORD_CAPACITY);
}

/* "Karim Abi Ghanem, an ally of Harfouchi"; "the union's leader, Walid Khansaa"; "the Asaib militia"; "X is a militia". */
static void same_find(struct work *w, uint32_t index) {
  struct seen *s = &w->seen.at[index];
  const struct tokens *k = &w->d->tokens;
  uint32_t head = k->head[s->head];
  uint8_t rel = k->deprel[s->head];
  uint32_t chosen = chosen_name(w, s);
  if (chosen != NONE) {
    s->n -= w->agent[s->head].last - s->first;
    s->first = w->agent[s->head].last;
    s->whose = NONE;
    same_bind(w, chosen, index);
    return;
  }
  if (rel == DEPREL_APPOS && k->upos[k->left[s->head]] == UPOS_ADP)
    return; /* "a bodyguard of the senator X": no apposition */
  if (rel == DEPREL_APPOS && head != NONE && w->at[head] != NONE && w->at[head] != index) {
    uint32_t other = w->at[head];
    if (is_name(s) && !is_name(&w->seen.at[other])) same_bind(w, index, other);
    else if (!is_name(s) && s->type == MENTION_NOMINAL) same_bind(w, other, index);
    else if (is_name(s) && s->entity == NONE && s->n == 1 && w->seen.at[other].n > 1 &&
             k->flags[s->first] & TOKEN_UPPER_ALL)
      s->same = other;
    return;
  }
  if (s->type != MENTION_NOMINAL) return;
  s->predicate = predicate(w, s);
  if (rel == DEPREL_CONJ && head != NONE && w->at[head] != NONE && w->at[head] < w->seen.n) {
    const struct seen *o = &w->seen.at[w->at[head]]; /* "a former activist and intelligence chief" */
    bool told = o->type == MENTION_NOMINAL && !o->plural && !s->plural &&
                (universal(w, o->head) == DEPREL_APPOS || tree_child(w->d, o->head, DEPREL_COP) != NONE);
    if (told && o->same != NONE && s->whose != o->same) {
      if (!s->held && s->det == DET_NONE) s->held = o->held;
      same_bind(w, o->same, index);
      return;
    }
  }
  const struct kb_agent *a = work_agent(w, s->agent);
  if (a && !s->plural && a->flags & (AGENT_CLASS | AGENT_GENERIC) && a->kind != ACTOR_PERSON)
    TREE_EACH(w->d, c, s->head)
  if (c < s->head && k->deprel[c] != DEPREL_NMOD_POSS && w->at[c] != NONE && is_name(&w->seen.at[w->at[c]]) &&
      w->seen.at[w->at[c]].kind != ACTOR_STATE && w->seen.at[w->at[c]].kind != ACTOR_PERSON) {
    if (w->seen.at[w->at[c]].kind == ACTOR_COUNT) w->seen.at[w->at[c]].kind = a->kind;
    w->seen.at[w->at[c]].maybe_place = false;
    s->whose = NONE;
    s->same = w->at[c];
    return;
  }
  uint32_t cop = tree_child(w->d, s->head, DEPREL_COP), subject = tree_child(w->d, s->head, DEPREL_NSUBJ);
  if (cop == NONE || subject == NONE || w->at[subject] == NONE || w->at[subject] == index) return;
  const struct seen *who = &w->seen.at[w->at[subject]];
  bool he = who->type == MENTION_PRONOUN && (who->gender == GENDER_MALE || who->gender == GENDER_FEMALE);
  if (!he && !is_name(who)) return;
  TREE_EACH(w->d, c, s->head)
  if (k->deprel[c] == DEPREL_ADVMOD || k->deprel[c] == DEPREL_AUX || universal(w, c) == DEPREL_CASE)
    return; /* not, may, in */
  if (!he) same_bind(w, w->at[subject], index);
  else if (s->same == NONE && s->kind == ACTOR_PERSON && !s->plural)
    s->same = w->at[subject]; /* "He was a friend of" */
}

void nouns_find(struct work *w) {
  for (uint32_t t = 0; t < w->d->tokens.n && !w->failed; t++) {
    if (w->at[t] != NONE) continue;
    if (w->d->tokens.upos[t] == UPOS_PRON) pronoun_at(w, t);
    if (w->at[t] == NONE) noun_at(w, t);
  }
  for (uint32_t i = 0; i < w->seen.n; i++)
    if (w->seen.at[i].type != MENTION_PRONOUN) modifiers_read(w, i);
  for (uint32_t i = 0; i < w->seen.n; i++) same_find(w, i);
}
