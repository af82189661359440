#include "web/health.h"

#include <pthread.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/version.h"
#include "domain/ready.h"

enum {
    TEXT_MAX = 4 << 20,
    KEPT_MILLISECONDS = 1000, // a look is not taken more often: it writes
    DISC_LEAST = 1,           // percent: below, a change could fail at any moment
    DISC_LOW = 5,
};

struct health {
    struct metrics *metrics;
    struct connections *connections;
    const char *url;
    pthread_mutex_t lock; // of what follows
    uint64_t looked;      // metrics_clock; 0: never
    struct ready last;    // texts below
    const char *status;   // "pass", "warn" or "fail"
    bool told;            // of the present failure
};

static void release(void *what)
{
    struct health *h = what;
    pthread_mutex_destroy(&h->lock);
}

struct health *health_new(struct arena *a, struct metrics *metrics, struct connections *connections,
                          const char *url)
{
    struct health *h = ARENA_NEW(a, struct health);
    h->metrics = metrics;
    h->connections = connections;
    h->url = url;
    pthread_mutex_init(&h->lock, NULL);
    arena_defer(a, release, h);
    return h;
}

// /livez must answer while the others wait for a database.
struct http_manner health_manner(void *context, const struct http_request *req)
{
    (void)context;
    return (struct http_manner){.in_worker = strcmp(req->path, "/livez") != 0};
}

static const char *status_of(bool good)
{
    return good ? "pass" : "fail";
}

static const char *disc_status(const struct ready *r)
{
    return r->disc_free < 0 || r->disc_free >= DISC_LOW ? "pass"
           : r->disc_free >= DISC_LEAST                 ? "warn"
                                                        : "fail";
}

static const char *overall(const struct ready *r)
{
    const char *disc = disc_status(r);
    bool good = r->reading == NULL && r->writing == NULL && r->schema == NULL;
    return good ? disc : "fail";
}

// Once per failure: a probe comes every few seconds.
static void tell(struct health *h, const struct ready *r, const char *status)
{
    bool fails = strcmp(status, "fail") == 0;
    if (fails && !h->told) {
        log_event(LOG_ERROR, "not_ready", "reading", r->reading, "writing", r->writing, "schema",
                  r->schema, "disc", disc_status(r), NULL);
    } else if (!fails && h->told) {
        log_event(LOG_INFO, "ready_again", NULL);
    }
    h->told = fails;
}

static void look(struct health *h, struct arena *a)
{
    uint64_t now = metrics_clock();
    if (h->looked != 0 && (now - h->looked) / 1000000 < KEPT_MILLISECONDS) {
        return;
    }
    ready_look(h->connections, a, h->url, &h->last);
    h->status = overall(&h->last);
    tell(h, &h->last, h->status);
    // Only whether there is one is looked at later: the sentences end with this request.
    h->looked = metrics_clock();
}

static void put_check(struct buf *b, const char *name, const char *status, bool last)
{
    buf_printf(b, "\"%s\":[{\"status\":\"%s\"}]%s", name, status, last ? "" : ",");
}

static void answer_ready(struct health *h, const struct http_request *req,
                         struct http_response *res)
{
    struct buf b = buf_new(req->arena, TEXT_MAX);
    struct arena *scratch = arena_new(0);
    pthread_mutex_lock(&h->lock);
    if (scratch == NULL || ARENA_TRAP(scratch)) {
        h->looked = 0;
        h->status = "fail";
    } else {
        look(h, scratch);
    }
    struct ready r = h->last;
    const char *status = h->status;
    pthread_mutex_unlock(&h->lock);
    arena_free(scratch);
    buf_printf(&b, "{\"status\":\"%s\",\"checks\":{", status);
    put_check(&b, "record:read", status_of(r.reading == NULL), false);
    put_check(&b, "record:write", status_of(r.writing == NULL), false);
    put_check(&b, "record:schema", status_of(r.schema == NULL), false);
    put_check(&b, "record:disc", disc_status(&r), true);
    buf_text(&b, "}}\n");
    res->status = strcmp(status, "fail") == 0 ? 503 : 200;
    res->content_type = "application/health+json";
    res->body = buf_cstr(&b);
    res->length = b.length;
}

static void put_figure(struct buf *b, struct arena *a, const char *name, const char *help,
                       int64_t value)
{
    metrics_write_one(b, name, "gauge", help, arena_printf(a, "%lld", (long long)value));
}

static bool answer_metrics(struct health *h, const struct http_request *req,
                           struct http_response *res)
{
    struct arena *a = req->arena;
    struct buf b = buf_new(a, TEXT_MAX);
    struct ready_figures figures = {0};
    struct err why = {.arena = a};
    bool known = ready_figures(h->connections, a, h->url, &figures, &why);
    if (known && figures.backup_at > metrics_level(h->metrics, METRIC_BACKUP_AT)) {
        metrics_level_set(h->metrics, METRIC_BACKUP_AT, figures.backup_at);
    }
    buf_text(&b, "# TYPE goldthread_build info\n# HELP goldthread_build The program.\n"
                 "goldthread_build_info{version=\"" GOLDTHREAD_VERSION "\"} 1\n");
    metrics_write(h->metrics, &b);
    put_figure(&b, a, "goldthread_record_up", "1 when the record could be read for this.", known);
    if (known) { // an unknown figure is left out: 0 would be another figure
        put_figure(&b, a, "goldthread_audit_head_seq", "Number of the last event of the trail.",
                   figures.audit_head);
    }
    if (figures.wal_bytes >= 0) {
        put_figure(&b, a, "goldthread_wal_bytes",
                   "Size of a write-ahead log, which this record should never have.",
                   figures.wal_bytes);
    }
    metrics_write_process(&b);
    buf_text(&b, "# EOF\n");
    res->content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    res->body = buf_cstr(&b);
    res->length = b.length;
    return true;
}

bool health_answer(void *context, const struct http_request *req, struct http_response *res,
                   struct err *e)
{
    struct health *h = context;
    if (strcmp(req->path, "/livez") == 0) {
        static const char alive[] = "{\"status\":\"pass\"}\n";
        res->content_type = "application/health+json";
        res->body = alive;
        res->length = sizeof alive - 1;
        res->route = "/livez";
        return true;
    }
    if (strcmp(req->path, "/readyz") == 0) {
        res->route = "/readyz";
        answer_ready(h, req, res);
        return true;
    }
    if (strcmp(req->path, "/metrics") == 0) {
        res->route = "/metrics";
        return answer_metrics(h, req, res);
    }
    return err_set(e, ERR_ABSENT, "Here are /livez, /readyz and /metrics.");
}
