#include "base/tree.h"

#include <string.h>

#include "base/json.h"

static struct tree *new_node(struct arena *a, enum tree_kind kind)
{
    struct tree *node = ARENA_NEW(a, struct tree);
    node->kind = kind;
    node->arena = a;
    return node;
}

struct tree *tree_new_map(struct arena *a)
{
    return new_node(a, TREE_MAP);
}

struct tree *tree_new_list(struct arena *a)
{
    return new_node(a, TREE_LIST);
}

void tree_attach(struct tree *parent, const char *key, struct tree *child)
{
    child->key = key;
    if (parent->last == NULL) {
        parent->first = child;
    } else {
        parent->last->next = child;
    }
    parent->last = child;
    parent->count++;
}

static struct tree *add(struct tree *parent, const char *key, enum tree_kind kind)
{
    struct tree *child = new_node(parent->arena, kind);
    tree_attach(parent, key, child);
    return child;
}

struct tree *tree_null(struct tree *parent, const char *key)
{
    return add(parent, key, TREE_NULL);
}

struct tree *tree_text(struct tree *parent, const char *key, const char *text)
{
    struct tree *child = add(parent, key, text == NULL ? TREE_NULL : TREE_TEXT);
    child->text = text;
    return child;
}

struct tree *tree_number(struct tree *parent, const char *key, struct dec number, int decimals)
{
    struct tree *child = add(parent, key, number.present ? TREE_NUMBER : TREE_NULL);
    child->number = number;
    child->decimals = decimals;
    if (number.present) {
        child->text = dec_shown(parent->arena, number, decimals);
    }
    return child;
}

struct tree *tree_int(struct tree *parent, const char *key, int64_t value)
{
    return tree_number(parent, key, dec_int(value), 0);
}

struct tree *tree_bool(struct tree *parent, const char *key, bool truth)
{
    struct tree *child = add(parent, key, TREE_BOOL);
    child->truth = truth;
    return child;
}

struct tree *tree_map(struct tree *parent, const char *key)
{
    return add(parent, key, TREE_MAP);
}

struct tree *tree_list(struct tree *parent, const char *key)
{
    return add(parent, key, TREE_LIST);
}

struct tree *tree_chart(struct tree *parent, const char *key)
{
    struct tree *chart = add(parent, key, TREE_MAP);
    chart->role = TREE_CHART;
    return chart;
}

struct tree *tree_table(struct tree *parent, const char *key, const char *id, const char *caption)
{
    struct tree *table = add(parent, key, TREE_MAP);
    table->role = TREE_TABLE;
    tree_text(table, "id", id);
    tree_text(table, "caption", caption);
    tree_list(table, "columns");
    tree_list(table, "rows");
    return table;
}

static struct tree *child_by_key(struct tree *map, const char *key)
{
    for (struct tree *child = map->first; child != NULL; child = child->next) {
        if (strcmp(child->key, key) == 0) {
            return child;
        }
    }
    return NULL;
}

void tree_column(struct tree *table, const char *key, const char *title, bool numeric)
{
    struct tree *column = tree_map(child_by_key(table, "columns"), NULL);
    tree_text(column, "key", key);
    tree_text(column, "title", title);
    tree_bool(column, "numeric", numeric);
}

struct tree *tree_row(struct tree *table)
{
    return tree_map(child_by_key(table, "rows"), NULL);
}

const struct tree *tree_get(const struct tree *map, const char *key)
{
    if (map == NULL || map->kind != TREE_MAP) {
        return NULL;
    }
    for (const struct tree *child = map->first; child != NULL; child = child->next) {
        if (strcmp(child->key, key) == 0) {
            return child;
        }
    }
    return NULL;
}

bool tree_truthy(const struct tree *node)
{
    if (node == NULL) {
        return false;
    }
    switch (node->kind) {
    case TREE_NULL: return false;
    case TREE_BOOL: return node->truth;
    case TREE_TEXT: return node->text[0] != '\0';
    case TREE_NUMBER: return node->number.present;
    case TREE_LIST: return node->count > 0;
    case TREE_MAP: return true;
    }
    return false;
}

static void write_children(struct buf *b, const struct tree *node, char open, char close)
{
    buf_char(b, open);
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        if (child != node->first) {
            buf_char(b, ',');
        }
        if (node->kind == TREE_MAP) {
            json_put_text(b, child->key);
            buf_char(b, ':');
        }
        tree_write_json(b, child);
    }
    buf_char(b, close);
}

void tree_write_json(struct buf *b, const struct tree *node)
{
    switch (node->kind) {
    case TREE_NULL: buf_text(b, "null"); break;
    case TREE_BOOL: buf_text(b, node->truth ? "true" : "false"); break;
    case TREE_TEXT: json_put_text(b, node->text); break;
    case TREE_NUMBER: dec_write(b, node->number); break;
    case TREE_LIST: write_children(b, node, '[', ']'); break;
    case TREE_MAP: write_children(b, node, '{', '}'); break;
    }
}

const struct tree *tree_find_table(const struct tree *node, const char *id)
{
    if (node->role == TREE_TABLE) {
        const struct tree *own = tree_get(node, "id");
        if (id == NULL || (own != NULL && own->text != NULL && strcmp(own->text, id) == 0)) {
            return node;
        }
    }
    if (node->kind != TREE_MAP && node->kind != TREE_LIST) {
        return NULL;
    }
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        const struct tree *found = tree_find_table(child, id);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}
