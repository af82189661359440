// The examples of docs/formulas.md come to what it says.
#include "base/file.h"
#include "formula_fixture.h"

enum { DOC_CELLS = 4, DOC_MAX = 1 << 20 };

// The cells of a line of a table, without the marks of code; how many there are.
static size_t cells_of(struct arena *a, const char *line, size_t length, const char **cells)
{
    size_t count = 0;
    const char *at = line + 1, *end = line + length;
    while (at < end && count < DOC_CELLS) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        const char *stop = bar == NULL ? end : bar;
        while (at < stop && (*at == ' ' || *at == '`')) {
            at++;
        }
        const char *last = stop;
        while (last > at && (last[-1] == ' ' || last[-1] == '`')) {
            last--;
        }
        cells[count++] = arena_textn(a, at, (size_t)(last - at));
        at = stop + 1;
    }
    return count;
}

// What the document calls a result: rounded as it prints it.
static const char *doc_result(struct arena *a, const struct formula_value *v, const char *printed)
{
    if (v->state == FORMULA_KNOWN) {
        const char *point = strchr(printed, '.');
        return dec_text(a, dec_round(v->value, point == NULL ? 0 : (int)strlen(point + 1)));
    }
    return v->state == FORMULA_SUPPRESSED       ? "suppressed"
           : v->state == FORMULA_NOT_APPLICABLE ? "not applicable"
                                                : "no figure";
}

static bool try_example(struct arena *a, const char *const *head, const char *const *cells,
                        size_t count)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    const char *expected = cells[count - 1], *found = NULL;
    if (!formula_read(a, cells[0], strlen(cells[0]), &f, &fault)) {
        found = formula_refusal(a, &fault);
    } else {
        struct formula_given *given = ARENA_ARRAY(a, f->part_count, struct formula_given);
        for (size_t i = 0; i < f->part_count; i++) {
            given[i] = given_of(a, cells[1], f->parts[i].text);
        }
        struct formula_policy policy = {.decimals = 6};
        bool known = count < 4 || (strcmp(head[2], "missing_parts") == 0
                                       ? formula_missing_from_text(cells[2], &policy.missing)
                                       : formula_zero_from_text(cells[2], &policy.zero));
        assert_true(known);
        struct formula_value v = formula_evaluate(f, &policy, given, NULL);
        found = doc_result(a, &v, expected);
    }
    if (strcmp(found, expected) != 0) {
        print_error("%s: \"%s\", not \"%s\"\n", cells[0], found, expected);
        return false;
    }
    return true;
}

static void test_the_examples_of_the_manual(void **state)
{
    (void)state;
    const char *folder = getenv("GOLDTHREAD_SOURCE");
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    const char *path = arena_printf(a, "%s/docs/formulas.md", folder == NULL ? "." : folder);
    struct file_bytes file;
    if (!file_map(a, path, DOC_MAX, &file, &e)) {
        fail_msg("%s", e.message);
    }
    const char *text = arena_textn(a, file.bytes, file.length);
    const char *head[DOC_CELLS] = {""}, *cells[DOC_CELLS];
    bool in_table = false;
    int tried = 0, wrong = 0;
    for (const char *line = text; *line != '\0';) {
        const char *end = strchrnul(line, '\n');
        size_t count = line[0] == '|' ? cells_of(a, line, (size_t)(end - line) - 1, cells) : 0;
        if (count == 0) {
            in_table = false;
        } else if (!in_table) {
            memcpy(head, cells, sizeof head);
            in_table = true;
        } else if (strcmp(head[0], "formula") == 0 && strncmp(cells[0], "---", 3) != 0) {
            wrong += !try_example(a, head, cells, count);
            tried++;
        }
        line = *end == '\0' ? end : end + 1;
    }
    assert_int_equal(wrong, 0);
    assert_true(tried > 35);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_examples_of_the_manual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
