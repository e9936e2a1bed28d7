/* dictionaries.h - the options that name users' PETRARCH and TABARI dictionaries, shared by the commands that code. */
#ifndef TR_CLI_DICTIONARIES_H
#define TR_CLI_DICTIONARIES_H
#include "petrarch/petr_files.h"
#include "pipeline/engine.h"
#include <argp.h>

/* A child parser; its input is a struct petr_files. */
extern const struct argp dictionaries_argp;

/* What the readers of the dictionaries noticed, to stderr: at most `most` lines, and how many there are. */
void dictionaries_tell(const struct petr_notes *notes, uint32_t most);

#endif
