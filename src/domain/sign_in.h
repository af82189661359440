// Signing in with a password, and the second factor after it.
//
// In three steps, because a hash takes some 40 ms of a processor and must hold no transaction:
//
//     sign_in_begin    in a transaction (writes): counts the guess, finds the hash
//     sign_in_check    outside: hashes; blocks while too many hash at once. Workers only
//     sign_in_finish   in a transaction (writes): the session, or nothing
//
// An unknown account goes the same way as a known one, hash and all, and takes the same time; its
// name is in no log. Guesses are counted before they are looked at, so that no number of them side
// by side gets past the limit (domain/throttle.h).
#ifndef GT_DOMAIN_SIGN_IN_H
#define GT_DOMAIN_SIGN_IN_H

#include "domain/secret.h"
#include "domain/session.h"

enum sign_in_outcome {
    SIGN_IN_PENDING,
    SIGN_IN_DONE,      // `secret` is the new session's
    SIGN_IN_WRONG,     // name, password or code do not fit: say no more than that
    SIGN_IN_THROTTLED, // `retry_after` seconds
};

struct sign_in {
    enum sign_in_outcome outcome;
    unsigned retry_after;
    const char *secret;     // for the cookie
    enum session_need need; // of the new session
    // Inside:
    const char *account; // NULL: the name is nobody's
    const char *hash, *what;
    bool right;
};

// `name` is a code or an e-mail address, as typed.
bool sign_in_begin(struct db *db, struct arena *a, const char *name, int64_t now,
                   struct sign_in *out, struct err *e) MUST_CHECK;
void sign_in_check(struct sign_in *s, const char *password, size_t length);
// `old_secret`: of the session the request came with, which ends (V7.2.4); NULL: none.
bool sign_in_finish(const struct people_act *act, struct sign_in *s, const char *old_secret,
                    const char *label, struct err *e) MUST_CHECK;

// The second factor of a session that needs it (`session`: its digest): a code of the app, or a
// recovery code. Gives a new session in its place. In one transaction; no hash is made.
bool sign_in_second_factor(const struct people_act *act, const struct secret_key *key,
                           const struct session *session, const char *code, const char *label,
                           struct sign_in *out, struct err *e) MUST_CHECK;

// For who is signed in and must show the password again (to change it, or the second factor): as
// sign_in_begin, for an account. Then sign_in_check, then sign_in_again, which forgets the guesses
// when it was right.
bool sign_in_begin_again(struct db *db, struct arena *a, const char *account, int64_t now,
                         struct sign_in *out, struct err *e) MUST_CHECK;
bool sign_in_again(struct db *db, struct sign_in *s, struct err *e) MUST_CHECK;

// One event in the log of what came of it (V16.3.1): sign_in_done, sign_in_failed,
// sign_in_throttled, with the account's code (never a name that is no account's, never a password),
// `how` ("password", "code", "service") and the request's id. Call it when the transaction is
// committed.
void sign_in_log(const struct sign_in *s, const char *how, const char *request);

#endif
