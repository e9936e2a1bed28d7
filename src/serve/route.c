/* route.c - which page answers to which address. */
#include "serve/site.h"
#include <string.h>

static const struct {
  const char *path;
  page_fn page;
  bool tail; /* something follows the path */
} routes[] = {{"/", page_overview, false},
              {"/incidents", page_incidents, false},
              {"/incident/", page_incident, true},
              {"/document/", page_document, true},
              {"/deadlines", page_deadlines, false},
              {"/demands", page_demands, false},
              {"/actors", page_actors, false},
              {"/actor", page_actor, false},
              {"/series", page_series, false},
              {"/dyads", page_dyads, false},
              {"/dyad", page_dyad, false},
              {"/network", page_network, false},
              {"/map", page_map, false},
              {"/compare", page_compare, false},
              {"/data", page_data, false},
              {"/help", page_help, false},
              {"/search", page_search, false},
              {"/coverage", page_coverage, false},
              {"/brief", page_brief, false},
              {"/why/", page_why, true},
              {"/try", page_try, false},
              {"/api/v1", api_index, false},
              {"/api/v1/", api_list, true}};

static page_fn page_of(const char *path, const char **tail) {
  for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
    size_t n = strlen(routes[i].path);
    *tail = path + n;
    if (routes[i].tail ? !strncmp(path, routes[i].path, n) && path[n] : !strcmp(path, routes[i].path))
      return routes[i].page;
  }
  return NULL;
}

void site_answer(struct request *r, const char *path) {
  page_fn page = page_of(path, &r->path);
  r->type = "text/html; charset=utf-8", r->status = 200;
  if (page) page(r);
  else site_problem(r, 404, "There is no such page", "The address may be mistyped, or from another version.");
  if (!r->out->failed) return;
  buf_clear(r->out);
  site_problem(r, 500, "The answer is too large", "Ask for less: fewer days, or a limit.");
}
