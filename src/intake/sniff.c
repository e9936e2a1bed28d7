/* sniff.c - file endings and first bytes. */
#include "intake/sniff.h"

static const struct format *const formats[] = {&format_text, &format_jsonl, &format_csv};

const struct format *format_by_name(const char *name) {
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (!strcmp(formats[i]->name, name)) return formats[i];
  return NULL;
}

static bool ends_fold(str s, const char *with) {
  size_t n = strlen(with);
  return s.n > n && str_eq_fold(str_from(s, s.n - n), str_of(with));
}

static const struct format *by_ending(str path) {
  static const struct {
    const char *ending;
    const struct format *format;
  } endings[] = {{".txt", &format_text},  {".text", &format_text}, {".jsonl", &format_jsonl}, {".ndjson", &format_jsonl},
                 {".json", &format_jsonl}, {".csv", &format_csv},   {".tsv", &format_csv}};
  if (ends_fold(path, ".gz")) path.n -= 3;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (ends_fold(path, endings[i].ending)) return endings[i].format;
  return NULL;
}


/* The first line names at least the column of the text and one other. */
static bool csv_header(str line) {
  size_t known = 0;
  bool text = false;
  while (line.n) {
    size_t n = 0;
    while (n < line.n && !strchr(",;\t", line.p[n])) n++;
    str name = str_trim(str_sub(line, 0, n));
    if (name.n >= 2 && name.p[0] == '"') name = str_sub(name, 1, name.n - 1);
    enum field f = field_find(name);
    known += f < FIELDS;
    text = text || f == FIELD_TEXT;
    line = str_from(line, n + (n < line.n));
  }
  return text && known >= 2;
}

static const struct format *by_content(str head) {
  str s = str_trim(head);
  if (!s.n) return &format_text;
  if (s.p[0] == '{') return &format_jsonl;
  return csv_header(str_sub(s, 0, str_find(s, '\n'))) ? &format_csv : &format_text;
}

const struct format *format_sniff(const char *path, str head) {
  const struct format *f = by_ending(str_of(path));
  return f ? f : by_content(head);
}
