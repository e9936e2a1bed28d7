/* stage.h - what a stage is: an immutable part shared by all threads, a workspace for each, and one function over a document.
 *
 * Each folder of a stage exports one `const struct stage`; src/pipeline/ holds the table of them, checks needs against
 * gives before the first document, and runs them in order. A stage's `open` reads its knowledge and adds its words to the
 * symbol table, which is frozen afterwards. Nothing here is lazy. */
#ifndef TR_DOC_STAGE_H
#define TR_DOC_STAGE_H
#include "doc/doc.h"

struct problems;    /* base/problems.h */
struct model;       /* model/model.h: the learned model, mapped once */
struct petr_files;  /* petrarch/petr_files.h: users' PETRARCH dictionaries */
struct actor_image; /* actor/kb_image.h: the actors, compiled */
struct ontology;    /* doc/ontology.h: types, modes, contexts, scales */

/* What a stage may use while it opens. Paths are valid during the call only. */
struct stage_setup {
  const char *knowledge;             /* folder with actors/ events/ places/ ... */
  const char *places_file;           /* compiled gazetteer */
  const char *names_file;            /* the recogniser of names; NULL: none */
  const struct actor_image *actors;  /* the compiled actors, whose words `words` holds; NULL: they are read from text */
  const struct model *model;         /* lives longer than the stage */
  const struct ontology *ontology;   /* lives longer than the stage */
  const struct petr_files *petrarch; /* or NULL */
  struct symtab *words;              /* words that rules compare; frozen when all stages are open */
  struct problems *problems;         /* where lines of knowledge that are left out are noted; NULL: they are errors */
};

struct stage {
  const char *name;
  uint32_t needs, gives;                                         /* enum have bits */
  void *(*open)(const struct stage_setup *setup, struct err *e); /* the immutable part; NULL with *e on failure */
  void (*close)(void *stage);
  void *(*work_open)(const void *stage, struct err *e); /* a workspace for one thread; NULL with *e on failure */
  void (*work_close)(void *work);
  /* Reads and fills the document. False with *e: this document has an error, the run goes on. */
  bool (*run)(const void *stage, void *work, struct doc *d, struct err *e);
};

#endif
