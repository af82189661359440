#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "domain/import_run.h"

static const struct slice NOTHING = {NULL, 0};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static struct import_source *new_source(struct import_run *run, const char *path)
{
    struct import_source *s = ARENA_NEW(run->arena, struct import_source);
    s->run = run;
    s->path = path;
    s->name = base_name(path);
    s->file = run->files.count;
    struct import_file *f = grow_add(&run->files);
    f->path = path;
    f->name = s->name;
    return s;
}

static void take_source(struct import_run *run, struct import_source *s, const struct descriptor *d)
{
    s->kind = d;
    s->mapping = run->options->mapping;
    *(struct import_source **)grow_add(&run->tables[d->kind].sources) = s;
}

static void refuse_file(struct import_run *run, const char *path)
{
    struct import_source *s = new_source(run, path);
    const char *near = descriptor_nearest_file(s->name);
    const char *why =
        near == NULL
            ? "is not a file of a council folder; take it out of the folder, or import it with "
              "--as and --map"
            : arena_printf(run->arena,
                           "is not a file of a council folder; the nearest is %s: rename it, or "
                           "take it out of the folder",
                           near);
    import_refuse(run, s, 0, NULL, NOTHING, why);
}

static bool ends_with(const char *name, const char *ending)
{
    size_t n = strlen(name);
    size_t e = strlen(ending);
    return n >= e && strcasecmp(name + n - e, ending) == 0;
}

// Notes, scripts and hidden files may stand in the folder; what could be meant as data may not.
static bool looks_like_data(const char *name)
{
    static const char *const endings[] = {".csv", ".tsv", ".xls", ".xlsx", ".ods", ".numbers"};
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        if (name[0] != '.' && name[0] != '~' && ends_with(name, endings[i])) {
            return true;
        }
    }
    return false;
}

static bool find_in_folder(struct import_run *run, const char *folder)
{
    const char *const *names = NULL;
    size_t count = 0;
    bool any = false;
    if (!file_list(run->arena, folder, &names, &count, run->err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const char *path = arena_printf(run->arena, "%s/%s", folder, names[i]);
        const struct descriptor *d = descriptor_by_file(names[i]);
        if (d != NULL) {
            any = true;
            take_source(run, new_source(run, path), d);
        } else if (looks_like_data(names[i])) {
            refuse_file(run, path);
        }
    }
    return any || run->refused > 0 ||
           err_set(run->err, ERR_INPUT,
                   "%s holds no file of a council folder, such as measures.csv; give the folder "
                   "that does.",
                   folder);
}

bool import_find(struct import_run *run, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool folder = file_is_folder(paths[i]);
        const struct import_mapping *m = run->options->mapping;
        if (access(paths[i], F_OK) != 0) {
            return err_set(run->err, ERR_INPUT,
                           "There is no file or folder %s; check the name and where you are.",
                           paths[i]);
        }
        if (folder && m != NULL) {
            return err_set(run->err, ERR_USAGE,
                           "%s is a folder; with a mapping give the files one by one.", paths[i]);
        }
        if (folder) {
            if (!find_in_folder(run, paths[i])) {
                return false;
            }
            continue;
        }
        const struct descriptor *d = m != NULL ? m->as : descriptor_by_file(base_name(paths[i]));
        if (d == NULL) {
            refuse_file(run, paths[i]);
        } else {
            take_source(run, new_source(run, paths[i]), d);
        }
    }
    return true;
}

static size_t row_of_byte(const struct import_source *s, size_t offset)
{
    size_t row = 1;
    for (size_t i = 0; i < offset; i++) {
        row += s->bytes[i] == '\n';
    }
    return row;
}

static bool check_encoding(struct import_source *s)
{
    size_t bad = 0;
    switch (utf8_guess(s->bytes, s->length, &bad)) {
    case TEXT_UTF8: return true;
    case TEXT_LATIN1:
        return import_refuse(s->run, s, 0, NULL, NOTHING,
                             arena_printf(s->run->arena,
                                          "is saved in the old Windows or Latin-1 encoding (first "
                                          "seen on line %zu): save it again as \"CSV UTF-8\"",
                                          row_of_byte(s, bad)));
    case TEXT_UTF16:
        return import_refuse(s->run, s, 0, NULL, NOTHING,
                             "is saved as UTF-16 (\"Unicode text\"): save it again as \"CSV "
                             "UTF-8\"");
    case TEXT_BINARY: break;
    }
    return import_refuse(s->run, s, 0, NULL, NOTHING,
                         "is not a text file: save the sheet as \"CSV UTF-8\" and import that");
}

bool import_open(struct import_source *s, struct csv *csv)
{
    struct import_run *run = s->run;
    struct file_bytes file = {0};
    if (!file_map(run->arena, s->path, IMPORT_FILE_MAX, &file, run->err)) {
        return false;
    }
    s->bytes = file.bytes;
    s->length = file.length;
    if (!check_encoding(s)) {
        return false;
    }
    *csv = csv_reader(run->arena, s->name, file.bytes, file.length);
    struct err why = {.arena = run->arena};
    switch (csv_next(csv, &why)) {
    case CSV_ROW: break;
    case CSV_END:
        return import_refuse(run, s, 0, NULL, NOTHING,
                             "is empty: it needs a first row with the names of its columns");
    case CSV_FAULT: return import_refuse(run, s, csv->row, NULL, NOTHING, why.message);
    }
    struct slice *header = ARENA_ARRAY(run->arena, csv->count, struct slice);
    for (size_t i = 0; i < csv->count; i++) {
        header[i] = slice_trim(import_keep(s, csv->cells[i]));
    }
    s->header = header;
    s->header_count = csv->count;
    return import_resolve_header(s);
}
