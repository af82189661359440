// Scopes: which measures belong to an aim, a plan, a unit, a board, a class, the organisation.
//
// A measure counts once in a scope however many threads lead to it: the base is fixed. An aim's
// scope is its own measures and those of every aim below it: children, and aims of other plans
// that contribute to it. A plan's: those of all its aims. A unit's: its own and of the units under
// it. A board's: of the plans that report to it; where none does, by its kind (executive:
// corporate measures; scrutiny: corporate and statutory; management: corporate and
// organisational, or those of a directorate whose code its own ends with).
#ifndef GT_DOMAIN_SCOPE_H
#define GT_DOMAIN_SCOPE_H

#include "domain/council.h"
#include "domain/reading.h"
#include "engine/rollup.h"

struct scope {
    const struct measure **measures; // in the council's order
    size_t count;
};

struct scope scope_organisation(const struct council *c, struct arena *a);
struct scope scope_aim(const struct council *c, struct arena *a, const struct aim *aim);
struct scope scope_plan(const struct council *c, struct arena *a, const struct plan *plan);
struct scope scope_unit(const struct council *c, struct arena *a, const struct unit *unit);
struct scope scope_board(const struct council *c, struct arena *a, const struct board *board);
struct scope scope_classes(const struct council *c, struct arena *a, unsigned classes);

// Counts over a scope; `all` are the readings of readings_all. Retired measures are left out of
// scopes. ret_worst gets the worst reading, NULL when nothing is scored.
struct rollup scope_rollup(const struct scope *s, const struct reading *all, struct arena *a,
                           const struct reading **ret_worst);

// The line from an aim up to the vision: aim, its parent, what that contributes to ... ; the
// first contribution is followed. Bounded by the number of aims.
size_t thread_up(const struct council *c, struct arena *a, const struct aim *aim,
                 const struct aim *const **ret_line);

#endif
