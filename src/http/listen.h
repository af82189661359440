// Opening the socket to listen on, with sentences for what can go wrong. For src/http only.
#ifndef GT_HTTP_LISTEN_H
#define GT_HTTP_LISTEN_H

#include "base/err.h"

struct listener {
    int fd; // listening, non-blocking, closed on exec
    int port;
    bool ipv6;
    bool loopback;     // nobody outside this machine can reach it
    char address[120]; // "http://127.0.0.1:8080/": longer than any numeric address
    char name[80];     // "127.0.0.1" or "[::1]": how a Host field names it
};

bool http_listen(const char *address, int port, struct listener *out, struct err *e) MUST_CHECK;

// Raises the soft limit of open files to hold `connections`, as far as the machine lets us;
// gives how many connections fit.
unsigned http_files_for(unsigned connections);

#endif
