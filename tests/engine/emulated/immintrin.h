/* The AVX-512 that kernels.c is written in, by the compiler's own vectors: for processors that have none of it.
 *
 * Found before the compiler's header of this name, it lets the kernels be tested anywhere. What is computed is the same
 * but for the order in which a pair's products are summed, and that numbers below the smallest normal one are kept. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define target(features) unused /* no instructions that are not here */
#define __builtin_cpu_supports(feature) 1

typedef float __m512 __attribute__((vector_size(64)));
typedef double __m512d __attribute__((vector_size(64)));
typedef long long __m512i __attribute__((vector_size(64)));
typedef short __m512bh __attribute__((vector_size(64)));
typedef long long __m256i __attribute__((vector_size(32)));
typedef short __m256bh __attribute__((vector_size(32)));
typedef uint16_t __mmask16;
typedef int32_t int_16 __attribute__((vector_size(64)));
typedef uint32_t uint_16 __attribute__((vector_size(64)));
typedef uint16_t ushort_32 __attribute__((vector_size(64)));
typedef uint16_t ushort_16 __attribute__((vector_size(32)));

#define _CMP_GE_OQ 29
#define _CMP_GT_OQ 30
#define _MM_FROUND_TO_NEAREST_INT 0
#define EACH_OF(count) for (int i = 0; i < count; i++)
#define FUNCTION static inline __attribute__((always_inline, unused))

/* ---- memory ---- */

#define LOAD(type, name, pointer)        \
    FUNCTION type name(const pointer *from) { \
        type to;                         \
        memcpy(&to, from, sizeof to);    \
        return to;                       \
    }
#define STORE(type, name, pointer) \
    FUNCTION void name(pointer *to, type from) { memcpy(to, &from, sizeof from); }
LOAD(__m512, _mm512_loadu_ps, float)
LOAD(__m512i, _mm512_loadu_si512, void)
LOAD(__m256i, _mm256_loadu_si256, __m256i)
STORE(__m512, _mm512_storeu_ps, float)
STORE(__m512i, _mm512_storeu_si512, void)
STORE(__m256i, _mm256_storeu_si256, __m256i)

/* ---- constants and casts ---- */

FUNCTION __m512 _mm512_setzero_ps(void) { return (__m512){0}; }
FUNCTION __m512i _mm512_setzero_si512(void) { return (__m512i){0}; }
FUNCTION __m512 _mm512_set1_ps(float value) { return value - (__m512){0}; }
FUNCTION __m512i _mm512_set1_epi32(int value) { return (__m512i)(value - (int_16){0}); }
#define _mm512_setr_epi32(...) ((__m512i)(int_16){__VA_ARGS__})
#define _mm512_castsi512_ps(a) ((__m512)(a))
#define _mm512_castps_pd(a) ((__m512d)(a))
#define _mm512_castpd_ps(a) ((__m512)(a))

/* ---- arithmetic ---- */

FUNCTION __m512 chosen(int_16 where, __m512 a, __m512 b) { return (__m512)(((int_16)a & where) | ((int_16)b & ~where)); }
FUNCTION __m512 _mm512_add_ps(__m512 a, __m512 b) { return a + b; }
FUNCTION __m512 _mm512_sub_ps(__m512 a, __m512 b) { return a - b; }
FUNCTION __m512 _mm512_mul_ps(__m512 a, __m512 b) { return a * b; }
FUNCTION __m512 _mm512_div_ps(__m512 a, __m512 b) { return a / b; }
FUNCTION __m512 _mm512_fmadd_ps(__m512 a, __m512 b, __m512 c) { return a * b + c; }
FUNCTION __m512 _mm512_fmsub_ps(__m512 a, __m512 b, __m512 c) { return a * b - c; }
FUNCTION __m512 _mm512_fnmadd_ps(__m512 a, __m512 b, __m512 c) { return c - a * b; }
FUNCTION __m512 _mm512_max_ps(__m512 a, __m512 b) { return chosen(a > b, a, b); }
FUNCTION __m512 _mm512_min_ps(__m512 a, __m512 b) { return chosen(a < b, a, b); }
FUNCTION __m512i _mm512_add_epi32(__m512i a, __m512i b) { return (__m512i)((int_16)a + (int_16)b); }
FUNCTION __m512i _mm512_or_si512(__m512i a, __m512i b) { return a | b; }
FUNCTION __m512i _mm512_slli_epi32(__m512i a, int by) { return (__m512i)((uint_16)a << by); }
FUNCTION __m512i _mm512_srli_epi16(__m512i a, int by) { return (__m512i)((ushort_32)a >> by); }
FUNCTION __m512 _mm512_roundscale_ps(__m512 a, int scale) {
    EACH_OF(16) a[i] = rintf(a[i]);
    return a;
}
FUNCTION __m512 _mm512_scalef_ps(__m512 a, __m512 by) {
    EACH_OF(16) a[i] = ldexpf(a[i], (int)by[i]);
    return a;
}
FUNCTION float _mm512_reduce_add_ps(__m512 a) {
    float sum = 0;
    EACH_OF(16) sum += a[i];
    return sum;
}
FUNCTION float _mm512_reduce_max_ps(__m512 a) {
    float most = a[0];
    EACH_OF(16) most = a[i] > most ? a[i] : most;
    return most;
}

/* ---- masks ---- */

FUNCTION __mmask16 mask_of(int_16 lanes) {
    __mmask16 mask = 0;
    EACH_OF(16) mask |= (__mmask16)((lanes[i] & 1) << i);
    return mask;
}
FUNCTION __mmask16 _mm512_cmpge_epi32_mask(__m512i a, __m512i b) { return mask_of((int_16)a >= (int_16)b); }
FUNCTION __mmask16 _mm512_cmplt_epi32_mask(__m512i a, __m512i b) { return mask_of((int_16)a < (int_16)b); }
FUNCTION __mmask16 _mm512_cmp_ps_mask(__m512 a, __m512 b, int how) {
    return mask_of(how == _CMP_GT_OQ ? a > b : a >= b);
}
FUNCTION __m512 _mm512_mask_mov_ps(__m512 other, __mmask16 mask, __m512 a) {
    EACH_OF(16) other[i] = mask >> i & 1 ? a[i] : other[i];
    return other;
}
FUNCTION __m512 _mm512_maskz_mov_ps(__mmask16 mask, __m512 a) { return _mm512_mask_mov_ps((__m512){0}, mask, a); }

/* ---- lanes: 128 bits each ---- */

FUNCTION __m512 interleaved(__m512 a, __m512 b, int from) {
    __m512 to;
    EACH_OF(16) to[i] = (i & 1 ? b : a)[(i & ~3) + from + (i & 3) / 2];
    return to;
}
FUNCTION __m512d interleaved_pairs(__m512d a, __m512d b, int from) {
    __m512d to;
    EACH_OF(8) to[i] = (i & 1 ? b : a)[(i & ~1) + from];
    return to;
}
FUNCTION __m512 _mm512_unpacklo_ps(__m512 a, __m512 b) { return interleaved(a, b, 0); }
FUNCTION __m512 _mm512_unpackhi_ps(__m512 a, __m512 b) { return interleaved(a, b, 2); }
FUNCTION __m512d _mm512_unpacklo_pd(__m512d a, __m512d b) { return interleaved_pairs(a, b, 0); }
FUNCTION __m512d _mm512_unpackhi_pd(__m512d a, __m512d b) { return interleaved_pairs(a, b, 1); }
FUNCTION __m512 _mm512_shuffle_f32x4(__m512 a, __m512 b, int which) {
    __m512 to;
    EACH_OF(16) to[i] = (i < 8 ? a : b)[4 * (which >> i / 4 * 2 & 3) + (i & 3)];
    return to;
}
FUNCTION __m512i _mm512_permutexvar_epi16(__m512i places, __m512i a) {
    ushort_32 to;
    EACH_OF(32) to[i] = ((ushort_32)a)[((ushort_32)places)[i] & 31];
    return (__m512i)to;
}

/* ---- bf16 ---- */

FUNCTION __m512i _mm512_cvtepu16_epi32(__m256i a) { return (__m512i)__builtin_convertvector((ushort_16)a, uint_16); }
FUNCTION __m256bh _mm512_cvtneps_pbh(__m512 a) { /* to the nearest, of two to the even one */
    uint_16 bits = (uint_16)a;
    uint_16 nearest = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
    __m512 found = chosen(a == a, (__m512)nearest, (__m512)(bits >> 16 | 64)); /* what is no number stays none */
    return (__m256bh)__builtin_convertvector((uint_16)found, ushort_16);
}
FUNCTION __m512 _mm512_dpbf16_ps(__m512 sum, __m512bh a, __m512bh b) {
    const uint_16 x = (uint_16)a, y = (uint_16)b;
    sum += (__m512)(x & 0xffff0000u) * (__m512)(y & 0xffff0000u);
    return sum + (__m512)(x << 16) * (__m512)(y << 16);
}
#undef FUNCTION
