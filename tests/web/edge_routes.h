// What the edge server answers: one route for each way a handler can.
#ifndef GT_TESTS_EDGE_ROUTES_H
#define GT_TESTS_EDGE_ROUTES_H

#include <stdatomic.h>

#include "http/server.h"

struct site {
    struct http_ready *page;
    atomic_uint lent;
    atomic_uint returned;
    atomic_uint done;
    atomic_bool page_released;
    struct http_throttle *sign_in;
};

// For struct http_app; the context is a struct site.
struct http_manner edge_manner(void *context, const struct http_request *req);
bool edge_answer(void *context, const struct http_request *req, struct http_response *res,
                 struct err *e);
void edge_failed(void *context, const struct http_request *req, int status, const char *message,
                 struct http_response *res);
void edge_done(void *context, unsigned thread);

#endif
