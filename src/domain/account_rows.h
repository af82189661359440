// Inside domain/: accounts as rows and as what they mean, for account.c and its neighbours.
#ifndef GT_DOMAIN_ACCOUNT_ROWS_H
#define GT_DOMAIN_ACCOUNT_ROWS_H

#include "domain/account.h"
#include "domain/people_event.h"
#include "store/accounts.h"
#include "store/sessions.h"

// The row of an account that must be there (ERR_ABSENT), and must not have moved since it was seen
// (ERR_CONFLICT).
bool account_row(const struct people_act *act, const char *code, struct store_account *out,
                 struct err *e) MUST_CHECK;
// Writes it with its version moved, and the event.
bool account_row_put(const struct people_act *act, struct store_account *row,
                     const struct people_field *fields, size_t count, struct err *e) MUST_CHECK;

// The grants of an account with those of everybody behind them; of "public", those alone.
bool account_grants(struct db *db, struct arena *a, const char *holder, bool with_public,
                    const struct grant **ret, size_t *ret_count, struct err *e) MUST_CHECK;

// Who asks, as far as the account says.
bool account_caller(struct db *db, struct arena *a, const struct store_account *row,
                    struct caller *out, struct err *e) MUST_CHECK;

// How many administrators can sign in: of anything, and of every organisation.
struct account_administrators {
    size_t all, of_everything;
};
bool account_administrators(const struct people_act *act, struct account_administrators *out,
                            struct err *e) MUST_CHECK;
// Called behind a change: false (ERR_DENIED) when it took the last one of either.
bool account_keeps_administrator(const struct people_act *act,
                                 const struct account_administrators *before, const char *code,
                                 struct err *e) MUST_CHECK;

#endif
