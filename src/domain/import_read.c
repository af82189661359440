#include <string.h>

#include "domain/import_run.h"
#include "model/cell.h"

const char import_silent[] = "";

enum { JOINED_MAX = 4096 };

static const struct slice NOTHING = {NULL, 0};

// A row being read.
struct reading {
    struct import_run *run;
    struct import_source *source;
    struct csv *csv;
    struct slice *cells;
    uint32_t measure;
    struct slice period_marker; // in brackets behind a period's label
    bool good;
};

struct slice import_cell(const struct import_row *r, int column)
{
    int place = r->source->place[column];
    if (place < 0 || r->cells[place].text == import_silent) {
        return NOTHING;
    }
    return r->cells[place];
}

bool import_has(const struct import_row *r, int column)
{
    int place = r->source->place[column];
    return place >= 0 && r->cells[place].text != import_silent;
}

// Cells with doubled quotes are put together in the reader's scratch, which the next row reuses.
struct slice import_keep(struct import_source *s, struct slice cell)
{
    if (cell.length == 0 || (cell.text >= s->bytes && cell.text < s->bytes + s->length)) {
        return cell;
    }
    return (struct slice){arena_textn(s->run->arena, cell.text, cell.length), cell.length};
}

struct import_row *import_add_row(struct import_run *run, const struct import_source *s,
                                  struct slice *cells, size_t row, uint32_t measure)
{
    struct import_row *r = grow_add(&run->tables[s->kind->kind].rows);
    *r = (struct import_row){cells, s, (uint32_t)row, measure};
    return r;
}

static struct slice file_cell(const struct reading *r, size_t index)
{
    return index < r->csv->count ? r->csv->cells[index] : NOTHING;
}

// Several cells of a mapped file as one text: "Male / Persons"; blanks and NA left out.
static struct slice joined(const struct reading *r, const struct given *g)
{
    struct buf b = buf_new(r->run->arena, JOINED_MAX);
    for (size_t i = 0; i < g->from_count; i++) {
        struct slice part = slice_trim(file_cell(r, g->from[i]));
        if (part.length > 0 && !slice_is(part, "NA")) {
            buf_text(&b, b.length == 0 ? "" : " / ");
            buf_put(&b, part.text, part.length);
        }
    }
    return (struct slice){buf_cstr(&b), b.length};
}

static struct slice raw_cell(const struct reading *r, const struct given *g)
{
    if (g->constant.text != NULL) {
        return g->constant;
    }
    if (g->numbered) {
        const char *number =
            arena_printf(r->run->arena, "%zu", import_file_of(r->run, r->source)->rows);
        return (struct slice){number, strlen(number)};
    }
    if (g->from_count == 1) {
        return import_keep(r->source, file_cell(r, g->from[0]));
    }
    return joined(r, g);
}

static void refuse(struct reading *r, int column, struct slice found, const char *why)
{
    import_refuse(r->run, r->source, r->csv->row, import_header_of(r->source, column), found, why);
    r->good = false;
}

static void read_measure(struct reading *r, int column, struct slice raw, struct slice *cell)
{
    struct import_run *run = r->run;
    struct slice code = slice_trim(raw);
    if (r->source->mapping != NULL) {
        r->measure = import_mapped_measure(r->source, r->csv, code);
        *cell = r->measure == TEXT_TABLE_NONE
                    ? code
                    : text_table_text(&run->codes[KIND_MEASURE], r->measure);
    } else {
        r->measure = text_table_find(&run->codes[KIND_MEASURE], code);
        *cell = code;
    }
    if (r->measure != TEXT_TABLE_NONE) {
        const struct import_measure *m = import_measure(run, r->measure);
        r->good = r->good && !m->broken;
        if (r->good && m->computed && r->source->kind->kind == KIND_OBSERVATION) {
            refuse(r, column, raw,
                   "is worked out from other measures, so no figure of it is taken: leave the row "
                   "out, or take the formula out of measures.csv");
        }
        return;
    }
    if (run->tables[KIND_MEASURE].unreadable) {
        r->good = false; // said already: the file of measures itself was refused
        return;
    }
    const char *near = import_nearest_code(run, KIND_MEASURE, code);
    refuse(r, column, raw,
           near == NULL ? "is not the code of a measure: add it to measures.csv, or mend the code"
                        : arena_printf(run->arena,
                                       "is not the code of a measure; the nearest is %s: mend the "
                                       "code, or add it to measures.csv",
                                       near));
}

static const struct import_measure *measure_of(const struct reading *r)
{
    return r->measure == TEXT_TABLE_NONE ? NULL : import_measure(r->run, r->measure);
}

static void read_plain(struct reading *r, const struct column *c, int column, struct slice raw,
                       struct slice *cell)
{
    const char *why = NULL;
    if (!cell_read(r->run->arena, c, raw, cell, &why)) {
        refuse(r, column, raw, why);
    }
}

static void read_given(struct reading *r, const struct given *g)
{
    const struct column *c = &r->source->kind->columns[g->column];
    struct slice *cell = &r->cells[r->source->place[g->column]];
    struct slice raw = raw_cell(r, g);
    if (slice_trim(raw).length == 0 && c->type != COLUMN_VALUE) {
        // A mark in the value cell may have filled the marker already; a blank does not empty it.
        if (c->required) {
            refuse(r, g->column, NOTHING,
                   arena_printf(r->run->arena, "the cell is blank, and every %s needs it: fill it",
                                r->source->kind->name));
        }
        return;
    }
    if (c->refers == KIND_MEASURE && c->required && r->measure == TEXT_TABLE_NONE) {
        read_measure(r, g->column, raw, cell);
    } else if (c->type == COLUMN_PERIOD) {
        if (r->good && !import_read_period(r->run, r->source, r->csv->row,
                                           import_header_of(r->source, g->column), raw,
                                           measure_of(r), cell, &r->period_marker)) {
            r->good = false;
        }
    } else if (c->type == COLUMN_VALUE) {
        if (r->good && !import_read_value(r->run, r->source, r->csv->row, NULL, g->column, raw,
                                          measure_of(r), r->cells)) {
            r->good = false;
        }
    } else {
        read_plain(r, c, g->column, raw, cell);
    }
}

// What a marker in brackets behind a period means; false when it means nothing we know.
static bool marker_word(struct slice s, const char **out)
{
    static const struct {
        const char *written, *word;
    } known[] = {
        {"prov", "provisional"},
        {"provisional", "provisional"},
        {"p", "provisional"},
        {"rev", "revised"},
        {"revised", "revised"},
        {"r", "revised"},
        {"est", "estimated"},
        {"estimated", "estimated"},
        {"e", "estimated"},
        {"final", NULL},
        {"ot", NULL},
        {"outturn", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (cell_is_word(s, known[i].written)) {
            *out = known[i].word;
            return true;
        }
    }
    return false;
}

static void take_period_marker(struct reading *r)
{
    int column = descriptor_column(r->source->kind, "marker");
    const char *word = NULL;
    if (!marker_word(r->period_marker, &word)) {
        refuse(r, descriptor_column(r->source->kind, "period"), r->period_marker,
               "is a marker that is not known: take it out of the period, and put provisional, "
               "revised or estimated into the column marker");
    } else if (word != NULL && column >= 0) {
        struct slice *cell = &r->cells[r->source->place[column]];
        bool free_ = cell->text == NULL || cell->text == import_silent;
        *cell = free_ ? (struct slice){word, strlen(word)} : *cell;
    }
}

static void finish_row(struct reading *r)
{
    if (r->good && r->period_marker.text != NULL) {
        take_period_marker(r);
    }
    if (!r->good) {
        return;
    }
    struct import_row *row = import_add_row(r->run, r->source, r->cells, r->csv->row, r->measure);
    if (!import_check_row(r->run, row)) {
        r->run->tables[r->source->kind->kind].rows.count--;
    }
}

static struct slice *new_cells(struct reading *r)
{
    struct slice *cells = arena_alloc(r->run->arena, r->source->cell_count * sizeof *cells);
    for (size_t i = r->source->given_count; i < r->source->cell_count; i++) {
        cells[i].text = import_silent;
    }
    return cells;
}

// One row of a wide file: a figure for each period whose cell is not blank.
static void read_wide(struct reading *r)
{
    struct import_source *s = r->source;
    const struct slice *shared = r->cells;
    for (size_t i = 0; i < s->period_count && r->good; i++) {
        struct slice raw = import_keep(s, file_cell(r, s->periods[i].from));
        if (slice_trim(raw).length == 0) {
            continue;
        }
        const char *header = csv_cell_text(r->run->arena, s->periods[i].label);
        r->cells = new_cells(r);
        r->period_marker = NOTHING;
        memcpy(r->cells, shared, s->given_count * sizeof *shared);
        bool good =
            import_read_period(r->run, s, r->csv->row, header, s->periods[i].label, measure_of(r),
                               &r->cells[s->place[OBSERVATION_PERIOD]], &r->period_marker) &&
            import_read_value(r->run, s, r->csv->row, header, OBSERVATION_VALUE, raw, measure_of(r),
                              r->cells);
        if (good) {
            finish_row(r);
        }
    }
}

// Cells with nothing above them would be lost without a word.
static bool check_width(struct reading *r)
{
    for (size_t i = 0; i < r->csv->count; i++) {
        bool headed = i < r->source->header_count && r->source->header[i].length > 0;
        if (!headed && slice_trim(r->csv->cells[i]).length > 0) {
            return import_refuse(r->run, r->source, r->csv->row, NULL, r->csv->cells[i],
                                 arena_printf(r->run->arena,
                                              "stands in cell %zu, which has no name in the first "
                                              "row: name the column, or put a text with commas "
                                              "into quotes",
                                              i + 1));
        }
    }
    return true;
}

static bool is_wanted(const struct reading *r)
{
    for (size_t i = 0; i < r->source->filter_count; i++) {
        const struct row_filter *f = &r->source->filters[i];
        struct slice cell = slice_trim(file_cell(r, f->from));
        if (cell.length != f->value.length || memcmp(cell.text, f->value.text, cell.length) != 0) {
            return false;
        }
    }
    return true;
}

// A row that was refused still has a code that others may refer to: they are not to blame.
static void remember_code(const struct reading *r)
{
    const struct descriptor *d = r->source->kind;
    if (d->columns[0].type == COLUMN_CODE && d->columns[0].key && r->source->place[0] >= 0 &&
        r->cells[r->source->place[0]].text != NULL) {
        text_table_add(&r->run->codes[d->kind], r->cells[r->source->place[0]]);
    }
}

static void read_row(struct reading *r)
{
    struct import_file *file = import_file_of(r->run, r->source);
    if (!is_wanted(r)) {
        file->left_out++;
        return;
    }
    file->rows++;
    r->cells = new_cells(r);
    r->measure = TEXT_TABLE_NONE;
    r->period_marker = NOTHING;
    r->good = r->csv->count <= r->source->header_count || check_width(r);
    for (size_t i = 0; i < r->source->given_count && r->good; i++) {
        read_given(r, &r->source->given[i]);
    }
    remember_code(r);
    if (r->good && r->source->period_count > 0) {
        read_wide(r);
    } else {
        finish_row(r);
    }
}

void import_read_row(struct import_source *s, struct csv *csv)
{
    read_row(&(struct reading){.run = s->run, .source = s, .csv = csv});
}
