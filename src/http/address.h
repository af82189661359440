// Addresses of clients and of the proxies in front of us. For src/http only.
#ifndef GT_HTTP_ADDRESS_H
#define GT_HTTP_ADDRESS_H

#include <sys/socket.h>

#include "base/err.h"

enum { ADDRESS_TEXT = 46, NETWORKS_MAX = 32 };

// IPv6, or IPv4 as IPv6 (::ffff:192.0.2.7), so that one family is enough.
struct address {
    unsigned char bytes[16];
};

struct networks {
    struct {
        struct address at;
        unsigned prefix; // bits of 128
    } list[NETWORKS_MAX];
    size_t count;
};

// "192.0.2.7", "2001:db8::1", nothing else beside it.
bool address_read(const char *text, size_t length, struct address *out);
bool address_is_v4(const struct address *at);
// The shortest usual form; an IPv4 address as such.
void address_write(const struct address *at, char out[ADDRESS_TEXT]);
// Of a socket; false when it has none (a socket pair).
bool address_of(const struct sockaddr *from, struct address *out);

// "127.0.0.1, 10.1.0.0/16, ::1"; NULL: none. One sentence (ERR_USAGE) for what is neither.
bool networks_read(const char *text, struct networks *out, struct err *e) MUST_CHECK;
bool networks_hold(const struct networks *n, const struct address *at);

// Whose request came from `peer` with this X-Forwarded-For (NULL: absent): the peer, or where that
// is a trusted proxy the last hop that is not; the peer as well where the list cannot be read.
// Gives `peer` itself or a text in the arena.
const char *address_of_client(struct arena *a, const struct networks *trusted, const char *peer,
                              const char *forwarded_for);

#endif
