// The council: one organisation's whole record as an immutable picture in memory.
//
// Built by domain/snapshot from the record; never changed afterwards, so any number of threads
// may read it. Every text, array and struct lives in the council's arena. References are pointers
// into the arrays below (NULL where the cell was blank). Arrays keep the order of their codes as
// the export writes them, but for what says otherwise.
#ifndef GT_DOMAIN_COUNCIL_H
#define GT_DOMAIN_COUNCIL_H

#include "base/date.h"
#include "engine/aggregate.h"
#include "engine/period.h"
#include "engine/status.h"
#include "engine/travel.h"
#include "model/words.h"

struct unit {
    const char *code, *name, *kind; // kind: directorate, service, team
    const struct unit *parent;
    const struct person *head;
    size_t index;
};

struct person {
    const char *code, *name, *job;
    const struct unit *unit;
    const struct person *manager;
    day left_on; // DAY_NONE: still here
};

struct board {
    const char *code, *name, *kind, *chair, *purpose;
    size_t index;
};

struct meeting {
    const struct board *board;
    day date;
    struct period reports_period; // PERIOD_NONE where not given
    int despatch_days;            // working days before the meeting; -1 where not given
    const char *note;
};

struct plan {
    const char *code, *title, *kind,
        *purpose; // kind: vision, community, partnership, corporate ...
    day start, end;
    const struct person *owner;
    const struct unit *unit;
    const struct board *board;
    size_t index;
};

// A node of a plan. Its place in the thread: `parent` within the plan, `contributes` across plans.
struct aim {
    const char *code, *kind, *title; // kind: priority, theme, outcome, objective
    const struct plan *plan;
    const struct aim *parent;
    const struct person *owner;
    const struct aim **children; // aims whose parent this is
    size_t child_count;
    const struct contribution **to; // what this contributes to
    size_t to_count;
    const struct contribution **from; // what contributes to this
    size_t from_count;
    const struct measure **measures; // linked to this very aim
    size_t measure_count;
    size_t index;
};

struct contribution {
    const struct aim *aim, *to_aim;
    const char *note;
};

// One version of a rule: the versions of a code follow one another, oldest `from` first.
struct rule_version {
    const char *code, *title;
    day from; // DAY_NONE: since ever
    struct rule rule;
    const char *within_unit_text, *beyond_text;
};

struct formula_value;

enum measure_state { MEASURE_LIVE, MEASURE_DEVELOPMENT, MEASURE_RETIRED };
enum measure_class {
    CLASS_CORPORATE = 1,
    CLASS_SERVICE = 2,
    CLASS_STATUTORY = 4,
    CLASS_ORGANISATIONAL = 8
};
// A figure as it stands (the version in force); `before` is the version it superseded.
struct figure {
    struct period period;
    struct dec value, numerator, denominator;
    const char *text; // value of a yes_no or text measure, or the mark that stood for a figure
    enum marker marker;
    const char *note, *entered_by;
    day known_from;
    int version; // 1, 2 ...
    const struct figure *before;
    bool kept_back; // a small number, or what would give one away (domain/protect.h): no number
                    // stands here
    const struct formula_value *made; // by the measure's formula (domain/formula_figures.h); NULL:
                                      // it was given
};

struct target {
    struct period period;
    struct dec target, lower, upper, amber, green_within, amber_within;
    const char *rationale, *agreed_by;
    day agreed_on; // DAY_NONE where not given
    day known_from;
    int version;
    const struct target *before;
};

// The control limits start anew with this period: a person's decision.
struct rebase {
    struct period period;
    const char *reason, *by; // by: NULL where not given
    day agreed_on;           // DAY_NONE where not given
    int version;
};

// Where the owner expects a year to end; stands in front of what the engine forecasts.
struct forecast {
    struct period period;    // the year
    struct dec forecast;     // yes 1, no 0; absent where it is a word
    const char *reason, *by; // NULL where not given
    day on;                  // DAY_NONE where not given
    day known_from;
    int version;
    const struct forecast *before; // the version it superseded
};

struct limits;

// The figures of one measure, or of one of its parts (a ward, a group). Ascending by period end.
struct series {
    const char *part; // "" for the measure as a whole
    const struct figure *figures;
    size_t figure_count;
    const struct target *targets;
    size_t target_count;
    const struct rebase *rebases; // ascending by period; withdrawn ones are left out
    size_t rebase_count;
    const struct forecast *forecasts; // the same
    size_t forecast_count;
    const struct result *results; // one per expected period of the measure's own frequency
    size_t result_count;
    const struct limits *limits; // signal or noise, over all results (domain/limits.h)
};

// What the engine found for one period of a series: kept in the snapshot. The full calculation is
// made again, from the same figures, by reading_of (domain/reading.h).
struct result {
    struct period period;
    struct dec value;
    struct dec target;  // the goal it was judged by; absent where not judged
    enum status status; // as published: the override where there is one
    enum status computed;
    enum status_reason reason;
    enum travel travel_short, travel_long;
};

struct override {
    struct period period;
    enum status status;
    const char *reason, *by;
    day on;
    int version;
};

struct commentary {
    struct period period;
    const char *what_happened, *why, *action;
    const struct person *action_owner, *author;
    day action_due;
};

struct comparator_group; // whom we compare with, and their figures: domain/comparison.h
struct comparison_series;

struct measure {
    const char *code, *title, *definition, *source, *note;
    const char *value_unit; // what is counted, as a noun: "tonnes"; NULL where not given
    const struct unit *unit;
    const struct person *owner, *checker;
    enum value_type value_type;
    int64_t per; // for a rate
    int decimals;
    enum polarity polarity;
    const char *frequency_text;
    enum period_kind frequency; // PERIOD_NONE for term and other
    enum aggregation aggregation;
    bool cumulative, contextual, is_public;
    unsigned classes; // measure_class bits
    int lag_days;
    const char *rule_code; // own or the organisation's default; NULL: none
    struct dec min_denominator;
    enum measure_state state;
    day retired_on;
    const char *formula;          // how it is worked out from others; NULL: it is counted
    const char *missing_parts;    // of a formula: "blank", "skip", "zero"
    const char *zero_denominator; // of a formula: "blank", "zero"
    const char *limits;           // which control chart (domain/limits.h); NULL: as the figures ask
    int small_number;             // counts from 1 to one less are kept back; 0: none
    const char *compare_with;     // code of a comparator group; NULL: every group with figures
    const char *forecast_by;      // a method's word ("run_rate" ... "trend"), "none"; NULL: chosen
    const struct series *series;  // [0] is the whole (may hold no figures); then the parts by name
    size_t series_count;
    const struct override *overrides;
    size_t override_count;
    const struct commentary *commentary; // ascending by period end
    size_t commentary_count;
    const struct comparison_series *comparisons; // of other organisations, by their code
    size_t comparison_count;
    const struct aim **aims;
    size_t aim_count;
    const struct action **actions;
    size_t action_count;
    size_t index;
};

enum action_state { ACTION_NOT_STARTED, ACTION_IN_PROGRESS, ACTION_COMPLETED, ACTION_CANCELLED };
struct action {
    const char *code, *title, *note;
    const struct measure *measure;
    const struct aim *aim;
    const struct plan *plan;
    const struct risk *risk;
    const struct person *owner;
    day start, due;
    int progress; // 0..100, -1 where not given
    enum action_state state;
};

struct control {
    const char *title, *effectiveness;
    const struct person *owner;
};

struct risk {
    const char *code, *title, *cause, *event, *effect, *category, *response;
    const struct person *owner;
    const struct aim *aim;
    // Likelihood and impact are -1 where not given; a score may stand without them.
    int initial_likelihood, initial_impact, initial_score;
    int residual_likelihood, residual_impact, residual_score;
    int target_score;
    day reviewed_on;
    const struct control *controls;
    size_t control_count;
    const struct action **actions;
    size_t action_count;
};

struct gate {
    const char *gate, *decision, *by, *reason;
    day decided_on;
};

struct benefit {
    const struct measure *measure;
    const char *expected_change;
    struct period period;
};

struct project {
    const char *code, *title, *stage;
    const char *sponsor, *manager; // names as the people file has them, or as written
    const struct plan *plan;
    const struct gate *gates;
    size_t gate_count;
    const struct benefit *benefits;
    size_t benefit_count;
};

struct budget {
    const char *line; // the name of the unit, or the line as written
    const struct unit *unit;
    struct period year;
    const char *kind; // revenue, capital, capital_financing, income
    struct dec budget, forecast, actual, prior;
    const char *note;
};

struct saving {
    const char *code, *title, *note;
    const struct unit *unit;
    struct period year;
    struct dec target, delivered, on_track, at_risk, undeliverable;
    bool one_off;
    const struct measure *measure;
    const struct project *project;
    const struct risk *risk;
};

// One version of a rule that says when a measure is looked at: as rules, oldest `from` first.
struct referral_rule {
    const char *code, *title, *note;
    const char *kind; // off_target_running, off_target_often, worsening, failing, missing_running,
                      // red_without_action
    int n, m;         // 0 where not given
    unsigned classes; // measure_class bits; 0: every measure
    day from;         // DAY_NONE: since ever
};

struct code_index;
struct page_cache;

// The arrays that are found by code.
enum council_index {
    INDEX_UNITS,
    INDEX_PEOPLE,
    INDEX_BOARDS,
    INDEX_PLANS,
    INDEX_AIMS,
    INDEX_MEASURES,
    INDEX_RISKS,
    INDEX_PROJECTS,
    INDEX_COUNT,
};

struct council {
    struct arena *arena;
    uint64_t revision;      // of the record's organisation, as the store counts
    const char *audit_head; // "SEQUENCE:HASH" of the audit trail; NULL: no event yet
    day today;              // the clock this picture was judged by
    day at;                 // what was known on this day; DAY_NONE: now
    bool in_part;           // somebody's view of it, with nothing else in it (domain/visibility.h)
    const char *seen_key;   // names that view; "" of the whole
    struct page_cache *pages; // the keeper's, of a council in part: pages made of it

    const char *code, *name, *kind, *gss_code, *notice, *default_rule;
    int year_start; // month

    const struct unit *units;
    size_t unit_count;
    const struct person *people;
    size_t person_count;
    const struct board *boards;
    size_t board_count;
    const struct meeting *meetings; // by date
    size_t meeting_count;
    const struct plan *plans;
    size_t plan_count;
    const struct aim *aims;
    size_t aim_count;
    const struct contribution *contributions;
    size_t contribution_count;
    const struct rule_version *rules; // by code, then from
    size_t rule_count;
    const struct referral_rule *referral_rules; // by code, then from
    size_t referral_rule_count;
    const struct measure *measures;
    size_t measure_count;
    const struct comparator_group *comparator_groups; // by code
    size_t comparator_group_count;
    const struct action *actions;
    size_t action_count;
    const struct risk *risks;
    size_t risk_count;
    const struct project *projects;
    size_t project_count;
    const struct budget *budgets;
    size_t budget_count;
    const struct saving *savings;
    size_t saving_count;

    struct period first_quarter, last_quarter; // of all figures; PERIOD_NONE when there are none

    struct code_index *by_code[INDEX_COUNT];
};

// Finding by code; NULL when there is none.
const struct measure *council_measure(const struct council *c, const char *code);
const struct aim *council_aim(const struct council *c, const char *code);
const struct unit *council_unit(const struct council *c, const char *code);
const struct board *council_board(const struct council *c, const char *code);
const struct plan *council_plan(const struct council *c, const char *code);
const struct risk *council_risk(const struct council *c, const char *code);
const struct project *council_project(const struct council *c, const char *code);
const struct person *council_person(const struct council *c, const char *code);

// The version of a rule in force at the end of a period; NULL when the code has none then.
const struct rule_version *council_rule(const struct council *c, const char *code, day on);

// The same of a rule of referral.
const struct referral_rule *council_referral_rule(const struct council *c, const char *code,
                                                  day on);

// The commentary / override of a measure for exactly this period; NULL when there is none.
const struct commentary *measure_commentary(const struct measure *m, struct period p);
const struct override *measure_override(const struct measure *m, struct period p);
// The figure / target of exactly this period; NULL when there is none.
const struct figure *series_figure(const struct series *s, struct period p);
const struct target *series_target(const struct series *s, struct period p);
// The owner's forecast for exactly this year; NULL when there is none.
const struct forecast *series_forecast(const struct series *s, struct period year);

const char *value_type_text(enum value_type t);
const char *marker_text(enum marker m); // NULL for none

#endif
