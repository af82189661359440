// Inside the reading of period labels: what the files period_*.c share. Nobody else includes this.
#ifndef GT_ENGINE_PERIOD_READ_H
#define GT_ENGINE_PERIOD_READ_H

#include "engine/period.h"

// A year outside these is taken for a slip of the keyboard, in ids and labels alike.
enum { PERIOD_YEAR_MIN = 1800, PERIOD_YEAR_MAX = 2199 };
bool period_year_known(int year);

// Month, quarter or half number `part` (from 1; 1 for whole years) of the year of that kind that
// starts in `year`.
struct period period_in_year(enum period_kind kind, int year, int part, int year_start);
struct period period_of_years(int first, int last);
const char *period_month_name(int month); // 1..12: "January" ...

enum token_kind {
    TOKEN_NUMBER, // value, digits
    TOKEN_MONTH,  // value 1..12
    TOKEN_QUARTER,
    TOKEN_HALF,
    TOKEN_FINANCIAL,
    TOKEN_ACADEMIC,
    TOKEN_CALENDAR,
    TOKEN_YEAR,
    TOKEN_MONTHS,
    TOKEN_FROM,
    TOKEN_TO,
    TOKEN_ENDING,
    TOKEN_HYPHEN,
    TOKEN_DASH, // en dash and longer: between two things, never inside a month 2010-11
    TOKEN_SLASH,
    TOKEN_DOT,
};

struct token {
    enum token_kind kind;
    int value;
    int digits;
    bool spaced; // a blank, comma or semicolon stands before it
};

enum { TOKENS_MAX = 24 };
struct tokens {
    struct token t[TOKENS_MAX];
    int count;
};

// False: a word or sign that no period label has, or too many of them.
bool period_tokens(const char *label, size_t length, struct tokens *out) MUST_CHECK;

bool token_is(const struct token *t, int n, int i, enum token_kind kind); // false outside 0..n-1
bool token_is_number(const struct token *t, int n, int i, int least, int most); // digits
bool token_is_between(const struct token *t, int n, int i); // hyphen, dash or slash
bool token_is_joined(const struct token *t, int n, int i);  // and no blanks around it
int token_year(const struct token *number); // 00-68: 2000 on; 69-99: 1969 on; else as it is

// A reading, and the rule that gave it: both ends of a span are read by the same rule.
enum reading_rule {
    READ_PLAIN,
    READ_MONTH_FIRST, // 04/05 as April 2005
    READ_YEAR_FIRST,  // 04/05 as May 2004
    READ_YEAR_ENDING, // Q1 2016 as a quarter of the financial year that ends in 2016
    READ_AS_CALENDAR, // H1 2016 as January to June
};
struct read_one {
    struct period period;
    enum reading_rule rule;
};
struct read_list {
    struct read_one r[2 * PERIOD_READINGS_MAX];
    int count;
};
struct read_how {
    enum period_kind hint;
    int year_start;
};

// Every meaning of the tokens as one period, without "to" between two. Adds to `out`.
void period_read_single(const struct token *t, int n, const struct read_how *how,
                        struct read_list *out);
void period_read_date(const struct token *t, int n, struct read_list *out);
void period_add_reading(struct read_list *out, struct period p, enum reading_rule rule);

#endif
