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
        // Rounded half away from zero: share - 1/2 <= 100 part / base < share + 1/2.
        int64_t off = 200 * part - 2 * share * base;
        if (base <= 0 || part < 0 || part > base || off >= base || off < -base) {
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

// The lists beside a roll-up are all of it: every status, every reason for none, the whole bar.
static bool lists_hold(const struct tree *map, const char *name, struct err *e)
{
    const struct tree *bar = tree_get(map, "bar");
    const struct {
        const struct tree *list;
        const char *of, *what;
    } lists[] = {{tree_get(map, "statuses"), "total", "the statuses"},
                 {tree_get(map, "not_scored_parts"), "not_scored", "what is not scored"},
                 {bar == NULL ? NULL : tree_get(bar, "segments"), "total", "the bar"}};
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        int64_t total = 0, sum = 0;
        if (lists[i].list == NULL || lists[i].list->kind != TREE_LIST ||
            !number_of(map, lists[i].of, &total) || !list_sum(lists[i].list, &sum) ||
            sum == total) {
            continue;
        }
        return err_set(e, ERR_INPUT,
                       "The report does not add up: %s of \"%s\" sum to %lld, not %lld.",
                       lists[i].what, name, (long long)sum, (long long)total);
    }
    return true;
}

// Every measure moved one way, or could not be compared.
static bool travel_holds(const struct tree *map, const char *name, struct err *e)
{
    int64_t improved = 0, same = 0, worse = 0, not_comparable = 0, all = 0;
    if (!number_of(map, "improved", &improved) || !number_of(map, "same", &same) ||
        !number_of(map, "worse", &worse) || !number_of(map, "not_comparable", &not_comparable) ||
        !number_of(map, "all", &all) || improved + same + worse + not_comparable == all) {
        return true;
    }
    return err_set(
        e, ERR_INPUT,
        "The report does not add up: in \"%s\", %lld improved, %lld the same, %lld worse "
        "and %lld not comparable are not %lld.",
        name, (long long)improved, (long long)same, (long long)worse, (long long)not_comparable,
        (long long)all);
}

// A section that says how many it lists lists as many ("open" where only those are listed).
static bool length_holds(const struct tree *map, const char *name, struct err *e)
{
    const struct tree *list = tree_get(map, "items"), *table = tree_get(map, "table");
    int64_t said = 0;
    if (list == NULL && table != NULL) {
        list = tree_get(table, "rows");
    }
    if (tree_get(map, "section_title") == NULL || list == NULL || list->kind != TREE_LIST ||
        (!number_of(map, "open", &said) && !number_of(map, "count", &said)) ||
        said == (int64_t)list->count) {
        return true;
    }
    return err_set(e, ERR_INPUT, "The report does not add up: \"%s\" says %lld and lists %zu.",
                   name, (long long)said, list->count);
}

// A table with "totals": each of them is what its column adds up to.
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

// Shares of a whole are all of it, give or take half a tenth for each that was rounded.
static bool whole_holds(const struct tree *map, const char *name, struct err *e)
{
    const struct tree *rows = map->role == TREE_TABLE ? tree_get(map, "rows") : NULL;
    struct dec sum = dec_int(0);
    int64_t counted = 0;
    for (const struct tree *row = rows == NULL ? NULL : rows->first; row != NULL; row = row->next) {
        const struct tree *share = tree_get(row, "share");
        if (share != NULL && share->kind == TREE_NUMBER) {
            sum = dec_add(sum, share->number);
            counted++;
        }
    }
    struct dec off = dec_abs(dec_sub(sum, dec_int(100)));
    if (counted == 0 || (off.present && dec_cmp(off, dec_make(5 * counted, 2)) <= 0)) {
        return true;
    }
    return err_set(e, ERR_INPUT, "The report does not add up: the shares in \"%s\" sum to %s%%.",
                   name, dec_text(e->arena, sum));
}

// Under a priority each of its measures stands once.
static bool outcomes_hold(const struct tree *map, const char *name, struct err *e)
{
    const struct tree *outcomes = tree_get(map, "outcomes"), *rollup = tree_get(map, "rollup");
    int64_t total = 0, listed = 0;
    if (outcomes == NULL || rollup == NULL || !number_of(rollup, "total", &total)) {
        return true;
    }
    for (const struct tree *o = outcomes->first; o != NULL; o = o->next) {
        const struct tree *table = tree_get(o, "table");
        const struct tree *rows = table == NULL ? NULL : tree_get(table, "rows");
        listed += rows == NULL ? 0 : (int64_t)rows->count;
    }
    return listed == total ||
           err_set(e, ERR_INPUT,
                   "The report does not add up: \"%s\" counts %lld measures and lists %lld.", name,
                   (long long)total, (long long)listed);
}

typedef bool (*rule)(const struct tree *map, const char *name, struct err *e);

static bool check(const struct tree *node, const char *within, struct err *e)
{
    static const rule rules[] = {counts_hold,  shares_hold, lists_hold,  travel_holds,
                                 length_holds, totals_hold, whole_holds, outcomes_hold};
    if (node->kind != TREE_MAP && node->kind != TREE_LIST) {
        return true;
    }
    const char *name = within;
    if (node->kind == TREE_MAP) {
        name = name_of(node, within);
        for (size_t i = 0; i < COUNT_OF(rules); i++) {
            if (!rules[i](node, name, e)) {
                return false;
            }
        }
    }
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        if (!check(child, name, e)) {
            return false;
        }
    }
    return true;
}

// ---- one part of the report against another ----

// How many of a list's items are of this status.
static int64_t count_of_status(const struct tree *list, const char *code)
{
    int64_t count = 0;
    for (const struct tree *item = list->first; item != NULL; item = item->next) {
        const struct tree *status = tree_get(item, "status_code");
        count += status != NULL && status->text != NULL && strcmp(status->text, code) == 0 ? 1 : 0;
    }
    return count;
}

// The count that the roll-up tells for a status; 0 where it does not name it.
static int64_t told_of_status(const struct tree *rollup, const char *code)
{
    const struct tree *list = tree_get(rollup, "statuses");
    for (const struct tree *s = list == NULL ? NULL : list->first; s != NULL; s = s->next) {
        const struct tree *of = tree_get(s, "code");
        int64_t count = 0;
        if (of != NULL && of->text != NULL && strcmp(of->text, code) == 0 &&
            number_of(s, "count", &count)) {
            return count;
        }
    }
    return 0;
}

// Nothing off target is left out of the exceptions, and nothing missing out of its list.
static bool nothing_is_hidden(const struct tree *view, struct err *e)
{
    const struct tree *glance = tree_get(view, "glance");
    const struct tree *rollup = glance == NULL ? NULL : tree_get(glance, "rollup");
    const struct tree *exceptions = tree_get(view, "exceptions");
    const struct tree *items = exceptions == NULL ? NULL : tree_get(exceptions, "items");
    const struct tree *missing = tree_get(view, "missing");
    if (rollup == NULL) {
        return true;
    }
    int64_t off = told_of_status(rollup, "off_target"), listed = 0;
    if (items != NULL && (listed = count_of_status(items, "off_target")) != off) {
        return err_set(e, ERR_INPUT,
                       "The report does not add up: %lld measures are off target, and the "
                       "exceptions list %lld.",
                       (long long)off, (long long)listed);
    }
    int64_t gone = told_of_status(rollup, "missing");
    if (missing != NULL && number_of(missing, "count", &listed) && listed != gone) {
        return err_set(e, ERR_INPUT,
                       "The report does not add up: %lld measures are missing, and the list of "
                       "missing figures holds %lld.",
                       (long long)gone, (long long)listed);
    }
    return true;
}

bool report_check(const struct tree *view, struct err *e)
{
    return check(view, "the report", e) && nothing_is_hidden(view, e);
}
