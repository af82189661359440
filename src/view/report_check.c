// Arithmetic of a finished report, made again from what it prints (RPT-20, T-41). It knows nothing
// of how the figures were counted: only the keys that stand beside one another.

#include <string.h>

#include "engine/rollup.h"
#include "view/quarterly.h"

static bool number_of(const struct tree *map, const char *key, int64_t *out)
{
    const struct tree *node = tree_get(map, key);
    if (node == NULL || node->kind != TREE_NUMBER || node->number.scale != 0) {
        return false;
    }
    *out = node->number.units;
    return true;
}

static const char *name_of(const struct tree *map, const char *within)
{
    static const char *const keys[] = {"title", "caption", "sentence", "section_title"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const struct tree *node = tree_get(map, keys[i]);
        if (node != NULL && node->kind == TREE_TEXT) {
            return node->text;
        }
    }
    return within;
}

static bool shares_hold(const struct tree *map, const char *name, struct err *e)
{
    static const struct {
        const char *share, *part, *base;
    } shares[] = {{"on_target_of_scored", "on_target", "scored"},
                  {"on_target_of_all", "on_target", "total"},
                  {"with_data_percent", "with_data", "total"}};
    for (size_t i = 0; i < COUNT_OF(shares); i++) {
        int64_t share = 0, part = 0, base = 0;
        if (!number_of(map, shares[i].share, &share) || !number_of(map, shares[i].part, &part) ||
            !number_of(map, shares[i].base, &base)) {
            continue;
        }
        // Rounded half away from zero: |100 part - share base| <= base / 2.
        int64_t off = 200 * part - 2 * share * base;
        if (base <= 0 || off > base || off < -base) {
            return err_set(e, ERR_INPUT,
                           "The report does not add up: in \"%s\", %lld of %lld is not %lld%%.",
                           name, (long long)part, (long long)base, (long long)share);
        }
    }
    return true;
}

static bool counts_hold(const struct tree *map, const char *name, struct err *e)
{
    int64_t on = 0, slightly = 0, off = 0, not_scored = 0, total = 0, scored = 0;
    if (!number_of(map, "on_target", &on) || !number_of(map, "slightly_off", &slightly) ||
        !number_of(map, "off_target", &off) || !number_of(map, "total", &total) ||
        !number_of(map, "not_scored", &not_scored)) {
        return true;
    }
    if (on + slightly + off + not_scored != total) {
        return err_set(e, ERR_INPUT,
                       "The report does not add up: in \"%s\", %lld + %lld + %lld + %lld is not "
                       "%lld.",
                       name, (long long)on, (long long)slightly, (long long)off,
                       (long long)not_scored, (long long)total);
    }
    if (number_of(map, "scored", &scored) && on + slightly + off != scored) {
        return err_set(e, ERR_INPUT,
                       "The report does not add up: in \"%s\", %lld + %lld + %lld is not %lld.",
                       name, (long long)on, (long long)slightly, (long long)off, (long long)scored);
    }
    return true;
}

static bool list_sum(const struct tree *list, int64_t *out)
{
    *out = 0;
    for (const struct tree *item = list->first; item != NULL; item = item->next) {
        int64_t count = 0;
        if (!number_of(item, "count", &count)) {
            return false;
        }
        *out += count;
    }
    return true;
}

// The statuses of a roll-up, whatever they are, are all of it.
static bool statuses_hold(const struct tree *map, const char *name, struct err *e)
{
    const struct tree *statuses = tree_get(map, "statuses");
    int64_t total = 0, sum = 0;
    if (statuses == NULL || statuses->kind != TREE_LIST || !number_of(map, "total", &total) ||
        !list_sum(statuses, &sum) || sum == total) {
        return true;
    }
    return err_set(e, ERR_INPUT,
                   "The report does not add up: the statuses of \"%s\" sum to %lld, not %lld.",
                   name, (long long)sum, (long long)total);
}

// A table that says it is summed ("summed": true): each numeric column of its rows adds up to the
// same key in its "totals".
static bool totals_hold(const struct tree *map, const char *name, struct err *e)
{
    const struct tree *totals = tree_get(map, "totals"), *rows = tree_get(map, "rows");
    if (map->role != TREE_TABLE || totals == NULL || totals->kind != TREE_MAP || rows == NULL) {
        return true;
    }
    for (const struct tree *total = totals->first; total != NULL; total = total->next) {
        struct dec sum = dec_int(0);
        bool any = false;
        for (const struct tree *row = rows->first; row != NULL; row = row->next) {
            const struct tree *cell = tree_get(row, total->key);
            if (cell != NULL && cell->kind == TREE_NUMBER) {
                sum = dec_add(sum, cell->number);
                any = true;
            }
        }
        if (total->kind == TREE_NUMBER && any && !dec_equal(sum, total->number)) {
            return err_set(e, ERR_INPUT,
                           "The report does not add up: column \"%s\" of \"%s\" sums to %s, and "
                           "its total says %s.",
                           total->key, name, dec_text(e->arena, sum),
                           dec_text(e->arena, total->number));
        }
    }
    return true;
}

static bool check(const struct tree *node, const char *within, struct err *e)
{
    if (node->kind != TREE_MAP && node->kind != TREE_LIST) {
        return true;
    }
    const char *name = within;
    if (node->kind == TREE_MAP) {
        name = name_of(node, within);
        if (!counts_hold(node, name, e) || !shares_hold(node, name, e) ||
            !statuses_hold(node, name, e) || !totals_hold(node, name, e)) {
            return false;
        }
    }
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        if (!check(child, name, e)) {
            return false;
        }
    }
    return true;
}

bool report_check(const struct tree *view, struct err *e)
{
    return check(view, "the report", e);
}
