/* site.h - what pages are made of; private to src/serve/. */
#ifndef TR_SERVE_SITE_H
#define TR_SERVE_SITE_H
#include "base/arena.h"
#include "base/buf.h"
#include "ledger/query.h"
#include "pipeline/engine.h"

enum { PARAMETERS = 24, PARAMETER_MOST = 512, PAGE_ROWS = 100, API_ROWS = 1000, TRY_BYTES = 100000 };

struct parameter {
  const char *name;
  char value[PARAMETER_MOST];
};

struct request { /* one page that is asked for */
  struct ledger *ledger;
  const struct engine *engine;
  struct worker *worker;
  const char *path;
  struct parameter parameter[PARAMETERS];
  int n;
  str posted; /* the text of a form, and its date */
  const char *date;
  struct arena *memory;
  struct buf *out;
  const char *type;  /* content type of the answer */
  unsigned status;   /* 200 unless set */
  bool read_only;    /* no corrections are taken */
  bool wants_lines;  /* Accept asks for lines of JSON */
  size_t before;     /* rows that were passed over */
  char next[64];     /* the cursor behind the last row, where more follow */
  const char *token; /* what a form that writes must send back; of this start */
  struct err e;
};

/* Fills out, type and status of a request whose other members are set; the answer to any path and parameters. */
void site_answer(struct request *r, const char *path);

const char *request_get(const struct request *r, const char *name); /* NULL: not given, or empty */
bool request_day(struct request *r, const char *day);               /* NULL or a day; else false with status 400 */
/* The filters of the lists, from parameters of the same names; false with status 400 when a day or a number is none. */
bool request_filter(struct request *r, struct ledger_filter *f);

/* HTML. Everything that comes from a text goes through site_text. */
void site_open(struct request *r, const char *title, const char *here);
void site_close(struct request *r);
void site_text(struct buf *out, str s);
void site_link(struct buf *out, const char *before, str id, str text); /* <a href="before id">text</a> */
void site_query(struct buf *out, str s);                               /* percent-encoded */
void site_problem(struct request *r, unsigned status, const char *title, const char *what);
void site_nothing(struct request *r, const char *what); /* an empty list, said so */
str site_cell(const struct ledger_query *q, const char *column);
str site_kept(struct request *r, str s); /* a copy that lives as long as the request */
/* A form with the filters that a list takes, filled as they are. */
void site_filters(struct request *r, const char *action, const char *const *names);
/* The filters that are set, each as a link that takes it away. */
void site_tokens(struct request *r, const char *action, const char *const *names);
/* This page with one parameter set, or taken away (value empty), from its first row on; name NULL: as it is. */
void site_href(struct request *r, const char *action, const char *name, str value);
double site_number(const struct ledger_query *q, const char *column); /* 0: none */
void site_type(struct buf *out, str type, str mode);                  /* the kind of act, by word and by mark */
/* A feed of at most `most` rows; the number put. */
size_t site_feed(struct request *r, struct ledger_query *q, size_t most);
/* Links to the same list, under the same filters, in other forms: "csv jsonl". */
void site_twins(struct request *r, const char *list, const char *forms);
/* One incident or report as an item of a feed: day, kind, who to whom, where, how often told, the words. */
void site_feed_item(struct request *r, const struct ledger_query *q);
/* The rows of a list as a table under `caption`; columns as {name, heading, link} ending with a NULL name. Returns how many were put;
 * with more than PAGE_ROWS, links to the other pages. */
struct site_column {
  const char *name, *heading;
  const char *before; /* the cell is a link: this, then the cell of `key` (or its own) */
  const char *key;
};
size_t site_table(struct request *r, struct ledger_query *q, const char *action, const char *caption,
                  const struct site_column *column);
size_t site_skip(struct request *r, struct ledger_query *q); /* the rows of earlier pages, by the parameter `page` */
void site_pager(struct request *r, const char *action, bool more);

struct ledger_query *site_list(struct request *r, enum ledger_list list, const struct ledger_filter *f);
bool site_next(struct request *r, struct ledger_query *q);

struct site_extent { /* what the ledger holds */
  size_t documents, outlets;
  char first[11], last[11];
};
void site_extent(struct request *r, struct site_extent *x);

typedef void (*page_fn)(struct request *r);
void page_overview(struct request *r);
void page_incidents(struct request *r);
void page_incident(struct request *r); /* /incident/ID */
void page_document(struct request *r); /* /document/ID */
void page_deadlines(struct request *r);
void page_demands(struct request *r);
void page_actors(struct request *r);
void page_actor(struct request *r); /* /actor?name= */
void page_dyads(struct request *r);
void page_dyad(struct request *r); /* /dyad?a=&b= */
void page_map(struct request *r);
void page_compare(struct request *r);
void page_data(struct request *r);
void page_help(struct request *r);
void page_series(struct request *r);
void page_network(struct request *r);
void page_search(struct request *r);
void page_coverage(struct request *r);
void page_brief(struct request *r);
void page_why(struct request *r); /* /why/ID */
void page_try(struct request *r);
void api_list(struct request *r); /* /api/v1/NAME */
void api_network(struct request *r);
void api_graphml(struct request *r);
void api_gexf(struct request *r);
void api_index(struct request *r);

extern const char serve_style[];
extern const unsigned serve_style_bytes;
extern const char serve_script[];
extern const unsigned serve_script_bytes;
extern const char serve_world[]; /* outlines of land: tools/make_world */
extern const unsigned serve_world_bytes;

#endif
