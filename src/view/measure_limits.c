// What the process of one measure gives: the sentence, the lines of the chart, the cells of its
// table. Only what domain/limits.h says may be said gets here.

#include "view/measure_parts.h"
#include "view/signal.h"
#include "view/words_limits.h"

enum { MORE_PLACES = 3, LETTERS = 26 };

// ---- one period ----

// The row of a period, when there are lines to hold it against; false: nothing may be said of it.
static bool lines_of(const struct measure_page *p, struct period period, size_t *ret_row,
                     struct limits_row *ret_lines)
{
    const struct limits *l = p->limits;
    size_t rows = limits_rows(p->series, period);
    if (l->segment_count == 0 || rows == 0 || rows > l->rows ||
        !period_equal(p->series->results[rows - 1].period, period)) {
        return false;
    }
    *ret_row = rows - 1;
    *ret_lines = limits_at(l, rows - 1);
    return !isnan(ret_lines->mean);
}

static struct dec rounded(const struct measure_page *p, double value)
{
    return dec_trim(dec_from_double(value, p->measure->decimals + MORE_PLACES));
}

// What the middle line is: never a median under the name of a mean.
static const char *middle_of(const struct measure_page *p)
{
    return p->limits->chart == LIMITS_RUN ? "median" : "mean";
}

// The letter of the step change that starts at this row, NULL for none.
static const char *step_at(const struct measure_page *p, size_t row)
{
    const struct series *s = p->series;
    for (size_t i = s->rebase_count; i > 0 && row > 0; i--) {
        if (limits_rebase_row(s, p->limits->rows, s->rebases[i - 1].period) == row) {
            return arena_printf(p->q->arena, "%c", (char)('A' + (i - 1) % LETTERS));
        }
    }
    return NULL;
}

static const char *step_of(const struct measure_page *p, struct period period)
{
    size_t rows = limits_rows(p->series, period);
    bool there = p->limits->segment_count > 0 && rows > 0 && rows <= p->limits->rows &&
                 period_equal(p->series->results[rows - 1].period, period);
    return there ? step_at(p, rows - 1) : NULL;
}

void measure_limits_point(const struct measure_page *p, struct tree *point, struct period period)
{
    size_t row = 0;
    struct limits_row at = {NAN, NAN, NAN};
    bool any = lines_of(p, period, &row, &at);
    const char *step = step_of(p, period);
    if (step != NULL) {
        tree_text(point, "step", step);
    }
    if (!any) {
        return;
    }
    double lower = at.lower, upper = at.upper;
    limits_inside(p->measure, p->limits, &lower, &upper);
    int places = p->measure->decimals;
    tree_number(point, middle_of(p), rounded(p, at.mean), places);
    tree_number(point, "lower_limit", rounded(p, lower), places);
    tree_number(point, "upper_limit", rounded(p, upper), places);
    tree_int(point, "segment", p->limits->points[row].segment);
    enum variation v = (enum variation)p->limits->points[row].variation;
    tree_text(point, "signal", variation_is_special(v) ? variation_code(v) : NULL);
}

// ---- the table ----

void measure_limits_columns(const struct measure_page *p, struct tree *table)
{
    bool run = p->limits->chart == LIMITS_RUN;
    tree_column(table, middle_of(p), run ? "Median" : "Average", true);
    tree_column(table, "lower_limit", "Usual from", true);
    tree_column(table, "upper_limit", "Usual to", true);
    tree_column(table, "segment", "Segment", true);
    tree_column(table, "signal", "Signal", false);
    tree_column(table, "variation", "Change or chance", false);
}

void measure_limits_cells(const struct measure_page *p, struct tree *row, struct period period)
{
    size_t at_row = 0;
    struct limits_row at = {NAN, NAN, NAN};
    if (!lines_of(p, period, &at_row, &at)) {
        static const char *const keys[] = {"mean",        "median",      "lower_limit",
                                           "upper_limit", "segment",     "signal",
                                           "variation",   "signal_said", "variation_said"};
        for (size_t i = 0; i < COUNT_OF(keys); i++) {
            tree_null(row, keys[i]);
        }
        return;
    }
    const struct spc_point *point = &p->limits->points[at_row];
    int places = p->measure->decimals + 1;
    tree_number(row, middle_of(p), rounded(p, at.mean), places);
    tree_null(row, p->limits->chart == LIMITS_RUN ? "mean" : "median");
    tree_number(row, "lower_limit", rounded(p, at.lower), places);
    tree_number(row, "upper_limit", rounded(p, at.upper), places);
    tree_int(row, "segment", point->segment);
    const char *code = spc_type_code((enum spc_type)point->type);
    tree_text(row, "signal", code[0] == '\0' ? NULL : code);
    code = variation_code((enum variation)point->variation);
    tree_text(row, "variation", code[0] == '\0' ? NULL : code);
    const char *said = words_signal((enum spc_type)point->type, p->limits->chart);
    tree_text(row, "signal_said", said);
    part_signal_said(row, "variation_said", said == NULL ? NULL : code,
                     said == NULL ? NULL : words_variation((enum variation)point->variation), NULL);
}

// ---- the page ----

static bool any_signal(const struct limits *l)
{
    for (size_t i = 0; l->segment_count > 0 && i < l->rows; i++) {
        if (variation_is_special((enum variation)l->points[i].variation)) {
            return true;
        }
    }
    return false;
}

static void put_steps(struct measure_page *p, struct tree *map)
{
    const struct series *s = p->series;
    struct tree *steps = tree_list(map, "steps");
    for (size_t i = 0; i < s->rebase_count; i++) {
        size_t row = limits_rebase_row(s, p->limits->rows, s->rebases[i].period);
        if (row < p->limits->rows) {
            struct tree *item = tree_map(steps, NULL);
            tree_text(item, "letter", p->limits->segment_count > 0 ? step_at(p, row) : NULL);
            tree_text(item, "sentence", words_rebase(p->q->arena, p->q->council, &s->rebases[i]));
        }
    }
}

void measure_limits(struct measure_page *p)
{
    struct page_request *q = p->q;
    const struct limits *l = p->limits;
    const char *sentence = words_limits(q->arena, q->council, &p->reading, l);
    struct tree *map = tree_map(p->page, "process");
    tree_bool(map, "any", sentence != NULL);
    tree_text(map, "sentence", sentence);
    tree_text(map, "few_cases", words_few_cases(q->arena, &p->reading));
    tree_text(map, "target_sentence", words_limits_target(q->arena, &p->reading, l));
    part_signal_said(map, "variation", variation_code(l->variation), words_variation(l->variation),
                     NULL);
    part_signal_said(map, "assurance", assurance_code(l->assurance), words_assurance(l->assurance),
                     NULL);
    bool any = l->segment_count > 0;
    tree_text(map, "chart", any ? words_chart_code(l->chart) : NULL);
    tree_text(map, "chart_sentence", any ? words_chart(q->arena, &p->reading, l) : NULL);
    tree_text(map, "lines", words_chart_lines(l->chart));
    tree_bool(map, "limits", any);
    tree_bool(map, "signals", any_signal(l));
    tree_text(map, "screened",
              l->screen_fell_back ? "Too few of the differences between figures were left after "
                                    "screening, so all of them set the limits."
                                  : NULL);
    put_steps(p, map);
}
