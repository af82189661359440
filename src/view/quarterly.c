#include "view/quarterly.h"

#include <string.h>

#include "view/outlook.h"
#include "view/overview_parts.h"
#include "view/parts.h"
#include "view/quarterly_parts.h"
#include "view/words.h"

struct scope quarterly_scope(struct page_request *q)
{
    return scope_organisation(q->council, q->arena);
}

struct tree *quarterly_section(struct tree *page, const char *key, int n, const char *title)
{
    struct tree *section = tree_map(page, key);
    tree_int(section, "n", n);
    tree_text(section, "section_title", title);
    return section;
}

static void put_report(struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct tree *report = tree_map(page, "report");
    tree_text(report, "title",
              arena_printf(q->arena, "Performance report, %s",
                           words_period(q->arena, q->period, c->year_start)));
    tree_text(report, "organisation", c->name);
    tree_text(report, "period", words_period(q->arena, q->period, c->year_start));
    tree_text(report, "period_id", period_id(q->arena, q->period, c->year_start));
    tree_text(report, "made_on", day_shown(q->arena, c->today));
    tree_text(report, "data_to", day_shown(q->arena, q->period.end));
    int days = c->today - q->period.end;
    tree_text(report, "days_after", days > 0 ? words_count(q->arena, days, "day", "days") : NULL);
    tree_int(report, "revision", (int64_t)c->revision);
    tree_text(report, "audit_head", c->audit_head);
    tree_text(report, "notice", words_notice(q->arena, c));
}

void quarterly_glance(struct page_request *q, struct tree *page, int n)
{
    struct tree *glance = quarterly_section(page, "glance", n, "The quarter in a page");
    struct scope s = quarterly_scope(q);
    part_rollup(q, glance, "rollup", &s);
    overview_changed(q, glance, &s);
    size_t count = 0, total = 0;
    enum { WORST_SHOWN = 5 };
    const struct reading **list = part_exceptions(q, &s, WORST_SHOWN, &count, &total);
    struct tree *worst = tree_list(glance, "worst");
    for (size_t i = 0; i < count; i++) {
        part_measure(q, tree_map(worst, NULL), list[i]);
    }
}

// ---- summary: who is where, each share with its base ----

static struct tree *summary_table(struct tree *section, const char *id, const char *title)
{
    struct tree *tables = NULL;
    for (struct tree *child = section->first; child != NULL; child = child->next) {
        tables = strcmp(child->key, "tables") == 0 ? child : tables;
    }
    if (tables == NULL) {
        tables = tree_list(section, "tables");
    }
    struct tree *table = tree_table(tables, NULL, id, title);
    tree_column(table, "title", "Group", false);
    tree_column(table, "on_target", "On target", true);
    tree_column(table, "slightly_off", "Slightly off target", true);
    tree_column(table, "off_target", "Off target", true);
    tree_column(table, "scored", "With a status", true);
    tree_column(table, "not_scored", "Not scored", true);
    tree_column(table, "total", "All measures", true);
    tree_column(table, "on_target_of_scored", "On target, % of those with a status", true);
    tree_column(table, "on_target_of_all", "On target, % of all", true);
    part_outlook_cell_columns(table);
    tree_column(table, "worst_code", "Worst measure", false);
    return table;
}

static void summary_row(struct page_request *q, struct tree *table, const char *title,
                        const struct scope *s)
{
    const struct reading *worst = NULL;
    struct rollup r = scope_rollup(s, page_readings(q), q->arena, &worst);
    if (r.total == 0) {
        return;
    }
    int on = r.by_status[STATUS_ON_TARGET];
    struct tree *row = tree_row(table);
    tree_text(row, "title", title);
    tree_int(row, "on_target", on);
    tree_int(row, "slightly_off", r.by_status[STATUS_SLIGHTLY_OFF]);
    tree_int(row, "off_target", r.by_status[STATUS_OFF_TARGET]);
    tree_int(row, "scored", r.scored);
    tree_int(row, "not_scored", r.total - r.scored);
    tree_int(row, "total", r.total);
    tree_number(row, "on_target_of_scored", rollup_share(on, r.scored, 0), 0);
    tree_number(row, "on_target_of_all", rollup_share(on, r.total, 0), 0);
    part_outlook_cells(q, row, s);
    tree_text(row, "worst_code", worst == NULL ? NULL : worst->measure->code);
    tree_text(row, "worst_title", worst == NULL ? NULL : worst->measure->title);
    tree_text(row, "worst_word", worst == NULL ? NULL : words_status(worst->status));
    tree_text(row, "worst_shape", worst == NULL ? NULL : words_status_shape(worst->status));
}

static struct scope kind_scope(struct page_request *q, bool contextual)
{
    struct scope all = quarterly_scope(q);
    struct scope s = {ARENA_ARRAY(q->arena, all.count + 1, const struct measure *), 0};
    for (size_t i = 0; i < all.count; i++) {
        if (all.measures[i]->contextual == contextual) {
            s.measures[s.count++] = all.measures[i];
        }
    }
    return s;
}

static void by_priority(struct page_request *q, struct tree *section)
{
    const struct council *c = q->council;
    const struct plan *plan = page_leading_plan(c);
    if (plan == NULL) {
        return;
    }
    struct tree *table = summary_table(section, "by-priority", "By priority");
    for (size_t i = 0; i < c->aim_count; i++) {
        if (c->aims[i].plan == plan && c->aims[i].parent == NULL) {
            struct scope s = scope_aim(c, q->arena, &c->aims[i]);
            summary_row(q, table, c->aims[i].title, &s);
        }
    }
}

static void by_directorate(struct page_request *q, struct tree *section)
{
    const struct council *c = q->council;
    struct tree *table = summary_table(section, "by-directorate", "By directorate");
    for (size_t i = 0; i < c->unit_count; i++) {
        if (c->units[i].parent == NULL) {
            struct scope s = scope_unit(c, q->arena, &c->units[i]);
            summary_row(q, table, c->units[i].name, &s);
        }
    }
}

void quarterly_summary(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "summary", n, "Summary");
    struct tree *table = summary_table(section, "by-kind", "By kind of measure");
    struct scope all = quarterly_scope(q);
    summary_row(q, table, "All measures", &all);
    struct scope ours = kind_scope(q, false), context = kind_scope(q, true);
    summary_row(q, table, "Performance: in the council's gift", &ours);
    summary_row(q, table, "Contextual: often not fully in the council's control", &context);
    static const struct {
        unsigned bit;
        const char *title;
    } classes[] = {{CLASS_CORPORATE, "Corporate"},
                   {CLASS_STATUTORY, "Statutory"},
                   {CLASS_SERVICE, "Service"},
                   {CLASS_ORGANISATIONAL, "Organisational"}};
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        struct scope s = scope_classes(q->council, q->arena, classes[i].bit);
        summary_row(q, table, classes[i].title, &s);
    }
    by_priority(q, section);
    by_directorate(q, section);
}

static void put_contents(struct page_request *q, struct tree *page)
{
    struct tree *contents = tree_new_list(q->arena);
    for (const struct tree *child = page->first; child != NULL; child = child->next) {
        const struct tree *title = tree_get(child, "section_title");
        if (title != NULL) {
            struct tree *item = tree_map(contents, NULL);
            tree_text(item, "title", title->text);
            tree_text(item, "href",
                      arena_printf(q->arena, "#section-%s", tree_get(child, "n")->text));
        }
    }
    tree_attach(page, "contents", contents);
}

bool view_quarterly(struct page_request *q, struct tree *page, struct err *e)
{
    put_report(q, page);
    page_title(page, tree_get(tree_get(page, "report"), "title")->text);
    page_crumb(page, "Reports", page_href(q, "reports", NULL));
    static void (*const sections[])(struct page_request *, struct tree *, int) = {
        quarterly_legend,     quarterly_glance,     quarterly_summary, quarterly_exceptions,
        quarterly_highlights, quarterly_priorities, quarterly_travel,  quarterly_targets,
        quarterly_missing,    quarterly_overrides,  quarterly_actions, quarterly_risks,
        quarterly_money,      quarterly_method};
    for (size_t i = 0; i < COUNT_OF(sections); i++) {
        sections[i](q, page, (int)i + 1);
    }
    put_contents(q, page);
    return report_check(page, e);
}
