/* event_stage.c - the order of work on one document: speech, triggers, standing, slots, rows, demands, ties, quantities. */
#include "event/event_stage.h"
#include "event/act.h"
#include "event/confidence.h"
#include "event/mend.h"
#include "event/quantity.h"
#include "event/tie.h"
#include <stdlib.h>

struct event_knowledge {
  struct rules *rules;
  struct speech_kb *speech;
  struct tie_kb *ties;
  struct quantity_kb *quantities;
  struct confidence confidence;
};

static void event_close(void *stage) {
  struct event_knowledge *k = stage;
  if (!k) return;
  rules_close(k->rules);
  speech_kb_close(k->speech);
  tie_kb_close(k->ties);
  quantity_kb_close(k->quantities);
  free(k);
}

static void *event_open(const struct stage_setup *setup, struct err *e) {
  struct event_knowledge *k = calloc(1, sizeof *k);
  if (!k) {
    err_set(e, ERR_NOMEM, "no memory for the event rules");
    return NULL;
  }
  if ((k->speech = speech_kb_open(setup, e)) && (k->ties = tie_kb_open(setup, e)) &&
      (k->quantities = quantity_kb_open(setup, e)) && confidence_open(&k->confidence, setup, e) &&
      (k->rules = rules_open(setup->knowledge, setup->ontology, setup->words, false, e)))
    return k;
  event_close(k);
  return NULL;
}

/* A worker needs no memory of its own: all is in the document's arenas. */
static void *work_open(const void *stage, struct err *e) {
  (void)e;
  return (void *)(uintptr_t)stage;
}
static void work_close(void *work) { (void)work; }

/* The innermost mention over each token. */
static void cover(struct acts *a) {
  struct doc *d = a->d;
  for (uint32_t t = 0; t < d->tokens.n; t++) a->cover[t] = a->of_token[t] = a->speech_of[t] = NONE;
  for (uint32_t m = 0; m < d->mentions.n; m++) {
    const struct mention *x = &d->mentions.at[m];
    for (uint32_t t = x->first; t < x->first + x->n && t < d->tokens.n; t++) {
      uint32_t old = a->cover[t];
      if (old == NONE || d->mentions.at[old].n >= x->n) a->cover[t] = m;
    }
  }
}

static bool index_speech(struct acts *a) {
  a->speech_next = ARENA_ARRAY(&a->d->scratch, uint32_t, a->n_speech + 1);
  if (!a->speech_next) return false;
  for (uint32_t i = 0; i < a->n_speech; i++) a->speech_next[i] = NONE;
  for (int inside = 0; inside < 2;
       inside++) /* "reported that, according to X, ...": X stands inside and is the inner speaker */
    for (uint32_t i = a->n_speech; i-- > 0;) {
      uint32_t c = a->speech[i].content;
      if (c == NONE || tree_above(a->d, c, a->speech[i].cue) != (bool)inside) continue;
      a->speech_next[i] = a->speech_of[c];
      a->speech_of[c] = i;
    }
  return true;
}

static bool read_acts(struct acts *a, struct err *e) {
  if (!acts_match(a, e)) return false;
  for (uint32_t i = 0; i < a->n; i++) act_standing(a, i);
  for (uint32_t i = 0; i < a->n; i++) /* nouns first: a verb's subject may be an act ("the shelling killed") */
    if (a->at[i].rule->pos == POS_NOUN) act_slots(a, i);
  for (uint32_t i = 0; i < a->n; i++)
    if (a->at[i].rule->pos != POS_NOUN) act_slots(a, i);
  return acts_settle(a, e) && acts_retell(a, e) && acts_emit(a, e) && demands_find(a, e);
}

static bool find_events(const struct event_knowledge *k, struct doc *d, struct err *e) {
  struct acts a = {.g = {k->rules, d}, .confidence = &k->confidence, .d = d};
  uint32_t n = d->tokens.n + 1;
  a.of_token = ARENA_ARRAY(&d->scratch, uint32_t, n);
  a.cover = ARENA_ARRAY(&d->scratch, uint32_t, n);
  a.speech_of = ARENA_ARRAY(&d->scratch, uint32_t, n);
  if (!a.of_token || !a.cover || !a.speech_of) return err_set(e, ERR_NOMEM, "no memory for the events of a document");
  tree_mend(a.g, d);
  if (!speech_find(k->speech, d, &d->scratch, &a.speech, &a.n_speech, e)) return false;
  cover(&a);
  if (!index_speech(&a)) return err_set(e, ERR_NOMEM, "no memory for the events of a document");
  return read_acts(&a, e);
}

static bool event_run(const void *stage, void *work, struct doc *d, struct err *e) {
  (void)work;
  const struct event_knowledge *k = stage;
  struct arena_mark mark = arena_mark(&d->scratch);
  bool ok = find_events(k, d, e);
  arena_rewind(&d->scratch, mark);
  if (!ok || !tie_find(k->ties, d, e) || !quantity_find(k->quantities, d, e)) return false;
  d->have |= HAVE_EVENTS;
  return true;
}

const struct stage event_stage = {
    .name = "event",
    .needs = HAVE_TREE | HAVE_ACTORS | HAVE_TIMES,
    .gives = HAVE_EVENTS,
    .open = event_open,
    .close = event_close,
    .work_open = work_open,
    .work_close = work_close,
    .run = event_run,
};
