#include <string.h>

#include "model/columns.h"
#include "view/collect.h"
#include "view/edit_choices.h"
#include "view/words.h"
#include "view/words_measure.h"

static const char *field_typed(struct page_request *q, const struct collect_page *p,
                               const char *key, size_t at, const char *name)
{
    for (size_t i = 0; p->typed != NULL && i <= COLLECT_ROWS; i++) {
        size_t n = i == 0 ? at : i - 1;
        const char *row = p->typed->nth(p->typed->context, arena_printf(q->arena, "row-%zu", n), 0);
        if (row != NULL && strcmp(row, key) == 0) {
            return p->typed->nth(p->typed->context, arena_printf(q->arena, "%s-%zu", name, n), 0);
        }
    }
    return NULL;
}

static const char *fault_of(const struct collect_page *p, size_t row, const char *column)
{
    for (size_t i = 0; i < p->fault_count; i++) {
        bool of_row = p->faults[i].row == row;
        if (of_row && p->faults[i].column != NULL && strcmp(p->faults[i].column, column) == 0) {
            return p->faults[i].text;
        }
    }
    return NULL;
}

// ---- one row ----

static void put_field(struct page_request *q, struct tree *item, const struct collect_page *p,
                      size_t at, int column, const char *label)
{
    const struct collect_row *row = &p->grid->rows[at];
    const struct column *c = &descriptor_of(KIND_OBSERVATION)->columns[column];
    const char *typed = field_typed(q, p, row->key, at, c->name);
    const char *stands = row->cells == NULL ? NULL : row->cells[column];
    if (column == OBSERVATION_VALUE && stands == NULL && row->cells != NULL) {
        stands = row->cells[OBSERVATION_MARK];
    }
    const char *error = fault_of(p, at, c->name);
    struct tree *field = tree_map(item, c->name);
    tree_text(field, "id", arena_printf(q->arena, "f-%s-%zu", c->name, at));
    tree_text(field, "name", arena_printf(q->arena, "%s-%zu", c->name, at));
    tree_text(field, "label", label);
    tree_text(field, "value", typed != NULL ? typed : stands == NULL ? "" : stands);
    tree_text(field, "error", error);
    tree_text(field, "error_id",
              error == NULL ? NULL : arena_printf(q->arena, "f-%s-%zu-error", c->name, at));
}

static void put_markers(struct page_request *q, struct tree *item, const char *now)
{
    const struct column *c = &descriptor_of(KIND_OBSERVATION)->columns[OBSERVATION_MARKER];
    struct tree *list = tree_list(item, "markers");
    for (size_t i = 0; c->choices[i] != NULL; i++) {
        struct tree *option = tree_map(list, NULL);
        tree_text(option, "value", c->choices[i]);
        tree_text(option, "label", edit_choice_words(q->arena, c->choices[i]));
        tree_bool(option, "chosen", strcmp(now, c->choices[i]) == 0);
    }
}

static const char *state_of(struct page_request *q, const struct collect_row *row)
{
    if (row->cells != NULL) {
        return "Entered";
    }
    if (row->late) {
        return arena_printf(q->arena, "Late: was due %s", day_shown(q->arena, row->reading.due));
    }
    return row->reading.due == DAY_NONE
               ? "Missing"
               : arena_printf(q->arena, "Due %s", day_shown(q->arena, row->reading.due));
}

static const char *commentary_href(struct page_request *q, const struct collect_row *row)
{
    const char *id = period_id(q->arena, row->period, q->council->year_start);
    const struct descriptor *d = descriptor_of(KIND_COMMENTARY);
    if (measure_commentary(row->measure, row->period) != NULL) {
        return edit_href(q, d, arena_printf(q->arena, "%s~%s", row->measure->code, id), NULL);
    }
    struct page_request at = {
        .arena = q->arena, .path = edit_href(q, d, NULL, "/new"), .query_text = ""};
    const char *first = page_href_with(&at, "measure", row->measure->code);
    return arena_printf(q->arena, "%s&period=%s", first, id);
}

static const char *previous_of(struct page_request *q, const struct collect_row *row)
{
    const struct reading *r = &row->reading;
    if (!r->previous.present) {
        return "None";
    }
    return arena_printf(q->arena, "%s (%s)", words_figure(q->arena, row->measure, r->previous),
                        words_period_short(q->arena, r->previous_period, q->council->year_start));
}

static void put_row(struct page_request *q, struct tree *list, const struct collect_page *p,
                    size_t at)
{
    const struct collect_row *row = &p->grid->rows[at];
    const struct measure *m = row->measure;
    struct arena *a = q->arena;
    const char *period = words_period_short(a, row->period, q->council->year_start);
    const char *name = row->series->part[0] == '\0'
                           ? arena_printf(a, "%s, %s", m->code, period)
                           : arena_printf(a, "%s, %s, %s", m->code, row->series->part, period);
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "row_name", arena_printf(a, "row-%zu", at));
    tree_text(item, "seen_name", arena_printf(a, "seen-%zu", at));
    tree_text(item, "key", row->key);
    tree_text(item, "seen", row->seen);
    tree_text(item, "had_name", arena_printf(a, "had-%zu", at));
    tree_text(item, "had", collect_had(a, row));
    tree_text(item, "code", m->code);
    tree_text(item, "title", m->title);
    tree_text(item, "href", page_href(q, "measures", m->code));
    tree_text(item, "part", row->series->part);
    tree_text(item, "period", period);
    tree_bool(item, "theirs", row->theirs);
    tree_bool(item, "late", row->late);
    tree_text(item, "state", state_of(q, row));
    tree_text(item, "previous", previous_of(q, row));
    tree_text(item, "goal", words_goal(a, &row->reading));
    bool divided = m->value_type == VALUE_PERCENT || m->value_type == VALUE_RATE ||
                   m->value_type == VALUE_RATIO;
    put_field(q, item, p, at, OBSERVATION_VALUE, arena_printf(a, "Figure of %s", name));
    if (divided) {
        put_field(q, item, p, at, OBSERVATION_NUMERATOR, arena_printf(a, "Numerator of %s", name));
        put_field(q, item, p, at, OBSERVATION_DENOMINATOR,
                  arena_printf(a, "Denominator of %s", name));
    } else {
        tree_null(item, "numerator");
        tree_null(item, "denominator");
    }
    put_field(q, item, p, at, OBSERVATION_MARKER, arena_printf(a, "Marker of %s", name));
    put_markers(q, item, tree_get(tree_get(item, "marker"), "value")->text);
    put_field(q, item, p, at, OBSERVATION_NOTE, arena_printf(a, "Note on %s", name));
    tree_text(item, "commentary_href", commentary_href(q, row));
    tree_text(item, "commentary_words",
              measure_commentary(m, row->period) != NULL ? "Change the commentary"
                                                         : "Add commentary");
}

// ---- the page ----

static const char *lead_of(struct arena *a, const struct collect_grid *g)
{
    if (g->total == 0) {
        return "There is no figure here for you to enter in this period.";
    }
    const char *all = words_count(a, (int)g->total, "figure", "figures");
    if (g->missing == 0) {
        return arena_printf(a, "%s, all of them entered.", all);
    }
    return arena_printf(a, "%s: %zu missing, of which %zu late.", all, g->missing, g->late);
}

static void put_faults(struct page_request *q, struct tree *page, const struct collect_page *p)
{
    for (size_t i = 0; i < p->fault_count; i++) {
        const struct collect_fault *f = &p->faults[i];
        edit_error(
            page,
            arena_printf(q->arena, "#f-%s-%zu", f->column == NULL ? "value" : f->column, f->row),
            f->text);
    }
    if (p->reason_fault != NULL) {
        edit_error(page, "#" EDIT_REASON, p->reason_fault);
    }
}

static void put_reason(struct tree *map, const struct collect_page *p)
{
    bool any = false;
    for (size_t i = 0; i < p->grid->count; i++) {
        any = any || p->grid->rows[i].cells != NULL;
    }
    if (!any) {
        tree_null(map, "reason");
        return;
    }
    struct tree *reason = tree_map(map, "reason");
    tree_text(reason, "name", EDIT_REASON);
    tree_text(reason, "label", "Why figures that were already entered are corrected");
    tree_text(reason, "value", p->reason == NULL ? "" : p->reason);
    tree_bool(reason, "needed", false);
    tree_text(reason, "error", p->reason_fault);
    tree_text(reason, "described_by",
              p->reason_fault == NULL ? EDIT_REASON "-hint"
                                      : EDIT_REASON "-hint " EDIT_REASON "-error");
}

static const char *turned(struct page_request *q, size_t from)
{
    return page_href_with(q, "from", from == 0 ? NULL : arena_printf(q->arena, "%zu", from));
}

void collect_put(struct page_request *q, struct tree *page, const struct collect_page *p)
{
    const struct collect_grid *g = p->grid;
    page_title(page, arena_printf(q->arena, "Enter figures: %s",
                                  words_period(q->arena, q->period, q->council->year_start)));
    page_crumb(page, "Change the record", edit_href(q, NULL, NULL, NULL));
    tree_text(page, "saved", p->saved);
    tree_text(page, "lead", lead_of(q->arena, g));
    tree_text(
        page, "irregular",
        g->irregular == 0
            ? NULL
            : arena_printf(q->arena,
                           "%s without regular periods: add their figures one by "
                           "one.",
                           words_count(q->arena, (int)g->irregular, "measure is", "measures are")));
    tree_text(page, "figure_href", edit_href(q, descriptor_of(KIND_OBSERVATION), NULL, "/new"));
    struct tree *map = tree_map(page, "grid");
    tree_text(map, "action", turned(q, p->from));
    struct tree *rows = tree_list(map, "rows");
    for (size_t i = 0; i < g->count; i++) {
        put_row(q, rows, p, i);
    }
    tree_bool(page, "has_rows", g->count > 0);
    put_reason(map, p);
    tree_text(page, "previous_href",
              p->from == 0 ? NULL : turned(q, p->from < COLLECT_ROWS ? 0 : p->from - COLLECT_ROWS));
    tree_text(page, "next_href",
              p->from + g->count < g->total ? turned(q, p->from + COLLECT_ROWS) : NULL);
    tree_text(page, "page_words",
              g->count == g->total ? NULL
                                   : arena_printf(q->arena, "Rows %zu to %zu of %zu", p->from + 1,
                                                  p->from + g->count, g->total));
    put_faults(q, page, p);
}
