// Inside the reading of formulas: what lexer and parser share.
#ifndef GT_ENGINE_FORMULA_READ_H
#define GT_ENGINE_FORMULA_READ_H

#include "engine/formula.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_CODE, // in brackets, or bare
    TOKEN_FUNCTION,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_TIMES,
    TOKEN_OVER,
    TOKEN_COMPARE,
    TOKEN_COMMA,
    TOKEN_OPEN,
    TOKEN_CLOSE,
};

// The functions that look at one measure; those that work on figures are kinds of node.
enum look_function {
    LOOK_NONE,
    LOOK_PREVIOUS,
    LOOK_LAST_YEAR,
    LOOK_TO_DATE,
    LOOK_NUMERATOR,
    LOOK_DENOMINATOR,
};

struct function {
    const char *name;
    enum formula_kind kind; // where `look` is NONE
    enum look_function look;
    size_t least, most; // in its parentheses
};

struct token {
    enum token_kind kind;
    size_t from, to;       // bytes of the text
    struct dec number;     // NUMBER
    const char *code;      // CODE
    enum formula_kind how; // COMPARE
    const struct function *function;
};

struct lexer {
    struct arena *arena;
    const char *text;
    size_t length, position;
    struct token token; // the one at hand
    struct formula_fault *fault;
};

// The next token into lexer->token; false: a fault is set.
bool lexer_next(struct lexer *l) MUST_CHECK;
// Sets the fault, unless one is set already, at the byte `from`; false.
bool lexer_fault(struct lexer *l, enum formula_wrong wrong, size_t from, size_t to);
uint32_t lexer_character(const struct lexer *l, size_t byte); // from 1

// By its name in any case; NULL when there is none.
const struct function *formula_function_named(const char *name, size_t length);
const struct function *formula_functions(size_t *ret_count);

#endif
