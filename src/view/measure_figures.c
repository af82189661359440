// The figures of one measure over time, as a chart with its table, and by part.
//
// table "figures": period, value, target, lower, upper, status_code, marker (the points drawn;
//   lower and upper are the edges of the tolerance or of the range that is good), mean,
//   lower_limit, upper_limit, segment, signal (type of engine/spc.h), variation (as worked out, not
//   kept inside what a figure can be; null where too few; on a run chart median in place of mean,
//   and no limits); in HTML also period_shown, value_shown,
//   target_shown, status {..}, signal_said, variation_said {..}.
// table "parts": part, period, value, target, status_code, reason, travel_short_code,
//   travel_long_code, variation, assurance, look; in HTML also part_href, current and
//   part_measure's keys.

#include <stdlib.h>

#include "view/measure_parts.h"
#include "view/parts.h"
#include "view/signal.h"
#include "view/words.h"
#include "view/words_measure.h"

enum { CHART_POINTS = 40 };

// ---- every period there is ----

bool measure_is_own_period(const struct measure *m, struct period period)
{
    return m->frequency == PERIOD_NONE || period.kind == m->frequency;
}

static int period_order(const void *left, const void *right)
{
    return period_compare(*(const struct period *)left, *(const struct period *)right);
}

void measure_read_past(struct measure_page *p)
{
    const struct series *s = p->series;
    const struct council *c = p->q->council;
    struct arena *a = p->q->arena;
    struct period *periods = ARENA_ARRAY(a, s->result_count + s->figure_count + 1, struct period);
    size_t count = 0;
    for (size_t i = 0; i < s->result_count; i++) {
        periods[count++] = s->results[i].period;
    }
    for (size_t i = 0; i < s->figure_count; i++) {
        periods[count++] = s->figures[i].period;
    }
    qsort(periods, count, sizeof *periods, period_order);
    struct reading *past = ARENA_ARRAY(a, count + 1, struct reading);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && period_equal(periods[i], periods[i - 1])) {
            continue;
        }
        struct reading r = reading_of(c, p->measure, s, periods[i]);
        if (period_equal(r.period, periods[i])) {
            past[p->past_count++] = r;
        }
    }
    p->past = past;
}

// ---- the chart ----

// The first and how many of the readings that are drawn: of the measure's own frequency, up to the
// period the page is about.
static const struct reading *points_of(struct measure_page *p, size_t *ret_count, size_t *ret_cut)
{
    struct reading *points = ARENA_ARRAY(p->q->arena, p->past_count + 1, struct reading);
    size_t count = 0;
    for (size_t i = 0; i < p->past_count; i++) {
        const struct reading *r = &p->past[i];
        if (measure_is_own_period(p->measure, r->period) &&
            r->period.end <= p->reading.period.end) {
            points[count++] = *r;
        }
    }
    *ret_cut = count > CHART_POINTS ? count - CHART_POINTS : 0;
    *ret_count = count - *ret_cut;
    return points + *ret_cut;
}

static struct dec target_of(const struct reading *r)
{
    const struct status_input *in = &r->why.input;
    return r->measure->polarity == POLARITY_RANGE ? DEC_NONE
           : in->target.present                   ? in->target
                                                  : r->why.goal;
}

static void put_point(struct measure_page *p, struct tree *points, const struct reading *r)
{
    const struct council *c = p->q->council;
    struct arena *a = p->q->arena;
    int places = p->measure->decimals;
    struct dec lower = DEC_NONE, upper = DEC_NONE;
    bool band = reading_band(r, &lower, &upper);
    struct tree *point = tree_map(points, NULL);
    tree_text(point, "label", words_period_short(a, r->period, c->year_start));
    tree_text(point, "short", words_period_axis(a, r->period, c->year_start));
    tree_number(point, "value", dec_round(r->value, places), places);
    tree_number(point, "target", target_of(r), places);
    tree_number(point, "lower", band ? lower : DEC_NONE, places);
    tree_number(point, "upper", band ? upper : DEC_NONE, places);
    tree_text(point, "status", status_code(r->status));
    tree_text(point, "marker", words_marker_letter(r->marker));
    measure_limits_point(p, point, r->period);
}

static void put_chart(struct measure_page *p, struct tree *map, const struct reading *points,
                      size_t count)
{
    struct page_request *q = p->q;
    struct words_unit unit = words_unit_of(p->measure);
    const char *subtitle = words_chart_subtitle(q->arena, q->council, &p->reading, points[0].period,
                                                points[count - 1].period);
    const char *description = words_chart_description(q->arena, q->council, points, count);
    tree_text(map, "headline", words_chart_headline(q->arena, q->council, &p->reading));
    tree_text(map, "subtitle", subtitle);
    tree_text(map, "description", description);
    struct tree *chart = tree_chart(map, "chart");
    tree_text(chart, "kind", "line");
    tree_text(chart, "id", page_id(q, "line"));
    tree_text(chart, "title", subtitle);
    tree_text(chart, "description", description);
    tree_text(chart, "unit_prefix", unit.prefix);
    tree_text(chart, "unit_suffix", unit.suffix);
    tree_int(chart, "decimals", p->measure->decimals);
    struct tree *list = tree_list(chart, "points");
    for (size_t i = 0; i < count; i++) {
        put_point(p, list, &points[i]);
    }
}

static void put_figures(struct measure_page *p, struct tree *map, const struct reading *points,
                        size_t count)
{
    struct page_request *q = p->q;
    const struct council *c = q->council;
    int places = p->measure->decimals;
    struct tree *table = tree_table(map, "table", "figures", "The figures of the chart");
    tree_column(table, "period", "Period", false);
    tree_column(table, "value", "Figure", true);
    tree_column(table, "target", "Target", true);
    tree_column(table, "lower", "Tolerance from", true);
    tree_column(table, "upper", "Tolerance to", true);
    tree_column(table, "status_code", "Status", false);
    tree_column(table, "marker", "Marker", false);
    measure_limits_columns(p, table);
    for (size_t i = count; i > 0; i--) {
        const struct reading *r = &points[i - 1];
        struct dec lower = DEC_NONE, upper = DEC_NONE;
        bool band = reading_band(r, &lower, &upper);
        struct tree *row = tree_row(table);
        tree_text(row, "period", period_id(q->arena, r->period, c->year_start));
        tree_text(row, "period_shown", words_period_short(q->arena, r->period, c->year_start));
        tree_number(row, "value", dec_round(r->value, places), places);
        tree_text(row, "value_shown", words_value(q->arena, c, r));
        tree_number(row, "target", target_of(r), places);
        tree_text(row, "target_shown", words_goal(q->arena, r));
        tree_number(row, "lower", band ? lower : DEC_NONE, places);
        tree_number(row, "upper", band ? upper : DEC_NONE, places);
        tree_text(row, "status_code", status_code(r->status));
        part_status(row, "status", r->status);
        tree_text(row, "marker", words_marker(r->marker));
        measure_limits_cells(p, row, r->period);
    }
}

void measure_chart(struct measure_page *p)
{
    struct page_request *q = p->q;
    struct tree *map = tree_map(p->page, "chart_figure");
    size_t count = 0, cut = 0, with_value = 0;
    const struct reading *points = points_of(p, &count, &cut);
    for (size_t i = 0; i < count; i++) {
        with_value += points[i].value.present ? 1 : 0;
    }
    enum value_type type = p->measure->value_type;
    bool words_only = type == VALUE_TEXT || type == VALUE_YES_NO;
    bool any = with_value > 0 && !words_only;
    tree_bool(map, "words_only", words_only);
    tree_bool(map, "any", any);
    tree_bool(map, "limits_any", any && p->limits->segment_count > 0);
    tree_text(map, "middle", p->limits->chart == LIMITS_RUN ? "Median" : "Average");
    tree_text(map, "source", p->measure->source);
    tree_text(map, "csv_href", page_csv_href(q, "figures"));
    tree_text(map, "cut",
              cut == 0 ? NULL
                       : arena_printf(q->arena,
                                      "The last %zu of %zu periods are drawn; the history "
                                      "below has all of them.",
                                      count, count + cut));
    if (any) {
        put_chart(p, map, points, count);
        put_figures(p, map, points, count);
    }
}

// ---- wards and groups ----

void measure_part_table(struct measure_page *p)
{
    struct page_request *q = p->q;
    const struct measure *m = p->measure;
    struct tree *table = tree_table(p->page, "parts", "parts", "By part");
    tree_column(table, "part", "Part", false);
    tree_column(table, "period", "Period", false);
    tree_column(table, "value", "Figure", true);
    tree_column(table, "target", "Target", true);
    tree_column(table, "status_code", "Status", false);
    tree_column(table, "reason", "Why", false);
    tree_column(table, "travel_short_code", "Since the previous period", false);
    tree_column(table, "travel_long_code", "Since a year ago", false);
    part_signal_columns(table);
    for (size_t i = 1; i < m->series_count; i++) {
        struct reading r = reading_of(q->council, m, &m->series[i], q->period);
        struct tree *row = tree_row(table);
        tree_text(row, "part", m->series[i].part);
        tree_text(row, "part_href", page_href_with(q, "part", m->series[i].part));
        tree_bool(row, "current", p->series == &m->series[i]);
        part_measure(q, row, &r);
    }
    tree_bool(p->page, "parts_any", m->series_count > 1);
}
