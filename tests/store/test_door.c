// The one door: who may, what is checked, what is written, what is remembered; nobody overwrites
// what they have not seen.
#include "place.h"

#include <string.h>

#include "domain/audit.h"
#include "domain/audit_history.h"
#include "domain/door.h"

#define MORNING "2015-01-05T09:00:00Z"
#define NOON "2015-01-05T12:00:00Z"

static struct db *record(struct here *h)
{
    struct db *db = NULL;
    assert_true(store_open(h->arena, here_url(h, "r.db"), DB_CREATE, &db, &h->err));
    here_write(h, "organisation.csv", "code,name\ntown,Town Council\n");
    here_write(h, "rules.csv", "code,title,kind,amber_within\nT,Within 5,tolerance,5\n");
    here_write(h, "people.csv", "code,name,email\np1,Head of Waste,waste@town.example\n");
    here_write(h, "plans.csv", "code,title,kind\nP,Corporate plan,corporate\n");
    here_write(h, "aims.csv", "code,plan,kind,title\nA,P,priority,A clean town\n");
    here_write(h, "measures.csv",
               "code,title,value_type,decimals,polarity,frequency,rule,owner\n"
               "M1,Waste recycled,percent,1,higher,quarter,T,p1\n");
    here_write(h, "observations.csv", "measure,period,value\nM1,2014-15-Q1,68.0\n");
    assert_int_equal(here_import(h, db, MORNING, "").refused, 0);
    return db;
}

// What a test changes: up to six fields of one row.
struct field {
    int column;
    const char *text;
};
struct told {
    enum who_action action;
    enum kind kind;
    struct field fields[6];
    const char *seen;
};

static bool apply_as(struct here *h, struct db *db, const struct who *who, const struct told *told,
                     struct door_answer *answer)
{
    const char *cells[COLUMNS_MAX] = {NULL};
    bool spoken[COLUMNS_MAX] = {false};
    for (size_t i = 0; i < COUNT_OF(told->fields) && told->fields[i].text != NULL; i++) {
        cells[told->fields[i].column] = told->fields[i].text;
        spoken[told->fields[i].column] = true;
    }
    struct door_change change = {told->action, told->kind, cells, spoken, told->seen, "Minute 7"};
    struct door_options options = {"town", NOON, who};
    here_forget(h);
    return door_apply(db, h->arena, &options, &change, 1, answer, &h->err);
}

static bool apply(struct here *h, struct db *db, const struct told *told,
                  struct door_answer *answer)
{
    struct who who = who_at_machine(h->arena, "officer");
    return apply_as(h, db, &who, told, answer);
}

static struct door_row row_of(struct here *h, struct db *db, enum kind kind, const char *const *key)
{
    struct door_row row = {0};
    assert_true(door_read(db, h->arena, "town", kind, key, &row, &h->err));
    return row;
}

static const char *const M1[COLUMNS_MAX] = {"M1"};
static const char *const Q1[COLUMNS_MAX] = {"M1", NULL, "2014-15-Q1"};

static void expect_whole(struct here *h, struct db *db)
{
    struct audit_verdict v = {0};
    here_forget(h);
    assert_true(audit_verify(db, h->arena, NULL, 0, &v, &h->err));
    if (!v.whole) {
        fail_msg("event %llu: %s", (unsigned long long)v.seq, v.what);
    }
}

// The line of the last event, without its hashes.
static const char *last_event(struct here *h, struct db *db)
{
    struct audit_head head;
    struct audit_reader r;
    assert_true(store_audit_head(db, &head, &h->err));
    assert_true(store_audit_start(&r, db, head.seq, &h->err));
    assert_int_equal(store_audit_next(&r, &h->err), DB_ROW);
    const char *text =
        arena_printf(h->arena, "%s %s %s %s %s %s (%s)", r.event.at, r.event.actor, r.event.action,
                     r.event.kind, r.event.key, r.event.changes, r.event.reason);
    store_audit_end(&r);
    return text;
}

static void a_change(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct door_answer answer = {0};
    struct told told = {WHO_CHANGES,
                        KIND_MEASURE,
                        {{MEASURE_CODE, "M1"}, {MEASURE_TITLE, "  Waste recycled or composted "}},
                        row_of(h, db, KIND_MEASURE, M1).seen};
    assert_true(apply(h, db, &told, &answer));
    assert_true(answer.changed);
    struct door_row now = row_of(h, db, KIND_MEASURE, M1);
    assert_string_equal(now.cells[MEASURE_TITLE], "Waste recycled or composted");
    assert_string_equal(now.cells[MEASURE_OWNER], "p1"); // not spoken of
    assert_string_equal(last_event(h, db),
                        NOON " command line: officer change measure [\"M1\"] {\"title\":[\"Waste "
                             "recycled\",\"Waste recycled or composted\"]} (Minute 7)");
    expect_whole(h, db);
}

static void a_figure_supersedes(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct door_answer answer = {0};
    struct told told = {WHO_CHANGES,
                        KIND_OBSERVATION,
                        {{OBSERVATION_MEASURE, "M1"},
                         {OBSERVATION_PERIOD, "2014-15-Q1"},
                         {OBSERVATION_VALUE, "68.2%"},
                         {OBSERVATION_MARKER, "revised"}},
                        row_of(h, db, KIND_OBSERVATION, Q1).seen};
    assert_true(apply(h, db, &told, &answer));
    struct door_row now = row_of(h, db, KIND_OBSERVATION, Q1);
    assert_string_equal(now.cells[OBSERVATION_VALUE], "68.2");
    assert_int_equal(now.version, 2);
    assert_non_null(strstr(last_event(h, db), "\"value\":[\"68.0\",\"68.2\"]"));
    expect_whole(h, db);
}

static void a_new_one_as_people_type_it(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct door_answer answer = {0};
    struct told told = {WHO_CREATES,
                        KIND_OBSERVATION,
                        {{OBSERVATION_MEASURE, "M1"},
                         {OBSERVATION_PERIOD, "2014/15 Q2"},
                         {OBSERVATION_VALUE, "71.5"}},
                        NULL};
    static const char *const q2[COLUMNS_MAX] = {"M1", NULL, "2014-15-Q2"};
    assert_true(apply(h, db, &told, &answer));
    assert_string_equal(row_of(h, db, KIND_OBSERVATION, q2).cells[OBSERVATION_VALUE], "71.5");
    assert_false(apply(h, db,
                       &(struct told){WHO_CREATES,
                                      KIND_OBSERVATION,
                                      {{OBSERVATION_MEASURE, "M1"},
                                       {OBSERVATION_PERIOD, "2014/15 Q2"},
                                       {OBSERVATION_VALUE, "72.5"}},
                                      NULL},
                       &answer));
    assert_int_equal(h->err.kind, ERR_CONFLICT); // it is there already
    assert_string_equal(answer.now[OBSERVATION_VALUE], "71.5");
    assert_string_equal(answer.mine[OBSERVATION_VALUE], "72.5");
    expect_whole(h, db);
}

// What an import would refuse the door refuses, in the same words.
static void refused_as_an_import_would(void **state)
{
    static const struct {
        struct told told;
        const char *column, *words;
    } cases[] = {
        {{WHO_CHANGES, KIND_MEASURE, {{MEASURE_CODE, "M1"}, {MEASURE_POLARITY, "up"}}, NULL},
         "polarity",
         "higher"},
        {{WHO_CHANGES, KIND_MEASURE, {{MEASURE_CODE, "M1"}, {MEASURE_TITLE, ""}}, NULL},
         "title",
         "needs it: fill it"},
        {{WHO_CHANGES, KIND_MEASURE, {{MEASURE_CODE, "M1"}, {MEASURE_OWNER, "p2"}}, NULL},
         "owner",
         "is not a code of people.csv"},
        {{WHO_CREATES,
          KIND_OBSERVATION,
          {{OBSERVATION_MEASURE, "M1"},
           {OBSERVATION_PERIOD, "2014-15-Q3"},
           {OBSERVATION_VALUE, "12,3"}},
          NULL},
         "value",
         "has a comma in a place"},
        {{WHO_CREATES,
          KIND_OBSERVATION,
          {{OBSERVATION_MEASURE, "M1"},
           {OBSERVATION_PERIOD, "2014-15-Q3"},
           {OBSERVATION_NUMERATOR, "5"},
           {OBSERVATION_DENOMINATOR, "4"}},
          NULL},
         "numerator",
         "is above the denominator"},
    };
    struct here *h = *state;
    struct db *db = record(h);
    const char *before = here_dump(h, db);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct door_answer answer = {0};
        struct told told = cases[i].told;
        told.seen = told.kind == KIND_MEASURE ? row_of(h, db, KIND_MEASURE, M1).seen : NULL;
        if (apply(h, db, &told, &answer) || answer.refusal_count != 1 ||
            strcmp(answer.refusals[0].column, cases[i].column) != 0 ||
            strstr(answer.refusals[0].why, cases[i].words) == NULL) {
            fail_msg("case %zu: %s", i, h->err.message == NULL ? "taken" : h->err.message);
        }
        assert_int_equal(h->err.kind, ERR_INPUT);
        assert_string_equal(here_dump(h, db), before);
    }
    expect_whole(h, db);
}

// Two editors have the same page open; the second is shown both.
static void nobody_overwrites_unseen(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    const char *seen = row_of(h, db, KIND_MEASURE, M1).seen;
    struct door_answer answer = {0};
    struct told first = {
        WHO_CHANGES, KIND_MEASURE, {{MEASURE_CODE, "M1"}, {MEASURE_TITLE, "First"}}, seen};
    struct told second = {
        WHO_CHANGES, KIND_MEASURE, {{MEASURE_CODE, "M1"}, {MEASURE_TITLE, "Second"}}, seen};
    assert_true(apply(h, db, &first, &answer));
    assert_false(apply(h, db, &second, &answer));
    assert_int_equal(h->err.kind, ERR_CONFLICT);
    assert_string_equal(answer.now[MEASURE_TITLE], "First");
    assert_string_equal(answer.mine[MEASURE_TITLE], "Second");
    assert_string_equal(row_of(h, db, KIND_MEASURE, M1).cells[MEASURE_TITLE], "First");
    second.seen = row_of(h, db, KIND_MEASURE, M1).seen;
    assert_true(apply(h, db, &second, &answer));
    second.seen = NULL; // not said: not taken for everything
    assert_false(apply(h, db, &second, &answer));
    assert_int_equal(h->err.kind, ERR_CONFLICT);
    expect_whole(h, db);
}

// The same again changes nothing and leaves no event.
static void the_same_again(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct door_answer answer = {0};
    struct audit_head before, after;
    assert_true(store_audit_head(db, &before, &h->err));
    struct told told = {WHO_CHANGES,
                        KIND_MEASURE,
                        {{MEASURE_CODE, "M1"}, {MEASURE_TITLE, "Waste recycled"}},
                        row_of(h, db, KIND_MEASURE, M1).seen};
    assert_true(apply(h, db, &told, &answer));
    assert_false(answer.changed);
    assert_true(store_audit_head(db, &after, &h->err));
    assert_int_equal(after.seq, before.seq);
}

// ---- who may ----

// A decision point that lets titles be changed and nothing else; and counts what it was asked.
struct strict {
    int asked;
};

static bool may_title(const struct who *who, const struct who_request *r, const char **ret_why)
{
    union {
        const void *given;
        struct strict *own;
    } context = {.given = who->context};
    context.own->asked++;
    for (size_t c = 0; c < r->kind->count; c++) {
        bool same = r->before != NULL && r->after != NULL &&
                    r->before[c].length == r->after[c].length &&
                    (r->after[c].length == 0 ||
                     memcmp(r->before[c].text, r->after[c].text, r->after[c].length) == 0);
        if (!same && strcmp(r->kind->columns[c].name, "title") != 0) {
            *ret_why = "is not yours: ask the performance officer";
            return false;
        }
    }
    return true;
}

static void who_may(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct strict strict = {0};
    struct who who = {
        .actor = "officer of waste", .session = "s1", .may = may_title, .context = &strict};
    struct door_answer answer = {0};
    struct told title = {
        WHO_CHANGES, KIND_MEASURE, {{MEASURE_CODE, "M1"}, {MEASURE_TITLE, "Better"}}, NULL};
    struct told rule = {
        WHO_CHANGES, KIND_MEASURE, {{MEASURE_CODE, "M1"}, {MEASURE_POLARITY, "lower"}}, NULL};
    struct told away = {WHO_RETIRES, KIND_AIM, {{AIM_CODE, "A"}}, NULL};
    title.seen = row_of(h, db, KIND_MEASURE, M1).seen;
    assert_true(apply_as(h, db, &who, &title, &answer));
    assert_true(strict.asked >= 2); // before anything is looked at, and of what would be written
    const char *before = here_dump(h, db);
    rule.seen = row_of(h, db, KIND_MEASURE, M1).seen;
    const struct told refused[] = {rule, away};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        assert_false(apply_as(h, db, &who, &refused[i], &answer));
        here_expect(h, ERR_DENIED, "is not yours: ask the performance officer");
        assert_string_equal(here_dump(h, db), before);
    }
    // The import asks at the same point.
    const char *path = here_path(h, "rules.csv");
    here_write(h, "rules.csv", "code,title,kind,amber_within\nT,Within 4,tolerance,4\n");
    struct import_options options = {.now = NOON, .who = &who};
    struct import_report report = {0};
    assert_true(import_paths(db, h->arena, &path, 1, &options, &report, &h->err));
    assert_int_equal(report.refused, 1);
    assert_string_equal(here_dump(h, db), before);
    expect_whole(h, db);
}

// ---- retiring ----

static void retired(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct door_answer answer = {0};
    static const char *const aim[COLUMNS_MAX] = {"A"};
    static const char *const plan[COLUMNS_MAX] = {"P"};
    struct told told = {WHO_RETIRES, KIND_PLAN, {{PLAN_CODE, "P"}}, NULL};
    told.seen = row_of(h, db, KIND_PLAN, plan).seen;
    assert_false(apply(h, db, &told, &answer));
    here_expect(h, ERR_INPUT, "plan P is still named by the aim A (Plan); change that first");
    told = (struct told){WHO_RETIRES, KIND_AIM, {{AIM_CODE, "A"}}, NULL};
    told.seen = row_of(h, db, KIND_AIM, aim).seen;
    assert_true(apply(h, db, &told, &answer));
    assert_null(row_of(h, db, KIND_AIM, aim).cells);
    assert_non_null(strstr(last_event(h, db), "retire aim [\"A\"] {\"code\":[\"A\",null],"));
    expect_whole(h, db);
    told = (struct told){WHO_RETIRES,
                         KIND_OBSERVATION,
                         {{OBSERVATION_MEASURE, "M1"}, {OBSERVATION_PERIOD, "2014-15-Q1"}},
                         row_of(h, db, KIND_OBSERVATION, Q1).seen};
    assert_true(apply(h, db, &told, &answer));
    assert_null(row_of(h, db, KIND_OBSERVATION, Q1).cells[OBSERVATION_VALUE]);
    assert_non_null(strstr(last_event(h, db), " retire observation "));
    told = (struct told){WHO_RETIRES, KIND_MEASURE, {{MEASURE_CODE, "M1"}}, NULL};
    told.seen = row_of(h, db, KIND_MEASURE, M1).seen;
    assert_true(apply(h, db, &told, &answer));
    assert_string_equal(row_of(h, db, KIND_MEASURE, M1).cells[MEASURE_STATE], "retired");
    assert_string_equal(row_of(h, db, KIND_MEASURE, M1).cells[MEASURE_RETIRED_ON], "2015-01-05");
    static const char *const rule[COLUMNS_MAX] = {"T"};
    told = (struct told){WHO_RETIRES, KIND_RULE, {{RULE_CODE, "T"}}, NULL};
    told.seen = row_of(h, db, KIND_RULE, rule).seen;
    assert_false(apply(h, db, &told, &answer));
    here_expect(h, ERR_INPUT, "cannot be retired: change what it says");
    expect_whole(h, db);
}

// ---- private texts ----

// Names and addresses of people stand nowhere in the trail; that they changed does.
static void private_texts(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct door_answer answer = {0};
    static const char *const p1[COLUMNS_MAX] = {"p1"};
    struct told told = {WHO_CHANGES,
                        KIND_PERSON,
                        {{PERSON_CODE, "p1"}, {PERSON_NAME, "Head of Streets"}},
                        row_of(h, db, KIND_PERSON, p1).seen};
    assert_true(apply(h, db, &told, &answer));
    const char *last = last_event(h, db);
    assert_non_null(strstr(last, "{\"name\":[{\"sha256\":\""));
    struct audit_reader r;
    assert_true(store_audit_start(&r, db, 1, &h->err));
    while (store_audit_next(&r, &h->err) == DB_ROW) {
        assert_null(strstr(r.event.changes, "Head of"));
        assert_null(strstr(r.event.changes, "waste@town"));
    }
    store_audit_end(&r);
    expect_whole(h, db);
}

// The history of a measure and of a figure, as data.
static void a_history(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct door_answer answer = {0};
    const struct audit_step *steps = NULL;
    size_t count = 0;
    struct told title = {
        WHO_CHANGES, KIND_MEASURE, {{MEASURE_CODE, "M1"}, {MEASURE_TITLE, "Better"}}, NULL};
    struct told value = {WHO_CHANGES,
                         KIND_OBSERVATION,
                         {{OBSERVATION_MEASURE, "M1"},
                          {OBSERVATION_PERIOD, "2014-15-Q1"},
                          {OBSERVATION_VALUE, "68.2"}},
                         NULL};
    title.seen = row_of(h, db, KIND_MEASURE, M1).seen;
    value.seen = row_of(h, db, KIND_OBSERVATION, Q1).seen;
    assert_true(apply(h, db, &title, &answer));
    assert_true(apply(h, db, &value, &answer));
    assert_true(audit_history(db, h->arena, "town", KIND_MEASURE, M1, &steps, &count, &h->err));
    assert_int_equal(count, 2);
    assert_string_equal(steps[0].action, "create");
    assert_string_equal(steps[0].actor, "command line");
    assert_string_equal(steps[1].actor, "command line: officer");
    assert_string_equal(steps[1].changes, "{\"title\":[\"Waste recycled\",\"Better\"]}");
    assert_true(audit_history(db, h->arena, "town", KIND_OBSERVATION, Q1, &steps, &count, &h->err));
    assert_int_equal(count, 2);
    assert_int_equal(steps[1].version, 2);
    assert_string_equal(steps[0].cells[OBSERVATION_VALUE], "68.0");
    assert_string_equal(steps[1].cells[OBSERVATION_VALUE], "68.2");
    assert_string_equal(steps[1].changes, "{\"value\":[\"68.0\",\"68.2\"]}");
    assert_string_equal(steps[1].reason, "Minute 7");
}

// Several changes are one: when the second is refused, the first is not made either.
static void all_or_none(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct who who = who_at_machine(h->arena, NULL);
    struct door_options options = {"town", NOON, &who};
    struct door_answer answer = {0};
    const char *aim[AIM_COLUMNS] = {"B", "P", "priority", "A safe town"};
    const char *under[AIM_COLUMNS] = {"C", "P", "outcome", "Fewer fires", "B"};
    const char *lost[AIM_COLUMNS] = {"C", "P", "outcome", "Fewer fires", "X"};
    struct door_change changes[] = {{WHO_CREATES, KIND_AIM, aim, NULL, NULL, NULL},
                                    {WHO_CREATES, KIND_AIM, lost, NULL, NULL, NULL}};
    const char *before = here_dump(h, db);
    assert_false(door_apply(db, h->arena, &options, changes, 2, &answer, &h->err));
    assert_int_equal(answer.refusal_count, 1);
    assert_int_equal(answer.refusals[0].change, 1);
    assert_string_equal(answer.refusals[0].column, "parent");
    assert_string_equal(here_dump(h, db), before);
    changes[1].cells = under;
    here_forget(h);
    assert_true(door_apply(db, h->arena, &options, changes, 2, &answer, &h->err));
    assert_int_equal(answer.last_event - answer.first_event, 1);
    expect_whole(h, db);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_change),
        CASE(a_figure_supersedes),
        CASE(a_new_one_as_people_type_it),
        CASE(refused_as_an_import_would),
        CASE(nobody_overwrites_unseen),
        CASE(the_same_again),
        CASE(who_may),
        CASE(retired),
        CASE(private_texts),
        CASE(a_history),
        CASE(all_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
