/* petr_dict.c - opens and closes the dictionaries; which reader reads which file. */
#include "petrarch/petr_dict.h"
#include "petrarch/petr_read.h"
#include <stdlib.h>

void petr_dict_close(struct petr_dict *d) {
  if (!d) return;
  struct petr_trie *trie[] = {&d->actors, &d->agents, &d->discards, &d->issues, &d->gaps, &d->verbs};
  for (size_t i = 0; i < sizeof trie / sizeof trie[0]; i++) petr_trie_release(trie[i]);
  void *rows[] = {d->dated, d->record, d->gap,       d->agent,   d->element, d->member,       d->synset, d->pattern,
                  d->block, d->verb,   d->transform, d->discard, d->issue,   (void *)d->file, d->sum};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) free(rows[i]);
  free(d->notes.at);
  arena_release(&d->memory);
  free(d);
}

struct petr_dict *petr_dict_new(void) {
  struct petr_dict *d = calloc(1, sizeof *d);
  if (!d) return NULL;
  arena_init(&d->memory, (size_t)1 << 30);
  d->options = petr_options_default();
  struct petr_trie *trie[] = {&d->actors, &d->agents, &d->discards, &d->issues, &d->gaps, &d->verbs};
  for (size_t i = 0; i < sizeof trie / sizeof trie[0]; i++)
    if (!petr_trie_init(trie[i])) {
      petr_dict_close(d);
      return NULL;
    }
  return d;
}

/* Whether a verb file is PETRARCH2's: some pattern has a prepositional phrase "(TO ..)". */
static bool tree_patterns(str text) {
  while (text.n) {
    str line = str_cut(&text, '\n');
    if (!str_starts(line, STR("- "))) continue;
    str body = str_sub(line, 0, str_find(line, '['));
    if (str_find(body, '(') < body.n) return true;
  }
  return false;
}

static void (*const reader_of[PETR_FILE_KINDS])(struct petr_reader *) = {
    [PETR_FILE_VERBS] = petr_read_verbs,   [PETR_FILE_ACTORS] = petr_read_actors,
    [PETR_FILE_AGENTS] = petr_read_agents, [PETR_FILE_DISCARDS] = petr_read_discards,
    [PETR_FILE_ISSUES] = petr_read_issues,
};

bool petr_dict_read(struct petr_dict *d, struct symtab *words, uint8_t kind, str text, const char *name,
                    struct err *e) {
  struct petr_reader r = {.d = d, .words = words, .file = (uint16_t)d->n_files};
  if (PETR_PUSH(&r, file, n_files, size_files))
    r.no_memory |= !(d->file[d->n_files - 1] = arena_z(&d->memory, str_of(name)));
  if (kind == PETR_FILE_VERBS && d->options.style == PETR_STYLE_AUTO) d->tree_style |= tree_patterns(text);
  line_reader_init(&r.lines, text, name);
  reader_of[kind](&r);
  d->has_verbs |= kind == PETR_FILE_VERBS;
  d->has_actors |= kind == PETR_FILE_ACTORS;
  return !r.no_memory || err_set(e, ERR_NOMEM, "no memory for the dictionary %s", name);
}

static bool read_file(struct petr_dict *d, struct symtab *words, const char *path, uint8_t kind, struct err *e) {
  struct file_map map;
  if (!file_map_open(&map, path, e)) return false;
  bool ok = petr_dict_read(d, words, kind, file_map_str(&map), path, e);
  file_map_release(&map);
  return ok;
}

struct petr_dict *petr_dict_open(const struct petr_files *files, struct symtab *words, struct err *e) {
  struct petr_dict *d = petr_dict_new();
  if (!d) {
    err_set(e, ERR_NOMEM, "no memory for the dictionaries");
    return NULL;
  }
  bool ok = true;
  for (uint32_t i = 0; ok && i < files->n_settings; i++)
    ok = petr_option_set(&d->options, str_of(files->setting[i]), e);
  d->tree_style = d->options.style == PETR_STYLE_TREE;
  for (uint32_t i = 0; ok && i < files->n; i++) ok = read_file(d, words, files->path[i], files->kind[i], e);
  if (ok) return d;
  petr_dict_close(d);
  return NULL;
}

/* ---- sums of codes */

bool petr_sums_load(struct petr_dict *d, const char *knowledge, struct err *e) {
  char path[4200];
  struct file_map map;
  struct petr_reader r = {.d = d};
  if (!path_join(path, sizeof path, knowledge, "petrarch/compose.tsv"))
    return err_set(e, ERR_KNOWLEDGE, "the path is too long");
  if (!file_map_open(&map, path, e)) return false;
  line_reader_init(&r.lines, file_map_str(&map), path);
  bool ok = true;
  while (ok && line_next(&r.lines)) {
    str field[6] = {{0}};
    size_t n = line_fields(r.lines.line, field, 6);
    struct petr_sum *x = n && n <= 6 ? PETR_PUSH(&r, sum, n_sums, size_sums) : NULL;
    if (!x) {
      ok = line_err(&r.lines, e, "a line is an act and up to five codes");
      break;
    }
    x->inner = petr_keep(&r, field[0]);
    for (size_t i = 0; i < 5; i++) x->with[i] = i + 1 < n ? petr_keep(&r, field[i + 1]) : STR("");
  }
  file_map_release(&map);
  return ok && (!r.no_memory || err_set(e, ERR_NOMEM, "no memory for the sums of codes"));
}
