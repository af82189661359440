#include "cli/analyse_series.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 16, LARGEST_CHUNK = 1024, FIRST_SLOTS = 64 };

static uint64_t hash_of(const char *text, size_t length)
{
    uint64_t hash = 14695981039346656037u; // FNV-1a
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    }
    return hash;
}

static struct kept_series **find_slot(struct kept_series **slots, size_t slot_count,
                                      const char *name, size_t length, uint64_t hash)
{
    for (size_t i = (size_t)hash & (slot_count - 1);; i = (i + 1) & (slot_count - 1)) {
        struct kept_series *s = slots[i];
        if (s == NULL ||
            (s->hash == hash && s->length == length && memcmp(s->name, name, length) == 0)) {
            return &slots[i];
        }
    }
}

static void grow_slots(struct arena *a, struct series_table *t)
{
    size_t slot_count = t->slot_count == 0 ? FIRST_SLOTS : t->slot_count * 2;
    struct kept_series **slots = ARENA_ARRAY(a, slot_count, struct kept_series *);
    for (struct kept_series *s = t->first; s != NULL; s = s->next) {
        *find_slot(slots, slot_count, s->name, s->length, s->hash) = s;
    }
    t->slots = slots;
    t->slot_count = slot_count;
}

static struct kept_series *series_of(struct arena *a, struct series_table *t, struct slice name)
{
    if (t->series_count * 2 >= t->slot_count) {
        grow_slots(a, t);
    }
    uint64_t hash = hash_of(name.text, name.length);
    struct kept_series **slot = find_slot(t->slots, t->slot_count, name.text, name.length, hash);
    if (*slot == NULL) {
        struct kept_series *s = ARENA_NEW(a, struct kept_series);
        s->name = arena_textn(a, name.text, name.length);
        s->length = name.length;
        s->hash = hash;
        *(t->last == NULL ? &t->first : &t->last->next) = s;
        t->last = s;
        t->series_count++;
        *slot = s;
    }
    return *slot;
}

static struct kept *new_figure(struct arena *a, struct kept_series *s)
{
    if (s->last == NULL || s->last->count == s->last->room) {
        size_t room = s->last == NULL ? FIRST_CHUNK : s->last->room * 2;
        room = room > LARGEST_CHUNK ? LARGEST_CHUNK : room;
        struct chunk *c = arena_alloc(a, sizeof(struct chunk) + room * sizeof(struct kept));
        c->room = room;
        *(s->last == NULL ? &s->first : &s->last->next) = c;
        s->last = c;
    }
    s->count++;
    return &s->last->figures[s->last->count++];
}

void series_keep(struct arena *a, struct series_table *t, struct slice name,
                 const struct kept *figure)
{
    *new_figure(a, series_of(a, t, name)) = *figure;
}

static int by_month(const void *a, const void *b)
{
    const struct kept *left = a, *right = b;
    if (left->month != right->month) {
        return left->month < right->month ? -1 : 1;
    }
    return left->line < right->line ? -1 : left->line > right->line;
}

const struct kept *series_figures(struct arena *a, const struct kept_series *s)
{
    struct kept *figures = ARENA_ARRAY(a, s->count, struct kept);
    size_t count = 0;
    for (const struct chunk *c = s->first; c != NULL; c = c->next) {
        memcpy(figures + count, c->figures, c->count * sizeof *figures);
        count += c->count;
    }
    qsort(figures, count, sizeof *figures, by_month);
    return figures;
}
