#include "domain/visibility_seen.h"

#include <string.h>

size_t seen_at(const void *array, size_t count, size_t size, const void *element)
{
    const char *first = array, *one = element;
    if (one == NULL || count == 0 || one < first || one >= first + count * size) {
        return SIZE_MAX;
    }
    return (size_t)(one - first) / size;
}

enum sight seen_measure(const struct seen *s, const struct measure *m)
{
    return m == NULL ? SIGHT_NONE : s->measures[m->index];
}

enum sight seen_plan(const struct seen *s, const struct plan *p)
{
    return p == NULL ? SIGHT_NONE : s->plans[p->index];
}

enum sight seen_aim(const struct seen *s, const struct aim *a)
{
    return a == NULL ? SIGHT_NONE : seen_plan(s, a->plan);
}

// ---- what the scopes hold ----

static void see(enum sight *at, enum sight sight)
{
    *at = sight > *at ? sight : *at;
}

static void see_measure(struct seen *s, const struct measure *m, bool published)
{
    if (!published) {
        see(&s->measures[m->index], SIGHT_WHOLE);
    } else if (m->is_public) {
        see(&s->measures[m->index], SIGHT_PUBLISHED);
    }
}

static bool is_under(const struct council *c, const struct unit *unit, const struct unit *top)
{
    for (size_t steps = 0; unit != NULL && steps <= c->unit_count; steps++, unit = unit->parent) {
        if (unit == top) {
            return true;
        }
    }
    return false;
}

static void see_unit(struct seen *s, const struct unit *top, bool published)
{
    const struct council *c = s->whole;
    for (size_t i = 0; i < c->measure_count; i++) {
        if (is_under(c, c->measures[i].unit, top)) {
            see_measure(s, &c->measures[i], published);
        }
    }
    for (size_t i = 0; i < c->plan_count; i++) {
        if (is_under(c, c->plans[i].unit, top)) {
            see(&s->plans[i], published ? SIGHT_PUBLISHED : SIGHT_WHOLE);
        }
    }
    for (size_t i = 0; i < c->unit_count && !published; i++) {
        s->own_units[i] = s->own_units[i] || is_under(c, &c->units[i], top);
    }
    for (size_t i = 0; i < c->person_count && !published; i++) {
        s->own_people[i] = s->own_people[i] || is_under(c, c->people[i].unit, top);
    }
}

static void see_board(struct seen *s, const struct board *board, bool published)
{
    const struct council *c = s->whole;
    if (!published) {
        s->own_boards[board->index] = true;
    }
    for (size_t i = 0; i < c->plan_count; i++) {
        if (c->plans[i].board == board) {
            see(&s->plans[i], published ? SIGHT_PUBLISHED : SIGHT_WHOLE);
        }
    }
    for (size_t i = 0; i < c->aim_count; i++) {
        const struct aim *aim = &c->aims[i];
        for (size_t k = 0; aim->plan != NULL && aim->plan->board == board && k < aim->measure_count;
             k++) {
            see_measure(s, aim->measures[k], published);
        }
    }
}

static void see_all_published(struct seen *s)
{
    for (size_t i = 0; i < s->whole->measure_count; i++) {
        see_measure(s, &s->whole->measures[i], true);
    }
    for (size_t i = 0; i < s->whole->plan_count; i++) {
        see(&s->plans[i], SIGHT_PUBLISHED);
    }
}

// A code that the council does not have (any more) shows nothing.
static void see_scope(struct seen *s, const struct visible_scope *scope)
{
    const struct unit *unit = NULL;
    const struct board *board = NULL;
    const struct measure *m = NULL;
    switch (scope->scope) {
    case SCOPE_ORGANISATION: see_all_published(s); break;
    case SCOPE_UNIT: unit = council_unit(s->whole, scope->code); break;
    case SCOPE_BOARD: board = council_board(s->whole, scope->code); break;
    default: m = council_measure(s->whole, scope->code); break;
    }
    if (unit != NULL) {
        see_unit(s, unit, scope->published);
    } else if (board != NULL) {
        see_board(s, board, scope->published);
    } else if (m != NULL) {
        see_measure(s, m, scope->published);
    }
}

// ---- delivery and money, with what they are about ----

static bool is_own(const struct seen *s, const struct person *p)
{
    size_t at = SEEN_AT(s->whole, people, person_count, p);
    return at != SIZE_MAX && s->own_people[at];
}

static bool is_own_unit(const struct seen *s, const struct unit *u)
{
    return u != NULL && s->own_units[u->index];
}

static bool sees_action(const struct seen *s, const struct action *x)
{
    size_t risk = SEEN_AT(s->whole, risks, risk_count, x->risk);
    return seen_measure(s, x->measure) == SIGHT_WHOLE || seen_aim(s, x->aim) == SIGHT_WHOLE ||
           seen_plan(s, x->plan) == SIGHT_WHOLE || (risk != SIZE_MAX && s->risks[risk]) ||
           is_own(s, x->owner);
}

static bool sees_project(const struct seen *s, const struct project *x)
{
    bool moves = false;
    for (size_t i = 0; i < x->benefit_count; i++) {
        moves = moves || seen_measure(s, x->benefits[i].measure) == SIGHT_WHOLE;
    }
    return moves || seen_plan(s, x->plan) == SIGHT_WHOLE;
}

static void see_delivery(struct seen *s)
{
    const struct council *c = s->whole;
    for (size_t i = 0; i < c->risk_count; i++) {
        s->risks[i] = seen_aim(s, c->risks[i].aim) == SIGHT_WHOLE || is_own(s, c->risks[i].owner);
    }
    for (size_t i = 0; i < c->action_count; i++) {
        s->actions[i] = sees_action(s, &c->actions[i]);
    }
    for (size_t i = 0; i < c->project_count; i++) {
        s->projects[i] = sees_project(s, &c->projects[i]);
    }
    for (size_t i = 0; i < c->budget_count; i++) {
        s->budgets[i] = is_own_unit(s, c->budgets[i].unit);
    }
    for (size_t i = 0; i < c->saving_count; i++) {
        s->savings[i] = is_own_unit(s, c->savings[i].unit);
    }
}

// ---- units, people and boards that what is seen names ----

static void name_person(struct seen *s, const struct person *p)
{
    size_t at = SEEN_AT(s->whole, people, person_count, p);
    if (at != SIZE_MAX) {
        s->people[at] = true;
    }
}

static void name_unit(struct seen *s, const struct unit *u)
{
    if (u != NULL) {
        s->units[u->index] = true;
    }
}

static void name_of_measures(struct seen *s)
{
    const struct council *c = s->whole;
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        if (s->measures[i] != SIGHT_NONE) {
            name_unit(s, m->unit);
        }
        if (s->measures[i] != SIGHT_WHOLE) {
            continue;
        }
        name_person(s, m->owner);
        name_person(s, m->checker);
        for (size_t k = 0; k < m->commentary_count; k++) {
            name_person(s, m->commentary[k].action_owner);
            name_person(s, m->commentary[k].author);
        }
    }
}

static void name_of_plans(struct seen *s)
{
    const struct council *c = s->whole;
    for (size_t i = 0; i < c->plan_count; i++) {
        const struct plan *p = &c->plans[i];
        bool whole = s->plans[i] == SIGHT_WHOLE;
        if (s->plans[i] != SIGHT_NONE) {
            name_unit(s, p->unit);
        }
        if (s->plans[i] != SIGHT_NONE && p->board != NULL) {
            s->boards[p->board->index] = true;
            s->own_boards[p->board->index] = s->own_boards[p->board->index] || whole;
        }
        name_person(s, whole ? p->owner : NULL);
    }
    for (size_t i = 0; i < c->aim_count; i++) {
        name_person(s, seen_aim(s, &c->aims[i]) == SIGHT_WHOLE ? c->aims[i].owner : NULL);
    }
}

static void name_of_delivery(struct seen *s)
{
    const struct council *c = s->whole;
    for (size_t i = 0; i < c->risk_count; i++) {
        name_person(s, s->risks[i] ? c->risks[i].owner : NULL);
        for (size_t k = 0; s->risks[i] && k < c->risks[i].control_count; k++) {
            name_person(s, c->risks[i].controls[k].owner);
        }
    }
    for (size_t i = 0; i < c->action_count; i++) {
        name_person(s, s->actions[i] ? c->actions[i].owner : NULL);
    }
    for (size_t i = 0; i < c->unit_count; i++) {
        name_person(s, s->own_units[i] ? c->units[i].head : NULL);
    }
}

static void add_own(bool *all, const bool *own, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        all[i] = all[i] || own[i];
    }
}

struct seen *visibility_seen(const struct council *whole, struct arena *a,
                             const struct visibility *v)
{
    struct seen *s = ARENA_NEW(a, struct seen);
    *s = (struct seen){.whole = whole,
                       .arena = a,
                       .measures = ARENA_ARRAY(a, whole->measure_count, enum sight),
                       .plans = ARENA_ARRAY(a, whole->plan_count, enum sight),
                       .units = ARENA_ARRAY(a, whole->unit_count, bool),
                       .people = ARENA_ARRAY(a, whole->person_count, bool),
                       .boards = ARENA_ARRAY(a, whole->board_count, bool),
                       .risks = ARENA_ARRAY(a, whole->risk_count, bool),
                       .actions = ARENA_ARRAY(a, whole->action_count, bool),
                       .projects = ARENA_ARRAY(a, whole->project_count, bool),
                       .budgets = ARENA_ARRAY(a, whole->budget_count, bool),
                       .savings = ARENA_ARRAY(a, whole->saving_count, bool),
                       .own_units = ARENA_ARRAY(a, whole->unit_count, bool),
                       .own_people = ARENA_ARRAY(a, whole->person_count, bool),
                       .own_boards = ARENA_ARRAY(a, whole->board_count, bool)};
    for (size_t i = 0; i < v->count; i++) {
        see_scope(s, &v->scopes[i]);
    }
    see_delivery(s);
    name_of_measures(s);
    name_of_plans(s);
    name_of_delivery(s);
    add_own(s->units, s->own_units, whole->unit_count);
    add_own(s->people, s->own_people, whole->person_count);
    add_own(s->boards, s->own_boards, whole->board_count);
    return s;
}
