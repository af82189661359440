// Our charts beside those of the R package NHSRplotthedots: 46 series in 86 configurations. The
// vectors are not part of the project: without them the test says so and is skipped.
//
// Its known faults (peer_quirks.csv: segments whose limits it loses) are not copied; there our
// answer is held to methods.md 1.6 instead.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "engine/spc.h"

enum { FILE_MAX = 16 << 20, ROWS_MAX = 4096, COLUMNS_MAX = 16, POINTS_MAX = 64 };

struct table {
    struct arena *arena;
    const char *columns[COLUMNS_MAX];
    const char *cells[ROWS_MAX][COLUMNS_MAX];
    size_t rows;
};

static const char *vectors_folder(struct arena *a)
{
    const char *shared = getenv("GOLDTHREAD_SHARED");
    const char *source = getenv("GOLDTHREAD_SOURCE");
    return shared != NULL
               ? arena_printf(a, "%s/vectors/spc", shared)
               : arena_printf(a, "%s/../shared/vectors/spc", source == NULL ? "." : source);
}

static struct table *read_table(struct arena *a, const char *name)
{
    struct table *t = ARENA_NEW(a, struct table);
    t->arena = a;
    struct err e = {.arena = a};
    struct file_bytes bytes;
    const char *path = arena_printf(a, "%s/%s.csv", vectors_folder(a), name);
    assert_true(file_map(a, path, FILE_MAX, &bytes, &e));
    struct csv c = csv_reader(a, path, bytes.bytes, bytes.length);
    while (csv_next(&c, &e) == CSV_ROW) {
        assert_true(c.count <= COLUMNS_MAX && t->rows < ROWS_MAX);
        const char **to = c.row == 1 ? t->columns : t->cells[t->rows++];
        for (size_t i = 0; i < c.count; i++) {
            to[i] = csv_cell_text(a, c.cells[i]);
        }
    }
    return t;
}

static const char *cell(const struct table *t, size_t row, const char *column)
{
    for (size_t i = 0; i < COLUMNS_MAX && t->columns[i] != NULL; i++) {
        if (strcmp(t->columns[i], column) == 0) {
            return t->cells[row][i] == NULL ? "" : t->cells[row][i];
        }
    }
    fail_msg("no column %s", column);
    return "";
}

static bool cell_is(const struct table *t, size_t row, const char *column, const char *text)
{
    return strcmp(cell(t, row, column), text) == 0;
}

static double number(const struct table *t, size_t row, const char *column)
{
    return strtod(cell(t, row, column), NULL);
}

struct vectors {
    struct table *configs, *series, *limits, *points, *icons, *quirks, *differences;
};

// One configuration, worked out by us.
struct chart {
    const char *id;
    double values[POINTS_MAX];
    bool starts[POINTS_MAX];
    size_t count, segments, first_group; // the R package counts groups from 1 when the first
                                         // point is a rebase point
    struct spc_how how;
    struct spc_segment segment[POINTS_MAX];
    struct spc_point point[POINTS_MAX];
};

static void draw(struct chart *c)
{
    c->segments = spc_evaluate(c->values, c->starts, c->count, &c->how, c->segment, c->point);
}

static void read_chart(const struct vectors *v, size_t row, enum spc_profile profile,
                       struct chart *c)
{
    *c = (struct chart){.id = cell(v->configs, row, "config_id")};
    c->how = spc_how_default(profile);
    c->how.screen = cell_is(v->configs, row, "screen_outliers", "1");
    c->how.fix_after = (size_t)number(v->configs, row, "fix_after_n");
    const char *rebase = cell(v->configs, row, "rebase_dates");
    const char *series = cell(v->configs, row, "series_id");
    for (size_t i = 0; i < v->series->rows; i++) {
        if (cell_is(v->series, i, "series_id", series)) {
            assert_true(c->count < POINTS_MAX);
            c->starts[c->count] = strstr(rebase, cell(v->series, i, "date")) != NULL;
            c->values[c->count++] = number(v->series, i, "value");
        }
    }
    assert_int_equal(c->count, (size_t)number(v->configs, row, "n"));
    c->first_group = c->starts[0];
    draw(c);
}

static bool is_quirk(const struct vectors *v, const struct chart *c, size_t segment)
{
    for (size_t i = 0; i < v->quirks->rows; i++) {
        if (cell_is(v->quirks, i, "config_id", c->id) &&
            (size_t)number(v->quirks, i, "rebase_group") == segment + c->first_group) {
            return true;
        }
    }
    return false;
}

static void assert_near(double ours, double theirs, const char *what)
{
    if (!(fabs(ours - theirs) <= 1e-12 * fmax(fabs(ours), fabs(theirs)))) {
        fail_msg("%s: ours %.17g, theirs %.17g", what, ours, theirs);
    }
}

static void compare_limits(const struct vectors *v, const struct chart *c, size_t *compared)
{
    for (size_t i = 0; i < v->limits->rows; i++) {
        if (!cell_is(v->limits, i, "config_id", c->id)) {
            continue;
        }
        size_t segment = (size_t)number(v->limits, i, "rebase_group") - c->first_group;
        assert_true(segment < c->segments);
        const struct spc_segment *s = &c->segment[segment];
        assert_int_equal(s->present, (size_t)number(v->limits, i, "n"));
        assert_near(s->mean, number(v->limits, i, "mean"), c->id);
        assert_int_equal(s->is_trial, cell_is(v->limits, i, "short_group_warning", "1"));
        if (is_quirk(v, c, segment)) {
            assert_true(isfinite(s->lower) && isfinite(s->upper)); // never lost
            continue;
        }
        assert_near(s->lower, number(v->limits, i, "lpl"), c->id);
        assert_near(s->upper, number(v->limits, i, "upl"), c->id);
        ++*compared;
    }
}

static const char *type_code_of(const char *theirs)
{
    static const char *const names[][2] = {
        {"Common Cause", "common"},
        {"Above UCL", "above_upper"},
        {"Below LCL", "below_lower"},
        {"7 Point Trend (Increasing)", "increasing"},
        {"7 Point Trend (Decreasing)", "decreasing"},
        {"2 in 3 Above CL", "two_in_three_high"},
        {"2 in 3 Below CL", "two_in_three_low"},
        {"7 Points Above CL", "shift_high"},
        {"7 Points Below CL", "shift_low"},
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (strcmp(names[i][0], theirs) == 0) {
            return names[i][1];
        }
    }
    fail_msg("no such type: %s", theirs);
    return "";
}

static void assert_flag(const struct vectors *v, size_t row, const struct spc_point *p,
                        const char *column, enum spc_flag flag)
{
    if (((p->flags & flag) != 0) != cell_is(v->points, row, column, "1")) {
        fail_msg("%s point %s: %s", cell(v->points, row, "config_id"), cell(v->points, row, "idx"),
                 column);
    }
}

// Colours of one point for each direction, theirs said in our words.
static void compare_colours(const struct vectors *v, size_t row, const struct chart *c, size_t at)
{
    static const char *const columns[] = {"pt_neutral", "pt_increase", "pt_decrease"};
    bool is_high = strstr(cell(v->points, row, "pt_neutral"), "high") != NULL;
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        struct chart d = *c;
        d.how.improvement = (enum improvement)i;
        draw(&d);
        const char *ours = variation_code((enum variation)d.point[at].variation);
        const char *theirs = cell(v->points, row, columns[i]);
        if (strcmp(theirs, "common_cause") != 0) {
            theirs += strlen("special_cause_");
            theirs =
                i == 0 ? theirs
                       : arena_printf(v->points->arena, "%s_%s", theirs, is_high ? "high" : "low");
        }
        assert_string_equal(ours, theirs);
    }
}

static void compare_points(const struct vectors *v, const struct chart *c, size_t *compared)
{
    for (size_t i = 0; i < v->points->rows; i++) {
        if (!cell_is(v->points, i, "config_id", c->id)) {
            continue;
        }
        size_t at = (size_t)number(v->points, i, "idx") - 1;
        const struct spc_point *p = &c->point[at];
        assert_int_equal(p->segment, (size_t)number(v->points, i, "rebase_group") - c->first_group);
        if (is_quirk(v, c, p->segment)) {
            continue;
        }
        assert_flag(v, i, p, "r_outside", SPC_OUTSIDE);
        assert_flag(v, i, p, "r_trend", SPC_TREND);
        assert_flag(v, i, p, "r_two_in_three", SPC_TWO_IN_THREE);
        assert_flag(v, i, p, "r_shift", SPC_SHIFT);
        assert_string_equal(spc_type_code((enum spc_type)p->type),
                            type_code_of(cell(v->points, i, "special_cause_type")));
        compare_colours(v, i, c, at);
        ++*compared;
    }
}

static void compare_icons(const struct vectors *v, const struct chart *c, size_t *compared)
{
    for (size_t i = 0; i < v->icons->rows; i++) {
        if (!cell_is(v->icons, i, "config_id", c->id) || is_quirk(v, c, c->segments - 1)) {
            continue;
        }
        struct chart d = *c;
        assert_true(improvement_from_text(cell(v->icons, i, "direction"), &d.how.improvement));
        draw(&d);
        struct spc_target target = {number(v->icons, i, "target"), NAN, NAN};
        struct spc_summary s =
            spc_summarise(d.segment, d.segments, d.point, d.values, d.count, &d.how, &target);
        assert_string_equal(variation_code(s.variation), cell(v->icons, i, "variation_icon"));
        assert_string_equal(assurance_code(s.assurance), cell(v->icons, i, "assurance_icon"));
        ++*compared;
    }
}

// The two-in-three rule since 2023: a row of the list of differences, else as the R package.
static void compare_mdc(const struct vectors *v, const struct chart *c, size_t *compared)
{
    const char *two[POINTS_MAX], *type[POINTS_MAX];
    for (size_t i = 0; i < v->points->rows; i++) {
        if (cell_is(v->points, i, "config_id", c->id)) {
            size_t at = (size_t)number(v->points, i, "idx") - 1;
            two[at] = cell(v->points, i, "r_two_in_three");
            type[at] = cell(v->points, i, "special_cause_type");
        }
    }
    for (size_t i = 0; i < v->differences->rows; i++) {
        if (cell_is(v->differences, i, "config_id", c->id)) {
            size_t at = (size_t)number(v->differences, i, "idx") - 1;
            two[at] = cell(v->differences, i, "two_in_three_mdc2023");
            type[at] = cell(v->differences, i, "type_mdc2023");
        }
    }
    for (size_t at = 0; at < c->count; at++) {
        const struct spc_point *p = &c->point[at];
        if (is_quirk(v, c, p->segment)) {
            continue;
        }
        assert_int_equal((p->flags & SPC_TWO_IN_THREE) != 0, two[at][0] == '1');
        assert_string_equal(spc_type_code((enum spc_type)p->type), type_code_of(type[at]));
        bool has_enough = c->segment[p->segment].present >= SPC_ENOUGH;
        assert_int_equal(p->variation != VARIATION_NONE, has_enough);
        ++*compared;
    }
}

static void test_charts_agree(void **state)
{
    (void)state;
    CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
    assert_non_null(a);
    if (!file_is_folder(vectors_folder(a))) {
        print_message("# skipped: there is no folder %s\n", vectors_folder(a));
        arena_free(a);
        a = NULL;
        skip();
    }
    struct vectors v = {read_table(a, "configs"),
                        read_table(a, "series"),
                        read_table(a, "limits"),
                        read_table(a, "points"),
                        read_table(a, "icons"),
                        read_table(a, "peer_quirks"),
                        read_table(a, "mdc2023_differences")};
    size_t limits = 0, points = 0, icons = 0, mdc = 0;
    struct chart *c = ARENA_NEW(a, struct chart);
    for (size_t row = 0; row < v.configs->rows; row++) {
        read_chart(&v, row, SPC_PLOTTHEDOTS, c);
        compare_limits(&v, c, &limits);
        compare_points(&v, c, &points);
        compare_icons(&v, c, &icons);
        read_chart(&v, row, SPC_MDC, c);
        compare_mdc(&v, c, &mdc);
    }
    print_message("# %zu charts: %zu limits, %zu points, %zu icons; %zu points of mdc\n",
                  v.configs->rows, limits, points, icons, mdc);
    assert_true(limits >= 80 && points >= 1100 && icons >= 1200 && mdc == points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_charts_agree)};
    return cmocka_run_group_tests_name("spc_vectors", tests, NULL, NULL);
}
