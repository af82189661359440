#include "domain/access_place.h"

#include <string.h>

#include "domain/access_table.h"
#include "model/columns.h"

static bool is_caller(const struct facts *f, const struct caller *c, const char *person)
{
    for (size_t i = 0; person != NULL && c->people != NULL && c->people[i] != NULL; i += 2) {
        if (strcmp(c->people[i], f->organisation) == 0 && strcmp(c->people[i + 1], person) == 0) {
            return true;
        }
    }
    return false;
}

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

// ---- places ----

static struct place of_plan(struct facts *f, const char *code)
{
    return (struct place){.unit = facts_cell(f, KIND_PLAN, code, PLAN_UNIT),
                          .board = facts_cell(f, KIND_PLAN, code, PLAN_BOARD)};
}

static struct place of_aim(struct facts *f, const char *code)
{
    return of_plan(f, facts_cell(f, KIND_AIM, code, AIM_PLAN));
}

static struct place of_person(struct facts *f, const char *code)
{
    return (struct place){.unit = facts_cell(f, KIND_PERSON, code, PERSON_UNIT)};
}

static struct place of_measure_cells(const struct facts *f, const struct caller *c,
                                     const char *const *cells)
{
    return (struct place){.unit = cells[MEASURE_UNIT],
                          .measure = cells[MEASURE_CODE],
                          .parent = cells[MEASURE_CODE],
                          .own_parent = is_caller(f, c, cells[MEASURE_OWNER]) ||
                                        is_caller(f, c, cells[MEASURE_CHECKER])};
}

static struct place of_measure(struct facts *f, const struct caller *c, const char *code)
{
    const char *const *cells = facts_row(f, KIND_MEASURE, code);
    if (cells == NULL) {
        return (struct place){.parent = code};
    }
    return of_measure_cells(f, c, cells);
}

static struct place of_risk_cells(struct facts *f, const struct caller *c, const char *const *cells)
{
    struct place p =
        cells[RISK_AIM] != NULL ? of_aim(f, cells[RISK_AIM]) : of_person(f, cells[RISK_OWNER]);
    p.own = is_caller(f, c, cells[RISK_OWNER]);
    return p;
}

static struct place of_project_cells(struct facts *f, const struct caller *c,
                                     const char *const *cells)
{
    struct place p = cells[PROJECT_PLAN] != NULL ? of_plan(f, cells[PROJECT_PLAN])
                     : facts_row(f, KIND_PERSON, cells[PROJECT_MANAGER]) != NULL
                         ? of_person(f, cells[PROJECT_MANAGER])
                         : of_person(f, cells[PROJECT_SPONSOR]);
    p.own = is_caller(f, c, cells[PROJECT_MANAGER]) || is_caller(f, c, cells[PROJECT_SPONSOR]);
    return p;
}

// What belongs to a risk or a project is where that is, and whose that is.
static struct place of_parent(struct facts *f, const struct caller *c, enum kind kind,
                              const char *code)
{
    const char *const *cells = facts_row(f, kind, code);
    struct place p = {0};
    if (cells != NULL) {
        p = kind == KIND_RISK ? of_risk_cells(f, c, cells) : of_project_cells(f, c, cells);
    }
    p.parent = code;
    p.own_parent = p.own;
    p.own = false;
    return p;
}

// The first it names decides: a measure's action is where the measure is.
static struct place of_action_cells(struct facts *f, const struct caller *c,
                                    const char *const *cells)
{
    struct place p;
    if (cells[ACTION_MEASURE] != NULL) {
        p = of_measure(f, c, cells[ACTION_MEASURE]);
    } else if (cells[ACTION_RISK] != NULL) {
        p = of_parent(f, c, KIND_RISK, cells[ACTION_RISK]);
    } else if (cells[ACTION_AIM] != NULL) {
        p = of_aim(f, cells[ACTION_AIM]);
    } else if (cells[ACTION_PLAN] != NULL) {
        p = of_plan(f, cells[ACTION_PLAN]);
    } else {
        p = of_person(f, cells[ACTION_OWNER]);
    }
    p.own = is_caller(f, c, cells[ACTION_OWNER]);
    return p;
}

static struct place of_delivery(struct facts *f, const struct caller *c, enum kind kind,
                                const char *const *cells)
{
    return kind == KIND_ACTION ? of_action_cells(f, c, cells)
           : kind == KIND_RISK ? of_risk_cells(f, c, cells)
                               : of_project_cells(f, c, cells);
}

// A unit is where the unit above it is; as long as it stays there, it is where it is itself.
static struct place of_unit(const char *const *cells, const char *const *other)
{
    bool stays = other != NULL && same(other[UNIT_PARENT], cells[UNIT_PARENT]);
    return (struct place){.unit = stays ? cells[UNIT_CODE] : cells[UNIT_PARENT]};
}

static int unit_column(enum kind kind)
{
    return kind == KIND_PERSON ? PERSON_UNIT : kind == KIND_BUDGET ? BUDGET_UNIT : SAVING_UNIT;
}

struct place place_of_row(struct facts *f, const struct caller *c, enum kind kind,
                          const char *const *cells, const char *const *other)
{
    struct place p = {0};
    switch (access_of_kind(kind)->place) {
    case PLACE_ORGANISATION: return p;
    case PLACE_UNIT_ITSELF: return of_unit(cells, other);
    case PLACE_UNIT: return (struct place){.unit = cells[unit_column(kind)]};
    case PLACE_BOARD:
        return (struct place){.board =
                                  cells[kind == KIND_BOARD ? (int)BOARD_CODE : (int)MEETING_BOARD]};
    case PLACE_PLAN: return (struct place){.unit = cells[PLAN_UNIT], .board = cells[PLAN_BOARD]};
    case PLACE_AIM:
        return kind == KIND_AIM ? of_plan(f, cells[AIM_PLAN]) : of_aim(f, cells[CONTRIBUTION_AIM]);
    case PLACE_MEASURE:
        return kind == KIND_MEASURE ? of_measure_cells(f, c, cells) : of_measure(f, c, cells[0]);
    case PLACE_RISK:
        p = of_parent(f, c, KIND_RISK, cells[CONTROL_RISK]);
        p.own = is_caller(f, c, cells[CONTROL_OWNER]);
        return p;
    case PLACE_PROJECT: return of_parent(f, c, KIND_PROJECT, cells[0]);
    case PLACE_DELIVERY: return of_delivery(f, c, kind, cells);
    }
    return p;
}

bool place_in_scope(struct facts *f, const struct place *p, const struct grant *g)
{
    switch (g->scope) {
    case SCOPE_ORGANISATION: return true;
    case SCOPE_UNIT: return p->unit != NULL && facts_unit_under(f, p->unit, g->code);
    case SCOPE_BOARD:
        return (p->board != NULL && strcmp(p->board, g->code) == 0) ||
               (p->measure != NULL && facts_measure_on_board(f, p->measure, g->code));
    case SCOPE_MEASURE: return p->measure != NULL && strcmp(p->measure, g->code) == 0;
    default: return false;
    }
}
