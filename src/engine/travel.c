#include "engine/travel.h"

#include "engine/exact.h"

static bool comparable(const struct travel_input *in)
{
    if (!in->value.present || !in->before.present || in->polarity == POLARITY_NONE) {
        return false;
    }
    return in->polarity != POLARITY_RANGE || in->lower.present || in->upper.present;
}

// How much better `value` is than `before`, in the measure's own direction.
static exact gain(const struct travel_input *in, struct dec value, struct dec before)
{
    switch (in->polarity) {
    case POLARITY_HIGHER: return exact_of(value) - exact_of(before);
    case POLARITY_LOWER: return exact_of(before) - exact_of(value);
    case POLARITY_RANGE: {
        struct good_span good = {dec_round(in->lower, in->decimals),
                                 dec_round(in->upper, in->decimals)};
        return exact_outside(before, good) - exact_outside(value, good);
    }
    case POLARITY_NONE: break;
    }
    return 0;
}

struct travel_result travel_evaluate(const struct travel_input *input)
{
    struct travel_result result = {TRAVEL_NOT_COMPARABLE, dec_round(input->value, input->decimals),
                                   dec_round(input->before, input->decimals), DEC_NONE};
    if (!comparable(input)) {
        return result;
    }
    exact better = gain(input, result.value, result.before);
    exact band = exact_of(input->dead_band);
    result.change = exact_difference(result.value, result.before);
    if (better > band) {
        result.travel = TRAVEL_IMPROVED;
    } else if (better < -band) {
        result.travel = TRAVEL_WORSE;
    } else {
        result.travel = TRAVEL_SAME;
    }
    return result;
}

const char *travel_code(enum travel t)
{
    static const char *const codes[] = {
        [TRAVEL_NOT_COMPARABLE] = "not_comparable",
        [TRAVEL_IMPROVED] = "improved",
        [TRAVEL_SAME] = "same",
        [TRAVEL_WORSE] = "worse",
    };
    return (size_t)t < COUNT_OF(codes) ? codes[t] : "";
}

int travel_run(const struct dec *values, size_t count, enum polarity polarity, int decimals)
{
    enum travel last = TRAVEL_NOT_COMPARABLE;
    int run = 0;
    for (size_t i = count; i >= 2; i--) {
        struct travel_input step = {.polarity = polarity,
                                    .decimals = decimals,
                                    .value = values[i - 1],
                                    .before = values[i - 2]};
        enum travel t = travel_evaluate(&step).travel;
        if (t == TRAVEL_NOT_COMPARABLE || t == TRAVEL_SAME || (run > 0 && t != last)) {
            break;
        }
        last = t;
        run++;
    }
    return run;
}
