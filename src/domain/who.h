// Who changes something, and the one point where it is decided whether they may.
//
// Everything that is written asks here first: the door, row by row, and so the import, which goes
// through it. A signed-in person's `who` is made by domain/access; the person at the machine, who
// holds the file itself, may do everything.
#ifndef GT_DOMAIN_WHO_H
#define GT_DOMAIN_WHO_H

#include "base/csv.h"
#include "model/descriptor.h"

enum who_action { WHO_CREATES, WHO_CHANGES, WHO_RETIRES };

struct who_request {
    enum who_action action;
    const char *organisation;
    const struct descriptor *kind;
    // Cells in the descriptor's order, text NULL: blank. `before` is what stands in the record,
    // NULL where nothing does; `after` what would stand there, NULL where the row would go.
    const struct slice *before, *after;
};

struct who {
    const char *actor;   // as the audit trail names them; never NULL
    const char *session; // "" without one
    // False: `ret_why` ends the sentence "... is refused: " with the reason and whom to ask.
    bool (*may)(const struct who *who, const struct who_request *request, const char **ret_why);
    const void *context; // of `may`
    bool in_part;        // does not see everything: is not helped with the codes of others
};

// The person at the machine. `login` is their name there; NULL or "" when it has none.
struct who who_at_machine(struct arena *a, const char *login);

#endif
