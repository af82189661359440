#include "store/sessions.h"

#include "base/grow.h"
#include "store/people_run.h"

// ---- sessions ----

static void take_session(struct arena *a, struct db_statement *s, struct store_session *out)
{
    *out = (struct store_session){.digest = people_text(a, s, 0),
                                  .account = people_text(a, s, 1),
                                  .factor = people_text(a, s, 2),
                                  .label = people_text(a, s, 3),
                                  .csrf = people_text(a, s, 4),
                                  .created_at = db_int(s, 5),
                                  .last_seen = db_int(s, 6),
                                  .ended_at = db_int(s, 7)};
}

bool store_session(struct db *db, struct arena *a, const char *digest, struct store_session *out,
                   bool *ret_found, struct err *e)
{
    struct db_statement *s = NULL;
    if (!people_start(db, SESSION_BY_DIGEST, BOUNDS(TEXT_(digest)), &s, e)) {
        return false;
    }
    enum db_step step = db_step(s, e);
    if (step == DB_ROW) {
        take_session(a, s, out);
    }
    db_reset(s);
    *ret_found = step == DB_ROW;
    return step != DB_FAULT;
}

bool store_sessions_of(struct db *db, struct arena *a, const char *account,
                       const struct store_session **ret, size_t *ret_count, struct err *e)
{
    struct db_statement *s = NULL;
    struct grow rows = grow_new(a, sizeof(struct store_session));
    enum db_step step = DB_DONE;
    if (!people_start(db, SESSION_OF, BOUNDS(TEXT_(account)), &s, e)) {
        return false;
    }
    while ((step = db_step(s, e)) == DB_ROW) {
        take_session(a, s, grow_add(&rows));
    }
    db_reset(s);
    *ret = rows.items;
    *ret_count = rows.count;
    return step != DB_FAULT;
}

bool store_session_add(struct db *db, const struct store_session *r, struct err *e)
{
    return people_run(db, SESSION_ADD,
                      BOUNDS(TEXT_(r->digest), TEXT_(r->account), TEXT_(r->factor), TEXT_(r->label),
                             TEXT_(r->csrf), NUMBER_(r->created_at), NUMBER_(r->last_seen),
                             TIME_(r->ended_at)),
                      e);
}

bool store_session_seen(struct db *db, const char *digest, int64_t now, struct err *e)
{
    return people_run(db, SESSION_SEEN, BOUNDS(TEXT_(digest), NUMBER_(now)), e);
}

bool store_session_end(struct db *db, const char *digest, int64_t now, struct err *e)
{
    return people_run(db, SESSION_END, BOUNDS(TEXT_(digest), NUMBER_(now)), e);
}

bool store_session_end_all(struct db *db, const char *account, const char *keep, int64_t now,
                           size_t *ret_ended, struct err *e)
{
    bool good =
        people_run(db, SESSION_END_ALL,
                   BOUNDS(TEXT_(account), TEXT_(keep == NULL ? "" : keep), NUMBER_(now)), e);
    *ret_ended = good ? (size_t)db_changes(db) : 0;
    return good;
}

bool store_session_forget(struct db *db, int64_t ended_before, int64_t created_before,
                          struct err *e)
{
    return people_run(db, SESSION_FORGET, BOUNDS(NUMBER_(ended_before), NUMBER_(created_before)),
                      e);
}

// ---- tokens ----

static void take_token(struct arena *a, struct db_statement *s, struct store_token *out)
{
    *out = (struct store_token){.digest = people_text(a, s, 0),
                                .prefix = people_text(a, s, 1),
                                .account = people_text(a, s, 2),
                                .purpose = people_text(a, s, 3),
                                .scope = people_text(a, s, 4),
                                .created_at = db_int(s, 5),
                                .expires_at = db_int(s, 6),
                                .last_used = db_int(s, 7),
                                .revoked_at = db_int(s, 8)};
}

static bool one_token(struct db *db, struct arena *a, enum people_statement which, const char *key,
                      struct store_token *out, bool *ret_found, struct err *e)
{
    struct db_statement *s = NULL;
    if (!people_start(db, which, BOUNDS(TEXT_(key)), &s, e)) {
        return false;
    }
    enum db_step step = db_step(s, e);
    if (step == DB_ROW) {
        take_token(a, s, out);
    }
    db_reset(s);
    *ret_found = step == DB_ROW;
    return step != DB_FAULT;
}

bool store_token(struct db *db, struct arena *a, const char *digest, struct store_token *out,
                 bool *ret_found, struct err *e)
{
    return one_token(db, a, TOKEN_BY_DIGEST, digest, out, ret_found, e);
}

bool store_token_by_prefix(struct db *db, struct arena *a, const char *prefix,
                           struct store_token *out, bool *ret_found, struct err *e)
{
    return one_token(db, a, TOKEN_BY_PREFIX, prefix, out, ret_found, e);
}

bool store_tokens(struct db *db, struct arena *a, const char *account,
                  const struct store_token **ret, size_t *ret_count, struct err *e)
{
    struct db_statement *s = NULL;
    struct grow rows = grow_new(a, sizeof(struct store_token));
    enum db_step step = DB_DONE;
    if (!people_start(db, TOKEN_LIST, BOUNDS(TEXT_(account == NULL ? "" : account)), &s, e)) {
        return false;
    }
    while ((step = db_step(s, e)) == DB_ROW) {
        take_token(a, s, grow_add(&rows));
    }
    db_reset(s);
    *ret = rows.items;
    *ret_count = rows.count;
    return step != DB_FAULT;
}

bool store_token_add(struct db *db, const struct store_token *r, struct err *e)
{
    return people_run(db, TOKEN_ADD,
                      BOUNDS(TEXT_(r->digest), TEXT_(r->prefix), TEXT_(r->account),
                             TEXT_(r->purpose), TEXT_(r->scope), NUMBER_(r->created_at),
                             NUMBER_(r->expires_at), TIME_(r->last_used), TIME_(r->revoked_at)),
                      e);
}

bool store_token_used(struct db *db, const char *digest, int64_t now, struct err *e)
{
    return people_run(db, TOKEN_USED, BOUNDS(TEXT_(digest), NUMBER_(now)), e);
}

bool store_token_revoke(struct db *db, const char *digest, int64_t now, struct err *e)
{
    return people_run(db, TOKEN_REVOKE, BOUNDS(TEXT_(digest), NUMBER_(now)), e);
}

bool store_token_revoke_all(struct db *db, const char *account, int64_t now, size_t *ret_revoked,
                            struct err *e)
{
    bool good = people_run(db, TOKEN_REVOKE_ALL, BOUNDS(TEXT_(account), NUMBER_(now)), e);
    *ret_revoked = good ? (size_t)db_changes(db) : 0;
    return good;
}

// ---- guesses ----

bool store_guess(struct db *db, const char *what, int64_t *ret_count, int64_t *ret_last,
                 struct err *e)
{
    struct db_statement *s = NULL;
    if (!people_start(db, GUESS_READ, BOUNDS(TEXT_(what)), &s, e)) {
        return false;
    }
    enum db_step step = db_step(s, e);
    *ret_count = step == DB_ROW ? db_int(s, 0) : 0;
    *ret_last = step == DB_ROW ? db_int(s, 1) : 0;
    db_reset(s);
    return step != DB_FAULT;
}

bool store_guess_put(struct db *db, const char *what, int64_t count, int64_t now, struct err *e)
{
    return people_run(db, GUESS_PUT, BOUNDS(TEXT_(what), NUMBER_(count), NUMBER_(now)), e);
}

bool store_guess_forget(struct db *db, const char *what, struct err *e)
{
    return people_run(db, GUESS_FORGET, BOUNDS(TEXT_(what)), e);
}

bool store_guess_forget_old(struct db *db, int64_t before, struct err *e)
{
    return people_run(db, GUESS_FORGET_OLD, BOUNDS(NUMBER_(before)), e);
}

bool store_guess_count(struct db *db, int64_t *out, struct err *e)
{
    return people_number(db, GUESS_COUNT, NO_BOUNDS, out, e);
}

// ---- settings ----

bool store_setting(struct db *db, struct arena *a, const char *name, struct store_setting *out,
                   struct err *e)
{
    struct db_statement *s = NULL;
    if (!people_start(db, SETTING_READ, BOUNDS(TEXT_(name)), &s, e)) {
        return false;
    }
    enum db_step step = db_step(s, e);
    *out = (struct store_setting){.name = name};
    if (step == DB_ROW) {
        out->value = people_text(a, s, 0);
        out->version = db_int(s, 1);
    }
    db_reset(s);
    return step != DB_FAULT;
}

bool store_settings(struct db *db, struct arena *a, const struct store_setting **ret,
                    size_t *ret_count, struct err *e)
{
    struct db_statement *s = NULL;
    struct grow rows = grow_new(a, sizeof(struct store_setting));
    enum db_step step = DB_DONE;
    if (!people_start(db, SETTING_LIST, NO_BOUNDS, &s, e)) {
        return false;
    }
    while ((step = db_step(s, e)) == DB_ROW) {
        *(struct store_setting *)grow_add(&rows) =
            (struct store_setting){people_text(a, s, 0), people_text(a, s, 1), db_int(s, 2)};
    }
    db_reset(s);
    *ret = rows.items;
    *ret_count = rows.count;
    return step != DB_FAULT;
}

bool store_setting_put(struct db *db, const struct store_setting *r, int64_t now, struct err *e)
{
    return people_run(db, SETTING_PUT,
                      BOUNDS(TEXT_(r->name), TEXT_(r->value), NUMBER_(r->version), NUMBER_(now)),
                      e);
}
