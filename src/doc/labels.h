/* labels.h - the closed sets of labels as X-macros: UPOS, XPOS, dependency relations, and the enums of the rows.
 *
 * UPOS and relations are those of Universal Dependencies v2 (with the subtypes of the English treebanks), XPOS those of the Penn
 * Treebank as UD English writes them. Names are what CoNLL-U prints. */
#ifndef TR_DOC_LABELS_H
#define TR_DOC_LABELS_H
#include "base/str.h"

/* clang-format off */
#define UPOS_LIST(X)                                                                                                  \
  X(ADJ) X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) X(PROPN) X(PUNCT) X(SCONJ)      \
  X(SYM) X(VERB) X(X)

#define XPOS_LIST(X)                                                                                                  \
  X(CC, "CC") X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW") X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS")     \
  X(LS, "LS") X(MD, "MD") X(NN, "NN") X(NNS, "NNS") X(NNP, "NNP") X(NNPS, "NNPS") X(PDT, "PDT") X(POS, "POS")         \
  X(PRP, "PRP") X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO")         \
  X(UH, "UH") X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ") X(WDT, "WDT")         \
  X(WP, "WP") X(WPS, "WP$") X(WRB, "WRB") X(HYPH, "HYPH") X(NFP, "NFP") X(ADD, "ADD") X(AFX, "AFX") X(GW, "GW")       \
  X(XX, "XX") X(COMMA, ",") X(PERIOD, ".") X(COLON, ":") X(LRB, "-LRB-") X(RRB, "-RRB-") X(OPENQ, "``")               \
  X(CLOSEQ, "''") X(DOLLAR, "$")

#define DEPREL_LIST(X)                                                                                                \
  X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl") X(ADVMOD, "advmod")         \
  X(AMOD, "amod") X(APPOS, "appos") X(AUX, "aux") X(AUX_PASS, "aux:pass") X(CASE, "case") X(CC, "cc")                 \
  X(CC_PRECONJ, "cc:preconj") X(CCOMP, "ccomp") X(CLF, "clf") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") \
  X(CONJ, "conj") X(COP, "cop") X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer") X(CSUBJ_PASS, "csubj:pass")           \
  X(DEP, "dep") X(DET, "det") X(DET_PREDET, "det:predet") X(DISCOURSE, "discourse") X(DISLOCATED, "dislocated")       \
  X(EXPL, "expl") X(FIXED, "fixed") X(FLAT, "flat") X(FLAT_FOREIGN, "flat:foreign") X(GOESWITH, "goeswith")           \
  X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod") X(NMOD_DESC, "nmod:desc")                           \
  X(NMOD_NPMOD, "nmod:npmod") X(NMOD_POSS, "nmod:poss") X(NMOD_UNMARKED, "nmod:unmarked") X(NSUBJ, "nsubj")           \
  X(NSUBJ_OUTER, "nsubj:outer") X(NSUBJ_PASS, "nsubj:pass") X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl")           \
  X(OBL_AGENT, "obl:agent") X(OBL_NPMOD, "obl:npmod") X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan")             \
  X(PARATAXIS, "parataxis") X(PUNCT, "punct") X(REPARANDUM, "reparandum") X(ROOT, "root") X(VOCATIVE, "vocative")     \
  X(XCOMP, "xcomp")
/* clang-format on */

enum upos {
  UPOS_NONE,
#define X(name) UPOS_##name,
  UPOS_LIST(X)
#undef X
      UPOS_COUNT
};
enum xpos {
  XPOS_NONE,
#define X(name, text) XPOS_##name,
  XPOS_LIST(X)
#undef X
      XPOS_COUNT
};
enum deprel {
  DEPREL_NONE,
#define X(name, text) DEPREL_##name,
  DEPREL_LIST(X)
#undef X
      DEPREL_COUNT
};

const char *upos_name(uint8_t u); /* "" for NONE, "_" is the writer's business */
const char *xpos_name(uint8_t x);
const char *deprel_name(uint8_t d);
uint8_t upos_of(str s); /* NONE if unknown */
uint8_t xpos_of(str s);
uint8_t deprel_of(str s);            /* an unknown subtype falls back to its universal relation */
uint8_t deprel_universal(uint8_t d); /* nsubj:pass -> nsubj */

/* The enums of the rows: name, text on the page. */
#define MENTION_TYPES(X) X(NAME, "name") X(NOMINAL, "nominal") X(PRONOUN, "pronoun") X(DEMONYM, "demonym")
/* clang-format off */
#define ACTOR_KINDS(X)                                                                                                \
  X(PERSON, "person") X(GROUP, "group") X(ORGANIZATION, "organization") X(STATE, "state") X(PEOPLE, "people")         \
  X(POST, "post")
/* clang-format on */
#define TIMEX_TYPES(X) X(DATE, "DATE") X(TIME, "TIME") X(DURATION, "DURATION") X(SET, "SET")
/* clang-format off */
#define TIMEX_ROLES(X)                                                                                                \
  X(EVENT, "event") X(DEADLINE, "deadline") X(ANNIVERSARY, "anniversary") X(UTTERANCE, "utterance")                   \
  X(BACKGROUND, "background")
/* clang-format on */
#define ANCHORS(X)                                                                                                     \
  X(CALENDAR, "calendar") X(PUBLICATION, "publication") X(NARRATIVE, "narrative") X(UTTERANCE, "utterance")
#define PLACE_USES(X) X(LITERAL, "literal") X(METONYMIC, "metonymic") X(MODIFIER, "modifier")
/* clang-format off */
#define PLACE_ROLES(X) X(SITE, "site") X(ORIGIN, "origin") X(TARGET, "target") X(DESTINATION, "destination")
#define PLACE_LEVELS(X)                                                                                               \
  X(NONE, "none") X(BUILDING, "building") X(CITY, "city") X(DISTRICT, "district") X(REGION, "region")                 \
  X(COUNTRY, "country") X(AREA, "area")
/* clang-format on */
/* clang-format off */
#define STATUSES(X)                                                                                                   \
  X(ACTUAL, "actual") X(ATTEMPTED, "attempted") X(PLANNED, "planned") X(HYPOTHETICAL, "hypothetical")                 \
  X(NEGATED, "negated") X(DENIED, "denied") X(THREATENED, "threatened") X(REQUESTED, "requested")
/* clang-format on */
#define CERTAINTIES(X) X(CERTAIN, "certain") X(PROBABLE, "probable") X(POSSIBLE, "possible")
#define ATTRIBUTION_TYPES(X) X(DIRECT, "direct") X(INDIRECT, "indirect") X(RUMOUR, "rumour") X(ATTITUDE, "attitude")
#define STANCES(X)                                                                                                     \
  X(ASSERTS, "asserts") X(CONFIRMS, "confirms") X(ALLEGES, "alleges") X(DENIES, "denies") X(DOUBTS, "doubts")
#define OUTCOMES(X) X(NONE, "") X(DONE, "done") X(FAILED, "failed") X(INTERCEPTED, "intercepted")
#define DEMAND_KINDS(X) X(DEMAND, "demand") X(PROMISE, "promise") X(THREAT, "threat")
#define STRENGTHS(X) X(APPEAL, "appeal") X(DEMAND, "demand") X(ORDER, "order") X(ULTIMATUM, "ultimatum")
/* clang-format off */
#define DEMAND_STATUSES(X)                                                                                            \
  X(OPEN, "open") X(MET, "met") X(PARTLY, "partly") X(REJECTED, "rejected") X(EXPIRED, "expired")                     \
  X(EXTENDED, "extended") X(WITHDRAWN, "withdrawn") X(SUPERSEDED, "superseded") X(UNKNOWN, "unknown")
/* clang-format on */
/* clang-format off */
#define RELATIONS(X)                                                                                                  \
  X(HOLDS_ROLE, "holds-role") X(LEADS, "leads") X(MEMBER_OF, "member-of") X(PART_OF, "part-of") X(ALLY_OF, "ally-of") \
  X(OPPOSED_TO, "opposed-to") X(CLOSE_TO, "close-to") X(BACKED_BY, "backed-by") X(SUPPLIED_BY, "supplied-by")         \
  X(SPLIT_FROM, "split-from") X(SUCCEEDED, "succeeded")
/* clang-format on */
#define TIE_STATUSES(X) X(CURRENT, "current") X(FORMER, "former") X(ACTING, "acting") X(ELECT, "elect") X(LATE, "late")
#define LINK_TYPES(X)                                                                                                  \
  X(SAME_AS, "same-as") X(RESPONSE_TO, "response-to") X(PART_OF, "part-of") X(ALLEGED_IN, "alleged-in")

enum mention_type {
#define X(name, text) MENTION_##name,
  MENTION_TYPES(X)
#undef X
      MENTION_COUNT
};
const char *mention_type_name(uint8_t v);

enum actor_kind {
#define X(name, text) ACTOR_##name,
  ACTOR_KINDS(X)
#undef X
      ACTOR_COUNT
};
const char *actor_kind_name(uint8_t v);

enum timex_type {
#define X(name, text) TIMEX_##name,
  TIMEX_TYPES(X)
#undef X
      TIMEX_COUNT
};
const char *timex_type_name(uint8_t v);

enum timex_role {
#define X(name, text) TIMEX_ROLE_##name,
  TIMEX_ROLES(X)
#undef X
      TIMEX_ROLE_COUNT
};
const char *timex_role_name(uint8_t v);

enum anchor {
#define X(name, text) ANCHOR_##name,
  ANCHORS(X)
#undef X
      ANCHOR_COUNT
};
const char *anchor_name(uint8_t v);

enum place_use {
#define X(name, text) PLACE_USE_##name,
  PLACE_USES(X)
#undef X
      PLACE_USE_COUNT
};
const char *place_use_name(uint8_t v);

enum place_role { /* of an event's place */
#define X(name, text) PLACE_ROLE_##name,
                  PLACE_ROLES(X)
#undef X
                      PLACE_ROLE_COUNT
};
const char *place_role_name(uint8_t v);

enum place_level {
#define X(name, text) LEVEL_##name,
  PLACE_LEVELS(X)
#undef X
      LEVEL_COUNT
};
const char *place_level_name(uint8_t v);

enum status {
#define X(name, text) STATUS_##name,
  STATUSES(X)
#undef X
      STATUS_COUNT
};
const char *status_name(uint8_t v);

enum certainty {
#define X(name, text) CERTAINTY_##name,
  CERTAINTIES(X)
#undef X
      CERTAINTY_COUNT
};
const char *certainty_name(uint8_t v);

enum attribution_type {
#define X(name, text) ATTRIBUTION_##name,
  ATTRIBUTION_TYPES(X)
#undef X
      ATTRIBUTION_COUNT
};
const char *attribution_type_name(uint8_t v);

enum stance {
#define X(name, text) STANCE_##name,
  STANCES(X)
#undef X
      STANCE_COUNT
};
const char *stance_name(uint8_t v);

enum outcome {
#define X(name, text) OUTCOME_##name,
  OUTCOMES(X)
#undef X
      OUTCOME_COUNT
};
const char *outcome_name(uint8_t v);

enum demand_kind {
#define X(name, text) DEMAND_KIND_##name,
  DEMAND_KINDS(X)
#undef X
      DEMAND_KIND_COUNT
};
const char *demand_kind_name(uint8_t v);

enum strength {
#define X(name, text) STRENGTH_##name,
  STRENGTHS(X)
#undef X
      STRENGTH_COUNT
};
const char *strength_name(uint8_t v);

enum demand_status {
#define X(name, text) DEMAND_STATUS_##name,
  DEMAND_STATUSES(X)
#undef X
      DEMAND_STATUS_COUNT
};
const char *demand_status_name(uint8_t v);

enum relation {
#define X(name, text) RELATION_##name,
  RELATIONS(X)
#undef X
      RELATION_COUNT
};
const char *relation_name(uint8_t v);

enum tie_status {
#define X(name, text) TIE_##name,
  TIE_STATUSES(X)
#undef X
      TIE_COUNT
};
const char *tie_status_name(uint8_t v);

enum link_type {
#define X(name, text) LINK_##name,
  LINK_TYPES(X)
#undef X
      LINK_COUNT
};
const char *link_type_name(uint8_t v);

#endif
