#include "cli/analyse_gone.h"

uint64_t gone_hash(struct slice name)
{
    uint64_t hash = 14695981039346656037u; // FNV-1a, and a last stir of its high bits
    for (size_t i = 0; i < name.length; i++) {
        hash = (hash ^ (unsigned char)name.text[i]) * 1099511628211u;
    }
    hash ^= hash >> 32;
    return hash == 0 ? 1 : hash;
}

static uint64_t *gone_slot(uint64_t *slots, size_t slot_count, uint64_t hash)
{
    for (size_t i = (size_t)hash & (slot_count - 1);; i = (i + 1) & (slot_count - 1)) {
        if (slots[i] == 0 || slots[i] == hash) {
            return &slots[i];
        }
    }
}

bool gone_has(const struct gone_names *g, uint64_t hash)
{
    return g->slot_count > 0 && *gone_slot(g->slots, g->slot_count, hash) == hash;
}

void gone_note(struct gone_names *g, uint64_t hash)
{
    if (g->count * 2 >= g->slot_count) {
        size_t room = g->slot_count == 0 ? (size_t)1 << 16 : g->slot_count * 4;
        uint64_t *slots = ARENA_ARRAY(g->arena, room, uint64_t);
        for (size_t i = 0; i < g->slot_count; i++) {
            if (g->slots[i] != 0) {
                *gone_slot(slots, room, g->slots[i]) = g->slots[i];
            }
        }
        g->slots = slots;
        g->slot_count = room;
    }
    *gone_slot(g->slots, g->slot_count, hash) = hash;
    g->count++;
}
