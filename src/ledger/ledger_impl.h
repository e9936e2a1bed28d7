/* ledger_impl.h - what a ledger handle holds; private to src/ledger/. */
#ifndef TR_LEDGER_IMPL_H
#define TR_LEDGER_IMPL_H
#include "base/buf.h"
#include "ledger/db.h"
#include "ledger/ledger.h"

/* Statements of the writer, prepared when the ledger is opened for writing: name, SQL. */
#define LEDGER_STATEMENTS(X)                                                                                           \
  X(CODER_ADD, "INSERT OR IGNORE INTO coders(version, model, knowledge, ontology) VALUES(ifnull(?1,''),"               \
               "ifnull(?2,''),ifnull(?3,''),ifnull(?4,''))")                                                           \
  X(CODER_FIND, "SELECT coder FROM coders WHERE version=ifnull(?1,'') AND model=ifnull(?2,'') AND "                    \
                "knowledge=ifnull(?3,'') AND ontology=ifnull(?4,'')")                                                  \
  X(RUN_ADD, "INSERT INTO runs(started, state, coder, command) VALUES(strftime('%Y-%m-%dT%H:%M:%SZ',"                  \
             "'now'),'running',?,?)")                                                                                  \
  X(RUN_SET, "UPDATE runs SET finished=CASE ?2 WHEN 'running' THEN NULL ELSE "                                         \
             "strftime('%Y-%m-%dT%H:%M:%SZ','now') END,state=?2, added=?3, updated=?4, recoded=?5, "                   \
             "unchanged=?6, bad=?7 WHERE run=?1")                                                                      \
  X(DOC_FIND, "SELECT doc, version, fingerprint, coder, seen_run FROM documents WHERE id=? AND "                       \
              "current=1")                                                                                             \
  X(DOC_SEEN, "UPDATE documents SET seen_run=?2 WHERE doc=?1")                                                         \
  X(DOC_SUPERSEDE, "UPDATE documents SET current=0 WHERE doc=?")                                                       \
  X(DOC_ADD, "INSERT INTO documents(id,version,current,fingerprint,date,title,source,url,lang,sha256,"                 \
             "bytes,sentences,tokens,warnings,coder,coded_run,seen_run) VALUES(?,?,1,?,?,?,?,?,?,?,?,"                 \
             "?,?,?,?,?,?)")                                                                                           \
  X(DOC_RECODE, "UPDATE documents SET sentences=?2, tokens=?3, warnings=?4, lang=?5, coder=?6, "                       \
                "coded_run=?7, seen_run=?7, title=?8 WHERE doc=?1")                                                    \
  X(TEXT_ADD, "INSERT INTO texts(doc,text,page) VALUES(?,?,?)")                                                        \
  X(TEXT_SET, "UPDATE texts SET page=?2 WHERE doc=?1")                                                                 \
  X(ERROR_ADD, "INSERT INTO errors(id,file,line,byte,code,message,seen_run) VALUES(ifnull(?1,''),"                     \
               "ifnull(?2,''),?3,?4,?5,?6,?7) ON CONFLICT DO UPDATE SET message=excluded.message, "                    \
               "seen_run=excluded.seen_run")                                                                           \
  X(FORGOTTEN, "SELECT 1 FROM forgotten WHERE hash=?1 UNION ALL SELECT 1 FROM forgotten WHERE hash=?2")                \
  X(CORRECTED, "SELECT 1 FROM documents d JOIN corrections c ON c.doc=d.id WHERE d.doc=? LIMIT 1")                     \
  X(DROP_EVENTS, "DELETE FROM events WHERE doc=?")                                                                     \
  X(DROP_DEMANDS, "DELETE FROM demands WHERE doc=?")                                                                   \
  X(DROP_TIES, "DELETE FROM ties WHERE doc=?")                                                                         \
  X(DROP_QUOTES, "DELETE FROM quotes WHERE doc=?")                                                                     \
  X(DROP_DATES, "DELETE FROM dates WHERE doc=?")                                                                       \
  X(DROP_PLACES, "DELETE FROM places WHERE doc=?")                                                                     \
  X(DROP_ACTORS, "DELETE FROM doc_actors WHERE doc=?")                                                                 \
  X(ACTOR_FIND, "SELECT actor, named FROM actors WHERE key=?")                                                         \
  X(ACTOR_ADD, "INSERT INTO actors(id,key,name,kind,private,known,named,wikidata) VALUES(?,?,?,?,?,?,?,"               \
               "?)")                                                                                                   \
  X(FACE_ADD, "INSERT OR IGNORE INTO actor_faces(key,actor,name,country,kind) VALUES(?,?,?,?,?)")                      \
  X(FACE_FIND, "SELECT f.actor, f.name, f.kind, f.country, a.key FROM actor_faces f JOIN actors a "                    \
               "USING(actor) WHERE f.key=? ORDER BY f.actor LIMIT 64")                                                 \
  X(FACE_COUNTRIES, "SELECT DISTINCT country FROM actor_faces WHERE actor=?")                                          \
  X(LINK_NOTE, "INSERT INTO actor_links(doc,n,actor,rule,name,other) VALUES(?,?,?,?,?,?)")                             \
  X(DROP_LINKS, "DELETE FROM actor_links WHERE doc=?")                                                                 \
  X(DECISION_FIND, "SELECT verb, key FROM actor_decisions WHERE (verb='merge' AND other=?1) OR "                       \
                   "(verb='split' AND key=?1 AND doc=?2) ORDER BY decision DESC LIMIT 1")                              \
  X(NAME_ADD, "INSERT OR IGNORE INTO actor_names(folded,actor) VALUES(?,?)")                                           \
  X(DOC_ACTOR_ADD, "INSERT INTO doc_actors(doc,n,page_id,actor,country,sectors,cameo,basis,mentions) "                 \
                   "VALUES(?,?,?,?,?,?,?,?,?)")                                                                        \
  X(MENTION_ADD, "INSERT INTO mentions(doc_actor,n,type,sentence,in_title,start,\"end\") VALUES(?,?,?,?,?,"            \
                 "?,?)")                                                                                               \
  X(EVENT_ADD, "INSERT INTO events(id,doc,n,coding,type,mode,contexts,quad,plover,goldstein,cameo,"                    \
               "reciprocal,object,instrument,lethal,outcome,repeated,date_earliest,date_latest,"                       \
               "date_until,date_precision,date_basis,coarse,status,historical,certainty,content_type,"                 \
               "content_mode,content_status,content,condition,sentence,in_title,start,\"end\","                        \
               "trigger_start,trigger_end,evidence,rule,confidence) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,"               \
               "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                                                 \
  X(PARTICIPANT_ADD, "INSERT INTO participants(event,n,actor,role,code,country,inferred) VALUES(?,?,?,?,?,?,?)")       \
  X(EVENT_PLACE_ADD, "INSERT INTO event_places(event,n,role,name,folded,lat,lon,country,adm1,geonameid,"               \
                     "precision,radius_km) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)")                                           \
  X(LINK_ADD, "INSERT INTO event_links(event,n,\"to\",type) VALUES(?,?,?,?)")                                          \
  X(DEMAND_ADD, "INSERT INTO demands(id,doc,n,event_id,kind,strength,act_type,act_mode,act,"                           \
                "consequence_type,consequence_mode,consequence,condition,issued,deadline_earliest,"                    \
                "deadline_latest,deadline_precision,deadline_anchor,deadline_tz,deadline,status,sentence,"             \
                "in_title,start,\"end\",evidence,rule,confidence) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"             \
                "?,?,?,?,?,?,?,?,?,?,?,?)")                                                                            \
  X(DEMAND_PARTY_ADD, "INSERT INTO demand_parties(demand,n,actor,role) VALUES(?,?,?,?)")                               \
  X(TIE_ADD, "INSERT INTO ties(id,doc,n,subject,relation,object,role,role_class,since_earliest,"                       \
             "since_latest,until_earliest,until_latest,status,sentence,in_title,start,\"end\","                        \
             "evidence,rule,confidence) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                              \
  X(QUANTITY_ADD, "INSERT INTO quantities(event,n,measure,value,min,max,approx,unit,of,text) VALUES(?,?,?,"            \
                  "?,?,?,?,?,?,?)")                                                                                    \
  X(ATTRIBUTION_ADD, "INSERT INTO attributions(event,demand,tie,quantity,n,speaker,text,cue,type,stance) "             \
                     "VALUES(?,?,?,?,?,?,?,?,?,?)")                                                                    \
  X(QUOTE_ADD, "INSERT INTO quotes(doc,n,speaker,cue,type,sentence,in_title,start,\"end\") VALUES(?,?,?,"              \
               "?,?,?,?,?,?)")                                                                                         \
  X(DATE_ADD, "INSERT INTO dates(doc,n,type,value,earliest,latest,precision,anchor,role,of,text,"                      \
              "sentence,in_title,start,\"end\") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                                \
  X(PLACE_ADD, "INSERT INTO places(doc,n,name,use,lat,lon,country,adm1,geonameid,precision,reason,"                    \
               "sentence,in_title,start,\"end\") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                               \
  X(SEARCH_PUT, "INSERT INTO search(rowid,title,body) VALUES(?,?,?)")                                                  \
  X(SEARCH_DROP, "DELETE FROM search WHERE rowid=?")                                                                   \
  X(SHAPE_ADD, "INSERT INTO doc_shapes(doc,day,family,shape) VALUES(?,?,?,?)")                                         \
  X(SHAPE_GET, "SELECT family, shape FROM doc_shapes WHERE doc=?")                                                     \
  X(SHAPE_DROP, "DELETE FROM doc_shapes WHERE doc=?")                                                                  \
  X(BAND_ADD, "INSERT OR IGNORE INTO shape_bands(band,doc) VALUES(?,?)")                                               \
  X(BAND_DROP, "DELETE FROM shape_bands WHERE band=? AND doc=?")                                                       \
  X(BAND_FIND, "SELECT b.doc, s.family FROM shape_bands b JOIN doc_shapes s USING(doc) WHERE b.band=?1 "               \
               "AND s.day BETWEEN ?2 AND ?3 ORDER BY b.doc LIMIT 400")                                                 \
  X(FAMILY_JOIN, "UPDATE doc_shapes SET family=?1 WHERE family=(SELECT family FROM doc_shapes WHERE "                  \
                 "doc=?2)")                                                                                            \
  X(DOC_DAY, "SELECT date FROM documents WHERE doc=?")                                                                 \
  X(DOC_EVENTS,                                                                                                        \
    "SELECT event, date_earliest, date_latest, type, mode, cameo, object, reciprocal, "                                \
    "in_title, trigger_start, trigger_end, historical, status, date_basis, date_precision "                            \
    "FROM events WHERE doc=? AND date_earliest IS NOT NULL AND NOT repeated AND status IN ('actual','attempted',"      \
    "'denied') ORDER BY n")                                                                                            \
  X(DOC_PARTS,                                                                                                         \
    "SELECT a.event, ra.incident, b.event, rb.incident FROM events a JOIN event_links l ON l.event=a.event "           \
    "AND l.type='part-of' JOIN events b ON b.id=l.\"to\" JOIN reports ra ON ra.event=a.event JOIN "                    \
    "reports rb ON rb.event=b.event WHERE a.doc=?1 AND a.event>?2 AND b.doc=?1 AND ra.incident<>rb.incident "          \
    "ORDER BY a.event LIMIT 1")                                                                                        \
  X(DOC_INCIDENTS, "SELECT DISTINCT incident FROM reports WHERE doc=? ORDER BY 1")                                     \
  X(FACE_PARTIES, "SELECT p.role, p.actor, coalesce(p.country,'')||':'||substr(coalesce(p.code,''),4,3) "              \
                  "FROM participants p WHERE p.event=? AND p.role IN ('actor','recipient') ORDER BY p.n")              \
  X(FACE_PLACE, "SELECT coalesce('g'||geonameid, folded), country, precision FROM event_places WHERE "                 \
                "event=? ORDER BY n LIMIT 1")                                                                          \
  X(FACE_FIGURES, "SELECT measure||' '||value FROM quantities WHERE event=? AND value IS NOT NULL ORDER BY "           \
                  "n")                                                                                                 \
  X(KEY_ADD, "INSERT OR IGNORE INTO report_keys(key,day,event) VALUES(?,?,?)")                                         \
  X(KEY_FIND, "SELECT r.event, r.incident, r.doc, s.family, r.face FROM (SELECT event FROM report_keys "               \
              "WHERE key=?1 AND day BETWEEN ?2 AND ?3 ORDER BY abs(day-?5), event LIMIT ?4) k JOIN "                   \
              "reports r USING(event) JOIN doc_shapes s USING(doc)")                                                   \
  X(FAMILY_REPORTS, "SELECT r.event, r.incident, r.doc, s.family, r.face FROM doc_shapes s JOIN reports r "            \
                    "USING(doc) WHERE s.family=?1 AND r.event<>?2 AND r.type=?4 ORDER BY r.event LIMIT ?3")            \
  X(DECIDED_WITH, "SELECT o.event, r.incident FROM events v JOIN incident_decisions x ON x.verb='merge' "              \
                  "AND v.id IN (x.a,x.b) JOIN events o ON o.id=CASE v.id WHEN x.a THEN x.b ELSE x.a END "              \
                  "JOIN reports r ON r.event=o.event WHERE v.event=?")                                                 \
  X(APART, "SELECT 1 FROM incident_decisions x JOIN events p ON p.id=x.a JOIN reports rp ON "                          \
           "rp.event=p.event JOIN events q ON q.id=x.b JOIN reports rq ON rq.event=q.event WHERE "                     \
           "x.verb='split' AND ((rp.incident=?1 AND rq.incident=?2) OR (rp.incident=?2 AND "                           \
           "rq.incident=?1)) LIMIT 1")                                                                                 \
  X(INCIDENT_ADD, "INSERT INTO incidents(head,reports,families,denials,background) VALUES(?,0,0,0,0)")                 \
  X(INCIDENT_MOVE, "UPDATE reports SET incident=?1 WHERE incident=?2")                                                 \
  X(INCIDENT_DROP, "DELETE FROM incidents WHERE incident=?")                                                           \
  X(INCIDENT_REFRESH, "UPDATE incidents SET (reports, families, denials, background, told_first, "                     \
                      "told_last)=(SELECT sum(r.role='report'), count(DISTINCT CASE r.role WHEN 'report' THEN "        \
                      "s.family END), sum(r.role='denial'), sum(r.role='background'), min(d.date), max(d.date) "       \
                      "FROM reports r JOIN documents d USING(doc) JOIN doc_shapes s USING(doc) WHERE "                 \
                      "r.incident=?1), head=(SELECT r.event FROM reports r JOIN documents d USING(doc) JOIN "          \
                      "events v USING(event) WHERE r.incident=?1 ORDER BY r.role<>'report', r.role, d.date, "          \
                      "d.id, v.n LIMIT 1) WHERE incident=?1")                                                          \
  X(REPORT_ADD, "INSERT INTO reports(event,doc,type,incident,role,face) VALUES(?,?,?,?,?,?)")                          \
  X(REPORT_GET, "SELECT r.incident, r.doc, s.family, r.face FROM reports r JOIN doc_shapes s USING(doc) "              \
                "WHERE r.event=?")                                                                                     \
  X(REPORT_MOVE, "UPDATE reports SET incident=?2 WHERE event=?1")                                                      \
  X(REPORT_LINK, "INSERT OR REPLACE INTO report_links(a,b,score) VALUES(?,?,?)")                                       \
  X(LINKS_OF, "SELECT b FROM report_links WHERE a=? ORDER BY b")                                                       \
  X(MEMBERS, "SELECT event FROM reports WHERE incident=? ORDER BY event")                                              \
  X(DROP_LINKS_TO, "DELETE FROM report_links WHERE (a,b) IN (SELECT l.b, l.a FROM reports r JOIN "                     \
                   "report_links l ON l.a=r.event WHERE r.doc=?)")                                                     \
  X(DROP_LINKS_FROM, "DELETE FROM report_links WHERE a IN (SELECT event FROM reports WHERE doc=?)")                    \
  X(DROP_KEYS, "DELETE FROM report_keys WHERE event IN (SELECT event FROM reports WHERE doc=?)")                       \
  X(DROP_REPORTS, "DELETE FROM reports WHERE doc=?")                                                                   \
  X(NEIGHBOURS, "SELECT DISTINCT l.b FROM reports r JOIN report_links l ON l.a=r.event JOIN reports o ON "             \
                "o.event=l.b WHERE r.doc=?1 AND o.doc<>?1 ORDER BY 1")

enum ledger_statement {
#define X(name, sql) ST_##name,
  LEDGER_STATEMENTS(X)
#undef X
      ST_COUNT
};

struct ledger {
  sqlite3 *db;
  char path[256];
  enum ledger_mode mode;
  sqlite3_stmt *st[ST_COUNT];
  int64_t run, coder;          /* rows of this run; 0: no run */
  struct ledger_counts counts; /* with what is not committed yet */
  struct ledger_counts committed;
  unsigned pending;                         /* documents since the last commit */
  bool open;                                /* in a transaction */
  bool anew;                                /* rows are made anew also where the coder is the same */
  bool failed;                              /* the database failed: nothing more is written */
  struct libdeflate_compressor *compressor; /* made for the first page */
  struct buf deflated;                      /* the page of the present document, compressed */
  struct arena scratch;                     /* of the present document */
};

enum { LEDGER_BATCH = 256 }; /* documents a transaction: a lost transaction costs less than a second of work */

bool ledger_begin(struct ledger *g, struct err *e); /* BEGIN IMMEDIATE unless in a transaction */
/* One statement of an analyst's command; `doing` is told where it fails. Finalized by the caller. */
bool ledger_prepare(struct ledger *g, const char *doing, const char *sql, sqlite3_stmt **st, struct err *e);
bool ledger_decided_end(struct ledger *g, bool ok,
                        struct err *e); /* commits, or takes back what was done; returns ok */
/* The document of a row: columns 1 to 8 are its id, date, title, source, url, lang, text and packed page. */
bool ledger_text_take(sqlite3_stmt *st, struct ledger_text *t, struct err *e);
str ledger_inflate(str packed, struct buf *out);    /* what deflate packed; "" if it is damaged */
bool ledger_broke(struct ledger *g, struct err *e); /* rolls back, marks the handle failed; returns false */

#endif
