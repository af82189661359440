// People, plans and delivery of the council of the tests.

#include "fixture_making.h"

enum { MEASURES_MAX = 64 };

static const struct {
    const char *code, *name, *kind;
    int parent, head;
} units[] = {{"CE", "Chief Executive's Department", "directorate", -1, 0},
             {"CL", "Children and Learning", "directorate", -1, 1},
             {"CL-YOS", "Youth Offending Service", "service", 1, 2}};

static const struct {
    const char *code, *name;
} people[] = {{"post-ce", "Chief Executive"},
              {"post-cl", "Director of Children and Learning"},
              {"post-yos", "Youth Offending Manager"}};

static const struct board boards[] = {
    {"EXEC", "Executive", "executive", "Leader of the Council", "Decides", 0},
    {"OSB", "Overview and Scrutiny Board", "scrutiny", NULL, NULL, 1},
    {"HWB", "Health and Wellbeing Board", "partnership", NULL, NULL, 2},
    {"DMT-CL", "Management team, Children and Learning", "management", NULL, NULL, 3}};

static const struct {
    const char *code, *title, *kind;
    int unit, board;
} plans[] = {{"V", "Vision for 2026", "vision", -1, -1},
             {"CP", "Corporate Plan", "corporate", -1, 0},
             {"DP", "Children and Learning: plan", "directorate", 1, -1}};

static const struct {
    const char *code, *kind, *title;
    int plan, parent, to, to_also;
} aims[] = {{"V-1", "priority", "A town to be proud of", 0, -1, -1, -1},
            {"P1", "priority", "Protect the vulnerable", 1, -1, 0, -1},
            {"P2", "priority", "Learning & skills for \"all\"", 1, -1, 0, -1},
            {"O1.1", "outcome", "Children are safe", 1, 1, -1, -1},
            {"DP-1", "objective", "Fewer young people offend", 2, -1, 1, 2}};

void make_people(struct making *m)
{
    struct council *c = m->council;
    m->people = ARENA_ARRAY(m->arena, COUNT_OF(people), struct person);
    m->units = ARENA_ARRAY(m->arena, COUNT_OF(units), struct unit);
    for (size_t i = 0; i < COUNT_OF(people); i++) {
        m->people[i] = (struct person){.code = people[i].code, .name = people[i].name};
    }
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        m->units[i] = (struct unit){
            units[i].code, units[i].name, units[i].kind, NULL, &m->people[units[i].head], i};
        m->units[i].parent = units[i].parent < 0 ? NULL : &m->units[units[i].parent];
    }
    c->people = m->people;
    c->person_count = COUNT_OF(people);
    c->units = m->units;
    c->unit_count = COUNT_OF(units);
    c->boards = boards;
    c->board_count = COUNT_OF(boards);
    INDEX(m, INDEX_PEOPLE, people, COUNT_OF(people));
    INDEX(m, INDEX_UNITS, units, COUNT_OF(units));
    INDEX(m, INDEX_BOARDS, boards, COUNT_OF(boards));
    struct meeting *meeting = ARENA_NEW(m->arena, struct meeting);
    *meeting =
        (struct meeting){&boards[0], date("2014-06-16"), period("2013-14-Q4"), 5, "Quarter 4"};
    c->meetings = meeting;
    c->meeting_count = 1;
}

static void contribute(struct making *m, struct contribution *link, struct aim *from,
                       struct aim *to)
{
    *link = (struct contribution){from, to, "as the plan says"};
    from->to[from->to_count++] = link;
    to->from[to->from_count++] = link;
    m->council->contribution_count++;
}

void make_thread(struct making *m)
{
    struct council *c = m->council;
    enum { LINKS = COUNT_OF(aims) * 2 };
    m->plans = ARENA_ARRAY(m->arena, COUNT_OF(plans), struct plan);
    m->aims = ARENA_ARRAY(m->arena, COUNT_OF(aims), struct aim);
    struct contribution *links = ARENA_ARRAY(m->arena, LINKS, struct contribution);
    for (size_t i = 0; i < COUNT_OF(plans); i++) {
        m->plans[i] =
            (struct plan){.code = plans[i].code, .title = plans[i].title, .kind = plans[i].kind};
        m->plans[i].start = date("2011-04-01");
        m->plans[i].end = date("2014-03-31");
        m->plans[i].unit = plans[i].unit < 0 ? NULL : &m->units[plans[i].unit];
        m->plans[i].board = plans[i].board < 0 ? NULL : &boards[plans[i].board];
        m->plans[i].index = i;
    }
    for (size_t i = 0; i < COUNT_OF(aims); i++) {
        struct aim *aim = &m->aims[i];
        *aim = (struct aim){.code = aims[i].code, .kind = aims[i].kind, .title = aims[i].title};
        aim->plan = &m->plans[aims[i].plan];
        aim->index = i;
        aim->children = ARENA_ARRAY(m->arena, COUNT_OF(aims), const struct aim *);
        aim->to = ARENA_ARRAY(m->arena, COUNT_OF(aims), const struct contribution *);
        aim->from = ARENA_ARRAY(m->arena, COUNT_OF(aims), const struct contribution *);
        aim->measures = ARENA_ARRAY(m->arena, MEASURES_MAX, const struct measure *);
        if (aims[i].parent >= 0) {
            struct aim *parent = &m->aims[aims[i].parent];
            aim->parent = parent;
            parent->children[parent->child_count++] = aim;
        }
        const int to[] = {aims[i].to, aims[i].to_also};
        for (size_t k = 0; k < COUNT_OF(to); k++) {
            if (to[k] >= 0) {
                contribute(m, &links[c->contribution_count], aim, &m->aims[to[k]]);
            }
        }
    }
    c->plans = m->plans;
    c->plan_count = COUNT_OF(plans);
    c->aims = m->aims;
    c->aim_count = COUNT_OF(aims);
    c->contributions = links;
    INDEX(m, INDEX_PLANS, plans, COUNT_OF(plans));
    INDEX(m, INDEX_AIMS, aims, COUNT_OF(aims));
}

static void make_risks(struct making *m, struct risk *risks)
{
    struct control *control = ARENA_NEW(m->arena, struct control);
    *control = (struct control){"Weekly meeting", "Partly", &m->people[1]};
    risks[0] = (struct risk){"R1",
                             "Young people lose touch",
                             "Few places",
                             "They leave",
                             "No work",
                             "Service",
                             "treat",
                             &m->people[1],
                             &m->aims[3],
                             3,
                             4,
                             12,
                             2,
                             3,
                             6,
                             4,
                             date("2014-04-01"),
                             control,
                             1,
                             NULL,
                             0};
    risks[1] = (struct risk){.code = "R2", .title = "A score without a matrix"};
    risks[1].initial_likelihood = risks[1].initial_impact = -1;
    risks[1].residual_likelihood = risks[1].residual_impact = -1;
    risks[1].initial_score = 14;
    risks[1].residual_score = 9;
    risks[1].target_score = -1;
    risks[1].reviewed_on = DAY_NONE;
    m->council->risks = risks;
    m->council->risk_count = 2;
    INDEX(m, INDEX_RISKS, risks, 2);
}

static void make_actions(struct making *m, struct risk *risks)
{
    struct action *actions = ARENA_ARRAY(m->arena, 2, struct action);
    actions[0] = (struct action){"A1",
                                 "Visit every leaver",
                                 "Began late",
                                 &m->measures[0],
                                 &m->aims[3],
                                 NULL,
                                 &risks[0],
                                 &m->people[2],
                                 date("2013-11-04"),
                                 date("2014-01-31"),
                                 60,
                                 ACTION_IN_PROGRESS};
    actions[1] = (struct action){.code = "A2", .title = "Write to every school"};
    actions[1].measure = &m->measures[0];
    actions[1].start = actions[1].due = DAY_NONE;
    actions[1].progress = -1;
    actions[1].state = ACTION_COMPLETED;
    const struct action **of = ARENA_ARRAY(m->arena, 2, const struct action *);
    of[0] = &actions[0];
    of[1] = &actions[1];
    m->measures[0].actions = of;
    m->measures[0].action_count = 2;
    risks[0].actions = of;
    risks[0].action_count = 1;
    m->council->actions = actions;
    m->council->action_count = 2;
}

static void make_money(struct making *m)
{
    struct council *c = m->council;
    struct project *project = ARENA_NEW(m->arena, struct project);
    *project = (struct project){.code = "PR1", .title = "Youth centre", .stage = "delivery"};
    project->plan = &m->plans[1];
    struct budget *budget = ARENA_NEW(m->arena, struct budget);
    *budget = (struct budget){.line = "Children and Learning", .unit = &m->units[1]};
    budget->year = period("2013-14-FY");
    budget->kind = "revenue";
    budget->budget = number("10.5");
    budget->forecast = number("10.7");
    struct saving *saving = ARENA_NEW(m->arena, struct saving);
    *saving = (struct saving){.code = "S1", .title = "One office"};
    saving->year = period("2013-14-FY");
    saving->target = number("100");
    saving->delivered = number("60");
    saving->on_track = number("20");
    saving->at_risk = number("20");
    saving->undeliverable = number("0");
    c->projects = project;
    c->budgets = budget;
    c->savings = saving;
    c->project_count = c->budget_count = c->saving_count = 1;
    INDEX(m, INDEX_PROJECTS, project, 1);
}

void make_delivery(struct making *m)
{
    struct risk *risks = ARENA_ARRAY(m->arena, 2, struct risk);
    make_risks(m, risks);
    make_actions(m, risks);
    make_money(m);
}
