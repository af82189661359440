#include "view/page.h"

#include <string.h>

#include "base/percent.h"
#include "view/words.h"

const struct reading *page_readings(struct page_request *q)
{
    if (q->readings == NULL) {
        q->readings = readings_all(q->council, q->arena, q->period);
    }
    return q->readings;
}

const struct outlook *page_outlooks(struct page_request *q)
{
    if (q->outlooks == NULL) {
        q->outlooks = outlooks_all(q->council, page_readings(q), q->arena);
    }
    return q->outlooks;
}

const char *page_id(struct page_request *q, const char *kind)
{
    q->ids++;
    return arena_printf(q->arena, "%s-%u", kind, q->ids);
}

const char *page_query(const struct page_request *q, const char *name)
{
    const char *value = q->query == NULL ? NULL : q->query(q->context, name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

static void put_period(struct buf *b, const struct page_request *q)
{
    if (q->period_given) {
        buf_text(b, "?period=");
        period_write_id(b, q->period, q->council->year_start);
    }
}

enum { ADDRESS_MAX = 16384 };

const char *page_href(const struct page_request *q, const char *folder, const char *code)
{
    struct buf b = buf_new(q->arena, ADDRESS_MAX);
    buf_char(&b, '/');
    percent_put(&b, q->council->code);
    if (folder != NULL && folder[0] != '\0') {
        buf_char(&b, '/');
        buf_text(&b, folder);
    }
    if (code != NULL) {
        buf_char(&b, '/');
        percent_put(&b, code);
    }
    put_period(&b, q);
    return buf_cstr(&b);
}

const char *page_href_with(const struct page_request *q, const char *name, const char *value)
{
    struct buf b = buf_new(q->arena, ADDRESS_MAX);
    buf_text(&b, q->path);
    char joint = '?';
    size_t name_length = strlen(name);
    for (const char *p = q->query_text; *p != '\0';) {
        size_t length = strcspn(p, "&");
        bool same = strncmp(p, name, name_length) == 0 && p[name_length] == '=';
        // What is given empty says nothing: it is left out, so that addresses stay short.
        bool empty = length > 0 && p[length - 1] == '=';
        if (length > 0 && !same && !empty) {
            buf_char(&b, joint);
            buf_put(&b, p, length);
            joint = '&';
        }
        p += length + (p[length] == '&' ? 1 : 0);
    }
    if (value != NULL) {
        buf_char(&b, joint);
        percent_put(&b, name);
        buf_char(&b, '=');
        percent_put(&b, value);
    }
    return buf_cstr(&b);
}

const char *page_csv_href(const struct page_request *q, const char *table)
{
    struct page_request at = *q;
    at.path = arena_printf(q->arena, "%s.csv", q->path);
    return page_href_with(&at, "table", table);
}

struct period page_default_period(const struct council *c)
{
    struct period now = period_of(PERIOD_QUARTER, c->today, c->year_start);
    struct period last_whole = period_step(now, -1, c->year_start);
    if (c->last_quarter.kind == PERIOD_NONE || period_compare(c->last_quarter, last_whole) > 0) {
        return last_whole;
    }
    return c->last_quarter;
}

// The priorities of the corporate plan; without one, the top aims of the plan that stands highest.
const struct plan *page_leading_plan(const struct council *c)
{
    static const char *const order[] = {"corporate",   "community",   "vision",
                                        "partnership", "directorate", "service"};
    for (size_t k = 0; k < COUNT_OF(order); k++) {
        // Of several corporate plans, the one whose aims have measures.
        for (size_t i = 0; i < c->aim_count; i++) {
            const struct plan *plan = c->aims[i].plan;
            if (plan != NULL && strcmp(plan->kind, order[k]) == 0 && c->aims[i].measure_count > 0) {
                return plan;
            }
        }
    }
    for (size_t k = 0; k < COUNT_OF(order); k++) {
        for (size_t i = 0; i < c->plan_count; i++) {
            if (strcmp(c->plans[i].kind, order[k]) == 0) {
                return &c->plans[i];
            }
        }
    }
    return NULL;
}

static void put_nav(const struct page_request *q, struct tree *page, const char *section)
{
    static const struct {
        const char *title, *folder;
    } sections[] = {{"Overview", ""},   {"Scorecards", "scorecards"}, {"Measures", "measures"},
                    {"Plans", "plans"}, {"Delivery", "delivery"},     {"Reports", "reports"}};
    struct tree *nav = tree_list(page, "nav");
    for (size_t i = 0; i < COUNT_OF(sections); i++) {
        struct tree *item = tree_map(nav, NULL);
        tree_text(item, "title", sections[i].title);
        tree_text(item, "href", page_href(q, sections[i].folder, NULL));
        tree_bool(item, "current", strcmp(sections[i].title, section) == 0);
    }
}

static void put_period_link(const struct page_request *q, struct tree *parent, const char *key,
                            struct period p)
{
    const struct council *c = q->council;
    // One step past the last figures: there stands what is not due yet.
    if (c->first_quarter.kind == PERIOD_NONE || p.start < c->first_quarter.start ||
        p.start > c->today || p.start > c->last_quarter.end + 1) {
        tree_null(parent, key);
        return;
    }
    struct tree *link = tree_map(parent, key);
    tree_text(link, "href", page_href_with(q, "period", period_id(q->arena, p, c->year_start)));
    tree_text(link, "title", words_period(q->arena, p, c->year_start));
    tree_text(link, "short", words_period_short(q->arena, p, c->year_start));
}

static void put_switcher(const struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct tree *period = tree_map(page, "period");
    tree_text(period, "id", period_id(q->arena, q->period, c->year_start));
    tree_text(period, "title", words_period(q->arena, q->period, c->year_start));
    tree_text(period, "short", words_period_short(q->arena, q->period, c->year_start));
    put_period_link(q, period, "previous", period_step(q->period, -1, c->year_start));
    put_period_link(q, period, "next", period_step(q->period, 1, c->year_start));
    struct tree *choices = tree_list(period, "choices");
    enum { CHOICES_MAX = 80 };
    struct period p = c->last_quarter;
    for (int i = 0; i < CHOICES_MAX && p.kind != PERIOD_NONE && p.start >= c->first_quarter.start;
         i++, p = period_step(p, -1, c->year_start)) {
        struct tree *choice = tree_map(choices, NULL);
        const char *id = period_id(q->arena, p, c->year_start);
        tree_text(choice, "id", id);
        tree_text(choice, "title", words_period_short(q->arena, p, c->year_start));
        tree_text(choice, "href", page_href_with(q, "period", id));
        tree_bool(choice, "current", period_equal(p, q->period));
    }
}

static const char *with_ending(const struct page_request *q, const char *ending)
{
    return arena_printf(q->arena, "%s%s%s%s", q->path, ending, q->query_text[0] == '\0' ? "" : "?",
                        q->query_text);
}

void page_frame(const struct page_request *q, struct tree *page, const char *section)
{
    const struct council *c = q->council;
    tree_text(page, "product", "Goldthread");
    struct tree *organisation = tree_map(page, "organisation");
    tree_text(organisation, "code", c->code);
    tree_text(organisation, "name", c->name);
    tree_text(organisation, "notice", words_notice(q->arena, c));
    tree_text(organisation, "href", page_href(q, "", NULL));
    tree_text(page, "section", section);
    put_nav(q, page, section);
    if (!q->acts || q->has_period) {
        put_switcher(q, page);
    } else {
        tree_null(page, "period");
    }
    tree_text(page, "path", q->path);
    tree_text(page, "search_href", arena_printf(q->arena, "/%s/search", c->code));
    tree_text(page, "edit_href", page_href(q, "edit", NULL));
    tree_text(page, "accessibility_href", page_href(q, "accessibility", NULL));
    struct tree *foot = tree_map(page, "foot");
    tree_text(foot, "as_at", day_shown(q->arena, c->today));
    tree_int(foot, "revision", (int64_t)c->revision);
    tree_text(foot, "json_href", q->acts ? NULL : with_ending(q, ".json"));
    tree_list(page, "breadcrumbs");
}

void page_title(struct tree *page, const char *title)
{
    for (struct tree *child = page->first; child != NULL; child = child->next) {
        if (strcmp(child->key, "heading") == 0) {
            child->kind = TREE_TEXT;
            child->text = title;
            return;
        }
    }
    tree_text(page, "heading", title);
}

void page_crumb(struct tree *page, const char *title, const char *href)
{
    for (struct tree *child = page->first; child != NULL; child = child->next) {
        if (strcmp(child->key, "breadcrumbs") == 0) {
            struct tree *crumb = tree_map(child, NULL);
            tree_text(crumb, "title", title);
            tree_text(crumb, "href", href);
            return;
        }
    }
}
