/* html_text.c - libxml2's HTML parser as events; blocks of text by tag; which blocks are the article. Metadata: html_meta.c. */
#include "intake/html_text.h"
#include "intake/html_meta.h"
#include <libxml/HTMLparser.h>
#include <stdlib.h>

enum {
  TEXT_MOST = 1 << 26,
  BLOCKS_MOST = 1 << 20,
  CHUNK = 1 << 15,
  GOOD_WORDS = 10, /* a block of so many words and few links is text whatever stands around it */
  SHORT_WORDS = 3
};
enum scope { SCOPE_PAGE, SCOPE_MAIN, SCOPE_ARTICLE, SCOPE_BODY }; /* ever closer around the article */
enum block_kind { BLOCK_OTHER, BLOCK_P, BLOCK_HEADING };

struct block {
  size_t beg, end;
  uint32_t words, linked; /* words; those inside links */
  uint32_t article;       /* number of the innermost <article>, 0 none */
  uint8_t scope, kind;
  bool boiler; /* inside an element whose class names a menu, a list of comments, advertising .. */
};

struct open_element { /* what returns when it ends */
  uint32_t article;
  uint8_t scope, kind;
  bool skip, boiler, link, block, h1, title, json;
};

struct page_reader {
  struct buf text;
  struct block *blocks;
  size_t n, size;
  struct block now;
  bool in_block, in_word, last_break;
  struct open_element open[HTML_DEEPEST];
  struct open_element state; /* of the innermost element */
  size_t depth;
  uint32_t articles;
  enum html_part part;
  struct html_meta meta;
  bool too_deep, failed;
  xmlParserCtxtPtr parser;
};

/* ---- blocks */

static void end_block(struct page_reader *r) {
  r->in_word = false;
  if (!r->in_block) return;
  r->in_block = false;
  while (r->text.n > r->now.beg && r->text.p[r->text.n - 1] == ' ') r->text.n--;
  r->now.end = r->text.n;
  if (r->now.end == r->now.beg) return;
  if (r->n == r->size) {
    size_t size = r->size ? r->size * 2 : 64;
    struct block *grown = size <= BLOCKS_MOST ? realloc(r->blocks, size * sizeof *grown) : NULL;
    if (!grown) {
      r->failed = true;
      return;
    }
    r->blocks = grown;
    r->size = size;
  }
  r->blocks[r->n++] = r->now;
}

static void begin_block(struct page_reader *r) {
  const struct open_element *s = &r->state;
  r->now =
      (struct block){.beg = r->text.n, .article = s->article, .scope = s->scope, .kind = s->kind, .boiler = s->boiler};
  r->in_block = true;
}

static void add_text(struct page_reader *r, str s) {
  for (size_t i = 0; i < s.n; i++) {
    bool nbsp = (unsigned char)s.p[i] == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] == 0xA0;
    if (nbsp || ascii_space(s.p[i])) {
      if (r->in_block && r->in_word) buf_putc(&r->text, ' ');
      r->in_word = false;
      i += nbsp;
      continue;
    }
    if (!r->in_block) begin_block(r);
    if (!r->in_word) {
      r->now.words++;
      r->now.linked += r->state.link;
    }
    r->in_word = true;
    buf_putc(&r->text, s.p[i]);
  }
}

/* ---- elements */

static bool one_of(const char *name, const char *const *list) {
  for (; *list; list++)
    if (!strcmp(name, *list)) return true;
  return false;
}

static const char *const skipped[] = {"script", "style",  "noscript",   "template", "svg",    "math",   "nav",
                                      "aside",  "footer", "button",     "select",   "option", "iframe", "object",
                                      "embed",  "figure", "figcaption", "video",    "audio",  "canvas", "textarea",
                                      "dialog", "menu",   "map",        NULL};
static const char *const inside_line[] = {"a",    "abbr",   "acronym", "b",    "bdi", "bdo",  "big",  "cite",
                                          "code", "data",   "del",     "dfn",  "em",  "font", "i",    "img",
                                          "ins",  "kbd",    "label",   "mark", "q",   "s",    "samp", "small",
                                          "span", "strike", "strong",  "sub",  "sup", "time", "tt",   "u",
                                          "var",  "wbr",    "meta",    "link", NULL};
static const char *const boiler_words[] = {
    "nav",        "navbar",    "navigation",   "menu",       "sidebar",     "comment",
    "comments",   "disqus",    "footer",       "related",    "recommended", "recommendations",
    "share",      "sharing",   "social",       "promo",      "advert",      "advertisement",
    "ad",         "ads",       "sponsored",    "cookie",     "cookies",     "consent",
    "newsletter", "subscribe", "subscription", "breadcrumb", "breadcrumbs", "caption",
    "credit",     "popup",     "modal",        "toolbar",    "trending",    "byline",
    "copyright",  "login",     "signup",       "skip",       NULL};

/* Whether a class or id has one of the words between blanks, hyphens and underscores. */
static bool names_boiler(const char *value) {
  char word[24];
  size_t n = 0;
  for (const char *p = value;; p++) {
    if (ascii_alpha(*p)) {
      if (n < sizeof word - 1) word[n++] = ascii_fold(*p);
      else n = sizeof word; /* too long to be one of them */
      if (n == sizeof word) n = sizeof word - 1;
      continue;
    }
    word[n] = 0;
    if (n && one_of(word, boiler_words)) return true;
    n = 0;
    if (!*p) return false;
  }
}

static const char *attribute(const xmlChar **attributes, const char *name) {
  for (; attributes && attributes[0]; attributes += 2)
    if (attributes[1] && !strcmp((const char *)attributes[0], name)) return (const char *)attributes[1];
  return NULL;
}

static uint8_t scope_of(const char *name, const xmlChar **attributes, uint8_t around) {
  const char *item = attribute(attributes, "itemprop"), *role = attribute(attributes, "role");
  uint8_t scope = SCOPE_PAGE;
  if (item && !strcmp(item, "articleBody")) scope = SCOPE_BODY;
  else if (!strcmp(name, "article")) scope = SCOPE_ARTICLE;
  else if (!strcmp(name, "main") || (role && !strcmp(role, "main"))) scope = SCOPE_MAIN;
  return scope > around ? scope : around;
}

static bool is_heading(const char *name) { return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2]; }

static bool has_boiler(const xmlChar **attributes) {
  const char *class = attribute(attributes, "class"), *id = attribute(attributes, "id");
  return (class && names_boiler(class)) || (id && names_boiler(id));
}

static void on_break(struct page_reader *r) {
  if (r->last_break) end_block(r);
  else add_text(r, STR(" "));
  r->last_break = true;
}

static void on_start(void *context, const xmlChar *xml_name, const xmlChar **attributes) {
  struct page_reader *r = context;
  const char *name = (const char *)xml_name;
  if (r->depth == HTML_DEEPEST) {
    r->too_deep = true;
    xmlStopParser(r->parser);
    return;
  }
  r->open[r->depth++] = r->state;
  struct open_element *s = &r->state;
  s->block = s->h1 = s->title = s->json = false;
  html_meta_element(&r->meta, name, attributes);
  if (!strcmp(name, "br")) {
    on_break(r);
    return;
  }
  if (!one_of(name, inside_line)) {
    end_block(r);
    s->block = true;
    s->kind = !strcmp(name, "p")   ? BLOCK_P
              : is_heading(name)   ? BLOCK_HEADING
              : s->kind == BLOCK_P ? BLOCK_P
                                   : BLOCK_OTHER;
  }
  if (!strcmp(name, "a")) s->link = true;
  s->h1 = !strcmp(name, "h1");
  s->title = !strcmp(name, "title") && !s->skip;
  s->json = !strcmp(name, "script") && html_meta_is_json(attributes);
  s->scope = scope_of(name, attributes, s->scope);
  if (!strcmp(name, "article")) s->article = ++r->articles;
  if (r->part == HTML_ALL) s->skip = s->skip || !strcmp(name, "script") || !strcmp(name, "style");
  else {
    s->skip = s->skip || one_of(name, skipped) || (!strcmp(name, "header") && s->scope < SCOPE_ARTICLE);
    bool whole = !strcmp(name, "body") || !strcmp(name, "html") || !strcmp(name, "article") || !strcmp(name, "main");
    s->boiler = s->boiler || (!whole && has_boiler(attributes));
  }
}

static void on_end(void *context, const xmlChar *name) {
  struct page_reader *r = context;
  (void)name;
  if (!r->depth) return;
  if (r->state.block) end_block(r);
  html_meta_end(&r->meta, r->state.h1, r->state.title, r->state.json);
  r->state = r->open[--r->depth];
}

static void on_text(void *context, const xmlChar *text, int n) {
  struct page_reader *r = context;
  str s = {(const char *)text, n > 0 ? (size_t)n : 0};
  for (size_t i = 0; i < s.n && r->last_break; i++)
    if (!ascii_space(s.p[i])) r->last_break = false;
  if (html_meta_wants(&r->meta)) html_meta_text(&r->meta, s);
  if (r->state.skip || r->state.title || r->meta.in_head) return;
  add_text(r, s);
}

/* ---- which blocks are the article */

static bool dense(const struct block *b) { return b->linked * 3 < b->words; }
static bool good(const struct block *b) { return dense(b) && b->words >= GOOD_WORDS; }

struct choice {
  uint8_t scope;
  uint32_t article;
  bool boiler; /* blocks that look like menus count too */
};

static bool chosen(const struct choice *c, const struct block *b) {
  return b->scope >= c->scope && (!c->article || b->article == c->article) && (c->boiler || !b->boiler);
}

static size_t good_words(const struct page_reader *r, struct choice c) {
  size_t n = 0;
  for (size_t i = 0; i < r->n; i++)
    if (chosen(&c, &r->blocks[i]) && good(&r->blocks[i])) n += r->blocks[i].words;
  return n;
}

/* The <article> with the most text; an index into the articles in one pass. */
static uint32_t largest_article(const struct page_reader *r) {
  uint32_t *words = calloc((size_t)r->articles + 1, sizeof *words), best = 0;
  for (size_t i = 0; words && i < r->n; i++)
    if (r->blocks[i].article && !r->blocks[i].boiler && good(&r->blocks[i]))
      words[r->blocks[i].article] += r->blocks[i].words;
  for (uint32_t k = 1; words && k <= r->articles; k++)
    if (words[k] > words[best]) best = k;
  free(words);
  return best;
}

/* The closest scope that still holds a good part of the page's text. */
static struct choice choose(const struct page_reader *r) {
  struct choice page = {.scope = SCOPE_PAGE}, c = page;
  size_t all = good_words(r, page);
  if (!all) {
    page.boiler = true;
    all = good_words(r, page);
    return page;
  }
  c.article = largest_article(r);
  c.scope = SCOPE_BODY;
  for (; c.scope > SCOPE_PAGE; c.scope--) {
    if (c.scope == SCOPE_MAIN) c.article = 0;
    if (good_words(r, c) * 5 >= all * 2) return c;
  }
  return page;
}

/* Between the first and the last good block short paragraphs and headings belong to the text. */
static bool keep(const struct block *b, bool between) {
  if (!dense(b)) return false;
  if (b->words >= GOOD_WORDS) return true;
  if (b->kind == BLOCK_P) return b->words >= SHORT_WORDS || between;
  return between && (b->kind == BLOCK_HEADING || b->words >= SHORT_WORDS);
}

static void put_block(const struct page_reader *r, struct buf *out, const struct block *b, str title) {
  str s = str_sub(buf_str(&r->text), b->beg, b->end);
  if (title.n && str_eq(s, title)) return;
  if (out->n) buf_puts(out, "\n\n");
  buf_put(out, s);
}

static void put_article(const struct page_reader *r, struct buf *out, str title) {
  struct choice c = choose(r);
  size_t first = r->n, last = 0, put = 0;
  for (size_t i = 0; i < r->n; i++)
    if (chosen(&c, &r->blocks[i]) && good(&r->blocks[i])) {
      if (first == r->n) first = i;
      last = i;
    }
  for (size_t i = 0; i < r->n; i++)
    if (chosen(&c, &r->blocks[i]) && keep(&r->blocks[i], i >= first && i <= last))
      put_block(r, out, &r->blocks[i], title), put++;
  for (size_t i = 0; !put && i < r->n; i++) /* a page of short lines only */
    if (dense(&r->blocks[i])) put_block(r, out, &r->blocks[i], title);
}

/* ---- parsing */

static bool parse(struct page_reader *r, str html, struct err *e) {
  htmlSAXHandler sax = {.startElement = on_start,
                        .endElement = on_end,
                        .characters = on_text,
                        .cdataBlock = on_text,
                        .ignorableWhitespace = on_text};
  r->parser = htmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (!r->parser) return err_set(e, ERR_NOMEM, "no memory for the HTML parser");
  htmlCtxtUseOptions(r->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                    HTML_PARSE_IGNORE_ENC);
  for (size_t at = 0; at < html.n && !r->too_deep && !r->failed; at += CHUNK) {
    size_t n = html.n - at < CHUNK ? html.n - at : CHUNK;
    htmlParseChunk(r->parser, html.p + at, (int)n, 0);
  }
  if (!r->too_deep && !r->failed) htmlParseChunk(r->parser, NULL, 0, 1);
  if (r->parser->myDoc) xmlFreeDoc(r->parser->myDoc);
  r->parser->myDoc = NULL;
  htmlFreeParserCtxt(r->parser);
  end_block(r);
  if (r->too_deep) return err_set(e, ERR_LIMIT, "the HTML has elements nested deeper than %d", HTML_DEEPEST);
  return !(r->failed || r->text.failed) || err_set(e, ERR_NOMEM, "the HTML page is too large");
}

bool html_read(str html, enum html_part part, struct arena *a, struct html_page *page, struct err *e) {
  *page = (struct html_page){0};
  struct page_reader *r = calloc(1, sizeof *r);
  if (!r) return err_set(e, ERR_NOMEM, "no memory for the HTML parser");
  struct buf out;
  buf_init(&r->text, TEXT_MOST), buf_init(&out, TEXT_MOST);
  html_meta_init(&r->meta, a);
  r->part = part;
  bool ok = parse(r, html, e);
  if (ok) {
    html_meta_finish(&r->meta, page);
    if (part == HTML_MAIN) put_article(r, &out, page->title);
    else
      for (size_t i = 0; i < r->n; i++) put_block(r, &out, &r->blocks[i], (str){0});
    page->text = arena_str(a, buf_str(&out));
    ok = !out.failed || err_set(e, ERR_NOMEM, "the HTML page is too large");
  }
  html_meta_release(&r->meta);
  buf_release(&r->text), buf_release(&out);
  free(r->blocks);
  free(r);
  return ok;
}
