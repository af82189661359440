#include "http/handle.h"

#include <stdlib.h>
#include <string.h>

static struct conn *conn_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

void http_on_connection(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode what)
{
    struct http_server *server = cls;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*context != NULL) {
            watch_remove(&server->watch, *context);
            *context = NULL;
        }
        return;
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *context = info == NULL ? NULL : watch_add(&server->watch, info->connect_fd);
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
    (void)cls;
    (void)connection;
    (void)why;
    struct conn *c = *request;
    if (c != NULL) {
        arena_free(c->req.arena);
        c->req = (struct http_request){0};
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

enum MHD_Result http_on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload,
                                size_t *upload_size, void **request)
{
    (void)upload;
    struct http_server *server = cls;
    struct conn *c = *request;
    if (c == NULL || c->target_lost || *upload_size != 0) {
        return MHD_NO; // memory was out; a body cannot come, as every one is refused beforehand
    }
    struct call call = {.server = server, .connection = connection, .req = &c->req};
    bool first = c->req.arena == NULL;
    if (first) {
        conn_enter(c, CONN_ANSWER);
        c->req = (struct http_request){.target = "", .path = "", .host = ""};
        c->req.tls_in_front = server->options.tls_in_front;
        c->req.thread = thread_index(server);
        c->req.arena = arena_new(server->options.request_memory);
        if (c->req.arena == NULL) {
            return MHD_NO;
        }
        struct http_line line = {method, url, version, c->target, strlen(c->target)};
        http_examine(&call, &line);
        if (call.status == 0) {
            // An answer given now would make libmicrohttpd close the connection; it asks again.
            return MHD_YES;
        }
    }
    return http_answer(&call);
}
