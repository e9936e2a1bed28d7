/* names.c - names and demonyms: which words of a capitalised run (name_runs.c) are title, name and state.
 *
 * Names of the knowledge were found by name_hits.c. A run of proper nouns that it does not know is cut into titles, states and names,
 * whose kind name_kind.c tells. Who the name is, is decided in link.c. */
#include "actor/name_parts.h"

enum {
  NAMES = 1u << NAME_STATE | 1u << NAME_ADJECTIVE | 1u << NAME_PEOPLE | 1u << NAME_CAPITAL | 1u << NAME_METONYM |
          1u << NAME_ENTITY
};

/* ---- words */

struct seen *work_seen(struct work *w, uint32_t first, uint32_t n, uint8_t type) {
  if (!rows_grow(w->memory, (void **)&w->seen.at, &w->seen.n, &w->seen.size, sizeof *w->seen.at)) {
    w->failed = true;
    return NULL;
  }
  struct seen *s = &w->seen.at[w->seen.n++];
  *s = (struct seen){.first = first,
                     .n = n,
                     .head = work_head(w, first, n),
                     .sentence = w->d->tokens.sentence[first],
                     .type = type,
                     .kind = ACTOR_COUNT,
                     .entity = NONE,
                     .state = NONE,
                     .agent = NONE,
                     .land = NONE,
                     .whose = NONE,
                     .same = NONE,
                     .actor = NONE,
                     .piece = w->token_piece[first],
                     .n_pieces = w->token_piece[first + n] - w->token_piece[first]};
  for (uint32_t t = first; t < first + n; t++) w->owner[t] = w->seen.n - 1;
  w->at[s->head] = w->seen.n - 1;
  return s;
}

uint32_t work_head(const struct work *w, uint32_t first, uint32_t n) {
  const struct tokens *t = &w->d->tokens;
  uint32_t best = first + n - 1;
  for (uint32_t i = first + n; i-- > first;)
    if (t->head[i] == NONE || t->head[i] < first || t->head[i] >= first + n) {
      if (t->upos[i] != UPOS_PUNCT && deprel_universal(t->deprel[i]) != DEPREL_CASE) best = i;
    }
  return best;
}

uint8_t work_role(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  for (int i = 0; i < 8 && universal(w, t) == DEPREL_CONJ && k->head[t] != NONE; i++) t = k->head[t];
  return universal(w, t);
}

/* ---- what a hit means */

/* "KHARTOUM, June 13 -- ": the words before the dash name where the report was written, whatever the tree says. */
static bool in_dateline(const struct work *w, uint32_t t) {
  const struct sentence *s = &w->d->sentences.at[w->d->tokens.sentence[t]];
  if (!(s->flags & SENTENCE_DATELINE)) return false;
  for (uint32_t i = s->first + 1; i < s->first + s->n && i < s->first + 14; i++) {
    str word = token_text(w->d, i);
    bool dash = str_is(word, "--") || str_is(word, "\xE2\x80\x94") || str_is(word, "\xE2\x80\x93") || str_is(word, "-");
    if (dash && !(word_joined(w, i - 1) && word_joined(w, i))) return t < i; /* the first that does not join a name */
  }
  return false;
}

/* A capital is the government there where it acts or is spoken to: "Baghdad said", "accused Belgrade", "talks with Moscow". */
static bool metonymic(const struct work *w, uint32_t head) {
  const struct tokens *k = &w->d->tokens;
  for (int i = 0; i < 8 && universal(w, head) == DEPREL_CONJ && k->head[head] != NONE; i++) head = k->head[head];
  uint32_t verb = k->head[head];
  if (verb == NONE) return false;
  uint8_t rel = k->deprel[head];
  bool speaks = kb_word_is(w->kb, k->lemma[verb], WORD_SPEAKS);
  if (rel == DEPREL_NSUBJ) return k->upos[verb] == UPOS_VERB && !kb_word_is(w->kb, k->lemma[verb], WORD_BEING);
  if (rel == DEPREL_NSUBJ_PASS || rel == DEPREL_OBJ || rel == DEPREL_IOBJ || rel == DEPREL_XCOMP) return speaks;
  if (rel == DEPREL_OBL_AGENT) return true;
  if (universal(w, head) == DEPREL_OBL || universal(w, head) == DEPREL_NMOD)
    return kb_word_is(w->kb, tree_case(w->d, head), WORD_TOWARDS) && k->upos[verb] != UPOS_ADJ;
  return false;
}

static bool spoken_to(const struct work *w, uint32_t head) {
  uint32_t verb = w->d->tokens.head[head];
  return verb != NONE && kb_word_is(w->kb, w->d->tokens.lemma[verb], WORD_SPEAKS);
}

static uint8_t determiner_of(const struct work *w, uint32_t head) {
  const struct tokens *k = &w->d->tokens;
  uint8_t found = DET_NONE;
  TREE_EACH(w->d, c, head) {
    if (c > head) break;
    if (k->deprel[c] == DEPREL_NMOD_POSS) return DET_POSSESSIVE;
    if (universal(w, c) == DEPREL_DET || k->deprel[c] == DEPREL_AMOD) {
      if (kb_word_is(w->kb, k->norm[c], WORD_INDEFINITE)) found = DET_INDEFINITE;
      else if (!found && kb_word_is(w->kb, k->norm[c], WORD_DEFINITE)) found = DET_DEFINITE;
    }
    if (k->deprel[c] == DEPREL_NUMMOD && !found) found = DET_INDEFINITE;
  }
  return found;
}

static bool is_modifier(const struct work *w, uint32_t head) {
  uint8_t rel = w->d->tokens.deprel[head];
  return rel == DEPREL_AMOD || rel == DEPREL_COMPOUND || rel == DEPREL_NMOD_DESC;
}

static void place_use(const struct work *w, uint32_t token, uint8_t use) {
  uint32_t p = w->d->tokens.place[token];
  if (p != NONE) w->d->places.at[p].use = use;
}

static void state_seen(struct work *w, uint32_t first, uint32_t last, struct hit h) {
  uint32_t n = last - first + 1, head = work_head(w, first, n);
  const struct tokens *k = &w->d->tokens;
  bool modifier = is_modifier(w, head), adjective = h.kinds & 1u << NAME_ADJECTIVE,
       people = h.kinds & 1u << NAME_PEOPLE;
  uint8_t kind = ACTOR_STATE, type = MENTION_NAME;
  uint8_t det = determiner_of(w, head);
  if (adjective && !(h.kinds & 1u << NAME_STATE) && (modifier || !people)) type = MENTION_DEMONYM;
  else if (people && !(h.kinds & 1u << NAME_STATE)) type = MENTION_DEMONYM;
  if (type == MENTION_DEMONYM && !modifier) {
    bool plural = k->xpos[head] == XPOS_NNS || k->xpos[head] == XPOS_NNPS || str_ends(token_text(w->d, last), STR("s"));
    bool all = det == DET_DEFINITE && tree_child(w->d, head, DEPREL_AMOD) == NONE &&
               tree_child(w->d, head, DEPREL_NUMMOD) == NONE;
    if (k->upos[head] == UPOS_ADJ && !people) modifier = true;
    else if (!(plural || !adjective) && det == DET_INDEFINITE) kind = ACTOR_PERSON;
    else if (!all) kind = ACTOR_PEOPLE;
  }
  struct seen *s = work_seen(w, first, n, type);
  if (!s) return;
  s->kind = kind;
  s->det = det;
  s->state = kind == ACTOR_STATE ? name_row(h.value) : NONE;
  s->land = name_row(h.value);
  s->modifier = modifier;
  s->plural = kind == ACTOR_PEOPLE;
  place_use(w, first, modifier ? PLACE_USE_MODIFIER : PLACE_USE_LITERAL);
}

/* Emits what a hit of the knowledge means; false: a capital that is only a place. */
static bool hit_seen(struct work *w, uint32_t first, struct hit h) {
  enum name_kind kind = name_kind(h.value);
  if (kind == NAME_CAPITAL && (in_dateline(w, first) || !metonymic(w, work_head(w, first, h.last - first + 1))))
    return false;
  if (kind != NAME_ENTITY && kind != NAME_CAPITAL && kind != NAME_METONYM) return state_seen(w, first, h.last, h), true;
  struct seen *s = work_seen(w, first, h.last - first + 1, MENTION_NAME);
  if (!s) return true;
  s->modifier = is_modifier(w, s->head);
  if (kind == NAME_ENTITY) {
    s->entity = name_row(h.value);
    s->kind = w->kb->entities.at[s->entity].kind;
    s->gender = w->kb->entities.at[s->entity].gender;
  } else {
    s->state = s->land = name_row(h.value);
    s->kind = ACTOR_STATE;
    place_use(w, first, PLACE_USE_METONYMIC);
  }
  return true;
}

/* ---- runs */

static void held_word(const struct work *w, uint32_t t, struct title *out) {
  uint32_t c = word_classes(w, t);
  if (c & WORD_PAST) out->held = HELD_PAST;
  else if (c & WORD_COMING) out->held = HELD_COMING;
  else if (c & WORD_ACTING && out->held == HELD_NOW) out->held = HELD_ACTING;
}

/* Words before the title: "former Iraqi" in "former Iraqi prime minister X". */
static void before_title(struct work *w, uint32_t sentence_first, struct title *out) {
  for (uint32_t t = out->first, i = 0; t > sentence_first && i < 4; i++) {
    t--;
    if (w->owner[t] != NONE) {
      struct seen *s = &w->seen.at[w->owner[t]];
      if (s->land != NONE && out->land == NONE && (s->modifier || s->type == MENTION_DEMONYM)) out->land = s->land;
      if (s->first + s->n != t + 1 || !s->modifier) return;
      t = s->first;
      continue;
    }
    if (!token_is(w, t, WORD_PAST | WORD_COMING | WORD_ACTING) && w->d->tokens.upos[t] != UPOS_ADJ &&
        !word_hyphen(w, t))
      return;
    held_word(w, t, out);
  }
}

/* The noun right before a name: "senator Evelio Marmolejo", "the student group Tomorrow's Beirut". */
static void noun_before(struct work *w, uint32_t name, uint32_t sentence_first, struct title *out) {
  if (name == sentence_first || out->agent != NONE) return;
  uint32_t t = name - 1;
  if (str_is(token_text(w->d, t), "'") || w->agent[t].last == NONE || w->owner[t] != NONE) return;
  uint32_t head = w->d->tokens.head[t], from = w->agent[t].last;
  bool tied = head != NONE && head >= name && head <= name + 6;
  for (uint32_t i = name; !tied && i < name + 6 && i < w->d->tokens.n; i++) tied = w->d->tokens.head[i] == t;
  uint16_t flags = w->kb->agents.at[name_row(w->agent[t].value)].flags;
  if (!tied || w->agent[t].value & NAME_BIT || flags & AGENT_WEAK) return;
  out->agent = name_row(w->agent[t].value);
  out->first = from;
}

/* An unknown word with a capital that does something is somebody; not in a headline, where all words have capitals, nor at the
 * start of a sentence where it is a word of the language ("Anger at Tehran's influence has grown"). */
static bool somebody(const struct work *w, const struct seen *s, bool place) {
  const struct tokens *k = &w->d->tokens;
  if (!s->sentence || !metonymic(w, s->head) || (place && !spoken_to(w, s->head))) return false;
  uint8_t role = work_role(w, s->head);
  if ((role == DEPREL_OBL && k->deprel[s->head] != DEPREL_OBL_AGENT) || role == DEPREL_NMOD) return false;
  bool opens = s->first == w->d->sentences.at[s->sentence].first;
  return !(opens && k->norm[s->first] < w->d->words.base->n);
}

/* "Hill Peoples' Union", "Housing Authority of New Orleans": the recogniser stopped before a genitive or "of" within a body's
 * name that ends at `last`. */
static bool cut_short(const struct work *w, uint32_t first, uint32_t named, uint32_t last) {
  if (named >= last) return false;
  str next = token_text(w->d, named + 1);
  bool inner = w->d->tokens.xpos[named + 1] == XPOS_POS || str_is(next, "of") || str_is(next, "for");
  return inner && word_classes(w, name_head_word(w, first, last)) & (WORD_BODY | WORD_GROUP);
}

/* "U.S. CITIZEN": what stands behind the state is a noun for a person. */
static bool role_alone(const struct work *w, uint32_t first, uint32_t last) {
  const struct hit *h = &w->agent[last];
  return h->last == first && w->kb->agents.at[name_row(h->value)].kind == ACTOR_PERSON && name_shouted(w, last);
}

static void unknown_seen(struct work *w, uint32_t first, uint32_t last, struct title *title, uint32_t land) {
  bool skip = false, learned = name_label_last(w, first) == last;
  if (in_dateline(w, first) || (first == last && name_is_type(w, first)) || name_is_rank(w, first, last) ||
      name_is_community(w, first, last) || name_is_constituency(w, first, last))
    return;
  const struct hit *state = &w->name[first];
  if (land != NONE && state->last < last &&
      (name_is_community(w, state->last + 1, last) || role_alone(w, state->last + 1, last))) { /* "Iraqi Kurds" */
    hit_seen(w, first, *state);
    return;
  }
  while (!learned && first < last && token_is(w, first, WORD_NOT_NAME) &&
         !(w->d->tokens.flags[first + 1] & TOKEN_UPPER_FIRST))
    first++;
  learned = learned && !name_overruled(w, first, last, title);
  bool kin = title->agent == NONE && name_is_family(w, first, last);
  bool hurt = work_hurt(w, work_head(w, first, last - first + 1));
  if (w->label && !learned && !kin && !hurt && !name_told_by_words(w, first, last, title)) return;
  uint8_t kind = kin       ? ACTOR_PEOPLE
                 : learned ? name_kind_learned(w, first, last, title, &skip)
                           : name_kind_by_words(w, first, last, title, &skip);
  if (hurt && (skip || kind == ACTOR_COUNT)) kind = ACTOR_PERSON; /* "the day Galan was killed" */
  else if (skip) return;
  bool place = kind == ACTOR_COUNT && (learned || name_is_place(w, first, last));
  struct seen *s = work_seen(w, first, last - first + 1, MENTION_NAME);
  if (!s) return;
  s->kind = kind;
  s->maybe_place = place;
  s->modifier = is_modifier(w, s->head);
  s->acts = kind == ACTOR_COUNT && somebody(w, s, place);
  s->agent = title->agent;
  s->held = title->held;
  s->land = land != NONE ? land : title->land;
  s->gender = title->gender;
  s->plural = kin || (kind == ACTOR_GROUP && w->d->tokens.xpos[last] == XPOS_NNPS);
  bool doubled = word_hyphen(w, first + 1) && last == first + 2; /* "Marsh-Dreyer": no given name */
  if (kind == ACTOR_PERSON && !s->gender && last > first && !doubled) {
    const struct kb_word *g = kb_word(w->kb, w->piece[w->token_piece[first]]);
    if (g && g->classes & WORD_GIVEN) s->gender = g->gender;
  }
}

/* Gives the last name its title and the sentence's hold on title and name together. */
static void title_bind(struct work *w, uint32_t seen_before, const struct title *title, uint32_t first) {
  if (w->seen.n == seen_before) return;
  struct seen *s = &w->seen.at[w->seen.n - 1];
  uint32_t index = w->seen.n - 1;
  if (title->first == NONE || s->first < title->first) return;
  if (s->agent == NONE) s->agent = title->agent;
  if (title->agent != NONE) s->held = title->held;
  if (!s->gender) s->gender = title->gender;
  const struct kb_agent *a = work_agent(w, title->agent);
  if (a && !s->gender) s->gender = a->flags & AGENT_FEMALE ? GENDER_FEMALE : a->flags & AGENT_MALE ? GENDER_MALE : 0;
  if (s->land == NONE) s->land = title->land;
  uint32_t head = work_head(w, title->first, s->first + s->n - title->first);
  for (uint32_t t = title->first; t < first; t++)
    if (w->owner[t] == NONE) w->owner[t] = index;
  if (w->at[head] == NONE || head == s->head) {
    s->head = head;
    w->at[head] = index;
  }
  s->modifier = is_modifier(w, s->head);
}

static bool body_tail(const struct work *w, uint32_t from, uint32_t last) {
  for (uint32_t t = from; t <= last; t++) /* a title inside: "Hezbollah Secretary General Hassan Nasrallah" */
    if (w->agent_from[t] != NONE && w->agent_from[t] < last) return false;
  return word_classes(w, name_head_word(w, from, last)) & (WORD_BODY | WORD_GROUP);
}

/* The whole run is a firm's name with a "&" in it. */
static bool partners_seen(struct work *w, uint32_t t, uint32_t end) {
  uint32_t i = t + 1;
  while (i + 1 < end && !word_ampersand(w, i)) i++;
  if (i + 1 >= end || w->name[t].last + 1 == end) return false;
  for (uint32_t k = t; k < end; k++)
    if (w->agent_from[k] != NONE && w->agent_from[k] > k) return false; /* a title stands before it */
  struct seen *s = work_seen(w, t, end - t, MENTION_NAME);
  if (s) s->kind = ACTOR_ORGANIZATION, s->modifier = is_modifier(w, s->head);
  return true;
}

/* Cuts one run [t, end) into titles, states and names. */
static void run_cut(struct work *w, uint32_t t, uint32_t end, uint32_t sentence_first) {
  struct title title = {.agent = NONE, .first = NONE, .land = NONE};
  if (partners_seen(w, t, end)) return;
  while (t < end) {
    uint32_t before = w->seen.n, last = end - 1;
    struct hit h = w->name[t];
    if (h.last != NONE && h.last >= last) { /* the knowledge has all the rest */
      if (title.first == NONE) noun_before(w, t, sentence_first, &title);
      if (title.first != NONE) before_title(w, sentence_first, &title);
      bool known = hit_seen(w, t, h);
      if (!known && title.agent != NONE) unknown_seen(w, t, h.last, &title, NONE);
      title_bind(w, before, &title, t);
      return;
    }
    uint32_t role = w->agent_from[t], named = name_label_last(w, t);
    if (named != NONE && cut_short(w, t, named, last)) named = NONE;
    bool inside = named != NONE && named > t && label_class(w->label[t]) != CLASS_PERSON; /* "General Motors" */
    if (role != NONE && role < last && !(inside && role < named) && !(word_classes(w, t) & WORD_GIVEN)) {
      uint32_t from = w->agent[role].last; /* "Justice Minister", also where the tagger left its first word out */
      title.agent = name_row(w->agent[role].value);
      if (title.first == NONE) title.first = from < t ? from : t;
      t = role + 1;
      if (word_hyphen(w, t) && t + 1 < end && token_is(w, t + 1, WORD_COMING)) t++;
      for (; t < end && token_is(w, t, WORD_COMING); t++) held_word(w, t, &title);
      continue;
    }
    if (!inside && token_is(w, t, WORD_HONORIFIC | WORD_PAST | WORD_ACTING) && t < last && h.last == NONE) {
      const struct kb_word *k = kb_word(w->kb, w->piece[w->token_piece[t]]);
      if (k->classes & WORD_HONORIFIC) title.honorific = true, title.gender = k->gender;
      held_word(w, t, &title);
      if (title.first == NONE) title.first = t;
      t++;
      continue;
    }
    if (named != NONE && (h.last == NONE || h.last < named)) {
      bool of_state = h.last != NONE && name_kind(h.value) != NAME_ENTITY;
      if (title.first == NONE) noun_before(w, t, sentence_first, &title);
      if (title.first != NONE) before_title(w, sentence_first, &title);
      unknown_seen(w, t, named, &title, of_state ? name_row(h.value) : NONE);
      title_bind(w, before, &title, t);
      title = (struct title){.agent = NONE, .first = NONE, .land = NONE};
      t = named + 1;
      continue;
    }
    if (h.last != NONE) {
      bool of_state = name_kind(h.value) != NAME_ENTITY, given = word_classes(w, t) & WORD_GIVEN;
      bool person = !of_state && w->kb->entities.at[name_row(h.value)].kind == ACTOR_PERSON;
      if (body_tail(w, h.last + 1, last) && !person) { /* "Somali National Army" */
        unknown_seen(w, t, last, &title, of_state ? name_row(h.value) : NONE);
        title_bind(w, before, &title, t);
        return;
      }
      bool whole =
          h.last == t && (given || person) && w->agent_from[t + 1] == NONE && !(word_classes(w, last) & WORD_THING);
      if (!whole) {
        if (hit_seen(w, t, h)) title_bind(w, before, &title, t);
        if (title.first != NONE && !(of_state && w->seen.n > before && w->seen.at[before].modifier))
          title = (struct title){.agent = NONE, .first = NONE, .land = NONE};
        if (word_classes(w, last) & WORD_THING && of_state) return;
        t = h.last + 1;
        while (t < end && word_hyphen(w, t)) t++;
        continue;
      }
    }
    uint32_t cut = last;
    for (uint32_t i = t + 1; i <= last; i++) /* "Acme Chief Executive John Doe"; in headlines "Kadhimi Iran" */
      if (w->name[i].last == last && name_kind(w->name[i].value) == NAME_STATE && !(word_classes(w, i) & WORD_GIVEN) &&
          !token_is(w, i - 1, WORD_JOINER) && !word_hyphen(w, i - 1)) {
        cut = i - 1;
        break;
      } else if (i < last && w->agent_from[i] != NONE && w->agent_from[i] < last &&
                 !(word_classes(w, i) & WORD_GIVEN) &&
                 !(word_classes(w, t) & WORD_GIVEN)) { /* but "Martin Luther King Jr." */
        cut = i - 1;
        break;
      }
    if (title.first == NONE) noun_before(w, t, sentence_first, &title);
    if (title.first != NONE) before_title(w, sentence_first, &title);
    unknown_seen(w, t, cut, &title, NONE);
    title_bind(w, before, &title, t);
    title = (struct title){.agent = NONE, .first = NONE, .land = NONE};
    t = cut + 1;
  }
}

void name_mentions_find(struct work *w) {
  const struct doc *d = w->d;
  for (uint32_t s = 0; s < d->sentences.n && !w->failed; s++) {
    uint32_t first = d->sentences.at[s].first, end = first + d->sentences.at[s].n, t = first;
    while (t < end && !w->failed) {
      struct hit h = w->name[t];
      uint32_t run = name_run_start(w, t, end, first), stop = run == NONE ? t : name_run_end(w, run, end, first);
      if (h.last != NONE && h.last + 1 >= stop) {
        run_cut(w, t, h.last + 1, first);
        t = h.last + 1;
      } else if (run != NONE && (token_is(w, t, WORD_JOINER) || str_eq_fold(token_text(d, t), STR("the"))) &&
                 stop > t + 1) {
        t++; /* "The" that the tagger took into the name */
      } else if (run != NONE) {
        run_cut(w, run, stop, first);
        t = stop;
      } else t++;
    }
  }
}
