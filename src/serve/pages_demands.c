/* pages_demands.c - what was demanded, promised or threatened: the board of deadlines, and all of it. */
#include "base/calendar.h"
#include "serve/site.h"
#include <string.h>

static const char *const filters[] = {"actor", "type", "status", "source", "from", "to", NULL};

static const struct site_column deadline_columns[] = {
    {"deadline", "by", NULL, NULL},          {"issuer", "who", NULL, NULL},
    {"addressee", "of whom", NULL, NULL},    {"act", "what", NULL, NULL},
    {"consequence", "or else", NULL, NULL},  {"status", "status", NULL, NULL},
    {"speaker", "according to", NULL, NULL}, {"told", "told", NULL, NULL},
    {"words", "in words", "/why/", "id"},    {NULL, NULL, NULL, NULL}};

/* Deadlines from `first` to `last` days after `now`; DAY_NONE: without end. The number of them. */
static size_t put_column(struct request *r, const struct ledger_filter *f, int32_t now, const char *caption,
                         int32_t first, int32_t last) {
  struct ledger_filter part = *f;
  char from[11], to[11];
  if (first != DAY_NONE) day_format(now + first, from), part.from = from;
  if (last != DAY_NONE) day_format(now + last, to), part.to = to;
  return site_table(r, site_list(r, LIST_DEADLINES, &part), NULL, caption, deadline_columns);
}

/* Days count from the newest document: a ledger of last year has deadlines too. */
static size_t put_board(struct request *r, struct ledger_filter *f) {
  struct site_extent x;
  int32_t now;
  site_extent(r, &x);
  if (!day_parse_iso(str_of(x.last), &now)) return 0;
  buf_printf(
      r->out,
      "<p class=\"soft\">Counted from %s, the day of the newest document. Past is not missed: a demand counts as met only where a text says so.</p>",
      x.last);
  size_t n = put_column(r, f, now, "Within a day", 0, 1);
  n += put_column(r, f, now, "Within a week", 2, 7);
  n += put_column(r, f, now, "Later", 8, DAY_NONE);
  return n + put_column(r, f, now, "Past", DAY_NONE, -1);
}

void page_deadlines(struct request *r) {
  struct ledger_filter f;
  if (!request_filter(r, &f)) return;
  site_open(r, "Deadlines", "/deadlines");
  buf_puts(
      r->out,
      "<p class=\"soft\">What was demanded, promised or threatened by when. <a href=\"/demands\">All demands, also without a "
      "deadline</a> \xC2\xB7 <a href=\"/api/v1/deadlines.ics\">as a calendar</a></p>");
  site_filters(r, "/deadlines", filters);
  bool chosen = f.from || f.to;
  if (!(chosen ? site_table(r, site_list(r, LIST_DEADLINES, &f), "/deadlines", "By the day on which they run out",
                            deadline_columns)
               : put_board(r, &f)))
    site_nothing(r, "No demand with a deadline was read.");
  site_close(r);
}

void page_demands(struct request *r) {
  static const struct site_column columns[] = {
      {"issued", "on", NULL, NULL},         {"kind", "kind", NULL, NULL},
      {"strength", "how", NULL, NULL},      {"issuer", "who", NULL, NULL},
      {"addressee", "of whom", NULL, NULL}, {"act", "what", NULL, NULL},
      {"deadline", "by", NULL, NULL},       {"consequence", "or else", NULL, NULL},
      {"status", "status", NULL, NULL},     {"speaker", "according to", NULL, NULL},
      {"told", "told", "/why/", "id"},      {NULL, NULL, NULL, NULL}};
  struct ledger_filter f;
  if (!request_filter(r, &f)) return;
  site_open(r, "Demands, promises, threats", "/deadlines");
  site_filters(r, "/demands", filters);
  if (!site_table(r, site_list(r, LIST_DEMANDS, &f), "/demands", "By the day on which they were issued", columns))
    site_nothing(r, "None was read.");
  site_close(r);
}
