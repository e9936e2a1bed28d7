/* offset_words.c - reads offsets.tsv. */
#include "place/offset_words.h"
#include "base/file.h"

static const char *const kinds[OFFSET_KINDS] = {"", "unit", "bearing", "number", "from", "filler"};

static bool put(struct offset_words *o, struct symtab *words, str s, uint8_t kind, double value) {
  sym id = symtab_add(words, s);
  if (!id) return false;
  if (id >= o->symbols) {
    uint32_t size = id + 256;
    struct offset_word *at = ARENA_ARRAY(&o->memory, struct offset_word, size);
    if (!at) return false;
    memset(at, 0, size * sizeof *at);
    if (o->symbols) memcpy(at, o->at, o->symbols * sizeof *at);
    o->at = at, o->symbols = size;
  }
  o->at[id] = (struct offset_word){(float)value, kind};
  return true;
}

static bool read(struct offset_words *o, str text, const char *path, struct symtab *words, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, path);
  while (line_next(&r)) {
    str f[3];
    double value = 0;
    uint8_t kind = OFFSET_UNIT;
    size_t n = line_fields(r.line, f, 3);
    if (n < 2 || n > 3) return line_err(&r, e, "a line has two or three fields: kind, words, value");
    while (kind < OFFSET_KINDS && !str_is(f[0], kinds[kind])) kind++;
    if (kind == OFFSET_KINDS) return line_err(&r, e, "unknown kind '%.*s'", STR_FMT(f[0]));
    if ((kind <= OFFSET_NUMBER) != (n == 3) || (n == 3 && !str_to_double(f[2], &value)))
      return line_err(&r, e, "a unit, a bearing and a number have a value, other words have none");
    for (str rest = str_trim(f[1]); rest.n; rest = str_trim(rest))
      if (!put(o, words, str_cut(&rest, ' '), kind, value)) return err_set(e, ERR_NOMEM, "words of distances");
  }
  return true;
}

bool offset_words_open(struct offset_words *o, const char *folder, struct symtab *words, struct err *e) {
  char path[4096];
  struct buf b;
  *o = (struct offset_words){0};
  arena_init(&o->memory, 1 << 24);
  if (!path_join(path, sizeof path, folder, "places/offsets.tsv"))
    return err_set(e, ERR_USAGE, "the path of the knowledge folder is too long");
  buf_init(&b, 1 << 20);
  bool ok = file_read(&b, path, e) && read(o, buf_str(&b), path, words, e);
  buf_release(&b);
  return ok;
}

void offset_words_release(struct offset_words *o) { arena_release(&o->memory); }
