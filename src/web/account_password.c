// Changing one's password: the present one is asked for, every session ends, and this browser gets
// a new one (V7.2.4, V7.4.3).
#include <string.h>

#include "domain/account.h"
#include "domain/password.h"
#include "domain/session.h"
#include "web/account_parts.h"
#include "web/fields.h"

static const char form_page[] = "account_form.html";

struct change {
    const struct visit *v;
    const char *hash;
    const char *const *known;
    struct account account;
    const char *secret; // of the new session
};

static bool read_known(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct change *c = context;
    const char *code = c->v->caller.account;
    return account_read(db, a, code, &c->account, e) && password_known(db, a, code, &c->known, e);
}

static bool set(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct change *c = context;
    const struct visit *v = c->v;
    struct people_act act = visit_act(v, db, a);
    return account_set_password(&act, v->caller.account, c->hash, false, NULL, e) &&
           session_start(&act, v->caller.account,
                         v->caller.second_factor_done && c->account.has_second_factor,
                         visit_label(v), &c->secret, e);
}

static struct tree *form(struct visit *v)
{
    bool must = v->caller.must_change_password;
    struct tree *page = visit_tree(v, must ? "Choose your own password" : "Change your password");
    tree_text(page, "intro",
              must ? "Your password was set by somebody else. Choose one that only you know, "
                     "before you go on."
                   : "All your other sessions end, on every device.");
    if (!must) {
        account_back(page);
    }
    field_put(page, &(struct field){.id = "current",
                                    .label = "Present password",
                                    .type = "password",
                                    .autocomplete = "current-password"});
    field_put(page,
              &(struct field){.id = "new",
                              .label = "New password",
                              .hint = "At least 8 characters; 15 or more are better, such as four "
                                      "words that have nothing to do with one another. Pasting "
                                      "from a password manager works.",
                              .type = "password",
                              .autocomplete = "new-password"});
    return page;
}

// Whether the new one will do; otherwise the page says why it will not.
static bool judge_new(struct visit *v, const struct change *c, struct tree *page)
{
    const char *password = visit_posted_raw(v, "new");
    struct err why = {.arena = v->arena};
    if (password[0] == '\0') {
        visit_error(page, "new", "Enter a new password");
    } else if (strcmp(password, visit_posted_raw(v, "current")) == 0) {
        visit_error(page, "new", "Enter a password other than the present one");
    } else if (!password_will_do(v->arena, password, strlen(password), c->known, &why)) {
        visit_error(page, "new", why.message);
    }
    return !visit_has_errors(page);
}

bool account_run_password(struct visit *v, struct err *e)
{
    struct change c = {.v = v};
    struct tree *page = form(v);
    if (http_is_safe(v->req->method)) {
        return visit_page(v, form_page, page, e);
    }
    bool right = false;
    if (!visit_read(v, read_known, &c, e)) {
        return false;
    }
    if (!judge_new(v, &c, page)) {
        return visit_page(v, form_page, page, e);
    }
    if (!account_check_current(v, page, form_page, &right, e) || !right) {
        return v->res->body != NULL; // the page says what is wrong
    }
    const char *password = visit_posted_raw(v, "new");
    if (!password_hash(v->arena, password, strlen(password), &c.hash, e) ||
        !visit_write(v, set, &c, e)) {
        return false;
    }
    return visit_take_session(v, c.secret,
                              v->caller.must_change_password ? "/" : "/account?done=password");
}
