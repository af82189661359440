#include <string.h>

#include "view/words.h"

struct words_unit words_unit_of(const struct measure *m)
{
    struct words_unit unit = {.decimals = m->decimals};
    switch (m->value_type) {
    case VALUE_YES_NO: unit.yes_no = true; break;
    case VALUE_PERCENT: unit.suffix = "%"; break;
    case VALUE_MONEY: unit.prefix = "£"; break;
    case VALUE_DAYS:
        unit.noun = "days";
        unit.noun_one = "day";
        break;
    case VALUE_RATE:
        unit.noun = m->per == 1000     ? "per 1,000"
                    : m->per == 10000  ? "per 10,000"
                    : m->per == 100000 ? "per 100,000"
                    : m->per == 100    ? "per 100"
                                       : NULL;
        break;
    default: break;
    }
    return unit;
}

const char *words_figure(struct arena *a, const struct measure *m, struct dec value)
{
    struct words_unit unit = words_unit_of(m);
    return value.present ? words_unit_figure(a, &unit, dec_round(value, m->decimals)) : "";
}

static const char *parts_word(const struct measure *m)
{
    return m->frequency == PERIOD_MONTH     ? "months"
           : m->frequency == PERIOD_QUARTER ? "quarters"
                                            : "parts";
}

static const char *text_value(const char *text)
{
    if (strcmp(text, "yes") == 0) {
        return "Yes";
    }
    return strcmp(text, "no") == 0 ? "No" : text;
}

const char *words_suppressed(const struct measure *m)
{
    return m->small_number > 0 ? "Suppressed (a small number)" : "Suppressed";
}

const char *words_small_number(struct arena *a, const struct measure *m)
{
    if (m->small_number <= 1) {
        return NULL;
    }
    const char *counts = m->small_number == 2
                             ? "A count of 1 is"
                             : arena_printf(a, "Counts from 1 to %d are", m->small_number - 1);
    return arena_printf(a, "%s not shown, nor what would give them away.", counts);
}

const char *words_value(struct arena *a, const struct council *c, const struct reading *r)
{
    if (r->value.present) {
        const char *figure = words_figure(a, r->measure, r->value);
        if (r->present < r->expected) {
            return arena_printf(a, "%s (%d of %d %s)", figure, r->present, r->expected,
                                parts_word(r->measure));
        }
        return figure;
    }
    if (reading_has_words(r)) {
        return text_value(r->text);
    }
    if (r->why.input.state == FIGURE_NOT_DUE) {
        return c->today < r->due ? arena_printf(a, "No figure yet (due %s)", day_shown(a, r->due))
                                 : "No figure yet";
    }
    switch (r->why.input.state) {
    case FIGURE_SUPPRESSED: return words_suppressed(r->measure);
    case FIGURE_NOT_APPLICABLE: return "Not applicable";
    case FIGURE_IN_DEVELOPMENT: return "In development";
    default: break;
    }
    return arena_printf(a, "No figure (was due %s)", day_shown(a, r->due));
}

const char *words_goal(struct arena *a, const struct reading *r)
{
    const struct status_input *in = &r->why.input;
    const struct measure *m = r->measure;
    if (in->lower.present && in->upper.present && m->polarity == POLARITY_RANGE) {
        return arena_printf(a, "%s to %s", words_figure(a, m, in->lower),
                            words_figure(a, m, in->upper));
    }
    struct dec goal = in->target.present ? in->target : r->why.goal;
    if (!goal.present) {
        return "No target";
    }
    const char *figure = words_figure(a, m, goal);
    if (m->value_type == VALUE_YES_NO) {
        return figure;
    }
    switch (m->polarity) {
    case POLARITY_HIGHER: return arena_printf(a, "%s or more", figure);
    case POLARITY_LOWER: return arena_printf(a, "%s or less", figure);
    default: return figure;
    }
}

static const char *starts_capital(struct arena *a, const char *sentence)
{
    if (sentence[0] < 'a' || sentence[0] > 'z') {
        return sentence;
    }
    char *copy = arena_text(a, sentence);
    copy[0] = (char)(copy[0] - 'a' + 'A');
    return copy;
}

const char *words_reading(struct arena *a, const struct council *c, const struct reading *r)
{
    struct words_unit unit = words_unit_of(r->measure);
    const char *why = starts_capital(a, words_status_reason(a, &r->why, &unit));
    struct buf b = buf_new(a, 8192);
    if (r->override != NULL) {
        buf_printf(&b, "Set by judgement to %s: %s", words_status(r->override->status),
                   r->override->reason);
        if (b.length > 0 && b.text[b.length - 1] != '.') {
            buf_char(&b, '.');
        }
        // Where the rule leaves the status to people there is nothing computed to stand beside.
        if (r->why.reason != REASON_AWAITS_JUDGEMENT) {
            buf_printf(&b, " Computed: %s (%s).", words_status(r->why.status), why);
        }
        return buf_cstr(&b);
    }
    buf_text(&b, why);
    if (r->carried && r->value.present) {
        buf_printf(&b, " (figure for %s%s, the latest due)",
                   r->period.kind == PERIOD_ACADEMIC_YEAR ? "the " : "",
                   words_period_short(a, r->period, c->year_start));
    }
    buf_char(&b, '.');
    return buf_cstr(&b);
}

const char *words_rollup(struct arena *a, const struct rollup *r)
{
    if (r->total == 0) {
        return "No measures here yet.";
    }
    const char *in_all = words_count(a, r->total, "measure", "measures");
    if (r->scored == 0) {
        return arena_printf(a, "None of the %s has a status.", in_all);
    }
    int on = r->by_status[STATUS_ON_TARGET];
    struct dec of_scored = rollup_share(on, r->scored, 0);
    struct dec of_all = rollup_share(on, r->total, 0);
    if (r->scored == r->total) {
        return arena_printf(a, "%d of %s %s on target (%s%%).", on, in_all, on == 1 ? "is" : "are",
                            dec_shown(a, of_all, 0));
    }
    return arena_printf(a, "%d of the %s with a status %s on target (%s%%): %s%% of all %d.", on,
                        words_count(a, r->scored, "measure", "measures"), on == 1 ? "is" : "are",
                        dec_shown(a, of_scored, 0), dec_shown(a, of_all, 0), r->total);
}
