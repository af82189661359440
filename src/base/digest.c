#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

enum { DIGEST_BYTES = DIGEST_HEX / 2 };

struct digest {
    struct arena *arena;
    EVP_MD *method; // fetched once: to look it up by name costs more than a short digest
    EVP_MD_CTX *context;
};

static void release(void *what)
{
    struct digest *d = what;
    EVP_MD_CTX_free(d->context);
    EVP_MD_free(d->method);
}

struct digest *digest_new(struct arena *a)
{
    struct digest *d = ARENA_NEW(a, struct digest);
    d->arena = a;
    arena_defer(a, release, d);
    d->method = EVP_MD_fetch(NULL, "SHA256", NULL);
    d->context = d->method == NULL ? NULL : EVP_MD_CTX_new();
    if (d->context == NULL || EVP_DigestInit_ex2(d->context, d->method, NULL) != 1) {
        arena_give_up(a);
    }
    return d;
}

void digest_put(struct digest *d, const void *bytes, size_t length)
{
    if (length > 0 && EVP_DigestUpdate(d->context, bytes, length) != 1) {
        arena_give_up(d->arena);
    }
}

static void write_hex(const unsigned char *bytes, char hex[DIGEST_HEX + 1])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[DIGEST_HEX] = '\0';
}

void digest_end(struct digest *d, char hex[DIGEST_HEX + 1])
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    if (EVP_DigestFinal_ex(d->context, bytes, NULL) != 1 ||
        EVP_DigestInit_ex2(d->context, d->method, NULL) != 1) {
        arena_give_up(d->arena);
    }
    write_hex(bytes, hex);
}

void digest_random(struct arena *a, char hex[DIGEST_HEX + 1])
{
    unsigned char bytes[DIGEST_BYTES];
    if (RAND_bytes(bytes, sizeof bytes) != 1) {
        arena_give_up(a);
    }
    write_hex(bytes, hex);
}
