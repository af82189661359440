#include <string.h>

#include "domain/check.h"

static bool is_one_of(const char *word, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

// The thread ends at the vision and the community strategy; where a council keeps neither here, at
// its partnership and corporate plans.
static bool is_top(const struct council *c, const struct plan *plan)
{
    static const char *const highest[] = {"vision", "community", NULL};
    static const char *const high[] = {"vision", "community", "partnership", "corporate", NULL};
    bool any_highest = false;
    for (size_t i = 0; i < c->plan_count; i++) {
        any_highest = any_highest || is_one_of(c->plans[i].kind, highest);
    }
    return is_one_of(plan->kind, any_highest ? highest : high);
}

static bool has_action(const struct council *c, const struct aim *aim)
{
    for (size_t i = 0; i < c->action_count; i++) {
        if (c->actions[i].aim == aim) {
            return true;
        }
    }
    return false;
}

void check_aims(struct checking *x)
{
    const struct council *c = x->council;
    for (size_t i = 0; i < c->aim_count; i++) {
        const struct aim *aim = &c->aims[i];
        if (aim->parent == NULL && aim->to_count == 0 && aim->plan != NULL &&
            !is_top(c, aim->plan)) {
            check_add(x, CHECK_AIM_UP, "aim", aim->code, aim->title,
                      "It is part of no other aim and contributes to none.");
        }
        if (aim->child_count == 0 && aim->from_count == 0 && aim->measure_count == 0 &&
            !has_action(c, aim)) {
            check_add(x, CHECK_AIM_DOWN, "aim", aim->code, aim->title,
                      "No measure, no action and no aim below stands for it.");
        }
    }
}
