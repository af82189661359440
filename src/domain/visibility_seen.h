// Inside visibility: which things of a council are seen, before the council of them is made.
#ifndef GT_DOMAIN_VISIBILITY_SEEN_H
#define GT_DOMAIN_VISIBILITY_SEEN_H

#include "domain/visibility.h"

enum sight { SIGHT_NONE, SIGHT_PUBLISHED, SIGHT_WHOLE };

// By position in the whole council's arrays.
struct seen {
    const struct council *whole;
    struct arena *arena;
    enum sight *measures, *plans;
    bool *units, *people, *boards, *risks, *actions, *projects, *budgets, *savings;
    bool *own_units, *own_people; // of the subtrees that are seen, not only named by what is
    bool *own_boards;             // whose meetings are seen as well
};

struct seen *visibility_seen(const struct council *whole, struct arena *a,
                             const struct visibility *v);

// Position of an element among its array; SIZE_MAX for NULL and for what is not of the array (a
// post told in words).
size_t seen_at(const void *array, size_t count, size_t size, const void *element);
#define SEEN_AT(council, list, number, element)                                                    \
    seen_at((council)->list, (council)->number, sizeof *(council)->list, element)

enum sight seen_measure(const struct seen *s, const struct measure *m); // NULL: none
enum sight seen_plan(const struct seen *s, const struct plan *p);
enum sight seen_aim(const struct seen *s, const struct aim *a);

#endif
