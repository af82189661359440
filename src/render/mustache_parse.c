#include "render/mustache_parse.h"

#include <string.h>

static struct node *add_node(struct parser *p, enum node_kind kind, int line)
{
    if (p->count == p->room) {
        size_t room = p->room == 0 ? 32 : p->room * 2;
        p->nodes = arena_grow(p->l->arena, p->nodes, p->count, room, sizeof *p->nodes);
        p->room = room;
    }
    struct node *node = &p->nodes[p->count++];
    node->kind = kind;
    node->line = line;
    return node;
}

static void add_text(struct parser *p, const char *from, const char *to)
{
    if (from < to) {
        struct node *node = add_node(p, NODE_TEXT, 0);
        node->starts_line = parser_at_line_start(p, from);
        node->text = from;
        node->length = (size_t)(to - from);
    }
}

static void split_name(struct parser *p, struct node *node, const struct tag *tag)
{
    node->text = tag->content;
    node->length = tag->length;
    if (tag->length == 1 && tag->content[0] == '.') {
        return;
    }
    size_t count = 1;
    for (size_t i = 0; i < tag->length; i++) {
        count += tag->content[i] == '.';
    }
    struct name_part *parts = ARENA_ARRAY(p->l->arena, count, struct name_part);
    const char *from = tag->content;
    const char *end = tag->content + tag->length;
    for (size_t i = 0; i < count; i++) {
        const char *dot = memchr(from, '.', (size_t)(end - from));
        const char *to = dot == NULL ? end : dot;
        const struct known_name *known = loading_name(p->l, from, (size_t)(to - from));
        parts[i] = (struct name_part){known->text, known->length, known->slot};
        from = to + 1;
    }
    node->parts = parts;
    node->part_count = count;
}

static bool open_section(struct parser *p, const struct tag *tag)
{
    if (!tag_check_name(p, tag)) {
        return false;
    }
    if (p->depth == TEMPLATE_SECTIONS_MAX) {
        return tag_refuse(p, tag, "stands inside too many sections (64); use a partial.");
    }
    p->sections[p->depth++] = p->count;
    enum node_kind kind = tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED;
    split_name(p, add_node(p, kind, tag->line), tag);
    return true;
}

static bool close_section(struct parser *p, const struct tag *tag)
{
    if (p->depth == 0) {
        return tag_refuse(p, tag,
                          "closes a section that is not open; remove it, or open the section.");
    }
    struct node *section = &p->nodes[p->sections[p->depth - 1]];
    if (section->length != tag->length || memcmp(section->text, tag->content, tag->length) != 0) {
        return err_set(p->l->e, ERR_SYSTEM,
                       "Template \"%s\", line %d: tag \"%.*s\" stands where section \"%.*s\" of "
                       "line %d is still open; close that one first.",
                       p->t->name, tag->line,
                       tag_shown(tag->start, (size_t)(tag->end - tag->start)), tag->start,
                       tag_shown(section->text, section->length), section->text, section->line);
    }
    section->end = p->count;
    p->depth--;
    return true;
}

// `line` is where the tag's line begins when it stands alone on it, NULL when it does not.
static bool add_partial(struct parser *p, const struct tag *tag, const char *line)
{
    if (!tag_names_partial(tag)) {
        return tag_refuse(
            p, tag,
            "names no partial; names are letters, digits, \"_\" and \"-\", with single "
            "\"/\" or \".\" between.");
    }
    const char *name = arena_textn(p->l->arena, tag->content, tag->length);
    const struct template *partial = loading_template(p->l, name);
    if (partial == NULL) {
        return tag_refuse(p, tag,
                          "asks for a partial that is missing; add its file, or correct the "
                          "name.");
    }
    struct node *node = add_node(p, NODE_PARTIAL, tag->line);
    node->starts_line = line != NULL;
    node->text = line == NULL ? tag->start : line;
    node->length = (size_t)(tag->start - node->text);
    node->partial = partial;
    return true;
}

static bool add_value(struct parser *p, const struct tag *tag)
{
    if (!tag_check_name(p, tag)) {
        return false;
    }
    p->l->raw += tag->sigil == '&';
    split_name(p, add_node(p, tag->sigil == '&' ? NODE_RAW : NODE_VALUE, tag->line), tag);
    return true;
}

static bool add_tag(struct parser *p, const struct tag *tag)
{
    const char *line = tag->start;
    const char *after = tag->end;
    bool writes = tag->sigil == '\0' || tag->sigil == '&';
    bool alone = !writes && tag_stands_alone(p, tag, &line, &after);
    add_text(p, p->at, line);
    if (!alone && parser_at_line_start(p, tag->start)) {
        add_node(p, NODE_INDENT, tag->line);
    }
    p->at = after;
    switch (tag->sigil) {
    case '!': return true;
    case '=': return tag_change_delimiters(p, tag);
    case '#':
    case '^': return open_section(p, tag);
    case '/': return close_section(p, tag);
    case '>': return add_partial(p, tag, alone ? line : NULL);
    default: return add_value(p, tag);
    }
}

bool template_parse(struct loading *l, struct template *t, struct template_source source)
{
    const char *bytes = source.bytes == NULL ? "" : source.bytes;
    struct parser p = {.l = l,
                       .t = t,
                       .bytes = bytes,
                       .end = bytes + source.length,
                       .at = bytes,
                       .counted = bytes,
                       .line = 1};
    if (source.length > TEMPLATE_BYTES_MAX) {
        return err_set(l->e, ERR_SYSTEM, "Template \"%s\" is larger than %d bytes; split it.",
                       t->name, TEMPLATE_BYTES_MAX);
    }
    parser_set_delimiters(&p, "{{", 2, "}}", 2);
    while (p.at < p.end) {
        const char *start = memmem(p.at, (size_t)(p.end - p.at), p.open, p.open_length);
        if (start == NULL) {
            add_text(&p, p.at, p.end);
            break;
        }
        struct tag tag = {0};
        if (!tag_read(&p, start, &tag) || !add_tag(&p, &tag)) {
            return false;
        }
    }
    if (p.depth > 0) {
        const struct node *open = &p.nodes[p.sections[p.depth - 1]];
        return err_set(l->e, ERR_SYSTEM,
                       "Template \"%s\", line %d: section \"%.*s\" is opened and never closed; add "
                       "{{/%.*s}} where it ends.",
                       t->name, open->line, tag_shown(open->text, open->length), open->text,
                       tag_shown(open->text, open->length), open->text);
    }
    t->nodes = p.nodes;
    t->count = p.count;
    return true;
}
