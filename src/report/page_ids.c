/* page_ids.c - stable ids of the records of a page. */
#include "report/page.h"
#include <inttypes.h>
#include <nettle/sha2.h>
#include <stdio.h>

void page_ids_init(struct page_ids *ids, const struct doc *d) {
  struct sha256_ctx ctx;
  uint8_t digest[SHA256_DIGEST_SIZE];
  sha256_init(&ctx);
  sha256_update(&ctx, d->body_len, (const uint8_t *)d->text.p);
  sha256_digest(&ctx, sizeof digest, digest);
  for (size_t i = 0; i < sizeof digest; i++) snprintf(ids->sha256 + 2 * i, 3, "%02x", digest[i]);
  ids->base = str_hash((str){ids->sha256, 64}, str_hash(d->id, 0));
}

/* `kind` keeps the ids of different records on the same bytes apart, `ordinal` those of the same kind. */
static void make_id(const struct page_ids *ids, char kind, struct span span, uint32_t ordinal, char out[20]) {
  char key[64];
  int n = snprintf(key, sizeof key, "%c %" PRIu32 " %" PRIu32 " %" PRIu32, kind, span.beg, span.end, ordinal);
  snprintf(out, 20, "%c%016" PRIx64, kind, str_hash((str){key, (size_t)n}, ids->base));
}

void page_actor_id(const struct page_ids *ids, const struct doc *d, uint32_t actor, char out[20]) {
  (void)d;
  make_id(ids, 'a', (struct span){actor, actor}, 0, out);
}

void page_event_id(const struct page_ids *ids, const struct doc *d, uint32_t event, char out[20]) {
  make_id(ids, 'e', d->events.at[event].trigger_span, d->events.at[event].ordinal, out);
}

void page_demand_id(const struct page_ids *ids, const struct doc *d, uint32_t demand, char out[20]) {
  make_id(ids, 'd', d->demands.at[demand].span, d->demands.at[demand].ordinal, out);
}

void page_tie_id(const struct page_ids *ids, const struct doc *d, uint32_t tie, char out[20]) {
  make_id(ids, 't', d->ties.at[tie].span, d->ties.at[tie].ordinal, out);
}

void page_coding(const struct page_ids *ids, const struct page_options *o, char out[20]) {
  const char *parts[] = {o->version, o->model, o->knowledge, o->ontology};
  uint64_t h = ids->base;
  for (size_t i = 0; i < 4; i++) h = str_hash(str_of(parts[i] ? parts[i] : ""), h);
  snprintf(out, 20, "%016" PRIx64, h);
}
