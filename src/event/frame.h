/* frame.h - the arguments of a word, with voice, control, relative clauses, coordination and light verbs undone.
 *
 * The parser's relations say how a sentence is built; a frame says who does what: "the pier was mined by the Front", "the Front,
 * which mined the pier" and "the Front carried out the mining of the pier" have the same subject and object. Reads the tree,
 * mentions and times; decides nothing about events. */
#ifndef TR_EVENT_FRAME_H
#define TR_EVENT_FRAME_H
#include "doc/tree.h"
#include "event/rules.h"

struct arg {
  uint32_t head;
  sym prep; /* of FUNC_PREP */
  uint8_t func;
  bool shared; /* inherited: by control, from a conjunct, or from a light verb */
};
enum { FRAME_ARGS = 32 };
struct frame {
  uint32_t token;
  bool passive;
  uint8_t n;
  struct arg arg[FRAME_ARGS];
};

struct grammar { /* what the functions below need */
  const struct rules *rules;
  const struct doc *doc;
};

void frame_build(struct grammar g, uint32_t token, struct frame *f);
/* First argument with this function at or after `from`; f->n if there is none. */
uint8_t frame_find(const struct frame *f, struct func_ref at, uint8_t from);

/* What `child` is to its head, voice undone; FUNC_NONE for what is no argument. */
struct func_ref func_of_child(struct grammar g, uint32_t child);
/* The next dependent of `head` after `last` (NONE: the first) that has the function which `at` asks for below; NONE: no more. */
uint32_t child_at(struct grammar g, uint32_t head, struct func_ref at, uint32_t last);
/* Logical subject and object of a verb, inherited where it has none of its own; NONE if unknown. */
uint32_t subject_of(struct grammar g, uint32_t verb);
uint32_t object_of(struct grammar g, uint32_t verb);
bool verb_passive(struct grammar g, uint32_t verb);
bool token_verbal(const struct doc *d, uint32_t token);
/* What the word above does to `child`: the governor row that fits, or NULL. */
const struct governor *governor_above(struct grammar g, uint32_t child);
/* What the word above tells of a demand that `child` stands for ("met the deadline"), or NULL. */
const struct governor *fate_above(struct grammar g, uint32_t child);
const struct governor *governor_at(struct grammar g, uint32_t head, struct func_ref at);
/* The noun that an infinitive belongs to where the parser hung it on the verb above: "disrupted a plan by extremists to storm",
 * "failed in its bid to". Only nouns that govern infinitives; NONE if there is none. */
uint32_t noun_of_infinitive(struct grammar g, uint32_t verb);
/* Does the verb have this particle ("call off")? */
bool has_particle(struct grammar g, uint32_t verb, sym particle);
/* First word of the phrase's preposition, or of the clause's mark. */
sym marker_of(const struct doc *d, uint32_t token);
uint32_t child_in_class(struct grammar g, uint32_t head, enum grammar_class c); /* a direct dependent, or NONE */

#endif
