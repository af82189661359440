// Between mustache_load.c (which templates there are), mustache_parse.c (what stands in one) and
// mustache_tag.c (one tag).
#ifndef GT_RENDER_MUSTACHE_PARSE_H
#define GT_RENDER_MUSTACHE_PARSE_H

#include "render/mustache_nodes.h"

// A set while it is being made.
struct loading {
    struct arena *arena;
    template_loader *load;
    void *context;
    struct err *e;
    struct loading_entry *entries; // in the order they were asked for
    size_t count, room;
    struct known_name *names[256]; // distinct name parts, by hash
    size_t slots;
    size_t raw;
    struct templates *set;
};

struct loading_entry {
    struct template *template;
    struct template_source source;
};

struct known_name {
    struct known_name *next;
    const char *text;
    size_t length;
    size_t slot;
};

// The template of this name, found and put on the list to be parsed when it is not there yet.
// NULL when the loader has none.
const struct template *loading_template(struct loading *l, const char *name);

// The number of this name part in the set.
const struct known_name *loading_name(struct loading *l, const char *text, size_t length);

// Parses the source into the template's nodes.
bool template_parse(struct loading *l, struct template *t,
                    struct template_source source) MUST_CHECK;
enum { DELIMITER_MAX = 16 };

// One template while it is being parsed.
struct parser {
    struct loading *l;
    struct template *t;
    const char *bytes, *end;
    const char *at; // first byte not yet turned into nodes
    const char *counted;
    int line;                                               // of `counted`
    char open[DELIMITER_MAX + 1], close[DELIMITER_MAX + 2]; // close: room for a "}" or "=" before
    size_t open_length, close_length;
    struct node *nodes;
    size_t count, room;
    size_t sections[TEMPLATE_SECTIONS_MAX]; // nodes of the sections that are open
    size_t depth;
};

// One tag as it stands in the text.
struct tag {
    char sigil; // '#', '^', '/', '>', '!', '=', '&' (also for {{{ }}}), or 0 for a plain name
    const char *start, *end;
    const char *content; // blanks at both ends removed
    size_t length;
    int line;
};

bool parser_at_line_start(const struct parser *p, const char *position);
void parser_set_delimiters(struct parser *p, const char *open, size_t open_length,
                           const char *close, size_t close_length);

// Reads the tag that opens at `start`.
bool tag_read(struct parser *p, const char *start, struct tag *out) MUST_CHECK;

// Says what is wrong with a tag: where, what stood there, what would do. Returns false.
bool tag_refuse(const struct parser *p, const struct tag *tag, const char *why);
// How much of a text goes into a message: 60 bytes of its first line at most.
int tag_shown(const char *text, size_t length);

bool tag_check_name(const struct parser *p, const struct tag *tag) MUST_CHECK;
bool tag_change_delimiters(struct parser *p, const struct tag *tag) MUST_CHECK;

// Names of partials may reach the file system in development: none leads out of the folder.
bool tag_names_partial(const struct tag *tag);

// A tag that writes nothing itself and stands alone on its line takes the line with it: the blanks
// before it and the line's end after it. `ret_line` is where the line begins, `ret_after` where
// the next one does.
bool tag_stands_alone(const struct parser *p, const struct tag *tag, const char **ret_line,
                      const char **ret_after);

#endif
