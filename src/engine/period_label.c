// Labels as people write them: one period, or two with "to" between; a marker in brackets aside.
#include <string.h>

#include "base/csv.h"
#include "engine/period_read.h"

enum { LABEL_MAX = 200, MONTHS_OF_ROLLING_YEAR = 12 };

static bool parts_spans(const struct token *t)
{
    return t->kind == TOKEN_TO || t->kind == TOKEN_DASH || t->kind == TOKEN_HYPHEN;
}

static void add_span(struct read_list *out, day start, day end, enum reading_rule rule)
{
    if (start <= end) {
        period_add_reading(out, (struct period){PERIOD_SPAN, start, end}, rule);
    }
}

// Both ends whole: they must be of one kind, read by one rule. Years of the calendar are not
// joined here: "2018 - 2019" has its own rule.
static void join_ends(const struct read_list *left, const struct read_list *right,
                      struct read_list *out)
{
    for (int i = 0; i < left->count; i++) {
        for (int j = 0; j < right->count; j++) {
            struct period a = left->r[i].period;
            struct period b = right->r[j].period;
            bool alike = a.kind == b.kind && left->r[i].rule == right->r[j].rule &&
                         a.kind != PERIOD_CALENDAR_YEAR && a.kind != PERIOD_YEARS;
            if (alike) {
                add_span(out, a.start, b.end, left->r[i].rule);
            }
        }
    }
}

static void read_joined(const struct token *a, int a_count, const struct token *b, int b_count,
                        const struct read_how *how, struct read_list *out)
{
    struct token all[2 * TOKENS_MAX];
    memcpy(all, a, (size_t)a_count * sizeof *a);
    memcpy(all + a_count, b, (size_t)b_count * sizeof *b);
    all[a_count].spaced = true;
    period_read_single(all, a_count + b_count, how, out);
}

// "Oct - Mar 2023": the left end comes out after the right one, so the year belongs to either.
static void join_across_new_year(const struct read_list *left, const struct read_list *right,
                                 const struct read_how *how, struct read_list *out)
{
    if (left->count != 1 || right->count != 1) {
        return;
    }
    struct period a = left->r[0].period;
    struct period b = right->r[0].period;
    bool movable = a.kind == b.kind && (a.kind == PERIOD_MONTH || a.kind == PERIOD_SPAN);
    if (movable && a.start > b.end) {
        add_span(out, period_year_before(a, how->year_start).start, b.end, READ_PLAIN);
        struct ymd end = day_to_ymd(b.start);
        int last = b.kind == PERIOD_MONTH ? month_length(end.year + 1, end.month) : end.day;
        add_span(out, a.start, day_from_ymd(end.year + 1, end.month, last), READ_PLAIN);
    }
}

static bool names_two_years(const struct token *t, int n)
{
    for (int i = 0; i < n; i++) {
        if (t[i].kind == TOKEN_SLASH || t[i].kind == TOKEN_HYPHEN) {
            return true;
        }
    }
    return false;
}

// "17 May to 11 June 2023", "Q1 - Q3 2022/23": the left end takes what it lacks from the right.
static void read_left_borrows(const struct token *t, int k, int n, const struct read_list *right,
                              const struct read_how *how, struct read_list *out)
{
    for (int j = k + 2; j < n && out->count == 0; j++) {
        struct read_list left = {.count = 0};
        read_joined(t, k, t + j, n - j, how, &left);
        join_ends(&left, right, out);
        if (out->count == 0 && !names_two_years(t + j, n - j)) {
            join_across_new_year(&left, right, how, out);
        }
    }
}

// "2021/22 Q1 - Q2": the right end takes what it lacks from the left.
static void read_right_borrows(const struct token *t, int k, int n, const struct read_list *left,
                               const struct read_how *how, struct read_list *out)
{
    for (int j = k - 1; j > 0 && out->count == 0; j--) {
        struct read_list right = {.count = 0};
        read_joined(t, j, t + k + 1, n - k - 1, how, &right);
        join_ends(left, &right, out);
    }
}

static void read_span(const struct token *t, int n, const struct read_how *how,
                      struct read_list *out)
{
    for (int k = 1; k < n - 1; k++) {
        if (!parts_spans(&t[k])) {
            continue;
        }
        struct read_list left = {.count = 0};
        struct read_list right = {.count = 0};
        period_read_single(t, k, how, &left);
        period_read_single(t + k + 1, n - k - 1, how, &right);
        if (left.count > 0 && right.count > 0) {
            join_ends(&left, &right, out);
        } else if (right.count > 0) {
            read_left_borrows(t, k, n, &right, how, out);
        } else if (left.count > 0) {
            read_right_borrows(t, k, n, &left, how, out);
        }
    }
}

// "Year ending March 2023", "12 months to September 2022": twelve months to the end of that month
// (or to that day). False when the label does not begin so.
static bool read_year_ending(const struct token *t, int n, const struct read_how *how,
                             struct read_list *out)
{
    bool twelve = n > 3 && t[0].kind == TOKEN_NUMBER && t[0].value == MONTHS_OF_ROLLING_YEAR &&
                  t[1].kind == TOKEN_MONTHS;
    int at = twelve ? 2 : 1;
    bool begins = (twelve || (n > 2 && t[0].kind == TOKEN_YEAR)) &&
                  (t[at].kind == TOKEN_TO || t[at].kind == TOKEN_ENDING);
    if (!begins) {
        return false;
    }
    struct read_list last = {.count = 0};
    period_read_single(t + at + 1, n - at - 1, how, &last);
    for (int i = 0; i < last.count; i++) {
        struct period p = last.r[i].period;
        if (p.kind == PERIOD_MONTH || p.kind == PERIOD_SPAN) {
            struct period day_after = {PERIOD_SPAN, p.end + 1, p.end + 1};
            struct ymd d = day_to_ymd(day_after.start);
            add_span(out, day_from_ymd(d.year - 1, d.month, d.day), p.end, last.r[i].rule);
        }
    }
    return true;
}

static void read_tokens(const struct tokens *tokens, const struct read_how *how,
                        struct read_list *out)
{
    const struct token *t = tokens->t;
    int n = tokens->count;
    if (n > 2 && t[0].kind == TOKEN_FROM) {
        t++;
        n--;
    }
    if (n == 0 || read_year_ending(t, n, how, out)) {
        return;
    }
    period_read_single(t, n, how, out);
    if (out->count == 0) {
        read_span(t, n, how, out);
    }
}

// An id other than the form 2010-11, which can be something else as well.
static bool is_plain_id(const char *label, size_t length, int year_start, struct period *out)
{
    return period_parse_id(label, length, year_start, out) && out->kind != PERIOD_MONTH;
}

static void read_text(const char *text, size_t length, const struct read_how *how,
                      struct read_list *out)
{
    struct period p = PERIOD_ABSENT;
    struct tokens tokens;
    if (is_plain_id(text, length, how->year_start, &p)) {
        period_add_reading(out, p, READ_PLAIN);
    } else if (period_tokens(text, length, &tokens)) {
        read_tokens(&tokens, how, out);
    }
}

// What stands in brackets, one or several, cut out of the label; false when they do not pair.
static bool cut_brackets(const char *label, size_t length, char *plain, size_t *ret_length,
                         char *inside, size_t *ret_inside)
{
    size_t kept = 0;
    size_t taken = 0;
    bool within = false;
    for (size_t i = 0; i < length; i++) {
        char c = label[i];
        if (c == '(' && !within) {
            within = true;
            plain[kept++] = ' ';
            if (taken > 0) {
                inside[taken++] = ';';
                inside[taken++] = ' ';
            }
        } else if (c == ')' && within) {
            within = false;
        } else if (c == '(' || c == ')') {
            return false;
        } else if (within) {
            inside[taken++] = c;
        } else {
            plain[kept++] = c;
        }
    }
    *ret_length = kept;
    *ret_inside = taken;
    return !within;
}

// The period in brackets after its name, "2025/26 Q1 (April to June 2025)", is no marker: it must
// agree with the name, and settles it where the name alone is ambiguous. False: they disagree.
static bool settle_by_brackets(const struct read_list *named, struct read_list *out)
{
    struct read_list kept = {.count = 0};
    for (int i = 0; i < out->count; i++) {
        for (int j = 0; j < named->count; j++) {
            if (out->r[i].period.start == named->r[j].period.start &&
                out->r[i].period.end == named->r[j].period.end) {
                period_add_reading(&kept, out->r[i].period, out->r[i].rule);
            }
        }
    }
    *out = kept;
    return kept.count > 0;
}

static struct period_reading result_of(const struct read_list *list, const char *marker)
{
    struct period_reading result = {.marker = marker};
    for (int i = 0; i < list->count && result.count < PERIOD_READINGS_MAX; i++) {
        result.readings[result.count++] = list->r[i].period;
    }
    return result;
}

static struct period_reading read_with_brackets(struct arena *a, struct slice label,
                                                const struct read_how *how)
{
    struct read_list list = {.count = 0};
    char plain[LABEL_MAX + 1];
    char inside[3 * LABEL_MAX];
    size_t plain_length = 0;
    size_t inside_length = 0;
    if (!cut_brackets(label.text, label.length, plain, &plain_length, inside, &inside_length)) {
        return result_of(&list, NULL);
    }
    struct slice name = slice_trim((struct slice){plain, plain_length});
    struct slice marker = slice_trim((struct slice){inside, inside_length});
    read_text(name.text, name.length, how, &list);
    struct read_list named = {.count = 0};
    read_text(marker.text, marker.length, how, &named);
    bool is_marker = marker.length > 0 && (named.count == 0 || list.count == 0);
    if (named.count > 0 && list.count > 0) {
        is_marker = !settle_by_brackets(&named, &list);
    }
    return result_of(&list, is_marker ? arena_textn(a, marker.text, marker.length) : NULL);
}

struct period_reading period_read_label(struct arena *a, const char *label, size_t length,
                                        enum period_kind hint, int year_start)
{
    struct read_how how = {hint, year_start};
    struct read_list list = {.count = 0};
    struct slice trimmed = slice_trim((struct slice){label, length});
    if (trimmed.length == 0 || trimmed.length > LABEL_MAX) {
        return result_of(&list, NULL);
    }
    struct period id = PERIOD_ABSENT;
    if (is_plain_id(trimmed.text, trimmed.length, year_start, &id)) {
        return (struct period_reading){.readings = {id}, .count = 1}; // most of a large file
    }
    if (memchr(trimmed.text, '(', trimmed.length) != NULL) {
        return read_with_brackets(a, trimmed, &how);
    }
    read_text(trimmed.text, trimmed.length, &how, &list);
    return result_of(&list, NULL);
}
