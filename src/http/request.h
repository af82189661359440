// A request as the handlers see it: decoded, checked and bounded before they are called.
//
// Everything in it lives in `arena`, which also holds whatever the handler makes for this request
// and is freed when the answer has been handed over. Nothing about the person or the browser is
// kept: the address is for throttling and must be neither stored nor logged, and there is no
// User-Agent but what a session's label may be made of.
#ifndef GT_HTTP_REQUEST_H
#define GT_HTTP_REQUEST_H

#include "base/err.h"

enum {
    HTTP_TARGET_MAX = 8192, // bytes of path and query as sent; longer is 414
    HTTP_PARAMS_MAX = 100,  // query parameters; more is 400
};

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE };

struct http_param {
    const char *name;
    const char *value; // "" where the address gives none
};

struct http_request {
    enum http_method method; // HEAD is answered as GET is; the adapter leaves the body out
    // Path and query exactly as sent, proven well formed: what finished pages may be kept under.
    const char *target;
    // The decoded path: begins with "/", is UTF-8 without control characters, and holds neither
    // "//" nor a backslash nor a "." or ".." segment. A "/" in it stood as "/" in the address.
    const char *path;
    // Decoded query parameters in the order given; "+" reads as a blank.
    const struct http_param *params;
    size_t param_count;
    const char *host;          // as sent, port included: "localhost:8080"
    const char *if_none_match; // NULL when absent; http_response and http_ready see to it
    // Fields of the head as sent, NULL when absent. Those that must stand once do: a second
    // Content-Type, Authorization, Origin, Sec-Fetch-Site or Idempotency-Key is refused with 400;
    // more lines of the others are joined as RFC 9110 5.3 says (Cookie: by "; ").
    const char *content_type, *authorization, *origin, *sec_fetch_site, *idempotency_key;
    const char *if_match, *accept, *user_agent;
    const char *cookies; // read with http_cookie
    // The body, whole, with a NUL behind it; "" and 0 without one, and while `manner` is asked.
    const char *body;
    size_t body_length;
    // Whose request it is, as text ("192.0.2.7", "2001:db8::1"), for throttling only: the peer, or
    // what X-Forwarded-For says where the peer is http_options.trusted_proxy.
    const char *address;
    const char *id;    // 16 hexadecimal digits, another for each request: for logs and problems
    bool gzip;         // the client takes gzip
    bool tls_in_front; // of http_options: for http_ready_new
    unsigned thread;   // which thread runs this: 0 .. http_server_slots-1
    struct arena *arena;
};

// GET and HEAD, which change nothing.
bool http_is_safe(enum http_method method);
const char *http_method_name(enum http_method method); // "POST"

// The value of the cookie `__Host-NAME` (`name` with or without that beginning; other cookies are
// not ours, and anybody on a neighbouring host name can set them). NULL when absent, or there
// twice, which no browser does.
const char *http_cookie(const struct http_request *req, const char *name);

// The value of the first parameter of this name; NULL when the address has none.
const char *http_query(const struct http_request *req, const char *name);

// For parameters that may stand more than once: the next value of this name at or after `*at`
// (start with 0), NULL at the end.
const char *http_query_next(const struct http_request *req, const char *name, size_t *at);

// Splits and decodes a target ("/luton/measures?period=2025-26-Q2") into target, path, params and
// param_count of `req`, in its arena. Strict: the target begins with one "/", consists of visible
// ASCII without "#", each "%" has two hexadecimal digits after it, what comes out is UTF-8
// (overlong forms are not) without control characters, the path keeps the promises above (an
// encoded "/" or backslash breaks them), and the limits hold. Otherwise `e` says in one sentence
// what is wrong, for a 400.
bool http_target_parse(struct http_request *req, const char *target, size_t length,
                       struct err *e) MUST_CHECK;

// `text` percent-encoded for use as one path segment or as a query name or value: letters, digits
// and "-._~" stay. For building addresses.
const char *http_encode(struct arena *a, const char *text);

#endif
