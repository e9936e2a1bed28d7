/* kernels.c - chooses the kernels for the machine at hand. Has no state: the choice is kept by the caller. */
#include "model/kernels.h"
#include <string.h>

static bool runs(const struct kernels *k) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (k == &kernels_avx512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vnni");
  if (k == &kernels_avx2) return __builtin_cpu_supports("avx2");
#endif
  return k == &kernels_c;
}

const struct kernels *kernels_choose(const char *isa, struct err *e) {
  static const struct kernels *const all[] = {
#if defined(__x86_64__)
    &kernels_avx512,
    &kernels_avx2,
#endif
    &kernels_c
  };
  bool any = !isa || !*isa;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (!any && strcmp(isa, all[i]->name)) continue;
    if (runs(all[i])) return all[i];
    if (!any) {
      err_set(e, ERR_USAGE, "this machine cannot run the kernels \"%s\"", isa);
      return NULL;
    }
  }
  err_set(e, ERR_USAGE, "there are no kernels \"%s\"; there are avx512, avx2 and c", isa);
  return NULL;
}
