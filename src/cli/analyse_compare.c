#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/analyse_job.h"
#include "engine/compare.h"
#include "engine/interval.h"

enum { GROUP, AREA, VALUE, POLARITY, NUMERATOR, DENOMINATOR, LOWER, UPPER };

static const char *const COLUMNS[] = {
    [GROUP] = "group",       [AREA] = "area",           [VALUE] = "value",
    [POLARITY] = "polarity", [NUMERATOR] = "numerator", [DENOMINATOR] = "denominator",
    [LOWER] = "lower",       [UPPER] = "upper",         NULL,
};

// Before and behind the classes asked for.
enum { RANK, RANKED, TIE_BAND, CLASSES };
enum { AFTER_Z, AFTER_MADS, AFTER_MEDIAN, AFTER_QUARTILE_1, AFTER_QUARTILE_3, AFTER_VERDICT };
static const char *const BEFORE[] = {"rank", "ranked", "tie_band", NULL};
static const char *const AFTER[] = {"z",          "mads",    "median", "quartile_1",
                                    "quartile_3", "verdict", NULL};

static const char *const RESULTS[] = {
    "rank", "ranked", "tie_band",   "quantile_4", "quantile_5", "quantile_10", "z",
    "mads", "median", "quartile_1", "quartile_3", "verdict",    NULL,
};

enum { NUMBERS_MAX = 20, TEXTS_MAX = 512 };

struct compare_state {
    int numbers[NUMBERS_MAX]; // of classes
    size_t count;
    struct confidence confidence; // 95 %
    const char *texts[TEXTS_MAX]; // of ranks and classes up to here, made once
};

struct compare_row {
    double value, numerator, denominator, lower, upper;
    bool has_polarity, not_applicable;
    enum polarity polarity;
};

// --- Options

static bool take_number(struct compare_state *s, const char *text, size_t length, struct err *e)
{
    const char *word = arena_textn(e->arena, text, length);
    char *end = NULL;
    long number =
        length > 0 && length < 4 && text[0] >= '0' && text[0] <= '9' ? strtol(word, &end, 10) : 0;
    if (number < 2 || number > COMPARE_CLASSES_MAX || *end != '\0') {
        return err_set(e, ERR_USAGE,
                       "--quantiles takes numbers from 2 to %d, like 4,5,10, not \"%s\".",
                       COMPARE_CLASSES_MAX, word);
    }
    for (size_t i = 0; i < s->count; i++) {
        if (s->numbers[i] == number) {
            return err_set(e, ERR_USAGE, "--quantiles names %ld twice.", number);
        }
    }
    if (s->count == NUMBERS_MAX) {
        return err_set(e, ERR_USAGE, "--quantiles takes up to %d numbers.", NUMBERS_MAX);
    }
    s->numbers[s->count++] = (int)number;
    return true;
}

static bool start(struct analyse *j, struct err *e)
{
    struct compare_state *s = ARENA_NEW(j->kept, struct compare_state);
    const char *list = analyse_option(j->options, "--quantiles");
    for (list = list == NULL ? "4,5,10" : list; list != NULL;) {
        size_t length = strcspn(list, ",");
        if (!take_number(s, list, length, e)) {
            return false;
        }
        list = list[length] == '\0' ? NULL : list + length + 1;
    }
    const char **names = ARENA_ARRAY(j->kept, CLASSES + s->count + COUNT_OF(AFTER), const char *);
    for (size_t i = 0; i < CLASSES; i++) {
        names[i] = BEFORE[i];
    }
    for (size_t i = 0; i < s->count; i++) {
        names[CLASSES + i] = arena_printf(j->kept, "quantile_%d", s->numbers[i]);
    }
    memcpy(names + CLASSES + s->count, AFTER, sizeof AFTER);
    s->confidence = confidence_of_percent(95);
    j->names = names;
    j->state = s;
    return true;
}

// --- Rows

static bool read_figures(struct analyse *j, struct compare_row *row)
{
    return analyse_double(j, VALUE, &row->value) && analyse_double(j, NUMERATOR, &row->numerator) &&
           analyse_double(j, DENOMINATOR, &row->denominator) &&
           analyse_double(j, LOWER, &row->lower) && analyse_double(j, UPPER, &row->upper);
}

static bool read_row(struct analyse *j)
{
    struct compare_row *row = j->parsed;
    if (!read_figures(j, row)) {
        return false;
    }
    row->has_polarity = !analyse_is_blank(j, POLARITY);
    if (row->has_polarity && !against_polarity_from_text(analyse_text(j, POLARITY), &row->polarity,
                                                         &row->not_applicable)) {
        return analyse_fault(j, "%s is not a polarity; write higher, lower or none.",
                             analyse_shown(j, POLARITY));
    }
    if (row->numerator < 0 || row->denominator < 0) {
        return analyse_fault(j, "%s is below nought; a count is not.",
                             analyse_shown(j, row->numerator < 0 ? NUMERATOR : DENOMINATOR));
    }
    if (row->lower > row->upper) {
        return analyse_fault(j, "%s is above %s; swap them.", analyse_shown(j, LOWER),
                             analyse_shown(j, UPPER));
    }
    return true;
}

// --- Groups

// A group as columns; areas that are refused have no value.
struct areas {
    size_t count;
    double *values, *numerators, *denominators, *lower, *upper;
    bool *is_refused;
    enum polarity polarity;
    bool not_applicable;
    size_t polarity_line; // where it was first said; 0: nowhere
    struct compare_summary summary;
    struct compare_benchmark benchmark;
    size_t *ranks;
    struct compare_band *bands;
};

static void agree_on_polarity(struct areas *a, const struct compare_row *row, size_t line, size_t i)
{
    if (!row->has_polarity) {
        return;
    }
    if (a->polarity_line == 0) {
        a->polarity_line = line;
        a->polarity = row->polarity;
        a->not_applicable = row->not_applicable;
    }
    a->is_refused[i] = row->polarity != a->polarity || row->not_applicable != a->not_applicable;
}

static void to_columns(struct analyse *j, const struct analyse_group *g, struct areas *a)
{
    size_t n = g->count;
    double *figures = ARENA_ARRAY(j->arena, 5 * n, double);
    *a = (struct areas){
        .count = n,
        .values = figures,
        .numerators = figures + n,
        .denominators = figures + 2 * n,
        .lower = figures + 3 * n,
        .upper = figures + 4 * n,
        .is_refused = ARENA_ARRAY(j->arena, n, bool),
        .polarity = POLARITY_NONE,
        .ranks = ARENA_ARRAY(j->arena, n, size_t),
        .bands = ARENA_ARRAY(j->arena, n, struct compare_band),
    };
    const struct compare_row *rows = g->rows;
    for (size_t i = 0; i < n; i++) {
        agree_on_polarity(a, &rows[i], g->lines[i], i);
        a->values[i] = a->is_refused[i] ? NAN : rows[i].value;
        a->numerators[i] = rows[i].numerator;
        a->denominators[i] = rows[i].denominator;
        a->lower[i] = rows[i].lower;
        a->upper[i] = rows[i].upper;
    }
}

// Where a row has no interval of its own but its parts: Wilson, in the unit of the values. NaN
// where that is not defined.
static void fill_intervals(struct areas *a, const struct confidence *c)
{
    double scale = a->benchmark.scale;
    for (size_t i = 0; i < a->count; i++) {
        if (isnan(a->lower[i]) || isnan(a->upper[i])) {
            struct interval wilson = interval_wilson(a->numerators[i], a->denominators[i], c);
            a->lower[i] = scale > 0 ? wilson.lower * scale : NAN;
            a->upper[i] = scale > 0 ? wilson.upper * scale : NAN;
        }
    }
}

static enum verdict verdict_of(const struct areas *a, size_t i)
{
    struct against_input in = against_blank();
    in.method = AGAINST_SINGLE;
    in.polarity = a->polarity;
    in.not_applicable = a->not_applicable;
    in.value = a->values[i];
    in.lower = a->lower[i];
    in.upper = a->upper[i];
    in.benchmark = a->benchmark.value;
    return against_compare(&in);
}

// What is the same beside every row of the group.
static void put_group_figures(struct analyse *j, const struct areas *a, const char **after)
{
    j->results[RANKED] = arena_printf(j->arena, "%zu", a->summary.ranked);
    after[AFTER_MEDIAN] = analyse_double_text(j, a->summary.median);
    after[AFTER_QUARTILE_1] = analyse_double_text(j, a->summary.quartile_1);
    after[AFTER_QUARTILE_3] = analyse_double_text(j, a->summary.quartile_3);
}

// NULL for 0.
static const char *whole_text(struct analyse *j, size_t number)
{
    struct compare_state *s = j->state;
    if (number >= TEXTS_MAX) {
        return arena_printf(j->arena, "%zu", number);
    }
    if (s->texts[number] == NULL && number > 0) {
        s->texts[number] = arena_printf(j->kept, "%zu", number);
    }
    return s->texts[number];
}

static void put_area(struct analyse *j, const struct areas *a, size_t i, const char **after)
{
    const struct compare_state *s = j->state;
    struct compare_band band = a->bands[i];
    j->results[RANK] = whole_text(j, a->ranks[i]);
    j->results[TIE_BAND] = band.best == band.worst
                               ? whole_text(j, band.best)
                               : arena_printf(j->arena, "%zu to %zu", band.best, band.worst);
    for (size_t k = 0; k < s->count; k++) {
        int class = compare_class(a->ranks[i], a->summary.ranked, s->numbers[k]);
        j->results[CLASSES + k] = whole_text(j, (size_t) class);
    }
    after[AFTER_Z] = analyse_double_text(j, compare_z(&a->summary, a->values[i]));
    after[AFTER_MADS] = analyse_double_text(j, compare_mads(&a->summary, a->values[i]));
    enum verdict verdict = verdict_of(a, i);
    after[AFTER_VERDICT] = verdict == VERDICT_NONE ? NULL : verdict_code(verdict);
}

static const char *disagreement(struct analyse *j, const struct analyse_group *g,
                                const struct areas *a, size_t i)
{
    const struct compare_row *row = (const struct compare_row *)g->rows + i;
    return arena_printf(j->arena, "polarity %s is not that of line %zu, %s; group \"%s\" has one.",
                        row->not_applicable ? "not_applicable" : polarity_text(row->polarity),
                        a->polarity_line,
                        a->not_applicable ? "not_applicable" : polarity_text(a->polarity), g->name);
}

static bool compare_group(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct compare_state *s = j->state;
    struct areas a;
    to_columns(j, g, &a);
    a.summary = compare_summarise(a.values, a.count, j->arena);
    a.benchmark = compare_benchmark(a.values, a.numerators, a.denominators, a.count, j->arena);
    fill_intervals(&a, &s->confidence);
    compare_rank(a.values, a.count, a.polarity, a.ranks, j->arena);
    compare_bands(a.values, a.lower, a.upper, a.ranks, a.count, a.bands, j->arena);
    const char **after = j->results + CLASSES + s->count;
    put_group_figures(j, &a, after);
    for (size_t i = 0; i < a.count; i++) {
        if (a.is_refused[i]) {
            if (!analyse_group_refuse(j, g, i, disagreement(j, g, &a, i), e)) {
                return false;
            }
            continue;
        }
        put_area(j, &a, i, after);
        analyse_group_put(j, g, i);
    }
    return true;
}

static const char *const OPTIONS[] = {"--quantiles", "--decimals", NULL};

const struct analyse_method analyse_method_compare = {
    .name = "compare",
    .summary =
        "each area among its group: rank, what it ties with, class, distance from the middle",
    .columns = COLUMNS,
    .required = VALUE + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .one_to_one = true,
    .row_size = sizeof(struct compare_row),
    .start = start,
    .row = read_row,
    .group = compare_group,
    .help =
        "goldthread analyse compare [--quantiles 4,5,10] [FILE]\n\n"
        "Sets each area among the others of its group. Missing values are not ranked nor "
        "counted.\n\n"
        "Columns (the last five may be left out)\n"
        "  group          areas with the same text are compared\n"
        "  area           its name or code\n"
        "  value          the figure; blank: missing\n"
        "  polarity       higher, lower, none (then ranked high to low); once a group is enough\n"
        "  numerator, denominator  the counts it was made of\n"
        "  lower, upper   its 95 % interval; without it Wilson's, of the counts\n"
        "Adds (blank where there is too little to say)\n"
        "  rank           1 = best, ties share; from 2 values on\n"
        "  ranked         how many values the group has\n"
        "  tie_band       the ranks its interval does not tell it apart from, \"2 to 6\"\n"
        "  quantile_K     which of K classes, 1 = best; from K values on\n"
        "  z              (value - mean) / standard deviation\n"
        "  mads           (value - median) / median absolute deviation; from 3 values on\n"
        "  median         from 3 values on\n"
        "  quartile_1, quartile_3  the 25 % and 75 % points; from 5 values on\n"
        "  verdict        its interval against the group's own figure (sum of numerators over sum "
        "of\n"
        "                 denominators, else the median): better, same, worse; higher, lower\n\n"
        "Example\n"
        "  printf 'group,area,value,polarity\\nnear,A,81,higher\\nnear,B,75,\\nnear,C,69,\\n' |\n"
        "    goldthread analyse compare\n\n"
        "Options\n"
        "  --quantiles K,...  numbers of classes, 2 to 100\n"
        "  --decimals N   rounds the figures; without it they read back to the same double\n",
};
