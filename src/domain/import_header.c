#include <string.h>

#include "domain/import_run.h"
#include "model/cell.h"
#include "model/nearest.h"

static const struct slice NOTHING = {NULL, 0};

static bool refuse_header(struct import_source *s, struct slice header, const char *why)
{
    return import_refuse(s->run, s, 1, NULL, header, why);
}

static bool unknown_column(struct import_source *s, struct slice header)
{
    struct arena *a = s->run->arena;
    const char *near = descriptor_nearest_column(s->kind, csv_cell_text(a, header));
    if (near != NULL) {
        return refuse_header(s, header,
                             arena_printf(a,
                                          "is not a column of %s; the nearest is %s: rename it, "
                                          "or take it out",
                                          s->kind->file, near));
    }
    struct buf b = buf_new(a, 1 << 14);
    for (size_t i = 0; i < s->kind->count; i++) {
        buf_text(&b, i == 0 ? "" : ", ");
        buf_text(&b, s->kind->columns[i].name);
    }
    return refuse_header(
        s, header,
        arena_printf(a, "is not a column of %s, which has %s", s->kind->file, buf_cstr(&b)));
}

static int column_of(const struct import_source *s, struct slice header)
{
    for (size_t i = 0; i < s->kind->count; i++) {
        if (cell_is_word(header, s->kind->columns[i].name)) {
            return (int)i;
        }
    }
    // FORMAT.md prints the column of budgets.csv as "unit or line".
    return s->kind->kind == KIND_BUDGET && cell_is_word(header, "unit_or_line") ? BUDGET_LINE : -1;
}

// A header that reads as a period, by any frequency: a column of a wide file.
static bool is_period(const struct import_source *s, struct slice header)
{
    static const enum period_kind hints[] = {PERIOD_NONE, PERIOD_MONTH, PERIOD_QUARTER,
                                             PERIOD_YEAR};
    for (size_t i = 0; i < COUNT_OF(hints); i++) {
        struct period_reading r = period_read_label(s->run->arena, header.text, header.length,
                                                    hints[i], s->run->year_start);
        if (r.count > 0) {
            return true;
        }
    }
    return false;
}

static bool give(struct import_source *s, int column, struct given g)
{
    g.column = column;
    if (s->place[column] >= 0) {
        return refuse_header(s, s->header[g.from[0]], "stands twice in the header: keep one");
    }
    s->place[column] = 0; // its place among the cells is set once all are known
    s->given[s->given_count++] = g;
    return true;
}

static bool own_columns(struct import_source *s)
{
    bool good = true;
    bool wide = s->kind->kind == KIND_OBSERVATION;
    struct grow periods = grow_new(s->run->arena, sizeof(struct period_column));
    for (size_t i = 0; i < s->header_count; i++) {
        wide = wide && column_of(s, s->header[i]) != OBSERVATION_PERIOD;
    }
    for (size_t i = 0; i < s->header_count; i++) {
        struct slice h = s->header[i];
        int column = column_of(s, h);
        if (h.length == 0) {
            continue; // whether its cells are blank too is seen row by row
        }
        if (column >= 0) {
            good = give(s, column, (struct given){.from = {i}, .from_count = 1}) && good;
        } else if (wide && is_period(s, h)) {
            *(struct period_column *)grow_add(&periods) = (struct period_column){i, h};
        } else {
            good = unknown_column(s, h) && good;
        }
    }
    s->periods = periods.items;
    s->period_count = periods.count;
    return good;
}

static size_t header_index(const struct import_source *s, const char *name)
{
    for (size_t i = 0; i < s->header_count; i++) {
        if (slice_is(s->header[i], name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

static bool no_header(struct import_source *s, const char *name)
{
    struct arena *a = s->run->arena;
    struct nearest n = nearest_start(name);
    for (size_t i = 0; i < s->header_count; i++) {
        nearest_offer(&n, csv_cell_text(a, s->header[i]));
    }
    const char *near = nearest_found(&n);
    const char *why = near == NULL ? "is named by the mapping, but the file has no such column"
                                   : arena_printf(a,
                                                  "is named by the mapping, but the file has no "
                                                  "such column; the nearest is %s",
                                                  near);
    return refuse_header(s, (struct slice){name, strlen(name)}, why);
}

static bool resolve(struct import_source *s, const struct mapping_column *c, struct given *g,
                    bool *used)
{
    *g = (struct given){0};
    if (c->constant != NULL) {
        g->constant = (struct slice){c->constant, strlen(c->constant)};
        return true;
    }
    g->numbered = c->numbered;
    for (size_t i = 0; i < c->from_count; i++) {
        size_t at = header_index(s, c->from[i]);
        if (at == SIZE_MAX) {
            return no_header(s, c->from[i]);
        }
        g->from[g->from_count++] = at;
        used[at] = true;
    }
    return true;
}

static bool check_unused(struct import_source *s, const bool *used)
{
    bool good = true;
    for (size_t i = 0; i < s->header_count; i++) {
        bool ignored = used[i] || s->header[i].length == 0;
        for (size_t j = 0; j < s->mapping->ignored_count && !ignored; j++) {
            ignored = strcmp(s->mapping->ignored[j], "*") == 0 ||
                      slice_is(s->header[i], s->mapping->ignored[j]);
        }
        if (!ignored) {
            good = refuse_header(s, s->header[i],
                                 "is not used by the mapping: map it, or leave it out with "
                                 "--ignore");
        }
    }
    return good;
}

static bool mapped_columns(struct import_source *s)
{
    struct arena *a = s->run->arena;
    const struct import_mapping *m = s->mapping;
    bool *used = ARENA_ARRAY(a, s->header_count, bool);
    struct given *extra = ARENA_ARRAY(a, m->column_count, struct given);
    struct row_filter *filters = ARENA_ARRAY(a, m->where_count, struct row_filter);
    bool good = true;
    for (size_t i = 0; i < m->column_count; i++) {
        const char *name = m->columns[i].column;
        bool of_measure = strncmp(name, "measures.", 9) == 0;
        struct given g;
        if (!resolve(s, &m->columns[i], &g, used)) {
            good = false;
        } else if (of_measure) {
            extra[s->extra_count] = g;
            extra[s->extra_count++].column =
                descriptor_column(descriptor_of(KIND_MEASURE), name + 9);
        } else {
            good = give(s, descriptor_column(s->kind, name), g) && good;
        }
    }
    for (size_t i = 0; i < m->where_count; i++) {
        size_t at = header_index(s, m->where[i].column);
        if (at == SIZE_MAX) {
            good = no_header(s, m->where[i].column);
            continue;
        }
        used[at] = true;
        const char *value = m->where[i].value;
        filters[s->filter_count++] = (struct row_filter){at, {value, strlen(value)}};
    }
    s->extra = extra;
    s->filters = filters;
    return check_unused(s, used) && good;
}

static bool check_required(struct import_source *s)
{
    struct arena *a = s->run->arena;
    bool good = true;
    for (size_t i = 0; i < s->kind->count; i++) {
        const struct column *c = &s->kind->columns[i];
        bool by_width = s->period_count > 0 && i == OBSERVATION_PERIOD;
        if (c->required && s->place[i] < 0 && !by_width) {
            good = import_refuse(s->run, s, 1, NULL, NOTHING,
                                 arena_printf(a,
                                              "the column %s is not there, and every %s needs "
                                              "it: add it",
                                              c->name, s->kind->name));
        }
    }
    bool has_figures = s->place[OBSERVATION_VALUE] >= 0 || s->place[OBSERVATION_NUMERATOR] >= 0 ||
                       s->place[OBSERVATION_MARKER] >= 0;
    if (s->kind->kind == KIND_OBSERVATION && good && !has_figures && s->period_count == 0) {
        return import_refuse(s->run, s, 1, NULL, NOTHING,
                             "there is no column with figures: add value, or numerator and "
                             "denominator");
    }
    if (s->period_count > 0 && has_figures) {
        return import_refuse(s->run, s, 1, NULL, NOTHING,
                             "there are columns for periods and also value, numerator or marker: "
                             "give either one column a period, or a column period");
    }
    return good;
}

static void add_cell(struct import_source *s, int column)
{
    if (s->place[column] < 0) {
        s->place[column] = (int)s->cell_count;
        s->cell_column[s->cell_count++] = column;
    }
}

// The cells of a row: in the descriptor's order those given, then those that come with them.
static void lay_out(struct import_source *s)
{
    struct given sorted[COLUMNS_MAX] = {{0}};
    size_t count = 0;
    for (size_t i = 0; i < s->kind->count; i++) {
        for (size_t j = 0; j < s->given_count; j++) {
            if (s->given[j].column == (int)i) {
                sorted[count++] = s->given[j];
            }
        }
    }
    memcpy(s->given, sorted, count * sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        s->place[sorted[i].column] = -1;
        add_cell(s, sorted[i].column);
    }
    if (s->period_count > 0) {
        add_cell(s, OBSERVATION_PERIOD);
        add_cell(s, OBSERVATION_VALUE);
    }
    int mark = descriptor_column(s->kind, "mark");
    int marker = descriptor_column(s->kind, "marker");
    if (marker >= 0) {
        add_cell(s, marker);
    }
    if (mark >= 0) {
        add_cell(s, mark);
    }
}

bool import_resolve_header(struct import_source *s)
{
    for (size_t i = 0; i < COLUMNS_MAX; i++) {
        s->place[i] = -1;
    }
    bool good = s->mapping != NULL ? mapped_columns(s) : own_columns(s);
    good = good && check_required(s);
    lay_out(s);
    return good;
}

const char *import_header_of(const struct import_source *s, int column)
{
    for (size_t i = 0; i < s->given_count; i++) {
        if (s->given[i].column == column && s->given[i].from_count > 0) {
            return csv_cell_text(s->run->arena, s->header[s->given[i].from[0]]);
        }
    }
    return s->kind->columns[column].name;
}
