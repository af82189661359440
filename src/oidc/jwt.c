#include "oidc/jwt.h"

#include <sodium.h>
#include <string.h>

#include "oidc/jwt_key.h"

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

const unsigned char *jwt_decode(struct arena *a, const char *text, size_t length,
                                size_t *ret_length)
{
    unsigned char *bytes = arena_alloc(a, length + 1);
    const char *end = NULL;
    if (sodium_base642bin(bytes, length, text, length, NULL, ret_length, &end, VARIANT) != 0 ||
        end != text + length) {
        return NULL;
    }
    return bytes;
}

const char *jwt_encode(struct arena *a, const void *bytes, size_t length)
{
    size_t room = sodium_base64_ENCODED_LEN(length, VARIANT);
    char *text = arena_alloc(a, room);
    return sodium_bin2base64(text, room, bytes, length, VARIANT);
}

static bool bad(struct err *e, const char *what)
{
    return err_set(e, ERR_INPUT, "The sign-on service's token is no signed token: %s.", what);
}

static const struct json *part(struct arena *a, const char *text, size_t length, struct err *e)
{
    size_t size = 0;
    const unsigned char *bytes = jwt_decode(a, text, length, &size);
    const struct json *read = NULL;
    if (bytes == NULL || !json_read(a, (const char *)bytes, size, &read, e) ||
        read->kind != JSON_MAP) {
        return NULL;
    }
    return read;
}

bool jwt_read(struct arena *a, const char *token, struct jwt *out, struct err *e)
{
    size_t length = strlen(token);
    const char *first = strchr(token, '.');
    const char *second = first == NULL ? NULL : strchr(first + 1, '.');
    if (length > JWT_BYTES_MAX) {
        return bad(e, "it is longer than any has to be");
    }
    if (second == NULL || strchr(second + 1, '.') != NULL) {
        return bad(e, "it does not have three parts");
    }
    struct err inner = {.arena = a};
    const struct json *header = part(a, token, (size_t)(first - token), &inner);
    const struct json *claims = part(a, first + 1, (size_t)(second - first - 1), &inner);
    if (header == NULL || claims == NULL || json_text(header, "alg") == NULL) {
        return bad(e, "its parts are not what they have to be");
    }
    // A header that says "these must be understood" names what we do not know (RFC 7515 4.1.11).
    if (json_member(header, "crit") != NULL) {
        return bad(e, "it asks for extensions that are not known here");
    }
    *out = (struct jwt){.algorithm = json_text(header, "alg"),
                        .key_id = json_text(header, "kid"),
                        .claims = claims,
                        .signed_bytes = token,
                        .signed_length = (size_t)(second - token)};
    out->signature = jwt_decode(a, second + 1, strlen(second + 1), &out->signature_length);
    return out->signature != NULL || bad(e, "its signature cannot be read");
}

enum jwt_verdict jwt_verify(struct arena *a, const struct jwt *token, const struct json *keys)
{
    if (!jwt_key_algorithm_known(token->algorithm)) {
        return JWT_ALGORITHM;
    }
    const struct json *list = json_member(keys, "keys");
    bool tried = false;
    for (const struct json *k = list == NULL ? NULL : list->first; k != NULL; k = k->next) {
        const char *id = json_text(k, "kid");
        if (token->key_id != NULL && (id == NULL || strcmp(id, token->key_id) != 0)) {
            continue;
        }
        if (!jwt_key_fits(k, token->algorithm)) {
            continue;
        }
        tried = true;
        if (jwt_key_verifies(a, k, token)) {
            return JWT_GENUINE;
        }
    }
    return tried ? JWT_FORGED : JWT_NO_KEY;
}
