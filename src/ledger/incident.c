/* incident.c - families of copies and incidents, kept as documents come and go. Which pairs are one is judged by incident_match.c and
 * shape.c; what an analyst decides is in incident_decide.c. */
#include "base/calendar.h"
#include "ledger/incident_match.h"
#include "ledger/incident_rows.h"
#include "ledger/shape.h"
#include <stdlib.h>

static const char doing[] = "keep incidents";
enum { COPY_DAYS = 30, CANDIDATES = 200, LINKS = 4, LOOK_BACK_DAYS = 7, SPAN_DAYS = 7, STEM = 5 };
static const double PART_SCORE = 10; /* of two acts that one sentence tells as one */

const char *const incident_schema =
    "CREATE TABLE IF NOT EXISTS doc_shapes( -- near-copies of one text are one family\n"
    "  doc INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE, day INTEGER NOT NULL,\n"
    "  family INTEGER NOT NULL, shape BLOB NOT NULL -- family: the row of one of its documents\n"
    ") STRICT;\n"
    "CREATE INDEX IF NOT EXISTS doc_shapes_family ON doc_shapes(family);\n"
    "CREATE TABLE IF NOT EXISTS shape_bands( -- what candidates for a copy share\n"
    "  band INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY(band, doc)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE IF NOT EXISTS incidents( -- one event, from one or many reports\n"
    "  incident INTEGER PRIMARY KEY, head INTEGER NOT NULL, -- the report that was told first\n"
    "  reports INTEGER NOT NULL, families INTEGER NOT NULL, -- independent texts that report it as news\n"
    "  denials INTEGER NOT NULL, background INTEGER NOT NULL, -- that deny it; that only look back on it\n"
    "  told_first TEXT, told_last TEXT\n"
    ") STRICT;\n"
    "CREATE INDEX IF NOT EXISTS incidents_head ON incidents(head);\n"
    "CREATE TABLE IF NOT EXISTS reports( -- events that can be one with others\n"
    "  event INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE, doc INTEGER NOT NULL, type INTEGER NOT NULL, -- a hash\n"
    "  incident INTEGER NOT NULL,\n"
    "  role TEXT NOT NULL CHECK(role IN ('report','denial','background')), face BLOB NOT NULL\n"
    ") STRICT;\n"
    "CREATE INDEX IF NOT EXISTS reports_incident ON reports(incident);\n"
    "CREATE INDEX IF NOT EXISTS reports_doc ON reports(doc, type);\n"
    "CREATE TABLE IF NOT EXISTS report_keys( -- type and a party or place: what candidates share\n"
    "  key INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL, PRIMARY KEY(key, day, event)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX IF NOT EXISTS report_keys_event ON report_keys(event);\n"
    "CREATE TABLE IF NOT EXISTS report_links( -- pairs that are one, both ways round: of each report the strongest few\n"
    "  a INTEGER NOT NULL, b INTEGER NOT NULL, score REAL NOT NULL, PRIMARY KEY(a, b)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE IF NOT EXISTS incident_decisions( -- an analyst's word; a and b are ids of events\n"
    "  decision INTEGER PRIMARY KEY, made TEXT NOT NULL, verb TEXT NOT NULL CHECK(verb IN ('merge','split')),\n"
    "  a TEXT NOT NULL, b TEXT NOT NULL, note TEXT, UNIQUE(verb, a, b)\n"
    ") STRICT;\n"
    "CREATE INDEX IF NOT EXISTS incident_decisions_b ON incident_decisions(b);\n";

static bool run(struct ledger *g, enum ledger_statement st, struct err *e) {
  return db_run(g->st[st], g->path, doing, e);
}

/* ---- families */

static bool bands_put(struct ledger *g, enum ledger_statement st, int64_t doc, const struct shape *s, struct err *e) {
  for (int i = 0; i < SHAPE_BANDS; i++) {
    db_bind(g->st[st], "ii", shape_band(s, i), doc);
    if (!run(g, st, e)) return false;
  }
  return true;
}

static str shape_bytes(const struct shape *s) { return (str){(const char *)s, sizeof *s}; }

struct like { /* a document that shares a band */
  int64_t doc, family;
};

/* If it is a copy, both families become one. */
static bool copy_join(struct ledger *g, int64_t doc, const struct shape *s, const struct like *other, bool *is,
                      struct err *e) {
  sqlite3_stmt *get = g->st[ST_SHAPE_GET];
  struct shape theirs = {.runs = 0};
  db_bind(get, "i", other->doc);
  int there = db_step(get, g->path, doing, e);
  if (there == 1 && sqlite3_column_bytes(get, 1) == (int)sizeof theirs)
    memcpy(&theirs, sqlite3_column_blob(get, 1), sizeof theirs);
  sqlite3_reset(get);
  *is = there == 1 && shape_alike(s, &theirs) >= SHAPE_COPY;
  if (!*is) return there >= 0;
  db_bind(g->st[ST_FAMILY_JOIN], "ii", other->family, doc);
  return run(g, ST_FAMILY_JOIN, e);
}

static bool likes_find(struct ledger *g, const struct shape *s, int32_t day, struct like *out, size_t *n,
                       struct err *e) {
  for (int i = 0; i < SHAPE_BANDS; i++) {
    sqlite3_stmt *find = g->st[ST_BAND_FIND];
    db_bind(find, "iii", shape_band(s, i), (int64_t)day - COPY_DAYS, (int64_t)day + COPY_DAYS);
    int there;
    while ((there = db_step(find, g->path, doing, e)) == 1) {
      int64_t row = sqlite3_column_int64(find, 0);
      size_t k = 0;
      while (k < *n && out[k].doc != row) k++;
      if (k == *n && *n < CANDIDATES) out[(*n)++] = (struct like){row, sqlite3_column_int64(find, 1)};
    }
    if (there < 0) return false;
  }
  return true;
}

static bool family_place(struct ledger *g, int64_t doc, int32_t day, str body, struct err *e) {
  struct shape s;
  struct like like[CANDIDATES];
  int64_t joined[CANDIDATES];
  size_t n = 0, n_joined = 0;
  shape_of(body, &s);
  db_bind(g->st[ST_SHAPE_ADD], "iiiB", doc, (int64_t)day, doc, shape_bytes(&s));
  if (!run(g, ST_SHAPE_ADD, e)) return false;
  if (s.runs < SHAPE_LEAST) return true;
  if (!likes_find(g, &s, day, like, &n, e)) return false;
  for (size_t i = 0; i < n; i++) { /* of a family that it has joined no other need be looked at */
    bool is = false;
    size_t k = 0;
    while (k < n_joined && joined[k] != like[i].family) k++;
    if (k < n_joined) continue;
    if (!copy_join(g, doc, &s, &like[i], &is, e)) return false;
    if (is) joined[n_joined++] = like[i].family;
  }
  return bands_put(g, ST_BAND_ADD, doc, &s, e);
}

static bool family_drop(struct ledger *g, int64_t doc, struct err *e) {
  sqlite3_stmt *get = g->st[ST_SHAPE_GET];
  struct shape s = {.runs = 0};
  db_bind(get, "i", doc);
  int there = db_step(get, g->path, doing, e);
  if (there != 1) return there == 0;
  if (sqlite3_column_bytes(get, 1) == (int)sizeof s) memcpy(&s, sqlite3_column_blob(get, 1), sizeof s);
  sqlite3_reset(get);
  db_bind(g->st[ST_SHAPE_DROP], "i", doc);
  return bands_put(g, ST_BAND_DROP, doc, &s, e) && run(g, ST_SHAPE_DROP, e);
}

/* ---- the face of a report */

static uint32_t hash32(str s) {
  uint64_t h = s.n ? str_hash(s, 11) : 0;
  return (uint32_t)(h ^ h >> 32) | (s.n ? 1 : 0);
}

static uint32_t row32(int64_t row) { return (uint32_t)((uint64_t)row * 0x9E3779B97F4A7C15ull >> 32) | 1; }

static uint32_t last_word(str s) {
  size_t from = s.n;
  while (from && s.p[from - 1] != ' ') from--;
  return hash32(str_from(s, from));
}

/* The first letters of the word that tells the event, in lower case. */
static uint32_t stem_of(str body, str title, bool in_title, int64_t beg, int64_t end) {
  str text = in_title ? title : body;
  char low[STEM];
  size_t n = 0;
  if (beg < 0 || end <= beg || (size_t)end > text.n) return 0;
  for (size_t i = (size_t)beg; i < (size_t)end && n < STEM; i++) low[n++] = ascii_fold(text.p[i]);
  return hash32((str){low, n});
}

static bool parties_read(struct ledger *g, int64_t event, struct report_face *f, struct err *e) {
  sqlite3_stmt *st = g->st[ST_FACE_PARTIES];
  int there;
  db_bind(st, "i", event);
  while ((there = db_step(st, g->path, doing, e)) == 1) {
    bool actor = str_is(db_text(st, 0), "actor");
    uint8_t *n = actor ? &f->n_actor : &f->n_recipient;
    if (*n == FACE_SIDE) continue;
    (actor ? f->actor : f->recipient)[*n] = row32(sqlite3_column_int64(st, 1));
    (actor ? f->actor_code : f->recipient_code)[*n] = hash32(db_text(st, 2));
    ++*n;
  }
  return there == 0;
}

static bool place_read(struct ledger *g, int64_t event, struct report_face *f, struct err *e) {
  sqlite3_stmt *st = g->st[ST_FACE_PLACE];
  db_bind(st, "i", event);
  int there = db_step(st, g->path, doing, e);
  if (there != 1) return there == 0;
  f->place = hash32(db_text(st, 0));
  f->country = hash32(db_text(st, 1));
  f->fine = str_is(db_text(st, 2), "city") || str_is(db_text(st, 2), "building");
  sqlite3_reset(st);
  return true;
}

static bool figures_read(struct ledger *g, int64_t event, struct report_face *f, struct err *e) {
  sqlite3_stmt *st = g->st[ST_FACE_FIGURES];
  int there, n = 0;
  db_bind(st, "i", event);
  while ((there = db_step(st, g->path, doing, e)) == 1)
    if (n < FACE_FIGURES) f->figure[n++] = hash32(db_text(st, 0));
  return there == 0;
}

/* ---- candidates and links */

struct report { /* one event on its way into an incident */
  int64_t event, doc, family, incident;
  struct report_face face;
};

static int64_t key_of(uint32_t type, uint32_t kind, uint32_t what) {
  uint64_t h = ((uint64_t)type << 32 | what) * 0x9E3779B97F4A7C15ull + kind;
  return (int64_t)((h ^ h >> 29) | 1);
}

/* Under what the report is found: each party, and the place. Returns how many. */
static size_t keys_of(const struct report_face *f, int64_t out[2 * FACE_SIDE + 1]) {
  size_t n = 0;
  for (int i = 0; i < f->n_actor; i++) out[n++] = key_of(f->type, 1, f->actor[i]);
  for (int i = 0; i < f->n_recipient; i++) out[n++] = key_of(f->type, 1, f->recipient[i]);
  if (f->place) out[n++] = key_of(f->type, 2, f->place);
  return n;
}

static bool link_put(struct ledger *g, int64_t a, int64_t b, double score, struct err *e) {
  for (int way = 0; way < 2; way++) {
    db_bind(g->st[ST_REPORT_LINK], "iid", way ? b : a, way ? a : b, score);
    if (!run(g, ST_REPORT_LINK, e)) return false;
  }
  return true;
}

struct candidate {
  int64_t event, incident;
  double score;
};

/* Judges the row that a candidate query stands on; keeps it if the two are one. */
static void judge(const struct report *r, sqlite3_stmt *st, struct candidate *c, size_t *n) {
  int64_t event = sqlite3_column_int64(st, 0), doc = sqlite3_column_int64(st, 2), family = sqlite3_column_int64(st, 3);
  struct report_face theirs;
  const void *bytes = sqlite3_column_blob(st, 4);
  if (event == r->event || !bytes || sqlite3_column_bytes(st, 4) != (int)sizeof theirs) return;
  memcpy(&theirs, bytes, sizeof theirs);
  enum company company = doc == r->doc ? COMPANY_DOCUMENT : family == r->family ? COMPANY_FAMILY : COMPANY_OTHER;
  double s = incident_score(&r->face, &theirs, company);
  for (size_t i = 0; i < *n; i++)
    if (c[i].event == event) return;
  if (s > 0 && *n < CANDIDATES) c[(*n)++] = (struct candidate){event, sqlite3_column_int64(st, 1), s};
}

static bool candidates_find(struct ledger *g, const struct report *r, struct candidate *c, size_t *n, struct err *e) {
  int64_t key[2 * FACE_SIDE + 1];
  size_t keys = keys_of(&r->face, key);
  int there = 0;
  for (size_t i = 0; i < keys && there == 0; i++) {
    sqlite3_stmt *st = g->st[ST_KEY_FIND];
    db_bind(st, "iiiii", key[i], (int64_t)r->face.first - SPAN_DAYS - MATCH_DAYS, (int64_t)r->face.last + MATCH_DAYS,
            (int64_t)CANDIDATES, (int64_t)r->face.first);
    while ((there = db_step(st, g->path, doing, e)) == 1) judge(r, st, c, n);
  }
  if (there < 0) return false;
  sqlite3_stmt *st = g->st[ST_FAMILY_REPORTS];
  db_bind(st, "iiii", r->family, r->event, (int64_t)CANDIDATES, (int64_t)r->face.type);
  while ((there = db_step(st, g->path, doing, e)) == 1) judge(r, st, c, n);
  return there == 0;
}

/* Whom an analyst has joined with this event. */
static bool decided_find(struct ledger *g, const struct report *r, struct candidate *c, size_t *n, struct err *e) {
  sqlite3_stmt *st = g->st[ST_DECIDED_WITH];
  int there;
  db_bind(st, "i", r->event);
  while ((there = db_step(st, g->path, doing, e)) == 1)
    if (*n < CANDIDATES)
      c[(*n)++] = (struct candidate){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), MATCH_YES};
  return there == 0;
}

/* Has an analyst parted a report of the one from one of the other? 1 yes, 0 no, -1 failure. */
static int parted(struct ledger *g, int64_t a, int64_t b, struct err *e) {
  db_bind(g->st[ST_APART], "ii", a, b);
  int there = db_step(g->st[ST_APART], g->path, doing, e);
  sqlite3_reset(g->st[ST_APART]);
  return there;
}

bool incident_join(struct ledger *g, int64_t a, int64_t b, struct err *e) {
  if (a == b) return true;
  int64_t keep = a < b ? a : b, other = a < b ? b : a;
  int apart = parted(g, a, b, e);
  if (apart) return apart > 0;
  db_bind(g->st[ST_INCIDENT_MOVE], "ii", keep, other);
  db_bind(g->st[ST_INCIDENT_DROP], "i", other);
  return run(g, ST_INCIDENT_MOVE, e) && run(g, ST_INCIDENT_DROP, e);
}

static bool refresh(struct ledger *g, int64_t incident, struct err *e) {
  db_bind(g->st[ST_INCIDENT_REFRESH], "i", incident);
  return run(g, ST_INCIDENT_REFRESH, e);
}

static int stronger(const void *a, const void *b) {
  const struct candidate *x = a, *y = b;
  if (x->incident != y->incident) return x->incident < y->incident ? -1 : 1;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  return (x->event > y->event) - (x->event < y->event);
}

/* Links the report with the strongest few of each incident that it is one with, which makes them one. r->incident follows. */
static bool links_put(struct ledger *g, struct report *r, struct candidate *c, size_t n, struct err *e) {
  if (n) qsort(c, n, sizeof *c, stronger);
  for (size_t i = 0, of = 0; i < n; i++) {
    of = i && c[i].incident == c[i - 1].incident ? of + 1 : 0;
    if (of >= LINKS && c[i].score < MATCH_YES) continue;
    if (!link_put(g, r->event, c[i].event, c[i].score, e)) return false;
  }
  for (size_t i = 0; i < n; i++) {
    if (i && c[i].incident == c[i - 1].incident) continue;
    int64_t now = 0;
    if (!incident_join(g, r->incident, c[i].incident, e)) return false;
    db_bind(g->st[ST_REPORT_GET], "i", r->event);
    if (db_step(g->st[ST_REPORT_GET], g->path, doing, e) == 1) now = sqlite3_column_int64(g->st[ST_REPORT_GET], 0);
    sqlite3_reset(g->st[ST_REPORT_GET]);
    if (now) r->incident = now;
  }
  return true;
}

static bool report_place(struct ledger *g, struct report *r, const char *role, struct err *e) {
  struct candidate c[CANDIDATES];
  int64_t key[2 * FACE_SIDE + 1];
  size_t n = 0, keys = keys_of(&r->face, key);
  if (!candidates_find(g, r, c, &n, e)) return false;
  db_bind(g->st[ST_INCIDENT_ADD], "i", r->event);
  if (!run(g, ST_INCIDENT_ADD, e)) return false;
  r->incident = sqlite3_last_insert_rowid(g->db);
  db_bind(g->st[ST_REPORT_ADD], "iiiizB", r->event, r->doc, (int64_t)r->face.type, r->incident, role,
          (str){(const char *)&r->face, sizeof r->face});
  if (!run(g, ST_REPORT_ADD, e) || !decided_find(g, r, c, &n, e)) return false;
  for (size_t i = 0; i < keys; i++) {
    db_bind(g->st[ST_KEY_ADD], "iii", key[i], (int64_t)r->face.first, r->event);
    if (!run(g, ST_KEY_ADD, e)) return false;
  }
  return links_put(g, r, c, n, e);
}

/* A report that has lost links looks for others. */
static bool report_again(struct ledger *g, int64_t event, struct err *e) {
  sqlite3_stmt *st = g->st[ST_REPORT_GET];
  struct report r = {.event = event};
  struct candidate c[CANDIDATES];
  size_t n = 0;
  db_bind(st, "i", event);
  int there = db_step(st, g->path, doing, e);
  if (there != 1) return there == 0;
  r.incident = sqlite3_column_int64(st, 0), r.doc = sqlite3_column_int64(st, 1), r.family = sqlite3_column_int64(st, 2);
  bool whole = sqlite3_column_bytes(st, 3) == (int)sizeof r.face;
  if (whole) memcpy(&r.face, sqlite3_column_blob(st, 3), sizeof r.face);
  sqlite3_reset(st);
  return !whole || (candidates_find(g, &r, c, &n, e) && decided_find(g, &r, c, &n, e) && links_put(g, &r, c, n, e));
}

/* ---- a document */

struct told { /* one of its events */
  int64_t event;
  struct report_face face;
  const char *role;
};

static bool day_read(str s, int32_t *day) { return s.n >= 10 && day_parse_iso(s, day); }

/* Reads the row that ST_DOC_EVENTS stands on; false: it can be one with no other. */
static bool told_read(sqlite3_stmt *st, str body, str title, int32_t published, struct told *t) {
  struct report_face *f = &t->face;
  int32_t first, last;
  if (!day_read(db_text(st, 1), &first)) return false;
  if (!day_read(db_text(st, 2), &last)) last = first;
  if (last < first || last - first > SPAN_DAYS) return false;
  *t = (struct told){.event = sqlite3_column_int64(st, 0)};
  *f = (struct report_face){.version = FACE_VERSION, .first = first, .last = last};
  f->type = hash32(db_text(st, 3)), f->mode = hash32(db_text(st, 4)), f->cameo = hash32(db_text(st, 5));
  f->object = last_word(db_text(st, 6));
  f->reciprocal = sqlite3_column_int(st, 7) != 0;
  f->exact = str_is(db_text(st, 13), "expression") && str_is(db_text(st, 14), "day") && first == last;
  f->stem = stem_of(body, title, sqlite3_column_int(st, 8), sqlite3_column_int64(st, 9), sqlite3_column_int64(st, 10));
  bool back = sqlite3_column_int(st, 11) || (published != DAY_NONE && published - last > LOOK_BACK_DAYS);
  t->role = str_is(db_text(st, 12), "denied") ? "denial" : back ? "background" : "report";
  return true;
}

static bool told_place(struct ledger *g, int64_t doc, int64_t family, const struct told *t, struct err *e) {
  struct report r = {.event = t->event, .doc = doc, .family = family, .face = t->face};
  return parties_read(g, r.event, &r.face, e) && place_read(g, r.event, &r.face, e) &&
         figures_read(g, r.event, &r.face, e) && report_place(g, &r, t->role, e);
}

static bool family_of(struct ledger *g, int64_t doc, int64_t *family, struct err *e) {
  sqlite3_stmt *get = g->st[ST_SHAPE_GET];
  db_bind(get, "i", doc);
  int there = db_step(get, g->path, doing, e);
  *family = there == 1 ? sqlite3_column_int64(get, 0) : doc;
  sqlite3_reset(get);
  return there >= 0;
}

/* Row numbers that a statement answers, in scratch memory. */
struct numbers {
  int64_t *at;
  uint32_t n, size;
};

static bool numbers_read(struct ledger *g, enum ledger_statement which, int64_t bound, struct numbers *out,
                         struct err *e) {
  sqlite3_stmt *st = g->st[which];
  int there;
  *out = (struct numbers){0};
  db_bind(st, "i", bound);
  while ((there = db_step(st, g->path, doing, e)) == 1) {
    if (!rows_grow(&g->scratch, (void **)&out->at, &out->n, &out->size, sizeof *out->at)) {
      sqlite3_reset(st);
      return err_set(e, ERR_NOMEM, "no memory for incidents");
    }
    out->at[out->n++] = sqlite3_column_int64(st, 0);
  }
  return there == 0;
}

static bool each_refreshed(struct ledger *g, int64_t doc, struct err *e) {
  struct arena_mark mark = arena_mark(&g->scratch);
  struct numbers of;
  bool ok = numbers_read(g, ST_DOC_INCIDENTS, doc, &of, e);
  for (uint32_t i = 0; i < of.n && ok; i++) ok = refresh(g, of.at[i], e);
  arena_rewind(&g->scratch, mark);
  return ok;
}

/* "attacked a post, killing five": two reports that the text tells as one, unless an analyst has parted them. */
static bool parts_join(struct ledger *g, int64_t doc, struct err *e) {
  sqlite3_stmt *st = g->st[ST_DOC_PARTS];
  for (int64_t event = 0;;) { /* a join moves reports: each pair is looked for anew */
    db_bind(st, "ii", doc, event);
    int there = db_step(st, g->path, doing, e);
    if (there != 1) return there == 0;
    event = sqlite3_column_int64(st, 0);
    int64_t mine = sqlite3_column_int64(st, 1), whole = sqlite3_column_int64(st, 2),
            theirs = sqlite3_column_int64(st, 3);
    sqlite3_reset(st);
    int apart = parted(g, mine, theirs, e);
    if (apart < 0 || (!apart && (!link_put(g, event, whole, PART_SCORE, e) || !incident_join(g, mine, theirs, e))))
      return false;
  }
}

bool incident_place(struct ledger *g, int64_t doc, str body, str title, struct err *e) {
  struct arena_mark mark = arena_mark(&g->scratch);
  sqlite3_stmt *st = g->st[ST_DOC_EVENTS];
  struct told *told = NULL;
  uint32_t n = 0, size = 0;
  int32_t published = DAY_NONE;
  int64_t family;
  db_bind(g->st[ST_DOC_DAY], "i", doc);
  if (db_step(g->st[ST_DOC_DAY], g->path, doing, e) == 1) day_read(db_text(g->st[ST_DOC_DAY], 0), &published);
  sqlite3_reset(g->st[ST_DOC_DAY]);
  if (!family_place(g, doc, published == DAY_NONE ? 0 : published, body, e) || !family_of(g, doc, &family, e))
    return false;
  int there;
  db_bind(st, "i", doc);
  while ((there = db_step(st, g->path, doing, e)) == 1) {
    if (!rows_grow(&g->scratch, (void **)&told, &n, &size, sizeof *told)) {
      sqlite3_reset(st);
      return err_set(e, ERR_NOMEM, "no memory for the events of a document");
    }
    if (told_read(st, body, title, published, &told[n])) n++;
  }
  bool ok = there == 0;
  for (uint32_t i = 0; i < n && ok; i++) ok = told_place(g, doc, family, &told[i], e);
  arena_rewind(&g->scratch, mark);
  return ok && parts_join(g, doc, e) && each_refreshed(g, doc, e);
}

/* ---- leaving */

static uint32_t member_find(const struct numbers *m, int64_t event) { /* they stand in the order of their rows */
  uint32_t lo = 0, hi = m->n;
  while (lo < hi) {
    uint32_t mid = (lo + hi) / 2;
    if (m->at[mid] < event) lo = mid + 1;
    else hi = mid;
  }
  return lo < m->n && m->at[lo] == event ? lo : UINT32_MAX;
}

/* Everything that is linked with member `first`, directly or by others, gets the number `part`. */
static bool part_spread(struct ledger *g, const struct numbers *m, uint32_t first, uint32_t part, uint32_t *part_of,
                        uint32_t *queue, struct err *e) {
  uint32_t from = 0, to = 0;
  part_of[first] = part;
  queue[to++] = first;
  while (from < to) {
    sqlite3_stmt *st = g->st[ST_LINKS_OF];
    int there;
    db_bind(st, "i", m->at[queue[from++]]);
    while ((there = db_step(st, g->path, doing, e)) == 1) {
      uint32_t k = member_find(m, sqlite3_column_int64(st, 0));
      if (k != UINT32_MAX && !part_of[k]) part_of[k] = part, queue[to++] = k;
    }
    if (there < 0) return false;
  }
  return true;
}

static bool part_move(struct ledger *g, const struct numbers *m, const uint32_t *part_of, uint32_t first,
                      struct err *e) {
  db_bind(g->st[ST_INCIDENT_ADD], "i", m->at[first]);
  if (!run(g, ST_INCIDENT_ADD, e)) return false;
  int64_t incident = sqlite3_last_insert_rowid(g->db);
  for (uint32_t i = first; i < m->n; i++) {
    if (part_of[i] != part_of[first]) continue;
    db_bind(g->st[ST_REPORT_MOVE], "ii", m->at[i], incident);
    if (!run(g, ST_REPORT_MOVE, e)) return false;
  }
  return refresh(g, incident, e);
}

bool incident_settle(struct ledger *g, int64_t incident, struct err *e) {
  struct arena_mark mark = arena_mark(&g->scratch);
  struct numbers m;
  if (!numbers_read(g, ST_MEMBERS, incident, &m, e)) return false;
  if (!m.n) {
    db_bind(g->st[ST_INCIDENT_DROP], "i", incident);
    return run(g, ST_INCIDENT_DROP, e);
  }
  uint32_t parts = 0, *queue = ARENA_ARRAY(&g->scratch, uint32_t, m.n),
           *part_of = ARENA_ARRAY(&g->scratch, uint32_t, m.n);
  bool ok = (queue && part_of) || err_set(e, ERR_NOMEM, "no memory for an incident");
  for (uint32_t i = 0; i < m.n && ok; i++)
    if (!part_of[i])
      ok = part_spread(g, &m, i, ++parts, part_of, queue, e) && (parts == 1 || part_move(g, &m, part_of, i, e));
  arena_rewind(&g->scratch, mark);
  return ok && refresh(g, incident, e);
}

bool incident_drop(struct ledger *g, int64_t doc, struct err *e) {
  static const enum ledger_statement drops[] = {ST_DROP_LINKS_TO, ST_DROP_LINKS_FROM, ST_DROP_KEYS, ST_DROP_REPORTS};
  struct arena_mark mark = arena_mark(&g->scratch);
  struct numbers touched, bereft;
  bool ok = numbers_read(g, ST_DOC_INCIDENTS, doc, &touched, e) && numbers_read(g, ST_NEIGHBOURS, doc, &bereft, e);
  for (size_t i = 0; i < sizeof drops / sizeof *drops && ok; i++) {
    db_bind(g->st[drops[i]], "i", doc);
    ok = run(g, drops[i], e);
  }
  for (uint32_t i = 0; i < bereft.n && ok; i++) ok = report_again(g, bereft.at[i], e);
  for (uint32_t i = 0; i < touched.n && ok; i++) ok = incident_settle(g, touched.at[i], e);
  arena_rewind(&g->scratch, mark);
  return ok && family_drop(g, doc, e);
}

/* ---- again */

/* Places each document that the statement lists by row, body and title. */
static bool again(struct ledger *g, const char *sql, int64_t bound, bool drop, struct err *e) {
  sqlite3_stmt *st = NULL;
  if (sqlite3_prepare_v2(g->db, sql, -1, &st, NULL) != SQLITE_OK) return db_fail(g->db, g->path, doing, e);
  sqlite3_bind_int64(st, 1, bound);
  int there;
  bool ok = true;
  while (ok && (there = db_step(st, g->path, doing, e)) != 0) {
    int64_t doc = sqlite3_column_int64(st, 0);
    ok = there > 0 && (!drop || incident_drop(g, doc, e)) && incident_place(g, doc, db_text(st, 1), db_text(st, 2), e);
  }
  sqlite3_finalize(st);
  return ok;
}

bool incident_actor_changed(struct ledger *g, int64_t actor, struct err *e) {
  return again(g,
               "SELECT d.doc, t.text, d.title FROM documents d JOIN texts t USING(doc) WHERE d.current AND d.doc IN "
               "(SELECT doc FROM doc_actors WHERE actor=?1) ORDER BY d.doc",
               actor, true, e);
}

bool incident_upgrade(struct ledger *g, struct err *e) {
  return again(g,
               "SELECT d.doc, t.text, d.title FROM documents d JOIN texts t USING(doc) WHERE d.current AND ?1=?1 AND "
               "d.doc NOT IN (SELECT doc FROM doc_shapes) ORDER BY d.doc",
               0, false, e);
}
