#include "domain/standing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "domain/few_cases.h"
#include "domain/reading_steps.h"
#include "engine/interval.h"
#include "engine/small_numbers.h"

// ---- which period ----

struct candidate {
    struct period period;
    size_t values; // how many of the others have one
};

static void count_values(const struct measure *m, const struct comparison_series *s,
                         struct period until, struct candidate *all, size_t *count)
{
    for (size_t k = 0; k < s->figure_count; k++) {
        const struct figure *f = &s->figures[k];
        if (f->period.end > until.end || !reading_value(m, f).present) {
            continue;
        }
        size_t at = 0;
        while (at < *count && !period_equal(all[at].period, f->period)) {
            at++;
        }
        if (at == *count) {
            all[(*count)++] = (struct candidate){f->period, 0};
        }
        all[at].values++;
    }
}

static bool is_better(const struct measure *m, const struct candidate *x, const struct candidate *y)
{
    bool enough_x = x->values >= COMPARE_MEDIAN_LEAST, enough_y = y->values >= COMPARE_MEDIAN_LEAST;
    bool own_x = x->period.kind == m->frequency, own_y = y->period.kind == m->frequency;
    if (enough_x != enough_y) {
        return enough_x;
    }
    if (own_x != own_y) {
        return own_x;
    }
    if (x->period.end != y->period.end) {
        return x->period.end > y->period.end;
    }
    return x->period.start > y->period.start;
}

static struct period choose_period(const struct council *c, const struct measure *m,
                                   const struct comparator_group *g, struct period until,
                                   struct arena *a)
{
    size_t room = 0;
    for (size_t i = 0; i < m->comparison_count; i++) {
        room += m->comparisons[i].figure_count;
    }
    struct candidate *all = ARENA_ARRAY(a, room + 1, struct candidate);
    size_t count = 0;
    for (size_t i = 0; i < g->member_count; i++) {
        const char *who = g->members[i].organisation;
        const struct comparison_series *s = measure_comparison(m, who);
        if (s != NULL && !comparator_is_own(c, who)) {
            count_values(m, s, until, all, &count);
        }
    }
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        best = is_better(m, &all[i], &all[best]) ? i : best;
    }
    return count == 0 ? PERIOD_ABSENT : all[best].period;
}

// ---- everyone's figure ----

static double per_of(const struct measure *m)
{
    return m->value_type == VALUE_RATE && m->per > 0 ? (double)m->per : 1;
}

// Parts that do not come to the figure (other years, other people) say nothing about its chance.
static bool comes_to(struct interval i, struct dec value)
{
    double place = pow(10, -value.scale);
    return fabs(i.value - dec_to_double(value)) <= place * (1 + 1e-9);
}

static void put_interval(const struct measure *m, struct standing_row *row, struct dec value,
                         const struct confidence *k)
{
    row->lower = row->upper = NAN;
    if (!value.present || !row->numerator.present || !row->denominator.present) {
        return;
    }
    double x = dec_to_double(row->numerator), n = dec_to_double(row->denominator);
    struct interval i = {NAN, NAN, NAN};
    if (m->value_type == VALUE_PERCENT) {
        i = interval_wilson(x, n, k);
        i = (struct interval){100 * i.value, 100 * i.lower, 100 * i.upper};
    } else if (m->value_type == VALUE_RATE) {
        i = interval_over(interval_count(x, k), n, per_of(m));
    }
    if (isfinite(i.lower) && isfinite(i.upper) && comes_to(i, value)) {
        row->lower = i.lower;
        row->upper = i.upper;
    }
}

static bool is_small(const struct measure *m, struct dec numerator)
{
    struct small_rule rule = {.threshold = m->small_number};
    return numerator.present && small_is_suppressed(&rule, dec_to_double(numerator));
}

static void put_figure(const struct measure *m, struct standing_row *row, struct dec value,
                       struct dec numerator, struct dec denominator, const struct confidence *k)
{
    row->lower = row->upper = row->deviations = NAN;
    row->withheld = value.present ? is_small(m, numerator)
                                  : row->marker == MARKER_SUPPRESSED && m->small_number > 0;
    if (!value.present || row->withheld) {
        return;
    }
    row->value = dec_round(value, m->decimals);
    row->numerator = numerator;
    row->denominator = denominator;
    row->few = denominator.present && m->min_denominator.present &&
               dec_cmp(denominator, m->min_denominator) < 0;
    put_interval(m, row, value, k);
}

// Ours, for exactly the same period; what is made of only some of its parts is none.
static void put_own(const struct council *c, const struct measure *m, struct period p,
                    struct standing_row *row, const struct confidence *k)
{
    *row =
        (struct standing_row){.code = c->gss_code == NULL ? c->code : c->gss_code, .name = c->name};
    struct reading r = reading_of(c, m, &m->series[0], p);
    bool same = period_equal(r.period, p);
    bool whole = same && r.present == r.expected;
    row->marker = same ? r.marker : MARKER_NONE;
    put_figure(m, row, whole ? r.value : DEC_NONE, r.numerator, r.denominator, k);
}

static void put_member(const struct measure *m, const struct compared *x, struct standing_row *row,
                       const struct confidence *k)
{
    *row = (struct standing_row){
        .member = x->member, .code = x->member->organisation, .name = x->member->name};
    struct dec numerator = x->figure == NULL ? DEC_NONE : x->figure->numerator;
    struct dec denominator = x->figure == NULL ? DEC_NONE : x->figure->denominator;
    row->marker = x->figure == NULL ? MARKER_NONE : x->figure->marker;
    put_figure(m, row, x->value, numerator, denominator, k);
}

// ---- what is said of them ----

// Too few cases say nothing of where anyone stands.
static bool is_compared(const struct standing_row *row)
{
    return row->value.present && !row->few;
}

// The figures as the engine takes them.
struct columns {
    double *values, *lower, *upper, *numerators, *denominators;
    size_t *ranks;
    struct compare_band *bands;
};

static struct columns columns_of(struct arena *a, const struct measure *m,
                                 const struct standing_row *rows, size_t count)
{
    struct columns x = {
        .values = ARENA_ARRAY(a, count, double),
        .lower = ARENA_ARRAY(a, count, double),
        .upper = ARENA_ARRAY(a, count, double),
        .numerators = ARENA_ARRAY(a, count, double),
        .denominators = ARENA_ARRAY(a, count, double),
        .ranks = ARENA_ARRAY(a, count, size_t),
        .bands = ARENA_ARRAY(a, count, struct compare_band),
    };
    for (size_t i = 0; i < count; i++) {
        x.values[i] = is_compared(&rows[i]) ? dec_to_double(rows[i].value) : NAN;
        // Half of it on either side: no two areas nearer than that are told apart.
        double reach = few_cases_reach(m, dec_to_double(rows[i].denominator)) / 2;
        bool known = isfinite(rows[i].lower);
        x.lower[i] = known ? fmin(rows[i].lower, x.values[i] - reach) : rows[i].lower;
        x.upper[i] = known ? fmax(rows[i].upper, x.values[i] + reach) : rows[i].upper;
        x.numerators[i] = dec_to_double(rows[i].numerator);
        x.denominators[i] = dec_to_double(rows[i].denominator);
    }
    return x;
}

// Of the parts, which are whole: the value itself is rounded. Only for rows with an interval.
static double value_of_parts(const struct measure *m, const struct standing_row *row)
{
    double per = m->value_type == VALUE_PERCENT ? 100 : per_of(m);
    return per * dec_to_double(row->numerator) / dec_to_double(row->denominator);
}

static enum verdict verdict_of(const struct measure *m, const struct standing_row *row,
                               double benchmark)
{
    struct against_input in = against_blank();
    in.method = AGAINST_SINGLE;
    in.polarity = m->polarity;
    in.value = dec_to_double(row->value);
    in.lower = row->lower;
    in.upper = row->upper;
    in.benchmark = benchmark;
    return against_compare(&in);
}

void standing_judge(const struct measure *m, struct standing_row *row, double benchmark)
{
    double denominator = dec_to_double(row->denominator);
    row->verdict = verdict_of(m, row, benchmark);
    row->few_cases = row->verdict != VERDICT_NONE && row->verdict != VERDICT_SAME &&
                     few_cases_between(m, denominator, value_of_parts(m, row), benchmark);
    row->verdict = row->few_cases ? VERDICT_NONE : row->verdict;
}

// `rows` holds the others first and us last.
static void judge(const struct measure *m, struct standing *s, struct standing_row *rows,
                  struct arena *a)
{
    size_t count = s->row_count;
    struct columns x = columns_of(a, m, rows, count);
    for (size_t i = 0; i < count; i++) {
        s->reported += i + 1 < count && is_compared(&rows[i]) ? 1 : 0;
        s->ranked += is_compared(&rows[i]) ? 1 : 0;
        s->intervals += isfinite(rows[i].lower) ? 1 : 0;
    }
    s->enough = s->reported >= COMPARE_MEDIAN_LEAST;
    s->middle = compare_summarise(x.values, s->enough ? count - 1 : 0, a);
    s->benchmark =
        compare_benchmark(x.values, x.numerators, x.denominators, s->enough ? count - 1 : 0, a);
    if (!s->enough) {
        return;
    }
    compare_rank(x.values, count, m->polarity, x.ranks, a);
    compare_bands(x.values, x.lower, x.upper, x.ranks, count, x.bands, a);
    for (size_t i = 0; i < count; i++) {
        if (!is_compared(&rows[i])) {
            continue;
        }
        rows[i].rank = x.ranks[i];
        rows[i].band = x.bands[i];
        standing_judge(m, &rows[i], s->benchmark.value);
        rows[i].deviations = compare_mads(&s->middle, x.values[i]);
    }
}

static int best_first(const void *left, const void *right)
{
    const struct standing_row *x = left, *y = right;
    if (x->value.present != y->value.present) {
        return x->value.present ? -1 : 1;
    }
    if (x->few != y->few) {
        return x->few ? 1 : -1;
    }
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : strcmp(x->code, y->code);
}

bool standing_of(const struct council *c, const struct measure *m, const struct comparator_group *g,
                 struct period until, struct arena *a, struct standing *ret)
{
    struct period p = choose_period(c, m, g, until, a);
    if (p.kind == PERIOD_NONE || m->value_type == VALUE_TEXT || m->value_type == VALUE_YES_NO) {
        return false;
    }
    const struct compared *others = NULL;
    struct standing s = {.group = g, .period = p};
    s.members = comparison_of(c, m, g, p, a, &others);
    s.row_count = s.members + 1;
    struct standing_row *rows = ARENA_ARRAY(a, s.row_count, struct standing_row);
    struct confidence k = confidence_of_percent(95);
    for (size_t i = 0; i < s.members; i++) {
        put_member(m, &others[i], &rows[i], &k);
    }
    put_own(c, m, p, &rows[s.members], &k);
    judge(m, &s, rows, a);
    qsort(rows, s.row_count, sizeof *rows, best_first);
    s.rows = rows;
    for (size_t i = 0; i < s.row_count; i++) {
        s.own = rows[i].member == NULL ? &rows[i] : s.own;
    }
    *ret = s;
    return true;
}

size_t standings_of(const struct council *c, const struct measure *m, struct period until,
                    struct arena *a, const struct standing **ret)
{
    const struct comparator_group *const *groups = NULL;
    size_t count = comparison_groups(c, m, a, &groups);
    struct standing *all = ARENA_ARRAY(a, count, struct standing);
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        made += standing_of(c, m, groups[i], until, a, &all[made]) ? 1 : 0;
    }
    *ret = all;
    return made;
}

const struct standing *standing_first(const struct standing *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (all[i].enough) {
            return &all[i];
        }
    }
    return count == 0 ? NULL : all;
}

bool standing_is_shared(const struct standing *s, const struct standing_row *row)
{
    size_t sharing = 0;
    for (size_t i = 0; i < s->row_count; i++) {
        sharing += s->rows[i].rank == row->rank ? 1 : 0;
    }
    return row->rank > 0 && sharing > 1;
}

bool standing_has_interval(const struct standing_row *row)
{
    return isfinite(row->lower) && isfinite(row->upper);
}

// Whole months from one day to a later one.
static int months_between(day from, day to)
{
    struct ymd x = day_to_ymd(from), y = day_to_ymd(to);
    int months = (y.year - x.year) * 12 + y.month - x.month;
    bool last = y.day == month_length(y.year, y.month); // 28 February to 31 January is eleven
    return y.day < x.day && !last ? months - 1 : months;
}

int standing_lag(const struct standing *s, struct period page)
{
    return months_between(s->period.end, page.end);
}
