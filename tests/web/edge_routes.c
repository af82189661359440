// Paths beginning with "/slow" are the same routes answered by a worker.
#include "edge_routes.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "http/posted.h"
#include "http/throttle.h"

enum { FORM_MAX = 64 << 10, UPLOAD_MAX = 8 << 20, ECHO_MAX = 4096 };

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

static void say(struct http_response *res, struct buf *b)
{
    res->content_type = "text/plain; charset=utf-8";
    res->body = buf_cstr(b);
    res->length = b->length;
}

// All that is known of a request beside its address.
static void echo_all(const struct http_request *req, struct http_response *res)
{
    const struct {
        const char *name, *value;
    } said[] = {
        {"method", http_method_name(req->method)},
        {"type", req->content_type},
        {"authorization", req->authorization},
        {"origin", req->origin},
        {"site", req->sec_fetch_site},
        {"key", req->idempotency_key},
        {"if-match", req->if_match},
        {"accept", req->accept},
        {"agent", req->user_agent},
        {"session", http_cookie(req, "session")},
        {"address", req->address},
        {"id", req->id},
    };
    struct buf b = buf_new(req->arena, 1 << 20);
    for (size_t i = 0; i < COUNT_OF(said); i++) {
        buf_printf(&b, "%s=%s\n", said[i].name, said[i].value == NULL ? "-" : said[i].value);
    }
    buf_printf(&b, "thread=%u\nbody=%zu:", req->thread, req->body_length);
    buf_put(&b, req->body, req->body_length);
    say(res, &b);
}

// The sum of the bytes, so that a large body need not come back.
static unsigned long sum_of(const char *bytes, size_t length)
{
    unsigned long sum = 0;
    for (size_t i = 0; i < length; i++) {
        sum = sum * 31 + (unsigned char)bytes[i];
    }
    return sum & 0xffffffffUL;
}

static bool form(const struct http_request *req, struct http_response *res, struct err *e)
{
    struct http_posted posted;
    struct buf b = buf_new(req->arena, 1 << 20);
    if (!http_posted_read(req, &posted, e)) {
        return false;
    }
    for (size_t i = 0; i < posted.count; i++) {
        const struct http_field *f = &posted.fields[i];
        if (f->file_name == NULL) {
            buf_printf(&b, "%s=%s\n", f->name, f->value);
        } else {
            buf_printf(&b, "%s is the file \"%s\" of %s: %zu bytes, %lu\n", f->name, f->file_name,
                       f->content_type == NULL ? "-" : f->content_type, f->length,
                       sum_of(f->value, f->length));
        }
    }
    say(res, &b);
    return true;
}

static int number(const struct http_request *req, const char *name)
{
    const char *text = http_query(req, name);
    return text == NULL ? 0 : (int)strtol(text, NULL, 10);
}

// Every field an answer can have beside its body, in the status asked for.
static void status(const struct http_request *req, struct http_response *res)
{
    const char **cookies = ARENA_ARRAY(req->arena, 3, const char *);
    cookies[0] = http_cookie_set(req->arena, "session", "abc.DEF_1-2", -1);
    cookies[1] = http_cookie_set(req->arena, "__Host-seen", "", 0);
    res->status = number(req, "code");
    res->body = "Its own words.";
    res->length = res->status == 204 ? 0 : strlen(res->body);
    res->content_type = "text/plain; charset=utf-8";
    res->etag = "v7";
    res->cookies = cookies;
    res->clear_site_data = true;
    res->retry_after = 7;
    res->www_authenticate = "Bearer";
    res->link = "</echo?after=3>; rel=\"next\"";
    res->failure_page = http_query(req, "page") != NULL;
    res->location = http_query(req, "to");
}

static void nap(const struct http_request *req)
{
    int ms = number(req, "ms");
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static bool sign_in(struct site *site, const struct http_request *req, struct http_response *res)
{
    if (http_throttle_take(site->sign_in, req->address, 1, &res->retry_after)) {
        res->status = 401;
        return true;
    }
    res->status = 429;
    res->failure_page = true;
    res->body = "Too many wrong passwords.";
    res->length = strlen(res->body);
    return true;
}

static const char *route_of(const struct http_request *req)
{
    return strncmp(req->path, "/slow/", 6) == 0 ? req->path + 5 : req->path;
}

struct http_manner edge_manner(void *context, const struct http_request *req)
{
    (void)context;
    const char *route = route_of(req);
    struct http_manner m = {.in_worker = route != req->path};
    if (strcmp(route, "/form") == 0) {
        m.body_max = FORM_MAX;
        m.allow = "GET, HEAD, POST";
    } else if (strcmp(route, "/upload") == 0) {
        m.body_max = UPLOAD_MAX;
        m.allow = "POST";
    } else if (strcmp(route, "/echo") == 0 || strcmp(route, "/sign-in") == 0) {
        m.body_max = ECHO_MAX;
        m.allow = "GET, HEAD, POST, PUT, PATCH, DELETE";
    }
    return m;
}

static bool answer_more(struct site *site, const char *route, const struct http_request *req,
                        struct http_response *res, struct err *e)
{
    if (strcmp(route, "/form") == 0) {
        return form(req, res, e);
    }
    if (strcmp(route, "/sign-in") == 0) {
        return sign_in(site, req, res);
    }
    if (strcmp(route, "/upload") == 0) {
        struct buf b = buf_new(req->arena, 100);
        buf_printf(&b, "%zu %lu", req->body_length, sum_of(req->body, req->body_length));
        say(res, &b);
    } else if (strcmp(route, "/echo") == 0) {
        echo_all(req, res);
    } else if (strcmp(route, "/status") == 0) {
        status(req, res);
    } else if (strcmp(route, "/nap") == 0) {
        nap(req);
        res->body = "rested";
        res->length = 6;
    } else {
        echo(req, res);
    }
    return true;
}

bool edge_answer(void *context, const struct http_request *req, struct http_response *res,
                 struct err *e)
{
    struct site *site = context;
    const char *route = route_of(req);
    res->route = "/{anything}";
    if (strcmp(route, "/ready") == 0) {
        res->ready = site->page;
    } else if (strcmp(route, "/big") == 0) {
        big(req, res);
    } else if (strcmp(route, "/lent") == 0) {
        atomic_fetch_add(&site->lent, 1);
        *res = (struct http_response){.route = res->route,
                                      .body = "lent",
                                      .length = 4,
                                      .etag = "lent-1",
                                      .release = give_back,
                                      .held = site};
    } else if (strcmp(route, "/fault") == 0) {
        atomic_fetch_add(&site->lent, 1);
        *res = (struct http_response){
            .route = res->route, .body = "lent", .length = 4, .release = give_back, .held = site};
        return fault(req, e);
    } else if (strcmp(route, "/redirect") == 0) {
        res->status = 303;
        res->location = http_query(req, "to");
    } else if (strcmp(route, "/file") == 0) {
        res->file_name = http_query(req, "name");
        res->content_type = "text/csv; charset=utf-8";
        res->body = "a,b\r\n";
        res->length = 5;
    } else if (strcmp(route, "/stop") == 0) {
        http_ready_free(site->page); // while others may still be sending it
        site->page = NULL;
    } else {
        return answer_more(site, route, req, res, e);
    }
    return true;
}

void edge_failed(void *context, const struct http_request *req, int status, const char *message,
                 struct http_response *res)
{
    (void)context;
    if (req->param_count > 0 && http_query(req, "plain") != NULL) {
        return; // the adapter's own text
    }
    const char *page =
        arena_printf(req->arena, "<!doctype html><title>%d</title><p>%s</p>", status, message);
    res->body = page;
    res->length = strlen(page);
}

void edge_done(void *context, unsigned thread)
{
    (void)thread;
    struct site *site = context;
    atomic_fetch_add(&site->done, 1);
}
