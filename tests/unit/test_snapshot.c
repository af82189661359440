// Snapshots: a council as the record has it, as known on a day, judged.
#include "fixture_record.h"

#include <string.h>

#include "base/file.h"
#include "db/db.h"
#include "domain/reading.h"
#include "domain/snapshot.h"

static struct period period_named(const char *id)
{
    struct period p;
    if (!period_parse_id(id, strlen(id), 4, &p)) {
        fail_msg("\"%s\" is no period", id);
    }
    return p;
}

static const struct series *series_named(const struct measure *m, const char *part)
{
    for (size_t i = 0; i < m->series_count; i++) {
        if (strcmp(m->series[i].part, part) == 0) {
            return &m->series[i];
        }
    }
    fail_msg("measure %s has no part \"%s\"", m->code, part);
    return NULL;
}

// A town with one rule, one measure and its first figure.
static void put_town(struct place *p)
{
    place_write(p, "organisation.csv",
                "code,name,kind,financial_year_start,default_rule\n"
                "town,Town Council,council,04,STD\n");
    place_write(p, "rules.csv",
                "code,title,kind,amber_within,within_unit,beyond,from\n"
                "STD,Corporate rule,tolerance,10,percent,red,\n");
    place_write(p, "measures.csv",
                "code,title,value_type,decimals,polarity,frequency,aggregation,class\n"
                "M1,Visits,number,0,higher,quarter,sum,corporate;statutory\n");
    place_write(p, "targets.csv",
                "measure,period,target,agreed_by,agreed_on\n"
                "M1,2013-14-Q1,100,Executive,2013-03-11\n");
    place_write(p, "observations.csv",
                "measure,period,value,entered_on\n"
                "M1,2013-14-Q1,92,2013-07-10\n");
    place_import(p, "2013-07-11T09:00:00Z");
}

static void test_the_frame_of_a_council(void **state)
{
    (void)state;
    struct place *p = place_new();
    place_write(p, "people.csv",
                "code,name,unit,job,manager\n"
                "post-head,Head of Leisure,LEI,Head of service,post-cd\n"
                "post-cd,Director of Places,PL,Director,\n");
    place_write(p, "units.csv",
                "code,name,kind,parent,head\n"
                "LEI,Leisure,service,PL,post-head\n"
                "PL,Places,directorate,,post-cd\n");
    place_write(p, "boards.csv",
                "code,name,kind,chair\n"
                "EXEC,Executive,executive,Leader of the Council\n"
                "DMT,Places,management,post-cd\n");
    place_write(p, "meetings.csv",
                "board,date,reports_period,despatch_days\n"
                "EXEC,2013-09-10,2013-14-Q1,5\nEXEC,2013-06-10,2012-13-Q4,5\n");
    place_write(p, "plans.csv",
                "code,title,kind,unit,board\n"
                "CP,Corporate plan,corporate,,EXEC\nSP,Leisure plan,service,LEI,\n");
    place_write(p, "aims.csv",
                "code,plan,kind,title,parent,owner\n"
                "P1,CP,priority,A healthy town,,post-cd\nO1,CP,outcome,More exercise,P1,\n"
                "S1,SP,objective,Open longer,,\n");
    place_write(p, "contributions.csv", "aim,to_aim,note\nS1,O1,By hours\n");
    put_town(p);
    place_write(p, "measures.csv",
                "code,title,value_type,decimals,polarity,frequency,unit,owner,rule,public,state\n"
                "M2,Grade,text,0,none,year,LEI,post-head,,yes,development\n");
    place_write(p, "measure_aims.csv", "measure,aim\nM1,O1\nM1,S1\nM2,S1\n");
    place_write(p, "commentary.csv",
                "measure,period,what_happened,action,action_owner,author\n"
                "M1,2013-14-Q1,The pool was shut.,Open it.,post-head,Pool manager\n");
    place_import(p, "2013-07-12T09:00:00Z");
    const struct council *c = place_council(p, "2013-08-01", NULL);

    assert_string_equal(c->name, "Town Council");
    assert_int_equal(c->year_start, 4);
    const struct unit *leisure = council_unit(c, "LEI");
    assert_ptr_equal(leisure->parent, council_unit(c, "PL"));
    assert_ptr_equal(leisure->head, council_person(c, "post-head"));
    assert_ptr_equal(leisure->head->unit, leisure);
    assert_ptr_equal(leisure->head->manager, council_person(c, "post-cd"));
    // A chair is a post of people.csv by name, or a post in words.
    assert_string_equal(council_board(c, "EXEC")->chair, "Leader of the Council");
    assert_string_equal(council_board(c, "DMT")->chair, "Director of Places");
    assert_int_equal(c->meeting_count, 2);
    assert_true(c->meetings[0].date < c->meetings[1].date);

    const struct aim *outcome = council_aim(c, "O1"), *service = council_aim(c, "S1");
    assert_ptr_equal(outcome->parent, council_aim(c, "P1"));
    assert_int_equal(council_aim(c, "P1")->child_count, 1);
    assert_ptr_equal(outcome->from[0]->aim, service);
    assert_ptr_equal(service->to[0]->to_aim, outcome);
    assert_int_equal(service->measure_count, 2);
    const struct measure *m = council_measure(c, "M1");
    assert_int_equal(m->aim_count, 2);
    assert_int_equal(m->classes, CLASS_CORPORATE | CLASS_STATUTORY);
    assert_string_equal(m->rule_code, "STD"); // the organisation's, where the measure has none
    assert_int_equal(council_measure(c, "M2")->state, MEASURE_DEVELOPMENT);
    assert_true(council_measure(c, "M2")->is_public);

    const struct commentary *said = measure_commentary(m, period_named("2013-14-Q1"));
    assert_ptr_equal(said->action_owner, council_person(c, "post-head"));
    assert_string_equal(said->author->name, "Pool manager"); // a post in words is kept
    assert_null(council_measure(c, "M3"));
    assert_null(council_unit(c, NULL));
    place_free(p);
}

struct known_case {
    const char *at; // NULL: now
    const char *value, *target, *status;
    int version, versions; // of the figure, and how many stand behind one another
};

static int chain_length(const struct figure *f)
{
    int count = 0;
    for (; f != NULL; f = f->before) {
        count++;
    }
    return count;
}

// Figures and targets in the order they became known; the rule was tightened in between.
static void put_history(struct place *p)
{
    put_town(p);
    place_write(p, "observations.csv",
                "measure,period,value,marker,entered_on\n"
                "M1,2013-14-Q1,95,revised,2013-09-20\n");
    place_write(p, "targets.csv",
                "measure,period,target,agreed_by,agreed_on\n"
                "M1,2013-14-Q1,90,Executive,2013-10-01\n");
    place_import(p, "2013-10-02T09:00:00Z");
    // Typed in late: it is the newest version, and known since before the one it replaces.
    place_write(p, "observations.csv",
                "measure,period,value,marker,entered_on\n"
                "M1,2013-14-Q1,80,revised,2013-08-15\n");
    place_import(p, "2013-11-05T09:00:00Z");
}

static void test_what_was_known_on_a_day(void **state)
{
    (void)state;
    static const struct known_case cases[] = {
        {"2013-07-09", NULL, "100", "not_due", 0, 0}, // on 9 July nobody knew a figure
        {"2013-07-10", "92", "100", "slightly_off", 1, 1},
        {"2013-08-14", "92", "100", "slightly_off", 1, 1},
        {"2013-08-15", "80", "100", "off_target", 3, 2},
        {"2013-09-30", "80", "100", "off_target", 3, 3},
        {"2013-10-01", "80", "90", "off_target", 3, 3},
        {NULL, "80", "90", "off_target", 3, 3},
    };
    struct place *p = place_new();
    put_history(p);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct known_case *k = &cases[i];
        const struct council *c =
            place_council(p, k->at == NULL ? "2013-12-01" : "2013-07-10", k->at);
        const struct measure *m = council_measure(c, "M1");
        const struct series *s = &m->series[0];
        const char *at = k->at == NULL ? "now" : k->at;
        if (s->figure_count != (k->value == NULL ? 0u : 1u) || s->target_count != 1) {
            fail_msg("%s: %zu figures, %zu targets", at, s->figure_count, s->target_count);
        }
        struct reading r = reading_of(c, m, s, period_named("2013-14-Q1"));
        const struct figure *f = s->figure_count == 0 ? NULL : &s->figures[0];
        bool right = strcmp(dec_text(p->arena, r.value), k->value == NULL ? "" : k->value) == 0 &&
                     strcmp(dec_text(p->arena, s->targets[0].target), k->target) == 0 &&
                     chain_length(f) == k->versions && (f == NULL || f->version == k->version);
        if (!right ||
            (k->at != NULL && k->value == NULL ? 0
                                               : strcmp(status_code(r.status), k->status) != 0)) {
            fail_msg("%s: %s against %s, version %d of %d, %s", at, dec_text(p->arena, r.value),
                     dec_text(p->arena, s->targets[0].target), f == NULL ? 0 : f->version,
                     chain_length(f), status_code(r.status));
        }
    }
    place_free(p);
}

static void test_versions_stand_behind_one_another(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_history(p);
    const struct council *c = place_council(p, "2013-12-01", NULL);
    const struct figure *f = &council_measure(c, "M1")->series[0].figures[0];
    assert_string_equal(dec_text(p->arena, f->value), "80");
    assert_string_equal(dec_text(p->arena, f->before->value), "95");
    assert_int_equal(f->before->marker, MARKER_REVISED);
    assert_string_equal(dec_text(p->arena, f->before->before->value), "92");
    assert_null(f->before->before->before);
    const struct target *t = &council_measure(c, "M1")->series[0].targets[0];
    assert_string_equal(dec_text(p->arena, t->before->target), "100");
    assert_null(t->before->before);
    place_free(p);
}

static void test_judgements_and_rules_as_known_then(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    place_write(p, "overrides.csv",
                "measure,period,status,reason,by,on\n"
                "M1,2013-14-Q1,on_target,The pool was shut for repair.,Director,2013-08-20\n");
    place_import(p, "2013-08-21T09:00:00Z");
    const struct council *before = place_council(p, "2013-08-01", "2013-08-19");
    const struct council *after = place_council(p, "2013-08-01", "2013-08-20");
    assert_int_equal(council_measure(before, "M1")->override_count, 0);
    assert_int_equal(council_measure(after, "M1")->override_count, 1);
    // The rule is corrected in the autumn: until then the first version was what people had.
    place_write(p, "rules.csv",
                "code,title,kind,amber_within,within_unit,beyond,from\n"
                "STD,Corporate rule,tolerance,20,percent,red,\n");
    place_import(p, "2013-10-01T09:00:00Z");
    before = place_council(p, "2013-08-01", "2013-09-30");
    after = place_council(p, "2013-12-01", NULL);
    day on = period_named("2013-14-Q1").end;
    assert_string_equal(dec_text(p->arena, council_rule(before, "STD", on)->rule.amber_within),
                        "10");
    assert_string_equal(dec_text(p->arena, council_rule(after, "STD", on)->rule.amber_within),
                        "20");
    assert_int_equal(after->rule_count, 1);
    place_free(p);
}

static void test_parts_and_results(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    place_write(p, "observations.csv",
                "measure,part,period,value\n"
                "M1,Dallow,2013-14-Q1,40\nM1,Biscot,2013-14-Q1,60\nM1,,2013-14-Q3,50\n"
                "M1,,2012-13-Q4,88\n");
    place_write(p, "targets.csv",
                "measure,part,period,target\n"
                "M1,Challney,2013-14-Q1,10\nM1,,2013-14-Q3,50\nM1,,2014-15-Q1,120\n");
    place_import(p, "2014-01-11T09:00:00Z");
    const struct council *c = place_council(p, "2014-01-20", NULL);
    const struct measure *m = council_measure(c, "M1");
    static const char *const parts[] = {"", "Biscot", "Challney", "Dallow"};
    assert_int_equal(m->series_count, COUNT_OF(parts));
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        assert_string_equal(m->series[i].part, parts[i]);
    }
    assert_int_equal(series_named(m, "Challney")->target_count, 1);
    assert_int_equal(series_named(m, "Challney")->figure_count, 0);
    // One result a quarter from the first figure on; next year's target makes no missing figure.
    static const struct {
        const char *period, *status;
    } results[] = {{"2012-13-Q4", "no_target"},
                   {"2013-14-Q1", "slightly_off"},
                   {"2013-14-Q2", "missing"},
                   {"2013-14-Q3", "on_target"}};
    const struct series *whole = &m->series[0];
    assert_int_equal(whole->result_count, COUNT_OF(results));
    for (size_t i = 0; i < COUNT_OF(results); i++) {
        assert_string_equal(period_id(p->arena, whole->results[i].period, 4), results[i].period);
        assert_string_equal(status_code(whole->results[i].status), results[i].status);
    }
    assert_string_equal(period_id(p->arena, c->first_quarter, 4), "2012-13-Q4");
    assert_string_equal(period_id(p->arena, c->last_quarter, 4), "2013-14-Q3");
    place_free(p);
}

static void test_every_result_of_the_example_is_the_reading(void **state)
{
    (void)state;
    struct place *p = place_new();
    p->organisation = "luton";
    place_import_folder(p, arena_printf(p->arena, "%s/examples/luton", source_folder()),
                        "2014-05-15T09:00:00Z");
    const struct council *c = place_council(p, "2014-05-15", NULL);
    assert_int_equal(c->measure_count, 65);
    assert_int_equal(c->risk_count, 14);
    size_t checked = 0;
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        assert_int_equal(m->index, i);
        for (size_t k = 0; k < m->series_count; k++) {
            for (size_t n = 0; n < m->series[k].result_count; n++) {
                const struct result *kept = &m->series[k].results[n];
                struct reading r = reading_of(c, m, &m->series[k], kept->period);
                assert_int_equal(kept->status, r.status);
                assert_true(dec_equal(kept->value, r.value));
                assert_int_equal(status_recompute(&r.why), r.why.status);
                checked++;
            }
        }
    }
    assert_true(checked > 500);
    place_free(p);
}

static void test_who_is_not_there(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct db *db = NULL;
    const struct council *c = NULL;
    assert_true(snapshot_open(a, p->url, &db, &e));
    assert_false(snapshot_build(db, "village", 0, DAY_NONE, &c, &e));
    assert_int_equal(e.kind, ERR_ABSENT);
    assert_string_equal(e.message,
                        "There is no organisation \"village\" in this record; there is: town.");
    // The connection is as good as before.
    struct err again = {.arena = a};
    assert_true(snapshot_build(db, "town", 0, DAY_NONE, &c, &again));
    arena_free(c->arena);
    struct err absent = {.arena = a};
    assert_false(snapshot_open(a, place_path(p, "nothing.db"), &db, &absent));
    assert_int_equal(absent.kind, ERR_ABSENT);
    assert_non_null(strstr(absent.message, "import"));
    arena_free(a);
    place_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_frame_of_a_council),
        cmocka_unit_test(test_what_was_known_on_a_day),
        cmocka_unit_test(test_versions_stand_behind_one_another),
        cmocka_unit_test(test_judgements_and_rules_as_known_then),
        cmocka_unit_test(test_parts_and_results),
        cmocka_unit_test(test_every_result_of_the_example_is_the_reading),
        cmocka_unit_test(test_who_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
