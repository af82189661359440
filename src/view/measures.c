#include "view/measures.h"

#include "view/measure_filter.h"
#include "view/parts.h"
#include "view/signal.h"
#include "view/words_measure.h"

// Every measure, the retired ones too: whether those are shown is one of the filters.
static struct scope all_measures(const struct page_request *q)
{
    const struct council *c = q->council;
    struct scope s = {ARENA_ARRAY(q->arena, c->measure_count + 1, const struct measure *), 0};
    for (size_t i = 0; i < c->measure_count; i++) {
        s.measures[s.count++] = &c->measures[i];
    }
    return s;
}

// How many there are in the state asked for, whatever else is chosen: "12 of 65" counts in these.
static size_t count_in_state(struct page_request *q, const struct filter *f, const struct scope *s)
{
    struct filter state = {.fields = f->fields};
    state.value[FILTER_STATE] = f->value[FILTER_STATE];
    const struct reading *all = page_readings(q);
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++) {
        count += filter_matches(&state, &all[s->measures[i]->index], FILTER_FIELDS) ? 1 : 0;
    }
    return count;
}

static void put_retired(struct page_request *q, struct tree *page, const struct filter *f)
{
    int retired = 0;
    for (size_t i = 0; i < q->council->measure_count; i++) {
        retired += q->council->measures[i].state == MEASURE_RETIRED ? 1 : 0;
    }
    tree_int(page, "retired", retired);
    tree_text(page, "retired_href",
              retired == 0 || f->value[FILTER_STATE] != NULL
                  ? NULL
                  : page_href_with(q, "state", "retired"));
}

bool view_measures(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    page_title(page, "Measures");
    struct scope all = all_measures(q), live = scope_organisation(q->council, q->arena);
    const unsigned fields = (1u << FILTER_FIELDS) - 1;
    struct filter f = filter_read(q, &live, fields, SORT_CODE);
    size_t count = 0;
    const struct reading **list = filter_apply(q, &f, &all, &count);
    filter_put(q, page, &f, &all);
    tree_text(page, "action", q->path);
    tree_text(page, "shown", words_showing(q->arena, count, count_in_state(q, &f, &all)));
    tree_bool(page, "none", count == 0 && all.count > 0);
    tree_bool(page, "no_measures", all.count == 0);
    put_retired(q, page, &f);
    struct scope listed = {ARENA_ARRAY(q->arena, count + 1, const struct measure *), count};
    for (size_t i = 0; i < count; i++) {
        listed.measures[i] = list[i]->measure;
    }
    part_signal_legend(q, page, &listed);
    tree_text(page, "look_href", look_is_asked(q) ? NULL : page_href_with(q, "sort", "look"));
    struct tree *table = part_measure_table(page, "table", "measures", "Measures");
    for (size_t i = 0; i < count; i++) {
        part_measure(q, tree_row(table), list[i]);
    }
    return true;
}
