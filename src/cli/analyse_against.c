#include <math.h>
#include <string.h>

#include "cli/analyse_job.h"
#include "engine/against.h"

enum {
    METHOD,
    POLARITY,
    VALUE,
    LOWER,
    UPPER,
    LOWER_998,
    UPPER_998,
    BENCHMARK,
    BENCHMARK_LOWER,
    BENCHMARK_UPPER,
    DENOMINATOR,
    UNIT,
    LIMIT,
    USE_INTERVAL,
    Z,
    P,
};

static const char *const COLUMNS[] = {
    [METHOD] = "method",
    [POLARITY] = "polarity",
    [VALUE] = "value",
    [LOWER] = "lower",
    [UPPER] = "upper",
    [LOWER_998] = "lower_998",
    [UPPER_998] = "upper_998",
    [BENCHMARK] = "benchmark",
    [BENCHMARK_LOWER] = "benchmark_lower",
    [BENCHMARK_UPPER] = "benchmark_upper",
    [DENOMINATOR] = "denominator",
    [UNIT] = "unit",
    [LIMIT] = "limit",
    [USE_INTERVAL] = "use_interval",
    [Z] = "z",
    [P] = "p",
    NULL,
};

static bool read_yes_no(struct analyse *j, size_t column, bool *out)
{
    static const char *const yes[] = {"yes", "1", "true", "True", "TRUE"};
    static const char *const no[] = {"no", "0", "false", "False", "FALSE"};
    *out = false;
    if (analyse_is_blank(j, column)) {
        return true;
    }
    const char *text = analyse_text(j, column);
    for (size_t i = 0; i < COUNT_OF(yes); i++) {
        if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0) {
            *out = strcmp(text, yes[i]) == 0;
            return true;
        }
    }
    return analyse_fault(j, "%s is neither yes nor no.", analyse_shown(j, column));
}

static bool read_words(struct analyse *j, struct against_input *in)
{
    if (!against_method_from_text(analyse_text(j, METHOD), &in->method)) {
        return analyse_fault(j,
                             "%s is not a method; write single, double, two, range, target, "
                             "proportion or rate.",
                             analyse_shown(j, METHOD));
    }
    if (!against_polarity_from_text(analyse_text(j, POLARITY), &in->polarity,
                                    &in->not_applicable)) {
        return analyse_fault(j, "%s is not a polarity; write high, low, none or not_applicable.",
                             analyse_shown(j, POLARITY));
    }
    return read_yes_no(j, USE_INTERVAL, &in->use_interval);
}

// Figures of the columns the method looks at; what stands in others is none of its business.
static bool read_figures(struct analyse *j, struct against_input *in)
{
    enum { LINE_MAX = 6 };
    static const struct {
        size_t columns[LINE_MAX], count;
    } looked_at[AGAINST_COUNT] = {
        [AGAINST_SINGLE] = {{LOWER, UPPER, BENCHMARK}, 3},
        [AGAINST_DOUBLE] = {{LOWER, UPPER, LOWER_998, UPPER_998, BENCHMARK}, 5},
        [AGAINST_TWO] = {{LOWER, UPPER, BENCHMARK, BENCHMARK_LOWER, BENCHMARK_UPPER}, 5},
        [AGAINST_RANGE] = {{LOWER, UPPER}, 2},
        [AGAINST_TARGET] = {{LIMIT, LOWER, UPPER}, 3},
        [AGAINST_PROPORTION] = {{BENCHMARK, DENOMINATOR, UNIT, Z}, 4},
        [AGAINST_RATE] = {{BENCHMARK, DENOMINATOR, UNIT, P}, 4},
    };
    double *const places[] = {
        [LOWER] = &in->lower,
        [UPPER] = &in->upper,
        [LOWER_998] = &in->lower_998,
        [UPPER_998] = &in->upper_998,
        [BENCHMARK] = &in->benchmark,
        [BENCHMARK_LOWER] = &in->benchmark_lower,
        [BENCHMARK_UPPER] = &in->benchmark_upper,
        [DENOMINATOR] = &in->denominator,
        [UNIT] = &in->unit,
        [LIMIT] = &in->limit,
        [Z] = &in->z,
        [P] = &in->p,
    };
    size_t count = looked_at[in->method].count;
    if (in->method == AGAINST_TARGET && !in->use_interval) {
        count = 1;
    }
    for (size_t i = 0; i < count; i++) {
        size_t column = looked_at[in->method].columns[i];
        if (!analyse_double(j, column, places[column])) {
            return false;
        }
    }
    return in->method == AGAINST_NONE || analyse_double(j, VALUE, &in->value);
}

static bool in_order(struct analyse *j, double lower, double upper, size_t lower_column,
                     size_t upper_column)
{
    if (lower > upper) {
        return analyse_fault(j, "%s is above %s; swap them.", analyse_shown(j, lower_column),
                             analyse_shown(j, upper_column));
    }
    return true;
}

static bool make_sense(struct analyse *j, const struct against_input *in)
{
    if (!in_order(j, in->lower, in->upper, LOWER, UPPER) ||
        !in_order(j, in->lower_998, in->upper_998, LOWER_998, UPPER_998) ||
        !in_order(j, in->benchmark_lower, in->benchmark_upper, BENCHMARK_LOWER, BENCHMARK_UPPER)) {
        return false;
    }
    if (in->z <= 0) {
        return analyse_fault(j, "%s is not above nought; write 1.96 for 95 %%.",
                             analyse_shown(j, Z));
    }
    if (in->p <= 0 || in->p >= 1) {
        return analyse_fault(j, "%s is no tail; write 0.025 for 95 %%.", analyse_shown(j, P));
    }
    return true;
}

static bool judge_row(struct analyse *j)
{
    struct against_input in = against_blank();
    if (!read_words(j, &in) || !read_figures(j, &in) || !make_sense(j, &in)) {
        return false;
    }
    j->results[0] = verdict_code(against_compare(&in));
    return true;
}

static const char *const RESULTS[] = {"verdict", NULL};
static const char *const OPTIONS[] = {NULL};

const struct analyse_method analyse_method_against = {
    .name = "against",
    .summary = "each figure against a benchmark, a range or a target: better, same or worse",
    .columns = COLUMNS,
    .required = VALUE + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .one_to_one = true,
    .row = judge_row,
    .help =
        "goldthread analyse against [FILE]\n\n"
        "Says of each row whether the value is better, worse or not to be told apart.\n\n"
        "Columns (those that the row's method does not name may be left out)\n"
        "  method         single      benchmark within lower to upper: same\n"
        "                 double      also lower_998, upper_998: beyond them best or worst\n"
        "                 two         benchmark_lower to benchmark_upper overlaps or touches: "
        "same\n"
        "                 range       lower <= value < upper: same\n"
        "                 target      limit; with use_interval yes the whole of lower to upper\n"
        "                 proportion  benchmark, denominator, unit (100 for percentages), z (1.96\n"
        "                             for 95 %): limits by chance round the benchmark\n"
        "                 rate        benchmark, denominator, unit (100000 for rates per "
        "100,000),\n"
        "                             p (one tail: 0.025 for 95 %)\n"
        "  polarity       high or higher is good, low or lower is good, none, not_applicable\n"
        "  value          the figure\n"
        "Adds\n"
        "  verdict        better, same, worse, best, worst; without polarity higher, same, lower;\n"
        "                 none: something the method needs is missing, or not_applicable\n\n"
        "Example\n"
        "  printf 'method,polarity,value,lower,upper,benchmark\\nsingle,high,81,77,85,75\\n' |\n"
        "    goldthread analyse against\n",
};
