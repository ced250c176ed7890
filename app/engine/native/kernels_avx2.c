/* kernels.c for processors with AVX2 and FMA: a library of its own. */
#define LORACLE_AVX2
#include "kernels.c"
