#include "domain/refer.h"

#include <stdlib.h>

#include "base/grow.h"

// The results that are looked at: those that were due, up to `to`. What is not due yet stands at
// the end.
static size_t rows_until(const struct series *s, day to)
{
    size_t rows = s->result_count;
    while (rows > 0 && (s->results[rows - 1].status == STATUS_NOT_DUE ||
                        (to != DAY_NONE && s->results[rows - 1].period.end > to))) {
        rows--;
    }
    return rows;
}

static int months_between(struct period from, struct period to)
{
    struct ymd x = day_to_ymd(from.end), y = day_to_ymd(to.end);
    return (y.year - x.year) * 12 + y.month - x.month;
}

static bool is_about(const struct refer_rule *rule, const struct refer_scope *scope,
                     const struct measure *m)
{
    return (rule->classes == 0 || (m->classes & rule->classes) != 0) &&
           (scope->classes == 0 || (m->classes & scope->classes) != 0) &&
           (scope->only == NULL || scope->only == m);
}

// A referral that was open when its measure ended is open no longer.
static void take_end(const struct measure *m, const struct refer_scope *scope, size_t rows,
                     const struct referral *found, struct referred *r)
{
    const struct result *results = m->series[0].results;
    struct period last = results[rows - 1].period;
    r->until = PERIOD_ABSENT;
    r->ended_on = DAY_NONE;
    r->end = REFER_OPEN;
    r->periods = (int)(rows - 1 - found->since);
    if (found->until < rows) {
        r->until = last = results[found->until].period;
        r->ended_on = r->until.end;
        r->end = REFER_RECOVERED;
        r->periods = (int)(found->until - found->since);
    } else if (m->state == MEASURE_RETIRED) {
        day on = m->retired_on == DAY_NONE ? last.end : m->retired_on;
        if (scope->to == DAY_NONE || on <= scope->to) {
            r->ended_on = on < r->since.end ? r->since.end : on;
            r->end = REFER_RETIRED;
        }
    }
    r->months = months_between(r->since, last);
}

struct playing {
    const struct council *council;
    struct arena *arena;
    const struct refer_scope *scope;
    struct grow *found; // struct referred, one list a rule
};

static size_t first_row(const struct series *s, size_t rows, day from)
{
    size_t row = 0;
    while (row < rows && from != DAY_NONE && s->results[row].period.end < from) {
        row++;
    }
    return row;
}

static void play_measure(const struct playing *p, const struct measure *m,
                         struct referral_history *h, const struct refer_rule *rule,
                         struct grow *into)
{
    day from = p->scope->from > rule->from ? p->scope->from : rule->from; // DAY_NONE is least
    h->first = first_row(&m->series[0], h->count, from);
    struct referral *found = ARENA_ARRAY(p->arena, h->count, struct referral);
    size_t count = referral_evaluate(h, &rule->how, found);
    for (size_t i = 0; i < count; i++) {
        struct referred *r = grow_add(into);
        *r = (struct referred){.measure = m,
                               .row = found[i].since,
                               .since = m->series[0].results[found[i].since].period,
                               .seen = found[i].seen,
                               .of = found[i].of,
                               .figures = h->then[found[i].since].figures,
                               .noise = found[i].noise,
                               .why = found[i].why};
        take_end(m, p->scope, h->count, &found[i], r);
    }
}

// ---- by quarter ----

// The first and the last day that is looked at.
struct reach {
    day first, last;
};

static void widen(struct reach *reach, const struct series *s, size_t first, size_t rows)
{
    if (first >= rows) {
        return;
    }
    day from = s->results[first].period.end, to = s->results[rows - 1].period.end;
    reach->first = reach->first == DAY_NONE || from < reach->first ? from : reach->first;
    reach->last = to > reach->last ? to : reach->last;
}

static void count_quarters(const struct council *c, struct arena *a, const struct reach *reach,
                           struct refer_play *play)
{
    if (reach->first == DAY_NONE) {
        return;
    }
    struct grow quarters = grow_new(a, sizeof(struct refer_quarter));
    struct period q = period_of(PERIOD_QUARTER, reach->first, c->year_start);
    for (; q.kind != PERIOD_NONE && q.start <= reach->last; q = period_step(q, 1, c->year_start)) {
        struct refer_quarter *at = grow_add(&quarters);
        at->quarter = q;
        for (size_t i = 0; i < play->count; i++) {
            const struct referred *r = &play->referred[i];
            bool ended = r->ended_on != DAY_NONE && r->ended_on <= q.end;
            at->newly +=
                period_contains(q, (struct period){PERIOD_SPAN, r->since.end, r->since.end});
            at->ended += ended && r->ended_on >= q.start;
            at->open += r->since.end <= q.end && !ended;
        }
    }
    play->quarters = quarters.items;
    play->quarter_count = quarters.count;
}

static int by_day(const void *left, const void *right)
{
    const struct referred *x = left, *y = right;
    if (x->since.end != y->since.end) {
        return x->since.end < y->since.end ? -1 : 1;
    }
    return x->measure->index < y->measure->index ? -1 : x->measure->index > y->measure->index;
}

void refer_play(const struct council *c, struct arena *a, const struct refer_rule *rules,
                size_t count, const struct refer_scope *scope, struct refer_play *ret)
{
    struct playing p = {c, a, scope, ARENA_ARRAY(a, count, struct grow)};
    struct reach *reaches = ARENA_ARRAY(a, count, struct reach);
    for (size_t k = 0; k < count; k++) {
        ret[k] = (struct refer_play){.rule = &rules[k]};
        reaches[k] = (struct reach){DAY_NONE, DAY_NONE};
        p.found[k] = grow_new(a, sizeof(struct referred));
    }
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        size_t rows = rows_until(&m->series[0], scope->to);
        struct referral_history h = {0};
        for (size_t k = 0; k < count; k++) {
            if (rows == 0 || !is_about(&rules[k], scope, m)) {
                continue;
            }
            if (h.count == 0) {
                h = refer_history(a, c, m, rows); // once for all rules
            }
            play_measure(&p, m, &h, &rules[k], &p.found[k]);
            widen(&reaches[k], &m->series[0], h.first, rows);
            ret[k].looked_at++;
        }
    }
    for (size_t k = 0; k < count; k++) {
        ret[k].referred = p.found[k].items;
        ret[k].count = p.found[k].count;
        if (ret[k].count > 1) {
            qsort(p.found[k].items, ret[k].count, sizeof(struct referred), by_day);
        }
        count_quarters(c, a, &reaches[k], &ret[k]);
    }
}

const struct limits *refer_limits(struct arena *a, const struct council *c,
                                  const struct referred *r)
{
    return refer_limits_then(a, c, r->measure, r->row);
}
