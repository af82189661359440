#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "domain/page_cache.h"
#include "domain/snapshot.h"
#include "store/store.h"

// One organisation as it stood at one revision: shared by all views between two of its changes.
struct kept {
    atomic_int holders; // views
    uint64_t revision;
    day today;
    _Atomic(const struct council *) council; // NULL until first asked for
    struct page_cache *pages;
    char code[];
};

struct keeper_view {
    uint64_t counter; // of the record, asked before it was read
    day today;
    struct arena *arena;
    const struct organisation_name *names;
    struct kept **kept; // one a name
    size_t count;
    struct page_cache *pages;
    struct keeper_view *next_retired;
};

struct reader {
    _Atomic(struct keeper_view *) holds; // hazard: what this thread is reading
    struct arena *arena;                 // of its own connection, for the change counter
    struct db *db;
};

struct keeper {
    char *url;
    day today; // DAY_NONE: the machine's
    _Atomic(struct keeper_view *) current;
    pthread_mutex_t door; // one rebuild at a time; readers never take it while all is up to date
    struct arena *arena;  // of the connection below
    struct db *db;
    struct keeper_view *retired;
    struct reader readers[KEEPER_READERS_MAX];
};

// What a council's finished pages may hold: a few hundred pages.
enum { PAGES_MAX = 6 << 20, LIST_PAGES_MAX = 1 << 20 };

static void release_kept(struct kept *kept)
{
    if (kept != NULL && atomic_fetch_sub(&kept->holders, 1) == 1) {
        page_cache_free(kept->pages);
        const struct council *c = atomic_load(&kept->council);
        if (c != NULL) {
            arena_free(c->arena);
        }
        free(kept);
    }
}

static void free_view(struct keeper_view *v)
{
    if (v != NULL) {
        for (size_t i = 0; i < v->count; i++) {
            release_kept(v->kept[i]);
        }
        page_cache_free(v->pages);
        struct arena *a = v->arena;
        arena_free(a);
    }
}

static struct kept *new_kept(const char *code, uint64_t revision, day today)
{
    size_t length = strlen(code);
    struct kept *kept = calloc(1, sizeof *kept + length + 1);
    if (kept != NULL) {
        atomic_store(&kept->holders, 1);
        kept->revision = revision;
        kept->today = today;
        kept->pages = page_cache_new(PAGES_MAX);
        memcpy(kept->code, code, length + 1);
    }
    return kept;
}

static struct kept *kept_by_code(const struct keeper_view *v, const char *code)
{
    for (size_t i = 0; v != NULL && i < v->count; i++) {
        if (strcmp(v->kept[i]->code, code) == 0) {
            return v->kept[i];
        }
    }
    return NULL;
}

// What did not change is taken over from the view before.
static struct kept *take_over(const struct keeper_view *old,
                              const struct store_organisation *organisation, day today)
{
    struct kept *before = kept_by_code(old, organisation->code);
    if (before != NULL && before->revision == organisation->revision && before->today == today) {
        atomic_fetch_add(&before->holders, 1);
        return before;
    }
    return new_kept(organisation->code, organisation->revision, today);
}

static struct keeper_view *read_view(struct keeper *k, struct arena *a, day today, struct err *e)
{
    uint64_t counter = db_change_counter(k->db);
    const struct store_organisation *found = NULL;
    size_t count = 0;
    if (!store_organisations(k->db, a, &found, &count, e)) {
        return NULL;
    }
    struct keeper_view *v = ARENA_NEW(a, struct keeper_view);
    struct organisation_name *names = ARENA_ARRAY(a, count, struct organisation_name);
    v->kept = ARENA_ARRAY(a, count, struct kept *);
    v->counter = counter;
    v->today = today;
    v->arena = a;
    v->names = names;
    const struct keeper_view *old = atomic_load(&k->current);
    for (size_t i = 0; i < count; i++) {
        names[i] = (struct organisation_name){found[i].code, found[i].name, found[i].kind};
        v->kept[i] = take_over(old, &found[i], today);
        if (v->kept[i] == NULL) {
            free_view(v);
            (void)err_set(e, ERR_SYSTEM, "There is not enough memory to read the record.");
            return NULL;
        }
        v->count = i + 1;
    }
    v->pages = page_cache_new(LIST_PAGES_MAX);
    return v;
}

static bool open_own(struct keeper *k, struct err *e)
{
    if (k->db != NULL && !db_was_replaced(k->db)) {
        return true;
    }
    arena_free(k->arena);
    k->db = NULL;
    k->arena = arena_new(0);
    if (k->arena == NULL) {
        return err_set(e, ERR_SYSTEM, "There is not enough memory to open the record.");
    }
    struct err inner = {.arena = k->arena};
    if (!store_open(k->arena, k->url, DB_READ, &k->db, &inner)) {
        k->db = NULL;
        if (inner.cause != NULL) {
            err_cause(e, "%s", inner.cause);
        }
        return err_set(e, inner.kind, "%s", inner.message);
    }
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
            free_view(v);
        }
    }
}

static day today_of(const struct keeper *k)
{
    return k->today == DAY_NONE ? day_today() : k->today;
}

// Behind the door. A view that is up to date by now was made by whoever came before us.
static bool refresh(struct keeper *k, struct err *e)
{
    day today = today_of(k);
    if (!open_own(k, e)) {
        return false;
    }
    struct keeper_view *now = atomic_load(&k->current);
    if (now != NULL && now->today == today && now->counter == db_change_counter(k->db)) {
        return true;
    }
    struct arena *a = arena_new(0);
    if (a == NULL) {
        return err_set(e, ERR_SYSTEM, "There is not enough memory to read the record.");
    }
    struct err inner = {.arena = a};
    struct keeper_view *fresh = read_view(k, a, today, &inner);
    if (fresh == NULL) {
        if (inner.cause != NULL) {
            err_cause(e, "%s", inner.cause);
        }
        (void)err_set(e, inner.kind, "%s", inner.message);
        arena_free(a);
        return false;
    }
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

static uint64_t counter_of(struct keeper *k, struct reader *r)
{
    if (r->db == NULL) {
        arena_free(r->arena);
        r->arena = arena_new(0);
        struct err ignored = {.arena = r->arena};
        if (r->arena == NULL || !store_open(r->arena, k->url, DB_READ, &r->db, &ignored)) {
            r->db = NULL;
            return UINT64_MAX; // never equal: the refresh will say what is wrong
        }
    }
    return db_change_counter(r->db);
}

const struct keeper_view *keeper_take(struct keeper *k, unsigned reader, struct err *e)
{
    struct reader *r = &k->readers[reader % KEEPER_READERS_MAX];
    uint64_t counter = counter_of(k, r);
    struct keeper_view *v = hold_current(k, r);
    if (v != NULL && v->counter == counter && v->today == today_of(k)) {
        return v;
    }
    // The record moved, or its file was replaced under this thread's own connection.
    if (r->db != NULL && db_was_replaced(r->db)) {
        r->db = NULL;
    }
    atomic_store(&r->holds, NULL);
    pthread_mutex_lock(&k->door);
    bool fresh = refresh(k, e);
    pthread_mutex_unlock(&k->door);
    v = hold_current(k, r);
    if (!fresh && v == NULL) {
        return NULL;
    }
    return v;
}

void keeper_release(struct keeper *k, unsigned reader)
{
    atomic_store(&k->readers[reader % KEEPER_READERS_MAX].holds, NULL);
}

bool keeper_council(struct keeper *k, const struct keeper_view *v, const char *code,
                    const struct council **ret, struct err *e)
{
    struct kept *kept = kept_by_code(v, code);
    if (kept == NULL) {
        return err_set(e, ERR_ABSENT, "There is no organisation \"%s\" in this record.", code);
    }
    *ret = atomic_load_explicit(&kept->council, memory_order_acquire);
    if (*ret != NULL) {
        return true;
    }
    pthread_mutex_lock(&k->door);
    bool built = true;
    *ret = atomic_load(&kept->council);
    if (*ret == NULL) {
        built = open_own(k, e) && snapshot_build(k->db, code, v->today, DAY_NONE, ret, e);
        if (built) {
            atomic_store_explicit(&kept->council, *ret, memory_order_release);
        }
    }
    pthread_mutex_unlock(&k->door);
    return built;
}

const struct organisation_name *keeper_organisations(const struct keeper_view *v, size_t *ret_count)
{
    *ret_count = v->count;
    return v->names;
}

static struct page_cache *cache_of(const struct keeper_view *v, const struct council *c)
{
    struct kept *kept = c == NULL ? NULL : kept_by_code(v, c->code);
    return c == NULL ? v->pages : kept == NULL ? NULL : kept->pages;
}

void *keeper_kept(const struct keeper_view *v, const struct council *c, const char *key)
{
    return page_cache_get(cache_of(v, c), key);
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
    pthread_mutex_lock(&k->door);
    bool read = refresh(k, e);
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
    }
    free_retired(k);
    free_view(atomic_load(&k->current));
    for (size_t i = 0; i < KEEPER_READERS_MAX; i++) {
        arena_free(k->readers[i].arena);
    }
    arena_free(k->arena);
    pthread_mutex_destroy(&k->door);
    free(k->url);
    free(k);
}
