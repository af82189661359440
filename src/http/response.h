// What a handler answers: bytes with their description, a redirect, or a page that is ready.
//
// The adapter adds the rest to every answer, errors and assets included: the security headers of
// conventions.md 5.2, Date, Content-Length, `Vary: Accept-Encoding` where there are two forms, the
// choice between plain and gzip, 304 where If-None-Match holds, no body for HEAD.
#ifndef GT_HTTP_RESPONSE_H
#define GT_HTTP_RESPONSE_H

#include "http/request.h"

struct http_ready;

struct http_response {
    // Everything NULL, 0 or false is: 200, an empty body, HTML, kept by nobody.
    int status;               // 0: 200
    const char *content_type; // NULL: "text/html; charset=utf-8"
    const char *body;
    size_t length;
    const char *gzip; // the same bytes gzipped; NULL where there is no such form
    size_t gzip_length;
    // The version of these bytes, without quotes, up to 128 of [A-Za-z0-9._-]: the gzip form gets
    // "-gzip" added, so that each tag is a strong one. NULL: no ETag, no 304. Used for 2xx only;
    // If-None-Match is looked at for GET and HEAD answered 200.
    const char *etag;
    const char *cache_control; // NULL: "no-store"
    // Redirect: an address of our own, beginning with exactly one "/"; with status 301, 302, 303,
    // 307 or 308, or where what was made stands (201). Anything else is a fault of ours and is
    // answered 500.
    const char *location;
    // Redirect to another server, with status 303: "https://...", or "http://" of this very
    // machine. Only for addresses that an administrator set up (a sign-on service), never for one
    // of the request's.
    const char *elsewhere;
    // Offers the body as a download under this name. Any UTF-8: what could break out of the header
    // or the folder is replaced.
    const char *file_name;
    // Who owns the bytes. `release` NULL: the request's arena, or nobody (literals, embedded
    // bytes). Otherwise it is called with `held` exactly once when the last of them has been sent
    // or given up, from any thread: the way to lend bytes kept elsewhere.
    void (*release)(void *held);
    void *held;
    // Finished Set-Cookie values from http_cookie_set, ended by NULL; NULL: none. A value that does
    // not begin with "__Host-" and carry Secure and HttpOnly is a fault of ours (500).
    const char *const *cookies;
    bool clear_site_data;         // signing out: the browser drops what it keeps of us (V14.3.1)
    unsigned retry_after;         // seconds, for 429 and 503; 0: no Retry-After
    const char *allow;            // for 405: "GET, HEAD, POST"
    const char *www_authenticate; // for 401: "Bearer"
    const char *link;             // the value of Link, for pagination: "</a?after=b>; rel=\"next\""
    // An answer with status 4xx or 5xx has its own body like any other. With `failure_page` its
    // body is one sentence, and http_app.failed is asked to make the page of it; everything else
    // said here goes with that page.
    bool failure_page;
    // The pattern of the route that answers ("/{org}/measures/{code}"), a literal, for metrics and
    // the access log; NULL: none was found. Counts for failures too; set as soon as it is known.
    const char *route;
    // A page made earlier by http_ready_new; all other fields but `route` are then ignored.
    const struct http_ready *ready;
};

// A Set-Cookie value: "__Host-NAME=VALUE; Path=/; Secure; HttpOnly; SameSite=Lax" (ASVS V3.3.1 to
// V3.3.4), with Max-Age where `max_age` is 0 (forget it now) or more (seconds); below 0 it lives as
// long as the browser's session. `name` with or without "__Host-"; `value` of [A-Za-z0-9._-], ""
// for one that is forgotten: anything else is a fault of the caller and gives NULL.
const char *http_cookie_set(struct arena *a, const char *name, const char *value, long max_age);

// A finished page: every form of it (plain, gzip, and the 304 of each) built once and sent any
// number of times from any thread without copying. For pages kept beside their snapshot and for
// assets. `content` says what it is (its body and gzip bytes must live until `release` is called,
// or for ever when it has none: never in a request's arena without release). `content->location`
// works too. NULL when memory is out or `content` breaks the rules above; `release` is then not
// called.
struct http_ready *http_ready_new(const struct http_response *content,
                                  bool tls_in_front) MUST_CHECK;

// Gives it up: answers under way finish, then `release` is called. NULL is taken.
void http_ready_free(struct http_ready *ready);

// `bytes` gzipped into the arena; NULL where that saves less than a tenth. `level` 1 (fast) to 9.
const char *http_gzip(struct arena *a, const char *bytes, size_t length, int level,
                      size_t *ret_length);

#endif
