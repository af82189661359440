#include "view/words_status.h"

#include "view/words_phrases.h"

static void say_met(struct saying *s)
{
    const struct status_explanation *e = s->e;
    if (phrase_is_range(e)) {
        phrase_value(s);
        buf_text(s->out, " is within the range of ");
        phrase_range(s);
    } else if (dec_cmp(e->input.value, e->goal) == 0) {
        phrase_value(s);
        phrase_against(s);
        buf_text(s->out, ": met exactly");
    } else {
        phrase_comparison(s);
    }
}

static void say_within(struct saying *s)
{
    const struct rule *r = &s->e->rule;
    phrase_comparison(s);
    if (s->e->reason == REASON_WITHIN_AMBER && dec_sign(r->green_within) > 0) {
        buf_text(s->out, ", past the ");
        phrase_allowance(s, r->green_within, r->within_unit);
        buf_text(s->out, " that counts as on target but within the ");
        phrase_allowance(s, r->amber_within, r->within_unit);
        buf_text(s->out, " that counts as slightly off");
        return;
    }
    bool green = s->e->reason == REASON_WITHIN_GREEN;
    buf_text(s->out, ", within the tolerance of ");
    phrase_allowance(s, green ? r->green_within : r->amber_within, r->within_unit);
    buf_text(s->out, green ? ", which counts as on target" : "");
}

// The comparison and the widest tolerance there is.
static void put_beyond(struct saying *s)
{
    const struct rule *r = &s->e->rule;
    phrase_comparison(s);
    if (r->kind != RULE_TOLERANCE && r->kind != RULE_RANGE) {
        return;
    }
    struct dec widest = r->kind == RULE_TOLERANCE ? r->green_within : DEC_NONE;
    if (!widest.present || (r->amber_within.present && dec_cmp(r->amber_within, widest) > 0)) {
        widest = r->amber_within;
    }
    if (dec_sign(widest) <= 0) {
        return;
    }
    if (r->within_unit == WITHIN_PERCENT && dec_sign(s->e->goal) == 0) {
        buf_text(s->out, ", and a percentage of 0 leaves no tolerance");
        return;
    }
    buf_text(s->out, ", and the tolerance is ");
    phrase_allowance(s, widest, r->within_unit);
}

static void say_beyond(struct saying *s)
{
    put_beyond(s);
    if (s->e->rule.kind == RULE_JUDGEMENT_AMBER) {
        buf_text(s->out, "; slightly off target would have to be set by judgement");
    }
}

static void say_travel(struct saying *s)
{
    const struct status_explanation *e = s->e;
    bool year = e->rule.beyond == BEYOND_TRAVEL_LAST_YEAR;
    put_beyond(s);
    if (e->reason == REASON_TRAVEL_UNKNOWN) {
        buf_text(s->out, year ? ", and there is no figure of a year ago to compare it with"
                              : ", and there is no figure of the period before to compare it with");
        return;
    }
    bool same = dec_cmp(e->input.value, e->reference) == 0;
    buf_text(s->out, e->reason == REASON_TRAVEL_WORSE  ? ", and worse than "
                     : phrase_is_two_sided(e) && !same ? ", but no worse than "
                     : same                            ? ", but the same as "
                                                       : ", but better than ");
    buf_text(s->out, year ? "a year ago (" : "in the period before (");
    phrase_compared(s, e->reference);
    buf_char(s->out, ')');
}

static void say_two_targets(struct saying *s)
{
    const struct status_explanation *e = s->e;
    bool below = dec_cmp(e->input.value, e->goal) < 0;
    bool between = e->reason == REASON_BETWEEN_TARGETS;
    phrase_comparison(s);
    buf_text(s->out, between ? (below ? ", and down to " : ", and up to ")
                             : (below ? ", and less than " : ", and more than "));
    phrase_compared(s, e->amber_bound);
    buf_text(s->out, between ? " is slightly off target" : " is off target");
}

static void say_dual(struct saying *s)
{
    const struct rule *r = &s->e->rule;
    phrase_comparison(s);
    if (s->e->reason != REASON_UNDER_BOTH) {
        bool percent = s->e->reason == REASON_RED_PERCENT;
        buf_text(s->out, ", and ");
        phrase_allowance(s, percent ? r->red_percent : r->red_absolute,
                         percent ? WITHIN_PERCENT : WITHIN_ABSOLUTE);
        buf_text(s->out, " or more is off target");
        return;
    }
    buf_text(s->out, ", less than the ");
    if (r->red_absolute.present) {
        phrase_allowance(s, r->red_absolute, WITHIN_ABSOLUTE);
    }
    if (r->red_percent.present) {
        buf_text(s->out, r->red_absolute.present ? " or " : "");
        phrase_allowance(s, r->red_percent, WITHIN_PERCENT);
    }
    buf_text(s->out, " that is off target");
}

static void say_few_cases(struct saying *s)
{
    struct dec cases = s->e->input.denominator, needed = s->e->input.min_denominator;
    if (s->e->input.value.present) {
        phrase_value(s);
        buf_text(s->out, ", ");
    }
    buf_text(s->out, "from ");
    dec_write_shown(s->out, cases, dec_trim(cases).scale);
    buf_text(s->out,
             dec_equal(cases, dec_int(1)) ? " case: fewer than the " : " cases: fewer than the ");
    dec_write_shown(s->out, needed, dec_trim(needed).scale);
    buf_text(s->out, " needed to judge it");
}

static void say_incomplete(struct saying *s)
{
    const struct status_input *in = &s->e->input;
    if (in->value.present) {
        phrase_value(s);
        buf_text(s->out, ", ");
    }
    buf_printf(s->out, "made of %d of the %d figures it needs: not judged until it is complete",
               in->present, in->expected);
}

static void say_no_rule(struct saying *s)
{
    phrase_value(s);
    phrase_against(s);
    buf_text(s->out, ": there is no rule to judge it by");
}

// What needs no figures, or the value alone before it.
static void say_unscored(struct saying *s)
{
    static const char *const after_value[REASON_COUNT] = {
        [REASON_NO_TARGET] = ": there is no target for this period",
        [REASON_NO_POLARITY] =
            ": neither higher nor lower is better, so it is shown and not judged",
    };
    static const char *const alone[REASON_COUNT] = {
        [REASON_NONE] = "Not judged",
        [REASON_NO_FIGURE] = "There is no figure, and it was due",
        [REASON_NOT_DUE] = "The figure is not due yet",
        [REASON_SUPPRESSED] = "The figure is suppressed, so it is not judged",
        [REASON_NOT_APPLICABLE] = "The measure does not apply to this period",
        [REASON_IN_DEVELOPMENT] = "The measure is still in development",
        [REASON_AWAITS_JUDGEMENT] = "The status is set by judgement, and nobody has set it yet",
        [REASON_NOT_A_FIGURE] = "What was given is words, not a figure, so it is not judged",
    };
    enum status_reason reason = s->e->reason;
    if (after_value[reason] != NULL) {
        phrase_value(s);
        buf_text(s->out, after_value[reason]);
    } else {
        buf_text(s->out, alone[reason]);
    }
}

const char *words_status_reason(struct arena *a, const struct status_explanation *e,
                                const struct words_unit *unit)
{
    struct buf b = buf_new(a, PHRASE_MAX);
    struct saying s = {&b, e, unit};
    switch (e->reason) {
    case REASON_TARGET_MET:
    case REASON_IN_RANGE: say_met(&s); break;
    case REASON_WITHIN_GREEN:
    case REASON_WITHIN_AMBER:
    case REASON_NEAR_RANGE: say_within(&s); break;
    case REASON_BEYOND:
    case REASON_OUT_OF_RANGE: say_beyond(&s); break;
    case REASON_TRAVEL_HELD:
    case REASON_TRAVEL_WORSE:
    case REASON_TRAVEL_UNKNOWN: say_travel(&s); break;
    case REASON_BETWEEN_TARGETS:
    case REASON_WORSE_THAN_BOTH: say_two_targets(&s); break;
    case REASON_RED_ABSOLUTE:
    case REASON_RED_PERCENT:
    case REASON_UNDER_BOTH: say_dual(&s); break;
    case REASON_FEW_CASES: say_few_cases(&s); break;
    case REASON_INCOMPLETE: say_incomplete(&s); break;
    case REASON_NO_RULE: say_no_rule(&s); break;
    default: say_unscored(&s); break;
    }
    return buf_cstr(&b);
}
