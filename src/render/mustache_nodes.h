// What a parsed template is: shared by mustache_parse.c and mustache_render.c, nobody else.
//
// A template is one array of nodes in reading order. A section's node holds the index just past
// its last node, so skipping it is one assignment and nothing is linked.
#ifndef GT_RENDER_MUSTACHE_NODES_H
#define GT_RENDER_MUSTACHE_NODES_H

#include "render/mustache.h"

enum node_kind {
    NODE_TEXT,    // literal text; `starts_line` says that a line of the template begins here
    NODE_INDENT,  // a line begins here with a tag: where a partial's indentation goes
    NODE_VALUE,   // {{name}}
    NODE_RAW,     // {{{name}}} and {{&name}}
    NODE_SECTION, // {{#name}} ... up to `end`
    NODE_INVERTED,
    NODE_PARTIAL, // `starts_line`: it stands alone on its line, so `text` indents all of its lines
};

struct name_part {
    const char *text; // NUL-ended
    size_t length;
    size_t slot; // number of this text in the whole set: where a render keeps what it learnt
};

struct node {
    enum node_kind kind;
    bool starts_line;
    int line;         // of the tag, for messages
    const char *text; // NODE_TEXT: bytes; NODE_PARTIAL: its indentation; else the name as written
    size_t length;
    const struct name_part *parts; // of a dotted name; none for the implicit iterator "."
    size_t part_count;
    size_t end;                     // sections: index after the last node inside
    const struct template *partial; // NODE_PARTIAL
};

struct template
{
    const char *name;
    const struct templates *set;
    const struct node *nodes;
    size_t count;
};

struct templates {
    const struct template *const *all; // sorted by name
    size_t count;
    size_t slots; // distinct name parts
    size_t raw;
};

#endif
