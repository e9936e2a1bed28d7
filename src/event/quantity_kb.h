/* quantity_kb.h - number words, bounds and measures as compiled from knowledge/quantities/; private to the reader of quantities. */
#ifndef TR_EVENT_QUANTITY_KB_H
#define TR_EVENT_QUANTITY_KB_H
#include "event/quantity.h"
#include "event/wordmap.h"

enum number_kind { NUMBER_UNIT, NUMBER_SCALE, NUMBER_VAGUE };
struct number_word {
  uint8_t kind;
  double value, most; /* most: of a vague one */
};

enum count_word { /* kinds of words.tsv, in its order there */
                  COUNT_LEAST,
                  COUNT_MOST,
                  COUNT_ABOUT,
                  COUNT_MORE,
                  COUNT_BETWEEN,
                  COUNT_TO,
                  COUNT_PERCENT,
                  COUNT_CENT,
                  COUNT_CURRENCY,
                  COUNT_MONEY,
                  COUNT_SKIP,
                  COUNT_KINDS
};
enum { COUNT_PHRASE = 4 };
struct count_phrase {
  uint8_t kind, n;
  sym word[COUNT_PHRASE];
  str unit; /* of a currency sign */
};

enum measure_how { MEASURE_OBJECT, MEASURE_SUBJECT, MEASURE_SELF };
struct measure {
  uint8_t how;
  str name;
};

struct quantity_kb {
  struct number_word *numbers;
  uint32_t n_numbers, size_numbers;
  struct count_phrase *phrases;
  uint32_t n_phrases, size_phrases;
  struct measure *measures;
  uint32_t n_measures, size_measures;
  struct wordmap by_number;         /* word -> numbers */
  struct wordmap by_first, by_last; /* first or last word of a phrase -> phrases */
  struct wordmap by_measure;        /* lemma -> measures */
  sym of, and_, at, by, a, half, them, whom, one, the, to;
};

const struct number_word *number_word(const struct quantity_kb *kb, sym word); /* NULL if it is none */

#endif
