// A visit: one request to a page that acts (a form, a call of the API), with who asks settled.
//
// A family of such pages lists its `struct action_route`s in its own file, declares the list in
// web/families.h and stands in web/routes.c. Before `run` is called, site_actions.c has seen to
//   - address and method (404, 405 with Allow),
//   - who asks: the session cookie or, for ACTION_API, "Authorization: Bearer TOKEN"; where
//     `needs_sign_in` holds, nobody is 303 to /sign-in and back, or 401 as a problem for the API,
//   - what must come first: a second factor, a new password, enrolment (303 there),
//   - `duty`, somewhere in the organisation: 403, saying which right is missing and whom to ask.
//     Whether this very record or field may be changed is for domain/access to say (access_who),
//   - requests forged by other sites: no method but GET and HEAD is taken from another site; and
//     where somebody is signed in, the form must bring back its field `csrf`, or JSON say by
//     Sec-Fetch-Site or Origin that a page of ours sent it,
//   - the body, read into `posted` when it is a form.
// `run` is called in a worker and may block. It answers by one of the functions below, or returns
// false with `e` set: ERR_ABSENT 404, ERR_DENIED 403, ERR_INPUT 400, ERR_CONFLICT 412, ERR_AWAY
// 503, ERR_SYSTEM 500. Each answer is "no-store" unless `res` says otherwise.
//
// A form page: build a tree with visit_tree, put its values in, render with visit_page. When what
// was posted will not do: put the values back (never a password), call visit_error for each field,
// and visit_page again; otherwise write, then visit_see_other (so that reloading repeats nothing).
#ifndef GT_WEB_VISIT_H
#define GT_WEB_VISIT_H

#include "domain/access.h"
#include "domain/connections.h"
#include "domain/snapshot.h"
#include "http/posted.h"
#include "http/response.h"
#include "view/page.h"

struct site;
struct visit;

// What stands between who asks and the site as a whole.
enum barrier {
    BARRIER_OPEN,          // nothing
    BARRIER_SIGN_IN,       // nobody, where somebody is needed
    BARRIER_SECOND_FACTOR, // signed in with a password, and a code is still to be given
    BARRIER_PASSWORD,      // the password must be changed first
    BARRIER_ENROL,         // the record wants a second factor of all, and this account has none
    BARRIER_TOKEN,         // a token that is not one, or has expired or been revoked
};

// `methods` of a route: bits by enum http_method. HEAD goes with GET.
#define METHOD(m) (1u << (m))
enum {
    METHODS_PAGE = METHOD(HTTP_GET),
    METHODS_POST = METHOD(HTTP_POST),
    METHODS_FORM = METHOD(HTTP_GET) | METHOD(HTTP_POST),
};

enum action_manner {
    ACTION_API = 1u << 0,    // refusals are problem+json; a token is taken beside the session
    ACTION_PERIOD = 1u << 1, // about a reporting period: its frame switches between them
    // Open to who has signed in but not finished: only what leads through that may be.
    ACTION_EARLY = 1u << 2,      // ... and has the code of the second factor still to give
    ACTION_UNFINISHED = 1u << 3, // ... and must still enrol a second factor, or change the password
};

enum { ACTION_BODY_DEFAULT = 256 << 10 };

struct action_route {
    // "/account"; "/{org}/edit"; "/{org}/edit/{rest}"; "/api/v1/{org}/{rest}". {org} is one
    // segment, an organisation of the record; {rest}, last, is all that follows: one segment or
    // more.
    const char *path;
    unsigned methods;    // METHOD bits
    enum duty duty;      // DUTY_COUNT: none is needed
    bool needs_sign_in;  // of a record with accounts; an open record (no accounts) has nobody to be
    unsigned manner;     // ACTION_ bits
    size_t body_max;     // bytes; 0: ACTION_BODY_DEFAULT
    const char *section; // of the navigation, inside an organisation; NULL: none
    bool (*run)(struct visit *v, struct err *e);
    const char *template_name; // NULL: it has none, or only those of its family (routes.c)
    const char *about;         // one sentence, for docs and the access matrix
};

struct visit {
    const struct http_request *req;
    struct http_response *res;
    struct arena *arena; // of the request
    struct site *site;
    const struct action_route *route;
    const struct keeper_view *view; // until the answer is made
    struct caller caller;
    enum barrier barrier; // others than BARRIER_OPEN only in routes that take them
    unsigned duties;      // access_duties in the organisation; outside one, in any
    const char *csrf;     // for the hidden field of that name; NULL without a session cookie
    const char *session;  // the digest of its session, for domain/session.h; NULL without one
    bool by_token;        // the caller is known by a token, not by a session
    // Of {org}; NULL outside an organisation. The council is as the caller sees it; NULL for the
    // API, which reads rows.
    const char *organisation;
    const struct council *council;
    const struct visibility *visibility;
    const char *rest; // of {rest}, decoded; "" without
    struct http_posted posted;
    struct page_request page; // within an organisation: for page_href and views
};

// ---- what was sent ----

// A posted field without blanks at its ends; "" when it was not sent. `visit_posted_raw`: as it
// came, for passwords.
const char *visit_posted(const struct visit *v, const char *name);
const char *visit_posted_raw(const struct visit *v, const char *name);
// A parameter of the address; NULL when absent or empty.
const char *visit_query(const struct visit *v, const char *name);

// ---- the record ----

// Run `work` in the record (domain/connections.h): to change it, grouped with what others change
// at the moment, or only to read.
bool visit_write(struct visit *v, connection_work work, void *context, struct err *e) MUST_CHECK;
bool visit_read(struct visit *v, connection_work work, void *context, struct err *e) MUST_CHECK;
// Now: seconds since 1970, and as the record writes it, "2025-10-01T09:30:00Z".
int64_t visit_now(const struct visit *v);
const char *visit_at(const struct visit *v);

// ---- answers ----

// A page's tree with what the frame needs: {{> frame_top}} inside an organisation, {{> plain_top}}
// outside. It has "heading", "csrf" (null without a session), "action" (this address without its
// query, for the form) and an empty list "errors", beside what site_frame puts in:
// "stylesheet_href", "signed_in", "account_href", "sign_in_href", "may" {enter, comment ...: duties
// held}.
struct tree *visit_tree(struct visit *v, const char *heading);

// Says that `field` will not do: an item {href "#field", text} in "errors" for {{> error_summary}},
// "Error: " in the title, the sentence at the field when it was put by web/fields.h, and in
// "FIELD_error" for pages that show theirs otherwise. `field` NULL: of the form as a whole.
// `sentence` says what to do: "Enter your e-mail address" (UI-22).
void visit_error(struct tree *page, const char *field, const char *sentence);
bool visit_has_errors(const struct tree *page);

// Renders. With errors on it the answer is 422, otherwise as `res->status` says (200).
bool visit_page(struct visit *v, const char *template_name, struct tree *page,
                struct err *e) MUST_CHECK;
// 303 to an address of our own.
bool visit_see_other(struct visit *v, const char *path);
// The view as JSON (`status` 0: 200).
bool visit_json(struct visit *v, int status, const struct tree *tree, struct err *e) MUST_CHECK;

// RFC 9457 (API-2): application/problem+json. `errors` (a list of maps {pointer, detail}) and
// `current` are made in the visit's arena, and nothing else holds them; NULL: none.
struct visit_problem {
    int status;
    const char *type;   // the end of its name: "denied" of urn:goldthread:problem:denied; NULL:
                        // "about:blank"
    const char *title;  // short, the same for all of this type
    const char *detail; // this case, with the remedy
    struct tree *errors;
    struct tree *current; // what stands there now (412); NULL: none
};
bool visit_problem(struct visit *v, const struct visit_problem *p, struct err *e) MUST_CHECK;
// The problem for what stands in `e` (which is then clean), for API handlers.
bool visit_problem_of(struct visit *v, struct err *e) MUST_CHECK;

// The address to go back to after signing in: `path` when it is one of ours that a router knows,
// otherwise "/".
const char *visit_own_path(struct visit *v, const char *path);

// ---- the routes there are ----

size_t action_route_count(void);
const struct action_route *action_route_at(size_t at);
// Templates that stand in no route, by number; NULL at their end.
const char *action_template_at(size_t at);

// The route for a decoded path, whatever the method; `ret_organisation` (NULL where it has none)
// and `ret_rest` in the arena. NULL: no such route.
const struct action_route *action_route_find(struct arena *a, const char *path,
                                             const char **ret_organisation, const char **ret_rest);

#endif
