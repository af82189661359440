// Inside the parser of formulas: what the levels of the grammar (formula_read.c) and what stands in
// the parentheses of functions (formula_call.c) share.
//
// What reads a node returns it, or FORMULA_NO_NODE when the fault is set; what only can go wrong
// returns false then.
#ifndef GT_ENGINE_FORMULA_PARSER_H
#define GT_ENGINE_FORMULA_PARSER_H

#include "engine/formula_read.h"

struct parser {
    struct lexer lexer;
    struct formula_node *nodes;
    size_t node_count;
    struct formula_part *parts;
    size_t part_count;
    int depth;
};

// ---- formula_read.c ----
enum token_kind parser_now(const struct parser *p);
bool parser_step(struct parser *p);
uint32_t parser_character(const struct parser *p, const struct token *t);
// Faults at bytes of the text, or at the token at hand; FORMULA_NO_NODE.
uint16_t parser_fault_from(struct parser *p, enum formula_wrong wrong, size_t from, size_t to);
uint16_t parser_fault(struct parser *p, enum formula_wrong wrong);
// What may be met where something should end; `open` is the parenthesis that is still open (NULL:
// none).
uint16_t parser_fault_instead_of_end(struct parser *p, const struct token *open);
uint16_t parser_add_node(struct parser *p, enum formula_kind kind, uint32_t at, uint16_t first);
// The node, or a fault where `node`, which began at the byte `from`, is not of the sort wanted.
uint16_t parser_wanted(struct parser *p, uint16_t node, bool condition, size_t from);
bool parser_enter(struct parser *p); // one deeper; false: too deep
uint16_t parser_read_any(struct parser *p);

// ---- formula_call.c ----
uint16_t parser_read_part(struct parser *p);     // a measure, or a function of one
uint16_t parser_read_function(struct parser *p); // any function

#endif
