/* cmd_actors.c - `tightrope actors`: resolve phrases to codes, show what the knowledge holds of an actor, list a ledger's actors. */
#include "cli/cmd_actors.h"
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/known.h"
#include <argp.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPT_INPUT = 256, OPT_ON, TEXT_CAP = 1 << 24 };

struct actors_options {
  const char *file, *name;
  int32_t on;
};

/* ---- resolve */

static str member(const json_t *o, const char *key) {
  const json_t *v = json_object_get(o, key);
  return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)} : (str){"", 0};
}

/* The phrase inside its context, or as the subject of a plain sentence. */
static struct span pose(struct buf *text, str phrase, str context) {
  size_t at = str_find_str(context, phrase);
  buf_clear(text);
  if (phrase.n && at < context.n) {
    buf_put(text, context);
    return (struct span){(uint32_t)at, (uint32_t)(at + phrase.n)};
  }
  buf_put(text, phrase);
  buf_puts(text, " spoke on Monday.");
  return (struct span){0, (uint32_t)phrase.n};
}

/* The actor of the widest mention inside the phrase; of equal ones the last, for heads stand at the end. NONE if there is none. */
static uint32_t actor_in(const struct doc *d, struct span s) {
  uint32_t best = NONE, width = 0;
  for (uint32_t i = 0; i < d->mentions.n; i++) {
    const struct mention *m = &d->mentions.at[i];
    if (m->span.beg + 1 < s.beg || m->span.beg >= s.end || m->actor >= d->actors.n) continue;
    uint32_t end = m->span.end < s.end ? m->span.end : s.end, w = end - m->span.beg;
    if (m->type == MENTION_DEMONYM) w /= 2;
    if (w >= width) best = m->actor, width = w;
  }
  return best;
}

static void put_answer(struct buf *out, str id, const struct actor_code *c) {
  struct json j = json_writer(out);
  json_open(&j, '{');
  json_key_str(&j, "id", id);
  json_key_str(&j, "country", str_of(c ? c->country : ""));
  json_key_str(&j, "sector", str_of(c ? c->sector[0] : ""));
  json_key_str(&j, "sector2", str_of(c ? c->sector[1] : ""));
  json_key_str(&j, "cameo", str_of(c ? c->cameo : ""));
  json_close(&j, '}');
  buf_putc(out, '\n');
}

static bool resolve_line(struct worker *w, struct doc *d, struct buf *text, struct buf *out, str line, struct err *e) {
  json_error_t bad;
  json_t *o = json_loadb(line.p, line.n, 0, &bad);
  if (!o || !json_is_object(o)) {
    json_decref(o);
    return err_set(e, ERR_FORMAT, "bad JSON at column %d: %s", bad.column, bad.text);
  }
  struct input in = {.id = member(o, "id"), .day = DAY_NONE};
  struct span phrase = pose(text, member(o, "text"), member(o, "context"));
  if (!day_parse_iso(member(o, "date"), &in.day)) in.day = day_of_civil((struct civil){2022, 1, 1});
  in.text = buf_str(text);
  worker_code(w, &in, d);
  uint32_t a = d->error.code == ERR_OK ? actor_in(d, phrase) : NONE;
  buf_clear(out);
  put_answer(out, in.id, a == NONE ? NULL : &d->actors.at[a].code);
  json_decref(o);
  return true;
}

static int resolve_all(FILE *f, const char *name, struct worker *w) {
  char *line = NULL;
  size_t size = 0, bad = 0;
  uint64_t number = 0;
  ssize_t n;
  struct buf text, out;
  struct doc d;
  buf_init(&text, TEXT_CAP);
  buf_init(&out, TEXT_CAP);
  doc_init(&d);
  bool open = true;
  while (open && !cli_stop && (n = getline(&line, &size, f)) >= 0) {
    struct err e = {0};
    number++;
    str s = str_trim((str){line, (size_t)n});
    if (!s.n) continue;
    if (resolve_line(w, &d, &text, &out, s, &e)) open = cli_write(buf_str(&out));
    else {
      err_at(&e, name, number, 0);
      cli_warn(&e);
      bad++;
    }
  }
  free(line);
  doc_release(&d);
  buf_release(&text);
  buf_release(&out);
  return bad ? CLI_SOME_BAD : CLI_OK;
}

static int resolve(const struct actors_options *o) {
  struct err e = {0};
  bool standard = !o->file || str_is(str_of(o->file), "-");
  FILE *f = standard ? stdin : fopen(o->file, "r");
  if (!f) {
    err_set_errno(&e, ERR_IO, "cannot open");
    err_at(&e, o->file, 0, 0);
    return cli_fail(&e);
  }
  struct engine_options of = {.isa = getenv("TIGHTROPE_ISA"), .depth = DEPTH_EVENTS};
  struct engine *g = engine_open(&of, &e);
  cli_tell_problems(g);
  struct worker *w = g ? worker_open(g, &e) : NULL;
  int code = w ? resolve_all(f, standard ? "-" : o->file, w) : cli_fail(&e);
  worker_close(w);
  engine_close(g);
  if (!standard) fclose(f);
  return cli_close_stdout(code);
}

/* ---- show */

static bool holds(int32_t first, int32_t last, int32_t on) {
  return on == DAY_NONE || ((first == DAY_NONE || first <= on) && (last == DAY_NONE || last >= on));
}

static void put_spell(const struct actor_kb *kb, const struct kb_spell *s) {
  char dates[64];
  known_dates(s->first, s->last, s->flags, dates);
  printf("  %-9s %-28.*s%s%s%s\n", s->code.cameo[0] ? s->code.cameo : s->code.country, STR_FMT(kb_str(kb, s->role)),
         dates[0] ? " " : "", dates, s->flags & SPELL_ACTING ? "  acting" : "");
}

/* The members of a body, or the bodies that a state belongs to: one a line, with the dates. */
static void show_members(const struct actor_kb *kb, uint32_t body, uint32_t state, int32_t on) {
  for (uint32_t i = 0; i < kb->members.n; i++) {
    const struct kb_member *m = &kb->members.at[i];
    if ((m->body != body && m->state != state) || !holds(m->first, m->last, on)) continue;
    str name = m->body == body ? kb_str(kb, kb->states.at[m->state].name) : kb_str(kb, kb->entities.at[m->body].name);
    char dates[64];
    known_dates(m->first, m->last, m->flags, dates);
    printf("  %-9s %-28.*s%s%s\n", m->body == body ? "member" : "belongs", STR_FMT(name), dates[0] ? " " : "", dates);
  }
}

static void show_entity(const struct actor_kb *kb, const struct kb_entity *x, int32_t on) {
  uint32_t shown = 0;
  printf("%.*s  (%s, %.*s)\n", STR_FMT(kb_str(kb, x->name)), actor_kind_name(x->kind), STR_FMT(kb_str(kb, x->id)));
  if (x->aliases.n) printf("  also      %.*s\n", STR_FMT(kb_str(kb, x->aliases)));
  if (x->part_of.n) printf("  part of   %.*s\n", STR_FMT(kb_str(kb, x->part_of)));
  for (uint32_t i = x->first_spell; i < x->first_spell + x->n_spells; i++)
    if (holds(kb->spells.at[i].first, kb->spells.at[i].last, on)) put_spell(kb, &kb->spells.at[i]), shown++;
  bool past;
  const struct kb_spell *last = shown ? NULL : kb_spell_on(kb, x, on, &past);
  if (last) {
    printf("  no post on that day; %s\n", past ? "the last before it" : "the next after it");
    put_spell(kb, last);
  }
}

/* Does `want` stand in `text` as whole words? Both folded. */
static bool has_words(str text, str want) {
  for (size_t at = 0; at + want.n <= text.n; at++) {
    bool begins = !at || !ascii_alpha(text.p[at - 1]),
         ends = at + want.n == text.n || !ascii_alpha(text.p[at + want.n]);
    if (begins && ends && !memcmp(text.p + at, want.p, want.n)) return true;
  }
  return false;
}

static bool is_wanted(const struct actor_kb *kb, const struct kb_entity *x, str want, str id) {
  char folded[4096];
  str text = kb_str(kb, x->name);
  if (has_words((str){folded, utf8_fold(text, folded, sizeof folded)}, want)) return true;
  text = kb_str(kb, x->aliases);
  return has_words((str){folded, utf8_fold(text, folded, sizeof folded)}, want) || str_eq_fold(kb_str(kb, x->id), id);
}

static int show(const struct actors_options *o) {
  struct err e = {0};
  char wanted[512], name[512];
  struct known known;
  if (!known_open(&known, &e)) return cli_fail(&e);
  const struct actor_kb *kb = &known.kb;
  str want = {wanted, utf8_fold(str_of(o->name), wanted, sizeof wanted)};
  size_t found = 0;
  for (uint32_t i = 0; i < kb->states.n; i++) {
    const struct kb_state *s = &kb->states.at[i];
    if (!str_eq((str){name, utf8_fold(kb_str(kb, s->name), name, sizeof name)}, want) &&
        !str_eq_fold(str_of(s->iso3), str_of(o->name)))
      continue;
    printf("%.*s  (state, %s)\n", STR_FMT(kb_str(kb, s->name)), s->iso3);
    show_members(kb, NONE, i, o->on);
    found++;
  }
  for (uint32_t i = 0; i < kb->entities.n; i++) {
    const struct kb_entity *x = &kb->entities.at[i];
    if (!want.n || !is_wanted(kb, x, want, str_of(o->name))) continue;
    show_entity(kb, x, o->on);
    show_members(kb, i, NONE, o->on);
    found++;
  }
  known_close(&known);
  if (!found) fprintf(stderr, "tightrope: the knowledge holds nobody of the name '%s'\n", o->name);
  return cli_close_stdout(found ? CLI_OK : CLI_FAILURE);
}

/* ---- the command */

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct actors_options *o = state->input;
  switch (key) {
  case OPT_INPUT:
    if (!str_is(str_of(arg), "jsonl")) argp_error(state, "--input wants jsonl, not '%s'", arg);
    return 0;
  case OPT_ON:
    if (!cli_day(arg, &o->on)) argp_error(state, "--on wants YYYY-MM-DD, not '%s'", arg);
    return 0;
  case ARGP_KEY_ARG:
    if (o->file) argp_error(state, "'%s' is too much", arg);
    o->file = o->name = arg;
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_option resolve_options[] = {{"input", OPT_INPUT, "FORMAT", 0, "jsonl", 0}, {0}};
static const struct argp resolve_argp = {
    resolve_options,
    parse_option,
    "[FILE|-]",
    "Reads {\"id\",\"text\",\"context\",\"date\"} a line and prints country and sectors of the phrase \"text\".",
    NULL,
    NULL,
    NULL};
static const struct argp_option show_options[] = {{"on", OPT_ON, "YYYY-MM-DD", 0, "only what held on this day", 0},
                                                  {0}};
static const struct argp show_argp = {show_options, parse_option,
                                      "NAME",       "Prints what the knowledge holds of an actor.",
                                      NULL,         NULL,
                                      NULL};

int cmd_actors(int argc, char **argv) {
  static char resolve_name[] = "tightrope actors resolve", show_name[] = "tightrope actors show";
  struct actors_options o = {.on = DAY_NONE};
  if (argc > 1 && str_is(str_of(argv[1]), "resolve")) {
    argv[1] = resolve_name;
    argp_parse(&resolve_argp, argc - 1, argv + 1, 0, NULL, &o);
    cli_catch_stop();
    return resolve(&o);
  }
  if (argc > 1 && str_is(str_of(argv[1]), "show")) {
    argv[1] = show_name;
    argp_parse(&show_argp, argc - 1, argv + 1, 0, NULL, &o);
    return o.name ? show(&o) : cli_usage("actors show", "whom? give a name");
  }
  static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
  } more[] = {{"merge", cmd_actors_merge},   {"split", cmd_actors_split}, {"decisions", cmd_actors_decisions},
              {"replay", cmd_actors_replay}, {"add", cmd_actors_add},     {"unknown", cmd_list}};
  static char name[64];
  for (size_t i = 0; argc > 1 && i < sizeof more / sizeof *more; i++) {
    if (!str_is(str_of(argv[1]), more[i].name)) continue;
    if (more[i].run != cmd_list) {
      snprintf(name, sizeof name, "tightrope actors %s", more[i].name);
      argv[1] = name;
    }
    return more[i].run(argc - 1, argv + 1);
  }
  return cmd_list(argc, argv);
}
