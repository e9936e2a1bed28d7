/* ledger.h - the ledger: all pages in one SQLite file, and the lists that are read from it.
 *
 * In the flow: the pipeline codes a document and writes its page; ledger_put_page takes both, in input order, on one thread; reports,
 * the dashboard and the command line read through ledger_query (ledger/query.h). SQL and sqlite3.h stay inside src/ledger/.
 *
 * What holds at any moment, also after kill -9 or a full disk:
 *   - A document is in the ledger whole (text, page, rows) or not at all.
 *   - The same input again changes nothing: a document with the same id, text and coder is left as it is. Another text under the
 *     same id is a new version; the old version keeps its text and page and loses its rows. Another coder replaces the rows.
 *   - The same input gives the same ledger, whether or not it was interrupted and run again in between.
 *   - Names of private persons stand in the stored text and page only; every table that is listed holds their role word.
 *
 * A handle belongs to one thread. Writers of other processes are waited for (10 s). Errors are ERR_DB with the file's name. */
#ifndef TR_LEDGER_LEDGER_H
#define TR_LEDGER_LEDGER_H
#include "doc/doc.h"

struct ledger;

enum ledger_mode {
  LEDGER_READ, /* an existing ledger of the present version, never written to */
  LEDGER_COPY, /* the same, and of an earlier version too: for ledger_backup alone */
  LEDGER_EDIT, /* an existing ledger; one of an earlier version becomes one of the present (upgrade.c) */
  LEDGER_WRITE /* the same, or created (mode 0600) if it does not exist */
};
enum { LEDGER_VERSION = 3 }; /* of the schema, in user_version */

struct ledger *ledger_open(const char *path, enum ledger_mode mode, struct err *e);
void ledger_close(struct ledger *g);                      /* what is not committed is given up; NULL is allowed */
void ledger_set_wait(struct ledger *g, int milliseconds); /* how long to wait for another writer; 10 s unless set */

/* ---- writing */

struct ledger_coder { /* who coded: as in the page's "coder" */
  const char *version, *model, *knowledge, *ontology;
};

struct ledger_counts {
  uint64_t added, updated, recoded, unchanged,
      bad,                        /* documents: new, new version, coded anew, as before, with an error */
      forgotten;                  /* left out: see keep.h */
  uint64_t events, demands, ties; /* rows written */
};

/* A run is one ingest; its row is the manifest (coder, command, counts). `command` is kept as given. */
bool ledger_run_begin(struct ledger *g, const struct ledger_coder *coder, const char *command, struct err *e);
/* Commits and closes the run: `state` is "done", "stopped" or "failed". */
bool ledger_run_end(struct ledger *g, const char *state, struct err *e);

/* Puts a coded document, or the error of one that could not be coded, in input order. Commits every few documents.
 * A second text under one id in one run is an error on that document. False: the database failed, the run is over, and
 * everything before the last commit is safe. */
bool ledger_put_page(struct ledger *g, const struct doc *d, str page, struct err *e);
bool ledger_commit(struct ledger *g, struct err *e);
/* Of documents that the run's own coder has coded: make the rows anew (true), or leave them as they are (false, the default). */
void ledger_set_anew(struct ledger *g, bool anew);

struct ledger_counts ledger_counts(const struct ledger *g); /* of this run, as far as committed */

/* ---- reading one document */

struct ledger_text { /* strings live until ledger_text_release */
  str id, date, title, source, url, lang, text, page;
  str published; /* date and time, where the time was told */
  void *owner;
};
/* The document of an event, demand or tie, by its id or the beginning of one. `full` gets the whole id. ERR_USAGE when nothing
 * or more than one thing begins so. */
bool ledger_find(struct ledger *g, str id, char full[24], struct ledger_text *out, struct err *e);
void ledger_text_release(struct ledger_text *t);

#endif
