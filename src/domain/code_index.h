// Code -> position in an array: a small open-addressing table, filled once, then only read.
#ifndef GT_DOMAIN_CODE_INDEX_H
#define GT_DOMAIN_CODE_INDEX_H

#include "base/arena.h"

struct code_index;

// Room for `count` codes.
struct code_index *code_index_new(struct arena *a, size_t count);
// Remembers that `code` (not copied) stands at `position`; a repeated code keeps the first.
void code_index_put(struct code_index *x, const char *code, size_t position);
// The position, or SIZE_MAX. NULL code or table: SIZE_MAX.
size_t code_index_get(const struct code_index *x, const char *code);

#endif
