#include "domain/text_table.h"

#include <string.h>

enum { FIRST_SLOTS = 256 };

struct text_table text_table_new(struct arena *a)
{
    return (struct text_table){.texts = grow_new(a, sizeof(struct slice)), .arena = a};
}

static size_t hash(struct slice s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.length; i++) {
        h = (h ^ (unsigned char)s.text[i]) * 1099511628211u;
    }
    return (size_t)(h ^ h >> 29);
}

static bool equal(struct slice a, struct slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

struct slice text_table_text(const struct text_table *t, uint32_t number)
{
    return ((const struct slice *)t->texts.items)[number];
}

size_t text_table_count(const struct text_table *t)
{
    return t->texts.count;
}

// The slot where `text` stands, or the free one where it would.
static size_t slot_of(const struct text_table *t, struct slice text)
{
    size_t slot = hash(text) & (t->slot_count - 1);
    while (t->slots[slot] != 0 && !equal(text_table_text(t, t->slots[slot] - 1), text)) {
        slot = (slot + 1) & (t->slot_count - 1);
    }
    return slot;
}

uint32_t text_table_find(const struct text_table *t, struct slice text)
{
    if (t->slot_count == 0) {
        return TEXT_TABLE_NONE;
    }
    uint32_t found = t->slots[slot_of(t, text)];
    return found == 0 ? TEXT_TABLE_NONE : found - 1;
}

static void make_slots(struct text_table *t)
{
    if (t->texts.count * 2 < t->slot_count) {
        return;
    }
    t->slot_count = t->slot_count == 0 ? FIRST_SLOTS : t->slot_count * 2;
    t->slots = ARENA_ARRAY(t->arena, t->slot_count, uint32_t);
    for (size_t i = 0; i < t->texts.count; i++) {
        t->slots[slot_of(t, text_table_text(t, (uint32_t)i))] = (uint32_t)i + 1;
    }
}

uint32_t text_table_add(struct text_table *t, struct slice text)
{
    make_slots(t);
    size_t slot = slot_of(t, text);
    if (t->slots[slot] == 0) {
        *(struct slice *)grow_add(&t->texts) = text;
        t->slots[slot] = (uint32_t)t->texts.count;
    }
    return t->slots[slot] - 1;
}
