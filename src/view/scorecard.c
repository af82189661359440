#include "view/scorecard.h"

#include <string.h>

#include "view/legend.h"
#include "view/overview_parts.h"
#include "view/parts.h"
#include "view/scorecard_groups.h"
#include "view/signal.h"
#include "view/words.h"
#include "view/words_measure.h"

static const struct class_card {
    const char *code, *title;
    unsigned bit;
} classes[] = {
    {"corporate", "Corporate scorecard", CLASS_CORPORATE},
    {"statutory", "Statutory scorecard", CLASS_STATUTORY},
    {"service", "Service scorecard", CLASS_SERVICE},
    {"organisational", "Organisational scorecard", CLASS_ORGANISATIONAL},
};

// ---- the list of scorecards ----

static void list_classes(struct page_request *q, struct tree *page)
{
    struct tree *table = overview_group(page, q->arena, "by-class", "By kind of measure");
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        struct scope s = scope_classes(q->council, q->arena, classes[i].bit);
        overview_group_row(q, table, classes[i].title, page_href(q, "scorecards", classes[i].code),
                           &s);
    }
}

static void list_priorities(struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    const struct plan *plan = page_leading_plan(c);
    if (plan == NULL) {
        return;
    }
    struct tree *table = overview_group(page, q->arena, "by-priority", "By priority");
    for (size_t i = 0; i < c->aim_count; i++) {
        if (c->aims[i].plan == plan && c->aims[i].parent == NULL) {
            struct scope s = scope_aim(c, q->arena, &c->aims[i]);
            overview_group_row(q, table, c->aims[i].title,
                               page_href(q, "scorecards/priority", c->aims[i].code), &s);
        }
    }
}

static void list_units(struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct tree *table = NULL;
    for (size_t i = 0; i < c->unit_count; i++) {
        const struct unit *u = &c->units[i];
        if (u->parent == NULL) {
            if (table == NULL) {
                table = overview_group(page, q->arena, "by-unit", "By directorate");
            }
            struct scope s = scope_unit(c, q->arena, u);
            overview_group_row(q, table, u->name, page_href(q, "scorecards/unit", u->code), &s);
        }
    }
}

// Boards that no measures reach yet are shown all the same: that is something to mend.
static void list_boards(struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    if (c->board_count == 0) {
        return;
    }
    struct tree *table = overview_group(page, q->arena, "by-board", "By board");
    for (size_t i = 0; i < c->board_count; i++) {
        struct scope s = scope_board(c, q->arena, &c->boards[i]);
        overview_group_row(q, table, c->boards[i].name,
                           page_href(q, "scorecards/board", c->boards[i].code), &s);
    }
}

bool view_scorecards(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    page_title(page, "Scorecards");
    tree_list(page, "groups");
    list_classes(q, page);
    list_priorities(q, page);
    list_units(q, page);
    list_boards(q, page);
    return true;
}

// ---- one scorecard ----

static void put_heads(struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct words_heads heads = words_heads(q->period.kind);
    struct tree *map = tree_map(page, "heads");
    tree_text(map, "last_year", heads.last_year);
    tree_text(map, "previous", heads.previous);
    tree_text(map, "current", heads.current);
    tree_text(
        map, "last_year_period",
        words_period_short(q->arena, period_year_before(q->period, c->year_start), c->year_start));
    tree_text(
        map, "previous_period",
        words_period_short(q->arena, period_step(q->period, -1, c->year_start), c->year_start));
    tree_text(map, "current_period", words_period_short(q->arena, q->period, c->year_start));
}

static bool has_own_tolerance(struct page_request *q, const struct scope *s)
{
    const struct reading *all = page_readings(q);
    for (size_t i = 0; i < s->count; i++) {
        const struct target *t = all[s->measures[i]->index].target;
        if (t != NULL && (t->green_within.present || t->amber_within.present)) {
            return true;
        }
    }
    return false;
}

static bool fill(struct scorecard *card, struct tree *page)
{
    struct page_request *q = card->q;
    const unsigned fields = 1u << FILTER_STATUS | 1u << FILTER_KIND | 1u << FILTER_OWNER;
    bool *on_card = ARENA_ARRAY(q->arena, q->council->measure_count + 1, bool);
    for (size_t i = 0; i < card->scope.count; i++) {
        on_card[card->scope.measures[i]->index] = true;
    }
    card->on_card = on_card;
    card->filter = filter_read(q, &card->scope, fields, SORT_STATUS);
    card->narrowed = filter_chosen(&card->filter) > 0;
    size_t shown = 0;
    (void)filter_apply(q, &card->filter, &card->scope, &shown);
    const char *by = scorecard_by(card);
    part_rollup(q, page, "rollup", &card->scope);
    filter_put(q, page, &card->filter, &card->scope);
    tree_text(page, "shown", words_showing(q->arena, shown, card->scope.count));
    tree_bool(page, "narrowed", card->narrowed);
    tree_bool(page, "empty", card->scope.count == 0);
    tree_bool(page, "none", card->scope.count > 0 && shown == 0);
    scorecard_group_links(card, page, by);
    put_heads(q, page);
    scorecard_groups(card, page, by);
    part_rules(q, page, "rules", &card->scope);
    part_signal_legend(q, page, &card->scope);
    tree_bool(page, "own_tolerance", has_own_tolerance(q, &card->scope));
    return true;
}

static void head(struct page_request *q, struct tree *page, const char *title, const char *about,
                 const char *href)
{
    page_title(page, title);
    page_crumb(page, "Scorecards", page_href(q, "scorecards", NULL));
    tree_text(page, "about_title", about);
    tree_text(page, "about_href", href);
}

bool view_scorecard_class(struct page_request *q, struct tree *page, struct err *e)
{
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        if (strcmp(q->rest, classes[i].code) == 0) {
            struct scorecard card = {.q = q, .default_by = "priority"};
            card.scope = scope_classes(q->council, q->arena, classes[i].bit);
            head(q, page, classes[i].title, NULL, NULL);
            return fill(&card, page);
        }
    }
    return err_set(e, ERR_ABSENT,
                   "There is no scorecard \"%s\": there are corporate, statutory, service and "
                   "organisational, and one for each priority, unit and board.",
                   q->rest);
}

bool view_scorecard_priority(struct page_request *q, struct tree *page, struct err *e)
{
    const struct aim *aim = council_aim(q->council, q->rest);
    if (aim == NULL) {
        return err_set(e, ERR_ABSENT, "There is no aim with the code \"%s\".", q->rest);
    }
    struct scorecard card = {.q = q, .default_by = "outcome", .aim = aim};
    card.scope = scope_aim(q->council, q->arena, aim);
    head(q, page, aim->title, arena_printf(q->arena, "%s at a glance", words_aim_kind(aim->kind)),
         page_href(q, "aims", aim->code));
    return fill(&card, page);
}

bool view_scorecard_unit(struct page_request *q, struct tree *page, struct err *e)
{
    const struct unit *unit = council_unit(q->council, q->rest);
    if (unit == NULL) {
        return err_set(e, ERR_ABSENT, "There is no unit with the code \"%s\".", q->rest);
    }
    struct scorecard card = {.q = q, .default_by = "unit", .unit = unit};
    card.scope = scope_unit(q->council, q->arena, unit);
    head(q, page, unit->name, arena_printf(q->arena, "%s at a glance", words_unit_kind(unit->kind)),
         page_href(q, "units", unit->code));
    return fill(&card, page);
}

bool view_scorecard_board(struct page_request *q, struct tree *page, struct err *e)
{
    const struct board *board = council_board(q->council, q->rest);
    if (board == NULL) {
        return err_set(e, ERR_ABSENT, "There is no board with the code \"%s\".", q->rest);
    }
    struct scorecard card = {.q = q, .default_by = "priority"};
    card.scope = scope_board(q->council, q->arena, board);
    head(q, page, board->name, "The board and its meetings", page_href(q, "boards", board->code));
    return fill(&card, page);
}
