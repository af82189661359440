#include "view/projects.h"

#include <stdlib.h>
#include <string.h>

#include "view/edit_form.h"
#include "view/links.h"
#include "view/parts.h"
#include "view/words.h"
#include "view/words_delivery.h"

static int by_day(const void *left, const void *right)
{
    const struct gate *x = *(const struct gate *const *)left;
    const struct gate *y = *(const struct gate *const *)right;
    day dx = x->decided_on == DAY_NONE ? INT32_MAX : x->decided_on;
    day dy = y->decided_on == DAY_NONE ? INT32_MAX : y->decided_on;
    if (dx != dy) {
        return dx < dy ? -1 : 1;
    }
    return x < y ? -1 : x > y ? 1 : 0; // as in the file
}

const struct gate **project_gates(const struct project *p, struct arena *a)
{
    const struct gate **list = ARENA_ARRAY(a, p->gate_count + 1, const struct gate *);
    for (size_t i = 0; i < p->gate_count; i++) {
        list[i] = &p->gates[i];
    }
    qsort(list, p->gate_count, sizeof(const struct gate *), by_day);
    return list;
}

const struct gate *project_last_gate(const struct project *p)
{
    const struct gate *last = NULL;
    for (size_t i = 0; i < p->gate_count; i++) {
        const struct gate *g = &p->gates[i];
        if (g->decided_on != DAY_NONE && g->decision != NULL &&
            (last == NULL || g->decided_on >= last->decided_on)) {
            last = g;
        }
    }
    return last;
}

static bool decided(const struct gate *g, const char *decision)
{
    return g != NULL && g->decision != NULL && strcmp(g->decision, decision) == 0;
}

struct project_counts projects_count(const struct council *c)
{
    struct project_counts n = {.total = (int)c->project_count};
    for (size_t i = 0; i < c->project_count; i++) {
        const struct gate *last = project_last_gate(&c->projects[i]);
        n.paused += decided(last, "pause") ? 1 : 0;
        n.stopped += decided(last, "stop") ? 1 : 0;
        n.with_conditions += decided(last, "proceed_with_conditions") ? 1 : 0;
    }
    return n;
}

// Shapes as of a status (UI-31), so that nothing is said by colour alone.
static const char *mark_of(const char *decision)
{
    if (decision == NULL) {
        return "○";
    }
    return strcmp(decision, "proceed") == 0                   ? "●"
           : strcmp(decision, "proceed_with_conditions") == 0 ? "◆"
           : strcmp(decision, "pause") == 0                   ? "–"
           : strcmp(decision, "stop") == 0                    ? "✕"
                                                              : "";
}

void project_decision(const struct page_request *q, struct tree *map, const struct gate *g)
{
    tree_text(map, "word", words_decision(g->decision));
    tree_text(map, "mark", mark_of(g->decision));
    tree_text(map, "gate", g->gate);
    tree_text(map, "on", day_shown(q->arena, g->decided_on));
    tree_text(map, "reason", g->reason);
}

// ---- all projects ----

static struct tree *projects_table(struct tree *page)
{
    struct tree *table = tree_table(page, "table", "projects", "Projects");
    tree_column(table, "code", "Code", false);
    tree_column(table, "title", "Project", false);
    tree_column(table, "stage", "Stage", false);
    tree_column(table, "last_gate", "Last gate", false);
    tree_column(table, "last_decision", "Decision", false);
    tree_column(table, "decided_on", "Decided on", false);
    tree_column(table, "sponsor", "Sponsor", false);
    tree_column(table, "manager", "Manager", false);
    tree_column(table, "plan", "Plan", false);
    tree_column(table, "gates", "Gates", true);
    tree_column(table, "benefits", "Measures to move", true);
    return table;
}

static void put_row(const struct page_request *q, struct tree *table, const struct project *p)
{
    struct arena *a = q->arena;
    const struct gate *last = project_last_gate(p);
    struct tree *row = tree_row(table);
    tree_text(row, "code", p->code);
    tree_text(row, "title", p->title);
    tree_text(row, "href", page_href(q, "projects", p->code));
    tree_text(row, "stage", words_capital(a, p->stage));
    tree_text(row, "last_gate", last == NULL ? NULL : last->gate);
    tree_text(row, "last_decision", last == NULL ? NULL : last->decision);
    tree_text(row, "last_decision_word", last == NULL ? NULL : words_decision(last->decision));
    tree_text(row, "last_decision_mark", last == NULL ? NULL : mark_of(last->decision));
    tree_text(row, "decided_on", last == NULL ? NULL : day_text(a, last->decided_on));
    tree_text(row, "decided_shown", last == NULL ? NULL : day_shown(a, last->decided_on));
    tree_text(row, "sponsor", p->sponsor);
    tree_text(row, "manager", p->manager);
    tree_text(row, "plan", p->plan == NULL ? NULL : p->plan->code);
    tree_text(row, "plan_title", p->plan == NULL ? NULL : p->plan->title);
    tree_int(row, "gates", (int64_t)p->gate_count);
    tree_int(row, "benefits", (int64_t)p->benefit_count);
    struct tree *moves = tree_list(row, "moves");
    for (size_t i = 0; i < p->benefit_count; i++) {
        link_measure(q, moves, NULL, p->benefits[i].measure);
    }
    tree_bool(row, "has_moves", moves->count > 0);
}

static const char *lead(const struct page_request *q)
{
    struct project_counts n = projects_count(q->council);
    if (n.total == 0) {
        return NULL;
    }
    return arena_printf(q->arena,
                        "%s. By their last gate %d may go on with conditions, %d wait and %d "
                        "stopped.",
                        words_count(q->arena, n.total, "project", "projects"), n.with_conditions,
                        n.paused, n.stopped);
}

bool view_projects(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    page_title(page, "Projects");
    page_crumb(page, "Delivery", page_href(q, "delivery", NULL));
    tree_text(page, "lead", lead(q));
    tree_bool(page, "empty", q->council->project_count == 0);
    struct tree *table = projects_table(page);
    for (size_t i = 0; i < q->council->project_count; i++) {
        put_row(q, table, &q->council->projects[i]);
    }
    return true;
}

// ---- one project ----

static void put_gates(const struct page_request *q, struct tree *page, const struct project *p)
{
    struct arena *a = q->arena;
    tree_bool(page, "has_gates", p->gate_count > 0);
    struct tree *table = tree_table(page, "gates", "gates", "Gates and their decisions");
    tree_column(table, "number", "No", true);
    tree_column(table, "gate", "Gate", false);
    tree_column(table, "decision", "Decision", false);
    tree_column(table, "decided_on", "Decided on", false);
    tree_column(table, "by", "By", false);
    tree_column(table, "reason", "Reason", false);
    const struct gate **gates = project_gates(p, a);
    for (size_t i = 0; i < p->gate_count; i++) {
        const struct gate *g = gates[i];
        struct tree *row = tree_row(table);
        tree_int(row, "number", (int64_t)i + 1);
        tree_text(row, "gate", g->gate);
        tree_text(row, "decision", g->decision);
        tree_text(row, "decision_word",
                  g->decision == NULL ? "Not decided yet" : words_decision(g->decision));
        tree_text(row, "mark", mark_of(g->decision));
        tree_text(row, "decided_on", day_text(a, g->decided_on));
        tree_text(row, "decided_shown",
                  g->decided_on == DAY_NONE ? "No date" : day_shown(a, g->decided_on));
        tree_text(row, "by", g->by);
        tree_text(row, "reason", g->reason);
    }
}

// "+1.5", "−40", "+3,500,000"; what is no number stands as written.
static const char *expected_words(struct arena *a, const char *change)
{
    struct dec value;
    if (change == NULL || !dec_parse(change, strlen(change), &value)) {
        return change;
    }
    return words_signed(a, value, value.scale);
}

// What a measure says in the period its benefit is due; before that, what it says now.
static struct reading benefit_reading(const struct page_request *q, const struct benefit *b)
{
    struct period p = b->period.kind == PERIOD_NONE ? q->period : b->period;
    return reading_of(q->council, b->measure, &b->measure->series[0], p);
}

static void put_benefit(const struct page_request *q, struct tree *table, const struct benefit *b)
{
    struct arena *a = q->arena;
    const struct council *c = q->council;
    struct tree *row = tree_row(table);
    const struct measure *m = b->measure;
    tree_text(row, "measure", m == NULL ? NULL : m->code);
    tree_text(row, "title", m == NULL ? NULL : m->title);
    tree_text(row, "href", m == NULL ? NULL : page_href(q, "measures", m->code));
    tree_text(row, "expected_change", b->expected_change);
    tree_text(row, "expected_words", expected_words(a, b->expected_change));
    bool dated = b->period.kind != PERIOD_NONE;
    tree_text(row, "period", dated ? period_id(a, b->period, c->year_start) : NULL);
    tree_text(row, "period_shown",
              dated ? words_period_short(a, b->period, c->year_start) : "No period given");
    if (m == NULL || m->series_count == 0) {
        tree_null(row, "value_shown");
        tree_null(row, "target_shown");
        tree_null(row, "status_code");
        tree_null(row, "status");
        tree_null(row, "reason");
        return;
    }
    struct reading r = benefit_reading(q, b);
    tree_text(row, "value_shown", words_value(a, c, &r));
    tree_text(row, "target_shown", words_goal(a, &r));
    tree_text(row, "status_code", status_code(r.status));
    part_status(row, "status", r.status);
    tree_text(row, "reason", words_reading(a, c, &r));
}

static void put_benefits(const struct page_request *q, struct tree *page, const struct project *p)
{
    tree_bool(page, "has_benefits", p->benefit_count > 0);
    struct tree *table =
        tree_table(page, "benefits", "benefits", "Benefits: the measures it should move");
    tree_column(table, "measure", "Measure", false);
    tree_column(table, "title", "Title", false);
    tree_column(table, "expected_change", "Expected change", false);
    tree_column(table, "period", "Expected in", false);
    tree_column(table, "value_shown", "Figure then", false);
    tree_column(table, "target_shown", "Target then", false);
    tree_column(table, "status_code", "Status then", false);
    tree_column(table, "reason", "Why", false);
    for (size_t i = 0; i < p->benefit_count; i++) {
        put_benefit(q, table, &p->benefits[i]);
    }
}

static void put_savings(const struct page_request *q, struct tree *page, const struct project *p)
{
    const struct council *c = q->council;
    struct tree *list = tree_list(page, "savings");
    for (size_t i = 0; i < c->saving_count; i++) {
        const struct saving *s = &c->savings[i];
        if (s->project == p) {
            const char *year = period_id(q->arena, s->year, c->year_start);
            link_put(list, NULL, s->code, s->title, link_with(q, "money", "year", year));
            tree_text(list->last, "year", words_period_short(q->arena, s->year, c->year_start));
        }
    }
    tree_bool(page, "has_savings", list->count > 0);
}

bool view_project(struct page_request *q, struct tree *page, struct err *e)
{
    const struct project *p = council_project(q->council, q->rest);
    if (p == NULL) {
        return err_set(e, ERR_ABSENT, "There is no project with the code \"%s\".", q->rest);
    }
    page_title(page, p->title);
    edit_links_put(q, page, KIND_PROJECT, p->code);
    page_crumb(page, "Delivery", page_href(q, "delivery", NULL));
    page_crumb(page, "Projects", page_href(q, "projects", NULL));
    const struct gate *last = project_last_gate(p);
    if (last == NULL) {
        tree_null(page, "decision");
    } else {
        project_decision(q, tree_map(page, "decision"), last);
    }
    struct tree *facts = tree_list(page, "about");
    fact_put(facts, "Code", p->code, NULL);
    fact_put(facts, "Stage", words_capital(q->arena, p->stage), NULL);
    fact_put(facts, "Sponsor", p->sponsor, NULL);
    fact_put(facts, "Manager", p->manager, NULL);
    if (p->plan != NULL) {
        fact_put(facts, "Plan", p->plan->title, page_href(q, "plans", p->plan->code));
    }
    put_gates(q, page, p);
    put_benefits(q, page, p);
    put_savings(q, page, p);
    return true;
}
