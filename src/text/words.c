/* words.c - reads knowledge/text/ into word lists. */
#include "text/words.h"
#include "base/file.h"

typedef bool line_taker(struct words *w, struct line_reader *r, struct err *e);

static bool load(struct words *w, const char *knowledge, const char *name, line_taker *take, struct err *e) {
  char path[4096];
  if (!path_join(path, sizeof path, knowledge, name)) return err_set(e, ERR_KNOWLEDGE, "the path is too long");
  struct buf bytes;
  buf_init(&bytes, 1 << 20);
  bool ok = file_read(&bytes, path, e);
  struct line_reader r;
  line_reader_init(&r, buf_str(&bytes), path);
  while (ok && line_next(&r)) ok = take(w, &r, e) || err_at(e, path, r.number, 0);
  buf_release(&bytes);
  return ok;
}

static bool take_abbreviation(struct words *w, struct line_reader *r, struct err *e) {
  static const char *const names[] = {"", "title", "inner", "number", "date", "month", "end", "unit"};
  str field[2];
  if (line_fields(r->line, field, 2) != 2) return line_err(r, e, "a line is: word, tab, class");
  for (uint8_t i = 1; i < sizeof names / sizeof *names; i++)
    if (str_is(field[1], names[i])) return wordlist_add(&w->abbreviations, field[0], i, e);
  return line_err(r, e, "'%.*s' is no class of abbreviation", STR_FMT(field[1]));
}

static bool take_suffix(struct words *w, str text, struct line_reader *r, struct err *e) {
  if (w->suffixes == SUFFIX_MAX) return line_err(r, e, "more than %d suffixes", SUFFIX_MAX);
  str copy = arena_str(&w->memory, text);
  if (!copy.p) return err_set(e, ERR_NOMEM, "no memory for a word list");
  w->suffix[w->suffixes++] = copy;
  return true;
}

static bool take_whole(struct words *w, str text, struct line_reader *r, struct err *e) {
  char glued[WORDLIST_LONGEST];
  size_t bar = str_find(text, '|');
  if (!bar || bar + 1 >= text.n || text.n > sizeof glued) return line_err(r, e, "a whole word is: PART|PART");
  memcpy(glued, text.p, bar);
  memcpy(glued + bar, text.p + bar + 1, text.n - bar - 1);
  return wordlist_add(&w->whole, (str){glued, text.n - 1}, (uint8_t)bar, e);
}

static bool take_clitic(struct words *w, struct line_reader *r, struct err *e) {
  str field[2];
  if (line_fields(r->line, field, 2) != 2) return line_err(r, e, "a line is: kind, tab, text");
  if (str_is(field[0], "suffix")) return take_suffix(w, field[1], r, e);
  if (str_is(field[0], "whole")) return take_whole(w, field[1], r, e);
  if (str_is(field[0], "front")) return wordlist_add(&w->front, field[1], 1, e);
  return line_err(r, e, "'%.*s' is neither suffix, whole nor front", STR_FMT(field[0]));
}

static bool take_joined(struct words *w, struct line_reader *r, struct err *e) {
  str field[2];
  if (line_fields(r->line, field, 2) != 2) return line_err(r, e, "a line is: kind, tab, text");
  if (str_is(field[0], "prefix")) return wordlist_add(&w->prefix, field[1], 1, e);
  if (str_is(field[0], "whole")) return wordlist_add(&w->joined, field[1], 1, e);
  return line_err(r, e, "'%.*s' is neither prefix nor whole", STR_FMT(field[0]));
}

static bool take_domain(struct words *w, struct line_reader *r, struct err *e) {
  return wordlist_add(&w->domains, str_trim(r->line), 1, e);
}
static bool take_unit(struct words *w, struct line_reader *r, struct err *e) {
  return wordlist_add(&w->units, str_trim(r->line), 1, e);
}
static bool take_starter(struct words *w, struct line_reader *r, struct err *e) {
  return wordlist_add(&w->starters, str_trim(r->line), 1, e);
}
static bool take_emoticon(struct words *w, struct line_reader *r, struct err *e) {
  return wordlist_add(&w->emoticons, str_trim(r->line), 1, e);
}

bool words_load(struct words *w, const char *knowledge, struct err *e) {
  *w = (struct words){0};
  arena_init(&w->memory, 1 << 20);
  struct wordlist *lists[] = {&w->abbreviations, &w->whole, &w->front,     &w->prefix,  &w->joined,
                              &w->domains,       &w->units, &w->emoticons, &w->starters};
  bool ok = true;
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) ok = ok && wordlist_init(lists[i], e);
  ok = ok && load(w, knowledge, "text/abbreviations.txt", take_abbreviation, e) &&
       load(w, knowledge, "text/clitics.txt", take_clitic, e) &&
       load(w, knowledge, "text/joined.txt", take_joined, e) &&
       load(w, knowledge, "text/domains.txt", take_domain, e) && load(w, knowledge, "text/units.txt", take_unit, e) &&
       load(w, knowledge, "text/emoticons.txt", take_emoticon, e) &&
       load(w, knowledge, "text/starters.txt", take_starter, e);
  if (!ok) words_release(w);
  return ok;
}

void words_release(struct words *w) {
  struct wordlist *lists[] = {&w->abbreviations, &w->whole, &w->front,     &w->prefix,  &w->joined,
                              &w->domains,       &w->units, &w->emoticons, &w->starters};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) wordlist_release(lists[i]);
  arena_release(&w->memory);
  w->suffixes = 0;
}

uint8_t words_abbreviation(const struct words *w, str word) {
  uint8_t class = wordlist_get(&w->abbreviations, word);
  if (class) return class;
  class = wordlist_get_low(&w->abbreviations, word); /* an entry in lower case stands for every spelling */
  if (class) return class;
  char capital[WORDLIST_LONGEST]; /* "GEN." by "Gen." */
  if (word.n < 3 || word.n > sizeof capital || !ascii_upper(word.p[0]) || !ascii_upper(word.p[1])) return 0;
  capital[0] = word.p[0];
  for (size_t i = 1; i < word.n; i++) capital[i] = ascii_fold(word.p[i]);
  return wordlist_get(&w->abbreviations, (str){capital, word.n});
}
