// Real figures: Bracknell Forest's published indicators, four quarters, against the council's own
// rule (green within 5 % of target, amber to 10 %). Two statuses were set otherwise by the council.
#include <stdio.h>
#include <stdlib.h>

#include "base/csv.h"
#include "base/file.h"
#include "status_fixture.h"

enum { ROWS_PUBLISHED = 37, SET_OTHERWISE = 2 };

static const char *const QUARTERS[] = {"2024-25_Q3", "2024-25_Q4", "2025-26_Q1", "2025-26_Q2"};
// Good to be low; the others good to be high.
static const char *const LOWER_IS_BETTER[] = {"1.1.2.PI", "1.2.1.KR"};
// Quarter, indicator, status published, status by the rule.
static const char *const OTHERWISE[SET_OTHERWISE][4] = {
    {"2024-25_Q3", "1.1.4.KR", "Green", "Red"},
    {"2024-25_Q3", "1.1.6.KR", "Amber", "Red"},
};

static const char *colour(enum status s)
{
    return s == STATUS_ON_TARGET ? "Green" : s == STATUS_SLIGHTLY_OFF ? "Amber" : "Red";
}

// "18,565" and "72.4%" as they are printed.
static struct dec printed_figure(struct slice cell)
{
    char text[32] = "";
    size_t length = 0;
    for (size_t i = 0; i < cell.length && length + 1 < sizeof text; i++) {
        if (cell.text[i] != ',' && cell.text[i] != '%') {
            text[length++] = cell.text[i];
        }
    }
    return figure(text);
}

static size_t column(const struct csv *header, const char *const *names)
{
    for (size_t i = 0; i < header->count; i++) {
        for (size_t n = 0; names[n] != NULL; n++) {
            if (slice_is(header->cells[i], names[n])) {
                return i;
            }
        }
    }
    fail_msg("no column %s", names[0]);
    return 0;
}

// The status by the rule must be `expected`; returns whether the council set another.
static bool check_row(struct arena *a, const char *quarter, const char *indicator, struct dec value,
                      struct dec target, const char *published)
{
    static const struct rule rule = {.kind = RULE_TOLERANCE,
                                     .green_within = {5, 0, true},
                                     .amber_within = {10, 0, true},
                                     .within_unit = WITHIN_PERCENT};
    enum polarity polarity = POLARITY_HIGHER;
    for (size_t i = 0; i < COUNT_OF(LOWER_IS_BETTER); i++) {
        if (strcmp(LOWER_IS_BETTER[i], indicator) == 0) {
            polarity = POLARITY_LOWER;
        }
    }
    struct status_input in = {
        .polarity = polarity, .decimals = 1, .value = value, .target = target};
    struct status_explanation e = status_evaluate(&in, &rule);
    const char *expected = published;
    bool otherwise = false;
    for (size_t i = 0; i < SET_OTHERWISE; i++) {
        if (strcmp(OTHERWISE[i][0], quarter) == 0 && strcmp(OTHERWISE[i][1], indicator) == 0) {
            assert_string_equal(published, OTHERWISE[i][2]);
            expected = OTHERWISE[i][3];
            otherwise = true;
        }
    }
    if (strcmp(colour(e.status), expected) != 0) {
        fail_msg("%s %s: %s against %s is %s, published %s", quarter, indicator, dec_text(a, value),
                 dec_text(a, target), colour(e.status), published);
    }
    return otherwise;
}

// Reads one quarter's file; returns its rows, or -1 when it is not there.
static int check_quarter(struct arena *a, const char *folder, const char *quarter, int *otherwise)
{
    static const char *const values[] = {"This quarter", "This period", NULL};
    static const char *const targets[] = {"Target", NULL};
    static const char *const statuses[] = {"Status", "RAG status", NULL};
    const char *path = arena_printf(a, "%s/bracknell_forest_kpis_%s.csv", folder, quarter);
    struct file_bytes file;
    struct err e = {.arena = a};
    if (!file_map(a, path, 1 << 20, &file, &e)) {
        return -1;
    }
    struct csv c = csv_reader(a, path, file.bytes, file.length);
    assert_int_equal(csv_next(&c, &e), CSV_ROW);
    size_t value = column(&c, values), target = column(&c, targets), status = column(&c, statuses);
    int rows = 0;
    while (csv_next(&c, &e) == CSV_ROW) {
        *otherwise +=
            check_row(a, quarter, csv_cell_text(a, c.cells[0]), printed_figure(c.cells[value]),
                      printed_figure(c.cells[target]), csv_cell_text(a, c.cells[status]));
        rows++;
    }
    return rows;
}

static void test_the_rule_gives_the_published_status(void **state)
{
    (void)state;
    struct arena *a = arena_new(16u << 20);
    const char *shared = getenv("GOLDTHREAD_SHARED");
    const char *source = getenv("GOLDTHREAD_SOURCE");
    const char *folder = shared != NULL ? arena_printf(a, "%s/data/published", shared)
                                        : arena_printf(a, "%s/../shared/data/published",
                                                       source == NULL ? "." : source);
    int rows = 0, otherwise = 0;
    for (size_t i = 0; i < COUNT_OF(QUARTERS); i++) {
        int found = check_quarter(a, folder, QUARTERS[i], &otherwise);
        if (found < 0) {
            print_message("# skipped: no %s in %s\n", QUARTERS[i], folder);
            arena_free(a);
            skip();
        }
        rows += found;
    }
    print_message("# %d published statuses, %d of them set otherwise\n", rows, otherwise);
    assert_int_equal(rows, ROWS_PUBLISHED);
    assert_int_equal(otherwise, SET_OTHERWISE);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_rule_gives_the_published_status),
    };
    return cmocka_run_group_tests_name("status: published figures", tests, NULL, NULL);
}
