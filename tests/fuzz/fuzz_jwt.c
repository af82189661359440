// Any bytes as what a sign-on service answers: a token, or after the first line feed a set of keys
// to verify it with. Nothing of it is ever genuine, for nobody here has signed anything.
#include <stdlib.h>
#include <string.h>

#include "oidc/jwt.h"
#include "oidc/oidc.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(64 << 20);
    if (a == NULL || ARENA_TRAP(a)) {
        abort();
    }
    const char *text = arena_textn(a, (const char *)bytes, length);
    const char *rest = strchr(text, '\n');
    const char *token_text = rest == NULL ? text : arena_textn(a, text, (size_t)(rest - text));
    struct err e = {.arena = a};
    const struct json *keys = NULL;
    if (rest != NULL && !json_read(a, rest + 1, strlen(rest + 1), &keys, &e)) {
        keys = NULL;
    }
    struct jwt token;
    struct err said = {.arena = a};
    if (jwt_read(a, token_text, &token, &said)) {
        static const struct oidc_settings settings = {"https://id.example", "us", NULL, NULL};
        const char *wrong = NULL;
        if (jwt_verify(a, &token, keys) == JWT_GENUINE ||
            oidc_claims_check(token.claims, &settings, "0123456789", 1000, &wrong)) {
            abort();
        }
    } else if (said.kind != ERR_INPUT || said.message == NULL) {
        abort();
    }
    arena_free(a);
    return 0;
}
