/* kb_read.h - what the readers of knowledge/actors/ share; private to src/actor/.
 *
 * A reader takes one line and adds all of it or nothing. False with *e: ERR_KNOWLEDGE for a line that is left out, anything
 * else ends the loading. */
#ifndef TR_ACTOR_KB_READ_H
#define TR_ACTOR_KB_READ_H
#include "actor/actor_kb.h"
#include "base/file.h"

struct kb_origin { /* where an entity was read first, for messages */
  uint32_t file, line;
};

struct kb_office { /* the section of an .offices file that is being read */
  struct kb_text role;
  struct actor_code code;
  uint32_t agent;
  bool shared, open;
};

struct kb_reader {
  struct actor_kb *kb;
  struct problems *problems;
  struct symtab names;           /* folded names of persons and ids: number -> row in `named` */
  ROWS(uint32_t) named;          /* entity + 1 by number of `names` */
  ROWS(uint32_t) spell_of;       /* entity of each spell, while they are not yet in order */
  ROWS(struct kb_origin) origin; /* of each entity */
  ROWS(struct kb_origin) spell_origin;
  ROWS(str) files; /* paths of what was read */
  struct kb_office office;
};

typedef bool (*kb_line_fn)(struct kb_reader *b, const struct line_reader *r, str *fields, size_t n, struct err *e);

#define KB_PUSH(kb, rows)                                                                                              \
  (rows_grow(&(kb)->memory, (void **)&(kb)->rows.at, &(kb)->rows.n, &(kb)->rows.size, sizeof *(kb)->rows.at)           \
       ? &(kb)->rows.at[(kb)->rows.n++]                                                                                \
       : NULL)
#define READER_PUSH(b, rows)                                                                                           \
  (rows_grow(&(b)->kb->memory, (void **)&(b)->rows.at, &(b)->rows.n, &(b)->rows.size, sizeof *(b)->rows.at)            \
       ? &(b)->rows.at[(b)->rows.n++]                                                                                  \
       : NULL)

static inline str dash(str s) { return str_is(s, "-") ? (str){"", 0} : s; }
bool kb_no_memory(struct err *e);
bool kb_code3(str s, char out[4]);
bool kb_sectors(str list, char out[CODE_SECTORS][4]);
uint32_t kb_pieces_add(struct symtab *words, str text, sym *out);
bool kb_phrase_add(struct actor_kb *kb, str text, enum name_kind kind, uint32_t bits, uint32_t row);
/* Every name of a '|'-separated list; "~" before one guards it. */
bool kb_names_add(struct actor_kb *kb, str list, enum name_kind kind, uint32_t row);
bool kb_text_add(struct actor_kb *kb, str s, struct kb_text *out);

/* kb_words.c */
bool kb_agent_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e);
bool kb_word_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e);
bool kb_given_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e);
bool kb_taker_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e);
bool kb_pronoun_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e);
bool kb_state_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e);
/* kb_entities.c */
bool kb_entity_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e);
bool kb_office_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e);
bool kb_entities_finish(struct kb_reader *b, struct err *e); /* spells in the order of their entities */
/* "2018-10-25..2020-05-06", "1997?..1999?"; either end may be missing. Sets first, last and flags. */
bool kb_dates_parse(str s, struct kb_spell *out);
uint32_t kb_id_owner(const struct kb_reader *b, str id); /* the entity of that id, or NONE */
/* kb_members.c */
bool kb_member_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e);
/* kb_lint.c: what only the whole tells: overlaps of one post, part-of that leads nowhere or in a circle */
bool kb_lint(struct kb_reader *b, struct err *e);

#endif
