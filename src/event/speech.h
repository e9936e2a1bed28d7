/* speech.h - who says so: frames of speech and thought found in the tree, before the events.
 *
 * A frame is a cue ("said", "according to", "reportedly", "denial of reports that"), its speaker and what is said. The
 * event rules read the frames to give an act its attribution and its status; the page gets the same frames as quotes.
 * Which words are cues, with what stance and construction, is knowledge/events/speech*.tsv. What a frame does to the status
 * of an act is not decided here (docs: the status table).
 *
 * Types and spans follow PolNeAR (Newell, Margolin, Ruths 2018: source, cue, content), stance follows the factuality of the
 * cue. A `speech_kb` is immutable after opening and shared by all threads. */
#ifndef TR_EVENT_SPEECH_H
#define TR_EVENT_SPEECH_H
#include "doc/stage.h"

struct speech_kb;
struct speech_kb *speech_kb_open(const struct stage_setup *setup,
                                 struct err *e); /* NULL with *e; adds its words to the table */
void speech_kb_close(struct speech_kb *kb);

struct speech {
  uint32_t cue;           /* head token of the cue */
  uint32_t speaker_token; /* head token of the speaker's phrase, or NONE */
  uint32_t speaker;       /* actor, or NONE (rumour, hearsay, nobody known) */
  uint32_t content;       /* head token of what is said, or NONE ("..., he said" of a sentence: its root) */
  struct span span, cue_span, speaker_span; /* words said; the cue's; the speaker's, {0,0} if none */
  uint8_t type, stance;                     /* enum attribution_type, stance */
  bool denial;                              /* the speaker says that it is not so */
  bool rumour;                              /* nobody answers for it: whispers, speculation, "reportedly" */
  bool hypothetical;                        /* what is said is asked, doubted, feared, hoped */
};

/* Frames in the order of their cues into *rows (of `scratch`), *n of them; the page's quotes into doc->quotes. A frame
 * may stand inside the content of another ("quoted X as saying that": two frames, the outer first). False with ERR_NOMEM. */
bool speech_find(const struct speech_kb *kb, struct doc *d, struct arena *scratch, struct speech **rows, uint32_t *n,
                 struct err *e);

/* Is token t among the words said? Follows the tree from `content`, without the cue's own clause where that stands inside. */
bool speech_covers(const struct doc *d, const struct speech *s, uint32_t t);

#endif
