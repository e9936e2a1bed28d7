/* petr_stage.c - opens the dictionaries, and codes a document by them sentence by sentence. */
#include "petrarch/petr_stage.h"
#include "petrarch/petr_sentence.h"
#include <stdlib.h>

static void stage_close(void *stage) { petr_dict_close(stage); }

static void *stage_open(const struct stage_setup *setup, struct err *e) {
  static const struct petr_files none;
  struct petr_dict *d = petr_dict_open(setup->petrarch ? setup->petrarch : &none, setup->words, e);
  if (!d) return NULL;
  d->ontology = setup->ontology;
  if (!d->tree_style || petr_sums_load(d, setup->knowledge, e)) return d;
  petr_dict_close(d);
  return NULL;
}

static void *work_open(const void *stage, struct err *e) {
  (void)e;
  return (void *)(uintptr_t)stage;
}
static void work_close(void *work) { (void)work; }

const struct petr_notes *petr_stage_notes(const void *stage) {
  const struct petr_dict *d = stage;
  return d && d->n_files ? &d->notes : NULL;
}
const struct petr_dict *petr_stage_dict(const void *stage) { return stage; }
const struct ontology *petr_stage_ontology(const struct petr_dict *dict) { return dict->ontology; }

/* ---- discards and issues */

enum discard { KEEP, DROP_SENTENCE, DROP_STORY };

static enum discard discarded(const struct petr_sentence *s) {
  const struct petr_dict *dict = s->dict;
  enum discard worst = KEEP;
  for (uint32_t w = 0; w < s->n; w++) {
    uint32_t node = 0;
    for (uint32_t i = w; i < s->n && (node = petr_trie_step(&dict->discards, node, s->word[i].word)); i++)
      PETR_TRIE_EACH(&dict->discards, l, node) {
        const struct petr_discard *x = &dict->discard[dict->discards.link[l - 1].value];
        if (x->year && !dict->options.discard_years) continue;
        if (x->story) return DROP_STORY;
        worst = DROP_SENTENCE;
      }
  }
  return worst;
}

/* Issues of a sentence, the longest phrase at each word; a phrase that cancels takes its section with it, or with ~~ all. */
static bool count_issue(struct doc *d, str code) {
  for (uint32_t i = 0; i < d->issues.n; i++)
    if (str_eq(d->issues.at[i].code, code)) return ++d->issues.at[i].count;
  struct issue *x = DOC_PUSH(d, issues);
  if (!x) return false;
  *x = (struct issue){code, 1};
  return true;
}

static const struct petr_issue *issue_at(const struct petr_sentence *s, uint32_t w, uint32_t *after) {
  const struct petr_trie *t = &s->dict->issues;
  const struct petr_issue *found = NULL;
  uint32_t node = 0;
  for (uint32_t i = w; i < s->n && (node = petr_trie_step(t, node, s->word[i].word)); i++)
    if (petr_trie_at(t, node)) found = &s->dict->issue[t->link[petr_trie_at(t, node) - 1].value], *after = i + 1;
  return found;
}

static bool find_issues(const struct petr_sentence *s, bool *cancelled) {
  uint64_t gone = 0; /* sections cancelled in this sentence; those beyond 63 share a bit */
  uint32_t after;
  if (!s->dict->n_issues) return true;
  for (int pass = 0; pass < 2; pass++)
    for (uint32_t w = 0; w < s->n; w++) {
      const struct petr_issue *x = issue_at(s, w, &after);
      if (!x) continue;
      uint64_t bit = 1ull << (x->section < 63 ? x->section : 63);
      if (!pass && !x->code.n) gone |= bit, *cancelled |= x->cancels_all;
      if (pass && x->code.n && !(gone & bit) && !count_issue(s->d, x->code)) return false;
      w = after - 1;
    }
  return true;
}

/* ---- codes of actors */

/* Our own codes give way: two code books in one column would be worse than a gap. */
static void forget_codes(struct doc *d) {
  for (uint32_t i = 0; i < d->actors.n; i++) memset(d->actors.at[i].code.cameo, 0, sizeof d->actors.at[i].code.cameo);
}

/* The actors that no event named get their codes too, from the first phrase that names them. */
static void code_actors(struct petr_sentence *s) {
  struct doc *d = s->d;
  for (uint32_t i = 0; i < s->n_np; i++) {
    uint32_t m = d->tokens.mention[s->np[i].head];
    if (m == NONE || d->mentions.at[m].actor >= d->actors.n || d->mentions.at[m].type == MENTION_PRONOUN) continue;
    struct actor *a = &d->actors.at[d->mentions.at[m].actor];
    struct petr_who who[PETR_WHO];
    if (a->code.cameo[0] || petr_who(s, i, who) != 1) continue;
    size_t n = who[0].code.n < sizeof a->code.cameo - 1 ? who[0].code.n : sizeof a->code.cameo - 1;
    memcpy(a->code.cameo, who[0].code.p, n);
  }
}

/* ---- a document */

static void forget_events(struct doc *d) {
  d->events.n = d->demands.n = d->links.n = d->event_mentions.n = d->contents.n = 0;
  for (uint32_t i = 0; i < d->times.n; i++) d->times.at[i].of = NONE;
  for (uint32_t i = 0; i < d->quantities.n; i++) d->quantities.at[i].event = NONE;
}

static bool code_sentence(const struct petr_dict *dict, struct doc *d, uint32_t row, bool *story, bool *no_issues) {
  struct petr_sentence s;
  struct arena_mark mark = arena_mark(&d->scratch);
  bool ok = petr_sentence_read(&s, dict, d, row);
  enum discard drop = ok ? discarded(&s) : KEEP;
  if (ok && drop == KEEP && dict->has_verbs) ok = dict->tree_style ? petr_code_tree(&s) : petr_code_linear(&s);
  if (ok && dict->has_actors) code_actors(&s);
  if (ok) ok = find_issues(&s, no_issues);
  arena_rewind(&d->scratch, mark);
  *story |= drop == DROP_STORY;
  return ok;
}

static bool stage_run(const void *stage, void *work, struct doc *d, struct err *e) {
  (void)work;
  const struct petr_dict *dict = stage;
  bool story = false, no_issues = false;
  d->have |= HAVE_CODES;
  if (!dict->n_files) return true;
  if (dict->has_verbs) forget_events(d);
  if (dict->has_actors) forget_codes(d);
  for (uint32_t i = 0; i < d->sentences.n; i++)
    if (d->sentences.at[i].n && !code_sentence(dict, d, i, &story, &no_issues))
      return err_set(e, ERR_NOMEM, "no memory for the dictionaries' events");
  if (no_issues) d->issues.n = 0;
  if (!story) return true;
  if (dict->has_verbs) d->events.n = 0;
  doc_warn(d, "a discard phrase of the dictionaries stands in it: no event is coded");
  return true;
}

const struct stage petr_stage = {
    .name = "petrarch",
    .needs = HAVE_TREE | HAVE_ACTORS | HAVE_EVENTS,
    .gives = HAVE_CODES,
    .open = stage_open,
    .close = stage_close,
    .work_open = work_open,
    .work_close = work_close,
    .run = stage_run,
};
