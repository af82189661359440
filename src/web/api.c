#include "web/api.h"

#include <string.h>

#include "domain/access_table.h"
#include "view/row_json.h"
#include "web/families.h"

const char *api_row_address(struct visit *v, const struct descriptor *kind,
                            const char *const *cells)
{
    return arena_printf(v->arena, "/api/v1/%s/%s/%s", http_encode(v->arena, v->organisation),
                        row_folder(v->arena, kind), row_path(v->arena, kind, cells));
}

struct tree *api_row_tree(struct visit *v, const struct descriptor *kind, const char *const *cells,
                          int version)
{
    struct tree *map = tree_new_map(v->arena);
    tree_text(map, "self", api_row_address(v, kind, cells));
    tree_text(map, "kind", kind->name);
    if (version > 0) {
        tree_int(map, "version", version);
    }
    row_put(map, kind, cells);
    return map;
}

static bool is_json(const char *type)
{
    size_t length = type == NULL ? 0 : strcspn(type, "; \t");
    static const char *const taken[] = {"application/json", "application/merge-patch+json"};
    for (size_t i = 0; i < COUNT_OF(taken); i++) {
        if (strlen(taken[i]) == length && strncasecmp(type, taken[i], length) == 0) {
            return true;
        }
    }
    return false;
}

bool api_body(struct visit *v, const struct json **ret, bool *ret_answered, struct err *e)
{
    struct err wrong = {.arena = v->arena};
    struct visit_problem p = {0};
    if (!is_json(v->req->content_type)) {
        p = (struct visit_problem){
            415, "media-type", "Not JSON", "Send the body as application/json.", NULL, NULL};
    } else if (!json_read(v->arena, v->req->body, v->req->body_length, ret, &wrong)) {
        p = (struct visit_problem){400, "json", "Not JSON", wrong.message, NULL, NULL};
    } else if ((*ret)->kind != JSON_MAP) {
        p = (struct visit_problem){
            400,  "json", "Not an object", "The body is one JSON object: {\"fields\": {...}}.",
            NULL, NULL};
    } else {
        return true;
    }
    *ret_answered = visit_problem(v, &p, e);
    return false;
}

// ---- which kind, which row, which method ----

static bool absent(struct visit *v, const char *folder, struct err *e)
{
    const char *near = descriptor_nearest_file(arena_printf(v->arena, "%s.csv", folder));
    if (near == NULL) {
        return err_set(e, ERR_ABSENT, "There is no kind of thing called \"%s\".", folder);
    }
    return err_set(e, ERR_ABSENT, "There is no kind of thing called \"%s\"; did you mean \"%.*s\"?",
                   folder, (int)(strlen(near) - strlen(".csv")), near);
}

static bool refuse_method(struct visit *v, const char *allow, struct err *e)
{
    v->res->allow = allow;
    const struct visit_problem p = {
        405,  "method", "Not that method", arena_printf(v->arena, "This address takes %s.", allow),
        NULL, NULL};
    return visit_problem(v, &p, e);
}

static bool may_see(const struct visit *v, enum kind kind)
{
    return (v->duties & (access_kind_duties(kind) | DUTY_BIT(DUTY_AUDIT))) != 0;
}

static bool run_kind(struct visit *v, const struct descriptor *kind, const char *rest,
                     struct err *e)
{
    struct api_call call = {v, kind, NULL};
    enum http_method m = v->req->method;
    bool reads = m == HTTP_GET || m == HTTP_HEAD;
    if (!may_see(v, kind->kind)) {
        return err_set(e, ERR_DENIED,
                       "Rows of %s are for those who may change them; read the pages instead, or "
                       "ask a performance officer.",
                       kind->file);
    }
    if (rest == NULL) {
        return reads            ? api_list(&call, e)
               : m == HTTP_POST ? api_write(&call, e)
                                : refuse_method(v, "GET, HEAD, POST", e);
    }
    call.key = row_key(v->arena, kind, rest);
    if (call.key == NULL) {
        return err_set(e, ERR_ABSENT,
                       "\"%s\" is not the key of one of %s: give each of its parts between "
                       "slashes, \"~\" for a blank one.",
                       rest, kind->file);
    }
    return reads            ? api_one(&call, e)
           : m != HTTP_POST ? api_write(&call, e)
                            : refuse_method(v, "GET, HEAD, PUT, PATCH, DELETE", e);
}

static bool run(struct visit *v, struct err *e)
{
    const char *slash = strchr(v->rest, '/');
    const char *folder =
        slash == NULL ? v->rest : arena_textn(v->arena, v->rest, (size_t)(slash - v->rest));
    const struct descriptor *kind = row_kind(v->arena, folder);
    bool done = false;
    if (slash == NULL && strcmp(folder, "changes") == 0) {
        done = v->req->method == HTTP_POST ? api_changes(v, e) : refuse_method(v, "POST", e);
    } else if (kind == NULL) {
        done = absent(v, folder, e);
    } else {
        done = run_kind(v, kind, slash == NULL ? NULL : slash + 1, e);
    }
    return done || visit_problem_of(v, e);
}

const struct action_route api_actions[] = {
    {.path = "/api/v1/{org}/{rest}",
     .methods = METHOD(HTTP_GET) | METHOD(HTTP_POST) | METHOD(HTTP_PUT) | METHOD(HTTP_PATCH) |
                METHOD(HTTP_DELETE),
     .duty = DUTY_READ,
     .needs_sign_in = true,
     .manner = ACTION_API,
     .body_max = API_BODY_MAX,
     .run = run,
     .about = "Rows of the record as programs read and write them."},
    {.path = "/api/v1/openapi.json",
     .methods = METHODS_PAGE,
     .duty = DUTY_COUNT,
     .manner = ACTION_API,
     .run = api_describe,
     .about = "What the API takes and answers, as OpenAPI 3.1."},
};
const size_t api_action_count = COUNT_OF(api_actions);
