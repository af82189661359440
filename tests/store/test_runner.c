// Scheduled jobs: each moment's run is done once among several servers, and taken over from one
// that died in the middle of it. On both engines; servers are processes of their own.
#include "place.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "domain/connections.h"
#include "domain/lease.h"
#include "jobs/runner.h"

enum { SERVERS = 3, LEASE = 2 };

// Every run leaves a line: "SERVER\n".
struct marking {
    const char *file;
    char name;
    unsigned takes; // seconds
};

static bool mark(void *context, struct arena *a, struct err *e)
{
    struct marking *m = context;
    (void)a;
    FILE *f = fopen(m->file, "ae");
    if (f == NULL || fprintf(f, "%c\n", m->name) < 0 || fclose(f) != 0) {
        return err_set(e, ERR_SYSTEM, "The mark could not be made.");
    }
    sleep(m->takes);
    return true;
}

static void pause_for(int milliseconds)
{
    struct timespec t = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    nanosleep(&t, NULL);
}

// A server that runs one job until it is killed.
static pid_t start_server(const char *url, struct marking m, int64_t period)
{
    pid_t child = fork();
    if (child != 0) {
        assert_true(child > 0);
        return child;
    }
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct connections *connections = NULL;
    struct runner *runner = NULL;
    char holder[] = {'s', m.name, '\0'};
    struct job job = {"mark", period, 0, NULL, mark, &m};
    struct runner_options options = {
        .jobs = &job, .job_count = 1, .holder = holder, .lease_seconds = LEASE, .pause = 50};
    if (!connections_open(url, &connections, &e)) {
        _exit(1);
    }
    options.connections = connections;
    if (!runner_start(&options, &runner, &e)) {
        _exit(1);
    }
    for (;;) {
        pause();
    }
}

static void end_server(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static const char *marks(struct here *h, const char *file)
{
    char text[4096] = "";
    FILE *f = fopen(file, "re");
    size_t length = f == NULL ? 0 : fread(text, 1, sizeof text - 1, f);
    if (f != NULL) {
        fclose(f);
    }
    text[length] = '\0';
    return arena_text(h->arena, text);
}

static const char *new_record(struct here *h)
{
    struct db *db = NULL;
    const char *url = here_url(h, "record.db");
    if (!store_open(h->arena, url, DB_CREATE, &db, &h->err)) {
        fail_msg("%s", h->err.message);
    }
    db_close(db);
    return url;
}

static void each_run_is_done_once_by_several_servers(void **state)
{
    struct here *h = *state;
    const char *url = new_record(h), *file = here_path(h, "marks");
    pid_t servers[SERVERS];
    for (int i = 0; i < SERVERS; i++) {
        // Due once a second; every run is over at once.
        servers[i] = start_server(url, (struct marking){file, (char)('a' + i), 0}, 1);
    }
    time_t begun = time(NULL);
    pause_for(5000);
    for (int i = 0; i < SERVERS; i++) {
        end_server(servers[i]);
    }
    int seconds = (int)(time(NULL) - begun);
    int runs = (int)strlen(marks(h, file)) / 2;
    assert_in_range(runs, 3, seconds + 2); // once a second, not once a second and server
    struct db *db = NULL;
    int64_t last = 0;
    assert_true(store_open(h->arena, url, DB_READ, &db, &h->err));
    assert_true(lease_last_done(db, "mark", &last, &h->err));
    assert_true(last >= (int64_t)begun);
    db_close(db);
}

static void a_server_that_dies_is_followed_by_another(void **state)
{
    struct here *h = *state;
    const char *url = new_record(h), *file = here_path(h, "marks");
    enum { LONG = 1000000000 }; // one moment for all of the test
    pid_t first = start_server(url, (struct marking){file, 'a', 60}, LONG);
    for (int i = 0; i < 100 && marks(h, file)[0] == '\0'; i++) {
        pause_for(50);
    }
    assert_string_equal(marks(h, file), "a\n");
    pid_t second = start_server(url, (struct marking){file, 'b', 0}, LONG);
    pause_for(LEASE * 1000 + 1500); // longer than the lease: it is being renewed
    assert_string_equal(marks(h, file), "a\n");
    end_server(first);
    for (int i = 0; i < 200 && strcmp(marks(h, file), "a\n") == 0; i++) {
        pause_for(50);
    }
    assert_string_equal(marks(h, file), "a\nb\n");
    pause_for(500);
    end_server(second);
    pid_t third = start_server(url, (struct marking){file, 'c', 0}, LONG);
    pause_for(LEASE * 1000 + 500);
    end_server(third);
    assert_string_equal(marks(h, file), "a\nb\n"); // done is done
}

// The bare steps, with holders that take no time.
static void a_lease_is_one_holders(void **state)
{
    struct here *h = *state;
    struct db *db = NULL;
    bool mine = false, open = false;
    assert_true(store_open(h->arena, new_record(h), DB_WRITE, &db, &h->err));
    struct err *e = &h->err;
    assert_true(db_begin(db, e));
    assert_true(lease_take(db, h->arena, "backup", 100, "a", 60, &mine, e) && mine);
    assert_true(lease_take(db, h->arena, "backup", 100, "b", 60, &mine, e) && !mine);
    assert_true(lease_take(db, h->arena, "backup", 200, "b", 60, &mine, e) && !mine);
    assert_true(lease_take(db, h->arena, "purge", 100, "b", 60, &mine, e) && mine);
    assert_true(lease_renew(db, h->arena, "backup", "b", 60, &mine, e) && !mine);
    assert_true(lease_renew(db, h->arena, "backup", "a", -1, &mine, e) && mine); // it has run out
    assert_true(lease_take(db, h->arena, "backup", 100, "b", 60, &mine, e) && mine);
    assert_true(lease_end(db, "backup", 100, "a", LEASE_DONE, e)); // too late: changes nothing
    assert_true(lease_open(db, h->arena, "backup", 100, &open, e) && !open);
    assert_true(lease_end(db, "backup", 100, "b", "failed: no room", e));
    assert_true(lease_open(db, h->arena, "backup", 100, &open, e) && !open);
    assert_true(lease_open(db, h->arena, "backup", 200, &open, e) && open);
    int64_t last = -1;
    assert_true(lease_last_done(db, "backup", &last, e) && last == 0);
    assert_true(db_commit(db, e));
    db_close(db);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_lease_is_one_holders),
        CASE(each_run_is_done_once_by_several_servers),
        CASE(a_server_that_dies_is_followed_by_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
