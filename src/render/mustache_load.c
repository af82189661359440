#include <stdlib.h>
#include <string.h>

#include "render/mustache_parse.h"

static struct loading_entry *find_entry(struct loading *l, const char *name)
{
    for (size_t i = 0; i < l->count; i++) {
        if (strcmp(l->entries[i].template->name, name) == 0) {
            return &l->entries[i];
        }
    }
    return NULL;
}

const struct template *loading_template(struct loading *l, const char *name)
{
    struct loading_entry *known = find_entry(l, name);
    if (known != NULL) {
        return known->template;
    }
    struct template_source source = {0};
    if (!l->load(l->context, name, &source)) {
        return NULL;
    }
    if (l->count == l->room) {
        size_t room = l->room == 0 ? 32 : l->room * 2;
        l->entries = arena_grow(l->arena, l->entries, l->count, room, sizeof *l->entries);
        l->room = room;
    }
    struct template *t = ARENA_NEW(l->arena, struct template);
    t->name = arena_text(l->arena, name);
    t->set = l->set;
    l->entries[l->count++] = (struct loading_entry){t, source};
    return t;
}

const struct known_name *loading_name(struct loading *l, const char *text, size_t length)
{
    unsigned hash = 0;
    for (size_t i = 0; i < length; i++) {
        hash = hash * 31 + (unsigned char)text[i];
    }
    struct known_name **bucket = &l->names[hash % COUNT_OF(l->names)];
    for (const struct known_name *k = *bucket; k != NULL; k = k->next) {
        if (k->length == length && memcmp(k->text, text, length) == 0) {
            return k;
        }
    }
    struct known_name *k = ARENA_NEW(l->arena, struct known_name);
    k->text = arena_textn(l->arena, text, length);
    k->length = length;
    k->slot = l->slots++;
    k->next = *bucket;
    *bucket = k;
    return k;
}

static int by_name(const void *a, const void *b)
{
    const struct template *const *x = a;
    const struct template *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

// Partials join the list while it is walked, so every template is parsed once and none twice.
static bool parse_all(struct loading *l)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->count > TEMPLATE_COUNT_MAX) {
            return err_set(l->e, ERR_SYSTEM, "There are more than %d templates; keep fewer.",
                           TEMPLATE_COUNT_MAX);
        }
        if (!template_parse(l, l->entries[i].template, l->entries[i].source)) {
            return false;
        }
    }
    return true;
}

struct templates *templates_load(struct arena *a, const char *const *names, size_t count,
                                 template_loader *load, void *context, struct err *e)
{
    struct templates *set = ARENA_NEW(a, struct templates);
    struct loading l = {.arena = a, .load = load, .context = context, .e = e, .set = set};
    for (size_t i = 0; i < count; i++) {
        if (loading_template(&l, names[i]) == NULL) {
            err_set(e, ERR_SYSTEM,
                    "Template \"%s\" is missing; put it back into the templates folder and build "
                    "again.",
                    names[i]);
            return NULL;
        }
    }
    if (!parse_all(&l)) {
        return NULL;
    }
    const struct template **all = ARENA_ARRAY(a, l.count, const struct template *);
    for (size_t i = 0; i < l.count; i++) {
        all[i] = l.entries[i].template;
    }
    if (l.count > 1) {
        qsort(all, l.count, sizeof(const struct template *), by_name);
    }
    set->all = all;
    set->count = l.count;
    set->slots = l.slots;
    set->raw = l.raw;
    return set;
}

const struct template *templates_find(const struct templates *set, const char *name)
{
    size_t low = 0;
    size_t high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, set->all[middle]->name);
        if (order == 0) {
            return set->all[middle];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

size_t templates_raw_count(const struct templates *set)
{
    return set->raw;
}
