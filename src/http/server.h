// The listener: libmicrohttpd behind the project's own checks.
//
// A pool of epoll threads calls the application's `answer` with a checked request; whatever
// happens in there, the client gets a whole answer with the security headers. What is refused
// before that, and how: a method that `manner` does not allow 405; target over HTTP_TARGET_MAX 414,
// head over `head_max` 431; address that does not decode, a body to read with, two Host or no Host,
// more than one Content-Length, Content-Length beside Transfer-Encoding, bare line feeds, folded
// fields and other heads whose end can be doubted 400; a Host we do not answer to 421; a body in
// chunks 411 (libmicrohttpd takes more for a chunk than the standard, and we could not see it); a
// body over `body_max` 413; an expectation other than 100-continue 417; too many changes from one
// address 429; more bodies at once than `body_memory` holds, or more work than the workers' queue
// 503. A refusal closes the connection, so that nothing can be smuggled behind it.
//
// libmicrohttpd itself answers what it cannot read as HTTP/1 (a field without a colon, a
// Content-Length that is no number, another version, a head over its memory) before we are asked:
// fixed words, the connection closed, none of our headers and nothing of the request in it.
//
// Handlers on epoll threads must not block: each serves many connections. What writes, hashes a
// password or talks to another server is answered by a worker (`manner.in_worker`), while the
// connection waits and costs no thread. A client that shuts its own side down meanwhile counts as
// gone: its request is carried out, but it may get no answer.
#ifndef GT_HTTP_SERVER_H
#define GT_HTTP_SERVER_H

#include "http/response.h"

struct http_server;

struct http_options {        // NULL and 0 mean the default
    const char *address;     // numeric IPv4 or IPv6, or "localhost"; default 127.0.0.1
    int port;                // 0: any free one, see http_server_port; the front door says 8080
    unsigned threads;        // default: one a core, at most 16
    unsigned connections;    // at once; default 2000, fewer where the machine allows fewer files
    unsigned per_address;    // at once from one client address; default: half of `connections`
    unsigned head_seconds;   // for a whole request head, from connecting or from the last answer;
                             // so also how long a connection may idle; default 20
    unsigned answer_seconds; // for taking a whole answer; default 300
    size_t head_max;         // bytes of request line and headers; default 16384
    unsigned body_seconds;   // for a whole body; default 300. It must also come at 1 KB/s or more,
                             // once `head_seconds` have gone by
    size_t request_memory;   // an arena's limit; default 64 MB. Bodies are not counted in it
    size_t body_memory;      // all bodies held at once; default 256 MB
    unsigned workers;        // threads that may block; default 32, at most 48 (and so at least 16
                             // of KEEPER_READERS_MAX are left for epoll threads); none if the app
                             // has no `manner`
    unsigned queue;          // requests that may wait for a worker; default 256
    // Changes (unsafe methods) one client address may ask for: so many a second in the long run,
    // and so many at once; default 1000 and 20000. A whole council may stand behind one address.
    unsigned changes_per_second, changes_at_once;
    // Addresses and networks of proxies in front, "127.0.0.1, 10.1.0.0/16, ::1": only from them is
    // X-Forwarded-For believed, up to the last hop that is not one of them (ASVS V4.1.3). NULL:
    // from nobody.
    const char *trusted_proxy;
    // Names answered to (without port, any case). Without a list: on a loopback address only
    // localhost, *.localhost, 127.0.0.1 and [::1] (against DNS rebinding), elsewhere any name.
    const char *const *hosts;
    size_t host_count;
    bool tls_in_front;       // a proxy speaks TLS for us: send Strict-Transport-Security
    bool access_log;         // one line a request: method, route, status, time; no more than that
    struct metrics *metrics; // what is counted (base/metrics.h); NULL: nothing
};

// How a request is to be taken, decided by its head alone.
struct http_manner {
    size_t body_max;   // the most bytes of body; more is 413. 0: none, so only GET and HEAD
    bool in_worker;    // `answer` runs on a worker, where it may block
    const char *allow; // the methods taken, "GET, HEAD, POST": others are 405. NULL: "GET, HEAD"
};

struct http_app {
    void *context;
    // Asked once the head of a request has been checked, before its body is read (and before a
    // client that sent `Expect: 100-continue` is told to send it), on an epoll thread: must not
    // block. NULL: only GET and HEAD are taken, without a body, and answered on epoll threads.
    // A method we do not know at all asks as GET, for the sake of `allow`.
    struct http_manner (*manner)(void *context, const struct http_request *req);
    // Answers a request into `res` (zeroed). False with `e` set: `failed` is asked for a page:
    // ERR_ABSENT 404, ERR_INPUT and ERR_USAGE 400, ERR_DENIED 403, ERR_CONFLICT 412, ERR_AWAY 503,
    // ERR_SYSTEM 500. Out of memory (the arena's trap) comes out as 503. For any other status
    // answer true with `status` set: with a body, or with `failure_page`.
    bool (*answer)(void *context, const struct http_request *req, struct http_response *res,
                   struct err *e);
    // Renders the page for a refusal or failure: sets content type and body (and gzip), made in
    // the arena of this `req`, which is a fresh one; `message` is one sentence for the user,
    // without inner details. `req` may be of a request that was refused: then target, path and
    // host may be "" and there are no parameters. May be NULL or leave `res` as it is: the message
    // is sent as plain text.
    void (*failed)(void *context, const struct http_request *req, int status, const char *message,
                   struct http_response *res);
    // Told after each answer, on the thread that made it, once nothing of it is needed any more
    // (a `ready` page is held by then): the place to clear a hazard slot. May be NULL.
    void (*done)(void *context, unsigned thread);
};

// Starts listening; threads may call `app` before this returns. NULL with one sentence (ERR_USAGE
// for an address or option that makes no sense, ERR_SYSTEM for a port in use or not allowed).
// Raises the process's soft limit of open files where `connections` needs it. What `options` and
// `app` point to must live until http_server_stop returns.
struct http_server *http_serve(const struct http_options *options, const struct http_app *app,
                               struct err *e) MUST_CHECK;

// Reads where to listen: "127.0.0.1:8080", "[::1]:8080", ":8080" or "8080" (the default address:
// NULL). Says in one sentence what is wrong otherwise (ERR_USAGE).
bool http_listen_parse(struct arena *a, const char *text, const char **ret_address, int *ret_port,
                       struct err *e) MUST_CHECK;

int http_server_port(const struct http_server *server);
unsigned http_server_threads(const struct http_server *server); // epoll threads
unsigned http_server_slots(const struct http_server *server);   // and workers: req->thread is below
// "http://127.0.0.1:8080/", for people.
const char *http_server_address(const struct http_server *server);

// Stops taking connections, lets answers under way finish (at most `grace_seconds`), closes the
// rest and frees the server. What a worker has begun it finishes, however long that takes; what
// still waits for one when the grace is over is answered 503. NULL is taken.
void http_server_stop(struct http_server *server, unsigned grace_seconds);

#endif
