/* upgrade.c - versions of the tables, each made of the one before; everything in one transaction, so that a ledger is of one version.
 *
 * In the flow: ledger.c asks it at opening. A reader of an earlier version is told which command upgrades it, a writer upgrades
 * it by opening it. What an analyst decided and what was read stays; nothing is coded anew (that is `recode`).
 *
 * Version 1 is schema.c alone, or with some of the tables of version 2: identity, incidents, search, tombstones. Version 3: corrections.
 * To add a version: raise LEDGER_VERSION, add a step, keep a ledger of the old one under tests/cli/ledgers/. */
#include "ledger/upgrade.h"
#include "ledger/correct_rows.h"
#include "ledger/identity_rows.h"
#include "ledger/incident_rows.h"
#include "ledger/keep_rows.h"
#include "ledger/schema.h"
#include "ledger/search.h"
#include <stdio.h>

static const char doing[] = "open the ledger";

/* What is made of the entries, and by earlier programs in another way: it is made anew. An analyst's decisions are not in here. */
static const char derived_again[] =
    "DELETE FROM report_links; DELETE FROM report_keys; DELETE FROM reports; DELETE FROM incidents; DELETE FROM shape_bands; "
    "DELETE FROM doc_shapes; DELETE FROM search;";

/* An integer that a pragma or a query answers; false with *e. */
static bool ask(struct ledger *g, const char *sql, int64_t *out, struct err *e) {
  sqlite3_stmt *st = NULL;
  bool ok = sqlite3_prepare_v2(g->db, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW;
  if (ok) *out = sqlite3_column_int64(st, 0);
  else db_fail(g->db, g->path, doing, e);
  sqlite3_finalize(st);
  return ok;
}

bool upgrade_version(struct ledger *g, int *version, struct err *e) {
  int64_t application = 0, found = 0, tables = 0;
  if (!ask(g, "PRAGMA application_id", &application, e) || !ask(g, "PRAGMA user_version", &found, e) ||
      !ask(g, "SELECT count(*) FROM sqlite_master", &tables, e))
    return false;
  *version = (int)found;
  if (!application && !found && !tables) return true;
  if (application != LEDGER_APPLICATION_ID) err_set(e, ERR_DB, "this SQLite database is not a tightrope ledger");
  else if (found > LEDGER_VERSION)
    err_set(e, ERR_DB, "this ledger was made by a newer tightrope (ledger version %d; this program knows up to %d)",
            *version, (int)LEDGER_VERSION);
  else if (found < 1) err_set(e, ERR_DB, "the version of this ledger is unknown");
  else return true;
  return err_at(e, g->path, 0, 0);
}

bool upgrade_tables(struct ledger *g, int version, struct err *e) {
  char sql[96];
  if (version < 1 && !db_exec(g->db, g->path, ledger_schema, doing, e)) return false;
  if (version < 2 &&
      (!db_exec(g->db, g->path, identity_schema, doing, e) || !db_exec(g->db, g->path, incident_schema, doing, e) ||
       !db_exec(g->db, g->path, search_schema, doing, e) || !db_exec(g->db, g->path, keep_schema, doing, e) ||
       !db_exec(g->db, g->path, derived_again, doing, e)))
    return false;
  if (version < 3 && !db_exec(g->db, g->path, correct_schema, doing, e)) return false;
  snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%d;", LEDGER_APPLICATION_ID, LEDGER_VERSION);
  return db_exec(g->db, g->path, sql, doing, e);
}

bool upgrade_rows(struct ledger *g, int version, struct err *e) {
  return version != 1 || (identity_upgrade(g, e) && incident_upgrade(g, e) && search_upgrade(g, e));
}
