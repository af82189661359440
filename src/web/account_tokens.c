// One's own API tokens: made for one purpose and a time, shown once, revoked at will.
#include <stdlib.h>
#include <string.h>

#include "domain/token.h"
#include "web/account_parts.h"
#include "web/fields.h"

static const char tokens_page[] = "account_tokens.html";

struct making {
    const struct visit *v;
    int days;
    const char *token;
};

static bool make(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct making *m = context;
    struct people_act act = visit_act(m->v, db, a);
    const struct token_new t = {.account = m->v->caller.account,
                                .purpose = visit_posted(m->v, "purpose"),
                                .scope = visit_posted(m->v, "scope"),
                                .expires_at = act.now + (int64_t)m->days * 86400};
    return token_add(&act, &t, &m->token, e);
}

static bool revoke(void *context, struct db *db, struct arena *a, struct err *e)
{
    const struct visit *v = context;
    struct people_act act = visit_act(v, db, a);
    struct err gone = {.arena = e->arena};
    if (token_revoke(&act, v->caller.account, visit_posted(v, "revoke"), &gone) ||
        gone.kind == ERR_ABSENT) { // revoked already: the list shows it
        return true;
    }
    *e = gone;
    return false;
}

static struct tree *form(struct visit *v)
{
    struct tree *page = visit_tree(v, "Make an API token");
    account_back(page);
    tree_null(page, "token");
    field_put(page, &(struct field){.id = "purpose",
                                    .label = "What it is for",
                                    .hint = "Such as “nightly load from the housing system”. One "
                                            "token for one purpose.",
                                    .value = visit_posted(v, "purpose")});
    struct tree *scope =
        field_put_choices(page, &(struct field){.id = "scope", .label = "What it may do"});
    const char *chosen = visit_posted(v, "scope");
    field_option(scope, "read", "Read what you may read", chosen);
    field_option(scope, "write", "Read, and write what you may write", chosen);
    struct tree *days =
        field_put_choices(page, &(struct field){.id = "days", .label = "How long it works"});
    chosen = visit_posted(v, "days");
    field_option(days, "30", "30 days", chosen);
    field_option(days, "90", "90 days", chosen);
    field_option(days, "365", "A year", chosen);
    return page;
}

bool account_run_tokens(struct visit *v, struct err *e)
{
    if (visit_posted(v, "revoke")[0] != '\0') {
        return visit_write(v, revoke, v, e) && visit_see_other(v, "/account?done=token#tokens");
    }
    struct tree *page = form(v);
    if (http_is_safe(v->req->method)) {
        return visit_page(v, tokens_page, page, e);
    }
    struct making m = {.v = v, .days = (int)strtol(visit_posted(v, "days"), NULL, 10)};
    if (visit_posted(v, "purpose")[0] == '\0') {
        visit_error(page, "purpose", "Enter what the token is for");
        return visit_page(v, tokens_page, page, e);
    }
    if (!visit_write(v, make, &m, e)) {
        return account_refused(page, "purpose", e) && visit_page(v, tokens_page, page, e);
    }
    struct tree *shown = visit_tree(v, "Your new API token");
    account_back(shown);
    tree_text(shown, "token", m.token);
    tree_text(shown, "purpose", visit_posted(v, "purpose"));
    return visit_page(v, tokens_page, shown, e);
}
