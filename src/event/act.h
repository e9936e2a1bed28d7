/* act.h - an event in the making: a trigger that a rule has read, with its arguments, standing and actors.
 *
 * The stage works on acts in scratch memory: match.c finds them, standing.c says whether they took place and who says so, slots.c
 * who takes part, settle.c what row each becomes, retold.c which tell one deed; emit.c writes the rows. */
#ifndef TR_EVENT_ACT_H
#define TR_EVENT_ACT_H
#include "event/frame.h"
#include "event/speech.h"

enum { ACT_SPEECH = 6, ACT_ACTORS = 12 };

struct actors { /* a slot: rows of doc->actors, and the words that named them */
  uint32_t row[ACT_ACTORS], token[ACT_ACTORS];
  uint8_t n;
};

struct act {
  uint32_t token;
  const struct rule *rule;
  struct frame frame;
  uint8_t type, mode;
  char cameo[6];
  uint64_t contexts;
  uint16_t flags; /* of the rule; ANNOUNCE is cleared when the type is settled */

  /* standing */
  uint8_t status, certainty;
  bool historical, repeated, future, duty, aside, question;
  bool caused;
  bool doubtful_noun; /* an indefinite noun inside something that did not happen */
  uint8_t ending;     /* EFFECT_ENDED, EFFECT_CANCELLED or none: the row is the end of the act */
  uint32_t ender;     /* token of the verb that ends it */
  uint32_t condition; /* head of the clause of condition, or NONE */
  uint32_t holder;    /* act whose content this is, or NONE */
  uint32_t claimer;   /* act that alleges this one, or NONE */
  uint8_t n_speech;
  uint32_t speech[ACT_SPEECH]; /* frames that tell it, innermost first */

  /* slots */
  struct actors actor, recipient;
  uint32_t object, instrument; /* head tokens, or NONE */
  bool reciprocal;

  /* content: of a speech act, or of an announcement */
  uint32_t content;               /* act, or NONE */
  uint32_t content_head;          /* token, or NONE */
  uint32_t first_held, next_held; /* list of the acts that this one takes as content */
  bool settled, own_speech;       /* own_speech: the innermost speaker announces his own act: no attribution to him */
  uint8_t content_type, content_mode, content_status;

  uint32_t retold, next_retold; /* list of the acts that tell this one again (retold.c) */

  bool drop;
  const char *why; /* verdict for the trace */
  uint32_t event;  /* row it became, or NONE */
};

struct confidence;

struct acts { /* of one document, with what the steps share; in scratch memory */
  struct grammar g;
  const struct confidence *confidence;
  struct doc *d;
  struct act *at;
  uint32_t n, size;
  uint32_t *of_token; /* act whose trigger is this token, or NONE */
  uint32_t *cover;    /* innermost mention that covers this token, or NONE */
  struct speech *speech;
  uint32_t n_speech;
  uint32_t *speech_of;   /* innermost speech frame whose content is this token, or NONE */
  uint32_t *speech_next; /* [n_speech] next frame with the same content */
};

bool acts_match(struct acts *a, struct err *e);  /* match.c: all triggers of the document */
void act_standing(struct acts *a, uint32_t act); /* standing.c */
bool act_imperative(struct acts *a,
                    uint32_t verb);               /* a bare verb with nobody to do it: "Leave the town" (standing.c) */
void act_slots(struct acts *a, uint32_t act);     /* slots.c */
bool acts_settle(struct acts *a, struct err *e);  /* settle.c: types of announcements, ends, contents, duplicates */
bool acts_retell(struct acts *a, struct err *e);  /* retold.c: one row for what is told twice */
bool acts_emit(struct acts *a, struct err *e);    /* emit.c: rows of doc->events */
bool demands_find(struct acts *a, struct err *e); /* demand.c: rows of doc->demands, from the acts that were emitted */
struct act *acts_add(struct acts *a);             /* NULL when memory or the cap is out */

void demand_fates(struct acts *a); /* demand_fate.c: whether the text tells them met, refused, extended .. */

/* Do a condition's words fit this token? (match.c) */
bool picks_fit(struct grammar g, const struct condition *c, uint32_t token);
/* The actors that a phrase names, coordination included (slots.c); `whole` adds owners of a thing ("their embassy"). */
void actors_of_phrase(struct acts *a, uint32_t head, bool owners, struct actors *out);
/* Whom a speaker addresses: "..., the colonel told the rebels" (slots.c). */
void actors_told(struct acts *a, const struct speech *s, struct actors *out);
void actors_add(struct actors *s, uint32_t row, uint32_t token);
bool actors_has(const struct actors *s, uint32_t row);
/* Same actor, or one speaks for the other (slots.c). */
bool actors_related(const struct acts *a, const struct actors *s, uint32_t row);
void act_trace(struct acts *a, uint32_t token, str rule, const char *verdict);

#endif
