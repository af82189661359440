#include <string.h>

#include "domain/import_merge.h"
#include "store/versions.h"

enum { PROGRESS_ROWS = 1 << 14 };

// What the record has of one row's key.
struct standing {
    int version; // the highest; 0: none
    bool current;
    bool same;                  // as the file says
    const struct slice *before; // what it says; kept only where an event will tell of it
};

struct merging {
    struct import_run *run;
    const struct descriptor *kind;
    struct store_add *adding;
    struct standing *standing; // by row of the group
    size_t room;
    struct trail_file **files; // by file: one event for all its rows; NULL: an event each
};

// A file of many rows is one event of the audit trail.
static void note_large_files(struct merging *m, const struct import_table *t)
{
    struct import_run *run = m->run;
    const struct import_row *rows = t->rows.items;
    size_t *counts = ARENA_ARRAY(run->arena, run->files.count, size_t);
    m->files = ARENA_ARRAY(run->arena, run->files.count, struct trail_file *);
    for (size_t i = 0; i < t->rows.count; i++) {
        counts[rows[i].source->file]++;
    }
    for (size_t i = 0; i < t->sources.count; i++) {
        const struct import_source *s = ((struct import_source **)t->sources.items)[i];
        if (counts[s->file] > TRAIL_ROWS_EACH && s->told == NULL) {
            m->files[s->file] = trail_file(&run->trail, m->kind, s->name);
        }
    }
}

static const struct slice *keep_cells(const struct merging *m, const struct slice *cells)
{
    struct slice *kept = ARENA_ARRAY(m->run->arena, m->kind->count, struct slice);
    for (size_t c = 0; c < m->kind->count; c++) {
        if (cells[c].length > 0) {
            kept[c].text = arena_textn(m->run->arena, cells[c].text, cells[c].length);
            kept[c].length = cells[c].length;
        }
    }
    return kept;
}

// The rows from `from` that share a first key cell.
static size_t end_of_group(const struct import_table *t, size_t from)
{
    const struct import_row *rows = t->rows.items;
    struct slice first = import_cell(&rows[from], 0);
    size_t end = from + 1;
    while (end < t->rows.count && merge_compare_slices(import_cell(&rows[end], 0), first) == 0) {
        end++;
    }
    return end;
}

// One row told through the door is looked up by its key: its measure may have thousands.
static bool start_versions(const struct merging *m, const struct import_row *rows, size_t count,
                           struct store_versions_reader *r)
{
    struct import_run *run = m->run;
    if (!run->told || count > 1) {
        return store_versions_start(r, run->db, m->kind->kind, run->organisation,
                                    import_cell(&rows[0], 0), run->err);
    }
    struct slice *cells = ARENA_ARRAY(run->arena, m->kind->count, struct slice);
    for (size_t c = 0; c < m->kind->count; c++) {
        cells[c] = import_cell(&rows[0], (int)c);
    }
    return store_versions_start_key(r, run->db, m->kind->kind, run->organisation, cells, run->err);
}

// Reads the record's versions beside the group's rows, both in key order.
static bool look_up(struct merging *m, const struct import_row *rows, size_t count)
{
    struct import_run *run = m->run;
    struct store_versions_reader r;
    if (count > m->room) {
        m->room = count;
        m->standing = ARENA_ARRAY(run->arena, count, struct standing);
    }
    memset(m->standing, 0, count * sizeof *m->standing);
    if (!start_versions(m, rows, count, &r)) {
        return false;
    }
    size_t at = 0;
    enum db_step step = DB_DONE;
    while (at < count && (step = store_versions_next(&r, run->err)) == DB_ROW) {
        while (at < count && merge_compare_to_record(&rows[at], r.cells) < 0) {
            at++;
        }
        if (at < count && merge_compare_to_record(&rows[at], r.cells) == 0) {
            struct standing *s = &m->standing[at];
            *s = (struct standing){r.version, r.current, merge_says_the_same(&rows[at], r.cells),
                                   NULL};
            if (s->current && !s->same) {
                s->before = keep_cells(m, r.cells);
            }
        }
    }
    store_versions_end(&r);
    return step != DB_FAULT;
}

// A retired measure takes no new figures: those for periods that end after it was retired, or any
// when the day is not known.
static bool is_retired_for(struct import_run *run, const struct import_row *r)
{
    const struct import_measure *m =
        r->measure == TEXT_TABLE_NONE ? NULL : import_measure(run, r->measure);
    if (m == NULL || !m->retired || r->source->kind->kind != KIND_OBSERVATION) {
        return false;
    }
    struct period p;
    struct slice id = import_cell(r, OBSERVATION_PERIOD);
    return m->retired_on == DAY_NONE || !period_parse_id(id.text, id.length, run->year_start, &p) ||
           p.end > m->retired_on;
}

static void refuse_retired(struct import_run *run, const struct import_row *r)
{
    const struct import_measure *m = import_measure(run, r->measure);
    const char *why =
        m->retired_on == DAY_NONE
            ? "is a retired measure and takes no new figures: leave the row out, set its state to "
              "live, or give the day in retired_on so that figures up to then are taken"
            : arena_printf(run->arena,
                           "was retired on %s and takes no figure for a period that ends later: "
                           "leave the row out, or change retired_on",
                           day_shown(run->arena, m->retired_on));
    import_refuse_cell(run, r, OBSERVATION_MEASURE, why);
}

static bool write_row(struct merging *m, const struct import_row *r, const struct standing *s)
{
    struct import_run *run = m->run;
    struct slice after[COLUMNS_MAX];
    struct db_cell cells[COLUMNS_MAX];
    for (size_t c = 0; c < m->kind->count; c++) {
        after[c] = import_cell(r, (int)c);
        cells[c] = (struct db_cell){after[c].text, after[c].length};
    }
    if (!import_may(run, r, s->before, s->version, after)) {
        return true;
    }
    struct trail_file *file = m->files[r->source->file];
    uint64_t event = file != NULL ? trail_file_row(file, after, s->version + 1, s->version == 0)
                                  : import_note(run, r, s->before, after, s->version + 1);
    run->changed = true;
    if (s->current && !store_supersede(run->db, m->kind->kind, run->organisation, cells, s->version,
                                       run->options->now, run->err)) {
        return false;
    }
    return store_add_row(m->adding, cells, s->version + 1, event, run->err);
}

static bool write_group(struct merging *m, const struct import_row *rows, size_t count)
{
    struct import_run *run = m->run;
    for (size_t i = 0; i < count; i++) {
        const struct standing *s = &m->standing[i];
        struct import_file *file = import_file_of(run, rows[i].source);
        if (s->current && s->same) {
            file->unchanged++;
            continue;
        }
        if (is_retired_for(run, &rows[i])) {
            refuse_retired(run, &rows[i]);
            continue;
        }
        file->created += s->version == 0;
        file->updated += s->version > 0;
        if (!write_row(m, &rows[i], s)) {
            return false;
        }
    }
    return true;
}

bool merge_versions(struct import_run *run, enum kind kind, struct store_add *adding)
{
    struct merging m = {.run = run, .kind = descriptor_of(kind), .adding = adding};
    const struct import_table *t = &run->tables[kind];
    const struct import_row *rows = t->rows.items;
    size_t reported = 0;
    note_large_files(&m, t);
    for (size_t from = 0; from < t->rows.count;) {
        size_t end = end_of_group(t, from);
        if (!look_up(&m, rows + from, end - from) || !write_group(&m, rows + from, end - from)) {
            return false;
        }
        from = end;
        if (from - reported >= PROGRESS_ROWS) {
            import_progress(run, "writing", (from - reported) * 64);
            reported = from;
        }
    }
    return true;
}
