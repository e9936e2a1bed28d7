/* db.c - SQLite as the ledger uses it: typed binding and stepping, and errors that say what to do. */
#include "ledger/db.h"
#include <errno.h>
#include <math.h>
#include <stdarg.h>

/* What the user can do about an error, by primary result code; NULL where SQLite's own text is the best there is. */
static const char *advice(int extended, int system_errno) {
  switch (extended & 0xff) {
  case SQLITE_FULL: return "the disk is full; free some space and run the same command again";
  case SQLITE_READONLY: return "the ledger is read-only; check the permissions of the file and of its folder";
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return "another program is writing to the ledger; try again when it is done";
  case SQLITE_NOTADB: return "the file is not a ledger";
  case SQLITE_CORRUPT: return "the ledger is damaged; restore a backup or try: sqlite3 FILE .recover";
  case SQLITE_CANTOPEN: return "the ledger cannot be opened; check that its folder exists and may be read and written";
  case SQLITE_PERM:
  case SQLITE_AUTH: return "permission denied";
  case SQLITE_TOOBIG: return "a text is too large for the ledger";
  case SQLITE_NOMEM: return "out of memory";
  case SQLITE_IOERR:
    if (system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG)
      return "the disk is full; free some space and run the same command again";
    if (extended == SQLITE_IOERR_WRITE || extended == SQLITE_IOERR_FSYNC || extended == SQLITE_IOERR_TRUNCATE ||
        extended == SQLITE_IOERR_SHMSIZE)
      return "the disk is full or cannot be written; free some space and run the same command again";
    return "the disk could not be read";
  default: return NULL;
  }
}

bool db_fail(sqlite3 *db, const char *path, const char *what, struct err *e) {
  int code = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM;
  const char *text = advice(code, db ? sqlite3_system_errno(db) : 0);
  if (!text) text = db ? sqlite3_errmsg(db) : "out of memory";
  err_set(e, ERR_DB, "cannot %s: %s", what, text);
  return err_at(e, path, 0, 0);
}

bool db_exec(sqlite3 *db, const char *path, const char *sql, const char *what, struct err *e) {
  return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || db_fail(db, path, what, e);
}

static int bind_text(sqlite3_stmt *st, int i, str s) {
  return s.n ? sqlite3_bind_text64(st, i, s.p, s.n, SQLITE_STATIC, SQLITE_UTF8) : sqlite3_bind_null(st, i);
}

static int bind_row(sqlite3_stmt *st, int i, int64_t v) {
  return v ? sqlite3_bind_int64(st, i, v) : sqlite3_bind_null(st, i);
}

static int bind_real(sqlite3_stmt *st, int i, double v) {
  return isnan(v) ? sqlite3_bind_null(st, i) : sqlite3_bind_double(st, i, v);
}

static int bind_blob(sqlite3_stmt *st, int i, str s) {
  return s.n ? sqlite3_bind_blob64(st, i, s.p, s.n, SQLITE_STATIC) : sqlite3_bind_null(st, i);
}

bool db_bind(sqlite3_stmt *st, const char *types, ...) {
  va_list args;
  va_start(args, types);
  int rc = SQLITE_OK;
  for (int i = 1; *types && rc == SQLITE_OK; types++, i++) {
    switch (*types) {
    case 's': rc = bind_text(st, i, va_arg(args, str)); break;
    case 'z': rc = bind_text(st, i, str_of(va_arg(args, const char *))); break;
    case 'i': rc = sqlite3_bind_int64(st, i, va_arg(args, int64_t)); break;
    case 'k': rc = bind_row(st, i, va_arg(args, int64_t)); break;
    case 'd': rc = bind_real(st, i, va_arg(args, double)); break;
    case 'b': rc = sqlite3_bind_int(st, i, va_arg(args, int) != 0); break;
    case 'B': rc = bind_blob(st, i, va_arg(args, str)); break;
    default: rc = SQLITE_MISUSE;
    }
  }
  va_end(args);
  return rc == SQLITE_OK;
}

bool db_run(sqlite3_stmt *st, const char *path, const char *what, struct err *e) {
  int rc = sqlite3_step(st);
  bool ok = rc == SQLITE_DONE || rc == SQLITE_ROW;
  if (!ok) db_fail(sqlite3_db_handle(st), path, what, e);
  sqlite3_reset(st);
  return ok;
}

int db_step(sqlite3_stmt *st, const char *path, const char *what, struct err *e) {
  int rc = sqlite3_step(st);
  if (rc == SQLITE_ROW) return 1;
  if (rc != SQLITE_DONE) db_fail(sqlite3_db_handle(st), path, what, e);
  sqlite3_reset(st);
  return rc == SQLITE_DONE ? 0 : -1;
}

str db_text(sqlite3_stmt *st, int column) {
  const char *p = (const char *)sqlite3_column_text(st, column);
  return p ? (str){p, (size_t)sqlite3_column_bytes(st, column)} : (str){"", 0};
}
