/* codebook.c - reads a codebook and finds an event's code in it. Conditions look at the event's row and its actors' codes only. */
#include "doc/codebook.h"
#include "base/arena.h"
#include "base/file.h"
#include "doc/labels.h"
#include <stdio.h>
#include <stdlib.h>

enum { PATH = 4096, MEMORY = 1 << 20, LINES = 512, TESTS = 8, FIELDS = 3, NAME = 64 };

enum test_kind {
  TEST_TYPE,
  TEST_MODE,
  TEST_CAMEO,
  TEST_CONTEXT,
  TEST_STATUS,
  TEST_ACTOR,
  TEST_RECIPIENT,
  TEST_LETHAL,
  TEST_RECIPROCAL,
  TEST_COUNT
};

struct test { /* one of the alternatives must hold; `not`: none may */
  uint8_t kind;
  bool not ;
  str any; /* "a|b"; empty for flags */
};
struct line {
  struct codebook_code code;
  uint8_t n;
  struct test test[TESTS];
};
struct codebook {
  struct arena memory;
  const struct ontology *ontology;
  char name[NAME];
  struct line *line;
  uint32_t n;
};

/* ---- reading */

static bool known(const struct codebook *c, uint8_t kind, str s) {
  const struct ontology *o = c->ontology;
  switch (kind) {
  case TEST_TYPE: return ontology_type(o, s);
  case TEST_CONTEXT: return ontology_context(o, s) >= 0;
  case TEST_CAMEO: return s.n && ascii_digit(s.p[0]);
  case TEST_MODE:
    for (uint8_t t = 1; t <= ontology_type_count(o); t++)
      if (ontology_mode(o, t, s)) return true;
    return str_is(s, "-");
  case TEST_STATUS:
    for (uint8_t i = 0; i < STATUS_COUNT; i++)
      if (str_is(s, status_name(i))) return true;
    return false;
  default: return s.n == 3 || str_is(s, "-");
  }
}

static bool read_test(struct codebook *c, const struct line_reader *r, str term, struct test *t, struct err *e) {
  static const char *const names[TEST_COUNT] = {"type",  "mode",      "cameo",  "context",   "status",
                                                "actor", "recipient", "lethal", "reciprocal"};
  if (term.p[0] == '!') t->not = true, term = str_from(term, 1);
  str rest = term, name = str_cut(&rest, '=');
  while (t->kind < TEST_COUNT && !str_is(name, names[t->kind])) t->kind++;
  if (t->kind == TEST_COUNT)
    return line_err(r, e,
                    "'%.*s' is no condition: type, mode, cameo, context, status, actor, recipient, lethal, reciprocal",
                    STR_FMT(name));
  bool flag = t->kind >= TEST_LETHAL;
  if (flag != (name.n == term.n))
    return line_err(r, e, "'%.*s' %s", STR_FMT(name), flag ? "has no value" : "needs a value");
  t->any = arena_str(&c->memory, rest);
  while (rest.n) {
    str one = str_cut(&rest, '|');
    if (!known(c, t->kind, one)) return line_err(r, e, "unknown %.*s '%.*s'", STR_FMT(name), STR_FMT(one));
  }
  return true;
}

/* CODE <tab> PARENT or - <tab> conditions */
static bool read_line(struct codebook *c, const struct line_reader *r, struct err *e) {
  str f[FIELDS];
  size_t n = line_fields(r->line, f, FIELDS);
  if (!c->name[0]) {
    if (n != 2 || !str_is(f[0], "codebook") || !f[1].n || f[1].n >= NAME)
      return line_err(r, e, "the first line names the codebook: 'codebook', a tab, its name");
    memcpy(c->name, f[1].p, f[1].n);
    return true;
  }
  if (n != FIELDS || !f[0].n) return line_err(r, e, "a line has a code, its parent or '-', and conditions");
  if (c->n == LINES) return line_err(r, e, "more than %d lines", LINES);
  struct line *l = &c->line[c->n];
  l->code.code = arena_str(&c->memory, f[0]);
  l->code.parent = str_is(f[1], "-") ? STR("") : arena_str(&c->memory, f[1]);
  while (f[2].n) {
    str term = str_trim(str_cut(&f[2], ' '));
    if (!term.n) continue;
    if (l->n == TESTS) return line_err(r, e, "more than %d conditions", TESTS);
    if (!read_test(c, r, term, &l->test[l->n++], e)) return false;
  }
  return c->n++, true;
}

static bool find_file(const char *knowledge, const char *name, char *path, size_t size) {
  char folder[PATH], file[PATH];
  if (strchr(name, '/') || strchr(name, '.')) return (size_t)snprintf(path, size, "%s", name) < size;
  return (size_t)snprintf(file, sizeof file, "%s.codebook", name) < sizeof file &&
         path_join(folder, sizeof folder, knowledge, "ontologies") && path_join(path, size, folder, file);
}

struct codebook *codebook_open(const char *knowledge, const char *name, const struct ontology *o, struct err *e) {
  char path[PATH];
  struct file_map map;
  struct line_reader r;
  if (!find_file(knowledge, name, path, sizeof path)) {
    err_set(e, ERR_USAGE, "the path of the codebook is too long");
    return NULL;
  }
  if (!file_map_open(&map, path, e)) return NULL;
  struct codebook *c = calloc(1, sizeof *c);
  bool ok = c && (c->line = calloc(LINES, sizeof *c->line));
  if (!ok) err_set(e, ERR_NOMEM, "no memory for a codebook");
  if (c) arena_init(&c->memory, MEMORY), c->ontology = o;
  line_reader_init(&r, file_map_str(&map), path);
  while (ok && line_next(&r)) ok = read_line(c, &r, e);
  if (ok && !c->n) ok = err_set(e, ERR_KNOWLEDGE, "%s: no codes in this codebook", path);
  file_map_release(&map);
  if (ok) return c;
  codebook_close(c);
  return NULL;
}

void codebook_close(struct codebook *c) {
  if (!c) return;
  arena_release(&c->memory);
  free(c->line);
  free(c);
}

const char *codebook_name(const struct codebook *c) { return c->name; }

/* ---- finding */

static bool sector_among(const struct doc *d, struct list who, str sector) {
  if (str_is(sector, "-")) return !who.n;
  for (uint32_t i = 0; i < who.n; i++) {
    const struct actor_code *k = &d->actors.at[d->ids.at[who.first + i]].code;
    for (int s = 0; s < CODE_SECTORS && k->sector[s][0]; s++)
      if (str_is(sector, k->sector[s])) return true;
  }
  return false;
}

static bool alternative(const struct codebook *c, const struct doc *d, const struct event *e, uint8_t kind, str s) {
  const struct ontology *o = c->ontology;
  switch (kind) {
  case TEST_TYPE: return str_is(s, ontology_type_name(o, e->type));
  case TEST_MODE: return str_is(s, e->mode ? ontology_mode_name(o, e->type, e->mode) : "-");
  case TEST_CAMEO: return str_starts(str_of(e->cameo), s);
  case TEST_CONTEXT: return e->contexts >> ontology_context(o, s) & 1;
  case TEST_STATUS: return str_is(s, status_name(e->status));
  case TEST_ACTOR: return sector_among(d, e->actor, s);
  case TEST_RECIPIENT: return sector_among(d, e->recipient, s);
  default: return false;
  }
}

static bool holds(const struct codebook *c, const struct doc *d, const struct event *e, const struct test *t) {
  bool found = (t->kind == TEST_LETHAL && e->lethal) || (t->kind == TEST_RECIPROCAL && e->reciprocal);
  for (str rest = t->any; rest.n && !found;) found = alternative(c, d, e, t->kind, str_cut(&rest, '|'));
  return found != t->not ;
}

bool codebook_code(const struct codebook *c, const struct doc *d, const struct event *e, struct codebook_code *out) {
  for (uint32_t i = 0; i < c->n; i++) {
    uint8_t k = 0;
    while (k < c->line[i].n && holds(c, d, e, &c->line[i].test[k])) k++;
    if (k < c->line[i].n) continue;
    *out = c->line[i].code;
    return !str_is(out->code, "-");
  }
  return false;
}
