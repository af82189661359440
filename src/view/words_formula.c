#include "view/words_formula.h"

#include "view/words.h"

enum { TEXT_MAX = 1 << 16 };

const char *words_formula(struct arena *a, const struct formula *f)
{
    struct buf b = buf_new(a, TEXT_MAX);
    formula_write(&b, f, NULL, FORMULA_SHOWN);
    return buf_cstr(&b);
}

// As it went in: with all its digits, so that whoever works it out again gets the same.
static const char *digits(struct arena *a, struct dec value)
{
    struct dec shortest = dec_trim(value);
    return dec_shown(a, shortest, shortest.scale);
}

static const char *with_figures(struct arena *a, const struct formula_explanation *x)
{
    const char **texts = ARENA_ARRAY(a, x->line_count, const char *);
    for (size_t i = 0; i < x->line_count; i++) {
        const struct formula_line *line = &x->lines[i];
        bool out = line->use == FORMULA_LEFT_OUT;
        bool nought = line->use == FORMULA_AS_ZERO;
        texts[i] = line->value.present ? digits(a, line->value)
                   : out               ? NULL
                   : nought            ? "0"
                                       : line->text;
    }
    struct buf b = buf_new(a, TEXT_MAX);
    formula_write(&b, x->formula, texts, FORMULA_SHOWN);
    return buf_cstr(&b);
}

const char *words_formula_worked(struct arena *a, const struct measure *m,
                                 const struct formula_explanation *x)
{
    if (x->value.state != FORMULA_KNOWN) {
        return words_formula(a, x->formula);
    }
    return arena_printf(a, "%s = %s", with_figures(a, x), words_figure(a, m, x->value.value));
}

static const char *why_none(const struct formula_value *v)
{
    switch (v->state) {
    case FORMULA_SUPPRESSED: return "There is no figure, for one it needs is suppressed.";
    case FORMULA_TOO_LARGE: return "There is no figure: it would have more than 18 digits.";
    case FORMULA_INCOMPLETE: return "There is no figure, for one it needs is not whole yet.";
    case FORMULA_MISSING: return "There is no figure, for one it needs is missing.";
    case FORMULA_NOT_APPLICABLE:
        return v->by_zero ? "There is no figure: it would be divided by nought."
                          : "There is no figure, for one it needs does not apply.";
    case FORMULA_KNOWN: break;
    }
    return v->by_zero ? "What is divided by nought counts as nought." : NULL;
}

const char *words_formula_note(struct arena *a, const struct formula_explanation *x)
{
    const char *none = why_none(&x->value);
    const char *rounded =
        x->value.rounded ? "Figures of more than 18 digits were rounded on the way." : NULL;
    if (none != NULL && rounded != NULL) {
        return arena_printf(a, "%s %s", none, rounded);
    }
    return none != NULL ? none : rounded;
}

static const char *state_words(struct arena *a, const struct formula_line *line)
{
    switch (line->state) {
    case FORMULA_SUPPRESSED: return "Suppressed";
    case FORMULA_NOT_APPLICABLE: return "Not applicable";
    case FORMULA_INCOMPLETE:
        return arena_printf(a, "Only %d of %d figures", line->present, line->expected);
    default: return "No figure";
    }
}

const char *words_formula_value(struct arena *a, const struct council *c,
                                const struct formula_line *line)
{
    const char *what = line->value.present ? digits(a, line->value) : state_words(a, line);
    if (line->period.kind == PERIOD_NONE) {
        return what;
    }
    return arena_printf(a, "%s for %s", what, words_period_short(a, line->period, c->year_start));
}

static const char *use_words(const struct formula_line *line)
{
    switch (line->use) {
    case FORMULA_NOT_NEEDED: return "It was not needed.";
    case FORMULA_LEFT_OUT: return "It was left out.";
    case FORMULA_AS_ZERO: return "It counts as nought.";
    case FORMULA_USED:
    case FORMULA_LACKED: break;
    }
    return NULL;
}

const char *words_formula_line_note(struct arena *a, const struct formula_line *line)
{
    const char *use = use_words(line);
    struct buf b = buf_new(a, TEXT_MAX);
    buf_printf(&b, "%s.", line->measure->title);
    buf_text(&b, line->carried ? " It was the latest then." : "");
    if (use != NULL) {
        buf_printf(&b, " %s", use);
    }
    return buf_cstr(&b);
}
