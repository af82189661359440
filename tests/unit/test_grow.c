// Arrays that grow in place, and texts that are numbered as they are met.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "domain/text_table.h"

static void grows(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct grow g = grow_new(a, sizeof(uint64_t));
    for (uint64_t i = 0; i < 300000; i++) {
        uint64_t *item = grow_add(&g);
        assert_int_equal(*item, 0); // zeroed
        *item = i;
    }
    uint64_t *many = grow_add_many(&g, 1000);
    assert_ptr_equal(many, (uint64_t *)g.items + 300000);
    assert_int_equal(g.count, 301000);
    for (uint64_t i = 0; i < 300000; i++) {
        assert_int_equal(((const uint64_t *)g.items)[i], i);
    }
    arena_free(a);
}

static void runs_out_the_arenas_way(void **state)
{
    (void)state;
    struct arena *volatile a = arena_new(0);
    volatile bool trapped = false;
    if (ARENA_TRAP(a)) {
        trapped = true;
    } else {
        struct grow g = grow_new(a, SIZE_MAX / 4);
        grow_add_many(&g, 8);
    }
    assert_true(trapped);
    arena_free(a);
}

static void texts(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct text_table t = text_table_new(a);
    assert_int_equal(text_table_find(&t, (struct slice){"M1", 2}), TEXT_TABLE_NONE);
    for (int i = 0; i < 5000; i++) {
        const char *code = arena_printf(a, "M%d", i);
        assert_int_equal(text_table_add(&t, (struct slice){code, strlen(code)}), i);
    }
    assert_int_equal(text_table_count(&t), 5000);
    assert_int_equal(text_table_add(&t, (struct slice){"M17", 3}), 17); // as before
    assert_int_equal(text_table_find(&t, (struct slice){"M4999", 5}), 4999);
    assert_int_equal(text_table_find(&t, (struct slice){"m17", 3}), TEXT_TABLE_NONE);
    assert_int_equal(text_table_add(&t, (struct slice){"", 0}), 5000);
    assert_true(slice_is(text_table_text(&t, 17), "M17"));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows),
        cmocka_unit_test(runs_out_the_arenas_way),
        cmocka_unit_test(texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
