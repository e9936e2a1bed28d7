/* again.c - walks over the documents that other versions coded, by key, a few at a time. */
#include "ledger/again.h"
#include "ledger/ledger_impl.h"
#include <stdlib.h>

static const char *const reading = "read the ledger";

struct ledger_walk {
  struct ledger *g;
  const struct ledger_coder *coder;
  sqlite3_stmt *st;
  int64_t last; /* row of the document that was given last */
  bool any;     /* since the statement began */
  bool corrected;
  struct ledger_text text;
};

enum { AT_A_TIME = 256 };

struct ledger_walk *ledger_walk_open(struct ledger *g, const struct ledger_coder *coder, struct err *e) {
  struct ledger_walk *w = calloc(1, sizeof *w);
  if (!w) {
    err_set(e, ERR_NOMEM, "no memory to read the ledger");
    return NULL;
  }
  w->g = g, w->coder = coder;
  return w;
}

struct ledger_walk *ledger_walk_corrected(struct ledger *g, struct err *e) {
  struct ledger_walk *w = ledger_walk_open(g, NULL, e);
  if (w) w->corrected = true;
  return w;
}

static bool begin(struct ledger_walk *w, struct err *e) {
  static const char sql[] =
      "SELECT d.doc, d.id, d.date, d.title, d.source, d.url, d.lang, t.text, t.page FROM documents d JOIN texts t USING(doc) JOIN coders c "
      "USING(coder) WHERE d.current AND d.doc>?1 AND NOT (?6 AND c.version=?2 AND c.model=?3 AND c.knowledge=?4 AND c.ontology=?5) AND (NOT ?8 OR d.id IN (SELECT doc FROM corrections)) ORDER BY d.doc "
      "LIMIT ?7";
  const struct ledger_coder *c = w->coder;
  if (!w->st && !ledger_prepare(w->g, reading, sql, &w->st, e)) return false;
  w->any = false;
  return db_bind(w->st, "izzzzbib", w->last, c ? c->version : NULL, c ? c->model : NULL, c ? c->knowledge : NULL,
                 c ? c->ontology : NULL, c != NULL, (int64_t)AT_A_TIME, w->corrected);
}

int ledger_walk_next(struct ledger_walk *w, struct ledger_text *out, struct err *e) {
  ledger_text_release(&w->text);
  if (!w->any && !begin(w, e)) return -1;
  int there = db_step(w->st, w->g->path, reading, e);
  if (there == 0 && w->any) { /* these are done; are there more? */
    if (!begin(w, e)) return -1;
    there = db_step(w->st, w->g->path, reading, e);
  }
  if (there != 1) return there;
  w->any = true;
  w->last = sqlite3_column_int64(w->st, 0);
  if (!ledger_text_take(w->st, &w->text, e)) return -1;
  *out = w->text;
  return 1;
}

void ledger_walk_close(struct ledger_walk *w) {
  if (!w) return;
  ledger_text_release(&w->text);
  sqlite3_finalize(w->st);
  free(w);
}

bool ledger_page_of(struct ledger *g, str id, struct buf *page, struct err *e) {
  static const char sql[] = "SELECT t.page FROM documents d JOIN texts t USING(doc) WHERE d.id=? AND d.current";
  sqlite3_stmt *st = NULL;
  bool ok = ledger_prepare(g, reading, sql, &st, e);
  if (ok) {
    db_bind(st, "s", id);
    int there = db_step(st, g->path, reading, e);
    ok = there == 1 &&
         ledger_inflate((str){sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0)}, page).n > 0;
    if (!ok && there >= 0)
      err_set(e, ERR_DB, "the page of '%.*s' is missing or damaged; see: tightrope check", STR_FMT(id));
  }
  sqlite3_finalize(st);
  return ok;
}
