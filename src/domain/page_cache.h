// Finished pages by address: filled by many threads at once, without locks, and freed as a whole.
#ifndef GT_DOMAIN_PAGE_CACHE_H
#define GT_DOMAIN_PAGE_CACHE_H

#include "base/compiler.h"

struct page_cache;

// NULL when memory is out: then nothing is kept, and all works as before.
struct page_cache *page_cache_new(size_t most_bytes);
void page_cache_free(struct page_cache *c); // releases what is kept; NULL is taken

// NULL when nothing is kept under `key`.
void *page_cache_get(const struct page_cache *c, const char *key);
// Whether so many bytes more would be kept now: asked before a page is made ready for keeping.
bool page_cache_has_room(const struct page_cache *c, size_t bytes);
// Keeps `ready` under a copy of `key`. When another thread was first, releases `ready` and returns
// the other's; NULL when there is no room (the caller still owns `ready`).
void *page_cache_put(struct page_cache *c, const char *key, void *ready, size_t bytes,
                     void (*release)(void *));

#endif
