#include "model/columns.h"
#include "model/kinds.h"

static const char *const action_states[] = {"not_started", "in_progress", "completed", "cancelled",
                                            NULL};
static const char *const decisions[] = {"proceed", "proceed_with_conditions", "pause", "stop",
                                        NULL};
static const char *const budget_kinds[] = {"revenue", "capital", "capital_financing", "income",
                                           NULL};

static const struct column action_columns[] = {
    [ACTION_CODE] =
        {.name = "code", .type = COLUMN_CODE, .required = true, .key = true, .label = "Code"},
    [ACTION_TITLE] = {.name = "title", .type = COLUMN_TEXT, .required = true, .label = "Title"},
    [ACTION_MEASURE] = {.name = "measure",
                        .type = COLUMN_REFERENCE,
                        .refers = KIND_MEASURE,
                        .label = "Measure"},
    [ACTION_AIM] = {.name = "aim", .type = COLUMN_REFERENCE, .refers = KIND_AIM, .label = "Aim"},
    [ACTION_PLAN] = {.name = "plan",
                     .type = COLUMN_REFERENCE,
                     .refers = KIND_PLAN,
                     .label = "Plan",
                     .hint = "Start and due must lie within it."},
    [ACTION_RISK] = {.name = "risk",
                     .type = COLUMN_REFERENCE,
                     .refers = KIND_RISK,
                     .label = "Risk"},
    [ACTION_OWNER] = {.name = "owner",
                      .type = COLUMN_REFERENCE,
                      .refers = KIND_PERSON,
                      .label = "Owner"},
    [ACTION_START] = {.name = "start", .type = COLUMN_DATE, .label = "Starts"},
    [ACTION_DUE] = {.name = "due", .type = COLUMN_DATE, .label = "Due"},
    [ACTION_PROGRESS] = {.name = "progress",
                         .type = COLUMN_INTEGER,
                         .max = 100,
                         .label = "Progress",
                         .hint = "0 to 100."},
    [ACTION_STATE] = {.name = "state",
                      .type = COLUMN_CHOICE,
                      .choices = action_states,
                      .fallback = "not_started",
                      .label = "State"},
    [ACTION_NOTE] = {.name = "note", .type = COLUMN_LONG_TEXT, .label = "Note"},
};

const struct descriptor kind_action = {
    .kind = KIND_ACTION,
    .name = "action",
    .file = "actions.csv",
    .table = "actions",
    .about = "What is being done, by whom, by when.",
    .columns = action_columns,
    .count = ACTION_COLUMNS,
    .known_from = -1,
};

static const struct column project_columns[] = {
    [PROJECT_CODE] =
        {.name = "code", .type = COLUMN_CODE, .required = true, .key = true, .label = "Code"},
    [PROJECT_TITLE] = {.name = "title", .type = COLUMN_TEXT, .required = true, .label = "Title"},
    [PROJECT_SPONSOR] = {.name = "sponsor",
                         .type = COLUMN_REFERENCE,
                         .refers = KIND_PERSON,
                         .soft = true,
                         .label = "Sponsor",
                         .hint = "A code of people.csv, or a post in words."},
    [PROJECT_MANAGER] = {.name = "manager",
                         .type = COLUMN_REFERENCE,
                         .refers = KIND_PERSON,
                         .soft = true,
                         .label = "Manager",
                         .hint = "A code of people.csv, or a post in words."},
    [PROJECT_PLAN] = {.name = "plan",
                      .type = COLUMN_REFERENCE,
                      .refers = KIND_PLAN,
                      .label = "Plan"},
    [PROJECT_STAGE] = {.name = "stage", .type = COLUMN_TEXT, .label = "Stage"},
    [PROJECT_START] = {.name = "start", .type = COLUMN_DATE, .extension = true, .label = "Starts"},
    [PROJECT_END] = {.name = "end", .type = COLUMN_DATE, .extension = true, .label = "Ends"},
    [PROJECT_NOTE] = {.name = "note", .type = COLUMN_LONG_TEXT, .extension = true, .label = "Note"},
};

const struct descriptor kind_project = {
    .kind = KIND_PROJECT,
    .name = "project",
    .file = "projects.csv",
    .table = "projects",
    .about = "Projects, their sponsors and stages.",
    .columns = project_columns,
    .count = PROJECT_COLUMNS,
    .known_from = -1,
};

static const struct column gate_columns[] = {
    [GATE_PROJECT] = {.name = "project",
                      .type = COLUMN_REFERENCE,
                      .required = true,
                      .key = true,
                      .refers = KIND_PROJECT,
                      .label = "Project"},
    [GATE_GATE] =
        {.name = "gate", .type = COLUMN_TEXT, .required = true, .key = true, .label = "Gate"},
    [GATE_DECIDED_ON] = {.name = "decided_on",
                         .type = COLUMN_DATE,
                         .key = true,
                         .label = "Decided on"},
    [GATE_DECISION] = {.name = "decision",
                       .type = COLUMN_CHOICE,
                       .choices = decisions,
                       .label = "Decision"},
    [GATE_BY] = {.name = "by", .type = COLUMN_TEXT, .label = "Decided by"},
    [GATE_REASON] = {.name = "reason", .type = COLUMN_LONG_TEXT, .label = "Reason"},
};

const struct descriptor kind_gate = {
    .kind = KIND_GATE,
    .name = "gate",
    .file = "gates.csv",
    .table = "gates",
    .about = "Decisions whether a project goes on.",
    .columns = gate_columns,
    .count = GATE_COLUMNS,
    .known_from = -1,
};

static const struct column benefit_columns[] = {
    [BENEFIT_PROJECT] = {.name = "project",
                         .type = COLUMN_REFERENCE,
                         .required = true,
                         .key = true,
                         .refers = KIND_PROJECT,
                         .label = "Project"},
    [BENEFIT_MEASURE] = {.name = "measure",
                         .type = COLUMN_REFERENCE,
                         .required = true,
                         .key = true,
                         .refers = KIND_MEASURE,
                         .label = "Measure"},
    [BENEFIT_EXPECTED_CHANGE] = {.name = "expected_change",
                                 .type = COLUMN_TEXT,
                                 .label = "Expected change",
                                 .hint = "In the measure's own unit."},
    [BENEFIT_PERIOD] = {.name = "period",
                        .type = COLUMN_PERIOD,
                        .key = true,
                        .label = "Expected in"},
};

const struct descriptor kind_benefit = {
    .kind = KIND_BENEFIT,
    .name = "benefit",
    .file = "benefits.csv",
    .table = "benefits",
    .about = "Which measure a project should move, by how much, and when.",
    .columns = benefit_columns,
    .count = BENEFIT_COLUMNS,
    .known_from = -1,
};

#define SCORE(column, words)                                                                       \
    {                                                                                              \
        .name = column, .type = COLUMN_INTEGER, .max = 1000, .label = words                        \
    }

static const struct column risk_columns[] = {
    [RISK_CODE] =
        {.name = "code", .type = COLUMN_CODE, .required = true, .key = true, .label = "Code"},
    [RISK_TITLE] = {.name = "title", .type = COLUMN_TEXT, .required = true, .label = "Title"},
    [RISK_CAUSE] = {.name = "cause", .type = COLUMN_LONG_TEXT, .label = "Cause"},
    [RISK_EVENT] = {.name = "event", .type = COLUMN_LONG_TEXT, .label = "Event"},
    [RISK_EFFECT] = {.name = "effect", .type = COLUMN_LONG_TEXT, .label = "Effect"},
    [RISK_CATEGORY] = {.name = "category", .type = COLUMN_TEXT, .label = "Category"},
    [RISK_OWNER] = {.name = "owner",
                    .type = COLUMN_REFERENCE,
                    .refers = KIND_PERSON,
                    .label = "Owner"},
    [RISK_INITIAL_LIKELIHOOD] = SCORE("initial_likelihood", "Likelihood before controls"),
    [RISK_INITIAL_IMPACT] = SCORE("initial_impact", "Impact before controls"),
    [RISK_INITIAL_SCORE] = SCORE("initial_score", "Score before controls"),
    [RISK_RESIDUAL_LIKELIHOOD] = SCORE("residual_likelihood", "Likelihood now"),
    [RISK_RESIDUAL_IMPACT] = SCORE("residual_impact", "Impact now"),
    [RISK_RESIDUAL_SCORE] = SCORE("residual_score", "Score now"),
    [RISK_TARGET_SCORE] = SCORE("target_score", "Score aimed at"),
    [RISK_RESPONSE] = {.name = "response",
                       .type = COLUMN_TEXT,
                       .label = "Response",
                       .hint = "Treat, tolerate, transfer or terminate."},
    [RISK_REVIEWED_ON] = {.name = "reviewed_on", .type = COLUMN_DATE, .label = "Reviewed on"},
    [RISK_AIM] = {.name = "aim",
                  .type = COLUMN_REFERENCE,
                  .refers = KIND_AIM,
                  .label = "Aim",
                  .hint = "What it endangers."},
};

const struct descriptor kind_risk = {
    .kind = KIND_RISK,
    .name = "risk",
    .file = "risks.csv",
    .table = "risks",
    .about = "Risks and their scores; a score may stand without likelihood and impact.",
    .columns = risk_columns,
    .count = RISK_COLUMNS,
    .known_from = -1,
};

static const struct column control_columns[] = {
    [CONTROL_RISK] = {.name = "risk",
                      .type = COLUMN_REFERENCE,
                      .required = true,
                      .key = true,
                      .refers = KIND_RISK,
                      .label = "Risk"},
    [CONTROL_TITLE] = {.name = "title",
                       .type = COLUMN_LONG_TEXT,
                       .required = true,
                       .key = true,
                       .label = "Control"},
    [CONTROL_OWNER] = {.name = "owner",
                       .type = COLUMN_REFERENCE,
                       .refers = KIND_PERSON,
                       .label = "Owner"},
    [CONTROL_EFFECTIVENESS] = {.name = "effectiveness",
                               .type = COLUMN_TEXT,
                               .label = "Effectiveness"},
};

const struct descriptor kind_control = {
    .kind = KIND_CONTROL,
    .name = "control",
    .file = "controls.csv",
    .table = "controls",
    .about = "What already holds a risk down, apart from actions.",
    .columns = control_columns,
    .count = CONTROL_COLUMNS,
    .known_from = -1,
};

static const struct column budget_columns[] = {
    [BUDGET_UNIT] = {.name = "unit",
                     .type = COLUMN_REFERENCE,
                     .key = true,
                     .refers = KIND_UNIT,
                     .label = "Unit",
                     .hint = "A unit, or else a line in words."},
    [BUDGET_LINE] = {.name = "line",
                     .type = COLUMN_TEXT,
                     .key = true,
                     .label = "Line",
                     .hint = "The line as the budget book prints it."},
    [BUDGET_YEAR] =
        {.name = "year", .type = COLUMN_PERIOD, .required = true, .key = true, .label = "Year"},
    [BUDGET_KIND] = {.name = "kind",
                     .type = COLUMN_CHOICE,
                     .required = true,
                     .key = true,
                     .choices = budget_kinds,
                     .label = "Kind"},
    [BUDGET_BUDGET] = {.name = "budget", .type = COLUMN_DECIMAL, .label = "Budget"},
    [BUDGET_FORECAST] = {.name = "forecast", .type = COLUMN_DECIMAL, .label = "Forecast"},
    [BUDGET_ACTUAL] = {.name = "actual", .type = COLUMN_DECIMAL, .label = "Actual"},
    [BUDGET_PRIOR] = {.name = "prior",
                      .type = COLUMN_DECIMAL,
                      .label = "Year before",
                      .hint = "The same line in the year before."},
    [BUDGET_NOTE] = {.name = "note", .type = COLUMN_LONG_TEXT, .label = "Note"},
};

const struct descriptor kind_budget = {
    .kind = KIND_BUDGET,
    .name = "budget line",
    .file = "budgets.csv",
    .table = "budgets",
    .about = "Revenue, capital and income by unit or line and year.",
    .columns = budget_columns,
    .count = BUDGET_COLUMNS,
    .known_from = -1,
};

static const struct column saving_columns[] = {
    [SAVING_CODE] =
        {.name = "code", .type = COLUMN_CODE, .required = true, .key = true, .label = "Code"},
    [SAVING_TITLE] = {.name = "title", .type = COLUMN_TEXT, .required = true, .label = "Title"},
    [SAVING_UNIT] = {.name = "unit",
                     .type = COLUMN_REFERENCE,
                     .refers = KIND_UNIT,
                     .label = "Unit"},
    [SAVING_YEAR] = {.name = "year", .type = COLUMN_PERIOD, .label = "Year"},
    [SAVING_TARGET] = {.name = "target",
                       .type = COLUMN_DECIMAL,
                       .label = "Target",
                       .hint = "Delivered, on track, at risk and undeliverable add up to it."},
    [SAVING_DELIVERED] = {.name = "delivered", .type = COLUMN_DECIMAL, .label = "Delivered"},
    [SAVING_ON_TRACK] = {.name = "on_track", .type = COLUMN_DECIMAL, .label = "On track"},
    [SAVING_AT_RISK] = {.name = "at_risk", .type = COLUMN_DECIMAL, .label = "At risk"},
    [SAVING_UNDELIVERABLE] = {.name = "undeliverable",
                              .type = COLUMN_DECIMAL,
                              .label = "Undeliverable"},
    [SAVING_ONE_OFF] = {.name = "one_off",
                        .type = COLUMN_YES_NO,
                        .fallback = "no",
                        .label = "One-off"},
    [SAVING_MEASURE] = {.name = "measure",
                        .type = COLUMN_REFERENCE,
                        .refers = KIND_MEASURE,
                        .label = "Measure"},
    [SAVING_PROJECT] = {.name = "project",
                        .type = COLUMN_REFERENCE,
                        .refers = KIND_PROJECT,
                        .label = "Project"},
    [SAVING_RISK] = {.name = "risk",
                     .type = COLUMN_REFERENCE,
                     .refers = KIND_RISK,
                     .label = "Risk"},
    [SAVING_NOTE] = {.name = "note", .type = COLUMN_LONG_TEXT, .label = "Note"},
};

const struct descriptor kind_saving = {
    .kind = KIND_SAVING,
    .name = "saving",
    .file = "savings.csv",
    .table = "savings",
    .about = "Savings to be made, and how far each has got.",
    .columns = saving_columns,
    .count = SAVING_COLUMNS,
    .known_from = -1,
};
