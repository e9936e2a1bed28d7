/* code.c - composing codes, and giving every actor of a document its code, its state and its privacy.
 *
 * Order of evidence: what the text says of the actor (title, apposition, demonym), then the knowledge as of the article's
 * day, then what the article is about. Identity is link.c's. */
#include "actor/code.h"
#include "actor/actor_work.h"

bool code_has(const struct actor_code *code, const char *sector) {
  for (uint32_t i = 0; i < CODE_SECTORS; i++)
    if (!strcmp(code->sector[i], sector)) return true;
  return false;
}

void code_add(struct actor_code *code, const char *sector) {
  if (!sector[0] || code_has(code, sector)) return;
  for (uint32_t i = 0; i < CODE_SECTORS; i++)
    if (!code->sector[i][0]) {
      memcpy(code->sector[i], sector, 4);
      return;
    }
}

void code_add_first(struct actor_code *code, const char *sector) {
  struct actor_code old = *code;
  memset(code->sector, 0, sizeof code->sector);
  code_add(code, sector);
  for (uint32_t i = 0; i < CODE_SECTORS; i++) code_add(code, old.sector[i]);
}

bool code_is_state(const char *country) {
  static const char *const others[] = {"IGO", "UNO", "EUR", "NGO", "NGM", "IMG", "MNC", "INT", "ISM", "UIS"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (!strcmp(country, others[i])) return false;
  return country[0] != 0;
}

/* PLOVER sectors whose CAMEO role is written otherwise. */
static const char *cameo_role(const char *sector) {
  static const char *const pairs[][2] = {{"JRN", "MED"}, {"MED", "HLH"}, {"PRM", "REB"},
                                         {"PRE", "SEP"}, {"SOC", "CVL"}, {"UNK", ""}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (!strcmp(sector, pairs[i][0])) return pairs[i][1];
  return sector;
}

void code_compose(const struct actor_kb *kb, struct actor_code *code) {
  const char *country = code->country, *role = cameo_role(code->sector[0]);
  uint32_t state = country[0] ? kb_state_find(kb, country) : NONE;
  if (state != NONE) country = kb->states.at[state].cameo;
  memset(code->cameo, 0, sizeof code->cameo);
  if (!strcmp(country, "UNO")) memcpy(code->cameo, "IGOUNO", 6);
  else if (!strcmp(country, "EUR")) memcpy(code->cameo, "IGOEUREEC", 9);
  else if (country[0]) memcpy(code->cameo, country, 3);
  else if (role[0]) memcpy(code->cameo, "---", 3);
  size_t n = strlen(code->cameo);
  if (role[0] && n + 3 < sizeof code->cameo) memcpy(code->cameo + n, role, 3);
}

/* ---- of a document */

static void state_code(const struct work *w, uint32_t state, struct actor_code *out) {
  const struct kb_state *s = &w->kb->states.at[state];
  *out = (struct actor_code){0};
  memcpy(out->country, s->iso3, 4);
  if (s->breakaway) code_add(out, "PRE");
  code_compose(w->kb, out);
}

static uint32_t whose_actor(const struct work *w, const struct who *x) {
  return x->part_of_seen == NONE ? NONE : w->seen.at[x->part_of_seen].actor;
}

/* Sectors of a role noun; those of whom it belongs to where the noun has none ("the union's leader", "Hamas fighters"). */
static void role_sectors(const struct work *w, uint32_t agent, uint32_t whose, struct actor_code *out) {
  const struct kb_agent *a = &w->kb->agents.at[agent];
  const struct actor_code *of = whose == NONE ? NULL : &w->d->actors.at[whose].code;
  bool borrow = a->flags & (AGENT_RELATION | AGENT_MEMBER) && !(a->flags & AGENT_BESIDE) && of &&
                w->d->actors.at[whose].kind != ACTOR_STATE;
  bool own_first =
      a->sector[0][0] && !(a->flags & AGENT_MEMBER) && !(a->kind == ACTOR_PERSON && !strcmp(a->sector[0], "MIL"));
  if (borrow && !own_first)
    for (uint32_t i = 0; i < CODE_SECTORS; i++) code_add(out, of->sector[i]);
  if (!(borrow && !own_first && out->sector[0][0]))
    for (uint32_t i = 0; i < CODE_SECTORS; i++) code_add(out, a->sector[i]);
  if (!out->sector[0][0] && a->flags & AGENT_RELATION && whose != NONE && w->d->actors.at[whose].kind == ACTOR_STATE)
    code_add(out, "GOV");
}

static void country_set(struct actor_code *code, const char *country) {
  if (!code->country[0]) memcpy(code->country, country, 4);
}

static bool focus_strong(const struct work *w) { return w->focus != NONE && w->focus_weight * 2 >= w->land_weight; }

/* Country of an actor that the text or its owner tells; else, for what a state has, that of the sentence or the article. */
static void country_find(const struct work *w, uint32_t actor, bool national, struct actor_code *out) {
  const struct who *x = &w->who.at[actor];
  uint32_t whose = whose_actor(w, x);
  if (x->land != NONE) country_set(out, w->kb->states.at[x->land].iso3);
  if (whose != NONE && w->d->actors.at[whose].code.country[0]) country_set(out, w->d->actors.at[whose].code.country);
  for (uint32_t p = x->parts, i = 0; p && i < 16; p = w->parts.at[p - 1].next, i++) {
    uint32_t other = w->parts.at[p - 1].whose_actor;
    if (other != NONE && w->d->actors.at[other].code.country[0]) country_set(out, w->d->actors.at[other].code.country);
  }
  if (out->country[0] || !national) return;
  uint32_t local = w->sentence_land[w->seen.at[x->first_seen].sentence];
  if (local != NONE) country_set(out, w->kb->states.at[local].iso3);
  else if (w->focus != NONE && w->focus_weight * 3 >= w->land_weight) country_set(out, w->kb->states.at[w->focus].iso3);
}

static bool public_sector(const char *s) {
  return s[0] && strcmp(s, "CVL") != 0 && strcmp(s, "UNK") != 0 && strcmp(s, "REF") != 0;
}

/* Code of a person from the roles that the text gives, the latest first; HELD_PAST gives ELI and keeps what he was. */
static bool person_roles(const struct work *w, uint32_t actor, struct actor_code *out, bool *national,
                         str *private_role, uint8_t *basis) {
  const struct who *x = &w->who.at[actor];
  struct actor_code past = {0};
  bool open = false, ended = false;
  for (uint32_t p = x->parts, i = 0; p && i < 16; p = w->parts.at[p - 1].next, i++) {
    const struct part *part = &w->parts.at[p - 1];
    const struct kb_agent *a = &w->kb->agents.at[part->agent];
    if (a->flags & AGENT_PRIVATE) {
      if (!private_role->n) *private_role = kb_str(w->kb, a->phrase);
      if (!(a->sector[0][0] && public_sector(a->sector[0])) || part->held == HELD_PAST) continue;
    } else open = true;
    if (part->held == HELD_PAST) {
      role_sectors(w, part->agent, part->whose_actor, &past);
      ended |= a->flags & (AGENT_TITLE | AGENT_NATIONAL) ? true : false;
    } else role_sectors(w, part->agent, part->whose_actor, out);
    bool office = a->flags & AGENT_NATIONAL || (!strcmp(a->sector[0], "GOV") && part->held != HELD_PAST);
    *national |= office && !(a->flags & AGENT_ABROAD);
    *basis = a->flags & AGENT_TITLE ? BASIS_TITLE : BASIS_TEXT;
  }
  if (!out->sector[0][0] && past.sector[0][0]) {
    if (ended) code_add(out, "ELI");
    for (uint32_t i = 0; i < CODE_SECTORS; i++) code_add(out, past.sector[i]);
  }
  return open;
}

static void entity_code(const struct work *w, uint32_t actor, struct actor *a) {
  const struct who *x = &w->who.at[actor];
  const struct kb_entity *e = &w->kb->entities.at[x->entity];
  bool past, national = false;
  const struct kb_spell *spell = kb_spell_on(w->kb, e, w->d->date, &past);
  a->known = true;
  a->kb_id = kb_str(w->kb, e->id);
  a->kind = e->kind;
  a->basis = BASIS_LIST;
  if (spell) a->code = spell->code;
  if (spell && past && e->kind == ACTOR_PERSON) {
    memset(a->code.cameo, 0, sizeof a->code.cameo);
    if (code_is_state(a->code.country)) code_add_first(&a->code, "ELI");
  }
  if (e->kind == ACTOR_PERSON && x->parts) { /* the text knows better than a stale list */
    struct actor_code told = {0};
    str unused = {"", 0};
    uint8_t basis = BASIS_NONE;
    person_roles(w, actor, &told, &national, &unused, &basis);
    bool news = told.sector[0][0] && !code_has(&a->code, told.sector[0]) &&
                (x->land != NONE || national || !strcmp(told.sector[0], "ELI"));
    if (news) {
      memcpy(a->code.sector, told.sector, sizeof told.sector);
      memset(a->code.cameo, 0, sizeof a->code.cameo);
      a->basis = basis;
    } else if (told.sector[0][0] && past && spell && strcmp(told.sector[0], "ELI") != 0 &&
               code_has(&spell->code, told.sector[0])) {
      a->code = spell->code;
      a->basis = basis;
    }
  }
  if (!a->code.cameo[0]) code_compose(w->kb, &a->code);
}

static void name_sectors(const struct work *w, uint32_t actor, struct actor_code *out) {
  const struct who *x = &w->who.at[actor];
  const struct seen *s = &w->seen.at[x->best];
  if (s->type != MENTION_NAME) return;
  for (uint32_t i = s->n_pieces; i-- > 0;) {
    const struct kb_word *k = kb_word(w->kb, w->piece[s->piece + i]);
    if (k && k->classes & (WORD_BODY | WORD_GROUP)) {
      code_add(out, k->sector);
      if (i + 1 < s->n_pieces && !out->sector[0][0]) continue;
      return;
    }
  }
}

/* An unknown body that fights, or has commanders and brigades, bears arms: REB unless the text calls it a militia. */
static void armed_sectors(const struct work *w, uint32_t actor, struct actor_code *out) {
  if (!w->who.at[actor].armed || code_has(out, "GOV") || code_has(out, "COP") || code_has(out, "PRM") ||
      code_has(out, "REB") || code_has(out, "UAF") || code_has(out, "CRM"))
    return;
  const struct seen *s = &w->seen.at[w->who.at[actor].best];
  const struct kb_word *last = s->n_pieces ? kb_word(w->kb, w->piece[s->piece + s->n_pieces - 1]) : NULL;
  if (code_has(out, "MIL") && last && !(last->classes & WORD_GROUP))
    return; /* a regular formation: "Airborne Division" */
  struct actor_code old = *out;
  memset(out->sector, 0, sizeof out->sector);
  code_add(out, "REB");
  for (uint32_t i = 0; i < CODE_SECTORS; i++)
    if (strcmp(old.sector[i], "LAB") != 0) code_add(out, old.sector[i]);
}

static void other_code(const struct work *w, uint32_t actor, struct actor *a) {
  const struct who *x = &w->who.at[actor];
  bool person = a->kind == ACTOR_PERSON || a->kind == ACTOR_PEOPLE, national = false, open = false;
  str private_role = {"", 0};
  a->basis = BASIS_TEXT;
  if (person) {
    uint8_t basis = BASIS_TEXT;
    open = person_roles(w, actor, &a->code, &national, &private_role, &basis);
    a->basis = basis;
    const struct kb_agent *noun = work_agent(w, x->agent);
    if (noun && noun->flags & AGENT_PRIVATE && !x->named)
      for (uint32_t i = 0; i < CODE_SECTORS; i++) code_add(&a->code, noun->sector[i]);
  } else {
    for (uint32_t p = x->parts, i = 0; p && i < 16; p = w->parts.at[p - 1].next, i++) {
      const struct kb_agent *g = &w->kb->agents.at[w->parts.at[p - 1].agent];
      if (x->named && !g->sector[0][0]) continue;
      role_sectors(w, w->parts.at[p - 1].agent, w->parts.at[p - 1].whose_actor, &a->code);
      national |= g->flags & AGENT_NATIONAL ? true : false;
    }
    if (!a->code.sector[0][0]) name_sectors(w, actor, &a->code);
    if (x->named) armed_sectors(w, actor, &a->code);
  }
  bool force = x->agent != NONE && w->kb->agents.at[x->agent].flags & AGENT_FORCE;
  uint32_t whose = whose_actor(w, x);
  if (!a->code.sector[0][0] && whose != NONE && (force || person) && w->d->actors.at[whose].kind != ACTOR_STATE)
    for (uint32_t i = 0; i < CODE_SECTORS; i++) code_add(&a->code, w->d->actors.at[whose].code.sector[i]);
  bool local_group = x->named && !person && focus_strong(w);
  country_find(w, actor, national || local_group, &a->code);
  a->is_private = person && !open && (whose == NONE || private_role.n) &&
                  !(a->code.sector[0][0] && public_sector(a->code.sector[0]) && !private_role.n);
  if (x->agent == NONE && !x->named && a->kind == ACTOR_PEOPLE) a->is_private = true;
  if (a->is_private) {
    a->role_word = private_role.n ? private_role : a->kind == ACTOR_PERSON ? STR("person") : STR("people");
    if (!a->code.sector[0][0] && !x->named) code_add(&a->code, "CVL");
  }
  if (a->code.country[0] || a->code.sector[0][0]) code_compose(w->kb, &a->code);
}

static void fill_one(struct work *w, uint32_t actor, uint8_t *done, int depth) {
  if (done[actor] || depth > 8) return;
  done[actor] = 1;
  struct who *x = &w->who.at[actor];
  uint32_t whose = whose_actor(w, x);
  if (whose != NONE) fill_one(w, whose, done, depth + 1);
  for (uint32_t p = x->parts, i = 0; p && i < 16; p = w->parts.at[p - 1].next, i++)
    if (w->parts.at[p - 1].whose_actor != NONE) fill_one(w, w->parts.at[p - 1].whose_actor, done, depth + 1);
  struct actor *a = &w->d->actors.at[actor];
  if (x->state != NONE) {
    a->known = true;
    a->basis = BASIS_LIST;
    state_code(w, x->state, &a->code);
  } else if (x->entity != NONE) entity_code(w, actor, a);
  else other_code(w, actor, a);
}

/* Bodies that have fighters, or that fight by the verbs of the text. */
static void armed_find(struct work *w) {
  const struct tokens *k = &w->d->tokens;
  for (uint32_t i = 0; i < w->seen.n; i++) {
    const struct seen *s = &w->seen.at[i];
    if (s->actor == NONE) continue;
    struct who *x = &w->who.at[s->actor];
    uint32_t whose = s->whose == NONE ? NONE : w->seen.at[s->whose].actor;
    const struct kb_agent *a = work_agent(w, s->agent);
    if (a && whose != NONE && s->held != HELD_PAST) {
      const char *sector = a->sector[0];
      if (!strcmp(sector, "MIL") || !strcmp(sector, "REB") || !strcmp(sector, "PRM") || !strcmp(sector, "UAF"))
        w->who.at[whose].armed = true;
    }
    uint32_t verb = k->head[s->head];
    uint8_t role = work_role(w, s->head);
    if (verb != NONE && s->type == MENTION_NAME && (role == DEPREL_NSUBJ || k->deprel[s->head] == DEPREL_OBL_AGENT) &&
        kb_word_is(w->kb, k->lemma[verb], WORD_ARMED) && k->deprel[s->head] != DEPREL_NSUBJ_PASS)
      x->armed = true;
  }
}

static uint32_t state_actor(const struct work *w, const uint32_t *of_state, const char *country) {
  uint32_t row = country[0] ? kb_state_find(w->kb, country) : NONE;
  return row == NONE || !of_state[row] ? NONE : of_state[row] - 1;
}

void codes_fill(struct work *w) {
  struct doc *d = w->d;
  uint8_t *done = ARENA_ARRAY(w->memory, uint8_t, d->actors.n + 1);
  uint32_t *of_state = ARENA_ARRAY(w->memory, uint32_t, w->kb->states.n + 1);
  if (!done || !of_state) {
    w->failed = true;
    return;
  }
  armed_find(w);
  for (uint32_t i = 0; i < d->actors.n; i++) {
    fill_one(w, i, done, 0);
    uint32_t row = w->who.at[i].state == NONE ? NONE : kb_state_find(w->kb, w->kb->states.at[w->who.at[i].state].iso3);
    if (row != NONE && !of_state[row]) of_state[row] = i + 1;
  }
  for (uint32_t i = 0; i < d->actors.n; i++) {
    struct actor *a = &d->actors.at[i];
    uint32_t whose = whose_actor(w, &w->who.at[i]);
    if (a->kind == ACTOR_STATE) continue;
    if (whose != NONE && whose != i && d->actors.at[whose].kind != ACTOR_PERSON &&
        d->actors.at[whose].kind != ACTOR_PEOPLE)
      a->part_of = whose;
    else a->part_of = state_actor(w, of_state, a->code.country);
  }
}
