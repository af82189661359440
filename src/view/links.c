#include "view/links.h"

struct tree *link_put(struct tree *parent, const char *key, const char *code, const char *title,
                      const char *href)
{
    struct tree *link = tree_map(parent, key);
    tree_text(link, "code", code);
    tree_text(link, "title", title);
    tree_text(link, "href", href);
    return link;
}

static struct tree *put(struct tree *parent, const char *key, const char *what, const char *code,
                        const char *title, const char *href)
{
    struct tree *link = link_put(parent, key, code, title, href);
    tree_text(link, "what", what);
    return link;
}

static void put_nothing(struct tree *parent, const char *key)
{
    if (key != NULL) {
        tree_null(parent, key);
    }
}

void link_measure(const struct page_request *q, struct tree *parent, const char *key,
                  const struct measure *m)
{
    if (m == NULL) {
        put_nothing(parent, key);
        return;
    }
    put(parent, key, "Measure", m->code, m->title, page_href(q, "measures", m->code));
}

void link_aim(const struct page_request *q, struct tree *parent, const char *key,
              const struct aim *aim)
{
    if (aim == NULL) {
        put_nothing(parent, key);
        return;
    }
    struct tree *link =
        put(parent, key, "Aim", aim->code, aim->title, page_href(q, "aims", aim->code));
    tree_text(link, "plan", aim->plan == NULL ? NULL : aim->plan->title);
}

void link_plan(const struct page_request *q, struct tree *parent, const char *key,
               const struct plan *plan)
{
    if (plan == NULL) {
        put_nothing(parent, key);
        return;
    }
    put(parent, key, "Plan", plan->code, plan->title, page_href(q, "plans", plan->code));
}

void link_unit(const struct page_request *q, struct tree *parent, const char *key,
               const struct unit *unit)
{
    if (unit == NULL) {
        put_nothing(parent, key);
        return;
    }
    put(parent, key, "Unit", unit->code, unit->name, page_href(q, "units", unit->code));
}

void link_board(const struct page_request *q, struct tree *parent, const char *key,
                const struct board *board)
{
    if (board == NULL) {
        put_nothing(parent, key);
        return;
    }
    put(parent, key, "Board", board->code, board->name, page_href(q, "boards", board->code));
}

void link_risk(const struct page_request *q, struct tree *parent, const char *key,
               const struct risk *risk)
{
    if (risk == NULL) {
        put_nothing(parent, key);
        return;
    }
    put(parent, key, "Risk", risk->code, risk->title, page_href(q, "risks", risk->code));
}

void link_project(const struct page_request *q, struct tree *parent, const char *key,
                  const struct project *project)
{
    if (project == NULL) {
        put_nothing(parent, key);
        return;
    }
    put(parent, key, "Project", project->code, project->title,
        page_href(q, "projects", project->code));
}

const char *link_with(const struct page_request *q, const char *folder, const char *name,
                      const char *value)
{
    struct page_request at = *q;
    at.period_given = false;
    at.path = page_href(&at, folder, NULL);
    at.query_text = q->period_given
                        ? arena_printf(q->arena, "period=%s",
                                       period_id(q->arena, q->period, q->council->year_start))
                        : "";
    return page_href_with(&at, name, value);
}

void fact_put(struct tree *list, const char *key, const char *value, const char *href)
{
    if (value == NULL || value[0] == '\0') {
        return;
    }
    struct tree *fact = tree_map(list, NULL);
    tree_text(fact, "key", key);
    tree_text(fact, "value", value);
    tree_text(fact, "href", href);
}

const char *name_of(const struct person *p)
{
    return p == NULL ? NULL : p->name;
}
