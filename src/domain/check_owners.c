#include "domain/check.h"

static bool has_left(const struct checking *x, const struct person *p)
{
    return p->left_on != DAY_NONE && p->left_on <= x->council->today;
}

static void check_owner(struct checking *x, const char *kind, const char *code, const char *title,
                        const char *role, const struct person *p)
{
    if (p == NULL || !has_left(x, p)) {
        return;
    }
    check_add(x, CHECK_OWNER_LEFT, kind, code, title,
              arena_printf(x->arena, "Its %s, %s (%s), left on %s.", role, p->name, p->code,
                           day_shown(x->arena, p->left_on)));
}

static bool is_open(const struct action *a)
{
    return a->state != ACTION_COMPLETED && a->state != ACTION_CANCELLED;
}

static void check_left(struct checking *x)
{
    const struct council *c = x->council;
    for (size_t i = 0; i < c->unit_count; i++) {
        check_owner(x, "unit", c->units[i].code, c->units[i].name, "head", c->units[i].head);
    }
    for (size_t i = 0; i < c->plan_count; i++) {
        check_owner(x, "plan", c->plans[i].code, c->plans[i].title, "owner", c->plans[i].owner);
    }
    for (size_t i = 0; i < c->aim_count; i++) {
        check_owner(x, "aim", c->aims[i].code, c->aims[i].title, "owner", c->aims[i].owner);
    }
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        if (m->state != MEASURE_RETIRED) {
            check_owner(x, "measure", m->code, m->title, "owner", m->owner);
            check_owner(x, "measure", m->code, m->title, "checker", m->checker);
        }
    }
    for (size_t i = 0; i < c->action_count; i++) {
        const struct action *a = &c->actions[i];
        check_owner(x, "action", a->code, a->title, "owner", is_open(a) ? a->owner : NULL);
    }
    for (size_t i = 0; i < c->risk_count; i++) {
        check_owner(x, "risk", c->risks[i].code, c->risks[i].title, "owner", c->risks[i].owner);
    }
}

static bool owns_a_measure(const struct council *c, const struct person *p)
{
    for (size_t i = 0; i < c->measure_count; i++) {
        if (c->measures[i].owner == p && c->measures[i].state != MEASURE_RETIRED) {
            return true;
        }
    }
    return false;
}

void check_owners(struct checking *x)
{
    const struct council *c = x->council;
    check_left(x);
    for (size_t i = 0; i < c->person_count && c->unit_count > 0; i++) {
        const struct person *p = &c->people[i];
        if (p->unit == NULL && owns_a_measure(c, p)) {
            check_add(x, CHECK_OWNER_UNIT, "person", p->code, p->name,
                      "This owner of measures belongs to no unit.");
        }
    }
}
