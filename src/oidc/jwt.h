// Signed tokens (RFC 7515, RFC 7519), as a sign-on service hands them out: read and verified.
//
// Only RS256, PS256 and ES256, named here in a list, with public keys of the service (RFC 7517):
// "none" and the HS family, where the signer's key would be ours to know, are not in it, and a
// key is used for the algorithm of its own kind only. libcrypto verifies.
#ifndef GT_OIDC_JWT_H
#define GT_OIDC_JWT_H

#include "base/json_read.h"

enum { JWT_BYTES_MAX = 64 << 10 };

struct jwt {
    const char *algorithm, *key_id; // of its header; key_id NULL where it names none
    const struct json *claims;
    const char *signed_bytes; // header.claims, as sent
    size_t signed_length;
    const unsigned char *signature;
    size_t signature_length;
};

// Takes a token in its three parts apart; nothing in it can be believed yet. ERR_INPUT.
bool jwt_read(struct arena *a, const char *token, struct jwt *out, struct err *e) MUST_CHECK;

enum jwt_verdict {
    JWT_GENUINE,
    JWT_FORGED,    // a key fits and the signature does not
    JWT_NO_KEY,    // the set has no key for it: fetch the set anew, once
    JWT_ALGORITHM, // an algorithm that is not in the list
};
// `keys`: a JSON Web Key Set.
enum jwt_verdict jwt_verify(struct arena *a, const struct jwt *token, const struct json *keys);

// Base64url without padding, strictly; NULL where it is none.
const unsigned char *jwt_decode(struct arena *a, const char *text, size_t length,
                                size_t *ret_length);
const char *jwt_encode(struct arena *a, const void *bytes, size_t length);

#endif
