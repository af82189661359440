#include "web/site_gate.h"

#include <string.h>

#include "render/page.h"
#include "web/site_own.h"

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), cut = strlen(ending);
    return length > cut && strcmp(text + length - cut, ending) == 0;
}

bool gate_wants_page(const struct http_request *req)
{
    return strncmp(req->path, "/api/", 5) != 0 && !ends_with(req->path, ".json") &&
           !ends_with(req->path, ".csv");
}

// ---- problems ----

enum { PROBLEM_MAX = 1 << 20 };

bool gate_problem(const struct http_request *req, const struct visit_problem *p,
                  struct http_response *res, struct err *e)
{
    struct arena *a = req->arena;
    struct tree *tree = tree_new_map(a);
    tree_text(tree, "type",
              p->type == NULL ? "about:blank"
                              : arena_printf(a, "urn:goldthread:problem:%s", p->type));
    tree_text(tree, "title", p->title);
    tree_int(tree, "status", p->status);
    tree_text(tree, "detail", p->detail);
    tree_text(tree, "instance", arena_printf(a, "urn:goldthread:request:%s", req->id));
    // A finished node belongs to one place: these are not used again.
    if (p->errors != NULL) {
        tree_attach(tree, "errors", p->errors);
    }
    if (p->current != NULL) {
        tree_attach(tree, "current", p->current);
    }
    struct buf out = buf_new(a, PROBLEM_MAX);
    if (!render_json(tree, &out, e)) {
        return false;
    }
    res->status = p->status;
    res->content_type = "application/problem+json; charset=utf-8";
    res->body = buf_cstr(&out);
    res->length = out.length;
    return true;
}

// ---- gates ----

static const struct barrier_kind {
    enum barrier barrier;
    const char *path; // where it is settled
    int status;       // of a problem
    const char *type; // of a problem
    const char *title;
    const char *detail;
} barrier_kinds[] = {
    {BARRIER_SIGN_IN, "/sign-in", 401, "sign-in-needed", "Sign in first",
     "This needs somebody who is signed in: send an API token as \"Authorization: Bearer TOKEN\", "
     "or sign in at /sign-in with a browser."},
    {BARRIER_TOKEN, "/sign-in", 401, "token-unknown", "This token is not taken",
     "The API token is not known, has expired or was revoked: make a new one at /account."},
    {BARRIER_SECOND_FACTOR, "/sign-in/second-factor", 403, "second-factor-needed",
     "Give the second factor first",
     "Signing in is not finished: give the code at "
     "/sign-in/second-factor."},
    {BARRIER_ENROL, "/account/second-factor", 403, "enrolment-needed",
     "Set up the second factor first",
     "Everyone needs a second factor here: set it up at "
     "/account/second-factor."},
    {BARRIER_PASSWORD, "/account/password", 403, "password-change-needed",
     "Change the password first",
     "The password was set by somebody else: choose your own at "
     "/account/password."},
};

bool gate_answer(const struct http_request *req, enum barrier barrier, struct http_response *res,
                 struct err *e)
{
    const struct barrier_kind *kind = &barrier_kinds[0];
    for (size_t i = 0; i < COUNT_OF(barrier_kinds); i++) {
        if (barrier_kinds[i].barrier == barrier) {
            kind = &barrier_kinds[i];
        }
    }
    if (!gate_wants_page(req)) {
        res->www_authenticate = kind->status == 401 ? "Bearer realm=\"goldthread\"" : NULL;
        return gate_problem(req,
                            &(struct visit_problem){.status = kind->status,
                                                    .type = kind->type,
                                                    .title = kind->title,
                                                    .detail = kind->detail},
                            res, e);
    }
    // After a form the page it was sent from, where that is at the same address: else the front
    // page.
    res->status = 303;
    res->location = strcmp(site_own_path(req->arena, req->target), "/") != 0 ||
                            (http_is_safe(req->method) && strcmp(req->target, "/") != 0)
                        ? arena_printf(req->arena, "%s?return=%s", kind->path,
                                       http_encode(req->arena, req->target))
                        : kind->path;
    return true;
}

// ---- what is missing, and whom to ask ----

unsigned gate_duties(const struct caller *c)
{
    unsigned bits = c->open_record ? DUTY_BIT(DUTY_READ) : 0;
    for (size_t i = 0; i < c->grant_count; i++) {
        bits |= access_duties(c, c->grants[i].organisation);
    }
    return bits;
}

static const char open_record[] =
    "This record has no accounts yet, so there is nobody who may change anything here: make the "
    "first with goldthread user add.";

bool gate_may_read(const struct caller *c, const char *organisation, struct err *e)
{
    return access_may(c, DUTY_READ, organisation)
               ? true
               : err_set(e, ERR_DENIED,
                         "Your account has no role in \"%s\", and it takes one to read there: ask "
                         "an administrator of this service for it.",
                         organisation);
}

bool gate_has_duty(const struct caller *c, enum duty d, const char *organisation, struct err *e)
{
    if (d == DUTY_COUNT) {
        return true;
    }
    unsigned bits = organisation == NULL ? gate_duties(c) : access_duties(c, organisation);
    if ((bits & DUTY_BIT(d)) != 0) {
        return true;
    }
    if (c->open_record) {
        return err_set(e, ERR_DENIED, "%s", open_record);
    }
    return err_set(e, ERR_DENIED,
                   "This page is for whoever %s%s%s, and no role of yours does: ask an "
                   "administrator of this service for a role that does.",
                   duty_title(d), organisation == NULL ? "" : " in ",
                   organisation == NULL ? "" : organisation);
}
