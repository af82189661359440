#include "domain/row_page.h"

#include <string.h>

#include "base/json_read.h"
#include "store/answers.h"
#include "store/audit.h"
#include "store/store.h"

bool row_page_read(struct db *db, struct arena *a, const char *organisation, enum kind kind,
                   const char *const *after, const char *first, size_t limit, struct row_page *out,
                   struct err *e)
{
    size_t wanted = limit < 1 ? 1 : limit > ROW_PAGE_MAX ? ROW_PAGE_MAX : limit;
    struct store_rows found = {0};
    // One more than asked for tells whether there are more.
    if (!store_rows_page(db, a, kind, organisation, after, first, wanted + 1, &found, e)) {
        return false;
    }
    size_t count = found.count < wanted ? found.count : wanted;
    const char *const **rows = ARENA_ARRAY(a, count + 1, const char *const *);
    for (size_t i = 0; i < count; i++) {
        rows[i] = found.rows[i].cells;
    }
    *out = (struct row_page){found.kind, rows, count, found.count > wanted};
    return true;
}

static const struct descriptor *kind_named(const char *name)
{
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        if (strcmp(descriptor_of((enum kind)k)->name, name) == 0) {
            return descriptor_of((enum kind)k);
        }
    }
    return NULL;
}

bool row_of_event(struct db *db, struct arena *a, uint64_t seq, struct door_row *out, struct err *e)
{
    struct audit_reader r;
    if (!store_audit_start_one(&r, db, seq, e)) {
        return false;
    }
    enum db_step step = store_audit_next(&r, e);
    const struct descriptor *d = step == DB_ROW ? kind_named(r.event.kind) : NULL;
    const struct json *key = NULL;
    bool read = d != NULL && json_read(a, r.event.key, strlen(r.event.key), &key, e);
    const char *organisation = read ? arena_text(a, r.event.organisation) : NULL;
    store_audit_end(&r);
    if (!read) {
        return step != DB_FAULT &&
               err_set(e, ERR_SYSTEM, "Event %llu of the audit trail tells of no row.",
                       (unsigned long long)seq);
    }
    const char **cells = ARENA_ARRAY(a, d->count, const char *);
    const struct json *part = key->first;
    for (size_t i = 0; i < d->count && part != NULL; i++) {
        if (d->columns[i].key) {
            cells[i] = part->kind == JSON_WORDS && part->length > 0 ? part->text : NULL;
            part = part->next;
        }
    }
    return door_read(db, a, organisation, d->kind, cells, out, e);
}

bool kept_answer_find(struct db *db, struct arena *a, const char *key, int64_t now,
                      struct kept_answer *out, bool *ret_found, struct err *e)
{
    struct store_answer kept = {0};
    if (!store_answer(db, a, key, now, &kept, ret_found, e)) {
        return false;
    }
    *out = (struct kept_answer){kept.request, kept.status,       kept.location,
                                kept.etag,    kept.content_type, kept.body};
    return true;
}

bool kept_answer_keep(struct db *db, const char *key, const struct kept_answer *answer, int64_t now,
                      struct err *e)
{
    struct store_answer kept = {answer->request, answer->status,       answer->location,
                                answer->etag,    answer->content_type, answer->body};
    return store_answer_keep(db, key, &kept, now + ANSWER_KEPT_SECONDS, e);
}

bool kept_answers_forget(struct db *db, int64_t now, struct err *e)
{
    return store_answers_forget(db, now, e);
}
