// Inside store/: the closed list of statements over the tables of people and access, bound and run
// in one line.
#ifndef GT_STORE_PEOPLE_RUN_H
#define GT_STORE_PEOPLE_RUN_H

#include "db/db.h"

// The texts stand in people_run.c.
enum people_statement {
    ACCOUNT_ANY,
    ACCOUNT_BY_CODE,
    ACCOUNT_BY_EMAIL, // case-folded
    ACCOUNT_BY_IDENTITY,
    ACCOUNT_LIST,
    ACCOUNT_ADD,
    ACCOUNT_PUT,
    RECOVERY_COUNT,
    RECOVERY_ADD,
    RECOVERY_TAKE,
    RECOVERY_CLEAR,
    PEOPLE_OF,
    PEOPLE_ADD,
    PEOPLE_REMOVE,
    IDENTITY_ADD,
    IDENTITY_REMOVE,
    GRANTS_OF,
    GRANTS_ALL,
    GRANT_ADD,
    GRANT_REMOVE,
    GUESS_READ,
    GUESS_PUT,
    GUESS_FORGET,
    GUESS_FORGET_OLD,
    GUESS_COUNT,
    SESSION_BY_DIGEST,
    SESSION_OF,
    SESSION_ADD,
    SESSION_SEEN,
    SESSION_END,
    SESSION_END_ALL,
    SESSION_FORGET,
    TOKEN_BY_DIGEST,
    TOKEN_BY_PREFIX,
    TOKEN_LIST,
    TOKEN_ADD,
    TOKEN_USED,
    TOKEN_REVOKE,
    TOKEN_REVOKE_ALL,
    SETTING_READ,
    SETTING_LIST,
    SETTING_PUT,
    PEOPLE_STATEMENTS
};

struct bound {
    const char *text;
    int64_t number;
    enum { BOUND_TEXT, BOUND_NUMBER } type;
};
#define TEXT_(x)                                                                                   \
    (struct bound)                                                                                 \
    {                                                                                              \
        .text = (x), .type = BOUND_TEXT                                                            \
    }
#define NUMBER_(x)                                                                                 \
    (struct bound)                                                                                 \
    {                                                                                              \
        .number = (x), .type = BOUND_NUMBER                                                        \
    }
// 0 is null in the record.
#define TIME_(x)                                                                                   \
    (struct bound)                                                                                 \
    {                                                                                              \
        .number = (x), .type = (x) == 0 ? BOUND_TEXT : BOUND_NUMBER                                \
    }

// Prepared, reset and bound, to be stepped; give it back with db_reset.
bool people_start(struct db *db, enum people_statement which, const struct bound *bounds,
                  size_t count, struct db_statement **out, struct err *e) MUST_CHECK;
// Run to its end.
bool people_run(struct db *db, enum people_statement which, const struct bound *bounds,
                size_t count, struct err *e) MUST_CHECK;
// The first column of its first row; 0 when it has none.
bool people_number(struct db *db, enum people_statement which, const struct bound *bounds,
                   size_t count, int64_t *out, struct err *e) MUST_CHECK;

#define BOUNDS(...)                                                                                \
    (const struct bound[]){__VA_ARGS__},                                                           \
        sizeof((const struct bound[]){__VA_ARGS__}) / sizeof(struct bound)
#define NO_BOUNDS NULL, 0

// A copy in the arena; NULL for null.
const char *people_text(struct arena *a, struct db_statement *s, int column);

#endif
