/* put.c - what a coded document becomes in the ledger: its version, text and page, and the rows that lists are read from.
 *
 * Rows are read from the page's JSON, so a page coded elsewhere gives the same rows. Names of private persons are masked on
 * the way in; only texts holds them. */
#include "base/utf8.h"
#include "ledger/correct_rows.h"
#include "ledger/fields.h"
#include "ledger/identity_rows.h"
#include "ledger/incident_rows.h"
#include "ledger/keep_rows.h"
#include "ledger/ledger_impl.h"
#include "ledger/mask.h"
#include "ledger/search.h"
#include <inttypes.h>
#include <libdeflate.h>
#include <stdio.h>

static const char *const doing = "write to the ledger";
enum { PAGE_EFFORT = 5 }; /* of 12 */

struct put { /* one document on its way in */
  struct ledger *g;
  const struct doc *d;
  const struct json_value *page;
  struct mask mask;
  int64_t doc;
  size_t n_actors;
  str *page_id;   /* [n_actors] ids of the page's actors */
  int64_t *actor; /* [n_actors] their rows of actors */
  bool *hidden;   /* [n_actors] private */
  struct err *e;
};

static bool run(struct put *p, enum ledger_statement st) { return db_run(p->g->st[st], p->g->path, doing, p->e); }

/* ---- documents and versions */

static void fingerprint_of(const struct doc *d, char out[20]) {
  char day[11] = "";
  if (d->date != DAY_NONE) day_format(d->date, day);
  uint64_t h = str_hash(d->text, str_hash(str_of(day), 0));
  h = str_hash(d->url, str_hash(d->source, h));
  snprintf(out, 20, "%016" PRIx64, h);
}

/* In the format of zlib (RFC 1950); libdeflate makes it in less than half the time. */
static bool deflate_page(struct ledger *g, str page) {
  if (!g->compressor && !(g->compressor = libdeflate_alloc_compressor(PAGE_EFFORT))) return false;
  size_t most = libdeflate_zlib_compress_bound(g->compressor, page.n);
  buf_clear(&g->deflated);
  if (!buf_reserve(&g->deflated, most)) return false;
  g->deflated.n = libdeflate_zlib_compress(g->compressor, page.p, page.n, g->deflated.p, most);
  return g->deflated.n > 0;
}

static bool drop_rows(struct put *p, int64_t doc) {
  if (!incident_drop(p->g, doc, p->e) || !search_drop(p->g, doc, p->e)) return false;
  static const enum ledger_statement drops[] = {ST_DROP_EVENTS, ST_DROP_DEMANDS, ST_DROP_TIES,   ST_DROP_QUOTES,
                                                ST_DROP_DATES,  ST_DROP_PLACES,  ST_DROP_ACTORS, ST_DROP_LINKS};
  for (size_t i = 0; i < sizeof drops / sizeof *drops; i++) {
    db_bind(p->g->st[drops[i]], "i", doc);
    if (!run(p, drops[i])) return false;
  }
  return true;
}

/* The title as lists show it; the page keeps the words. */
static str shown_title(struct put *p) {
  return p->d->text.n > p->d->body_len ? mask_copy(&p->mask, p->d->body_len + 1, p->d->text.n)
                                       : field_str(field(p->page, "doc"), "title");
}

static str bytes_of(const struct json_value *v) { return v ? v->text : (str){"", 0}; }

static bool add_document(struct put *p, int64_t version, const char *fingerprint) {
  const struct doc *d = p->d;
  const struct json_value *head = field(p->page, "doc");
  char day[11] = "";
  if (d->date != DAY_NONE) day_format(d->date, day);
  db_bind(p->g->st[ST_DOC_ADD], "sizzsssssiiisiii", d->id, version, fingerprint, day, shown_title(p), d->source, d->url,
          field_str(head, "lang"), field_str(head, "sha256"), (int64_t)d->body_len, field_int(head, "sentences"),
          field_int(head, "tokens"), bytes_of(field(head, "warnings")), p->g->coder, p->g->run, p->g->run);
  if (!run(p, ST_DOC_ADD)) return false;
  p->doc = sqlite3_last_insert_rowid(p->g->db);
  db_bind(p->g->st[ST_TEXT_ADD], "isB", p->doc, str_sub(d->text, 0, d->body_len), buf_str(&p->g->deflated));
  return run(p, ST_TEXT_ADD);
}

static bool recode_document(struct put *p) {
  const struct json_value *head = field(p->page, "doc");
  db_bind(p->g->st[ST_DOC_RECODE], "iiissiis", p->doc, field_int(head, "sentences"), field_int(head, "tokens"),
          bytes_of(field(head, "warnings")), field_str(head, "lang"), p->g->coder, p->g->run, shown_title(p));
  if (!run(p, ST_DOC_RECODE)) return false;
  db_bind(p->g->st[ST_TEXT_SET], "iB", p->doc, buf_str(&p->g->deflated));
  return run(p, ST_TEXT_SET) && drop_rows(p, p->doc);
}

/* ---- actors */

static void actor_key(struct put *p, const struct json_value *a, size_t n, struct buf *key) {
  char folded[512];
  str name = field_str(a, "name"), kb = field_str(a, "kb"), kind = field_str(a, "kind");
  bool named = str_is(kind, "state") && field_bool(a, "known"); /* "Kenyan troops" name it too */
  size_t i;
  const struct json_value *m;
  JSON_EACH(field(a, "mentions"), i, m) named |= str_is(field_str(m, "type"), "name");
  buf_clear(key);
  if (field_bool(a, "private") || (!named && !kb.n)) {
    buf_printf(key, "in:%.*s:%zu", STR_FMT(p->d->id), n); /* known in its own document only */
  } else if (kb.n) {
    buf_printf(key, "kb:%.*s", STR_FMT(kb));
  } else {
    buf_printf(key, "%.*s:", STR_FMT(kind));
    buf_put(key, (str){folded, utf8_fold(name, folded, sizeof folded)});
  }
}

static struct face face_of(const struct json_value *a, str name) {
  return (struct face){name, field_str(a, "kind"), field_str(field(a, "code"), "country")};
}

static bool add_actor(struct put *p, const struct json_value *a, size_t n, str key) {
  struct ledger *g = p->g;
  char id[20];
  snprintf(id, sizeof id, "A%016" PRIx64, str_hash(key, 7));
  str shown = p->hidden[n] ? mask_role_word(a) : field_str(a, "name");
  db_bind(g->st[ST_ACTOR_ADD], "zsssbbbs", id, key, shown.n ? shown : STR("somebody"), field_str(a, "kind"),
          p->hidden[n], field_bool(a, "known"), !str_starts(key, STR("in:")), field_str(a, "wikidata"));
  if (!run(p, ST_ACTOR_ADD)) return false;
  p->actor[n] = sqlite3_last_insert_rowid(g->db);
  return true;
}

/* Who it is: one known in this document only, or one of all documents. Notes why a like name is the same actor. */
static bool find_or_add_actor(struct put *p, const struct json_value *a, size_t n, struct buf *key) {
  bool local = str_starts(buf_str(key), STR("in:")), ok;
  struct face face = face_of(a, field_str(a, "name"));
  struct identity_found f = {.key = *key};
  buf_init(&f.other, 4096);
  if (local) {
    sqlite3_stmt *find = p->g->st[ST_ACTOR_FIND];
    db_bind(find, "s", buf_str(key));
    int there = db_step(find, p->g->path, doing, p->e);
    if (there == 1) f.row = sqlite3_column_int64(find, 0);
    sqlite3_reset(find);
    ok = there >= 0;
  } else ok = identity_find(p->g, p->d->id, &face, &f, p->e);
  *key = f.key; /* its bytes may have moved */
  p->actor[n] = f.row;
  if (ok && !f.row) ok = add_actor(p, a, n, buf_str(key));
  if (ok && f.rule) {
    db_bind(p->g->st[ST_LINK_NOTE], "iiizss", p->doc, (int64_t)n, p->actor[n], f.rule, face.name, buf_str(&f.other));
    ok = run(p, ST_LINK_NOTE);
  }
  if (ok && !local) ok = identity_note(p->g, p->actor[n], &face, p->e);
  buf_release(&f.other);
  return ok;
}

static bool add_actor_names(struct put *p, const struct json_value *a, size_t n) {
  char folded[512];
  if (p->hidden[n]) return true;
  size_t i;
  const struct json_value *alias;
  str name = field_str(a, "name");
  db_bind(p->g->st[ST_NAME_ADD], "si", (str){folded, utf8_fold(name, folded, sizeof folded)}, p->actor[n]);
  if (name.n && !run(p, ST_NAME_ADD)) return false;
  JSON_EACH(field(a, "aliases"), i, alias) {
    str s = json_text(alias);
    db_bind(p->g->st[ST_NAME_ADD], "si", (str){folded, utf8_fold(s, folded, sizeof folded)}, p->actor[n]);
    if (s.n && !run(p, ST_NAME_ADD)) return false;
  }
  return true;
}

static str joined(struct put *p, const struct json_value *array) {
  size_t i;
  const struct json_value *v;
  struct buf b;
  buf_init(&b, 4096);
  JSON_EACH(array, i, v) {
    if (b.n) buf_putc(&b, ' ');
    buf_put(&b, json_text(v));
  }
  str copy = arena_str(&p->g->scratch, buf_str(&b));
  buf_release(&b);
  return copy;
}

static bool add_mentions(struct put *p, const struct json_value *a, int64_t doc_actor) {
  size_t i;
  const struct json_value *m;
  JSON_EACH(field(a, "mentions"), i, m) {
    struct place_in_text s = span_of(m);
    db_bind(p->g->st[ST_MENTION_ADD], "iisibii", doc_actor, (int64_t)i, field_str(m, "type"), field_int(m, "sentence"),
            s.in_title, s.start, s.end);
    if (!run(p, ST_MENTION_ADD)) return false;
  }
  return true;
}

static bool put_actors(struct put *p) {
  const struct json_value *actors = field(p->page, "actors"), *a;
  struct buf key;
  size_t i;
  bool ok = true;
  p->n_actors = json_size(actors);
  p->page_id = ARENA_ARRAY(&p->g->scratch, str, p->n_actors);
  p->actor = ARENA_ARRAY(&p->g->scratch, int64_t, p->n_actors);
  p->hidden = ARENA_ARRAY(&p->g->scratch, bool, p->n_actors);
  if (!p->page_id || !p->actor || !p->hidden) return err_set(p->e, ERR_NOMEM, "no memory for the actors of a page");
  buf_init(&key, 8192);
  JSON_EACH(actors, i, a) {
    const struct json_value *code = field(a, "code");
    p->page_id[i] = field_str(a, "id");
    p->hidden[i] = field_bool(a, "private");
    actor_key(p, a, i, &key);
    ok = find_or_add_actor(p, a, i, &key) && add_actor_names(p, a, i);
    if (!ok) break;
    db_bind(p->g->st[ST_DOC_ACTOR_ADD], "iisissssi", p->doc, (int64_t)i, p->page_id[i], p->actor[i],
            field_str(code, "country"), joined(p, field(code, "sectors")), field_str(code, "cameo"),
            field_str(code, "basis"), (int64_t)json_size(field(a, "mentions")));
    ok = run(p, ST_DOC_ACTOR_ADD) && add_mentions(p, a, sqlite3_last_insert_rowid(p->g->db));
    if (!ok) break;
  }
  buf_release(&key);
  return ok;
}

/* The row of actors for an id of the page; 0 if it has none. Pages name few actors, so a scan does. */
static int64_t actor_of(const struct put *p, const struct json_value *id, bool *hidden) {
  str s = json_text(id);
  for (size_t i = 0; s.n && i < p->n_actors; i++)
    if (str_eq(p->page_id[i], s)) {
      if (hidden) *hidden |= p->hidden[i];
      return p->actor[i];
    }
  return 0;
}

/* ---- parts of records */

static str masked(struct put *p, struct place_in_text s) {
  size_t shift = s.in_title ? p->d->body_len + 1 : 0;
  if (!s.known || s.start < 0 || s.end < s.start) return (str){"", 0};
  return mask_copy(&p->mask, (size_t)s.start + shift, (size_t)s.end + shift);
}

static str masked_text(struct put *p, const struct json_value *o) { return masked(p, span_of(field(o, "span"))); }

static bool put_attributions(struct put *p, const struct json_value *list, int64_t of[4]) {
  size_t i;
  const struct json_value *a;
  JSON_EACH(list, i, a) {
    bool hidden = false;
    int64_t speaker = actor_of(p, field(a, "speaker"), &hidden);
    str text = masked_text(p, a);
    db_bind(p->g->st[ST_ATTRIBUTION_ADD], "kkkkikssss", of[0], of[1], of[2], of[3], (int64_t)i, speaker,
            text.n    ? text
            : speaker ? (str){"", 0}
                      : field_str(a, "text"),
            field_str(a, "cue"), field_str(a, "type"), field_str(a, "stance"));
    if (!run(p, ST_ATTRIBUTION_ADD)) return false;
  }
  return true;
}

static bool put_participants(struct put *p, const struct json_value *event, int64_t row, bool *hidden) {
  static const char *const slots[] = {"actor", "recipient"};
  int64_t n = 0;
  for (int k = 0; k < 2; k++) {
    size_t i;
    const struct json_value *id;
    JSON_EACH(field(event, slots[k]), i, id) {
      int64_t actor = actor_of(p, id, hidden);
      if (!actor) continue;
      str code = {"", 0}, country = {"", 0};
      for (size_t j = 0; j < p->n_actors; j++) {
        if (!str_eq(p->page_id[j], json_text(id))) continue;
        const struct json_value *c = field(json_item(field(p->page, "actors"), j), "code");
        code = field_str(c, "cameo");
        country = field_str(c, "country");
      }
      db_bind(p->g->st[ST_PARTICIPANT_ADD], "iiizssb", row, n++, actor, slots[k], code, country, false);
      if (!run(p, ST_PARTICIPANT_ADD)) return false;
    }
  }
  return true;
}

/* A private person's name that was read as a place as well ("Mr. Basra"). */
static bool is_private_name(const struct put *p, struct place_in_text s) {
  return s.known && s.start >= 0 && mask_at(&p->mask, (size_t)s.start + (s.in_title ? p->d->body_len + 1 : 0)) != NULL;
}

static bool put_event_place(struct put *p, const struct json_value *event, int64_t row) {
  const struct json_value *place = field(event, "place");
  char folded[512];
  str name = field_str(place, "name");
  if (!name.n || is_private_name(p, span_of(field(place, "span")))) return true;
  db_bind(p->g->st[ST_EVENT_PLACE_ADD], "iizssddssksd", row, (int64_t)0, "site", name,
          (str){folded, utf8_fold(name, folded, sizeof folded)}, field_real(place, "lat"), field_real(place, "lon"),
          field_str(place, "country"), field_str(place, "adm1"), field_int(place, "geonameid"),
          field_str(place, "precision"), field_real(place, "radius_km"));
  return run(p, ST_EVENT_PLACE_ADD);
}

static bool put_quantities(struct put *p, const struct json_value *event, int64_t row) {
  size_t i;
  const struct json_value *q;
  JSON_EACH(field(event, "quantities"), i, q) {
    str text = masked_text(p, q); /* "two of Temuri's sons" */
    bool hidden = !str_eq(text, field_str(q, "text"));
    db_bind(p->g->st[ST_QUANTITY_ADD], "iisdddbsss", row, (int64_t)i, field_str(q, "measure"), field_real(q, "value"),
            field_real(q, "min"), field_real(q, "max"), field_bool(q, "approx"), field_str(q, "unit"),
            hidden ? (str){"", 0} : field_str(q, "of"), text);
    if (!run(p, ST_QUANTITY_ADD)) return false;
    int64_t of[4] = {0, 0, 0, sqlite3_last_insert_rowid(p->g->db)};
    if (!put_attributions(p, field(q, "attribution"), of)) return false;
  }
  return true;
}

static bool put_links(struct put *p, const struct json_value *event, int64_t row) {
  size_t i;
  const struct json_value *l;
  JSON_EACH(field(event, "links"), i, l) {
    db_bind(p->g->st[ST_LINK_ADD], "iiss", row, (int64_t)i, field_str(l, "to"), field_str(l, "type"));
    if (!run(p, ST_LINK_ADD)) return false;
  }
  return true;
}

/* ---- records */

static bool put_event(struct put *p, const struct json_value *ev, size_t n) {
  const struct json_value *date = field(ev, "date"), *scale = field(ev, "scale"), *content = field(ev, "content"),
                          *proof = field(ev, "evidence");
  struct place_in_text at = span_of(proof), trigger = span_of(field(proof, "trigger"));
  bool hidden = false;
  size_t i;
  const struct json_value *id;
  JSON_EACH(field(ev, "actor"), i, id) actor_of(p, id, &hidden);
  JSON_EACH(field(ev, "recipient"), i, id) actor_of(p, id, &hidden);
  db_bind(p->g->st[ST_EVENT_ADD], "siisssskddsbssbsbsssssbsbsssssskbiiiissd", field_str(ev, "id"), p->doc, (int64_t)n,
          field_str(ev, "coding"), field_str(ev, "type"), field_str(ev, "mode"), joined(p, field(ev, "contexts")),
          field_int(ev, "quad"), field_real(scale, "plover"), field_real(scale, "goldstein"), field_str(ev, "cameo"),
          field_bool(ev, "reciprocal"), masked_text(p, field(ev, "object")), masked_text(p, field(ev, "instrument")),
          field_bool(ev, "lethal"), field_str(ev, "outcome"), field_bool(ev, "repeated"), field_str(date, "earliest"),
          field_str(date, "latest"), field_str(date, "until"), field_str(date, "precision"), field_str(date, "basis"),
          hidden, field_str(ev, "status"), field_bool(ev, "historical"), field_str(ev, "certainty"),
          field_str(content, "type"), field_str(content, "mode"), field_str(content, "status"), masked_text(p, content),
          masked_text(p, field(ev, "condition")), field_int(proof, "sentence"), at.in_title, at.start, at.end,
          trigger.start, trigger.end, masked(p, at), field_str(ev, "rule"), field_real(ev, "confidence"));
  if (!run(p, ST_EVENT_ADD)) return false;
  int64_t row = sqlite3_last_insert_rowid(p->g->db), of[4] = {row, 0, 0, 0};
  p->g->counts.events++;
  return put_participants(p, ev, row, &hidden) && put_event_place(p, ev, row) && put_quantities(p, ev, row) &&
         put_links(p, ev, row) && put_attributions(p, field(ev, "attribution"), of);
}

static bool put_parties(struct put *p, const struct json_value *demand, int64_t row) {
  static const char *const roles[] = {"issuer", "addressee"};
  int64_t n = 0;
  for (int k = 0; k < 2; k++) {
    size_t i;
    const struct json_value *id;
    JSON_EACH(field(demand, roles[k]), i, id) {
      int64_t actor = actor_of(p, id, NULL);
      if (!actor) continue;
      db_bind(p->g->st[ST_DEMAND_PARTY_ADD], "iiiz", row, n++, actor, roles[k]);
      if (!run(p, ST_DEMAND_PARTY_ADD)) return false;
    }
  }
  return true;
}

static bool put_demand(struct put *p, const struct json_value *m, size_t n) {
  const struct json_value *act = field(m, "act"), *threat = field(m, "consequence"), *due = field(m, "deadline");
  struct place_in_text at = span_of(field(m, "evidence"));
  db_bind(p->g->st[ST_DEMAND_ADD], "siisssssssssssssssssskbiissd", field_str(m, "id"), p->doc, (int64_t)n,
          field_str(m, "event"), field_str(m, "kind"), field_str(m, "strength"), field_str(act, "type"),
          field_str(act, "mode"), masked_text(p, act), field_str(threat, "type"), field_str(threat, "mode"),
          masked_text(p, threat), masked_text(p, field(m, "condition")), field_str(field(m, "issued"), "earliest"),
          field_str(due, "earliest"), field_str(due, "latest"), field_str(due, "precision"), field_str(due, "anchor"),
          field_str(due, "tz"), field_str(due, "text"), field_str(m, "status"),
          field_int(field(m, "evidence"), "sentence"), at.in_title, at.start, at.end, masked(p, at),
          field_str(m, "rule"), field_real(m, "confidence"));
  if (!run(p, ST_DEMAND_ADD)) return false;
  int64_t row = sqlite3_last_insert_rowid(p->g->db), of[4] = {0, row, 0, 0};
  p->g->counts.demands++;
  return put_parties(p, m, row) && put_attributions(p, field(m, "attribution"), of);
}

static bool put_tie(struct put *p, const struct json_value *t, size_t n) {
  const struct json_value *from = field(t, "from"), *to = field(t, "to");
  struct place_in_text at = span_of(field(t, "evidence"));
  int64_t subject = actor_of(p, field(t, "subject"), NULL);
  if (!subject) return true;
  db_bind(p->g->st[ST_TIE_ADD], "siiiskssssssskbiissd", field_str(t, "id"), p->doc, (int64_t)n, subject,
          field_str(t, "relation"), actor_of(p, field(t, "object"), NULL), field_str(t, "role"),
          field_str(t, "role_class"), field_str(from, "earliest"), field_str(from, "latest"), field_str(to, "earliest"),
          field_str(to, "latest"), field_str(t, "status"), field_int(field(t, "evidence"), "sentence"), at.in_title,
          at.start, at.end, masked(p, at), field_str(t, "rule"), field_real(t, "confidence"));
  if (!run(p, ST_TIE_ADD)) return false;
  int64_t of[4] = {0, 0, sqlite3_last_insert_rowid(p->g->db), 0};
  p->g->counts.ties++;
  return put_attributions(p, field(t, "attribution"), of);
}

static bool put_quote(struct put *p, const struct json_value *q, size_t n) {
  struct place_in_text at = span_of(q);
  db_bind(p->g->st[ST_QUOTE_ADD], "iiksskbii", p->doc, (int64_t)n, actor_of(p, field(q, "speaker"), NULL),
          field_str(q, "cue"), field_str(q, "type"), field_int(q, "sentence"), at.in_title, at.start, at.end);
  return run(p, ST_QUOTE_ADD);
}

static bool put_date(struct put *p, const struct json_value *t, size_t n) {
  struct place_in_text at = span_of(t);
  db_bind(p->g->st[ST_DATE_ADD], "iissssssssskbii", p->doc, (int64_t)n, field_str(t, "type"), field_str(t, "value"),
          field_str(t, "earliest"), field_str(t, "latest"), field_str(t, "precision"), field_str(t, "anchor"),
          field_str(t, "role"), field_str(t, "of"), field_str(t, "text"), field_int(t, "sentence"), at.in_title,
          at.start, at.end);
  return run(p, ST_DATE_ADD);
}

static bool put_place(struct put *p, const struct json_value *t, size_t n) {
  struct place_in_text at = span_of(t);
  if (is_private_name(p, at)) return true;
  db_bind(p->g->st[ST_PLACE_ADD], "iissddsskssibii", p->doc, (int64_t)n, field_str(t, "name"), field_str(t, "use"),
          field_real(t, "lat"), field_real(t, "lon"), field_str(t, "country"), field_str(t, "adm1"),
          field_int(t, "geonameid"), field_str(t, "precision"), field_str(t, "reason"), field_int(t, "sentence"),
          at.in_title, at.start, at.end);
  return run(p, ST_PLACE_ADD);
}

static bool put_list(struct put *p, const char *key, bool (*put)(struct put *, const struct json_value *, size_t)) {
  size_t i;
  const struct json_value *v;
  JSON_EACH(field(p->page, key), i, v) if (!put(p, v, i)) return false;
  return true;
}

static str title_of(const struct doc *d) {
  return d->text.n > d->body_len ? str_from(d->text, d->body_len + 1) : (str){"", 0};
}

static bool put_rows(struct put *p) {
  return put_actors(p) && put_list(p, "events", put_event) && put_list(p, "demands", put_demand) &&
         put_list(p, "ties", put_tie) && put_list(p, "quotes", put_quote) && put_list(p, "dates", put_date) &&
         put_list(p, "places", put_place) && correct_apply(p->g, p->doc, p->e) &&
         incident_place(p->g, p->doc, str_sub(p->d->text, 0, p->d->body_len), title_of(p->d), p->e) &&
         search_put(p->g, p->doc, shown_title(p), mask_copy(&p->mask, 0, p->d->body_len), p->e);
}

/* ---- the whole */

static bool put_again_from(struct ledger *g, int64_t doc, const struct ledger_text *t, struct err *e) {
  struct buf text;
  buf_init(&text, (size_t)1 << 30);
  buf_put(&text, t->text);
  if (t->title.n) buf_putc(&text, '\n'), buf_put(&text, t->title);
  struct doc d = {.id = t->id, .text = buf_str(&text), .body_len = (uint32_t)t->text.n};
  struct put p = {.g = g, .d = &d, .doc = doc, .e = e};
  arena_reset(&g->scratch);
  p.page = json_tree(t->page, &g->scratch, e);
  bool ok = p.page && (!text.failed || err_set(e, ERR_NOMEM, "no memory for a document"));
  if (ok && !mask_init(&p.mask, d.text, d.body_len, field(p.page, "actors"), &g->scratch))
    ok = err_set(e, ERR_NOMEM, "no memory to mask a text");
  ok = ok && drop_rows(&p, doc) && put_rows(&p);
  buf_release(&text);
  return ok;
}

bool put_again(struct ledger *g, int64_t doc, struct err *e) {
  static const char sql[] = "SELECT d.doc, d.id, d.date, d.title, d.source, d.url, d.lang, t.text, t.page FROM "
                            "documents d JOIN texts t USING(doc) WHERE d.doc=?";
  struct ledger_text text;
  sqlite3_stmt *st = NULL;
  if (!ledger_prepare(g, doing, sql, &st, e)) return false;
  sqlite3_bind_int64(st, 1, doc);
  int there = db_step(st, g->path, doing, e);
  bool ok = there == 1 && ledger_text_take(st, &text, e);
  sqlite3_finalize(st);
  if (!ok) return there == 0 ? err_set(e, ERR_DB, "a document has no text; see: tightrope check") : false;
  ok = put_again_from(g, doc, &text, e);
  ledger_text_release(&text);
  return ok;
}

static bool put_error(struct put *p) {
  const struct err *e = &p->d->error;
  db_bind(p->g->st[ST_ERROR_ADD], "sziizzi", p->d->id, e->file, (int64_t)e->line, (int64_t)e->byte,
          err_code_name(e->code), e->message, p->g->run);
  p->g->counts.bad++;
  return run(p, ST_ERROR_ADD);
}

static bool put_coded(struct put *p, str line) {
  struct ledger *g = p->g;
  char fingerprint[20];
  fingerprint_of(p->d, fingerprint);
  sqlite3_stmt *find = g->st[ST_DOC_FIND];
  db_bind(find, "s", p->d->id);
  int there = db_step(find, g->path, doing, p->e);
  if (there < 0) return false;
  int64_t version = 0, coder = 0;
  bool same = false;
  if (there) {
    p->doc = sqlite3_column_int64(find, 0);
    version = sqlite3_column_int64(find, 1);
    same = str_is(db_text(find, 2), fingerprint);
    coder = sqlite3_column_int64(find, 3);
    sqlite3_reset(find);
  }
  if (same && coder == g->coder && !g->anew) {
    g->counts.unchanged++;
    db_bind(g->st[ST_DOC_SEEN], "ii", p->doc, g->run);
    return run(p, ST_DOC_SEEN);
  }
  if (!mask_init(&p->mask, p->d->text, p->d->body_len, field(p->page, "actors"), &g->scratch))
    return err_set(p->e, ERR_NOMEM, "no memory to mask a text");
  if (!deflate_page(g, line)) return err_set(p->e, ERR_NOMEM, "no memory to compress a page");
  if (same) {
    g->counts.recoded++;
    return recode_document(p) && put_rows(p);
  }
  if (there) {
    g->counts.updated++;
    db_bind(g->st[ST_DOC_SUPERSEDE], "i", p->doc);
    if (!drop_rows(p, p->doc) || !run(p, ST_DOC_SUPERSEDE)) return false;
  } else g->counts.added++;
  return add_document(p, version + 1, fingerprint) && put_rows(p);
}

bool ledger_put_page(struct ledger *g, const struct doc *d, str page, struct err *e) {
  struct put p = {.g = g, .d = d, .e = e};
  if (!ledger_begin(g, e)) return false;
  arena_reset(&g->scratch);
  int forgotten = keep_forgotten(g, d->id, str_sub(d->text, 0, d->body_len), e);
  bool ok = forgotten >= 0;
  if (!ok || forgotten) g->counts.forgotten += ok;
  else if (d->error.code != ERR_OK) ok = put_error(&p);
  else {
    p.page = json_tree(page, &g->scratch, e);
    ok = p.page && put_coded(&p, page);
  }
  if (!ok) return ledger_broke(g, e);
  return ++g->pending < LEDGER_BATCH || ledger_commit(g, e);
}
