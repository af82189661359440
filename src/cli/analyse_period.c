#include <string.h>

#include "cli/analyse_job.h"
#include "engine/period.h"

enum { LABEL, KIND };
enum { ID, START, END, OUT_KIND, MARKER };

// What the column `kind` may say: a kind of period, or only whose year is meant.
struct hint {
    const char *word;
    enum period_kind first, second; // the second is tried when the first does not settle it
};

static const struct hint HINTS[] = {
    {"financial", PERIOD_QUARTER, PERIOD_YEAR},
    {"financial_quarter", PERIOD_QUARTER, PERIOD_NONE},
    {"financial_year", PERIOD_YEAR, PERIOD_NONE},
    {"calendar", PERIOD_CALENDAR_QUARTER, PERIOD_CALENDAR_YEAR},
};

static bool find_hint(struct analyse *j, struct hint *out)
{
    *out = (struct hint){"", PERIOD_NONE, PERIOD_NONE};
    if (analyse_is_blank(j, KIND)) {
        return true;
    }
    const char *word = analyse_text(j, KIND);
    for (size_t i = 0; i < COUNT_OF(HINTS); i++) {
        if (strcmp(HINTS[i].word, word) == 0) {
            *out = HINTS[i];
            return true;
        }
    }
    out->first = period_kind_from_text(word);
    return out->first != PERIOD_NONE ||
           analyse_fault(j,
                         "%s is not a kind of period; write month, quarter, half, year, "
                         "academic_year, calendar_year, calendar_quarter, years, span, financial "
                         "or calendar.",
                         analyse_shown(j, KIND));
}

static bool read_row(struct analyse *j)
{
    struct hint hint;
    if (analyse_is_blank(j, LABEL)) {
        return analyse_fault(j, "the label is blank; write a period like 2025-26-Q1.");
    }
    if (!find_hint(j, &hint)) {
        return false;
    }
    int year_start = j->options->year_start;
    struct slice label = j->cells[LABEL];
    struct period_reading r =
        period_read_label(j->arena, label.text, label.length, hint.first, year_start);
    if (r.count != 1 && hint.second != PERIOD_NONE) {
        struct period_reading again =
            period_read_label(j->arena, label.text, label.length, hint.second, year_start);
        if (again.count == 1 && again.readings[0].kind == hint.second) {
            r = again;
        }
    }
    if (r.count != 1) {
        return analyse_fault(j, "%s",
                             period_refusal(j->arena, analyse_text(j, LABEL), &r, year_start));
    }
    struct period p = r.readings[0];
    j->results[ID] = period_id(j->arena, p, year_start);
    j->results[START] = day_text(j->arena, p.start);
    j->results[END] = day_text(j->arena, p.end);
    j->results[OUT_KIND] = period_kind_text(p.kind);
    j->results[MARKER] = r.marker;
    return true;
}

static const char *const COLUMNS[] = {[LABEL] = "label", [KIND] = "kind", NULL};
static const char *const RESULTS[] = {"id", "start", "end", "kind", "marker", NULL};
static const char *const OPTIONS[] = {"--year-start", NULL};

const struct analyse_method analyse_method_period = {
    .name = "period",
    .summary = "reads period labels as people write them",
    .columns = COLUMNS,
    .required = 1,
    .results = RESULTS,
    .options = OPTIONS,
    .one_to_one = true,
    .always_error = true,
    .row = read_row,
    .help =
        "goldthread analyse period [FILE]\n\n"
        "Reads the labels of periods as people write them: \"Q1 2025/26\", \"Nov 2023\", "
        "\"2018-21\".\n\n"
        "Columns\n"
        "  label          the label\n"
        "  kind           (may be left out) settles what is ambiguous: month, quarter, half, "
        "year,\n"
        "                 academic_year, calendar_year, calendar_quarter, years, span; financial\n"
        "                 and calendar say whose quarters and years are meant\n"
        "Adds\n"
        "  id             the period as files and addresses write it\n"
        "  start, end     its first and last day\n"
        "  kind           what kind of period it is\n"
        "  marker         what stood in brackets after it: prov, Rev\n"
        "  error          why it could not be read; nothing is guessed. Such a row does not stop\n"
        "                 the run; without --keep-going it is told on standard error, and the "
        "exit\n"
        "                 status is 1\n\n"
        "Example\n"
        "  printf 'label\\n2022/23 Q3\\nNov 2023 (prov)\\n2010-11\\n' | goldthread analyse "
        "period\n\n"
        "Options\n"
        "  --year-start M the month a financial year starts in (4)\n",
};
