// Answers kept for a day, so that a request sent twice under one key is done once.
#ifndef GT_STORE_ANSWERS_H
#define GT_STORE_ANSWERS_H

#include "db/db.h"

struct store_answer {
    const char *request;
    int status;
    const char *location, *etag, *content_type; // NULL: none
    const char *body;
};

bool store_answer(struct db *db, struct arena *a, const char *key, int64_t now,
                  struct store_answer *out, bool *ret_found, struct err *e) MUST_CHECK;
bool store_answer_keep(struct db *db, const char *key, const struct store_answer *answer,
                       int64_t expires_at, struct err *e) MUST_CHECK;
bool store_answers_forget(struct db *db, int64_t now, struct err *e) MUST_CHECK;

#endif
