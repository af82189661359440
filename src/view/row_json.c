#include "view/row_json.h"

#include <string.h>

#include "base/percent.h"

enum { PATH_MAX_BYTES = 8 << 10 };

const char *row_folder(struct arena *a, const struct descriptor *d)
{
    return arena_textn(a, d->file, strlen(d->file) - strlen(".csv"));
}

const struct descriptor *row_kind(struct arena *a, const char *folder)
{
    return descriptor_by_file(arena_printf(a, "%s.csv", folder));
}

static const char *segment(struct arena *a, const char *cell)
{
    if (cell == NULL || cell[0] == '\0') {
        return "~";
    }
    struct buf b = buf_new(a, PATH_MAX_BYTES);
    for (const char *c = cell; *c != '\0'; c++) {
        if (*c == '~' || *c == '/') {
            buf_text(&b, *c == '~' ? "~0" : "~1");
        } else {
            buf_char(&b, *c);
        }
    }
    return buf_cstr(&b);
}

static const char *key_text(struct arena *a, const struct descriptor *d, const char *const *cells,
                            bool encoded)
{
    struct buf b = buf_new(a, PATH_MAX_BYTES);
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            const char *text = segment(a, cells[i]);
            buf_text(&b, b.length == 0 ? "" : "/");
            buf_text(&b, encoded ? percent_encode(a, text) : text);
        }
    }
    return buf_cstr(&b);
}

const char *row_path(struct arena *a, const struct descriptor *d, const char *const *cells)
{
    return key_text(a, d, cells, true);
}

const char *row_key_text(struct arena *a, const struct descriptor *d, const char *const *cells)
{
    return key_text(a, d, cells, false);
}

// NULL when it is no segment of ours; `*ret_blank` for that of a blank cell.
static const char *cell_of(struct arena *a, const char *text, size_t length, bool *ret_blank)
{
    *ret_blank = length == 1 && text[0] == '~';
    char *cell = arena_alloc(a, length + 1), *at = cell;
    for (size_t i = 0; i < length && !*ret_blank; i++) {
        if (text[i] == '~') {
            i++;
            if (i == length || (text[i] != '0' && text[i] != '1')) {
                return NULL;
            }
            *at++ = text[i] == '0' ? '~' : '/';
        } else {
            *at++ = text[i];
        }
    }
    return length == 0 ? NULL : cell;
}

const char *const *row_key(struct arena *a, const struct descriptor *d, const char *path)
{
    const char **cells = ARENA_ARRAY(a, d->count, const char *);
    const char *at = path;
    for (size_t i = 0; i < d->count; i++) {
        if (!d->columns[i].key) {
            continue;
        }
        if (at == NULL) {
            return NULL;
        }
        size_t length = strcspn(at, "/");
        bool blank = false;
        const char *cell = cell_of(a, at, length, &blank);
        if (cell == NULL) {
            return NULL;
        }
        cells[i] = blank ? NULL : cell;
        at = at[length] == '/' ? at + length + 1 : NULL;
    }
    return at == NULL ? cells : NULL;
}

void row_put(struct tree *map, const struct descriptor *d, const char *const *cells)
{
    struct tree *fields = tree_map(map, "fields");
    for (size_t i = 0; i < d->count; i++) {
        tree_text(fields, d->columns[i].name, cells[i]);
    }
}

static bool value_of(const struct json *v, const char **out)
{
    switch (v->kind) {
    case JSON_NOTHING: *out = NULL; return true;
    case JSON_TRUTH: *out = v->truth ? "yes" : "no"; return true;
    case JSON_WORDS:
    case JSON_WHOLE:
    case JSON_FRACTION: *out = v->text; return true;
    case JSON_ROW:
    case JSON_MAP: break;
    }
    return false;
}

// A member's name in a JSON Pointer.
static const char *pointer_to(struct arena *a, const char *name)
{
    struct buf b = buf_new(a, PATH_MAX_BYTES);
    buf_text(&b, "/fields/");
    for (const char *c = name; *c != '\0'; c++) {
        if (*c == '~' || *c == '/') {
            buf_text(&b, *c == '~' ? "~0" : "~1");
        } else {
            buf_char(&b, *c);
        }
    }
    return buf_cstr(&b);
}

bool row_fields(struct arena *a, const struct descriptor *d, const struct json *fields,
                const char **cells, bool *told, struct row_wrong *ret_wrong)
{
    for (const struct json *f = fields->first; f != NULL; f = f->next) {
        int column = descriptor_column(d, f->name);
        const char *near = column < 0 ? descriptor_nearest_column(d, f->name) : NULL;
        ret_wrong->pointer = pointer_to(a, f->name);
        if (column < 0) {
            ret_wrong->detail =
                near == NULL ? arena_printf(a, "A %s has no field \"%s\".", d->name, f->name)
                             : arena_printf(a, "A %s has no field \"%s\"; did you mean \"%s\"?",
                                            d->name, f->name, near);
            return false;
        }
        if (!value_of(f, &cells[column])) {
            ret_wrong->detail = "A field is a text, a number, true, false or null.";
            return false;
        }
        told[column] = true;
    }
    return true;
}
