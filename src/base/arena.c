#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

enum { ALIGNMENT = 16, FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20, HUGE_PAGE = 2 << 20 };

struct block {
    struct block *next;
    size_t size;
    size_t used;
    size_t mapped; // bytes from the system itself, which come zeroed; 0: from malloc
    unsigned char bytes[];
};

struct deferred {
    struct deferred *next;
    void (*release)(void *);
    void *what;
};

struct arena {
    struct block *blocks;
    struct deferred *deferred;
    size_t limit;
    size_t used;
    size_t next_block;
    bool is_large;
    bool trap_set;
    jmp_buf trap;
};

struct arena *arena_new(size_t limit)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a != NULL) {
        a->limit = limit;
        a->next_block = FIRST_BLOCK;
    }
    return a;
}

struct arena *arena_new_large(size_t limit)
{
    struct arena *a = arena_new(limit);
    if (a != NULL) {
        a->is_large = true;
    }
    return a;
}

void arena_free(struct arena *a)
{
    if (a == NULL) {
        return;
    }
    for (struct deferred *d = a->deferred; d != NULL; d = d->next) {
        d->release(d->what);
    }
    for (struct block *b = a->blocks; b != NULL;) {
        struct block *next = b->next;
        ASAN_UNPOISON_MEMORY_REGION(b->bytes, b->size);
        if (b->mapped > 0) {
            munmap(b, b->mapped);
        } else {
            free(b);
        }
        b = next;
    }
    free(a);
}

void arena_cleanup(struct arena **a)
{
    arena_free(*a);
    *a = NULL;
}

jmp_buf *arena_trap_buffer(struct arena *a)
{
    a->trap_set = true;
    return &a->trap;
}

static NORETURN void out_of_memory(struct arena *a)
{
    if (a->trap_set) {
        longjmp(a->trap, 1);
    }
    fputs("goldthread: out of memory\n", stderr);
    abort();
}

void arena_trap_aside(struct arena *a, struct arena_trap *ret)
{
    memcpy(&ret->place, &a->trap, sizeof ret->place);
    ret->set = a->trap_set;
}

void arena_trap_back(struct arena *a, const struct arena_trap *trap)
{
    memcpy(&a->trap, &trap->place, sizeof trap->place);
    a->trap_set = trap->set;
}

void arena_give_up(struct arena *a)
{
    out_of_memory(a);
}

// Whole huge pages with room for `size`, on the boundary of one; NULL when there is no memory.
static struct block *map_block(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct block) - 2 * (size_t)HUGE_PAGE) {
        return NULL;
    }
    size_t whole = (size + sizeof(struct block) + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    char *from =
        mmap(NULL, whole + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (from == MAP_FAILED) {
        return NULL;
    }
    // More than is needed was asked for, to find the boundary in it: the rest goes back.
    size_t before = (HUGE_PAGE - (uintptr_t)from % HUGE_PAGE) % HUGE_PAGE;
    if (before > 0) {
        munmap(from, before);
    }
    if (before < HUGE_PAGE) {
        munmap(from + before + whole, HUGE_PAGE - before);
    }
    madvise(from + before, whole, MADV_HUGEPAGE); // only a wish
    struct block *b = (struct block *)(void *)(from + before);
    b->mapped = whole;
    b->size = whole - sizeof *b;
    return b;
}

static struct block *malloc_block(size_t size)
{
    struct block *b = NULL;
    if (size <= SIZE_MAX - sizeof *b) {
        b = malloc(sizeof *b + size);
    }
    if (b != NULL) {
        b->mapped = 0;
        b->size = size;
    }
    return b;
}

static void new_block(struct arena *a, size_t size)
{
    size_t room = a->next_block;
    if (a->next_block < LARGEST_BLOCK) {
        a->next_block *= 2;
    }
    if (room < size) {
        room = size;
    }
    struct block *b = a->is_large ? map_block(room) : malloc_block(room);
    if (b == NULL) {
        out_of_memory(a);
    }
    room = b->size;
    b->used = 0;
    ASAN_POISON_MEMORY_REGION(b->bytes, room);
    // A block made for one large request goes behind the current one, whose room stays in use.
    if (a->blocks != NULL && size == room && a->blocks->size - a->blocks->used > FIRST_BLOCK) {
        b->next = a->blocks->next;
        a->blocks->next = b;
    } else {
        b->next = a->blocks;
        a->blocks = b;
    }
}

static struct block *room_for(struct arena *a, size_t size)
{
    if (a->blocks != NULL && a->blocks->size - a->blocks->used >= size) {
        return a->blocks;
    }
    new_block(a, size);
    if (a->blocks->size - a->blocks->used >= size) {
        return a->blocks;
    }
    return a->blocks->next;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) {
        out_of_memory(a);
    }
    size_t rounded = size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (a->limit != 0 && (rounded > a->limit || a->used > a->limit - rounded)) {
        out_of_memory(a);
    }
    struct block *b = room_for(a, rounded);
    void *p = b->bytes + b->used;
    b->used += rounded;
    a->used += rounded;
    ASAN_UNPOISON_MEMORY_REGION(p, size == 0 ? 1 : size);
    if (b->mapped == 0) {
        memset(p, 0, size);
    }
    return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        out_of_memory(a);
    }
    return arena_alloc(a, bytes);
}

void *arena_grow(struct arena *a, const void *old, size_t old_count, size_t new_count, size_t size)
{
    void *grown = arena_array(a, new_count, size);
    if (old_count > 0) {
        memcpy(grown, old, old_count * size);
    }
    return grown;
}

char *arena_textn(struct arena *a, const char *text, size_t length)
{
    if (length == SIZE_MAX) {
        out_of_memory(a);
    }
    char *copy = arena_alloc(a, length + 1);
    if (length > 0) {
        memcpy(copy, text, length);
    }
    return copy;
}

char *arena_text(struct arena *a, const char *text)
{
    return text == NULL ? NULL : arena_textn(a, text, strlen(text));
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = arena_alloc(a, length < 0 ? 1 : (size_t)length + 1);
    if (length >= 0) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

void arena_defer(struct arena *a, void (*release)(void *), void *what)
{
    struct deferred *d = ARENA_NEW(a, struct deferred);
    d->release = release;
    d->what = what;
    d->next = a->deferred;
    a->deferred = d;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
