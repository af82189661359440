// Starting and stopping the listener, where to listen, finished pages and gzip. What goes over the
// wire is tested by tests/web/http_edge.py.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "http/server.h"

static int set_up(void **state)
{
    *state = arena_new(64 << 20);
    return *state == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void test_listen_parse(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *text, *address; // NULL: the default
        int port;                   // -1: refused
    } cases[] = {
        {"127.0.0.1:8080", "127.0.0.1", 8080},
        {"0.0.0.0:80", "0.0.0.0", 80},
        {"[::1]:8080", "::1", 8080},
        {"[::]:0", "::", 0},
        {"localhost:8080", "localhost", 8080},
        {":8080", NULL, 8080},
        {"8080", NULL, 8080},
        {"65535", NULL, 65535},
        {"65536", NULL, -1},
        {"123456", NULL, -1},
        {"", NULL, -1},
        {":", NULL, -1},
        {"127.0.0.1", NULL, -1},
        {"127.0.0.1:", NULL, -1},
        {"127.0.0.1:80x", NULL, -1},
        {"127.0.0.1:-1", NULL, -1},
        {"::1:8080", NULL, -1},
        {"[::1:8080", NULL, -1},
        {"[]:8080", NULL, -1},
        {"http://localhost:8080", NULL, -1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *address = NULL;
        int port = -1;
        struct err e = {.arena = a};
        bool fine = http_listen_parse(a, cases[i].text, &address, &port, &e);
        if (port != cases[i].port || fine != (cases[i].port >= 0)) {
            fail_msg("\"%s\" gave port %d", cases[i].text, port);
        }
        if (!fine) {
            assert_int_equal(e.kind, ERR_USAGE);
        } else if (cases[i].address == NULL) {
            assert_null(address);
        } else {
            assert_string_equal(address, cases[i].address);
        }
    }
}

static bool answer_nothing(void *context, const struct http_request *req, struct http_response *res,
                           struct err *e)
{
    (void)context;
    (void)req;
    (void)res;
    (void)e;
    return true;
}

static const struct http_app nothing = {.answer = answer_nothing};

static void test_start_and_stop(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    struct http_options any_port = {.threads = 2};
    struct http_server *first = http_serve(&any_port, &nothing, &e);
    assert_non_null(first);
    int port = http_server_port(first);
    assert_in_range(port, 1024, 65535);
    assert_int_equal(http_server_threads(first), 2);
    assert_string_equal(http_server_address(first), arena_printf(a, "http://127.0.0.1:%d/", port));

    struct http_options same_port = {.threads = 1, .port = port};
    assert_null(http_serve(&same_port, &nothing, &e));
    assert_int_equal(e.kind, ERR_SYSTEM);
    assert_string_equal(e.message,
                        arena_printf(a,
                                     "Port %d on 127.0.0.1 is in use by another program: stop "
                                     "that one, or choose another port.",
                                     port));
    http_server_stop(first, 1);

    struct err later = {.arena = a};
    struct http_server *again = http_serve(&same_port, &nothing, &later);
    assert_non_null(again);
    http_server_stop(again, 0);
    http_server_stop(NULL, 0);
}

static void test_start_refused(void **state)
{
    struct arena *a = *state;
    static const struct {
        struct http_options options;
        enum err_kind kind;
        const char *says;
    } cases[] = {
        {{.address = "example"}, ERR_USAGE, "\"example\" is not an address to listen on"},
        {{.address = ""}, ERR_USAGE, "\"\" is not an address to listen on"},
        {{.address = "192.0.2.1"}, ERR_SYSTEM, "192.0.2.1 is not an address of this machine"},
        {{.port = 65536}, ERR_USAGE, "65536 is not a port"},
        {{.port = -1}, ERR_USAGE, "-1 is not a port"},
        {{.threads = 1000}, ERR_USAGE, "1000 threads are more"},
        {{.connections = 1}, ERR_USAGE, "1 is not a number of connections"},
        {{.head_max = 1 << 30}, ERR_USAGE, "a limit given is higher"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct err e = {.arena = a};
        assert_null(http_serve(&cases[i].options, &nothing, &e));
        assert_int_equal(e.kind, cases[i].kind);
        if (strstr(e.message, cases[i].says) == NULL) {
            fail_msg("\"%s\" does not say \"%s\"", e.message, cases[i].says);
        }
    }
}

static void count(void *held)
{
    ++*(int *)held;
}

static void test_ready_gives_back_once(void **state)
{
    (void)state;
    int released = 0;
    struct http_response page = {.body = "page",
                                 .length = 4,
                                 .gzip = "zip",
                                 .gzip_length = 3,
                                 .etag = "v1",
                                 .release = count,
                                 .held = &released};
    struct http_ready *ready = http_ready_new(&page, true);
    assert_non_null(ready);
    assert_int_equal(released, 0);
    http_ready_free(ready);
    assert_int_equal(released, 1);
    http_ready_free(NULL);
}

static void test_ready_refuses(void **state)
{
    (void)state;
    int released = 0;
    const struct http_response cases[] = {
        {.status = 99},
        {.status = 600},
        {.status = 302},
        {.location = "/a"},
        {.status = 302, .location = "//evil.example"},
        {.status = 302, .location = "https://evil.example"},
        {.etag = "a\"b"},
        {.etag = ""},
        {.length = 4},
        {.gzip_length = 4},
        {.content_type = "text/html\r\nSet-Cookie: x"},
        {.cache_control = "a\nb"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct http_response r = cases[i];
        r.release = count;
        r.held = &released;
        if (http_ready_new(&r, false) != NULL) {
            fail_msg("case %zu was taken", i);
        }
    }
    assert_int_equal(released, 0); // they stay the caller's
}

static void test_gzip_reads_back(void **state)
{
    struct arena *a = *state;
    size_t length = 200000;
    char *bytes = arena_alloc(a, length);
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (char)('a' + i % 17);
    }
    size_t shorter = 0;
    const char *zipped = http_gzip(a, bytes, length, 6, &shorter);
    assert_non_null(zipped);
    assert_true(shorter < length / 10);
    Bytef *back = arena_alloc(a, length + 1);
    z_stream z = {.next_in = (Bytef *)(uintptr_t)zipped,
                  .avail_in = (uInt)shorter,
                  .next_out = back,
                  .avail_out = (uInt)length + 1};
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, length);
    inflateEnd(&z);
    assert_memory_equal(back, bytes, length);
}

static void test_gzip_declines(void **state)
{
    struct arena *a = *state;
    size_t length = 0;
    assert_null(http_gzip(a, "", 0, 6, &length));
    assert_null(http_gzip(a, "aaaaaaaaaa", 10, 6, &length));
    // Bytes without a pattern do not shrink.
    unsigned char *noise = arena_alloc(a, 5000);
    uint32_t state32 = 1;
    for (size_t i = 0; i < 5000; i++) {
        state32 = state32 * 1664525u + 1013904223u;
        noise[i] = (unsigned char)(state32 >> 24);
    }
    assert_null(http_gzip(a, (const char *)noise, 5000, 6, &length));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_listen_parse),  cmocka_unit_test(test_start_and_stop),
        cmocka_unit_test(test_start_refused), cmocka_unit_test(test_ready_gives_back_once),
        cmocka_unit_test(test_ready_refuses), cmocka_unit_test(test_gzip_reads_back),
        cmocka_unit_test(test_gzip_declines),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
