#include "view/words_money.h"

#include <string.h>

#include "view/words_delivery.h"

enum { SENTENCE_MAX = 4096 };

const char *words_money(struct arena *a, const char *unit, struct dec value, int decimals)
{
    if (!value.present) {
        return NULL;
    }
    // The sign stands before the pound, as people write it.
    struct dec rounded = dec_round(value, decimals);
    const char *sign = dec_sign(rounded) < 0 ? "−" : "";
    const char *figure = dec_shown(a, dec_abs(rounded), decimals);
    if (unit == NULL) {
        return arena_printf(a, "%s%s", sign, figure);
    }
    const char *letters = unit + strlen("£");
    bool one_letter = letters[0] != '\0' && letters[1] == '\0' && strchr("mkMKbB", letters[0]);
    if (one_letter || letters[0] == '\0' || strcmp(letters, "bn") == 0) {
        return arena_printf(a, "%s£%s%s", sign, figure, letters);
    }
    return arena_printf(a, "%s%s (%s)", sign, figure, unit);
}

const char *words_money_unit(struct arena *a, const char *unit)
{
    return unit == NULL ? ", as given" : arena_printf(a, " (%s)", unit);
}

const char *words_total(struct arena *a, const struct money_sum *sum, int decimals)
{
    if (sum->present == 0) {
        return "No figure yet";
    }
    if (!sum->total.present) {
        return "Too large to add up";
    }
    const char *total = dec_shown(a, sum->total, decimals);
    if (sum->present == sum->lines) {
        return total;
    }
    return arena_printf(a, "%s (%d of %d lines)", total, sum->present, sum->lines);
}

static bool is_whole(const struct money_sum *sum)
{
    return sum->lines > 0 && sum->present == sum->lines && sum->total.present;
}

const char *words_outturn(struct arena *a, const struct money_kind *m)
{
    const struct money_sum *outturn = m->actual.present > 0 ? &m->actual : &m->forecast;
    const char *name = m->actual.present > 0 ? "Actual" : "Forecast";
    if (m->budget.present == 0) {
        return "No line has a budget yet.";
    }
    const char *budget = words_money(a, m->unit, m->budget.total, m->decimals);
    if (!is_whole(&m->budget) || budget == NULL) {
        return arena_printf(a, "%d of %d lines have a budget, so there is no total to compare.",
                            m->budget.present, m->budget.lines);
    }
    if (outturn->present == 0) {
        return arena_printf(a, "Budget of %s; no forecast and no actual figure yet.", budget);
    }
    if (!is_whole(outturn)) {
        return arena_printf(a, "Budget of %s; %d of %d lines have a figure to compare with it.",
                            budget, outturn->present, outturn->lines);
    }
    struct dec off = dec_sub(outturn->total, m->budget.total);
    const char *figure = words_money(a, m->unit, outturn->total, m->decimals);
    if (dec_sign(off) == 0) {
        return arena_printf(a, "%s of %s, as budgeted.", name, figure);
    }
    struct dec share = dec_ratio(dec_abs(off), dec_abs(m->budget.total), 100, 1);
    const char *percent = !share.present         ? "no share of a budget of nought"
                          : dec_sign(share) == 0 ? "less than 0.1%"
                                                 : arena_printf(a, "%s%%", dec_shown(a, share, 1));
    return arena_printf(a, "%s of %s against a budget of %s: %s %s (%s).", name, figure, budget,
                        words_money(a, m->unit, dec_abs(off), m->decimals),
                        dec_sign(off) > 0 ? "more" : "less", percent);
}

const char *words_shares(struct arena *a, const struct money_kind *m)
{
    if (!m->shares.present) {
        return "No line has a budget above nought, so there are no shares.";
    }
    int below = 0, above = 0;
    for (size_t i = 0; i < m->count; i++) {
        struct dec share = money_share(m, m->lines[i]);
        above += share.present ? 1 : 0;
        below += m->lines[i]->budget.present && !share.present ? 1 : 0;
    }
    const char *base = words_money(a, m->unit, m->base, m->decimals);
    const char *of = arena_printf(a, "Shares are of %s, the budget of the %d %s above nought%s.",
                                  base, above, above == 1 ? "line" : "lines",
                                  below > 0 ? "; a line below nought has none" : "");
    const char *sum = dec_shown(a, m->shares, 1);
    if (!m->shares_add_up) {
        struct dec off = dec_sub(m->shares, dec_int(100));
        return arena_printf(a, "%s They do not add up: %s%%, %s points %s than 100%%.", of, sum,
                            dec_shown(a, dec_abs(off), 1), dec_sign(off) > 0 ? "more" : "less");
    }
    if (dec_equal(m->shares, dec_int(100))) {
        return arena_printf(a, "%s They add up to 100%%.", of);
    }
    return arena_printf(a, "%s They add up to %s%%; the rest is rounding.", of, sum);
}

// "capital expenditure" inside a sentence.
static const char *small(struct arena *a, const char *kind)
{
    char *copy = arena_text(a, words_budget_kind(kind));
    copy[0] = (char)(copy[0] >= 'A' && copy[0] <= 'Z' ? copy[0] - 'A' + 'a' : copy[0]);
    return copy;
}

const char *words_compared(struct arena *a, const struct money_kind *x, const struct money_kind *y)
{
    if (x->count == 0 || y->count == 0) {
        return NULL;
    }
    if (!is_whole(&x->budget) || !is_whole(&y->budget) || (x->unit == NULL) != (y->unit == NULL) ||
        (x->unit != NULL && strcmp(x->unit, y->unit) != 0)) {
        return arena_printf(a,
                            "%s and %s cannot be compared: not every line has a budget in the "
                            "same unit.",
                            words_budget_kind(x->kind), small(a, y->kind));
    }
    int decimals = x->decimals > y->decimals ? x->decimals : y->decimals;
    const char *first = words_money(a, x->unit, x->budget.total, decimals);
    struct dec off = dec_sub(x->budget.total, y->budget.total);
    if (off.present && dec_sign(off) == 0) {
        return arena_printf(a, "%s and %s come to the same budget, %s: checked.",
                            words_budget_kind(x->kind), small(a, y->kind), first);
    }
    return arena_printf(a, "%s of %s and %s of %s do not agree: they are %s apart.",
                        words_budget_kind(x->kind), first, small(a, y->kind),
                        words_money(a, y->unit, y->budget.total, decimals),
                        words_money(a, x->unit, dec_abs(off), decimals));
}

// ---- savings ----

const char *words_saving_state(enum saving_state s)
{
    static const char *const words[SAVING_STATES] = {
        [SAVING_NO_FIGURES] = "No figures yet",
        [SAVING_DELIVERED] = "Delivered",
        [SAVING_ON_TRACK] = "On track",
        [SAVING_AT_RISK] = "At risk",
        [SAVING_PARTLY_LOST] = "Undeliverable in part",
        [SAVING_LOST] = "Undeliverable",
    };
    return words[s];
}

const char *words_saving_shape(enum saving_state s)
{
    static const char *const shapes[SAVING_STATES] = {
        [SAVING_NO_FIGURES] = "○", [SAVING_DELIVERED] = "✓",   [SAVING_ON_TRACK] = "●",
        [SAVING_AT_RISK] = "◆",    [SAVING_PARTLY_LOST] = "▲", [SAVING_LOST] = "▲",
    };
    return shapes[s];
}

const char *words_saving_check(struct arena *a, enum saving_check check, struct dec difference,
                               int decimals)
{
    if (check == SAVING_ADDS_UP) {
        return "Adds up";
    }
    if (check == SAVING_UNKNOWN) {
        return "Cannot be checked: a figure is missing";
    }
    return arena_printf(a, "Does not add up: %s %s than the target",
                        dec_shown(a, dec_abs(difference), decimals),
                        dec_sign(difference) > 0 ? "less" : "more");
}

static void put_part(struct buf *b, struct arena *a, const struct savings_sum *s,
                     const struct money_sum *part, const char *word)
{
    if (!part->total.present) {
        return;
    }
    if (dec_sign(part->total) == 0) {
        // That nothing is delivered is news; that nothing is at risk goes without saying.
        buf_text(b, part == &s->delivered ? "; nothing is delivered" : "");
        return;
    }
    struct dec share = dec_ratio(part->total, s->target.total, 100, 0);
    buf_printf(b, "; %s (%s%%) %s", words_money(a, s->unit, part->total, s->decimals),
               dec_shown(a, share, 0), word);
}

const char *words_savings(struct arena *a, const struct savings_sum *s)
{
    if (!is_whole(&s->target) || dec_sign(s->target.total) == 0) {
        return arena_printf(a, "%d of %d savings have a target, so there are no shares.",
                            s->target.present, s->target.lines);
    }
    struct buf b = buf_new(a, SENTENCE_MAX);
    buf_printf(&b, "Of a target of %s", words_money(a, s->unit, s->target.total, s->decimals));
    put_part(&b, a, s, &s->delivered, "is delivered");
    put_part(&b, a, s, &s->on_track, "on track");
    put_part(&b, a, s, &s->at_risk, "at risk");
    put_part(&b, a, s, &s->undeliverable, "cannot be delivered");
    buf_char(&b, '.');
    // The first joint reads better as a comma.
    char *first = strchr(b.text, ';');
    if (first != NULL) {
        *first = ',';
    }
    return buf_cstr(&b);
}
