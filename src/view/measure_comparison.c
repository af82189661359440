#include "view/measure_comparison.h"

#include <math.h>
#include <string.h>

#include "view/words.h"
#include "view/words_comparison.h"

// Limits and averages are worked out: the file has two more places than people read.
enum { MORE_PLACES = 2 };

static struct dec near_to(const struct measure *m, double value)
{
    return dec_from_double(value, m->decimals + MORE_PLACES);
}

// ---- the table ----

static struct tree *new_table(struct tree *map, const char *caption)
{
    static const struct {
        const char *key, *title;
        bool numeric;
    } columns[] = {
        {"organisation", "Code", false},  {"name", "Council", false},
        {"own", "Ours", false},           {"period", "Period", false},
        {"value", "Figure", true},        {"numerator", "Numerator", true},
        {"denominator", "Of", true},      {"lower", "Interval from", true},
        {"upper", "Interval to", true},   {"rank", "Rank", true},
        {"band_best", "Rank from", true}, {"band_worst", "Rank to", true},
        {"verdict", "Verdict", false},    {"deviations", "From the median", true},
        {"marker", "Marker", false},
    };
    struct tree *table = tree_table(map, "table", "comparison", caption);
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        tree_column(table, columns[i].key, columns[i].title, columns[i].numeric);
    }
    return table;
}

static void put_rank(struct tree *row, const char *key, size_t rank)
{
    tree_number(row, key, rank == 0 ? DEC_NONE : dec_int((int64_t)rank), 0);
}

static void put_row(const struct measure_page *p, struct tree *table, const struct standing *s,
                    const struct standing_row *x)
{
    struct arena *a = p->q->arena;
    const struct measure *m = p->measure;
    struct tree *row = tree_row(table);
    bool has_band = x->rank > 0 && standing_has_interval(x);
    tree_text(row, "organisation", x->code);
    tree_text(row, "name", x->name);
    tree_bool(row, "own", x == s->own);
    tree_text(row, "period", period_id(a, s->period, p->q->council->year_start));
    tree_number(row, "value", x->value, m->decimals);
    tree_text(row, "value_shown", words_standing_figure(a, m, x));
    tree_number(row, "numerator", x->numerator, x->numerator.scale);
    tree_number(row, "denominator", x->denominator, x->denominator.scale);
    tree_number(row, "lower", near_to(m, x->lower), m->decimals);
    tree_number(row, "upper", near_to(m, x->upper), m->decimals);
    tree_text(row, "interval_shown", words_interval(a, m, x));
    put_rank(row, "rank", x->rank);
    tree_text(row, "rank_shown", words_rank(a, s, x));
    put_rank(row, "band_best", has_band ? x->band.best : 0);
    put_rank(row, "band_worst", has_band ? x->band.worst : 0);
    tree_text(row, "band_shown", words_band(a, x));
    tree_text(row, "verdict", x->verdict == VERDICT_NONE ? NULL : verdict_code(x->verdict));
    tree_text(row, "verdict_shown", words_verdict(m, x));
    tree_number(row, "deviations", dec_from_double(x->deviations, 2), 2);
    tree_text(row, "marker", x->withheld ? "suppressed" : marker_text(x->marker));
}

// ---- the picture ----

static void put_chart_row(const struct measure *m, struct tree *rows, const struct standing *s,
                          const struct standing_row *x)
{
    if (!x->value.present) {
        return;
    }
    struct tree *row = tree_map(rows, NULL);
    tree_text(row, "name", x->name);
    tree_number(row, "value", x->value, m->decimals);
    tree_number(row, "lower", near_to(m, x->lower), m->decimals);
    tree_number(row, "upper", near_to(m, x->upper), m->decimals);
    tree_bool(row, "own", x == s->own);
}

static void put_chart(struct measure_page *p, struct tree *map, const struct standing *s,
                      const char *description)
{
    struct page_request *q = p->q;
    const struct measure *m = p->measure;
    struct words_unit unit = words_unit_of(m);
    const char *subtitle = arena_printf(
        q->arena, "%s: %s and %s, %s", m->title, q->council->name, words_group(q->arena, s->group),
        words_period_short(q->arena, s->period, q->council->year_start));
    tree_text(map, "subtitle", subtitle);
    tree_text(map, "key", words_standing_key(q->arena, q->council, s));
    struct tree *chart = tree_chart(map, "chart");
    tree_text(chart, "kind", "dots");
    tree_text(chart, "id", page_id(q, "dots"));
    tree_text(chart, "title", subtitle);
    tree_text(chart, "description", description);
    tree_text(chart, "unit_prefix", unit.prefix);
    tree_text(chart, "unit_suffix", unit.suffix);
    tree_int(chart, "decimals", m->decimals);
    bool whole = s->benchmark.kind == BENCHMARK_RATIO;
    tree_number(chart, "benchmark", whole ? near_to(m, s->benchmark.value) : DEC_NONE, m->decimals);
    tree_text(chart, "benchmark_word", "The group as a whole");
    tree_number(chart, "median", near_to(m, s->middle.median), m->decimals);
    tree_number(chart, "band_lower", near_to(m, s->middle.quartile_1), m->decimals);
    tree_number(chart, "band_upper", near_to(m, s->middle.quartile_3), m->decimals);
    struct tree *rows = tree_list(chart, "rows");
    for (size_t i = 0; i < s->row_count; i++) {
        put_chart_row(m, rows, s, &s->rows[i]);
    }
}

// ---- the section ----

static void put_figures(struct measure_page *p, struct tree *map, const struct standing *s)
{
    const struct measure *m = p->measure;
    struct arena *a = p->q->arena;
    tree_text(map, "period", period_id(a, s->period, p->q->council->year_start));
    tree_int(map, "lag_months", standing_lag(s, p->q->period));
    tree_int(map, "members", (int64_t)s->members);
    tree_int(map, "reported", (int64_t)s->reported);
    tree_int(map, "ranked", (int64_t)(s->enough ? s->ranked : 0));
    tree_int(map, "intervals", (int64_t)s->intervals);
    tree_bool(map, "intervals_any", s->intervals > 0);
    tree_text(map, "benchmark_kind",
              s->benchmark.kind == BENCHMARK_RATIO    ? "ratio"
              : s->benchmark.kind == BENCHMARK_MEDIAN ? "median"
                                                      : NULL);
    tree_number(map, "benchmark", near_to(m, s->benchmark.value), m->decimals);
    tree_number(map, "median", near_to(m, s->middle.median), m->decimals);
    tree_number(map, "quartile_1", near_to(m, s->middle.quartile_1), m->decimals);
    tree_number(map, "quartile_3", near_to(m, s->middle.quartile_3), m->decimals);
}

static void put_groups(struct measure_page *p, struct tree *map, const struct standing *all,
                       size_t count, const struct standing *chosen)
{
    struct tree *groups = tree_list(map, "groups");
    for (size_t i = 0; i < count; i++) {
        struct tree *item = tree_map(groups, NULL);
        tree_text(item, "title", words_group(p->q->arena, all[i].group));
        tree_text(item, "href", page_href_with(p->q, "group", all[i].group->code));
        tree_bool(item, "current", &all[i] == chosen);
    }
    tree_bool(map, "groups_several", count > 1);
}

static void put_section(struct measure_page *p, struct tree *map, const struct standing *s)
{
    struct page_request *q = p->q;
    struct arena *a = q->arena;
    const char *sentence = words_standing(a, q->council, p->measure, s);
    const char *group = words_standing_group(a, p->measure, s);
    const char *list = words_group(a, s->group);
    tree_text(map, "title", list);
    tree_text(map, "sentence", sentence);
    tree_text(map, "group_sentence", group);
    tree_text(map, "coverage", words_standing_coverage(a, q->council, s, q->period));
    tree_text(map, "caution", words_standing_caution(a, p->measure, s));
    put_figures(p, map, s);
    tree_text(map, "csv_href", page_csv_href(q, "comparison"));
    tree_bool(map, "any", s->enough);
    if (s->enough) {
        put_chart(p, map, s, arena_printf(a, "%s %s", sentence, group));
    }
    struct tree *table =
        new_table(map, arena_printf(a, "%s, %s", list,
                                    words_period_short(a, s->period, q->council->year_start)));
    for (size_t i = 0; i < s->row_count; i++) {
        put_row(p, table, s, &s->rows[i]);
    }
}

bool measure_comparison_put(struct measure_page *p, struct err *e)
{
    struct page_request *q = p->q;
    const char *group = page_query(q, "group");
    if (group != NULL && council_comparator_group(q->council, group) == NULL) {
        return err_set(e, ERR_ABSENT, "There is no group \"%s\" to compare with.", group);
    }
    const struct standing *all = NULL;
    bool whole = p->series == &p->measure->series[0];
    size_t count = whole ? standings_of(q->council, p->measure, q->period, q->arena, &all) : 0;
    const struct standing *chosen = standing_first(all, count);
    for (size_t i = 0; i < count && group != NULL; i++) {
        chosen = strcmp(all[i].group->code, group) == 0 ? &all[i] : chosen;
    }
    if (chosen == NULL) {
        tree_null(p->page, "comparison");
        return true;
    }
    struct tree *map = tree_map(p->page, "comparison");
    put_section(p, map, chosen);
    put_groups(p, map, all, count, chosen);
    return true;
}
