// A view tree from JSON as a test writes it, so that cases can be read at a glance.
//
// Strings know \" \\ \n and \r; numbers are canonical decimals and keep their places ("1.50" is
// shown with two). A map with the key "kind" under the name "chart" becomes a chart.
#ifndef GT_TESTS_TREE_TEXT_H
#define GT_TESTS_TREE_TEXT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/tree.h"

struct tree_text {
    struct arena *arena;
    const char *at;
};

static inline void tree_text_expect(struct tree_text *in, char c)
{
    in->at += strspn(in->at, " \n");
    if (*in->at != c) {
        fprintf(stderr, "test data: expected %c at: %.40s\n", c, in->at);
        abort();
    }
    in->at++;
}

static inline bool tree_text_next(struct tree_text *in, char c)
{
    in->at += strspn(in->at, " \n");
    if (*in->at != c) {
        return false;
    }
    in->at++;
    return true;
}

static inline const char *tree_text_string(struct tree_text *in)
{
    tree_text_expect(in, '"');
    struct buf b = buf_new(in->arena, 1 << 20);
    for (; *in->at != '"' && *in->at != '\0'; in->at++) {
        char c = *in->at;
        if (c == '\\') {
            in->at++;
            c = *in->at == 'n' ? '\n' : *in->at == 'r' ? '\r' : *in->at;
        }
        buf_char(&b, c);
    }
    tree_text_expect(in, '"');
    return buf_cstr(&b);
}

static inline void tree_text_value(struct tree_text *in, struct tree *parent, const char *key);

static inline void tree_text_children(struct tree_text *in, struct tree *node, char close)
{
    while (!tree_text_next(in, close)) {
        const char *key = NULL;
        if (node->kind == TREE_MAP) {
            key = tree_text_string(in);
            tree_text_expect(in, ':');
        }
        tree_text_value(in, node, key);
        if (!tree_text_next(in, ',')) {
            tree_text_expect(in, close);
            break;
        }
    }
}

static inline void tree_text_number(struct tree_text *in, struct tree *parent, const char *key)
{
    size_t length = strspn(in->at, "-0123456789.");
    struct dec number = DEC_NONE;
    if (!dec_parse(in->at, length, &number)) {
        fprintf(stderr, "test data: no value at: %.40s\n", in->at);
        abort();
    }
    in->at += length;
    tree_number(parent, key, number, number.scale);
}

static inline bool tree_text_word(struct tree_text *in, const char *word)
{
    bool found = strncmp(in->at, word, strlen(word)) == 0;
    in->at += found ? strlen(word) : 0;
    return found;
}

static inline void tree_text_value(struct tree_text *in, struct tree *parent, const char *key)
{
    if (tree_text_next(in, '{')) {
        bool chart = key != NULL && strcmp(key, "chart") == 0;
        struct tree *map = chart ? tree_chart(parent, key) : tree_map(parent, key);
        tree_text_children(in, map, '}');
    } else if (tree_text_next(in, '[')) {
        tree_text_children(in, tree_list(parent, key), ']');
    } else if (*in->at == '"') {
        tree_text(parent, key, tree_text_string(in));
    } else if (tree_text_word(in, "true")) {
        tree_bool(parent, key, true);
    } else if (tree_text_word(in, "false")) {
        tree_bool(parent, key, false);
    } else if (tree_text_word(in, "null")) {
        tree_null(parent, key);
    } else {
        tree_text_number(in, parent, key);
    }
}

// The map that `json` describes.
static inline struct tree *tree_from_text(struct arena *a, const char *json)
{
    struct tree_text in = {a, json};
    struct tree *map = tree_new_map(a);
    tree_text_expect(&in, '{');
    tree_text_children(&in, map, '}');
    return map;
}

#endif
