#include "fixture_delivery.h"

#include "fixture_council.h"
#include "fixture_making.h"

// -1: not given.
static const struct {
    const char *code, *title, *reviewed;
    int initial_l, initial_i, initial, residual_l, residual_i, residual, target, owner, aim;
} risks[] = {
    {"R1", "Young people lose touch", "2014-04-01", 3, 4, 12, 2, 3, 6, 4, 1, 3},
    {"R10", "Two out of four, without a score", "2014-02-11", -1, -1, -1, 2, 2, -1, 4, 0, -1},
    {"R2", "A score without a matrix", NULL, -1, -1, 14, -1, -1, 9, -1, 0, 1},
    {"R3", "A score that is not the product", "2014-02-12", 2, 4, 8, 2, 4, 6, 5, -1, 4},
    {"R4", "No score at all", "2014-05-01", -1, -1, -1, -1, -1, -1, -1, -1, -1},
};

static const struct {
    const char *code, *title, *due, *note;
    int measure, aim, plan, risk, owner, progress;
    enum action_state state;
} actions[] = {
    {"A1", "Visit every leaver", "2014-01-31", "Began late", 0, 3, -1, 0, 2, 60,
     ACTION_IN_PROGRESS},
    {"A2", "Write to every school", "2014-01-31", NULL, 0, -1, -1, -1, 1, 100, ACTION_COMPLETED},
    {"A3", "Due today", "2014-05-15", NULL, -1, -1, 1, 1, 2, 50, ACTION_IN_PROGRESS},
    {"A4", "No date", NULL, NULL, -1, -1, -1, -1, -1, -1, ACTION_NOT_STARTED},
    {"A5", "Due yesterday", "2014-05-14", "<b>not bold</b>", -1, 4, 2, -1, 1, 0,
     ACTION_NOT_STARTED},
    {"A6", "Given up", "2014-01-01", NULL, -1, -1, 1, -1, 0, 10, ACTION_CANCELLED},
    {"A7", "Later", "2014-12-31", NULL, 1, -1, -1, -1, 0, 0, ACTION_NOT_STARTED},
};

static const struct {
    const char *line, *year, *kind, *budget, *forecast, *actual, *prior, *note;
    int unit;
} budgets[] = {
    {"Children and Learning", "2013-14-FY", "revenue", "214.6", "216.05", NULL, "210", "£m", 1},
    {"Interest", "2013-14-FY", "revenue", "-2.40", "-2.55", NULL, NULL, "£m. Income.", -1},
    {"Grants & <fees>", "2013-14-FY", "income", "212.20", "212.2", NULL, NULL, "£m", -1},
    {"Roads", "2012-13-FY", "capital", "65.18", NULL, "66", NULL, NULL, -1},
    {"Loans", "2012-13-FY", "capital_financing", "65", NULL, NULL, NULL, NULL, -1},
};

static const struct {
    const char *code, *title, *year, *target, *delivered, *on_track, *at_risk, *undeliverable;
    bool one_off;
    int risk, project;
} savings[] = {
    {"S1", "One office", "2013-14-FY", "1.0", "0.6", "0.2", "0.2", "0", false, 0, -1},
    {"S2", "One system", "2013-14-FY", "0.5", "0", "0", "0", "0.5", true, -1, 0},
    {"S3", "Earlier", "2012-13-FY", "2", "2", "0", "0", "0", false, -1, -1},
};

static void make_risks(struct making *m)
{
    struct risk *list = ARENA_ARRAY(m->arena, COUNT_OF(risks), struct risk);
    struct control *control = ARENA_NEW(m->arena, struct control);
    *control = (struct control){"Weekly meeting", NULL, &m->people[1]};
    for (size_t i = 0; i < COUNT_OF(risks); i++) {
        list[i] = (struct risk){.code = risks[i].code,
                                .title = risks[i].title,
                                .reviewed_on = date(risks[i].reviewed),
                                .initial_likelihood = risks[i].initial_l,
                                .initial_impact = risks[i].initial_i,
                                .initial_score = risks[i].initial,
                                .residual_likelihood = risks[i].residual_l,
                                .residual_impact = risks[i].residual_i,
                                .residual_score = risks[i].residual,
                                .target_score = risks[i].target};
        list[i].owner = risks[i].owner < 0 ? NULL : &m->people[risks[i].owner];
        list[i].aim = risks[i].aim < 0 ? NULL : &m->aims[risks[i].aim];
    }
    list[0].cause = "Few places";
    list[0].category = "Service";
    list[0].response = "treat";
    list[0].controls = control;
    list[0].control_count = 1;
    m->council->risks = list;
    m->council->risk_count = COUNT_OF(risks);
    INDEX(m, INDEX_RISKS, risks, COUNT_OF(risks));
}

static void make_actions(struct making *m)
{
    struct council *c = m->council;
    struct action *list = ARENA_ARRAY(m->arena, COUNT_OF(actions), struct action);
    struct risk *of_risk = (struct risk *)(uintptr_t)c->risks;
    for (size_t i = 0; i < COUNT_OF(risks); i++) {
        of_risk[i].actions = ARENA_ARRAY(m->arena, COUNT_OF(actions), const struct action *);
    }
    for (size_t i = 0; i < COUNT_OF(actions); i++) {
        list[i] = (struct action){.code = actions[i].code,
                                  .title = actions[i].title,
                                  .note = actions[i].note,
                                  .start = DAY_NONE,
                                  .due = date(actions[i].due),
                                  .progress = actions[i].progress,
                                  .state = actions[i].state};
        list[i].measure = actions[i].measure < 0 ? NULL : &c->measures[actions[i].measure];
        list[i].aim = actions[i].aim < 0 ? NULL : &m->aims[actions[i].aim];
        list[i].plan = actions[i].plan < 0 ? NULL : &c->plans[actions[i].plan];
        list[i].owner = actions[i].owner < 0 ? NULL : &m->people[actions[i].owner];
        if (actions[i].risk >= 0) {
            struct risk *r = &of_risk[actions[i].risk];
            list[i].risk = r;
            r->actions[r->action_count++] = &list[i];
        }
    }
    c->actions = list;
    c->action_count = COUNT_OF(actions);
}

static void make_projects(struct making *m)
{
    struct council *c = m->council;
    struct project *list = ARENA_ARRAY(m->arena, 2, struct project);
    struct gate *gates = ARENA_ARRAY(m->arena, 3, struct gate);
    // In the file by name; decided in another order, and one not decided yet.
    gates[0] = (struct gate){"Close", NULL, NULL, NULL, DAY_NONE};
    gates[1] = (struct gate){"Design", "pause", "Director", "Too dear.", date("2013-06-01")};
    gates[2] = (struct gate){"Outline", "proceed", "Director", NULL, date("2012-06-01")};
    struct benefit *benefits = ARENA_ARRAY(m->arena, 2, struct benefit);
    benefits[0] = (struct benefit){&c->measures[0], "-1.5", period("2013-14-Q4")};
    benefits[1] = (struct benefit){NULL, "fewer complaints", PERIOD_ABSENT};
    list[0] = (struct project){.code = "PR1", .title = "Youth centre", .stage = "delivery"};
    list[0].plan = &c->plans[1];
    list[0].sponsor = "Director";
    list[0].gates = gates;
    list[0].gate_count = 3;
    list[0].benefits = benefits;
    list[0].benefit_count = 2;
    list[1] = (struct project){.code = "PR2", .title = "No more than a name"};
    c->projects = list;
    c->project_count = 2;
    INDEX(m, INDEX_PROJECTS, list, (size_t)2);
}

static void make_money(struct making *m)
{
    struct council *c = m->council;
    struct budget *lines = ARENA_ARRAY(m->arena, COUNT_OF(budgets), struct budget);
    for (size_t i = 0; i < COUNT_OF(budgets); i++) {
        lines[i] = (struct budget){.line = budgets[i].line,
                                   .year = period(budgets[i].year),
                                   .kind = budgets[i].kind,
                                   .budget = number(budgets[i].budget),
                                   .forecast = number(budgets[i].forecast),
                                   .actual = number(budgets[i].actual),
                                   .prior = number(budgets[i].prior),
                                   .note = budgets[i].note};
        lines[i].unit = budgets[i].unit < 0 ? NULL : &c->units[budgets[i].unit];
    }
    struct saving *list = ARENA_ARRAY(m->arena, COUNT_OF(savings), struct saving);
    for (size_t i = 0; i < COUNT_OF(savings); i++) {
        list[i] = (struct saving){.code = savings[i].code,
                                  .title = savings[i].title,
                                  .year = period(savings[i].year),
                                  .target = number(savings[i].target),
                                  .delivered = number(savings[i].delivered),
                                  .on_track = number(savings[i].on_track),
                                  .at_risk = number(savings[i].at_risk),
                                  .undeliverable = number(savings[i].undeliverable),
                                  .one_off = savings[i].one_off,
                                  .note = "£m. As planned."};
        list[i].unit = &c->units[0];
        list[i].risk = savings[i].risk < 0 ? NULL : &c->risks[savings[i].risk];
        list[i].project = savings[i].project < 0 ? NULL : &c->projects[savings[i].project];
    }
    c->budgets = lines;
    c->budget_count = COUNT_OF(budgets);
    c->savings = list;
    c->saving_count = COUNT_OF(savings);
}

const struct council *fixture_delivery(struct arena *a)
{
    struct council *c = ARENA_NEW(a, struct council);
    *c = *fixture_council(a);
    struct making m = {.arena = a, .council = c};
    m.people = (struct person *)(uintptr_t)c->people;
    m.aims = (struct aim *)(uintptr_t)c->aims;
    make_risks(&m);
    make_projects(&m);
    make_actions(&m);
    make_money(&m);
    return c;
}
