/* cli.h - what the commands share: exit codes, messages, options that mean the same everywhere.
 *
 * Only src/cli/ prints or exits. stdout is data, stderr is for people. */
#ifndef TR_CLI_CLI_H
#define TR_CLI_CLI_H
#include "base/err.h"
#include "base/str.h"
#include "pipeline/engine.h"
#include "report/page.h"

enum cli_exit { CLI_OK = 0, CLI_FAILURE = 1, CLI_USAGE = 2, CLI_SOME_BAD = 3, CLI_INTERRUPTED = 130 };

/* "tightrope: message" with the error's place, to stderr. Returns the exit code that fits the error. */
int cli_fail(const struct err *e);
/* "tightrope COMMAND: message" and where help is; returns CLI_USAGE. */
int cli_usage(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Only where help is, when the option parser has said what is wrong; returns CLI_USAGE. */
int cli_try_help(const char *command);
/* A warning about one record: "tightrope: file:line: message". */
void cli_warn(const struct err *e);
/* What is wrong with the knowledge: the first few lines with their places, and how many there are. NULL is allowed. */
void cli_tell_problems(const struct engine *g);

bool cli_colour(int fd); /* a terminal, NO_COLOR unset, TERM not dumb */
bool cli_terminal(int fd);
unsigned cli_cores(void);                                                     /* processors this process may use */
bool cli_number(const char *text, int64_t least, int64_t most, int64_t *out); /* whole text is a number in range */
bool cli_day(const char *text, int32_t *day);

/* Set by SIGINT and SIGTERM once cli_catch_stop was called; long runs look at it between documents. */
extern volatile int cli_stop;
void cli_catch_stop(void);

/* Writes all of s to stdout. False when the reader has gone (| head): the command then ends quietly with CLI_OK; other failures
 * are reported by cli_close_stdout. */
bool cli_write(str s);
/* Flushes stdout; a write error (full disk) is reported. Returns `code`, or CLI_FAILURE on an error. */
int cli_close_stdout(int code);

/* Fills the versions of page options from an open engine. */
struct page_options cli_page_options(const struct engine *g);
extern const char *const cli_version;

/* The commands; argv[0] is the command's name. Each returns an exit code. */
int cmd_code(int argc, char **argv);
int cmd_parse(int argc, char **argv);
int cmd_train(int argc, char **argv);
int cmd_eval(int argc, char **argv);
int cmd_actors(int argc, char **argv);
int cmd_dict(int argc, char **argv);
int dict_import(int argc, char **argv); /* `tightrope dict import`: argv[0] is "import" */
int cmd_ingest(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_incidents(int argc, char **argv);
int cmd_network(int argc, char **argv);
int cmd_list(int argc, char **argv); /* events, actors --db, ties, demands, deadlines: looks at argv[0] */
int cmd_alarms(int argc, char **argv);
int cmd_forecast(int argc, char **argv);
int cmd_why(int argc, char **argv);
int cmd_brief(int argc, char **argv);
int cmd_recode(int argc, char **argv);
int cmd_correct(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_audit(int argc, char **argv);
int cmd_keep(int argc, char **argv); /* forget, check, backup, upgrade: looks at argv[0] */
int cmd_serve(int argc, char **argv);

#endif
