// What a search finds, and what it puts first.

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "view/search_find.h"

static const char *const rank_names[] = {"code",        "title starts", "title holds",
                                         "title words", "text",         "not"};

static const struct {
    const char *typed, *code, *title, *text;
    enum search_rank rank;
} cases[] = {
    // The code itself, however it is typed.
    {"NI 117", "NI 117", "16 to 18 year olds without work", NULL, SEARCH_CODE},
    {"ni 117", "NI 117", "16 to 18 year olds without work", NULL, SEARCH_CODE},
    {"  ni   117 ", "NI 117", "16 to 18 year olds without work", NULL, SEARCH_CODE},
    {"117", "NI 117", "16 to 18 year olds without work", NULL, SEARCH_TEXT},
    {"NI", "NI 117", "16 to 18 year olds without work", NULL, SEARCH_TITLE_STARTS},
    // Titles.
    {"smoking", "NI 123", "Smoking cessation", NULL, SEARCH_TITLE_STARTS},
    {"SMOKING CESS", "NI 123", "Smoking cessation", NULL, SEARCH_TITLE_STARTS},
    {"cessation", "NI 123", "Smoking cessation", NULL, SEARCH_TITLE_HOLDS},
    {"cessation smoking", "NI 123", "Smoking cessation", NULL, SEARCH_TITLE_WORDS},
    {"smok sat", "NI 123", "Smoking cessation", NULL, SEARCH_TITLE_WORDS},
    // The rest of what is written.
    {"quit", "NI 123", "Smoking cessation", "People who quit for four weeks", SEARCH_TEXT},
    {"smoking quit", "NI 123", "Smoking cessation", "People who quit", SEARCH_TEXT},
    {"quit cessation", "NI 123", "Smoking cessation", "People who quit", SEARCH_TEXT},
    {"smoking 123", "NI 123", "Smoking cessation", NULL, SEARCH_TEXT},
    // Every word must stand somewhere.
    {"smoking bus", "NI 123", "Smoking cessation", "People who quit", SEARCH_NOT},
    {"housing", "NI 123", "Smoking cessation", "People who quit", SEARCH_NOT},
    // As people type it, and as the plan prints it.
    {"children's", "CL 1", "Assessments for children’s social care", NULL, SEARCH_TITLE_HOLDS},
    {"children’s", "CL 1", "Assessments for children's social care", NULL, SEARCH_TITLE_HOLDS},
    {"16-18", "NI 117", "16–18 year olds", NULL, SEARCH_TITLE_STARTS},
    {"école", "S 1", "ÉCOLE", NULL, SEARCH_TITLE_STARTS},
    // Nothing typed finds nothing; marks are no pattern.
    {"", "NI 123", "Smoking cessation", NULL, SEARCH_NOT},
    {"   ", "NI 123", "Smoking cessation", NULL, SEARCH_NOT},
    {"%", "NI 123", "Smoking cessation", NULL, SEARCH_NOT},
    {".*", "NI 123", "Smoking cessation", NULL, SEARCH_NOT},
    // What has no title or no code can still be found by the other.
    {"a18", "A18", NULL, NULL, SEARCH_CODE},
    {"bus", NULL, "Bus stops", NULL, SEARCH_TITLE_STARTS},
};

static void test_ranks(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct search_query query = search_read(a, cases[i].typed);
        const char *const texts[] = {NULL, cases[i].text};
        enum search_rank rank =
            search_rank_of(a, &query, cases[i].code, cases[i].title, texts, COUNT_OF(texts));
        if (rank != cases[i].rank) {
            print_error("\"%s\" in \"%s\": %s, expected %s\n", cases[i].typed,
                        cases[i].title == NULL ? "(no title)" : cases[i].title, rank_names[rank],
                        rank_names[cases[i].rank]);
            faults++;
        }
    }
    assert_int_equal(faults, 0);
    arena_free(a);
}

static void test_what_is_typed_has_an_end(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    char *much = arena_alloc(a, 10001);
    memset(much, 'x', 10000);
    struct search_query query = search_read(a, much);
    assert_true(query.cut);
    assert_int_equal(strlen(query.folded), SEARCH_BYTES_MAX);
    // No character is cut in two: each of these takes two bytes.
    for (size_t i = 0; i + 1 < 10000; i += 2) {
        memcpy(much + i, "é", 2);
    }
    much[0] = 'x';
    much[1] = 'x';
    much[9999] = '\0';
    memmove(much, much + 1, 9999);
    query = search_read(a, much);
    assert_int_equal(strlen(query.folded), SEARCH_BYTES_MAX - 1);
    query = search_read(a, "a b c d e f g h i j k l m n");
    assert_true(query.cut);
    assert_int_equal(query.count, SEARCH_WORDS_MAX);
    query = search_read(a, "a b c");
    assert_false(query.cut);
    assert_int_equal(query.count, 3);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_what_is_typed_has_an_end),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
