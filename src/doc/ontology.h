/* ontology.h - event types, modes, contexts and scores: PLOVER and CAMEO, read from knowledge/ontologies/.
 *
 * A type or mode is a small number (0: none), a mode's number is unique over all types; a context is a bit. The tables are
 * immutable after ontology_open and shared by all threads. Sources: PLOVER manual 2.0 (Open Event Data Alliance 2021-24), CAMEO
 * manual 1.1b3 (Schrodt 2012), scale of Goldstein (1992) as extended to CAMEO. */
#ifndef TR_DOC_ONTOLOGY_H
#define TR_DOC_ONTOLOGY_H
#include "base/err.h"
#include "base/intern.h"

enum { ONTOLOGY_TYPES = 64, ONTOLOGY_MODES = 256, ONTOLOGY_CONTEXTS = 64 }; /* most that a codebook may have */

struct ontology_type {
  const char *name;
  uint8_t quad;
  bool recipient_required;
  float score;
  uint8_t announced;         /* type of the actor's own announcement of such an act; 0: an announcement is no event */
  uint8_t ended, ended_mode; /* type and mode of its end; 0: an end is no event */
};
struct ontology_mode {
  const char *name;
  uint8_t type;
  float score;
  uint8_t ended, ended_mode; /* as of its type unless the file says otherwise */
};
struct cameo_code {
  char code[6];
  const char *name;
  float goldstein;
  uint8_t quad, type, mode;
  uint64_t contexts;
};

struct ontology;
struct ontology *ontology_open(const char *knowledge, struct symtab *words,
                               struct err *e); /* NULL with *e; `words` may be NULL */
void ontology_close(struct ontology *o);

const char *ontology_version(const struct ontology *o);    /* "plover-2.0+cameo-1.1b3" */
uint8_t ontology_type_count(const struct ontology *o);     /* types are 1 .. count */
uint8_t ontology_type(const struct ontology *o, str name); /* 0 if unknown */
uint8_t ontology_mode(const struct ontology *o, uint8_t type, str name);
int ontology_context(const struct ontology *o, str name);                              /* its bit, or -1 */
const struct ontology_type *ontology_type_row(const struct ontology *o, uint8_t type); /* of 0: an empty row */
const struct ontology_mode *ontology_mode_row(const struct ontology *o, uint8_t mode);
const struct cameo_code *ontology_cameo(const struct ontology *o, str code); /* NULL if unknown */

const char *ontology_type_name(const struct ontology *o, uint8_t type); /* "" for 0 */
const char *ontology_mode_name(const struct ontology *o, uint8_t type,
                               uint8_t mode); /* "" for 0 or a mode of another type */
const char *ontology_context_name(const struct ontology *o, uint8_t context);
uint8_t ontology_quad(const struct ontology *o, uint8_t type);
double ontology_scale(const struct ontology *o, uint8_t type, uint8_t mode);
/* Goldstein score of a CAMEO code: that of the longest prefix listed; 0 if none is. */
double ontology_goldstein(const struct ontology *o, str code);
/* Mode of a speech act (THREATEN, REQUEST, REJECT) by what it speaks of; 0 where the codebook names none. */
uint8_t ontology_speech_mode(const struct ontology *o, uint8_t speech, uint8_t content_type, uint8_t content_mode);
/* What the end of such an act is: a type (0: no event) and its mode. */
uint8_t ontology_ended(const struct ontology *o, uint8_t type, uint8_t mode, uint8_t *ended_mode);
/* CAMEO code of a speech act of this type by the code of what it speaks of; "" where the file names none. Where the file has
 * several, that of the root of `own`, the code that the act has by itself: appeals stay 02, demands 10. */
const char *ontology_speech_cameo(const struct ontology *o, uint8_t speech, str own, str content);
/* For those who list them: contexts are 0 .. count - 1, CAMEO codes stand in order. */
uint8_t ontology_context_count(const struct ontology *o);
uint32_t ontology_cameo_count(const struct ontology *o);
const struct cameo_code *ontology_cameo_at(const struct ontology *o, uint32_t i);
static inline bool ontology_hostile(const struct ontology *o, uint8_t type) { return ontology_quad(o, type) >= 3; }

#endif
