/* audit.c - drawing the sample, reading the sheets, and counting. What alpha and the intervals are is signal/agreement's. */
#include "report/audit.h"
#include "base/csv.h"
#include "base/json.h"
#include "signal/agreement.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 12, MEMORY = 1 << 30 };
/* Columns of LIST_AUDIT, by place. */
enum column { ID, TYPE, MODE, STATUS, TOLD, SOURCE, WORDS, SENTENCE, ACTOR, RECIPIENT, DATE, PLACE };

/* ---- drawing */

struct drawn {
  uint64_t hash;
  str cell[COLUMNS];
};
struct stratum {
  str type;
  size_t in_ledger, n, take;
  struct drawn *at; /* [most] by hash */
};
struct sample {
  struct arena memory;
  struct stratum of[AUDIT_TYPES];
  size_t n, most;
  uint64_t seed;
};

static struct stratum *stratum_of(struct sample *s, str type) {
  for (size_t i = 0; i < s->n; i++)
    if (str_eq(s->of[i].type, type)) return &s->of[i];
  if (s->n == AUDIT_TYPES) return NULL;
  struct stratum *t = &s->of[s->n];
  *t = (struct stratum){.type = arena_str(&s->memory, type), .at = ARENA_ARRAY(&s->memory, struct drawn, s->most)};
  if (!t->type.p || !t->at) return NULL;
  s->n++;
  return t;
}

/* Keeps the event if its hash is among the smallest of its type. False: memory is out. */
static bool offer(struct sample *s, const struct ledger_query *q) {
  struct stratum *t = stratum_of(s, ledger_query_text(q, TYPE));
  if (!t) return s->n == AUDIT_TYPES;
  struct drawn d = {.hash = str_hash(ledger_query_text(q, ID), s->seed)};
  t->in_ledger++;
  if (t->n == s->most && t->at[t->n - 1].hash <= d.hash) return true;
  for (int i = 0; i < COLUMNS; i++) {
    str v = ledger_query_text(q, i);
    d.cell[i] = v.n ? arena_str(&s->memory, v) : (str){"", 0};
    if (v.n && !d.cell[i].p) return false;
  }
  size_t i = t->n < s->most ? t->n++ : t->n - 1;
  for (; i && t->at[i - 1].hash > d.hash; i--) t->at[i] = t->at[i - 1];
  t->at[i] = d;
  return true;
}

/* The same number of every type; what small ones leave goes to the others. */
static size_t allocate(struct sample *s) {
  size_t left = s->most, total = 0;
  for (bool more = true; more && left;) {
    more = false;
    for (size_t i = 0; i < s->n && left; i++) {
      if (s->of[i].take == s->of[i].n) continue;
      s->of[i].take++, left--, total++;
      more = true;
    }
  }
  return total;
}

static int by_hash(const void *a, const void *b) {
  uint64_t x = (*(const struct drawn *const *)a)->hash, y = (*(const struct drawn *const *)b)->hash;
  return x < y ? -1 : x > y;
}

static const char *const questions[AUDIT_QUESTIONS] = {"type", "status", "actor", "recipient", "date", "place"};

static void put_row(struct buf *out, const str *cells, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (i) buf_putc(out, ',');
    csv_put(out, cells[i], true);
  }
  buf_puts(out, "\r\n");
}

static void put_sheet(const struct drawn *d, struct buf *out) {
  const str *c = d->cell;
  const str row[] = {c[ID],    c[TOLD], c[SOURCE], c[SENTENCE], c[WORDS], c[ACTOR], c[RECIPIENT], c[DATE],
                     c[PLACE], STR(""), STR(""),   STR(""),     STR(""),  STR(""),  STR(""),      STR("")};
  put_row(out, row, sizeof row / sizeof *row);
}

static void put_key(const struct sample *s, const struct drawn *d, struct buf *out) {
  char in_ledger[24];
  for (size_t i = 0; i < s->n; i++)
    if (str_eq(s->of[i].type, d->cell[TYPE])) snprintf(in_ledger, sizeof in_ledger, "%zu", s->of[i].in_ledger);
  const str row[] = {d->cell[ID], d->cell[TYPE], d->cell[MODE], d->cell[STATUS], str_of(in_ledger), d->cell[SENTENCE]};
  put_row(out, row, sizeof row / sizeof *row);
}

static bool write_out(struct sample *s, size_t total, struct buf *sheet, struct buf *key) {
  const struct drawn **all = ARENA_ARRAY(&s->memory, const struct drawn *, total + 1);
  size_t n = 0;
  if (!all) return false;
  for (size_t i = 0; i < s->n; i++)
    for (size_t k = 0; k < s->of[i].take; k++) all[n++] = &s->of[i].at[k];
  qsort(all, n, sizeof *all, by_hash); /* types mixed: nothing is told by what stands beside */
  buf_puts(sheet, "item,told,source,sentence,words,read_actor,read_recipient,read_date,read_place,"
                  "type,status,actor,recipient,date,place,note\r\n");
  buf_puts(key, "item,type,mode,status,in_ledger,sentence\r\n");
  for (size_t i = 0; i < n; i++) put_sheet(all[i], sheet), put_key(s, all[i], key);
  return !sheet->failed && !key->failed;
}

bool audit_sample(struct ledger *g, const struct ledger_filter *f, size_t n, uint64_t seed, struct buf *sheet,
                  struct buf *key, size_t *drawn, struct err *e) {
  struct sample s = {.most = n, .seed = seed};
  struct ledger_filter all = *f;
  if (!all.status) all.status = "all";
  arena_init(&s.memory, MEMORY);
  struct ledger_query *q = ledger_query_open(g, LIST_AUDIT, &all, e);
  int there = q ? 1 : -1;
  bool room = true;
  while (room && q && (there = ledger_query_next(q, e)) == 1) room = offer(&s, q);
  ledger_query_close(q);
  if (there >= 0) {
    *drawn = allocate(&s);
    if (!room || !write_out(&s, *drawn, sheet, key)) there = -1, err_set(e, ERR_NOMEM, "no memory for the sample");
  }
  arena_release(&s.memory);
  return there >= 0;
}

/* ---- the sheets */

enum { CELLS_MOST = 64, NONE_AT = CELLS_MOST };

struct item { /* of the key */
  str id, type, status, sentence;
  size_t in_ledger;
  int answer[2][AUDIT_QUESTIONS]; /* number of the word in `words`; -1: not coded */
};
struct sheets {
  struct arena memory;
  struct item *item;
  const char *const *types;
  size_t n, room;
  str words[256]; /* answers: types and states in capitals, yes and no */
  int n_words;
};

static int word_number(struct sheets *s, str w) {
  for (int i = 0; i < s->n_words; i++)
    if (str_eq_fold(s->words[i], w)) return i;
  if (s->n_words == 256) return -1;
  s->words[s->n_words] = w;
  return s->n_words++;
}

static bool fault(const struct csv_reader *r, const char *name, struct err *e) { return err_at(e, name, r->line, 0); }

/* Where the columns stand in the first row. False with *e: one is missing. */
static bool header(struct csv_reader *r, struct arena *a, const char *const *want, size_t n_want, size_t *at,
                   const char *name, struct err *e) {
  str cells[CELLS_MOST];
  size_t n;
  int there = csv_row(r, a, cells, CELLS_MOST, &n, e);
  if (there < 0) return fault(r, name, e);
  for (size_t i = 0; i < n_want; i++) {
    at[i] = NONE_AT;
    for (size_t k = 0; there && k < n; k++)
      if (str_eq_fold(str_trim(cells[k]), str_of(want[i]))) at[i] = k;
    if (at[i] != NONE_AT) continue;
    err_set(e, ERR_FORMAT, "the column '%s' is missing: is this the file that audit sample wrote?", want[i]);
    return fault(r, name, e);
  }
  return true;
}

static str cell_at(const str *cells, size_t n, size_t at) { return at < n ? str_trim(cells[at]) : (str){"", 0}; }

static struct item *item_of(const struct sheets *s, str id) {
  for (size_t i = 0; i < s->n; i++)
    if (str_eq(s->item[i].id, id)) return &s->item[i];
  return NULL;
}

static bool item_add(struct sheets *s, struct item x) {
  if (s->n == s->room) {
    size_t room = s->room ? 2 * s->room : 256;
    struct item *more = ARENA_ARRAY(&s->memory, struct item, room);
    if (!more) return false;
    if (s->n) memcpy(more, s->item, s->n * sizeof *more);
    s->item = more, s->room = room;
  }
  s->item[s->n++] = x;
  return true;
}

static bool key_read(struct sheets *s, str text, const char *name, struct err *e) {
  static const char *const want[] = {"item", "type", "status", "in_ledger", "sentence"};
  struct csv_reader r;
  size_t at[5], n;
  str cells[CELLS_MOST];
  int there;
  csv_reader_init(&r, text);
  if (!header(&r, &s->memory, want, 5, at, name, e)) return false;
  while ((there = csv_row(&r, &s->memory, cells, CELLS_MOST, &n, e)) == 1) {
    struct item x = {.id = cell_at(cells, n, at[0]),
                     .type = cell_at(cells, n, at[1]),
                     .status = cell_at(cells, n, at[2]),
                     .sentence = cell_at(cells, n, at[4])};
    int64_t in_ledger;
    memset(x.answer, -1, sizeof x.answer);
    if (!x.id.n || !x.type.n || !str_to_int(cell_at(cells, n, at[3]), &in_ledger) || in_ledger < 1) {
      err_set(e, ERR_FORMAT, "no row of a key: item, type and in_ledger are wanted");
      return fault(&r, name, e);
    }
    x.in_ledger = (size_t)in_ledger;
    if (!item_add(s, x)) return err_set(e, ERR_NOMEM, "no memory for the key");
  }
  return there == 0 || fault(&r, name, e);
}

/* Type and status are words; the others yes or no. -2: no answer that there is. */
static int answer_read(struct sheets *s, size_t question, str v) {
  static const char *const yes[] = {"y", "yes", "1", "right", "true"}, *const no[] = {"n", "no", "0", "wrong", "false"};
  if (!v.n) return -1;
  if (question == 0 || question == 1) {
    if (question == 0 && str_eq_fold(v, STR("none"))) return word_number(s, STR("NONE"));
    for (size_t i = 0; i < s->n; i++)
      if (str_eq_fold(question ? s->item[i].status : s->item[i].type, v))
        return word_number(s, question ? s->item[i].status : s->item[i].type);
    for (size_t i = 0; question == 0 && s->types[i]; i++)
      if (str_eq_fold(v, str_of(s->types[i]))) return word_number(s, str_of(s->types[i]));
    return question == 0 ? -2 : word_number(s, v);
  }
  for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
    if (str_eq_fold(v, str_of(yes[i]))) return word_number(s, STR("yes"));
    if (str_eq_fold(v, str_of(no[i]))) return word_number(s, STR("no"));
  }
  return str_is(v, "-") ? -1 : -2;
}

static bool sheet_read(struct sheets *s, int coder, str text, const char *name, struct err *e) {
  const char *want[1 + AUDIT_QUESTIONS] = {"item"};
  struct csv_reader r;
  size_t at[1 + AUDIT_QUESTIONS], n;
  str cells[CELLS_MOST];
  int there;
  memcpy(want + 1, questions, sizeof questions);
  csv_reader_init(&r, text);
  if (!header(&r, &s->memory, want, 1 + AUDIT_QUESTIONS, at, name, e)) return false;
  while ((there = csv_row(&r, &s->memory, cells, CELLS_MOST, &n, e)) == 1) {
    str id = cell_at(cells, n, at[0]);
    struct item *x = item_of(s, id);
    if (!x) {
      err_set(e, ERR_FORMAT, "the key has no item '%.*s': sheets and key must be of one sample", STR_FMT(id));
      return fault(&r, name, e);
    }
    for (size_t k = 0; k < AUDIT_QUESTIONS; k++) {
      str v = cell_at(cells, n, at[1 + k]);
      if ((x->answer[coder][k] = answer_read(s, k, v)) != -2) continue;
      err_set(e, ERR_FORMAT, "'%.*s' is no answer in column '%s' (%s)", STR_FMT(v), questions[k],
              k == 0   ? "an event type, or NONE"
              : k == 1 ? "a status"
                       : "yes, no, or blank");
      return fault(&r, name, e);
    }
  }
  return there == 0 || fault(&r, name, e);
}

/* ---- counting */

static bool alike(const struct item *x, size_t k) { return x->answer[0][k] >= 0 && x->answer[0][k] == x->answer[1][k]; }

static bool answer_right(struct sheets *s, const struct item *x, size_t k) {
  str v = s->words[x->answer[0][k]];
  return k == 0 ? str_eq_fold(v, x->type) : k == 1 ? str_eq_fold(v, x->status) : str_is(v, "yes");
}

static bool question_score(struct sheets *s, size_t k, struct audit_question *q) {
  double *value = ARENA_ARRAY(&s->memory, double, 2 * s->n + 1);
  if (!value) return false;
  *q = (struct audit_question){.name = questions[k]};
  for (size_t i = 0; i < s->n; i++) {
    const struct item *x = &s->item[i];
    for (int c = 0; c < 2; c++) value[(size_t)c * s->n + i] = x->answer[c][k] < 0 ? (double)NAN : x->answer[c][k];
    q->n += x->answer[0][k] >= 0 && x->answer[1][k] >= 0;
    q->agree += alike(x, k);
    q->right += alike(x, k) && answer_right(s, x, k);
  }
  q->alpha = agreement_alpha(value, 2, s->n, AGREEMENT_NOMINAL);
  return true;
}

static struct audit_type *type_of(struct audit_score *o, const struct item *x) {
  for (size_t i = 0; i < o->n_types; i++)
    if (str_is(x->type, o->type[i].name)) return &o->type[i];
  if (o->n_types == AUDIT_TYPES) return NULL;
  struct audit_type *t = &o->type[o->n_types++];
  *t = (struct audit_type){.in_ledger = x->in_ledger};
  snprintf(t->name, sizeof t->name, "%.*s", STR_FMT(x->type));
  return t;
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const struct audit_type *)a)->name, ((const struct audit_type *)b)->name);
}

static void types_score(struct sheets *s, struct audit_score *o) {
  double weight = 0, sum = 0;
  for (size_t i = 0; i < s->n; i++) {
    const struct item *x = &s->item[i];
    struct audit_type *t = type_of(o, x);
    if (!t) continue;
    t->sampled++;
    if (x->answer[0][0] < 0 || x->answer[1][0] < 0) continue;
    o->coded++;
    if (!alike(x, 0)) t->disputed++;
    else if (answer_right(s, x, 0)) t->right++;
    else t->wrong++;
  }
  qsort(o->type, o->n_types, sizeof *o->type, by_name);
  for (size_t i = 0; i < o->n_types; i++) {
    struct audit_type *t = &o->type[i];
    double n = (double)(t->right + t->wrong);
    agreement_wilson((double)t->right, n, &t->low, &t->high);
    if (n > 0) weight += (double)t->in_ledger, sum += (double)t->in_ledger * (double)t->right / n;
  }
  o->precision = weight > 0 ? sum / weight : (double)NAN;
}

static void gold_put(const struct sheets *s, const struct item *x, struct buf *out) {
  struct json j = json_writer(out);
  json_open(&j, '{');
  json_key_str(&j, "id", x->id);
  json_key_str(&j, "type", s->words[x->answer[0][0]]);
  if (alike(x, 1)) json_key_str(&j, "status", s->words[x->answer[0][1]]);
  for (size_t k = 2; k < AUDIT_QUESTIONS; k++)
    if (alike(x, k)) json_key_bool(&j, questions[k], str_is(s->words[x->answer[0][k]], "yes"));
  json_key_str(&j, "read_type", x->type);
  json_key_str(&j, "read_status", x->status);
  json_key_str(&j, "sentence", x->sentence);
  json_key_int(&j, "coders", 2);
  json_close(&j, '}');
  buf_putc(out, '\n');
}

bool audit_score(const str text[3], const char *const names[3], const char *const *types, struct audit_score *out,
                 struct buf *gold, struct err *e) {
  struct sheets *s = calloc(1, sizeof *s);
  *out = (struct audit_score){.precision = (double)NAN};
  if (!s) return err_set(e, ERR_NOMEM, "no memory for the sheets");
  arena_init(&s->memory, MEMORY);
  s->types = types;
  bool ok = key_read(s, text[0], names[0], e) && sheet_read(s, 0, text[1], names[1], e) &&
            sheet_read(s, 1, text[2], names[2], e);
  out->items = s->n;
  for (size_t k = 0; k < AUDIT_QUESTIONS && ok; k++)
    ok = question_score(s, k, &out->question[k]) || err_set(e, ERR_NOMEM, "no memory for the answers");
  if (ok) types_score(s, out);
  for (size_t i = 0; i < s->n && ok && gold; i++)
    if (alike(&s->item[i], 0)) gold_put(s, &s->item[i], gold);
  arena_release(&s->memory);
  free(s);
  return ok;
}
