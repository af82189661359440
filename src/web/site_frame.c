// What stands around every page, whoever makes it; the pages of refusals; addresses that are ours.
#include <string.h>

#include "render/page.h"
#include "web/site_caller.h"
#include "web/site_gate.h"
#include "web/site_own.h"

// Nothing personal: pages are kept for all who see the same.
void site_frame(const struct site *s, const struct seen *seen, struct tree *page)
{
    tree_text(page, "stylesheet_href", s->stylesheet);
    tree_bool(page, "signed_in", seen->signed_in);
    tree_text(page, "account_href", seen->signed_in ? "/account" : NULL);
    tree_text(page, "sign_in_href", seen->accounts && !seen->signed_in ? "/sign-in" : NULL);
    if (!seen->accounts) {
        return; // then nobody may do anything, and pages are as they were before there was anybody
    }
    struct tree *may = tree_map(page, "may");
    for (int d = 0; d < DUTY_COUNT; d++) {
        tree_bool(may, duty_word((enum duty)d), (seen->duties & DUTY_BIT(d)) != 0);
    }
}

struct tree *site_plain_tree(const struct site *s, struct arena *a, const struct seen *seen,
                             const char *heading)
{
    struct tree *page = tree_new_map(a);
    tree_text(page, "product", "Goldthread");
    tree_text(page, "heading", heading);
    site_frame(s, seen, page);
    return page;
}

bool site_render(const struct site *s, const char *template_name, const struct tree *page,
                 struct http_response *res, struct err *e)
{
    struct buf out = buf_new(page->arena, SITE_PAGE_MAX);
    if (!render_page(s->templates, template_name, page, &out, e)) {
        return false;
    }
    res->content_type = NULL;
    res->body = buf_cstr(&out);
    res->length = out.length;
    return true;
}

static bool is_there(const struct keeper_view *v, const char *organisation)
{
    size_t count = 0;
    const struct organisation_name *names = keeper_organisations(v, &count);
    bool there = false;
    for (size_t i = 0; i < count && !there; i++) {
        there = strcmp(names[i].code, organisation) == 0;
    }
    return there;
}

bool site_may_enter(const struct keeper_view *v, const struct caller *c, const char *organisation,
                    struct err *e)
{
    if (!is_there(v, organisation)) {
        return err_set(e, ERR_ABSENT, "There is no organisation \"%s\" in this record.",
                       organisation);
    }
    return gate_may_read(c, organisation, e);
}

bool site_council(struct site *s, unsigned reader, const struct keeper_view *v,
                  const struct caller *c, const char *organisation, const struct visibility *seen,
                  const struct council **ret, struct err *e)
{
    if (is_there(v, organisation) && !gate_may_read(c, organisation, e)) {
        return false;
    }
    return keeper_council(s->options.keeper, reader, v, organisation, seen, ret, e);
}

// ---- refusals and failures ----

// The search of the organisation whose address it was, for who may read there; NULL otherwise.
static const char *search_of(struct site *s, const struct http_request *req)
{
    if (req->path == NULL || req->path[0] != '/') {
        return NULL;
    }
    struct err ignored = {.arena = req->arena};
    const struct keeper_view *v = keeper_take(s->options.keeper, req->thread, &ignored);
    struct asking asking = {.barrier = BARRIER_SIGN_IN};
    if (v == NULL || !callers_known(s->callers, req, keeper_state(v), &asking) ||
        asking.barrier != BARRIER_OPEN) {
        return NULL;
    }
    size_t length = strcspn(req->path + 1, "/"), count = 0;
    const struct organisation_name *names = keeper_organisations(v, &count);
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i].code) == length && strncmp(names[i].code, req->path + 1, length) == 0 &&
            access_may(&asking.caller, DUTY_READ, names[i].code)) {
            return arena_printf(req->arena, "/%s/search", http_encode(req->arena, names[i].code));
        }
    }
    return NULL;
}

static const char *title_of(int status)
{
    switch (status) {
    case 401: return "Sign in first";
    case 403: return "You may not do this";
    case 404: return "Page not found";
    case 412: return "Somebody else changed it meanwhile";
    case 429: return "Too many attempts";
    default: break;
    }
    return status >= 500 ? "Sorry, there is a problem with the service"
                         : "This address cannot be answered";
}

void site_failed(void *context, const struct http_request *req, int status, const char *message,
                 struct http_response *res)
{
    struct site *s = context;
    struct err inner = {.arena = req->arena};
    if (req->path != NULL && !gate_wants_page(req)) {
        const struct visit_problem p = {
            .status = status, .title = title_of(status), .detail = message};
        if (!gate_problem(req, &p, res, &inner)) {
            res->body = NULL; // the sentence is sent alone
        }
        return;
    }
    const struct seen seen = {.signed_in = false};
    struct tree *page = site_plain_tree(s, req->arena, &seen, title_of(status));
    tree_text(page, "message", message);
    tree_bool(page, "absent", status == 404);
    tree_bool(page, "ours", status >= 500);
    tree_bool(page, "read_only", http_is_safe(req->method));
    tree_bool(page, "denied", status == 403);
    tree_text(page, "search_href", search_of(s, req));
    if (!site_render(s, "error.html", page, res, &inner)) {
        res->body = NULL;
    }
}

// ---- our own addresses ----

static bool is_page(struct arena *a, char *path)
{
    const char *organisation = NULL, *rest = NULL;
    const struct action_route *r = action_route_find(a, path, &organisation, &rest);
    if (r != NULL) {
        return (r->methods & METHODS_PAGE) != 0 &&
               (r->manner & (ACTION_API | ACTION_EARLY | ACTION_UNFINISHED)) == 0;
    }
    struct http_request as_asked = {.arena = a, .path = path, .target = path};
    struct asked asked = site_asked(&as_asked);
    return strcmp(path, "/") == 0 || site_route(asked.path, &rest) != NULL;
}

const char *site_own_path(struct arena *a, const char *path)
{
    struct http_request read = {.arena = a};
    struct err ignored = {.arena = a};
    if (path == NULL || path[0] != '/' || !http_target_parse(&read, path, strlen(path), &ignored) ||
        !is_page(a, arena_text(a, read.path))) {
        return "/";
    }
    return read.target;
}
