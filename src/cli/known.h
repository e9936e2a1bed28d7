/* known.h - the knowledge of actors for those who look somebody up: `actors show`, `ties --merged`. */
#ifndef TR_CLI_KNOWN_H
#define TR_CLI_KNOWN_H
#include "actor/actor_kb.h"
#include "doc/ontology.h"

struct known {
  struct symtab words;
  struct actor_kb kb;
};

/* Reads the text of the knowledge; faults in it are `dict lint`'s to tell. False with *e. */
bool known_open(struct known *k, struct err *e);
void known_close(struct known *k);
/* The event types alone; NULL with *e. Closed by ontology_close. */
struct ontology *known_ontology(struct err *e);
/* The state that a name means by itself ("Ivory Coast", "Burma", "USA"), as ISO 3166-1 alpha-3; `k` is a struct known. */
bool known_country(void *k, str name, char iso3[4]);
/* "2005-11-22 to 2021-12-08", "at least 1997 to open", "in 1997, perhaps longer"; "" where neither end is known. */
void known_dates(int32_t first, int32_t last, uint32_t flags, char out[64]);

#endif
