#include "domain/keeper_parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "domain/page_cache.h"

enum { PART_PAGES_MAX = 1 << 20 }; // finished pages of one view

struct part {
    const struct council *council; // owns the memory of all but this
    const char *key;
    uint64_t used;                      // by the clock of `parts`
    uint64_t turns[KEEPER_READERS_MAX]; // of the readers when it was given up
    struct part *next;
};

struct parts {
    pthread_mutex_t list_door;  // held for a look at the lists, never while a council is made
    pthread_mutex_t build_door; // one is made at a time
    uint64_t clock;
    struct part *kept, *given_up;
    size_t kept_count, given_up_count;
};

// ---- turns ----

void turns_begin(struct turns *t, size_t reader)
{
    if (atomic_load(&t->at[reader]) % 2 == 0) {
        atomic_fetch_add(&t->at[reader], 1);
    }
}

void turns_end(struct turns *t, size_t reader)
{
    if (atomic_load(&t->at[reader]) % 2 == 1) {
        atomic_fetch_add(&t->at[reader], 1);
    }
}

// ---- one part ----

static void free_part(struct part *part)
{
    page_cache_free(part->council->pages);
    arena_free(part->council->arena);
    free(part);
}

static void free_all(struct part *part)
{
    while (part != NULL) {
        struct part *next = part->next;
        free_part(part);
        part = next;
    }
}

struct parts *parts_new(void)
{
    struct parts *p = calloc(1, sizeof *p);
    if (p != NULL) {
        pthread_mutex_init(&p->list_door, NULL);
        pthread_mutex_init(&p->build_door, NULL);
    }
    return p;
}

void parts_free(struct parts *p)
{
    if (p != NULL) {
        free_all(p->kept);
        free_all(p->given_up);
        pthread_mutex_destroy(&p->list_door);
        pthread_mutex_destroy(&p->build_door);
        free(p);
    }
}

// ---- giving up; behind the list's door ----

static bool is_read(const struct part *part, const struct turns *t)
{
    for (size_t i = 0; i < KEEPER_READERS_MAX; i++) {
        if (part->turns[i] % 2 == 1 && atomic_load(&t->at[i]) == part->turns[i]) {
            return true;
        }
    }
    return false;
}

static void free_unread(struct parts *p, const struct turns *t)
{
    struct part **at = &p->given_up;
    while (*at != NULL) {
        struct part *part = *at;
        if (is_read(part, t)) {
            at = &part->next;
        } else {
            *at = part->next;
            p->given_up_count--;
            free_part(part);
        }
    }
}

// Nobody finds it any more; whoever has it began before this.
static void give_up_oldest(struct parts *p, const struct turns *t)
{
    struct part **oldest = &p->kept;
    for (struct part **at = &p->kept; *at != NULL; at = &(*at)->next) {
        oldest = (*at)->used < (*oldest)->used ? at : oldest;
    }
    struct part *part = *oldest;
    *oldest = part->next;
    p->kept_count--;
    for (size_t i = 0; i < KEEPER_READERS_MAX; i++) {
        part->turns[i] = atomic_load(&t->at[i]);
    }
    part->next = p->given_up;
    p->given_up = part;
    p->given_up_count++;
}

// ---- taking ----

static const struct council *find(struct parts *p, const char *key)
{
    const struct council *found = NULL;
    pthread_mutex_lock(&p->list_door);
    for (struct part *part = p->kept; part != NULL && found == NULL; part = part->next) {
        if (strcmp(part->key, key) == 0) {
            part->used = ++p->clock;
            found = part->council;
        }
    }
    pthread_mutex_unlock(&p->list_door);
    return found;
}

static bool make_room(struct parts *p, const struct turns *t)
{
    pthread_mutex_lock(&p->list_door);
    free_unread(p, t);
    bool room = p->kept_count < PARTS_MAX || p->given_up_count < PARTS_GIVEN_UP_MAX;
    if (room && p->kept_count >= PARTS_MAX) {
        give_up_oldest(p, t);
        free_unread(p, t);
    }
    pthread_mutex_unlock(&p->list_door);
    return room;
}

static void keep(struct parts *p, struct part *part)
{
    pthread_mutex_lock(&p->list_door);
    part->used = ++p->clock;
    part->next = p->kept;
    p->kept = part;
    p->kept_count++;
    pthread_mutex_unlock(&p->list_door);
}

// Behind the door of those who make one: whoever came before may have made it. Whatever may jump
// away has been done when the part is made.
static bool make(struct parts *p, const struct turns *t, const struct council *whole,
                 const struct visibility *seen, const struct council **ret, struct err *e)
{
    *ret = find(p, seen->key);
    if (*ret != NULL) {
        return true;
    }
    if (!make_room(p, t)) {
        return err_set(e, ERR_AWAY,
                       "Too many different views of this council are being read at "
                       "once; try again in a moment.");
    }
    const struct council *made = NULL;
    if (!visibility_council(whole, seen, &made, e)) {
        return false;
    }
    struct part *part = calloc(1, sizeof *part);
    if (part == NULL) {
        arena_free(made->arena);
        return err_set(e, ERR_SYSTEM, "There is not enough memory to read the council's record.");
    }
    struct council *open = (struct council *)(uintptr_t)made;
    open->pages = page_cache_new(PART_PAGES_MAX);
    part->council = made;
    part->key = made->seen_key;
    keep(p, part);
    *ret = made;
    return true;
}

// What `to` is told must outlive the arena in which the fault was met.
static bool hand_over(const struct err *from, struct err *to)
{
    if (from->message == NULL) {
        return err_set(to, ERR_SYSTEM, "There is not enough memory to read the council's record.");
    }
    return err_set(to, from->kind, "%s", from->message);
}

bool parts_take(struct parts *p, const struct turns *t, const struct council *whole,
                const struct visibility *seen, const struct council **ret, struct err *e)
{
    const struct council *found = find(p, seen->key);
    if (found != NULL) {
        *ret = found;
        return true;
    }
    // As the keeper does it: nobody may jump away with the door locked.
    struct arena *scratch = arena_new(0);
    struct err why = {.arena = scratch};
    volatile bool made = false;
    pthread_mutex_lock(&p->build_door);
    if (scratch != NULL && !ARENA_TRAP(scratch)) {
        made = make(p, t, whole, seen, ret, &why);
    }
    pthread_mutex_unlock(&p->build_door);
    if (!made) {
        hand_over(&why, e);
    }
    arena_free(scratch);
    return made;
}
