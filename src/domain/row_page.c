#include "domain/row_page.h"

#include "store/answers.h"
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
