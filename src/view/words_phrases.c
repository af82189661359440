#include "view/words_phrases.h"

#include <string.h>

#include "engine/exact.h"

enum { SHARE_PLACES_MAX = 8 };

static bool is_percent(const struct words_unit *unit)
{
    return unit->suffix != NULL && strcmp(unit->suffix, "%") == 0;
}

// "−£4": the sign stands before the prefix.
static void put_number(struct buf *b, const struct words_unit *unit, struct dec value, int decimals)
{
    bool negative = dec_sign(dec_round(value, decimals)) < 0;
    if (negative) {
        buf_text(b, "\u2212");
    }
    buf_text(b, unit->prefix);
    dec_write_shown(b, negative ? dec_neg(value) : value, decimals);
}

static void put_noun(struct buf *b, const struct words_unit *unit, struct dec value)
{
    bool one = unit->noun_one != NULL && dec_equal(value, dec_int(1));
    const char *noun = one ? unit->noun_one : unit->noun;
    if (noun != NULL) {
        buf_char(b, ' ');
        buf_text(b, noun);
    }
}

static void put_figure(struct buf *b, const struct words_unit *unit, struct dec value, int decimals)
{
    if (unit->yes_no) {
        buf_text(b, dec_sign(value) == 0 ? "No" : "Yes");
        return;
    }
    put_number(b, unit, value, decimals);
    buf_text(b, unit->suffix);
    put_noun(b, unit, value);
}

// Places of what a value is compared with: none where the fraction is nought, else the measure's.
static int places_of(const struct words_unit *unit, struct dec value)
{
    int needed = dec_trim(value).scale;
    return needed > 0 && needed < unit->decimals ? unit->decimals : needed;
}

const char *words_unit_figure(struct arena *a, const struct words_unit *unit, struct dec value)
{
    struct buf b = buf_new(a, PHRASE_MAX);
    if (value.present) {
        put_figure(&b, unit, value, unit->decimals < 0 ? value.scale : unit->decimals);
    }
    return buf_cstr(&b);
}

void phrase_value(struct saying *s)
{
    buf_text(s->out, words_unit_figure(s->out->arena, s->unit, s->e->input.value));
}

void phrase_compared(struct saying *s, struct dec value)
{
    put_figure(s->out, s->unit, value, places_of(s->unit, value));
}

void phrase_allowance(struct saying *s, struct dec within, enum within_unit unit)
{
    if (unit == WITHIN_PERCENT) {
        dec_write_shown(s->out, within, dec_trim(within).scale);
        buf_char(s->out, '%');
    } else {
        put_number(s->out, s->unit, within, places_of(s->unit, within));
    }
}

bool phrase_is_two_sided(const struct status_explanation *e)
{
    return e->rule.kind == RULE_RANGE || e->input.polarity == POLARITY_RANGE;
}

bool phrase_is_range(const struct status_explanation *e)
{
    const struct status_input *in = &e->input;
    return phrase_is_two_sided(e) && in->lower.present && in->upper.present &&
           !dec_equal(in->lower, in->upper);
}

void phrase_range(struct saying *s)
{
    const struct status_input *in = &s->e->input;
    put_number(s->out, s->unit, in->lower, places_of(s->unit, in->lower));
    buf_text(s->out, s->unit->suffix);
    buf_text(s->out, " to ");
    phrase_compared(s, in->upper);
}

void phrase_against(struct saying *s)
{
    const struct status_input *in = &s->e->input;
    if (phrase_is_range(s->e)) {
        buf_text(s->out, " against a range of ");
        phrase_range(s);
        return;
    }
    const char *what = "a target of ";
    if (phrase_is_two_sided(s->e) && in->lower.present != in->upper.present) {
        what = in->lower.present ? "a lower limit of " : "an upper limit of ";
    }
    buf_text(s->out, " against ");
    buf_text(s->out, what);
    phrase_compared(s, s->e->goal);
    if (!phrase_is_two_sided(s->e) && in->polarity == POLARITY_LOWER) {
        buf_text(s->out, " or less");
    }
}

static const char *side(const struct status_explanation *e)
{
    return dec_cmp(e->input.value, e->goal) < 0 ? "below" : "above";
}

// "6.8 points below"; "2 below it" for a range.
static void put_gap(struct saying *s)
{
    const struct status_explanation *e = s->e;
    if (s->unit->yes_no) {
        buf_text(s->out, "not met");
        return;
    }
    if (e->difference.present) {
        put_number(s->out, s->unit, e->difference, places_of(s->unit, e->difference));
        if (is_percent(s->unit)) {
            buf_text(s->out, dec_equal(e->difference, dec_int(1)) ? " point" : " points");
        } else {
            buf_text(s->out, s->unit->suffix);
            put_noun(s->out, s->unit, e->difference);
        }
        buf_char(s->out, ' ');
    }
    buf_text(s->out, side(e));
    buf_text(s->out, phrase_is_range(e) ? " it" : "");
}

// " (44.1%)": how far, as a share of the goal. So many places that nobody reads 10% beside a
// tolerance of 10% where the one is beyond the other; `limits` may be absent.
static void put_share(struct saying *s, struct dec limit, struct dec other)
{
    const struct status_explanation *e = s->e;
    const struct dec limits[] = {limit, other};
    for (int places = 1; places <= SHARE_PLACES_MAX; places++) {
        struct dec share = dec_ratio(e->difference, dec_abs(e->goal), 100, places);
        bool clear = share.present;
        for (size_t i = 0; i < COUNT_OF(limits) && clear; i++) {
            clear = !limits[i].present ||
                    dec_cmp(share, limits[i]) ==
                        exact_cmp_percent(exact_of(e->difference), limits[i], e->goal);
        }
        if (clear) {
            buf_text(s->out, " (");
            dec_write_shown(s->out, share, dec_trim(share).scale);
            buf_text(s->out, "%)");
            return;
        }
    }
}

void phrase_comparison(struct saying *s)
{
    const struct rule *r = &s->e->rule;
    phrase_value(s);
    phrase_against(s);
    buf_text(s->out, ": ");
    put_gap(s);
    bool in_percent =
        r->within_unit == WITHIN_PERCENT && (r->kind == RULE_TOLERANCE || r->kind == RULE_RANGE);
    bool tolerant = dec_sign(r->green_within) > 0 || dec_sign(r->amber_within) > 0;
    if (in_percent && tolerant && s->e->worse) {
        put_share(s, r->kind == RULE_RANGE ? DEC_NONE : r->green_within, r->amber_within);
    } else if (r->kind == RULE_DUAL && r->red_percent.present && s->e->worse) {
        put_share(s, r->red_percent, DEC_NONE);
    }
}
