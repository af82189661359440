// Sections of the report on what is being done: actions and risks.

#include <stdlib.h>
#include <string.h>

#include "view/quarterly_parts.h"
#include "view/words.h"

static bool is_open(const struct action *x)
{
    return x->state == ACTION_NOT_STARTED || x->state == ACTION_IN_PROGRESS;
}

static int sooner(const void *left, const void *right)
{
    const struct action *x = *(const struct action *const *)left;
    const struct action *y = *(const struct action *const *)right;
    if (x->due != y->due) {
        // No date at all stands last: it is neither late nor promised.
        return x->due == DAY_NONE ? 1 : y->due == DAY_NONE ? -1 : x->due < y->due ? -1 : 1;
    }
    return strcmp(x->code, y->code);
}

static const char *for_what(const struct action *x)
{
    return x->measure != NULL ? x->measure->code
           : x->aim != NULL   ? x->aim->title
           : x->risk != NULL  ? x->risk->code
           : x->plan != NULL  ? x->plan->title
                              : NULL;
}

void quarterly_actions(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "actions", n, "Actions");
    const struct council *c = q->council;
    const struct action **list = ARENA_ARRAY(q->arena, c->action_count + 1, const struct action *);
    size_t open = 0;
    int late = 0, done = 0;
    for (size_t i = 0; i < c->action_count; i++) {
        const struct action *x = &c->actions[i];
        done += x->state == ACTION_COMPLETED ? 1 : 0;
        if (is_open(x)) {
            list[open++] = x;
            late += x->due != DAY_NONE && x->due < c->today ? 1 : 0;
        }
    }
    qsort(list, open, sizeof *list, sooner);
    tree_int(section, "count", (int64_t)c->action_count);
    tree_int(section, "open", (int64_t)open);
    tree_int(section, "late", late);
    tree_int(section, "completed", done);
    struct tree *table = tree_table(section, "table", "actions", "Actions under way, late first");
    tree_column(table, "code", "Action", false);
    tree_column(table, "title", "What", false);
    tree_column(table, "for", "For", false);
    tree_column(table, "owner", "Owner", false);
    tree_column(table, "due", "Due", false);
    tree_column(table, "progress", "Progress, %", true);
    tree_column(table, "state", "State", false);
    for (size_t i = 0; i < open; i++) {
        const struct action *x = list[i];
        struct tree *row = tree_row(table);
        tree_text(row, "code", x->code);
        tree_text(row, "title", x->title);
        tree_text(row, "for", for_what(x));
        tree_text(row, "owner", x->owner == NULL ? NULL : x->owner->name);
        tree_text(row, "due", x->due == DAY_NONE ? NULL : day_shown(q->arena, x->due));
        tree_number(row, "progress", x->progress < 0 ? DEC_NONE : dec_int(x->progress), 0);
        tree_text(row, "state", words_action_state(x->state));
        tree_bool(row, "late", x->due != DAY_NONE && x->due < c->today);
    }
}

static int graver(const void *left, const void *right)
{
    const struct risk *x = *(const struct risk *const *)left;
    const struct risk *y = *(const struct risk *const *)right;
    if (x->residual_score != y->residual_score) {
        return x->residual_score > y->residual_score ? -1 : 1;
    }
    if (x->initial_score != y->initial_score) {
        return x->initial_score > y->initial_score ? -1 : 1;
    }
    return strcmp(x->code, y->code);
}

static struct dec score(int s)
{
    return s < 0 ? DEC_NONE : dec_int(s);
}

void quarterly_risks(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "risks", n, "Risks");
    const struct council *c = q->council;
    const struct risk **list = ARENA_ARRAY(q->arena, c->risk_count + 1, const struct risk *);
    for (size_t i = 0; i < c->risk_count; i++) {
        list[i] = &c->risks[i];
    }
    qsort(list, c->risk_count, sizeof *list, graver);
    tree_int(section, "count", (int64_t)c->risk_count);
    struct tree *table = tree_table(section, "table", "risks", "Risks, gravest first");
    tree_column(table, "code", "Risk", false);
    tree_column(table, "title", "What could happen", false);
    tree_column(table, "initial_score", "Initial score", true);
    tree_column(table, "residual_score", "Residual score", true);
    tree_column(table, "target_score", "Target score", true);
    tree_column(table, "controls", "Controls", true);
    tree_column(table, "owner", "Owner", false);
    for (size_t i = 0; i < c->risk_count; i++) {
        const struct risk *r = list[i];
        struct tree *row = tree_row(table);
        tree_text(row, "code", r->code);
        tree_text(row, "title", r->title);
        tree_text(row, "href", page_href(q, "risks", r->code));
        tree_number(row, "initial_score", score(r->initial_score), 0);
        tree_number(row, "residual_score", score(r->residual_score), 0);
        tree_number(row, "target_score", score(r->target_score), 0);
        tree_int(row, "controls", (int64_t)r->control_count);
        tree_text(row, "owner", r->owner == NULL ? NULL : r->owner->name);
    }
}
