/* reader.h - what the readers of the formats share: the open file, memory for one record, and ways to fill it. For src/intake/ alone. */
#ifndef TR_INTAKE_READER_H
#define TR_INTAKE_READER_H
#include "base/arena.h"
#include "base/buf.h"
#include "intake/intake.h"
#include "intake/source.h"

enum { HOLD_CAP = 1 << 29 }; /* most memory that one record may take, several copies of it included */

/* The fields of a record, in the order of the columns of the documentation. */
enum field { FIELD_ID, FIELD_DATE, FIELD_TITLE, FIELD_TEXT, FIELD_SOURCE, FIELD_URL, FIELD_LANG, FIELDS };
const char *field_name(enum field f);
str *field_of(struct intake_record *r, enum field f);
/* The field of that name in any case, FIELDS if there is none. */
enum field field_find(str name);

struct format {
  const char *name;
  bool many;                                      /* a file may hold several records */
  bool (*open)(struct intake *in, struct err *e); /* may be NULL */
  bool (*next)(struct intake *in,
               struct intake_record *r); /* false at the end; r comes with file, line, byte set or to be set */
  void (*close)(struct intake *in);      /* may be NULL */
};
extern const struct format format_text, format_jsonl, format_json, format_csv, format_html, format_feed, format_export;

struct intake {
  struct source *source;
  const struct format *format;
  char *path;
  struct intake_options options;
  struct arena hold;    /* strings of the present record */
  struct buf line;      /* bytes of the present record as read */
  uint64_t line_number; /* of the next line to read, from 1 */
  bool line_ended;      /* the line that was read last had a line end */
  uint64_t records;     /* given so far */
  bool done;
  void *state; /* of the format */
};

/* Reads everything that is left into in->line. False with *e set when it is longer than the cap (what is left is skipped) or
 * the stream failed. */
bool read_all(struct intake *in, struct err *e);

enum line_state { LINE_OK, LINE_LONG, LINE_END };
/* One line without its end into in->line; a longer one than the cap is skipped without being held: LINE_LONG. Counts lines. */
enum line_state read_line(struct intake *in);

/* s repaired to valid UTF-8 in the record's memory, the replaced bytes counted in r->repaired. */
str hold_text(struct intake *in, struct intake_record *r, str s);

/* A record from the text of one JSON object: with our fields, or as the API of ReliefWeb gives a report. In jsonl.c. */
void json_record(struct intake *in, struct intake_record *r, str object);

/* Takes header lines, or a line "date 2020-12-26", off the front of a text. In plain.c. */
void plain_headers(struct intake_record *r, str *text);

/* What a column of a CSV file holds, FIELDS if nothing of ours. `zotero`: with the names of Zotero's exports. In csv.c. */
enum field csv_field(str column, bool zotero);

/* Whether bytes are not text at all, and of what kind they are: "a PDF file". NULL if they may be text. */
const char *binary_kind(str head);

#endif
