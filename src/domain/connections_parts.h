// Between the parts of domain/connections: connections.c (opening, closing, reading) and
// connections_write.c (the writing thread). Nothing else includes it.
#ifndef GT_DOMAIN_CONNECTIONS_PARTS_H
#define GT_DOMAIN_CONNECTIONS_PARTS_H

#include <pthread.h>

#include "domain/connections.h"
#include "store/store.h"

// One connection with the memory that it keeps.
struct connection {
    struct arena *arena;
    struct db *db; // NULL: not open
    bool busy;     // of those that read
};

// A work that waits for its commit; on the stack of whoever waits.
struct waiting {
    struct waiting *next;
    connection_work work;
    void *context;
    struct arena *arena;
    struct err err; // in `arena`
    bool good;
    bool out_of_memory;
    bool done; // behind the lock
    pthread_cond_t wake;
};

struct connections {
    char *url;
    pthread_mutex_t lock; // for all below but `writer`, which is the thread's
    pthread_cond_t work_came, reader_free;
    struct waiting *first, **last; // the queue
    size_t waiting;                // in the queue
    size_t reading;                // who wait for a connection, or have one
    bool closing, started;
    pthread_t thread;
    void (*tell)(void *context);
    void *tell_context;
    struct metrics *metrics;
    struct connection readers[CONNECTIONS_READERS];
    struct connection writer;
    // The thread's own, for how long the next group gathers: how many wrote at the time of the last
    // commit, and how long that took.
    size_t crowd;
    int64_t commit_microseconds;
    struct connections_counts counts;
};

// Opens it where it is not, or where what it is connected to has gone. `e`'s texts outlive it.
bool connection_ready(struct connection *c, const char *url, enum db_mode mode,
                      struct err *e) MUST_CHECK;
void connection_end(struct connection *c);

// The work in the trap of its own arena and of the connection's, whose owners' traps are put aside:
// 1 good, 0 failed, -1 memory ran out (`ret_worn`: the connection's own).
int connection_run(struct connection *c, connection_work work, void *context, struct arena *a,
                   struct err *e, bool *ret_worn) MUST_CHECK;

// Gives `from` to `to`, whose texts are in an arena of its own.
bool connection_hand_over(const struct err *from, struct err *to);

void *connections_writing(void *connections); // the thread

#endif
