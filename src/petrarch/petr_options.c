/* petr_options.c - the options of PETR_config.ini. */
#include "petrarch/petr_files.h"

struct petr_options petr_options_default(void) {
  return (struct petr_options){.require_dyad = true, .discard_years = true};
}

bool petr_files_add(struct petr_files *f, uint8_t kind, const char *path) {
  if (f->n == PETR_FILES_MAX) return false;
  f->kind[f->n] = kind;
  f->path[f->n++] = path;
  return true;
}

static const char *const ignored[] = {
    "stop_on_error", "write_actor_text", "write_actor_root", "write_event_text",  "write_event_root",
    "null_verbs",    "null_actors",      "code_by_sentence", "pause_by_sentence", "pause_by_story",
};

static bool truth(str value, bool *out) {
  bool yes = str_eq_fold(value, STR("true")) || str_is(value, "1") || str_eq_fold(value, STR("yes"));
  bool no = str_eq_fold(value, STR("false")) || str_is(value, "0") || str_eq_fold(value, STR("no"));
  *out = yes;
  return yes || no;
}

static uint32_t *number_of(struct petr_options *o, str key) {
  const struct {
    const char *name;
    uint32_t *at;
  } known[] = {{"new_actor_length", &o->new_actor_length},
               {"comma_min", &o->comma_min},
               {"comma_max", &o->comma_max},
               {"comma_bmin", &o->comma_bmin},
               {"comma_bmax", &o->comma_bmax},
               {"comma_emin", &o->comma_emin},
               {"comma_emax", &o->comma_emax}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (str_is(key, known[i].name)) return known[i].at;
  return NULL;
}

static bool set_number(uint32_t *at, str key, str value, struct err *e) {
  int64_t n;
  if (!str_to_int(value, &n) || n < 0 || n > 10000)
    return err_set(e, ERR_USAGE, "%.*s wants a number from 0 to 10000, not '%.*s'", STR_FMT(key), STR_FMT(value));
  *at = (uint32_t)n;
  return true;
}

static bool set_style(struct petr_options *o, str value, struct err *e) {
  if (str_is(value, "auto")) o->style = PETR_STYLE_AUTO;
  else if (str_is(value, "1") || str_is(value, "petrarch1") || str_is(value, "tabari")) o->style = PETR_STYLE_LINEAR;
  else if (str_is(value, "2") || str_is(value, "petrarch2")) o->style = PETR_STYLE_TREE;
  else return err_set(e, ERR_USAGE, "style wants auto, tabari, petrarch1 or petrarch2, not '%.*s'", STR_FMT(value));
  return true;
}

bool petr_option_set(struct petr_options *o, str setting, struct err *e) {
  str value = setting, key = str_trim(str_cut(&value, '='));
  if (key.n == setting.n) return err_set(e, ERR_USAGE, "an option is key=value, not '%.*s'", STR_FMT(setting));
  value = str_trim(value);
  uint32_t *number = number_of(o, key);
  if (number) return set_number(number, key, value, e);
  if (str_is(key, "style")) return set_style(o, value, e);
  bool *flag = str_is(key, "require_dyad") ? &o->require_dyad : str_is(key, "discard_years") ? &o->discard_years : NULL;
  if (flag && !truth(value, flag))
    return err_set(e, ERR_USAGE, "%.*s wants true or false, not '%.*s'", STR_FMT(key), STR_FMT(value));
  if (flag) return true;
  for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
    if (str_is(key, ignored[i])) return true;
  return err_set(
      e, ERR_USAGE,
      "unknown option '%.*s'; known: require_dyad, new_actor_length, comma_min, comma_max, comma_bmin, comma_bmax, "
      "comma_emin, comma_emax, discard_years, style",
      STR_FMT(key));
}
