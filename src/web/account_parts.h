// What the pages of one's own account share with those of other people's. For src/web/account*.c
// and people*.c only.
#ifndef GT_WEB_ACCOUNT_PARTS_H
#define GT_WEB_ACCOUNT_PARTS_H

#include "domain/account.h"
#include "domain/token.h"
#include "web/sign_in.h"
#include "web/visit.h"

// "21 November 2026 at 5:30pm"; NULL for 0. In UTC, as pages say.
const char *account_time(struct arena *a, int64_t seconds);

// The way back to "Your account".
void account_back(struct tree *page);

// "Performance officer in Luton Borough Council", "Viewer of unit HCL in every organisation".
const char *account_grant_words(const struct visit *v, const struct grant *g);
// "grants": list of {text}; and "no_grants".
void account_put_grants(const struct visit *v, struct tree *page, const struct account *account);
// "tokens": those that still count; "has_tokens".
void account_put_tokens(struct tree *page, const struct token_line *tokens, size_t count,
                        int64_t now);

// Runs `work` in the record and goes on to `done`. When the record refuses what was typed
// (ERR_INPUT, ERR_CONFLICT), shows the form again with its sentence at `field` (NULL: at the form).
bool account_write(struct visit *v, connection_work work, void *context, struct tree *page,
                   const char *field, const char *template_name, const char *done,
                   struct err *e) MUST_CHECK;
// The second half: whether `e` is such a refusal; it is then on the page, and `e` clean.
bool account_refused(struct tree *page, const char *field, struct err *e);

// Whether the password posted under "current" is the caller's: otherwise the page says so and is
// the answer (`*ret_right` false). Hashes outside any transaction, and counts the guess.
bool account_check_current(struct visit *v, struct tree *page, const char *template_name,
                           bool *ret_right, struct err *e) MUST_CHECK;

// Pages with a file of their own.
bool account_run_password(struct visit *v, struct err *e);
bool account_run_factor(struct visit *v, struct err *e);
bool account_run_tokens(struct visit *v, struct err *e);

#endif
