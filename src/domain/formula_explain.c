#include "domain/formula_explain.h"

#include <string.h>

#include "domain/formula_figures.h"
#include "domain/formula_part.h"

enum { WORKED_MAX = 1 << 16 };

static bool explain_part(const struct council *c, const struct formula_part *part, const char *ward,
                         struct period p, struct formula_line *line, struct formula_given *given)
{
    const struct measure *of = council_measure(c, part->code);
    const struct series *s = of == NULL ? NULL : formula_series(of, ward);
    if (s == NULL) {
        return false;
    }
    struct formula_found found = formula_part_find(c, part, of, s, p);
    *given = found.given;
    *line = (struct formula_line){.text = part->text,
                                  .part = part,
                                  .measure = of,
                                  .period = found.period,
                                  .carried = found.carried,
                                  .value = found.given.value,
                                  .state = found.given.state,
                                  .present = found.present,
                                  .expected = found.expected};
    return true;
}

// Whether the text, read as a formula, comes to the value.
static bool comes_to(struct arena *a, const char *text, size_t length,
                     const struct formula_policy *policy, const struct formula_value *value)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    if (!formula_read(a, text, length, &f, &fault) || f->part_count > 0) {
        return false;
    }
    struct formula_value again = formula_evaluate(f, policy, NULL, NULL);
    return again.state == FORMULA_KNOWN && dec_equal(again.value, value->value);
}

static const char *worked_text(struct arena *a, const struct formula_explanation *x)
{
    if (x->value.state != FORMULA_KNOWN) {
        return NULL;
    }
    const char **texts = ARENA_ARRAY(a, x->line_count, const char *);
    for (size_t i = 0; i < x->line_count; i++) {
        const struct formula_line *line = &x->lines[i];
        texts[i] = line->value.present             ? dec_text(a, line->value)
                   : line->use == FORMULA_LEFT_OUT ? NULL
                                                   : "0";
    }
    struct buf b = buf_new(a, WORKED_MAX);
    formula_write(&b, x->formula, texts, FORMULA_PLAIN);
    // What is left out in a step of its own cannot be shown so: better nothing than another figure.
    return comes_to(a, buf_cstr(&b), b.length, &x->policy, &x->value) ? buf_cstr(&b) : NULL;
}

bool formula_explain(const struct council *c, struct arena *a, const struct measure *m,
                     const char *ward, struct period p, struct formula_explanation *out)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    if (m->formula == NULL || !formula_read(a, m->formula, strlen(m->formula), &f, &fault)) {
        return false;
    }
    struct formula_line *lines = ARENA_ARRAY(a, f->part_count, struct formula_line);
    struct formula_given *given = ARENA_ARRAY(a, f->part_count, struct formula_given);
    enum formula_use *uses = ARENA_ARRAY(a, f->part_count, enum formula_use);
    for (size_t i = 0; i < f->part_count; i++) {
        if (!explain_part(c, &f->parts[i], ward, p, &lines[i], &given[i])) {
            return false;
        }
    }
    struct formula_policy policy = formula_policy_of(c, m);
    struct formula_value v = formula_evaluate(f, &policy, given, uses);
    for (size_t i = 0; i < f->part_count; i++) {
        lines[i].use = uses[i];
    }
    const struct series *own = formula_series(m, ward);
    const struct figure *made = own == NULL ? NULL : series_figure(own, p);
    if (made != NULL && made->kept_back) {
        v = (struct formula_value){.state = FORMULA_SUPPRESSED};
    }
    *out = (struct formula_explanation){f, policy, v, lines, f->part_count, NULL};
    out->worked = worked_text(a, out);
    return true;
}
