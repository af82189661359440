#include "http/server.h"

#include <netinet/in.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#include "http/handle.h"

enum {
    THREADS_MAX = 16,
    CONNECTIONS = 2000,
    CONNECTIONS_LEAST = 8,
    HEAD_SECONDS = 20,
    ANSWER_SECONDS = 300,
    HEAD_MAX = 16 << 10,
    HEAD_MOST = 1 << 20,
    BODY_SECONDS = 300,
    REQUEST_MEMORY = 64 << 20,
    BODY_MEMORY = 256 << 20,
    WORKERS = 32,
    QUEUE = 256,
    CHANGES_PER_SECOND = 1000,
    CHANGES_AT_ONCE = 20000,
    DRAIN_LEAST_MS = 1000,
    // What libmicrohttpd keeps in a connection's memory beside the request head: its own list of
    // the fields, and the head of the answer.
    BESIDE_HEAD = 8 << 10,
};

static unsigned cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

static unsigned or_else(unsigned given, unsigned otherwise)
{
    return given == 0 ? otherwise : given;
}

static bool check_options(const struct http_options *o, struct err *e)
{
    if (o->threads > THREADS_MAX) {
        return err_set(e, ERR_USAGE, "%u threads are more than the server takes: give 1 to %d.",
                       o->threads, THREADS_MAX);
    }
    if (o->workers > WORKERS_MAX) {
        return err_set(e, ERR_USAGE, "%u workers are more than the server takes: give 1 to %d.",
                       o->workers, WORKERS_MAX);
    }
    if (o->connections < CONNECTIONS_LEAST || o->connections > 1000000) {
        return err_set(e, ERR_USAGE,
                       "%u is not a number of connections the server can keep: give %d to 1000000.",
                       o->connections, CONNECTIONS_LEAST);
    }
    if (o->head_max > HEAD_MOST || o->head_seconds > 3600 || o->body_seconds > 86400 ||
        o->answer_seconds > 86400) {
        return err_set(e, ERR_USAGE,
                       "A request head may have up to %d bytes and 3600 seconds, a body and an "
                       "answer up to 86400 seconds; a limit given is higher.",
                       HEAD_MOST);
    }
    return true;
}

static bool fill_options(struct http_options *o, const struct http_options *given, struct err *e)
{
    *o = *given;
    o->address = o->address == NULL ? "127.0.0.1" : o->address;
    o->threads = or_else(o->threads, cores());
    o->connections = or_else(o->connections, CONNECTIONS);
    o->head_seconds = or_else(o->head_seconds, HEAD_SECONDS);
    o->body_seconds = or_else(o->body_seconds, BODY_SECONDS);
    o->answer_seconds = or_else(o->answer_seconds, ANSWER_SECONDS);
    o->head_max = o->head_max == 0 ? HEAD_MAX : o->head_max;
    o->request_memory = o->request_memory == 0 ? REQUEST_MEMORY : o->request_memory;
    o->body_memory = o->body_memory == 0 ? BODY_MEMORY : o->body_memory;
    o->workers = or_else(o->workers, WORKERS);
    o->queue = or_else(o->queue, QUEUE);
    o->changes_per_second = or_else(o->changes_per_second, CHANGES_PER_SECOND);
    o->changes_at_once = or_else(o->changes_at_once, CHANGES_AT_ONCE);
    if (!check_options(o, e)) {
        return false;
    }
    o->connections = http_files_for(o->connections);
    o->per_address = or_else(o->per_address, o->connections / 2);
    o->threads = o->threads > o->connections ? o->connections : o->threads;
    return true;
}

static struct MHD_Daemon *start_daemon(struct http_server *s)
{
    const struct http_options *o = &s->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC |
                     (s->app->manner == NULL ? 0u : (unsigned)MHD_ALLOW_SUSPEND_RESUME);
    size_t memory = o->head_max + BESIDE_HEAD;
    if (s->listener.ipv6) {
        flags |= MHD_USE_IPv6;
    }
    // Strictness: with 1.0 libmicrohttpd refuses line ends without CR, folded fields and the like
    // itself. Up to 0.9 its strict mode adds nothing to our own checks, but answers without our
    // headers, so it stays off there.
#if MHD_VERSION >= 0x01000000
    int strictness = 1;
#else
    int strictness = 0;
#endif
    return MHD_start_daemon(
        flags, 0, NULL, NULL, http_on_request, s, MHD_OPTION_LISTEN_SOCKET, s->listener.fd,
        MHD_OPTION_THREAD_POOL_SIZE, o->threads, MHD_OPTION_CONNECTION_LIMIT, o->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->per_address, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        memory, MHD_OPTION_STRICT_FOR_CLIENT, strictness, MHD_OPTION_URI_LOG_CALLBACK,
        http_on_target, s, MHD_OPTION_NOTIFY_COMPLETED, http_on_completed, s,
        MHD_OPTION_NOTIFY_CONNECTION, http_on_connection, s, MHD_OPTION_UNESCAPE_CALLBACK,
        http_keep_escapes, s, MHD_OPTION_END);
}

// Signals are for the thread that runs the program: those started here take none.
static bool start_threads(struct http_server *s)
{
    const struct http_options *o = &s->options;
    const struct watch_limits limits = {.head_ms = o->head_seconds * 1000,
                                        .body_ms = o->body_seconds * 1000,
                                        .answer_ms = o->answer_seconds * 1000};
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_BLOCK, &all, &before) != 0) {
        return false;
    }
    bool watching = watch_start(&s->watch, limits);
    bool working = watching && (s->app->manner == NULL || workers_start(s));
    s->daemon = working ? start_daemon(s) : NULL;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (working && s->daemon == NULL) {
        workers_stop(s);
    }
    if (watching && s->daemon == NULL) {
        watch_stop(&s->watch);
    }
    return s->daemon != NULL;
}

static struct http_server *server_new(const struct http_options *o, const struct http_app *app,
                                      const struct networks *trusted)
{
    struct http_server *s = calloc(1, sizeof *s);
    if (s == NULL || pthread_key_create(&s->thread_key, NULL) != 0) {
        free(s);
        return NULL;
    }
    s->options = *o;
    s->app = app;
    s->trusted = *trusted;
    s->changes = http_throttle_new(o->changes_at_once, o->changes_per_second, 1);
    atomic_init(&s->next_thread, 0);
    atomic_init(&s->body_held, 0);
    atomic_init(&s->stopping, false);
    uint64_t seed = 0;
    randombytes_buf(&seed, sizeof seed);
    atomic_init(&s->next_seed, seed);
    return s;
}

static void server_free(struct http_server *s)
{
    if (s != NULL) {
        http_throttle_free(s->changes);
        pthread_key_delete(s->thread_key);
        free(s);
    }
}

struct http_server *http_serve(const struct http_options *options, const struct http_app *app,
                               struct err *e)
{
    struct http_options filled = {0};
    struct networks trusted = {.count = 0};
    struct listener listener = {.fd = -1};
    if (!fill_options(&filled, options, e) || !networks_read(filled.trusted_proxy, &trusted, e) ||
        !http_listen(filled.address, filled.port, &listener, e)) {
        return NULL;
    }
    struct http_server *s = server_new(&filled, app, &trusted);
    if (s != NULL) {
        s->listener = listener;
        if (s->changes != NULL && start_threads(s)) {
            return s;
        }
    }
    server_free(s);
    close(listener.fd);
    err_set(e, ERR_SYSTEM,
            "The web server could not start its threads: the machine is short of "
            "memory or processes.");
    return NULL;
}

int http_server_port(const struct http_server *server)
{
    return server->listener.port;
}

unsigned http_server_threads(const struct http_server *server)
{
    return server->options.threads;
}

unsigned http_server_slots(const struct http_server *server)
{
    return server->options.threads + (server->app->manner == NULL ? 0 : server->options.workers);
}

const char *http_server_address(const struct http_server *server)
{
    return server->listener.address;
}

bool http_server_adopt(struct http_server *server, int fd)
{
    struct sockaddr_in nobody = {.sin_family = AF_INET};
    return MHD_add_connection(server->daemon, fd, (const struct sockaddr *)&nobody,
                              sizeof nobody) == MHD_YES;
}

void http_server_stop(struct http_server *server, unsigned grace_seconds)
{
    if (server == NULL) {
        return;
    }
    atomic_store(&server->stopping, true);
    int fd = MHD_quiesce_daemon(server->daemon);
    watch_drain(&server->watch, grace_seconds * 1000);
    workers_stop(server);
    if (server->app->manner != NULL) {
        watch_drain(&server->watch, DRAIN_LEAST_MS); // what the workers finished meanwhile
    }
    MHD_stop_daemon(server->daemon);
    watch_stop(&server->watch);
    if (fd >= 0) {
        close(fd);
    }
    server_free(server);
}
