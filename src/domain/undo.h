// What each step of a thing's history changed, and the new change that takes it back.
//
// Nothing is ever removed from the history: an undo is a change like any other, through the door,
// and is itself a step afterwards.
#ifndef GT_DOMAIN_UNDO_H
#define GT_DOMAIN_UNDO_H

#include "domain/audit_history.h"
#include "domain/door.h"

struct undo_field {
    int column;
    bool hidden;                // a private column: that it changed is all the trail knows
    const char *before, *after; // NULL: blank, or hidden
};

enum undo_step { UNDO_MADE, UNDO_CHANGED, UNDO_GONE };

struct undo_told {
    enum undo_step what;
    const struct undo_field *fields;
    size_t count;
};

// Step `at` of the history of one thing (oldest first, domain/audit_history.h). Of kinds with
// versions the fields are those in which the version differs from the one before, so that figures
// of large files have theirs too.
bool undo_read(struct arena *a, const struct descriptor *d, const struct audit_step *steps,
               size_t count, size_t at, struct undo_told *out, struct err *e) MUST_CHECK;

// The change that takes step `at` back, given what stands now. False: it cannot be, and `ret_why`
// is a sentence that says what to do instead: a later step changed the same field, or the thing is
// not there, or it is the step that made it, or a private text would be needed.
// Of a kind with versions the new version is known from `day_text`, not from when the old one was:
// what was known in between stays as it was.
bool undo_make(struct arena *a, const struct descriptor *d, const struct audit_step *steps,
               size_t count, size_t at, const struct door_row *now, const char *day_text_,
               struct door_change *out, const char **ret_why, struct err *e) MUST_CHECK;

#endif
