// One measure's history as rules of referral see it.

#include "domain/refer.h"

// ---- actions ----

// What the commentary of a period tells.
static bool is_told(const struct measure *m, struct period p)
{
    const struct commentary *said = measure_commentary(m, p);
    return said != NULL && said->action != NULL;
}

static bool is_open_now(const struct action *x)
{
    return x->state == ACTION_NOT_STARTED || x->state == ACTION_IN_PROGRESS;
}

// Whether it was open on some day of `from` to `to`.
static bool is_open_within(const struct action *x, day from, day to)
{
    bool begun = x->start == DAY_NONE || x->start <= to;
    bool over = x->state == ACTION_COMPLETED && x->due != DAY_NONE && x->due < from;
    return x->state != ACTION_CANCELLED && begun && !over;
}

static bool is_newest(const struct series *s, size_t row)
{
    return row + 1 == s->result_count || s->results[row + 1].status == STATUS_NOT_DUE;
}

// Whether an action answers the period of a row.
static bool is_answered(const struct council *c, const struct measure *m, size_t row)
{
    struct period p = m->series[0].results[row].period;
    struct period next = period_step(p, 1, c->year_start);
    day to = next.kind == PERIOD_NONE ? p.end : next.end;
    bool newest = is_newest(&m->series[0], row);
    for (size_t i = 0; i < m->action_count; i++) {
        const struct action *x = m->actions[i];
        if ((newest && is_open_now(x)) || is_open_within(x, p.end, to)) {
            return true;
        }
    }
    return is_told(m, p);
}

// ---- the chart at the time ----

// The step changes that had been recorded when the figure of the period was due.
static void keep_known(struct arena *a, struct series *s, day known_on)
{
    struct rebase *kept = ARENA_ARRAY(a, s->rebase_count, struct rebase);
    size_t count = 0;
    for (size_t i = 0; i < s->rebase_count; i++) {
        if (s->rebases[i].agreed_on == DAY_NONE || s->rebases[i].agreed_on <= known_on) {
            kept[count++] = s->rebases[i];
        }
    }
    s->rebases = kept;
    s->rebase_count = count;
}

const struct limits *refer_limits_then(struct arena *a, const struct council *c,
                                       const struct measure *m, size_t row)
{
    struct series known = m->series[0];
    if (known.rebase_count > 0) {
        keep_known(a, &known, known.results[row].period.end + m->lag_days);
    }
    return limits_evaluate(a, c, m, &known, row + 1);
}

// Runs of seven that a chart shows among its last seven rows.
static void mark_shifts(const struct limits *l, size_t row, struct referral_then *then)
{
    for (size_t i = row + 1 < SPC_RUN ? 0 : row + 1 - SPC_RUN; i <= row && l->segment_count > 0;
         i++) {
        then[i].is_level_shift = then[i].is_level_shift || (l->points[i].flags & SPC_SHIFT) != 0;
    }
}

static bool has_figure(const struct limits *l, size_t row)
{
    return l->figures > 0 && l->latest == row;
}

static void draw_charts(struct arena *scratch, const struct council *c, const struct measure *m,
                        size_t rows, struct referral_then *then)
{
    for (size_t row = 0; row < rows; row++) {
        const struct limits *l = refer_limits_then(scratch, c, m, row);
        if (has_figure(l, row)) {
            then[row].variation = l->variation;
            then[row].assurance = l->assurance;
            then[row].figures = l->figures;
            mark_shifts(l, row, then);
        }
    }
}

// In memory of its own: the charts of a long history are no longer needed one by one.
static void draw_aside(struct arena *a, const struct council *c, const struct measure *m,
                       size_t rows, struct referral_then *then)
{
    struct arena *scratch = arena_new(0);
    if (scratch == NULL || ARENA_TRAP(scratch)) {
        arena_free(scratch);
        arena_give_up(a);
    }
    draw_charts(scratch, c, m, rows, then);
    arena_free(scratch);
}

static bool is_drawn(enum limits_why why)
{
    return why != LIMITS_NOT_WANTED && why != LIMITS_WORDS && why != LIMITS_CUMULATIVE &&
           why != LIMITS_IRREGULAR && why != LIMITS_IN_DEVELOPMENT;
}

struct referral_history refer_history(struct arena *a, const struct council *c,
                                      const struct measure *m, size_t rows)
{
    const struct series *s = &m->series[0];
    enum status *status = ARENA_ARRAY(a, rows, enum status);
    bool *acting = ARENA_ARRAY(a, rows, bool);
    struct referral_then *then = ARENA_ARRAY(a, rows, struct referral_then);
    for (size_t i = 0; i < rows; i++) {
        status[i] = s->results[i].status;
        acting[i] = is_answered(c, m, i);
    }
    for (size_t i = 0; i < s->rebase_count; i++) {
        size_t row = limits_rebase_row(s, rows, s->rebases[i].period);
        if (row < rows) {
            then[row].is_level_shift = true;
        }
    }
    bool charted = rows > 0 && is_drawn(limits_evaluate(a, c, m, s, 0)->why);
    if (charted) {
        draw_aside(a, c, m, rows, then);
    }
    return (struct referral_history){status, acting, then, charted, 0, rows};
}
