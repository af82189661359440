// Inside the keeper: one state of the record, with what it shares with the states before it.
#ifndef GT_DOMAIN_KEEPER_VIEW_H
#define GT_DOMAIN_KEEPER_VIEW_H

#include <stdatomic.h>

#include "domain/keeper_parts.h"
#include "domain/page_cache.h"
#include "domain/snapshot.h"

// One organisation as it stood at one revision: shared by all views between two of its changes.
struct kept {
    atomic_int holders; // views, and readers of a part
    uint64_t revision;
    day today;
    _Atomic(const struct council *) council; // NULL until first asked for
    struct page_cache *pages;
    struct parts *parts; // what of it some people see
    char code[];
};

struct keeper_view {
    unsigned opened;  // which opening of the record it was read from
    uint64_t counter; // of the record, asked before it was read
    day today;
    struct arena *arena;
    const struct organisation_name *names;
    struct kept **kept; // one a name
    size_t count;
    struct page_cache *pages;
    struct keeper_view *next_retired;
};

// The state of the record now, in `a`, which it owns from then on. What did not change since
// `before` (NULL: nothing before, or read from another file) is taken over from it.
struct keeper_view *keeper_view_read(struct db *db, struct arena *a, day today,
                                     const struct keeper_view *before, struct err *e);
void keeper_view_free(struct keeper_view *v); // with its arena; NULL is taken

// One more holder than the views, and one less.
void keeper_view_hold(struct kept *kept);
void keeper_view_drop(struct kept *kept);

// The organisation by code; NULL when there is none.
struct kept *keeper_view_kept(const struct keeper_view *v, const char *code);

#endif
