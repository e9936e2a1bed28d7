/* sniff.h - the format of a file by its name, else by its first bytes. */
#ifndef TR_INTAKE_SNIFF_H
#define TR_INTAKE_SNIFF_H
#include "intake/reader.h"

const struct format *format_by_name(const char *name);         /* NULL if there is none */
const struct format *format_sniff(const char *path, str head); /* plain text when nothing tells otherwise */

#endif
