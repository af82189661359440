// Who asks: from the session cookie or the token of a request to a `struct caller`, and what has to
// come first before they are let on.
//
// Callers that were asked about are kept in the process for as long as the record's change counter
// stands, so that a page for somebody signed in costs little more than one for nobody. Whatever is
// not known that way is asked of the record, which may block: in a worker.
#ifndef GT_WEB_SITE_CALLER_H
#define GT_WEB_SITE_CALLER_H

#include "web/visit.h"

struct callers;

struct asking {
    struct caller caller;
    enum barrier barrier; // of those that hold for the whole site
    const char *csrf;     // NULL without a session of ours
    const char *session;  // its digest; NULL without
    bool by_token;
    bool accounts; // the record has accounts
};

struct callers *callers_new(struct arena *a); // closed with the arena

// Whether who asks can only be said by the record: then the request belongs to a worker.
bool callers_must_ask(struct callers *c, const struct http_request *req);

// Who asks as far as the process knows without asking; false when it does not. For pages of
// failures. What is given lives as long as req->arena.
bool callers_known(struct callers *c, const struct http_request *req, uint64_t state,
                   struct asking *out);

// `state`: keeper_state of what is being read. `token_too`: "Authorization: Bearer" is looked at.
// False when the record cannot be asked.
bool site_asking(struct site *s, const struct http_request *req, uint64_t state, bool token_too,
                 struct asking *out, struct err *e) MUST_CHECK;

// The name of the session's cookie, without "__Host-".
extern const char session_cookie[];

#endif
