/* actor_stage.c - runs the parts over one document and writes the rows. */
#include "actor/actor_stage.h"
#include "actor/actor_work.h"
#include "actor/kb_image.h"
#include "actor/name_tagger.h"
#include <stdlib.h>

struct actor_reader { /* the immutable part of the stage */
  struct actor_kb kb;
  struct name_tagger names;
  bool has_names;
};

static void actor_close(void *stage) {
  struct actor_reader *r = stage;
  if (!r) return;
  if (r->has_names) name_tagger_close(&r->names);
  actor_kb_release(&r->kb);
  free(r);
}

static void *actor_open(const struct stage_setup *setup, struct err *e) {
  struct actor_reader *r = calloc(1, sizeof *r);
  if (!r) {
    err_set(e, ERR_NOMEM, "no memory for the knowledge of actors");
    return NULL;
  }
  if (setup->actors) actor_kb_of_image(&r->kb, setup->actors, setup->words);
  else if (!actor_kb_open(&r->kb, setup->knowledge, setup->words, setup->problems, e)) {
    free(r);
    return NULL;
  }
  if (!setup->names_file) return r;
  if ((r->has_names = name_tagger_open(&r->names, setup->names_file, e))) return r;
  actor_close(r);
  return NULL;
}

static bool work_open(struct work *w, const struct actor_kb *kb, struct doc *d) {
  uint32_t n = d->tokens.n;
  *w = (struct work){.kb = kb, .d = d, .memory = &d->scratch, .focus = NONE};
  w->piece = ARENA_ARRAY(w->memory, sym, 2 * (size_t)n + 1);
  w->piece_token = ARENA_ARRAY(w->memory, uint32_t, 2 * (size_t)n + 1);
  w->token_piece = ARENA_ARRAY(w->memory, uint32_t, n + 1);
  w->name = ARENA_ARRAY(w->memory, struct hit, n + 1);
  w->agent = ARENA_ARRAY(w->memory, struct hit, n + 1);
  w->agent_from = ARENA_ARRAY(w->memory, uint32_t, n + 1);
  w->owner = ARENA_ARRAY(w->memory, uint32_t, n + 1);
  w->at = ARENA_ARRAY(w->memory, uint32_t, n + 1);
  w->doubtful = ARENA_ARRAY(w->memory, uint8_t, n + 1);
  w->sentence_land = ARENA_ARRAY(w->memory, uint32_t, d->sentences.n + 1);
  return w->piece && w->piece_token && w->token_piece && w->name && w->agent && w->agent_from && w->owner && w->at &&
         w->doubtful && w->sentence_land;
}

/* ---- what the document is about */

static void weigh(struct work *w, uint32_t *weight, uint32_t *first, uint32_t land, uint32_t token, uint32_t points) {
  uint32_t row = kb_state_find(w->kb, w->kb->states.at[land].iso3), sentence = w->d->tokens.sentence[token];
  if (token < first[row]) first[row] = token;
  if (sentence <= 2) points *= 3; /* the title and the lead say where it is */
  weight[row] += points;
  w->land_weight += points;
}

void focus_find(struct work *w) {
  const struct doc *d = w->d;
  uint32_t *weight = ARENA_ARRAY(w->memory, uint32_t, w->kb->states.n + 1);
  uint32_t *first = ARENA_ARRAY(w->memory, uint32_t, w->kb->states.n + 1);
  if (!weight || !first) {
    w->failed = true;
    return;
  }
  for (uint32_t i = 0; i < d->sentences.n; i++) w->sentence_land[i] = NONE;
  for (uint32_t i = 0; i < w->kb->states.n; i++) first[i] = NONE;
  for (uint32_t i = 0; i < w->seen.n; i++)
    if (w->seen.at[i].land != NONE && (w->seen.at[i].state != NONE || w->seen.at[i].type == MENTION_DEMONYM))
      weigh(w, weight, first, w->seen.at[i].land, w->seen.at[i].head, 2);
  for (uint32_t i = 0; i < d->places.n; i++) {
    const struct place *p = &d->places.at[i];
    uint32_t land = p->resolved && p->country[0] && p->level != LEVEL_COUNTRY ? kb_state_find(w->kb, p->country) : NONE;
    const struct seen *s = w->owner[p->first] == NONE ? NULL : &w->seen.at[w->owner[p->first]];
    if (land == NONE || (s && (s->land != NONE || s->kind != ACTOR_COUNT))) continue;
    weigh(w, weight, first, land, p->first, 2);
    w->sentence_land[p->sentence] = land;
  }
  for (uint32_t i = 0; i < w->kb->states.n; i++)
    if (weight[i] > w->focus_weight || (weight[i] && weight[i] == w->focus_weight && first[i] < first[w->focus])) {
      w->focus = i; /* of two alike the one that the text names first */
      w->focus_weight = weight[i];
    }
}

/* ---- rows */

/* "the nurse's killers" for "Ilse Vandermolen's killers": the name of a private person is no part of somebody else's. */
static str name_without_private(struct work *w, const struct seen *s) {
  str name = doc_span(w->d, tokens_span(w->d, s->first, s->first + s->n - 1));
  for (uint32_t t = s->first; t < s->first + s->n; t++) {
    const struct seen *inner = w->owner[t] == NONE ? NULL : &w->seen.at[w->owner[t]];
    if (!inner || inner->type != MENTION_NAME || inner->actor == NONE || inner->first < s->first) continue;
    const struct actor *a = &w->d->actors.at[inner->actor];
    if (!a->is_private || inner->first + inner->n > s->first + s->n) continue;
    struct span hidden = tokens_span(w->d, inner->first, inner->first + inner->n - 1);
    str before = str_sub(w->d->text, w->d->tokens.beg[s->first], hidden.beg);
    str after = str_sub(w->d->text, hidden.end, w->d->tokens.end[s->first + s->n - 1]);
    size_t n = before.n + a->role_word.n + after.n;
    char *p = arena_alloc(&w->d->arena, n + 1);
    if (!p) return w->failed = true, STR("");
    memcpy(p, before.p, before.n);
    memcpy(p + before.n, a->role_word.p, a->role_word.n);
    memcpy(p + before.n + a->role_word.n, after.p, after.n);
    return (str){p, n};
  }
  return name;
}

static str actor_name(struct work *w, uint32_t actor) {
  const struct who *x = &w->who.at[actor];
  if (x->state != NONE) return kb_str(w->kb, w->kb->states.at[x->state].name);
  if (x->entity != NONE) return kb_str(w->kb, w->kb->entities.at[x->entity].name);
  const struct seen *s = &w->seen.at[x->best];
  if (s->type == MENTION_NOMINAL) return name_without_private(w, s);
  return doc_span(w->d, tokens_span(w->d, s->first, s->first + s->n - 1));
}

/* Other names of the text, each once, at most eight. */
static void aliases_fill(struct work *w, uint32_t actor, const uint32_t *next_seen, uint32_t first) {
  struct actor *a = &w->d->actors.at[actor];
  str *rows = w->d->strings.at;
  a->aliases = (struct list){w->d->strings.n, 0};
  for (uint32_t i = first, looked = 0; i != NONE && a->aliases.n < 8 && looked < 64; i = next_seen[i], looked++) {
    const struct seen *s = &w->seen.at[i];
    if (s->type != MENTION_NAME) continue;
    str text = doc_span(w->d, tokens_span(w->d, s->first, s->first + s->n - 1));
    bool old = str_eq(text, a->name);
    rows = w->d->strings.at;
    for (uint32_t k = 0; k < a->aliases.n && !old; k++) old = str_eq(rows[a->aliases.first + k], text);
    if (old) continue;
    str *row = DOC_PUSH(w->d, strings);
    if (!row) {
      w->failed = true;
      return;
    }
    *row = text;
    a->aliases.n++;
  }
}

static void actors_publish(struct work *w) {
  uint32_t *first = ARENA_ARRAY(w->memory, uint32_t, w->who.n + 1),
           *last = ARENA_ARRAY(w->memory, uint32_t, w->who.n + 1);
  uint32_t *next = ARENA_ARRAY(w->memory, uint32_t, w->seen.n + 1);
  if (!first || !last || !next) {
    w->failed = true;
    return;
  }
  for (uint32_t i = 0; i < w->who.n; i++) first[i] = last[i] = NONE;
  for (uint32_t i = 0; i < w->seen.n; i++) {
    uint32_t a = w->seen.at[i].actor;
    next[i] = NONE;
    if (a == NONE) continue;
    if (first[a] == NONE) first[a] = i;
    else next[last[a]] = i;
    last[a] = i;
  }
  for (uint32_t i = 0; i < w->who.n && !w->failed; i++) {
    w->d->actors.at[i].name = actor_name(w, i);
    aliases_fill(w, i, next, first[i]);
  }
}

/* "the Senate", "Supreme Court": a body's noun in capitals is its name, without the article. */
static void noun_as_name(const struct work *w, struct seen *s) {
  const uint16_t *flags = w->d->tokens.flags;
  if (s->type != MENTION_NOMINAL || s->plural || w->agent[s->head].last == NONE ||
      w->d->actors.at[s->actor].kind != ACTOR_ORGANIZATION)
    return;
  uint32_t first = w->agent[s->head].last;
  if (first < s->first || first == w->d->sentences.at[s->sentence].first || s->sentence == 0) return;
  for (uint32_t t = first; t <= s->head; t++)
    if (!(flags[t] & TOKEN_UPPER_FIRST)) return;
  if (s->first + s->n - 1 != s->head || first > s->first + 1) return;
  s->type = MENTION_NAME;
  s->first = first;
  s->n = s->head - first + 1;
}

/* Rows for the others whom a pronoun means, each behind the one before. */
static void others_publish(struct work *w, const struct seen *s) {
  for (uint8_t i = 0; i < s->n_others; i++) {
    uint32_t before = w->d->mentions.n - 1;
    struct mention *m = DOC_PUSH(w->d, mentions);
    if (!m) {
      w->failed = true;
      return;
    }
    *m = w->d->mentions.at[before];
    m->actor = s->others[i];
    m->kind = w->d->actors.at[m->actor].kind;
    w->d->mentions.at[before].also = before + 1;
  }
}

static void mention_publish(struct work *w, uint32_t seen, uint32_t *row_of) {
  const struct seen *s = &w->seen.at[seen];
  struct mention *m = DOC_PUSH(w->d, mentions);
  if (!m) {
    w->failed = true;
    return;
  }
  *m = (struct mention){.first = s->first,
                        .n = s->n,
                        .head = s->head,
                        .span = tokens_span(w->d, s->first, s->first + s->n - 1),
                        .sentence = s->sentence,
                        .type = s->type,
                        .kind = w->d->actors.at[s->actor].kind,
                        .plural = s->plural,
                        .possessive = s->possessive,
                        .actor = s->actor,
                        .also = NONE};
  row_of[seen] = w->d->mentions.n - 1;
  others_publish(w, s);
  if (s->type == MENTION_NAME)
    for (uint32_t t = s->first; t < s->first + s->n; t++) w->d->tokens.flags[t] |= TOKEN_NAME;
  uint32_t p = w->d->tokens.place[s->first];
  if (p != NONE && s->type != MENTION_NOMINAL) w->d->places.at[p].mention = row_of[seen];
}

/* Mentions in the order of their first token, the longer first. */
static void mentions_publish(struct work *w) {
  uint32_t n = w->d->tokens.n;
  uint32_t *chain = ARENA_ARRAY(w->memory, uint32_t, n + 1), *next = ARENA_ARRAY(w->memory, uint32_t, w->seen.n + 1);
  uint32_t *row_of = ARENA_ARRAY(w->memory, uint32_t, w->seen.n + 1);
  if (!chain || !next || !row_of) {
    w->failed = true;
    return;
  }
  for (uint32_t i = w->seen.n; i-- > 0;) {
    row_of[i] = NONE;
    if (w->seen.at[i].actor == NONE) continue;
    noun_as_name(w, &w->seen.at[i]);
    uint32_t *link = &chain[w->seen.at[i].first];
    while (*link && w->seen.at[*link - 1].n > w->seen.at[i].n) link = &next[*link - 1];
    next[i] = *link;
    *link = i + 1;
  }
  for (uint32_t t = 0; t < n && !w->failed; t++)
    for (uint32_t i = chain[t]; i && !w->failed; i = next[i - 1]) mention_publish(w, i - 1, row_of);
  for (uint32_t t = 0; t < n && !w->failed; t++)
    if (w->at[t] != NONE && row_of[w->at[t]] != NONE) w->d->tokens.mention[t] = row_of[w->at[t]];
}

/* Leaves the learned names of places to the place stage, for those that it would not find itself. */
static void named_places_publish(struct work *w) {
  struct doc *d = w->d;
  for (uint32_t t = 0, last; t < d->tokens.n && !w->failed; t = last + 1) {
    last = t;
    if (!label_opens(w->label[t])) continue;
    while (last + 1 < d->tokens.n && w->label[last + 1] == w->label[t] + 1) last++;
    enum name_class class = label_class(w->label[t]);
    if (class != CLASS_PLACE && class != CLASS_FACILITY) continue;
    if (last == t && token_is(w, t, WORD_NOT_NAME | WORD_THING)) continue;
    struct named_place *p = DOC_PUSH(d, named_places);
    if (p) *p = (struct named_place){t, last - t + 1, class == CLASS_FACILITY};
    else w->failed = true;
  }
}

static bool labels_open(struct work *w) {
  w->label = ARENA_ARRAY(w->memory, uint8_t, w->d->tokens.n + 1);
  return w->label != NULL;
}

bool actor_scan(const void *stage, struct doc *d, void (*fn)(void *to, const struct name_scan *), void *to,
                struct err *e) {
  const struct actor_reader *r = stage;
  struct arena_mark mark = arena_mark(&d->scratch);
  struct work w;
  struct name_scan s;
  bool ok = r && work_open(&w, &r->kb, d);
  if (ok) name_pieces_fill(&w);
  if ((ok = ok && name_scan_open(&s, &w))) fn(to, &s);
  arena_rewind(&d->scratch, mark);
  return ok || err_set(e, ERR_NOMEM, "no memory for the names of the document");
}

static bool actor_run(const void *stage, void *unused, struct doc *d, struct err *e) {
  (void)unused;
  struct arena_mark mark = arena_mark(&d->scratch);
  const struct actor_reader *r = stage;
  struct work w;
  bool ok = work_open(&w, &r->kb, d);
  if (ok) {
    name_pieces_fill(&w);
    if (r->has_names) w.failed = !labels_open(&w) || !name_labels_fill(&r->names, &w) || !name_labels_agree(&w);
    if (r->has_names && !w.failed) named_places_publish(&w);
    if (!w.failed) name_mentions_find(&w);
    if (!w.failed) nouns_find(&w);
    if (!w.failed) posts_find(&w);
    if (!w.failed) focus_find(&w);
    if (!w.failed) actors_link(&w);
    if (!w.failed) codes_fill(&w);
    if (!w.failed) actors_publish(&w);
    if (!w.failed) mentions_publish(&w);
    ok = !w.failed;
  }
  arena_rewind(&d->scratch, mark);
  return ok || err_set(e, ERR_NOMEM, "no memory for the actors of the document");
}

const struct stage actor_stage = {
    .name = "actor",
    .needs = HAVE_TREE | HAVE_TAGS,
    .gives = HAVE_ACTORS,
    .open = actor_open,
    .close = actor_close,
    .run = actor_run,
};
