// Random figures and rules: the engine against a second implementation written another way, and
// every status recomputed from its explanation.
//
// The second one works in whole numbers only: each figure is a count of hundredths, percentages
// are multiplied out, and statuses are letters. It knows nothing of goals and bounds.
#include <stdlib.h>

#include "status_fixture.h"

enum { CASES = 300000, NOTHING = INT32_MIN };

static uint64_t seed = 20110401;

static uint32_t random_below(uint32_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % limit;
}

// Hundredths from a small field, so that figures often fall on a bound; now and then nothing.
static int64_t random_figure(int64_t reach, uint32_t absent_one_in)
{
    if (random_below(absent_one_in) == 0) {
        return NOTHING;
    }
    int64_t coarse = random_below(3) == 0 ? 1 : 25;
    uint32_t steps = (uint32_t)(2 * reach / coarse + 1);
    return (int64_t)random_below(steps) * coarse - reach;
}

static struct dec hundredths(int64_t h)
{
    return h == NOTHING ? DEC_NONE : dec_make(h, 2);
}

struct plain {
    int state, polarity, kind, unit, beyond, decimals;
    int64_t value, target, lower, upper, amber, previous, last_year;
    int64_t green_within, amber_within, red_absolute, red_percent;
    int64_t cases, cases_needed;
    int months, months_needed;
};

static struct plain random_plain(void)
{
    struct plain p = {.state = random_below(8) == 0 ? (int)random_below(7) : FIGURE_PRESENT,
                      .polarity = (int)random_below(4),
                      .kind = (int)random_below(RULE_DUAL + 1),
                      .unit = (int)random_below(2),
                      .beyond = (int)random_below(3),
                      .decimals = (int)random_below(4) - 1};
    p.value = random_figure(3000, 20);
    p.target = random_figure(3000, 6);
    p.lower = random_figure(1500, 4);
    p.upper = random_figure(1500, 4);
    if (p.lower != NOTHING && p.upper != NOTHING && p.lower > p.upper) {
        int64_t higher = p.lower;
        p.lower = p.upper;
        p.upper = higher;
    }
    p.amber = random_figure(3000, 3);
    p.previous = random_figure(3000, 3);
    p.last_year = random_figure(3000, 3);
    p.green_within = llabs(random_figure(1000, 1000000));
    p.amber_within = random_below(3) == 0 ? NOTHING : llabs(random_figure(2000, 1000000));
    p.red_absolute = random_below(3) == 0 ? NOTHING : llabs(random_figure(1000, 1000000));
    p.red_percent = random_below(3) == 0 ? NOTHING : llabs(random_figure(2000, 1000000));
    p.cases = random_below(10) == 0 ? (int64_t)random_below(20) * 100 : NOTHING;
    p.cases_needed = random_below(2) == 0 ? 1000 : NOTHING;
    if (random_below(10) == 0) {
        p.months_needed = 3;
        p.months = 1 + (int)random_below(3);
    }
    return p;
}

// Half away from nought.
static int64_t shown(int64_t h, int decimals)
{
    if (h == NOTHING || decimals < 0 || decimals >= 2) {
        return h;
    }
    int64_t unit = decimals == 0 ? 100 : 10;
    int64_t size = (llabs(h) + unit / 2) / unit * unit;
    return h < 0 ? -size : size;
}

// How much worse than wanted, in hundredths (0: not worse), and the figure it was missed by.
static int64_t worse_by(const struct plain *p, int64_t v, int64_t *missed)
{
    bool two_sided = p->kind == RULE_RANGE || p->polarity == POLARITY_RANGE;
    int64_t from = p->lower, to = p->upper;
    if (!two_sided) {
        from = p->polarity == POLARITY_HIGHER ? p->target : NOTHING;
        to = p->polarity == POLARITY_LOWER ? p->target : NOTHING;
    } else if (from == NOTHING && to == NOTHING && p->polarity == POLARITY_RANGE) {
        from = to = p->target;
    }
    if (from == NOTHING && to == NOTHING) {
        return NOTHING;
    }
    if (from != NOTHING && v < from) {
        *missed = from;
        return from - v;
    }
    *missed = to;
    return to != NOTHING && v > to ? v - to : 0;
}

static bool tolerated(const struct plain *p, int64_t worse, int64_t within, int64_t missed)
{
    if (within == NOTHING) {
        return false;
    }
    return p->unit == WITHIN_PERCENT ? worse * 10000 <= within * llabs(missed) : worse <= within;
}

// Whether the figure is no worse than it was; a range knows only how far from it, a direction also
// what happened on the good side.
static bool held(const struct plain *p, int64_t worse)
{
    int64_t then = p->beyond == BEYOND_TRAVEL_LAST_YEAR ? p->last_year : p->previous;
    int64_t ignored = 0;
    if (then == NOTHING) {
        return false;
    }
    if (p->polarity == POLARITY_RANGE) {
        return worse <= worse_by(p, then, &ignored);
    }
    return p->polarity == POLARITY_HIGHER ? p->value >= then : p->value <= then;
}

static char judge_tolerance(const struct plain *p, int64_t worse, int64_t missed)
{
    if (worse == 0 || tolerated(p, worse, p->green_within, missed)) {
        return 'G';
    }
    if (tolerated(p, worse, p->amber_within, missed)) {
        return 'A';
    }
    return p->beyond != BEYOND_RED && held(p, worse) ? 'A' : 'R';
}

static char judge_two(const struct plain *p)
{
    int64_t sign = p->polarity == POLARITY_HIGHER ? 1 : -1;
    int64_t first = p->target, second = p->amber;
    if (first == NOTHING) {
        first = sign > 0 ? p->upper : p->lower;
        second = sign > 0 ? p->lower : p->upper;
    }
    if (first == NOTHING) {
        return 'n';
    }
    if (second == NOTHING) {
        return p->value * sign >= first * sign ? 'G' : 'R';
    }
    int reached = (p->value * sign >= first * sign) + (p->value * sign >= second * sign);
    return "RAG"[reached];
}

static char judge_dual(const struct plain *p, int64_t worse, int64_t missed)
{
    if (worse == 0) {
        return 'G';
    }
    bool much = p->red_absolute != NOTHING && worse >= p->red_absolute;
    bool share = p->red_percent != NOTHING && worse * 10000 >= p->red_percent * llabs(missed);
    return much || share ? 'R' : 'A';
}

// G A R, or: d in development, a not applicable, s suppressed, l not due, m missing, n no target.
static char plain_status(struct plain p)
{
    static const char states[] = {' ', 'm', 'l', 's',
                                  'a', 'd', 't'}; // in the order of figure_state
    int64_t *all[] = {&p.value, &p.target, &p.lower, &p.upper, &p.amber, &p.previous, &p.last_year};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        *all[i] = shown(*all[i], p.decimals);
    }
    char state = states[p.state];
    if (strchr("lsad", state) != NULL) {
        return state;
    }
    bool no_figure = state == 'm' || (state == ' ' && p.value == NOTHING);
    if (p.kind == RULE_JUDGEMENT || no_figure || p.months < p.months_needed) {
        return 'm';
    }
    if (p.cases != NOTHING && p.cases_needed != NOTHING && p.cases < p.cases_needed) {
        return 'a';
    }
    if (state == 't' || p.polarity == POLARITY_NONE || p.kind == RULE_NONE) {
        return 'n';
    }
    if (p.kind == RULE_TWO_TARGETS) {
        return p.polarity == POLARITY_RANGE ? 'n' : judge_two(&p);
    }
    int64_t missed = 0;
    int64_t worse = worse_by(&p, p.value, &missed);
    if (worse == NOTHING ||
        (p.kind == RULE_DUAL && p.red_absolute == NOTHING && p.red_percent == NOTHING)) {
        return 'n';
    }
    switch (p.kind) {
    case RULE_TOLERANCE: return judge_tolerance(&p, worse, missed);
    case RULE_RANGE:
        return worse == 0 ? 'G' : tolerated(&p, worse, p.amber_within, missed) ? 'A' : 'R';
    case RULE_DUAL: return judge_dual(&p, worse, missed);
    default: return worse == 0 ? 'G' : 'R';
    }
}

static struct status_explanation engine(const struct plain *p)
{
    struct status_input in = {.state = (enum figure_state)p->state,
                              .polarity = (enum polarity)p->polarity,
                              .decimals = p->decimals,
                              .value = hundredths(p->value),
                              .target = hundredths(p->target),
                              .lower = hundredths(p->lower),
                              .upper = hundredths(p->upper),
                              .amber = hundredths(p->amber),
                              .previous = hundredths(p->previous),
                              .last_year = hundredths(p->last_year),
                              .denominator = hundredths(p->cases),
                              .min_denominator = hundredths(p->cases_needed),
                              .present = p->months,
                              .expected = p->months_needed};
    struct rule rule = {(enum rule_kind)p->kind,     hundredths(p->green_within),
                        hundredths(p->amber_within), (enum within_unit)p->unit,
                        (enum rule_beyond)p->beyond, hundredths(p->red_absolute),
                        hundredths(p->red_percent)};
    return status_evaluate(&in, &rule);
}

static void describe_failure(const struct plain *p, char plain, enum status got, const char *how)
{
    fail_msg("%s: engine %s, plain %c; state %d polarity %d kind %d unit %d beyond %d decimals %d "
             "value %lld target %lld lower %lld upper %lld amber %lld previous %lld last year %lld "
             "green %lld amber within %lld red %lld red percent %lld",
             how, status_code(got), plain, p->state, p->polarity, p->kind, p->unit, p->beyond,
             p->decimals, (long long)p->value, (long long)p->target, (long long)p->lower,
             (long long)p->upper, (long long)p->amber, (long long)p->previous,
             (long long)p->last_year, (long long)p->green_within, (long long)p->amber_within,
             (long long)p->red_absolute, (long long)p->red_percent);
}

static void test_two_implementations_agree(void **state)
{
    (void)state;
    static const char letters[STATUS_COUNT] = {
        [STATUS_OFF_TARGET] = 'R', [STATUS_SLIGHTLY_OFF] = 'A',   [STATUS_ON_TARGET] = 'G',
        [STATUS_MISSING] = 'm',    [STATUS_NO_TARGET] = 'n',      [STATUS_NOT_DUE] = 'l',
        [STATUS_SUPPRESSED] = 's', [STATUS_NOT_APPLICABLE] = 'a', [STATUS_IN_DEVELOPMENT] = 'd',
    };
    int by_status[STATUS_COUNT] = {0}, by_reason[REASON_COUNT] = {0};
    for (int i = 0; i < CASES; i++) {
        struct plain p = random_plain();
        struct status_explanation e = engine(&p);
        char plain = plain_status(p);
        if (letters[e.status] != plain) {
            describe_failure(&p, plain, e.status, "the two disagree");
        }
        by_status[e.status]++;
        by_reason[e.reason]++;
        // What recomputes must look at figures, bounds and rule, not at the answer.
        struct status_explanation wiped = e;
        wiped.status = STATUS_COUNT;
        wiped.reason = REASON_NONE;
        if (status_recompute(&wiped) != e.status) {
            describe_failure(&p, plain, status_recompute(&wiped), "recomputed otherwise");
        }
        if (e.reason == REASON_NONE) {
            describe_failure(&p, plain, e.status, "no reason");
        }
    }
    for (int s = 0; s < STATUS_COUNT; s++) {
        assert_true(by_status[s] > 100);
    }
    for (int r = REASON_NONE + 1; r < REASON_COUNT; r++) {
        if (by_reason[r] < 20) {
            fail_msg("the reason %s came only %d times", status_reason_code((enum status_reason)r),
                     by_reason[r]);
        }
    }
    print_message("# %d cases: %d on target, %d slightly off, %d off\n", CASES,
                  by_status[STATUS_ON_TARGET], by_status[STATUS_SLIGHTLY_OFF],
                  by_status[STATUS_OFF_TARGET]);
}

static struct dec random_wide(void)
{
    uint64_t high = random_below(1000000000), low = random_below(1000000000);
    int64_t units = (int64_t)(high * 1000000000 + low);
    for (uint32_t shorter = random_below(18); shorter > 0; shorter--) {
        units /= 10;
    }
    return dec_make(random_below(2) == 0 ? units : -units, (uint8_t)random_below(19));
}

// Figures of up to 18 digits at any scale: nothing overflows, and the explanation still holds.
static void test_wide_figures_recompute(void **state)
{
    (void)state;
    int untold = 0;
    for (int i = 0; i < CASES; i++) {
        struct status_input in = {.polarity = (enum polarity)(1 + random_below(3)),
                                  .decimals = (int)random_below(20) - 1,
                                  .value = random_wide(),
                                  .target = random_wide(),
                                  .lower = random_below(2) == 0 ? random_wide() : DEC_NONE,
                                  .amber = random_wide(),
                                  .last_year = random_wide()};
        struct rule rule = {(enum rule_kind)(1 + random_below(RULE_DUAL)),
                            dec_abs(random_wide()),
                            dec_abs(random_wide()),
                            (enum within_unit)random_below(2),
                            (enum rule_beyond)random_below(3),
                            dec_abs(random_wide()),
                            dec_abs(random_wide())};
        struct status_explanation e = status_evaluate(&in, &rule);
        untold += status_is_scored(e.status) && !e.green_bound.present;
        if (status_recompute(&e) != e.status) {
            fail_msg("case %d: %s, recomputed %s", i, status_code(e.status),
                     status_code(status_recompute(&e)));
        }
    }
    assert_true(untold > 100); // bounds of more than 18 digits did occur
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_implementations_agree),
        cmocka_unit_test(test_wide_figures_recompute),
    };
    return cmocka_run_group_tests_name("status: random cases", tests, NULL, NULL);
}
