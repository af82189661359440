// The tables of people and access, as rows. What a row means, who may change it and the event it
// leaves is for domain/account.h and its neighbours.
//
// Reads give copies in the arena; "found" is false where there is no such row. Writes are made
// inside db_begin ... db_commit. Times are seconds since 1970, UTC; 0: never (null).
#ifndef GT_STORE_ACCOUNTS_H
#define GT_STORE_ACCOUNTS_H

#include "store/store.h"

struct store_account {
    const char *code, *name;
    const char *email, *email_key; // NULL: none
    const char *password;          // argon2id; NULL: none
    const char *totp_secret, *totp_pending;
    int64_t version, password_at, must_change, totp_step, totp_at;
    int64_t disabled_at, created_at, signed_in_at;
};
bool store_account_any(struct db *db, bool *out, struct err *e) MUST_CHECK;
bool store_account(struct db *db, struct arena *a, const char *code, struct store_account *out,
                   bool *ret_found, struct err *e) MUST_CHECK;
bool store_account_by_email(struct db *db, struct arena *a, const char *email_key,
                            struct store_account *out, bool *ret_found, struct err *e) MUST_CHECK;
// By code.
bool store_accounts(struct db *db, struct arena *a, const struct store_account **ret,
                    size_t *ret_count, struct err *e) MUST_CHECK;
bool store_account_add(struct db *db, const struct store_account *row, struct err *e) MUST_CHECK;
// All of the row with its code.
bool store_account_put(struct db *db, const struct store_account *row, struct err *e) MUST_CHECK;

bool store_recovery_count(struct db *db, const char *account, int64_t *out,
                          struct err *e) MUST_CHECK;
bool store_recovery_add(struct db *db, const char *account, const char *digest,
                        struct err *e) MUST_CHECK;
// Takes the code away; `*ret_taken` false when it was not there.
bool store_recovery_take(struct db *db, const char *account, const char *digest, bool *ret_taken,
                         struct err *e) MUST_CHECK;
bool store_recovery_clear(struct db *db, const char *account, struct err *e) MUST_CHECK;

// Pairs of organisation and person, NULL-ended.
bool store_account_people(struct db *db, struct arena *a, const char *account,
                          const char *const **ret, struct err *e) MUST_CHECK;
bool store_account_people_put(struct db *db, const char *account, const char *organisation,
                              const char *person, bool there, bool *ret_changed,
                              struct err *e) MUST_CHECK;

// NULL: nobody's.
bool store_identity(struct db *db, struct arena *a, const char *issuer, const char *subject,
                    const char **out, struct err *e) MUST_CHECK;
bool store_identity_add(struct db *db, const char *issuer, const char *subject, const char *account,
                        int64_t now, struct err *e) MUST_CHECK;
bool store_identity_remove(struct db *db, const char *account, const char *issuer,
                           bool *ret_changed, struct err *e) MUST_CHECK;

struct store_grant {
    const char *holder, *role, *organisation, *scope;
    const char *code; // "" for an organisation
};
// `holder` NULL: everybody's. By holder, role, organisation, scope, code.
bool store_grants(struct db *db, struct arena *a, const char *holder,
                  const struct store_grant **ret, size_t *ret_count, struct err *e) MUST_CHECK;
bool store_grant_put(struct db *db, const struct store_grant *g, bool there, int64_t now,
                     bool *ret_changed, struct err *e) MUST_CHECK;

#endif
