// Small numbers: what is hidden, and that nobody can work it out from what is shown.
#include <stdlib.h>
#include <string.h>

#include "doubles_fixture.h"
#include "engine/small_numbers.h"

static const struct small_rule FIVE = {5, 20};

static void test_counts(void **state)
{
    (void)state;
    assert_false(small_is_suppressed(&FIVE, 0)); // nought is shown
    assert_true(small_is_suppressed(&FIVE, 1));
    assert_true(small_is_suppressed(&FIVE, 4));
    assert_true(small_is_suppressed(&FIVE, 4.5));
    assert_false(small_is_suppressed(&FIVE, 5));
    assert_false(small_is_suppressed(&FIVE, GAP)); // missing is not suppressed
    struct small_rule off = {0, 0};
    assert_false(small_is_suppressed(&off, 1));
    assert_false(small_is_unjudged(&off, 1));
}

static void test_percentages(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        double numerator, denominator;
        bool rest_tells, expected;
    } cases[] = {
        {"three of sixty: all three figures go", 3, 60, false, true},
        {"thirty of sixty", 30, 60, false, false},
        {"nobody of sixty", 0, 60, true, false},
        {"fifty-eight of sixty: the two others could be found", 58, 60, true, true},
        {"fifty-eight of sixty, where the others are no secret", 58, 60, false, false},
        {"everybody", 60, 60, true, false},
        {"a base of three", 0, 3, false, true},
        {"no figure", GAP, 60, true, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (small_ratio_is_suppressed(&FIVE, cases[i].numerator, cases[i].denominator,
                                      cases[i].rest_tells) != cases[i].expected) {
            fail_msg("%s", cases[i].what);
        }
    }
    assert_true(small_is_unjudged(&FIVE, 19));
    assert_false(small_is_unjudged(&FIVE, 20));
    assert_false(small_is_unjudged(&FIVE, GAP));
}

// A table and its marks: '.' shown, '1' primary, '2' secondary, '?' missing; row totals behind a
// bar, column totals and the grand total in the last line.
struct table_case {
    const char *what;
    size_t rows, columns;
    double cells[16];
    const char *marks;
};

static const struct table_case TABLES[] = {
    {"nothing small", 2, 2, {10, 20, 30, 40}, "..|. ..|. ..|."},
    {"one small cell takes three more with it: the smallest ways round",
     3,
     3,
     {3, 20, 90, 40, 50, 60, 70, 30, 80},
     "12.|. 22.|. ...|. ...|."},
    {"two small cells in one row need a partner each, in one other row",
     3,
     3,
     {3, 2, 90, 40, 50, 60, 70, 30, 80},
     "11.|. 22.|. ...|. ...|."},
    {"a nought is not taken where a figure will do",
     3,
     3,
     {3, 0, 90, 0, 50, 60, 70, 30, 80},
     "1.2|. ...|. 2.2|. ...|."},
    {"one row only: the totals of its columns would tell, they go as well",
     1,
     2,
     {3, 20},
     "12|. 12|."},
    {"a single cell: everything goes", 1, 1, {3}, "1|1 1|1"},
    {"missing stays missing and hides nobody", 2, 3, {3, GAP, 20, 40, 50, 60}, "1?2|. 2.2|. ...|."},
    {"a small total is hidden too", 2, 2, {2, 0, 50, 60}, "1.|1 2.|2 ..|."},
};

static void write_marks(const struct small_table *t, char *ret_text)
{
    static const char signs[] = {'.', '?', '1', '2'};
    for (size_t r = 0; r < t->rows; r++) {
        for (size_t c = 0; c < t->columns; c++) {
            *ret_text++ = signs[t->cells[r * t->columns + c]];
        }
        *ret_text++ = '|';
        *ret_text++ = signs[t->row_totals[r]];
        *ret_text++ = ' ';
    }
    for (size_t c = 0; c < t->columns; c++) {
        *ret_text++ = signs[t->column_totals[c]];
    }
    *ret_text++ = '|';
    *ret_text++ = signs[t->total];
    *ret_text = '\0';
}

static void test_tables(void **state)
{
    (void)state;
    struct arena *a = test_arena();
    for (size_t i = 0; i < COUNT_OF(TABLES); i++) {
        const struct table_case *c = &TABLES[i];
        struct small_table t = small_protect(&FIVE, c->cells, c->rows, c->columns, a);
        char marks[64];
        write_marks(&t, marks);
        if (strcmp(marks, c->marks) != 0) {
            fail_msg("%s: %s, expected %s", c->what, marks, c->marks);
        }
    }
    arena_free(a);
}

// --- The reader with a pencil: every sum of the table is an equation in what is hidden. A hidden
// figure follows from them when, solved, it stands alone in one.

enum { SIDE_MAX = 8, FIGURES_MAX = (SIDE_MAX + 1) * (SIDE_MAX + 1), SUMS_MAX = 2 * (SIDE_MAX + 1) };

struct sums {
    double a[SUMS_MAX][FIGURES_MAX]; // coefficients of the hidden figures
    size_t count, hidden;
};

static enum small_mark mark_at(const struct small_table *t, size_t r, size_t c)
{
    if (r < t->rows) {
        return c < t->columns ? t->cells[r * t->columns + c] : t->row_totals[r];
    }
    return c < t->columns ? t->column_totals[c] : t->total;
}

static bool is_hidden(const struct small_table *t, size_t r, size_t c)
{
    enum small_mark m = mark_at(t, r, c);
    return m == SMALL_PRIMARY || m == SMALL_SECONDARY;
}

static void write_sums(const struct small_table *t, struct sums *s)
{
    memset(s, 0, sizeof *s);
    s->count = t->rows + t->columns + 2;
    for (size_t r = 0; r <= t->rows; r++) {
        for (size_t c = 0; c <= t->columns; c++) {
            if (is_hidden(t, r, c)) {
                s->a[r][s->hidden] = c == t->columns ? -1 : 1;
                s->a[t->rows + 1 + c][s->hidden] = r == t->rows ? -1 : 1;
                s->hidden++;
            }
        }
    }
}

// Whether some hidden figure stands alone after elimination (coefficients stay -1, 0, 1 here: the
// net of a table is totally unimodular).
static bool gives_away(struct sums *s)
{
    size_t done = 0;
    for (size_t x = 0; x < s->hidden && done < s->count; x++) {
        size_t pivot = done;
        while (pivot < s->count && fabs(s->a[pivot][x]) < 0.5) {
            pivot++;
        }
        if (pivot == s->count) {
            continue;
        }
        for (size_t k = 0; k < s->hidden; k++) {
            double swap = s->a[pivot][k];
            s->a[pivot][k] = s->a[done][k];
            s->a[done][k] = swap;
        }
        double lead = s->a[done][x];
        for (size_t k = 0; k < s->hidden; k++) {
            s->a[done][k] /= lead;
        }
        for (size_t r = 0; r < s->count; r++) {
            double times = s->a[r][x];
            for (size_t k = 0; r != done && times != 0 && k < s->hidden; k++) {
                s->a[r][k] -= times * s->a[done][k];
            }
        }
        done++;
    }
    for (size_t r = 0; r < done; r++) {
        size_t unknowns = 0;
        for (size_t k = 0; k < s->hidden; k++) {
            unknowns += fabs(s->a[r][k]) > 1e-9;
        }
        if (unknowns == 1) {
            return true;
        }
    }
    return false;
}

static void test_the_pencil_finds_what_is_badly_hidden(void **state)
{
    (void)state;
    struct arena *a = test_arena();
    // Only the small cell hidden; then two in a row; then four round a square.
    enum small_mark cells[4] = {SMALL_PRIMARY, SMALL_SHOWN, SMALL_SHOWN, SMALL_SHOWN};
    enum small_mark shown[2] = {SMALL_SHOWN, SMALL_SHOWN};
    struct small_table t = {2, 2, cells, shown, shown, SMALL_SHOWN, 1, 0};
    struct sums s;
    write_sums(&t, &s);
    assert_true(gives_away(&s));
    cells[1] = SMALL_SECONDARY;
    write_sums(&t, &s);
    assert_true(gives_away(&s));
    cells[2] = cells[3] = SMALL_SECONDARY;
    write_sums(&t, &s);
    assert_false(gives_away(&s));
    arena_free(a);
}

static double some_count(struct chance *chance, uint32_t kind)
{
    uint32_t dice = chance_below(chance, 10);
    if (dice == 0) {
        return 0;
    }
    if (dice == 1 && kind == 1) {
        return GAP;
    }
    return 1 + chance_below(chance, kind == 2 ? 4 : dice < 4 ? 5 : 60);
}

// Tables of 1 x 1 to 8 x 8: few and many small counts, noughts, gaps.
static void test_no_hidden_figure_follows_from_the_sums(void **state)
{
    (void)state;
    struct chance chance = {2026};
    size_t hidden = 0;
    for (uint32_t i = 0; i < 6000; i++) {
        struct arena *a = test_arena();
        size_t rows = 1 + chance_below(&chance, SIDE_MAX);
        size_t columns = 1 + chance_below(&chance, SIDE_MAX);
        double cells[SIDE_MAX * SIDE_MAX];
        for (size_t k = 0; k < rows * columns; k++) {
            cells[k] = some_count(&chance, i % 3);
        }
        struct small_table t = small_protect(&FIVE, cells, rows, columns, a);
        for (size_t k = 0; k < rows * columns; k++) {
            bool is_small = small_is_suppressed(&FIVE, cells[k]);
            assert_true(is_small == (t.cells[k] == SMALL_PRIMARY));
            assert_true(isnan(cells[k]) == (t.cells[k] == SMALL_MISSING));
        }
        struct sums s;
        write_sums(&t, &s);
        assert_int_equal(s.hidden, t.primary + t.secondary);
        assert_true(t.primary > 0 || t.secondary == 0);
        if (gives_away(&s)) {
            fail_msg("table %u (%zu x %zu) gives a figure away", i, rows, columns);
        }
        hidden += s.hidden;
        arena_free(a);
    }
    assert_true(hidden > 50000); // or the tables above were too tame
}

// --- The reader who knows besides that a hidden count is at least 1: all tables with the same
// shown figures are tried, for small ones.

struct trial {
    const struct small_table *t;
    double figures[FIGURES_MAX]; // with totals
    double seen_low[FIGURES_MAX], seen_high[FIGURES_MAX];
    size_t hidden[FIGURES_MAX];
    size_t hidden_count;
    double highest; // tried for a hidden figure
};

static bool adds_up(const struct trial *x, size_t wide, size_t high)
{
    for (size_t r = 0; r < high; r++) {
        double sum = 0;
        for (size_t c = 0; c + 1 < wide; c++) {
            sum += x->figures[r * wide + c];
        }
        if (sum != x->figures[r * wide + wide - 1]) {
            return false;
        }
    }
    for (size_t c = 0; c < wide; c++) {
        double sum = 0;
        for (size_t r = 0; r + 1 < high; r++) {
            sum += x->figures[r * wide + c];
        }
        if (sum != x->figures[(high - 1) * wide + c]) {
            return false;
        }
    }
    return true;
}

static void try_all(struct trial *x, size_t at)
{
    if (at == x->hidden_count) {
        if (adds_up(x, x->t->columns + 1, x->t->rows + 1)) {
            for (size_t k = 0; k < x->hidden_count; k++) {
                size_t i = x->hidden[k];
                x->seen_low[i] = fmin(x->seen_low[i], x->figures[i]);
                x->seen_high[i] = fmax(x->seen_high[i], x->figures[i]);
            }
        }
        return;
    }
    double kept = x->figures[x->hidden[at]];
    for (double f = 1; f <= x->highest; f++) {
        x->figures[x->hidden[at]] = f;
        try_all(x, at + 1);
    }
    x->figures[x->hidden[at]] = kept;
}

static void test_knowing_that_hidden_is_at_least_one_does_not_help(void **state)
{
    (void)state;
    struct chance chance = {7};
    size_t tried = 0;
    for (int i = 0; i < 4000 && tried < 150; i++) {
        struct arena *a = test_arena();
        double cells[4];
        for (size_t k = 0; k < 4; k++) {
            cells[k] = 1 + chance_below(&chance, i % 2 == 0 ? 3 : 8);
        }
        struct small_table t = small_protect(&FIVE, cells, 2, 2, a);
        struct trial x = {.t = &t, .highest = 12};
        for (size_t r = 0; r < 3; r++) {
            for (size_t c = 0; c < 3; c++) {
                size_t k = r * 3 + c;
                double row = cells[0] + cells[1];
                double column = cells[0] + cells[2];
                double all = row + cells[2] + cells[3];
                const double figures[] = {cells[0],  cells[1], row,          cells[2], cells[3],
                                          all - row, column,   all - column, all};
                x.figures[k] = figures[k];
                x.seen_low[k] = INFINITY;
                x.seen_high[k] = -INFINITY;
                if (is_hidden(&t, r, c)) {
                    x.hidden[x.hidden_count++] = k;
                }
            }
        }
        if (x.hidden_count > 0 && x.hidden_count <= 5) {
            tried++;
            try_all(&x, 0);
            for (size_t k = 0; k < x.hidden_count; k++) {
                assert_true(x.seen_low[x.hidden[k]] < x.seen_high[x.hidden[k]]);
            }
        }
        arena_free(a);
    }
    assert_true(tried >= 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_percentages),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_the_pencil_finds_what_is_badly_hidden),
        cmocka_unit_test(test_no_hidden_figure_follows_from_the_sums),
        cmocka_unit_test(test_knowing_that_hidden_is_at_least_one_does_not_help),
    };
    return cmocka_run_group_tests_name("small_numbers", tests, NULL, NULL);
}
