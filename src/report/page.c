/* page.c - writes the page: doc and actors, then the records of the other page_*.c, then dates, places and quantities. */
#include "report/page_parts.h"

static void put_coder(struct page_out *w) {
  const struct page_options *p = w->options;
  json_key(&w->j, "coder");
  json_open(&w->j, '{');
  json_key_str(&w->j, "version", str_of(p->version ? p->version : ""));
  json_key_str(&w->j, "model", str_of(p->model ? p->model : ""));
  json_key_str(&w->j, "knowledge", str_of(p->knowledge ? p->knowledge : ""));
  json_key_str(&w->j, "ontology", str_of(p->ontology ? p->ontology : ""));
  json_close(&w->j, '}');
}

static void put_issues(struct page_out *w) {
  json_key(&w->j, "issues");
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < w->d->issues.n; i++) {
    json_open(&w->j, '{');
    json_key_str(&w->j, "code", w->d->issues.at[i].code);
    json_key_int(&w->j, "count", w->d->issues.at[i].count);
    json_close(&w->j, '}');
  }
  json_close(&w->j, ']');
}

/* Day, time and zone of publication; null where no time was told. */
static void put_published(struct page_out *w) {
  char text[32];
  struct buf b = {.p = text, .size = sizeof text, .cap = sizeof text};
  period_put_end(&b, w->d->date, -1);
  clock_put(&b, w->d->clock);
  json_key(&w->j, "published");
  if (w->d->clock.minute >= 0) json_str(&w->j, buf_str(&b));
  else json_none(&w->j);
}

static void put_doc(struct page_out *w) {
  const struct doc *d = w->d;
  json_key(&w->j, "doc");
  json_open(&w->j, '{');
  json_key_str(&w->j, "id", d->id);
  put_date_end(w, "date", d->date, -1);
  put_published(w);
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
  if (d->issues.n) put_issues(w);
  if (w->options->with_text) json_key_str(&w->j, "text", str_sub(d->text, 0, d->body_len));
  json_close(&w->j, '}');
}

static void put_error(struct page_out *w) {
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

static void put_code(struct page_out *w, const struct actor *a) {
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

static void put_mentions(struct page_out *w, uint32_t actor) {
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

static void put_actor(struct page_out *w, uint32_t i) {
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
static bool link_mentions(struct page_out *w, struct arena *a) {
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

/* ---- dates, places, quantities */

static void put_timex(struct page_out *w, uint32_t i) {
  const struct timex *t = &w->d->times.at[i];
  char id[20];
  json_open(&w->j, '{');
  put_id(w, 'x', i);
  json_key_name(&w->j, "type", timex_type_name(t->type));
  json_key_str(&w->j, "value", t->value);
  put_zoned_period(w, t->period, t->zone);
  json_key_name(&w->j, "anchor", anchor_name(t->anchor));
  json_key_name(&w->j, "role", timex_role_name(t->role));
  json_key(&w->j, "of");
  if (t->of < w->d->events.n) {
    page_event_id(&w->ids, w->d, t->of, id);
    json_str(&w->j, str_of(id));
  } else json_none(&w->j);
  put_bounds(w, t->span);
  json_key_int(&w->j, "sentence", t->sentence);
  json_key_str(&w->j, "text", doc_span(w->d, t->span));
  json_close(&w->j, '}');
}

static void put_place(struct page_out *w, uint32_t i) {
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

static void put_quantity(struct page_out *w, uint32_t i) {
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

static void put_all(struct page_out *w, const char *key, uint32_t n, void (*put)(struct page_out *, uint32_t)) {
  json_key(&w->j, key);
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < n && !w->j.out->failed; i++) put(w, i);
  json_close(&w->j, ']');
}

static void put_head(struct page_out *w) {
  json_open(&w->j, '{');
  json_key_str(&w->j, "schema", STR("tightrope-page/1"));
  put_coder(w);
  put_doc(w);
  put_error(w);
}

static void put_records(struct page_out *w, bool empty) {
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
  struct page_out w = {.j = json_writer(out), .d = d, .o = o, .options = options};
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
  struct page_out w = {.j = json_writer(out), .d = d, .options = options};
  page_ids_init(&w.ids, d);
  put_head(&w);
  put_records(&w, true);
}
