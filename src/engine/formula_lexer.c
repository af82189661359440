#include <string.h>

#include "engine/formula_read.h"

enum { FOUND_MOST = 40 }; // bytes of what stands there that a message repeats

static const struct function FUNCTIONS[] = {
    {"if", FORMULA_IF, LOOK_NONE, 3, 3},
    {"sum", FORMULA_SUM, LOOK_NONE, 1, FORMULA_LIST_MAX},
    {"mean", FORMULA_MEAN, LOOK_NONE, 1, FORMULA_LIST_MAX},
    {"min", FORMULA_MIN, LOOK_NONE, 1, FORMULA_LIST_MAX},
    {"max", FORMULA_MAX, LOOK_NONE, 1, FORMULA_LIST_MAX},
    {"abs", FORMULA_ABS, LOOK_NONE, 1, 1},
    {"round", FORMULA_ROUND, LOOK_NONE, 2, 2},
    {"previous", FORMULA_PART, LOOK_PREVIOUS, 1, 2},
    {"same_period_last_year", FORMULA_PART, LOOK_LAST_YEAR, 1, 1},
    {"ytd", FORMULA_PART, LOOK_TO_DATE, 1, 1},
    {"numerator", FORMULA_PART, LOOK_NUMERATOR, 1, 1},
    {"denominator", FORMULA_PART, LOOK_DENOMINATOR, 1, 1},
};

const struct function *formula_functions(size_t *ret_count)
{
    *ret_count = COUNT_OF(FUNCTIONS);
    return FUNCTIONS;
}

static bool is_word(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && strncasecmp(text, word, length) == 0;
}

const struct function *formula_function_named(const char *name, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(FUNCTIONS); i++) {
        if (is_word(name, length, FUNCTIONS[i].name)) {
            return &FUNCTIONS[i];
        }
    }
    return NULL;
}

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

uint32_t lexer_character(const struct lexer *l, size_t byte)
{
    uint32_t character = 1;
    for (size_t i = 0; i < byte && i < l->length; i++) {
        bool next_starts = i + 1 >= l->length || !is_inside_character(l->text[i + 1]);
        character += next_starts;
    }
    return character;
}

bool lexer_fault(struct lexer *l, enum formula_wrong wrong, size_t from, size_t to)
{
    if (l->fault->wrong != FORMULA_FINE) {
        return false;
    }
    size_t length = to - from;
    if (length > FOUND_MOST) {
        length = FOUND_MOST;
        while (length > 0 && is_inside_character(l->text[from + length])) {
            length--;
        }
    }
    const char *function = l->fault->function;
    *l->fault = (struct formula_fault){wrong, lexer_character(l, from),
                                       arena_textn(l->arena, l->text + from, length), function};
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_of_name(char c)
{
    return is_letter(c) || is_digit(c) || c == '_' || c == '.';
}

static char at(const struct lexer *l, size_t position)
{
    return position < l->length ? l->text[position] : '\0';
}

static bool starts(const struct lexer *l, size_t position, const char *with)
{
    size_t length = strlen(with);
    return l->length - position >= length && memcmp(l->text + position, with, length) == 0;
}

static void skip_blanks(struct lexer *l)
{
    static const char no_break_space[] = "\xc2\xa0";
    for (;;) {
        char c = at(l, l->position);
        if (l->position < l->length && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            l->position++;
        } else if (l->position < l->length && starts(l, l->position, no_break_space)) {
            l->position += 2;
        } else {
            return;
        }
    }
}

static bool read_number(struct lexer *l)
{
    size_t end = l->position;
    while (is_of_name(at(l, end))) {
        end++;
    }
    if (!dec_parse(l->text + l->position, end - l->position, &l->token.number)) {
        return lexer_fault(l, FORMULA_BAD_NUMBER, l->position, end);
    }
    l->token.number = dec_trim(l->token.number);
    l->token.kind = TOKEN_NUMBER;
    l->token.to = end;
    return true;
}

static bool take_code(struct lexer *l, const char *code, size_t length, size_t end)
{
    if (length > FORMULA_CODE_MAX) {
        return lexer_fault(l, FORMULA_CODE_TOO_LONG, l->position, end);
    }
    l->token.kind = TOKEN_CODE;
    l->token.code = arena_textn(l->arena, code, length);
    l->token.to = end;
    return true;
}

// [NI 117]; blanks at its ends do not count, and ]] is one ] of the code.
static bool read_brackets(struct lexer *l)
{
    size_t end = l->position + 1, length = 0;
    char *code = arena_alloc(l->arena, l->length - l->position + 1);
    for (;; end++) {
        if (end >= l->length) {
            return lexer_fault(l, FORMULA_OPEN_BRACKET, l->position, l->position + 1);
        }
        if (l->text[end] == ']') {
            if (at(l, end + 1) != ']') {
                break;
            }
            end++;
        }
        bool is_blank = l->text[end] == ' ' || (unsigned char)l->text[end] < ' ';
        if (!is_blank) {
            code[length++] = l->text[end];
        } else if (length > 0) {
            code[length++] = ' ';
        }
    }
    while (length > 0 && code[length - 1] == ' ') {
        length--;
    }
    if (length == 0) {
        return lexer_fault(l, FORMULA_EMPTY_BRACKETS, l->position, end + 1);
    }
    return take_code(l, code, length, end + 1);
}

static bool read_word(struct lexer *l)
{
    const char *word = l->text + l->position;
    size_t end = l->position;
    while (is_of_name(at(l, end))) {
        end++;
    }
    size_t length = end - l->position;
    l->token.to = end;
    if (is_word(word, length, "and") || is_word(word, length, "or") ||
        is_word(word, length, "not")) {
        l->token.kind = is_word(word, length, "and")  ? TOKEN_AND
                        : is_word(word, length, "or") ? TOKEN_OR
                                                      : TOKEN_NOT;
        return true;
    }
    size_t after = l->position;
    l->position = end;
    skip_blanks(l);
    bool called = at(l, l->position) == '(';
    l->position = after;
    if (!called) {
        return take_code(l, word, length, end);
    }
    l->token.kind = TOKEN_FUNCTION;
    l->token.function = formula_function_named(word, length);
    return l->token.function != NULL || lexer_fault(l, FORMULA_NOT_A_FUNCTION, l->position, end);
}

static bool read_sign(struct lexer *l)
{
    static const struct {
        const char *text;
        enum token_kind kind;
        enum formula_kind how;
    } signs[] = {
        {"+", TOKEN_PLUS, FORMULA_ADD},
        {"-", TOKEN_MINUS, FORMULA_SUBTRACT},
        {"\u2212", TOKEN_MINUS, FORMULA_SUBTRACT},
        {"*", TOKEN_TIMES, FORMULA_MULTIPLY},
        {"\u00d7", TOKEN_TIMES, FORMULA_MULTIPLY},
        {"/", TOKEN_OVER, FORMULA_DIVIDE},
        {"\u00f7", TOKEN_OVER, FORMULA_DIVIDE},
        {"<=", TOKEN_COMPARE, FORMULA_AT_MOST},
        {">=", TOKEN_COMPARE, FORMULA_AT_LEAST},
        {"<>", TOKEN_COMPARE, FORMULA_UNEQUAL},
        {"\u2264", TOKEN_COMPARE, FORMULA_AT_MOST},
        {"\u2265", TOKEN_COMPARE, FORMULA_AT_LEAST},
        {"\u2260", TOKEN_COMPARE, FORMULA_UNEQUAL},
        {"<", TOKEN_COMPARE, FORMULA_LESS},
        {">", TOKEN_COMPARE, FORMULA_MORE},
        {"=", TOKEN_COMPARE, FORMULA_EQUAL},
        {",", TOKEN_COMMA, FORMULA_NUMBER},
        {"(", TOKEN_OPEN, FORMULA_NUMBER},
        {")", TOKEN_CLOSE, FORMULA_NUMBER},
    };
    static const char *const of_other_languages[] = {"==", "!=", "=>", "=<", "=!"};
    for (size_t i = 0; i < COUNT_OF(of_other_languages); i++) {
        if (starts(l, l->position, of_other_languages[i])) {
            return lexer_fault(l, FORMULA_DOUBLE_EQUAL, l->position, l->position + 2);
        }
    }
    for (size_t i = 0; i < COUNT_OF(signs); i++) {
        if (starts(l, l->position, signs[i].text)) {
            l->token.kind = signs[i].kind;
            l->token.how = signs[i].how;
            l->token.to = l->position + strlen(signs[i].text);
            return true;
        }
    }
    size_t end = l->position + 1;
    while (end < l->length && is_inside_character(l->text[end])) {
        end++;
    }
    return lexer_fault(l, FORMULA_STRANGE, l->position, end);
}

bool lexer_next(struct lexer *l)
{
    skip_blanks(l);
    l->token = (struct token){.kind = TOKEN_END, .from = l->position, .to = l->position};
    if (l->position >= l->length) {
        return true;
    }
    char c = l->text[l->position];
    bool read = is_digit(c) || c == '.' ? read_number(l)
                : c == '['              ? read_brackets(l)
                : is_letter(c)          ? read_word(l)
                                        : read_sign(l);
    l->position = l->token.to;
    return read;
}
