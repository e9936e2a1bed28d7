/* engine.h - everything that coding needs, opened once; workers that code one document at a time.
 *
 * The engine (knowledge, model, symbol table) is immutable after engine_open and shared by all threads. A worker owns a
 * document and a workspace for each stage; one thread uses it at a time. */
#ifndef TR_PIPELINE_ENGINE_H
#define TR_PIPELINE_ENGINE_H
#include "doc/doc.h"
#include "doc/ontology.h"

struct engine;
struct worker;

enum engine_depth { /* how far documents are taken; each includes those before it */
                    DEPTH_TOKENS,
                    DEPTH_TREE,
                    DEPTH_EVENTS
};

struct engine_options {
  const char *data;  /* folder that holds knowledge/, models/ and places.bin; NULL: look as engine_data_folder does */
  const char *model; /* model file; NULL: models/en.model of the data folder */
  const char *isa;   /* kernels: "avx512", "avx2", "c"; NULL or "": the best for this machine */
  enum engine_depth depth;
  bool no_names; /* without the recogniser of names: to make it anew */
  const struct petr_files
      *petrarch; /* dictionaries that code in place of our rules, or NULL; read while the engine opens */
};

/* A document as it comes in; strings need live during worker_code only. */
struct input {
  str id, title, text, source, url, lang, date_text;
  int32_t day;       /* publication day, DAY_NONE if missing */
  uint32_t repaired; /* bytes replaced by the reader */
  struct err error;  /* code OK, or what the reader found wrong: no stage runs then */
  const char *file;  /* where it comes from, for errors that stages find; NULL and 0: unknown */
  uint64_t line;
};

/* Versions of what codes: hashes in hexadecimal. */
struct engine_versions {
  char model[20], knowledge[20], ontology[20];
};

struct engine *engine_open(const struct engine_options *options, struct err *e);
void engine_close(struct engine *g);
const struct ontology *engine_ontology(const struct engine *g);
/* Lines of knowledge that were left out because something is wrong with them; empty if all is in order. */
struct problems;
const struct problems *engine_problems(const struct engine *g);
const struct symtab *engine_words(const struct engine *g);
const struct engine_versions *engine_versions(const struct engine *g);
/* What the readers of the PETRARCH dictionaries noticed; NULL where none were given. */
const struct petr_notes *engine_dictionary_notes(const struct engine *g);
const struct model *engine_model(const struct engine *g); /* NULL at DEPTH_TOKENS */

struct worker *worker_open(const struct engine *g, struct err *e);
void worker_close(struct worker *w);
/* Codes one document into d. An error of this document stands in d->error, never in the return value: every input gives a
 * document. d must have been doc_init'ed and may be used again and again. */
void worker_code(struct worker *w, const struct input *in, struct doc *d);
/* The same for a document whose tokens exist already (CoNLL-U): runs the stages whose needs it meets and that give more. */
void worker_finish(struct worker *w, struct doc *d);

/* For the learners of what a stage needs: the stages before `stage` alone; what it opened, NULL if it is not open. */
struct stage;
void worker_code_before(struct worker *w, const struct input *in, struct doc *d, const struct stage *stage);
const void *engine_stage(const struct engine *g, const struct stage *stage);

/* Where knowledge and models are, into out[size]: $TIGHTROPE_DATA, else share/tightrope beside the program's folder, else the
 * installed folder, else the source tree that it was built from. False with ERR_IO when none holds them. */
bool engine_data_folder(char *out, size_t size, struct err *e);
/* The path of what the build compiles ("places.bin"): in the data folder when installed, else beside or above the program, else in
 * the folder of the build. False if it is nowhere; out is then undefined. */
bool engine_built_file(char *out, size_t size, const char *data, const char *name);

#endif
