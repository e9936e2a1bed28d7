/* batch.h - many documents through N workers, results in input order.
 *
 * One thread (the caller's) reads and emits; N workers code. Documents wait in a bounded ring, so memory does not grow with the
 * input, and what is emitted is the same, byte for byte, for every N. With one thread everything runs in the caller. */
#ifndef TR_PIPELINE_BATCH_H
#define TR_PIPELINE_BATCH_H
#include "pipeline/engine.h"
#include "report/page.h"

struct batch {
  const struct engine *engine;
  unsigned threads;                   /* 1 .. BATCH_THREADS_MAX */
  const struct page_options *options; /* how pages are written; NULL: no page is written, `page` is empty */
  /* The next input, valid until the next call; false at the end. */
  bool (*next)(void *ctx, struct input *in);
  /* A coded document and its page (one line with its LF), in input order. False stops the run (its *e tells why). */
  bool (*emit)(void *ctx, const struct doc *d, str page, struct err *e);
  void *ctx;
  const volatile int *stop; /* not NULL: the run ends cleanly once it is not 0 */
};
enum { BATCH_THREADS_MAX = 256 };

struct batch_counts {
  uint64_t documents, errors, tokens, sentences, bytes, events;
};

/* False with *e when emit failed, a worker could not be made, or the run was stopped (ERR_STOPPED). */
bool batch_run(const struct batch *b, struct batch_counts *counts, struct err *e);

#endif
