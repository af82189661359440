#include "web/sign_on.h"

#include <string.h>

#include "base/file.h"
#include "base/percent.h"
#include "domain/account.h"
#include "domain/settings.h"
#include "domain/sign_in.h"
#include "oidc/oidc.h"
#include "web/families.h"
#include "web/sign_in.h"
#include "web/site_own.h"

enum { ATTEMPT_SECONDS = 600, SECRET_FILE_MAX = 4096, SEALED_WITH = 24 + 16 };

static const char cookie_name[] = "sign-on";
static const char owner[] = "sign-on"; // of what is sealed: no account has this name's seal

// ---- the settings ----

struct sign_on {
    const struct visit *v;
    const char *issuer, *client, *secret_file, *title;
    bool match_email, second_factor;
    const struct secret_key *key;
};

static bool read_settings(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct sign_on *s = context;
    return setting_text(db, a, "oidc_issuer", &s->issuer, e) &&
           setting_text(db, a, "oidc_client_id", &s->client, e) &&
           setting_text(db, a, "oidc_client_secret_file", &s->secret_file, e) &&
           setting_text(db, a, "oidc_name", &s->title, e) &&
           setting_yes(db, a, "oidc_match_email", &s->match_email, e) &&
           setting_yes(db, a, "oidc_second_factor", &s->second_factor, e);
}

static bool is_set(const struct sign_on *s)
{
    return s->issuer != NULL && s->client != NULL;
}

bool sign_on_offer(struct visit *v, struct tree *page, const char *return_path, struct err *e)
{
    struct sign_on s = {.v = v};
    if (!visit_read(v, read_settings, &s, e)) {
        return false;
    }
    if (is_set(&s)) {
        struct tree *offer = tree_map(page, "sign_on");
        tree_text(offer, "title", s.title == NULL ? "Sign in with your council account" : s.title);
        tree_text(offer, "href",
                  return_path == NULL ? "/sign-in/with"
                                      : arena_printf(v->arena, "/sign-in/with?return=%s",
                                                     percent_encode(v->arena, return_path)));
    }
    return true;
}

// The secret is the file's first line.
static size_t line_length(struct file_bytes file)
{
    size_t length = 0;
    while (length < file.length && file.bytes[length] != '\n' && file.bytes[length] != '\r') {
        length++;
    }
    return length;
}

static bool take_settings(struct visit *v, struct sign_on *s, struct oidc_settings *out,
                          struct err *e)
{
    *s = (struct sign_on){.v = v};
    if (!visit_read(v, read_settings, s, e)) {
        return false;
    }
    if (!is_set(s)) {
        return err_set(e, ERR_ABSENT, "No sign-on service is set for this record.");
    }
    const char *secret = NULL;
    if (s->secret_file != NULL) {
        struct file_bytes bytes;
        if (!file_map(v->arena, s->secret_file, SECRET_FILE_MAX, &bytes, e)) {
            err_cause(e, "oidc_client_secret_file");
            return false;
        }
        secret = arena_textn(v->arena, bytes.bytes, line_length(bytes));
    }
    *out =
        (struct oidc_settings){s->issuer, s->client, secret,
                               arena_printf(v->arena, "%s://%s/sign-in/return",
                                            v->req->tls_in_front ? "https" : "http", v->req->host)};
    return true;
}

// ---- what the browser takes along ----

static bool make_key(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct sign_on *s = context;
    struct people_act act = visit_act(s->v, db, a);
    return visit_key_make(s->v, &act, &s->key, e);
}

static bool find_key(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct sign_on *s = context;
    return visit_key(s->v, db, a, &s->key, e);
}

static const char *seal(const struct sign_on *s, const struct oidc_attempt *attempt,
                        const char *return_path)
{
    struct visit *v = (struct visit *)(uintptr_t)s->v;
    struct tree *map = tree_new_map(v->arena);
    tree_text(map, "state", attempt->state);
    tree_text(map, "nonce", attempt->nonce);
    tree_text(map, "verifier", attempt->verifier);
    tree_text(map, "return", return_path);
    tree_int(map, "until", visit_now(v) + ATTEMPT_SECONDS);
    struct buf b = buf_new(v->arena, HTTP_TARGET_MAX * 2);
    tree_write_json(&b, map);
    return secret_seal(v->arena, s->key, owner, (const unsigned char *)buf_cstr(&b), b.length);
}

static bool again(struct err *e)
{
    return err_set(e, ERR_INPUT,
                   "This answer does not belong to a sign-in begun in this browser within ten "
                   "minutes; begin again.");
}

static bool unseal(const struct sign_on *s, struct oidc_attempt *out, const char **ret_path,
                   struct err *e)
{
    const char *sealed = http_cookie(s->v->req, cookie_name);
    size_t length = sealed == NULL ? 0 : strlen(sealed) * 3 / 4;
    if (s->key == NULL || length <= SEALED_WITH + sizeof owner) {
        return again(e);
    }
    length -= SEALED_WITH + sizeof owner;
    char *text = arena_alloc(s->v->arena, length + 1);
    const struct json *map = NULL;
    struct err inner = {.arena = e->arena};
    if (!secret_unseal(s->v->arena, s->key, owner, sealed, (unsigned char *)text, length) ||
        !json_read(s->v->arena, text, length, &map, &inner)) {
        return again(e);
    }
    const struct json *until = json_member(map, "until");
    *out = (struct oidc_attempt){json_text(map, "state"), json_text(map, "nonce"),
                                 json_text(map, "verifier")};
    *ret_path = json_text(map, "return");
    return (until != NULL && until->whole >= visit_now(s->v)) || again(e);
}

static void set_cookie(struct visit *v, const char *value, long max_age)
{
    const char **cookies = ARENA_ARRAY(v->arena, 2, const char *);
    cookies[0] = http_cookie_set(v->arena, cookie_name, value, max_age);
    v->res->cookies = cookies;
}

// ---- there ----

// A service that answers slowly must not hold all workers: so many ask it at once.
enum { ASKING_MAX = 8 };

static bool enter(struct site *site, struct err *e)
{
    if (atomic_fetch_add(&site->asking_service, 1) < ASKING_MAX) {
        return true;
    }
    atomic_fetch_sub(&site->asking_service, 1);
    return err_set(e, ERR_AWAY, "Many people are signing in just now; try again in a minute.");
}

static void leave(void *site)
{
    atomic_fetch_sub(&((struct site *)site)->asking_service, 1);
}

static bool run_with(struct visit *v, struct err *e)
{
    struct sign_on s;
    struct oidc_settings settings;
    struct oidc_service service;
    struct oidc_attempt attempt;
    if (!take_settings(v, &s, &settings, e) || !enter(v->site, e)) {
        return false;
    }
    arena_defer(v->arena, leave, v->site);
    if (!oidc_discover(v->arena, &settings, &service, e) || !visit_write(v, make_key, &s, e)) {
        return false;
    }
    const char *return_path = visit_own_path(v, visit_query(v, "return"));
    v->res->status = 303;
    v->res->elsewhere = oidc_begin(v->arena, &settings, &service, &attempt);
    set_cookie(v, seal(&s, &attempt, return_path), ATTEMPT_SECONDS);
    return true;
}

// ---- and back ----

struct arrival {
    const struct sign_on *on;
    const struct oidc_person *person;
    const char *account; // NULL: none is tied to this sign-on
    bool disabled;
};

static bool find_account(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct arrival *r = context;
    struct account found;
    r->account = NULL;
    if (!account_by_identity(db, a, r->on->issuer, r->person->subject, &r->account, e)) {
        return false;
    }
    bool by_email = r->account == NULL && r->on->match_email && r->person->email != NULL &&
                    r->person->email_verified;
    if (by_email) {
        struct people_act act = visit_act(r->on->v, db, a);
        if (!account_by_email(db, a, r->person->email, &r->account, e)) {
            return false;
        }
        act.actor = r->account == NULL ? act.actor : r->account;
        act.reason = "found by the e-mail address the sign-on service has verified";
        if (r->account != NULL &&
            !account_link_identity(&act, r->account, r->on->issuer, r->person->subject, e)) {
            return false;
        }
    }
    if (r->account == NULL) {
        return true;
    }
    if (!account_read(db, a, r->account, &found, e)) {
        return false;
    }
    r->disabled = found.disabled;
    return true;
}

static bool refuse(const struct visit *v, const struct arrival *r, struct err *e)
{
    struct sign_in failed = {.outcome = SIGN_IN_WRONG, .account = r->account};
    sign_in_log(&failed, "service", v->req->id);
    if (r->disabled) {
        return err_set(e, ERR_DENIED,
                       "Your account here is disabled; ask an administrator of this service.");
    }
    return err_set(e, ERR_DENIED,
                   "The sign-on service knows you, and no account here is tied to that sign-on. "
                   "Give an administrator of this service the name it knows you by: %s",
                   r->person->subject);
}

static bool arrive(struct visit *v, const struct sign_on *s, const struct oidc_person *person,
                   const char *return_path, struct err *e)
{
    struct arrival r = {.on = s, .person = person};
    if (!visit_write(v, find_account, &r, e)) {
        return false;
    }
    if (r.account == NULL || r.disabled) {
        return refuse(v, &r, e);
    }
    struct sign_in done = {.outcome = SIGN_IN_DONE, .account = r.account};
    if (!visit_start_session(v, r.account, s->second_factor, return_path, e)) {
        return false;
    }
    sign_in_log(&done, "service", v->req->id);
    return true;
}

static bool run_return(struct visit *v, struct err *e)
{
    struct sign_on s;
    struct oidc_settings settings;
    struct oidc_service service;
    struct oidc_attempt attempt;
    struct oidc_person person;
    const char *return_path = NULL;
    const struct oidc_answer answer = {visit_query(v, "code"), visit_query(v, "state"),
                                       visit_query(v, "iss"), visit_query(v, "error")};
    if (!take_settings(v, &s, &settings, e) || !visit_read(v, find_key, &s, e) ||
        !unseal(&s, &attempt, &return_path, e) || !enter(v->site, e)) {
        return false;
    }
    arena_defer(v->arena, leave, v->site);
    return oidc_discover(v->arena, &settings, &service, e) &&
           oidc_finish(v->arena, &settings, &service, &attempt, &answer, visit_now(v), &person,
                       e) &&
           arrive(v, &s, &person, return_path, e);
}

const struct action_route sign_on_actions[] = {
    {.path = "/sign-in/with",
     .methods = METHODS_PAGE,
     .duty = DUTY_COUNT,
     .manner = ACTION_EARLY,
     .run = run_with,
     .about = "To the council's sign-on service."},
    {.path = "/sign-in/return",
     .methods = METHODS_PAGE,
     .duty = DUTY_COUNT,
     .manner = ACTION_EARLY,
     .run = run_return,
     .about = "Back from the sign-on service, with its answer."},
};
const size_t sign_on_action_count = COUNT_OF(sign_on_actions);
