// From what a handler answered to what libmicrohttpd sends. For src/http only.
#ifndef GT_HTTP_ANSWER_H
#define GT_HTTP_ANSWER_H

#include <microhttpd.h>

#include "http/response.h"

// One form of an answer: plain or gzip, whole or 304.
struct http_form {
    bool gzip;
    bool not_modified;
    bool copy;    // the bytes are copied: they need not outlive the call
    bool closing; // says that the connection ends with it
    bool tls_in_front;
};

// False when `r` breaks a rule of response.h (a fault of ours).
bool http_response_sound(const struct http_response *r);

// The form of `r` that answers `req`.
struct http_form http_form_for(const struct http_response *r, const struct http_request *req);

// Header texts that take memory: made before anything is held, so that a jump out of the arena
// leaves nothing behind.
struct texts {
    const char *etag;
    const char *disposition;
};
struct texts http_texts_make(struct arena *a, const struct http_response *r, struct http_form form);

// The finished answer, with every header. Unless `form.copy`, the bytes must live until `release`
// (NULL: for ever) is called with `held`: exactly once, at once where NULL is returned because
// memory is out.
struct MHD_Response *http_response_make(const struct http_response *r, struct http_form form,
                                        struct texts texts, void (*release)(void *), void *held);

// The tag of that form, without quotes; NULL when `r` has none that counts.
char *http_form_tag(struct arena *a, const struct http_response *r, bool gzip);

// The status of that form.
unsigned http_form_status(const struct http_response *r, struct http_form form);

// One more holder of a finished page: it lives until http_ready_free was called once more.
void http_ready_hold(struct http_ready *ready);

// The form of a finished page that answers `req`, and its status. Belongs to `ready`.
struct MHD_Response *http_ready_pick(const struct http_ready *ready, const struct http_request *req,
                                     unsigned *ret_status);

#endif
