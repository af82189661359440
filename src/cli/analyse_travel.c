#include "cli/analyse_job.h"
#include "engine/travel.h"

enum { POLARITY, VALUE, PREVIOUS, LAST_YEAR, DEAD_BAND, LOWER, UPPER, DECIMALS };
enum { SHORT, LONG };

static const char *const COLUMNS[] = {
    [POLARITY] = "polarity",   [VALUE] = "value",         [PREVIOUS] = "previous",
    [LAST_YEAR] = "last_year", [DEAD_BAND] = "dead_band", [LOWER] = "lower",
    [UPPER] = "upper",         [DECIMALS] = "decimals",   NULL,
};

static bool compare_row(struct analyse *j)
{
    struct travel_input in = {.polarity = POLARITY_NONE};
    struct dec last_year = DEC_NONE;
    if (!polarity_from_text(analyse_text(j, POLARITY), &in.polarity)) {
        return analyse_fault(j, "%s is not a polarity; write higher, lower, range or none.",
                             analyse_shown(j, POLARITY));
    }
    if (!analyse_number(j, VALUE, &in.value) || !analyse_number(j, PREVIOUS, &in.before) ||
        !analyse_number(j, LAST_YEAR, &last_year) || !analyse_number(j, DEAD_BAND, &in.dead_band) ||
        !analyse_number(j, LOWER, &in.lower) || !analyse_number(j, UPPER, &in.upper) ||
        !analyse_whole(j, DECIMALS, 0, DEC_SCALE_MAX, j->options->decimals, &in.decimals)) {
        return false;
    }
    if (dec_sign(in.dead_band) < 0) {
        return analyse_fault(j, "%s is below nought; a dead band is a distance.",
                             analyse_shown(j, DEAD_BAND));
    }
    j->results[SHORT] = travel_code(travel_evaluate(&in).travel);
    in.before = last_year;
    j->results[LONG] = travel_code(travel_evaluate(&in).travel);
    return true;
}

static const char *const RESULTS[] = {"short", "long", NULL};
static const char *const OPTIONS[] = {"--decimals", NULL};

const struct analyse_method analyse_method_travel = {
    .name = "travel",
    .summary = "whether each figure is better, the same or worse than before",
    .columns = COLUMNS,
    .required = PREVIOUS + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .one_to_one = true,
    .row = compare_row,
    .help =
        "goldthread analyse travel [FILE]\n\n"
        "Says of each row whether the value is better than before, in the measure's own sense.\n\n"
        "Columns (the last five may be left out)\n"
        "  polarity       higher, lower, range, none: what is good\n"
        "  value          the figure now\n"
        "  previous       the figure of the period before\n"
        "  last_year      the figure of the same period a year before\n"
        "  dead_band      a change of so much or less is no change\n"
        "  lower, upper   the range, for polarity range: nearer to it is better\n"
        "  decimals       places at which figures are compared; blank: as given\n"
        "Adds\n"
        "  short          against previous: improved, same, worse, not_comparable\n"
        "  long           against last_year\n\n"
        "Example\n"
        "  printf 'polarity,value,previous,last_year\\nlower,9.8,9.1,10.2\\n' |\n"
        "    goldthread analyse travel\n\n"
        "Options\n"
        "  --decimals N   places at which to compare where the row does not say\n",
};
