/* query.c - the SQL behind the lists, and finding a document by the id of something in it. */
#include "ledger/query.h"
#include "base/utf8.h"
#include "ledger/fields.h"
#include "ledger/ledger_impl.h"
#include "ledger/search.h"
#include <stdlib.h>
#include <zlib.h>

struct ledger_query {
  struct ledger *g;
  sqlite3_stmt *st;
};

/* Names of the actors in one slot, in its order. */
#define SLOT(table, key, row, slot)                                                                                    \
  "(SELECT group_concat(name, '; ') FROM (SELECT a.name FROM " table " p JOIN actors a USING(actor) WHERE p." key      \
  "=" row " AND p.role='" slot "' ORDER BY p.n))"
#define SPEAKERS(key, row)                                                                                                                     \
  "(SELECT group_concat(who, ' > ') FROM (SELECT coalesce(a.name, s.text, 'an unnamed source') AS who FROM attributions s LEFT JOIN actors a " \
  "ON a.actor=s.speaker WHERE s." key "=" row " ORDER BY s.n))"
/* Rows that have an actor of these words: found from the names, which are few. */
#define OF_ACTOR(table, key, row)                                                                                      \
  "(?1 IS NULL OR " row " IN (SELECT p." key " FROM " table " p WHERE p.actor IN (SELECT actor FROM actor_names "      \
  "WHERE instr(folded, ?1))))"

/* Rows that have an actor of just this name (parameters 15 and 16) in one slot. */
#define IN_SLOT(parameter, table, key, row, slot)                                                                      \
  " AND (" parameter " IS NULL OR " row " IN (SELECT p." key " FROM " table " p WHERE p.role='" slot                   \
  "' AND p.actor IN "                                                                                                  \
  "(SELECT actor FROM actor_names WHERE folded=" parameter ")))"
/* Who acts on whom; of a mutual act each acts on the other. */
#define DIRECTED(row)                                                                                                  \
  IN_SLOT("?15", "participants", "event", row, "actor")                                                                \
  " AND (?16 IS NULL OR " row " IN (SELECT p.event FROM participants p JOIN events m USING(event) WHERE (p.role="      \
  "'recipient' OR (m.reciprocal AND p.role='actor')) AND p.actor IN (SELECT actor FROM actor_names WHERE folded=?16)))"

/* Joins that keep to the order of days while no filter names few rows: the first page of a long list then needs no sort. In the end it is
 * JOIN or CROSS JOIN (filled_in). */
#define BY_DAY "@JOIN@"
#define FIRST_DAYS "@DAYS@"

/* The period that a day lies in: the day itself, the Monday of its week, its month (parameter 12). */
#define PERIOD(day)                                                                                                    \
  "CASE ?12 WHEN 'month' THEN substr(" day ",1,7) WHEN 'week' THEN date(" day ",'weekday 0','-6 days') ELSE " day " END"

/* The id of an incident is that of the report that was told first, with another first letter. */
#define INCIDENT_OF(event)                                                                                             \
  "(SELECT 'i'||substr(h.id,2) FROM reports r JOIN incidents i USING(incident) JOIN events h ON h.event=i.head WHERE " \
  "r.event=" event ")"
/* The codes of those who take part, as one text: what the rule "one a day" compares. */
#define PARTS(row)                                                                                                     \
  "(SELECT group_concat(part) FROM (SELECT p.role||coalesce(p.code,'') AS part FROM participants p WHERE p.event=" row \
  " ORDER BY 1))"
/* Which rows stand for others (parameter 13): of an incident the report told first; of what one day tells of the same parties and
 * type the first. Reports that are part of no incident (plans, months) stand for themselves. */
#define DEDUP                                                                                                          \
  " AND CASE coalesce(?13,'report') WHEN 'incident' THEN NOT EXISTS(SELECT 1 FROM reports r JOIN incidents i "         \
  "USING(incident) WHERE r.event=e.event AND i.head<>e.event) WHEN 'one-a-day' THEN NOT EXISTS(SELECT 1 FROM events "  \
  "f WHERE f.type=e.type AND f.event<e.event AND f.status=e.status AND f.date_earliest BETWEEN "                       \
  "substr(e.date_earliest,1,10) AND substr(e.date_earliest,1,10)||'T~' AND " PARTS("f.event") " IS " PARTS(            \
      "e.event") ") ELSE 1 END"
/* The spread of one kind of figure over the reports of an incident: "13-32". */
#define SPREAD(measure)                                                                                                \
  "(SELECT CASE WHEN min(coalesce(q.value,q.min))=max(coalesce(q.value,q.max,q.min)) THEN printf('%g',max(q.value)) "  \
  "ELSE printf('%g-%g',min(coalesce(q.value,q.min)),max(coalesce(q.value,q.max,q.min))) END FROM reports r JOIN "      \
  "quantities q USING(event) WHERE r.incident=i.incident AND q.measure='" measure "' AND coalesce(q.value,q.min,"      \
  "q.max) IS NOT NULL HAVING count(*))"

/* clang-format off */
/* Incidents under the common filters: i, and e and d of its first report. */
#define OF_INCIDENTS \
        "CASE coalesce(?3,'reported') WHEN 'reported' THEN i.reports>0 WHEN 'denied' THEN i.denials>0 WHEN 'background' THEN i.reports=0 " \
        "AND i.background>0 ELSE e.status=?3 END AND (?1 IS NULL OR i.incident IN (SELECT r.incident FROM participants p CROSS JOIN reports r USING(event) " \
        "WHERE p.actor IN (SELECT actor FROM actor_names WHERE instr(folded, ?1))))" \
        " AND (?2 IS NULL OR e.type=?2 COLLATE NOCASE)" \
        " AND (?4 IS NULL OR coalesce(e.date_latest,d.date)>=?4) AND (?5 IS NULL OR substr(coalesce(e.date_earliest,d.date),1,10)<=?5)" \
        " AND (?6 IS NULL OR i.incident IN (SELECT r.incident FROM event_places pl CROSS JOIN reports r USING(event) WHERE instr(pl.folded, ?6)))" \
        " AND (?7 IS NULL OR i.incident IN (SELECT r.incident FROM documents o CROSS JOIN reports r USING(doc) WHERE o.id=?7))" \
        " AND (?8 IS NULL OR +e.event IN (SELECT event FROM participants WHERE country=?8 COLLATE NOCASE))" \
        " AND (?9 IS NULL OR +i.incident IN (SELECT r.incident FROM documents o CROSS JOIN reports r USING(doc) WHERE o.source=?9))" DIRECTED("e.event")

#define BETWEEN_PARTIES IN_SLOT("?15", "demand_parties", "demand", "m.demand", "issuer") IN_SLOT("?16", "demand_parties", "demand", "m.demand", "addressee")

/* A map shows nobody at home: where civilians, aid or a private person are concerned, no point finer than about five kilometres. */
#define FLOORED "(e.coarse OR e.type='AID' OR EXISTS(SELECT 1 FROM participants p WHERE p.event=e.event AND (p.code LIKE '%CVL%' OR p.code LIKE '%REF%' OR p.code LIKE '%MED%')))"

#define INCIDENT_ROWS \
        "SELECT substr(e.date_earliest,1,10) AS date, e.date_precision AS precision, e.type, e.mode, " \
        SLOT("participants", "event", "e.event", "actor") " AS actor, " \
        SLOT("participants", "event", "e.event", "recipient") " AS recipient, " \
        "(SELECT CASE WHEN e.coarse AND pl.precision IN ('building','city') THEN coalesce(pl.adm1, pl.country, pl.name) " \
        "ELSE pl.name END FROM event_places pl WHERE pl.event=e.event ORDER BY pl.n LIMIT 1) AS place, " \
        "i.reports, i.families AS texts, i.denials AS denied, " SPREAD("killed") " AS killed, " SPREAD("injured") " AS injured, " \
        SPEAKERS("event", "e.event") " AS speaker, i.told_first, i.told_last, 'i'||substr(e.id,2) AS id, d.id AS doc, d.source, e.evidence " \
        "FROM events e " FIRST_DAYS BY_DAY " incidents i ON i.head=e.event " BY_DAY " documents d ON d.doc=e.doc WHERE " \
        OF_INCIDENTS

#define OF_EVENTS \
        "FROM events e " FIRST_DAYS BY_DAY " documents d ON d.doc=e.doc WHERE " OF_ACTOR("participants", "event", "e.event") \
        " AND (?2 IS NULL OR e.type=?2 COLLATE NOCASE) AND (?3 IS NULL OR e.status=?3)" \
        " AND (?4 IS NULL OR coalesce(e.date_latest,d.date)>=?4) AND (?5 IS NULL OR substr(coalesce(e.date_earliest,d.date),1,10)<=?5)" \
        " AND (?6 IS NULL OR e.event IN (SELECT event FROM event_places WHERE instr(folded, ?6)))" \
        " AND (?7 IS NULL OR d.id=?7)" \
        " AND (?8 IS NULL OR +e.event IN (SELECT event FROM participants WHERE country=?8 COLLATE NOCASE))" \
        " AND (?9 IS NULL OR d.source=?9)" DIRECTED("e.event")

#define EVENT_ROWS \
        "SELECT substr(e.date_earliest,1,10) AS date, e.date_precision AS precision, e.type, e.mode, e.status, " \
        SLOT("participants", "event", "e.event", "actor") " AS actor, " \
        SLOT("participants", "event", "e.event", "recipient") " AS recipient, " \
        "(SELECT CASE WHEN e.coarse AND pl.precision IN ('building','city') THEN coalesce(pl.adm1, pl.country, pl.name) " \
        "ELSE pl.name END FROM event_places pl WHERE pl.event=e.event ORDER BY pl.n LIMIT 1) AS place, " \
        SPEAKERS("event", "e.event") " AS speaker, " \
        "printf('%.2f', e.confidence) AS confidence, e.id, d.id AS doc, d.date AS told, d.source, " \
        INCIDENT_OF("e.event") " AS incident, e.evidence " OF_EVENTS DEDUP

#define SERIES_UNITS /* of a series: x, the reports that count, and the units that each belongs to */ \
        "WITH x AS MATERIALIZED (SELECT e.event, e.id, e.type, e.quad, e.reciprocal, d.source, " PERIOD("substr(e.date_earliest,1,10)") " AS period " \
        "FROM events e JOIN documents d USING(doc) WHERE e.date_earliest IS NOT NULL AND NOT e.historical AND NOT e.repeated" \
        " AND julianday(substr(coalesce(e.date_latest,e.date_earliest),1,10))-julianday(substr(e.date_earliest,1,10))" \
        " <= CASE ?12 WHEN 'month' THEN 30 WHEN 'week' THEN 6 ELSE 1 END AND " OF_ACTOR("participants", "event", "e.event") \
        " AND (?2 IS NULL OR e.type=?2 COLLATE NOCASE) AND (?3 IS NULL OR e.status=?3)" \
        " AND (?4 IS NULL OR e.date_earliest>=?4) AND (?5 IS NULL OR e.date_earliest<=?5||'T~')" /* as the index has them */ \
        " AND (?6 IS NULL OR e.event IN (SELECT event FROM event_places WHERE instr(folded, ?6)))" \
        " AND (?7 IS NULL OR d.id=?7)" \
        " AND (?8 IS NULL OR +e.event IN (SELECT event FROM participants WHERE country=?8 COLLATE NOCASE))" \
        " AND (?9 IS NULL OR d.source=?9)" DIRECTED("e.event") DEDUP "), " \
        "unit AS (SELECT event, 'all' AS unit FROM x WHERE ?11='all' " \
        "UNION SELECT event, a.name FROM x JOIN participants p USING(event) JOIN actors a USING(actor) WHERE ?11='actor' AND a.named " \
        "UNION SELECT event, type FROM x WHERE ?11='type' " \
        "UNION SELECT event, p.country FROM x JOIN participants p USING(event) WHERE ?11='country' AND p.country IS NOT NULL " \
        "UNION SELECT event, a.name || ' > ' || b.name FROM x JOIN participants p USING(event) JOIN participants q USING(event) " \
        "JOIN actors a ON a.actor=p.actor JOIN actors b ON b.actor=q.actor WHERE ?11='dyad' AND a.named AND b.named" \
        " AND p.actor<>q.actor AND p.role='actor' AND (q.role='recipient' OR (x.reciprocal AND q.role='actor')) " \
        "UNION SELECT event, p.country || ' > ' || q.country FROM x JOIN participants p USING(event) JOIN participants q USING(event) " \
        "WHERE ?11='pair' AND p.country<>q.country AND p.role='actor' AND (q.role='recipient' OR (x.reciprocal AND q.role='actor'))), "

static const char *const sql_of[] = {
    [LIST_EVENTS] = EVENT_ROWS " ORDER BY e.date_earliest, d.date, d.id, e.n LIMIT ?10",
    [LIST_EVENTS_LATEST] = EVENT_ROWS " ORDER BY e.date_earliest DESC, d.date DESC, d.id DESC, e.n DESC LIMIT ?10",
    [LIST_AUDIT] = /* what somebody needs who codes a report by hand */
        "SELECT e.id, e.type, e.mode, e.status, d.date AS told, d.source, (SELECT CAST(substr(CAST(t.text AS BLOB), e.trigger_start+1, "
        "e.trigger_end-e.trigger_start) AS TEXT) FROM texts t WHERE t.doc=e.doc AND NOT e.in_title) AS words, e.evidence AS sentence, "
        SLOT("participants", "event", "e.event", "actor") " AS actor, " SLOT("participants", "event", "e.event", "recipient") " AS recipient, "
        "substr(e.date_earliest,1,10) AS date, (SELECT CASE WHEN e.coarse AND pl.precision IN ('building','city') THEN coalesce(pl.adm1, "
        "pl.country, pl.name) ELSE pl.name END FROM event_places pl WHERE pl.event=e.event ORDER BY pl.n LIMIT 1) AS place "
        OF_EVENTS " ORDER BY e.id LIMIT ?10",
    [LIST_INCIDENTS] = INCIDENT_ROWS " ORDER BY e.date_earliest, d.date, d.id, e.n LIMIT ?10",
    [LIST_LATEST] = INCIDENT_ROWS " ORDER BY e.date_earliest DESC, d.date DESC, d.id DESC, e.n DESC LIMIT ?10",
    [LIST_FACETS] =
        "WITH x AS MATERIALIZED (SELECT e.event, e.type, e.doc FROM events e " FIRST_DAYS BY_DAY " incidents i ON i.head=e.event " BY_DAY
        " documents d ON d.doc=e.doc WHERE " OF_INCIDENTS " ORDER BY e.date_earliest DESC LIMIT ?10) "
        "SELECT * FROM (SELECT 'type' AS facet, type AS value, count(*) AS incidents FROM x GROUP BY 2 "
        "UNION ALL SELECT 'country', p.country, count(DISTINCT event) FROM x JOIN participants p USING(event) WHERE p.country IS NOT NULL GROUP BY 2 "
        "UNION ALL SELECT 'source', d.source, count(*) FROM x JOIN documents d USING(doc) WHERE d.source IS NOT NULL GROUP BY 2 "
        "UNION ALL SELECT 'actor', a.name, count(DISTINCT event) FROM x JOIN participants p USING(event) JOIN actors a USING(actor) "
        "WHERE a.named AND p.role IN ('actor','recipient') GROUP BY a.actor) ORDER BY facet, incidents DESC, value",
    [LIST_PAIRS] =
        "SELECT a.name AS actor, b.name AS other, count(DISTINCT e.event) AS incidents, count(DISTINCT CASE WHEN e.plover>0 THEN e.event END) "
        "AS friendly, count(DISTINCT CASE WHEN e.plover<0 THEN e.event END) AS hostile, min(substr(e.date_earliest,1,10)) AS first, "
        "max(substr(e.date_earliest,1,10)) AS last FROM events e " FIRST_DAYS BY_DAY " incidents i ON i.head=e.event " BY_DAY
        " documents d ON d.doc=e.doc JOIN participants p ON p.event=e.event AND p.role='actor' JOIN participants q ON q.event=e.event AND "
        "(q.role='recipient' OR (e.reciprocal AND q.role='actor')) JOIN actors a ON a.actor=p.actor JOIN actors b ON b.actor=q.actor "
        "WHERE a.named AND b.named AND a.actor<>b.actor AND " OF_INCIDENTS " GROUP BY a.actor, b.actor ORDER BY incidents DESC, 1, 2, a.id, b.id LIMIT ?10",
    [LIST_MAP] =
        "SELECT 'i'||substr(e.id,2) AS id, substr(e.date_earliest,1,10) AS date, e.type, e.mode, "
        SLOT("participants", "event", "e.event", "actor") " AS actor, " SLOT("participants", "event", "e.event", "recipient") " AS recipient, "
        "i.reports, i.families AS texts, i.denials AS denied, " SPREAD("killed") " AS killed, " SPEAKERS("event", "e.event") " AS speaker, "
        "CASE WHEN " FLOORED " AND pl.precision IN ('building','city') THEN coalesce(pl.adm1, pl.country) ELSE pl.name END AS place, pl.country, "
        "CASE WHEN " FLOORED " AND pl.precision IN ('building','city') THEN 'district' ELSE pl.precision END AS precision, "
        "printf('%.4f', CASE WHEN " FLOORED " THEN round(pl.lat*20)/20 ELSE pl.lat END) AS lat, "
        "printf('%.4f', CASE WHEN " FLOORED " THEN round(pl.lon*20)/20 ELSE pl.lon END) AS lon, "
        "printf('%g', CASE WHEN " FLOORED " THEN max(5, coalesce(pl.radius_km,0)) ELSE pl.radius_km END) AS radius_km, e.evidence, d.source "
        "FROM incidents i JOIN events e ON e.event=i.head JOIN documents d USING(doc) JOIN event_places pl ON pl.event=e.event AND pl.n=0 "
        "AND pl.lat IS NOT NULL AND pl.lon IS NOT NULL WHERE " OF_INCIDENTS " ORDER BY e.date_earliest, d.date, d.id, e.n LIMIT ?10",
    [LIST_REPORTS] =
        "SELECT d.date AS told, d.source, r.role, s.family=(SELECT z.family FROM events y JOIN doc_shapes z USING(doc) WHERE "
        "y.event=i.head) AND e.doc<>(SELECT doc FROM events y WHERE y.event=i.head) AS copy, "
        "(SELECT group_concat(q.measure||' '||q.text||coalesce(' ('||(SELECT coalesce(a.name, t.text) FROM attributions t LEFT JOIN actors a "
        "ON a.actor=t.speaker WHERE t.quantity=q.quantity ORDER BY t.n LIMIT 1)||')',''), '; ') FROM quantities q WHERE q.event=e.event) AS figures, "
        SPEAKERS("event", "e.event") " AS speaker, e.id, d.id AS doc, e.evidence FROM events h JOIN incidents i ON i.incident=(SELECT incident "
        "FROM reports WHERE event=h.event) JOIN reports r ON r.incident=i.incident JOIN events e ON e.event=r.event JOIN documents d "
        "ON d.doc=e.doc JOIN doc_shapes s ON s.doc=d.doc WHERE h.id='e'||substr(?1,2) ORDER BY d.date, d.id, e.n LIMIT ?10",
    [LIST_PLACED] = /* incidents for comparing: days, country, point, figures */
        "SELECT 'i'||substr(e.id,2) AS id, substr(e.date_earliest,1,10) AS date, substr(coalesce(e.date_latest,e.date_earliest),1,10) AS latest, e.type, "
        "pl.country, pl.name AS place, pl.precision, printf('%.4f',pl.lat) AS lat, printf('%.4f',pl.lon) AS lon, " SPREAD("killed") " AS killed, "
        SLOT("participants", "event", "e.event", "actor") " AS actor, " SLOT("participants", "event", "e.event", "recipient") " AS recipient, "
        "e.lethal FROM incidents i JOIN events e ON e.event=i.head JOIN documents d USING(doc) LEFT JOIN event_places pl ON pl.event=e.event AND pl.n=0 "
        "WHERE e.type IN ('ASSAULT','PROTEST') AND " OF_INCIDENTS " ORDER BY e.date_earliest, e.id LIMIT ?10",
    [LIST_SEARCH] = /* texts that hold the words, the best first; filters are those of an event that they tell */
        "SELECT d.date, d.source, d.title, snippet(search,1,'[',']','\xE2\x80\xA6',24) AS text, "
        "(SELECT count(*) FROM events e WHERE e.doc=d.doc) AS events, d.id AS doc FROM search JOIN documents d ON d.doc=search.rowid "
        "WHERE search MATCH ?14 AND d.current AND (?4 IS NULL OR d.date>=?4) AND (?5 IS NULL OR d.date<=?5) AND (?7 IS NULL OR d.id=?7)"
        " AND (?9 IS NULL OR d.source=?9) AND (coalesce(?1,?2,?3,?6,?8) IS NULL OR EXISTS(SELECT 1 FROM events e WHERE e.doc=d.doc AND "
        OF_ACTOR("participants", "event", "e.event") " AND (?2 IS NULL OR e.type=?2 COLLATE NOCASE) AND (?3 IS NULL OR e.status=?3)"
        " AND (?6 IS NULL OR e.event IN (SELECT event FROM event_places WHERE instr(folded, ?6)))"
        " AND (?8 IS NULL OR +e.event IN (SELECT event FROM participants WHERE country=?8 COLLATE NOCASE))))"
        " ORDER BY bm25(search, 4.0, 1.0), d.date, d.id LIMIT ?10",
    [LIST_SEARCHES] = "SELECT name, words, actor, type, status, \"from\", \"to\", place, doc, country, source FROM searches ORDER BY name",
    [LIST_ACTORS] =
        "SELECT a.name, a.kind, x.country, x.sectors, x.cameo, count(*) AS documents, sum(x.mentions) AS mentions, "
        "(SELECT count(*) FROM participants p WHERE p.actor=a.actor) AS events, min(d.date) AS first, max(d.date) AS last, "
        "a.known, a.id FROM actors a JOIN doc_actors x USING(actor) JOIN documents d USING(doc) "
        "WHERE a.named AND (?1 IS NULL OR EXISTS(SELECT 1 FROM actor_names n WHERE n.actor=a.actor AND instr(n.folded, ?1)))"
        " AND (?2 IS NULL OR a.kind=?2 COLLATE NOCASE) AND ?3 IS NULL AND (?4 IS NULL OR d.date>=?4) AND (?5 IS NULL OR d.date<=?5)"
        " AND ?6 IS NULL AND (?7 IS NULL OR d.id=?7) AND (?8 IS NULL OR x.country=?8 COLLATE NOCASE)"
        " AND (?9 IS NULL OR d.source=?9) GROUP BY a.actor ORDER BY events DESC, mentions DESC, a.name, a.id LIMIT ?10",
    [LIST_NEW_ACTORS] = /* first told from ?4 to ?5: of those told then, whom no document has before */
        "SELECT a.name, a.kind, x.cameo, min(d.date) AS first, (SELECT count(*) FROM participants p WHERE p.actor=a.actor) AS events, a.id "
        "FROM documents d CROSS JOIN doc_actors x ON x.doc=d.doc CROSS JOIN actors a ON a.actor=x.actor WHERE d.current=1 AND d.date>=?4 AND d.date<=?5 "
        "AND a.named AND (?1 IS NULL OR a.actor IN (SELECT actor FROM actor_names WHERE instr(folded, ?1))) AND NOT EXISTS(SELECT 1 FROM "
        "doc_actors y JOIN documents o USING(doc) WHERE y.actor=a.actor AND o.current=1 AND o.date<?4) "
        "GROUP BY a.actor ORDER BY events DESC, sum(x.mentions) DESC, a.name, a.id LIMIT ?10",
    [LIST_UNKNOWN] = /* named actors that the knowledge does not hold, those in most events first */
    "SELECT a.name, a.kind, count(DISTINCT x.doc) AS documents, "
    "(SELECT count(*) FROM participants p WHERE p.actor=a.actor) AS events, "
    "(SELECT coalesce(y.country,'---')||' '||coalesce(replace(nullif(y.sectors,''),' ',','),'-') FROM doc_actors y "
    "WHERE "
    "y.actor=a.actor GROUP BY y.country, y.sectors ORDER BY coalesce(y.sectors,'')<>'' DESC, y.country IS NOT NULL "
    "DESC, "
    "count(*) DESC, 1 LIMIT 1) AS proposed, "
    "(SELECT e.evidence FROM participants p JOIN events e USING(event) WHERE p.actor=a.actor ORDER BY e.event LIMIT 1) "
    "AS "
    "text, a.id FROM actors a JOIN doc_actors x USING(actor) JOIN documents d USING(doc) "
    "WHERE a.named AND NOT a.known AND NOT a.private AND a.kind IN ('person','group','organization') AND (?1 IS NULL "
    "OR "
    "substr(lower(a.id),1,length(?1))=?1 OR EXISTS(SELECT 1 FROM actor_names n WHERE n.actor=a.actor AND "
    "instr(n.folded, "
    "?1))) AND (?2 IS NULL OR a.kind=?2 COLLATE NOCASE) AND ?3 IS NULL AND (?4 IS NULL OR d.date>=?4) AND (?5 IS NULL "
    "OR "
    "d.date<=?5) AND ?6 IS NULL AND (?7 IS NULL OR d.id=?7) AND (?8 IS NULL OR x.country=?8 COLLATE NOCASE) AND (?9 IS "
    "NULL OR d.source=?9) GROUP BY a.actor ORDER BY events DESC, documents DESC, a.name, a.id LIMIT ?10",
    [LIST_CODES] = /* under what codes the documents have an actor */
    "SELECT a.name, coalesce(x.country,'---')||' '||coalesce(replace(nullif(x.sectors,''),' ',','),'-') AS code, "
    "count(*) "
    "AS documents, sum((SELECT count(*) FROM participants p JOIN events e USING(event) WHERE p.actor=a.actor AND "
    "e.doc=x.doc)) AS events FROM actors a JOIN doc_actors x USING(actor) WHERE a.named AND EXISTS(SELECT 1 FROM "
    "actor_names n WHERE n.actor=a.actor AND n.folded=?1) GROUP BY a.actor, code ORDER BY documents DESC, code LIMIT "
    "?10",
    [LIST_TIES] =
        "SELECT s.name AS subject, t.relation, t.role, o.name AS object, t.status, t.since_earliest AS since, "
        "t.until_latest AS until, d.date AS told, " SPEAKERS("tie", "t.tie") " AS speaker, t.id, d.id AS doc, d.source, t.evidence "
        "FROM ties t JOIN documents d USING(doc) JOIN actors s ON s.actor=t.subject LEFT JOIN actors o ON o.actor=t.object "
        "WHERE (?1 IS NULL OR EXISTS(SELECT 1 FROM actor_names n WHERE n.actor IN (t.subject, t.object) AND instr(n.folded, ?1)))"
        " AND (?2 IS NULL OR t.relation=?2 COLLATE NOCASE) AND (?3 IS NULL OR t.status=?3) AND (?4 IS NULL OR d.date>=?4)"
        " AND (?5 IS NULL OR d.date<=?5) AND ?6 IS NULL AND (?7 IS NULL OR d.id=?7) AND ?8 IS NULL"
        " AND (?9 IS NULL OR d.source=?9) ORDER BY s.name, t.relation, d.date, d.id, t.n LIMIT ?10",
    [LIST_TENURES] = /* ties of all documents that tell the same: held by whom, from when to when, who followed */
        "WITH told AS (SELECT t.*, coalesce(t.role_class, lower(t.role), '') AS post, substr(t.since_earliest,1,10) AS since, "
        "substr(t.until_latest,1,10) AS until, d.date, d.id AS document, f.family, max(t.object) OVER w AS any_object, "
        "min(t.object) OVER w=max(t.object) OVER w AS one_object FROM ties t JOIN documents d USING(doc) LEFT JOIN doc_shapes f USING(doc) "
        "WINDOW w AS (PARTITION BY t.subject, t.relation, coalesce(t.role_class, lower(t.role), ''))), "
        /* "the president" and "the president of Kenya" are one post of a person of whom no other is told */
        "held AS MATERIALIZED (SELECT *, CASE WHEN object IS NULL AND one_object THEN any_object ELSE object END AS whom FROM told), "
        "ranked AS (SELECT *, row_number() OVER (PARTITION BY subject, relation, post, whom ORDER BY date DESC, document DESC, n DESC) AS recent "
        "FROM held), "
        "tenures AS MATERIALIZED (SELECT subject, relation, post, whom, max(CASE WHEN recent=1 THEN role END) AS role, "
        "max(CASE WHEN recent=1 THEN status END) AS status, max(CASE WHEN recent=1 THEN id END) AS id, "
        "max(CASE WHEN recent=1 THEN evidence END) AS evidence, count(DISTINCT doc) AS documents, count(DISTINCT family) AS texts, "
        "min(date) AS told_first, max(date) AS told_last, min(CASE status WHEN 'current' THEN date END) AS held_first, "
        "max(CASE status WHEN 'current' THEN date END) AS held_last, min(since) AS since, max(until) AS until, "
        "count(DISTINCT since) AS n_since, count(DISTINCT until) AS n_until FROM ranked GROUP BY subject, relation, post, whom), "
        "closed AS (SELECT x.*, (SELECT y.subject FROM held y JOIN tenures z ON z.subject=y.subject AND z.relation=x.relation AND z.post=x.post "
        "AND z.whom IS x.whom WHERE y.relation='succeeded' AND y.object=x.subject ORDER BY y.date, y.document, y.n LIMIT 1) AS successor, "
        "(SELECT coalesce(y.since, y.date) FROM held y WHERE y.relation='succeeded' AND y.object=x.subject "
        "ORDER BY y.date, y.document, y.n LIMIT 1) AS succeeded FROM tenures x) "
        "SELECT s.name AS subject, x.relation, x.role, o.name AS object, "
        "CASE WHEN x.successor IS NOT NULL AND x.status='current' AND x.held_last<=x.succeeded THEN 'former' ELSE x.status END AS status, "
        "x.since, coalesce(x.until, CASE WHEN x.successor IS NOT NULL THEN x.succeeded END) AS until, "
        "nullif(trim(coalesce('since '||CASE WHEN x.n_since>1 THEN (SELECT group_concat(v, ' / ') FROM (SELECT DISTINCT h.since AS v FROM held h "
        "WHERE h.subject=x.subject AND h.relation=x.relation AND h.post=x.post AND h.whom IS x.whom AND h.since IS NOT NULL ORDER BY 1)) "
        "END||'; ','')||coalesce('until '||CASE WHEN x.n_until>1 THEN (SELECT group_concat(v, ' / ') FROM (SELECT DISTINCT h.until AS v FROM held h "
        "WHERE h.subject=x.subject AND h.relation=x.relation AND h.post=x.post AND h.whom IS x.whom AND h.until IS NOT NULL ORDER BY 1)) "
        "END,''),'; '),'') "
        "AS differs, (SELECT name FROM actors WHERE actor=x.successor) AS succeeded_by, "
        "(SELECT n.name FROM tenures y JOIN actors n ON n.actor=y.subject WHERE x.whom IS NOT NULL AND y.relation=x.relation AND y.post=x.post "
        "AND y.whom=x.whom AND y.subject<>x.subject AND y.held_first>x.held_last ORDER BY y.held_first, n.name LIMIT 1) AS followed_by, "
        "(SELECT group_concat(v, '; ') FROM (SELECT n.name AS v FROM tenures y JOIN actors n ON n.actor=y.subject WHERE x.whom IS NOT NULL "
        "AND y.relation=x.relation AND y.post=x.post AND y.whom=x.whom AND y.subject<>x.subject AND y.held_first<=x.held_last "
        "AND y.held_last>=x.held_first ORDER BY y.held_first, n.name)) AS also_held_by, "
        "x.documents, x.texts, x.told_first, x.told_last, x.id, x.evidence, "
        "CASE WHEN s.key LIKE 'kb:%' THEN substr(s.key,4) END AS kb, "
        "(SELECT country FROM doc_actors WHERE actor=x.whom AND country IS NOT NULL LIMIT 1) AS country "
        "FROM closed x JOIN actors s ON s.actor=x.subject LEFT JOIN actors o ON o.actor=x.whom "
        "WHERE x.relation<>'succeeded' AND (?1 IS NULL OR EXISTS(SELECT 1 FROM actor_names n WHERE n.actor IN (x.subject, x.whom) AND instr(n.folded, ?1)))"
        " AND (?2 IS NULL OR x.relation=?2 COLLATE NOCASE) AND (?3 IS NULL OR x.status=?3) AND (?4 IS NULL OR x.told_last>=?4)"
        " AND (?5 IS NULL OR x.told_first<=?5) AND coalesce(?6,?7,?8,?9) IS NULL ORDER BY s.name, x.relation, x.told_first, x.id LIMIT ?10",
    [LIST_DEMANDS] =
        "SELECT m.issued, m.kind, m.strength, " SLOT("demand_parties", "demand", "m.demand", "issuer") " AS issuer, "
        SLOT("demand_parties", "demand", "m.demand", "addressee") " AS addressee, m.act, substr(m.deadline_latest,1,16) AS deadline, "
        "m.consequence, m.status, " SPEAKERS("demand", "m.demand") " AS speaker, m.id, d.id AS doc, d.date AS told, d.source, m.evidence "
        "FROM demands m JOIN documents d USING(doc) WHERE " OF_ACTOR("demand_parties", "demand", "m.demand")
        " AND (?2 IS NULL OR m.kind=?2 COLLATE NOCASE) AND (?3 IS NULL OR m.status=?3) AND (?4 IS NULL OR m.issued>=?4)"
        " AND (?5 IS NULL OR m.issued<=?5) AND ?6 IS NULL AND (?7 IS NULL OR d.id=?7) AND ?8 IS NULL"
        " AND (?9 IS NULL OR d.source=?9)" BETWEEN_PARTIES " ORDER BY m.issued, d.date, d.id, m.n LIMIT ?10",
    [LIST_DEADLINES] =
        "SELECT substr(m.deadline_latest,1,16) AS deadline, m.deadline_precision AS precision, m.deadline AS words, "
        SLOT("demand_parties", "demand", "m.demand", "issuer") " AS issuer, "
        SLOT("demand_parties", "demand", "m.demand", "addressee") " AS addressee, m.act, m.consequence, m.status, "
        SPEAKERS("demand", "m.demand") " AS speaker, m.id, d.id AS doc, d.date AS told, d.source, m.evidence "
        "FROM demands m JOIN documents d USING(doc) WHERE m.deadline_latest IS NOT NULL AND " OF_ACTOR("demand_parties", "demand", "m.demand")
        " AND (?2 IS NULL OR m.kind=?2 COLLATE NOCASE) AND (?3 IS NULL OR m.status=?3) AND (?4 IS NULL OR m.deadline_latest>=?4)"
        " AND (?5 IS NULL OR substr(m.deadline_latest,1,10)<=?5) AND ?6 IS NULL AND (?7 IS NULL OR d.id=?7) AND ?8 IS NULL"
        " AND (?9 IS NULL OR d.source=?9)" BETWEEN_PARTIES " ORDER BY m.deadline_latest, d.date, d.id, m.n LIMIT ?10",
    [LIST_DOCUMENTS] =
        "SELECT d.date, d.id, d.source, d.title, d.sentences, d.tokens, (SELECT count(*) FROM events e WHERE e.doc=d.doc) AS events "
        "FROM documents d WHERE d.current=1 AND ?1 IS NULL AND ?2 IS NULL AND ?3 IS NULL AND (?4 IS NULL OR d.date>=?4)"
        " AND (?5 IS NULL OR d.date<=?5) AND ?6 IS NULL AND (?7 IS NULL OR d.id=?7) AND ?8 IS NULL AND (?9 IS NULL OR d.source=?9)"
        " ORDER BY d.date, d.id LIMIT ?10",
    [LIST_TEXT] = "SELECT d.date, d.id, d.source, d.title, s.body AS text FROM documents d JOIN search s ON s.rowid=d.doc WHERE d.id=?7 AND d.current",
    [LIST_OUTLETS] = "SELECT coalesce(source,'without an outlet') AS title, count(*) AS documents, min(date) AS first, max(date) AS last FROM documents WHERE current GROUP BY "
                     "source ORDER BY source",
    [LIST_COVERAGE] = "SELECT coalesce(d.source,'without an outlet') AS source, " PERIOD("d.date") " AS period, count(*) AS documents FROM documents d WHERE "
                      "d.current AND (?4 IS NULL OR d.date>=?4) AND (?5 IS NULL OR d.date<=?5) AND (?9 IS NULL OR d.source=?9) GROUP BY 1, 2 ORDER BY 1, 2",
    [LIST_CODERS] = "SELECT c.version, c.model, c.knowledge, c.ontology, count(*) AS documents FROM documents d JOIN coders c USING(coder) "
                    "WHERE d.current GROUP BY c.coder ORDER BY 1, 2, 3, 4",
    [LIST_DYADS] =
        "SELECT substr(e.date_earliest,1,10) AS date, e.plover AS score, CASE ?11 WHEN 'country' THEN p.country ELSE a.id END AS actor, "
        "CASE ?11 WHEN 'country' THEN p.country ELSE a.name END AS actor_name, CASE ?11 WHEN 'country' THEN q.country ELSE b.id END AS other, "
        "CASE ?11 WHEN 'country' THEN q.country ELSE b.name END AS other_name, e.reciprocal FROM incidents i JOIN events e ON e.event=i.head "
        "JOIN participants p ON p.event=e.event AND p.role='actor' JOIN participants q ON q.event=e.event AND (q.role='recipient' OR "
        "(e.reciprocal AND q.role='actor' AND q.n>p.n)) JOIN actors a ON a.actor=p.actor JOIN actors b ON b.actor=q.actor WHERE i.reports>0 "
        "AND e.status='actual' AND e.plover<>0 AND CASE ?11 WHEN 'country' THEN p.country<>q.country ELSE a.named AND b.named AND "
        "a.actor<>b.actor END AND e.date_earliest>=coalesce(?4,'') AND substr(e.date_earliest,1,10)<=coalesce(?5,'9999') "
        "ORDER BY date, e.id, p.n, q.n LIMIT ?10",
    [LIST_SERIES] =
        SERIES_UNITS
        "coverage AS (SELECT " PERIOD("d.date") " AS period, count(*) AS documents, count(DISTINCT d.source) AS outlets FROM documents d "
        "WHERE d.current AND (?4 IS NULL OR d.date>=?4) AND (?5 IS NULL OR d.date<=?5) AND (?9 IS NULL OR d.source=?9) GROUP BY 1) "
        "SELECT * FROM (SELECT x.period, unit.unit, count(*) AS reports, sum(x.quad=1) AS verbal_cooperation, sum(x.quad=2) AS material_cooperation, "
        "sum(x.quad=3) AS verbal_conflict, sum(x.quad=4) AS material_conflict, "
        "sum(x.type IN ('ACCUSE','REJECT','THREATEN') OR (x.type='REQUEST' AND x.id IN (SELECT event_id FROM demands "
        "WHERE strength<>'appeal'))) AS threats, "
        "sum(x.type IN ('SANCTION','PROTEST','MOBILIZE','COERCE','ASSAULT')) AS acts, count(DISTINCT x.source) AS telling, "
        "coalesce(c.documents,0) AS documents, coalesce(c.outlets,0) AS outlets "
        "FROM x JOIN unit USING(event) LEFT JOIN coverage c USING(period) GROUP BY x.period, unit.unit "
        "UNION ALL SELECT period, 'all', 0, 0, 0, 0, 0, 0, 0, 0, documents, outlets FROM coverage "
        "WHERE ?11='all' AND period NOT IN (SELECT period FROM x)) ORDER BY unit, period LIMIT ?10",
    [LIST_CORRECTIONS] = "SELECT c.event, c.field, c.verdict, c.was, c.value, c.doc, substr(c.made,1,10) AS made, c.note, c.evidence FROM corrections c "
        "WHERE (?7 IS NULL OR c.doc=?7) ORDER BY c.doc, c.event, c.field LIMIT ?10",
    [LIST_BEHIND] =
        SERIES_UNITS "last AS (SELECT 1) SELECT x.id, x.quad, x.type, x.source FROM x JOIN unit USING(event) WHERE unit.unit=?14 "
        "ORDER BY x.period, x.id LIMIT ?10",
};
/* clang-format on */

const char *ledger_default_status(enum ledger_list list) {
  return list == LIST_EVENTS || list == LIST_EVENTS_LATEST || list == LIST_SERIES || list == LIST_BEHIND ? "actual"
                                                                                                         : "";
}

static int bind_folded(sqlite3_stmt *st, int i, const char *word) {
  char folded[512];
  if (!word) return sqlite3_bind_null(st, i);
  size_t n = utf8_fold(str_of(word), folded, sizeof folded);
  return sqlite3_bind_text(st, i, folded, (int)n, SQLITE_TRANSIENT);
}

static void bind_filter(sqlite3_stmt *st, enum ledger_list list, const struct ledger_filter *f) {
  const char *status = f->status ? f->status : ledger_default_status(list);
  if (str_is(str_of(status), "all")) status = "";
  const char *plain[] = {f->type, *status ? status : NULL, f->from, f->to};
  bind_folded(st, 1, f->actor);
  for (int i = 0; i < 4; i++) sqlite3_bind_text(st, i + 2, plain[i], -1, SQLITE_TRANSIENT);
  bind_folded(st, 6, f->place);
  bind_folded(st, 15, f->acting);
  bind_folded(st, 16, f->receiving);
  sqlite3_bind_text(st, 7, f->doc, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(st, 8, f->country, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(st, 9, f->source, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64(st, 10, f->limit > 0 ? f->limit : -1);
  if (list == LIST_SEARCH) {
    struct buf words;
    buf_init(&words, 1 << 16);
    search_words(str_of(f->words), &words);
    sqlite3_bind_text(st, 14, words.p ? words.p : "", (int)words.n, SQLITE_TRANSIENT);
    buf_release(&words);
  }
  if (list == LIST_BEHIND) sqlite3_bind_text(st, 14, f->words, -1, SQLITE_TRANSIENT);
  if (list == LIST_SERIES || list == LIST_BEHIND || list == LIST_EVENTS || list == LIST_EVENTS_LATEST)
    sqlite3_bind_text(st, 13, f->dedup, -1, SQLITE_TRANSIENT);
  if (list == LIST_DYADS) sqlite3_bind_text(st, 11, f->unit ? f->unit : "actor", -1, SQLITE_TRANSIENT);
  if (list == LIST_COVERAGE) sqlite3_bind_text(st, 12, f->period ? f->period : "week", -1, SQLITE_TRANSIENT);
  if (list != LIST_SERIES && list != LIST_BEHIND) return;
  sqlite3_bind_text(st, 11, f->unit ? f->unit : "all", -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(st, 12, f->period ? f->period : "week", -1, SQLITE_TRANSIENT);
}

static bool filter_set(const struct ledger_filter *f, int parameter) {
  const char *const of[] = {[1] = f->actor, [2] = f->type,    [4] = f->from,   [5] = f->to,      [6] = f->place,
                            [7] = f->doc,   [8] = f->country, [9] = f->source, [15] = f->acting, [16] = f->receiving};
  return parameter >= 1 && parameter <= 16 && of[parameter]; /* not 3: "all" is no status */
}

/* The statement with what is known of its parameters: "?1 IS NULL OR" goes where the filter is set, so that SQLite can begin with the few
 * rows that it leaves; BY_DAY is filled in. */
static void filled_in(const char *sql, const struct ledger_filter *f, struct buf *out) {
  static const str test = {" IS NULL OR ", 12}, join = {BY_DAY, sizeof BY_DAY - 1},
                   days = {FIRST_DAYS, sizeof FIRST_DAYS - 1};
  bool few = f->actor || f->acting || f->receiving || f->place || f->doc;
  for (str s = str_of(sql); s.n;) {
    size_t digits = 0;
    int parameter = 0;
    for (; s.p[0] == '?' && digits + 1 < s.n && ascii_digit(s.p[1 + digits]); digits++)
      parameter = parameter * 10 + s.p[1 + digits] - '0';
    bool one = digits && str_starts(str_from(s, 1 + digits), test) && filter_set(f, parameter);
    if (one) s = str_from(s, 1 + digits + test.n);
    else if (str_starts(s, join)) {
      buf_puts(out, few ? "JOIN" : "CROSS JOIN");
      s = str_from(s, join.n);
    } else if (str_starts(s, days)) {
      buf_puts(out, few ? "" : "INDEXED BY events_date ");
      s = str_from(s, days.n);
    } else {
      buf_putc(out, s.p[0]);
      s = str_from(s, 1);
    }
  }
  buf_putc(out, 0);
}

struct ledger_query *ledger_query_open(struct ledger *g, enum ledger_list list, const struct ledger_filter *f,
                                       struct err *e) {
  struct ledger_query *q = calloc(1, sizeof *q);
  if (!q) {
    err_set(e, ERR_NOMEM, "no memory for a query");
    return NULL;
  }
  q->g = g;
  struct buf sql;
  buf_init(&sql, 1 << 16);
  filled_in(sql_of[list], f, &sql);
  bool ok = !sql.failed && sqlite3_prepare_v2(g->db, sql.p, -1, &q->st, NULL) == SQLITE_OK;
  buf_release(&sql);
  if (!ok) {
    db_fail(g->db, g->path, "read the ledger", e);
    ledger_query_close(q);
    return NULL;
  }
  bind_filter(q->st, list, f);
  return q;
}

void ledger_query_close(struct ledger_query *q) {
  if (!q) return;
  sqlite3_finalize(q->st);
  free(q);
}

int ledger_query_next(struct ledger_query *q, struct err *e) {
  return db_step(q->st, q->g->path, "read the ledger", e);
}
int ledger_query_columns(const struct ledger_query *q) { return sqlite3_column_count(q->st); }
const char *ledger_query_name(const struct ledger_query *q, int column) { return sqlite3_column_name(q->st, column); }
str ledger_query_text(const struct ledger_query *q, int column) { return db_text(q->st, column); }

/* ---- saved searches */

bool ledger_search_save(struct ledger *g, const char *name, const struct ledger_filter *f, struct err *e) {
  static const char sql[] =
      "INSERT OR REPLACE INTO searches(name, words, actor, type, status, \"from\", \"to\", place, doc, country, "
      "source) VALUES(?,?,?,?,?,?,?,?,?,?,?)";
  sqlite3_stmt *st = NULL;
  if (!ledger_begin(g, e)) return false;
  bool ok = ledger_prepare(g, "save a search", sql, &st, e);
  if (ok) {
    db_bind(st, "zzzzzzzzzzz", name, f->words, f->actor, f->type, f->status, f->from, f->to, f->place, f->doc,
            f->country, f->source);
    ok = db_run(st, g->path, "save a search", e);
  }
  sqlite3_finalize(st);
  return ledger_decided_end(g, ok, e);
}

/* ---- one document */

str ledger_inflate(str packed, struct buf *out) {
  z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.p, .avail_in = (uInt)packed.n};
  int rc = inflateInit(&z);
  while (rc == Z_OK && buf_reserve(out, 1 << 16)) {
    z.next_out = (Bytef *)out->p + out->n;
    z.avail_out = 1 << 16;
    rc = inflate(&z, Z_NO_FLUSH);
    out->n += (1 << 16) - z.avail_out;
  }
  inflateEnd(&z);
  return rc == Z_STREAM_END ? buf_str(out) : (str){"", 0};
}

struct text_owner {
  struct arena arena;
  struct buf page;
};

/* The page has the title as it was, where `documents` has the one that lists show, and the time of publication. */
static void take_head(struct ledger_text *t, struct text_owner *o) {
  struct arena memory;
  arena_init(&memory, (size_t)1 << 30);
  const struct json_value *head = field(json_tree(t->page, &memory, NULL), "doc");
  str title = field_str(head, "title");
  if (title.n) t->title = arena_str(&o->arena, title);
  t->published = arena_str(&o->arena, field_str(head, "published"));
  arena_release(&memory);
}

bool ledger_text_take(sqlite3_stmt *st, struct ledger_text *t, struct err *e) {
  struct text_owner *o = calloc(1, sizeof *o);
  *t = (struct ledger_text){0};
  if (!o) return err_set(e, ERR_NOMEM, "no memory for a document");
  arena_init(&o->arena, (size_t)1 << 28);
  buf_init(&o->page, (size_t)1 << 30);
  str *to[] = {&t->id, &t->date, &t->title, &t->source, &t->url, &t->lang, &t->text};
  for (int i = 0; i < 7; i++) *to[i] = arena_str(&o->arena, db_text(st, i + 1));
  str packed = {sqlite3_column_blob(st, 8), (size_t)sqlite3_column_bytes(st, 8)};
  t->page = ledger_inflate(packed, &o->page);
  t->owner = o;
  take_head(t, o);
  return true;
}

bool ledger_find(struct ledger *g, str id, char full[24], struct ledger_text *out, struct err *e) {
  static const char sql[] =
      "SELECT x.id, d.id, d.date, d.title, d.source, d.url, d.lang, t.text, t.page FROM (SELECT id, doc FROM events WHERE "
      "substr(id,1,?2)=?1 UNION ALL SELECT id, doc FROM demands WHERE substr(id,1,?2)=?1 UNION ALL SELECT id, doc FROM ties WHERE "
      "substr(id,1,?2)=?1) x JOIN documents d USING(doc) JOIN texts t USING(doc) ORDER BY x.id LIMIT 2";
  *out = (struct ledger_text){0};
  sqlite3_stmt *st = NULL;
  bool ok = sqlite3_prepare_v2(g->db, sql, -1, &st, NULL) == SQLITE_OK;
  if (!ok) db_fail(g->db, g->path, "read the ledger", e);
  else {
    sqlite3_bind_text(st, 1, id.p, (int)id.n, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, (int64_t)id.n);
    int rc = db_step(st, g->path, "read the ledger", e);
    ok = rc == 1;
    if (rc == 0) err_set(e, ERR_USAGE, "nothing in the ledger has the id '%.*s'", STR_FMT(id));
    if (ok) {
      str whole = db_text(st, 0);
      size_t n = whole.n < 23 ? whole.n : 23;
      memcpy(full, whole.p, n);
      full[n] = 0;
      ok = ledger_text_take(st, out, e);
      if (ok && db_step(st, g->path, "read the ledger", e) == 1)
        ok = err_set(e, ERR_USAGE, "more than one id begins with '%.*s'; give more of it", STR_FMT(id));
    }
  }
  sqlite3_finalize(st);
  if (!ok) ledger_text_release(out);
  return ok;
}

void ledger_text_release(struct ledger_text *t) {
  struct text_owner *o = t->owner;
  if (!o) return;
  arena_release(&o->arena);
  buf_release(&o->page);
  free(o);
  *t = (struct ledger_text){0};
}
