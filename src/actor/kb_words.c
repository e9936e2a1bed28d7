/* kb_words.c - the lines of agents.tsv, words.tsv, given-names.tsv, takers.tsv, pronouns.tsv and states.tsv.
 *
 * One function a file; who acts under a name (bodies, persons, holders of posts) is read by kb_entities.c. */
#include "actor/kb_read.h"
#include <stdlib.h>

static struct kb_word *word_slot(struct kb_word *table, uint32_t mask, sym word) {
  uint32_t i = (word * 0x9E3779B9u) >> 7 & mask;
  while (table[i].word && table[i].word != word) i = (i + 1) & mask;
  return &table[i];
}

/* The word's row, new or old; NULL when memory is out. */
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

bool kb_state_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n_fields, struct err *e) {
  struct actor_kb *kb = b->kb;
  (void)n_fields;
  struct kb_state read = {.breakaway = str_is(f[2], "PRE")};
  if (!kb_code3(f[0], read.iso3) || !kb_code3(f[1], read.cameo))
    return line_err(r, e, "'%.*s', '%.*s': a country code is three capitals", STR_FMT(f[0]), STR_FMT(f[1]));
  if (!f[3].n || str_is(f[3], "-")) return line_err(r, e, "the state has no name in the fourth field");
  struct kb_state *s = kb_text_add(kb, f[3], &read.name) ? KB_PUSH(kb, states) : NULL;
  if (!s) return kb_no_memory(e);
  *s = read;
  uint32_t row = kb->states.n - 1;
  bool ok = kb_names_add(kb, f[3], NAME_STATE, row) && kb_names_add(kb, f[4], NAME_STATE, row) &&
            kb_names_add(kb, f[5], NAME_ADJECTIVE, row) && kb_names_add(kb, f[6], NAME_PEOPLE, row) &&
            kb_names_add(kb, f[7], NAME_CAPITAL, row) && kb_names_add(kb, f[8], NAME_METONYM, row);
  return ok || kb_no_memory(e);
}

static bool agent_flags(str list, uint16_t *out) {
  static const struct {
    const char *name;
    uint16_t flag;
  } known[] = {{"title", AGENT_TITLE},        {"national", AGENT_NATIONAL}, {"private", AGENT_PRIVATE},
               {"generic", AGENT_GENERIC},    {"class", AGENT_CLASS},       {"relation", AGENT_RELATION},
               {"member", AGENT_MEMBER},      {"weak", AGENT_WEAK},         {"female", AGENT_FEMALE},
               {"beside", AGENT_BESIDE},      {"abroad", AGENT_ABROAD},     {"male", AGENT_MALE},
               {"community", AGENT_COMMUNITY}};
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

bool kb_agent_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n_fields, struct err *e) {
  struct actor_kb *kb = b->kb;
  (void)n_fields;
  static const char *const kinds[] = {"person", "group", "organization", "people", "force", "state"};
  static const uint8_t kind_of[] = {ACTOR_PERSON, ACTOR_GROUP, ACTOR_ORGANIZATION,
                                    ACTOR_PEOPLE, ACTOR_GROUP, ACTOR_STATE};
  uint32_t kind = 0;
  str given = f[0], singular = str_trim(str_cut(&given, '{')), plural = str_trim(str_cut(&given, '}'));
  bool braces = f[0].n && f[0].p[f[0].n - 1] == '}';
  while (kind < 6 && !str_is(f[1], kinds[kind])) kind++;
  if (kind == 6) return line_err(r, e, "'%.*s' is no kind of actor noun", STR_FMT(f[1]));
  struct kb_agent read = {.kind = kind_of[kind]};
  if (kind == 4) read.flags |= AGENT_FORCE;
  if (!singular.n) return line_err(r, e, "the noun is missing");
  if (!kb_sectors(f[2], read.sector)) return line_err(r, e, "'%.*s' is no list of sectors", STR_FMT(f[2]));
  if (!agent_flags(f[3], &read.flags)) return line_err(r, e, "'%.*s' has an unknown flag", STR_FMT(f[3]));
  struct kb_agent *a = kb_text_add(kb, singular, &read.phrase) ? KB_PUSH(kb, agents) : NULL;
  if (!a) return kb_no_memory(e);
  *a = read;
  uint32_t row = kb->agents.n - 1;
  sym key[PHRASE_MAX];
  uint32_t n = kb_pieces_add(kb->words, singular, key);
  a->head = n ? key[n - 1] : SYM_NONE;
  bool same = braces && str_is(plural, "=");
  if (!kb_phrase_add(kb, singular, NAME_AGENT, same ? NAME_BIT : 0, row)) return kb_no_memory(e);
  char more[128];
  if (!braces) plural = (str){more, plural_of(singular, more, sizeof more)};
  return same || !plural.n || kb_phrase_add(kb, plural, NAME_AGENT, NAME_BIT, row) || kb_no_memory(e);
}

bool kb_given_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n_fields, struct err *e) {
  struct actor_kb *kb = b->kb;
  (void)n_fields;
  uint8_t gender = str_is(f[0], "male") ? GENDER_MALE : str_is(f[0], "female") ? GENDER_FEMALE : GENDER_UNKNOWN;
  bool family = str_is(f[0], "family");
  if (!gender && !family && !str_is(f[0], "either"))
    return line_err(r, e, "'%.*s' is no gender (male, female, either) and not 'family'", STR_FMT(f[0]));
  for (str list = f[2]; list.n;) {
    str name = str_cut(&list, ' ');
    sym key[PHRASE_MAX];
    if (!name.n || kb_pieces_add(kb->words, name, key) != 1) continue;
    struct kb_word *w = word_add(kb, key[0]);
    if (!w) return kb_no_memory(e);
    if (family) {
      w->classes |= WORD_FAMILY;
      continue;
    }
    bool clash = w->classes & WORD_GIVEN && w->gender != gender;
    w->classes |= WORD_GIVEN;
    w->gender = clash ? GENDER_UNKNOWN : gender;
  }
  return true;
}

bool kb_word_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n_fields, struct err *e) {
  struct actor_kb *kb = b->kb;
  (void)n_fields;
  static const char *const names[] = {"body",       "group",    "honorific", "particle", "article",  "generation",
                                      "joiner",     "past",     "coming",    "acting",   "not-name", "thing",
                                      "partitive",  "given",    "armed",     "speaks",   "towards",  "definite",
                                      "indefinite", "whose",    "being",     "pronoun",  "locative", "settled",
                                      "deed",       "capacity", "takes",     "leaves",   "follows",  "heads",
                                      "family",     "hurts"};
  uint32_t class = 0, n = sizeof names / sizeof *names;
  while (class < n && !str_is(f[0], names[class])) class ++;
  if (class == n) return line_err(r, e, "'%.*s' is no class of words", STR_FMT(f[0]));
  sym key[PHRASE_MAX];
  if (!kb_pieces_add(kb->words, f[1], key)) return line_err(r, e, "a word is missing");
  struct kb_word *w = word_add(kb, key[0]);
  if (!w) return kb_no_memory(e);
  w->classes |= 1u << class;
  if (str_is(f[2], "male")) w->gender = GENDER_MALE;
  else if (str_is(f[2], "female")) w->gender = GENDER_FEMALE;
  else if (f[2].n == 1 && ascii_digit(f[2].p[0])) w->sector[0] = f[2].p[0];
  else if (dash(f[2]).n > 1 && !kb_code3(f[2], w->sector)) return line_err(r, e, "'%.*s' is no sector", STR_FMT(f[2]));
  return true;
}

bool kb_taker_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n_fields, struct err *e) {
  struct actor_kb *kb = b->kb;
  (void)n_fields;
  bool subject = str_is(f[1], "subject");
  if (!subject && !str_is(f[1], "object")) return line_err(r, e, "'%.*s' is neither subject nor object", STR_FMT(f[1]));
  for (str list = f[2]; list.n;) {
    str verb = str_cut(&list, ' ');
    struct kb_taker *t = verb.n ? KB_PUSH(kb, takers) : NULL;
    if (!verb.n) continue;
    if (!t) return kb_no_memory(e);
    *t = (struct kb_taker){symtab_add(kb->words, f[0]), symtab_add(kb->words, verb), subject};
  }
  return true;
}

bool kb_pronoun_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n_fields, struct err *e) {
  struct actor_kb *kb = b->kb;
  (void)n_fields;
  sym key[PHRASE_MAX];
  struct kb_word *w = kb_pieces_add(kb->words, f[0], key) ? word_add(kb, key[0]) : NULL;
  if (!w) return kb_no_memory(e);
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
