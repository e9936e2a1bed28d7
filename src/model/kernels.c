/* kernels.c - chooses the kernels for the machine at hand. Has no state: the choice is kept by the caller. */
#include "model/kernels.h"
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

#if defined(__x86_64__)
static bool has_avx_vnni(void) { /* CPUID leaf 7.1, EAX bit 4: not every compiler's __builtin_cpu_supports knows it */
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __builtin_cpu_supports("avx2") && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}
#elif defined(__aarch64__)
static bool has_dotprod(void) {
#if defined(__APPLE__)
  return true;
#elif defined(__linux__)
  enum { DOTPROD = 1 << 20 }; /* HWCAP_ASIMDDP */
  return (getauxval(AT_HWCAP) & DOTPROD) != 0;
#else
  return false;
#endif
}
#endif

static bool runs(const struct kernels *k) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (k == &kernels_avx512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vnni");
  if (k == &kernels_vnni) return has_avx_vnni();
  if (k == &kernels_avx2) return __builtin_cpu_supports("avx2");
#elif defined(__aarch64__)
  if (k == &kernels_dotprod) return has_dotprod();
  if (k == &kernels_neon) return true;
#endif
  return k == &kernels_c;
}

const struct kernels *kernels_choose(const char *isa, struct err *e) {
  static const struct kernels *const all[] = {
#if defined(__x86_64__)
    &kernels_avx512,
    &kernels_vnni,
    &kernels_avx2,
#elif defined(__aarch64__)
    &kernels_dotprod,
    &kernels_neon,
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
  err_set(e, ERR_USAGE, "this program has no kernels \"%s\"; there are avx512, vnni, avx2, dotprod, neon and c", isa);
  return NULL;
}
