/* mask.h - a text with the names of private persons replaced by their role words.
 *
 * Private persons are victims, witnesses, detainees, protesters without a public role. Whatever leaves the ledger in a list, a
 * brief or a snippet passes through here once, when the document is put; what is shown of a coded document itself (src/report/shown.h)
 * does so too. Covered are the name mentions of private actors and every other place where a word of such a name stands capitalised,
 * unless it belongs to the name of a public actor. One owner. */
#ifndef TR_LEDGER_MASK_H
#define TR_LEDGER_MASK_H
#include "base/buf.h"
#include "base/json_tree.h"

struct masked { /* bytes of text and what stands for them */
  uint32_t beg, end;
  str word;
};

struct mask {
  str text; /* body, LF, title, as in struct doc */
  uint32_t body_len;
  struct masked *at; /* [n] in the order of the text, not overlapping */
  size_t n;
  struct arena *arena;
};

struct mask_name { /* a name in the text: of a private actor, or of another, whose words stay */
  uint32_t beg, end;
  bool hidden;
  str role;
};

/* Memory comes from `a`. False: out of memory. */
bool mask_build(struct mask *m, str text, uint32_t body_len, const struct mask_name *names, size_t n, struct arena *a);
/* What hides this byte of the text, or NULL. */
const struct masked *mask_at(const struct mask *m, size_t byte);
/* Reads the page's actors; memory comes from `a`. False: out of memory. */
bool mask_init(struct mask *m, str text, uint32_t body_len, const struct json_value *actors, struct arena *a);
/* The role word of an actor of the page: "shopkeeper", or "private person" where the text gives none. */
str mask_role_word(const struct json_value *actor);
/* Appends bytes [beg, end) of the text, masked, blanks and line ends as single blanks. */
void mask_put(const struct mask *m, size_t beg, size_t end, struct buf *out);
/* The same as a copy in the arena; {"",0} for an empty or impossible range. */
str mask_copy(const struct mask *m, size_t beg, size_t end);

#endif
