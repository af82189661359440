// Starting and ending a session, for whichever way somebody signed in.
#ifndef GT_WEB_SIGN_IN_H
#define GT_WEB_SIGN_IN_H

#include "domain/people.h"
#include "domain/secret.h"
#include "web/visit.h"

// Who acts in this visit, for what is changed in the transaction of `db`. `actor` and `session` are
// the caller's.
struct people_act visit_act(const struct visit *v, struct db *db, struct arena *a);

// For account `account`, for whom somebody else has vouched (an outside sign-on): starts a session,
// sets its cookie and goes to `return_path` (checked; NULL: "/"), by way of what must come first.
// `second_factor`: it need not be asked for here.
bool visit_start_session(struct visit *v, const char *account, bool second_factor,
                         const char *return_path, struct err *e) MUST_CHECK;

// Answers with the cookie of a new session and 303 to `return_path` (checked).
bool visit_take_session(struct visit *v, const char *secret, const char *return_path);
// ... in a page's answer: only the cookie.
void visit_set_session(struct visit *v, const char *secret);
// The answer makes the browser forget the cookie, and all else it keeps of us (V14.3.1).
void visit_forget_session(struct visit *v);

// The secret of the session cookie; NULL without.
const char *visit_session_secret(const struct visit *v);
// The family of the browser, for the list of sessions.
const char *visit_label(const struct visit *v);

// The key that seals second factors, as it is in the transaction of `db`: NULL where there is none
// yet. visit_key_make makes it then.
bool visit_key(const struct visit *v, struct db *db, struct arena *a, const struct secret_key **ret,
               struct err *e) MUST_CHECK;
bool visit_key_make(const struct visit *v, const struct people_act *act,
                    const struct secret_key **ret, struct err *e) MUST_CHECK;

// Answers 429 with Retry-After by the page `template_name`, which says so at the field.
bool visit_throttled(struct visit *v, const char *template_name, struct tree *page,
                     const char *field, unsigned seconds, struct err *e) MUST_CHECK;

#endif
