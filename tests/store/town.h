// A town with two accounts, and a clock that is given: what tests of people and access begin with.
#ifndef GT_TESTS_STORE_TOWN_H
#define GT_TESTS_STORE_TOWN_H

#include "place.h"

#include "domain/account.h"
#include "domain/sign_in.h"

enum { HOUR = 3600, DAY = 86400 };

#define NOW INT64_C(1435741200) // 2015-07-01T09:00:00Z
#define PASSWORD "otter violin marmalade"

struct town {
    struct here *here;
    struct db *db;
    struct people_act act;
    const char *hash, *key_path;
};

// A record with an organisation, a person, a unit; and the accounts ann (administrator of
// everything) and bob (contributor), who have the same password.
struct town *town(void **state);

// A change in a transaction of its own, kept when it was made.
#define MADE(t, call)                                                                              \
    do {                                                                                           \
        here_forget((t)->here);                                                                    \
        assert_true(db_begin((t)->db, &(t)->here->err));                                           \
        if (!(call)) {                                                                             \
            fail_msg("%s", (t)->here->err.message);                                                \
        }                                                                                          \
        assert_true(db_commit((t)->db, &(t)->here->err));                                          \
    } while (false)
#define REFUSED(t, call, kind, words)                                                              \
    do {                                                                                           \
        here_forget((t)->here);                                                                    \
        assert_true(db_begin((t)->db, &(t)->here->err));                                           \
        assert_false(call);                                                                        \
        db_rollback((t)->db);                                                                      \
        here_expect((t)->here, kind, words);                                                       \
    } while (false)
#define ERR(t) (&(t)->here->err)

struct account account_of(struct town *t, const char *code);
// The chain is whole, and says nothing it should not; how many events it has.
uint64_t check_trail(struct town *t);
struct sign_in sign_in(struct town *t, const char *name, const char *password, int64_t now);
struct session session_of(struct town *t, const char *secret, int64_t now);

#endif
