// `analyse interval`: proportions, rates and counts with their limits, row by row.
#include <math.h>

#include "cli/analyse_confidence.h"

enum { COUNT, DENOMINATOR };
enum { WILSON, BYAR, EXACT, RATE };

static const char *const COLUMNS[] = {[COUNT] = "count", [DENOMINATOR] = "denominator", NULL};
static const char *const METHODS[] = {
    [WILSON] = "wilson", [BYAR] = "byar", [EXACT] = "exact", [RATE] = "rate", NULL};
static const char *const BEFORE[] = {"value", NULL};
static const char *const OPTIONS[] = {"--method", "--confidence", "--multiplier", "--decimals",
                                      NULL};

struct intervals {
    size_t method;
    double multiplier;
    struct analyse_levels levels;
};

static bool start(struct analyse *j, struct err *e)
{
    struct intervals *s = ARENA_NEW(j->kept, struct intervals);
    size_t usual = j->has[DENOMINATOR] ? WILSON : RATE;
    if (!analyse_option_word(j->options, "--method", METHODS, usual, &s->method, e) ||
        !analyse_multiplier(j->options, s->method == WILSON ? 100 : 100000, &s->multiplier, e) ||
        !analyse_levels_start(j, BEFORE, NULL, &s->levels, e)) {
        return false;
    }
    if (s->method == WILSON && !j->has[DENOMINATOR]) {
        return err_set(e, ERR_INPUT,
                       "line 1: no column \"denominator\"; --method wilson needs it.");
    }
    j->state = s;
    return true;
}

static struct interval evaluate(const struct intervals *s, double count, double denominator,
                                bool is_bare, const struct confidence *c)
{
    struct interval i = {NAN, NAN, NAN};
    switch (s->method) {
    case WILSON: i = interval_wilson(count, denominator, c); break;
    case BYAR: i = interval_byar(count, c); break;
    case EXACT: i = interval_exact(count, c); break;
    default: i = interval_count(count, c); break;
    }
    if (s->method == WILSON) {
        return interval_over(i, 1, s->multiplier);
    }
    return is_bare ? i : interval_over(i, denominator, s->multiplier);
}

static bool read_row(struct analyse *j)
{
    const struct intervals *s = j->state;
    double count = NAN, denominator = NAN;
    if (!analyse_double(j, COUNT, &count) || !analyse_double(j, DENOMINATOR, &denominator) ||
        !analyse_not_negative(j, COUNT, count) ||
        !analyse_not_negative(j, DENOMINATOR, denominator)) {
        return false;
    }
    if (s->method == WILSON && count > denominator) {
        return analyse_fault(j, "%s is above %s; a proportion counts some of its denominator.",
                             analyse_shown(j, COUNT), analyse_shown(j, DENOMINATOR));
    }
    // A mark (suppressed, not known) is not a blank: there is a denominator, and no rate.
    bool is_bare = analyse_is_blank(j, DENOMINATOR);
    for (size_t l = 0; l < s->levels.count; l++) {
        struct interval i = evaluate(s, count, denominator, is_bare, &s->levels.levels[l]);
        j->results[0] = l == 0 ? analyse_double_text(j, i.value) : j->results[0];
        analyse_levels_put(j, &s->levels, l, i);
    }
    return true;
}

const struct analyse_method analyse_method_interval = {
    .name = "interval",
    .summary = "proportions, rates and counts with their confidence limits",
    .columns = COLUMNS,
    .required = COUNT + 1,
    .results = BEFORE,
    .options = OPTIONS,
    .one_to_one = true,
    .start = start,
    .row = read_row,
    .help =
        "goldthread analyse interval [--method HOW] [FILE]\n\n"
        "Gives each figure the limits within which chance alone may have moved it.\n\n"
        "Columns\n"
        "  count          of cases or events; need not be whole\n"
        "  denominator    those counted among, or the population; blank: the bare count (byar,\n"
        "                 exact, rate)\n"
        "Adds\n"
        "  value, lower_95, upper_95, lower_99.8, upper_99.8; what is undefined is blank: a\n"
        "  denominator of 0, a lower limit of Byar's below 0\n\n"
        "Example\n"
        "  printf 'count,denominator\\n65,100\\n0,20\\n' | goldthread analyse interval\n\n"
        "Options\n"
        "  --method HOW   wilson (a proportion; default where there is a denominator), byar, "
        "exact\n"
        "                 (Poisson), rate (exact below 10 events, Byar's from 10; default)\n"
        "  --confidence L levels in per cent, from 90 to 99.9 (95,99.8)\n"
        "  --multiplier N 100 for a percentage (wilson's default), 100000 for a rate per 100,000\n"
        "                 (that of the others); a bare count is not multiplied\n"
        "  --decimals N   places of the figures\n",
};
