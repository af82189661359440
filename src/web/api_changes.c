// Several changes in one transaction: all of them are made, or none.
#include <string.h>

#include "view/row_json.h"
#include "web/api.h"

struct batch {
    struct visit *visit;
    struct door_change *changes;
    const char *pointer; // of what will not do
    const char *detail;
};

static bool wrong(struct batch *b, size_t at, const char *member, const char *detail)
{
    b->pointer = arena_printf(b->visit->arena, "/changes/%zu%s", at, member);
    b->detail = detail;
    return false;
}

static bool take_action(struct batch *b, size_t at, const struct json *item)
{
    static const char *const words[] = {
        [WHO_CREATES] = "create", [WHO_CHANGES] = "change", [WHO_RETIRES] = "retire"};
    const char *word = json_text(item, "action");
    for (size_t i = 0; word != NULL && i < COUNT_OF(words); i++) {
        if (strcmp(words[i], word) == 0) {
            b->changes[at].action = (enum who_action)i;
            return true;
        }
    }
    return wrong(b, at, "/action", "\"action\" is create, change or retire.");
}

static bool take_change(struct batch *b, size_t at, const struct json *item)
{
    struct arena *a = b->visit->arena;
    struct door_change *change = &b->changes[at];
    const char *folder = json_text(item, "kind");
    const struct descriptor *d = folder == NULL ? NULL : row_kind(a, folder);
    const struct json *fields = json_member(item, "fields");
    struct row_wrong in_fields = {0};
    if (!take_action(b, at, item)) {
        return false;
    }
    if (d == NULL) {
        return wrong(b, at, "/kind",
                     "\"kind\" is the name of a file of the council folder without "
                     "its ending: \"observations\".");
    }
    if (fields == NULL || fields->kind != JSON_MAP) {
        return wrong(b, at, "/fields", "\"fields\" is an object of the row's fields.");
    }
    const char **cells = ARENA_ARRAY(a, d->count, const char *);
    bool *told = ARENA_ARRAY(a, d->count, bool);
    if (!row_fields(a, d, fields, cells, told, &in_fields)) {
        return wrong(b, at, in_fields.pointer, in_fields.detail);
    }
    change->kind = d->kind;
    change->cells = cells;
    change->told = told;
    change->reason = json_text(item, "reason");
    change->seen = json_text(item, "etag");
    if (change->action != WHO_CREATES && change->seen == NULL) {
        return wrong(b, at, "/etag",
                     "To change or retire a row, send the \"etag\" of it that you "
                     "looked at.");
    }
    return true;
}

static bool take_changes(struct batch *b, const struct json *list)
{
    size_t at = 0;
    for (const struct json *item = list->first; item != NULL; item = item->next, at++) {
        if (item->kind != JSON_MAP) {
            return wrong(b, at, "", "A change is an object.");
        }
        if (!take_change(b, at, item)) {
            return false;
        }
    }
    return true;
}

bool api_changes(struct visit *v, struct err *e)
{
    const struct json *json = NULL;
    bool answered = false;
    if (!api_body(v, &json, &answered, e)) {
        return answered;
    }
    const struct json *list = json_member(json, "changes");
    struct batch b = {.visit = v, .pointer = "/changes"};
    bool right = list != NULL && list->kind == JSON_ROW && list->count >= 1 &&
                 list->count <= API_CHANGES_MAX;
    if (!right) {
        b.detail =
            arena_printf(v->arena, "\"changes\" is a list of 1 to %d changes.", API_CHANGES_MAX);
    } else {
        b.changes = ARENA_ARRAY(v->arena, list->count, struct door_change);
        right = take_changes(&b, list);
    }
    if (!right) {
        struct tree *errors = tree_new_list(v->arena);
        struct tree *item = tree_map(errors, NULL);
        tree_text(item, "pointer", b.pointer);
        tree_text(item, "detail", b.detail);
        const struct visit_problem p = {422, "fields", "Fields at fault", b.detail, errors, NULL};
        return visit_problem(v, &p, e);
    }
    struct api_writing w = {
        .visit = v, .changes = b.changes, .count = list->count, .several = true};
    return api_run(&w, e) || api_refuse(&w, e);
}
