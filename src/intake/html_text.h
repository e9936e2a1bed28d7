/* html_text.h - the article of a web page: its main text, title, date, source and address, without menus, scripts and advertising.
 *
 * The text is that of the blocks that are dense in words and poor in links (after Kohlschuetter, Fankhauser, Nejdl 2010, "Boilerplate
 * detection using shallow text features"), within <article> or <main> where the page has them. The rest comes from metadata: Open
 * Graph, schema.org (JSON-LD and microdata), Dublin Core, <time>, <link rel=canonical>. No network, no script, no entity is
 * followed; elements nested deeper than HTML_DEEPEST are ERR_LIMIT. */
#ifndef TR_INTAKE_HTML_TEXT_H
#define TR_INTAKE_HTML_TEXT_H
#include "base/arena.h"
#include "base/err.h"

enum { HTML_DEEPEST = 4096 };
enum html_part { HTML_MAIN /* a page: its article */, HTML_ALL /* a fragment, as feeds hold: everything */ };

struct html_page { /* strings live in the arena */
  str text;        /* paragraphs with a blank line between */
  str title, date, source, url, lang;
};

/* html must be valid UTF-8. False with *e when memory or depth is out. */
bool html_read(str html, enum html_part part, struct arena *a, struct html_page *page, struct err *e);

#endif
