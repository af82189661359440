#include "engine/formula_quotient.h"

static bool is_number(const struct formula *f, uint16_t node, int64_t wanted)
{
    const struct formula_node *n = &f->nodes[node];
    return n->kind == FORMULA_NUMBER && dec_equal(n->number, dec_int(wanted));
}

// The other side of a product with the multiplier; FORMULA_NO_NODE when it is no such product.
static uint16_t multiplied(const struct formula *f, uint16_t node, int64_t multiplier)
{
    const struct formula_node *n = &f->nodes[node];
    if (n->kind != FORMULA_MULTIPLY) {
        return FORMULA_NO_NODE;
    }
    uint16_t second = f->nodes[n->first].next;
    return is_number(f, second, multiplier)     ? n->first
           : is_number(f, n->first, multiplier) ? second
                                                : FORMULA_NO_NODE;
}

struct formula_quotient formula_quotient_of(const struct formula *f, int64_t multiplier)
{
    struct formula_quotient none = {FORMULA_NO_NODE, FORMULA_NO_NODE};
    uint16_t node = f->root;
    bool times = multiplier == 1;
    if (multiplier < 1) {
        return none;
    }
    if (f->nodes[node].kind == FORMULA_MULTIPLY && multiplier > 1) {
        node = multiplied(f, node, multiplier); // x / y * 100, 100 * (x / y)
        times = true;
    }
    if (node == FORMULA_NO_NODE || f->nodes[node].kind != FORMULA_DIVIDE) {
        return none;
    }
    struct formula_quotient q = {f->nodes[node].first, f->nodes[f->nodes[node].first].next};
    if (!times) {
        q.top = multiplied(f, q.top, multiplier); // 100 * x / y
    }
    return q.top == FORMULA_NO_NODE ? none : q;
}

bool formula_is_quotient(const struct formula *f, int64_t multiplier)
{
    return formula_quotient_of(f, multiplier).top != FORMULA_NO_NODE;
}
