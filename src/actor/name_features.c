/* name_features.c - what the recogniser of names looks at: zones, and the features of a word in its zone. See name_tagger.h.
 *
 * The learner (src/train/names_learn.c) and the tagger both come here, so that they see the same. A change of anything in this
 * file needs the model to be learned again (models/names.recipe). */
#include "actor/name_tagger.h"

enum mark { /* of one word, by the lists */
            MARK_GIVEN = 1,
            MARK_BODY = 2,
            MARK_GROUP = 4,
            MARK_HONORIFIC = 8,
            MARK_PARTICLE = 16,
            MARK_GENERATION = 32,
            MARK_THING = 64,
            MARK_NOT_NAME = 128,
            MARK_TITLE = 256,    /* ends a role noun that may stand before a name */
            MARK_AGENT = 512,    /* ends any role noun */
            MARK_STATE = 1024,   /* inside a name that the knowledge has: of a state, ... */
            MARK_PEOPLES = 2048, /* ... its people or adjective, */
            MARK_PERSON = 4096,  /* ... a person, */
            MARK_ENTITY = 8192,  /* ... a body */
            MARK_PLACE = 16384,  /* inside a candidate toponym */
            MARK_FAMILY = 32768  /* family name */
};

enum elsewhere {                     /* somewhere in the document the word .. */
                 ELSE_TITLED = 1,    /* stands behind a title or honorific */
                 ELSE_GIVEN = 2,     /* behind a given name */
                 ELSE_IN = 4,        /* behind "in", "at", "near" */
                 ELSE_BODY = 8,      /* beside a head noun of bodies */
                 ELSE_SMALL = 16,    /* has no capital */
                 ELSE_MIDDLE = 32,   /* has one, not at the start of a sentence */
                 ELSE_SAYS = 64,     /* is subject of a verb of saying: right before "said" */
                 ELSE_OWNS = 128,    /* has 's */
                 ELSE_ARTICLE = 256, /* stands behind "the" */
                 ELSE_LEADS = 512    /* is followed by a family name or initial: "John F." */
};

enum shape {
  SHAPE_SMALL,
  SHAPE_CAPITAL,
  SHAPE_CAPITALS,
  SHAPE_LETTER,
  SHAPE_MIXED,
  SHAPE_DIGITS,
  SHAPE_CODE,
  SHAPE_MARK,
  SHAPE_ABBREVIATED
};

static uint8_t shape_of(str s) {
  uint32_t up = 0, low = 0, digit = 0, other = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c >= 'A' && c <= 'Z') up++;
    else if (ascii_lower(s.p[i]) || c >= 0x80) low++;
    else if (c >= '0' && c <= '9') digit++;
    else other++;
  }
  if (!up && !low) return digit ? SHAPE_DIGITS : SHAPE_MARK;
  if (digit) return SHAPE_CODE;
  if (!up) return SHAPE_SMALL;
  bool first = s.p[0] >= 'A' && s.p[0] <= 'Z';
  if (up == 1 && !low) return SHAPE_LETTER;
  if (s.p[s.n - 1] == '.') return SHAPE_ABBREVIATED;
  if (!low) return SHAPE_CAPITALS;
  return first && up == 1 ? SHAPE_CAPITAL : SHAPE_MIXED;
}

static uint16_t list_marks(const struct work *w, uint32_t t) {
  uint16_t m = 0;
  if (w->token_piece[t] < w->token_piece[t + 1]) {
    const struct kb_word *k = kb_word(w->kb, w->piece[w->token_piece[t + 1] - 1]);
    uint32_t c = k ? k->classes : 0;
    m |= c & WORD_GIVEN ? MARK_GIVEN : 0;
    m |= c & WORD_BODY ? MARK_BODY : 0;
    m |= c & WORD_GROUP ? MARK_GROUP : 0;
    m |= c & WORD_HONORIFIC ? MARK_HONORIFIC : 0;
    m |= c & WORD_PARTICLE ? MARK_PARTICLE : 0;
    m |= c & WORD_GENERATION ? MARK_GENERATION : 0;
    m |= c & WORD_THING ? MARK_THING : 0;
    m |= c & WORD_NOT_NAME ? MARK_NOT_NAME : 0;
    m |= c & WORD_FAMILY ? MARK_FAMILY : 0;
  }
  if (w->agent[t].last != NONE) {
    m |= MARK_AGENT;
    if (w->kb->agents.at[name_row(w->agent[t].value)].flags & AGENT_TITLE) m |= MARK_TITLE;
  }
  if (w->d->tokens.place[t] != NONE) m |= MARK_PLACE;
  return m;
}

static uint16_t hit_marks(const struct work *w, const struct hit *h) {
  uint16_t m = 0;
  if (h->kinds & (1u << NAME_STATE | 1u << NAME_CAPITAL | 1u << NAME_METONYM)) m |= MARK_STATE;
  if (h->kinds & (1u << NAME_ADJECTIVE | 1u << NAME_PEOPLE)) m |= MARK_PEOPLES;
  if (h->kinds & 1u << NAME_ENTITY && name_kind(h->value) == NAME_ENTITY)
    m |= w->kb->entities.at[name_row(h->value)].kind == ACTOR_PERSON ? MARK_PERSON : MARK_ENTITY;
  return m;
}

static bool proper(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  return k->upos[t] == UPOS_PROPN || k->xpos[t] == XPOS_NNP || k->xpos[t] == XPOS_NNPS;
}

enum { MARK_KNOWN = MARK_STATE | MARK_PEOPLES | MARK_PERSON | MARK_ENTITY | MARK_PLACE };

static bool joins(const struct name_scan *s, uint32_t t) {
  static const char *const words[] = {"of",  "the", "and", "&",   "for", "de",  "al",  "el", "bin",
                                      "ibn", "van", "von", "der", "la",  "del", "da",  "di", "dos",
                                      "-",   "'s",  "'",   "le",  "y",   "du",  "den", "ul", "on"};
  str norm = doc_word(s->work->d, s->work->d->tokens.norm[t]);
  if (norm.n > 3) return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_is(norm, words[i])) return true;
  return false;
}

/* Joining words between two parts of a zone belong to it, at most two in a row. */
static void zones_join(const struct name_scan *s, uint32_t first, uint32_t end) {
  for (uint32_t t = first + 1; t + 1 < end; t++) {
    if (s->zone[t] || !s->zone[t - 1] || !joins(s, t)) continue;
    if (s->zone[t + 1]) s->zone[t] = 1;
    else if (t + 2 < end && joins(s, t + 1) && s->zone[t + 2]) s->zone[t] = s->zone[t + 1] = 1;
  }
}

/* ---- the document as a whole */

struct word_slot {
  sym word;
  uint16_t bits;
};

static struct word_slot *slot_of(struct word_slot *table, uint32_t mask, sym word) {
  for (uint32_t i = (uint32_t)word * 2654435761u >> 7 & mask;; i = (i + 1) & mask)
    if (!table[i].word || table[i].word == word) {
      table[i].word = word;
      return &table[i];
    }
}

static uint16_t here_bits(const struct name_scan *s, uint32_t t, uint32_t first, uint32_t end) {
  const struct work *w = s->work;
  uint16_t b = 0, before = t > first ? s->mark[t - 1] : 0, after = t + 1 < end ? s->mark[t + 1] : 0;
  if (before & (MARK_HONORIFIC | MARK_TITLE)) b |= ELSE_TITLED;
  if (before & MARK_GIVEN && s->shape[t - 1] != SHAPE_SMALL) b |= ELSE_GIVEN;
  if ((before | after) & (MARK_BODY | MARK_GROUP) && s->shape[t] != SHAPE_SMALL) b |= ELSE_BODY;
  if (s->shape[t] == SHAPE_SMALL) b |= ELSE_SMALL;
  else if (t > first) b |= ELSE_MIDDLE;
  if (t > first) {
    str norm = doc_word(w->d, w->d->tokens.norm[t - 1]);
    if (str_is(norm, "in") || str_is(norm, "at") || str_is(norm, "near")) b |= ELSE_IN;
    if (str_is(norm, "the")) b |= ELSE_ARTICLE;
  }
  if (t + 1 < end) {
    str norm = doc_word(w->d, w->d->tokens.norm[t + 1]);
    if (str_is(norm, "said") || str_is(norm, "says") || str_is(norm, "told")) b |= ELSE_SAYS;
    if (w->d->tokens.xpos[t + 1] == XPOS_POS) b |= ELSE_OWNS;
    if (s->shape[t + 1] == SHAPE_LETTER || after & MARK_FAMILY) b |= ELSE_LEADS;
  }
  return b;
}

static bool elsewhere_fill(struct name_scan *s) {
  const struct doc *d = s->work->d;
  uint32_t size = 64;
  while (size < 2 * d->tokens.n) size *= 2;
  struct word_slot *table = ARENA_ARRAY(s->work->memory, struct word_slot, size);
  if (!table) return false;
  for (int pass = 0; pass < 2; pass++)
    for (uint32_t i = 0; i < d->sentences.n; i++) {
      uint32_t first = d->sentences.at[i].first, end = first + d->sentences.at[i].n;
      for (uint32_t t = first; t < end; t++) {
        if (!s->zone[t] && s->shape[t] != SHAPE_SMALL) continue;
        struct word_slot *slot = slot_of(table, size - 1, d->tokens.norm[t]);
        if (pass) s->elsewhere[t] = slot->bits;
        else slot->bits |= here_bits(s, t, first, end);
      }
    }
  return true;
}

bool name_scan_open(struct name_scan *s, const struct work *w) {
  const struct doc *d = w->d;
  uint32_t n = d->tokens.n;
  *s = (struct name_scan){.work = w};
  s->zone = ARENA_ARRAY(w->memory, uint8_t, n + 1);
  s->hash = ARENA_ARRAY(w->memory, uint32_t, n + 1);
  s->mark = ARENA_ARRAY(w->memory, uint16_t, n + 1);
  s->shape = ARENA_ARRAY(w->memory, uint8_t, n + 1);
  s->elsewhere = ARENA_ARRAY(w->memory, uint16_t, n + 1);
  if (!s->zone || !s->hash || !s->mark || !s->shape || !s->elsewhere) return false;
  for (uint32_t t = 0; t < n; t++) {
    s->hash[t] = (uint32_t)str_hash(doc_word(d, d->tokens.norm[t]), 7);
    s->shape[t] = shape_of(token_text(d, t));
    s->mark[t] |= list_marks(w, t);
    if (w->name[t].last != NONE) {
      uint16_t m = hit_marks(w, &w->name[t]);
      for (uint32_t i = t; i <= w->name[t].last; i++) s->mark[i] |= m;
    }
  }
  for (uint32_t t = 0; t < n; t++)
    s->zone[t] = d->tokens.timex[t] == NONE && s->shape[t] != SHAPE_MARK && s->shape[t] != SHAPE_DIGITS &&
                 (s->shape[t] != SHAPE_SMALL || proper(w, t) || s->mark[t] & MARK_KNOWN);
  for (uint32_t i = 0; i < d->sentences.n; i++)
    zones_join(s, d->sentences.at[i].first, d->sentences.at[i].first + d->sentences.at[i].n);
  return elsewhere_fill(s);
}

bool name_zone_next(const struct name_scan *s, uint32_t t, uint32_t sentence_end, uint32_t *first, uint32_t *end) {
  while (t < sentence_end && !s->zone[t]) t++;
  if (t >= sentence_end) return false;
  *first = t;
  while (t < sentence_end && s->zone[t]) t++;
  *end = t;
  return true;
}

/* ---- features */

struct sink {
  uint32_t *out, n;
};

static void fire(struct sink *to, uint32_t kind, uint32_t a) {
  uint32_t h = (a ^ kind * 0x9E3779B1u) * 0x85EBCA6Bu;
  h ^= h >> 15;
  h *= 0xC2B2AE35u;
  h ^= h >> 14;
  if (to->n < NAME_FEATURES_MAX) to->out[to->n++] = h & ((1u << NAME_ROWS_LOG) - 1);
}

static uint32_t mix(uint32_t a, uint32_t b) { return (a * 31 + 17) * 0x9E3779B1u ^ b; }

static void fire_bits(struct sink *to, uint32_t kind, uint32_t bits) {
  for (uint32_t i = 0; bits; i++, bits >>= 1)
    if (bits & 1) fire(to, kind, i);
}

static void affixes(struct sink *to, str norm) {
  for (uint32_t n = 2; n <= 4 && n < norm.n; n++) {
    fire(to, 20 + n, (uint32_t)str_hash(str_sub(norm, norm.n - n, norm.n), 1));
    if (n > 2) fire(to, 30 + n, (uint32_t)str_hash(str_sub(norm, 0, n), 2));
  }
}

/* The run of words with the same kind of capitals around the token: its first, last and neighbouring words. */
static void run_features(const struct name_scan *s, struct sink *to, uint32_t t, uint32_t first, uint32_t end,
                         uint32_t begin, uint32_t stop) {
  uint32_t a = t, b = t;
  while (a > first && s->shape[a - 1] != SHAPE_SMALL && s->shape[a - 1] != SHAPE_MARK) a--;
  while (b + 1 < end && s->shape[b + 1] != SHAPE_SMALL && s->shape[b + 1] != SHAPE_MARK) b++;
  uint32_t length = b - a + 1 > 5 ? 5 : b - a + 1;
  fire(to, 40, length);
  fire(to, 41, mix(length, t - a > 3 ? 3 : t - a));
  fire(to, 42, s->hash[b]);
  fire(to, 43, s->mark[b]);
  fire(to, 44, mix(s->mark[a], s->mark[b]));
  if (b > t) fire(to, 45, s->hash[b]);
  if (a > begin) fire(to, 46, s->hash[a - 1]);
  if (b + 1 < stop) fire(to, 47, s->hash[b + 1]);
  if (a > begin) fire(to, 48, mix(s->hash[a - 1], length));
  if (b + 1 < stop) fire(to, 49, mix(s->hash[b + 1], length));
  if (a > begin) fire(to, 50, s->mark[a - 1]);
}

static void tree_features(const struct name_scan *s, struct sink *to, uint32_t t) {
  const struct tokens *k = &s->work->d->tokens;
  uint32_t above = k->head[t];
  fire(to, 60, mix(k->upos[t], s->shape[t]));
  fire(to, 61, mix(k->xpos[t], s->shape[t]));
  fire(to, 62, k->deprel[t]);
  if (above != NONE && !s->zone[above]) fire(to, 63, mix(s->hash[above], k->deprel[t]));
}

static void around(const struct name_scan *s, struct sink *to, uint32_t t, uint32_t begin, uint32_t stop) {
  const struct tokens *k = &s->work->d->tokens;
  static const int at[] = {-2, -1, 1, 2};
  for (uint32_t i = 0; i < 4; i++) {
    bool outside = at[i] < 0 ? t < begin + (uint32_t)-at[i] : t + (uint32_t)at[i] >= stop;
    if (outside) {
      fire(to, 70 + i, 0);
      continue;
    }
    uint32_t o = at[i] < 0 ? t - (uint32_t)-at[i] : t + (uint32_t)at[i];
    fire(to, 70 + i, s->hash[o]);
    fire(to, 74 + i, mix(s->shape[o], s->shape[t]));
    if (i != 1 && i != 2) continue;
    fire(to, 78 + i, mix(s->hash[o], s->hash[t]));
    fire(to, 80 + i, k->xpos[o]);
    fire_bits(to, 84 + i, s->mark[o]);
    fire(to, 88 + i, mix(s->mark[o], s->mark[t]));
    fire(to, 92 + i, mix(s->elsewhere[o] & ~(ELSE_SMALL | ELSE_MIDDLE), 1));
  }
}

uint32_t name_features(const struct name_scan *s, uint32_t t, uint32_t first, uint32_t end,
                       uint32_t out[NAME_FEATURES_MAX]) {
  const struct doc *d = s->work->d;
  const struct sentence *sentence = &d->sentences.at[d->tokens.sentence[t]];
  uint32_t begin = sentence->first, stop = begin + sentence->n;
  struct sink to = {out, 0};
  fire(&to, 1, 0);
  fire(&to, 2, s->hash[t]);
  fire(&to, 3, mix(s->hash[t], s->shape[t]));
  fire(&to, 4, s->shape[t]);
  fire(&to, 5, mix(s->shape[t], t == begin));
  fire(&to, 6, s->mark[t]);
  fire_bits(&to, 7, s->mark[t]);
  fire_bits(&to, 8, s->elsewhere[t]);
  fire(&to, 9, mix(s->elsewhere[t], t == begin));
  fire(&to, 10, mix(s->shape[t], sentence->n < 4 ? sentence->n : d->tokens.sentence[t] == 0 ? 9 : 4));
  if (s->mark[t] & MARK_PLACE) {
    const struct place *p = &d->places.at[d->tokens.place[t]];
    uint32_t people = 0;
    for (uint32_t n = p->population; n; n /= 10) people++;
    fire(&to, 11, mix(people, p->level));
    fire(&to, 12, mix(p->level, p->first == t));
    fire(&to, 13, mix(p->n, s->mark[t]));
  }
  if (s->work->name[t].last != NONE) fire(&to, 14, mix(s->work->name[t].kinds, s->work->name[t].last - t));
  affixes(&to, doc_word(d, d->tokens.norm[t]));
  run_features(s, &to, t, first, end, begin, stop);
  tree_features(s, &to, t);
  around(s, &to, t, begin, stop);
  return to.n;
}
