#include "view/overview_parts.h"

#include <string.h>

#include "view/outlook.h"
#include "view/parts.h"
#include "view/signal.h"
#include "view/words.h"

enum { EXCEPTIONS_SHOWN = 6, BETTER_SHOWN = 5, MISSING_SHOWN = 20, COMING_SHOWN = 6 };

void overview_exceptions(struct page_request *q, struct tree *page, const struct scope *s)
{
    size_t count = 0, total = 0;
    const struct reading **list = part_exceptions(q, s, EXCEPTIONS_SHOWN, &count, &total);
    struct tree *items = tree_list(page, "exceptions");
    for (size_t i = 0; i < count; i++) {
        part_exception(q, tree_map(items, NULL), list[i]);
    }
    tree_int(page, "exceptions_count", (int64_t)total);
    tree_bool(page, "exceptions_more", total > count);
    bool asked = look_is_asked(q);
    tree_text(page, "exceptions_order", asked ? "real worsening first" : "worst first");
    struct tree *other = tree_map(page, "exceptions_other");
    tree_text(other, "title",
              asked ? "Order by status, worst first" : "Order by signal: real worsening first");
    tree_text(other, "href", page_href_with(q, "sort", asked ? NULL : "look"));
    const char *all = page_href(q, "measures", NULL);
    tree_text(page, "exceptions_href",
              arena_printf(q->arena, "%s%cstatus=look%s", all, strchr(all, '?') == NULL ? '?' : '&',
                           asked ? "&sort=look" : ""));
}

static void put_brief(struct page_request *q, struct tree *list, const struct reading *r)
{
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "code", r->measure->code);
    tree_text(item, "title", r->measure->title);
    tree_text(item, "href", page_href(q, "measures", r->measure->code));
    tree_text(item, "value_shown", words_value(q->arena, q->council, r));
    tree_text(item, "owner", r->measure->owner == NULL ? NULL : r->measure->owner->name);
    part_status(item, "status", r->status);
}

void overview_better(struct page_request *q, struct tree *page, const struct scope *s)
{
    const struct reading *all = page_readings(q);
    struct tree *items = tree_list(page, "better");
    int count = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct reading *r = &all[s->measures[i]->index];
        // Better than the period before and than a year ago: one step may be chance.
        if (status_is_scored(r->status) && r->short_travel.travel == TRAVEL_IMPROVED &&
            r->long_travel.travel == TRAVEL_IMPROVED) {
            if (count < BETTER_SHOWN) {
                put_brief(q, items, r);
                tree_text(items->last, "since",
                          arena_printf(q->arena, "%s (%s), a year ago (%s)",
                                       words_previous(r->period.kind),
                                       words_figure(q->arena, r->measure, r->short_travel.before),
                                       words_figure(q->arena, r->measure, r->long_travel.before)));
            }
            count++;
        }
    }
    tree_int(page, "better_count", count);
}

void overview_changed(struct page_request *q, struct tree *page, const struct scope *s)
{
    const struct council *c = q->council;
    const struct reading *all = page_readings(q);
    struct period before = period_step(q->period, -1, c->year_start);
    struct tree *changed = tree_map(page, "changed");
    struct tree *items = tree_list(changed, "items");
    int up = 0, down = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct reading *r = &all[s->measures[i]->index];
        struct reading then = reading_of(c, r->measure, r->series, before);
        if (!status_is_scored(r->status) || !status_is_scored(then.status) ||
            r->status == then.status) {
            continue;
        }
        bool better = r->status > then.status; // the scored ones stand worst first
        up += better ? 1 : 0;
        down += better ? 0 : 1;
        put_brief(q, items, r);
        part_status(items->last, "before", then.status);
        tree_bool(items->last, "better", better);
    }
    tree_int(changed, "up", up);
    tree_int(changed, "down", down);
    tree_bool(changed, "any", up + down > 0);
    tree_text(changed, "sentence",
              arena_printf(q->arena, "Since %s the status of %s is better and of %d worse.",
                           words_period_short(q->arena, before, c->year_start),
                           words_count(q->arena, up, "measure", "measures"), down));
    tree_text(changed, "since", words_period_short(q->arena, before, c->year_start));
}

void overview_missing(struct page_request *q, struct tree *page, const struct scope *s)
{
    const struct reading *all = page_readings(q);
    struct tree *items = tree_list(page, "missing");
    int count = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct reading *r = &all[s->measures[i]->index];
        if (r->status != STATUS_MISSING) {
            continue;
        }
        if (count < MISSING_SHOWN) {
            put_brief(q, items, r);
            tree_text(items->last, "since", day_shown(q->arena, r->due));
            tree_int(items->last, "days_late", q->council->today - r->due);
        }
        count++;
    }
    tree_int(page, "missing_count", count);
}

void overview_coming(struct page_request *q, struct tree *page, const struct board *board)
{
    const struct council *c = q->council;
    struct tree *items = tree_list(page, "coming");
    for (size_t i = 0, shown = 0; i < c->meeting_count && shown < COMING_SHOWN; i++) {
        const struct meeting *m = &c->meetings[i];
        if (m->date < c->today || (board != NULL && m->board != board)) {
            continue;
        }
        shown++;
        struct tree *item = tree_map(items, NULL);
        tree_text(item, "date", day_shown(q->arena, m->date));
        tree_text(item, "board", m->board == NULL ? NULL : m->board->name);
        tree_text(item, "href", m->board == NULL ? NULL : page_href(q, "boards", m->board->code));
        tree_text(item, "reports",
                  m->reports_period.kind == PERIOD_NONE
                      ? NULL
                      : words_period(q->arena, m->reports_period, c->year_start));
        tree_text(item, "despatch",
                  m->despatch_days < 0
                      ? NULL
                      : day_shown(q->arena, day_add_working(m->date, -m->despatch_days, NULL, 0)));
        tree_text(item, "note", m->note);
    }
}

struct tree *overview_group(struct tree *page, struct arena *a, const char *id, const char *title)
{
    struct tree *groups = NULL;
    for (struct tree *child = page->first; child != NULL; child = child->next) {
        if (strcmp(child->key, "groups") == 0) {
            groups = child;
        }
    }
    if (groups == NULL) {
        groups = tree_list(page, "groups");
    }
    struct tree *group = tree_map(groups, NULL);
    tree_text(group, "title", title);
    struct tree *table =
        tree_table(group, "table", id, arena_printf(a, "%s: measures by status", title));
    tree_column(table, "title", "Name", false);
    tree_column(table, "on_target", "On target", true);
    tree_column(table, "slightly_off", "Slightly off target", true);
    tree_column(table, "off_target", "Off target", true);
    tree_column(table, "not_scored", "Not scored", true);
    tree_column(table, "total", "Measures", true);
    tree_column(table, "with_data_percent", "Share with data, %", true);
    part_outlook_cell_columns(table);
    tree_column(table, "worst_code", "Worst measure", false);
    return table;
}

void overview_group_row(struct page_request *q, struct tree *table, const char *title,
                        const char *href, const struct scope *s)
{
    struct tree *row = tree_row(table);
    const struct reading *worst = NULL;
    struct rollup r = scope_rollup(s, page_readings(q), q->arena, &worst);
    tree_text(row, "title", title);
    tree_text(row, "href", href);
    tree_int(row, "on_target", r.by_status[STATUS_ON_TARGET]);
    tree_int(row, "slightly_off", r.by_status[STATUS_SLIGHTLY_OFF]);
    tree_int(row, "off_target", r.by_status[STATUS_OFF_TARGET]);
    tree_int(row, "not_scored", r.total - r.scored);
    tree_int(row, "total", r.total);
    tree_number(row, "with_data_percent", rollup_share(r.with_data, r.total, 0), 0);
    tree_text(row, "with_data_sentence",
              r.total == 0 ? NULL : arena_printf(q->arena, "%d of %d", r.with_data, r.total));
    part_outlook_cells(q, row, s);
    tree_text(row, "worst_code", worst == NULL ? NULL : worst->measure->code);
    part_rollup(q, row, "rollup", s);
    // A cell is narrow: counts that do not fit are left to the columns beside it.
    enum { CELL_WIDTH = 110 };
    const struct tree *bar = tree_get(tree_get(row, "rollup"), "bar");
    tree_int((struct tree *)(uintptr_t)bar, "width", CELL_WIDTH);
}
