#include <stdlib.h>
#include <string.h>

#include "view/row_json.h"
#include "web/api.h"

enum { LIMIT_DEFAULT = 50 };

struct api_reading {
    const struct api_call *call;
    const char *const *after;
    const char *first;
    size_t limit;
    struct row_page page;
    bool *touches; // by row of the page: whether the caller may have it
    struct door_row row;
};

// ---- a page of rows ----

static const struct column *first_key(const struct descriptor *d)
{
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            return &d->columns[i];
        }
    }
    return NULL;
}

static bool take_limit(const char *text, size_t *out, struct err *e)
{
    char *end = NULL;
    unsigned long n = text == NULL ? LIMIT_DEFAULT : strtoul(text, &end, 10);
    if (text != NULL &&
        (text[0] < '0' || text[0] > '9' || *end != '\0' || n < 1 || n > ROW_PAGE_MAX)) {
        return err_set(e, ERR_INPUT, "\"limit\" is a number from 1 to %d, not \"%s\".",
                       ROW_PAGE_MAX, text);
    }
    *out = n;
    return true;
}

static bool take_query(struct api_reading *r, struct err *e)
{
    const struct http_request *req = r->call->visit->req;
    const struct descriptor *d = r->call->kind;
    for (size_t i = 0; i < req->param_count; i++) {
        const struct http_param *p = &req->params[i];
        if (strcmp(p->name, "limit") == 0) {
            continue;
        }
        if (strcmp(p->name, "after") == 0) {
            r->after = row_key(req->arena, d, p->value);
            if (r->after == NULL) {
                return err_set(e, ERR_INPUT,
                               "\"after\" is the key of the last row of the page before, as its "
                               "link \"next\" has it, not \"%s\".",
                               p->value);
            }
        } else if (strcmp(p->name, first_key(d)->name) == 0) {
            r->first = p->value;
        } else {
            return err_set(e, ERR_INPUT,
                           "\"%s\" is not a parameter of this list: it takes \"limit\", \"after\" "
                           "and \"%s\".",
                           p->name, first_key(d)->name);
        }
    }
    return take_limit(http_query(req, "limit"), &r->limit, e);
}

static bool read_page(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct api_reading *r = context;
    struct visit *v = r->call->visit;
    struct who who;
    if (!access_who(db, a, &v->caller, v->organisation, &who, e) ||
        !row_page_read(db, a, v->organisation, r->call->kind->kind, r->after, r->first, r->limit,
                       &r->page, e)) {
        return false;
    }
    r->touches = ARENA_ARRAY(a, r->page.count + 1, bool);
    for (size_t i = 0; i < r->page.count; i++) {
        r->touches[i] = access_touches(&who, v->organisation, r->call->kind, r->page.rows[i]);
    }
    return true;
}

static const char *next_address(const struct api_reading *r)
{
    struct visit *v = r->call->visit;
    const char *last = row_key_text(v->arena, r->call->kind, r->page.rows[r->page.count - 1]);
    const char *only = r->first == NULL
                           ? ""
                           : arena_printf(v->arena, "&%s=%s", first_key(r->call->kind)->name,
                                          http_encode(v->arena, r->first));
    return arena_printf(v->arena, "/api/v1/%s/%s?limit=%zu%s&after=%s",
                        http_encode(v->arena, v->organisation), row_folder(v->arena, r->call->kind),
                        r->limit, only, http_encode(v->arena, last));
}

bool api_list(const struct api_call *call, struct err *e)
{
    struct visit *v = call->visit;
    struct api_reading r = {.call = call};
    struct err wrong = {.arena = v->arena};
    if (!take_query(&r, &wrong)) {
        const struct visit_problem p = {400, "query", "Not a parameter", wrong.message, NULL, NULL};
        return visit_problem(v, &p, e);
    }
    if (!visit_read(v, read_page, &r, e)) {
        return false;
    }
    struct tree *map = tree_new_map(v->arena);
    tree_text(map, "kind", call->kind->name);
    struct tree *items = tree_list(map, "items");
    for (size_t i = 0; i < r.page.count; i++) {
        if (r.touches[i]) {
            tree_attach(items, NULL, api_row_tree(v, call->kind, r.page.rows[i], 0));
        }
    }
    const char *next = r.page.more ? next_address(&r) : NULL;
    tree_text(map, "next", next);
    v->res->link = next == NULL ? NULL : arena_printf(v->arena, "<%s>; rel=\"next\"", next);
    return visit_json(v, 200, map, e);
}

// ---- one row ----

static bool read_one(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct api_reading *r = context;
    struct visit *v = r->call->visit;
    struct who who;
    if (!access_who(db, a, &v->caller, v->organisation, &who, e) ||
        !door_read(db, a, v->organisation, r->call->kind->kind, r->call->key, &r->row, e)) {
        return false;
    }
    // What the caller may not have is not there for them.
    if (r->row.cells != NULL &&
        !access_touches(&who, v->organisation, r->call->kind, r->row.cells)) {
        r->row.cells = NULL;
    }
    return true;
}

bool api_one(const struct api_call *call, struct err *e)
{
    struct visit *v = call->visit;
    struct api_reading r = {.call = call};
    if (!visit_read(v, read_one, &r, e)) {
        return false;
    }
    if (r.row.cells == NULL) {
        return err_set(e, ERR_ABSENT, "There is no such %s.", call->kind->name);
    }
    v->res->etag = r.row.seen;
    return visit_json(v, 200, api_row_tree(v, call->kind, r.row.cells, r.row.version), e);
}
