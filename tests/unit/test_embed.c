// What is built into the binary is there, whole, and found by its exact name only.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/embed.h"

static void test_names_are_sorted_and_found(void **state)
{
    (void)state;
    size_t count = 0;
    const struct embedded *all = embed_all(&count);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || strcmp(all[i - 1].name, all[i].name) < 0);
        assert_ptr_equal(embed_find(all[i].name), &all[i]);
    }
}

static void test_only_exact_names_are_found(void **state)
{
    (void)state;
    static const char *const absent[] = {
        "",  "assets/", "assets/goldthread.cs", "assets/goldthread.css2", "Assets/goldthread.css",
        "a", "zzz",     "../LICENSE",
    };
    for (size_t i = 0; i < COUNT_OF(absent); i++) {
        assert_null(embed_find(absent[i]));
    }
    assert_non_null(embed_find("assets/goldthread.css"));
    assert_non_null(embed_find("assets/favicon.svg"));
    assert_non_null(embed_find("assets/govuk-frontend-licence.txt"));
}

// The file as it stands in the source tree; the caller frees it.
static unsigned char *source_bytes(const char *name, size_t *ret_length)
{
    const char *root = getenv("GOLDTHREAD_SOURCE");
    if (root == NULL) {
        skip();
    }
    char path[4096];
    assert_true(snprintf(path, sizeof path, "%s/%s", root, name) < (int)sizeof path);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    unsigned char *bytes = calloc(1, 1u << 20);
    assert_non_null(bytes);
    *ret_length = fread(bytes, 1, 1u << 20, file);
    fclose(file);
    return bytes;
}

static void test_bytes_are_the_file(void **state)
{
    (void)state;
    size_t count = 0;
    const struct embedded *all = embed_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].name, "assets/goldthread.css") == 0) {
            continue; // made during the build
        }
        size_t length = 0;
        unsigned char *bytes = source_bytes(all[i].name, &length);
        assert_int_equal(all[i].length, length);
        assert_memory_equal(all[i].bytes, bytes, length);
        assert_int_equal(all[i].bytes[length], '\0');
        free(bytes);
    }
}

static void test_gzip_holds_the_same_bytes(void **state)
{
    (void)state;
    size_t count = 0, zipped = 0;
    const struct embedded *all = embed_all(&count);
    for (size_t i = 0; i < count; i++) {
        const struct embedded *one = &all[i];
        if (one->gzip == NULL) {
            assert_int_equal(one->gzip_length, 0);
            continue;
        }
        zipped++;
        assert_true(one->gzip_length < one->length);
        unsigned char *plain = calloc(1, one->length + 1);
        assert_non_null(plain);
        z_stream z = {.next_in = (Bytef *)(uintptr_t)one->gzip,
                      .avail_in = (uInt)one->gzip_length,
                      .next_out = plain,
                      .avail_out = (uInt)one->length + 1};
        assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        assert_int_equal(z.total_out, one->length);
        assert_memory_equal(plain, one->bytes, one->length);
        inflateEnd(&z);
        free(plain);
    }
    assert_true(zipped > 0);
}

static void test_digests_name_the_bytes(void **state)
{
    (void)state;
    // The first 16 digits of `sha256sum assets/favicon.svg` would change with the file, so here is
    // what must hold for every one: 16 hexadecimal digits, and no two files share them.
    size_t count = 0;
    const struct embedded *all = embed_all(&count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(strlen(all[i].digest), 16);
        assert_int_equal(strspn(all[i].digest, "0123456789abcdef"), 16);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(all[i].digest, all[j].digest);
        }
    }
}

// UI-1, UI-2: off GOV.UK, none of its letters, its crown or its blue; and nothing from elsewhere.
static void test_style_sheet_is_ours(void **state)
{
    (void)state;
    const struct embedded *css = embed_find("assets/goldthread.css");
    assert_non_null(css);
    static const char *const forbidden[] = {"GDS Transport", "@font-face", "url(",
                                            "crest",         "#1d70b8",    "@import"};
    for (size_t i = 0; i < COUNT_OF(forbidden); i++) {
        assert_null(strstr((const char *)css->bytes, forbidden[i]));
    }
    static const char *const wanted[] = {"Crown Copyright", ".gt-status", "forced-colors", "@page"};
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        assert_non_null(strstr((const char *)css->bytes, wanted[i]));
    }
    assert_true(css->length < 100000 && css->gzip_length < 13000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_sorted_and_found),
        cmocka_unit_test(test_only_exact_names_are_found),
        cmocka_unit_test(test_bytes_are_the_file),
        cmocka_unit_test(test_gzip_holds_the_same_bytes),
        cmocka_unit_test(test_digests_name_the_bytes),
        cmocka_unit_test(test_style_sheet_is_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
