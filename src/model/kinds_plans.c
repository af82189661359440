#include "model/columns.h"
#include "model/kinds.h"

static const char *const plan_kinds[] = {"vision",    "community",     "partnership",
                                         "corporate", "cross_cutting", "directorate",
                                         "service",   "team",          NULL};
static const char *const aim_kinds[] = {"priority", "theme", "outcome", "objective", NULL};

static const struct column plan_columns[] = {
    [PLAN_CODE] = {.name = "code",
                   .type = COLUMN_CODE,
                   .required = true,
                   .key = true,
                   .label = "Code",
                   .hint = "Short and lasting."},
    [PLAN_TITLE] = {.name = "title", .type = COLUMN_TEXT, .required = true, .label = "Title"},
    [PLAN_KIND] = {.name = "kind",
                   .type = COLUMN_CHOICE,
                   .required = true,
                   .choices = plan_kinds,
                   .label = "Kind"},
    [PLAN_START] = {.name = "start", .type = COLUMN_DATE, .label = "Starts"},
    [PLAN_END] = {.name = "end", .type = COLUMN_DATE, .label = "Ends"},
    [PLAN_OWNER] = {.name = "owner",
                    .type = COLUMN_REFERENCE,
                    .refers = KIND_PERSON,
                    .label = "Owner"},
    [PLAN_UNIT] = {.name = "unit", .type = COLUMN_REFERENCE, .refers = KIND_UNIT, .label = "Unit"},
    [PLAN_BOARD] = {.name = "board",
                    .type = COLUMN_REFERENCE,
                    .refers = KIND_BOARD,
                    .label = "Reports to"},
    [PLAN_PURPOSE] = {.name = "purpose", .type = COLUMN_LONG_TEXT, .label = "Purpose"},
};

const struct descriptor kind_plan = {
    .kind = KIND_PLAN,
    .name = "plan",
    .file = "plans.csv",
    .table = "plans",
    .about = "Plans of every level, from the vision to the team plan.",
    .columns = plan_columns,
    .count = PLAN_COLUMNS,
    .known_from = -1,
};

static const struct column aim_columns[] = {
    [AIM_CODE] = {.name = "code",
                  .type = COLUMN_CODE,
                  .required = true,
                  .key = true,
                  .label = "Code",
                  .hint = "Short and lasting."},
    [AIM_PLAN] = {.name = "plan",
                  .type = COLUMN_REFERENCE,
                  .required = true,
                  .refers = KIND_PLAN,
                  .label = "Plan"},
    [AIM_KIND] = {.name = "kind",
                  .type = COLUMN_CHOICE,
                  .required = true,
                  .choices = aim_kinds,
                  .label = "Kind"},
    [AIM_TITLE] = {.name = "title", .type = COLUMN_TEXT, .required = true, .label = "Title"},
    [AIM_PARENT] = {.name = "parent",
                    .type = COLUMN_REFERENCE,
                    .refers = KIND_AIM,
                    .label = "Under",
                    .hint = "The aim of the same plan that this one is part of."},
    [AIM_OWNER] = {.name = "owner",
                   .type = COLUMN_REFERENCE,
                   .refers = KIND_PERSON,
                   .label = "Owner"},
};

const struct descriptor kind_aim = {
    .kind = KIND_AIM,
    .name = "aim",
    .file = "aims.csv",
    .table = "aims",
    .about = "Priorities, themes, outcomes and objectives: the nodes of the plans.",
    .columns = aim_columns,
    .count = AIM_COLUMNS,
    .known_from = -1,
};

static const struct column contribution_columns[] = {
    [CONTRIBUTION_AIM] = {.name = "aim",
                          .type = COLUMN_REFERENCE,
                          .required = true,
                          .key = true,
                          .refers = KIND_AIM,
                          .label = "Aim"},
    [CONTRIBUTION_TO_AIM] = {.name = "to_aim",
                             .type = COLUMN_REFERENCE,
                             .required = true,
                             .key = true,
                             .refers = KIND_AIM,
                             .label = "Contributes to",
                             .hint = "The aim above it, in any plan."},
    [CONTRIBUTION_NOTE] = {.name = "note", .type = COLUMN_LONG_TEXT, .label = "Note"},
};

const struct descriptor kind_contribution = {
    .kind = KIND_CONTRIBUTION,
    .name = "contribution",
    .file = "contributions.csv",
    .table = "contributions",
    .about = "Links from an aim to the aim above it, across plans: the golden thread.",
    .columns = contribution_columns,
    .count = CONTRIBUTION_COLUMNS,
    .known_from = -1,
};
