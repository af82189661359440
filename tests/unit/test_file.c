// Files: read whole, written whole or not at all.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

struct place {
    struct arena *arena;
    const char *folder;
};

static const char *at(const struct place *p, const char *name)
{
    return arena_printf(p->arena, "%s/%s", p->folder, name);
}

static void test_written_and_read_back(void **state)
{
    struct place *p = *state;
    struct err e = {.arena = p->arena};
    struct file_bytes got;
    const char *path = at(p, "a.csv");
    assert_true(file_write(path, "one\0two", 7, &e));
    assert_true(file_map(p->arena, path, 100, &got, &e));
    assert_int_equal(got.length, 7);
    assert_memory_equal(got.bytes, "one\0two", 7);
    // Written over: what was read before stays as it was.
    assert_true(file_write(path, "", 0, &e));
    assert_memory_equal(got.bytes, "one\0two", 7);
    assert_true(file_map(p->arena, path, 100, &got, &e));
    assert_int_equal(got.length, 0);
    assert_string_equal(got.bytes, "");
    // A large one, of several pages; and a file that is shortened after it was read.
    char *large = arena_alloc(p->arena, 300000);
    memset(large, 'z', 300000);
    assert_true(file_write(path, large, 300000, &e));
    assert_true(file_map(p->arena, path, 300000, &got, &e));
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(got.length, 300000);
    assert_memory_equal(got.bytes, large, 300000);
    // Nothing is left beside it.
    const char *const *names = NULL;
    size_t count = 0;
    assert_true(file_list(p->arena, p->folder, &names, &count, &e));
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "a.csv");
}

static void test_refuses_with_one_sentence(void **state)
{
    struct place *p = *state;
    assert_int_equal(mkfifo(at(p, "pipe"), 0600), 0);
    struct err e = {.arena = p->arena};
    assert_true(file_write(at(p, "ten"), "0123456789", 10, &e));
    static const struct {
        const char *name;
        size_t max;
        enum err_kind kind;
        const char *says;
    } cases[] = {
        {"absent", 10, ERR_ABSENT, "could not be opened: No such file"},
        {"", 10, ERR_INPUT, "is not a file"},
        {"pipe", 10, ERR_INPUT, "is not a file"},
        {"ten", 9, ERR_INPUT, "is larger than the limit of 9 bytes"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct err refused = {.arena = p->arena};
        struct file_bytes got = {NULL, 77};
        assert_false(file_map(p->arena, at(p, cases[i].name), cases[i].max, &got, &refused));
        assert_int_equal(refused.kind, cases[i].kind);
        assert_non_null(strstr(refused.message, cases[i].says));
        assert_int_equal(got.length, 77);
    }
    struct file_bytes got;
    assert_true(file_map(p->arena, at(p, "ten"), 10, &got, &e));
}

static void test_a_failed_write_leaves_the_old_file(void **state)
{
    struct place *p = *state;
    struct err e = {.arena = p->arena};
    assert_false(file_write(at(p, "no/such/folder.csv"), "x", 1, &e));
    assert_int_equal(e.kind, ERR_SYSTEM);
    // The name of a folder cannot be replaced by a file.
    struct err later = {.arena = p->arena};
    assert_true(file_make_folder(at(p, "folder/deep"), &later));
    assert_false(file_write(at(p, "folder"), "x", 1, &later));
    const char *const *names = NULL;
    size_t count = 0;
    struct err none = {.arena = p->arena};
    assert_true(file_list(p->arena, p->folder, &names, &count, &none));
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "folder");
}

static void test_folders(void **state)
{
    struct place *p = *state;
    struct err e = {.arena = p->arena};
    assert_true(file_make_folder(at(p, "a/b//c/"), &e));
    assert_true(file_is_folder(at(p, "a/b/c")));
    assert_true(file_make_folder(at(p, "a/b"), &e)); // there already
    assert_true(file_make_folder("/", &e));
    assert_true(file_write(at(p, "a/z"), "", 0, &e));
    assert_true(file_write(at(p, "a/B"), "", 0, &e));
    assert_true(file_write(at(p, "a/.hidden"), "", 0, &e));
    assert_false(file_is_folder(at(p, "a/z")));
    assert_false(file_is_folder(at(p, "nowhere")));
    const char *const *names = NULL;
    size_t count = 0;
    assert_true(file_list(p->arena, at(p, "a"), &names, &count, &e));
    static const char *const expected[] = {".hidden", "B", "b", "z"};
    assert_int_equal(count, COUNT_OF(expected));
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(names[i], expected[i]);
    }
    assert_true(file_list(p->arena, at(p, "a/b/c"), &names, &count, &e));
    assert_int_equal(count, 0);
    struct err absent = {.arena = p->arena};
    assert_false(file_list(p->arena, at(p, "nowhere"), &names, &count, &absent));
    assert_int_equal(absent.kind, ERR_ABSENT);
    struct err not_folder = {.arena = p->arena};
    assert_false(file_make_folder(at(p, "a/z/under"), &not_folder));
    assert_non_null(strstr(not_folder.message, "could not be made"));
    struct err nameless = {.arena = p->arena};
    assert_false(file_make_folder("", &nameless));
    assert_int_equal(nameless.kind, ERR_USAGE);
}

static void test_streams(void **state)
{
    struct place *p = *state;
    struct err e = {.arena = p->arena};
    char *large = arena_alloc(p->arena, 200000);
    memset(large, 'y', 200000);
    assert_true(file_write(at(p, "large"), large, 200000, &e));
    static const struct {
        size_t max;
        bool read;
    } cases[] = {{200000, true}, {199999, false}, {SIZE_MAX, true}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int fd = open(at(p, "large"), O_RDONLY);
        assert_true(fd >= 0);
        struct err one = {.arena = p->arena};
        struct file_bytes got = {NULL, 0};
        bool read = file_read_stream(p->arena, fd, "standard input", cases[i].max, &got, &one);
        assert_int_equal(read, cases[i].read);
        assert_int_equal(got.length, cases[i].read ? 200000 : 0);
        close(fd);
    }
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "label\n", 6), 6);
    close(ends[1]);
    struct file_bytes got;
    assert_true(file_read_stream(p->arena, ends[0], "standard input", 100, &got, &e));
    assert_int_equal(got.length, 6);
    assert_memory_equal(got.bytes, "label\n", 6);
    close(ends[0]);
}

static int set_up(void **state)
{
    struct arena *a = arena_new(0);
    if (a == NULL) {
        return 1;
    }
    struct place *p = ARENA_NEW(a, struct place);
    p->arena = a;
    char *folder = arena_text(a, "/tmp/goldthread-test-XXXXXX");
    p->folder = mkdtemp(folder);
    *state = p;
    return p->folder == NULL;
}

static void remove_all(struct arena *a, const char *path)
{
    const char *const *names = NULL;
    size_t count = 0;
    struct err e = {.arena = a};
    if (file_is_folder(path) && file_list(a, path, &names, &count, &e)) {
        for (size_t i = 0; i < count; i++) {
            remove_all(a, arena_printf(a, "%s/%s", path, names[i]));
        }
    }
    remove(path);
}

static int tear_down(void **state)
{
    struct place *p = *state;
    remove_all(p->arena, p->folder);
    arena_free(p->arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_written_and_read_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refuses_with_one_sentence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_failed_write_leaves_the_old_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_folders, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_streams, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
