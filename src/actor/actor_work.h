/* actor_work.h - what the parts of the actor stage share while they read one document.
 *
 * name_hits.c to names.c find names, nouns.c nominals and pronouns: each becomes a `struct seen`. link.c gives every seen its actor (a
 * `struct who` beside the row of doc->actors), antecedent.c finds whom a pronoun or "the group" takes up, code.c gives the actors
 * their codes. All memory is the document's scratch arena; nothing here outlives actor_stage's run. */
#ifndef TR_ACTOR_WORK_H
#define TR_ACTOR_WORK_H
#include "actor/actor_kb.h"
#include "doc/tree.h"

enum determiner { DET_NONE, DET_DEFINITE, DET_INDEFINITE, DET_POSSESSIVE };
enum held { HELD_NOW, HELD_PAST, HELD_COMING, HELD_ACTING };

enum { SEVERAL_MOST = 4 }; /* whom "they" may mean at once */

struct seen {        /* words that mean an actor */
  uint32_t first, n; /* tokens of the mention: of a name without article and title */
  uint32_t head;     /* the token that the rest of the sentence hangs on */
  uint32_t sentence;
  uint8_t type, kind; /* enum mention_type, actor_kind; kind ACTOR_COUNT: not known */
  uint8_t gender, det, held;
  bool plural, possessive, maybe_place, modifier;
  bool predicate;           /* says what somebody is ("was a judge", "as minister"): nobody takes it up */
  bool acts;                /* an unknown name of one word that does something: somebody, whoever it is */
  uint32_t entity, state;   /* of the knowledge, or NONE */
  uint32_t agent;           /* role noun of a nominal, or of the title before a name; or NONE */
  uint32_t land;            /* state that its modifiers tell, or NONE */
  uint32_t lands;           /* how many different ones */
  uint32_t whose;           /* the seen it belongs to ("the union's leader"), or NONE */
  uint32_t same;            /* an earlier or later seen that is the same actor by syntax, or NONE */
  uint32_t before;          /* of a post: the seen who held it before ("succeeded Tembo as president"), or NONE */
  uint32_t piece, n_pieces; /* of work.piece: the name's words */
  uint32_t actor;           /* row, or NONE */
  uint32_t others[SEVERAL_MOST - 1]; /* of a pronoun that means several: the rows beside it */
  uint8_t n_others;
};

struct part {                        /* a role that the text gives an actor */
  uint32_t agent, whose_actor, next; /* next: row of work.parts + 1, 0 none */
  uint8_t held;
};

struct who { /* beside each row of doc->actors */
  uint32_t entity, state, agent;
  uint8_t gender;
  bool plural, named, armed, definite;
  uint32_t told; /* how many mentions were linked to it so far */
  uint32_t best; /* the seen whose words name it best */
  uint32_t first_seen, last_seen;
  uint32_t land, part_of_seen;
  uint32_t parts; /* row of work.parts + 1 */
};

struct hit {            /* a name of the knowledge that begins at a token */
  uint32_t value, last; /* last token; NONE: nothing begins here */
  uint32_t kinds;       /* 1 << name_kind of everything that the words may mean */
};

struct work {
  const struct actor_kb *kb;
  struct doc *d;
  struct arena *memory;
  sym *piece; /* [n_pieces] words of the document as pieces */
  uint32_t *piece_token, n_pieces;
  uint32_t *token_piece;    /* [tokens.n + 1] */
  struct hit *name, *agent; /* [tokens.n] by first token; agent: by LAST token, `last` holds the first */
  uint32_t *agent_from;     /* [tokens.n] last token of the longest title that begins here, or NONE */
  uint32_t *owner;          /* [tokens.n] the seen whose span or title covers the token, or NONE */
  uint8_t *label;           /* [tokens.n] what the recogniser says (name_tagger.h); NULL: there is none */
  uint32_t *at;             /* [tokens.n] the seen whose head is the token, or NONE */
  uint8_t *doubtful;        /* [tokens.n] a name begins here that is guarded, or more than one actor's */
  uint32_t n_doubtful;
  ROWS(struct seen) seen;
  ROWS(struct who) who;
  ROWS(struct part) parts;
  uint32_t focus;                     /* state the document is about, or NONE */
  uint32_t focus_weight, land_weight; /* of it; of all */
  uint32_t *sentence_land;            /* [sentences.n] state whose places a sentence names, or NONE */
  bool failed;                        /* out of memory */
};

static inline const struct kb_agent *work_agent(const struct work *w, uint32_t row) {
  return row == NONE ? NULL : &w->kb->agents.at[row];
}
static inline uint16_t agent_flags(const struct work *w, uint32_t row) {
  return row == NONE ? 0 : w->kb->agents.at[row].flags;
}
static inline uint8_t universal(const struct work *w, uint32_t t) { return deprel_universal(w->d->tokens.deprel[t]); }
static inline bool token_is(const struct work *w, uint32_t t, uint32_t classes) {
  return w->token_piece[t] < w->token_piece[t + 1] && kb_word_is(w->kb, w->piece[w->token_piece[t]], classes);
}

struct seen *work_seen(struct work *w, uint32_t first, uint32_t n, uint8_t type); /* NULL: out of memory */
/* The name or person that a noun for it takes up by syntax: they are one unless their kinds forbid it. */
void same_bind(struct work *w, uint32_t name, uint32_t noun);
uint32_t work_head(const struct work *w, uint32_t first, uint32_t n); /* token of the span whose head lies outside it */
/* Does the token stand for whom an act of class `hurts` befalls: "assassinated Galan", "the murder of the impresario"? */
bool work_hurt(const struct work *w, uint32_t t);
uint8_t work_role(const struct work *w, uint32_t t); /* universal relation of t; a conjunct has that of the first */

void name_pieces_fill(struct work *w);                            /* pieces, hits */
void name_mentions_find(struct work *w);                          /* names, demonyms */
void nouns_find(struct work *w);                                  /* nominals, pronouns */
void posts_find(struct work *w);                                  /* who holds the posts that verbs tell */
void focus_find(struct work *w);                                  /* which state the document is about */
void actors_link(struct work *w);                                 /* identity */
uint32_t antecedent_of_noun(const struct work *w, uint32_t seen); /* actor row or NONE */
/* Actor row or NONE; NONE with *several where those are meant who were told together: the token of the first. */
uint32_t antecedent_of_pronoun(const struct work *w, uint32_t seen, uint32_t *several);
/* Their rows, at most SEVERAL_MOST; 0 where one of them is nobody or they are more. */
uint32_t antecedent_several(const struct work *w, uint32_t first, uint32_t *out);
/* "In his observations of pin factories, Smith noticed": the seen that follows as the subject, where the pronoun of a person stands in
 * a phrase or clause before it; NONE. It need not have an actor yet. */
uint32_t antecedent_ahead(const struct work *w, uint32_t seen);
bool antecedent_agrees(const struct work *w, uint32_t pronoun, uint32_t seen); /* the seen's actor may be meant */
/* The only person known to be of the pronoun's gender in the dozen sentences before, or NONE. */
uint32_t antecedent_long_before(const struct work *w, uint32_t seen);
void codes_fill(struct work *w);

#endif
