// Sections of the report that list measures.

#include <string.h>

#include "view/overview_parts.h"
#include "view/parts.h"
#include "view/quarterly_parts.h"
#include "view/words.h"
#include "view/words_comparison.h"
#include "view/words_measure.h"

// Our place among similar councils, of the group that the measure's page opens with; null: none.
static void put_compared(struct page_request *q, struct tree *item, const struct measure *m)
{
    const struct standing *all = NULL;
    size_t count = standings_of(q->council, m, q->period, q->arena, &all);
    const struct standing *s = standing_first(all, count);
    const char *line = s == NULL ? NULL : words_standing_short(q->arena, q->council, m, s);
    tree_text(item, "compared",
              line == NULL ? NULL
                           : arena_printf(q->arena, "Compared with %s: %s",
                                          words_group(q->arena, s->group), line));
}

// Off target first, then slightly off: all of them, none left for "see more".
void quarterly_exceptions(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "exceptions", n, "Exceptions");
    struct scope s = quarterly_scope(q);
    size_t count = 0, total = 0;
    const struct reading **list = part_exceptions(q, &s, SIZE_MAX, &count, &total);
    int silent = 0;
    struct tree *items = tree_list(section, "items");
    for (size_t i = 0; i < count; i++) {
        struct tree *item = tree_map(items, NULL);
        tree_int(item, "paragraph", (int64_t)i + 1);
        part_exception(q, item, list[i]);
        put_compared(q, item, list[i]->measure);
        bool said = measure_commentary(list[i]->measure, list[i]->period) != NULL;
        if (list[i]->status == STATUS_OFF_TARGET &&
            (!said || !measure_has_action(list[i]->measure, list[i]->period))) {
            silent++;
        }
    }
    tree_int(section, "count", (int64_t)count);
    tree_int(section, "silent", silent);
    tree_text(section, "silent_sentence",
              silent == 0
                  ? "Every measure that is off target has commentary and an action."
                  : arena_printf(q->arena, "%s off target without commentary or without an action.",
                                 words_count(q->arena, silent, "measure is", "measures are")));
}

void quarterly_highlights(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "highlights", n, "Highlights");
    const struct council *c = q->council;
    const struct reading *all = page_readings(q);
    struct scope s = quarterly_scope(q);
    struct period before = period_step(q->period, -1, c->year_start);
    struct tree *items = tree_list(section, "items");
    int count = 0;
    for (size_t i = 0; i < s.count; i++) {
        const struct reading *r = &all[s.measures[i]->index];
        if (r->status != STATUS_ON_TARGET || r->carried) {
            continue;
        }
        struct reading then = reading_of(c, r->measure, r->series, before);
        bool recovered = status_is_scored(then.status) && then.status != STATUS_ON_TARGET;
        bool better =
            r->short_travel.travel == TRAVEL_IMPROVED && r->long_travel.travel == TRAVEL_IMPROVED;
        if (!recovered && !better) {
            continue;
        }
        struct tree *item = tree_map(items, NULL);
        count++;
        tree_int(item, "paragraph", count);
        tree_text(item, "because",
                  recovered ? "Back on target"
                  : period_equal(r->previous_period, r->last_year_period)
                      ? "Better than a year ago"
                      : "Better than the period before and a year ago");
        part_measure(q, item, r);
    }
    tree_int(section, "count", count);
}

static void put_rows(struct page_request *q, struct tree *table, const struct measure *const *list,
                     size_t count)
{
    const struct reading *all = page_readings(q);
    for (size_t i = 0; i < count; i++) {
        if (list[i]->state != MEASURE_RETIRED) {
            part_measure(q, tree_row(table), &all[list[i]->index]);
        }
    }
}

// An aim's own measures and those of the aims under it that are no outcomes of their own.
static struct scope without(struct page_request *q, const struct scope *s, const bool *seen)
{
    struct scope rest = {ARENA_ARRAY(q->arena, s->count + 1, const struct measure *), 0};
    for (size_t i = 0; i < s->count; i++) {
        if (!seen[s->measures[i]->index]) {
            rest.measures[rest.count++] = s->measures[i];
        }
    }
    return rest;
}

static void put_outcome(struct page_request *q, struct tree *outcomes, const struct aim *aim,
                        const char *title, const struct scope *s, bool *seen)
{
    struct scope fresh = without(q, s, seen);
    if (fresh.count == 0) {
        return;
    }
    struct tree *outcome = tree_map(outcomes, NULL);
    tree_text(outcome, "title", title);
    struct tree *table =
        part_measure_table(outcome, "table", arena_printf(q->arena, "measures-%s", aim->code),
                           arena_printf(q->arena, "Measures: %s", title));
    put_rows(q, table, fresh.measures, fresh.count);
    for (size_t i = 0; i < fresh.count; i++) {
        seen[fresh.measures[i]->index] = true;
    }
}

static void put_priority(struct page_request *q, struct tree *list, const struct aim *aim)
{
    const struct council *c = q->council;
    struct scope s = scope_aim(c, q->arena, aim);
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "title", aim->title);
    tree_text(item, "href", page_href(q, "aims", aim->code));
    part_rollup(q, item, "rollup", &s);
    struct tree *outcomes = tree_list(item, "outcomes");
    // A measure stands once under its priority, with the first outcome that claims it.
    bool *seen = ARENA_ARRAY(q->arena, c->measure_count + 1, bool);
    for (size_t i = 0; i < aim->child_count; i++) {
        struct scope below = scope_aim(c, q->arena, aim->children[i]);
        put_outcome(q, outcomes, aim->children[i], aim->children[i]->title, &below, seen);
    }
    put_outcome(q, outcomes, aim,
                tree_truthy(outcomes) ? "Other measures of this priority" : aim->title, &s, seen);
}

void quarterly_priorities(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "by_priority", n, "By priority");
    const struct council *c = q->council;
    struct tree *list = tree_list(section, "priorities");
    const struct plan *plan = page_leading_plan(c);
    bool *linked = ARENA_ARRAY(q->arena, c->measure_count + 1, bool);
    for (size_t i = 0; plan != NULL && i < c->aim_count; i++) {
        if (c->aims[i].plan == plan && c->aims[i].parent == NULL) {
            put_priority(q, list, &c->aims[i]);
            struct scope s = scope_aim(c, q->arena, &c->aims[i]);
            for (size_t k = 0; k < s.count; k++) {
                linked[s.measures[k]->index] = true;
            }
        }
    }
    // Nothing falls out of the report for want of a link.
    struct scope all = quarterly_scope(q);
    struct scope rest = without(q, &all, linked);
    if (rest.count > 0) {
        struct tree *table = part_measure_table(section, "unlinked", "measures-unlinked",
                                                "Measures linked to no priority of this plan");
        put_rows(q, table, rest.measures, rest.count);
    } else {
        tree_null(section, "unlinked");
    }
}

void quarterly_travel(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "travel", n, "Direction of travel");
    const struct reading *all = page_readings(q);
    struct scope s = quarterly_scope(q);
    int counts[2][4] = {{0}};
    for (size_t i = 0; i < s.count; i++) {
        const struct reading *r = &all[s.measures[i]->index];
        counts[0][r->short_travel.travel]++;
        counts[1][r->long_travel.travel]++;
    }
    struct tree *table =
        tree_table(section, "table", "direction-of-travel", "Direction of travel, all measures");
    tree_column(table, "since", "Since", false);
    tree_column(table, "improved", "Improved", true);
    tree_column(table, "same", "Same", true);
    tree_column(table, "worse", "Worse", true);
    tree_column(table, "not_comparable", "Not comparable", true);
    tree_column(table, "all", "Measures", true);
    for (int i = 0; i < 2; i++) {
        struct tree *row = tree_row(table);
        tree_text(row, "since", i == 0 ? "The period before" : "The same period last year");
        tree_int(row, "improved", counts[i][TRAVEL_IMPROVED]);
        tree_int(row, "same", counts[i][TRAVEL_SAME]);
        tree_int(row, "worse", counts[i][TRAVEL_WORSE]);
        tree_int(row, "not_comparable", counts[i][TRAVEL_NOT_COMPARABLE]);
        tree_int(row, "all", (int64_t)s.count);
    }
}

// A target counts as changed when a later version replaced an earlier one after the period before
// this one had ended, and it is for this financial year or one to come.
static bool changed_since(const struct target *t, day since, day year_start)
{
    return t->before != NULL && t->known_from > since && t->period.end >= year_start &&
           (!dec_equal(t->target, t->before->target) || !dec_equal(t->lower, t->before->lower) ||
            !dec_equal(t->upper, t->before->upper) || !dec_equal(t->amber, t->before->amber));
}

// The figure, or the two figures of a range as people write it.
static void put_target(struct page_request *q, struct tree *row, const char *key,
                       const struct measure *m, const struct target *t)
{
    if (t->target.present) {
        tree_number(row, key, t->target, m->decimals);
    } else {
        tree_text(row, key, words_target(q->arena, m, t));
    }
}

void quarterly_targets(struct page_request *q, struct tree *page, int n)
{
    struct tree *section =
        quarterly_section(page, "targets_changed", n, "Targets changed since the last report");
    const struct council *c = q->council;
    day since = period_step(q->period, -1, c->year_start).end;
    day year_start = period_of(PERIOD_YEAR, q->period.end, c->year_start).start;
    struct tree *table = tree_table(section, "table", "targets-changed", "Targets changed");
    tree_column(table, "code", "Measure", false);
    tree_column(table, "title", "Title", false);
    tree_column(table, "part", "Part", false);
    tree_column(table, "period", "For", false);
    tree_column(table, "was", "Was", true);
    tree_column(table, "now", "Now", true);
    tree_column(table, "rationale", "Why", false);
    tree_column(table, "agreed_by", "Agreed by", false);
    tree_column(table, "agreed_on", "On", false);
    int count = 0;
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        for (size_t k = 0; k < m->series_count; k++) {
            for (size_t t = 0; t < m->series[k].target_count; t++) {
                const struct target *target = &m->series[k].targets[t];
                if (!changed_since(target, since, year_start)) {
                    continue;
                }
                count++;
                struct tree *row = tree_row(table);
                tree_text(row, "code", m->code);
                tree_text(row, "title", m->title);
                tree_text(row, "href", page_href(q, "measures", m->code));
                tree_text(row, "part", m->series[k].part);
                tree_text(row, "period",
                          words_period_short(q->arena, target->period, c->year_start));
                put_target(q, row, "was", m, target->before);
                put_target(q, row, "now", m, target);
                tree_text(row, "rationale", target->rationale);
                tree_text(row, "agreed_by", target->agreed_by);
                tree_text(row, "agreed_on",
                          target->agreed_on == DAY_NONE ? NULL
                                                        : day_shown(q->arena, target->agreed_on));
            }
        }
    }
    tree_int(section, "count", count);
}

void quarterly_missing(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "missing", n, "Data missing or late");
    const struct reading *all = page_readings(q);
    struct scope s = quarterly_scope(q);
    struct tree *table =
        tree_table(section, "table", "missing", "Figures that are due and not there");
    tree_column(table, "code", "Measure", false);
    tree_column(table, "title", "Title", false);
    tree_column(table, "period", "For", false);
    tree_column(table, "due", "Was due", false);
    tree_column(table, "days_late", "Days late", true);
    tree_column(table, "owner", "Owner", false);
    tree_column(table, "reason", "What is known", false);
    int count = 0;
    for (size_t i = 0; i < s.count; i++) {
        const struct reading *r = &all[s.measures[i]->index];
        if (r->status != STATUS_MISSING) {
            continue;
        }
        count++;
        struct tree *row = tree_row(table);
        tree_text(row, "code", r->measure->code);
        tree_text(row, "title", r->measure->title);
        tree_text(row, "href", page_href(q, "measures", r->measure->code));
        tree_text(row, "period", words_period_short(q->arena, r->period, q->council->year_start));
        tree_text(row, "due", day_shown(q->arena, r->due));
        tree_int(row, "days_late", q->council->today - r->due);
        tree_text(row, "owner", r->measure->owner == NULL ? NULL : r->measure->owner->name);
        tree_text(row, "reason", words_reading(q->arena, q->council, r));
    }
    tree_int(section, "count", count);
}

void quarterly_overrides(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "overrides", n, "Statuses set by judgement");
    const struct reading *all = page_readings(q);
    struct scope s = quarterly_scope(q);
    struct tree *table = tree_table(section, "table", "overrides", "Statuses set by judgement");
    tree_column(table, "code", "Measure", false);
    tree_column(table, "title", "Title", false);
    tree_column(table, "status", "Status", false);
    tree_column(table, "computed", "Computed", false);
    tree_column(table, "reason", "Why", false);
    tree_column(table, "by", "Set by", false);
    tree_column(table, "on", "On", false);
    int count = 0;
    for (size_t i = 0; i < s.count; i++) {
        const struct reading *r = &all[s.measures[i]->index];
        if (r->override == NULL) {
            continue;
        }
        count++;
        struct tree *row = tree_row(table);
        tree_text(row, "code", r->measure->code);
        tree_text(row, "title", r->measure->title);
        tree_text(row, "href", page_href(q, "measures", r->measure->code));
        tree_text(row, "status", words_status(r->status));
        tree_text(row, "computed",
                  r->why.reason == REASON_AWAITS_JUDGEMENT ? "Nothing: the rule leaves it to people"
                                                           : words_status(r->why.status));
        tree_text(row, "reason", r->override->reason);
        tree_text(row, "by", r->override->by);
        tree_text(row, "on",
                  r->override->on == DAY_NONE ? NULL : day_shown(q->arena, r->override->on));
    }
    tree_int(section, "count", count);
}
