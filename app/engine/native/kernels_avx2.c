/* Builds kernels.c as a second library, for processors with AVX2 and FMA. */
#define LORACLE_AVX2
#include "kernels.c"
