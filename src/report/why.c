/* why.c - explains a record from the coded document alone. */
#include "report/why.h"
#include "doc/tree.h"
#include "report/page.h"
#include "report/shown.h"

struct why {
  const struct doc *d;
  const struct ontology *o;
  struct buf *out;
  bool colour;
  struct mask mask; /* hides private persons */
};

static void heading(struct why *w, const char *text) {
  buf_printf(w->out, w->colour ? "\n\033[1m%s\033[0m\n" : "\n%s\n", text);
}

static void line(struct why *w, const char *name, str value) {
  if (value.n) buf_printf(w->out, "  %-12s %.*s\n", name, STR_FMT(value));
}

/* Words of the text without the names of private persons. */
static str words_of(struct why *w, struct span s) { return mask_copy(&w->mask, s.beg, s.end); }

/* ---- the sentence with its marks */

struct mark {
  struct span span;
  const char *open, *close, *colour;
};

static const char *const trigger_colour = "\033[1;31m", *const actor_colour = "\033[1;34m",
                         *const recipient_colour = "\033[1;35m";

static void put_marked(struct why *w, struct span sentence, const struct mark *mark, int n) {
  buf_puts(w->out, "  ");
  for (uint32_t i = sentence.beg; i < sentence.end; i++) {
    for (int k = 0; k < n; k++)
      if (span_known(mark[k].span) && mark[k].span.end == i)
        buf_printf(w->out, "%s%s", mark[k].close, w->colour ? "\033[0m" : "");
    for (int k = 0; k < n; k++)
      if (span_known(mark[k].span) && mark[k].span.beg == i)
        buf_printf(w->out, "%s%s", w->colour ? mark[k].colour : "", mark[k].open);
    const struct masked *hidden = mask_at(&w->mask, i);
    if (hidden) {
      if (i == hidden->beg || i == sentence.beg) buf_printf(w->out, "(%.*s)", STR_FMT(hidden->word));
    } else buf_putc(w->out, (unsigned char)w->d->text.p[i] < 0x20 ? ' ' : w->d->text.p[i]);
  }
  for (int k = 0; k < n; k++)
    if (span_known(mark[k].span) && mark[k].span.end == sentence.end)
      buf_printf(w->out, "%s%s", mark[k].close, w->colour ? "\033[0m" : "");
  buf_puts(w->out, "\n");
}

static void put_sentence(struct why *w, uint32_t sentence, const struct event *e, struct span whole) {
  struct mark mark[18];
  int n = 0;
  if (e) {
    mark[n++] = (struct mark){e->trigger_span, "[", "]", trigger_colour};
    for (uint32_t i = 0; i < e->participants.n && n < 18; i++) {
      const struct participant *p = &w->d->participants.at[e->participants.first + i];
      bool actor = str_is(p->role, "actor");
      if (!actor && !str_is(p->role, "recipient")) continue;
      mark[n++] = (struct mark){p->span, actor ? "{" : "<", actor ? "}" : ">", actor ? actor_colour : recipient_colour};
    }
  }
  struct span s = sentence < w->d->sentences.n ? w->d->sentences.at[sentence].span : whole;
  heading(w, e ? "Sentence   [trigger] {actor} <recipient>" : "Sentence");
  put_marked(w, s, mark, n);
}

/* ---- the tree */

enum { TREE_DEPTH = 64 };

/* Heads stand above their dependents; dependents in the order of the text. Depth first by child, sibling and head. */
static void put_tree(struct why *w, uint32_t sentence) {
  const struct tokens *t = &w->d->tokens;
  if (sentence >= w->d->sentences.n) return;
  const struct sentence *s = &w->d->sentences.at[sentence];
  heading(w, "Tree");
  for (uint32_t root = s->first; root < s->first + s->n; root++) {
    if (t->head[root] != NONE) continue;
    uint32_t at = root;
    bool more[TREE_DEPTH] = {false};
    for (int depth = 0;;) {
      buf_puts(w->out, "  ");
      for (int k = 1; k < depth && k < TREE_DEPTH; k++) buf_puts(w->out, more[k] ? "\xE2\x94\x82  " : "   ");
      if (depth) buf_puts(w->out, t->sibling[at] != NONE ? "\xE2\x94\x9C\xE2\x94\x80 " : "\xE2\x94\x94\xE2\x94\x80 ");
      str form = doc_word(w->d, t->form[at]), lemma = doc_word(w->d, t->lemma[at]);
      if (mask_at(&w->mask, t->beg[at])) form = lemma = STR("(private)");
      buf_printf(w->out, "%.*s  %s", STR_FMT(form), deprel_name(t->deprel[at]));
      buf_printf(w->out, w->colour ? "  \033[2m%s %.*s\033[0m\n" : "  %s %.*s\n", upos_name(t->upos[at]),
                 STR_FMT(lemma));
      if (t->child[at] != NONE) {
        if (depth < TREE_DEPTH) more[depth] = depth && t->sibling[at] != NONE;
        at = t->child[at];
        depth++;
        continue;
      }
      while (at != root && t->sibling[at] == NONE) at = t->head[at], depth--;
      if (at == root) break;
      at = t->sibling[at];
    }
  }
}

/* ---- values */

static void actors_line(struct why *w, const char *name, struct list l) {
  if (!l.n) {
    line(w, name, STR("- (the text names none)"));
    return;
  }
  buf_printf(w->out, "  %-12s ", name);
  for (uint32_t i = 0; i < l.n; i++) {
    uint32_t a = list_at(w->d, l, i);
    str s = shown_actor(w->d, a);
    const char *code = a < w->d->actors.n ? w->d->actors.at[a].code.cameo : "";
    buf_printf(w->out, "%s%.*s%s%s%s", i ? "; " : "", STR_FMT(s), *code ? " (" : "", code, *code ? ")" : "");
  }
  buf_putc(w->out, '\n');
}

static void period_line(struct why *w, const char *name, struct period p, const char *basis, struct span words) {
  char text[160];
  struct buf b = {.p = text, .size = sizeof text, .cap = sizeof text};
  if (!period_known(p)) return;
  period_put_end(&b, p.first, p.first_min);
  if (p.last != p.first || p.last_min != p.first_min) {
    buf_puts(&b, " to ");
    period_put_end(&b, p.last, p.last_min);
  }
  buf_printf(w->out, "  %-12s %.*s, to the %s", name, (int)b.n, text,
             *precision_name(p.precision) ? precision_name(p.precision) : "day");
  if (*basis) buf_printf(w->out, ", from %s", basis);
  if (span_known(words)) {
    str s = words_of(w, words);
    buf_printf(w->out, ": \"%.*s\"", STR_FMT(s));
  }
  buf_putc(w->out, '\n');
}

static void attribution_lines(struct why *w, struct list l) {
  for (uint32_t i = 0; i < l.n; i++) {
    const struct attribution *a = &w->d->attributions.at[l.first + i];
    str who = a->speaker < w->d->actors.n ? shown_actor(w->d, a->speaker)
              : a->text.n                 ? words_of(w, a->span)
                                          : STR("nobody named");
    buf_printf(w->out, "  %-12s %.*s (%s, %s", i ? "" : "told by", STR_FMT(who), stance_name(a->stance),
               attribution_type_name(a->type));
    buf_printf(w->out, "; cue \"%.*s\")\n", STR_FMT(a->cue));
  }
}

static void trace_lines(struct why *w, uint32_t sentence) {
  bool any = false;
  for (uint32_t i = 0; i < w->d->traces.n; i++) {
    const struct trace *t = &w->d->traces.at[i];
    if (t->token >= w->d->tokens.n || w->d->tokens.sentence[t->token] != sentence) continue;
    if (!any) heading(w, "Considered in this sentence");
    any = true;
    str word = mask_at(&w->mask, w->d->tokens.beg[t->token]) ? STR("(private)") : token_text(w->d, t->token);
    buf_printf(w->out, "  %-16.*s %-28.*s %s", STR_FMT(word), STR_FMT(t->rule), t->verdict ? t->verdict : "");
    if (t->detail.n) buf_printf(w->out, ": %.*s", STR_FMT(t->detail));
    buf_putc(w->out, '\n');
  }
}

static void span_line(struct why *w, const char *name, struct span s) {
  if (span_known(s)) line(w, name, words_of(w, s));
}

/* ---- records */

static void put_head(struct why *w, str id) {
  char day[11] = "no date";
  if (w->d->date != DAY_NONE) day_format(w->d->date, day);
  buf_printf(w->out, "%.*s\n  document %.*s, %s", STR_FMT(id), STR_FMT(w->d->id), day);
  if (w->d->source.n) buf_printf(w->out, ", %.*s", STR_FMT(w->d->source));
  buf_putc(w->out, '\n');
}

static void explain_event(struct why *w, uint32_t i) {
  const struct event *e = &w->d->events.at[i];
  const char *mode = ontology_mode_name(w->o, e->type, e->mode);
  put_sentence(w, e->sentence, e, e->span);
  heading(w, "Event");
  buf_printf(w->out, "  %-12s %s%s%s%s%s\n", "type", ontology_type_name(w->o, e->type), *mode ? " " : "", mode,
             e->cameo[0] ? ", CAMEO " : "", e->cameo);
  line(w, "rule", e->rule);
  actors_line(w, "actor", e->actor);
  if (e->reciprocal) line(w, "", STR("all parties alike"));
  else actors_line(w, "recipient", e->recipient);
  span_line(w, "object", e->object);
  span_line(w, "instrument", e->instrument);
  buf_printf(w->out, "  %-12s %s, %s%s%s\n", "status", status_name(e->status), certainty_name(e->certainty),
             e->historical ? ", historical" : "", e->repeated ? ", repeated" : "");
  attribution_lines(w, e->attribution);
  period_line(w, "date", e->date, date_basis_name(e->date_basis),
              e->timex < w->d->times.n ? w->d->times.at[e->timex].span : (struct span){0, 0});
  if (e->place < w->d->places.n && !mask_at(&w->mask, w->d->places.at[e->place].span.beg)) {
    const struct place *p = &w->d->places.at[e->place];
    buf_printf(w->out, "  %-12s %.*s (%s)%s%s\n", "place", STR_FMT(p->name), place_level_name(p->level),
               p->reason ? ", " : "", p->reason ? p->reason : "");
  }
  if (e->content < w->d->contents.n) {
    const struct content *c = &w->d->contents.at[e->content];
    str words = words_of(w, c->span);
    buf_printf(w->out, "  %-12s %s %s: \"%.*s\"\n", "speaks of", status_name(c->status),
               ontology_type_name(w->o, c->type), STR_FMT(words));
  }
  span_line(w, "condition", e->condition);
  buf_printf(w->out, "  %-12s %.2f\n", "confidence", (double)e->confidence);
  put_tree(w, e->sentence);
  trace_lines(w, e->sentence);
}

static void explain_demand(struct why *w, uint32_t i) {
  const struct demand *m = &w->d->demands.at[i];
  put_sentence(w, m->sentence, m->event < w->d->events.n ? &w->d->events.at[m->event] : NULL, m->span);
  heading(w, "Demand");
  buf_printf(w->out, "  %-12s %s, %s, %s\n", "kind", demand_kind_name(m->kind), strength_name(m->strength),
             demand_status_name(m->status));
  line(w, "rule", m->rule);
  actors_line(w, "issuer", m->issuer);
  actors_line(w, "addressee", m->addressee);
  span_line(w, "act", m->act);
  span_line(w, "or else", m->consequence);
  span_line(w, "condition", m->condition);
  period_line(w, "issued", m->issued, "", (struct span){0, 0});
  period_line(w, "deadline", m->deadline, anchor_name(m->deadline_anchor),
              m->deadline_timex < w->d->times.n ? w->d->times.at[m->deadline_timex].span : (struct span){0, 0});
  span_line(w, "told by", m->fate);
  attribution_lines(w, m->attribution);
  put_tree(w, m->sentence);
  trace_lines(w, m->sentence);
}

static void explain_tie(struct why *w, uint32_t i) {
  const struct tie *t = &w->d->ties.at[i];
  put_sentence(w, t->sentence, NULL, t->span);
  heading(w, "Tie");
  line(w, "subject", shown_actor(w->d, t->subject));
  line(w, "relation", str_of(relation_name(t->relation)));
  line(w, "role", t->role);
  if (t->object < w->d->actors.n) line(w, "object", shown_actor(w->d, t->object));
  line(w, "status", str_of(tie_status_name(t->status)));
  line(w, "rule", t->rule);
  period_line(w, "from", t->from, "", (struct span){0, 0});
  period_line(w, "until", t->to, "", (struct span){0, 0});
  put_tree(w, t->sentence);
}

static bool explain_record(struct why *w, str id) {
  struct page_ids ids;
  char have[20];
  page_ids_init(&ids, w->d);
#define FIND(rows, id_of, explain)                                                                                     \
  for (uint32_t i = 0; i < w->d->rows.n; i++) {                                                                        \
    id_of(&ids, w->d, i, have);                                                                                        \
    if (!str_is(id, have)) continue;                                                                                   \
    put_head(w, id);                                                                                                   \
    explain(w, i);                                                                                                     \
    return true;                                                                                                       \
  }
  FIND(events, page_event_id, explain_event)
  FIND(demands, page_demand_id, explain_demand)
  FIND(ties, page_tie_id, explain_tie)
#undef FIND
  return false;
}

bool why_write(const struct doc *d, const struct ontology *o, str id, bool colour, struct buf *out) {
  struct arena memory;
  arena_init(&memory, (size_t)1 << 28);
  struct why w = {.d = d, .o = o, .out = out, .colour = colour};
  bool found = shown_mask(&w.mask, d, &memory) && explain_record(&w, id);
  arena_release(&memory);
  return found;
}
