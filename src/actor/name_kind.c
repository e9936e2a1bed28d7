/* name_kind.c - what an unknown name is, person, body or place: from the class that the recogniser gave it, and from its own words,
 * its title, the article before it, its apposition and the places that it may be.
 *
 * names.c asks; who the name is, is decided in link.c. */
#include "actor/name_parts.h"

bool name_is_place(const struct work *w, uint32_t first, uint32_t last) {
  uint32_t p = w->d->tokens.place[first];
  return p != NONE && w->d->tokens.place[last] == p && w->d->places.at[p].first <= first &&
         w->d->places.at[p].first + w->d->places.at[p].n > last;
}

bool name_article_before(const struct work *w, uint32_t first) {
  return first > 0 && w->d->tokens.sentence[first - 1] == w->d->tokens.sentence[first] &&
         str_eq_fold(token_text(w->d, first - 1), STR("the"));
}

/* The word that says what a name is: before "of" or the last one. */
uint32_t name_head_word(const struct work *w, uint32_t first, uint32_t last) {
  for (uint32_t t = first + 1; t < last; t++)
    if ((str_is(token_text(w->d, t), "of") || str_is(token_text(w->d, t), "for")) &&
        word_classes(w, t - 1) & (WORD_BODY | WORD_GROUP))
      return t - 1;
  return last;
}

/* "the Prime Minister", "Counter-Terror Chiefs", "Villagers": a role noun in capitals is a nominal, left to nouns.c. */
static bool only_role(const struct work *w, uint32_t first, uint32_t last) {
  if (w->agent[last].last == NONE) return false;
  if (w->agent[last].last <= first) return true;
  const struct kb_agent *a = &w->kb->agents.at[name_row(w->agent[last].value)];
  return a->kind == ACTOR_PERSON && !(word_classes(w, last) & (WORD_GIVEN | WORD_BODY | WORD_GROUP)) &&
         !(word_classes(w, first) & WORD_GIVEN);
}

/* "the village of Nam Sauk" */
static bool settled(const struct work *w, uint32_t first, uint32_t last) {
  uint32_t head = work_head(w, first, last - first + 1), above = w->d->tokens.head[head];
  return above != NONE && str_is(doc_word(w->d, tree_case(w->d, head)), "of") &&
         kb_word_is(w->kb, w->d->tokens.lemma[above], WORD_THING | WORD_SETTLED);
}

/* The same, and "near Htan Gyi": where it stands says that it is a place. */
static bool located(const struct work *w, uint32_t first, uint32_t last) {
  if (name_article_before(w, first)) return false;
  sym prep = tree_case(w->d, work_head(w, first, last - first + 1));
  if (kb_word_is(w->kb, prep, WORD_LOCATIVE)) return !(word_classes(w, first) & WORD_GIVEN);
  return settled(w, first, last);
}

/* Kind of an unknown name, ACTOR_COUNT if it is none or unclear; *skip: no actor at all. */
uint8_t name_kind_by_words(const struct work *w, uint32_t first, uint32_t last, const struct title *title, bool *skip) {
  uint32_t words = last - first + 1, head = name_head_word(w, first, last), c = word_classes(w, head);
  *skip = false;
  const struct kb_agent *agent = work_agent(w, title->agent);
  if (only_role(w, first, last)) return *skip = true, ACTOR_COUNT;
  if (title->honorific || (agent && agent->kind == ACTOR_PERSON)) return ACTOR_PERSON;
  if (agent && (agent->kind == ACTOR_GROUP || agent->kind == ACTOR_ORGANIZATION)) return agent->kind;
  bool given = word_classes(w, first) & WORD_GIVEN;
  if (words > 1 && title->agent == NONE && !(c & (WORD_BODY | WORD_GROUP)) && located(w, first, last))
    return *skip = true, ACTOR_COUNT;
  if (words > 1 && given && !(c & (WORD_BODY | WORD_GROUP))) return ACTOR_PERSON;
  if (words > 1 && c & WORD_GROUP) return ACTOR_GROUP;
  if (words > 1 && c & WORD_BODY && !name_is_place(w, first, last)) return ACTOR_ORGANIZATION;
  if (c & WORD_THING && (words > 1 || !given)) return *skip = true, ACTOR_COUNT;
  if (words > 1 && word_classes(w, first) & WORD_THING) return *skip = true, ACTOR_COUNT;
  if (words == 1 && c & WORD_NOT_NAME) return *skip = true, ACTOR_COUNT;
  bool plural = w->d->tokens.xpos[last] == XPOS_NNPS;
  if (words > 1 && name_is_place(w, first, last)) return *skip = true, ACTOR_COUNT;
  if (plural && name_article_before(w, first)) return ACTOR_GROUP;
  if (words == 1)
    return given && w->d->tokens.upos[first] == UPOS_PROPN && !name_is_place(w, first, last) ? ACTOR_PERSON
                                                                                             : ACTOR_COUNT;
  if (name_article_before(w, first)) return ACTOR_ORGANIZATION;
  return words <= 5 ? ACTOR_PERSON : ACTOR_ORGANIZATION;
}

/* One letter, or the letters of a type: "F-16", "Mi-17". */
bool name_is_type(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (token_text(w->d, t).n < 2) return true;
  return t + 2 < k->n && k->sentence[t + 2] == k->sentence[t] && word_joined(w, t) && word_hyphen(w, t + 1) &&
         k->flags[t + 2] & TOKEN_DIGIT;
}

/* The recogniser found no name here, but its words tell one: a title, a given name, the head noun of a body. */
bool name_told_by_words(const struct work *w, uint32_t first, uint32_t last, const struct title *title) {
  uint32_t c = word_classes(w, name_head_word(w, first, last));
  return title->agent != NONE || title->honorific ||
         (last > first && (c & (WORD_BODY | WORD_GROUP) || word_classes(w, first) & WORD_GIVEN));
}

/* The words say more than the class learned: a group's head noun in "Free Valley Front", a given name in a work's title. */
bool name_overruled(const struct work *w, uint32_t first, uint32_t last, const struct title *title) {
  uint32_t c = word_classes(w, name_head_word(w, first, last));
  enum name_class class = label_class(w->label[first]);
  if (class == CLASS_OTHER || class == CLASS_PEOPLE) return name_told_by_words(w, first, last, title);
  return (class == CLASS_PLACE || class == CLASS_FACILITY) && last > first && c & WORD_GROUP;
}

static bool person_noun(const struct work *w, uint32_t t) {
  return w->agent[t].last != NONE && w->kb->agents.at[name_row(w->agent[t].value)].kind == ACTOR_PERSON;
}

/* "its field commander, Idris Osheik": a person, whatever else the words look like. */
static bool apposed_person(const struct work *w, uint32_t first, uint32_t last) {
  const struct tokens *k = &w->d->tokens;
  uint32_t head = work_head(w, first, last - first + 1), told = tree_child(w->d, head, DEPREL_APPOS);
  if (k->deprel[head] == DEPREL_APPOS && k->head[head] != NONE && person_noun(w, k->head[head])) return true;
  return told != NONE && person_noun(w, told) && !name_article_before(w, first);
}

/* "the Delmas Kings, a gang" */
static bool the_many(const struct work *w, uint32_t first, uint32_t last) {
  return last > first && name_article_before(w, first) && w->d->tokens.xpos[last] == XPOS_NNPS;
}

/* "shelled Goma and Uvira": both are ground. */
static bool shelled(const struct work *w, uint32_t first, uint32_t last) {
  if (!name_is_place(w, first, last)) return false;
  uint32_t h = work_head(w, first, last - first + 1);
  for (int climb = 0; climb < 6 && w->d->tokens.deprel[h] == DEPREL_CONJ && w->d->tokens.head[h] != NONE; climb++)
    h = w->d->tokens.head[h];
  uint32_t p = w->d->tokens.place[h];
  return p != NONE && w->d->places.at[p].ground;
}

/* "the village of Nam Sauk"; "near Htan Gyi", where no word of it is a person's name. */
static bool place_by_stand(const struct work *w, uint32_t first, uint32_t last) {
  if (settled(w, first, last) || shelled(w, first, last)) return true;
  for (uint32_t t = first; t <= last; t++)
    if (word_classes(w, t) & (WORD_GIVEN | WORD_FAMILY)) return false;
  return last > first && located(w, first, last);
}

/* "Walt Disney Co." */
static bool firm(const struct work *w, uint32_t last) {
  const struct kb_word *k = kb_word(w->kb, w->piece[w->token_piece[last + 1] - 1]);
  return k && k->classes & WORD_BODY && !strcmp(k->sector, "BUS");
}

/* "Idris Osheik": a given name and a family name. */
static bool told_person(const struct work *w, uint32_t first, uint32_t last) {
  return last == first + 1 && word_classes(w, first) & WORD_GIVEN && word_classes(w, last) & WORD_FAMILY;
}

/* What a name is that the recogniser found: its class, made finer by its words ("Front": a group). */
uint8_t name_kind_learned(const struct work *w, uint32_t first, uint32_t last, const struct title *title, bool *skip) {
  uint32_t c = word_classes(w, name_head_word(w, first, last));
  const struct kb_agent *agent = work_agent(w, title->agent);
  bool body = agent && (agent->kind == ACTOR_GROUP || agent->kind == ACTOR_ORGANIZATION);
  if (first == last && c & WORD_NOT_NAME) return *skip = true, ACTOR_COUNT;
  bool surname = first == last && label_class(w->label[first]) == CLASS_PERSON && !name_article_before(w, first);
  *skip = !surname && only_role(w, first, last); /* "King said", but "the King" */
  if (*skip) return ACTOR_COUNT;
  switch (label_class(w->label[first])) {
  case CLASS_PERSON:
    if (title->agent == NONE && !title->honorific && place_by_stand(w, first, last)) return *skip = true, ACTOR_COUNT;
    if (!body && last > first && c & (WORD_BODY | WORD_GROUP) && !(word_classes(w, first) & WORD_GIVEN))
      return c & WORD_GROUP ? ACTOR_GROUP : ACTOR_ORGANIZATION; /* "the Farmers' Party" */
    if (!body && title->agent == NONE && !title->honorific && the_many(w, first, last)) return ACTOR_GROUP;
    return body ? agent->kind : last > first && firm(w, last) ? ACTOR_ORGANIZATION : ACTOR_PERSON;
  case CLASS_ORGANISATION:
    if (body) return agent->kind;
    if (!(c & (WORD_BODY | WORD_GROUP)) && (told_person(w, first, last) || apposed_person(w, first, last)))
      return ACTOR_PERSON;
    return c & WORD_GROUP || (w->d->tokens.xpos[last] == XPOS_NNPS && name_article_before(w, first))
               ? ACTOR_GROUP
               : ACTOR_ORGANIZATION;
  case CLASS_PLACE: return ACTOR_COUNT;
  case CLASS_FACILITY:
  case CLASS_PEOPLE:
  case CLASS_OTHER:
  case CLASS_COUNT: break;
  }
  return *skip = true, ACTOR_COUNT;
}

/* "the Sams" where the text names a Manju Sam: the family of a person, in the plural. */
bool name_is_family(const struct work *w, uint32_t first, uint32_t last) {
  const struct tokens *k = &w->d->tokens;
  str many = doc_word(w->d, k->norm[first]);
  bool plural = k->xpos[first] == XPOS_NNPS;
  if (first != last || !name_article_before(w, first) || !(plural || k->xpos[first] == XPOS_NNP)) return false;
  if (many.n < 4 || !str_ends(many, STR("s"))) return false;
  str one = str_sub(many, 0, many.n - 1), other = str_ends(many, STR("es")) ? str_sub(many, 0, many.n - 2) : one;
  for (uint32_t t = 1; t < k->n; t++) {
    str word = doc_word(w->d, k->norm[t]);
    if (!(k->flags[t] & TOKEN_UPPER_FIRST) || (!str_eq(word, one) && !str_eq(word, other))) continue;
    bool person = w->label && w->label[t] != LABEL_NONE && label_class(w->label[t]) == CLASS_PERSON;
    bool surname = word_classes(w, t - 1) & (WORD_GIVEN | WORD_HONORIFIC) || (person && !label_opens(w->label[t]));
    if (surname || (plural && person)) return true;
  }
  return false;
}

/* "Hutus", "Sunni Muslims", "a Kurd": a community of faith or descent is no name; nouns.c reads it. */
bool name_is_community(const struct work *w, uint32_t first, uint32_t last) {
  const struct hit *end = &w->agent[last], *begin = &w->agent[first];
  if (end->last != NONE && end->last <= first && agent_flags(w, name_row(end->value)) & AGENT_COMMUNITY) return true;
  return last > first && begin->last == first && begin->value & NAME_BIT && str_is(token_text(w->d, first + 1), "of") &&
         agent_flags(w, name_row(begin->value)) & AGENT_COMMUNITY; /* "Muslims of Gujarat" */
}

/* "D-Ark.": a party's letter and a place. */
bool name_is_constituency(const struct work *w, uint32_t first, uint32_t last) {
  if (token_text(w->d, first).n == 1 && last == first + 2 && word_hyphen(w, first + 1))
    return w->d->tokens.place[last] != NONE;
  return first > 1 && word_hyphen(w, first - 1) && token_text(w->d, first - 2).n == 1 && name_is_place(w, first, last);
}

/* "2nd Earl of Clare": a title that is a given name as well. */
bool name_is_rank(const struct work *w, uint32_t first, uint32_t last) {
  return first == last && w->agent_from[first] == first && word_classes(w, first) & WORD_GIVEN &&
         first + 2 < w->d->tokens.n && w->d->tokens.sentence[first + 2] == w->d->tokens.sentence[first] &&
         str_is(token_text(w->d, first + 1), "of") && word_upper(w, first + 2);
}
