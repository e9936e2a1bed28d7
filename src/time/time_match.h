/* time_match.h - finding expressions of time: the words of a sentence as pieces, the patterns over them, what they caught.
 *
 * A piece is a token, or a part of one that the tokenizer left whole ("mid-November", "48-hour"). Matching is greedy over the
 * pieces from left to right, the longest pattern first; it knows nothing of the calendar. */
#ifndef TR_TIME_TIME_MATCH_H
#define TR_TIME_TIME_MATCH_H
#include "doc/doc.h"
#include "time/time_words.h"

struct piece {
  sym word;
  uint32_t token;
  str text;
  uint64_t mask; /* classes, those that digits make among them */
  uint64_t from; /* the classes of this piece and of all behind it in the sentence */
  float number;  /* of digits; -1 none */
  int32_t extra; /* year of DECADE, minutes of CLOCK, day of ISODATE, coded day of NUMDATE */
  const struct time_word *w;
  uint16_t no_block; /* bit k: block k of time_words.h is known not to begin here; filled by the matcher */
};

/* What a pattern caught; -1 or 0 as said. */
struct parts {
  int16_t day, day2, month, year, year2;              /* 0 none */
  int16_t weekday, season, part, unit, unit2;         /* 0 none */
  int16_t rel, rel2, mod, edge, dir, ref, freq, each; /* 0 none; edge: 1 start, 2 middle, 3 end */
  int16_t ord, decade, feast;                         /* ord 0 none; decade 0 none; feast -1 none */
  int16_t deictic, clock;                             /* minutes of the day, -1 none */
  int16_t zone;                                       /* as words.tsv has it, if zoned */
  int16_t week, quarter, halfyear;                    /* 0 none */
  bool has_deictic, weekdays, plural, zoned;
  bool half, eve, the, the_weekday, of_week, of_year; /* these words stood in the pattern */
  float num, num2;                                    /* -1 none; -2 some */
  int32_t iso;                                        /* DAY_NONE none */
  int16_t numdate[3];                                 /* as written; 0 none */
  int ncard, nunit;
  bool bare; /* a weak word alone */
};

struct found {
  uint32_t first, n; /* pieces, without those of context */
  const struct pattern *pattern;
  struct parts parts;
};

struct pieces {
  struct piece *at;
  uint32_t n, size;
};

enum { PIECES_MAX = 4096 };
/* Fills the pieces of one sentence (at most PIECES_MAX). */
void pieces_fill(struct pieces *p, const struct time_words *t, const struct doc *d, uint32_t first, uint32_t n);
/* The longest expression that begins at piece i, or false. */
bool time_find(const struct time_words *t, const struct pieces *p, uint32_t i, struct found *out);

#endif
