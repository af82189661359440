#include "engine/rollup.h"

// Whether `a` asks for a look before `b`: the worse status, then the larger shortfall. A child
// whose shortfall is not known (a goal of nought has no percentage) comes after those with one.
static bool is_worse(const struct rollup_child *a, const struct rollup_child *b)
{
    if (a->status != b->status) {
        return a->status < b->status;
    }
    if (!a->shortfall_percent.present || !b->shortfall_percent.present) {
        return a->shortfall_percent.present && !b->shortfall_percent.present;
    }
    return dec_cmp(a->shortfall_percent, b->shortfall_percent) > 0;
}

struct rollup rollup_count(const struct rollup_child *children, size_t count)
{
    struct rollup r = {.total = (int)count, .worst = -1, .worst_status = STATUS_COUNT};
    for (size_t i = 0; i < count; i++) {
        const struct rollup_child *child = &children[i];
        r.by_status[child->status]++;
        r.with_data += child->has_figure;
        if (!status_is_scored(child->status)) {
            continue;
        }
        r.scored++;
        if (r.worst < 0 || is_worse(child, &children[r.worst])) {
            r.worst = (int)i;
            r.worst_status = child->status;
        }
    }
    return r;
}

struct dec rollup_share(int part, int base, int decimals)
{
    return dec_ratio(dec_int(part), dec_int(base), 100, decimals);
}
