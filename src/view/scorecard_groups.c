#include "view/scorecard_groups.h"

#include <string.h>

#include "view/parts.h"
#include "view/words.h"
#include "view/words_measure.h"

// ---- a row ----

// The figure of an earlier period, in words; "shown" is null where there is none.
static void put_before(struct page_request *q, struct tree *row, const char *key,
                       const struct reading *r, struct period p, struct dec value)
{
    const struct council *c = q->council;
    const struct measure *m = r->measure;
    struct tree *map = tree_map(row, key);
    const char *shown = words_figure(q->arena, m, value);
    if (!value.present && (m->value_type == VALUE_TEXT || m->value_type == VALUE_YES_NO)) {
        struct reading then = reading_of(c, m, r->series, p);
        bool there = period_equal(then.period, p) && then.text != NULL;
        shown = there ? words_value(q->arena, c, &then) : "";
    }
    tree_text(map, "shown", shown[0] == '\0' ? NULL : shown);
    bool other = r->period.kind != r->asked.kind || r->carried;
    tree_text(map, "period", other ? words_period_short(q->arena, p, c->year_start) : NULL);
}

static void put_row(struct page_request *q, struct tree *row, const struct reading *r)
{
    part_measure(q, row, r);
    put_before(q, row, "year_ago", r, r->last_year_period, r->why.input.last_year);
    put_before(q, row, "before", r, r->previous_period,
               dec_round(r->previous, r->measure->decimals));
    bool other = r->period.kind != r->asked.kind || r->carried;
    tree_text(row, "now_period",
              other ? words_period_short(q->arena, r->period, q->council->year_start) : NULL);
}

// The same values again, cell by cell: page and CSV cannot disagree.
static void copy_row(struct tree *table, const char *group, const struct tree *row)
{
    struct tree *copy = tree_row(table);
    tree_text(copy, "group", group);
    const struct tree *columns = tree_get(table, "columns");
    for (const struct tree *c = columns->first; c != NULL; c = c->next) {
        const char *key = tree_get(c, "key")->text;
        const struct tree *value = tree_get(row, key);
        if (value == NULL || strcmp(key, "group") == 0) {
            continue;
        }
        if (value->kind == TREE_NUMBER) {
            tree_number(copy, key, value->number, value->decimals);
        } else {
            tree_text(copy, key, value->kind == TREE_TEXT ? value->text : NULL);
        }
    }
}

// ---- a group ----

// Letters, digits and hyphens, unique on the page: what an address can point to.
static const char *group_id(const struct scorecard *card, const char *code)
{
    char *id = arena_printf(card->q->arena, "group-%s", code);
    for (char *p = id; *p != '\0'; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
        *p = (char)(plain ? *p : *p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : '-');
    }
    for (const struct tree *g = card->groups->first; g != NULL; g = g->next) {
        if (strcmp(tree_get(g, "id")->text, id) == 0) {
            return arena_printf(card->q->arena, "%s-%zu", id, card->groups->count + 1);
        }
    }
    return id;
}

// Of these measures, those on the scorecard; a group without any is left out.
static void add_group(struct scorecard *card, const char *code, const char *title, const char *href,
                      const struct scope *of)
{
    struct page_request *q = card->q;
    struct scope s = {ARENA_ARRAY(q->arena, of->count + 1, const struct measure *), 0};
    for (size_t i = 0; i < of->count; i++) {
        if (card->on_card[of->measures[i]->index]) {
            s.measures[s.count++] = of->measures[i];
            card->times[of->measures[i]->index]++;
        }
    }
    if (s.count == 0) {
        return;
    }
    const char *id = group_id(card, code);
    struct tree *group = tree_map(card->groups, NULL);
    tree_text(group, "id", id);
    tree_text(group, "title", title);
    tree_text(group, "href", href);
    part_rollup(q, group, "rollup", &s);
    size_t count = 0;
    const struct reading **list = filter_apply(q, &card->filter, &s, &count);
    tree_bool(group, "narrowed", card->narrowed);
    tree_text(group, "shown", words_showing(q->arena, count, s.count));
    tree_bool(group, "none", count == 0);
    struct tree *rows = tree_list(group, "rows");
    for (size_t i = 0; i < count; i++) {
        struct tree *row = tree_map(rows, NULL);
        put_row(q, row, list[i]);
        copy_row(card->table, title, row);
    }
}

// What stands in no group yet, under a name of its own: nothing on the scorecard gets lost.
static void add_rest(struct scorecard *card, const char *title)
{
    struct arena *a = card->q->arena;
    struct scope rest = {ARENA_ARRAY(a, card->scope.count + 1, const struct measure *), 0};
    for (size_t i = 0; i < card->scope.count; i++) {
        if (card->times[card->scope.measures[i]->index] == 0) {
            rest.measures[rest.count++] = card->scope.measures[i];
        }
    }
    bool alone = rest.count == card->scope.count;
    add_group(card, "other", alone ? "All measures" : title, NULL, &rest);
}

// ---- which groups ----

static void by_priority(struct scorecard *card)
{
    const struct council *c = card->q->council;
    const struct plan *plan = page_leading_plan(c);
    for (size_t i = 0; plan != NULL && i < c->aim_count; i++) {
        const struct aim *aim = &c->aims[i];
        if (aim->plan == plan && aim->parent == NULL) {
            struct scope s = scope_aim(c, card->q->arena, aim);
            add_group(card, aim->code, aim->title,
                      page_href(card->q, "scorecards/priority", aim->code), &s);
        }
    }
    add_rest(card, "Under no priority");
}

static void by_outcome(struct scorecard *card)
{
    for (size_t i = 0; card->aim != NULL && i < card->aim->child_count; i++) {
        const struct aim *child = card->aim->children[i];
        struct scope s = scope_aim(card->q->council, card->q->arena, child);
        add_group(card, child->code, child->title,
                  page_href(card->q, "scorecards/priority", child->code), &s);
    }
    add_rest(card, "Others that contribute to this");
}

static void by_unit(struct scorecard *card)
{
    const struct council *c = card->q->council;
    for (size_t i = 0; i < c->unit_count; i++) {
        const struct unit *u = &c->units[i];
        if (u->parent == card->unit) {
            struct scope s = scope_unit(c, card->q->arena, u);
            add_group(card, u->code, u->name, page_href(card->q, "scorecards/unit", u->code), &s);
        }
    }
    add_rest(card, card->unit == NULL
                       ? "Without a unit"
                       : arena_printf(card->q->arena, "%s itself", card->unit->name));
}

static const struct way {
    const char *code, *title;
    void (*group)(struct scorecard *card);
} ways[] = {
    {"priority", "Priority", by_priority},
    {"outcome", "Outcome", by_outcome},
    {"unit", "Unit", by_unit},
};

// Outcomes are those below one aim; priorities within one aim are that aim.
static bool is_offered(const struct scorecard *card, const struct way *way)
{
    if (way->group == by_outcome) {
        return card->aim != NULL;
    }
    return way->group != by_priority || card->aim == NULL;
}

const char *scorecard_by(const struct scorecard *card)
{
    const char *asked = page_query(card->q, "by");
    for (size_t i = 0; asked != NULL && i < COUNT_OF(ways); i++) {
        if (strcmp(asked, ways[i].code) == 0 && is_offered(card, &ways[i])) {
            return ways[i].code;
        }
    }
    return card->default_by;
}

void scorecard_group_links(const struct scorecard *card, struct tree *page, const char *by)
{
    struct tree *list = tree_list(page, "group_by");
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        if (is_offered(card, &ways[i])) {
            struct tree *item = tree_map(list, NULL);
            tree_text(item, "title", ways[i].title);
            tree_text(item, "href", page_href_with(card->q, "by", ways[i].code));
            tree_bool(item, "current", strcmp(by, ways[i].code) == 0);
        }
    }
}

void scorecard_groups(struct scorecard *card, struct tree *page, const char *by)
{
    struct page_request *q = card->q;
    card->groups = tree_list(page, "groups");
    card->table = part_measure_table(page, "table", "scorecard", "All measures of this scorecard");
    tree_column(card->table, "group", "Group", false);
    card->times = ARENA_ARRAY(q->arena, q->council->measure_count + 1, int);
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        if (strcmp(by, ways[i].code) == 0) {
            ways[i].group(card);
        }
    }
    int repeated = 0;
    for (size_t i = 0; i < card->scope.count; i++) {
        repeated += card->times[card->scope.measures[i]->index] > 1 ? 1 : 0;
    }
    tree_text(
        page, "repeated",
        repeated == 0
            ? NULL
            : arena_printf(q->arena,
                           "%s in more than one group, because %s more than one priority or "
                           "outcome; the counts above take each once.",
                           words_count(q->arena, repeated, "measure stands", "measures stand"),
                           repeated == 1 ? "it serves" : "they serve"));
}
