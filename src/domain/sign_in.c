#include "domain/sign_in.h"

#include <string.h>

#include "base/log.h"
#include "domain/account_rows.h"
#include "domain/password.h"
#include "domain/second_factor_check.h"
#include "domain/session_start.h"
#include "domain/throttle.h"

enum { NAME_MAX_BYTES = 320 };

// ---- a password ----

static bool find_account(struct db *db, struct arena *a, const char *name,
                         struct store_account *out, bool *ret_found, struct err *e)
{
    const char *code = NULL;
    *ret_found = false;
    if (strlen(name) > NAME_MAX_BYTES) {
        return true;
    }
    if (!store_account(db, a, name, out, ret_found, e) || *ret_found) {
        return e->kind == ERR_NONE;
    }
    return account_by_email(db, a, name, &code, e) &&
           (code == NULL || store_account(db, a, code, out, ret_found, e));
}

static bool begin(struct db *db, const char *what, int64_t now, struct sign_in *out, struct err *e)
{
    unsigned wait = 0;
    out->what = what;
    if (!throttle_guess(db, what, now, &wait, e)) {
        return false;
    }
    out->retry_after = wait;
    out->outcome = wait > 0 ? SIGN_IN_THROTTLED : SIGN_IN_PENDING;
    return true;
}

bool sign_in_begin(struct db *db, struct arena *a, const char *name, int64_t now,
                   struct sign_in *out, struct err *e)
{
    struct store_account row;
    bool found = false;
    *out = (struct sign_in){0};
    if (!find_account(db, a, name, &row, &found, e)) {
        return false;
    }
    // One count for an account, by whichever of its names it is tried.
    size_t length = strnlen(name, NAME_MAX_BYTES);
    const char *what = found ? throttle_what(a, "account", row.code)
                             : throttle_what(a, "name", arena_textn(a, name, length));
    if (found) {
        out->account = row.code;
        out->hash = row.disabled_at == 0 ? row.password : NULL;
    }
    return begin(db, what, now, out, e);
}

bool sign_in_begin_again(struct db *db, struct arena *a, const char *account, int64_t now,
                         struct sign_in *out, struct err *e)
{
    struct store_account row;
    bool found = false;
    *out = (struct sign_in){.account = account};
    if (!store_account(db, a, account, &row, &found, e)) {
        return false;
    }
    out->hash = found && row.disabled_at == 0 ? row.password : NULL;
    return begin(db, throttle_what(a, "account", account), now, out, e);
}

void sign_in_check(struct sign_in *s, const char *password, size_t length)
{
    if (s->outcome == SIGN_IN_PENDING) {
        s->right = password_fits(s->hash, password,
                                 length > PASSWORD_BYTES_MAX ? PASSWORD_BYTES_MAX + 1 : length);
        s->outcome = s->right ? SIGN_IN_PENDING : SIGN_IN_WRONG;
    }
}

bool sign_in_finish(const struct people_act *act, struct sign_in *s, const char *old_secret,
                    const char *label, struct err *e)
{
    struct store_account row;
    bool found = false;
    if (s->outcome != SIGN_IN_PENDING || !s->right) {
        return true;
    }
    if (!store_account(act->db, act->arena, s->account, &row, &found, e)) {
        return false;
    }
    // Disabled or given another password while it was hashed.
    if (!found || row.disabled_at != 0 || row.password == NULL ||
        strcmp(row.password, s->hash) != 0) {
        s->outcome = SIGN_IN_WRONG;
        return true;
    }
    if (!throttle_forget(act->db, s->what, e) ||
        (old_secret != NULL &&
         !store_session_end(act->db, secret_digest(act->arena, old_secret), act->now, e)) ||
        !session_start(act, row.code, false, label, &s->secret, e)) {
        return false;
    }
    struct session made;
    if (!session_find(act->db, act->arena, s->secret, act->now, &made, e)) {
        return false;
    }
    s->need = made.need;
    s->outcome = SIGN_IN_DONE;
    return true;
}

bool sign_in_again(struct db *db, struct sign_in *s, struct err *e)
{
    if (s->outcome == SIGN_IN_PENDING && s->right) {
        s->outcome = SIGN_IN_DONE;
        return throttle_forget(db, s->what, e);
    }
    return true;
}

// ---- the second factor ----

bool sign_in_second_factor(const struct people_act *act, const struct secret_key *key,
                           const struct session *session, const char *code, const char *label,
                           struct sign_in *out, struct err *e)
{
    const char *account = session->caller.account;
    *out = (struct sign_in){.account = account};
    if (!begin(act->db, throttle_what(act->arena, "factor", account), act->now, out, e)) {
        return false;
    }
    if (out->outcome == SIGN_IN_THROTTLED) {
        return true;
    }
    if (!second_factor_check(act, key, account, code, &out->right, e)) {
        return false;
    }
    out->outcome = out->right ? SIGN_IN_DONE : SIGN_IN_WRONG;
    return !out->right || (throttle_forget(act->db, out->what, e) &&
                           session_renew(act, session, label, &out->secret, e));
}

void sign_in_log(const struct sign_in *s, const char *how, const char *request)
{
    static const char *const events[] = {[SIGN_IN_PENDING] = "sign_in_failed",
                                         [SIGN_IN_DONE] = "sign_in_done",
                                         [SIGN_IN_WRONG] = "sign_in_failed",
                                         [SIGN_IN_THROTTLED] = "sign_in_throttled"};
    log_event(s->outcome == SIGN_IN_DONE ? LOG_INFO : LOG_WARNING, events[s->outcome], "account",
              s->account, "how", how, "request", request, NULL);
}
