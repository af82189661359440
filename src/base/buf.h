// Growing text: what every writer (HTML, JSON, CSV, SVG, messages) appends to.
//
// The bytes live in the arena. `max` is the most it may hold; past that `full` is set, further
// text is dropped, and the writer's owner says so (a page over its limit is a fault, not a cut).
#ifndef GT_BASE_BUF_H
#define GT_BASE_BUF_H

#include "base/arena.h"

struct buf {
    struct arena *arena;
    char *text; // always ends with NUL once anything was put
    size_t length;
    size_t room;
    size_t max;
    bool full;
};

// An empty buffer that may grow to `max` bytes.
struct buf buf_new(struct arena *a, size_t max);

void buf_put(struct buf *b, const char *bytes, size_t length);
void buf_text(struct buf *b, const char *text); // NULL puts nothing
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t value);
// Not for figures: those go through base/decimal.h.
void buf_printf(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);

// Room for `length` more bytes at the end, to be claimed with buf_claim; NULL when over `max`.
char *buf_reserve(struct buf *b, size_t length);
void buf_claim(struct buf *b, size_t length);

// The text so far, "" when empty; owned by the arena.
const char *buf_cstr(struct buf *b);

#endif
