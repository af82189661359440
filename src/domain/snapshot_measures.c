// Rules and measures with what is said of them.

#include <stdlib.h>
#include <string.h>

#include "domain/code_index.h"
#include "domain/snapshot_build.h"

static int rule_order(const void *left, const void *right)
{
    const struct rule_version *x = left, *y = right;
    int order = strcmp(x->code, y->code);
    if (order != 0) {
        return order;
    }
    return x->from < y->from ? -1 : x->from > y->from ? 1 : 0; // DAY_NONE is least: since ever
}

bool build_rules(struct build *b)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_RULE, &rows)) {
        return false;
    }
    struct rule_version *rules = ARENA_ARRAY(b->arena, rows.count, struct rule_version);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        struct rule_version *v = &rules[count];
        *v = (struct rule_version){.code = cell_text(r, RULE_CODE),
                                   .title = cell_text(r, RULE_TITLE),
                                   .from = cell_day(r, RULE_FROM),
                                   .within_unit_text = cell_text(r, RULE_WITHIN_UNIT),
                                   .beyond_text = cell_text(r, RULE_BEYOND)};
        v->rule.green_within = cell_dec(r, RULE_GREEN_WITHIN);
        v->rule.amber_within = cell_dec(r, RULE_AMBER_WITHIN);
        v->rule.red_absolute = cell_dec(r, RULE_RED_ABSOLUTE);
        v->rule.red_percent = cell_dec(r, RULE_RED_PERCENT);
        bool known =
            rule_kind_from_text(cell_text(r, RULE_KIND), &v->rule.kind) &&
            (v->within_unit_text == NULL ||
             within_unit_from_text(v->within_unit_text, &v->rule.within_unit)) &&
            (v->beyond_text == NULL || rule_beyond_from_text(v->beyond_text, &v->rule.beyond));
        if (!known) {
            return err_set(b->err, ERR_SYSTEM, "Rule %s in the record is of no known kind.",
                           v->code);
        }
        count++;
    }
    qsort(rules, count, sizeof *rules, rule_order);
    b->council->rules = rules;
    b->council->rule_count = count;
    return true;
}

unsigned build_classes(const char *text)
{
    static const struct {
        const char *word;
        unsigned bit;
    } classes[] = {{"corporate", CLASS_CORPORATE},
                   {"service", CLASS_SERVICE},
                   {"statutory", CLASS_STATUTORY},
                   {"organisational", CLASS_ORGANISATIONAL}};
    unsigned found = 0;
    for (size_t i = 0; text != NULL && i < COUNT_OF(classes); i++) {
        if (strstr(text, classes[i].word) != NULL) {
            found |= classes[i].bit;
        }
    }
    return found;
}

static enum period_kind frequency_of(const char *text)
{
    return text == NULL ? PERIOD_NONE : period_kind_from_text(text);
}

static bool fill_measure(struct build *b, struct measure *m, const struct store_row *r)
{
    const struct council *c = b->council;
    m->code = cell_text(r, MEASURE_CODE);
    m->title = cell_text(r, MEASURE_TITLE);
    m->definition = cell_text(r, MEASURE_DEFINITION);
    m->source = cell_text(r, MEASURE_SOURCE);
    m->note = cell_text(r, MEASURE_NOTE);
    m->value_unit = cell_text(r, MEASURE_VALUE_UNIT);
    m->unit = council_unit(c, cell_text(r, MEASURE_UNIT));
    m->owner = council_person(c, cell_text(r, MEASURE_OWNER));
    m->checker = council_person(c, cell_text(r, MEASURE_CHECKER));
    m->per = cell_int(r, MEASURE_PER, 0);
    m->decimals = cell_int(r, MEASURE_DECIMALS, 0);
    m->frequency_text = cell_text(r, MEASURE_FREQUENCY);
    m->frequency = frequency_of(m->frequency_text);
    m->cumulative = cell_is(r, MEASURE_CUMULATIVE, "yes");
    m->contextual = cell_is(r, MEASURE_KIND, "contextual");
    m->is_public = cell_is(r, MEASURE_PUBLIC, "yes");
    m->classes = build_classes(cell_text(r, MEASURE_CLASS));
    m->lag_days = cell_int(r, MEASURE_LAG_DAYS, 0);
    m->rule_code = cell_text(r, MEASURE_RULE);
    if (m->rule_code == NULL) {
        m->rule_code = c->default_rule;
    }
    m->min_denominator = cell_dec(r, MEASURE_MIN_DENOMINATOR);
    m->state = cell_is(r, MEASURE_STATE, "development") ? MEASURE_DEVELOPMENT
               : cell_is(r, MEASURE_STATE, "retired")   ? MEASURE_RETIRED
                                                        : MEASURE_LIVE;
    m->retired_on = cell_day(r, MEASURE_RETIRED_ON);
    const char *aggregation = cell_text(r, MEASURE_AGGREGATION);
    return model_value_type(cell_text(r, MEASURE_VALUE_TYPE), &m->value_type) &&
           polarity_from_text(cell_text(r, MEASURE_POLARITY), &m->polarity) &&
           (aggregation == NULL || aggregation_from_text(aggregation, &m->aggregation));
}

static const char *word_or(const struct store_row *r, int column, const char *absent)
{
    const char *word = cell_text(r, column);
    return word == NULL ? absent : word;
}

// How the engine is to work on the measure.
static void fill_ways(struct measure *m, const struct store_row *r)
{
    m->formula = cell_text(r, MEASURE_FORMULA);
    m->missing_parts = word_or(r, MEASURE_MISSING_PARTS, "blank");
    m->zero_denominator = word_or(r, MEASURE_ZERO_DENOMINATOR, "blank");
    m->limits = cell_text(r, MEASURE_LIMITS);
    m->small_number = cell_int(r, MEASURE_SMALL_NUMBER, 0);
    m->compare_with = cell_text(r, MEASURE_COMPARE_WITH);
    m->forecast_by = cell_text(r, MEASURE_FORECAST_BY);
}

// Rows of a kind that belong to measures, shared out: counts first, then the rows.
static size_t *count_by_measure(struct build *b, const struct store_rows *rows, int column)
{
    const struct council *c = b->council;
    size_t *counts = ARENA_ARRAY(b->arena, c->measure_count + 1, size_t);
    for (size_t i = 0; i < rows->count; i++) {
        size_t at = code_index_get(c->by_code[INDEX_MEASURES], cell_text(&rows->rows[i], column));
        counts[at == SIZE_MAX ? c->measure_count : at]++;
    }
    return counts;
}

static bool link_aims(struct build *b, struct measure *measures)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_MEASURE_AIM, &rows)) {
        return false;
    }
    struct council *c = b->council;
    struct aim *aims = (struct aim *)(uintptr_t)c->aims;
    size_t *counts = count_by_measure(b, &rows, MEASURE_AIM_MEASURE);
    for (size_t i = 0; i < c->measure_count; i++) {
        measures[i].aims = ARENA_ARRAY(b->arena, counts[i], const struct aim *);
    }
    for (size_t i = 0; i < rows.count; i++) {
        const struct aim *aim = council_aim(c, cell_text(&rows.rows[i], MEASURE_AIM_AIM));
        if (aim != NULL) {
            aims[aim->index].measure_count++;
        }
    }
    for (size_t i = 0; i < c->aim_count; i++) {
        aims[i].measures = ARENA_ARRAY(b->arena, aims[i].measure_count, const struct measure *);
        aims[i].measure_count = 0;
    }
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        const struct aim *aim = council_aim(c, cell_text(r, MEASURE_AIM_AIM));
        size_t at = code_index_get(c->by_code[INDEX_MEASURES], cell_text(r, MEASURE_AIM_MEASURE));
        if (aim != NULL && at != SIZE_MAX) {
            measures[at].aims[measures[at].aim_count++] = aim;
            struct aim *open = &aims[aim->index];
            open->measures[open->measure_count++] = &measures[at];
        }
    }
    return true;
}

static int override_order(const void *left, const void *right)
{
    const struct override *x = left, *y = right;
    return period_compare(x->period, y->period);
}

static bool fill_overrides(struct build *b, struct measure *measures)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_OVERRIDE, &rows)) {
        return false;
    }
    const struct council *c = b->council;
    size_t *counts = count_by_measure(b, &rows, OVERRIDE_MEASURE);
    struct override **open = ARENA_ARRAY(b->arena, c->measure_count + 1, struct override *);
    for (size_t i = 0; i < c->measure_count; i++) {
        measures[i].overrides = open[i] = ARENA_ARRAY(b->arena, counts[i], struct override);
    }
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        size_t at = code_index_get(c->by_code[INDEX_MEASURES], cell_text(r, OVERRIDE_MEASURE));
        enum status s = status_from_code(cell_text(r, OVERRIDE_STATUS));
        if (at == SIZE_MAX || s == STATUS_COUNT) {
            continue;
        }
        open[at][measures[at].override_count++] =
            (struct override){.period = cell_period(b, r, OVERRIDE_PERIOD),
                              .status = s,
                              .reason = cell_text(r, OVERRIDE_REASON),
                              .by = cell_text(r, OVERRIDE_BY),
                              .on = cell_day(r, OVERRIDE_ON),
                              .version = r->version};
    }
    for (size_t i = 0; i < c->measure_count; i++) {
        qsort(open[i], measures[i].override_count, sizeof **open, override_order);
    }
    return true;
}

static int commentary_order(const void *left, const void *right)
{
    const struct commentary *x = left, *y = right;
    return period_compare(x->period, y->period);
}

// Whoever commentary names: a person of the council, or a post in words, which has no code.
static const struct person *person_said(struct build *b, const char *text)
{
    const struct person *known = council_person(b->council, text);
    if (known != NULL || text == NULL) {
        return known;
    }
    struct person *post = ARENA_NEW(b->arena, struct person);
    post->code = "";
    post->name = text;
    return post;
}

static bool fill_commentary(struct build *b, struct measure *measures)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_COMMENTARY, &rows)) {
        return false;
    }
    const struct council *c = b->council;
    size_t *counts = count_by_measure(b, &rows, COMMENTARY_MEASURE);
    struct commentary **open = ARENA_ARRAY(b->arena, c->measure_count + 1, struct commentary *);
    for (size_t i = 0; i < c->measure_count; i++) {
        measures[i].commentary = open[i] = ARENA_ARRAY(b->arena, counts[i], struct commentary);
    }
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        size_t at = code_index_get(c->by_code[INDEX_MEASURES], cell_text(r, COMMENTARY_MEASURE));
        if (at == SIZE_MAX) {
            continue;
        }
        open[at][measures[at].commentary_count++] = (struct commentary){
            .period = cell_period(b, r, COMMENTARY_PERIOD),
            .what_happened = cell_text(r, COMMENTARY_WHAT_HAPPENED),
            .why = cell_text(r, COMMENTARY_WHY),
            .action = cell_text(r, COMMENTARY_ACTION),
            .action_owner = person_said(b, cell_text(r, COMMENTARY_ACTION_OWNER)),
            .author = person_said(b, cell_text(r, COMMENTARY_AUTHOR)),
            .action_due = cell_day(r, COMMENTARY_ACTION_DUE)};
    }
    for (size_t i = 0; i < c->measure_count; i++) {
        qsort(open[i], measures[i].commentary_count, sizeof **open, commentary_order);
    }
    return true;
}

// A picture of an earlier day keeps back what is kept back now, too.
static bool take_small_numbers(struct build *b, struct measure *measures)
{
    struct store_rows now;
    if (b->at == DAY_NONE) {
        return true;
    }
    if (!store_rows(b->db, b->arena, KIND_MEASURE, b->organisation, STORE_CURRENT, &now, b->err)) {
        return false;
    }
    for (size_t i = 0; i < now.count; i++) {
        const struct store_row *r = &now.rows[i];
        size_t at = code_index_get(b->council->by_code[INDEX_MEASURES], cell_text(r, MEASURE_CODE));
        int small = cell_int(r, MEASURE_SMALL_NUMBER, 0);
        if (at != SIZE_MAX && small > measures[at].small_number) {
            measures[at].small_number = small;
        }
    }
    return true;
}

bool build_measures(struct build *b)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_MEASURE, &rows)) {
        return false;
    }
    struct council *c = b->council;
    struct measure *measures = ARENA_ARRAY(b->arena, rows.count, struct measure);
    struct code_index *x = code_index_new(b->arena, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        measures[i].index = i;
        fill_ways(&measures[i], &rows.rows[i]);
        if (!fill_measure(b, &measures[i], &rows.rows[i])) {
            return err_set(b->err, ERR_SYSTEM, "Measure %s in the record is of no known kind.",
                           measures[i].code);
        }
        code_index_put(x, measures[i].code, i);
    }
    c->by_code[INDEX_MEASURES] = x;
    c->measures = measures;
    c->measure_count = rows.count;
    return take_small_numbers(b, measures) && link_aims(b, measures) &&
           fill_overrides(b, measures) && fill_commentary(b, measures);
}
