#include "engine/against.h"

#include <math.h>
#include <string.h>

#include "engine/special.h"

struct against_input against_blank(void)
{
    return (struct against_input){
        .method = AGAINST_NONE,
        .polarity = POLARITY_NONE,
        .value = NAN,
        .lower = NAN,
        .upper = NAN,
        .lower_998 = NAN,
        .upper_998 = NAN,
        .benchmark = NAN,
        .benchmark_lower = NAN,
        .benchmark_upper = NAN,
        .denominator = NAN,
        .unit = NAN,
        .limit = NAN,
        .z = NAN,
        .p = NAN,
    };
}

// A figure above (or under) its benchmark, in the measure's own sense.
static enum verdict side(enum polarity polarity, bool is_above, bool is_far)
{
    if (polarity != POLARITY_HIGHER && polarity != POLARITY_LOWER) {
        return is_above ? VERDICT_HIGHER : VERDICT_LOWER;
    }
    if (is_above == (polarity == POLARITY_HIGHER)) {
        return is_far ? VERDICT_BEST : VERDICT_BETTER;
    }
    return is_far ? VERDICT_WORST : VERDICT_WORSE;
}

static bool is_within(double value, double lower, double upper)
{
    return value >= lower && value <= upper;
}

static bool all_there(const double *figures, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(figures[i])) {
            return false;
        }
    }
    return true;
}
#define ALL_THERE(...)                                                                             \
    all_there((const double[]){__VA_ARGS__}, COUNT_OF(((const double[]){__VA_ARGS__})))

static enum verdict against_single(const struct against_input *in)
{
    if (!ALL_THERE(in->value, in->lower, in->upper, in->benchmark)) {
        return VERDICT_NONE;
    }
    if (is_within(in->benchmark, in->lower, in->upper)) {
        return VERDICT_SAME;
    }
    return side(in->polarity, in->value >= in->benchmark, false);
}

static enum verdict against_double(const struct against_input *in)
{
    if (!ALL_THERE(in->value, in->lower, in->upper, in->lower_998, in->upper_998, in->benchmark)) {
        return VERDICT_NONE;
    }
    if (is_within(in->benchmark, in->lower, in->upper)) {
        return VERDICT_SAME;
    }
    bool is_far = !is_within(in->benchmark, in->lower_998, in->upper_998);
    return side(in->polarity, in->value >= in->benchmark, is_far);
}

static enum verdict against_two(const struct against_input *in)
{
    if (!ALL_THERE(in->value, in->lower, in->upper, in->benchmark, in->benchmark_lower,
                   in->benchmark_upper)) {
        return VERDICT_NONE;
    }
    if (in->lower <= in->benchmark_upper && in->benchmark_lower <= in->upper) {
        return VERDICT_SAME;
    }
    return side(in->polarity, in->value >= in->benchmark, false);
}

static enum verdict against_range(const struct against_input *in)
{
    if (!ALL_THERE(in->value, in->lower, in->upper) || in->lower > in->upper) {
        return VERDICT_NONE;
    }
    if (in->value < in->lower) {
        return side(in->polarity, false, false);
    }
    return in->value >= in->upper ? side(in->polarity, true, false) : VERDICT_SAME;
}

static enum verdict against_target(const struct against_input *in)
{
    if (!ALL_THERE(in->value, in->limit)) {
        return VERDICT_NONE;
    }
    if (!in->use_interval) {
        bool on_limit_is_above = in->polarity != POLARITY_LOWER;
        return side(in->polarity,
                    in->value > in->limit || (in->value == in->limit && on_limit_is_above), false);
    }
    if (!ALL_THERE(in->lower, in->upper)) {
        return VERDICT_NONE;
    }
    if (in->lower >= in->limit) {
        return side(in->polarity, true, false);
    }
    return in->upper < in->limit ? side(in->polarity, false, false) : VERDICT_SAME;
}

bool against_proportion_limits(double benchmark, double denominator, double unit, double z,
                               double *ret_lower, double *ret_upper)
{
    if (!ALL_THERE(benchmark, denominator, unit, z) || denominator <= 0 || unit <= 0 || z <= 0) {
        return false;
    }
    double proportion = benchmark / unit;
    if (proportion < 0 || proportion > 1) {
        return false;
    }
    double expected = denominator * proportion;
    double spread = z * sqrt(z * z + 4 * expected * (1 - expected / denominator));
    double middle = 2 * expected + z * z;
    double base = 2 * (denominator + z * z);
    // At the ends the formula gives 0 and 1 but for a hair of cancellation.
    *ret_lower = proportion > 0 ? fmax(0, (middle - spread) / base) * unit : 0;
    *ret_upper = proportion < 1 ? fmin(1, (middle + spread) / base) * unit : unit;
    return true;
}

static enum verdict against_proportion(const struct against_input *in)
{
    double lower = NAN;
    double upper = NAN;
    if (!isfinite(in->value) || !against_proportion_limits(in->benchmark, in->denominator, in->unit,
                                                           in->z, &lower, &upper)) {
        return VERDICT_NONE;
    }
    if (is_within(in->value, lower, upper)) {
        return VERDICT_SAME;
    }
    return side(in->polarity, in->value > upper, false);
}

bool against_rate_limits(double benchmark, double denominator, double unit, double p,
                         double *ret_lower, double *ret_upper)
{
    if (!ALL_THERE(benchmark, denominator, unit, p) || benchmark < 0 || denominator <= 0 ||
        unit <= 0 || p <= 0 || p >= 1) {
        return false;
    }
    double expected = benchmark * (denominator / unit);
    double low_df = 2 * ceil(expected);
    double high_df = 2 * floor(expected) + 2;
    double lower = low_df > 0 ? chi_square_quantile(p, low_df) / 2 : 0;
    double upper = chi_square_quantile_upper(p, high_df) / 2;
    if (!ALL_THERE(lower, upper)) {
        return false;
    }
    *ret_lower = lower / denominator * unit;
    *ret_upper = upper / denominator * unit;
    return true;
}

static enum verdict against_rate(const struct against_input *in)
{
    double lower = NAN;
    double upper = NAN;
    if (!isfinite(in->value) ||
        !against_rate_limits(in->benchmark, in->denominator, in->unit, in->p, &lower, &upper)) {
        return VERDICT_NONE;
    }
    if (is_within(in->value, lower, upper)) {
        return VERDICT_SAME;
    }
    return side(in->polarity, in->value > upper, false);
}

enum verdict against_compare(const struct against_input *in)
{
    if (in->not_applicable) {
        return VERDICT_NONE;
    }
    switch (in->method) {
    case AGAINST_SINGLE: return against_single(in);
    case AGAINST_DOUBLE: return against_double(in);
    case AGAINST_TWO: return against_two(in);
    case AGAINST_RANGE: return against_range(in);
    case AGAINST_TARGET: return against_target(in);
    case AGAINST_PROPORTION: return against_proportion(in);
    case AGAINST_RATE: return against_rate(in);
    case AGAINST_NONE:
    case AGAINST_COUNT: break;
    }
    return VERDICT_NONE;
}

static const char *const VERDICTS[VERDICT_COUNT] = {
    [VERDICT_NONE] = "none",     [VERDICT_BETTER] = "better", [VERDICT_SAME] = "same",
    [VERDICT_WORSE] = "worse",   [VERDICT_BEST] = "best",     [VERDICT_WORST] = "worst",
    [VERDICT_HIGHER] = "higher", [VERDICT_LOWER] = "lower",
};

static const char *const METHODS[AGAINST_COUNT] = {
    [AGAINST_NONE] = "none", [AGAINST_SINGLE] = "single",         [AGAINST_DOUBLE] = "double",
    [AGAINST_TWO] = "two",   [AGAINST_RANGE] = "range",           [AGAINST_TARGET] = "target",
    [AGAINST_RATE] = "rate", [AGAINST_PROPORTION] = "proportion",
};

// The index of `text`; `count` when it is none of them.
static size_t find_word(const char *const *words, size_t count, const char *text)
{
    size_t i = 0;
    while (i < count && (text == NULL || strcmp(words[i], text) != 0)) {
        i++;
    }
    return i;
}

const char *verdict_code(enum verdict v)
{
    return (size_t)v < COUNT_OF(VERDICTS) ? VERDICTS[v] : "";
}

bool verdict_from_code(const char *text, enum verdict *out)
{
    size_t i = find_word(VERDICTS, COUNT_OF(VERDICTS), text);
    if (i == COUNT_OF(VERDICTS)) {
        return false;
    }
    *out = (enum verdict)i;
    return true;
}

bool against_method_from_text(const char *text, enum against_method *out)
{
    size_t i = find_word(METHODS, COUNT_OF(METHODS), text);
    if (i == COUNT_OF(METHODS)) {
        return false;
    }
    *out = (enum against_method)i;
    return true;
}

bool against_polarity_from_text(const char *text, enum polarity *out, bool *ret_not_applicable)
{
    static const struct {
        const char *word;
        enum polarity polarity;
    } words[] = {
        {"higher", POLARITY_HIGHER},       {"high", POLARITY_HIGHER}, {"lower", POLARITY_LOWER},
        {"low", POLARITY_LOWER},           {"none", POLARITY_NONE},   {"range", POLARITY_RANGE},
        {"not_applicable", POLARITY_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (text != NULL && strcmp(text, words[i].word) == 0) {
            *out = words[i].polarity;
            *ret_not_applicable = i + 1 == COUNT_OF(words);
            return true;
        }
    }
    return false;
}
