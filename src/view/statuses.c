#include "view/statuses.h"

#include <stdlib.h>
#include <string.h>

#include "view/parts.h"
#include "view/words.h"

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
    if (m->value_type == VALUE_YES_NO || m->value_type == VALUE_TEXT) {
        tree_text(row, "value", r->marker == MARKER_NONE ? r->text : NULL);
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
    tree_text(row, "word", words_status(r->status));
    tree_text(row, "shape", words_status_shape(r->status));
    tree_text(row, "travel_short_words",
              arena_printf(q->arena, "%s %s", words_travel_arrow(r->short_travel.travel),
                           words_travel(r->short_travel.travel)));
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

static struct tree *group_table(struct tree *page, const char *key, const char *caption)
{
    struct tree *table = tree_table(page, key, key, caption);
    tree_column(table, "title", "Name", false);
    tree_column(table, "on_target", "On target", true);
    tree_column(table, "slightly_off", "Slightly off target", true);
    tree_column(table, "off_target", "Off target", true);
    tree_column(table, "not_scored", "Not scored", true);
    tree_column(table, "total", "Measures", true);
    tree_column(table, "worst_code", "Worst measure", false);
    return table;
}

static void put_group(struct page_request *q, struct tree *table, const char *code,
                      const char *title, const struct scope *s)
{
    const struct reading *worst = NULL;
    struct rollup r = scope_rollup(s, page_readings(q), q->arena, &worst);
    if (r.total == 0) {
        return;
    }
    struct tree *row = tree_row(table);
    tree_text(row, "code", code);
    tree_text(row, "title", title);
    tree_int(row, "on_target", r.by_status[STATUS_ON_TARGET]);
    tree_int(row, "slightly_off", r.by_status[STATUS_SLIGHTLY_OFF]);
    tree_int(row, "off_target", r.by_status[STATUS_OFF_TARGET]);
    tree_int(row, "not_scored", r.total - r.scored);
    tree_int(row, "total", r.total);
    tree_text(row, "worst_code", worst == NULL ? NULL : worst->measure->code);
}

void view_statuses(struct page_request *q, struct tree *page, const struct measure *only,
                   bool worst_first)
{
    const struct council *c = q->council;
    tree_text(page, "organisation", c->name);
    tree_text(page, "notice", c->notice);
    struct tree *period = tree_map(page, "period");
    tree_text(period, "id", period_id(q->arena, q->period, c->year_start));
    tree_text(period, "title", words_period(q->arena, q->period, c->year_start));
    struct scope all = scope_organisation(c, q->arena);
    part_rollup(q, page, "rollup", &all);
    put_rows(q, status_table(page), only, worst_first);
    if (only != NULL) {
        return;
    }
    struct tree *by_aim = group_table(page, "by_aim", "By aim");
    for (size_t i = 0; i < c->aim_count; i++) {
        if (c->aims[i].parent == NULL) {
            struct scope s = scope_aim(c, q->arena, &c->aims[i]);
            put_group(q, by_aim, c->aims[i].code, c->aims[i].title, &s);
        }
    }
    struct tree *by_unit = group_table(page, "by_unit", "By unit");
    for (size_t i = 0; i < c->unit_count; i++) {
        struct scope s = scope_unit(c, q->arena, &c->units[i]);
        put_group(q, by_unit, c->units[i].code, c->units[i].name, &s);
    }
}
