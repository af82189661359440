#include "model/cell.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "model/value_cell.h"

static bool refuse(const char **ret_why, const char *why)
{
    *ret_why = why;
    return false;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool cell_is_word(struct slice s, const char *word)
{
    for (size_t i = 0; i < s.length; i++) {
        char c = s.text[i] == ' ' || s.text[i] == '-' ? '_' : lower(s.text[i]);
        if (word[i] == '\0' || c != word[i]) {
            return false;
        }
    }
    return word[s.length] == '\0';
}

static struct slice slice_of(const char *text)
{
    return (struct slice){text, strlen(text)};
}

// Characters (not bytes) of valid UTF-8.
static size_t characters(struct slice s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.length; i++) {
        count += ((unsigned char)s.text[i] & 0xc0) != 0x80;
    }
    return count;
}

static bool check_length(struct arena *a, struct slice s, size_t most, const char **ret_why)
{
    if (s.length <= most || characters(s) <= most) {
        return true;
    }
    return refuse(ret_why,
                  arena_printf(a, "is longer than the limit of %zu characters: shorten it", most));
}

static bool read_line(struct arena *a, struct slice s, size_t most, struct slice *out,
                      const char **ret_why)
{
    for (size_t i = 0; i < s.length; i++) {
        unsigned char c = (unsigned char)s.text[i];
        if (c < ' ' || c == 0x7f) {
            return refuse(ret_why, c == '\n' || c == '\r'
                                       ? "runs over several lines: put it on one"
                                       : "holds a character that cannot be printed: remove it");
        }
    }
    *out = s;
    return check_length(a, s, most, ret_why);
}

// Line ends become LF, so that the same text saved on two systems is the same.
static struct slice with_lf(struct arena *a, struct slice s)
{
    if (memchr(s.text, '\r', s.length) == NULL) {
        return s;
    }
    char *text = arena_alloc(a, s.length);
    size_t length = 0;
    for (size_t i = 0; i < s.length; i++) {
        if (s.text[i] != '\r') {
            text[length++] = s.text[i];
        } else if (i + 1 == s.length || s.text[i + 1] != '\n') {
            text[length++] = '\n';
        }
    }
    return (struct slice){text, length};
}

static bool read_long_text(struct arena *a, struct slice s, struct slice *out, const char **ret_why)
{
    for (size_t i = 0; i < s.length; i++) {
        unsigned char c = (unsigned char)s.text[i];
        if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) {
            return refuse(ret_why, "holds a character that cannot be printed: remove it");
        }
    }
    *out = with_lf(a, s);
    return check_length(a, *out, CELL_LONG_TEXT_MAX, ret_why);
}

static bool is_between(struct dec number, const struct column *c)
{
    return dec_cmp(number, dec_int(c->min)) >= 0 && dec_cmp(number, dec_int(c->max)) <= 0;
}

static bool read_integer(struct arena *a, const struct column *c, struct slice s, struct slice *out,
                         const char **ret_why)
{
    struct value_how how = {.type = VALUE_NUMBER};
    struct value_cell v = value_cell_read(a, s, &how);
    struct dec number = dec_trim(v.number);
    if (v.result != VALUE_FIGURE || number.scale > 0 || !is_between(number, c)) {
        return refuse(ret_why,
                      arena_printf(a,
                                   "is not a whole number from %lld to %lld: write one, or leave "
                                   "the cell blank",
                                   (long long)c->min, (long long)c->max));
    }
    *out = slice_of(dec_text(a, number));
    return true;
}

static bool read_decimal(struct arena *a, struct slice s, struct slice *out, const char **ret_why)
{
    struct value_how how = {.type = VALUE_MONEY};
    struct value_cell v = value_cell_read(a, s, &how);
    if (v.result == VALUE_MARKED) {
        return refuse(ret_why, "is not a number: leave the cell blank where there is none");
    }
    *out = v.text;
    return v.result == VALUE_FIGURE ||
           refuse(ret_why, "is not a plain number: write digits such as 1234.5");
}

// 12/04/2011 is what a spreadsheet makes of 2011-04-12; the remedy names the date meant.
static const char *date_remedy(struct arena *a, struct slice s)
{
    int part[3] = {0, 0, 0};
    int parts = 0;
    for (size_t i = 0; i < s.length; i++) {
        char c = s.text[i];
        if (c >= '0' && c <= '9' && part[parts] < 10000) {
            part[parts] = part[parts] * 10 + (c - '0');
        } else if ((c == '/' || c == '.' || c == '-') && parts < 2) {
            parts++;
        } else {
            parts = 3;
            break;
        }
    }
    if (parts == 2 && ymd_valid(part[2], part[1], part[0]) && part[2] > 1000) {
        return arena_printf(a, "is not a date as the council folder has them: write %04d-%02d-%02d",
                            part[2], part[1], part[0]);
    }
    return "is not a date: write it as 2011-04-12";
}

static bool read_date(struct arena *a, struct slice s, struct slice *out, const char **ret_why)
{
    day date = DAY_NONE;
    *out = s;
    return day_parse(s.text, s.length, &date) || refuse(ret_why, date_remedy(a, s));
}

static bool read_month(struct slice s, struct slice *out, const char **ret_why)
{
    static const char *const months[] = {"01", "02", "03", "04", "05", "06",
                                         "07", "08", "09", "10", "11", "12"};
    for (size_t i = 0; i < COUNT_OF(months); i++) {
        const char *plain = months[i][0] == '0' ? months[i] + 1 : months[i];
        if (slice_is(s, months[i]) || slice_is(s, plain)) {
            *out = slice_of(months[i]);
            return true;
        }
    }
    return refuse(ret_why, "is not a month of the year: write two digits, such as 04 for April");
}

static bool read_yes_no(struct slice s, struct slice *out, const char **ret_why)
{
    bool yes = cell_is_word(s, "yes");
    *out = slice_of(yes ? "yes" : "no");
    return yes || cell_is_word(s, "no") ||
           refuse(ret_why, "is neither yes nor no: write one of them");
}

const char *cell_choices(struct arena *a, const struct column *c)
{
    struct buf b = buf_new(a, CELL_LONG_TEXT_MAX);
    for (size_t i = 0; c->choices[i] != NULL; i++) {
        const char *between = c->choices[i + 1] == NULL ? " or " : ", ";
        buf_text(&b, i == 0 ? "" : between);
        buf_text(&b, c->choices[i]);
    }
    return buf_cstr(&b);
}

static const char *find_choice(const struct column *c, struct slice s)
{
    for (size_t i = 0; c->choices[i] != NULL; i++) {
        if (cell_is_word(s, c->choices[i])) {
            return c->choices[i];
        }
    }
    return NULL;
}

static bool read_choice(struct arena *a, const struct column *c, struct slice s, struct slice *out,
                        const char **ret_why)
{
    const char *found = find_choice(c, s);
    if (found == NULL) {
        return refuse(ret_why, arena_printf(a, "is not one of the words for this column: write %s",
                                            cell_choices(a, c)));
    }
    *out = slice_of(found);
    return true;
}

static bool read_choices(struct arena *a, const struct column *c, struct slice s, struct slice *out,
                         const char **ret_why)
{
    uint64_t chosen = 0;
    while (s.length > 0) {
        const char *end = memchr(s.text, ';', s.length);
        size_t length = end == NULL ? s.length : (size_t)(end - s.text);
        struct slice word = slice_trim((struct slice){s.text, length});
        size_t step = end == NULL ? length : length + 1;
        s = (struct slice){s.text + step, s.length - step};
        if (word.length == 0) {
            continue;
        }
        const char *found = find_choice(c, word);
        for (size_t i = 0; found != NULL && c->choices[i] != NULL; i++) {
            chosen |= c->choices[i] == found ? (uint64_t)1 << i : 0;
        }
        if (found == NULL) {
            return refuse(ret_why, arena_printf(a,
                                                "holds a word that is none of this column's: "
                                                "write one or more of %s, with ';' between them",
                                                cell_choices(a, c)));
        }
    }
    struct buf b = buf_new(a, CELL_LONG_TEXT_MAX);
    for (size_t i = 0; c->choices[i] != NULL; i++) {
        if ((chosen >> i & 1) != 0) {
            buf_text(&b, b.length == 0 ? "" : ";");
            buf_text(&b, c->choices[i]);
        }
    }
    *out = (struct slice){b.length == 0 ? NULL : b.text, b.length};
    return true;
}

static bool read_email(struct arena *a, struct slice s, struct slice *out, const char **ret_why)
{
    const char *at = memchr(s.text, '@', s.length);
    bool shaped = at != NULL && at > s.text && at + 1 < s.text + s.length &&
                  memchr(at + 1, '@', (size_t)(s.text + s.length - at - 1)) == NULL &&
                  memchr(s.text, ' ', s.length) == NULL;
    if (!shaped) {
        return refuse(ret_why, "is not an e-mail address: write it as name@council.gov.uk");
    }
    return read_line(a, s, CELL_TEXT_MAX, out, ret_why);
}

bool cell_read(struct arena *a, const struct column *c, struct slice raw, struct slice *out,
               const char **ret_why)
{
    struct slice s = slice_trim(raw);
    if (s.length == 0) {
        *out = (struct slice){NULL, 0};
        return true;
    }
    switch (c->type) {
    case COLUMN_CODE: return read_line(a, s, CELL_CODE_MAX, out, ret_why);
    case COLUMN_REFERENCE:
        return read_line(a, s, c->soft ? CELL_TEXT_MAX : CELL_CODE_MAX, out, ret_why);
    case COLUMN_TEXT:
    case COLUMN_PERIOD:
    case COLUMN_VALUE: return read_line(a, s, CELL_TEXT_MAX, out, ret_why);
    case COLUMN_LONG_TEXT: return read_long_text(a, s, out, ret_why);
    case COLUMN_INTEGER: return read_integer(a, c, s, out, ret_why);
    case COLUMN_DECIMAL: return read_decimal(a, s, out, ret_why);
    case COLUMN_DATE: return read_date(a, s, out, ret_why);
    case COLUMN_MONTH: return read_month(s, out, ret_why);
    case COLUMN_YES_NO: return read_yes_no(s, out, ret_why);
    case COLUMN_CHOICE: return read_choice(a, c, s, out, ret_why);
    case COLUMN_CHOICES: return read_choices(a, c, s, out, ret_why);
    case COLUMN_EMAIL: return read_email(a, s, out, ret_why);
    }
    return refuse(ret_why, "stands in a column that cannot be read");
}
