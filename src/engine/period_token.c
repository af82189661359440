#include <string.h>

#include "engine/period_read.h"

static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

const char *period_month_name(int month)
{
    return MONTHS[month - 1];
}

enum { SKIPPED = -1, LONGEST_WORD = 12, PIVOT = 68 };

static const struct {
    const char *word;
    int kind; // of enum token_kind, or SKIPPED
} WORDS[] = {
    {"q", TOKEN_QUARTER},
    {"qtr", TOKEN_QUARTER},
    {"quarter", TOKEN_QUARTER},
    {"h", TOKEN_HALF},
    {"half", TOKEN_HALF},
    {"fy", TOKEN_FINANCIAL},
    {"financial", TOKEN_FINANCIAL},
    {"ay", TOKEN_ACADEMIC},
    {"academic", TOKEN_ACADEMIC},
    {"school", TOKEN_ACADEMIC},
    {"cy", TOKEN_CALENDAR},
    {"calendar", TOKEN_CALENDAR},
    {"year", TOKEN_YEAR},
    {"months", TOKEN_MONTHS},
    {"from", TOKEN_FROM},
    {"to", TOKEN_TO},
    {"ending", TOKEN_ENDING},
    {"ended", TOKEN_ENDING},
    {"of", SKIPPED},
    {"sept", TOKEN_MONTH},
};

static const struct {
    const char *bytes;
    int kind;
} SIGNS[] = {
    {"-", TOKEN_HYPHEN},    {"\u2010", TOKEN_HYPHEN}, {"\u2011", TOKEN_HYPHEN},
    {"\u2012", TOKEN_DASH}, {"\u2013", TOKEN_DASH},   {"\u2014", TOKEN_DASH},
    {"\u2015", TOKEN_DASH}, {"\u2212", TOKEN_DASH},   {"/", TOKEN_SLASH},
    {".", TOKEN_DOT},       {" ", SKIPPED},           {"\t", SKIPPED},
    {",", SKIPPED},         {";", SKIPPED},           {"\u00a0", SKIPPED},
    {"\u2007", SKIPPED},    {"\u2009", SKIPPED},      {"\u202f", SKIPPED},
    {"'", SKIPPED},         {"\u2019", SKIPPED},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool same_word(const char *word, size_t length, const char *known, size_t known_length)
{
    if (length != known_length) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (lower(word[i]) != lower(known[i])) {
            return false;
        }
    }
    return true;
}

static bool is_ordinal(const char *word, size_t length)
{
    return same_word(word, length, "st", 2) || same_word(word, length, "nd", 2) ||
           same_word(word, length, "rd", 2) || same_word(word, length, "th", 2);
}

// Which token a word is; false for a word that no label has.
static bool find_word(const char *word, size_t length, int *ret_kind, int *ret_value)
{
    for (int m = 1; m <= 12; m++) {
        const char *name = MONTHS[m - 1];
        if (same_word(word, length, name, strlen(name)) || same_word(word, length, name, 3)) {
            *ret_kind = TOKEN_MONTH;
            *ret_value = m;
            return true;
        }
    }
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (same_word(word, length, WORDS[i].word, strlen(WORDS[i].word))) {
            *ret_kind = WORDS[i].kind;
            *ret_value = WORDS[i].kind == TOKEN_MONTH ? 9 : 0; // "sept"
            return true;
        }
    }
    return false;
}

struct reader {
    const char *at, *end;
    struct tokens *out;
    bool spaced;
};

static bool add(struct reader *r, int kind, int value, int digits)
{
    if (kind == SKIPPED) {
        r->spaced = true;
        return true;
    }
    struct tokens *out = r->out;
    bool adjective = out->count > 0 && out->t[out->count - 1].kind >= TOKEN_FINANCIAL &&
                     out->t[out->count - 1].kind <= TOKEN_CALENDAR;
    if (kind == TOKEN_YEAR && adjective) {
        return true; // "financial year" is one thing
    }
    if (out->count == TOKENS_MAX) {
        return false;
    }
    out->t[out->count++] = (struct token){(enum token_kind)kind, value, digits, r->spaced};
    r->spaced = false;
    return true;
}

static bool read_number(struct reader *r)
{
    int value = 0;
    int digits = 0;
    for (; r->at < r->end && is_digit(*r->at); r->at++) {
        if (++digits > 4) {
            return false;
        }
        value = value * 10 + (*r->at - '0');
    }
    return add(r, TOKEN_NUMBER, value, digits);
}

static bool read_word(struct reader *r)
{
    const char *word = r->at;
    while (r->at < r->end && is_letter(*r->at)) {
        r->at++;
    }
    size_t length = (size_t)(r->at - word);
    const struct tokens *out = r->out;
    bool after_number = !r->spaced && out->count > 0 && out->t[out->count - 1].kind == TOKEN_NUMBER;
    if (after_number && is_ordinal(word, length)) {
        r->spaced = true;
        return true;
    }
    int kind = 0;
    int value = 0;
    if (length > LONGEST_WORD || !find_word(word, length, &kind, &value)) {
        return false;
    }
    if (r->at < r->end && *r->at == '.') {
        r->at++; // "Sept. 2004"
        return add(r, kind, value, 0) && add(r, SKIPPED, 0, 0);
    }
    return add(r, kind, value, 0);
}

static bool read_sign(struct reader *r)
{
    for (size_t i = 0; i < COUNT_OF(SIGNS); i++) {
        size_t length = strlen(SIGNS[i].bytes);
        if ((size_t)(r->end - r->at) >= length && memcmp(r->at, SIGNS[i].bytes, length) == 0) {
            r->at += length;
            return add(r, SIGNS[i].kind, 0, 0);
        }
    }
    return false;
}

bool period_tokens(const char *label, size_t length, struct tokens *out)
{
    struct reader r = {.at = label, .end = label + length, .out = out};
    out->count = 0;
    while (r.at < r.end) {
        bool read = is_digit(*r.at)    ? read_number(&r)
                    : is_letter(*r.at) ? read_word(&r)
                                       : read_sign(&r);
        if (!read) {
            return false;
        }
    }
    return true;
}

bool token_is(const struct token *t, int n, int i, enum token_kind kind)
{
    return i >= 0 && i < n && t[i].kind == kind;
}

bool token_is_number(const struct token *t, int n, int i, int least, int most)
{
    return token_is(t, n, i, TOKEN_NUMBER) && t[i].digits >= least && t[i].digits <= most;
}

bool token_is_between(const struct token *t, int n, int i)
{
    return token_is(t, n, i, TOKEN_HYPHEN) || token_is(t, n, i, TOKEN_DASH) ||
           token_is(t, n, i, TOKEN_SLASH);
}

bool token_is_joined(const struct token *t, int n, int i)
{
    return token_is_between(t, n, i) && !t[i].spaced && i + 1 < n && !t[i + 1].spaced;
}

int token_year(const struct token *number)
{
    if (number->digits > 2) {
        return number->value;
    }
    return number->value <= PIVOT ? 2000 + number->value : 1900 + number->value;
}
