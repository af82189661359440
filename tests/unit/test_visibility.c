// What of a council somebody sees: a table of scopes and what they show, that nothing of the rest
// can be reached from what is shown, and that small numbers stay kept back.
#include "fixture_record.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "domain/comparison.h"
#include "domain/formula_explain.h"
#include "domain/snapshot.h"
#include "domain/visibility.h"

// Everything of the environment directorate (EN) has the word "Hidden" in its words and an X in its
// code, so that it is told wherever it turns up.
static void put_people_and_plans(struct place *p)
{
    place_write(p, "organisation.csv", "code,name,default_rule\ntown,Town Council,STD\n");
    place_write(p, "rules.csv",
                "code,title,kind,amber_within,within_unit,beyond,from\n"
                "STD,Corporate rule,tolerance,10,percent,red,\n");
    place_write(p, "units.csv",
                "code,name,kind,parent,head\n"
                "CS,Children,directorate,,p-dir\n"
                "ED,Education,service,CS,p-head\n"
                "EX,Hidden environment,directorate,,p-X\n");
    place_write(p, "people.csv",
                "code,name,unit,manager\n"
                "p-dir,Director,CS,\n"
                "p-head,Head,ED,p-dir\n"
                "p-owner,Owner,ED,p-X\n"
                "p-X,Hidden Manager,EX,\n");
    place_write(p, "boards.csv",
                "code,name,kind,chair\n"
                "HWB,Wellbeing Board,partnership,p-owner\n"
                "BX,Hidden Panel,shareholder,p-X\n");
    place_write(p, "meetings.csv", "board,date,note\nHWB,2013-09-01,Open\nBX,2013-09-02,Hidden\n");
    place_write(p, "plans.csv",
                "code,title,kind,unit,board,owner\n"
                "HW,Wellbeing Strategy,partnership,,HWB,p-owner\n"
                "EDP,Education Plan,service,ED,,p-head\n"
                "PX,Hidden plan,service,EX,BX,p-X\n");
    place_write(p, "aims.csv",
                "code,plan,kind,title,parent\n"
                "H1,HW,outcome,Good start,AX\n"
                "H2,HW,objective,Learning,H1\n"
                "E1,EDP,objective,In school,AX\n"
                "AX,PX,objective,Hidden aim,\n");
    place_write(p, "contributions.csv",
                "aim,to_aim,note\nE1,H1,Start\nH2,AX,Hidden\nE1,AX,Hidden\n");
}

static void put_measures(struct place *p)
{
    place_write(p, "measures.csv",
                "code,title,unit,owner,checker,value_type,decimals,polarity,frequency,aggregation,"
                "public,formula,small_number\n"
                "M1,Schools,ED,p-owner,p-X,number,0,higher,quarter,sum,yes,,\n"
                "M2,Nurseries,ED,p-head,,number,0,higher,quarter,sum,no,,\n"
                "M3,Wards,ED,p-head,,number,0,higher,quarter,sum,yes,,5\n"
                "MT,Total,CS,p-dir,,number,0,higher,quarter,sum,yes,[M1] + [MX],\n"
                "MU,All of ours,ED,p-dir,,number,0,higher,quarter,sum,no,[M1] + [M2],\n"
                "MX,Hidden measure,EX,p-X,,number,0,higher,quarter,sum,no,,5\n");
    place_write(p, "measure_aims.csv", "measure,aim\nM1,H2\nM1,AX\nM2,E1\nMX,AX\n");
    place_write(p, "targets.csv",
                "measure,period,target,agreed_by\n"
                "M1,2013-14-Q1,100,Hidden Person\n"
                "MX,2013-14-Q1,1,Hidden\n");
    place_write(p, "observations.csv",
                "measure,part,period,value,entered_by\n"
                "M1,,2013-14-Q1,92,Hidden Person\n"
                "M1,,2013-14-Q2,93,Hidden Person\n"
                "M2,,2013-14-Q1,40,\n"
                "M3,,2013-14-Q1,60,\n"
                "M3,East,2013-14-Q1,3,\n"
                "M3,North,2013-14-Q1,37,\n"
                "M3,West,2013-14-Q1,20,\n"
                "MX,,2013-14-Q1,3,\n"
                "MX,,2013-14-Q2,50,\n"
                "MX,,2012-13-Q1,70,\n");
    place_write(p, "commentary.csv",
                "measure,period,why,action_owner,author\n"
                "M1,2013-14-Q1,Fewer places,Hidden Person,p-owner\n"
                "MX,2013-14-Q1,Hidden reason,p-X,p-X\n");
    place_write(p, "overrides.csv",
                "measure,period,status,reason,by\n"
                "M1,2013-14-Q2,on_target,Late,Hidden Person\n");
}

static void put_town(struct place *p)
{
    put_people_and_plans(p);
    put_measures(p);
    place_write(p, "risks.csv",
                "code,title,owner,aim\n"
                "R1,Places,p-owner,\n"
                "RX,Hidden risk,p-X,AX\n");
    place_write(p, "controls.csv", "risk,title,owner\nR1,Survey,p-head\nRX,Hidden control,p-X\n");
    place_write(p, "actions.csv",
                "code,title,measure,aim,risk,owner\n"
                "A1,Visit,M1,,,p-owner\n"
                "A2,Ask,,,R1,p-X\n"
                "A3,Both,MX,AX,RX,p-owner\n"
                "AXX,Hidden action,MX,,,p-X\n");
    place_write(p, "projects.csv",
                "code,title,manager,plan\n"
                "P1,School,p-owner,EDP\n"
                "PXX,Hidden project,p-X,PX\n");
    place_write(p, "benefits.csv",
                "project,measure,expected_change,period\n"
                "P1,M1,+5,2013-14-FY\n"
                "P1,MX,Hidden,2013-14-FY\n");
    place_write(p, "budgets.csv",
                "unit,line,year,kind,budget\n"
                "ED,,2013-14-FY,revenue,900\n"
                ",Hidden line,2013-14-FY,revenue,100\n"
                "EX,,2013-14-FY,revenue,500\n");
    place_write(p, "savings.csv",
                "code,title,unit,year,target,delivered,measure,risk\n"
                "S1,Buses,ED,2013-14-FY,100,100,MX,RX\n"
                "SX,Hidden saving,EX,2013-14-FY,100,100,,\n");
    place_write(p, "comparators.csv",
                "group,organisation,name\n"
                "near,E1,Neighbour\n"
                "GX,E9,Hidden neighbour\n");
    place_write(p, "comparator_values.csv",
                "measure,organisation,period,value\n"
                "M1,E1,2013-14-Q1,90\n"
                "MX,E9,2013-14-Q1,80\n");
    place_import(p, "2013-11-11T09:00:00Z");
}

static void free_arena(void *a)
{
    arena_free(a);
}

static const struct visibility *visibility_of(struct arena *a, const struct grant *grants,
                                              size_t count)
{
    struct caller c = {.account = "someone",
                       .grants = grants,
                       .grant_count = count,
                       .duties_limit = ACCESS_ALL_DUTIES,
                       .second_factor_done = true};
    return access_visibility(a, &c, "town");
}

static const struct council *as_seen(struct place *p, const struct council *whole,
                                     const struct grant *grants, size_t count)
{
    struct err e = {.arena = p->arena};
    const struct council *c = NULL;
    const struct visibility *v = visibility_of(p->arena, grants, count);
    assert_non_null(v);
    if (!visibility_council(whole, v, &c, &e)) {
        fail_msg("%s", e.message);
    }
    arena_defer(p->arena, free_arena, c->arena);
    return c;
}

// ---- what is shown ----

#define LIST(out, c, list, number, field)                                                          \
    for (size_t n = 0; n < (c)->number; n++) {                                                     \
        buf_text(out, n > 0 ? " " : "");                                                           \
        buf_text(out, (c)->list[n].field);                                                         \
    }                                                                                              \
    buf_text(out, "; ")

static const char *shown(struct arena *a, const struct council *c)
{
    struct buf out = buf_new(a, 10000);
    LIST(&out, c, measures, measure_count, code);
    LIST(&out, c, plans, plan_count, code);
    LIST(&out, c, aims, aim_count, code);
    LIST(&out, c, units, unit_count, code);
    LIST(&out, c, people, person_count, code);
    LIST(&out, c, boards, board_count, code);
    LIST(&out, c, risks, risk_count, code);
    LIST(&out, c, actions, action_count, code);
    LIST(&out, c, projects, project_count, code);
    LIST(&out, c, savings, saving_count, code);
    buf_printf(&out, "%zu budgets %zu meetings", c->budget_count, c->meeting_count);
    return buf_cstr(&out);
}

struct shown_case {
    struct grant grants[2];
    size_t count;
    // measures; plans; aims; units; people; boards; risks; actions; projects; savings; numbers
    const char *shown;
};

static const struct shown_case shown_cases[] = {
    {{{ROLE_VIEWER, "town", SCOPE_UNIT, "ED"}},
     1,
     "M1 M2 M3 MU; EDP; E1; ED; p-X p-dir p-head p-owner; ; R1; A1 A2 A3; P1; S1; "
     "1 budgets 0 meetings"},
    {{{ROLE_HEAD, "town", SCOPE_UNIT, "CS"}},
     1,
     "M1 M2 M3 MT MU; EDP; E1; CS ED; p-X p-dir p-head p-owner; ; R1; A1 A2 A3; P1; S1; "
     "1 budgets 0 meetings"},
    {{{ROLE_PARTNER, "town", SCOPE_BOARD, "HWB"}},
     1,
     "M1; HW; H1 H2; ED; p-X p-owner; HWB; ; A1; P1; ; 0 budgets 1 meetings"},
    {{{ROLE_CONTRIBUTOR, "town", SCOPE_MEASURE, "M2"}},
     1,
     "M2; ; ; ED; p-head; ; ; ; ; ; 0 budgets 0 meetings"},
    {{{ROLE_PUBLIC, "town", SCOPE_ORGANISATION, NULL}},
     1,
     "M1 M3 MT; EDP HW PX; AX E1 H1 H2; CS ED EX; ; BX HWB; ; ; ; ; 0 budgets 0 meetings"},
    {{{ROLE_PUBLIC, "town", SCOPE_UNIT, "ED"}},
     1,
     "M1 M3; EDP; E1; ED; ; ; ; ; ; ; 0 budgets 0 meetings"},
    {{{ROLE_PUBLIC, "town", SCOPE_UNIT, "ED"}, {ROLE_PARTNER, "town", SCOPE_MEASURE, "M2"}},
     2,
     "M1 M2 M3; EDP; E1; ED; p-head; ; ; ; ; ; 0 budgets 0 meetings"},
    {{{ROLE_VIEWER, "town", SCOPE_UNIT, "NO-SUCH"}}, 1, "; ; ; ; ; ; ; ; ; ; 0 budgets 0 meetings"},
    {{{ROLE_VIEWER, "shire", SCOPE_ORGANISATION, NULL}},
     1,
     "; ; ; ; ; ; ; ; ; ; 0 budgets 0 meetings"},
    {{{ROLE_PARTNER, "town", SCOPE_ORGANISATION, NULL}}, // no such grant can be
     1,
     "; ; ; ; ; ; ; ; ; ; 0 budgets 0 meetings"},
};

static void test_what_each_scope_shows(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    const struct council *whole = place_council(p, "2013-12-01", NULL);
    for (size_t i = 0; i < COUNT_OF(shown_cases); i++) {
        const struct shown_case *t = &shown_cases[i];
        const struct council *c = as_seen(p, whole, t->grants, t->count);
        const char *is = shown(p->arena, c);
        if (strcmp(is, t->shown) != 0) {
            fail_msg("case %zu shows\n  %s\nand should show\n  %s", i, is, t->shown);
        }
        assert_true(c->in_part);
    }
    place_free(p);
}

// ---- nothing else can be reached ----

struct reach {
    struct buf text;
    const struct council *council;
    bool stray; // a reference out of the council
};

static void say(struct reach *r, const char *text)
{
    buf_text(&r->text, text);
    buf_char(&r->text, '\n');
}

#define MEMBER(r, list, number, element)                                                           \
    do {                                                                                           \
        const void *one = (element);                                                               \
        const char *first = (const char *)(r)->council->list;                                      \
        const char *end = (const char *)((r)->council->list + (r)->council->number);               \
        bool in = one == NULL || ((const char *)one >= first && (const char *)one < end);          \
        (r)->stray = (r)->stray || !in;                                                            \
    } while (0)

static void say_person(struct reach *r, const struct person *p)
{
    if (p != NULL && p->code[0] == '\0') {
        say(r, p->name); // a post in words
    } else {
        MEMBER(r, people, person_count, p);
    }
}

static void say_series(struct reach *r, const struct series *s)
{
    for (size_t i = 0; i < s->figure_count; i++) {
        for (const struct figure *f = &s->figures[i]; f != NULL; f = f->before) {
            say(r, f->entered_by);
            say(r, f->note);
        }
    }
    for (size_t i = 0; i < s->target_count; i++) {
        for (const struct target *t = &s->targets[i]; t != NULL; t = t->before) {
            say(r, t->agreed_by);
            say(r, t->rationale);
        }
    }
    for (size_t i = 0; i < s->forecast_count; i++) {
        say(r, s->forecasts[i].by);
    }
    for (size_t i = 0; i < s->rebase_count; i++) {
        say(r, s->rebases[i].by);
    }
}

static void say_measure(struct reach *r, const struct measure *m)
{
    say(r, m->code);
    say(r, m->title);
    say(r, m->formula);
    MEMBER(r, units, unit_count, m->unit);
    say_person(r, m->owner);
    say_person(r, m->checker);
    for (size_t i = 0; i < m->series_count; i++) {
        say_series(r, &m->series[i]);
    }
    for (size_t i = 0; i < m->override_count; i++) {
        say(r, m->overrides[i].by);
    }
    for (size_t i = 0; i < m->commentary_count; i++) {
        say(r, m->commentary[i].why);
        say_person(r, m->commentary[i].author);
        say_person(r, m->commentary[i].action_owner);
    }
    for (size_t i = 0; i < m->aim_count; i++) {
        MEMBER(r, aims, aim_count, m->aims[i]);
    }
    for (size_t i = 0; i < m->action_count; i++) {
        MEMBER(r, actions, action_count, m->actions[i]);
    }
}

static void say_aim(struct reach *r, const struct aim *a)
{
    say(r, a->code);
    say(r, a->title);
    MEMBER(r, plans, plan_count, a->plan);
    MEMBER(r, aims, aim_count, a->parent);
    say_person(r, a->owner);
    for (size_t i = 0; i < a->child_count; i++) {
        MEMBER(r, aims, aim_count, a->children[i]);
    }
    for (size_t i = 0; i < a->measure_count; i++) {
        MEMBER(r, measures, measure_count, a->measures[i]);
    }
    for (size_t i = 0; i < a->to_count; i++) {
        MEMBER(r, contributions, contribution_count, a->to[i]);
    }
    for (size_t i = 0; i < a->from_count; i++) {
        MEMBER(r, contributions, contribution_count, a->from[i]);
    }
}

static void say_frame(struct reach *r)
{
    const struct council *c = r->council;
    for (size_t i = 0; i < c->unit_count; i++) {
        say(r, c->units[i].name);
        MEMBER(r, units, unit_count, c->units[i].parent);
        say_person(r, c->units[i].head);
    }
    for (size_t i = 0; i < c->person_count; i++) {
        say(r, c->people[i].name);
        MEMBER(r, units, unit_count, c->people[i].unit);
        say_person(r, c->people[i].manager);
    }
    for (size_t i = 0; i < c->board_count; i++) {
        say(r, c->boards[i].name);
        say(r, c->boards[i].chair);
    }
    for (size_t i = 0; i < c->meeting_count; i++) {
        MEMBER(r, boards, board_count, c->meetings[i].board);
        say(r, c->meetings[i].note);
    }
    for (size_t i = 0; i < c->plan_count; i++) {
        say(r, c->plans[i].title);
        MEMBER(r, units, unit_count, c->plans[i].unit);
        MEMBER(r, boards, board_count, c->plans[i].board);
        say_person(r, c->plans[i].owner);
    }
    for (size_t i = 0; i < c->contribution_count; i++) {
        MEMBER(r, aims, aim_count, c->contributions[i].aim);
        MEMBER(r, aims, aim_count, c->contributions[i].to_aim);
        say(r, c->contributions[i].note);
    }
    for (size_t i = 0; i < c->comparator_group_count; i++) {
        say(r, c->comparator_groups[i].name);
        for (size_t k = 0; k < c->comparator_groups[i].member_count; k++) {
            say(r, c->comparator_groups[i].members[k].name);
        }
    }
}

static void say_delivery(struct reach *r)
{
    const struct council *c = r->council;
    for (size_t i = 0; i < c->risk_count; i++) {
        say(r, c->risks[i].title);
        say_person(r, c->risks[i].owner);
        MEMBER(r, aims, aim_count, c->risks[i].aim);
        for (size_t k = 0; k < c->risks[i].control_count; k++) {
            say(r, c->risks[i].controls[k].title);
            say_person(r, c->risks[i].controls[k].owner);
        }
        for (size_t k = 0; k < c->risks[i].action_count; k++) {
            MEMBER(r, actions, action_count, c->risks[i].actions[k]);
        }
    }
    for (size_t i = 0; i < c->action_count; i++) {
        const struct action *x = &c->actions[i];
        say(r, x->title);
        MEMBER(r, measures, measure_count, x->measure);
        MEMBER(r, aims, aim_count, x->aim);
        MEMBER(r, plans, plan_count, x->plan);
        MEMBER(r, risks, risk_count, x->risk);
        say_person(r, x->owner);
    }
    for (size_t i = 0; i < c->project_count; i++) {
        say(r, c->projects[i].title);
        MEMBER(r, plans, plan_count, c->projects[i].plan);
        for (size_t k = 0; k < c->projects[i].benefit_count; k++) {
            MEMBER(r, measures, measure_count, c->projects[i].benefits[k].measure);
            say(r, c->projects[i].benefits[k].expected_change);
        }
    }
    for (size_t i = 0; i < c->budget_count; i++) {
        say(r, c->budgets[i].line);
        MEMBER(r, units, unit_count, c->budgets[i].unit);
    }
    for (size_t i = 0; i < c->saving_count; i++) {
        say(r, c->savings[i].title);
        MEMBER(r, units, unit_count, c->savings[i].unit);
        MEMBER(r, measures, measure_count, c->savings[i].measure);
        MEMBER(r, projects, project_count, c->savings[i].project);
        MEMBER(r, risks, risk_count, c->savings[i].risk);
    }
}

static struct reach reached(struct arena *a, const struct council *c)
{
    struct reach r = {.text = buf_new(a, 1 << 20), .council = c};
    for (size_t i = 0; i < c->measure_count; i++) {
        say_measure(&r, &c->measures[i]);
        assert_int_equal(c->measures[i].index, i);
        assert_ptr_equal(council_measure(c, c->measures[i].code), &c->measures[i]);
    }
    for (size_t i = 0; i < c->aim_count; i++) {
        say_aim(&r, &c->aims[i]);
        assert_int_equal(c->aims[i].index, i);
    }
    say_frame(&r);
    say_delivery(&r);
    return r;
}

static void test_nothing_else_can_be_reached(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    const struct council *whole = place_council(p, "2013-12-01", NULL);
    // The walk finds what there is: without this, nothing found would prove nothing.
    struct reach all = reached(p->arena, whole);
    assert_false(all.stray);
    static const char *const hidden[] = {
        "Hidden measure", "Hidden plan",    "Hidden aim",    "Hidden environment",
        "Hidden risk",    "Hidden control", "Hidden action", "Hidden project",
        "Hidden saving",  "Hidden line",    "Hidden Panel",  "Hidden reason",
        "Hidden Manager", "Hidden Person",  "[MX]",          "Hidden neighbour"};
    for (size_t k = 0; k < COUNT_OF(hidden); k++) {
        if (strstr(buf_cstr(&all.text), hidden[k]) == NULL) {
            fail_msg("the walk does not find %s", hidden[k]);
        }
    }
    for (size_t i = 0; i < COUNT_OF(shown_cases); i++) {
        const struct shown_case *t = &shown_cases[i];
        struct reach r = reached(p->arena, as_seen(p, whole, t->grants, t->count));
        if (r.stray) {
            fail_msg("case %zu: a reference leads out of what is seen", i);
        }
        // The frame that everybody published to sees: units, plans, aims. People's names are part
        // of what is seen whole.
        bool published = t->grants[0].role == ROLE_PUBLIC;
        bool all_plans = published && t->grants[0].scope == SCOPE_ORGANISATION;
        for (size_t k = 0; k < COUNT_OF(hidden); k++) {
            bool frame = k == 1 || k == 2 || k == 3 || k == 10;
            bool person = k == 12 || k == 13;
            bool may = (frame && all_plans) || (person && !published);
            if (!may && strstr(buf_cstr(&r.text), hidden[k]) != NULL) {
                fail_msg("case %zu: %s is seen", i, hidden[k]);
            }
        }
        assert_true(all_plans || !published || strstr(buf_cstr(&r.text), "Hidden") == NULL);
    }
    place_free(p);
}

// ---- figures ----

static const struct figure *figure_of(const struct council *c, const char *measure,
                                      const char *part, const char *period)
{
    const struct measure *m = council_measure(c, measure);
    struct period p;
    assert_true(period_parse_id(period, strlen(period), 4, &p));
    for (size_t i = 0; m != NULL && i < m->series_count; i++) {
        if (strcmp(m->series[i].part, part) == 0) {
            return series_figure(&m->series[i], p);
        }
    }
    return NULL;
}

static void test_figures_and_statuses_are_the_whole_ones(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    const struct council *whole = place_council(p, "2013-12-01", NULL);
    static const struct grant all[] = {{ROLE_PUBLIC, "town", SCOPE_ORGANISATION, NULL},
                                       {ROLE_VIEWER, "town", SCOPE_UNIT, "CS"}};
    for (size_t g = 0; g < COUNT_OF(all); g++) {
        const struct council *c = as_seen(p, whole, &all[g], 1);
        for (size_t i = 0; i < c->measure_count; i++) {
            const struct measure *m = &c->measures[i], *w = council_measure(whole, m->code);
            assert_int_equal(m->series_count, w->series_count);
            for (size_t s = 0; s < m->series_count; s++) {
                assert_ptr_equal(m->series[s].results, w->series[s].results);
                assert_int_equal(m->series[s].result_count, w->series[s].result_count);
                assert_int_equal(m->series[s].figure_count, w->series[s].figure_count);
                for (size_t f = 0; f < m->series[s].figure_count; f++) {
                    assert_int_equal(m->series[s].figures[f].value.units,
                                     w->series[s].figures[f].value.units);
                    assert_int_equal(m->series[s].figures[f].kept_back,
                                     w->series[s].figures[f].kept_back);
                }
            }
        }
    }
    // The quarters are those of the figures that are seen: the hidden measure's began earlier.
    const struct council *c = as_seen(p, whole, &all[1], 1);
    assert_int_equal(whole->first_quarter.start, day_from_ymd(2012, 4, 1));
    assert_int_equal(c->first_quarter.start, day_from_ymd(2013, 4, 1));
    place_free(p);
}

// What the whole keeps back stays back in every part of it: the small ward and the one that would
// give it away, and the total that would give away the hidden measure's small figure.
static void test_small_numbers_stay_kept_back(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    const struct council *whole = place_council(p, "2013-12-01", NULL);
    static const struct grant grants[] = {{ROLE_PUBLIC, "town", SCOPE_ORGANISATION, NULL},
                                          {ROLE_VIEWER, "town", SCOPE_UNIT, "CS"},
                                          {ROLE_VIEWER, "town", SCOPE_MEASURE, "M3"},
                                          {ROLE_VIEWER, "town", SCOPE_MEASURE, "MT"}};
    static const struct {
        const char *measure, *part, *period;
        bool kept_back;
    } figures[] = {{"M3", "", "2013-14-Q1", false},      {"M3", "East", "2013-14-Q1", true},
                   {"M3", "North", "2013-14-Q1", false}, {"M3", "West", "2013-14-Q1", true},
                   {"MT", "", "2013-14-Q1", true},       {"MT", "", "2013-14-Q2", false}};
    size_t looked_at = 0;
    for (size_t g = 0; g < COUNT_OF(grants); g++) {
        const struct council *c = as_seen(p, whole, &grants[g], 1);
        assert_null(council_measure(c, "MX"));
        for (size_t i = 0; i < COUNT_OF(figures); i++) {
            const struct figure *f =
                figure_of(c, figures[i].measure, figures[i].part, figures[i].period);
            if (council_measure(c, figures[i].measure) == NULL) {
                continue;
            }
            assert_non_null(f);
            bool suppressed = f->marker == MARKER_SUPPRESSED && !f->value.present;
            if (suppressed != figures[i].kept_back) {
                fail_msg("%s %s %s is %s", figures[i].measure, figures[i].part, figures[i].period,
                         suppressed ? "kept back" : "shown");
            }
            looked_at++;
        }
    }
    assert_int_equal(looked_at, 6 + 6 + 4 + 2);
    place_free(p);
}

static void test_a_formula_is_told_where_its_measures_are_seen(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    const struct council *whole = place_council(p, "2013-12-01", NULL);
    static const struct grant cs = {ROLE_VIEWER, "town", SCOPE_UNIT, "CS"};
    const struct council *c = as_seen(p, whole, &cs, 1);
    assert_null(council_measure(c, "MT")->formula); // of a measure in EX
    assert_string_equal(council_measure(c, "MU")->formula, "[M1] + [M2]");
    assert_int_equal(figure_of(c, "MT", "", "2013-14-Q2")->value.units, 143);
    struct formula_explanation said;
    struct period q1;
    assert_true(period_parse_id("2013-14-Q1", 10, 4, &q1));
    assert_true(formula_explain(c, p->arena, council_measure(c, "MU"), "", q1, &said));
    assert_int_equal(said.line_count, 2);
    assert_ptr_equal(said.lines[0].measure, council_measure(c, "M1"));
    assert_false(formula_explain(c, p->arena, council_measure(c, "MT"), "", q1, &said));
    place_free(p);
}

// ---- keys ----

static void test_keys(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    static const struct grant one[] = {{ROLE_VIEWER, "town", SCOPE_UNIT, "ED"},
                                       {ROLE_HEAD, "*", SCOPE_UNIT, "ED"},
                                       {ROLE_CONTRIBUTOR, "town", SCOPE_MEASURE, "M1"}};
    static const struct grant other[] = {{ROLE_OWNER, "town", SCOPE_MEASURE, "M1"},
                                         {ROLE_VIEWER, "town", SCOPE_UNIT, "ED"},
                                         {ROLE_VIEWER, "shire", SCOPE_ORGANISATION, NULL}};
    static const struct grant whole[] = {{ROLE_VIEWER, "town", SCOPE_UNIT, "ED"},
                                         {ROLE_AUDITOR, "town", SCOPE_ORGANISATION, NULL}};
    static const struct grant published = {ROLE_PUBLIC, "town", SCOPE_UNIT, "ED"};
    // The same seen, whatever the roles and the order.
    assert_string_equal(visibility_key(visibility_of(a, one, 3)),
                        visibility_key(visibility_of(a, other, 3)));
    assert_string_not_equal(visibility_key(visibility_of(a, one, 1)),
                            visibility_key(visibility_of(a, &published, 1)));
    assert_string_not_equal(visibility_key(visibility_of(a, one, 1)),
                            visibility_key(visibility_of(a, one, 3)));
    assert_null(visibility_of(a, whole, 2));
    assert_string_equal(visibility_key(NULL), "");
    assert_string_equal(visibility_key(visibility_of(a, NULL, 0)), "nothing");
    // Of any number of grants: bounded, and still their own.
    struct grant *many = ARENA_ARRAY(a, 500, struct grant);
    for (size_t i = 0; i < 500; i++) {
        many[i] = (struct grant){ROLE_VIEWER, "town", SCOPE_MEASURE, arena_printf(a, "M%zu", i)};
    }
    const char *key = visibility_key(visibility_of(a, many, 500));
    assert_true(strlen(key) < 100);
    assert_string_not_equal(key, visibility_key(visibility_of(a, many, 499)));
    arena_free(a);
}

// ---- the keeper ----

static struct keeper *open_keeper(struct place *p)
{
    struct err e = {.arena = p->arena};
    struct keeper *k = NULL;
    if (!keeper_open(p->url, day_from_ymd(2013, 12, 1), &k, &e)) {
        fail_msg("%s", e.message);
    }
    return k;
}

static const struct visibility *numbered(struct arena *a, size_t number)
{
    struct grant *g = ARENA_ARRAY(a, 2, struct grant);
    g[0] = (struct grant){ROLE_VIEWER, "town", SCOPE_UNIT, "ED"};
    g[1] = (struct grant){ROLE_VIEWER, "town", SCOPE_MEASURE, arena_printf(a, "none %zu", number)};
    return visibility_of(a, g, 2);
}

static void release_nothing(void *nothing)
{
    (void)nothing;
}

static const struct keeper_view *take_view(struct keeper *k, unsigned reader, struct arena *a)
{
    struct err e = {.arena = a};
    const struct keeper_view *v = keeper_take(k, reader, &e);
    if (v == NULL) {
        fail_msg("%s", e.message);
    }
    return v;
}

static void test_the_keeper_keeps_those_last_used(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    struct keeper *k = open_keeper(p);
    struct err e = {.arena = p->arena};
    const struct keeper_view *v = keeper_take(k, 0, &e);
    const struct council *first = NULL, *again = NULL, *one = NULL, *whole = NULL;
    assert_true(keeper_council(k, 0, v, "town", NULL, &whole, &e));
    assert_true(keeper_council(k, 0, v, "town", numbered(p->arena, 0), &first, &e));
    assert_true(keeper_council(k, 0, v, "town", numbered(p->arena, 0), &again, &e));
    assert_ptr_equal(first, again);
    assert_int_equal(first->measure_count, 4);
    // Pages of one view are not those of another.
    static char own[] = "page";
    assert_non_null(keeper_keep(v, first, "/town", own, 10, release_nothing));
    assert_null(keeper_kept(v, whole, "/town"));
    assert_true(keeper_council(k, 0, v, "town", numbered(p->arena, 1), &one, &e));
    assert_null(keeper_kept(v, one, "/town"));
    assert_ptr_equal(keeper_kept(v, first, "/town"), own);
    // One reader reads a few at once; what others push out stays readable until it lets go.
    for (size_t i = 2; i < 8; i++) {
        assert_true(keeper_council(k, 0, v, "town", numbered(p->arena, i), &one, &e));
    }
    assert_true(keeper_council(k, 0, v, "town", numbered(p->arena, 0), &again, &e));
    assert_ptr_equal(again, first);
    assert_false(keeper_council(k, 0, v, "town", numbered(p->arena, 8), &one, &e));
    assert_int_equal(e.kind, ERR_AWAY);
    size_t made = 8;
    struct err full = {.arena = p->arena};
    for (unsigned reader = 1; reader < 20 && full.kind == ERR_NONE; reader++) {
        const struct keeper_view *own_view = take_view(k, reader, p->arena);
        for (size_t i = 0; i < 8 && keeper_council(k, reader, own_view, "town",
                                                   numbered(p->arena, made), &one, &full);
             i++) {
            made++;
        }
    }
    assert_int_equal(made, 32 + 64); // kept, and given up while they are read
    assert_int_equal(full.kind, ERR_AWAY);
    assert_string_equal(first->measures[0].title, "Schools");
    for (unsigned reader = 0; reader < 20; reader++) {
        keeper_release(k, reader);
    }
    v = take_view(k, 0, p->arena);
    struct err later = {.arena = p->arena};
    assert_true(keeper_council(k, 0, v, "town", numbered(p->arena, made), &one, &later));
    // The one that was given up is made anew, and its pages went with it.
    assert_true(keeper_council(k, 0, v, "town", numbered(p->arena, 0), &again, &later));
    assert_null(keeper_kept(v, again, "/town"));
    keeper_release(k, 0);
    keeper_close(k);
    place_free(p);
}

enum { READERS = 6, VIEWS = 50, ROUNDS = 400 };

struct many {
    struct keeper *keeper;
    atomic_int wrong, away;
};

struct one_reader {
    struct many *many;
    unsigned slot;
};

// No test framework in here: it knows one thread only.
static void *read_on(void *context)
{
    const struct one_reader *r = context;
    for (size_t i = 0; i < ROUNDS; i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        const struct keeper_view *v = keeper_take(r->many->keeper, r->slot, &e);
        const struct council *c = NULL;
        size_t number = (i * 7 + r->slot * 13) % VIEWS;
        if (v == NULL ||
            !keeper_council(r->many->keeper, r->slot, v, "town", numbered(a, number), &c, &e)) {
            atomic_fetch_add(e.kind == ERR_AWAY ? &r->many->away : &r->many->wrong, 1);
        } else {
            bool right = c->measure_count == 4 && strcmp(c->measures[0].title, "Schools") == 0 &&
                         c->measures[0].owner != NULL &&
                         strcmp(c->measures[0].owner->name, "Owner") == 0;
            atomic_fetch_add(&r->many->wrong, right ? 0 : 1);
        }
        keeper_release(r->many->keeper, r->slot);
        arena_free(a);
    }
    return NULL;
}

static void test_many_views_at_once(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    struct many m = {.keeper = open_keeper(p)};
    struct one_reader readers[READERS];
    pthread_t threads[READERS];
    for (unsigned i = 0; i < READERS; i++) {
        readers[i] = (struct one_reader){&m, i};
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
    }
    for (int i = 0; i < 5; i++) {
        place_write(p, "observations.csv",
                    arena_printf(p->arena, "measure,period,value\nM2,2013-14-Q2,%d\n", 50 + i));
        place_import(p, "2013-11-12T09:00:00Z");
    }
    for (unsigned i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(atomic_load(&m.wrong), 0);
    assert_int_equal(atomic_load(&m.away), 0); // six readers cannot hold so many
    keeper_close(m.keeper);
    place_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_each_scope_shows),
        cmocka_unit_test(test_nothing_else_can_be_reached),
        cmocka_unit_test(test_figures_and_statuses_are_the_whole_ones),
        cmocka_unit_test(test_small_numbers_stay_kept_back),
        cmocka_unit_test(test_a_formula_is_told_where_its_measures_are_seen),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_the_keeper_keeps_those_last_used),
        cmocka_unit_test(test_many_views_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
