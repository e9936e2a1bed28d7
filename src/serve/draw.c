/* draw.c - series of a ledger, and the bars that show them. The colours stand in web/style.css; signs and words say the same. */
#include "serve/draw.h"
#include "base/calendar.h"
#include <stdio.h>
#include <string.h>

const char *const draw_quad_names[DRAW_QUADS] = {"verbal cooperation", "material cooperation", "verbal conflict",
                                                 "material conflict"};
const char *const draw_quad_columns[DRAW_QUADS] = {"verbal_cooperation", "material_cooperation", "verbal_conflict",
                                                   "material_conflict"};

/* ---- reading */

static char step_of(const struct ledger_filter *f) { return f->period ? f->period[0] : 'w'; }

static bool day_of(str period, int32_t *day) {
  char text[11];
  snprintf(text, sizeof text, "%.*s%s", STR_FMT(period), period.n == 7 ? "-01" : "");
  return day_parse_iso(str_of(text), day);
}

static int32_t next_of(int32_t day, char step) {
  return step == 'm' ? day_add_months(day, 1) : day + (step == 'd' ? 1 : 7);
}

/* A ring of the last periods: older ones make room. */
struct ring {
  struct draw_period *at;
  size_t n;
};

static void ring_put(struct ring *k, struct draw_period p) { k->at[k->n++ % DRAW_MOST] = p; }

/* The periods between the last one and `now`: no document was read there. */
static void ring_gap(struct request *r, struct ring *k, int32_t now, size_t width, char step) {
  int32_t day;
  char text[11];
  if (!k->n || !day_of(k->at[(k->n - 1) % DRAW_MOST].period, &day)) return;
  size_t most = 4 * DRAW_MOST; /* a gap of centuries is no picture */
  for (day = next_of(day, step); day < now && most; day = next_of(day, step), most--) {
    day_format(day, text);
    ring_put(k, (struct draw_period){.period = site_kept(r, (str){text, width})});
  }
}

static struct draw_period period_of(struct request *r, const struct ledger_query *q) {
  struct draw_period p = {.period = site_kept(r, site_cell(q, "period")),
                          .reports = site_number(q, "reports"),
                          .documents = site_number(q, "documents")};
  for (int i = 0; i < DRAW_QUADS; i++) p.quad[i] = site_number(q, draw_quad_columns[i]);
  p.known = p.documents > 0 || p.reports > 0;
  return p;
}

bool draw_read(struct request *r, const struct ledger_filter *f, struct draw_series *out) {
  struct ring k = {ARENA_ARRAY(r->memory, struct draw_period, DRAW_MOST), 0};
  struct ledger_filter all = *f;
  all.unit = "all";
  struct ledger_query *q = k.at ? site_list(r, LIST_SERIES, &all) : NULL;
  *out = (struct draw_series){NULL, 0};
  while (q && site_next(r, q)) {
    struct draw_period p = period_of(r, q);
    int32_t now;
    if (!day_of(p.period, &now)) continue;
    if (!k.n && !p.documents) continue; /* told of long before the first document */
    ring_gap(r, &k, now, p.period.n, step_of(f));
    ring_put(&k, p);
  }
  ledger_query_close(q);
  size_t n = k.n < DRAW_MOST ? k.n : DRAW_MOST;
  struct draw_period *at = ARENA_ARRAY(r->memory, struct draw_period, n + 1);
  if (!at || r->e.code != ERR_OK) return false;
  for (size_t i = 0; i < n; i++) at[i] = k.at[(k.n - n + i) % DRAW_MOST];
  *out = (struct draw_series){at, n};
  return true;
}

bool draw_align(struct request *r, const struct draw_series *like, struct draw_series *s) {
  struct draw_period *at = ARENA_ARRAY(r->memory, struct draw_period, like->n + 1);
  if (!at) return false;
  for (size_t i = 0, k = 0; i < like->n; i++) {
    at[i] = (struct draw_period){.period = like->at[i].period,
                                 .documents = like->at[i].documents,
                                 .known = like->at[i].known};
    while (k < s->n && str_compare(s->at[k].period, like->at[i].period) < 0) k++;
    if (k < s->n && str_eq(s->at[k].period, like->at[i].period)) at[i] = s->at[k];
  }
  *s = (struct draw_series){at, like->n};
  return true;
}

/* ---- bars */

static double coop(const struct draw_period *p) { return p->quad[0] + p->quad[1]; }
static double conflict(const struct draw_period *p) { return p->quad[2] + p->quad[3]; }

double draw_balance_most(const struct draw_series *s) {
  double most = 1;
  for (size_t i = 0; i < s->n; i++) {
    if (coop(&s->at[i]) > most) most = coop(&s->at[i]);
    if (conflict(&s->at[i]) > most) most = conflict(&s->at[i]);
  }
  return most;
}

static void svg_open(struct buf *out, int width, int height, const char *class, const char *what) {
  buf_printf(out, "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", class, width, height);
  site_text(out, str_of(what));
  buf_puts(out, "\">");
}

static void put_rect(struct buf *out, const char *class, double x, double y, double w, double h) {
  if (h > 0)
    buf_printf(out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", class, x, y, w, h);
}

static void put_ends(struct buf *out, const struct draw_series *s, double left, double right, double y) {
  if (!s->n) return;
  buf_printf(out, "<text x=\"%.0f\" y=\"%.0f\">", left, y);
  site_text(out, s->at[0].period);
  buf_printf(out, "</text><text x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\">", right, y);
  site_text(out, s->at[s->n - 1].period);
  buf_puts(out, "</text>");
}

/* A period's title, on the column that shows it under the pointer; where nothing was read, a broken mark on the line. */
static void put_title(struct buf *out, const struct draw_period *p, double x, double w, double h, double line) {
  if (!p->known) put_rect(out, "gap", x, line - 3, w > 3 ? w - 1 : w, 6);
  buf_printf(out, "<rect class=\"hit\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"%.1f\"><title>", x, w, h);
  site_text(out, p->period);
  if (!p->known) buf_puts(out, ": no document, no data");
  else
    buf_printf(out, ": cooperation %g (material %g), conflict %g (material %g); %g articles", coop(p), p->quad[1],
               conflict(p), p->quad[3], p->documents);
  buf_puts(out, "</title></rect>");
}

void draw_balance(struct buf *out, const struct draw_series *s, const char *what, double most, int width, int height) {
  enum { LEFT = 34 };
  double half = (height - 18) / 2.0, step = s->n ? (double)(width - LEFT) / (double)s->n : 1;
  if (most <= 0) most = draw_balance_most(s);
  svg_open(out, width, height, "chart", what);
  buf_printf(out, "<text x=\"0\" y=\"10\">+%g</text><text x=\"0\" y=\"%.0f\">\xE2\x88\x92%g</text>", most, 2 * half,
             most);
  for (size_t i = 0; i < s->n; i++) {
    const struct draw_period *p = &s->at[i];
    double x = LEFT + step * (double)i, w = step > 3 ? (step > 40 ? 36 : step - 1) : step, k = half / most;
    double up = coop(p) * k, firm = p->quad[1] * k, down = conflict(p) * k, force = p->quad[3] * k;
    put_rect(out, "coop pale", x, half - up, w, up - firm);
    put_rect(out, "coop", x, half - firm, w, firm);
    put_rect(out, "conf", x, half, w, force);
    put_rect(out, "conf pale", x, half + force, w, down - force);
    put_title(out, p, x, step, 2 * half, half);
  }
  buf_printf(out, "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, width, half, half);
  put_ends(out, s, LEFT, width, height - 3);
  buf_puts(out, "</svg>");
}

void draw_spark(struct buf *out, const struct draw_series *s, int quad, const char *what) {
  enum { WIDTH = 220, HEIGHT = 48 };
  double most = 1, step = s->n ? (double)WIDTH / (double)s->n : 1;
  for (size_t i = 0; i < s->n; i++)
    if (s->at[i].quad[quad] > most) most = s->at[i].quad[quad];
  svg_open(out, WIDTH, HEIGHT, "spark", what);
  for (size_t i = 0; i < s->n; i++) {
    double h = s->at[i].quad[quad] / most * (HEIGHT - 4), x = step * (double)i;
    if (!s->at[i].known) put_rect(out, "gap", x, HEIGHT - 5, step > 2 ? step - 1 : step, 4);
    char class[32];
    snprintf(class, sizeof class, "%s%s", quad < 2 ? "coop" : "conf", i + 1 < s->n ? " pale" : "");
    put_rect(out, class, x, HEIGHT - 1 - h, step > 2 ? step - 1 : step, h);
  }
  buf_printf(out, "<line class=\"axis\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/></svg>", WIDTH, HEIGHT - 1, HEIGHT - 1);
}

void draw_coverage(struct buf *out, const struct draw_series *s, const char *what, int width) {
  enum { HEIGHT = 56, BASE = 40 };
  double most = 1, step = s->n ? (double)width / (double)s->n : 1;
  for (size_t i = 0; i < s->n; i++)
    if (s->at[i].documents > most) most = s->at[i].documents;
  svg_open(out, width, HEIGHT, "chart", what);
  for (size_t i = 0; i < s->n; i++) {
    double h = s->at[i].documents / most * (BASE - 2), x = step * (double)i;
    put_rect(out, "read", x, BASE - h, step > 3 ? step - 1 : step, h);
    put_title(out, &s->at[i], x, step, BASE, BASE - 4);
  }
  buf_printf(out, "<line class=\"axis\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", width, BASE, BASE);
  put_ends(out, s, 0, width, HEIGHT - 3);
  buf_puts(out, "</svg>");
}
