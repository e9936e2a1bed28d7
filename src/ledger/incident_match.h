/* incident_match.h - do two reports tell one event? A score of what they share, from a few numbers of each.
 *
 * The features are those of the linkage step of news event coders (kind of act, parties, place, day, words, figures); the weights
 * were fitted by logistic regression on the gold incidents of samples/ and rounded. Two copies of one text are not judged by
 * parties and place, which are the same throughout: there the same word must tell the event. Pure functions; the rows that they
 * judge are kept by incident.c. */
#ifndef TR_LEDGER_INCIDENT_MATCH_H
#define TR_LEDGER_INCIDENT_MATCH_H
#include "base/str.h"

enum { FACE_SIDE = 4, FACE_FIGURES = 4, FACE_VERSION = 2 };

/* A report in numbers: rows of the ledger where it has some, hashes of text elsewhere; 0 is nothing or not known. */
struct report_face {
  uint32_t version;
  int32_t first, last;           /* days of the event */
  uint32_t type, mode, cameo;    /* hashes */
  uint32_t object, stem;         /* of its last word; of the first letters of the word that tells it */
  uint32_t figure[FACE_FIGURES]; /* hashes of measure and number: killed 12 */
  uint32_t place, country;       /* a hash of what names the place; of the country's code */
  uint32_t actor[FACE_SIDE], recipient[FACE_SIDE];               /* rows of actors, mixed to 32 bits */
  uint32_t actor_code[FACE_SIDE], recipient_code[FACE_SIDE];     /* hashes of country and role */
  uint8_t n_actor, n_recipient, reciprocal, fine, exact, pad[3]; /* a city or finer; the text names the very day */
};

enum company { COMPANY_OTHER, COMPANY_FAMILY, COMPANY_DOCUMENT }; /* of the two: copies of one text, one text */

/* Above 0: one event. In natural logarithms of odds, cut where a rule decides alone (MATCH_NO, MATCH_YES). */
double incident_score(const struct report_face *a, const struct report_face *b, enum company company);
#define MATCH_NO (-9.0)
#define MATCH_YES 9.0    /* INCIDENT_CERTAIN of incident.h */
enum { MATCH_DAYS = 1 }; /* reports further apart are not compared */

/* What the score is made of, in words, for `why`: "same day, same actor, like place". */
size_t incident_reasons(const struct report_face *a, const struct report_face *b, char *out, size_t size);

#endif
