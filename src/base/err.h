// A failure, told once: by the function that met it, to whoever stands at the top.
//
// Functions that can fail return `bool` (MUST_CHECK) and fill a `struct err`. `kind` decides the
// exit status and the HTTP answer; `message` is one sentence with the remedy, for the user;
// `cause` is for the log only (a driver's text, errno).
#ifndef GT_BASE_ERR_H
#define GT_BASE_ERR_H

#include "base/arena.h"

enum err_kind {
    ERR_NONE = 0,
    ERR_INPUT = 1,    // the input or the record is at fault: exit 1, HTTP 400/422
    ERR_USAGE = 2,    // the command was used wrongly: exit 2, HTTP 400
    ERR_SYSTEM = 3,   // we or the machine failed: exit 3, HTTP 500
    ERR_ABSENT = 4,   // what was asked for does not exist: exit 1, HTTP 404
    ERR_CONFLICT = 5, // somebody else changed it meanwhile: exit 1, HTTP 412
    ERR_DENIED = 6,   // who asks may not: exit 1, HTTP 403
    ERR_AWAY = 7,     // what we need does not answer for the moment: exit 3, HTTP 503
};

struct err {
    struct arena *arena; // where the texts live; set by the top before use. NULL: nobody reads them
    enum err_kind kind;
    const char *message;
    const char *cause;
};

// Fills `e` and returns false, so that `return err_set(e, ERR_INPUT, "...");` reads well.
// The first failure stays: a later one does not overwrite it.
bool err_set(struct err *e, enum err_kind kind, const char *format, ...) PRINTF_LIKE(3, 4);

// Adds what the log should know (kept only if none is there yet).
void err_cause(struct err *e, const char *format, ...) PRINTF_LIKE(2, 3);

// The process exit status for this failure: 0, 1, 2 or 3.
int err_exit_status(const struct err *e);

#endif
