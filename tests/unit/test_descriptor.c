// The descriptors hold together, and name what stands in the public format.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "model/columns.h"
#include "model/descriptor.h"
#include "model/nearest.h"
#include "model/words.h"

// A name that is safe as a header and as a column: lower case, digits, underscores.
static bool is_plain_name(const char *name)
{
    if (name == NULL || !islower((unsigned char)name[0])) {
        return false;
    }
    for (const char *c = name; *c != '\0'; c++) {
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_') {
            return false;
        }
    }
    return true;
}

static void check_column(const struct descriptor *d, const struct column *c)
{
    bool chosen = c->type == COLUMN_CHOICE || c->type == COLUMN_CHOICES;
    bool refers = c->type == COLUMN_REFERENCE;
    if (!is_plain_name(c->name) || c->label == NULL || chosen != (c->choices != NULL) ||
        refers != (c->refers != KIND_NONE)) {
        fail_msg("%s: the column %s is not described whole", d->file, c->name);
    }
    if (c->type == COLUMN_INTEGER && c->min >= c->max) {
        fail_msg("%s: %s has no range", d->file, c->name);
    }
    if (strlen(c->label) > 60 || (c->hint != NULL && c->hint[strlen(c->hint) - 1] != '.')) {
        fail_msg("%s: the words of %s are not for people", d->file, c->name);
    }
    // What is referred to is written before what refers to it, but for a few that go both ways.
    bool later = refers && c->refers > d->kind;
    bool known = (d->kind == KIND_ORGANISATION && c->refers == KIND_RULE) ||
                 (d->kind == KIND_UNIT && c->refers == KIND_PERSON);
    if (later && !known) {
        fail_msg("%s: %s refers to a kind that comes later", d->file, c->name);
    }
}

static void all_hold_together(void **state)
{
    (void)state;
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        const struct descriptor *d = descriptor_of((enum kind)k);
        assert_non_null(d);
        assert_int_equal(d->kind, k);
        assert_ptr_equal(descriptor_by_file(d->file), d);
        assert_true(is_plain_name(d->table));
        assert_true(d->count > 0 && d->count <= COLUMNS_MAX);
        assert_true(d->columns[0].key);
        bool required = false;
        for (size_t i = 0; i < d->count; i++) {
            check_column(d, &d->columns[i]);
            assert_int_equal(descriptor_column(d, d->columns[i].name), (int)i);
            required = required || d->columns[i].required;
        }
        assert_true(required);
        assert_true(d->known_from < (int)d->count);
        assert_true(d->known_from < 0 || d->columns[d->known_from].type == COLUMN_DATE);
    }
    assert_null(descriptor_of(KIND_NONE));
    assert_null(descriptor_of(KIND_COUNT));
    assert_null(descriptor_by_file("Measures.csv"));
}

// The header of each file as the public format prints it; `*` marks what is required.
static void public_format(void **state)
{
    static const struct {
        const char *file, *columns;
    } files[] = {
        {"organisation.csv", "*code *name kind gss_code financial_year_start default_rule +notice"},
        {"units.csv", "*code *name *kind parent head"},
        {"people.csv", "*code *name email unit job manager +left_on"},
        {"boards.csv", "*code *name *kind chair purpose"},
        {"plans.csv", "*code *title *kind start end owner unit board purpose"},
        {"aims.csv", "*code *plan *kind *title parent owner"},
        {"contributions.csv", "*aim *to_aim note"},
        {"measures.csv",
         "*code *title definition unit owner checker *value_type per decimals *polarity "
         "*frequency aggregation cumulative kind class source lag_days rule min_denominator "
         "public state +retired_on +value_unit +formula +missing_parts +zero_denominator +limits "
         "+small_number +compare_with +forecast_by note"},
        {"measure_aims.csv", "*measure *aim"},
        {"rules.csv",
         "*code *title *kind green_within amber_within within_unit beyond red_absolute "
         "red_percent from"},
        {"targets.csv",
         "*measure part *period target lower upper amber green_within amber_within rationale "
         "agreed_by agreed_on +mark"},
        {"observations.csv",
         "*measure part *period value numerator denominator marker +mark note entered_by "
         "entered_on"},
        {"commentary.csv",
         "*measure *period what_happened why action action_owner action_due author"},
        {"overrides.csv", "*measure *period *status *reason *by on"},
        {"actions.csv", "*code *title measure aim plan risk owner start due progress state note"},
        {"projects.csv", "*code *title sponsor manager plan stage +start +end +note"},
        {"gates.csv", "*project *gate decided_on decision by reason"},
        {"benefits.csv", "*project *measure expected_change period"},
        {"risks.csv",
         "*code *title cause event effect category owner initial_likelihood initial_impact "
         "initial_score residual_likelihood residual_impact residual_score target_score response "
         "reviewed_on aim"},
        {"controls.csv", "*risk *title owner effectiveness"},
        {"budgets.csv", "unit line *year *kind budget forecast actual prior note"},
        {"savings.csv",
         "*code *title unit year target delivered on_track at_risk undeliverable one_off measure "
         "project risk note"},
        {"comparators.csv", "*group *organisation name +set +version +order"},
        {"comparator_values.csv",
         "*measure *organisation *period value numerator denominator +mark"},
        {"meetings.csv", "*board *date reports_period despatch_days note"},
        {"rebases.csv", "*measure part *period *reason by agreed_on +withdrawn_on"},
        {"forecasts.csv", "*measure part *period *forecast reason by on +withdrawn_on"},
        {"referral_rules.csv", "*code *title *kind n m class from note"},
    };
    (void)state;
    assert_int_equal(COUNT_OF(files), KIND_COUNT - 1);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        const struct descriptor *d = descriptor_by_file(files[i].file);
        assert_non_null(d);
        char header[1024] = "";
        size_t length = 0;
        for (size_t c = 0; c < d->count; c++) {
            const struct column *column = &d->columns[c];
            int put = snprintf(header + length, sizeof header - length, "%s%s%s", c == 0 ? "" : " ",
                               column->required    ? "*"
                               : column->extension ? "+"
                                                   : "",
                               column->name);
            length += (size_t)put;
        }
        assert_string_equal(header, files[i].columns);
    }
}

static void nearest(void **state)
{
    static const struct {
        const char *file, *found; // found NULL: nothing is near
    } files[] = {
        {"mesures.csv", "measures.csv"},
        {"Measures.csv", "measures.csv"},
        {"observation.csv", "observations.csv"},
        {"meausre_aims.csv", "measure_aims.csv"},
        {"kpis_2024.xlsx", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        const char *found = descriptor_nearest_file(files[i].file);
        if (files[i].found == NULL) {
            assert_null(found);
        } else {
            assert_non_null(found);
            assert_string_equal(found, files[i].found);
        }
    }
    const struct descriptor *measures = descriptor_of(KIND_MEASURE);
    assert_string_equal(descriptor_nearest_column(measures, "polarty"), "polarity");
    assert_null(descriptor_nearest_column(measures, "colour"));
    assert_int_equal(nearest_distance("measure", "measure"), 0);
    assert_int_equal(nearest_distance("measure", "meausre"), 1); // neighbours changed over
    assert_int_equal(nearest_distance("", "abc"), 3);
}

static void words(void **state)
{
    (void)state;
    for (int m = MARKER_PROVISIONAL; m <= MARKER_MISSING; m++) {
        enum marker back = MARKER_NONE;
        assert_true(model_marker(model_marker_word((enum marker)m), &back));
        assert_int_equal(back, m);
    }
    enum marker marker = MARKER_MISSING;
    assert_true(model_marker(NULL, &marker));
    assert_int_equal(marker, MARKER_NONE);
    assert_false(model_marker("lost", &marker));
    enum value_type type = VALUE_TEXT;
    const struct column *c = &descriptor_of(KIND_MEASURE)->columns[MEASURE_VALUE_TYPE];
    for (size_t i = 0; c->choices[i] != NULL; i++) {
        assert_true(model_value_type(c->choices[i], &type));
        assert_int_equal(type, i);
    }
    assert_false(model_value_type("amount", &type));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_hold_together),
        cmocka_unit_test(public_format),
        cmocka_unit_test(nearest),
        cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
