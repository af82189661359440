#include "http/handle.h"

#include <stdlib.h>
#include <string.h>

#include "base/metrics.h"

static struct conn *conn_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

// The ids of a connection's requests are steps from a start of its own: nothing is shared between
// threads to make one, and two are the same as rarely as two random numbers.
static uint64_t mix(uint64_t n)
{
    n = (n ^ n >> 30) * 0xBF58476D1CE4E5B9u;
    n = (n ^ n >> 27) * 0x94D049BB133111EBu;
    return n ^ n >> 31;
}

static void next_id(struct conn *c)
{
    static const char digits[] = "0123456789abcdef";
    c->next_id += 0x9E3779B97F4A7C15u;
    uint64_t id = mix(c->next_id);
    for (size_t i = 16; i-- > 0; id >>= 4) {
        c->id[i] = digits[id & 15];
    }
    c->id[16] = '\0';
}

static struct conn *connected(struct http_server *server, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct conn *c = info == NULL ? NULL : watch_add(&server->watch, info->connect_fd);
    if (c == NULL) {
        return NULL;
    }
    struct address peer;
    info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info != NULL && address_of(info->client_addr, &peer)) {
        address_write(&peer, c->peer);
    }
    c->next_id = mix(atomic_fetch_add(&server->next_seed, 1));
    return c;
}

void http_on_connection(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode what)
{
    struct http_server *server = cls;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*context != NULL) {
            watch_remove(&server->watch, *context);
            *context = NULL;
            metrics_level_add(server->options.metrics, METRIC_CONNECTIONS, -1);
        }
        return;
    }
    *context = connected(server, connection);
    metrics_level_add(server->options.metrics, METRIC_CONNECTIONS, *context == NULL ? 0 : 1);
}

// Called with the request line: the one place where the target can be had as it was sent, before
// libmicrohttpd cuts it up.
void *http_on_target(void *cls, const char *target, struct MHD_Connection *connection)
{
    (void)cls;
    struct conn *c = conn_of(connection);
    if (c == NULL) {
        return NULL;
    }
    size_t length = target == NULL ? 0 : strlen(target);
    c->target_lost = false;
    if (length >= c->target_room) {
        char *grown = realloc(c->target, length + 1);
        if (grown == NULL) {
            c->target_lost = true;
            return c;
        }
        c->target = grown;
        c->target_room = length + 1;
    }
    if (length > 0) {
        memcpy(c->target, target, length);
    }
    c->target[length] = '\0';
    return c;
}

size_t http_keep_escapes(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

void http_on_completed(void *cls, struct MHD_Connection *connection, void **request,
                       enum MHD_RequestTerminationCode why)
{
    struct http_server *server = cls;
    (void)connection;
    (void)why;
    struct conn *c = *request;
    if (c != NULL) {
        arena_free(c->req.arena);
        c->req = (struct http_request){0};
        http_body_free(server, c);
        http_made_drop(&c->made);
        c->stage = STAGE_NONE;
        conn_enter(c, CONN_HEAD);
    }
    *request = NULL;
}

// The pool's threads are libmicrohttpd's; each gets its index when it first works for us.
static unsigned thread_index(struct http_server *server)
{
    uintptr_t known = (uintptr_t)pthread_getspecific(server->thread_key);
    if (known == 0) {
        known = atomic_fetch_add(&server->next_thread, 1) + 1u;
        pthread_setspecific(server->thread_key, (void *)known);
    }
    return (unsigned)(known - 1);
}

// The head is there: lets the request in (MHD_YES), or refuses it.
static enum MHD_Result begin(struct call *call, struct conn *c, const struct http_line *line)
{
    struct http_server *server = call->server;
    next_id(c);
    conn_enter(c, CONN_ANSWER);
    c->req = (struct http_request){.target = "", .path = "", .host = "", .body = ""};
    c->req.tls_in_front = server->options.tls_in_front;
    c->req.thread = thread_index(server);
    c->req.address = c->peer;
    c->req.id = c->id;
    c->in_worker = false;
    c->req.arena = arena_new(server->options.request_memory);
    if (c->req.arena == NULL) {
        return MHD_NO;
    }
    http_examine(call, line, c);
    if (call->status != 0) {
        return http_answer(call);
    }
    c->stage = STAGE_BODY;
    if (c->body.expected > 0) {
        atomic_store_explicit(&c->got, 0, memory_order_relaxed);
        conn_enter(c, CONN_BODY);
    }
    // An answer given now would make libmicrohttpd close the connection; it asks again.
    return MHD_YES;
}

// All of the request is there: answers it here, or hands it to a worker.
static enum MHD_Result go(struct call *call, struct conn *c)
{
    if (c->body.expected > 0) {
        conn_enter(c, CONN_ANSWER);
    }
    if (c->body.dropped) {
        call->retry_after = 5;
        http_refuse(call, 503,
                    "The server is taking in as much as it can just now; please try "
                    "again in a moment.");
    } else if (c->body.length > 0) {
        c->req.body = c->body.bytes;
        c->req.body_length = c->body.length;
    }
    call->closing =
        call->closing || atomic_load_explicit(&call->server->stopping, memory_order_relaxed);
    if (!c->in_worker || call->status != 0) {
        return http_answer(call);
    }
    if (workers_submit(call->server, call->connection, c)) {
        return MHD_YES; // `c` is a worker's from here on
    }
    call->retry_after = 2;
    http_refuse(call, 503,
                "The server has as much to do as it can just now; please try again in "
                "a moment.");
    return http_answer(call);
}

enum MHD_Result http_on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload,
                                size_t *upload_size, void **request)
{
    struct http_server *server = cls;
    struct conn *c = *request;
    if (c == NULL || c->target_lost) {
        return MHD_NO; // memory was out
    }
    struct call call = {.server = server, .connection = connection, .req = &c->req};
    if (c->stage == STAGE_NONE) {
        struct http_line line = {method, url, version, c->target, strlen(c->target)};
        return begin(&call, c, &line);
    }
    if (c->stage == STAGE_BODY && *upload_size > 0) {
        http_body_take(server, c, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    if (c->stage == STAGE_BODY) {
        return go(&call, c);
    }
    if (c->stage == STAGE_MADE) {
        conn_enter(c, CONN_ANSWER);
        return http_answer_send(connection, &c->made);
    }
    return MHD_YES; // a worker has it
}
