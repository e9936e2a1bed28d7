/* page_events.c - the events of a page. */
#include "doc/codebook.h"
#include "report/page_parts.h"

static void put_scale(struct page_out *w, const struct event *e) {
  json_key(&w->j, "scale");
  json_open(&w->j, '{');
  json_key_real(&w->j, "plover", ontology_scale(w->o, e->type, e->mode), 2);
  json_key_real(&w->j, "goldstein", ontology_goldstein(w->o, str_of(e->cameo)), 2);
  json_key_str(&w->j, "version", str_of(ontology_version(w->o)));
  json_close(&w->j, '}');
}

static void put_contexts(struct page_out *w, uint64_t contexts) {
  json_key(&w->j, "contexts");
  json_open(&w->j, '[');
  for (unsigned i = 0; i < 64; i++)
    if (contexts >> i & 1) json_str(&w->j, str_of(ontology_context_name(w->o, (uint8_t)i)));
  json_close(&w->j, ']');
}

static void put_participants(struct page_out *w, struct list l) {
  json_key(&w->j, "participants");
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < l.n; i++) {
    const struct participant *p = &w->d->participants.at[l.first + i];
    json_open(&w->j, '{');
    json_key(&w->j, "actor");
    put_actor_id(w, p->actor);
    json_key_str(&w->j, "role", p->role);
    key_span(w, "span", p->span);
    json_key(&w->j, "code");
    if (p->actor < w->d->actors.n && w->d->actors.at[p->actor].code.cameo[0])
      json_str(&w->j, str_of(w->d->actors.at[p->actor].code.cameo));
    else json_none(&w->j);
    json_key_bool(&w->j, "inferred", p->inferred);
    json_close(&w->j, '}');
  }
  json_close(&w->j, ']');
}

static void put_event_date(struct page_out *w, const struct event *e) {
  json_key(&w->j, "date");
  json_open(&w->j, '{');
  put_period(w, e->date);
  put_date_end(w, "until", e->lasting ? e->date.last : DAY_NONE, e->date.last_min);
  json_key_name(&w->j, "basis", date_basis_name(e->date_basis));
  key_span(w, "span", e->timex < w->d->times.n ? w->d->times.at[e->timex].span : (struct span){0, 0});
  json_close(&w->j, '}');
}

static void key_place(struct page_out *w, uint32_t i, bool narrative) {
  json_key(&w->j, "place");
  if (i >= w->d->places.n) {
    json_none(&w->j);
    return;
  }
  json_open(&w->j, '{');
  put_place_body(w, &w->d->places.at[i]);
  json_key_name(&w->j, "basis", narrative ? "narrative" : "expression");
  key_span(w, "span", w->d->places.at[i].span);
  json_close(&w->j, '}');
}

static void put_event_places(struct page_out *w, struct list l) {
  json_key(&w->j, "places");
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < l.n; i++) {
    const struct event_place *p = &w->d->event_places.at[l.first + i];
    json_open(&w->j, '{');
    put_place_body(w, &w->d->places.at[p->place]);
    json_key_name(&w->j, "role", place_role_name(p->role));
    key_span(w, "span", w->d->places.at[p->place].span);
    json_close(&w->j, '}');
  }
  json_close(&w->j, ']');
}

static void put_content(struct page_out *w, uint32_t i) {
  json_key(&w->j, "content");
  if (i >= w->d->contents.n) {
    json_none(&w->j);
    return;
  }
  const struct content *c = &w->d->contents.at[i];
  json_open(&w->j, '{');
  key_type(w, "type", c->type);
  key_mode(w, c->type, c->mode);
  key_actors(w, "actor", c->actor);
  key_actors(w, "recipient", c->recipient);
  key_text_span(w, "object", c->object);
  key_period(w, "date", c->date);
  json_key_name(&w->j, "status", status_name(c->status));
  json_key_str(&w->j, "text", doc_span(w->d, c->span));
  key_span(w, "span", c->span);
  json_close(&w->j, '}');
}

static void put_event_quantities(struct page_out *w, struct list l) {
  json_key(&w->j, "quantities");
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < l.n; i++) {
    const struct quantity *q = &w->d->quantities.at[list_at(w->d, l, i)];
    json_open(&w->j, '{');
    key_given(w, "measure", q->measure);
    put_count(w, q);
    key_span(w, "span", q->span);
    key_attributions(w, q->attribution);
    json_close(&w->j, '}');
  }
  json_close(&w->j, ']');
}

static void put_links(struct page_out *w, struct list l) {
  json_key(&w->j, "links");
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < l.n; i++) {
    char id[20];
    page_event_id(&w->ids, w->d, w->d->links.at[l.first + i].to, id);
    json_open(&w->j, '{');
    json_key_str(&w->j, "to", str_of(id));
    json_key_name(&w->j, "type", link_type_name(w->d->links.at[l.first + i].type));
    json_close(&w->j, '}');
  }
  json_close(&w->j, ']');
}

/* The spans that fill a role, from the participants. */
static void put_slot(struct page_out *w, const struct event *e, const char *role) {
  json_key(&w->j, role);
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < e->participants.n; i++) {
    const struct participant *p = &w->d->participants.at[e->participants.first + i];
    if (str_is(p->role, role) && span_known(p->span)) put_span(w, p->span);
  }
  json_close(&w->j, ']');
}

static void put_evidence(struct page_out *w, const struct event *e) {
  json_key(&w->j, "evidence");
  json_open(&w->j, '{');
  json_key_int(&w->j, "sentence", e->sentence);
  put_bounds(w, e->span);
  key_span(w, "trigger", e->trigger_span);
  json_key(&w->j, "slots");
  json_open(&w->j, '{');
  put_slot(w, e, "actor");
  put_slot(w, e, "recipient");
  json_close(&w->j, '}');
  json_close(&w->j, '}');
}

static void put_event_mentions(struct page_out *w, struct list l) {
  json_key(&w->j, "mentions");
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < l.n; i++) {
    const struct event_mention *m = &w->d->event_mentions.at[l.first + i];
    json_open(&w->j, '{');
    json_key_int(&w->j, "sentence", m->sentence);
    put_bounds(w, m->span);
    key_span(w, "trigger", m->trigger);
    json_close(&w->j, '}');
  }
  json_close(&w->j, ']');
}

/* "codebook": the event in another ontology; only where one was asked for. */
static void put_codebook(struct page_out *w, const struct event *e) {
  struct codebook_code k;
  if (!w->options->codebook) return;
  if (!codebook_code(w->options->codebook, w->d, e, &k)) {
    json_key_name(&w->j, "codebook", "");
    return;
  }
  json_key(&w->j, "codebook");
  json_open(&w->j, '{');
  json_key_str(&w->j, "name", str_of(codebook_name(w->options->codebook)));
  json_key_str(&w->j, "code", k.code);
  json_key_str(&w->j, "parent", k.parent);
  json_close(&w->j, '}');
}

void put_event(struct page_out *w, uint32_t i) {
  const struct event *e = &w->d->events.at[i];
  char id[20];
  json_open(&w->j, '{');
  page_event_id(&w->ids, w->d, i, id);
  json_key_str(&w->j, "id", str_of(id));
  page_coding(&w->ids, w->options, id);
  json_key_str(&w->j, "coding", str_of(id));
  key_type(w, "type", e->type);
  key_mode(w, e->type, e->mode);
  put_contexts(w, e->contexts);
  json_key_int(&w->j, "quad", ontology_quad(w->o, e->type));
  put_scale(w, e);
  json_key_name(&w->j, "cameo", e->cameo);
  put_codebook(w, e);
  key_actors(w, "actor", e->actor);
  key_actors(w, "recipient", e->recipient);
  json_key_bool(&w->j, "reciprocal", e->reciprocal);
  put_participants(w, e->participants);
  key_text_span(w, "object", e->object);
  key_text_span(w, "instrument", e->instrument);
  json_key_bool(&w->j, "lethal", e->lethal);
  json_key_name(&w->j, "outcome", outcome_name(e->outcome));
  json_key_bool(&w->j, "repeated", e->repeated);
  put_event_date(w, e);
  key_place(w, e->place, e->place_narrative);
  put_event_places(w, e->places);
  json_key_name(&w->j, "status", status_name(e->status));
  json_key_bool(&w->j, "historical", e->historical);
  json_key_name(&w->j, "certainty", certainty_name(e->certainty));
  put_content(w, e->content);
  key_text_span(w, "condition", e->condition);
  key_attributions(w, e->attribution);
  put_event_quantities(w, e->quantities);
  put_links(w, e->links);
  put_evidence(w, e);
  put_event_mentions(w, e->mentions);
  json_key_str(&w->j, "rule", e->rule);
  json_key_real(&w->j, "confidence", (double)e->confidence, 3);
  json_close(&w->j, '}');
}
