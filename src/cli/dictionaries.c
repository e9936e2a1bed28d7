/* dictionaries.c - --petrarch-verbs, --petrarch-actors and the like. */
#include "cli/dictionaries.h"
#include "cli/cli.h"
#include "petrarch/petr_dict.h"
#include <inttypes.h>
#include <stdio.h>

enum { OPT_FIRST = 700, OPT_SETTING = OPT_FIRST + PETR_FILE_KINDS };

static const struct argp_option options[] = {
    {0, 0, 0, 0, "Dictionaries of PETRARCH and TABARI, each option as often as there are files:", 5},
    {"petrarch-verbs", OPT_FIRST + PETR_FILE_VERBS, "FILE", 0, "verbs: code events by them in place of our rules", 5},
    {"petrarch-actors", OPT_FIRST + PETR_FILE_ACTORS, "FILE", 0, "actors: take the codes of actors from them", 5},
    {"petrarch-agents", OPT_FIRST + PETR_FILE_AGENTS, "FILE", 0, "agents: roles that common nouns add to a code", 5},
    {"petrarch-discards", OPT_FIRST + PETR_FILE_DISCARDS, "FILE", 0, "phrases whose sentence or story is not coded", 5},
    {"petrarch-issues", OPT_FIRST + PETR_FILE_ISSUES, "FILE", 0, "issues: what documents are about", 5},
    {"petrarch-option", OPT_SETTING, "KEY=VALUE", 0,
     "as in PETR_config.ini: require_dyad, new_actor_length, comma_min ..", 5},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct petr_files *f = state->input;
  if (key == OPT_SETTING) {
    struct petr_options ignored;
    struct err e = {0};
    if (!petr_option_set(&ignored, str_of(arg), &e)) argp_error(state, "--petrarch-option: %s", e.message);
    if (f->n_settings == PETR_SETTINGS_MAX) argp_error(state, "more than %d options", PETR_SETTINGS_MAX);
    else f->setting[f->n_settings++] = arg;
    return 0;
  }
  if (key < OPT_FIRST || key >= OPT_SETTING) return ARGP_ERR_UNKNOWN;
  if (!petr_files_add(f, (uint8_t)(key - OPT_FIRST), arg))
    argp_error(state, "more than %d dictionaries", PETR_FILES_MAX);
  return 0;
}

const struct argp dictionaries_argp = {options, parse_option, NULL, NULL, NULL, NULL, NULL};

void dictionaries_tell(const struct petr_notes *notes, uint32_t most) {
  if (!notes || !notes->total) return;
  for (uint32_t i = 0; i < notes->n && i < most; i++) cli_warn(&notes->at[i]);
  if (notes->total > most)
    fprintf(stderr, "tightrope: %" PRIu32 " more such lines; 'tightrope dict import' lists all\n", notes->total - most);
  fprintf(stderr, "tightrope: %" PRIu32 " lines of the dictionaries were left out or mended; all else is loaded\n",
          notes->total);
}
