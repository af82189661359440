// Arena: the one owner of the memory of a request, a job or a snapshot.
//
// Everything allocated from an arena lives until the arena is freed; nothing is freed singly.
// `arena_alloc` never returns NULL: when memory runs out, or the arena's limit is reached, it
// jumps to the trap set by whoever owns the arena (the request loop, the command), which frees
// the arena and answers with a clean failure. So code in between carries no NULL checks and no
// half-done work survives: resources that are not memory (a transaction, a file) are tied to the
// arena with `arena_defer` and released, last first, when it is freed.
//
//     struct arena *a = arena_new(64u << 20);
//     if (a == NULL || ARENA_TRAP(a)) { arena_free(a); return out_of_memory(); }
//     ... work ...
//     arena_free(a);
//
// Variables changed between ARENA_TRAP and the jump and read after it must be volatile (C17
// 7.13.2.1). An arena belongs to one thread at a time. With ASan each block is poisoned until
// handed out.
#ifndef GT_BASE_ARENA_H
#define GT_BASE_ARENA_H

#include <setjmp.h>

#include "base/compiler.h"

struct arena;

// A new arena that may hold up to `limit` bytes in all (0: no limit). NULL when memory is out.
struct arena *arena_new(size_t limit) MUST_CHECK;

// The same for what will hold megabytes: takes memory in pieces of two, as huge pages where the
// system has them, for to touch fresh memory page by page costs more than to fill it.
struct arena *arena_new_large(size_t limit) MUST_CHECK;

// Runs what was deferred, last first, and gives all memory back. NULL is taken.
void arena_free(struct arena *a);

// For CLEANUP(arena_cleanup) on a `struct arena *` variable.
void arena_cleanup(struct arena **a);

// Where to go when memory runs out; used through ARENA_TRAP. Without a trap the process aborts.
jmp_buf *arena_trap_buffer(struct arena *a);
#define ARENA_TRAP(a) (setjmp(*arena_trap_buffer(a)) != 0)

// A trap within a trap, for a callback of a library that may not be jumped over: puts the present
// trap aside, and back again. Who was caught meanwhile passes it on with arena_give_up.
struct arena_trap {
    jmp_buf place;
    bool set;
};
void arena_trap_aside(struct arena *a, struct arena_trap *ret);
void arena_trap_back(struct arena *a, const struct arena_trap *trap);
NORETURN void arena_give_up(struct arena *a); // as when memory runs out

// `size` zeroed bytes, aligned for any type. size 0 gives a valid pointer.
void *arena_alloc(struct arena *a, size_t size);

// `count` zeroed elements of `size` bytes; an overflow counts as out of memory.
void *arena_array(struct arena *a, size_t count, size_t size);
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, count, type) ((type *)arena_array((a), (count), sizeof(type)))

// A copy of `old_count` elements in a new array of `new_count` (>= old_count), the rest zeroed.
void *arena_grow(struct arena *a, const void *old, size_t old_count, size_t new_count, size_t size);

// Copies. `arena_text(a, NULL)` is NULL. `arena_textn` ends the copy with NUL.
char *arena_text(struct arena *a, const char *text);
char *arena_textn(struct arena *a, const char *text, size_t length);

// Formatted text. Not for figures: those go through base/decimal.h.
char *arena_printf(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

// Runs `release(what)` when the arena is freed (or jumps to its trap and is freed there).
void arena_defer(struct arena *a, void (*release)(void *), void *what);

// Bytes handed out so far, for limits and benchmarks.
size_t arena_used(const struct arena *a);

#endif
