/* page_diff.c - compares two pages entry by entry. */
#include "ledger/page_diff.h"
#include "ledger/fields.h"
#include "ledger/mask.h"

/* ---- an entry in words */

static void put_actor(struct buf *out, const struct json_value *page, str id) {
  size_t i;
  const struct json_value *a;
  JSON_EACH(field(page, "actors"), i, a) {
    if (!str_eq(field_str(a, "id"), id)) continue;
    str shown = field_bool(a, "private") ? mask_role_word(a) : field_str(a, "name"),
        cameo = field_str(field(a, "code"), "cameo");
    buf_put(out, shown.n ? shown : STR("somebody"));
    if (cameo.n) buf_printf(out, " (%.*s)", STR_FMT(cameo));
  }
}

static void put_actors(struct buf *out, const struct json_value *page, const struct json_value *list) {
  size_t i;
  const struct json_value *id;
  JSON_EACH(list, i, id) {
    if (i) buf_puts(out, "; ");
    put_actor(out, page, json_text(id));
  }
  if (!json_size(list)) buf_putc(out, '-');
}

static void put_words(struct buf *out, const struct json_value *o, const char *const *keys) {
  for (; *keys; keys++) {
    str s = field_str(o, *keys);
    if (s.n) buf_printf(out, "%.*s ", STR_FMT(s));
  }
}

static void put_days(struct buf *out, const struct json_value *period) {
  str from = field_str(period, "earliest"), to = field_str(period, "latest");
  if (!from.n && !to.n) return;
  buf_printf(out, ", %.*s", STR_FMT(from));
  if (!str_eq(from, to)) buf_printf(out, "/%.*s", STR_FMT(to));
}

static void put_event(struct buf *out, const struct json_value *page, const struct json_value *e) {
  static const char *const keys[] = {"type", "mode", "status", "certainty", NULL};
  const struct json_value *place = field(e, "place");
  size_t i;
  const struct json_value *a;
  put_words(out, e, keys);
  put_actors(out, page, field(e, "actor"));
  buf_puts(out, " > ");
  put_actors(out, page, field(e, "recipient"));
  put_days(out, field(e, "date"));
  if (field_str(place, "name").n) {
    buf_printf(out, ", in %.*s (%.*s", STR_FMT(field_str(place, "country")), STR_FMT(field_str(place, "precision")));
    if (field_int(place, "geonameid")) buf_printf(out, " %lld", (long long)field_int(place, "geonameid"));
    buf_putc(out, ')');
  }
  JSON_EACH(field(e, "attribution"), i, a) {
    buf_puts(out, ", says ");
    put_actor(out, page, field_str(a, "speaker"));
  }
}

static void put_demand(struct buf *out, const struct json_value *page, const struct json_value *m) {
  static const char *const keys[] = {"kind", "strength", "status", NULL}, *const act[] = {"type", "mode", NULL};
  put_words(out, m, keys);
  put_actors(out, page, field(m, "issuer"));
  buf_puts(out, " > ");
  put_actors(out, page, field(m, "addressee"));
  buf_puts(out, ": ");
  put_words(out, field(m, "act"), act);
  put_days(out, field(m, "deadline"));
}

static void put_tie(struct buf *out, const struct json_value *page, const struct json_value *t) {
  static const char *const keys[] = {"relation", "role", "status", NULL};
  put_actor(out, page, field_str(t, "subject"));
  buf_putc(out, ' ');
  put_words(out, t, keys);
  put_actor(out, page, field_str(t, "object"));
  put_days(out, field(t, "from"));
  put_days(out, field(t, "to"));
}

/* ---- the two lists of one kind */

struct kind {
  const char *list, *name;
  void (*put)(struct buf *out, const struct json_value *page, const struct json_value *entry);
};

static const struct json_value *with_id(const struct json_value *list, str id) {
  size_t i;
  const struct json_value *v;
  JSON_EACH(list, i, v) if (str_eq(field_str(v, "id"), id)) return v;
  return NULL;
}

struct diff {
  const struct json_value *before, *after; /* pages */
  struct buf words[2];
  page_change_fn tell;
  void *ctx;
  struct page_diff_counts *counts;
};

/* One entry of the first page against its fellow in the second; false: enough was told. */
static bool compare(struct diff *x, const struct kind *k, str id, const struct json_value *was,
                    const struct json_value *is) {
  buf_clear(&x->words[0]), buf_clear(&x->words[1]);
  if (was) k->put(&x->words[0], x->before, was);
  if (is) k->put(&x->words[1], x->after, is);
  struct page_change c = {k->name,
                          !was  ? "new"
                          : !is ? "gone"
                                : "changed",
                          id, buf_str(&x->words[0]), buf_str(&x->words[1])};
  if (was && is && str_eq(c.before, c.after)) return x->counts->same++, true;
  ++*(!was ? &x->counts->added : !is ? &x->counts->gone : &x->counts->changed);
  return !x->tell || x->tell(x->ctx, &c);
}

static bool compare_lists(struct diff *x, const struct kind *k) {
  const struct json_value *before = field(x->before, k->list), *after = field(x->after, k->list), *v;
  size_t i;
  JSON_EACH(before, i, v) if (!compare(x, k, field_str(v, "id"), v, with_id(after, field_str(v, "id")))) return false;
  JSON_EACH(after, i, v) {
    str id = field_str(v, "id");
    if (!with_id(before, id) && !compare(x, k, id, NULL, v)) return false;
  }
  return true;
}

bool page_diff(str before, str after, page_change_fn tell, void *ctx, struct page_diff_counts *counts, struct err *e) {
  static const struct kind kinds[] = {{"events", "event", put_event},
                                      {"demands", "demand", put_demand},
                                      {"ties", "tie", put_tie}};
  struct arena memory;
  arena_init(&memory, (size_t)1 << 30);
  const struct json_value *was = json_tree(before, &memory, e), *is = was ? json_tree(after, &memory, e) : NULL;
  struct diff x = {.before = was, .after = is, .tell = tell, .ctx = ctx, .counts = counts};
  bool ok = is != NULL;
  for (int i = 0; i < 2; i++) buf_init(&x.words[i], 1 << 20);
  for (size_t i = 0; ok && i < sizeof kinds / sizeof *kinds && compare_lists(&x, &kinds[i]); i++) {}
  for (int i = 0; i < 2; i++) buf_release(&x.words[i]);
  arena_release(&memory);
  return ok;
}
