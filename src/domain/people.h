// What all changes of accounts, grants, tokens and settings have in common: who makes them, when,
// and their event in the audit trail, in the same transaction (docs/audit.md).
//
// Every function that changes something takes a `struct people_act` and must be called inside a
// transaction (connections_write, or db_begin ... db_commit). What it returns false for has changed
// nothing that the caller may keep: roll back.
#ifndef GT_DOMAIN_PEOPLE_H
#define GT_DOMAIN_PEOPLE_H

#include "base/err.h"

struct db;
struct who;

struct people_act {
    struct db *db;
    struct arena *arena;
    const char *actor;   // as the audit trail names them: an account's code, "command line: login"
    const char *session; // "" without one; struct caller's
    int64_t now;         // seconds since 1970, UTC
    // What the one who acts has seen: `version` of the account or setting. When it has moved since,
    // ERR_CONFLICT. 0: not looked at (the command line).
    int64_t seen;
    const char *reason; // for the trail; NULL: none given
};

// "2025-10-01T09:30:00Z"; NULL for 0.
const char *people_time(struct arena *a, int64_t seconds);

#endif
