/* decide.c - merges and splits: finding who is meant, moving rows, keeping the decision. Followed on the way in by identity_rows.c. */
#include "ledger/decide.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "ledger/correct_rows.h"
#include "ledger/incident_rows.h"
#include <inttypes.h>
#include <stdio.h>

static const char doing[] = "keep a decision";

static void keep(char *out, size_t size, str s) { snprintf(out, size, "%.*s", STR_FMT(s)); }

bool decide_who(struct ledger *g, str who, struct who_row *out, struct err *e) {
  static const char sql[] =
      "SELECT actor, key, name, id FROM actors WHERE substr(id,1,?2)=?1 OR actor IN (SELECT actor FROM "
      "actor_names WHERE folded=?3) ORDER BY actor LIMIT 3";
  char folded[512];
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  str fold = {folded, utf8_fold(who, folded, sizeof folded)};
  db_bind(st, "sis", who, (int64_t)who.n, fold);
  int there = db_step(st, g->path, doing, e), n = 0;
  char others[160] = "";
  for (; there == 1; there = db_step(st, g->path, doing, e)) {
    if (!n++) {
      out->row = sqlite3_column_int64(st, 0);
      keep(out->key, sizeof out->key, db_text(st, 1));
      keep(out->name, sizeof out->name, db_text(st, 2));
    }
    size_t used = strlen(others);
    snprintf(others + used, sizeof others - used, " %.*s", STR_FMT(db_text(st, 3)));
  }
  sqlite3_finalize(st);
  if (there < 0) return false;
  if (!n) return err_set(e, ERR_USAGE, "no actor of the ledger has the id or the name '%.*s'", STR_FMT(who));
  if (n > 1) return err_set(e, ERR_USAGE, "more than one actor is '%.*s':%s; give an id", STR_FMT(who), others);
  if (str_starts(str_of(out->key), STR("in:")))
    return err_set(e, ERR_USAGE, "'%s' is known in one document only and is not joined with others", out->name);
  return true;
}

/* Everything that points to `from` points to `to`; with doc > 0 only what that document tells. */
static bool move(struct ledger *g, int64_t from, int64_t to, int64_t doc, struct ledger_decided *out, struct err *e) {
  static const char *const sql[] = {
      "UPDATE participants SET actor=?2 WHERE actor=?1 AND (?3=0 OR event IN (SELECT event FROM events WHERE doc=?3))",
      "UPDATE doc_actors SET actor=?2 WHERE actor=?1 AND (?3=0 OR doc=?3)",
      "UPDATE demand_parties SET actor=?2 WHERE actor=?1 AND (?3=0 OR demand IN (SELECT demand FROM demands WHERE "
      "doc=?3))",
      "UPDATE ties SET subject=?2 WHERE subject=?1 AND (?3=0 OR doc=?3)",
      "UPDATE ties SET object=?2 WHERE object=?1 AND (?3=0 OR doc=?3)",
      "UPDATE attributions SET speaker=?2 WHERE speaker=?1 AND (?3=0 OR event IN (SELECT event FROM events WHERE "
      "doc=?3) OR "
      "demand IN (SELECT demand FROM demands WHERE doc=?3) OR tie IN (SELECT tie FROM ties WHERE doc=?3) OR quantity "
      "IN "
      "(SELECT quantity FROM quantities q JOIN events v USING(event) WHERE v.doc=?3))",
      "UPDATE quotes SET speaker=?2 WHERE speaker=?1 AND (?3=0 OR doc=?3)",
      "UPDATE actor_links SET actor=?2 WHERE actor=?1 AND (?3=0 OR doc=?3)",
      "INSERT OR IGNORE INTO actor_names SELECT folded, ?2 FROM actor_names WHERE actor=?1 AND ?3=?3",
      "INSERT OR IGNORE INTO actor_faces SELECT key, ?2, name, country, kind FROM actor_faces WHERE actor=?1 AND ?3=0"};
  for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
    sqlite3_stmt *st = NULL;
    if (!ledger_prepare(g, doing, sql[i], &st, e)) return false;
    sqlite3_bind_int64(st, 1, from);
    sqlite3_bind_int64(st, 2, to);
    sqlite3_bind_int64(st, 3, doc);
    bool ok = db_run(st, g->path, doing, e);
    if (i == 0) out->events += sqlite3_changes(g->db);
    if (i == 1) out->documents += sqlite3_changes(g->db);
    sqlite3_finalize(st);
    if (!ok) return false;
  }
  return true;
}

static bool note_decision(struct ledger *g, const char *verb, str key, str other, str doc, str note, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing,
                      "INSERT INTO actor_decisions(made, verb, key, other, doc, note) "
                      "VALUES(strftime('%Y-%m-%dT%H:%M:%SZ','now'),?,?,?,?,?)",
                      &st, e))
    return false;
  db_bind(st, "zssss", verb, key, other, doc, note);
  bool ok = db_run(st, g->path, doing, e);
  sqlite3_finalize(st);
  return ok;
}

static bool row_of_key(struct ledger *g, str key, int64_t *row, struct err *e) {
  db_bind(g->st[ST_ACTOR_FIND], "s", key);
  int there = db_step(g->st[ST_ACTOR_FIND], g->path, doing, e);
  *row = there == 1 ? sqlite3_column_int64(g->st[ST_ACTOR_FIND], 0) : 0;
  sqlite3_reset(g->st[ST_ACTOR_FIND]);
  return there >= 0;
}

static bool drop_actor(struct ledger *g, int64_t row, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, "DELETE FROM actors WHERE actor=?", &st, e)) return false;
  sqlite3_bind_int64(st, 1, row);
  bool ok = db_run(st, g->path, doing, e);
  sqlite3_finalize(st);
  return ok;
}

static bool merge_rows(struct ledger *g, int64_t keep_row, int64_t other, struct ledger_decided *out, struct err *e) {
  return !other || !keep_row ||
         (move(g, other, keep_row, 0, out, e) && drop_actor(g, other, e) && incident_actor_changed(g, keep_row, e));
}

bool ledger_merge(struct ledger *g, str keep_who, str other_who, str note, struct ledger_decided *out, struct err *e) {
  struct who_row a, b;
  *out = (struct ledger_decided){.events = 0};
  if (!ledger_begin(g, e)) return false;
  bool ok = decide_who(g, keep_who, &a, e) && decide_who(g, other_who, &b, e);
  if (ok && a.row == b.row) ok = err_set(e, ERR_USAGE, "'%s' is one actor already", a.name);
  ok = ok && note_decision(g, "merge", str_of(a.key), str_of(b.key), STR(""), note, e) &&
       merge_rows(g, a.row, b.row, out, e);
  if (ok) {
    keep(out->kept, sizeof out->kept, str_of(a.name));
    keep(out->other, sizeof out->other, str_of(b.name));
  }
  return ledger_decided_end(g, ok, e);
}

static bool document_row(struct ledger *g, str doc, int64_t *row, struct err *e) {
  db_bind(g->st[ST_DOC_FIND], "s", doc);
  int there = db_step(g->st[ST_DOC_FIND], g->path, doing, e);
  *row = there == 1 ? sqlite3_column_int64(g->st[ST_DOC_FIND], 0) : 0;
  sqlite3_reset(g->st[ST_DOC_FIND]);
  return there >= 0;
}

/* The actor that `a` is in `doc` from now on; made if it is not there. */
static bool split_row(struct ledger *g, const struct who_row *a, str doc, int64_t *row, struct err *e) {
  char key[2048], id[20];
  snprintf(key, sizeof key, "split:%s:%.*s", a->key, STR_FMT(doc));
  if (!row_of_key(g, str_of(key), row, e)) return false;
  if (*row) return true;
  snprintf(id, sizeof id, "A%016" PRIx64, str_hash(str_of(key), 7));
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(
          g, doing,
          "INSERT INTO actors(id,key,name,kind,private,known,named,wikidata) SELECT ?1, ?2, name, kind, private, 0, "
          "named, NULL FROM actors WHERE actor=?3",
          &st, e))
    return false;
  db_bind(st, "zzi", id, key, a->row);
  bool ok = db_run(st, g->path, doing, e);
  *row = sqlite3_last_insert_rowid(g->db);
  sqlite3_finalize(st);
  return ok;
}

bool ledger_split(struct ledger *g, str who, str doc, str note, struct ledger_decided *out, struct err *e) {
  struct who_row a;
  int64_t in = 0, row = 0;
  *out = (struct ledger_decided){.events = 0};
  if (!ledger_begin(g, e)) return false;
  bool ok = decide_who(g, who, &a, e) && document_row(g, doc, &in, e);
  if (ok && !in) ok = err_set(e, ERR_USAGE, "no document of the ledger has the id '%.*s'", STR_FMT(doc));
  ok = ok && split_row(g, &a, doc, &row, e) && note_decision(g, "split", str_of(a.key), STR(""), doc, note, e) &&
       move(g, a.row, row, in, out, e) && incident_actor_changed(g, row, e);
  if (ok && !out->documents) ok = err_set(e, ERR_USAGE, "'%s' is not in the document '%.*s'", a.name, STR_FMT(doc));
  if (ok) keep(out->kept, sizeof out->kept, str_of(a.name));
  return ledger_decided_end(g, ok, e);
}

/* ---- carrying decisions over */

static void put_field(struct buf *out, str s) { /* tabs and newlines would be other fields */
  for (size_t i = 0; i < s.n; i++) buf_putc(out, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
}

bool ledger_decisions_write(struct ledger *g, struct buf *out, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, "SELECT verb, key, other, doc, note FROM actor_decisions ORDER BY decision", &st, e))
    return false;
  int there;
  while ((there = db_step(st, g->path, doing, e)) == 1) {
    for (int i = 0; i < 5; i++) {
      if (i) buf_putc(out, '\t');
      put_field(out, db_text(st, i));
    }
    buf_putc(out, '\n');
  }
  sqlite3_finalize(st);
  return there == 0;
}

static bool stands(struct ledger *g, str *f, bool *is, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, "SELECT 1 FROM actor_decisions WHERE verb=? AND key=? AND other IS ? AND doc IS ?", &st,
                      e))
    return false;
  db_bind(st, "ssss", f[0], f[1], f[2], f[3]);
  int there = db_step(st, g->path, doing, e);
  *is = there == 1;
  sqlite3_finalize(st);
  return there >= 0;
}

/* The one who is kept was not met here yet: the other takes his key. */
static bool rename_actor(struct ledger *g, int64_t row, str key, struct err *e) {
  char id[20];
  sqlite3_stmt *st = NULL;
  snprintf(id, sizeof id, "A%016" PRIx64, str_hash(key, 7));
  if (!ledger_prepare(g, doing, "UPDATE actors SET key=?, id=? WHERE actor=?", &st, e)) return false;
  db_bind(st, "szi", key, id, row);
  bool ok = db_run(st, g->path, doing, e);
  sqlite3_finalize(st);
  return ok;
}

static bool replay_line(struct ledger *g, const struct line_reader *r, uint64_t *taken, struct err *e) {
  str f[5] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0}};
  bool there, split = false;
  struct ledger_decided unused = {.events = 0};
  struct who_row a = {.row = 0};
  int64_t other = 0, in = 0, row = 0;
  if (line_fields(r->line, f, 5) < 2 || !f[1].n || (!str_is(f[0], "merge") && !(split = str_is(f[0], "split"))) ||
      !(split ? f[3].n : f[2].n))
    return line_err(r, e, "no decision: merge or split, key, other, doc, note, tabs between them");
  if (!stands(g, f, &there, e)) return false;
  if (there) return true;
  keep(a.key, sizeof a.key, f[1]);
  ++*taken;
  if (!note_decision(g, split ? "split" : "merge", f[1], f[2], f[3], f[4], e) || !row_of_key(g, f[1], &a.row, e))
    return false;
  if (!split) {
    if (!row_of_key(g, f[2], &other, e)) return false;
    return !a.row && other ? rename_actor(g, other, f[1], e) : merge_rows(g, a.row, other, &unused, e);
  }
  if (!document_row(g, f[3], &in, e)) return false;
  return !in || !a.row ||
         (split_row(g, &a, f[3], &row, e) && move(g, a.row, row, in, &unused, e) && incident_actor_changed(g, row, e));
}

bool ledger_decisions_replay(struct ledger *g, str lines, uint64_t *taken, struct err *e) {
  struct line_reader r;
  *taken = 0;
  if (!ledger_begin(g, e)) return false;
  line_reader_init(&r, lines, "decisions");
  bool ok = true;
  while (ok && line_next(&r)) ok = replay_line(g, &r, taken, e);
  return ledger_decided_end(g, ok, e);
}
