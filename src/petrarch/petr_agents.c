/* petr_agents.c - files of agents: common nouns with the role they add to an actor's code.
 *
 *   POLICE {} [~COP]      GOLDEN_GOOSE {GOLDEN_GEESE} [~GGS]      MSF {} [NGO~]
 *   !MINST! = MINISTER, MINISTERS, MINISTRY                        !MINST!_OF_DEFENSE [~GOV] */
#include "petrarch/petr_read.h"
#include <stdio.h>

enum { SETS = 64 };

struct agent_sets {
  str name[SETS], words[SETS]; /* "PERSON", "MAN, MEN, WOMAN" */
  uint32_t n;
};

static bool add_agent(struct petr_reader *r, str phrase, const struct petr_agent *a) {
  sym word[PETR_PIECES];
  uint32_t n = petr_words(r, phrase, word);
  struct petr_agent *row = n ? PETR_PUSH(r, agent, n_agents, size_agents) : NULL;
  if (!row) return false;
  *row = *a;
  r->no_memory |= !petr_trie_add(&r->d->agents, word, n, r->d->n_agents - 1);
  return true;
}

/* PARTY -> PARTIES, BOSS -> BOSSES, SOLDIER -> SOLDIERS. */
static str plural_of(str word, char out[256]) {
  size_t n = word.n;
  if (n < 2 || n > 250) return word;
  memcpy(out, word.p, n);
  char last = word.p[n - 1], before = word.p[n - 2];
  bool vowel = memchr("AEIOUaeiou", before, 10) != NULL;
  if ((last == 'Y' || last == 'y') && !vowel) memcpy(out + n - 1, "IES", 3), n += 2;
  else if (memchr("SXZsxz", last, 6) || ((last == 'H' || last == 'h') && memchr("CScs", before, 4)))
    memcpy(out + n, "ES", 2), n += 2;
  else out[n++] = 'S';
  return (str){out, n};
}

/* "[~GOV]", "[NGO~]". */
static bool read_role(struct petr_reader *r, str inside, struct petr_agent *a) {
  inside = str_trim(inside);
  if (inside.n < 2) return false;
  a->before = inside.p[inside.n - 1] == '~';
  if (!a->before && inside.p[0] != '~') return false;
  str code = a->before ? str_sub(inside, 0, inside.n - 1) : str_from(inside, 1);
  if (!petr_code(r, code, &a->code)) return false;
  a->weak = str_is(a->code, "PPL");
  return true;
}

static void read_set(struct petr_reader *r, struct agent_sets *sets) {
  str words = str_from(r->line, 1), name = str_trim(str_cut(&words, '!'));
  size_t equals = str_find(words, '=');
  if (!name.n || equals == words.n || sets->n == SETS) {
    petr_note(r,
              sets->n == SETS ? "more than %d sets of words; left out"
                              : "a set is !NAME! = WORD, WORD (at most %d sets); left out",
              SETS);
    return;
  }
  sets->name[sets->n] = name;
  sets->words[sets->n++] = str_from(words, equals + 1);
}

/* CONGRESS!PERSON!: one phrase for each word of the set. */
static void expand(struct petr_reader *r, const struct agent_sets *sets, str phrase, const struct petr_agent *a) {
  size_t open = str_find(phrase, '!');
  str rest = str_from(phrase, open + 1), name = str_cut(&rest, '!');
  for (uint32_t i = 0; i < sets->n; i++) {
    if (!str_eq_fold(sets->name[i], name)) continue;
    str words = sets->words[i];
    while (words.n) {
      char text[512];
      str word = str_trim(str_cut(&words, ','));
      int n = snprintf(text, sizeof text, "%.*s%.*s%.*s", (int)open, phrase.p, STR_FMT(word), STR_FMT(rest));
      if (n > 0 && (size_t)n < sizeof text && word.n) add_agent(r, (str){text, (size_t)n}, a);
    }
    return;
  }
  petr_note(r, "the set !%.*s! is not defined before this line; left out", STR_FMT(name));
}

static void read_agent(struct petr_reader *r, const struct agent_sets *sets) {
  str line = r->line, inside, plural = {0};
  struct petr_agent a = {0};
  if (!petr_bracket(r, &line, &inside) || !read_role(r, inside, &a)) {
    petr_note(r, "an agent ends with its role, such as [~GOV] or [NGO~]; left out");
    return;
  }
  size_t brace = str_find(line, '{');
  bool told = brace < line.n;
  str phrase = str_trim(str_sub(line, 0, brace));
  if (told) {
    plural = str_from(line, brace + 1);
    plural = str_trim(str_sub(plural, 0, str_find(plural, '}')));
  }
  if (str_find(phrase, '!') < phrase.n) {
    expand(r, sets, phrase, &a);
    return;
  }
  while (phrase.n && phrase.p[phrase.n - 1] == '_') phrase.n--;
  char text[256];
  if (!add_agent(r, phrase, &a)) petr_note(r, "there is no phrase on this line; left out");
  else if (plural.n) add_agent(r, plural, &a);
  else if (!told) add_agent(r, plural_of(phrase, text), &a);
}

void petr_read_agents(struct petr_reader *r) {
  struct agent_sets sets = {.n = 0};
  while (petr_next(r)) {
    bool set = r->line.p[0] == '!' && str_find(r->line, '=') < r->line.n;
    if (set) read_set(r, &sets);
    else read_agent(r, &sets);
  }
}
