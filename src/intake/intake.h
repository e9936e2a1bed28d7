/* intake.h - documents from files: plain text, JSONL, JSON, CSV, HTML, RSS and Atom, exports of archives, each perhaps gzipped.
 *
 * A reader gives one record after the other and holds no more than one of them, so that a file of 10 GB takes the memory of one of
 * 10 MB. A record that cannot be used comes out too, with what is wrong in `error` and its place; the run goes on.
 * Text is valid UTF-8 when it leaves here. Two records with one id (seen.h) and texts in other languages (language.h) are
 * for the caller to refuse. One reader belongs to one thread. */
#ifndef TR_INTAKE_INTAKE_H
#define TR_INTAKE_INTAKE_H
#include "base/calendar.h"
#include "base/err.h"

enum { INTAKE_MAX_RECORD = 1 << 26 }; /* bytes of a line, row, item or file that is one record */

struct intake_options {
  const char *format;         /* "auto", "text", "jsonl", "json", "csv", "html", "feed", "export"; NULL is "auto" */
  int32_t default_date;       /* day for records without a date; DAY_NONE: such a record is an error */
  const char *default_source; /* for records that name none; NULL for none */
  size_t max_text;            /* bytes of one record; 0 is INTAKE_MAX_RECORD, which is also the most */
  const volatile int
      *stop; /* not NULL: once it is not 0, a read that a signal interrupts ends the stream, with ERR_STOPPED */
};
#define INTAKE_DEFAULTS ((struct intake_options){"auto", DAY_NONE, NULL, 0, NULL})

bool intake_knows(const char *format); /* whether options.format may be that */

struct intake_record { /* strings are valid until the next call */
  str id, date, title, text, source, url, lang;
  int32_t day;         /* of date, or the default; DAY_NONE where error says why */
  uint32_t repaired;   /* bytes that were not UTF-8 and were replaced */
  const char *file;    /* as given; "-" for standard input */
  uint64_t line, byte; /* where the record begins: line from 1, byte from 0 of the decompressed stream */
  struct err error;    /* code OK, or what is wrong; id is still given if it is known, else made of file and line */
};

struct intake;

/* path "-" is standard input. False with *e when the file cannot be opened or the format is not known. */
bool intake_open(struct intake **in, const char *path, const struct intake_options *options, struct err *e);
/* The next record, good or bad; false at the end. Every record comes out once. */
bool intake_next(struct intake *in, struct intake_record *record);
void intake_close(struct intake *in);               /* NULL is nothing */
const char *intake_format(const struct intake *in); /* "jsonl" .., what "auto" found */

#endif
