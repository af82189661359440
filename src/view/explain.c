// One status in full, fact by fact, as an officer would lay it out.

#include <string.h>

#include "view/parts.h"
#include "view/statuses.h"
#include "view/words.h"
#include "view/words_rule.h"

static void fact(struct tree *list, const char *key, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "key", key);
        tree_text(item, "value", value);
    }
}

static void figure_facts(struct page_request *q, struct tree *list, const struct reading *r)
{
    struct arena *a = q->arena;
    const struct measure *m = r->measure;
    int year_start = q->council->year_start;
    fact(list, "Measure", arena_printf(a, "%s %s", m->code, m->title));
    fact(list, "Part", r->series->part);
    fact(list, "Period",
         r->carried
             ? arena_printf(a, "%s (the latest due by %s)", words_period(a, r->period, year_start),
                            words_period(a, r->asked, year_start))
             : words_period(a, r->period, year_start));
    fact(list, "Figure", words_value(a, q->council, r));
    if (r->numerator.present && r->denominator.present) {
        fact(list, "Made of",
             arena_printf(a, "%s of %s",
                          dec_shown(a, dec_trim(r->numerator), dec_trim(r->numerator).scale),
                          dec_shown(a, dec_trim(r->denominator), dec_trim(r->denominator).scale)));
    }
    if (r->expected > 0) {
        fact(list, "Added up",
             arena_printf(a, "%d of %d parts. %s", r->present, r->expected,
                          words_aggregation(m->aggregation, m->cumulative)));
    }
    fact(list, "Marker", words_marker(r->marker));
    fact(list, "Due", day_shown(a, r->due));
    fact(list, "Good is", words_polarity(m->polarity));
}

static void target_facts(struct page_request *q, struct tree *list, const struct reading *r)
{
    struct arena *a = q->arena;
    fact(list, "Target", words_goal(a, r));
    if (r->target_of_year) {
        fact(list, "Target is of", "the financial year around this period");
    }
    const struct target *t = r->target;
    if (t != NULL) {
        fact(list, "Agreed by",
             t->agreed_by == NULL || t->agreed_on == DAY_NONE
                 ? t->agreed_by
                 : arena_printf(a, "%s, %s", t->agreed_by, day_shown(a, t->agreed_on)));
        fact(list, "Why this target", t->rationale);
        if (t->before != NULL) {
            fact(list, "Target before",
                 arena_printf(a, "%s, until %s", words_figure(a, r->measure, t->before->target),
                              day_shown(a, t->known_from)));
        }
    }
}

static void rule_facts(struct page_request *q, struct tree *list, const struct reading *r)
{
    struct arena *a = q->arena;
    struct words_unit unit = words_unit_of(r->measure);
    if (r->rule == NULL) {
        fact(list, "Rule", "none is in force for this period");
        return;
    }
    fact(list, "Rule",
         arena_printf(a, "%s: %s", r->rule->code, words_rule(a, &r->why.rule, &unit)));
    fact(list, "Rule version", words_rule_version(a, r->rule));
    if (r->why.difference.present) {
        fact(list, "Difference",
             arena_printf(a, "%s %s%s%s%s", words_unit_figure(a, &unit, r->why.difference),
                          r->why.worse ? "worse" : "better or equal",
                          r->why.difference_percent.present ? " (" : "",
                          r->why.difference_percent.present
                              ? dec_shown(a, r->why.difference_percent, 1)
                              : "",
                          r->why.difference_percent.present ? "% of the target)" : ""));
    }
    if (r->why.green_bound.present) {
        fact(list, "On target up to",
             words_unit_figure(a,
                               &(struct words_unit){.prefix = unit.prefix,
                                                    .suffix = unit.suffix,
                                                    .noun = unit.noun,
                                                    .noun_one = unit.noun_one,
                                                    .decimals = -1},
                               dec_trim(r->why.green_bound)));
    }
    if (r->why.amber_bound.present) {
        fact(list, "Slightly off up to",
             words_unit_figure(a,
                               &(struct words_unit){.prefix = unit.prefix,
                                                    .suffix = unit.suffix,
                                                    .noun = unit.noun,
                                                    .noun_one = unit.noun_one,
                                                    .decimals = -1},
                               dec_trim(r->why.amber_bound)));
    }
}

static void travel_fact(struct page_request *q, struct tree *list, const char *key,
                        const struct travel_result *t, const struct measure *m, struct period p)
{
    if (!t->before.present) {
        fact(list, key, "not comparable: there is no figure to compare with");
        return;
    }
    fact(list, key,
         arena_printf(q->arena, "%s, from %s in %s", words_travel(t->travel),
                      words_figure(q->arena, m, t->before),
                      words_period_short(q->arena, p, q->council->year_start)));
}

void view_explain(struct page_request *q, struct tree *page, const struct reading *r)
{
    struct arena *a = q->arena;
    tree_text(page, "measure", r->measure->code);
    tree_text(page, "title", r->measure->title);
    tree_text(page, "part", r->series->part);
    tree_text(page, "period", period_id(a, r->period, q->council->year_start));
    part_status(page, "status", r->status);
    part_status(page, "computed_status", r->why.status);
    tree_text(page, "reason_code", status_reason_code(r->why.reason));
    tree_text(page, "sentence", words_reading(a, q->council, r));
    struct tree *list = tree_list(page, "facts");
    figure_facts(q, list, r);
    target_facts(q, list, r);
    rule_facts(q, list, r);
    travel_fact(q, list, "Since the period before", &r->short_travel, r->measure,
                r->previous_period);
    travel_fact(q, list, "Since a year ago", &r->long_travel, r->measure, r->last_year_period);
    if (r->override != NULL) {
        fact(list, "Set by judgement",
             arena_printf(a, "%s, by %s%s%s", words_status(r->override->status), r->override->by,
                          r->override->on == DAY_NONE ? "" : ", ",
                          r->override->on == DAY_NONE ? "" : day_shown(a, r->override->on)));
        fact(list, "Reason for it", r->override->reason);
        fact(list, "Computed", words_status(r->why.status));
    }
    fact(list, "Status", words_status(r->status));
}
