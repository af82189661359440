// The power goes in the midst of changes through the door, at every write, sync, truncation and
// deletion, with many outcomes each (power_disc.h): nothing acknowledged is lost, nothing half
// there, the file sound and its trail whole. Two control arms show that the test can see: without
// syncs changes are lost, and so they are when the removal of the journal, which is what commits,
// is not synced.
#include "place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/audit.h"
#include "domain/door.h"
#include "power_disc.h"

enum { CHANGES = 6, CUTS = 2400, CONTROL_CUTS = 600 };

static struct db *open_again(struct here *h, struct arena *a, const char *synchronous)
{
    struct db *db = NULL;
    struct err e = {.arena = a};
    if (!store_open(a, here_path(h, "r.db"), DB_WRITE, &db, &e) ||
        (synchronous != NULL &&
         !db_script(db, arena_printf(a, "PRAGMA synchronous = %s", synchronous), &e))) {
        return NULL;
    }
    return db;
}

static bool seen_of(struct db *db, struct arena *a, struct door_change *change, struct err *e)
{
    struct door_row row = {0};
    bool good = door_read(db, a, "town", change->kind, change->cells, &row, e);
    change->action = row.cells == NULL ? WHO_CREATES : WHO_CHANGES;
    change->seen = row.seen;
    return good;
}

static bool change_to(struct db *db, struct arena *a, int value)
{
    const char *text = arena_printf(a, "%d", value);
    const char *figure[OBSERVATION_COLUMNS] = {"M1", NULL, "2014-04", text};
    const char *aim[AIM_COLUMNS] = {"A", "P", "priority", text};
    struct door_change changes[] = {{WHO_CREATES, KIND_OBSERVATION, figure, NULL, NULL, NULL},
                                    {WHO_CREATES, KIND_AIM, aim, NULL, NULL, NULL}};
    struct err e = {.arena = a};
    struct who who = who_at_machine(a, "test");
    struct door_options options = {"town", "2015-01-06T09:00:00Z", &who};
    struct door_answer answer = {0};
    return seen_of(db, a, &changes[0], &e) && seen_of(db, a, &changes[1], &e) &&
           door_apply(db, a, &options, changes, COUNT_OF(changes), &answer, &e);
}

// The last change acknowledged before the power went (0: none).
static int write_until_cut(struct here *h, const char *synchronous, int cut)
{
    struct arena *a = arena_new(0);
    struct db *db = open_again(h, a, synchronous);
    int last = 0;
    assert_non_null(db);
    power_cut_at(cut);
    while (last < CHANGES && change_to(db, a, last + 1)) {
        last++;
    }
    arena_free(a);
    return last;
}

struct found {
    int value; // -1: damaged
    const char *what;
};

static struct found look(struct here *h, struct arena *a)
{
    struct err e = {.arena = a};
    struct db *db = open_again(h, a, NULL);
    struct audit_verdict v = {0};
    struct db_statement *s = NULL;
    struct door_row title = {0}, figure = {0};
    const char *aim[AIM_COLUMNS] = {"A"};
    const char *of_figure[OBSERVATION_COLUMNS] = {"M1", NULL, "2014-04"};
    size_t length = 0;
    if (db == NULL || !db_prepare(db, "check", "PRAGMA integrity_check", &s, &e) ||
        db_step(s, &e) != DB_ROW || strcmp(db_text(s, 0, &length), "ok") != 0) {
        return (struct found){-1, "the file is damaged"};
    }
    db_reset(s);
    if (!audit_verify(db, a, NULL, 0, &v, &e) || !v.whole) {
        return (struct found){-1, "the trail is broken"};
    }
    if (!door_read(db, a, "town", KIND_AIM, aim, &title, &e) || title.cells == NULL ||
        !door_read(db, a, "town", KIND_OBSERVATION, of_figure, &figure, &e)) {
        return (struct found){-1, "it cannot be read"};
    }
    long value = strtol(title.cells[AIM_TITLE], NULL, 10);
    long other = figure.cells == NULL ? 0 : strtol(figure.cells[OBSERVATION_VALUE], NULL, 10);
    return value == other ? (struct found){(int)value, NULL}
                          : (struct found){-1, "half of a change is there"};
}

static void make_record(struct here *h)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct db *db = NULL;
    struct import_report report = {0};
    power_empty();
    // The disc's files are in memory; the program looks whether there is one by this name.
    here_write(h, "r.db", "");
    here_write(h, "organisation.csv", "code,name\ntown,Town Council\n");
    here_write(h, "plans.csv", "code,title,kind\nP,Plan,corporate\n");
    here_write(h, "aims.csv", "code,plan,kind,title\nA,P,priority,0\n");
    here_write(h, "measures.csv",
               "code,title,value_type,polarity,frequency\n"
               "M1,First,number,higher,month\n");
    const char *folder = h->folder;
    struct import_options options = {.now = "2015-01-05T09:00:00Z"};
    const char *paths[] = {
        arena_printf(a, "%s/organisation.csv", folder), arena_printf(a, "%s/plans.csv", folder),
        arena_printf(a, "%s/aims.csv", folder), arena_printf(a, "%s/measures.csv", folder)};
    if (!store_open(a, here_path(h, "r.db"), DB_CREATE, &db, &e) ||
        !import_paths(db, a, paths, COUNT_OF(paths), &options, &report, &e) || report.refused > 0) {
        fail_msg("%s", e.message);
    }
    arena_free(a);
    power_keep();
}

struct losses {
    int cuts, lost, damaged, unsaid;
};

static struct losses cut_many(struct here *h, const char *synchronous, int cuts, bool may_lose)
{
    struct losses all = {0};
    power_begin();
    assert_int_equal(write_until_cut(h, synchronous, 0), CHANGES);
    int steps = power_steps();
    assert_true(steps > 30);
    for (all.cuts = 0; all.cuts < cuts; all.cuts++) {
        power_begin();
        int cut = all.cuts % (steps + 1) + 1;
        int last = write_until_cut(h, synchronous, cut);
        power_return((uint64_t)all.cuts);
        struct arena *a = arena_new(0);
        struct found f = look(h, a);
        bool good = f.value == last || f.value == last + 1;
        if (!good && !may_lose) {
            fail_msg("cut %d at step %d: change %d was acknowledged; %s, the record says %d",
                     all.cuts, cut, last, f.what == NULL ? "it is not there" : f.what, f.value);
        }
        all.damaged += f.value < 0;
        all.lost += f.value >= 0 && f.value < last;
        all.unsaid += f.value == last + 1;
        arena_free(a);
    }
    return all;
}

static void nothing_acknowledged_is_lost(void **state)
{
    struct here *h = *state;
    make_record(h);
    struct losses all = cut_many(h, NULL, CUTS, false);
    assert_true(all.unsaid > 0); // cut between the commit and its word, too
    print_message("power cut %d times: 0 lost, 0 damaged, %d kept without a word\n", all.cuts,
                  all.unsaid);
}

static void without_syncs_changes_are_lost(void **state)
{
    struct here *h = *state;
    make_record(h);
    struct losses all = cut_many(h, "OFF", CONTROL_CUTS, true);
    print_message("control, synchronous = OFF, power cut %d times: %d lost, %d damaged\n", all.cuts,
                  all.lost, all.damaged);
    assert_true(all.lost > 0);
    assert_true(all.damaged > 0);
}

static void without_the_directorys_sync_changes_are_lost(void **state)
{
    struct here *h = *state;
    make_record(h);
    struct losses all = cut_many(h, "FULL", CONTROL_CUTS, true);
    print_message("control, synchronous = FULL, power cut %d times: %d lost, %d damaged\n",
                  all.cuts, all.lost, all.damaged);
    assert_true(all.lost > 0);
    assert_int_equal(all.damaged, 0);
}

// The disc refuses a call: the change fails in one sentence, nothing of it is there, and the next
// one is made on the same connection as soon as the disc does its work again.
static void refuse_each_call(struct here *h, bool for_good)
{
    int n = 0;
    bool met = true;
    make_record(h);
    while (met) {
        struct arena *a = arena_new(0);
        power_begin();
        struct db *db = open_again(h, a, NULL);
        assert_non_null(db);
        power_fail_at(++n, for_good);
        bool done = change_to(db, a, 1);
        power_fail_at(0, false);
        met = power_has_failed();
        assert_true(done || met);
        int last = done ? 1 : 0;
        if (!change_to(db, a, last + 1)) {
            fail_msg("call %d failed, and then the next change", n);
        }
        arena_free(a);
        a = arena_new(0);
        struct found f = look(h, a);
        if (f.value != last + 1) {
            fail_msg("call %d failed: %s, the record says %d, not %d", n,
                     f.what == NULL ? "" : f.what, f.value, last + 1);
        }
        arena_free(a);
    }
    assert_true(n > 20);
    print_message("each of %d calls refused%s: clean failures, the record unharmed\n", n - 1,
                  for_good ? ", and all after it" : "");
}

static void a_call_that_fails_leaves_the_record_unharmed(void **state)
{
    refuse_each_call(*state, false);
}

static void a_disc_that_fails_leaves_the_record_unharmed(void **state)
{
    refuse_each_call(*state, true);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)
    const struct CMUnitTest tests[] = {
        CASE(nothing_acknowledged_is_lost),
        CASE(a_call_that_fails_leaves_the_record_unharmed),
        CASE(a_disc_that_fails_leaves_the_record_unharmed),
        CASE(without_syncs_changes_are_lost),
        CASE(without_the_directorys_sync_changes_are_lost),
    };
    power_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
