/* petr_emit.c - an event that the dictionaries read becomes rows of the document: event, participants, actors with the dictionaries' codes. */
#include "doc/ontology.h"
#include "petrarch/petr_sentence.h"
#include "petrarch/petr_stage.h"
#include <stdio.h>

/* Country and roles as far as the code has them in groups of three letters. */
static void set_code(struct actor_code *c, str code) {
  memset(c, 0, sizeof *c);
  size_t n = code.n < sizeof c->cameo - 1 ? code.n : sizeof c->cameo - 1;
  memcpy(c->cameo, code.p, n);
  if (code.n < 3 || code.p[0] == '"') return;
  if (memcmp(code.p, "---", 3) != 0) memcpy(c->country, code.p, 3);
  for (size_t i = 3, k = 0; i + 3 <= code.n && k < CODE_SECTORS; i += 3) memcpy(c->sector[k++], code.p + i, 3);
}

static uint32_t new_actor(struct petr_sentence *s, const struct petr_who *w, uint32_t like) {
  struct doc *d = s->d;
  const struct petr_np *p = &s->np[w->np];
  struct span span = tokens_span(d, s->word[p->from].token, s->word[p->to - 1].token);
  struct actor *a = DOC_PUSH(d, actors);
  if (!a) return NONE;
  if (like != NONE) *a = d->actors.at[like];
  else *a = (struct actor){.name = doc_span(d, span), .kind = ACTOR_GROUP, .part_of = NONE};
  a->known = true;
  a->basis = BASIS_LIST;
  set_code(&a->code, w->code);
  uint32_t row = d->actors.n - 1, t = s->word[p->from].token;
  struct mention *m = DOC_PUSH(d, mentions);
  if (!m) return NONE;
  *m = (struct mention){.also = NONE,
                        .first = t,
                        .n = s->word[p->to - 1].token - t + 1,
                        .head = p->head,
                        .span = span,
                        .sentence = s->row,
                        .type = d->tokens.upos[p->head] == UPOS_PROPN ? MENTION_NAME : MENTION_NOMINAL,
                        .kind = a->kind,
                        .actor = row};
  return row;
}

/* Actors that got their code from the dictionaries already are marked by their basis and cameo; one that has another code needs a row
 * of its own ("lawmakers in Fornost and Gondor" are two). */
static uint32_t actor_row(struct petr_sentence *s, const struct petr_who *w) {
  struct doc *d = s->d;
  uint32_t m = d->tokens.mention[w->token], like = NONE;
  if (m != NONE && d->mentions.at[m].actor < d->actors.n) {
    like = d->mentions.at[m].actor;
    struct actor *a = &d->actors.at[like];
    if (!a->code.cameo[0]) {
      set_code(&a->code, w->code);
      a->known = true, a->basis = BASIS_LIST;
      return like;
    }
    if (str_is(w->code, a->code.cameo)) return like;
  }
  for (uint32_t i = 0; i < d->mentions.n; i++) {
    const struct mention *x = &d->mentions.at[i];
    if (x->head == w->token && x->actor < d->actors.n && str_is(w->code, d->actors.at[x->actor].code.cameo))
      return x->actor;
  }
  return new_actor(s, w, like);
}

static bool put_slot(struct petr_sentence *s, const struct petr_who *who, uint32_t n, str role, struct list *rows,
                     struct list *participants) {
  uint32_t row[PETR_WHO];
  for (uint32_t i = 0; i < n; i++) {
    if ((row[i] = actor_row(s, &who[i])) == NONE) return false;
    struct participant *p = DOC_PUSH(s->d, participants);
    if (!p) return false;
    const struct petr_np *np = &s->np[who[i].np];
    *p = (struct participant){.actor = row[i], .role = role};
    p->span = tokens_span(s->d, s->word[np->from].token, s->word[np->to - 1].token);
    participants->n++;
  }
  *rows = doc_list(s->d, row, n);
  return true;
}

static str rule_of(struct petr_sentence *s, const struct petr_event *x) {
  char text[160];
  int n;
  if (x->pattern) {
    const char *file = s->dict->file[x->pattern->file], *slash = strrchr(file, '/');
    n = snprintf(text, sizeof text, "%s:%u", slash ? slash + 1 : file, x->pattern->line);
  } else n = snprintf(text, sizeof text, "petrarch verb %.*s", STR_FMT(doc_word(s->d, s->d->tokens.norm[x->verb])));
  if (n < 0 || (size_t)n >= sizeof text) n = (int)sizeof text - 1;
  str copy = arena_str(&s->d->arena, (str){text, (size_t)n});
  return copy.p ? copy : STR("petrarch");
}

static bool same_list(const struct doc *d, struct list a, struct list b) {
  for (uint32_t i = 0; i < a.n; i++)
    if (a.n != b.n || list_at(d, a, i) != list_at(d, b, i)) return false;
  return a.n == b.n;
}

static bool told_before(const struct doc *d, const struct event *e) {
  for (uint32_t i = 0; i + 1 < d->events.n; i++) {
    const struct event *o = &d->events.at[i];
    if (o->sentence == e->sentence && !strcmp(o->cameo, e->cameo) && same_list(d, o->actor, e->actor) &&
        same_list(d, o->recipient, e->recipient))
      return true;
  }
  return false;
}

static void set_type(const struct petr_sentence *s, struct event *e, str code) {
  const struct ontology *o = petr_stage_ontology(s->dict);
  const struct cameo_code *c = o ? ontology_cameo(o, code) : NULL;
  if (!c) return;
  e->type = c->type, e->mode = c->mode, e->contexts = c->contexts;
}

bool petr_emit(struct petr_sentence *s, const struct petr_event *x) {
  struct doc *d = s->d;
  struct list participants = {d->participants.n, 0}, source, target;
  if (!put_slot(s, x->source, x->n_source, STR("actor"), &source, &participants)) return false;
  if (!put_slot(s, x->target, x->n_target, STR("recipient"), &target, &participants)) return false;
  struct event *e = DOC_PUSH(d, events);
  if (!e) return false;
  *e = (struct event){.trigger = x->verb,
                      .trigger_span = tokens_span(d, x->verb, x->verb),
                      .span = d->sentences.at[s->row].span,
                      .sentence = s->row,
                      .actor = source,
                      .recipient = target,
                      .reciprocal = x->reciprocal,
                      .participants = participants,
                      .date = d->date == DAY_NONE ? PERIOD_NONE : period_of_day(d->date),
                      .date_basis = d->date == DAY_NONE ? DATE_BASIS_NONE : DATE_BASIS_PUBLICATION,
                      .timex = NONE,
                      .place = NONE,
                      .content = NONE,
                      .status = STATUS_ACTUAL,
                      .certainty = CERTAINTY_PROBABLE,
                      .confidence = 0.5f};
  size_t n = x->code.n < sizeof e->cameo - 1 ? x->code.n : sizeof e->cameo - 1;
  memcpy(e->cameo, x->code.p, n);
  set_type(s, e, x->code);
  e->rule = rule_of(s, x);
  if (told_before(d, e)) d->events.n--;
  return true;
}
