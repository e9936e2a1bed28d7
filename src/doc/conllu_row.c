/* conllu_row.c - see conllu_row.h. */
#include "doc/conllu_row.h"

void conllu_reader_init(struct conllu_reader *r, str text, const char *file) {
  *r = (struct conllu_reader){.rest = text, .file = file};
  if (str_starts(r->rest, STR("\xEF\xBB\xBF"))) r->rest = str_from(r->rest, 3);
}

static enum conllu_kind bad(struct conllu_reader *r, struct err *e, const char *what) {
  err_set(e, ERR_FORMAT, "CoNLL-U: %s", what);
  err_at(e, r->file, r->number, 0);
  r->rest = (str){NULL, 0};
  return CONLLU_END;
}

static bool number(str s, uint32_t *out) {
  uint64_t v = 0;
  if (!s.n || s.n > 9) return false;
  for (size_t i = 0; i < s.n; i++) {
    if (!ascii_digit(s.p[i])) return false;
    v = v * 10 + (uint64_t)(s.p[i] - '0');
  }
  *out = (uint32_t)v;
  return true;
}

static enum conllu_kind kind_of_id(struct conllu_reader *r, struct err *e) {
  str rest = r->col[COL_ID];
  size_t dash = str_find(rest, '-'), dot = str_find(rest, '.');
  r->last = 0;
  if (dash < rest.n) {
    str a = str_sub(rest, 0, dash), b = str_from(rest, dash + 1);
    if (!number(a, &r->first) || !number(b, &r->last) || r->last < r->first || !r->first)
      return bad(r, e, "the range of a multiword token should look like 3-4");
    return CONLLU_RANGE;
  }
  if (dot < rest.n) {
    if (!number(str_sub(rest, 0, dot), &r->first) || !number(str_from(rest, dot + 1), &r->last))
      return bad(r, e, "the id of an empty node should look like 3.1");
    return CONLLU_EMPTY;
  }
  if (!number(rest, &r->first) || !r->first) return bad(r, e, "the first column should be the number of the word");
  return CONLLU_WORD;
}

enum conllu_kind conllu_next(struct conllu_reader *r, struct err *e) {
  if (!r->rest.n) return CONLLU_END;
  r->line = str_cut(&r->rest, '\n');
  if (r->line.n && r->line.p[r->line.n - 1] == '\r') r->line.n--;
  r->number++;
  if (!str_trim(r->line).n) return CONLLU_BLANK;
  if (r->line.p[0] == '#') return CONLLU_COMMENT;
  str rest = r->line;
  int k = 0;
  while (k < CONLLU_COLUMNS) {
    size_t tab = str_find(rest, '\t');
    r->col[k++] = str_sub(rest, 0, tab);
    if (tab == rest.n) break;
    rest = str_from(rest, tab + 1);
    if (k == CONLLU_COLUMNS) return bad(r, e, "a line has more than ten columns");
  }
  if (k != CONLLU_COLUMNS) return bad(r, e, "a line should have ten columns, separated by tabs");
  for (k = 0; k < CONLLU_COLUMNS; k++)
    if (!r->col[k].n) return bad(r, e, "a column is empty; \"_\" stands for nothing");
  return kind_of_id(r, e);
}

bool conllu_head(const struct conllu_reader *r, uint32_t *head) {
  *head = 0;
  return str_is(r->col[COL_HEAD], "_") || number(r->col[COL_HEAD], head);
}

str conllu_comment(const struct conllu_reader *r, const char *key) {
  str line = str_from(r->line, 1), name = str_trim(str_cut(&line, '='));
  return str_is(name, key) ? str_trim(line) : (str){NULL, 0};
}
