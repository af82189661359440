#include "view/edit_typed.h"

#include <string.h>

#include "base/date.h"
#include "base/grow.h"
#include "model/cell.h"

static const char *trimmed(struct arena *a, const char *text)
{
    if (text == NULL) {
        return "";
    }
    struct slice s = slice_trim((struct slice){text, strlen(text)});
    return arena_textn(a, s.text, s.length);
}

static const char *part_name(struct arena *a, const struct column *c, const char *part)
{
    return arena_printf(a, "%s-%s", c->name, part);
}

const char *edit_date_part(const struct edit_typed *typed, struct arena *a, const struct column *c,
                           const char *part)
{
    return trimmed(a, typed->nth(typed->context, part_name(a, c, part), 0));
}

bool edit_was_sent(const struct edit_typed *typed, struct arena *a, const struct column *c)
{
    return typed->nth(typed->context, c->name, 0) != NULL ||
           (c->type == COLUMN_DATE &&
            typed->nth(typed->context, part_name(a, c, "day"), 0) != NULL);
}

// ---- dates ----

static int number_of(const char *text)
{
    int n = 0;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p < '0' || *p > '9' || n > 9999) {
            return -1;
        }
        n = n * 10 + (*p - '0');
    }
    return text[0] == '\0' ? -1 : n;
}

// "4", "04", "apr", "April".
static int month_of(const char *text)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    size_t length = strlen(text);
    for (int m = 0; m < 12 && length >= 3; m++) {
        if (strncasecmp(months[m], text, length) == 0) {
            return m + 1;
        }
    }
    return number_of(text);
}

static const char *date_of(struct arena *a, const struct edit_typed *typed, const struct column *c)
{
    const char *d = edit_date_part(typed, a, c, "day");
    const char *m = edit_date_part(typed, a, c, "month");
    const char *y = edit_date_part(typed, a, c, "year");
    if (d[0] == '\0' && m[0] == '\0' && y[0] == '\0') {
        return NULL;
    }
    int year = number_of(y), month = month_of(m), of_month = number_of(d);
    if (strlen(y) == 4 && ymd_valid(year, month, of_month)) {
        return day_text(a, day_from_ymd(year, month, of_month));
    }
    return trimmed(a, arena_printf(a, "%s %s %s", d, m, y));
}

// ---- a row ----

static const char *several(struct arena *a, const struct edit_typed *typed, const struct column *c)
{
    struct buf b = buf_new(a, CELL_LONG_TEXT_MAX);
    const char *text = NULL;
    for (size_t n = 0; (text = typed->nth(typed->context, c->name, n)) != NULL; n++) {
        if (text[0] != '\0') {
            buf_text(&b, b.length == 0 ? "" : ";");
            buf_text(&b, text);
        }
    }
    return buf_cstr(&b);
}

void edit_cells(struct arena *a, const struct descriptor *d, const struct edit_typed *typed,
                const char **cells)
{
    for (size_t c = 0; c < d->count; c++) {
        const struct column *column = &d->columns[c];
        const char *text = NULL;
        if (column->type == COLUMN_CHOICES) {
            text = several(a, typed, column);
        } else {
            text = trimmed(a, typed->nth(typed->context, column->name, 0));
            if (text[0] == '\0' && column->type == COLUMN_DATE) {
                text = date_of(a, typed, column);
            }
        }
        cells[c] = text == NULL || text[0] == '\0' ? NULL : text;
    }
}

// ---- what cannot be ----

const char *edit_label_within(struct arena *a, const struct column *c)
{
    char *text = arena_text(a, c->label);
    bool capitals = text[0] != '\0' && text[1] >= 'A' && text[1] <= 'Z';
    if (!capitals && text[0] >= 'A' && text[0] <= 'Z') {
        text[0] = (char)(text[0] - 'A' + 'a');
    }
    return text;
}

static const char *blank_fault(struct arena *a, const struct column *c)
{
    const char *label = edit_label_within(a, c);
    bool chosen = c->type == COLUMN_CHOICE || c->type == COLUMN_CHOICES ||
                  c->type == COLUMN_YES_NO || c->type == COLUMN_REFERENCE;
    return chosen ? arena_printf(a, "Choose an answer for “%s”", c->label)
                  : arena_printf(a, "Enter the %s", label);
}

// The fixed wordings of a date (UI-21).
static const char *date_fault(struct arena *a, const struct column *c)
{
    return arena_printf(a, "%s must be a real date, like 27 3 2026", c->label);
}

static const char *cell_fault(struct arena *a, const struct column *c, const char *text)
{
    if (text == NULL) {
        return c->required ? blank_fault(a, c) : NULL;
    }
    struct slice ignored = {NULL, 0};
    const char *why = NULL;
    if (cell_read(a, c, (struct slice){text, strlen(text)}, &ignored, &why)) {
        return NULL;
    }
    return c->type == COLUMN_DATE ? date_fault(a, c)
                                  : arena_printf(a, "%s: “%s” %s", c->label, text, why);
}

static void look(struct grow *g, const struct descriptor *d, const char *const *cells, size_t c)
{
    const char *text = cell_fault(g->arena, &d->columns[c], cells[c]);
    if (text != NULL) {
        *(struct edit_fault *)grow_add(g) = (struct edit_fault){d->columns[c].name, text};
    }
}

const struct edit_fault *edit_check(struct arena *a, const struct descriptor *d,
                                    const char *const *cells, const int *columns, size_t *ret_count)
{
    struct grow g = grow_new(a, sizeof(struct edit_fault));
    if (columns != NULL) {
        for (const int *c = columns; *c >= 0; c++) {
            look(&g, d, cells, (size_t)*c);
        }
    } else {
        for (size_t c = 0; c < d->count; c++) {
            look(&g, d, cells, c);
        }
    }
    *ret_count = g.count;
    return g.items;
}

// ---- what the door said ----

static const char *capitalised(struct arena *a, const char *text)
{
    char *copy = arena_text(a, text);
    if (copy[0] >= 'a' && copy[0] <= 'z') {
        copy[0] = (char)(copy[0] - 'a' + 'A');
    }
    return copy;
}

const struct edit_fault *edit_faults_of(struct arena *a, const struct descriptor *d,
                                        const struct door_refusal *refusals, size_t count)
{
    struct edit_fault *faults = ARENA_ARRAY(a, count, struct edit_fault);
    for (size_t i = 0; i < count; i++) {
        const struct door_refusal *r = &refusals[i];
        int c = r->column == NULL ? -1 : descriptor_column(d, r->column);
        const char *label = c < 0 ? r->column : d->columns[c].label;
        bool found = r->found != NULL && r->found[0] != '\0';
        faults[i].column = c < 0 ? NULL : r->column;
        if (found) {
            faults[i].text = label == NULL
                                 ? arena_printf(a, "“%s” %s", r->found, r->why)
                                 : arena_printf(a, "%s: “%s” %s", label, r->found, r->why);
        } else {
            faults[i].text =
                label == NULL ? capitalised(a, r->why) : arena_printf(a, "%s: %s", label, r->why);
        }
    }
    return faults;
}
