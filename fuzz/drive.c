/* drive.c - runs a fuzz target without libFuzzer: over the seed files it is given, and over changed copies of them.
 *
 *   fuzz_NAME ROUNDS SEED_FILE..
 *
 * Linked to each target where the build is not for libFuzzer, so that every test run on every compiler, the sanitizers
 * included, tries some hostile bytes. Changes come from a fixed generator: a failure comes back when it is run again. The input
 * at fault is left in the file crash-NAME of the working folder when the target aborts. Prints TAP. */
#include "base/str.h"
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { INPUT_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *input; /* of the present run; for the handler of a crash */
static size_t input_size;
static char crash_file[128];

static uint64_t draw(uint64_t *state) { /* splitmix64 */
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static size_t draw_below(uint64_t *state, size_t n) { return n ? (size_t)(draw(state) % n) : 0; }

/* One change: bytes set, bits turned, a piece cut out, doubled or moved, the end cut off, a piece of another seed put in. */
static size_t change(uint8_t *p, size_t n, const uint8_t *other, size_t other_n, uint64_t *state) {
  static const uint8_t telling[] = {0,   0xFF, 0x80, '\n', '"',  '\\', '<', '>',
                                    '{', ',',  '\t', 0x7F, 0xC0, 0xED, ' ', '-'};
  size_t at = draw_below(state, n), run = 1 + draw_below(state, n - at < 64 ? n - at : 64);
  if (!n) return 0;
  if (at + run > n) run = n - at;
  switch (draw_below(state, 7)) {
  case 0: p[at] = telling[draw_below(state, sizeof telling)]; break;
  case 1: p[at] ^= (uint8_t)(1u << draw_below(state, 8)); break;
  case 2: memmove(p + at, p + at + run, n - at - run); return n - run;
  case 3:
    if (n + run > INPUT_MAX) break;
    memmove(p + at + run, p + at, n - at);
    return n + run;
  case 4: return at;
  case 5: memmove(p + draw_below(state, n - run + 1), p + at, run); break;
  default:
    if (run > other_n) run = other_n;
    if (run) memcpy(p + at, other + draw_below(state, other_n - run + 1), run);
  }
  return n;
}

static void crashed(int number) {
  FILE *f = fopen(crash_file, "wb");
  if (f) fwrite(input, 1, input_size, f), fclose(f);
  signal(number, SIG_DFL);
  raise(number);
}

static uint8_t *seed_read(const char *path, size_t *n) {
  FILE *f = fopen(path, "rb");
  uint8_t *p = malloc(INPUT_MAX);
  *n = f && p ? fread(p, 1, INPUT_MAX, f) : 0;
  if (f) fclose(f);
  return p;
}

int main(int argc, char **argv) {
  if (argc < 3) return fprintf(stderr, "use: %s ROUNDS SEED_FILE..\n", argv[0]), 2;
  int64_t rounds;
  if (!str_to_int(str_of(argv[1]), &rounds)) return fprintf(stderr, "%s: no number of rounds\n", argv[1]), 2;
  const char *name = strrchr(argv[0], '/');
  snprintf(crash_file, sizeof crash_file, "crash-%s", name ? name + 1 : argv[0]);
  size_t seeds = (size_t)argc - 2, *size = calloc(seeds, sizeof *size);
  uint8_t **seed = calloc(seeds, sizeof *seed);
  uint64_t state = 1;
  input = malloc(INPUT_MAX);
  if (!input || !seed || !size) return 1;
  signal(SIGABRT, crashed), signal(SIGSEGV, crashed);
  for (size_t i = 0; i < seeds; i++) seed[i] = seed_read(argv[2 + i], &size[i]);
  printf("1..%zu\n", seeds);
  for (size_t i = 0; i < seeds; i++) {
    if (!seed[i] || !size[i]) {
      printf("not ok %zu - %s cannot be read\n", i + 1, argv[2 + i]);
      continue;
    }
    for (int64_t round = 0; round <= rounds; round++) {
      size_t other = draw_below(&state, seeds);
      memcpy(input, seed[i], size[i]), input_size = size[i];
      for (size_t changes = round ? 1 + draw_below(&state, 6) : 0; changes; changes--)
        input_size = change(input, input_size, seed[other], size[other], &state);
      uint8_t *exact = malloc(input_size ? input_size : 1); /* so that a read behind the end is seen */
      if (!exact) return 1;
      memcpy(exact, input, input_size);
      LLVMFuzzerTestOneInput(exact, input_size);
      free(exact);
    }
    printf("ok %zu - %lld changed copies of %s\n", i + 1, (long long)rounds, argv[2 + i]);
    fflush(stdout);
  }
  for (size_t i = 0; i < seeds; i++) free(seed[i]);
  free(seed), free(size), free(input);
}
