// Pages that act: from a request to the `run` of its route, past every check that all share.
#include <string.h>

#include "web/site_gate.h"
#include "web/site_own.h"

// ---- which route ----

struct part {
    const char *text;
    size_t length;
};

// How many characters of `pattern` stand in `path` as they are; -1 when it does not match.
static int match(const char *pattern, const char *path, struct part *org, struct part *rest)
{
    static const char org_mark[] = "{org}", rest_mark[] = "{rest}";
    int literal = 0;
    while (*pattern != '\0') {
        if (strncmp(pattern, org_mark, sizeof org_mark - 1) == 0) {
            *org = (struct part){path, strcspn(path, "/")};
            path += org->length;
            pattern += sizeof org_mark - 1;
            if (org->length == 0) {
                return -1;
            }
        } else if (strcmp(pattern, rest_mark) == 0) {
            size_t length = strlen(path);
            *rest =
                (struct part){path, length > 1 && path[length - 1] == '/' ? length - 1 : length};
            return length == 0 ? -1 : literal;
        } else if (*pattern++ != *path++) {
            return -1;
        } else {
            literal++;
        }
    }
    return path[0] == '\0' || strcmp(path, "/") == 0 ? literal : -1;
}

const struct action_route *action_route_find(struct arena *a, const char *path,
                                             const char **ret_organisation, const char **ret_rest)
{
    const struct action_route *found = NULL;
    struct part found_org = {NULL, 0}, found_rest = {NULL, 0};
    int most = -1;
    for (size_t i = 0; i < action_route_count(); i++) {
        const struct action_route *r = action_route_at(i);
        struct part org = {NULL, 0}, rest = {NULL, 0};
        int literal = match(r->path, path, &org, &rest);
        if (literal > most) { // the one that says most of the address itself
            most = literal;
            found = r;
            found_org = org;
            found_rest = rest;
        }
    }
    *ret_organisation =
        found_org.text == NULL ? NULL : arena_textn(a, found_org.text, found_org.length);
    *ret_rest = found_rest.text == NULL ? "" : arena_textn(a, found_rest.text, found_rest.length);
    return found;
}

struct http_manner site_action_manner(const struct http_request *req, const struct action_route *r)
{
    static const enum http_method order[] = {HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH,
                                             HTTP_DELETE};
    struct buf allow = buf_new(req->arena, 100);
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        if ((r->methods & METHOD(order[i])) != 0) {
            buf_text(&allow, allow.length == 0 ? "" : ", ");
            buf_text(&allow, order[i] == HTTP_GET ? "GET, HEAD" : http_method_name(order[i]));
        }
    }
    bool takes_body = (r->methods & ~METHOD(HTTP_GET)) != 0;
    return (struct http_manner){
        .body_max = !takes_body        ? 0
                    : r->body_max == 0 ? ACTION_BODY_DEFAULT
                                       : r->body_max,
        .in_worker = true,
        .allow = buf_cstr(&allow),
    };
}

// ---- forged requests (conventions.md 5.2, CSRF) ----

// Whether the Origin names the host that was asked. Scheme aside: a proxy may speak TLS for us.
static bool own_origin(const struct http_request *req)
{
    const char *host = strstr(req->origin, "://");
    return host != NULL && strcmp(host + 3, req->host) == 0;
}

enum where_from { FROM_US, FROM_ELSEWHERE, FROM_NO_BROWSER };

// Where a request was made: Sec-Fetch-Site says it; browsers without it send Origin with whatever
// changes something. What sends neither is no browser, and so carries nobody's cookies but its own.
static enum where_from where_from(const struct http_request *req)
{
    if (req->sec_fetch_site != NULL && strcmp(req->sec_fetch_site, "same-origin") != 0 &&
        strcmp(req->sec_fetch_site, "none") != 0) {
        return FROM_ELSEWHERE;
    }
    if (req->origin != NULL && !own_origin(req)) {
        return FROM_ELSEWHERE;
    }
    return req->sec_fetch_site == NULL && req->origin == NULL ? FROM_NO_BROWSER : FROM_US;
}

static bool equal_in_constant_time(const char *a, const char *b)
{
    size_t length = strlen(a);
    if (strlen(b) != length) {
        return false;
    }
    volatile unsigned char differ = 0;
    for (size_t i = 0; i < length; i++) {
        differ = (unsigned char)(differ | (a[i] ^ b[i]));
    }
    return differ == 0;
}

// The one place where it is decided whether a change was asked for by a page of ours.
static bool check_forgery(const struct visit *v, struct err *e)
{
    const struct http_request *req = v->req;
    if (http_is_safe(req->method) || v->by_token) {
        return true; // a token is sent on purpose, never by a browser on its own
    }
    enum where_from from = where_from(req);
    if (from == FROM_ELSEWHERE) {
        return err_set(e, ERR_DENIED,
                       "This request came from another website, and changes are taken from our "
                       "own pages only: open the page here and send the form from there.");
    }
    if (v->csrf == NULL || !v->route->needs_sign_in) {
        return true; // no session, or none that it uses: signing in itself
    }
    bool form = http_posted_is_form(req) || req->body_length == 0;
    const char *sent = form ? http_posted_value(&v->posted, "csrf") : NULL;
    // A script of ours may send what no form can (JSON), and then says where it runs.
    bool proven = sent != NULL ? equal_in_constant_time(sent, v->csrf) : !form && from == FROM_US;
    return proven ? true
                  : err_set(e, ERR_DENIED,
                            "This form was not sent from the page as you see it now, perhaps "
                            "because you signed in again meanwhile: open the page again and send "
                            "it once more. Nothing was changed.");
}

// ---- in order ----

static bool read_form(struct visit *v, struct err *e)
{
    v->posted = (struct http_posted){0};
    if (http_is_safe(v->req->method) || v->req->body_length == 0) {
        return true;
    }
    if (http_posted_is_form(v->req)) {
        return http_posted_read(v->req, &v->posted, e);
    }
    if ((v->route->manner & ACTION_API) != 0) {
        return true; // the handler reads it
    }
    v->res->status = 415;
    v->res->failure_page = true;
    v->res->body = "This address takes forms only.";
    v->res->length = strlen(v->res->body);
    return true;
}

static bool enter_organisation(struct visit *v, struct err *e)
{
    if (v->organisation == NULL) {
        v->duties = gate_duties(&v->caller);
        return true;
    }
    v->duties = access_duties(&v->caller, v->organisation);
    v->visibility = access_visibility(v->arena, &v->caller, v->organisation);
    if ((v->route->manner & ACTION_API) != 0) {
        // The API reads and writes rows of the record: to picture the council anew for each, after
        // each change, would cost more than all the rest.
        return site_may_enter(v->view, &v->caller, v->organisation, e);
    }
    if (!site_council(v->site, v->req->thread, v->view, &v->caller, v->organisation, v->visibility,
                      &v->council, e)) {
        return false;
    }
    const char *raw = arena_textn(v->arena, v->req->target, strcspn(v->req->target, "?"));
    return site_page_request(v->req, v->council, raw, v->rest, &v->page, e);
}

// Whether somebody is who must be, and has nothing else to do first.
static enum barrier gate_for(const struct visit *v, const struct asking *asking)
{
    unsigned takes = asking->barrier == BARRIER_SECOND_FACTOR
                         ? ACTION_EARLY
                         : (unsigned)ACTION_EARLY | ACTION_UNFINISHED;
    if (asking->barrier != BARRIER_OPEN && (v->route->manner & takes) == 0) {
        return asking->barrier;
    }
    bool nobody = v->caller.account == NULL && !v->caller.open_record;
    bool reads = v->organisation == NULL || access_may(&v->caller, DUTY_READ, v->organisation);
    return nobody && (v->route->needs_sign_in || !reads) ? BARRIER_SIGN_IN : BARRIER_OPEN;
}

static bool run(struct visit *v, struct err *e)
{
    if (v->caller.open_record && v->route->needs_sign_in) {
        return gate_has_duty(&v->caller, DUTY_ACCOUNTS, NULL, e); // which nobody has
    }
    if (!enter_organisation(v, e) ||
        !gate_has_duty(&v->caller, v->route->duty, v->organisation, e) || !read_form(v, e)) {
        return false;
    }
    return v->res->status != 0 || (check_forgery(v, e) && v->route->run(v, e));
}

bool site_act(struct site *s, const struct http_request *req, const struct keeper_view *view,
              struct http_response *res, struct err *e)
{
    struct visit *v = ARENA_NEW(req->arena, struct visit);
    *v = (struct visit){.req = req, .res = res, .arena = req->arena, .site = s, .view = view};
    v->route = action_route_find(req->arena, req->path, &v->organisation, &v->rest);
    res->route = v->route->path;
    bool api = (v->route->manner & ACTION_API) != 0;
    struct asking asking;
    if (!site_asking(s, req, keeper_state(view), api, &asking, e)) {
        return api ? visit_problem_of(v, e) : false;
    }
    v->caller = asking.caller;
    v->csrf = asking.csrf;
    v->session = asking.session;
    v->by_token = asking.by_token;
    v->barrier = asking.barrier;
    enum barrier barrier = gate_for(v, &asking);
    if (barrier != BARRIER_OPEN) {
        return gate_answer(req, barrier, res, e);
    }
    bool done = run(v, e);
    if (!done) {
        site_denied(s, req, v->caller.account, v->route->path, e);
    }
    return done || !api ? done : visit_problem_of(v, e);
}

const struct action_route *site_action(const struct http_request *req)
{
    const char *organisation = NULL, *rest = NULL;
    return action_route_find(req->arena, req->path, &organisation, &rest);
}
