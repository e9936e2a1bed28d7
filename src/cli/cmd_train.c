/* cmd_train.c - `tightrope train`: makes a model from a recipe. */
#include "base/file.h"
#include "cli/cli.h"
#include "train/recipe.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

static const char USAGE[] =
    "Usage: tightrope train --recipe FILE --data DIR --work DIR [--output FILE] [--only SECTION]\n"
    "Makes a language model as the recipe says (see models/en.recipe): treebanks, raw text, word vectors, teachers, silver\n"
    "trees, student, quantisation. The same recipe and data give the same bytes. One thread; about an hour for English.\n"
    "  --data DIR      where the inputs are that the recipe names (or $TIGHTROPE_TRAINING_DATA)\n"
    "  --work DIR      results of the steps are kept here: a run that was stopped goes on where it was\n"
    "  --output FILE   the model (default: en.model in the work folder)\n"
    "  --only SECTION  stop after the section of this name\n";

static void say(void *to, const char *text) {
  char now[32];
  time_t t = time(NULL);
  struct tm tm;
  (void)to;
  localtime_r(&t, &tm);
  strftime(now, sizeof now, "%H:%M:%S", &tm);
  fprintf(stderr, "%s %s\n", now, text);
}

int cmd_train(int argc, char **argv) {
  static const struct option options[] = {{"recipe", required_argument, 0, 'r'},
                                          {"data", required_argument, 0, 'd'},
                                          {"work", required_argument, 0, 'w'},
                                          {"output", required_argument, 0, 'o'},
                                          {"only", required_argument, 0, 'n'},
                                          {"help", no_argument, 0, 'h'},
                                          {0}};
  struct recipe_job job = {.data = getenv("TIGHTROPE_TRAINING_DATA"), .progress = {say, NULL}};
  char output[4096];
  struct err e = {0};
  for (int c; (c = getopt_long(argc, argv, "hr:d:w:o:n:", options, NULL)) != -1;) switch (c) {
    case 'h': cli_write(str_of(USAGE)); return cli_close_stdout(CLI_OK);
    case 'r': job.recipe = optarg; break;
    case 'd': job.data = optarg; break;
    case 'w': job.work = optarg; break;
    case 'o': job.output = optarg; break;
    case 'n': job.only = optarg; break;
    default: return cli_try_help("train");
    }
  if (!job.recipe || !job.data || !job.work || optind != argc)
    return cli_usage("train", "--recipe, --data and --work are needed");
  if (!job.output) {
    if (!path_join(output, sizeof output, job.work, "en.model"))
      return cli_usage("train", "the work folder's name is too long");
    job.output = output;
  }
  mkdir(job.work, 0777); /* if it cannot be made, writing into it will say so */
  return recipe_run(&job, &e) ? CLI_OK : cli_fail(&e);
}
