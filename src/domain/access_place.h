// Inside access: where a row is, and whether it is somebody's own.
#ifndef GT_DOMAIN_ACCESS_PLACE_H
#define GT_DOMAIN_ACCESS_PLACE_H

#include "domain/access.h"
#include "domain/access_facts.h"

// What a scope may hold the row by; NULL: not by that. All NULL: only the whole organisation.
struct place {
    const char *unit, *board, *measure;
    const char *parent; // code of what ownership is taken from: measure, risk or project
    bool own_parent;    // the caller's person owns or checks it
    bool own;           // the row itself names the caller's person
};

// Of `cells` (by position; as they stand, or as they would). `other`: the row's other side, NULL
// where there is none.
struct place place_of_row(struct facts *f, const struct caller *c, enum kind kind,
                          const char *const *cells, const char *const *other);

// Whether the grant's scope holds the place. Its organisation and role are looked at elsewhere.
bool place_in_scope(struct facts *f, const struct place *p, const struct grant *g);

#endif
