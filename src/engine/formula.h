// Formulas: a measure worked out from others.
//
//     ([NI 117] + [NI 118]) / [POP] * 100
//     if([CASES] >= 20, [DONE] / [CASES] * 100, previous([SHARE]))
//
// The language, loosest binding first (docs/formulas.md is the manual for officers):
//   or · and · not · one comparison = <> < <= > >= · + - · * / · unary - · what stands alone
//   numbers 12, 0.5 · measures [NI 117], or bare where the code is letters, digits, _ and . and
//   starts with a letter; ]] in brackets is one ] of the code
//   sum mean min max (1 to 64 figures) · if(condition, figure, figure) · abs(x) · round(x, places)
//   of one measure: previous([X]) previous([X], steps) same_period_last_year([X]) ytd([X])
//   numerator([X]) denominator([X]), one within another where that says something
// × ÷ − ≤ ≥ ≠ stand for * / - <= >= <>. Function names and words take either case.
// Conditions and figures are told apart when the text is read: a formula gives a figure.
//
// Bounds: text FORMULA_TEXT_MAX bytes, FORMULA_NODES_MAX nodes, FORMULA_DEPTH_MAX deep,
// FORMULA_PARTS_MAX measures or ways of looking at one. Each node is worked out at most twice (once
// more for numerator and denominator), so the bound on nodes is one on steps.
//
// Arithmetic is exact (engine/fraction.h): `rounded` says where 18 digits did not suffice.
#ifndef GT_ENGINE_FORMULA_H
#define GT_ENGINE_FORMULA_H

#include "base/decimal.h"

enum {
    FORMULA_TEXT_MAX = 4000,
    FORMULA_NODES_MAX = 500,
    FORMULA_DEPTH_MAX = 40,
    FORMULA_PARTS_MAX = 64,
    FORMULA_LIST_MAX = 64,
    FORMULA_CODE_MAX = 400, // bytes: of 100 characters
    FORMULA_STEPS_MAX = 120,
    FORMULA_ROUND_MAX = 6,
    FORMULA_SPARE_PLACES = 6, // kept after those the measure shows
};

enum formula_kind {
    FORMULA_NUMBER,
    FORMULA_PART,
    FORMULA_NEGATE,
    FORMULA_ADD,
    FORMULA_SUBTRACT,
    FORMULA_MULTIPLY,
    FORMULA_DIVIDE,
    FORMULA_EQUAL,
    FORMULA_UNEQUAL,
    FORMULA_LESS,
    FORMULA_AT_MOST,
    FORMULA_MORE,
    FORMULA_AT_LEAST,
    FORMULA_AND,
    FORMULA_OR,
    FORMULA_NOT,
    FORMULA_IF,
    FORMULA_SUM,
    FORMULA_MEAN,
    FORMULA_MIN,
    FORMULA_MAX,
    FORMULA_ABS,
    FORMULA_ROUND,
};

enum { FORMULA_NO_NODE = 0xffff };

struct formula_node {
    enum formula_kind kind;
    uint16_t first, next; // child, sibling; FORMULA_NO_NODE: none
    uint32_t at;          // character of the text where it stands, from 1
    uint16_t part;        // FORMULA_PART
    uint16_t places;      // FORMULA_ROUND
    struct dec number;    // FORMULA_NUMBER
};

enum formula_look { FORMULA_VALUE, FORMULA_NUMERATOR, FORMULA_DENOMINATOR };

// One way of looking at one measure: previous([A], 2) is a part, [A] another.
struct formula_part {
    const char *code;
    uint32_t at;    // character where its code first stands
    int steps_back; // previous, in periods of the measure that is computed
    int years_back; // same_period_last_year
    bool to_date;   // ytd
    enum formula_look look;
    const char *text; // as the formula would write it: "previous([A], 2)"
};

struct formula {
    const char *text; // as given
    const struct formula_node *nodes;
    size_t node_count;
    uint16_t root;
    const struct formula_part *parts; // in the order they first stand
    size_t part_count;
};

// ---- reading: formula_lexer.c, formula_read.c, formula_call.c, formula_refusal.c ----

enum formula_wrong {
    FORMULA_FINE,
    FORMULA_EMPTY,
    FORMULA_TOO_LONG,
    FORMULA_TOO_DEEP,
    FORMULA_TOO_MANY_NODES,
    FORMULA_TOO_MANY_PARTS,
    FORMULA_TOO_MANY_IN_LIST,
    FORMULA_STRANGE,          // a character that means nothing here
    FORMULA_BAD_NUMBER,       // 1.2.3, or over 18 digits
    FORMULA_COMMA,            // outside a function: thousands, or a decimal comma
    FORMULA_OPEN_BRACKET,     // [NI 117
    FORMULA_EMPTY_BRACKETS,   // []
    FORMULA_CODE_TOO_LONG,    // a bracket that was closed too late, most likely
    FORMULA_OPEN_PARENTHESIS, // (1 + 2
    FORMULA_STRAY_CLOSE,      // 1 + 2)
    FORMULA_NEEDS_FIGURE,     // 1 + * 2, or the end
    FORMULA_NEEDS_OPERATOR,   // [A] [B]
    FORMULA_DOUBLE_EQUAL,     // ==, !=, => and the like
    FORMULA_CHAINED,          // a < b < c
    FORMULA_NOT_A_FUNCTION,   // median(...)
    FORMULA_WRONG_COUNT,      // of what stands in the parentheses of a function
    FORMULA_WANTS_CONDITION,  // if(1, 2, 3)
    FORMULA_WANTS_NUMBER,     // ([A] > 1) + 2
    FORMULA_WANTS_MEASURE,    // previous([A] + 1)
    FORMULA_WANTS_STEPS,      // previous([A], x)
    FORMULA_WANTS_PLACES,     // round([A], x)
    FORMULA_TWICE,            // ytd(ytd([A])), numerator(denominator([A]))
};

struct formula_fault {
    enum formula_wrong wrong;
    uint32_t at;          // character, from 1
    const char *found;    // what stands there; "" at the end
    const char *function; // whose parentheses it stands in, where that matters
};

// Reads `text`. False: `fault` says what is wrong and where. Lives in `a`.
bool formula_read(struct arena *a, const char *text, size_t length, const struct formula **ret,
                  struct formula_fault *fault) MUST_CHECK;

// "cannot be read at character 5: "[B]" follows a figure with nothing between them; put +, -, * or
// / there": the rest of a sentence that began with the formula, without its stop.
const char *formula_refusal(struct arena *a, const struct formula_fault *fault);

// ---- value: formula_value.c ----

enum formula_missing { FORMULA_MISSING_BLANK, FORMULA_MISSING_SKIP, FORMULA_MISSING_ZERO };
enum formula_zero { FORMULA_ZERO_BLANK, FORMULA_ZERO_ZERO };

struct formula_policy {
    enum formula_missing missing; // blank: any missing part that is needed leaves no figure
                                  // skip: sum, mean, min, max leave it out; and, or where they can
                                  // zero: it counts as 0
    enum formula_zero zero;       // what x / 0 is
    int decimals;                 // of the measure
    int64_t multiplier;           // 100 for a percentage, 1000 for a rate: see numerator; 0: none
};

// What is known of one part. A figure that was suppressed, or is only partly there (two of three
// months), is never left out and never counts as 0: what needs it has no figure.
enum formula_state {
    FORMULA_KNOWN,
    FORMULA_NOT_APPLICABLE, // no cases; taken for missing by the policies
    FORMULA_MISSING,
    FORMULA_INCOMPLETE,
    FORMULA_TOO_LARGE, // only of results: 10^18 or more
    FORMULA_SUPPRESSED,
};

struct formula_given {
    struct dec value; // present where known
    enum formula_state state;
};

// What became of a part.
enum formula_use {
    FORMULA_NOT_NEEDED, // only in what an if passed over
    FORMULA_USED,
    FORMULA_LEFT_OUT, // skip
    FORMULA_AS_ZERO,  // zero
    FORMULA_LACKED,   // it is not there, nor is what it stands in
};

struct formula_value {
    struct dec value; // present when state is KNOWN; with at most decimals + FORMULA_SPARE_PLACES
                      // places, cut off and not rounded: rounding it to the measure's decimals is
                      // rounding the exact result, once
    enum formula_state state; // NOT_APPLICABLE: also for a division by nought, left blank
    bool by_zero;             // something was divided by nought
    bool rounded;             // more than 18 digits were needed on the way
    // Of a formula that is x / y, or that times the multiplier (x / y * 100, 100 * x / y): x and y,
    // where both are known; so a computed percentage has its numerator and denominator.
    struct dec numerator, denominator;
};

// `given`: one for each part of the formula. `uses` (NULL: not wanted): likewise.
struct formula_value formula_evaluate(const struct formula *f, const struct formula_policy *policy,
                                      const struct formula_given *given, enum formula_use *uses);

// Whether the formula has the shape that gives numerator and denominator.
bool formula_is_quotient(const struct formula *f, int64_t multiplier);

// ---- text: formula_text.c ----

// The formula with `texts[i]` for part i (NULL: it is left out, which only lists can do); `texts`
// NULL: as a formula writes them. FORMULA_PLAIN gives text that formula_read understands;
// FORMULA_SHOWN is for people: × and − and thousands commas.
enum formula_style { FORMULA_PLAIN, FORMULA_SHOWN };
void formula_write(struct buf *b, const struct formula *f, const char *const *texts,
                   enum formula_style style);
// "sum", "if": of a function; NULL for other kinds.
const char *formula_function(enum formula_kind kind);
// As formula_part.text.
void formula_write_part(struct buf *b, const struct formula_part *part);

bool formula_missing_from_text(const char *text, enum formula_missing *out) MUST_CHECK;
const char *formula_missing_text(enum formula_missing m); // "blank", "skip", "zero"
bool formula_zero_from_text(const char *text, enum formula_zero *out) MUST_CHECK;
const char *formula_zero_text(enum formula_zero z); // "blank", "zero"

#endif
