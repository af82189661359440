// goldthread serve: the web application, until it is told to stop.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/serve_ops.h"
#include "db/db.h"
#include "domain/connections.h"
#include "domain/secret.h"
#include "domain/snapshot.h"
#include "http/server.h"
#include "web/site.h"

// "127.0.0.1:8080", "[::1]:8080", ":8080", "8080".
static bool take_listen(struct cli *cli, const char *text, struct http_options *o)
{
    const char *colon = strrchr(text, ':');
    const char *port = colon == NULL ? text : colon + 1;
    char *end = NULL;
    long number = strtol(port, &end, 10);
    if (port[0] < '0' || port[0] > '9' || *end != '\0' || number > 65535) {
        return err_set(cli->err, ERR_USAGE,
                       "--listen wants an address and a port like 127.0.0.1:8080, not \"%s\".",
                       text);
    }
    o->port = (int)number;
    if (colon != NULL && colon > text) {
        size_t length = (size_t)(colon - text);
        bool brackets = text[0] == '[' && colon[-1] == ']';
        o->address = brackets ? arena_textn(cli->arena, text + 1, length - 2)
                              : arena_textn(cli->arena, text, length);
    }
    return true;
}

static bool take_options(struct cli *cli, struct http_options *o, struct site_options *site)
{
    const char *listen = NULL, *host = NULL;
    if (!cli_option(cli, "--listen", &listen) || !cli_option(cli, "--host", &host) ||
        !cli_option(cli, "--templates", &site->templates_folder) ||
        !cli_option(cli, "--secret-file", &site->secret_file) ||
        !cli_option(cli, "--trusted-proxy", &o->trusted_proxy)) {
        return false;
    }
    o->tls_in_front = cli_flag(cli, "--behind-tls");
    o->access_log = cli_flag(cli, "--access-log");
    if (!cli_arguments(cli, 0, 0) ||
        !take_listen(cli, listen == NULL ? "127.0.0.1:8080" : listen, o)) {
        return false;
    }
    if (host != NULL) {
        const char **hosts = ARENA_ARRAY(cli->arena, 3, const char *);
        hosts[0] = host;
        hosts[1] = "localhost";
        hosts[2] = "127.0.0.1";
        o->hosts = hosts;
        o->host_count = 3;
    }
    return true;
}

// The signals that end us are taken by waiting, in one thread, and by nobody else.
static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, set, NULL);
}

// What a server has open of its record, and the site over it.
struct opened {
    struct keeper *keeper;
    struct connections *connections;
    struct site *site;
};

static void close_all(struct opened *o)
{
    connections_close(o->connections); // it tells the keeper of commits
    keeper_close(o->keeper);
}

static bool open_all(struct cli *cli, struct site_options *options, struct opened *o)
{
    if (!keeper_open(cli->record, cli->today_given ? cli->today : DAY_NONE, &o->keeper, cli->err) ||
        !connections_open(cli->record, &o->connections, cli->err)) {
        return false;
    }
    connections_tell(o->connections, keeper_changed, o->keeper);
    options->secret_file = secret_path(cli->arena, cli->record, options->secret_file);
    options->keeper = o->keeper;
    options->connections = o->connections;
    return site_new(cli->arena, options, &o->site, cli->err);
}

int cmd_serve(struct cli *cli)
{
    struct http_options options = {0};
    struct site_options site = {0};
    // Ended last first: whoever uses a connection before the connections.
    CLEANUP(close_all) struct opened opened = {0};
    CLEANUP(serve_ops_stop) struct serve_ops ops = {0};
    sigset_t ends;
    block_signals(&ends); // before there are other threads, which must not take them
    if (!serve_ops_take(cli, &ops) || !take_options(cli, &options, &site)) {
        return cli_fail(cli);
    }
    options.metrics = ops.metrics;
    site.metrics = ops.metrics;
    if (!open_all(cli, &site, &opened) || !serve_ops_start(cli, &ops, opened.connections)) {
        return cli_fail(cli);
    }
    struct http_app app = {.context = opened.site,
                           .manner = site_manner,
                           .answer = site_answer,
                           .failed = site_failed,
                           .done = site_done};
    struct http_server *server = http_serve(&options, &app, cli->err);
    if (server == NULL) {
        return cli_fail(cli);
    }
    printf("Goldthread serves %s at %s\nCtrl-C stops.\n", db_url_shown(cli->arena, cli->record),
           http_server_address(server));
    fflush(stdout);
    serve_ops_wait(&ends);
    enum { GRACE_SECONDS = 5 };
    http_server_stop(server, GRACE_SECONDS);
    return 0;
}
