#include "domain/page_cache.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 2048, PROBES = 16 };

struct kept_page {
    void *ready;
    void (*release)(void *);
    char key[];
};

struct page_cache {
    size_t most;
    atomic_size_t used;
    _Atomic(struct kept_page *) slots[SLOTS];
};

struct page_cache *page_cache_new(size_t most_bytes)
{
    struct page_cache *c = calloc(1, sizeof *c);
    if (c != NULL) {
        c->most = most_bytes;
    }
    return c;
}

static void free_page(struct kept_page *p)
{
    if (p != NULL) {
        p->release(p->ready);
        free(p);
    }
}

void page_cache_free(struct page_cache *c)
{
    for (size_t i = 0; c != NULL && i < SLOTS; i++) {
        free_page(atomic_load(&c->slots[i]));
    }
    free(c);
}

static size_t hash(const char *key)
{
    uint64_t h = 14695981039346656037u;
    for (const unsigned char *p = (const unsigned char *)key; *p != '\0'; p++) {
        h = (h ^ *p) * 1099511628211u;
    }
    return (size_t)(h ^ (h >> 29));
}

void *page_cache_get(const struct page_cache *c, const char *key)
{
    size_t at = c == NULL ? 0 : hash(key);
    for (size_t i = 0; c != NULL && i < PROBES; i++) {
        struct kept_page *p =
            atomic_load_explicit(&c->slots[(at + i) % SLOTS], memory_order_acquire);
        if (p == NULL) {
            return NULL; // pages are never taken out singly, so a free slot ends the search
        }
        if (strcmp(p->key, key) == 0) {
            return p->ready;
        }
    }
    return NULL;
}

bool page_cache_has_room(const struct page_cache *c, size_t bytes)
{
    size_t used = c == NULL ? 0 : atomic_load_explicit(&c->used, memory_order_relaxed);
    return c != NULL && used <= c->most && bytes <= c->most - used;
}

void *page_cache_put(struct page_cache *c, const char *key, void *ready, size_t bytes,
                     void (*release)(void *))
{
    size_t length = strlen(key);
    size_t cost = bytes + length + sizeof(struct kept_page);
    if (c == NULL || cost > c->most || atomic_fetch_add(&c->used, cost) > c->most - cost) {
        if (c != NULL && cost <= c->most) {
            atomic_fetch_sub(&c->used, cost);
        }
        return NULL;
    }
    struct kept_page *page = malloc(sizeof *page + length + 1);
    if (page == NULL) {
        atomic_fetch_sub(&c->used, cost);
        return NULL;
    }
    page->ready = ready;
    page->release = release;
    memcpy(page->key, key, length + 1);
    size_t at = hash(key);
    for (size_t i = 0; i < PROBES; i++) {
        struct kept_page *there = NULL;
        if (atomic_compare_exchange_strong(&c->slots[(at + i) % SLOTS], &there, page)) {
            return ready;
        }
        if (strcmp(there->key, key) == 0) {
            atomic_fetch_sub(&c->used, cost);
            free_page(page); // releases ours
            return there->ready;
        }
    }
    atomic_fetch_sub(&c->used, cost);
    free(page);
    return NULL;
}
