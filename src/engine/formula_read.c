// The grammar, one function a level, loosest last.

#include "engine/formula_parser.h"

// ---- tools ----

enum token_kind parser_now(const struct parser *p)
{
    return p->lexer.token.kind;
}

uint16_t parser_fault_from(struct parser *p, enum formula_wrong wrong, size_t from, size_t to)
{
    lexer_fault(&p->lexer, wrong, from, to);
    return FORMULA_NO_NODE;
}

uint16_t parser_fault(struct parser *p, enum formula_wrong wrong)
{
    return parser_fault_from(p, wrong, p->lexer.token.from, p->lexer.token.to);
}

bool parser_step(struct parser *p)
{
    return lexer_next(&p->lexer);
}

uint16_t parser_add_node(struct parser *p, enum formula_kind kind, uint32_t at, uint16_t first)
{
    if (p->node_count == FORMULA_NODES_MAX) {
        return parser_fault(p, FORMULA_TOO_MANY_NODES);
    }
    p->nodes[p->node_count] =
        (struct formula_node){.kind = kind, .first = first, .next = FORMULA_NO_NODE, .at = at};
    return (uint16_t)p->node_count++;
}

uint32_t parser_character(const struct parser *p, const struct token *t)
{
    return lexer_character(&p->lexer, t->from);
}

static bool is_condition(const struct parser *p, uint16_t node)
{
    enum formula_kind kind = p->nodes[node].kind;
    return kind >= FORMULA_EQUAL && kind <= FORMULA_NOT;
}

uint16_t parser_wanted(struct parser *p, uint16_t node, bool condition, size_t from)
{
    if (node != FORMULA_NO_NODE && is_condition(p, node) != condition) {
        // Up to the token at hand, without the blanks before it.
        size_t to = p->lexer.token.from;
        while (to > from && (p->lexer.text[to - 1] == ' ' || p->lexer.text[to - 1] == '\n')) {
            to--;
        }
        return parser_fault_from(p, condition ? FORMULA_WANTS_CONDITION : FORMULA_WANTS_NUMBER,
                                 from, to);
    }
    return node;
}

bool parser_enter(struct parser *p)
{
    if (p->depth == FORMULA_DEPTH_MAX) {
        parser_fault(p, FORMULA_TOO_DEEP);
        return false;
    }
    p->depth++;
    return true;
}

uint16_t parser_fault_instead_of_end(struct parser *p, const struct token *open)
{
    switch (parser_now(p)) {
    case TOKEN_END:
        return open == NULL ? FORMULA_NO_NODE
                            : parser_fault_from(p, FORMULA_OPEN_PARENTHESIS, open->from, open->to);
    case TOKEN_CLOSE: return parser_fault(p, FORMULA_STRAY_CLOSE);
    case TOKEN_COMMA: return parser_fault(p, FORMULA_COMMA);
    case TOKEN_COMPARE: return parser_fault(p, FORMULA_CHAINED);
    default: return parser_fault(p, FORMULA_NEEDS_OPERATOR);
    }
}

// ---- the levels, tightest first ----

static uint16_t read_parentheses(struct parser *p)
{
    struct token open = p->lexer.token;
    if (!parser_enter(p) || !parser_step(p)) {
        return FORMULA_NO_NODE;
    }
    uint16_t node = parser_read_any(p);
    if (node == FORMULA_NO_NODE) {
        return node;
    }
    if (parser_now(p) != TOKEN_CLOSE) {
        return parser_fault_instead_of_end(p, &open);
    }
    p->depth--;
    return parser_step(p) ? node : FORMULA_NO_NODE;
}

static uint16_t read_one(struct parser *p)
{
    switch (parser_now(p)) {
    case TOKEN_NUMBER: {
        uint16_t node = parser_add_node(p, FORMULA_NUMBER, parser_character(p, &p->lexer.token),
                                        FORMULA_NO_NODE);
        if (node != FORMULA_NO_NODE) {
            p->nodes[node].number = p->lexer.token.number;
        }
        return node != FORMULA_NO_NODE && parser_step(p) ? node : FORMULA_NO_NODE;
    }
    case TOKEN_CODE: return parser_read_part(p);
    case TOKEN_FUNCTION: return parser_read_function(p);
    case TOKEN_OPEN: return read_parentheses(p);
    default: return parser_fault(p, FORMULA_NEEDS_FIGURE);
    }
}

// What a sign in front stands before: `below` reads it, `condition` says what it must be.
static uint16_t read_signed(struct parser *p, enum formula_kind kind, bool condition,
                            uint16_t (*below)(struct parser *))
{
    uint32_t at = parser_character(p, &p->lexer.token);
    if (!parser_enter(p) || !parser_step(p)) {
        return FORMULA_NO_NODE;
    }
    size_t from = p->lexer.token.from;
    uint16_t child = parser_wanted(p, below(p), condition, from);
    p->depth--;
    return child == FORMULA_NO_NODE ? child : parser_add_node(p, kind, at, child);
}

static uint16_t read_minus(struct parser *p)
{
    return parser_now(p) == TOKEN_MINUS ? read_signed(p, FORMULA_NEGATE, false, read_minus)
                                        : read_one(p);
}

// `left`, which began at `from`, and what `below` reads behind the sign at hand.
static uint16_t read_pair(struct parser *p, uint16_t left, size_t from, enum formula_kind kind,
                          bool condition, uint16_t (*below)(struct parser *))
{
    uint32_t at = parser_character(p, &p->lexer.token);
    if (parser_wanted(p, left, condition, from) == FORMULA_NO_NODE || !parser_step(p)) {
        return FORMULA_NO_NODE;
    }
    size_t right_from = p->lexer.token.from;
    uint16_t right = parser_wanted(p, below(p), condition, right_from);
    uint16_t node = right == FORMULA_NO_NODE ? right : parser_add_node(p, kind, at, left);
    if (node != FORMULA_NO_NODE) {
        p->nodes[left].next = right;
    }
    return node;
}

static uint16_t read_product(struct parser *p)
{
    size_t from = p->lexer.token.from;
    uint16_t node = read_minus(p);
    while (node != FORMULA_NO_NODE &&
           (parser_now(p) == TOKEN_TIMES || parser_now(p) == TOKEN_OVER)) {
        node = read_pair(p, node, from, p->lexer.token.how, false, read_minus);
    }
    return node;
}

static uint16_t read_sum(struct parser *p)
{
    size_t from = p->lexer.token.from;
    uint16_t node = read_product(p);
    while (node != FORMULA_NO_NODE &&
           (parser_now(p) == TOKEN_PLUS || parser_now(p) == TOKEN_MINUS)) {
        node = read_pair(p, node, from, p->lexer.token.how, false, read_product);
    }
    return node;
}

static uint16_t read_comparison(struct parser *p)
{
    size_t from = p->lexer.token.from;
    uint16_t node = read_sum(p);
    if (node != FORMULA_NO_NODE && parser_now(p) == TOKEN_COMPARE) {
        node = read_pair(p, node, from, p->lexer.token.how, false, read_sum);
        if (node != FORMULA_NO_NODE && parser_now(p) == TOKEN_COMPARE) {
            return parser_fault(p, FORMULA_CHAINED);
        }
    }
    return node;
}

static uint16_t read_not(struct parser *p)
{
    return parser_now(p) == TOKEN_NOT ? read_signed(p, FORMULA_NOT, true, read_not)
                                      : read_comparison(p);
}

static uint16_t read_and(struct parser *p)
{
    size_t from = p->lexer.token.from;
    uint16_t node = read_not(p);
    while (node != FORMULA_NO_NODE && parser_now(p) == TOKEN_AND) {
        node = read_pair(p, node, from, FORMULA_AND, true, read_not);
    }
    return node;
}

uint16_t parser_read_any(struct parser *p)
{
    size_t from = p->lexer.token.from;
    uint16_t node = read_and(p);
    while (node != FORMULA_NO_NODE && parser_now(p) == TOKEN_OR) {
        node = read_pair(p, node, from, FORMULA_OR, true, read_and);
    }
    return node;
}

// ---- the whole ----

static const struct formula *finish(struct parser *p, const char *text, uint16_t root)
{
    struct arena *a = p->lexer.arena;
    struct formula *f = ARENA_NEW(a, struct formula);
    for (size_t i = 0; i < p->part_count; i++) {
        struct buf b = buf_new(a, FORMULA_TEXT_MAX * 2);
        formula_write_part(&b, &p->parts[i]);
        p->parts[i].text = buf_cstr(&b);
    }
    *f = (struct formula){
        .text = text,
        .nodes = arena_grow(a, p->nodes, p->node_count, p->node_count, sizeof *p->nodes),
        .node_count = p->node_count,
        .root = root,
        .parts = arena_grow(a, p->parts, p->part_count, p->part_count, sizeof *p->parts),
        .part_count = p->part_count};
    return f;
}

bool formula_read(struct arena *a, const char *text, size_t length, const struct formula **ret,
                  struct formula_fault *fault)
{
    *fault = (struct formula_fault){.wrong = FORMULA_FINE, .at = 1, .found = ""};
    struct formula_node nodes[FORMULA_NODES_MAX];
    struct formula_part parts[FORMULA_PARTS_MAX];
    struct parser p = {.lexer = {.arena = a, .text = text, .length = length, .fault = fault},
                       .nodes = nodes,
                       .parts = parts};
    if (length > FORMULA_TEXT_MAX) {
        fault->wrong = FORMULA_TOO_LONG;
        return false;
    }
    if (!parser_step(&p)) {
        return false;
    }
    if (parser_now(&p) == TOKEN_END) {
        fault->wrong = FORMULA_EMPTY;
        return false;
    }
    size_t from = p.lexer.token.from;
    uint16_t root = parser_read_any(&p);
    if (root != FORMULA_NO_NODE && parser_now(&p) != TOKEN_END) {
        root = parser_fault_instead_of_end(&p, NULL);
    }
    if (parser_wanted(&p, root, false, from) == FORMULA_NO_NODE) {
        return false;
    }
    *ret = finish(&p, arena_textn(a, text, length), root);
    return true;
}
