#include <stdlib.h>
#include <string.h>

#include "domain/import_run.h"
#include "domain/measure_hint.h"
#include "model/cell.h"

enum { SLUG_MAX = 80 };

static struct slice slice_of(const char *text)
{
    return (struct slice){text, text == NULL ? 0 : strlen(text)};
}

const struct import_measure *import_measure(const struct import_run *run, uint32_t number)
{
    return &((const struct import_measure *)run->measures.items)[number];
}

// What the cells of a measure say; `cells` in the descriptor's order, canonical.
static void understand(struct import_measure *m, const char *const *cells)
{
    *m = (struct import_measure){.retired_on = DAY_NONE};
    if (!model_value_type(cells[MEASURE_VALUE_TYPE], &m->how.type)) {
        m->how.type = VALUE_NUMBER;
    }
    m->how.unit = cells[MEASURE_VALUE_UNIT];
    m->how.per = cells[MEASURE_PER] == NULL ? 0 : strtoll(cells[MEASURE_PER], NULL, 10);
    m->frequency_word = cells[MEASURE_FREQUENCY];
    m->frequency = measure_hint(cells[MEASURE_FREQUENCY]);
    if (cells[MEASURE_AGGREGATION] == NULL ||
        !aggregation_from_text(cells[MEASURE_AGGREGATION], &m->aggregation)) {
        m->aggregation = AGGREGATE_NONE;
    }
    m->computed = cells[MEASURE_FORMULA] != NULL;
    m->retired = cells[MEASURE_STATE] != NULL && strcmp(cells[MEASURE_STATE], "retired") == 0;
    const char *retired_on = cells[MEASURE_RETIRED_ON];
    if (retired_on != NULL && !day_parse(retired_on, strlen(retired_on), &m->retired_on)) {
        m->retired_on = DAY_NONE;
    }
}

// The row of the file laid over what the record has.
static void overlay(struct import_run *run, const struct import_row *r, const char **cells)
{
    for (int c = 0; c < MEASURE_COLUMNS; c++) {
        if (import_has(r, c)) {
            struct slice cell = import_cell(r, c);
            cells[c] = cell.text == NULL ? NULL : arena_textn(run->arena, cell.text, cell.length);
        }
    }
}

bool import_know_measures(struct import_run *run)
{
    if (!import_know_codes(run, KIND_MEASURE)) {
        return false;
    }
    const struct text_table *codes = &run->codes[KIND_MEASURE];
    size_t count = text_table_count(codes);
    const char *(*cells)[MEASURE_COLUMNS] = arena_array(run->arena, count, sizeof *cells);
    const struct store_rows *existing = &run->existing[KIND_MEASURE];
    for (size_t i = 0; i < existing->count; i++) {
        uint32_t number = text_table_find(codes, slice_of(existing->rows[i].cells[0]));
        memcpy(cells[number], existing->rows[i].cells, sizeof *cells);
    }
    const struct import_table *t = &run->tables[KIND_MEASURE];
    for (size_t i = 0; i < t->rows.count; i++) {
        const struct import_row *r = &((const struct import_row *)t->rows.items)[i];
        overlay(run, r, cells[text_table_find(codes, import_cell(r, MEASURE_CODE))]);
    }
    run->measures = grow_new(run->arena, sizeof(struct import_measure));
    for (size_t i = 0; i < count; i++) {
        struct import_measure *m = grow_add(&run->measures);
        understand(m, cells[i]);
        m->broken = cells[i][MEASURE_CODE] == NULL; // its row was refused
    }
    return true;
}

// ---- mapped files: measures by title, and new ones ----

static void know_title(struct import_run *run, struct slice title, uint32_t measure)
{
    uint32_t number = text_table_add(&run->titles, title);
    if (number == run->title_measure.count) {
        *(uint32_t *)grow_add(&run->title_measure) = measure;
    }
}

static void know_titles(struct import_run *run)
{
    run->titles = text_table_new(run->arena);
    run->title_measure = grow_new(run->arena, sizeof(uint32_t));
    const struct store_rows *existing = &run->existing[KIND_MEASURE];
    for (size_t i = 0; i < existing->count; i++) {
        const char *const *cells = existing->rows[i].cells;
        know_title(run, slice_of(cells[MEASURE_TITLE]),
                   text_table_find(&run->codes[KIND_MEASURE], slice_of(cells[MEASURE_CODE])));
    }
}

// "Fuel poverty (low income)" -> "fuel-poverty-low-income".
static const char *slug_of(struct arena *a, struct slice title)
{
    char *slug = arena_alloc(a, SLUG_MAX + 1);
    size_t length = 0;
    bool gap = false;
    for (size_t i = 0; i < title.length && length < SLUG_MAX - 1; i++) {
        char c = title.text[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (gap && length > 0) {
                slug[length++] = '-';
            }
            slug[length++] = c;
            gap = false;
        } else {
            gap = true;
        }
    }
    char *last = length < SLUG_MAX - 1 ? NULL : memrchr(slug, '-', length);
    if (last != NULL) {
        *last = '\0'; // a title that was cut ends with a whole word
    }
    return length == 0 ? "measure" : slug;
}

static struct slice free_code(struct import_run *run, struct slice title)
{
    const char *slug = slug_of(run->arena, title);
    const char *code = slug;
    for (int n = 2; text_table_find(&run->codes[KIND_MEASURE], slice_of(code)) != TEXT_TABLE_NONE;
         n++) {
        code = arena_printf(run->arena, "%s-%d", slug, n);
    }
    return slice_of(code);
}

static bool holds(struct slice text, const char *words)
{
    return memmem(text.text, text.length, words, strlen(words)) != NULL;
}

static const char *value_type_of(struct slice title)
{
    if (holds(title, "ercent") || holds(title, "er cent") || holds(title, "%")) {
        return "percent";
    }
    return holds(title, "\xc2\xa3") ? "money" : "number";
}

// The table that measures made for a mapped file stand in: all their columns, none of a file's, and
// counted apart from its rows.
static const struct import_source *made_source(struct import_source *s)
{
    if (s->made != NULL) {
        return s->made;
    }
    struct import_source *made = ARENA_NEW(s->run->arena, struct import_source);
    *made = *s;
    made->kind = descriptor_of(KIND_MEASURE);
    made->file = s->run->files.count;
    struct import_file *f = grow_add(&s->run->files);
    f->path = s->path;
    f->name = made->name = "measures made for it";
    s->made = made;
    made->given_count = 0;
    made->period_count = 0;
    made->cell_count = MEASURE_COLUMNS;
    for (int c = 0; c < MEASURE_COLUMNS; c++) {
        made->place[c] = c;
        made->cell_column[c] = c;
    }
    return made;
}

static bool fill_extra(struct import_source *s, const struct import_source *made,
                       const struct csv *csv, struct slice *cells)
{
    for (size_t i = 0; i < s->extra_count; i++) {
        const struct given *g = &s->extra[i];
        struct slice raw = g->constant;
        if (raw.text == NULL && g->from[0] < csv->count) {
            raw = import_keep(s, csv->cells[g->from[0]]);
        }
        const char *why = NULL;
        const struct column *c = &made->kind->columns[g->column];
        if (!cell_read(s->run->arena, c, raw, &cells[g->column], &why)) {
            return import_refuse(s->run, s, csv->row, c->name, raw, why);
        }
    }
    return true;
}

static uint32_t make_measure(struct import_source *s, const struct csv *csv, struct slice title)
{
    struct import_run *run = s->run;
    const struct import_source *made = made_source(s);
    struct slice *cells = ARENA_ARRAY(run->arena, MEASURE_COLUMNS, struct slice);
    const char *why = NULL;
    if (!cell_read(run->arena, &made->kind->columns[MEASURE_TITLE], title, &cells[MEASURE_TITLE],
                   &why)) {
        import_refuse(run, s, csv->row, "measure", title, why);
        return TEXT_TABLE_NONE;
    }
    cells[MEASURE_CODE] = free_code(run, title);
    cells[MEASURE_VALUE_TYPE] = slice_of(value_type_of(title));
    cells[MEASURE_POLARITY] = slice_of("none");
    cells[MEASURE_FREQUENCY] = slice_of("other");
    cells[MEASURE_KIND] = slice_of("contextual");
    if (!fill_extra(s, made, csv, cells)) {
        return TEXT_TABLE_NONE;
    }
    uint32_t number = text_table_add(&run->codes[KIND_MEASURE], cells[MEASURE_CODE]);
    struct import_row *row = import_add_row(run, made, cells, csv->row, TEXT_TABLE_NONE);
    const char **texts = ARENA_ARRAY(run->arena, MEASURE_COLUMNS, const char *);
    overlay(run, row, texts);
    understand(grow_add(&run->measures), texts);
    know_title(run, title, number);
    return number;
}

uint32_t import_mapped_measure(struct import_source *s, const struct csv *csv, struct slice text)
{
    struct import_run *run = s->run;
    uint32_t found = text_table_find(&run->codes[KIND_MEASURE], text);
    if (found != TEXT_TABLE_NONE) {
        return found;
    }
    if (run->titles.arena == NULL) {
        know_titles(run);
    }
    uint32_t title = text_table_find(&run->titles, text);
    if (title != TEXT_TABLE_NONE) {
        return ((const uint32_t *)run->title_measure.items)[title];
    }
    return s->mapping->make_measures ? make_measure(s, csv, text) : TEXT_TABLE_NONE;
}
