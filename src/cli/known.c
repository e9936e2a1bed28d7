/* known.c - opens the knowledge of actors and writes its dates as people read them. */
#include "cli/known.h"
#include "pipeline/engine.h"
#include <stdio.h>
#include <string.h>

bool known_open(struct known *k, struct err *e) {
  char data[4096], knowledge[4200];
  struct problems problems;
  if (!engine_data_folder(data, sizeof data, e) || !path_join(knowledge, sizeof knowledge, data, "knowledge"))
    return false;
  problems_init(&problems);
  bool ok = symtab_init(&k->words) || err_set(e, ERR_NOMEM, "no memory for the knowledge");
  ok = ok && actor_kb_open(&k->kb, knowledge, &k->words, &problems, e);
  if (!ok) symtab_release(&k->words);
  problems_release(&problems);
  return ok;
}

void known_close(struct known *k) {
  actor_kb_release(&k->kb);
  symtab_release(&k->words);
}

struct ontology *known_ontology(struct err *e) {
  char data[4096], knowledge[4200];
  if (!engine_data_folder(data, sizeof data, e) || !path_join(knowledge, sizeof knowledge, data, "knowledge"))
    return NULL;
  return ontology_open(knowledge, NULL, e);
}

bool known_country(void *ctx, str name, char iso3[4]) {
  const struct known *k = ctx;
  sym words[PHRASE_MAX];
  uint32_t n = kb_pieces(&k->words, name, words, PHRASE_MAX), value;
  if (!n || kb_longest(&k->kb, words, n, 1u << NAME_STATE, &value) != n) return false;
  memcpy(iso3, k->kb.states.at[name_row(value)].iso3, 4);
  return true;
}

/* An end as far as it is known: a day, a month "2021-08" or a year "1994". */
static void end_put(struct buf *out, const char *label, int32_t day, bool month, bool year) {
  char text[11] = "";
  if (day != DAY_NONE) day_format(day, text);
  buf_printf(out, "%s%.*s", label, year ? 4 : month ? 7 : 10, day == DAY_NONE ? "open" : text);
}

void known_dates(int32_t first, int32_t last, uint32_t flags, char out[64]) {
  const uint32_t at_least = SPELL_FROM_AT_LEAST | SPELL_TO_AT_LEAST, years = SPELL_FROM_YEAR | SPELL_TO_YEAR;
  struct buf b;
  buf_init(&b, 256);
  if ((flags & at_least) == at_least && (flags & years) == years && last - first < 366) { /* "1997?..1997?" */
    end_put(&b, "in ", first, false, true);
    buf_puts(&b, ", perhaps longer");
  } else if (first != DAY_NONE || last != DAY_NONE) {
    end_put(&b, flags & SPELL_FROM_AT_LEAST ? "at least " : "", first, flags & SPELL_FROM_MONTH,
            flags & SPELL_FROM_YEAR);
    end_put(&b, flags & SPELL_TO_AT_LEAST ? " to at least " : " to ", last, flags & SPELL_TO_MONTH,
            flags & SPELL_TO_YEAR);
  }
  snprintf(out, 64, "%.*s", STR_FMT(buf_str(&b)));
  buf_release(&b);
}
