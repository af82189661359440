// Mustache templates over the view tree: the core modules of the Mustache specification 1.4
// (comments, set delimiters, interpolation with dotted names and the implicit iterator, inverted
// sections, partials with indentation, sections), standalone lines as it rules. The optional
// modules (lambdas, inheritance, dynamic names) are refused by name.
//
// A set is parsed once, at start-up, and never changes: threads render from it at the same time
// without locks. Values:
//   text     escaped (html_text)              number   its shown text: "1,234.5"
//   true, false  those words                  null, list, map  nothing
//   chart    its SVG (render/svg.h), never escaped
//   table    a plain HTML table (render/table_html.h), its texts escaped
// A section is skipped for what tree_truthy calls false, repeated for a list, and otherwise
// rendered once with the value on top of the context. `{{{name}}}` and `{{&name}}` write text
// unescaped; our own templates hold none, and templates_raw_count lets a test say so.
#ifndef GT_RENDER_MUSTACHE_H
#define GT_RENDER_MUSTACHE_H

#include "base/err.h"
#include "base/tree.h"

enum {
    TEMPLATE_SECTIONS_MAX = 64, // sections inside one another in one template
    TEMPLATE_DEPTH_MAX = 200,   // sections and partials inside one another while rendering
    TEMPLATE_BYTES_MAX = 1 << 20,
    TEMPLATE_COUNT_MAX = 2000,
};

struct template;
struct templates;

struct template_source {
    const char *bytes; // must live as long as the arena given to templates_load
    size_t length;
};

// Finds the text of a template by the name that pages and `{{> name}}` use; false: there is none.
typedef bool template_loader(void *context, const char *name, struct template_source *out);

// Parses the named templates and every partial they ask for, however far. NULL with one sentence
// (template, line, what stood there, what would do) for a partial that is missing, a section that
// is not closed, a tag that is none.
struct templates *templates_load(struct arena *a, const char *const *names, size_t count,
                                 template_loader *load, void *context, struct err *e) MUST_CHECK;

// By name; NULL when the set has none.
const struct template *templates_find(const struct templates *set, const char *name);

// Raw tags in the whole set.
size_t templates_raw_count(const struct templates *set);

// Appends the page to `out`. False: partials that call one another without end, a chart whose map
// is none, or a page over `out->max`; `out` then holds part of a page, to be thrown away.
bool template_render(const struct template *t, const struct tree *view, struct buf *out,
                     struct err *e) MUST_CHECK;

// For tests: renders and reports each name for which there is no key anywhere in the context (a
// key with null is there). Returns how many were reported. Sections that are skipped (empty list,
// false, null) cannot be looked into: `ret_skipped` (may be NULL) gets how many there were.
typedef void template_missing(void *context, const char *template_name, int line, const char *key);
size_t templates_missing_keys(const struct template *t, const struct tree *view,
                              template_missing *report, void *context, size_t *ret_skipped);

#endif
