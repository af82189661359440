// What the thread says about plans and aims: what leads nowhere, and the line up to the vision.

#include <string.h>

#include "view/plans.h"

const int *aim_action_counts(const struct council *c, struct arena *a)
{
    int *counts = ARENA_ARRAY(a, c->aim_count + 1, int);
    for (size_t i = 0; i < c->action_count; i++) {
        if (c->actions[i].aim != NULL) {
            counts[c->actions[i].aim->index]++;
        }
    }
    return counts;
}

bool aim_leads_nowhere(const struct aim *aim, int actions)
{
    for (size_t i = 0; i < aim->measure_count; i++) {
        if (aim->measures[i]->state != MEASURE_RETIRED) {
            return false;
        }
    }
    return aim->child_count == 0 && aim->to_count == 0 && aim->from_count == 0 && actions == 0;
}

static bool is_top(const struct plan *plan)
{
    return strcmp(plan->kind, "vision") == 0 || strcmp(plan->kind, "community") == 0;
}

// The plans along one aim's line, each once.
static size_t plans_of_line(const struct council *c, struct arena *a, const struct aim *aim,
                            const struct plan **plans)
{
    const struct aim *const *line = NULL;
    size_t count = thread_up(c, a, aim, &line);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (line[i]->plan != NULL && (found == 0 || plans[found - 1] != line[i]->plan)) {
            plans[found++] = line[i]->plan;
        }
    }
    return found;
}

size_t plan_line(const struct council *c, struct arena *a, const struct plan *plan,
                 const struct plan *const **ret_line)
{
    const struct plan **best = ARENA_ARRAY(a, c->aim_count + 1, const struct plan *);
    const struct plan **next = ARENA_ARRAY(a, c->aim_count + 1, const struct plan *);
    size_t best_count = 1;
    best[0] = plan;
    for (size_t i = 0; i < c->aim_count; i++) {
        const struct aim *aim = &c->aims[i];
        // Only an aim that contributes can lead out of its plan.
        if (aim->plan != plan || aim->to_count == 0) {
            continue;
        }
        size_t count = plans_of_line(c, a, aim, next);
        bool reaches = is_top(next[count - 1]), reached = is_top(best[best_count - 1]);
        if (count > 1 && (best_count == 1 || (reaches && !reached))) {
            memcpy(best, next, count * sizeof *best);
            best_count = count;
        }
        if (best_count > 1 && is_top(best[best_count - 1])) {
            break;
        }
    }
    *ret_line = best;
    return best_count;
}
