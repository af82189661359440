// One plan on a page: its line up, its aims as a nested list, and what of it leads nowhere.

#include <string.h>

#include "view/actions.h"
#include "view/edit_form.h"
#include "view/links.h"
#include "view/parts.h"
#include "view/plans.h"
#include "view/words.h"
#include "view/words_delivery.h"

// Deeper aims stand beside those of this depth: a page of more levels cannot be read.
enum { LEVELS_MAX = 12 };

struct walk {
    struct page_request *q;
    const struct plan *plan;
    const int *actions;
    struct tree *table, *nowhere;
    int nowhere_count;
};

static void put_contributions(const struct page_request *q, struct tree *node,
                              const struct aim *aim)
{
    struct tree *to = tree_list(node, "contributes_to");
    for (size_t i = 0; i < aim->to_count; i++) {
        link_aim(q, to, NULL, aim->to[i]->to_aim);
    }
    struct tree *from = tree_list(node, "contributed_by");
    for (size_t i = 0; i < aim->from_count; i++) {
        link_aim(q, from, NULL, aim->from[i]->aim);
    }
    tree_int(node, "contributed_count", (int64_t)aim->from_count);
    tree_text(node, "contributed_words",
              aim->from_count == 0
                  ? NULL
                  : words_count(q->arena, (int)aim->from_count, "aim elsewhere contributes to this",
                                "aims elsewhere contribute to this"));
}

static void put_measures(struct page_request *q, struct tree *node, const struct aim *aim)
{
    const struct reading *all = page_readings(q);
    struct tree *list = tree_list(node, "measures");
    for (size_t i = 0; i < aim->measure_count; i++) {
        const struct measure *m = aim->measures[i];
        if (m->state == MEASURE_RETIRED) {
            continue;
        }
        struct tree *item =
            link_put(list, NULL, m->code, m->title, page_href(q, "measures", m->code));
        tree_text(item, "value_shown", words_value(q->arena, q->council, &all[m->index]));
        part_status(item, "status", all[m->index].status);
    }
    tree_bool(node, "has_measures", list->count > 0);
}

static const char *codes(struct arena *a, const struct contribution *const *links, size_t count,
                         bool up)
{
    enum { CODES_MAX = 1 << 20 };
    struct buf b = buf_new(a, CODES_MAX);
    for (size_t i = 0; i < count; i++) {
        buf_text(&b, i == 0 ? "" : ";");
        buf_text(&b, up ? links[i]->to_aim->code : links[i]->aim->code);
    }
    return count == 0 ? NULL : buf_cstr(&b);
}

static void put_row(struct walk *w, const struct aim *aim, const struct rollup *r,
                    const struct reading *worst, bool nowhere)
{
    struct arena *a = w->q->arena;
    struct tree *row = tree_row(w->table);
    tree_text(row, "code", aim->code);
    tree_text(row, "kind", aim->kind);
    tree_text(row, "title", aim->title);
    tree_text(row, "parent", aim->parent == NULL ? NULL : aim->parent->code);
    tree_text(row, "owner", name_of(aim->owner));
    tree_int(row, "on_target", r->by_status[STATUS_ON_TARGET]);
    tree_int(row, "slightly_off", r->by_status[STATUS_SLIGHTLY_OFF]);
    tree_int(row, "off_target", r->by_status[STATUS_OFF_TARGET]);
    tree_int(row, "not_scored", r->total - r->scored);
    tree_int(row, "total", r->total);
    tree_text(row, "worst_code", worst == NULL ? NULL : worst->measure->code);
    tree_text(row, "contributes_to", codes(a, aim->to, aim->to_count, true));
    tree_text(row, "contributed_by", codes(a, aim->from, aim->from_count, false));
    tree_int(row, "actions", w->actions[aim->index]);
    tree_bool(row, "leads_nowhere", nowhere);
}

// Adds the aim to the list; returns the list of its children.
static struct tree *put_node(struct walk *w, struct tree *list, const struct aim *aim)
{
    struct page_request *q = w->q;
    struct scope s = scope_aim(q->council, q->arena, aim);
    const struct reading *worst = NULL;
    struct rollup r = scope_rollup(&s, page_readings(q), q->arena, &worst);
    bool nowhere = aim_leads_nowhere(aim, w->actions[aim->index]);
    struct tree *node =
        link_put(list, NULL, aim->code, aim->title, page_href(q, "aims", aim->code));
    tree_text(node, "kind", words_aim_kind(aim->kind));
    tree_text(node, "owner", name_of(aim->owner));
    part_rollup(q, node, "rollup", &s);
    tree_bool(node, "show_bar", r.total > 1);
    tree_bool(node, "no_measures", r.total == 0);
    put_contributions(q, node, aim);
    put_measures(q, node, aim);
    int actions = w->actions[aim->index];
    tree_int(node, "actions", actions);
    tree_text(node, "actions_words",
              actions == 0 ? NULL : words_count(q->arena, actions, "action", "actions"));
    tree_bool(node, "nowhere", nowhere);
    tree_bool(node, "has_children", aim->child_count > 0);
    put_row(w, aim, &r, worst, nowhere);
    if (nowhere) {
        struct tree *item =
            link_put(w->nowhere, NULL, aim->code, aim->title, page_href(q, "aims", aim->code));
        tree_text(item, "kind", words_aim_kind(aim->kind));
        tree_text(item, "owner", name_of(aim->owner));
        w->nowhere_count++;
    }
    return tree_list(node, "children");
}

// Depth first without recursion, each aim once: a damaged record may be deep, or hold a loop.
static void put_aims(struct walk *w, struct tree *top)
{
    const struct council *c = w->q->council;
    struct step {
        const struct aim *aim;
        struct tree *list;
        int level;
    } *stack = ARENA_ARRAY(w->q->arena, c->aim_count + 1, struct step);
    bool *seen = ARENA_ARRAY(w->q->arena, c->aim_count + 1, bool);
    for (size_t i = 0; i < c->aim_count; i++) {
        const struct aim *root = &c->aims[i];
        if (root->plan != w->plan || (root->parent != NULL && root->parent->plan == w->plan)) {
            continue;
        }
        size_t depth = 0;
        seen[i] = true;
        stack[depth++] = (struct step){root, top, 1};
        while (depth > 0) {
            struct step at = stack[--depth];
            struct tree *children = put_node(w, at.list, at.aim);
            for (size_t k = at.aim->child_count; k > 0; k--) {
                const struct aim *child = at.aim->children[k - 1];
                if (!seen[child->index]) {
                    seen[child->index] = true;
                    stack[depth++] = (struct step){
                        child, at.level < LEVELS_MAX ? children : at.list, at.level + 1};
                }
            }
        }
    }
}

static struct tree *new_table(struct tree *page)
{
    struct tree *table = tree_table(page, "table", "aims", "Aims of this plan");
    tree_column(table, "code", "Code", false);
    tree_column(table, "kind", "Kind", false);
    tree_column(table, "title", "Aim", false);
    tree_column(table, "parent", "Part of", false);
    tree_column(table, "owner", "Owner", false);
    tree_column(table, "on_target", "On target", true);
    tree_column(table, "slightly_off", "Slightly off target", true);
    tree_column(table, "off_target", "Off target", true);
    tree_column(table, "not_scored", "Not scored", true);
    tree_column(table, "total", "Measures", true);
    tree_column(table, "worst_code", "Worst measure", false);
    tree_column(table, "contributes_to", "Contributes to", false);
    tree_column(table, "contributed_by", "Contributed to by", false);
    tree_column(table, "actions", "Actions", true);
    tree_column(table, "leads_nowhere", "Leads nowhere", false);
    return table;
}

static void put_about(const struct page_request *q, struct tree *page, const struct plan *plan)
{
    struct tree *facts = tree_list(page, "about");
    fact_put(facts, "Kind", words_plan_kind(plan->kind), NULL);
    fact_put(facts, "Runs", words_capital(q->arena, words_span(q->arena, plan->start, plan->end)),
             NULL);
    fact_put(facts, "Purpose", plan->purpose, NULL);
    fact_put(facts, "Owner", name_of(plan->owner), NULL);
    if (plan->unit != NULL) {
        fact_put(facts, "Unit", plan->unit->name, page_href(q, "units", plan->unit->code));
    }
    if (plan->board != NULL) {
        fact_put(facts, "Reports to", plan->board->name, page_href(q, "boards", plan->board->code));
    }
}

// Plans one contribution away, up or down, each with the number of contributions.
static void put_neighbours(const struct page_request *q, struct tree *page, const char *key,
                           const struct plan *plan, bool up)
{
    const struct council *c = q->council;
    int *counts = ARENA_ARRAY(q->arena, c->plan_count + 1, int);
    for (size_t i = 0; i < c->contribution_count; i++) {
        const struct contribution *k = &c->contributions[i];
        const struct plan *here = up ? k->aim->plan : k->to_aim->plan;
        const struct plan *there = up ? k->to_aim->plan : k->aim->plan;
        if (here == plan && there != NULL && there != plan) {
            counts[there->index]++;
        }
    }
    struct tree *list = tree_list(page, key);
    for (size_t i = 0; i < c->plan_count; i++) {
        if (counts[i] > 0) {
            struct tree *item = link_put(list, NULL, c->plans[i].code, c->plans[i].title,
                                         page_href(q, "plans", c->plans[i].code));
            tree_int(item, "count", counts[i]);
            tree_text(item, "words",
                      words_count(q->arena, counts[i], "contribution", "contributions"));
        }
    }
    tree_bool(page, up ? "has_up" : "has_down", list->count > 0);
    tree_text(page, up ? "up_words" : "down_words",
              words_count(q->arena, (int)list->count, "plan", "plans"));
}

static void put_delivery(const struct page_request *q, struct tree *page, const struct plan *plan)
{
    const struct council *c = q->council;
    struct tree *projects = tree_list(page, "projects");
    for (size_t i = 0; i < c->project_count; i++) {
        if (c->projects[i].plan == plan) {
            link_project(q, projects, NULL, &c->projects[i]);
            tree_text(projects->last, "stage", words_capital(q->arena, c->projects[i].stage));
        }
    }
    tree_bool(page, "has_projects", projects->count > 0);
    int actions = 0;
    for (size_t i = 0; i < c->action_count; i++) {
        const struct action *x = &c->actions[i];
        bool ours = x->plan == plan || (x->aim != NULL && x->aim->plan == plan);
        actions += ours && action_is_open(x) ? 1 : 0;
    }
    tree_int(page, "actions_count", actions);
    tree_text(page, "actions_words",
              actions == 0 ? NULL : words_count(q->arena, actions, "open action", "open actions"));
    tree_text(page, "actions_href", link_with(q, "actions", "plan", plan->code));
}

bool view_plan(struct page_request *q, struct tree *page, struct err *e)
{
    const struct council *c = q->council;
    const struct plan *plan = council_plan(c, q->rest);
    if (plan == NULL) {
        return err_set(e, ERR_ABSENT, "There is no plan with the code \"%s\".", q->rest);
    }
    page_title(page, plan->title);
    edit_links_put(q, page, KIND_PLAN, plan->code);
    page_crumb(page, "Plans", page_href(q, "plans", NULL));
    put_about(q, page, plan);
    const struct plan *const *line = NULL;
    size_t count = plan_line(c, q->arena, plan, &line);
    tree_text(page, "line", words_plan_thread(q->arena, "This plan", line, count));
    put_neighbours(q, page, "up", plan, true);
    put_neighbours(q, page, "down", plan, false);
    struct scope s = scope_plan(c, q->arena, plan);
    part_rollup(q, page, "rollup", &s);
    struct walk w = {.q = q, .plan = plan, .actions = aim_action_counts(c, q->arena)};
    struct tree *aims = tree_list(page, "aims");
    w.nowhere = tree_list(page, "nowhere");
    w.table = new_table(page);
    put_aims(&w, aims);
    tree_bool(page, "has_aims", aims->count > 0);
    tree_int(page, "nowhere_count", w.nowhere_count);
    tree_text(page, "nowhere_words",
              w.nowhere_count == 0
                  ? NULL
                  : words_count(q->arena, w.nowhere_count, "aim leads", "aims lead"));
    put_delivery(q, page, plan);
    return true;
}
