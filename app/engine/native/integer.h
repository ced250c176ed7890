/* Products of 4-bit and 8-bit weights with activations that are quantised on the way: sums of whole numbers.
 *
 * Activations get one scale for each row and block of the inner dimension. A 4-bit weight is looked up as a number from 0
 * to 128 (its code times 64, plus 64), an activation is rounded to -63..63: then two products of two pairs fit in the 16
 * bits of `vpmaddubsw`, and both builds compute the same sums. What the added 64 contributes is subtracted at the start:
 * 64 times the sum of the block's activations. 8-bit weights, of a head, are multiplied by activations of 15 bits.
 *
 * kernels.c includes this file. Names with `lanes` are what differs between the two builds. */

#define OFFSET 64           /* of a looked-up weight */
#define MOST_7_BITS 63      /* of an activation beside 4-bit weights */
#define MOST_15_BITS 16383  /* of an activation beside 8-bit weights */
#define PANEL 1024          /* inner elements that are unpacked at a time: 64 KB for a tile */
#define ROWS_AT_ONCE 128    /* rows that share an unpacked panel: 32 KB of sums */

#ifdef LORACLE_AVX2
typedef __m256i lanes; /* 8 columns of 4 bytes each */
#define INTEGER_ROWS 4 /* rows of a micro-tile of 2 vectors: 8 sums and 8 operands fit in the 16 registers */
#define load_lanes(from) _mm256_loadu_si256((const __m256i *)(from))
#define store_lanes(to, value) _mm256_storeu_si256((__m256i *)(to), value)
#define spread_lanes(value) _mm256_set1_epi32(value)
INLINE lanes low_codes(lanes packed, lanes table) {
    return _mm256_shuffle_epi8(table, _mm256_and_si256(packed, _mm256_set1_epi8(15)));
}
INLINE lanes high_codes(lanes packed, lanes table) { return low_codes(_mm256_srli_epi16(packed, 4), table); }
/* sums + products of 4 unsigned weights with 4 signed activations, twice. */
INLINE lanes dot_two(lanes sums, lanes weights, lanes x, lanes more_weights, lanes more_x) {
    const __m256i pairs = _mm256_add_epi16(_mm256_maddubs_epi16(weights, x), _mm256_maddubs_epi16(more_weights, more_x));
    return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}
/* sums + products of 2 signed weights of 8 bits, in memory, with 2 activations of 16 bits. */
INLINE lanes wide_weights(const int8_t *from) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)from));
}
INLINE lanes dot_wide(lanes sums, lanes weights, lanes x) {
    return _mm256_add_epi32(sums, _mm256_madd_epi16(weights, x));
}
/* to += sums * x_scale * scales */
INLINE void add_scaled(float *to, lanes sums, float x_scale, const float *scales) {
    const __m256 product = _mm256_mul_ps(_mm256_cvtepi32_ps(sums), _mm256_set1_ps(x_scale));
    _mm256_storeu_ps(to, _mm256_fmadd_ps(product, _mm256_loadu_ps(scales), _mm256_loadu_ps(to)));
}
INLINE lanes spread_table(const uint8_t *table) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}
#else
typedef __m512i lanes; /* 16 columns of 4 bytes each */
#define INTEGER_ROWS 8
#define load_lanes(from) _mm512_loadu_si512(from)
#define store_lanes(to, value) _mm512_storeu_si512(to, value)
#define spread_lanes(value) _mm512_set1_epi32(value)
INLINE lanes low_codes(lanes packed, lanes table) {
    return _mm512_shuffle_epi8(table, _mm512_and_si512(packed, _mm512_set1_epi8(15)));
}
INLINE lanes high_codes(lanes packed, lanes table) { return low_codes(_mm512_srli_epi16(packed, 4), table); }
INLINE lanes dot_two(lanes sums, lanes weights, lanes x, lanes more_weights, lanes more_x) {
    return _mm512_dpbusd_epi32(_mm512_dpbusd_epi32(sums, weights, x), more_weights, more_x);
}
INLINE lanes wide_weights(const int8_t *from) {
    return _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)from));
}
INLINE lanes dot_wide(lanes sums, lanes weights, lanes x) { return _mm512_dpwssd_epi32(sums, weights, x); }
INLINE void add_scaled(float *to, lanes sums, float x_scale, const float *scales) {
    const __m512 product = _mm512_mul_ps(_mm512_cvtepi32_ps(sums), _mm512_set1_ps(x_scale));
    _mm512_storeu_ps(to, _mm512_fmadd_ps(product, _mm512_loadu_ps(scales), _mm512_loadu_ps(to)));
}
INLINE lanes spread_table(const uint8_t *table) {
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table));
}
#endif

#define LANE_COLUMNS ((int64_t)sizeof(lanes) / 4) /* columns of a vector */
#define LANE_GROUPS (COLUMNS / 2 / LANE_COLUMNS)  /* pairs of vectors in a tile: columns c.. and 32 + c.. */

/* Rows of activations as whole numbers, with a scale and the start of the sums for each block. */
typedef struct {
    void *values; /* (rows, inner) of 1 byte, or of 2 beside 8-bit weights */
    float *scales;
    int32_t *starts; /* (rows, inner / block) both */
} quantized;

typedef struct {
    const bf16 *x;
    bf16 *y;
    const tile *tiles;
    const uint8_t *table; /* the 16 looked-up values of a 4-bit weight; NULL: the weights have 8 bits */
    const float *bias;
    int64_t x_row, y_row, rows, inner, block, count, next;
    quantized q;
} integer_product;

/* ---- activations ---- */

TARGET static inline __m256 widen_8(const bf16 *from) {
    const __m128i eight = _mm_loadu_si128((const __m128i *)from);
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(eight), 16));
}

TARGET static inline float largest_of_8(__m256 a) {
    __m128 most = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    most = _mm_max_ps(most, _mm_movehl_ps(most, most));
    return _mm_cvtss_f32(_mm_max_ss(most, _mm_movehdup_ps(most)));
}

/* One block of one row: its values become whole numbers up to `most`. Returns the scale; *sum gets their sum. */
TARGET static float quantize_block(const bf16 *x, int64_t count, int most, void *values, int32_t *sum) {
    const __m256 sign = _mm256_set1_ps(-0.0f);
    __m256 largest = _mm256_setzero_ps();
    for (int64_t i = 0; i < count; i += 8) largest = _mm256_max_ps(largest, _mm256_andnot_ps(sign, widen_8(x + i)));
    const float top = largest_of_8(largest);
    const __m256 factor = _mm256_set1_ps(top > 0 ? (float)most / top : 0.0f);
    __m256i total = _mm256_setzero_si256();
    for (int64_t i = 0; i < count; i += 8) {
        const __m256i whole = _mm256_cvtps_epi32(_mm256_mul_ps(widen_8(x + i), factor));
        const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1));
        total = _mm256_add_epi32(total, whole);
        if (most > 127)
            _mm_storeu_si128((__m128i *)((int16_t *)values + i), words);
        else
            _mm_storel_epi64((__m128i *)((int8_t *)values + i), _mm_packs_epi16(words, words));
    }
    int32_t parts[8];
    _mm256_storeu_si256((__m256i *)parts, total);
    *sum = 0;
    for (int i = 0; i < 8; i++) *sum += parts[i];
    return top / (float)most;
}

TARGET static void quantize_work(void *context) {
    integer_product *t = context;
    const int64_t blocks = t->inner / t->block, size = t->table != NULL ? 1 : 2;
    const int most = t->table != NULL ? MOST_7_BITS : MOST_15_BITS;
    for (;;) {
        const int64_t r = __atomic_fetch_add(&t->next, 1, __ATOMIC_RELAXED);
        if (r >= t->rows) return;
        for (int64_t b = 0; b < blocks; b++) {
            const int64_t at = r * blocks + b;
            char *values = (char *)t->q.values + (r * t->inner + b * t->block) * size;
            int32_t sum;
            t->q.scales[at] = quantize_block(t->x + r * t->x_row + b * t->block, t->block, most, values, &sum);
            t->q.starts[at] = t->table != NULL ? -OFFSET * sum : 0;
        }
    }
}

/* ---- micro-tiles ---- */

/* sums[r] (64 apart) += a block's whole numbers times the scales of its row, `x_row` apart, and of its columns. */
INLINE void add_block(const int rows, lanes acc[INTEGER_ROWS][2], float *sums, const float *x_scales, int64_t x_row,
                      const float *scales) {
    for (int r = 0; r < rows; r++)
        for (int half = 0; half < 2; half++)
            add_scaled(sums + r * COLUMNS + half * COLUMNS / 2, acc[r][half], x_scales[r * x_row],
                       scales + half * COLUMNS / 2);
}

/* sums[r] (64 apart) += products of one pair of vectors over `count` inner elements from `first`. `weights`: of one tile
 * and pair from `first` on, 4-bit (as in the tile) or unpacked to bytes; `scales`: of the tile from `first` on. */
INLINE void micro_of(const int rows, const int unpacked, const integer_product *t, int64_t row, int64_t first,
                     int64_t count, const char *weights, const float *scales, int64_t column, float *sums, lanes table) {
    const int64_t size = (int64_t)sizeof(lanes), step = unpacked ? 2 * size : COLUMNS * 2;
    const int64_t blocks = t->inner / t->block;
    const int8_t *x = (const int8_t *)t->q.values + row * t->inner + first;
    for (int64_t n = first / t->block; n < (first + count) / t->block; n++, scales += COLUMNS) {
        lanes acc[INTEGER_ROWS][2];
        for (int r = 0; r < rows; r++) acc[r][0] = acc[r][1] = spread_lanes(t->q.starts[(row + r) * blocks + n]);
        for (int64_t k = 0; k < t->block; k += 8, weights += 2 * step, x += 8) {
            lanes a, b, c, d;
            if (unpacked) {
                a = load_lanes(weights), b = load_lanes(weights + size);
                c = load_lanes(weights + step), d = load_lanes(weights + step + size);
            } else {
                const lanes one = load_lanes(weights), two = load_lanes(weights + step);
                a = low_codes(one, table), b = high_codes(one, table);
                c = low_codes(two, table), d = high_codes(two, table);
            }
            for (int r = 0; r < rows; r++) {
                int32_t four, more;
                memcpy(&four, x + r * t->inner, 4), memcpy(&more, x + r * t->inner + 4, 4);
                const lanes x0 = spread_lanes(four), x1 = spread_lanes(more);
                acc[r][0] = dot_two(acc[r][0], a, x0, c, x1);
                acc[r][1] = dot_two(acc[r][1], b, x0, d, x1);
            }
        }
        add_block(rows, acc, sums + column, t->q.scales + row * blocks + n, blocks, scales + column);
    }
}

/* As above, for all of a tile of 8-bit weights: (inner / 2, 64 columns, 2). */
INLINE void wide_micro_of(const int rows, const integer_product *t, int64_t row, const int8_t *weights,
                          const float *scales, int64_t column, float *sums) {
    const int64_t blocks = t->inner / t->block;
    const int16_t *x = (const int16_t *)t->q.values + row * t->inner;
    for (int64_t b = 0; b < blocks; b++, scales += COLUMNS) {
        lanes acc[INTEGER_ROWS][2];
        for (int r = 0; r < rows; r++) acc[r][0] = acc[r][1] = spread_lanes(0);
        for (int64_t k = 0; k < t->block; k += 2, weights += 2 * COLUMNS, x += 2) {
            const lanes a = wide_weights(weights + 2 * column);
            const lanes c = wide_weights(weights + 2 * column + COLUMNS);
            for (int r = 0; r < rows; r++) {
                int32_t two;
                memcpy(&two, x + r * t->inner, 4);
                const lanes pair = spread_lanes(two);
                acc[r][0] = dot_wide(acc[r][0], a, pair);
                acc[r][1] = dot_wide(acc[r][1], c, pair);
            }
        }
        add_block(rows, acc, sums + column, t->q.scales + row * blocks + b, blocks, scales + column);
    }
}

#if INTEGER_ROWS == 4
#define FOR_INTEGER_ROWS(rows, call) \
    switch (rows) {                  \
        case 1: call(1); break;      \
        case 2: call(2); break;      \
        case 3: call(3); break;      \
        default: call(4);            \
    }
#else
#define FOR_INTEGER_ROWS(rows, call) \
    switch (rows) {                  \
        case 1: call(1); break;      \
        case 2: call(2); break;      \
        case 3: call(3); break;      \
        case 4: call(4); break;      \
        case 5: call(5); break;      \
        case 6: call(6); break;      \
        case 7: call(7); break;      \
        default: call(8);            \
    }
#endif

TARGET static void micro_packed(int rows, const integer_product *t, int64_t row, const char *weights,
                                const float *scales, int64_t column, float *sums, lanes table) {
#define CALL(n) micro_of(n, 0, t, row, 0, t->inner, weights, scales, column, sums, table)
    FOR_INTEGER_ROWS(rows, CALL)
#undef CALL
}

TARGET static void micro_unpacked(int rows, const integer_product *t, int64_t row, int64_t first, int64_t count,
                                  const char *weights, const float *scales, int64_t column, float *sums, lanes table) {
#define CALL(n) micro_of(n, 1, t, row, first, count, weights, scales, column, sums, table)
    FOR_INTEGER_ROWS(rows, CALL)
#undef CALL
}

TARGET static void wide_micro(int rows, const integer_product *t, int64_t row, const int8_t *weights,
                              const float *scales, int64_t column, float *sums) {
#define CALL(n) wide_micro_of(n, t, row, weights, scales, column, sums)
    FOR_INTEGER_ROWS(rows, CALL)
#undef CALL
}

/* ---- tiles ---- */

/* panel[pair of vectors][inner / 4][2 vectors] = the looked-up weights of `count` inner elements. */
TARGET static void unpack_panel(const char *weights, int64_t count, lanes table, char *panel) {
    const int64_t size = (int64_t)sizeof(lanes);
    for (int64_t g = 0; g < LANE_GROUPS; g++)
        for (int64_t k = 0; k < count / 4; k++, panel += 2 * size) {
            const lanes packed = load_lanes(weights + k * 2 * COLUMNS + g * size);
            store_lanes(panel, low_codes(packed, table));
            store_lanes(panel + size, high_codes(packed, table));
        }
}

TARGET static void tile_of_rows(const integer_product *t, const tile *one, int64_t row, int64_t rows, float *sums,
                                char *panel) {
    const int64_t size = (int64_t)sizeof(lanes);
    const lanes table = t->table != NULL ? spread_table(t->table) : spread_lanes(0);
    if (t->table == NULL || rows <= INTEGER_ROWS) {
        for (int64_t r = 0; r < rows; r += INTEGER_ROWS)
            for (int64_t g = 0; g < LANE_GROUPS; g++) {
                const int part = (int)(rows - r < INTEGER_ROWS ? rows - r : INTEGER_ROWS);
                float *to = sums + r * COLUMNS;
                if (t->table == NULL)
                    wide_micro(part, t, row + r, one->weights, one->scales, g * LANE_COLUMNS, to);
                else
                    micro_packed(part, t, row + r, (const char *)one->weights + g * size, one->scales, g * LANE_COLUMNS,
                                 to, table);
            }
        return;
    }
    const int64_t most = PANEL / t->block * t->block;
    for (int64_t first = 0; first < t->inner; first += most) {
        const int64_t count = t->inner - first < most ? t->inner - first : most;
        unpack_panel((const char *)one->weights + first / 4 * 2 * COLUMNS, count, table, panel);
        for (int64_t g = 0; g < LANE_GROUPS; g++) /* a pair's 16 KB of weights stay in the first cache for all rows */
            for (int64_t r = 0; r < rows; r += INTEGER_ROWS)
                micro_unpacked((int)(rows - r < INTEGER_ROWS ? rows - r : INTEGER_ROWS), t, row + r, first, count,
                               panel + g * count / 4 * 2 * size, one->scales + first / t->block * COLUMNS,
                               g * LANE_COLUMNS, sums + r * COLUMNS, table);
    }
}

TARGET static void integer_work(void *context) {
    integer_product *t = context;
    const int64_t most = t->rows < ROWS_AT_ONCE ? t->rows : ROWS_AT_ONCE;
    float *sums = aligned_alloc(64, (size_t)(most * COLUMNS * 4 + PANEL * COLUMNS));
    if (sums == NULL) abort();
    char *panel = (char *)(sums + most * COLUMNS);
    for (;;) {
        const int64_t i = __atomic_fetch_add(&t->next, 1, __ATOMIC_RELAXED);
        if (i >= t->count) break;
        for (int64_t row = 0; row < t->rows; row += most) {
            const int64_t rows = t->rows - row < most ? t->rows - row : most;
            for (int64_t r = 0; r < rows; r++)
                if (t->bias != NULL)
                    memcpy(sums + r * COLUMNS, t->bias + i * COLUMNS, COLUMNS * sizeof(float));
                else
                    memset(sums + r * COLUMNS, 0, COLUMNS * sizeof(float));
            tile_of_rows(t, t->tiles + i, row, rows, sums, panel);
            for (int64_t r = 0; r < rows; r++)
                for (int v = 0; v < 4; v++)
                    store_bf16(t->y + (row + r) * t->y_row + i * COLUMNS + 16 * v,
                               _mm512_loadu_ps(sums + r * COLUMNS + 16 * v));
        }
    }
    free(sums);
}

/* y = x W + bias with quantised activations. x: (rows, inner) with a row stride, y: (rows, 64 count), both bf16; bias
 * (64 count) or NULL. Tiles have scales (inner / block, 64), and weights (inner / 4, 128 bytes), where the bytes hold 4
 * inner elements of columns c in their low and of columns 32 + c in their high halves, or, if `table` is NULL, (inner / 2,
 * 64, 2) of 8 bits. inner is a multiple of block, block a multiple of 8 up to PANEL. Returns 0, or -1 if memory ran out. */
int multiply_integer(const bf16 *x, int64_t x_row, int64_t rows, int64_t inner, bf16 *y, int64_t y_row,
                     const tile *tiles, int64_t count, const uint8_t *table, int64_t block, const float *bias,
                     parallel_fn parallel, int threads) {
    const int64_t numbers = rows * (inner / block);
    const int64_t bytes = up(rows * inner * (table != NULL ? 1 : 2), 64) + numbers * 8;
    char *memory = aligned_alloc(64, (size_t)up(bytes, 64));
    if (memory == NULL) return -1;
    float *scales = (float *)(memory + bytes - numbers * 8);
    integer_product t = {x, y, tiles, table, bias, x_row, y_row, rows, inner, block, count, 0,
                         {memory, scales, (int32_t *)(scales + numbers)}};
    run(parallel, rows < 8 ? 1 : threads, rows, quantize_work, &t);
    t.next = 0;
    run(parallel, threads, count, integer_work, &t);
    free(memory);
    return 0;
}
