// The table behind domain/access.h: role x duty, and which duty each kind of thing and each of its
// fields takes. Constants only; docs/access.md is made from it.
#ifndef GT_DOMAIN_ACCESS_TABLE_H
#define GT_DOMAIN_ACCESS_TABLE_H

#include "domain/access.h"

// Where a row of a kind is found: what decides whether a scope holds it.
enum place_of {
    PLACE_ORGANISATION, // no narrower scope holds it
    PLACE_UNIT_ITSELF,  // the row is a unit: its place is the unit above it
    PLACE_UNIT,         // its unit
    PLACE_BOARD,        // its board
    PLACE_PLAN,         // the row is a plan: its unit and its board
    PLACE_AIM,          // the plan of its aim
    PLACE_MEASURE,      // its measure: unit, boards of the plans it serves, owner and checker
    PLACE_RISK,         // its risk
    PLACE_PROJECT,      // its project
    PLACE_DELIVERY,     // the first it names of measure, risk, aim, plan, owner's unit
};

struct access_field {
    int column; // of model/columns.h
    enum duty duty;
};

struct access_kind {
    enum duty create, change, retire;
    enum place_of place;
    const struct access_field *fields; // that take another duty than `change`
    size_t field_count;
};

// "its measure": for the document.
const char *place_title(enum place_of p);

// Whether the role writes what is its person's own, and what is within its scope and is not. The
// role `owner` writes the first only; those who only read, neither.
bool access_reaches_own(enum role r);
bool access_reaches_others(enum role r);
// Whether a row of the kind can be somebody's own.
bool access_has_owner(enum kind kind);

const struct access_kind *access_of_kind(enum kind kind);
// The duty it takes to change this field of the kind.
enum duty access_of_field(enum kind kind, int column);
// Every duty that some field of the kind takes, as bits.
unsigned access_kind_duties(enum kind kind);

#endif
