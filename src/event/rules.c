/* rules.c - compiles knowledge/events/ into tables keyed by word: classes, rules, governors. Reads text, knows no document. */
#include "event/rules.h"
#include "base/file.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_CAP = 1 << 22, PATH = 4096, FILES = 256, ROW_CAP = 1 << 23 };

/* A growing array of the builder; freed or handed to the rules. */
#define GROW(T)                                                                                                        \
  struct {                                                                                                             \
    T *at;                                                                                                             \
    uint32_t n, size;                                                                                                  \
  }
struct word_member {
  sym word;
  struct member m;
};
struct word_trigger {
  sym word;
  struct trigger t;
};
struct word_governor {
  sym word;
  struct governor g;
};
struct word_cue {
  sym word;
  struct cue c;
};

struct build {
  struct rules *r;
  struct symtab *words;
  bool lint;
  struct line_reader line;
  struct err *e;
  uint16_t file;
  char name[128];     /* of the file, without folder */
  struct rule result; /* of the block: what following rules yield */
  bool has_result;
  uint32_t example_first, miss_first; /* first rule since the last example, the last near miss */
  GROW(struct rule) rules;
  GROW(struct condition) conditions;
  GROW(struct pick) picks;
  GROW(struct word_member) members;
  GROW(struct word_trigger) triggers;
  GROW(struct word_governor) governors;
  GROW(struct word_cue) cues;
  GROW(str) classes;
  GROW(struct example) examples;
};

static bool grow(void **at, uint32_t n, uint32_t *size, size_t row) {
  if (n < *size) return true;
  uint32_t more = *size ? *size * 2 : 64;
  void *p = more > ROW_CAP ? NULL : realloc(*at, more * row);
  if (!p) return false;
  *at = p;
  *size = more;
  return true;
}
#define PUSH(b, list, value)                                                                                           \
  (grow((void **)&(b)->list.at, (b)->list.n, &(b)->list.size, sizeof *(b)->list.at)                                    \
       ? ((b)->list.at[(b)->list.n++] = (value), true)                                                                 \
       : err_set((b)->e, ERR_NOMEM, "too many rows in the event rules"))
#define FAIL(b, ...) line_err(&(b)->line, (b)->e, __VA_ARGS__)

/* ---- words and classes */

/* "tear_gas" -> gas with tear before it. */
static sym word_of(struct build *b, str s, sym *before) {
  size_t at = s.n;
  while (at && s.p[at - 1] != '_') at--;
  *before = at ? symtab_add(b->words, str_sub(s, 0, at - 1)) : SYM_NONE;
  return symtab_add(b->words, str_from(s, at));
}

/* Many texts part what a hyphen joins: "cease-fire" is also fire with cease before it. False if there is no hyphen. */
static bool parted(struct build *b, str s, str *out) {
  size_t at = s.n;
  while (at && s.p[at - 1] != '-' && s.p[at - 1] != '_') at--;
  if (at < 2 || at == s.n || s.p[at - 1] != '-') return false;
  char *copy = arena_z(&b->r->memory, s);
  if (!copy) return false;
  copy[at - 1] = '_';
  *out = (str){copy, s.n};
  return true;
}

static uint16_t class_find(const struct build *b, str name) {
  for (uint32_t i = 0; i < b->classes.n; i++)
    if (str_eq(b->classes.at[i], name)) return (uint16_t)i;
  return UINT16_MAX;
}

static bool class_add(struct build *b, str name, uint16_t *out) {
  *out = class_find(b, name);
  if (*out != UINT16_MAX) return true;
  str copy = arena_str(&b->r->memory, name);
  *out = (uint16_t)b->classes.n;
  return PUSH(b, classes, copy);
}

static bool class_include(struct build *b, uint16_t into, str name) {
  uint16_t from = class_find(b, name);
  if (from == UINT16_MAX) return FAIL(b, "class @%.*s is not defined above", STR_FMT(name));
  for (uint32_t i = 0, n = b->members.n; i < n; i++) {
    struct word_member m = b->members.at[i];
    if (m.m.word_class != from) continue;
    m.m.word_class = into;
    if (!PUSH(b, members, m)) return false;
  }
  return true;
}

/* @name = word word_word @class ... ; a class may be given in several lines. */
static bool read_class(struct build *b) {
  str rest = str_trim(b->line.line);
  if (!rest.n || rest.p[0] != '@' || str_find(rest, '=') == rest.n) return FAIL(b, "expected '@class = words'");
  str name = str_trim(str_from(str_cut(&rest, '='), 1));
  uint16_t number;
  if (!name.n) return FAIL(b, "a class needs a name");
  if (!class_add(b, name, &number)) return false;
  while (rest.n) {
    str w = str_trim(str_cut(&rest, ' '));
    if (!w.n) continue;
    if (w.p[0] == '@') {
      if (!class_include(b, number, str_from(w, 1))) return false;
      continue;
    }
    struct word_member m = {.m.word_class = number};
    str two = w;
    do {
      m.word = word_of(b, two, &m.m.before);
      if (!PUSH(b, members, m)) return false;
    } while (two.p == w.p && parted(b, w, &two));
  }
  return true;
}

/* ---- rules */

uint8_t func_of_name(str s) {
  static const struct {
    const char *name;
    uint8_t func;
  } names[] = {{"subj", FUNC_SUBJ}, {"obj", FUNC_OBJ},   {"iobj", FUNC_IOBJ}, {"inf", FUNC_INF},   {"that", FUNC_THAT},
               {"ger", FUNC_GER},   {"pred", FUNC_PRED}, {"poss", FUNC_POSS}, {"comp", FUNC_COMP}, {"head", FUNC_HEAD}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_is(s, names[i].name)) return names[i].func;
  return FUNC_PREP;
}

static sym preposition(struct build *b, uint8_t func, str s) {
  return func == FUNC_PREP ? symtab_add(b->words, s) : SYM_NONE;
}

/* "obj", "in", "in/comp", "in/actor" */
static struct func_ref func_read(struct build *b, str s) {
  str rest = s, first = str_cut(&rest, '/');
  struct func_ref r = {.func = func_of_name(first)};
  r.prep = preposition(b, r.func, first);
  if (first.n == s.n) return r;
  r.below = str_is(rest, "actor") ? FUNC_ACTOR : func_of_name(rest);
  r.below_prep = preposition(b, r.below, rest);
  return r;
}

static bool pick_actor(str s, struct pick *p) {
  static const struct {
    const char *name;
    uint8_t kind, actor;
  } names[] = {{"actor", PICK_ACTOR, 0},          {"person", PICK_KIND, ACTOR_PERSON},
               {"group", PICK_KIND, ACTOR_GROUP}, {"org", PICK_KIND, ACTOR_ORGANIZATION},
               {"state", PICK_KIND, ACTOR_STATE}, {"people", PICK_KIND, ACTOR_PEOPLE},
               {"post", PICK_KIND, ACTOR_POST},   {"time", PICK_TIME, 0},
               {"place", PICK_PLACE, 0},          {"number", PICK_NUMBER, 0},
               {"several", PICK_SEVERAL, 0}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_is(s, names[i].name)) return p->kind = names[i].kind, p->actor_kind = names[i].actor, true;
  if (s.n != 3 || !ascii_upper(s.p[0])) return false;
  p->kind = PICK_SECTOR;
  memcpy(p->sector, s.p, 3);
  return true;
}

/* word | @class | #kind | * ; separated by '|' */
static bool read_picks(struct build *b, str s, struct condition *c, uint8_t *weight) {
  c->first = b->picks.n;
  *weight = 4;
  while (s.n) {
    str one = str_cut(&s, '|');
    struct pick p = {0};
    uint8_t w = 4;
    if (str_is(one, "*")) p.kind = PICK_ANY, w = 1;
    else if (one.n > 1 && one.p[0] == '#') {
      if (!pick_actor(str_from(one, 1), &p)) return FAIL(b, "unknown kind '%.*s'", STR_FMT(one));
      w = p.kind == PICK_ACTOR ? 2 : 3;
    } else if (one.n > 1 && one.p[0] == '@') {
      p.kind = PICK_CLASS;
      p.word_class = class_find(b, str_from(one, 1));
      if (p.word_class == UINT16_MAX) return FAIL(b, "class %.*s is not defined", STR_FMT(one));
      w = 3;
    } else if (one.n) {
      p.kind = PICK_WORD;
      str two;
      if (parted(b, one, &two)) {
        p.word = word_of(b, two, &p.before);
        if (!PUSH(b, picks, p)) return false;
        c->n++;
      }
      p.word = word_of(b, one, &p.before);
    } else return FAIL(b, "an empty alternative");
    if (w < *weight) *weight = w;
    if (!PUSH(b, picks, p)) return false;
    c->n++;
  }
  return c->n || FAIL(b, "a condition without words");
}

static bool read_condition(struct build *b, struct rule *r, str term) {
  struct condition c = {0};
  uint8_t weight = 1;
  if (term.p[0] == '!') c.forbidden = true, term = str_from(term, 1);
  str rest = term, at = str_cut(&rest, ':');
  c.at = func_read(b, at);
  if (!read_picks(b, at.n < term.n ? rest : STR("*"), &c, &weight)) return false;
  if (r->n_conditions == RULE_CONDITIONS) return FAIL(b, "more than %d conditions", RULE_CONDITIONS);
  if (!r->n_conditions++) r->first_condition = b->conditions.n;
  r->specificity += c.forbidden ? 1 : (uint8_t)(weight * 2);
  return PUSH(b, conditions, c);
}

static bool read_slot(struct build *b, struct rule *r, str name, str choices) {
  static const char *const names[] = {"actor", "recipient", "object", "instrument", "content", "claim", "topic"};
  for (int i = 0; i < SLOT_COUNT; i++) {
    if (!str_is(name, names[i])) continue;
    struct slot_fill *f = &r->slot[i];
    f->n = 0;
    while (choices.n && !str_is(choices, "-")) {
      if (f->n == SLOT_CHOICES) return FAIL(b, "a slot may have %d choices", SLOT_CHOICES);
      f->from[f->n++] = func_read(b, str_cut(&choices, '|'));
    }
    return true;
  }
  return FAIL(b, "unknown slot '%.*s'", STR_FMT(name));
}

static bool read_flag(struct rule *r, str s) {
  static const struct {
    const char *name;
    uint16_t flag;
  } names[] = {{"recip", RULE_RECIPROCAL},  {"lethal", RULE_LETHAL},         {"ultimatum", RULE_ULTIMATUM},
               {"demand", RULE_DEMAND},     {"order", RULE_ORDER},           {"appeal", RULE_APPEAL},
               {"carrier", RULE_CARRIER},   {"own", RULE_OWN_SIDE},          {"needs-content", RULE_NEEDS_CONTENT},
               {"historic", RULE_HISTORIC}, {"by-speaker", RULE_BY_SPEAKER}, {"undone", RULE_UNDONE}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_is(s, names[i].name)) return r->flags |= names[i].flag, true;
  return false;
}

/* [TYPE mode 194 +context flag ...], [NONE], [ANNOUNCE TYPE ...] */
static bool read_result(struct build *b) {
  const struct ontology *o = b->r->ontology;
  str s = str_trim(b->line.line);
  if (s.p[s.n - 1] != ']') return FAIL(b, "a result line ends with ']'");
  s = str_sub(s, 1, s.n - 1);
  struct rule r = {0};
  while (s.n) {
    str w = str_trim(str_cut(&s, ' '));
    int bit;
    if (!w.n) continue;
    if (str_is(w, "NONE")) r.flags |= RULE_BLOCK;
    else if (str_is(w, "ANNOUNCE")) r.flags |= RULE_ANNOUNCE;
    else if (str_is(w, "CONTEXT")) r.flags |= RULE_CONTEXT;
    else if (w.p[0] == '+') {
      if ((bit = ontology_context(o, str_from(w, 1))) < 0) return FAIL(b, "unknown context '%.*s'", STR_FMT(w));
      r.contexts |= (uint64_t)1 << bit;
    } else if (ascii_digit(w.p[0])) {
      if (!ontology_cameo(o, w) || w.n >= sizeof r.cameo) return FAIL(b, "unknown CAMEO code '%.*s'", STR_FMT(w));
      memcpy(r.cameo, w.p, w.n);
    } else if (!r.type && ontology_type(o, w)) r.type = ontology_type(o, w);
    else if (r.type && ontology_mode(o, r.type, w)) r.mode = ontology_mode(o, r.type, w);
    else if (!read_flag(&r, w)) return FAIL(b, "unknown type, mode or flag '%.*s'", STR_FMT(w));
  }
  if (r.flags & RULE_CONTEXT ? r.type || !r.contexts : !r.type && !(r.flags & (RULE_BLOCK | RULE_ANNOUNCE)))
    return FAIL(b, r.flags & RULE_CONTEXT ? "CONTEXT takes contexts alone, such as +health" : "a result needs a type");
  b->result = r;
  return b->has_result = true;
}

static void default_slots(struct build *b, struct rule *r) {
  static const char *const noun_actor = "subj|by|poss|from|comp", *const noun_recipient = "obj|of|on|against|at|upon";
  if (r->pos == POS_NOUN) {
    read_slot(b, r, STR("actor"), str_of(noun_actor));
    read_slot(b, r, STR("recipient"), str_of(noun_recipient));
    return;
  }
  read_slot(b, r, STR("actor"), STR("subj"));
  read_slot(b, r, STR("recipient"), STR("obj"));
}

static bool add_cue(struct build *b, str w, const struct rule *r) {
  struct word_cue c = {.c = {.contexts = r->contexts, .pos = r->pos}};
  c.word = word_of(b, w, &c.c.before);
  if (!PUSH(b, cues, c)) return false;
  str two;
  if (!parted(b, w, &two)) return true;
  c.word = word_of(b, two, &c.c.before);
  return PUSH(b, cues, c);
}

static bool add_trigger(struct build *b, str w, uint32_t rule) {
  struct word_trigger t = {.t.rule = rule};
  if (w.p[0] != '@') {
    size_t plus = str_find(w, '+');
    if (plus < w.n) t.t.particle = symtab_add(b->words, str_from(w, plus + 1));
    t.word = word_of(b, str_sub(w, 0, plus), &t.t.before);
    if (!PUSH(b, triggers, t)) return false;
    str two;
    if (!parted(b, str_sub(w, 0, plus), &two)) return true;
    t.word = word_of(b, two, &t.t.before);
    t.t.variant = true;
    return PUSH(b, triggers, t);
  }
  uint16_t c = class_find(b, str_from(w, 1));
  if (c == UINT16_MAX) return FAIL(b, "class %.*s is not defined", STR_FMT(w));
  for (uint32_t i = 0; i < b->members.n; i++) {
    if (b->members.at[i].m.word_class != c) continue;
    t.word = b->members.at[i].word;
    t.t.before = b->members.at[i].m.before;
    if (!PUSH(b, triggers, t)) return false;
  }
  return true;
}

static bool read_terms(struct build *b, struct rule *r, str rest) {
  while (rest.n) {
    str w = str_trim(str_cut(&rest, ' '));
    if (!w.n) continue;
    size_t eq = str_find(w, '='), colon = str_find(w, ':');
    if (w.p[0] == '+') {
      r->particle = symtab_add(b->words, str_from(w, 1));
      r->specificity += 6;
    } else if (eq < w.n && eq < colon) {
      if (!read_slot(b, r, str_sub(w, 0, eq), str_from(w, eq + 1))) return false;
    } else if (colon < w.n || w.p[0] == '!') {
      if (!read_condition(b, r, w)) return false;
    } else if (!read_flag(r, w)) return FAIL(b, "'%.*s' is no condition, slot or flag", STR_FMT(w));
  }
  return true;
}

/* "assault" of "assault.rules". */
static str rule_family(const struct build *b) {
  str s = str_of(b->name);
  return str_sub(s, 0, str_find(s, '.'));
}

/* verb|noun|adj LEMMA,LEMMA +particle function:words slot=functions flag */
static bool read_rule(struct build *b, uint8_t pos, str rest) {
  if (!b->has_result) return FAIL(b, "a rule needs a result line '[TYPE ...]' above it");
  struct rule r = b->result;
  char id[192];
  r.pos = pos;
  r.line = (uint32_t)b->line.number;
  r.file = b->file;
  snprintf(id, sizeof id, "%.*s:%u", STR_FMT(rule_family(b)), r.line);
  r.id = arena_str(&b->r->memory, str_of(id));
  default_slots(b, &r);
  rest = str_trim(rest);
  str lemmas = str_cut(&rest, ' ');
  if (!lemmas.n || !read_terms(b, &r, rest)) return lemmas.n ? false : FAIL(b, "a rule needs a word");
  while (lemmas.n) {
    str w = str_cut(&lemmas, ',');
    if (!w.n) return FAIL(b, "an empty word");
    if (!(r.flags & RULE_CONTEXT ? add_cue(b, w, &r) : add_trigger(b, w, b->rules.n))) return false;
  }
  return PUSH(b, rules, r);
}

static bool read_example(struct build *b, str s, bool miss) {
  if (!b->rules.n) return FAIL(b, "an example needs a rule above it");
  struct example x = {.text = arena_str(&b->r->memory, str_trim(s)),
                      .file = arena_str(&b->r->memory, str_of(b->line.file)),
                      .line = (uint32_t)b->line.number,
                      .rule = b->rules.n - 1,
                      .first_rule = miss ? b->miss_first : b->example_first,
                      .miss = miss};
  *(miss ? &b->miss_first : &b->example_first) = b->rules.n;
  return !b->lint || PUSH(b, examples, x);
}

static bool read_rule_line(struct build *b) {
  str s = str_trim(b->line.line), rest = s;
  if (s.p[0] == '[') return read_result(b);
  if (s.p[0] == '>') return read_example(b, str_from(s, 1), false);
  if (s.p[0] == '~') return read_example(b, str_from(s, 1), true);
  str word = str_cut(&rest, ' ');
  if (str_is(word, "verb")) return read_rule(b, POS_VERB, rest);
  if (str_is(word, "noun")) return read_rule(b, POS_NOUN, rest);
  if (str_is(word, "adj")) return read_rule(b, POS_ADJ, rest);
  return FAIL(b, "expected '[result]', 'verb', 'noun', 'adj', '> example' or '~ near miss'");
}

/* ---- governors */

static uint8_t effect_of(str s) {
  static const char *const names[] = {"",          "support",      "happen",    "actual", "factive",      "attempted",
                                      "planned",   "hypothetical", "negated",   "foiled", "averted",      "ended",
                                      "cancelled", "caused",       "permitted", "aside",  "commemorated", "claimed",
                                      "obliged",   "suffer",       "risk",      "met",    "refused",      "extended",
                                      "expired",   "withdrawn"};
  for (uint8_t i = 1; i < sizeof names / sizeof *names; i++)
    if (str_is(s, names[i])) return i;
  return EFFECT_NONE;
}

static bool add_governor(struct build *b, str lemma, struct governor g) {
  struct word_governor w = {.g = g};
  size_t plus = str_find(lemma, '+'); /* "call+off" */
  if (plus < lemma.n) w.g.particle = symtab_add(b->words, str_from(lemma, plus + 1));
  w.word = symtab_add(b->words, str_sub(lemma, 0, plus));
  return PUSH(b, governors, w);
}

/* effect  pos  functions  lemmas */
static bool read_governor(struct build *b) {
  str f[4];
  if (line_fields(b->line.line, f, 4) != 4) return FAIL(b, "a governor has four fields: effect, pos, functions, words");
  struct governor g = {.effect = effect_of(f[0])};
  g.pos = str_is(f[1], "verb") ? POS_VERB : str_is(f[1], "noun") ? POS_NOUN : str_is(f[1], "adj") ? POS_ADJ : POS_COUNT;
  if (!g.effect || g.pos == POS_COUNT) return FAIL(b, "unknown effect or part of speech");
  while (f[3].n) {
    str lemma = str_trim(str_cut(&f[3], ' ')), functions = f[2];
    while (lemma.n && functions.n) {
      g.at = func_read(b, str_cut(&functions, ','));
      if (!add_governor(b, lemma, g)) return false;
    }
  }
  return true;
}

/* ---- files */

static bool read_file(struct build *b, const char *folder, const char *name, bool (*read)(struct build *)) {
  char path[PATH];
  struct buf text;
  if (!path_join(path, sizeof path, folder, name)) return err_set(b->e, ERR_IO, "the path is too long");
  buf_init(&text, TEXT_CAP);
  bool ok = file_read(&text, path, b->e);
  line_reader_init(&b->line, buf_str(&text), path);
  snprintf(b->name, sizeof b->name, "%.120s", name);
  b->has_result = false;
  b->example_first = b->miss_first = b->rules.n;
  while (ok && line_next(&b->line)) ok = read(b);
  buf_release(&text);
  b->file++;
  return ok;
}

static int by_name(const void *a, const void *b) { return strcmp(a, b); }

/* All files of the folder with this ending, in the order of their names. */
static bool read_kind(struct build *b, const char *folder, str ending, bool (*read)(struct build *)) {
  static const size_t width = 128;
  char names[FILES][128];
  size_t n = 0;
  DIR *dir = opendir(folder);
  if (!dir) return err_set_errno(b->e, ERR_IO, "cannot open %s", folder);
  bool fits = true;
  for (struct dirent *f; fits && (f = readdir(dir));) {
    if (!str_ends(str_of(f->d_name), ending) || f->d_name[0] == '.') continue;
    fits = n < FILES && strlen(f->d_name) < width;
    if (fits) memcpy(names[n++], f->d_name, strlen(f->d_name) + 1);
  }
  closedir(dir);
  if (!fits) return err_set(b->e, ERR_KNOWLEDGE, "%s: more than %d files, or too long a name", folder, FILES);
  qsort(names, n, width, by_name);
  for (size_t i = 0; i < n; i++)
    if (!read_file(b, folder, names[i], read)) return false;
  return true;
}

/* ---- tables by word */

static int by_member(const void *x, const void *y) {
  const struct word_member *a = x, *b = y;
  if (a->word != b->word) return a->word < b->word ? -1 : 1;
  return (a->m.word_class > b->m.word_class) - (a->m.word_class < b->m.word_class);
}
static int by_governor(const void *x, const void *y) {
  const struct word_governor *a = x, *b = y;
  if (a->word != b->word) return a->word < b->word ? -1 : 1;
  return (a->g.particle < b->g.particle) - (a->g.particle > b->g.particle); /* with a particle first */
}
static int by_cue(const void *x, const void *y) {
  const struct word_cue *a = x, *b = y;
  if (a->word != b->word) return a->word < b->word ? -1 : 1;
  return (a->c.pos > b->c.pos) - (a->c.pos < b->c.pos);
}
struct sort_trigger {
  struct word_trigger w;
  uint32_t rank;
};
static int by_trigger(const void *x, const void *y) {
  const struct sort_trigger *a = x, *b = y;
  if (a->w.word != b->w.word) return a->w.word < b->w.word ? -1 : 1;
  if (a->rank != b->rank) return a->rank > b->rank ? -1 : 1; /* the most specific first */
  return (a->w.t.rule > b->w.t.rule) - (a->w.t.rule < b->w.t.rule);
}

static bool sort_triggers(struct build *b) {
  struct sort_trigger *s = calloc(b->triggers.n + 1, sizeof *s);
  if (!s) return err_set(b->e, ERR_NOMEM, "no memory for the event rules");
  for (uint32_t i = 0; i < b->triggers.n; i++) {
    struct word_trigger w = b->triggers.at[i];
    s[i] =
        (struct sort_trigger){w, b->rules.at[w.t.rule].specificity + (w.t.before ? 4u : 0) + (w.t.particle ? 6u : 0)};
  }
  qsort(s, b->triggers.n, sizeof *s, by_trigger);
  for (uint32_t i = 0; i < b->triggers.n; i++) b->triggers.at[i] = s[i].w;
  free(s);
  return true;
}

/* Fills word[] with where each word's rows begin; rows are sorted by word. */
static bool index_words(struct build *b) {
  struct rules *r = b->r;
  r->any = symtab_add(b->words, STR("*"));
  r->n_words = b->words->n;
  r->word = calloc(r->n_words + 1u, sizeof *r->word);
  r->member = calloc(b->members.n + 1u, sizeof *r->member);
  r->trigger = calloc(b->triggers.n + 1u, sizeof *r->trigger);
  r->governor = calloc(b->governors.n + 1u, sizeof *r->governor);
  r->cue = calloc(b->cues.n + 1u, sizeof *r->cue);
  if (!r->word || !r->member || !r->trigger || !r->governor || !r->cue)
    return err_set(b->e, ERR_NOMEM, "no memory for the event rules");
  uint32_t m = 0, t = 0, g = 0, c = 0;
  for (uint32_t w = 0; w <= r->n_words; w++) {
    r->word[w] = (struct word_entry){m, t, g, c};
    for (; m < b->members.n && b->members.at[m].word == w; m++) r->member[m] = b->members.at[m].m;
    for (; t < b->triggers.n && b->triggers.at[t].word == w; t++) r->trigger[t] = b->triggers.at[t].t;
    for (; g < b->governors.n && b->governors.at[g].word == w; g++) r->governor[g] = b->governors.at[g].g;
    for (; c < b->cues.n && b->cues.at[c].word == w; c++) r->cue[c] = b->cues.at[c].c;
  }
  r->n_triggers = t;
  r->n_governors = g;
  r->n_cues = c;
  return true;
}

static bool find_grammar(struct build *b) {
  static const char *const names[] = {
#define X(name, text) text,
      GRAMMAR_CLASSES(X)
#undef X
  };
  for (int i = 0; i < GRAMMAR_COUNT; i++) {
    b->r->grammar[i] = class_find(b, str_of(names[i]));
    if (b->r->grammar[i] == UINT16_MAX)
      return err_set(b->e, ERR_KNOWLEDGE, "knowledge/events/ does not define the class @%s", names[i]);
  }
  return true;
}

static bool finish(struct build *b) {
  struct rules *r = b->r;
  if (!find_grammar(b) || !sort_triggers(b)) return false;
  if (b->members.n) qsort(b->members.at, b->members.n, sizeof *b->members.at, by_member);
  if (b->governors.n) qsort(b->governors.at, b->governors.n, sizeof *b->governors.at, by_governor);
  if (b->cues.n) qsort(b->cues.at, b->cues.n, sizeof *b->cues.at, by_cue);
  if (!index_words(b)) return false;
  r->rule = b->rules.at, r->n_rules = b->rules.n;
  r->condition = b->conditions.at;
  r->pick = b->picks.at;
  r->class_name = b->classes.at, r->n_classes = (uint16_t)b->classes.n;
  r->example = b->examples.at, r->n_examples = b->examples.n;
  b->rules.at = NULL, b->conditions.at = NULL, b->picks.at = NULL, b->classes.at = NULL, b->examples.at = NULL;
  return true;
}

static void build_release(struct build *b) {
  free(b->rules.at);
  free(b->conditions.at);
  free(b->picks.at);
  free(b->members.at);
  free(b->triggers.at);
  free(b->governors.at);
  free(b->cues.at);
  free(b->classes.at);
  free(b->examples.at);
}

struct rules *rules_open(const char *knowledge, const struct ontology *o, struct symtab *words, bool lint,
                         struct err *e) {
  char folder[PATH];
  struct rules *r = calloc(1, sizeof *r);
  if (!r || !path_join(folder, sizeof folder, knowledge, "events")) {
    err_set(e, ERR_NOMEM, "no memory for the event rules");
    free(r);
    return NULL;
  }
  arena_init(&r->memory, TEXT_CAP * 16);
  r->ontology = o;
  struct build b = {.r = r, .words = words, .lint = lint, .e = e};
  bool ok = read_kind(&b, folder, STR(".classes"), read_class) &&
            read_kind(&b, folder, STR(".rules"), read_rule_line) &&
            read_kind(&b, folder, STR(".governors"), read_governor) && finish(&b);
  build_release(&b);
  if (ok) return r;
  rules_close(r);
  return NULL;
}

void rules_close(struct rules *r) {
  if (!r) return;
  free(r->rule);
  free(r->condition);
  free(r->pick);
  free(r->governor);
  free(r->cue);
  free(r->member);
  free(r->trigger);
  free(r->word);
  free(r->class_name);
  free(r->example);
  arena_release(&r->memory);
  free(r);
}

/* ---- questions */

bool word_before(const struct doc *d, uint32_t t, sym before) {
  if (t > 0 && d->tokens.norm[t - 1] == before && d->tokens.sentence[t - 1] == d->tokens.sentence[t]) return true;
  for (uint32_t c = d->tokens.child[t]; c != NONE && c < t; c = d->tokens.sibling[c])
    if (d->tokens.norm[c] == before || d->tokens.lemma[c] == before) return true;
  return false;
}

uint64_t rules_contexts(const struct rules *r, const struct doc *d, uint32_t t) {
  const struct word_entry *w = rules_word(r, d->tokens.lemma[t]);
  uint8_t u = d->tokens.upos[t];
  uint8_t pos = u == UPOS_VERB                      ? POS_VERB
                : u == UPOS_ADJ                     ? POS_ADJ
                : u == UPOS_NOUN || u == UPOS_PROPN ? POS_NOUN
                                                    : POS_COUNT;
  uint64_t found = 0;
  for (uint32_t i = w->first_cue; i < w[1].first_cue; i++)
    if (r->cue[i].pos == pos && (!r->cue[i].before || word_before(d, t, r->cue[i].before))) found |= r->cue[i].contexts;
  return found;
}

static bool member_of(const struct rules *r, const struct doc *d, uint32_t token, sym word, uint16_t word_class) {
  const struct word_entry *w = rules_word(r, word);
  for (uint32_t i = w->first_member; i < w[1].first_member; i++) {
    if (r->member[i].word_class != word_class) continue;
    if (!r->member[i].before || (d && word_before(d, token, r->member[i].before))) return true;
  }
  return false;
}

bool rules_in_class(const struct rules *r, const struct doc *d, uint32_t token, uint16_t word_class) {
  const struct tokens *t = &d->tokens;
  return member_of(r, d, token, t->lemma[token], word_class) ||
         (t->norm[token] != t->lemma[token] && member_of(r, d, token, t->norm[token], word_class));
}

bool word_is(const struct rules *r, sym word, enum grammar_class c) {
  return word && member_of(r, NULL, 0, word, r->grammar[c]);
}
