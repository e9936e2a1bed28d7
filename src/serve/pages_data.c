/* pages_data.c - the data of the ledger to take along and to cite; what words and keys mean. */
#include "base/calendar.h"
#include "serve/api.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- data and cite */

static void put_lists(struct request *r) {
  buf_puts(
      r->out,
      "<h2>Lists</h2><div class=\"wide\"><table><caption>Each takes the filters of the pages, up to 1000 rows at once</caption><thead><tr><th "
      "scope=\"col\">list</th><th scope=\"col\">what stands in it</th><th scope=\"col\">as</th></tr></thead><tbody>\n");
  for (const struct api_list *l = api_lists; l->name; l++)
    buf_printf(
        r->out,
        "<tr><th scope=\"row\">%s</th><td>%s</td><td><a href=\"/api/v1/%s%s\">JSON<span class=\"hidden\">: %s</span></a> <a "
        "href=\"/api/v1/%s.jsonl%s\">lines<span class=\"hidden\">: %s</span></a> <a href=\"/api/v1/%s.csv%s\">CSV<span class=\"hidden\">: "
        "%s</span></a></td></tr>\n",
        l->name, l->what, l->name, l->list == LIST_SEARCH ? "?q=the" : "", l->name, l->name,
        l->list == LIST_SEARCH ? "?q=the" : "", l->name, l->name, l->list == LIST_SEARCH ? "?q=the" : "", l->name);
  buf_puts(r->out, "</tbody></table></div><h2>Other forms</h2><ul class=\"plain\">");
  for (const struct api_document *d = api_documents; d->name; d++)
    buf_printf(r->out, "<li><a href=\"/api/v1/%s\">%s</a> <span class=\"soft\">%s</span></li>", d->name, d->name,
               d->what);
  buf_puts(
      r->out,
      "</ul><p class=\"soft\">All of it in one folder, with schema, codebook and hashes: <code>tightrope export --db FILE --folder FOLDER</code></p>");
}

/* Fills exactly what a reader of the paper needs: what, of when, with which versions, seen on which day. */
static void put_cite(struct request *r, const struct site_extent *x) {
  struct ledger_query *q = site_list(r, LIST_CODERS, &(struct ledger_filter){0});
  char version[80] = "", model[80] = "", knowledge[80] = "", today[11];
  if (site_next(r, q)) {
    snprintf(version, sizeof version, "%.*s", STR_FMT(site_cell(q, "version")));
    snprintf(model, sizeof model, "%.12s", site_cell(q, "model").n ? arena_z(r->memory, site_cell(q, "model")) : "");
    snprintf(knowledge, sizeof knowledge, "%.12s",
             site_cell(q, "knowledge").n ? arena_z(r->memory, site_cell(q, "knowledge")) : "");
  }
  ledger_query_close(q);
  day_format((int32_t)(time(NULL) / 86400), today);
  buf_puts(
      r->out,
      "<h2>Cite</h2><p class=\"soft\">With the filters of the page that you looked at; its address holds them all.</p><pre>Tightrope ");
  site_text(r->out, str_of(version));
  buf_printf(r->out, ", ledger of %zu documents of %zu outlets, %s to %s; model ", x->documents, x->outlets,
             x->documents ? x->first : "none", x->documents ? x->last : "none");
  site_text(r->out, str_of(model));
  buf_puts(r->out, ", knowledge ");
  site_text(r->out, str_of(knowledge));
  buf_printf(
      r->out,
      "; seen on %s. Coded by machine from reports; no changes made.</pre><pre class=\"tree\">@misc{tightrope,\n  title = {Tightrope ",
      today);
  site_text(r->out, str_of(version));
  buf_printf(r->out, ": a ledger coded by machine from reports},\n  note  = {%zu documents, %s to %s; model ",
             x->documents, x->documents ? x->first : "none", x->documents ? x->last : "none");
  site_text(r->out, str_of(model));
  buf_puts(r->out, ", knowledge ");
  site_text(r->out, str_of(knowledge));
  buf_printf(r->out, "},\n  urldate = {%s}\n}</pre>", today);
}

void page_data(struct request *r) {
  struct site_extent x;
  site_extent(r, &x);
  site_open(r, "Data", "/data");
  buf_puts(
      r->out,
      "<p class=\"soft\">Everything that the pages show, for other programs. The interface is <a href=\"/api/v1/openapi.json\">described</a> (OpenAPI); "
      "each answer has an ETag, long lists go on by <code>after</code>.</p>");
  put_lists(r);
  put_cite(r, &x);
  buf_puts(
      r->out,
      "<h2>Whose data it is</h2><p>Places: GeoNames (CC BY 4.0). Outlines: Natural Earth (public domain); borders as they are held, not as anybody "
      "claims them. The articles belong to their outlets: sentences are shown as evidence.</p>");
  site_close(r);
}

/* ---- words and keys */

void page_help(struct request *r) {
  static const char *const words[][2] = {
      {"report", "an event as one article tells it"},
      {"incident", "the event itself, from one report or many"},
      {"text", "copies of one text are one: they count once"},
      {"actor, recipient", "who acts, on whom"},
      {"status",
       "whether it took place, according to whoever says so: actual, attempted, planned, hypothetical, denied, negated"},
      {"according to", "who says so; where nobody stands, the outlet does"},
      {"demand", "what was demanded, promised or threatened, by when, or else what"},
      {"tie", "a post or a relation, with its time"},
      {"verbal, material", "words, and deeds; cooperation (+) or conflict (\xE2\x88\x92)"},
      {"tightrope", "an actor with ties to two that are hostile to one another"},
      {"within km", "how far from the drawn middle it may have been"}};
  static const char *const keys[][2] = {
      {"?", "these keys"},
      {"/", "search"},
      {"j k", "next row, row before"},
      {"e w c", "evidence of the row, why, correct it"},
      {"[ ]", "page before, next page"},
      {"f", "to the filters"},
      {"y", "copy the address"},
      {"p", "print"},
      {"g and a letter",
       "to a page: o overview, i incidents, l deadlines, a actors, d dyads, n network, m map, s series, x compare, c coverage, f search, b brief, e data, t try it"}};
  site_open(r, "Words and keys", "/help");
  buf_puts(r->out, "<h2>Words</h2><dl>");
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    buf_printf(r->out, "<dt>%s</dt><dd>%s</dd>", words[i][0], words[i][1]);
  buf_puts(r->out, "</dl><h2>Keys</h2><p class=\"soft\">Each does what a link or a control does too.</p><dl>");
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    buf_printf(r->out, "<dt><kbd>%s</kbd></dt><dd>%s</dd>", keys[i][0], keys[i][1]);
  buf_puts(
      r->out,
      "</dl><h2>What this is not</h2><p>Not for targeting, screening, asylum or policing. Private persons stand by role words in every list, search "
      "and snippet. An alarm says that reporting is unusual, not that anything will come.</p>");
  site_close(r);
}
