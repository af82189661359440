#include "engine/formula.h"
#include "engine/formula_quotient.h"
#include "engine/fraction.h"

// What a node comes to.
struct outcome {
    enum formula_state state; // KNOWN: `figure`, or `truth` of a condition
    struct fraction figure;
    bool truth;
};

struct working {
    const struct formula *formula;
    const struct formula_policy *policy;
    const struct formula_given *given;
    enum formula_use *uses; // NULL: not wanted
    bool by_zero, rounded;
};

static struct outcome work(struct working *w, uint16_t node);

static struct outcome absent(enum formula_state state)
{
    return (struct outcome){.state = state};
}

static struct outcome figure(struct fraction f)
{
    return (struct outcome){.state = FORMULA_KNOWN, .figure = f};
}

static struct outcome condition(bool truth)
{
    return (struct outcome){.state = FORMULA_KNOWN, .truth = truth};
}

static bool is_known(struct outcome o)
{
    return o.state == FORMULA_KNOWN;
}

// Of two things that are not there, what keeps the whole from being there more firmly.
static enum formula_state firmer(enum formula_state a, enum formula_state b)
{
    return a > b ? a : b;
}

// Whether the policy may leave it out, or judge around it.
static bool may_be_left_out(const struct working *w, struct outcome o)
{
    return w->policy->missing == FORMULA_MISSING_SKIP &&
           (o.state == FORMULA_MISSING || o.state == FORMULA_NOT_APPLICABLE);
}

// ---- parts ----

static void use(struct working *w, uint16_t part, enum formula_use as)
{
    if (w->uses != NULL) {
        w->uses[part] = as;
    }
}

static struct outcome take_part(struct working *w, uint16_t part)
{
    const struct formula_given *g = &w->given[part];
    if (g->state == FORMULA_KNOWN) {
        use(w, part, FORMULA_USED);
        return figure(fraction_of(g->value));
    }
    bool missing = g->state == FORMULA_MISSING || g->state == FORMULA_NOT_APPLICABLE;
    if (missing && w->policy->missing == FORMULA_MISSING_ZERO) {
        use(w, part, FORMULA_AS_ZERO);
        return figure(fraction_int(0));
    }
    use(w, part, FORMULA_LACKED);
    return absent(g->state);
}

// ---- arithmetic ----

static struct outcome divide(struct working *w, struct fraction a, struct fraction b)
{
    if (fraction_sign(b) == 0) {
        w->by_zero = true;
        return w->policy->zero == FORMULA_ZERO_ZERO ? figure(fraction_int(0))
                                                    : absent(FORMULA_NOT_APPLICABLE);
    }
    struct fraction result;
    return fraction_divide(a, b, &result, &w->rounded) ? figure(result) : absent(FORMULA_TOO_LARGE);
}

static struct outcome calculate(struct working *w, enum formula_kind kind, struct fraction a,
                                struct fraction b)
{
    struct fraction result = a;
    bool good = true;
    switch (kind) {
    case FORMULA_ADD: good = fraction_add(a, b, &result, &w->rounded); break;
    case FORMULA_SUBTRACT: good = fraction_add(a, fraction_negate(b), &result, &w->rounded); break;
    case FORMULA_MULTIPLY: good = fraction_multiply(a, b, &result, &w->rounded); break;
    default: return divide(w, a, b);
    }
    return good ? figure(result) : absent(FORMULA_TOO_LARGE);
}

static bool holds(enum formula_kind kind, int order)
{
    switch (kind) {
    case FORMULA_EQUAL: return order == 0;
    case FORMULA_UNEQUAL: return order != 0;
    case FORMULA_LESS: return order < 0;
    case FORMULA_AT_MOST: return order <= 0;
    case FORMULA_MORE: return order > 0;
    default: return order >= 0;
    }
}

static struct outcome compare(struct working *w, enum formula_kind kind, struct fraction a,
                              struct fraction b)
{
    int order = 0;
    if (!fraction_compare(a, b, &order, &w->rounded)) {
        return absent(FORMULA_TOO_LARGE);
    }
    return condition(holds(kind, order));
}

static struct outcome work_pair(struct working *w, const struct formula_node *n)
{
    struct outcome a = work(w, n->first);
    struct outcome b = work(w, w->formula->nodes[n->first].next);
    if (!is_known(a) || !is_known(b)) {
        return absent(firmer(a.state, b.state));
    }
    return n->kind >= FORMULA_EQUAL ? compare(w, n->kind, a.figure, b.figure)
                                    : calculate(w, n->kind, a.figure, b.figure);
}

// false and unknown is false, true or unknown is true, where missing parts may be left out.
static struct outcome work_junction(struct working *w, const struct formula_node *n)
{
    bool settles = n->kind == FORMULA_OR; // what the one side must be for the other not to matter
    struct outcome a = work(w, n->first);
    struct outcome b = work(w, w->formula->nodes[n->first].next);
    if (is_known(a) && is_known(b)) {
        return condition(settles ? a.truth || b.truth : a.truth && b.truth);
    }
    if ((is_known(a) && a.truth == settles && may_be_left_out(w, b)) ||
        (is_known(b) && b.truth == settles && may_be_left_out(w, a))) {
        return condition(settles);
    }
    return absent(firmer(a.state, b.state));
}

static struct outcome work_if(struct working *w, const struct formula_node *n)
{
    struct outcome truth = work(w, n->first);
    if (!is_known(truth)) {
        return truth;
    }
    uint16_t then = w->formula->nodes[n->first].next;
    return work(w, truth.truth ? then : w->formula->nodes[then].next);
}

// ---- lists ----

// One more figure of a list taken into the figure so far.
static struct outcome take(struct working *w, enum formula_kind kind, struct outcome so_far,
                           struct outcome next)
{
    if (kind == FORMULA_SUM || kind == FORMULA_MEAN) {
        return calculate(w, FORMULA_ADD, so_far.figure, next.figure);
    }
    struct outcome less = compare(w, FORMULA_LESS, next.figure, so_far.figure);
    if (!is_known(less)) {
        return less;
    }
    return less.truth == (kind == FORMULA_MIN) ? next : so_far;
}

// One of a list. A part that stands there as it is and may be left out is told as such, unless
// something before could not do without it.
static struct outcome work_listed(struct working *w, uint16_t node)
{
    const struct formula_node *n = &w->formula->nodes[node];
    bool is_part = n->kind == FORMULA_PART && w->uses != NULL;
    bool lacked = is_part && w->uses[n->part] == FORMULA_LACKED;
    struct outcome one = work(w, node);
    if (is_part && !lacked && may_be_left_out(w, one)) {
        w->uses[n->part] = FORMULA_LEFT_OUT;
    }
    return one;
}

static struct outcome work_list(struct working *w, const struct formula_node *n)
{
    struct outcome all = absent(FORMULA_KNOWN), left_out = absent(FORMULA_NOT_APPLICABLE);
    int64_t count = 0;
    bool lacks = false;
    for (uint16_t child = n->first; child != FORMULA_NO_NODE;
         child = w->formula->nodes[child].next) {
        struct outcome one = work_listed(w, child);
        if (may_be_left_out(w, one)) {
            left_out.state = firmer(left_out.state, one.state);
        } else if (!is_known(one)) {
            all.state = firmer(all.state, one.state);
            lacks = true;
        } else if (!lacks) {
            all = count == 0 ? one : take(w, n->kind, all, one);
            lacks = !is_known(all);
            count++;
        }
    }
    if (lacks) {
        return all;
    }
    if (count == 0) {
        return left_out; // nothing at all is no sum
    }
    return n->kind == FORMULA_MEAN ? divide(w, all.figure, fraction_int(count)) : all;
}

// ---- one figure ----

static struct outcome round_to(struct fraction f, int places)
{
    struct dec rounded = DEC_NONE;
    return fraction_decimal(f, places, FRACTION_ROUND, &rounded) ? figure(fraction_of(rounded))
                                                                 : absent(FORMULA_TOO_LARGE);
}

static struct outcome work_one(struct working *w, const struct formula_node *n)
{
    struct outcome one = work(w, n->first);
    if (!is_known(one)) {
        return one;
    }
    switch (n->kind) {
    case FORMULA_NOT: return condition(!one.truth);
    case FORMULA_ABS:
        return fraction_sign(one.figure) < 0 ? figure(fraction_negate(one.figure)) : one;
    case FORMULA_ROUND: return round_to(one.figure, n->places);
    default: return figure(fraction_negate(one.figure));
    }
}

static struct outcome work(struct working *w, uint16_t node)
{
    const struct formula_node *n = &w->formula->nodes[node];
    switch (n->kind) {
    case FORMULA_NUMBER: return figure(fraction_of(n->number));
    case FORMULA_PART: return take_part(w, n->part);
    case FORMULA_NEGATE:
    case FORMULA_NOT:
    case FORMULA_ABS:
    case FORMULA_ROUND: return work_one(w, n);
    case FORMULA_AND:
    case FORMULA_OR: return work_junction(w, n);
    case FORMULA_IF: return work_if(w, n);
    case FORMULA_SUM:
    case FORMULA_MEAN:
    case FORMULA_MIN:
    case FORMULA_MAX: return work_list(w, n);
    default: return work_pair(w, n);
    }
}

// ---- numerator and denominator ----

static void take_quotient(struct working *w, struct formula_value *v)
{
    struct formula_quotient q = formula_quotient_of(w->formula, w->policy->multiplier);
    if (q.top == FORMULA_NO_NODE) {
        return;
    }
    struct outcome top = work(w, q.top), bottom = work(w, q.bottom);
    struct dec numerator = DEC_NONE, denominator = DEC_NONE;
    // Figures with more digits than a decimal holds are none that anyone counted.
    enum { PLACES = FORMULA_SPARE_PLACES };
    if (is_known(top) && is_known(bottom) &&
        fraction_decimal(top.figure, PLACES, FRACTION_CUT, &numerator) &&
        fraction_decimal(bottom.figure, PLACES, FRACTION_CUT, &denominator)) {
        v->numerator = numerator;
        v->denominator = denominator;
    }
}

// ---- the whole ----

struct formula_value formula_evaluate(const struct formula *f, const struct formula_policy *policy,
                                      const struct formula_given *given, enum formula_use *uses)
{
    struct working w = {.formula = f, .policy = policy, .given = given, .uses = uses};
    for (size_t i = 0; uses != NULL && i < f->part_count; i++) {
        uses[i] = FORMULA_NOT_NEEDED;
    }
    struct outcome all = work(&w, f->root);
    struct formula_value v = {.state = all.state};
    int places = policy->decimals + FORMULA_SPARE_PLACES;
    if (is_known(all) && !fraction_decimal(all.figure, places, FRACTION_CUT, &v.value)) {
        v.state = FORMULA_TOO_LARGE;
    }
    v.by_zero = w.by_zero;
    v.rounded = w.rounded;
    w.uses = NULL;
    take_quotient(&w, &v);
    return v;
}
