// What the files of the site share. For src/web/site*.c and visit*.c only.
#ifndef GT_WEB_SITE_OWN_H
#define GT_WEB_SITE_OWN_H

#include <stdatomic.h>

#include "domain/throttle.h"
#include "web/site.h"
#include "web/visit.h"

enum { SITE_PAGE_MAX = 16 << 20 }; // bytes of one page

struct callers; // who asked before (site_caller.h)

struct site {
    struct site_options options;
    const struct templates *templates;
    const char *stylesheet;      // its address
    const char *const *patterns; // of site_route_at: "/{org}/measures/{code}", for the log
    struct callers *callers;
    struct throttle *throttle;  // of guesses, by address
    atomic_uint asking_service; // workers that wait for the sign-on service
    atomic_flag said_no_contact;
};

// Tells log and metrics who asked for what they may not have (ASVS V16.3.2), if that is what `e`
// says. `account` NULL: nobody signed in.
void site_denied(const struct site *s, const struct http_request *req, const char *account,
                 const char *route, const struct err *e);

enum site_format { FORMAT_HTML, FORMAT_JSON, FORMAT_CSV };

// An address of a page, taken apart.
struct asked {
    enum site_format format;
    const char *organisation;
    const char *path;      // behind the organisation: "measures/NI 117", "" for its own page
    const char *page_path; // as addresses are written, without the format's ending
};
struct asked site_asked(const struct http_request *req);

// By whom a page is seen, as far as the page shows it. Pages seen alike are made once and kept.
struct seen {
    const struct council *council; // what they may see of it
    unsigned duties;               // what links to change things they are given
    bool signed_in;
    bool accounts; // the record has accounts: whoever is not signed in is offered to
};

// Fills `q` for the page at this address; false when the period in it is none.
bool site_page_request(const struct http_request *req, const struct council *c, const char *path,
                       const char *rest, struct page_request *q, struct err *e) MUST_CHECK;
// The page in the format asked for: content type, body, file name of `res`.
bool site_make_page(const struct site *s, const struct asked *asked, const struct http_request *req,
                    const struct seen *seen, struct http_response *res, struct err *e) MUST_CHECK;
// What all frames share: sign-in, account, links for those with duties.
void site_frame(const struct site *s, const struct seen *seen, struct tree *page);
// For a page outside any organisation.
struct tree *site_plain_tree(const struct site *s, struct arena *a, const struct seen *seen,
                             const char *heading);
bool site_render(const struct site *s, const char *template_name, const struct tree *page,
                 struct http_response *res, struct err *e) MUST_CHECK;

// Gives the answer from the pages kept, or false.
bool site_kept_page(const struct keeper_view *v, const struct http_request *req,
                    const struct seen *seen, struct http_response *res);
// Keeps the answer where there is room; else it is sent once, from the request's own memory.
void site_keep_page(const struct keeper_view *v, const struct http_request *req,
                    const struct seen *seen, struct http_response *res);
// A version of the bytes: equal bytes, equal tag.
const char *site_tag(struct arena *a, const char *bytes, size_t length);

// The council as the caller sees it, by `seen` of access_visibility. ERR_DENIED where they read
// nothing of it, ERR_ABSENT where there is no such organisation.
bool site_council(struct site *s, unsigned reader, const struct keeper_view *v,
                  const struct caller *c, const char *organisation, const struct visibility *seen,
                  const struct council **ret, struct err *e) MUST_CHECK;

// Whether there is such an organisation and the caller reads something of it, without making it.
bool site_may_enter(const struct keeper_view *v, const struct caller *c, const char *organisation,
                    struct err *e) MUST_CHECK;

// ---- pages that act (site_actions.c) ----

const struct action_route *site_action(const struct http_request *req);
struct http_manner site_action_manner(const struct http_request *req, const struct action_route *r);
bool site_act(struct site *s, const struct http_request *req, const struct keeper_view *view,
              struct http_response *res, struct err *e) MUST_CHECK;

// `path` when it is an address of ours that a router knows; otherwise "/".
const char *site_own_path(struct arena *a, const char *path);

#endif
