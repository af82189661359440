// Signing in through the council's own sign-on service (Entra ID and others): OpenID Connect, as
// oidc/oidc.h speaks it, and which account it is.
//
// What the browser brings back must belong to what it was sent with: state, nonce and verifier go
// with it in a cookie, sealed with the key of domain/secret.h, for ten minutes. So any server of
// several can take the answer, and nothing is kept for those who never come back.
//
// Who comes is known by issuer and subject (docs/accounts.md). An e-mail address finds an account
// the first time only where the setting oidc_match_email says so and the service vouches for it.
#ifndef GT_WEB_SIGN_ON_H
#define GT_WEB_SIGN_ON_H

#include "web/visit.h"

// Puts "sign_on" {title, href} into the sign-in page, where a service is set.
bool sign_on_offer(struct visit *v, struct tree *page, const char *return_path,
                   struct err *e) MUST_CHECK;

#endif
