#include "domain/audit_history.h"

#include <string.h>

#include "base/grow.h"
#include "domain/trail.h"
#include "store/versions.h"

struct history {
    struct db *db;
    struct arena *arena;
    const char *organisation;
    const struct descriptor *kind;
    struct slice cells[COLUMNS_MAX]; // the key
    struct grow steps;
    struct err *err;
};

static void take_event(struct history *h, const struct audit_event *event, struct audit_step *step)
{
    step->seq = event->seq;
    step->at = arena_text(h->arena, event->at);
    step->actor = arena_text(h->arena, event->actor);
    step->session = arena_text(h->arena, event->session);
    step->action = arena_text(h->arena, event->action);
    step->reason = arena_text(h->arena, event->reason);
    step->changes =
        strcmp(event->action, "import") == 0 ? "{}" : arena_text(h->arena, event->changes);
}

static bool read_events(struct history *h)
{
    struct buf key = buf_new(h->arena, 1 << 20);
    struct audit_reader r;
    trail_put_key(&key, h->kind, h->cells);
    if (!store_audit_start_of(&r, h->db, h->organisation, h->kind->name, buf_cstr(&key), h->err)) {
        return false;
    }
    enum db_step step = DB_DONE;
    while ((step = store_audit_next(&r, h->err)) == DB_ROW) {
        take_event(h, &r.event, grow_add(&h->steps));
    }
    store_audit_end(&r);
    return step != DB_FAULT;
}

static bool has_key(const struct history *h, const struct slice *cells)
{
    for (size_t c = 0; c < h->kind->count; c++) {
        struct slice wanted = h->cells[c];
        if (h->kind->columns[c].key &&
            (cells[c].length != wanted.length ||
             (wanted.length > 0 && memcmp(cells[c].text, wanted.text, wanted.length) != 0))) {
            return false;
        }
    }
    return true;
}

static void take_version(struct history *h, const struct store_versions_reader *r)
{
    struct audit_step *step = grow_add(&h->steps);
    const char **cells = ARENA_ARRAY(h->arena, h->kind->count, const char *);
    for (size_t c = 0; c < h->kind->count; c++) {
        cells[c] = r->cells[c].length == 0
                       ? NULL
                       : arena_textn(h->arena, r->cells[c].text, r->cells[c].length);
    }
    *step = (struct audit_step){.seq = r->event,
                                .at = arena_text(h->arena, store_versions_recorded_at(r)),
                                .actor = "",
                                .session = "",
                                .action = "",
                                .reason = "",
                                .version = r->version,
                                .changes = "{}",
                                .cells = cells};
}

static bool read_versions(struct history *h)
{
    struct store_versions_reader r;
    if (!store_versions_start(&r, h->db, h->kind->kind, h->organisation, h->cells[0], h->err)) {
        return false;
    }
    enum db_step step = DB_DONE;
    while ((step = store_versions_next(&r, h->err)) == DB_ROW) {
        if (has_key(h, r.cells)) {
            take_version(h, &r);
        }
    }
    store_versions_end(&r);
    return step != DB_FAULT;
}

// The event each version names.
static bool read_event_of(struct history *h, struct audit_step *step)
{
    struct audit_reader r;
    if (!store_audit_start_one(&r, h->db, step->seq, h->err)) {
        return false;
    }
    enum db_step found = store_audit_next(&r, h->err);
    if (found == DB_ROW) {
        take_event(h, &r.event, step);
    }
    store_audit_end(&r);
    return found != DB_FAULT;
}

bool audit_history(struct db *db, struct arena *a, const char *organisation, enum kind kind,
                   const char *const *key, const struct audit_step **ret, size_t *ret_count,
                   struct err *e)
{
    struct history h = {.db = db,
                        .arena = a,
                        .organisation = organisation,
                        .kind = descriptor_of(kind),
                        .steps = grow_new(a, sizeof(struct audit_step)),
                        .err = e};
    for (size_t c = 0; c < h.kind->count; c++) {
        bool of_key = h.kind->columns[c].key && key[c] != NULL;
        h.cells[c] = of_key ? (struct slice){key[c], strlen(key[c])} : (struct slice){"", 0};
    }
    if (!(h.kind->versioned ? read_versions(&h) : read_events(&h))) {
        return false;
    }
    struct audit_step *steps = h.steps.items;
    for (size_t i = 0; i < h.steps.count && h.kind->versioned; i++) {
        if (steps[i].seq > 0 && !read_event_of(&h, &steps[i])) {
            return false;
        }
    }
    *ret = steps;
    *ret_count = h.steps.count;
    return true;
}
