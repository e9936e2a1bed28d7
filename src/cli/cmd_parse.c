/* cmd_parse.c - `tightrope parse`: text or CoNLL-U in, CoNLL-U out. Streams: a file of any size needs no more memory than a part
 * of it (PART_TEXT bytes, or PART_WORDS words of CoNLL-U). */
#include "base/file.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "doc/conllu.h"
#include "model/model.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PART_TEXT = 1 << 16, PART_WORDS = 4000, OUT_MOST = 1 << 28 };

static const char USAGE[] =
    "Usage: tightrope parse [--input text|conllu] [--fast | --model FILE] [--margins] [FILE..]\n"
    "Writes sentences, tokens, tags, lemmas and dependency trees as CoNLL-U to stdout. Without a FILE, or for -, "
    "reads\n"
    "stdin. The model is the one in models/ unless --model names another.\n"
    "  --input text     plain text (the default); paragraphs are parted by blank lines\n"
    "  --input conllu   gold tokens: LEMMA, UPOS, XPOS, FEATS, HEAD and DEPREL are filled in, all else is kept\n"
    "  --fast           the smaller model models/en-fast.model: six tenths of the time, a point less of LAS\n"
    "  --margins        MISC also tells how sure each word's UPOS (TagMargin) and head (HeadMargin) are, from 0 to "
    "255\n";

struct parse_run {
  struct engine *engine;
  struct worker *worker;
  struct doc doc;
  struct buf text, out;
  struct feats_names feats;
  bool stopped; /* nobody reads any more */
};

static str feats_at(const void *table, uint32_t number) { return string_table_at(table, number); }

static bool flush(struct parse_run *r, struct err *e) {
  if (r->out.failed) return err_set(e, ERR_LIMIT, "the trees of a part of the text are too large");
  if (!cli_write(buf_str(&r->out))) r->stopped = true;
  buf_clear(&r->out);
  return true;
}

static bool parse_conllu(struct parse_run *r, str file, const char *name, struct err *e) {
  struct conllu_reader reader;
  str source;
  conllu_reader_init(&reader, file, name);
  while (!r->stopped && !cli_stop &&
         conllu_read(&reader, &r->doc, engine_words(r->engine), PART_WORDS, &r->text, &source, e)) {
    worker_finish(r->worker, &r->doc);
    if (r->doc.error.code) {
      *e = r->doc.error;
      return err_at(e, name, reader.number, 0);
    }
    conllu_write_over(&r->doc, source, &r->feats, &r->out);
    if (!flush(r, e)) return false;
  }
  return e->code == ERR_OK;
}

/* The next part: up to a blank line if there is one, else to a line end, else to a blank, else a character boundary. */
static str next_part(str *rest) {
  str all = *rest;
  size_t cut = 0;
  if (all.n <= PART_TEXT) cut = all.n;
  for (size_t i = PART_TEXT; !cut && i > PART_TEXT / 2; i--)
    if (all.p[i - 1] == '\n' && all.p[i - 2] == '\n') cut = i;
  for (size_t i = PART_TEXT; !cut && i > PART_TEXT / 2; i--)
    if (all.p[i - 1] == '\n') cut = i;
  for (size_t i = PART_TEXT; !cut && i > PART_TEXT / 2; i--)
    if (ascii_space(all.p[i - 1])) cut = i;
  for (size_t i = PART_TEXT; !cut; i--)
    if (((unsigned char)all.p[i] & 0xC0) != 0x80 || i == PART_TEXT - 4) cut = i;
  *rest = str_from(all, cut);
  return str_sub(all, 0, cut);
}

static bool parse_text(struct parse_run *r, str file, const char *name, struct err *e) {
  uint32_t part = 0;
  while (file.n && !r->stopped && !cli_stop) {
    char id[32];
    buf_clear(&r->text);
    uint32_t repaired = (uint32_t)utf8_repair(&r->text, next_part(&file));
    snprintf(id, sizeof id, "%u", ++part);
    struct input in = {.id = str_of(id), .text = buf_str(&r->text), .lang = STR("en"), .day = 0, .repaired = repaired};
    worker_code(r->worker, &in, &r->doc);
    if (r->doc.error.code == ERR_EMPTY) continue;
    if (r->doc.error.code) {
      *e = r->doc.error;
      return err_at(e, name, 0, 0);
    }
    conllu_write(&r->doc, in.id, &r->feats, &r->out);
    if (!flush(r, e)) return false;
  }
  return true;
}

static bool parse_file(struct parse_run *r, const char *path, bool conllu, struct err *e) {
  bool standard = !strcmp(path, "-"), good;
  struct file_map map = {0};
  struct buf all;
  buf_init(&all, (size_t)1 << 34);
  good = standard ? file_read(&all, "/dev/stdin", e) : file_map_open(&map, path, e);
  str text = standard ? buf_str(&all) : file_map_str(&map);
  if (good) good = conllu ? parse_conllu(r, text, path, e) : parse_text(r, text, path, e);
  if (!standard && map.p) file_map_release(&map);
  buf_release(&all);
  return good;
}

/* The small model beside the usual one; false if it cannot be named. */
static bool fast_model(char *path, size_t size, struct err *e) {
  char data[4096];
  return engine_data_folder(data, sizeof data, e) && (path_join(path, size, data, "models/en-fast.model") ||
                                                      err_set(e, ERR_IO, "the data folder's path is too long"));
}

static bool run_open(struct parse_run *r, const char *model, struct err *e) {
  const struct engine_options options = {.model = model, .isa = getenv("TIGHTROPE_ISA"), .depth = DEPTH_TREE};
  doc_init(&r->doc);
  buf_init(&r->text, OUT_MOST);
  buf_init(&r->out, OUT_MOST);
  r->engine = engine_open(&options, e);
  if (!r->engine || !(r->worker = worker_open(r->engine, e))) return false;
  const struct net *net = &engine_model(r->engine)->net;
  r->feats = (struct feats_names){feats_at, &net->feats, net->feats.n, false};
  return true;
}

static void run_close(struct parse_run *r) {
  if (r->worker) worker_close(r->worker);
  if (r->engine) engine_close(r->engine);
  doc_release(&r->doc);
  buf_release(&r->text);
  buf_release(&r->out);
}

int cmd_parse(int argc, char **argv) {
  static const struct option options[] = {{"input", required_argument, 0, 'i'}, {"model", required_argument, 0, 'm'},
                                          {"fast", no_argument, 0, 'f'},        {"margins", no_argument, 0, 'g'},
                                          {"help", no_argument, 0, 'h'},        {0}};
  struct parse_run r = {0};
  struct err e = {0};
  const char *model = NULL;
  char small[4200];
  bool conllu = false, margins = false, fast = false;
  for (int c; (c = getopt_long(argc, argv, "hi:m:", options, NULL)) != -1;) {
    if (c == 'h') return cli_write(str_of(USAGE)) ? CLI_OK : CLI_OK;
    if (c == 'm') model = optarg;
    else if (c == 'g') margins = true;
    else if (c == 'f') fast = true;
    else if (c == 'i' && (!strcmp(optarg, "conllu") || !strcmp(optarg, "text"))) conllu = optarg[0] == 'c';
    else return c == 'i' ? cli_usage("parse", "--input is text or conllu, not %s", optarg) : cli_try_help("parse");
  }
  if (fast && model) return cli_usage("parse", "--fast is a model: --model names another");
  cli_catch_stop();
  bool good = !fast || fast_model(small, sizeof small, &e);
  good = good && run_open(&r, fast ? small : model, &e);
  r.feats.margins = margins;
  if (good && optind == argc) good = parse_file(&r, "-", conllu, &e);
  for (int i = optind; i < argc && good; i++) good = parse_file(&r, argv[i], conllu, &e);
  run_close(&r);
  return cli_close_stdout(good ? cli_stop ? CLI_INTERRUPTED : CLI_OK : cli_fail(&e));
}
