/* identity_rows.c - who an actor of a document is in the ledger: names met before, and an analyst's merges and splits.
 *
 * In the flow: put.c asks for every actor that has a name and is not private; the rules are identity.c's. A decision is kept by
 * the keys of the two actors, not by rows, so that it holds for whatever comes later, for a document that is coded anew,
 * and in another ledger into which it is replayed. */
#include "ledger/identity_rows.h"

const char *const identity_schema =
    "CREATE TABLE IF NOT EXISTS actor_faces( -- names of actors under the keys of identity.c\n"
    "  key TEXT NOT NULL, actor INTEGER NOT NULL REFERENCES actors ON DELETE CASCADE, name TEXT NOT NULL,\n"
    "  country TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY(key, actor, name, country)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX IF NOT EXISTS actor_faces_actor ON actor_faces(actor);\n"
    "CREATE TABLE IF NOT EXISTS actor_links( -- why a document's actor is one with somebody of another name\n"
    "  doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, n INTEGER NOT NULL,\n"
    "  actor INTEGER NOT NULL REFERENCES actors ON DELETE CASCADE, rule TEXT NOT NULL, name TEXT NOT NULL, other TEXT "
    "NOT NULL,\n"
    "  PRIMARY KEY(doc, n)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE IF NOT EXISTS actor_decisions( -- an analyst's; the last one on an actor holds\n"
    "  decision INTEGER PRIMARY KEY, made TEXT NOT NULL, verb TEXT NOT NULL CHECK(verb IN ('merge','split')),\n"
    "  key TEXT NOT NULL, other TEXT, doc TEXT, note TEXT -- merge: `other` is `key`; split: `key` in `doc` is "
    "somebody else\n"
    ") STRICT;\n"
    "CREATE INDEX IF NOT EXISTS actor_decisions_key ON actor_decisions(key);\n"
    "CREATE INDEX IF NOT EXISTS actor_decisions_other ON actor_decisions(other);\n";

static const char doing[] = "find an actor";

static bool by_key(struct ledger *g, str key, int64_t *row, struct err *e) {
  sqlite3_stmt *find = g->st[ST_ACTOR_FIND];
  db_bind(find, "s", key);
  int there = db_step(find, g->path, doing, e);
  *row = there == 1 ? sqlite3_column_int64(find, 0) : 0;
  sqlite3_reset(find);
  return there >= 0;
}

/* Is the name borne by somebody of another country, and by nobody of this one? */
static bool namesake(struct ledger *g, int64_t row, str country, bool *is, struct err *e) {
  sqlite3_stmt *st = g->st[ST_FACE_COUNTRIES];
  bool same = false, other = false;
  int there;
  db_bind(st, "i", row);
  while ((there = db_step(st, g->path, doing, e)) == 1) {
    str c = db_text(st, 0);
    same |= str_eq(c, country);
    other |= c.n > 0 && !str_eq(c, country);
  }
  *is = country.n && other && !same;
  return there == 0;
}

/* Somebody met before whose name is a form of this one; the first met of those the most rules speak for. */
static bool by_likeness(struct ledger *g, const struct face *a, struct identity_found *f, struct err *e) {
  struct identity_keys keys;
  sqlite3_stmt *st = g->st[ST_FACE_FIND];
  identity_keys(a, &keys);
  for (unsigned i = 0; i < keys.n; i++) {
    int there;
    db_bind(st, "s", str_of(keys.key[i]));
    while ((there = db_step(st, g->path, doing, e)) == 1) {
      struct face b = {db_text(st, 1), db_text(st, 2), db_text(st, 3)};
      int64_t row = sqlite3_column_int64(st, 0);
      if (f->row && row >= f->row) continue;
      const char *rule = identity_rule(a, &b);
      if (!rule) continue;
      bool not_he = false;
      if (a->country.n && !b.country.n) { /* he may have become known elsewhere meanwhile */
        if (!namesake(g, row, a->country, &not_he, e)) return sqlite3_reset(st), false;
      }
      if (not_he) continue;
      f->row = f->like = row;
      f->rule = rule;
      buf_clear(&f->other);
      buf_put(&f->other, b.name);
      buf_clear(&f->key);
      buf_put(&f->key, db_text(st, 4));
    }
    if (there < 0) return false;
  }
  return true;
}

/* Follows the decisions from the key; *f->key is then the key that holds, f->row its row or 0. */
static bool by_decision(struct ledger *g, str doc, struct identity_found *f, struct err *e) {
  sqlite3_stmt *st = g->st[ST_DECISION_FIND];
  for (int turn = 0; turn < 16; turn++) {
    db_bind(st, "ss", buf_str(&f->key), doc);
    int there = db_step(st, g->path, doing, e);
    if (there < 0) return false;
    if (there == 0) break;
    bool merge = str_is(db_text(st, 0), "merge");
    struct buf next;
    buf_init(&next, 1 << 16);
    if (merge) buf_put(&next, db_text(st, 1));
    else {
      buf_puts(&next, "split:");
      buf_put(&next, buf_str(&f->key));
      buf_putc(&next, ':');
      buf_put(&next, doc);
    }
    sqlite3_reset(st);
    buf_clear(&f->key);
    buf_put(&f->key, buf_str(&next));
    buf_release(&next);
    f->rule = NULL;
    if (!by_key(g, buf_str(&f->key), &f->row, e)) return false;
    if (!merge) break;
  }
  return true;
}

bool identity_find(struct ledger *g, str doc, const struct face *a, struct identity_found *f, struct err *e) {
  f->rule = NULL;
  f->like = 0;
  bool held = str_starts(buf_str(&f->key), STR("kb:"));
  if (!by_key(g, buf_str(&f->key), &f->row, e)) return false;
  if (f->row && !held) {
    bool other;
    if (!namesake(g, f->row, a->country, &other, e)) return false;
    if (other) { /* one of that country, by name and country */
      buf_printf(&f->key, "@%.*s", STR_FMT(a->country));
      if (!by_key(g, buf_str(&f->key), &f->row, e)) return false;
    }
  }
  if (!f->row && !held && !by_likeness(g, a, f, e)) return false;
  return by_decision(g, doc, f, e);
}

bool identity_note(struct ledger *g, int64_t actor, const struct face *a, struct err *e) {
  struct identity_keys keys;
  identity_keys(a, &keys);
  for (unsigned i = 0; i < keys.n; i++) {
    sqlite3_stmt *st = g->st[ST_FACE_ADD];
    sqlite3_bind_text(st, 1, keys.key[i], -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(st, 2, actor);
    sqlite3_bind_text(st, 3, a->name.p, (int)a->name.n, SQLITE_TRANSIENT);
    sqlite3_bind_text(st, 4, a->country.n ? a->country.p : "", (int)a->country.n, SQLITE_TRANSIENT);
    sqlite3_bind_text(st, 5, a->kind.n ? a->kind.p : "", (int)a->kind.n, SQLITE_TRANSIENT);
    if (!db_run(st, g->path, doing, e)) return false;
  }
  return true;
}

bool identity_upgrade(struct ledger *g, struct err *e) {
  static const char sql[] =
      "SELECT DISTINCT a.actor, a.name, d.country, a.kind FROM actors a JOIN doc_actors d USING(actor) WHERE a.named AND "
      "NOT a.private AND a.actor NOT IN (SELECT actor FROM actor_faces) ORDER BY 1, 3";
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  int there;
  bool ok = true;
  while (ok && (there = db_step(st, g->path, doing, e)) != 0) {
    struct face f = {.name = db_text(st, 1), .kind = db_text(st, 3), .country = db_text(st, 2)};
    ok = there > 0 && identity_note(g, sqlite3_column_int64(st, 0), &f, e);
  }
  sqlite3_finalize(st);
  return ok;
}
