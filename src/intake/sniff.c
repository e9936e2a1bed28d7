/* sniff.c - file endings and first bytes. */
#include "intake/sniff.h"
#include "intake/article.h"

static const struct format *const formats[] = {&format_text, &format_jsonl, &format_json,  &format_csv,
                                               &format_html, &format_feed,  &format_export};

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
  } endings[] = {{".txt", &format_text},     {".text", &format_text}, {".jsonl", &format_jsonl},
                 {".ndjson", &format_jsonl}, {".csv", &format_csv},   {".tsv", &format_csv},
                 {".html", &format_html},    {".htm", &format_html},  {".xhtml", &format_html},
                 {".rss", &format_feed},     {".atom", &format_feed}, {".rdf", &format_feed}};
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
  bool text = false, zotero = holds_fold(line, "\"Abstract Note\"");
  while (line.n) {
    size_t n = 0;
    while (n < line.n && !strchr(",;\t", line.p[n])) n++;
    str name = str_trim(str_sub(line, 0, n));
    if (name.n >= 2 && name.p[0] == '"') name = str_sub(name, 1, name.n - 1);
    enum field f = csv_field(name, zotero);
    known += f < FIELDS;
    text = text || f == FIELD_TEXT;
    line = str_from(line, n + (n < line.n));
  }
  return text && known >= 2;
}

/* The member "data" of an object, an array: what the API of ReliefWeb answers. */
static bool has_data(str s) {
  for (size_t at = 0; at < s.n;) {
    at += str_find_str(str_from(s, at), STR("\"data\""));
    if (at >= s.n) break;
    str rest = str_trim(str_from(s, at += 6));
    if (rest.n && rest.p[0] == ':' && str_starts(str_trim(str_from(rest, 1)), STR("["))) return true;
  }
  return false;
}

/* An object that closes on its line, or whose line is longer than what was read, is one of many; else the file is one value. */
static const struct format *json_kind(str s) {
  int depth = 0;
  bool quoted = false;
  if (s.p[0] == '[' || has_data(s)) return &format_json;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    if (c == '\n') return &format_json;
    if (quoted && c == '\\') i++;
    else if (c == '"') quoted = !quoted;
    else if (!quoted && (c == '{' || c == '[')) depth++;
    else if (!quoted && (c == '}' || c == ']') && !--depth) break;
  }
  return &format_jsonl;
}

static const struct format *by_content(str head) {
  str s = str_trim(head);
  if (!s.n) return &format_text;
  if (s.p[0] == '{' || (s.p[0] == '[' && s.n > 1 && (s.p[1] == '{' || ascii_space(s.p[1])))) return json_kind(s);
  if (s.p[0] == '<') {
    str first = str_sub(s, 0, s.n < 2048 ? s.n : 2048);
    if (holds_fold(first, "<html") || holds_fold(first, "<!doctype html") || holds_fold(first, "<head"))
      return &format_html;
    if (holds_fold(first, "<rss") || holds_fold(first, "<feed") || holds_fold(first, "<rdf:")) return &format_feed;
    return str_starts(s, STR("<?xml")) ? &format_feed : &format_html;
  }
  return csv_header(str_sub(s, 0, str_find(s, '\n'))) ? &format_csv : &format_text;
}

/* RTF, an office document (a ZIP archive that is none is refused there), or articles as archives of news print them. */
static bool exported(str head) {
  str s = str_trim(head);
  if (str_starts(s, STR("{\\rtf")) || str_starts(s, STR("PK\x03\x04"))) return true;
  if (s.n && s.p[0] == '<')
    return holds_fold(s, "class=\"article enArticle") || holds_fold(s, "End of Document") ||
           holds_fold(s, "ProQuest document");
  return article_export(head);
}

const struct format *format_sniff(const char *path, str head) {
  if (exported(head)) return &format_export;
  const struct format *f = by_ending(str_of(path));
  return f ? f : by_content(head);
}
