// "Your account": who one is here, one's sessions, and the ways to what can be changed.
#include <string.h>

#include "domain/account.h"
#include "domain/session.h"
#include "domain/token.h"
#include "web/account_parts.h"
#include "web/families.h"
#include "web/fields.h"

static const char account_page[] = "account.html";

struct mine {
    const struct visit *v;
    struct account account;
    const struct session_line *sessions;
    size_t session_count;
    const struct token_line *tokens;
    size_t token_count;
};

static bool read_mine(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct mine *m = context;
    const char *code = m->v->caller.account;
    return account_read(db, a, code, &m->account, e) &&
           session_list(db, a, code, visit_now(m->v), &m->sessions, &m->session_count, e) &&
           token_list(db, a, code, &m->tokens, &m->token_count, e);
}

static void put_sessions(const struct visit *v, const struct mine *m, struct tree *page)
{
    struct tree *list = tree_list(page, "sessions");
    for (size_t i = 0; i < m->session_count; i++) {
        const struct session_line *s = &m->sessions[i];
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "id", arena_textn(v->arena, s->digest, 16));
        tree_text(item, "label", s->label);
        tree_text(item, "since", account_time(v->arena, s->created_at));
        tree_text(item, "seen", account_time(v->arena, s->last_seen));
        tree_bool(item, "this", v->session != NULL && strcmp(s->digest, v->session) == 0);
        tree_bool(item, "unfinished", s->need != SESSION_WHOLE);
    }
    tree_bool(page, "other_sessions", m->session_count > 1);
}

static const char *done_words(const struct visit *v)
{
    static const struct {
        const char *done, *words;
    } all[] = {
        {"name", "Your name is changed."},
        {"password", "Your password is changed. Your other sessions have ended."},
        {"factor", "Your second factor is in force. Your other sessions have ended."},
        {"session", "The session has ended."},
        {"sessions", "Your other sessions have ended."},
        {"token", "The token is revoked: nobody gets in with it any more."},
    };
    const char *done = visit_query(v, "done");
    for (size_t i = 0; done != NULL && i < COUNT_OF(all); i++) {
        if (strcmp(all[i].done, done) == 0) {
            return all[i].words;
        }
    }
    return NULL;
}

static bool run_account(struct visit *v, struct err *e)
{
    struct mine m = {.v = v};
    if (!visit_read(v, read_mine, &m, e)) {
        return false;
    }
    struct tree *page = visit_tree(v, "Your account");
    tree_text(page, "saved", done_words(v));
    tree_text(page, "name", m.account.name);
    tree_text(page, "code", m.account.code);
    tree_text(page, "email", m.account.email);
    tree_bool(page, "has_password", m.account.has_password);
    tree_text(page, "password_since", account_time(v->arena, m.account.password_at));
    tree_bool(page, "has_second_factor", m.account.has_second_factor);
    tree_int(page, "recovery_left", (int64_t)m.account.recovery_left);
    account_put_grants(v, page, &m.account);
    put_sessions(v, &m, page);
    account_put_tokens(page, m.tokens, m.token_count, visit_now(v));
    tree_bool(page, "keeps_accounts", (v->duties & DUTY_BIT(DUTY_ACCOUNTS)) != 0);
    return visit_page(v, account_page, page, e);
}

// ---- one's name ----

static bool rename_me(void *context, struct db *db, struct arena *a, struct err *e)
{
    const struct visit *v = context;
    struct people_act act = visit_act(v, db, a);
    return account_rename(&act, v->caller.account, visit_posted(v, "full-name"), NULL, e);
}

static bool run_name(struct visit *v, struct err *e)
{
    bool asked = http_is_safe(v->req->method);
    struct tree *page = visit_tree(v, "Change your name");
    account_back(page);
    field_put(page,
              &(struct field){.id = "full-name",
                              .label = "Your name, or your post",
                              .hint = "As others read it beside what you change.",
                              .autocomplete = "name",
                              .value = asked ? v->caller.name : visit_posted(v, "full-name")});
    if (asked) {
        return visit_page(v, "account_form.html", page, e);
    }
    if (visit_posted(v, "full-name")[0] == '\0') {
        visit_error(page, "full-name", "Enter your name or your post");
        return visit_page(v, "account_form.html", page, e);
    }
    return account_write(v, rename_me, v, page, "full-name", "account_form.html",
                         "/account?done=name", e);
}

// ---- ending sessions ----

static bool end_sessions(void *context, struct db *db, struct arena *a, struct err *e)
{
    const struct visit *v = context;
    const char *one = visit_posted(v, "session");
    struct people_act act = visit_act(v, db, a);
    if (one[0] != '\0') {
        struct err gone = {.arena = e->arena};
        if (session_end(db, a, v->caller.account, one, act.now, &gone) ||
            gone.kind == ERR_ABSENT) { // ended already, or not one's own: the list shows it
            return true;
        }
        *e = gone;
        return false;
    }
    size_t ended = 0;
    return session_end_all(&act, v->caller.account, v->session, &ended, e);
}

static bool run_sessions(struct visit *v, struct err *e)
{
    bool one = visit_posted(v, "session")[0] != '\0';
    return visit_write(v, end_sessions, v, e) &&
           visit_see_other(v, one ? "/account?done=session#sessions"
                                  : "/account?done=sessions#sessions");
}

const struct action_route account_actions[] = {
    {.path = "/account",
     .methods = METHODS_PAGE,
     .duty = DUTY_COUNT,
     .needs_sign_in = true,
     .run = run_account,
     .template_name = account_page,
     .about = "Your account: roles, sessions, password, second factor, tokens."},
    {.path = "/account/name",
     .methods = METHODS_FORM,
     .duty = DUTY_COUNT,
     .needs_sign_in = true,
     .run = run_name,
     .template_name = "account_form.html",
     .about = "Changing the name others read beside what one changes."},
    {.path = "/account/sessions",
     .methods = METHODS_POST,
     .duty = DUTY_COUNT,
     .needs_sign_in = true,
     .run = run_sessions,
     .about = "Ends one of one's own sessions, or all but this one."},
    {.path = "/account/password",
     .methods = METHODS_FORM,
     .duty = DUTY_COUNT,
     .needs_sign_in = true,
     .manner = ACTION_UNFINISHED,
     .run = account_run_password,
     .template_name = "account_form.html",
     .about = "Changing one's password; asks for the present one."},
    {.path = "/account/second-factor",
     .methods = METHODS_FORM,
     .duty = DUTY_COUNT,
     .needs_sign_in = true,
     .manner = ACTION_UNFINISHED,
     .run = account_run_factor,
     .template_name = "account_second_factor.html",
     .about = "Setting up or replacing one's second factor; recovery codes."},
    {.path = "/account/tokens",
     .methods = METHODS_FORM,
     .duty = DUTY_COUNT,
     .needs_sign_in = true,
     .run = account_run_tokens,
     .template_name = "account_tokens.html",
     .about = "Making and revoking one's own API tokens."},
};
const size_t account_action_count = sizeof account_actions / sizeof account_actions[0];
