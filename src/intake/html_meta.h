/* html_meta.h - what a page says of itself: title, date, name of the site, address, language. For html_text.c alone. */
#ifndef TR_INTAKE_HTML_META_H
#define TR_INTAKE_HTML_META_H
#include "base/buf.h"
#include "intake/html_text.h"

/* Where a value was found, best first; a better one replaces a worse one. */
enum meta_rank { RANK_BEST, RANK_GOOD, RANK_FAIR, RANK_WEAK, RANK_NONE };
struct meta_value {
  str text;
  uint8_t rank;
};

struct html_meta {
  struct arena *arena;
  struct meta_value title, date, source, url;
  str lang, page_title; /* page_title: of <title>, with the site's name */
  struct buf wanted;    /* text of the <title>, <h1> or JSON-LD that is open */
  bool wants, in_head;
};

void html_meta_init(struct html_meta *m, struct arena *a);
void html_meta_release(struct html_meta *m);
/* attributes: name, value, .., NULL as libxml2 gives them. */
void html_meta_element(struct html_meta *m, const char *name, const unsigned char **attributes);
bool html_meta_is_json(const unsigned char **attributes); /* of a <script>: JSON-LD */
static inline bool html_meta_wants(const struct html_meta *m) { return m->wants; }
void html_meta_text(struct html_meta *m, str s);
void html_meta_end(struct html_meta *m, bool h1, bool title, bool json);
void html_meta_finish(struct html_meta *m, struct html_page *page);

#endif
