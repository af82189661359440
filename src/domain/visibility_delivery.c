// Risks, actions, projects and money as they are seen.

#include "domain/visibility_copy.h"

static void copy_controls(struct copy *k, struct risk *r)
{
    struct control *controls = ARENA_ARRAY(k->arena, r->control_count, struct control);
    for (size_t i = 0; i < r->control_count; i++) {
        controls[i] = r->controls[i];
        controls[i].owner = copy_person(k, controls[i].owner);
    }
    r->controls = controls;
}

static void copy_risks(struct copy *k)
{
    for (size_t i = 0; i < k->whole->risk_count; i++) {
        if (k->risk_at[i] == SIZE_MAX) {
            continue;
        }
        const struct risk *from = &k->whole->risks[i];
        struct risk *r = &k->risks[k->risk_at[i]];
        *r = *from;
        r->owner = copy_person(k, from->owner);
        r->aim = copy_aim(k, from->aim);
        copy_controls(k, r);
        r->actions = ARENA_ARRAY(k->arena, from->action_count, const struct action *);
        r->action_count = 0;
        for (size_t n = 0; n < from->action_count; n++) {
            const struct action *x = copy_action(k, from->actions[n]);
            if (x != NULL) {
                r->actions[r->action_count++] = x;
            }
        }
    }
}

// What is done about something seen as published only does not lead to it: nothing may be counted
// there that is not shown there.
static const struct measure *measure_of(const struct copy *k, const struct measure *m)
{
    return seen_measure(k->seen, m) == SIGHT_WHOLE ? copy_measure(k, m) : NULL;
}

static void copy_actions(struct copy *k)
{
    for (size_t i = 0; i < k->whole->action_count; i++) {
        if (k->action_at[i] == SIZE_MAX) {
            continue;
        }
        struct action *x = &k->actions[k->action_at[i]];
        *x = k->whole->actions[i];
        x->measure = measure_of(k, x->measure);
        x->aim = copy_aim(k, x->aim);
        x->plan = copy_plan(k, x->plan);
        x->risk = copy_risk(k, x->risk);
        x->owner = copy_person(k, x->owner);
    }
}

static void copy_projects(struct copy *k)
{
    for (size_t i = 0; i < k->whole->project_count; i++) {
        if (k->project_at[i] == SIZE_MAX) {
            continue;
        }
        const struct project *from = &k->whole->projects[i];
        struct project *p = &k->projects[k->project_at[i]];
        *p = *from;
        p->plan = copy_plan(k, from->plan);
        struct benefit *benefits = ARENA_ARRAY(k->arena, from->benefit_count, struct benefit);
        p->benefits = benefits;
        p->benefit_count = 0;
        for (size_t n = 0; n < from->benefit_count; n++) {
            if (copy_measure(k, from->benefits[n].measure) != NULL) {
                struct benefit *b = &benefits[p->benefit_count++];
                *b = from->benefits[n];
                b->measure = copy_measure(k, b->measure);
            }
        }
    }
}

static void copy_money(struct copy *k)
{
    const struct council *whole = k->whole;
    struct budget *budgets = ARENA_ARRAY(k->arena, whole->budget_count, struct budget);
    struct saving *savings = ARENA_ARRAY(k->arena, whole->saving_count, struct saving);
    size_t budget_count = 0, saving_count = 0;
    for (size_t i = 0; i < whole->budget_count; i++) {
        if (k->seen->budgets[i]) {
            budgets[budget_count] = whole->budgets[i];
            budgets[budget_count].unit = copy_unit(k, whole->budgets[i].unit);
            budget_count++;
        }
    }
    for (size_t i = 0; i < whole->saving_count; i++) {
        if (k->seen->savings[i]) {
            struct saving *s = &savings[saving_count++];
            *s = whole->savings[i];
            s->unit = copy_unit(k, s->unit);
            s->measure = copy_measure(k, s->measure);
            s->project = copy_project(k, s->project);
            s->risk = copy_risk(k, s->risk);
        }
    }
    k->council->budgets = budgets;
    k->council->budget_count = budget_count;
    k->council->savings = savings;
    k->council->saving_count = saving_count;
}

void copy_delivery(struct copy *k)
{
    copy_risks(k);
    copy_actions(k);
    copy_projects(k);
    copy_money(k);
}
