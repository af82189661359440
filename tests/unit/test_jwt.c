// Tokens of a sign-on service: which are genuine, which are forged, which are not looked at; and
// which claims are right. The keys are made by the test, as a service makes its own.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <string.h>

#include "base/percent.h"
#include "oidc/fetch.h"
#include "oidc/jwt.h"
#include "oidc/oidc.h"

struct keys {
    EVP_PKEY *rsa, *other, *small, *ec;
};

static int make_keys(void **state)
{
    static struct keys keys;
    keys =
        (struct keys){EVP_RSA_gen(2048), EVP_RSA_gen(2048), EVP_RSA_gen(1024), EVP_EC_gen("P-256")};
    *state = &keys;
    return keys.rsa == NULL || keys.other == NULL || keys.small == NULL || keys.ec == NULL;
}

static int free_keys(void **state)
{
    struct keys *k = *state;
    EVP_PKEY_free(k->rsa);
    EVP_PKEY_free(k->other);
    EVP_PKEY_free(k->small);
    EVP_PKEY_free(k->ec);
    return 0;
}

static const char *number(struct arena *a, const EVP_PKEY *key, const char *name, int length)
{
    BIGNUM *n = NULL;
    assert_int_equal(EVP_PKEY_get_bn_param(key, name, &n), 1);
    int size = length == 0 ? BN_num_bytes(n) : length;
    unsigned char *bytes = arena_alloc(a, (size_t)size);
    assert_int_equal(BN_bn2binpad(n, bytes, size), size);
    BN_free(n);
    return jwt_encode(a, bytes, (size_t)size);
}

static const char *rsa_key(struct arena *a, const EVP_PKEY *key, const char *more)
{
    return arena_printf(a, "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"%s}",
                        number(a, key, OSSL_PKEY_PARAM_RSA_N, 0),
                        number(a, key, OSSL_PKEY_PARAM_RSA_E, 0), more);
}

static const char *ec_key(struct arena *a, const EVP_PKEY *key, const char *more)
{
    return arena_printf(a, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"%s}",
                        number(a, key, OSSL_PKEY_PARAM_EC_PUB_X, 32),
                        number(a, key, OSSL_PKEY_PARAM_EC_PUB_Y, 32), more);
}

static const char *signature(struct arena *a, EVP_PKEY *key, bool pss, const char *text)
{
    EVP_MD_CTX *m = EVP_MD_CTX_new();
    EVP_PKEY_CTX *how = NULL;
    size_t length = 1024;
    unsigned char *bytes = arena_alloc(a, length);
    assert_int_equal(EVP_DigestSignInit(m, &how, EVP_sha256(), NULL, key), 1);
    if (pss) {
        assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING), 1);
        assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST), 1);
    }
    assert_int_equal(EVP_DigestSign(m, bytes, &length, (const unsigned char *)text, strlen(text)),
                     1);
    EVP_MD_CTX_free(m);
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC) {
        const unsigned char *der = bytes;
        ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &der, (long)length);
        unsigned char *flat = arena_alloc(a, 64);
        assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_r(pair), flat, 32), 32);
        assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_s(pair), flat + 32, 32), 32);
        ECDSA_SIG_free(pair);
        return jwt_encode(a, flat, 64);
    }
    return jwt_encode(a, bytes, length);
}

static const char *token_of(struct arena *a, const char *header, const char *claims, EVP_PKEY *key,
                            bool pss)
{
    const char *text = arena_printf(a, "%s.%s", jwt_encode(a, header, strlen(header)),
                                    jwt_encode(a, claims, strlen(claims)));
    return arena_printf(a, "%s.%s", text, key == NULL ? "" : signature(a, key, pss, text));
}

static enum jwt_verdict verdict_on(struct arena *a, const char *text, const char *set)
{
    struct jwt token;
    struct err e = {.arena = a};
    const struct json *keys = NULL;
    assert_true(json_read(a, set, strlen(set), &keys, &e));
    if (!jwt_read(a, text, &token, &e)) {
        fail_msg("%s: %s", text, e.message);
    }
    return jwt_verify(a, &token, keys);
}

static void genuine_and_forged(void **state)
{
    const struct keys *k = *state;
    struct arena *a = arena_new(0);
    const char *rsa = rsa_key(a, k->rsa, ",\"kid\":\"1\",\"use\":\"sig\"");
    const char *ec = ec_key(a, k->ec, ",\"kid\":\"2\"");
    const char *both = arena_printf(a, "{\"keys\":[%s,%s]}", ec, rsa);
    const char *only_other = arena_printf(a, "{\"keys\":[%s]}", rsa_key(a, k->other, ""));
    const char *small = arena_printf(a, "{\"keys\":[%s]}", rsa_key(a, k->small, ""));
    const char *to_encrypt =
        arena_printf(a, "{\"keys\":[%s]}", rsa_key(a, k->rsa, ",\"use\":\"enc\""));
    const char *bound =
        arena_printf(a, "{\"keys\":[%s]}", rsa_key(a, k->rsa, ",\"alg\":\"PS256\""));
    static const char broken[] = "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"},"
                                 "{\"kty\":\"RSA\"},7,{\"kty\":7}]}";
    static const char half[] = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
                               "\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","
                               "\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!AAAAA\"}]}";
    const struct {
        const char *what, *header;
        EVP_PKEY *key;
        bool pss;
        const char *set;
        enum jwt_verdict verdict;
    } cases[] = {
        {"RSA, its key named", "{\"alg\":\"RS256\",\"kid\":\"1\"}", k->rsa, false, both,
         JWT_GENUINE},
        {"RSA, no key named", "{\"alg\":\"RS256\"}", k->rsa, false, both, JWT_GENUINE},
        {"RSA-PSS", "{\"alg\":\"PS256\",\"kid\":\"1\"}", k->rsa, true, both, JWT_GENUINE},
        {"P-256", "{\"alg\":\"ES256\",\"kid\":\"2\"}", k->ec, false, both, JWT_GENUINE},
        {"another's key", "{\"alg\":\"RS256\"}", k->other, false, both, JWT_FORGED},
        {"a key that is not in the set", "{\"alg\":\"RS256\",\"kid\":\"9\"}", k->rsa, false, both,
         JWT_NO_KEY},
        {"another's set", "{\"alg\":\"RS256\"}", k->rsa, false, only_other, JWT_FORGED},
        {"PSS said, PKCS1 done", "{\"alg\":\"PS256\"}", k->rsa, false, both, JWT_FORGED},
        {"PKCS1 said, PSS done", "{\"alg\":\"RS256\"}", k->rsa, true, both, JWT_FORGED},
        {"the key named is of another kind", "{\"alg\":\"ES256\",\"kid\":\"1\"}", k->ec, false,
         both, JWT_NO_KEY},
        {"1024 bits", "{\"alg\":\"RS256\"}", k->small, false, small, JWT_FORGED},
        {"a key for encryption", "{\"alg\":\"RS256\"}", k->rsa, false, to_encrypt, JWT_NO_KEY},
        {"a key bound to another algorithm", "{\"alg\":\"RS256\"}", k->rsa, false, bound,
         JWT_NO_KEY},
        {"no keys at all", "{\"alg\":\"RS256\"}", k->rsa, false, "{}", JWT_NO_KEY},
        {"a point that is no base64url at its end", "{\"alg\":\"ES256\"}", k->ec, false, half,
         JWT_FORGED},
        {"keys that are none", "{\"alg\":\"RS256\"}", k->rsa, false, broken, JWT_FORGED},
        {"not signed", "{\"alg\":\"none\"}", NULL, false, both, JWT_ALGORITHM},
        {"HMAC", "{\"alg\":\"HS256\"}", k->rsa, false, both, JWT_ALGORITHM},
        {"an algorithm in other letters", "{\"alg\":\"rs256\"}", k->rsa, false, both,
         JWT_ALGORITHM},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *text = token_of(a, cases[i].header, "{}", cases[i].key, cases[i].pss);
        if (verdict_on(a, text, cases[i].set) != cases[i].verdict) {
            fail_msg("%s", cases[i].what);
        }
    }
    arena_free(a);
}

// Each byte of a genuine token changed in turn: none of them is genuine.
static void tampered(void **state)
{
    const struct keys *k = *state;
    struct arena *a = arena_new(0);
    const char *set = arena_printf(a, "{\"keys\":[%s]}", ec_key(a, k->ec, ""));
    const char *text = token_of(a, "{\"alg\":\"ES256\"}", "{\"sub\":\"7\"}", k->ec, false);
    assert_int_equal(verdict_on(a, text, set), JWT_GENUINE);
    struct err inner = {.arena = a};
    const struct json *keys = NULL;
    assert_true(json_read(a, set, strlen(set), &keys, &inner));
    for (size_t i = 0; i < strlen(text); i++) {
        char *changed = arena_text(a, text);
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        struct jwt token;
        struct err e = {.arena = a};
        if (jwt_read(a, changed, &token, &e) && jwt_verify(a, &token, keys) == JWT_GENUINE) {
            fail_msg("byte %zu of the token can be changed", i);
        }
    }
    arena_free(a);
}

static void not_tokens(void **state)
{
    static const char *const cases[] = {
        "", ".", "..", "a.b", "a.b.c", "e30.e30.AA", "e30.e30.e30.e30", "e30=.e30.AA",
        // {"alg":"RS256"} with claims that are no object, and with an extension that must be known
        "eyJhbGciOiJSUzI1NiJ9.W10.AA", "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiYiJdfQ.e30.AA"};
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct jwt token;
        struct err e = {.arena = a};
        if (jwt_read(a, cases[i], &token, &e)) {
            fail_msg("\"%s\" was read", cases[i]);
        }
        assert_int_equal(e.kind, ERR_INPUT);
    }
    arena_free(a);
}

static void claims(void **state)
{
    static const struct oidc_settings settings = {"https://id.example.gov.uk", "goldthread", NULL,
                                                  NULL};
    static const struct {
        const char *claims, *wrong;
    } cases[] = {
        {"\"iss\":\"https://id.example.gov.uk\",\"sub\":\"7\",\"aud\":\"goldthread\"", NULL},
        {"\"iss\":\"https://id.example.gov.uk\",\"sub\":\"7\",\"aud\":[\"goldthread\"]", NULL},
        {"\"iss\":\"https://id.example.gov.uk/\",\"sub\":\"7\",\"aud\":\"goldthread\"", "iss"},
        {"\"iss\":\"https://id.example.gov.uk\",\"aud\":\"goldthread\"", "sub"},
        {"\"iss\":\"https://id.example.gov.uk\",\"sub\":7,\"aud\":\"goldthread\"", "sub"},
        {"\"iss\":\"https://id.example.gov.uk\",\"sub\":\"7\",\"aud\":\"another\"", "aud"},
        {"\"iss\":\"https://id.example.gov.uk\",\"sub\":\"7\"", "aud"},
        {"\"iss\":\"https://id.example.gov.uk\",\"sub\":\"7\",\"aud\":[\"goldthread\",\"x\"]",
         "azp"},
        {"\"iss\":\"https://id.example.gov.uk\",\"sub\":\"7\",\"aud\":[\"goldthread\",\"x\"],"
         "\"azp\":\"goldthread\"",
         NULL},
        {"\"iss\":\"https://id.example.gov.uk\",\"sub\":\"7\",\"aud\":\"goldthread\","
         "\"azp\":\"x\"",
         "azp"},
        {"\"iss\":\"https://id.example.gov.uk\",\"sub\":\"7\",\"aud\":\"goldthread\","
         "\"nbf\":1500",
         "nbf"},
    };
    static const struct {
        const char *times, *wrong;
    } clocks[] = {
        {"\"exp\":1300,\"iat\":1000,\"nonce\":\"n\"", NULL},
        {"\"exp\":900,\"iat\":700,\"nonce\":\"n\"", NULL}, // clocks may be two minutes apart
        {"\"exp\":880,\"iat\":700,\"nonce\":\"n\"", "exp"},
        {"\"iat\":1000,\"nonce\":\"n\"", "exp"},
        {"\"exp\":\"1300\",\"iat\":1000,\"nonce\":\"n\"", "exp"},
        {"\"exp\":1300,\"iat\":1200,\"nonce\":\"n\"", "iat"},
        {"\"exp\":1300,\"iat\":300,\"nonce\":\"n\"", "iat"},
        {"\"exp\":1300,\"nonce\":\"n\"", "iat"},
        {"\"exp\":1300,\"iat\":1000,\"nonce\":\"m\"", "nonce"},
        {"\"exp\":1300,\"iat\":1000", "nonce"},
    };
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases) + COUNT_OF(clocks); i++) {
        bool of_clocks = i >= COUNT_OF(cases);
        const char *who = of_clocks ? cases[0].claims : cases[i].claims;
        const char *times = of_clocks ? clocks[i - COUNT_OF(cases)].times : clocks[0].times;
        const char *wanted = of_clocks ? clocks[i - COUNT_OF(cases)].wrong : cases[i].wrong;
        const char *text = arena_printf(a, "{%s,%s}", who, times), *wrong = NULL;
        const struct json *v = NULL;
        struct err e = {.arena = a};
        assert_true(json_read(a, text, strlen(text), &v, &e));
        bool right = oidc_claims_check(v, &settings, "n", 1000, &wrong);
        if (right != (wanted == NULL) ||
            (wanted != NULL && strncmp(wrong, wanted, strlen(wanted)) != 0)) {
            fail_msg("%s: %s", text, wrong == NULL ? "taken" : wrong);
        }
    }
    arena_free(a);
}

static void addresses(void **state)
{
    static const struct {
        const char *url;
        bool may;
    } cases[] = {
        {"https://login.example.gov.uk/token", true},
        {"http://127.0.0.1:8150/token", true},
        {"http://localhost/token", true},
        {"http://[::1]:80/token", true},
        {"http://login.example.gov.uk/token", false},
        {"http://127.0.0.1.example.org/", false},
        {"http://localhost@example.org/", false},
        {"https://user@example.org/", false},
        {"file:///etc/passwd", false},
        {"https://", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (fetch_may(cases[i].url) != cases[i].may) {
            fail_msg("%s", cases[i].url);
        }
    }
    struct arena *a = arena_new(0);
    assert_string_equal(percent_encode(a, "a b+c/£~"), "a%20b%2Bc%2F%C2%A3~");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(genuine_and_forged), cmocka_unit_test(tampered),
        cmocka_unit_test(not_tokens),         cmocka_unit_test(claims),
        cmocka_unit_test(addresses),
    };
    return cmocka_run_group_tests(tests, make_keys, free_keys);
}
