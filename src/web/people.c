// Accounts, for administrators: the list, making one, what is granted to everybody, settings.
//
// Whoever administers one organisation of several sees the accounts with a role in it, and changes
// those that have roles in no other (people_may_see, people_may_change).
#include <string.h>

#include "domain/password.h"
#include "domain/settings.h"
#include "web/families.h"
#include "web/fields.h"
#include "web/people_parts.h"

// ---- the list ----

struct listing {
    const struct account *accounts;
    size_t count;
    const struct grant *open;
    size_t open_count;
};

static bool read_list(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct listing *l = context;
    return account_list(db, a, &l->accounts, &l->count, e) &&
           account_public_grants(db, a, &l->open, &l->open_count, e);
}

static const char *state_of(const struct account *account)
{
    return account->disabled      ? "disabled"
           : account->must_change ? "has a first password to change"
                                  : NULL;
}

static void put_account(const struct visit *v, struct tree *list, const struct account *account)
{
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "name", account->name);
    tree_text(item, "code", account->code);
    tree_text(item, "href", people_href(v->arena, account->code));
    tree_text(item, "state", state_of(account));
    const char *seen = account_time(v->arena, account->signed_in_at);
    tree_text(item, "seen", seen == NULL ? "never" : seen);
    tree_text(item, "factor", account->has_second_factor ? "yes" : "no");
    account_put_grants(v, item, account);
}

static bool run_people(struct visit *v, struct err *e)
{
    struct listing l = {0};
    if (!visit_read(v, read_list, &l, e)) {
        return false;
    }
    struct tree *page = visit_tree(v, "Accounts");
    tree_text(page, "saved", people_done(v));
    struct tree *list = tree_list(page, "accounts");
    for (size_t i = 0; i < l.count; i++) {
        if (people_may_see(&v->caller, &l.accounts[i])) {
            put_account(v, list, &l.accounts[i]);
        }
    }
    tree_int(page, "count", (int64_t)list->count);
    tree_bool(page, "any_open", l.open_count > 0);
    account_back(page);
    return visit_page(v, "people.html", page, e);
}

// ---- a new account ----

struct making {
    const struct visit *v;
    const char *hash;
};

static bool add(void *context, struct db *db, struct arena *a, struct err *e)
{
    const struct making *m = context;
    const struct visit *v = m->v;
    struct people_act act = visit_act(v, db, a);
    const char *email = visit_posted(v, "email");
    const struct account_new fresh = {.code = visit_posted(v, "code"),
                                      .name = visit_posted(v, "full-name"),
                                      .email = email[0] == '\0' ? NULL : email,
                                      .password_hash = m->hash,
                                      .must_change = m->hash != NULL};
    return account_add(&act, &fresh, e);
}

static struct tree *new_form(struct visit *v)
{
    struct tree *page = visit_tree(v, "Add an account");
    people_back(page);
    field_put(page, &(struct field){.id = "full-name",
                                    .label = "Name, or post",
                                    .autocomplete = "off",
                                    .value = visit_posted(v, "full-name")});
    field_put(page, &(struct field){.id = "email",
                                    .label = "E-mail address (optional)",
                                    .hint = "They may sign in by it. Nothing is sent to it.",
                                    .type = "email",
                                    .autocomplete = "off",
                                    .value = visit_posted(v, "email")});
    field_put(page, &(struct field){.id = "code",
                                    .label = "Account code",
                                    .hint = "Small letters, digits and - . _ @. It stands in the "
                                            "audit trail for good.",
                                    .autocomplete = "off",
                                    .width = "20",
                                    .value = visit_posted(v, "code")});
    struct tree *how =
        field_put_choices(page, &(struct field){.id = "how", .label = "How they sign in"});
    const char *chosen = visit_posted(v, "how");
    field_option(how, "password", "By a password: a first one is made now", chosen);
    field_option(how, "sign-on", "By the council’s sign-on only", chosen);
    return page;
}

static bool run_new(struct visit *v, struct err *e)
{
    struct tree *page = new_form(v);
    if (http_is_safe(v->req->method)) {
        return visit_page(v, "account_form.html", page, e);
    }
    if (visit_posted(v, "full-name")[0] == '\0') {
        visit_error(page, "full-name", "Enter the name or the post");
    }
    if (visit_posted(v, "code")[0] == '\0') {
        visit_error(page, "code", "Enter an account code, such as head-of-housing");
    }
    if (visit_has_errors(page)) {
        return visit_page(v, "account_form.html", page, e);
    }
    struct making m = {.v = v};
    const char *password = NULL;
    if (strcmp(visit_posted(v, "how"), "sign-on") != 0 &&
        !people_first_password(v, &password, &m.hash, e)) {
        return false;
    }
    if (!visit_write(v, add, &m, e)) {
        return account_refused(page, "code", e) && visit_page(v, "account_form.html", page, e);
    }
    const char *code = visit_posted(v, "code");
    return password == NULL ? visit_see_other(v, people_href(v->arena, code))
                            : people_show_password(v, code, password, e);
}

// ---- settings ----

struct settings {
    const struct visit *v;
    const struct setting *list;
    size_t count;
    const char *fault; // the one that was refused
};

static bool read_settings(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct settings *s = context;
    return setting_list(db, a, &s->list, &s->count, e);
}

// In the order of their weight. The file of the sign-on
// service's secret is named at the machine only: a page must not choose which files are read.
static const struct shown {
    const char *name, *title, *width;
    bool yes_no;
} shown[] = {
    {"require_second_factor", "A second factor for everybody", NULL, true},
    {"idle_minutes", "Minutes until an idle session ends", "4", false},
    {"absolute_hours", "Hours until every session ends", "4", false},
    {"security_contact", "Whom to tell of a hole in security (optional)", NULL, false},
    {"oidc_name", "Sign-on service: words of the button (optional)", "20", false},
    {"oidc_issuer", "Sign-on service: address (optional)", NULL, false},
    {"oidc_client_id", "Sign-on service: our client ID (optional)", NULL, false},
    {"oidc_match_email", "Sign-on service: find accounts by e-mail address", NULL, true},
    {"oidc_second_factor", "Sign-on service: asks for the second factor itself", NULL, true},
};

static const struct setting *setting_of(const struct settings *s, const char *name)
{
    for (size_t i = 0; i < s->count; i++) {
        if (strcmp(s->list[i].name, name) == 0) {
            return &s->list[i];
        }
    }
    return NULL;
}

static bool put_settings(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct settings *s = context;
    struct people_act act = visit_act(s->v, db, a);
    if (!read_settings(s, db, a, e)) {
        return false;
    }
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        const struct setting *now = setting_of(s, shown[i].name);
        bool sent = now != NULL && http_posted_value(&s->v->posted, now->name) != NULL;
        const char *value = sent ? visit_posted(s->v, now->name) : NULL;
        if (!sent || strcmp(value, now->value == NULL ? "" : now->value) == 0) {
            continue;
        }
        s->fault = now->name;
        if (!setting_put(&act, now->name, value, e)) {
            return false;
        }
    }
    return true;
}

static void put_setting(const struct visit *v, struct tree *page, const struct shown *how,
                        const struct setting *s)
{
    const char *sent = http_posted_value(&v->posted, s->name);
    const char *value = sent != NULL ? sent : s->value;
    const struct field f = {.id = s->name,
                            .label = how->title,
                            .hint = s->about,
                            .autocomplete = "off",
                            .width = how->width,
                            .value = value};
    if (!how->yes_no) {
        field_put(page, &f);
        return;
    }
    struct tree *choice = field_put_choices(page, &f);
    field_option(choice, "no", "No", value);
    field_option(choice, "yes", "Yes", value);
}

static bool run_settings(struct visit *v, struct err *e)
{
    struct settings s = {.v = v};
    if (!access_may_whole(&v->caller, DUTY_ACCOUNTS, "*")) {
        return err_set(e, ERR_DENIED,
                       "Settings hold for the whole record, and take an administrator of every "
                       "organisation in it: ask one of those.");
    }
    if (!visit_read(v, read_settings, &s, e)) {
        return false;
    }
    struct tree *page = visit_tree(v, "Settings");
    people_back(page);
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        const struct setting *one = setting_of(&s, shown[i].name);
        if (one != NULL) {
            put_setting(v, page, &shown[i], one);
        }
    }
    if (http_is_safe(v->req->method)) {
        return visit_page(v, "account_form.html", page, e);
    }
    if (visit_write(v, put_settings, &s, e)) {
        return visit_see_other(v, "/people?done=settings");
    }
    return account_refused(page, s.fault, e) && visit_page(v, "account_form.html", page, e);
}

const struct action_route people_actions[] = {
    {.path = "/people",
     .methods = METHODS_PAGE,
     .duty = DUTY_ACCOUNTS,
     .needs_sign_in = true,
     .run = run_people,
     .template_name = "people.html",
     .about = "All accounts with their roles, for administrators."},
    {.path = "/people/new",
     .methods = METHODS_FORM,
     .duty = DUTY_ACCOUNTS,
     .needs_sign_in = true,
     .run = run_new,
     .template_name = "account_form.html",
     .about = "Making an account."},
    {.path = "/people/settings",
     .methods = METHODS_FORM,
     .duty = DUTY_ACCOUNTS,
     .needs_sign_in = true,
     .run = run_settings,
     .template_name = "account_form.html",
     .about = "Settings of the record: second factor required, limits of sessions, sign-on."},
    {.path = "/people/account/{rest}",
     .methods = METHODS_FORM,
     .duty = DUTY_ACCOUNTS,
     .needs_sign_in = true,
     .run = people_run_account,
     .template_name = "people_account.html",
     .about = "One account: roles, persons, password, second factor, sessions, disabling."},
};
const size_t people_action_count = sizeof people_actions / sizeof people_actions[0];
