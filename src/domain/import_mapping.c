#include "domain/import_mapping.h"

#include <string.h>

#include "base/csv.h"
#include "base/file.h"

enum { MAPPING_FILE_MAX = 1 << 20 };

static bool full(struct err *e)
{
    return err_set(e, ERR_USAGE,
                   "The mapping has more than %d instructions of one sort; split the "
                   "import into several.",
                   MAPPING_RULES_MAX);
}

// Splits "a+b+c" into headers.
static bool split_headers(struct mapping_column *c, struct arena *a, const char *text,
                          struct err *e)
{
    while (text != NULL) {
        const char *plus = strchr(text, '+');
        size_t length = plus == NULL ? strlen(text) : (size_t)(plus - text);
        struct slice header = slice_trim((struct slice){text, length});
        if (header.length == 0 || c->from_count == MAPPING_PARTS_MAX) {
            return err_set(e, ERR_USAGE,
                           "\"%s\" must name 1 to %d columns of the file, with + between them.",
                           text, MAPPING_PARTS_MAX);
        }
        c->from[c->from_count++] = arena_textn(a, header.text, header.length);
        text = plus == NULL ? NULL : plus + 1;
    }
    return true;
}

// Whether `name` is a column a mapping may fill: of what the file is, or "measures.COLUMN".
static bool check_column(const struct import_mapping *m, const char *name, struct err *e)
{
    const struct descriptor *d = m->as;
    const char *column = name;
    if (strncmp(name, "measures.", 9) == 0) {
        d = descriptor_of(KIND_MEASURE);
        column = name + 9;
    }
    if (d == NULL) {
        return true; // checked once the mapping says what the file is
    }
    if (descriptor_column(d, column) >= 0) {
        return true;
    }
    const char *near = descriptor_nearest_column(d, column);
    return err_set(e, ERR_USAGE, "%s has no column \"%s\"%s%s%s.", d->file, column,
                   near == NULL ? "" : "; the nearest is \"", near == NULL ? "" : near,
                   near == NULL ? "" : "\"");
}

// The next column to be filled, checked; it counts once its filling is known.
static bool new_column(struct import_mapping *m, struct arena *a, struct slice name,
                       struct mapping_column **ret, struct err *e)
{
    if (m->column_count == MAPPING_RULES_MAX) {
        return full(e);
    }
    struct mapping_column *c = &m->columns[m->column_count];
    c->column = csv_cell_text(a, name);
    if (!check_column(m, c->column, e)) {
        return false;
    }
    for (size_t i = 0; i < m->column_count; i++) {
        if (strcmp(m->columns[i].column, c->column) == 0) {
            return err_set(e, ERR_USAGE, "The mapping fills \"%s\" twice; leave one out.",
                           c->column);
        }
    }
    *ret = c;
    return true;
}

static bool add_column(struct import_mapping *m, struct arena *a, struct slice name,
                       const char *value, bool constant, struct err *e)
{
    struct mapping_column *c = NULL;
    if (!new_column(m, a, name, &c, e)) {
        return false;
    }
    if (constant) {
        c->constant = arena_text(a, value);
    } else if (!split_headers(c, a, value, e)) {
        return false;
    }
    m->column_count++;
    return true;
}

static bool add_numbered(struct import_mapping *m, struct arena *a, const char *value,
                         struct err *e)
{
    struct mapping_column *c = NULL;
    if (strncmp(value, "measures.", 9) == 0) {
        return err_set(e, ERR_USAGE, "\"%s\" cannot be a number of the row; use --set or --map.",
                       value);
    }
    if (!new_column(m, a, (struct slice){value, strlen(value)}, &c, e)) {
        return false;
    }
    c->numbered = true;
    m->column_count++;
    return true;
}

static bool add_where(struct import_mapping *m, struct arena *a, struct slice name,
                      const char *value, struct err *e)
{
    if (m->where_count == MAPPING_RULES_MAX) {
        return full(e);
    }
    m->where[m->where_count++] =
        (struct mapping_where){csv_cell_text(a, name), arena_text(a, value)};
    return true;
}

// The comma that ends one NAME=VALUE of a list: what follows it is another NAME=.
static const char *end_of_pair(const char *text)
{
    for (const char *comma = strchr(text, ','); comma != NULL; comma = strchr(comma + 1, ',')) {
        size_t name = strcspn(comma + 1, "=,+ \"");
        if (name > 0 && comma[1 + name] == '=') {
            return comma;
        }
    }
    return text + strlen(text);
}

static bool add_pairs(struct import_mapping *m, struct arena *a, const char *option,
                      const char *value, struct err *e)
{
    while (*value != '\0') {
        const char *end = end_of_pair(value);
        const char *pair = arena_textn(a, value, (size_t)(end - value));
        const char *equals = strchr(pair, '=');
        if (equals == NULL) {
            return err_set(e, ERR_USAGE, "\"%s\" is not of the form COLUMN=%s.", pair,
                           strcmp(option, "map") == 0 ? "HEADER" : "TEXT");
        }
        struct slice name = {pair, (size_t)(equals - pair)};
        bool good = strcmp(option, "where") == 0
                        ? add_where(m, a, name, equals + 1, e)
                        : add_column(m, a, name, equals + 1, strcmp(option, "set") == 0, e);
        if (!good) {
            return false;
        }
        value = *end == '\0' ? end : end + 1;
    }
    return true;
}

static bool add_as(struct import_mapping *m, struct arena *a, const char *value, struct err *e)
{
    const char *file = strchr(value, '.') != NULL ? value : arena_printf(a, "%s.csv", value);
    m->as = descriptor_by_file(file);
    if (m->as == NULL) {
        const char *near = descriptor_nearest_file(file);
        return err_set(e, ERR_USAGE, "There is no file \"%s\" in a council folder%s%s.", file,
                       near == NULL ? "" : "; the nearest is ", near == NULL ? "" : near);
    }
    for (size_t i = 0; i < m->column_count; i++) {
        if (!check_column(m, m->columns[i].column, e)) {
            return false;
        }
    }
    return true;
}

static bool add_ignored(struct import_mapping *m, struct arena *a, const char *value, struct err *e)
{
    while (*value != '\0') {
        if (m->ignored_count == MAPPING_RULES_MAX) {
            return full(e);
        }
        size_t length = strcspn(value, ",");
        m->ignored[m->ignored_count++] = csv_cell_text(a, (struct slice){value, length});
        value += value[length] == '\0' ? length : length + 1;
    }
    return true;
}

bool mapping_add(struct import_mapping *m, struct arena *a, const char *option, const char *value,
                 struct err *e)
{
    if (strcmp(option, "make-measures") == 0) {
        m->make_measures = true;
        return true;
    }
    if (value == NULL || value[0] == '\0') {
        return err_set(e, ERR_USAGE, "The mapping's \"%s\" needs a value.", option);
    }
    if (strcmp(option, "as") == 0) {
        return add_as(m, a, value, e);
    }
    if (strcmp(option, "map") == 0 || strcmp(option, "set") == 0 || strcmp(option, "where") == 0) {
        return add_pairs(m, a, option, value, e);
    }
    if (strcmp(option, "number") == 0) {
        return add_numbered(m, a, value, e);
    }
    if (strcmp(option, "ignore") == 0) {
        return add_ignored(m, a, value, e);
    }
    if (strcmp(option, "periods") == 0) {
        m->periods = period_kind_from_text(value);
        return m->periods != PERIOD_NONE ||
               err_set(e, ERR_USAGE,
                       "\"%s\" is not a kind of period; write month, quarter, half, year, "
                       "academic_year, calendar_year, calendar_quarter, years or span.",
                       value);
    }
    return err_set(e, ERR_USAGE,
                   "A mapping has no \"%s\"; it has as, map, set, number, where, ignore, periods "
                   "and make-measures.",
                   option);
}

bool mapping_read(struct import_mapping *m, struct arena *a, const char *path, struct err *e)
{
    struct file_bytes file = {0};
    if (!file_map(a, path, MAPPING_FILE_MAX, &file, e)) {
        return false;
    }
    struct csv csv = csv_reader(a, path, file.bytes, file.length);
    enum csv_result result = csv_next(&csv, e);
    bool headed = result == CSV_ROW && csv.count == 2 &&
                  slice_is(slice_trim(csv.cells[0]), "option") &&
                  slice_is(slice_trim(csv.cells[1]), "value");
    if (result == CSV_FAULT) {
        return false;
    }
    if (!headed) {
        return err_set(e, ERR_USAGE, "%s is not a mapping: its first row must be option,value.",
                       path);
    }
    while ((result = csv_next(&csv, e)) == CSV_ROW) {
        const char *option = csv_cell_text(a, csv.cells[0]);
        const char *value = csv.count > 1 ? csv_cell_text(a, csv.cells[1]) : "";
        if (!mapping_add(m, a, option, value, e)) {
            err_cause(e, "%s, row %zu", path, csv.row);
            return false;
        }
    }
    return result == CSV_END;
}

static bool fills(const struct import_mapping *m, const char *column)
{
    for (size_t i = 0; i < m->column_count; i++) {
        if (strcmp(m->columns[i].column, column) == 0) {
            return true;
        }
    }
    return false;
}

bool mapping_check(const struct import_mapping *m, struct err *e)
{
    if (m->as == NULL) {
        return err_set(e, ERR_USAGE,
                       "The mapping does not say what the file is; add --as observations (or "
                       "another file of the council folder).");
    }
    for (size_t i = 0; i < m->as->count; i++) {
        const struct column *c = &m->as->columns[i];
        if (c->required && !fills(m, c->name)) {
            return err_set(e, ERR_USAGE,
                           "The mapping leaves out \"%s\", which %s must have; add --map "
                           "%s=HEADER or --set %s=TEXT.",
                           c->name, m->as->file, c->name, c->name);
        }
    }
    if (m->make_measures && descriptor_column(m->as, "measure") < 0) {
        return err_set(e, ERR_USAGE,
                       "--make-measures goes with a file that has a column measure; "
                       "%s has none.",
                       m->as->file);
    }
    return true;
}
