// One account as administrators see and change it. Every change goes by a form of its own with a
// field "do", and carries the version of the account that was looked at.
#include <stdlib.h>
#include <string.h>

#include "domain/second_factor.h"
#include "domain/session.h"
#include "web/fields.h"
#include "web/people_parts.h"

static const char account_page[] = "people_account.html";

struct change {
    const struct visit *v;
    const char *code;
    bool everybody; // not an account: what is granted to the public
    struct account account;
    const struct session_line *sessions;
    size_t session_count;
    const char *hash; // of a new first password
};

static bool read_account(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct change *c = context;
    if (c->everybody) {
        c->account = (struct account){.code = "public", .name = "Everybody, without signing in"};
        return account_public_grants(db, a, &c->account.grants, &c->account.grant_count, e);
    }
    return account_read(db, a, c->code, &c->account, e) &&
           (people_may_see(&c->v->caller, &c->account) ||
            err_set(e, ERR_ABSENT, "There is no account \"%s\".", c->code)) &&
           session_list(db, a, c->code, visit_now(c->v), &c->sessions, &c->session_count, e);
}

// ---- what can be done ----

static bool posted_grant(const struct visit *v, struct grant *out, struct err *e)
{
    const char *code = visit_posted(v, "scope-code");
    *out = (struct grant){.role = role_from_word(visit_posted(v, "role")),
                          .organisation = visit_posted(v, "organisation"),
                          .scope = scope_from_word(visit_posted(v, "scope")),
                          .code = code[0] == '\0' ? NULL : code};
    if (out->role == ROLE_COUNT || out->scope == SCOPE_COUNT || out->organisation[0] == '\0') {
        return err_set(e, ERR_INPUT, "Choose a role, an organisation and what of it.");
    }
    if (out->scope == SCOPE_ORGANISATION) {
        out->code = NULL;
    }
    if (!access_may_whole(&v->caller, DUTY_ACCOUNTS, out->organisation)) {
        return err_set(e, ERR_DENIED,
                       "You grant and revoke roles only where you are administrator yourself.");
    }
    return true;
}

static bool do_grant(const struct change *c, const struct people_act *act, struct err *e)
{
    struct grant g;
    return posted_grant(c->v, &g, e) && account_grant(act, c->account.code, &g, e);
}

static bool do_revoke(const struct change *c, const struct people_act *act, struct err *e)
{
    struct grant g;
    return posted_grant(c->v, &g, e) && account_revoke(act, c->account.code, &g, e);
}

static bool person_allowed(const struct visit *v, struct err *e)
{
    return access_may_whole(&v->caller, DUTY_ACCOUNTS, visit_posted(v, "person-organisation")) ||
           err_set(e, ERR_DENIED,
                   "You tie accounts to persons only where you are administrator yourself.");
}

static bool do_link(const struct change *c, const struct people_act *act, struct err *e)
{
    return person_allowed(c->v, e) &&
           account_link(act, c->code, visit_posted(c->v, "person-organisation"),
                        visit_posted(c->v, "person"), e);
}

static bool do_unlink(const struct change *c, const struct people_act *act, struct err *e)
{
    return person_allowed(c->v, e) &&
           account_unlink(act, c->code, visit_posted(c->v, "person-organisation"),
                          visit_posted(c->v, "person"), e);
}

static bool do_rename(const struct change *c, const struct people_act *act, struct err *e)
{
    return account_rename(act, c->code, visit_posted(c->v, "full-name"),
                          visit_posted(c->v, "email"), e);
}

static bool do_disable(const struct change *c, const struct people_act *act, struct err *e)
{
    return account_disable(act, c->code, e);
}

static bool do_enable(const struct change *c, const struct people_act *act, struct err *e)
{
    return account_enable(act, c->code, e);
}

static bool do_sessions(const struct change *c, const struct people_act *act, struct err *e)
{
    size_t ended = 0;
    return session_end_all(act, c->code, NULL, &ended, e);
}

static bool do_factor(const struct change *c, const struct people_act *act, struct err *e)
{
    size_t ended = 0;
    return second_factor_remove(act, c->code, e) && session_end_all(act, c->code, NULL, &ended, e);
}

static bool do_password(const struct change *c, const struct people_act *act, struct err *e)
{
    return account_set_password(act, c->code, c->hash, true, NULL, e);
}

static const struct deed {
    const char *word;
    bool (*run)(const struct change *c, const struct people_act *act, struct err *e);
    bool of_everybody; // may be done to what is granted to the public
    const char *field; // where a refusal is shown
} deeds[] = {
    {"grant", do_grant, true, "role"},         {"revoke", do_revoke, true, NULL},
    {"link", do_link, false, "person"},        {"unlink", do_unlink, false, NULL},
    {"rename", do_rename, false, "full-name"}, {"disable", do_disable, false, NULL},
    {"enable", do_enable, false, NULL},        {"sessions", do_sessions, false, NULL},
    {"factor", do_factor, false, NULL},        {"password", do_password, false, NULL},
};

static const struct deed *deed_of(const char *word)
{
    for (size_t i = 0; i < COUNT_OF(deeds); i++) {
        if (strcmp(deeds[i].word, word) == 0) {
            return &deeds[i];
        }
    }
    return NULL;
}

static bool change_it(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct change *c = context;
    const struct deed *deed = deed_of(visit_posted(c->v, "do"));
    struct people_act act = visit_act(c->v, db, a);
    act.seen = (int64_t)strtoll(visit_posted(c->v, "version"), NULL, 10);
    // Read anew: what they may change is decided in the transaction that changes it.
    return read_account(c, db, a, e) &&
           (c->everybody || people_may_change(&c->v->caller, &c->account, e)) &&
           deed->run(c, &act, e);
}

// ---- the page ----

static void put_organisations(const struct visit *v, struct tree *field, const char *chosen)
{
    size_t count = 0;
    const struct organisation_name *names = keeper_organisations(v->view, &count);
    for (size_t i = 0; i < count; i++) {
        if (access_may_whole(&v->caller, DUTY_ACCOUNTS, names[i].code)) {
            field_option(field, names[i].code, names[i].name, chosen);
        }
    }
}

static void put_grant_fields(struct visit *v, struct tree *form, bool everybody)
{
    struct tree *role = field_put_choices(form, &(struct field){.id = "role", .label = "Role"});
    for (int r = everybody ? ROLE_PUBLIC : ROLE_PUBLIC + 1; r < ROLE_COUNT; r++) {
        field_option(role, role_word((enum role)r), role_title((enum role)r),
                     visit_posted(v, "role"));
        if (everybody) {
            break;
        }
    }
    struct tree *organisation =
        field_put_choices(form, &(struct field){.id = "organisation", .label = "Organisation"});
    put_organisations(v, organisation, visit_posted(v, "organisation"));
    if (access_may_whole(&v->caller, DUTY_ACCOUNTS, "*")) {
        field_option(organisation, "*", "Every organisation", visit_posted(v, "organisation"));
    }
    struct tree *scope = field_put_choices(form, &(struct field){.id = "scope", .label = "Of it"});
    for (int s = 0; s < SCOPE_COUNT; s++) {
        static const char *const titles[SCOPE_COUNT] = {"All", "A unit and what is under it",
                                                        "A board", "One measure"};
        field_option(scope, scope_word((enum scope_of)s), titles[s], visit_posted(v, "scope"));
    }
    field_put(form, &(struct field){.id = "scope-code",
                                    .label = "Code of the unit, board or measure",
                                    .hint = "Leave it empty for all.",
                                    .autocomplete = "off",
                                    .width = "20",
                                    .value = visit_posted(v, "scope-code")});
}

static void put_grants(const struct visit *v, struct tree *page, const struct account *account)
{
    struct tree *list = tree_list(page, "grants");
    for (size_t i = 0; i < account->grant_count; i++) {
        const struct grant *g = &account->grants[i];
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "text", account_grant_words(v, g));
        tree_text(item, "role", role_word(g->role));
        tree_text(item, "organisation", g->organisation);
        tree_text(item, "scope", scope_word(g->scope));
        tree_text(item, "scope_code", g->code);
    }
    tree_bool(page, "no_grants", account->grant_count == 0);
}

static void put_person_form(struct visit *v, struct tree *page, const struct account *account)
{
    struct tree *list = tree_list(page, "persons");
    for (const char *const *p = account->people; p != NULL && p[0] != NULL; p += 2) {
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "organisation", p[0]);
        tree_text(item, "person", p[1]);
    }
    tree_bool(page, "has_persons", list->count > 0);
    struct tree *form = tree_map(page, "person_form");
    struct tree *organisation = field_put_choices(
        form, &(struct field){.id = "person-organisation", .label = "Organisation"});
    put_organisations(v, organisation, NULL);
    field_put(form, &(struct field){.id = "person",
                                    .label = "Code of the person",
                                    .hint = "As in people.csv. What that person owns, this "
                                            "account owns.",
                                    .autocomplete = "off",
                                    .width = "20",
                                    .value = visit_posted(v, "person")});
}

static struct tree *show(struct visit *v, const struct change *c)
{
    const struct account *a = &c->account;
    struct tree *page = visit_tree(v, a->name);
    struct err why = {.arena = v->arena};
    bool may = people_may_change(&v->caller, a, &why);
    people_back(page);
    tree_text(page, "saved", people_done(v));
    tree_text(page, "locked", c->everybody || may ? NULL : why.message);
    tree_text(page, "code", a->code);
    tree_bool(page, "account", !c->everybody);
    tree_bool(page, "changeable", c->everybody || may);
    tree_text(page, "version", arena_printf(v->arena, "%lld", (long long)a->version));
    put_grants(v, page, a);
    put_grant_fields(v, tree_map(page, "grant_form"), c->everybody);
    if (c->everybody) {
        return page;
    }
    bool sent = strcmp(visit_posted(v, "do"), "rename") == 0;
    struct tree *names = tree_map(page, "name_form");
    field_put(names, &(struct field){.id = "full-name",
                                     .label = "Name, or post",
                                     .autocomplete = "off",
                                     .value = sent ? visit_posted(v, "full-name") : a->name});
    field_put(names, &(struct field){.id = "email",
                                     .label = "E-mail address (optional)",
                                     .type = "email",
                                     .autocomplete = "off",
                                     .value = sent ? visit_posted(v, "email") : a->email});
    put_person_form(v, page, a);
    tree_bool(page, "disabled", a->disabled);
    tree_text(page, "disabled_since", account_time(v->arena, a->disabled_at));
    tree_bool(page, "must_change", a->must_change);
    tree_bool(page, "has_password", a->has_password);
    tree_bool(page, "has_second_factor", a->has_second_factor);
    tree_text(page, "signed_in_at", account_time(v->arena, a->signed_in_at));
    tree_text(page, "created", account_time(v->arena, a->created_at));
    tree_int(page, "session_count", (int64_t)c->session_count);
    tree_bool(page, "has_sessions", c->session_count > 0);
    return page;
}

static void put_refusal(struct tree *page, const char *form, const char *field, const char *why)
{
    for (struct tree *at = page->first; at != NULL; at = at->next) {
        if (strcmp(at->key, form) == 0) {
            field_error(at, field, why);
        }
    }
}

static bool refuse(struct visit *v, const struct change *c, const struct deed *deed, struct err *e)
{
    struct tree *page = show(v, c);
    const char *why = e->message;
    if (!account_refused(page, deed->field, e)) {
        return false;
    }
    if (deed->field != NULL) {
        put_refusal(page, "grant_form", deed->field, why);
        put_refusal(page, "name_form", deed->field, why);
        put_refusal(page, "person_form", deed->field, why);
    }
    return visit_page(v, account_page, page, e);
}

bool people_run_account(struct visit *v, struct err *e)
{
    struct change c = {.v = v, .code = v->rest, .everybody = strcmp(v->rest, "public") == 0};
    if (!visit_read(v, read_account, &c, e)) {
        return false;
    }
    if (http_is_safe(v->req->method)) {
        return visit_page(v, account_page, show(v, &c), e);
    }
    const struct deed *deed = deed_of(visit_posted(v, "do"));
    if (deed == NULL || (c.everybody && !deed->of_everybody)) {
        return err_set(e, ERR_INPUT, "This form does not say what to do: open the page again.");
    }
    const char *password = NULL;
    if (deed->run == do_password && !people_first_password(v, &password, &c.hash, e)) {
        return false;
    }
    if (!visit_write(v, change_it, &c, e)) {
        return refuse(v, &c, deed, e);
    }
    return password != NULL
               ? people_show_password(v, c.code, password, e)
               : visit_see_other(
                     v, arena_printf(v->arena, "%s?done=%s",
                                     people_href(v->arena, c.everybody ? "public" : c.code),
                                     deed->word));
}
