/* gazetteer_adjectives.c - "Russian", "European": adjectives as names of a rank of their own.
 *
 * They are looked up only where a modifier is asked for (embedded.c): an adjective is never a place by itself. */
#include "base/file.h"
#include "place/gazetteer_builder.h"

/* The likeliest place that bears this name and is no town of a table, or NO_ROW; alpha3 may be empty. */
static uint32_t place_named(const struct builder *b, str name, str alpha3) {
  char z[GAZ_KEY_MAX];
  str key = {z, gazetteer_fold(name, z, sizeof z)};
  uint32_t best = NO_ROW;
  for (uint32_t i = 0; i < b->nname && key.n; i++) {
    const struct name *n = &b->name[i];
    if (!str_eq(n->key, key) || n->rank > GAZ_RANK_OTHER) continue;
    const struct gaz_place *p = &b->row[n->row].p;
    if (alpha3.n == 3 && memcmp(p->country, alpha3.p, 3)) continue;
    bool better = best == NO_ROW || p->level > b->row[best].p.level ||
                  (p->level == b->row[best].p.level && p->population > b->row[best].p.population);
    if (better) best = n->row;
  }
  return best;
}

static bool add(struct builder *b, str names, uint32_t row) {
  while (names.n) {
    str name = str_trim(str_cut(&names, '|'));
    if (!str_is(name, "-") && !name_add(b, name, row, GAZ_RANK_ADJECTIVE)) return false;
  }
  return true;
}

/* Of its fields: the first is the state's code, the fourth its name, the sixth the adjectives. */
bool state_adjectives_read(struct builder *b, str text, const char *file, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str f[10] = {{0}};
    if (line_fields(r.line, f, 10) < 6) continue; /* other stages check that table */
    uint32_t row = place_named(b, f[3], f[0]);
    for (uint32_t i = 0; row == NO_ROW && i < b->countries; i++)
      if (f[0].n == 3 && !memcmp(b->row[i].p.country, f[0].p, 3)) row = i;
    if (row != NO_ROW && !add(b, f[5], row)) return err_set(e, ERR_NOMEM, "adjectives");
  }
  return true;
}

bool adjectives_read(struct builder *b, str text, const char *file, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str f[2];
    if (line_fields(r.line, f, 2) != 2) return line_err(&r, e, "a line has two fields: adjectives, the place's name");
    uint32_t row = place_named(b, f[1], (str){"", 0});
    if (row == NO_ROW) b->counts->unknown_anchors++;
    else if (!add(b, f[0], row)) return err_set(e, ERR_NOMEM, "adjectives");
  }
  return true;
}
