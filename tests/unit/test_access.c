// Who may write what: a table of a town's people and what they try, each asked of the very question
// the door asks. Nothing is written here; tests/store/test_access_door.c writes.
#include "fixture_record.h"

#include <string.h>

#include "domain/access_table.h"
#include "domain/door.h"
#include "store/store.h"

// Two directorates: children's services (CS) with education (CS-ED) in it, and environment (EN).
// The health and wellbeing board (HWB) has a plan; a measure of education serves it.
static void put_town(struct place *p)
{
    place_write(p, "organisation.csv",
                "code,name,default_rule\n"
                "town,Town Council,STD\n");
    place_write(p, "rules.csv",
                "code,title,kind,amber_within,within_unit,beyond,from\n"
                "STD,Corporate rule,tolerance,10,percent,red,\n");
    place_write(p, "units.csv",
                "code,name,kind,parent,head\n"
                "CS,Children's Services,directorate,,\n"
                "CS-ED,Education,service,CS,p-head\n"
                "EN,Environment,directorate,,\n");
    place_write(p, "people.csv",
                "code,name,unit\n"
                "p-head,Head of Education,CS-ED\n"
                "p-owner,Attendance Manager,CS-ED\n"
                "p-waste,Waste Manager,EN\n");
    place_write(p, "boards.csv",
                "code,name,kind\n"
                "HWB,Health and Wellbeing Board,partnership\n"
                "EXEC,Executive,executive\n");
    place_write(p, "plans.csv",
                "code,title,kind,unit,board\n"
                "CORP,Corporate Plan,corporate,,EXEC\n"
                "HW,Wellbeing Strategy,partnership,,HWB\n"
                "EDP,Education Service Plan,service,CS-ED,\n"
                "WSP,Waste Service Plan,service,EN,\n");
    place_write(p, "aims.csv",
                "code,plan,kind,title\n"
                "C1,CORP,priority,Learning\n"
                "H1,HW,outcome,A good start\n"
                "E1,EDP,objective,Fewer out of school\n"
                "W1,WSP,objective,Less waste\n");
    place_write(p, "measures.csv",
                "code,title,unit,owner,checker,value_type,decimals,polarity,frequency,aggregation\n"
                "NI 117,Not in education,CS-ED,p-owner,p-head,percent,1,lower,quarter,last\n"
                "NI 118,Childcare,CS-ED,p-head,,number,0,higher,quarter,sum\n"
                "NI 192,Recycled,EN,p-waste,,percent,1,higher,quarter,last\n");
    place_write(p, "measure_aims.csv",
                "measure,aim\n"
                "NI 117,H1\n"
                "NI 192,C1\n");
    place_write(p, "targets.csv",
                "measure,period,target\n"
                "NI 117,2013-14-Q1,7.5\n"
                "NI 192,2013-14-Q1,50\n");
    place_write(p, "observations.csv",
                "measure,period,value\n"
                "NI 117,2013-14-Q1,9.8\n"
                "NI 192,2013-14-Q1,48\n");
    place_write(p, "risks.csv",
                "code,title,owner,aim\n"
                "R-ED,Places run short,p-owner,\n"
                "R-CORP,Grant falls,p-waste,C1\n");
    place_write(p, "actions.csv",
                "code,title,measure,owner,state\n"
                "A-ED,Visit schools,NI 117,p-owner,in_progress\n"
                "A-EN,New rounds,NI 192,p-owner,in_progress\n"
                "A-118,Open a nursery,NI 118,p-head,not_started\n");
    place_write(p, "projects.csv",
                "code,title,manager,plan\n"
                "P-ED,New school,p-owner,EDP\n");
    place_write(p, "savings.csv",
                "code,title,unit,year,target,delivered,on_track\n"
                "S-ED,Buses,CS-ED,2013-14-FY,100,20,80\n");
    place_write(p, "budgets.csv",
                "unit,year,kind,budget,forecast\n"
                "CS-ED,2013-14-FY,revenue,900,910\n");
    place_import(p, "2013-07-11T09:00:00Z");
}

// ---- who ----

struct person_case {
    const char *name;
    enum role role;
    enum scope_of scope;
    const char *code;
    const char *person; // in people.csv; NULL: none
};

static const struct person_case CONTRIBUTOR_ED = {"contributor of education", ROLE_CONTRIBUTOR,
                                                  SCOPE_UNIT, "CS-ED", NULL};
static const struct person_case OWNER_ED = {"owner in education", ROLE_OWNER, SCOPE_UNIT, "CS-ED",
                                            "p-owner"};
static const struct person_case OWNER = {"owner", ROLE_OWNER, SCOPE_ORGANISATION, NULL, "p-owner"};
static const struct person_case HEAD_ED = {"head of education", ROLE_HEAD, SCOPE_UNIT, "CS-ED",
                                           "p-head"};
static const struct person_case DIRECTOR_CS = {"director of children's services", ROLE_HEAD,
                                               SCOPE_UNIT, "CS", NULL};
static const struct person_case OFFICER = {"performance officer", ROLE_PERFORMANCE,
                                           SCOPE_ORGANISATION, NULL, NULL};
static const struct person_case OFFICER_ED = {"education's performance officer", ROLE_PERFORMANCE,
                                              SCOPE_UNIT, "CS-ED", NULL};
static const struct person_case OFFICER_HWB = {"the board's performance officer", ROLE_PERFORMANCE,
                                               SCOPE_BOARD, "HWB", NULL};
static const struct person_case PROVIDER = {"provider of one measure", ROLE_CONTRIBUTOR,
                                            SCOPE_MEASURE, "NI 192", NULL};
static const struct person_case VIEWER = {"viewer", ROLE_VIEWER, SCOPE_ORGANISATION, NULL, NULL};
static const struct person_case MEMBER = {"councillor", ROLE_MEMBER, SCOPE_ORGANISATION, NULL,
                                          NULL};
static const struct person_case SCRUTINY = {"scrutiny", ROLE_SCRUTINY, SCOPE_ORGANISATION, NULL,
                                            NULL};
static const struct person_case PARTNER = {"partner", ROLE_PARTNER, SCOPE_BOARD, "HWB", NULL};
static const struct person_case AUDITOR = {"auditor", ROLE_AUDITOR, SCOPE_ORGANISATION, NULL, NULL};
static const struct person_case ADMINISTRATOR = {"administrator", ROLE_ADMINISTRATOR,
                                                 SCOPE_ORGANISATION, NULL, NULL};

static struct caller caller_of(struct arena *a, const struct person_case *p,
                               const char *organisation)
{
    struct grant *g = ARENA_NEW(a, struct grant);
    *g = (struct grant){p->role, organisation, p->scope, p->code};
    const char **people = ARENA_ARRAY(a, 3, const char *);
    if (p->person != NULL) {
        people[0] = "town";
        people[1] = p->person;
    }
    return (struct caller){.account = "someone",
                           .name = p->name,
                           .session = "0123456789abcdef",
                           .grants = g,
                           .grant_count = 1,
                           .people = people,
                           .duties_limit = ACCESS_ALL_DUTIES,
                           .second_factor_done = true};
}

// ---- what they try ----

enum { CASE_CELLS = 6 };

struct cell_case {
    const char *column, *text;
};

struct try_case {
    const struct person_case *who;
    enum who_action action;
    enum kind kind;
    struct cell_case cells[CASE_CELLS]; // the key, and of a change what differs
    const char *why;                    // NULL: they may; else a part of the sentence
};

static struct db *open_record(struct place *p)
{
    struct err e = {.arena = p->arena};
    struct db *db = NULL;
    if (!store_open(p->arena, p->url, DB_READ, &db, &e)) {
        fail_msg("%s", e.message);
    }
    return db;
}

static const char *const *cells_of(struct arena *a, const struct descriptor *d,
                                   const struct try_case *t, const char *const *now)
{
    const char **cells = ARENA_ARRAY(a, d->count, const char *);
    for (size_t i = 0; i < d->count; i++) {
        cells[i] = now == NULL ? NULL : now[i];
    }
    for (size_t i = 0; i < CASE_CELLS && t->cells[i].column != NULL; i++) {
        int at = descriptor_column(d, t->cells[i].column);
        if (at < 0) {
            fail_msg("a %s has no %s", d->name, t->cells[i].column);
        }
        cells[at] = t->cells[i].text;
    }
    return cells;
}

static const struct slice *slices_of(struct arena *a, const struct descriptor *d,
                                     const char *const *cells)
{
    struct slice *made = ARENA_ARRAY(a, d->count, struct slice);
    for (size_t i = 0; cells != NULL && i < d->count; i++) {
        made[i] = (struct slice){cells[i], cells[i] == NULL ? 0 : strlen(cells[i])};
    }
    return cells == NULL ? NULL : made;
}

// NULL: they may. Else why not.
static const char *tried(struct place *p, struct db *db, const struct who *who,
                         const struct try_case *t)
{
    const struct descriptor *d = descriptor_of(t->kind);
    struct err e = {.arena = p->arena};
    struct door_row now = {0};
    if (t->action != WHO_CREATES &&
        !door_read(db, p->arena, "town", t->kind, cells_of(p->arena, d, t, NULL), &now, &e)) {
        fail_msg("%s", e.message);
    }
    if (t->action != WHO_CREATES && now.cells == NULL) {
        fail_msg("there is no %s %s", d->name, t->cells[0].text);
    }
    const char *const *after =
        t->action == WHO_RETIRES ? NULL : cells_of(p->arena, d, t, now.cells);
    struct who_request request = {.action = t->action,
                                  .organisation = "town",
                                  .kind = d,
                                  .before = slices_of(p->arena, d, now.cells),
                                  .after = slices_of(p->arena, d, after)};
    const char *why = "";
    return who->may(who, &request, &why) ? NULL : why;
}

static void check_tries(const struct try_case *cases, size_t count)
{
    struct place *p = place_new();
    put_town(p);
    struct db *db = open_record(p);
    for (size_t i = 0; i < count; i++) {
        const struct try_case *t = &cases[i];
        struct caller c = caller_of(p->arena, t->who, "town");
        struct who who;
        struct err e = {.arena = p->arena};
        assert_true(access_who(db, p->arena, &c, "town", &who, &e));
        assert_string_equal(who.actor, "someone");
        const char *why = tried(p, db, &who, t);
        const char *kind = descriptor_of(t->kind)->name;
        if (t->why == NULL && why != NULL) {
            fail_msg("case %zu: the %s should be let write the %s %s, and it %s", i, t->who->name,
                     kind, t->cells[0].text, why);
        }
        if (t->why != NULL && (why == NULL || strstr(why, t->why) == NULL)) {
            fail_msg("case %zu: the %s, writing the %s %s, should be told \"... %s ...\", and is "
                     "told: %s",
                     i, t->who->name, kind, t->cells[0].text, t->why, why == NULL ? "yes" : why);
        }
    }
    place_free(p);
}

#define CHECK_TRIES(...)                                                                           \
    do {                                                                                           \
        static const struct try_case cases[] = {__VA_ARGS__};                                      \
        check_tries(cases, COUNT_OF(cases));                                                       \
    } while (0)

#define FIGURE(code, figure)                                                                       \
    WHO_CHANGES, KIND_OBSERVATION,                                                                 \
    {                                                                                              \
        {"measure", code}, {"period", "2013-14-Q1"},                                               \
        {                                                                                          \
            "value", figure                                                                        \
        }                                                                                          \
    }
#define NEW_FIGURE(code)                                                                           \
    WHO_CREATES, KIND_OBSERVATION,                                                                 \
    {                                                                                              \
        {"measure", code}, {"period", "2013-14-Q2"},                                               \
        {                                                                                          \
            "value", "9.1"                                                                         \
        }                                                                                          \
    }
#define TARGET(code, figure)                                                                       \
    WHO_CHANGES, KIND_TARGET,                                                                      \
    {                                                                                              \
        {"measure", code}, {"period", "2013-14-Q1"},                                               \
        {                                                                                          \
            "target", figure                                                                       \
        }                                                                                          \
    }
#define CHANGE(kind, code, column, text)                                                           \
    WHO_CHANGES, kind,                                                                             \
    {                                                                                              \
        {"code", code},                                                                            \
        {                                                                                          \
            column, text                                                                           \
        }                                                                                          \
    }
#define NEW(kind, ...)                                                                             \
    WHO_CREATES, kind,                                                                             \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define RETIRE(kind, code)                                                                         \
    WHO_RETIRES, kind,                                                                             \
    {                                                                                              \
        {                                                                                          \
            "code", code                                                                           \
        }                                                                                          \
    }

#define ELSEWHERE "is not within what you may change; ask "
#define NOT_OWN "is not your own"

static void test_figures_and_commentary(void **state)
{
    (void)state;
#define COMMENT(code)                                                                              \
    NEW(KIND_COMMENTARY, {"measure", code}, {"period", "2013-14-Q1"}, {"why", "Fewer places"})
    CHECK_TRIES(
        {&CONTRIBUTOR_ED, FIGURE("NI 117", "9.7"), NULL},
        {&CONTRIBUTOR_ED, NEW_FIGURE("NI 118"), NULL}, {&CONTRIBUTOR_ED, COMMENT("NI 117"), NULL},
        {&CONTRIBUTOR_ED, FIGURE("NI 192", "49"), ELSEWHERE "a performance officer"},
        {&CONTRIBUTOR_ED, COMMENT("NI 192"), ELSEWHERE},
        {&CONTRIBUTOR_ED, NEW_FIGURE("NI 999"), ELSEWHERE},
        {&PROVIDER, FIGURE("NI 192", "49"), NULL}, {&PROVIDER, FIGURE("NI 117", "9.7"), ELSEWHERE},
        {&OWNER, FIGURE("NI 117", "9.7"), NULL}, {&OWNER_ED, COMMENT("NI 117"), NULL},
        {&OWNER, FIGURE("NI 192", "49"), NOT_OWN}, {&OWNER_ED, NEW_FIGURE("NI 118"), NOT_OWN},
        {&OWNER_ED, FIGURE("NI 192", "49"), ELSEWHERE}, {&HEAD_ED, FIGURE("NI 117", "9.7"), NULL},
        {&DIRECTOR_CS, FIGURE("NI 117", "9.7"), NULL},
        {&DIRECTOR_CS, FIGURE("NI 192", "49"), ELSEWHERE}, {&OFFICER, FIGURE("NI 192", "49"), NULL},
        {&OFFICER_HWB, FIGURE("NI 117", "9.7"), NULL},
        {&OFFICER_HWB, FIGURE("NI 192", "49"), ELSEWHERE},
        {&VIEWER, FIGURE("NI 117", "9.7"),
         "is refused: the figure of NI 117 is entered by a contributor, a measure owner, a "
         "head of service or a performance officer; ask the head of Education or a "
         "performance officer"},
        {&MEMBER, FIGURE("NI 117", "9.7"), "is entered by"},
        {&SCRUTINY, COMMENT("NI 117"), "is written by"},
        {&PARTNER, FIGURE("NI 117", "9.7"), "is entered by"},
        {&AUDITOR, FIGURE("NI 117", "9.7"), "is entered by"},
        {&ADMINISTRATOR, FIGURE("NI 117", "9.7"), "is entered by"});
}

static void test_targets_and_judgements_are_never_the_owners(void **state)
{
    (void)state;
#define JUDGEMENT(code)                                                                            \
    NEW(KIND_OVERRIDE, {"measure", code}, {"period", "2013-14-Q1"}, {"status", "on_target"},       \
        {"reason", "Counted late"}, {"by", "Head"})
    CHECK_TRIES(
        {&OWNER_ED, TARGET("NI 117", "10"),
         "is refused: the target of NI 117 is agreed by a head of service or a performance "
         "officer; ask the head of Education or a performance officer"},
        {&CONTRIBUTOR_ED, TARGET("NI 117", "10"), "is agreed by a head of service"},
        {&HEAD_ED, TARGET("NI 117", "7.0"), NULL}, {&HEAD_ED, TARGET("NI 192", "40"), ELSEWHERE},
        {&OFFICER, TARGET("NI 192", "52"), NULL}, {&OWNER, JUDGEMENT("NI 117"), "is set by"},
        {&HEAD_ED, JUDGEMENT("NI 117"), NULL}, {&HEAD_ED, JUDGEMENT("NI 192"), ELSEWHERE},
        {&OFFICER_ED, JUDGEMENT("NI 117"), NULL},
        {&OWNER,
         NEW(KIND_FORECAST, {"measure", "NI 117"}, {"period", "2013-14-FY"}, {"forecast", "9"}),
         NULL},
        {&CONTRIBUTOR_ED,
         NEW(KIND_FORECAST, {"measure", "NI 117"}, {"period", "2013-14-FY"}, {"forecast", "9"}),
         "is given by"},
        {&HEAD_ED,
         NEW(KIND_REBASE, {"measure", "NI 117"}, {"period", "2013-14-Q1"},
             {"reason", "New system"}),
         "the step change of NI 117 is set by a performance officer"});
}

static void test_each_field_of_a_measure(void **state)
{
    (void)state;
    CHECK_TRIES(
        {&OWNER, CHANGE(KIND_MEASURE, "NI 117", "note", "Counted on the last day"), NULL},
        {&OWNER, CHANGE(KIND_MEASURE, "NI 192", "note", "x"), NOT_OWN},
        {&OWNER, CHANGE(KIND_MEASURE, "NI 117", "definition", "Another"),
         "the field \"definition\" of the measure NI 117 is set by a performance officer; ask a "
         "performance officer"},
        {&OWNER, CHANGE(KIND_MEASURE, "NI 117", "public", "no"), "the field \"public\""},
        {&OWNER, CHANGE(KIND_MEASURE, "NI 117", "rule", "STD"), "the field \"rule\""},
        {&OWNER, CHANGE(KIND_MEASURE, "NI 117", "state", "retired"), "the field \"state\""},
        {&OWNER, CHANGE(KIND_MEASURE, "NI 117", "owner", "p-head"),
         "the field \"owner\" of the measure NI 117 is settled by a head of service"},
        {&HEAD_ED, CHANGE(KIND_MEASURE, "NI 117", "owner", "p-head"), NULL},
        {&HEAD_ED, CHANGE(KIND_MEASURE, "NI 117", "decimals", "0"), "the field \"decimals\""},
        // One field that is not theirs refuses the whole row, whatever else they told.
        {&HEAD_ED,
         WHO_CHANGES,
         KIND_MEASURE,
         {{"code", "NI 117"}, {"checker", "p-owner"}, {"small_number", "0"}, {"note", "x"}},
         "the field \"small_number\""},
        // Out of one's own, into one's own: both sides are looked at.
        {&OFFICER_ED, CHANGE(KIND_MEASURE, "NI 117", "unit", "EN"), ELSEWHERE},
        {&OFFICER_ED, CHANGE(KIND_MEASURE, "NI 192", "unit", "CS-ED"), ELSEWHERE},
        {&OFFICER_ED, CHANGE(KIND_MEASURE, "NI 117", "title", "NEET"), NULL},
        {&OFFICER, CHANGE(KIND_MEASURE, "NI 117", "unit", "EN"), NULL},
        {&OFFICER_ED, RETIRE(KIND_MEASURE, "NI 118"), NULL},
        {&OFFICER_ED, RETIRE(KIND_MEASURE, "NI 192"), ELSEWHERE},
        {&HEAD_ED, RETIRE(KIND_MEASURE, "NI 117"), "is set by a performance officer"},
        {&OFFICER_ED, NEW(KIND_MEASURE, {"code", "N1"}, {"title", "New"}, {"unit", "CS-ED"}), NULL},
        {&OFFICER_ED, NEW(KIND_MEASURE, {"code", "N1"}, {"title", "New"}, {"unit", "EN"}),
         ELSEWHERE},
        {&OFFICER_ED, NEW(KIND_MEASURE, {"code", "N1"}, {"title", "New"}), ELSEWHERE},
        {&OFFICER_HWB, NEW(KIND_MEASURE, {"code", "N1"}, {"title", "New"}), ELSEWHERE});
}

static void test_delivery(void **state)
{
    (void)state;
    CHECK_TRIES(
        {&OWNER, CHANGE(KIND_ACTION, "A-ED", "progress", "50"), NULL},
        {&OWNER, CHANGE(KIND_ACTION, "A-EN", "progress", "50"), NULL}, // it is theirs by name
        {&OWNER, CHANGE(KIND_ACTION, "A-118", "progress", "50"), NOT_OWN},
        {&OWNER, CHANGE(KIND_ACTION, "A-EN", "owner", "p-waste"), NOT_OWN},
        {&OWNER, CHANGE(KIND_ACTION, "A-ED", "measure", "NI 192"), NOT_OWN},
        {&OWNER, NEW(KIND_ACTION, {"code", "X"}, {"title", "T"}, {"measure", "NI 117"}), NULL},
        {&OWNER,
         NEW(KIND_ACTION, {"code", "X"}, {"title", "T"}, {"measure", "NI 192"},
             {"owner", "p-owner"}),
         NOT_OWN},
        {&CONTRIBUTOR_ED, CHANGE(KIND_ACTION, "A-ED", "progress", "50"), "is kept by"},
        {&HEAD_ED, CHANGE(KIND_ACTION, "A-118", "due", "2014-01-31"), NULL},
        {&HEAD_ED, CHANGE(KIND_ACTION, "A-EN", "due", "2014-01-31"), ELSEWHERE},
        {&HEAD_ED, RETIRE(KIND_ACTION, "A-ED"), NULL},
        {&HEAD_ED,
         NEW(KIND_ACTION, {"code", "X"}, {"title", "T"}, {"measure", "NI 192"},
             {"owner", "p-owner"}),
         ELSEWHERE},
        {&OWNER, CHANGE(KIND_RISK, "R-ED", "residual_score", "6"), NULL},
        {&OWNER, CHANGE(KIND_RISK, "R-ED", "target_score", "20"), "the field \"target_score\""},
        {&HEAD_ED, CHANGE(KIND_RISK, "R-ED", "target_score", "4"), NULL},
        {&HEAD_ED, CHANGE(KIND_RISK, "R-CORP", "target_score", "4"), ELSEWHERE},
        {&HEAD_ED, CHANGE(KIND_RISK, "R-ED", "aim", "C1"), ELSEWHERE},
        {&OWNER, NEW(KIND_CONTROL, {"risk", "R-ED"}, {"title", "Survey"}), NULL},
        {&OWNER, NEW(KIND_CONTROL, {"risk", "R-CORP"}, {"title", "Survey"}, {"owner", "p-owner"}),
         NOT_OWN},
        {&OWNER, CHANGE(KIND_PROJECT, "P-ED", "stage", "Build"), NULL},
        {&OWNER, NEW(KIND_GATE, {"project", "P-ED"}, {"gate", "2"}, {"decision", "proceed"}),
         "the gate of P-ED is settled by a head of service"},
        {&HEAD_ED, NEW(KIND_GATE, {"project", "P-ED"}, {"gate", "2"}, {"decision", "proceed"}),
         NULL});
}

static void test_plans_money_and_the_frame(void **state)
{
    (void)state;
    CHECK_TRIES(
        {&HEAD_ED, CHANGE(KIND_PLAN, "EDP", "title", "Plan 2014"), NULL},
        {&HEAD_ED, CHANGE(KIND_PLAN, "CORP", "title", "Plan 2014"), ELSEWHERE},
        {&HEAD_ED, CHANGE(KIND_AIM, "E1", "title", "None out of school"), NULL},
        {&HEAD_ED, CHANGE(KIND_AIM, "E1", "plan", "WSP"), ELSEWHERE},
        {&HEAD_ED, CHANGE(KIND_AIM, "W1", "plan", "EDP"), ELSEWHERE},
        {&HEAD_ED, NEW(KIND_CONTRIBUTION, {"aim", "E1"}, {"to_aim", "C1"}), NULL},
        {&HEAD_ED, NEW(KIND_CONTRIBUTION, {"aim", "W1"}, {"to_aim", "E1"}), ELSEWHERE},
        {&HEAD_ED, NEW(KIND_MEASURE_AIM, {"measure", "NI 118"}, {"aim", "C1"}), NULL},
        // A measure elsewhere cannot be drawn into one's own plan.
        {&OFFICER_HWB, NEW(KIND_MEASURE_AIM, {"measure", "NI 192"}, {"aim", "H1"}), ELSEWHERE},
        {&OFFICER_HWB, CHANGE(KIND_PLAN, "HW", "title", "Strategy"), NULL},
        {&OFFICER_HWB, CHANGE(KIND_PLAN, "CORP", "board", "HWB"), ELSEWHERE},
        {&HEAD_ED, CHANGE(KIND_SAVING, "S-ED", "delivered", "30"), NULL},
        {&HEAD_ED, CHANGE(KIND_SAVING, "S-ED", "target", "50"), NULL},
        {&OWNER, CHANGE(KIND_SAVING, "S-ED", "delivered", "30"), "the field \"delivered\""},
        {&HEAD_ED,
         WHO_CHANGES,
         KIND_BUDGET,
         {{"unit", "CS-ED"}, {"year", "2013-14-FY"}, {"kind", "revenue"}, {"forecast", "905"}},
         NULL},
        {&HEAD_ED,
         WHO_CHANGES,
         KIND_BUDGET,
         {{"unit", "CS-ED"}, {"year", "2013-14-FY"}, {"kind", "revenue"}, {"budget", "950"}},
         "the field \"budget\""},
        {&HEAD_ED, CHANGE(KIND_UNIT, "CS-ED", "name", "Schools"), "is kept by a performance"},
        {&OFFICER_ED, CHANGE(KIND_UNIT, "CS-ED", "name", "Schools"), NULL},
        {&OFFICER_ED, CHANGE(KIND_UNIT, "CS-ED", "parent", "EN"), ELSEWHERE},
        {&OFFICER_ED, CHANGE(KIND_UNIT, "EN", "parent", "CS-ED"), ELSEWHERE},
        {&OFFICER_ED, NEW(KIND_UNIT, {"code", "T"}, {"name", "T"}, {"parent", "CS-ED"}), NULL},
        {&OFFICER_ED, NEW(KIND_UNIT, {"code", "T"}, {"name", "T"}), ELSEWHERE},
        {&OFFICER_ED, CHANGE(KIND_PERSON, "p-waste", "unit", "CS-ED"), ELSEWHERE},
        {&OFFICER_ED, CHANGE(KIND_PERSON, "p-owner", "job", "Manager"), NULL},
        {&OFFICER_ED, CHANGE(KIND_ORGANISATION, "town", "name", "City"), ELSEWHERE},
        {&ADMINISTRATOR, CHANGE(KIND_ORGANISATION, "town", "name", "City"), "is kept by"},
        {&ADMINISTRATOR, CHANGE(KIND_UNIT, "EN", "name", "Place"), "is kept by"},
        {&OFFICER, CHANGE(KIND_ORGANISATION, "town", "name", "City"), NULL},
        {&OFFICER_ED, NEW(KIND_RULE, {"code", "R2"}, {"title", "Lax"}, {"kind", "target_only"}),
         ELSEWHERE},
        {&OFFICER, NEW(KIND_RULE, {"code", "R2"}, {"title", "Lax"}, {"kind", "target_only"}),
         NULL});
}

// ---- of callers rather than rows ----

static void change_nothing(struct caller *c)
{
    (void)c;
}
static void sign_out(struct caller *c)
{
    c->account = NULL;
}
static void open_up(struct caller *c)
{
    c->account = NULL;
    c->grant_count = 0;
    c->open_record = true;
}
static void forget_factor(struct caller *c)
{
    c->second_factor_done = false;
}
static void must_change(struct caller *c)
{
    c->must_change_password = true;
}
static void take_read_token(struct caller *c)
{
    c->duties_limit = DUTY_BIT(DUTY_READ);
}

static void test_what_a_caller_lacks(void **state)
{
    (void)state;
    static const struct {
        void (*change)(struct caller *c);
        bool reads; // the organisation
        const char *why;
    } cases[] = {{change_nothing, true, NULL},
                 {sign_out, true, "you are not signed in"},
                 {open_up, true, "nobody has an account here"},
                 {forget_factor, false, "your second factor has not been shown yet"},
                 {must_change, false, "your password must be changed first"},
                 {take_read_token, true, "this token was not made for it"}};
    static const struct try_case try = {&OFFICER, FIGURE("NI 117", "9.7"), NULL};
    struct place *p = place_new();
    put_town(p);
    struct db *db = open_record(p);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct caller c = caller_of(p->arena, &OFFICER, "town");
        cases[i].change(&c);
        struct who who;
        struct err e = {.arena = p->arena};
        assert_true(access_who(db, p->arena, &c, "town", &who, &e));
        const char *why = tried(p, db, &who, &try);
        assert_int_equal(why == NULL, cases[i].why == NULL);
        if (why != NULL && strstr(why, cases[i].why) == NULL) {
            fail_msg("case %zu: %s", i, why);
        }
        assert_int_equal(access_may(&c, DUTY_READ, "town"), cases[i].reads);
    }
    place_free(p);
}

static void test_organisations_are_apart(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    struct db *db = open_record(p);
    static const struct try_case try = {&OFFICER, FIGURE("NI 117", "9.7"), NULL};
    struct caller theirs = caller_of(p->arena, &OFFICER, "shire");
    struct caller all = caller_of(p->arena, &OFFICER, "*");
    struct who who;
    struct err e = {.arena = p->arena};
    assert_true(access_who(db, p->arena, &theirs, "town", &who, &e));
    assert_non_null(tried(p, db, &who, &try));
    // A door opened for one organisation is not the door of another.
    assert_true(access_who(db, p->arena, &theirs, "shire", &who, &e));
    assert_non_null(strstr(tried(p, db, &who, &try), "belongs to another organisation"));
    assert_true(access_who(db, p->arena, &all, "town", &who, &e));
    assert_null(tried(p, db, &who, &try));
    assert_false(access_may(&theirs, DUTY_READ, "town"));
    assert_true(access_may(&theirs, DUTY_READ, "shire"));
    assert_false(access_may_whole(&theirs, DUTY_ENTER, "*"));
    assert_true(access_may_whole(&all, DUTY_ENTER, "*"));
    place_free(p);
}

// A new unit in one's own subtree, and a measure in it, in one go.
static void test_a_change_may_build_on_the_one_before(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_town(p);
    struct db *db = open_record(p);
    struct caller c = caller_of(p->arena, &OFFICER_ED, "town");
    struct who who;
    struct err e = {.arena = p->arena};
    static const struct try_case measure = {
        &OFFICER_ED, NEW(KIND_MEASURE, {"code", "N1"}, {"title", "New"}, {"unit", "T"}), NULL};
    static const struct try_case unit = {
        &OFFICER_ED, NEW(KIND_UNIT, {"code", "T"}, {"name", "T"}, {"parent", "CS-ED"}), NULL};
    static const struct try_case figure = {&OFFICER_ED, NEW_FIGURE("N1"), NULL};
    assert_true(access_who(db, p->arena, &c, "town", &who, &e));
    assert_non_null(tried(p, db, &who, &measure));
    assert_true(access_who(db, p->arena, &c, "town", &who, &e));
    assert_null(tried(p, db, &who, &unit));
    assert_null(tried(p, db, &who, &measure));
    assert_null(tried(p, db, &who, &figure));
    place_free(p);
}

static void test_a_grant_that_should_not_be_counts_for_nothing(void **state)
{
    (void)state;
    struct grant partner = {ROLE_PARTNER, "town", SCOPE_ORGANISATION, NULL};
    struct grant administrator = {ROLE_ADMINISTRATOR, "town", SCOPE_UNIT, "CS"};
    struct caller c = {.account = "someone",
                       .grant_count = 1,
                       .duties_limit = ACCESS_ALL_DUTIES,
                       .second_factor_done = true};
    c.grants = &partner;
    assert_int_equal(access_duties(&c, "town"), 0);
    c.grants = &administrator;
    assert_int_equal(access_duties(&c, "town"), 0);
    partner.scope = SCOPE_BOARD;
    partner.code = "HWB";
    c.grants = &partner;
    assert_int_equal(access_duties(&c, "town"), DUTY_BIT(DUTY_READ));
}

static void test_words(void **state)
{
    (void)state;
    for (int r = 0; r < ROLE_COUNT; r++) {
        assert_int_equal(role_from_word(role_word((enum role)r)), r);
    }
    for (int s = 0; s < SCOPE_COUNT; s++) {
        assert_int_equal(scope_from_word(scope_word((enum scope_of)s)), s);
    }
    for (int d = 0; d < DUTY_COUNT; d++) {
        assert_int_equal(duty_from_word(duty_word((enum duty)d)), d);
    }
    assert_int_equal(role_from_word("king"), ROLE_COUNT);
    assert_int_equal(role_from_word(NULL), ROLE_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_and_commentary),
        cmocka_unit_test(test_targets_and_judgements_are_never_the_owners),
        cmocka_unit_test(test_each_field_of_a_measure),
        cmocka_unit_test(test_delivery),
        cmocka_unit_test(test_plans_money_and_the_frame),
        cmocka_unit_test(test_what_a_caller_lacks),
        cmocka_unit_test(test_organisations_are_apart),
        cmocka_unit_test(test_a_change_may_build_on_the_one_before),
        cmocka_unit_test(test_a_grant_that_should_not_be_counts_for_nothing),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
