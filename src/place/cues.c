/* cues.c - reads cues.tsv. */
#include "place/cues.h"
#include "base/file.h"

static const char *const names[] = {
#define X(name, text) text,
    CUES(X)
#undef X
};

static sym word_add(struct cues *c, struct symtab *words, str s) {
  sym id = symtab_add(words, s);
  if (id < c->symbols) return id;
  uint32_t size = id + 1024;
  uint32_t *bits = ARENA_ARRAY(&c->memory, uint32_t, size);
  if (!bits) return SYM_NONE;
  if (c->symbols) memcpy(bits, c->bits, c->symbols * sizeof *bits);
  c->bits = bits, c->symbols = size;
  return id;
}

static bool read(struct cues *c, str text, const char *path, struct symtab *words, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, path);
  while (line_next(&r)) {
    str f[2];
    int cls = 0;
    if (line_fields(r.line, f, 2) != 2) return line_err(&r, e, "a line has two fields: class, words");
    while (cls < CUE_COUNT && !str_is(f[0], names[cls])) cls++;
    if (cls == CUE_COUNT) return line_err(&r, e, "unknown class '%.*s'", STR_FMT(f[0]));
    for (str rest = str_trim(f[1]); rest.n; rest = str_trim(rest)) {
      sym s = word_add(c, words, str_cut(&rest, ' '));
      if (!s) return err_set(e, ERR_NOMEM, "cues of places");
      c->bits[s] |= (uint32_t)(1u << cls);
    }
  }
  return true;
}

bool cues_open(struct cues *c, const char *folder, struct symtab *words, struct err *e) {
  char path[4096];
  struct buf b;
  *c = (struct cues){0};
  arena_init(&c->memory, 1 << 24);
  if (!path_join(path, sizeof path, folder, "places/cues.tsv"))
    return err_set(e, ERR_USAGE, "the path of the knowledge folder is too long");
  c->of = word_add(c, words, STR("of")), c->the = word_add(c, words, STR("the")),
  c->comma = word_add(c, words, STR(","));
  buf_init(&b, 1 << 20);
  bool ok = file_read(&b, path, e) && read(c, buf_str(&b), path, words, e);
  buf_release(&b);
  return ok;
}

void cues_release(struct cues *c) { arena_release(&c->memory); }
