/* brief.c - the brief in Markdown or HTML. */
#include "report/brief.h"
#include "base/arena.h"
#include "base/calendar.h"
#include <stdio.h>
#include <stdlib.h>

enum { NOTES_MAX = 400, LINES_MAX = 40, NOTES_A_LINE = 6, MEMORY_CAP = 1 << 28, SOURCES_MAX = 32 };

struct brief {
  struct ledger *g;
  const struct brief_options *o;
  struct buf *out;
  struct err *e;
  struct arena memory;
  char from[11], on[11]; /* first and last day of the period */
  str note[NOTES_MAX];
  int notes;
};

/* ---- two kinds of output */

static void put_escaped(struct buf *out, str s, bool html) {
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    if ((unsigned char)c < 0x20) buf_putc(out, ' ');
    else if (html && c == '<') buf_puts(out, "&lt;");
    else if (html && c == '>') buf_puts(out, "&gt;");
    else if (html && c == '&') buf_puts(out, "&amp;");
    else if (html && c == '"') buf_puts(out, "&quot;");
    else if (!html && (c == '*' || c == '_' || c == '[' || c == ']' || c == '<' || c == '`' || c == '|' || c == '\\')) {
      buf_putc(out, '\\');
      buf_putc(out, c);
    } else buf_putc(out, c);
  }
}

static void text(struct brief *b, str s) { put_escaped(b->out, s, b->o->html); }
static void raw(struct brief *b, const char *markdown, const char *html) {
  buf_puts(b->out, b->o->html ? html : markdown);
}

static void section(struct brief *b, const char *title) {
  raw(b, "\n## ", "<h2>");
  text(b, str_of(title));
  raw(b, "\n\n", "</h2>\n");
}
static void open_list(struct brief *b) { raw(b, "", "<ul>\n"); }
static void close_list(struct brief *b) { raw(b, "", "</ul>\n"); }
static void open_item(struct brief *b) { raw(b, "- ", "<li>"); }
static void close_item(struct brief *b) { raw(b, "\n", "</li>\n"); }
static void strong(struct brief *b, str s) {
  raw(b, "**", "<strong>");
  text(b, s);
  raw(b, "**", "</strong>");
}
static void paragraph(struct brief *b, const char *s) {
  raw(b, "", "<p>");
  text(b, str_of(s));
  raw(b, "\n", "</p>\n");
}

/* ---- rows of a list, by the names of their columns */

static str cell(struct ledger_query *q, const char *name) {
  for (int i = 0; i < ledger_query_columns(q); i++)
    if (str_is(str_of(ledger_query_name(q, i)), name)) return ledger_query_text(q, i);
  return (str){"", 0};
}

static str kept(struct brief *b, str s) {
  str copy = arena_str(&b->memory, s);
  return copy.p ? copy : (str){"", 0};
}

/* A footnote to a sentence of a document: its number. Full: 0. */
static int note(struct brief *b, struct ledger_query *q) {
  struct buf n;
  str date = cell(q, "told"), source = cell(q, "source"), doc = cell(q, "doc"), said = cell(q, "evidence");
  buf_init(&n, 1 << 16);
  if (source.n) {
    put_escaped(&n, source, b->o->html);
    buf_puts(&n, ", ");
  }
  put_escaped(&n, doc, b->o->html);
  if (date.n) {
    buf_puts(&n, ", ");
    put_escaped(&n, date, b->o->html);
  }
  buf_puts(&n, b->o->html ? ": &ldquo;" : ": \xE2\x80\x9C");
  put_escaped(&n, said, b->o->html);
  buf_puts(&n, b->o->html ? "&rdquo;" : "\xE2\x80\x9D");
  str whole = buf_str(&n);
  int number = 0;
  for (int i = 0; i < b->notes && !number; i++)
    if (str_eq(b->note[i], whole)) number = i + 1;
  if (!number && b->notes < NOTES_MAX) {
    b->note[b->notes] = kept(b, whole);
    number = ++b->notes;
  }
  buf_release(&n);
  return number;
}

static void put_note(struct brief *b, int number) {
  if (!number) return;
  if (b->o->html) buf_printf(b->out, "<sup><a href=\"#n%d\">%d</a></sup>", number, number);
  else buf_printf(b->out, "[^%d]", number);
}

static struct ledger_query *open_list_of(struct brief *b, enum ledger_list list, struct ledger_filter f) {
  f.actor = b->o->actor;
  return ledger_query_open(b->g, list, &f, b->e);
}

/* ---- what changed */

/* One line of the brief: the same act by the same parties on the same day, from one or many sentences. */
struct told {
  str date, type, mode, actor, recipient, place, speaker, incident;
  int note[NOTES_A_LINE], notes, reports;
};

static bool same_act(const struct told *a, const struct told *b) {
  if (a->incident.n && str_eq(a->incident, b->incident)) return true;
  return str_eq(a->date, b->date) && str_eq(a->type, b->type) && str_eq(a->actor, b->actor) &&
         str_eq(a->recipient, b->recipient) && !a->speaker.n == !b->speaker.n;
}

static void put_type(struct brief *b, str type, str mode) {
  char low[64];
  size_t n = 0;
  for (; n < type.n && n < sizeof low; n++) low[n] = ascii_fold(type.p[n]);
  text(b, (str){low, n});
  if (!mode.n) return;
  buf_puts(b->out, " (");
  text(b, mode);
  buf_puts(b->out, ")");
}

static void put_told(struct brief *b, const struct told *t, bool denied) {
  open_item(b);
  strong(b, t->date.n ? t->date : STR("Undated"));
  buf_puts(b->out, " ");
  text(b, t->actor.n ? t->actor : STR("Nobody named"));
  if (t->recipient.n) {
    raw(b, " \xE2\x86\x92 ", " &rarr; ");
    text(b, t->recipient);
  }
  buf_puts(b->out, ": ");
  put_type(b, t->type, t->mode);
  if (t->place.n) {
    buf_puts(b->out, ", ");
    text(b, t->place);
  }
  if (t->speaker.n) {
    buf_puts(b->out, denied ? "; denied by " : "; according to ");
    text(b, t->speaker);
  } else buf_puts(b->out, denied ? "; denied" : "; reported");
  if (t->reports > 1) buf_printf(b->out, ", %d times", t->reports);
  buf_putc(b->out, '.');
  for (int i = 0; i < t->notes; i++) put_note(b, t->note[i]);
  close_item(b);
}

static void add_note(struct told *t, int number) {
  for (int i = 0; i < t->notes; i++)
    if (t->note[i] == number) return;
  if (t->notes < NOTES_A_LINE) t->note[t->notes++] = number;
}

static int collect_told(struct brief *b, struct ledger_query *q, struct told *lines, int most, int *left_out) {
  int n = 0, got;
  *left_out = 0;
  while ((got = ledger_query_next(q, b->e)) == 1) {
    struct told t = {cell(q, "date"),
                     cell(q, "type"),
                     cell(q, "mode"),
                     cell(q, "actor"),
                     cell(q, "recipient"),
                     cell(q, "place"),
                     cell(q, "speaker"),
                     cell(q, "incident"),
                     {0},
                     0,
                     1};
    if (!t.actor.n && !t.recipient.n) continue;
    int k = 0;
    while (k < n && !same_act(&lines[k], &t)) k++;
    if (k == most) {
      ++*left_out;
      continue;
    }
    if (k == n) {
      struct told copy = {kept(b, t.date),
                          kept(b, t.type),
                          kept(b, t.mode),
                          kept(b, t.actor),
                          kept(b, t.recipient),
                          kept(b, t.place),
                          kept(b, t.speaker),
                          kept(b, t.incident),
                          {0},
                          0,
                          0};
      lines[n++] = copy;
    }
    lines[k].reports++;
    add_note(&lines[k], note(b, q));
  }
  return got < 0 ? -1 : n;
}

static bool put_events(struct brief *b, const char *status, const char *nothing) {
  struct told lines[LINES_MAX];
  int left_out;
  struct ledger_query *q =
      open_list_of(b, LIST_EVENTS, (struct ledger_filter){.status = status, .from = b->from, .to = b->on});
  if (!q) return false;
  int n = collect_told(b, q, lines, LINES_MAX, &left_out);
  ledger_query_close(q);
  if (n < 0) return false;
  if (!n) paragraph(b, nothing);
  open_list(b);
  for (int i = 0; i < n; i++) put_told(b, &lines[i], str_is(str_of(status), "denied"));
  close_list(b);
  if (left_out) {
    char more[96];
    snprintf(more, sizeof more, "%d further reports of the period are in the ledger and not listed here.", left_out);
    paragraph(b, more);
  }
  return true;
}

/* ---- what is due */

static const char *const due_bands[] = {"Overdue", "Within a day", "Within a week", "Later", NULL};

static int band_of(const struct brief *b, str deadline) {
  int32_t due, on;
  if (!day_parse_iso(str_sub(deadline, 0, deadline.n < 10 ? deadline.n : 10), &due) ||
      !day_parse_iso(str_of(b->on), &on))
    return 3;
  return due < on ? 0 : due <= on + 1 ? 1 : due <= on + 7 ? 2 : 3;
}

static void put_demand(struct brief *b, struct ledger_query *q) {
  open_item(b);
  strong(b, cell(q, "deadline"));
  buf_puts(b->out, " ");
  text(b, cell(q, "issuer").n ? cell(q, "issuer") : STR("Nobody named"));
  if (cell(q, "addressee").n) {
    raw(b, " \xE2\x86\x92 ", " &rarr; ");
    text(b, cell(q, "addressee"));
  }
  buf_puts(b->out, ": ");
  text(b, cell(q, "act").n ? cell(q, "act") : STR("a demand"));
  if (cell(q, "consequence").n) {
    buf_puts(b->out, "; or else: ");
    text(b, cell(q, "consequence"));
  }
  buf_puts(b->out, " (");
  text(b, cell(q, "words"));
  buf_puts(b->out, "; ");
  text(b, cell(q, "status"));
  buf_puts(b->out, ")");
  if (cell(q, "speaker").n) {
    buf_puts(b->out, "; according to ");
    text(b, cell(q, "speaker"));
  }
  buf_putc(b->out, '.');
  put_note(b, note(b, q));
  close_item(b);
}

static bool put_band(struct brief *b, int band, int *shown) {
  char since[11];
  int32_t on;
  day_parse_iso(str_of(b->on), &on);
  day_format(on - 30, since);
  struct ledger_query *q = open_list_of(b, LIST_DEADLINES, (struct ledger_filter){.from = since});
  if (!q) return false;
  int got, n = 0;
  while ((got = ledger_query_next(q, b->e)) == 1) {
    if (band_of(b, cell(q, "deadline")) != band || str_compare(cell(q, "told"), str_of(b->on)) > 0) continue;
    if (!n++) {
      raw(b, *shown ? "\n### " : "### ", "<h3>");
      text(b, str_of(due_bands[band]));
      raw(b, "\n\n", "</h3>\n");
      open_list(b);
    }
    put_demand(b, q);
  }
  if (n) close_list(b);
  *shown += n;
  ledger_query_close(q);
  return got == 0;
}

static bool put_due(struct brief *b) {
  int shown = 0;
  section(b, "What is due");
  for (int band = 0; due_bands[band]; band++)
    if (!put_band(b, band, &shown)) return false;
  if (!shown) paragraph(b, "No demand with a deadline is open.");
  return true;
}

/* ---- who is new, what was read */

static bool put_new_actors(struct brief *b) {
  struct ledger_query *q = open_list_of(b, LIST_NEW_ACTORS, (struct ledger_filter){.from = b->from, .to = b->on});
  if (!q) return false;
  section(b, "New in the ledger");
  int got, n = 0;
  while ((got = ledger_query_next(q, b->e)) == 1) {
    str first = cell(q, "first");
    if (n == LINES_MAX || str_is(cell(q, "events"), "0")) continue;
    if (!n++) open_list(b);
    open_item(b);
    strong(b, cell(q, "name"));
    buf_puts(b->out, " (");
    text(b, cell(q, "kind"));
    if (cell(q, "cameo").n) {
      buf_puts(b->out, ", ");
      text(b, cell(q, "cameo"));
    }
    buf_puts(b->out, "), first told on ");
    text(b, first);
    close_item(b);
  }
  if (n) close_list(b);
  else paragraph(b, "No actor appeared for the first time.");
  ledger_query_close(q);
  return got == 0;
}

struct coverage {
  str source[SOURCES_MAX];
  int documents[SOURCES_MAX], n, total;
  int silent; /* days of the period without any document */
};

static bool count_coverage(struct brief *b, struct coverage *c) {
  struct ledger_query *q =
      ledger_query_open(b->g, LIST_DOCUMENTS, &(struct ledger_filter){.from = b->from, .to = b->on}, b->e);
  if (!q) return false;
  str last = {"", 0};
  int got, days = 0;
  while ((got = ledger_query_next(q, b->e)) == 1) {
    str source = cell(q, "source"), date = cell(q, "date");
    int k = 0;
    while (k < c->n && !str_eq(c->source[k], source)) k++;
    if (k == c->n && c->n < SOURCES_MAX) c->source[c->n++] = kept(b, source);
    if (k < c->n) c->documents[k]++;
    c->total++;
    if (!str_eq(date, last)) {
      days++;
      last = kept(b, date);
    }
  }
  c->silent = b->o->days - days;
  ledger_query_close(q);
  return got == 0;
}

static bool put_coverage(struct brief *b) {
  struct coverage c = {0};
  if (!count_coverage(b, &c)) return false;
  section(b, "What was read");
  char line[200];
  snprintf(
      line, sizeof line,
      "%d document%s from %d outlet%s. On %d of %d days there was no document: no data, which does not mean that nothing happened.",
      c.total, c.total == 1 ? "" : "s", c.n, c.n == 1 ? "" : "s", c.silent, b->o->days);
  paragraph(b, line);
  if (c.n) open_list(b);
  for (int i = 0; i < c.n; i++) {
    open_item(b);
    text(b, c.source[i].n ? c.source[i] : STR("no outlet named"));
    buf_printf(b->out, ": %d", c.documents[i]);
    close_item(b);
  }
  if (c.n) close_list(b);
  return true;
}

/* ---- the whole */

static void put_notes(struct brief *b) {
  if (!b->notes) return;
  raw(b, "\n", "<h2>Sources</h2>\n<ol>\n");
  for (int i = 0; i < b->notes; i++) {
    if (b->o->html) buf_printf(b->out, "<li id=\"n%d\">%.*s</li>\n", i + 1, STR_FMT(b->note[i]));
    else buf_printf(b->out, "[^%d]: %.*s\n", i + 1, STR_FMT(b->note[i]));
  }
  raw(b, "", "</ol>\n");
}

static bool newest_day(struct brief *b, int32_t *day) {
  struct ledger_query *q = ledger_query_open(b->g, LIST_OUTLETS, &(struct ledger_filter){0}, b->e);
  if (!q) return false;
  int got;
  *day = DAY_NONE;
  while ((got = ledger_query_next(q, b->e)) == 1) {
    int32_t last;
    if (day_parse_iso(cell(q, "last"), &last) && (*day == DAY_NONE || last > *day)) *day = last;
  }
  ledger_query_close(q);
  if (got == 0 && *day == DAY_NONE) return err_set(b->e, ERR_DB, "the ledger holds no document");
  return got == 0;
}

static void put_title(struct brief *b) {
  if (!b->o->part) {
    raw(b, "# Brief of ", "<h1>Brief of ");
    text(b, str_of(b->on));
    raw(b, "\n\n", "</h1>\n");
  }
  char line[256];
  snprintf(line, sizeof line,
           "%s to %s%s%s. Coded by machine from reports: not facts, but what was told, by whom. Silence is not peace.",
           b->from, b->on, b->o->actor ? ", with " : "", b->o->actor ? b->o->actor : "");
  paragraph(b, line);
}

static bool put_body(struct brief *b) {
  put_title(b);
  section(b, "What changed");
  if (!put_events(b, "actual", "Nothing was reported in this period.")) return false;
  if (!put_due(b)) return false;
  section(b, "What is contested");
  if (!put_events(b, "denied", "No denial was reported in this period.")) return false;
  if (!put_new_actors(b) || !put_coverage(b)) return false;
  put_notes(b);
  return true;
}

static const char html_head[] =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Brief</title>\n<style>body{font:16px/1.5 "
    "system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}h1,h2,h3{line-height:1.2}ol{font-size:"
    ".85rem}@media print{body{margin:0}}</style></head><body>\n";

bool brief_write(struct ledger *g, const struct brief_options *o, struct buf *out, struct err *e) {
  struct brief *b = calloc(1, sizeof *b);
  if (!b) return err_set(e, ERR_NOMEM, "no memory for the brief");
  *b = (struct brief){.g = g, .o = o, .out = out, .e = e};
  arena_init(&b->memory, MEMORY_CAP);
  int32_t on = o->on;
  bool ok = on != DAY_NONE || newest_day(b, &on);
  if (ok) {
    day_format(on, b->on);
    day_format(on - o->days + 1, b->from);
    if (o->html && !o->part) buf_puts(out, html_head);
    ok = put_body(b);
    if (o->html && !o->part) buf_puts(out, "</body></html>\n");
  }
  if (ok && out->failed) ok = err_set(e, ERR_LIMIT, "the brief is too large");
  arena_release(&b->memory);
  free(b);
  return ok;
}
