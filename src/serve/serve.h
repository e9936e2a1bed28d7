/* serve.h - the dashboard: a ledger as web pages and as JSON, on this machine alone.
 *
 * One thread answers, with one read-only handle of the ledger; nothing is ever written. Requests are taken from the loopback address
 * with a Host of this server (against DNS rebinding); pages allow no script, no frame and nothing from elsewhere. What is shown comes
 * from the lists of the ledger, so that private persons stand there by their role words. The URL is the state of a page. */
#ifndef TR_SERVE_SERVE_H
#define TR_SERVE_SERVE_H
#include "base/err.h"
#include <stdint.h>

struct serve;
struct serve_options {
  const char *db;
  uint16_t port;    /* 0: any that is free */
  const char *isa;  /* kernels for `why` and `try`, as engine_options */
  const char *data; /* as engine_options */
};

/* Opens ledger and engine and begins to answer. NULL with *e: the ledger or the knowledge cannot be opened, or the port is taken. */
struct serve *serve_open(const struct serve_options *o, struct err *e);
uint16_t serve_port(const struct serve *s);
void serve_close(struct serve *s); /* waits for the request that is being answered */

#endif
