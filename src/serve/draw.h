/* draw.h - pictures of a page as SVG: bars by period, two directions, small multiples. Each says in words what it shows, and stands beside
 * a table of the same figures. Private to src/serve/. */
#ifndef TR_SERVE_DRAW_H
#define TR_SERVE_DRAW_H
#include "serve/site.h"

enum { DRAW_QUADS = 4, DRAW_MOST = 800 };

struct draw_period {
  str period; /* its first day, or its month */
  double reports, quad[DRAW_QUADS], documents;
  bool known; /* a document was read, or a later one tells of it */
};
struct draw_series {
  struct draw_period *at;
  size_t n;
};
extern const char *const draw_quad_names[DRAW_QUADS];   /* as people say them */
extern const char *const draw_quad_columns[DRAW_QUADS]; /* as LIST_SERIES names them */

/* LIST_SERIES under the filter, with the periods between that nothing was read of; rows live in the request's memory. A ledger with more
 * periods than DRAW_MOST gives its last ones. False: out of memory, or the ledger cannot be read. */
bool draw_read(struct request *r, const struct ledger_filter *f, struct draw_series *out);
/* The same periods as `like`: what lies outside is left out, what is missing is there without reports. */
bool draw_align(struct request *r, const struct draw_series *like, struct draw_series *s);

/* Cooperation above the line, conflict below it; most: the height of one side, 0: as it comes. */
void draw_balance(struct buf *out, const struct draw_series *s, const char *what, double most, int width, int height);
/* One quadrant over time, small, with the last value beside it. */
void draw_spark(struct buf *out, const struct draw_series *s, int quad, const char *what);
/* Articles read by period: what all counts rest on. */
void draw_coverage(struct buf *out, const struct draw_series *s, const char *what, int width);
double draw_balance_most(const struct draw_series *s);

#endif
