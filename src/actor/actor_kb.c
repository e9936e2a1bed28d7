/* actor_kb.c - opening the knowledge of actors and looking it up. The lines are read by kb_words.c and kb_entities.c.
 *
 * Every line that is wrong is told with file and line and left out; nothing is guessed. Who a mention is, is not decided here. */
#include "actor/kb_read.h"
#include "base/utf8.h"
#include <dirent.h>
#include <stdlib.h>

enum { SHORT_NAME = 6, MAX_FIELDS = 10, KB_MEMORY = 1 << 30 };

bool kb_no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the knowledge of actors"); }

/* ---- words and phrases */

static const struct kb_word *word_slot(const struct kb_word *table, uint32_t mask, sym word) {
  uint32_t i = (word * 0x9E3779B9u) >> 7 & mask;
  while (table[i].word && table[i].word != word) i = (i + 1) & mask;
  return &table[i];
}

const struct kb_word *kb_word(const struct actor_kb *kb, sym word) {
  if (!word) return NULL;
  const struct kb_word *w = word_slot(kb->word, kb->word_mask, word);
  return w->word ? w : NULL;
}

uint32_t kb_pieces(const struct symtab *words, str text, sym *out, uint32_t most) {
  char piece[PIECE_MAX];
  size_t n, at = 0;
  uint32_t count = 0;
  while (count < most && piece_next(text, &at, piece, &n)) out[count++] = symtab_find(words, (str){piece, n});
  return count;
}

uint32_t kb_pieces_add(struct symtab *words, str text, sym *out) {
  char piece[PIECE_MAX];
  size_t n, at = 0;
  uint32_t count = 0;
  while (count < PHRASE_MAX && piece_next(text, &at, piece, &n)) out[count++] = symtab_add(words, (str){piece, n});
  return count;
}

/* "NATO" matches capitals only; "peshmerga" needs none; "LeT" needs a capital behind its first ("Let us go"). */
static uint32_t case_bits(str s) {
  bool upper = false, lower = false, inner = false;
  for (size_t i = 0; i < s.n; i++) {
    inner |= i && ascii_lower(s.p[i - 1]) && ascii_upper(s.p[i]);
    lower |= ascii_lower(s.p[i]) || ascii_space(s.p[i]);
    upper |= ascii_upper(s.p[i]) || (unsigned char)s.p[i] >= 0x80;
  }
  if (inner && s.n <= SHORT_NAME && str_find(s, ' ') == s.n) return NAME_MIXED;
  return upper && !lower ? NAME_BIT : !upper ? NAME_LOWER : 0;
}

bool kb_phrase_add(struct actor_kb *kb, str text, enum name_kind kind, uint32_t bits, uint32_t row) {
  sym key[PHRASE_MAX];
  bool article =
      kind != NAME_AGENT && text.n > 4 && str_eq_fold(str_sub(text, 0, 4), STR("the ")); /* no part of a mention */
  uint32_t n = kb_pieces_add(kb->words, article ? str_from(text, 4) : text, key);
  return !n || phrases_add(&kb->phrases, key, n, name_value(kind, bits, row));
}

bool kb_names_add(struct actor_kb *kb, str list, enum name_kind kind, uint32_t row) {
  list = dash(list);
  while (list.n) {
    str name = str_trim(str_cut(&list, '|'));
    uint32_t guard = 0;
    if (name.n && name.p[0] == '~') name = str_from(name, 1), guard = NAME_GUARDED;
    if (name.n && !kb_phrase_add(kb, name, kind, case_bits(name) | guard, row)) return false;
  }
  return true;
}

bool kb_text_add(struct actor_kb *kb, str s, struct kb_text *out) {
  *out = (struct kb_text){(uint32_t)kb->text.n, (uint32_t)s.n};
  buf_put(&kb->text, s);
  return !kb->text.failed;
}

bool kb_code3(str s, char out[4]) {
  if (s.n != 3) return false;
  for (size_t i = 0; i < 3; i++) {
    if (!ascii_upper(s.p[i])) return false;
    out[i] = s.p[i];
  }
  out[3] = 0;
  return true;
}

bool kb_sectors(str list, char out[CODE_SECTORS][4]) {
  static const char known[] =
      "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY "
      "UAF UNK "; /* PLOVER's */
  list = dash(list);
  for (uint32_t i = 0; list.n; i++)
    if (i == CODE_SECTORS || !kb_code3(str_trim(str_cut(&list, ',')), out[i]) ||
        str_find_str((str){known, sizeof known - 1}, str_of(out[i])) >= sizeof known - 1)
      return false;
  return true;
}

uint32_t kb_longest(const struct actor_kb *kb, const sym *words, uint32_t n, uint32_t kinds, uint32_t *value) {
  uint32_t node = 0, best = 0;
  for (uint32_t i = 0; i < n && i < PHRASE_MAX; i++) {
    if (!words[i] || !(node = phrases_step(&kb->phrases, node, words[i]))) break;
    for (uint32_t e = phrases_first(&kb->phrases, node); e; e = phrases_next(&kb->phrases, e))
      if (1u << name_kind(phrases_value(&kb->phrases, e)) & kinds) {
        best = i + 1;
        *value = phrases_value(&kb->phrases, e);
        break;
      }
  }
  return best;
}

/* ---- the files */

/* Reads one line; true: go on. */
static bool line_take(struct kb_reader *b, const struct line_reader *r, size_t n_fields, kb_line_fn read,
                      struct err *e) {
  str f[MAX_FIELDS];
  size_t n = line_fields(r->line, f, MAX_FIELDS);
  struct err local = {0};
  bool ok;
  if (!utf8_valid(r->line)) ok = line_err(r, &local, "the line is not UTF-8: save the file as UTF-8");
  else if (n_fields && n != n_fields)
    ok = line_err(r, &local, "%zu fields where %zu belong (tabs between them)", n, n_fields);
  else ok = read(b, r, f, n, &local);
  if (ok || problems_take(b->problems, &local)) return true;
  *e = local;
  return false;
}

static bool file_take(struct kb_reader *b, const char *folder, const char *name, size_t n_fields, kb_line_fn read,
                      struct err *e) {
  char path[4096];
  struct file_map m;
  if (!path_join(path, sizeof path, folder, name))
    return err_set(e, ERR_LIMIT, "the path of the knowledge is too long");
  if (!file_map_open(&m, path, e)) return false;
  struct line_reader r;
  line_reader_init(&r, file_map_str(&m), path);
  str *kept = READER_PUSH(b, files);
  bool ok = kept != NULL || kb_no_memory(e);
  if (kept) *kept = arena_str(&b->kb->memory, str_of(path));
  b->office = (struct kb_office){.open = false};
  while (ok && line_next(&r)) ok = line_take(b, &r, n_fields, read, e);
  file_map_release(&m);
  return ok;
}

static const struct {
  const char *name;
  size_t fields;
  kb_line_fn read;
} fixed[] = {{"agents.tsv", 4, kb_agent_line},       {"peoples.tsv", 4, kb_agent_line},
             {"words.tsv", 3, kb_word_line},         {"given-names.tsv", 3, kb_given_line},
             {"family-names.tsv", 3, kb_given_line}, {"takers.tsv", 3, kb_taker_line},
             {"pronouns.tsv", 3, kb_pronoun_line},   {"states.tsv", 9, kb_state_line},
             {"bodies.tsv", 0, kb_entity_line},      {"persons.tsv", 0, kb_entity_line}};
enum { N_FIXED = sizeof fixed / sizeof *fixed };

static const char members_file[] = "members.tsv"; /* names actors of all other files: read last */

static bool is_fixed(const char *name) {
  for (size_t i = 0; i < N_FIXED; i++)
    if (!strcmp(name, fixed[i].name)) return true;
  return !strcmp(name, members_file);
}

/* All other files of the folder, by name: actors first, then holders of posts, who may be among them. */
static bool others_take(struct kb_reader *b, const char *folder, struct err *e) {
  struct dirent **entry;
  int n = scandir(folder, &entry, NULL, alphasort);
  if (n < 0) return err_set_errno(e, ERR_IO, "cannot read the folder %s", folder);
  bool ok = true;
  for (int pass = 0; pass < 2; pass++)
    for (int i = 0; i < n && ok; i++) {
      str name = str_of(entry[i]->d_name);
      if (name.p[0] == '.' || is_fixed(entry[i]->d_name)) continue;
      if (!pass && str_ends(name, STR(".tsv"))) ok = file_take(b, folder, entry[i]->d_name, 0, kb_entity_line, e);
      if (pass && str_ends(name, STR(".offices"))) ok = file_take(b, folder, entry[i]->d_name, 0, kb_office_line, e);
    }
  for (int i = 0; i < n; i++) free(entry[i]);
  free(entry);
  return ok;
}

static bool text_read(struct actor_kb *kb, const char *folder, struct problems *problems, struct err *e) {
  struct kb_reader b = {.kb = kb, .problems = problems};
  char actors[4096];
  if (!path_join(actors, sizeof actors, folder, "actors")) return err_set(e, ERR_LIMIT, "the path is too long");
  bool ok = symtab_init(&b.names) || kb_no_memory(e);
  for (size_t i = 0; i < N_FIXED && ok; i++)
    ok = file_take(&b, actors, fixed[i].name, fixed[i].fields, fixed[i].read, e);
  ok = ok && others_take(&b, actors, e) && file_take(&b, actors, members_file, 3, kb_member_line, e) &&
       kb_entities_finish(&b, e) && kb_lint(&b, e);
  symtab_release(&b.names);
  return ok;
}

bool actor_kb_open(struct actor_kb *kb, const char *folder, struct symtab *words, struct problems *problems,
                   struct err *e) {
  *kb = (struct actor_kb){.words = words};
  arena_init(&kb->memory, KB_MEMORY);
  buf_init(&kb->text, KB_MEMORY);
  kb->word_mask = (1u << 13) - 1;
  kb->word = calloc((size_t)kb->word_mask + 1, sizeof *kb->word);
  bool ok = (kb->word && phrases_init(&kb->phrases)) || kb_no_memory(e);
  ok = ok && text_read(kb, folder, problems, e);
  if (!ok) actor_kb_release(kb);
  return ok;
}

void actor_kb_release(struct actor_kb *kb) {
  if (kb->mapped) *kb = (struct actor_kb){0};
  phrases_release(&kb->phrases);
  free(kb->word);
  buf_release(&kb->text);
  arena_release(&kb->memory);
  *kb = (struct actor_kb){0};
}

const struct kb_spell *kb_spell_on(const struct actor_kb *kb, const struct kb_entity *entity, int32_t day, bool *past) {
  const struct kb_spell *undated = NULL, *last = NULL, *next = NULL;
  *past = false;
  for (uint32_t i = 0; i < entity->n_spells; i++) {
    const struct kb_spell *s = &kb->spells.at[entity->first_spell + i];
    if (s->first == DAY_NONE && s->last == DAY_NONE) {
      undated = s;
      continue;
    }
    bool begun = day == DAY_NONE || s->first == DAY_NONE || s->first <= day;
    bool ended = s->last != DAY_NONE && (day == DAY_NONE || s->last < day);
    if (begun && !ended) return s;
    if (ended && (!last || last->last <= s->last)) last = s;
    if (!begun && !next) next = s;
  }
  if (undated) return undated;
  *past = last != NULL;
  return last ? last : next;
}

uint32_t kb_entity_find(const struct actor_kb *kb, str id) {
  for (uint32_t i = 0; i < kb->entities.n; i++)
    if (str_eq(kb_str(kb, kb->entities.at[i].id), id)) return i;
  return NONE;
}

uint32_t kb_state_find(const struct actor_kb *kb, const char iso3[4]) {
  for (uint32_t i = 0; i < kb->states.n; i++)
    if (!memcmp(kb->states.at[i].iso3, iso3, 4)) return i;
  return NONE;
}
