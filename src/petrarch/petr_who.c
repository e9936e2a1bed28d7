/* petr_who.c - who a noun phrase is: actors and agents of the dictionaries put together into codes. */
#include "petrarch/petr_sentence.h"

enum { HITS = 12 };

struct hit {
  uint32_t from, to; /* words */
  str code;
};
struct hits {
  struct hit actor[HITS];
  uint32_t n_actors;
  const struct petr_agent *agent[HITS];
  uint32_t n_agents;
};

/* ---- phrases of the dictionaries */

static bool usable(const struct petr_sentence *s, uint32_t w) {
  return !s->word[w].gone && s->d->tokens.upos[s->word[w].token] != UPOS_PRON;
}

/* The longest phrase of a trie at word w, before `end`; its first link (0 none) and the word behind it. */
static uint32_t longest(const struct petr_sentence *s, const struct petr_trie *t, uint32_t w, uint32_t end,
                        uint32_t *after) {
  uint32_t node = 0, link = 0;
  for (uint32_t i = w; i < end && usable(s, i) && (node = petr_trie_step(t, node, s->word[i].word)); i++)
    if (petr_trie_at(t, node)) link = petr_trie_at(t, node), *after = i + 1;
  return link;
}

/* A phrase whose blanks allow words between, in TABARI's way, within the phrase of the text: "Ithilen state-run television". */
static uint32_t with_gaps(const struct petr_sentence *s, uint32_t w, uint32_t end, uint32_t *after) {
  const struct petr_dict *dict = s->dict;
  uint32_t node = dict->tree_style ? 0 : petr_trie_step(&dict->gaps, 0, s->word[w].word), best = NONE, most = 1;
  if (!node) return NONE;
  PETR_TRIE_EACH(&dict->gaps, l, node) {
    const struct petr_gap *g = &dict->gap[dict->gaps.link[l - 1].value];
    uint32_t i = w + 1, k = 1;
    for (; k < g->n && i < end; i++) k += s->word[i].word == g->word[k];
    if (k == g->n && g->n > most) best = g->record, most = g->n, *after = w + 1;
  }
  return best;
}

static str record_code(const struct petr_sentence *s, uint32_t record) {
  const struct petr_record *r = &s->dict->record[record];
  for (uint32_t i = r->first; i < r->first + r->n; i++)
    if (s->d->date == DAY_NONE || (s->d->date >= s->dict->dated[i].from && s->d->date <= s->dict->dated[i].to))
      return s->dict->dated[i].code;
  return STR("");
}

static void scan(const struct petr_sentence *s, uint32_t from, uint32_t to, struct hits *h) {
  const struct petr_dict *dict = s->dict;
  *h = (struct hits){.n_actors = 0};
  for (uint32_t w = from; w < to;) {
    if (!usable(s, w)) {
      w++;
      continue;
    }
    uint32_t end = w + 1, gap_end = w + 1, agent_end = w + 1;
    uint32_t actor = longest(s, &dict->actors, w, to, &end), agent = longest(s, &dict->agents, w, to, &agent_end);
    uint32_t record = with_gaps(s, w, to, &gap_end);
    str code = STR("");
    bool longer_agent = agent && agent_end > end;
    if (record != NONE && end <= w + 1) code = record_code(s, record), end = gap_end, longer_agent = false;
    else if (actor && !longer_agent) petr_actor_code(dict, actor, s->d->date, &code);
    if (code.n && h->n_actors < HITS) h->actor[h->n_actors++] = (struct hit){w, end, code};
    if (agent && (longer_agent || (!actor && record == NONE)) && h->n_agents < HITS)
      h->agent[h->n_agents++] = &dict->agent[dict->agents.link[agent - 1].value];
    w = longer_agent || (!actor && agent && record == NONE) ? agent_end : end;
  }
}

/* ---- putting together */

struct code_text {
  char at[64];
  size_t n;
};

/* Whether part stands in the code at a place divisible by three. */
static bool holds(const struct code_text *c, str part) {
  for (size_t i = 0; i + part.n <= c->n; i += 3)
    if (!memcmp(c->at + i, part.p, part.n)) return true;
  return false;
}

static void append(struct code_text *c, str part) {
  if (c->n + part.n >= sizeof c->at) return;
  memcpy(c->at + c->n, part.p, part.n);
  c->n += part.n;
}

static str compose(const struct petr_sentence *s, str actor, const struct hits *h) {
  struct code_text c = {.n = 0}, bare = {.n = 0};
  append(&bare, actor);
  bool roles = actor.n > 3;
  for (uint32_t i = 0; i < h->n_agents; i++) roles |= !h->agent[i]->weak;
  for (uint32_t i = 0; i < h->n_agents; i++)
    if (h->agent[i]->before && !holds(&bare, h->agent[i]->code) && !holds(&c, h->agent[i]->code))
      append(&c, h->agent[i]->code);
  if (actor.n) append(&c, actor);
  else if (!c.n) append(&c, STR("---"));
  for (uint32_t i = 0; i < h->n_agents; i++) {
    const struct petr_agent *a = h->agent[i];
    if (!a->before && !(a->weak && roles) && !holds(&c, a->code)) append(&c, a->code);
  }
  str code = arena_str(&s->d->arena, (str){c.at, c.n});
  return code.p ? code : STR("");
}

struct crowd { /* the actors found so far */
  struct petr_who *at;
  uint32_t n;
};

static void add_code(const struct petr_sentence *s, struct crowd *out, uint32_t np, str code) {
  for (uint32_t i = 0; i < out->n; i++)
    if (str_eq(out->at[i].code, code)) return;
  if (out->n < PETR_WHO && code.n) out->at[out->n++] = (struct petr_who){code, np, s->np[np].head};
}

/* [A/B]: both. */
static void add_actor(const struct petr_sentence *s, struct crowd *out, uint32_t np, str actor, const struct hits *h) {
  while (actor.n) {
    str one = str_cut(&actor, '/');
    add_code(s, out, np, compose(s, one, h));
  }
}

/* Whether a later actor of the same phrase is coordinated with the first: "US and British activists". */
static bool coordinated(const struct petr_sentence *s, const struct hit *a, const struct hit *b) {
  const struct tokens *k = &s->d->tokens;
  uint32_t na = s->word[a->from].np, nb = s->word[b->from].np;
  if (na != NONE && nb != NONE && na != nb) return s->np[na].compound && s->np[na].first == s->np[nb].first;
  for (uint32_t w = b->from; w < b->to; w++) {
    uint32_t t = s->word[w].token, head = k->head[t];
    if (k->deprel[t] != DEPREL_CONJ || head == NONE) continue;
    uint32_t hw = petr_word_of(s, head);
    if (hw != NONE && hw >= a->from && hw < a->to) return true;
  }
  return b->from == a->to + 1 && k->upos[s->word[a->to].token] == UPOS_CCONJ;
}

/* The actors that a member of a coordination shares with the others: "lawmakers and officials in Gondor", "Danish media and police". */
static void borrow(const struct petr_sentence *s, uint32_t np, struct hits *h) {
  uint32_t first = s->np[np].first, last = first;
  struct hits other;
  while (s->np[last].next != NONE) last = s->np[last].next;
  if (np != last && s->np[last].reach > s->np[last].to) {
    scan(s, s->np[last].to, s->np[last].reach, &other);
    for (uint32_t i = 0; i < other.n_actors; i++) h->actor[h->n_actors++] = other.actor[i];
    if (h->n_actors) return;
  }
  if (np == first) return;
  uint8_t lead = s->d->tokens.upos[s->word[s->np[np].from].token];
  if (lead == UPOS_DET) return;
  scan(s, s->np[first].from, s->np[first].to, &other);
  if (other.n_actors && other.n_agents && other.actor[0].to < s->np[first].to) h->actor[h->n_actors++] = other.actor[0];
}

static void member(const struct petr_sentence *s, uint32_t np, struct crowd *out) {
  struct hits h;
  scan(s, s->np[np].from, s->np[np].reach, &h);
  if (!h.n_actors && h.n_agents && s->np[np].compound) borrow(s, np, &h);
  if (!h.n_actors) {
    if (h.n_agents) add_code(s, out, np, compose(s, STR(""), &h));
    return;
  }
  add_actor(s, out, np, h.actor[0].code, &h);
  for (uint32_t i = 1; i < h.n_actors; i++)
    if (coordinated(s, &h.actor[0], &h.actor[i])) add_actor(s, out, np, h.actor[i].code, &h);
}

/* A phrase that no dictionary knows, in quotation marks: PETRARCH's new_actor_length. */
static void new_actor(const struct petr_sentence *s, uint32_t np, struct crowd *out) {
  char text[32] = "\"";
  size_t n = 1;
  const struct petr_np *p = &s->np[np];
  if (s->d->tokens.upos[p->head] == UPOS_PRON || s->d->tokens.timex[p->head] != NONE) return;
  uint32_t words = 0;
  for (uint32_t w = p->from; w < p->to; w++) {
    uint8_t u = s->d->tokens.upos[s->word[w].token];
    if (s->word[w].gone || u == UPOS_DET || u == UPOS_PRON) continue;
    str word = doc_word(s->d, s->word[w].word);
    if (words++ && n < sizeof text - 2) text[n++] = ' ';
    for (size_t i = 0; i < word.n && n < sizeof text - 2; i++)
      text[n++] = ascii_lower(word.p[i]) ? (char)(word.p[i] - 32) : word.p[i];
  }
  if (!words || words > s->dict->options.new_actor_length) return;
  text[n++] = '"';
  str code = arena_str(&s->d->arena, (str){text, n});
  if (code.p) add_code(s, out, np, code);
}

uint32_t petr_who(const struct petr_sentence *s, uint32_t np, struct petr_who out[PETR_WHO]) {
  struct crowd crowd = {out, 0};
  for (uint32_t i = s->np[np].first; i != NONE; i = s->np[i].next)
    if (!s->word[s->np[i].from].gone) member(s, i, &crowd);
  return crowd.n;
}

uint32_t petr_who_new(const struct petr_sentence *s, uint32_t np, struct petr_who out[PETR_WHO]) {
  struct crowd crowd = {out, 0};
  for (uint32_t i = s->np[np].first; i != NONE; i = s->np[i].next) {
    uint32_t before = crowd.n;
    if (s->word[s->np[i].from].gone) continue;
    member(s, i, &crowd);
    if (crowd.n == before && s->dict->options.new_actor_length) new_actor(s, i, &crowd);
  }
  return crowd.n;
}
