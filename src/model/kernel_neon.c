/* kernel_neon.c - the kernels for AArch64 with nothing but Advanced SIMD, which every such machine has. */
#if defined(__aarch64__)
#include "model/kernel_neon_body.h"

const struct kernels kernels_neon = {"neon",    linear_rows, linear16_rows, best_of,  norm_rows,
                                     embed_row, recur_rows,  relu_add_row,  add3_row, accumulate_row};
#else
typedef int kernel_neon_is_for_aarch64; /* a translation unit may not be empty */
#endif
