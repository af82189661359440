// Inside the door: what it is to retire a row of each kind.
#ifndef GT_DOMAIN_DOOR_RETIRE_H
#define GT_DOMAIN_DOOR_RETIRE_H

#include "domain/door.h"
#include "domain/import_run.h"

struct door {
    struct import_run run;
    const struct door_options *options;
    const struct door_change *changes;
    size_t count;
    struct import_source **sources; // by change; NULL: the row goes
    struct door_answer *answer;
};

// The row as it stands once it is retired. False: it goes (or cannot be retired: door_remove says).
bool door_retired(struct door *door, enum kind kind, const char *const *now,
                  const char *const **out);
// Takes the row out, with its event. False: something still names it, or its kind is not retired.
bool door_remove(struct door *door, size_t number, const struct door_row *now) MUST_CHECK;

#endif
