#include "domain/token.h"

#include <string.h>

#include "domain/account_rows.h"
#include "domain/secret.h"
#include "domain/session.h"
#include "domain/token_read.h"

enum { PREFIX = 11, PURPOSE_MAX_BYTES = 200, DAY_SECONDS = 86400 };

bool token_is_one(const char *text)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return text != NULL && strncmp(text, "gt_", 3) == 0 && strlen(text) == 3 + SECRET_TEXT &&
           strspn(text + 3, signs) == SECRET_TEXT;
}

bool token_scope(const char *word, unsigned *out)
{
    if (strcmp(word, "read") == 0) {
        *out = DUTY_BIT(DUTY_READ) | DUTY_BIT(DUTY_AUDIT);
        return true;
    }
    // A machine does not administer people.
    *out = ACCESS_ALL_DUTIES & ~DUTY_BIT(DUTY_ACCOUNTS);
    return strcmp(word, "write") == 0;
}

static bool purpose_will_do(const char *purpose)
{
    size_t length = strlen(purpose);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)purpose[i] < 0x20 || purpose[i] == 0x7f) {
            return false;
        }
    }
    return length > 0 && length <= PURPOSE_MAX_BYTES;
}

static bool will_do(const struct people_act *act, const struct token_new *t, struct err *e)
{
    unsigned duties = 0;
    int64_t most = act->now + (int64_t)TOKEN_DAYS_MAX * DAY_SECONDS;
    if (!purpose_will_do(t->purpose)) {
        return err_set(e, ERR_INPUT,
                       "Say in one line of at most %d characters what the token is "
                       "for.",
                       (int)PURPOSE_MAX_BYTES);
    }
    if (!token_scope(t->scope, &duties)) {
        return err_set(e, ERR_INPUT, "A token is for read or write, not \"%s\".", t->scope);
    }
    return (t->expires_at > act->now && t->expires_at <= most) ||
           err_set(e, ERR_INPUT,
                   "A token ends on a day after today, a year away at most (%s at the latest).",
                   day_text(act->arena, (day)(most / DAY_SECONDS)));
}

bool token_add(const struct people_act *act, const struct token_new *t, const char **ret_token,
               struct err *e)
{
    struct store_account owner;
    if (!will_do(act, t, e) || !account_row(act, t->account, &owner, e)) {
        return false;
    }
    if (owner.disabled_at != 0) {
        return err_set(e, ERR_INPUT, "The account \"%s\" is disabled; enable it first.",
                       t->account);
    }
    const char *token = arena_printf(act->arena, "gt_%s", secret_random(act->arena));
    const struct store_token row = {.digest = secret_digest(act->arena, token),
                                    .prefix = arena_textn(act->arena, token, PREFIX),
                                    .account = t->account,
                                    .purpose = t->purpose,
                                    .scope = t->scope,
                                    .created_at = act->now,
                                    .expires_at = t->expires_at};
    const struct people_field fields[] = {
        {"account", NULL, t->account, false},
        {"purpose", NULL, t->purpose, false},
        {"scope", NULL, t->scope, false},
        {"expires", NULL, people_time(act->arena, t->expires_at), false}};
    const struct people_event event = {"create", "token", {row.prefix}, fields, COUNT_OF(fields)};
    *ret_token = token;
    return store_token_add(act->db, &row, e) && people_event(act, &event, e);
}

bool token_revoke(const struct people_act *act, const char *account, const char *prefix,
                  struct err *e)
{
    struct store_token row;
    bool found = false;
    if (!store_token_by_prefix(act->db, act->arena, prefix, &row, &found, e)) {
        return false;
    }
    if (!found || (account != NULL && strcmp(row.account, account) != 0)) {
        return err_set(e, ERR_ABSENT, "There is no token that begins with \"%s\".", prefix);
    }
    if (row.revoked_at != 0) {
        return err_set(e, ERR_INPUT, "The token %s is revoked already.", prefix);
    }
    const struct people_field field = {"account", row.account, NULL, false};
    const struct people_event event = {"retire", "token", {row.prefix}, &field, 1};
    return store_token_revoke(act->db, row.digest, act->now, e) && people_event(act, &event, e);
}

bool token_list(struct db *db, struct arena *a, const char *account, const struct token_line **ret,
                size_t *ret_count, struct err *e)
{
    const struct store_token *rows = NULL;
    size_t count = 0;
    if (!store_tokens(db, a, account, &rows, &count, e)) {
        return false;
    }
    struct token_line *list = ARENA_ARRAY(a, count, struct token_line);
    for (size_t i = 0; i < count; i++) {
        const struct store_token *r = &rows[i];
        list[i] = (struct token_line){r->prefix,     r->account,    r->purpose,   r->scope,
                                      r->created_at, r->expires_at, r->last_used, r->revoked_at};
    }
    *ret = list;
    *ret_count = count;
    return true;
}

bool token_find(struct db *db, struct arena *a, const char *token, int64_t now,
                struct token_found *out, struct err *e)
{
    struct store_token row;
    struct store_account account;
    bool found = false;
    unsigned duties = 0;
    *out = (struct token_found){0};
    if (!token_is_one(token)) {
        return caller_public(db, a, &out->caller, e);
    }
    if (!store_token(db, a, secret_digest(a, token), &row, &found, e) ||
        (found && !store_account(db, a, row.account, &account, &found, e))) {
        return false;
    }
    if (!found || account.disabled_at != 0 || row.revoked_at != 0 || now >= row.expires_at ||
        !token_scope(row.scope, &duties)) {
        return caller_public(db, a, &out->caller, e);
    }
    out->digest = row.digest;
    out->used_due = now - row.last_used >= TOKEN_USED_EVERY;
    if (!account_caller(db, a, &account, &out->caller, e)) {
        return false;
    }
    out->caller.session = arena_printf(a, "token:%s", row.prefix);
    out->caller.duties_limit = duties;
    out->caller.must_change_password = false; // of whoever signs in, not of a machine
    return true;
}

bool token_used(struct db *db, const char *digest, int64_t now, struct err *e)
{
    return store_token_used(db, digest, now, e);
}
