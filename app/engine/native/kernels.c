/* Attention over the KV arena, grouped LoRA updates, products with 4-bit weights: in bf16, with AVX512-BF16 or AVX2.
 *
 * The first two multiply few rows by matrices that differ from row to row, which no library batches on a CPU. The third
 * reads a quarter of the bytes of its dense counterpart, and memory bandwidth limits decoding. Every function computes
 * the same as the PyTorch code that runs where this file was not built.
 *
 * bf16 operands are multiplied in pairs (vdpbf16ps) and summed in fp32. The "paired" layout serves this instruction:
 * for a matrix (inner, columns), element [i][c] is at [i / 2][c][i % 2].
 *
 * kernels_avx2.c builds this file again, with avx2.h for the instructions that older processors lack.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#ifdef LORACLE_AVX2
#define TARGET __attribute__((target("avx2,fma")))
#else
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,avx512vnni,fma,avx2")))
#endif
#define INLINE TARGET static inline __attribute__((always_inline))
#define ROWS 6      /* rows of a tile: 6 x 4 accumulators and 4 + 1 operands fit in the 32 registers */
#define COLUMNS 64  /* columns of a tile: 4 vectors of 16 */
#define CHUNK 16    /* query positions of one task */
/* (1 + tanh(z / 2)) / 2 is the sigmoid of z: GELU's approximation is x * sigmoid(GELU x + GELU_CUBE x^3). */
#define GELU 1.5957691216f
#define GELU_CUBE 0.0713548162726f

typedef uint16_t bf16;
typedef void (*parallel_fn)(void (*)(void *), void *, unsigned, unsigned); /* GOMP_parallel */

int supported(void) {
    __builtin_cpu_init();
#ifdef LORACLE_AVX2
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vnni");
#endif
}

static void run(parallel_fn parallel, int threads, int64_t tasks, void (*work)(void *), void *context) {
    if (parallel != NULL && threads > 1 && tasks > 1)
        parallel(work, context, (unsigned)threads, 0);
    else
        work(context);
}

/* ---- tiles ---- */

#ifdef LORACLE_AVX2
#include "avx2.h"
#else
/* acc[r] += row r of a (rows, 2 pairs; row-major, `lda`) times 64 columns of b, paired, with `ldb` elements a pair. */
INLINE void tile_64_of(const int rows, __m512 acc[ROWS][4], const bf16 *a, int64_t lda, const bf16 *b, int64_t ldb,
                       int64_t pairs) {
    for (int64_t p = 0; p < pairs; p++, b += ldb) {
        __m512bh columns[4];
        for (int v = 0; v < 4; v++) columns[v] = (__m512bh)_mm512_loadu_si512(b + 32 * v);
        for (int r = 0; r < rows; r++) {
            int32_t two;
            memcpy(&two, a + r * lda + 2 * p, 4);
            __m512bh row = (__m512bh)_mm512_set1_epi32(two);
            for (int v = 0; v < 4; v++) acc[r][v] = _mm512_dpbf16_ps(acc[r][v], columns[v], row);
        }
    }
}

/* As above, for 16 columns; the rows of a may be at any address. */
INLINE void tile_16_of(const int rows, __m512 acc[ROWS], const bf16 *const *a, const bf16 *b, int64_t ldb,
                       int64_t pairs) {
    for (int64_t p = 0; p < pairs; p++, b += ldb) {
        __m512bh columns = (__m512bh)_mm512_loadu_si512(b);
        for (int r = 0; r < rows; r++) {
            int32_t two;
            memcpy(&two, a[r] + 2 * p, 4);
            acc[r] = _mm512_dpbf16_ps(acc[r], columns, (__m512bh)_mm512_set1_epi32(two));
        }
    }
}
#endif

/* A row count that is known at compile time keeps the accumulators in registers. */
#define FOR_ROWS(rows, call)     \
    switch (rows) {              \
        case 1: call(1); break;  \
        case 2: call(2); break;  \
        case 3: call(3); break;  \
        case 4: call(4); break;  \
        case 5: call(5); break;  \
        default: call(ROWS);     \
    }

TARGET static void tile_64(int rows, __m512 acc[ROWS][4], const bf16 *a, int64_t lda, const bf16 *b, int64_t ldb,
                           int64_t pairs) {
#define CALL(n) tile_64_of(n, acc, a, lda, b, ldb, pairs)
    FOR_ROWS(rows, CALL)
#undef CALL
}

TARGET static void tile_16(int rows, __m512 acc[ROWS], const bf16 *const *a, const bf16 *b, int64_t ldb,
                           int64_t pairs) {
#define CALL(n) tile_16_of(n, acc, a, b, ldb, pairs)
    FOR_ROWS(rows, CALL)
#undef CALL
}

TARGET static inline void store_bf16(bf16 *to, __m512 values) {
    _mm256_storeu_si256((__m256i *)to, (__m256i)_mm512_cvtneps_pbh(values));
}

TARGET static inline __m512 load_bf16(const bf16 *from) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)from)), 16));
}

#ifndef LORACLE_AVX2
/* e^x for x <= 0: 2^n times a polynomial of the remainder, relative error under 1e-6. */
TARGET static inline __m512 exponential(__m512 x) {
    x = _mm512_max_ps(x, _mm512_set1_ps(-87.0f));
    __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504f)), _MM_FROUND_TO_NEAREST_INT);
    __m512 rest = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375f), x);
    rest = _mm512_fnmadd_ps(n, _mm512_set1_ps(-2.12194440e-4f), rest);
    __m512 sum = _mm512_set1_ps(1.0f / 720);
    const float terms[] = {1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f};
    for (int i = 0; i < 6; i++) sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(terms[i]));
    return _mm512_scalef_ps(sum, n);
}

/* Set scores[low..high) to e^(scale * (score - maximum)) and the rest of [0, padded) to zero. Returns the sum. */
TARGET static float soften(float *scores, int64_t low, int64_t high, int64_t padded, float scale) {
    const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512 least = _mm512_set1_ps(-3.0e38f);
    __m512 most = least, total = _mm512_setzero_ps();
    for (int64_t i = 0; i < padded; i += 16) {
        __m512i at = _mm512_add_epi32(lanes, _mm512_set1_epi32((int)i));
        __mmask16 inside = _mm512_cmpge_epi32_mask(at, _mm512_set1_epi32((int)low)) &
                           _mm512_cmplt_epi32_mask(at, _mm512_set1_epi32((int)high));
        __m512 s = _mm512_mask_mov_ps(least, inside, _mm512_loadu_ps(scores + i));
        most = _mm512_max_ps(most, s);
        _mm512_storeu_ps(scores + i, s);
    }
    __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(most));
    for (int64_t i = 0; i < padded; i += 16) {
        __m512 s = _mm512_loadu_ps(scores + i);
        __mmask16 inside = _mm512_cmp_ps_mask(s, least, _CMP_GT_OQ);
        __m512 e = exponential(_mm512_mul_ps(_mm512_sub_ps(s, top), _mm512_set1_ps(scale)));
        e = _mm512_maskz_mov_ps(inside, e);
        total = _mm512_add_ps(total, e);
        _mm512_storeu_ps(scores + i, e);
    }
    return _mm512_reduce_add_ps(total);
}
#endif

/* ---- attention ---- */

typedef struct {
    int64_t row, count, past, first; /* first packed row, rows, cached positions, start in the arena */
} span;

typedef struct {
    const bf16 *query, *keys, *values;
    bf16 *out;
    const span *spans;
    int64_t query_head, query_row, kv_head; /* strides in elements */
    int64_t heads, kv_heads, dim, window;
    float scale;
    int64_t *tasks; /* (span, kv head, first query position) of each task */
    int64_t count, packs;
    bf16 **packed; /* keys, then values, of each (prefilling span, kv head), paired */
    const int64_t *packed_of; /* by span: index into packed, or -1 */
    int64_t next;
} attention;

static int64_t up(int64_t value, int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

/* Keys as blocks of 64 positions, (dim / 2, 64, 2) each; values as (positions / 2, dim, 2). Padded with zeros. */
TARGET static void pack_span(const attention *t, int64_t index, int64_t head, bf16 *to) {
    const span *s = t->spans + index;
    const int64_t length = s->past + s->count, padded = up(length, COLUMNS), dim = t->dim;
    const bf16 *keys = t->keys + head * t->kv_head + s->first * dim;
    const bf16 *values = t->values + head * t->kv_head + s->first * dim;
    for (int64_t block = 0; block < padded; block += COLUMNS) {
        uint32_t *pairs = (uint32_t *)(to + block * dim);
        for (int64_t i = 0; i < COLUMNS; i++) {
            const int64_t at = block + i;
            if (at < length) {
                const uint32_t *from = (const uint32_t *)(keys + at * dim);
                for (int64_t d = 0; d < dim / 2; d++) pairs[d * COLUMNS + i] = from[d];
            } else
                for (int64_t d = 0; d < dim / 2; d++) pairs[d * COLUMNS + i] = 0;
        }
    }
    to += padded * dim;
    for (int64_t at = 0; at < padded; at += 2, to += 2 * dim)
        for (int64_t d = 0; d < dim; d += 16) {
            __m512i a = _mm512_setzero_si512(), b = a;
            if (at < length) a = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(values + at * dim + d)));
            if (at + 1 < length)
                b = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(values + (at + 1) * dim + d)));
            _mm512_storeu_si512(to + 2 * d, _mm512_or_si512(a, _mm512_slli_epi32(b, 16)));
        }
}

TARGET static void pack_work(void *context) {
    attention *t = context;
    for (;;) {
        int64_t i = __atomic_fetch_add(&t->next, 1, __ATOMIC_RELAXED);
        if (i >= t->packs) return;
        for (int64_t s = 0;; s++)
            if (t->packed_of[s] >= 0 && t->packed_of[s] <= i && i < t->packed_of[s] + t->kv_heads) {
                pack_span(t, s, i - t->packed_of[s], t->packed[i]);
                break;
            }
    }
}

/* Query positions [from, to) of a span, for all query heads of one kv head, in tiles of 6 (position, head) rows. */
TARGET static void prefill(const attention *t, int64_t index, int64_t head, int64_t from, bf16 *scratch) {
    const span *s = t->spans + index;
    const int64_t dim = t->dim, group = t->heads / t->kv_heads, length = s->past + s->count;
    const int64_t padded = up(length, COLUMNS);
    const bf16 *keys = t->packed[t->packed_of[index] + head], *values = keys + padded * dim;
    const int64_t to = from + CHUNK < s->count ? from + CHUNK : s->count;
    bf16 *rows = scratch;                                        /* (6, dim) */
    bf16 *weights = rows + ROWS * dim;                           /* (6, padded) */
    float *scores = (float *)(weights + ROWS * padded);          /* (6, padded) */
    for (int64_t base = from * group; base < to * group; base += ROWS) {
        float sums[ROWS];
        int64_t least = length, most = 0, low[ROWS], high[ROWS];
        for (int r = 0; r < ROWS; r++) {
            const int64_t at = base + r < to * group ? base + r : to * group - 1, place = s->past + at / group;
            const bf16 *q = t->query + (head * group + at % group) * t->query_head + (s->row + at / group) * t->query_row;
            memcpy(rows + r * dim, q, (size_t)dim * 2);
            high[r] = place + 1;
            low[r] = t->window && place + 1 > t->window ? place + 1 - t->window : 0;
            if (low[r] < least) least = low[r];
            if (high[r] > most) most = high[r];
        }
        const int64_t first = least / COLUMNS * COLUMNS, last = up(most, COLUMNS);
        for (int64_t block = first; block < last; block += COLUMNS) {
            __m512 acc[ROWS][4];
            memset(acc, 0, sizeof acc);
            tile_64(ROWS, acc, rows, dim, keys + block * dim, 2 * COLUMNS, dim / 2);
            for (int r = 0; r < ROWS; r++)
                for (int v = 0; v < 4; v++) _mm512_storeu_ps(scores + r * padded + block + 16 * v, acc[r][v]);
        }
        for (int r = 0; r < ROWS; r++) {
            float *row = scores + r * padded + first;
            sums[r] = soften(row, low[r] - first, high[r] - first, last - first, t->scale);
            for (int64_t i = 0; i < last - first; i += 16)
                store_bf16(weights + r * padded + first + i, _mm512_loadu_ps(row + i));
        }
        for (int64_t d = 0; d < dim; d += COLUMNS) {
            __m512 acc[ROWS][4];
            memset(acc, 0, sizeof acc);
            tile_64(ROWS, acc, weights + first, padded, values + first * dim + 2 * d, 2 * dim, (last - first) / 2);
            for (int r = 0; r < ROWS && base + r < to * group; r++) {
                const int64_t at = base + r;
                bf16 *out = t->out + ((s->row + at / group) * t->heads + head * group + at % group) * dim + d;
                for (int v = 0; v < 4; v++)
                    store_bf16(out + 16 * v, _mm512_mul_ps(acc[r][v], _mm512_set1_ps(1.0f / sums[r])));
            }
        }
    }
}

#ifndef LORACLE_AVX2
/* Sums over the lanes of 16 vectors, as one vector. */
TARGET static inline __m512 reduce_16(__m512 a[16]) {
    __m512 t[8], u[4];
    for (int i = 0; i < 8; i++)
        t[i] = _mm512_add_ps(_mm512_unpacklo_ps(a[2 * i], a[2 * i + 1]), _mm512_unpackhi_ps(a[2 * i], a[2 * i + 1]));
    for (int i = 0; i < 4; i++) {
        __m512d x = _mm512_castps_pd(t[2 * i]), y = _mm512_castps_pd(t[2 * i + 1]);
        u[i] = _mm512_add_ps(_mm512_castpd_ps(_mm512_unpacklo_pd(x, y)), _mm512_castpd_ps(_mm512_unpackhi_pd(x, y)));
    }
    __m512 v = _mm512_add_ps(_mm512_shuffle_f32x4(u[0], u[1], 0x88), _mm512_shuffle_f32x4(u[0], u[1], 0xdd));
    __m512 w = _mm512_add_ps(_mm512_shuffle_f32x4(u[2], u[3], 0x88), _mm512_shuffle_f32x4(u[2], u[3], 0xdd));
    return _mm512_add_ps(_mm512_shuffle_f32x4(v, w, 0x88), _mm512_shuffle_f32x4(v, w, 0xdd));
}

/* Products of 16 keys, in arena layout, with a query. */
INLINE __m512 scores_16(const bf16 *keys, const bf16 *q, int64_t dim) {
    __m512 sums[16];
    for (int i = 0; i < 16; i++) {
        const bf16 *key = keys + i * dim;
        sums[i] = _mm512_setzero_ps();
        for (int64_t d = 0; d < dim; d += 32)
            sums[i] = _mm512_dpbf16_ps(sums[i], (__m512bh)_mm512_loadu_si512(key + d),
                                       (__m512bh)_mm512_loadu_si512(q + d));
    }
    return reduce_16(sums);
}
#endif

/* One query position: keys and values are read once, in arena layout, for all query heads of their kv head.
 * Allocations start and end at multiples of 16 positions, so whole blocks of 16 may be read. */
TARGET static void decode(const attention *t, int64_t index, int64_t head, bf16 *scratch) {
    const span *s = t->spans + index;
    const int64_t dim = t->dim, group = t->heads / t->kv_heads, length = s->past + 1, padded = up(length, 16);
    const int64_t low = t->window && length > t->window ? length - t->window : 0, first = low / 16 * 16;
    const bf16 *keys = t->keys + head * t->kv_head + s->first * dim;
    const bf16 *values = t->values + head * t->kv_head + s->first * dim;
    float *scores = (float *)scratch; /* (group, padded) */
    for (int64_t h = 0; h < group; h++) {
        const bf16 *q = t->query + (head * group + h) * t->query_head + s->row * t->query_row;
        for (int64_t block = first; block < padded; block += 16)
            _mm512_storeu_ps(scores + h * padded + block, scores_16(keys + block * dim, q, dim));
    }
    for (int64_t h = 0; h < group; h++) {
        float *row = scores + h * padded;
        const float sum = soften(row + first, low - first, length - first, padded - first, t->scale);
        bf16 *out = t->out + (s->row * t->heads + head * group + h) * dim;
        for (int64_t d = 0; d < dim; d += COLUMNS) {
            __m512 acc[2][4];
            memset(acc, 0, sizeof acc);
            for (int64_t at = first; at < length; at += 2)
                for (int half = 0; half < 2 && at + half < length; half++) {
                    const __m512 weight = _mm512_set1_ps(row[at + half]);
                    for (int v = 0; v < 4; v++)
                        acc[half][v] =
                            _mm512_fmadd_ps(weight, load_bf16(values + (at + half) * dim + d + 16 * v), acc[half][v]);
                }
            for (int v = 0; v < 4; v++)
                store_bf16(out + d + 16 * v,
                           _mm512_mul_ps(_mm512_add_ps(acc[0][v], acc[1][v]), _mm512_set1_ps(1.0f / sum)));
        }
    }
}

TARGET static void attend_work(void *context) {
    attention *t = context;
    int64_t longest = 0;
    for (int64_t i = 0; i < t->count; i++) {
        const span *s = t->spans + t->tasks[3 * i];
        if (s->past + s->count > longest) longest = s->past + s->count;
    }
    longest = up(longest, COLUMNS);
    const int64_t group = t->heads / t->kv_heads;
    const int64_t most = group > ROWS ? group : ROWS;
    bf16 *scratch = aligned_alloc(64, (size_t)up(ROWS * t->dim * 2 + ROWS * longest * 2 + most * longest * 4, 64));
    if (scratch == NULL) abort();
    for (;;) {
        const int64_t i = __atomic_fetch_add(&t->next, 1, __ATOMIC_RELAXED);
        if (i >= t->count) break;
        const int64_t *task = t->tasks + 3 * i;
        if (t->spans[task[0]].count == 1)
            decode(t, task[0], task[1], scratch);
        else
            prefill(t, task[0], task[1], task[2], scratch);
    }
    free(scratch);
}

/* Copy rows of new keys or values, (kv_heads, rows, dim) with strides, to their positions in the arena. */
void store_rows(const bf16 *from, int64_t from_head, int64_t from_row, bf16 *arena, int64_t kv_head,
                const int64_t *positions, int64_t rows, int64_t kv_heads, int64_t dim) {
    for (int64_t r = 0; r < rows; r++)
        for (int64_t h = 0; h < kv_heads; h++)
            memcpy(arena + h * kv_head + positions[r] * dim, from + h * from_head + r * from_row, (size_t)dim * 2);
}

/* Softmax attention of packed rows, each span over its allocation (causal; over the last `window` positions if not 0).
 * query: (heads, rows, dim) with strides; keys, values: (kv_heads, positions, dim) with stride kv_head;
 * out: (rows, heads, dim). All bf16; dim a multiple of 64. Returns 0, or -1 if memory ran out. */
TARGET int attend(const bf16 *query, int64_t query_head, int64_t query_row, const bf16 *keys, const bf16 *values,
                  int64_t kv_head, bf16 *out, const span *spans, int64_t count, int64_t heads, int64_t kv_heads,
                  int64_t dim, float scale, int64_t window, parallel_fn parallel, int threads) {
    int64_t tasks = 0, packs = 0, room = 0;
    for (int64_t i = 0; i < count; i++) {
        tasks += kv_heads * (spans[i].count == 1 ? 1 : (spans[i].count + CHUNK - 1) / CHUNK);
        if (spans[i].count > 1) packs += kv_heads, room += kv_heads * 2 * up(spans[i].past + spans[i].count, COLUMNS) * dim;
    }
    int64_t *numbers = malloc((size_t)(3 * tasks + count) * sizeof *numbers);
    bf16 **packed = malloc((size_t)(packs + 1) * sizeof *packed);
    bf16 *pool = room ? aligned_alloc(64, (size_t)up(room * 2, 64)) : NULL;
    if (numbers == NULL || packed == NULL || (room && pool == NULL)) {
        free(numbers), free(packed), free(pool);
        return -1;
    }
    int64_t *packed_of = numbers + 3 * tasks, n = 0, p = 0;
    bf16 *place = pool;
    for (int64_t i = 0; i < count; i++) {
        packed_of[i] = spans[i].count > 1 ? p : -1;
        for (int64_t h = 0; h < kv_heads; h++) {
            if (spans[i].count > 1) {
                packed[p++] = place;
                place += 2 * up(spans[i].past + spans[i].count, COLUMNS) * dim;
            }
            for (int64_t from = 0; from < spans[i].count; from += CHUNK) {
                numbers[3 * n] = i, numbers[3 * n + 1] = h, numbers[3 * n + 2] = from;
                n++;
            }
        }
    }
    attention t = {query, keys, values, out, spans, query_head, query_row, kv_head, heads, kv_heads, dim, window, scale,
                   numbers, tasks, packs, packed, packed_of, 0};
    if (packs) {
        run(parallel, threads, packs, pack_work, &t);
        t.next = 0;
    }
    run(parallel, threads, tasks, attend_work, &t);
    free(numbers), free(packed), free(pool);
    return 0;
}

/* ---- LoRA ---- */

typedef struct {
    int64_t start, end;     /* rows */
    const bf16 *down, *up;  /* paired: (inner, rank), and by part (rank of the part, columns of the part) */
} segment;

typedef struct {
    int64_t rank_at, rank, column_at, columns; /* one projection among those that share an input */
} part;

typedef struct {
    const bf16 *x;
    bf16 *y;
    int64_t x_row, y_row, inner, rank, parts_count, segments_count, tiles, next;
    const segment *segments;
    const int64_t *parts_of; /* by segment: index of its first part */
    const part *parts;
} update;

TARGET static void update_tile(const update *t, int64_t index, int64_t first, int64_t last, bf16 *low) {
    const segment *s = t->segments + index;
    const int64_t rank = t->parts_of[2 * index + 1]; /* total rank of all parts, a multiple of 16 */
    const part *parts = t->parts + t->parts_of[2 * index];
    const int rows = (int)(last - first);
    const bf16 *x[ROWS];
    for (int r = 0; r < rows; r++) x[r] = t->x + (first + r) * t->x_row;
    for (int64_t c = 0; c < rank; c += 16) {
        __m512 acc[ROWS];
        memset(acc, 0, sizeof acc);
        tile_16(rows, acc, x, s->down + 2 * c, 2 * rank, t->inner / 2);
        for (int r = 0; r < rows; r++) store_bf16(low + r * rank + c, acc[r]);
    }
    const bf16 *matrix = s->up;
    for (int64_t p = 0; p < t->parts_count; p++) {
        const part *one = parts + p;
        for (int64_t c = 0; one->rank && c < one->columns; c += COLUMNS) {
            __m512 acc[ROWS][4];
            memset(acc, 0, sizeof acc);
            tile_64(rows, acc, low + one->rank_at, rank, matrix + 2 * c, 2 * one->columns, one->rank / 2);
            for (int r = 0; r < rows; r++) {
                bf16 *y = t->y + (first + r) * t->y_row + one->column_at + c;
                for (int v = 0; v < 4; v++)
                    store_bf16(y + 16 * v, _mm512_add_ps(load_bf16(y + 16 * v), acc[r][v]));
            }
        }
        matrix += one->rank * one->columns;
    }
}

TARGET static void update_work(void *context) {
    update *t = context;
    bf16 *low = aligned_alloc(64, (size_t)up(ROWS * t->rank * 2, 64));
    if (low == NULL) abort();
    for (;;) {
        int64_t i = __atomic_fetch_add(&t->next, 1, __ATOMIC_RELAXED);
        if (i >= t->tiles) break;
        for (int64_t s = 0; s < t->segments_count; s++) {
            const int64_t rows = t->segments[s].end - t->segments[s].start, tiles = (rows + ROWS - 1) / ROWS;
            if (i < tiles) {
                const int64_t first = t->segments[s].start + i * ROWS, left = t->segments[s].end - first;
                update_tile(t, s, first, first + (left < ROWS ? left : ROWS), low);
                break;
            }
            i -= tiles;
        }
    }
    free(low);
}

/* y[rows of a segment] += (x down) up with that segment's adapter, for each projection. x: (rows, inner), y:
 * (rows, all columns), with row strides; bf16. parts_of: by segment (index of its first part, rank of all of them);
 * rank: the largest of those. Ranks of parts are even, ranks of all parts multiples of 16, columns multiples of 64. */
TARGET void update_rows(const bf16 *x, int64_t x_row, int64_t inner, bf16 *y, int64_t y_row, const segment *segments,
                        int64_t segments_count, const part *parts, const int64_t *parts_of, int64_t parts_count,
                        int64_t rank, parallel_fn parallel, int threads) {
    int64_t tiles = 0;
    for (int64_t s = 0; s < segments_count; s++) tiles += (segments[s].end - segments[s].start + ROWS - 1) / ROWS;
    update t = {x, y, x_row, y_row, inner, rank, parts_count, segments_count, tiles, 0, segments, parts_of, parts};
    run(parallel, threads, tiles, update_work, &t);
}

/* ---- products with 4-bit weights ---- */

/* 64 columns of a weight matrix: 4-bit, (inner / 2, 64 bytes) with `scales` (inner / block, 64), or bf16, paired, without
 * scales. 16 bits of a 4-bit tile hold one value of columns c, c + 16, c + 32 and c + 48, the lowest bits first. */
typedef struct {
    const void *weights;
    const float *scales;
} tile;

typedef struct {
    const bf16 *x, *codes; /* codes: the 16 values of a 4-bit weight, twice */
    bf16 *y;
    const tile *tiles;
    const float *bias;
    int64_t x_row, y_row, rows, inner, block, count, next;
} product;

#ifndef LORACLE_AVX2
typedef __m512i table; /* lookup table of the 16 values of a 4-bit weight */

INLINE table read_codes(const bf16 *codes) { return _mm512_loadu_si512(codes); }

INLINE void tile_4_bit_of(const int rows, __m512 sums[ROWS][4], const bf16 *x, int64_t x_row, const char *weights,
                          const float *scales, table codes, int64_t inner, int64_t block) {
    for (int64_t k = 0; k < inner; k += block, scales += COLUMNS) {
        __m512 acc[ROWS][4];
        for (int r = 0; r < rows; r++)
            for (int v = 0; v < 4; v++) acc[r][v] = _mm512_setzero_ps();
        for (int64_t p = k; p < k + block; p += 2, weights += 64) {
            const __m512i packed = _mm512_loadu_si512(weights);
            __m512bh columns[4]; /* an index has 5 bits; the extra bit is harmless: the table holds the codes twice */
            columns[0] = (__m512bh)_mm512_permutexvar_epi16(packed, codes);
            columns[1] = (__m512bh)_mm512_permutexvar_epi16(_mm512_srli_epi16(packed, 4), codes);
            columns[2] = (__m512bh)_mm512_permutexvar_epi16(_mm512_srli_epi16(packed, 8), codes);
            columns[3] = (__m512bh)_mm512_permutexvar_epi16(_mm512_srli_epi16(packed, 12), codes);
            for (int r = 0; r < rows; r++) {
                int32_t two;
                memcpy(&two, x + r * x_row + p, 4);
                const __m512bh row = (__m512bh)_mm512_set1_epi32(two);
                for (int v = 0; v < 4; v++) acc[r][v] = _mm512_dpbf16_ps(acc[r][v], columns[v], row);
            }
        }
        for (int v = 0; v < 4; v++) {
            const __m512 scale = _mm512_loadu_ps(scales + 16 * v);
            for (int r = 0; r < rows; r++) sums[r][v] = _mm512_fmadd_ps(acc[r][v], scale, sums[r][v]);
        }
    }
}
#endif

TARGET static void tile_4_bit(int rows, __m512 sums[ROWS][4], const bf16 *x, int64_t x_row, const tile *t,
                              table codes, int64_t inner, int64_t block) {
#define CALL(n) tile_4_bit_of(n, sums, x, x_row, t->weights, t->scales, codes, inner, block)
    FOR_ROWS(rows, CALL)
#undef CALL
}

TARGET static void multiply_work(void *context) {
    product *t = context;
    const table codes = read_codes(t->codes);
    for (;;) {
        const int64_t i = __atomic_fetch_add(&t->next, 1, __ATOMIC_RELAXED);
        if (i >= t->count) return;
        const tile *one = t->tiles + i;
        for (int64_t first = 0; first < t->rows; first += ROWS) {
            const int rows = (int)(t->rows - first < ROWS ? t->rows - first : ROWS);
            const bf16 *x = t->x + first * t->x_row;
            __m512 sums[ROWS][4];
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < 4; v++)
                    sums[r][v] = t->bias ? _mm512_loadu_ps(t->bias + i * COLUMNS + 16 * v) : _mm512_setzero_ps();
            if (one->scales != NULL)
                tile_4_bit(rows, sums, x, t->x_row, one, codes, t->inner, t->block);
            else
                tile_64(rows, sums, x, t->x_row, one->weights, 2 * COLUMNS, t->inner / 2);
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < 4; v++)
                    store_bf16(t->y + (first + r) * t->y_row + i * COLUMNS + 16 * v, sums[r][v]);
        }
    }
}

/* y = x W + bias. x: (rows, inner) with a row stride, y: (rows, 64 count), both bf16; bias (64 count) or NULL. inner is a
 * multiple of block, block an even number. */
void multiply(const bf16 *x, int64_t x_row, int64_t rows, int64_t inner, bf16 *y, int64_t y_row, const tile *tiles,
              int64_t count, const bf16 *codes, int64_t block, const float *bias, parallel_fn parallel, int threads) {
    product t = {x, codes, y, tiles, bias, x_row, y_row, rows, inner, block, count, 0};
    run(parallel, threads, count, multiply_work, &t);
}

#ifdef LORACLE_AVX2
typedef struct {
    const tile *tiles;
    const bf16 *codes;
    float *out;
    int64_t inner, block, count, next;
} unpacking;

TARGET static void unpack_work(void *context) {
    unpacking *t = context;
    const int64_t columns = t->count * COLUMNS;
    const table codes = read_codes(t->codes);
    for (;;) {
        const int64_t i = __atomic_fetch_add(&t->next, 1, __ATOMIC_RELAXED);
        if (i >= t->count) return;
        unpack_tile(t->tiles[i].weights, t->tiles[i].scales, codes, t->inner, t->block, t->out + i * COLUMNS, columns);
    }
}

/* Unpack the weights to fp32: out (inner, 64 count). For many rows, which PyTorch then multiplies. */
void unpack(const tile *tiles, int64_t count, const bf16 *codes, int64_t block, int64_t inner, float *out,
            parallel_fn parallel, int threads) {
    unpacking t = {tiles, codes, out, inner, block, count, 0};
    run(parallel, threads, count, unpack_work, &t);
}
#endif

#include "integer.h"

/* ---- normalisation ---- */

/* y = x / sqrt(mean(x^2) + eps), rounded to bf16 and then times weight (gemma 0), or in fp32 times 1 + weight (1).
 * x, y: (rows, dim) bf16, contiguous; dim a multiple of 16. */
TARGET void rms_norm(const bf16 *x, const bf16 *weight, bf16 *y, int64_t rows, int64_t dim, float eps, int gemma) {
    for (int64_t r = 0; r < rows; r++, x += dim, y += dim) {
        __m512 squares = _mm512_setzero_ps();
        for (int64_t d = 0; d < dim; d += 16) {
            __m512 v = load_bf16(x + d);
            squares = _mm512_fmadd_ps(v, v, squares);
        }
        const float mean = _mm512_reduce_add_ps(squares) / (float)dim;
        const __m512 scale = _mm512_set1_ps(1.0f / sqrtf(mean + eps));
        for (int64_t d = 0; d < dim; d += 16) {
            __m512 v = _mm512_mul_ps(load_bf16(x + d), scale), w = load_bf16(weight + d);
            if (gemma)
                w = _mm512_add_ps(w, _mm512_set1_ps(1.0f));
            else
                v = _mm512_castsi512_ps(_mm512_slli_epi32(
                    _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(v)), 16));
            store_bf16(y + d, _mm512_mul_ps(v, w));
        }
    }
}

/* ---- element-wise ---- */

/* y = x cos + (-second half of x, first half of x) sin: rotary position embedding. x: (heads, rows, dim) with strides,
 * cos and sin (rows, dim), y (rows, heads, dim), all bf16; dim a multiple of 32. */
TARGET void rotate(const bf16 *x, int64_t x_head, int64_t x_row, const bf16 *cosines, const bf16 *sines, bf16 *y,
                   int64_t heads, int64_t rows, int64_t dim) {
    const int64_t half = dim / 2;
    for (int64_t r = 0; r < rows; r++, cosines += dim, sines += dim)
        for (int64_t h = 0; h < heads; h++, y += dim) {
            const bf16 *from = x + h * x_head + r * x_row;
            for (int64_t d = 0; d < half; d += 16) {
                const __m512 a = load_bf16(from + d), b = load_bf16(from + half + d);
                store_bf16(y + d, _mm512_fmsub_ps(a, load_bf16(cosines + d), _mm512_mul_ps(b, load_bf16(sines + d))));
                store_bf16(y + half + d, _mm512_fmadd_ps(b, load_bf16(cosines + half + d),
                                                         _mm512_mul_ps(a, load_bf16(sines + half + d))));
            }
        }
}

#ifndef LORACLE_AVX2
/* y = gate * sigmoid(z) * up, for 16 elements; z is the gate itself, or for GELU as below. */
INLINE void gate_16(const bf16 *gate, const bf16 *up, bf16 *y, int gelu) {
    const __m512 one = _mm512_set1_ps(1.0f), zero = _mm512_setzero_ps(), x = load_bf16(gate);
    __m512 z = x;
    if (gelu) z = _mm512_mul_ps(x, _mm512_fmadd_ps(_mm512_mul_ps(x, x), _mm512_set1_ps(GELU_CUBE), _mm512_set1_ps(GELU)));
    const __m512 small = exponential(_mm512_min_ps(z, _mm512_sub_ps(zero, z)));
    const __m512 above = _mm512_mask_mov_ps(small, _mm512_cmp_ps_mask(z, zero, _CMP_GE_OQ), one);
    const __m512 sigmoid = _mm512_div_ps(above, _mm512_add_ps(one, small));
    store_bf16(y, _mm512_mul_ps(_mm512_mul_ps(x, sigmoid), load_bf16(up)));
}
#endif

typedef struct {
    const bf16 *gate, *up;
    bf16 *y;
    int64_t gate_row, up_row, rows, columns, next;
    int gelu;
} gating;

TARGET static void gate_work(void *context) {
    gating *t = context;
    for (;;) {
        const int64_t r = __atomic_fetch_add(&t->next, 1, __ATOMIC_RELAXED);
        if (r >= t->rows) return;
        const bf16 *gate = t->gate + r * t->gate_row, *up = t->up + r * t->up_row;
        bf16 *y = t->y + r * t->columns;
        for (int64_t c = 0; c < t->columns; c += 16) gate_16(gate + c, up + c, y + c, t->gelu);
    }
}

/* y = silu(gate) * up, or gelu(gate) * up with tanh's approximation. gate and up: (rows, columns) with row strides, y
 * contiguous; bf16, columns a multiple of 16. */
void gate(const bf16 *gate, int64_t gate_row, const bf16 *up, int64_t up_row, bf16 *y, int64_t rows, int64_t columns,
          int gelu, parallel_fn parallel, int threads) {
    gating t = {gate, up, y, gate_row, up_row, rows, columns, 0, gelu};
    run(parallel, rows < 16 ? 1 : threads, rows, gate_work, &t);
}

/* ---- a whole decoder ---- */

typedef struct {
    const tile *tiles;
    int64_t count; /* number of tiles */
    const bf16 *codes;
    int64_t block;
    const float *bias;
    int64_t inner;
    const uint8_t *table; /* not NULL: the tiles are those of multiply_integer */
} matrix;

enum { QKV, OUT, GATE_UP, DOWN, MATRICES };

typedef struct {
    const bf16 *attention_norm, *mlp_norm;         /* before attention and before the MLP */
    const bf16 *attention_out_norm, *mlp_out_norm; /* after them, as in Gemma 3; or NULL */
    const bf16 *query_norm, *key_norm;             /* of each head, as in Qwen 3; or NULL */
    bf16 *keys, *values;
    int64_t window, rotary; /* window: 0 if the layer sees all positions; rotary: which of the step's two tables */
    matrix matrices[MATRICES];
} layer;

#define PARTS 3 /* most projections that share an input */

typedef struct {
    const bf16 *down, *up;
    int64_t rank; /* 0: no update */
    part parts[PARTS];
} low_rank;

typedef struct {
    int64_t start, end;
    const low_rank *updates; /* by layer and matrix */
} adapted;

typedef struct {
    int64_t rows, hidden, heads, kv_heads, dim, width; /* width of the MLP */
    const bf16 *cosines[2], *sines[2];                 /* (rows, dim) each */
    const int64_t *positions;                          /* (rows,) in the arena */
    const span *spans;
    int64_t spans_count;
    const adapted *segments;
    int64_t segments_count, kv_head; /* kv_head: stride of the arena */
    int64_t plus_one, gelu;          /* norms scale by 1 + weight; the MLP gates with GELU: as in Gemma 3 */
} step;

static const int64_t PARTS_OF[MATRICES] = {3, 1, 2, 1};

/* y = x W plus the updates of each segment; segments, parts and parts_of have space for all segments. Returns 0, or -1
 * if memory ran out. */
TARGET static int project(const step *s, const layer *l, int64_t index, int64_t which, const bf16 *x, bf16 *y,
                           segment *segments, part *parts, int64_t *parts_of, parallel_fn parallel, int threads) {
    const matrix *m = l->matrices + which;
    const int64_t columns = m->count * COLUMNS;
    if (m->table == NULL)
        multiply(x, m->inner, s->rows, m->inner, y, columns, m->tiles, m->count, m->codes, m->block, m->bias, parallel,
                 threads);
    else if (multiply_integer(x, m->inner, s->rows, m->inner, y, columns, m->tiles, m->count, m->table, m->block,
                              m->bias, parallel, threads))
        return -1;
    int64_t count = 0, rank = 0;
    for (int64_t i = 0; i < s->segments_count; i++) {
        const low_rank *u = s->segments[i].updates + index * MATRICES + which;
        if (!u->rank) continue;
        segments[count] = (segment){s->segments[i].start, s->segments[i].end, u->down, u->up};
        parts_of[2 * count] = count * PARTS_OF[which], parts_of[2 * count + 1] = u->rank;
        memcpy(parts + count * PARTS_OF[which], u->parts, (size_t)PARTS_OF[which] * sizeof(part));
        if (u->rank > rank) rank = u->rank;
        count++;
    }
    if (count)
        update_rows(x, m->inner, m->inner, y, columns, segments, count, parts, parts_of, PARTS_OF[which], rank, parallel,
                    threads);
    return 0;
}

/* to += from * factor, where the product is rounded to bf16 first, as PyTorch does. */
TARGET static void add(bf16 *to, bf16 *from, int64_t count, float factor) {
    for (int64_t i = 0; i < count; i += 16) {
        if (factor != 1.0f) store_bf16(from + i, _mm512_mul_ps(load_bf16(from + i), _mm512_set1_ps(factor)));
        store_bf16(to + i, _mm512_add_ps(load_bf16(to + i), load_bf16(from + i)));
    }
}

/* Decoder layers over packed rows, in place: hidden (rows, hidden) bf16, contiguous. Every operation and every rounding
 * equals that of the functions above, called one by one. What a layer adds is scaled by `residual`, as in Granite. Returns
 * 0, or -1 if memory ran out. */
TARGET int decode_layers(bf16 *hidden, const step *s, const layer *layers, int64_t count, float scale, float eps,
                         float residual, parallel_fn parallel, int threads) {
    const int64_t q = s->heads * s->dim, k = s->kv_heads * s->dim, qkv = q + 2 * k, size = s->rows * s->hidden;
    const int64_t widest = qkv > 2 * s->width ? qkv : 2 * s->width;
    const int64_t elements = s->rows * (s->hidden + widest + q + k + (s->width > q ? s->width : q));
    const int gemma = (int)s->plus_one;
    bf16 *normed = aligned_alloc(64, (size_t)up(elements * 2, 64));
    const size_t room = (size_t)s->segments_count * (sizeof(segment) + PARTS * sizeof(part) + 2 * sizeof(int64_t));
    segment *segments = malloc(room + 1);
    if (normed == NULL || segments == NULL) {
        free(normed), free(segments);
        return -1;
    }
    part *parts = (part *)(segments + s->segments_count);
    int64_t *parts_of = (int64_t *)(parts + PARTS * s->segments_count);
    bf16 *wide = normed + size, *queries = wide + s->rows * widest, *keys = queries + s->rows * q;
    bf16 *narrow = keys + s->rows * k; /* output of attention or of the gate */
    int failed = 0;
    for (int64_t i = 0; i < count && !failed; i++) {
        const layer *l = layers + i;
        const bf16 *cosines = s->cosines[l->rotary], *sines = s->sines[l->rotary];
#define PROJECT(which, x, y) project(s, l, i, which, x, y, segments, parts, parts_of, parallel, threads)
        rms_norm(hidden, l->attention_norm, normed, s->rows, s->hidden, eps, gemma);
        if ((failed = PROJECT(QKV, normed, wide))) break;
        for (int64_t r = 0; r < s->rows; r++) {
            bf16 *row = wide + r * qkv;
            if (l->query_norm != NULL) rms_norm(row, l->query_norm, row, s->heads, s->dim, eps, gemma);
            if (l->key_norm != NULL) rms_norm(row + q, l->key_norm, row + q, s->kv_heads, s->dim, eps, gemma);
        }
        rotate(wide, s->dim, qkv, cosines, sines, queries, s->heads, s->rows, s->dim);
        rotate(wide + q, s->dim, qkv, cosines, sines, keys, s->kv_heads, s->rows, s->dim);
        store_rows(keys, s->dim, k, l->keys, s->kv_head, s->positions, s->rows, s->kv_heads, s->dim);
        store_rows(wide + q + k, s->dim, qkv, l->values, s->kv_head, s->positions, s->rows, s->kv_heads, s->dim);
        failed = attend(queries, s->dim, q, l->keys, l->values, s->kv_head, narrow, s->spans, s->spans_count, s->heads,
                        s->kv_heads, s->dim, scale, l->window, parallel, threads);
        if (failed || (failed = PROJECT(OUT, narrow, normed))) break;
        if (l->attention_out_norm != NULL)
            rms_norm(normed, l->attention_out_norm, normed, s->rows, s->hidden, eps, gemma);
        add(hidden, normed, size, residual);
        rms_norm(hidden, l->mlp_norm, normed, s->rows, s->hidden, eps, gemma);
        if ((failed = PROJECT(GATE_UP, normed, wide))) break;
        gate(wide, 2 * s->width, wide + s->width, 2 * s->width, narrow, s->rows, s->width, (int)s->gelu, parallel,
             threads);
        if ((failed = PROJECT(DOWN, narrow, normed))) break;
        if (l->mlp_out_norm != NULL) rms_norm(normed, l->mlp_out_norm, normed, s->rows, s->hidden, eps, gemma);
        add(hidden, normed, size, residual);
#undef PROJECT
    }
    free(normed), free(segments);
    return failed;
}

#else
int supported(void) { return 0; }
#endif
