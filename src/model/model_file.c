/* model_file.c - see model_file.h. Validates the container; knows nothing of networks. */
#include "model/model_file.h"
#include "base/checksum.h"
#include <math.h>

static const char MAGIC[16] = "TIGHTROPE MODEL\n";
enum { HEADER = 48, ENTRY = 32 };

static uint64_t get64(const char *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}
static uint32_t get32(const char *p) {
  uint32_t v;
  memcpy(&v, p, 4);
  return v;
}

static bool bad(struct err *e, const char *name, const char *what) {
  err_set(e, ERR_MODEL, "%s", what);
  return err_at(e, name, 0, 0);
}

static bool table_check(const struct model_file *m, const char *name, struct err *e) {
  uint64_t end = HEADER + (uint64_t)m->nsection * ENTRY;
  for (uint32_t i = 0; i < m->nsection; i++) {
    const char *entry = m->bytes + HEADER + (size_t)i * ENTRY;
    uint64_t offset = get64(entry + 16), size = get64(entry + 24);
    if (!memchr(entry, 0, MODEL_NAME_MAX)) return bad(e, name, "model file: a section has no proper name");
    if (offset % MODEL_ALIGN || offset < end || offset > m->size || size > m->size - offset)
      return bad(e, name, "model file: a section lies outside the file");
    end = offset + size;
  }
  return true;
}

bool model_file_view(struct model_file *m, const void *bytes, size_t size, const char *name, struct err *e) {
  const uint32_t one = 1;
  *m = (struct model_file){.bytes = bytes, .size = size};
  if (!*(const unsigned char *)&one) return bad(e, name, "model files are little-endian and this machine is not");
  if (size < HEADER || memcmp(bytes, MAGIC, sizeof MAGIC)) return bad(e, name, "not a Tightrope model file");
  if (get32(m->bytes + 16) != MODEL_VERSION)
    return bad(e, name, "the model file has another version than this program reads; get both from one release");
  m->nsection = get32(m->bytes + 20);
  size_t table = (size_t)m->nsection * ENTRY;
  if (m->nsection > MODEL_SECTIONS_MAX || HEADER + table > size || get64(m->bytes + 24) != size)
    return bad(e, name, "the model file is truncated, or something was appended to it");
  if (checksum64(m->bytes + HEADER, table) != get64(m->bytes + 32) ||
      checksum64(m->bytes + HEADER + table, size - HEADER - table) != get64(m->bytes + 40))
    return bad(e, name, "the model file is damaged (wrong checksum)");
  m->checksum = get64(m->bytes + 32) ^ get64(m->bytes + 40);
  return table_check(m, name, e);
}

bool model_file_open(struct model_file *m, const char *path, struct err *e) {
  struct file_map map;
  if (!file_map_open(&map, path, e)) return false;
  if (!model_file_view(m, map.p ? map.p : "", map.n, path, e)) {
    file_map_release(&map);
    return false;
  }
  m->map = map;
  return true;
}

void model_file_close(struct model_file *m) {
  if (m->map.p) file_map_release(&m->map);
  *m = (struct model_file){0};
}

struct model_section model_section_at(const struct model_file *m, uint32_t i) {
  const char *entry = m->bytes + HEADER + (size_t)i * ENTRY;
  return (struct model_section){entry, {m->bytes + get64(entry + 16), (size_t)get64(entry + 24)}};
}

str model_section(const struct model_file *m, const char *name) {
  for (uint32_t i = 0; i < m->nsection; i++) {
    struct model_section s = model_section_at(m, i);
    if (!strcmp(s.name, name)) return s.bytes;
  }
  return (str){NULL, 0};
}

bool model_section_sized(const struct model_file *m, const char *name, size_t size, const void **out, struct err *e) {
  str s = model_section(m, name);
  if (!s.p) return err_set(e, ERR_MODEL, "the model has no section \"%s\"", name);
  if (s.n != size) return err_set(e, ERR_MODEL, "section \"%s\" of the model has the wrong size", name);
  *out = s.p;
  return true;
}

bool model_floats(const struct model_file *m, const char *name, size_t n, const float **out, struct err *e) {
  const void *p = NULL;
  if (!model_section_sized(m, name, n * 4, &p, e)) return false;
  *out = p;
  for (size_t i = 0; i < n; i++)
    if (!isfinite((*out)[i]))
      return err_set(e, ERR_MODEL, "section \"%s\" of the model has a number that is none", name);
  return true;
}

bool model_shorts(const struct model_file *m, const char *name, size_t n, const int16_t **out, struct err *e) {
  const void *p = NULL;
  if (!model_section_sized(m, name, n * 2, &p, e)) return false;
  *out = p;
  return true;
}

str model_meta(const struct model_file *m, const char *key) {
  str rest = model_section(m, "meta");
  while (rest.n) {
    str line = str_cut(&rest, '\n'), name = str_trim(str_cut(&line, '='));
    if (str_is(name, key)) return str_trim(line);
  }
  return (str){NULL, 0};
}

/* ---- writing ---- */

void model_writer_init(struct model_writer *w, size_t cap) {
  memset(w, 0, sizeof *w);
  buf_init(&w->body, cap);
}
void model_writer_release(struct model_writer *w) { buf_release(&w->body); }

static void pad(struct buf *b, size_t to) {
  while (!b->failed && b->n % to) buf_putc(b, 0);
}

void model_writer_add(struct model_writer *w, const char *name, const void *bytes, size_t n) {
  if (w->n == MODEL_SECTIONS_MAX || strlen(name) >= MODEL_NAME_MAX) {
    w->failed = true;
    return;
  }
  pad(&w->body, MODEL_ALIGN);
  memcpy(w->section[w->n].name, name, strlen(name));
  w->section[w->n].offset = w->body.n; /* from the start of the body; finish adds where that is */
  w->section[w->n++].size = n;
  buf_put(&w->body, (str){bytes, n});
}

bool model_writer_finish(struct model_writer *w, struct buf *out, struct err *e) {
  size_t table = (size_t)w->n * ENTRY, body = (HEADER + table + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
  uint32_t version = MODEL_VERSION;
  uint64_t zero = 0;
  buf_put(out, (str){MAGIC, sizeof MAGIC});
  buf_put(out, (str){(const char *)&version, 4});
  buf_put(out, (str){(const char *)&w->n, 4});
  for (int i = 0; i < 3; i++) buf_put(out, (str){(const char *)&zero, 8});
  for (uint32_t i = 0; i < w->n; i++) {
    uint64_t place[2] = {w->section[i].offset + body, w->section[i].size};
    buf_put(out, (str){w->section[i].name, MODEL_NAME_MAX});
    buf_put(out, (str){(const char *)place, 16});
  }
  pad(out, MODEL_ALIGN);
  buf_put(out, buf_str(&w->body));
  if (w->failed || w->body.failed || out->failed)
    return err_set(e, ERR_LIMIT, "the model has too many sections or is larger than allowed");
  uint64_t size = out->n, a = checksum64(out->p + HEADER, table),
           b = checksum64(out->p + HEADER + table, size - HEADER - table);
  memcpy(out->p + 24, &size, 8);
  memcpy(out->p + 32, &a, 8);
  memcpy(out->p + 40, &b, 8);
  return true;
}

/* ---- string tables ---- */

bool string_table_open(struct string_table *t, const struct model_file *m, const char *name, struct err *e) {
  str s = model_section(m, name);
  if (!s.p) return err_set(e, ERR_MODEL, "the model has no section \"%s\"", name);
  if (s.n >= 8) t->n = get32(s.p);
  if (s.n < 8 || t->n > s.n / 4 - 2) return err_set(e, ERR_MODEL, "section \"%s\" of the model is too short", name);
  t->offset = (const uint32_t *)(const void *)(s.p + 4);
  t->text = s.p + 4 + 4 * ((size_t)t->n + 1);
  size_t text = s.n - 4 - 4 * ((size_t)t->n + 1);
  bool good = t->offset[0] == 0 && t->offset[t->n] == text;
  for (uint32_t i = 0; i < t->n && good; i++) good = t->offset[i] <= t->offset[i + 1];
  if (!good) return err_set(e, ERR_MODEL, "section \"%s\" of the model is not a table of strings", name);
  return true;
}

void string_table_put(struct buf *out, const str *strings, uint32_t n) {
  uint32_t at = 0;
  buf_put(out, (str){(const char *)&n, 4});
  for (uint32_t i = 0; i <= n; i++) {
    buf_put(out, (str){(const char *)&at, 4});
    if (i < n) at += (uint32_t)strings[i].n;
  }
  for (uint32_t i = 0; i < n; i++) buf_put(out, strings[i]);
}
