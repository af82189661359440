#include "view/words_rule.h"

enum { RULE_WORDS_MAX = 4096 };

static bool is_some(struct dec within)
{
    return within.present && dec_sign(within) > 0;
}

// "5% of the target", "2.5 points", "£100,000"; without a unit the bare amount.
static void put_amount(struct buf *b, struct dec amount, enum within_unit within,
                       const struct words_unit *unit, const char *of)
{
    struct words_unit bare = {.decimals = -1};
    if (within == WITHIN_PERCENT) {
        bare.suffix = "%";
    } else if (unit != NULL && unit->suffix != NULL) {
        bare.noun = "points"; // a difference of percentages is told in points
        bare.noun_one = "point";
    } else if (unit != NULL) {
        bare.prefix = unit->prefix;
        bare.noun = unit->noun;
        bare.noun_one = unit->noun_one;
    }
    buf_text(b, words_unit_figure(b->arena, &bare, dec_trim(amount)));
    if (within == WITHIN_PERCENT) {
        buf_text(b, of);
    }
}

static void say_beyond(struct buf *b, enum rule_beyond beyond)
{
    switch (beyond) {
    case BEYOND_RED: buf_text(b, "off target beyond that."); break;
    case BEYOND_TRAVEL_LAST_PERIOD:
        buf_text(b, "beyond that slightly off target when no worse than the period before, else "
                    "off target.");
        break;
    case BEYOND_TRAVEL_LAST_YEAR:
        buf_text(b, "beyond that slightly off target when no worse than a year before, else off "
                    "target.");
        break;
    }
}

static void say_tolerance(struct buf *b, const struct rule *r, const struct words_unit *unit)
{
    bool green = is_some(r->green_within);
    bool amber =
        is_some(r->amber_within) && (!green || dec_cmp(r->amber_within, r->green_within) > 0);
    buf_text(b, "On target at the target or better");
    if (green) {
        buf_text(b, ", or worse by no more than ");
        put_amount(b, r->green_within, r->within_unit, unit, " of it");
    }
    if (amber) {
        buf_text(b, "; slightly off target when worse by no more than ");
        put_amount(b, r->amber_within, r->within_unit, unit, green ? "" : " of it");
    }
    buf_text(b, "; ");
    if (!green && !amber && r->beyond == BEYOND_RED) {
        buf_text(b, "off target when worse.");
    } else {
        say_beyond(b, r->beyond);
    }
}

static void say_range(struct buf *b, const struct rule *r, const struct words_unit *unit)
{
    buf_text(b, "On target inside the range");
    if (is_some(r->amber_within)) {
        buf_text(b, "; slightly off target when outside it by no more than ");
        put_amount(b, r->amber_within, r->within_unit, unit, " of the bound that was missed");
        buf_text(b, "; off target beyond that.");
    } else {
        buf_text(b, "; off target outside it.");
    }
}

static void say_dual(struct buf *b, const struct rule *r, const struct words_unit *unit)
{
    buf_text(b, "Off target when worse than the target by ");
    if (r->red_absolute.present) {
        put_amount(b, r->red_absolute, WITHIN_ABSOLUTE, unit, "");
        buf_text(b, " or more");
    }
    if (r->red_percent.present) {
        buf_text(b, r->red_absolute.present ? ", or by " : "");
        put_amount(b, r->red_percent, WITHIN_PERCENT, unit, " of it");
        buf_text(b, " or more");
    }
    buf_text(b, r->red_absolute.present && r->red_percent.present
                    ? ", whichever is reached first; slightly off target when worse by less; on "
                      "target at the target or better."
                    : "; slightly off target when worse by less; on target at the target or "
                      "better.");
}

const char *words_rule(struct arena *a, const struct rule *rule, const struct words_unit *unit)
{
    struct buf b = buf_new(a, RULE_WORDS_MAX);
    switch (rule->kind) {
    case RULE_NONE: buf_text(&b, "There is no rule: figures are shown and not judged."); break;
    case RULE_TOLERANCE: say_tolerance(&b, rule, unit); break;
    case RULE_TARGET_ONLY:
        buf_text(&b, "On target at the target or better; off target when worse.");
        break;
    case RULE_TWO_TARGETS:
        buf_text(&b, "On target at the better of two targets; slightly off target from there to "
                     "the other one; off target when worse than both.");
        break;
    case RULE_RANGE: say_range(&b, rule, unit); break;
    case RULE_JUDGEMENT:
        buf_text(&b, "The status is set by people, who give their reason; nothing is computed.");
        break;
    case RULE_JUDGEMENT_AMBER:
        buf_text(&b, "On target at the target or better; off target when worse, unless people set "
                     "it to slightly off target and give their reason.");
        break;
    case RULE_DUAL: say_dual(&b, rule, unit); break;
    }
    return buf_cstr(&b);
}

const char *words_rule_version(struct arena *a, const struct rule_version *v)
{
    return v->from == DAY_NONE ? "In force since the record began"
                               : arena_printf(a, "In force since %s", day_shown(a, v->from));
}

const char *words_rule_kind(enum rule_kind kind)
{
    static const char *const words[] = {
        [RULE_NONE] = "No rule",
        [RULE_TOLERANCE] = "Tolerance",
        [RULE_TARGET_ONLY] = "Target met or not",
        [RULE_TWO_TARGETS] = "Two targets",
        [RULE_RANGE] = "Range",
        [RULE_JUDGEMENT] = "Judgement",
        [RULE_JUDGEMENT_AMBER] = "Target met or not, with judgement",
        [RULE_DUAL] = "Amount and percentage",
    };
    return words[kind];
}
