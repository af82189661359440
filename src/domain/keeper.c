#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "domain/keeper_view.h"
#include "store/store.h"

enum { READER_PARTS_MAX = 8 }; // of one reader at once

struct reader {
    _Atomic(struct keeper_view *) holds; // hazard: what this thread is reading
    struct arena *arena;                 // of its own connection, for the change counter
    struct db *db;
    unsigned opened; // the opening that this connection was last settled with; 0: none yet
    unsigned heard;  // the commits it has been told of by keeper_changed
    struct {
        struct kept *kept;
        struct part *part;
    } parts[READER_PARTS_MAX]; // what of which councils it reads
    size_t part_count;
};

struct keeper {
    char *url;
    day today; // DAY_NONE: the machine's
    _Atomic(struct keeper_view *) current;
    pthread_mutex_t door; // one rebuild at a time; readers never take it while all is up to date
    struct arena *arena;  // of the connection below
    struct db *db;
    bool failing;     // the last refresh failed
    atomic_uint told; // commits of this process: keeper_changed
    bool shared;      // a server's connections are few: all readers ask by that of the watcher
    pthread_mutex_t watching;
    struct reader watcher;
    unsigned opened; // counts openings: another file in the record's place is another record
    struct keeper_view *retired;
    struct reader readers[KEEPER_READERS_MAX];
};

// What `to` is told must outlive the arena in which the fault was met.
static bool hand_over(const struct err *from, struct err *to)
{
    if (from->message == NULL) {
        return err_set(to, ERR_SYSTEM, "There is not enough memory to read the record.");
    }
    if (from->cause != NULL) {
        err_cause(to, "%s", from->cause);
    }
    return err_set(to, from->kind, "%s", from->message);
}

static bool open_own(struct keeper *k, struct err *e)
{
    if (k->db != NULL && !db_was_replaced(k->db)) {
        return true;
    }
    arena_free(k->arena);
    k->db = NULL;
    k->arena = arena_new(0);
    if (k->arena == NULL || ARENA_TRAP(k->arena)) {
        k->db = NULL;
        return err_set(e, ERR_SYSTEM, "There is not enough memory to open the record.");
    }
    struct err inner = {.arena = k->arena};
    if (!store_open(k->arena, k->url, DB_READ, &k->db, &inner)) {
        k->db = NULL;
        return hand_over(&inner, e);
    }
    k->opened += k->opened + 1 == 0 ? 2 : 1; // 0 stands for none
    return true;
}

static bool held(const struct keeper *k, const struct keeper_view *v)
{
    for (size_t i = 0; i < KEEPER_READERS_MAX; i++) {
        if (atomic_load(&k->readers[i].holds) == v) {
            return true;
        }
    }
    return false;
}

static void free_retired(struct keeper *k)
{
    struct keeper_view **at = &k->retired;
    while (*at != NULL) {
        struct keeper_view *v = *at;
        if (held(k, v)) {
            at = &v->next_retired;
        } else {
            *at = v->next_retired;
            keeper_view_free(v);
        }
    }
}

static day today_of(const struct keeper *k)
{
    return k->today == DAY_NONE ? day_today() : k->today;
}

// The change counter, which on a server may be told a little later than a commit of our own.
static uint64_t counter_of(struct keeper *k, struct db *db, unsigned *heard)
{
    unsigned told = atomic_load(&k->told);
    if (*heard != told) {
        *heard = told;
        db_change_expected(db);
    }
    return db_change_counter(db);
}

// Behind the door. A view that is up to date by now was made by whoever came before us.
static bool refresh(struct keeper *k, struct err *e)
{
    day today = today_of(k);
    if (!open_own(k, e)) {
        return false;
    }
    struct keeper_view *now = atomic_load(&k->current);
    db_change_expected(k->db); // or nobody would have sent us here
    if (now != NULL && now->opened == k->opened && now->today == today &&
        now->counter == db_change_counter(k->db)) {
        return true;
    }
    struct arena *a = arena_new(0);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return err_set(e, ERR_SYSTEM, "There is not enough memory to read the record.");
    }
    struct err inner = {.arena = a};
    bool same_file = now != NULL && now->opened == k->opened;
    struct keeper_view *fresh = keeper_view_read(k->db, a, today, same_file ? now : NULL, &inner);
    if (fresh == NULL) {
        hand_over(&inner, e);
        arena_free(a);
        return false;
    }
    fresh->opened = k->opened;
    atomic_store(&k->current, fresh);
    if (now != NULL) {
        now->next_retired = k->retired;
        k->retired = now;
    }
    free_retired(k);
    return true;
}

static struct keeper_view *hold_current(struct keeper *k, struct reader *r)
{
    struct keeper_view *v = atomic_load(&k->current);
    for (;;) {
        atomic_store(&r->holds, v);
        struct keeper_view *again = atomic_load(&k->current);
        if (again == v) {
            return v;
        }
        v = again;
    }
}

// A thread's own connection, on the file that stands at the address now. A new one is not settled:
// its counter says nothing of a view that may have been read from another file.
static bool open_reader(struct keeper *k, struct reader *r)
{
    if (r->db != NULL && !db_was_replaced(r->db)) {
        return true;
    }
    r->db = NULL;
    r->opened = 0;
    arena_free(r->arena);
    r->arena = arena_new(0);
    if (r->arena == NULL || ARENA_TRAP(r->arena)) {
        r->db = NULL;
        return false;
    }
    struct err ignored = {.arena = r->arena};
    if (!store_open(r->arena, k->url, DB_READ, &r->db, &ignored)) {
        r->db = NULL; // the refresh will say what is wrong
        return false;
    }
    return true;
}

struct asked {
    bool open;
    unsigned opened;
    uint64_t counter;
};

static struct asked ask(struct keeper *k, struct reader *r)
{
    struct reader *by = k->shared ? &k->watcher : r;
    if (k->shared) {
        pthread_mutex_lock(&k->watching);
    }
    struct asked asked = {.open = open_reader(k, by)};
    asked.counter = asked.open ? counter_of(k, by->db, &by->heard) : 0;
    asked.opened = by->opened;
    if (k->shared) {
        pthread_mutex_unlock(&k->watching);
    }
    return asked;
}

// Behind the door: what the connection tells from now on is of the record that was just read.
static void settle(struct keeper *k, struct reader *r)
{
    if (k->shared) {
        pthread_mutex_lock(&k->watching);
        k->watcher.opened = k->opened;
        pthread_mutex_unlock(&k->watching);
    } else {
        r->opened = k->opened;
    }
}

void keeper_changed(void *keeper)
{
    struct keeper *k = keeper;
    atomic_fetch_add(&k->told, 1);
}

const struct keeper_view *keeper_take(struct keeper *k, unsigned reader, struct err *e)
{
    struct reader *r = &k->readers[reader % KEEPER_READERS_MAX];
    // Asked before the view is looked at: a change after this moment is the next page's.
    struct asked asked = ask(k, r);
    struct keeper_view *v = hold_current(k, r);
    if (asked.open && v != NULL && v->opened == asked.opened && v->counter == asked.counter &&
        v->today == today_of(k)) {
        return v;
    }
    atomic_store(&r->holds, NULL);
    struct arena *scratch = arena_new(0);
    struct err why = {.arena = scratch};
    volatile bool fresh = false;
    pthread_mutex_lock(&k->door);
    if (scratch != NULL && !ARENA_TRAP(scratch)) {
        fresh = refresh(k, &why);
    }
    bool told = k->failing;
    k->failing = !fresh;
    settle(k, r);
    pthread_mutex_unlock(&k->door);
    v = hold_current(k, r);
    if (!fresh && (v == NULL || !told)) {
        hand_over(&why, e);
    }
    arena_free(scratch);
    return v; // when the refresh failed: the last good state
}

static void release_parts(struct reader *r)
{
    while (r->part_count > 0) {
        r->part_count--;
        parts_release(r->parts[r->part_count].kept->parts, r->parts[r->part_count].part);
        keeper_view_drop(r->parts[r->part_count].kept);
    }
}

void keeper_release(struct keeper *k, unsigned reader)
{
    release_parts(&k->readers[reader % KEEPER_READERS_MAX]);
    atomic_store(&k->readers[reader % KEEPER_READERS_MAX].holds, NULL);
}

// Behind the door: whoever came before may have built it.
static bool build_council(struct keeper *k, struct kept *kept, day today, struct err *e)
{
    const struct council *c = atomic_load(&kept->council);
    if (c != NULL) {
        return true;
    }
    if (!open_own(k, e) || !snapshot_build(k->db, kept->code, today, DAY_NONE, &c, e)) {
        return false;
    }
    atomic_store_explicit(&kept->council, c, memory_order_release);
    return true;
}

static bool whole_council(struct keeper *k, const struct keeper_view *v, struct kept *kept,
                          const struct council **ret, struct err *e)
{
    *ret = atomic_load_explicit(&kept->council, memory_order_acquire);
    if (*ret != NULL) {
        return true;
    }
    // What is told goes through an arena of its own: the caller's may jump away when it is full,
    // and nobody may leave with the door locked.
    struct arena *scratch = arena_new(0);
    struct err why = {.arena = scratch};
    volatile bool built = false;
    pthread_mutex_lock(&k->door);
    if (scratch != NULL && !ARENA_TRAP(scratch)) {
        built = build_council(k, kept, v->today, &why);
    }
    pthread_mutex_unlock(&k->door);
    *ret = atomic_load(&kept->council);
    if (!built) {
        hand_over(&why, e);
    }
    arena_free(scratch);
    return built;
}

// Held until the reader lets go of everything, even if it looks at a later state meanwhile.
static bool take_part(struct reader *r, struct kept *kept, const struct council *whole,
                      const struct visibility *seen, const struct council **ret, struct err *e)
{
    struct part *part = NULL;
    for (size_t i = 0; i < r->part_count; i++) {
        const struct council *c = part_council(r->parts[i].part);
        if (r->parts[i].kept == kept && strcmp(c->seen_key, seen->key) == 0) {
            *ret = c;
            return true;
        }
    }
    if (r->part_count >= READER_PARTS_MAX) {
        return err_set(e, ERR_AWAY, "Too many councils are being read at once; try again.");
    }
    if (!parts_take(kept->parts, whole, seen, &part, e)) {
        return false;
    }
    keeper_view_hold(kept);
    r->parts[r->part_count].kept = kept;
    r->parts[r->part_count++].part = part;
    *ret = part_council(part);
    return true;
}

bool keeper_council(struct keeper *k, unsigned reader, const struct keeper_view *v,
                    const char *code, const struct visibility *seen, const struct council **ret,
                    struct err *e)
{
    struct kept *kept = keeper_view_kept(v, code);
    const struct council *whole = NULL;
    if (kept == NULL) {
        return err_set(e, ERR_ABSENT, "There is no organisation \"%s\" in this record.", code);
    }
    if (!whole_council(k, v, kept, &whole, e)) {
        return false;
    }
    *ret = whole;
    return seen == NULL ||
           take_part(&k->readers[reader % KEEPER_READERS_MAX], kept, whole, seen, ret, e);
}

const struct organisation_name *keeper_organisations(const struct keeper_view *v, size_t *ret_count)
{
    *ret_count = v->count;
    return v->names;
}

uint64_t keeper_state(const struct keeper_view *v)
{
    return ((uint64_t)v->opened << 40) + v->counter; // another file counts for itself
}

static struct page_cache *cache_of(const struct keeper_view *v, const struct council *c)
{
    struct kept *kept = c == NULL ? NULL : keeper_view_kept(v, c->code);
    return c == NULL ? v->pages : c->in_part ? c->pages : kept == NULL ? NULL : kept->pages;
}

void *keeper_kept(const struct keeper_view *v, const struct council *c, const char *key)
{
    return page_cache_get(cache_of(v, c), key);
}

bool keeper_has_room(const struct keeper_view *v, const struct council *c, size_t bytes)
{
    return page_cache_has_room(cache_of(v, c), bytes);
}

void *keeper_keep(const struct keeper_view *v, const struct council *c, const char *key,
                  void *ready, size_t bytes, void (*release)(void *))
{
    return page_cache_put(cache_of(v, c), key, ready, bytes, release);
}

bool keeper_open(const char *url, day today, struct keeper **ret, struct err *e)
{
    struct keeper *k = calloc(1, sizeof *k);
    if (k == NULL || (k->url = strdup(url)) == NULL) {
        free(k);
        return err_set(e, ERR_SYSTEM, "There is not enough memory to open the record.");
    }
    k->today = today;
    pthread_mutex_init(&k->door, NULL);
    pthread_mutex_init(&k->watching, NULL);
    pthread_mutex_lock(&k->door);
    bool read = refresh(k, e);
    k->shared = read && strcmp(db_engine(k->db), "sqlite") != 0;
    pthread_mutex_unlock(&k->door);
    if (!read) {
        keeper_close(k);
        return false;
    }
    *ret = k;
    return true;
}

void keeper_close(struct keeper *k)
{
    if (k == NULL) {
        return;
    }
    for (size_t i = 0; i < KEEPER_READERS_MAX; i++) {
        atomic_store(&k->readers[i].holds, NULL);
        release_parts(&k->readers[i]);
    }
    free_retired(k);
    keeper_view_free(atomic_load(&k->current));
    for (size_t i = 0; i < KEEPER_READERS_MAX; i++) {
        arena_free(k->readers[i].arena);
    }
    arena_free(k->arena);
    arena_free(k->watcher.arena);
    pthread_mutex_destroy(&k->watching);
    pthread_mutex_destroy(&k->door);
    free(k->url);
    free(k);
}
