/* db.h - SQLite as the ledger uses it: typed binding and stepping, and errors that say what to do.
 *
 * Private to src/ledger/. Nothing here decides what is stored. A connection belongs to one thread. Every failure is turned into an
 * `ERR_DB` whose message names the cause in the user's words (disk full, read-only, locked, not a ledger, damaged). */
#ifndef TR_LEDGER_DB_H
#define TR_LEDGER_DB_H
#include "base/err.h"
#include "base/str.h"
#include <sqlite3.h>

/* Fills *e from the connection's last error; `what` is what was being done ("write a document"). Returns false. */
bool db_fail(sqlite3 *db, const char *path, const char *what, struct err *e);

bool db_exec(sqlite3 *db, const char *path, const char *sql, const char *what, struct err *e);

/* Binds parameters from 1 on as `types` says, one letter each:
 *   s  str; the empty view is NULL        z  const char *; NULL or "" is NULL
 *   i  int64_t                            k  int64_t row number; 0 is NULL
 *   d  double; NAN is NULL                b  int, stored as 0 or 1
 *   B  str as a BLOB
 * Texts are not copied: they must live until the statement is reset. */
bool db_bind(sqlite3_stmt *st, const char *types, ...);

/* Runs a statement that returns no row (or whose row is of no interest) and resets it. */
bool db_run(sqlite3_stmt *st, const char *path, const char *what, struct err *e);

/* 1 a row is there, 0 the end (the statement is reset), -1 failure with *e (reset too). */
int db_step(sqlite3_stmt *st, const char *path, const char *what, struct err *e);

str db_text(sqlite3_stmt *st, int column); /* valid until the next step or reset */

#endif
