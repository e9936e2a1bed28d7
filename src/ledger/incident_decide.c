/* incident_decide.c - an analyst joins or parts reports, and what links them is told. Followed on the way in by incident.c. */
#include "base/file.h"
#include "ledger/incident.h"
#include "ledger/incident_match.h"
#include "ledger/incident_rows.h"

static const char doing[] = "keep a decision on incidents";

/* Runs one statement that takes up to four texts. */
static bool with(struct ledger *g, const char *sql, str a, str b, str c, str d, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  const str all[] = {a, b, c, d};
  for (int i = 0; i < sqlite3_bind_parameter_count(st) && i < 4; i++)
    if (all[i].n) sqlite3_bind_text(st, i + 1, all[i].p, (int)all[i].n, SQLITE_STATIC);
  bool ok = db_run(st, g->path, doing, e);
  sqlite3_finalize(st);
  return ok;
}

struct one { /* a report that is meant */
  int64_t event, incident;
  char id[24];
};

static bool meant(struct ledger *g, str id, struct one *out, struct err *e) {
  static const char sql[] =
      "SELECT v.event, r.incident, v.id FROM events v LEFT JOIN reports r USING(event) WHERE substr(v.id,1,?2)=?1 "
      "ORDER BY v.id LIMIT 2";
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  db_bind(st, "si", id, (int64_t)id.n);
  int there = db_step(st, g->path, doing, e), n = 0;
  for (; there == 1; there = db_step(st, g->path, doing, e)) {
    if (n++) continue;
    str whole = db_text(st, 2);
    out->event = sqlite3_column_int64(st, 0);
    out->incident = sqlite3_column_int64(st, 1);
    size_t k = whole.n < sizeof out->id - 1 ? whole.n : sizeof out->id - 1;
    memcpy(out->id, whole.p, k);
    out->id[k] = 0;
  }
  sqlite3_finalize(st);
  if (there < 0) return false;
  if (!n) return err_set(e, ERR_USAGE, "no event of the ledger has the id '%.*s'", STR_FMT(id));
  if (n > 1) return err_set(e, ERR_USAGE, "more than one event's id begins with '%.*s'; give more of it", STR_FMT(id));
  return out->incident != 0 ||
         err_set(e, ERR_USAGE, "the event '%s' is none that can be one with others: planned, negated or without a day",
                 out->id);
}

static bool count(struct ledger *g, int64_t event, int64_t *reports, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing,
                      "SELECT count(*) FROM reports WHERE incident=(SELECT incident FROM reports WHERE event=?)", &st,
                      e))
    return false;
  sqlite3_bind_int64(st, 1, event);
  int there = db_step(st, g->path, doing, e);
  *reports = there == 1 ? sqlite3_column_int64(st, 0) : 0;
  sqlite3_finalize(st);
  return there >= 0;
}

static bool note(struct ledger *g, const char *verb, str a, str b, str words, struct err *e) {
  return with(g,
              "INSERT OR IGNORE INTO incident_decisions(made, verb, a, b, note) "
              "VALUES(strftime('%Y-%m-%dT%H:%M:%SZ','now'),?1,?2,?3,?4)",
              str_of(verb), a, b, words, e);
}

/* What was decided the other way before no longer holds. */
static bool forget_pair(struct ledger *g, const char *verb, str a, str b, struct err *e) {
  return with(g, "DELETE FROM incident_decisions WHERE verb=?1 AND ((a=?2 AND b=?3) OR (a=?3 AND b=?2))", str_of(verb),
              a, b, STR(""), e);
}

/* No report of the one is apart from any of the other any more. */
static bool forget_apart(struct ledger *g, int64_t one, int64_t other, struct err *e) {
  static const char sql[] =
      "WITH x AS (SELECT v.id, r.incident FROM reports r JOIN events v USING(event) WHERE r.incident IN (?1,?2)) DELETE FROM "
      "incident_decisions WHERE verb='split' AND (SELECT incident FROM x WHERE id=a)<>(SELECT incident FROM x WHERE id=b)";
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  sqlite3_bind_int64(st, 1, one);
  sqlite3_bind_int64(st, 2, other);
  bool ok = db_run(st, g->path, doing, e);
  sqlite3_finalize(st);
  return ok;
}

static bool link_two(struct ledger *g, int64_t a, int64_t b, struct err *e) {
  for (int way = 0; way < 2; way++) {
    db_bind(g->st[ST_REPORT_LINK], "iid", way ? b : a, way ? a : b, MATCH_YES);
    if (!db_run(g->st[ST_REPORT_LINK], g->path, doing, e)) return false;
  }
  return true;
}

static bool merge_two(struct ledger *g, const struct one *a, const struct one *b, str words, struct err *e) {
  int64_t keep = a->incident < b->incident ? a->incident : b->incident;
  return forget_apart(g, a->incident, b->incident, e) && note(g, "merge", str_of(a->id), str_of(b->id), words, e) &&
         link_two(g, a->event, b->event, e) && incident_join(g, a->incident, b->incident, e) &&
         incident_settle(g, keep, e);
}

bool ledger_incident_merge(struct ledger *g, str event, str other, str words, int64_t *reports, struct err *e) {
  struct one a, b;
  if (!ledger_begin(g, e)) return false;
  bool ok = meant(g, event, &a, e) && meant(g, other, &b, e);
  if (ok && a.incident == b.incident) ok = err_set(e, ERR_USAGE, "'%s' and '%s' are one incident already", a.id, b.id);
  ok = ok && merge_two(g, &a, &b, words, e) && count(g, a.event, reports, e);
  return ledger_decided_end(g, ok, e);
}

/* Parts the report from every other of its incident: a decision for each, so that it holds also when they come anew. */
static bool part_from_all(struct ledger *g, const struct one *a, str words, int64_t *parted, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(
          g, doing,
          "SELECT v.id FROM reports r JOIN events v USING(event) WHERE r.incident=?1 AND r.event<>?2 ORDER BY v.id",
          &st, e))
    return false;
  sqlite3_bind_int64(st, 1, a->incident);
  sqlite3_bind_int64(st, 2, a->event);
  int there;
  bool ok = true;
  *parted = 0;
  while (ok && (there = db_step(st, g->path, doing, e)) != 0) {
    str id = db_text(st, 0);
    ok = there > 0 && forget_pair(g, "merge", str_of(a->id), id, e) && note(g, "split", str_of(a->id), id, words, e);
    ++*parted;
  }
  sqlite3_finalize(st);
  return ok;
}

static bool unlink_report(struct ledger *g, int64_t event, struct err *e) {
  static const char *const sql[] = {
      "DELETE FROM report_links WHERE b=?1 AND a IN (SELECT b FROM report_links WHERE a=?1)",
      "DELETE FROM report_links WHERE a=?1"};
  for (size_t i = 0; i < 2; i++) {
    sqlite3_stmt *st = NULL;
    if (!ledger_prepare(g, doing, sql[i], &st, e)) return false;
    sqlite3_bind_int64(st, 1, event);
    bool ok = db_run(st, g->path, doing, e);
    sqlite3_finalize(st);
    if (!ok) return false;
  }
  return true;
}

bool ledger_incident_split(struct ledger *g, str event, str words, int64_t *reports, struct err *e) {
  struct one a;
  int64_t parted = 0;
  if (!ledger_begin(g, e)) return false;
  bool ok = meant(g, event, &a, e) && part_from_all(g, &a, words, &parted, e);
  if (ok && !parted) ok = err_set(e, ERR_USAGE, "'%s' is the only report of its incident", a.id);
  ok = ok && unlink_report(g, a.event, e) && incident_settle(g, a.incident, e) && count(g, a.event, reports, e);
  return ledger_decided_end(g, ok, e);
}

/* ---- carrying decisions over */

bool ledger_incident_decisions(struct ledger *g, struct buf *out, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, "SELECT verb, a, b, note FROM incident_decisions ORDER BY decision", &st, e))
    return false;
  int there;
  while ((there = db_step(st, g->path, doing, e)) == 1)
    for (int i = 0; i < 4; i++) {
      str s = db_text(st, i);
      for (size_t k = 0; k < s.n; k++) buf_putc(out, (unsigned char)s.p[k] < ' ' ? ' ' : s.p[k]);
      buf_putc(out, i < 3 ? '\t' : '\n');
    }
  sqlite3_finalize(st);
  return there == 0;
}

static bool stands(struct ledger *g, const str *f, bool *is, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, "SELECT 1 FROM incident_decisions WHERE verb=? AND a=? AND b=?", &st, e)) return false;
  db_bind(st, "sss", f[0], f[1], f[2]);
  int there = db_step(st, g->path, doing, e);
  *is = there == 1;
  sqlite3_finalize(st);
  return there >= 0;
}

static bool replay_split(struct ledger *g, const struct one *a, const struct one *b, str words, struct err *e) {
  static const char unlink_pair[] =
      "DELETE FROM report_links WHERE (a=(SELECT event FROM events WHERE id=?1) AND b=(SELECT event FROM events WHERE "
      "id=?2)) OR (a=(SELECT event FROM events WHERE id=?2) AND b=(SELECT event FROM events WHERE id=?1))";
  return note(g, "split", str_of(a->id), str_of(b->id), words, e) &&
         with(g, unlink_pair, str_of(a->id), str_of(b->id), STR(""), STR(""), e) && incident_settle(g, a->incident, e);
}

static bool replay_line(struct ledger *g, const struct line_reader *r, uint64_t *taken, struct err *e) {
  str f[4] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
  struct err unknown = {0};
  struct one a, b;
  bool there;
  if (line_fields(r->line, f, 4) < 3 || !f[1].n || !f[2].n || (!str_is(f[0], "merge") && !str_is(f[0], "split")))
    return line_err(r, e, "no decision: merge or split, event, other, note, tabs between them");
  if (!stands(g, f, &there, e)) return false;
  if (there) return true;
  if (!meant(g, f[1], &a, &unknown) || !meant(g, f[2], &b, &unknown))
    return unknown.code == ERR_USAGE || (*e = unknown, false);
  ++*taken;
  return str_is(f[0], "merge") ? merge_two(g, &a, &b, f[3], e) : replay_split(g, &a, &b, f[3], e);
}

bool ledger_incident_replay(struct ledger *g, str lines, uint64_t *taken, struct err *e) {
  struct line_reader r;
  *taken = 0;
  if (!ledger_begin(g, e)) return false;
  line_reader_init(&r, lines, "decisions");
  bool ok = true;
  while (ok && line_next(&r)) ok = replay_line(g, &r, taken, e);
  return ledger_decided_end(g, ok, e);
}

/* ---- why */

bool ledger_incident_links(struct ledger *g, str event, incident_link_fn tell, void *ctx, struct err *e) {
  static const char sql[] =
      "SELECT o.id, d.id, l.score, ra.face, rb.face FROM events v JOIN report_links l ON l.a=v.event JOIN events o ON "
      "o.event=l.b JOIN documents d ON d.doc=o.doc JOIN reports ra ON ra.event=l.a JOIN reports rb ON rb.event=l.b "
      "WHERE v.id=? ORDER BY l.score DESC, d.date, d.id, o.n";
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  db_bind(st, "s", event);
  int there;
  while ((there = db_step(st, g->path, doing, e)) == 1) {
    struct report_face a, b;
    char reasons[256] = "";
    if (sqlite3_column_bytes(st, 3) == (int)sizeof a && sqlite3_column_bytes(st, 4) == (int)sizeof b) {
      memcpy(&a, sqlite3_column_blob(st, 3), sizeof a), memcpy(&b, sqlite3_column_blob(st, 4), sizeof b);
      incident_reasons(&a, &b, reasons, sizeof reasons);
    }
    tell(ctx, db_text(st, 0), db_text(st, 1), sqlite3_column_double(st, 2), reasons);
  }
  sqlite3_finalize(st);
  return there == 0;
}
