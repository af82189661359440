// What pages that act share: their tree, their errors, their answers.
#include "web/visit.h"

#include <string.h>
#include <time.h>

#include "base/log.h"
#include "render/page.h"
#include "web/fields.h"
#include "web/site_gate.h"
#include "web/site_own.h"

// ---- what was sent ----

const char *visit_posted_raw(const struct visit *v, const char *name)
{
    const char *value = http_posted_value(&v->posted, name);
    return value == NULL ? "" : value;
}

const char *visit_posted(const struct visit *v, const char *name)
{
    static const char blanks[] = " \t\r\n";
    const char *value = visit_posted_raw(v, name);
    value += strspn(value, blanks);
    size_t length = strlen(value);
    while (length > 0 && strchr(blanks, value[length - 1]) != NULL) {
        length--;
    }
    return arena_textn(v->arena, value, length);
}

const char *visit_query(const struct visit *v, const char *name)
{
    const char *value = http_query(v->req, name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

// ---- the record ----

bool visit_write(struct visit *v, connection_work work, void *context, struct err *e)
{
    return connections_write(v->site->options.connections, v->arena, work, context, e);
}

bool visit_read(struct visit *v, connection_work work, void *context, struct err *e)
{
    return connections_read(v->site->options.connections, v->arena, work, context, e);
}

int64_t visit_now(const struct visit *v)
{
    (void)v;
    return (int64_t)time(NULL);
}

const char *visit_at(const struct visit *v)
{
    time_t now = (time_t)visit_now(v);
    struct tm t;
    gmtime_r(&now, &t);
    return arena_printf(v->arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1,
                        t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

// ---- trees ----

struct tree *visit_tree(struct visit *v, const char *heading)
{
    const struct seen seen = {.council = v->council,
                              .duties = v->duties,
                              .signed_in = v->caller.account != NULL,
                              .accounts = !v->caller.open_record};
    struct tree *page = NULL;
    if (v->council != NULL) {
        page = tree_new_map(v->arena);
        v->page.acts = true;
        v->page.has_period = (v->route->manner & ACTION_PERIOD) != 0;
        page_frame(&v->page, page, v->route->section == NULL ? "" : v->route->section);
        tree_text(page, "heading", heading);
        site_frame(v->site, &seen, page);
    } else {
        page = site_plain_tree(v->site, v->arena, &seen, heading);
    }
    tree_text(page, "csrf", v->csrf);
    tree_text(page, "action", arena_textn(v->arena, v->req->target, strcspn(v->req->target, "?")));
    tree_list(page, "errors");
    return page;
}

static struct tree *child(struct tree *map, const char *key)
{
    for (struct tree *at = map->first; at != NULL; at = at->next) {
        if (strcmp(at->key, key) == 0) {
            return at;
        }
    }
    return NULL;
}

void visit_error(struct tree *page, const char *field, const char *sentence)
{
    struct tree *errors = child(page, "errors");
    if (errors != NULL) {
        struct tree *item = tree_map(errors, NULL);
        tree_text(item, "href", field == NULL ? NULL : arena_printf(page->arena, "#%s", field));
        tree_text(item, "text", sentence);
    }
    if (field != NULL) {
        tree_text(page, arena_printf(page->arena, "%s_error", field), sentence);
        field_error(page, field, sentence);
    }
}

bool visit_has_errors(const struct tree *page)
{
    const struct tree *errors = tree_get(page, "errors");
    return errors != NULL && errors->count > 0;
}

// ---- answers ----

bool visit_page(struct visit *v, const char *template_name, struct tree *page, struct err *e)
{
    bool wrong = visit_has_errors(page);
    tree_bool(page, "has_errors", wrong);
    if (v->res->status == 0 && wrong) {
        v->res->status = 422;
    }
    return site_render(v->site, template_name, page, v->res, e);
}

bool visit_see_other(struct visit *v, const char *path)
{
    v->res->status = 303;
    v->res->location = path;
    return true;
}

bool visit_json(struct visit *v, int status, const struct tree *tree, struct err *e)
{
    struct buf out = buf_new(v->arena, SITE_PAGE_MAX);
    if (!render_json(tree, &out, e)) {
        return false;
    }
    v->res->status = status;
    v->res->content_type = "application/json";
    v->res->body = buf_cstr(&out);
    v->res->length = out.length;
    return true;
}

bool visit_problem(struct visit *v, const struct visit_problem *p, struct err *e)
{
    return gate_problem(v->req, p, v->res, e);
}

bool visit_problem_of(struct visit *v, struct err *e)
{
    static const struct {
        enum err_kind kind;
        int status;
        const char *type, *title;
    } kinds[] = {
        {ERR_INPUT, 422, "not-taken", "This will not do"},
        {ERR_USAGE, 400, "not-understood", "This request is not understood"},
        {ERR_ABSENT, 404, "absent", "There is no such thing"},
        {ERR_CONFLICT, 412, "changed", "Somebody else changed it meanwhile"},
        {ERR_DENIED, 403, "denied", "This account may not do that"},
        {ERR_AWAY, 503, "away", "The record does not answer just now"},
    };
    struct visit_problem p = {.status = 500,
                              .type = "fault",
                              .title = "The server failed",
                              .detail = "Nothing was changed. Try again later."};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (e->kind == kinds[i].kind) {
            p = (struct visit_problem){.status = kinds[i].status,
                                       .type = kinds[i].type,
                                       .title = kinds[i].title,
                                       .detail = e->message};
        }
    }
    if (p.status >= 500) {
        log_event(LOG_ERROR, "request_failed", "route", v->route->path, "request", v->req->id,
                  "message", e->message, "cause", e->cause, NULL);
    }
    *e = (struct err){.arena = e->arena};
    v->res->retry_after = p.status == 503 ? 5 : 0;
    return visit_problem(v, &p, e);
}

const char *visit_own_path(struct visit *v, const char *path)
{
    return site_own_path(v->arena, path);
}
