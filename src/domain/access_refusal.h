// Inside access: why a row may not be written, as the rest of the door's sentence.
#ifndef GT_DOMAIN_ACCESS_REFUSAL_H
#define GT_DOMAIN_ACCESS_REFUSAL_H

#include "domain/access_place.h"

struct refusal {
    const struct who_request *request;
    const char *const *cells; // of the side that is not theirs
    enum duty duty;           // that is missing
    int column;               // that takes it; -1: the row as a whole
    bool elsewhere;           // they have the duty, over other rows
    bool not_own;             // and over this one, if only it were their own
    const char *unit;         // whose head could: NULL where they do not see it
};

// "is refused: the target of NI 117 is agreed by a head of service or a performance officer; ask
// the head of Children's Services or a performance officer"
const char *access_refusal(struct arena *a, const struct caller *c, const struct refusal *r);

#endif
