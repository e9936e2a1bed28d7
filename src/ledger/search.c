/* search.c - the index of texts and the words that it is asked for. The list itself is a query like others (query.c). */
#include "ledger/search.h"
#include "ledger/fields.h"
#include "ledger/mask.h"

static const char doing[] = "index a text";

const char *const search_schema =
    "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(title, body, tokenize='unicode61 remove_diacritics 2');\n"
    "CREATE TABLE IF NOT EXISTS searches( -- saved under a name; NULL: not filtered\n"
    "  name TEXT PRIMARY KEY, words TEXT NOT NULL, actor TEXT, type TEXT, status TEXT, \"from\" TEXT, \"to\" TEXT, place TEXT,\n"
    "  doc TEXT, country TEXT, source TEXT\n"
    ") STRICT, WITHOUT ROWID;\n";

bool search_drop(struct ledger *g, int64_t doc, struct err *e) {
  db_bind(g->st[ST_SEARCH_DROP], "i", doc);
  return db_run(g->st[ST_SEARCH_DROP], g->path, doing, e);
}

bool search_put(struct ledger *g, int64_t doc, str title, str body, struct err *e) {
  db_bind(g->st[ST_SEARCH_PUT], "iss", doc, title, body);
  return db_run(g->st[ST_SEARCH_PUT], g->path, doing, e);
}

/* ---- ledgers of earlier programs */

/* The document that the statement stands on: row, body, title, page. */
static bool put_again(struct ledger *g, sqlite3_stmt *st, struct buf *page, struct buf *text, struct err *e) {
  struct mask m;
  str body = db_text(st, 1), title = db_text(st, 2);
  buf_clear(page), buf_clear(text);
  buf_put(text, body), buf_putc(text, '\n'), buf_put(text, title);
  str packed = {sqlite3_column_blob(st, 3), (size_t)sqlite3_column_bytes(st, 3)};
  str raw = ledger_inflate(packed, page);
  arena_reset(&g->scratch);
  const struct json_value *json = json_tree(raw, &g->scratch, NULL);
  bool ok = mask_init(&m, buf_str(text), (uint32_t)body.n, field(json, "actors"), &g->scratch) ||
            err_set(e, ERR_NOMEM, "no memory to mask a text");
  ok = ok && search_put(g, sqlite3_column_int64(st, 0), title, mask_copy(&m, 0, body.n), e);
  return ok;
}

bool search_upgrade(struct ledger *g, struct err *e) {
  static const char sql[] =
      "SELECT d.doc, t.text, d.title, t.page FROM documents d JOIN texts t USING(doc) WHERE d.current "
      "AND d.doc NOT IN (SELECT rowid FROM search) ORDER BY d.doc";
  sqlite3_stmt *st = NULL;
  struct buf page, text;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  buf_init(&page, (size_t)1 << 30), buf_init(&text, (size_t)1 << 30);
  int there;
  bool ok = true;
  while (ok && (there = db_step(st, g->path, doing, e)) != 0) ok = there > 0 && put_again(g, st, &page, &text, e);
  sqlite3_finalize(st);
  buf_release(&page), buf_release(&text);
  return ok;
}

/* ---- what is typed */

static bool operator_of(str word) { return str_is(word, "AND") || str_is(word, "OR") || str_is(word, "NOT"); }

static void put_quoted(struct buf *out, str s) {
  buf_putc(out, '"');
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] != '"') buf_putc(out, s.p[i]);
  buf_putc(out, '"');
}

/* The next term: a phrase in quotes or what stands between blanks. */
static bool term_next(str *rest, str *term, bool *phrase) {
  *rest = str_trim(*rest);
  if (!rest->n) return false;
  *phrase = rest->p[0] == '"';
  if (*phrase) {
    *rest = str_from(*rest, 1);
    *term = str_cut(rest, '"');
    return true;
  }
  size_t n = 0;
  while (n < rest->n && !ascii_space(rest->p[n]) && rest->p[n] != '"') n++;
  *term = str_sub(*rest, 0, n);
  *rest = str_from(*rest, n);
  return true;
}

void search_words(str typed, struct buf *out) {
  str term, pending = {"", 0};
  bool phrase, any = false;
  while (term_next(&typed, &term, &phrase)) {
    if (!phrase && operator_of(term) && any && !pending.n) {
      pending = term;
      continue;
    }
    bool begin = !phrase && term.n > 1 && term.p[term.n - 1] == '*';
    if (begin) term.n--;
    if (!str_trim(term).n) continue;
    if (pending.n) buf_putc(out, ' '), buf_put(out, pending);
    if (any) buf_putc(out, ' ');
    put_quoted(out, term);
    if (begin) buf_putc(out, '*');
    any = true, pending = (str){"", 0};
  }
  if (!any) buf_puts(out, "\"\""); /* finds nothing */
}
