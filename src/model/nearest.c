#include "model/nearest.h"

#include <string.h>

enum { LONGEST = 64 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t nearest_distance(const char *a, const char *b)
{
    size_t m = strlen(a);
    size_t n = strlen(b);
    if (m > LONGEST || n > LONGEST) {
        return SIZE_MAX;
    }
    // Optimal string alignment: three rows are enough to see a swap of neighbours.
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= n; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= m; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + change);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1])) {
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
            }
        }
    }
    return rows[m % 3][n];
}

struct nearest nearest_start(const char *text)
{
    size_t length = strlen(text);
    return (struct nearest){
        .text = text, .distance = SIZE_MAX, .most = length < 4 ? 1 : 1 + length / 3};
}

void nearest_offer(struct nearest *n, const char *known)
{
    size_t distance = nearest_distance(n->text, known);
    if (distance <= n->most && distance < n->distance) {
        n->distance = distance;
        n->best = known;
    }
}

const char *nearest_found(const struct nearest *n)
{
    return n->best;
}
