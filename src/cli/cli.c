/* cli.c - messages, signals, standard output and small options shared by the commands. */
#include "cli/cli.h"
#include "base/calendar.h"
#include "base/problems.h"
#include "config.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *const cli_version = TR_VERSION;
volatile int cli_stop;
static bool reader_gone;
static int write_errno; /* of the first write that failed for another reason */

int cli_fail(const struct err *e) {
  char text[1024];
  err_format(e, text, sizeof text);
  fprintf(stderr, "tightrope: %s\n", text);
  return e->code == ERR_USAGE ? CLI_USAGE : e->code == ERR_STOPPED ? CLI_INTERRUPTED : CLI_FAILURE;
}

void cli_warn(const struct err *e) {
  char text[1024];
  err_format(e, text, sizeof text);
  fprintf(stderr, "tightrope: %s\n", text);
}

void cli_tell_problems(const struct engine *g) {
  enum { TOLD = 10 };
  const struct problems *p = g ? engine_problems(g) : NULL;
  for (uint32_t i = 0; p && i < p->n && i < TOLD; i++) cli_warn(&p->at[i]);
  if (p && p->total)
    fprintf(
        stderr,
        "tightrope: %u faults in the knowledge; what is wrong was left out, the rest is used (tightrope dict lint)\n",
        p->total);
}

int cli_usage(const char *command, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fprintf(stderr, "tightrope %s: ", command);
  vfprintf(stderr, format, args);
  va_end(args);
  fputc('\n', stderr);
  return cli_try_help(command);
}

int cli_try_help(const char *command) {
  fprintf(stderr, "Try 'tightrope %s --help'.\n", command);
  return CLI_USAGE;
}

bool cli_terminal(int fd) { return isatty(fd); }

bool cli_colour(int fd) {
  const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
  return isatty(fd) && !(none && *none) && !(term && str_is(str_of(term), "dumb"));
}

unsigned cli_cores(void) {
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}

bool cli_number(const char *text, int64_t least, int64_t most, int64_t *out) {
  return str_to_int(str_of(text), out) && *out >= least && *out <= most;
}

bool cli_day(const char *text, int32_t *day) { return strlen(text) == 10 && day_parse_iso(str_of(text), day); }

static void on_stop(int signal_number) {
  (void)signal_number;
  cli_stop = 1;
}

void cli_catch_stop(void) {
  struct sigaction act = {.sa_handler = on_stop, .sa_flags = (int)SA_RESETHAND}; /* a second Ctrl-C ends at once */
  sigemptyset(&act.sa_mask);
  sigaction(SIGINT, &act, NULL);
  sigaction(SIGTERM, &act, NULL);
}

bool cli_write(str s) {
  if (reader_gone) return false;
  if (fwrite(s.p, 1, s.n, stdout) == s.n) return true;
  if (errno == EPIPE) reader_gone = true;
  else if (!write_errno) write_errno = errno;
  return false;
}

int cli_close_stdout(int code) {
  if (!reader_gone && fflush(stdout) != 0) {
    if (errno == EPIPE) reader_gone = true;
    else if (!write_errno) write_errno = errno;
  }
  if (reader_gone) return CLI_OK;
  if (write_errno || ferror(stdout)) {
    fprintf(stderr, "tightrope: standard output: %s\n", write_errno ? strerror(write_errno) : "could not be written");
    return CLI_FAILURE;
  }
  return code;
}

struct page_options cli_page_options(const struct engine *g) {
  const struct engine_versions *v = engine_versions(g);
  return (struct page_options){.version = cli_version,
                               .model = v->model,
                               .knowledge = v->knowledge,
                               .ontology = v->ontology};
}
