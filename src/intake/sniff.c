/* sniff.c - file endings and first bytes. */
#include "intake/sniff.h"

static const struct format *const formats[] = {&format_text, &format_jsonl, &format_csv, &format_html, &format_feed};

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
  } endings[] = {{".txt", &format_text},     {".text", &format_text},  {".jsonl", &format_jsonl},
                 {".ndjson", &format_jsonl}, {".json", &format_jsonl}, {".csv", &format_csv},
                 {".tsv", &format_csv},      {".html", &format_html},  {".htm", &format_html},
                 {".xhtml", &format_html},   {".rss", &format_feed},   {".atom", &format_feed},
                 {".rdf", &format_feed}};
  if (ends_fold(path, ".gz")) path.n -= 3;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (ends_fold(path, endings[i].ending)) return endings[i].format;
  return NULL;
}

static bool holds_fold(str s, const char *what) {
  size_t n = strlen(what);
  for (size_t i = 0; i + n <= s.n; i++)
    if (str_eq_fold(str_sub(s, i, i + n), str_of(what))) return true;
  return false;
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
  if (s.p[0] == '<') {
    str first = str_sub(s, 0, s.n < 2048 ? s.n : 2048);
    if (holds_fold(first, "<html") || holds_fold(first, "<!doctype html") || holds_fold(first, "<head"))
      return &format_html;
    if (holds_fold(first, "<rss") || holds_fold(first, "<feed") || holds_fold(first, "<rdf:")) return &format_feed;
    return str_starts(s, STR("<?xml")) ? &format_feed : &format_html;
  }
  return csv_header(str_sub(s, 0, str_find(s, '\n'))) ? &format_csv : &format_text;
}

const struct format *format_sniff(const char *path, str head) {
  const struct format *f = by_ending(str_of(path));
  return f ? f : by_content(head);
}
