#include "domain/second_factor.h"

#include <sodium.h>
#include <string.h>

#include "base/totp.h"
#include "domain/account_rows.h"
#include "domain/second_factor_check.h"

enum { RECOVERY_CODES = 10, RECOVERY_LETTERS = 16, RECOVERY_GROUP = 4 };

// 32 signs, none of which is mistaken for another (Crockford's): five bits each.
static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

// ---- recovery codes ----

bool recovery_code_read(const char *text, char *out)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        char c = *text;
        if (c == '-' || c == ' ') {
            continue;
        }
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        c = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
        if (count == RECOVERY_LETTERS || strchr(letters, c) == NULL) {
            return false;
        }
        out[count++] = c;
    }
    out[count] = '\0';
    return count == RECOVERY_LETTERS;
}

static const char *recovery_digest(struct arena *a, const char *account, const char *plain)
{
    return secret_digest(a, arena_printf(a, "recovery code|%s|%s", account, plain));
}

static const char *recovery_make(struct arena *a, char plain[RECOVERY_LETTERS + 1])
{
    struct buf shown = buf_new(a, 64);
    for (size_t i = 0; i < RECOVERY_LETTERS; i++) {
        plain[i] = letters[randombytes_uniform(sizeof letters - 1)];
        buf_text(&shown, i > 0 && i % RECOVERY_GROUP == 0 ? "-" : "");
        buf_char(&shown, plain[i]);
    }
    plain[RECOVERY_LETTERS] = '\0';
    return buf_cstr(&shown);
}

static bool make_codes(const struct people_act *act, const char *account,
                       const char *const **ret_recovery, struct err *e)
{
    const char **list = ARENA_ARRAY(act->arena, RECOVERY_CODES + 1, const char *);
    char plain[RECOVERY_LETTERS + 1];
    if (sodium_init() < 0) {
        return err_set(e, ERR_SYSTEM, "The library for secrets (libsodium) does not start.");
    }
    if (!store_recovery_clear(act->db, account, e)) {
        return false;
    }
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        list[i] = recovery_make(act->arena, plain);
        if (!store_recovery_add(act->db, account, recovery_digest(act->arena, account, plain), e)) {
            return false;
        }
    }
    *ret_recovery = list;
    return true;
}

bool second_factor_recovery(const struct people_act *act, const char *account,
                            const char *const **ret_recovery, struct err *e)
{
    static const struct people_field field = {"recovery_codes", NULL, "new", false};
    struct store_account row;
    return account_row(act, account, &row, e) &&
           (row.totp_secret != NULL ||
            err_set(e, ERR_INPUT, "\"%s\" has no second factor; enrol one first.", account)) &&
           make_codes(act, account, ret_recovery, e) && account_row_put(act, &row, &field, 1, e);
}

// ---- enrolment ----

static void describe(struct arena *a, const char *account, const char *issuer,
                     const unsigned char *secret, struct second_factor_new *out)
{
    const char *text = base32_text(a, secret, TOTP_SECRET);
    struct buf groups = buf_new(a, 128), uri = buf_new(a, 4096);
    for (size_t i = 0; text[i] != '\0'; i++) {
        buf_text(&groups, i > 0 && i % RECOVERY_GROUP == 0 ? " " : "");
        buf_char(&groups, text[i]);
    }
    const char *const parts[] = {
        "otpauth://totp/", issuer,     ":",
        account,           "?secret=", text,
        "&issuer=",        issuer,     "&algorithm=SHA1&digits=6&period=30"};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        bool outside = i == 1 || i == 3 || i == 7; // percent-encoded
        for (const char *c = parts[i]; *c != '\0'; c++) {
            bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                         (*c >= '0' && *c <= '9') || strchr("-._~", *c) != NULL;
            if (outside && !plain) {
                buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*c);
            } else {
                buf_char(&uri, *c);
            }
        }
    }
    out->secret = buf_cstr(&groups);
    out->uri = buf_cstr(&uri);
}

bool second_factor_begin(const struct people_act *act, const struct secret_key *key,
                         const char *account, const char *issuer, struct second_factor_new *out,
                         struct err *e)
{
    unsigned char secret[TOTP_SECRET];
    struct store_account row;
    if (!account_row(act, account, &row, e)) {
        return false;
    }
    randombytes_buf(secret, sizeof secret);
    row.totp_pending = secret_seal(act->arena, key, account, secret, sizeof secret);
    describe(act->arena, account, issuer, secret, out);
    sodium_memzero(secret, sizeof secret);
    return store_account_put(act->db, &row, e);
}

static bool unseal(struct arena *a, const struct secret_key *key, const char *account,
                   const char *sealed, unsigned char *out, struct err *e)
{
    return (key != NULL && secret_unseal(a, key, account, sealed, out, TOTP_SECRET)) ||
           err_set(e, ERR_SYSTEM,
                   "The second factor of \"%s\" cannot be opened with the key file there is; an "
                   "administrator can remove it so that it is enrolled anew.",
                   account);
}

bool second_factor_pending(struct db *db, struct arena *a, const struct secret_key *key,
                           const char *account, const char *issuer, bool *ret_any,
                           struct second_factor_new *out, struct err *e)
{
    unsigned char secret[TOTP_SECRET];
    struct store_account row;
    bool found = false;
    if (!store_account(db, a, account, &row, &found, e)) {
        return false;
    }
    *ret_any = found && row.totp_pending != NULL;
    if (!*ret_any) {
        return true;
    }
    if (!unseal(a, key, account, row.totp_pending, secret, e)) {
        return false;
    }
    describe(a, account, issuer, secret, out);
    sodium_memzero(secret, sizeof secret);
    return true;
}

bool second_factor_confirm(const struct people_act *act, const struct secret_key *key,
                           const char *account, const char *code, bool *ret_taken,
                           const char *const **ret_recovery, struct err *e)
{
    unsigned char secret[TOTP_SECRET];
    struct store_account row;
    *ret_taken = false;
    if (!account_row(act, account, &row, e)) {
        return false;
    }
    if (row.totp_pending == NULL) {
        return err_set(e, ERR_INPUT, "Begin to enrol a second factor first.");
    }
    if (!unseal(act->arena, key, account, row.totp_pending, secret, e)) {
        return false;
    }
    int64_t step = totp_check(secret, sizeof secret, code, act->now, -1);
    sodium_memzero(secret, sizeof secret);
    if (step < 0) {
        return true;
    }
    const struct people_field field = {"second_factor", row.totp_secret == NULL ? NULL : "yes",
                                       row.totp_secret == NULL ? "yes" : "replaced", false};
    row.totp_secret = row.totp_pending;
    row.totp_pending = NULL;
    row.totp_step = step;
    row.totp_at = act->now;
    *ret_taken = true;
    return make_codes(act, account, ret_recovery, e) && account_row_put(act, &row, &field, 1, e);
}

bool second_factor_remove(const struct people_act *act, const char *account, struct err *e)
{
    static const struct people_field field = {"second_factor", "yes", NULL, false};
    struct store_account row;
    if (!account_row(act, account, &row, e)) {
        return false;
    }
    if (row.totp_secret == NULL) {
        return err_set(e, ERR_INPUT, "\"%s\" has no second factor.", account);
    }
    row.totp_secret = NULL;
    row.totp_pending = NULL;
    row.totp_at = 0;
    return store_recovery_clear(act->db, account, e) && account_row_put(act, &row, &field, 1, e);
}

// ---- at sign-in ----

static bool take_recovery(const struct people_act *act, struct store_account *row,
                          const char *plain, bool *ret_right, struct err *e)
{
    static const struct people_field field = {"recovery_codes", NULL, "one used", false};
    const char *digest = recovery_digest(act->arena, row->code, plain);
    return store_recovery_take(act->db, row->code, digest, ret_right, e) &&
           (!*ret_right || account_row_put(act, row, &field, 1, e));
}

bool second_factor_check(const struct people_act *act, const struct secret_key *key,
                         const char *account, const char *code, bool *ret_right, struct err *e)
{
    char plain[RECOVERY_LETTERS + 1];
    unsigned char secret[TOTP_SECRET];
    struct store_account row;
    *ret_right = false;
    if (!account_row(act, account, &row, e)) {
        return false;
    }
    if (row.totp_secret == NULL || row.disabled_at != 0) {
        return true;
    }
    if (recovery_code_read(code, plain)) {
        return take_recovery(act, &row, plain, ret_right, e);
    }
    if (!unseal(act->arena, key, account, row.totp_secret, secret, e)) {
        return false;
    }
    int64_t step = totp_check(secret, sizeof secret, code, act->now, row.totp_step);
    sodium_memzero(secret, sizeof secret);
    if (step < 0) {
        return true;
    }
    row.totp_step = step;
    *ret_right = true;
    return store_account_put(act->db, &row, e);
}
