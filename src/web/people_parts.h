// What the pages about other people's accounts share. For src/web/people*.c only.
#ifndef GT_WEB_PEOPLE_PARTS_H
#define GT_WEB_PEOPLE_PARTS_H

#include "web/account_parts.h"

// "/people/account/CODE"; "public" for what is granted to everybody.
const char *people_href(struct arena *a, const char *code);
void people_back(struct tree *page); // the way back to the list
// What "?done=WORD" says was done; NULL for other words.
const char *people_done(const struct visit *v);

// A first password nobody has chosen, and its hash.
bool people_first_password(struct visit *v, const char **ret_password, const char **ret_hash,
                           struct err *e) MUST_CHECK;
// Answers with the page that shows it, once.
bool people_show_password(struct visit *v, const char *code, const char *password,
                          struct err *e) MUST_CHECK;

// Whether an administrator sees the account: one with a role where they are administrator, or with
// none at all. Of others they learn nothing, not even that they exist.
bool people_may_see(const struct caller *c, const struct account *account);
// Whether the caller administers every organisation in which the account has a role. ERR_DENIED
// otherwise, with whom to ask.
bool people_may_change(const struct caller *c, const struct account *account,
                       struct err *e) MUST_CHECK;

bool people_run_account(struct visit *v, struct err *e);

#endif
