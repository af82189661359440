// Whom we compare with, and their figures.

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "domain/code_index.h"
#include "domain/comparison.h"
#include "domain/snapshot_build.h"
#include "model/value_cell.h"

// ---- groups ----

// Versions as people number them: runs of digits by their number, so that v9 comes before v10.
static int version_order(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0') {
        size_t zeros_a = strspn(a, "0"), zeros_b = strspn(b, "0");
        size_t digits_a = strspn(a + zeros_a, "0123456789");
        size_t digits_b = strspn(b + zeros_b, "0123456789");
        if (zeros_a + digits_a > 0 && zeros_b + digits_b > 0) {
            a += zeros_a, b += zeros_b;
            if (digits_a != digits_b) {
                return digits_a < digits_b ? -1 : 1;
            }
            int order = memcmp(a, b, digits_a);
            if (order != 0) {
                return order;
            }
            a += digits_a, b += digits_b;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++, b++;
        }
    }
    return *a == *b ? 0 : *a == '\0' ? -1 : 1;
}

static const char *version_of(const struct store_row *r)
{
    const char *version = cell_text(r, COMPARATOR_VERSION);
    return version == NULL ? "" : version;
}

static int member_order(const void *left, const void *right)
{
    const struct comparator *x = left, *y = right;
    int a = x->order == 0 ? INT32_MAX : x->order, b = y->order == 0 ? INT32_MAX : y->order;
    return a != b ? (a < b ? -1 : 1) : strcmp(x->organisation, y->organisation);
}

// The rows of one group, of which the latest version counts.
static struct comparator_group make_group(struct build *b, const struct store_row *rows,
                                          size_t count)
{
    const struct store_row *latest = &rows[0];
    for (size_t i = 1; i < count; i++) {
        latest = version_order(version_of(latest), version_of(&rows[i])) < 0 ? &rows[i] : latest;
    }
    struct comparator *members = ARENA_ARRAY(b->arena, count, struct comparator);
    const char *set = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct store_row *r = &rows[i];
        if (strcmp(version_of(r), version_of(latest)) != 0) {
            continue;
        }
        const char *code = cell_text(r, COMPARATOR_ORGANISATION);
        const char *name = cell_text(r, COMPARATOR_NAME);
        members[kept++] =
            (struct comparator){code, name == NULL ? code : name, cell_int(r, COMPARATOR_ORDER, 0)};
        set = set == NULL ? cell_text(r, COMPARATOR_SET) : set;
    }
    qsort(members, kept, sizeof *members, member_order);
    const char *code = cell_text(latest, COMPARATOR_GROUP);
    return (struct comparator_group){.code = code,
                                     .name = set == NULL ? code : set,
                                     .set = set,
                                     .version = cell_text(latest, COMPARATOR_VERSION),
                                     .members = members,
                                     .member_count = kept};
}

static bool fill_groups(struct build *b, struct store_rows *ret_rows)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_COMPARATOR, &rows)) {
        return false;
    }
    struct comparator_group *groups = ARENA_ARRAY(b->arena, rows.count, struct comparator_group);
    size_t count = 0;
    for (size_t from = 0; from < rows.count;) {
        size_t end = from + 1;
        while (end < rows.count && strcmp(cell_text(&rows.rows[end], COMPARATOR_GROUP),
                                          cell_text(&rows.rows[from], COMPARATOR_GROUP)) == 0) {
            end++;
        }
        groups[count++] = make_group(b, rows.rows + from, end - from);
        from = end;
    }
    b->council->comparator_groups = groups;
    b->council->comparator_group_count = count;
    *ret_rows = rows;
    return true;
}

// ---- figures ----

static struct figure figure_of(const struct build *b, const struct store_row *r)
{
    const char *value = cell_text(r, COMPARATOR_VALUE_VALUE);
    const char *mark = cell_text(r, COMPARATOR_VALUE_MARK);
    struct figure f = {.period = cell_period(b, r, COMPARATOR_VALUE_PERIOD),
                       .value = cell_dec(r, COMPARATOR_VALUE_VALUE),
                       .numerator = cell_dec(r, COMPARATOR_VALUE_NUMERATOR),
                       .denominator = cell_dec(r, COMPARATOR_VALUE_DENOMINATOR),
                       .known_from = DAY_NONE,
                       .version = 1};
    if (value != NULL && !f.value.present) {
        f.text = value;
        f.value = strcmp(value, "yes") == 0  ? dec_int(1)
                  : strcmp(value, "no") == 0 ? dec_int(0)
                                             : DEC_NONE;
    } else if (value == NULL && !(f.numerator.present && f.denominator.present)) {
        f.text = mark;
        f.marker = MARKER_MISSING;
        if (mark != NULL && !value_mark((struct slice){mark, strlen(mark)}, &f.marker)) {
            f.marker = MARKER_MISSING;
        }
    }
    return f;
}

static int figure_order(const void *left, const void *right)
{
    return period_compare(((const struct figure *)left)->period,
                          ((const struct figure *)right)->period);
}

// The figures from `from` on that are of one measure and organisation; returns where they end.
static size_t end_of_series(const struct store_rows *rows, size_t from)
{
    const struct store_row *first = &rows->rows[from];
    size_t end = from + 1;
    while (end < rows->count &&
           strcmp(cell_text(&rows->rows[end], COMPARATOR_VALUE_ORGANISATION),
                  cell_text(first, COMPARATOR_VALUE_ORGANISATION)) == 0 &&
           strcmp(cell_text(&rows->rows[end], COMPARATOR_VALUE_MEASURE),
                  cell_text(first, COMPARATOR_VALUE_MEASURE)) == 0) {
        end++;
    }
    return end;
}

static void fill_series(struct build *b, const struct store_rows *rows,
                        const struct code_index *names, const struct store_rows *comparators)
{
    const struct council *c = b->council;
    struct figure *figures = ARENA_ARRAY(b->arena, rows->count, struct figure);
    struct comparison_series *all = ARENA_ARRAY(b->arena, rows->count, struct comparison_series);
    size_t count = 0;
    for (size_t from = 0; from < rows->count;) {
        const struct store_row *first = &rows->rows[from];
        size_t end = end_of_series(rows, from);
        const char *code = cell_text(first, COMPARATOR_VALUE_ORGANISATION);
        size_t named = code_index_get(names, code);
        const char *name =
            named == SIZE_MAX ? code : cell_text(&comparators->rows[named], COMPARATOR_NAME);
        size_t at =
            code_index_get(c->by_code[INDEX_MEASURES], cell_text(first, COMPARATOR_VALUE_MEASURE));
        for (size_t i = from; i < end; i++) {
            figures[i] = figure_of(b, &rows->rows[i]);
        }
        qsort(figures + from, end - from, sizeof *figures, figure_order);
        all[count] = (struct comparison_series){code, name, figures + from, end - from};
        if (at != SIZE_MAX) {
            // Rows stand by measure: each measure's series lie side by side.
            struct measure *m = (struct measure *)(uintptr_t)&c->measures[at];
            m->comparisons = m->comparison_count == 0 ? &all[count] : m->comparisons;
            m->comparison_count++;
        }
        count++;
        from = end;
    }
}

bool build_comparisons(struct build *b)
{
    struct store_rows comparators, values;
    if (!fill_groups(b, &comparators) || !build_rows(b, KIND_COMPARATOR_VALUE, &values)) {
        return false;
    }
    struct code_index *names = code_index_new(b->arena, comparators.count);
    for (size_t i = 0; i < comparators.count; i++) {
        const struct store_row *r = &comparators.rows[i];
        if (cell_text(r, COMPARATOR_NAME) != NULL) {
            code_index_put(names, cell_text(r, COMPARATOR_ORGANISATION), i);
        }
    }
    fill_series(b, &values, names, &comparators);
    return true;
}
