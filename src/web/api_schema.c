#include "web/api_schema.h"

#include <ctype.h>

const char *api_schema_name(struct arena *a, const struct descriptor *d)
{
    char *name = arena_text(a, d->name), *to = name;
    bool upper = true;
    for (const char *from = d->name; *from != '\0'; from++) {
        if (*from == '_' || *from == ' ') {
            upper = true;
            continue;
        }
        *to++ = upper ? (char)toupper((unsigned char)*from) : *from;
        upper = false;
    }
    *to = '\0';
    return name;
}

void api_schema_ref(struct tree *parent, const char *key, const char *name)
{
    struct tree *map = tree_map(parent, key);
    tree_text(map, "$ref", arena_printf(parent->arena, "#/components/schemas/%s", name));
}

// What texts a type of column takes, beyond its length.
static void put_type(struct tree *schema, const struct column *c)
{
    static const struct {
        const char *format, *pattern;
        int length;
    } types[] = {
        [COLUMN_CODE] = {NULL, NULL, 100},
        [COLUMN_TEXT] = {NULL, NULL, 500},
        [COLUMN_LONG_TEXT] = {NULL, NULL, 20000},
        [COLUMN_INTEGER] = {NULL, "^-?[0-9]+$", 0},
        [COLUMN_DECIMAL] = {NULL, "^-?[0-9]+(\\.[0-9]+)?$", 0},
        [COLUMN_DATE] = {"date", NULL, 0},
        [COLUMN_MONTH] = {NULL, "^(0[1-9]|1[0-2])$", 0},
        [COLUMN_PERIOD] = {NULL, NULL, 100},
        [COLUMN_YES_NO] = {NULL, "^(yes|no)$", 0},
        [COLUMN_CHOICE] = {NULL, NULL, 0},
        [COLUMN_CHOICES] = {NULL, NULL, 0},
        [COLUMN_REFERENCE] = {NULL, NULL, 500},
        [COLUMN_VALUE] = {NULL, NULL, 500},
        [COLUMN_EMAIL] = {"email", NULL, 0},
    };
    if (types[c->type].format != NULL) {
        tree_text(schema, "format", types[c->type].format);
    }
    if (types[c->type].pattern != NULL) {
        tree_text(schema, "pattern", types[c->type].pattern);
    }
    if (types[c->type].length > 0) {
        tree_int(schema, "maxLength", types[c->type].length);
    }
}

static void put_column(struct tree *properties, const struct column *c)
{
    struct arena *a = properties->arena;
    struct tree *schema = tree_map(properties, c->name);
    tree_text(schema, "title", c->label);
    const char *hint = c->hint == NULL ? "" : c->hint;
    const char *refers = c->type == COLUMN_REFERENCE
                             ? arena_printf(a, " The code of a %s.", descriptor_of(c->refers)->name)
                             : "";
    const char *means =
        c->fallback == NULL ? "" : arena_printf(a, " Blank means \"%s\".", c->fallback);
    tree_text(schema, "description", arena_printf(a, "%s%s%s", hint, refers, means));
    if (c->required) {
        tree_text(schema, "type", "string");
    } else {
        struct tree *types = tree_list(schema, "type");
        tree_text(types, NULL, "string");
        tree_text(types, NULL, "null");
    }
    put_type(schema, c);
    if (c->type == COLUMN_CHOICE) {
        struct tree *words = tree_list(schema, "enum");
        for (const char *const *w = c->choices; *w != NULL; w++) {
            tree_text(words, NULL, *w);
        }
        if (!c->required) {
            tree_null(words, NULL);
        }
    }
}

static void put_row(struct tree *schemas, const struct descriptor *d, const char *name)
{
    struct tree *row = tree_map(schemas, arena_printf(schemas->arena, "%sRow", name));
    tree_text(row, "type", "object");
    struct tree *required = tree_list(row, "required");
    tree_text(required, NULL, "self");
    tree_text(required, NULL, "kind");
    tree_text(required, NULL, "fields");
    struct tree *properties = tree_map(row, "properties");
    tree_text(tree_map(properties, "self"), "type", "string");
    tree_text(tree_map(properties, "kind"), "const", d->name);
    tree_text(tree_map(properties, "version"), "type", "integer");
    api_schema_ref(properties, "fields", name);
}

static void put_list(struct tree *schemas, const char *name)
{
    struct arena *a = schemas->arena;
    struct tree *list = tree_map(schemas, arena_printf(a, "%sList", name));
    tree_text(list, "type", "object");
    struct tree *required = tree_list(list, "required");
    tree_text(required, NULL, "items");
    tree_text(required, NULL, "next");
    struct tree *properties = tree_map(list, "properties");
    tree_text(tree_map(properties, "kind"), "type", "string");
    struct tree *items = tree_map(properties, "items");
    tree_text(items, "type", "array");
    api_schema_ref(items, "items", arena_printf(a, "%sRow", name));
    struct tree *types = tree_list(tree_map(properties, "next"), "type");
    tree_text(types, NULL, "string");
    tree_text(types, NULL, "null");
}

void api_schema_put(struct tree *schemas, const struct descriptor *d)
{
    const char *name = api_schema_name(schemas->arena, d);
    struct tree *fields = tree_map(schemas, name);
    tree_text(fields, "type", "object");
    tree_text(fields, "description", d->about);
    struct tree *required = tree_list(fields, "required");
    struct tree *properties = tree_map(fields, "properties");
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].required) {
            tree_text(required, NULL, d->columns[i].name);
        }
        put_column(properties, &d->columns[i]);
    }
    tree_bool(fields, "additionalProperties", false);
    put_row(schemas, d, name);
    put_list(schemas, name);
}

const char *api_schema_key_path(struct arena *a, const struct descriptor *d)
{
    const char *path = "";
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            path = arena_printf(a, "%s/{%s}", path, d->columns[i].name);
        }
    }
    return path;
}

void api_schema_parameter(struct tree *list, const char *name, const char *in, bool required,
                          const char *about)
{
    struct tree *p = tree_map(list, NULL);
    tree_text(p, "name", name);
    tree_text(p, "in", in);
    tree_bool(p, "required", required);
    tree_text(p, "description", about);
    tree_text(tree_map(p, "schema"), "type", "string");
}

struct tree *api_schema_parameters(struct tree *operation, const struct descriptor *d, bool key)
{
    struct tree *list = tree_list(operation, "parameters");
    api_schema_parameter(list, "org", "path", true, "The organisation's code.");
    for (size_t i = 0; key && i < d->count; i++) {
        if (d->columns[i].key) {
            api_schema_parameter(list, d->columns[i].name, "path", true,
                                 "As the row has it; \"~\" where it is blank, \"~1\" for a slash, "
                                 "\"~0\" for a tilde.");
        }
    }
    return list;
}
