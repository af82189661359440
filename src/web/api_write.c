#include <string.h>

#include "view/row_json.h"
#include "web/api.h"

// ---- If-Match (API-4) ----

static bool wants_match(struct visit *v, struct err *e)
{
    const struct visit_problem p = {
        428,
        "if-match",
        "If-Match is missing",
        "Send the ETag of the row you looked at in If-Match, so that nobody's change is lost.",
        NULL,
        NULL};
    return visit_problem(v, &p, e);
}

// The one strong tag of the field: weak ones never match, of several the first is taken.
static const char *tag_of(struct arena *a, const char *field)
{
    const char *first = strchr(field, '"');
    const char *last = first == NULL ? NULL : strchr(first + 1, '"');
    bool weak = first != NULL && first - field >= 2 && strncmp(first - 2, "W/", 2) == 0;
    return last == NULL || weak ? "" : arena_textn(a, first + 1, (size_t)(last - first - 1));
}

// ---- the body ----

struct body {
    const char **cells;
    bool *told;
    const char *reason;
};

static bool fault(struct visit *v, const char *pointer, const char *detail, struct err *e)
{
    struct tree *list = tree_new_list(v->arena);
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "pointer", pointer);
    tree_text(item, "detail", detail);
    const struct visit_problem p = {422, "fields", "Fields at fault", detail, list, NULL};
    return visit_problem(v, &p, e);
}

// {"fields": {...}, "reason": "..."}. False: `*ret_answered` says whether the problem is answered.
static bool take_body(const struct api_call *call, const struct json *json, struct body *out,
                      bool *ret_answered, struct err *e)
{
    struct visit *v = call->visit;
    const struct json *fields = json_member(json, "fields"), *reason = json_member(json, "reason");
    struct row_wrong wrong = {0};
    for (const struct json *m = json->first; m != NULL; m = m->next) {
        if (m != fields && m != reason) {
            *ret_answered = fault(v, arena_printf(v->arena, "/%s", m->name),
                                  "The body has \"fields\" and may have \"reason\".", e);
            return false;
        }
    }
    if (reason != NULL && reason->kind != JSON_WORDS && reason->kind != JSON_NOTHING) {
        *ret_answered = fault(v, "/reason", "\"reason\" is a text.", e);
        return false;
    }
    if (fields == NULL ? v->req->method != HTTP_DELETE : fields->kind != JSON_MAP) {
        *ret_answered = fault(v, "/fields", "\"fields\" is an object of the row's fields.", e);
        return false;
    }
    out->reason = json_text(json, "reason");
    if (fields != NULL &&
        !row_fields(v->arena, call->kind, fields, out->cells, out->told, &wrong)) {
        *ret_answered = fault(v, wrong.pointer, wrong.detail, e);
        return false;
    }
    return true;
}

// The key stands in the address; a body that says it too must say the same.
static bool lay_key(const struct api_call *call, struct body *body, bool *ret_answered,
                    struct err *e)
{
    const struct descriptor *d = call->kind;
    for (size_t i = 0; i < d->count; i++) {
        if (!d->columns[i].key) {
            continue;
        }
        const char *said = body->cells[i] == NULL ? "" : body->cells[i];
        const char *key = call->key[i] == NULL ? "" : call->key[i];
        if (body->told[i] && strcmp(said, key) != 0) {
            *ret_answered = fault(
                call->visit, arena_printf(call->visit->arena, "/fields/%s", d->columns[i].name),
                "The key of a row is its address and cannot be changed: retire this row and "
                "make another.",
                e);
            return false;
        }
        body->cells[i] = call->key[i];
    }
    return true;
}

static bool apply(const struct api_call *call, const struct body *body, struct err *e)
{
    struct visit *v = call->visit;
    enum http_method m = v->req->method;
    struct door_change change = {.action = m == HTTP_DELETE ? WHO_RETIRES
                                           : m == HTTP_POST ? WHO_CREATES
                                                            : WHO_CHANGES,
                                 .kind = call->kind->kind,
                                 .cells = body->cells,
                                 .told = m == HTTP_PATCH ? body->told : NULL,
                                 .reason = body->reason};
    struct api_writing w = {.visit = v, .changes = &change, .count = 1};
    if (m != HTTP_POST) {
        w.any_version = strcmp(v->req->if_match, "*") == 0;
        change.seen = tag_of(v->arena, v->req->if_match);
    }
    return api_run(&w, e) || api_refuse(&w, e);
}

bool api_write(const struct api_call *call, struct err *e)
{
    struct visit *v = call->visit;
    const struct descriptor *d = call->kind;
    struct body body = {ARENA_ARRAY(v->arena, d->count, const char *),
                        ARENA_ARRAY(v->arena, d->count, bool), NULL};
    const struct json *json = NULL;
    bool answered = false;
    if (v->req->method != HTTP_POST && v->req->if_match == NULL) {
        return wants_match(v, e);
    }
    bool bare = v->req->method == HTTP_DELETE && v->req->body_length == 0;
    if (!bare &&
        (!api_body(v, &json, &answered, e) || !take_body(call, json, &body, &answered, e))) {
        return answered;
    }
    if (call->key != NULL && !lay_key(call, &body, &answered, e)) {
        return answered;
    }
    return apply(call, &body, e);
}
