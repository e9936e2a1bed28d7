/* quantity_kb.c - reads knowledge/quantities/numbers.tsv, words.tsv and measures.tsv. */
#include "event/quantity_kb.h"
#include <stdlib.h>

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

static bool no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the knowledge of quantities"); }

static bool read_number(struct quantity_kb *kb, const struct stage_setup *setup, const struct line_reader *r,
                        struct err *e) {
  static const char *const kinds[] = {"unit", "scale", "vague"};
  str f[4];
  struct number_word w = {.kind = 3};
  size_t n = line_fields(r->line, f, 4);
  for (uint8_t i = 0; i < 3; i++)
    if (str_is(f[0], kinds[i])) w.kind = i;
  if (w.kind == 3) return line_err(r, e, "unknown kind '%.*s'", STR_FMT(f[0]));
  if (n < 3 || !str_to_double(f[2], &w.value)) return line_err(r, e, "a number word needs a value");
  w.most = w.value;
  if (w.kind == NUMBER_VAGUE && (n < 4 || !str_to_double(f[3], &w.most)))
    return line_err(r, e, "a vague number needs two bounds");
  void *p = room(kb->numbers, kb->n_numbers, &kb->size_numbers, sizeof *kb->numbers);
  if (!p) return no_memory(e);
  kb->numbers = p;
  kb->numbers[kb->n_numbers++] = w;
  return wordmap_add(&kb->by_number, knowledge_word(setup, f[1]), kb->n_numbers - 1) || no_memory(e);
}

static bool add_phrase(struct quantity_kb *kb, const struct stage_setup *setup, uint8_t kind, str words,
                       struct err *e) {
  struct count_phrase ph = {.kind = kind};
  if (kind == COUNT_CURRENCY) {
    str sign = str_cut(&words, ':');
    ph.unit = symtab_str(setup->words, knowledge_word(setup, words));
    words = sign;
  }
  while (words.n && ph.n < COUNT_PHRASE) ph.word[ph.n++] = knowledge_word(setup, str_cut(&words, '_'));
  void *p = room(kb->phrases, kb->n_phrases, &kb->size_phrases, sizeof *kb->phrases);
  if (!p) return no_memory(e);
  kb->phrases = p;
  kb->phrases[kb->n_phrases++] = ph;
  return (wordmap_add(&kb->by_first, ph.word[0], kb->n_phrases - 1) &&
          wordmap_add(&kb->by_last, ph.word[ph.n - 1], kb->n_phrases - 1)) ||
         no_memory(e);
}

static bool read_words(struct quantity_kb *kb, const struct stage_setup *setup, const struct line_reader *r,
                       struct err *e) {
  static const char *const kinds[COUNT_KINDS] = {"least",   "most", "about",    "more",  "between", "to",
                                                 "percent", "cent", "currency", "money", "skip"};
  str f[2];
  uint8_t kind = 0;
  if (line_fields(r->line, f, 2) != 2) return line_err(r, e, "two fields expected: kind, words");
  while (kind < COUNT_KINDS && !str_is(f[0], kinds[kind])) kind++;
  if (kind == COUNT_KINDS) return line_err(r, e, "unknown kind '%.*s'", STR_FMT(f[0]));
  for (str rest = f[1], w; (w = next_word(&rest, ' ')).n;)
    if (!add_phrase(kb, setup, kind, w, e)) return false;
  return true;
}

static bool read_measure(struct quantity_kb *kb, const struct stage_setup *setup, const struct line_reader *r,
                         struct err *e) {
  static const char *const hows[] = {"object", "subject", "self"};
  str f[3];
  struct measure m = {.how = 3};
  if (line_fields(r->line, f, 3) != 3) return line_err(r, e, "three fields expected: measure, how, lemmas");
  for (uint8_t i = 0; i < 3; i++)
    if (str_is(f[1], hows[i])) m.how = i;
  if (m.how == 3) return line_err(r, e, "unknown way '%.*s'", STR_FMT(f[1]));
  m.name = symtab_str(setup->words, knowledge_word(setup, f[0]));
  void *p = room(kb->measures, kb->n_measures, &kb->size_measures, sizeof *kb->measures);
  if (!p) return no_memory(e);
  kb->measures = p;
  kb->measures[kb->n_measures++] = m;
  for (str rest = f[2], w; (w = next_word(&rest, ' ')).n;)
    if (!wordmap_add(&kb->by_measure, knowledge_word(setup, w), kb->n_measures - 1)) return no_memory(e);
  return true;
}

typedef bool read_fn(struct quantity_kb *, const struct stage_setup *, const struct line_reader *, struct err *);

static bool read_file(struct quantity_kb *kb, const struct stage_setup *setup, const char *name, read_fn *read,
                      struct err *e) {
  struct knowledge_file f = {0};
  bool ok = knowledge_open(&f, setup->knowledge, name, e);
  while (ok && line_next(&f.lines)) ok = read(kb, setup, &f.lines, e);
  knowledge_close(&f);
  return ok;
}

struct quantity_kb *quantity_kb_open(const struct stage_setup *setup, struct err *e) {
  struct quantity_kb *kb = calloc(1, sizeof *kb);
  if (!kb) {
    no_memory(e);
    return NULL;
  }
  const struct {
    sym *at;
    const char *word;
  } words[] = {{&kb->of, "of"},   {&kb->and_, "and"},  {&kb->at, "at"},     {&kb->by, "by"},
               {&kb->a, "a"},     {&kb->half, "half"}, {&kb->them, "them"}, {&kb->whom, "whom"},
               {&kb->one, "one"}, {&kb->the, "the"},   {&kb->to, "to"}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) *words[i].at = knowledge_word(setup, str_of(words[i].word));
  if (read_file(kb, setup, "quantities/numbers.tsv", read_number, e) &&
      read_file(kb, setup, "quantities/words.tsv", read_words, e) &&
      read_file(kb, setup, "quantities/measures.tsv", read_measure, e))
    return kb;
  quantity_kb_close(kb);
  return NULL;
}

void quantity_kb_close(struct quantity_kb *kb) {
  if (!kb) return;
  wordmap_release(&kb->by_number);
  wordmap_release(&kb->by_first);
  wordmap_release(&kb->by_last);
  wordmap_release(&kb->by_measure);
  free(kb->numbers);
  free(kb->phrases);
  free(kb->measures);
  free(kb);
}

const struct number_word *number_word(const struct quantity_kb *kb, sym word) {
  uint32_t l = wordmap_find(&kb->by_number, word);
  return l == NONE ? NULL : &kb->numbers[kb->by_number.link[l].entry];
}
