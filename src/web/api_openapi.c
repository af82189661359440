// The API's own description, made from the descriptors and the routes: OpenAPI 3.1 (API-1).
#include <string.h>

#include "base/json.h"
#include "view/row_json.h"
#include "web/api.h"
#include "web/api_schema.h"
#include "web/site.h"

// ---- answers ----

static struct tree *answer(struct tree *responses, const char *status, const char *about)
{
    struct tree *r = tree_map(responses, status);
    tree_text(r, "description", about);
    return r;
}

static void put_content(struct tree *parent, const char *type, const char *schema)
{
    api_schema_ref(tree_map(tree_map(parent, "content"), type), "schema", schema);
}

static void put_problems(struct tree *responses, bool writes, bool matches)
{
    static const struct {
        const char *status, *about;
        int of; // 0: every call; 1: writes; 2: those that need If-Match
    } problems[] = {
        {"400", "The request cannot be read.", 0},
        {"401", "Sign in, or send a token.", 0},
        {"403", "You may not; the detail says what is missing and whom to ask.", 0},
        {"404", "There is no such thing.", 0},
        {"409", "It is there already, or the key was used for another request.", 1},
        {"412", "It has changed since you looked: `current` is what stands there now.", 2},
        {"415", "The body is not JSON.", 1},
        {"422", "Fields at fault, each with its pointer and remedy.", 1},
        {"428", "If-Match is missing.", 2},
        {"429", "Too many requests; Retry-After says when to come back.", 0},
        {"503", "Busy, or the database is away; nothing was changed.", 0},
    };
    for (size_t i = 0; i < COUNT_OF(problems); i++) {
        if (problems[i].of == 0 || (problems[i].of == 1 && writes) ||
            (problems[i].of == 2 && matches)) {
            put_content(answer(responses, problems[i].status, problems[i].about),
                        "application/problem+json", "Problem");
        }
    }
}

// ---- operations on a kind ----

static void put_body(struct tree *operation, const char *schema)
{
    struct arena *a = operation->arena;
    struct tree *body = tree_map(operation, "requestBody");
    tree_bool(body, "required", true);
    struct tree *s = tree_map(tree_map(tree_map(body, "content"), "application/json"), "schema");
    tree_text(s, "type", "object");
    tree_text(tree_list(s, "required"), NULL, "fields");
    struct tree *properties = tree_map(s, "properties");
    if (schema == NULL) {
        tree_text(tree_map(properties, "fields"), "type", "object");
    } else {
        api_schema_ref(properties, "fields", arena_text(a, schema));
    }
    struct tree *reason = tree_map(properties, "reason");
    tree_text(reason, "type", "string");
    tree_text(reason, "description", "Why, for the audit trail.");
}

struct operation {
    const char *method, *verb, *before, *after, *status, *done; // the summary round a kind's name
    bool matches;                                               // needs If-Match
    bool whole_body;                                            // all fields; else those told
    bool body;
};

static void put_operation(struct tree *path, const struct descriptor *d, const struct operation *o,
                          bool key)
{
    struct arena *a = path->arena;
    const char *name = api_schema_name(a, d);
    struct tree *op = tree_map(path, o->method);
    tree_text(op, "operationId", arena_printf(a, "%s%s", o->verb, name));
    tree_text(op, "summary", arena_printf(a, "%s %s%s", o->before, d->name, o->after));
    tree_text(tree_list(op, "tags"), NULL, row_folder(a, d));
    struct tree *parameters = api_schema_parameters(op, d, key);
    if (o->matches) {
        api_schema_parameter(parameters, "If-Match", "header", true,
                             "The ETag of the row you looked at; * for whatever stands there.");
    }
    if (strcmp(o->method, "post") == 0) {
        api_schema_parameter(parameters, "Idempotency-Key", "header", false,
                             "Any text of your own, new for each new request: sent again with it, "
                             "the request is answered again and not done again, for a day.");
    }
    if (strcmp(o->verb, "list") == 0) {
        api_schema_parameter(parameters, "limit", "query", false, "1 to 200 rows; 50 by default.");
        api_schema_parameter(parameters, "after", "query", false,
                             "The key behind which the page begins; `next` has it.");
        api_schema_parameter(parameters, d->columns[0].name, "query", false,
                             "Only rows with this.");
    }
    if (o->body) {
        put_body(op, o->whole_body ? name : NULL);
    }
    struct tree *responses = tree_map(op, "responses");
    struct tree *done = answer(responses, o->status, o->done);
    if (strcmp(o->status, "204") != 0) {
        put_content(done, "application/json",
                    arena_printf(a, "%s%s", name, strcmp(o->verb, "list") == 0 ? "List" : "Row"));
    }
    if (strcmp(o->verb, "create") == 0) {
        put_content(answer(responses, "200", "It stood there already, just so."),
                    "application/json", arena_printf(a, "%sRow", name));
    }
    put_problems(responses, o->body, o->matches);
}

static void put_kind(struct tree *paths, const struct descriptor *d)
{
    static const struct operation of_all[] = {
        {"get", "list", "Rows of the kind", ", by key", "200", "A page of them.", false, false,
         false},
        {"post", "create", "A new", "", "201", "Made; Location and ETag are its own.", false, true,
         true},
    };
    static const struct operation of_one[] = {
        {"get", "read", "One", "", "200", "The row as it stands, with its ETag.", false, false,
         false},
        {"put", "replace", "All fields of one", "", "200", "The row as it stands now.", true, true,
         true},
        {"patch", "change", "Some fields of one", "", "200", "The row as it stands now.", true,
         false, true},
        {"delete", "retire", "Retire one", ": nothing is deleted silently", "200",
         "The row as it stands now; 204 where it is gone.", true, false, false},
    };
    struct arena *a = paths->arena;
    const char *base = arena_printf(a, "/api/v1/{org}/%s", row_folder(a, d));
    struct tree *all = tree_map(paths, base);
    for (size_t i = 0; i < COUNT_OF(of_all); i++) {
        put_operation(all, d, &of_all[i], false);
    }
    struct tree *one = tree_map(paths, arena_printf(a, "%s%s", base, api_schema_key_path(a, d)));
    for (size_t i = 0; i < COUNT_OF(of_one); i++) {
        put_operation(one, d, &of_one[i], true);
    }
}

// ---- several changes, and the pages ----

static void put_changes(struct tree *paths)
{
    struct tree *op = tree_map(tree_map(paths, "/api/v1/{org}/changes"), "post");
    tree_text(op, "operationId", "applyChanges");
    tree_text(op, "summary", "Several changes in one transaction: all of them, or none");
    struct tree *parameters = tree_list(op, "parameters");
    api_schema_parameter(parameters, "org", "path", true, "The organisation's code.");
    api_schema_parameter(parameters, "Idempotency-Key", "header", false,
                         "As for a single new row.");
    struct tree *body = tree_map(op, "requestBody");
    tree_bool(body, "required", true);
    put_content(body, "application/json", "Changes");
    struct tree *responses = tree_map(op, "responses");
    put_content(answer(responses, "200", "All are made."), "application/json", "ChangesMade");
    put_problems(responses, true, true);
}

static void put_page(struct tree *paths, const struct route *r)
{
    struct arena *a = paths->arena;
    const char *path = arena_printf(a, "/{org}%s%s%s.json", r->folder[0] == '\0' ? "" : "/",
                                    r->folder, r->takes_code ? "/{code}" : "");
    struct tree *op = tree_map(tree_map(paths, path), "get");
    tree_text(op, "summary", r->about);
    tree_text(tree_list(op, "tags"), NULL, "pages");
    struct tree *parameters = tree_list(op, "parameters");
    api_schema_parameter(parameters, "org", "path", true, "The organisation's code.");
    if (r->takes_code) {
        api_schema_parameter(parameters, "code", "path", true, "The thing's code.");
    }
    api_schema_parameter(parameters, "period", "query", false,
                         "A month, quarter, half or year: 2025-26-Q2. The latest by default.");
    struct tree *responses = tree_map(op, "responses");
    struct tree *done = answer(responses, "200", "What the page shows.");
    tree_text(tree_map(tree_map(tree_map(done, "content"), "application/json"), "schema"), "type",
              "object");
    put_problems(responses, false, false);
}

// ---- schemas that belong to no kind ----

static struct tree *object(struct tree *schemas, const char *name)
{
    struct tree *o = tree_map(schemas, name);
    tree_text(o, "type", "object");
    return o;
}

static void put_texts(struct tree *properties, const char *const *names)
{
    for (; *names != NULL; names++) {
        tree_text(tree_map(properties, *names), "type", "string");
    }
}

static void put_shared(struct tree *schemas)
{
    static const char *const of_problem[] = {"type", "title", "detail", "instance", NULL};
    static const char *const of_error[] = {"pointer", "detail", NULL};
    static const char *const of_change[] = {"kind", "etag", "reason", NULL};
    struct tree *problem = tree_map(object(schemas, "Problem"), "properties");
    put_texts(problem, of_problem);
    tree_text(tree_map(problem, "status"), "type", "integer");
    struct tree *errors = tree_map(problem, "errors");
    tree_text(errors, "type", "array");
    struct tree *error = tree_map(errors, "items");
    tree_text(error, "type", "object");
    put_texts(tree_map(error, "properties"), of_error);
    tree_text(tree_map(problem, "current"), "type", "object");

    struct tree *changes = object(schemas, "Changes");
    tree_text(tree_list(changes, "required"), NULL, "changes");
    struct tree *list = tree_map(tree_map(changes, "properties"), "changes");
    tree_text(list, "type", "array");
    tree_int(list, "minItems", 1);
    tree_int(list, "maxItems", API_CHANGES_MAX);
    struct tree *change = tree_map(list, "items");
    tree_text(change, "type", "object");
    struct tree *properties = tree_map(change, "properties");
    put_texts(properties, of_change);
    struct tree *words = tree_list(tree_map(properties, "action"), "enum");
    tree_text(words, NULL, "create");
    tree_text(words, NULL, "change");
    tree_text(words, NULL, "retire");
    tree_text(tree_map(properties, "fields"), "type", "object");

    struct tree *made = tree_map(object(schemas, "ChangesMade"), "properties");
    tree_text(tree_map(made, "changed"), "type", "boolean");
    tree_text(tree_map(made, "changes"), "type", "integer");
    tree_text(tree_map(made, "first_event"), "type", "integer");
    tree_text(tree_map(made, "last_event"), "type", "integer");
}

bool api_describe(struct visit *v, struct err *e)
{
    struct tree *root = tree_new_map(v->arena);
    tree_text(root, "openapi", "3.1.0");
    struct tree *info = tree_map(root, "info");
    tree_text(info, "title", "Goldthread");
    tree_text(info, "version", "1");
    tree_text(info, "description",
              "Rows of the record as programs read and write them, and what pages show. Fields are "
              "the texts of the council folder's files.");
    tree_text(tree_map(info, "license"), "name", "MIT");
    tree_text(tree_map(tree_list(root, "servers"), NULL), "url", "/");
    tree_list(tree_map(tree_list(root, "security"), NULL), "token");
    struct tree *paths = tree_map(root, "paths");
    struct tree *components = tree_map(root, "components");
    struct tree *token = tree_map(tree_map(components, "securitySchemes"), "token");
    tree_text(token, "type", "http");
    tree_text(token, "scheme", "bearer");
    struct tree *schemas = tree_map(components, "schemas");
    put_shared(schemas);
    put_changes(paths);
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        put_kind(paths, descriptor_of((enum kind)k));
        api_schema_put(schemas, descriptor_of((enum kind)k));
    }
    for (size_t i = 0; i < site_route_count(); i++) {
        put_page(paths, site_route_at(i));
    }
    v->res->cache_control = "no-cache";
    return visit_json(v, 200, root, e);
}
