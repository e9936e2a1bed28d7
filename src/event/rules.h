/* rules.h - what the event stage knows: word classes, trigger rules and governors, compiled from knowledge/events/.
 *
 * A *rule* says that a word in a certain construction tells an event of a type, and which dependents fill its slots. A
 * *governor* is a word that changes the standing of an act below it ("tried to", "called off", "planned") without being an
 * event itself. Both are lists keyed by the number of a lemma, so the cost of a sentence does not grow with their number.
 * Everything is immutable after rules_open and shared by all threads. The format of the files: docs/rules.md. */
#ifndef TR_EVENT_RULES_H
#define TR_EVENT_RULES_H
#include "doc/ontology.h"
#include "doc/stage.h"

/* Grammatical functions as rules name them: voice, relative clauses, control and light verbs are undone before. */
enum func {
  FUNC_NONE,
  FUNC_SUBJ, /* who does it: subject, agent of a passive, subject of the light verb */
  FUNC_OBJ,  /* to whom: object, subject of a passive */
  FUNC_IOBJ,
  FUNC_INF,  /* to + verb, complement or purpose */
  FUNC_THAT, /* finite clause complement */
  FUNC_GER,  /* -ing complement */
  FUNC_PRED, /* predicate noun or adjective */
  FUNC_POSS, /* possessor of a noun */
  FUNC_COMP, /* noun or adjective before a noun */
  FUNC_HEAD, /* of an adjective or participle: the noun it stands before */
  FUNC_PREP, /* phrase with a preposition, which the reference names */
  FUNC_ACTOR /* only below another: whoever does the act told there ("killed in an attack by rebels": in/actor) */
};
struct func_ref {
  uint8_t func;
  sym prep;
  uint8_t below;  /* a dependent of what stands there ("in/comp": *police* firing); FUNC_NONE: that itself */
  sym below_prep; /* where `below` is FUNC_PREP */
};

enum pos { POS_VERB, POS_NOUN, POS_ADJ, POS_COUNT };

enum pick_kind {
  PICK_ANY,
  PICK_WORD,
  PICK_CLASS,
  PICK_ACTOR,
  PICK_KIND,
  PICK_SECTOR,
  PICK_TIME,
  PICK_PLACE,
  PICK_NUMBER,
  PICK_SEVERAL
};
struct pick { /* one alternative of a condition */
  uint8_t kind, actor_kind;
  uint16_t word_class;
  sym word, before; /* `before`: the word in front of it ("tear_gas"), or SYM_NONE */
  char sector[4];
};
struct condition {
  struct func_ref at;
  bool forbidden; /* must not hold */
  uint32_t first; /* picks */
  uint16_t n;
};

enum slot {
  SLOT_ACTOR,
  SLOT_RECIPIENT,
  SLOT_OBJECT,
  SLOT_INSTRUMENT,
  SLOT_CONTENT, /* what a speech act speaks of: taken into it, no row of its own */
  SLOT_CLAIM,   /* what is alleged: a row of its own, told by the actor, done by the recipient */
  SLOT_TOPIC,   /* what an act is about; only keeps its act from being a row */
  SLOT_COUNT
};
enum { SLOT_CHOICES = 10, RULE_CONDITIONS = 6 };
struct slot_fill {
  uint8_t n;
  struct func_ref from[SLOT_CHOICES]; /* in order of preference */
};

enum rule_flag {
  RULE_RECIPROCAL = 1, /* all parties in actor */
  RULE_LETHAL = 2,
  RULE_BLOCK = 4,          /* result NONE: a figure of speech */
  RULE_ANNOUNCE = 8,       /* type by content: own announcement, promise, plan */
  RULE_NEEDS_CONTENT = 16, /* no event unless the content is an act */
  RULE_ULTIMATUM = 32,     /* opens a demand of strength ultimatum */
  RULE_DEMAND = 64,        /* opens a demand */
  RULE_ORDER = 128,
  RULE_APPEAL = 256,
  RULE_CARRIER = 512,   /* a noun that is an event only under a light verb or with parties of its own */
  RULE_OWN_SIDE = 1024, /* the actor's own thing is acted on: no recipient from its possessor */
  RULE_HISTORIC = 2048,
  RULE_BY_SPEAKER = 4096, /* who says it does it: "Iran has until May to ..., Germany warned" */
  RULE_CONTEXT = 16384,   /* result CONTEXT: no event, a context of those whose clause holds the word */
  RULE_UNDONE = 8192      /* the words say that the act was left undone: "looked the other way", "inaction" */
};
struct rule {
  uint8_t pos, type, mode, specificity;
  uint16_t flags;
  char cameo[6];
  uint64_t contexts;
  sym particle;
  uint32_t first_condition;
  uint16_t n_conditions;
  struct slot_fill slot[SLOT_COUNT];
  str id; /* "assault:12" */
  uint32_t line;
  uint16_t file;
};

enum effect {
  EFFECT_NONE,
  EFFECT_SUPPORT, /* light verb, aspect: its subject acts, its status holds */
  EFFECT_HAPPEN,  /* "took place": the act is its subject, its status holds */
  EFFECT_ACTUAL,  /* implicative: managed to; negated, so is the act */
  EFFECT_FACTIVE, /* regretted, after: true whether negated or not */
  EFFECT_ATTEMPTED,
  EFFECT_PLANNED,
  EFFECT_HYPOTHETICAL,
  EFFECT_NEGATED,      /* failed to, refrained from */
  EFFECT_FOILED,       /* attempted by somebody else than the subject */
  EFFECT_AVERTED,      /* negated, of somebody else */
  EFFECT_ENDED,        /* the act's end is the event; of talks: they were held */
  EFFECT_CANCELLED,    /* the act's end is the event, of talks too */
  EFFECT_CAUSED,       /* forced X to: X did it */
  EFFECT_PERMITTED,    /* let X: stays as told, X did it */
  EFFECT_ASIDE,        /* the act is a topic: no row */
  EFFECT_COMMEMORATED, /* the act is past history */
  EFFECT_CLAIMED,      /* alleged by nobody named: actual, rumour */
  EFFECT_OBLIGED,      /* "had to": so in the past, a duty else */
  EFFECT_SUFFER,       /* light verb whose subject is acted on: "came under attack" */
  EFFECT_RISK,         /* the same, and it has not happened: "faces sanctions" */
  EFFECT_FATES,        /* from here: what became of a demand, said of the words for it ("met the deadline") */
  EFFECT_MET = EFFECT_FATES,
  EFFECT_REFUSED,
  EFFECT_EXTENDED,
  EFFECT_EXPIRED,
  EFFECT_WITHDRAWN
};
struct governor {
  uint8_t pos, effect;
  struct func_ref at; /* where the act stands below it; FUNC_NONE for adjectives before a noun */
  sym particle;
};

struct trigger { /* a rule that a word may open */
  uint32_t rule;
  sym before;   /* "air_strike": the word that must stand in front; SYM_NONE: any */
  sym particle; /* "call+off" */
  bool variant; /* "cease fire" of "cease-fire" */
};
struct cue { /* a word that gives an event beside it a context: "election" */
  uint64_t contexts;
  sym before;
  uint8_t pos;
};
struct member { /* a word's membership of a class */
  uint16_t word_class;
  sym before;
};

/* Closed classes that the code itself asks for; all must be defined (grammar.classes). */
/* clang-format off */
#define GRAMMAR_CLASSES(X)                                                                                            \
  X(NEGATOR, "negator") X(NO, "no") X(NOBODY, "nobody") X(BARELY, "not-negator")                                      \
  X(POSSIBLE, "modal-possible") X(FUTURE, "modal-future") X(WOULD, "modal-would") X(DUTY, "modal-duty")               \
  X(RELATIVE, "relative") X(CONDITION, "mark-condition") X(UNLESS, "mark-unless") X(WITHOUT, "mark-without")          \
  X(PURPOSE, "mark-purpose") X(WHETHER, "mark-whether") X(BUT, "contrast") X(TO, "to") X(BY, "by")                    \
  X(OF, "of") X(OR, "or") X(REFLEXIVE, "reflexive") X(HABIT, "habit") X(UNTIL, "until")                               \
  X(DEADLINE, "deadline-preposition") X(LIKELY, "adverb-likely") X(POSSIBLY, "adverb-possible")                       \
  X(HAVE, "have") X(GROUPING, "grouping-noun") X(SUBJECT_CONTROL, "subject-control")                                  \
  X(VENUE, "venue-preposition") X(DEMONSTRATIVE, "definite") X(FROM, "from")                                          \
  X(CONTROL_PREP, "control-preposition") X(OBJECT_CONTROL, "object-control") X(FIRST_PERSON, "first-person") \
  X(WRITING, "writing")         \
  X(BE, "be") X(DO, "do") X(NOT_YET, "yet") X(RULED_OUT, "ruling-out") X(CLAUSE_PREP, "clause-preposition")     \
  X(DEMAND_NOUN, "demand-noun") X(COMPLY, "compliance") X(ANOTHER, "another") \
  X(DESTINATION, "destination-preposition") X(TARGET, "target-preposition") X(PROSPECT, "prospect-preposition") \
  X(TIME_MARK, "mark-time") X(SAYS, "clause-verb") X(GERUND_CONTROL, "gerund-control") X(BLAME_PREP, "blame-preposition")
/* clang-format on */
enum grammar_class {
#define X(name, text) GRAMMAR_##name,
  GRAMMAR_CLASSES(X)
#undef X
      GRAMMAR_COUNT
};

struct word_entry { /* what a lemma can be: ranges of the tables below */
  uint32_t first_member, first_trigger, first_governor, first_cue;
};

struct example {
  str text, file;
  uint32_t line, rule; /* the last rule that stands above it */
  uint32_t first_rule; /* the first rule it may be an example of */
  bool miss;           /* a near miss: must give no event by these rules */
};

struct rules {
  const struct ontology *ontology;
  struct arena memory;
  struct rule *rule;
  uint32_t n_rules;
  struct condition *condition;
  struct pick *pick;
  struct governor *governor;
  uint32_t n_governors;
  struct member *member;
  struct trigger *trigger; /* by word, by falling specificity */
  uint32_t n_triggers;
  struct cue *cue;
  uint32_t n_cues;
  struct word_entry *word; /* [n_words + 1] */
  uint32_t n_words;
  sym any;                         /* "*": rules that any verb may open */
  uint16_t grammar[GRAMMAR_COUNT]; /* number of each grammar class */
  str *class_name;
  uint16_t n_classes;
  struct example *example;
  uint32_t n_examples;
};

/* Reads all *.classes, then *.rules and *.governors of knowledge/events/ in the order of their names. With `lint`, examples
 * are kept. NULL with *e: file and line of the first error. */
struct rules *rules_open(const char *knowledge, const struct ontology *o, struct symtab *words, bool lint,
                         struct err *e);
void rules_close(struct rules *r);

static inline const struct word_entry *rules_word(const struct rules *r, sym s) {
  return &r->word[s < r->n_words ? s : 0];
}
/* Is this token (by lemma, then by its form in lower case) of the class? */
bool rules_in_class(const struct rules *r, const struct doc *d, uint32_t token, uint16_t word_class);
static inline bool token_is(const struct rules *r, const struct doc *d, uint32_t token, enum grammar_class c) {
  return token != NONE && rules_in_class(r, d, token, r->grammar[c]);
}
/* Contexts that the word at a token gives to an event beside it. */
uint64_t rules_contexts(const struct rules *r, const struct doc *d, uint32_t token);
/* Does this word stand right before the token, or modify it from the left? */
bool word_before(const struct doc *d, uint32_t token, sym before);
/* Is a bare word of the class? */
bool word_is(const struct rules *r, sym word, enum grammar_class c);
uint8_t func_of_name(str name); /* FUNC_PREP for what is none of the functions */

#endif
