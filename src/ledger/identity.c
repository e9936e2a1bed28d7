/* identity.c - comparing names across documents: spelling, middle names, initials, acronyms, order; countries keep namesakes apart.
 *
 * Spelling means transliteration: "Qassem Sulaimani" and "Kasim Suleimani" differ in nothing but how vowels and some
 * consonants were written down; "Dan" and "Don" differ. */
#include "ledger/identity.h"
#include "base/utf8.h"
#include <stdio.h>
#include <string.h>

enum { WORDS_MAX = 10, WORD_MAX = 48 };

struct word {
  char text[WORD_MAX];  /* folded, without apostrophes and full stops */
  char sound[WORD_MAX]; /* how it sounds: capitals are digraphs */
  size_t n;
};
struct words {
  struct word at[WORDS_MAX];
  unsigned n;
  bool article;    /* al-, el-: left out */
  char generation; /* 'j' junior, 's' senior, digit or roman as written; 0 none */
};

/* ---- words */

static bool one_of(const char *s, const char *const *list) {
  for (; *list; list++)
    if (!strcmp(s, *list)) return true;
  return false;
}

static bool is_article(const char *s) {
  static const char *const list[] = {"al", "el", "ul", "ad", "ar", "as", "az", "at", "an", "ash", "the", "l", NULL};
  return one_of(s, list);
}

static const char *same_word(const char *s) { /* names whose spellings no rule covers */
  static const char *const muhammad[] = {"mohammed", "mohamed", "muhammad", "mohammad", "muhammed",
                                         "mohamad",  "mohamud", "muhammet", "mehmed",   "mohd",
                                         "md",       "mahomed", NULL};
  static const char *const abd[] = {"abd", "abdel", "abdul", "abdal", "abdol", "abdu", "abdou", NULL};
  static const char *const son[] = {"bin", "ibn", "ben", "bn", NULL};
  static const char *const yusuf[] = {"yusuf", "youssef", "yousef", "yusef", "yousuf", "youssouf", "yosef", NULL};
  if (one_of(s, muhammad)) return "muhammad";
  if (one_of(s, abd)) return "abd";
  if (one_of(s, son)) return "bin";
  return one_of(s, yusuf) ? "yusuf" : s;
}

static bool vowel(char c) { return c && strchr("aeiouy", c); }

/* One vowel class for a run of vowels: 'u' of o and u, 'i' of i and y and diphthongs on them, 'a', 'e' (either of a and i). */
static char vowel_class(const char *s, size_t n) {
  bool a = false, e = false, i = false, u = false;
  for (size_t k = 0; k < n; k++) {
    a |= s[k] == 'a';
    e |= s[k] == 'e';
    i |= s[k] == 'i' || s[k] == 'y';
    u |= s[k] == 'o' || s[k] == 'u';
  }
  if (u && !i) return 'u';
  if (i && u) return 'y'; /* "oi", "iu": rare, kept apart */
  if (i) return 'i';
  if (e && n > 1 && !a) return 'i'; /* "ee" */
  return a ? 'a' : 'e';
}

static const struct {
  const char *from;
  char to;
} sounds[] = {{"tch", 'C'}, {"sch", 'S'}, {"dzh", 'j'}, {"kh", 'X'}, {"gh", 'g'}, {"dh", 'd'},
              {"th", 't'},  {"sh", 'S'},  {"ch", 'C'},  {"zh", 'Z'}, {"dj", 'j'}, {"ph", 'f'},
              {"ck", 'k'},  {"ts", 'c'},  {"tz", 'c'},  {"q", 'k'},  {"c", 'k'},  {"w", 'v'}};

static void sound_of(const char *s, char out[WORD_MAX]) {
  size_t n = 0, length = strlen(s);
  for (size_t i = 0; i < length && n + 1 < WORD_MAX;) {
    char c = s[i];
    size_t used = 1;
    if (vowel(c)) {
      while (vowel(s[i + used])) used++;
      c = vowel_class(s + i, used);
    } else
      for (size_t k = 0; k < sizeof sounds / sizeof *sounds; k++)
        if (!strncmp(s + i, sounds[k].from, strlen(sounds[k].from))) {
          c = sounds[k].to;
          used = strlen(sounds[k].from);
          break;
        }
    i += used;
    if (c == 'h' && n && vowel(out[n - 1]) && i == length) continue; /* "Abdullah", "Abdulla" */
    if (n && out[n - 1] == c) continue;                              /* doubled */
    if (c == 'x' && n + 2 < WORD_MAX) out[n++] = 'k', c = 's';
    out[n++] = c;
  }
  out[n] = 0;
}

static bool generation_of(const char *s, char *out) {
  static const char *const known[] = {"jr", "junior", "sr", "senior", "ii", "iii", "iv", NULL};
  if (!one_of(s, known)) return false;
  *out = s[0] == 'i' ? (char)('0' + strlen(s)) : s[0];
  return true;
}

static void word_add(struct words *w, const char *s, size_t n) {
  char text[WORD_MAX];
  if (!n || n >= WORD_MAX || w->n == WORDS_MAX) return;
  memcpy(text, s, n);
  text[n] = 0;
  if (w->n && generation_of(text, &w->generation)) return;
  if (is_article(text)) {
    w->article = true;
    return;
  }
  struct word *to = &w->at[w->n++];
  snprintf(to->text, sizeof to->text, "%s", same_word(text));
  to->n = strlen(to->text);
  sound_of(to->text, to->sound);
}

static void words_of(str name, struct words *w) {
  char folded[512], one[WORD_MAX];
  size_t n = utf8_fold(name, folded, sizeof folded), k = 0;
  *w = (struct words){.n = 0};
  for (size_t i = 0; i <= n; i++) {
    unsigned char c = i < n ? (unsigned char)folded[i] : ' ';
    bool mark = c == '\'' || c == '`' || c == '.';
    if (c == 0xE2 && i + 2 < n && (unsigned char)folded[i + 1] == 0x80) { /* typographic apostrophe, dash */
      mark = true;
      i += 2;
    }
    static const struct {
      unsigned char first, second;
      char plain;
    } whole[] = {{0xC5, 0x82, 'l'},
                 {0xC4, 0x91, 'd'},
                 {0xC3, 0xB8, 'o'},
                 {0xC4, 0xB1, 'i'}}; /* they do not decompose */
    for (size_t l = 0; l < sizeof whole / sizeof *whole; l++)
      if (c == whole[l].first && i + 1 < n && (unsigned char)folded[i + 1] == whole[l].second) {
        c = (unsigned char)whole[l].plain;
        i++;
      }
    if (mark && !(c == '.' && k == 1 && i + 1 < n && folded[i + 1] != ' ')) continue;
    if (c == ' ' || c == '-' || c == ',' || c == '.' || c == '(' || c == ')') word_add(w, one, k), k = 0;
    else if (k < sizeof one) one[k++] = (char)c;
  }
}

/* ---- comparing words */

static bool spelled_alike(const struct word *a, const struct word *b) {
  const char *x = a->sound, *y = b->sound;
  for (; *x && *y; x++, y++) {
    if (*x == *y) continue;
    bool soft = (*x == 'e' && (*y == 'a' || *y == 'i')) || (*y == 'e' && (*x == 'a' || *x == 'i')) ||
                (*x == 'C' && *y == 'k') || (*x == 'k' && *y == 'C'); /* "Michael", "Mikael" */
    if (!soft) return false;
  }
  if (a->n < 3 || b->n < 3) return !strcmp(a->text, b->text);
  return !*x && !*y;
}

static bool initial_of(const struct word *a, const struct word *b) {
  return a->text[0] == b->text[0] && (a->n == 1 || b->n == 1) && a->n != b->n;
}

enum { EXACT, SPELLING, DIFFERENT };
static int compare_words(const struct words *a, const struct words *b) {
  int worst = EXACT;
  if (a->n != b->n) return DIFFERENT;
  for (unsigned i = 0; i < a->n; i++) {
    if (!strcmp(a->at[i].text, b->at[i].text)) continue;
    if (!spelled_alike(&a->at[i], &b->at[i])) return DIFFERENT;
    worst = SPELLING;
  }
  return worst;
}

/* The shorter name is the longer one without some middle names; initials may stand for them. *initials: some did. */
static bool without_middle(const struct words *a, const struct words *b, bool *initials) {
  if (a->n > b->n) return without_middle(b, a, initials);
  if (a->n < 2) return false;
  unsigned i = 0;
  *initials = false;
  for (unsigned k = 0; k < b->n; k++) {
    bool last = k + 1 == b->n, must = k == 0 || last;
    if (last && i + 1 != a->n) return false;
    bool same = i < a->n && (!must || last == (i + 1 == a->n) || k == 0) && spelled_alike(&a->at[i], &b->at[k]);
    bool initial = i < a->n && !last && initial_of(&a->at[i], &b->at[k]);
    if (same || initial) i++, *initials |= initial;
    else if (must) return false;
  }
  return i == a->n;
}

static unsigned initials_count(const struct words *w) {
  unsigned n = 0;
  for (unsigned i = 0; i < w->n; i++) n += w->at[i].n == 1;
  return n;
}

static bool turned(const struct words *a, const struct words *b) { /* "Kim Jong Un", "Jong Un Kim" */
  if (a->n != b->n || a->n < 2 || a->n > 3) return false;
  for (unsigned shift = 1; shift < a->n; shift++) {
    unsigned i = 0;
    while (i < a->n && spelled_alike(&a->at[i], &b->at[(i + shift) % a->n])) i++;
    if (i == a->n) return true;
  }
  return false;
}

static bool joiner(const char *s) {
  static const char *const list[] = {"of", "for", "and", "in", "de", "du", "la", "to", "on", NULL};
  return one_of(s, list);
}

static bool all_capitals(str s) {
  unsigned n = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (ascii_lower(s.p[i]) || ascii_space(s.p[i])) return false;
    n += ascii_upper(s.p[i]);
  }
  return n >= 2;
}

/* First letters without joiners; 0 if there are fewer than three. */
static size_t first_letters(const struct words *w, char out[WORDS_MAX + 1]) {
  size_t n = 0;
  for (unsigned i = 0; i < w->n; i++)
    if (!joiner(w->at[i].text)) out[n++] = w->at[i].text[0];
  out[n] = 0;
  return n >= 3 ? n : 0;
}

static bool letters_of(str acronym, const struct words *longer) {
  char a[WORDS_MAX + 1], b[16];
  size_t n = 0;
  for (size_t i = 0; i < acronym.n; i++)
    if (ascii_alpha(acronym.p[i]) && n + 1 < sizeof b) b[n++] = ascii_fold(acronym.p[i]);
  b[n] = 0;
  return first_letters(longer, a) && !strcmp(a, b);
}

/* ---- the rules */

static bool person(const struct face *a) { return str_is(a->kind, "person"); }

static const char *person_rule(const struct words *a, const struct words *b, bool same_country) {
  bool initials;
  if (a->n < 2 || b->n < 2) return NULL; /* one word is a name that many bear */
  int c = compare_words(a, b);
  if (c == EXACT) return "same name";
  if (c == SPELLING) return "spelling";
  if (!same_country) return NULL;
  if (turned(a, b)) return "order of names";
  if (!without_middle(a, b, &initials)) return NULL;
  if (!initials) return "middle name";
  const struct words *given = initials_count(a) ? a : b;
  return given->at[0].n > 1 || initials_count(given) >= 2 ? "initials" : NULL; /* "J. Smith" may be Jane */
}

static const char *body_rule(const struct face *x, const struct face *y, const struct words *a, const struct words *b,
                             bool same_country) {
  int c = compare_words(a, b);
  if (c == EXACT) return "same name";
  if (c == SPELLING && a->n > 1) return "spelling";
  if (!same_country) return NULL;
  if (all_capitals(x->name) && letters_of(x->name, b)) return "acronym";
  return all_capitals(y->name) && letters_of(y->name, a) ? "acronym" : NULL;
}

const char *identity_rule(const struct face *x, const struct face *y) {
  if (person(x) != person(y)) return NULL;
  bool known = x->country.n && y->country.n, same_country = known && str_eq(x->country, y->country);
  if (known && !same_country) return NULL;
  struct words a, b;
  words_of(x->name, &a);
  words_of(y->name, &b);
  if (!a.n || !b.n || a.generation != b.generation) return NULL;
  return person(x) ? person_rule(&a, &b, same_country) : body_rule(x, y, &a, &b, same_country);
}

/* ---- keys */

static void consonants(const char *sound, char *out, size_t size) {
  size_t n = 0;
  for (; *sound && n + 1 < size; sound++)
    if (!strchr("aeiuy", *sound)) out[n++] = *sound == 'C' ? 'k' : *sound;
  out[n] = 0;
}

void identity_keys(const struct face *a, struct identity_keys *out) {
  struct words w;
  char letters[WORDS_MAX + 1], skeleton[IDENTITY_KEY - 4];
  *out = (struct identity_keys){.n = 0};
  words_of(a->name, &w);
  if (!w.n) return;
  char kind = person(a) ? 'p' : 'b';
  for (unsigned end = 0; end < 2; end++) { /* the last word and the first: either may be the surname */
    consonants(w.at[end ? 0 : w.n - 1].sound, skeleton, sizeof skeleton);
    if (!end || w.n > 1) snprintf(out->key[out->n++], IDENTITY_KEY, "%c:%s", kind, skeleton);
  }
  if (kind == 'p') return;
  if (all_capitals(a->name)) snprintf(out->key[out->n++], IDENTITY_KEY, "a:%.20s", w.at[0].text);
  else if (first_letters(&w, letters)) snprintf(out->key[out->n++], IDENTITY_KEY, "a:%s", letters);
}
