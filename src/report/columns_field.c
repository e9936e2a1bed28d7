/* columns_field.c - the values of fields: parties, codes, days, places and counts of an event. Layout of rows: columns.c. */
#include "report/columns_field.h"
#include "report/shown.h"
#include <math.h>
#include <stdio.h>

/* ---- small things */

static void put_number(struct buf *b, double x, int decimals) {
  if (!isfinite(x)) return;
  buf_printf(b, "%.*f", decimals, x);
}
static void put_z(struct buf *b, const char *z) { buf_puts(b, z ? z : ""); }
static void put_day(struct buf *b, int32_t day) {
  char text[11];
  if (day == DAY_NONE) return;
  day_format(day, text);
  buf_puts(b, text);
}
static int32_t event_day(const struct row *r) {
  if (r->e->date.first != DAY_NONE) return r->e->date.first;
  return r->e->date.last != DAY_NONE ? r->e->date.last : r->d->date;
}

/* ---- parties */

/* Words of the text without the names of private persons. */
static void put_words(const struct row *r, struct span s, struct buf *b) {
  buf_put(b, mask_copy(r->mask, s.beg, s.end));
}

typedef void (*party_fn)(const struct row *r, uint32_t actor, struct buf *b);

/* All parties of a side by ';', or the one of the pair. */
static void each(const struct row *r, bool recipient, party_fn put, struct buf *b) {
  uint32_t one = recipient ? r->recipient : r->actor;
  struct list l = recipient ? r->e->recipient : r->e->actor;
  if (r->pair) {
    if (one != NONE) put(r, one, b);
    return;
  }
  size_t from = b->n, told = 0;
  for (uint32_t i = 0; i < l.n; i++) {
    if (i) buf_putc(b, ';');
    size_t before = b->n;
    put(r, list_at(r->d, l, i), b);
    told += b->n - before;
  }
  if (!told) b->n = from; /* no row of bare separators */
}

static const struct actor *actor_at(const struct row *r, uint32_t i) { return &r->d->actors.at[i]; }

static void party_name(const struct row *r, uint32_t i, struct buf *b) { buf_put(b, shown_actor(r->d, i)); }
static void party_country(const struct row *r, uint32_t i, struct buf *b) { put_z(b, actor_at(r, i)->code.country); }
static void party_code(const struct row *r, uint32_t i, struct buf *b) {
  const char *code = actor_at(r, i)->code.cameo;
  put_z(b, code[0] ? code : "---");
}
static void party_sector(const struct row *r, uint32_t i, struct buf *b, int k) {
  put_z(b, actor_at(r, i)->code.sector[k]);
}
static void party_sector1(const struct row *r, uint32_t i, struct buf *b) { party_sector(r, i, b, 0); }
static void party_sector2(const struct row *r, uint32_t i, struct buf *b) {
  if (actor_at(r, i)->code.sector[0][0]) party_sector(r, i, b, 1);
}
static void party_sector3(const struct row *r, uint32_t i, struct buf *b) {
  if (actor_at(r, i)->code.sector[0][0] && actor_at(r, i)->code.sector[1][0]) party_sector(r, i, b, 2);
}
static void party_sectors(const struct row *r, uint32_t i, struct buf *b) {
  const struct actor_code *c = &actor_at(r, i)->code;
  for (int k = 0; k < CODE_SECTORS && c->sector[k][0]; k++) {
    if (k) buf_putc(b, r->pair ? ';' : ' ');
    buf_puts(b, c->sector[k]);
  }
}
static void party_wikidata(const struct row *r, uint32_t i, struct buf *b) {
  if (!actor_at(r, i)->is_private) buf_put(b, actor_at(r, i)->wikidata);
}
static void party_title(const struct row *r, uint32_t i, struct buf *b) { buf_put(b, actor_at(r, i)->role_word); }

/* The words of the text in the event's sentence, a private person's role word in their place. */
static void party_raw(const struct row *r, uint32_t i, struct buf *b) {
  const struct actor *a = actor_at(r, i);
  for (uint32_t m = 0; m < r->d->mentions.n && !a->is_private; m++) {
    const struct mention *x = &r->d->mentions.at[m];
    if (x->actor != i || x->sentence != r->e->sentence || x->type == MENTION_PRONOUN) continue;
    put_words(r, x->span, b);
    return;
  }
  buf_put(b, shown_actor(r->d, i));
}

static void code_part(const struct row *r, uint32_t i, size_t from, size_t to, struct buf *b) {
  str code = str_of(actor_at(r, i)->code.cameo);
  if (from >= code.n) return;
  buf_put(b, str_sub(code, from, to < code.n ? to : code.n));
}

/* Phoenix: the role is one of these where it stands behind the root; all else is "other". */
static bool has_role(str code) {
  static const char roles[] = "GOVMILREBOPPPTYCOPJUDSPYMEDEDUBUSCRM";
  if (code.n < 6) return false;
  for (size_t i = 0; roles[i]; i += 3)
    if (!memcmp(code.p + 3, roles + i, 3)) return true;
  return false;
}
static void party_root(const struct row *r, uint32_t i, struct buf *b) { code_part(r, i, 0, 3, b); }
static void party_role(const struct row *r, uint32_t i, struct buf *b) {
  if (has_role(str_of(actor_at(r, i)->code.cameo))) code_part(r, i, 3, 6, b);
}
static void party_rest(const struct row *r, uint32_t i, struct buf *b) {
  code_part(r, i, has_role(str_of(actor_at(r, i)->code.cameo)) ? 6 : 3, 64, b);
}

#define PARTY(field, put)                                                                                              \
  static void actor_##field(const struct row *r, struct buf *b) { each(r, false, put, b); }                            \
  static void recipient_##field(const struct row *r, struct buf *b) { each(r, true, put, b); }
PARTY(name, party_name)
PARTY(raw, party_raw)
PARTY(country, party_country)
PARTY(code, party_code)
PARTY(sector, party_sector1)
PARTY(sector2, party_sector2)
PARTY(sector3, party_sector3)
PARTY(sectors, party_sectors)
PARTY(wikidata, party_wikidata)
PARTY(title, party_title)
PARTY(root, party_root)
PARTY(role, party_role)
PARTY(rest, party_rest)

static void part_of_side(const struct row *r, struct list l, bool first, struct buf *b) {
  for (uint32_t i = first ? 0 : 1; i < l.n && (!first || !i); i++) {
    if (i > 1) buf_putc(b, ';');
    party_name(r, list_at(r->d, l, i), b);
  }
}
/* Both parties of a fight are in "actor": ACLED has the second as actor2. */
static bool two_sided(const struct row *r) { return r->e->reciprocal && !r->e->recipient.n && r->e->actor.n > 1; }
static void actor_first(const struct row *r, struct buf *b) { part_of_side(r, r->e->actor, true, b); }
static void actor_others(const struct row *r, struct buf *b) {
  if (!two_sided(r)) part_of_side(r, r->e->actor, false, b);
}
static void recipient_first(const struct row *r, struct buf *b) {
  if (two_sided(r)) party_name(r, list_at(r->d, r->e->actor, 1), b);
  else part_of_side(r, r->e->recipient, true, b);
}
static void recipient_others(const struct row *r, struct buf *b) { part_of_side(r, r->e->recipient, false, b); }

static bool civilian(const struct actor *a) {
  static const char civil[] = "CVLREFMEDJRNEDULABAGRNGORELSOC";
  if (a->is_private) return true;
  for (size_t i = 0; civil[i]; i += 3)
    if (!memcmp(a->code.sector[0], civil + i, 3)) return true;
  return a->kind == ACTOR_PEOPLE;
}
bool row_civilian(const struct row *r) {
  for (uint32_t i = 0; i < r->e->recipient.n; i++)
    if (!civilian(actor_at(r, list_at(r->d, r->e->recipient, i)))) return false;
  return r->e->recipient.n > 0;
}
static void civilians(const struct row *r, struct buf *b) {
  if (row_civilian(r)) buf_puts(b, "Civilian targeting");
}
static void dyad(const struct row *r, struct buf *b) {
  if (!r->e->actor.n) return;
  actor_first(r, b);
  buf_puts(b, " - ");
  if (row_civilian(r)) buf_puts(b, "Civilians");
  else recipient_first(r, b);
}
static bool state_side(const struct row *r, struct list l) {
  for (uint32_t i = 0; i < l.n; i++) {
    const struct actor *a = actor_at(r, list_at(r->d, l, i));
    if (a->kind == ACTOR_STATE || str_is(str_of(a->code.sector[0]), "GOV") || str_is(str_of(a->code.sector[0]), "MIL"))
      return true;
  }
  return false;
}
/* UCDP: 1 state-based, 2 non-state, 3 one-sided. */
static void violence(const struct row *r, struct buf *b) {
  buf_putc(b, row_civilian(r) ? '3' : state_side(r, r->e->actor) || state_side(r, r->e->recipient) ? '1' : '2');
}

/* ---- what */

static void event_id(const struct row *r, struct buf *b) {
  char id[20];
  page_event_id(r->ids, r->d, (uint32_t)(r->e - r->d->events.at), id);
  buf_puts(b, id);
}
static void row_id(const struct row *r, struct buf *b) {
  event_id(r, b);
  if (r->number) buf_printf(b, "-%u", r->number + 1);
}
static void type(const struct row *r, struct buf *b) { put_z(b, ontology_type_name(r->o, r->e->type)); }
static void mode(const struct row *r, struct buf *b) { put_z(b, ontology_mode_name(r->o, r->e->type, r->e->mode)); }
static void contexts(const struct row *r, struct buf *b) {
  bool some = false;
  for (uint8_t i = 0; i < ONTOLOGY_CONTEXTS; i++) {
    if (!(r->e->contexts >> i & 1)) continue;
    if (some) buf_putc(b, ';');
    put_z(b, ontology_context_name(r->o, i));
    some = true;
  }
}
static void quad(const struct row *r, struct buf *b) {
  if (r->e->type) buf_put_int(b, ontology_quad(r->o, r->e->type));
}
static void quad_name(const struct row *r, struct buf *b) {
  static const char *const names[] = {"", "Verbal Cooperation", "Material Cooperation", "Verbal Conflict",
                                      "Material Conflict"};
  uint8_t q = r->e->type ? ontology_quad(r->o, r->e->type) : 0;
  buf_puts(b, names[q < 5 ? q : 0]);
}
static void scale(const struct row *r, struct buf *b) {
  if (r->e->type) put_number(b, ontology_scale(r->o, r->e->type, r->e->mode), 1);
}
static void cameo(const struct row *r, struct buf *b) { put_z(b, r->e->cameo); }
static void cameo_cut(const struct row *r, size_t n, struct buf *b) {
  str code = str_of(r->e->cameo);
  buf_put(b, str_sub(code, 0, code.n < n ? code.n : n));
}
static void cameo_root(const struct row *r, struct buf *b) { cameo_cut(r, 2, b); }
static void cameo_base(const struct row *r, struct buf *b) { cameo_cut(r, 3, b); }
static void cameo_name(const struct row *r, struct buf *b) {
  const struct cameo_code *c = ontology_cameo(r->o, str_of(r->e->cameo));
  if (c) put_z(b, c->name);
}
static void goldstein(const struct row *r, struct buf *b) {
  if (r->e->cameo[0]) put_number(b, ontology_goldstein(r->o, str_of(r->e->cameo)), 1);
}
static int root_number(const struct row *r) {
  const char *c = r->e->cameo;
  return ascii_digit(c[0]) && ascii_digit(c[1]) ? (c[0] - '0') * 10 + c[1] - '0' : 0;
}
/* Phoenix: 0 statements and appeals, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict. */
static void quad_phoenix(const struct row *r, struct buf *b) {
  int root = root_number(r);
  if (root < 1 || root > 20) return;
  buf_putc(b, root < 3 ? '0' : root < 6 ? '1' : root < 9 ? '2' : root < 14 || root == 16 ? '3' : '4');
}
static void quad_gdelt(const struct row *r, struct buf *b) {
  int root = root_number(r);
  if (root < 1 || root > 20) return;
  buf_putc(b, root < 6 ? '1' : root < 9 ? '2' : root < 14 ? '3' : '4');
}
static void trigger(const struct row *r, struct buf *b) { put_words(r, r->e->trigger_span, b); }
static void rule(const struct row *r, struct buf *b) { buf_put(b, r->e->rule); }
static void confidence(const struct row *r, struct buf *b) { put_number(b, (double)r->e->confidence, 3); }
static void status(const struct row *r, struct buf *b) { put_z(b, status_name(r->e->status)); }
static void certainty(const struct row *r, struct buf *b) { put_z(b, certainty_name(r->e->certainty)); }
static void historical(const struct row *r, struct buf *b) { buf_puts(b, r->e->historical ? "true" : "false"); }
static void speaker(const struct row *r, struct buf *b) {
  for (uint32_t i = 0; i < r->e->attribution.n; i++) {
    const struct attribution *a = &r->d->attributions.at[r->e->attribution.first + i];
    if (i) buf_putc(b, ';');
    if (a->speaker < r->d->actors.n) buf_put(b, shown_actor(r->d, a->speaker));
    else buf_puts(b, "unnamed");
  }
}
static bool in_title(const struct row *r) { return r->e->span.beg > r->d->body_len; }
static void offset(const struct row *r, uint32_t byte, struct buf *b) {
  buf_put_int(b, in_title(r) ? byte - r->d->body_len - 1 : byte);
}
static void event_start(const struct row *r, struct buf *b) { offset(r, r->e->span.beg, b); }
static void event_end(const struct row *r, struct buf *b) { offset(r, r->e->span.end, b); }
static void sentence(const struct row *r, struct buf *b) { buf_put_int(b, r->e->sentence); }
static void first_sentence(const struct row *r, struct buf *b) { buf_putc(b, r->e->sentence <= 1 ? '1' : '0'); }
static void note(const struct row *r, struct buf *b) {
  type(r, b);
  if (r->e->mode) buf_putc(b, ' '), mode(r, b);
  buf_puts(b, r->e->attribution.n ? "; told by " : "; told by the text");
  speaker(r, b);
  buf_printf(b, "; sentence %u of ", r->e->sentence);
  buf_put(b, r->d->id);
}

/* ---- when */

static void date(const struct row *r, struct buf *b) { put_day(b, event_day(r)); }
static void put_compact(struct buf *b, int32_t day) {
  if (day == DAY_NONE) return;
  struct civil c = civil_of_day(day);
  buf_printf(b, "%04d%02d%02d", c.year, c.month, c.day);
}
static void date_compact(const struct row *r, struct buf *b) { put_compact(b, event_day(r)); }
static void date_year(const struct row *r, struct buf *b) {
  if (event_day(r) != DAY_NONE) buf_put_int(b, civil_of_day(event_day(r)).year);
}
static void date_month(const struct row *r, struct buf *b) {
  if (event_day(r) != DAY_NONE) buf_put_int(b, civil_of_day(event_day(r)).month);
}
static void date_day(const struct row *r, struct buf *b) {
  if (event_day(r) != DAY_NONE) buf_put_int(b, civil_of_day(event_day(r)).day);
}
static void date_monthyear(const struct row *r, struct buf *b) {
  if (event_day(r) == DAY_NONE) return;
  struct civil c = civil_of_day(event_day(r));
  buf_printf(b, "%04d%02d", c.year, c.month);
}
/* GDELT: the year and the share of it that has passed, months of 30 days. */
static void date_fraction(const struct row *r, struct buf *b) {
  if (event_day(r) == DAY_NONE) return;
  struct civil c = civil_of_day(event_day(r));
  put_number(b, c.year + ((c.month - 1) * 30 + c.day) / 365.0, 4);
}
static void date_start(const struct row *r, struct buf *b) { put_day(b, event_day(r)); }
static void date_end(const struct row *r, struct buf *b) {
  put_day(b, r->e->date.last != DAY_NONE ? r->e->date.last : event_day(r));
}
/* ACLED: 1 the day, 2 the week, 3 the month. */
static void date_acled(const struct row *r, struct buf *b) {
  uint8_t p = r->e->date.precision;
  buf_putc(b, !period_known(r->e->date) || p <= PRECISION_DAY ? '1' : p <= PRECISION_WEEK ? '2' : '3');
}
/* UCDP: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 more. */
static void date_ucdp(const struct row *r, struct buf *b) {
  uint8_t p = r->e->date.precision;
  buf_putc(b, !period_known(r->e->date) || p <= PRECISION_DAY ? '1'
              : p == PRECISION_WEEKEND                        ? '2'
              : p == PRECISION_WEEK                           ? '3'
              : p == PRECISION_MONTH                          ? '4'
                                                              : '5');
}
static void date_clarity(const struct row *r, struct buf *b) {
  buf_putc(b, r->e->date.precision <= PRECISION_DAY ? '1' : '2');
}

/* ---- where */

/* None where a private person's name was read as one as well. */
static const struct place *place(const struct row *r) {
  const struct place *p = r->e->place < r->d->places.n ? &r->d->places.at[r->e->place] : NULL;
  return p && mask_at(r->mask, p->span.beg) ? NULL : p;
}

/* About 5 km where those hit are civilians. */
static double blurred(const struct row *r, double degrees) {
  return row_civilian(r) ? round(degrees * 20) / 20 : degrees;
}
static uint8_t level(const struct row *r, const struct place *p) {
  return row_civilian(r) && p->level == LEVEL_BUILDING ? LEVEL_DISTRICT : p->level;
}
static void place_lat(const struct row *r, struct buf *b) {
  if (place(r) && place(r)->resolved) put_number(b, blurred(r, place(r)->lat), 4);
}
static void place_lon(const struct row *r, struct buf *b) {
  if (place(r) && place(r)->resolved) put_number(b, blurred(r, place(r)->lon), 4);
}
static void place_wkt(const struct row *r, struct buf *b) {
  if (!place(r) || !place(r)->resolved) return;
  buf_puts(b, "POINT (");
  place_lon(r, b);
  buf_putc(b, ' ');
  place_lat(r, b);
  buf_putc(b, ')');
}
static void place_name(const struct row *r, struct buf *b) {
  if (place(r)) buf_put(b, place(r)->name);
}
static void place_text(const struct row *r, struct buf *b) {
  if (place(r)) buf_put(b, doc_span(r->d, place(r)->span));
}
static void place_at_level(const struct row *r, uint8_t wanted, struct buf *b) {
  if (place(r) && level(r, place(r)) == wanted) buf_put(b, place(r)->name);
}
static void place_city(const struct row *r, struct buf *b) { place_at_level(r, LEVEL_CITY, b); }
static void place_district(const struct row *r, struct buf *b) { place_at_level(r, LEVEL_DISTRICT, b); }
static void place_province(const struct row *r, struct buf *b) {
  if (place(r)) buf_put(b, place(r)->level == LEVEL_REGION && !place(r)->adm1.n ? place(r)->name : place(r)->adm1);
}
static void place_country(const struct row *r, struct buf *b) {
  if (place(r)) put_z(b, place(r)->country);
}
static void place_geonameid(const struct row *r, struct buf *b) {
  if (place(r) && place(r)->geonameid) buf_put_int(b, place(r)->geonameid);
}
static void place_level(const struct row *r, struct buf *b) {
  if (place(r)) put_z(b, place_level_name(level(r, place(r))));
}
static char by_level(const struct row *r, const char digits[LEVEL_COUNT]) {
  return digits[level(r, place(r)) < LEVEL_COUNT ? level(r, place(r)) : 0];
}
/* none building city district region country area */
static void place_acled(const struct row *r, struct buf *b) {
  if (place(r)) buf_putc(b, by_level(r, "3112333"));
}
static void place_ucdp(const struct row *r, struct buf *b) {
  if (place(r)) buf_putc(b, by_level(r, "6113466"));
}
/* GDELT: 1 country, 4 city, 5 state of a country; "0" nothing. */
static void place_gdelt(const struct row *r, struct buf *b) { buf_putc(b, place(r) ? by_level(r, "0445511") : '0'); }

/* ---- how many */

static const struct quantity *counted(const struct row *r, const char *measure) {
  for (uint32_t i = 0; i < r->e->quantities.n; i++) {
    const struct quantity *q = &r->d->quantities.at[list_at(r->d, r->e->quantities, i)];
    if (str_is(q->measure, measure)) return q;
  }
  return NULL;
}
static double best(const struct quantity *q) {
  return isfinite(q->value) ? q->value : isfinite(q->min) ? q->min : q->max;
}
static void put_measure(const struct row *r, const char *measure, struct buf *b) {
  const struct quantity *q = counted(r, measure);
  if (q) put_number(b, best(q), 0);
}
double row_deaths(const struct row *r, bool highest) {
  const struct quantity *q = counted(r, "killed");
  if (!q) return r->e->lethal ? 1 : -1;
  double bound = highest ? q->max : q->min;
  return isfinite(bound) ? bound : best(q);
}
static void dead(const struct row *r, struct buf *b) {
  const struct quantity *q = counted(r, "killed");
  if (q) put_number(b, best(q), 0);
  else if (r->e->lethal) buf_putc(b, '1');
}
static void dead_low(const struct row *r, struct buf *b) {
  put_number(b, row_deaths(r, false) < 0 ? 0 : row_deaths(r, false), 0);
}
static void dead_high(const struct row *r, struct buf *b) {
  put_number(b, row_deaths(r, true) < 0 ? 0 : row_deaths(r, true), 0);
}
static void dead_civilians(const struct row *r, struct buf *b) {
  if (row_civilian(r)) dead(r, b);
  else buf_putc(b, '0');
}
static void dead_unknown(const struct row *r, struct buf *b) {
  if (!row_civilian(r)) dead(r, b);
  else buf_putc(b, '0');
}
static void injured(const struct row *r, struct buf *b) { put_measure(r, "injured", b); }
static void arrested(const struct row *r, struct buf *b) { put_measure(r, "arrested", b); }
static void crowd(const struct row *r, struct buf *b) { put_measure(r, "crowd", b); }
static void crowd_tag(const struct row *r, struct buf *b) {
  const struct quantity *q = counted(r, "crowd");
  if (!q) return;
  buf_puts(b, "crowd size=");
  put_number(b, best(q), 0);
}

/* ---- the document */

static void doc_id(const struct row *r, struct buf *b) { buf_put(b, r->d->id); }
static void doc_sentence(const struct row *r, struct buf *b) {
  buf_put(b, r->d->id);
  buf_printf(b, "_%u", r->e->sentence);
}
static void doc_source(const struct row *r, struct buf *b) { buf_put(b, r->d->source); }
static void doc_url(const struct row *r, struct buf *b) { buf_put(b, r->d->url); }
static void doc_lang(const struct row *r, struct buf *b) { buf_put(b, r->d->lang.n ? r->d->lang : STR("en")); }
static void doc_date(const struct row *r, struct buf *b) { put_day(b, r->d->date); }
static void doc_date_compact(const struct row *r, struct buf *b) { put_compact(b, r->d->date); }
static void doc_title(const struct row *r, struct buf *b) {
  if (r->d->text.n > r->d->body_len) buf_put(b, mask_copy(r->mask, r->d->body_len + 1, r->d->text.n));
}
static void put_story(const struct row *r, bool people, struct buf *b) {
  bool some = false;
  for (uint32_t i = 0; i < r->d->actors.n; i++) {
    const struct actor *a = &r->d->actors.at[i];
    if (a->is_private || (a->kind == ACTOR_PERSON) != people || (!people && a->kind != ACTOR_ORGANIZATION)) continue;
    if (some) buf_putc(b, ';');
    buf_put(b, a->name);
    some = true;
  }
}
static void doc_people(const struct row *r, struct buf *b) { put_story(r, true, b); }
static void doc_organizations(const struct row *r, struct buf *b) { put_story(r, false, b); }
static void doc_places(const struct row *r, struct buf *b) {
  for (uint32_t i = 0, n = 0; i < r->d->places.n; i++) {
    bool again = false;
    for (uint32_t k = 0; k < i && !again; k++) again = str_eq(r->d->places.at[k].name, r->d->places.at[i].name);
    if (again) continue;
    if (n++) buf_putc(b, ';');
    buf_put(b, r->d->places.at[i].name);
  }
}
static void issues(const struct row *r, struct buf *b) {
  for (uint32_t i = 0; i < r->d->issues.n; i++) {
    const struct issue *x = &r->d->issues.at[i];
    if (i) buf_putc(b, ';');
    buf_put(b, x->code);
    buf_printf(b, ",%u", x->count);
  }
}
static void version(const struct row *r, struct buf *b) { put_z(b, r->options->version); }
static void nothing(const struct row *r, struct buf *b) { (void)r, (void)b; }

/* ---- by name */

static const struct {
  const char *name;
  field_fn put;
} fields[] = {
#define SIDE(field)                                                                                                    \
  {"actor." #field, actor_##field}, { "recipient." #field, recipient_##field }
    SIDE(name),
    SIDE(raw),
    SIDE(country),
    SIDE(code),
    SIDE(sector),
    SIDE(sector2),
    SIDE(sector3),
    SIDE(sectors),
    SIDE(wikidata),
    SIDE(title),
    SIDE(root),
    SIDE(role),
    SIDE(rest),
    SIDE(first),
    SIDE(others),
#undef SIDE
    {"-", nothing},
    {"event.id", event_id},
    {"row.id", row_id},
    {"type", type},
    {"mode", mode},
    {"contexts", contexts},
    {"quad", quad},
    {"quad.name", quad_name},
    {"quad.phoenix", quad_phoenix},
    {"quad.gdelt", quad_gdelt},
    {"scale", scale},
    {"cameo", cameo},
    {"cameo.root", cameo_root},
    {"cameo.base", cameo_base},
    {"cameo.name", cameo_name},
    {"goldstein", goldstein},
    {"trigger", trigger},
    {"rule", rule},
    {"confidence", confidence},
    {"status", status},
    {"certainty", certainty},
    {"historical", historical},
    {"speaker", speaker},
    {"event.start", event_start},
    {"event.end", event_end},
    {"sentence", sentence},
    {"first_sentence", first_sentence},
    {"note", note},
    {"civilians", civilians},
    {"dyad", dyad},
    {"violence", violence},
    {"date", date},
    {"date.compact", date_compact},
    {"date.year", date_year},
    {"date.month", date_month},
    {"date.day", date_day},
    {"date.monthyear", date_monthyear},
    {"date.fraction", date_fraction},
    {"date.start", date_start},
    {"date.end", date_end},
    {"date.acled", date_acled},
    {"date.ucdp", date_ucdp},
    {"date.clarity", date_clarity},
    {"place.lat", place_lat},
    {"place.lon", place_lon},
    {"place.wkt", place_wkt},
    {"place.name", place_name},
    {"place.text", place_text},
    {"place.city", place_city},
    {"place.district", place_district},
    {"place.province", place_province},
    {"place.country", place_country},
    {"place.geonameid", place_geonameid},
    {"place.level", place_level},
    {"place.acled", place_acled},
    {"place.ucdp", place_ucdp},
    {"place.gdelt_type", place_gdelt},
    {"dead", dead},
    {"dead.low", dead_low},
    {"dead.high", dead_high},
    {"dead.civilians", dead_civilians},
    {"dead.unknown", dead_unknown},
    {"injured", injured},
    {"arrested", arrested},
    {"crowd", crowd},
    {"crowd.tag", crowd_tag},
    {"doc.id", doc_id},
    {"doc.sentence", doc_sentence},
    {"doc.source", doc_source},
    {"doc.url", doc_url},
    {"doc.lang", doc_lang},
    {"doc.date", doc_date},
    {"doc.date.compact", doc_date_compact},
    {"doc.title", doc_title},
    {"doc.people", doc_people},
    {"doc.organizations", doc_organizations},
    {"doc.places", doc_places},
    {"issues", issues},
    {"version", version},
};

field_fn columns_field(str name) {
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
    if (str_is(name, fields[i].name)) return fields[i].put;
  return NULL;
}
