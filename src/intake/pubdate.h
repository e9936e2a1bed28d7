/* pubdate.h - the date of publication as feeds, pages and people write it.
 *
 * ISO 8601 and W3C-DTF ("2020-12-26T10:00:00Z", "20201226", "2020/12/26"), RFC 822 ("Sat, 26 Dec 2020 10:00:00 GMT"), and English
 * ("December 26, 2020", "26 Dec. 2020"). The day is that of the zone in which it is written; the time is base/clock.h's. "03/04/2020" is not taken: it is read as
 * March in one country and as April in another. */
#ifndef TR_INTAKE_PUBDATE_H
#define TR_INTAKE_PUBDATE_H
#include "base/calendar.h"

enum pubdate { PUBDATE_OK, PUBDATE_UNKNOWN /* no format that is known */, PUBDATE_IMPOSSIBLE /* no such day */ };

enum pubdate pubdate_parse(str s, int32_t *day);

#endif
