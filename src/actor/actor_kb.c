/* actor_kb.c - loading the knowledge of actors: one reader for each file of knowledge/actors/, and the look-ups.
 *
 * Every line that is wrong is an error with file and line; nothing is guessed. Who a mention is, is not decided here. */
#include "actor/actor_kb.h"
#include "base/utf8.h"
#include <stdlib.h>

enum { MAX_FIELDS = 10, MAX_ROWS_KB = 1 << 26 };

static bool no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the knowledge of actors"); }

#define KB_PUSH(kb, rows)                                                                                              \
  (rows_grow(&(kb)->memory, (void **)&(kb)->rows.at, &(kb)->rows.n, &(kb)->rows.size, sizeof *(kb)->rows.at)           \
       ? &(kb)->rows.at[(kb)->rows.n++]                                                                                \
       : NULL)

static str dash(str s) { return str_is(s, "-") ? (str){"", 0} : s; }

/* ---- words */

static struct kb_word *word_slot(struct kb_word *table, uint32_t mask, sym word) {
  uint32_t i = (word * 0x9E3779B9u) >> 7 & mask;
  while (table[i].word && table[i].word != word) i = (i + 1) & mask;
  return &table[i];
}

const struct kb_word *kb_word(const struct actor_kb *kb, sym word) {
  if (!word) return NULL;
  const struct kb_word *w = word_slot(kb->word, kb->word_mask, word);
  return w->word ? w : NULL;
}

static struct kb_word *word_add(struct actor_kb *kb, sym word) {
  if (!word) return NULL;
  if (kb->n_words * 2 > kb->word_mask) {
    uint32_t mask = kb->word_mask * 2 + 1;
    struct kb_word *table = calloc((size_t)mask + 1, sizeof *table);
    if (!table) return NULL;
    for (uint32_t i = 0; i <= kb->word_mask; i++)
      if (kb->word[i].word) *word_slot(table, mask, kb->word[i].word) = kb->word[i];
    free(kb->word);
    kb->word = table;
    kb->word_mask = mask;
  }
  struct kb_word *w = word_slot(kb->word, kb->word_mask, word);
  if (!w->word) {
    w->word = word;
    kb->n_words++;
  }
  return w;
}

uint32_t kb_pieces(const struct symtab *words, str text, sym *out, uint32_t most) {
  char piece[PIECE_MAX];
  size_t n, at = 0;
  uint32_t count = 0;
  while (count < most && piece_next(text, &at, piece, &n)) out[count++] = symtab_find(words, (str){piece, n});
  return count;
}

static uint32_t pieces_add(struct symtab *words, str text, sym *out) {
  char piece[PIECE_MAX];
  size_t n, at = 0;
  uint32_t count = 0;
  while (count < PHRASE_MAX && piece_next(text, &at, piece, &n)) out[count++] = symtab_add(words, (str){piece, n});
  return count;
}

/* "NATO" matches capitals only; "peshmerga" needs none. */
static uint32_t case_bits(str s) {
  bool upper = false, lower = false;
  for (size_t i = 0; i < s.n; i++) {
    lower |= ascii_lower(s.p[i]) || ascii_space(s.p[i]);
    upper |= ascii_upper(s.p[i]) || (unsigned char)s.p[i] >= 0x80;
  }
  return upper && !lower ? NAME_BIT : !upper ? NAME_LOWER : 0;
}

static bool phrase_add(struct actor_kb *kb, str text, enum name_kind kind, uint32_t bits, uint32_t row) {
  sym key[PHRASE_MAX];
  bool article =
      kind != NAME_AGENT && text.n > 4 && str_eq_fold(str_sub(text, 0, 4), STR("the ")); /* no part of a mention */
  uint32_t n = pieces_add(kb->words, article ? str_from(text, 4) : text, key);
  return n && phrases_add(&kb->phrases, key, n, name_value(kind, bits, row));
}

static bool names_add(struct actor_kb *kb, str list, enum name_kind kind, uint32_t row) {
  list = dash(list);
  while (list.n) {
    str name = str_trim(str_cut(&list, '|'));
    if (name.n && !phrase_add(kb, name, kind, case_bits(name), row)) return false;
  }
  return true;
}

/* ---- codes */

static bool code3(str s, char out[4]) {
  if (s.n != 3) return false;
  for (size_t i = 0; i < 3; i++) {
    if (!ascii_upper(s.p[i])) return false;
    out[i] = s.p[i];
  }
  out[3] = 0;
  return true;
}

static bool sectors_parse(str list, char out[CODE_SECTORS][4]) {
  list = dash(list);
  for (uint32_t i = 0; list.n; i++)
    if (i == CODE_SECTORS || !code3(str_trim(str_cut(&list, ',')), out[i])) return false;
  return true;
}

static bool date_part(str s, int32_t *first, int32_t *last) {
  int64_t part[3] = {0, 0, 0};
  int n = 0;
  while (s.n && n < 3)
    if (!str_to_int(str_cut(&s, '-'), &part[n++])) return false;
  if (s.n || part[0] < 1 || part[0] > 9999) return false;
  struct period p;
  if (n == 1) p = period_of_year((int)part[0]);
  else if (part[1] < 1 || part[1] > 12) return false;
  else if (n == 2) p = period_of_month((int)part[0], (int)part[1]);
  else {
    struct civil c = {(int)part[0], (int)part[1], (int)part[2]};
    if (!civil_valid(c)) return false;
    p = period_of_day(day_of_civil(c));
  }
  *first = p.first;
  *last = p.last;
  return true;
}

/* "2018-10-25..2020-05-06", either end may be missing. */
static bool dates_parse(str s, struct kb_spell *out) {
  size_t dots = str_find_str(s, STR(".."));
  if (dots == s.n) return false;
  str from = str_sub(s, 0, dots), to = str_from(s, dots + 2);
  int32_t unused;
  if (from.n && !date_part(from, &out->first, &unused)) return false;
  if (to.n && !date_part(to, &unused, &out->last)) return false;
  return !from.n || !to.n || out->first <= out->last;
}

uint32_t kb_longest(const struct actor_kb *kb, const sym *words, uint32_t n, uint32_t kinds, uint32_t *value) {
  uint32_t node = 0, best = 0;
  for (uint32_t i = 0; i < n && i < PHRASE_MAX; i++) {
    if (!words[i] || !(node = phrases_step(&kb->phrases, node, words[i]))) break;
    for (uint32_t e = phrases_first(&kb->phrases, node); e; e = phrases_next(&kb->phrases, e))
      if (1u << name_kind(phrases_value(&kb->phrases, e)) & kinds) {
        best = i + 1;
        *value = phrases_value(&kb->phrases, e);
        break;
      }
  }
  return best;
}

static bool spell_parse(struct actor_kb *kb, const struct line_reader *r, str text, struct err *e) {
  struct kb_spell *s = KB_PUSH(kb, spells);
  if (!s) return no_memory(e);
  *s = (struct kb_spell){.first = DAY_NONE, .last = DAY_NONE, .agent = NONE};
  str rest = text, part = str_cut(&rest, ' ');
  if (!code3(part, s->code.country))
    return line_err(r, e, "'%.*s' is no country code of three capitals", STR_FMT(part));
  part = str_cut(&rest, ' ');
  if (!sectors_parse(part, s->code.sector))
    return line_err(r, e, "'%.*s' is no list of sectors ('-' for none)", STR_FMT(part));
  if (rest.n && rest.p[0] == '=') {
    part = str_from(str_cut(&rest, ' '), 1);
    if (part.n < 3 || part.n >= sizeof s->code.cameo || part.n % 3)
      return line_err(r, e, "'%.*s' is no CAMEO code of groups of three", STR_FMT(part));
    memcpy(s->code.cameo, part.p, part.n);
  }
  str before = rest;
  part = str_cut(&rest, ' ');
  if (str_find_str(part, STR("..")) == part.n) rest = before;
  else if (!dates_parse(part, s))
    return line_err(r, e, "'%.*s' is no pair of dates in order (2018-10..2020-05-06)", STR_FMT(part));
  s->role = str_trim(rest);
  sym key[PHRASE_MAX];
  uint32_t n = kb_pieces(kb->words, s->role, key, PHRASE_MAX), value;
  if (n && kb_longest(kb, key, n, 1u << NAME_AGENT, &value)) s->agent = name_row(value);
  return true;
}

/* ---- the files */

static bool state_line(struct actor_kb *kb, const struct line_reader *r, str *f, struct err *e) {
  struct kb_state *s = KB_PUSH(kb, states);
  if (!s) return no_memory(e);
  uint32_t row = kb->states.n - 1;
  if (!code3(f[0], s->iso3) || !code3(f[1], s->cameo)) return line_err(r, e, "a country code is three capitals");
  s->breakaway = str_is(f[2], "PRE");
  s->name = f[3];
  bool ok = phrase_add(kb, f[3], NAME_STATE, case_bits(f[3]), row) && names_add(kb, f[4], NAME_STATE, row) &&
            names_add(kb, f[5], NAME_ADJECTIVE, row) && names_add(kb, f[6], NAME_PEOPLE, row) &&
            names_add(kb, f[7], NAME_CAPITAL, row) && names_add(kb, f[8], NAME_METONYM, row);
  return ok || no_memory(e);
}

static bool entity_line(struct actor_kb *kb, const struct line_reader *r, str *f, struct err *e) {
  struct kb_entity *a = KB_PUSH(kb, entities);
  if (!a) return no_memory(e);
  uint32_t row = kb->entities.n - 1;
  *a = (struct kb_entity){
      .id = f[0], .name = f[2], .first_spell = kb->spells.n, .part_of = dash(f[6]), .aliases = dash(f[3])};
  if (str_is(f[1], "person")) a->kind = ACTOR_PERSON;
  else if (str_is(f[1], "group")) a->kind = ACTOR_GROUP;
  else if (str_is(f[1], "organization")) a->kind = ACTOR_ORGANIZATION;
  else return line_err(r, e, "'%.*s' is no kind of actor (person, group, organization)", STR_FMT(f[1]));
  if (a->kind != ACTOR_PERSON) a->nouns = dash(f[4]);
  else if (str_is(f[4], "male")) a->gender = GENDER_MALE;
  else if (str_is(f[4], "female")) a->gender = GENDER_FEMALE;
  else if (dash(f[4]).n) return line_err(r, e, "'%.*s' is no gender (male, female, -)", STR_FMT(f[4]));
  for (str list = f[5]; list.n;)
    if (!spell_parse(kb, r, str_trim(str_cut(&list, ';')), e)) return false;
  a = &kb->entities.at[row];
  a->n_spells = kb->spells.n - a->first_spell;
  bool ok = phrase_add(kb, f[2], NAME_ENTITY, case_bits(f[2]), row) && names_add(kb, f[3], NAME_ENTITY, row);
  return ok || no_memory(e);
}

static bool agent_flags(str list, uint16_t *out) {
  static const struct {
    const char *name;
    uint16_t flag;
  } known[] = {{"title", AGENT_TITLE},     {"national", AGENT_NATIONAL}, {"private", AGENT_PRIVATE},
               {"generic", AGENT_GENERIC}, {"class", AGENT_CLASS},       {"relation", AGENT_RELATION},
               {"member", AGENT_MEMBER},   {"weak", AGENT_WEAK},         {"female", AGENT_FEMALE},
               {"beside", AGENT_BESIDE},   {"abroad", AGENT_ABROAD},     {"male", AGENT_MALE}};
  list = dash(list);
  while (list.n) {
    str name = str_trim(str_cut(&list, ','));
    size_t i = 0, n = sizeof known / sizeof *known;
    while (i < n && !str_is(name, known[i].name)) i++;
    if (i == n) return false;
    *out |= known[i].flag;
  }
  return true;
}

/* policeman -> policemen is given in the file; party -> parties, church -> churches, rebel -> rebels are not. */
static size_t plural_of(str s, char *out, size_t size) {
  if (s.n + 3 > size) return 0;
  memcpy(out, s.p, s.n);
  char last = s.p[s.n - 1], before = s.n > 1 ? s.p[s.n - 2] : ' ';
  if (last == 'y' && !memchr("aeiou", before, 5)) return memcpy(out + s.n - 1, "ies", 3), s.n + 2;
  bool hiss = last == 's' || last == 'x' || (last == 'h' && (before == 'c' || before == 's'));
  if (hiss) return memcpy(out + s.n, "es", 2), s.n + 2;
  out[s.n] = 's';
  return s.n + 1;
}

static bool agent_line(struct actor_kb *kb, const struct line_reader *r, str *f, struct err *e) {
  static const char *const kinds[] = {"person", "group", "organization", "people", "force", "state"};
  static const uint8_t kind_of[] = {ACTOR_PERSON, ACTOR_GROUP, ACTOR_ORGANIZATION,
                                    ACTOR_PEOPLE, ACTOR_GROUP, ACTOR_STATE};
  struct kb_agent *a = KB_PUSH(kb, agents);
  if (!a) return no_memory(e);
  uint32_t row = kb->agents.n - 1, kind = 0;
  str given = f[0], singular = str_trim(str_cut(&given, '{')), plural = str_trim(str_cut(&given, '}'));
  bool braces = f[0].n && f[0].p[f[0].n - 1] == '}';
  while (kind < 6 && !str_is(f[1], kinds[kind])) kind++;
  if (kind == 6) return line_err(r, e, "'%.*s' is no kind of actor noun", STR_FMT(f[1]));
  *a = (struct kb_agent){.phrase = singular, .kind = kind_of[kind]};
  if (kind == 4) a->flags |= AGENT_FORCE;
  if (!sectors_parse(f[2], a->sector)) return line_err(r, e, "'%.*s' is no list of sectors", STR_FMT(f[2]));
  if (!agent_flags(f[3], &a->flags)) return line_err(r, e, "'%.*s' has an unknown flag", STR_FMT(f[3]));
  sym key[PHRASE_MAX];
  uint32_t n = pieces_add(kb->words, singular, key);
  a->head = n ? key[n - 1] : SYM_NONE;
  bool same = braces && str_is(plural, "=");
  if (!phrase_add(kb, singular, NAME_AGENT, same ? NAME_BIT : 0, row)) return no_memory(e);
  char more[128];
  if (!braces) plural = (str){more, plural_of(singular, more, sizeof more)};
  return same || !plural.n || phrase_add(kb, plural, NAME_AGENT, NAME_BIT, row) || no_memory(e);
}

static bool given_line(struct actor_kb *kb, const struct line_reader *r, str *f, struct err *e) {
  uint8_t gender = str_is(f[0], "male") ? GENDER_MALE : str_is(f[0], "female") ? GENDER_FEMALE : GENDER_UNKNOWN;
  if (!gender && !str_is(f[0], "either"))
    return line_err(r, e, "'%.*s' is no gender (male, female, either)", STR_FMT(f[0]));
  for (str list = f[2]; list.n;) {
    str name = str_cut(&list, ' ');
    sym key[PHRASE_MAX];
    if (!name.n || pieces_add(kb->words, name, key) != 1) continue;
    struct kb_word *w = word_add(kb, key[0]);
    if (!w) return no_memory(e);
    bool clash = w->classes & WORD_GIVEN && w->gender != gender;
    w->classes |= WORD_GIVEN;
    w->gender = clash ? GENDER_UNKNOWN : gender;
  }
  return true;
}

static bool word_line(struct actor_kb *kb, const struct line_reader *r, str *f, struct err *e) {
  static const char *const names[] = {"body",       "group",   "honorific", "particle",   "article",
                                      "generation", "joiner",  "past",      "coming",     "acting",
                                      "not-name",   "thing",   "partitive", "given",      "armed",
                                      "speaks",     "towards", "definite",  "indefinite", "whose",
                                      "being",      "pronoun", "locative",  "settled",    "deed"};
  uint32_t class = 0, n = sizeof names / sizeof *names;
  while (class < n && !str_is(f[0], names[class])) class ++;
  if (class == n) return line_err(r, e, "'%.*s' is no class of words", STR_FMT(f[0]));
  sym key[PHRASE_MAX];
  if (!pieces_add(kb->words, f[1], key)) return line_err(r, e, "a word is missing");
  struct kb_word *w = word_add(kb, key[0]);
  if (!w) return no_memory(e);
  w->classes |= 1u << class;
  if (str_is(f[2], "male")) w->gender = GENDER_MALE;
  else if (str_is(f[2], "female")) w->gender = GENDER_FEMALE;
  else if (f[2].n == 1 && ascii_digit(f[2].p[0])) w->sector[0] = f[2].p[0];
  else if (dash(f[2]).n > 1 && !code3(f[2], w->sector)) return line_err(r, e, "'%.*s' is no sector", STR_FMT(f[2]));
  return true;
}

static bool taker_line(struct actor_kb *kb, const struct line_reader *r, str *f, struct err *e) {
  bool subject = str_is(f[1], "subject");
  if (!subject && !str_is(f[1], "object")) return line_err(r, e, "'%.*s' is neither subject nor object", STR_FMT(f[1]));
  for (str list = f[2]; list.n;) {
    str verb = str_cut(&list, ' ');
    struct kb_taker *t = verb.n ? KB_PUSH(kb, takers) : NULL;
    if (!verb.n) continue;
    if (!t) return no_memory(e);
    *t = (struct kb_taker){symtab_add(kb->words, f[0]), symtab_add(kb->words, verb), subject};
  }
  return true;
}

static bool pronoun_line(struct actor_kb *kb, const struct line_reader *r, str *f, struct err *e) {
  sym key[PHRASE_MAX];
  struct kb_word *w = pieces_add(kb->words, f[0], key) ? word_add(kb, key[0]) : NULL;
  if (!w) return no_memory(e);
  w->classes |= WORD_PRONOUN;
  w->plural = str_is(f[2], "plural");
  if (!w->plural && !str_is(f[2], "singular"))
    return line_err(r, e, "'%.*s' is no number (singular, plural)", STR_FMT(f[2]));
  w->gender = str_is(f[1], "male")     ? GENDER_MALE
              : str_is(f[1], "female") ? GENDER_FEMALE
              : str_is(f[1], "neuter") ? GENDER_NEUTER
                                       : 0;
  return true;
}

typedef bool (*line_reader_fn)(struct actor_kb *kb, const struct line_reader *r, str *fields, struct err *e);

static bool kb_file(struct actor_kb *kb, const char *folder, const char *name, size_t n_fields, line_reader_fn read,
                    struct err *e) {
  char path[4096];
  if (!path_join(path, sizeof path, folder, name))
    return err_set(e, ERR_LIMIT, "the path of the knowledge is too long");
  struct file_map *m = &kb->file[kb->n_files];
  if (!file_map_open(m, path, e)) return false;
  kb->n_files++;
  struct line_reader r;
  line_reader_init(&r, file_map_str(m), path);
  if (!utf8_valid(file_map_str(m))) return line_err(&r, e, "the file is not UTF-8");
  while (line_next(&r)) {
    str f[MAX_FIELDS];
    size_t n = line_fields(r.line, f, MAX_FIELDS);
    if (n != n_fields) return line_err(&r, e, "%zu fields where %zu belong (tabs between them)", n, n_fields);
    if (!read(kb, &r, f, e)) return false;
  }
  return true;
}

/* Two rows of one id would be two actors of one identity. */
static bool ids_unique(struct actor_kb *kb, struct err *e) {
  struct symtab seen;
  if (!symtab_init(&seen)) return no_memory(e);
  bool ok = true;
  for (uint32_t i = 0; i < kb->entities.n && ok; i++) {
    uint32_t before = seen.n;
    symtab_add(&seen, kb->entities.at[i].id);
    if (seen.n == before)
      ok = err_set(e, ERR_KNOWLEDGE, "the actor id '%.*s' stands twice", STR_FMT(kb->entities.at[i].id));
  }
  symtab_release(&seen);
  return ok;
}

bool actor_kb_open(struct actor_kb *kb, const char *folder, struct symtab *words, struct err *e) {
  *kb = (struct actor_kb){.words = words};
  arena_init(&kb->memory, MAX_ROWS_KB);
  kb->word_mask = (1u << 13) - 1;
  kb->word = calloc((size_t)kb->word_mask + 1, sizeof *kb->word);
  char actors[4096];
  bool ok = kb->word && phrases_init(&kb->phrases) ? path_join(actors, sizeof actors, folder, "actors") : no_memory(e);
  ok = ok && kb_file(kb, actors, "agents.tsv", 4, agent_line, e) && kb_file(kb, actors, "words.tsv", 3, word_line, e) &&
       kb_file(kb, actors, "given-names.tsv", 3, given_line, e) &&
       kb_file(kb, actors, "takers.tsv", 3, taker_line, e) && kb_file(kb, actors, "pronouns.tsv", 3, pronoun_line, e) &&
       kb_file(kb, actors, "states.tsv", 9, state_line, e) && kb_file(kb, actors, "bodies.tsv", 7, entity_line, e) &&
       kb_file(kb, actors, "persons.tsv", 7, entity_line, e) && kb_file(kb, actors, "leaders.tsv", 7, entity_line, e) &&
       ids_unique(kb, e);
  if (!ok) actor_kb_release(kb);
  return ok;
}

void actor_kb_release(struct actor_kb *kb) {
  for (uint32_t i = 0; i < kb->n_files; i++) file_map_release(&kb->file[i]);
  phrases_release(&kb->phrases);
  free(kb->word);
  arena_release(&kb->memory);
  *kb = (struct actor_kb){0};
}

const struct kb_spell *kb_spell_on(const struct actor_kb *kb, const struct kb_entity *entity, int32_t day, bool *past) {
  const struct kb_spell *undated = NULL, *last = NULL, *next = NULL;
  *past = false;
  for (uint32_t i = 0; i < entity->n_spells; i++) {
    const struct kb_spell *s = &kb->spells.at[entity->first_spell + i];
    if (s->first == DAY_NONE && s->last == DAY_NONE) {
      undated = s;
      continue;
    }
    bool begun = day == DAY_NONE || s->first == DAY_NONE || s->first <= day;
    bool ended = s->last != DAY_NONE && (day == DAY_NONE || s->last < day);
    if (begun && !ended) return s;
    if (ended && (!last || last->last <= s->last)) last = s;
    if (!begun && !next) next = s;
  }
  if (undated) return undated;
  *past = last != NULL;
  return last ? last : next;
}

uint32_t kb_entity_find(const struct actor_kb *kb, str id) {
  for (uint32_t i = 0; i < kb->entities.n; i++)
    if (str_eq(kb->entities.at[i].id, id)) return i;
  return NONE;
}

uint32_t kb_state_find(const struct actor_kb *kb, const char iso3[4]) {
  for (uint32_t i = 0; i < kb->states.n; i++)
    if (!memcmp(kb->states.at[i].iso3, iso3, 4)) return i;
  return NONE;
}
