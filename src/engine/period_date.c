// Single days as people write them: a span of that one day.
#include "engine/period_read.h"

static void add_date(struct read_list *out, int year, int month, int dom, enum reading_rule rule)
{
    if (period_year_known(year) && ymd_valid(year, month, dom)) {
        day d = day_from_ymd(year, month, dom);
        period_add_reading(out, (struct period){PERIOD_SPAN, d, d}, rule);
    }
}

// "2008-12-31", "31/12/2008", "31.12.08": the day comes first unless the year does.
static void read_numeric_date(const struct token *t, int n, struct read_list *out)
{
    bool joined = n == 5 && token_is(t, n, 2, TOKEN_NUMBER) && t[1].kind == t[3].kind &&
                  !t[1].spaced && !t[2].spaced && !t[3].spaced && !t[4].spaced &&
                  (token_is(t, n, 1, TOKEN_HYPHEN) || token_is(t, n, 1, TOKEN_SLASH) ||
                   token_is(t, n, 1, TOKEN_DOT));
    if (!joined || !token_is_number(t, n, 2, 1, 2)) {
        return;
    }
    if (token_is_number(t, n, 0, 4, 4) && token_is_number(t, n, 4, 1, 2) &&
        t[1].kind != TOKEN_DOT) {
        add_date(out, t[0].value, t[2].value, t[4].value, READ_PLAIN);
    } else if (token_is_number(t, n, 0, 1, 2) && token_is_number(t, n, 4, 4, 4)) {
        add_date(out, t[4].value, t[2].value, t[0].value, READ_PLAIN);
    } else if (token_is_number(t, n, 0, 1, 2) && token_is_number(t, n, 4, 2, 2)) {
        add_date(out, token_year(&t[4]), t[2].value, t[0].value, READ_PLAIN);
        if (t[1].kind == TOKEN_HYPHEN && t[0].digits == 2) {
            add_date(out, token_year(&t[0]), t[2].value, t[4].value, READ_YEAR_FIRST);
        }
    }
}

// "17 May 2023", "17-May-23", "May 17, 2023".
static void read_worded_date(const struct token *t, int n, struct read_list *out)
{
    if (n == 3 && t[0].kind == TOKEN_MONTH && token_is_number(t, n, 1, 1, 2) &&
        token_is_number(t, n, 2, 4, 4)) {
        add_date(out, t[2].value, t[0].value, t[1].value, READ_PLAIN);
        return;
    }
    bool hyphens = n == 5 && token_is_joined(t, n, 1) && token_is_joined(t, n, 3);
    int month = hyphens ? 2 : 1;
    int year = hyphens ? 4 : 2;
    if ((n == 3 || hyphens) && token_is_number(t, n, 0, 1, 2) &&
        token_is(t, n, month, TOKEN_MONTH) &&
        (token_is_number(t, n, year, 2, 2) || token_is_number(t, n, year, 4, 4))) {
        add_date(out, token_year(&t[year]), t[month].value, t[0].value, READ_PLAIN);
    }
}

void period_read_date(const struct token *t, int n, struct read_list *out)
{
    read_numeric_date(t, n, out);
    read_worded_date(t, n, out);
}
