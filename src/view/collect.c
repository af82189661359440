#include "view/collect.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "domain/thing_key.h"
#include "model/columns.h"

struct period collect_default_period(const struct council *c)
{
    struct period now = period_of(PERIOD_QUARTER, c->today, c->year_start);
    return period_step(now, -1, c->year_start);
}

// ---- which rows ----

struct rows {
    struct page_request *q;
    const struct collect_asked *asked;
    struct grow rows; // struct collect_row
    struct collect_grid *grid;
};

static const char *const *cells_of(struct rows *r, const struct measure *m, const struct series *s,
                                   struct period p)
{
    const char **cells = ARENA_ARRAY(r->q->arena, OBSERVATION_COLUMNS, const char *);
    cells[OBSERVATION_MEASURE] = m->code;
    cells[OBSERVATION_PART] = s->part[0] == '\0' ? NULL : s->part;
    cells[OBSERVATION_PERIOD] = period_id(r->q->arena, p, r->q->council->year_start);
    return cells;
}

static void add_row(struct rows *r, const struct measure *m, const struct series *s,
                    struct period p, bool theirs)
{
    const struct council *c = r->q->council;
    const char *const *cells = cells_of(r, m, s, p);
    if (!r->asked->may(r->asked->context, cells)) {
        return;
    }
    struct collect_row *row = grow_add(&r->rows);
    row->measure = m;
    row->series = s;
    row->period = p;
    row->theirs = theirs;
    row->key = thing_key(r->q->arena, descriptor_of(KIND_OBSERVATION), cells);
    row->reading = reading_of(c, m, s, p);
    bool there = series_figure(s, p) != NULL;
    row->late = !there && row->reading.due != DAY_NONE && row->reading.due < c->today;
    r->grid->missing += !there;
    r->grid->late += row->late;
    r->grid->theirs += theirs;
}

static void add_series(struct rows *r, const struct measure *m, const struct series *s, bool theirs)
{
    enum { PERIODS_MAX = 400 };
    const struct council *c = r->q->council;
    struct period p = period_of(m->frequency, r->q->period.start, c->year_start);
    for (int i = 0; i < PERIODS_MAX && p.start <= r->q->period.end;
         i++, p = period_step(p, 1, c->year_start)) {
        bool over = p.end < c->today && p.end >= r->q->period.start && p.end <= r->q->period.end;
        bool taken =
            m->state != MEASURE_RETIRED || m->retired_on == DAY_NONE || p.end <= m->retired_on;
        if (over && taken) {
            add_row(r, m, s, p, theirs);
        }
    }
}

static int rank(const struct collect_row *row)
{
    bool there = series_figure(row->series, row->period) != NULL;
    return (row->theirs ? 0 : 4) + (row->late ? 0 : there ? 2 : 1);
}

static int by_need(const void *a, const void *b)
{
    const struct collect_row *x = a, *y = b;
    int order = rank(x) - rank(y);
    order = order != 0 ? order : strcmp(x->measure->code, y->measure->code);
    order = order != 0 ? order : strcmp(x->series->part, y->series->part);
    return order != 0 ? order : period_compare(x->period, y->period);
}

void collect_rows(struct page_request *q, const struct collect_asked *asked,
                  struct collect_grid *out)
{
    const struct council *c = q->council;
    *out = (struct collect_grid){0};
    struct rows r = {q, asked, grow_new(q->arena, sizeof(struct collect_row)), out};
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        if (m->formula != NULL) {
            continue; // worked out, never entered
        }
        if (m->frequency == PERIOD_NONE) {
            out->irregular += m->state == MEASURE_LIVE;
            continue;
        }
        bool theirs = asked->theirs(asked->context, m);
        for (size_t s = 0; s < m->series_count; s++) {
            // The whole of a measure of which only the parts are entered is added by hand.
            if (s > 0 || m->series_count == 1 || m->series[0].figure_count > 0) {
                add_series(&r, m, &m->series[s], theirs);
            }
        }
    }
    struct collect_row *rows = r.rows.items;
    if (r.rows.count > 1) {
        qsort(rows, r.rows.count, sizeof *rows, by_need);
    }
    out->total = r.rows.count;
    size_t from = asked->from < out->total ? asked->from : 0;
    out->rows = rows + from;
    out->count = out->total - from < COLLECT_ROWS ? out->total - from : COLLECT_ROWS;
}

// ---- what was typed ----

static const int asked_columns[] = {OBSERVATION_VALUE, OBSERVATION_NUMERATOR,
                                    OBSERVATION_DENOMINATOR, OBSERVATION_MARKER, OBSERVATION_NOTE};

struct reading_typed {
    struct arena *arena;
    const struct edit_typed *typed;
    const struct descriptor *kind;
    const char *by, *on;
    struct grow changes, rows, faults;
    bool corrects, moved;
};

static const char *field_of(struct reading_typed *r, const char *name, size_t number)
{
    const char *text =
        r->typed->nth(r->typed->context, arena_printf(r->arena, "%s-%zu", name, number), 0);
    return text == NULL ? NULL : csv_cell_text(r->arena, (struct slice){text, strlen(text)});
}

// The number under which the form has the row's key; false: the form has not got it.
static bool number_of(struct reading_typed *r, const char *key, size_t at, size_t *ret)
{
    // Its own place first; another where rows have moved since they were shown.
    for (size_t i = 0; i <= COLLECT_ROWS; i++) {
        size_t n = i == 0 ? at : i - 1;
        const char *text = field_of(r, "row", n);
        if (text != NULL && strcmp(text, key) == 0) {
            *ret = n;
            return true;
        }
    }
    return false;
}

// What a row of the grid shows in a field: the mark where there is no figure but a mark.
static const char *stands(const struct collect_row *row, int column)
{
    const char *cell = row->cells == NULL ? NULL : row->cells[column];
    bool marked = column == OBSERVATION_VALUE && cell == NULL && row->cells != NULL;
    cell = marked ? row->cells[OBSERVATION_MARK] : cell;
    return cell == NULL ? "" : cell;
}

// FNV-1a over the five fields, line ends aside: a browser sends CR LF for what it was given as LF.
static const char *had_of(struct arena *a, const char *const *five)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < COUNT_OF(asked_columns); i++) {
        for (const char *p = five[i]; *p != '\0'; p++) {
            h = *p == '\r' ? h : (h ^ (unsigned char)*p) * 1099511628211u;
        }
        h = (h ^ 0x1f) * 1099511628211u;
    }
    return arena_printf(a, "%016llx", (unsigned long long)h);
}

const char *collect_had(struct arena *a, const struct collect_row *row)
{
    const char *five[COUNT_OF(asked_columns)];
    for (size_t i = 0; i < COUNT_OF(asked_columns); i++) {
        const char *text = stands(row, asked_columns[i]);
        five[i] = csv_cell_text(a, (struct slice){text, strlen(text)});
    }
    return had_of(a, five);
}

static void fault(struct reading_typed *r, size_t row, const char *column, const char *text)
{
    *(struct collect_fault *)grow_add(&r->faults) = (struct collect_fault){row, column, text};
}

static void check(struct reading_typed *r, size_t at, const struct collect_row *row,
                  const char **cells)
{
    size_t count = 0;
    int columns[COUNT_OF(asked_columns) + 1];
    memcpy(columns, asked_columns, sizeof asked_columns);
    columns[COUNT_OF(asked_columns)] = -1;
    const struct edit_fault *faults = edit_check(r->arena, r->kind, cells, columns, &count);
    for (size_t i = 0; i < count; i++) {
        fault(r, at, faults[i].column,
              arena_printf(r->arena, "%s: %s", row->measure->code, faults[i].text));
    }
    bool blank = true;
    for (size_t i = 0; i < COUNT_OF(asked_columns); i++) {
        blank = blank && cells[asked_columns[i]] == NULL;
    }
    if (blank) {
        fault(r, at, "value",
              arena_printf(r->arena,
                           "%s: Enter the figure. To take out the one that stands there, open it "
                           "from the list of figures",
                           row->measure->code));
    }
}

// What came back for a row into its cells; whether it differs from what was shown.
static bool read_cells(struct reading_typed *r, const struct collect_row *row, size_t number,
                       const char **cells)
{
    const char *five[COUNT_OF(asked_columns)];
    for (size_t i = 0; i < COUNT_OF(asked_columns); i++) {
        int c = asked_columns[i];
        const char *text = field_of(r, r->kind->columns[c].name, number);
        // A field the grid did not offer stays as it is.
        five[i] = text == NULL ? stands(row, c) : text;
        cells[c] = five[i][0] == '\0' ? NULL : five[i];
    }
    const char *had = field_of(r, "had", number);
    return had == NULL || strcmp(had, had_of(r->arena, five)) != 0;
}

// Somebody else saved the row after it was shown.
static bool has_moved(struct reading_typed *r, const struct collect_row *row, size_t number)
{
    const char *seen = field_of(r, "seen", number);
    return strcmp(seen == NULL ? "" : seen, row->seen == NULL ? "" : row->seen) != 0;
}

static void read_row(struct reading_typed *r, size_t at, const struct collect_row *row)
{
    size_t number = 0;
    bool digest = false;
    const char **cells = ARENA_ARRAY(r->arena, r->kind->count, const char *);
    if (!number_of(r, row->key, at, &number) ||
        !thing_key_read(r->arena, r->kind, row->key, cells, &digest) ||
        !read_cells(r, row, number, cells)) {
        return;
    }
    if (has_moved(r, row, number)) {
        const char *now = stands(row, OBSERVATION_VALUE);
        fault(r, at, "value",
              arena_printf(r->arena,
                           "%s: Somebody else saved “%s” meanwhile. Yours is kept here: save again "
                           "to put it in its place",
                           row->measure->code, now[0] == '\0' ? "no figure" : now));
        r->moved = true;
    }
    bool *told = ARENA_ARRAY(r->arena, r->kind->count, bool);
    memset(told, 1, r->kind->count * sizeof *told);
    cells[OBSERVATION_ENTERED_BY] = r->by;
    cells[OBSERVATION_ENTERED_ON] = r->on;
    check(r, at, row, cells);
    r->corrects = r->corrects || row->seen != NULL;
    *(struct door_change *)grow_add(&r->changes) =
        (struct door_change){.action = row->seen != NULL ? WHO_CHANGES : WHO_CREATES,
                             .kind = KIND_OBSERVATION,
                             .cells = cells,
                             .told = told,
                             .seen = row->seen};
    *(size_t *)grow_add(&r->rows) = at;
}

void collect_read(struct arena *a, const struct collect_grid *grid, const struct edit_typed *typed,
                  const char *by, const char *on, struct collect_typed *out)
{
    struct reading_typed r = {.arena = a,
                              .typed = typed,
                              .kind = descriptor_of(KIND_OBSERVATION),
                              .by = by,
                              .on = on,
                              .changes = grow_new(a, sizeof(struct door_change)),
                              .rows = grow_new(a, sizeof(size_t)),
                              .faults = grow_new(a, sizeof(struct collect_fault))};
    for (size_t i = 0; i < grid->count; i++) {
        read_row(&r, i, &grid->rows[i]);
    }
    *out = (struct collect_typed){r.changes.items, r.rows.items,   r.changes.count, r.corrects,
                                  r.moved,         r.faults.items, r.faults.count};
}
