#include "engine/sweep.h"

#include <math.h>

#include "engine/sweep_four.h"
#include "engine/sweep_rules.h"
#include "engine/sweep_status.h"

enum { FAST_LEAST = 2, FAST_MOST = 64 }; // rows

size_t sweep_longest(const struct sweep_input *in, size_t first, size_t end)
{
    size_t longest = 0;
    for (size_t s = first; s < end; s++) {
        size_t length = in->offsets == NULL ? in->length : in->offsets[s + 1] - in->offsets[s];
        longest = length > longest ? length : longest;
    }
    return longest;
}

// --- Limits

SWEEP_INLINE void find_limits(const struct series *s, const struct spc_how *how,
                              struct spc_segment *out)
{
    out->first = 0;
    out->end = out->present = s->count;
    if (s->count >= FAST_LEAST && how->fix_after == 0 && !how->screen) {
        lanes_means(s->values, s->count, &out->mean, &out->moving_range);
        double reach = SPC_LIMIT_FACTOR * out->moving_range;
        double near = SPC_NEAR_FACTOR * out->moving_range;
        out->lower = out->mean - reach;
        out->upper = out->mean + reach;
        out->near_lower = out->mean - near;
        out->near_upper = out->mean + near;
        if (!isnan(out->lower)) {
            return;
        }
    }
    spc_limits(s->values, how, out); // with gaps, or as it wants to be set
}

// --- Rules

static void full_slowly(const struct series *s, size_t at, const struct spc_how *how,
                        struct spc_point *scratch, const struct sweep_result *out)
{
    struct spc_segment segment;
    struct spc_target target = {s->target, NAN, NAN};
    size_t segments = spc_evaluate(s->values, NULL, s->count, how, &segment, scratch);
    struct spc_summary sum =
        spc_summarise(&segment, segments, scratch, s->values, s->count, how, &target);
    out->mean[at] = sum.mean;
    out->lower[at] = sum.lower;
    out->upper[at] = sum.upper;
    out->variation[at] = (uint8_t)sum.variation;
    out->assurance[at] = (uint8_t)sum.assurance;
    for (size_t i = 0; out->points != NULL && i < s->count; i++) {
        out->points[s->row + i] = (uint8_t)(scratch[i].flags | scratch[i].type << 4);
    }
}

// The variation of the last row.
SWEEP_INLINE enum variation latest_of(const struct sweep_masks *m, const struct sweep_marks *r,
                                      size_t count, const struct spc_how *how)
{
    size_t last = count - 1;
    unsigned flags = (unsigned)((r->outside >> last & 1) | (r->trend >> last & 1) << 1 |
                                (r->two_in_three >> last & 1) << 2 | (r->shift >> last & 1) << 3);
    int side = (int)(m->above >> last & 1) - (int)(m->below >> last & 1);
    int trend = r->rising >> last & 1 ? 1 : -1;
    return count < how->enough ? VARIATION_NONE : spc_variation_of(flags, side, trend, how);
}

// Rules and icons of a series without gaps, from its limits.
SWEEP_INLINE void rules_fast(const struct series *s, size_t at, const struct spc_how *how,
                             const struct spc_segment *limits, const struct sweep_result *out)
{
    struct sweep_bounds bounds = {limits->mean, limits->lower, limits->upper, limits->near_lower,
                                  limits->near_upper};
    struct sweep_masks masks;
    struct sweep_marks marks;
    struct spc_target target = {s->target, NAN, NAN};
    lanes_masks(s->values, s->count, &bounds, &masks);
    sweep_mark(&masks, how, &marks);
    if (out->points != NULL) {
        sweep_put(&marks, s->count, out->points + s->row);
    }
    out->mean[at] = limits->mean;
    out->lower[at] = limits->lower;
    out->upper[at] = limits->upper;
    out->variation[at] = (uint8_t)latest_of(&masks, &marks, s->count, how);
    bool says = s->count >= how->enough;
    out->assurance[at] = (uint8_t)(says ? spc_assurance(limits->lower, limits->upper, how, &target)
                                        : ASSURANCE_NONE);
}

// --- Passes

// The charts' settings for each polarity.
static void how_by_polarity(const struct spc_how *how, struct spc_how out[POLARITY_RANGE + 1])
{
    for (int p = POLARITY_NONE; p <= POLARITY_RANGE; p++) {
        out[p] = *how;
        out[p].improvement = IMPROVEMENT_NEUTRAL;
    }
    out[POLARITY_HIGHER].improvement = IMPROVEMENT_INCREASE;
    out[POLARITY_LOWER].improvement = IMPROVEMENT_DECREASE;
}

SWEEP_INLINE void full_pass(const struct sweep_input *in, const struct sweep_how *how, size_t first,
                            size_t end, struct spc_point *scratch, const struct sweep_result *out)
{
    struct spc_how hows[POLARITY_RANGE + 1];
    how_by_polarity(&how->spc, hows);
    for (size_t i = first; i < end; i++) {
        struct series s = series_of(in, i);
        const struct spc_how *own = &hows[s.polarity];
        struct spc_segment limits;
        find_limits(&s, own, &limits);
        if (s.count <= FAST_MOST && limits.present == s.count && !isnan(limits.lower)) {
            rules_fast(&s, i, own, &limits, out);
        } else {
            full_slowly(&s, i, own, scratch, out);
        }
        struct judged judged = judge(&s, how);
        out->status[i] = (uint8_t)judged.status;
        out->travel[i] = (uint8_t)judged.travel;
    }
}

// The four series from `i` on at once, where they are of one length and another comes after them:
// what is read beyond their ends is its. False where they have to be done one by one.
SWEEP_INLINE bool limits_of_four(const struct sweep_input *in, const struct sweep_how *how,
                                 size_t i, size_t end, const struct sweep_result *out)
{
    struct series next = series_of(in, i + FOUR < end ? i + FOUR : i);
    struct four_input four = {
        .count = series_of(in, i).count,
        .targets = in->targets == NULL ? NULL : in->targets + i,
        .green = in->green_within == NULL ? NULL : in->green_within + i,
        .amber = in->amber_within == NULL ? NULL : in->amber_within + i,
        .polarity = in->polarity + i,
        .tens = TENS[how->decimals],
    };
    if (i + FOUR >= end || four.count < FAST_LEAST || four.count > FOUR_COUNT_MOST ||
        next.count < FOUR) {
        return false;
    }
    for (size_t s = 0; s < FOUR; s++) {
        struct series one = series_of(in, i + s);
        four.values[s] = one.values;
        if (one.count != four.count) {
            return false;
        }
    }
    FOUR_RAW struct four_result result;
    if (!four_limits(&four, &result)) {
        return false;
    }
    memcpy(out->mean + i, &result.mean, sizeof result.mean);
    memcpy(out->lower + i, &result.lower, sizeof result.lower);
    memcpy(out->upper + i, &result.upper, sizeof result.upper);
    memcpy(out->status + i, result.status, sizeof result.status);
    memcpy(out->travel + i, result.travel, sizeof result.travel);
    return true;
}

SWEEP_INLINE void limits_pass(const struct sweep_input *in, const struct sweep_how *how,
                              size_t first, size_t end, const struct sweep_result *out)
{
    bool is_plain = how->spc.fix_after == 0 && !how->spc.screen;
    for (size_t i = first; i < end; i++) {
        if (is_plain && limits_of_four(in, how, i, end, out)) {
            i += FOUR - 1;
            continue;
        }
        struct series s = series_of(in, i);
        struct spc_segment limits;
        find_limits(&s, &how->spc, &limits);
        out->mean[i] = limits.mean;
        out->lower[i] = limits.lower;
        out->upper[i] = limits.upper;
        struct judged judged = judge(&s, how);
        out->status[i] = (uint8_t)judged.status;
        out->travel[i] = (uint8_t)judged.travel;
    }
}

// --- The same code for machines with wider registers; no multiply-add, which rounds once less.

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void full_wide(const struct sweep_input *in,
                                                      const struct sweep_how *how, size_t first,
                                                      size_t end, struct spc_point *scratch,
                                                      const struct sweep_result *out)
{
    full_pass(in, how, first, end, scratch, out);
}

__attribute__((target("avx2"))) static void limits_wide(const struct sweep_input *in,
                                                        const struct sweep_how *how, size_t first,
                                                        size_t end, const struct sweep_result *out)
{
    limits_pass(in, how, first, end, out);
}

static bool is_wide(void)
{
    return __builtin_cpu_supports("avx2");
}
#else
#define full_wide full_pass
#define limits_wide limits_pass
static bool is_wide(void)
{
    return false;
}
#endif

void sweep_full(const struct sweep_input *in, const struct sweep_how *how, size_t first, size_t end,
                struct spc_point *scratch, const struct sweep_result *out)
{
    if (is_wide()) {
        full_wide(in, how, first, end, scratch, out);
    } else {
        full_pass(in, how, first, end, scratch, out);
    }
}

void sweep_limits(const struct sweep_input *in, const struct sweep_how *how, size_t first,
                  size_t end, const struct sweep_result *out)
{
    if (is_wide()) {
        limits_wide(in, how, first, end, out);
    } else {
        limits_pass(in, how, first, end, out);
    }
}
