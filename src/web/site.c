#include "web/site.h"

#include <string.h>

#include "base/log.h"
#include "render/page.h"
#include "render/template_place.h"
#include "web/assets.h"
#include "web/site_caller.h"
#include "web/site_gate.h"
#include "web/site_own.h"

// Every template that a page names; some more than once, which does no harm.
static const char **template_names(struct arena *a, size_t *ret_count)
{
    static const char *const own[] = {"error.html", "organisations.html"};
    size_t pages = site_route_count(), actions = action_route_count(), more = 0, count = 0;
    while (action_template_at(more) != NULL) {
        more++;
    }
    const char **names = ARENA_ARRAY(a, pages + actions + more + COUNT_OF(own), const char *);
    for (size_t i = 0; i < pages; i++) {
        names[count++] = site_route_at(i)->template_name;
    }
    for (size_t i = 0; i < actions; i++) {
        if (action_route_at(i)->template_name != NULL) {
            names[count++] = action_route_at(i)->template_name;
        }
    }
    for (size_t i = 0; i < more; i++) {
        names[count++] = action_template_at(i);
    }
    for (size_t i = 0; i < COUNT_OF(own); i++) {
        names[count++] = own[i];
    }
    *ret_count = count;
    return names;
}

static const char *const *route_patterns(struct arena *a)
{
    size_t count = site_route_count();
    const char **patterns = ARENA_ARRAY(a, count, const char *);
    for (size_t i = 0; i < count; i++) {
        const struct route *r = site_route_at(i);
        patterns[i] = arena_printf(a, "/{org}%s%s%s", r->folder[0] == '\0' ? "" : "/", r->folder,
                                   r->takes_code ? "/{code}" : "");
    }
    return patterns;
}

// For log and metrics: whose page, and which, they are not told.
static const char *pattern_of(const struct site *s, const char *path)
{
    const char *rest = NULL;
    const struct route *r = site_route(path, &rest);
    for (size_t i = 0; r != NULL && i < site_route_count(); i++) {
        if (site_route_at(i) == r) {
            return s->patterns[i];
        }
    }
    return NULL;
}

void site_denied(const struct site *s, const struct http_request *req, const char *account,
                 const char *route, const struct err *e)
{
    if (e->kind == ERR_DENIED) {
        metrics_add(s->options.metrics, METRIC_DENIED, 1);
        log_event(LOG_WARNING, "denied", "account", account, "method",
                  http_method_name(req->method), "route", route, "request", req->id, NULL);
    }
}

static void free_throttle(void *throttle)
{
    throttle_free(throttle);
}

bool site_new(struct arena *a, const struct site_options *options, struct site **ret, struct err *e)
{
    struct site *s = ARENA_NEW(a, struct site);
    s->options = *options;
    struct template_place *place = ARENA_NEW(a, struct template_place);
    *place = (struct template_place){a, options->templates_folder};
    size_t count = 0;
    const char **names = template_names(a, &count);
    s->templates = templates_load(a, names, count, template_from_place, place, e);
    s->stylesheet = asset_href(a, "goldthread.css");
    s->patterns = route_patterns(a);
    s->callers = callers_new(a);
    s->throttle = throttle_new();
    if (s->throttle == NULL) {
        return err_set(e, ERR_SYSTEM, "There is not enough memory to count guesses.");
    }
    arena_defer(a, free_throttle, s->throttle);
    atomic_flag_clear(&s->said_no_contact);
    *ret = s;
    return s->templates != NULL;
}

struct http_manner site_manner(void *context, const struct http_request *req)
{
    struct site *s = context;
    const char *organisation = NULL, *rest = NULL;
    const struct action_route *r = action_route_find(req->arena, req->path, &organisation, &rest);
    if (r != NULL) {
        return site_action_manner(req, r);
    }
    return (struct http_manner){.in_worker = callers_must_ask(s->callers, req)};
}

// ---- reading ----

// Whether the answer is given: by a page kept, or by what stands in the way.
static bool answer_page(struct site *s, const struct http_request *req, const struct keeper_view *v,
                        const struct asking *asking, struct http_response *res, struct err *e)
{
    const struct caller *c = &asking->caller;
    struct asked asked = site_asked(req);
    res->route = pattern_of(s, asked.path);
    if (!access_may(c, DUTY_READ, asked.organisation) && c->account == NULL) {
        return gate_answer(req, BARRIER_SIGN_IN, res, e); // whether there is such a place or not
    }
    struct seen seen = {.duties = access_duties(c, asked.organisation),
                        .signed_in = c->account != NULL,
                        .accounts = asking->accounts};
    const struct visibility *part = access_visibility(req->arena, c, asked.organisation);
    if (!site_council(s, req->thread, v, c, asked.organisation, part, &seen.council, e)) {
        return false;
    }
    if (site_kept_page(v, req, &seen, res)) {
        return true;
    }
    if (!site_make_page(s, &asked, req, &seen, res, e)) {
        return false;
    }
    site_keep_page(v, req, &seen, res);
    return true;
}

static size_t list_organisations(const struct keeper_view *v, const struct asking *asking,
                                 struct tree *list, const char **ret_only)
{
    size_t count = 0, seen = 0;
    const struct organisation_name *names = keeper_organisations(v, &count);
    for (size_t i = 0; i < count; i++) {
        if (!access_may(&asking->caller, DUTY_READ, names[i].code)) {
            continue;
        }
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "code", names[i].code);
        tree_text(item, "name", names[i].name);
        *ret_only = arena_printf(list->arena, "/%s", http_encode(list->arena, names[i].code));
        tree_text(item, "href", *ret_only);
        seen++;
    }
    return seen;
}

// "/" (or "/.json"): the organisation where one is seen, else the list of them.
static bool answer_root(struct site *s, const struct http_request *req, const struct keeper_view *v,
                        const struct asking *asking, struct http_response *res, struct err *e)
{
    const struct seen seen = {.duties = gate_duties(&asking->caller),
                              .signed_in = asking->caller.account != NULL,
                              .accounts = asking->accounts};
    struct tree *page = site_plain_tree(s, req->arena, &seen, "Councils in this record");
    const char *only = NULL;
    size_t count = list_organisations(v, asking, tree_list(page, "organisations"), &only);
    if (count == 0 && asking->accounts && !seen.signed_in) {
        return gate_answer(req, BARRIER_SIGN_IN, res, e);
    }
    if (count == 1) {
        res->status = 302;
        res->location = only;
        return true;
    }
    size_t all = 0;
    (void)keeper_organisations(v, &all);
    tree_bool(page, "empty", all == 0);
    tree_bool(page, "none", all > 0 && count == 0);
    if (strcmp(req->path, "/.json") == 0) {
        struct buf out = buf_new(req->arena, SITE_PAGE_MAX);
        if (!render_json(page, &out, e)) {
            return false;
        }
        res->content_type = "application/json";
        res->body = buf_cstr(&out);
        res->length = out.length;
    } else if (!site_render(s, "organisations.html", page, res, e)) {
        return false;
    }
    if (!seen.signed_in) {
        res->etag = site_tag(req->arena, res->body, res->length);
        res->cache_control = "no-cache";
    }
    return true;
}

bool site_answer(void *context, const struct http_request *req, struct http_response *res,
                 struct err *e)
{
    struct site *s = context;
    if (strncmp(req->path, "/assets/", 8) == 0 || strcmp(req->path, "/favicon.ico") == 0) {
        res->route = "/assets/{name}";
        return asset_answer(req, res, e);
    }
    struct err why = {.arena = req->arena};
    const struct keeper_view *v = keeper_take(s->options.keeper, req->thread, &why);
    if (v == NULL) {
        *e = why;
        return false;
    }
    if (why.message != NULL) {
        // The page is made of the last good state; who runs the server must know.
        log_line(LOG_ERROR, "%s %s", why.message, why.cause == NULL ? "" : why.cause);
    }
    if (site_action(req) != NULL) {
        return site_act(s, req, v, res, e);
    }
    struct asking asking;
    if (!site_asking(s, req, keeper_state(v), true, &asking, e)) {
        return false;
    }
    if (asking.barrier != BARRIER_OPEN) {
        return gate_answer(req, asking.barrier, res, e);
    }
    if (strcmp(req->path, "/") == 0 || strcmp(req->path, "/.json") == 0) {
        res->route = "/";
        return answer_root(s, req, v, &asking, res, e);
    }
    bool given = answer_page(s, req, v, &asking, res, e);
    if (!given) {
        site_denied(s, req, asking.caller.account, res->route, e);
    }
    return given;
}

void site_done(void *context, unsigned thread)
{
    struct site *s = context;
    keeper_release(s->options.keeper, thread);
}
