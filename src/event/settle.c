/* settle.c - what row an act becomes: the type of announcements by what they announce, of ends by what ends, the mode of a
 * speech act by its content; and one row for each thing that a speech act speaks of. */
#include "event/act.h"

static uint8_t type_named(const struct acts *a, const char *name) {
  return ontology_type(a->g.rules->ontology, str_of(name));
}

static void set_cameo(struct act *x, const char *code) {
  size_t n = strlen(code);
  if (!n || n >= sizeof x->cameo) return;
  memset(x->cameo, 0, sizeof x->cameo);
  memcpy(x->cameo, code, n);
}

static void drop(struct act *x, const char *why) {
  x->drop = true;
  x->why = why;
}

static void add_others(struct actors *to, const struct actors *from, const struct actors *but) {
  for (uint8_t i = 0; i < from->n; i++)
    if (!actors_has(but, from->row[i])) actors_add(to, from->row[i], from->token[i]);
}

/* Gives the act a speech act's type, mode and code by its content. */
static void speak(struct acts *a, struct act *x, uint8_t type) {
  const struct ontology *o = a->g.rules->ontology;
  char content[6];
  const struct act *c = x->content != NONE ? &a->at[x->content] : NULL;
  memcpy(content, c && x != c ? c->cameo : x->cameo, sizeof content);
  if (x->flags & RULE_ULTIMATUM) return; /* what it asks for is no threat; what it threatens stands in the demand */
  if (x->type != type || !x->mode) x->mode = ontology_speech_mode(o, type, x->content_type, x->content_mode);
  bool fresh = x->type != type;
  x->type = type;
  const char *code = ontology_speech_cameo(o, type, str_of(x->cameo), str_of(content));
  if (fresh || strlen(code) > strlen(x->cameo) || x->cameo[2] == '0') set_cameo(x, code);
}

/* The actor says that he will (not) do an act of the content's type. */
static void announce(struct acts *a, struct act *x, bool negated) {
  const struct ontology *o = a->g.rules->ontology;
  uint8_t content = x->content_type, type = ontology_type_row(o, content)->announced;
  if (ontology_hostile(o, content)) type = negated ? type_named(a, "CONCEDE") : type;
  else if (negated) type = type_named(a, "REJECT");
  else if (x->type == type_named(a, "AGREE"))
    type = x->type; /* CAMEO 035: "agreed, is ready to withdraw" agrees to yield */
  if (!type) {
    drop(x, "an announcement of this is no event");
    return;
  }
  speak(a, x, type);
  x->content_status = negated ? STATUS_NEGATED : ontology_hostile(o, content) ? STATUS_THREATENED : STATUS_PLANNED;
}

/* "called off the talks": the row is the end; of talks that merely ended, the talks. */
static void settle_end(struct acts *a, struct act *x) {
  const struct ontology *o = a->g.rules->ontology;
  uint8_t mode, ended = ontology_ended(o, x->type, x->mode, &mode);
  if (!ended || (x->ending == EFFECT_ENDED && !ontology_hostile(o, x->type) && x->type != type_named(a, "AID"))) return;
  x->content_type = x->type;
  x->content_mode = x->mode;
  x->content_status = STATUS_NEGATED;
  x->content_head = x->token;
  x->type = ended;
  x->mode = mode;
  const char *code = "";
  if (ended == type_named(a, "REJECT")) code = "125";
  if (code[0]) set_cameo(x, code);
  else memset(x->cameo, 0, sizeof x->cameo);
}

/* The type of a speech act by its first content. */
static void settle_content(struct acts *a, struct act *x) {
  const struct act *c = x->content != NONE ? &a->at[x->content] : NULL;
  if (c) {
    x->content_type = c->type;
    x->content_mode = c->mode;
    x->content_head = c->token;
    x->content_status = c->status == STATUS_NEGATED ? STATUS_NEGATED : 0;
    if (!x->content_status) {
      bool ask = x->type == type_named(a, "REQUEST") || (x->flags & RULE_ULTIMATUM),
           no = x->type == type_named(a, "REJECT");
      x->content_status = ask                                    ? STATUS_REQUESTED
                          : no                                   ? STATUS_NEGATED
                          : x->type == type_named(a, "THREATEN") ? STATUS_THREATENED
                                                                 : STATUS_PLANNED;
    }
    x->contexts |= c->contexts;
  }
  if (x->flags & RULE_ANNOUNCE) {
    x->flags &= (uint16_t)~RULE_ANNOUNCE;
    if (c) announce(a, x, c->status == STATUS_NEGATED);
    else if (!x->type) drop(x, "announces nothing that the codebook knows");
  } else if (c) speak(a, x, x->type);
  if ((x->flags & RULE_NEEDS_CONTENT) && !c) drop(x, "speaks of no act");
}

/* Who the frame's speaker is to the act: its doer, by himself or by one who speaks for him. */
static bool speaks_for(const struct acts *a, const struct act *x, const struct speech *s) {
  return actors_related(a, &x->actor, s->speaker);
}

/* Of a threat under a condition: nothing says that the speaker is of another side ("..., the army will storm it, a minister warned"). */
static bool may_speak_for(const struct acts *a, const struct act *x, const struct speech *s) {
  if (s->speaker == NONE || !x->actor.n) return false;
  const struct actor *p = &a->d->actors.at[s->speaker], *q = &a->d->actors.at[x->actor.row[0]];
  return p->kind != ACTOR_STATE && !strcmp(p->code.country, q->code.country) &&
         (p->code.country[0] || strcmp(p->code.sector[0], q->code.sector[0]) != 0);
}

/* "X said it would", "X will": the saying is the event. */
static void settle_future(struct acts *a, struct act *x) {
  const struct ontology *o = a->g.rules->ontology;
  const struct speech *s = x->n_speech ? &a->speech[x->speech[0]] : NULL;
  bool own = s && speaks_for(a, x, s), negated = x->status == STATUS_NEGATED;
  if (x->question || x->holder != NONE || (x->status != STATUS_ACTUAL && !negated)) return;
  if (x->doubtful_noun || x->historical) return;
  bool hostile = ontology_hostile(o, x->type), condition = x->condition != NONE;
  bool agentless = !x->actor.n && s && s->speaker != NONE;
  if (s && (s->rumour || s->denial || s->hypothetical)) return;
  x->content_type = x->type;
  x->content_mode = x->mode;
  x->content_head = x->token;
  if (hostile ? own || (condition && (!s || may_speak_for(a, x, s))) || (agentless && condition)
              : !agentless && x->actor.n) {
    if (hostile && agentless) actors_add(&x->actor, s->speaker, s->speaker_token);
    x->status = STATUS_ACTUAL;
    announce(a, x, negated);
    x->own_speech = own || agentless;
  } else if (!negated) {
    x->status = condition ? STATUS_HYPOTHETICAL : STATUS_PLANNED;
    x->content_type = 0;
    x->content_head = NONE;
  }
}

/* "must", "should" said by somebody to somebody else is a request. */
static void settle_duty(struct acts *a, struct act *x) {
  const struct speech *s = x->n_speech ? &a->speech[x->speech[0]] : NULL;
  if (x->holder != NONE || (x->status != STATUS_ACTUAL && x->status != STATUS_NEGATED)) return;
  if (!s || s->speaker == NONE || speaks_for(a, x, s) || s->rumour || s->hypothetical) {
    x->status = STATUS_HYPOTHETICAL;
    return;
  }
  x->content_type = x->type;
  x->content_mode = x->mode;
  x->content_head = x->token;
  x->recipient = x->actor;
  x->actor.n = 0;
  actors_add(&x->actor, s->speaker, s->speaker_token);
  if (!x->recipient.n) actors_told(a, s, &x->recipient);
  speak(a, x, type_named(a, "REQUEST"));
  x->content_status = x->status == STATUS_NEGATED ? STATUS_NEGATED : STATUS_REQUESTED;
  x->status = STATUS_ACTUAL;
  x->own_speech = true;
  x->flags |= RULE_DEMAND;
}

/* Whoever has it in hand to avert the threat: the subject of "unless Ketland pays". */
static void recipient_of_condition(struct acts *a, struct act *x) {
  if (x->recipient.n || x->condition == NONE || x->type != type_named(a, "THREATEN")) return;
  uint32_t s = subject_of(a->g, x->condition);
  struct actors who = {0};
  if (s != NONE) actors_of_phrase(a, s, true, &who);
  add_others(&x->recipient, &who, &x->actor);
}

/* "demanded that the cabinet (do something that no rule names)": the one who is to do it. */
static void recipient_of_clause(struct acts *a, struct act *x) {
  const struct slot_fill *f = &x->rule->slot[SLOT_CONTENT];
  if (x->recipient.n || !(x->flags & (RULE_DEMAND | RULE_ULTIMATUM))) return;
  for (uint8_t i = 0; i < f->n && !x->recipient.n; i++) {
    uint8_t k = frame_find(&x->frame, f->from[i], 0);
    if (k >= x->frame.n || !token_verbal(a->d, x->frame.arg[k].head)) continue;
    uint32_t s = subject_of(a->g, x->frame.arg[k].head);
    struct actors who = {0};
    if (s != NONE) actors_of_phrase(a, s, false, &who);
    add_others(&x->recipient, &who, &x->actor);
  }
}

/* What a speech act does not say of its own, its content does: whom a threat would hit, of whom a thing is asked. */
static void borrow_parties(struct acts *a, struct act *x) {
  const struct act *c = x->content != NONE ? &a->at[x->content] : NULL;
  if (!c) return;
  uint8_t request = type_named(a, "REQUEST");
  if (!x->recipient.n && (x->type == request || x->flags & RULE_ULTIMATUM)) {
    add_others(&x->recipient, &c->actor, &x->actor);
  } else if (!x->recipient.n) {
    add_others(&x->recipient, &c->recipient, &x->actor);
    if (c->reciprocal) add_others(&x->recipient, &c->actor, &x->actor);
  }
  if (x->object == NONE) x->object = c->object;
}

static bool settle(struct acts *a, uint32_t i, int depth);

/* "did not rule out strikes": no refusal; what is left open is possible. */
static void leave_open(struct acts *a, struct act *x) {
  if (x->status != STATUS_NEGATED || !token_is(a->g.rules, a->d, x->token, GRAMMAR_RULED_OUT)) return;
  for (uint32_t c = x->first_held; c != NONE; c = a->at[c].next_held) {
    struct act *y = &a->at[c];
    y->holder = NONE;
    y->status = STATUS_HYPOTHETICAL;
    if (!y->actor.n) y->actor = x->actor;
  }
  x->first_held = NONE;
  drop(x, "left open, not refused");
}

/* One row for each thing spoken of: "threatened to close the embassy and strike at the militias". */
static bool split(struct acts *a, uint32_t i) {
  uint32_t first = a->at[i].first_held;
  for (uint32_t c = first == NONE ? NONE : a->at[first].next_held; c != NONE; c = a->at[c].next_held) {
    const struct act *p = &a->at[first], *q = &a->at[c];
    if (q->drop || (p->type == q->type && p->mode == q->mode && p->recipient.n && q->recipient.n &&
                    p->recipient.row[0] == q->recipient.row[0]))
      continue;
    if (p->drop) {
      a->at[i].content = c;
      continue;
    }
    struct act *x = acts_add(a);
    if (!x) return false;
    *x = a->at[i];
    x->content = c;
    x->first_held = x->next_held = NONE;
    x->settled = true;
    settle_content(a, x);
    borrow_parties(a, x);
  }
  return true;
}

static bool settle(struct acts *a, uint32_t i, int depth) {
  struct act *x = &a->at[i];
  if (x->settled || depth > 8) return true;
  x->settled = true;
  for (uint32_t c = x->first_held; c != NONE; c = a->at[c].next_held)
    if (!settle(a, c, depth + 1)) return false;
  x = &a->at[i];
  leave_open(a, x);
  x->content = x->first_held;
  if (x->content != NONE && !split(a, i)) return false;
  x = &a->at[i];
  if (x->ending) settle_end(a, x);
  settle_content(a, x);
  borrow_parties(a, x);
  recipient_of_clause(a, x);
  if (x->content != NONE && x->condition == NONE && x->type == type_named(a, "THREATEN"))
    x->condition = a->at[x->content].condition; /* "threatened to kill him if" */
  if (x->drop) return true;
  if (x->duty) settle_duty(a, x);
  else if (x->future) settle_future(a, x);
  recipient_of_condition(a, x);
  return true;
}

/* Who alleges is no doer of what he alleges; the accused is. */
static void settle_claim(struct acts *a, struct act *x) {
  struct act *c = &a->at[x->claimer];
  if (!x->actor.n) x->actor = c->recipient;
  else if (!c->recipient.n &&
           c->type == type_named(a, "ACCUSE")) /* "complained that the state had detained him": of the state */
    add_others(&c->recipient, &x->actor, &c->actor);
}

/* A purpose of the same kind is told twice: "marched to protest". */
static void drop_echo(struct acts *a, struct act *x) {
  uint32_t up = a->d->tokens.head[x->token];
  if (up == NONE || a->of_token[up] == NONE || a->d->tokens.deprel[x->token] == DEPREL_CONJ) return;
  struct act *h = &a->at[a->of_token[up]];
  uint8_t rel = a->d->tokens.deprel[x->token];
  if (h->type != x->type || x->holder != NONE || h == x) return;
  bool purpose = rel == DEPREL_ADVCL || rel == DEPREL_XCOMP,
       phrase = rel == DEPREL_OBL || rel == DEPREL_NSUBJ || rel == DEPREL_OBJ || rel == DEPREL_NMOD;
  if (purpose && x->status != STATUS_ACTUAL) drop(x, "the same act as the verb it is the purpose of");
  else if (phrase && !h->drop && h->status == x->status) {
    if (!h->actor.n) h->actor = x->actor;
    if (!h->recipient.n) h->recipient = x->recipient;
    if (!h->mode) h->mode = x->mode;
    drop(x, "the same act as the verb above it");
  }
}

/* Does the condition name the word itself, by word or class? */
static bool condition_names(const struct acts *a, const struct condition *c, uint32_t t) {
  for (uint16_t i = 0; i < c->n; i++) {
    const struct pick *p = &a->g.rules->pick[c->first + i];
    if (p->kind == PICK_WORD || p->kind == PICK_CLASS) {
      struct condition one = {.at = c->at, .first = (uint16_t)(c->first + i), .n = 1};
      if (picks_fit(a->g, &one, t)) return true;
    }
  }
  return false;
}

/* An event noun that a rule of the verb above it names ("lift the ban", "set fire to", "withdrew their threat"): the verb's row tells
 * it. What speech is about ("condemned the raid") stays. */
static void drop_consumed(struct acts *a, struct act *x) {
  const struct rules *r = a->g.rules;
  if (x->rule->pos != POS_VERB) return;
  bool verbal = ontology_quad(r->ontology, x->type) == 1 || ontology_quad(r->ontology, x->type) == 3;
  for (uint16_t i = 0; i < x->rule->n_conditions; i++) {
    const struct condition *c = &r->condition[x->rule->first_condition + i];
    if (c->forbidden || c->at.func != FUNC_OBJ) continue;
    for (uint8_t k = frame_find(&x->frame, c->at, 0); k < x->frame.n; k = frame_find(&x->frame, c->at, k + 1u)) {
      uint32_t y = a->of_token[x->frame.arg[k].head];
      if (y == NONE || a->at[y].rule->pos != POS_NOUN || a->at[y].holder != NONE || a->at[y].claimer != NONE) continue;
      if (verbal && ontology_quad(r->ontology, a->at[y].type) == 4) continue;
      if (!condition_names(a, c, x->frame.arg[k].head)) continue;
      drop(&a->at[y], "named by the rule of the verb above it");
      if (!x->recipient.n && !x->reciprocal) add_others(&x->recipient, &a->at[y].recipient, &x->actor);
    }
  }
}

/* A kind of act, not one: a bare noun without parties, time or place ("roots in kidnapping and extortion"). */
static bool mere_kind(const struct acts *a, const struct act *x) {
  const struct tokens *t = &a->d->tokens;
  if (x->rule->pos != POS_NOUN || x->actor.n || x->recipient.n || x->object != NONE || x->ending || x->historical)
    return false;
  TREE_EACH(a->d, c, x->token) {
    uint8_t r = deprel_universal(t->deprel[c]);
    if (r == DEPREL_DET || r == DEPREL_NUMMOD || r == DEPREL_NMOD || t->timex[c] != NONE || t->place[c] != NONE)
      return false;
  }
  uint32_t up = t->head[x->token];
  if (t->deprel[x->token] == DEPREL_NSUBJ || t->deprel[x->token] == DEPREL_NSUBJ_PASS) return false;
  const struct governor *g = governor_above(a->g, x->token);
  return !(up != NONE && g &&
           (g->effect == EFFECT_SUPPORT || g->effect == EFFECT_HAPPEN || g->effect == EFFECT_SUFFER));
}

/* "eased restrictions": the verb by itself has told the end of what its object names. */
static bool end_told(const struct acts *a, const struct act *x) {
  uint32_t v = x->ending ? a->of_token[x->ender] : NONE;
  return v != NONE && !a->at[v].drop && a->at[v].token == x->ender && a->at[v].rule->pos == POS_VERB;
}

/* "the banned movement", "an occupied town": what somebody is, not what was done now. */
static bool mere_epithet(const struct acts *a, const struct act *x) {
  return a->d->tokens.deprel[x->token] == DEPREL_AMOD && token_verbal(a->d, x->token) && !x->actor.n &&
         x->status == STATUS_ACTUAL;
}

/* "Asked whether the government had negotiated": a question, no request. */
static bool mere_question(const struct acts *a, const struct act *x) {
  if (x->type != type_named(a, "REQUEST") || x->content_head != NONE) return false;
  for (uint32_t i = 0; i < a->n_speech; i++)
    if (a->speech[i].cue == x->token) return a->speech[i].hypothetical && a->speech[i].stance == STANCE_DOUBTS;
  return false;
}

/* "Two were killed when the brigade attacked a post": whoever attacked killed them. */
static void agent_of_clause(struct acts *a, struct act *x) {
  if (x->actor.n || x->drop || x->rule->pos != POS_VERB || ontology_quad(a->g.rules->ontology, x->type) != 4) return;
  uint32_t v = x->token;
  for (int i = 0; i < 3 && a->d->tokens.deprel[v] == DEPREL_CONJ; i++) v = a->d->tokens.head[v];
  for (int i = 0; i < 2; i++) TREE_EACH(a->d, c, i ? v : x->token) {
      uint32_t k = a->of_token[c];
      if (a->d->tokens.deprel[c] != DEPREL_ADVCL || k == NONE) continue;
      const struct act *y = &a->at[k];
      bool when = false;
      TREE_EACH(a->d, m, c) when |= m < c && token_is(a->g.rules, a->d, m, GRAMMAR_TIME_MARK);
      if (when && y->type == x->type && y->status == STATUS_ACTUAL &&
          !actors_has(&y->actor, x->recipient.n ? x->recipient.row[0] : NONE)) {
        x->actor = y->actor;
        return;
      }
    }
}

/* "The storm threatened rain", "the engine refused to start": a plain thing is the subject of what only somebody can do. */
static bool done_by_thing(const struct acts *a, const struct act *x) {
  const struct tokens *t = &a->d->tokens;
  uint8_t quad = ontology_quad(a->g.rules->ontology, x->type);
  if (x->rule->pos != POS_VERB || (quad != 1 && quad != 3) || x->actor.n || x->n_speech) return false;
  uint8_t k = frame_find(&x->frame, (struct func_ref){.func = FUNC_SUBJ}, 0);
  if (k == x->frame.n) return false;
  uint32_t s = x->frame.arg[k].head;
  return t->upos[s] == UPOS_NOUN && t->xpos[s] == XPOS_NN && t->mention[s] == NONE && a->cover[s] == NONE &&
         a->of_token[s] == NONE && !token_is(a->g.rules, a->d, s, GRAMMAR_GROUPING) &&
         !token_is(a->g.rules, a->d, s, GRAMMAR_WRITING);
}

static void judge(struct acts *a, struct act *x) {
  if (x->drop) return;
  if (end_told(a, x)) drop(x, "the end that the verb above tells");
  else if (done_by_thing(a, x)) drop(x, "done by a thing: a figure of speech");
  else if (mere_epithet(a, x)) drop(x, "an epithet, not an act told");
  else if (x->holder != NONE) drop(x, "content of a speech act");
  else if (mere_question(a, x)) drop(x, "a question, no request");
  else if (x->aside) drop(x, "a topic, not an act told");
  else if (mere_kind(a, x)) drop(x, "a kind of act, not one that is told");
  else if (x->doubtful_noun) drop(x, "an indefinite noun in something that did not happen");
}

bool acts_settle(struct acts *a, struct err *e) {
  for (uint32_t i = a->n; i-- > 0;) { /* backwards, so that lists are in text order */
    uint32_t h = a->at[i].holder;
    if (h == NONE || h == i) continue;
    a->at[i].next_held = a->at[h].first_held;
    a->at[h].first_held = i;
  }
  uint32_t n = a->n;
  for (uint32_t i = 0; i < n; i++)
    if (a->at[i].claimer != NONE) settle_claim(a, &a->at[i]);
  for (uint32_t i = 0; i < n; i++)
    if (!settle(a, i, 0)) return err_set(e, ERR_NOMEM, "no memory for the events of a document");
  for (uint32_t i = 0; i < a->n; i++)
    if (!a->at[i].drop) drop_consumed(a, &a->at[i]);
  for (uint32_t i = 0; i < a->n; i++) drop_echo(a, &a->at[i]);
  for (uint32_t i = 0; i < a->n; i++) agent_of_clause(a, &a->at[i]);
  for (uint32_t i = 0; i < a->n; i++) judge(a, &a->at[i]);
  return true;
}
