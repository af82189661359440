#include "view/plans.h"

#include <string.h>

#include "view/links.h"
#include "view/parts.h"
#include "view/words.h"
#include "view/words_delivery.h"

// From the vision down, as the thread runs.
static const struct {
    const char *kind, *title;
} kinds[] = {
    {"vision", "Vision"},
    {"community", "Community strategies"},
    {"partnership", "Partnership plans"},
    {"corporate", "Corporate plans"},
    {"cross_cutting", "Cross-cutting plans"},
    {"directorate", "Directorate plans"},
    {"service", "Service plans"},
    {"team", "Team plans"},
};

static struct tree *new_table(struct tree *page)
{
    struct tree *table =
        tree_table(page, "table", "plans", "Plans by kind, from the vision down to teams");
    tree_column(table, "kind", "Kind", false);
    tree_column(table, "code", "Code", false);
    tree_column(table, "title", "Plan", false);
    tree_column(table, "start", "Starts", false);
    tree_column(table, "end", "Ends", false);
    tree_column(table, "aims", "Aims", true);
    tree_column(table, "leads_nowhere", "Aims that lead nowhere", true);
    tree_column(table, "on_target", "On target", true);
    tree_column(table, "slightly_off", "Slightly off target", true);
    tree_column(table, "off_target", "Off target", true);
    tree_column(table, "not_scored", "Not scored", true);
    tree_column(table, "total", "Measures", true);
    tree_column(table, "worst_code", "Worst measure", false);
    tree_column(table, "owner", "Owner", false);
    tree_column(table, "unit", "Unit", false);
    tree_column(table, "board", "Reports to", false);
    return table;
}

struct plan_counts {
    int aims, nowhere;
};

static void put_status(struct page_request *q, struct tree *row, const struct plan *plan)
{
    struct scope s = scope_plan(q->council, q->arena, plan);
    const struct reading *worst = NULL;
    struct rollup r = scope_rollup(&s, page_readings(q), q->arena, &worst);
    tree_int(row, "on_target", r.by_status[STATUS_ON_TARGET]);
    tree_int(row, "slightly_off", r.by_status[STATUS_SLIGHTLY_OFF]);
    tree_int(row, "off_target", r.by_status[STATUS_OFF_TARGET]);
    tree_int(row, "not_scored", r.total - r.scored);
    tree_int(row, "total", r.total);
    tree_text(row, "worst_code", worst == NULL ? NULL : worst->measure->code);
    part_rollup(q, row, "rollup", &s);
}

static void put_row(struct page_request *q, struct tree *table, const struct plan *plan,
                    struct plan_counts counts, const char *group)
{
    struct tree *row = tree_row(table);
    tree_text(row, "group", group);
    tree_text(row, "kind", plan->kind);
    tree_text(row, "code", plan->code);
    tree_text(row, "title", plan->title);
    tree_text(row, "href", page_href(q, "plans", plan->code));
    tree_text(row, "start", plan->start == DAY_NONE ? NULL : day_text(q->arena, plan->start));
    tree_text(row, "end", plan->end == DAY_NONE ? NULL : day_text(q->arena, plan->end));
    tree_text(row, "span", words_capital(q->arena, words_span(q->arena, plan->start, plan->end)));
    tree_int(row, "aims", counts.aims);
    tree_int(row, "leads_nowhere", counts.nowhere);
    tree_bool(row, "any_nowhere", counts.nowhere > 0);
    tree_text(row, "aims_words", words_count(q->arena, counts.aims, "aim", "aims"));
    put_status(q, row, plan);
    tree_text(row, "owner", name_of(plan->owner));
    tree_text(row, "unit", plan->unit == NULL ? NULL : plan->unit->name);
    tree_text(row, "board", plan->board == NULL ? NULL : plan->board->name);
    link_board(q, row, "board_link", plan->board);
}

static struct plan_counts *count_aims(const struct page_request *q, struct plan_counts *ret_all)
{
    const struct council *c = q->council;
    struct plan_counts *counts = ARENA_ARRAY(q->arena, c->plan_count + 1, struct plan_counts);
    const int *actions = aim_action_counts(c, q->arena);
    for (size_t i = 0; i < c->aim_count; i++) {
        const struct aim *aim = &c->aims[i];
        if (aim->plan != NULL) {
            int nowhere = aim_leads_nowhere(aim, actions[i]) ? 1 : 0;
            counts[aim->plan->index].aims++;
            counts[aim->plan->index].nowhere += nowhere;
            ret_all->nowhere += nowhere;
        }
        ret_all->aims++;
    }
    return counts;
}

static const char *lead(const struct page_request *q, struct plan_counts all)
{
    const char *plans = words_count(q->arena, (int)q->council->plan_count, "plan", "plans");
    const char *aims = words_count(q->arena, all.aims, "aim", "aims");
    if (all.nowhere == 0) {
        return arena_printf(q->arena, "%s with %s; every aim leads somewhere.", plans, aims);
    }
    return arena_printf(q->arena,
                        "%s with %s. %s nowhere: no measure, no aim below, no contribution and no "
                        "action. Each plan's page lists its own.",
                        plans, aims, words_count(q->arena, all.nowhere, "aim leads", "aims lead"));
}

bool view_plans(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    const struct council *c = q->council;
    struct plan_counts all = {0};
    const struct plan_counts *counts = count_aims(q, &all);
    page_title(page, "Plans");
    tree_text(page, "lead", c->plan_count == 0 ? NULL : lead(q, all));
    tree_bool(page, "empty", c->plan_count == 0);
    struct tree *table = new_table(page);
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        const char *group = kinds[k].title;
        for (size_t i = 0; i < c->plan_count; i++) {
            const struct plan *plan = &c->plans[i];
            if (strcmp(plan->kind, kinds[k].kind) != 0) {
                continue;
            }
            // The first of its kind carries the heading.
            put_row(q, table, plan, counts[i], group);
            group = NULL;
        }
    }
    return true;
}
