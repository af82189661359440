// Every period a real council's 57 data files use must read, as it stands, without a hint. The
// files are not part of the project: without them the test says so and is skipped.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "engine/period.h"

enum { FILE_MAX = 64 << 20, SHAPES_MAX = 64, FILES_EXPECTED = 57, SHAPES_EXPECTED = 12 };

struct survey {
    struct arena *arena;
    size_t files, rows;
    const char *shapes[SHAPES_MAX];
    size_t shape_count;
};

// The label with every digit as 9 and every letter but Q as A, words of four letters and more as
// four: "Mar 2023" is AAA 9999, "March 2023" AAAA 9999.
static const char *shape_of(struct arena *a, const char *label)
{
    struct buf b = buf_new(a, 200);
    for (const char *at = label; *at != '\0'; at++) {
        char lower = (char)(*at | 0x20);
        bool letter = lower >= 'a' && lower <= 'z' && *at != 'Q';
        if (*at >= '0' && *at <= '9') {
            buf_char(&b, '9');
        } else if (!letter) {
            buf_char(&b, *at);
        } else if (b.length < 4 || memcmp(b.text + b.length - 4, "AAAA", 4) != 0) {
            buf_char(&b, 'A');
        }
    }
    return buf_cstr(&b);
}

static void note_shape(struct survey *s, const char *label)
{
    const char *shape = shape_of(s->arena, label);
    for (size_t i = 0; i < s->shape_count; i++) {
        if (strcmp(s->shapes[i], shape) == 0) {
            return;
        }
    }
    assert_true(s->shape_count < SHAPES_MAX);
    s->shapes[s->shape_count++] = shape;
}

static void read_period(struct survey *s, const char *label)
{
    struct period_reading r = period_read_label(s->arena, label, strlen(label), PERIOD_NONE, 4);
    if (r.count != 1) {
        fail_msg("%s", period_refusal(s->arena, label, &r, 4));
    }
    const char *id = period_id(s->arena, r.readings[0], 4);
    struct period again = PERIOD_ABSENT;
    assert_true(period_parse_id(id, strlen(id), 4, &again));
    assert_true(period_equal(again, r.readings[0]));
    note_shape(s, label);
    s->rows++;
}

static void read_file(struct survey *s, const char *path)
{
    struct err e = {.arena = s->arena};
    struct file_bytes bytes;
    if (!file_map(s->arena, path, FILE_MAX, &bytes, &e)) {
        fail_msg("%s", e.message);
    }
    struct csv c = csv_reader(s->arena, path, bytes.bytes, bytes.length);
    size_t column = SIZE_MAX;
    enum csv_result result = CSV_ROW;
    while ((result = csv_next(&c, &e)) == CSV_ROW) {
        for (size_t i = 0; c.row == 1 && i < c.count; i++) {
            column = slice_is(c.cells[i], "period") ? i : column;
        }
        if (column == SIZE_MAX) {
            return; // a list of neighbours
        }
        if (c.row > 1) {
            assert_true(column < c.count);
            read_period(s, csv_cell_text(s->arena, c.cells[column]));
        }
    }
    assert_int_equal(result, CSV_END);
    s->files++;
}

static void read_folder(struct survey *s, const char *folder)
{
    struct err e = {.arena = s->arena};
    const char *const *names = NULL;
    size_t count = 0;
    if (!file_list(s->arena, folder, &names, &count, &e)) {
        fail_msg("%s", e.message);
    }
    for (size_t i = 0; i < count; i++) {
        const char *path = arena_printf(s->arena, "%s/%s", folder, names[i]);
        size_t length = strlen(path);
        if (file_is_folder(path)) {
            read_folder(s, path);
        } else if (length > 4 && strcmp(path + length - 4, ".csv") == 0) {
            read_file(s, path);
        }
    }
}

static const char *data_folder(struct arena *a)
{
    const char *shared = getenv("GOLDTHREAD_SHARED");
    const char *source = getenv("GOLDTHREAD_SOURCE");
    return shared != NULL ? arena_printf(a, "%s/data/trafford-themes", shared)
                          : arena_printf(a, "%s/../shared/data/trafford-themes",
                                         source == NULL ? "." : source);
}

static void test_every_period_reads(void **state)
{
    (void)state;
    CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
    assert_non_null(a);
    const char *folder = data_folder(a);
    if (!file_is_folder(folder)) {
        print_message("# skipped: there is no folder %s\n", folder);
        arena_free(a);
        a = NULL;
        skip();
    }
    struct survey s = {.arena = a};
    read_folder(&s, folder);
    print_message("# %zu periods in %zu files, %zu shapes\n", s.rows, s.files, s.shape_count);
    assert_int_equal(s.files, FILES_EXPECTED);
    assert_int_equal(s.shape_count, SHAPES_EXPECTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_period_reads)};
    return cmocka_run_group_tests_name("period_trafford", tests, NULL, NULL);
}
