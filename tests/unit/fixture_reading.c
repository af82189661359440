#include "fixture_reading.h"

#include <stdlib.h>
#include <string.h>

#include "domain/code_index.h"

enum { YEAR_START = 4 };

struct period period_named(const char *id)
{
    struct period p;
    if (!period_parse_id(id, strlen(id), YEAR_START, &p)) {
        fail_msg("\"%s\" is no period", id);
    }
    return p;
}

day day_named(const char *text)
{
    day d = DAY_NONE;
    if (!day_parse(text, strlen(text), &d)) {
        fail_msg("\"%s\" is no date", text);
    }
    return d;
}

struct dec dec_named(const char *text)
{
    struct dec d = DEC_NONE;
    if (text != NULL && text[0] != '\0' && !dec_parse(text, strlen(text), &d)) {
        fail_msg("\"%s\" is no figure", text);
    }
    return d;
}

#define DEC(n)                                                                                     \
    {                                                                                              \
        (n), 0, true                                                                               \
    }

static void put_rules(struct council *c)
{
    static const struct rule std10 = {
        .kind = RULE_TOLERANCE, .amber_within = DEC(10), .within_unit = WITHIN_PERCENT};
    static const struct rule std5 = {
        .kind = RULE_TOLERANCE, .amber_within = DEC(5), .within_unit = WITHIN_PERCENT};
    static const struct rule held = {.kind = RULE_TOLERANCE,
                                     .amber_within = DEC(5),
                                     .within_unit = WITHIN_PERCENT,
                                     .beyond = BEYOND_TRAVEL_LAST_PERIOD};
    static const struct rule year = {.kind = RULE_TOLERANCE,
                                     .amber_within = DEC(5),
                                     .within_unit = WITHIN_PERCENT,
                                     .beyond = BEYOND_TRAVEL_LAST_YEAR};
    const struct rule_version rules[] = {
        {.code = "ABS",
         .from = DAY_NONE,
         .rule = {.kind = RULE_TOLERANCE, .amber_within = DEC(2), .within_unit = WITHIN_ABSOLUTE}},
        {.code = "HELD", .from = DAY_NONE, .rule = held},
        {.code = "JUDGE", .from = DAY_NONE, .rule = {.kind = RULE_JUDGEMENT}},
        {.code = "MET", .from = DAY_NONE, .rule = {.kind = RULE_TARGET_ONLY}},
        {.code = "RNG",
         .from = DAY_NONE,
         .rule = {.kind = RULE_RANGE, .amber_within = DEC(2), .within_unit = WITHIN_ABSOLUTE}},
        {.code = "STD", .from = DAY_NONE, .rule = std10},
        {.code = "STD", .from = day_named("2013-04-01"), .rule = std5},
        {.code = "TWO", .from = DAY_NONE, .rule = {.kind = RULE_TWO_TARGETS}},
        {.code = "YEAR", .from = DAY_NONE, .rule = year},
    };
    struct rule_version *kept = ARENA_ARRAY(c->arena, COUNT_OF(rules), struct rule_version);
    memcpy(kept, rules, sizeof rules);
    c->rules = kept;
    c->rule_count = COUNT_OF(rules);
}

struct council *council_of(struct arena *a, const char *today)
{
    struct council *c = ARENA_NEW(a, struct council);
    c->arena = a;
    c->code = "test";
    c->name = "Test Council";
    c->year_start = YEAR_START;
    c->today = day_named(today);
    c->at = DAY_NONE;
    c->measures = ARENA_ARRAY(a, FIXTURE_MEASURES, struct measure);
    c->by_code[INDEX_MEASURES] = code_index_new(a, FIXTURE_MEASURES);
    put_rules(c);
    return c;
}

// The next word of `*at` (ends at a blank, or at ", "), or NULL.
static const char *next_word(struct arena *a, const char **at)
{
    *at += strspn(*at, " ");
    size_t length = strcspn(*at, " ");
    const char *word = length == 0 ? NULL : arena_textn(a, *at, length);
    *at += length;
    return word;
}

// The value behind "name=" when the word begins so.
static const char *behind(const char *word, const char *name)
{
    size_t length = strlen(name);
    return strncmp(word, name, length) == 0 && word[length] == '=' ? word + length + 1 : NULL;
}

static bool take_class(struct measure *m, const char *word)
{
    static const struct {
        const char *word;
        unsigned bit;
    } classes[] = {{"corporate", CLASS_CORPORATE},
                   {"service", CLASS_SERVICE},
                   {"statutory", CLASS_STATUTORY},
                   {"organisational", CLASS_ORGANISATIONAL}};
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        if (strcmp(word, classes[i].word) == 0) {
            m->classes |= classes[i].bit;
            return true;
        }
    }
    return false;
}

// How the engine is to work on it.
static bool take_way(struct measure *m, const char *word)
{
    const struct {
        const char *name, **field;
    } ways[] = {{"limits", &m->limits},
                {"compare", &m->compare_with},
                {"forecast", &m->forecast_by},
                {"missing", &m->missing_parts},
                {"zero", &m->zero_denominator}};
    const char *value = behind(word, "small");
    if (value != NULL) {
        m->small_number = (int)dec_named(value).units;
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        if ((value = behind(word, ways[i].name)) != NULL) {
            *ways[i].field = value;
            return true;
        }
    }
    return false;
}

static void take_option(struct measure *m, const char *word)
{
    const char *value = NULL;
    if (strcmp(word, "cumulative") == 0) {
        m->cumulative = true;
    } else if (strcmp(word, "contextual") == 0) {
        m->contextual = true;
    } else if (strcmp(word, "development") == 0) {
        m->state = MEASURE_DEVELOPMENT;
    } else if (strcmp(word, "retired") == 0) {
        m->state = MEASURE_RETIRED;
    } else if ((value = behind(word, "retired")) != NULL) {
        m->state = MEASURE_RETIRED;
        m->retired_on = day_named(value);
    } else if ((value = behind(word, "decimals")) != NULL) {
        m->decimals = (int)dec_named(value).units;
    } else if ((value = behind(word, "lag")) != NULL) {
        m->lag_days = (int)dec_named(value).units;
    } else if ((value = behind(word, "per")) != NULL) {
        m->per = dec_named(value).units;
    } else if ((value = behind(word, "cases")) != NULL) {
        m->min_denominator = dec_named(value);
    } else if ((value = behind(word, "rule")) != NULL) {
        m->rule_code = value;
    } else if (!take_class(m, word) && !take_way(m, word)) {
        fail_msg("\"%s\" says nothing about a measure", word);
    }
}

struct measure *add_measure(struct council *c, const char *code, const char *words)
{
    assert_true(c->measure_count < FIXTURE_MEASURES);
    struct measure *m = (struct measure *)(uintptr_t)&c->measures[c->measure_count];
    struct series *whole = ARENA_NEW(c->arena, struct series);
    whole->part = "";
    *m = (struct measure){.code = code,
                          .title = code,
                          .retired_on = DAY_NONE,
                          .missing_parts = "blank",
                          .zero_denominator = "blank",
                          .limits = "mdc",
                          .series = whole,
                          .series_count = 1,
                          .index = c->measure_count};
    const char *at = words;
    const char *type = next_word(c->arena, &at);
    m->frequency_text = next_word(c->arena, &at);
    const char *aggregation = next_word(c->arena, &at);
    const char *polarity = next_word(c->arena, &at);
    m->frequency = period_kind_from_text(m->frequency_text);
    if (!model_value_type(type, &m->value_type) ||
        !aggregation_from_text(aggregation, &m->aggregation) ||
        !polarity_from_text(polarity, &m->polarity)) {
        fail_msg("\"%s\" is no measure", words);
    }
    for (const char *word = next_word(c->arena, &at); word != NULL;
         word = next_word(c->arena, &at)) {
        take_option(m, word);
    }
    code_index_put(c->by_code[INDEX_MEASURES], code, c->measure_count);
    c->measure_count++;
    return m;
}

// ---- figures and targets ----

static size_t count_items(const char *list)
{
    size_t count = list == NULL || list[0] == '\0' ? 0 : 1;
    for (const char *p = list; count > 0 && *p != '\0'; p++) {
        count += *p == ',' ? 1 : 0;
    }
    return count;
}

// The next item of a list parted by commas, or NULL.
static const char *next_item(struct arena *a, const char **at)
{
    if (*at == NULL || **at == '\0') {
        return NULL;
    }
    *at += strspn(*at, " ");
    size_t length = strcspn(*at, ",");
    const char *item = arena_textn(a, *at, length);
    *at += length + ((*at)[length] == ',' ? 1 : 0);
    return item;
}

static void take_value(struct arena *a, struct figure *f, const char *word)
{
    const char *slash = strchr(word, '/');
    if (strcmp(word, "-") == 0) {
        return;
    }
    if (slash != NULL) {
        f->numerator = dec_named(arena_textn(a, word, (size_t)(slash - word)));
        f->denominator = dec_named(slash + 1);
    } else if (!dec_parse(word, strlen(word), &f->value)) {
        // As the store gives it: the word, and of yes and no a number too.
        f->text = word;
        f->value = strcmp(word, "yes") == 0  ? dec_int(1)
                   : strcmp(word, "no") == 0 ? dec_int(0)
                                             : DEC_NONE;
    }
}

static struct figure figure_said(struct arena *a, const char *item)
{
    struct figure f = {.known_from = DAY_NONE, .version = 1};
    const char *at = item;
    f.period = period_named(next_word(a, &at));
    take_value(a, &f, next_word(a, &at));
    const char *marker = next_word(a, &at);
    if (!model_marker(marker, &f.marker)) {
        fail_msg("\"%s\" is no marker", marker);
    }
    return f;
}

static struct target target_said(struct arena *a, const char *item)
{
    struct target t = {.agreed_on = DAY_NONE, .known_from = DAY_NONE, .version = 1};
    const char *at = item;
    t.period = period_named(next_word(a, &at));
    const char *goal = next_word(a, &at);
    const char *dots = strstr(goal, "..");
    if (dots != NULL) {
        t.lower = dec_named(arena_textn(a, goal, (size_t)(dots - goal)));
        t.upper = dec_named(dots + 2);
    } else {
        t.target = dec_named(goal);
    }
    for (const char *word = next_word(a, &at); word != NULL; word = next_word(a, &at)) {
        const char *amber = behind(word, "amber"), *green = behind(word, "green");
        const char *within = behind(word, "within");
        t.amber = amber != NULL ? dec_named(amber) : t.amber;
        t.green_within = green != NULL ? dec_named(green) : t.green_within;
        t.amber_within = within != NULL ? dec_named(within) : t.amber_within;
    }
    return t;
}

static int figure_order(const void *left, const void *right)
{
    return period_compare(((const struct figure *)left)->period,
                          ((const struct figure *)right)->period);
}

static int target_order(const void *left, const void *right)
{
    return period_compare(((const struct target *)left)->period,
                          ((const struct target *)right)->period);
}

static struct series *series_named(struct council *c, struct measure *m, const char *part)
{
    struct series *all = (struct series *)(uintptr_t)m->series;
    for (size_t i = 0; i < m->series_count; i++) {
        if (strcmp(all[i].part, part) == 0) {
            return &all[i];
        }
    }
    all = arena_grow(c->arena, all, m->series_count, m->series_count + 1, sizeof *all);
    all[m->series_count].part = part;
    m->series = all;
    return &all[m->series_count++];
}

void set_figures(struct council *c, struct measure *m, const char *part, const char *figures,
                 const char *targets)
{
    struct series *s = series_named(c, m, part);
    struct figure *f = ARENA_ARRAY(c->arena, count_items(figures), struct figure);
    struct target *t = ARENA_ARRAY(c->arena, count_items(targets), struct target);
    const char *at = figures, *item = NULL;
    s->figure_count = s->target_count = 0;
    while ((item = next_item(c->arena, &at)) != NULL) {
        f[s->figure_count++] = figure_said(c->arena, item);
    }
    at = targets;
    while ((item = next_item(c->arena, &at)) != NULL) {
        t[s->target_count++] = target_said(c->arena, item);
    }
    qsort(f, s->figure_count, sizeof *f, figure_order);
    qsort(t, s->target_count, sizeof *t, target_order);
    s->figures = f;
    s->targets = t;
}

void set_overrides(struct council *c, struct measure *m, const char *overrides)
{
    struct override *o = ARENA_ARRAY(c->arena, count_items(overrides), struct override);
    const char *at = overrides, *item = NULL;
    m->override_count = 0;
    while ((item = next_item(c->arena, &at)) != NULL) {
        const char *word = item;
        o[m->override_count] = (struct override){.period = period_named(next_word(c->arena, &word)),
                                                 .reason = "Because it was so",
                                                 .by = "Head of Service",
                                                 .on = DAY_NONE,
                                                 .version = 1};
        o[m->override_count].status = status_from_code(next_word(c->arena, &word));
        assert_true(o[m->override_count].status != STATUS_COUNT);
        m->override_count++;
    }
    m->overrides = o;
}
