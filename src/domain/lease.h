// Scheduled jobs among several servers on one record: each run, named by its job and the moment it
// was due, is done once, by whoever takes it first; when that server dies in the middle, another
// takes it over once the lease has run out.
//
// A holder is a name of one server process. All times are the database's, so that the clocks of the
// servers need not agree. Functions that change run inside a writing transaction.
#ifndef GT_DOMAIN_LEASE_H
#define GT_DOMAIN_LEASE_H

#include "base/err.h"

struct db;

#define LEASE_DONE "done" // the result of a run that went well; any other says what went wrong

// The database's clock: seconds since 1970.
bool lease_now(struct db *db, int64_t *out, struct err *e) MUST_CHECK;

// Whether this run is still to be done, and nobody who lives is at it. Reads only.
bool lease_open(struct db *db, struct arena *a, const char *job, int64_t due, bool *out,
                struct err *e) MUST_CHECK;
// Takes the run for `seconds`, if it still can be had.
bool lease_take(struct db *db, struct arena *a, const char *job, int64_t due, const char *holder,
                int64_t seconds, bool *ret_mine, struct err *e) MUST_CHECK;
// For `seconds` more; `*ret_mine` false: it has run out and somebody else has it.
bool lease_renew(struct db *db, struct arena *a, const char *job, const char *holder,
                 int64_t seconds, bool *ret_mine, struct err *e) MUST_CHECK;
// The run is over. A holder that has lost it changes nothing.
bool lease_end(struct db *db, const char *job, int64_t due, const char *holder, const char *result,
               struct err *e) MUST_CHECK;

// A run that was not scheduled (a command): noted as done now.
bool lease_note(struct db *db, const char *job, const char *holder, struct err *e) MUST_CHECK;
// When it last went well; 0: never.
bool lease_last_done(struct db *db, const char *job, int64_t *out, struct err *e) MUST_CHECK;
// Forgets runs that were due more than 400 days ago.
bool lease_forget(struct db *db, struct err *e) MUST_CHECK;

#endif
