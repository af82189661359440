// Signing in by name and password, the second factor, and signing out.
//
// An account that there is none of, one that is disabled, and a wrong password are answered by the
// same words after the same time (domain/sign_in.h): nobody learns here who has an account.
#include <string.h>

#include "domain/session.h"
#include "domain/sign_in.h"
#include "domain/throttle.h"
#include "web/families.h"
#include "web/fields.h"
#include "web/sign_in.h"
#include "web/sign_on.h"
#include "web/site_own.h"

static const char sign_in_page[] = "sign_in.html";
static const char factor_page[] = "sign_in_second_factor.html";

// Where they wanted to go: of the address, or what the form kept of it; NULL where it says nothing.
static const char *wanted(struct visit *v)
{
    const char *path = http_is_safe(v->req->method) ? visit_query(v, "return")
                                                    : http_posted_value(&v->posted, "return");
    return path == NULL || path[0] == '\0' ? NULL : visit_own_path(v, path);
}

static struct tree *sign_in_tree(struct visit *v)
{
    struct tree *page = visit_tree(v, "Sign in");
    tree_bool(page, "open_record", v->caller.open_record);
    tree_text(page, "return", wanted(v));
    tree_text(page, "saved",
              visit_query(v, "out") != NULL ? "You have signed out of this browser." : NULL);
    field_put(page, &(struct field){.id = "name",
                                    .label = "E-mail address, or account code",
                                    .autocomplete = "username",
                                    .value = visit_posted(v, "name")});
    field_put(page, &(struct field){.id = "password",
                                    .label = "Password",
                                    .type = "password",
                                    .autocomplete = "current-password"});
    return page;
}

struct attempt {
    const struct visit *v;
    const char *name;
    struct sign_in checked; // as it stood when its last step could run again
    struct sign_in in;
};

static bool begin(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct attempt *t = context;
    return sign_in_begin(db, a, t->name, visit_now(t->v), &t->in, e);
}

static bool finish(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct attempt *t = context;
    struct people_act act = visit_act(t->v, db, a);
    t->in = t->checked;
    act.actor = t->in.account == NULL ? act.actor : t->in.account;
    return sign_in_finish(&act, &t->in, visit_session_secret(t->v), visit_label(t->v), e);
}

static void count(const struct visit *v, enum sign_in_outcome outcome)
{
    metrics_add(v->site->options.metrics,
                outcome == SIGN_IN_DONE        ? METRIC_SIGN_IN_DONE
                : outcome == SIGN_IN_THROTTLED ? METRIC_SIGN_IN_THROTTLED
                                               : METRIC_SIGN_IN_FAILED,
                1);
}

static bool take_turn(struct visit *v, struct attempt *t, struct err *e)
{
    if (!visit_write(v, begin, t, e)) {
        return false;
    }
    if (t->in.outcome == SIGN_IN_THROTTLED) {
        return true;
    }
    const char *password = visit_posted_raw(v, "password");
    sign_in_check(&t->in, password, strlen(password));
    t->checked = t->in;
    return visit_write(v, finish, t, e);
}

static bool try_to_sign_in(struct visit *v, struct attempt *t, struct err *e)
{
    t->in.retry_after = throttle_address(v->site->throttle, v->req->address, visit_now(v));
    if (t->in.retry_after > 0) {
        t->in.outcome = SIGN_IN_THROTTLED;
        return true;
    }
    struct throttle_turn *turn = throttle_turn(v->site->throttle, v->arena, t->name);
    bool good = take_turn(v, t, e);
    throttle_turn_end(turn);
    if (good && t->in.outcome == SIGN_IN_DONE) {
        throttle_address_right(v->site->throttle, v->req->address);
    }
    return good;
}

static bool post_sign_in(struct visit *v, struct tree *page, struct err *e)
{
    struct attempt t = {.v = v, .name = visit_posted(v, "name")};
    if (t.name[0] == '\0') {
        visit_error(page, "name", "Enter your e-mail address or account code");
    }
    if (visit_posted_raw(v, "password")[0] == '\0') {
        visit_error(page, "password", "Enter your password");
    }
    if (visit_has_errors(page)) {
        return visit_page(v, sign_in_page, page, e);
    }
    if (!try_to_sign_in(v, &t, e)) {
        return false;
    }
    sign_in_log(&t.in, "password", v->req->id);
    count(v, t.in.outcome);
    if (t.in.outcome == SIGN_IN_DONE) {
        return visit_take_session(v, t.in.secret, wanted(v));
    }
    if (t.in.outcome == SIGN_IN_THROTTLED) {
        return visit_throttled(v, sign_in_page, page, "name", t.in.retry_after, e);
    }
    visit_error(page, "name", "The name and the password do not belong together. Check both");
    return visit_page(v, sign_in_page, page, e);
}

static bool run_sign_in(struct visit *v, struct err *e)
{
    if (http_is_safe(v->req->method) && v->caller.account != NULL) {
        return visit_see_other(v, v->barrier == BARRIER_OPEN ? visit_own_path(v, wanted(v))
                                                             : visit_own_path(v, "/"));
    }
    struct tree *page = sign_in_tree(v);
    if (!sign_on_offer(v, page, wanted(v), e)) {
        return false;
    }
    if (http_is_safe(v->req->method) || v->caller.open_record) {
        return visit_page(v, sign_in_page, page, e);
    }
    return post_sign_in(v, page, e);
}

// ---- the second factor ----

static bool give_code(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct attempt *t = context;
    struct people_act act = visit_act(t->v, db, a);
    const struct secret_key *key = NULL;
    struct session session;
    if (!visit_key(t->v, db, a, &key, e) ||
        !session_find(db, a, visit_session_secret(t->v), act.now, &session, e)) {
        return false;
    }
    if (session.caller.account == NULL || session.need != SESSION_NEEDS_CODE) {
        return err_set(e, ERR_CONFLICT,
                       "Signing in took too long, or was finished elsewhere: start again.");
    }
    return sign_in_second_factor(&act, key, &session, t->name, visit_label(t->v), &t->in, e);
}

static bool post_code(struct visit *v, struct tree *page, struct err *e)
{
    struct attempt t = {.v = v, .name = visit_posted(v, "code")};
    if (t.name[0] == '\0') {
        visit_error(page, "code", "Enter the six-digit code from your app, or a recovery code");
        return visit_page(v, factor_page, page, e);
    }
    if (!visit_write(v, give_code, &t, e)) {
        return false;
    }
    sign_in_log(&t.in, "second factor", v->req->id);
    count(v, t.in.outcome);
    if (t.in.outcome == SIGN_IN_DONE) {
        return visit_take_session(v, t.in.secret, wanted(v));
    }
    if (t.in.outcome == SIGN_IN_THROTTLED) {
        return visit_throttled(v, factor_page, page, "code", t.in.retry_after, e);
    }
    visit_error(page, "code",
                "The code does not fit. Enter the one your app shows now: each is taken once");
    return visit_page(v, factor_page, page, e);
}

static bool run_second_factor(struct visit *v, struct err *e)
{
    if (v->barrier != BARRIER_SECOND_FACTOR) {
        return visit_see_other(v, visit_own_path(v, wanted(v)));
    }
    struct tree *page = visit_tree(v, "Give your second factor");
    tree_text(page, "return", wanted(v));
    field_put(page, &(struct field){.id = "code",
                                    .label = "Code",
                                    .hint = "Six digits, from the authenticator app on your phone.",
                                    .autocomplete = "one-time-code",
                                    .inputmode = "text",
                                    .width = "20"});
    return http_is_safe(v->req->method) ? visit_page(v, factor_page, page, e)
                                        : post_code(v, page, e);
}

// ---- signing out ----

static bool end_session(void *context, struct db *db, struct arena *a, struct err *e)
{
    const struct visit *v = context;
    struct err gone = {.arena = e->arena};
    if (session_end(db, a, v->caller.account, v->session, visit_now(v), &gone) ||
        gone.kind == ERR_ABSENT) { // ended already
        return true;
    }
    *e = gone;
    return false;
}

static bool run_sign_out(struct visit *v, struct err *e)
{
    if (http_is_safe(v->req->method)) {
        return visit_page(v, "sign_out.html", visit_tree(v, "Sign out"), e);
    }
    if (v->session != NULL && !visit_write(v, end_session, v, e)) {
        return false;
    }
    visit_forget_session(v);
    return visit_see_other(v, "/sign-in?out=yes");
}

const struct action_route sign_in_actions[] = {
    {.path = "/sign-in",
     .methods = METHODS_FORM,
     .duty = DUTY_COUNT,
     .manner = ACTION_EARLY,
     .body_max = 16 << 10,
     .run = run_sign_in,
     .template_name = sign_in_page,
     .about = "Signing in by e-mail address or account code, and password."},
    {.path = "/sign-in/second-factor",
     .methods = METHODS_FORM,
     .duty = DUTY_COUNT,
     .needs_sign_in = true,
     .manner = ACTION_EARLY,
     .body_max = 16 << 10,
     .run = run_second_factor,
     .template_name = factor_page,
     .about = "The code of an authenticator app, or a recovery code, after the password."},
    {.path = "/sign-out",
     .methods = METHODS_FORM,
     .duty = DUTY_COUNT,
     .needs_sign_in = true,
     .manner = ACTION_EARLY,
     .body_max = 16 << 10,
     .run = run_sign_out,
     .template_name = "sign_out.html",
     .about = "Signing out: the session ends here, and the browser drops what it kept."},
};
const size_t sign_in_action_count = sizeof sign_in_actions / sizeof sign_in_actions[0];
