// Calls to the system that fail at the n-th, for every n until none is hit: opening, connecting,
// writing, syncing and renaming, while connections are opened and a change is written, and while
// files are imported. Each time a clean failure with a sentence, or all of it done; the record then
// stands as before or as after, its trail whole, and the next attempt does the rest.
#include "place.h"

#include <stdio.h>
#include <string.h>

#include "domain/audit.h"
#include "domain/connections.h"
#include "domain/door.h"
#include "fault_calls.h"

enum { CALLS_MAX = 2000 };

static void prepare_record(struct here *h)
{
    struct db *db = NULL;
    assert_true(store_open(h->arena, here_url(h, "r"), DB_CREATE, &db, &h->err));
    here_write(h, "organisation.csv", "code,name\ntown,Town Council\n");
    here_write(h, "plans.csv", "code,title,kind\nP,Corporate plan,corporate\n");
    here_write(h, "aims.csv", "code,plan,kind,title\nA,P,priority,before\n");
    assert_int_equal(here_import(h, db, "2015-01-05T09:00:00Z", "").refused, 0);
    db_close(db);
    here_write(h, "aims.csv", "code,plan,kind,title\nA,P,priority,after\n");
}

static bool set_title(void *context, struct db *db, struct arena *a, struct err *e)
{
    const char *aim[AIM_COLUMNS] = {"A", "P", "priority", context};
    struct door_row row = {0};
    if (!door_read(db, a, "town", KIND_AIM, aim, &row, e)) {
        return false;
    }
    struct door_change change = {WHO_CHANGES, KIND_AIM, aim, NULL, row.seen, NULL};
    struct who who = who_at_machine(a, "test");
    struct door_options options = {"town", "2015-01-06T09:00:00Z", &who};
    struct door_answer answer = {0};
    return door_apply_within(db, a, &options, &change, 1, &answer, e);
}

// A server from its start to its first change.
static bool try_connections(struct here *h, struct arena *a, struct err *e)
{
    static char after[] = "after";
    struct connections *c = NULL;
    bool good =
        connections_open(here_url(h, "r"), &c, e) && connections_write(c, a, set_title, after, e);
    connections_close(c);
    return good;
}

static bool try_import(struct here *h, struct arena *a, struct err *e)
{
    struct db *db = NULL;
    const char *paths[] = {arena_text(a, here_path(h, "aims.csv"))};
    struct import_options options = {.organisation = "town", .now = "2015-01-06T09:00:00Z"};
    struct import_report report = {0};
    return store_open(a, here_url(h, "r"), DB_WRITE, &db, e) &&
           import_paths(db, a, paths, COUNT_OF(paths), &options, &report, e) && report.refused == 0;
}

// Whether the record stands as after; fails where it stands as neither, or its trail is broken.
static bool is_done(struct here *h)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct audit_verdict v = {0};
    struct db *db = NULL;
    const char *aim[AIM_COLUMNS] = {"A"};
    struct door_row row = {0};
    if (!store_open(a, here_url(h, "r"), DB_WRITE, &db, &e) ||
        !audit_verify(db, a, NULL, 0, &v, &e) || !v.whole ||
        !door_read(db, a, "town", KIND_AIM, aim, &row, &e)) {
        fail_msg("%s", e.message != NULL ? e.message : v.what);
    }
    const char *title = row.cells[AIM_TITLE];
    bool done = strcmp(title, "after") == 0;
    assert_true(done || strcmp(title, "before") == 0);
    arena_free(a);
    return done;
}

static void undo(struct here *h)
{
    static char before[] = "before";
    struct connections *c = NULL;
    assert_true(connections_open(here_url(h, "r"), &c, &h->err));
    assert_true(connections_write(c, h->arena, set_title, before, &h->err));
    connections_close(c);
}

typedef bool (*trial)(struct here *h, struct arena *a, struct err *e);

static void every_call(struct here *h, trial attempt)
{
    prepare_record(h);
    int n = 1;
    for (bool hit = true; hit; n++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        assert_true(n < CALLS_MAX);
        fault_calls_arm(n);
        bool good = attempt(h, a, &e);
        hit = fault_calls_disarm();
        if (!good && (e.message == NULL || e.message[0] == '\0')) {
            fail_msg("call %d failed, and nobody said so", n);
        }
        assert_true(good || hit);
        arena_free(a);
        // What was told to be done is; what failed may be done only where nobody could know.
        bool done = is_done(h);
        assert_true(done || !good);
        if (done) {
            undo(h);
        }
    }
    print_message("%d calls refused\n", n - 2);
    assert_true(n > 2); // calls were met at all: of a server's database, those that connect
}

static void a_server_and_its_first_change(void **state)
{
    every_call(*state, try_connections);
}

static void an_import(void **state)
{
    every_call(*state, try_import);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_server_and_its_first_change, here_setup, here_teardown),
        cmocka_unit_test_setup_teardown(an_import, here_setup, here_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
