#include "view/measure_why.h"

#include <string.h>

#include "view/measure_formula.h"
#include "view/words.h"
#include "view/words_measure.h"
#include "view/words_rule.h"

// `href`: where the figure of a fact comes from, a place on the same page.
static void fact_at(struct tree *list, const char *key, const char *value, const char *note,
                    const char *href)
{
    if (value == NULL || value[0] == '\0') {
        return;
    }
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "key", key);
    tree_text(item, "value", value);
    tree_text(item, "note", note == NULL || note[0] == '\0' ? NULL : note);
    tree_text(item, "href", href);
}

static void fact(struct tree *list, const char *key, const char *value, const char *note)
{
    fact_at(list, key, value, note, NULL);
}

static void add(struct buf *b, const char *sentence)
{
    if (sentence != NULL && sentence[0] != '\0') {
        buf_text(b, b->length > 0 ? " " : "");
        buf_text(b, sentence);
    }
}

enum { NOTE_MAX = 16384 };

// What people wrote, with a full stop before the next sentence.
static const char *ended(struct arena *a, const char *text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    return length == 0 || strchr(".!?", text[length - 1]) != NULL ? text
                                                                  : arena_printf(a, "%s.", text);
}

static void put_figure(struct page_request *q, struct tree *list, const struct reading *r)
{
    struct arena *a = q->arena;
    const struct council *c = q->council;
    struct buf note = buf_new(a, NOTE_MAX);
    const char *of = words_fraction(a, r->numerator, r->denominator);
    if (of != NULL) {
        add(&note, arena_printf(a, "%s.", of));
    }
    add(&note, words_made_of(a, r));
    if (r->marker != MARKER_NONE && r->value.present) {
        add(&note, arena_printf(a, "Marked %s.", words_marker(r->marker)));
    }
    if (r->carried) {
        add(&note, arena_printf(a, "It is the latest due by %s.",
                                words_period_short(a, r->asked, c->year_start)));
    }
    fact_at(list, "Figure",
            arena_printf(a, "%s for %s", words_value(a, c, r),
                         words_period_short(a, r->period, c->year_start)),
            buf_cstr(&note), "#history");
}

static void put_target(struct page_request *q, struct tree *list, const struct reading *r)
{
    struct arena *a = q->arena;
    const struct target *t = r->target;
    struct buf note = buf_new(a, NOTE_MAX);
    if (r->target_of_year) {
        add(&note, "It is the target of the whole year.");
    }
    if (t == NULL && r->why.input.target.present) {
        add(&note, "It is the sum of the targets of its parts.");
    }
    if (t != NULL && t->agreed_by != NULL) {
        add(&note, t->agreed_on == DAY_NONE ? arena_printf(a, "Agreed by %s.", t->agreed_by)
                                            : arena_printf(a, "Agreed by %s on %s.", t->agreed_by,
                                                           day_shown(a, t->agreed_on)));
    }
    add(&note, t == NULL ? NULL : ended(a, t->rationale));
    const char *changes = words_target_changes(a, r->measure, t);
    if (changes != NULL) {
        add(&note, arena_printf(a, "%s.", changes));
    }
    fact_at(list, "Target", words_goal(a, r), buf_cstr(&note),
            r->series->target_count > 0 ? "#targets" : NULL);
}

static void put_rule(struct page_request *q, struct tree *list, const struct reading *r)
{
    struct arena *a = q->arena;
    const struct measure *m = r->measure;
    if (r->rule == NULL) {
        fact(list, "Rule",
             m->rule_code == NULL
                 ? "No rule: its figures are shown and not judged"
                 : arena_printf(a, "No version of %s is in force for this period", m->rule_code),
             NULL);
        return;
    }
    struct words_unit unit = words_unit_of(m);
    struct buf note = buf_new(a, NOTE_MAX);
    add(&note, words_rule(a, &r->why.rule, &unit));
    const struct target *t = r->target;
    if (t != NULL && (t->green_within.present || t->amber_within.present)) {
        add(&note, "The tolerance was agreed for this target and goes before the rule's own.");
    }
    if (m->min_denominator.present) {
        add(&note,
            arena_printf(a, "Fewer than %s cases are not judged.",
                         dec_shown(a, m->min_denominator, dec_trim(m->min_denominator).scale)));
    }
    fact(list, "Rule",
         arena_printf(a, "%s: %s. %s.", r->rule->code, r->rule->title,
                      words_rule_version(a, r->rule)),
         buf_cstr(&note));
}

// `there`: the figure of that period, whether it can be compared or not.
static void put_earlier(struct page_request *q, struct tree *list, const char *key,
                        const struct travel_result *t, const struct measure *m, struct period p,
                        struct dec there)
{
    struct arena *a = q->arena;
    const char *when = words_period_short(a, p, q->council->year_start);
    if (!t->before.present && there.present) {
        fact(list, key,
             arena_printf(a, "%s in %s: not comparable, for figures are the year so far",
                          words_figure(a, m, there), when),
             NULL);
        return;
    }
    if (!t->before.present) {
        fact(list, key, arena_printf(a, "No figure for %s to compare it with", when), NULL);
        return;
    }
    const char *before = words_figure(a, m, t->before);
    fact(list, key,
         t->travel == TRAVEL_NOT_COMPARABLE
             ? arena_printf(a, "%s in %s: not comparable", before, when)
             : arena_printf(a, "%s in %s: %s%s", before, when,
                            t->travel == TRAVEL_SAME ? "" : "since then ",
                            t->travel == TRAVEL_IMPROVED ? "better"
                            : t->travel == TRAVEL_WORSE  ? "worse"
                                                         : "the same"),
         NULL);
}

static void put_judgement(struct page_request *q, struct tree *list, const struct reading *r)
{
    struct arena *a = q->arena;
    const struct override *o = r->override;
    if (o == NULL) {
        return;
    }
    struct buf who = buf_new(a, NOTE_MAX);
    buf_text(&who, o->by == NULL ? "" : arena_printf(a, "By %s", o->by));
    buf_text(&who, o->on == DAY_NONE ? "" : arena_printf(a, ", %s", day_shown(a, o->on)));
    fact(list, "Set by judgement", arena_printf(a, "%s: %s", words_status(o->status), o->reason),
         buf_cstr(&who));
    struct words_unit unit = words_unit_of(r->measure);
    fact(list, "Computed beside it",
         r->why.reason == REASON_AWAITS_JUDGEMENT ? "Nothing: this rule leaves the status to people"
                                                  : words_status(r->why.status),
         r->why.reason == REASON_AWAITS_JUDGEMENT
             ? NULL
             : arena_printf(a, "%s.", words_status_reason(a, &r->why, &unit)));
}

void measure_why(struct page_request *q, struct tree *list, const struct reading *r)
{
    const struct measure *m = r->measure;
    put_judgement(q, list, r);
    put_figure(q, list, r);
    measure_formula_facts(q, list, r);
    put_target(q, list, r);
    put_rule(q, list, r);
    fact(list, "Difference", words_difference(q->arena, r), NULL);
    fact(list, "What it would take", words_bounds(q->arena, r), NULL);
    if (!r->value.present || m->value_type == VALUE_YES_NO) {
        return;
    }
    if (!period_equal(r->previous_period, r->last_year_period)) {
        put_earlier(q, list, "The period before", &r->short_travel, m, r->previous_period,
                    r->previous);
    }
    put_earlier(q, list, "A year before", &r->long_travel, m, r->last_year_period,
                r->long_travel.before);
}
