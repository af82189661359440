#include "domain/access_table.h"

#include "model/columns.h"

#define BIT(duty) DUTY_BIT(DUTY_##duty)

// Who does what, as the councils' own frameworks have it: those who provide a figure enter it and
// say what happened; who answers for a measure says besides where the year will end and what is
// done; targets, judgements and sign-off are for heads of service and performance officers, never
// for the owner alone; the framework itself is set up by performance officers.
#define PROVIDES (BIT(READ) | BIT(ENTER) | BIT(COMMENT) | BIT(IMPORT))
#define ANSWERS (PROVIDES | BIT(FORECAST) | BIT(DELIVER))
#define LEADS (ANSWERS | BIT(TARGET) | BIT(JUDGE) | BIT(PLAN) | BIT(MONEY) | BIT(APPROVE))

static const struct role_row {
    const char *word, *title;
    unsigned duties;
    unsigned scopes; // bits
} roles[ROLE_COUNT] = {
#define ORGANISATION_ONLY (1u << SCOPE_ORGANISATION)
#define ANY_SCOPE ((1u << SCOPE_COUNT) - 1u)
    [ROLE_PUBLIC] = {"public", "the public", BIT(READ), ANY_SCOPE},
    [ROLE_VIEWER] = {"viewer", "viewer", BIT(READ), ANY_SCOPE},
    [ROLE_CONTRIBUTOR] = {"contributor", "contributor", PROVIDES, ANY_SCOPE},
    [ROLE_OWNER] = {"owner", "measure owner", ANSWERS, ANY_SCOPE},
    [ROLE_HEAD] = {"head", "head of service", LEADS, ANY_SCOPE},
    [ROLE_PERFORMANCE] = {"performance", "performance officer", LEADS | BIT(DEFINE) | BIT(ORGANISE),
                          ANY_SCOPE},
    [ROLE_MEMBER] = {"member", "member of the council", BIT(READ), ANY_SCOPE},
    [ROLE_SCRUTINY] = {"scrutiny", "scrutiny", BIT(READ), ANY_SCOPE},
    [ROLE_PARTNER] = {"partner", "partner", BIT(READ), (1u << SCOPE_BOARD) | (1u << SCOPE_MEASURE)},
    [ROLE_AUDITOR] = {"auditor", "auditor", BIT(READ) | BIT(AUDIT), ORGANISATION_ONLY},
    [ROLE_ADMINISTRATOR] = {"administrator", "administrator",
                            BIT(READ) | BIT(AUDIT) | BIT(ACCOUNTS), ORGANISATION_ONLY},
};

static const struct duty_row {
    const char *word, *title;
} duties[DUTY_COUNT] = {
    [DUTY_READ] = {"read", "reads"},
    [DUTY_ENTER] = {"enter", "enters figures"},
    [DUTY_COMMENT] = {"comment", "writes commentary and notes"},
    [DUTY_FORECAST] = {"forecast", "says where the year will end"},
    [DUTY_TARGET] = {"target", "agrees targets"},
    [DUTY_JUDGE] = {"judge", "sets a status by judgement"},
    [DUTY_DELIVER] = {"deliver", "keeps actions, projects and risks"},
    [DUTY_PLAN] = {"plan", "keeps plans and aims"},
    [DUTY_DEFINE] = {"define", "defines measures and rules"},
    [DUTY_ORGANISE] = {"organise", "keeps units, people, boards and meetings"},
    [DUTY_MONEY] = {"money", "keeps budgets and savings"},
    [DUTY_APPROVE] = {"approve", "signs off"},
    [DUTY_IMPORT] = {"import", "imports files"},
    [DUTY_AUDIT] = {"audit", "reads the audit trail"},
    [DUTY_ACCOUNTS] = {"accounts", "keeps accounts and settings"},
};

static const char *const scopes[SCOPE_COUNT] = {
    [SCOPE_ORGANISATION] = "organisation",
    [SCOPE_UNIT] = "unit",
    [SCOPE_BOARD] = "board",
    [SCOPE_MEASURE] = "measure",
};

// ---- kinds and their fields ----

// Who answers for a measure is the head's to say; what it means is not.
static const struct access_field measure_fields[] = {
    {MEASURE_OWNER, DUTY_APPROVE},
    {MEASURE_CHECKER, DUTY_APPROVE},
    {MEASURE_NOTE, DUTY_COMMENT},
};
static const struct access_field risk_fields[] = {{RISK_TARGET_SCORE, DUTY_TARGET}};
static const struct access_field saving_fields[] = {{SAVING_TARGET, DUTY_TARGET}};
// What was agreed is agreed: budgets are set when the year is, by those who keep the framework.
static const struct access_field budget_fields[] = {{BUDGET_BUDGET, DUTY_DEFINE},
                                                    {BUDGET_PRIOR, DUTY_DEFINE}};
static const struct access_field organisation_fields[] = {{ORGANISATION_DEFAULT_RULE, DUTY_DEFINE}};

#define ALL(duty) DUTY_##duty, DUTY_##duty, DUTY_##duty
#define FIELDS(list) (list), COUNT_OF(list)

static const struct access_kind kinds[KIND_COUNT] = {
    [KIND_ORGANISATION] = {ALL(ORGANISE), PLACE_ORGANISATION, FIELDS(organisation_fields)},
    [KIND_RULE] = {ALL(DEFINE), PLACE_ORGANISATION, NULL, 0},
    [KIND_UNIT] = {ALL(ORGANISE), PLACE_UNIT_ITSELF, NULL, 0},
    [KIND_PERSON] = {ALL(ORGANISE), PLACE_UNIT, NULL, 0},
    [KIND_BOARD] = {ALL(ORGANISE), PLACE_BOARD, NULL, 0},
    [KIND_PLAN] = {ALL(PLAN), PLACE_PLAN, NULL, 0},
    [KIND_AIM] = {ALL(PLAN), PLACE_AIM, NULL, 0},
    [KIND_CONTRIBUTION] = {ALL(PLAN), PLACE_AIM, NULL, 0},
    [KIND_MEASURE] = {ALL(DEFINE), PLACE_MEASURE, FIELDS(measure_fields)},
    [KIND_MEASURE_AIM] = {ALL(PLAN), PLACE_MEASURE, NULL, 0},
    [KIND_TARGET] = {ALL(TARGET), PLACE_MEASURE, NULL, 0},
    [KIND_OBSERVATION] = {ALL(ENTER), PLACE_MEASURE, NULL, 0},
    [KIND_COMMENTARY] = {ALL(COMMENT), PLACE_MEASURE, NULL, 0},
    [KIND_OVERRIDE] = {ALL(JUDGE), PLACE_MEASURE, NULL, 0},
    [KIND_RISK] = {ALL(DELIVER), PLACE_DELIVERY, FIELDS(risk_fields)},
    [KIND_CONTROL] = {ALL(DELIVER), PLACE_RISK, NULL, 0},
    [KIND_ACTION] = {ALL(DELIVER), PLACE_DELIVERY, NULL, 0},
    [KIND_PROJECT] = {ALL(DELIVER), PLACE_DELIVERY, NULL, 0},
    [KIND_GATE] = {ALL(APPROVE), PLACE_PROJECT, NULL, 0},
    [KIND_BENEFIT] = {ALL(DELIVER), PLACE_PROJECT, NULL, 0},
    [KIND_BUDGET] = {ALL(MONEY), PLACE_UNIT, FIELDS(budget_fields)},
    [KIND_SAVING] = {ALL(MONEY), PLACE_UNIT, FIELDS(saving_fields)},
    [KIND_COMPARATOR] = {ALL(DEFINE), PLACE_ORGANISATION, NULL, 0},
    [KIND_COMPARATOR_VALUE] = {ALL(DEFINE), PLACE_MEASURE, NULL, 0},
    [KIND_MEETING] = {ALL(ORGANISE), PLACE_BOARD, NULL, 0},
    [KIND_REBASE] = {ALL(DEFINE), PLACE_MEASURE, NULL, 0},
    [KIND_FORECAST] = {ALL(FORECAST), PLACE_MEASURE, NULL, 0},
    [KIND_REFERRAL_RULE] = {ALL(DEFINE), PLACE_ORGANISATION, NULL, 0},
};

const struct access_kind *access_of_kind(enum kind kind)
{
    return &kinds[kind];
}

enum duty access_of_field(enum kind kind, int column)
{
    const struct access_kind *k = &kinds[kind];
    for (size_t i = 0; i < k->field_count; i++) {
        if (k->fields[i].column == column) {
            return k->fields[i].duty;
        }
    }
    return k->change;
}

unsigned access_kind_duties(enum kind kind)
{
    const struct access_kind *k = &kinds[kind];
    unsigned bits = DUTY_BIT(k->create) | DUTY_BIT(k->change) | DUTY_BIT(k->retire);
    for (size_t i = 0; i < k->field_count; i++) {
        bits |= DUTY_BIT(k->fields[i].duty);
    }
    return bits;
}

// ---- whose ----

#define READS_ONLY (BIT(READ) | BIT(AUDIT) | BIT(ACCOUNTS))

bool access_reaches_own(enum role r)
{
    return (roles[r].duties & ~READS_ONLY) != 0;
}

bool access_reaches_others(enum role r)
{
    return r != ROLE_OWNER && access_reaches_own(r);
}

bool access_has_owner(enum kind kind)
{
    switch (kinds[kind].place) {
    case PLACE_MEASURE:
    case PLACE_RISK:
    case PLACE_PROJECT:
    case PLACE_DELIVERY: return true;
    default: return false;
    }
}

// ---- words ----

const char *place_title(enum place_of p)
{
    static const char *const titles[] = {
        [PLACE_ORGANISATION] = "the organisation as a whole",
        [PLACE_UNIT_ITSELF] = "the unit above it",
        [PLACE_UNIT] = "its unit",
        [PLACE_BOARD] = "its board",
        [PLACE_PLAN] = "its unit, its board",
        [PLACE_AIM] = "the plan of its aim",
        [PLACE_MEASURE] = "its measure: unit, boards of the plans it serves",
        [PLACE_RISK] = "its risk",
        [PLACE_PROJECT] = "its project",
        [PLACE_DELIVERY] = "the first it names of measure, risk, aim, plan; else its owner's unit",
    };
    return titles[p];
}

const char *role_word(enum role r)
{
    return roles[r].word;
}

const char *role_title(enum role r)
{
    return roles[r].title;
}

const char *scope_word(enum scope_of s)
{
    return scopes[s];
}

const char *duty_word(enum duty d)
{
    return duties[d].word;
}

const char *duty_title(enum duty d)
{
    return duties[d].title;
}

unsigned role_duties(enum role r)
{
    return roles[r].duties;
}

bool role_fits(enum role r, enum scope_of s)
{
    return (roles[r].scopes & (1u << (unsigned)s)) != 0;
}
