/* timex_near.h - which of the days, months, feasts that recur is meant: by tense and nearness to the publication day. */
#ifndef TR_TIME_TIMEX_NEAR_H
#define TR_TIME_TIMEX_NEAR_H
#include "time/timex_value.h"

/* What recurs, in one year, or PERIOD_NONE. `what` is struct parts, for yearly_feast struct feast. */
typedef struct period (*yearly)(int year, const void *what);
struct period yearly_day(int year, const void *what);
struct period yearly_month(int year, const void *what);
struct period yearly_quarter(int year, const void *what);
struct period yearly_season(int year, const void *what);
struct period yearly_feast(int year, const void *what);

int nearest_year(const struct reference *r, yearly of, const void *what); /* the year before, of or after publication */
int rel_year(const struct reference *r, int rel);                         /* "last year" */
int32_t story_day(const struct reference *r); /* the narrative's day where one is known, else the publication day */
bool story_known(const struct reference *r);
/* The last day that was told, if the narrative still stands in the stretch around it; DAY_NONE if it tells no day. */
int32_t story_exact(const struct reference *r);
bool toward_future(const struct reference *r);

#endif
