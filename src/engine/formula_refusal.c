#include <string.h>

#include "engine/formula_read.h"

// What is wrong, and what would do. %s in `what` is what stands there, %f the function's name.
static const struct {
    const char *what, *remedy;
} SENTENCES[] = {
    [FORMULA_EMPTY] = {"there is nothing in it",
                       "write how the measure is worked out, such as [A] / [B] * 100"},
    [FORMULA_TOO_LONG] = {"it is longer than 4,000 bytes",
                          "make measures of its steps, and a formula of those"},
    [FORMULA_TOO_DEEP] = {"it is more than 40 parentheses, functions or signs deep",
                          "make measures of its steps, and a formula of those"},
    [FORMULA_TOO_MANY_NODES] = {"it has more than 500 figures, signs and functions",
                                "make measures of its steps, and a formula of those"},
    [FORMULA_TOO_MANY_PARTS] = {"it looks at more than 64 measures",
                                "make measures of its steps, and a formula of those"},
    [FORMULA_TOO_MANY_IN_LIST] = {"there are more than 64 figures between these parentheses",
                                  "add several functions together"},
    [FORMULA_STRANGE] = {"\"%s\" means nothing in a formula",
                         "use measures in square brackets, numbers, + - * / ( ), = <> < <= > >=, "
                         "and, or, not, and functions"},
    [FORMULA_BAD_NUMBER] = {"\"%s\" is not a number of up to 18 digits",
                            "write numbers as 1204 or 0.5, and a measure's code that starts with a "
                            "digit in square brackets"},
    [FORMULA_COMMA] = {"a comma stands outside the parentheses of a function",
                       "write numbers without commas, 1204 or 0.5"},
    [FORMULA_OPEN_BRACKET] = {"the square bracket is never closed",
                              "put ] behind the measure's code"},
    [FORMULA_EMPTY_BRACKETS] = {"the square brackets hold no code",
                                "put a measure's code between them"},
    [FORMULA_CODE_TOO_LONG] = {"what the square brackets hold is too long for a code",
                               "put ] right behind the measure's code"},
    [FORMULA_OPEN_PARENTHESIS] = {"this parenthesis is never closed", "put ) where it should end"},
    [FORMULA_STRAY_CLOSE] = {"this parenthesis closes nothing",
                             "take it out, or put ( where it should begin"},
    [FORMULA_NEEDS_FIGURE] = {"a measure, a number or a function should stand here, not %q",
                              "put one there, or take the sign before it out"},
    [FORMULA_NEEDS_OPERATOR] = {"\"%s\" follows with nothing between it and what is before",
                                "put +, -, * or / there; a code with blanks stands in square "
                                "brackets"},
    [FORMULA_DOUBLE_EQUAL] = {"\"%s\" is no comparison", "write =, <>, <= or >="},
    [FORMULA_CHAINED] = {"this is a second comparison in a row",
                         "join two with and: [A] > 0 and [A] < 10"},
    [FORMULA_NOT_A_FUNCTION] = {"\"%s\" is no function", "use %n"},
    [FORMULA_WRONG_COUNT] = {"%s needs %c between its parentheses", "write %x"},
    [FORMULA_WANTS_CONDITION] = {"\"%s\" is a figure where a condition should stand",
                                 "compare it with something: [A] > 0"},
    [FORMULA_WANTS_NUMBER] = {"\"%s\" is a condition where a figure should stand",
                              "use if(condition, one figure, another)"},
    [FORMULA_WANTS_MEASURE] = {"%f looks at one measure, and %q is none",
                               "write %f([A]) with the measure's code"},
    [FORMULA_WANTS_STEPS] = {"%q is no number of periods to go back",
                             "write a whole number from 1 to 120"},
    [FORMULA_WANTS_PLACES] = {"%q is no number of decimals", "write a whole number from 0 to 6"},
    [FORMULA_TWICE] = {"%s does this twice over", "write it once, around the measure"},
};

struct function_words {
    const char *name, *count, *example;
};

static const struct function_words WORDS[] = {
    {"if", "three things, a condition and two figures,", "if([A] > 0, [B] / [A], 0)"},
    {"sum", "at least one figure", "sum([A], [B], [C])"},
    {"mean", "at least one figure", "mean([A], [B], [C])"},
    {"min", "at least one figure", "min([A], [B])"},
    {"max", "at least one figure", "max([A], [B])"},
    {"abs", "one figure", "abs([A] - [B])"},
    {"round", "two things, a figure and a number of decimals,", "round([A], 1)"},
    {"previous", "one measure, and may have a number of periods,",
     "previous([A]) or "
     "previous([A], 2)"},
    {"same_period_last_year", "one measure", "same_period_last_year([A])"},
    {"ytd", "one measure", "ytd([A])"},
    {"numerator", "one measure", "numerator([A])"},
    {"denominator", "one measure", "denominator([A])"},
};

static const struct function_words *words_of(const char *function)
{
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (strcasecmp(WORDS[i].name, function) == 0) {
            return &WORDS[i];
        }
    }
    return &WORDS[1];
}

static void put_names(struct buf *b)
{
    size_t count = 0;
    const struct function *all = formula_functions(&count);
    for (size_t i = 0; i < count; i++) {
        buf_text(b, i == 0 ? "" : i + 1 == count ? " or " : ", ");
        buf_text(b, all[i].name);
    }
}

static void put(struct buf *b, const char *pattern, const struct formula_fault *fault)
{
    const char *function = fault->function == NULL ? "it" : fault->function;
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at != '%') {
            buf_char(b, *at);
            continue;
        }
        switch (*++at) {
        case 's': buf_text(b, fault->found); break;
        case 'f': buf_text(b, function); break;
        case 'n': put_names(b); break;
        case 'c': buf_text(b, words_of(fault->found)->count); break;
        case 'x': buf_text(b, words_of(fault->found)->example); break;
        default: // q: quoted, or the end
            if (fault->found[0] == '\0') {
                buf_text(b, "the end");
            } else {
                buf_char(b, '"');
                buf_text(b, fault->found);
                buf_char(b, '"');
            }
            break;
        }
    }
}

const char *formula_refusal(struct arena *a, const struct formula_fault *fault)
{
    struct buf b = buf_new(a, 4096);
    buf_text(&b, "cannot be read at character ");
    buf_int(&b, fault->at);
    buf_text(&b, ": ");
    put(&b, SENTENCES[fault->wrong].what, fault);
    buf_text(&b, "; ");
    put(&b, SENTENCES[fault->wrong].remedy, fault);
    return buf_cstr(&b);
}
