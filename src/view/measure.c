#include "view/measure.h"

#include <string.h>

#include "view/actions.h"
#include "view/edit_form.h"
#include "view/links.h"
#include "view/measure_comparison.h"
#include "view/measure_formula.h"
#include "view/measure_parts.h"
#include "view/measure_why.h"
#include "view/parts.h"
#include "view/words.h"
#include "view/words_measure.h"

static const struct series *find_part(const struct measure *m, const char *part)
{
    for (size_t i = 0; i < m->series_count; i++) {
        if (strcmp(m->series[i].part, part == NULL ? "" : part) == 0) {
            return &m->series[i];
        }
    }
    return NULL;
}

static void put_head(struct measure_page *p)
{
    struct page_request *q = p->q;
    const struct measure *m = p->measure;
    const char *part = p->series->part[0] == '\0' ? NULL : p->series->part;
    page_title(p->page, arena_printf(q->arena, part == NULL ? "%s %s" : "%s %s: %s", m->code,
                                     m->title, part));
    page_crumb(p->page, "Measures", page_href(q, "measures", NULL));
    if (part != NULL) {
        page_crumb(p->page, m->code, page_href_with(q, "part", NULL));
    }
    edit_links_put(q, p->page, KIND_MEASURE, m->code);
    tree_text(p->page, "collect_href", page_href(q, "collect", NULL));
    tree_text(p->page, "code", m->code);
    tree_text(p->page, "title", m->title);
    tree_text(p->page, "part", part);
    tree_text(p->page, "whole_href", part == NULL ? NULL : page_href_with(q, "part", NULL));
    struct tree *caption = tree_list(p->page, "caption");
    if (m->unit != NULL) {
        fact_put(caption, "Unit", m->unit->name, page_href(q, "units", m->unit->code));
    }
    fact_put(caption, "Owner", m->owner == NULL ? "nobody yet" : m->owner->name, NULL);
    fact_put(caption, "Measured", words_frequency(m), NULL);
    fact_put(caption, "Good is", words_polarity(m->polarity), NULL);
}

static void put_reading(struct measure_page *p)
{
    struct page_request *q = p->q;
    const struct reading *r = &p->reading;
    const struct council *c = q->council;
    part_exception(q, tree_map(p->page, "reading"), r);
    bool words = reading_has_words(r);
    words = words || (r->override != NULL && p->measure->value_type == VALUE_YES_NO);
    tree_text(p->page, "said", words ? words_value(q->arena, c, r) : NULL);
    // For a year the period before is the year before: one comparison is enough.
    tree_bool(p->page, "one_travel", period_equal(r->previous_period, r->last_year_period));
    tree_text(p->page, "state_note", words_state_note(q->arena, p->measure));
    tree_text(p->page, "due_note", words_due_note(q->arena, c, r));
    // A figure carried on tells its period in the sentence already.
    bool other = !period_equal(r->period, r->asked) && !(r->carried && r->value.present);
    tree_text(p->page, "period_note",
              other ? words_period(q->arena, r->period, c->year_start) : NULL);
    tree_bool(p->page, "asks_action",
              r->status == STATUS_OFF_TARGET || r->status == STATUS_SLIGHTLY_OFF);
}

static void put_said(struct page_request *q, struct tree *list, const struct commentary *said)
{
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "period", words_period_short(q->arena, said->period, q->council->year_start));
    tree_text(item, "what_happened", said->what_happened);
    tree_text(item, "why", said->why);
    tree_text(item, "action", said->action);
    tree_text(item, "action_owner", name_of(said->action_owner));
    tree_text(item, "action_due",
              said->action_due == DAY_NONE ? NULL : day_shown(q->arena, said->action_due));
}

// Commentary of other periods, the newest first: what was said before, and whether it was done.
static void put_story(struct measure_page *p)
{
    const struct measure *m = p->measure;
    struct tree *story = tree_map(p->page, "story");
    struct tree *earlier = tree_list(story, "earlier");
    for (size_t i = m->commentary_count; i > 0; i--) {
        const struct commentary *said = &m->commentary[i - 1];
        if (!period_equal(said->period, p->reading.period)) {
            put_said(p->q, earlier, said);
        }
    }
    tree_int(story, "earlier_count", (int64_t)earlier->count);
    tree_bool(story, "earlier_any", earlier->count > 0);
}

static bool is_for(const void *measure, const struct action *x)
{
    return x->measure == measure;
}

static void put_actions(struct measure_page *p)
{
    struct page_request *q = p->q;
    size_t count = 0;
    const struct action **list = actions_sorted(q->council, q->arena, is_for, p->measure, &count);
    struct tree *table = action_table(p->page, "actions", "Actions for this measure");
    struct tree *risks = tree_new_list(q->arena);
    for (size_t i = 0; i < count; i++) {
        action_row(q, table, list[i]);
        link_risk(q, risks, NULL, list[i]->risk);
    }
    tree_bool(p->page, "actions_any", count > 0);
    tree_attach(p->page, "risks", risks);
    tree_bool(p->page, "risks_any", risks->count > 0);
}

bool view_measure(struct page_request *q, struct tree *page, struct err *e)
{
    const struct measure *m = council_measure(q->council, q->rest);
    if (m == NULL) {
        return err_set(e, ERR_ABSENT, "There is no measure with the code \"%s\".", q->rest);
    }
    const char *part = page_query(q, "part");
    struct measure_page p = {.q = q, .page = page, .measure = m, .series = find_part(m, part)};
    if (p.series == NULL) {
        return err_set(e, ERR_ABSENT, "Measure %s has no part \"%s\".", m->code,
                       part == NULL ? "" : part);
    }
    p.reading = reading_of(q->council, m, p.series, q->period);
    p.limits = limits_of(q->arena, q->council, &p.reading);
    measure_read_past(&p);
    put_head(&p);
    measure_threads(&p);
    put_reading(&p);
    measure_limits(&p);
    measure_history(&p);
    measure_chart(&p);
    put_story(&p);
    measure_why(q, tree_list(page, "why"), &p.reading);
    measure_formula_tree(q, page, &p.reading);
    put_actions(&p);
    if (!measure_comparison_put(&p, e)) {
        return false;
    }
    measure_part_table(&p);
    measure_targets(&p);
    measure_definition(&p);
    return true;
}
