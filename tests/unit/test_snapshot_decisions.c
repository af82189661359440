// What people decided, in the snapshot: how the engine is to work on a measure, rebases, forecasts,
// rules of referral, as known on a day.
#include "fixture_record.h"

#include <string.h>

#include "domain/snapshot.h"

static struct period period_named(const char *id)
{
    struct period p;
    if (!period_parse_id(id, strlen(id), 4, &p)) {
        fail_msg("\"%s\" is no period", id);
    }
    return p;
}

static void put_town(struct place *p)
{
    place_write(p, "organisation.csv",
                "code,name,financial_year_start,default_rule\ntown,Town Council,04,STD\n");
    place_write(p, "rules.csv", "code,title,kind,amber_within\nSTD,Within 5,tolerance,5\n");
    place_write(p, "measures.csv",
                "code,title,value_type,polarity,frequency,aggregation,formula,missing_parts,"
                "zero_denominator,limits,small_number,compare_with,forecast_by\n"
                "M1,Visits,number,higher,month,sum,,,,,,,\n"
                "M2,Share,percent,higher,month,,\"M1 /\n M3 * 100\",skip,zero,plotthedots,5,near,"
                "profile_two\n"
                "M3,Open,yes_no,higher,academic_year,,,,,none,,,none\n");
    place_write(p, "observations.csv",
                "measure,part,period,value\n"
                "M1,,2024-04,92\nM1,,2024-05,95\nM1,North,2024-04,40\n");
    place_import(p, "2024-06-11T09:00:00Z");
}

static void ways_of_a_measure(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    const struct council *c = place_council(p, "2024-06-15", NULL);
    const struct measure *plain = council_measure(c, "M1");
    const struct measure *told = council_measure(c, "M2");
    assert_null(plain->formula);
    assert_string_equal(plain->missing_parts, "blank");
    assert_string_equal(plain->zero_denominator, "blank");
    assert_null(plain->limits); // as the figures ask
    assert_int_equal(plain->small_number, 0);
    assert_null(plain->compare_with);
    assert_null(plain->forecast_by);
    assert_string_equal(told->formula, "M1 /\n M3 * 100");
    assert_string_equal(told->missing_parts, "skip");
    assert_string_equal(told->zero_denominator, "zero");
    assert_string_equal(told->limits, "plotthedots");
    assert_int_equal(told->small_number, 5);
    assert_string_equal(told->compare_with, "near");
    assert_string_equal(told->forecast_by, "profile_two");
    assert_string_equal(council_measure(c, "M3")->limits, "none");
    assert_int_equal(c->referral_rule_count, 0);
    assert_int_equal(plain->series[0].rebase_count, 0);
    assert_int_equal(plain->series[0].forecast_count, 0);
    place_free(p);
}

static const struct series *series_named(const struct council *c, const char *code,
                                         const char *part)
{
    const struct measure *m = council_measure(c, code);
    for (size_t i = 0; i < m->series_count; i++) {
        if (strcmp(m->series[i].part, part) == 0) {
            return &m->series[i];
        }
    }
    fail_msg("measure %s has no part \"%s\"", code, part);
    return NULL;
}

// "2024-04 2024-10": where the limits of a series start anew.
static const char *rebases_of(struct place *p, const struct council *c, const char *code,
                              const char *part)
{
    const struct series *s = series_named(c, code, part);
    const char *text = "";
    for (size_t i = 0; i < s->rebase_count; i++) {
        text = arena_printf(p->arena, "%s%s%s", text, i == 0 ? "" : " ",
                            period_id(p->arena, s->rebases[i].period, 4));
    }
    return text;
}

static void rebases_as_known_on_a_day(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    place_write(p, "rebases.csv",
                "measure,part,period,reason,by,agreed_on\n"
                "M1,,2024-10,New building,Head of Leisure,2024-11-20\n"
                "M1,,2024-04,New counter,Head of Leisure,2024-05-02\n"
                "M1,,2023-04,Prices,,\n"
                "M1,North,2024-05,Closed on Sundays,,2024-06-01\n"
                "M2,West,2024-06,New ward,,2024-06-01\n");
    place_import(p, "2024-12-01T09:00:00Z");
    place_write(p, "rebases.csv",
                "measure,part,period,reason,by,agreed_on,withdrawn_on\n"
                "M1,,2024-04,New counter,Head of Leisure,2024-05-02,2025-01-10\n");
    place_import(p, "2025-01-11T09:00:00Z");
    static const struct {
        const char *today, *at, *whole, *north;
    } cases[] = {
        // A rebase without a date of its own is known from the day it was imported.
        {"2025-02-01", NULL, "2023-04 2024-10", "2024-05"},
        {"2025-01-09", NULL, "2023-04 2024-04 2024-10", "2024-05"},
        {"2025-02-01", "2025-01-09", "2023-04 2024-04 2024-10", "2024-05"},
        {"2025-02-01", "2024-11-20", "2024-04 2024-10", "2024-05"},
        {"2025-02-01", "2024-11-19", "2024-04", "2024-05"},
        {"2025-02-01", "2024-05-01", "", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct council *c = place_council(p, cases[i].today, cases[i].at);
        assert_string_equal(rebases_of(p, c, "M1", ""), cases[i].whole);
        if (cases[i].north != NULL) {
            assert_string_equal(rebases_of(p, c, "M1", "North"), cases[i].north);
        }
    }
    const struct council *c = place_council(p, "2025-02-01", NULL);
    const struct rebase *r = &series_named(c, "M1", "")->rebases[1];
    assert_string_equal(r->reason, "New building");
    assert_string_equal(r->by, "Head of Leisure");
    assert_string_equal(day_text(p->arena, r->agreed_on), "2024-11-20");
    assert_int_equal(r->version, 1);
    assert_string_equal(rebases_of(p, c, "M2", "West"), "2024-06"); // and no figure of its own
    place_free(p);
}

static const char *forecast_of(struct place *p, const struct council *c, const char *year)
{
    const struct forecast *f = series_forecast(series_named(c, "M1", ""), period_named(year));
    return f == NULL ? "none"
                     : arena_printf(p->arena, "%s v%d of %s", dec_text(p->arena, f->forecast),
                                    f->version, f->reason);
}

static void forecasts_supersede(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    place_write(p, "forecasts.csv",
                "measure,part,period,forecast,reason,by,on\n"
                "M1,,2024/25,\"1,100\",As last year,Head of Leisure,2024-07-01\n"
                "M1,,2023/24,1000,Closed,Head of Leisure,2023-07-01\n"
                "M1,North,2024-25,500,Half,,2024-07-01\n"
                "M3,,2024/25,yes,It will open,,2024-07-01\n");
    place_import(p, "2024-07-02T09:00:00Z");
    place_write(p, "forecasts.csv",
                "measure,period,forecast,reason,by,on\n"
                "M1,2024/25,1150,Better,Head of Leisure,2024-10-01\n");
    place_import(p, "2024-10-02T09:00:00Z");
    place_write(p, "forecasts.csv",
                "measure,period,forecast,reason,by,on,withdrawn_on\n"
                "M1,2023/24,1000,Closed,Head of Leisure,2023-07-01,2024-04-30\n");
    place_import(p, "2024-10-03T09:00:00Z");
    static const struct {
        const char *at, *year, *forecast;
    } cases[] = {
        {NULL, "2024-25-FY", "1150 v2 of Better"},
        {"2024-09-30", "2024-25-FY", "1100 v1 of As last year"},
        {"2024-06-30", "2024-25-FY", "none"},
        {NULL, "2023-24-FY", "none"},
        {"2024-04-29", "2023-24-FY", "1000 v2 of Closed"},
        {NULL, "2022-23-FY", "none"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct council *c = place_council(p, "2024-11-01", cases[i].at);
        assert_string_equal(forecast_of(p, c, cases[i].year), cases[i].forecast);
    }
    const struct council *c = place_council(p, "2024-11-01", NULL);
    const struct forecast *now = &series_named(c, "M1", "")->forecasts[0];
    assert_int_equal(series_named(c, "M1", "")->forecast_count, 1);
    assert_non_null(now->before);
    assert_string_equal(dec_text(p->arena, now->before->forecast), "1100");
    assert_null(now->before->before);
    assert_int_equal(series_named(c, "M1", "North")->forecast_count, 1);
    // The year of a measure counted by academic years is one.
    const struct forecast *school = &series_named(c, "M3", "")->forecasts[0];
    assert_string_equal(period_id(p->arena, school->period, 4), "2024-25-AY");
    assert_string_equal(dec_text(p->arena, school->forecast), "1");
    place_free(p);
}

static void rules_of_referral(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    place_write(p, "referral_rules.csv",
                "code,title,kind,n,m,class,from,note\n"
                "RUN,Off target three running,off_target_running,3,,,2024-04-01,\n"
                "RUN,Off target four running,off_target_running,4,,,,As agreed\n"
                "OFTEN,Three of the last four,off_target_often,3,4,corporate;statutory,,\n"
                "ACT,Red without an action,red_without_action,,,,,\n");
    place_import(p, "2024-07-02T09:00:00Z");
    const struct council *c = place_council(p, "2024-11-01", NULL);
    assert_int_equal(c->referral_rule_count, 4);
    static const struct {
        const char *code, *kind;
        int n, m;
        unsigned classes;
    } rules[] = {
        {"ACT", "red_without_action", 0, 0, 0},
        {"OFTEN", "off_target_often", 3, 4, CLASS_CORPORATE | CLASS_STATUTORY},
        {"RUN", "off_target_running", 4, 0, 0},
        {"RUN", "off_target_running", 3, 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        const struct referral_rule *r = &c->referral_rules[i];
        assert_string_equal(r->code, rules[i].code);
        assert_string_equal(r->kind, rules[i].kind);
        assert_int_equal(r->n, rules[i].n);
        assert_int_equal(r->m, rules[i].m);
        assert_int_equal(r->classes, rules[i].classes);
    }
    assert_int_equal(council_referral_rule(c, "RUN", period_named("2023-24-FY").end)->n, 4);
    assert_int_equal(council_referral_rule(c, "RUN", period_named("2024-25-FY").end)->n, 3);
    assert_null(council_referral_rule(c, "NONE", period_named("2024-25-FY").end));
    assert_string_equal(c->referral_rules[2].note, "As agreed");
    place_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ways_of_a_measure),
        cmocka_unit_test(rebases_as_known_on_a_day),
        cmocka_unit_test(forecasts_supersede),
        cmocka_unit_test(rules_of_referral),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
