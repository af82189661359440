// What libmicrohttpd calls while a connection lives, and the server they work for. For src/http
// and its tests only.
#ifndef GT_HTTP_HANDLE_H
#define GT_HTTP_HANDLE_H

#include <microhttpd.h>

#include "http/address.h"
#include "http/listen.h"
#include "http/server.h"
#include "http/throttle.h"
#include "http/watch.h"
#include "http/work.h"

struct http_server {
    struct http_options options; // with the defaults filled in
    const struct http_app *app;
    struct listener listener;
    struct MHD_Daemon *daemon;
    struct watch watch;
    struct workers workers; // started where the app has a `manner`
    struct networks trusted;
    struct http_throttle *changes;
    atomic_size_t body_held; // bytes of all bodies
    atomic_uint_least64_t next_seed;
    atomic_bool stopping;     // no connection is kept for another request
    pthread_key_t thread_key; // each pool thread's index + 1
    atomic_uint next_thread;
};

// A request on its way to an answer.
struct call {
    struct http_server *server;
    struct MHD_Connection *connection;
    struct http_request *req; // of the connection; its arena is the call's until it is handed over
    struct http_response res;
    struct err err;
    // A refusal or failure: its status (0: none), and the sentence for whoever asked.
    int status;
    const char *message;
    const char *allow;    // for 405
    unsigned retry_after; // seconds, with a 429 or 503
    bool closing;         // the connection ends with the answer
    const char *route;    // what the application said of it
};

// The request line: method, url and version where libmicrohttpd has them (it has cut the url at
// the "?"), the target as it was sent.
struct http_line {
    const char *method, *url, *version;
    const char *target;
    size_t target_length;
};

// Decides whether a request may go to the application: fills call->req, the connection's body and
// in_worker, or call->status and message.
void http_examine(struct call *call, const struct http_line *line, struct conn *c);

// A refusal: its status and sentence; nothing more is read from the connection.
void http_refuse(struct call *call, int status, const char *message);

// Asks the application for an answer and puts it, or that of the refusal in call->status, on the
// connection.
enum MHD_Result http_answer(struct call *call);

// The same in two steps, for workers: the answer is made on the thread that asks, and sent on the
// connection's own.
void http_answer_make(struct call *call, struct made *out);
enum MHD_Result http_answer_send(struct MHD_Connection *connection, struct made *made);
// Gives up an answer that was made, or was sent: what it holds is let go.
void http_made_drop(struct made *made);

// Takes a piece of the body. What does not find memory is thrown away, and body.dropped says so.
void http_body_take(struct http_server *server, struct conn *c, const char *bytes, size_t length);
void http_body_free(struct http_server *server, struct conn *c);

enum MHD_Result http_on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload,
                                size_t *upload_size, void **request);
void *http_on_target(void *cls, const char *target, struct MHD_Connection *connection);
void http_on_completed(void *cls, struct MHD_Connection *connection, void **request,
                       enum MHD_RequestTerminationCode why);
void http_on_connection(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode what);

// Leaves addresses as they are: they are decoded by http_target_parse.
size_t http_keep_escapes(void *cls, struct MHD_Connection *connection, char *text);

// Hands the server a connected socket as if it had been accepted; for tests.
bool http_server_adopt(struct http_server *server, int fd) MUST_CHECK;

#endif
