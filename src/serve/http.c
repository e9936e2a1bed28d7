/* http.c - the server: who may ask, for what, and how the answer goes out. What pages say is in pages_*.c and api.c. */
#include "serve/serve.h"
#include "serve/site.h"
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECTIONS = 128, IDLE_SECONDS = 20, ANSWER_CAP = 1 << 26, SCRATCH_CAP = 1 << 28 };

struct serve {
  struct MHD_Daemon *daemon;
  struct ledger *ledger;
  struct engine *engine;
  struct worker *worker;
  uint16_t port;
  struct arena memory; /* of the present request */
};

struct posting { /* a request on its way: with a form, or without (form NULL) */
  struct MHD_PostProcessor *form;
  struct buf text;
  char date[16];
};

/* ---- who may ask */

static bool host_ok(const struct serve *s, const char *host) {
  static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
  char port[8];
  snprintf(port, sizeof port, ":%u", s->port);
  for (size_t i = 0; host && i < sizeof names / sizeof *names; i++) {
    size_t n = strlen(names[i]);
    if (!strncmp(host, names[i], n) && (!strcmp(host + n, port) || (s->port == 80 && !host[n]))) return true;
  }
  return false;
}

/* A form is taken from a page of this server only. */
static bool origin_ok(const struct serve *s, const char *origin) {
  return !origin || (!strncmp(origin, "http://", 7) && host_ok(s, origin + 7));
}

/* ---- answers */

static const char policy[] =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

static enum MHD_Result send_answer(struct MHD_Connection *c, unsigned status, const char *type, const char *bytes,
                                   size_t n, enum MHD_ResponseMemoryMode mode, const char *cache) {
  struct MHD_Response *r = MHD_create_response_from_buffer(n, (void *)(uintptr_t)bytes, mode);
  if (!r) return MHD_NO;
  MHD_add_response_header(r, "Content-Type", type);
  MHD_add_response_header(r, "Content-Security-Policy", policy);
  MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
  MHD_add_response_header(r, "Referrer-Policy", "no-referrer");
  MHD_add_response_header(r, "Cross-Origin-Resource-Policy", "same-origin");
  MHD_add_response_header(r, "Cache-Control", cache);
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED) MHD_add_response_header(r, "Allow", "GET, HEAD");
  enum MHD_Result done = MHD_queue_response(c, status, r);
  MHD_destroy_response(r);
  return done;
}

static enum MHD_Result refuse(struct MHD_Connection *c, unsigned status, const char *why) {
  return send_answer(c, status, "text/plain; charset=utf-8", why, strlen(why), MHD_RESPMEM_PERSISTENT, "no-store");
}

static enum MHD_Result parameter_take(void *ctx, enum MHD_ValueKind kind, const char *name, const char *value) {
  struct request *r = ctx;
  (void)kind;
  if (r->n == PARAMETERS || !name || !value) return MHD_YES;
  struct parameter *p = &r->parameter[r->n++];
  p->name = name;
  snprintf(p->value, sizeof p->value, "%s", value);
  return MHD_YES;
}

static enum MHD_Result answer(struct serve *s, struct MHD_Connection *c, const char *path, str posted,
                              const char *date) {
  struct request *r = calloc(1, sizeof *r);
  struct buf out;
  if (!r) return refuse(c, MHD_HTTP_INTERNAL_SERVER_ERROR, "out of memory\n");
  buf_init(&out, ANSWER_CAP);
  arena_reset(&s->memory);
  r->ledger = s->ledger, r->engine = s->engine, r->worker = s->worker;
  r->read_only = true;
  r->posted = posted, r->date = date, r->memory = &s->memory, r->out = &out;
  MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, parameter_take, r);
  site_answer(r, path);
  enum MHD_Result done =
      send_answer(c, r->status, r->type, out.p ? out.p : "", out.n, MHD_RESPMEM_MUST_COPY, "no-cache");
  buf_release(&out);
  free(r);
  return done;
}

/* ---- forms */

static enum MHD_Result form_take(void *ctx, enum MHD_ValueKind kind, const char *key, const char *file,
                                 const char *type, const char *encoding, const char *data, uint64_t at, size_t size) {
  struct posting *p = ctx;
  (void)kind, (void)file, (void)type, (void)encoding;
  if (!strcmp(key, "text")) buf_put(&p->text, (str){data, size});
  if (!strcmp(key, "date") && at + size < sizeof p->date) memcpy(p->date + at, data, size), p->date[at + size] = 0;
  return MHD_YES;
}

static struct posting *posting_new(struct MHD_Connection *c, bool form) {
  struct posting *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  buf_init(&p->text, TRY_BYTES);
  if (form) p->form = MHD_create_post_processor(c, 4096, form_take, p); /* NULL: no form after all; it stays empty */
  return p;
}

static enum MHD_Result handle(void *ctx, struct MHD_Connection *c, const char *url, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **kept) {
  struct serve *s = ctx;
  struct posting *p = *kept;
  (void)version;
  bool get = !strcmp(method, "GET") || !strcmp(method, "HEAD"), post = !strcmp(method, "POST") && !strcmp(url, "/try");
  if (!p) return (*kept = posting_new(c, post)) ? MHD_YES : MHD_NO;
  if (*upload_size) {
    if (p->form) MHD_post_process(p->form, upload, *upload_size);
    *upload_size = 0;
    return MHD_YES;
  }
  if (!host_ok(s, MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Host")))
    return refuse(c, 421, "this server answers to 127.0.0.1 and localhost only\n");
  if (!get && !post) return refuse(c, MHD_HTTP_METHOD_NOT_ALLOWED, "pages are read here, nothing is written\n");
  if (post && !origin_ok(s, MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Origin")))
    return refuse(c, MHD_HTTP_FORBIDDEN, "a form is taken from a page of this server only\n");
  if (!strcmp(url, "/page.js"))
    return send_answer(c, MHD_HTTP_OK, "text/javascript; charset=utf-8", serve_script, serve_script_bytes,
                       MHD_RESPMEM_PERSISTENT, "max-age=3600");
  if (!strcmp(url, "/style.css"))
    return send_answer(c, MHD_HTTP_OK, "text/css; charset=utf-8", serve_style, serve_style_bytes,
                       MHD_RESPMEM_PERSISTENT, "max-age=3600");
  str text = post ? buf_str(&p->text) : (str){NULL, 0};
  if (p->text.failed) return refuse(c, 413, "the text is too long to try here\n");
  return answer(s, c, url, text, p->date);
}

static void completed(void *ctx, struct MHD_Connection *c, void **kept, enum MHD_RequestTerminationCode how) {
  struct posting *p = *kept;
  (void)ctx, (void)c, (void)how;
  if (!p) return;
  if (p->form) MHD_destroy_post_processor(p->form);
  buf_release(&p->text);
  free(p);
  *kept = NULL;
}

/* ---- opening */

static bool listen_on(struct serve *s, uint16_t port, struct err *e) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  s->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, port, NULL, NULL, handle, s,
                               MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&here, MHD_OPTION_CONNECTION_LIMIT,
                               (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                               MHD_OPTION_NOTIFY_COMPLETED, completed, s, MHD_OPTION_END);
  if (!s->daemon) return err_set_errno(e, ERR_IO, "cannot listen on 127.0.0.1:%u", port);
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
  s->port = info ? info->port : port;
  return true;
}

struct serve *serve_open(const struct serve_options *o, struct err *e) {
  struct serve *s = calloc(1, sizeof *s);
  struct engine_options eo = {.data = o->data, .isa = o->isa, .depth = DEPTH_EVENTS};
  if (!s) {
    err_set(e, ERR_NOMEM, "no memory for the server");
    return NULL;
  }
  arena_init(&s->memory, SCRATCH_CAP);
  if ((s->ledger = ledger_open(o->db, LEDGER_READ, e)) && (s->engine = engine_open(&eo, e)) &&
      (s->worker = worker_open(s->engine, e)) && listen_on(s, o->port, e))
    return s;
  serve_close(s);
  return NULL;
}

uint16_t serve_port(const struct serve *s) { return s->port; }

void serve_close(struct serve *s) {
  if (!s) return;
  if (s->daemon) MHD_stop_daemon(s->daemon);
  worker_close(s->worker);
  engine_close(s->engine);
  ledger_close(s->ledger);
  arena_release(&s->memory);
  free(s);
}
