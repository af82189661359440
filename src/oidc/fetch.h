// Asking a sign-on service: one bounded HTTP exchange over libcurl. Blocks: for workers only.
//
// https only, with the certificate checked; http is taken for this very machine alone
// (127.0.0.1, [::1], localhost), where tests and gateways are. No redirects are followed, no
// proxy of the environment is used beyond what the administrator set for the process.
#ifndef GT_OIDC_FETCH_H
#define GT_OIDC_FETCH_H

#include "base/json_read.h"

enum { FETCH_BYTES_MAX = 1 << 20, FETCH_SECONDS = 10 };

// Once a process, before any thread: libcurl's own set-up.
bool fetch_start(struct err *e) MUST_CHECK;

// Whether an address may be asked at all, by the rule above.
bool fetch_may(const char *url);

struct fetch {
    const char *url;
    const char *form;          // NULL: GET; else POST of this urlencoded form
    const char *user, *secret; // HTTP Basic, as RFC 6749 2.3.1 wants them; NULL: none
};

// The answer as JSON, whatever its status, in `ret_status`. ERR_AWAY when the service does not
// answer (in time), ERR_SYSTEM when what it answers is no JSON; `cause` says more for the log.
bool fetch_json(struct arena *a, const struct fetch *ask, const struct json **ret, long *ret_status,
                struct err *e) MUST_CHECK;

#endif
