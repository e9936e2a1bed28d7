/* docx.c - the paragraphs of a DOCX file (ECMA-376): the text of word/document.xml, unpacked and parsed as it comes.
 *
 * The archive is read from its front, entry by entry, so that it may come through a pipe; its directory at the end is not looked at.
 * Styles, headers, footers, notes, comments and deleted text are no text of the document. No entity, no network. */
#include "base/utf8.h"
#include "intake/lines.h"
#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <zlib.h>

enum { UNPACKED_MOST = 1 << 30, HEADER = 30, DEFLATED = 8, LENGTHS_BEHIND = 8 };

struct docx {
  z_stream z;
  bool inflating, finished;
  uint64_t unpacked, stored; /* bytes that came out; of a stored part that are left */
  xmlTextReaderPtr xml;
  bool in_text;
  struct err why; /* what was wrong with the archive, while the parser asked for bytes */
};

static unsigned two_bytes(const unsigned char *p) { return p[0] | (unsigned)p[1] << 8; }
static uint32_t four_bytes(const unsigned char *p) { return two_bytes(p) | (uint32_t)two_bytes(p + 2) << 16; }

static bool take_bytes(struct lines *l, void *out, size_t n) {
  for (size_t have = 0; have < n;) {
    str s = source_peek(l->in->source);
    if (!s.n) return false;
    if (s.n > n - have) s.n = n - have;
    if (out) memcpy((char *)out + have, s.p, s.n);
    source_take(l->in->source, s.n);
    have += s.n;
  }
  return true;
}

/* Some bytes of the part that is being inflated: 0 at its end, -1 with d->why. */
static int inflate_some(struct lines *l, struct docx *d, char *out, int size) {
  d->z.next_out = (Bytef *)out, d->z.avail_out = (uInt)size;
  while (d->z.avail_out == (uInt)size && !d->finished) {
    str s = source_peek(l->in->source);
    if (!s.n) return err_set(&d->why, ERR_FORMAT, "the DOCX file is cut off"), -1;
    d->z.next_in = (Bytef *)(uintptr_t)s.p, d->z.avail_in = (uInt)s.n;
    int state = inflate(&d->z, Z_NO_FLUSH);
    source_take(l->in->source, s.n - d->z.avail_in);
    if (state == Z_STREAM_END) d->finished = true;
    else if (state != Z_OK && state != Z_BUF_ERROR)
      return err_set(&d->why, ERR_FORMAT, "the DOCX file is damaged: what is packed in it cannot be unpacked"), -1;
  }
  int n = size - (int)d->z.avail_out;
  if ((d->unpacked += (uint64_t)n) > UNPACKED_MOST)
    return err_set(&d->why, ERR_LIMIT, "the DOCX file holds more than %d bytes", UNPACKED_MOST), -1;
  return n;
}

static int part_bytes(void *context, char *out, int size) {
  struct lines *l = context;
  struct docx *d = l->state;
  if (d->inflating) return inflate_some(l, d, out, size);
  uint64_t n = d->stored < (uint64_t)size ? d->stored : (uint64_t)size;
  if (!take_bytes(l, out, (size_t)n)) return err_set(&d->why, ERR_FORMAT, "the DOCX file is cut off"), -1;
  d->stored -= n;
  return (int)n;
}

/* Past a part that is not wanted, and the lengths that may stand behind it. */
static bool skip_part(struct lines *l, struct docx *d, unsigned flags) {
  char block[4096];
  int n;
  while ((n = part_bytes(l, block, sizeof block)) > 0) continue;
  if (n < 0) return false;
  if (!(flags & LENGTHS_BEHIND)) return true;
  str s = source_peek_more(l->in->source, 4);
  return take_bytes(l, NULL, str_starts(s, STR("PK\x07\x08")) ? 16 : 12) ||
         err_set(&d->why, ERR_FORMAT, "the DOCX file is cut off");
}

static bool start_part(struct docx *d, unsigned method, unsigned flags, uint32_t packed) {
  if (d->inflating) inflateEnd(&d->z);
  d->inflating = false, d->finished = false, d->stored = packed;
  if (method == 0 && !(flags & LENGTHS_BEHIND)) return true;
  if (method != DEFLATED || (flags & 1))
    return err_set(&d->why, ERR_FORMAT, "the archive is encrypted or packed in a way that DOCX does not use");
  memset(&d->z, 0, sizeof d->z);
  d->inflating = inflateInit2(&d->z, -MAX_WBITS) == Z_OK;
  return d->inflating || err_set(&d->why, ERR_NOMEM, "no memory to unpack");
}

/* Goes to the text of the document. */
static bool find_document(struct lines *l, struct docx *d) {
  unsigned char h[HEADER];
  char name[256];
  while (take_bytes(l, h, 4)) {
    if (memcmp(h, "PK\x03\x04", 4) != 0) break;
    if (!take_bytes(l, h + 4, HEADER - 4)) return err_set(&d->why, ERR_FORMAT, "the DOCX file is cut off");
    unsigned flags = two_bytes(h + 6), n = two_bytes(h + 26), extra = two_bytes(h + 28);
    unsigned kept = n < sizeof name ? n : (unsigned)sizeof name;
    if (!take_bytes(l, name, kept) || !take_bytes(l, NULL, n - kept + extra))
      return err_set(&d->why, ERR_FORMAT, "the DOCX file is cut off");
    if (!start_part(d, two_bytes(h + 8), flags, four_bytes(h + 18))) return false;
    if (str_is((str){name, kept}, "word/document.xml")) return true;
    if (!skip_part(l, d, flags)) return false;
  }
  return err_set(&d->why, ERR_BINARY, "this is a ZIP archive and no DOCX document: unpack it first");
}

/* ---- paragraphs */

static void put_xml_text(struct lines *l, const char *z) {
  if (z && l->line.n + strlen(z) <= l->in->options.max_text) buf_puts(&l->line, z);
}

/* True at the end of a paragraph. */
static bool on_node(struct lines *l, struct docx *d) {
  str name = str_of((const char *)xmlTextReaderConstLocalName(d->xml));
  switch (xmlTextReaderNodeType(d->xml)) {
  case XML_READER_TYPE_ELEMENT:
    d->in_text = str_is(name, "t") && !xmlTextReaderIsEmptyElement(d->xml);
    if (str_is(name, "tab")) put_xml_text(l, "\t");
    return str_is(name, "br") || str_is(name, "cr");
  case XML_READER_TYPE_END_ELEMENT: d->in_text = false; return str_is(name, "p");
  case XML_READER_TYPE_TEXT:
  case XML_READER_TYPE_CDATA:
  case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    if (d->in_text) put_xml_text(l, (const char *)xmlTextReaderConstValue(d->xml));
    return false;
  default: return false;
  }
}

static bool docx_line(struct lines *l, struct err *e) {
  struct docx *d = l->state;
  l->number++;
  if (!d->xml) {
    if (!find_document(l, d)) return *e = d->why, false;
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    d->xml = xmlReaderForIO(part_bytes, NULL, l, NULL, NULL, options);
    if (!d->xml) return err_set(e, ERR_NOMEM, "no memory for the XML parser");
  }
  int state;
  while ((state = xmlTextReaderRead(d->xml)) == 1)
    if (on_node(l, d)) return true;
  if (d->why.code != ERR_OK) *e = d->why;
  else if (state < 0) err_set(e, ERR_FORMAT, "the text of the DOCX file is not well-formed XML");
  return false;
}

static bool docx_open(struct lines *l, struct err *e) {
  xmlInitParser();
  l->state = calloc(1, sizeof(struct docx));
  return l->state || err_set(e, ERR_NOMEM, "no memory for a reader");
}

static void docx_close(struct lines *l) {
  struct docx *d = l->state;
  if (d->xml) xmlFreeTextReader(d->xml);
  if (d->inflating) inflateEnd(&d->z);
  free(d);
}

const struct line_kind lines_docx = {.paragraphs = true, .open = docx_open, .next = docx_line, .close = docx_close};
