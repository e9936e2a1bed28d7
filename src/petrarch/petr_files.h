/* petr_files.h - which dictionaries to load, and the options of PETR_config.ini: what the engine is given. */
#ifndef TR_PETRARCH_PETR_FILES_H
#define TR_PETRARCH_PETR_FILES_H
#include "base/err.h"
#include "base/str.h"

enum petr_file {
  PETR_FILE_VERBS,
  PETR_FILE_ACTORS,
  PETR_FILE_AGENTS,
  PETR_FILE_DISCARDS,
  PETR_FILE_ISSUES,
  PETR_FILE_KINDS
};
enum { PETR_FILES_MAX = 64, PETR_SETTINGS_MAX = 64 };

struct petr_files { /* strings are owned by the caller and live as long as the engine opens */
  const char *path[PETR_FILES_MAX];
  uint8_t kind[PETR_FILES_MAX]; /* enum petr_file */
  uint32_t n;
  const char *setting[PETR_SETTINGS_MAX]; /* "key=value" */
  uint32_t n_settings;
};

enum petr_style { PETR_STYLE_AUTO, PETR_STYLE_LINEAR, PETR_STYLE_TREE };

struct petr_options {
  bool require_dyad;         /* rows without source or target are left out (default) */
  bool discard_years;        /* bare years in discard files count (default) */
  uint8_t style;             /* enum petr_style: as the verb file is written, unless told */
  uint32_t new_actor_length; /* words of a noun phrase without code that may stand for one; 0: none */
  uint32_t comma_min, comma_max, comma_bmin, comma_bmax, comma_emin,
      comma_emax; /* lengths of clauses cut out; max 0: none */
};

/* Sets one option from "key=value"; unknown keys and bad values are ERR_USAGE with what is known. Keys of PETR_config.ini that mean
 * nothing here (stop_on_error, write_actor_text ..) are accepted. */
bool petr_option_set(struct petr_options *o, str setting, struct err *e);
/* The options of PETR_config.ini as PETRARCH has them when the file names none. */
struct petr_options petr_options_default(void);
bool petr_files_add(struct petr_files *f, uint8_t kind, const char *path); /* false: too many */

#endif
