// The links of a filter: each choice with how many measures it would show.

#include <stdlib.h>
#include <string.h>

#include "view/links.h"
#include "view/measure_filter.h"
#include "view/words.h"

static const struct {
    const char *parameter, *title, *plain;
} facets[FILTER_FIELDS] = {
    [FILTER_TEXT] = {"q", "Text", "text"},        [FILTER_STATUS] = {"status", "Status", "status"},
    [FILTER_KIND] = {"kind", "Kind", "kind"},     [FILTER_CLASS] = {"class", "Class", "class"},
    [FILTER_UNIT] = {"unit", "Unit", "unit"},     [FILTER_OWNER] = {"owner", "Owner", "owner"},
    [FILTER_STATE] = {"state", "State", "state"},
};

enum { MORE_MAX = 256 };

static const struct {
    const char *code, *word;
} words[] = {
    {"look", "Needs a look"},
    {"performance", "Performance"},
    {"contextual", "Contextual"},
    {"corporate", "Corporate"},
    {"service", "Service"},
    {"statutory", "Statutory"},
    {"live", "Live"},
    {"organisational", "Organisational"},
    {"retired", "Retired"},
    {"development", "In development"},
};

// What a value in the address is called; the value itself where it names nothing.
static const char *value_title(const struct page_request *q, enum filter_field field,
                               const char *value)
{
    if (field == FILTER_UNIT) {
        const struct unit *u = council_unit(q->council, value);
        return u == NULL ? value : u->name;
    }
    if (field == FILTER_OWNER) {
        const struct person *p = council_person(q->council, value);
        return p == NULL ? value : p->name;
    }
    if (field == FILTER_STATUS && status_from_code(value) != STATUS_COUNT) {
        return words_status(status_from_code(value));
    }
    for (size_t i = 0; field != FILTER_TEXT && i < COUNT_OF(words); i++) {
        if (strcmp(words[i].code, value) == 0) {
            return words[i].word;
        }
    }
    return value;
}

struct facet {
    struct page_request *q;
    const struct filter *filter;
    const struct scope *scope;
    enum filter_field field;
    struct tree *items;
};

static int count_of(const struct facet *f, const char *value)
{
    const struct reading *all = page_readings(f->q);
    struct filter tried = *f->filter;
    tried.value[f->field] = value;
    int count = 0;
    for (size_t i = 0; i < f->scope->count; i++) {
        count += filter_matches(&tried, &all[f->scope->measures[i]->index], FILTER_FIELDS) ? 1 : 0;
    }
    return count;
}

// A choice; left out where it would show nothing, unless it is the one chosen.
static void put_choice(const struct facet *f, const char *value, const char *title)
{
    int count = count_of(f, value);
    const char *chosen = f->filter->value[f->field];
    bool current = chosen != NULL && strcmp(chosen, value) == 0;
    if (count == 0 && !current) {
        return;
    }
    struct tree *item = tree_map(f->items, NULL);
    tree_text(item, "title", title);
    tree_text(item, "value", value);
    tree_int(item, "count", count);
    tree_text(item, "href",
              page_href_with(f->q, facets[f->field].parameter, current ? NULL : value));
    tree_bool(item, "current", current);
}

static void put_words(const struct facet *f, const char *const *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put_choice(f, values[i], value_title(f->q, f->field, values[i]));
    }
}

static void put_statuses(const struct facet *f)
{
    put_choice(f, "look", value_title(f->q, FILTER_STATUS, "look"));
    for (int s = 0; s < STATUS_COUNT; s++) {
        put_choice(f, status_code((enum status)s), words_status((enum status)s));
    }
}

// Directorates; the services below them are reached from their own scorecards.
static void put_units(const struct facet *f)
{
    const struct council *c = f->q->council;
    for (size_t i = 0; i < c->unit_count; i++) {
        const char *chosen = f->filter->value[FILTER_UNIT];
        bool is_chosen = chosen != NULL && strcmp(chosen, c->units[i].code) == 0;
        if (c->units[i].parent == NULL || is_chosen) {
            put_choice(f, c->units[i].code, c->units[i].name);
        }
    }
}

static int person_order(const void *left, const void *right)
{
    const struct person *const *x = left, *const *y = right;
    return strcmp((*x)->name, (*y)->name);
}

static void put_owners(const struct facet *f)
{
    const struct council *c = f->q->council;
    const struct person **owners =
        ARENA_ARRAY(f->q->arena, f->scope->count + 1, const struct person *);
    size_t count = 0;
    for (size_t i = 0; i < c->person_count; i++) {
        for (size_t k = 0; k < f->scope->count; k++) {
            if (f->scope->measures[k]->owner == &c->people[i]) {
                owners[count++] = &c->people[i];
                break;
            }
        }
    }
    qsort(owners, count, sizeof *owners, person_order);
    for (size_t i = 0; i < count; i++) {
        put_choice(f, owners[i]->code, owners[i]->name);
    }
}

static void put_facet(struct facet *f, struct tree *map)
{
    static const char *const kinds[] = {"performance", "contextual"};
    static const char *const classes[] = {"corporate", "service", "statutory", "organisational"};
    static const char *const states[] = {"live", "development", "retired"};
    tree_text(map, "name", facets[f->field].parameter);
    tree_text(map, "title", facets[f->field].title);
    f->items = tree_list(map, "items");
    switch (f->field) {
    case FILTER_STATUS: put_statuses(f); break;
    case FILTER_KIND: put_words(f, kinds, COUNT_OF(kinds)); break;
    case FILTER_CLASS: put_words(f, classes, COUNT_OF(classes)); break;
    case FILTER_STATE: put_words(f, states, COUNT_OF(states)); break;
    case FILTER_UNIT: put_units(f); break;
    case FILTER_OWNER: put_owners(f); break;
    case FILTER_TEXT:
    case FILTER_FIELDS: break;
    }
    tree_bool(map, "any", f->items->count > 0);
}

static void put_chosen(struct page_request *q, struct tree *map, const struct filter *f)
{
    struct tree *chosen = tree_list(map, "chosen");
    struct tree *keep = tree_list(map, "keep");
    for (size_t i = 0; i < FILTER_FIELDS; i++) {
        if (f->value[i] == NULL) {
            continue;
        }
        struct tree *item = tree_map(chosen, NULL);
        tree_text(item, "title", facets[i].title);
        tree_text(item, "value", value_title(q, (enum filter_field)i, f->value[i]));
        tree_text(item, "href", page_href_with(q, facets[i].parameter, NULL));
        if (i != FILTER_TEXT) {
            struct tree *kept = tree_map(keep, NULL);
            tree_text(kept, "name", facets[i].parameter);
            tree_text(kept, "value", f->value[i]);
        }
    }
    static const char *const others[] = {"sort", "period", "by"};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        if (page_query(q, others[i]) != NULL) {
            struct tree *kept = tree_map(keep, NULL);
            tree_text(kept, "name", others[i]);
            tree_text(kept, "value", page_query(q, others[i]));
        }
    }
    tree_text(map, "text", f->value[FILTER_TEXT]);
    tree_bool(map, "any", chosen->count > 0);
}

// The address with nothing chosen; the period stays, and how the page is ordered.
static const char *cleared(struct page_request *q)
{
    struct page_request at = *q;
    for (size_t i = 0; i < FILTER_FIELDS; i++) {
        const char *href = page_href_with(&at, facets[i].parameter, NULL);
        const char *mark = strchr(href, '?');
        at.query_text = mark == NULL ? "" : mark + 1;
    }
    return page_href_with(&at, "q", NULL);
}

static void put_sorts(struct page_request *q, struct tree *map, const struct filter *f)
{
    static const struct {
        const char *title, *way;
    } sorts[SORT_COUNT] = {
        [SORT_STATUS] = {"Status, worst first", "descending"},
        [SORT_CODE] = {"Code", "ascending"},
        [SORT_TITLE] = {"Title", "ascending"},
        [SORT_TRAVEL] = {"Direction, getting worse first", "descending"},
        [SORT_OWNER] = {"Owner", "ascending"},
        [SORT_LOOK] = {"Needs a look, real worsening first", "descending"},
    };
    struct tree *list = tree_list(map, "sorts");
    struct tree *by = tree_map(map, "sort_by");
    for (int i = 0; i < SORT_COUNT; i++) {
        const char *code = sort_code((enum measure_sort)i);
        const char *href = page_href_with(q, "sort", code);
        bool current = f->sort == (enum measure_sort)i;
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "title", sorts[i].title);
        tree_text(item, "href", href);
        tree_bool(item, "current", current);
        struct tree *head = tree_map(by, code);
        tree_text(head, "href", href);
        tree_text(head, "aria", current ? sorts[i].way : "none");
    }
    tree_text(map, "sorted", sorts[f->sort].title);
}

void filter_put(struct page_request *q, struct tree *page, const struct filter *f,
                const struct scope *s)
{
    struct tree *map = tree_map(page, "filters");
    put_chosen(q, map, f);
    tree_text(map, "clear_href", cleared(q));
    struct facet status = {q, f, s, FILTER_STATUS, NULL};
    put_facet(&status, tree_map(map, "by_status"));
    struct tree *list = tree_list(map, "facets");
    struct buf more = buf_new(q->arena, MORE_MAX);
    for (int i = 0; i < FILTER_FIELDS; i++) {
        if (i == FILTER_TEXT || i == FILTER_STATUS || (f->fields & (1u << i)) == 0) {
            continue;
        }
        struct facet facet = {q, f, s, (enum filter_field)i, NULL};
        put_facet(&facet, tree_map(list, NULL));
        buf_text(&more, more.length > 0 ? ", " : "");
        buf_text(&more, facets[i].plain);
    }
    tree_text(map, "more", buf_cstr(&more));
    put_sorts(q, map, f);
}
