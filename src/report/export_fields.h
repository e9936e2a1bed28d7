/* export_fields.h - the columns of the lists: name, type of Frictionless Table Schema, meaning. One place, for schema and codebook. */
#ifndef TR_REPORT_EXPORT_FIELDS_H
#define TR_REPORT_EXPORT_FIELDS_H

struct export_field {
  const char *name, *type, *meaning;
};

static const struct export_field export_fields[] = {
    {"act", "string", "what is demanded, promised or threatened, in the words of the text"},
    {"actor", "string", "who does it; several are parted by '; '. A private person stands by a role word"},
    {"addressee", "string", "of whom it is demanded, to whom promised or threatened"},
    {"cameo", "string", "the CAMEO code of the actor as the documents have it"},
    {"confidence", "number", "estimated chance that a careful reader would list the event so"},
    {"consequence", "string", "what is threatened for the case that the demand is not met"},
    {"country", "string", "ISO 3166-1 alpha-3, or IGO, UNO, NGO and so on"},
    {"date", "date", "first day on which it can have happened; of a document the day of publication"},
    {"deadline", "string", "the last moment, YYYY-MM-DD or with THH:MM"},
    {"denied", "integer", "reports in which somebody denies it"},
    {"doc", "string", "id of the document that tells it (of an incident: first)"},
    {"documents", "integer", "documents that name the actor"},
    {"events", "integer", "events with the actor; events that the document tells"},
    {"evidence", "string", "the sentence it rests on, private persons by their role words"},
    {"first", "date", "publication day of the first document that names the actor"},
    {"id", "string", "stable: the same report keeps it when rules or models change"},
    {"incident", "string", "id of the incident that the report belongs to; empty: it can be one with no other"},
    {"injured", "string", "smallest to largest number of injured over the reports"},
    {"issued", "string", "when it was uttered"},
    {"issuer", "string", "who demands, promises or threatens"},
    {"killed", "string", "smallest to largest number of killed over the reports"},
    {"kind", "string", "of an actor: person, group, organization, state, people; of a demand: demand, promise, threat"},
    {"known", "boolean", "1: the knowledge of Tightrope holds the actor"},
    {"last", "date", "publication day of the last document that names the actor"},
    {"mentions", "integer", "how often the documents mention the actor"},
    {"mode", "string", "PLOVER mode; empty where the type has none or it is not told"},
    {"name", "string", "the actor's name"},
    {"object", "string", "of what the subject is it, or to whom it stands so"},
    {"place", "string", "where; no finer than a district where civilians, aid or a private person are involved"},
    {"precision", "string", "of the date: day, week, month, year"},
    {"recipient", "string", "to whom it is done; empty of a mutual act, whose parties all stand as actors"},
    {"relation", "string", "holds-role, leads, member-of, part-of, ally-of, opposed-to, backed-by and so on"},
    {"reports", "integer", "documents' events that report it as news, copies among them"},
    {"role", "string", "the post, in the words of the text"},
    {"sectors", "string", "PLOVER sectors, the first first"},
    {"sentences", "integer", "sentences of the document"},
    {"since", "date", "first day of the tie, where it is told"},
    {"source", "string", "the outlet"},
    {"speaker", "string", "who says so, outermost first, parted by ' > '; empty: the document itself"},
    {"status", "string",
     "of an event: actual, attempted, planned, hypothetical, denied, negated; of a demand: open, met, rejected and "
     "so on; of a tie: current, former, acting, elect, late"},
    {"strength", "string", "appeal, demand, order, ultimatum"},
    {"subject", "string", "who holds the post or stands in the relation"},
    {"texts", "integer", "independent texts among the reports: copies of one text count once"},
    {"title", "string", "title of the document, private persons by their role words"},
    {"told", "date", "publication day of the document"},
    {"told_first", "date", "publication day of the first report"},
    {"told_last", "date", "publication day of the last report"},
    {"tokens", "integer", "tokens of the document"},
    {"type", "string", "PLOVER 2.0 type"},
    {"until", "date", "last day of the tie, where it is told"},
};

#endif
