// One public key of a JSON Web Key Set, for libcrypto.
#ifndef GT_OIDC_JWT_KEY_H
#define GT_OIDC_JWT_KEY_H

#include "oidc/jwt.h"

bool jwt_key_algorithm_known(const char *algorithm);
// Whether the key is of the algorithm's kind, for signatures, and not bound to another algorithm.
bool jwt_key_fits(const struct json *key, const char *algorithm);
// False too where the key is none that libcrypto takes, or is too short (RSA below 2048 bits).
bool jwt_key_verifies(struct arena *a, const struct json *key, const struct jwt *token);

#endif
