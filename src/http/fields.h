// Reading the header fields of a request that the adapter acts on. For src/http only.
#ifndef GT_HTTP_FIELDS_H
#define GT_HTTP_FIELDS_H

#include "http/request.h"

// A field name (RFC 9110 5.1): one or more token characters, so no blank before the colon.
bool http_is_token(const char *text, size_t length);
// A field value without control characters (a tab may stand in it).
bool http_is_value(const char *text, size_t length);

// The method of that name (exactly so: methods are told apart by case); false when we know none.
bool http_method_read(const char *name, enum http_method *ret);
// Whether the name stands in a list like "GET, HEAD, POST".
bool http_method_among(const char *allow, const char *name);

// A Content-Length: digits and nothing else. UINT64_MAX where it is more than that.
bool http_length_read(const char *text, uint64_t *ret);

// Whether a finished Set-Cookie value keeps the rules of http_cookie_set.
bool http_cookie_sound(const char *finished);

// Whether an Accept-Encoding of this value (NULL: absent) takes gzip: named, or by "*", with a
// weight above 0. A weight that is none counts as 0.
bool http_takes_gzip(const char *value);

// Whether If-None-Match (NULL: absent) holds for the current tag, given without quotes: "*", or
// the tag in the list, weak or strong (RFC 9110 13.1.2: the weak comparison).
bool http_none_match(const char *value, const char *tag);

// The name in a Host field: lower case, without port and without a final dot; an IPv6 address
// keeps its brackets. NULL when it is not a host name, an address, or has a port that is none.
const char *http_host_name(struct arena *a, const char *host);

// Whether we answer to `name` (from http_host_name): it is in the list; or, without a list, we
// are not bound to loopback or it is a loopback name.
bool http_host_allowed(const char *name, const char *const *hosts, size_t count, bool loopback);

// A path of our own to redirect to: "/" and then neither "/" nor a backslash, visible ASCII.
bool http_is_own_path(const char *location);
// Whether it is an address on another server that http_response.elsewhere takes.
bool http_is_elsewhere(const char *location);

// 1 to 128 of [A-Za-z0-9._-].
bool http_is_tag(const char *tag);

// The value of Content-Disposition that offers a download under this name.
const char *http_disposition(struct arena *a, const char *file_name);

#endif
