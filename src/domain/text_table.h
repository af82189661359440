// Texts numbered in the order they are first met: codes, labels. Grows as needed; a text is found
// again in constant time.
#ifndef GT_DOMAIN_TEXT_TABLE_H
#define GT_DOMAIN_TEXT_TABLE_H

#include "base/csv.h"
#include "base/grow.h"

struct text_table {
    struct grow texts; // struct slice, by number
    uint32_t *slots;   // number + 1, 0: free
    size_t slot_count; // a power of two
    struct arena *arena;
};

#define TEXT_TABLE_NONE UINT32_MAX

struct text_table text_table_new(struct arena *a);
// The number of `text`, or TEXT_TABLE_NONE.
uint32_t text_table_find(const struct text_table *t, struct slice text);
// The same, numbered now if it is new. The bytes are not copied.
uint32_t text_table_add(struct text_table *t, struct slice text);
struct slice text_table_text(const struct text_table *t, uint32_t number);
size_t text_table_count(const struct text_table *t);

#endif
