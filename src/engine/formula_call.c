// Measures, ways of looking at them, and functions of figures.

#include <string.h>

#include "engine/formula_parser.h"

// ---- measures, and ways of looking at them ----

static bool same_part(const struct formula_part *a, const struct formula_part *b)
{
    return strcmp(a->code, b->code) == 0 && a->steps_back == b->steps_back &&
           a->years_back == b->years_back && a->to_date == b->to_date && a->look == b->look;
}

static uint16_t add_part(struct parser *p, const struct formula_part *part, uint32_t at)
{
    size_t i = 0;
    while (i < p->part_count && !same_part(&p->parts[i], part)) {
        i++;
    }
    if (i == FORMULA_PARTS_MAX) {
        return parser_fault(p, FORMULA_TOO_MANY_PARTS);
    }
    if (i == p->part_count) {
        p->parts[p->part_count++] = *part;
    }
    uint16_t node = parser_add_node(p, FORMULA_PART, at, FORMULA_NO_NODE);
    if (node != FORMULA_NO_NODE) {
        p->nodes[node].part = (uint16_t)i;
    }
    return node;
}

static bool whole_number(struct dec d, int least, int most, int *out)
{
    if (d.scale != 0 || d.units < least || d.units > most) {
        return false;
    }
    *out = (int)d.units;
    return true;
}

// The steps of previous([X], steps); 1 where none are given.
static bool read_steps(struct parser *p, struct formula_part *part)
{
    int steps = 1;
    if (parser_now(p) == TOKEN_COMMA) {
        if (!parser_step(p)) {
            return false;
        }
        if (parser_now(p) != TOKEN_NUMBER ||
            !whole_number(p->lexer.token.number, 1, FORMULA_STEPS_MAX, &steps)) {
            parser_fault(p, FORMULA_WANTS_STEPS);
            return false;
        }
        if (!parser_step(p)) {
            return false;
        }
    }
    part->steps_back += steps;
    if (part->steps_back > FORMULA_STEPS_MAX) {
        parser_fault(p, FORMULA_WANTS_STEPS);
        return false;
    }
    return true;
}

static bool look_through(struct parser *p, const struct token *name, struct formula_part *part)
{
    bool twice = false;
    switch (name->function->look) {
    case LOOK_PREVIOUS: return read_steps(p, part);
    case LOOK_LAST_YEAR: twice = ++part->years_back > FORMULA_STEPS_MAX / 12; break;
    case LOOK_TO_DATE:
        twice = part->to_date;
        part->to_date = true;
        break;
    case LOOK_NUMERATOR:
    case LOOK_DENOMINATOR:
        twice = part->look != FORMULA_VALUE;
        part->look =
            name->function->look == LOOK_NUMERATOR ? FORMULA_NUMERATOR : FORMULA_DENOMINATOR;
        break;
    case LOOK_NONE: break;
    }
    if (twice) {
        parser_fault_from(p, FORMULA_TWICE, name->from, name->to);
    }
    return !twice;
}

// A measure, or a function of one with its parentheses: the token at hand is its first.
static bool read_look(struct parser *p, struct formula_part *part)
{
    struct token first = p->lexer.token;
    if (first.kind == TOKEN_CODE) {
        *part = (struct formula_part){.code = first.code, .at = parser_character(p, &first)};
        return parser_step(p);
    }
    if (first.kind != TOKEN_FUNCTION || first.function->look == LOOK_NONE) {
        parser_fault(p, FORMULA_WANTS_MEASURE);
        return false;
    }
    if (!parser_enter(p) || !parser_step(p)) {
        return false;
    }
    struct token open = p->lexer.token;
    p->lexer.fault->function = first.function->name;
    if (!parser_step(p) || !read_look(p, part)) {
        return false;
    }
    p->lexer.fault->function = first.function->name;
    if (!look_through(p, &first, part)) {
        return false;
    }
    if (parser_now(p) == TOKEN_COMMA) {
        parser_fault_from(p, FORMULA_WRONG_COUNT, first.from, first.to);
        return false;
    }
    if (parser_now(p) != TOKEN_CLOSE) {
        if (parser_now(p) == TOKEN_END) {
            parser_fault_from(p, FORMULA_OPEN_PARENTHESIS, open.from, open.to);
        } else {
            parser_fault(p, FORMULA_WANTS_MEASURE);
        }
        return false;
    }
    p->depth--;
    return parser_step(p);
}

uint16_t parser_read_part(struct parser *p)
{
    uint32_t at = parser_character(p, &p->lexer.token);
    struct formula_part part;
    return read_look(p, &part) ? add_part(p, &part, at) : FORMULA_NO_NODE;
}

// ---- functions of figures ----

// The places of round(x, places): a number as it stands.
static bool read_places(struct parser *p, uint16_t node)
{
    int places = 0;
    if (parser_now(p) != TOKEN_NUMBER ||
        !whole_number(p->lexer.token.number, 0, FORMULA_ROUND_MAX, &places)) {
        parser_fault(p, FORMULA_WANTS_PLACES);
        return false;
    }
    p->nodes[node].places = (uint16_t)places;
    return parser_step(p);
}

// One after another up to the closing parenthesis; `count` of them.
static bool read_list(struct parser *p, const struct function *f, uint16_t node,
                      const struct token *open, size_t *ret_count)
{
    uint16_t last = FORMULA_NO_NODE;
    size_t count = 0;
    while (parser_now(p) != TOKEN_CLOSE || count > 0) {
        p->lexer.fault->function = f->name;
        size_t from = p->lexer.token.from;
        if (f->kind == FORMULA_ROUND && count == 1) {
            if (!read_places(p, node)) {
                return false;
            }
        } else {
            bool condition = f->kind == FORMULA_IF && count == 0;
            uint16_t child = parser_wanted(p, parser_read_any(p), condition, from);
            if (child == FORMULA_NO_NODE) {
                return false;
            }
            *(last == FORMULA_NO_NODE ? &p->nodes[node].first : &p->nodes[last].next) = child;
            last = child;
        }
        count++;
        if (parser_now(p) != TOKEN_COMMA) {
            break;
        }
        if (count == FORMULA_LIST_MAX) {
            parser_fault(p, FORMULA_TOO_MANY_IN_LIST);
            return false;
        }
        if (!parser_step(p)) {
            return false;
        }
    }
    if (parser_now(p) != TOKEN_CLOSE) {
        parser_fault_instead_of_end(p, open);
        return false;
    }
    *ret_count = count;
    return true;
}

uint16_t parser_read_function(struct parser *p)
{
    struct token name = p->lexer.token;
    if (name.function->look != LOOK_NONE) {
        return parser_read_part(p);
    }
    uint16_t node =
        parser_add_node(p, name.function->kind, parser_character(p, &name), FORMULA_NO_NODE);
    if (node == FORMULA_NO_NODE || !parser_enter(p) || !parser_step(p)) {
        return FORMULA_NO_NODE;
    }
    struct token open = p->lexer.token;
    size_t count = 0;
    if (!parser_step(p) || !read_list(p, name.function, node, &open, &count)) {
        return FORMULA_NO_NODE;
    }
    if (count < name.function->least || count > name.function->most) {
        p->lexer.fault->function = name.function->name;
        return parser_fault_from(p, FORMULA_WRONG_COUNT, name.from, name.to);
    }
    p->depth--;
    return parser_step(p) ? node : FORMULA_NO_NODE;
}
