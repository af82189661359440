#include "view/measure_formula.h"

#include <string.h>

#include "view/words.h"
#include "view/words_formula.h"

static void fact(struct tree *list, const char *key, const char *value, const char *note,
                 const char *href)
{
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "key", key);
    tree_text(item, "value", value);
    tree_text(item, "note", note);
    tree_text(item, "href", href);
}

static bool explain(struct page_request *q, const struct reading *r,
                    struct formula_explanation *out)
{
    return formula_explain(q->council, q->arena, r->measure, r->series->part, r->period, out);
}

// Of a quarter made of computed months: each month was worked out.
static const char *each_period(struct arena *a, enum period_kind kind)
{
    return arena_printf(a, "For each %s.",
                        kind == PERIOD_ACADEMIC_YEAR ? "academic year" : period_kind_text(kind));
}

// The page of a formula's measure; of the same ward, where this is of one.
static const char *part_page(const struct page_request *q, const struct measure *of,
                             const char *ward)
{
    if (ward[0] == '\0') {
        return page_href(q, "measures", of->code);
    }
    struct page_request at = *q;
    at.period_given = false;
    at.path = page_href(&at, "measures", of->code);
    at.query_text = q->period_given
                        ? arena_printf(q->arena, "period=%s",
                                       period_id(q->arena, q->period, q->council->year_start))
                        : "";
    return page_href_with(&at, "part", ward);
}

void measure_formula_facts(struct page_request *q, struct tree *list, const struct reading *r)
{
    const struct measure *m = r->measure;
    struct arena *a = q->arena;
    struct formula_explanation x;
    if (m->formula == NULL) {
        return;
    }
    if (!explain(q, r, &x)) {
        fact(list, "Worked out as", m->formula, "It cannot be worked out.", NULL);
        return;
    }
    if (r->period.kind != m->frequency) {
        fact(list, "Worked out as", words_formula(a, x.formula), each_period(a, m->frequency),
             NULL);
        return;
    }
    fact(list, "Worked out as", words_formula_worked(a, m, &x), words_formula_note(a, &x), NULL);
    for (size_t i = 0; i < x.line_count; i++) {
        const struct formula_line *line = &x.lines[i];
        fact(list, line->text, words_formula_value(a, q->council, line),
             words_formula_line_note(a, line), part_page(q, line->measure, r->series->part));
    }
}

void measure_formula_definition(struct tree *list, const struct measure *m)
{
    if (m->formula == NULL) {
        return;
    }
    bool skip = strcmp(m->missing_parts, "skip") == 0, zero = strcmp(m->missing_parts, "zero") == 0;
    fact(list, "Worked out as", m->formula, NULL, NULL);
    fact(list, "Where a figure it needs is missing",
         skip   ? "Sums and means leave it out"
         : zero ? "It counts as nought"
                : "There is none",
         NULL, NULL);
    fact(list, "Where it is divided by nought",
         strcmp(m->zero_denominator, "zero") == 0 ? "It comes to nought" : "It does not apply",
         NULL, NULL);
}

static const char *state_code(enum formula_state state)
{
    static const char *const codes[] = {
        [FORMULA_KNOWN] = "known",         [FORMULA_NOT_APPLICABLE] = "not_applicable",
        [FORMULA_MISSING] = "missing",     [FORMULA_INCOMPLETE] = "incomplete",
        [FORMULA_TOO_LARGE] = "too_large", [FORMULA_SUPPRESSED] = "suppressed",
    };
    return codes[state];
}

static const char *use_code(enum formula_use use)
{
    static const char *const codes[] = {
        [FORMULA_NOT_NEEDED] = "not_needed", [FORMULA_USED] = "used",
        [FORMULA_LEFT_OUT] = "left_out",     [FORMULA_AS_ZERO] = "as_zero",
        [FORMULA_LACKED] = "lacked",
    };
    return codes[use];
}

// All there are: what was worked out with them is worked out again.
static void put_digits(struct tree *item, const char *key, struct dec value)
{
    struct dec shortest = dec_trim(value);
    tree_number(item, key, shortest, shortest.scale);
}

static void put_line(struct page_request *q, struct tree *parts, const struct formula_line *line)
{
    struct tree *item = tree_map(parts, NULL);
    tree_text(item, "text", line->text);
    tree_text(item, "measure", line->measure->code);
    tree_text(item, "title", line->measure->title);
    tree_text(item, "period",
              line->period.kind == PERIOD_NONE
                  ? NULL
                  : period_id(q->arena, line->period, q->council->year_start));
    put_digits(item, "value", line->value);
    tree_text(item, "state", state_code(line->state));
    tree_text(item, "use", use_code(line->use));
}

void measure_formula_tree(struct page_request *q, struct tree *page, const struct reading *r)
{
    struct formula_explanation x;
    if (r->measure->formula == NULL || r->period.kind != r->measure->frequency ||
        !explain(q, r, &x)) {
        tree_text(page, "formula", NULL);
        return;
    }
    struct tree *formula = tree_map(page, "formula");
    tree_text(formula, "text", r->measure->formula);
    tree_text(formula, "worked", x.worked);
    put_digits(formula, "value", x.value.value);
    tree_text(formula, "period", period_id(q->arena, r->period, q->council->year_start));
    tree_text(formula, "missing_parts", formula_missing_text(x.policy.missing));
    tree_text(formula, "zero_denominator", formula_zero_text(x.policy.zero));
    struct tree *parts = tree_list(formula, "parts");
    for (size_t i = 0; i < x.line_count; i++) {
        put_line(q, parts, &x.lines[i]);
    }
}
