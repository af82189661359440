// The connections that are open, and the thread that ends those that take too long.
//
// libmicrohttpd knows only silence: a client that sends a byte a second holds a connection for
// ever. So each connection carries the time since when it has owed a whole request head, or has
// been taking an answer, and once a second a thread shuts down what is over its time; the
// connection's own thread then closes it. For src/http only.
#ifndef GT_HTTP_WATCH_H
#define GT_HTTP_WATCH_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/request.h"

enum conn_phase { CONN_HEAD = 0, CONN_ANSWER = 1 };

struct conn {
    struct conn *next, *previous;
    int fd;
    _Atomic uint64_t since; // milliseconds << 1 | phase
    bool ended;             // shut down already; under the watch's lock
    char *target;           // of the current request, as sent
    size_t target_room;
    bool target_lost; // memory was out
    // The request being answered; its arena is NULL between requests.
    struct http_request req;
};

struct watch {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    struct conn *conns;
    unsigned head_ms;
    unsigned answer_ms;
    bool stopping;
};

bool watch_start(struct watch *w, unsigned head_ms, unsigned answer_ms) MUST_CHECK;
void watch_stop(struct watch *w); // after the last watch_remove

// A new connection, in CONN_HEAD; NULL when memory is out.
struct conn *watch_add(struct watch *w, int fd);
// Must come before its socket is closed, so that no later socket of that number is shut down.
void watch_remove(struct watch *w, struct conn *c);

void conn_enter(struct conn *c, enum conn_phase phase);

// Waits until no connection is taking an answer, at most so long.
void watch_drain(struct watch *w, unsigned most_ms);

uint64_t watch_now(void); // milliseconds, monotonic, to the tick

#endif
