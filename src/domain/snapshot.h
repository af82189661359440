// Snapshots: building a council from the record, and keeping the newest one at hand.
//
// `snapshot_build` reads one organisation in a single read transaction and judges it. A keeper
// holds the newest council of every organisation for the server: readers take it without locks
// (a hazard slot a thread), and rebuild it only when the record's change counter has moved, so
// whoever made a change sees it on the next page, and changes that come while a rebuild runs are
// taken together by the next.
#ifndef GT_DOMAIN_SNAPSHOT_H
#define GT_DOMAIN_SNAPSHOT_H

#include "base/err.h"
#include "domain/council.h"

struct db;
struct visibility;

// The council `organisation` as of `today`, with what was known on `at` (DAY_NONE: now), in a new
// arena that the caller frees (council->arena). ERR_ABSENT names the organisations there are.
bool snapshot_build(struct db *db, const char *organisation, day today, day at,
                    const struct council **ret, struct err *e) MUST_CHECK;

// Opens the record for reading only; closed with the arena.
bool snapshot_open(struct arena *a, const char *url, struct db **ret, struct err *e) MUST_CHECK;

// The organisations of the record by code.
struct organisation_name {
    const char *code, *name, *kind;
};
bool snapshot_organisations(struct db *db, struct arena *a, const struct organisation_name **ret,
                            size_t *ret_count, struct err *e) MUST_CHECK;

// ---- the keeper ----

struct keeper;
struct keeper_view; // one immutable state: all organisations, and a cache of finished pages

enum { KEEPER_READERS_MAX = 64 };

// Opens the record at `url` for itself. `today` DAY_NONE: the machine's date, moving on at
// midnight.
bool keeper_open(const char *url, day today, struct keeper **ret, struct err *e) MUST_CHECK;
void keeper_close(struct keeper *k);

// A commit of this process is done (connections_tell calls it with the keeper): no page answered
// from now on is older than it. Commits of other processes are noticed by themselves, on
// PostgreSQL some milliseconds later.
void keeper_changed(void *keeper);

// Takes the current state for reader slot `reader` (0..KEEPER_READERS_MAX-1, one a thread) until
// keeper_release; rebuilds it first when the record changed, or when another file stands in its
// place. NULL only when a rebuild failed and there is no earlier state: `e` says why. When a
// rebuild fails and there is one, that is given; the first time `e` says why, for the log.
const struct keeper_view *keeper_take(struct keeper *k, unsigned reader, struct err *e);
void keeper_release(struct keeper *k, unsigned reader);

// Another number for every state of the record that is taken: what was asked of the record stands
// as long as this does.
uint64_t keeper_state(const struct keeper_view *v);

// Within a taken view: the council by code, read from the record on first use, and what of it is
// seen (NULL: everything; domain/visibility.h), made from that. ERR_ABSENT: there is no such
// organisation. It stands until the reader's keeper_release. Of each organisation the PARTS_MAX
// views last asked for are kept; ERR_AWAY when so many others are still being read that another
// cannot be made.
bool keeper_council(struct keeper *k, unsigned reader, const struct keeper_view *v,
                    const char *code, const struct visibility *seen, const struct council **ret,
                    struct err *e) MUST_CHECK;
const struct organisation_name *keeper_organisations(const struct keeper_view *v,
                                                     size_t *ret_count);

// Finished pages of one council (NULL: of the list of organisations), kept as long as that council
// stands. The cache is bounded; what does not fit is not kept. `keeper_keep` hands `ready` over
// with its `release`; when another thread was first, its copy is returned and ours released.
// NULL when the cache is full: then the caller still owns `ready`.
void *keeper_kept(const struct keeper_view *v, const struct council *c, const char *key);
// Whether a page of so many bytes would be kept now.
bool keeper_has_room(const struct keeper_view *v, const struct council *c, size_t bytes);
void *keeper_keep(const struct keeper_view *v, const struct council *c, const char *key,
                  void *ready, size_t bytes, void (*release)(void *));

#endif
