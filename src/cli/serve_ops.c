#include "cli/serve_ops.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/notify.h"
#include "domain/connections.h"
#include "web/health.h"

static void free_metrics(void *metrics)
{
    metrics_free(metrics);
}

bool serve_ops_take(struct cli *cli, struct serve_ops *o)
{
    const char *format = NULL;
    if (!cli_option(cli, "--metrics-listen", &o->metrics_listen) ||
        !cli_option(cli, "--log-format", &format)) {
        return false;
    }
    if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "json") != 0) {
        return err_set(cli->err, ERR_USAGE, "--log-format wants text or json, not \"%s\".", format);
    }
    log_set_format(format != NULL && strcmp(format, "json") == 0 ? LOG_JSON : LOG_TEXT);
    if (o->metrics_listen != NULL &&
        !http_listen_parse(cli->arena, o->metrics_listen, &o->watched.address, &o->watched.port,
                           cli->err)) {
        return false;
    }
    o->metrics = metrics_new();
    if (o->metrics == NULL) {
        return err_set(cli->err, ERR_SYSTEM, "There is not enough memory.");
    }
    arena_defer(cli->arena, free_metrics, o->metrics); // after everything that counts has ended
    return true;
}

static bool start_watch(struct cli *cli, struct serve_ops *o, struct connections *connections)
{
    // /livez on a thread of its own, the others on workers; a handful of watchers, no more.
    o->watched.threads = 1;
    o->watched.workers = 2;
    o->watched.queue = 16;
    o->watched.connections = 64;
    o->watch_app = (struct http_app){
        .context = health_new(cli->arena, o->metrics, connections, cli->record),
        .manner = health_manner,
        .answer = health_answer,
    };
    o->watch = http_serve(&o->watched, &o->watch_app, cli->err);
    return o->watch != NULL;
}

bool serve_ops_start(struct cli *cli, struct serve_ops *o, struct connections *connections)
{
    connections_measure(connections, o->metrics);
    if (o->metrics_listen == NULL) {
        return true;
    }
    if (!start_watch(cli, o, connections)) {
        return false;
    }
    printf("Metrics and health at %s\n", http_server_address(o->watch));
    return true;
}

// Half of what systemd allows, so that one ping may be late.
static struct timespec pause_of(uint64_t watchdog)
{
    uint64_t milliseconds = watchdog == 0 ? 3600000 : watchdog / 2;
    return (struct timespec){.tv_sec = (time_t)(milliseconds / 1000),
                             .tv_nsec = (long)(milliseconds % 1000) * 1000000};
}

void serve_ops_wait(const sigset_t *ends)
{
    uint64_t watchdog = notify_watchdog();
    struct timespec pause = pause_of(watchdog);
    if (!notify_send("READY=1\nSTATUS=Serving.")) {
        log_line(LOG_WARNING, "The notification socket does not take what it is told.");
    }
    for (;;) {
        int got = sigtimedwait(ends, NULL, &pause);
        if (got > 0) {
            break;
        }
        if (errno == EAGAIN && watchdog > 0) {
            (void)!notify_send("WATCHDOG=1");
        }
    }
    (void)!notify_send("STOPPING=1\nSTATUS=Answers under way finish.");
}

void serve_ops_stop(struct serve_ops *o)
{
    enum { GRACE_SECONDS = 1 };
    http_server_stop(o->watch, GRACE_SECONDS);
    o->watch = NULL;
}
