// The site: one immutable set of templates and routes over a keeper of snapshots.
//
// A route stands with its template and view in the file of its page family (web/overview.c ...);
// web/routes.c lists the families. Addresses are /{organisation}/{folder}[/{code}], and with
// ".json" the same view as JSON, with ".csv" one of its tables (?table=id; the first by default).
#ifndef GT_WEB_SITE_H
#define GT_WEB_SITE_H

#include "base/metrics.h"
#include "domain/snapshot.h"
#include "http/server.h"
#include "render/mustache.h"
#include "view/page.h"

struct route {
    const char *folder;  // "measures"; "" is the organisation's own page; may hold a "/"
    bool takes_code;     // /folder/code; without it /folder only
    const char *section; // which part of the navigation it belongs to
    const char *template_name;
    page_view view;
    const char *about; // one sentence, for docs and the test that all pages are documented
};

struct site;
struct connections;

struct site_options {
    struct keeper *keeper;
    struct connections *connections; // for pages that act
    const char *templates_folder; // reads templates from disk instead of the binary; NULL: built in
    const char *secret_file;      // the key that seals second factors (domain/secret.h)
    struct metrics *metrics;      // what is counted; NULL: nothing is
};

// Parses all templates. What `options` points to must live as long as the site; closed with `a`.
bool site_new(struct arena *a, const struct site_options *options, struct site **ret,
              struct err *e) MUST_CHECK;

// For http_serve: how a request is to be taken; answers it; renders failures; lets go of the
// snapshot afterwards.
struct http_manner site_manner(void *context, const struct http_request *req);
bool site_answer(void *context, const struct http_request *req, struct http_response *res,
                 struct err *e);
void site_failed(void *context, const struct http_request *req, int status, const char *message,
                 struct http_response *res);
void site_done(void *context, unsigned thread);

// Every route there is.
size_t site_route_count(void);
const struct route *site_route_at(size_t at);
// The route for what follows the organisation in a path ("measures/NI 117"); `ret_rest` gets the
// code. NULL when there is none.
const struct route *site_route(const char *path, const char **ret_rest);

#endif
