// The JSON API, /api/v1: rows of the record as programs read and write them. docs/api.md is its
// manual, /api/v1/openapi.json its description.
//
//     GET    /api/v1/{org}/{folder}           rows by key, a page at a time
//     POST   /api/v1/{org}/{folder}           a new row
//     GET    /api/v1/{org}/{folder}/{key}     one row, with its ETag
//     PUT, PATCH, DELETE  the same address    the whole row, some fields, retire; If-Match
//     POST   /api/v1/{org}/changes            several, all or none
//
// What a person may not change through a form they may not change here: both go through the door
// as the same caller. What pages show is had from the pages, with ".json".
#ifndef GT_WEB_API_H
#define GT_WEB_API_H

#include "base/json_read.h"
#include "domain/row_page.h"
#include "web/visit.h"

enum { API_BODY_MAX = 1 << 20, API_CHANGES_MAX = 1000 };

struct api_call {
    struct visit *visit;
    const struct descriptor *kind;
    const char *const *key; // NULL: the collection
};

bool api_list(const struct api_call *call, struct err *e) MUST_CHECK;
bool api_one(const struct api_call *call, struct err *e) MUST_CHECK;
bool api_write(const struct api_call *call, struct err *e) MUST_CHECK;
bool api_changes(struct visit *v, struct err *e) MUST_CHECK;
bool api_describe(struct visit *v, struct err *e) MUST_CHECK; // openapi.json

// The body as JSON; false with the problem already answered (415, 400) or `e` set.
bool api_body(struct visit *v, const struct json **ret, bool *ret_answered,
              struct err *e) MUST_CHECK;

// {self, kind, version, fields} of a row.
struct tree *api_row_tree(struct visit *v, const struct descriptor *kind, const char *const *cells,
                          int version);
const char *api_row_address(struct visit *v, const struct descriptor *kind,
                            const char *const *cells);

// A write on its way: one transaction, and the answer to it.
struct api_writing {
    struct visit *visit;
    const struct door_change *changes;
    size_t count;
    bool any_version;    // If-Match: *: whatever stands there
    bool several;        // the answer lists all rows
    const char *key;     // of idempotency, a digest; NULL: none was given
    const char *request; // digest of what is asked
    struct door_answer answer;
    struct kept_answer made; // status 0: none was made
    bool replayed;           // it was kept from before
};
// False with `e` set as the door left it; api_refuse then makes the problem of it.
bool api_run(struct api_writing *w, struct err *e) MUST_CHECK;
bool api_refuse(struct api_writing *w, struct err *e) MUST_CHECK;

#endif
