/* export_forms.c - incidents as GeoJSON points, deadlines as an iCalendar. What may be shown of place and person is the lists' affair. */
#include "base/calendar.h"
#include "base/json.h"
#include "report/export.h"
#include <math.h>
#include <stdio.h>

static str cell(const struct ledger_query *q, const char *name) {
  for (int i = 0; i < ledger_query_columns(q); i++)
    if (!strcmp(ledger_query_name(q, i), name)) return ledger_query_text(q, i);
  return (str){"", 0};
}

/* ---- GeoJSON */

static void put_number(struct json *j, str s, int decimals) {
  double v;
  json_number(j, str_to_double(s, &v) ? v : NAN, decimals);
}

static void put_point(struct json *j, const struct ledger_query *q) {
  static const char *const words[] = {"date",  "type",    "mode",      "actor",    "recipient", "speaker",
                                      "place", "country", "precision", "evidence", "source",    "killed"};
  static const char *const counts[] = {"reports", "texts", "denied"};
  json_open(j, '{');
  json_key_name(j, "type", "Feature");
  json_key_str(j, "id", cell(q, "id"));
  json_key(j, "geometry");
  json_open(j, '{');
  json_key_name(j, "type", "Point");
  json_key(j, "coordinates");
  json_open(j, '[');
  put_number(j, cell(q, "lon"), 4);
  put_number(j, cell(q, "lat"), 4);
  json_close(j, ']');
  json_close(j, '}');
  json_key(j, "properties");
  json_open(j, '{');
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (cell(q, words[i]).n) json_key_str(j, words[i], cell(q, words[i]));
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    json_key(j, counts[i]);
    put_number(j, cell(q, counts[i]), 0);
  }
  json_key(j, "radius_km");
  put_number(j, cell(q, "radius_km"), 1);
  json_close(j, '}');
  json_close(j, '}');
}

bool export_geojson(struct ledger *g, const struct ledger_filter *f, struct buf *out, struct err *e) {
  struct ledger_query *q = ledger_query_open(g, LIST_MAP, f, e);
  struct json j = json_writer(out);
  int there = -1;
  json_open(&j, '{');
  json_key_name(&j, "type", "FeatureCollection");
  json_key(&j, "features");
  json_open(&j, '[');
  while (q && (there = ledger_query_next(q, e)) == 1) put_point(&j, q);
  json_close(&j, ']');
  json_close(&j, '}');
  buf_putc(out, '\n');
  ledger_query_close(q);
  return there == 0 && (!out->failed || err_set(e, ERR_NOMEM, "no memory for the map"));
}

/* ---- iCalendar */

enum { LINE = 75 };

/* One content line: escaped as TEXT, folded at 75 bytes between characters. */
static void put_line(struct buf *out, const char *name, str value, bool text) {
  size_t used = strlen(name) + 1;
  buf_puts(out, name);
  buf_putc(out, ':');
  for (size_t i = 0; i < value.n; i++) {
    unsigned char c = (unsigned char)value.p[i];
    bool escape = text && (c == ',' || c == ';' || c == '\\'), line = c == '\n';
    if ((c & 0xC0) != 0x80 && used + 4 > LINE) buf_puts(out, "\r\n "), used = 1;
    if (line) buf_puts(out, "\\n"), used += 2;
    else if (c < ' ' || c == 0x7F) buf_putc(out, ' '), used++;
    else {
      if (escape) buf_putc(out, '\\'), used++;
      buf_putc(out, (char)c), used++;
    }
  }
  buf_puts(out, "\r\n");
}

/* "2020-12-28" -> "20201228", "2020-12-28T10:30" -> "20201228T103000". False: no moment. */
static bool compact(str moment, char out[20], bool *timed) {
  int32_t day;
  if (moment.n < 10 || !day_parse_iso(moment, &day)) return false;
  *timed = moment.n >= 16 && moment.p[10] == 'T';
  snprintf(out, 20, "%.4s%.2s%.2s", moment.p, moment.p + 5, moment.p + 8);
  if (*timed) snprintf(out + 8, 12, "T%.2s%.2s00", moment.p + 11, moment.p + 14);
  return true;
}

static void put_what(struct buf *b, const struct ledger_query *q) {
  buf_put(b, cell(q, "issuer").n ? cell(q, "issuer") : STR("Nobody named"));
  if (cell(q, "addressee").n) {
    buf_puts(b, " \xE2\x86\x92 ");
    buf_put(b, cell(q, "addressee"));
  }
  buf_puts(b, ": ");
  buf_put(b, cell(q, "act").n ? cell(q, "act") : STR("a demand"));
}

static void put_why(struct buf *b, const struct ledger_query *q) {
  if (cell(q, "consequence").n) {
    buf_puts(b, "Or else: ");
    buf_put(b, cell(q, "consequence"));
    buf_putc(b, '\n');
  }
  buf_printf(b, "Told by %.*s on %.*s", STR_FMT(cell(q, "source")), STR_FMT(cell(q, "told")));
  if (cell(q, "speaker").n) buf_printf(b, ", according to %.*s", STR_FMT(cell(q, "speaker")));
  buf_puts(b, ".\n");
  buf_put(b, cell(q, "evidence"));
}

static const char *standing(str status) {
  if (str_is(status, "withdrawn") || str_is(status, "superseded") || str_is(status, "rejected")) return "CANCELLED";
  return str_is(status, "met") || str_is(status, "expired") ? "CONFIRMED" : "TENTATIVE";
}

static void put_deadline(struct buf *out, const struct ledger_query *q, struct buf *room) {
  char due[20], told[20];
  bool timed, unused;
  if (!compact(cell(q, "deadline"), due, &timed) || !compact(cell(q, "told"), told, &unused)) return;
  buf_puts(out, "BEGIN:VEVENT\r\n");
  buf_clear(room);
  buf_printf(room, "%.*s@tightrope", STR_FMT(cell(q, "id")));
  put_line(out, "UID", buf_str(room), false);
  buf_clear(room);
  buf_printf(room, "%.8sT000000Z", told);
  put_line(out, "DTSTAMP", buf_str(room), false);
  put_line(out, timed ? "DTSTART" : "DTSTART;VALUE=DATE", str_of(due), false);
  buf_clear(room);
  put_what(room, q);
  put_line(out, "SUMMARY", buf_str(room), true);
  buf_clear(room);
  put_why(room, q);
  put_line(out, "DESCRIPTION", buf_str(room), true);
  put_line(out, "STATUS", str_of(standing(cell(q, "status"))), false);
  buf_puts(out, "SEQUENCE:0\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

bool export_ics(struct ledger *g, const struct ledger_filter *f, struct buf *out, struct err *e) {
  struct ledger_filter mine = *f;
  if (!mine.status) mine.status = "all";
  struct ledger_query *q = ledger_query_open(g, LIST_DEADLINES, &mine, e);
  struct buf room;
  int there = -1;
  buf_init(&room, 1 << 20);
  buf_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tightrope//ledger//EN\r\nCALSCALE:GREGORIAN\r\n");
  while (q && (there = ledger_query_next(q, e)) == 1) put_deadline(out, q, &room);
  buf_puts(out, "END:VCALENDAR\r\n");
  buf_release(&room);
  ledger_query_close(q);
  return there == 0 && (!out->failed || err_set(e, ERR_NOMEM, "no memory for the calendar"));
}
