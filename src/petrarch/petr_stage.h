/* petr_stage.h - the stage that codes events by users' PETRARCH and TABARI dictionaries, in place of our own rules.
 *
 * Without dictionaries it does nothing. With a verb file, the document's events become those that the dictionaries read, with the roles
 * filled as PETRARCH fills them; demands, which rest on our events, are dropped. With actor files alone, the actors' CAMEO codes
 * come from them. PETRARCH knows no status: every row is "actual", whatever the sentence says. Needs tree, actors, events. */
#ifndef TR_PETRARCH_PETR_STAGE_H
#define TR_PETRARCH_PETR_STAGE_H
#include "petrarch/petr_dict.h"

extern const struct stage petr_stage;

/* What the readers noticed while the stage opened; NULL where no dictionary was given. Lives as long as the stage. */
const struct petr_notes *petr_stage_notes(const void *stage);
const struct petr_dict *petr_stage_dict(const void *stage);
const struct ontology *petr_stage_ontology(const struct petr_dict *dict);

#endif
