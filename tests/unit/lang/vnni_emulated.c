/* vnni_emulated.c - kernel_vnni.c with its one instruction replaced by AVX2's, so that the rest of it is tested on every x86-64. */
#define VNNI_EMULATED 1
#define kernels_vnni kernels_vnni_emulated
#include "model/kernel_vnni.c"
