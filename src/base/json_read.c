#include "base/json_read.h"

#include <jansson.h>
#include <string.h>

static void forget(void *value)
{
    json_decref(value);
}

// The fewest digits that read back as the same double; there is no minus nought among figures.
static const char *fraction_text(struct arena *a, double d)
{
    if (d == 0) {
        return "0";
    }
    for (int digits = 15; digits < 17; digits++) {
        char *text = arena_printf(a, "%.*g", digits, d);
        json_error_t ignored;
        json_t *again = json_loads(text, JSON_DECODE_ANY, &ignored);
        bool same = json_number_value(again) == d;
        json_decref(again);
        if (same) {
            return text;
        }
    }
    return arena_printf(a, "%.17g", d);
}

static bool copy(struct arena *a, json_t *from, struct json *to, int room, struct err *e);

static bool copy_row(struct arena *a, json_t *from, struct json *to, int room, struct err *e)
{
    const struct json **end = &to->first;
    for (size_t i = 0; i < json_array_size(from); i++) {
        struct json *item = ARENA_NEW(a, struct json);
        if (!copy(a, json_array_get(from, i), item, room, e)) {
            return false;
        }
        *end = item;
        end = &item->next;
        to->count++;
    }
    return true;
}

static bool copy_map(struct arena *a, json_t *from, struct json *to, int room, struct err *e)
{
    const struct json **end = &to->first;
    for (void *at = json_object_iter(from); at != NULL; at = json_object_iter_next(from, at)) {
        struct json *item = ARENA_NEW(a, struct json);
        if (!copy(a, json_object_iter_value(at), item, room, e)) {
            return false;
        }
        item->name = arena_text(a, json_object_iter_key(at));
        *end = item;
        end = &item->next;
        to->count++;
    }
    return true;
}

static bool copy(struct arena *a, json_t *from, struct json *to, int room, struct err *e)
{
    if (room == 0) {
        return err_set(e, ERR_INPUT, "The JSON is nested deeper than %d levels.", JSON_DEPTH_MAX);
    }
    switch (json_typeof(from)) {
    case JSON_NULL: to->kind = JSON_NOTHING; return true;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = JSON_TRUTH;
        to->truth = json_is_true(from);
        return true;
    case JSON_INTEGER:
        to->kind = JSON_WHOLE;
        to->whole = json_integer_value(from);
        to->text = arena_printf(a, "%lld", (long long)to->whole);
        break;
    case JSON_REAL:
        to->kind = JSON_FRACTION;
        to->text = fraction_text(a, json_real_value(from));
        break;
    case JSON_STRING:
        to->kind = JSON_WORDS;
        to->text = arena_textn(a, json_string_value(from), json_string_length(from));
        break;
    case JSON_ARRAY: to->kind = JSON_ROW; return copy_row(a, from, to, room - 1, e);
    case JSON_OBJECT: to->kind = JSON_MAP; return copy_map(a, from, to, room - 1, e);
    }
    to->length = strlen(to->text);
    return true;
}

bool json_read(struct arena *a, const char *bytes, size_t length, const struct json **ret,
               struct err *e)
{
    json_error_t wrong;
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &wrong);
    if (root == NULL) {
        return err_set(e, ERR_INPUT, "This is not JSON: line %d, column %d: %s.", wrong.line,
                       wrong.column, wrong.text);
    }
    arena_defer(a, forget, root);
    struct json *copied = ARENA_NEW(a, struct json);
    if (!copy(a, root, copied, JSON_DEPTH_MAX, e)) {
        return false;
    }
    *ret = copied;
    return true;
}

const struct json *json_member(const struct json *object, const char *name)
{
    if (object == NULL || object->kind != JSON_MAP) {
        return NULL;
    }
    for (const struct json *m = object->first; m != NULL; m = m->next) {
        if (strcmp(m->name, name) == 0) {
            return m;
        }
    }
    return NULL;
}

const char *json_text(const struct json *object, const char *name)
{
    const struct json *m = json_member(object, name);
    return m != NULL && m->kind == JSON_WORDS ? m->text : NULL;
}
