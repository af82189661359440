#include "fixture_engine.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "model/value_cell.h"

// The fixtures' councils are made to be changed before they are looked at.
static struct council *open_council(const struct council *c)
{
    return (struct council *)(uintptr_t)c;
}

static struct measure *measure_named(const struct council *c, const char *code)
{
    const struct measure *m = council_measure(c, code);
    assert_non_null(m);
    return (struct measure *)(uintptr_t)m;
}

static struct series *series_named(const struct council *c, const char *code, const char *part)
{
    const struct measure *m = measure_named(c, code);
    for (size_t i = 0; i < m->series_count; i++) {
        if (strcmp(m->series[i].part, part) == 0) {
            return (struct series *)(uintptr_t)&m->series[i];
        }
    }
    fail_msg("measure %s has no part \"%s\"", code, part);
    return NULL;
}

// "WORD rest" of a list: false at its end.
static bool next_item(struct arena *a, const char **at, const char **ret_word,
                      const char **ret_rest)
{
    *at += strspn(*at, " ,");
    size_t length = strcspn(*at, ",");
    if (length == 0) {
        return false;
    }
    const char *item = arena_textn(a, *at, length);
    size_t word = strcspn(item, " ");
    *ret_word = arena_textn(a, item, word);
    *ret_rest = item + word + strspn(item + word, " ");
    *at += length;
    return true;
}

static size_t items_in(const char *list)
{
    size_t count = 1;
    for (; *list != '\0'; list++) {
        count += *list == ',';
    }
    return count;
}

static struct period period_said(const struct council *c, const char *id)
{
    struct period p;
    if (!period_parse_id(id, strlen(id), c->year_start, &p)) {
        fail_msg("\"%s\" is no period", id);
    }
    return p;
}

static struct dec number_said(const char *text)
{
    struct dec d = DEC_NONE;
    if (!dec_parse(text, strlen(text), &d)) {
        fail_msg("\"%s\" is no number", text);
    }
    return d;
}

void give_rebases(const struct council *c, const char *measure, const char *part,
                  const char *rebases)
{
    struct series *s = series_named(c, measure, part);
    struct rebase *all = ARENA_ARRAY(c->arena, items_in(rebases), struct rebase);
    const char *period = NULL, *reason = NULL;
    s->rebase_count = 0;
    while (next_item(c->arena, &rebases, &period, &reason)) {
        all[s->rebase_count++] = (struct rebase){.period = period_said(c, period),
                                                 .reason = reason,
                                                 .by = "Head of Service",
                                                 .agreed_on = DAY_NONE,
                                                 .version = 1};
    }
    s->rebases = all;
}

void give_forecasts(const struct council *c, const char *measure, const char *part,
                    const char *forecasts)
{
    struct series *s = series_named(c, measure, part);
    struct forecast *all = ARENA_ARRAY(c->arena, items_in(forecasts), struct forecast);
    const char *year = NULL, *value = NULL;
    s->forecast_count = 0;
    while (next_item(c->arena, &forecasts, &year, &value)) {
        all[s->forecast_count++] = (struct forecast){.period = period_said(c, year),
                                                     .forecast = number_said(value),
                                                     .reason = "As the orders stand",
                                                     .by = "Head of Service",
                                                     .on = DAY_NONE,
                                                     .known_from = DAY_NONE,
                                                     .version = 1};
    }
    s->forecasts = all;
}

void give_group(const struct council *c, const char *code, const char *members)
{
    struct council *open = open_council(c);
    size_t count = c->comparator_group_count;
    struct comparator_group *groups = ARENA_ARRAY(c->arena, count + 1, struct comparator_group);
    struct comparator *all = ARENA_ARRAY(c->arena, items_in(members), struct comparator);
    if (count > 0) {
        memcpy(groups, c->comparator_groups, count * sizeof *groups);
    }
    size_t made = 0;
    const char *organisation = NULL, *name = NULL;
    while (next_item(c->arena, &members, &organisation, &name)) {
        all[made] =
            (struct comparator){organisation, name[0] == '\0' ? organisation : name, (int)made + 1};
        made++;
    }
    groups[count] =
        (struct comparator_group){.code = code, .name = code, .members = all, .member_count = made};
    open->comparator_groups = groups;
    open->comparator_group_count = count + 1;
}

static const char *name_of(const struct council *c, const char *organisation)
{
    for (size_t i = 0; i < c->comparator_group_count; i++) {
        const struct comparator_group *g = &c->comparator_groups[i];
        for (size_t k = 0; k < g->member_count; k++) {
            if (strcmp(g->members[k].organisation, organisation) == 0) {
                return g->members[k].name;
            }
        }
    }
    return organisation;
}

static struct figure figure_said(const struct council *c, const char *period, const char *value)
{
    struct figure f = {.period = period_said(c, period), .known_from = DAY_NONE, .version = 1};
    const char *slash = strchr(value, '/');
    if (value_mark((struct slice){value, strlen(value)}, &f.marker)) {
        f.text = value;
    } else if (slash != NULL) {
        f.numerator = number_said(arena_textn(c->arena, value, (size_t)(slash - value)));
        f.denominator = number_said(slash + 1);
    } else {
        f.value = number_said(value);
    }
    return f;
}

void give_comparisons(const struct council *c, const char *measure, const char *organisation,
                      const char *figures)
{
    struct measure *m = measure_named(c, measure);
    size_t count = m->comparison_count;
    struct comparison_series *all = ARENA_ARRAY(c->arena, count + 1, struct comparison_series);
    struct figure *given = ARENA_ARRAY(c->arena, items_in(figures), struct figure);
    if (count > 0) {
        memcpy(all, m->comparisons, count * sizeof *all);
    }
    size_t made = 0;
    const char *period = NULL, *value = NULL;
    while (next_item(c->arena, &figures, &period, &value)) {
        given[made++] = figure_said(c, period, value);
    }
    all[count] = (struct comparison_series){organisation, name_of(c, organisation), given, made};
    m->comparisons = all;
    m->comparison_count = count + 1;
}

void give_referral_rule(const struct council *c, const char *code, const char *kind, int n, int m)
{
    struct council *open = open_council(c);
    size_t count = c->referral_rule_count;
    struct referral_rule *all = ARENA_ARRAY(c->arena, count + 1, struct referral_rule);
    if (count > 0) {
        memcpy(all, c->referral_rules, count * sizeof *all);
    }
    all[count] = (struct referral_rule){
        .code = code, .title = code, .kind = kind, .n = n, .m = m, .from = DAY_NONE};
    open->referral_rules = all;
    open->referral_rule_count = count + 1;
}
