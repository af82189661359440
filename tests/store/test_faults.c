// Faults at the n-th call to the engine, and at the n-th step of a limit on memory, for every n
// until none is hit: of a change through the door and of an import. Each time the failure is clean,
// the record is as it was and its trail whole; without a fault the change is made.
#include "place.h"

#include <string.h>

#include "db/driver.h"
#include "domain/audit.h"
#include "domain/door.h"

// ---- a driver that fails at its n-th call ----

static struct {
    const struct db_driver *real;
    int left; // calls until the fault; 0: it has come
    bool hit;
} fault;

static bool fails(struct err *e)
{
    if (fault.left > 0 && --fault.left == 0) {
        fault.hit = true;
        return !err_set(e, ERR_SYSTEM, "A fault put here by the test.");
    }
    return false;
}

static bool faulty_transact(struct db *db, const char *verb, struct err *e)
{
    if (strcmp(verb, DB_ROLLBACK) != 0 && fails(e)) {
        return false;
    }
    return fault.real->transact(db, verb, e);
}

static bool faulty_prepare(struct db *db, struct db_statement *s, struct err *e)
{
    return !fails(e) && fault.real->prepare(db, s, e);
}

static enum db_step faulty_step(struct db_statement *s, struct err *e)
{
    return fails(e) ? DB_FAULT : fault.real->step(s, e);
}

static bool faulty_bulk_open(struct db *db, struct arena *a, const char *table,
                             const char *const *columns, size_t count, struct db_bulk **out,
                             struct err *e)
{
    return !fails(e) && fault.real->bulk_open(db, a, table, columns, count, out, e);
}

static bool faulty_bulk_row(struct db_bulk *b, const struct db_cell *cells, struct err *e)
{
    return !fails(e) && fault.real->bulk_row(b, cells, e);
}

static bool faulty_bulk_close(struct db_bulk *b, struct err *e)
{
    return !fails(e) && fault.real->bulk_close(b, e);
}

static void make_faulty(struct db *db, struct db_driver *driver, int at)
{
    fault.real = db->driver;
    fault.left = at;
    fault.hit = false;
    *driver = *db->driver;
    driver->transact = faulty_transact;
    driver->prepare = faulty_prepare;
    driver->step = faulty_step;
    driver->bulk_open = faulty_bulk_open;
    driver->bulk_row = faulty_bulk_row;
    driver->bulk_close = faulty_bulk_close;
    db->driver = driver;
}

// ---- what is tried ----

static struct db *open_record(struct here *h, struct arena *a, struct err *e)
{
    struct db *db = NULL;
    return store_open(a, here_path(h, "r.db"), DB_WRITE, &db, e) ? db : NULL;
}

static void prepare_record(struct here *h)
{
    struct db *db = NULL;
    assert_true(store_open(h->arena, here_path(h, "r.db"), DB_CREATE, &db, &h->err));
    here_write(h, "organisation.csv", "code,name\ntown,Town Council\n");
    here_write(h, "plans.csv", "code,title,kind\nP,Corporate plan,corporate\n");
    here_write(h, "aims.csv", "code,plan,kind,title\nA,P,priority,A clean town\n");
    here_write(h, "measures.csv",
               "code,title,value_type,polarity,frequency\n"
               "M1,Waste recycled,percent,higher,month\n");
    here_write(h, "observations.csv", "measure,period,value\nM1,2014-04,68.0\n");
    assert_int_equal(here_import(h, db, "2015-01-05T09:00:00Z", "").refused, 0);
    db_close(db);
    here_write(h, "aims.csv",
               "code,plan,kind,title\nA,P,priority,A cleaner town\n"
               "B,P,priority,A safe town\n");
    here_write(h, "observations.csv", "measure,period,value\nM1,2014-04,68.5\nM1,2014-05,69\n");
}

static bool try_door(struct here *h, struct db *db, struct arena *a, struct err *e)
{
    (void)h;
    const char *figure[OBSERVATION_COLUMNS] = {"M1", NULL, "2014-04", "68.5"};
    const char *fresh[OBSERVATION_COLUMNS] = {"M1", NULL, "2014-05", "69"};
    const char *aim[AIM_COLUMNS] = {"A", "P", "priority", "A cleaner town"};
    struct door_row row = {0};
    struct door_row of_aim = {0};
    if (!door_read(db, a, "town", KIND_OBSERVATION, figure, &row, e) ||
        !door_read(db, a, "town", KIND_AIM, aim, &of_aim, e)) {
        return false;
    }
    struct door_change changes[] = {
        {WHO_CHANGES, KIND_OBSERVATION, figure, NULL, row.seen, "Mended"},
        {WHO_CREATES, KIND_OBSERVATION, fresh, NULL, NULL, NULL},
        {WHO_CHANGES, KIND_AIM, aim, NULL, of_aim.seen, NULL}};
    struct who who = who_at_machine(a, NULL);
    struct door_options options = {"town", "2015-01-06T09:00:00Z", &who};
    struct door_answer answer = {0};
    return door_apply(db, a, &options, changes, COUNT_OF(changes), &answer, e);
}

static bool try_import(struct here *h, struct db *db, struct arena *a, struct err *e)
{
    const char *paths[] = {arena_text(a, here_path(h, "aims.csv")),
                           arena_text(a, here_path(h, "observations.csv"))};
    struct import_options options = {.now = "2015-01-06T09:00:00Z"};
    struct import_report report = {0};
    return import_paths(db, a, paths, COUNT_OF(paths), &options, &report, e) && report.refused == 0;
}

typedef bool (*trial)(struct here *h, struct db *db, struct arena *a, struct err *e);

// The record as a fresh connection finds it, its trail looked at.
static const char *state_of(struct here *h)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct audit_verdict v = {0};
    struct db *db = open_record(h, a, &e);
    if (db == NULL || !audit_verify(db, a, NULL, 0, &v, &e) || !v.whole) {
        fail_msg("%s", e.message != NULL ? e.message : v.what);
    }
    const char *text = here_dump(h, db);
    arena_free(a);
    return text;
}

static bool run_faulty(struct here *h, trial attempt, int n)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct db_driver driver;
    struct db *db = open_record(h, a, &e);
    assert_non_null(db);
    make_faulty(db, &driver, n);
    bool good = attempt(h, db, a, &e);
    if (fault.hit && (good || e.message == NULL)) {
        fail_msg("call %d failed, and nobody said so", n);
    }
    db->driver = fault.real;
    arena_free(a);
    return good;
}

static void engine_faults(struct here *h, trial attempt)
{
    prepare_record(h);
    const char *before = state_of(h);
    int n = 1;
    while (!run_faulty(h, attempt, n)) {
        assert_true(fault.hit);
        assert_string_equal(state_of(h), before);
        n++;
    }
    assert_false(fault.hit);
    assert_true(n > 20); // faults were met
    assert_string_not_equal(state_of(h), before);
}

static void engine_faults_of_a_change(void **state)
{
    engine_faults(*state, try_door);
}

static void engine_faults_of_an_import(void **state)
{
    engine_faults(*state, try_import);
}

// ---- memory that runs out ----

// As a command does it: what was begun is undone when its arena is freed. -1: out of memory.
static int run_within(struct here *h, trial attempt, size_t limit)
{
    struct arena *volatile a = arena_new(limit);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return -1;
    }
    struct err *e = ARENA_NEW(a, struct err);
    e->arena = a;
    struct db *db = open_record(h, a, e);
    int good = db != NULL && attempt(h, db, a, e);
    arena_free(a);
    return good;
}

// As a server does it: the connection outlives the request whose memory ran out.
static int run_beside(struct db *db, struct here *h, trial attempt, size_t limit)
{
    struct arena *volatile a = arena_new(limit);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return -1;
    }
    struct err *e = ARENA_NEW(a, struct err);
    e->arena = a;
    int good = attempt(h, db, a, e);
    arena_free(a);
    return good;
}

static void memory_runs_out(struct here *h, trial attempt)
{
    enum { STEP = 509 }; // bytes; prime, so that every sort of allocation is met
    prepare_record(h);
    const char *before = state_of(h);
    size_t limit = STEP;
    int failures = 0;
    while (run_within(h, attempt, limit) != 1) {
        failures++;
        // Looking costs more than trying: every time where it is near the end, seldom before.
        if (failures % 4 == 0) {
            assert_string_equal(state_of(h), before);
        }
        limit += failures < 64 ? STEP : limit / 200;
    }
    assert_true(failures > 50);
    assert_string_not_equal(state_of(h), before);
}

// Nothing is left open on the connection, and the next request goes on with it.
static void memory_of_a_request(void **state)
{
    struct here *h = *state;
    prepare_record(h);
    const char *before = state_of(h);
    struct arena *life = arena_new(0);
    struct err e = {.arena = life};
    struct db *db = open_record(h, life, &e);
    assert_non_null(db);
    int failures = 0;
    for (size_t limit = 509; run_beside(db, h, try_door, limit) != 1; limit += 509) {
        failures++;
        assert_true(db_begin(db, &e));
        db_rollback(db);
        if (failures % 16 == 0) {
            assert_string_equal(state_of(h), before);
        }
    }
    assert_true(failures > 50);
    assert_string_not_equal(state_of(h), before);
    arena_free(life);
}

static void memory_of_a_change(void **state)
{
    memory_runs_out(*state, try_door);
}

static void memory_of_an_import(void **state)
{
    memory_runs_out(*state, try_import);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)
    const struct CMUnitTest tests[] = {
        CASE(engine_faults_of_a_change), CASE(engine_faults_of_an_import), CASE(memory_of_a_change),
        CASE(memory_of_an_import),       CASE(memory_of_a_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
