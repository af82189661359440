#include "web/people_parts.h"

#include <string.h>

#include "domain/password.h"

const char *people_href(struct arena *a, const char *code)
{
    return arena_printf(a, "/people/account/%s", http_encode(a, code));
}

void people_back(struct tree *page)
{
    tree_text(page, "back_href", "/people");
    tree_text(page, "back_title", "Accounts");
}

const char *people_done(const struct visit *v)
{
    static const struct {
        const char *done, *words;
    } all[] = {
        {"settings", "The settings are in force."},
        {"grant", "The role is granted."},
        {"revoke", "The role is taken away."},
        {"link", "The account is now tied to that person."},
        {"unlink", "The account is no longer tied to that person."},
        {"rename", "Name and e-mail address are changed."},
        {"disable", "The account is disabled, its sessions have ended, its tokens are revoked."},
        {"enable", "The account may sign in again."},
        {"sessions", "All its sessions have ended."},
        {"factor", "The second factor is taken away."},
    };
    const char *done = visit_query(v, "done");
    for (size_t i = 0; done != NULL && i < COUNT_OF(all); i++) {
        if (strcmp(all[i].done, done) == 0) {
            return all[i].words;
        }
    }
    return NULL;
}

// 120 random bits: long enough that it could stay, though it must be changed.
bool people_first_password(struct visit *v, const char **ret_password, const char **ret_hash,
                           struct err *e)
{
    enum { LETTERS = 20 };
    *ret_password = arena_textn(v->arena, secret_random(v->arena), LETTERS);
    return password_hash(v->arena, *ret_password, LETTERS, ret_hash, e);
}

bool people_show_password(struct visit *v, const char *code, const char *password, struct err *e)
{
    struct tree *page = visit_tree(v, "The first password");
    people_back(page);
    tree_text(page, "code", code);
    tree_text(page, "href", people_href(v->arena, code));
    tree_text(page, "password", password);
    return visit_page(v, "people_password.html", page, e);
}

bool people_may_see(const struct caller *c, const struct account *account)
{
    bool seen = account->grant_count == 0 || access_may_whole(c, DUTY_ACCOUNTS, "*");
    for (size_t i = 0; i < account->grant_count && !seen; i++) {
        seen = access_may_whole(c, DUTY_ACCOUNTS, account->grants[i].organisation);
    }
    return seen;
}

bool people_may_change(const struct caller *c, const struct account *account, struct err *e)
{
    for (size_t i = 0; i < account->grant_count; i++) {
        const char *organisation = account->grants[i].organisation;
        if (!access_may_whole(c, DUTY_ACCOUNTS, organisation)) {
            return strcmp(organisation, "*") == 0
                       ? err_set(e, ERR_DENIED,
                                 "This account has a role in every organisation: it takes an "
                                 "administrator of all of them to change it.")
                       : err_set(e, ERR_DENIED,
                                 "This account has a role in \"%s\": it takes an administrator "
                                 "of that organisation to change it.",
                                 organisation);
        }
    }
    return true;
}
