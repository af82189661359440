// Any bytes as a CSV file: read without a fault of memory, and what was read, written and read
// again, is the same.
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

enum { MEMORY = 64 << 20, TEXT_MAX = 32 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static bool same_row(const struct csv *a, const struct csv *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (a->cells[i].length != b->cells[i].length ||
            memcmp(a->cells[i].text, b->cells[i].text, a->cells[i].length) != 0) {
            return false;
        }
    }
    return true;
}

// Writes the rows read; stops at the first fault. Returns how many.
static size_t copy_rows(struct arena *a, struct csv *in, struct buf *out)
{
    struct err e = {.arena = a};
    struct csv_writer w = csv_writer(out, "\n", false);
    size_t rows = 0;
    enum csv_result result = CSV_ROW;
    while ((result = csv_next(in, &e)) == CSV_ROW) {
        rows++;
        require(in->count > 0 && in->row > 0 && in->line > 0);
        for (size_t i = 0; i < in->count; i++) {
            csv_textn(&w, in->cells[i].text, in->cells[i].length);
            struct slice trimmed = slice_trim(in->cells[i]);
            require(trimmed.length <= in->cells[i].length);
        }
        csv_end_row(&w);
    }
    require((result == CSV_FAULT) == (e.message != NULL));
    for (struct err later = {.arena = a}; csv_next(in, &later) != CSV_END;) {
        later.kind = ERR_NONE; // reading goes on after a fault, and ends
    }
    return rows;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(MEMORY);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    struct csv first = csv_reader(a, "input", (const char *)bytes, length);
    struct buf copy = buf_new(a, TEXT_MAX);
    size_t rows = copy_rows(a, &first, &copy);
    require(!copy.full);

    struct csv original = csv_reader(a, "input", (const char *)bytes, length);
    struct csv again = csv_reader(a, "copy", buf_cstr(&copy), copy.length);
    struct err e = {.arena = a};
    for (size_t i = 0; i < rows; i++) {
        require(csv_next(&original, &e) == CSV_ROW && csv_next(&again, &e) == CSV_ROW);
        require(same_row(&original, &again));
    }
    arena_free(a);
    return 0;
}
