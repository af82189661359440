// The second factor: time-based codes (RFC 6238) of an app on a phone, and recovery codes for when
// the phone is gone.
//
// The secret is sealed (domain/secret.h), each code is taken once, a step of 30 seconds back or
// forth is allowed. Ten recovery codes of 80 bits; the record keeps their SHA-256, and each is
// taken once. Guesses are counted (domain/throttle.h).
#ifndef GT_DOMAIN_SECOND_FACTOR_H
#define GT_DOMAIN_SECOND_FACTOR_H

#include "domain/people.h"
#include "domain/secret.h"

struct second_factor_new {
    const char *secret; // base32, in groups of four: for who types it into the app
    const char *uri;    // otpauth://totp/...: for a QR code, or to open on the phone
};
// Begins to enrol, or to replace: the old one stays until the new one's first code is given.
bool second_factor_begin(const struct people_act *act, const struct secret_key *key,
                         const char *account, const char *issuer, struct second_factor_new *out,
                         struct err *e) MUST_CHECK;
// The first code of the app. `*ret_taken` false (and true returned): it is wrong, try again.
// Otherwise the new secret is in force, earlier recovery codes are void, and the new ones are
// given, to be shown once: a NULL-ended list of texts like "k7qm-2x9p-f4hd-8wva".
bool second_factor_confirm(const struct people_act *act, const struct secret_key *key,
                           const char *account, const char *code, bool *ret_taken,
                           const char *const **ret_recovery, struct err *e) MUST_CHECK;
// The secret of second_factor_begin again, for the page to be shown anew; `*ret_any` false when
// nothing was begun.
bool second_factor_pending(struct db *db, struct arena *a, const struct secret_key *key,
                           const char *account, const char *issuer, bool *ret_any,
                           struct second_factor_new *out, struct err *e) MUST_CHECK;
// New recovery codes; the earlier ones are void.
bool second_factor_recovery(const struct people_act *act, const char *account,
                            const char *const **ret_recovery, struct err *e) MUST_CHECK;
// Takes it away (an administrator, for who lost both; they enrol anew where it is required).
bool second_factor_remove(const struct people_act *act, const char *account,
                          struct err *e) MUST_CHECK;

#endif
