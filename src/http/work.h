// The workers: threads that may block, and the queue of requests before them. For src/http only.
//
// A connection that waits for a worker is suspended: no epoll thread looks at it until the answer
// is made, and its client's going away is seen only then.
#ifndef GT_HTTP_WORK_H
#define GT_HTTP_WORK_H

#include <pthread.h>

#include "http/watch.h"

struct http_server;

enum { WORKERS_MAX = 48 };

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t some; // something waits, or it is time to stop
    struct conn *first, *last;
    unsigned waiting, most;
    bool stopping;
    unsigned count; // threads that run
    pthread_t threads[WORKERS_MAX];
};

// Starts options.workers of them; false when the machine has no threads or memory left.
bool workers_start(struct http_server *server) MUST_CHECK;

// Suspends the connection and hands its request over, in the order of coming. False when the queue
// is full or the server stops: nothing was done then.
bool workers_submit(struct http_server *server, struct MHD_Connection *connection,
                    struct conn *c) MUST_CHECK;

// Answers 503 to what still waits, and returns when the last worker has finished what it had
// begun. No connection is suspended any more then.
void workers_stop(struct http_server *server);

#endif
