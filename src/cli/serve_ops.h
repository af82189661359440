// What a server does beside answering: tells who started it how it is, answers those who watch it,
// runs scheduled jobs.
#ifndef GT_CLI_SERVE_OPS_H
#define GT_CLI_SERVE_OPS_H

#include <signal.h>

#include "base/metrics.h"
#include "cli/cli.h"
#include "http/server.h"
#include "jobs/nightly.h"

struct connections;

struct serve_ops {
    const char *metrics_listen; // NULL: nobody is answered
    struct http_options watched;
    struct http_app watch_app;
    struct http_server *watch;
    struct metrics *metrics;
    struct nightly nightly;
    struct job jobs[NIGHTLY_JOBS_MAX];
    struct runner *runner;
};

// Takes its options, and sets the form of the log.
bool serve_ops_take(struct cli *cli, struct serve_ops *o) MUST_CHECK;
// Starts what was asked for; before the pages are served.
bool serve_ops_start(struct cli *cli, struct serve_ops *o,
                     struct connections *connections) MUST_CHECK;
// Says that the server is ready, and waits for one of the signals.
void serve_ops_wait(const sigset_t *ends);
// Stops what was started, and hands the audit trail's head to the hook once more; harmless when
// nothing was started.
void serve_ops_stop(struct serve_ops *o);

#endif
