/* table.h - rows of text columns to standard output: aligned on a terminal, TSV in a pipe, or CSV or JSONL as asked. */
#ifndef TR_CLI_TABLE_H
#define TR_CLI_TABLE_H
#include "base/buf.h"
#include "ledger/query.h"

enum table_format { TABLE_AUTO, TABLE_ALIGNED, TABLE_TSV, TABLE_CSV, TABLE_JSONL };
enum { TABLE_COLUMNS = 24 };

struct table {
  enum table_format format;
  int n;
  const char *name[TABLE_COLUMNS];
  struct buf cells; /* aligned: all cells one after the other, each with a NUL, until table_end */
  unsigned width[TABLE_COLUMNS];
  struct buf out;
  bool colour;
};

bool table_format_of(const char *name, enum table_format *out);
void table_begin(struct table *t, enum table_format format, int n, const char *const *names);
bool table_row(struct table *t, const str *cells); /* false: the reader of standard output has gone */
bool table_end(struct table *t);                   /* prints what is held back; releases */

int cli_print_list(struct ledger_query *q, enum table_format format);    /* cmd_list.c: all columns; exit code */
int cli_print_tenures(struct ledger_query *q, enum table_format format); /* cmd_ties.c: exit code */

#endif
