#include "base/grow.h"

#include <sys/mman.h>

enum { FIRST_BYTES = 1 << 16 };

// What the arena has to give back; the array's owner may move the struct grow itself about.
struct grow_pages {
    void *bytes;
    size_t size;
};

static void release(void *what)
{
    struct grow_pages *p = what;
    if (p->bytes != NULL) {
        munmap(p->bytes, p->size);
    }
}

struct grow grow_new(struct arena *a, size_t element)
{
    struct grow_pages *pages = ARENA_NEW(a, struct grow_pages);
    arena_defer(a, release, pages);
    return (struct grow){.arena = a, .element = element, .pages = pages};
}

static void resize(struct grow *g, size_t room)
{
    struct grow_pages *p = g->pages;
    size_t size = 0;
    void *bytes = MAP_FAILED;
    if (!__builtin_mul_overflow(room, g->element, &size)) {
        bytes = p->bytes == NULL
                    ? mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                    : mremap(p->bytes, p->size, size, MREMAP_MAYMOVE);
    }
    if (bytes == MAP_FAILED) {
        arena_alloc(g->arena, SIZE_MAX); // never returns: the arena's way of running out
        return;
    }
    p->bytes = bytes;
    p->size = size;
    g->items = bytes;
    g->room = room;
}

void grow_more(struct grow *g)
{
    size_t first = FIRST_BYTES / g->element + 1;
    resize(g, g->room == 0 ? first : g->room * 2);
}

void *grow_add_many(struct grow *g, size_t count)
{
    size_t needed = 0;
    if (__builtin_add_overflow(g->count, count, &needed)) {
        arena_alloc(g->arena, SIZE_MAX);
    }
    if (needed > g->room) {
        size_t room = FIRST_BYTES / g->element + 1;
        while (room < needed && room <= SIZE_MAX / 2) {
            room *= 2;
        }
        resize(g, room);
    }
    void *first = (char *)g->items + g->count * g->element;
    g->count = needed;
    return first;
}
