/* The vector operations that kernels.c uses, for processors with AVX2 and FMA that lack AVX512-BF16.
 *
 * Vectors of 64 bytes are the compiler's own; the hot loops are written out in halves of 32 bytes. Weights, keys and
 * values are bf16 or 4-bit in memory too, because memory bandwidth limits decoding; they are multiplied in fp32. The
 * products of a pair are summed in another order; everything else is computed alike. */

typedef int32_t int_16 __attribute__((vector_size(64)));
typedef uint32_t uint_16 __attribute__((vector_size(64)));
typedef uint16_t ushort_16 __attribute__((vector_size(32)));

typedef union {
    __m512 whole;
    __m512i bits;
    __m256 half[2];
    __m256i half_bits[2];
    float lanes[16];
} halves;

#define EACH_HALF for (int i = 0; i < 2; i++)
#define EACH_OF(count) for (int i = 0; i < count; i++)

/* ---- memory, constants, casts ---- */

INLINE __m512 x16_loadu_ps(const void *from) {
    __m512 to;
    memcpy(&to, from, sizeof to);
    return to;
}
INLINE void x16_storeu_ps(void *to, __m512 from) { memcpy(to, &from, sizeof from); }
INLINE void x16_storeu_si512(void *to, __m512i from) { memcpy(to, &from, sizeof from); }
INLINE __m512 x16_setzero_ps(void) { return (__m512){0}; }
INLINE __m512i x16_setzero_si512(void) { return (__m512i){0}; }
INLINE __m512 x16_set1_ps(float value) { return value - (__m512){0}; }
#undef _mm512_castsi512_ps
#define _mm512_castsi512_ps(a) ((__m512)(a))

/* ---- arithmetic ---- */

INLINE __m512 x16_add_ps(__m512 a, __m512 b) { return a + b; }
INLINE __m512 x16_mul_ps(__m512 a, __m512 b) { return a * b; }
INLINE __m512i x16_or_si512(__m512i a, __m512i b) { return a | b; }
INLINE __m512i x16_slli_epi32(__m512i a, int by) { return (__m512i)((uint_16)a << by); }
INLINE __m512 x16_fmadd_ps(__m512 a, __m512 b, __m512 c) {
    halves x = {a}, y = {b}, z = {c};
    EACH_HALF z.half[i] = _mm256_fmadd_ps(x.half[i], y.half[i], z.half[i]);
    return z.whole;
}
INLINE __m512 x16_fmsub_ps(__m512 a, __m512 b, __m512 c) { return x16_fmadd_ps(a, b, -c); }
INLINE float x16_reduce_add_ps(__m512 a) {
    halves x = {a};
    x.half[0] = _mm256_add_ps(x.half[0], x.half[1]);
    float sum = 0;
    EACH_OF(8) sum += x.lanes[i];
    return sum;
}
INLINE float x16_reduce_max_ps(__m512 a) {
    halves x = {a};
    float most = x.lanes[0];
    EACH_OF(16) most = x.lanes[i] > most ? x.lanes[i] : most;
    return most;
}

/* ---- bf16 ---- */

INLINE __m512i x16_cvtepu16_epi32(__m256i a) {
    halves x;
    x.half_bits[0] = _mm256_cvtepu16_epi32(_mm256_castsi256_si128(a));
    x.half_bits[1] = _mm256_cvtepu16_epi32(_mm256_extracti128_si256(a, 1));
    return x.bits;
}
INLINE __m256i nearest_bf16(__m256 a) { /* round half to even; NaN stays NaN; 32 bits each */
    const __m256i bits = _mm256_castps_si256(a), odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i up = _mm256_add_epi32(_mm256_add_epi32(bits, _mm256_set1_epi32(0x7fff)), odd);
    const __m256i none = _mm256_or_si256(bits, _mm256_set1_epi32(0x400000));
    const __m256 number = _mm256_cmp_ps(a, a, _CMP_ORD_Q);
    const __m256 found = _mm256_blendv_ps(_mm256_castsi256_ps(none), _mm256_castsi256_ps(up), number);
    return _mm256_srli_epi32(_mm256_castps_si256(found), 16);
}
INLINE __m256bh x16_cvtneps_pbh(__m512 a) {
    const halves x = {a};
    const __m256i mixed = _mm256_packus_epi32(nearest_bf16(x.half[0]), nearest_bf16(x.half[1]));
    return (__m256bh)_mm256_permute4x64_epi64(mixed, 0xd8);
}
INLINE __m256 first_of_pairs(__m256i pairs) { return _mm256_castsi256_ps(_mm256_slli_epi32(pairs, 16)); }
INLINE __m256 second_of_pairs(__m256i pairs) {
    return _mm256_castsi256_ps(_mm256_and_si256(pairs, _mm256_set1_epi32((int)0xffff0000)));
}
INLINE __m256i load_pairs(const void *from) { return _mm256_loadu_si256(from); }

/* ---- names ---- */

#define _mm512_add_ps x16_add_ps
#define _mm512_cvtepu16_epi32 x16_cvtepu16_epi32
#define _mm512_cvtneps_pbh x16_cvtneps_pbh
#define _mm512_fmadd_ps x16_fmadd_ps
#define _mm512_fmsub_ps x16_fmsub_ps
#define _mm512_loadu_ps x16_loadu_ps
#define _mm512_mul_ps x16_mul_ps
#define _mm512_or_si512 x16_or_si512
#define _mm512_reduce_add_ps x16_reduce_add_ps
#define _mm512_reduce_max_ps x16_reduce_max_ps
#define _mm512_set1_ps x16_set1_ps
#define _mm512_setzero_ps x16_setzero_ps
#define _mm512_setzero_si512 x16_setzero_si512
#define _mm512_slli_epi32 x16_slli_epi32
#define _mm512_storeu_ps x16_storeu_ps
#define _mm512_storeu_si512 x16_storeu_si512

/* ---- tiles ---- */

#define GROUPS 8 /* groups of 8 columns in a tile */
#define LENGTH 256 /* pairs whose row elements are spread at a time: 12 KB */

/* Groups of columns that are summed at a time, so that the sums stay in registers. */
#define AT_ONCE(rows) ((rows) == 1 ? 8 : (rows) <= 3 ? 4 : 2)

/* x[pair][row] = two elements of that row, as fp32. */
INLINE void spread_rows(const int rows, float *x, const bf16 *const *a, int64_t from, int64_t pairs) {
    for (int r = 0; r < rows; r++) {
        const bf16 *row = a[r] + 2 * from;
        for (int64_t p = 0; p < pairs; p++) {
            uint32_t two, pair[2];
            memcpy(&two, row + 2 * p, 4);
            pair[0] = two << 16, pair[1] = two & 0xffff0000u;
            memcpy(x + 2 * (p * rows + r), pair, 8);
        }
    }
}

/* acc[r], rows `acc_row` apart, += row r of `pairs` spread pairs, times `count` groups of 8 columns of b, paired. */
INLINE void add_groups(const int rows, const int count, float *acc, int64_t acc_row, const float *x, const bf16 *b,
                       int64_t ldb, int64_t pairs) {
    __m256 sums[ROWS][GROUPS];
    for (int r = 0; r < rows; r++)
        for (int g = 0; g < count; g++) sums[r][g] = _mm256_loadu_ps(acc + r * acc_row + 8 * g);
    for (int64_t p = 0; p < pairs; p++, b += ldb, x += 2 * rows)
        for (int g = 0; g < count; g++) {
            const __m256i both = load_pairs(b + 16 * g);
            const __m256 first = first_of_pairs(both), second = second_of_pairs(both);
            for (int r = 0; r < rows; r++) {
                sums[r][g] = _mm256_fmadd_ps(first, _mm256_broadcast_ss(x + 2 * r), sums[r][g]);
                sums[r][g] = _mm256_fmadd_ps(second, _mm256_broadcast_ss(x + 2 * r + 1), sums[r][g]);
            }
        }
    for (int r = 0; r < rows; r++)
        for (int g = 0; g < count; g++) _mm256_storeu_ps(acc + r * acc_row + 8 * g, sums[r][g]);
}

INLINE void tile_64_of(const int rows, __m512 acc[ROWS][4], const bf16 *a, int64_t lda, const bf16 *b, int64_t ldb,
                       int64_t pairs) {
    float x[LENGTH * 2 * ROWS];
    const bf16 *at[ROWS];
    for (int r = 0; r < rows; r++) at[r] = a + r * lda;
    for (int64_t from = 0; from < pairs; from += LENGTH) {
        const int64_t count = pairs - from < LENGTH ? pairs - from : LENGTH;
        spread_rows(rows, x, at, from, count);
        for (int g = 0; g < GROUPS; g += AT_ONCE(rows))
            add_groups(rows, AT_ONCE(rows), (float *)acc + 8 * g, COLUMNS, x, b + from * ldb + 16 * g, ldb, count);
    }
}

INLINE void tile_16_of(const int rows, __m512 acc[ROWS], const bf16 *const *a, const bf16 *b, int64_t ldb, int64_t pairs) {
    float x[LENGTH * 2 * ROWS];
    for (int64_t from = 0; from < pairs; from += LENGTH) {
        const int64_t count = pairs - from < LENGTH ? pairs - from : LENGTH;
        spread_rows(rows, x, a, from, count);
        add_groups(rows, 2, (float *)acc, 16, x, b + from * ldb, ldb, count);
    }
}

/* The 16 values of a 4-bit weight, byte by byte, once for each half of a vector. */
typedef struct {
    __m256i low, high;
} table;

INLINE table read_codes(const bf16 *codes) {
    uint8_t low[16], high[16];
    for (int i = 0; i < 16; i++) low[i] = (uint8_t)codes[i], high[i] = (uint8_t)(codes[i] >> 8);
    __m128i lows, highs;
    memcpy(&lows, low, 16), memcpy(&highs, high, 16);
    return (table){_mm256_broadcastsi128_si256(lows), _mm256_broadcastsi128_si256(highs)};
}

/* Weights of 8 columns as pairs of bf16. `words`: 8 of the tile's 16 lanes; `v`: which 4 of 16 bits. */
INLINE __m256i look_up(__m256i words, const int v, table codes) {
    const __m256i index = _mm256_and_si256(_mm256_srli_epi16(words, 4 * v), _mm256_set1_epi16(15));
    /* The lookup gives zero for an index with its highest bit set. */
    const __m256i low = _mm256_shuffle_epi8(codes.low, _mm256_or_si256(index, _mm256_set1_epi16((short)0x8000)));
    const __m256i above = _mm256_or_si256(_mm256_slli_epi16(index, 8), _mm256_set1_epi16(0x80));
    return _mm256_or_si256(low, _mm256_shuffle_epi8(codes.high, above));
}

INLINE void groups_of_4_bits(const int rows, const int from, const int count, float *sums, const float *x,
                             const char *weights, const float *scales, table codes, int64_t pairs) {
    __m256 acc[ROWS][GROUPS];
    for (int r = 0; r < rows; r++)
        for (int g = 0; g < count; g++) acc[r][g] = _mm256_setzero_ps();
    for (int64_t p = 0; p < pairs; p++, weights += COLUMNS, x += 2 * rows)
        for (int g = 0; g < count; g++) {
            const __m256i both = look_up(load_pairs(weights + 32 * ((from + g) & 1)), (from + g) / 2, codes);
            const __m256 first = first_of_pairs(both), second = second_of_pairs(both);
            for (int r = 0; r < rows; r++) {
                acc[r][g] = _mm256_fmadd_ps(first, _mm256_broadcast_ss(x + 2 * r), acc[r][g]);
                acc[r][g] = _mm256_fmadd_ps(second, _mm256_broadcast_ss(x + 2 * r + 1), acc[r][g]);
            }
        }
    for (int g = 0; g < count; g++) {
        const __m256 scale = _mm256_loadu_ps(scales + 8 * (from + g));
        for (int r = 0; r < rows; r++) {
            float *sum = sums + r * COLUMNS + 8 * (from + g);
            _mm256_storeu_ps(sum, _mm256_fmadd_ps(acc[r][g], scale, _mm256_loadu_ps(sum)));
        }
    }
}

INLINE void tile_4_bit_of(const int rows, __m512 sums[ROWS][4], const bf16 *x, int64_t x_row, const char *weights,
                          const float *scales, table codes, int64_t inner, int64_t block) {
    float spread[LENGTH * 2 * ROWS];
    const bf16 *at[ROWS];
    for (int r = 0; r < rows; r++) at[r] = x + r * x_row;
    for (int64_t k = 0; k < inner; k += block, scales += COLUMNS)
        for (int64_t from = k / 2, end = (k + block) / 2; from < end;) {
            const int64_t count = end - from < LENGTH ? end - from : LENGTH;
            spread_rows(rows, spread, at, from, count);
#define GROUPS_FROM(g) \
    groups_of_4_bits(rows, g, AT_ONCE(rows), (float *)sums, spread, weights + COLUMNS * from, scales, codes, count)
            GROUPS_FROM(0);
            if (AT_ONCE(rows) <= 4) GROUPS_FROM(4);
            if (AT_ONCE(rows) <= 2) GROUPS_FROM(2), GROUPS_FROM(6);
#undef GROUPS_FROM
            from += count;
        }
}

/* out[i][c], rows `ldo` apart, of one tile's 64 columns; without scales the weights are bf16, paired. */
INLINE void unpack_tile(const void *packed, const float *scales, table codes, int64_t inner, int64_t block,
                        float *out, int64_t ldo) {
    const char *weights = packed;
    for (int64_t i = 0; i < inner; i += 2, out += 2 * ldo, weights += scales != NULL ? COLUMNS : 4 * COLUMNS) {
        const float *scale = scales != NULL ? scales + i / block * COLUMNS : NULL;
#pragma GCC unroll 8
        for (int g = 0; g < GROUPS; g++) {
            const __m256i both = scales != NULL ? look_up(load_pairs(weights + 32 * (g & 1)), g / 2, codes)
                                                : load_pairs(weights + 32 * g);
            __m256 first = first_of_pairs(both), second = second_of_pairs(both);
            if (scales != NULL) {
                first = _mm256_mul_ps(first, _mm256_loadu_ps(scale + 8 * g));
                second = _mm256_mul_ps(second, _mm256_loadu_ps(scale + 8 * g));
            }
            _mm256_storeu_ps(out + 8 * g, first);
            _mm256_storeu_ps(out + ldo + 8 * g, second);
        }
    }
}

/* ---- attention ---- */

/* e^x for x <= 0, as in kernels.c. */
INLINE __m256 exponential_8(__m256 x) {
    x = _mm256_max_ps(x, _mm256_set1_ps(-87.0f));
    const int nearest = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
    const __m256 n = _mm256_round_ps(_mm256_mul_ps(x, _mm256_set1_ps(1.44269504f)), nearest);
    __m256 rest = _mm256_fnmadd_ps(n, _mm256_set1_ps(0.693359375f), x);
    rest = _mm256_fnmadd_ps(n, _mm256_set1_ps(-2.12194440e-4f), rest);
    __m256 sum = _mm256_set1_ps(1.0f / 720);
    const float terms[] = {1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f};
    for (int i = 0; i < 6; i++) sum = _mm256_fmadd_ps(sum, rest, _mm256_set1_ps(terms[i]));
    /* 2^n is added to the exponent; the result is not below the smallest normal number */
    return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(sum), _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23)));
}
INLINE __m512 exponential(__m512 x) {
    halves all = {x};
    EACH_HALF all.half[i] = exponential_8(all.half[i]);
    return all.whole;
}

/* As in kernels.c. */
INLINE float soften(float *scores, int64_t low, int64_t high, int64_t padded, float scale) {
    const __m256 least = _mm256_set1_ps(-3.0e38f), factor = _mm256_set1_ps(scale);
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i before = _mm256_set1_epi32((int)low - 1), end = _mm256_set1_epi32((int)high);
    __m256 most = least, total = _mm256_setzero_ps();
    for (int64_t i = 0; i < padded; i += 8) {
        const __m256i at = _mm256_add_epi32(lanes, _mm256_set1_epi32((int)i));
        const __m256i inside = _mm256_and_si256(_mm256_cmpgt_epi32(at, before), _mm256_cmpgt_epi32(end, at));
        const __m256 s = _mm256_blendv_ps(least, _mm256_loadu_ps(scores + i), _mm256_castsi256_ps(inside));
        most = _mm256_max_ps(most, s);
        _mm256_storeu_ps(scores + i, s);
    }
    const halves both = {.half = {most, most}};
    const __m256 top = _mm256_set1_ps(_mm512_reduce_max_ps(both.whole));
    for (int64_t i = 0; i < padded; i += 8) {
        const __m256 s = _mm256_loadu_ps(scores + i);
        __m256 e = exponential_8(_mm256_mul_ps(_mm256_sub_ps(s, top), factor));
        e = _mm256_and_ps(e, _mm256_cmp_ps(s, least, _CMP_GT_OQ));
        total = _mm256_add_ps(total, e);
        _mm256_storeu_ps(scores + i, e);
    }
    const halves sums = {.half = {total, _mm256_setzero_ps()}};
    return _mm512_reduce_add_ps(sums.whole);
}

/* Products of 16 keys, in arena layout, with a query. */
INLINE __m512 scores_16(const bf16 *keys, const bf16 *q, int64_t dim) {
    halves scores;
    for (int i = 0; i < 16; i++, keys += dim) {
        __m256 sums = _mm256_setzero_ps(), others = sums;
        for (int64_t d = 0; d < dim; d += 16) {
            const __m256i key = load_pairs(keys + d), query = load_pairs(q + d);
            sums = _mm256_fmadd_ps(first_of_pairs(key), first_of_pairs(query), sums);
            others = _mm256_fmadd_ps(second_of_pairs(key), second_of_pairs(query), others);
        }
        sums = _mm256_add_ps(sums, others);
        __m128 sum = _mm_add_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps(sums, 1));
        sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
        scores.lanes[i] = _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
    }
    return scores.whole;
}

/* ---- element-wise ---- */

INLINE __m256 load_8(const bf16 *from) {
    __m128i eight;
    memcpy(&eight, from, sizeof eight);
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(eight), 16));
}

/* As in kernels.c. */
INLINE void gate_16(const bf16 *gate, const bf16 *up, bf16 *y, int gelu) {
    const __m256 one = _mm256_set1_ps(1.0f), sign = _mm256_set1_ps(-0.0f);
    halves gated;
    EACH_HALF {
        const __m256 x = load_8(gate + 8 * i);
        __m256 z = x;
        if (gelu)
            z = _mm256_mul_ps(x, _mm256_fmadd_ps(_mm256_mul_ps(x, x), _mm256_set1_ps(GELU_CUBE), _mm256_set1_ps(GELU)));
        const __m256 small = exponential_8(_mm256_or_ps(z, sign));
        const __m256 above = _mm256_blendv_ps(one, small, z);
        const __m256 sigmoid = _mm256_div_ps(above, _mm256_add_ps(one, small));
        gated.half[i] = _mm256_mul_ps(_mm256_mul_ps(x, sigmoid), load_8(up + 8 * i));
    }
    _mm256_storeu_si256((__m256i *)y, (__m256i)_mm512_cvtneps_pbh(gated.whole));
}
