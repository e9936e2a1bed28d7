/* petr_discards.c - files of discards (phrases whose sentence, or with '+' whose story, is not coded) and of issues (what a text is
 * about).
 *
 *   BASEBALL                    n:school [SCHOOLS]          <ISSUE CATEGORY="EDUCATION" TYPE="ALL">
 *   +WORLD_GOLF_CHAMPIONSHIPS   pre+n:school [SCHOOLS]      ~financial literacy        </ISSUE> */
#include "petrarch/petr_read.h"
#include <stdio.h>

static bool is_year(str s) {
  int64_t n;
  return s.n == 4 && str_to_int(s, &n) && n >= 1800 && n <= 2200;
}

void petr_read_discards(struct petr_reader *r) {
  while (petr_next(r)) {
    str phrase = r->line;
    struct petr_discard x = {.story = phrase.p[0] == '+'};
    if (x.story) phrase = str_trim(str_from(phrase, 1));
    size_t bracket = str_find(phrase, '['); /* TABARI: PHRASE [###] for the story, [+++] and the like */
    if (bracket < phrase.n) {
      x.story |= str_find_str(phrase, STR("###")) < phrase.n;
      phrase = str_trim(str_sub(phrase, 0, bracket));
    }
    x.year = is_year(phrase);
    sym word[PETR_PIECES];
    uint32_t n = petr_words(r, phrase, word);
    if (!n) {
      petr_note(r, "there is no phrase on this line; left out");
      continue;
    }
    struct petr_discard *row = PETR_PUSH(r, discard, n_discards, size_discards);
    if (!row) return;
    *row = x;
    r->no_memory |= !petr_trie_add(&r->d->discards, word, n, r->d->n_discards - 1);
  }
}

/* ---- issues */

struct issue_word { /* a word with its forms */
  str stem;
  char kind; /* 'n' plural, 'v' S ED ING, 0 as it stands */
};

static uint32_t forms_of(const struct issue_word *w, char text[4][128], str out[4]) {
  static const char *const noun[] = {"", "s"}, *const verb[] = {"", "s", "ed", "ing"};
  const char *const *ending = w->kind == 'v' ? verb : noun;
  uint32_t n = w->kind == 'v' ? 4 : w->kind == 'n' ? 2 : 1;
  for (uint32_t i = 0; i < n; i++) {
    str stem = w->stem;
    const char *end = ending[i];
    bool y = stem.n > 1 && stem.p[stem.n - 1] == 'y' && !memchr("aeiou", stem.p[stem.n - 2], 5);
    if (i == 1 && y) stem.n--, end = "ies";
    else if (i == 1 && (str_ends(stem, STR("s")) || str_ends(stem, STR("x")) || str_ends(stem, STR("ch")) ||
                        str_ends(stem, STR("sh"))))
      end = "es";
    else if (i >= 2 && str_ends(stem, STR("e"))) stem.n--;
    int len = snprintf(text[i], 128, "%.*s%s", STR_FMT(stem), end);
    out[i] = (str){text[i], len > 0 && len < 128 ? (size_t)len : 0};
  }
  return n;
}

/* Adds every combination of the words' forms; phrases are short and few words have forms. */
static void add_forms(struct petr_reader *r, const struct issue_word *w, uint32_t n, uint32_t at, sym *word,
                      uint32_t value) {
  if (at == n) {
    r->no_memory |= !petr_trie_add(&r->d->issues, word, n, value);
    return;
  }
  char text[4][128];
  str form[4];
  uint32_t forms = forms_of(&w[at], text, form);
  for (uint32_t i = 0; i < forms && !r->no_memory; i++) {
    word[at] = symtab_add(r->words, form[i]);
    if (word[at]) add_forms(r, w, n, at + 1, word, value);
  }
}

enum { ISSUE_WORDS = 8 };

static uint32_t issue_words(str phrase, struct issue_word out[ISSUE_WORDS]) {
  uint32_t n = 0;
  while (phrase.n) {
    size_t i = 0;
    while (i < phrase.n && !ascii_space(phrase.p[i]) && !memchr("+-_", phrase.p[i], 3)) i++;
    str word = str_sub(phrase, 0, i);
    phrase = i < phrase.n ? str_from(phrase, i + 1) : str_from(phrase, i);
    struct issue_word w = {word, 0};
    if (word.n > 2 && word.p[1] == ':' && (word.p[0] == 'n' || word.p[0] == 'v'))
      w = (struct issue_word){str_from(word, 2), word.p[0]};
    if (!w.stem.n) continue;
    if (n == ISSUE_WORDS) return 0;
    out[n++] = w;
  }
  return n;
}

static void read_issue(struct petr_reader *r, uint32_t section) {
  str line = r->line, code = {0};
  struct petr_issue x = {.section = section, .cancels_all = str_starts(line, STR("~~"))};
  bool cancels = line.p[0] == '~';
  while (line.n && line.p[0] == '~') line = str_from(line, 1);
  bool given = petr_bracket(r, &line, &code);
  if (!cancels && (!given || !code.n)) {
    petr_note(r, "an issue is 'phrase [CODE]', or '~phrase' to cancel; left out");
    return;
  }
  x.code = cancels ? STR("") : petr_keep(r, code);
  char small[256];
  size_t n = line.n < sizeof small ? line.n : sizeof small;
  for (size_t i = 0; i < n; i++) small[i] = ascii_fold(line.p[i]);
  struct issue_word word[ISSUE_WORDS];
  uint32_t words = issue_words((str){small, n}, word);
  struct petr_issue *row = words ? PETR_PUSH(r, issue, n_issues, size_issues) : NULL;
  if (!row) {
    petr_note(r, "an issue has one to %d words; left out", ISSUE_WORDS);
    return;
  }
  *row = x;
  sym path[ISSUE_WORDS];
  add_forms(r, word, words, 0, path, r->d->n_issues - 1);
}

void petr_read_issues(struct petr_reader *r) {
  uint32_t section = 0, sections = 0;
  while (petr_next(r)) {
    if (str_starts(r->line, STR("<ISSUE"))) section = ++sections;
    else if (str_starts(r->line, STR("</ISSUE"))) section = 0;
    else if (r->line.p[0] != '<') read_issue(r, section);
  }
}
