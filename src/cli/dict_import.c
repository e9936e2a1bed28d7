/* dict_import.c - `tightrope dict import`: PETRARCH dictionaries into a data folder of our own formats, with an account of what went over. */
#include "base/file.h"
#include "cli/cli.h"
#include "cli/dictionaries.h"
#include "petrarch/petr_import.h"
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 4400, FILE_CAP = 1 << 28 };

struct import_options {
  struct petr_files files;
  const char *folder;
};

static const struct argp_option options[] = {{"output", 'o', "DIR", 0, "the folder to make (it must not be there yet)",
                                              0},
                                             {0}};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct import_options *o = state->input;
  switch (key) {
  case ARGP_KEY_INIT: state->child_inputs[0] = &o->files; return 0;
  case 'o': o->folder = arg; return 0;
  case ARGP_KEY_ARG:
    argp_error(state, "'%s' is too much: name dictionaries by --petrarch-verbs and the like", arg);
    return 0;
  case ARGP_KEY_END:
    if (!o->folder || !o->files.n) argp_error(state, "name the dictionaries and, with -o, the folder to make");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_child children[] = {{&dictionaries_argp, 0, NULL, 0}, {0}};

static const struct argp argp = {options,
                                 parse_option,
                                 NULL,
                                 "Converts dictionaries of PETRARCH or TABARI into a data folder: DIR/knowledge holds "
                                 "them in our formats beside our own knowledge (verbs take the "
                                 "place of our event rules), DIR/left-out.tsv what could not be converted and why. "
                                 "Check it with 'tightrope dict lint DIR', code with it by "
                                 "TIGHTROPE_DATA=DIR.",
                                 children,
                                 NULL,
                                 NULL};

/* ---- the folder */

static bool join(char out[PATH], const char *a, const char *b, struct err *e) {
  return path_join(out, PATH, a, b) || err_set(e, ERR_IO, "the path %s/%s is too long", a, b);
}

static bool make_folder(const char *path, struct err *e) {
  return !mkdir(path, 0777) || err_set_errno(e, ERR_IO, "cannot make the folder %s", path);
}

static bool copy_file(const char *from, const char *to, str more, struct err *e) {
  struct buf b;
  buf_init(&b, FILE_CAP);
  bool ok = file_read(&b, from, e);
  buf_put(&b, more);
  if (ok && b.failed) ok = err_set(e, ERR_LIMIT, "%s is too large", from);
  ok = ok && file_write_atomic(to, buf_str(&b), e);
  buf_release(&b);
  return ok;
}

struct copying {
  bool drop_rules; /* *.rules are left out: the verb file's are in their place */
  str agents;      /* lines put behind agents.tsv */
};

static bool copy_entry(const struct copying *c, const char *from, const char *to, const char *name, struct err *e);

static bool copy_folder(const struct copying *c, const char *from, const char *to, struct err *e) {
  DIR *dir = opendir(from);
  if (!dir) return err_set_errno(e, ERR_IO, "cannot read the folder %s", from);
  bool ok = make_folder(to, e);
  for (struct dirent *x; ok && (x = readdir(dir));)
    if (x->d_name[0] != '.') ok = copy_entry(c, from, to, x->d_name, e);
  closedir(dir);
  return ok;
}

static bool copy_entry(const struct copying *c, const char *from, const char *to, const char *name, struct err *e) {
  char source[PATH], target[PATH];
  struct stat st;
  if (!join(source, from, name, e) || !join(target, to, name, e)) return false;
  if (stat(source, &st)) return err_set_errno(e, ERR_IO, "cannot read %s", source);
  if (S_ISDIR(st.st_mode)) return copy_folder(c, source, target, e);
  if (c->drop_rules && str_ends(str_of(name), STR(".rules"))) return true;
  return copy_file(source, target, str_is(str_of(name), "agents.tsv") ? c->agents : STR(""), e);
}

static bool write_in(const char *folder, const char *name, const char *head, str text, struct err *e) {
  char path[PATH];
  struct buf b;
  buf_init(&b, FILE_CAP);
  buf_puts(&b, head);
  buf_put(&b, text);
  bool ok = join(path, folder, name, e) && (!b.failed || err_set(e, ERR_NOMEM, "no memory for %s", name)) &&
            file_write_atomic(path, buf_str(&b), e);
  buf_release(&b);
  return ok;
}

static bool link_in(const char *data, const char *folder, const char *name, struct err *e) {
  char from[PATH], to[PATH], real[PATH];
  if (!join(from, data, name, e) || !join(to, folder, name, e)) return false;
  if (!file_exists(from))
    return true; /* places.bin stands elsewhere in a build tree, where the program finds it itself */
  if (!realpath(from, real) || symlink(real, to)) return err_set_errno(e, ERR_IO, "cannot link %s", to);
  return true;
}

static bool write_all(const struct import_options *o, const char *data, const struct petr_dict *d,
                      const struct petr_import *x, struct err *e) {
  char from[PATH], knowledge[PATH], actors[PATH], events[PATH];
  struct copying c = {d->has_verbs, buf_str(&x->agents)};
  if (!join(from, data, "knowledge", e) || !join(knowledge, o->folder, "knowledge", e) ||
      !join(actors, knowledge, "actors", e) || !join(events, knowledge, "events", e))
    return false;
  return make_folder(o->folder, e) && copy_folder(&c, from, knowledge, e) && link_in(data, o->folder, "models", e) &&
         link_in(data, o->folder, "places.bin", e) &&
         write_in(actors, "imported.tsv",
                  "# Actors of PETRARCH dictionaries; fields as in bodies.tsv and persons.tsv.\n", buf_str(&x->actors),
                  e) &&
         write_in(events, "imported.classes", "# Synsets of PETRARCH verb files.\n", buf_str(&x->classes), e) &&
         write_in(events, "imported.rules", "# Verbs and patterns of PETRARCH verb files.\n", buf_str(&x->rules), e) &&
         write_in(o->folder, "left-out.tsv", "kind\tentry\twhy\n", buf_str(&x->left_out), e);
}

/* ---- the account */

static void tell(const char *what, const uint32_t fate[PETR_FATES]) {
  uint32_t all = 0;
  for (uint8_t i = 0; i < PETR_FATES; i++) all += fate[i];
  if (!all) return;
  printf("%s: %" PRIu32 " of %" PRIu32 " went over\n", what, fate[PETR_WENT_OVER], all);
  for (uint8_t i = 1; i < PETR_FATES; i++)
    if (fate[i]) printf("  %7" PRIu32 "  %s\n", fate[i], petr_fate_text(i));
}

static bool read_text(const char *folder, const char *name, struct buf *b, struct err *e) {
  char path[PATH];
  buf_init(b, FILE_CAP);
  if (!join(path, folder, name, e) || !file_read(b, path, e)) return false;
  buf_putc(b, 0);
  return !b->failed || err_set(e, ERR_NOMEM, "no memory for %s", path);
}

/* The files of persons and of posts, one after the other. */
static bool read_persons(const char *actors, struct buf *b, struct err *e) {
  char path[PATH];
  buf_init(b, FILE_CAP);
  DIR *dir = opendir(actors);
  if (!dir) return err_set_errno(e, ERR_IO, "cannot read the folder %s", actors);
  bool ok = true;
  for (struct dirent *x; ok && (x = readdir(dir));) {
    str name = str_of(x->d_name);
    if (!str_is(name, "persons.tsv") && !str_ends(name, STR(".offices"))) continue;
    ok = join(path, actors, x->d_name, e) && file_read(b, path, e);
    buf_putc(b, '\n');
  }
  closedir(dir);
  buf_putc(b, 0);
  return ok && (!b->failed || err_set(e, ERR_NOMEM, "no memory for %s", actors));
}

static int convert(const struct import_options *o, struct symtab *words, struct err *e) {
  char data[4096], knowledge[PATH], actors[PATH];
  struct ontology *ontology = NULL;
  struct petr_dict *d = NULL;
  struct petr_import x = {0};
  struct buf states = {0}, preps = {0}, persons = {0};
  bool ok = engine_data_folder(data, sizeof data, e) && join(knowledge, data, "knowledge", e) &&
            (ontology = ontology_open(knowledge, words, e)) && (d = petr_dict_open(&o->files, words, e)) &&
            read_text(knowledge, "actors/states.tsv", &states, e) &&
            read_text(knowledge, "petrarch/prepositions.txt", &preps, e) && join(actors, knowledge, "actors", e) &&
            read_persons(actors, &persons, e) &&
            petr_import(d, words, ontology, &(struct petr_known){states.p, persons.p, preps.p}, &x, e) &&
            write_all(o, data, d, &x, e);
  if (d) dictionaries_tell(&d->notes, UINT32_MAX);
  if (ok) {
    tell("actors", x.actor);
    tell("agents", x.noun);
    tell("verbs", x.verb);
    tell("patterns", x.pattern);
    printf("%s/knowledge is ready; %s/left-out.tsv says what is not in it. Next: tightrope dict lint %s\n", o->folder,
           o->folder, o->folder);
  }
  petr_import_release(&x);
  petr_dict_close(d);
  if (ontology) ontology_close(ontology);
  buf_release(&states), buf_release(&preps), buf_release(&persons);
  return ok ? CLI_OK : cli_fail(e);
}

int dict_import(int argc, char **argv) {
  static char name[] = "tightrope dict import";
  struct import_options o = {.folder = NULL};
  struct symtab words;
  struct err e = {0};
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  if (!symtab_init(&words)) {
    err_set(&e, ERR_NOMEM, "no memory");
    return cli_fail(&e);
  }
  int code = convert(&o, &words, &e);
  symtab_release(&words);
  return cli_close_stdout(code);
}
