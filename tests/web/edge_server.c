// A server with nothing behind it, for http_edge.py: the adapter as it is, and one route for each
// way a handler can answer. Options are name=value arguments; the port is the first line printed.
// SIGTERM ends it: exit 0 when everything lent has been given back, 4 otherwise.
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/server.h"

enum { PAGE = 30720, REQUEST_MEMORY = 32 << 20 };

struct site {
    struct http_ready *page;
    atomic_uint lent;
    atomic_uint returned;
    atomic_uint done;
    atomic_bool page_released;
};

static void give_back(void *cls)
{
    struct site *site = cls;
    atomic_fetch_add(&site->returned, 1);
}

static void echo(const struct http_request *req, struct http_response *res)
{
    struct buf b = buf_new(req->arena, 1 << 20);
    buf_printf(&b, "path=%s\ntarget=%s\nhost=%s\nthread=%u\n", req->path, req->target, req->host,
               req->thread);
    for (size_t i = 0; i < req->param_count; i++) {
        buf_printf(&b, "%s=%s\n", req->params[i].name, req->params[i].value);
    }
    res->content_type = "text/plain; charset=utf-8";
    res->body = buf_cstr(&b);
    res->length = b.length;
}

static void big(const struct http_request *req, struct http_response *res)
{
    const char *kilobytes = http_query(req, "kb");
    size_t length = (kilobytes == NULL ? 1u : (size_t)strtoul(kilobytes, NULL, 10)) * 1024;
    char *bytes = arena_alloc(req->arena, length);
    memset(bytes, 'x', length);
    res->body = bytes;
    res->length = length;
    res->etag = "big-1";
    res->gzip = http_gzip(req->arena, bytes, length, 6, &res->gzip_length);
}

static bool fault(const struct http_request *req, struct err *e)
{
    const char *kind = http_query(req, "kind");
    if (kind != NULL && strcmp(kind, "absent") == 0) {
        return err_set(e, ERR_ABSENT, "There is no such page.");
    }
    if (kind != NULL && strcmp(kind, "input") == 0) {
        return err_set(e, ERR_INPUT, "That is not a period.");
    }
    if (kind != NULL && strcmp(kind, "memory") == 0) {
        for (;;) { // until the arena's limit is met, byte for byte
            arena_alloc(req->arena, 1);
        }
    }
    return err_set(e, ERR_SYSTEM, "The record could not be read.");
}

static bool answer(void *context, const struct http_request *req, struct http_response *res,
                   struct err *e)
{
    struct site *site = context;
    if (strcmp(req->path, "/ready") == 0) {
        res->ready = site->page;
    } else if (strcmp(req->path, "/big") == 0) {
        big(req, res);
    } else if (strcmp(req->path, "/lent") == 0) {
        atomic_fetch_add(&site->lent, 1);
        *res = (struct http_response){
            .body = "lent", .length = 4, .etag = "lent-1", .release = give_back, .held = site};
    } else if (strcmp(req->path, "/fault") == 0) {
        atomic_fetch_add(&site->lent, 1);
        *res =
            (struct http_response){.body = "lent", .length = 4, .release = give_back, .held = site};
        return fault(req, e);
    } else if (strcmp(req->path, "/redirect") == 0) {
        res->status = 303;
        res->location = http_query(req, "to");
    } else if (strcmp(req->path, "/file") == 0) {
        res->file_name = http_query(req, "name");
        res->content_type = "text/csv; charset=utf-8";
        res->body = "a,b\r\n";
        res->length = 5;
    } else if (strcmp(req->path, "/stop") == 0) {
        http_ready_free(site->page); // while others may still be sending it
        site->page = NULL;
    } else {
        echo(req, res);
    }
    return true;
}

static void failed(void *context, const struct http_request *req, int status, const char *message,
                   struct http_response *res)
{
    (void)context;
    if (http_query(req, "plain") != NULL) {
        return; // the adapter's own text
    }
    const char *page =
        arena_printf(req->arena, "<!doctype html><title>%d</title><p>%s</p>", status, message);
    res->body = page;
    res->length = strlen(page);
}

static void done(void *context, unsigned thread)
{
    (void)thread;
    struct site *site = context;
    atomic_fetch_add(&site->done, 1);
}

static void page_released(void *cls)
{
    struct site *site = cls;
    atomic_store(&site->page_released, true);
}

// A page that shrinks about as a real one does.
static bool make_page(struct site *site, struct arena *a)
{
    struct buf b = buf_new(a, PAGE);
    for (int i = 0; b.length + 64 < PAGE; i++) {
        buf_printf(&b, "<tr><td>NI %d</td><td>%d.%d%%</td></tr>\n", i, i * 7 % 100, i % 10);
    }
    while (b.length < PAGE) {
        buf_char(&b, '\n');
    }
    struct http_response page = {.body = b.text,
                                 .length = b.length,
                                 .etag = "v1",
                                 .cache_control = "no-cache",
                                 .release = page_released,
                                 .held = site};
    page.gzip = http_gzip(a, b.text, b.length, 6, &page.gzip_length);
    site->page = http_ready_new(&page, false);
    return site->page != NULL;
}

static unsigned number(int argc, char **argv, const char *name)
{
    size_t length = strlen(name);
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], name, length) == 0 && argv[i][length] == '=') {
            return (unsigned)strtoul(argv[i] + length + 1, NULL, 10);
        }
    }
    return 0;
}

static int serve(struct site *site, struct arena *a, int argc, char **argv)
{
    static const char *const hosts[] = {"performance.example.gov.uk"};
    struct http_options options = {
        .threads = number(argc, argv, "threads"),
        .connections = number(argc, argv, "connections"),
        .per_address = number(argc, argv, "per_address"),
        .head_seconds = number(argc, argv, "head_seconds"),
        .answer_seconds = number(argc, argv, "answer_seconds"),
        .port = (int)number(argc, argv, "port"),
        .request_memory = REQUEST_MEMORY,
        .hosts = hosts,
        .host_count = number(argc, argv, "hosts"),
        .tls_in_front = number(argc, argv, "tls") == 1,
        .access_log = number(argc, argv, "log") == 1,
    };
    struct http_app app = {.context = site, .answer = answer, .failed = failed, .done = done};
    struct err e = {.arena = a};
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    struct http_server *server = http_serve(&options, &app, &e);
    if (server == NULL) {
        fprintf(stderr, "%s\n", e.message);
        return err_exit_status(&e);
    }
    printf("%d\n", http_server_port(server));
    fflush(stdout);
    int caught = 0;
    sigwait(&ends, &caught);
    http_server_stop(server, 2);
    http_ready_free(site->page);
    printf("lent %u returned %u done %u page %s\n", site->lent, site->returned, site->done,
           site->page_released ? "released" : "kept");
    return site->lent == site->returned && site->page_released ? 0 : 4;
}

int main(int argc, char **argv)
{
    struct site site = {0};
    struct arena *a = arena_new(0);
    if (a == NULL || ARENA_TRAP(a) || !make_page(&site, a)) {
        return 3;
    }
    int status = serve(&site, a, argc, argv);
    arena_free(a);
    return status;
}
