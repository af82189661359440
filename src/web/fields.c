#include "web/fields.h"

#include <string.h>

static struct tree *child(const struct tree *map, const char *key)
{
    for (struct tree *at = map->first; at != NULL; at = at->next) {
        if (strcmp(at->key, key) == 0) {
            return at;
        }
    }
    return NULL;
}

// A text that was null until now.
static void give(struct tree *map, const char *key, const char *text)
{
    struct tree *node = child(map, key);
    node->kind = TREE_TEXT;
    node->text = text;
}

static struct tree *put(struct tree *page, const struct field *f, bool choices)
{
    struct tree *list = child(page, "fields");
    struct tree *map = tree_map(list == NULL ? tree_list(page, "fields") : list, NULL);
    tree_text(map, "id", f->id);
    tree_text(map, "label", f->label);
    tree_text(map, "hint", f->hint);
    tree_text(map, "type", f->type == NULL ? "text" : f->type);
    tree_text(map, "autocomplete", f->autocomplete);
    tree_text(map, "inputmode", f->inputmode);
    tree_text(map, "width", f->width);
    tree_text(map, "value", f->value);
    tree_null(map, "error");
    tree_text(map, "described",
              f->hint == NULL ? NULL : arena_printf(page->arena, "%s-hint", f->id));
    tree_bool(map, "choices", choices);
    tree_list(map, "options");
    return map;
}

void field_put(struct tree *page, const struct field *f)
{
    (void)put(page, f, false);
}

struct tree *field_put_choices(struct tree *page, const struct field *f)
{
    return put(page, f, true);
}

void field_option(struct tree *field, const char *value, const char *title, const char *chosen)
{
    struct tree *option = tree_map(child(field, "options"), NULL);
    tree_text(option, "value", value);
    tree_text(option, "title", title);
    tree_bool(option, "selected", chosen != NULL && strcmp(chosen, value) == 0);
}

void field_error(struct tree *page, const char *id, const char *sentence)
{
    const struct tree *list = child(page, "fields");
    for (struct tree *f = list == NULL ? NULL : list->first; f != NULL; f = f->next) {
        if (strcmp(child(f, "id")->text, id) == 0) {
            const struct tree *hint = child(f, "hint");
            give(f, "error", sentence);
            give(f, "described",
                 hint->kind == TREE_NULL ? arena_printf(f->arena, "%s-error", id)
                                         : arena_printf(f->arena, "%s-hint %s-error", id, id));
        }
    }
}
