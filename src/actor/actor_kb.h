/* actor_kb.h - what is known of actors: states, bodies, persons with their posts over time, role nouns, given names.
 *
 * Read from knowledge/actors/ (formats: the head of each file) by kb_words.c and kb_entities.c, or opened as it was compiled
 * (kb_image.h). Rows refer to text and rows by number, never by pointer. Immutable afterwards, shared by all threads. What a text says of an actor is not here but in the document.
 *
 * Besides the files of fixed names every *.tsv in the folder holds actors (format of bodies.tsv) and every *.offices
 * holders of posts; they are read in the order of their names, so that a file of the user's own needs no registration. */
#ifndef TR_ACTOR_KB_H
#define TR_ACTOR_KB_H
#include "actor/phrase.h"
#include "base/file.h"
#include "base/problems.h"
#include "doc/doc.h"

enum gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE, GENDER_NEUTER };

struct kb_text { /* bytes of the knowledge's pool; kb_str gives the view */
  uint32_t at, n;
};

struct kb_state {
  struct kb_text name;
  char iso3[4], cameo[4];
  bool breakaway;
};

enum spell_flag {
  SPELL_FROM_AT_LEAST = 1, /* "1997?..": held it then; when it began is not known */
  SPELL_TO_AT_LEAST = 2,
  SPELL_ACTING = 4,
  SPELL_SHARED = 8,  /* several hold the post at once, or it was disputed: no overlap */
  SPELL_DAY = 16,    /* both ends are days, not months or years */
  SPELL_OFFICE = 32, /* of an .offices file: the post has one holder at a time */
  SPELL_FROM_MONTH =
      64, /* an end is told to the month, or to the year: `first` and `last` are its first and last day */
  SPELL_FROM_YEAR = 128,
  SPELL_TO_MONTH = 256,
  SPELL_TO_YEAR = 512
};
struct kb_spell { /* what an entity was from `first` to `last` */
  struct actor_code code;
  int32_t first, last; /* DAY_NONE: open */
  struct kb_text role; /* "prime minister"; may be empty */
  uint32_t agent;      /* the role noun that its words begin with, or NONE */
  uint32_t flags;      /* enum spell_flag */
};

struct kb_entity { /* a person or a body that acts under a name */
  struct kb_text id, name;
  uint32_t first_spell, n_spells;
  struct kb_text nouns, part_of, aliases; /* '|'-separated; empty if none */
  uint8_t kind, gender, pad[2];
};

struct kb_member {      /* a state belongs to a body */
  uint32_t body, state; /* rows of entities and states */
  int32_t first, last;  /* DAY_NONE: open */
  uint32_t flags;       /* enum spell_flag */
};

enum agent_flag {
  AGENT_TITLE = 1,
  AGENT_NATIONAL = 2,
  AGENT_PRIVATE = 4,
  AGENT_GENERIC = 8,
  AGENT_CLASS = 16,
  AGENT_RELATION = 32,
  AGENT_MEMBER = 64,
  AGENT_WEAK = 128,
  AGENT_FEMALE = 256,
  AGENT_MALE = 512,
  AGENT_FORCE = 1024,
  AGENT_BESIDE = 2048,
  AGENT_ABROAD = 4096,
  AGENT_COMMUNITY = 8192 /* of faith or descent: an actor as many, never coded on one person */
};
struct kb_agent {        /* a noun for an actor */
  struct kb_text phrase; /* singular */
  sym head;              /* its last word */
  uint8_t kind;          /* enum actor_kind */
  uint16_t flags;        /* enum agent_flag */
  char sector[CODE_SECTORS][4];
};

enum word_class {
  WORD_BODY = 1,
  WORD_GROUP = 2,
  WORD_HONORIFIC = 4,
  WORD_PARTICLE = 8,
  WORD_ARTICLE = 16,
  WORD_GENERATION = 32,
  WORD_JOINER = 64,
  WORD_PAST = 128,
  WORD_COMING = 256,
  WORD_ACTING = 512,
  WORD_NOT_NAME = 1024,
  WORD_THING = 2048,
  WORD_PARTITIVE = 4096,
  WORD_GIVEN = 8192,
  WORD_ARMED = 16384,
  WORD_SPEAKS = 32768,
  WORD_TOWARDS = 65536,
  WORD_DEFINITE = 1 << 17,
  WORD_INDEFINITE = 1 << 18,
  WORD_WHOSE = 1 << 19,
  WORD_BEING = 1 << 20,
  WORD_PRONOUN = 1 << 21,
  WORD_LOCATIVE = 1 << 22,
  WORD_SETTLED = 1 << 23,
  WORD_DEED = 1 << 24,
  WORD_CAPACITY = 1 << 25,
  WORD_TAKES = 1 << 26,
  WORD_LEAVES = 1 << 27,
  WORD_FOLLOWS = 1 << 28,
  WORD_HEADS = 1 << 29,
  WORD_FAMILY = 1 << 30
};
#define WORD_HURTS (1u << 31) /* a further one, beyond what an enumerator may be */
struct kb_word {
  sym word;
  uint32_t classes; /* enum word_class */
  uint8_t gender;   /* of a given name or an honorific */
  bool plural;      /* of a pronoun */
  char sector[4];   /* of a body, a group, an honorific; "1" of a partitive that means one */
};

/* A noun that takes up whoever an earlier verb spoke of: "detainee" the one who was arrested. */
struct kb_taker {
  sym noun, verb;
  bool subject; /* the verb's agent ("winner" - win), not the one it befell */
};

/* What a phrase may mean; the value in the automaton is kind << 28 | bits | row. */
enum name_kind { NAME_STATE, NAME_ADJECTIVE, NAME_PEOPLE, NAME_CAPITAL, NAME_METONYM, NAME_ENTITY, NAME_AGENT };
#define NAME_BIT (1u << 27)                /* of an agent: the plural; of a name: capitals only */
#define NAME_LOWER (1u << 26)              /* a name that is written without capitals */
#define NAME_MIXED (NAME_BIT | NAME_LOWER) /* of a name: short, with a capital behind a small letter */
#define NAME_GUARDED                                                                                                   \
  (1u << 25) /* written "~MNLF": counts only where the text names the actor's country or the actor otherwise */
static inline uint32_t name_value(enum name_kind kind, uint32_t bits, uint32_t row) {
  return (uint32_t)kind << 28 | bits | row;
}
static inline enum name_kind name_kind(uint32_t value) { return (enum name_kind)(value >> 28); }
static inline uint32_t name_row(uint32_t value) { return value & (NAME_GUARDED - 1); }

struct actor_kb {
  struct arena memory;
  struct phrases phrases;
  struct symtab *words; /* of the pipeline; written only while loading */
  ROWS(struct kb_state) states;
  ROWS(struct kb_spell) spells;
  ROWS(struct kb_entity) entities;
  ROWS(struct kb_member) members; /* of the text alone: nothing that codes needs them */
  ROWS(struct kb_agent) agents;
  ROWS(struct kb_taker) takers;
  struct kb_word *word; /* [word_mask + 1], by symbol */
  uint32_t word_mask, n_words;
  struct buf text; /* what kb_text points into */
  bool mapped;     /* all of it lies in an image (kb_image.h), which owns it */
};

/* Reads folder/actors/; adds its words to `words`, which must live as long. What is wrong in a line goes to `problems` with
 * file, line and what to do, and the line is left out; where problems is NULL the first one is the error. False with *e: a
 * file is missing or memory is out. */
bool actor_kb_open(struct actor_kb *kb, const char *folder, struct symtab *words, struct problems *problems,
                   struct err *e);
void actor_kb_release(struct actor_kb *kb);

static inline str kb_str(const struct actor_kb *kb, struct kb_text t) {
  return t.n && (uint64_t)t.at + t.n <= kb->text.n ? (str){kb->text.p + t.at, t.n} : (str){"", 0};
}

static inline bool kb_one_word(const struct actor_kb *kb, const struct kb_agent *a) {
  str phrase = kb_str(kb, a->phrase);
  return str_find(phrase, ' ') == phrase.n;
}

const struct kb_word *kb_word(const struct actor_kb *kb, sym word); /* NULL if nothing is known of it */
static inline bool kb_word_is(const struct actor_kb *kb, sym word, uint32_t classes) {
  const struct kb_word *w = kb_word(kb, word);
  return w && (w->classes & classes);
}
/* The spell that holds on `day` (DAY_NONE: the latest), or the last one before it with *past set; NULL if there is none. */
const struct kb_spell *kb_spell_on(const struct actor_kb *kb, const struct kb_entity *entity, int32_t day, bool *past);
uint32_t kb_entity_find(const struct actor_kb *kb, str id);            /* row or NONE */
uint32_t kb_state_find(const struct actor_kb *kb, const char iso3[4]); /* first row of that code, or NONE */
/* Longest phrase that begins at words[at] and is of one of `kinds` (bits 1 << name_kind); its length, 0 if none. */
uint32_t kb_longest(const struct actor_kb *kb, const sym *words, uint32_t n, uint32_t kinds, uint32_t *value);
/* The pieces of `text` as numbers of the table, SYM_NONE for one that it does not know; at most `most`. */
uint32_t kb_pieces(const struct symtab *words, str text, sym *out, uint32_t most);

#endif
