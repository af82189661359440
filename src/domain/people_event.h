// Inside domain/: the event a change of people and access leaves in the audit trail. Such an event
// names no rows and has no digest; names and e-mail addresses stand in it as {"sha256": ...} only
// (domain/trail.h), hashes and secrets not at all.
#ifndef GT_DOMAIN_PEOPLE_EVENT_H
#define GT_DOMAIN_PEOPLE_EVENT_H

#include "domain/people.h"

struct people_field {
    const char *name;
    const char *before, *after; // NULL: nothing
    bool private;
};

struct people_event {
    const char *action; // "create", "change", "retire"
    const char *kind;   // "account", "grant", "token", "setting"
    const char *key[5]; // NULL-ended
    const struct people_field *fields;
    size_t field_count;
};

// Appends it; fields that did not change are left out.
bool people_event(const struct people_act *act, const struct people_event *event,
                  struct err *e) MUST_CHECK;

#endif
