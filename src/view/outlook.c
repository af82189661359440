#include "view/outlook.h"

#include "view/parts.h"
#include "view/words.h"
#include "view/words_outlook.h"

// That of a measure as a whole is worked out once a request; of a part, each time.
static const struct outlook *outlook_for(struct page_request *q, const struct reading *r)
{
    if (r->series == &r->measure->series[0] && period_equal(r->asked, q->period)) {
        return &page_outlooks(q)[r->measure->index];
    }
    struct outlook *o = ARENA_NEW(q->arena, struct outlook);
    *o = outlook_of(q->council, r, q->arena);
    return o;
}

void part_outlook(struct page_request *q, struct tree *row, const struct reading *r)
{
    const struct measure *m = r->measure;
    const struct outlook *o = outlook_for(q, r);
    bool any = o->kind != OUTLOOK_NONE;
    tree_number(row, "forecast", o->value, m->decimals);
    tree_text(row, "forecast_status_code", any ? status_code(o->status) : NULL);
    tree_text(row, "forecast_kind", any ? outlook_kind_code(o->kind) : NULL);
    const char *detail = words_outlook_detail(q->arena, q->council, m, o);
    tree_text(row, "no_forecast", any ? NULL : detail);
    if (!any) {
        tree_null(row, "outlook");
        return;
    }
    struct tree *map = tree_map(row, "outlook");
    tree_text(map, "shown", words_figure(q->arena, m, o->value));
    part_status(map, "status", o->status);
    tree_bool(map, "is_outturn", o->kind == OUTLOOK_OUTTURN);
    tree_text(map, "sentence", words_outlook(q->arena, q->council, m, o));
    tree_text(map, "detail", detail);
}

void part_outlook_columns(struct tree *table)
{
    tree_column(table, "forecast", "Forecast for the year", true);
    tree_column(table, "forecast_status_code", "Status forecast", false);
    tree_column(table, "forecast_kind", "Forecast by", false);
}

static struct rollup outlook_rollup(struct page_request *q, const struct scope *s)
{
    const struct outlook *all = page_outlooks(q);
    struct rollup_child *children = ARENA_ARRAY(q->arena, s->count + 1, struct rollup_child);
    for (size_t i = 0; i < s->count; i++) {
        const struct outlook *o = &all[s->measures[i]->index];
        bool any = o->kind != OUTLOOK_NONE;
        children[i].status = any ? o->status : STATUS_NO_TARGET;
        children[i].has_figure = any;
    }
    return rollup_count(children, s->count);
}

static const char *shown_of(struct arena *a, const struct rollup *r)
{
    return r->scored == 0 ? "None"
                          : arena_printf(a, "%d of %d", r->by_status[STATUS_ON_TARGET], r->scored);
}

void part_outlook_cells(struct page_request *q, struct tree *row, const struct scope *s)
{
    struct rollup r = outlook_rollup(q, s);
    tree_int(row, "forecast_on_target", r.by_status[STATUS_ON_TARGET]);
    tree_int(row, "forecast_scored", r.scored);
    tree_text(row, "forecast_shown", shown_of(q->arena, &r));
}

void part_outlook_cell_columns(struct tree *table)
{
    tree_column(table, "forecast_on_target", "Forecast on target at the year's end", true);
    tree_column(table, "forecast_scored", "With a forecast and a target", true);
}

void part_outlooks(struct page_request *q, struct tree *map, const struct scope *s)
{
    static const enum status shown[] = {STATUS_ON_TARGET, STATUS_SLIGHTLY_OFF, STATUS_OFF_TARGET};
    static const char *const keys[] = {"on_target", "slightly_off", "off_target"};
    struct rollup r = outlook_rollup(q, s);
    struct tree *out = tree_map(map, "outlook");
    tree_int(out, "total", r.total);
    tree_int(out, "scored", r.scored);
    tree_int(out, "not_scored", r.total - r.scored);
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        tree_int(out, keys[i], r.by_status[shown[i]]);
    }
    struct tree *statuses = tree_list(out, "statuses");
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        struct tree *item = tree_map(statuses, NULL);
        tree_text(item, "code", status_code(shown[i]));
        tree_text(item, "word", words_status(shown[i]));
        tree_text(item, "shape", words_status_shape(shown[i]));
        tree_int(item, "count", r.by_status[shown[i]]);
    }
    struct tree *none = tree_map(statuses, NULL);
    tree_text(none, "code", "none");
    tree_text(none, "word", "No forecast or no target");
    tree_text(none, "shape", "");
    tree_int(none, "count", r.total - r.scored);
    tree_text(out, "sentence", words_outlooks(q->arena, &r));
    tree_text(out, "shown", shown_of(q->arena, &r));
    tree_bool(out, "any", r.scored > 0);
}
