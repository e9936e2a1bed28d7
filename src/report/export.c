/* export.c - the data package: lists as CSV files, and the papers that say what is in them. Points and dates are in export_forms.c. */
#include "report/export.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "report/export_fields.h"
#include <errno.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FLUSH_AT = 1 << 20, N_FIELDS = sizeof export_fields / sizeof *export_fields };

static const struct {
  const char *name, *file, *title;
  enum ledger_list list;
  bool all; /* every status, not the default of the list */
} tables[] = {
    {"incidents", "incidents.csv", "What happened, one line for an event however often it is told", LIST_INCIDENTS,
     false},
    {"events", "events.csv", "Reports: an event as one document tells it, of every status", LIST_EVENTS, true},
    {"demands", "demands.csv", "Demands, promises and threats, with their deadlines", LIST_DEMANDS, true},
    {"ties", "ties.csv", "Who holds which post, who stands with whom, as documents tell it", LIST_TIES, true},
    {"actors", "actors.csv", "Named actors", LIST_ACTORS, true},
    {"documents", "documents.csv", "What was read", LIST_DOCUMENTS, true},
};
enum { N_TABLES = sizeof tables / sizeof *tables };

static const struct export_field *field_of(const char *column) {
  for (size_t i = 0; i < N_FIELDS; i++)
    if (!strcmp(export_fields[i].name, column)) return &export_fields[i];
  return NULL;
}

const char *export_meaning(const char *column) {
  const struct export_field *f = field_of(column);
  return f ? f->meaning : NULL;
}

/* ---- the papers */

struct papers {
  struct buf package, codebook;
  struct json j;
};

struct sealed { /* a file that was written */
  uint64_t bytes, rows;
  char sha256[65];
};

static void paper_fields(struct papers *p, const struct ledger_query *q) {
  json_key(&p->j, "schema");
  json_open(&p->j, '{');
  json_key(&p->j, "fields");
  json_open(&p->j, '[');
  buf_puts(&p->codebook, "| column | type | meaning |\n| --- | --- | --- |\n");
  for (int i = 0; i < ledger_query_columns(q); i++) {
    const struct export_field *f = field_of(ledger_query_name(q, i));
    if (!f) continue;
    json_open(&p->j, '{');
    json_key_name(&p->j, "name", f->name);
    json_key_name(&p->j, "type", f->type);
    json_key_name(&p->j, "description", f->meaning);
    json_close(&p->j, '}');
    buf_printf(&p->codebook, "| `%s` | %s | %s |\n", f->name, f->type, f->meaning);
  }
  json_close(&p->j, ']');
  json_key(&p->j, "missingValues");
  json_open(&p->j, '[');
  json_str(&p->j, STR(""));
  json_close(&p->j, ']');
  json_close(&p->j, '}');
}

static void paper_file(struct papers *p, const char *name, const char *file, const char *title, const char *media,
                       const struct sealed *s) {
  char hash[80];
  snprintf(hash, sizeof hash, "sha256:%s", s->sha256);
  json_key_name(&p->j, "name", name);
  json_key_name(&p->j, "path", file);
  json_key_name(&p->j, "title", title);
  json_key_name(&p->j, "mediatype", media);
  json_key_int(&p->j, "bytes", (int64_t)s->bytes);
  json_key_name(&p->j, "hash", hash);
}

/* ---- files */

struct sealing {
  struct file_out file;
  struct sha256_ctx hash;
  struct sealed done;
};

static bool seal_begin(struct sealing *s, const char *folder, const char *name, struct err *e) {
  char path[4096];
  s->done = (struct sealed){0};
  s->file.fd = -1;
  sha256_init(&s->hash);
  return (path_join(path, sizeof path, folder, name) || err_set(e, ERR_IO, "the path is too long")) &&
         file_out_begin(&s->file, path, e);
}

static bool seal_flush(struct sealing *s, struct err *e) {
  sha256_update(&s->hash, s->file.room.n, (const uint8_t *)s->file.room.p);
  return file_out_flush(&s->file, e);
}

static bool seal_end(struct sealing *s, bool ok, struct err *e) {
  uint8_t digest[SHA256_DIGEST_SIZE];
  ok = ok && seal_flush(s, e);
  s->done.bytes = s->file.bytes;
  sha256_digest(&s->hash, sizeof digest, digest);
  for (size_t i = 0; i < sizeof digest; i++) snprintf(s->done.sha256 + 2 * i, 3, "%02x", digest[i]);
  return file_out_end(&s->file, ok, e) && ok;
}

static void row_put(struct buf *out, const struct ledger_query *q, bool names) {
  bool first = true;
  for (int i = 0; i < ledger_query_columns(q); i++) {
    if (!field_of(ledger_query_name(q, i))) continue;
    if (!first) buf_putc(out, ',');
    csv_put(out, names ? str_of(ledger_query_name(q, i)) : ledger_query_text(q, i), true);
    first = false;
  }
  buf_puts(out, "\r\n");
}

static bool rows_put(struct sealing *s, struct ledger_query *q, struct err *e) {
  int there;
  row_put(&s->file.room, q, true);
  while ((there = ledger_query_next(q, e)) == 1) {
    row_put(&s->file.room, q, false);
    s->done.rows++;
    if (s->file.room.n > FLUSH_AT && !seal_flush(s, e)) return false;
  }
  return there == 0;
}

static bool table_put(struct ledger *g, size_t t, const struct ledger_filter *f, const char *folder, struct papers *p,
                      struct err *e) {
  struct sealing s;
  struct ledger_filter mine = *f;
  if (tables[t].all && !f->status) mine.status = "all";
  struct ledger_query *q = ledger_query_open(g, tables[t].list, &mine, e);
  bool ok = q && seal_begin(&s, folder, tables[t].file, e);
  if (ok) ok = seal_end(&s, rows_put(&s, q, e), e);
  if (ok) {
    json_open(&p->j, '{');
    paper_file(p, tables[t].name, tables[t].file, tables[t].title, "text/csv", &s.done);
    json_key_int(&p->j, "rows", (int64_t)s.done.rows);
    json_key_name(&p->j, "profile", "tabular-data-resource");
    json_key_name(&p->j, "encoding", "utf-8");
    buf_printf(&p->codebook, "\n## %s\n\n%s. %llu rows.\n\n", tables[t].file, tables[t].title,
               (unsigned long long)s.done.rows);
    paper_fields(p, q);
    json_close(&p->j, '}');
  }
  ledger_query_close(q);
  return ok;
}

typedef bool (*form_fn)(struct ledger *g, const struct ledger_filter *f, struct buf *out, struct err *e);

static bool form_put(struct ledger *g, const struct ledger_filter *f, const char *folder, const char *name,
                     const char *title, const char *media, form_fn make, struct papers *p, struct err *e) {
  struct sealing s;
  bool ok = seal_begin(&s, folder, name, e);
  if (!seal_end(&s, ok && make(g, f, &s.file.room, e), e)) return false;
  json_open(&p->j, '{');
  paper_file(p, name, name, title, media, &s.done);
  json_close(&p->j, '}');
  buf_printf(&p->codebook, "\n## %s\n\n%s.\n", name, title);
  return true;
}

/* ---- the package */

static const char warning[] =
    "Coded by machine from reports, not facts: it misses events and reads some wrongly. English only. Silence is not peace: no row means "
    "that no report was read. Private persons stand by role words; places of civilians, aid and private persons are no finer than a "
    "district or five kilometres. Not for targeting, screening, asylum or policing.";

/* A list as objects under `key`, its columns as they are called. */
static bool list_put(struct ledger *g, enum ledger_list list, const char *key, struct papers *p, struct err *e) {
  struct ledger_query *q = ledger_query_open(g, list, &(struct ledger_filter){.limit = 0}, e);
  int there = -1;
  json_key(&p->j, key);
  json_open(&p->j, '[');
  while (q && (there = ledger_query_next(q, e)) == 1) {
    json_open(&p->j, '{');
    for (int i = 0; i < ledger_query_columns(q); i++)
      json_key_str(&p->j, ledger_query_name(q, i), ledger_query_text(q, i));
    json_close(&p->j, '}');
  }
  json_close(&p->j, ']');
  ledger_query_close(q);
  return there == 0;
}

static bool papers_write(struct papers *p, const char *folder, struct err *e) {
  char path[4096];
  return path_join(path, sizeof path, folder, "datapackage.json") && file_write_atomic(path, buf_str(&p->package), e) &&
         path_join(path, sizeof path, folder, "CODEBOOK.md") && file_write_atomic(path, buf_str(&p->codebook), e);
}

static bool package_put(struct ledger *g, const struct ledger_filter *f, const char *folder, struct papers *p,
                        struct err *e) {
  json_open(&p->j, '{');
  json_key_name(&p->j, "profile", "tabular-data-package");
  json_key_name(&p->j, "name", "tightrope-ledger");
  json_key_name(&p->j, "title", "A ledger of events, coded by Tightrope");
  json_key_name(&p->j, "description", warning);
  json_key_name(
      &p->j, "licenses_note",
      "The texts belong to their publishers. What is coded from them is the work of whoever coded it, who may license it.");
  json_key_name(&p->j, "citation", "Name the sources below and Tightrope with its version (coder).");
  buf_printf(&p->codebook, "# Codebook\n\n%s\n", warning);
  bool ok = list_put(g, LIST_OUTLETS, "sources", p, e) && list_put(g, LIST_CODERS, "coders", p, e);
  json_key(&p->j, "resources");
  json_open(&p->j, '[');
  for (size_t t = 0; t < N_TABLES && ok; t++) ok = table_put(g, t, f, folder, p, e);
  ok = ok &&
       form_put(g, f, folder, "incidents.geojson", "Incidents that have a point, with precision and radius",
                "application/geo+json", export_geojson, p, e) &&
       form_put(g, f, folder, "deadlines.ics", "Demands with a deadline", "text/calendar", export_ics, p, e);
  json_close(&p->j, ']');
  json_close(&p->j, '}');
  buf_putc(&p->package, '\n');
  return ok;
}

bool export_package(struct ledger *g, const struct ledger_filter *f, const char *folder, struct err *e) {
  struct papers p;
  if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
    err_set_errno(e, ERR_IO, "cannot make the folder");
    return err_at(e, folder, 0, 0);
  }
  buf_init(&p.package, (size_t)1 << 26), buf_init(&p.codebook, (size_t)1 << 22);
  p.j = json_writer(&p.package);
  bool ok = package_put(g, f, folder, &p, e) && papers_write(&p, folder, e);
  buf_release(&p.package), buf_release(&p.codebook);
  return ok;
}
