/* feed.c - RSS 0.9 to 2.0, RDF and Atom: every item is a document. A pull parser over the stream; no network, no entities, no DTD.
 *
 * Only direct children of an item are read, whatever their namespace prefix: content:encoded is `encoded`, dc:date is `date`. */
#include "base/utf8.h"
#include "intake/charset.h"
#include "intake/html_text.h"
#include "intake/reader.h"
#include <libxml/xmlreader.h>
#include <stdlib.h>

enum part { PART_ID, PART_LINK, PART_TITLE, PART_BODY, PART_SUMMARY, PART_DATE, PART_UPDATED, PART_LANG, PARTS };

struct feed {
  xmlTextReaderPtr xml;
  struct intake *in;
  bool declared;                /* an encoding other than UTF-8: libxml2 decodes it */
  uint32_t repaired;            /* bytes replaced since the last item */
  struct buf value;             /* text of the element that is open */
  struct buf channel, language; /* of the whole feed */
  str part[PARTS];
  bool in_item;
  int item_depth;
  const char *binary; /* what the file is if it is no text */
  bool empty;
};

/* ---- bytes for libxml2: valid UTF-8 without the control characters that XML forbids */

static size_t whole_characters(str s, bool more) {
  size_t n = s.n;
  if (!more) return n;
  for (size_t back = 1; back <= 3 && back <= n; back++) {
    unsigned char c = (unsigned char)s.p[n - back];
    if ((c & 0xC0) == 0x80) continue;
    size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
    return need > back ? n - back : n;
  }
  return n;
}

static int read_bytes(void *context, char *out, int size) {
  struct feed *f = context;
  str s = source_peek(f->in->source);
  if (!s.n) return source_failed(f->in->source, NULL) ? -1 : 0;
  size_t most = f->declared ? (size_t)size : (size_t)size / 3; /* a bad byte becomes three */
  if (s.n < 4) s = source_peek_more(f->in->source, 4);
  bool last = s.n < 4;
  if (s.n > most) s.n = most, last = false;
  if (f->declared) {
    memcpy(out, s.p, s.n);
    source_take(f->in->source, s.n);
    return (int)s.n;
  }
  size_t whole = whole_characters(s, !last);
  if (whole) s.n = whole;
  struct buf repaired;
  buf_init(&repaired, (size_t)size);
  f->repaired += (uint32_t)utf8_repair(&repaired, s);
  for (size_t i = 0; i < repaired.n; i++) {
    unsigned char c = (unsigned char)repaired.p[i];
    out[i] = c < 0x20 && !ascii_space((char)c) ? ' ' : (char)c;
    if (c == '\v' || c == '\f') out[i] = ' ';
  }
  int n = (int)repaired.n;
  buf_release(&repaired);
  source_take(f->in->source, s.n);
  return n;
}

/* ---- elements */

static enum part part_of(str name) {
  static const struct {
    const char *name;
    enum part part;
  } known[] = {{"guid", PART_ID},
               {"id", PART_ID},
               {"link", PART_LINK},
               {"title", PART_TITLE},
               {"encoded", PART_BODY},
               {"content", PART_BODY},
               {"description", PART_SUMMARY},
               {"summary", PART_SUMMARY},
               {"pubDate", PART_DATE},
               {"published", PART_DATE},
               {"issued", PART_DATE},
               {"date", PART_DATE},
               {"updated", PART_UPDATED},
               {"modified", PART_UPDATED},
               {"language", PART_LANG}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (str_is(name, known[i].name)) return known[i].part;
  return PARTS;
}

static str local_name(const struct feed *f) { return str_of((const char *)xmlTextReaderConstLocalName(f->xml)); }

static void set_part(struct feed *f, enum part p, str s) {
  s = str_trim(s);
  if (s.n && !f->part[p].n) f->part[p] = arena_str(&f->in->hold, s);
}

/* Atom's <link rel="alternate" href="..">; other relations are not the article. */
static void take_link(struct feed *f) {
  xmlChar *href = xmlTextReaderGetAttribute(f->xml, (const xmlChar *)"href");
  xmlChar *rel = xmlTextReaderGetAttribute(f->xml, (const xmlChar *)"rel");
  if (href && (!rel || !strcmp((const char *)rel, "alternate"))) set_part(f, PART_LINK, str_of((const char *)href));
  xmlFree(href);
  xmlFree(rel);
}

static void begin_item(struct feed *f, struct intake_record *r, int depth) {
  f->in_item = true;
  f->item_depth = depth;
  memset(f->part, 0, sizeof f->part);
  long line = xmlGetLineNo(xmlTextReaderCurrentNode(f->xml));
  r->line = line > 0 ? (uint64_t)line : 1;
  r->byte = 0; /* libxml2 reads ahead and does not tell */
}

static void on_element(struct feed *f, struct intake_record *r) {
  str name = local_name(f);
  int depth = xmlTextReaderDepth(f->xml);
  if (!f->in_item && (str_is(name, "item") || str_is(name, "entry"))) {
    if (!xmlTextReaderIsEmptyElement(f->xml)) begin_item(f, r, depth);
    return;
  }
  int base = f->in_item ? f->item_depth : 1;
  if (depth <= base + 1) buf_clear(&f->value);
  else buf_putc(&f->value, ' '); /* inside xhtml content */
  if (f->in_item && depth == f->item_depth + 1 && str_is(name, "link")) take_link(f);
}

static void end_of_channel_part(struct feed *f, str name, int depth) {
  if (depth > 2) return;
  str s = str_trim(buf_str(&f->value));
  if (str_is(name, "title") && !f->channel.n) buf_put(&f->channel, s);
  if (str_is(name, "language") && !f->language.n) buf_put(&f->language, s);
}

/* True at the end of an item. */
static bool on_end(struct feed *f) {
  str name = local_name(f);
  int depth = xmlTextReaderDepth(f->xml);
  if (!f->in_item) {
    end_of_channel_part(f, name, depth);
    return false;
  }
  if (depth == f->item_depth) {
    f->in_item = false;
    return true;
  }
  enum part p = part_of(name);
  if (depth == f->item_depth + 1 && p < PARTS) set_part(f, p, buf_str(&f->value));
  else if (depth > f->item_depth + 1) buf_puts(&f->value, str_is(name, "p") || str_is(name, "div") ? "\n\n" : "");
  return false;
}

/* ---- items */

/* Markup inside a value is HTML. */
static str plain(struct feed *f, str s, struct err *e) {
  struct html_page page;
  if (!memchr(s.p ? s.p : "", '<', s.n) && !memchr(s.p ? s.p : "", '&', s.n)) return s;
  return html_read(s, HTML_ALL, &f->in->hold, &page, e) ? page.text : (str){0};
}

static void fill(struct feed *f, struct intake_record *r) {
  str *p = f->part;
  r->text = plain(f, p[PART_BODY].n ? p[PART_BODY] : p[PART_SUMMARY], &r->error);
  r->title = plain(f, p[PART_TITLE], &r->error);
  r->date = p[PART_DATE].n ? p[PART_DATE] : p[PART_UPDATED];
  r->url = p[PART_LINK];
  r->id = p[PART_ID].n ? p[PART_ID] : p[PART_LINK];
  r->source = arena_str(&f->in->hold, buf_str(&f->channel));
  r->lang = p[PART_LANG].n ? p[PART_LANG] : arena_str(&f->in->hold, buf_str(&f->language));
  r->repaired = f->repaired;
  f->repaired = 0;
}

/* What is wrong with the XML, with its line. */
static bool refuse(struct feed *f, struct intake_record *r) {
  const xmlError *why = xmlGetLastError();
  int line = xmlTextReaderGetParserLineNumber(f->xml);
  if (line > 0) r->line = (uint64_t)line;
  str text = str_trim(str_of(why && why->message ? why->message : "unknown reason"));
  err_set(&r->error, ERR_FORMAT, "the feed is not well-formed XML: %.*s", STR_FMT(text));
  return f->in->done = true;
}

static bool feed_next(struct intake *in, struct intake_record *r) {
  struct feed *f = in->state;
  if (f->empty) return false;
  if (f->binary) return err_set(&r->error, ERR_BINARY, "this is %s", f->binary) || (in->done = true);
  int state;
  while ((state = xmlTextReaderRead(f->xml)) == 1) {
    int type = xmlTextReaderNodeType(f->xml);
    if (type == XML_READER_TYPE_ELEMENT) on_element(f, r);
    else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
             type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)
      buf_puts(&f->value, (const char *)xmlTextReaderConstValue(f->xml));
    else if (type == XML_READER_TYPE_END_ELEMENT && on_end(f)) {
      fill(f, r);
      return true;
    }
  }
  if (state == 0 || source_failed(in->source, NULL)) return false;
  return refuse(f, r);
}

static bool feed_open(struct intake *in, struct err *e) {
  str head = source_peek_more(in->source, 4096);
  const char *kind = binary_kind(head);
  struct feed *f = calloc(1, sizeof *f);
  if (!f) return err_set(e, ERR_NOMEM, "no memory for a reader");
  in->state = f;
  f->in = in;
  buf_init(&f->value, in->options.max_text), buf_init(&f->channel, 1024), buf_init(&f->language, 64);
  f->binary = kind;
  f->empty = !str_trim(head).n;
  if (f->binary || f->empty) return true;
  str declared = source_was_utf16(in->source) ? (str){"", 0} : charset_declared(str_sub(head, 0, str_find(head, '>')));
  f->declared = declared.n && !str_eq_fold(declared, STR("utf-8"));
  xmlInitParser();
  int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_RECOVER | XML_PARSE_BIG_LINES;
  f->xml = xmlReaderForIO(read_bytes, NULL, f, NULL, f->declared ? NULL : "UTF-8", options);
  return f->xml || err_set(e, ERR_NOMEM, "no memory for the XML parser");
}

static void feed_close(struct intake *in) {
  struct feed *f = in->state;
  if (f->xml) xmlFreeTextReader(f->xml);
  buf_release(&f->value), buf_release(&f->channel), buf_release(&f->language);
  free(f);
}

const struct format format_feed = {
    .name = "feed", .many = true, .open = feed_open, .next = feed_next, .close = feed_close};
