#include "fixture_council.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>

#include "domain/reading.h"
#include "fixture_making.h"

// ---- the council folder, as it were ----

static const struct {
    const char *code, *title, *from, *green, *amber, *red_absolute, *red_percent;
    enum rule_kind kind;
    enum within_unit unit;
    enum rule_beyond beyond;
} rules[] = {
    {"DUAL", "An amount or a share", NULL, NULL, NULL, "100000", "5", RULE_DUAL, 0, 0},
    {"JUDGE", "Set by judgement", NULL, NULL, NULL, NULL, NULL, RULE_JUDGEMENT, 0, 0},
    {"PCTY", "Within 10%, else as last year", NULL, "10", NULL, NULL, NULL, RULE_TOLERANCE,
     WITHIN_PERCENT, BEYOND_TRAVEL_LAST_YEAR},
    {"RNG", "Inside the range, or near it", NULL, NULL, "20", NULL, NULL, RULE_RANGE, 0, 0},
    {"STD", "Corporate rule", NULL, NULL, "10", NULL, NULL, RULE_TOLERANCE, WITHIN_PERCENT, 0},
    {"STD", "Corporate rule", "2013-04-01", NULL, "5", NULL, NULL, RULE_TOLERANCE, WITHIN_PERCENT,
     0},
    {"TWO", "Two targets", NULL, NULL, NULL, NULL, NULL, RULE_TWO_TARGETS, 0, 0}};

static const struct {
    const char *code, *title, *rule;
    enum value_type type;
    int decimals;
    enum polarity polarity;
    enum period_kind frequency;
    enum aggregation as;
    enum measure_state state;
    int unit, owner, lag;
    const char *aims; // positions in aims[]
    unsigned classes;
} measures[] = {
    {"M 1", "Young people without work", "STD", VALUE_PERCENT, 1, POLARITY_LOWER, PERIOD_QUARTER,
     AGGREGATE_RATIO, 0, 1, 1, 20, "34", CLASS_CORPORATE | CLASS_STATUTORY},
    {"M 2", "Calls answered", "STD", VALUE_PERCENT, 1, POLARITY_HIGHER, PERIOD_QUARTER,
     AGGREGATE_RATIO, 0, 0, 0, 20, "2", CLASS_CORPORATE},
    {"M 3", "Days to decide", "STD", VALUE_DAYS, 1, POLARITY_LOWER, PERIOD_QUARTER, AGGREGATE_MEAN,
     0, 0, 0, 20, "2", CLASS_CORPORATE},
    {"M 4", "Assessments on time", "STD", VALUE_PERCENT, 1, POLARITY_HIGHER, PERIOD_QUARTER,
     AGGREGATE_RATIO, 0, 2, 2, 20, "3", CLASS_SERVICE},
    {"M 5", "Visits", "STD", VALUE_NUMBER, 0, POLARITY_HIGHER, PERIOD_QUARTER, AGGREGATE_SUM, 0, 0,
     0, 20, "2", CLASS_SERVICE},
    {"M 6", "Healthy life expectancy", "STD", VALUE_NUMBER, 1, POLARITY_HIGHER, PERIOD_YEAR,
     AGGREGATE_NONE, 0, 0, 0, 450, "1", CLASS_CORPORATE},
    {"M 7", "Infant deaths", "STD", VALUE_RATE, 1, POLARITY_LOWER, PERIOD_QUARTER, AGGREGATE_NONE,
     0, 0, 0, 20, "1", CLASS_CORPORATE},
    {"M 8", "Survey", "STD", VALUE_NUMBER, 1, POLARITY_HIGHER, PERIOD_QUARTER, AGGREGATE_NONE, 0, 0,
     0, 20, "2", CLASS_CORPORATE},
    {"M 9", "Bullying (to be identified)", NULL, VALUE_NUMBER, 0, POLARITY_LOWER, PERIOD_QUARTER,
     AGGREGATE_SUM, MEASURE_DEVELOPMENT, 2, -1, 20, "3", CLASS_SERVICE},
    {"M 10", "Core assessments", "STD", VALUE_PERCENT, 1, POLARITY_HIGHER, PERIOD_QUARTER,
     AGGREGATE_RATIO, MEASURE_RETIRED, 1, 1, 20, "3", CLASS_STATUTORY},
    {"M 11", "Inspection", "JUDGE", VALUE_TEXT, 0, POLARITY_NONE, PERIOD_YEAR, AGGREGATE_NONE, 0, 1,
     1, 40, "3", CLASS_STATUTORY},
    {"M 12", "Plan in force", "JUDGE", VALUE_YES_NO, 0, POLARITY_NONE, PERIOD_YEAR, AGGREGATE_NONE,
     0, 0, 0, 40, "1", CLASS_SERVICE},
    {"M 13", "Incidents reported", "RNG", VALUE_NUMBER, 0, POLARITY_RANGE, PERIOD_QUARTER,
     AGGREGATE_SUM, 0, 2, 2, 20, "4", CLASS_SERVICE},
    {"M 14", "Benefits paid in time", "STD", VALUE_PERCENT, 1, POLARITY_HIGHER, PERIOD_MONTH,
     AGGREGATE_RATIO, 0, 0, 0, 15, "1", CLASS_CORPORATE | CLASS_ORGANISATIONAL},
    {"M 15", "Records in order", "STD", VALUE_PERCENT, 1, POLARITY_HIGHER, PERIOD_QUARTER,
     AGGREGATE_RATIO, 0, 1, 1, 20, "3", CLASS_CORPORATE},
    {"M 16", "Rent lost", "DUAL", VALUE_MONEY, 0, POLARITY_LOWER, PERIOD_QUARTER, AGGREGATE_SUM, 0,
     0, 0, 20, "1", CLASS_ORGANISATIONAL},
    {"M 17", "Families helped", "STD", VALUE_NUMBER, 0, POLARITY_HIGHER, PERIOD_MONTH,
     AGGREGATE_SUM, 0, 2, 2, 20, "3", CLASS_SERVICE},
    {"M 18", "<script>alert('x')</script> & \"more\"", NULL, VALUE_NUMBER, 2, POLARITY_NONE,
     PERIOD_QUARTER, AGGREGATE_LAST, 0, -1, -1, 0, "", 0},
    {"M 19", "Quality of cases", "TWO", VALUE_SCORE, 1, POLARITY_HIGHER, PERIOD_HALF,
     AGGREGATE_LAST, 0, 1, 1, 30, "3", CLASS_SERVICE},
    {"M 20", "Arrears collected", "PCTY", VALUE_PERCENT, 1, POLARITY_HIGHER, PERIOD_QUARTER,
     AGGREGATE_LAST, 0, 0, 0, 20, "2", CLASS_ORGANISATIONAL},
    {"M 21", "Repairs outstanding", "STD", VALUE_NUMBER, 0, POLARITY_LOWER, PERIOD_MONTH,
     AGGREGATE_LAST, 0, 2, 2, 20, "3", CLASS_CORPORATE},
};

// Of M 21, month by month until March 2014.
static const int repairs[] = {50, 52, 49, 51, 53, 50, 48, 51, 52, 50, 49, 51, 53, 50, 60, 62,
                              59, 61, 60, 62, 59, 61, 60, 62, 66, 67, 66, 68, 67, 66, 68, 75};
enum { REPAIRS = 20 }; // its position

// Ascending by measure, part and period; versions of one figure follow one another.
static const struct {
    int measure;
    const char *part, *period, *value, *numerator, *denominator, *text, *known;
    enum marker marker;
} figures[] = {
    {0, "", "2012-13-Q4", "8.7", "304", "3500", NULL, NULL, 0},
    {0, "", "2013-14-Q1", "8.9", "311", "3500", NULL, NULL, 0},
    {0, "", "2013-14-Q2", "9.0", "315", "3500", NULL, NULL, 0},
    {0, "", "2013-14-Q3", "9.1", "319", "3500", NULL, NULL, 0},
    {0, "", "2013-14-Q4", "9.5", "333", "3500", NULL, "2014-04-20", MARKER_PROVISIONAL},
    {0, "", "2013-14-Q4", "9.8", "343", "3500", NULL, "2014-05-10", MARKER_REVISED},
    {0, "North", "2013-14-Q3", "12.0", NULL, NULL, NULL, NULL, 0},
    {0, "North", "2013-14-Q4", "12.4", NULL, NULL, NULL, NULL, 0},
    {0, "South & East", "2013-14-Q4", "7.2", NULL, NULL, NULL, NULL, 0},
    {1, "", "2012-13-Q4", "90.0", "900", "1000", NULL, NULL, 0},
    {1, "", "2013-14-Q3", "91.0", "910", "1000", NULL, NULL, 0},
    {1, "", "2013-14-Q4", "92.0", "920", "1000", NULL, NULL, 0},
    {2, "", "2013-14-Q3", "20.1", NULL, NULL, NULL, NULL, 0},
    {2, "", "2013-14-Q4", "20.6", NULL, NULL, NULL, NULL, MARKER_ESTIMATED},
    {3, "", "2013-14-Q2", "80.0", NULL, NULL, NULL, NULL, 0},
    {4, "", "2013-14-Q4", "1234", NULL, NULL, NULL, NULL, 0},
    {5, "", "2011-12-FY", "9.4", NULL, NULL, NULL, NULL, 0},
    {6, "", "2013-14-Q3", "5.1", NULL, NULL, NULL, NULL, 0},
    {6, "", "2013-14-Q4", NULL, NULL, NULL, "c", NULL, MARKER_SUPPRESSED},
    {7, "", "2013-14-Q4", NULL, NULL, NULL, "n/a", NULL, MARKER_NOT_APPLICABLE},
    {9, "", "2012-13-Q3", "71.0", NULL, NULL, NULL, NULL, 0},
    {10, "", "2012-13-FY", NULL, NULL, NULL, "Adequate", NULL, 0},
    {10, "", "2013-14-FY", NULL, NULL, NULL, "Good", NULL, 0},
    {11, "", "2013-14-FY", "1", NULL, NULL, NULL, NULL, 0},
    {12, "", "2013-14-Q4", "130", NULL, NULL, NULL, NULL, 0},
    {13, "", "2013-12", "70.0", "70", "100", NULL, NULL, 0},
    {13, "", "2014-01", "80.0", "80", "100", NULL, NULL, 0},
    {13, "", "2014-02", "90.0", "90", "100", NULL, NULL, 0},
    {13, "", "2014-03", "75.0", "150", "200", NULL, NULL, MARKER_PROVISIONAL},
    {14, "", "2013-14-Q4", "96.0", NULL, NULL, NULL, NULL, 0},
    {15, "", "2013-14-Q4", "400000", NULL, NULL, NULL, NULL, 0},
    {16, "", "2014-01", "10", NULL, NULL, NULL, NULL, 0},
    {16, "", "2014-03", "12", NULL, NULL, NULL, NULL, 0},
    {17, "", "2013-14-Q4", "-1234.5", NULL, NULL, NULL, NULL, 0},
    {18, "", "2013-14-H2", "2.8", NULL, NULL, NULL, NULL, 0},
    {19, "", "2012-13-Q4", "20.0", NULL, NULL, NULL, NULL, 0},
    {19, "", "2013-14-Q4", "21.0", NULL, NULL, NULL, NULL, 0},
};

static const struct {
    int measure;
    const char *part, *period, *target, *lower, *upper, *amber, *known, *by;
} targets[] = {
    {0, "", "2013-14-Q1", "8.0", NULL, NULL, NULL, NULL, "Executive"},
    {0, "", "2013-14-Q2", "8.0", NULL, NULL, NULL, NULL, "Executive"},
    {0, "", "2013-14-Q3", "8.0", NULL, NULL, NULL, NULL, "Executive"},
    {0, "", "2013-14-Q4", "8.5", NULL, NULL, NULL, "2013-03-11", "Executive"},
    {0, "", "2013-14-Q4", "7.5", NULL, NULL, NULL, "2014-01-20", "Executive"},
    {1, "", "2013-14-FY", "90.0", NULL, NULL, NULL, NULL, NULL},
    {2, "", "2013-14-Q4", "20.0", NULL, NULL, NULL, NULL, NULL},
    {3, "", "2013-14-Q4", "85.0", NULL, NULL, NULL, NULL, NULL},
    {5, "", "2013-14-FY", "10.0", NULL, NULL, NULL, NULL, NULL},
    {6, "", "2013-14-Q4", "5.0", NULL, NULL, NULL, NULL, NULL},
    {9, "", "2012-13-Q3", "75.0", NULL, NULL, NULL, NULL, NULL},
    {12, "", "2013-14-Q4", NULL, "60", "120", NULL, NULL, NULL},
    {13, "", "2014-03", "80.0", NULL, NULL, NULL, NULL, NULL},
    {14, "", "2013-14-Q4", "95.0", NULL, NULL, NULL, NULL, NULL},
    {15, "", "2013-14-Q4", "390000", NULL, NULL, NULL, NULL, NULL},
    {18, "", "2013-14-H2", "3.0", NULL, NULL, "2.5", NULL, NULL},
    {19, "", "2013-14-Q4", "25.0", NULL, NULL, NULL, NULL, NULL},
    {20, "", "2014-03", "40", NULL, NULL, NULL, NULL, NULL},
};

static void make_rules(struct making *m)
{
    struct rule_version *all = ARENA_ARRAY(m->arena, COUNT_OF(rules), struct rule_version);
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        all[i] = (struct rule_version){.code = rules[i].code, .title = rules[i].title};
        all[i].from = date(rules[i].from);
        all[i].rule = (struct rule){.kind = rules[i].kind,
                                    .green_within = number(rules[i].green),
                                    .amber_within = number(rules[i].amber),
                                    .within_unit = rules[i].unit,
                                    .beyond = rules[i].beyond,
                                    .red_absolute = number(rules[i].red_absolute),
                                    .red_percent = number(rules[i].red_percent)};
    }
    m->council->rules = all;
    m->council->rule_count = COUNT_OF(rules);
}

static void fill_repairs(struct making *m, struct series *s, struct figure *f)
{
    struct period p = period("2014-03");
    for (size_t i = COUNT_OF(repairs); i > 0; i--, p = period_step(p, -1, 4)) {
        f[i - 1] = (struct figure){
            .period = p, .value = dec_int(repairs[i - 1]), .known_from = DAY_NONE, .version = 1};
    }
    struct rebase *r = ARENA_NEW(m->arena, struct rebase);
    *r = (struct rebase){.period = period("2012-10"),
                         .reason = "The contractor <b>not bold</b> changed",
                         .by = "Executive",
                         .agreed_on = date("2012-11-05"),
                         .version = 1};
    s->figure_count = COUNT_OF(repairs);
    s->rebases = r;
    s->rebase_count = 1;
}

static void fill_series(struct making *m, struct series *s, int measure)
{
    struct figure *f = ARENA_ARRAY(m->arena, COUNT_OF(figures) + COUNT_OF(repairs), struct figure);
    if (measure == REPAIRS) {
        fill_repairs(m, s, f);
    }
    struct target *t = ARENA_ARRAY(m->arena, COUNT_OF(targets), struct target);
    for (size_t i = 0; i < COUNT_OF(figures); i++) {
        if (figures[i].measure != measure || strcmp(figures[i].part, s->part) != 0) {
            continue;
        }
        struct figure next = {.period = period(figures[i].period),
                              .value = number(figures[i].value),
                              .numerator = number(figures[i].numerator),
                              .denominator = number(figures[i].denominator),
                              .text = figures[i].text,
                              .marker = figures[i].marker,
                              .note = "As reported",
                              .known_from = date(figures[i].known),
                              .version = 1};
        if (s->figure_count > 0 && period_equal(f[s->figure_count - 1].period, next.period)) {
            struct figure *old = ARENA_NEW(m->arena, struct figure);
            *old = f[--s->figure_count];
            next.before = old;
            next.version = old->version + 1;
        }
        f[s->figure_count++] = next;
    }
    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        if (targets[i].measure != measure || strcmp(targets[i].part, s->part) != 0) {
            continue;
        }
        struct target next = {.period = period(targets[i].period),
                              .target = number(targets[i].target),
                              .lower = number(targets[i].lower),
                              .upper = number(targets[i].upper),
                              .amber = number(targets[i].amber),
                              .rationale = "As good as similar towns",
                              .agreed_by = targets[i].by,
                              .agreed_on = date(targets[i].known),
                              .known_from = date(targets[i].known),
                              .version = 1};
        if (s->target_count > 0 && period_equal(t[s->target_count - 1].period, next.period)) {
            struct target *old = ARENA_NEW(m->arena, struct target);
            *old = t[--s->target_count];
            next.before = old;
            next.version = old->version + 1;
        }
        t[s->target_count++] = next;
    }
    s->figures = f;
    s->targets = t;
}

// The status of every period from the first figure or target to the last quarter of the council.
static void judge_series(struct making *m, const struct measure *of, struct series *s)
{
    enum { PERIODS_MAX = 40 };
    struct result *results = ARENA_ARRAY(m->arena, PERIODS_MAX, struct result);
    if (s->figure_count > 0 || s->target_count > 0) {
        day first = s->figure_count > 0 ? s->figures[0].period.end : s->targets[0].period.end;
        day last = m->council->last_quarter.end;
        for (struct period p = period_of(of->frequency, first, 4);
             p.end <= last && s->result_count < PERIODS_MAX; p = period_step(p, 1, 4)) {
            struct reading r = reading_of(m->council, of, s, p);
            results[s->result_count++] = (struct result){.period = r.period,
                                                         .value = r.value,
                                                         .target = r.why.goal,
                                                         .status = r.status,
                                                         .computed = r.why.status,
                                                         .reason = r.why.reason,
                                                         .travel_short = r.short_travel.travel,
                                                         .travel_long = r.long_travel.travel};
        }
    }
    s->results = results;
}

static void make_series(struct making *m, struct measure *of, int at)
{
    struct series *all = ARENA_ARRAY(m->arena, 4, struct series);
    all[0].part = "";
    of->series_count = 1;
    for (size_t i = 0; i < COUNT_OF(figures); i++) {
        if (figures[i].measure == at && figures[i].part[0] != '\0' &&
            strcmp(all[of->series_count - 1].part, figures[i].part) != 0) {
            all[of->series_count++].part = figures[i].part;
        }
    }
    of->series = all;
    for (size_t i = 0; i < of->series_count; i++) {
        fill_series(m, &all[i], at);
    }
    for (size_t i = 0; i < of->series_count; i++) {
        judge_series(m, of, &all[i]);
    }
}

static void link_aims(struct making *m, struct measure *of, const char *digits)
{
    of->aims = ARENA_ARRAY(m->arena, strlen(digits) + 1, const struct aim *);
    for (const char *d = digits; *d != '\0'; d++) {
        struct aim *aim = &m->aims[*d - '0'];
        of->aims[of->aim_count++] = aim;
        aim->measures[aim->measure_count++] = of;
    }
}

static void make_measures(struct making *m)
{
    struct council *c = m->council;
    m->measures = ARENA_ARRAY(m->arena, COUNT_OF(measures), struct measure);
    c->measures = m->measures;
    c->measure_count = COUNT_OF(measures);
    for (size_t i = 0; i < COUNT_OF(measures); i++) {
        struct measure *of = &m->measures[i];
        bool bare = measures[i].unit < 0;
        *of = (struct measure){.code = measures[i].code, .title = measures[i].title};
        of->definition = bare ? NULL : "What is counted, in a sentence.";
        of->note = bare ? "<b>not bold</b>" : NULL;
        of->source = bare ? NULL : "The council's own records";
        of->unit = bare ? NULL : &m->units[measures[i].unit];
        of->owner = measures[i].owner < 0 ? NULL : &m->people[measures[i].owner];
        of->value_type = measures[i].type;
        of->per = measures[i].type == VALUE_RATE ? 1000 : 0;
        of->decimals = measures[i].decimals;
        of->polarity = measures[i].polarity;
        of->frequency = measures[i].frequency;
        of->frequency_text = period_kind_text(measures[i].frequency);
        of->aggregation = measures[i].as;
        of->classes = measures[i].classes;
        of->lag_days = measures[i].lag;
        of->rule_code = measures[i].rule;
        of->state = measures[i].state;
        of->contextual = bare;
        of->is_public = true;
        of->retired_on = of->state == MEASURE_RETIRED ? date("2013-04-01") : DAY_NONE;
        of->missing_parts = of->zero_denominator = "blank";
        of->limits = "mdc";
        of->index = i;
        link_aims(m, of, measures[i].aims);
    }
    INDEX(m, INDEX_MEASURES, measures, COUNT_OF(measures));
}

// What people said and decided about measures.
static void make_story(struct making *m)
{
    struct commentary *said = ARENA_ARRAY(m->arena, 2, struct commentary);
    said[0] = (struct commentary){.period = period("2013-14-Q3"),
                                  .what_happened = "The share rose to 9.1%.",
                                  .action_due = DAY_NONE};
    said[1] = (struct commentary){period("2013-14-Q4"),
                                  "The share rose to 9.8%.",
                                  "Courses ended in December.",
                                  "One adviser for each young person.",
                                  &m->people[2],
                                  &m->people[1],
                                  date("2014-07-31")};
    m->measures[0].commentary = said;
    m->measures[0].commentary_count = 2;
    struct override *set = ARENA_ARRAY(m->arena, 2, struct override);
    set[0] = (struct override){period("2013-14-FY"), STATUS_ON_TARGET,   "The grade was good.",
                               "Director",           date("2014-05-06"), 1};
    set[1] =
        (struct override){period("2013-14-Q4"),  STATUS_OFF_TARGET,  "Nine records dated late.",
                          "Performance Manager", date("2014-04-28"), 1};
    m->measures[10].overrides = &set[0];
    m->measures[14].overrides = &set[1];
    m->measures[10].override_count = m->measures[14].override_count = 1;
}

static struct council *bare(struct arena *a)
{
    struct council *c = ARENA_NEW(a, struct council);
    *c = (struct council){.arena = a,
                          .revision = 7,
                          .today = date("2014-05-15"),
                          .at = DAY_NONE,
                          .code = "town",
                          .name = "Testing Town Council",
                          .kind = "council",
                          .year_start = 4};
    c->first_quarter = c->last_quarter = PERIOD_ABSENT;
    return c;
}

struct measure *fixture_measure(const struct council *c, const char *code)
{
    const struct measure *m = council_measure(c, code);
    assert_non_null(m);
    return (struct measure *)(uintptr_t)m;
}

struct series *fixture_series(const struct council *c, const char *code, const char *part)
{
    const struct measure *m = fixture_measure(c, code);
    for (size_t i = 0; i < m->series_count; i++) {
        if (strcmp(m->series[i].part, part) == 0) {
            return (struct series *)(uintptr_t)&m->series[i];
        }
    }
    fail_msg("measure %s has no part \"%s\"", code, part);
    return NULL;
}

const struct council *fixture_empty_council(struct arena *a)
{
    return bare(a);
}

const struct council *fixture_council(struct arena *a)
{
    struct council *c = bare(a);
    struct making m = {.arena = a, .council = c};
    c->default_rule = "STD";
    c->first_quarter = period("2011-12-Q1");
    c->last_quarter = period("2013-14-Q4");
    make_people(&m);
    make_thread(&m);
    make_rules(&m);
    make_measures(&m);
    make_story(&m);
    for (size_t i = 0; i < COUNT_OF(measures); i++) {
        make_series(&m, &m.measures[i], (int)i);
    }
    make_delivery(&m);
    return c;
}
