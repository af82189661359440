// The connections that are open, and the thread that ends those that take too long.
//
// libmicrohttpd knows only silence: a client that sends a byte a second holds a connection for
// ever. So each connection carries the time since when it has owed a whole request head or body, or
// has been taking an answer, and twice a second a thread shuts down what is over its time; the
// connection's own thread then closes it. While a worker makes the answer no time runs: that is not
// the client's doing. For src/http only.
#ifndef GT_HTTP_WATCH_H
#define GT_HTTP_WATCH_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/request.h"

struct MHD_Connection;
struct MHD_Response;

enum conn_phase { CONN_HEAD = 0, CONN_BODY = 1, CONN_WORK = 2, CONN_ANSWER = 3 };

// How far the request that a connection carries has come.
enum conn_stage {
    STAGE_NONE,    // its head has not been looked at
    STAGE_BODY,    // let in; its body, if any, is coming
    STAGE_WORKING, // a worker has it
    STAGE_MADE,    // a worker has made the answer
};

// A body as it comes in. Its memory is its own: it may be more than an arena should hold.
struct body {
    char *bytes; // NULL: none has come
    size_t length;
    size_t room;
    size_t expected; // what Content-Length says: never more than the manner's body_max
    bool dropped;    // no memory for it: what comes is thrown away, and 503 answered
};

// An answer made by a worker, on its way to the connection's own thread.
struct made {
    struct MHD_Response *response; // NULL: not even memory to say sorry
    struct http_ready *ready;      // held while the response is one of its forms; else NULL
    unsigned status;
};

struct conn {
    struct conn *next, *previous;
    int fd;
    _Atomic uint64_t since; // milliseconds << 2 | phase
    _Atomic size_t got;     // bytes of body so far, for its rate
    bool ended;             // shut down already; under the watch's lock
    char *target;           // of the current request, as sent
    size_t target_room;
    bool target_lost; // memory was out
    char peer[46];    // the address at the other end, as text
    uint64_t next_id; // from which the ids of its requests are made
    char id[17];      // of the current request
    enum conn_stage stage;
    bool in_worker;
    struct body body;
    struct made made;
    struct MHD_Connection *connection; // while a worker has it
    struct conn *next_waiting;
    // The request being answered; its arena is NULL between requests.
    struct http_request req;
};

struct watch_limits {
    unsigned head_ms;
    unsigned body_ms; // a whole body
    unsigned answer_ms;
};

// The slowest a body may come, in bytes a second, once head_ms have gone by.
enum { WATCH_BODY_RATE = 1024 };

struct watch {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    struct conn *conns;
    struct watch_limits limits;
    bool stopping;
};

bool watch_start(struct watch *w, struct watch_limits limits) MUST_CHECK;
void watch_stop(struct watch *w); // after the last watch_remove

// A new connection, in CONN_HEAD; NULL when memory is out.
struct conn *watch_add(struct watch *w, int fd);
// Must come before its socket is closed, so that no later socket of that number is shut down.
void watch_remove(struct watch *w, struct conn *c);

void conn_enter(struct conn *c, enum conn_phase phase);

// Waits until no connection is sending a body, being answered or taking its answer, at most so
// long.
void watch_drain(struct watch *w, unsigned most_ms);

uint64_t watch_now(void); // milliseconds, monotonic, to the tick

#endif
