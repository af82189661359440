// Whom a council compares itself with: groups and their versions, everyone's value, ours left out.
#include "fixture_record.h"

#include <string.h>

#include "domain/snapshot.h"
#include "fixture_engine.h"
#include "fixture_reading.h"

static struct place *town(void)
{
    struct place *p = place_new();
    place_write(p, "organisation.csv",
                "code,name,gss_code,financial_year_start\ntown,Town Council,E06000001,04\n");
    place_write(p, "measures.csv",
                "code,title,value_type,decimals,polarity,frequency,compare_with\n"
                "M1,Waste recycled,percent,1,higher,year,\n"
                "M2,Days lost,days,1,lower,quarter,near\n"
                "M3,Grade,text,,none,year,\n"
                "M4,Nobody's,number,,none,year,\n");
    place_write(p, "comparators.csv",
                "group,organisation,name,set,version,order\n"
                "near,E06000002,Second,Neighbours 2018,v9,1\n"
                "near,E06000003,Third,Neighbours 2018,v9,2\n"
                "near,E06000004,Fourth,Neighbours,v10,1\n"
                "near,E06000001,Town,Neighbours,v10,2\n"
                "near,E06000003,Third,Neighbours,v10,3\n"
                "near,E06000005,,Neighbours,v10,\n"
                "empty,E06000009,Ninth,,,\n"
                "region,E06000003,Third,,,\n"
                "region,E06000002,Second,,,\n");
    place_write(p, "comparator_values.csv",
                "measure,organisation,period,value,numerator,denominator\n"
                "M1,E06000001,2014-15,99,,\n"
                "M1,E06000003,2015-16,..,,\n"
                "M1,E06000003,2013-14,40.5,,\n"
                "M1,E06000003,2014-15,,1,3\n"
                "M1,E06000004,2014-15,*,,\n"
                "M1,E06000004,2013-14,44,,\n"
                "M1,E06000008,2013-14,12,,\n"
                "M2,E06000004,2014-15-Q1,8.5,,\n"
                "M2,E06000002,2014-15-Q3,8.5,,\n"
                "M3,E06000004,2014-15,Good,,\n");
    place_import(p, "2016-05-01T09:00:00Z");
    return p;
}

static const char *members_of(struct place *p, const struct comparator_group *g)
{
    const char *text = "";
    for (size_t i = 0; i < g->member_count; i++) {
        text = arena_printf(p->arena, "%s%s%d %s", text, i == 0 ? "" : ", ", g->members[i].order,
                            g->members[i].name);
    }
    return text;
}

static void the_latest_version_is_the_group(void **state)
{
    (void)state;
    struct place *p = town();
    const struct council *c = place_council(p, "2016-05-02", NULL);
    const struct comparator_group *near = council_comparator_group(c, "near");
    assert_int_equal(c->comparator_group_count, 3);
    assert_string_equal(near->name, "Neighbours");
    assert_string_equal(near->set, "Neighbours");
    assert_string_equal(near->version, "v10");
    assert_string_equal(members_of(p, near), "1 Fourth, 2 Town, 3 Third, 0 E06000005");
    const struct comparator_group *region = council_comparator_group(c, "region");
    assert_string_equal(region->name, "region");
    assert_null(region->set);
    assert_null(region->version);
    assert_string_equal(members_of(p, region), "0 Second, 0 Third");
    assert_null(council_comparator_group(c, "far"));
    assert_null(council_comparator_group(c, NULL));
    place_free(p);
}

// "Fourth 44, Third -": the members of a group, each with its value.
static const char *values_of(struct place *p, const struct council *c, const char *measure,
                             const char *group, const char *period)
{
    const struct compared *all = NULL;
    size_t count = comparison_of(c, council_measure(c, measure), council_comparator_group(c, group),
                                 period_named(period), p->arena, &all);
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        struct dec shown = dec_round(all[i].value, 1);
        const char *value = all[i].figure == NULL  ? "none"
                            : all[i].value.present ? dec_text(p->arena, shown)
                                                   : marker_text(all[i].figure->marker);
        text = arena_printf(p->arena, "%s%s%s %s", text, i == 0 ? "" : ", ", all[i].member->name,
                            value);
    }
    return text;
}

static void everyones_value(void **state)
{
    static const struct {
        const char *measure, *group, *period, *values;
    } cases[] = {
        {"M1", "near", "2013-14-FY", "Fourth 44.0, Third 40.5, E06000005 none"},
        // Our own area is no member of what is compared, though the list names it.
        {"M1", "near", "2014-15-FY", "Fourth suppressed, Third 33.3, E06000005 none"},
        {"M1", "near", "2015-16-FY", "Fourth none, Third missing, E06000005 none"},
        {"M1", "near", "2013-14-Q4", "Fourth none, Third none, E06000005 none"},
        {"M1", "region", "2013-14-FY", "Second none, Third 40.5"},
        {"M2", "near", "2014-15-Q1", "Fourth 8.5, Third none, E06000005 none"},
        {"M4", "region", "2013-14-FY", "Second none, Third none"},
    };
    (void)state;
    struct place *p = town();
    const struct council *c = place_council(p, "2016-05-02", NULL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(values_of(p, c, cases[i].measure, cases[i].group, cases[i].period),
                            cases[i].values);
    }
    const struct comparison_series *s = measure_comparison(council_measure(c, "M1"), "E06000008");
    assert_string_equal(s->name, "E06000008"); // in no group
    assert_null(measure_comparison(council_measure(c, "M1"), "E06000007"));
    s = measure_comparison(council_measure(c, "M1"), "E06000003");
    assert_int_equal(s->figure_count, 3);
    assert_true(s->figures[0].period.end < s->figures[2].period.end);
    assert_int_equal(s->figures[2].marker, MARKER_MISSING);
    s = measure_comparison(council_measure(c, "M3"), "E06000004");
    assert_string_equal(s->figures[0].text, "Good");
    place_free(p);
}

static void which_groups(void **state)
{
    static const struct {
        const char *measure, *groups;
    } cases[] = {
        {"M1", "near region "},
        {"M2", "near "}, // as it says, though a member of the region has a figure too
        {"M3", ""},      // words are no values
        {"M4", ""},
    };
    (void)state;
    struct place *p = town();
    const struct council *c = place_council(p, "2016-05-02", NULL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct comparator_group *const *groups = NULL;
        size_t count =
            comparison_groups(c, council_measure(c, cases[i].measure), p->arena, &groups);
        const char *text = "";
        for (size_t k = 0; k < count; k++) {
            text = arena_printf(p->arena, "%s%s ", text, groups[k]->code);
        }
        assert_string_equal(text, cases[i].groups);
    }
    place_free(p);
}

static void how_late_they_are(void **state)
{
    static const struct {
        const char *measure, *group, *like, *latest;
    } cases[] = {
        {"M1", "near", "2015-16-FY", "2014-15-FY"}, // a mark is no value
        {"M1", "near", "2013-14-FY", "2013-14-FY"}, {"M1", "near", "2012-13-FY", NULL},
        {"M2", "near", "2015-16-Q1", "2014-15-Q1"}, {"M2", "near", "2015-16-FY", NULL},
        {"M4", "near", "2015-16-FY", NULL},
    };
    (void)state;
    struct place *p = town();
    const struct council *c = place_council(p, "2016-05-02", NULL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct period latest = comparison_latest(c, council_measure(c, cases[i].measure),
                                                 council_comparator_group(c, cases[i].group),
                                                 period_named(cases[i].like));
        if (cases[i].latest == NULL) {
            assert_int_equal(latest.kind, PERIOD_NONE);
        } else {
            assert_string_equal(period_id(p->arena, latest, 4), cases[i].latest);
        }
    }
    place_free(p);
}

// The same of a council that no record holds, as tests of pages have it.
static void in_memory(void **state)
{
    (void)state;
    struct place *p = place_new();
    struct council *c = council_of(p->arena, "2013-08-01");
    struct measure *m = add_measure(c, "M", "percent quarter ratio higher decimals=1 compare=near");
    set_figures(c, m, "", "2013-14-Q1 40.0", "");
    give_group(c, "near", "E2 Second, E3 Third");
    give_comparisons(c, "M", "E2", "2013-14-Q1 2/3");
    give_comparisons(c, "M", "E3", "2013-14-Q1 *, 2013-14-Q2 41");
    give_rebases(c, "M", "", "2013-14-Q1 New contract");
    give_forecasts(c, "M", "", "2013-14-FY 42.5");
    give_referral_rule(c, "RUN", "off_target_running", 3, 0);
    assert_string_equal(values_of(p, c, "M", "near", "2013-14-Q1"),
                        "Second 66.7, Third suppressed");
    assert_string_equal(m->series[0].rebases[0].reason, "New contract");
    const struct forecast *f = series_forecast(&m->series[0], period_named("2013-14-FY"));
    assert_string_equal(dec_text(p->arena, f->forecast), "42.5");
    assert_int_equal(council_referral_rule(c, "RUN", c->today)->n, 3);
    place_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_latest_version_is_the_group),
        cmocka_unit_test(everyones_value),
        cmocka_unit_test(which_groups),
        cmocka_unit_test(how_late_they_are),
        cmocka_unit_test(in_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
