// Signing in by OpenID Connect: the authorization code flow with PKCE (OpenID Connect Core 3.1,
// RFC 7636, RFC 9207, and what RFC 9700 asks of clients). Protocol only: who may come in, and as
// whom, is decided by the caller from the issuer and the subject.
//
//     oidc_discover    what the service says of itself   (asks the service)
//     oidc_begin       makes state, nonce and verifier, which the caller keeps with the browser
//     oidc_finish      from the code to the person       (asks the service)
#ifndef GT_OIDC_OIDC_H
#define GT_OIDC_OIDC_H

#include "base/json_read.h"

struct oidc_settings {
    const char *issuer; // "https://login.example.gov.uk/tenant/v2.0", exactly as it says
    const char *client_id;
    const char *client_secret; // NULL: a public client
    const char *redirect_uri;  // ours
};

struct oidc_service {
    const char *issuer, *authorize, *token, *keys_at;
    bool says_issuer;    // its answers name it (RFC 9207)
    bool secret_in_form; // takes the client's secret only as client_secret_post
};

// ERR_SYSTEM when what the service says of itself cannot be trusted: another issuer than the one
// asked, an endpoint without TLS, none of the algorithms we take.
bool oidc_discover(struct arena *a, const struct oidc_settings *settings, struct oidc_service *out,
                   struct err *e) MUST_CHECK;
struct oidc_attempt {
    const char *state, *nonce, *verifier; // 256 random bits each
};
// Where to send the browser.
const char *oidc_begin(struct arena *a, const struct oidc_settings *settings,
                       const struct oidc_service *service, struct oidc_attempt *out);

struct oidc_answer { // the query of the browser's return; NULL where absent
    const char *code, *state, *issuer, *error;
};

struct oidc_person {
    const char *subject;  // of this issuer, for good
    const char *email;    // NULL: not told
    bool email_verified;  // the service says so
    const char *name;     // NULL: not told
    int64_t signed_in_at; // auth_time; 0: not told
};

// Checks everything there is to check (state, issuer, signature, audience, authorised party,
// expiry, issue time, nonce) against `now` (seconds since 1970). ERR_DENIED: the person or the
// service said no; ERR_INPUT: an answer that is not to this attempt, or a token that is not right.
// The service's keys are fetched each time: there are few sign-ins, and keys change.
bool oidc_finish(struct arena *a, const struct oidc_settings *settings,
                 const struct oidc_service *service, const struct oidc_attempt *attempt,
                 const struct oidc_answer *answer, int64_t now, struct oidc_person *out,
                 struct err *e) MUST_CHECK;

// The claims of a genuine token, checked; a part of oidc_finish, for its tests.
bool oidc_claims_check(const struct json *claims, const struct oidc_settings *settings,
                       const char *nonce, int64_t now, const char **ret_wrong) MUST_CHECK;

#endif
