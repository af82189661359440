#include "view/delivery.h"

#include <string.h>

#include "view/actions.h"
#include "view/links.h"
#include "view/money.h"
#include "view/money_sums.h"
#include "view/projects.h"
#include "view/risks.h"
#include "view/words.h"
#include "view/words_money.h"

enum { SHOWN = 5 };

static bool is_late(const void *context, const struct action *x)
{
    const struct council *c = context;
    return action_days_late(x, c->today) > 0;
}

static void put_actions(const struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct arena *a = q->arena;
    struct action_counts n = actions_count(c);
    struct tree *map = tree_map(page, "actions");
    tree_text(map, "href", page_href(q, "actions", NULL));
    tree_text(map, "late_href", link_with(q, "actions", "state", "late"));
    tree_bool(map, "any", n.total > 0);
    tree_int(map, "late", n.late);
    tree_int(map, "open", n.open);
    tree_text(map, "sentence",
              arena_printf(a, "%s, %d late; %d completed and %d cancelled.",
                           words_count(a, n.open, "open action", "open actions"), n.late,
                           n.completed, n.cancelled));
    size_t count = 0;
    const struct action **late = actions_sorted(c, a, is_late, c, &count);
    struct tree *table = action_table(map, "table", "The actions latest against their date");
    for (size_t i = 0; i < count && i < SHOWN; i++) {
        action_row(q, table, late[i]);
    }
    tree_bool(map, "any_late", count > 0);
    tree_text(map, "more",
              count > SHOWN ? arena_printf(a, "See all %zu late actions", count) : NULL);
}

static void put_risks(const struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct arena *a = q->arena;
    struct risk_counts n = risks_count(c);
    struct tree *map = tree_map(page, "risks");
    tree_text(map, "href", page_href(q, "risks", NULL));
    tree_bool(map, "any", n.total > 0);
    tree_int(map, "total", n.total);
    tree_int(map, "severe", n.severe);
    tree_int(map, "overdue", n.overdue);
    tree_int(map, "with_target", n.with_target);
    tree_int(map, "above_target", n.above_target);
    tree_bool(map, "has_target", n.with_target > 0);
    tree_text(map, "sentence",
              n.with_target == 0
                  ? arena_printf(a,
                                 "No risk has a target score yet, so how many are above it cannot "
                                 "be told. %d reviews are overdue.",
                                 n.overdue)
                  : arena_printf(a,
                                 "%d of the %d with a target score above it. %d reviews are "
                                 "overdue.",
                                 n.above_target, n.with_target, n.overdue));
    struct tree *table = risk_table(c, map, "table", "The risks with the highest residual scores");
    const struct risk **list = risks_sorted(c, a);
    struct risk_scale scale = risk_scale_of(c);
    for (size_t i = 0; i < c->risk_count && i < SHOWN; i++) {
        risk_row(q, table, scale, list[i]);
    }
}

static void put_projects(const struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct project_counts n = projects_count(c);
    struct tree *map = tree_map(page, "projects");
    tree_text(map, "href", page_href(q, "projects", NULL));
    tree_bool(map, "any", n.total > 0);
    tree_int(map, "total", n.total);
    tree_int(map, "held", n.paused + n.stopped + n.with_conditions);
    struct tree *items = tree_list(map, "items");
    for (size_t i = 0; i < c->project_count; i++) {
        const struct gate *last = project_last_gate(&c->projects[i]);
        if (last == NULL || strcmp(last->decision, "proceed") == 0) {
            continue;
        }
        link_project(q, items, NULL, &c->projects[i]);
        project_decision(q, items->last, last);
    }
    tree_bool(map, "any_held", items->count > 0);
}

static void put_money(const struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct arena *a = q->arena;
    struct period year = money_year(c, q->period);
    struct tree *map = tree_map(page, "money");
    tree_text(map, "href", page_href(q, "money", NULL));
    tree_bool(map, "any", year.kind != PERIOD_NONE);
    if (year.kind == PERIOD_NONE) {
        tree_null(map, "variance");
        return;
    }
    struct money_kind revenue = money_kind_of(c, a, "revenue", year);
    struct savings_sum savings = savings_sum_of(c, a, year, false);
    bool known = revenue.variance.present > 0 &&
                 revenue.variance.present == revenue.variance.lines &&
                 revenue.variance.total.present;
    tree_text(map, "year", words_period_short(a, year, c->year_start));
    tree_text(map, "variance",
              known
                  ? words_money(a, revenue.unit, dec_abs(revenue.variance.total), revenue.decimals)
                  : NULL);
    tree_text(map, "variance_words",
              !known                                 ? NULL
              : dec_sign(revenue.variance.total) > 0 ? "over the revenue budget"
              : dec_sign(revenue.variance.total) < 0 ? "under the revenue budget"
                                                     : "off the revenue budget: it is as planned");
    tree_text(map, "sentence", revenue.count == 0 ? NULL : words_outturn(a, &revenue));
    tree_text(map, "savings", savings.count == 0 ? NULL : words_savings(a, &savings));
}

bool view_delivery(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    page_title(page, "Delivery");
    tree_text(page, "as_at", day_shown(q->arena, q->council->today));
    put_actions(q, page);
    put_risks(q, page);
    put_projects(q, page);
    put_money(q, page);
    return true;
}
