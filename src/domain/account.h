// Accounts: who may sign in, with what, and what they may do.
//
// Read functions need no transaction. Functions that change take a people_act (domain/people.h).
// Nothing here hashes a password inside a transaction: that takes some 40 ms and blocks. Make the
// hash first with password_hash (domain/password.h), then hand it in.
#ifndef GT_DOMAIN_ACCOUNT_H
#define GT_DOMAIN_ACCOUNT_H

#include "domain/access.h"
#include "domain/people.h"

struct account {
    const char *code, *name;
    const char *email; // NULL: none
    int64_t version;   // moves with every change an administrator makes; for people_act.seen
    bool has_password;
    bool must_change; // the password was set by somebody else
    bool has_second_factor;
    size_t recovery_left; // codes not used yet
    bool disabled;
    int64_t created_at;
    int64_t disabled_at, signed_in_at, password_at; // 0: never
    const struct grant *grants;                     // by role, organisation, scope, code
    size_t grant_count;
    const char *const *people; // as in struct caller
};

// Has the record any account? Without one it is open (docs/accounts.md).
bool account_any(struct db *db, bool *out, struct err *e) MUST_CHECK;
// ERR_ABSENT when there is none of that code.
bool account_read(struct db *db, struct arena *a, const char *code, struct account *out,
                  struct err *e) MUST_CHECK;
// By code.
bool account_list(struct db *db, struct arena *a, const struct account **ret, size_t *ret_count,
                  struct err *e) MUST_CHECK;
// What is granted to everybody without signing in.
bool account_public_grants(struct db *db, struct arena *a, const struct grant **ret,
                           size_t *ret_count, struct err *e) MUST_CHECK;

struct account_new {
    const char *code; // letters, digits, - . _ @, up to 64; not "public"
    const char *name;
    const char *email;         // NULL: none; signs in by code
    const char *password_hash; // NULL: none (yet): an outside sign-on only
    bool must_change;
};
bool account_add(const struct people_act *act, const struct account_new *a,
                 struct err *e) MUST_CHECK;
// NULL leaves a field; "" takes the e-mail address away.
bool account_rename(const struct people_act *act, const char *code, const char *name,
                    const char *email, struct err *e) MUST_CHECK;
// `holder`: a code, or "public" (role public only). ERR_INPUT when it is there already, when the
// organisation, unit, board or measure does not exist, or when it is not there to be revoked.
bool account_grant(const struct people_act *act, const char *holder, const struct grant *grant,
                   struct err *e) MUST_CHECK;
bool account_revoke(const struct people_act *act, const char *holder, const struct grant *grant,
                    struct err *e) MUST_CHECK;
// Ends its sessions and revokes its tokens at once. ERR_DENIED for the last administrator.
bool account_disable(const struct people_act *act, const char *code, struct err *e) MUST_CHECK;
bool account_enable(const struct people_act *act, const char *code, struct err *e) MUST_CHECK;
// The account is this person of the organisation (people.csv): what that person owns, it owns.
bool account_link(const struct people_act *act, const char *code, const char *organisation,
                  const char *person, struct err *e) MUST_CHECK;
bool account_unlink(const struct people_act *act, const char *code, const char *organisation,
                    const char *person, struct err *e) MUST_CHECK;

// Ends every session of the account but `keep` (its digest; NULL: none is kept), as V7.4.3 asks.
bool account_set_password(const struct people_act *act, const char *code, const char *hash,
                          bool must_change, const char *keep, struct err *e) MUST_CHECK;

// "head of unit finance in luton", "viewer in every organisation".
const char *grant_text(struct arena *a, const struct grant *grant);

// ---- a sign-on service ----

// The account tied to this subject of an issuer; `*out` NULL when there is none. Disabled ones are
// given too: account_read says so.
bool account_by_identity(struct db *db, struct arena *a, const char *issuer, const char *subject,
                         const char **out, struct err *e) MUST_CHECK;
// By an e-mail address, whatever its case; `*out` NULL when there is none.
bool account_by_email(struct db *db, struct arena *a, const char *email, const char **out,
                      struct err *e) MUST_CHECK;
bool account_link_identity(const struct people_act *act, const char *code, const char *issuer,
                           const char *subject, struct err *e) MUST_CHECK;
bool account_unlink_identity(const struct people_act *act, const char *code, const char *issuer,
                             struct err *e) MUST_CHECK;

#endif
