/* cmd_eval.c - `tightrope eval`: scores CoNLL-U against gold as the CoNLL 2018 shared task did; without a system file, what the
 * program makes of the gold tokens is scored. */
#include "base/file.h"
#include "cli/cli.h"
#include "doc/conllu.h"
#include "model/model.h"
#include "train/score.h"
#include "train/treebank.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char USAGE[] =
    "Usage: tightrope eval [--relations A,B] [--model FILE] GOLD.conllu [SYSTEM.conllu]\n"
    "Scores SYSTEM against GOLD (CoNLL 2018 shared task: precision, recall, F1, accuracy on aligned words). Both must "
    "hold the\n"
    "same text. Without SYSTEM the gold tokens are parsed and that is scored. Files may be compressed (.gz).\n"
    "  --relations nsubj,obl:agent   also these relations, labelled; with a subtype if the name has one\n";

enum { RELATIONS_MAX = 64, WORDS_AT_ONCE = 4000 };

static str feats_at(const void *table, uint32_t number) { return string_table_at(table, number); }

static bool parse_gold(str gold, const char *name, const char *model, struct buf *out, struct err *e) {
  const struct engine_options options = {.model = model, .isa = getenv("TIGHTROPE_ISA"), .depth = DEPTH_TREE};
  struct engine *g = engine_open(&options, e);
  struct worker *w = g ? worker_open(g, e) : NULL;
  struct conllu_reader r;
  struct doc d;
  struct buf text;
  str source;
  bool good = w != NULL;
  doc_init(&d);
  buf_init(&text, (size_t)1 << 28);
  conllu_reader_init(&r, gold, name);
  while (good && conllu_read(&r, &d, engine_words(g), WORDS_AT_ONCE, &text, &source, e)) {
    const struct string_table *feats = &engine_model(g)->net.feats;
    const struct feats_names names = {feats_at, feats, feats->n, false};
    worker_finish(w, &d);
    if (d.error.code) *e = d.error, good = false;
    else conllu_write_over(&d, source, &names, out);
  }
  doc_release(&d);
  buf_release(&text);
  if (w) worker_close(w);
  if (g) engine_close(g);
  return good && e->code == ERR_OK;
}

static void put_row(struct buf *out, const char *name, const struct metric_score *s) {
  double p = s->system ? 100.0 * (double)s->correct / (double)s->system : 0;
  double r = s->gold ? 100.0 * (double)s->correct / (double)s->gold : 0;
  double f = s->gold + s->system ? 200.0 * (double)s->correct / (double)(s->gold + s->system) : 0;
  buf_printf(out, "%-14s %8.2f %8.2f %8.2f", name, p, r, f);
  if (s->aligned) buf_printf(out, " %9.2f", 100.0 * (double)s->correct / (double)s->aligned);
  buf_putc(out, '\n');
}

static void print_scores(const struct scores *s, const str *relations, int nrelation) {
  struct buf out;
  char name[64];
  buf_init(&out, 1 << 20);
  buf_printf(&out, "%-14s %8s %8s %8s %9s\n", "", "P", "R", "F1", "AligndAcc");
  for (int m = 0; m < METRIC_COUNT; m++) put_row(&out, metric_name((enum metric)m), &s->of[m]);
  for (int k = 0; k < nrelation; k++) {
    snprintf(name, sizeof name, "%.*s", STR_FMT(relations[k]));
    put_row(&out, name, &s->relation[k]);
  }
  cli_write(buf_str(&out));
  buf_release(&out);
}

int cmd_eval(int argc, char **argv) {
  static const struct option options[] = {{"relations", required_argument, 0, 'r'},
                                          {"model", required_argument, 0, 'm'},
                                          {"help", no_argument, 0, 'h'},
                                          {0}};
  const char *model = NULL;
  str relation[RELATIONS_MAX], list = {0};
  int n = 0;
  for (int c; (c = getopt_long(argc, argv, "hr:m:", options, NULL)) != -1;) {
    if (c == 'h') return cli_close_stdout(cli_write(str_of(USAGE)) ? CLI_OK : CLI_OK);
    if (c == 'm') model = optarg;
    else if (c == 'r') list = str_of(optarg);
    else return cli_try_help("eval");
  }
  while (list.n && n < RELATIONS_MAX) relation[n++] = str_cut(&list, ',');
  if (argc - optind < 1 || argc - optind > 2)
    return cli_usage("eval", "a gold file is needed, and at most one system file");
  struct err e = {0};
  struct arena a;
  struct buf made;
  struct scores scores;
  str gold, system = {0};
  bool own = argc - optind == 1;
  arena_init(&a, (size_t)1 << 34);
  buf_init(&made, (size_t)1 << 32);
  bool good = text_read(argv[optind], &a, &gold, &e);
  if (good)
    good = own ? parse_gold(gold, argv[optind], model, &made, &e) : text_read(argv[optind + 1], &a, &system, &e);
  if (own) system = buf_str(&made);
  good =
      good && score_conllu(gold, argv[optind], system, own ? "the parse" : argv[optind + 1], relation, n, &scores, &e);
  if (good) print_scores(&scores, relation, n);
  arena_release(&a);
  buf_release(&made);
  return cli_close_stdout(good ? CLI_OK : cli_fail(&e));
}
