#include "domain/session.h"

#include <string.h>

#include "base/grow.h"
#include "domain/account_rows.h"
#include "domain/secret.h"
#include "domain/session_start.h"
#include "domain/settings.h"

enum { DIGEST_SHOWN = 16, KEPT_SECONDS = 86400, DAY_SECONDS = 86400 };

struct limits {
    int64_t idle, absolute; // seconds
    bool second_factor;     // is required
};

static bool read_limits(struct db *db, struct arena *a, struct limits *out, struct err *e)
{
    int64_t minutes = 0, hours = 0;
    if (!setting_number(db, a, "idle_minutes", &minutes, e) ||
        !setting_number(db, a, "absolute_hours", &hours, e) ||
        !setting_yes(db, a, "require_second_factor", &out->second_factor, e)) {
        return false;
    }
    out->idle = minutes * 60;
    out->absolute = hours * 3600;
    return true;
}

// A session that began before the account had a second factor must show it like any other.
static enum session_need need_of(const struct limits *l, const struct store_session *s,
                                 bool has_factor)
{
    if (strcmp(s->factor, SESSION_FACTOR_DONE) == 0) {
        return SESSION_WHOLE;
    }
    if (has_factor) {
        return SESSION_NEEDS_CODE;
    }
    return l->second_factor ? SESSION_NEEDS_ENROLMENT : SESSION_WHOLE;
}

static int64_t ends_at(const struct limits *l, const struct store_session *s,
                       enum session_need need)
{
    int64_t idle = s->last_seen + l->idle, absolute = s->created_at + l->absolute;
    int64_t end = idle < absolute ? idle : absolute;
    int64_t half = s->created_at + SESSION_HALF_DONE;
    return need == SESSION_NEEDS_CODE && half < end && strcmp(s->factor, SESSION_FACTOR_NEEDED) == 0
               ? half
               : end;
}

bool session_find(struct db *db, struct arena *a, const char *secret, int64_t now,
                  struct session *out, struct err *e)
{
    struct store_session row;
    struct store_account account;
    struct limits limits;
    bool found = false;
    *out = (struct session){0};
    if (secret == NULL || strlen(secret) != SECRET_TEXT) {
        return caller_public(db, a, &out->caller, e);
    }
    if (!store_session(db, a, secret_digest(a, secret), &row, &found, e) ||
        (found && !store_account(db, a, row.account, &account, &found, e)) ||
        !read_limits(db, a, &limits, e)) {
        return false;
    }
    enum session_need need =
        found ? need_of(&limits, &row, account.totp_secret != NULL) : SESSION_WHOLE;
    if (!found || account.disabled_at != 0 || row.ended_at != 0 ||
        now >= ends_at(&limits, &row, need)) {
        return caller_public(db, a, &out->caller, e);
    }
    out->need = need;
    out->digest = row.digest;
    out->csrf = row.csrf;
    out->ends_at = ends_at(&limits, &row, need);
    out->seen_due = now - row.last_seen >= SESSION_SEEN_EVERY;
    if (!account_caller(db, a, &account, &out->caller, e)) {
        return false;
    }
    out->caller.session = arena_textn(a, row.digest, DIGEST_SHOWN);
    out->caller.second_factor_done = need == SESSION_WHOLE;
    return true;
}

bool session_seen(struct db *db, const char *digest, int64_t now, struct err *e)
{
    return store_session_seen(db, digest, now, e);
}

// ---- starting ----

bool session_new(const struct people_act *act, const char *account, const char *factor,
                 const char *label, const char **ret_secret, struct err *e)
{
    const char *secret = secret_random(act->arena);
    const struct store_session row = {.digest = secret_digest(act->arena, secret),
                                      .account = account,
                                      .factor = factor,
                                      .label = label == NULL ? "" : label,
                                      .csrf = secret_random(act->arena),
                                      .created_at = act->now,
                                      .last_seen = act->now};
    *ret_secret = secret;
    return store_session_add(act->db, &row, e);
}

bool session_start(const struct people_act *act, const char *account, bool second_factor,
                   const char *label, const char **ret_secret, struct err *e)
{
    struct store_account row;
    if (!account_row(act, account, &row, e)) {
        return false;
    }
    if (row.disabled_at != 0) {
        return err_set(e, ERR_DENIED,
                       "The account \"%s\" is disabled; ask your administrator to enable it.",
                       account);
    }
    row.signed_in_at = act->now;
    const char *factor = second_factor             ? SESSION_FACTOR_DONE
                         : row.totp_secret != NULL ? SESSION_FACTOR_NEEDED
                                                   : SESSION_FACTOR_NONE;
    return store_account_put(act->db, &row, e) &&
           session_new(act, account, factor, label, ret_secret, e);
}

bool session_renew(const struct people_act *act, const struct session *session, const char *label,
                   const char **ret_secret, struct err *e)
{
    struct store_session row;
    bool found = false;
    if (!store_session(act->db, act->arena, session->digest, &row, &found, e)) {
        return false;
    }
    if (!found || row.ended_at != 0) { // meanwhile
        return err_set(e, ERR_DENIED, "Your session has ended; sign in again.");
    }
    return store_session_end(act->db, session->digest, act->now, e) &&
           session_new(act, session->caller.account, SESSION_FACTOR_DONE, label, ret_secret, e);
}

// ---- those there are, and their end ----

bool session_list(struct db *db, struct arena *a, const char *account, int64_t now,
                  const struct session_line **ret, size_t *ret_count, struct err *e)
{
    const struct store_session *rows = NULL;
    struct store_account owner;
    struct limits limits;
    size_t count = 0, listed = 0;
    bool found = false;
    if (!store_account(db, a, account, &owner, &found, e) || !read_limits(db, a, &limits, e) ||
        !store_sessions_of(db, a, account, &rows, &count, e)) {
        return false;
    }
    struct session_line *list = ARENA_ARRAY(a, count, struct session_line);
    for (size_t i = 0; i < count && found && owner.disabled_at == 0; i++) {
        enum session_need need = need_of(&limits, &rows[i], owner.totp_secret != NULL);
        int64_t end = ends_at(&limits, &rows[i], need);
        if (now < end) {
            list[listed++] = (struct session_line){
                rows[i].digest, rows[i].label, rows[i].created_at, rows[i].last_seen, end, need};
        }
    }
    *ret = list;
    *ret_count = listed;
    return true;
}

bool session_end(struct db *db, struct arena *a, const char *account, const char *digest,
                 int64_t now, struct err *e)
{
    const struct store_session *rows = NULL;
    size_t count = 0, length = strlen(digest);
    if (!store_sessions_of(db, a, account, &rows, &count, e)) {
        return false;
    }
    for (size_t i = 0; i < count && length >= DIGEST_SHOWN; i++) {
        if (strncmp(rows[i].digest, digest, length) == 0) {
            return store_session_end(db, rows[i].digest, now, e);
        }
    }
    return err_set(e, ERR_ABSENT, "This session of \"%s\" has ended already.", account);
}

bool session_end_all(const struct people_act *act, const char *account, const char *keep,
                     size_t *ret_ended, struct err *e)
{
    struct store_account row;
    if (!account_row(act, account, &row, e) ||
        !store_session_end_all(act->db, account, keep, act->now, ret_ended, e)) {
        return false;
    }
    const struct people_field field = {"sessions_ended", NULL,
                                       arena_printf(act->arena, "%zu", *ret_ended), false};
    const struct people_event event = {"change", "account", {account}, &field, 1};
    return *ret_ended == 0 || people_event(act, &event, e);
}

bool session_forget(struct db *db, int64_t now, struct err *e)
{
    return store_session_forget(db, now - KEPT_SECONDS, now - 2 * DAY_SECONDS, e);
}

// ---- what it is called ----

struct family {
    const char *mark, *name;
};

static const char *family_of(const struct family *families, size_t count, const char *user_agent)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(user_agent, families[i].mark) != NULL) {
            return families[i].name;
        }
    }
    return NULL;
}

const char *session_label(struct arena *a, const char *user_agent)
{
    // In this order: most of them claim to be the ones behind them as well.
    static const struct family browsers[] = {
        {"Edg/", "Edge"},        {"EdgA/", "Edge"},     {"OPR/", "Opera"},
        {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"SamsungBrowser/", "Samsung Internet"},
        {"CriOS/", "Chrome"},    {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
        {"curl/", "curl"}};
    static const struct family systems[] = {{"Windows", "Windows"},  {"Android", "Android"},
                                            {"iPhone", "an iPhone"}, {"iPad", "an iPad"},
                                            {"Mac OS X", "a Mac"},   {"CrOS", "a Chromebook"},
                                            {"Linux", "Linux"}};
    const char *agent = user_agent == NULL ? "" : user_agent;
    const char *browser = family_of(browsers, COUNT_OF(browsers), agent);
    const char *system = family_of(systems, COUNT_OF(systems), agent);
    browser = browser == NULL ? "Unknown browser" : browser;
    return system == NULL ? browser : arena_printf(a, "%s on %s", browser, system);
}
