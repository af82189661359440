// Any bytes from a client to a real server, over a socket pair: it lives on, each answer is whole,
// each of ours carries its headers, and no handler sees an address that breaks a promise.
//
// A last request behind the bytes asks for the connection to be closed, so that most inputs end
// without waiting; the rest are cut off.
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/handle.h"
#include "http/posted.h"

enum {
    SAID_MAX = 1 << 20,
    INPUT_MAX = 100 << 10,
    PATIENCE_US = 200000,
    MEMORY = 8 << 20,
    BODY_MAX = 4096
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

// /echo takes bodies, and answers them by a worker where the address asks for it.
static struct http_manner manner(void *context, const struct http_request *req)
{
    (void)context;
    require(req->body_length == 0 && req->body[0] == '\0' && req->id[16] == '\0');
    struct http_manner m = {.in_worker = http_query(req, "slow") != NULL};
    if (strcmp(req->path, "/echo") == 0) {
        m.body_max = BODY_MAX;
        m.allow = "GET, HEAD, POST, PUT, PATCH, DELETE";
    }
    return m;
}

static void check_body(const struct http_request *req)
{
    struct err e = {.arena = req->arena};
    struct http_posted posted = {0};
    require(req->body_length <= BODY_MAX && req->body[req->body_length] == '\0');
    require(req->body_length == 0 ||
            (!http_is_safe(req->method) && strcmp(req->path, "/echo") == 0));
    require(http_posted_read(req, &posted, &e) || e.kind == ERR_INPUT);
}

static bool answer(void *context, const struct http_request *req, struct http_response *res,
                   struct err *e)
{
    (void)context;
    require(req->path[0] == '/' && strstr(req->path, "//") == NULL);
    require(strstr(req->path, "/../") == NULL && strchr(req->path, '\\') == NULL);
    require(strpbrk(req->target, " \r\n") == NULL && req->host[0] != '\0');
    check_body(req);
    if (strcmp(req->path, "/absent") == 0) {
        return err_set(e, ERR_ABSENT, "There is no such page.");
    }
    if (strcmp(req->path, "/memory") == 0) {
        arena_alloc(req->arena, MEMORY);
    }
    const char *zipped = req->param_count > 0 ? "zipped" : NULL;
    *res = (struct http_response){.body = req->path,
                                  .length = strlen(req->path),
                                  .gzip = zipped,
                                  .gzip_length = zipped == NULL ? 0 : 6,
                                  .etag = "v1",
                                  .location = http_query(req, "to"),
                                  .file_name = http_query(req, "name")};
    res->status = res->location == NULL ? 0 : 303;
    return true;
}

static struct http_server *start(void)
{
    static const struct http_app app = {.answer = answer, .manner = manner};
    static const struct http_options options = {.threads = 1,
                                                .request_memory = MEMORY / 2,
                                                .workers = 2,
                                                .changes_per_second = 1000000,
                                                .changes_at_once = 1000000000};
    struct arena *a = arena_new(0);
    if (a == NULL || ARENA_TRAP(a)) {
        abort();
    }
    struct err e = {.arena = a};
    struct http_server *server = http_serve(&options, &app, &e);
    require(server != NULL);
    arena_free(a);
    return server;
}

// All that the server says until it closes, or has nothing more to say for a while.
static struct buf talk(struct arena *a, int fd, const uint8_t *bytes, size_t length)
{
    static const char last[] = "\r\n\r\nGET /last HTTP/1.1\r\nHost: localhost\r\n"
                               "Connection: close\r\n\r\n";
    struct buf said = buf_new(a, SAID_MAX);
    char piece[4096];
    const struct timeval patience = {.tv_usec = PATIENCE_US};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (send(fd, bytes, length, MSG_NOSIGNAL) == (ssize_t)length) {
        (void)!send(fd, last, sizeof last - 1, MSG_NOSIGNAL);
    }
    for (ssize_t n = 0; (n = recv(fd, piece, sizeof piece, 0)) > 0;) {
        buf_put(&said, piece, (size_t)n);
    }
    return said;
}

static const char *field(struct arena *a, const char *head, const char *name)
{
    const char *at = strstr(head, arena_printf(a, "\r\n%s: ", name));
    if (at == NULL) {
        return NULL;
    }
    at += strlen(name) + 4;
    return arena_textn(a, at, strcspn(at, "\r"));
}

// Reads the answers one after the other. The last may be cut short by our impatience.
static void check(struct arena *a, const char *at, const char *end)
{
    while (at < end) {
        const char *head_end = strstr(at, "\r\n\r\n");
        if (head_end == NULL) {
            return;
        }
        const char *head = arena_textn(a, at, (size_t)(head_end - at) + 2);
        require(strncmp(head, "HTTP/1.1 ", 9) == 0);
        long status = strtol(head + 9, NULL, 10);
        if (status == 100) {
            at = head_end + 4;
            continue;
        }
        require(status >= 200 && (status < 500 || status == 503 || status == 505 ||
                                  (status == 500 && field(a, head, "Location") == NULL)));
        if (field(a, head, "X-Content-Type-Options") == NULL) {
            require(status >= 400); // libmicrohttpd's own, and the last
            return;
        }
        require(field(a, head, "Content-Security-Policy") != NULL);
        require(field(a, head, "Referrer-Policy") != NULL && field(a, head, "Server") == NULL);
        require(field(a, head, "Set-Cookie") == NULL);
        const char *length = field(a, head, "Content-Length");
        require(length != NULL && field(a, head, "Transfer-Encoding") == NULL);
        at = head_end + 4;
        // A HEAD or a 304 promises bytes that do not come: the next answer, or the end, follows.
        if (strncmp(at, "HTTP/1.1 ", 9) != 0 && status != 304) {
            at += strtoul(length, NULL, 10);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct http_server *server = NULL;
    if (server == NULL) {
        server = start();
    }
    int ends[2] = {-1, -1};
    struct arena *a = arena_new(0);
    if (length > INPUT_MAX || a == NULL || ARENA_TRAP(a) ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        arena_free(a);
        return 0;
    }
    if (http_server_adopt(server, ends[1])) { // which owns its end from here on
        struct buf said = talk(a, ends[0], bytes, length);
        const char *text = buf_cstr(&said);
        require(memchr(text, '\0', said.length) == NULL);
        check(a, text, text + said.length);
    }
    close(ends[0]);
    arena_free(a);
    return 0;
}
