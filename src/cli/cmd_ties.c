/* cmd_ties.c - `tightrope ties --merged`: who holds which post and stands with whom by all documents, beside what is known of it.
 *
 * The rows are the ledger's (LIST_TENURES). Here every post that the knowledge holds of its holder gets the known dates, and
 * what the documents say against them is told: a post that is told as held after its known end. */
#include "cli/cli.h"
#include "cli/known.h"
#include "cli/table.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = TABLE_COLUMNS };

/* Columns of LIST_TENURES that are looked at, by name. */
enum look { SUBJECT, RELATION, ROLE, STATUS, DIFFERS, TOLD_FIRST, KB, COUNTRY, LOOKS };
static const char *const look_name[LOOKS] = {"subject", "relation",   "role", "status",
                                             "differs", "told_first", "kb",   "country"};

static int column_of(const struct ledger_query *q, const char *name) {
  for (int i = 0; i < ledger_query_columns(q); i++)
    if (!strcmp(ledger_query_name(q, i), name)) return i;
  return 0;
}

/* The post of those words that the knowledge has of an actor on a day, or else the last one before it; NULL. */
static const struct kb_spell *post_known(const struct actor_kb *kb, str id, str role, str country, int32_t day) {
  uint32_t row = id.n ? kb_entity_find(kb, id) : NONE;
  const struct kb_spell *best = NULL;
  if (row == NONE) return NULL;
  const struct kb_entity *x = &kb->entities.at[row];
  for (uint32_t i = x->first_spell; i < x->first_spell + x->n_spells; i++) {
    const struct kb_spell *s = &kb->spells.at[i];
    if (!str_eq_fold(kb_str(kb, s->role), role) || (country.n && !str_is(country, s->code.country))) continue;
    if (!best || (s->first != DAY_NONE && s->first <= day)) best = s;
  }
  return best;
}

/* What the documents say against the known end of a post. */
static void against(const struct kb_spell *s, str status, int32_t told, struct buf *differs) {
  char day[11];
  if (!s || s->last == DAY_NONE || told == DAY_NONE || s->flags & SPELL_TO_AT_LEAST || told <= s->last ||
      !str_is(status, "current"))
    return;
  day_format(s->last, day);
  buf_printf(differs, "%sknown until %s", differs->n ? "; " : "", day);
}

static bool row_print(const struct ledger_query *q, const struct known *k, const int look[LOOKS], int n,
                      struct table *t) {
  str cells[COLUMNS];
  char dates[64] = "";
  int32_t told = DAY_NONE;
  struct buf differs;
  buf_init(&differs, 4096);
  for (int i = 0; i < n; i++) cells[i] = ledger_query_text(q, i);
  day_parse_iso(cells[look[TOLD_FIRST]], &told);
  const struct kb_spell *s =
      post_known(&k->kb, ledger_query_text(q, look[KB]), cells[look[ROLE]], ledger_query_text(q, look[COUNTRY]), told);
  if (s) known_dates(s->first, s->last, s->flags, dates);
  buf_put(&differs, cells[look[DIFFERS]]);
  against(s, cells[look[STATUS]], told, &differs);
  cells[look[DIFFERS]] = buf_str(&differs);
  cells[n] = str_of(dates);
  bool open = table_row(t, cells);
  buf_release(&differs);
  return open;
}

int cli_print_tenures(struct ledger_query *q, enum table_format format) {
  struct err e = {0};
  struct known k;
  struct table t;
  const char *names[COLUMNS];
  int look[LOOKS], n = column_of(q, "kb"); /* the last two are for us alone */
  if (!known_open(&k, &e)) return cli_fail(&e);
  for (int i = 0; i < LOOKS; i++) look[i] = column_of(q, look_name[i]);
  for (int i = 0; i < n; i++) names[i] = ledger_query_name(q, i);
  names[n] = "known";
  table_begin(&t, format, n + 1, names);
  bool open = true;
  while (open && ledger_query_next(q, &e) == 1) open = row_print(q, &k, look, n, &t);
  if (!open) t.format = TABLE_TSV; /* nobody reads on: nothing is held back */
  table_end(&t);
  known_close(&k);
  return cli_close_stdout(e.code == ERR_OK ? CLI_OK : cli_fail(&e));
}
