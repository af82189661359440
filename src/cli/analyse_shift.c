#include "cli/analyse_spc.h"
#include "engine/shift.h"

enum { OUT_SERIES, OUT_PERIOD, BEFORE, AFTER, REASON };

static const char *const RESULTS[] = {
    [OUT_SERIES] = "series", [OUT_PERIOD] = "period", [BEFORE] = "mean_before",
    [AFTER] = "mean_after",  [REASON] = "reason",     NULL,
};

static bool put_suggestions(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    struct spc_series s;
    if (!spc_series_gather_plain(j, g, &s, e)) {
        return false;
    }
    size_t *rows = ARENA_ARRAY(j->arena, s.count, size_t);
    struct shift_suggestion *found =
        ARENA_ARRAY(j->arena, s.count / SHIFT_PERIOD, struct shift_suggestion);
    size_t count = shift_suggest(s.values, s.count, rows, found);
    for (size_t i = 0; i < count; i++) {
        j->results[OUT_SERIES] = s.name;
        j->results[OUT_PERIOD] = s.periods[found[i].row];
        j->results[BEFORE] = analyse_double_text(j, found[i].before);
        j->results[AFTER] = analyse_double_text(j, found[i].after);
        j->results[REASON] = arena_printf(
            j->arena,
            "%s%zu points in a row %s the average before; no way back in the %d from here",
            found[i].run == SHIFT_PERIOD ? "at least " : "", found[i].run,
            found[i].is_up ? "above" : "below", SHIFT_PERIOD);
        analyse_put(j);
    }
    return true;
}

static const char *const OPTIONS[] = {"--decimals", NULL};

const struct analyse_method analyse_method_shift = {
    .name = "shift",
    .summary = "where a series took a new level: points at which to start a segment",
    .columns = SPC_COLUMNS_PLAIN,
    .required = SPC_VALUE + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .row_size = sizeof(struct spc_row),
    .row = spc_row_read_plain,
    .group = put_suggestions,
    .help =
        "goldthread analyse shift [FILE]\n\n"
        "Suggests step changes by the stable shift algorithm: 8 points in a row on one side of\n"
        "the average of 21, and no way back in the 21 from there on. Whether one is real, people\n"
        "decide: is there a known cause, and is it to last?\n\n"
        "Columns\n"
        "  series         the rows of one series have the same text here\n"
        "  period         any text, once in each series\n"
        "  value          blank: no figure for that period\n"
        "Gives one row a suggestion, none for a series that keeps its level or has fewer than 42\n"
        "points\n"
        "  series, period               the first point of the new level\n"
        "  mean_before, mean_after      averages, without points that lie far out\n"
        "  reason\n\n"
        "Example\n"
        "  goldthread analyse shift monthly.csv\n\n"
        "Options\n"
        "  --decimals N   places of the averages\n",
};
