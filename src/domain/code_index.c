#include "domain/code_index.h"

#include <string.h>

struct entry {
    const char *code;
    size_t position;
};

struct code_index {
    size_t mask;
    struct entry *entries;
};

// FNV-1a: codes come from whoever keeps the record, not from strangers, and tables are bounded.
static size_t hash(const char *code)
{
    uint64_t h = 14695981039346656037u;
    for (const unsigned char *p = (const unsigned char *)code; *p != '\0'; p++) {
        h = (h ^ *p) * 1099511628211u;
    }
    return (size_t)(h ^ (h >> 32));
}

struct code_index *code_index_new(struct arena *a, size_t count)
{
    struct code_index *x = ARENA_NEW(a, struct code_index);
    size_t room = 8;
    while (room < count * 2) {
        room *= 2;
    }
    x->mask = room - 1;
    x->entries = ARENA_ARRAY(a, room, struct entry);
    return x;
}

static struct entry *slot(const struct code_index *x, const char *code)
{
    size_t at = hash(code) & x->mask;
    while (x->entries[at].code != NULL && strcmp(x->entries[at].code, code) != 0) {
        at = (at + 1) & x->mask;
    }
    return &x->entries[at];
}

void code_index_put(struct code_index *x, const char *code, size_t position)
{
    struct entry *e = slot(x, code);
    if (e->code == NULL) {
        *e = (struct entry){code, position};
    }
}

size_t code_index_get(const struct code_index *x, const char *code)
{
    if (x == NULL || code == NULL) {
        return SIZE_MAX;
    }
    const struct entry *e = slot(x, code);
    return e->code == NULL ? SIZE_MAX : e->position;
}
