/* correct.c - keeps corrections, puts them on the rows, writes them as gold. What a new coding makes of them: correct_judge.c. */
#include "ledger/correct.h"
#include "base/calendar.h"
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "doc/labels.h"
#include "ledger/correct_page.h"
#include "ledger/correct_rows.h"
#include "ledger/fields.h"
#include <stdio.h>

static const char doing[] = "keep a correction";

const char *const correct_field_name[CORRECT_FIELDS + 1] = {"event", "type",  "status",    "date",
                                                            "place", "actor", "recipient", NULL};

const char *const correct_schema =
    "CREATE TABLE IF NOT EXISTS corrections( -- what an analyst says of one field of an event\n"
    "  correction INTEGER PRIMARY KEY, made TEXT NOT NULL, -- UTC\n"
    "  event TEXT NOT NULL, doc TEXT NOT NULL, -- ids, so that it outlives the rows\n"
    "  field TEXT NOT NULL CHECK(field IN ('event','type','status','date','place','actor','recipient')),\n"
    "  verdict TEXT NOT NULL CHECK(verdict IN ('right','wrong')),\n"
    "  was TEXT, value TEXT, -- what was read; what is right, where it was wrong\n"
    "  key TEXT, country TEXT, quad INTEGER, score REAL, -- of the value: an actor's key, a place's folded name; a type's numbers\n"
    "  evidence TEXT, note TEXT,\n"
    "  UNIQUE(event, field)\n"
    ") STRICT;\n"
    "CREATE INDEX IF NOT EXISTS corrections_doc ON corrections(doc);\n";

/* ---- on the rows */

#define OF_FIELD(name) "c.event=v.id AND c.field='" name "' AND c.verdict='wrong' AND c.value IS NOT NULL"
#define WANTED(name) "(SELECT v.event FROM events v JOIN corrections c ON " OF_FIELD(name) " WHERE v.doc=?1)"
/* Who stands in a slot. Nobody is taken out where the ledger does not have the one who is right. */
#define PARTY(name)                                                                                                    \
  "DELETE FROM participants WHERE role='" name                                                                         \
  "' AND event IN (SELECT v.event FROM events v JOIN corrections c ON " OF_FIELD(                                      \
      name) " JOIN actors a ON a.key=c.key WHERE v.doc=?1)",                                                           \
      "INSERT INTO participants(event,n,actor,role,code,country,inferred) SELECT v.event, coalesce((SELECT max(n)+1 "  \
      "FROM participants p WHERE p.event=v.event),0), a.actor, '" name "', x.cameo, x.country, 0 FROM events v JOIN "  \
      "corrections c ON " OF_FIELD(                                                                                    \
          name) " JOIN actors a ON a.key=c.key LEFT JOIN doc_actors x ON x.doc_actor=(SELECT max(doc_actor) FROM "     \
                "doc_actors WHERE actor=a.actor) WHERE v.doc=?1"

static const char *const applied[] = {
    "UPDATE events SET status='mistaken' WHERE doc=?1 AND id IN (SELECT event FROM corrections WHERE field='event' AND "
    "verdict='wrong')",
    "UPDATE events AS v SET type=c.value, quad=c.quad, plover=c.score, mode=NULL, cameo=NULL, goldstein=NULL FROM "
    "corrections c WHERE v.doc=?1 AND " OF_FIELD("type"),
    "UPDATE events AS v SET status=c.value FROM corrections c WHERE v.doc=?1 AND " OF_FIELD("status"),
    "UPDATE events AS v SET date_earliest=substr(c.value,1,10), date_latest=substr(c.value,-10), date_until=NULL, "
    "date_precision=CASE WHEN length(c.value)=10 THEN 'day' WHEN julianday(substr(c.value,-10))-julianday(substr(c.value,1,10))<=6 THEN 'week' ELSE 'month' END, date_basis='corrected' FROM corrections c "
    "WHERE v.doc=?1 AND " OF_FIELD("date"),
    "DELETE FROM event_places WHERE event IN " WANTED("place"),
    "INSERT INTO event_places(event,n,role,name,folded,lat,lon,country,adm1,geonameid,precision,radius_km) SELECT "
    "v.event,0,'site',c.value,c.key,k.lat,k.lon,coalesce(c.country,k.country),k.adm1,k.geonameid,k.precision,k.radius_km "
    "FROM events v JOIN corrections c ON " OF_FIELD(
        "place") " LEFT JOIN event_places k ON (k.event,k.n)=(SELECT event,n FROM event_places WHERE folded=c.key AND "
                 "(c.country IS NULL OR country=c.country) AND geonameid IS NOT NULL ORDER BY event,n LIMIT 1) WHERE "
                 "v.doc=?1",
    PARTY("actor"),
    PARTY("recipient")};

static bool any_of(struct ledger *g, int64_t doc, bool *is, struct err *e) {
  sqlite3_stmt *st = g->st[ST_CORRECTED];
  db_bind(st, "i", doc);
  int there = db_step(st, g->path, doing, e);
  *is = there == 1;
  sqlite3_reset(st);
  return there >= 0;
}

bool correct_apply(struct ledger *g, int64_t doc, struct err *e) {
  bool is;
  if (!any_of(g, doc, &is, e)) return false;
  for (size_t i = 0; is && i < sizeof applied / sizeof *applied; i++) {
    sqlite3_stmt *st = NULL;
    if (!ledger_prepare(g, doing, applied[i], &st, e)) return false;
    sqlite3_bind_int64(st, 1, doc);
    bool ok = db_run(st, g->path, doing, e);
    sqlite3_finalize(st);
    if (!ok) return false;
  }
  return true;
}

/* ---- taking one */

struct told { /* the event that is meant, and its value in the form that is kept */
  int64_t row, quad;
  double score;
  char key[1024], country[4];
  str doc, evidence;
  struct buf value, was;
};

static bool find(struct ledger *g, str event, struct told *t, struct corrected *out, struct arena *memory,
                 struct err *e) {
  static const char sql[] = "SELECT v.id, v.doc, d.id, v.evidence FROM events v JOIN documents d USING(doc) WHERE "
                            "substr(v.id,1,?2)=?1 ORDER BY v.id LIMIT 2";
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  db_bind(st, "si", event, (int64_t)event.n);
  int there = db_step(st, g->path, doing, e), n = 0;
  for (; there == 1; there = db_step(st, g->path, doing, e)) {
    if (n++) continue;
    snprintf(out->event, sizeof out->event, "%.*s", STR_FMT(db_text(st, 0)));
    t->row = sqlite3_column_int64(st, 1);
    t->doc = arena_str(memory, db_text(st, 2)), t->evidence = arena_str(memory, db_text(st, 3));
  }
  sqlite3_finalize(st);
  if (there < 0) return false;
  if (!n) return err_set(e, ERR_USAGE, "no event of the ledger has the id '%.*s'", STR_FMT(event));
  return n == 1 ||
         err_set(e, ERR_USAGE, "more than one event's id begins with '%.*s'; give more of it", STR_FMT(event));
}

static bool date_take(str value, struct told *t, struct err *e) {
  str rest = value, from = str_cut(&rest, '/');
  int32_t first, last;
  if (from.n != 10 || !day_parse_iso(from, &first) ||
      (rest.n && (rest.n != 10 || !day_parse_iso(rest, &last) || last < first)))
    return err_set(e, ERR_USAGE, "a date is YYYY-MM-DD or FROM/TO, not '%.*s'", STR_FMT(value));
  buf_put(&t->value, value);
  return true;
}

static bool place_take(str value, struct told *t) {
  str rest = value, name = str_trim(str_cut(&rest, ',')), country = str_trim(rest);
  if (country.n == 3) snprintf(t->country, sizeof t->country, "%.*s", STR_FMT(country));
  else name = str_trim(value); /* a comma of its own */
  size_t n = utf8_fold(name, t->key, sizeof t->key - 1);
  t->key[n] = 0;
  buf_put(&t->value, name);
  return name.n > 0;
}

static bool status_take(str value, struct told *t, struct err *e) {
  for (uint8_t i = 0; i < STATUS_COUNT; i++)
    if (value.n && str_is(value, status_name(i))) return buf_put(&t->value, value), true;
  return err_set(e, ERR_USAGE, "'%.*s' is no status", STR_FMT(value));
}

static bool value_take(struct ledger *g, const struct correction *c, correct_type_fn type, void *ctx, struct told *t,
                       struct err *e) {
  struct who_row who;
  if (c->right && c->value.n) return err_set(e, ERR_USAGE, "what is right needs no other value");
  if (!c->value.n) return true;
  switch (c->field) {
  case CORRECT_EVENT: return err_set(e, ERR_USAGE, "an event is right or wrong as a whole; correct its fields");
  case CORRECT_TYPE:
    if (!type(ctx, c->value, &t->quad, &t->score))
      return err_set(e, ERR_USAGE, "'%.*s' is no event type", STR_FMT(c->value));
    return buf_put(&t->value, c->value), true;
  case CORRECT_STATUS: return status_take(c->value, t, e);
  case CORRECT_DATE: return date_take(c->value, t, e);
  case CORRECT_PLACE: return place_take(c->value, t) || err_set(e, ERR_USAGE, "a place has a name");
  default:
    if (!decide_who(g, c->value, &who, e)) return false;
    snprintf(t->key, sizeof t->key, "%s", who.key);
    return buf_puts(&t->value, who.name), true;
  }
}

/* A new word on the field replaces the old one; what was read stays what it was when the first was said. */
static bool note(struct ledger *g, const char *event, str doc, enum correct_field field, bool right,
                 const struct told *t, str was, str words, struct err *e) {
  static const char sql[] =
      "INSERT INTO corrections(made,event,doc,field,verdict,was,value,key,country,quad,score,evidence,note) "
      "VALUES(strftime('%Y-%m-%dT%H:%M:%SZ','now'),?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(event,field) DO UPDATE SET "
      "made=excluded.made, verdict=excluded.verdict, value=excluded.value, key=excluded.key, country=excluded.country, "
      "quad=excluded.quad, score=excluded.score, note=excluded.note";
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  db_bind(st, "zszzsszzkdss", event, doc, correct_field_name[field], right ? "right" : "wrong", was, buf_str(&t->value),
          t->key, t->country, t->quad, t->quad ? t->score : NAN, t->evidence, words);
  bool ok = db_run(st, g->path, doing, e);
  sqlite3_finalize(st);
  return ok;
}

static bool was_read(struct ledger *g, str doc, const char *event, enum correct_field field, struct told *t,
                     struct arena *memory, struct err *e) {
  struct buf page;
  buf_init(&page, (size_t)1 << 30);
  bool ok = ledger_page_of(g, doc, &page, e);
  const struct json_value *tree = ok ? json_tree(buf_str(&page), memory, e) : NULL;
  const struct json_value *read = tree ? correct_page_event(tree, str_of(event)) : NULL;
  if (read) correct_page_value(tree, read, field, &t->was);
  ok = tree != NULL;
  buf_release(&page);
  return ok;
}

static void keep_text(char *out, size_t size, const struct buf *b) { snprintf(out, size, "%.*s", STR_FMT(buf_str(b))); }

bool ledger_correct(struct ledger *g, const struct correction *c, correct_type_fn type, void *ctx,
                    struct corrected *out, struct err *e) {
  struct told t = {.row = 0};
  struct arena memory;
  arena_init(&memory, (size_t)1 << 30);
  buf_init(&t.value, 1 << 16), buf_init(&t.was, 1 << 16);
  *out = (struct corrected){.event = ""};
  bool ok = ledger_begin(g, e) && find(g, c->event, &t, out, &memory, e) && value_take(g, c, type, ctx, &t, e) &&
            was_read(g, t.doc, out->event, c->field, &t, &memory, e) &&
            note(g, out->event, t.doc, c->field, c->right, &t, buf_str(&t.was), c->note, e) && put_again(g, t.row, e);
  keep_text(out->was, sizeof out->was, &t.was);
  keep_text(out->value, sizeof out->value, c->right ? &t.was : &t.value);
  buf_release(&t.value), buf_release(&t.was);
  arena_release(&memory);
  return ledger_decided_end(g, ok, e);
}

bool ledger_correct_drop(struct ledger *g, str event, enum correct_field field, struct err *e) {
  struct told t = {.row = 0};
  struct corrected out;
  struct arena memory;
  sqlite3_stmt *st = NULL;
  arena_init(&memory, 1 << 24);
  bool ok = ledger_begin(g, e) && find(g, event, &t, &out, &memory, e) &&
            ledger_prepare(g, doing, "DELETE FROM corrections WHERE event=? AND field=?", &st, e);
  if (ok) {
    db_bind(st, "zz", out.event, correct_field_name[field]);
    ok = db_run(st, g->path, doing, e);
    if (ok && !sqlite3_changes(g->db))
      ok = err_set(e, ERR_USAGE, "nothing was said of the %s of '%s'", correct_field_name[field], out.event);
  }
  sqlite3_finalize(st);
  ok = ok && put_again(g, t.row, e);
  arena_release(&memory);
  return ledger_decided_end(g, ok, e);
}

/* ---- gold */

static const char *const gold_keys[] = {"event", "doc", "field",   "verdict",  "was",
                                        "value", "key", "country", "evidence", "note"};
enum { GOLD_KEYS = sizeof gold_keys / sizeof *gold_keys };

bool ledger_corrections_write(struct ledger *g, struct buf *out, struct err *e) {
  sqlite3_stmt *st = NULL;
  int there;
  if (!ledger_prepare(
          g, doing,
          "SELECT event,doc,field,verdict,was,value,key,country,evidence,note FROM corrections ORDER BY doc,event,field",
          &st, e))
    return false;
  while ((there = db_step(st, g->path, doing, e)) == 1) {
    struct json j = json_writer(out);
    json_open(&j, '{');
    for (int i = 0; i < GOLD_KEYS; i++)
      if (db_text(st, i).n) json_key_str(&j, gold_keys[i], db_text(st, i));
    json_close(&j, '}');
    buf_putc(out, '\n');
  }
  sqlite3_finalize(st);
  return there == 0 && (!out->failed || err_set(e, ERR_NOMEM, "no memory for the corrections"));
}

static int field_of(str name) {
  for (int i = 0; i < CORRECT_FIELDS; i++)
    if (str_is(name, correct_field_name[i])) return i;
  return -1;
}

/* One line of another ledger: what it says is taken as it stands there, keys and all. */
static bool replay_line(struct ledger *g, const struct line_reader *r, correct_type_fn type, void *ctx,
                        struct arena *memory, uint64_t *taken, struct err *e) {
  struct err bad = {0};
  const struct json_value *line = json_tree(r->line, memory, &bad);
  str event = field_str(line, "event"), doc = field_str(line, "doc"), value = field_str(line, "value"),
      verdict = field_str(line, "verdict"), key = field_str(line, "key"), country = field_str(line, "country");
  int f = field_of(field_str(line, "field"));
  bool right = str_is(verdict, "right");
  struct told t = {.evidence = field_str(line, "evidence")};
  char id[24];
  if (!line || !event.n || event.n >= sizeof id || !doc.n || f < 0 || (!right && !str_is(verdict, "wrong")) ||
      key.n >= sizeof t.key || country.n >= sizeof t.country)
    return line_err(r, e, "no correction: JSON with event, doc, field, verdict is wanted");
  snprintf(id, sizeof id, "%.*s", STR_FMT(event));
  snprintf(t.key, sizeof t.key, "%.*s", STR_FMT(key)), snprintf(t.country, sizeof t.country, "%.*s", STR_FMT(country));
  if (f == CORRECT_TYPE && value.n && !type(ctx, value, &t.quad, &t.score))
    return line_err(r, e, "'%.*s' is no event type", STR_FMT(value));
  buf_init(&t.value, 1 << 16);
  if (f == CORRECT_STATUS && value.n && !status_take(value, &t, &bad))
    return buf_release(&t.value), line_err(r, e, "'%.*s' is no status", STR_FMT(value));
  if (f == CORRECT_DATE && value.n && !date_take(value, &t, &bad))
    return buf_release(&t.value), line_err(r, e, "'%.*s' is no date", STR_FMT(value));
  buf_clear(&t.value);
  buf_put(&t.value, value);
  bool ok = note(g, id, doc, (enum correct_field)f, right, &t, field_str(line, "was"), field_str(line, "note"), e);
  buf_release(&t.value);
  *taken += ok;
  return ok;
}

static bool again_all(struct ledger *g, struct err *e) {
  sqlite3_stmt *st = NULL;
  int64_t doc = 0;
  int there = 1;
  while (there == 1) { /* one by one: the rows that are made anew are what is read */
    if (!ledger_prepare(
            g, doing,
            "SELECT min(doc) FROM documents WHERE current AND doc>? AND id IN (SELECT doc FROM corrections) HAVING min(doc) IS NOT NULL",
            &st, e))
      return false;
    sqlite3_bind_int64(st, 1, doc);
    there = db_step(st, g->path, doing, e);
    doc = there == 1 ? sqlite3_column_int64(st, 0) : doc;
    sqlite3_finalize(st);
    if (there == 1 && !put_again(g, doc, e)) return false;
  }
  return there == 0;
}

bool ledger_corrections_replay(struct ledger *g, str lines, const char *name, correct_type_fn type, void *ctx,
                               uint64_t *taken, struct err *e) {
  struct line_reader r;
  struct arena memory;
  *taken = 0;
  if (!ledger_begin(g, e)) return false;
  arena_init(&memory, (size_t)1 << 26);
  line_reader_init(&r, lines, name);
  bool ok = true;
  while (ok && line_next(&r)) {
    arena_reset(&memory);
    ok = replay_line(g, &r, type, ctx, &memory, taken, e);
  }
  arena_release(&memory);
  return ledger_decided_end(g, ok && again_all(g, e), e);
}
