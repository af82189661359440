#include "domain/keeper_view.h"

#include <stdlib.h>
#include <string.h>

#include "store/store.h"

// What a council's finished pages may hold: a few hundred pages.
enum { PAGES_MAX = 6 << 20, LIST_PAGES_MAX = 1 << 20 };

static void release_kept(struct kept *kept)
{
    if (kept != NULL && atomic_fetch_sub(&kept->holders, 1) == 1) {
        page_cache_free(kept->pages);
        parts_free(kept->parts); // before the council whose figures they share
        const struct council *c = atomic_load(&kept->council);
        if (c != NULL) {
            arena_free(c->arena);
        }
        free(kept);
    }
}

void keeper_view_hold(struct kept *kept)
{
    atomic_fetch_add(&kept->holders, 1);
}

void keeper_view_drop(struct kept *kept)
{
    release_kept(kept);
}

static void release_all(struct keeper_view *v)
{
    for (size_t i = 0; i < v->count; i++) {
        release_kept(v->kept[i]);
    }
}

void keeper_view_free(struct keeper_view *v)
{
    if (v != NULL) {
        release_all(v);
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
        kept->parts = parts_new();
        memcpy(kept->code, code, length + 1);
    }
    if (kept != NULL && kept->parts == NULL) {
        release_kept(kept);
        return NULL;
    }
    return kept;
}

struct kept *keeper_view_kept(const struct keeper_view *v, const char *code)
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
    struct kept *before = keeper_view_kept(old, organisation->code);
    if (before != NULL && before->revision == organisation->revision && before->today == today) {
        atomic_fetch_add(&before->holders, 1);
        return before;
    }
    return new_kept(organisation->code, organisation->revision, today);
}

struct keeper_view *keeper_view_read(struct db *db, struct arena *a, day today,
                                     const struct keeper_view *before, struct err *e)
{
    uint64_t counter = db_change_counter(db);
    const struct store_organisation *found = NULL;
    size_t count = 0;
    if (!store_organisations(db, a, &found, &count, e)) {
        return NULL;
    }
    struct keeper_view *v = ARENA_NEW(a, struct keeper_view);
    struct organisation_name *names = ARENA_ARRAY(a, count, struct organisation_name);
    v->kept = ARENA_ARRAY(a, count, struct kept *);
    v->counter = counter;
    v->today = today;
    v->arena = a;
    v->names = names;
    for (size_t i = 0; i < count; i++) {
        names[i] = (struct organisation_name){found[i].code, found[i].name, found[i].kind};
        v->kept[i] = take_over(before, &found[i], today);
        if (v->kept[i] == NULL) {
            release_all(v);
            (void)err_set(e, ERR_SYSTEM, "There is not enough memory to read the record.");
            return NULL;
        }
        v->count = i + 1;
    }
    v->pages = page_cache_new(LIST_PAGES_MAX);
    return v;
}
