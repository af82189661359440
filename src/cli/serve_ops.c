#include "cli/serve_ops.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/notify.h"
#include "domain/connections.h"
#include "web/health.h"

static void free_metrics(void *metrics)
{
    metrics_free(metrics);
}

// "02:00"
static bool take_time(struct cli *cli, const char *text, int64_t *out)
{
    static const char shape[] = "##:##";
    bool good = strlen(text) == sizeof shape - 1;
    for (size_t i = 0; good && i < sizeof shape - 1; i++) {
        good = shape[i] == '#' ? text[i] >= '0' && text[i] <= '9' : text[i] == shape[i];
    }
    int hour = good ? (text[0] - '0') * 10 + text[1] - '0' : 24;
    int minute = good ? (text[3] - '0') * 10 + text[4] - '0' : 60;
    *out = hour * 3600 + minute * 60;
    return (hour < 24 && minute < 60) ||
           err_set(cli->err, ERR_USAGE, "--backup-at wants a time (UTC) like 02:00, not \"%s\".",
                   text);
}

static bool take_nightly(struct cli *cli, struct nightly *n)
{
    const char *keep = NULL, *at = NULL;
    char *end = NULL;
    if (!cli_option(cli, "--backup-folder", &n->backup_folder) ||
        !cli_option(cli, "--backup-keep", &keep) || !cli_option(cli, "--backup-at", &at) ||
        !cli_option(cli, "--audit-hook", &n->audit_hook) ||
        !take_time(cli, at == NULL ? "02:00" : at, &n->backup_at)) {
        return false;
    }
    unsigned long number = keep == NULL ? 14 : strtoul(keep, &end, 10);
    if (keep != NULL &&
        (keep[0] < '0' || keep[0] > '9' || *end != '\0' || number < 1 || number > 10000)) {
        return err_set(cli->err, ERR_USAGE,
                       "--backup-keep wants how many backups to keep, 1 to 10000, not \"%s\".",
                       keep);
    }
    if (n->backup_folder == NULL && (keep != NULL || at != NULL)) {
        return err_set(cli->err, ERR_USAGE,
                       "--backup-keep and --backup-at need --backup-folder, where backups go.");
    }
    n->backup_keep = (unsigned)number;
    return true;
}

bool serve_ops_take(struct cli *cli, struct serve_ops *o)
{
    const char *format = NULL;
    if (!cli_option(cli, "--metrics-listen", &o->metrics_listen) ||
        !cli_option(cli, "--log-format", &format) || !take_nightly(cli, &o->nightly)) {
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

// A name no other server has, on this machine or another.
static const char *holder_name(struct arena *a)
{
    char host[256] = "";
    (void)!gethostname(host, sizeof host - 1);
    return arena_printf(a, "%s-%ld-%llx", host, (long)getpid(),
                        (unsigned long long)metrics_clock());
}

static bool start_jobs(struct cli *cli, struct serve_ops *o, struct connections *connections)
{
    o->nightly.connections = connections;
    o->nightly.metrics = o->metrics;
    o->nightly.url = cli->record;
    struct runner_options options = {.connections = connections,
                                     .metrics = o->metrics,
                                     .jobs = o->jobs,
                                     .job_count = nightly_jobs(&o->nightly, o->jobs),
                                     .holder = holder_name(cli->arena)};
    return runner_start(&options, &o->runner, cli->err);
}

bool serve_ops_start(struct cli *cli, struct serve_ops *o, struct connections *connections)
{
    connections_measure(connections, o->metrics);
    if (o->metrics_listen != NULL) {
        if (!start_watch(cli, o, connections)) {
            return false;
        }
        printf("Metrics and health at %s\n", http_server_address(o->watch));
    }
    return start_jobs(cli, o, connections);
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

// What happened since the last daily head leaves the house too.
static void send_last_head(const struct nightly *n)
{
    struct arena *a = arena_new(0);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return;
    }
    struct err e = {.arena = a};
    if (!nightly_send_head(n, a, &e)) {
        log_event(LOG_ERROR, "audit_hook_failed", "message", e.message, NULL);
    }
    arena_free(a);
}

void serve_ops_stop(struct serve_ops *o)
{
    enum { GRACE_SECONDS = 1 };
    bool ran = o->runner != NULL;
    runner_stop(o->runner);
    o->runner = NULL;
    if (ran) {
        send_last_head(&o->nightly);
    }
    http_server_stop(o->watch, GRACE_SECONDS);
    o->watch = NULL;
}
