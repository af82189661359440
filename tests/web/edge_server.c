// A server with nothing behind it, for http_edge.py: the adapter as it is, and edge_routes.c.
// Options are name=value arguments; the port is the first line printed. SIGTERM ends it: exit 0
// when everything lent has been given back, 4 otherwise.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "edge_routes.h"
#include "http/throttle.h"

enum { PAGE = 30720, REQUEST_MEMORY = 32 << 20 };

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
        .body_seconds = number(argc, argv, "body_seconds"),
        .body_memory = number(argc, argv, "body_memory"),
        .workers = number(argc, argv, "workers"),
        .queue = number(argc, argv, "queue"),
        .changes_per_second = number(argc, argv, "changes_per_second"),
        .changes_at_once = number(argc, argv, "changes_at_once"),
        .trusted_proxy = number(argc, argv, "proxy") == 1 ? "127.0.0.1, 10.0.0.0/8" : NULL,
        .request_memory = REQUEST_MEMORY,
        .hosts = hosts,
        .host_count = number(argc, argv, "hosts"),
        .tls_in_front = number(argc, argv, "tls") == 1,
        .access_log = number(argc, argv, "log") == 1,
    };
    struct http_app app = {.context = site,
                           .answer = edge_answer,
                           .failed = edge_failed,
                           .done = edge_done,
                           .manner = number(argc, argv, "reads") == 1 ? NULL : edge_manner};
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
    unsigned grace = number(argc, argv, "grace");
    http_server_stop(server, grace == 0 ? 2 : grace);
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
    site.sign_in = http_throttle_new(10, 10, 300);
    int status = site.sign_in == NULL ? 3 : serve(&site, a, argc, argv);
    http_throttle_free(site.sign_in);
    arena_free(a);
    return status;
}
