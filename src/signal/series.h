/* series.h - counts of a ledger by unit and period, held in memory for whoever looks at many units or many periods: alarms, forecasts,
 * indices. Read from LIST_SERIES; nothing is judged here.
 *
 * Periods run without a gap from the first that has a document to the last. A period without documents is there with documents = 0: no
 * data, which is not the number zero. Cells are kept where something was reported alone, so that many quiet units cost little. */
#ifndef TR_SIGNAL_SERIES_H
#define TR_SIGNAL_SERIES_H
#include "base/arena.h"
#include "ledger/query.h"

enum series_count {
  SERIES_REPORTS,
  SERIES_CONFLICT, /* verbal and material */
  SERIES_COOPERATION,
  SERIES_THREATS,
  SERIES_ACTS,
  SERIES_COUNTS
};
extern const char *const series_count_name[SERIES_COUNTS + 1]; /* NULL at the end */

enum series_by { SERIES_DAY, SERIES_WEEK, SERIES_MONTH };
extern const char *const series_by_name[4]; /* as in a filter's `period`; NULL at the end */

struct series_cell {
  uint32_t period, count[SERIES_COUNTS], telling; /* telling: outlets that reported it */
};
struct series_unit { /* its cells stand by period */
  str name;
  size_t first, cells;
  double total[SERIES_COUNTS];
};
struct series {
  enum series_by by;
  size_t n;          /* periods */
  size_t complete;   /* of these, as many as had ended when the last document was told */
  int32_t *day;      /* [n] the first day of each */
  double *documents; /* [n] 0: silent */
  double *outlets;   /* [n] outlets that told anything */
  struct series_unit *unit;
  size_t units;
  struct series_cell *cell;
};

enum { SERIES_PERIODS_MAX = 20000 }; /* fifty years of days */

/* f->unit, f->period and the common filters say what is counted. Memory of the rows is the arena's. A ledger without documents has
 * n = 0. False with *e: the ledger cannot be read, memory is out, or there are too many periods. */
bool series_read(struct ledger *g, const struct ledger_filter *f, struct arena *memory, struct series *out,
                 struct err *e);
/* The counts of a unit in all periods, into out[s->n]. */
void series_row(const struct series *s, const struct series_unit *u, enum series_count what, double *out);
/* What stands in one period, or NULL. */
const struct series_cell *series_at(const struct series *s, const struct series_unit *u, size_t period);
/* The first day of the period that holds a day, and of the one behind it. */
int32_t series_period(enum series_by by, int32_t day);
int32_t series_after(enum series_by by, int32_t first_day);
/* Which period a day lies in; false: in none. */
bool series_find(const struct series *s, int32_t day, size_t *period);

#endif
