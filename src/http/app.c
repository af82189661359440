// From a request that was let in, or refused, to the answer on the connection.
#include <string.h>

#include "base/log.h"
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
    case ERR_AWAY: fail(call, 503, said); break;
    case ERR_NONE:
    case ERR_SYSTEM: fail(call, 500, said); break;
    }
}

static void log_failure(const struct call *call)
{
    if (call->status >= 500 && !call->closing) { // refusals are the client's doing
        log_line(LOG_ERROR, "%s answered %d: %s%s%s", call->req->path, call->status, call->message,
                 call->err.cause == NULL ? "" : " Cause: ",
                 call->err.cause == NULL ? "" : call->err.cause);
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
        fail(call, 503, "This page needs more memory than one page may take.");
        return;
    }
    if (!app->answer(app->context, call->req, &call->res, &call->err)) {
        fail_as_said(call);
    } else if (call->res.ready == NULL && !http_response_sound(&call->res)) {
        err_cause(&call->err, "the handler's answer breaks a rule of response.h");
        fail(call, 500, "The answer could not be made.");
    }
}

static void free_arena(void *arena)
{
    arena_free(arena);
}

// Lets the application render the page for a refusal or failure, in an arena of its own: the
// request's may be full. The page takes that arena with it.
static void ask_for_failure(struct call *call)
{
    const struct http_app *app = call->server->app;
    struct http_request req = *call->req;
    struct http_response *res = &call->res;
    req.arena = app->failed == NULL ? NULL : arena_new(call->server->options.request_memory);
    if (req.arena == NULL) {
        return;
    }
    if (ARENA_TRAP(req.arena)) {
        drop_response(call);
        arena_free(req.arena);
        return;
    }
    app->failed(app->context, &req, call->status, call->message, res);
    res->status = call->status;
    res->ready = NULL;
    res->location = NULL;
    res->etag = NULL;
    if (res->release != NULL || res->body == NULL || !http_response_sound(res)) {
        drop_response(call);
        arena_free(req.arena);
        return;
    }
    res->release = free_arena;
    res->held = req.arena;
}

// The page for a refusal or failure: the application's, else the sentence as plain text.
static void make_failure(struct call *call)
{
    drop_response(call);
    log_failure(call);
    ask_for_failure(call);
    if (call->res.body == NULL) {
        call->res.content_type = text_type;
        call->res.body = call->message;
        call->res.length = strlen(call->message);
        call->res.status = call->status;
    }
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
    form.allow = call->allow;
    form.copy = res->release == NULL;
    *ret_status = http_form_status(res, form);
    struct texts texts = http_texts_make(a, res, form);
    void (*release)(void *) = res->release;
    res->release = NULL; // from here on others see to it that it is called
    return http_response_make(res, form, texts, release, res->held);
}

static void log_access(const struct call *call, unsigned status, uint64_t started)
{
    const char *method = call->allow != NULL              ? "other" // refused unread
                         : call->req->method == HTTP_HEAD ? "HEAD"
                                                          : "GET";
    log_line(LOG_INFO, "%s %s %u in %u ms", method, call->req->path, status,
             (unsigned)(watch_now() - started));
}

static enum MHD_Result send_ready(struct call *call, unsigned *ret_status)
{
    struct MHD_Response *form = http_ready_pick(call->res.ready, call->req, ret_status);
    return MHD_queue_response(call->connection, *ret_status, form);
}

static enum MHD_Result send_made(struct call *call, unsigned *ret_status)
{
    static const char sorry[] = "This server is short of memory just now; please try again.";
    struct MHD_Response *out = make(call, ret_status);
    if (out == NULL) {
        struct http_response plain = {
            .content_type = text_type, .body = sorry, .length = sizeof sorry - 1, .status = 503};
        struct http_form form = {.closing = true, .tls_in_front = call->req->tls_in_front};
        *ret_status = 503;
        out = http_response_make(&plain, form, (struct texts){NULL, NULL}, NULL, NULL);
    }
    if (out == NULL) {
        return MHD_NO;
    }
    enum MHD_Result queued = MHD_queue_response(call->connection, *ret_status, out);
    MHD_destroy_response(out);
    return queued;
}

enum MHD_Result http_answer(struct call *call)
{
    struct http_server *server = call->server;
    bool logged = server->options.access_log;
    uint64_t started = logged ? watch_now() : 0;
    unsigned status = 0;
    if (call->status == 0) {
        ask(call);
    }
    if (call->status != 0) {
        make_failure(call);
    }
    enum MHD_Result queued =
        call->res.ready != NULL ? send_ready(call, &status) : send_made(call, &status);
    if (logged && queued == MHD_YES) {
        log_access(call, status, started);
    }
    arena_free(call->req->arena);
    call->req->arena = NULL;
    if (server->app->done != NULL) {
        server->app->done(server->app->context, call->req->thread);
    }
    return queued;
}
