/* page_parts.c - spans, dates, actor references and counts of a page. */
#include "report/page_parts.h"
#include "base/zone.h"
#include <math.h>

/* ---- offsets */

/* Fills out->map for characters or UTF-16 units, body and title each from 0. */
bool map_offsets(struct page_out *w, struct arena *a) {
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

static bool in_title(const struct page_out *w, uint32_t byte) { return byte > w->d->body_len; }

static uint32_t offset(const struct page_out *w, uint32_t byte) {
  if (w->map) return w->map[byte];
  return in_title(w, byte) ? byte - w->d->body_len - 1 : byte;
}

/* "start", "end" and, for the title, "in" into an open object. */
void put_bounds(struct page_out *w, struct span s) {
  json_key_int(&w->j, "start", offset(w, s.beg));
  json_key_int(&w->j, "end", offset(w, s.end));
  if (in_title(w, s.beg)) json_key_str(&w->j, "in", STR("title"));
}

void put_span(struct page_out *w, struct span s) {
  json_open(&w->j, '{');
  put_bounds(w, s);
  json_close(&w->j, '}');
}

void key_span(struct page_out *w, const char *key, struct span s) {
  json_key(&w->j, key);
  if (span_known(s)) put_span(w, s);
  else json_none(&w->j);
}

void key_text_span(struct page_out *w, const char *key, struct span s) {
  json_key(&w->j, key);
  if (!span_known(s)) {
    json_none(&w->j);
    return;
  }
  json_open(&w->j, '{');
  json_key_str(&w->j, "text", doc_span(w->d, s));
  key_span(w, "span", s);
  json_close(&w->j, '}');
}

/* ---- small parts */

void put_date_end(struct page_out *w, const char *key, int32_t day, int16_t minute) {
  char text[24];
  struct buf b = {.p = text, .size = sizeof text, .cap = sizeof text};
  period_put_end(&b, day, minute);
  json_key(&w->j, key);
  if (b.n) json_str(&w->j, buf_str(&b));
  else json_none(&w->j);
}

/* An end with its offset, "2023-10-13T17:00+03:00"; a day alone needs none. */
static void put_zoned_end(struct page_out *w, const char *key, int32_t day, int16_t minute, int16_t zone) {
  char text[32];
  struct buf b = {.p = text, .size = sizeof text, .cap = sizeof text};
  if (minute < 0 || day == DAY_NONE || zone == ZONE_NONE || zone == ZONE_LOCAL) {
    put_date_end(w, key, day, minute);
    return;
  }
  period_put_end(&b, day, minute);
  zone_put_offset(&b, zone);
  json_key(&w->j, key);
  json_str(&w->j, buf_str(&b));
}

void put_zoned_period(struct page_out *w, struct period p, int16_t zone) {
  put_zoned_end(w, "earliest", p.first, p.first_min, zone);
  put_zoned_end(w, "latest", p.last, p.last_min, zone);
  json_key_name(&w->j, "precision", precision_name(p.precision));
}

void put_period(struct page_out *w, struct period p) {
  put_date_end(w, "earliest", p.first, p.first_min);
  put_date_end(w, "latest", p.last, p.last_min);
  json_key_name(&w->j, "precision", precision_name(p.precision));
}

void key_period(struct page_out *w, const char *key, struct period p) {
  json_key(&w->j, key);
  if (!period_known(p)) {
    json_none(&w->j);
    return;
  }
  json_open(&w->j, '{');
  put_period(w, p);
  json_close(&w->j, '}');
}

void put_actor_id(struct page_out *w, uint32_t actor) {
  char id[20];
  if (actor == NONE || actor >= w->d->actors.n) {
    json_none(&w->j);
    return;
  }
  page_actor_id(&w->ids, w->d, actor, id);
  json_str(&w->j, str_of(id));
}

void key_actors(struct page_out *w, const char *key, struct list l) {
  json_key(&w->j, key);
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < l.n; i++) put_actor_id(w, list_at(w->d, l, i));
  json_close(&w->j, ']');
}

void key_type(struct page_out *w, const char *key, uint8_t type) {
  json_key_name(&w->j, key, ontology_type_name(w->o, type));
}
void key_mode(struct page_out *w, uint8_t type, uint8_t mode) {
  json_key_name(&w->j, "mode", ontology_mode_name(w->o, type, mode));
}

void put_attribution(struct page_out *w, const struct attribution *a) {
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

void key_attributions(struct page_out *w, struct list l) {
  json_key(&w->j, "attribution");
  json_open(&w->j, '[');
  for (uint32_t i = 0; i < l.n; i++) put_attribution(w, &w->d->attributions.at[l.first + i]);
  json_close(&w->j, ']');
}

void key_given(struct page_out *w, const char *key, str s) {
  json_key(&w->j, key);
  if (s.n) json_str(&w->j, s);
  else json_none(&w->j);
}

void put_place_body(struct page_out *w, const struct place *p) {
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
  else json_none(&w->j);
  json_key_name(&w->j, "precision", place_level_name(p->level));
  json_key_real(&w->j, "radius_km", p->radius_km, 1);
}

static void put_number(struct page_out *w, const char *key, double v) {
  json_key_real(&w->j, key, v, fabs(v) < 1e6 && v != floor(v) ? 3 : 0);
}

void put_count(struct page_out *w, const struct quantity *q) {
  json_key(&w->j, "value");
  if (q->exact) json_number(&w->j, q->value, q->value != floor(q->value) ? 3 : 0);
  else json_none(&w->j);
  put_number(w, "min", q->min);
  put_number(w, "max", q->max);
  json_key_bool(&w->j, "approx", q->approx);
  json_key_str(&w->j, "text", doc_span(w->d, q->span));
  json_key_str(&w->j, "unit", q->unit);
  json_key_str(&w->j, "of", q->of);
}

void put_id(struct page_out *w, char kind, uint32_t i) {
  char text[16];
  struct buf b = {.p = text, .size = sizeof text, .cap = sizeof text};
  buf_putc(&b, kind);
  buf_put_int(&b, (int64_t)i + 1);
  json_key_str(&w->j, "id", buf_str(&b));
}
