/* main.c - the program: finds the command, prints help and version. */
#include "cli/cli.h"
#include <argp.h>
#include <signal.h>
#include <stdio.h>

struct command {
  const char *name;
  int (*run)(int argc, char **argv);
  const char *what;
};

static const struct command commands[] = {
    {"code", cmd_code, "documents -> pages (JSON, one line each)"},
    {"ingest", cmd_ingest, "documents -> ledger"},
    {"events", cmd_list, "list the events of a ledger"},
    {"incidents", cmd_incidents, "list what happened, one line for an event however often it is told; join and part"},
    {"actors", cmd_actors, "list the actors of a ledger; resolve phrases; show what is known"},
    {"ties", cmd_list, "list roles and relations of a ledger"},
    {"demands", cmd_list, "list demands, promises and threats of a ledger"},
    {"deadlines", cmd_list, "list demands by their deadline"},
    {"documents", cmd_list, "list the documents of a ledger"},
    {"search", cmd_list, "find the documents of a ledger that hold words; keep searches under a name"},
    {"series", cmd_list, "count a ledger's reports by day, week or month, of all, an actor, a country, a dyad"},
    {"alarms", cmd_alarms, "unusual reporting in a ledger: surges by dyad, actor or country, with their odds"},
    {"forecast", cmd_forecast, "how many reports the next week will bring, beside the simplest guesses"},
    {"network", cmd_network, "friends, foes and camps; who walks a tightrope between hostile sides"},
    {"why", cmd_why, "how an event was read: sentence, tree, rule, slots"},
    {"brief", cmd_brief, "one page: what changed, what is due, what is contested"},
    {"serve", cmd_serve, "a ledger as web pages, on this machine alone"},
    {"export", cmd_export, "a ledger as a data package (CSV, schema, codebook), GeoJSON or iCalendar"},
    {"compare", cmd_compare, "a ledger beside what people coded: ACLED, UCDP"},
    {"audit", cmd_audit, "a sample for two people to code; how far they agree, how often the program is right"},
    {"correct", cmd_correct, "a field of an event was read rightly or wrongly: it holds, and is gold"},
    {"diff", cmd_diff, "what the present rules fix and break of what somebody has judged"},
    {"recode", cmd_recode, "code a ledger's documents anew with the present rules; tell what differs"},
    {"forget", cmd_keep, "take documents out of a ledger for good"},
    {"check", cmd_keep, "is all of a ledger whole?"},
    {"backup", cmd_keep, "copy a ledger, also while it is written to"},
    {"upgrade", cmd_keep, "bring a ledger of an earlier version up to date"},
    {"dict", cmd_dict, "check the knowledge files, try the rules on their examples"},
    {"parse", cmd_parse, "text or CoNLL-U -> tags, lemmas and trees as CoNLL-U"},
    {"eval", cmd_eval, "score CoNLL-U against gold"},
    {"train", cmd_train, "make a language model from a recipe"},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void help(FILE *f) {
  fprintf(f, "Usage: tightrope COMMAND [OPTION..] [FILE..]\n"
             "Reads dated news and keeps the ledger of a crisis: who did what to whom, when and where.\n\n");
  for (int i = 0; i < COMMANDS; i++) fprintf(f, "  %-10s %s\n", commands[i].name, commands[i].what);
  fprintf(
      f, "\n'tightrope COMMAND --help' tells the options; 'man tightrope' tells more.\n"
         "Coded by machine from reports, not facts. English only. Not for targeting, screening, asylum or policing.\n");
}

int main(int argc, char **argv) {
  argp_err_exit_status = CLI_USAGE;
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  if (argc < 2) {
    help(stderr);
    return CLI_USAGE;
  }
  str name = str_of(argv[1]);
  if (str_is(name, "--help") || str_is(name, "-h") || str_is(name, "help")) {
    help(stdout);
    return cli_close_stdout(CLI_OK);
  }
  if (str_is(name, "--version") || str_is(name, "-V")) {
    printf("tightrope %s\n", cli_version);
    return cli_close_stdout(CLI_OK);
  }
  for (int i = 0; i < COMMANDS; i++)
    if (str_is(name, commands[i].name)) return commands[i].run(argc - 1, argv + 1);
  fprintf(stderr, "tightrope: there is no command '%s'. 'tightrope --help' lists them.\n", argv[1]);
  return CLI_USAGE;
}
