// What a measure is, and where it sits in the thread.

#include "view/links.h"
#include "view/measure_formula.h"
#include "view/measure_parts.h"
#include "view/words.h"
#include "view/words_delivery.h"
#include "view/words_measure.h"

static const char *lag_words(struct arena *a, const struct measure *m)
{
    return m->lag_days == 0 ? "On the day the period ends"
                            : arena_printf(a, "%s after the period ends",
                                           words_count(a, m->lag_days, "day", "days"));
}

static const char *counted_in(struct arena *a, const struct measure *m)
{
    const char *type = words_value_type(m);
    if (m->value_type == VALUE_RATE && m->per > 0) {
        type = arena_printf(a, "%s per %s", type, dec_shown(a, dec_int(m->per), 0));
    }
    return m->value_unit == NULL ? type : arena_printf(a, "%s (%s)", type, m->value_unit);
}

static const char *state_words(const struct measure *m)
{
    switch (m->state) {
    case MEASURE_LIVE: return "Live";
    case MEASURE_DEVELOPMENT: return "In development";
    case MEASURE_RETIRED: return "Retired";
    }
    return "";
}

void measure_definition(struct measure_page *p)
{
    struct arena *a = p->q->arena;
    const struct measure *m = p->measure;
    bool figures = m->value_type != VALUE_TEXT && m->value_type != VALUE_YES_NO;
    struct tree *list = tree_list(p->page, "definition");
    fact_put(list, "Definition", m->definition == NULL ? "Not written yet" : m->definition, NULL);
    fact_put(list, "Code", m->code, NULL);
    fact_put(list, "Counted in", counted_in(a, m), NULL);
    fact_put(list, "Good is", words_polarity(m->polarity), NULL);
    fact_put(list, "Measured", words_frequency(m), NULL);
    if (figures) {
        fact_put(list, "Over a longer period", words_aggregation(m->aggregation, m->cumulative),
                 NULL);
        fact_put(list, "Shown with", words_count(a, m->decimals, "decimal place", "decimal places"),
                 NULL);
    }
    measure_formula_definition(list, m);
    fact_put(list, "Small numbers", words_small_number(a, m), NULL);
    fact_put(list, "Figure due", lag_words(a, m), NULL);
    fact_put(list, "Source", m->source == NULL ? "Not given" : m->source, NULL);
    fact_put(list, "Unit", m->unit == NULL ? "None" : m->unit->name,
             m->unit == NULL ? NULL : page_href(p->q, "units", m->unit->code));
    fact_put(list, "Owner", m->owner == NULL ? "Nobody yet" : m->owner->name, NULL);
    fact_put(list, "Checked by", m->checker == NULL ? "Nobody yet" : m->checker->name, NULL);
    fact_put(list, "Class", words_capital(a, words_classes(a, m->classes)), NULL);
    fact_put(list, "Kind",
             m->contextual ? "Contextual: largely outside the council's control" : "Performance",
             NULL);
    fact_put(list, "Public", m->is_public ? "Yes" : "No", NULL);
    fact_put(list, "State", state_words(m), NULL);
    fact_put(list, "Note", m->note, NULL);
}

static void put_line(struct measure_page *p, struct tree *list, const struct aim *aim)
{
    const struct aim *const *line = NULL;
    size_t count = thread_up(p->q->council, p->q->arena, aim, &line);
    for (size_t i = count; i > 0; i--) {
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "title", line[i - 1]->title);
        tree_text(item, "href", page_href(p->q, "aims", line[i - 1]->code));
        tree_text(item, "kind", words_aim_kind(line[i - 1]->kind));
        tree_text(item, "plan", line[i - 1]->plan == NULL ? NULL : line[i - 1]->plan->title);
    }
}

void measure_threads(struct measure_page *p)
{
    const struct measure *m = p->measure;
    struct tree *first = tree_list(p->page, "thread");
    struct tree *threads = tree_list(p->page, "threads");
    if (m->aim_count > 0) {
        // Of several lines, the one through the plan the priorities come from stands on top.
        const struct plan *leading = page_leading_plan(p->q->council);
        const struct aim *top = m->aims[0];
        for (size_t i = m->aim_count; i > 0; i--) {
            top = m->aims[i - 1]->plan == leading ? m->aims[i - 1] : top;
        }
        put_line(p, first, top);
    }
    for (size_t i = 0; i < m->aim_count; i++) {
        put_line(p, tree_list(tree_map(threads, NULL), "items"), m->aims[i]);
    }
    tree_bool(p->page, "thread_any", m->aim_count > 0);
}
