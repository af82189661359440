// Arena, growing text and failures told once.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"

static bool all_zero(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void check_pieces(struct arena *a)
{
    assert_non_null(a);
    static const size_t sizes[] = {0, 1, 15, 16, 17, 100, 4000, 5000, 70000, 3, 2000000, 8};
    unsigned char *pieces[COUNT_OF(sizes)];
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        pieces[i] = arena_alloc(a, sizes[i]);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % 16, 0);
        assert_true(all_zero(pieces[i], sizes[i]));
        memset(pieces[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        for (size_t j = 0; j < sizes[i]; j++) {
            if (pieces[i][j] != i + 1) {
                fail_msg("piece %zu was overwritten", i);
            }
        }
    }
    assert_true(arena_used(a) >= 2000000 + 70000 + 5000);
    arena_free(a);
}

static void test_pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    check_pieces(arena_new(0));
    check_pieces(arena_new_large(0));
    check_pieces(arena_new_large(64 << 20));
    arena_free(NULL);
}

static void test_copies_and_formats(void **state)
{
    (void)state;
    CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
    assert_non_null(a);
    char text[] = "abc";
    const char *copy = arena_text(a, text);
    text[0] = 'x';
    assert_string_equal(copy, "abc");
    assert_null(arena_text(a, NULL));
    assert_string_equal(arena_textn(a, "abcdef", 3), "abc");
    assert_string_equal(arena_textn(a, NULL, 0), "");
    assert_string_equal(arena_printf(a, "%s-%d", "Q", 3), "Q-3");
    int *few = ARENA_ARRAY(a, 3, int);
    few[2] = 7;
    int *more = arena_grow(a, few, 3, 100, sizeof *few);
    assert_int_equal(more[2], 7);
    assert_int_equal(more[99], 0);
}

static int attempt(size_t limit, size_t count, size_t size)
{
    struct arena *a = arena_new(limit);
    assert_non_null(a);
    if (ARENA_TRAP(a)) {
        arena_free(a);
        return 1;
    }
    arena_array(a, count, size);
    arena_free(a);
    return 0;
}

static void test_running_out_jumps_to_the_trap(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        size_t limit, count, size;
        int trapped;
    } cases[] = {
        {"within the limit", 1000, 1, 900, 0},
        {"exactly the limit", 1024, 1, 1024, 0},
        {"over the limit", 1024, 1, 1025, 1},
        {"no limit", 0, 1, 1 << 20, 0},
        {"a product that overflows", 0, SIZE_MAX / 2, 3, 1},
        {"more than there is", 0, 1, SIZE_MAX / 2, 1},
        {"size that overflows when rounded", 0, 1, SIZE_MAX, 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (attempt(cases[i].limit, cases[i].count, cases[i].size) != cases[i].trapped) {
            fail_msg("%s", cases[i].what);
        }
    }
}

// As a callback does that a library calls: caught within, passed on when the library has returned.
static void test_a_trap_within_a_trap(void **state)
{
    (void)state;
    struct arena *a = arena_new_large(10000);
    assert_non_null(a);
    volatile bool within = false, passed_on = false;
    if (ARENA_TRAP(a)) {
        assert_true(within);
        assert_true(passed_on);
        arena_free(a);
        return;
    }
    struct arena_trap outer;
    arena_trap_aside(a, &outer);
    if (ARENA_TRAP(a)) {
        within = true;
    } else {
        arena_alloc(a, 20000);
        fail_msg("the limit was not kept");
    }
    arena_trap_back(a, &outer);
    assert_non_null(arena_alloc(a, 100));
    passed_on = true;
    arena_give_up(a);
}

static char released[8];
static size_t released_count;

static void note_release(void *what)
{
    released[released_count++] = *(const char *)what;
}

static void test_deferred_run_last_first(void **state)
{
    (void)state;
    memset(released, 0, sizeof released);
    released_count = 0;
    struct arena *a = arena_new(10000);
    assert_non_null(a);
    if (!ARENA_TRAP(a)) {
        arena_defer(a, note_release, arena_text(a, "1"));
        arena_defer(a, note_release, arena_text(a, "2"));
        arena_defer(a, note_release, arena_text(a, "3"));
        arena_alloc(a, 20000); // out: what was deferred runs all the same
        fail_msg("the limit was not kept");
    }
    assert_int_equal(released_count, 0);
    arena_free(a);
    assert_string_equal(released, "321");
}

static void test_text_grows_to_its_limit(void **state)
{
    (void)state;
    CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
    assert_non_null(a);
    struct buf b = buf_new(a, 1000);
    assert_string_equal(buf_cstr(&b), "");
    for (int i = 0; i < 99; i++) {
        buf_text(&b, "0123456789");
    }
    buf_char(&b, 'x');
    buf_int(&b, INT64_MIN % 1000);
    assert_int_equal(b.length, 995);
    assert_false(b.full);
    buf_printf(&b, "%s", "more than fits");
    assert_true(b.full);
    assert_int_equal(b.length, 995);
    buf_text(&b, "x"); // once over, nothing is put: no text with a hole in it
    assert_int_equal(b.length, 995);
    assert_string_equal(b.text + 987, "789x-808");
}

static void test_whole_numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {{0, "0"},
                 {-1, "-1"},
                 {10, "10"},
                 {-100, "-100"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};
    CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf b = buf_new(a, 100);
        buf_int(&b, cases[i].value);
        assert_string_equal(buf_cstr(&b), cases[i].text);
    }
}

static void test_the_first_failure_stays(void **state)
{
    (void)state;
    CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
    assert_non_null(a);
    struct err e = {.arena = a};
    assert_int_equal(err_exit_status(&e), 0);
    assert_false(err_set(&e, ERR_INPUT, "row %d", 3));
    err_cause(&e, "errno %d", 2);
    assert_false(err_set(&e, ERR_SYSTEM, "later"));
    err_cause(&e, "later");
    assert_string_equal(e.message, "row 3");
    assert_string_equal(e.cause, "errno 2");
    assert_int_equal(err_exit_status(&e), 1);
    static const struct {
        enum err_kind kind;
        int status;
    } cases[] = {{ERR_USAGE, 2}, {ERR_SYSTEM, 3}, {ERR_ABSENT, 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct err one = {.arena = a, .kind = cases[i].kind};
        assert_int_equal(err_exit_status(&one), cases[i].status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(test_copies_and_formats),
        cmocka_unit_test(test_running_out_jumps_to_the_trap),
        cmocka_unit_test(test_a_trap_within_a_trap),
        cmocka_unit_test(test_deferred_run_last_first),
        cmocka_unit_test(test_text_grows_to_its_limit),
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_the_first_failure_stays),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
