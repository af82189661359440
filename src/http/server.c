#include "http/server.h"

#include <netinet/in.h>
#include <signal.h>
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
    REQUEST_MEMORY = 64 << 20,
    // What libmicrohttpd keeps in a connection's memory beside the request head: its own list of
    // the fields, and the head of the answer.
    BESIDE_HEAD = 8 << 10,
};

static unsigned cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

static bool fill_options(struct http_options *o, const struct http_options *given, struct err *e)
{
    *o = *given;
    o->address = o->address == NULL ? "127.0.0.1" : o->address;
    o->threads = o->threads == 0 ? cores() : o->threads;
    o->connections = o->connections == 0 ? CONNECTIONS : o->connections;
    o->head_seconds = o->head_seconds == 0 ? HEAD_SECONDS : o->head_seconds;
    o->answer_seconds = o->answer_seconds == 0 ? ANSWER_SECONDS : o->answer_seconds;
    o->head_max = o->head_max == 0 ? HEAD_MAX : o->head_max;
    o->request_memory = o->request_memory == 0 ? REQUEST_MEMORY : o->request_memory;
    if (o->threads > THREADS_MAX) {
        return err_set(e, ERR_USAGE, "%u threads are more than the server takes: give 1 to %d.",
                       o->threads, THREADS_MAX);
    }
    if (o->connections < CONNECTIONS_LEAST || o->connections > 1000000) {
        return err_set(e, ERR_USAGE,
                       "%u is not a number of connections the server can keep: give %d to 1000000.",
                       o->connections, CONNECTIONS_LEAST);
    }
    if (o->head_max > HEAD_MOST || o->head_seconds > 3600 || o->answer_seconds > 86400) {
        return err_set(e, ERR_USAGE,
                       "A request head may have up to %d bytes and 3600 seconds, an "
                       "answer up to 86400 seconds; a limit given is higher.",
                       HEAD_MOST);
    }
    o->connections = http_files_for(o->connections);
    o->per_address = o->per_address == 0 ? o->connections / 2 : o->per_address;
    o->threads = o->threads > o->connections ? o->connections : o->threads;
    return true;
}

static struct MHD_Daemon *start_daemon(struct http_server *s)
{
    const struct http_options *o = &s->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC;
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
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_BLOCK, &all, &before) != 0) {
        return false;
    }
    bool watching =
        watch_start(&s->watch, s->options.head_seconds * 1000, s->options.answer_seconds * 1000);
    s->daemon = watching ? start_daemon(s) : NULL;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (watching && s->daemon == NULL) {
        watch_stop(&s->watch);
    }
    return s->daemon != NULL;
}

struct http_server *http_serve(const struct http_options *options, const struct http_app *app,
                               struct err *e)
{
    struct http_options filled = {0};
    struct listener listener = {.fd = -1};
    if (!fill_options(&filled, options, e) ||
        !http_listen(filled.address, filled.port, &listener, e)) {
        return NULL;
    }
    struct http_server *s = calloc(1, sizeof *s);
    bool keyed = s != NULL && pthread_key_create(&s->thread_key, NULL) == 0;
    if (keyed) {
        s->options = filled;
        s->app = app;
        s->listener = listener;
        atomic_init(&s->next_thread, 0);
        if (start_threads(s)) {
            return s;
        }
        pthread_key_delete(s->thread_key);
    }
    free(s);
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
    int fd = MHD_quiesce_daemon(server->daemon);
    watch_drain(&server->watch, grace_seconds * 1000);
    MHD_stop_daemon(server->daemon);
    watch_stop(&server->watch);
    if (fd >= 0) {
        close(fd);
    }
    pthread_key_delete(server->thread_key);
    free(server);
}
