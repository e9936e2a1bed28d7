/* petr_import.c - actors, agents and their phrases, written in our formats. Verbs and patterns: petr_import_rules.c. */
#include "petrarch/petr_import.h"
#include "petrarch/petr_import_parts.h"
#include <stdio.h>
#include <stdlib.h>

enum { FILE_CAP = 1 << 28 };

const char *petr_fate_text(uint8_t f) {
  static const char *const text[] = {
      "went over",
      "a state, which knowledge/actors/states.tsv has",
      "no code, or none that begins with three letters",
      "an event code without a type of PLOVER (01 and its kind), or none of CAMEO",
      "a slot ($ + % ^) that a rule cannot place",
      "a form without counterpart (words before the verb, more than three conditions)",
      "a person whom knowledge/actors has, with the posts held",
      "said by an entry before it",
  };
  return f < PETR_FATES ? text[f] : "";
}

/* ---- phrases back from the trie */

static bool spell_paths(const struct petr_trie *t, struct paths *p) {
  p->t = t;
  p->parent = calloc(t->n + 1, sizeof *p->parent);
  p->word = calloc(t->n + 1, sizeof *p->word);
  if (!p->parent || !p->word) return false;
  for (uint32_t i = 0; i <= t->mask; i++)
    if (t->edge[i].to) p->parent[t->edge[i].to] = t->edge[i].node, p->word[t->edge[i].to] = t->edge[i].word;
  return true;
}

static void paths_release(struct paths *p) {
  free(p->parent);
  free(p->word);
}

static uint32_t path_of(const struct paths *p, uint32_t node, sym out[PETR_PIECES]) {
  sym back[PETR_PIECES];
  uint32_t n = 0;
  for (; node && n < PETR_PIECES; node = p->parent[node]) back[n++] = p->word[node];
  for (uint32_t i = 0; i < n; i++) out[i] = back[n - 1 - i];
  return n;
}

/* "Island of Sodor"; a lone word of up to four letters is taken for an abbreviation: "NATO". */
static void put_name(struct buf *b, const struct symtab *words, const sym *word, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    str w = symtab_str(words, word[i]);
    bool small = i && (str_is(w, "of") || str_is(w, "the") || str_is(w, "and") || str_is(w, "for") || str_is(w, "in") ||
                       str_is(w, "al"));
    bool capitals = n == 1 && w.n <= 4;
    if (i) buf_putc(b, ' ');
    for (size_t k = 0; k < w.n; k++) {
      char c = w.p[k];
      if (c == '|' || c == '\t') c = ' ';
      buf_putc(b, ascii_lower(c) && (capitals || (!k && !small)) ? (char)(c - 32) : c);
    }
  }
}

/* ---- codes */

/* CAMEO's roles that PLOVER has; media and health have changed places. Others stay in the CAMEO string alone. */
static const char *sector_of(str role) {
  static const char same[] = "AGRBUSCOPCRMCVLEDUELIGOVJUDLABLEGMILOPPPREPRMPTYREBREFRELSOCSPYUAFUNK";
  if (str_is(role, "MED")) return "JRN";
  if (str_is(role, "HLH")) return "MED";
  for (size_t i = 0; same[i]; i += 3)
    if (!memcmp(role.p, same + i, 3)) return same + i;
  return NULL;
}

static bool put_sectors(struct buf *b, str code, size_t from) {
  uint32_t n = 0;
  for (size_t i = from; i + 3 <= code.n && n < CODE_SECTORS; i += 3) {
    const char *s = sector_of(str_sub(code, i, i + 3));
    if (!s) continue;
    if (n++) buf_putc(b, ',');
    buf_put(b, (str){s, 3});
  }
  if (!n) buf_putc(b, '-');
  return n > 0;
}

static bool three_capitals(str code) {
  return code.n >= 3 && ascii_upper(code.p[0]) && ascii_upper(code.p[1]) && ascii_upper(code.p[2]);
}

static void put_spell(struct buf *b, const struct petr_dated *x) {
  char day[11];
  buf_put(b, str_sub(x->code, 0, 3));
  buf_putc(b, ' ');
  put_sectors(b, x->code, 3);
  if (x->code.n % 3 == 0 && x->code.n < 16) {
    buf_puts(b, " =");
    buf_put(b, x->code);
  }
  if (x->from == INT32_MIN && x->to == INT32_MAX) return;
  buf_putc(b, ' ');
  if (x->from != INT32_MIN) day_format(x->from, day), buf_puts(b, day);
  buf_puts(b, "..");
  if (x->to != INT32_MAX) day_format(x->to, day), buf_puts(b, day);
}

static bool known_state(const char *states, str code) {
  char line[8] = {'\n', code.p[0], code.p[1], code.p[2], '\t', 0};
  return states && strstr(states, line) != NULL;
}

/* ---- actors */

/* "Mustafa al-Kadhimi" and MUSTAFA_AL_KADHIMI are one: small letters, blanks. */
static str name_key(str name, char out[256]) {
  size_t n = 0;
  for (size_t i = 0; i < name.n && n < 256; i++) out[n++] = name.p[i] == '-' ? ' ' : ascii_fold(name.p[i]);
  return (str){out, n};
}

/* Every field of the files of persons and posts: names are among them. */
static bool read_persons(struct symtab *t, str text) {
  char key[256];
  if (!symtab_init(t)) return false;
  while (text.n) {
    str line = str_cut(&text, '\n');
    while (line.n) {
      str field = str_cut(&line, '\t');
      while (field.n) symtab_add(t, name_key(str_trim(str_cut(&field, '|')), key));
    }
  }
  return true;
}

static bool known_person(const struct symtab *persons, const struct symtab *words, const sym *word, uint32_t n) {
  char text[256], key[256];
  size_t used = 0;
  for (uint32_t i = 0; i < n; i++) {
    str w = symtab_str(words, word[i]);
    if (used + w.n + 1 >= sizeof text) return false;
    if (i) text[used++] = ' ';
    memcpy(text + used, w.p, w.n);
    used += w.n;
  }
  return n > 1 && symtab_find(persons, name_key((str){text, used}, key)) != SYM_NONE;
}

static uint8_t record_fate(const struct petr_dict *d, const struct petr_record *r, const char *states) {
  bool good = false, state = r->n == 1;
  for (uint32_t i = r->first; i < r->first + r->n; i++) {
    good |= three_capitals(d->dated[i].code);
    state &= d->dated[i].code.n == 3 && known_state(states, d->dated[i].code);
  }
  return state ? PETR_STATE : good ? PETR_WENT_OVER : PETR_NO_CODE;
}

static bool armed(str code) {
  for (size_t i = 3; i + 3 <= code.n; i += 3)
    if (!memcmp(code.p + i, "REB", 3) || !memcmp(code.p + i, "UAF", 3) || !memcmp(code.p + i, "CRM", 3) ||
        !memcmp(code.p + i, "SEP", 3))
      return true;
  return false;
}

/* id, kind, name, other names, nouns, spells, part-of. A name of several words whose code changes with the date is taken for a person. */
static void put_actor(const struct petr_dict *d, const struct symtab *words, const struct paths *p,
                      const uint32_t *node, uint32_t n, uint32_t record, struct buf *b) {
  const struct petr_record *r = &d->record[record];
  sym word[PETR_PIECES];
  uint32_t length = path_of(p, node[0], word);
  bool dated = false, wrote = false;
  str code = STR("");
  for (uint32_t i = r->first; i < r->first + r->n; i++) {
    dated |= d->dated[i].from != INT32_MIN || d->dated[i].to != INT32_MAX;
    if (three_capitals(d->dated[i].code)) code = d->dated[i].code;
  }
  buf_printf(b, "imported-%u\t%s\t", record + 1,
             dated && length > 1 ? "person"
             : armed(code)       ? "group"
                                 : "organization");
  put_name(b, words, word, length);
  buf_putc(b, '\t');
  for (uint32_t i = 1; i < n; i++) {
    if (i > 1) buf_putc(b, '|');
    put_name(b, words, word, path_of(p, node[i], word));
  }
  buf_puts(b, n > 1 ? "\t-\t" : "-\t-\t");
  for (uint32_t i = r->first; i < r->first + r->n; i++) {
    if (!three_capitals(d->dated[i].code)) continue;
    if (wrote) buf_putc(b, ';');
    put_spell(b, &d->dated[i]);
    wrote = true;
  }
  buf_puts(b, "\t-\n");
}

static void left_out(struct petr_import *x, const struct symtab *words, const sym *word, uint32_t n, const char *what,
                     uint8_t fate) {
  buf_printf(&x->left_out, "%s\t", what);
  for (uint32_t i = 0; i < n; i++) {
    if (i) buf_putc(&x->left_out, ' ');
    buf_put(&x->left_out, symtab_str(words, word[i]));
  }
  buf_printf(&x->left_out, "\t%s\n", petr_fate_text(fate));
}

static bool import_actors(const struct petr_dict *d, const struct symtab *words, const char *states,
                          const struct symtab *persons, struct petr_import *x) {
  enum { NAMES = 512 };
  struct paths p = {0};
  uint32_t *first = calloc(d->n_records + 1, sizeof *first), *next = calloc(d->actors.n_links + 1, sizeof *next);
  uint32_t *at = calloc(d->actors.n_links + 1, sizeof *at);
  bool ok = spell_paths(&d->actors, &p) && first && next && at;
  for (uint32_t node = d->actors.n; ok && node-- > 1;) /* backwards, so that each chain is in the order of the file */
    PETR_TRIE_EACH(&d->actors, l, node) {
      uint32_t r = d->actors.link[l - 1].value;
      at[l] = node;
      next[l] = first[r];
      first[r] = l;
    }
  for (uint32_t r = 0; ok && r < d->n_records; r++) {
    uint32_t node[NAMES], n = 0;
    for (uint32_t l = first[r]; l && n < NAMES; l = next[l]) node[n++] = at[l];
    uint8_t fate = n ? record_fate(d, &d->record[r], states) : PETR_FORM;
    sym word[PETR_PIECES];
    for (uint32_t k = 0; k < n && fate == PETR_WENT_OVER; k++)
      if (known_person(persons, words, word, path_of(&p, node[k], word))) fate = PETR_PERSON;
    x->actor[fate]++;
    if (fate == PETR_WENT_OVER) put_actor(d, words, &p, node, n, r, &x->actors);
    else if (fate != PETR_STATE) left_out(x, words, word, n ? path_of(&p, node[0], word) : 0, "actor", fate);
  }
  paths_release(&p);
  free(first), free(next), free(at);
  return ok;
}

/* ---- agents */

static bool import_agents(const struct petr_dict *d, const struct symtab *words, struct petr_import *x) {
  struct paths p = {0};
  bool ok = spell_paths(&d->agents, &p);
  for (uint32_t node = 1; ok && node < d->agents.n; node++) PETR_TRIE_EACH(&d->agents, l, node) {
      const struct petr_agent *a = &d->agent[d->agents.link[l - 1].value];
      sym word[PETR_PIECES];
      uint32_t n = path_of(&p, node, word);
      struct buf *b = &x->agents;
      size_t from = b->n;
      for (uint32_t i = 0; i < n; i++) {
        if (i) buf_putc(b, ' ');
        buf_put(b, symtab_str(words, word[i]));
      }
      buf_puts(b, " {}\t");
      buf_puts(b, a->before ? "organization\t" : "person\t");
      if (put_sectors(b, a->code, 0)) buf_puts(b, "\t-\n"), x->noun[PETR_WENT_OVER]++;
      else {
        b->n = from;
        x->noun[PETR_NO_CODE]++;
        left_out(x, words, word, n, "agent", PETR_NO_CODE);
      }
    }
  paths_release(&p);
  return ok;
}

/* ---- all */

bool petr_import(const struct petr_dict *d, struct symtab *words, const struct ontology *o,
                 const struct petr_known *known, struct petr_import *out, struct err *e) {
  *out = (struct petr_import){0};
  struct buf *file[] = {&out->actors, &out->agents, &out->rules, &out->classes, &out->left_out};
  for (size_t i = 0; i < sizeof file / sizeof file[0]; i++) buf_init(file[i], FILE_CAP);
  struct symtab persons;
  bool ok = read_persons(&persons, str_of(known->persons)) && import_actors(d, words, known->states, &persons, out) &&
            import_agents(d, words, out) && petr_import_rules(d, words, o, str_of(known->prepositions), out);
  for (size_t i = 0; i < sizeof file / sizeof file[0]; i++) ok &= !file[i]->failed;
  symtab_release(&persons);
  return ok || err_set(e, ERR_NOMEM, "no memory to convert the dictionaries");
}

void petr_import_release(struct petr_import *x) {
  struct buf *file[] = {&x->actors, &x->agents, &x->rules, &x->classes, &x->left_out};
  for (size_t i = 0; i < sizeof file / sizeof file[0]; i++) buf_release(file[i]);
}
