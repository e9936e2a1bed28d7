/* timex_op.h - the operations of rules.txt. Each takes what a pattern caught and fills the answer; false if it denotes nothing. */
#ifndef TR_TIME_TIMEX_OP_H
#define TR_TIME_TIMEX_OP_H
#include "time/timex_near.h"

/* timex_day.c */
bool base_day(const struct time_words *t, const struct reference *r, const struct parts *c, struct answer *a,
              int32_t *day);
bool op_day(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a);
bool op_range(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a);
bool op_weekday(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a);
bool op_week(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a);
bool op_years(const struct found *f, struct answer *a);

/* timex_stretch.c */
bool op_month(const struct reference *r, const struct found *f, struct answer *a);
bool op_year(const struct found *f, struct answer *a);
bool op_decade(const struct found *f, struct answer *a);
bool op_quarter(const struct reference *r, const struct found *f, struct answer *a);
bool op_half(const struct reference *r, const struct found *f, struct answer *a);
bool op_season(const struct reference *r, const struct found *f, struct answer *a);
bool op_unit(const struct reference *r, const struct found *f, struct answer *a);
bool unit_answer(struct answer *a, const struct reference *r, int32_t from, int unit, int step); /* "next week" is 1 */
int rel_step(int rel); /* -1 for last, 1 for next, 0 for this */

/* timex_length.c */
bool op_length(const struct found *f, struct answer *a);
bool op_away(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a);
bool op_span(const struct reference *r, const struct found *f, struct answer *a);
bool op_set(const struct found *f, struct answer *a);

#endif
