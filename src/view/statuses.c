#include "view/statuses.h"

#include <stdlib.h>
#include <string.h>

#include "view/parts.h"
#include "view/words.h"
#include "view/words_measure.h"

static struct tree *status_table(struct tree *page)
{
    struct tree *table = tree_table(page, "statuses", "statuses", "Status of every measure");
    tree_column(table, "measure", "Measure", false);
    tree_column(table, "part", "Part", false);
    tree_column(table, "title", "Title", false);
    tree_column(table, "period", "Period", false);
    tree_column(table, "value", "Value", true);
    tree_column(table, "target", "Target", true);
    tree_column(table, "status", "Status", false);
    tree_column(table, "computed_status", "Computed status", false);
    tree_column(table, "reason", "Reason", false);
    tree_column(table, "travel_short", "Since the period before", false);
    tree_column(table, "travel_long", "Since a year ago", false);
    tree_column(table, "rule", "Rule", false);
    tree_column(table, "marker", "Marker", false);
    return table;
}

static void put_row(struct page_request *q, struct tree *table, const struct reading *r)
{
    const struct measure *m = r->measure;
    struct tree *row = tree_row(table);
    tree_text(row, "measure", m->code);
    tree_text(row, "part", r->series->part);
    tree_text(row, "title", m->title);
    tree_text(row, "period", period_id(q->arena, r->period, q->council->year_start));
    if (reading_has_words(r)) {
        tree_text(row, "value", r->text);
    } else if (m->value_type == VALUE_YES_NO && r->value.present) {
        tree_text(row, "value", dec_sign(r->value) == 0 ? "no" : "yes");
    } else {
        tree_number(row, "value", dec_round(r->value, m->decimals), m->decimals);
    }
    const struct dec goal = r->why.input.target.present ? r->why.input.target : r->why.goal;
    tree_number(row, "target", goal, m->decimals);
    tree_text(row, "status", status_code(r->status));
    tree_text(row, "computed_status", status_code(r->why.status));
    tree_text(row, "reason", words_reading(q->arena, q->council, r));
    tree_text(row, "travel_short", travel_code(r->short_travel.travel));
    tree_text(row, "travel_long", travel_code(r->long_travel.travel));
    tree_text(row, "rule", r->rule == NULL ? NULL : r->rule->code);
    tree_text(row, "marker", marker_text(r->marker));
    tree_text(row, "value_shown", words_value(q->arena, q->council, r));
    tree_text(row, "target_shown", words_goal(q->arena, r));
    tree_text(row, "said", reading_has_words(r) ? words_value(q->arena, q->council, r) : NULL);
    tree_text(row, "due_note",
              r->why.reason == REASON_NO_FIGURE ? words_due_note(q->arena, q->council, r) : NULL);
    // What the counts above leave out: parts of a measure, and what is no longer measured.
    tree_bool(row, "counted", r->series->part[0] == '\0' && m->state != MEASURE_RETIRED);
    tree_text(row, "word", words_status(r->status));
    tree_text(row, "shape", words_status_shape(r->status));
    tree_text(
        row, "travel_short_words",
        r->short_travel.travel == TRAVEL_NOT_COMPARABLE
            ? NULL
            : arena_printf(q->arena, "%s %s since %s%s (%s)",
                           words_travel_arrow(r->short_travel.travel),
                           words_travel(r->short_travel.travel),
                           r->period.kind == PERIOD_ACADEMIC_YEAR ? "the " : "",
                           words_period_short(q->arena, r->previous_period, q->council->year_start),
                           words_figure(q->arena, m, r->short_travel.before)));
}

static int worst_first_order(const void *left, const void *right)
{
    const struct reading *x = *(const struct reading *const *)left;
    const struct reading *y = *(const struct reading *const *)right;
    if (x->status != y->status) {
        return x->status < y->status ? -1 : 1;
    }
    int order = strcmp(x->measure->code, y->measure->code);
    return order != 0 ? order : strcmp(x->series->part, y->series->part);
}

static void put_rows(struct page_request *q, struct tree *table, const struct measure *only,
                     bool worst_first)
{
    const struct council *c = q->council;
    size_t room = 0;
    for (size_t i = 0; i < c->measure_count; i++) {
        room += c->measures[i].series_count;
    }
    struct reading *made = ARENA_ARRAY(q->arena, room + 1, struct reading);
    const struct reading **order = ARENA_ARRAY(q->arena, room + 1, const struct reading *);
    size_t count = 0;
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        for (size_t k = 0; k < m->series_count && (only == NULL || m == only); k++) {
            made[count] = reading_of(c, m, &m->series[k], q->period);
            order[count] = &made[count];
            count++;
        }
    }
    if (worst_first) {
        qsort(order, count, sizeof *order, worst_first_order);
    }
    for (size_t i = 0; i < count; i++) {
        put_row(q, table, order[i]);
    }
}

static struct tree *group_table(struct tree *page, const char *key, const char *caption,
                                const char *within)
{
    struct tree *table = tree_table(page, key, key, caption);
    tree_column(table, "code", "Code", false);
    tree_column(table, "title", "Name", false);
    tree_column(table, "within", within, false);
    tree_column(table, "on_target", "On target", true);
    tree_column(table, "slightly_off", "Slightly off target", true);
    tree_column(table, "off_target", "Off target", true);
    tree_column(table, "not_scored", "Not scored", true);
    tree_column(table, "total", "Measures", true);
    tree_column(table, "worst_code", "Worst measure", false);
    return table;
}

struct group {
    const char *code, *title;
    const char *within; // the plan of an aim, the unit above a unit
    int depth;
};

static void put_group(struct page_request *q, struct tree *table, const struct group *g,
                      const struct scope *s)
{
    const struct reading *worst = NULL;
    struct rollup r = scope_rollup(s, page_readings(q), q->arena, &worst);
    if (r.total == 0) {
        return;
    }
    struct tree *row = tree_row(table);
    tree_text(row, "code", g->code);
    tree_text(row, "title", g->title);
    tree_text(row, "within", g->within);
    tree_int(row, "depth", g->depth);
    tree_int(row, "on_target", r.by_status[STATUS_ON_TARGET]);
    tree_int(row, "slightly_off", r.by_status[STATUS_SLIGHTLY_OFF]);
    tree_int(row, "off_target", r.by_status[STATUS_OFF_TARGET]);
    tree_int(row, "not_scored", r.total - r.scored);
    tree_int(row, "total", r.total);
    tree_text(row, "worst_code", worst == NULL ? NULL : worst->measure->code);
    tree_bool(row, "worst_tells", worst != NULL && worst->status != STATUS_ON_TARGET);
}

static void put_plan(struct page_request *q, struct tree *table, const struct plan *plan)
{
    const struct council *c = q->council;
    for (size_t i = 0; i < c->aim_count; i++) {
        const struct aim *aim = &c->aims[i];
        if (aim->plan == plan && aim->parent == NULL) {
            struct scope s = scope_aim(c, q->arena, aim);
            struct group g = {aim->code, aim->title, plan == NULL ? NULL : plan->title, 0};
            put_group(q, table, &g, &s);
        }
    }
}

// The plan that holds the priorities first, the others as they stand.
static void put_aims(struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct tree *table = group_table(page, "by_aim", "By aim", "Plan");
    const struct plan *leading = page_leading_plan(c);
    if (leading != NULL) {
        put_plan(q, table, leading);
    }
    for (size_t i = 0; i < c->plan_count; i++) {
        if (&c->plans[i] != leading) {
            put_plan(q, table, &c->plans[i]);
        }
    }
}

// A unit, then those under it. The import refuses loops; `depth` ends one all the same.
static void put_units(struct page_request *q, struct tree *table, const struct unit *above,
                      int depth)
{
    enum { DEPTH_MAX = 12 };
    const struct council *c = q->council;
    for (size_t i = 0; i < c->unit_count && depth < DEPTH_MAX; i++) {
        const struct unit *unit = &c->units[i];
        if (unit->parent == above) {
            struct scope s = scope_unit(c, q->arena, unit);
            struct group g = {unit->code, unit->name, above == NULL ? NULL : above->name, depth};
            put_group(q, table, &g, &s);
            put_units(q, table, unit, depth + 1);
        }
    }
}

void view_statuses(struct page_request *q, struct tree *page, const struct measure *only,
                   bool worst_first)
{
    const struct council *c = q->council;
    tree_text(page, "organisation", c->name);
    tree_text(page, "notice", words_notice(q->arena, c));
    struct tree *period = tree_map(page, "period");
    tree_text(period, "id", period_id(q->arena, q->period, c->year_start));
    tree_text(period, "title", words_period(q->arena, q->period, c->year_start));
    if (only == NULL) {
        struct scope all = scope_organisation(c, q->arena);
        part_rollup(q, page, "rollup", &all);
    }
    put_rows(q, status_table(page), only, worst_first);
    if (only == NULL) {
        put_aims(q, page);
        put_units(q, group_table(page, "by_unit", "By unit", "Under"), NULL, 0);
    }
}
