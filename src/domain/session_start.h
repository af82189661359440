// Inside domain/: how far a new session's second factor is.
#ifndef GT_DOMAIN_SESSION_START_H
#define GT_DOMAIN_SESSION_START_H

#include "domain/session.h"

#define SESSION_FACTOR_NONE "none"     // the account had none when it began
#define SESSION_FACTOR_NEEDED "needed" // it had one, not shown yet
#define SESSION_FACTOR_DONE "done"

bool session_new(const struct people_act *act, const char *account, const char *factor,
                 const char *label, const char **ret_secret, struct err *e) MUST_CHECK;

#endif
