// An array that grows in place: for what is read by the thousand or the million before anyone knows
// how many there are.
//
// An arena frees nothing singly, so doubling inside it would leave every earlier copy behind. This
// one has pages of its own, moved and not copied when they grow, and given back with the arena.
// Memory running out goes the arena's way (its trap).
//
//     struct grow g = grow_new(a, sizeof(struct thing));
//     struct thing *t = grow_add(&g);          // zeroed; earlier pointers may now be stale
//     ... g.items, g.count ...
#ifndef GT_BASE_GROW_H
#define GT_BASE_GROW_H

#include "base/arena.h"

struct grow {
    struct arena *arena;
    void *items;
    size_t count;
    size_t room;
    size_t element; // bytes
    struct grow_pages *pages;
};

struct grow grow_new(struct arena *a, size_t element);
// Room for more; used by grow_add.
void grow_more(struct grow *g);

static inline void *grow_add(struct grow *g)
{
    if (g->count == g->room) {
        grow_more(g);
    }
    return (char *)g->items + g->count++ * g->element;
}

// As above, `count` elements side by side.
void *grow_add_many(struct grow *g, size_t count);

#endif
