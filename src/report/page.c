/* page.c - writes the page: doc, actors, events, demands, ties, quotes, dates, places, quantities. */
#include "report/page.h"
#include "base/json.h"
#include <math.h>

/* What writing one page needs. */
struct out {
  struct json j;
  const struct doc *d;
  const struct ontology *o;
  const struct page_options *options;
  struct page_ids ids;
  uint32_t *map;         /* byte of text -> offset as asked for; NULL: bytes */
  uint32_t *first, *next; /* mentions of an actor: head of the list, next mention */
};

/* ---- offsets */

/* Fills out->map for characters or UTF-16 units, body and title each from 0. */
static bool map_offsets(struct out *w, struct arena *a) {
  const struct doc *d = w->d;
  if (w->options->offsets == OFFSETS_BYTES) return true;
  w->map = ARENA_ARRAY(a, uint32_t, d->text.n + 1);
  if (!w->map) return false;
  uint32_t units = 0;
  for (size_t i = 0; i <= d->text.n; i++) {
    if (i == d->body_len + 1) units = 0;
    w->map[i] = units;
    if (i == d->text.n) break;
    unsigned char c = (unsigned char)d->text.p[i];
    if ((c & 0xC0) != 0x80) units += w->options->offsets == OFFSETS_UTF16 && c >= 0xF0 ? 2 : 1;
  }
  return true;
}

static bool in_title(const struct out *w, uint32_t byte) { return byte > w->d->body_len; }

static uint32_t offset(const struct out *w, uint32_t byte) {
  if (w->map) return w->map[byte];
  return in_title(w, byte) ? byte - w->d->body_len - 1 : byte;
}

/* "start", "end" and, for the title, "in" into an open object. */
static void put_bounds(struct out *w, struct span s) {
  json_key_int(&w->j, "start", offset(w, s.beg));
  json_key_int(&w->j, "end", offset(w, s.end));
  if (in_title(w, s.beg)) json_key_str(&w->j, "in", STR("title"));
}

static void put_span(struct out *w, struct span s) {
  json_open(&w->j, '{');
  put_bounds(w, s);
  json_close(&w->j, '}');
}

static void key_span(struct out *w, const char *key, struct span s) {
  json_key(&w->j, key);
  if (span_known(s)) put_span(w, s);
  else json_null(&w->j);
}

static void key_text_span(struct out *w, const char *key, struct span s) {
  json_key(&w->j, key);
  if (!span_known(s)) {
    json_null(&w->j);
    return;
  }
  json_open(&w->j, '{');
  json_key_str(&w->j, "text", doc_span(w->d, s));
  key_span(w, "span", s);
  json_close(&w->j, '}');
}

/* ---- small parts */

static void put_date_end(struct out *w, const char *key, int32_t day, int16_t minute) {
  char text[24];
  struct buf b = {.p = text, .size = sizeof text, .cap = sizeof text};
  period_put_end(&b, day, minute);
  json_key(&w->j, key);
  if (b.n) json_str(&w->j, buf_str(&b));
  else json_null(&w->j);
}

static void put_period(struct out *w, struct period p) {
  put_date_end(w, "earliest", p.first, p.first_min);
  put_date_end(w, "latest", p.last, p.last_min);
  json_key_name(&w->j, "precision", precision_name(p.precision));
}

static void key_period(struct out *w, const char *key, struct period p) {
  json_key(&w->j, key);
  if (!period_known(p)) {
    json_null(&w->j);
    return;
  }
  json_open(&w->j, '{');
  put_period(w, p);
  json_close(&w->j, '}');
}

static void put_actor_id(struct out *w, uint32_t actor) {
  char id[20];
  if (actor == NONE || actor >= w->d->actors.n) {
    json_null(&w->j);
    return;
  }
  page_actor_id(&w->ids, w->d, actor, id);
  json_str(&w->j, str_of(id));
}

static void key_actors(struct out *w, const char *key, struct list l) {
  json_key(&w->j, key);
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < l.n; i++) put_actor_id(w, list_at(w->d, l, i));
  json_close(&w->j, ']');
}

static void key_type(struct out *w, const char *key, uint8_t type) { json_key_name(&w->j, key, ontology_type_name(w->o, type)); }
static void key_mode(struct out *w, uint8_t type, uint8_t mode) { json_key_name(&w->j, "mode", ontology_mode_name(w->o, type, mode)); }

static void put_attribution(struct out *w, const struct attribution *a) {
  json_open(&w->j, '{');
  json_key(&w->j, "speaker");
  put_actor_id(w, a->speaker);
  json_key_str(&w->j, "text", a->text);
  json_key_str(&w->j, "cue", a->cue);
  json_key_name(&w->j, "type", attribution_type_name(a->type));
  json_key_name(&w->j, "stance", stance_name(a->stance));
  key_span(w, "span", a->span);
  key_span(w, "cue_span", a->cue_span);
  json_close(&w->j, '}');
}

static void key_attributions(struct out *w, struct list l) {
  json_key(&w->j, "attribution");
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < l.n; i++) put_attribution(w, &w->d->attributions.at[l.first + i]);
  json_close(&w->j, ']');
}

/* ---- doc */

static void put_coder(struct out *w) {
  const struct page_options *p = w->options;
  json_key(&w->j, "coder");
  json_open(&w->j, '{');
  json_key_str(&w->j, "version", str_of(p->version ? p->version : ""));
  json_key_str(&w->j, "model", str_of(p->model ? p->model : ""));
  json_key_str(&w->j, "knowledge", str_of(p->knowledge ? p->knowledge : ""));
  json_key_str(&w->j, "ontology", str_of(p->ontology ? p->ontology : ""));
  json_close(&w->j, '}');
}

static void key_given(struct out *w, const char *key, str s) {
  json_key(&w->j, key);
  if (s.n) json_str(&w->j, s);
  else json_null(&w->j);
}

static void put_doc(struct out *w) {
  const struct doc *d = w->d;
  json_key(&w->j, "doc");
  json_open(&w->j, '{');
  json_key_str(&w->j, "id", d->id);
  put_date_end(w, "date", d->date, -1);
  str title = str_from(d->text, d->text.n ? d->body_len + 1 : 0);
  key_given(w, "title", title);
  key_given(w, "source", d->source);
  key_given(w, "url", d->url);
  json_key_str(&w->j, "lang", d->lang.n ? d->lang : STR("en"));
  json_key_str(&w->j, "sha256", str_of(w->ids.sha256));
  json_key_int(&w->j, "bytes", d->body_len);
  json_key_int(&w->j, "sentences", d->sentences.n ? d->sentences.n - 1 : 0);
  json_key_int(&w->j, "tokens", d->tokens.n);
  json_key(&w->j, "warnings");
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < d->warnings.n; i++) json_str(&w->j, d->warnings.at[i]);
  json_close(&w->j, ']');
  if (w->options->with_text) json_key_str(&w->j, "text", str_sub(d->text, 0, d->body_len));
  json_close(&w->j, '}');
}

static void put_error(struct out *w) {
  const struct err *e = &w->d->error;
  if (e->code == ERR_OK) return;
  json_key(&w->j, "error");
  json_open(&w->j, '{');
  json_key_str(&w->j, "code", str_of(err_code_name(e->code)));
  json_key_str(&w->j, "message", str_of(e->message));
  json_key_name(&w->j, "file", e->file);
  json_key_int(&w->j, "line", (int64_t)e->line);
  json_key_int(&w->j, "byte", (int64_t)e->byte);
  json_close(&w->j, '}');
}

/* ---- actors */

static void put_code(struct out *w, const struct actor *a) {
  json_key(&w->j, "code");
  json_open(&w->j, '{');
  json_key_name(&w->j, "country", a->code.country);
  json_key(&w->j, "sectors");
  json_open(&w->j, '[');
  for (int i = 0; i < CODE_SECTORS && a->code.sector[i][0]; i++) json_str(&w->j, str_of(a->code.sector[i]));
  json_close(&w->j, ']');
  json_key_name(&w->j, "cameo", a->code.cameo);
  json_key_name(&w->j, "basis", code_basis_name(a->basis));
  json_close(&w->j, '}');
}

static void put_mentions(struct out *w, uint32_t actor) {
  json_key(&w->j, "mentions");
  json_open(&w->j, '[');
  for (uint32_t i = w->first[actor]; i != NONE; i = w->next[i]) {
    const struct mention *m = &w->d->mentions.at[i];
    json_open(&w->j, '{');
    put_bounds(w, m->span);
    json_key_int(&w->j, "sentence", m->sentence);
    json_key_str(&w->j, "text", doc_span(w->d, m->span));
    json_key_name(&w->j, "type", mention_type_name(m->type));
    json_close(&w->j, '}');
  }
  json_close(&w->j, ']');
}

static void put_actor(struct out *w, uint32_t i) {
  const struct actor *a = &w->d->actors.at[i];
  json_open(&w->j, '{');
  json_key(&w->j, "id");
  put_actor_id(w, i);
  json_key_str(&w->j, "name", a->name);
  json_key_name(&w->j, "kind", actor_kind_name(a->kind));
  json_key_bool(&w->j, "private", a->is_private);
  if (a->role_word.n) json_key_str(&w->j, "role_word", a->role_word);
  put_code(w, a);
  json_key_bool(&w->j, "known", a->known);
  if (a->kb_id.n) json_key_str(&w->j, "kb", a->kb_id);
  key_given(w, "wikidata", a->wikidata);
  json_key(&w->j, "part_of");
  put_actor_id(w, a->part_of);
  json_key(&w->j, "aliases");
  json_open(&w->j, '[');
  for (uint32_t k = 0; k < a->aliases.n; k++) json_str(&w->j, w->d->strings.at[a->aliases.first + k]);
  json_close(&w->j, ']');
  put_mentions(w, i);
  json_close(&w->j, '}');
}

/* The mentions of each actor in the order of the text, as linked lists. */
static bool link_mentions(struct out *w, struct arena *a) {
  const struct doc *d = w->d;
  w->first = ARENA_ARRAY(a, uint32_t, d->actors.n);
  w->next = ARENA_ARRAY(a, uint32_t, d->mentions.n);
  if (!w->first || !w->next) return false;
  for (uint32_t i = 0; i < d->actors.n; i++) w->first[i] = NONE;
  for (uint32_t i = d->mentions.n; i-- > 0;) {
    uint32_t actor = d->mentions.at[i].actor;
    if (actor >= d->actors.n) continue;
    w->next[i] = w->first[actor];
    w->first[actor] = i;
  }
  return true;
}

/* ---- events */

static void put_scale(struct out *w, const struct event *e) {
  json_key(&w->j, "scale");
  json_open(&w->j, '{');
  json_key_real(&w->j, "plover", ontology_scale(w->o, e->type, e->mode), 2);
  json_key_real(&w->j, "goldstein", ontology_goldstein(w->o, str_of(e->cameo)), 2);
  json_key_str(&w->j, "version", str_of(ontology_version(w->o)));
  json_close(&w->j, '}');
}

static void put_contexts(struct out *w, uint64_t contexts) {
  json_key(&w->j, "contexts");
  json_open(&w->j, '[');
  for (unsigned i = 0; i < 64; i++)
    if (contexts >> i & 1) json_str(&w->j, str_of(ontology_context_name(w->o, (uint8_t)i)));
  json_close(&w->j, ']');
}

static void put_participants(struct out *w, struct list l) {
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
    else json_null(&w->j);
    json_key_bool(&w->j, "inferred", p->inferred);
    json_close(&w->j, '}');
  }
  json_close(&w->j, ']');
}

static void put_event_date(struct out *w, const struct event *e) {
  json_key(&w->j, "date");
  json_open(&w->j, '{');
  put_period(w, e->date);
  json_key_null(&w->j, "until");
  json_key_name(&w->j, "basis", date_basis_name(e->date_basis));
  key_span(w, "span", e->timex < w->d->times.n ? w->d->times.at[e->timex].span : (struct span){0, 0});
  json_close(&w->j, '}');
}

static void put_place_body(struct out *w, const struct place *p) {
  json_key_str(&w->j, "name", p->name);
  json_key_str(&w->j, "text", doc_span(w->d, p->span));
  if (p->resolved) {
    json_key_real(&w->j, "lat", p->lat, 5);
    json_key_real(&w->j, "lon", p->lon, 5);
  } else {
    json_key_null(&w->j, "lat");
    json_key_null(&w->j, "lon");
  }
  json_key_name(&w->j, "country", p->country);
  key_given(w, "adm1", p->adm1);
  json_key(&w->j, "geonameid");
  if (p->geonameid) json_int(&w->j, p->geonameid);
  else json_null(&w->j);
  json_key_name(&w->j, "precision", place_level_name(p->level));
  json_key_real(&w->j, "radius_km", p->radius_km, 1);
}

static void key_place(struct out *w, uint32_t i) {
  json_key(&w->j, "place");
  if (i >= w->d->places.n) {
    json_null(&w->j);
    return;
  }
  json_open(&w->j, '{');
  put_place_body(w, &w->d->places.at[i]);
  key_span(w, "span", w->d->places.at[i].span);
  json_close(&w->j, '}');
}

static void put_content(struct out *w, uint32_t i) {
  json_key(&w->j, "content");
  if (i >= w->d->contents.n) {
    json_null(&w->j);
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

static void put_number(struct out *w, const char *key, double v) {
  json_key_real(&w->j, key, v, fabs(v) < 1e6 && v != floor(v) ? 3 : 0);
}

static void put_count(struct out *w, const struct quantity *q) {
  json_key(&w->j, "value");
  if (q->exact) json_real(&w->j, q->value, q->value != floor(q->value) ? 3 : 0);
  else json_null(&w->j);
  put_number(w, "min", q->min);
  put_number(w, "max", q->max);
  json_key_bool(&w->j, "approx", q->approx);
  json_key_str(&w->j, "text", doc_span(w->d, q->span));
  json_key_str(&w->j, "unit", q->unit);
  json_key_str(&w->j, "of", q->of);
}

static void put_event_quantities(struct out *w, struct list l) {
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

static void put_links(struct out *w, struct list l) {
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
static void put_slot(struct out *w, const struct event *e, const char *role) {
  json_key(&w->j, role);
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < e->participants.n; i++) {
    const struct participant *p = &w->d->participants.at[e->participants.first + i];
    if (str_is(p->role, role) && span_known(p->span)) put_span(w, p->span);
  }
  json_close(&w->j, ']');
}

static void put_evidence(struct out *w, const struct event *e) {
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

static void put_event_mentions(struct out *w, struct list l) {
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

static void put_event(struct out *w, uint32_t i) {
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
  key_place(w, e->place);
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

/* ---- demands, ties, quotes */

static void put_act(struct out *w, const char *key, uint8_t type, uint8_t mode, struct span s) {
  json_key(&w->j, key);
  if (!span_known(s)) {
    json_null(&w->j);
    return;
  }
  json_open(&w->j, '{');
  key_type(w, "type", type);
  key_mode(w, type, mode);
  json_key_str(&w->j, "text", doc_span(w->d, s));
  key_span(w, "span", s);
  json_close(&w->j, '}');
}

static void put_deadline(struct out *w, const struct demand *m) {
  json_key(&w->j, "deadline");
  if (!period_known(m->deadline)) {
    json_null(&w->j);
    return;
  }
  struct span s = m->deadline_timex < w->d->times.n ? w->d->times.at[m->deadline_timex].span : (struct span){0, 0};
  json_open(&w->j, '{');
  put_period(w, m->deadline);
  json_key_name(&w->j, "anchor", anchor_name(m->deadline_anchor));
  json_key_null(&w->j, "tz");
  json_key_str(&w->j, "text", doc_span(w->d, s));
  key_span(w, "span", s);
  json_close(&w->j, '}');
}

static void put_plain_evidence(struct out *w, uint32_t sentence, struct span s) {
  json_key(&w->j, "evidence");
  json_open(&w->j, '{');
  json_key_int(&w->j, "sentence", sentence);
  put_bounds(w, s);
  json_close(&w->j, '}');
}

static void put_demand(struct out *w, uint32_t i) {
  const struct demand *m = &w->d->demands.at[i];
  char id[20];
  json_open(&w->j, '{');
  page_demand_id(&w->ids, w->d, i, id);
  json_key_str(&w->j, "id", str_of(id));
  json_key(&w->j, "event");
  if (m->event < w->d->events.n) {
    page_event_id(&w->ids, w->d, m->event, id);
    json_str(&w->j, str_of(id));
  } else json_null(&w->j);
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
  json_close(&w->j, ']');
  key_attributions(w, m->attribution);
  put_plain_evidence(w, m->sentence, m->span);
  json_key_str(&w->j, "rule", m->rule);
  json_key_real(&w->j, "confidence", (double)m->confidence, 3);
  json_close(&w->j, '}');
}

static void put_tie(struct out *w, uint32_t i) {
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

static void put_id(struct out *w, char kind, uint32_t i) {
  char text[16];
  struct buf b = {.p = text, .size = sizeof text, .cap = sizeof text};
  buf_putc(&b, kind);
  buf_put_int(&b, (int64_t)i + 1);
  json_key_str(&w->j, "id", buf_str(&b));
}

static void put_quote(struct out *w, uint32_t i) {
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
  put_span(w, q->span);
  json_close(&w->j, ']');
  json_key_int(&w->j, "sentence", q->sentence);
  key_span(w, "speaker_span", q->speaker_span);
  key_span(w, "cue_span", q->cue_span);
  json_close(&w->j, '}');
}

/* ---- dates, places, quantities */

static void put_timex(struct out *w, uint32_t i) {
  const struct timex *t = &w->d->times.at[i];
  char id[20];
  json_open(&w->j, '{');
  put_id(w, 'x', i);
  json_key_name(&w->j, "type", timex_type_name(t->type));
  json_key_str(&w->j, "value", t->value);
  put_period(w, t->period);
  json_key_name(&w->j, "anchor", anchor_name(t->anchor));
  json_key_name(&w->j, "role", timex_role_name(t->role));
  json_key(&w->j, "of");
  if (t->of < w->d->events.n) {
    page_event_id(&w->ids, w->d, t->of, id);
    json_str(&w->j, str_of(id));
  } else json_null(&w->j);
  put_bounds(w, t->span);
  json_key_int(&w->j, "sentence", t->sentence);
  json_key_str(&w->j, "text", doc_span(w->d, t->span));
  json_close(&w->j, '}');
}

static void put_place(struct out *w, uint32_t i) {
  const struct place *p = &w->d->places.at[i];
  json_open(&w->j, '{');
  put_id(w, 'p', i);
  json_key_name(&w->j, "use", place_use_name(p->use));
  put_place_body(w, p);
  json_key_str(&w->j, "reason", str_of(p->reason ? p->reason : ""));
  put_bounds(w, p->span);
  json_key_int(&w->j, "sentence", p->sentence);
  json_close(&w->j, '}');
}

static void put_quantity(struct out *w, uint32_t i) {
  const struct quantity *q = &w->d->quantities.at[i];
  json_open(&w->j, '{');
  put_id(w, 'n', i);
  put_count(w, q);
  key_given(w, "measure", q->measure);
  put_bounds(w, q->span);
  json_key_int(&w->j, "sentence", q->sentence);
  json_close(&w->j, '}');
}

/* ---- the whole */

static void put_all(struct out *w, const char *key, uint32_t n, void (*put)(struct out *, uint32_t)) {
  json_key(&w->j, key);
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < n && !w->j.out->failed; i++) put(w, i);
  json_close(&w->j, ']');
}

static void put_head(struct out *w) {
  json_open(&w->j, '{');
  json_key_str(&w->j, "schema", STR("tightrope-page/1"));
  put_coder(w);
  put_doc(w);
  put_error(w);
}

static void put_records(struct out *w, bool empty) {
  const struct doc *d = w->d;
  put_all(w, "actors", empty ? 0 : d->actors.n, put_actor);
  put_all(w, "events", empty ? 0 : d->events.n, put_event);
  put_all(w, "demands", empty ? 0 : d->demands.n, put_demand);
  put_all(w, "ties", empty ? 0 : d->ties.n, put_tie);
  put_all(w, "quotes", empty ? 0 : d->quotes.n, put_quote);
  put_all(w, "dates", empty ? 0 : d->times.n, put_timex);
  put_all(w, "places", empty ? 0 : d->places.n, put_place);
  put_all(w, "quantities", empty ? 0 : d->quantities.n, put_quantity);
  json_close(&w->j, '}');
  buf_putc(w->j.out, '\n');
}

void page_write(struct doc *d, const struct ontology *o, const struct page_options *options, struct buf *out) {
  struct out w = {.j = json_writer(out), .d = d, .o = o, .options = options};
  struct arena_mark mark = arena_mark(&d->scratch);
  page_ids_init(&w.ids, d);
  if (!map_offsets(&w, &d->scratch) || !link_mentions(&w, &d->scratch)) out->failed = true;
  else {
    put_head(&w);
    put_records(&w, d->error.code != ERR_OK);
  }
  arena_rewind(&d->scratch, mark);
}

void page_write_error(const struct doc *d, const struct page_options *options, struct buf *out) {
  struct out w = {.j = json_writer(out), .d = d, .options = options};
  page_ids_init(&w.ids, d);
  put_head(&w);
  put_records(&w, true);
}
