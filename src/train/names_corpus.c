/* names_corpus.c - see names_corpus.h: reads the marked text, runs the stages before the actors over it, keeps features and labels. */
#include "train/names_corpus.h"
#include "actor/actor_stage.h"
#include "pipeline/engine.h"
#include "train/treebank.h"
#include <jansson.h>
#include <stdlib.h>

enum {
  ANY_CLASS = CLASS_COUNT,
  ALL_LABELS = (1 << LABELS) - 1,
  OPENING = 0x0AAA & ALL_LABELS,
  GOING_ON = 0x1554 & ALL_LABELS
};

struct name_mark {
  uint32_t beg, end;
  int class;
};

struct reading {
  struct names_corpus *c;
  struct name_mark *marks;
  uint32_t n_marks;
  uint16_t *allowed; /* [tokens.n] */
  bool failed;
};

static int class_of(const char *name) {
  for (int c = 0; c < CLASS_COUNT; c++)
    if (!strcmp(name, name_class_name((enum name_class)c))) return c;
  return strcmp(name, "any") ? -1 : ANY_CLASS;
}

static uint16_t label_bit(int class, bool opens) { return (uint16_t)(1u << (1 + 2 * class + !opens)); }

/* What the knowledge says of a name whose mark leaves the class open: states and their people, known persons and bodies. */
static int class_known(const struct work *w, uint32_t first, uint32_t last) {
  const struct hit *h = &w->name[first];
  if (h->last != last) return ANY_CLASS;
  if (h->kinds & (1u << NAME_STATE | 1u << NAME_CAPITAL)) return CLASS_PLACE;
  if (h->kinds & (1u << NAME_ADJECTIVE | 1u << NAME_PEOPLE)) return CLASS_PEOPLE;
  if (name_kind(h->value) != NAME_ENTITY) return ANY_CLASS;
  return w->kb->entities.at[name_row(h->value)].kind == ACTOR_PERSON ? CLASS_PERSON : CLASS_ORGANISATION;
}

static void mark_put(struct reading *r, const struct name_scan *s, uint32_t first, uint32_t last, int class) {
  if (class == ANY_CLASS) class = class_known(s->work, first, last);
  for (uint32_t t = first; t <= last; t++) {
    if (class == CLASS_OTHER) r->allowed[t] = (uint16_t)(1u | label_bit(class, true) | label_bit(class, false));
    else if (class == ANY_CLASS) r->allowed[t] = t == first ? OPENING : GOING_ON;
    else r->allowed[t] = label_bit(class, t == first);
  }
}

/* Marks whose edges are not those of tokens, or that leave the zone, tell nothing. */
static void marks_put(struct reading *r, const struct name_scan *s) {
  const struct doc *d = s->work->d;
  for (uint32_t i = 0, t = 0; i < r->n_marks; i++) {
    const struct name_mark *m = &r->marks[i];
    while (t < d->tokens.n && d->tokens.end[t] <= m->beg) t++;
    uint32_t last = t;
    while (last + 1 < d->tokens.n && d->tokens.beg[last + 1] < m->end) last++;
    if (t >= d->tokens.n) return;
    bool good = d->tokens.beg[t] == m->beg && d->tokens.end[last] == m->end &&
                d->tokens.sentence[t] == d->tokens.sentence[last];
    for (uint32_t k = t; k <= last; k++) good = good && s->zone[k];
    if (good) mark_put(r, s, t, last, m->class);
    else
      for (uint32_t k = t; k <= last; k++) r->allowed[k] = ALL_LABELS;
  }
}

/* Adjectives and peoples of states are rarely marked; the knowledge marks them. */
static void peoples_put(struct reading *r, const struct name_scan *s) {
  const struct work *w = s->work;
  for (uint32_t t = 0; t < w->d->tokens.n; t++) {
    const struct hit *h = &w->name[t];
    if (h->last == NONE || r->allowed[t] != 1 || h->kinds & ~(1u << NAME_ADJECTIVE | 1u << NAME_PEOPLE)) continue;
    bool open = true;
    for (uint32_t k = t; k <= h->last; k++) open = open && s->zone[k] && r->allowed[k] == 1;
    if (open) mark_put(r, s, t, h->last, CLASS_PEOPLE);
  }
}

/* A mark that begins inside another's words would allow no labelling. */
static bool consistent(const uint16_t *allowed, uint32_t n) {
  uint16_t from = 1;
  for (uint32_t i = 0; i < n; i++) {
    uint16_t next = 0;
    for (uint8_t l = 0; l < LABELS; l++)
      for (uint8_t k = 0; k < LABELS && from >> l & 1; k++)
        if (allowed[i] >> k & 1 && label_follows(l, k)) next |= (uint16_t)(1u << k);
    from = next;
  }
  return from != 0;
}

static bool features_keep(struct names_corpus *c, const uint32_t *rows, uint32_t n) {
  if (c->n_features + NAME_FEATURES_MAX > c->size_features) {
    uint32_t size = c->size_features ? c->size_features * 2 : 1u << 20;
    uint32_t *grown = size > c->size_features ? realloc(c->feature, size * sizeof *grown) : NULL;
    if (!grown) return false;
    c->feature = grown, c->size_features = size;
  }
  memcpy(c->feature + c->n_features, rows, n * sizeof *rows);
  c->n_features += n;
  return true;
}

static void chain_put(struct reading *r, const struct name_scan *s, uint32_t first, uint32_t end) {
  struct names_corpus *c = r->c;
  uint32_t rows[NAME_FEATURES_MAX];
  if (!consistent(r->allowed + first, end - first)) return;
  struct name_chain chain = {c->words.n, end - first, c->documents};
  for (uint32_t t = first; t < end && !r->failed; t++) {
    uint32_t n = name_features(s, t, first, end, rows);
    struct name_word word = {c->n_features, n, r->allowed[t]};
    if (!features_keep(c, rows, n)) {
      r->failed = true;
      return;
    }
    if (rows_grow(&c->memory, (void **)&c->words.at, &c->words.n, &c->words.size, sizeof word))
      c->words.at[c->words.n++] = word;
    else r->failed = true;
  }
  if (rows_grow(&c->memory, (void **)&c->chains.at, &c->chains.n, &c->chains.size, sizeof chain))
    c->chains.at[c->chains.n++] = chain;
  else r->failed = true;
}

static void scanned(void *to, const struct name_scan *s) {
  struct reading *r = to;
  const struct doc *d = s->work->d;
  r->allowed = ARENA_ARRAY(s->work->memory, uint16_t, d->tokens.n + 1);
  if (!r->allowed) {
    r->failed = true;
    return;
  }
  for (uint32_t t = 0; t < d->tokens.n; t++) r->allowed[t] = 1;
  marks_put(r, s);
  peoples_put(r, s);
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    uint32_t at = d->sentences.at[i].first, stop = at + d->sentences.at[i].n, first, end;
    for (; name_zone_next(s, at, stop, &first, &end); at = end) chain_put(r, s, first, end);
  }
  r->c->documents++;
}

static bool marks_read(struct reading *r, const json_t *names, struct arena *a, const char **fault) {
  size_t n = json_array_size(names);
  *fault = NULL;
  r->n_marks = 0;
  r->marks = ARENA_ARRAY(a, struct name_mark, n + 1);
  if (!r->marks) return false;
  for (size_t i = 0; i < n; i++) {
    const json_t *m = json_array_get(names, i);
    const char *kind = json_string_value(json_array_get(m, 2));
    struct name_mark mark = {(uint32_t)json_integer_value(json_array_get(m, 0)),
                             (uint32_t)json_integer_value(json_array_get(m, 1)), kind ? class_of(kind) : -1};
    if (mark.class < 0)
      *fault = "a kind of name that is none of person, organisation, place, facility, people, other, any";
    else if (mark.beg >= mark.end || (r->n_marks && mark.beg < r->marks[r->n_marks - 1].end))
      *fault = "names must stand in the order of the text and not overlap";
    if (*fault) return true;
    r->marks[r->n_marks++] = mark;
  }
  return true;
}

static bool document_read(struct reading *r, struct worker *worker, const struct engine *g, struct doc *d,
                          const json_t *v, const char **fault) {
  const json_t *text = json_object_get(v, "text"), *names = json_object_get(v, "names");
  struct err e = {0};
  if (!json_is_string(text) || !json_is_array(names)) return *fault = "a document needs \"text\" and \"names\"", true;
  struct arena a;
  arena_init(&a, 1 << 26);
  bool good = marks_read(r, names, &a, fault);
  if (good && !*fault) {
    struct input in = {.text = {json_string_value(text), json_string_length(text)}, .day = DAY_NONE, .lang = STR("en")};
    worker_code_before(worker, &in, d, &actor_stage);
    good = d->error.code == ERR_OK && actor_scan(engine_stage(g, &actor_stage), d, scanned, r, &e) && !r->failed;
  }
  arena_release(&a);
  return good;
}

static bool lines_read(struct reading *r, struct worker *worker, const struct engine *g, struct doc *d, str all,
                       const char *path, struct err *e) {
  for (uint64_t n = 1; all.n; n++) {
    str line = str_trim(str_cut(&all, '\n'));
    json_error_t bad;
    const char *fault = NULL;
    if (!line.n) continue;
    json_t *v = json_loadb(line.p, line.n, 0, &bad);
    bool good = v ? document_read(r, worker, g, d, v, &fault) : true;
    if (!v) fault = bad.text;
    if (fault) err_set(e, ERR_FORMAT, "%s", fault);
    json_decref(v);
    if (fault) return err_at(e, path, n, 0);
    if (!good) return err_set(e, ERR_NOMEM, "no memory for the names of the corpus");
  }
  return true;
}

bool names_corpus_read(struct names_corpus *c, const char *path, const struct progress *progress, struct err *e) {
  const struct engine_options options = {.depth = DEPTH_EVENTS, .no_names = true};
  struct engine *g = engine_open(&options, e);
  struct worker *worker = g ? worker_open(g, e) : NULL;
  struct arena a;
  struct doc d;
  str all;
  *c = (struct names_corpus){0};
  struct reading r = {.c = c};
  arena_init(&c->memory, (size_t)1 << 33);
  arena_init(&a, (size_t)1 << 32);
  doc_init(&d);
  bool good = worker && text_read(path, &a, &all, e) && lines_read(&r, worker, g, &d, all, path, e);
  if (good)
    progress_say(progress, "names: %u documents, %u chains, %u words, %u features", c->documents, c->chains.n,
                 c->words.n, c->n_features);
  doc_release(&d);
  arena_release(&a);
  if (worker) worker_close(worker);
  if (g) engine_close(g);
  if (!good) names_corpus_release(c);
  return good;
}

void names_corpus_release(struct names_corpus *c) {
  free(c->feature);
  arena_release(&c->memory);
}
