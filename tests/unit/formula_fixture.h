// Figures and policies of a formula's case, as the tests write them: "A 412, previous([A])
// missing", "skip nought decimals=1". What is not named is missing.
#ifndef GT_TESTS_FORMULA_FIXTURE_H
#define GT_TESTS_FORMULA_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "engine/formula.h"

static inline enum formula_state state_named(const char *word)
{
    static const struct {
        const char *word;
        enum formula_state state;
    } states[] = {{"missing", FORMULA_MISSING},
                  {"incomplete", FORMULA_INCOMPLETE},
                  {"suppressed", FORMULA_SUPPRESSED},
                  {"not applicable", FORMULA_NOT_APPLICABLE}};
    for (size_t i = 0; i < COUNT_OF(states); i++) {
        if (strcmp(states[i].word, word) == 0) {
            return states[i].state;
        }
    }
    fail_msg("no such state: %s", word);
    return FORMULA_MISSING;
}

// What stands behind the part's name in the list, up to a comma; NULL when it is not named.
static inline const char *said_of(struct arena *a, const char *figures, const char *part)
{
    size_t length = strlen(part);
    for (const char *at = figures; at != NULL; at = strstr(at, ", ")) {
        at += strncmp(at, ", ", 2) == 0 ? 2 : 0;
        bool bare = length > 2 && strncmp(at, part + 1, length - 2) == 0 && at[length - 2] == ' ';
        bool whole = strncmp(at, part, length) == 0 && at[length] == ' ';
        if (whole || bare) {
            const char *said = at + (whole ? length + 1 : length - 1);
            const char *end = strstr(said, ", ");
            return end == NULL ? said : arena_textn(a, said, (size_t)(end - said));
        }
    }
    return NULL;
}

static inline struct formula_given given_of(struct arena *a, const char *figures, const char *part)
{
    const char *said = said_of(a, figures, part);
    struct formula_given g = {.state = FORMULA_MISSING};
    if (said == NULL) {
        return g;
    }
    if (dec_parse(said, strlen(said), &g.value)) {
        g.state = FORMULA_KNOWN;
    } else {
        g.state = state_named(said);
    }
    return g;
}

static inline struct formula_policy policy_of(const char *how)
{
    struct formula_policy p = {.decimals = 6};
    p.missing = strstr(how, "skip") != NULL   ? FORMULA_MISSING_SKIP
                : strstr(how, "zero") != NULL ? FORMULA_MISSING_ZERO
                                              : FORMULA_MISSING_BLANK;
    p.zero = strstr(how, "nought") != NULL ? FORMULA_ZERO_ZERO : FORMULA_ZERO_BLANK;
    const char *decimals = strstr(how, "decimals=");
    const char *per = strstr(how, "per=");
    p.decimals = decimals == NULL ? 6 : (int)strtol(decimals + 9, NULL, 10);
    p.multiplier = per == NULL ? 0 : strtol(per + 4, NULL, 10);
    return p;
}

static inline const struct formula *read_good(struct arena *a, const char *text)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    if (!formula_read(a, text, strlen(text), &f, &fault)) {
        fail_msg("%s %s", text, formula_refusal(a, &fault));
    }
    return f;
}

#endif
