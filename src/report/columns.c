/* columns.c - sets of columns from knowledge/columns/, and rows by them. The values of fields: columns_field.c. */
#include "report/columns.h"
#include "base/csv.h"
#include "base/file.h"
#include "report/columns_field.h"
#include "report/shown.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS_MAX = 128, MAPS_MAX = 512, CELL_CAP = 1 << 20, MASK_MEMORY = 1 << 28 };

struct column {
  str name;
  field_fn put;
  str constant; /* "=text" */
  str map;      /* "map:NAME" */
};
struct map_row { /* map NAME KEY VALUE: what a type becomes in another code book */
  str map, key, value;
};
struct columns {
  struct arena memory;
  struct column column[COLUMNS_MAX];
  struct map_row row[MAPS_MAX];
  uint32_t n, n_rows;
  bool pairs, tabs, deadly;
  str only; /* types by blanks; empty: all */
};

/* ---- reading a set */

static str keep(struct columns *c, str s) {
  str copy = arena_str(&c->memory, s);
  return copy.p ? copy : STR("");
}

static bool read_column(struct columns *c, const struct line_reader *r, str name, str field, struct err *e) {
  if (c->n == COLUMNS_MAX) return line_err(r, e, "more than %d columns", COLUMNS_MAX);
  struct column *x = &c->column[c->n++];
  *x = (struct column){.name = keep(c, name)};
  if (str_starts(field, STR("="))) x->constant = keep(c, str_from(field, 1));
  else if (str_starts(field, STR("map:"))) x->map = keep(c, str_from(field, 4));
  else if (!(x->put = columns_field(field)))
    return line_err(r, e, "unknown field '%.*s'; docs/formats.md lists the fields", STR_FMT(field));
  return true;
}

static bool read_map(struct columns *c, const struct line_reader *r, const str *field, struct err *e) {
  if (c->n_rows == MAPS_MAX) return line_err(r, e, "more than %d rows of maps", MAPS_MAX);
  c->row[c->n_rows++] = (struct map_row){keep(c, field[1]), keep(c, field[2]), keep(c, field[3])};
  return true;
}

static bool read_line(struct columns *c, const struct line_reader *r, struct err *e) {
  str f[4] = {{0}};
  size_t n = line_fields(r->line, f, 4);
  if (n == 3 && str_is(f[0], "column")) return read_column(c, r, f[1], f[2], e);
  if (n == 4 && str_is(f[0], "map")) return read_map(c, r, f, e);
  if (n == 2 && str_is(f[0], "rows") && (str_is(f[1], "dyad") || str_is(f[1], "event")))
    c->pairs = str_is(f[1], "dyad");
  else if (n == 2 && str_is(f[0], "separator") && (str_is(f[1], "tab") || str_is(f[1], "comma")))
    c->tabs = str_is(f[1], "tab");
  else if (n == 2 && str_is(f[0], "only")) c->only = keep(c, f[1]);
  else if (n == 2 && str_is(f[0], "deadly") && str_is(f[1], "yes")) c->deadly = true;
  else
    return line_err(
        r, e,
        "a line is 'rows dyad|event', 'separator tab|comma', 'only TYPES', 'deadly yes', 'column NAME FIELD' or "
        "'map NAME TYPE VALUE', by tabs");
  return true;
}

static bool has_map(const struct columns *c, str name) {
  for (uint32_t i = 0; i < c->n_rows; i++)
    if (str_eq(c->row[i].map, name)) return true;
  return false;
}

static bool read_file(struct columns *c, const char *path, struct err *e) {
  struct file_map map;
  struct line_reader r;
  if (!file_map_open(&map, path, e)) return false;
  line_reader_init(&r, file_map_str(&map), path);
  bool ok = true;
  while (ok && line_next(&r)) ok = read_line(c, &r, e);
  if (ok && !c->n) {
    err_set(e, ERR_KNOWLEDGE, "no line 'column NAME FIELD'");
    ok = err_at(e, path, 0, 0);
  }
  for (uint32_t i = 0; ok && i < c->n; i++)
    if (c->column[i].map.n && !has_map(c, c->column[i].map)) {
      err_set(e, ERR_KNOWLEDGE, "no line 'map %.*s TYPE VALUE'", STR_FMT(c->column[i].map));
      ok = err_at(e, path, 0, 0);
    }
  file_map_release(&map);
  return ok;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* "acled-like, gdelt-like, .." */
static void list_sets(const char *folder, char *out, size_t size) {
  char *name[64];
  size_t n = 0, used = 0;
  DIR *dir = opendir(folder);
  for (struct dirent *x; dir && n < 64 && (x = readdir(dir));) {
    str s = str_of(x->d_name);
    if (str_ends(s, STR(".tsv")) && (name[n] = strndup(s.p, s.n - 4))) n++;
  }
  if (dir) closedir(dir);
  qsort(name, n, sizeof *name, by_name);
  out[0] = 0;
  for (size_t i = 0; i < n; i++) {
    int w = snprintf(out + used, size - used, "%s%s", i ? ", " : "", name[i]);
    if (w > 0 && (size_t)w < size - used) used += (size_t)w;
    free(name[i]);
  }
}

static bool set_path(const char *knowledge, const char *name, char *out, size_t size, struct err *e) {
  char folder[4300], file[256], known[300];
  if (strchr(name, '/')) return snprintf(out, size, "%s", name) < (int)size;
  if (!path_join(folder, sizeof folder, knowledge, "columns") ||
      snprintf(file, sizeof file, "%s.tsv", name) >= (int)sizeof file || !path_join(out, size, folder, file))
    return err_set(e, ERR_USAGE, "the path is too long");
  if (file_exists(out)) return true;
  list_sets(folder, known, sizeof known);
  return err_set(e, ERR_USAGE, "no columns '%s'; there are %s, or a file by its path (./my.tsv)", name, known);
}

struct columns *columns_open(const char *knowledge, const char *name, struct err *e) {
  char path[4700];
  struct columns *c = calloc(1, sizeof *c);
  if (!c) {
    err_set(e, ERR_NOMEM, "no memory for the columns");
    return NULL;
  }
  arena_init(&c->memory, 1 << 24);
  if (set_path(knowledge, name, path, sizeof path, e) && read_file(c, path, e)) return c;
  columns_close(c);
  return NULL;
}

void columns_close(struct columns *c) {
  if (!c) return;
  arena_release(&c->memory);
  free(c);
}

bool columns_tabs(const struct columns *c) { return c->tabs; }

/* ---- cells */

/* Control characters never leave: a table goes to terminals and spreadsheets. In CSV line ends stand in quotation marks. */
static void put_cell(struct buf *out, str s, bool tabs, struct buf *room) {
  buf_clear(room);
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    bool control = c < 0x20 || c == 0x7F;
    buf_putc(room, control && (tabs || (c != '\n' && c != '\r' && c != '\t')) ? ' ' : (char)c);
  }
  if (tabs) buf_put(out, buf_str(room));
  else csv_put(out, buf_str(room), false);
}

/* The value for "TYPE.mode", else "TYPE:civilians" where they are hit, else "TYPE", else "" (the rest). */
static str mapped(const struct columns *c, str map, const struct row *r) {
  const char *type = ontology_type_name(r->o, r->e->type), *mode = ontology_mode_name(r->o, r->e->type, r->e->mode);
  char key[3][96];
  snprintf(key[0], sizeof key[0], "%s.%s", type, mode);
  snprintf(key[1], sizeof key[1], "%s:civilians", type);
  snprintf(key[2], sizeof key[2], "%s", type);
  for (int k = 0; k < 4; k++) {
    if (k == 1 && !row_civilian(r)) continue;
    str wanted = k < 3 ? str_of(key[k]) : STR("");
    for (uint32_t i = 0; i < c->n_rows; i++)
      if (str_eq(c->row[i].map, map) && str_eq(c->row[i].key, wanted)) return c->row[i].value;
  }
  return STR("");
}

static void put_row(const struct columns *c, const struct row *r, struct buf *out, struct buf *cell, struct buf *room) {
  for (uint32_t i = 0; i < c->n; i++) {
    const struct column *x = &c->column[i];
    buf_clear(cell);
    if (x->put) x->put(r, cell);
    else buf_put(cell, x->map.n ? mapped(c, x->map, r) : x->constant);
    if (i) buf_putc(out, r->options->tabs ? '\t' : ',');
    put_cell(out, buf_str(cell), r->options->tabs, room);
    out->failed |= cell->failed || room->failed;
  }
  buf_putc(out, '\n');
}

void columns_header(const struct columns *c, const struct columns_options *o, struct buf *out) {
  for (uint32_t i = 0; i < c->n; i++) {
    if (i) buf_putc(out, o->tabs ? '\t' : ',');
    if (o->tabs) buf_put(out, c->column[i].name);
    else csv_put(out, c->column[i].name, false);
  }
  buf_putc(out, '\n');
}

/* ---- rows */

static bool chosen(const struct columns *c, const struct row *r) {
  if (c->deadly && row_deaths(r, true) < 1) return false;
  if (!c->only.n) return true;
  str rest = c->only;
  while (rest.n)
    if (str_is(str_cut(&rest, ' '), ontology_type_name(r->o, r->e->type))) return true;
  return false;
}

struct table {
  const struct columns *c;
  struct buf *out, cell, room;
  struct columns_counts *n;
};

static void put_pair(struct table *t, struct row *r, uint32_t actor, uint32_t recipient) {
  r->actor = actor, r->recipient = recipient;
  put_row(t->c, r, t->out, &t->cell, &t->room);
  r->number++;
  t->n->rows++;
}

/* Whether two parties are one in the eyes of a code book. */
static bool alike(const struct row *r, uint32_t a, uint32_t b) {
  const char *x = r->d->actors.at[a].code.cameo;
  return a == b ||
         (x[0] && !strcmp(x, r->d->actors.at[b].code.cameo) && r->d->actors.at[a].known && r->d->actors.at[b].known);
}

/* Every party with every other one, both ways where the event is mutual. */
static void put_pairs(struct table *t, struct row *r) {
  const struct event *e = r->e;
  struct list from = e->actor, to = e->reciprocal && !e->recipient.n ? e->actor : e->recipient;
  if (!to.n || !from.n) {
    for (uint32_t i = 0; i < from.n; i++) put_pair(t, r, list_at(r->d, from, i), NONE);
    for (uint32_t i = 0; !from.n && i < to.n; i++) put_pair(t, r, NONE, list_at(r->d, to, i));
    if (!from.n && !to.n) put_pair(t, r, NONE, NONE);
    return;
  }
  for (uint32_t i = 0; i < from.n; i++)
    for (uint32_t k = 0; k < to.n; k++) {
      uint32_t a = list_at(r->d, from, i), b = list_at(r->d, to, k);
      if (!alike(r, a, b)) put_pair(t, r, a, b);
    }
}

void columns_rows(const struct columns *c, const struct columns_options *o, const struct doc *d,
                  const struct ontology *ontology, struct buf *out, struct columns_counts *n) {
  struct page_ids ids;
  struct table t = {.c = c, .out = out, .n = n};
  if (d->error.code != ERR_OK || !d->events.n) return;
  struct arena memory;
  struct mask mask;
  page_ids_init(&ids, d);
  arena_init(&memory, MASK_MEMORY);
  if (!shown_mask(&mask, d, &memory)) {
    arena_release(&memory);
    out->failed = true;
    return;
  }
  buf_init(&t.cell, CELL_CAP);
  buf_init(&t.room, CELL_CAP);
  for (uint32_t i = 0; i < d->events.n; i++) {
    struct row r = {.d = d,
                    .o = ontology,
                    .options = o,
                    .ids = &ids,
                    .mask = &mask,
                    .e = &d->events.at[i],
                    .actor = NONE,
                    .recipient = NONE,
                    .pair = c->pairs};
    if (!(o->statuses >> r.e->status & 1)) n->other_status++;
    else if (!chosen(c, &r)) n->other_type++;
    else if (c->pairs) put_pairs(&t, &r);
    else {
      put_row(c, &r, out, &t.cell, &t.room);
      n->rows++;
    }
  }
  buf_release(&t.cell);
  buf_release(&t.room);
  arena_release(&memory);
}
