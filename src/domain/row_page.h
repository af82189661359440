// Rows of a kind as the record has them, a page at a time, for those who edit them; and the answer
// once given to a request that may come twice.
#ifndef GT_DOMAIN_ROW_PAGE_H
#define GT_DOMAIN_ROW_PAGE_H

#include "domain/door.h"

struct db;

enum { ROW_PAGE_MAX = 200 };

struct row_page {
    const struct descriptor *kind;
    const char *const *const *rows; // each: cells by position, as the record has them
    size_t count;
    bool more; // there are rows behind the last
};

// Up to `limit` (1 to ROW_PAGE_MAX) rows by key, behind the key cells of `after` (NULL: from the
// first on). `first` non-NULL: only those whose first key column is this ("measure").
bool row_page_read(struct db *db, struct arena *a, const char *organisation, enum kind kind,
                   const char *const *after, const char *first, size_t limit, struct row_page *out,
                   struct err *e) MUST_CHECK;

// The row that event `seq` of the audit trail tells of, as it stands; cells NULL when it is gone.
bool row_of_event(struct db *db, struct arena *a, uint64_t seq, struct door_row *out,
                  struct err *e) MUST_CHECK;

// ---- Idempotency-Key (API-5) ----

enum { ANSWER_KEPT_SECONDS = 24 * 3600 };

struct kept_answer {
    const char *request; // digest of what was asked
    int status;
    const char *location, *etag, *content_type; // NULL: none
    const char *body;
};

// The answer kept under `key` (a digest); `*ret_found` false where there is none.
bool kept_answer_find(struct db *db, struct arena *a, const char *key, int64_t now,
                      struct kept_answer *out, bool *ret_found, struct err *e) MUST_CHECK;
// Keeps it, in the transaction of the change it tells of.
bool kept_answer_keep(struct db *db, const char *key, const struct kept_answer *answer, int64_t now,
                      struct err *e) MUST_CHECK;
// Forgets those that have expired; a job's.
bool kept_answers_forget(struct db *db, int64_t now, struct err *e) MUST_CHECK;

#endif
