#include "store/answers.h"

#include "store/statements.h"

static const char *kept_text(struct arena *a, struct db_statement *s, int column)
{
    size_t length = 0;
    const char *text = db_text(s, column, &length);
    return text == NULL ? NULL : arena_textn(a, text, length);
}

bool store_answer(struct db *db, struct arena *a, const char *key, int64_t now,
                  struct store_answer *out, bool *ret_found, struct err *e)
{
    struct db_statement *s = NULL;
    if (!statement_prepare_plain(db, PLAIN_ANSWER, &s, e)) {
        return false;
    }
    db_bind_text(s, 1, key);
    db_bind_int(s, 2, now);
    enum db_step step = db_step(s, e);
    if (step == DB_ROW) {
        *out = (struct store_answer){.request = kept_text(a, s, 0),
                                     .status = (int)db_int(s, 1),
                                     .location = kept_text(a, s, 2),
                                     .etag = kept_text(a, s, 3),
                                     .content_type = kept_text(a, s, 4),
                                     .body = kept_text(a, s, 5)};
    }
    db_reset(s);
    *ret_found = step == DB_ROW;
    return step != DB_FAULT;
}

bool store_answer_keep(struct db *db, const char *key, const struct store_answer *answer,
                       int64_t expires_at, struct err *e)
{
    struct db_statement *s = NULL;
    if (!statement_prepare_plain(db, PLAIN_ANSWER_KEEP, &s, e)) {
        return false;
    }
    db_bind_text(s, 1, key);
    db_bind_text(s, 2, answer->request);
    db_bind_int(s, 3, answer->status);
    db_bind_text(s, 4, answer->location);
    db_bind_text(s, 5, answer->etag);
    db_bind_text(s, 6, answer->content_type);
    db_bind_text(s, 7, answer->body);
    db_bind_int(s, 8, expires_at);
    return db_run(s, e);
}

bool store_answers_forget(struct db *db, int64_t now, struct err *e)
{
    struct db_statement *s = NULL;
    if (!statement_prepare_plain(db, PLAIN_ANSWERS_FORGET, &s, e)) {
        return false;
    }
    db_bind_int(s, 1, now);
    return db_run(s, e);
}
