// What a server says of itself to those who watch it, on a listener of its own (conventions.md
// API-8, API-9): never where the public can ask.
//
//     /livez    the process answers; touches nothing else
//     /readyz   it can do its work: reads, writes, schema, room on the disc. 503 where it cannot
//     /metrics  OpenMetrics text
#ifndef GT_WEB_HEALTH_H
#define GT_WEB_HEALTH_H

#include "base/metrics.h"
#include "http/server.h"

struct connections;
struct health;

// `url` of the record; all three must outlive the server.
struct health *health_new(struct arena *a, struct metrics *metrics, struct connections *connections,
                          const char *url);

struct http_manner health_manner(void *context, const struct http_request *req);
bool health_answer(void *context, const struct http_request *req, struct http_response *res,
                   struct err *e);

#endif
