/* kb_entities.c - who acts under a name: the lines of bodies and persons (*.tsv) and of holders of posts (*.offices).
 *
 * A person who stands in more than one place is one entity: a holder of a post is found by his full name, or by "id=".
 * What only the whole tells (overlaps, circles) is for kb_lint.c. */
#include "actor/kb_read.h"

/* ---- dates */

/* *parts: 1 a year, 2 a month, 3 a day. */
static bool date_part(str s, int32_t *first, int32_t *last, int *parts) {
  int64_t part[3] = {0, 0, 0};
  int n = 0;
  while (s.n && n < 3)
    if (!str_to_int(str_cut(&s, '-'), &part[n++])) return false;
  if (s.n || part[0] < 1 || part[0] > 9999) return false;
  struct period p;
  if (n == 1) p = period_of_year((int)part[0]);
  else if (part[1] < 1 || part[1] > 12) return false;
  else if (n == 2) p = period_of_month((int)part[0], (int)part[1]);
  else {
    struct civil c = {(int)part[0], (int)part[1], (int)part[2]};
    if (!civil_valid(c)) return false;
    p = period_of_day(day_of_civil(c));
  }
  *first = p.first;
  *last = p.last;
  *parts = n;
  return true;
}

static bool unsure(str *s) {
  if (!s->n || s->p[s->n - 1] != '?') return false;
  s->n--;
  return true;
}

/* "2018-10-25..2020-05-06", "1997?..1999?"; either end may be missing. */
bool kb_dates_parse(str s, struct kb_spell *out) {
  size_t dots = str_find_str(s, STR(".."));
  if (dots == s.n) return false;
  str from = str_sub(s, 0, dots), to = str_from(s, dots + 2);
  if (unsure(&from)) out->flags |= SPELL_FROM_AT_LEAST;
  if (unsure(&to)) out->flags |= SPELL_TO_AT_LEAST;
  int32_t unused;
  int parts_from = 3, parts_to = 3;
  if (from.n && !date_part(from, &out->first, &unused, &parts_from)) return false;
  if (to.n && !date_part(to, &unused, &out->last, &parts_to)) return false;
  if (parts_from == 3 && parts_to == 3) out->flags |= SPELL_DAY;
  if (parts_from < 3) out->flags |= parts_from == 2 ? SPELL_FROM_MONTH : SPELL_FROM_YEAR;
  if (parts_to < 3) out->flags |= parts_to == 2 ? SPELL_TO_MONTH : SPELL_TO_YEAR;
  return !from.n || !to.n || out->first <= out->last;
}

/* ---- spells */

static void role_agent(struct actor_kb *kb, str role, struct kb_spell *s) {
  sym key[PHRASE_MAX];
  uint32_t n = kb_pieces(kb->words, role, key, PHRASE_MAX), value;
  s->agent = n && kb_longest(kb, key, n, 1u << NAME_AGENT, &value) ? name_row(value) : NONE;
}

static bool spell_add(struct kb_reader *b, uint32_t entity, const struct line_reader *r, const struct kb_spell *read,
                      struct err *e) {
  struct kb_spell *s = KB_PUSH(b->kb, spells);
  uint32_t *of = s ? READER_PUSH(b, spell_of) : NULL;
  struct kb_origin *from = of ? READER_PUSH(b, spell_origin) : NULL;
  if (!from) return kb_no_memory(e);
  *s = *read;
  *of = entity;
  *from = (struct kb_origin){b->files.n - 1, (uint32_t)r->number};
  return true;
}

/* "IRQ SPY =IRQSPY 2016-06..2020-05-06 intelligence chief" */
static bool spell_parse(struct kb_reader *b, const struct line_reader *r, str text, struct kb_spell *s, struct err *e) {
  *s = (struct kb_spell){.first = DAY_NONE, .last = DAY_NONE, .agent = NONE};
  str rest = text, part = str_cut(&rest, ' ');
  if (!kb_code3(part, s->code.country))
    return line_err(r, e, "'%.*s' is no country code of three capitals", STR_FMT(part));
  part = str_cut(&rest, ' ');
  if (!kb_sectors(part, s->code.sector))
    return line_err(r, e, "'%.*s' is no list of sectors ('-' for none)", STR_FMT(part));
  if (rest.n && rest.p[0] == '=') {
    part = str_from(str_cut(&rest, ' '), 1);
    if (part.n < 3 || part.n >= sizeof s->code.cameo || part.n % 3)
      return line_err(r, e, "'%.*s' is no CAMEO code of groups of three", STR_FMT(part));
    memcpy(s->code.cameo, part.p, part.n);
  }
  str before = rest;
  part = str_cut(&rest, ' ');
  if (str_find_str(part, STR("..")) == part.n) rest = before;
  else if (!kb_dates_parse(part, s))
    return line_err(r, e, "'%.*s' is no pair of dates in order (2018-10..2020-05-06)", STR_FMT(part));
  str role = str_trim(rest);
  if (!kb_text_add(b->kb, role, &s->role)) return kb_no_memory(e);
  role_agent(b->kb, role, s);
  return true;
}

/* ---- entities */

/* The folded words of a name with blanks between them: "Émile-Félix" and "emile felix" are one. */
static str name_key(str name, char *out, size_t size) {
  char piece[PIECE_MAX];
  size_t n, at = 0, used = 0;
  while (piece_next(name, &at, piece, &n) && used + n + 1 < size) {
    if (used) out[used++] = ' ';
    memcpy(out + used, piece, n);
    used += n;
  }
  return (str){out, used};
}

static uint32_t *named_row(struct kb_reader *b, str key) {
  sym number = symtab_add(&b->names, key);
  while (number && b->named.n <= number) {
    uint32_t *row = READER_PUSH(b, named);
    if (!row) return NULL;
    *row = 0;
  }
  return number ? &b->named.at[number] : NULL;
}

/* Remembers whose full name this is; the first who has it keeps it. False: memory is out. */
static bool name_note(struct kb_reader *b, str name, uint32_t entity) {
  char key[512];
  uint32_t *row = named_row(b, name_key(name, key, sizeof key));
  if (!row) return !name.n;
  if (!*row) *row = entity + 1;
  return true;
}

static uint32_t name_owner(struct kb_reader *b, str name) {
  char key[512];
  sym number = symtab_find(&b->names, name_key(name, key, sizeof key));
  return number && number < b->named.n && b->named.at[number] ? b->named.at[number] - 1 : NONE;
}

static str id_key(str id, char *out, size_t size) { /* ids and names share a table: ids begin with a colon */
  size_t n = id.n + 1 < size ? id.n : size - 1;
  out[0] = ':';
  memcpy(out + 1, id.p, n);
  return (str){out, n + 1};
}

uint32_t kb_id_owner(const struct kb_reader *b, str id) {
  char key[512];
  sym number = symtab_find(&b->names, id_key(id, key, sizeof key));
  return number && number < b->named.n && b->named.at[number] ? b->named.at[number] - 1 : NONE;
}

static bool id_good(str id) {
  for (size_t i = 0; i < id.n; i++)
    if (!ascii_lower(id.p[i]) && !ascii_digit(id.p[i]) && id.p[i] != '-' && (unsigned char)id.p[i] < 0x80) return false;
  return id.n > 0 && id.n < 200;
}

static uint32_t entity_add(struct kb_reader *b, const struct line_reader *r, str id, const struct kb_entity *read,
                           struct err *e) {
  char key[512];
  struct kb_entity *a = KB_PUSH(b->kb, entities);
  struct kb_origin *from = a ? READER_PUSH(b, origin) : NULL;
  uint32_t *row = from ? named_row(b, id_key(id, key, sizeof key)) : NULL;
  if (!row) return kb_no_memory(e), NONE;
  *a = *read;
  *from = (struct kb_origin){b->files.n - 1, (uint32_t)r->number};
  *row = b->kb->entities.n;
  return b->kb->entities.n - 1;
}

static bool id_free(struct kb_reader *b, const struct line_reader *r, str id, struct err *e) {
  if (!id_good(id)) return line_err(r, e, "'%.*s' is no id: small letters, digits and hyphens", STR_FMT(id));
  uint32_t owner = kb_id_owner(b, id);
  if (owner == NONE) return true;
  const struct kb_origin *o = &b->origin.at[owner];
  return line_err(r, e, "the id '%.*s' is taken (%.*s:%u): give this one another id, or join the two lines",
                  STR_FMT(id), STR_FMT(b->files.at[o->file]), o->line);
}

static bool kind_of(const struct line_reader *r, str *f, struct kb_entity *a, struct err *e) {
  if (str_is(f[1], "person")) a->kind = ACTOR_PERSON;
  else if (str_is(f[1], "group")) a->kind = ACTOR_GROUP;
  else if (str_is(f[1], "organization")) a->kind = ACTOR_ORGANIZATION;
  else return line_err(r, e, "'%.*s' is no kind of actor (person, group, organization)", STR_FMT(f[1]));
  if (a->kind != ACTOR_PERSON) return true;
  if (str_is(f[4], "male")) a->gender = GENDER_MALE;
  else if (str_is(f[4], "female")) a->gender = GENDER_FEMALE;
  else if (dash(f[4]).n) return line_err(r, e, "'%.*s' is no gender (male, female, -)", STR_FMT(f[4]));
  return true;
}

static bool spells_good(struct kb_reader *b, const struct line_reader *r, str list, struct err *e) {
  struct kb_spell unused;
  if (!list.n) return line_err(r, e, "the actor has no code in the sixth field");
  while (list.n)
    if (!spell_parse(b, r, str_trim(str_cut(&list, ';')), &unused, e)) return false;
  return true;
}

bool kb_entity_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e) {
  struct actor_kb *kb = b->kb;
  struct kb_entity read = {.first_spell = 0};
  if (n != 7) return line_err(r, e, "%zu fields where 7 belong (tabs between them)", n);
  if (!id_free(b, r, f[0], e) || !kind_of(r, f, &read, e)) return false;
  str name = f[2].n && f[2].p[0] == '~' ? str_from(f[2], 1) : f[2]; /* guarded */
  if (!dash(name).n) return line_err(r, e, "the actor has no name in the third field");
  if (!spells_good(b, r, f[5], e)) return false;
  str nouns = read.kind == ACTOR_PERSON ? (str){"", 0} : dash(f[4]);
  if (!kb_text_add(kb, f[0], &read.id) || !kb_text_add(kb, name, &read.name) || !kb_text_add(kb, nouns, &read.nouns) ||
      !kb_text_add(kb, dash(f[6]), &read.part_of) || !kb_text_add(kb, dash(f[3]), &read.aliases))
    return kb_no_memory(e);
  uint32_t row = entity_add(b, r, f[0], &read, e);
  if (row == NONE) return false;
  for (str list = f[5]; list.n;) {
    struct kb_spell spell;
    if (!spell_parse(b, r, str_trim(str_cut(&list, ';')), &spell, e) || !spell_add(b, row, r, &spell, e)) return false;
  }
  bool ok = kb_names_add(kb, f[2], NAME_ENTITY, row) && kb_names_add(kb, f[3], NAME_ENTITY, row);
  if (read.kind == ACTOR_PERSON) {
    ok = ok && name_note(b, name, row);
    for (str list = dash(f[3]); ok && list.n;) ok = name_note(b, str_trim(str_cut(&list, '|')), row);
  }
  return ok || kb_no_memory(e);
}

/* ---- posts and their holders */

/* "[FRA GOV prime minister]", "[BIH GOV member of the presidency] shared", "[UNO - =IGOUNO secretary general]" */
static bool office_header(struct kb_reader *b, const struct line_reader *r, struct err *e) {
  str rest = str_from(str_trim(r->line), 1), inside = str_cut(&rest, ']');
  struct kb_office o = {.open = true};
  str country = str_cut(&inside, ' '), sectors = str_cut(&inside, ' ');
  b->office.open = false;
  if (!kb_code3(country, o.code.country))
    return line_err(r, e, "'%.*s' is no country code of three capitals", STR_FMT(country));
  if (!kb_sectors(sectors, o.code.sector) || !sectors.n)
    return line_err(r, e, "'%.*s' is no list of sectors", STR_FMT(sectors));
  if (inside.n && inside.p[0] == '=') {
    str cameo = str_from(str_cut(&inside, ' '), 1);
    if (cameo.n < 3 || cameo.n >= sizeof o.code.cameo || cameo.n % 3)
      return line_err(r, e, "'%.*s' is no CAMEO code of groups of three", STR_FMT(cameo));
    memcpy(o.code.cameo, cameo.p, cameo.n);
  }
  rest = str_trim(rest);
  o.shared = str_is(rest, "shared");
  if (rest.n && !o.shared) return line_err(r, e, "'%.*s' is no mark of a post (shared)", STR_FMT(rest));
  inside = str_trim(inside);
  if (!inside.n) return line_err(r, e, "the post has no words: [FRA GOV prime minister]");
  struct kb_spell s;
  role_agent(b->kb, inside, &s);
  o.agent = s.agent;
  b->office = o;
  return kb_text_add(b->kb, inside, &b->office.role) || kb_no_memory(e);
}

struct holder {
  uint8_t gender;
  bool acting, disputed;
  str id;
};

static bool holder_notes(const struct line_reader *r, str list, struct holder *h, struct err *e) {
  list = dash(list);
  while (list.n) {
    str note = str_trim(str_cut(&list, ','));
    if (str_is(note, "female")) h->gender = GENDER_FEMALE;
    else if (str_is(note, "male")) h->gender = GENDER_MALE;
    else if (str_is(note, "acting")) h->acting = true;
    else if (str_is(note, "disputed")) h->disputed = true;
    else if (str_starts(note, STR("id="))) h->id = str_from(note, 3);
    else return line_err(r, e, "'%.*s' is no note (male, female, acting, disputed, id=..)", STR_FMT(note));
  }
  return true;
}

static uint32_t holder_entity(struct kb_reader *b, const struct line_reader *r, str name, const struct holder *h,
                              struct err *e) {
  uint32_t owner = h->id.n ? kb_id_owner(b, h->id) : name_owner(b, name);
  if (owner != NONE) return owner;
  char made[512];
  str id = h->id;
  if (!id.n) {
    str key = name_key(name, made, sizeof made);
    for (size_t i = 0; i < key.n; i++)
      if (made[i] == ' ' || made[i] == '.') made[i] = '-';
    id = key;
  }
  if (!id_free(b, r, id, e)) return NONE;
  struct kb_entity read = {.kind = ACTOR_PERSON, .gender = h->gender};
  if (!kb_text_add(b->kb, id, &read.id) || !kb_text_add(b->kb, name, &read.name)) return kb_no_memory(e), NONE;
  return entity_add(b, r, id, &read, e);
}

static bool aliases_join(struct actor_kb *kb, struct kb_entity *x, str more) {
  if (!more.n) return true;
  str old = kb_str(kb, x->aliases);
  if (old.n && str_find_str(old, more) < old.n) return true;
  if (!old.n) return kb_text_add(kb, more, &x->aliases);
  size_t at = kb->text.n;
  buf_reserve(&kb->text, old.n + more.n + 1); /* so that `old` does not move below */
  old = kb_str(kb, x->aliases);
  buf_put(&kb->text, old);
  buf_putc(&kb->text, '|');
  buf_put(&kb->text, more);
  x->aliases = (struct kb_text){(uint32_t)at, (uint32_t)(kb->text.n - at)};
  return !kb->text.failed;
}

bool kb_office_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e) {
  struct actor_kb *kb = b->kb;
  if (str_trim(r->line).p[0] == '[') return office_header(b, r, e);
  if (!b->office.open) return line_err(r, e, "no post above: begin with [COUNTRY SECTOR words of the post]");
  if (n < 2 || n > 4) return line_err(r, e, "%zu fields where 2 to 4 belong: dates, name, other names, notes", n);
  struct holder h = {.id = {"", 0}};
  struct kb_spell spell = {.code = b->office.code, .first = DAY_NONE, .last = DAY_NONE, .flags = SPELL_OFFICE};
  str name = f[1], more = n > 2 ? dash(f[2]) : (str){"", 0};
  if (!kb_dates_parse(f[0], &spell))
    return line_err(r, e, "'%.*s' is no pair of dates in order (2018-10..2020-05-06)", STR_FMT(f[0]));
  if (n > 3 && !holder_notes(r, f[3], &h, e)) return false;
  bool guarded = name.n && name.p[0] == '~';
  str bare = guarded ? str_from(name, 1) : name;
  if (!bare.n) return line_err(r, e, "the holder has no name");
  uint32_t row = holder_entity(b, r, bare, &h, e);
  if (row == NONE) return false;
  spell.flags |= (h.acting ? SPELL_ACTING : 0) | (h.disputed || b->office.shared ? SPELL_SHARED : 0);
  spell.role = b->office.role;
  spell.agent = b->office.agent;
  struct kb_entity *x = &kb->entities.at[row];
  if (!x->gender) x->gender = h.gender;
  bool ok = kb_names_add(kb, name, NAME_ENTITY, row) && kb_names_add(kb, more, NAME_ENTITY, row) &&
            aliases_join(kb, x, more) && name_note(b, bare, row);
  return (ok || kb_no_memory(e)) && spell_add(b, row, r, &spell, e);
}

/* Counting sort by entity, stable: afterwards the spells of each stand together. */
bool kb_entities_finish(struct kb_reader *b, struct err *e) {
  struct actor_kb *kb = b->kb;
  uint32_t n = kb->spells.n, m = kb->entities.n;
  struct kb_spell *sorted = ARENA_ARRAY(&kb->memory, struct kb_spell, n + 1);
  struct kb_origin *origin = ARENA_ARRAY(&kb->memory, struct kb_origin, n + 1);
  uint32_t *next = ARENA_ARRAY(&kb->memory, uint32_t, m + 1);
  if (!sorted || !origin || !next) return kb_no_memory(e);
  for (uint32_t i = 0; i < n; i++) next[b->spell_of.at[i] + 1]++;
  for (uint32_t i = 0; i < m; i++) {
    kb->entities.at[i].n_spells = next[i + 1];
    next[i + 1] += next[i];
    kb->entities.at[i].first_spell = next[i];
  }
  for (uint32_t i = 0; i < n; i++) {
    uint32_t to = next[b->spell_of.at[i]]++;
    sorted[to] = kb->spells.at[i];
    origin[to] = b->spell_origin.at[i];
  }
  kb->spells.at = sorted;
  kb->spells.size = n;
  b->spell_origin.at = origin;
  return true;
}
