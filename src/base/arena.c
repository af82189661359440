#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

enum { ALIGNMENT = 16, FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct block {
    struct block *next;
    size_t size;
    size_t used;
    size_t unused_; // keeps `bytes` on a 16-byte boundary
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
        free(b);
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

static void new_block(struct arena *a, size_t size)
{
    size_t room = a->next_block;
    if (a->next_block < LARGEST_BLOCK) {
        a->next_block *= 2;
    }
    if (room < size) {
        room = size;
    }
    struct block *b = NULL;
    if (room <= SIZE_MAX - sizeof *b) {
        b = malloc(sizeof *b + room);
    }
    if (b == NULL) {
        out_of_memory(a);
    }
    b->size = room;
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
    memset(p, 0, size);
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
