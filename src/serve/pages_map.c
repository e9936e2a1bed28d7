/* pages_map.c - where: incidents by place, each as the area within which it lies, never as a point that nobody told. */
#include "base/calendar.h"
#include "serve/site.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 940, MOST_HIGH = 620, MARKS = 1500, ROWS = 50000, DAYS = 90, LISTED = 60, LABELS = 16 };
#define GRID 90.0 /* of the outlines: numbers by degree */

struct mark {              /* the incidents of one place */
  double lat, lon, radius; /* km */
  str place, country, precision;
  unsigned incidents, conflict;
};
struct view { /* degrees, and pixels by degree */
  double west, south, east, north, kx, ky;
  int height;
};

/* ---- reading */

static int by_place(const void *x, const void *y) {
  const struct mark *a = x, *b = y;
  int c = str_compare(a->place, b->place);
  if (c || (c = str_compare(a->country, b->country))) return c;
  return a->lat != b->lat ? (a->lat < b->lat ? -1 : 1) : a->lon != b->lon ? (a->lon < b->lon ? -1 : 1) : 0;
}

static int by_count(const void *x, const void *y) {
  const struct mark *a = x, *b = y;
  return a->incidents != b->incidents ? (a->incidents < b->incidents ? 1 : -1) : by_place(x, y);
}

static bool of_conflict(str type) {
  static const char *const types[] = {"ACCUSE",   "REJECT", "THREATEN", "PROTEST", "SANCTION",
                                      "MOBILIZE", "COERCE", "ASSAULT",  NULL};
  for (const char *const *t = types; *t; t++)
    if (str_is(type, *t)) return true;
  return false;
}

static bool places_apart(const struct mark *a, const struct mark *b) { return by_place(a, b) != 0; }

/* One mark for each place, the fullest first; *n of them. */
static struct mark *marks_read(struct request *r, const struct ledger_filter *f, size_t *n, size_t *incidents) {
  struct mark *m = ARENA_ARRAY(r->memory, struct mark, ROWS);
  struct ledger_query *q = m ? site_list(r, LIST_MAP, f) : NULL;
  size_t rows = 0, k = 0;
  for (; q && rows < ROWS && site_next(r, q); rows++)
    m[rows] = (struct mark){site_number(q, "lat"),
                            site_number(q, "lon"),
                            site_number(q, "radius_km"),
                            site_kept(r, site_cell(q, "place")),
                            site_kept(r, site_cell(q, "country")),
                            site_kept(r, site_cell(q, "precision")),
                            1,
                            of_conflict(site_cell(q, "type"))};
  ledger_query_close(q);
  if (rows) qsort(m, rows, sizeof *m, by_place);
  for (size_t i = 0; i < rows; i++)
    if (i && !places_apart(&m[k - 1], &m[i])) m[k - 1].incidents++, m[k - 1].conflict += m[i].conflict;
    else m[k++] = m[i];
  if (k) qsort(m, k, sizeof *m, by_count);
  *n = k, *incidents = rows;
  return m;
}

/* ---- the picture */

static bool is_area(const struct mark *m) { return str_is(m->precision, "country") || str_is(m->precision, "area"); }

static double clamp(double v, double low, double high) { return v < low ? low : v > high ? high : v; }

static int by_number(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return a < b ? -1 : a > b;
}

/* Where nearly all of the places lie; few far away do not make a map of the world of one of a country. */
static void extent_of(struct request *r, const struct mark *m, size_t n, bool world, bool north, double *low,
                      double *high) {
  double *at = ARENA_ARRAY(r->memory, double, n + 1);
  size_t k = 0;
  for (size_t i = 0; at && i < n; i++)
    if (!is_area(&m[i])) at[k++] = north ? m[i].lat : m[i].lon;
  *low = 1, *high = 0;
  if (!k || world) return;
  qsort(at, k, sizeof *at, by_number);
  size_t cut = k < 8 ? 0 : k / 10;
  double wide = fmax(at[k - 1 - cut] - at[cut], 1);
  *low = fmax(at[0], at[cut] - wide * .3), *high = fmin(at[k - 1], at[k - 1 - cut] + wide * .3);
}

static struct view view_of(struct request *r, const struct mark *m, size_t n) {
  struct view v = {0};
  const char *all = request_get(r, "view");
  bool world = all && !strcmp(all, "world");
  extent_of(r, m, n, world, false, &v.west, &v.east);
  extent_of(r, m, n, world, true, &v.south, &v.north);
  if (v.west > v.east) v = (struct view){-170, -55, 190, 75, 0, 0, 0};
  double wide = fmax(v.east - v.west, 3) * .08 + 1, high = fmax(v.north - v.south, 3) * .08 + 1;
  v.west -= wide, v.east += wide, v.south = fmax(v.south - high, -85), v.north = fmin(v.north + high, 85);
  double shrink = cos((v.south + v.north) / 2 * 3.14159265358979 / 180);
  if (shrink < .2) shrink = .2;
  double least = (v.east - v.west) * shrink * .45; /* no picture flatter than this */
  if (v.north - v.south < least) {
    double more = (least - (v.north - v.south)) / 2;
    v.south -= more, v.north += more;
  }
  v.kx = WIDTH / (v.east - v.west), v.ky = v.kx / shrink;
  if ((v.north - v.south) * v.ky > MOST_HIGH) {
    double middle = (v.east + v.west) / 2;
    v.ky = MOST_HIGH / (v.north - v.south), v.kx = v.ky * shrink;
    v.west = middle - WIDTH / v.kx / 2, v.east = middle + WIDTH / v.kx / 2;
  }
  v.height = (int)((v.north - v.south) * v.ky);
  return v;
}

static int16_t low_first(const char *p) { return (int16_t)((unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8); }

/* A ring, moved by whole turns, where any of it is seen. What lies outside is drawn to just beyond the edge, so that fills stay whole. */
static void put_ring(struct buf *out, const struct view *v, const char *p, unsigned n, double turn) {
  double west = 999, east = -999, south = 999, north = -999, lastx = -1e9, lasty = -1e9;
  for (unsigned i = 0; i < n; i++) {
    double x = low_first(p + 4 * i) / GRID + turn, y = low_first(p + 4 * i + 2) / GRID;
    west = fmin(west, x), east = fmax(east, x), south = fmin(south, y), north = fmax(north, y);
  }
  if (east < v->west || west > v->east || north < v->south || south > v->north || (east - west) * v->kx < 1.5) return;
  char put = 'M';
  for (unsigned i = 0; i < n; i++) {
    double x = clamp((low_first(p + 4 * i) / GRID + turn - v->west) * v->kx, -20, WIDTH + 20),
           y = clamp((v->north - low_first(p + 4 * i + 2) / GRID) * v->ky, -20, v->height + 20);
    if (fabs(x - lastx) + fabs(y - lasty) < 1.2) continue;
    buf_printf(out, "%c%.0f %.0f", put, x, y);
    put = 'L', lastx = x, lasty = y;
  }
  if (put == 'L') buf_putc(out, 'Z');
}

static void put_land(struct buf *out, const struct view *v) {
  const char *p = serve_world, *end = serve_world + serve_world_bytes;
  if (serve_world_bytes < 8) return;
  buf_puts(out, "<path class=\"land\" d=\"");
  while (end - p > 2) {
    unsigned n = (unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8;
    p += 2;
    if (!n || end - p < 4 * (long)n) break;
    for (int turn = -360; turn <= 360; turn += 360) put_ring(out, v, p, n, turn);
    p += 4 * (size_t)n;
  }
  buf_puts(out, "\"/>");
}

static double x_of(const struct view *v, const struct mark *m) { return (m->lon - v->west) * v->kx; }
static double y_of(const struct view *v, const struct mark *m) { return (v->north - m->lat) * v->ky; }
static bool is_seen(const struct view *v, const struct mark *m) {
  return !is_area(m) && m->lon >= v->west && m->lon <= v->east && m->lat >= v->south && m->lat <= v->north;
}

static void put_mark(struct buf *out, const struct view *v, const struct mark *m) {
  double x = x_of(v, m), y = y_of(v, m), r = m->radius / 111.0 * v->ky;
  const char *class = 2 * m->conflict > m->incidents ? "conf" : "coop";
  if (r < 4) r = 4;
  buf_puts(out, "<a href=\"/incidents?place=");
  site_query(out, m->place);
  buf_printf(out, "\"><circle class=\"area %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>", class, x, y, fmin(r, 200));
  site_text(out, m->place);
  buf_printf(out, ": %u incidents, %u of conflict; within %g km (", m->incidents, m->conflict, m->radius);
  site_text(out, m->precision);
  buf_puts(out, ")</title></circle>");
  buf_puts(out, "</a>");
}

/* Names and numbers beside the fullest places, where there is room. */
static void put_labels(struct request *r, const struct view *v, const struct mark *m, size_t n) {
  double at[LABELS][2];
  size_t k = 0;
  for (size_t i = 0; i < n && k < LABELS; i++) {
    double x = x_of(v, &m[i]), y = y_of(v, &m[i]);
    bool room = is_seen(v, &m[i]) && x < WIDTH - 120;
    for (size_t l = 0; room && l < k; l++) room = fabs(at[l][1] - y) > 14 || fabs(at[l][0] - x) > 130;
    if (!room) continue;
    at[k][0] = x, at[k++][1] = y;
    buf_printf(r->out, "<text class=\"count\" x=\"%.0f\" y=\"%.0f\">", x + 7, y + 4);
    site_text(r->out, m[i].place);
    buf_printf(r->out, " %u</text>", m[i].incidents);
  }
}

static void put_view_link(struct request *r, size_t outside) {
  if (outside) {
    buf_printf(r->out, "<p class=\"soft\">%zu places lie outside the picture: <a href=\"", outside);
    site_href(r, "/map", "view", STR("world"));
    buf_puts(r->out, "\">the whole world</a></p>");
  } else if (request_get(r, "view")) {
    buf_puts(r->out, "<p><a href=\"");
    site_href(r, "/map", "view", (str){NULL, 0});
    buf_puts(r->out, "\">Where most of it is</a></p>");
  }
}

static void put_picture(struct request *r, const struct mark *m, size_t n) {
  struct view v = view_of(r, m, n);
  size_t outside = 0;
  buf_printf(
      r->out,
      "<div class=\"scroll\"><svg class=\"map\" viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"Map of incidents by place; the same stands in the table below\">",
      WIDTH, v.height);
  put_land(r->out, &v);
  for (size_t i = n < MARKS ? n : MARKS; i--;) { /* the fullest on top */
    if (is_seen(&v, &m[i])) put_mark(r->out, &v, &m[i]);
    else outside += !is_area(&m[i]);
  }
  put_labels(r, &v, m, n);
  buf_puts(r->out, "</svg></div>");
  put_view_link(r, outside);
  if (serve_world_bytes < 8)
    buf_puts(r->out,
             "<p class=\"note\">This program was built without outlines of land (npm package world-atlas).</p>");
}

/* ---- the tables */

static void put_list(struct request *r, const struct mark *m, size_t n, bool areas, const char *caption) {
  size_t k = 0;
  for (size_t i = 0; i < n && k < LISTED; i++) {
    if (is_area(&m[i]) != areas) continue;
    if (!k++)
      buf_printf(
          r->out,
          "<div class=\"wide\"><table><caption>%s</caption><thead><tr><th scope=\"col\">place</th><th scope=\"col\">country</th><th "
          "scope=\"col\">known to</th><th scope=\"col\" class=\"n\">within km</th><th scope=\"col\" class=\"n\">incidents</th><th "
          "scope=\"col\" class=\"n\">of conflict</th></tr></thead><tbody>",
          caption);
    buf_puts(r->out, "<tr><td>");
    site_link(r->out, "/incidents?place=", m[i].place, m[i].place);
    buf_puts(r->out, "</td><td>");
    site_text(r->out, m[i].country);
    buf_puts(r->out, "</td><td>");
    site_text(r->out, m[i].precision);
    buf_printf(r->out, "</td><td class=\"n\">%g</td><td class=\"n\">%u</td><td class=\"n\">%u</td></tr>", m[i].radius,
               m[i].incidents, m[i].conflict);
  }
  if (k) buf_puts(r->out, "</tbody></table></div>");
}

void page_map(struct request *r) {
  static const char *const names[] = {"actor", "country", "type", "place", "source", "from", "to", NULL};
  struct ledger_filter f;
  struct site_extent x;
  size_t n = 0, incidents = 0;
  int32_t last;
  char from[11];
  if (!request_filter(r, &f)) return;
  site_extent(r, &x);
  bool near = !f.from && !f.to && !f.actor && !f.place && day_parse_iso(str_of(x.last), &last) && x.documents > 5000;
  if (near) day_format(last - DAYS, from), f.from = from;
  site_open(r, "Map", "/map");
  site_filters(r, "/map", names);
  site_tokens(r, "/map", names);
  const struct mark *m = marks_read(r, &f, &n, &incidents);
  if (near) buf_printf(r->out, "<p class=\"note\">The last %d days, since %s; give other days above.</p>", DAYS, from);
  if (m && n) {
    buf_printf(
        r->out,
        "<p class=\"soft\">%zu incidents at %zu places. A disc is the area within which they lie, as far as it is known; places of "
        "civilians and of aid are five kilometres wide at least. Red: mostly conflict.%s</p>",
        incidents, n, n > MARKS ? " The fullest 1500 places are drawn." : "");
    put_picture(r, m, n);
    put_list(r, m, n, true, "Known to the country alone: not drawn");
    put_list(r, m, n, false, "Places, the fullest first");
    buf_puts(
        r->out,
        "<p class=\"soft small\">Outlines: Natural Earth, borders as they are held, not as anybody claims them. Places: GeoNames.</p>");
  } else site_nothing(r, "No incident with a place under these filters.");
  site_twins(r, "map", "geojson");
  site_close(r);
}
