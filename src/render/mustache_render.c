#include <string.h>

#include "render/html.h"
#include "render/mustache_nodes.h"
#include "render/svg.h"
#include "render/table_html.h"

// What names are looked up in, innermost first. Lives on the C stack: one a section.
struct context {
    const struct tree *value;
    const struct context *outer;
};

struct render {
    struct buf *out;
    struct err *e;
    const struct template *t; // the one being written, for messages
    const char **seen;        // by slot: the key's own pointer where the name was last found
    const char *indent;       // what each line of a partial begins with
    size_t indent_length;
    size_t steps; // nodes that may still be written: ends what partials could repeat for ever
    int depth;
    template_missing *report; // checking mode when not NULL
    void *report_context;
    size_t missing, skipped;
};

static const size_t STEPS_LEAST = 1000000;

static bool fail(struct render *r, const struct node *node, const char *why)
{
    return err_set(r->e, ERR_SYSTEM, "Template \"%s\", line %d: %s", r->t->name, node->line, why);
}

// Views use literals as keys, so a name is mostly found by comparing pointers: rows of a table
// share their keys.
static const struct tree *child(struct render *r, const struct tree *map,
                                const struct name_part *part)
{
    const char *seen = r->seen[part->slot];
    char first = part->text[0];
    for (const struct tree *c = map->first; c != NULL; c = c->next) {
        if (c->key == seen) {
            return c;
        }
        if (c->key[0] == first && strcmp(c->key, part->text) == 0) {
            r->seen[part->slot] = c->key;
            return c;
        }
    }
    return NULL;
}

static void report(struct render *r, const struct node *node)
{
    if (r->report != NULL) {
        r->missing++;
        const char *name = arena_textn(r->out->arena, node->text, node->length);
        r->report(r->report_context, r->t->name, node->line, name);
    }
}

static const struct tree *find(struct render *r, const struct node *node, const struct context *in)
{
    if (node->part_count == 0) {
        return in->value;
    }
    const struct tree *found = NULL;
    for (; in != NULL && found == NULL; in = in->outer) {
        if (in->value->kind == TREE_MAP) {
            found = child(r, in->value, &node->parts[0]);
        }
    }
    // The rest of a dotted name is looked up in what the first part gave, and nowhere else.
    for (size_t i = 1; i < node->part_count && found != NULL; i++) {
        if (found->kind == TREE_NULL) {
            return found;
        }
        found = found->kind == TREE_MAP ? child(r, found, &node->parts[i]) : NULL;
    }
    if (found == NULL) {
        report(r, node);
    }
    return found;
}

static void write_indent(struct render *r)
{
    buf_put(r->out, r->indent, r->indent_length);
}

static void write_text(struct render *r, const struct node *node)
{
    if (r->indent_length == 0) {
        buf_put(r->out, node->text, node->length);
        return;
    }
    const char *at = node->text;
    const char *end = at + node->length;
    for (bool line_begins = node->starts_line; at < end; line_begins = true) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *to = newline == NULL ? end : newline + 1;
        if (line_begins) {
            write_indent(r);
        }
        buf_put(r->out, at, (size_t)(to - at));
        at = to;
    }
}

static bool write_value(struct render *r, const struct node *node, const struct tree *value)
{
    if (value == NULL) {
        return true;
    }
    switch (value->kind) {
    case TREE_TEXT:
        if (node->kind == NODE_RAW) {
            html_raw_markup_of_our_own(r->out, value->text, strlen(value->text));
        } else {
            html_text(r->out, value->text);
        }
        break;
    case TREE_NUMBER:
        if (value->text != NULL) {
            html_text(r->out, value->text);
        } else {
            dec_write_shown(r->out, value->number, value->decimals);
        }
        break;
    case TREE_BOOL: buf_text(r->out, value->truth ? "true" : "false"); break;
    case TREE_MAP:
        if (value->role == TREE_CHART) {
            const char *why = NULL;
            return svg_chart(r->out, value, &why) || fail(r, node, why);
        }
        if (value->role == TREE_TABLE) {
            return table_html(r->out, value) || fail(r, node, "it is no whole table");
        }
        break;
    case TREE_NULL:
    case TREE_LIST: break;
    }
    return true;
}

static bool too_deep(struct render *r, const struct node *node)
{
    return r->depth == TEMPLATE_DEPTH_MAX &&
           !fail(r, node,
                 "sections and partials stand inside one another more than 200 deep; a partial "
                 "that calls itself must come to an end.");
}

static bool write_nodes(struct render *r, size_t from, size_t to, const struct context *in);

static bool write_inside(struct render *r, const struct node *node, size_t index,
                         const struct context *in)
{
    if (too_deep(r, node)) {
        return false;
    }
    r->depth++;
    bool ok = write_nodes(r, index + 1, node->end, in);
    r->depth--;
    return ok;
}

static bool write_section(struct render *r, const struct node *node, size_t index,
                          const struct tree *value, const struct context *in)
{
    if (!tree_truthy(value)) {
        r->skipped++;
        return true;
    }
    struct context inner = {value, in};
    if (value->kind != TREE_LIST) {
        return write_inside(r, node, index, &inner);
    }
    for (const struct tree *item = value->first; item != NULL; item = item->next) {
        inner.value = item;
        if (!write_inside(r, node, index, &inner)) {
            return false;
        }
    }
    return true;
}

static bool write_inverted(struct render *r, const struct node *node, size_t index,
                           const struct tree *value, const struct context *in)
{
    if (tree_truthy(value)) {
        r->skipped++;
        return true;
    }
    return write_inside(r, node, index, in);
}

static bool write_partial(struct render *r, const struct node *node, const struct context *in)
{
    if (too_deep(r, node)) {
        return false;
    }
    const struct template *t = r->t;
    const char *indent = r->indent;
    size_t length = r->indent_length;
    if (!node->starts_line) {
        r->indent_length = 0;
    } else if (length == 0) {
        r->indent = node->text;
        r->indent_length = node->length;
    } else if (node->length > 0) {
        r->indent = arena_printf(r->out->arena, "%.*s%.*s", (int)length, indent, (int)node->length,
                                 node->text);
        r->indent_length = length + node->length;
    }
    r->t = node->partial;
    r->depth++;
    bool ok = write_nodes(r, 0, node->partial->count, in);
    r->depth--;
    r->t = t;
    r->indent = indent;
    r->indent_length = length;
    return ok;
}

static bool over_limit(const struct render *r)
{
    if (r->out->full) {
        return err_set(r->e, ERR_SYSTEM,
                       "The page made from template \"%s\" grew past its limit of %zu bytes; show "
                       "less on it.",
                       r->t->name, r->out->max);
    }
    return err_set(r->e, ERR_SYSTEM,
                   "The page made from template \"%s\" takes more steps than are allowed; show "
                   "less on it.",
                   r->t->name);
}

static bool write_nodes(struct render *r, size_t from, size_t to, const struct context *in)
{
    const struct node *nodes = r->t->nodes;
    for (size_t i = from; i < to; i++) {
        const struct node *node = &nodes[i];
        if (r->steps == 0 || r->out->full) {
            return over_limit(r);
        }
        r->steps--;
        bool ok = true;
        switch (node->kind) {
        case NODE_TEXT: write_text(r, node); break;
        case NODE_INDENT: write_indent(r); break;
        case NODE_VALUE:
        case NODE_RAW: ok = write_value(r, node, find(r, node, in)); break;
        case NODE_SECTION:
            ok = write_section(r, node, i, find(r, node, in), in);
            i = node->end - 1;
            break;
        case NODE_INVERTED:
            ok = write_inverted(r, node, i, find(r, node, in), in);
            i = node->end - 1;
            break;
        case NODE_PARTIAL: ok = write_partial(r, node, in); break;
        }
        if (!ok) {
            return false;
        }
    }
    return true;
}

static bool run(struct render *r, const struct template *t, const struct tree *view)
{
    r->t = t;
    r->indent = "";
    r->steps = STEPS_LEAST + r->out->max;
    r->seen = ARENA_ARRAY(r->out->arena, t->set->slots, const char *);
    struct context root = {view, NULL};
    if (!write_nodes(r, 0, t->count, &root)) {
        return false;
    }
    return !r->out->full || over_limit(r);
}

bool template_render(const struct template *t, const struct tree *view, struct buf *out,
                     struct err *e)
{
    struct render r = {.out = out, .e = e};
    return run(&r, t, view);
}

size_t templates_missing_keys(const struct template *t, const struct tree *view,
                              template_missing *report_one, void *context, size_t *ret_skipped)
{
    struct buf out = buf_new(view->arena, 64u << 20);
    struct err e = {.arena = view->arena};
    struct render r = {.out = &out, .e = &e, .report = report_one, .report_context = context};
    if (!run(&r, t, view)) {
        report_one(context, t->name, 0, e.message);
        r.missing++;
    }
    if (ret_skipped != NULL) {
        *ret_skipped = r.skipped;
    }
    return r.missing;
}
