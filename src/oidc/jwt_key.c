#include "oidc/jwt_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <string.h>

enum { RSA_BITS_MIN = 2048, RSA_BITS_MAX = 8192, P256_BYTES = 32 };

static const struct algorithm {
    const char *name, *key_type;
    bool pss;
} algorithms[] = {{"RS256", "RSA", false}, {"PS256", "RSA", true}, {"ES256", "EC", false}};

static const struct algorithm *algorithm_of(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(algorithms); i++) {
        if (strcmp(algorithms[i].name, name) == 0) {
            return &algorithms[i];
        }
    }
    return NULL;
}

bool jwt_key_algorithm_known(const char *algorithm)
{
    return algorithm_of(algorithm) != NULL;
}

static bool is_or_absent(const char *text, const char *wanted)
{
    return text == NULL || strcmp(text, wanted) == 0;
}

bool jwt_key_fits(const struct json *key, const char *algorithm)
{
    const struct algorithm *known = algorithm_of(algorithm);
    const char *type = json_text(key, "kty");
    return known != NULL && type != NULL && strcmp(type, known->key_type) == 0 &&
           is_or_absent(json_text(key, "use"), "sig") &&
           is_or_absent(json_text(key, "alg"), algorithm);
}

// ---- what libcrypto gives must be given back, memory out or not ----

struct made {
    BIGNUM *first, *second;
    OSSL_PARAM_BLD *builder;
    OSSL_PARAM *params;
    EVP_PKEY_CTX *context;
    EVP_PKEY *key;
    EVP_MD_CTX *digest;
    ECDSA_SIG *pair;
    unsigned char *der;
};

static void give_back(struct made *m)
{
    BN_free(m->first);
    BN_free(m->second);
    OSSL_PARAM_BLD_free(m->builder);
    OSSL_PARAM_free(m->params);
    EVP_PKEY_CTX_free(m->context);
    EVP_PKEY_free(m->key);
    EVP_MD_CTX_free(m->digest);
    ECDSA_SIG_free(m->pair);
    OPENSSL_free(m->der);
}

static bool build_key(struct made *m, const char *type)
{
    m->params = OSSL_PARAM_BLD_to_param(m->builder);
    m->context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    return m->params != NULL && m->context != NULL && EVP_PKEY_fromdata_init(m->context) == 1 &&
           EVP_PKEY_fromdata(m->context, &m->key, EVP_PKEY_PUBLIC_KEY, m->params) == 1;
}

struct bytes {
    const unsigned char *at;
    size_t length;
};

static struct bytes member_bytes(struct arena *a, const struct json *key, const char *name)
{
    const char *text = json_text(key, name);
    struct bytes b = {NULL, 0};
    if (text != NULL) {
        b.at = jwt_decode(a, text, strlen(text), &b.length);
    }
    return b.at == NULL ? (struct bytes){NULL, 0} : b; // a length may be left of what failed
}

static bool make_rsa(struct made *m, struct bytes n, struct bytes exponent)
{
    if (n.at == NULL || exponent.at == NULL || n.length > RSA_BITS_MAX / 8 || exponent.length > 8) {
        return false;
    }
    m->first = BN_bin2bn(n.at, (int)n.length, NULL);
    m->second = BN_bin2bn(exponent.at, (int)exponent.length, NULL);
    m->builder = OSSL_PARAM_BLD_new();
    return m->first != NULL && m->second != NULL && m->builder != NULL &&
           BN_num_bits(m->first) >= RSA_BITS_MIN &&
           OSSL_PARAM_BLD_push_BN(m->builder, OSSL_PKEY_PARAM_RSA_N, m->first) == 1 &&
           OSSL_PARAM_BLD_push_BN(m->builder, OSSL_PKEY_PARAM_RSA_E, m->second) == 1 &&
           build_key(m, "RSA");
}

// A point of P-256, uncompressed: 4, x, y. libcrypto refuses what is not on the curve.
static bool make_ec(struct made *m, const struct json *key, struct bytes x, struct bytes y)
{
    static const char curve[] = "P-256";
    unsigned char point[1 + 2 * P256_BYTES] = {4};
    const char *named = json_text(key, "crv");
    if (named == NULL || strcmp(named, curve) != 0 || x.length != P256_BYTES ||
        y.length != P256_BYTES) {
        return false;
    }
    memcpy(point + 1, x.at, P256_BYTES);
    memcpy(point + 1 + P256_BYTES, y.at, P256_BYTES);
    m->builder = OSSL_PARAM_BLD_new();
    return m->builder != NULL &&
           OSSL_PARAM_BLD_push_utf8_string(m->builder, OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) == 1 &&
           OSSL_PARAM_BLD_push_octet_string(m->builder, OSSL_PKEY_PARAM_PUB_KEY, point,
                                            sizeof point) == 1 &&
           build_key(m, "EC");
}

// A token carries r and s side by side; libcrypto reads them as DER.
static struct bytes ec_signature(struct made *m, const struct jwt *token)
{
    struct bytes none = {NULL, 0};
    if (token->signature_length != (size_t)2 * P256_BYTES) {
        return none;
    }
    BIGNUM *r = BN_bin2bn(token->signature, P256_BYTES, NULL);
    BIGNUM *s = BN_bin2bn(token->signature + P256_BYTES, P256_BYTES, NULL);
    m->pair = ECDSA_SIG_new();
    if (r == NULL || s == NULL || m->pair == NULL || ECDSA_SIG_set0(m->pair, r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return none;
    }
    int length = i2d_ECDSA_SIG(m->pair, &m->der);
    return length <= 0 ? none : (struct bytes){m->der, (size_t)length};
}

static bool verify(struct made *m, const struct algorithm *algorithm, struct bytes signature,
                   const struct jwt *token)
{
    EVP_PKEY_CTX *how = NULL; // the digest's
    m->digest = EVP_MD_CTX_new();
    if (signature.at == NULL || m->digest == NULL ||
        EVP_DigestVerifyInit(m->digest, &how, EVP_sha256(), NULL, m->key) != 1) {
        return false;
    }
    if (algorithm->pss && (EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) != 1 ||
                           EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST) != 1)) {
        return false;
    }
    return EVP_DigestVerify(m->digest, signature.at, signature.length,
                            (const unsigned char *)token->signed_bytes, token->signed_length) == 1;
}

bool jwt_key_verifies(struct arena *a, const struct json *key, const struct jwt *token)
{
    const struct algorithm *algorithm = algorithm_of(token->algorithm);
    bool ec = strcmp(algorithm->key_type, "EC") == 0;
    // Whatever the arena gives comes before what libcrypto gives: nothing leaks past a full arena.
    struct bytes first = member_bytes(a, key, ec ? "x" : "n");
    struct bytes second = member_bytes(a, key, ec ? "y" : "e");
    struct made m = {0};
    bool made = ec ? make_ec(&m, key, first, second) : make_rsa(&m, first, second);
    bool genuine = false;
    if (made) {
        struct bytes signature = ec ? ec_signature(&m, token)
                                    : (struct bytes){token->signature, token->signature_length};
        genuine = verify(&m, algorithm, signature, token);
    }
    give_back(&m);
    return genuine;
}
