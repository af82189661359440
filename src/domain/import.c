#include "domain/import.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "domain/framework.h"
#include "domain/import_run.h"
#include "domain/record.h"

static const struct slice NOTHING = {NULL, 0};

// ---- which organisation ----

static bool organisation_of_file(struct import_run *run)
{
    const struct import_table *t = &run->tables[KIND_ORGANISATION];
    const struct import_row *rows = t->rows.items;
    const char *wanted = run->options->organisation;
    if (t->rows.count > 1) {
        return import_refuse(run, rows[1].source, rows[1].row, NULL, NOTHING,
                             "gives a second organisation: a folder is one organisation, give each "
                             "a folder of its own");
    }
    run->organisation = csv_cell_text(run->arena, import_cell(&rows[0], ORGANISATION_CODE));
    if (wanted != NULL && strcmp(wanted, run->organisation) != 0) {
        return err_set(run->err, ERR_USAGE,
                       "%s is the folder of %s, not of %s; leave --organisation out, or give the "
                       "right folder.",
                       rows[0].source->path, run->organisation, wanted);
    }
    struct slice start = import_cell(&rows[0], ORGANISATION_FINANCIAL_YEAR_START);
    if (start.text != NULL) {
        run->year_start = (start.text[0] - '0') * 10 + (start.text[1] - '0');
    }
    return true;
}

static void year_start_of_record(struct import_run *run)
{
    const struct store_rows *rows = &run->existing[KIND_ORGANISATION];
    const char *start =
        rows->count == 0 ? NULL : rows->rows[0].cells[ORGANISATION_FINANCIAL_YEAR_START];
    run->year_start = start == NULL ? 4 : (start[0] - '0') * 10 + (start[1] - '0');
}

// Reads organisation.csv first, since everything else hangs on whose it is and when its year
// starts.
static bool find_organisation(struct import_run *run)
{
    run->year_start = 4;
    // Codes of the record are asked for by organisation, which is not known yet: an empty one.
    run->organisation = "";
    if (!import_read(run, KIND_ORGANISATION)) {
        return false;
    }
    run->organisation = NULL;
    run->existing_loaded[KIND_ORGANISATION] = false;
    struct import_table *t = &run->tables[KIND_ORGANISATION];
    if (t->sources.count > 0 && t->rows.count == 0) {
        return run->refused > 0 ||
               import_refuse(run, ((struct import_source **)t->sources.items)[0], 0, NULL, NOTHING,
                             "has no row: it needs one with code and name");
    }
    bool from_file = t->rows.count > 0;
    if (run->told && run->options->organisation != NULL && !from_file) {
        run->organisation = run->options->organisation;
        if (!import_existing(run, KIND_ORGANISATION)) {
            return false;
        }
        if (run->existing[KIND_ORGANISATION].count > 0) {
            year_start_of_record(run);
            return true;
        }
    }
    if (from_file ? !organisation_of_file(run)
                  : !record_organisation(run->db, run->arena, run->options->organisation,
                                         &run->organisation, run->err)) {
        return false;
    }
    if (!import_existing(run, KIND_ORGANISATION)) {
        return false;
    }
    bool told =
        from_file && import_cell(t->rows.items, ORGANISATION_FINANCIAL_YEAR_START).text != NULL;
    if (!told) {
        year_start_of_record(run);
    }
    return true;
}

// ---- reading and writing ----

static bool read_all(struct import_run *run)
{
    for (int k = KIND_NONE + 1; k < KIND_COUNT && !import_is_full(run); k++) {
        if (k != KIND_ORGANISATION && !import_read(run, (enum kind)k)) {
            return false;
        }
        if (k == KIND_MEASURE && !import_know_measures(run)) {
            return false;
        }
    }
    if (import_is_full(run) || !import_check_references(run)) {
        return run->err->kind == ERR_NONE;
    }
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        import_sort(run, (enum kind)k);
    }
    return true;
}

// Where in the files of this run the row at fault stands; if it does not, its file is named alone.
static void refuse_fault(struct import_run *run, const struct framework_fault *fault)
{
    const struct import_table *t = &run->tables[fault->kind];
    const struct import_row *rows = t->rows.items;
    const struct descriptor *d = descriptor_of(fault->kind);
    for (size_t i = 0; i < t->rows.count; i++) {
        if (slice_is(import_cell(&rows[i], 0), fault->key) &&
            (fault->key_2 == NULL || slice_is(import_cell(&rows[i], 1), fault->key_2))) {
            import_refuse(run, rows[i].source, rows[i].row, d->columns[fault->column].name,
                          (struct slice){fault->found, strlen(fault->found)}, fault->why);
            return;
        }
    }
    run->refused++;
    if (run->refusals.count < IMPORT_REFUSALS_LISTED) {
        *(struct import_refusal *)grow_add(&run->refusals) = (struct import_refusal){
            d->file, 0,
            arena_printf(run->arena, "%s of %s", d->columns[fault->column].name, fault->key),
            fault->found, fault->why};
    }
}

static bool check_framework(struct import_run *run)
{
    bool touched[KIND_COUNT] = {false};
    for (int k = 0; k < KIND_COUNT; k++) {
        touched[k] = run->tables[k].rows.count > 0 || run->removed[k];
    }
    struct framework f = framework_of(run->db, run->arena, run->organisation, run->err);
    if (!framework_look(&f, touched)) {
        return false;
    }
    for (size_t i = 0; i < f.faults.count; i++) {
        refuse_fault(run, &((const struct framework_fault *)f.faults.items)[i]);
    }
    return true;
}

static bool write_all(struct import_run *run)
{
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        if (!import_write(run, (enum kind)k)) {
            return false;
        }
    }
    if (run->refused > 0 || !check_framework(run)) {
        return run->err->kind == ERR_NONE;
    }
    if (run->refused == 0 && run->changed) {
        return store_revise(run->db, run->organisation, run->options->now, run->options->what,
                            run->err) &&
               trail_write(&run->trail, run->db, run->err);
    }
    return true;
}

static void forget_counts(struct import_run *run)
{
    struct import_file *files = run->files.items;
    for (size_t i = 0; i < run->files.count; i++) {
        files[i].created = files[i].updated = files[i].unchanged = 0;
    }
    run->changed = false;
}

bool import_work(struct import_run *run)
{
    if (!find_organisation(run)) {
        return run->err->kind == ERR_NONE;
    }
    if (run->organisation == NULL || !read_all(run)) {
        return run->err->kind == ERR_NONE;
    }
    run->trail.organisation = run->organisation;
    return run->refused > 0 || write_all(run);
}

static size_t size_of(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && s.st_size > 0 ? (size_t)s.st_size : 0;
}

// About as much work as there are bytes to read, twice: for reading and for writing.
static size_t work_in(struct arena *a, const char *const *paths, size_t count)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        const char *path = paths[i];
        bytes += file_is_folder(path) ? size_of(arena_printf(a, "%s/observations.csv", path))
                                      : size_of(path);
    }
    return bytes * 2;
}

void import_start(struct import_run *run, struct db *db, struct arena *a,
                  const struct import_options *options, struct err *e)
{
    *run = (struct import_run){.db = db, .arena = a, .options = options, .err = e};
    run->files = grow_new(a, sizeof(struct import_file));
    run->refusals = grow_new(a, sizeof(struct import_refusal));
    for (int k = 0; k < KIND_COUNT; k++) {
        run->tables[k].rows = grow_new(a, sizeof(struct import_row));
        run->tables[k].sources = grow_new(a, sizeof(struct import_source *));
    }
}

static void roll_back(void *what)
{
    struct import_run *run = what;
    if (run->open != NULL) {
        db_rollback(run->open);
    }
}

bool import_begin(struct import_run *run)
{
    arena_defer(run->arena, roll_back, run);
    if (!db_begin(run->db, run->err)) {
        return false;
    }
    run->open = run->db;
    return true;
}

bool import_end(struct import_run *run, bool keep)
{
    bool good = true;
    if (keep) {
        good = db_commit(run->db, run->err);
    } else {
        db_rollback(run->db);
    }
    run->open = NULL;
    return good;
}

// Everything between the beginning of the transaction and its end.
static bool work_paths(struct import_run *run, const char *const *paths, size_t count)
{
    run->work_all = work_in(run->arena, paths, count);
    return trail_start(&run->trail, run->db, run->arena, run->who, run->options->now, run->err) &&
           (import_find(run, paths, count) ? import_work(run) : run->err->kind == ERR_NONE);
}

static struct import_report report_of(struct import_run *run)
{
    if (run->refused > 0) {
        forget_counts(run);
    }
    struct import_report report = {
        .organisation = run->organisation,
        .files = run->files.items,
        .file_count = run->files.count,
        .refusals = run->refusals.items,
        .listed = run->refusals.count,
        .refused = run->refused,
        .changed = run->changed,
    };
    if (run->changed && run->trail.events.count > 0) {
        report.first_event = run->trail.first;
        report.last_event = run->trail.first + run->trail.events.count - 1;
    }
    return report;
}

bool import_paths(struct db *db, struct arena *a, const char *const *paths, size_t count,
                  const struct import_options *options, struct import_report *out, struct err *e)
{
    struct import_run *run = ARENA_NEW(a, struct import_run);
    struct import_options told = *options;
    told.what = "import";
    import_start(run, db, a, &told, e);
    struct who nobody = who_at_machine(a, NULL);
    run->who = options->who == NULL ? &nobody : options->who;
    if (!import_begin(run)) {
        return false;
    }
    bool good = work_paths(run, paths, count);
    bool keep = good && run->refused == 0 && run->changed && !options->dry_run;
    if (!import_end(run, keep)) {
        return false;
    }
    *out = report_of(run);
    return good;
}

bool import_paths_within(struct db *db, struct arena *a, const char *const *paths, size_t count,
                         const struct import_options *options, struct import_report *out,
                         struct err *e)
{
    struct import_run *run = ARENA_NEW(a, struct import_run);
    struct import_options told = *options;
    told.what = "import";
    import_start(run, db, a, &told, e);
    run->who = options->who;
    bool good = work_paths(run, paths, count);
    *out = report_of(run);
    return good;
}
