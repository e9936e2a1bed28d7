/* page.h - a coded document as one line of JSON, schema tightrope-page/1.
 *
 * The page is the contract with everything outside: fields may be added, those there keep their names. It is written from the
 * document alone; the same document gives the same bytes. Ids are hashes of the document's id, the sha256 of its text,
 * the kind of the record, the bytes it rests on and an ordinal, so a better rule or model does not change them. */
#ifndef TR_REPORT_PAGE_H
#define TR_REPORT_PAGE_H
#include "doc/doc.h"
#include "doc/ontology.h"

enum page_offsets { OFFSETS_BYTES, OFFSETS_CHARS, OFFSETS_UTF16 };
struct page_options {
  bool with_text; /* put text and title into doc */
  enum page_offsets offsets;
  const char *version, *model, *knowledge, *ontology; /* for "coder" */
  const struct codebook *codebook;                    /* whose code each event gets beside ours, or NULL */
};

/* Appends the page and an LF; uses d->scratch. Check out->failed afterwards. */
void page_write(struct doc *d, const struct ontology *o, const struct page_options *options, struct buf *out);
/* The short page of a document that could not be read or coded: coder, doc, error, empty lists. */
void page_write_error(const struct doc *d, const struct page_options *options, struct buf *out);

/* Ids as the page prints them, for the ledger: NUL-terminated, at most 20 bytes. */
struct page_ids {
  char sha256[65];
  uint64_t base; /* hash of document id and sha256 */
};
void page_ids_init(struct page_ids *ids, const struct doc *d);
void page_actor_id(const struct page_ids *ids, const struct doc *d, uint32_t actor, char out[20]);
void page_event_id(const struct page_ids *ids, const struct doc *d, uint32_t event, char out[20]);
void page_demand_id(const struct page_ids *ids, const struct doc *d, uint32_t demand, char out[20]);
void page_tie_id(const struct page_ids *ids, const struct doc *d, uint32_t tie, char out[20]);
void page_coding(const struct page_ids *ids, const struct page_options *options, char out[20]);

#endif
