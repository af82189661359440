// Scopes: which measures belong to an aim, a plan, a unit, a board; each counts once, over a base
// that does not move.
#include "fixture_reading.h"

#include <string.h>

#include "domain/code_index.h"
#include "domain/scope.h"

// ---- a small thread, as a council would draw it ----
//
//   V-1 vision <- P1 priority <- O1.1 outcome (M1, M2)          M2 serves O1.1 and O1.2
//                             <- O1.2 outcome (M2, M3)
//              <- P2 priority (M4, retired M9)
//   D-1 objective of a directorate's plan, contributes to O1.1 and P2 (M5, M1)
//   X-1 an aim without measures; M6 serves no aim

enum { AIMS = 7, UNITS = 4, BOARDS = 8, PLANS = 3 };

struct world {
    struct council *c;
    struct aim aims[AIMS];
    struct plan plans[PLANS];
    struct unit units[UNITS];
    struct board boards[BOARDS];
    struct measure *m[8];
};

static const char *const aim_codes[AIMS] = {"V-1", "P1", "P2", "O1.1", "O1.2", "D-1", "X-1"};
static const int aim_parents[AIMS] = {-1, -1, -1, 1, 1, -1, -1};
static const int aim_plans[AIMS] = {0, 1, 1, 1, 1, 2, 1};

static void put_children(struct council *c, struct aim *parent, struct aim *all)
{
    parent->children = ARENA_ARRAY(c->arena, AIMS, const struct aim *);
    for (size_t i = 0; i < AIMS; i++) {
        if (all[i].parent == parent) {
            parent->children[parent->child_count++] = &all[i];
        }
    }
}

static void contribute(struct council *c, struct aim *from, struct aim *to)
{
    struct contribution *link = ARENA_NEW(c->arena, struct contribution);
    *link = (struct contribution){from, to, NULL};
    if (from->to == NULL) {
        from->to = ARENA_ARRAY(c->arena, AIMS, const struct contribution *);
    }
    if (to->from == NULL) {
        to->from = ARENA_ARRAY(c->arena, AIMS, const struct contribution *);
    }
    from->to[from->to_count++] = link;
    to->from[to->from_count++] = link;
}

static void serve(struct council *c, struct aim *aim, const struct measure *m)
{
    if (aim->measures == NULL) {
        aim->measures = ARENA_ARRAY(c->arena, FIXTURE_MEASURES, const struct measure *);
    }
    aim->measures[aim->measure_count++] = m;
}

static void put_thread(struct world *w)
{
    static const char *const plan_codes[PLANS] = {"V", "CP", "DP"};
    struct council *c = w->c;
    for (size_t i = 0; i < PLANS; i++) {
        w->plans[i] = (struct plan){.code = plan_codes[i], .kind = "corporate", .index = i};
    }
    for (size_t i = 0; i < AIMS; i++) {
        w->aims[i] = (struct aim){.code = aim_codes[i],
                                  .plan = &w->plans[aim_plans[i]],
                                  .parent = aim_parents[i] < 0 ? NULL : &w->aims[aim_parents[i]],
                                  .index = i};
    }
    for (size_t i = 0; i < AIMS; i++) {
        put_children(c, &w->aims[i], w->aims);
    }
    contribute(c, &w->aims[1], &w->aims[0]);
    contribute(c, &w->aims[2], &w->aims[0]);
    contribute(c, &w->aims[5], &w->aims[3]);
    contribute(c, &w->aims[5], &w->aims[2]);
    static const struct {
        int aim, measure;
    } links[] = {{3, 0}, {3, 1}, {4, 1}, {4, 2}, {2, 3}, {2, 6}, {5, 4}, {5, 0}};
    for (size_t i = 0; i < COUNT_OF(links); i++) {
        serve(c, &w->aims[links[i].aim], w->m[links[i].measure]);
    }
    c->plans = w->plans;
    c->plan_count = PLANS;
    c->aims = w->aims;
    c->aim_count = AIMS;
}

static void put_people(struct world *w)
{
    static const char *const units[UNITS] = {"CL", "CL-YOS", "CL-YOS-1", "HCL"};
    static const int parents[UNITS] = {-1, 0, 1, -1};
    static const struct {
        const char *code, *kind;
    } boards[BOARDS] = {{"EXEC", "executive"},    {"OSB", "scrutiny"},       {"CLMT", "management"},
                        {"DMT-CL", "management"}, {"dmt_hcl", "management"}, {"HWB", "partnership"},
                        {"PLANB", "executive"},   {"LCL", "management"}};
    for (size_t i = 0; i < UNITS; i++) {
        w->units[i] = (struct unit){.code = units[i],
                                    .name = units[i],
                                    .parent = parents[i] < 0 ? NULL : &w->units[parents[i]],
                                    .index = i};
    }
    for (size_t i = 0; i < BOARDS; i++) {
        w->boards[i] = (struct board){.code = boards[i].code, .kind = boards[i].kind, .index = i};
    }
    w->c->units = w->units;
    w->c->unit_count = UNITS;
    w->c->boards = w->boards;
    w->c->board_count = BOARDS;
    w->plans[2].board = &w->boards[6];
    const int of_unit[] = {0, 1, 2, 3, 3, -1, 3};
    for (size_t i = 0; i < COUNT_OF(of_unit); i++) {
        w->m[i]->unit = of_unit[i] < 0 ? NULL : &w->units[of_unit[i]];
    }
}

static struct world *world_of(struct arena *a)
{
    struct world *w = ARENA_NEW(a, struct world);
    w->c = council_of(a, "2014-05-15");
    static const struct {
        const char *code, *words, *figures, *targets;
    } measures[] = {
        {"M1", "number quarter sum higher rule=STD corporate", "2013-14-Q4 10", "2013-14-Q4 10"},
        {"M2", "number quarter sum higher rule=STD corporate statutory", "2013-14-Q4 5",
         "2013-14-Q4 10"},
        {"M3", "number quarter sum higher rule=STD service", "2013-14-Q4 96", "2013-14-Q4 100"},
        {"M4", "number quarter sum lower rule=STD statutory", "2013-14-Q4 11", "2013-14-Q4 10"},
        {"M5", "number quarter sum higher rule=STD organisational", "", "2013-14-Q4 10"},
        {"M6", "text year none none rule=STD contextual", "2013-14-FY Good", ""},
        {"M9", "number quarter sum higher rule=STD corporate retired=2013-03-31", "2012-13-Q4 5",
         "2012-13-Q4 10"},
    };
    for (size_t i = 0; i < COUNT_OF(measures); i++) {
        w->m[i] = add_measure(w->c, measures[i].code, measures[i].words);
        set_figures(w->c, w->m[i], "", measures[i].figures, measures[i].targets);
    }
    put_thread(w);
    put_people(w);
    return w;
}

static void check_scope(struct arena *a, const char *what, const struct scope *s,
                        const char *expected)
{
    struct buf b = buf_new(a, 1000);
    for (size_t i = 0; i < s->count; i++) {
        buf_printf(&b, "%s%s", i == 0 ? "" : " ", s->measures[i]->code);
    }
    if (strcmp(buf_cstr(&b), expected) != 0) {
        fail_msg("%s: \"%s\", not \"%s\"", what, buf_cstr(&b), expected);
    }
}

static void test_aims_gather_what_serves_them_once(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct world *w = world_of(a);
    static const char *const expected[AIMS] = {
        "M1 M2 M3 M4 M5", // through both priorities, M1 by two threads and M2 by two outcomes
        "M1 M2 M3 M5",    // M5 by the objective that contributes to O1.1
        "M1 M4 M5",       // the retired measure is left out
        "M1 M2 M5",       "M2 M3", "M1 M5", "",
    };
    for (size_t i = 0; i < AIMS; i++) {
        struct scope s = scope_aim(w->c, a, &w->aims[i]);
        check_scope(a, aim_codes[i], &s, expected[i]);
    }
    arena_free(a);
}

static void test_plans_units_classes_and_the_whole(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct world *w = world_of(a);
    struct scope s = scope_plan(w->c, a, &w->plans[1]);
    check_scope(a, "the corporate plan", &s, "M1 M2 M3 M4 M5");
    s = scope_plan(w->c, a, &w->plans[2]);
    check_scope(a, "the directorate's plan", &s, "M1 M5");
    s = scope_unit(w->c, a, &w->units[0]);
    check_scope(a, "a directorate with its services and teams", &s, "M1 M2 M3");
    s = scope_unit(w->c, a, &w->units[1]);
    check_scope(a, "a service with its teams", &s, "M2 M3");
    s = scope_unit(w->c, a, &w->units[3]);
    check_scope(a, "a directorate without services", &s, "M4 M5");
    s = scope_classes(w->c, a, CLASS_CORPORATE);
    check_scope(a, "corporate", &s, "M1 M2");
    s = scope_classes(w->c, a, CLASS_CORPORATE | CLASS_STATUTORY);
    check_scope(a, "corporate or statutory: each once", &s, "M1 M2 M4");
    s = scope_organisation(w->c, a);
    check_scope(a, "all, even what serves no aim and has no unit", &s, "M1 M2 M3 M4 M5 M6");
    arena_free(a);
}

static void test_boards(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct world *w = world_of(a);
    static const struct {
        int board;
        const char *what, *expected;
    } cases[] = {
        {0, "an executive sees the corporate measures", "M1 M2"},
        {1, "scrutiny the statutory ones too", "M1 M2 M4"},
        {2, "a management team corporate and organisational", "M1 M2 M5"},
        {3, "a directorate's team its directorate", "M1 M2 M3"},
        {4, "written small and with another dash", "M4 M5"},
        {5, "a partnership without a plan of its own: nothing", ""},
        {6, "what reports to it goes before its kind", "M1 M5"},
        {7, "LCL is not the team of CL", "M1 M2 M5"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scope s = scope_board(w->c, a, &w->boards[cases[i].board]);
        check_scope(a, cases[i].what, &s, cases[i].expected);
    }
    arena_free(a);
}

static void test_a_loop_in_the_thread_ends(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct world *w = world_of(a);
    contribute(w->c, &w->aims[0], &w->aims[5]); // the vision contributes to an objective
    struct scope s = scope_aim(w->c, a, &w->aims[5]);
    check_scope(a, "round and round", &s, "M1 M2 M3 M4 M5");
    const struct aim *const *line = NULL;
    assert_int_equal(thread_up(w->c, a, &w->aims[5], &line), 4);
    arena_free(a);
}

static void test_the_line_up_to_the_vision(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct world *w = world_of(a);
    static const struct {
        int aim;
        const char *expected;
    } cases[] = {{5, "D-1 O1.1 P1 V-1"}, {4, "O1.2 P1 V-1"}, {0, "V-1"}, {6, "X-1"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct aim *const *line = NULL;
        size_t count = thread_up(w->c, a, &w->aims[cases[i].aim], &line);
        struct buf b = buf_new(a, 1000);
        for (size_t k = 0; k < count; k++) {
            buf_printf(&b, "%s%s", k == 0 ? "" : " ", line[k]->code);
        }
        assert_string_equal(buf_cstr(&b), cases[i].expected);
    }
    arena_free(a);
}

static void test_counts_over_the_fixed_base(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct world *w = world_of(a);
    const struct reading *all = readings_all(w->c, a, period_named("2013-14-Q4"));
    struct scope s = scope_organisation(w->c, a);
    const struct reading *worst = NULL;
    struct rollup r = scope_rollup(&s, all, a, &worst);
    assert_int_equal(r.total, 6);
    assert_int_equal(r.scored, 4);
    assert_int_equal(r.by_status[STATUS_ON_TARGET], 1);
    assert_int_equal(r.by_status[STATUS_SLIGHTLY_OFF], 1);
    assert_int_equal(r.by_status[STATUS_OFF_TARGET], 2);
    assert_int_equal(r.by_status[STATUS_MISSING], 1);
    assert_int_equal(r.by_status[STATUS_NO_TARGET], 1);
    assert_int_equal(r.with_data, 5);                // what is said in words is data too
    assert_string_equal(worst->measure->code, "M2"); // 50% off, M4 is 10% off
    // The base stays as it is when nobody has sent a figure yet.
    all = readings_all(w->c, a, period_named("2012-13-Q4"));
    r = scope_rollup(&s, all, a, &worst);
    assert_int_equal(r.total, 6);
    assert_int_equal(r.scored, 0);
    assert_int_equal(r.with_data, 0);
    assert_null(worst);
    struct scope none = scope_aim(w->c, a, &w->aims[6]);
    r = scope_rollup(&none, all, a, &worst);
    assert_int_equal(r.total, 0);
    assert_null(worst);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_aims_gather_what_serves_them_once),
        cmocka_unit_test(test_plans_units_classes_and_the_whole),
        cmocka_unit_test(test_boards),
        cmocka_unit_test(test_a_loop_in_the_thread_ends),
        cmocka_unit_test(test_the_line_up_to_the_vision),
        cmocka_unit_test(test_counts_over_the_fixed_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
