/* tie_kb.h - roles and relations as compiled from knowledge/ties/; private to the reader of ties. */
#ifndef TR_EVENT_TIE_KB_H
#define TR_EVENT_TIE_KB_H
#include "event/tie.h"
#include "event/wordmap.h"

enum { ROLE_WORDS = 6, REL_PREPS = 4 };

struct role {
  sym word[ROLE_WORDS];
  uint8_t n, head;  /* words; index of the head noun among them */
  bool leads, star; /* star: words in front of the head end the class */
  str class;        /* in the symbol table */
};

enum rel_class { REL_NOUN, REL_VERB, REL_ADJ, REL_SUFFIX, REL_OF, REL_POSS, REL_CLASSES };
enum rel_end { END_SELF, END_POSS, END_SUBJECT, END_OBJECT, END_PREP, END_NOUN, END_MODIFIER };
enum rel_flag {
  REL_PASSIVE = 1, /* only as a passive or a participle */
  REL_GROUP = 2,   /* the object is no person and no state */
  REL_LAND = 4,    /* the object is a state */
  REL_LASTING = 8  /* the verb tells what lasts ("led"), not what changes ("joined"): dates behind it are its own */
};

struct rel {
  uint8_t class, relation, flags;
  uint8_t first, second; /* ends that become subject and object of the tie */
  sym preps[REL_PREPS];  /* SYM_NONE ends */
};

/* Kinds of words.tsv; a word may be of several. */
enum tie_word {
  WORD_FORMER,
  WORD_ACTING,
  WORD_ELECT,
  WORD_LATE,
  WORD_CURRENT,
  WORD_MODIFIER,
  WORD_DEPUTY,
  WORD_TOPIC,
  WORD_EXAMPLE,
  WORD_SINCE,
  WORD_UNTIL,
  WORD_DURING,
  WORD_LEAVES,
  WORD_WINS,
  WORD_OFFICE,
  WORD_BEGINS,
  WORD_ENDS,
  WORD_SPLIT,
  WORD_ENTERS,
  WORD_VACATES,
  WORD_POST,
  WORD_KINDS
};

struct tie_kb {
  struct role *roles;
  uint32_t n_roles, size_roles;
  struct wordmap by_role; /* head noun -> roles, as in the file */
  struct rel *rels;
  uint32_t n_rels, size_rels;
  struct wordmap by_rel;     /* lemma (SUFFIX: form) -> relations */
  struct wordmap words;      /* word -> kinds; of an office: WORD_KINDS + role's symbol */
  uint32_t of_rel, poss_rel; /* rows of the nameless relations, or NONE */
  sym of, for_, by, as, and_, not_, nt, never, at, who, such;
};

bool tie_word_is(const struct tie_kb *kb, sym word, enum tie_word kind);
/* A status that a word gives, or -1. */
int tie_word_status(const struct tie_kb *kb, sym word);

#endif
