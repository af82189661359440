#include <string.h>

#include "render/mustache_parse.h"

enum { NAME_SHOWN = 60 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r';
}

int tag_shown(const char *text, size_t length)
{
    size_t most = length > NAME_SHOWN ? NAME_SHOWN : length;
    const char *newline = memchr(text, '\n', most);
    return (int)(newline == NULL ? most : (size_t)(newline - text));
}

bool tag_refuse(const struct parser *p, const struct tag *tag, const char *why)
{
    return err_set(p->l->e, ERR_SYSTEM, "Template \"%s\", line %d: tag \"%.*s\" %s", p->t->name,
                   tag->line, tag_shown(tag->start, (size_t)(tag->end - tag->start)), tag->start,
                   why);
}

static int line_of(struct parser *p, const char *position)
{
    while (p->counted < position) {
        if (*p->counted == '\n') {
            p->line++;
        }
        p->counted++;
    }
    return p->line;
}

bool parser_at_line_start(const struct parser *p, const char *position)
{
    return position == p->bytes || position[-1] == '\n';
}

void parser_set_delimiters(struct parser *p, const char *open, size_t open_length,
                           const char *close, size_t close_length)
{
    memcpy(p->open, open, open_length);
    p->open[open_length] = '\0';
    p->open_length = open_length;
    memcpy(p->close, close, close_length);
    p->close[close_length] = '\0';
    p->close_length = close_length;
}

bool tag_read(struct parser *p, const char *start, struct tag *out)
{
    struct tag tag = {.start = start, .end = p->end, .line = line_of(p, start)};
    const char *c = start + p->open_length;
    while (c < p->end && is_space(*c)) {
        c++;
    }
    // `{{{name}}}` and `{{=| |=}}` close with one more character before the delimiter.
    char closing[DELIMITER_MAX + 2];
    size_t closing_length = 0;
    if (c < p->end && strchr("#^/>!=&{", *c) != NULL && *c != '\0') {
        tag.sigil = *c++;
    }
    if (tag.sigil == '{' || tag.sigil == '=') {
        closing[closing_length++] = tag.sigil == '{' ? '}' : '=';
    }
    memcpy(closing + closing_length, p->close, p->close_length);
    closing_length += p->close_length;
    const char *close = memmem(c, (size_t)(p->end - c), closing, closing_length);
    if (close == NULL) {
        return tag_refuse(p, &tag, "is opened and never closed; close it, or remove it.");
    }
    tag.end = close + closing_length;
    while (c < close && is_space(*c)) {
        c++;
    }
    while (close > c && is_space(close[-1])) {
        close--;
    }
    tag.content = c;
    tag.length = (size_t)(close - c);
    if (tag.sigil == '{') {
        tag.sigil = '&';
    }
    *out = tag;
    return true;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || (unsigned char)c >= 0x80;
}

bool tag_check_name(const struct parser *p, const struct tag *tag)
{
    if (tag->length == 0) {
        return tag_refuse(p, tag, "has no name; write one, such as {{title}}.");
    }
    if (strchr("$<*@", tag->content[0]) != NULL) {
        return tag_refuse(
            p, tag,
            "belongs to an optional part of Mustache that is not used here; write plain "
            "names, sections and partials.");
    }
    if (tag->length == 1 && tag->content[0] == '.') {
        return true;
    }
    char before = '.';
    for (size_t i = 0; i < tag->length; i++) {
        char c = tag->content[i];
        if (c == '.' ? before == '.' : !is_name_byte(c)) {
            return tag_refuse(
                p, tag,
                "holds no name; names are letters, digits, \"_\" and \"-\", joined by "
                "single dots.");
        }
        before = c;
    }
    return before != '.' || tag_refuse(p, tag, "ends with a dot; name what stands behind it.");
}

bool tag_names_partial(const struct tag *tag)
{
    char before = '/';
    for (size_t i = 0; i < tag->length; i++) {
        char c = tag->content[i];
        bool separator = c == '/' || c == '.';
        if (separator ? before == '/' || before == '.' : !is_name_byte(c)) {
            return false;
        }
        before = c;
    }
    return before != '/' && before != '.';
}

bool tag_change_delimiters(struct parser *p, const struct tag *tag)
{
    size_t open = 0;
    while (open < tag->length && !is_space(tag->content[open])) {
        open++;
    }
    size_t close = open;
    while (close < tag->length && is_space(tag->content[close])) {
        close++;
    }
    size_t close_length = tag->length - close;
    bool fits = open > 0 && close_length > 0 && open <= DELIMITER_MAX &&
                close_length <= DELIMITER_MAX && memchr(tag->content, '=', tag->length) == NULL;
    for (size_t i = close; i < tag->length; i++) {
        fits = fits && !is_space(tag->content[i]);
    }
    if (!fits) {
        return tag_refuse(
            p, tag,
            "sets no delimiters; write two without \"=\" and a blank between, such as "
            "{{=<% %>=}}.");
    }
    parser_set_delimiters(p, tag->content, open, tag->content + close, close_length);
    return true;
}

bool tag_stands_alone(const struct parser *p, const struct tag *tag, const char **ret_line,
                      const char **ret_after)
{
    const char *from = tag->start;
    while (from > p->at && is_blank(from[-1])) {
        from--;
    }
    if (!parser_at_line_start(p, from)) {
        return false;
    }
    const char *to = tag->end;
    while (to < p->end && is_blank(*to)) {
        to++;
    }
    if (to < p->end && *to == '\r' && to + 1 < p->end && to[1] == '\n') {
        to++;
    }
    if (to < p->end && *to != '\n') {
        return false;
    }
    *ret_line = from;
    *ret_after = to < p->end ? to + 1 : to;
    return true;
}
