/* backtest.c - watches all weeks of a ledger, once as they came and a few times shuffled, and counts. */
#include "signal/backtest.h"
#include "base/calendar.h"
#include "signal/agreement.h"
#include <math.h>

const char *const backtest_verdict_name[3] = {"too few to tell", "no demonstrated skill", "skill"};

enum { ORDERS = 5 };

/* xorshift64*: the same on every machine. */
static uint64_t dice_next(uint64_t *dice) {
  *dice ^= *dice >> 12, *dice ^= *dice << 25, *dice ^= *dice >> 27;
  return *dice * 0x2545F4914F6CDD1DULL;
}

/* Another order of the periods that have articles; silent ones stay where they are. Of days, weeks of seven go together: deaths of one
 * act are told over days. */
static void shuffle(const struct series *s, size_t block, uint64_t seed, uint32_t *order) {
  uint64_t dice = seed * 0x9E3779B97F4A7C15ULL | 1;
  size_t blocks = s->n / block;
  for (size_t i = 0; i < s->n; i++) order[i] = (uint32_t)i;
  for (size_t i = blocks; i-- > 1;) {
    size_t k = (size_t)(dice_next(&dice) >> 33) % (i + 1);
    if (block == 1 && (!(s->documents[i] > 0) || !(s->documents[k] > 0))) continue;
    for (size_t j = 0; j < block; j++) {
      uint32_t held = order[i * block + j];
      order[i * block + j] = order[k * block + j], order[k * block + j] = held;
    }
  }
}

static void count(const struct watch_readings *r, struct rule_record *x) {
  for (size_t i = 0; i < r->n; i++) {
    const struct watch_reading *y = &r->at[i];
    bool alarm = watch_alarm(y, x->rule);
    if (!y->enough || !(y->judged >> x->rule & 1)) continue;
    x->judged++, x->raised += alarm;
    if (y->followed < 0) continue;
    if (alarm) x->known++, x->followed += (unsigned)y->followed;
    else x->others++, x->others_followed += (unsigned)y->followed;
  }
}

static void judge(const struct alarm_options *o, struct rule_record *x) {
  double per_week = alarm_rule_budget(x->rule), share = x->others ? (double)x->others_followed / x->others : 0;
  x->stated = x->rule == RULE_EXCEEDANCE ? o->rate * x->raised / x->months : per_week * x->units * x->weeks / x->months;
  agreement_wilson(x->followed, x->known, &x->low, &x->high);
  x->verdict = x->known < BACKTEST_ALARMS || !x->others ? BACKTEST_SHORT
               : x->low > share                         ? BACKTEST_SKILL
                                                        : BACKTEST_NO_SKILL;
}

/* How many alarms the rules raise in weeks that were shuffled, a month. */
static bool chance(const struct watch *w, struct rule_record *out, size_t n, struct arena *memory, struct err *e) {
  struct arena_mark mark = arena_mark(memory);
  struct watch other = *w;
  bool ok = true;
  for (uint64_t k = 1; ok && k <= ORDERS; k++) {
    struct watch_readings r;
    uint32_t *order = ARENA_ARRAY(memory, uint32_t, w->s->n + 1);
    if (!order) return err_set(e, ERR_NOMEM, "no memory for the series");
    shuffle(w->s, w->step, k, order);
    other.order = order;
    if ((ok = watch_read(&other, memory, &r, e)))
      for (size_t i = 0; i < n; i++) {
        struct rule_record x = {.rule = out[i].rule};
        count(&r, &x);
        out[i].chance += x.raised / out[i].months / ORDERS;
      }
    arena_rewind(memory, mark);
  }
  return ok;
}

static void extent(const struct watch *w, const struct watch_readings *r, struct rule_record *x) {
  for (size_t t = w->from; t <= w->to; t += w->step) {
    bool told = w->s->documents[t] > 0 || w->step > 1;
    x->weeks += told, x->silent += !told;
    if (told) x->units += r->watched[t];
  }
  if (x->weeks) x->units /= x->weeks;
  x->months = (w->s->day[w->to] - w->s->day[w->from] + (w->step > 1 ? 1 : 7)) / 30.436875;
}

/* The records of rules over one kind of series. */
static bool records(struct ledger *g, const struct alarm_options *o, unsigned rules, struct arena *memory,
                    struct rule_record *out, size_t *n, struct err *e) {
  struct alarm_room room;
  struct watch w;
  struct watch_readings r;
  char to[11];
  size_t first = *n;
  if (o->on != DAY_NONE) day_format(o->on, to);
  if (!alarms_watch(g, o, NULL, o->on == DAY_NONE ? NULL : to, memory, &room, &w, e)) return false;
  w.rules &= rules;
  for (int k = 0; k < ALARM_RULES; k++)
    if (w.rules >> k & 1) out[(*n)++] = (struct rule_record){.rule = (enum alarm_rule)k, .stated = (double)NAN};
  size_t begin = w.step > 1 ? 6 : 0;
  if (room.series.complete <= begin) return true;
  w.from = begin, w.to = room.series.complete - 1;
  if (!watch_read(&w, memory, &r, e)) return false;
  for (size_t i = first; i < *n; i++) extent(&w, &r, &out[i]), count(&r, &out[i]);
  if (!chance(&w, out + first, *n - first, memory, e)) return false;
  for (size_t i = first; i < *n; i++) judge(o, &out[i]);
  return true;
}

bool backtest_run(struct ledger *g, const struct alarm_options *o, unsigned rules, struct arena *memory,
                  struct rule_record out[ALARM_RULES], size_t *n, struct err *e) {
  struct alarm_options weeks = *o, days = *o;
  unsigned hdx = 1U << RULE_HDX;
  weeks.rule = RULE_EXCEEDANCE, days.rule = RULE_HDX;
  *n = 0;
  return (!(rules & ~hdx) || records(g, &weeks, rules & ~hdx, memory, out, n, e)) &&
         (!(rules & hdx) || records(g, &days, rules, memory, out, n, e));
}
