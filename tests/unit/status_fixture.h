// What the tests of the status engine share: figures from text, and the first letters of statuses.
#ifndef GT_TESTS_STATUS_FIXTURE_H
#define GT_TESTS_STATUS_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "engine/status.h"

// A decimal from text, absent for NULL; a test with a wrong figure in it fails.
static inline struct dec figure(const char *text)
{
    struct dec value = DEC_NONE;
    if (text != NULL && !dec_parse(text, strlen(text), &value)) {
        fail_msg("the test holds a wrong figure: %s", text);
    }
    return value;
}

static inline struct rule tolerance_rule(const char *green, const char *amber,
                                         enum within_unit unit, enum rule_beyond beyond)
{
    return (struct rule){.kind = RULE_TOLERANCE,
                         .green_within = figure(green),
                         .amber_within = figure(amber),
                         .within_unit = unit,
                         .beyond = beyond};
}

#endif
