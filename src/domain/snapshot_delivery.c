// Risks, actions, projects and money.

#include <string.h>

#include "domain/code_index.h"
#include "domain/snapshot_build.h"

static struct code_index *index_of(struct build *b, const struct store_rows *rows, int column)
{
    struct code_index *x = code_index_new(b->arena, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        code_index_put(x, cell_text(&rows->rows[i], column), i);
    }
    return x;
}

static struct risk *fill_risks(struct build *b, const struct store_rows *rows)
{
    struct council *c = b->council;
    struct risk *risks = ARENA_ARRAY(b->arena, rows->count, struct risk);
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_row *r = &rows->rows[i];
        risks[i] = (struct risk){.code = cell_text(r, RISK_CODE),
                                 .title = cell_text(r, RISK_TITLE),
                                 .cause = cell_text(r, RISK_CAUSE),
                                 .event = cell_text(r, RISK_EVENT),
                                 .effect = cell_text(r, RISK_EFFECT),
                                 .category = cell_text(r, RISK_CATEGORY),
                                 .response = cell_text(r, RISK_RESPONSE),
                                 .owner = council_person(c, cell_text(r, RISK_OWNER)),
                                 .aim = council_aim(c, cell_text(r, RISK_AIM)),
                                 .initial_likelihood = cell_int(r, RISK_INITIAL_LIKELIHOOD, -1),
                                 .initial_impact = cell_int(r, RISK_INITIAL_IMPACT, -1),
                                 .initial_score = cell_int(r, RISK_INITIAL_SCORE, -1),
                                 .residual_likelihood = cell_int(r, RISK_RESIDUAL_LIKELIHOOD, -1),
                                 .residual_impact = cell_int(r, RISK_RESIDUAL_IMPACT, -1),
                                 .residual_score = cell_int(r, RISK_RESIDUAL_SCORE, -1),
                                 .target_score = cell_int(r, RISK_TARGET_SCORE, -1),
                                 .reviewed_on = cell_day(r, RISK_REVIEWED_ON)};
    }
    c->by_code[INDEX_RISKS] = index_of(b, rows, RISK_CODE);
    c->risks = risks;
    c->risk_count = rows->count;
    return risks;
}

static bool fill_controls(struct build *b, struct risk *risks)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_CONTROL, &rows)) {
        return false;
    }
    const struct council *c = b->council;
    struct control *all = ARENA_ARRAY(b->arena, rows.count, struct control);
    // Rows stand by risk: each risk's controls lie side by side.
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        all[i] = (struct control){.title = cell_text(r, CONTROL_TITLE),
                                  .effectiveness = cell_text(r, CONTROL_EFFECTIVENESS),
                                  .owner = council_person(c, cell_text(r, CONTROL_OWNER))};
        size_t at = code_index_get(c->by_code[INDEX_RISKS], cell_text(r, CONTROL_RISK));
        if (at != SIZE_MAX) {
            if (risks[at].control_count == 0) {
                risks[at].controls = &all[i];
            }
            risks[at].control_count++;
        }
    }
    return true;
}

static enum action_state action_state_of(const char *text)
{
    static const char *const states[] = {[ACTION_NOT_STARTED] = "not_started",
                                         [ACTION_IN_PROGRESS] = "in_progress",
                                         [ACTION_COMPLETED] = "completed",
                                         [ACTION_CANCELLED] = "cancelled"};
    for (size_t i = 0; text != NULL && i < COUNT_OF(states); i++) {
        if (strcmp(text, states[i]) == 0) {
            return (enum action_state)i;
        }
    }
    return ACTION_NOT_STARTED;
}

static bool fill_actions(struct build *b, struct risk *risks)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_ACTION, &rows)) {
        return false;
    }
    struct council *c = b->council;
    struct measure *measures = (struct measure *)(uintptr_t)c->measures;
    struct action *actions = ARENA_ARRAY(b->arena, rows.count, struct action);
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        actions[i] = (struct action){.code = cell_text(r, ACTION_CODE),
                                     .title = cell_text(r, ACTION_TITLE),
                                     .note = cell_text(r, ACTION_NOTE),
                                     .measure = council_measure(c, cell_text(r, ACTION_MEASURE)),
                                     .aim = council_aim(c, cell_text(r, ACTION_AIM)),
                                     .plan = council_plan(c, cell_text(r, ACTION_PLAN)),
                                     .risk = council_risk(c, cell_text(r, ACTION_RISK)),
                                     .owner = council_person(c, cell_text(r, ACTION_OWNER)),
                                     .start = cell_day(r, ACTION_START),
                                     .due = cell_day(r, ACTION_DUE),
                                     .progress = cell_int(r, ACTION_PROGRESS, -1),
                                     .state = action_state_of(cell_text(r, ACTION_STATE))};
        if (actions[i].measure != NULL) {
            measures[actions[i].measure->index].action_count++;
        }
        if (actions[i].risk != NULL) {
            risks[actions[i].risk - c->risks].action_count++;
        }
    }
    for (size_t i = 0; i < c->measure_count; i++) {
        measures[i].actions =
            ARENA_ARRAY(b->arena, measures[i].action_count, const struct action *);
        measures[i].action_count = 0;
    }
    for (size_t i = 0; i < c->risk_count; i++) {
        risks[i].actions = ARENA_ARRAY(b->arena, risks[i].action_count, const struct action *);
        risks[i].action_count = 0;
    }
    for (size_t i = 0; i < rows.count; i++) {
        if (actions[i].measure != NULL) {
            struct measure *m = &measures[actions[i].measure->index];
            m->actions[m->action_count++] = &actions[i];
        }
        if (actions[i].risk != NULL) {
            struct risk *k = &risks[actions[i].risk - c->risks];
            k->actions[k->action_count++] = &actions[i];
        }
    }
    c->actions = actions;
    c->action_count = rows.count;
    return true;
}

static bool fill_gates(struct build *b, struct project *projects)
{
    struct store_rows rows, benefits;
    if (!build_rows(b, KIND_GATE, &rows) || !build_rows(b, KIND_BENEFIT, &benefits)) {
        return false;
    }
    const struct council *c = b->council;
    struct gate *gates = ARENA_ARRAY(b->arena, rows.count, struct gate);
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        gates[i] = (struct gate){.gate = cell_text(r, GATE_GATE),
                                 .decision = cell_text(r, GATE_DECISION),
                                 .by = build_post(c, cell_text(r, GATE_BY)),
                                 .reason = cell_text(r, GATE_REASON),
                                 .decided_on = cell_day(r, GATE_DECIDED_ON)};
        size_t at = code_index_get(c->by_code[INDEX_PROJECTS], cell_text(r, GATE_PROJECT));
        if (at != SIZE_MAX) {
            if (projects[at].gate_count == 0) {
                projects[at].gates = &gates[i];
            }
            projects[at].gate_count++;
        }
    }
    struct benefit *all = ARENA_ARRAY(b->arena, benefits.count, struct benefit);
    for (size_t i = 0; i < benefits.count; i++) {
        const struct store_row *r = &benefits.rows[i];
        all[i] = (struct benefit){.measure = council_measure(c, cell_text(r, BENEFIT_MEASURE)),
                                  .expected_change = cell_text(r, BENEFIT_EXPECTED_CHANGE),
                                  .period = cell_period(b, r, BENEFIT_PERIOD)};
        size_t at = code_index_get(c->by_code[INDEX_PROJECTS], cell_text(r, BENEFIT_PROJECT));
        if (at != SIZE_MAX) {
            if (projects[at].benefit_count == 0) {
                projects[at].benefits = &all[i];
            }
            projects[at].benefit_count++;
        }
    }
    return true;
}

static bool fill_projects(struct build *b)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_PROJECT, &rows)) {
        return false;
    }
    struct council *c = b->council;
    struct project *projects = ARENA_ARRAY(b->arena, rows.count, struct project);
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        projects[i] = (struct project){.code = cell_text(r, PROJECT_CODE),
                                       .title = cell_text(r, PROJECT_TITLE),
                                       .stage = cell_text(r, PROJECT_STAGE),
                                       .sponsor = build_post(c, cell_text(r, PROJECT_SPONSOR)),
                                       .manager = build_post(c, cell_text(r, PROJECT_MANAGER)),
                                       .plan = council_plan(c, cell_text(r, PROJECT_PLAN))};
    }
    c->by_code[INDEX_PROJECTS] = index_of(b, &rows, PROJECT_CODE);
    c->projects = projects;
    c->project_count = rows.count;
    return fill_gates(b, projects);
}

static bool fill_money(struct build *b)
{
    struct store_rows lines, savings;
    if (!build_rows(b, KIND_BUDGET, &lines) || !build_rows(b, KIND_SAVING, &savings)) {
        return false;
    }
    struct council *c = b->council;
    struct budget *budgets = ARENA_ARRAY(b->arena, lines.count, struct budget);
    for (size_t i = 0; i < lines.count; i++) {
        const struct store_row *r = &lines.rows[i];
        const struct unit *unit = council_unit(c, cell_text(r, BUDGET_UNIT));
        const char *line = cell_text(r, BUDGET_LINE);
        budgets[i] = (struct budget){.line = line != NULL || unit == NULL ? line : unit->name,
                                     .unit = unit,
                                     .year = cell_period(b, r, BUDGET_YEAR),
                                     .kind = cell_text(r, BUDGET_KIND),
                                     .budget = cell_dec(r, BUDGET_BUDGET),
                                     .forecast = cell_dec(r, BUDGET_FORECAST),
                                     .actual = cell_dec(r, BUDGET_ACTUAL),
                                     .prior = cell_dec(r, BUDGET_PRIOR),
                                     .note = cell_text(r, BUDGET_NOTE)};
    }
    struct saving *all = ARENA_ARRAY(b->arena, savings.count, struct saving);
    for (size_t i = 0; i < savings.count; i++) {
        const struct store_row *r = &savings.rows[i];
        all[i] = (struct saving){.code = cell_text(r, SAVING_CODE),
                                 .title = cell_text(r, SAVING_TITLE),
                                 .note = cell_text(r, SAVING_NOTE),
                                 .unit = council_unit(c, cell_text(r, SAVING_UNIT)),
                                 .year = cell_period(b, r, SAVING_YEAR),
                                 .target = cell_dec(r, SAVING_TARGET),
                                 .delivered = cell_dec(r, SAVING_DELIVERED),
                                 .on_track = cell_dec(r, SAVING_ON_TRACK),
                                 .at_risk = cell_dec(r, SAVING_AT_RISK),
                                 .undeliverable = cell_dec(r, SAVING_UNDELIVERABLE),
                                 .one_off = cell_is(r, SAVING_ONE_OFF, "yes"),
                                 .measure = council_measure(c, cell_text(r, SAVING_MEASURE)),
                                 .project = council_project(c, cell_text(r, SAVING_PROJECT)),
                                 .risk = council_risk(c, cell_text(r, SAVING_RISK))};
    }
    c->budgets = budgets;
    c->budget_count = lines.count;
    c->savings = all;
    c->saving_count = savings.count;
    return true;
}

bool build_delivery(struct build *b)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_RISK, &rows)) {
        return false;
    }
    struct risk *risks = fill_risks(b, &rows);
    return fill_controls(b, risks) && fill_actions(b, risks) && fill_projects(b) && fill_money(b);
}
