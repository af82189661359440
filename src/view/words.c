#include "view/words.h"

#include <string.h>

#define WORD(table, at) ((size_t)(at) < COUNT_OF(table) ? (table)[at] : "")

const char *words_status(enum status s)
{
    static const char *const words[] = {
        [STATUS_OFF_TARGET] = "Off target",         [STATUS_SLIGHTLY_OFF] = "Slightly off target",
        [STATUS_ON_TARGET] = "On target",           [STATUS_MISSING] = "Missing",
        [STATUS_NO_TARGET] = "No target",           [STATUS_NOT_DUE] = "Not yet due",
        [STATUS_SUPPRESSED] = "Suppressed",         [STATUS_NOT_APPLICABLE] = "Not applicable",
        [STATUS_IN_DEVELOPMENT] = "In development",
    };
    return WORD(words, s);
}

const char *words_status_shape(enum status s)
{
    static const char *const shapes[] = {
        [STATUS_OFF_TARGET] = "▲", [STATUS_SLIGHTLY_OFF] = "◆",   [STATUS_ON_TARGET] = "●",
        [STATUS_MISSING] = "✕",    [STATUS_NO_TARGET] = "–",      [STATUS_NOT_DUE] = "○",
        [STATUS_SUPPRESSED] = "■", [STATUS_NOT_APPLICABLE] = "□", [STATUS_IN_DEVELOPMENT] = "◇",
    };
    return WORD(shapes, s);
}

const char *words_travel(enum travel t)
{
    static const char *const words[] = {
        [TRAVEL_NOT_COMPARABLE] = "Not comparable",
        [TRAVEL_IMPROVED] = "Improved",
        [TRAVEL_SAME] = "Same",
        [TRAVEL_WORSE] = "Worse",
    };
    return WORD(words, t);
}

// Better and worse, not up and down: the key on each page says so.
const char *words_travel_arrow(enum travel t)
{
    static const char *const arrows[] = {
        [TRAVEL_NOT_COMPARABLE] = "",
        [TRAVEL_IMPROVED] = "↑",
        [TRAVEL_SAME] = "→",
        [TRAVEL_WORSE] = "↓",
    };
    return WORD(arrows, t);
}

const char *words_marker(enum marker m)
{
    static const char *const words[] = {
        [MARKER_NONE] = NULL,
        [MARKER_PROVISIONAL] = "provisional",
        [MARKER_REVISED] = "revised",
        [MARKER_ESTIMATED] = "estimated",
        [MARKER_SUPPRESSED] = "suppressed",
        [MARKER_NOT_APPLICABLE] = "not applicable",
        [MARKER_MISSING] = "missing",
    };
    return words[m];
}

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

static const char *month_name(day d)
{
    return months[day_to_ymd(d).month - 1];
}

// "2025/26", or "2025" when the year starts in January.
static const char *year_text(struct arena *a, struct period year)
{
    int from = day_to_ymd(year.start).year;
    int to = day_to_ymd(year.end).year;
    if (from == to) {
        return arena_printf(a, "%d", from);
    }
    return arena_printf(a, "%d/%02d", from, to % 100);
}

static const char *part_of_year(struct arena *a, struct period p, int year_start, char letter)
{
    struct period year = period_of(PERIOD_YEAR, p.end, year_start);
    int number = period_count((struct period){PERIOD_SPAN, year.start, p.end}, p.kind, year_start);
    if (number == 0) {
        // Counted by months where a span is no whole number of the kind's own.
        struct ymd s = day_to_ymd(year.start);
        struct ymd e = day_to_ymd(p.end);
        int covered = (e.year - s.year) * 12 + e.month - s.month + 1;
        number = covered / (p.kind == PERIOD_QUARTER ? 3 : 6);
    }
    return arena_printf(a, "%s %c%d", year_text(a, year), letter, number);
}

const char *words_period_short(struct arena *a, struct period p, int year_start)
{
    struct ymd s = p.kind == PERIOD_NONE ? (struct ymd){0, 1, 1} : day_to_ymd(p.start);
    struct ymd e = p.kind == PERIOD_NONE ? (struct ymd){0, 1, 1} : day_to_ymd(p.end);
    switch (p.kind) {
    case PERIOD_NONE: return "";
    case PERIOD_MONTH: return arena_printf(a, "%s %d", months[s.month - 1], s.year);
    case PERIOD_QUARTER: return part_of_year(a, p, year_start, 'Q');
    case PERIOD_HALF: return part_of_year(a, p, year_start, 'H');
    case PERIOD_YEAR: return year_text(a, p);
    case PERIOD_ACADEMIC_YEAR:
        return arena_printf(a, "%d/%02d academic year", s.year, e.year % 100);
    case PERIOD_CALENDAR_YEAR: return arena_printf(a, "%d", s.year);
    case PERIOD_CALENDAR_QUARTER: return arena_printf(a, "%d Q%d", s.year, e.month / 3);
    case PERIOD_YEARS: return arena_printf(a, "%d to %d", s.year, e.year);
    case PERIOD_SPAN: break;
    }
    if (p.start == p.end) {
        return day_shown(a, p.start);
    }
    return arena_printf(a, "%s to %s", day_shown(a, p.start), day_shown(a, p.end));
}

const char *words_period(struct arena *a, struct period p, int year_start)
{
    const char *name = words_period_short(a, p, year_start);
    if (p.kind != PERIOD_QUARTER && p.kind != PERIOD_HALF && p.kind != PERIOD_CALENDAR_QUARTER) {
        return name;
    }
    return arena_printf(a, "%s (%s to %s %d)", name, month_name(p.start), month_name(p.end),
                        day_to_ymd(p.end).year);
}

const char *words_previous(enum period_kind kind)
{
    switch (kind) {
    case PERIOD_MONTH: return "last month";
    case PERIOD_QUARTER:
    case PERIOD_CALENDAR_QUARTER: return "last quarter";
    case PERIOD_HALF: return "the last half year";
    case PERIOD_YEAR:
    case PERIOD_CALENDAR_YEAR: return "last year";
    case PERIOD_ACADEMIC_YEAR: return "last academic year";
    default: return "the last period";
    }
}

const char *words_periods(enum period_kind kind)
{
    switch (kind) {
    case PERIOD_MONTH: return "months";
    case PERIOD_QUARTER:
    case PERIOD_CALENDAR_QUARTER: return "quarters";
    case PERIOD_HALF: return "half years";
    case PERIOD_YEAR:
    case PERIOD_CALENDAR_YEAR: return "years";
    case PERIOD_ACADEMIC_YEAR: return "academic years";
    default: return "periods";
    }
}

const char *words_polarity(enum polarity p)
{
    static const char *const words[] = {
        [POLARITY_NONE] = "Neither is better",
        [POLARITY_HIGHER] = "Higher is better",
        [POLARITY_LOWER] = "Lower is better",
        [POLARITY_RANGE] = "Within a range is best",
    };
    return WORD(words, p);
}

const char *words_frequency(const struct measure *m)
{
    switch (m->frequency) {
    case PERIOD_MONTH: return "Every month";
    case PERIOD_QUARTER: return "Every quarter";
    case PERIOD_HALF: return "Every half year";
    case PERIOD_YEAR: return "Every year";
    case PERIOD_ACADEMIC_YEAR: return "Every academic year";
    default: return strcmp(m->frequency_text, "term") == 0 ? "Every term" : "Now and then";
    }
}

const char *words_value_type(const struct measure *m)
{
    static const char *const words[] = {
        [VALUE_NUMBER] = "Number", [VALUE_PERCENT] = "Percentage", [VALUE_MONEY] = "Money (£)",
        [VALUE_RATE] = "Rate",     [VALUE_RATIO] = "Ratio",        [VALUE_DAYS] = "Days",
        [VALUE_SCORE] = "Score",   [VALUE_YES_NO] = "Yes or no",   [VALUE_TEXT] = "In words",
    };
    return WORD(words, m->value_type);
}

const char *words_aggregation(enum aggregation g, bool cumulative)
{
    if (cumulative) {
        return "Figures are the year so far; the latest stands for a longer period";
    }
    static const char *const words[] = {
        [AGGREGATE_NONE] = "Cannot be added up over periods; the latest figure is shown",
        [AGGREGATE_SUM] = "Added up over a longer period",
        [AGGREGATE_LAST] = "The last figure stands for a longer period",
        [AGGREGATE_MEAN] = "Averaged over a longer period",
        [AGGREGATE_RATIO] = "Numerators over denominators, each added up over a longer period",
    };
    return WORD(words, g);
}

const char *words_classes(struct arena *a, unsigned classes)
{
    static const struct {
        unsigned bit;
        const char *word;
    } names[] = {{CLASS_CORPORATE, "corporate"},
                 {CLASS_SERVICE, "service"},
                 {CLASS_STATUTORY, "statutory"},
                 {CLASS_ORGANISATIONAL, "organisational"}};
    struct buf b = buf_new(a, 256);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if ((classes & names[i].bit) != 0) {
            buf_text(&b, b.length > 0 ? ", " : "");
            buf_text(&b, names[i].word);
        }
    }
    return buf_cstr(&b);
}

struct pair {
    const char *code, *word;
};

static const char *word_of(const struct pair *pairs, size_t count, const char *code)
{
    for (size_t i = 0; code != NULL && i < count; i++) {
        if (strcmp(pairs[i].code, code) == 0) {
            return pairs[i].word;
        }
    }
    return code == NULL ? "" : code;
}

const char *words_plan_kind(const char *kind)
{
    static const struct pair pairs[] = {{"vision", "Vision"},
                                        {"community", "Community strategy"},
                                        {"partnership", "Partnership plan"},
                                        {"corporate", "Corporate plan"},
                                        {"cross_cutting", "Cross-cutting plan"},
                                        {"directorate", "Directorate plan"},
                                        {"service", "Service plan"},
                                        {"team", "Team plan"}};
    return word_of(pairs, COUNT_OF(pairs), kind);
}

const char *words_aim_kind(const char *kind)
{
    static const struct pair pairs[] = {{"priority", "Priority"},
                                        {"theme", "Theme"},
                                        {"outcome", "Outcome"},
                                        {"objective", "Objective"}};
    return word_of(pairs, COUNT_OF(pairs), kind);
}

const char *words_unit_kind(const char *kind)
{
    static const struct pair pairs[] = {
        {"directorate", "Directorate"}, {"service", "Service"}, {"team", "Team"}};
    return word_of(pairs, COUNT_OF(pairs), kind);
}

const char *words_board_kind(const char *kind)
{
    static const struct pair pairs[] = {
        {"executive", "Executive"},           {"scrutiny", "Scrutiny"},
        {"management", "Management team"},    {"partnership", "Partnership board"},
        {"shareholder", "Shareholder panel"}, {"other", "Board"}};
    return word_of(pairs, COUNT_OF(pairs), kind);
}

const char *words_action_state(enum action_state s)
{
    static const char *const words[] = {
        [ACTION_NOT_STARTED] = "Not started",
        [ACTION_IN_PROGRESS] = "In progress",
        [ACTION_COMPLETED] = "Completed",
        [ACTION_CANCELLED] = "Cancelled",
    };
    return WORD(words, s);
}

const char *words_count(struct arena *a, int n, const char *one, const char *many)
{
    return arena_printf(a, "%s %s", dec_shown(a, dec_int(n), 0), n == 1 ? one : many);
}

const char *words_notice(struct arena *a, const struct council *c)
{
    static const char part[] = "You see part of this organisation's record. Every list, count and "
                               "summary here is of that part only.";
    if (!c->in_part) {
        return c->notice;
    }
    return c->notice == NULL ? part : arena_printf(a, "%s %s", c->notice, part);
}
