#include "domain/account.h"

#include <string.h>

#include "base/utf8.h"
#include "domain/account_rows.h"

enum { CODE_MAX_BYTES = 64, NAME_MAX_BYTES = 200, EMAIL_MAX_BYTES = 254 };

// ---- what a field may say ----

static bool code_will_do(const char *code, struct err *e)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-._@";
    size_t length = strlen(code);
    bool good = length > 0 && length <= CODE_MAX_BYTES && strspn(code, allowed) == length &&
                strcmp(code, "public") != 0 && code[0] != '-';
    return good || err_set(e, ERR_INPUT,
                           "\"%s\" is no code for an account: use up to %d letters, digits, - . _ "
                           "@ (and not \"public\", which is everybody).",
                           code, (int)CODE_MAX_BYTES);
}

static bool is_line(const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length == 0 || length > most || !utf8_valid(text, length, NULL)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
            return false;
        }
    }
    return strspn(text, " ") < length;
}

static bool name_will_do(const char *name, struct err *e)
{
    return is_line(name, NAME_MAX_BYTES) ||
           err_set(e, ERR_INPUT, "A name is one line of at most %d characters.",
                   (int)NAME_MAX_BYTES);
}

static bool email_will_do(const char *email, struct err *e)
{
    const char *at = strchr(email, '@');
    bool good = is_line(email, EMAIL_MAX_BYTES) && at != NULL && at != email && at[1] != '\0' &&
                strchr(at + 1, '@') == NULL && strpbrk(email, " ,;<>\"") == NULL;
    return good || err_set(e, ERR_INPUT, "\"%s\" is no e-mail address.", email);
}

static const char *folded(struct arena *a, const char *text)
{
    char *key = arena_alloc(a, strlen(text) + 1);
    utf8_fold(text, key);
    return key;
}

// Nobody else may sign in under it, as address or as code.
static bool email_is_free(const struct people_act *act, const char *email, const char *code,
                          struct err *e)
{
    struct store_account other;
    bool found = false;
    if (!store_account_by_email(act->db, act->arena, folded(act->arena, email), &other, &found,
                                e)) {
        return false;
    }
    if (!found && !store_account(act->db, act->arena, email, &other, &found, e)) {
        return false; // a code may look like an address
    }
    return !found || strcmp(other.code, code) == 0 ||
           err_set(e, ERR_INPUT, "The account \"%s\" has this e-mail address already.", other.code);
}

// ---- adding and naming ----

bool account_add(const struct people_act *act, const struct account_new *a, struct err *e)
{
    struct store_account there;
    bool found = false;
    if (!code_will_do(a->code, e) || !name_will_do(a->name, e) ||
        (a->email != NULL && !email_will_do(a->email, e)) ||
        !store_account(act->db, act->arena, a->code, &there, &found, e)) {
        return false;
    }
    if (found) {
        return err_set(e, ERR_INPUT, "There is an account \"%s\" already.", a->code);
    }
    if (!email_is_free(act, a->code, a->code, e) ||
        (a->email != NULL && !email_is_free(act, a->email, a->code, e))) {
        return false;
    }
    const struct store_account row = {.code = a->code,
                                      .name = a->name,
                                      .email = a->email,
                                      .email_key =
                                          a->email == NULL ? NULL : folded(act->arena, a->email),
                                      .password = a->password_hash,
                                      .password_at = a->password_hash == NULL ? 0 : act->now,
                                      .must_change = a->password_hash != NULL && a->must_change,
                                      .version = 1,
                                      .created_at = act->now};
    const struct people_field fields[] = {
        {"name", NULL, a->name, true},
        {"email", NULL, a->email, true},
        {"password", NULL, a->password_hash == NULL ? NULL : "set", false},
        {"must_change", NULL, row.must_change != 0 ? "yes" : NULL, false}};
    const struct people_event event = {"create", "account", {a->code}, fields, COUNT_OF(fields)};
    return store_account_add(act->db, &row, e) && people_event(act, &event, e);
}

bool account_rename(const struct people_act *act, const char *code, const char *name,
                    const char *email, struct err *e)
{
    struct store_account row;
    if ((name != NULL && !name_will_do(name, e)) ||
        (email != NULL && email[0] != '\0' && !email_will_do(email, e)) ||
        !account_row(act, code, &row, e) ||
        (email != NULL && email[0] != '\0' && !email_is_free(act, email, code, e))) {
        return false;
    }
    const char *new_name = name == NULL ? row.name : name;
    const char *new_email = email == NULL ? row.email : email[0] == '\0' ? NULL : email;
    const struct people_field fields[] = {{"name", row.name, new_name, true},
                                          {"email", row.email, new_email, true}};
    row.name = new_name;
    row.email = new_email;
    row.email_key = new_email == NULL ? NULL : folded(act->arena, new_email);
    return account_row_put(act, &row, fields, COUNT_OF(fields), e);
}

// ---- disabling, and the password ----

bool account_disable(const struct people_act *act, const char *code, struct err *e)
{
    struct store_account row;
    struct account_administrators before;
    size_t ended = 0, revoked = 0;
    if (!account_row(act, code, &row, e) || !account_administrators(act, &before, e)) {
        return false;
    }
    if (row.disabled_at != 0) {
        return err_set(e, ERR_INPUT, "The account \"%s\" is disabled already.", code);
    }
    row.disabled_at = act->now;
    if (!store_session_end_all(act->db, code, NULL, act->now, &ended, e) ||
        !store_token_revoke_all(act->db, code, act->now, &revoked, e)) {
        return false;
    }
    const struct people_field fields[] = {
        {"disabled", NULL, "yes", false},
        {"sessions_ended", NULL, ended == 0 ? NULL : arena_printf(act->arena, "%zu", ended), false},
        {"tokens_revoked", NULL, revoked == 0 ? NULL : arena_printf(act->arena, "%zu", revoked),
         false}};
    return account_row_put(act, &row, fields, COUNT_OF(fields), e) &&
           account_keeps_administrator(act, &before, code, e);
}

bool account_enable(const struct people_act *act, const char *code, struct err *e)
{
    static const struct people_field field = {"disabled", "yes", NULL, false};
    struct store_account row;
    if (!account_row(act, code, &row, e)) {
        return false;
    }
    if (row.disabled_at == 0) {
        return err_set(e, ERR_INPUT, "The account \"%s\" is not disabled.", code);
    }
    row.disabled_at = 0;
    return account_row_put(act, &row, &field, 1, e);
}

bool account_set_password(const struct people_act *act, const char *code, const char *hash,
                          bool must_change, const char *keep, struct err *e)
{
    struct store_account row;
    size_t ended = 0;
    if (!account_row(act, code, &row, e) ||
        !store_session_end_all(act->db, code, keep, act->now, &ended, e)) {
        return false;
    }
    const struct people_field fields[] = {
        {"password", row.password == NULL ? NULL : "set", row.password == NULL ? "set" : "changed",
         false},
        {"must_change", row.must_change != 0 ? "yes" : NULL, must_change ? "yes" : NULL, false},
        {"sessions_ended", NULL, ended == 0 ? NULL : arena_printf(act->arena, "%zu", ended),
         false}};
    row.password = hash;
    row.password_at = act->now;
    row.must_change = must_change;
    return account_row_put(act, &row, fields, COUNT_OF(fields), e);
}
