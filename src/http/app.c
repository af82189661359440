// From a request that was let in, or refused, to the answer on the connection.
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/metrics.h"
#include "http/answer.h"
#include "http/handle.h"

static const char text_type[] = "text/plain; charset=utf-8";

static void fail(struct call *call, int status, const char *message)
{
    call->status = status;
    call->message = message;
}

static void fail_as_said(struct call *call)
{
    const char *said =
        call->err.message == NULL ? "The answer could not be made." : call->err.message;
    switch (call->err.kind) {
    case ERR_ABSENT: fail(call, 404, said); break;
    case ERR_CONFLICT: fail(call, 412, said); break;
    case ERR_DENIED: fail(call, 403, said); break;
    case ERR_INPUT:
    case ERR_USAGE: fail(call, 400, said); break;
    case ERR_AWAY:
        call->retry_after = 5;
        fail(call, 503, said);
        break;
    case ERR_NONE:
    case ERR_SYSTEM: fail(call, 500, said); break;
    }
}

static void log_failure(const struct call *call)
{
    char status[16];
    if (call->status >= 500 && !call->closing) { // refusals are the client's doing
        snprintf(status, sizeof status, "%d", call->status);
        log_event(LOG_ERROR, "request_failed", "route", call->route, "status", status, "message",
                  call->message, "cause", call->err.cause, "request", call->req->id, (char *)NULL);
    }
}

// Gives back what the application lent with an answer that will not be sent.
static void drop_response(struct call *call)
{
    if (call->res.release != NULL) {
        call->res.release(call->res.held);
    }
    call->res = (struct http_response){0};
}

// The application's own code runs under the trap of the request's arena: whatever it was doing
// when memory ran out, control comes back here.
static void ask(struct call *call)
{
    const struct http_app *app = call->server->app;
    call->err = (struct err){.arena = call->req->arena};
    if (ARENA_TRAP(call->req->arena)) {
        call->retry_after = 5;
        fail(call, 503, "This page needs more memory than one page may take.");
        return;
    }
    if (!app->answer(app->context, call->req, &call->res, &call->err)) {
        fail_as_said(call);
    } else if (call->res.ready == NULL && !http_response_sound(&call->res)) {
        err_cause(&call->err, "the handler's answer breaks a rule of response.h");
        fail(call, 500, "The answer could not be made.");
    } else if (call->res.ready == NULL && call->res.failure_page) {
        fail(call, call->res.status,
             arena_textn(call->req->arena, call->res.body == NULL ? "" : call->res.body,
                         call->res.length));
    }
}

static void free_arena(void *arena)
{
    arena_free(arena);
}

// Lets the application render the page for a refusal or failure, in an arena of its own: the
// request's may be full. The page takes that arena with it.
static void ask_for_failure(struct call *call, struct http_response *res)
{
    const struct http_app *app = call->server->app;
    struct http_request req = *call->req;
    req.arena = app->failed == NULL ? NULL : arena_new(call->server->options.request_memory);
    if (req.arena == NULL) {
        return;
    }
    if (ARENA_TRAP(req.arena)) {
        *res = (struct http_response){0};
        arena_free(req.arena);
        return;
    }
    struct http_response page = {0};
    app->failed(app->context, &req, call->status, call->message, &page);
    page.status = call->status;
    if (page.ready != NULL || page.location != NULL || page.release != NULL || page.body == NULL ||
        !http_response_sound(&page)) {
        if (page.release != NULL) {
            page.release(page.held);
        }
        arena_free(req.arena);
        return;
    }
    res->content_type = page.content_type;
    res->body = page.body;
    res->length = page.length;
    res->gzip = page.gzip;
    res->gzip_length = page.gzip_length;
    res->release = free_arena;
    res->held = req.arena;
}

// The page for a refusal or failure: the application's, else the sentence as plain text. What an
// answer with `failure_page` says beside its body goes with it.
static void make_failure(struct call *call)
{
    struct http_response said = call->res;
    bool keep = said.failure_page && said.status == call->status;
    struct http_response page = {0};
    if (keep) {
        page = (struct http_response){.cookies = said.cookies,
                                      .clear_site_data = said.clear_site_data,
                                      .retry_after = said.retry_after,
                                      .allow = said.allow,
                                      .www_authenticate = said.www_authenticate,
                                      .link = said.link};
    } else {
        drop_response(call);
        page.allow = call->allow;
        page.retry_after = call->retry_after;
    }
    log_failure(call);
    ask_for_failure(call, &page);
    page.status = call->status;
    if (page.body == NULL) {
        page.content_type = text_type;
        page.body = call->message;
        page.length = strlen(call->message);
    }
    call->res = page;
}

// The answer as libmicrohttpd's object, with one reference that is ours; NULL when memory is out.
// Lent bytes are passed on, those of the request's arena copied: so the arena, with all that the
// page took to make and what was deferred on it, is not kept by a slow reader.
static struct MHD_Response *make(struct call *call, unsigned *ret_status)
{
    struct http_response *res = &call->res;
    struct arena *a = call->req->arena;
    if (ARENA_TRAP(a)) {
        drop_response(call);
        return NULL;
    }
    struct http_form form = http_form_for(res, call->req);
    form.closing = call->closing;
    form.copy = res->release == NULL;
    *ret_status = http_form_status(res, form);
    struct texts texts = http_texts_make(a, res, form);
    void (*release)(void *) = res->release;
    res->release = NULL; // from here on others see to it that it is called
    return http_response_make(res, form, texts, release, res->held);
}

// What is told and counted of every answer: no address, no person.
static void record(const struct call *call, unsigned status, uint64_t started)
{
    const struct http_options *o = &call->server->options;
    const char *method = call->allow != NULL ? "other" : http_method_name(call->req->method);
    uint64_t took = metrics_clock() - started;
    metrics_request(o->metrics, call->route, method, (int)status);
    metrics_took(o->metrics, METRIC_REQUEST, took);
    if (o->access_log) {
        char code[16], ms[24];
        snprintf(code, sizeof code, "%u", status);
        snprintf(ms, sizeof ms, "%llu", (unsigned long long)(took / 1000000));
        log_event(LOG_INFO, "request", "method", method, "route", call->route, "status", code, "ms",
                  ms, "request", call->req->id, (char *)NULL);
    }
}

static bool recorded(const struct http_server *server)
{
    return server->options.access_log || server->options.metrics != NULL;
}

// As make; where memory is out, a few fixed words.
static struct MHD_Response *make_or_excuse(struct call *call, unsigned *ret_status)
{
    static const char sorry[] = "This server is short of memory just now; please try again.";
    struct MHD_Response *out = make(call, ret_status);
    if (out == NULL) {
        struct http_response plain = {.content_type = text_type,
                                      .body = sorry,
                                      .length = sizeof sorry - 1,
                                      .status = 503,
                                      .retry_after = 5};
        struct http_form form = {.closing = true, .tls_in_front = call->req->tls_in_front};
        *ret_status = 503;
        out = http_response_make(&plain, form, (struct texts){NULL, NULL}, NULL, NULL);
    }
    return out;
}

static void decide(struct call *call)
{
    metrics_level_add(call->server->options.metrics, METRIC_IN_FLIGHT, 1);
    if (call->status == 0) {
        ask(call);
        call->route = call->res.route;
    }
    if (call->status != 0) {
        make_failure(call);
    }
}

// Nothing of the request is needed any more.
static void let_go(struct call *call, unsigned status, uint64_t started)
{
    struct http_server *server = call->server;
    metrics_level_add(server->options.metrics, METRIC_IN_FLIGHT, -1);
    if (status != 0 && recorded(server)) {
        record(call, status, started);
    }
    arena_free(call->req->arena);
    call->req->arena = NULL;
    if (server->app->done != NULL) {
        server->app->done(server->app->context, call->req->thread);
    }
}

enum MHD_Result http_answer(struct call *call)
{
    uint64_t started = recorded(call->server) ? metrics_clock() : 0;
    struct made made = {0};
    decide(call);
    const struct http_ready *ready = call->res.ready;
    if (ready != NULL) {
        made.response = http_ready_pick(ready, call->req, &made.status);
    } else {
        made.response = make_or_excuse(call, &made.status);
    }
    enum MHD_Result queued = MHD_NO;
    if (made.response != NULL) {
        queued = MHD_queue_response(call->connection, made.status, made.response);
    }
    unsigned status = queued == MHD_YES ? made.status : 0;
    if (ready == NULL) {
        http_made_drop(&made);
    }
    let_go(call, status, started);
    return queued;
}

void http_answer_make(struct call *call, struct made *out)
{
    uint64_t started = recorded(call->server) ? metrics_clock() : 0;
    struct made made = {0};
    decide(call);
    if (call->res.ready != NULL) {
        made.ready = (struct http_ready *)(uintptr_t)call->res.ready; // to count its holders
        http_ready_hold(made.ready);
        made.response = http_ready_pick(made.ready, call->req, &made.status);
    } else {
        made.response = make_or_excuse(call, &made.status);
    }
    let_go(call, made.status, started);
    *out = made;
}

enum MHD_Result http_answer_send(struct MHD_Connection *connection, struct made *made)
{
    enum MHD_Result queued = MHD_NO;
    if (made->response != NULL) {
        queued = MHD_queue_response(connection, made->status, made->response);
    }
    http_made_drop(made);
    return queued;
}

void http_made_drop(struct made *made)
{
    if (made->ready != NULL) {
        http_ready_free(made->ready);
    } else if (made->response != NULL) {
        MHD_destroy_response(made->response);
    }
    *made = (struct made){0};
}
