#include "domain/things.h"

#include <string.h>

#include "base/grow.h"
#include "base/json_read.h"
#include "domain/access_table.h"
#include "domain/thing_key.h"
#include "store/audit.h"
#include "store/store.h"

static struct slice *slices(struct arena *a, const struct descriptor *d, const char *const *cells)
{
    if (cells == NULL) {
        return NULL;
    }
    struct slice *made = ARENA_ARRAY(a, d->count, struct slice);
    for (size_t c = 0; c < d->count; c++) {
        made[c] = (struct slice){cells[c], cells[c] == NULL ? 0 : strlen(cells[c])};
    }
    return made;
}

bool things_may(struct arena *a, const struct who *who, enum who_action action,
                const char *organisation, enum kind kind, const char *const *before,
                const char *const *after)
{
    const struct descriptor *d = descriptor_of(kind);
    const char *why = NULL;
    struct who_request request = {.action = action,
                                  .organisation = organisation,
                                  .kind = d,
                                  .before = slices(a, d, before),
                                  .after = slices(a, d, after)};
    return who->may(who, &request, &why);
}

// Whether this one field may be changed: asked with another text in its place.
static bool may_column(struct arena *a, const struct who *who, const char *organisation,
                       const struct descriptor *d, const char *const *cells, size_t column)
{
    const char **other = ARENA_ARRAY(a, d->count, const char *);
    memcpy(other, cells, d->count * sizeof *other);
    other[column] = cells[column] == NULL ? "?" : NULL;
    return things_may(a, who, WHO_CHANGES, organisation, d->kind, cells, other);
}

bool things_may_change(struct arena *a, const struct who *who, const char *organisation,
                       enum kind kind, const char *const *cells)
{
    const struct descriptor *d = descriptor_of(kind);
    unsigned tried = 0;
    for (size_t c = 0; c < d->count; c++) {
        unsigned duty = DUTY_BIT(access_of_field(kind, (int)c));
        // What a row refers to may decide whose it is: another field of the same duty will do.
        bool apt = !d->columns[c].key && d->columns[c].type != COLUMN_REFERENCE;
        if (apt && (tried & duty) == 0) {
            tried |= duty;
            if (may_column(a, who, organisation, d, cells, c)) {
                return true;
            }
        }
    }
    return tried == 0 && things_may(a, who, WHO_RETIRES, organisation, kind, cells, NULL);
}

void things_columns(struct arena *a, const struct who *who, const char *organisation,
                    enum kind kind, const char *const *cells, bool *ret_may)
{
    const struct descriptor *d = descriptor_of(kind);
    for (size_t c = 0; c < d->count; c++) {
        ret_may[c] = !d->columns[c].key && may_column(a, who, organisation, d, cells, c);
    }
}

// ---- a page of them ----

struct list {
    struct arena *arena;
    const struct things_asked *asked;
    struct grow rows;
    size_t total;
};

static bool has_words(const struct descriptor *d, const char *const *cells, const char *find)
{
    for (size_t c = 0; c < d->count; c++) {
        if (cells[c] != NULL && d->columns[c].type != COLUMN_LONG_TEXT &&
            strcasestr(cells[c], find) != NULL) {
            return true;
        }
    }
    return false;
}

static void take(struct list *l, const char *const *cells)
{
    const struct things_asked *asked = l->asked;
    bool wanted =
        (asked->first == NULL || (cells[0] != NULL && strcmp(cells[0], asked->first) == 0)) &&
        (asked->find == NULL || has_words(asked->kind, cells, asked->find)) &&
        things_may(l->arena, asked->who, WHO_CHANGES, asked->organisation, asked->kind->kind, cells,
                   cells);
    if (!wanted) {
        return;
    }
    if (l->total >= asked->from && l->rows.count < asked->most) {
        *(const char *const **)grow_add(&l->rows) = cells;
    }
    l->total++;
}

bool things_list(struct db *db, struct arena *a, const struct things_asked *asked,
                 struct things_found *out, struct err *e)
{
    struct list l = {a, asked, grow_new(a, sizeof(const char *const *)), 0};
    struct store_rows rows = {0};
    if (!store_rows_page(db, a, asked->kind->kind, asked->organisation, NULL, asked->first,
                         THINGS_LOOKED_AT_MAX + 1, &rows, e)) {
        return false;
    }
    bool cut = rows.count > THINGS_LOOKED_AT_MAX;
    for (size_t i = 0; i < rows.count - (cut ? 1 : 0); i++) {
        take(&l, rows.rows[i].cells);
    }
    *out = (struct things_found){l.rows.items, l.rows.count, l.total, cut};
    return true;
}

// ---- one of them ----

// The key of a row that stands in the address only by a digest.
static bool find_digest(struct db *db, struct arena *a, const char *organisation,
                        const struct descriptor *d, const char *key, const char *const **ret,
                        struct err *e)
{
    struct store_rows rows = {0};
    if (!store_rows(db, a, d->kind, organisation, STORE_CURRENT, &rows, e)) {
        return false;
    }
    for (size_t i = 0; i < rows.count; i++) {
        if (strcmp(thing_key(a, d, rows.rows[i].cells), key) == 0) {
            *ret = rows.rows[i].cells;
            return true;
        }
    }
    return true;
}

bool things_find(struct db *db, struct arena *a, const char *organisation,
                 const struct descriptor *d, const char *key, struct door_row *out, struct err *e)
{
    const char *cells[COLUMNS_MAX] = {NULL};
    const char *const *of_key = cells;
    bool digest = false;
    *out = (struct door_row){0};
    bool good = thing_key_read(a, d, key, cells, &digest);
    if (good && digest) {
        of_key = NULL;
        if (!find_digest(db, a, organisation, d, key, &of_key, e)) {
            return false;
        }
    }
    if (good && of_key != NULL && !door_read(db, a, organisation, d->kind, of_key, out, e)) {
        return false;
    }
    return out->cells != NULL ||
           err_set(e, ERR_ABSENT, "There is no %s \"%s\" here (any more).", d->name, key);
}

// ---- keys as events have them ----

// The key cells of an event's key, a row of JSON texts.
static bool cells_of_event(struct arena *a, const struct descriptor *d, const char *text,
                           const char **cells, struct err *e)
{
    const struct json *key = NULL;
    if (!json_read(a, text, strlen(text), &key, e)) {
        return false;
    }
    const struct json *part = key->first;
    for (size_t c = 0; c < d->count && part != NULL; c++) {
        if (d->columns[c].key) {
            cells[c] = part->length == 0 ? NULL : part->text;
            part = part->next;
        }
    }
    return true;
}

bool things_key_of_event(struct db *db, struct arena *a, uint64_t seq, const struct descriptor *d,
                         const char **ret_key, struct err *e)
{
    struct audit_reader r;
    const char *text = NULL, *cells[COLUMNS_MAX] = {NULL};
    if (!store_audit_start_one(&r, db, seq, e)) {
        return false;
    }
    enum db_step step = store_audit_next(&r, e);
    if (step == DB_ROW && strcmp(r.event.kind, d->name) == 0) {
        text = arena_text(a, r.event.key);
    }
    store_audit_end(&r);
    if (step == DB_FAULT || (text != NULL && !cells_of_event(a, d, text, cells, e))) {
        return false;
    }
    *ret_key = text == NULL ? NULL : thing_key(a, d, cells);
    return true;
}

// A key that stands by a digest, of a row that is gone: the trail has its whole key.
static bool find_in_trail(struct db *db, struct arena *a, const char *organisation,
                          const struct descriptor *d, const char *key, const char **cells,
                          bool *ret_found, struct err *e)
{
    struct audit_reader r;
    if (!store_audit_start_last(&r, db, organisation, d->name, e)) {
        return false;
    }
    enum db_step step = DB_DONE;
    while (!*ret_found && (step = store_audit_next(&r, e)) == DB_ROW) {
        // An import of a large file is kept under the file's name, which is no key.
        struct err ignored = {.arena = a};
        *ret_found = cells_of_event(a, d, arena_text(a, r.event.key), cells, &ignored) &&
                     strcmp(thing_key(a, d, cells), key) == 0;
    }
    store_audit_end(&r);
    return step != DB_FAULT;
}

bool things_key_of_gone(struct db *db, struct arena *a, const char *organisation,
                        const struct descriptor *d, const char *key, const char **cells,
                        bool *ret_found, struct err *e)
{
    bool digest = false;
    *ret_found = false;
    if (!thing_key_read(a, d, key, cells, &digest)) {
        return true;
    }
    *ret_found = !digest;
    return !digest || find_in_trail(db, a, organisation, d, key, cells, ret_found, e);
}
