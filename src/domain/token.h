// API tokens: of one account, for one purpose, for reading or for writing as well, until a day a
// year away at most. "gt_" and 256 random bits; shown once, kept as SHA-256.
#ifndef GT_DOMAIN_TOKEN_H
#define GT_DOMAIN_TOKEN_H

#include "domain/access.h"
#include "domain/people.h"

enum { TOKEN_DAYS_MAX = 366, TOKEN_USED_EVERY = 60 * 60 };

struct token_line {
    const char *prefix; // "gt_Ab3dE6gH": tells it from others
    const char *account, *purpose, *scope;
    int64_t created_at, expires_at;
    int64_t last_used, revoked_at; // 0: never
};

struct token_new {
    const char *account, *purpose;
    const char *scope;  // "read" or "write"
    int64_t expires_at; // after now, TOKEN_DAYS_MAX days away at most
};
bool token_add(const struct people_act *act, const struct token_new *t, const char **ret_token,
               struct err *e) MUST_CHECK;
// By its prefix; `account` NULL: whosever it is (an administrator). ERR_ABSENT when there is none.
bool token_revoke(const struct people_act *act, const char *account, const char *prefix,
                  struct err *e) MUST_CHECK;
// `account` NULL: of all; by account, then the newest first. Expired and revoked ones too.
bool token_list(struct db *db, struct arena *a, const char *account, const struct token_line **ret,
                size_t *ret_count, struct err *e) MUST_CHECK;

struct token_found {
    struct caller caller; // account NULL: no such token, or no longer
    const char *digest;
    bool used_due; // token_used should be called, in a transaction
};
// Reads only. `token` may be anything that came in a header.
bool token_find(struct db *db, struct arena *a, const char *token, int64_t now,
                struct token_found *out, struct err *e) MUST_CHECK;
bool token_used(struct db *db, const char *digest, int64_t now, struct err *e) MUST_CHECK;
// What tokens of this scope may do: bits by enum duty. False for an unknown word.
bool token_scope(const char *word, unsigned *out) MUST_CHECK;

#endif
