/* ledger.c - opening, checking and closing a ledger; transactions; runs. What a document becomes is in put.c. */
#include "ledger/ledger.h"
#include "ledger/ledger_impl.h"
#include "ledger/upgrade.h"
#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAIT_MS = 10000, DEFLATED_CAP = 1 << 30 };

/* ---- opening */

static bool refuse(struct ledger *g, struct err *e, const char *message) {
  err_set(e, ERR_DB, "%s", message);
  return err_at(e, g->path, 0, 0);
}

/* Makes the file, readable by its owner alone: a ledger holds whole texts. */
static bool create_file(struct ledger *g, const char *path, struct err *e) {
  int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0) {
    close(fd);
    return true;
  }
  if (errno == EEXIST) return true;
  err_set_errno(e, ERR_DB, "cannot create the ledger");
  return err_at(e, g->path, 0, 0);
}

static bool exists(struct ledger *g, const char *path, struct err *e) {
  if (access(path, F_OK) == 0) return true;
  err_set(e, ERR_DB, "there is no ledger here; make one with: tightrope ingest --db %s FILE", path);
  return err_at(e, g->path, 0, 0);
}

static bool connect(struct ledger *g, const char *path, int flags, struct err *e) {
  sqlite3_close(g->db);
  g->db = NULL;
  if (sqlite3_open_v2(path, &g->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
    return db_fail(g->db, g->path, "open the ledger", e);
  sqlite3_busy_timeout(g->db, WAIT_MS);
  sqlite3_db_config(g->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(g->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL); /* the file may come from a stranger */
  return true;
}

/* A ledger in a folder that may not be written to: SQLite wants to make -shm beside it. With no -wal there, or an empty one that a
 * reader left, nobody is writing. */
static bool connect_immutable(struct ledger *g, const char *path, struct err *e) {
  char beside[4096];
  int n = snprintf(beside, sizeof beside, "%s-wal", path);
  struct stat wal;
  if (n < 0 || (size_t)n >= sizeof beside || (stat(beside, &wal) == 0 && wal.st_size > 0)) return false;
  struct buf uri;
  buf_init(&uri, 16384);
  buf_puts(&uri, "file:");
  for (const char *p = path; *p; p++) {
    if (*p == '?' || *p == '#' || *p == '%') buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*p);
    else buf_putc(&uri, *p);
  }
  buf_put(&uri, (str){"?immutable=1", 13}); /* with its NUL */
  bool ok = !uri.failed && connect(g, uri.p, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, e);
  buf_release(&uri);
  return ok;
}

static bool prepare_all(struct ledger *g, struct err *e) {
  static const char *const sql[] = {
#define X(name, text) text,
      LEDGER_STATEMENTS(X)
#undef X
  };
  for (int i = 0; i < ST_COUNT; i++)
    if (sqlite3_prepare_v3(g->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &g->st[i], NULL) != SQLITE_OK)
      return db_fail(g->db, g->path, "open the ledger", e);
  return true;
}

/* Makes the tables of a new ledger, and brings one of an earlier version up to date. Another process may have done so meanwhile. */
static bool open_tables(struct ledger *g, struct err *e) {
  const char *what = "open the ledger";
  int version = 0;
  if (!upgrade_version(g, &version, e)) return false;
  if (version == LEDGER_VERSION) return prepare_all(g, e);
  bool ok = db_exec(g->db, g->path, "BEGIN IMMEDIATE", what, e) && upgrade_version(g, &version, e) &&
            (version == LEDGER_VERSION || upgrade_tables(g, version, e)) && prepare_all(g, e) &&
            upgrade_rows(g, version, e) && db_exec(g->db, g->path, "COMMIT", what, e);
  if (!ok) sqlite3_exec(g->db, "ROLLBACK", NULL, NULL, NULL);
  return ok;
}

static bool open_write(struct ledger *g, const char *path, struct err *e) {
  int version = 0;
  if (g->mode == LEDGER_EDIT && !exists(g, path, e)) return false;
  if (!create_file(g, path, e) || !connect(g, path, SQLITE_OPEN_READWRITE, e)) return false;
  if (!upgrade_version(g, &version, e)) return false;
  if (sqlite3_db_readonly(g->db, "main") == 1)
    return refuse(g, e, "the ledger is read-only; check the permissions of the file and of its folder");
  return db_exec(
             g->db, g->path,
             "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768;",
             "open the ledger", e) &&
         open_tables(g, e);
}

static bool open_read(struct ledger *g, const char *path, struct err *e) {
  int version = 0;
  if (!exists(g, path, e)) return false;
  struct err first = {0};
  bool ok = connect(g, path, SQLITE_OPEN_READONLY, &first) && upgrade_version(g, &version, &first);
  int code = g->db ? sqlite3_errcode(g->db) & 0xff : SQLITE_OK;
  if (!ok && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) && connect_immutable(g, path, e)) {
    err_clear(&first);
    ok = upgrade_version(g, &version, &first);
  }
  if (!ok) {
    *e = first;
    return false;
  }
  if (!version) return refuse(g, e, "the ledger is empty: no ingest into it has begun");
  if (version < LEDGER_VERSION && g->mode != LEDGER_COPY) {
    err_set(e, ERR_DB,
            "this ledger was made by an earlier tightrope (ledger version %d, now %d); bring it up to date "
            "with: tightrope upgrade --db %s",
            version, (int)LEDGER_VERSION, path);
    return err_at(e, g->path, 0, 0);
  }
  return db_exec(g->db, g->path, "PRAGMA query_only=ON; PRAGMA cache_size=-32768;", "open the ledger", e);
}

struct ledger *ledger_open(const char *path, enum ledger_mode mode, struct err *e) {
  struct ledger *g = calloc(1, sizeof *g);
  if (!g) {
    err_set(e, ERR_NOMEM, "no memory for the ledger");
    return NULL;
  }
  g->mode = mode;
  snprintf(g->path, sizeof g->path, "%s", path);
  buf_init(&g->deflated, DEFLATED_CAP);
  arena_init(&g->scratch, DEFLATED_CAP);
  if (mode >= LEDGER_EDIT ? open_write(g, path, e) : open_read(g, path, e)) return g;
  ledger_close(g);
  return NULL;
}

void ledger_close(struct ledger *g) {
  if (!g) return;
  if (g->db && !sqlite3_get_autocommit(g->db)) sqlite3_exec(g->db, "ROLLBACK", NULL, NULL, NULL);
  for (int i = 0; i < ST_COUNT; i++) sqlite3_finalize(g->st[i]);
  if (g->db) sqlite3_close(g->db);
  libdeflate_free_compressor(g->compressor);
  buf_release(&g->deflated);
  arena_release(&g->scratch);
  free(g);
}

void ledger_set_wait(struct ledger *g, int milliseconds) { sqlite3_busy_timeout(g->db, milliseconds); }

void ledger_set_anew(struct ledger *g, bool anew) { g->anew = anew; }

/* ---- transactions */

bool ledger_broke(struct ledger *g, struct err *e) {
  (void)e;
  if (!sqlite3_get_autocommit(g->db)) sqlite3_exec(g->db, "ROLLBACK", NULL, NULL, NULL);
  g->open = false;
  g->failed = true;
  g->pending = 0;
  return false;
}

bool ledger_begin(struct ledger *g, struct err *e) {
  if (g->failed) return refuse(g, e, "the ledger has failed before");
  if (g->open) return true;
  if (!db_exec(g->db, g->path, "BEGIN IMMEDIATE", "write to the ledger", e)) return ledger_broke(g, e);
  return g->open = true;
}

static bool put_counts(struct ledger *g, const char *state, struct err *e) {
  const struct ledger_counts *c = &g->counts;
  sqlite3_stmt *st = g->st[ST_RUN_SET];
  db_bind(st, "iziiiii", g->run, state, (int64_t)c->added, (int64_t)c->updated, (int64_t)c->recoded,
          (int64_t)c->unchanged, (int64_t)c->bad);
  return db_run(st, g->path, "write to the ledger", e);
}

static bool commit_as(struct ledger *g, const char *state, struct err *e) {
  if (!g->open) return !g->failed || refuse(g, e, "the ledger has failed before");
  if (g->run && !put_counts(g, state, e)) return ledger_broke(g, e);
  if (!db_exec(g->db, g->path, "COMMIT", "write to the ledger", e)) return ledger_broke(g, e);
  g->open = false;
  g->pending = 0;
  g->committed = g->counts;
  return true;
}

bool ledger_commit(struct ledger *g, struct err *e) { return commit_as(g, "running", e); }

bool ledger_prepare(struct ledger *g, const char *doing, const char *sql, sqlite3_stmt **st, struct err *e) {
  return sqlite3_prepare_v2(g->db, sql, -1, st, NULL) == SQLITE_OK || db_fail(g->db, g->path, doing, e);
}

bool ledger_decided_end(struct ledger *g, bool ok, struct err *e) {
  if (ok) return ledger_commit(g, e);
  sqlite3_exec(g->db, "ROLLBACK", NULL, NULL, NULL);
  return g->open = false;
}

/* ---- runs */

static bool find_coder(struct ledger *g, const struct ledger_coder *c, struct err *e) {
  for (int i = ST_CODER_ADD; i <= ST_CODER_FIND; i++)
    db_bind(g->st[i], "zzzz", c->version, c->model, c->knowledge, c->ontology);
  if (!db_run(g->st[ST_CODER_ADD], g->path, "write to the ledger", e)) return false;
  if (db_step(g->st[ST_CODER_FIND], g->path, "write to the ledger", e) != 1) return false;
  g->coder = sqlite3_column_int64(g->st[ST_CODER_FIND], 0);
  sqlite3_reset(g->st[ST_CODER_FIND]);
  return true;
}

bool ledger_run_begin(struct ledger *g, const struct ledger_coder *coder, const char *command, struct err *e) {
  if (!ledger_begin(g, e)) return false;
  if (!find_coder(g, coder, e)) return ledger_broke(g, e);
  db_bind(g->st[ST_RUN_ADD], "iz", g->coder, command);
  if (!db_run(g->st[ST_RUN_ADD], g->path, "write to the ledger", e)) return ledger_broke(g, e);
  g->run = sqlite3_last_insert_rowid(g->db);
  g->counts = g->committed = (struct ledger_counts){0};
  return ledger_commit(g, e);
}

bool ledger_run_end(struct ledger *g, const char *state, struct err *e) {
  if (!g->run || !ledger_begin(g, e)) return false;
  bool ok = commit_as(g, state, e);
  g->run = 0;
  return ok;
}

struct ledger_counts ledger_counts(const struct ledger *g) {
  return g->committed;
}
