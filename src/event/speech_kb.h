/* speech_kb.h - the cues of speech and thought as compiled from knowledge/events/speech.tsv; private to the speech reader. */
#ifndef TR_EVENT_SPEECH_KB_H
#define TR_EVENT_SPEECH_KB_H
#include "event/speech.h"
#include "event/wordmap.h"

enum cue_takes { /* what carries the words said; the comments of speech.tsv define them */
                 TAKES_THAT = 1,
                 TAKES_QUOTE = 2,
                 TAKES_OBJECT = 4,
                 TAKES_INF = 8,
                 TAKES_ING = 16,
                 TAKES_PREP = 32, /* of `preps` */
                 TAKES_OBJECT_INF = 64,
                 TAKES_OBJECT_PREP = 128, /* of `object_preps` */
                 TAKES_LIGHT = 256,
                 TAKES_UNTRUE = 512,
                 TAKES_ADVERB = 1024,
                 TAKES_SPEAKER = 2048
};
enum cue_flag {
  CUE_DENIAL = 1,
  CUE_RUMOUR = 2,
  CUE_HYPOTHETICAL = 4,
  CUE_IMPERSONAL = 8,
  CUE_PAGE = 16,
  CUE_QUIET = 32
};
enum cue_class { CUE_VERB, CUE_NOUN, CUE_ADJ, CUE_ADV, CUE_PHRASE };
enum { CUE_PREPS = 6 };

struct cue {
  uint8_t class, type, stance, flags;
  uint16_t takes;
  sym preps[CUE_PREPS], object_preps[CUE_PREPS]; /* SYM_NONE ends */
  sym second;                                    /* of a phrase: the word after the first */
};

struct speech_kb {
  struct cue *cue; /* [n], in the order of the file */
  uint32_t n, size;
  struct wordmap by_lemma;
  sym by, as, of, it, there, in, to, that, if_, whether, not_, nt, never, neither, nor, i, we, you, for_;
};

#endif
