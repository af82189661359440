// What stands between who asks and a page: where they are sent, or what they are told.
// For src/web/site*.c and visit*.c only.
#ifndef GT_WEB_SITE_GATE_H
#define GT_WEB_SITE_GATE_H

#include "web/site_caller.h"
#include "web/visit.h"

// Whether the address is of a page for people; otherwise (.json, .csv, the API) refusals are
// problems.
bool gate_wants_page(const struct http_request *req);

// Fills `res` for who may not pass: 303 to where that is settled (and back again), or 401 / 403 as
// a problem.
bool gate_answer(const struct http_request *req, enum barrier barrier, struct http_response *res,
                 struct err *e) MUST_CHECK;

// Whether the caller reads anything of the organisation: else ERR_DENIED, for the public too (ask
// gate_answer then).
bool gate_may_read(const struct caller *c, const char *organisation, struct err *e) MUST_CHECK;
// ... has this duty somewhere in it; `organisation` NULL: in any.
bool gate_has_duty(const struct caller *c, enum duty d, const char *organisation,
                   struct err *e) MUST_CHECK;
// The duties held in any organisation.
unsigned gate_duties(const struct caller *c);

// A problem document (API-2) as the answer.
bool gate_problem(const struct http_request *req, const struct visit_problem *p,
                  struct http_response *res, struct err *e) MUST_CHECK;

#endif
