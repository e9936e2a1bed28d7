/* api.h - the tables behind /api/v1: which lists and which other documents there are. Private to src/serve/. */
#ifndef TR_SERVE_API_H
#define TR_SERVE_API_H
#include "serve/site.h"

enum api_form { API_JSON, API_JSONL, API_CSV };
struct api_list {
  const char *name, *what;
  enum ledger_list list;
};
extern const struct api_list api_lists[]; /* ends with a NULL name */

struct api_document { /* an answer that is no list */
  const char *name, *type, *what;
  page_fn write;
};
extern const struct api_document api_documents[]; /* ends with a NULL name */

extern const char *const api_filters[]; /* the parameters that lists take; ends with NULL */
const char *api_filter_means(const char *name);

/* Clears what was written and tells the error as problem+json (RFC 9457). */
void api_problem(struct request *r, unsigned status, const char *title, const char *detail);

/* The rows of a list that stands on its first row to be told, at most `most`; sets the request's `next` where more follow. */
void api_rows(struct request *r, struct ledger_query *q, enum api_form form, const struct api_list *list, int64_t most);

void api_openapi(struct request *r);
void api_atom(struct request *r);

#endif
