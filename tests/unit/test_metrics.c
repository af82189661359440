// What a server counts: nothing is lost between threads, series are bounded, the text agrees with
// itself.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/metrics.h"

static const char *text_of(struct arena *a, const struct metrics *m)
{
    struct buf b = buf_new(a, 4 << 20);
    metrics_write(m, &b);
    return buf_cstr(&b);
}

static void expect(const char *text, const char *line)
{
    if (strstr(text, line) == NULL) {
        fail_msg("no line \"%s\" in:\n%s", line, text);
    }
}

enum { THREADS = 8, ROUNDS = 20000 };

static void *count_on(void *what)
{
    static const char *const routes[] = {"/", "/{org}", "/{org}/measures"};
    struct metrics *m = what;
    for (int i = 0; i < ROUNDS; i++) {
        metrics_request(m, routes[i % 3], i % 2 == 0 ? "GET" : "POST", 200);
        metrics_took(m, METRIC_REQUEST, 1000000);
        metrics_level_add(m, METRIC_IN_FLIGHT, i % 2 == 0 ? 1 : -1);
        metrics_add(m, METRIC_SIGN_IN_FAILED, 2);
    }
    return NULL;
}

static void nothing_is_lost_between_threads(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct metrics *m = metrics_new();
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, count_on, m), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    const char *text = text_of(a, m);
    // 20000 rounds: 6667, 6667 and 6666 of the routes, half of each by either method; 8 threads.
    expect(text, "\ngoldthread_requests_total{route=\"/\",method=\"GET\",code=\"200\"} 26672\n");
    expect(text,
           "\ngoldthread_requests_total{route=\"/{org}\",method=\"POST\",code=\"200\"} 26672\n");
    expect(text, "\ngoldthread_request_duration_seconds_bucket{le=\"0.0005\"} 0\n");
    expect(text, "\ngoldthread_request_duration_seconds_bucket{le=\"0.001\"} 160000\n");
    expect(text, "\ngoldthread_request_duration_seconds_bucket{le=\"+Inf\"} 160000\n");
    expect(text, "\ngoldthread_request_duration_seconds_count 160000\n");
    expect(text, "\ngoldthread_request_duration_seconds_sum 160.000000000\n");
    expect(text, "\ngoldthread_in_flight 0\n");
    expect(text, "\ngoldthread_login_failures_total 320000\n");
    metrics_free(m);
    arena_free(a);
}

static void series_are_bounded(void **state)
{
    (void)state;
    enum { ROUTES = 5000 };
    static char routes[ROUTES][16];
    struct arena *a = arena_new(0);
    struct metrics *m = metrics_new();
    for (int i = 0; i < ROUTES; i++) {
        snprintf(routes[i], sizeof routes[i], "/%d", i);
        metrics_request(m, routes[i], "GET", 200);
    }
    unsigned long long sum = 0;
    const char *text = text_of(a, m);
    int lines = 0;
    for (const char *at = text; (at = strstr(at, "goldthread_requests_total{")) != NULL; lines++) {
        unsigned long long n = 0;
        at = strstr(at, "} ");
        assert_int_equal(sscanf(at, "} %llu", &n), 1);
        sum += n;
    }
    assert_int_equal(sum, ROUTES); // what found no place of its own is counted all the same
    assert_true(lines <= 2049);
    expect(text, "route=\"other\"");
    metrics_free(m);
    arena_free(a);
}

static void nothing_is_counted_without_metrics(void **state)
{
    (void)state;
    metrics_add(NULL, METRIC_CHANGES, 1);
    metrics_level_add(NULL, METRIC_QUEUE, 1);
    metrics_level_set(NULL, METRIC_QUEUE, 1);
    metrics_took(NULL, METRIC_COMMIT, 1);
    metrics_request(NULL, "/", "GET", 200);
    assert_int_equal(metrics_count(NULL, METRIC_CHANGES), 0);
    assert_int_equal(metrics_level(NULL, METRIC_QUEUE), 0);
    metrics_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost_between_threads),
        cmocka_unit_test(series_are_bounded),
        cmocka_unit_test(nothing_is_counted_without_metrics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
