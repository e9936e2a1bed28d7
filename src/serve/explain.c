/* explain.c - finds a record in the ledger, codes its document anew, and has report/why.h tell the record. */
#include "serve/explain.h"
#include "ledger/incident.h"
#include "report/why.h"
#include <stdio.h>

/* One report that tells the same event, and why it is held to. */
static void tell_link(void *ctx, str event, str doc, double score, const char *reasons) {
  struct buf *out = ctx;
  if (!out->n) buf_puts(out, "\nOne incident with\n");
  buf_printf(out, "  %.*s in %.*s  ", STR_FMT(event), STR_FMT(doc));
  if (score >= INCIDENT_CERTAIN) buf_printf(out, "%s (a copy of the text, told twice, or joined by hand)\n", reasons);
  else buf_printf(out, "%s (%+.1f)\n", reasons, score);
}

static bool code_anew(const struct ledger_text *t, const struct engine *engine, struct worker *worker, str id,
                      bool colour, struct buf *out, struct err *e) {
  struct input in = {.id = t->id,
                     .title = t->title,
                     .text = t->text,
                     .source = t->source,
                     .url = t->url,
                     .lang = t->lang,
                     .date_text = t->published,
                     .day = DAY_NONE};
  struct doc d;
  doc_init(&d);
  d.trace = true;
  day_parse_iso(t->date, &in.day);
  worker_code(worker, &in, &d);
  bool told = why_write(&d, engine_ontology(engine), id, colour, out);
  doc_release(&d);
  return told ||
         err_set(
             e, ERR_FORMAT,
             "%.*s is no longer read from its document by this version; ingest it again to bring the ledger up to date",
             STR_FMT(id));
}

bool explain_record(struct ledger *ledger, const struct engine *engine, struct worker *worker, str id, bool colour,
                    struct buf *out, struct err *e) {
  struct ledger_text text = {0};
  struct buf links;
  char asked[64], full[24];
  snprintf(asked, sizeof asked, "%.*s", STR_FMT(id));
  if (asked[0] == 'i') asked[0] = 'e'; /* an incident's id is that of its first report, but for a letter */
  buf_init(&links, 1 << 22);
  bool ok = ledger_find(ledger, str_of(asked), full, &text, e) &&
            ledger_incident_links(ledger, str_of(full), tell_link, &links, e) &&
            code_anew(&text, engine, worker, str_of(full), colour, out, e);
  if (ok) buf_put(out, buf_str(&links));
  buf_release(&links);
  ledger_text_release(&text);
  return ok;
}
