/* tightrope.h - read dated news into a page of the ledger of a crisis: who did what to whom, when, where, and who says so.
 *
 * The whole public interface. In two rings: (1) open an engine, make a worker, code a text, read the page as JSON; (2) read the
 * events of the last page as structs.
 *
 * Ownership. What a function named *_open returns belongs to the caller and is given back to the matching *_close. Strings and
 * pages handed out by a worker belong to that worker and are valid until its next tr_code or its tr_worker_close. Strings
 * handed in need live during the call only.
 * Threads. An engine is immutable: any number of threads may use it. A worker is used by one thread at a time; make one per thread.
 * Errors. Nothing here prints, exits or aborts. A call that can fail takes a tr_error (which may be NULL) and fills it.
 * The same text, date and engine give the same bytes, whatever the thread or the machine. */
#ifndef TIGHTROPE_TIGHTROPE_H
#define TIGHTROPE_TIGHTROPE_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TR_API __attribute__((visibility("default")))
#else
#define TR_API
#endif

#define TR_SCHEMA "tightrope-page/1" /* schema of the JSON page; fields may be added, those there keep their names */

typedef struct tr_engine tr_engine;
typedef struct tr_worker tr_worker;

typedef struct tr_error {
  char code[24];  /* "date-missing", "not-english", "bad-model" ..; "" when there was none */
  char file[256]; /* "" if unknown */
  uint64_t line, byte;
  char message[384];
} tr_error;

typedef struct tr_options {
  const char
      *data; /* folder with knowledge/, models/ and places.bin; NULL: $TIGHTROPE_DATA, else where it was installed */
  const char *model; /* NULL: the model of the data folder */
  const char *isa;   /* "avx512", "avx2" or "c"; NULL: the best for this machine. The results are the same. */
} tr_options;

typedef struct tr_document {
  const char *id;                   /* NUL-terminated; ids of records are made of it and of the text */
  const char *date;                 /* publication day, "2020-12-26" */
  const char *title, *source, *url; /* NULL: none */
  const char *text; /* UTF-8, need not be NUL-terminated; invalid bytes are replaced and counted in a warning */
  size_t text_length;
} tr_document;

TR_API const char *tr_version(void);

/* Opens model and knowledge; options may be NULL. Takes about 20 ms. NULL with *error on failure. */
TR_API tr_engine *tr_open(const tr_options *options, tr_error *error);
/* All workers must be closed before. NULL is allowed. */
TR_API void tr_close(tr_engine *engine);

TR_API tr_worker *tr_worker_open(const tr_engine *engine, tr_error *error);
TR_API void tr_worker_close(tr_worker *worker);

/* Codes one document. Returns its page, one JSON object with a LF and a NUL behind it; *length (may be NULL) without the NUL. A document
 * that cannot be coded (no date, another language, too large) also gives a page, with "error" in it, and fills *error.
 * NULL only when memory is out. */
TR_API const char *tr_code(tr_worker *worker, const tr_document *document, size_t *length, tr_error *error);

/* ---- second ring: the events of the last page */

typedef struct tr_event {
  const char *type, *mode, *status, *cameo; /* "" where there is none */
  const char *rule;                         /* id of the rule that read it, rule_length bytes, not NUL-terminated */
  size_t rule_length;
  uint32_t sentence;             /* 1-based; 0 is the title */
  uint32_t start, end;           /* bytes of the trigger in the text (in the title for sentence 0) */
  char earliest[24], latest[24]; /* "2020-12-25" or ""; with minutes "2020-12-25T19:00" */
  uint32_t actors, recipients;   /* how many stand in each slot */
  float confidence;              /* 0..1 */
} tr_event;

TR_API size_t tr_event_count(const tr_worker *worker);
/* 0 <= i < tr_event_count; returns 0 on success, -1 when i is out of range. */
TR_API int tr_event_get(const tr_worker *worker, size_t i, tr_event *event);
/* Name of the k-th actor (recipient = 0) or recipient (recipient = 1) of event i, *length bytes, not NUL-terminated; NULL out of range.
 * A private person comes as a role word. */
TR_API const char *tr_event_actor(const tr_worker *worker, size_t i, int recipient, size_t k, size_t *length);

#ifdef __cplusplus
}
#endif
#endif
