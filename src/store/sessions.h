// Sessions, tokens, guesses and settings, as rows; as store/accounts.h.
#ifndef GT_STORE_SESSIONS_H
#define GT_STORE_SESSIONS_H

#include "store/store.h"

struct store_session {
    const char *digest, *account, *factor, *label, *csrf;
    int64_t created_at, last_seen, ended_at;
};
bool store_session(struct db *db, struct arena *a, const char *digest, struct store_session *out,
                   bool *ret_found, struct err *e) MUST_CHECK;
// Those that were not ended; the last seen first. Limits of time are the domain's.
bool store_sessions_of(struct db *db, struct arena *a, const char *account,
                       const struct store_session **ret, size_t *ret_count,
                       struct err *e) MUST_CHECK;
bool store_session_add(struct db *db, const struct store_session *row, struct err *e) MUST_CHECK;
bool store_session_seen(struct db *db, const char *digest, int64_t now, struct err *e) MUST_CHECK;
bool store_session_end(struct db *db, const char *digest, int64_t now, struct err *e) MUST_CHECK;
// All of an account but `keep` (NULL: none); how many.
bool store_session_end_all(struct db *db, const char *account, const char *keep, int64_t now,
                           size_t *ret_ended, struct err *e) MUST_CHECK;
// Removes those that were ended before one time or began before another.
bool store_session_forget(struct db *db, int64_t ended_before, int64_t created_before,
                          struct err *e) MUST_CHECK;

struct store_token {
    const char *digest, *prefix, *account, *purpose, *scope;
    int64_t created_at, expires_at, last_used, revoked_at;
};
bool store_token(struct db *db, struct arena *a, const char *digest, struct store_token *out,
                 bool *ret_found, struct err *e) MUST_CHECK;
bool store_token_by_prefix(struct db *db, struct arena *a, const char *prefix,
                           struct store_token *out, bool *ret_found, struct err *e) MUST_CHECK;
// `account` NULL: of all.
bool store_tokens(struct db *db, struct arena *a, const char *account,
                  const struct store_token **ret, size_t *ret_count, struct err *e) MUST_CHECK;
bool store_token_add(struct db *db, const struct store_token *row, struct err *e) MUST_CHECK;
bool store_token_used(struct db *db, const char *digest, int64_t now, struct err *e) MUST_CHECK;
bool store_token_revoke(struct db *db, const char *digest, int64_t now, struct err *e) MUST_CHECK;
bool store_token_revoke_all(struct db *db, const char *account, int64_t now, size_t *ret_revoked,
                            struct err *e) MUST_CHECK;

// 0 and 0 when nothing was counted.
bool store_guess(struct db *db, const char *what, int64_t *ret_count, int64_t *ret_last,
                 struct err *e) MUST_CHECK;
bool store_guess_put(struct db *db, const char *what, int64_t count, int64_t now,
                     struct err *e) MUST_CHECK;
bool store_guess_forget(struct db *db, const char *what, struct err *e) MUST_CHECK;
bool store_guess_forget_old(struct db *db, int64_t before, struct err *e) MUST_CHECK;
bool store_guess_count(struct db *db, int64_t *out, struct err *e) MUST_CHECK;

struct store_setting {
    const char *name, *value;
    int64_t version; // 0: never set
};
// `value` NULL, version 0: never set.
bool store_setting(struct db *db, struct arena *a, const char *name, struct store_setting *out,
                   struct err *e) MUST_CHECK;
// All that were ever set, by name.
bool store_settings(struct db *db, struct arena *a, const struct store_setting **ret,
                    size_t *ret_count, struct err *e) MUST_CHECK;
bool store_setting_put(struct db *db, const struct store_setting *row, int64_t now,
                       struct err *e) MUST_CHECK;

#endif
