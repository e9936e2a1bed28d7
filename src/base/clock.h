/* clock.h - the time of day in a date of publication, with its zone.
 *
 * In the flow: the engine takes it from the date that a document came with; deadlines and "two hours ago" count from it. Days are
 * calendar.h's, named zones ("Asia/Baghdad") zone.h's. */
#ifndef TR_BASE_CLOCK_H
#define TR_BASE_CLOCK_H
#include "base/buf.h"

/* Zones of clock times beside minutes east of UTC. */
enum { ZONE_NONE = INT16_MIN, ZONE_LOCAL = INT16_MIN + 1 };

struct clock {
  int16_t minute; /* of the day, -1 unknown */
  int16_t zone;   /* minutes east of UTC, or ZONE_NONE */
};
#define CLOCK_NONE ((struct clock){-1, ZONE_NONE})

/* The time in a date of ISO 8601 or RFC 822: "2020-12-26T10:00:00+01:00", "Sat, 26 Dec 2020 10:00 GMT", "10:30 PM EST". CLOCK_NONE
 * if it tells none; midnight to the second is how programs write a day alone, and counts as none. */
struct clock clock_parse(str date);
/* Appends "T22:30-05:00", without the zone if that is unknown; nothing for CLOCK_NONE. */
void clock_put(struct buf *b, struct clock c);

#endif
