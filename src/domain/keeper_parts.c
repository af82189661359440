#include "domain/keeper_parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "domain/page_cache.h"

enum { PART_PAGES_MAX = 1 << 20 }; // finished pages of one view

struct part {
    const struct council *council; // owns the memory of all but this
    uint64_t used;                 // by the clock of `parts`
    int readers;
    bool given_up;
    struct part *next;
};

struct parts {
    pthread_mutex_t door; // never held while a council is made
    uint64_t clock;
    struct part *kept;
    size_t kept_count, given_up_count;
};

// ---- one part ----

static void free_part(struct part *part)
{
    page_cache_free(part->council->pages);
    arena_free(part->council->arena);
    free(part);
}

const struct council *part_council(const struct part *part)
{
    return part->council;
}

struct parts *parts_new(void)
{
    struct parts *p = calloc(1, sizeof *p);
    if (p != NULL) {
        pthread_mutex_init(&p->door, NULL);
    }
    return p;
}

// Whoever reads a part holds this organisation's state, so none is being read any more.
void parts_free(struct parts *p)
{
    while (p != NULL && p->kept != NULL) {
        struct part *next = p->kept->next;
        free_part(p->kept);
        p->kept = next;
    }
    if (p != NULL) {
        pthread_mutex_destroy(&p->door);
        free(p);
    }
}

// ---- behind the door ----

static struct part *find(struct parts *p, const char *key)
{
    for (struct part *part = p->kept; part != NULL; part = part->next) {
        if (strcmp(part->council->seen_key, key) == 0) {
            part->used = ++p->clock;
            part->readers++;
            return part;
        }
    }
    return NULL;
}

static void give_up_oldest(struct parts *p)
{
    struct part **oldest = &p->kept;
    for (struct part **at = &p->kept; *at != NULL; at = &(*at)->next) {
        oldest = (*at)->used < (*oldest)->used ? at : oldest;
    }
    struct part *part = *oldest;
    *oldest = part->next;
    p->kept_count--;
    if (part->readers == 0) {
        free_part(part);
    } else {
        part->given_up = true;
        p->given_up_count++;
    }
}

// The new one, or that of somebody who was faster: then the new one is of no use.
static struct part *keep(struct parts *p, struct part *part)
{
    struct part *other = find(p, part->council->seen_key);
    if (other != NULL) {
        free_part(part);
        return other;
    }
    if (p->kept_count >= PARTS_MAX) {
        give_up_oldest(p);
    }
    part->used = ++p->clock;
    part->readers = 1;
    part->next = p->kept;
    p->kept = part;
    p->kept_count++;
    return part;
}

// ---- taking ----

static struct part *make(const struct council *whole, const struct visibility *seen, struct err *e)
{
    const struct council *made = NULL;
    if (!visibility_council(whole, seen, &made, e)) {
        return NULL;
    }
    struct part *part = calloc(1, sizeof *part);
    if (part == NULL) {
        arena_free(made->arena);
        (void)err_set(e, ERR_SYSTEM, "There is not enough memory to read the council's record.");
        return NULL;
    }
    struct council *open = (struct council *)(uintptr_t)made;
    open->pages = page_cache_new(PART_PAGES_MAX);
    part->council = made;
    return part;
}

bool parts_take(struct parts *p, const struct council *whole, const struct visibility *seen,
                struct part **ret, struct err *e)
{
    pthread_mutex_lock(&p->door);
    struct part *part = find(p, seen->key);
    bool full = part == NULL && p->given_up_count >= PARTS_GIVEN_UP_MAX;
    pthread_mutex_unlock(&p->door);
    if (full) {
        return err_set(e, ERR_AWAY,
                       "Too many different views of this council are being read at "
                       "once; try again in a moment.");
    }
    if (part == NULL) {
        part = make(whole, seen, e);
        if (part == NULL) {
            return false;
        }
        pthread_mutex_lock(&p->door);
        part = keep(p, part);
        pthread_mutex_unlock(&p->door);
    }
    *ret = part;
    return true;
}

void parts_release(struct parts *p, struct part *part)
{
    pthread_mutex_lock(&p->door);
    bool last = --part->readers == 0 && part->given_up;
    p->given_up_count -= last ? 1 : 0;
    pthread_mutex_unlock(&p->door);
    if (last) {
        free_part(part);
    }
}
