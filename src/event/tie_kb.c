/* tie_kb.c - reads knowledge/ties/roles.tsv, words.tsv and relations.tsv. */
#include "event/tie_kb.h"
#include <stdlib.h>

static const char *const word_kinds[WORD_KINDS] = {"former", "acting",  "elect",   "late",   "current", "modifier",
                                                   "deputy", "topic",   "example", "since",  "until",   "during",
                                                   "leaves", "wins",    "office",  "begins", "ends",    "split",
                                                   "enters", "vacates", "post"};

static str next_word(str *rest, char at) {
  *rest = str_trim(*rest);
  return str_cut(rest, at);
}

static void *room(void *at, uint32_t n, uint32_t *size, size_t row) {
  if (n < *size) return at;
  uint32_t more = *size ? *size * 2 : 64;
  void *p = realloc(at, more * row);
  if (p) *size = more;
  return p;
}

static bool no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the knowledge of ties"); }

static str kept(const struct stage_setup *setup, str s) { return symtab_str(setup->words, knowledge_word(setup, s)); }

static bool read_role(struct tie_kb *kb, const struct stage_setup *setup, const struct line_reader *r, struct err *e) {
  str f[4];
  struct role role = {0};
  if (line_fields(r->line, f, 4) < 4) return line_err(r, e, "four fields expected: role, class, flags, example");
  for (str rest = f[0], w; (w = next_word(&rest, ' ')).n;) {
    if (role.n == ROLE_WORDS) return line_err(r, e, "a role has at most %d words", ROLE_WORDS);
    sym s = knowledge_word(setup, w);
    if (s == kb->of && !role.head) role.head = role.n - 1; /* "chief of staff" */
    role.word[role.n++] = s;
  }
  if (!role.n) return line_err(r, e, "an empty role");
  bool of = false;
  for (uint8_t i = 0; i < role.n; i++) of = of || role.word[i] == kb->of;
  if (!of) role.head = role.n - 1;
  str class = f[1];
  if (str_ends(class, STR("-*"))) class = str_sub(class, 0, class.n - 1), role.star = true;
  role.class = kept(setup, class);
  if (!str_is(f[2], "leads") && !str_is(f[2], "-")) return line_err(r, e, "unknown flag '%.*s'", STR_FMT(f[2]));
  role.leads = str_is(f[2], "leads");
  void *p = room(kb->roles, kb->n_roles, &kb->size_roles, sizeof *kb->roles);
  if (!p) return no_memory(e);
  kb->roles = p;
  kb->roles[kb->n_roles++] = role;
  return wordmap_add(&kb->by_role, role.word[role.head], kb->n_roles - 1) || no_memory(e);
}

static bool read_words(struct tie_kb *kb, const struct stage_setup *setup, const struct line_reader *r, struct err *e) {
  str f[2];
  uint32_t kind = 0;
  if (line_fields(r->line, f, 2) != 2) return line_err(r, e, "two fields expected: kind, words");
  while (kind < WORD_KINDS && !str_is(f[0], word_kinds[kind])) kind++;
  if (kind == WORD_KINDS) return line_err(r, e, "unknown kind '%.*s'", STR_FMT(f[0]));
  for (str rest = f[1], w; (w = next_word(&rest, ' ')).n;) {
    uint32_t entry = kind;
    if (kind == WORD_OFFICE) { /* presidency:president */
      str office = str_cut(&w, ':');
      if (!w.n) return line_err(r, e, "an office needs its holder: office:holder");
      entry = WORD_KINDS + knowledge_word(setup, w);
      w = office;
    }
    if (!wordmap_add(&kb->words, knowledge_word(setup, w), entry)) return no_memory(e);
  }
  return true;
}

static bool end_of(struct rel *rel, const struct stage_setup *setup, str s, uint8_t *end) {
  static const char *const names[] = {"self", "poss", "subject", "object", "", "noun", "modifier"};
  str name = s;
  name = str_cut(&s, ':'); /* poss:of,to */
  for (uint8_t i = 0; i < 7; i++)
    if (*names[i] && str_is(name, names[i])) {
      *end = i;
      if (!s.n || s.p == name.p) return true;
      name = s;
      break;
    }
  if (!*end && !str_is(name, "self")) *end = END_PREP;
  for (size_t n = 0; name.n; n++) {
    str p = str_cut(&name, ',');
    if (n == REL_PREPS) return false;
    rel->preps[n] = knowledge_word(setup, p);
  }
  return true;
}

static bool read_rel(struct tie_kb *kb, const struct stage_setup *setup, const struct line_reader *r, struct err *e) {
  static const char *const classes[] = {"NOUN", "VERB", "ADJ", "SUFFIX", "OF", "POSS"};
  str f[6];
  struct rel rel = {.class = REL_CLASSES, .relation = RELATION_COUNT};
  if (line_fields(r->line, f, 6) < 6)
    return line_err(r, e, "six fields expected: class, lemmas, ends, relation, flags, example");
  for (uint8_t i = 0; i < REL_CLASSES; i++)
    if (str_is(f[0], classes[i])) rel.class = i;
  for (uint8_t i = 0; i < RELATION_COUNT; i++)
    if (str_is(f[3], relation_name(i))) rel.relation = i;
  if (rel.class == REL_CLASSES) return line_err(r, e, "unknown class '%.*s'", STR_FMT(f[0]));
  if (rel.relation == RELATION_COUNT) return line_err(r, e, "unknown relation '%.*s'", STR_FMT(f[3]));
  str ends = f[2], first = next_word(&ends, ' '), second = next_word(&ends, ' ');
  if (!end_of(&rel, setup, first, &rel.first) || !end_of(&rel, setup, second, &rel.second))
    return line_err(r, e, "too many prepositions");
  for (str rest = f[4], w; (w = next_word(&rest, ' ')).n;) {
    if (str_is(w, "passive")) rel.flags |= REL_PASSIVE;
    else if (str_is(w, "group")) rel.flags |= REL_GROUP;
    else if (str_is(w, "land")) rel.flags |= REL_LAND;
    else if (str_is(w, "lasting")) rel.flags |= REL_LASTING;
    else if (!str_is(w, "-")) return line_err(r, e, "unknown flag '%.*s'", STR_FMT(w));
  }
  void *p = room(kb->rels, kb->n_rels, &kb->size_rels, sizeof *kb->rels);
  if (!p) return no_memory(e);
  kb->rels = p;
  kb->rels[kb->n_rels++] = rel;
  if (rel.class == REL_OF) kb->of_rel = kb->n_rels - 1;
  if (rel.class == REL_POSS) kb->poss_rel = kb->n_rels - 1;
  if (rel.class >= REL_OF) return true;
  for (str rest = f[1], w; (w = next_word(&rest, ' ')).n;)
    if (!wordmap_add(&kb->by_rel, knowledge_word(setup, w), kb->n_rels - 1)) return no_memory(e);
  return true;
}

typedef bool read_fn(struct tie_kb *, const struct stage_setup *, const struct line_reader *, struct err *);

static bool read_file(struct tie_kb *kb, const struct stage_setup *setup, const char *name, read_fn *read,
                      struct err *e) {
  struct knowledge_file f = {0};
  bool ok = knowledge_open(&f, setup->knowledge, name, e);
  while (ok && line_next(&f.lines)) ok = read(kb, setup, &f.lines, e);
  knowledge_close(&f);
  return ok;
}

struct tie_kb *tie_kb_open(const struct stage_setup *setup, struct err *e) {
  struct tie_kb *kb = calloc(1, sizeof *kb);
  if (!kb) {
    no_memory(e);
    return NULL;
  }
  kb->of_rel = kb->poss_rel = NONE;
  const struct {
    sym *at;
    const char *word;
  } words[] = {{&kb->of, "of"},    {&kb->for_, "for"}, {&kb->by, "by"},    {&kb->as, "as"},
               {&kb->and_, "and"}, {&kb->not_, "not"}, {&kb->nt, "n't"},   {&kb->never, "never"},
               {&kb->at, "at"},    {&kb->who, "who"},  {&kb->such, "such"}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) *words[i].at = knowledge_word(setup, str_of(words[i].word));
  if (read_file(kb, setup, "ties/roles.tsv", read_role, e) && read_file(kb, setup, "ties/words.tsv", read_words, e) &&
      read_file(kb, setup, "ties/relations.tsv", read_rel, e))
    return kb;
  tie_kb_close(kb);
  return NULL;
}

void tie_kb_close(struct tie_kb *kb) {
  if (!kb) return;
  wordmap_release(&kb->by_role);
  wordmap_release(&kb->by_rel);
  wordmap_release(&kb->words);
  free(kb->roles);
  free(kb->rels);
  free(kb);
}

bool tie_word_is(const struct tie_kb *kb, sym word, enum tie_word kind) {
  WORDMAP_EACH(&kb->words, l, word)
  if (kb->words.link[l].entry == (uint32_t)kind) return true;
  return false;
}

int tie_word_status(const struct tie_kb *kb, sym word) {
  static const uint8_t status[] = {TIE_FORMER, TIE_ACTING, TIE_ELECT, TIE_LATE, TIE_CURRENT};
  WORDMAP_EACH(&kb->words, l, word)
  if (kb->words.link[l].entry <= WORD_CURRENT) return status[kb->words.link[l].entry];
  return -1;
}
