#include "web/account_parts.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

#include "domain/sign_in.h"

const char *account_time(struct arena *a, int64_t seconds)
{
    if (seconds == 0) {
        return NULL;
    }
    int64_t of_day = seconds % 86400;
    int hour = (int)(of_day / 3600), minute = (int)(of_day / 60 % 60);
    return arena_printf(a, "%s at %d:%02d%s", day_shown(a, (day)(seconds / 86400)),
                        hour % 12 == 0 ? 12 : hour % 12, minute, hour < 12 ? "am" : "pm");
}

void account_back(struct tree *page)
{
    tree_text(page, "back_href", "/account");
    tree_text(page, "back_title", "Your account");
}

static const char *organisation_name(const struct visit *v, const char *code)
{
    size_t count = 0;
    const struct organisation_name *names = keeper_organisations(v->view, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i].code, code) == 0) {
            return names[i].name;
        }
    }
    return strcmp(code, "*") == 0 ? "every organisation" : code;
}

const char *account_grant_words(const struct visit *v, const struct grant *g)
{
    char *role = arena_text(v->arena, role_title(g->role));
    role[0] = (char)toupper((unsigned char)role[0]);
    const char *where = organisation_name(v, g->organisation);
    return g->scope == SCOPE_ORGANISATION ? arena_printf(v->arena, "%s in %s", role, where)
                                          : arena_printf(v->arena, "%s of %s %s in %s", role,
                                                         scope_word(g->scope), g->code, where);
}

void account_put_grants(const struct visit *v, struct tree *page, const struct account *account)
{
    struct tree *list = tree_list(page, "grants");
    for (size_t i = 0; i < account->grant_count; i++) {
        tree_text(tree_map(list, NULL), "text", account_grant_words(v, &account->grants[i]));
    }
    tree_bool(page, "no_grants", account->grant_count == 0);
}

void account_put_tokens(struct tree *page, const struct token_line *tokens, size_t count,
                        int64_t now)
{
    struct arena *a = page->arena;
    struct tree *list = tree_list(page, "tokens");
    for (size_t i = 0; i < count; i++) {
        const struct token_line *t = &tokens[i];
        if (t->revoked_at != 0 || t->expires_at <= now) {
            continue;
        }
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "prefix", t->prefix);
        tree_text(item, "purpose", t->purpose);
        tree_text(item, "scope", strcmp(t->scope, "write") == 0 ? "reads and writes" : "reads");
        tree_text(item, "until", account_time(a, t->expires_at));
        const char *used = account_time(a, t->last_used);
        tree_text(item, "used", used == NULL ? "never" : used);
    }
    tree_bool(page, "has_tokens", list->count > 0);
}

bool account_refused(struct tree *page, const char *field, struct err *e)
{
    if (e->kind != ERR_INPUT && e->kind != ERR_CONFLICT) {
        return false;
    }
    visit_error(page, field, e->message);
    *e = (struct err){.arena = e->arena};
    return true;
}

bool account_write(struct visit *v, connection_work work, void *context, struct tree *page,
                   const char *field, const char *template_name, const char *done, struct err *e)
{
    if (visit_write(v, work, context, e)) {
        return visit_see_other(v, done);
    }
    return account_refused(page, field, e) && visit_page(v, template_name, page, e);
}

// ---- the present password once more ----

struct again {
    const struct visit *v;
    struct sign_in checked; // as it stood when its last step could run again
    struct sign_in in;
};

static bool begin_again(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct again *g = context;
    return sign_in_begin_again(db, a, g->v->caller.account, visit_now(g->v), &g->in, e);
}

static bool end_again(void *context, struct db *db, struct arena *a, struct err *e)
{
    (void)a;
    struct again *g = context;
    g->in = g->checked;
    return sign_in_again(db, &g->in, e);
}

bool account_check_current(struct visit *v, struct tree *page, const char *template_name,
                           bool *ret_right, struct err *e)
{
    struct again g = {.v = v};
    const char *password = visit_posted_raw(v, "current");
    *ret_right = false;
    if (password[0] == '\0') {
        visit_error(page, "current", "Enter your present password");
        return visit_page(v, template_name, page, e);
    }
    if (!visit_write(v, begin_again, &g, e)) {
        return false;
    }
    if (g.in.outcome != SIGN_IN_THROTTLED) {
        sign_in_check(&g.in, password, strlen(password));
        g.checked = g.in;
        if (!visit_write(v, end_again, &g, e)) {
            return false;
        }
    }
    sign_in_log(&g.in, "password again", v->req->id);
    *ret_right = g.in.outcome == SIGN_IN_DONE;
    if (*ret_right) {
        return true;
    }
    if (g.in.outcome == SIGN_IN_THROTTLED) {
        return visit_throttled(v, template_name, page, "current", g.in.retry_after, e);
    }
    visit_error(page, "current", "This is not your present password");
    return visit_page(v, template_name, page, e);
}
