// Setting up the second factor: first the secret goes into an app, then the app's code shows that
// it is there. Only with that code, and the password, does it come into force; so neither an
// abandoned attempt nor somebody at an unlocked screen changes anything.
#include <string.h>

#include "domain/account.h"
#include "domain/second_factor.h"
#include "domain/session.h"
#include "web/account_parts.h"
#include "web/fields.h"

static const char factor_page[] = "account_second_factor.html";
static const char issuer[] = "Goldthread";

struct factor {
    const struct visit *v;
    struct account account;
    bool pending;
    struct second_factor_new fresh;
    bool taken;
    const char *const *recovery;
    const char *secret; // of the new session
};

static bool read_factor(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct factor *f = context;
    const struct secret_key *key = NULL;
    const char *code = f->v->caller.account;
    if (!account_read(db, a, code, &f->account, e) || !visit_key(f->v, db, a, &key, e)) {
        return false;
    }
    f->pending = false;
    return key == NULL ||
           second_factor_pending(db, a, key, code, issuer, &f->pending, &f->fresh, e);
}

static bool begin(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct factor *f = context;
    const struct secret_key *key = NULL;
    struct people_act act = visit_act(f->v, db, a);
    return visit_key_make(f->v, &act, &key, e) &&
           second_factor_begin(&act, key, f->v->caller.account, issuer, &f->fresh, e);
}

static bool confirm(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct factor *f = context;
    const struct visit *v = f->v;
    const char *code = v->caller.account;
    const struct secret_key *key = NULL;
    struct people_act act = visit_act(v, db, a);
    size_t ended = 0;
    return visit_key(v, db, a, &key, e) &&
           second_factor_confirm(&act, key, code, visit_posted(v, "code"), &f->taken, &f->recovery,
                                 e) &&
           (!f->taken || (session_end_all(&act, code, NULL, &ended, e) &&
                          session_start(&act, code, true, visit_label(v), &f->secret, e)));
}

static bool renew_codes(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct factor *f = context;
    struct people_act act = visit_act(f->v, db, a);
    return second_factor_recovery(&act, f->v->caller.account, &f->recovery, e);
}

// Somebody who has just signed in by it is not asked for the password again.
static bool asks_password(const struct factor *f)
{
    return f->account.has_password && f->v->barrier == BARRIER_OPEN;
}

static struct tree *form(struct visit *v, const struct factor *f)
{
    bool has = f->account.has_second_factor;
    struct tree *page = visit_tree(v, has ? "Your second factor" : "Set up a second factor");
    tree_bool(page, "demanded", v->barrier == BARRIER_ENROL);
    tree_bool(page, "has", has);
    tree_bool(page, "none", !has);
    tree_bool(page, "pending", f->pending);
    tree_int(page, "recovery_left", (int64_t)f->account.recovery_left);
    tree_text(page, "secret", f->pending ? f->fresh.secret : NULL);
    tree_text(page, "uri", f->pending ? f->fresh.uri : NULL);
    tree_bool(page, "codes", false);
    if (v->barrier == BARRIER_OPEN) {
        account_back(page);
    }
    if (f->pending) {
        field_put(page, &(struct field){.id = "code",
                                        .label = "Code that the app shows now",
                                        .hint = "Six digits.",
                                        .autocomplete = "one-time-code",
                                        .inputmode = "numeric",
                                        .width = "10"});
    }
    if (asks_password(f) && (f->pending || has)) {
        field_put(page, &(struct field){.id = "current",
                                        .label = "Present password",
                                        .type = "password",
                                        .autocomplete = "current-password"});
    }
    return page;
}

static bool show_codes(struct visit *v, const struct factor *f, struct err *e)
{
    struct tree *page = visit_tree(v, "Keep your recovery codes");
    tree_bool(page, "codes", true);
    struct tree *list = tree_list(page, "recovery");
    for (size_t i = 0; f->recovery[i] != NULL; i++) {
        tree_text(list, NULL, f->recovery[i]);
    }
    if (f->secret != NULL) {
        visit_set_session(v, f->secret);
    }
    return visit_page(v, factor_page, page, e);
}

// What comes behind the password: the code, or new recovery codes.
static bool go_on(struct visit *v, struct factor *f, struct tree *page, struct err *e)
{
    bool renew = strcmp(visit_posted(v, "step"), "recovery") == 0;
    if (!visit_write(v, renew ? renew_codes : confirm, f, e)) {
        return account_refused(page, NULL, e) && visit_page(v, factor_page, page, e);
    }
    if (!renew && !f->taken) {
        visit_error(page, "code",
                    "The code does not fit. Enter the one the app shows now, and "
                    "check that the phone's clock is right");
        return visit_page(v, factor_page, page, e);
    }
    return show_codes(v, f, e);
}

bool account_run_factor(struct visit *v, struct err *e)
{
    struct factor f = {.v = v};
    if (!visit_read(v, read_factor, &f, e)) {
        return false;
    }
    struct tree *page = form(v, &f);
    if (http_is_safe(v->req->method)) {
        return visit_page(v, factor_page, page, e);
    }
    const char *step = visit_posted(v, "step");
    if (strcmp(step, "begin") == 0) {
        return visit_write(v, begin, &f, e) && visit_see_other(v, "/account/second-factor");
    }
    if (strcmp(step, "confirm") == 0 && visit_posted(v, "code")[0] == '\0') {
        visit_error(page, "code", "Enter the six digits that the app shows");
        return visit_page(v, factor_page, page, e);
    }
    bool right = !asks_password(&f);
    if (!right && !account_check_current(v, page, factor_page, &right, e)) {
        return false;
    }
    return right ? go_on(v, &f, page, e) : true;
}
