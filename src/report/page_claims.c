/* page_claims.c - the demands, ties and quotes of a page. */
#include "report/page_parts.h"

static void put_act(struct page_out *w, const char *key, uint8_t type, uint8_t mode, struct span s) {
  json_key(&w->j, key);
  if (!span_known(s)) {
    json_none(&w->j);
    return;
  }
  json_open(&w->j, '{');
  key_type(w, "type", type);
  key_mode(w, type, mode);
  json_key_str(&w->j, "text", doc_span(w->d, s));
  key_span(w, "span", s);
  json_close(&w->j, '}');
}

static void put_deadline(struct page_out *w, const struct demand *m) {
  json_key(&w->j, "deadline");
  if (!period_known(m->deadline)) {
    json_none(&w->j);
    return;
  }
  struct span s = m->deadline_timex < w->d->times.n ? w->d->times.at[m->deadline_timex].span : (struct span){0, 0};
  json_open(&w->j, '{');
  put_zoned_period(w, m->deadline, m->zone);
  json_key_name(&w->j, "anchor", anchor_name(m->deadline_anchor));
  if (m->zone_name.n) json_key_str(&w->j, "tz", m->zone_name);
  else if (m->zone == 0) json_key_str(&w->j, "tz", STR("UTC"));
  else json_key_null(&w->j, "tz");
  json_key_str(&w->j, "text", doc_span(w->d, s));
  key_span(w, "span", s);
  json_close(&w->j, '}');
}

static void put_plain_evidence(struct page_out *w, uint32_t sentence, struct span s) {
  json_key(&w->j, "evidence");
  json_open(&w->j, '{');
  json_key_int(&w->j, "sentence", sentence);
  put_bounds(w, s);
  json_close(&w->j, '}');
}

void put_demand(struct page_out *w, uint32_t i) {
  const struct demand *m = &w->d->demands.at[i];
  char id[20];
  json_open(&w->j, '{');
  page_demand_id(&w->ids, w->d, i, id);
  json_key_str(&w->j, "id", str_of(id));
  json_key(&w->j, "event");
  if (m->event < w->d->events.n) {
    page_event_id(&w->ids, w->d, m->event, id);
    json_str(&w->j, str_of(id));
  } else json_none(&w->j);
  json_key_name(&w->j, "kind", demand_kind_name(m->kind));
  json_key_name(&w->j, "strength", strength_name(m->strength));
  key_actors(w, "issuer", m->issuer);
  key_actors(w, "addressee", m->addressee);
  put_act(w, "act", m->act_type, m->act_mode, m->act);
  put_act(w, "consequence", m->consequence_type, m->consequence_mode, m->consequence);
  key_text_span(w, "condition", m->condition);
  key_period(w, "issued", m->issued);
  put_deadline(w, m);
  json_key_name(&w->j, "status", demand_status_name(m->status));
  json_key(&w->j, "history");
  json_open(&w->j, '[');
  if (span_known(m->fate)) {
    json_open(&w->j, '{');
    json_key_name(&w->j, "status", demand_status_name(m->status));
    json_key_int(&w->j, "sentence", m->fate_sentence);
    put_bounds(w, m->fate);
    json_close(&w->j, '}');
  }
  json_close(&w->j, ']');
  key_attributions(w, m->attribution);
  put_plain_evidence(w, m->sentence, m->span);
  json_key_str(&w->j, "rule", m->rule);
  json_key_real(&w->j, "confidence", (double)m->confidence, 3);
  json_close(&w->j, '}');
}

void put_tie(struct page_out *w, uint32_t i) {
  const struct tie *t = &w->d->ties.at[i];
  char id[20];
  json_open(&w->j, '{');
  page_tie_id(&w->ids, w->d, i, id);
  json_key_str(&w->j, "id", str_of(id));
  json_key(&w->j, "subject");
  put_actor_id(w, t->subject);
  json_key_name(&w->j, "relation", relation_name(t->relation));
  json_key(&w->j, "object");
  put_actor_id(w, t->object);
  key_given(w, "role", t->role);
  key_given(w, "role_class", t->role_class);
  key_period(w, "from", t->from);
  key_period(w, "to", t->to);
  json_key_name(&w->j, "status", tie_status_name(t->status));
  key_attributions(w, t->attribution);
  put_plain_evidence(w, t->sentence, t->span);
  json_key_str(&w->j, "rule", t->rule);
  json_key_real(&w->j, "confidence", (double)t->confidence, 3);
  json_close(&w->j, '}');
}

void put_quote(struct page_out *w, uint32_t i) {
  const struct quote *q = &w->d->quotes.at[i];
  json_open(&w->j, '{');
  put_id(w, 'q', i);
  json_key(&w->j, "speaker");
  put_actor_id(w, q->speaker);
  json_key_str(&w->j, "cue", q->cue);
  json_key_name(&w->j, "type", attribution_type_name(q->type));
  put_bounds(w, q->span);
  json_key(&w->j, "spans");
  json_open(&w->j, '[');
  for (uint32_t k = 0; k < q->pieces.n; k++) put_span(w, w->d->pieces.at[q->pieces.first + k]);
  if (!q->pieces.n) put_span(w, q->span);
  json_close(&w->j, ']');
  json_key_int(&w->j, "sentence", q->sentence);
  key_span(w, "speaker_span", q->speaker_span);
  key_span(w, "cue_span", q->cue_span);
  json_close(&w->j, '}');
}
