// Prints the generated part of a document as Markdown: `describe columns` for
// docs/council-folder.md, `describe checks` for docs/checks.md.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/check.h"
#include "model/cell.h"
#include "model/descriptor.h"

enum { DOCUMENT_MAX = 1 << 20 };

static void put_choices(struct buf *b, const struct column *c)
{
    for (size_t i = 0; c->choices[i] != NULL; i++) {
        buf_printf(b, "%s`%s`", i == 0 ? "" : ", ", c->choices[i]);
    }
}

static void put_type(struct buf *b, const struct column *c)
{
    switch (c->type) {
    case COLUMN_CODE: buf_printf(b, "code, to %d characters", CELL_CODE_MAX); break;
    case COLUMN_TEXT: buf_text(b, "one line of text"); break;
    case COLUMN_LONG_TEXT: buf_text(b, "text"); break;
    case COLUMN_INTEGER:
        buf_printf(b, "whole number, %lld to %lld", (long long)c->min, (long long)c->max);
        break;
    case COLUMN_DECIMAL: buf_text(b, "number"); break;
    case COLUMN_DATE: buf_text(b, "date"); break;
    case COLUMN_MONTH: buf_text(b, "month, `01` to `12`"); break;
    case COLUMN_PERIOD: buf_text(b, "period"); break;
    case COLUMN_YES_NO: buf_text(b, "`yes`, `no`"); break;
    case COLUMN_CHOICE: put_choices(b, c); break;
    case COLUMN_CHOICES:
        buf_text(b, "one or more, with `;`: ");
        put_choices(b, c);
        break;
    case COLUMN_REFERENCE:
        buf_printf(b, "code of `%s`%s", descriptor_of(c->refers)->file,
                   c->soft ? ", or words" : "");
        break;
    case COLUMN_VALUE: buf_text(b, "figure of the measure's value type"); break;
    case COLUMN_EMAIL: buf_text(b, "e-mail address"); break;
    }
}

static void put_about(struct buf *b, const struct column *c)
{
    buf_text(b, c->label);
    if (c->hint != NULL) {
        buf_printf(b, ". %s", c->hint);
    }
    if (c->fallback != NULL) {
        buf_printf(b, "%s Blank means `%s`.", c->hint == NULL ? "." : "", c->fallback);
    }
}

static void put_key(struct buf *b, const struct descriptor *d)
{
    const char *between = "A row is known by ";
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            buf_printf(b, "%s`%s`", between, d->columns[i].name);
            between = ", ";
        }
    }
    buf_text(b, d->versioned ? "; a change is a new version, the one before stays in the record."
                             : ".");
}

static void put_kind(struct buf *b, const struct descriptor *d)
{
    buf_printf(b, "### %s\n\n%s ", d->file, d->about);
    put_key(b, d);
    buf_text(b, "\n\n| column | what stands in it | what it is |\n|---|---|---|\n");
    for (size_t i = 0; i < d->count; i++) {
        const struct column *c = &d->columns[i];
        const char *mark = c->required ? "**" : "";
        buf_printf(b, "| %s%s%s%s | ", mark, c->name, mark, c->extension ? " +" : "");
        put_type(b, c);
        buf_text(b, " | ");
        put_about(b, c);
        buf_text(b, " |\n");
    }
    buf_char(b, '\n');
}

static void put_checks(struct buf *b)
{
    size_t count = 0;
    const struct check_rule *rules = check_rules(&count);
    buf_text(b, "| code | finds | what to do |\n|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        buf_printf(b, "| %s | %s | %s |\n", rules[i].code, rules[i].about, rules[i].remedy);
    }
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    if (a == NULL || argc != 2) {
        return 2;
    }
    struct buf b = buf_new(a, DOCUMENT_MAX);
    for (int k = KIND_NONE + 1; k < KIND_COUNT && strcmp(argv[1], "columns") == 0; k++) {
        put_kind(&b, descriptor_of((enum kind)k));
    }
    if (strcmp(argv[1], "checks") == 0) {
        put_checks(&b);
    }
    fputs(buf_cstr(&b), stdout);
    arena_free(a);
    return 0;
}
