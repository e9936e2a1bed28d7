/* ontology.c - reads plover.tsv and cameo.tsv and answers look-ups. No event logic: what a row means is the event stage's. */
#include "doc/ontology.h"
#include "base/file.h"
#include <stdio.h>
#include <stdlib.h>

enum { FIELDS = 10, TEXT_CAP = 1 << 20, CODES = 1024, SPEECH = 512 };

struct speech_code {
  uint8_t speech;
  char content[6], code[6];
};

struct speech_mode {
  uint8_t speech, type, mode, result;
};

struct ontology {
  struct arena memory;
  char version[96];
  struct ontology_type type[ONTOLOGY_TYPES];
  struct ontology_mode mode[ONTOLOGY_MODES];
  const char *context[ONTOLOGY_CONTEXTS];
  uint8_t n_types, n_modes, n_contexts; /* rows 1..n of types and modes, 0..n-1 of contexts */
  struct cameo_code *code;              /* sorted as in the file: by code */
  uint32_t n_codes;
  struct speech_mode speech[SPEECH];
  uint32_t n_speech;
  struct speech_code speech_code[SPEECH];
  uint32_t n_speech_codes;
  struct { /* names that stand before the type they name; resolved at the end */
    str announced, ended;
  } later[ONTOLOGY_TYPES];
};

uint8_t ontology_type(const struct ontology *o, str name) {
  for (uint8_t i = 1; i <= o->n_types; i++)
    if (str_is(name, o->type[i].name)) return i;
  return 0;
}

uint8_t ontology_mode(const struct ontology *o, uint8_t type, str name) {
  for (unsigned i = 1; i <= o->n_modes; i++)
    if (o->mode[i].type == type && str_is(name, o->mode[i].name)) return (uint8_t)i;
  return 0;
}

int ontology_context(const struct ontology *o, str name) {
  for (int i = 0; i < o->n_contexts; i++)
    if (str_is(name, o->context[i])) return i;
  return -1;
}

static void add_version(struct ontology *o, str version) {
  size_t n = strlen(o->version);
  snprintf(o->version + n, sizeof o->version - n, "%s%.*s", n ? "+" : "", STR_FMT(version));
}

static bool number(const struct line_reader *r, str s, double *out, struct err *e) {
  return str_to_double(s, out) || line_err(r, e, "'%.*s' is not a number", STR_FMT(s));
}

/* type NAME quad recipient score announced ended text */
static bool read_type(struct ontology *o, const struct line_reader *r, const str *f, size_t n, struct err *e) {
  double quad, score;
  if (n < 7 || o->n_types + 1 >= ONTOLOGY_TYPES)
    return line_err(r, e, "a type needs name, quad, recipient, score, announced, ended");
  if (!number(r, f[2], &quad, e) || !number(r, f[4], &score, e)) return false;
  uint8_t t = ++o->n_types;
  o->type[t] = (struct ontology_type){.name = arena_z(&o->memory, f[1]),
                                      .quad = (uint8_t)quad,
                                      .recipient_required = str_is(f[3], "yes"),
                                      .score = (float)score};
  o->later[t].announced = arena_str(&o->memory, f[5]);
  o->later[t].ended = arena_str(&o->memory, f[6]);
  return o->type[t].name || line_err(r, e, "no memory");
}

/* "TYPE" or "TYPE.mode"; "-" is none. Modes of the type must stand above. */
static bool read_ended(const struct ontology *o, str s, uint8_t *type, uint8_t *mode) {
  str rest = s, name = str_cut(&rest, '.');
  *type = ontology_type(o, name);
  *mode = rest.n ? ontology_mode(o, *type, rest) : 0;
  return str_is(s, "-") || (*type && (!rest.n || *mode));
}

/* mode TYPE name score [ended] */
static bool read_mode(struct ontology *o, const struct line_reader *r, const str *f, size_t n, struct err *e) {
  double score;
  uint8_t type = n >= 4 ? ontology_type(o, f[1]) : 0;
  if (!type) return line_err(r, e, "a mode needs a known type, a name and a score");
  if (o->n_modes + 1 >= ONTOLOGY_MODES) return line_err(r, e, "too many modes");
  if (!number(r, f[3], &score, e)) return false;
  uint8_t ended = o->type[type].ended, ended_mode = o->type[type].ended_mode;
  if (n > 4 && !read_ended(o, f[4], &ended, &ended_mode))
    return line_err(r, e, "unknown type or mode '%.*s'", STR_FMT(f[4]));
  o->mode[++o->n_modes] = (struct ontology_mode){arena_z(&o->memory, f[2]), type, (float)score, ended, ended_mode};
  return o->mode[o->n_modes].name || line_err(r, e, "no memory");
}

/* speech TYPE CONTENT[.mode] mode */
static bool read_speech(struct ontology *o, const struct line_reader *r, const str *f, size_t n, struct err *e) {
  str mode = n >= 4 ? f[2] : (str){"", 0}, type = str_cut(&mode, '.');
  struct speech_mode s = {.speech = n >= 4 ? ontology_type(o, f[1]) : 0, .type = ontology_type(o, type)};
  if (!s.speech || !s.type || o->n_speech == SPEECH)
    return line_err(r, e, "a speech line needs two known types and a mode");
  s.result = ontology_mode(o, s.speech, f[3]);
  s.mode = mode.n ? ontology_mode(o, s.type, mode) : 0;
  if (!s.result || (mode.n && !s.mode)) return line_err(r, e, "unknown mode");
  o->speech[o->n_speech++] = s;
  return true;
}

/* ended TYPE TYPE.mode: the type's end with its mode; stands below the modes */
static bool read_end(struct ontology *o, const struct line_reader *r, const str *f, size_t n, struct err *e) {
  uint8_t type = n >= 3 ? ontology_type(o, f[1]) : 0, ended = 0, mode = 0;
  if (!type || !read_ended(o, f[2], &ended, &mode)) return line_err(r, e, "expected a type and what its end is");
  for (unsigned i = 1; i <= o->n_modes; i++)
    if (o->mode[i].type == type && o->mode[i].ended == o->type[type].ended && !o->mode[i].ended_mode)
      o->mode[i].ended = ended, o->mode[i].ended_mode = mode;
  o->type[type].ended = ended;
  o->type[type].ended_mode = mode;
  return true;
}

static bool read_plover_line(struct ontology *o, const struct line_reader *r, struct err *e) {
  str f[FIELDS];
  size_t n = line_fields(r->line, f, FIELDS);
  if (str_is(f[0], "version") && n > 1) return add_version(o, f[1]), true;
  if (str_is(f[0], "type")) return read_type(o, r, f, n, e);
  if (str_is(f[0], "mode")) return read_mode(o, r, f, n, e);
  if (str_is(f[0], "speech")) return read_speech(o, r, f, n, e);
  if (str_is(f[0], "ended")) return read_end(o, r, f, n, e);
  if (str_is(f[0], "context") && n > 1 && o->n_contexts < ONTOLOGY_CONTEXTS) {
    o->context[o->n_contexts] = arena_z(&o->memory, f[1]);
    return o->context[o->n_contexts++] || line_err(r, e, "no memory");
  }
  return line_err(r, e, "expected version, type, mode, ended, speech or context");
}

/* Types name one another in both directions, so the names are looked up when all types are known, before the first mode. */
static bool resolve_types(struct ontology *o, const struct line_reader *r, struct err *e) {
  for (uint8_t t = 1; t <= o->n_types; t++) {
    str a = o->later[t].announced, d = o->later[t].ended;
    o->type[t].announced = ontology_type(o, a);
    o->type[t].ended = ontology_type(o, d);
    if ((!str_is(a, "-") && !o->type[t].announced) || (!str_is(d, "-") && !o->type[t].ended))
      return line_err(r, e, "type %s names an unknown type", o->type[t].name);
  }
  return true;
}

static bool read_contexts(const struct ontology *o, const struct line_reader *r, str list, uint64_t *out,
                          struct err *e) {
  while (list.n && !str_is(list, "-")) {
    str name = str_trim(str_cut(&list, ';'));
    int bit = ontology_context(o, name);
    if (bit < 0) return line_err(r, e, "unknown context '%.*s'", STR_FMT(name));
    *out |= (uint64_t)1 << bit;
  }
  return true;
}

/* speech TYPE content-prefix code */
static bool read_speech_code(struct ontology *o, const struct line_reader *r, const str *f, size_t n, struct err *e) {
  struct speech_code *s = &o->speech_code[o->n_speech_codes];
  if (n < 4 || o->n_speech_codes == SPEECH || f[2].n >= sizeof s->content || f[3].n >= sizeof s->code ||
      !(s->speech = ontology_type(o, f[1])))
    return line_err(r, e, "a speech line needs a known type and two codes");
  memcpy(s->content, f[2].p, f[2].n);
  memcpy(s->code, f[3].p, f[3].n);
  o->n_speech_codes++;
  return true;
}

static bool read_cameo_line(struct ontology *o, const struct line_reader *r, struct err *e) {
  str f[FIELDS];
  size_t n = line_fields(r->line, f, FIELDS);
  if (str_is(f[0], "version") && n > 1) return add_version(o, f[1]), true;
  if (str_is(f[0], "speech")) return read_speech_code(o, r, f, n, e);
  struct cameo_code *c = &o->code[o->n_codes];
  if (n < 7 || o->n_codes == CODES || f[0].n >= sizeof c->code) return line_err(r, e, "a code needs seven fields");
  double quad, score = 0;
  if (!number(r, f[3], &quad, e)) return false;
  if (str_is(f[2], "-")) score = ontology_goldstein(o, f[0]); /* prefixes stand above */
  else if (!number(r, f[2], &score, e)) return false;
  memcpy(c->code, f[0].p, f[0].n);
  c->name = arena_z(&o->memory, f[1]);
  c->quad = (uint8_t)quad;
  c->goldstein = (float)score;
  c->type = ontology_type(o, f[4]);
  c->mode = ontology_mode(o, c->type, f[5]);
  if (!c->name || (!c->type && !str_is(f[4], "-")) || (!c->mode && !str_is(f[5], "-")))
    return line_err(r, e, "unknown type or mode");
  if (o->n_codes && strcmp(o->code[o->n_codes - 1].code, c->code) >= 0)
    return line_err(r, e, "codes must stand in order");
  if (!read_contexts(o, r, f[6], &c->contexts, e)) return false;
  o->n_codes++;
  return true;
}

static bool read_lines(struct ontology *o, const char *knowledge, const char *name, struct err *e) {
  char path[4096];
  struct buf text;
  buf_init(&text, TEXT_CAP);
  bool cameo = !strcmp(name, "ontologies/cameo.tsv");
  bool ok = path_join(path, sizeof path, knowledge, name) ? file_read(&text, path, e)
                                                          : err_set(e, ERR_IO, "the path is too long");
  struct line_reader r;
  bool resolved = cameo;
  line_reader_init(&r, buf_str(&text), path);
  while (ok && line_next(&r)) {
    if (!resolved && str_starts(r.line, STR("mode"))) ok = resolved = resolve_types(o, &r, e);
    if (ok) ok = cameo ? read_cameo_line(o, &r, e) : read_plover_line(o, &r, e);
  }
  buf_release(&text);
  return ok;
}

struct ontology *ontology_open(const char *knowledge, struct symtab *words, struct err *e) {
  (void)words; /* names of types are no words of the language */
  struct ontology *o = calloc(1, sizeof *o);
  if (!o) {
    err_set(e, ERR_NOMEM, "no memory for the ontology");
    return NULL;
  }
  arena_init(&o->memory, TEXT_CAP * 4);
  o->type[0].name = o->mode[0].name = "";
  o->code = ARENA_ARRAY(&o->memory, struct cameo_code, CODES);
  if (o->code && read_lines(o, knowledge, "ontologies/plover.tsv", e) &&
      read_lines(o, knowledge, "ontologies/cameo.tsv", e))
    return o;
  ontology_close(o);
  return NULL;
}

void ontology_close(struct ontology *o) {
  if (!o) return;
  arena_release(&o->memory);
  free(o);
}

const char *ontology_version(const struct ontology *o) { return o->version; }
uint8_t ontology_type_count(const struct ontology *o) { return o->n_types; }
const struct ontology_type *ontology_type_row(const struct ontology *o, uint8_t type) {
  return &o->type[type <= o->n_types ? type : 0];
}
const struct ontology_mode *ontology_mode_row(const struct ontology *o, uint8_t mode) {
  return &o->mode[mode <= o->n_modes ? mode : 0];
}

const struct cameo_code *ontology_cameo(const struct ontology *o, str code) {
  uint32_t low = 0, high = o->n_codes;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    int order = str_compare(str_of(o->code[mid].code), code);
    if (!order) return &o->code[mid];
    if (order < 0) low = mid + 1;
    else high = mid;
  }
  return NULL;
}

const char *ontology_type_name(const struct ontology *o, uint8_t type) { return ontology_type_row(o, type)->name; }
const char *ontology_mode_name(const struct ontology *o, uint8_t type, uint8_t mode) {
  const struct ontology_mode *m = ontology_mode_row(o, mode);
  return mode && m->type == type ? m->name : "";
}
const char *ontology_context_name(const struct ontology *o, uint8_t context) {
  return context < o->n_contexts ? o->context[context] : "";
}
uint8_t ontology_quad(const struct ontology *o, uint8_t type) { return ontology_type_row(o, type)->quad; }

double ontology_scale(const struct ontology *o, uint8_t type, uint8_t mode) {
  const struct ontology_mode *m = ontology_mode_row(o, mode);
  return (double)(mode && m->type == type ? m->score : ontology_type_row(o, type)->score);
}

double ontology_goldstein(const struct ontology *o, str code) {
  for (; code.n >= 2; code.n--) {
    const struct cameo_code *c = ontology_cameo(o, code);
    if (c) return (double)c->goldstein;
  }
  return 0;
}

uint8_t ontology_speech_mode(const struct ontology *o, uint8_t speech, uint8_t content_type, uint8_t content_mode) {
  uint8_t found = 0;
  for (uint32_t i = 0; i < o->n_speech; i++) {
    const struct speech_mode *s = &o->speech[i];
    if (s->speech != speech || s->type != content_type) continue;
    if (s->mode && s->mode == content_mode) return s->result;
    if (!s->mode) found = s->result;
  }
  return found;
}

uint8_t ontology_ended(const struct ontology *o, uint8_t type, uint8_t mode, uint8_t *ended_mode) {
  const struct ontology_mode *m = ontology_mode_row(o, mode);
  const struct ontology_type *t = ontology_type_row(o, type);
  bool own = mode && m->type == type;
  *ended_mode = own ? m->ended_mode : t->ended_mode;
  return own ? m->ended : t->ended;
}

const char *ontology_speech_cameo(const struct ontology *o, uint8_t speech, str own, str content) {
  enum { ROOT = 2, OWN_ROOT = 16 }; /* a code of the same root outranks any longer match of another */
  const char *found = "";
  size_t best = 0;
  for (uint32_t i = 0; i < o->n_speech_codes; i++) {
    const struct speech_code *s = &o->speech_code[i];
    if (s->speech != speech || !str_starts(content, str_of(s->content))) continue;
    bool same = own.n >= ROOT && !memcmp(own.p, s->code, ROOT);
    size_t n = strlen(s->content) + (same ? OWN_ROOT : 0);
    if (n > best) found = s->code, best = n;
  }
  return found;
}

uint8_t ontology_context_count(const struct ontology *o) { return o->n_contexts; }
uint32_t ontology_cameo_count(const struct ontology *o) { return o->n_codes; }
const struct cameo_code *ontology_cameo_at(const struct ontology *o, uint32_t i) { return &o->code[i]; }
