#include <stdatomic.h>
#include <stdlib.h>

#include "http/answer.h"
#include "http/fields.h"

struct http_ready {
    struct MHD_Response *forms[2][2]; // [gzip][not modified]; NULL where there is no such form
    char *tags[2];                    // [gzip], with the arena
    unsigned status;
    struct arena *arena;
    // Who may still ask for a form: the owner, and workers' answers on their way.
    atomic_uint holders;
    // One use for all of those, and one for each form: libmicrohttpd ends the latter when the
    // last connection that sends the form is done with it.
    atomic_uint uses;
    void (*release)(void *);
    void *held;
};

static void end_use(void *cls)
{
    struct http_ready *ready = cls;
    if (atomic_fetch_sub_explicit(&ready->uses, 1, memory_order_acq_rel) == 1) {
        if (ready->release != NULL) {
            ready->release(ready->held);
        }
        arena_free(ready->arena);
        free(ready);
    }
}

static bool make_form(struct http_ready *ready, const struct http_response *r,
                      struct http_form form)
{
    struct texts texts = http_texts_make(ready->arena, r, form);
    atomic_fetch_add_explicit(&ready->uses, 1, memory_order_relaxed);
    struct MHD_Response *made = http_response_make(r, form, texts, end_use, ready);
    ready->forms[form.gzip ? 1 : 0][form.not_modified ? 1 : 0] = made;
    return made != NULL;
}

static bool make_forms(struct http_ready *ready, const struct http_response *r, bool tls_in_front)
{
    if (ARENA_TRAP(ready->arena)) {
        return false;
    }
    struct http_form plain = {.tls_in_front = tls_in_front};
    ready->status = http_form_status(r, plain);
    for (int gzip = 0; gzip <= (r->gzip != NULL ? 1 : 0); gzip++) {
        struct http_form form = plain;
        form.gzip = gzip == 1;
        ready->tags[gzip] = http_form_tag(ready->arena, r, form.gzip);
        if (!make_form(ready, r, form)) {
            return false;
        }
        form.not_modified = true;
        if (ready->tags[gzip] != NULL && !make_form(ready, r, form)) {
            return false;
        }
    }
    return true;
}

struct http_ready *http_ready_new(const struct http_response *content, bool tls_in_front)
{
    enum { TEXTS = 64 << 10 };
    if (content->ready != NULL || !http_response_sound(content)) {
        return NULL;
    }
    struct http_ready *ready = calloc(1, sizeof *ready);
    if (ready == NULL) {
        return NULL;
    }
    atomic_init(&ready->holders, 1);
    atomic_init(&ready->uses, 1);
    ready->arena = arena_new(TEXTS);
    if (ready->arena == NULL || !make_forms(ready, content, tls_in_front)) {
        http_ready_free(ready); // `release` is not set yet
        return NULL;
    }
    ready->release = content->release;
    ready->held = content->held;
    return ready;
}

void http_ready_hold(struct http_ready *ready)
{
    atomic_fetch_add_explicit(&ready->holders, 1, memory_order_relaxed);
}

void http_ready_free(struct http_ready *ready)
{
    if (ready == NULL || atomic_fetch_sub_explicit(&ready->holders, 1, memory_order_acq_rel) > 1) {
        return;
    }
    for (int gzip = 0; gzip < 2; gzip++) {
        for (int same = 0; same < 2; same++) {
            if (ready->forms[gzip][same] != NULL) {
                MHD_destroy_response(ready->forms[gzip][same]);
            }
        }
    }
    end_use(ready);
}

struct MHD_Response *http_ready_pick(const struct http_ready *ready, const struct http_request *req,
                                     unsigned *ret_status)
{
    int gzip = req->gzip && ready->forms[1][0] != NULL ? 1 : 0;
    if (ready->tags[gzip] != NULL && req->if_none_match != NULL && ready->status == 200 &&
        http_is_safe(req->method) && http_none_match(req->if_none_match, ready->tags[gzip])) {
        *ret_status = 304;
        return ready->forms[gzip][1];
    }
    *ret_status = ready->status;
    return ready->forms[gzip][0];
}
