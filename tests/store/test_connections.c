// Connections of a server: works in groups, each under a savepoint of its own, one commit for all;
// on SQLite and, where there is a server, on PostgreSQL.
#include "place.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/driver.h"
#include "domain/audit.h"
#include "domain/connections.h"
#include "domain/door.h"

static struct connections *open_connections(struct here *h)
{
    struct db *db = NULL;
    struct connections *c = NULL;
    assert_true(store_open(h->arena, here_url(h, "r"), DB_CREATE, &db, &h->err));
    here_write(h, "organisation.csv", "code,name\ntown,Town Council\n");
    here_write(h, "plans.csv", "code,title,kind\nP,Corporate plan,corporate\n");
    here_write(h, "aims.csv", "code,plan,kind,title\nA,P,priority,0\nB,P,priority,0\n");
    here_write(h, "measures.csv",
               "code,title,value_type,polarity,frequency\n"
               "M1,Waste recycled,number,higher,month\n");
    assert_int_equal(here_import(h, db, "2015-01-05T09:00:00Z", "").refused, 0);
    db_close(db);
    assert_true(connections_open(here_url(h, "r"), &c, &h->err));
    return c;
}

// ---- works ----

struct title {
    const char *aim, *text;
    const char *seen; // NULL: whatever stands there
};

static bool set_title(void *context, struct db *db, struct arena *a, struct err *e)
{
    const struct title *t = context;
    const char *aim[AIM_COLUMNS] = {t->aim, "P", "priority", t->text};
    struct door_row row = {0};
    if (!door_read(db, a, "town", KIND_AIM, aim, &row, e)) {
        return false;
    }
    struct door_change change = {
        WHO_CHANGES, KIND_AIM, aim, NULL, t->seen == NULL ? row.seen : t->seen, NULL};
    struct who who = who_at_machine(a, "test");
    struct door_options options = {"town", "2015-01-06T09:00:00Z", &who};
    struct door_answer answer = {0};
    return door_apply_within(db, a, &options, &change, 1, &answer, e);
}

static bool set_and_fail(void *context, struct db *db, struct arena *a, struct err *e)
{
    return set_title(context, db, a, e) && err_set(e, ERR_INPUT, "Not this one.");
}

static bool set_and_regret(void *context, struct db *db, struct arena *a, struct err *e)
{
    bool done = set_title(context, db, a, e);
    (void)done;
    return false;
}

// Until the arena of the caller is full, byte for byte.
static bool set_and_fill(void *context, struct db *db, struct arena *a, struct err *e)
{
    if (!set_title(context, db, a, e)) {
        return false;
    }
    for (;;) {
        arena_alloc(a, 1024);
    }
}

struct read_title {
    const char *aim;
    char text[32], seen[80];
};

static bool read_title(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct read_title *r = context;
    const char *aim[AIM_COLUMNS] = {r->aim};
    struct door_row row = {0};
    if (!door_read(db, a, "town", KIND_AIM, aim, &row, e) || row.cells == NULL) {
        return false;
    }
    snprintf(r->text, sizeof r->text, "%s", row.cells[AIM_TITLE]);
    snprintf(r->seen, sizeof r->seen, "%s", row.seen);
    return true;
}

static void expect_title(struct here *h, struct connections *c, const char *aim, const char *text)
{
    struct read_title r = {.aim = aim};
    assert_true(connections_read(c, h->arena, read_title, &r, &h->err));
    assert_string_equal(r.text, text);
}

static void expect_whole(struct here *h)
{
    struct db *db = NULL;
    struct audit_verdict v = {0};
    assert_true(store_open(h->arena, here_url(h, "r"), DB_READ, &db, &h->err));
    assert_true(audit_verify(db, h->arena, NULL, 0, &v, &h->err));
    assert_true(v.whole);
    db_close(db);
}

static void what_is_written_is_read(void **state)
{
    struct here *h = *state;
    struct connections *c = open_connections(h);
    assert_true(
        connections_write(c, h->arena, set_title, &(struct title){"A", "1", NULL}, &h->err));
    expect_title(h, c, "A", "1");
    assert_int_equal(connections_count(c).written, 1);
    connections_close(c);
    expect_whole(h);
}

static void one_that_fails_is_turned_back(void **state)
{
    struct here *h = *state;
    struct connections *c = open_connections(h);
    struct title t = {"A", "1", NULL};
    assert_false(connections_write(c, h->arena, set_and_fail, &t, &h->err));
    here_expect(h, ERR_INPUT, "Not this one.");
    assert_false(connections_write(c, h->arena, set_and_regret, &t, &h->err));
    assert_int_equal(h->err.kind, ERR_NONE);
    expect_title(h, c, "A", "0");
    assert_int_equal(connections_count(c).failed, 2);
    assert_int_equal(connections_count(c).commits, 0);
    connections_close(c);
}

static void memory_that_runs_out_is_the_callers(void **state)
{
    struct here *h = *state;
    struct connections *c = open_connections(h);
    struct arena *volatile a = arena_new(1 << 20);
    volatile bool caught = false;
    if (ARENA_TRAP(a)) {
        caught = true;
    } else {
        struct err e = {.arena = a};
        bool done = connections_write(c, a, set_and_fill, &(struct title){"A", "1", NULL}, &e);
        fail_msg("came back with %d", done);
    }
    assert_true(caught);
    arena_free(a);
    expect_title(h, c, "A", "0");
    assert_true(
        connections_write(c, h->arena, set_title, &(struct title){"A", "2", NULL}, &h->err));
    expect_title(h, c, "A", "2");
    connections_close(c);
    expect_whole(h);
}

// A reader may not write, and a work that tries is told so.
static void what_reads_cannot_write(void **state)
{
    struct here *h = *state;
    struct connections *c = open_connections(h);
    assert_false(
        connections_read(c, h->arena, set_title, &(struct title){"A", "1", NULL}, &h->err));
    assert_int_equal(h->err.kind, ERR_SYSTEM);
    here_forget(h);
    expect_title(h, c, "A", "0");
    connections_close(c);
}

static void an_absent_record_is_said_at_once(void **state)
{
    struct here *h = *state;
    struct connections *c = NULL;
    assert_false(connections_open(here_url(h, "none"), &c, &h->err));
    here_expect(h, ERR_ABSENT, "There is no record at");
}

// ---- many at once ----

struct many {
    struct connections *of;
    int number, rounds;
    int good, failed, trapped;
};

// Every third work fails by itself and every fifth runs out of memory; the others must not notice.
static void one_of_many(struct many *m, int round)
{
    struct arena *volatile a = arena_new(1 << 20);
    if (ARENA_TRAP(a)) {
        m->trapped++;
        arena_free(a);
        return;
    }
    struct err e = {.arena = a};
    struct title t = {m->number % 2 == 0 ? "A" : "B", arena_printf(a, "%d of %d", round, m->number),
                      NULL};
    int turn = round * 7 + m->number;
    connection_work work = turn % 5 == 0 ? set_and_fill : turn % 3 == 0 ? set_and_fail : set_title;
    if (connections_write(m->of, a, work, &t, &e)) {
        m->good++;
    } else {
        m->failed += e.kind == ERR_INPUT;
    }
    arena_free(a);
}

static void *write_many(void *many)
{
    struct many *m = many;
    for (int i = 0; i < m->rounds; i++) {
        one_of_many(m, i);
    }
    return NULL;
}

static void told(void *context)
{
    (*(int *)context)++;
}

static void faults_of_one_do_not_harm_the_others(void **state)
{
    enum { THREADS = 12, ROUNDS = 60 };
    struct here *h = *state;
    struct connections *c = open_connections(h);
    struct many many[THREADS];
    pthread_t threads[THREADS];
    int commits = 0, good = 0, failed = 0, trapped = 0;
    connections_tell(c, told, &commits);
    for (int i = 0; i < THREADS; i++) {
        many[i] = (struct many){.of = c, .number = i, .rounds = ROUNDS};
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, &many[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        good += many[i].good;
        failed += many[i].failed;
        trapped += many[i].trapped;
    }
    struct connections_counts counts = connections_count(c);
    assert_int_equal(good + failed + trapped, THREADS * ROUNDS);
    assert_int_equal(counts.written, good);
    assert_int_equal(counts.failed, failed + trapped);
    assert_true(failed > 50 && trapped > 50 && good > 200);
    assert_int_equal(counts.commits, commits);
    assert_true(counts.commits < counts.written); // some shared one
    connections_close(c);
    expect_whole(h);
}

// ---- two editors, each with what it last saw ----

struct editor {
    struct connections *of;
    const char *name;
    int rounds, saved, refused;
};

static bool edit(struct editor *me, int round)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct read_title r = {.aim = "A"};
    bool read = connections_read(me->of, a, read_title, &r, &e);
    // Its own text is one more than what it looked at: lost work would show in the end.
    struct title t = {"A", arena_printf(a, "%ld", strtol(r.text, NULL, 10) + 1), r.seen};
    bool saved = read && connections_write(me->of, a, set_title, &t, &e);
    me->saved += saved;
    me->refused += !saved && e.kind == ERR_CONFLICT;
    bool clean = saved || e.kind == ERR_CONFLICT;
    if (!clean) {
        fprintf(stderr, "%s in round %d: %s\n", me->name, round, e.message);
    }
    arena_free(a);
    return clean;
}

static void *edit_all(void *editor)
{
    struct editor *me = editor;
    int i = 0;
    while (i < me->rounds && edit(me, i)) {
        i++;
    }
    return NULL;
}

static void two_editors_never_overwrite_unseen(void **state)
{
    struct here *h = *state;
    const char *wanted = getenv("EDITS"); // `make soak`: 10000
    int rounds = wanted == NULL ? 300 : (int)strtol(wanted, NULL, 10);
    struct connections *c = open_connections(h);
    struct editor first = {c, "first", rounds, 0, 0}, second = {c, "second", rounds, 0, 0};
    pthread_t other;
    assert_int_equal(pthread_create(&other, NULL, edit_all, &second), 0);
    edit_all(&first);
    pthread_join(other, NULL);
    assert_int_equal(first.saved + first.refused, rounds);
    assert_int_equal(second.saved + second.refused, rounds);
    assert_true(first.refused + second.refused > 0); // they did meet
    struct read_title r = {.aim = "A"};
    assert_true(connections_read(c, h->arena, read_title, &r, &h->err));
    assert_int_equal(strtol(r.text, NULL, 10), first.saved + second.saved);
    print_message("two editors, %d edits each: %d saved, %d refused, none overwritten unseen\n",
                  rounds, first.saved + second.saved, first.refused + second.refused);
    connections_close(c);
    expect_whole(h);
}

// ---- the engine fails ----

struct faulty {
    const struct db_driver *real;
    const char *at; // the verb that fails
    int left;       // until it does
    bool for_good;  // the engine gives up the transaction as a whole
};
static struct faulty fault;

static bool faulty_transact(struct db *db, const char *verb, struct err *e)
{
    if (fault.at != NULL && strcmp(verb, fault.at) == 0 && --fault.left == 0) {
        fault.at = NULL;
        struct err ignored = {0};
        if (fault.for_good && !fault.real->transact(db, DB_ROLLBACK, &ignored)) {
            fail_msg("no rollback");
        }
        return err_set(e, ERR_SYSTEM, "A fault put here by the test.");
    }
    return fault.real->transact(db, verb, e);
}

// From within, for it is the thread's own connection.
static bool make_faulty(void *context, struct db *db, struct arena *a, struct err *e)
{
    static struct db_driver driver;
    (void)context;
    (void)a;
    (void)e;
    if (db->driver != &driver) {
        fault.real = db->driver;
        driver = *db->driver;
        driver.transact = faulty_transact;
        db->driver = &driver;
    }
    return true;
}

static void a_commit_that_fails_fails_its_group(void **state)
{
    struct here *h = *state;
    struct connections *c = open_connections(h);
    struct title t = {"A", "1", NULL};
    fault = (struct faulty){.at = NULL};
    assert_true(connections_write(c, h->arena, make_faulty, NULL, &h->err));
    static const char *const verbs[] = {DB_BEGIN_WRITE, DB_SAVEPOINT, DB_SAVEPOINT_KEEP, DB_COMMIT};
    for (size_t i = 0; i < COUNT_OF(verbs); i++) {
        fault.at = verbs[i];
        fault.left = 1;
        bool done = connections_write(c, h->arena, set_title, &t, &h->err);
        bool again =
            strcmp(verbs[i], DB_SAVEPOINT) == 0 || strcmp(verbs[i], DB_SAVEPOINT_KEEP) == 0;
        // A savepoint that fails costs the transaction; the work is then run once more, by itself.
        assert_int_equal(done, again);
        if (!again) {
            here_expect(h, ERR_SYSTEM, "put here by the test");
        }
        expect_title(h, c, "A", again ? t.text : "0");
        t.text = "0";
        assert_true(connections_write(c, h->arena, set_title, &t, &h->err));
        t.text = "1";
    }
    connections_close(c);
    expect_whole(h);
}

// One work's failure takes the whole transaction along: the others of its group are made again.
static void the_others_are_run_again(void **state)
{
    enum { THREADS = 8, ROUNDS = 20 };
    struct here *h = *state;
    struct connections *c = open_connections(h);
    assert_true(connections_write(c, h->arena, make_faulty, NULL, &h->err));
    for (int round = 0; round < ROUNDS; round++) {
        struct many many[THREADS];
        pthread_t threads[THREADS];
        fault.at = DB_SAVEPOINT_UNDO;
        fault.left = 1;
        fault.for_good = true;
        for (int i = 0; i < THREADS; i++) {
            many[i] = (struct many){.of = c, .number = i, .rounds = 3};
            assert_int_equal(pthread_create(&threads[i], NULL, write_many, &many[i]), 0);
        }
        int all = 0;
        for (int i = 0; i < THREADS; i++) {
            pthread_join(threads[i], NULL);
            all += many[i].good + many[i].failed + many[i].trapped;
        }
        assert_int_equal(all, THREADS * 3);
    }
    fault.at = NULL;
    connections_close(c);
    expect_whole(h);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)
    const struct CMUnitTest tests[] = {
        CASE(what_is_written_is_read),
        CASE(one_that_fails_is_turned_back),
        CASE(memory_that_runs_out_is_the_callers),
        CASE(what_reads_cannot_write),
        CASE(an_absent_record_is_said_at_once),
        CASE(faults_of_one_do_not_harm_the_others),
        CASE(two_editors_never_overwrite_unseen),
        CASE(a_commit_that_fails_fails_its_group),
        CASE(the_others_are_run_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
