/* tie_find.h - what the readers of ties share while they read one document; private. */
#ifndef TR_EVENT_TIE_FIND_H
#define TR_EVENT_TIE_FIND_H
#include "event/clause.h"
#include "event/tie_kb.h"

enum { TIE_OFFICES = 32 };

struct office_change { /* "took office in May", "left office in 2016" */
  uint32_t actor, sentence;
  bool begins;
  struct period when;
};

struct tie_reading {
  const struct tie_kb *kb;
  struct doc *d;
  uint32_t *starts,
      *ends;   /* [tokens]: longest mention of a name, else of anything, that begins or ends here, or NONE */
  bool failed; /* out of memory */
  /* the noun phrase read last, for "a former activist and intelligence chief" */
  uint32_t described[16], name[16]; /* actors that only describe another one of a series, and whom */
  uint8_t n_described;
  uint32_t last_end, last_holder;
  int last_status;
  struct office_change office[TIE_OFFICES];
  uint8_t n_offices;
};

/* A noun phrase around a role or relation noun: "the former deputy commander of the brigade". */
struct noun_phrase {
  uint32_t head, first, last;     /* head; tokens with its determiner or possessor .. its "of" phrase */
  uint32_t core_first, core_last; /* the role's own words */
  uint32_t body;                  /* actor whose role or relation it is: possessor, demonym, "of" phrase; NONE */
  uint32_t body_last;             /* last token of the body's phrase behind the head, or core_last */
  int status;                     /* enum tie_status, or -1: nothing said */
  bool definite;                  /* has an article, a possessor or a body in front */
};

uint32_t mention_actor_at(const struct tie_reading *r, uint32_t mention); /* NONE for NONE */
bool mention_is_name(const struct tie_reading *r, uint32_t mention);
bool actor_is_person(const struct tie_reading *r, uint32_t actor);

/* The actor in the phrase that begins at token t ("the", adjectives and common nouns may stand before a name); its last token
 * in *last. NONE if a verb, a comma or five words come first. */
uint32_t tie_actor_from(const struct tie_reading *r, uint32_t t, uint32_t *last);
/* Dates behind token t: "since August", "in 2004", "from 2010 to 2014". */
void tie_dates_from(const struct tie_reading *r, uint32_t t, struct tie *tie);
/* Subject of a clause as an actor, with "which" read as the name right before it. */
uint32_t tie_subject(const struct tie_reading *r, uint32_t verb);
bool tie_unreal(const struct tie_reading *r, uint32_t verb); /* negated, modal, wished */

/* Adds the tie unless it is there already or joins an actor with itself; fields not set are current, dateless. */
void tie_push(struct tie_reading *r, struct tie tie, uint32_t first, uint32_t last);

void tie_read_role(struct tie_reading *r, uint32_t t);       /* tie_noun.c: posts and relation nouns at token t */
void tie_read_verb(struct tie_reading *r, uint32_t t);       /* tie_verb.c: verbs, adjectives, suffixes */
void tie_read_name(struct tie_reading *r, uint32_t mention); /* tie_verb.c: "X of Y", "X's Y" */

void tie_read_office(struct tie_reading *r, uint32_t t); /* tie_office.c: notes "took office", "left office" */
void tie_offices_settle(struct tie_reading *r);          /* tie_office.c: behind the pass */
/* The verb takes or leaves (kind WORD_ENTERS, WORD_VACATES) office. */
bool tie_office_of(const struct tie_reading *r, uint32_t verb, enum tie_word kind);

#endif
