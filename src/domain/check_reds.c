#include "domain/check.h"

// The last period that was judged.
static const struct result *last_scored(const struct series *s)
{
    for (size_t i = s->result_count; i > 0; i--) {
        if (status_is_scored(s->results[i - 1].status)) {
            return &s->results[i - 1];
        }
    }
    return NULL;
}

static bool has_open_action(const struct measure *m)
{
    for (size_t i = 0; i < m->action_count; i++) {
        if (m->actions[i]->state == ACTION_NOT_STARTED ||
            m->actions[i]->state == ACTION_IN_PROGRESS) {
            return true;
        }
    }
    return false;
}

void check_reds(struct checking *x)
{
    const struct council *c = x->council;
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        const struct result *last = last_scored(&m->series[0]);
        if (m->state != MEASURE_LIVE || last == NULL || last->status != STATUS_OFF_TARGET) {
            continue;
        }
        const struct commentary *said = measure_commentary(m, last->period);
        const char *period = period_id(x->arena, last->period, c->year_start);
        if (!has_open_action(m) && (said == NULL || said->action == NULL)) {
            check_add(
                x, CHECK_RED_ACTION, "measure", m->code, m->title,
                arena_printf(x->arena, "It is off target in %s, and no action is open.", period));
        }
        if (said == NULL || (said->what_happened == NULL && said->why == NULL)) {
            check_add(
                x, CHECK_RED_COMMENTARY, "measure", m->code, m->title,
                arena_printf(x->arena, "It is off target in %s, and nobody has said why.", period));
        }
    }
}
