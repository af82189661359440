#include "oidc/oidc.h"

#include <sodium.h>
#include <string.h>

#include "base/percent.h"
#include "oidc/fetch.h"
#include "oidc/jwt.h"

enum { RANDOM_BYTES = 32, CLOCKS_APART = 120, TOKEN_AGE_MAX = 600 };

// ---- what the service says of itself ----

static bool unsafe(struct err *e, const char *what)
{
    err_cause(e, "discovery: %s", what);
    return err_set(e, ERR_SYSTEM, "The sign-on service is not set up as it must be: %s.", what);
}

// Whether a list of texts holds one; a list that is absent holds what the standard says it does.
static bool lists(const struct json *from, const char *name, const char *text, bool absent)
{
    const struct json *list = json_member(from, name);
    if (list == NULL || list->kind != JSON_ROW) {
        return absent;
    }
    for (const struct json *m = list->first; m != NULL; m = m->next) {
        if (m->kind == JSON_WORDS && strcmp(m->text, text) == 0) {
            return true;
        }
    }
    return false;
}

static const char *endpoint(const struct json *said, const char *name)
{
    const char *url = json_text(said, name);
    return url != NULL && fetch_may(url) ? url : NULL;
}

static bool fetch_keys(struct arena *a, const struct oidc_service *service, const struct json **ret,
                       struct err *e)
{
    long status = 0;
    struct fetch ask = {.url = service->keys_at};
    if (!fetch_json(a, &ask, ret, &status, e)) {
        return false;
    }
    if (status != 200 || json_member(*ret, "keys") == NULL) {
        err_cause(e, "%s answered %ld", service->keys_at, status);
        return err_set(e, ERR_AWAY, "The sign-on service does not give its keys just now.");
    }
    return true;
}

bool oidc_discover(struct arena *a, const struct oidc_settings *settings, struct oidc_service *out,
                   struct err *e)
{
    size_t length = strlen(settings->issuer);
    bool slash = length > 0 && settings->issuer[length - 1] == '/';
    const char *url = arena_printf(a, "%.*s/.well-known/openid-configuration",
                                   (int)(slash ? length - 1 : length), settings->issuer);
    long status = 0;
    const struct json *said = NULL;
    struct fetch ask = {.url = url};
    if (!fetch_json(a, &ask, &said, &status, e)) {
        return false;
    }
    const char *issuer = json_text(said, "issuer");
    if (status != 200 || issuer == NULL) {
        return unsafe(e, "it does not describe itself at the issuer's address");
    }
    if (strcmp(issuer, settings->issuer) != 0) {
        return unsafe(e, "it calls itself by another issuer than the one set");
    }
    struct oidc_service s = {.issuer = settings->issuer,
                             .authorize = endpoint(said, "authorization_endpoint"),
                             .token = endpoint(said, "token_endpoint"),
                             .keys_at = endpoint(said, "jwks_uri")};
    if (s.authorize == NULL || s.token == NULL || s.keys_at == NULL) {
        return unsafe(e, "an endpoint is missing or not reached over https");
    }
    const struct json *iss = json_member(said, "authorization_response_iss_parameter_supported");
    s.says_issuer = iss != NULL && iss->kind == JSON_TRUTH && iss->truth;
    static const char methods[] = "token_endpoint_auth_methods_supported";
    s.secret_in_form = !lists(said, methods, "client_secret_basic", true);
    *out = s;
    return true;
}

// ---- there ----

static const char *random_text(struct arena *a)
{
    unsigned char bytes[RANDOM_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    return jwt_encode(a, bytes, sizeof bytes);
}

const char *oidc_begin(struct arena *a, const struct oidc_settings *settings,
                       const struct oidc_service *service, struct oidc_attempt *out)
{
    *out = (struct oidc_attempt){random_text(a), random_text(a), random_text(a)};
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)out->verifier, strlen(out->verifier));
    return arena_printf(
        a,
        "%s%sresponse_type=code&client_id=%s&redirect_uri=%s&scope=openid%%20email%%20profile"
        "&state=%s&nonce=%s&code_challenge=%s&code_challenge_method=S256",
        service->authorize, strchr(service->authorize, '?') == NULL ? "?" : "&",
        percent_encode(a, settings->client_id), percent_encode(a, settings->redirect_uri),
        out->state, out->nonce, jwt_encode(a, digest, sizeof digest));
}

// ---- and back ----

static bool same(const char *a, const char *b)
{
    size_t length = strlen(a);
    return length == strlen(b) && sodium_memcmp(a, b, length) == 0;
}

static bool answer_is_ours(const struct oidc_service *service, const struct oidc_attempt *attempt,
                           const struct oidc_answer *answer, struct err *e)
{
    static const char again[] = "This answer does not belong to a sign-in begun in this browser; "
                                "begin again.";
    if (answer->state == NULL || !same(answer->state, attempt->state)) {
        return err_set(e, ERR_INPUT, "%s", again);
    }
    if (answer->issuer == NULL ? service->says_issuer
                               : strcmp(answer->issuer, service->issuer) != 0) {
        err_cause(e, "the answer names another issuer, or none");
        return err_set(e, ERR_INPUT, "%s", again);
    }
    if (answer->error != NULL) {
        err_cause(e, "the service's error: %s", answer->error);
        return err_set(e, ERR_DENIED, "The sign-on service did not sign you in.");
    }
    return (answer->code != NULL && answer->code[0] != '\0') || err_set(e, ERR_INPUT, "%s", again);
}

static bool fetch_token(struct arena *a, const struct oidc_settings *settings,
                        const struct oidc_service *service, const struct oidc_attempt *attempt,
                        const char *code, const char **ret, struct err *e)
{
    struct fetch ask = {.url = service->token};
    const char *client = "";
    if (settings->client_secret == NULL) {
        client = arena_printf(a, "&client_id=%s", percent_encode(a, settings->client_id));
    } else if (service->secret_in_form) {
        client = arena_printf(a, "&client_id=%s&client_secret=%s",
                              percent_encode(a, settings->client_id),
                              percent_encode(a, settings->client_secret));
    } else {
        ask.user = settings->client_id;
        ask.secret = settings->client_secret;
    }
    ask.form =
        arena_printf(a, "grant_type=authorization_code&code=%s&redirect_uri=%s&code_verifier=%s%s",
                     percent_encode(a, code), percent_encode(a, settings->redirect_uri),
                     attempt->verifier, client);
    long status = 0;
    const struct json *said = NULL;
    if (!fetch_json(a, &ask, &said, &status, e)) {
        return false;
    }
    *ret = json_text(said, "id_token");
    if (status != 200 || *ret == NULL) {
        const char *error = json_text(said, "error");
        err_cause(e, "token endpoint answered %ld %s", status, error == NULL ? "" : error);
        return err_set(e, ERR_DENIED,
                       "The sign-on service did not confirm the sign-in; begin "
                       "again.");
    }
    return true;
}

static bool is_audience(const struct json *aud, const char *client, bool *ret_others)
{
    *ret_others = false;
    if (aud == NULL) {
        return false;
    }
    if (aud->kind == JSON_WORDS) {
        return strcmp(aud->text, client) == 0;
    }
    bool found = false;
    for (const struct json *m = aud->kind == JSON_ROW ? aud->first : NULL; m != NULL; m = m->next) {
        bool us = m->kind == JSON_WORDS && strcmp(m->text, client) == 0;
        found = found || us;
        *ret_others = *ret_others || !us;
    }
    return found;
}

static bool whole(const struct json *claims, const char *name, int64_t *out)
{
    const struct json *m = json_member(claims, name);
    if (m == NULL || m->kind != JSON_WHOLE) {
        return false;
    }
    *out = m->whole;
    return true;
}

bool oidc_claims_check(const struct json *claims, const struct oidc_settings *settings,
                       const char *nonce, int64_t now, const char **ret_wrong)
{
    const char *issuer = json_text(claims, "iss"), *subject = json_text(claims, "sub");
    const char *party = json_text(claims, "azp"), *said = json_text(claims, "nonce");
    int64_t expires = 0, issued = 0, from = 0;
    bool others = false;
    *ret_wrong = NULL;
    if (issuer == NULL || strcmp(issuer, settings->issuer) != 0) {
        *ret_wrong = "iss is not the issuer";
    } else if (subject == NULL || subject[0] == '\0' || strlen(subject) > 255) {
        *ret_wrong = "sub is missing or longer than 255";
    } else if (!is_audience(json_member(claims, "aud"), settings->client_id, &others)) {
        *ret_wrong = "aud is not us";
    } else if (others && party == NULL) {
        *ret_wrong = "azp is missing where aud names others";
    } else if (party != NULL && strcmp(party, settings->client_id) != 0) {
        *ret_wrong = "azp is not us";
    } else if (!whole(claims, "exp", &expires) || now - CLOCKS_APART >= expires) {
        *ret_wrong = "exp is missing or past";
    } else if (!whole(claims, "iat", &issued) || issued - CLOCKS_APART > now ||
               now - TOKEN_AGE_MAX > issued) {
        *ret_wrong = "iat is missing, to come, or long ago";
    } else if (whole(claims, "nbf", &from) && from - CLOCKS_APART > now) {
        *ret_wrong = "nbf is to come";
    } else if (said == NULL || !same(said, nonce)) {
        *ret_wrong = "nonce is not of this attempt";
    }
    return *ret_wrong == NULL;
}

static bool genuine(struct arena *a, const struct oidc_service *service, const struct jwt *token,
                    struct err *e)
{
    const struct json *keys = NULL;
    if (!fetch_keys(a, service, &keys, e)) {
        return false;
    }
    enum jwt_verdict verdict = jwt_verify(a, token, keys);
    static const char *const why[] = {"", "the signature does not hold", "no key of the service",
                                      "an algorithm that is not taken"};
    if (verdict != JWT_GENUINE) {
        err_cause(e, "id_token: %s", why[verdict]);
        return err_set(e, ERR_INPUT, "The sign-on service's answer is not genuine; begin again.");
    }
    return true;
}

bool oidc_finish(struct arena *a, const struct oidc_settings *settings,
                 const struct oidc_service *service, const struct oidc_attempt *attempt,
                 const struct oidc_answer *answer, int64_t now, struct oidc_person *out,
                 struct err *e)
{
    const char *text = NULL, *wrong = NULL;
    struct jwt token;
    if (!answer_is_ours(service, attempt, answer, e) ||
        !fetch_token(a, settings, service, attempt, answer->code, &text, e) ||
        !jwt_read(a, text, &token, e) || !genuine(a, service, &token, e)) {
        return false;
    }
    if (!oidc_claims_check(token.claims, settings, attempt->nonce, now, &wrong)) {
        err_cause(e, "id_token: %s", wrong);
        return err_set(e, ERR_INPUT,
                       "The sign-on service's answer is not for this sign-in; begin "
                       "again.");
    }
    const struct json *verified = json_member(token.claims, "email_verified");
    struct oidc_person person = {.subject = json_text(token.claims, "sub"),
                                 .email = json_text(token.claims, "email"),
                                 .name = json_text(token.claims, "name")};
    person.email_verified = verified != NULL && verified->kind == JSON_TRUTH && verified->truth;
    (void)whole(token.claims, "auth_time", &person.signed_in_at);
    *out = person;
    return true;
}
