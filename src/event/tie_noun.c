/* tie_noun.c - ties told by a noun: a post ("Interior Minister X", "X, the commander of the brigade") or a relation
 * ("an ally of X", "part of X").
 *
 * The words of the phrase are read from the line of words, for parsers err most inside long names with appositions; who holds
 * the post is read from what stands next to the phrase, then from the tree (copula, coordination, "became"). */
#include "event/tie_find.h"

enum { PHRASE_WORDS = 10 };

static uint32_t sentence_first(const struct doc *d, uint32_t t) { return d->sentences.at[d->tokens.sentence[t]].first; }
static uint32_t sentence_end(const struct doc *d, uint32_t t) {
  const struct sentence *s = &d->sentences.at[d->tokens.sentence[t]];
  return s->first + s->n;
}
static bool is_text(const struct doc *d, uint32_t t, const char *z) { return str_is(token_text(d, t), z); }

/* ---- the words of a role */

static bool role_at(const struct doc *d, const struct role *role, uint32_t t) {
  const struct tokens *tok = &d->tokens;
  uint32_t first = sentence_first(d, t), end = sentence_end(d, t);
  if (t < first + role->head || t - role->head + role->n > end) return false;
  for (uint8_t i = 0; i < role->n; i++) {
    uint32_t at = t - role->head + i;
    if (i == role->head || tok->norm[at] == role->word[i]) continue;
    return false;
  }
  return true;
}

/* The longest role whose head stands at t. */
static const struct role *role_of(const struct tie_reading *r, uint32_t t) {
  const struct tokens *tok = &r->d->tokens;
  const struct role *best = NULL;
  sym heads[2] = {tok->norm[t], tok->lemma[t]};
  for (int i = 0; i < 2 && !best; i++) WORDMAP_EACH(&r->kb->by_role, l, heads[i]) {
      const struct role *role = &r->kb->roles[r->kb->by_role.link[l].entry];
      if (role_at(r->d, role, t) && (!best || role->n > best->n)) best = role;
    }
  return best;
}

static bool own_word(const struct tie_reading *r, uint32_t t) {
  const struct tokens *tok = &r->d->tokens;
  sym w = tok->norm[t];
  if (tie_word_is(r->kb, w, WORD_MODIFIER)) return true;
  if (tie_word_status(r->kb, w) >= 0 || tok->timex[t] != NONE || tok->place[t] != NONE) return false;
  if (tok->mention[t] != NONE || tok->flags[t] & TOKEN_NAME || r->ends[t] != NONE) return false;
  return tok->upos[t] == UPOS_NOUN || (tok->upos[t] == UPOS_PROPN && tok->deprel[t] != DEPREL_NSUBJ);
}

/* Words in front that belong to the role: "mines", "deputy prime", "vice-". */
static uint32_t role_first(const struct tie_reading *r, uint32_t first) {
  const struct doc *d = r->d;
  uint32_t begin = sentence_first(d, first);
  while (first > begin) {
    if (own_word(r, first - 1)) first--;
    else if (first > begin + 1 && is_text(d, first - 1, "-") && own_word(r, first - 2)) first -= 2;
    else break;
  }
  return first;
}

/* "of defence", "of the interior" behind the head: part of the role. */
static uint32_t role_last(const struct tie_reading *r, uint32_t last) {
  const struct doc *d = r->d;
  uint32_t end = sentence_end(d, last), t = last + 1;
  if (t >= end || (d->tokens.norm[t] != r->kb->of && d->tokens.norm[t] != r->kb->for_)) return last;
  t++;
  while (t < end && (d->tokens.upos[t] == UPOS_DET || tie_word_is(r->kb, d->tokens.norm[t], WORD_MODIFIER))) t++;
  if (t >= end || !tie_word_is(r->kb, d->tokens.norm[t], WORD_TOPIC)) return last;
  bool more = t + 1 < end && (d->tokens.upos[t + 1] == UPOS_NOUN || d->tokens.upos[t + 1] == UPOS_PROPN);
  return more ? last : t; /* "a spokesman for Interior Minister X" */
}

/* ---- the phrase around it */

/* From the role's first word to the left: status, body, determiner. */
static void read_left(const struct tie_reading *r, struct noun_phrase *p) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  uint32_t begin = sentence_first(d, p->head),
           stop = p->core_first > begin + PHRASE_WORDS ? p->core_first - PHRASE_WORDS : begin;
  uint32_t i = p->core_first;
  while (i > stop) {
    uint32_t t = i - 1, m = r->ends[t];
    int status = tie_word_status(r->kb, tok->norm[t]);
    if (status >= 0) {
      if (status != TIE_CURRENT || p->status < 0) p->status = status;
      i = t;
    } else if (tok->xpos[t] == XPOS_POS && t > begin && (m = r->ends[t - 1]) != NONE) { /* "Kosovo's", "the union's" */
      p->body = mention_actor_at(r, m);
      i = d->mentions.at[m].first;
      p->definite = true;
      if (i > begin && tok->upos[i - 1] == UPOS_DET) i--;
      break;
    } else if (tok->xpos[t] == XPOS_PRPS) {
      p->body = token_actor(d, t);
      p->definite = true;
      i = t;
      break;
    } else if (tok->upos[t] == UPOS_DET) {
      p->definite = true;
      i = t;
      if (i > stop) { /* "now the leader", "once a bodyguard" */
        status = tie_word_status(r->kb, tok->norm[i - 1]);
        if (status >= 0 && tok->upos[i - 1] != UPOS_ADJ) p->status = status, i--;
      }
      break;
    } else if (m != NONE && p->body == NONE && d->mentions.at[m].type != MENTION_PRONOUN &&
               d->mentions.at[m].first >= stop && !actor_is_person(r, mention_actor_at(r, m))) {
      p->body = mention_actor_at(r, m);
      p->definite = true;
      i = d->mentions.at[m].first;
    } else if ((tok->upos[t] == UPOS_ADJ || tok->upos[t] == UPOS_NUM || tok->upos[t] == UPOS_ADV) &&
               tok->timex[t] == NONE) {
      i = t;
    } else if (is_text(d, t, "-") && t > begin && tie_word_status(r->kb, tok->norm[t - 1]) >= 0) { /* "ex-minister" */
      i = t;
    } else {
      break;
    }
  }
  p->first = i;
}

/* "-elect", "of the union's first brigade" behind it. */
static void read_right(const struct tie_reading *r, struct noun_phrase *p, const sym *preps) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  uint32_t end = sentence_end(d, p->head), t = p->core_last + 1;
  if (t + 1 < end && is_text(d, t, "-") && tie_word_status(r->kb, tok->norm[t + 1]) >= 0) {
    p->status = tie_word_status(r->kb, tok->norm[t + 1]);
    p->core_last = t + 1;
    t += 2;
  }
  p->last = p->body_last = p->core_last;
  if (t >= end) return;
  bool prep = false;
  for (size_t i = 0; preps && i < REL_PREPS && preps[i] != SYM_NONE; i++) prep = prep || tok->norm[t] == preps[i];
  if (!prep) return;
  uint32_t last = t, actor = tie_actor_from(r, t + 1, &last);
  if (actor == NONE) return;
  p->body = actor;
  p->body_last = p->last = last;
}

/* ---- who holds it */

static bool fits_person(const struct tie_reading *r, uint32_t actor, bool person) {
  return !person || actor_is_person(r, actor);
}

static uint32_t holder_behind(const struct tie_reading *r, struct noun_phrase *p, bool person, uint32_t *last) {
  const struct doc *d = r->d;
  uint32_t end = sentence_end(d, p->head), t = p->last + 1;
  if (t >= end) return NONE;
  uint32_t m = r->starts[t];
  if (p->last == p->core_last && mention_is_name(r, m) &&
      fits_person(r, mention_actor_at(r, m), person)) { /* Mayor X */
    *last = d->mentions.at[m].first + d->mentions.at[m].n - 1;
    return mention_actor_at(r, m);
  }
  if (!is_text(d, t, ",") || t + 1 >= end || !p->definite) return NONE;
  m = r->starts[t + 1];
  if (!mention_is_name(r, m) || !fits_person(r, mention_actor_at(r, m), person))
    return NONE; /* the union's leader, X */
  uint32_t after = d->mentions.at[m].first + d->mentions.at[m].n;
  *last = after - 1;
  /* in a list of names the next one is no apposition; an apposition ends with a comma, its clause or the sentence */
  return after < end && d->tokens.upos[after] == UPOS_CCONJ ? NONE : mention_actor_at(r, m);
}

static uint32_t holder_before(const struct tie_reading *r, const struct noun_phrase *p, bool person) {
  const struct doc *d = r->d;
  uint32_t begin = sentence_first(d, p->head);
  if (p->first < begin + 2) return NONE;
  uint32_t t = p->first - 1;
  if (!is_text(d, t, ",") && !is_text(d, t, "(") && !is_text(d, t, "--") && !is_text(d, t, "\xE2\x80\x94")) return NONE;
  uint32_t m = r->ends[t - 1], a = mention_actor_at(r, m);
  if (a == NONE || (!mention_is_name(r, m) && person)) return NONE;
  return fits_person(r, a, person) ? a : NONE;
}

/* "Parliament elected Otto Tembo president": the name between the verb and the role. */
static uint32_t holder_chosen(const struct tie_reading *r, const struct noun_phrase *p) {
  const struct tokens *tok = &r->d->tokens;
  uint32_t begin = sentence_first(r->d, p->head);
  if (p->core_first < begin + 2) return NONE;
  uint32_t m = r->ends[p->core_first - 1], a = mention_actor_at(r, m);
  if (!mention_is_name(r, m) || !actor_is_person(r, a) || r->d->mentions.at[m].first <= begin) return NONE;
  uint32_t v = r->d->mentions.at[m].first - 1;
  bool chosen = tok->upos[v] == UPOS_VERB && tie_word_is(r->kb, tok->lemma[v], WORD_BEGINS);
  return chosen && tree_child(r->d, v, DEPREL_AUX_PASS) == NONE && !tie_unreal(r, v) ? a : NONE;
}

/* "Otto succeeded Tembo as mayor": the subject is mayor now. */
static bool succeeds(const struct tie_reading *r, uint32_t v) {
  WORDMAP_EACH(&r->kb->by_rel, l, r->d->tokens.lemma[v]) {
    const struct rel *rel = &r->kb->rels[r->kb->by_rel.link[l].entry];
    if (rel->class == REL_VERB && rel->relation == RELATION_SUCCEEDED) return true;
  }
  return false;
}

/* "X is the leader", "X became the leader", "X was named leader", "an activist and intelligence chief". */
static uint32_t holder_in_tree(const struct tie_reading *r, const struct noun_phrase *p, struct tie *tie) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  uint32_t t = p->head, cop = tree_child(d, t, DEPREL_COP), h = tok->head[t];
  if (cop != NONE) {
    if (tie_unreal(r, t)) return NONE;
    if (tok->xpos[cop] == XPOS_VBD && tie->relation == RELATION_HOLDS_ROLE && p->status < 0) tie->status = TIE_FORMER;
    return tie_subject(r, t);
  }
  if (h == NONE) return NONE;
  if (tok->deprel[t] == DEPREL_XCOMP || (tok->deprel[t] == DEPREL_OBL && tree_case(d, t) == r->kb->as)) {
    if (tok->upos[h] != UPOS_VERB || tie_unreal(r, h)) return NONE;
    uint32_t o = tree_child(d, h, DEPREL_OBJ);
    if (tie_office_of(r, h, WORD_ENTERS) || tie_office_of(r, h, WORD_VACATES)) return tie_subject(r, h);
    if (succeeds(r, h))
      return clause_passive(d, h) && !tie_word_is(r->kb, tok->lemma[h], WORD_ENDS) ? NONE : tie_subject(r, h);
    return o != NONE && o < t ? phrase_actor(d, o) : tie_subject(r, h);
  }
  if (tok->deprel[t] == DEPREL_OBJ && tok->upos[h] == UPOS_VERB && tie_word_is(r->kb, tok->lemma[h], WORD_BEGINS) &&
      clause_passive(d, h) && !tie_unreal(r, h))
    return tie_subject(r, h); /* "was appointed army chief" */
  if (tok->deprel[t] == DEPREL_APPOS && h < t && token_actor(d, h) != NONE) return token_actor(d, h);
  return NONE;
}

/* Coordinated with the phrase before: "and a former ally of". */
static uint32_t holder_beside(const struct tie_reading *r, struct noun_phrase *p) {
  const struct doc *d = r->d;
  uint32_t begin = sentence_first(d, p->head);
  if (r->last_end == NONE || r->last_end < begin || p->first <= begin || d->tokens.norm[p->first - 1] != r->kb->and_)
    return NONE;
  bool next = p->first - 2 == r->last_end || (p->first - 3 == r->last_end && is_text(d, p->first - 2, ","));
  if (next && !p->definite && p->status < 0) p->status = r->last_status;
  return next || d->tokens.deprel[p->head] == DEPREL_CONJ ? r->last_holder : NONE;
}

/* "militia leaders like X and Y" */
static uint32_t examples(const struct tie_reading *r, const struct noun_phrase *p, uint32_t *out, uint32_t most) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  uint32_t end = sentence_end(d, p->head), t = p->last + 1, n = 0;
  if (t < end && is_text(d, t, ",")) t++;
  if (t + 1 < end && tok->norm[t] == r->kb->such && tok->norm[t + 1] == r->kb->as) t += 2;
  else if (t < end && tie_word_is(r->kb, tok->norm[t], WORD_EXAMPLE)) t++;
  else return 0;
  while (t < end && n < most && mention_is_name(r, r->starts[t])) {
    const struct mention *m = &d->mentions.at[r->starts[t]];
    out[n++] = m->actor;
    t = m->first + m->n;
    while (t < end && (tok->upos[t] == UPOS_CCONJ || is_text(d, t, ","))) t++;
  }
  return n;
}

/* ---- the tie */

static str role_text(struct tie_reading *r, const struct noun_phrase *p) {
  struct doc *d = r->d;
  char text[160];
  size_t n = 0;
  for (uint32_t t = p->core_first; t <= p->core_last; t++) {
    bool plural = t == p->head && d->tokens.xpos[t] == XPOS_NNS; /* "leaders like X": leader */
    str w = doc_word(d, plural ? d->tokens.lemma[t] : d->tokens.norm[t]);
    if (tie_word_status(r->kb, d->tokens.norm[t]) >= 0) { /* "-elect" */
      while (n && text[n - 1] == '-') n--;
      continue;
    }
    bool gap = n && d->tokens.beg[t] > d->tokens.end[t - 1];
    if (n + w.n + 1 >= sizeof text) break;
    if (gap) text[n++] = ' ';
    memcpy(text + n, w.p, w.n);
    n += w.n;
  }
  return arena_str(&d->arena, (str){text, n});
}

/* "minister-" and "mines" -> minister-mines; a deputy's class says so. */
static str role_class(struct tie_reading *r, const struct role *role, const struct noun_phrase *p) {
  struct doc *d = r->d;
  char text[160];
  size_t n = 0;
  uint32_t role_begin = p->head - role->head;
  bool deputy = false;
  for (uint32_t t = p->core_first; t < role_begin; t++)
    deputy = deputy || tie_word_is(r->kb, d->tokens.norm[t], WORD_DEPUTY);
  if (!deputy && !role->star) return role->class;
  if (deputy) memcpy(text, "deputy-", 7), n = 7;
  if (role->class.n + n >= sizeof text) return role->class;
  memcpy(text + n, role->class.p, role->class.n);
  n += role->class.n;
  bool topic = false;
  for (uint32_t t = p->core_first; role->star && t < role_begin; t++) {
    str w = doc_word(d, d->tokens.norm[t]);
    if (tie_word_is(r->kb, d->tokens.norm[t], WORD_DEPUTY) || n + w.n + 1 >= sizeof text) continue;
    if (topic) text[n++] = '-';
    memcpy(text + n, w.p, w.n);
    n += w.n;
    topic = true;
  }
  if (role->star && !topic && n) n--; /* no topic: no hyphen either */
  return arena_str(&d->arena, (str){text, n});
}

static bool body_can_be_led(const struct tie_reading *r, uint32_t body) {
  if (body == NONE) return false;
  uint8_t k = r->d->actors.at[body].kind;
  return k == ACTOR_GROUP || k == ACTOR_ORGANIZATION || k == ACTOR_PEOPLE;
}

/* "The energy minister, X, resigned": the verb above the holder leaves the post. */
static void leaving(const struct tie_reading *r, const struct noun_phrase *p, struct tie *tie) {
  const struct tokens *tok = &r->d->tokens;
  uint32_t h = p->head;
  for (int depth = 0; depth < 3 && h != NONE && tok->upos[h] != UPOS_VERB; depth++) h = tok->head[h];
  if (h == NONE || tok->upos[h] != UPOS_VERB || !tie_word_is(r->kb, tok->lemma[h], WORD_LEAVES) || tie_unreal(r, h))
    return;
  uint32_t s = clause_subject(r->d, h);
  if (s == NONE || !(tree_above(r->d, s, p->head) || tree_above(r->d, p->head, s))) return;
  tie->status = TIE_FORMER;
  TREE_EACH(r->d, c, h)
  if (c > h && tok->timex[c] != NONE && !period_known(tie->to)) tie->to = r->d->times.at[tok->timex[c]].period;
}

/* "became minister in March", "was sacked as army chief on Monday": the verb's date begins or ends the tie. */
static void change(const struct tie_reading *r, const struct noun_phrase *p, struct tie *tie) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  uint32_t t = p->head, v = tok->head[t];
  bool as = tok->deprel[t] == DEPREL_OBL && tree_case(d, t) == r->kb->as,
       x = tok->deprel[t] == DEPREL_XCOMP || tok->deprel[t] == DEPREL_OBJ;
  if (v == NONE || tok->upos[v] != UPOS_VERB || (!as && !x) || tie_unreal(r, v)) return;
  bool next =
      as && succeeds(r, v) && !clause_passive(d, v); /* "X replaced Y as mayor"; but "Y was replaced as mayor" */
  bool begins = tie_word_is(r->kb, tok->lemma[v], WORD_BEGINS) || next || tie_office_of(r, v, WORD_ENTERS),
       ends = as && !next && (tie_word_is(r->kb, tok->lemma[v], WORD_ENDS) || tie_office_of(r, v, WORD_VACATES));
  if (!begins && !ends) return;
  struct period when = PERIOD_NONE;
  for (int i = 0; i < 2; i++) TREE_EACH(d, c, i ? t : v) /* the parser may hang the day on the role */
  if (c > v && tok->timex[c] != NONE && !period_known(when)) when = d->times.at[tok->timex[c]].period;
  tie->from = begins ? when : PERIOD_NONE;
  tie->to = ends ? when : PERIOD_NONE;
  if (ends && p->status < 0) tie->status = TIE_FORMER;
}

/* What is said of the description is said of the name: "a former ally of X who broke with X". */
static void describes(struct tie_reading *r, uint32_t actor, uint32_t name) {
  if (actor == NONE || actor == name || r->n_described == 16) return;
  r->described[r->n_described] = actor;
  r->name[r->n_described++] = name;
}

/* "X, a former detainee who was held at Y, and a former ally of Z": the name that the series of descriptions began with. */
static uint32_t holder_of_series(struct tie_reading *r, const struct noun_phrase *p) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  uint32_t begin = sentence_first(d, p->head), t = p->first;
  if (t < begin + 4 || tok->norm[t - 1] != r->kb->and_) return NONE;
  bool relative = false, verb = false;
  for (t--; t-- > begin;) {
    if (tok->upos[t] == UPOS_VERB || tok->upos[t] == UPOS_AUX) verb = true;
    relative = tok->xpos[t] == XPOS_WP || tok->xpos[t] == XPOS_WDT;
    if (relative) verb = false; /* what stands before belongs to the relative clause */
    uint32_t m = r->ends[t];
    bool series = t + 2 < p->first && is_text(d, t + 1, ",") && tok->upos[t + 2] == UPOS_DET;
    if (!series || !mention_is_name(r, m) || !actor_is_person(r, mention_actor_at(r, m))) continue;
    if (!verb) describes(r, token_actor(d, p->head), mention_actor_at(r, m));
    return verb ? NONE : mention_actor_at(r, m);
  }
  return NONE;
}

struct found {
  uint32_t holder, last;
  const char *rule;
  float confidence;
};

static struct found find_holder(struct tie_reading *r, struct noun_phrase *p, bool person, struct tie *tie) {
  uint32_t last = p->last, h;
  if ((h = holder_behind(r, p, person, &last)) != NONE)
    return (struct found){h, last, is_text(r->d, p->last + 1, ",") ? "tie.apposition" : "tie.title", 0.95f};
  if ((h = holder_before(r, p, person)) != NONE) return (struct found){h, last, "tie.apposition", 0.9f};
  if ((h = holder_beside(r, p)) != NONE) return (struct found){h, last, "tie.coordination", 0.8f};
  if ((h = holder_of_series(r, p)) != NONE) return (struct found){h, last, "tie.coordination", 0.75f};
  if (person && (h = holder_chosen(r, p)) != NONE) return (struct found){h, last, "tie.chosen", 0.85f};
  if ((h = holder_in_tree(r, p, tie)) != NONE && fits_person(r, h, person))
    return (struct found){h, last, "tie.copula", 0.85f};
  return (struct found){NONE, last, "", 0};
}

static void remember(struct tie_reading *r, const struct noun_phrase *p, uint32_t holder) {
  r->last_end = p->last;
  r->last_holder = holder;
  r->last_status = p->status;
}

/* "Governor X of Kassala": the body behind the name. */
static void body_behind_name(const struct tie_reading *r, struct noun_phrase *p, uint32_t last) {
  if (p->body != NONE || last + 2 >= sentence_end(r->d, last) || r->d->tokens.norm[last + 1] != r->kb->of) return;
  uint32_t end, a = tie_actor_from(r, last + 2, &end);
  if (a != NONE) p->body = a, p->body_last = end;
}

/* "its field commander", "one of their commanders": a holder without a name, of a body that the text gives. */
static uint32_t unnamed_holder(const struct tie_reading *r, const struct noun_phrase *p) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  uint32_t t = p->head, a = token_actor(d, t);
  if (p->body == NONE || actor_is_person(r, p->body)) return NONE;
  bool plural = tok->xpos[t] == XPOS_NNS || tok->xpos[t] == XPOS_NNPS;
  uint32_t one = tok->head[t];
  if (plural && (one == NONE || tok->upos[one] != UPOS_NUM || tok->deprel[t] != DEPREL_NMOD)) return NONE;
  if (plural && token_actor(d, one) != NONE) a = token_actor(d, one);
  bool given = plural || tok->xpos[p->first] == XPOS_PRPS || p->body_last > p->core_last; /* "his", "of the brigade" */
  for (uint32_t i = p->first; i < p->core_first; i++) given = given || tok->xpos[i] == XPOS_POS;
  bool known = d->tokens.upos[p->first] != UPOS_DET || !str_eq_fold(token_text(d, p->first), STR("a"));
  return a != NONE && a != p->body && given && known ? a : NONE;
}

static void read_role(struct tie_reading *r, const struct role *role, uint32_t t) {
  const sym preps[REL_PREPS] = {r->kb->of, r->kb->for_, r->kb->at};
  struct noun_phrase p = {.head = t,
                          .core_first = role_first(r, t - role->head),
                          .core_last = role_last(r, t - role->head + role->n - 1),
                          .body = NONE,
                          .status = -1};
  if (t - role->head + role->n - 1 > t) p.core_last = t - role->head + role->n - 1;
  read_left(r, &p);
  read_right(r, &p, preps);
  struct tie tie = {
      .relation = RELATION_HOLDS_ROLE, .object = NONE, .subject = NONE, .from = PERIOD_NONE, .to = PERIOD_NONE};
  uint32_t many[8], n = examples(r, &p, many, 8);
  struct found f = {NONE, p.last, "tie.title", 0.9f};
  if (!n) {
    f = find_holder(r, &p, true, &tie);
    if (f.holder == NONE && (f.holder = unnamed_holder(r, &p)) != NONE) f.rule = "tie.nominal", f.confidence = 0.7f;
    many[0] = f.holder;
    n = f.holder != NONE;
  }
  if (!n) return;
  body_behind_name(r, &p, f.last);
  if (p.status >= 0) tie.status = (uint8_t)p.status;
  else leaving(r, &p, &tie);
  tie.object = p.body;
  tie.role = role_text(r, &p);
  tie.role_class = role_class(r, role, &p);
  if (role->leads && body_can_be_led(r, p.body)) tie.relation = RELATION_LEADS;
  tie.rule = str_of(f.rule);
  tie.confidence = f.confidence;
  tie_dates_from(r, (p.body_last > p.last ? p.body_last : p.last) + 1, &tie);
  if (str_is(tie.rule, "tie.chosen")) tie.to = PERIOD_NONE; /* the day of the choice begins it */
  change(r, &p, &tie);
  uint32_t last = f.last > p.last ? f.last : p.last;
  for (uint32_t i = 0; i < n; i++) {
    tie.subject = many[i];
    tie_push(r, tie, p.first, last);
  }
  remember(r, &p, many[0]);
}

static void read_relation(struct tie_reading *r, const struct rel *rel, uint32_t t) {
  struct noun_phrase p = {.head = t, .core_first = t, .core_last = t, .body = NONE, .status = -1};
  read_left(r, &p);
  uint32_t possessor = p.body;
  p.body = NONE;
  read_right(r, &p, rel->preps);
  if (p.body == NONE) p.body = possessor;
  if (p.body == NONE) return;
  struct tie tie = {.relation = rel->relation, .from = PERIOD_NONE, .to = PERIOD_NONE};
  struct found f = find_holder(r, &p, false, &tie);
  if (f.holder == NONE || (rel->flags & REL_GROUP && actor_is_person(r, p.body))) return;
  bool forward = rel->first == END_SELF;
  tie.subject = forward ? f.holder : p.body;
  tie.object = forward ? p.body : f.holder;
  if (p.status >= 0) tie.status = (uint8_t)p.status;
  for (uint32_t i = p.first; i < p.core_last && tie.relation == RELATION_PART_OF; i++)
    if (tie_word_is(r->kb, r->d->tokens.norm[i], WORD_SPLIT)) tie.relation = RELATION_SPLIT_FROM;
  tie.rule = str_of(f.rule);
  tie.confidence = f.confidence;
  tie_dates_from(r, p.last + 1, &tie);
  tie_push(r, tie, p.first, f.last > p.last ? f.last : p.last);
  remember(r, &p, f.holder);
}

void tie_read_role(struct tie_reading *r, uint32_t t) {
  const struct tokens *tok = &r->d->tokens;
  uint8_t u = tok->upos[t];
  if (u != UPOS_NOUN && u != UPOS_PROPN && u != UPOS_ADJ) return;
  const struct role *role = role_of(r, t);
  /* "prime minister" is read at "minister"; of "police chief inspector" only the last head is */
  if (role && t + 1 < tok->n && tok->norm[t + 1] != SYM_NONE && role->head + 1 == role->n &&
      tok->sentence[t + 1] == tok->sentence[t]) {
    const struct role *next = role_of(r, t + 1);
    if (next && !mention_is_name(r, r->starts[t + 1])) role = NULL;
  }
  if (role) {
    read_role(r, role, t);
    return;
  }
  WORDMAP_EACH(&r->kb->by_rel, l, tok->lemma[t]) {
    const struct rel *rel = &r->kb->rels[r->kb->by_rel.link[l].entry];
    if (rel->class == REL_NOUN && u == UPOS_NOUN) {
      read_relation(r, rel, t);
      return;
    }
  }
}
