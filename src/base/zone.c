/* zone.c - reading tzdata.zi, and finding the offset that holds at a time. */
#include "base/zone.h"
#include "base/file.h"

#define NO_SET UINT32_MAX /* no set of rules */
enum { FIELDS = 12, YEAR_MAX = 9999 };
static const int64_t END_OF_TIME = INT64_MAX;

/* ---- words of a line */

static size_t words_of(str line, str *out) {
  size_t n = 0;
  while ((line = str_trim(line)).n) {
    str w = str_cut(&line, ' ');
    if (n == FIELDS) return n + 1;
    out[n++] = w;
  }
  return n;
}

/* The number of a name cut short: "Ja", "Mar". -1 if none or several begin so. */
static int abbreviated(str s, const char *const *names, int count) {
  int found = -1;
  for (int i = 0; i < count; i++) {
    str name = str_of(names[i]);
    if (!s.n || s.n > name.n || !str_eq_fold(str_sub(name, 0, s.n), s)) continue;
    if (found >= 0) return -1;
    found = i;
  }
  return found;
}

static bool month_read(str s, uint8_t *out) {
  static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
  int m = abbreviated(s, names, 12);
  *out = (uint8_t)(m + 1);
  return m >= 0;
}

static bool weekday_read(str s, int8_t *out) {
  static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  int w = abbreviated(s, names, 7);
  *out = (int8_t)(w + 1);
  return w >= 0;
}

/* "2", "-0:30:20", "24", "-" as minutes. */
static bool minutes_read(str s, int *out) {
  int64_t h, m = 0;
  bool minus = s.n && s.p[0] == '-';
  if (minus) s = str_from(s, 1);
  *out = 0;
  if (!s.n) return minus;
  str hour = str_cut(&s, ':'), minute = str_cut(&s, ':');
  if (!str_to_int(hour, &h) || (minute.n && !str_to_int(minute, &m)) || h < 0 || h > 200 || m < 0 || m > 59)
    return false;
  *out = (int)(h * 60 + m) * (minus ? -1 : 1);
  return true;
}

/* "2", "2s", "1u": a time and the clock that shows it. */
static bool time_read(str s, struct zone_when *w) {
  int minutes;
  w->at = ZONE_WALL;
  char last = s.n ? ascii_fold(s.p[s.n - 1]) : 0;
  if (last == 's') w->at = ZONE_STANDARD;
  if (last == 'u' || last == 'g' || last == 'z') w->at = ZONE_UTC;
  if (last == 's' || last == 'u' || last == 'g' || last == 'z' || last == 'w') s.n--;
  if (!minutes_read(s, &minutes)) return false;
  w->minute = (int16_t)minutes;
  return true;
}

/* "5", "lastSu", "Su>=1", "Su<=25" */
static bool day_read(str s, struct zone_when *w) {
  int64_t day;
  if (str_to_int(s, &day)) {
    w->kind = ZONE_DAY, w->day = (int8_t)day;
    return day >= 1 && day <= 31;
  }
  if (s.n > 4 && str_eq_fold(str_sub(s, 0, 4), STR("last"))) {
    w->kind = ZONE_LAST;
    return weekday_read(str_from(s, 4), &w->weekday);
  }
  const char *sign = s.n ? memchr(s.p, '=', s.n) : NULL;
  if (!sign || sign == s.p) return false;
  size_t at = (size_t)(sign - s.p);
  w->kind = s.p[at - 1] == '>' ? ZONE_ON_AFTER : ZONE_UNTIL;
  if (!str_to_int(str_from(s, at + 1), &day) || day < 1 || day > 31) return false;
  w->day = (int8_t)day;
  return weekday_read(str_sub(s, 0, at - 1), &w->weekday);
}

static bool year_read(str s, int from, int16_t *out) {
  int64_t y;
  if (s.n && ascii_fold(s.p[0]) == 'o') return *out = (int16_t)from, true;         /* only */
  if (s.n > 1 && ascii_fold(s.p[0]) == 'm') return *out = (int16_t)YEAR_MAX, true; /* max */
  if (!str_to_int(s, &y) || y < 1 || y > YEAR_MAX) return false;
  *out = (int16_t)y;
  return true;
}

/* ---- times of transitions */

static int32_t day_in(const struct zone_when *w, int year) {
  int last = days_in_month(year, w->month), named = w->day > last ? last : w->day;
  if (w->kind == ZONE_DAY) return day_of_civil((struct civil){year, w->month, named});
  if (w->kind == ZONE_ON_AFTER) {
    int32_t d = day_of_civil((struct civil){year, w->month, named});
    return d + (w->weekday - weekday_of_day(d) + 7) % 7;
  }
  int32_t d = day_of_civil((struct civil){year, w->month, w->kind == ZONE_LAST ? last : named});
  return d - (weekday_of_day(d) - w->weekday + 7) % 7;
}

static int64_t instant(const struct zone_when *w, int year, int offset, int save) {
  int64_t t = (int64_t)day_in(w, year) * 1440 + w->minute;
  if (w->at != ZONE_UTC) t -= offset;
  if (w->at == ZONE_WALL) t -= save;
  return t;
}

/* What is added before a rule sets in: nothing before summer begins, else what the set adds in summer. */
static int save_before(const struct zones *z, const struct zone_set *s, const struct zone_rule *r) {
  if (r->save) return 0;
  for (uint32_t i = s->first; i < s->first + s->n; i++)
    if (z->rule[i].save && z->rule[i].from <= r->to && z->rule[i].to >= r->from - 1) return z->rule[i].save;
  return 60;
}

/* What the rules add to the offset at an instant: the last transition before it tells. */
static int save_at(const struct zones *z, uint32_t set, int offset, int64_t utc) {
  const struct zone_set *s = &z->set[set];
  int64_t day = (utc + offset) / 1440;
  if (day < -719162 + 800 || day > 2932896 - 800) return 0;
  int year = civil_of_day((int32_t)day).year, save = 0;
  int64_t latest = INT64_MIN;
  for (uint32_t i = s->first; i < s->first + s->n; i++) {
    const struct zone_rule *r = &z->rule[i];
    for (int y = year + 1; y >= year - 1; y--) { /* and, if the set ended earlier, its last year */
      int at_year = y == year - 1 && r->to < y ? r->to : y;
      if (at_year < r->from || at_year > r->to) continue;
      int64_t t = instant(&r->when, at_year, offset, save_before(z, s, r));
      if (t <= utc && t > latest) latest = t, save = r->save;
    }
  }
  return save;
}

static int era_offset(const struct zones *z, const struct zone_era *e, int64_t utc) {
  return e->offset + (e->set == NO_SET ? e->save : save_at(z, e->set, e->offset, utc));
}

int zone_offset_utc(const struct zones *z, uint32_t zone, int64_t utc) {
  const struct zone *o = &z->zone[zone];
  for (uint32_t i = o->first; i < o->first + o->n; i++)
    if (utc < z->era[i].until_utc || i + 1 == o->first + o->n) return era_offset(z, &z->era[i], utc);
  return 0;
}

int zone_offset(const struct zones *z, uint32_t zone, int32_t day, int minute, enum zone_doubt *doubt) {
  int64_t wall = (int64_t)day * 1440 + minute;
  int before = zone_offset_utc(z, zone, wall - 1440), after = zone_offset_utc(z, zone, wall + 1440);
  bool first = zone_offset_utc(z, zone, wall - before) == before,
       second = zone_offset_utc(z, zone, wall - after) == after;
  if (doubt) *doubt = before == after || first != second ? ZONE_CERTAIN : first ? ZONE_OVERLAP : ZONE_GAP;
  return !first && second ? after : before;
}

/* ---- reading */

static bool grow(struct arena *a, void **at, uint32_t n, uint32_t *size, size_t row) {
  if (n < *size) return true;
  uint32_t more = *size ? *size * 2 : 512;
  void *p = arena_alloc(a, row * more);
  if (!p) return false;
  if (n) memcpy(p, *at, row * n);
  *at = p, *size = more;
  return true;
}
#define GROW(z, field) grow(&(z)->memory, (void **)&(z)->field, (z)->n##field, &(z)->size_##field, sizeof *(z)->field)

/* R NAME FROM TO - IN ON AT SAVE LETTERS */
static bool rule_read(struct zones *z, const str *f, size_t n) {
  struct zone_rule r = {0};
  int save;
  if (n < 9 || !year_read(f[2], 0, &r.from) || !year_read(f[3], r.from, &r.to)) return false;
  str amount = f[8];
  if (amount.n && (ascii_fold(amount.p[amount.n - 1]) == 's' || ascii_fold(amount.p[amount.n - 1]) == 'd')) amount.n--;
  if (!month_read(f[5], &r.when.month) || !day_read(f[6], &r.when) || !time_read(f[7], &r.when) ||
      !minutes_read(amount, &save))
    return false;
  r.save = (int16_t)save;
  if (!z->nset || !str_eq(z->set[z->nset - 1].name, f[1])) {
    if (!GROW(z, set)) return false;
    z->set[z->nset++] = (struct zone_set){arena_str(&z->memory, f[1]), z->nrule, 0};
  }
  if (!GROW(z, rule)) return false;
  z->rule[z->nrule++] = r;
  z->set[z->nset - 1].n++;
  return true;
}

static uint32_t set_find(const struct zones *z, str name) {
  for (uint32_t i = 0; i < z->nset; i++)
    if (str_eq(z->set[i].name, name)) return i;
  return NO_SET;
}

/* The instant an era ends: told in its own clock, with what its rules add just then. */
static bool until_read(const struct zones *z, struct zone_era *e, const str *f, size_t n) {
  struct zone_when w = {.month = 1, .kind = ZONE_DAY, .day = 1};
  int16_t year;
  e->until_utc = END_OF_TIME;
  if (!n) return true;
  if (!year_read(f[0], 0, &year) || (n > 1 && !month_read(f[1], &w.month)) || (n > 2 && !day_read(f[2], &w)) ||
      (n > 3 && !time_read(f[3], &w)))
    return false;
  int64_t standard = instant(&w, year, e->offset, 0);
  int save = e->set == NO_SET ? e->save : save_at(z, e->set, e->offset, standard - 90);
  e->until_utc = w.at == ZONE_WALL ? standard - save : standard;
  return true;
}

/* STDOFF RULES FORMAT [UNTIL] */
static bool era_read(struct zones *z, const str *f, size_t n) {
  struct zone_era e = {.set = NO_SET};
  int offset, save;
  if (!z->nzone || n < 3 || !minutes_read(f[0], &offset) || !GROW(z, era)) return false;
  e.offset = (int16_t)offset;
  if (minutes_read(f[1], &save)) e.save = (int16_t)save;
  else if ((e.set = set_find(z, f[1])) == NO_SET) return false;
  if (!until_read(z, &e, f + 3, n - 3)) return false;
  z->era[z->nera++] = e;
  z->zone[z->nzone - 1].n++;
  return true;
}

static bool zone_add(struct zones *z, str name, uint32_t first, uint32_t n) {
  if (!GROW(z, zone)) return false;
  z->zone[z->nzone++] = (struct zone){arena_str(&z->memory, name), first, n};
  return true;
}

static bool link_read(struct zones *z, const str *f, size_t n) {
  uint32_t target = n == 3 ? zone_find(z, f[1]) : UINT32_MAX;
  return target != UINT32_MAX && zone_add(z, f[2], z->zone[target].first, z->zone[target].n);
}

bool zones_read(struct zones *z, str text, const char *file, struct err *e) {
  struct line_reader r;
  *z = (struct zones){0};
  arena_init(&z->memory, 1 << 24);
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str f[FIELDS];
    size_t n = words_of(r.line, f);
    bool ok = false;
    if (n > FIELDS) ok = false;
    else if (str_is(f[0], "R")) ok = rule_read(z, f, n);
    else if (str_is(f[0], "L")) ok = link_read(z, f, n);
    else if (str_is(f[0], "Z")) ok = n >= 5 && zone_add(z, f[1], z->nera, 0) && era_read(z, f + 2, n - 2);
    else ok = era_read(z, f, n);
    if (!ok) return line_err(&r, e, "no line of tzdata.zi");
  }
  return true;
}

void zones_release(struct zones *z) { arena_release(&z->memory); }

uint32_t zone_find(const struct zones *z, str name) {
  for (uint32_t i = 0; i < z->nzone; i++)
    if (str_eq(z->zone[i].name, name)) return i;
  return UINT32_MAX;
}

void zone_put_offset(struct buf *b, int offset) {
  int m = offset < 0 ? -offset : offset;
  buf_putc(b, offset < 0 ? '-' : '+');
  buf_putc(b, (char)('0' + m / 600 % 10)), buf_putc(b, (char)('0' + m / 60 % 10));
  buf_putc(b, ':');
  buf_putc(b, (char)('0' + m % 60 / 10)), buf_putc(b, (char)('0' + m % 10));
}
