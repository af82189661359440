// A server with nothing but the door behind it, for soak.py: `door_server RECORD`, the port is the
// first line printed. `/change?writer=N&value=V` gives measure WN the figure V for month V % 12 and
// aim AN the title V, both in one change through the door, and answers V once it is committed.
// `/value?writer=N` reads that title. SIGTERM ends it.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/connections.h"
#include "domain/door.h"
#include "http/server.h"
#include "model/columns.h"

enum { WRITERS = 16, MONTHS = 12 };

struct asked {
    const char *writer;
    long value;
    const char *found;
};

static bool seen_of(struct db *db, struct arena *a, struct door_change *change, struct err *e)
{
    struct door_row row = {0};
    if (!door_read(db, a, "town", change->kind, change->cells, &row, e)) {
        return false;
    }
    change->action = row.cells == NULL ? WHO_CREATES : WHO_CHANGES;
    change->seen = row.seen;
    return true;
}

static bool change(void *context, struct db *db, struct arena *a, struct err *e)
{
    const struct asked *asked = context;
    const char *value = arena_printf(a, "%ld", asked->value);
    const char *figure[OBSERVATION_COLUMNS] = {
        arena_printf(a, "W%s", asked->writer), NULL,
        arena_printf(a, "2014-%02ld", asked->value % MONTHS + 1), value};
    const char *aim[AIM_COLUMNS] = {arena_printf(a, "A%s", asked->writer), "P", "priority", value};
    struct door_change changes[] = {{WHO_CREATES, KIND_OBSERVATION, figure, NULL, NULL, "soak"},
                                    {WHO_CREATES, KIND_AIM, aim, NULL, NULL, "soak"}};
    for (size_t c = 0; c < COUNT_OF(changes); c++) {
        if (!seen_of(db, a, &changes[c], e)) {
            return false;
        }
    }
    struct who who = who_at_machine(a, asked->writer);
    struct door_options options = {"town", "2015-01-05T09:00:00Z", &who};
    struct door_answer answer = {0};
    return door_apply_within(db, a, &options, changes, COUNT_OF(changes), &answer, e);
}

static bool look(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct asked *asked = context;
    const char *aim[AIM_COLUMNS] = {arena_printf(a, "A%s", asked->writer)};
    struct door_row row = {0};
    bool good = door_read(db, a, "town", KIND_AIM, aim, &row, e);
    asked->found = row.cells == NULL ? "" : row.cells[AIM_TITLE];
    return good;
}

static bool answer(void *context, const struct http_request *req, struct http_response *res,
                   struct err *e)
{
    const char *value = http_query(req, "value");
    struct asked asked = {.writer = http_query(req, "writer")};
    bool good = false;
    if (asked.writer == NULL) {
        return err_set(e, ERR_INPUT, "Which writer?");
    }
    if (strcmp(req->path, "/change") == 0 && value != NULL) {
        asked.value = strtol(value, NULL, 10);
        good = connections_write(context, req->arena, change, &asked, e);
        asked.found = value;
    } else {
        good = connections_read(context, req->arena, look, &asked, e);
    }
    if (good) {
        res->content_type = "text/plain; charset=utf-8";
        res->body = asked.found;
        res->length = strlen(asked.found);
    }
    return good;
}

// Every handler here waits for its commit: as many threads as there are writers, and some.
static int serve(struct connections *connections, struct err *e)
{
    struct http_options options = {.threads = WRITERS};
    struct http_app app = {.context = connections, .answer = answer};
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    struct http_server *server = http_serve(&options, &app, e);
    if (server == NULL) {
        return err_exit_status(e);
    }
    printf("%d\n", http_server_port(server));
    fflush(stdout);
    int caught = 0;
    sigwait(&ends, &caught);
    http_server_stop(server, 2);
    struct connections_counts counts = connections_count(connections);
    printf("%llu changes in %llu commits\n", (unsigned long long)counts.written,
           (unsigned long long)counts.commits);
    return 0;
}

int main(int argc, char **argv)
{
    struct connections *connections = NULL;
    struct arena *a = arena_new(0);
    if (argc != 2 || a == NULL || ARENA_TRAP(a)) {
        return 2;
    }
    struct err *e = ARENA_NEW(a, struct err);
    e->arena = a;
    int status = 3;
    if (connections_open(argv[1], &connections, e)) {
        status = serve(connections, e);
        connections_close(connections);
    }
    if (e->message != NULL) {
        fprintf(stderr, "%s (%s)\n", e->message, e->cause == NULL ? "" : e->cause);
    }
    arena_free(a);
    return status;
}
