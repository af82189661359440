// Checks: faults of the framework that no single cell shows. An import accepts them; they are what
// an officer puts right next. docs/checks.md lists them all.
#ifndef GT_DOMAIN_CHECK_H
#define GT_DOMAIN_CHECK_H

#include "base/grow.h"
#include "domain/council.h"

struct check_rule {
    const char *code;  // "AIM-1"
    const char *about; // what it looks for, one line
    const char *remedy;
};

struct check_fault {
    const struct check_rule *rule;
    const char *kind;   // "aim", "measure" ...
    const char *object; // its code
    const char *title;
    const char *fault; // one sentence
};

struct checking {
    const struct council *council;
    struct arena *arena;
    struct grow faults; // struct check_fault
};

// Everything, in the order of the rules, then of the council.
struct checking check_council(const struct council *c, struct arena *a);

// All rules, by code.
const struct check_rule *check_rules(size_t *ret_count);

// ---- for the families of checks (check_*.c) ----
enum check_code {
    CHECK_AIM_UP,
    CHECK_AIM_DOWN,
    CHECK_MEASURE_OWNER,
    CHECK_MEASURE_TARGET,
    CHECK_MEASURE_AIM,
    CHECK_MEASURE_FIGURES,
    CHECK_MEASURE_RETIRED,
    CHECK_FORMULA_BROKEN,
    CHECK_FORMULA_STATE,
    CHECK_FORMULA_EMPTY,
    CHECK_FORMULA_SHARE,
    CHECK_FORMULA_RATIO,
    CHECK_VALUE,
    CHECK_TARGET_NEVER,
    CHECK_TARGET_ALWAYS,
    CHECK_TARGET_IMPOSSIBLE,
    CHECK_TARGET_UNFIT,
    CHECK_OWNER_LEFT,
    CHECK_OWNER_UNIT,
    CHECK_RED_ACTION,
    CHECK_RED_COMMENTARY,
    CHECK_REBASE_FIGURE,
    CHECK_REBASE_SHORT,
    CHECK_FORECAST_YEAR,
    CHECK_SMALL_NUMBER,
    CHECK_SMALL_SHOWN,
    CHECK_COMPARE_GROUP,
    CHECK_COMPARE_MEMBER,
    CHECK_REFERRAL_NUMBERS,
    CHECK_COUNT,
};
void check_add(struct checking *x, enum check_code code, const char *kind, const char *object,
               const char *title, const char *fault);
void check_aims(struct checking *x);
void check_measures(struct checking *x);
void check_formulas(struct checking *x);
void check_targets(struct checking *x);
void check_owners(struct checking *x);
void check_reds(struct checking *x);
void check_decisions(struct checking *x);

#endif
