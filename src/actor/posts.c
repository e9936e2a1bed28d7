/* posts.c - what verbs tell of somebody: that he holds a post, and that he is somebody. "Became president", "was named as envoy", "succeeded Tembo as minister", "heads the
 * Lake Party". Without it the holder of a post that no title tells would be somebody private.
 *
 * In the flow: behind nouns.c, which has found the nouns, before they are linked. Only what is told as a fact counts: not what
 * may be, is wanted or denied. Verbs are those of words.tsv: takes, leaves, follows, heads; and hurts, whose object is a person. */
#include "actor/actor_work.h"

static uint32_t seen_at(const struct work *w, uint32_t t) { return t == NONE ? NONE : w->at[t]; }

/* The object, and whoever does it: the seen, or NONE. */
static uint32_t object_of(const struct work *w, uint32_t v) { return seen_at(w, tree_child(w->d, v, DEPREL_OBJ)); }

static bool passive(const struct work *w, uint32_t v) {
  const struct tokens *k = &w->d->tokens;
  if (tree_child(w->d, v, DEPREL_NSUBJ_PASS) != NONE || tree_child(w->d, v, DEPREL_AUX_PASS) != NONE) return true;
  return k->deprel[v] == DEPREL_ACL && k->xpos[v] == XPOS_VBN; /* "Lund, appointed minister in May" */
}

/* The subject; of "Lund, who heads" and "Lund, appointed minister" the name before it. */
static uint32_t subject_of(const struct work *w, uint32_t v) {
  const struct tokens *k = &w->d->tokens;
  uint32_t s = tree_child(w->d, v, DEPREL_NSUBJ);
  if (s == NONE) s = tree_child(w->d, v, DEPREL_NSUBJ_PASS);
  if (s == NONE && k->deprel[v] == DEPREL_CONJ && k->head[v] != NONE) return subject_of(w, k->head[v]);
  bool of_name = universal(w, v) == DEPREL_ACL && k->head[v] != NONE;
  if (of_name && (s == NONE || w->at[s] == NONE)) return seen_at(w, k->head[v]);
  return seen_at(w, s);
}

/* Told as a fact: no modal, no "not", no infinitive. */
static bool real(const struct work *w, uint32_t v) {
  const struct tokens *k = &w->d->tokens;
  TREE_EACH(w->d, c, v) {
    if (k->xpos[c] == XPOS_MD || (k->xpos[c] == XPOS_TO && c < v)) return false;
    if (k->upos[c] == UPOS_PART && k->xpos[c] == XPOS_RB) return false;
  }
  return k->xpos[v] != XPOS_VB;
}

static bool is_person(const struct seen *s) {
  bool he = s->type == MENTION_PRONOUN && (s->gender == GENDER_MALE || s->gender == GENDER_FEMALE);
  return he || (s->type == MENTION_NAME && (s->kind == ACTOR_PERSON || s->kind == ACTOR_COUNT));
}

static void bind(struct work *w, uint32_t who, uint32_t post) {
  struct seen *s = &w->seen.at[post];
  if (who == NONE || who == post || s->same != NONE || !is_person(&w->seen.at[who])) return;
  if (w->seen.at[who].type == MENTION_NAME) same_bind(w, who, post);
  else s->same = who;
}

/* A post behind a verb: "as minister", or the complement of "became" and "was elected". */
static bool told_by(const struct work *w, const struct seen *s, uint32_t *verb) {
  const struct tokens *k = &w->d->tokens;
  uint32_t t = s->head, v = k->head[t];
  uint8_t rel = universal(w, t);
  bool on_name = rel == DEPREL_NMOD && v != NONE && w->at[v] != NONE; /* "named Lund as minister", hung on the name */
  if (on_name) v = k->head[v], rel = DEPREL_OBL;
  *verb = v;
  if (v == NONE || k->upos[v] != UPOS_VERB) return false;
  if (rel == DEPREL_OBL) return kb_word_is(w->kb, tree_case(w->d, t), WORD_CAPACITY);
  return rel == DEPREL_XCOMP || (rel == DEPREL_OBJ && passive(w, v));
}

bool work_hurt(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  uint32_t top = t;
  for (int i = 0; i < 8 && universal(w, top) == DEPREL_CONJ && k->head[top] != NONE; i++) top = k->head[top];
  uint32_t v = k->head[top];
  uint8_t rel = k->deprel[top];
  bool befalls = rel == DEPREL_NSUBJ_PASS;
  const struct kb_word *x = v == NONE ? NULL : kb_word(w->kb, k->lemma[v]);
  if (x && x->classes & WORD_HURTS) {
    bool strict = x->sector[0] == '1' && k->upos[t] != UPOS_PROPN; /* "killed the bill" */
    if (k->upos[v] == UPOS_VERB && (befalls || (rel == DEPREL_OBJ && !strict))) return true;
    bool of = deprel_universal(rel) == DEPREL_NMOD && str_is(doc_word(w->d, tree_case(w->d, top)), "of");
    if (k->upos[v] == UPOS_NOUN && of && v < top) return true;
  }
  TREE_EACH(w->d, c, t)
  if (c > t && k->deprel[c] == DEPREL_ACL && k->xpos[c] == XPOS_VBN && kb_word_is(w->kb, k->lemma[c], WORD_HURTS))
    return true;
  return false;
}

static void post_find(struct work *w, uint32_t index) {
  struct seen *s = &w->seen.at[index];
  uint32_t v;
  if (s->type != MENTION_NOMINAL || s->kind != ACTOR_PERSON || s->plural || s->agent == NONE || !told_by(w, s, &v))
    return;
  sym lemma = w->d->tokens.lemma[v];
  bool leaves = kb_word_is(w->kb, lemma, WORD_LEAVES), follows = kb_word_is(w->kb, lemma, WORD_FOLLOWS);
  if ((!leaves && !follows && !kb_word_is(w->kb, lemma, WORD_TAKES)) || !real(w, v)) return;
  uint32_t subject = subject_of(w, v), object = passive(w, v) ? NONE : object_of(w, v);
  if (object == index) object = NONE;
  if (follows && object != NONE) { /* "X succeeded Y as" */
    if (is_person(&w->seen.at[object])) s->before = object;
    bind(w, subject, index);
  } else {
    if (leaves || follows) s->held = HELD_PAST; /* "was replaced as" */
    bind(w, object == NONE ? subject : object, index);
  }
}

/* "Tolmer leads the Lake Party": he is of it. */
static void lead_find(struct work *w, uint32_t v) {
  uint32_t subject = subject_of(w, v), object = passive(w, v) ? NONE : object_of(w, v);
  if (subject == NONE || object == NONE || !real(w, v)) return;
  struct seen *a = &w->seen.at[subject];
  const struct seen *b = &w->seen.at[object];
  bool body = b->type == MENTION_NAME && b->kind != ACTOR_PERSON && b->kind != ACTOR_COUNT;
  if (a->type == MENTION_NAME && a->kind == ACTOR_PERSON && a->whose == NONE && body) a->whose = object;
}

void posts_find(struct work *w) {
  const struct tokens *k = &w->d->tokens;
  for (uint32_t i = 0; i < w->seen.n; i++) post_find(w, i);
  for (uint32_t t = 0; t < k->n; t++)
    if (k->upos[t] == UPOS_VERB && kb_word_is(w->kb, k->lemma[t], WORD_HEADS)) lead_find(w, t);
}
