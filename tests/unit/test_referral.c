// Rules of referral over histories an officer can read: a letter a period, and what is referred.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "engine/referral.h"

enum { ROWS_MAX = 64, TOLD_MAX = 512 };

// A letter a period.
//   status   G on target  A slightly off  R off target  M missing  N no target  S suppressed
//            X not applicable  D in development
//   chart    c common cause, the target within the limits (hit and miss)  w special-cause worsening
//            i special-cause improvement  F common cause, target out of reach  P common cause,
//            target always within reach  n common cause, no target  ? too few points  - no figure
//            s as c, and the level changed
//   action   a recorded and open  . none
struct history_case {
    const char *what;
    const char *rule;
    const char *status, *chart, *action; // chart "": all c; action "": none
    int from;                            // the rule is in force from this period on (1 = the first)
    const char *expected;                // "4-7": opened in period 4, recovered in 7; "4-" is open
};

// clang-format off
static const struct history_case CASES[] = {
    {"off target four times running", "off_target:4", "GGRRRRAG", "", "", 1, "6-8"},
    {"three times are not four", "off_target:4", "GRRRGRRR", "", "", 1, ""},
    {"once is enough where the rule says so", "off_target:1", "GRGRG", "", "", 1, "2-3 4-5"},
    {"slightly off is no recovery", "off_target:2", "RRAARG", "", "", 1, "2-6"},
    {"unless the rule says so", "off_target:2:slightly_off", "RRAARG", "", "", 1, "2-3"},
    {"nothing is referred twice while it is open", "off_target:2", "RRRRRRRR", "", "", 1, "2-"},
    {"after recovery it takes the whole run again", "off_target:2", "RRGRRRG", "", "", 1,
     "2-3 5-7"},
    {"a missing figure breaks the run", "off_target:3", "RRMRRG", "", "", 1, ""},
    {"and is no recovery", "off_target:2", "RRMMG", "", "", 1, "2-5"},
    {"nor is a period without a target", "off_target:2", "RRNNG", "", "", 1, "2-5"},
    {"nor a figure kept back", "off_target:2", "RRSR", "", "", 1, "2-"},
    {"open at the end", "off_target:3", "GRRR", "", "", 1, "4-"},
    {"what was red before the rule counts, and is referred on its first day", "off_target:3",
     "RRRRRRG", "", "", 5, "5-7"},
    {"what recovered before the rule is not referred", "off_target:3", "RRRGRR", "", "", 5, ""},
    {"a rule from after the end", "off_target:1", "RRR", "", "", 4, ""},
    {"no history", "off_target:1", "", "", "", 1, ""},

    {"three of the last five", "off_target:3/5", "GRGRAR", "", "", 1, "6-"},
    {"the third too late", "off_target:3/5", "RGRGGRG", "", "", 1, ""},
    {"three of fewer than five are enough", "off_target:3/5", "RRRG", "", "", 1, "3-4"},
    {"it does not fire while on target, whatever the window says", "off_target:3/5", "RRRGGG", "",
     "", 1, "3-4"},
    {"off target again within the window is referred again", "off_target:3/5", "RRRGRG", "", "", 1,
     "3-4 5-6"},
    {"missing figures take room in the window", "off_target:2/3", "RMMRMR", "", "", 1, "6-"},
    {"all of the last m is n running", "off_target:3/3", "RRRGRRR", "", "", 1, "3-4 7-"},

    {"special-cause worsening, whatever the colour", "worsening", "GGGGGG", "ccwwcc", "", 1, "3-5"},
    {"improvement ends it, too", "worsening", "GGGGG", "cwicc", "", 1, "2-3"},
    {"too few points are no recovery", "worsening", "GGGGG", "cw??c", "", 1, "2-5"},
    {"nor is a gap", "worsening", "GGMMG", "cw--c", "", 1, "2-5"},
    {"red by chance is not referred", "worsening", "RRRRR", "ccccc", "", 1, ""},

    {"the target out of reach", "failing", "GRRRG", "cFFFc", "", 1, "2-5"},
    {"within reach again", "failing", "RRG", "FFP", "", 1, "1-3"},
    {"too few points after a step change do not tell", "failing", "RRRG", "F??c", "", 1, "1-4"},

    {"missing twice", "missing:2", "GMMMG", "", "", 1, "3-5"},
    {"missing once is not twice", "missing:2", "MGMG", "", "", 1, ""},
    {"a figure without a target ends it", "missing:1", "MN", "", "", 1, "1-2"},
    {"so does a mark that stands for the figure", "missing:1", "MSMX", "", "", 1, "1-2 3-4"},

    {"red and no action", "red_without_action", "GRRG", "", "....", 1, "2-4"},
    {"an action ends it, though it is red", "red_without_action", "GRRRG", "", "..aaa", 1, "2-3"},
    {"with an action it is not referred", "red_without_action", "RRR", "", "aaa", 1, ""},
    {"when the action is over it is", "red_without_action", "RRR", "", "aa.", 1, "3-"},
    {"slightly off target ends it", "red_without_action", "RA", "", "..", 1, "1-2"},
    {"a missing figure does not", "red_without_action", "RMMG", "", "....", 1, "1-4"},
};

// Of the first referral: is it noise, and why.
static const struct {
    const char *what;
    const char *rule, *status, *chart;
    enum referral_noise noise;
    enum referral_why why;
} NOISES[] = {
    {"usual variation, and over in the next period", "off_target:1", "GRG", "ccc", NOISE_YES,
     WHY_NOISE},
    {"and over in the second", "off_target:1", "GRRG", "cccc", NOISE_YES, WHY_NOISE},
    {"the third is too late", "off_target:1", "GRRRG", "ccccc", NOISE_NO, WHY_NOT_RECOVERED},
    {"still open after two", "off_target:1", "GRRR", "cccc", NOISE_NO, WHY_NOT_RECOVERED},
    {"open, and two are not over", "off_target:1", "GRR", "ccc", NOISE_CANNOT_TELL, WHY_TOO_EARLY},
    {"open since the last period", "off_target:1", "GGR", "ccc", NOISE_CANNOT_TELL, WHY_TOO_EARLY},
    {"over because the level changed", "off_target:1", "GRG", "ccs", NOISE_NO, WHY_LEVEL_SHIFT},
    {"the level changed on the way", "off_target:1", "GRRG", "ccsc", NOISE_NO, WHY_LEVEL_SHIFT},
    {"a change of level in the opening period is no reason", "off_target:1", "GRG", "csc", NOISE_YES,
     WHY_NOISE},
    {"a change of level afterwards is none either", "off_target:1", "GRGG", "cccs", NOISE_YES,
     WHY_NOISE},
    {"a rule of the chart fired", "off_target:1", "GRG", "cwc", NOISE_NO, WHY_SPECIAL_CAUSE},
    {"a better figure than usual, and red all the same", "off_target:1", "GRG", "cic", NOISE_NO,
     WHY_SPECIAL_CAUSE},
    {"the target out of reach", "off_target:1", "GRG", "cFc", NOISE_NO, WHY_OUT_OF_REACH},
    {"the target always within reach", "off_target:1", "GRG", "cPc", NOISE_NO, WHY_WITHIN_REACH},
    {"too few points", "off_target:1", "GRG", "???", NOISE_CANNOT_TELL, WHY_FEW_POINTS},
    {"no target for the limits", "off_target:1", "GRG", "cnc", NOISE_CANNOT_TELL, WHY_NO_TARGET},
    {"no figure", "missing:1", "GMG", "c-c", NOISE_CANNOT_TELL, WHY_NO_FIGURE},
    {"worsening never is", "worsening", "GGG", "cwc", NOISE_NO, WHY_SPECIAL_CAUSE},
    {"failing never is", "failing", "GRG", "cFc", NOISE_NO, WHY_OUT_OF_REACH},
    {"slightly off is over where the rule says so", "off_target:1:slightly_off", "GRA", "ccc",
     NOISE_YES, WHY_NOISE},
    {"an action alone mends nothing", "red_without_action", "GRRRR", "ccccc", NOISE_NO,
     WHY_NOT_RECOVERED},
    {"with or without one, it was over by itself", "red_without_action", "GRRG", "cccc", NOISE_YES,
     WHY_NOISE},
    {"no chart is drawn", "off_target:1", "GRG", NULL, NOISE_CANNOT_TELL, WHY_NO_CHART},
};
// clang-format on

struct told {
    enum status status[ROWS_MAX];
    bool acting[ROWS_MAX];
    struct referral_then then[ROWS_MAX];
    struct referral found[ROWS_MAX];
    struct referral_history h;
    size_t count;
};

static enum status status_of(char letter)
{
    switch (letter) {
    case 'G': return STATUS_ON_TARGET;
    case 'A': return STATUS_SLIGHTLY_OFF;
    case 'R': return STATUS_OFF_TARGET;
    case 'M': return STATUS_MISSING;
    case 'N': return STATUS_NO_TARGET;
    case 'S': return STATUS_SUPPRESSED;
    case 'X': return STATUS_NOT_APPLICABLE;
    case 'D': return STATUS_IN_DEVELOPMENT;
    default: fail_msg("no status \"%c\"", letter); return STATUS_COUNT;
    }
}

static struct referral_then then_of(char letter)
{
    struct referral_then then = {VARIATION_COMMON_CAUSE, ASSURANCE_INCONSISTENT, 20, letter == 's'};
    switch (letter) {
    case 'c':
    case 's': break;
    case 'w': then.variation = VARIATION_CONCERN_LOW; break;
    case 'i': then.variation = VARIATION_IMPROVEMENT_HIGH; break;
    case 'F': then.assurance = ASSURANCE_FAIL; break;
    case 'P': then.assurance = ASSURANCE_PASS; break;
    case 'n': then.assurance = ASSURANCE_NONE; break;
    case '?':
        then.variation = VARIATION_NONE;
        then.assurance = ASSURANCE_NONE;
        then.figures = 12;
        break;
    case '-': then = (struct referral_then){0}; break;
    default: fail_msg("no chart \"%c\"", letter);
    }
    return then;
}

static void play(struct told *t, const char *rule, const char *status, const char *chart,
                 const char *action, int from)
{
    struct referral_how how;
    assert_true(referral_read(rule, &how));
    size_t count = strlen(status);
    assert_true(count < ROWS_MAX);
    bool is_charted = chart != NULL;
    chart = is_charted ? chart : "";
    assert_true(chart[0] == '\0' || strlen(chart) == count);
    assert_true(action[0] == '\0' || strlen(action) == count);
    for (size_t i = 0; i < count; i++) {
        t->status[i] = status_of(status[i]);
        t->then[i] = then_of(chart[0] == '\0' ? 'c' : chart[i]);
        t->acting[i] = action[0] != '\0' && action[i] == 'a';
    }
    t->h = (struct referral_history){t->status,  t->acting,        t->then,
                                     is_charted, (size_t)from - 1, count};
    t->count = referral_evaluate(&t->h, &how, t->found);
}

static void test_histories(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct history_case *c = &CASES[i];
        struct told t;
        play(&t, c->rule, c->status, c->chart, c->action, c->from);
        char told[TOLD_MAX] = "";
        size_t length = 0;
        for (size_t k = 0; k < t.count; k++) {
            const struct referral *r = &t.found[k];
            int printed = r->until < t.h.count
                              ? snprintf(told + length, sizeof told - length, "%s%zu-%zu",
                                         k > 0 ? " " : "", r->since + 1, r->until + 1)
                              : snprintf(told + length, sizeof told - length, "%s%zu-",
                                         k > 0 ? " " : "", r->since + 1);
            assert_true(printed > 0);
            length += (size_t)printed;
        }
        if (strcmp(told, c->expected) != 0) {
            fail_msg("%s (%s over %s): \"%s\", not \"%s\"", c->what, c->rule, c->status, told,
                     c->expected);
        }
    }
}

static void test_noise(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(NOISES); i++) {
        struct told t;
        // An action comes in the period after.
        play(&t, NOISES[i].rule, NOISES[i].status, NOISES[i].chart,
             strlen(NOISES[i].status) == 5 ? "..aaa" : "", 1);
        if (t.count == 0) {
            fail_msg("%s: nothing was referred", NOISES[i].what);
        } else if (t.found[0].noise != NOISES[i].noise || t.found[0].why != NOISES[i].why) {
            fail_msg("%s: noise %s, reason %d", NOISES[i].what,
                     referral_noise_code(t.found[0].noise), (int)t.found[0].why);
        }
    }
}

static void test_what_was_seen(void **state)
{
    (void)state;
    struct told t;
    play(&t, "off_target:2", "RRRRRRG", "", "", 5);
    assert_int_equal(t.found[0].seen, 5);
    play(&t, "off_target:3/5", "GRGRAR", "", "", 1);
    assert_int_equal(t.found[0].seen, 3);
    assert_int_equal(t.found[0].of, 5);
    play(&t, "off_target:3/5", "RRR", "", "", 1);
    assert_int_equal(t.found[0].of, 3);
    play(&t, "missing:2", "MMM", "---", "", 3);
    assert_int_equal(t.found[0].seen, 3);
}

static void test_rules_as_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum referral_kind kind;
        int n, m;
        bool ends_slightly_off;
    } good[] = {
        {"off_target:4", REFERRAL_OFF_RUNNING, 4, 0, false},
        {"off_target:120", REFERRAL_OFF_RUNNING, 120, 0, false},
        {"off_target:2:slightly_off", REFERRAL_OFF_RUNNING, 2, 0, true},
        {"off_target:3/5", REFERRAL_OFF_OFTEN, 3, 5, false},
        {"off_target:5/5:slightly_off", REFERRAL_OFF_OFTEN, 5, 5, true},
        {"worsening", REFERRAL_WORSENING, 0, 0, false},
        {"failing", REFERRAL_FAILING, 0, 0, false},
        {"missing:2", REFERRAL_MISSING, 2, 0, false},
        {"red_without_action", REFERRAL_NO_ACTION, 0, 0, false},
    };
    static const char *const bad[] = {
        "",
        "off_target",
        "off_target:",
        "off_target:0",
        "off_target:-1",
        "off_target:121",
        "off_target:99999999999999999999",
        "off_target:04",
        "off_target:6/5",
        "off_target:3/",
        "off_target:/5",
        "off_target:3/5/7",
        "off_target:3 ",
        " off_target:3",
        "off_target:3:amber",
        "off_target:3:slightly_off:",
        "worsening:2",
        "failing ",
        "missing",
        "missing:2:slightly_off",
        "missing:x",
        "off_target_running",
        "off_target_often",
        "missing_running",
        "Worsening",
        "off_target:3.0",
    };
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        struct referral_how how;
        assert_true(referral_read(good[i].text, &how));
        assert_int_equal(how.kind, good[i].kind);
        assert_int_equal(how.n, good[i].n);
        assert_int_equal(how.m, good[i].m);
        assert_int_equal(how.ends_slightly_off, good[i].ends_slightly_off);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct referral_how how = {.n = 77};
        if (referral_read(bad[i], &how)) {
            fail_msg("\"%s\" was read", bad[i]);
        }
        assert_int_equal(how.n, 77);
    }
}

static void test_kinds_read_back(void **state)
{
    (void)state;
    for (int k = 0; k < REFERRAL_KINDS; k++) {
        enum referral_kind read = REFERRAL_KINDS;
        assert_true(referral_kind_from_text(referral_kind_text((enum referral_kind)k), &read));
        assert_int_equal(read, k);
    }
    enum referral_kind read = REFERRAL_KINDS;
    assert_false(referral_kind_from_text("off_target", &read));
    assert_false(referral_kind_from_text(NULL, &read));
    assert_int_equal(read, REFERRAL_KINDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_histories),       cmocka_unit_test(test_noise),
        cmocka_unit_test(test_what_was_seen),   cmocka_unit_test(test_rules_as_written),
        cmocka_unit_test(test_kinds_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
