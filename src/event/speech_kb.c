/* speech_kb.c - reads knowledge/events/speech.tsv into cues by lemma. */
#include "event/speech_kb.h"
#include <stdlib.h>

static bool class_of(str s, uint8_t *class) {
  static const char *const names[] = {"VERB", "NOUN", "ADJ", "ADV", "PHRASE"};
  for (uint8_t i = 0; i < 5; i++)
    if (str_is(s, names[i])) return *class = i, true;
  return false;
}

static bool type_of(str s, uint8_t *type) {
  for (uint8_t i = 0; i < ATTRIBUTION_COUNT; i++)
    if (str_is(s, attribution_type_name(i))) return *type = i, true;
  return false;
}

static bool stance_of(str s, uint8_t *stance) {
  for (uint8_t i = 0; i < STANCE_COUNT; i++)
    if (str_is(s, stance_name(i))) return *stance = i, true;
  return false;
}

static bool add_prep(sym *preps, sym word) {
  for (size_t i = 0; i < CUE_PREPS; i++)
    if (preps[i] == SYM_NONE) return preps[i] = word, true;
  return false;
}

static bool takes_of(const struct stage_setup *setup, struct cue *c, str word) {
  static const struct {
    const char *name;
    uint16_t bit;
  } names[] = {{"that", TAKES_THAT},       {"quote", TAKES_QUOTE},
               {"object", TAKES_OBJECT},   {"inf", TAKES_INF},
               {"ing", TAKES_ING},         {"light", TAKES_LIGHT},
               {"untrue", TAKES_UNTRUE},   {"adverb", TAKES_ADVERB},
               {"speaker", TAKES_SPEAKER}, {"object+inf", TAKES_OBJECT_INF}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_is(word, names[i].name)) return c->takes |= names[i].bit, true;
  if (str_starts(word, STR("object+"))) {
    c->takes |= TAKES_OBJECT_PREP;
    return add_prep(c->object_preps, knowledge_word(setup, str_from(word, 7)));
  }
  c->takes |= TAKES_PREP;
  return add_prep(c->preps, knowledge_word(setup, word));
}

static bool flag_of(str word, uint8_t *flags) {
  static const char *const names[] = {"denial", "rumour", "hypothetical", "impersonal", "page", "quiet"};
  for (size_t i = 0; i < 6; i++)
    if (str_is(word, names[i])) return *flags |= (uint8_t)(1 << i), true;
  return str_is(word, "-");
}

static str next_word(str *rest) {
  *rest = str_trim(*rest);
  return str_cut(rest, ' ');
}

static bool cue_push(struct speech_kb *kb, const struct cue *c, struct err *e) {
  if (kb->n == kb->size) {
    uint32_t size = kb->size ? kb->size * 2 : 128;
    struct cue *cue = realloc(kb->cue, size * sizeof *cue);
    if (!cue) return err_set(e, ERR_NOMEM, "no memory for the cues of speech");
    kb->cue = cue;
    kb->size = size;
  }
  kb->cue[kb->n++] = *c;
  return true;
}

/* VERB <tab> say add <tab> that quote <tab> indirect <tab> asserts <tab> - <tab> example */
static bool read_line(struct speech_kb *kb, const struct stage_setup *setup, const struct line_reader *r,
                      struct err *e) {
  str f[7];
  struct cue c = {0};
  if (line_fields(r->line, f, 7) < 7)
    return line_err(r, e, "seven fields expected: class, lemmas, takes, type, stance, flags, example");
  if (!class_of(f[0], &c.class)) return line_err(r, e, "unknown class '%.*s'", STR_FMT(f[0]));
  if (!type_of(f[3], &c.type)) return line_err(r, e, "unknown type '%.*s'", STR_FMT(f[3]));
  if (!stance_of(f[4], &c.stance)) return line_err(r, e, "unknown stance '%.*s'", STR_FMT(f[4]));
  for (str rest = f[2], w; (w = next_word(&rest)).n;)
    if (!takes_of(setup, &c, w)) return line_err(r, e, "too many prepositions");
  for (str rest = f[5], w; (w = next_word(&rest)).n;)
    if (!flag_of(w, &c.flags)) return line_err(r, e, "unknown flag '%.*s'", STR_FMT(w));
  str lemmas = f[1];
  if (c.class == CUE_PHRASE) {
    str first = next_word(&lemmas), second = next_word(&lemmas);
    c.second = second.n ? knowledge_word(setup, second) : SYM_NONE;
    lemmas = first;
  }
  if (!cue_push(kb, &c, e)) return false;
  for (str w; (w = next_word(&lemmas)).n;)
    if (!wordmap_add(&kb->by_lemma, knowledge_word(setup, w), kb->n - 1))
      return err_set(e, ERR_NOMEM, "no memory for the cues of speech");
  return true;
}

static void closed_class(struct speech_kb *kb, const struct stage_setup *setup) {
  const struct {
    sym *at;
    const char *word;
  } words[] = {{&kb->by, "by"},       {&kb->as, "as"},           {&kb->of, "of"},    {&kb->it, "it"},
               {&kb->there, "there"}, {&kb->in, "in"},           {&kb->to, "to"},    {&kb->that, "that"},
               {&kb->if_, "if"},      {&kb->whether, "whether"}, {&kb->not_, "not"}, {&kb->nt, "n't"},
               {&kb->never, "never"}, {&kb->neither, "neither"}, {&kb->nor, "nor"},  {&kb->for_, "for"},
               {&kb->i, "i"},         {&kb->we, "we"},           {&kb->you, "you"}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) *words[i].at = knowledge_word(setup, str_of(words[i].word));
}

struct speech_kb *speech_kb_open(const struct stage_setup *setup, struct err *e) {
  struct speech_kb *kb = calloc(1, sizeof *kb);
  struct knowledge_file f = {0};
  if (!kb) {
    err_set(e, ERR_NOMEM, "no memory for the cues of speech");
    return NULL;
  }
  bool ok = knowledge_open(&f, setup->knowledge, "events/speech.tsv", e);
  while (ok && line_next(&f.lines)) ok = read_line(kb, setup, &f.lines, e);
  knowledge_close(&f);
  closed_class(kb, setup);
  if (ok) return kb;
  speech_kb_close(kb);
  return NULL;
}

void speech_kb_close(struct speech_kb *kb) {
  if (!kb) return;
  wordmap_release(&kb->by_lemma);
  free(kb->cue);
  free(kb);
}
