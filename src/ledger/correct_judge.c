/* correct_judge.c - a page beside the corrections of its document: what is fixed, what is broken. */
#include "base/utf8.h"
#include "ledger/correct_page.h"
#include "ledger/correct_rows.h"
#include "ledger/fields.h"
#include "ledger/mask.h"
#include <stdio.h>
#include <string.h>

static const char doing[] = "read the corrections";

const char *const correction_outcome_name[OUTCOMES] = {"still right", "fixed",   "broken",
                                                       "still wrong", "changed", "gone"};

/* ---- a page's values */

const struct json_value *correct_page_event(const struct json_value *page, str id) {
  size_t i;
  const struct json_value *v;
  JSON_EACH(field(page, "events"), i, v) if (str_eq(field_str(v, "id"), id)) return v;
  return NULL;
}

static const struct json_value *actor_with(const struct json_value *page, str id) {
  size_t i;
  const struct json_value *a;
  JSON_EACH(field(page, "actors"), i, a) if (str_eq(field_str(a, "id"), id)) return a;
  return NULL;
}

static void put_parties(const struct json_value *page, const struct json_value *list, struct buf *out) {
  size_t i;
  const struct json_value *id;
  JSON_EACH(list, i, id) {
    const struct json_value *a = actor_with(page, json_text(id));
    if (i) buf_puts(out, "; ");
    if (a) buf_put(out, field_bool(a, "private") ? mask_role_word(a) : field_str(a, "name"));
  }
}

/* A private person's name that was read as a place as well ("Mr. Basra"). */
static bool place_is_private(const struct json_value *page, const struct json_value *place) {
  struct place_in_text at = span_of(field(place, "span"));
  size_t i, k;
  const struct json_value *a, *m;
  JSON_EACH(field(page, "actors"), i, a) {
    if (!field_bool(a, "private")) continue;
    JSON_EACH(field(a, "mentions"), k, m) {
      struct place_in_text x = span_of(field(m, "span"));
      if (!x.known) x = span_of(m);
      if (x.known && at.known && x.in_title == at.in_title && at.start < x.end && x.start < at.end) return true;
    }
  }
  return false;
}

static void put_place(const struct json_value *page, const struct json_value *place, struct buf *out) {
  str name = field_str(place, "name"), country = field_str(place, "country");
  if (!name.n || place_is_private(page, place)) return;
  buf_put(out, name);
  if (country.n) buf_printf(out, ", %.*s", STR_FMT(country));
}

static str day_of(str moment) { return moment.n > 10 ? str_sub(moment, 0, 10) : moment; }

static void put_date(const struct json_value *date, struct buf *out) {
  str from = day_of(field_str(date, "earliest")), to = day_of(field_str(date, "latest"));
  if (!from.n && !to.n) return;
  buf_put(out, from.n ? from : to);
  if (from.n && to.n && !str_eq(from, to)) buf_printf(out, "/%.*s", STR_FMT(to));
}

void correct_page_value(const struct json_value *page, const struct json_value *event, enum correct_field f,
                        struct buf *out) {
  switch (f) {
  case CORRECT_EVENT: buf_puts(out, "read"); return;
  case CORRECT_DATE: put_date(field(event, "date"), out); return;
  case CORRECT_PLACE: put_place(page, field(event, "place"), out); return;
  case CORRECT_ACTOR:
  case CORRECT_RECIPIENT: put_parties(page, field(event, correct_field_name[f]), out); return;
  default: buf_put(out, field_str(event, correct_field_name[f]));
  }
}

/* ---- is it the value that is wanted? */

struct wanted { /* a row of `corrections` */
  str event, was, value, key, country;
  enum correct_field field;
  bool right;
};

static bool same_folded(str a, str key) {
  char folded[1024];
  return str_eq((str){folded, utf8_fold(a, folded, sizeof folded)}, key);
}

/* The slot holds this one actor: by what is known of him, or by his name. */
static bool party_is(const struct json_value *page, const struct json_value *list, const struct wanted *w) {
  if (json_size(list) != 1) return false;
  const struct json_value *a = actor_with(page, json_text(json_item(list, 0)));
  str kb = field_str(a, "kb"), of = w->key;
  if (kb.n && str_starts(of, STR("kb:"))) return str_eq(kb, str_from(of, 3));
  if (str_eq(field_str(a, "name"), w->value)) return true;
  str_cut(&of, ':'); /* "person:folded name" */
  return !field_bool(a, "private") && same_folded(field_str(a, "name"), of);
}

static bool is_wanted(const struct json_value *page, const struct json_value *event, const struct wanted *w, str now) {
  const struct json_value *place = field(event, "place");
  switch (w->field) {
  case CORRECT_PLACE:
    return same_folded(field_str(place, "name"), w->key) &&
           (!w->country.n || str_eq(field_str(place, "country"), w->country));
  case CORRECT_ACTOR:
  case CORRECT_RECIPIENT: return party_is(page, field(event, correct_field_name[w->field]), w);
  default: return str_eq(now, w->value);
  }
}

static enum correction_outcome outcome_of(const struct json_value *page, const struct json_value *event,
                                          const struct wanted *w, str now) {
  if (!event) return w->field != CORRECT_EVENT ? OUTCOME_GONE : w->right ? OUTCOME_BROKEN : OUTCOME_FIXED;
  if (w->right) return str_eq(now, w->was) ? OUTCOME_STILL_RIGHT : OUTCOME_BROKEN;
  if (w->value.n && is_wanted(page, event, w, now)) return OUTCOME_FIXED;
  return str_eq(now, w->was) || w->value.n ? OUTCOME_STILL_WRONG : OUTCOME_CHANGED;
}

/* ---- all of a document */

static bool wanted_take(sqlite3_stmt *st, struct wanted *w) {
  str name = db_text(st, 1);
  int f = 0;
  while (f < CORRECT_FIELDS && !str_is(name, correct_field_name[f])) f++;
  *w = (struct wanted){.event = db_text(st, 0),
                       .field = (enum correct_field)f,
                       .right = str_is(db_text(st, 2), "right"),
                       .was = db_text(st, 3),
                       .value = db_text(st, 4),
                       .key = db_text(st, 5),
                       .country = db_text(st, 6)};
  return f < CORRECT_FIELDS;
}

static bool judge(const struct json_value *page, const struct wanted *w, correction_judged_fn tell, void *ctx) {
  const struct json_value *event = correct_page_event(page, w->event);
  struct buf now, want;
  buf_init(&now, 1 << 20), buf_init(&want, 1 << 20);
  if (event) correct_page_value(page, event, w->field, &now);
  buf_put(&want, w->right ? w->was : w->value);
  if (!w->right && w->country.n && w->value.n) buf_printf(&want, ", %.*s", STR_FMT(w->country));
  if (!w->right && w->field == CORRECT_EVENT) buf_puts(&want, "not read");
  struct correction_judged x = {.event = w->event, .was = w->was, .wanted = buf_str(&want), .now = buf_str(&now)};
  x.field = correct_field_name[w->field];
  x.outcome = outcome_of(page, event, w, x.now);
  bool more = tell(ctx, &x);
  buf_release(&now), buf_release(&want);
  return more;
}

bool corrections_judge(struct ledger *g, str doc, str text, correction_judged_fn tell, void *ctx, struct err *e) {
  static const char sql[] =
      "SELECT event, field, verdict, was, value, key, country FROM corrections WHERE doc=? ORDER BY event, field";
  struct arena memory;
  sqlite3_stmt *st = NULL;
  struct wanted w;
  int there = -1;
  bool more = true;
  arena_init(&memory, (size_t)1 << 30);
  const struct json_value *page = json_tree(text, &memory, e);
  if (page && ledger_prepare(g, doing, sql, &st, e)) {
    db_bind(st, "s", doc);
    while (more && (there = db_step(st, g->path, doing, e)) == 1)
      if (wanted_take(st, &w)) more = judge(page, &w, tell, ctx);
  }
  sqlite3_finalize(st);
  arena_release(&memory);
  return there >= 0;
}
