/* kernel_dotprod.c - the kernels for AArch64 with the dot product extension (ARMv8.2, most machines since 2018). */
#if defined(__aarch64__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#else
#pragma GCC target("arch=armv8.2-a+dotprod")
#endif
#define NEON_DOT 1
#include "model/kernel_neon_body.h"

const struct kernels kernels_dotprod = {"dotprod", linear_rows, linear16_rows, best_of,  norm_rows,
                                        embed_row, recur_rows,  relu_add_row,  add3_row, accumulate_row};
#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int kernel_dotprod_is_for_aarch64; /* a translation unit may not be empty */
#endif
