#include "web/sign_in.h"

#include "domain/session.h"
#include "web/site_caller.h"
#include "web/site_own.h"

struct people_act visit_act(const struct visit *v, struct db *db, struct arena *a)
{
    const struct caller *c = &v->caller;
    return (struct people_act){.db = db,
                               .arena = a,
                               .actor = c->account == NULL ? "nobody signed in" : c->account,
                               .session = c->session == NULL ? "" : c->session,
                               .now = visit_now(v)};
}

const char *visit_session_secret(const struct visit *v)
{
    return http_cookie(v->req, session_cookie);
}

const char *visit_label(const struct visit *v)
{
    return session_label(v->arena, v->req->user_agent);
}

bool visit_key(const struct visit *v, struct db *db, struct arena *a, const struct secret_key **ret,
               struct err *e)
{
    return secret_open(db, a, v->site->options.secret_file, ret, e);
}

bool visit_key_make(const struct visit *v, const struct people_act *act,
                    const struct secret_key **ret, struct err *e)
{
    return secret_make(act, v->site->options.secret_file, ret, e);
}

static void set_cookie(struct visit *v, const char *value, long max_age)
{
    const char **cookies = ARENA_ARRAY(v->arena, 2, const char *);
    cookies[0] = http_cookie_set(v->arena, session_cookie, value, max_age);
    v->res->cookies = cookies;
}

void visit_set_session(struct visit *v, const char *secret)
{
    set_cookie(v, secret, -1); // until the browser is closed; our own limits hold besides
}

void visit_forget_session(struct visit *v)
{
    set_cookie(v, "", 0);
    v->res->clear_site_data = true;
}

bool visit_take_session(struct visit *v, const char *secret, const char *return_path)
{
    visit_set_session(v, secret);
    return visit_see_other(v, visit_own_path(v, return_path));
}

struct start {
    const struct visit *v;
    const char *account;
    bool second_factor;
    const char *secret;
};

static bool start(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct start *s = context;
    struct people_act act = visit_act(s->v, db, a);
    act.actor = s->account;
    return session_start(&act, s->account, s->second_factor, visit_label(s->v), &s->secret, e);
}

bool visit_start_session(struct visit *v, const char *account, bool second_factor,
                         const char *return_path, struct err *e)
{
    struct start s = {.v = v, .account = account, .second_factor = second_factor};
    return visit_write(v, start, &s, e) && visit_take_session(v, s.secret, return_path);
}

bool visit_throttled(struct visit *v, const char *template_name, struct tree *page,
                     const char *field, unsigned seconds, struct err *e)
{
    unsigned minutes = (seconds + 59) / 60;
    v->res->status = 429;
    v->res->retry_after = seconds == 0 ? 1 : seconds;
    visit_error(page, field,
                arena_printf(v->arena, "There were too many attempts. Try again in %u minute%s",
                             minutes == 0 ? 1 : minutes, minutes <= 1 ? "" : "s"));
    return visit_page(v, template_name, page, e);
}
