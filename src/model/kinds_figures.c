#include "model/columns.h"
#include "model/kinds.h"

static const char *const markers[] = {"provisional",    "revised", "estimated", "suppressed",
                                      "not_applicable", "missing", NULL};
static const char *const statuses[] = {
    "on_target", "slightly_off",   "off_target",     "no_target",  "not_due",
    "missing",   "not_applicable", "in_development", "suppressed", NULL};

static const struct column observation_columns[] = {
    [OBSERVATION_MEASURE] = {.name = "measure",
                             .type = COLUMN_REFERENCE,
                             .required = true,
                             .key = true,
                             .refers = KIND_MEASURE,
                             .label = "Measure"},
    [OBSERVATION_PART] = {.name = "part",
                          .type = COLUMN_CODE,
                          .key = true,
                          .label = "Part",
                          .hint = "A ward or group; absent: the measure as a whole."},
    [OBSERVATION_PERIOD] =
        {.name = "period", .type = COLUMN_PERIOD, .required = true, .key = true, .label = "Period"},
    [OBSERVATION_VALUE] = {.name = "value",
                           .type = COLUMN_VALUE,
                           .label = "Figure",
                           .hint = "Absent where numerator and denominator make it."},
    [OBSERVATION_NUMERATOR] = {.name = "numerator", .type = COLUMN_DECIMAL, .label = "Numerator"},
    [OBSERVATION_DENOMINATOR] = {.name = "denominator",
                                 .type = COLUMN_DECIMAL,
                                 .label = "Denominator"},
    [OBSERVATION_MARKER] = {.name = "marker",
                            .type = COLUMN_CHOICE,
                            .choices = markers,
                            .label = "Marker"},
    [OBSERVATION_MARK] = {.name = "mark",
                          .type = COLUMN_TEXT,
                          .extension = true,
                          .label = "Mark",
                          .hint = "What stood where a figure was expected: .. or * or N/A."},
    [OBSERVATION_NOTE] = {.name = "note", .type = COLUMN_LONG_TEXT, .label = "Note"},
    [OBSERVATION_ENTERED_BY] = {.name = "entered_by", .type = COLUMN_TEXT, .label = "Entered by"},
    [OBSERVATION_ENTERED_ON] = {.name = "entered_on",
                                .type = COLUMN_DATE,
                                .label = "Entered on",
                                .hint = "Since when the figure is known."},
};

const struct descriptor kind_observation = {
    .kind = KIND_OBSERVATION,
    .name = "observation",
    .file = "observations.csv",
    .table = "observations",
    .about = "Figures, per measure, part and period; a correction supersedes, nothing is lost.",
    .columns = observation_columns,
    .count = OBSERVATION_COLUMNS,
    .versioned = true,
    .known_from = OBSERVATION_ENTERED_ON,
};

static const struct column commentary_columns[] = {
    [COMMENTARY_MEASURE] = {.name = "measure",
                            .type = COLUMN_REFERENCE,
                            .required = true,
                            .key = true,
                            .refers = KIND_MEASURE,
                            .label = "Measure"},
    [COMMENTARY_PERIOD] =
        {.name = "period", .type = COLUMN_PERIOD, .required = true, .key = true, .label = "Period"},
    [COMMENTARY_WHAT_HAPPENED] = {.name = "what_happened",
                                  .type = COLUMN_LONG_TEXT,
                                  .label = "What happened"},
    [COMMENTARY_WHY] = {.name = "why", .type = COLUMN_LONG_TEXT, .label = "Why"},
    [COMMENTARY_ACTION] = {.name = "action",
                           .type = COLUMN_LONG_TEXT,
                           .label = "What we are doing"},
    [COMMENTARY_ACTION_OWNER] = {.name = "action_owner",
                                 .type = COLUMN_REFERENCE,
                                 .refers = KIND_PERSON,
                                 .soft = true,
                                 .label = "Who does it",
                                 .hint = "A code of people.csv, or a post in words."},
    [COMMENTARY_ACTION_DUE] = {.name = "action_due", .type = COLUMN_DATE, .label = "By when"},
    [COMMENTARY_AUTHOR] = {.name = "author",
                           .type = COLUMN_REFERENCE,
                           .refers = KIND_PERSON,
                           .soft = true,
                           .label = "Author",
                           .hint = "A code of people.csv, or a post in words."},
};

const struct descriptor kind_commentary = {
    .kind = KIND_COMMENTARY,
    .name = "commentary",
    .file = "commentary.csv",
    .table = "commentary",
    .about = "What happened, why, and what is being done, per measure and period.",
    .columns = commentary_columns,
    .count = COMMENTARY_COLUMNS,
    .versioned = true,
    .known_from = -1,
};

static const struct column override_columns[] = {
    [OVERRIDE_MEASURE] = {.name = "measure",
                          .type = COLUMN_REFERENCE,
                          .required = true,
                          .key = true,
                          .refers = KIND_MEASURE,
                          .label = "Measure"},
    [OVERRIDE_PERIOD] =
        {.name = "period", .type = COLUMN_PERIOD, .required = true, .key = true, .label = "Period"},
    [OVERRIDE_STATUS] = {.name = "status",
                         .type = COLUMN_CHOICE,
                         .required = true,
                         .choices = statuses,
                         .label = "Status"},
    [OVERRIDE_REASON] = {.name = "reason",
                         .type = COLUMN_LONG_TEXT,
                         .required = true,
                         .label = "Reason"},
    [OVERRIDE_BY] = {.name = "by", .type = COLUMN_TEXT, .required = true, .label = "Set by"},
    [OVERRIDE_ON] = {.name = "on", .type = COLUMN_DATE, .label = "Set on"},
};

const struct descriptor kind_override = {
    .kind = KIND_OVERRIDE,
    .name = "override",
    .file = "overrides.csv",
    .table = "overrides",
    .about = "Statuses set by judgement; the computed one stays beside them.",
    .columns = override_columns,
    .count = OVERRIDE_COLUMNS,
    .versioned = true,
    .known_from = OVERRIDE_ON,
};

static const struct column comparator_columns[] = {
    [COMPARATOR_GROUP] = {.name = "group",
                          .type = COLUMN_CODE,
                          .required = true,
                          .key = true,
                          .label = "Group",
                          .hint = "For instance nearest statistical neighbours."},
    [COMPARATOR_ORGANISATION] = {.name = "organisation",
                                 .type = COLUMN_CODE,
                                 .required = true,
                                 .key = true,
                                 .label = "Organisation",
                                 .hint = "Its GSS code, or any lasting code."},
    [COMPARATOR_NAME] = {.name = "name", .type = COLUMN_TEXT, .label = "Name"},
};

const struct descriptor kind_comparator = {
    .kind = KIND_COMPARATOR,
    .name = "comparator",
    .file = "comparators.csv",
    .table = "comparators",
    .about = "Organisations to compare with, in groups.",
    .columns = comparator_columns,
    .count = COMPARATOR_COLUMNS,
    .known_from = -1,
};

static const struct column comparator_value_columns[] = {
    [COMPARATOR_VALUE_MEASURE] = {.name = "measure",
                                  .type = COLUMN_REFERENCE,
                                  .required = true,
                                  .key = true,
                                  .refers = KIND_MEASURE,
                                  .label = "Measure"},
    [COMPARATOR_VALUE_ORGANISATION] = {.name = "organisation",
                                       .type = COLUMN_CODE,
                                       .required = true,
                                       .key = true,
                                       .label = "Organisation"},
    [COMPARATOR_VALUE_PERIOD] =
        {.name = "period", .type = COLUMN_PERIOD, .required = true, .key = true, .label = "Period"},
    [COMPARATOR_VALUE_VALUE] = {.name = "value", .type = COLUMN_VALUE, .label = "Figure"},
    [COMPARATOR_VALUE_NUMERATOR] = {.name = "numerator",
                                    .type = COLUMN_DECIMAL,
                                    .label = "Numerator"},
    [COMPARATOR_VALUE_DENOMINATOR] = {.name = "denominator",
                                      .type = COLUMN_DECIMAL,
                                      .label = "Denominator"},
    [COMPARATOR_VALUE_MARK] = {.name = "mark",
                               .type = COLUMN_TEXT,
                               .extension = true,
                               .label = "Mark",
                               .hint = "What stood where a figure was expected: .. or TBC or N/A."},
};

const struct descriptor kind_comparator_value = {
    .kind = KIND_COMPARATOR_VALUE,
    .name = "figure of a comparator",
    .file = "comparator_values.csv",
    .table = "comparator_values",
    .about = "Figures of other organisations for our measures.",
    .columns = comparator_value_columns,
    .count = COMPARATOR_VALUE_COLUMNS,
    .known_from = -1,
};
