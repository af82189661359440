// What a server process has open of its record: one connection that writes, with a thread of its
// own, and a few that read.
//
// Whoever has something to write hands over a work and waits. The writing thread takes all works
// that wait at the same time as one group: each runs under a savepoint of its own, then all are
// committed at once, and only then does anybody hear that theirs is kept. So an answer never comes
// before its commit, and a commit (which waits for the disc) is paid once for all of a group.
//
// A work that fails, or whose memory runs out, is turned back alone; the others do not notice.
// Where the engine gives up the transaction as a whole, the others are run once more, each by
// itself: a work may be run twice, each time on a record without its own changes, and must set what
// it gives anew. When the commit fails all of the group fail; nothing of it is then in the record,
// unless the connection to a server was lost in the very moment, which the message says.
//
// A lost connection is opened again for the next work: those under way fail with ERR_AWAY.
// Works must not call connections_write or connections_read themselves, nor begin, commit or roll
// back; for the door there is door_apply_within.
#ifndef GT_DOMAIN_CONNECTIONS_H
#define GT_DOMAIN_CONNECTIONS_H

#include "base/err.h"

struct db;
struct connections;

enum {
    CONNECTIONS_WAITING_MAX = 512, // works; more are refused: ERR_AWAY
    CONNECTIONS_GROUP_MAX = 64,    // works a commit
    CONNECTIONS_READERS = 4,       // connections that read
};

// Opens the record at `url` to read it, so that what is wrong with it is said now; everything else
// is opened at first need.
bool connections_open(const char *url, struct connections **ret, struct err *e) MUST_CHECK;
// Finishes the works that wait, refuses new ones, and closes. Nobody may be in a call. NULL is
// taken.
void connections_close(struct connections *c);

// Called after each commit and before anybody hears of it, in the writing thread: the keeper learns
// so that its picture is old. Set before the first write.
void connections_tell(struct connections *c, void (*tell)(void *context), void *context);
// Counts commits, their time and the changes kept. Set before the first write; NULL: nothing.
struct metrics;
void connections_measure(struct connections *c, struct metrics *metrics);

// False: nothing of it is to be kept, and `e` says why; `e` lives in `a`.
typedef bool (*connection_work)(void *context, struct db *db, struct arena *a, struct err *e);

// Blocks (workers only; what `work` uses must not be touched meanwhile). True: committed. False:
// rolled back, `e` as `work` left it (ERR_NONE when it left it alone), or ERR_AWAY (too many wait;
// the database is away) or ERR_SYSTEM. `a` is the caller's arena: where it runs out in `work`, the
// caller's trap is jumped to once the work is turned back.
bool connections_write(struct connections *c, struct arena *a, connection_work work, void *context,
                       struct err *e) MUST_CHECK;

// Runs `work` in the caller's thread on a connection that only reads, with one consistent view of
// the record. True: as `work` said.
bool connections_read(struct connections *c, struct arena *a, connection_work work, void *context,
                      struct err *e) MUST_CHECK;

// Since it was opened.
struct connections_counts {
    uint64_t written; // works committed
    uint64_t commits; // groups
    uint64_t failed;  // works turned back, refused ones not counted
    uint64_t refused; // too many waited
    size_t waiting;   // now
};
struct connections_counts connections_count(struct connections *c);

#endif
