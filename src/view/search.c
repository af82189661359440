#include "view/search.h"

#include <stdlib.h>
#include <string.h>

#include "view/links.h"
#include "view/parts.h"
#include "view/search_find.h"
#include "view/words.h"
#include "view/words_delivery.h"

enum { SHOWN_OF_KIND = 10, SHOWN_ALL = 15, SHOWN_OF_ONE = 500, TEXTS = 6 };

// A thing that can be found, whatever its kind.
struct thing {
    const char *code, *title;
    const char *texts[TEXTS];
    const char *under; // where it belongs, told under its title
    const struct measure *measure;
    const struct action *action;
};

struct hit {
    struct thing thing;
    enum search_rank rank;
};

struct found {
    const char *kind, *one, *many, *folder;
    size_t (*count)(const struct council *c);
    struct thing (*at)(const struct council *c, size_t i);
};

// ---- each kind as a thing ----

static size_t measures(const struct council *c)
{
    return c->measure_count;
}

static struct thing measure_at(const struct council *c, size_t i)
{
    const struct measure *m = &c->measures[i];
    return (struct thing){.code = m->code,
                          .title = m->title,
                          .texts = {m->definition, m->source, m->note, name_of(m->owner),
                                    m->unit == NULL ? NULL : m->unit->name, m->value_unit},
                          .under = m->unit == NULL ? NULL : m->unit->name,
                          .measure = m};
}

static size_t aims(const struct council *c)
{
    return c->aim_count;
}

static struct thing aim_at(const struct council *c, size_t i)
{
    const struct aim *aim = &c->aims[i];
    return (struct thing){.code = aim->code,
                          .title = aim->title,
                          .texts = {name_of(aim->owner)},
                          .under = aim->plan == NULL ? NULL : aim->plan->title};
}

static size_t plans(const struct council *c)
{
    return c->plan_count;
}

static struct thing plan_at(const struct council *c, size_t i)
{
    const struct plan *p = &c->plans[i];
    return (struct thing){.code = p->code,
                          .title = p->title,
                          .texts = {p->purpose, name_of(p->owner)},
                          .under = words_plan_kind(p->kind)};
}

static size_t units(const struct council *c)
{
    return c->unit_count;
}

static struct thing unit_at(const struct council *c, size_t i)
{
    const struct unit *u = &c->units[i];
    return (struct thing){.code = u->code,
                          .title = u->name,
                          .texts = {name_of(u->head)},
                          .under = u->parent == NULL ? words_unit_kind(u->kind) : u->parent->name};
}

static size_t boards(const struct council *c)
{
    return c->board_count;
}

static struct thing board_at(const struct council *c, size_t i)
{
    const struct board *b = &c->boards[i];
    return (struct thing){.code = b->code,
                          .title = b->name,
                          .texts = {b->purpose, b->chair},
                          .under = words_board_kind(b->kind)};
}

static size_t actions(const struct council *c)
{
    return c->action_count;
}

static struct thing action_at(const struct council *c, size_t i)
{
    const struct action *x = &c->actions[i];
    return (struct thing){.code = x->code,
                          .title = x->title,
                          .texts = {x->note, name_of(x->owner)},
                          .under = words_action_state(x->state),
                          .action = x};
}

static size_t risks(const struct council *c)
{
    return c->risk_count;
}

static struct thing risk_at(const struct council *c, size_t i)
{
    const struct risk *r = &c->risks[i];
    return (struct thing){
        .code = r->code,
        .title = r->title,
        .texts = {r->cause, r->event, r->effect, r->category, name_of(r->owner), r->response},
        .under = name_of(r->owner)};
}

static size_t projects(const struct council *c)
{
    return c->project_count;
}

static struct thing project_at(const struct council *c, size_t i)
{
    const struct project *p = &c->projects[i];
    return (struct thing){.code = p->code,
                          .title = p->title,
                          .texts = {p->stage, p->sponsor, p->manager},
                          .under = p->plan == NULL ? NULL : p->plan->title};
}

static const struct found kinds[] = {
    {"measure", "measure", "measures", "measures", measures, measure_at},
    {"aim", "aim", "aims", "aims", aims, aim_at},
    {"plan", "plan", "plans", "plans", plans, plan_at},
    {"unit", "unit", "units", "units", units, unit_at},
    {"board", "board", "boards", "boards", boards, board_at},
    {"action", "action", "actions", "actions", actions, action_at},
    {"risk", "risk", "risks", "risks", risks, risk_at},
    {"project", "project", "projects", "projects", projects, project_at},
};

// ---- finding ----

struct group {
    const struct found *kind;
    struct hit *hits;
    size_t count, order; // order: as above, where two are equally good
};

static int better_first(const void *left, const void *right)
{
    const struct hit *x = left, *y = right;
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return strverscmp(x->thing.code == NULL ? "" : x->thing.code,
                      y->thing.code == NULL ? "" : y->thing.code);
}

static struct group find(const struct page_request *q, const struct search_query *query,
                         const struct found *kind, size_t order)
{
    struct group g = {.kind = kind, .order = order};
    size_t count = kind->count(q->council);
    g.hits = ARENA_ARRAY(q->arena, count + 1, struct hit);
    for (size_t i = 0; i < count; i++) {
        struct thing t = kind->at(q->council, i);
        enum search_rank rank =
            search_rank_of(q->arena, query, t.code, t.title, t.texts, COUNT_OF(t.texts));
        if (rank != SEARCH_NOT) {
            g.hits[g.count++] = (struct hit){t, rank};
        }
    }
    qsort(g.hits, g.count, sizeof *g.hits, better_first);
    return g;
}

static int best_first(const void *left, const void *right)
{
    const struct group *x = left, *y = right;
    enum search_rank rx = x->count == 0 ? SEARCH_NOT : x->hits[0].rank;
    enum search_rank ry = y->count == 0 ? SEARCH_NOT : y->hits[0].rank;
    if (rx != ry) {
        return rx < ry ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order ? 1 : 0;
}

// ---- showing ----

// An action has no page of its own: the page of actions shows it alone.
static const char *href_of(const struct page_request *q, const struct group *g,
                           const struct thing *t)
{
    if (t->action == NULL) {
        return page_href(q, g->kind->folder, t->code);
    }
    return link_with(q, "actions", "code", t->code);
}

static void put_hit(struct page_request *q, struct tree *items, struct tree *table,
                    const struct group *g, const struct thing *t)
{
    struct tree *item = link_put(items, NULL, t->code, t->title, href_of(q, g, t));
    tree_text(item, "under", t->under);
    if (t->measure == NULL) {
        tree_null(item, "status");
    } else {
        part_status(item, "status", page_readings(q)[t->measure->index].status);
    }
    struct tree *row = tree_row(table);
    tree_text(row, "kind", g->kind->kind);
    tree_text(row, "code", t->code);
    tree_text(row, "title", t->title);
    tree_text(row, "under", t->under);
}

static void put_group(struct page_request *q, struct tree *list, struct tree *table,
                      const struct group *g, size_t most)
{
    struct tree *map = tree_map(list, NULL);
    tree_text(map, "kind", g->kind->kind);
    tree_text(map, "title", words_capital(q->arena, g->kind->many));
    tree_int(map, "count", (int64_t)g->count);
    tree_text(map, "count_words",
              words_count(q->arena, (int)g->count, g->kind->one, g->kind->many));
    struct tree *items = tree_list(map, "items");
    for (size_t i = 0; i < g->count && i < most; i++) {
        put_hit(q, items, table, g, &g->hits[i].thing);
    }
    bool over = g->count > SHOWN_OF_ONE;
    tree_text(map, "more",
              g->count <= most ? NULL
              : over           ? arena_printf(q->arena,
                                              "The first %zu of %zu are shown. Another word finds "
                                                        "fewer.",
                                              most, g->count)
                     : arena_printf(q->arena, "Show all %zu %s", g->count, g->kind->many));
    tree_text(map, "more_href",
              g->count <= most || most == SHOWN_OF_ONE ? NULL
                                                       : page_href_with(q, "kind", g->kind->kind));
}

static struct tree *new_table(struct tree *page)
{
    struct tree *table = tree_table(page, "table", "results", "What was found");
    tree_column(table, "kind", "Kind", false);
    tree_column(table, "code", "Code", false);
    tree_column(table, "title", "Title", false);
    tree_column(table, "under", "Belongs to", false);
    return table;
}

bool view_search(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    const char *typed = page_query(q, "q");
    struct search_query query = search_read(q->arena, typed == NULL ? "" : typed);
    const char *only = page_query(q, "kind");
    struct group groups[COUNT_OF(kinds)];
    size_t count = 0;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        groups[k] = find(q, &query, &kinds[k], k);
        count += groups[k].count;
    }
    qsort(groups, COUNT_OF(groups), sizeof *groups, best_first);
    page_title(page, query.count == 0 ? "Search" : "Search results");
    tree_text(page, "q", typed);
    tree_bool(page, "asked", query.count > 0);
    tree_bool(page, "cut", query.cut);
    tree_int(page, "count", (int64_t)count);
    tree_text(page, "count_words", words_count(q->arena, (int)count, "result", "results"));
    tree_bool(page, "none", query.count > 0 && count == 0);
    tree_text(page, "kind", only);
    tree_text(page, "all_href", page_href_with(q, "kind", NULL));
    tree_text(page, "measures_href", page_href(q, "measures", NULL));
    tree_text(page, "plans_href", page_href(q, "plans", NULL));
    struct tree *list = tree_list(page, "groups");
    struct tree *table = new_table(page);
    for (size_t k = 0; k < COUNT_OF(groups); k++) {
        bool wanted = only == NULL || strcmp(only, groups[k].kind->kind) == 0;
        if (groups[k].count > 0 && wanted) {
            // Two or three more are shown sooner than asked for.
            put_group(q, list, table, &groups[k],
                      only != NULL                   ? SHOWN_OF_ONE
                      : groups[k].count <= SHOWN_ALL ? SHOWN_ALL
                                                     : SHOWN_OF_KIND);
        }
    }
    return true;
}
