// The body of a request as it comes in, in memory that grows with what was really sent: who only
// promises bytes holds none of ours.
#include <stdlib.h>
#include <string.h>

#include "http/handle.h"

enum { FIRST_ROOM = 16 << 10 };

// Room for `wanted` bytes and a NUL, counted in the server's body_held before it is taken.
static bool make_room(struct http_server *server, struct body *b, size_t wanted)
{
    if (wanted < b->room) {
        return true;
    }
    size_t room = b->room == 0 ? FIRST_ROOM : b->room;
    while (room <= wanted) {
        room *= 2;
    }
    room = room > b->expected + 1 ? b->expected + 1 : room;
    size_t more = room - b->room;
    size_t held = atomic_fetch_add(&server->body_held, more) + more;
    char *grown = held > server->options.body_memory ? NULL : realloc(b->bytes, room);
    if (grown == NULL) {
        atomic_fetch_sub(&server->body_held, more);
        return false;
    }
    b->bytes = grown;
    b->room = room;
    return true;
}

void http_body_free(struct http_server *server, struct conn *c)
{
    if (c->body.bytes != NULL) {
        atomic_fetch_sub(&server->body_held, c->body.room);
        free(c->body.bytes);
    }
    c->body = (struct body){0};
}

void http_body_take(struct http_server *server, struct conn *c, const char *bytes, size_t length)
{
    struct body *b = &c->body;
    atomic_fetch_add_explicit(&c->got, length, memory_order_relaxed);
    bool more = length > b->expected - b->length; // libmicrohttpd sees to it that it is not
    if (b->dropped || more || !make_room(server, b, b->length + length)) {
        size_t expected = b->expected;
        http_body_free(server, c); // at once: others can go on with it
        *b = (struct body){.expected = expected, .dropped = true};
        return;
    }
    memcpy(b->bytes + b->length, bytes, length);
    b->length += length;
    b->bytes[b->length] = '\0';
}
