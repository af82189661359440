// The view tree: plain values for one page or report, from which every format is made.
//
// A view builds it, a representation walks it: HTML by templates, JSON as it stands, CSV from its
// tables. Nodes live in the arena given to the root and are not changed once the view is done.
//
// Conventions that every view and representation keep:
//   table   a map made by tree_table: "id", "caption", "columns" (list of maps: "key", "title",
//           "numeric" bool, "unit" text) and "rows" (list of maps, one value per column key; a row
//           may hold further keys, such as "href", that only HTML uses). Each table can be had as
//           CSV: the columns' keys are its header, raw values its cells.
//   chart   a map made by tree_chart; what it holds is described in render/svg.h. In a template
//           `{{name}}` of a chart is its SVG.
#ifndef GT_BASE_TREE_H
#define GT_BASE_TREE_H

#include "base/decimal.h"

enum tree_kind { TREE_NULL, TREE_BOOL, TREE_TEXT, TREE_NUMBER, TREE_LIST, TREE_MAP };
enum tree_role { TREE_PLAIN, TREE_TABLE, TREE_CHART };

struct tree {
    enum tree_kind kind;
    enum tree_role role;
    const char *key;   // in a map; NULL in a list. Not copied: literals or arena text
    const char *text;  // TREE_TEXT; and TREE_NUMBER: as people read it, made on first need
    struct dec number; // TREE_NUMBER, exact
    int decimals;      // TREE_NUMBER: places shown to people
    bool truth;        // TREE_BOOL
    size_t count;      // TREE_LIST, TREE_MAP: children
    struct tree *first, *last, *next;
    struct arena *arena;
};

struct tree *tree_new_map(struct arena *a);
struct tree *tree_new_list(struct arena *a);

// Adding to a map (`key`) or, with key NULL, to a list. Texts are not copied: they must live as
// long as the arena. NULL text and an absent number become TREE_NULL.
struct tree *tree_text(struct tree *parent, const char *key, const char *text);
struct tree *tree_number(struct tree *parent, const char *key, struct dec number, int decimals);
struct tree *tree_int(struct tree *parent, const char *key, int64_t value);
struct tree *tree_bool(struct tree *parent, const char *key, bool truth);
struct tree *tree_map(struct tree *parent, const char *key);
struct tree *tree_list(struct tree *parent, const char *key);
struct tree *tree_chart(struct tree *parent, const char *key);
struct tree *tree_null(struct tree *parent, const char *key);
// Adds a finished node (made by tree_new_map / tree_new_list with the same arena).
void tree_attach(struct tree *parent, const char *key, struct tree *child);

// A table with its caption and empty "columns" and "rows"; then one call per column and row.
struct tree *tree_table(struct tree *parent, const char *key, const char *id, const char *caption);
void tree_column(struct tree *table, const char *key, const char *title, bool numeric);
struct tree *tree_row(struct tree *table); // a new map in "rows"

// The child of a map by key, NULL when there is none (or `map` is no map).
const struct tree *tree_get(const struct tree *map, const char *key);
// False, null, empty text, empty list, number absent: what a Mustache section skips. The number 0
// counts as true (a figure of nought is a figure).
bool tree_truthy(const struct tree *node);

// The whole tree as JSON: numbers exact and unrounded to `decimals`, keys in the order added.
void tree_write_json(struct buf *b, const struct tree *node);

// The table with this id anywhere below `node`; the first one when `id` is NULL; NULL if none.
const struct tree *tree_find_table(const struct tree *node, const char *id);

#endif
