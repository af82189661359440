// Every page of the site on a council of the tests: each name its template asks for is there, what
// people wrote is escaped, and an empty council gives pages, too.

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "fixture_council.h"
#include "fixture_engine.h"
#include "fixture_page.h"

// For each route with a code, codes that between them show all its page can show.
static const struct {
    const char *folder;
    const char *codes[28];
} samples[] = {
    {"units", {"CE", "CL", "CL-YOS"}},
    {"boards", {"EXEC", "OSB", "HWB", "DMT-CL"}},
    {"aims", {"V-1", "P1", "P2", "O1.1", "DP-1"}},
    {"plans", {"V", "CP", "DP"}},
    {"risks", {"R1", "R2"}},
    {"projects", {"PR1"}},
    {"scorecards",
     {"corporate", "statutory", "service", "organisational", "corporate?by=unit",
      "service?status=off_target", "corporate?sort=look",
      "corporate?status=slightly_off&kind=contextual"}},
    {"scorecards/priority", {"P1", "P2", "O1.1", "V-1"}},
    {"scorecards/unit", {"CE", "CL", "CL-YOS"}},
    {"scorecards/board", {"EXEC", "OSB", "HWB", "DMT-CL"}},
    {"measures", {"M%201",           "M%202",
                  "M%203",           "M%204",
                  "M%205",           "M%206",
                  "M%207",           "M%208",
                  "M%209",           "M%2010",
                  "M%2011",          "M%2012",
                  "M%2013",          "M%2014",
                  "M%2015",          "M%2016",
                  "M%2017",          "M%2018",
                  "M%2019",          "M%2020",
                  "M%2021",          "M%201?part=North",
                  "M%201?group=near"}},
    {"reports", {"quarterly"}},
};

// Addresses of pages without a code that show other things when asked.
static const struct {
    const char *folder, *query;
} asked[] = {
    {"measures", "?q=young&status=look&state=live&unit=CL"},
    {"measures", "?q=nowhere"},
    {"measures", "?state=retired&sort=travel"},
    {"measures", "?status=%3Cb%3E&owner=nobody&period=2012-13-Q3"},
    {"", "?period=2012-13-FY"},
    {"", "?sort=look"},
    {"measures", "?sort=look"},
};

struct tried {
    const char *address;
    int missing;
};

static void on_missing(void *context, const char *template_name, int line, const char *key)
{
    struct tried *t = context;
    t->missing++;
    print_error("%s: %s line %d asks for %s\n", t->address, template_name, line, key);
}

static int try_page(const struct council *c, const char *address)
{
    struct arena *a = arena_new(0);
    assert_non_null(a);
    struct err e = {.arena = a};
    const struct route *route = NULL;
    struct tree *page = fixture_page(a, c, address, &route, &e);
    struct tried tried = {address, 0};
    if (page == NULL) {
        print_error("%s: %s\n", address, e.message);
        tried.missing++;
    } else {
        const struct templates *set = fixture_templates(a);
        (void)templates_missing_keys(templates_find(set, route->template_name), page, on_missing,
                                     &tried, NULL);
        const char *html = fixture_html(a, route, page);
        if (strstr(html, "<script>alert") != NULL || strstr(html, "<b>not bold") != NULL) {
            print_error("%s: text from the record stands unescaped\n", address);
            tried.missing++;
        }
        if (strstr(html, "(null)") != NULL) {
            print_error("%s: (null) in the page\n", address);
            tried.missing++;
        }
    }
    arena_free(a);
    return tried.missing;
}

static int try_codes(struct arena *a, const struct council *c, const struct route *r)
{
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        if (strcmp(samples[i].folder, r->folder) == 0) {
            for (size_t k = 0; samples[i].codes[k] != NULL; k++) {
                faults +=
                    try_page(c, arena_printf(a, "/town/%s/%s", r->folder, samples[i].codes[k]));
            }
            return faults;
        }
    }
    print_error("%s has no sample codes in this test: add some\n", r->folder);
    return 1;
}

static int try_plain(struct arena *a, const struct council *c, const struct route *r)
{
    const char *path = arena_printf(a, "/town%s%s", r->folder[0] == '\0' ? "" : "/", r->folder);
    int faults = try_page(c, path);
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        if (strcmp(asked[i].folder, r->folder) == 0) {
            faults += try_page(c, arena_printf(a, "%s%s", path, asked[i].query));
        }
    }
    return faults;
}

// Others to compare with: M 1 of two groups, M 2 with too few.
static void give_others(const struct council *c)
{
    give_group(c, "far", "E1 <script>alert(1)</script>, E2 Barchester, E3 Melchester");
    give_group(c, "near", "E2 Barchester, E3 Melchester, E4 Budmouth, E5 Wessex, E6 Exonbury");
    give_comparisons(c, "M 1", "E1", "2013-14-Q3 8.4");
    give_comparisons(c, "M 1", "E2", "2013-14-Q3 70/900, 2013-14-Q4 90/900");
    give_comparisons(c, "M 1", "E3", "2013-14-Q3 9.9, 2013-14-Q4 77/700");
    give_comparisons(c, "M 1", "E4", "2013-14-Q4 60/1200");
    give_comparisons(c, "M 1", "E5", "2013-14-Q4 *");
    give_comparisons(c, "M 2", "E5", "2013-14-Q4 90");
}

static void test_every_name_is_there(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const struct council *c = fixture_council(a);
    give_others(c);
    int faults = 0;
    for (size_t i = 0; i < site_route_count(); i++) {
        const struct route *r = site_route_at(i);
        faults += r->takes_code ? try_codes(a, c, r) : try_plain(a, c, r);
    }
    assert_int_equal(faults, 0);
    arena_free(a);
}

static void test_an_empty_council_has_pages(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const struct council *c = fixture_empty_council(a);
    int faults = 0;
    for (size_t i = 0; i < site_route_count(); i++) {
        const struct route *r = site_route_at(i);
        faults += r->takes_code ? 0 : try_plain(a, c, r);
    }
    assert_int_equal(faults, 0);
    arena_free(a);
}

static void test_no_raw_tags(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    assert_int_equal(templates_raw_count(fixture_templates(a)), 0);
    arena_free(a);
}

static void test_what_is_not_there(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "/town/measures/M%2099",      "/town/measures/M%201?part=East",
        "/town/scorecards/corporat",  "/town/scorecards/priority/P9",
        "/town/scorecards/unit/XX",   "/town/scorecards/board/XX",
        "/town/scorecards/priority/", "/town/measure",
    };
    struct arena *a = arena_new(0);
    const struct council *c = fixture_council(a);
    for (size_t i = 0; i < COUNT_OF(addresses); i++) {
        struct err e = {.arena = a};
        assert_null(fixture_page(a, c, addresses[i], NULL, &e));
        assert_int_equal(e.kind, ERR_ABSENT);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_name_is_there),
        cmocka_unit_test(test_an_empty_council_has_pages),
        cmocka_unit_test(test_no_raw_tags),
        cmocka_unit_test(test_what_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
