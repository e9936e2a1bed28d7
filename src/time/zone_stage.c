/* zone_stage.c - zones of clock times and deadlines: told ("0735 GMT"), else of the place of the sentence, else of the dateline.
 *
 * Runs last, because it needs places, and demands for their deadlines. A day needs no zone to be a day, but a deadline "by Friday"
 * ends with the speaker's Friday, so that its zone is noted too. It moves no time: days and minutes stay those of the text. */
#include "time/zone_stage.h"
#include "base/file.h"
#include "base/zone.h"
#include <stdlib.h>

struct home { /* a line of zones.tsv */
  char country[4];
  uint32_t zone;
  double west, east, south, north;
};
struct zone_stage {
  struct zones zones;
  struct home *home;
  uint32_t n;
};
enum { HOMES_MAX = 1024 };

/* ---- knowledge */

static bool bound_read(str s, double otherwise, double *out) {
  *out = otherwise;
  return !s.n || str_to_double(s, out);
}

static bool homes_read(struct zone_stage *z, str text, const char *file, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str f[6] = {{0}};
    size_t n = line_fields(r.line, f, 6);
    if (z->n == HOMES_MAX) return line_err(&r, e, "more than %d lines", HOMES_MAX);
    struct home *h = &z->home[z->n];
    if (n < 2 || n > 6 || f[0].n != 3) return line_err(&r, e, "a line has country, zone and perhaps four bounds");
    memcpy(h->country, f[0].p, 3);
    if ((h->zone = zone_find(&z->zones, f[1])) == UINT32_MAX)
      return line_err(&r, e, "tzdata.zi has no zone '%.*s'", STR_FMT(f[1]));
    if (!bound_read(f[2], -181, &h->west) || !bound_read(f[3], 181, &h->east) || !bound_read(f[4], -91, &h->south) ||
        !bound_read(f[5], 91, &h->north))
      return line_err(&r, e, "a bound is a number of degrees");
    z->n++;
  }
  return true;
}

static bool file_with(const char *folder, const char *name, struct buf *b, char *path, size_t size, struct err *e) {
  char dir[4096];
  if (!path_join(dir, sizeof dir, folder, "time") || !path_join(path, size, dir, name))
    return err_set(e, ERR_USAGE, "the path of the knowledge folder is too long");
  buf_init(b, 1 << 22);
  return file_read(b, path, e);
}

static bool knowledge_read(struct zone_stage *z, const char *folder, struct err *e) {
  char path[4096];
  struct buf b;
  bool ok = file_with(folder, "tzdata.zi", &b, path, sizeof path, e) && zones_read(&z->zones, buf_str(&b), path, e);
  buf_release(&b);
  if (!ok) return false;
  ok = file_with(folder, "zones.tsv", &b, path, sizeof path, e) && homes_read(z, buf_str(&b), path, e);
  buf_release(&b);
  return ok;
}

/* ---- the zone of a place */

static uint32_t zone_of_place(const struct zone_stage *z, const struct place *p) {
  bool wide = p->level == LEVEL_COUNTRY;
  if (!p->resolved || !p->country[0]) return NONE;
  uint32_t found = NONE;
  for (uint32_t i = 0; i < z->n; i++) {
    const struct home *h = &z->home[i];
    if (memcmp(h->country, p->country, 3) != 0) continue;
    if (wide) { /* a country with several zones has none */
      if (found != NONE && found != h->zone) return NONE;
      found = h->zone;
    } else if (p->lon >= h->west && p->lon < h->east && p->lat >= h->south && p->lat < h->north) {
      return h->zone;
    }
  }
  return found;
}

/* The place that a sentence names as where it is, if it is one zone. */
static uint32_t zone_of_sentence(const struct zone_stage *z, const struct doc *d, uint32_t sentence) {
  uint32_t found = NONE;
  for (uint32_t i = 0; i < d->places.n; i++) {
    const struct place *p = &d->places.at[i];
    if (p->sentence != sentence || p->use != PLACE_USE_LITERAL) continue;
    uint32_t zone = zone_of_place(z, p);
    if (zone != NONE && found != NONE && zone != found) return NONE;
    if (zone != NONE) found = zone;
  }
  return found;
}

/* Where the report was written: the place before the dateline's day. */
static uint32_t zone_of_dateline(const struct zone_stage *z, const struct doc *d) {
  for (uint32_t i = 0; i < d->times.n; i++) {
    const struct timex *x = &d->times.at[i];
    if (x->role != TIMEX_ROLE_UTTERANCE) continue;
    for (uint32_t k = 0; k < d->places.n; k++) {
      const struct place *p = &d->places.at[k];
      if (p->sentence != x->sentence || p->first > x->first) continue;
      uint32_t zone = zone_of_place(z, p);
      if (zone != NONE) return zone;
    }
  }
  return NONE;
}

/* ---- rows */

static bool has_clock(struct period p) { return p.first_min >= 0 && p.precision == PRECISION_MINUTE; }

static void set_zone(const struct zone_stage *z, struct timex *x, uint32_t zone) {
  x->zone_name = z->zones.zone[zone].name;
  if (x->period.last == DAY_NONE) return;
  int minute = x->period.last_min >= 0 ? x->period.last_min : 1439;
  x->zone = (int16_t)zone_offset(&z->zones, zone, x->period.last, minute, NULL);
}

static void zone_of_time(const struct zone_stage *z, const struct doc *d, struct timex *x, uint32_t dateline) {
  if (x->zone != ZONE_NONE && x->zone != ZONE_LOCAL) return; /* told */
  if (!has_clock(x->period)) return;
  uint32_t zone = zone_of_sentence(z, d, x->sentence);
  if (zone == NONE) zone = dateline;
  if (zone != NONE) set_zone(z, x, zone);
  else x->zone = ZONE_NONE;
}

/* A deadline that is told as a day runs out where the demand was made; a told zone or place of the clock time goes before. */
static void zone_of_deadline(const struct zone_stage *z, const struct doc *d, struct demand *m, uint32_t dateline) {
  m->zone = ZONE_NONE;
  if (!period_known(m->deadline) || m->deadline.last == DAY_NONE) return;
  const struct timex *x = m->deadline_timex < d->times.n ? &d->times.at[m->deadline_timex] : NULL;
  if (x && x->zone != ZONE_NONE) {
    m->zone = x->zone, m->zone_name = x->zone_name;
    return;
  }
  if (m->deadline_anchor == ANCHOR_UTTERANCE && m->deadline.last_min >= 0) { /* counted from the hour of publication */
    m->zone = d->clock.zone;
    return;
  }
  if (dateline == NONE) return;
  int minute = m->deadline.last_min >= 0 ? m->deadline.last_min : 1439;
  m->zone_name = z->zones.zone[dateline].name;
  m->zone = (int16_t)zone_offset(&z->zones, dateline, m->deadline.last, minute, NULL);
}

static bool zone_run(const void *stage, void *work, struct doc *d, struct err *e) {
  const struct zone_stage *z = stage;
  (void)work, (void)e;
  uint32_t dateline = zone_of_dateline(z, d);
  for (uint32_t i = 0; i < d->times.n; i++) zone_of_time(z, d, &d->times.at[i], dateline);
  for (uint32_t i = 0; i < d->demands.n; i++) zone_of_deadline(z, d, &d->demands.at[i], dateline);
  return true;
}

static void zone_close(void *stage) {
  struct zone_stage *z = stage;
  if (!z) return;
  zones_release(&z->zones);
  free(z->home);
  free(z);
}

static void *zone_open(const struct stage_setup *setup, struct err *e) {
  struct zone_stage *z = calloc(1, sizeof *z);
  if (z) z->home = calloc(HOMES_MAX, sizeof *z->home);
  if (!z || !z->home) err_set(e, ERR_NOMEM, "time zones");
  else if (knowledge_read(z, setup->knowledge, e)) return z;
  zone_close(z);
  return NULL;
}

const struct stage zone_stage = {"zone",  HAVE_TIMES | HAVE_PLACES, HAVE_ZONES, zone_open, zone_close, NULL, NULL,
                                 zone_run};
