#include "model/value_cell.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_letters(struct slice s, const char *word)
{
    if (strlen(word) != s.length) {
        return false;
    }
    for (size_t i = 0; i < s.length; i++) {
        if (lower(s.text[i]) != lower(word[i])) {
            return false;
        }
    }
    return true;
}

// FORMAT.md 4. A hyphen, a dash or dots say that nothing is there; a star or c that it is kept
// back; N/A that there can be none, and New that there could be none yet.
static const struct {
    const char *text;
    enum marker marker;
    bool exact; // case matters: "c" is a mark, "C" may be a grade
} marks[] = {
    {"-", MARKER_MISSING, true},           {"\xe2\x80\x93", MARKER_MISSING, true}, // en dash
    {"..", MARKER_MISSING, true},          {"\xe2\x80\xa6", MARKER_MISSING, true}, // ellipsis
    {":", MARKER_MISSING, true},           {"NA", MARKER_MISSING, false},
    {"TBC", MARKER_MISSING, false},        {"Not measured", MARKER_MISSING, false},
    {"*", MARKER_SUPPRESSED, true},        {"**", MARKER_SUPPRESSED, true},
    {"c", MARKER_SUPPRESSED, true},        {"N/A", MARKER_NOT_APPLICABLE, false},
    {"New", MARKER_NOT_APPLICABLE, false},
};

bool value_mark(struct slice cell, enum marker *out)
{
    if (cell.length > 12) {
        return false; // no mark is longer than "Not measured"
    }
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (marks[i].exact ? slice_is(cell, marks[i].text) : same_letters(cell, marks[i].text)) {
            *out = marks[i].marker;
            return true;
        }
    }
    return false;
}

static struct value_cell refused(const char *why)
{
    return (struct value_cell){.result = VALUE_REFUSED, .why = why};
}

// What is being taken apart: signs and units fall away from both ends until digits are left.
struct parts {
    struct slice rest;
    bool negative;
    bool bracketed;
    bool pounds;
    bool percent;
};

static bool take_front(struct slice *s, const char *text)
{
    size_t length = strlen(text);
    if (s->length < length || memcmp(s->text, text, length) != 0) {
        return false;
    }
    *s = slice_trim((struct slice){s->text + length, s->length - length});
    return true;
}

static bool take_back(struct slice *s, const char *text)
{
    size_t length = strlen(text);
    if (s->length < length ||
        !same_letters((struct slice){s->text + s->length - length, length}, text)) {
        return false;
    }
    *s = slice_trim((struct slice){s->text, s->length - length});
    return true;
}

static bool take_sign(struct parts *p)
{
    if (p->negative) {
        return false;
    }
    if (take_front(&p->rest, "-") || take_front(&p->rest, "\xe2\x88\x92")) {
        p->negative = true;
        return true;
    }
    return take_front(&p->rest, "+");
}

static void take_ends(struct parts *p)
{
    if (take_front(&p->rest, "(")) {
        p->bracketed = take_back(&p->rest, ")");
        if (!p->bracketed && take_back(&p->rest, "%")) {
            p->percent = true; // (5.6)%
            p->bracketed = take_back(&p->rest, ")");
        }
        p->negative = true;
    }
    bool signed_ = !p->bracketed && take_sign(p);
    p->pounds = take_front(&p->rest, "\xc2\xa3");
    if (p->pounds && !signed_ && !p->bracketed) {
        take_sign(p);
    }
    p->percent = take_back(&p->rest, "%") || p->percent;
}

// "1,000" or "1000" of a rate's own multiplier, behind "per".
static bool is_per(struct slice s, int64_t per)
{
    int64_t number = 0;
    for (size_t i = 0; i < s.length; i++) {
        if (is_digit(s.text[i]) && number < 1000000000) {
            number = number * 10 + (s.text[i] - '0');
        } else if (s.text[i] != ',') {
            return false;
        }
    }
    return per > 0 && number == per;
}

static size_t digits_of(struct slice s)
{
    size_t i = 0;
    while (i < s.length && (is_digit(s.text[i]) || s.text[i] == ',' || s.text[i] == '.')) {
        i++;
    }
    return i;
}

// Whether `unit` is what may stand behind a figure of this measure.
static bool is_unit(struct slice unit, const struct value_how *how)
{
    static const char *const of_type[][5] = {
        [VALUE_PERCENT] = {"per cent", "percent", "pct"},
        [VALUE_DAYS] = {"day", "days", "working days", "calendar days"},
        [VALUE_MONEY] = {"pounds", "gbp"},
        [VALUE_SCORE] = {"point", "points"},
        [VALUE_TEXT] = {NULL},
    };
    for (size_t i = 0; i < COUNT_OF(of_type[0]) && of_type[how->type][i] != NULL; i++) {
        if (same_letters(unit, of_type[how->type][i])) {
            return true;
        }
    }
    struct slice per = unit;
    if (how->type == VALUE_RATE && (take_front(&per, "per ") || take_front(&per, "Per ")) &&
        is_per(per, how->per)) {
        return true;
    }
    if (how->unit == NULL) {
        return false;
    }
    // Of a unit such as "£m" the sign stands in front of the figure and the rest behind.
    struct slice own = {how->unit, strlen(how->unit)};
    return same_letters(unit, how->unit) ||
           (take_front(&own, "\xc2\xa3") && own.length == unit.length && own.length > 0 &&
            memcmp(own.text, unit.text, own.length) == 0);
}

static bool unit_has(const struct value_how *how, const char *sign)
{
    return how->unit != NULL && strstr(how->unit, sign) != NULL;
}

// Digits with thousands commas in their places and one point, to canonical text in `out` (room for
// the slice and three more). False when they stand otherwise.
static bool plain_digits(struct slice s, bool negative, char *out, size_t *ret_length)
{
    size_t length = 0;
    size_t group = 0; // digits since the last comma
    bool commas = false;
    size_t i = 0;
    if (negative) {
        out[length++] = '-';
    }
    size_t start = length;
    for (; i < s.length && s.text[i] != '.'; i++) {
        if (s.text[i] == ',') {
            if (group == 0 || (commas ? group != 3 : group > 3)) {
                return false;
            }
            commas = true;
            group = 0;
        } else {
            group++;
            if (length == start + 1 && out[start] == '0') {
                length = start; // a leading nought
            }
            out[length++] = s.text[i];
        }
    }
    if ((commas && group != 3) || (length == start && i + 1 >= s.length)) {
        return false;
    }
    if (length == start) {
        out[length++] = '0'; // .5
    }
    if (i + 1 < s.length) {
        out[length++] = '.';
        for (i++; i < s.length; i++) {
            if (!is_digit(s.text[i])) {
                return false;
            }
            out[length++] = s.text[i];
        }
    }
    *ret_length = length;
    return true;
}

static const char *digits_remedy(struct slice s)
{
    return memchr(s.text, ',', s.length) != NULL
               ? "has a comma in a place where thousands have none: write 1,234.5 or 1234.5"
               : "is not a figure: write digits such as 1234.5, or leave the cell blank";
}

static struct value_cell figure(struct arena *a, struct slice digits, bool negative)
{
    char *text = arena_alloc(a, digits.length + 3);
    size_t length = 0;
    struct dec number = DEC_NONE;
    if (!plain_digits(digits, negative, text, &length)) {
        return refused(digits_remedy(digits));
    }
    if (!dec_parse(text, length, &number)) {
        return refused("has more digits than can be kept exactly: round it to 18 digits or fewer");
    }
    if (number.units == 0 && negative) {
        text++; // nought has no sign
        length--;
    }
    return (struct value_cell){.result = VALUE_FIGURE, .text = {text, length}, .number = number};
}

static struct value_cell take_apart(struct arena *a, struct slice s, const struct value_how *how)
{
    struct parts p = {.rest = s};
    take_ends(&p);
    size_t digits = digits_of(p.rest);
    struct slice unit = slice_trim((struct slice){p.rest.text + digits, p.rest.length - digits});
    struct slice number = {p.rest.text, digits};
    if (digits == 0 || (!p.bracketed && s.text[0] == '(')) {
        return refused("is not a figure: write digits such as 1234.5, or leave the cell blank");
    }
    if (p.percent && how->type != VALUE_PERCENT && !unit_has(how, "%")) {
        return refused("has a % sign, but the measure is not a percentage: take the sign out, or "
                       "give the measure value_type percent");
    }
    if (p.pounds && how->type != VALUE_MONEY && !unit_has(how, "\xc2\xa3")) {
        return refused("has a £ sign, but the measure is not money: take the sign out, or give the "
                       "measure value_type money");
    }
    if (unit.length > 0 && lower(unit.text[0]) == 'e' && unit.length > 1 &&
        (is_digit(unit.text[1]) || unit.text[1] == '+' || unit.text[1] == '-')) {
        return refused("is a number in scientific form: show all its digits in the spreadsheet");
    }
    if (unit.length > 0 && !is_unit(unit, how)) {
        return refused("has words behind the figure that are not the measure's unit: take them "
                       "out, or give the measure that value_unit");
    }
    return figure(a, number, p.negative);
}

// The common case: canonical already. No leading nought, no sign but '-', not minus nought.
static bool is_canonical(struct slice s, struct dec *number)
{
    const char *at = s.text;
    size_t length = s.length;
    bool negative = length > 0 && *at == '-';
    at += negative;
    length -= negative;
    if (length > 1 && at[0] == '0' && at[1] != '.') {
        return false;
    }
    return dec_parse(s.text, s.length, number) && !(negative && number->units == 0);
}

static struct value_cell read_word(struct slice s, const struct value_how *how)
{
    if (how->type == VALUE_TEXT) {
        return (struct value_cell){.result = VALUE_FIGURE, .text = s, .number = DEC_NONE};
    }
    bool yes = same_letters(s, "yes");
    if (!yes && !same_letters(s, "no")) {
        return refused("is neither yes nor no, as the measure has it: write one of them, or leave "
                       "the cell blank");
    }
    const char *word = yes ? "yes" : "no";
    return (struct value_cell){
        .result = VALUE_FIGURE, .text = {word, strlen(word)}, .number = dec_int(yes)};
}

struct value_cell value_cell_read(struct arena *a, struct slice raw, const struct value_how *how)
{
    struct value_cell v = {.result = VALUE_BLANK, .number = DEC_NONE};
    bool words = how->type == VALUE_TEXT || how->type == VALUE_YES_NO;
    if (!words && is_canonical(raw, &v.number)) {
        v.result = VALUE_FIGURE;
        v.text = raw;
        return v;
    }
    v.number = DEC_NONE;
    struct slice s = slice_trim(raw);
    if (s.length == 0) {
        return v;
    }
    if (value_mark(s, &v.marker)) {
        v.result = VALUE_MARKED;
        v.text = s;
        return v;
    }
    return words ? read_word(s, how) : take_apart(a, s, how);
}
