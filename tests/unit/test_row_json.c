// Rows of the record for programs: their addresses and back, fields that are taken and refused.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "model/columns.h"
#include "view/row_json.h"

// A figure's key is measure, part and period.
static const struct {
    const char *measure, *part, *period, *path;
} keys[] = {
    {"NI 117", NULL, "2013-14-Q4", "NI%20117/~/2013-14-Q4"},
    {"M/1", "Ward ~ 3", "2025-04", "M~11/Ward%20~0%203/2025-04"},
    {"~", "~1", "..", "~0/~01/.."},
    {"Größe", "50%", "a b", "Gr%C3%B6%C3%9Fe/50%25/a%20b"},
};

static void addresses(void **state)
{
    const struct descriptor *d = descriptor_of(KIND_OBSERVATION);
    int measure = descriptor_column(d, "measure"), part = descriptor_column(d, "part"),
        period = descriptor_column(d, "period");
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const char **cells = ARENA_ARRAY(a, d->count, const char *);
        cells[measure] = keys[i].measure;
        cells[part] = keys[i].part;
        cells[period] = keys[i].period;
        assert_string_equal(row_path(a, d, cells), keys[i].path);
        const char *const *back = row_key(a, d, row_key_text(a, d, cells));
        assert_string_equal(back[measure], keys[i].measure);
        assert_string_equal(back[period], keys[i].period);
        assert_true((back[part] == NULL) == (keys[i].part == NULL));
    }
    static const struct {
        const char *path, *measure, *part, *period; // measure NULL: no address
    } read[] = {
        {"NI 117/~/2013-14-Q4", "NI 117", NULL, "2013-14-Q4"},
        {"M~11/Ward ~0 3/2025-04", "M/1", "Ward ~ 3", "2025-04"},
        {"~0/~01/2025-04", "~", "~1", "2025-04"},
        {"NI 117/2013-14-Q4", NULL, NULL, NULL},
        {"NI 117/~/2013-14-Q4/more", NULL, NULL, NULL},
        {"NI 117//2013-14-Q4", NULL, NULL, NULL},
        {"NI ~2/~/2013-14-Q4", NULL, NULL, NULL},
        {"NI/~/2013~", NULL, NULL, NULL},
        {"", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(read); i++) {
        const char *const *cells = row_key(a, d, read[i].path);
        if ((cells == NULL) != (read[i].measure == NULL)) {
            fail_msg("%s", read[i].path);
        }
        if (cells != NULL) {
            assert_string_equal(cells[measure], read[i].measure);
            assert_string_equal(cells[period], read[i].period);
            assert_true((cells[part] == NULL) == (read[i].part == NULL));
            assert_string_equal(cells[part] == NULL ? "" : cells[part],
                                read[i].part == NULL ? "" : read[i].part);
        }
    }
    assert_string_equal(row_folder(a, d), "observations");
    assert_ptr_equal(row_kind(a, "observations"), d);
    assert_null(row_kind(a, "observation"));
    assert_null(row_kind(a, ""));
    arena_free(a);
}

static void fields(void **state)
{
    static const struct {
        const char *body;
        const char *value;          // NULL: not told, or blank
        const char *pointer, *says; // NULL: taken
    } cases[] = {
        {"{\"value\":\"68.20\"}", "68.20", NULL, NULL},
        {"{\"value\":68.2}", "68.2", NULL, NULL},
        {"{\"value\":68}", "68", NULL, NULL},
        {"{\"value\":true}", "yes", NULL, NULL},
        {"{\"value\":null}", NULL, NULL, NULL},
        {"{}", NULL, NULL, NULL},
        {"{\"valeu\":1}", NULL, "/fields/valeu", "did you mean \"value\""},
        {"{\"a/b~c\":1}", NULL, "/fields/a~1b~0c", "no field \"a/b~c\""},
        {"{\"value\":[1]}", NULL, "/fields/value", "text, a number"},
        {"{\"value\":{}}", NULL, "/fields/value", "text, a number"},
        {"{\"org\":\"another\"}", NULL, "/fields/org", "no field"},
        {"{\"version\":2}", NULL, "/fields/version", "no field"},
    };
    const struct descriptor *d = descriptor_of(KIND_OBSERVATION);
    int value = descriptor_column(d, "value");
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct err e = {.arena = a};
        const struct json *body = NULL;
        assert_true(json_read(a, cases[i].body, strlen(cases[i].body), &body, &e));
        const char **cells = ARENA_ARRAY(a, d->count, const char *);
        bool *told = ARENA_ARRAY(a, d->count, bool);
        struct row_wrong wrong = {0};
        bool taken = row_fields(a, d, body, cells, told, &wrong);
        assert_true(taken == (cases[i].pointer == NULL));
        if (!taken) {
            assert_string_equal(wrong.pointer, cases[i].pointer);
            assert_non_null(strstr(wrong.detail, cases[i].says));
            continue;
        }
        assert_true(told[value] == (body->count == 1));
        assert_true((cells[value] == NULL) == (cases[i].value == NULL));
        assert_string_equal(cells[value] == NULL ? "" : cells[value],
                            cases[i].value == NULL ? "" : cases[i].value);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(addresses), cmocka_unit_test(fields)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
