/* reader.c - lines and whole files with a cap, fields by name, and the test for what is no text. */
#include "intake/reader.h"
#include "base/utf8.h"

static const char *const names[FIELDS] = {"id", "date", "title", "text", "source", "url", "lang"};

const char *field_name(enum field f) { return f < FIELDS ? names[f] : ""; }

str *field_of(struct intake_record *r, enum field f) {
  str *const fields[FIELDS] = {&r->id, &r->date, &r->title, &r->text, &r->source, &r->url, &r->lang};
  return f < FIELDS ? fields[f] : NULL;
}

enum field field_find(str name) {
  for (enum field f = 0; f < FIELDS; f++)
    if (str_eq_fold(name, str_of(names[f]))) return f;
  return FIELDS;
}

bool read_all(struct intake *in, struct err *e) {
  buf_clear(&in->line);
  bool fits = true;
  for (str s; (s = source_peek(in->source)).n; source_take(in->source, s.n))
    if (fits) {
      fits = in->line.n + s.n <= in->options.max_text;
      if (fits) buf_put(&in->line, s);
    }
  if (source_failed(in->source, e)) return false;
  if (!fits) return err_set(e, ERR_LIMIT, "the document is longer than %zu bytes", in->options.max_text);
  return !in->line.failed || err_set(e, ERR_NOMEM, "no memory for the document");
}

enum line_state read_line(struct intake *in) {
  buf_clear(&in->line);
  bool fits = true, any = false, ended = false;
  while (!ended) {
    str s = source_peek(in->source);
    if (!s.n) break;
    any = true;
    size_t at = str_find(s, '\n');
    ended = at < s.n;
    if (fits) fits = in->line.n + at <= in->options.max_text;
    if (fits) buf_put(&in->line, str_sub(s, 0, at));
    else buf_clear(&in->line);
    source_take(in->source, at + ended);
  }
  in->line_ended = ended;
  if (!any) return LINE_END;
  in->line_number++;
  if (!fits || in->line.failed) return LINE_LONG;
  if (in->line.n && in->line.p[in->line.n - 1] == '\r') in->line.n--;
  return LINE_OK;
}

str hold_text(struct intake *in, struct intake_record *r, str s) {
  bool clean = utf8_valid(s) && !memchr(s.p ? s.p : "", 0, s.n);
  if (clean) return arena_str(&in->hold, s);
  struct buf repaired;
  buf_init(&repaired, HOLD_CAP);
  r->repaired += (uint32_t)utf8_repair(&repaired, s);
  str held = arena_str(&in->hold, buf_str(&repaired));
  buf_release(&repaired);
  return held;
}

const char *binary_kind(str head) {
  static const struct {
    const char *magic, *kind;
  } known[] = {{"%PDF-", "a PDF file: convert it first, say with pdftotext"},
               {"PK\x03\x04", "a ZIP archive or office document: unpack or convert it first"},
               {"\x7F"
                "ELF",
                "a program"},
               {"\x89PNG", "a picture"},
               {"GIF8", "a picture"},
               {"\xFF\xD8\xFF", "a picture"},
               {"\xD0\xCF\x11\xE0", "an office document: convert it first"},
               {"BZh", "compressed with bzip2: decompress it first"},
               {"\xFD"
                "7zXZ",
                "compressed with xz: decompress it first"},
               {"\x28\xB5\x2F\xFD", "compressed with zstd: decompress it first"},
               {"SQLite format 3", "a database"}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (str_starts(head, str_of(known[i].magic))) return known[i].kind;
  size_t control = 0, zero = 0;
  for (size_t i = 0; i < head.n; i++) {
    unsigned char c = (unsigned char)head.p[i];
    zero += !c;
    control += c < 0x20 && !ascii_space((char)c) && c != 0x1B && c != 0x08 && c != 0x1A;
  }
  return zero > 1 + head.n / 1024 || control * 10 > head.n ? "binary data" : NULL;
}
