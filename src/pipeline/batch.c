/* batch.c - the ring of documents between the reader, the workers and the emitter. */
#include "pipeline/batch.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum slot_state { SLOT_FREE, SLOT_FILLED, SLOT_TAKEN, SLOT_DONE };
enum { PAGE_CAP = 1 << 30, SLOTS = 24, SLOTS_PER_THREAD = 4, INPUT_CAP = 1 << 27 };

struct slot {
  enum slot_state state;
  struct input in;
  struct arena input_text; /* copies of the input's strings */
  struct doc doc;
  struct buf page;
};

struct ring {
  const struct batch *b;
  struct slot *slot;
  unsigned n;
  uint64_t filled, taken, emitted; /* counters; slot = counter % n */
  bool closed;
  pthread_mutex_t lock;
  pthread_cond_t work, done;
};

struct thread {
  struct ring *ring;
  struct worker *worker;
  pthread_t id;
};

static void code_slot(const struct batch *b, struct worker *w, struct slot *s) {
  worker_code(w, &s->in, &s->doc);
  buf_clear(&s->page);
  if (!b->options) return;
  page_write(&s->doc, engine_ontology(b->engine), b->options, &s->page);
  if (s->page.failed) {
    err_set(&s->doc.error, ERR_LIMIT, "the page is larger than %d bytes", PAGE_CAP);
    buf_clear(&s->page);
    page_write_error(&s->doc, b->options, &s->page);
  }
}

static bool slots_init(struct slot *slot, unsigned n) {
  for (unsigned i = 0; i < n; i++) {
    doc_init(&slot[i].doc);
    buf_init(&slot[i].page, PAGE_CAP);
    arena_init(&slot[i].input_text, INPUT_CAP);
  }
  return true;
}

static void slots_release(struct slot *slot, unsigned n) {
  for (unsigned i = 0; i < n; i++) {
    doc_release(&slot[i].doc);
    buf_release(&slot[i].page);
    arena_release(&slot[i].input_text);
  }
  free(slot);
}

static void count(struct batch_counts *c, const struct doc *d) {
  c->documents++;
  c->errors += d->error.code != ERR_OK;
  c->tokens += d->tokens.n;
  c->sentences += d->sentences.n ? d->sentences.n - 1 : 0;
  c->bytes += d->body_len;
  c->events += d->events.n;
}

static bool stopped(const struct batch *b, struct err *e) {
  if (!b->stop || !*b->stop) return false;
  err_set(e, ERR_STOPPED, "stopped");
  return true;
}

static bool run_alone(const struct batch *b, struct batch_counts *counts, struct err *e) {
  struct slot *s = calloc(1, sizeof *s);
  struct worker *w = worker_open(b->engine, e);
  bool ok = s && w && slots_init(s, 1);
  if (!s) err_set(e, ERR_NOMEM, "no memory");
  while (ok) {
    if (stopped(b, e)) ok = false;
    else if (!b->next(b->ctx, &s->in)) break;
    else {
      code_slot(b, w, s);
      count(counts, &s->doc);
      ok = b->emit(b->ctx, &s->doc, buf_str(&s->page), e);
    }
  }
  worker_close(w);
  if (s) slots_release(s, 1);
  return ok && !stopped(b, e); /* a signal may also have ended the input */
}

static void *work(void *arg) {
  struct thread *t = arg;
  struct ring *r = t->ring;
  pthread_mutex_lock(&r->lock);
  for (;;) {
    while (r->taken == r->filled && !r->closed) pthread_cond_wait(&r->work, &r->lock);
    if (r->taken == r->filled) break;
    struct slot *s = &r->slot[r->taken++ % r->n];
    s->state = SLOT_TAKEN;
    pthread_mutex_unlock(&r->lock);
    code_slot(r->b, t->worker, s);
    pthread_mutex_lock(&r->lock);
    s->state = SLOT_DONE;
    pthread_cond_signal(&r->done);
  }
  pthread_mutex_unlock(&r->lock);
  return NULL;
}

static str copied(struct arena *a, str s, bool *ok) {
  str c = s.n ? arena_str(a, s) : (str){"", 0};
  if (s.n && !c.p) *ok = false;
  return c.p ? c : (str){"", 0};
}

static void copy_input(struct slot *s, const struct input *in) {
  bool ok = true;
  arena_reset(&s->input_text);
  s->in = *in;
  s->in.id = copied(&s->input_text, in->id, &ok);
  s->in.title = copied(&s->input_text, in->title, &ok);
  s->in.text = copied(&s->input_text, in->text, &ok);
  s->in.source = copied(&s->input_text, in->source, &ok);
  s->in.url = copied(&s->input_text, in->url, &ok);
  s->in.lang = copied(&s->input_text, in->lang, &ok);
  s->in.date_text = copied(&s->input_text, in->date_text, &ok);
  if (!ok && s->in.error.code == ERR_OK)
    err_set(&s->in.error, ERR_LIMIT, "the text is longer than %d bytes", INPUT_CAP);
}

/* Reads ahead when half of the slots are free, since every worker that is woken may take the caller's processor for as long as a
 * document takes; emits what is done, in order. Runs in the caller's thread. */
static bool feed_and_emit(struct ring *r, struct batch_counts *counts, struct err *e) {
  bool more = true, ok = true;
  for (;;) {
    bool low = r->filled - r->emitted <= r->n / 2;
    while (low && ok && more && r->filled - r->emitted < r->n) {
      struct input in;
      if (stopped(r->b, e)) more = false;
      else if ((more = r->b->next(r->b->ctx, &in))) {
        struct slot *s = &r->slot[r->filled % r->n];
        copy_input(s, &in);
        pthread_mutex_lock(&r->lock);
        s->state = SLOT_FILLED;
        r->filled++;
        pthread_cond_signal(&r->work);
        pthread_mutex_unlock(&r->lock);
      }
    }
    if (r->emitted == r->filled) return ok && !stopped(r->b, e);
    struct slot *s = &r->slot[r->emitted % r->n];
    pthread_mutex_lock(&r->lock);
    while (s->state != SLOT_DONE) pthread_cond_wait(&r->done, &r->lock);
    pthread_mutex_unlock(&r->lock);
    if (ok) {
      count(counts, &s->doc);
      ok = r->b->emit(r->b->ctx, &s->doc, buf_str(&s->page), e);
    }
    s->state = SLOT_FREE;
    r->emitted++;
  }
}

static bool run_threads(struct ring *r, struct thread *t, struct batch_counts *counts, struct err *e) {
  unsigned started = 0;
  bool ok = true;
  sigset_t all, before; /* workers take no signals: one must interrupt the read of the caller's thread */
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (; ok && started < r->b->threads; started++) {
    t[started] = (struct thread){.ring = r, .worker = worker_open(r->b->engine, e)};
    if (!t[started].worker) ok = false;
    else if (pthread_create(&t[started].id, NULL, work, &t[started]) != 0) {
      worker_close(t[started].worker);
      ok = err_set(e, ERR_NOMEM, "cannot start a thread");
    }
    if (!ok) break;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (ok) ok = feed_and_emit(r, counts, e);
  pthread_mutex_lock(&r->lock);
  r->closed = true;
  pthread_cond_broadcast(&r->work);
  pthread_mutex_unlock(&r->lock);
  for (unsigned i = 0; i < started; i++) {
    pthread_join(t[i].id, NULL);
    worker_close(t[i].worker);
  }
  return ok;
}

bool batch_run(const struct batch *b, struct batch_counts *counts, struct err *e) {
  *counts = (struct batch_counts){0};
  if (b->threads <= 1) return run_alone(b, counts, e);
  if (b->threads > BATCH_THREADS_MAX) return err_set(e, ERR_USAGE, "more than %d threads", BATCH_THREADS_MAX);
  struct ring r = {.b = b, .n = SLOTS + b->threads * SLOTS_PER_THREAD};
  r.slot = calloc(r.n, sizeof *r.slot);
  struct thread *t = calloc(b->threads, sizeof *t);
  bool ok = r.slot && t;
  if (ok) {
    slots_init(r.slot, r.n);
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.work, NULL);
    pthread_cond_init(&r.done, NULL);
    ok = run_threads(&r, t, counts, e);
    pthread_cond_destroy(&r.done);
    pthread_cond_destroy(&r.work);
    pthread_mutex_destroy(&r.lock);
    slots_release(r.slot, r.n);
  } else {
    err_set(e, ERR_NOMEM, "no memory for the ring");
    free(r.slot);
  }
  free(t);
  return ok;
}
