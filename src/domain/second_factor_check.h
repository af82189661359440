// Inside domain/: is it a code of the account's second factor, not used before?
#ifndef GT_DOMAIN_SECOND_FACTOR_CHECK_H
#define GT_DOMAIN_SECOND_FACTOR_CHECK_H

#include "domain/second_factor.h"

// Six digits of the app, or a recovery code, which is then spent. In a transaction; the guess is
// counted by the caller.
bool second_factor_check(const struct people_act *act, const struct secret_key *key,
                         const char *account, const char *code, bool *ret_right,
                         struct err *e) MUST_CHECK;

// The recovery code in the form it is digested in; false when it is none. `out` has 17 bytes.
bool recovery_code_read(const char *text, char *out) MUST_CHECK;

#endif
