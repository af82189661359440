// Sessions: who is signed in, kept on our side. The secret in the cookie has 256 random bits; the
// record has its SHA-256 only.
//
// Limits are settings (domain/settings.h): idle_minutes (30) since it was last seen, absolute_hours
// (10) since sign-in. `last_seen` is written at most every five minutes, so that an idle session
// ends up to five minutes early and never late.
#ifndef GT_DOMAIN_SESSION_H
#define GT_DOMAIN_SESSION_H

#include "domain/access.h"
#include "domain/people.h"

// What a session still has to do before it may do anything else.
enum session_need {
    SESSION_WHOLE,
    SESSION_NEEDS_CODE,      // the password was right, the code of the second factor is missing
    SESSION_NEEDS_ENROLMENT, // a second factor is required and none is enrolled
};

enum {
    SESSION_SEEN_EVERY = 5 * 60, // seconds
    SESSION_HALF_DONE = 10 * 60, // so long does one wait for its second factor
};

struct session {
    struct caller caller; // account NULL: there is no such session (any more)
    enum session_need need;
    const char *digest; // 64 digits: what it is known by to session_end
    const char *csrf;   // what forms must give back
    int64_t ends_at;    // without being seen again; a cache must ask again then
    bool seen_due;      // session_seen should be called
};

// Reads only; needs no transaction. `secret` may be anything that came in a cookie. A disabled
// account has no sessions. When nothing is found the caller is the public: its grants, and
// open_record.
bool session_find(struct db *db, struct arena *a, const char *secret, int64_t now,
                  struct session *out, struct err *e) MUST_CHECK;
// The public alone: what session_find gives without a session.
bool caller_public(struct db *db, struct arena *a, struct caller *out, struct err *e) MUST_CHECK;
// Notes that it was seen now. Changes nothing when it has ended.
bool session_seen(struct db *db, const char *digest, int64_t now, struct err *e) MUST_CHECK;

// Starts one for an account that an outside sign-on service has vouched for. `second_factor`: it
// did so with two factors, or its policy is trusted for that (setting). The secret for the cookie.
bool session_start(const struct people_act *act, const char *account, bool second_factor,
                   const char *label, const char **ret_secret, struct err *e) MUST_CHECK;

// A new session in the place of this one, with its second factor done: after
// second_factor_confirm, so that who has just enrolled is not asked again.
bool session_renew(const struct people_act *act, const struct session *session, const char *label,
                   const char **ret_secret, struct err *e) MUST_CHECK;

// What is told of a session to whose it is, and to administrators.
struct session_line {
    const char *digest;
    const char *label; // "Firefox on Windows"
    int64_t created_at, last_seen, ends_at;
    enum session_need need;
};
// Those of an account that have not ended, the last seen first.
bool session_list(struct db *db, struct arena *a, const char *account, int64_t now,
                  const struct session_line **ret, size_t *ret_count, struct err *e) MUST_CHECK;

// Ends one, by its digest or the first 16 digits of it, if it is this account's (ERR_ABSENT).
bool session_end(struct db *db, struct arena *a, const char *account, const char *digest,
                 int64_t now, struct err *e) MUST_CHECK;
// All of an account but one (NULL: none is kept); leaves an event where anything ended.
bool session_end_all(const struct people_act *act, const char *account, const char *keep,
                     size_t *ret_ended, struct err *e) MUST_CHECK;
// Forgets what ended more than a day ago; a job's.
bool session_forget(struct db *db, int64_t now, struct err *e) MUST_CHECK;

// "Firefox on Windows" from a User-Agent: families only, nothing that tells one machine from
// another. "Unknown browser" for what is not known.
const char *session_label(struct arena *a, const char *user_agent);

#endif
