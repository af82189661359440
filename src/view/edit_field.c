#include "view/edit_field.h"

#include <string.h>

#include "view/edit_choices.h"

static bool is(const char *a, const char *b)
{
    return a != NULL && strcmp(a, b) == 0;
}

const char *edit_field_id(struct arena *a, const char *prefix, const char *column)
{
    return arena_printf(a, "f-%s%s", prefix == NULL ? "" : prefix, column);
}

// ---- choices ----

static size_t choice_count(const struct column *c)
{
    size_t count = 0;
    while (c->choices != NULL && c->choices[count] != NULL) {
        count++;
    }
    return count;
}

static void put_option(struct tree *list, const char *id, const char *value, const char *label,
                       bool chosen)
{
    struct tree *option = tree_map(list, NULL);
    tree_text(option, "id", id);
    tree_text(option, "value", value);
    tree_text(option, "label", label);
    tree_bool(option, "chosen", chosen);
}

// What a blank means, for the answer that leaves it so.
static const char *blank_label(struct arena *a, const struct column *c)
{
    return c->fallback == NULL
               ? "Not given"
               : arena_printf(a, "Not given: counts as %s", edit_choice_words(a, c->fallback));
}

static bool holds(const char *several, const char *code)
{
    size_t length = strlen(code);
    for (const char *p = several; p != NULL && *p != '\0';) {
        size_t word = strcspn(p, ";");
        if (word == length && strncmp(p, code, length) == 0) {
            return true;
        }
        p += word + (p[word] == ';' ? 1 : 0);
    }
    return false;
}

static void put_choices(struct arena *a, struct tree *field, const struct edit_field *f,
                        const char *id)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    const struct column *c = f->column;
    const char *const *choices = c->type == COLUMN_YES_NO ? yes_no : c->choices;
    bool several = c->type == COLUMN_CHOICES;
    bool few = several || c->type == COLUMN_YES_NO || choice_count(c) <= EDIT_RADIOS_MAX;
    struct tree *map = tree_map(field, several ? "boxes" : few ? "radios" : "select");
    struct tree *list = tree_list(map, "options");
    size_t n = 0;
    if (!several && (!c->required || !few)) {
        const char *label = c->required ? "Choose" : blank_label(a, c);
        put_option(list, id, "", label, f->value == NULL && !(c->required && few));
        n++;
    }
    for (size_t i = 0; choices[i] != NULL; i++, n++) {
        bool chosen = several ? holds(f->value, choices[i]) : is(f->value, choices[i]);
        put_option(list, n == 0 ? id : arena_printf(a, "%s-%zu", id, n), choices[i],
                   edit_choice_words(a, choices[i]), chosen);
    }
}

// ---- references ----

static void put_line(struct tree *field, const char *value, const char *inputmode,
                     const char *width)
{
    struct tree *line = tree_map(field, "line");
    tree_text(line, "value", value == NULL ? "" : value);
    tree_text(line, "inputmode", inputmode);
    tree_text(line, "width", width);
    tree_null(line, "list");
    tree_list(line, "suggestions");
}

static void put_suggestions(struct arena *a, struct tree *field, const struct edit_field *f,
                            const char *id, const struct edit_choice *choices, size_t count)
{
    struct tree *line = tree_map(field, "line");
    tree_text(line, "value", f->value == NULL ? "" : f->value);
    tree_null(line, "inputmode");
    tree_text(line, "width", "20");
    tree_text(line, "list", arena_printf(a, "%s-list", id));
    struct tree *list = tree_list(line, "suggestions");
    for (size_t i = 0; i < count; i++) {
        put_option(list, NULL, choices[i].code, choices[i].label, false);
    }
}

static void put_select(struct arena *a, struct tree *field, const struct edit_field *f,
                       const char *id, const struct edit_choice *choices, size_t count)
{
    bool found = f->value == NULL;
    struct tree *list = tree_list(tree_map(field, "select"), "options");
    put_option(list, id, "", f->column->required ? "Choose" : blank_label(a, f->column),
               f->value == NULL);
    for (size_t i = 0; i < count; i++) {
        bool chosen = is(f->value, choices[i].code);
        found = found || chosen;
        put_option(list, NULL, choices[i].code, choices[i].label, chosen);
    }
    if (!found) {
        // A code that the caller does not see, or that was typed wrongly: it is not lost.
        put_option(list, NULL, f->value, f->value, true);
    }
}

static void put_reference(const struct page_request *q, struct tree *field,
                          const struct edit_field *f, const char *id)
{
    size_t count = 0;
    const struct edit_choice *choices =
        edit_choices(q->arena, q->council, f->column->refers, &count);
    if (!f->column->soft && count > 0 && count <= EDIT_SELECT_MAX) {
        put_select(q->arena, field, f, id, choices, count);
    } else if (count > 0 && count <= EDIT_SUGGESTIONS_MAX) {
        put_suggestions(q->arena, field, f, id, choices, count);
    } else {
        put_line(field, f->value, NULL, "20");
    }
}

// ---- the rest ----

static void put_lines(struct tree *field, const char *value)
{
    struct tree *lines = tree_map(field, "lines");
    tree_text(lines, "value", value == NULL ? "" : value);
    tree_int(lines, "rows", 4);
}

static void put_date(struct arena *a, struct tree *field, const struct edit_field *f)
{
    struct tree *date = tree_map(field, "date");
    day d = DAY_NONE;
    if (f->value != NULL && day_parse(f->value, strlen(f->value), &d)) {
        struct ymd ymd = day_to_ymd(d);
        tree_text(date, "day", arena_printf(a, "%d", ymd.day));
        tree_text(date, "month", arena_printf(a, "%d", ymd.month));
        tree_text(date, "year", arena_printf(a, "%d", ymd.year));
        return;
    }
    static const char *const parts[] = {"day", "month", "year"};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        tree_text(date, parts[i],
                  f->typed == NULL ? "" : edit_date_part(f->typed, a, f->column, parts[i]));
    }
}

static void put_month(struct arena *a, struct tree *field, const struct edit_field *f,
                      const char *id)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct tree *list = tree_list(tree_map(field, "select"), "options");
    put_option(list, id, "", blank_label(a, f->column), f->value == NULL);
    for (int m = 0; m < 12; m++) {
        const char *code = arena_printf(a, "%02d", m + 1);
        put_option(list, NULL, code, months[m], is(f->value, code));
    }
}

static void put_input(const struct page_request *q, struct tree *field, const struct edit_field *f,
                      const char *id)
{
    if (f->fixed) {
        tree_text(tree_map(field, "fixed"), "value", edit_cell_shown(q, f->column, f->value));
        return;
    }
    switch (f->column->type) {
    case COLUMN_CODE: put_line(field, f->value, NULL, "20"); break;
    case COLUMN_TEXT:
    case COLUMN_EMAIL: put_line(field, f->value, NULL, "wide"); break;
    case COLUMN_PERIOD: put_line(field, f->value, NULL, "20"); break;
    case COLUMN_INTEGER: put_line(field, f->value, "numeric", "5"); break;
    case COLUMN_DECIMAL:
    case COLUMN_VALUE: put_line(field, f->value, "decimal", "10"); break;
    case COLUMN_LONG_TEXT: put_lines(field, f->value); break;
    case COLUMN_DATE: put_date(q->arena, field, f); break;
    case COLUMN_MONTH: put_month(q->arena, field, f, id); break;
    case COLUMN_YES_NO:
    case COLUMN_CHOICE:
    case COLUMN_CHOICES: put_choices(q->arena, field, f, id); break;
    case COLUMN_REFERENCE: put_reference(q, field, f, id); break;
    }
}

// What a field takes, after the descriptor's own sentence.
static const char *hint_of(struct arena *a, const struct column *c)
{
    const char *more = c->type == COLUMN_DATE      ? "For example, 27 3 2026."
                       : c->type == COLUMN_PERIOD  ? "For example, 2025-26-Q1 or June 2025."
                       : c->type == COLUMN_CHOICES ? "Choose all that apply."
                                                   : NULL;
    if (c->hint == NULL || c->type == COLUMN_CHOICES || c->type == COLUMN_MONTH) {
        return more;
    }
    return more == NULL ? c->hint : arena_printf(a, "%s %s", c->hint, more);
}

void edit_field_put(const struct page_request *q, struct tree *list, const struct edit_field *f)
{
    static const char *const inputs[] = {"line",  "lines",  "date", "radios",
                                         "boxes", "select", "fixed"};
    struct arena *a = q->arena;
    const struct column *c = f->column;
    const char *id = edit_field_id(a, f->prefix, c->name);
    const char *hint = f->fixed ? NULL : hint_of(a, c);
    struct tree *field = tree_map(list, NULL);
    tree_text(field, "id", id);
    tree_text(field, "name", c->name);
    tree_text(field, "label", c->label);
    tree_text(field, "hint", hint);
    tree_text(field, "hint_id", hint == NULL ? NULL : arena_printf(a, "%s-hint", id));
    tree_text(field, "error", f->error);
    tree_text(field, "error_id", f->error == NULL ? NULL : arena_printf(a, "%s-error", id));
    const char *described = hint == NULL && f->error == NULL ? NULL
                            : f->error == NULL               ? arena_printf(a, "%s-hint", id)
                            : hint == NULL                   ? arena_printf(a, "%s-error", id)
                                           : arena_printf(a, "%s-hint %s-error", id, id);
    tree_text(field, "described_by", described);
    tree_bool(field, "optional", !c->required && !f->fixed);
    put_input(q, field, f, id);
    for (size_t i = 0; i < COUNT_OF(inputs); i++) {
        if (tree_get(field, inputs[i]) == NULL) {
            tree_null(field, inputs[i]);
        }
    }
}
