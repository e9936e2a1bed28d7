/* speech_frame.h - a frame of speech while it is put together; private to the speech reader. */
#ifndef TR_EVENT_SPEECH_FRAME_H
#define TR_EVENT_SPEECH_FRAME_H
#include "event/clause.h"
#include "event/quotation.h"
#include "event/speech_kb.h"

enum { FRAME_PIECES = 4 };

struct frame {
  struct speech s;
  const struct cue *cue;
  struct token_range piece[FRAME_PIECES]; /* the words said, in the order of the text */
  uint8_t pieces;
  uint32_t cue_first, cue_last; /* tokens of the cue */
  bool colon;                   /* "He said:" with nothing behind it: the words come in the next sentence */
};

struct speech_reading {
  const struct speech_kb *kb;
  const struct doc *d;
  struct quotations quotes;
};

/* Does the cue word at token t have words said in this construction? Fills the frame's cue, content, pieces and speaker token. */
bool frame_match(const struct speech_reading *r, const struct cue *c, uint32_t t, struct frame *f);
void frame_piece(const struct doc *d, struct frame *f, uint32_t first, uint32_t last); /* trimmed; dropped if empty */

#endif
