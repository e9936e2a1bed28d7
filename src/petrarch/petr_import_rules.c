/* petr_import_rules.c - verbs and patterns as event rules: [TYPE mode CODE], then verb LEMMAS CONDITIONS.
 *
 *   - * {AIR OPERATION} (AGAINST)  [195]     [ASSAULT aerial 195]
 *                                            verb stage obj:air_operation against:* */
#include "petrarch/petr_import_parts.h"
#include <stdio.h>
#include <stdlib.h>

enum { CONDITIONS_MOST = 3, TEXT = 512, VERBS_MOST = 200 };

struct rule_text {
  char at[TEXT];
  size_t n;
  uint32_t conditions;
  uint8_t fate; /* PETR_WENT_OVER while all is well */
};

static void add(struct rule_text *t, str s) {
  if (t->n + s.n >= TEXT) t->fate = PETR_FORM;
  else {
    memcpy(t->at + t->n, s.p, s.n);
    t->n += s.n;
  }
}
static void add_z(struct rule_text *t, const char *z) { add(t, str_of(z)); }

static bool plain(str w) {
  for (size_t i = 0; i < w.n; i++)
    if (!ascii_lower(w.p[i]) && !ascii_digit(w.p[i]) && w.p[i] != '\'' && (unsigned char)w.p[i] < 0x80) return false;
  return w.n > 0;
}

/* Particles and prepositions: knowledge/petrarch/prepositions.txt. */
struct preps {
  const sym *at;
  uint32_t n;
};
static bool is_prep(const struct preps *p, sym w) {
  for (uint32_t i = 0; i < p->n; i++)
    if (p->at[i] == w) return true;
  return false;
}

/* ---- synsets */

static void put_class(const struct petr_dict *d, const struct symtab *words, uint32_t row, struct buf *b) {
  const struct petr_synset *x = &d->synset[row];
  bool some = false;
  size_t from = b->n;
  buf_printf(b, "@imported%u =", row + 1);
  for (uint32_t i = x->first; i < x->first + x->n; i++) {
    const struct petr_member *m = &d->member[i];
    bool good = m->n > 0 && m->n <= 2;
    for (uint8_t k = 0; k < m->n; k++) good &= plain(symtab_str(words, m->word[k]));
    if (!good) continue;
    buf_putc(b, ' ');
    for (uint8_t k = 0; k < m->n; k++) {
      if (k) buf_putc(b, '_');
      buf_put(b, symtab_str(words, m->word[k]));
    }
    some = true;
  }
  buf_puts(b, "   # &");
  buf_put(b, x->name);
  buf_putc(b, '\n');
  if (!some) b->n = from;
}

/* ---- conditions */

struct context {
  const struct petr_dict *d;
  const struct symtab *words;
  const bool *has_class;
  struct preps preps;
};

static void add_word(const struct context *c, struct rule_text *t, const struct petr_element *e) {
  if (e->kind == PETR_SYNSET) {
    char name[32];
    snprintf(name, sizeof name, "@imported%u", e->number + 1);
    if (!c->has_class[e->number]) t->fate = PETR_FORM;
    add_z(t, name);
  } else {
    str w = symtab_str(c->words, e->number);
    if (e->kind != PETR_WORD || !plain(w))
      t->fate = e->kind >= PETR_SOURCE && e->kind <= PETR_SKIP ? PETR_SLOT : PETR_FORM;
    add(t, w);
  }
}

static void open_condition(struct rule_text *t, const char *function) {
  if (++t->conditions > CONDITIONS_MOST) t->fate = PETR_FORM;
  add_z(t, " ");
  add_z(t, function);
  add_z(t, ":");
}

/* The words inside brackets, n of them: the head, with the one before it where there is one. */
static void add_group(const struct context *c, struct rule_text *t, const struct petr_element *e, uint32_t n) {
  bool both = n >= 2 && e[n - 2].kind == PETR_WORD && e[n - 1].kind == PETR_WORD;
  if (!n || (n > 2) || (n == 2 && !both)) t->fate = PETR_FORM;
  if (t->fate != PETR_WENT_OVER) return;
  if (both) add_word(c, t, &e[n - 2]), add_z(t, "_");
  add_word(c, t, &e[n - 1]);
}

static uint32_t inside(const struct petr_element *e, uint32_t n) {
  int depth = 0;
  for (uint32_t i = 0; i < n; i++) {
    depth += e[i].kind == PETR_NP || e[i].kind == PETR_PP;
    depth -= e[i].kind == PETR_NP_END || e[i].kind == PETR_PP_END;
    if (!depth) return i + 1;
  }
  return n;
}

static void add_prep(const struct context *c, struct rule_text *t, const struct petr_element *e, uint32_t n) {
  char name[64];
  str w = n > 2 && e[1].kind == PETR_WORD ? symtab_str(c->words, e[1].number) : STR("");
  if (!plain(w) || w.n >= sizeof name) {
    t->fate = PETR_FORM;
    return;
  }
  snprintf(name, sizeof name, "%.*s", STR_FMT(w));
  open_condition(t, name);
  if (n == 3) add_z(t, "*");
  else if (e[2].kind == PETR_NP) add_group(c, t, e + 3, n - 5);
  else add_group(c, t, e + 2, n - 3);
}

/* Words in TABARI's way: a preposition takes what follows it, the first other word is the object. */
static uint32_t add_linear(const struct context *c, struct rule_text *t, const struct petr_element *e, uint32_t n) {
  if (e->kind == PETR_WORD && is_prep(&c->preps, e->number)) {
    char name[64];
    snprintf(name, sizeof name, "%.*s", STR_FMT(symtab_str(c->words, e->number)));
    bool slot = n > 1 && e[1].kind == PETR_TARGET;
    if (slot) {
      add_z(t, " recipient=");
      add_z(t, name);
      return 2;
    }
    open_condition(t, name);
    if (n == 1) return add_z(t, "*"), 1;
    add_word(c, t, &e[1]);
    return 2;
  }
  open_condition(t, "obj");
  if (n > 1 && e[1].adjacent && e[0].kind == PETR_WORD && e[1].kind == PETR_WORD && !is_prep(&c->preps, e[1].number)) {
    add_word(c, t, &e[0]);
    add_z(t, "_");
    add_word(c, t, &e[1]);
    return 2;
  }
  add_word(c, t, &e[0]);
  return 1;
}

static void add_particle(const struct context *c, struct rule_text *t, const struct petr_element *e) {
  if (memchr(t->at, '+', t->n)) t->fate = PETR_FORM; /* a rule has one */
  add_z(t, " +");
  add_word(c, t, e);
}

static void conditions(const struct context *c, const struct petr_pattern *p, struct rule_text *t) {
  const struct petr_element *e = c->d->element + p->after;
  if (p->n_before) {
    t->fate = PETR_FORM;
    for (uint8_t i = 0; i < p->n_before; i++)
      if (c->d->element[p->before + i].kind >= PETR_SOURCE && c->d->element[p->before + i].kind <= PETR_SKIP)
        t->fate = PETR_SLOT;
    return;
  }
  for (uint32_t i = 0; i < p->n_after && t->fate == PETR_WENT_OVER;) {
    if (!c->d->tree_style) {
      i += add_linear(c, t, e + i, p->n_after - i);
      continue;
    }
    uint32_t n = e[i].kind == PETR_NP || e[i].kind == PETR_PP ? inside(e + i, p->n_after - i) : 1;
    if (e[i].kind == PETR_PP) add_prep(c, t, e + i, n);
    else if (e[i].kind == PETR_WORD && is_prep(&c->preps, e[i].number)) add_particle(c, t, e + i);
    else {
      open_condition(t, "obj");
      if (e[i].kind == PETR_NP) add_group(c, t, e + i + 1, n - 2);
      else add_word(c, t, e + i);
    }
    i += n;
  }
}

static int by_text(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

/* The conditions alone, in one order: two rules of a verb that agree in them are one, whatever slots they name. */
static str condition_key(str text, char *out, size_t size) {
  str part[16];
  size_t n = 0, used = 0;
  while (text.n && n < 16) {
    str one = str_cut(&text, ' ');
    if (one.n && !str_starts(one, STR("recipient="))) part[n++] = one;
  }
  qsort(part, n, sizeof *part, by_text);
  for (size_t i = 0; i < n && used + part[i].n + 1 < size; i++) {
    out[used++] = ' ';
    memcpy(out + used, part[i].p, part[i].n);
    used += part[i].n;
  }
  return (str){out, used};
}

/* ---- rules */

static bool put_result(const struct ontology *o, str code, struct buf *b) {
  if (!code.n) return buf_puts(b, "[NONE]\n"), true;
  const struct cameo_code *c = ontology_cameo(o, code);
  if (!c || !c->type) return false;
  buf_printf(b, "[%s", ontology_type_name(o, c->type));
  if (c->mode) buf_printf(b, " %s", ontology_mode_name(o, c->type, c->mode));
  buf_printf(b, " %.*s]\n", STR_FMT(code));
  return true;
}

/* The base forms of a block's verbs that have no particles and have not had these conditions before: "arrest,detain". */
static uint32_t put_lemmas(const struct context *c, uint32_t block, str wanted_code, bool own_codes,
                           str conditions_text, struct symtab *seen, struct buf *b) {
  uint32_t n = 0;
  sym last = SYM_NONE;
  char ordered[TEXT];
  str alone = condition_key(conditions_text, ordered, sizeof ordered);
  for (uint32_t i = 0; i < c->d->n_verbs && n < VERBS_MOST; i++) {
    const struct petr_verb *v = &c->d->verb[i];
    str w = symtab_str(c->words, v->base);
    if (v->block != block || v->base == last || v->n_before || v->n_after || !plain(w)) continue;
    if (own_codes && !str_eq(v->code, wanted_code)) continue;
    last = v->base;
    char key[TEXT + 128];
    int k = snprintf(key, sizeof key, "%.*s%.*s", STR_FMT(w), STR_FMT(alone));
    str text = {key, k > 0 && (size_t)k < sizeof key ? (size_t)k : 0};
    if (!text.n || symtab_find(seen, text)) continue;
    symtab_add(seen, text);
    if (n++) buf_putc(b, ',');
    buf_put(b, w);
  }
  return n;
}

static void note(struct petr_import *x, const struct petr_dict *d, const struct petr_pattern *p, uint8_t fate) {
  const char *file = d->file[p->file], *slash = strrchr(file, '/');
  x->pattern[fate]++;
  if (fate != PETR_WENT_OVER)
    buf_printf(&x->left_out, "pattern\t%s:%u\t%s\n", slash ? slash + 1 : file, p->line, petr_fate_text(fate));
}

static void import_pattern(const struct context *c, const struct ontology *o, uint32_t block,
                           const struct petr_pattern *p, struct symtab *seen, struct petr_import *x) {
  struct rule_text t = {.n = 0};
  size_t from = x->rules.n;
  conditions(c, p, &t);
  if (t.fate == PETR_WENT_OVER && !put_result(o, p->code, &x->rules)) t.fate = PETR_UNKNOWN_CODE;
  if (t.fate == PETR_WENT_OVER) {
    buf_puts(&x->rules, "verb ");
    if (!put_lemmas(c, block, STR(""), false, (str){t.at, t.n}, seen, &x->rules)) t.fate = PETR_DOUBLE;
    buf_put(&x->rules, (str){t.at, t.n});
    buf_putc(&x->rules, '\n');
  }
  if (t.fate != PETR_WENT_OVER) x->rules.n = from;
  note(x, c->d, p, t.fate);
}

/* The bare verbs of a block, one rule for each code among them. */
static void import_verbs(const struct context *c, const struct ontology *o, uint32_t block, struct symtab *seen,
                         struct petr_import *x) {
  for (uint32_t i = 0; i < c->d->n_verbs; i++) {
    const struct petr_verb *v = &c->d->verb[i];
    if (v->block != block || (i && c->d->verb[i - 1].base == v->base)) continue;
    size_t from = x->rules.n;
    uint8_t fate = !v->code.n ? PETR_NO_CODE : v->n_before || v->n_after ? PETR_FORM : PETR_WENT_OVER;
    if (fate == PETR_WENT_OVER && !put_result(o, v->code, &x->rules)) fate = PETR_UNKNOWN_CODE;
    if (fate == PETR_WENT_OVER) {
      buf_puts(&x->rules, "verb ");
      uint32_t n = put_lemmas(c, block, v->code, true, STR(""), seen, &x->rules);
      buf_putc(&x->rules, '\n');
      x->verb[PETR_WENT_OVER] += n;
      if (!n) x->rules.n = from;
      continue;
    }
    x->rules.n = from;
    x->verb[fate]++;
  }
}

/* The words of the list that the dictionaries hold. */
static void find_preps(const struct symtab *words, str text, sym *out, uint32_t most, uint32_t *n) {
  while (text.n) {
    str line = str_cut(&text, '\n');
    while (line.n && line.p[0] != '#' && *n < most) {
      sym w = symtab_find(words, str_cut(&line, ' '));
      if (w) out[(*n)++] = w;
    }
  }
}

bool petr_import_rules(const struct petr_dict *d, struct symtab *words, const struct ontology *o, str prepositions,
                       struct petr_import *x) {
  struct symtab seen;
  sym preps[128];
  struct context c = {.d = d, .words = words, .preps = {preps, 0}};
  bool *has_class = calloc(d->n_synsets + 1, sizeof *has_class);
  if (!has_class || !symtab_init(&seen)) {
    free(has_class);
    return false;
  }
  find_preps(words, prepositions, preps, 128, &c.preps.n);
  for (uint32_t i = 0; i < d->n_synsets; i++) {
    size_t from = x->classes.n;
    put_class(d, words, i, &x->classes);
    has_class[i] = x->classes.n > from;
  }
  c.has_class = has_class;
  for (uint32_t i = 0; i < d->n_blocks; i++) {
    const struct petr_block *b = &d->block[i];
    buf_printf(&x->rules, "# %.*s\n", STR_FMT(b->label));
    for (uint32_t k = b->first; k < b->first + b->n; k++) import_pattern(&c, o, i, &d->pattern[k], &seen, x);
    import_verbs(&c, o, i, &seen, x);
  }
  symtab_release(&seen);
  free(has_class);
  return true;
}
