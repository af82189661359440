#include <string.h>

#include "domain/import_run.h"
#include "domain/measure_hint.h"
#include "model/cell.h"
#include "model/columns.h"

static const struct slice NOTHING = {NULL, 0};

// ---- periods ----

// A label as one hint reads it, kept: a million rows have a few dozen labels.
struct import_period {
    struct slice id;
    struct slice marker;
    struct period period;
    const char *why; // not read: the reason
};

// What a label without a measure is most likely to be: budgets and savings are by financial year,
// and a forecast is for the year its measure is counted by.
static enum period_kind hint_of(const struct import_source *s, const struct import_measure *m)
{
    if (s->mapping != NULL && s->mapping->periods != PERIOD_NONE) {
        return s->mapping->periods;
    }
    if (s->kind->kind == KIND_BUDGET || s->kind->kind == KIND_SAVING) {
        return PERIOD_YEAR;
    }
    if (s->kind->kind == KIND_FORECAST) {
        return m == NULL ? PERIOD_YEAR : measure_year_hint(m->frequency);
    }
    return m == NULL ? PERIOD_NONE : m->frequency;
}

// The measure's own kind of period where it covers the very same days: 2022-Q2 is 2022-23-Q1.
static struct period as_hinted(struct period p, enum period_kind hint, int year_start)
{
    bool stepped = hint == PERIOD_MONTH || hint == PERIOD_QUARTER || hint == PERIOD_HALF ||
                   hint == PERIOD_YEAR || hint == PERIOD_ACADEMIC_YEAR;
    if (!stepped || p.kind == hint) {
        return p;
    }
    struct period own = period_of(hint, p.start, year_start);
    return own.start == p.start && own.end == p.end ? own : p;
}

// The sentence without the label in front, which the refusal repeats itself, and without its stop.
static const char *refusal_of(struct import_run *run, struct slice label,
                              const struct period_reading *r)
{
    struct arena *a = run->arena;
    const char *text = period_refusal(a, csv_cell_text(a, label), r, run->year_start);
    const char *known[] = {"\" is not", "\" could be"};
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        const char *at = strstr(text, known[i]);
        text = at == NULL ? text : at + 2;
    }
    size_t length = strlen(text);
    return arena_textn(a, text, length > 0 && text[length - 1] == '.' ? length - 1 : length);
}

static void read_label(struct import_run *run, enum period_kind hint, struct slice label,
                       struct import_period *found)
{
    struct arena *a = run->arena;
    struct period_reading r = period_read_label(a, label.text, label.length, hint, run->year_start);
    if (r.count != 1) {
        found->why = refusal_of(run, label, &r);
        return;
    }
    found->period = as_hinted(r.readings[0], hint, run->year_start);
    const char *id = period_id(a, found->period, run->year_start);
    found->id = (struct slice){id, strlen(id)};
    if (r.marker != NULL) {
        found->marker = (struct slice){r.marker, strlen(r.marker)};
    }
}

static const struct import_period *period_of_label(struct import_run *run, enum period_kind hint,
                                                   struct slice label)
{
    struct text_table *labels = &run->period_labels[hint];
    struct grow *found = &run->period_found[hint];
    if (labels->arena == NULL) {
        *labels = text_table_new(run->arena);
        *found = grow_new(run->arena, sizeof(struct import_period));
    }
    uint32_t number = text_table_add(labels, label);
    if (number == found->count) {
        read_label(run, hint, label, grow_add(found));
    }
    return &((const struct import_period *)found->items)[number];
}

// Months a kind covers in the financial year; 0: not of it.
static int months_of(enum period_kind kind)
{
    switch (kind) {
    case PERIOD_MONTH: return 1;
    case PERIOD_QUARTER:
    case PERIOD_CALENDAR_QUARTER: return 3;
    case PERIOD_HALF: return 6;
    case PERIOD_YEAR: return 12;
    default: return 0;
    }
}

// A figure is for the measure's own kind of period; or for a finer one that its aggregation makes
// it of; or for a span of days, as rolling figures are. A yearly measure may count any sort of
// year.
static bool fits(const struct import_measure *m, enum period_kind kind)
{
    enum period_kind own = m->frequency;
    if (own == PERIOD_NONE || kind == own || kind == PERIOD_SPAN) {
        return true;
    }
    if (own == PERIOD_YEAR &&
        (kind == PERIOD_CALENDAR_YEAR || kind == PERIOD_ACADEMIC_YEAR || kind == PERIOD_YEARS)) {
        return true;
    }
    int months = months_of(kind);
    if (months > 0 && months == months_of(own)) {
        return true;
    }
    return months > 0 && months < months_of(own) && m->aggregation != AGGREGATE_NONE;
}

static const char *unfit(struct import_run *run, const struct import_measure *m,
                         const struct import_period *p)
{
    int months = months_of(p->period.kind);
    bool finer = months > 0 && months < months_of(m->frequency);
    return arena_printf(run->arena,
                        finer ? "is a %s, but the measure's frequency is %s and it has no "
                                "aggregation that would make one of the other: give it an "
                                "aggregation, or figures by %s"
                              : "is a %s, but the measure's frequency is %s: mend the period, or "
                                "the measure's frequency (%s)",
                        period_kind_text(p->period.kind), m->frequency_word, m->frequency_word);
}

bool import_read_period(struct import_run *run, const struct import_source *s, size_t row,
                        const char *header, struct slice raw, const struct import_measure *m,
                        struct slice *out, struct slice *marker)
{
    struct slice label = slice_trim(raw);
    const struct import_period *p = period_of_label(run, hint_of(s, m), label);
    if (p->why != NULL) {
        return import_refuse(run, s, row, header, raw, p->why);
    }
    if (s->kind->kind == KIND_OBSERVATION && m != NULL && !fits(m, p->period.kind)) {
        return import_refuse(run, s, row, header, raw, unfit(run, m, p));
    }
    *out = p->id;
    *marker = p->marker;
    return true;
}

// ---- figures ----

static struct slice word(const char *text)
{
    return (struct slice){text, text == NULL ? 0 : strlen(text)};
}

static void set(const struct import_source *s, struct slice *cells, int column, struct slice value)
{
    if (column >= 0 && s->place[column] >= 0) {
        cells[s->place[column]] = value;
    }
}

// What the value cell says of a figure that is not there. The marker's own cell is read later and
// wins where it is filled.
static void set_mark(const struct import_source *s, struct slice *cells, const struct value_cell *v)
{
    set(s, cells, descriptor_column(s->kind, "mark"), v->text);
    set(s, cells, descriptor_column(s->kind, "marker"), word(model_marker_word(v->marker)));
}

bool import_read_value(struct import_run *run, const struct import_source *s, size_t row,
                       const char *header, int column, struct slice raw,
                       const struct import_measure *m, struct slice *cells)
{
    static const struct value_how plain = {.type = VALUE_NUMBER};
    const struct value_how *how = m == NULL ? &plain : &m->how;
    struct value_cell v = value_cell_read(run->arena, raw, how);
    if (v.result == VALUE_FIGURE && how->type == VALUE_TEXT &&
        !cell_read(run->arena, &s->kind->columns[column], raw, &v.text, &v.why)) {
        v.result = VALUE_REFUSED;
    }
    switch (v.result) {
    case VALUE_BLANK: set(s, cells, column, NOTHING); return true;
    case VALUE_FIGURE: set(s, cells, column, v.text); return true;
    case VALUE_MARKED:
        set(s, cells, column, NOTHING);
        set_mark(s, cells, &v);
        return true;
    case VALUE_REFUSED: break;
    }
    const char *name = header == NULL ? import_header_of(s, column) : header;
    return import_refuse(run, s, row, name, raw, v.why);
}

static bool dec_of(const struct import_row *r, int column, struct dec *out)
{
    struct slice s = import_cell(r, column);
    *out = DEC_NONE;
    return s.text != NULL && dec_parse(s.text, s.length, out);
}

// A figure that is not there has a marker that says so; one that is there has none of those.
static bool check_marker(struct import_run *run, const struct import_row *r, bool is_figure)
{
    struct slice *cell = &r->cells[r->source->place[OBSERVATION_MARKER]];
    bool none = cell->text == NULL || cell->text == import_silent;
    bool absent = !none && (slice_is(*cell, "missing") || slice_is(*cell, "suppressed") ||
                            slice_is(*cell, "not_applicable"));
    if (is_figure && absent) {
        return import_refuse_cell(run, r, OBSERVATION_MARKER,
                                  "says that there is no figure, but the row gives one: blank the "
                                  "figure, or the marker");
    }
    if (!is_figure && !none && !absent) {
        return import_refuse_cell(run, r, OBSERVATION_MARKER,
                                  "marks a figure, but the row gives none: fill the figure, or "
                                  "write missing, suppressed or not_applicable");
    }
    if (!is_figure && none) {
        *cell = word("missing");
    }
    return true;
}

static bool check_observation(struct import_run *run, const struct import_row *r)
{
    struct dec numerator, denominator;
    bool over = dec_of(r, OBSERVATION_NUMERATOR, &numerator);
    bool under = dec_of(r, OBSERVATION_DENOMINATOR, &denominator);
    if (!check_marker(run, r, import_cell(r, OBSERVATION_VALUE).text != NULL || (over && under))) {
        return false;
    }
    if (under && dec_sign(denominator) < 0) {
        return import_refuse_cell(run, r, OBSERVATION_DENOMINATOR,
                                  "is below nought, which no denominator can be: mend it");
    }
    const struct import_measure *m = import_measure(run, r->measure);
    if (over && under && m->how.type == VALUE_PERCENT && dec_cmp(numerator, denominator) > 0) {
        struct slice d = import_cell(r, OBSERVATION_DENOMINATOR);
        return import_refuse_cell(
            run, r, OBSERVATION_NUMERATOR,
            arena_printf(run->arena,
                         "is above the denominator (%.*s) of a percentage: mend one of them, or "
                         "the measure's value_type",
                         (int)d.length, d.text));
    }
    return true;
}

static bool check_target(struct import_run *run, const struct import_row *r)
{
    struct dec lower, upper;
    bool any = import_cell(r, TARGET_MARK).text != NULL;
    for (int c = TARGET_TARGET; c <= TARGET_AMBER; c++) {
        any = any || import_cell(r, c).text != NULL;
    }
    if (!any) {
        return import_refuse(run, r->source, r->row, NULL, NOTHING,
                             "the row gives no target: fill target, or lower and upper, or leave "
                             "the row out");
    }
    if (dec_of(r, TARGET_LOWER, &lower) && dec_of(r, TARGET_UPPER, &upper) &&
        dec_cmp(lower, upper) > 0) {
        return import_refuse_cell(run, r, TARGET_LOWER,
                                  "is above the upper end of the same target: change them over");
    }
    return true;
}

static bool check_forecast(struct import_run *run, const struct import_row *r)
{
    return import_cell(r, FORECAST_FORECAST).text != NULL ||
           import_refuse_cell(
               run, r, FORECAST_FORECAST,
               "there is no figure, and a forecast is one: fill it; to take a forecast "
               "back, give the day in withdrawn_on");
}

// Of the last m periods, n: never more than there are.
static bool check_referral_rule(struct import_run *run, const struct import_row *r)
{
    struct dec n, m;
    return !dec_of(r, REFERRAL_RULE_N, &n) || !dec_of(r, REFERRAL_RULE_M, &m) ||
           dec_cmp(n, m) <= 0 ||
           import_refuse_cell(run, r, REFERRAL_RULE_N,
                              "is above m, and no rule can ask for n of fewer periods: change "
                              "them over");
}

static bool check_rule(struct import_run *run, const struct import_row *r)
{
    static const int tolerances[] = {RULE_GREEN_WITHIN, RULE_AMBER_WITHIN, RULE_RED_ABSOLUTE,
                                     RULE_RED_PERCENT};
    struct dec number;
    for (size_t i = 0; i < COUNT_OF(tolerances); i++) {
        if (dec_of(r, tolerances[i], &number) && dec_sign(number) < 0) {
            return import_refuse_cell(run, r, tolerances[i],
                                      "is below nought: a tolerance is how far a figure may be "
                                      "off, without a sign");
        }
    }
    return true;
}

bool import_check_row(struct import_run *run, const struct import_row *r)
{
    switch (r->source->kind->kind) {
    case KIND_OBSERVATION: return check_observation(run, r);
    case KIND_TARGET: return check_target(run, r);
    case KIND_RULE: return check_rule(run, r);
    case KIND_FORECAST: return check_forecast(run, r);
    case KIND_REFERRAL_RULE: return check_referral_rule(run, r);
    case KIND_BUDGET:
        return import_cell(r, BUDGET_UNIT).text != NULL ||
               import_cell(r, BUDGET_LINE).text != NULL ||
               import_refuse(run, r->source, r->row, NULL, NOTHING,
                             "the row names neither a unit nor a line: fill one of them");
    default: return true;
    }
}
