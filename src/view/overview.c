#include "view/overview.h"

#include <string.h>

#include "view/overview_parts.h"
#include "view/parts.h"
#include "view/plans.h"
#include "view/words.h"
#include "view/words_delivery.h"

static void fill(struct page_request *q, struct tree *page, const struct scope *s,
                 const struct board *board)
{
    part_rollup(q, page, "rollup", s);
    overview_exceptions(q, page, s);
    overview_better(q, page, s);
    overview_changed(q, page, s);
    overview_missing(q, page, s);
    overview_coming(q, page, board);
    tree_list(page, "groups"); // filled by overview_group, and there when nothing does
}

static void about(struct tree *list, const char *key, const char *value, const char *href)
{
    if (value == NULL || value[0] == '\0') {
        return;
    }
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "key", key);
    tree_text(item, "value", value);
    tree_text(item, "href", href);
}

static void group_priorities(struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    const struct plan *plan = page_leading_plan(c);
    if (plan == NULL) {
        return;
    }
    struct tree *table = overview_group(page, q->arena, "by-priority", "By priority");
    for (size_t i = 0; i < c->aim_count; i++) {
        const struct aim *aim = &c->aims[i];
        if (aim->plan == plan && aim->parent == NULL) {
            struct scope s = scope_aim(c, q->arena, aim);
            overview_group_row(q, table, aim->title, page_href(q, "aims", aim->code), &s);
        }
    }
}

static void group_units(struct page_request *q, struct tree *page, const struct unit *parent,
                        const char *title)
{
    const struct council *c = q->council;
    struct tree *table = NULL;
    for (size_t i = 0; i < c->unit_count; i++) {
        const struct unit *unit = &c->units[i];
        if (unit->parent != parent) {
            continue;
        }
        if (table == NULL) {
            table = overview_group(page, q->arena, "by-unit", title);
        }
        struct scope s = scope_unit(c, q->arena, unit);
        overview_group_row(q, table, unit->name, page_href(q, "units", unit->code), &s);
    }
}

bool view_home(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    struct scope s = scope_organisation(q->council, q->arena);
    page_title(page, q->council->name);
    fill(q, page, &s, NULL);
    group_priorities(q, page);
    group_units(q, page, NULL, "By directorate");
    return true;
}

// The unit's plans, and the line from the first that has one up to the vision as a sentence.
static void unit_line(struct page_request *q, struct tree *page, struct tree *facts,
                      const struct unit *unit)
{
    const struct council *c = q->council;
    const char *sentence = NULL;
    for (size_t i = 0; i < c->plan_count; i++) {
        const struct plan *plan = &c->plans[i];
        if (plan->unit != unit) {
            continue;
        }
        about(facts, "Plan", plan->title, page_href(q, "plans", plan->code));
        const struct plan *const *line = NULL;
        size_t count = plan_line(c, q->arena, plan, &line);
        if (sentence == NULL) {
            sentence = words_plan_thread(q->arena, plan->title, line, count);
        }
    }
    tree_text(page, "line", sentence);
}

bool view_unit(struct page_request *q, struct tree *page, struct err *e)
{
    const struct unit *unit = council_unit(q->council, q->rest);
    if (unit == NULL) {
        return err_set(e, ERR_ABSENT, "There is no unit with the code \"%s\".", q->rest);
    }
    struct scope s = scope_unit(q->council, q->arena, unit);
    page_title(page, unit->name);
    page_crumb(page, "Scorecards", page_href(q, "scorecards", NULL));
    if (unit->parent != NULL) {
        page_crumb(page, unit->parent->name, page_href(q, "units", unit->parent->code));
    }
    struct tree *facts = tree_list(page, "about");
    about(facts, "Kind", words_unit_kind(unit->kind), NULL);
    about(facts, "Head", unit->head == NULL ? NULL : unit->head->name, NULL);
    about(facts, "Scorecard", "All measures of this unit",
          page_href(q, "scorecards/unit", unit->code));
    unit_line(q, page, facts, unit);
    fill(q, page, &s, NULL);
    group_units(q, page, unit, "Services and teams");
    return true;
}

bool view_board(struct page_request *q, struct tree *page, struct err *e)
{
    const struct board *board = council_board(q->council, q->rest);
    if (board == NULL) {
        return err_set(e, ERR_ABSENT, "There is no board with the code \"%s\".", q->rest);
    }
    const struct council *c = q->council;
    struct scope s = scope_board(c, q->arena, board);
    page_title(page, board->name);
    page_crumb(page, "Scorecards", page_href(q, "scorecards", NULL));
    struct tree *facts = tree_list(page, "about");
    about(facts, "Kind", words_board_kind(board->kind), NULL);
    about(facts, "Chair", board->chair, NULL);
    about(facts, "Purpose", board->purpose, NULL);
    about(facts, "Scorecard", "All measures this board sees",
          page_href(q, "scorecards/board", board->code));
    tree_null(page, "line"); // a board stands beside the thread, not in it
    fill(q, page, &s, board);
    struct tree *table = NULL;
    for (size_t i = 0; i < c->plan_count; i++) {
        if (c->plans[i].board == board) {
            if (table == NULL) {
                table = overview_group(page, q->arena, "by-plan", "Plans that report here");
            }
            struct scope of_plan = scope_plan(c, q->arena, &c->plans[i]);
            overview_group_row(q, table, c->plans[i].title, page_href(q, "plans", c->plans[i].code),
                               &of_plan);
        }
    }
    return true;
}

static void aim_links(struct page_request *q, struct tree *page, const struct aim *aim)
{
    const struct council *c = q->council;
    const struct aim *const *line = NULL;
    size_t count = thread_up(c, q->arena, aim, &line);
    tree_text(page, "line", words_thread(q->arena, line, count));
    struct tree *thread = tree_list(page, "thread");
    for (size_t i = count; i > 0; i--) {
        struct tree *item = tree_map(thread, NULL);
        tree_text(item, "title", line[i - 1]->title);
        tree_text(item, "href", page_href(q, "aims", line[i - 1]->code));
        tree_bool(item, "current", i == 1);
    }
    struct tree *to = tree_list(page, "contributes_to");
    for (size_t i = 0; i < aim->to_count; i++) {
        struct tree *item = tree_map(to, NULL);
        tree_text(item, "title", aim->to[i]->to_aim->title);
        tree_text(item, "href", page_href(q, "aims", aim->to[i]->to_aim->code));
        tree_text(item, "plan", aim->to[i]->to_aim->plan->title);
        tree_text(item, "note", aim->to[i]->note);
    }
}

bool view_aim(struct page_request *q, struct tree *page, struct err *e)
{
    const struct council *c = q->council;
    const struct aim *aim = council_aim(c, q->rest);
    if (aim == NULL) {
        return err_set(e, ERR_ABSENT, "There is no aim with the code \"%s\".", q->rest);
    }
    struct scope s = scope_aim(c, q->arena, aim);
    page_title(page, aim->title);
    page_crumb(page, "Plans", page_href(q, "plans", NULL));
    page_crumb(page, aim->plan->title, page_href(q, "plans", aim->plan->code));
    struct tree *facts = tree_list(page, "about");
    about(facts, "Kind", words_aim_kind(aim->kind), NULL);
    about(facts, "Plan", aim->plan->title, page_href(q, "plans", aim->plan->code));
    about(facts, "Owner", aim->owner == NULL ? NULL : aim->owner->name, NULL);
    about(facts, "Scorecard", "All measures of this aim",
          page_href(q, "scorecards/priority", aim->code));
    aim_links(q, page, aim);
    fill(q, page, &s, NULL);
    struct tree *table = NULL;
    for (size_t i = 0; i < aim->child_count + aim->from_count; i++) {
        bool child = i < aim->child_count;
        const struct aim *below = child ? aim->children[i] : aim->from[i - aim->child_count]->aim;
        if (table == NULL) {
            table = overview_group(page, q->arena, "below", "What contributes to this");
        }
        struct scope of_aim = scope_aim(c, q->arena, below);
        overview_group_row(
            q, table,
            child ? below->title
                  : arena_printf(q->arena, "%s (%s)", below->title, below->plan->title),
            page_href(q, "aims", below->code), &of_aim);
    }
    return true;
}
