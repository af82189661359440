#include "engine/aggregate.h"

#include <string.h>

// The parts of one span: parts[from] to parts[to - 1].
struct window {
    size_t from, to;
};

// Parts ascend by end, so the first that ends in the span is found by halving.
static struct window window_of(const struct part_figure *parts, size_t count, day start, day end)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (parts[middle].period.end < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct window w = {low, low};
    while (w.to < count && parts[w.to].period.end <= end) {
        w.to++;
    }
    return w;
}

// top x multiplier / bottom at the places asked for; with none asked (-1), at as many as fit.
static struct dec divide(struct dec top, struct dec bottom, int64_t multiplier, int decimals)
{
    if (decimals >= 0) {
        return dec_ratio(top, bottom, multiplier, decimals);
    }
    // The digits before the point that the whole part needs are not there for the fraction.
    struct dec whole = dec_ratio(top, bottom, multiplier, 0);
    int places = DEC_SCALE_MAX;
    for (int64_t rest = dec_abs(whole).units; rest > 0; rest /= 10) {
        places--;
    }
    struct dec result = dec_ratio(top, bottom, multiplier, places);
    // Rounding may have carried into one digit more.
    return result.present || places == 0 ? result : dec_ratio(top, bottom, multiplier, places - 1);
}

static bool is_present(const struct part_figure *p, enum aggregation as)
{
    return as == AGGREGATE_RATIO ? p->numerator.present && p->denominator.present
                                 : p->value.present;
}

// The parts of the window as one figure; `stock_mean` for a stock over a rolling window.
static struct aggregate_result combine(const struct part_figure *parts, struct window w, day start,
                                       const struct aggregate_how *how, bool stock_mean)
{
    struct aggregate_result r = {DEC_NONE, DEC_NONE, DEC_NONE, 0, 0};
    struct dec sum = dec_int(0), top = dec_int(0), bottom = dec_int(0), last = DEC_NONE;
    for (size_t i = w.from; i < w.to; i++) {
        const struct part_figure *p = &parts[i];
        if (p->period.start < start || !is_present(p, how->as)) {
            continue;
        }
        r.present++;
        if (how->as == AGGREGATE_RATIO) {
            top = dec_add(top, p->numerator);
            bottom = dec_add(bottom, p->denominator);
        } else {
            sum = dec_add(sum, p->value);
            last = p->value;
        }
    }
    if (r.present == 0) {
        return r;
    }
    switch (how->as) {
    case AGGREGATE_SUM: r.value = sum; break;
    case AGGREGATE_LAST:
        r.value = stock_mean ? divide(sum, dec_int(r.present), 1, how->decimals) : last;
        break;
    case AGGREGATE_MEAN: r.value = divide(sum, dec_int(r.present), 1, how->decimals); break;
    case AGGREGATE_RATIO:
        r.numerator = top;
        r.denominator = bottom;
        r.value = divide(top, bottom, how->multiplier, how->decimals);
        break;
    case AGGREGATE_NONE: break;
    }
    return r;
}

// Only the figure of the very period: a median, an index, a survey's result.
static struct aggregate_result very_period(const struct part_figure *parts, size_t count,
                                           struct period whole)
{
    struct aggregate_result r = {DEC_NONE, DEC_NONE, DEC_NONE, 0, 1};
    struct window w = window_of(parts, count, whole.start, whole.end);
    for (size_t i = w.from; i < w.to; i++) {
        if (period_equal(parts[i].period, whole) && parts[i].value.present) {
            r.value = parts[i].value;
            r.numerator = parts[i].numerator;
            r.denominator = parts[i].denominator;
            r.present = 1;
        }
    }
    return r;
}

struct aggregate_result aggregate_period(const struct part_figure *parts, size_t count,
                                         struct period whole, const struct aggregate_how *how)
{
    if (how->as == AGGREGATE_NONE) {
        return very_period(parts, count, whole);
    }
    struct window w = window_of(parts, count, whole.start, whole.end);
    struct aggregate_result r = combine(parts, w, whole.start, how, false);
    if (count > 0) {
        r.expected = period_count(whole, parts[0].period.kind, how->year_start);
    }
    return r;
}

struct aggregate_result aggregate_year_to_date(const struct part_figure *parts, size_t count,
                                               struct period last, const struct aggregate_how *how)
{
    if (how->as == AGGREGATE_NONE) {
        return very_period(parts, count, last);
    }
    day start = period_of(PERIOD_YEAR, last.end, how->year_start).start;
    struct window w = window_of(parts, count, start, last.end);
    struct aggregate_result r = combine(parts, w, start, how, false);
    struct period p = last;
    while (p.kind != PERIOD_NONE && p.start >= start) {
        r.expected++;
        p = period_step(p, -1, how->year_start);
    }
    return r;
}

struct aggregate_result aggregate_rolling(const struct part_figure *parts, size_t count,
                                          struct period last, int window,
                                          const struct aggregate_how *how)
{
    if (how->as == AGGREGATE_NONE) {
        return very_period(parts, count, last);
    }
    day start = period_step(last, 1 - window, how->year_start).start;
    struct window w = window_of(parts, count, start, last.end);
    struct aggregate_result r = combine(parts, w, start, how, true);
    r.expected = window;
    if (r.present < window) {
        r.value = DEC_NONE;
    }
    return r;
}

static const char *const WORDS[] = {
    [AGGREGATE_NONE] = "none", [AGGREGATE_SUM] = "sum",     [AGGREGATE_LAST] = "last",
    [AGGREGATE_MEAN] = "mean", [AGGREGATE_RATIO] = "ratio",
};

bool aggregation_from_text(const char *text, enum aggregation *out)
{
    for (size_t i = 0; text != NULL && i < COUNT_OF(WORDS); i++) {
        if (strcmp(WORDS[i], text) == 0) {
            *out = (enum aggregation)i;
            return true;
        }
    }
    return false;
}

const char *aggregation_text(enum aggregation a)
{
    return (size_t)a < COUNT_OF(WORDS) ? WORDS[a] : "";
}
