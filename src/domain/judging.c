#include "domain/judging.h"

#include <string.h>

#include "base/grow.h"
#include "domain/limits.h"
#include "domain/reading_steps.h"

enum { PERIODS_MAX = 2400 }; // of one series: two centuries of months

// Consecutive periods of one kind.
struct grid {
    const struct period *periods;
    size_t count;
};

struct judging {
    const struct council *council;
    struct arena *arena;
    struct grid grids[PERIOD_SPAN + 1]; // by kind
    const char *rule_code;              // whose versions stand in `rules`
    struct grow rules;                  // const struct rule_version *
    struct dec values[PERIODS_MAX];     // of the series at hand, by position on its grid
};

struct judging *judging_new(const struct council *c, struct arena *a)
{
    struct judging *j = ARENA_NEW(a, struct judging);
    j->council = c;
    j->arena = a;
    j->rules = grow_new(a, sizeof(const struct rule_version *));
    return j;
}

static bool is_regular(enum period_kind kind)
{
    return kind != PERIOD_NONE && kind != PERIOD_SPAN && kind != PERIOD_YEARS;
}

// How many periods of a kind make a year: so far back lies the same one last year.
static size_t periods_a_year(enum period_kind kind)
{
    switch (kind) {
    case PERIOD_MONTH: return 12;
    case PERIOD_QUARTER:
    case PERIOD_CALENDAR_QUARTER: return 4;
    case PERIOD_HALF: return 2;
    default: return 1;
    }
}

// The grid of a kind, made to reach from `first` to `last` at least.
static const struct grid *grid_over(struct judging *j, enum period_kind kind, day first, day last)
{
    struct grid *g = &j->grids[kind];
    int year_start = j->council->year_start;
    if (g->count > 0) {
        day start = g->periods[0].start, end = g->periods[g->count - 1].end;
        if (start <= first && last <= end) {
            return g;
        }
        first = start < first ? start : first;
        last = end > last ? end : last;
    }
    struct grow periods = grow_new(j->arena, sizeof(struct period));
    for (struct period p = period_of(kind, first, year_start); p.kind != PERIOD_NONE;
         p = period_step(p, 1, year_start)) {
        *(struct period *)grow_add(&periods) = p;
        if (p.end >= last) {
            break;
        }
    }
    *g = (struct grid){periods.items, periods.count};
    return g;
}

// Position of the first period of the grid that ends on `d` or later.
static size_t position_of(const struct grid *g, day d)
{
    size_t low = 0, high = g->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (g->periods[middle].end < d) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

// The periods a series is judged for.
static struct grid periods_of(struct judging *j, const struct measure *m, const struct series *s)
{
    bool figures = s->figure_count > 0, targets = s->target_count > 0;
    if (!figures && !targets) {
        return (struct grid){NULL, 0};
    }
    day today = j->council->today;
    day first = figures ? s->figures[0].period.end : s->targets[0].period.end;
    day last = figures ? s->figures[s->figure_count - 1].period.end : DAY_NONE;
    if (targets && s->targets[0].period.end < first) {
        first = s->targets[0].period.end;
    }
    if (targets && s->targets[s->target_count - 1].period.end > last) {
        day wanted = s->targets[s->target_count - 1].period.end;
        last = wanted <= today ? wanted : last < today ? today : last;
    }
    const struct grid *g = grid_over(j, m->frequency, first, last);
    size_t from = position_of(g, first);
    size_t to = position_of(g, last);
    to += to < g->count && g->periods[to].end == last; // only what is over by then
    size_t count = to > from ? to - from : 0;
    return (struct grid){g->periods + from, count < PERIODS_MAX ? count : PERIODS_MAX};
}

// The version in force at the end of a period: as council_rule, among those of one code.
static const struct rule_version *rule_on(const struct judging *j, day on)
{
    const struct rule_version *const *rules = j->rules.items;
    const struct rule_version *found = NULL;
    for (size_t i = 0; i < j->rules.count; i++) {
        if (rules[i]->from == DAY_NONE || rules[i]->from <= on) {
            found = rules[i];
        }
    }
    return found;
}

static void find_rules(struct judging *j, const char *code)
{
    const struct council *c = j->council;
    if (code == j->rule_code) {
        return;
    }
    j->rule_code = code;
    j->rules.count = 0;
    for (size_t i = 0; code != NULL && i < c->rule_count; i++) {
        if (strcmp(c->rules[i].code, code) == 0) {
            *(const struct rule_version **)grow_add(&j->rules) = &c->rules[i];
        }
    }
}

static struct result result_of(const struct reading *r)
{
    return (struct result){.period = r->period,
                           .value = r->value,
                           .target = r->why.goal,
                           .status = r->status,
                           .computed = r->why.status,
                           .reason = r->why.reason,
                           .travel_short = r->short_travel.travel,
                           .travel_long = r->long_travel.travel};
}

// The row of exactly this period, walking on from `at`; NULL when there is none.
#define WALK_TO(rows, count, at, wanted)                                                           \
    while ((at) < (count) && period_compare((rows)[at].period, wanted) < 0) {                      \
        (at)++;                                                                                    \
    }                                                                                              \
    bool found = (at) < (count) && period_equal((rows)[at].period, wanted);                        \
    return found ? &(rows)[at] : NULL

static const struct figure *figure_at(const struct series *s, size_t *at, struct period p)
{
    WALK_TO(s->figures, s->figure_count, *at, p);
}

static const struct target *target_at(const struct series *s, size_t *at, struct period p)
{
    WALK_TO(s->targets, s->target_count, *at, p);
}

// One period of a series; `before` is the period before it.
static struct reading read_one(const struct judging *j, const struct measure *m,
                               const struct series *s, struct period p, struct period before,
                               const struct figure *f)
{
    struct reading r = {.measure = m,
                        .series = s,
                        .asked = p,
                        .period = p,
                        .due = p.end + m->lag_days,
                        .figure = f,
                        .rule = rule_on(j, p.end),
                        .previous_period = before};
    if (f != NULL) {
        r.value = reading_value(m, f);
        r.numerator = f->numerator;
        r.denominator = f->denominator;
        r.text = f->text;
        r.marker = f->marker;
    }
    return r;
}

static void judge_regular(struct judging *j, const struct measure *m, struct series *s)
{
    const struct council *c = j->council;
    struct grid grid = periods_of(j, m, s);
    size_t a_year = periods_a_year(m->frequency);
    struct result *results = ARENA_ARRAY(j->arena, grid.count, struct result);
    size_t at_figure = 0, at_target = 0;
    find_rules(j, m->rule_code);
    for (size_t i = 0; i < grid.count; i++) {
        struct period p = grid.periods[i];
        struct period before = i > 0 ? grid.periods[i - 1] : period_step(p, -1, c->year_start);
        struct reading r = read_one(j, m, s, p, before, figure_at(s, &at_figure, p));
        const struct target *t = target_at(s, &at_target, p);
        if (t == NULL && s->target_count > 0) {
            t = reading_year_target(c, &r);
        }
        j->values[i] = r.value;
        r.previous = i > 0 ? j->values[i - 1] : DEC_NONE;
        reading_judge(c, &r, t, i >= a_year ? j->values[i - a_year] : DEC_NONE);
        results[i] = result_of(&r);
    }
    s->results = results;
    s->result_count = grid.count;
}

void judge_series(struct judging *j, const struct measure *m, struct series *s)
{
    if (is_regular(m->frequency)) {
        judge_regular(j, m, s);
        s->limits = limits_evaluate(j->arena, j->council, m, s, s->result_count);
        return;
    }
    struct result *results = ARENA_ARRAY(j->arena, s->figure_count, struct result);
    for (size_t i = 0; i < s->figure_count; i++) {
        struct reading r = reading_of(j->council, m, s, s->figures[i].period);
        results[i] = result_of(&r);
    }
    s->results = results;
    s->result_count = s->figure_count;
    s->limits = limits_evaluate(j->arena, j->council, m, s, s->result_count);
}
