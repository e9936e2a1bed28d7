/* recipe.h - how a model is made, as a file: treebanks, raw text, vectors, teachers, silver trees, student. `tightrope train` runs it;
 * another language is another recipe.
 *
 * A recipe is sections of "key = value" lines; sections are run in order:
 *   [gold]          file = PATH [only=a,b]          treebanks to learn from (repeatable); `only`: documents by genre
 *   [dev]           file = PATH                     treebanks to report on; the first one also sets the ranges of the int8 states
 *   [raw NAME]      jsonl = PATH FIELD [nested] [least=N]     raw text (repeatable); abbreviations, clitics: see rawtext.h
 *   [vectors NAME]  raw width epochs least seed
 *   [network NAME]  layers width hidden slots feature.. dropout case_noise explore seed epochs gold_last batch rate
 *                   schedule (the rate falls as if there were so many epochs)
 *                   rate_end (as a share of rate) average (over how many last epochs the weights are averaged)
 *                   vectors spread silver portion feats_weight
 *                   direction (forward, or backward: from the last word of a sentence to its first)
 *                   start (a network of the same shape to go on from, instead of vectors)
 *                   with.. (others like it, to begin from the mean of all; epochs = 0: that is all)
 *   [silver NAME]   raw teacher.. stride offset words agreement
 *   [model NAME]    from = NETWORK
 *                   file (another file than the one asked for, in the same folder)
 *                   lemmas (a file beside the recipe: "FORM XPOS LEMMA" a line, for words that treebanks lack)
 *                   and any other lines, which become the model's own description
 *   [names]         corpus (in the work folder) epochs held rate dropout decay seed: the recogniser of names, see names_learn.h
 * Paths are relative to the data folder. Every section leaves its result in the work folder, named after it, with the hash of what
 * it was made of (its lines, its inputs): a run that was broken off goes on where it was, and a change redoes what depends
 * on it and nothing else. Deterministic: the same recipe and inputs give the same bytes. */
#ifndef TR_TRAIN_RECIPE_H
#define TR_TRAIN_RECIPE_H
#include "train/learn.h"

struct recipe_job {
  const char *recipe, *data, *work, *output; /* files and folders; output: the model file */
  const char *only;                          /* stop after the section of this name; NULL: run all */
  struct progress progress;
};

bool recipe_run(const struct recipe_job *job, struct err *e);

#endif
