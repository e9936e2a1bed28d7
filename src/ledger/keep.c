/* keep.c - tombstones and the removal of a document; the check of a whole ledger; copies. */
#include "ledger/keep.h"
#include "ledger/fields.h"
#include "ledger/incident_rows.h"
#include "ledger/keep_rows.h"
#include "ledger/ledger_impl.h"
#include "ledger/search.h"
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <unistd.h>

static const char *const doing = "forget a document", *const checking = "check the ledger";

const char *const keep_schema =
    "CREATE TABLE IF NOT EXISTS forgotten( -- what may not come in again; hashes alone, so that nothing of it is kept\n"
    "  hash TEXT PRIMARY KEY, of TEXT NOT NULL CHECK(of IN ('id','text')), made TEXT NOT NULL, note TEXT\n"
    ") STRICT, WITHOUT ROWID;\n";

/* SHA-256 of `kind` and the bytes, in hexadecimal. */
static void hash_of(const char *kind, str s, char out[65]) {
  struct sha256_ctx ctx;
  uint8_t digest[SHA256_DIGEST_SIZE];
  sha256_init(&ctx);
  sha256_update(&ctx, strlen(kind), (const uint8_t *)kind);
  sha256_update(&ctx, s.n, (const uint8_t *)(s.p ? s.p : ""));
  sha256_digest(&ctx, sizeof digest, digest);
  for (size_t i = 0; i < sizeof digest; i++) snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

int keep_forgotten(struct ledger *g, str id, str text, struct err *e) {
  char of_id[65], of_text[65];
  hash_of("id", id, of_id), hash_of("text", text, of_text);
  sqlite3_stmt *st = g->st[ST_FORGOTTEN];
  db_bind(st, "zz", of_id, of_text);
  int there = db_step(st, g->path, "write to the ledger", e);
  sqlite3_reset(st);
  return there;
}

/* ---- forgetting */

static bool bury(struct ledger *g, const char *of, str what, str note, struct err *e) {
  char hash[65];
  sqlite3_stmt *st = NULL;
  hash_of(of, what, hash);
  bool ok = ledger_prepare(
      g, doing, "INSERT OR IGNORE INTO forgotten(hash,of,made,note) VALUES(?,?,strftime('%Y-%m-%dT%H:%M:%SZ','now'),?)",
      &st, e);
  if (ok) {
    db_bind(st, "zzs", hash, of, note);
    ok = db_run(st, g->path, doing, e);
  }
  sqlite3_finalize(st);
  return ok;
}

/* Tombstones of every version's text; what hangs on the present one is taken out. *found: versions. */
static bool bury_versions(struct ledger *g, str id, str note, int *found, struct err *e) {
  sqlite3_stmt *st = NULL;
  int there = 0;
  bool ok = ledger_prepare(g, doing,
                           "SELECT d.doc, t.text FROM documents d JOIN texts t USING(doc) WHERE d.id=? ORDER BY d.doc",
                           &st, e);
  if (ok) db_bind(st, "s", id);
  for (*found = 0; ok && (there = db_step(st, g->path, doing, e)) == 1; ++*found)
    ok = bury(g, "text", db_text(st, 1), note, e) && incident_drop(g, sqlite3_column_int64(st, 0), e) &&
         search_drop(g, sqlite3_column_int64(st, 0), e);
  sqlite3_finalize(st);
  return ok && there >= 0;
}

static bool with_id(struct ledger *g, const char *sql, str id, struct err *e) {
  sqlite3_stmt *st = NULL;
  bool ok = ledger_prepare(g, doing, sql, &st, e);
  if (ok) {
    db_bind(st, "s", id);
    ok = db_run(st, g->path, doing, e);
  }
  sqlite3_finalize(st);
  return ok;
}

bool ledger_forget(struct ledger *g, str id, str note, struct err *e) {
  static const char *const drops[] = {
      ("DELETE FROM incident_decisions WHERE a IN (SELECT v.id FROM events v JOIN documents d USING(doc) WHERE d.id=?1) OR b IN (SELECT v.id FROM "
       "events v JOIN documents d USING(doc) WHERE d.id=?1)"),
      "DELETE FROM actor_decisions WHERE doc=?1", "DELETE FROM corrections WHERE doc=?1",
      "DELETE FROM errors WHERE id=?1", "DELETE FROM documents WHERE id=?1"};
  int versions = 0;
  if (!db_exec(g->db, g->path, "PRAGMA secure_delete=ON", doing, e) || !ledger_begin(g, e)) return false;
  bool ok = bury_versions(g, id, note, &versions, e);
  if (ok && !versions) ok = err_set(e, ERR_USAGE, "the ledger has no document '%.*s'", STR_FMT(id));
  ok = ok && bury(g, "id", id, note, e);
  for (size_t i = 0; ok && i < sizeof drops / sizeof *drops; i++) ok = with_id(g, drops[i], id, e);
  ok = ok &&
       db_exec(g->db, g->path, "DELETE FROM actors WHERE actor NOT IN (SELECT actor FROM doc_actors)", doing, e) &&
       /* The index keeps words of what was deleted until its parts are merged. */
       db_exec(g->db, g->path, "INSERT INTO search(search) VALUES('optimize')", doing, e);
  return ledger_decided_end(g, ok, e) && db_exec(g->db, g->path, "PRAGMA wal_checkpoint(TRUNCATE)", doing, e);
}

/* ---- checking */

struct check {
  struct ledger *g;
  ledger_problem_fn tell;
  void *ctx;
  uint64_t problems;
  struct err *e;
};

static void problem(struct check *c, const char *what, str of) {
  char line[512];
  snprintf(line, sizeof line, "%s%s%.*s", what, of.n ? ": " : "", STR_FMT(of));
  c->tell(c->ctx, line);
  c->problems++;
}

/* One problem a row of the query; a row that says "ok" is none. */
static bool rows_are_problems(struct check *c, const char *what, const char *sql) {
  sqlite3_stmt *st = NULL;
  int there = -1;
  if (!ledger_prepare(c->g, checking, sql, &st, c->e)) return false;
  while ((there = db_step(st, c->g->path, checking, c->e)) == 1)
    if (!str_is(db_text(st, 0), "ok")) problem(c, what, db_text(st, 0));
  sqlite3_finalize(st);
  return there == 0;
}

static void check_document(struct check *c, sqlite3_stmt *st, struct buf *page) {
  str id = db_text(st, 0), text = db_text(st, 1), sha = db_text(st, 2);
  char hash[65];
  hash_of("", text, hash);
  if (!str_is(sha, hash)) problem(c, "the text is not the one that was put in", id);
  buf_clear(page);
  str raw = ledger_inflate((str){sqlite3_column_blob(st, 3), (size_t)sqlite3_column_bytes(st, 3)}, page);
  arena_reset(&c->g->scratch);
  if (!json_tree(raw, &c->g->scratch, NULL)) problem(c, "the page is damaged", id);
}

static bool check_documents(struct check *c) {
  sqlite3_stmt *st = NULL;
  struct buf page;
  int there = -1;
  buf_init(&page, (size_t)1 << 30);
  if (ledger_prepare(c->g, checking,
                     "SELECT d.id, t.text, d.sha256, t.page FROM documents d JOIN texts t USING(doc) ORDER BY d.doc",
                     &st, c->e))
    while ((there = db_step(st, c->g->path, checking, c->e)) == 1) check_document(c, st, &page);
  sqlite3_finalize(st);
  buf_release(&page);
  return there == 0;
}

bool ledger_check(struct ledger *g, ledger_problem_fn tell, void *ctx, uint64_t *problems, struct err *e) {
  static const char *const queries[][2] = {
      {"the database is damaged", "PRAGMA integrity_check(50)"},
      {"a row refers to nothing", "SELECT \"table\"||' '||ifnull(rowid,'') FROM pragma_foreign_key_check LIMIT 50"},
      {"a document has no text", "SELECT id FROM documents WHERE doc NOT IN (SELECT doc FROM texts)"},
      {"a document is not in the index",
       "SELECT id FROM documents WHERE current AND doc NOT IN (SELECT rowid FROM search)"},
      {"a document is in no family",
       "SELECT id FROM documents WHERE current AND doc NOT IN (SELECT doc FROM doc_shapes)"},
      {"evidence lies outside its text",
       "SELECT e.id FROM events e JOIN documents d USING(doc) WHERE NOT e.in_title AND (e.start<0 OR e.\"end\"<e.start "
       "OR e.\"end\">d.bytes)"},
      {"an incident counts other reports than it has",
       "SELECT 'i'||substr(e.id,2) FROM incidents i JOIN events e ON e.event=i.head WHERE i.reports<>(SELECT count(*) FROM reports r "
       "WHERE r.incident=i.incident AND r.role='report')"}};
  struct check c = {g, tell, ctx, 0, e};
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
    if (!rows_are_problems(&c, queries[i][0], queries[i][1])) return false;
    if (i == 0 && c.problems) break; /* what else a damaged file says means nothing */
  }
  bool ok = c.problems || check_documents(&c);
  *problems = c.problems;
  return ok;
}

/* ---- copies */

bool ledger_backup(struct ledger *g, const char *path, struct err *e) {
  sqlite3 *to = NULL;
  int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    err_set_errno(e, ERR_IO, "cannot create the copy");
    return err_at(e, path, 0, 0);
  }
  close(fd);
  bool ok = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL) == SQLITE_OK;
  sqlite3_backup *copy = ok ? sqlite3_backup_init(to, "main", g->db, "main") : NULL;
  int rc = SQLITE_OK;
  while (copy && ((rc = sqlite3_backup_step(copy, 4096)) == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED))
    if (rc != SQLITE_OK) sqlite3_sleep(50);
  if (copy) sqlite3_backup_finish(copy);
  ok = copy && rc == SQLITE_DONE;
  if (!ok) db_fail(to, path, "copy the ledger", e);
  sqlite3_close(to);
  if (!ok) unlink(path);
  return ok;
}
