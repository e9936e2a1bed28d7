/* zone.h - offsets of time zones from UTC, by the IANA rules that knowledge/time/tzdata.zi holds.
 *
 * The rules are read from the project's own copy and not from the system's, so that the same text gives the same page on
 * every machine, whatever its tzdata; a newer tzdata.zi (the compact form that IANA and the distributions publish) may be put
 * in its place. Times are wall-clock days and minutes of calendar.h. Immutable after opening; any thread may ask.
 * Seconds of local mean times before about 1920 are cut to minutes. Source: zic(8), RFC 9636. */
#ifndef TR_BASE_ZONE_H
#define TR_BASE_ZONE_H
#include "base/arena.h"
#include "base/calendar.h"
#include "base/err.h"

enum zone_at { ZONE_WALL, ZONE_STANDARD, ZONE_UTC };              /* what clock a transition is told in */
enum zone_day { ZONE_DAY, ZONE_LAST, ZONE_ON_AFTER, ZONE_UNTIL }; /* 5; lastSu; Su>=1; Su<=25 */

struct zone_when { /* month, day and time of a transition, in any year */
  uint8_t month, kind, at;
  int8_t day, weekday;
  int16_t minute; /* may be beyond 1440 */
};
struct zone_rule {
  int16_t from, to, save; /* years, both included; minutes */
  struct zone_when when;
};
struct zone_set { /* rules of one name */
  str name;
  uint32_t first, n;
};
struct zone_era { /* until when an offset and a set of rules hold */
  int16_t offset, save;
  uint32_t set;      /* NONE_SET: `save` holds throughout */
  int64_t until_utc; /* minutes since 1970; INT64_MAX: to this day */
};
struct zone {
  str name;
  uint32_t first, n; /* eras; of a link those of its target */
};
struct zones {
  struct arena memory;
  struct zone_rule *rule;
  struct zone_set *set;
  struct zone_era *era;
  struct zone *zone;
  uint32_t nrule, nset, nera, nzone, size_rule, size_set, size_era, size_zone;
};

enum zone_doubt {
  ZONE_CERTAIN,
  ZONE_GAP,    /* the clock skipped this time: the offset before the change is given (RFC 5545) */
  ZONE_OVERLAP /* the clock showed it twice: the first is given */
};

/* Reads zi text; `file` names it in errors. False with *e (file and line); release in both cases. */
bool zones_read(struct zones *z, str text, const char *file, struct err *e);
void zones_release(struct zones *z);
/* "Europe/Kyiv" or a link to it, UINT32_MAX if there is none. */
uint32_t zone_find(const struct zones *z, str name);
/* Minutes east of UTC at an instant (minutes since 1970 UTC). */
int zone_offset_utc(const struct zones *z, uint32_t zone, int64_t utc);
/* Minutes east of UTC when the zone's clocks show this day and minute; *doubt may be NULL. */
int zone_offset(const struct zones *z, uint32_t zone, int32_t day, int minute, enum zone_doubt *doubt);
/* Appends "+03:00". */
void zone_put_offset(struct buf *b, int offset);

#endif
