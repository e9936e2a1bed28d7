/* language.c - counts letters by script and words by language. */
#include "intake/language.h"
#include "base/file.h"
#include "base/utf8.h"
#include <stdlib.h>

enum {
  WORDS_MOST = 2000,
  WORDS_LEAST = 20,
  WORDS_SURE = 120,
  WORD_LONGEST = 48,
  LETTERS_LEAST = 12,
  DISTINCT_LEAST = 5,
  KNOWN_MOST = 1 << 14
};

/* ---- knowledge */

static bool add_word(struct languages *l, str word, struct err *e) {
  sym id = symtab_add(&l->words, word);
  if (id >= l->size) {
    uint32_t size = l->size ? l->size * 2 : 4096;
    uint64_t *grown = id < size ? realloc(l->in, size * sizeof *grown) : NULL;
    if (!grown) return err_set(e, ERR_NOMEM, "no memory for the languages");
    memset(grown + l->size, 0, (size - l->size) * sizeof *grown);
    l->in = grown;
    l->size = size;
  }
  l->in[id] |= (uint64_t)1 << l->n;
  return id != SYM_NONE || err_set(e, ERR_NOMEM, "no memory for the languages");
}

static bool take_line(struct languages *l, struct line_reader *r, struct err *e) {
  str field[3];
  if (line_fields(r->line, field, 3) != 3) return line_err(r, e, "a line is: code, tab, name, tab, words");
  if (l->n == LANGUAGES_MAX) return line_err(r, e, "more than %d languages", LANGUAGES_MAX);
  if (!l->n && !str_is(field[0], "en")) return line_err(r, e, "English must stand first");
  while (field[2].n) {
    str word = str_cut(&field[2], ' ');
    if (word.n && !add_word(l, word, e)) return false;
  }
  l->code[l->n] = arena_str(&l->memory, field[0]);
  l->name[l->n] = arena_str(&l->memory, field[1]);
  if (!l->name[l->n].p) return err_set(e, ERR_NOMEM, "no memory for the languages");
  l->n++;
  return true;
}

bool languages_load(struct languages *l, const char *knowledge, struct err *e) {
  *l = (struct languages){0};
  arena_init(&l->memory, 1 << 16);
  char path[4096];
  if (!path_join(path, sizeof path, knowledge, "text/languages.txt"))
    return err_set(e, ERR_KNOWLEDGE, "the path is too long");
  struct buf bytes;
  buf_init(&bytes, 1 << 20);
  bool ok =
      file_read(&bytes, path, e) && (symtab_init(&l->words) || err_set(e, ERR_NOMEM, "no memory for the languages"));
  struct line_reader r;
  line_reader_init(&r, buf_str(&bytes), path);
  while (ok && line_next(&r)) ok = take_line(l, &r, e);
  if (ok && !l->n) ok = line_err(&r, e, "there is no language");
  buf_release(&bytes);
  if (!ok) languages_release(l);
  return ok;
}

void languages_release(struct languages *l) {
  if (l->words.n) symtab_release(&l->words);
  free(l->in);
  arena_release(&l->memory);
  *l = (struct languages){0};
}

/* ---- scripts */

static const struct {
  uint32_t first, last;
  const char *name;
} scripts[] = {{0x0370, 0x03FF, "Greek"},      {0x0400, 0x052F, "Cyrillic"}, {0x0530, 0x058F, "Armenian"},
               {0x0590, 0x05FF, "Hebrew"},     {0x0600, 0x077F, "Arabic"},   {0x08A0, 0x08FF, "Arabic"},
               {0x0900, 0x097F, "Devanagari"}, {0x0980, 0x09FF, "Bengali"},  {0x0A00, 0x0DFF, "an Indic"},
               {0x0E00, 0x0E7F, "Thai"},       {0x0E80, 0x0EFF, "Lao"},      {0x0F00, 0x0FFF, "Tibetan"},
               {0x1000, 0x109F, "Burmese"},    {0x10A0, 0x10FF, "Georgian"}, {0x1200, 0x139F, "Ethiopic"},
               {0x1780, 0x17FF, "Khmer"},      {0x3040, 0x30FF, "Japanese"}, {0x3400, 0x9FFF, "Chinese"},
               {0xAC00, 0xD7AF, "Korean"},     {0xFB50, 0xFEFC, "Arabic"}};
enum { SCRIPTS = sizeof scripts / sizeof *scripts };

static size_t script_of(uint32_t c) {
  size_t i = 0;
  while (i < SCRIPTS && (c < scripts[i].first || c > scripts[i].last)) i++;
  return i;
}

struct counts {
  size_t latin, other, script[SCRIPTS];
  size_t words, of[LANGUAGES_MAX], distinct[LANGUAGES_MAX];
  uint8_t seen[KNOWN_MOST / 8]; /* words by number that occurred */
};

static void count_word(const struct languages *l, struct counts *c, str word) {
  c->words++;
  char low[WORD_LONGEST];
  if (word.n > sizeof low) return;
  sym id = symtab_find(&l->words, (str){low, utf8_lower(word, low, sizeof low)});
  if (!id || id >= l->size) return;
  bool fresh = id < KNOWN_MOST && !(c->seen[id / 8] & 1 << id % 8);
  if (fresh) c->seen[id / 8] |= (uint8_t)(1 << id % 8);
  for (uint64_t bits = l->in[id]; bits; bits &= bits - 1) {
    int i = __builtin_ctzll(bits);
    c->of[i]++;
    c->distinct[i] += fresh;
  }
}

static void count(const struct languages *l, struct counts *c, str text) {
  size_t from = 0;
  bool inside = false;
  for (size_t at = 0; at < text.n && c->words < WORDS_MOST;) {
    size_t here = at;
    uint32_t ch = utf8_next(text, &at);
    bool letter = utf8_letter(ch);
    if (letter) {
      size_t script = ch < 0x370 ? SCRIPTS : script_of(ch);
      if (script < SCRIPTS) c->script[script]++, c->other++;
      else c->latin++;
    }
    if (letter && !inside) from = here;
    if (!letter && inside) count_word(l, c, str_sub(text, from, here));
    inside = letter;
    if (c->other > 8 * WORDS_MOST) break;
  }
  if (inside) count_word(l, c, str_from(text, from));
}

/* ---- the verdict */

static bool refuse_script(const struct counts *c, struct err *e) {
  size_t best = 0;
  for (size_t i = 1; i < SCRIPTS; i++)
    if (c->script[i] > c->script[best]) best = i;
  return err_set(e, ERR_LANGUAGE, "the text is in %s script, not in English", scripts[best].name);
}

static bool refuse_lang(const struct languages *l, str lang, struct err *e) {
  for (uint32_t i = 0; i < l->n; i++)
    if (str_starts(lang, l->code[i]) && (lang.n == l->code[i].n || !ascii_alpha(lang.p[l->code[i].n])))
      return err_set(e, ERR_LANGUAGE, "the record says that its language is %.*s; only English can be read",
                     STR_FMT(l->name[i]));
  return err_set(e, ERR_LANGUAGE, "the record says that its language is '%.*s'; only English can be read",
                 (int)(lang.n < 32 ? lang.n : 32), lang.p);
}

bool language_is_english(const struct languages *l, str text, str lang, struct err *e) {
  lang = str_trim(lang);
  bool says_english = lang.n >= 2 && str_eq_fold(str_sub(lang, 0, 2), STR("en"));
  if (lang.n && !says_english && !str_is(lang, "und") && !str_is(lang, "mul")) return refuse_lang(l, lang, e);
  struct counts c = {0};
  count(l, &c, text);
  if (c.other >= LETTERS_LEAST && c.other > c.latin) return refuse_script(&c, e);
  if (c.words < WORDS_LEAST) return true;
  uint32_t best = 0;
  for (uint32_t i = 1; i < l->n; i++)
    if (c.of[i] > c.of[best]) best = i;
  /* English has a third of such words, its worst prose a sixth; another language must have an eighth and twice those of English,
   * and not by one word alone: "al" and "de" stand in names. */
  if (best && c.of[best] * 8 >= c.words && c.of[best] >= 2 * c.of[0] && c.distinct[best] >= DISTINCT_LEAST)
    return err_set(e, ERR_LANGUAGE, "the text seems to be %.*s; only English can be read", STR_FMT(l->name[best]));
  if (c.words >= WORDS_SURE && c.of[0] * 25 < c.words && !says_english)
    return err_set(e, ERR_LANGUAGE, "the text does not seem to be English");
  return true;
}
