// `analyse funnel`: each area against the average of its group, by how much its size explains.
#include <math.h>

#include "cli/analyse_confidence.h"
#include "engine/funnel.h"

enum { GROUP, AREA, NUMERATOR, DENOMINATOR, BENCHMARK };
enum { VALUE, AVERAGE, LOWER_95, UPPER_95, LOWER_998, UPPER_998, SIGNIFICANCE };
enum { KIND_PROPORTION, KIND_RATE, KIND_RATIO };

static const char *const COLUMNS[] = {
    [GROUP] = "group",         [AREA] = "area",
    [NUMERATOR] = "numerator", [DENOMINATOR] = "denominator",
    [BENCHMARK] = "benchmark", NULL,
};
static const char *const RESULTS[] = {
    [VALUE] = "value",
    [AVERAGE] = "benchmark",
    [LOWER_95] = "lower_95",
    [UPPER_95] = "upper_95",
    [LOWER_998] = "lower_99.8",
    [UPPER_998] = "upper_99.8",
    [SIGNIFICANCE] = "significance",
    NULL,
};
static const char *const KINDS[] = {
    [KIND_PROPORTION] = "proportion", [KIND_RATE] = "rate", [KIND_RATIO] = "ratio", NULL};
static const char *const OPTIONS[] = {"--kind", "--multiplier", "--decimals", NULL};

struct funnels {
    enum funnel_kind kind;
    double multiplier;
};

struct funnel_row {
    double numerator, denominator, benchmark;
};

static bool start(struct analyse *j, struct err *e)
{
    static const enum funnel_kind kinds[] = {[KIND_PROPORTION] = FUNNEL_PROPORTION,
                                             [KIND_RATE] = FUNNEL_RATE,
                                             [KIND_RATIO] = FUNNEL_RATIO};
    struct funnels *s = ARENA_NEW(j->kept, struct funnels);
    size_t kind = 0;
    if (!analyse_option_word(j->options, "--kind", KINDS, KIND_PROPORTION, &kind, e) ||
        !analyse_multiplier(j->options, kind == KIND_RATE ? 100000 : 100, &s->multiplier, e)) {
        return false;
    }
    s->kind = kinds[kind];
    j->state = s;
    if (s->kind == FUNNEL_RATIO && j->has[BENCHMARK]) {
        return err_set(e, ERR_INPUT,
                       "line 1: --kind ratio is held against what was expected; take the column "
                       "\"benchmark\" out.");
    }
    return true;
}

static bool read_row(struct analyse *j)
{
    const struct funnels *s = j->state;
    struct funnel_row *row = j->parsed;
    if (!analyse_double(j, NUMERATOR, &row->numerator) ||
        !analyse_double(j, DENOMINATOR, &row->denominator) ||
        !analyse_double(j, BENCHMARK, &row->benchmark) ||
        !analyse_not_negative(j, NUMERATOR, row->numerator) ||
        !analyse_not_negative(j, DENOMINATOR, row->denominator)) {
        return false;
    }
    bool is_share = s->kind == FUNNEL_PROPORTION;
    if (is_share && row->numerator > row->denominator) {
        return analyse_fault(j,
                             "%s is above %s; a proportion counts some of its denominator (else: "
                             "--kind rate).",
                             analyse_shown(j, NUMERATOR), analyse_shown(j, DENOMINATOR));
    }
    if (row->benchmark < 0 || (is_share && row->benchmark > s->multiplier)) {
        return analyse_fault(j, "%s is %s.", analyse_shown(j, BENCHMARK),
                             row->benchmark < 0
                                 ? "below nought; so is no rate"
                                 : arena_printf(j->arena, "above %s, the multiplier: more than all",
                                                analyse_double_text(j, s->multiplier)));
    }
    return true;
}

// The group's benchmark as it was given, NaN where it was not; rows that give another are refused.
static bool agree(struct analyse *j, const struct analyse_group *g, bool *is_refused, double *out,
                  struct err *e)
{
    const struct funnel_row *rows = g->rows;
    size_t said = 0;
    *out = NAN;
    for (size_t i = 0; i < g->count; i++) {
        if (isnan(rows[i].benchmark)) {
            continue;
        }
        if (isnan(*out)) {
            *out = rows[i].benchmark;
            said = g->lines[i];
        } else if (rows[i].benchmark != *out) {
            is_refused[i] = true;
            const char *fault =
                arena_printf(j->arena,
                             "this benchmark is not that of line %zu; group \"%s\" has "
                             "one.",
                             said, g->name);
            if (!analyse_group_refuse(j, g, i, fault, e)) {
                return false;
            }
        }
    }
    return true;
}

static double average_of(struct analyse *j, const struct analyse_group *g, const bool *is_refused)
{
    const struct funnels *s = j->state;
    const struct funnel_row *rows = g->rows;
    double *numerators = ARENA_ARRAY(j->arena, g->count, double);
    double *denominators = ARENA_ARRAY(j->arena, g->count, double);
    for (size_t i = 0; i < g->count; i++) {
        numerators[i] = is_refused[i] ? NAN : rows[i].numerator;
        denominators[i] = rows[i].denominator;
    }
    return funnel_average(s->kind, numerators, denominators, g->count);
}

static void put_area(struct analyse *j, const struct funnel *f, const struct funnel_row *row,
                     const char *average)
{
    double multiplier = ((const struct funnels *)j->state)->multiplier;
    struct funnel_band b = funnel_band(f, row->denominator);
    double value = row->denominator > 0 ? row->numerator / row->denominator : NAN;
    j->results[VALUE] = analyse_double_text(j, value * multiplier);
    j->results[AVERAGE] = average;
    j->results[LOWER_95] = analyse_double_text(j, b.lower_025 * multiplier);
    j->results[UPPER_95] = analyse_double_text(j, b.upper_025 * multiplier);
    j->results[LOWER_998] = analyse_double_text(j, b.lower_001 * multiplier);
    j->results[UPPER_998] = analyse_double_text(j, b.upper_001 * multiplier);
    j->results[SIGNIFICANCE] = funnel_code(funnel_judge(f, row->numerator, row->denominator));
}

static bool judge_group(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct funnels *s = j->state;
    const struct funnel_row *rows = g->rows;
    bool *is_refused = ARENA_ARRAY(j->arena, g->count, bool);
    double given = NAN;
    if (!agree(j, g, is_refused, &given, e)) {
        return false;
    }
    double average = isnan(given) ? average_of(j, g, is_refused) : given / s->multiplier;
    struct funnel f = funnel_make(s->kind, average);
    const char *shown = analyse_double_text(j, isnan(given) ? f.average * s->multiplier : given);
    for (size_t i = 0; i < g->count; i++) {
        if (!is_refused[i]) {
            put_area(j, &f, &rows[i], shown);
            analyse_group_put(j, g, i);
        }
    }
    return true;
}

const struct analyse_method analyse_method_funnel = {
    .name = "funnel",
    .summary = "which areas stand out by more than their size explains",
    .columns = COLUMNS,
    .required = DENOMINATOR + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .one_to_one = true,
    .row_size = sizeof(struct funnel_row),
    .start = start,
    .row = read_row,
    .group = judge_group,
    .help =
        "goldthread analyse funnel [--kind proportion] [FILE]\n\n"
        "Holds each area against the average of its group, within the limits of chance for an\n"
        "area of its size (OHID's funnel plots, at 95 and 99.8 %).\n\n"
        "Columns (the last may be left out)\n"
        "  group          areas with the same text are compared\n"
        "  area           its name or code\n"
        "  numerator, denominator  blank: no figure; ratio: observed and expected\n"
        "  benchmark      what to hold the group against, in the unit of the values; once a group\n"
        "                 is enough\n"
        "Adds (blank where it cannot be told)\n"
        "  value          numerator / denominator x multiplier\n"
        "  benchmark      the one given, else sum of the numerators / sum of the denominators of\n"
        "                 the areas that have both; ratio: 1; x multiplier\n"
        "  lower_95, upper_95, lower_99.8, upper_99.8  limits for the area's denominator\n"
        "  significance   high_0.001, high_0.025, not_significant, low_0.025, low_0.001: the "
        "chance\n"
        "                 on that side; on a limit is not significant\n\n"
        "Example\n"
        "  printf 'group,area,numerator,denominator\\nnear,A,80,100\\nnear,B,700,1000\\n"
        "near,C,50,100\\n' |\n"
        "    goldthread analyse funnel\n\n"
        "Options\n"
        "  --kind K       proportion (some of those counted; default), rate (events over a\n"
        "                 population), ratio (observed over expected)\n"
        "  --multiplier N 100 (default of proportion, ratio), 100000 (of rate)\n"
        "  --decimals N   places of the figures\n",
};
