/* page_parts.h - what the writers of a page's records share: spans, dates, actor references. Internal to src/report/page*.c. */
#ifndef TR_REPORT_PAGE_PARTS_H
#define TR_REPORT_PAGE_PARTS_H
#include "base/json.h"
#include "report/page.h"

/* What writing one page needs. */
struct page_out {
  struct json j;
  const struct doc *d;
  const struct ontology *o;
  const struct page_options *options;
  struct page_ids ids;
  uint32_t *map;          /* byte of text -> offset as asked for; NULL: bytes */
  uint32_t *first, *next; /* mentions of an actor: head of the list, next mention */
};

bool map_offsets(struct page_out *w, struct arena *a);
void put_bounds(struct page_out *w, struct span s);
void put_span(struct page_out *w, struct span s);
void key_span(struct page_out *w, const char *key, struct span s);
void key_text_span(struct page_out *w, const char *key, struct span s);
void put_date_end(struct page_out *w, const char *key, int32_t day, int16_t minute);
void put_period(struct page_out *w, struct period p);
void put_zoned_period(struct page_out *w, struct period p, int16_t zone); /* zone as in struct timex */
void key_period(struct page_out *w, const char *key, struct period p);
void put_actor_id(struct page_out *w, uint32_t actor);
void key_actors(struct page_out *w, const char *key, struct list l);
void key_type(struct page_out *w, const char *key, uint8_t type);
void key_mode(struct page_out *w, uint8_t type, uint8_t mode);
void put_attribution(struct page_out *w, const struct attribution *a);
void key_attributions(struct page_out *w, struct list l);
void key_given(struct page_out *w, const char *key, str s);
void put_place_body(struct page_out *w, const struct place *p);
void put_count(struct page_out *w, const struct quantity *q);
void put_id(struct page_out *w, char kind, uint32_t i);

/* The records of events and of demands, ties and quotes (page_events.c, page_claims.c). */
void put_event(struct page_out *w, uint32_t i);
void put_demand(struct page_out *w, uint32_t i);
void put_tie(struct page_out *w, uint32_t i);
void put_quote(struct page_out *w, uint32_t i);

#endif
