/* time_words.h - the words and rules of time expressions, compiled from knowledge/time/ when the stage opens.
 *
 * Immutable afterwards and shared by all threads. words.tsv gives each word its classes and values, feasts.tsv the named
 * days, rules.txt the patterns. It matches nothing itself (time_match.h) and works nothing out (timex_resolve.h). */
#ifndef TR_TIME_TIME_WORDS_H
#define TR_TIME_TIME_WORDS_H
#include "base/arena.h"
#include "base/err.h"
#include "base/intern.h"
#include "time/feast.h"

/* Word classes: those that patterns may name first. The name is that of words.tsv; in patterns it stands in capitals. */
/* clang-format off */
#define TIME_CLASSES(X)                                                                                               \
  X(NUM, "num") X(ORD, "ord") X(MONTH, "month") X(WEEKDAY, "weekday") X(WEEKDAYS, "weekdays") X(UNIT, "unit")          \
  X(PART, "part") X(SEASON, "season") X(REL, "rel") X(DEICTIC, "deictic") X(REF, "ref") X(MOD, "mod") X(EDGE, "edge") \
  X(DIR, "dir") X(FREQ, "freq") X(EACH, "each") X(HOUR, "hour") X(MERIDIEM, "meridiem") X(ZONE, "zone")               \
  X(DAY, "day") X(YEAR, "year") X(ISODATE, "isodate") X(NUMDATE, "numdate") X(DECADE, "decade") X(CLOCK, "clock")     \
  X(FEAST, "feast") X(CARD, "card") X(ANYYEAR, "anyyear") X(TWODIGIT, "twodigit") X(WEEKNO, "weekno")                 \
  X(QUARTERNO, "quarterno") X(HALFNO, "halfno") X(LITERAL, "")                                                                    \
  X(LEAD, "lead") X(PREP, "prep") X(IMPLICATIVE, "implicative") X(PROSPECTIVE, "prospective") X(GRANT, "grant")       \
  X(ULTIMATUM, "ultimatum") X(AGE, "age") X(REQUESTING, "requesting") X(MARKING, "marking")
/* clang-format on */
enum time_class {
#define X(name, text) TC_##name,
  TIME_CLASSES(X)
#undef X
      TC_COUNT
};
#define TC_BIT(c) (1ull << (c))
/* What makes a place worth a look; the rest (numbers, literals, articles) only beside one of these. */
#define TC_HOT                                                                                                         \
  (TC_BIT(TC_MONTH) | TC_BIT(TC_WEEKDAY) | TC_BIT(TC_WEEKDAYS) | TC_BIT(TC_UNIT) | TC_BIT(TC_PART) |                   \
   TC_BIT(TC_SEASON) | TC_BIT(TC_DEICTIC) | TC_BIT(TC_REF) | TC_BIT(TC_FREQ) | TC_BIT(TC_HOUR) | TC_BIT(TC_YEAR) |     \
   TC_BIT(TC_ISODATE) | TC_BIT(TC_NUMDATE) | TC_BIT(TC_DECADE) | TC_BIT(TC_CLOCK) | TC_BIT(TC_FEAST) |                 \
   TC_BIT(TC_MERIDIEM) | TC_BIT(TC_QUARTERNO) | TC_BIT(TC_HALFNO))

enum { WORD_CLASSES = 4 };
struct time_word {
  uint64_t mask;             /* TC_BIT of its classes */
  uint8_t cls[WORD_CLASSES]; /* and their values */
  int16_t value[WORD_CLASSES];
  uint8_t n;
  uint16_t feast; /* 1 + the first name in time_words.name that begins with it; 0 none */
  bool weak;      /* alone it is no date: "may", "march" */
  uint32_t nbegins;
  uint16_t *begins; /* [nbegins] rows of time_words.pattern that may begin with this word, in their order */
};

/* ---- patterns */

enum element_kind { ELEMENT_CLASS, ELEMENT_WORDS, ELEMENT_BLOCK };
enum { ELEMENT_WORDS_MAX = 6, PATTERN_MAX = 12, BLOCKS_MAX = 16 };
struct element {
  uint8_t kind, cls, block, n;
  bool optional, context; /* context: must be there, is not part of the expression */
  sym words[ELEMENT_WORDS_MAX];
};
struct pattern {
  struct element *at; /* [n] */
  uint8_t n, op;      /* enum time_op; of a block's pattern: unused */
  uint64_t start;     /* classes with which it may begin */
  uint64_t need;      /* classes without which it cannot match */
  uint32_t line;      /* of rules.txt */
};
struct block {
  str name;
  struct pattern *at;
  uint32_t n, size;
  uint64_t start, need; /* any of its patterns' start; what all of its patterns need */
};

/* clang-format off */
#define TIME_OPS(X)                                                                                                   \
  X(DAY, "day") X(RANGE, "range") X(YEARS, "years") X(MONTH, "month") X(YEAR, "year") X(DECADE, "decade")             \
  X(CENTURY, "century") X(QUARTER, "quarter") X(HALF, "half") X(SEASON, "season") X(UNIT, "unit") X(SPAN, "span")     \
  X(AWAY, "away") X(LENGTH, "length") X(SET, "set") X(REF, "ref") X(PAST, "past") X(FUTURE, "future")                 \
  X(PRESENT, "present") X(NTH, "nth") X(ANNIVERSARY, "anniversary")                              \
  X(WEEK, "week") X(WEEKDAY, "weekday")
/* clang-format on */
enum time_op {
#define X(name, text) OP_##name,
  TIME_OPS(X)
#undef X
      OP_COUNT
};

struct feast_name { /* sorted as in the file; of one first word the longest first */
  sym first;
  sym *words;
  uint32_t n, feast, next; /* next: 1 + the next name with the same first word; 0 none */
  sym *behind;             /* [nbehind] one of these must follow, and is not part of it; none if 0 */
  uint32_t nbehind;
};

struct time_words {
  struct arena memory;
  uint16_t *row; /* [symbols] row of `word`, 0 none */
  uint32_t symbols;
  struct time_word *word;
  uint32_t nword, size_word;
  struct pattern *pattern; /* the rules */
  uint32_t npattern, size_pattern;
  struct block block[BLOCKS_MAX];
  uint32_t nblock;
  struct feast *feast;
  uint32_t nfeast, size_feast;
  struct feast_name *name;
  uint32_t nname, size_name;
  sym hyphen, slash, comma, period, colon, apostrophe_s, curly_s, a, an, the, half, to, not_, and_, day, this_, week,
      year, eve;
};

/* Reads `folder`/time/. The words go to `words`, which must outlive it. False with *e; release in both cases. */
bool time_words_open(struct time_words *t, const char *folder, struct symtab *words, struct err *e);
void time_words_release(struct time_words *t);

static inline const struct time_word *time_word(const struct time_words *t, sym s) {
  return s < t->symbols && t->row[s] ? &t->word[t->row[s]] : NULL;
}
static inline bool word_is(const struct time_word *w, enum time_class c) { return w && (w->mask & TC_BIT(c)); }
/* Its value in a class it has; 0 otherwise. */
static inline int word_value(const struct time_word *w, enum time_class c) {
  for (uint8_t i = 0; w && i < w->n; i++)
    if (w->cls[i] == c) return w->value[i];
  return 0;
}

#endif
