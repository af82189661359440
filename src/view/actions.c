#include "view/actions.h"

#include <stdlib.h>
#include <string.h>

#include "view/edit_form.h"
#include "view/links.h"
#include "view/words.h"
#include "view/words_delivery.h"

bool action_is_open(const struct action *x)
{
    return x->state == ACTION_NOT_STARTED || x->state == ACTION_IN_PROGRESS;
}

int action_days_late(const struct action *x, day today)
{
    return action_is_open(x) && x->due != DAY_NONE && x->due < today ? today - x->due : 0;
}

struct action_counts actions_count(const struct council *c)
{
    struct action_counts n = {.total = (int)c->action_count};
    for (size_t i = 0; i < c->action_count; i++) {
        const struct action *x = &c->actions[i];
        n.open += action_is_open(x) ? 1 : 0;
        n.late += action_days_late(x, c->today) > 0 ? 1 : 0;
        n.not_started += x->state == ACTION_NOT_STARTED ? 1 : 0;
        n.in_progress += x->state == ACTION_IN_PROGRESS ? 1 : 0;
        n.completed += x->state == ACTION_COMPLETED ? 1 : 0;
        n.cancelled += x->state == ACTION_CANCELLED ? 1 : 0;
    }
    return n;
}

// ---- in order ----

struct placed {
    const struct action *action;
    int group; // 0 late, 1 open, 2 completed, 3 cancelled
};

static int by_urgency(const void *left, const void *right)
{
    const struct placed *x = left, *y = right;
    if (x->group != y->group) {
        return x->group < y->group ? -1 : 1;
    }
    // Without a date: behind those that have one.
    day dx = x->action->due == DAY_NONE ? INT32_MAX : x->action->due;
    day dy = y->action->due == DAY_NONE ? INT32_MAX : y->action->due;
    if (dx != dy) {
        return dx < dy ? -1 : 1;
    }
    return strcmp(x->action->code, y->action->code);
}

const struct action **actions_sorted(const struct council *c, struct arena *a,
                                     bool (*keep)(const void *context, const struct action *x),
                                     const void *context, size_t *ret_count)
{
    struct placed *placed = ARENA_ARRAY(a, c->action_count + 1, struct placed);
    size_t count = 0;
    for (size_t i = 0; i < c->action_count; i++) {
        const struct action *x = &c->actions[i];
        if (keep == NULL || keep(context, x)) {
            int group = action_days_late(x, c->today) > 0 ? 0
                        : action_is_open(x)               ? 1
                        : x->state == ACTION_COMPLETED    ? 2
                                                          : 3;
            placed[count++] = (struct placed){x, group};
        }
    }
    qsort(placed, count, sizeof *placed, by_urgency);
    const struct action **list = ARENA_ARRAY(a, count + 1, const struct action *);
    for (size_t i = 0; i < count; i++) {
        list[i] = placed[i].action;
    }
    *ret_count = count;
    return list;
}

// ---- the table ----

struct tree *action_table(struct tree *parent, const char *key, const char *caption)
{
    struct tree *table = tree_table(parent, key, "actions", caption);
    tree_column(table, "code", "Code", false);
    tree_column(table, "title", "Action", false);
    tree_column(table, "state", "State", false);
    tree_column(table, "progress", "Progress, %", true);
    tree_column(table, "start", "Starts", false);
    tree_column(table, "due", "Due", false);
    tree_column(table, "days_late", "Days late", true);
    tree_column(table, "owner", "Owner", false);
    tree_column(table, "measure", "Measure", false);
    tree_column(table, "aim", "Aim", false);
    tree_column(table, "plan", "Plan", false);
    tree_column(table, "risk", "Risk", false);
    tree_column(table, "note", "Note", false);
    return table;
}

static const char *state_code(enum action_state s)
{
    static const char *const codes[] = {
        [ACTION_NOT_STARTED] = "not_started",
        [ACTION_IN_PROGRESS] = "in_progress",
        [ACTION_COMPLETED] = "completed",
        [ACTION_CANCELLED] = "cancelled",
    };
    return codes[s];
}

static void put_dates(const struct page_request *q, struct tree *row, const struct action *x)
{
    struct arena *a = q->arena;
    int late = action_days_late(x, q->council->today);
    tree_text(row, "start", x->start == DAY_NONE ? NULL : day_text(a, x->start));
    tree_text(row, "due", x->due == DAY_NONE ? NULL : day_text(a, x->due));
    tree_text(row, "due_shown", x->due == DAY_NONE ? NULL : day_shown(a, x->due));
    tree_number(row, "days_late", late > 0 ? dec_int(late) : DEC_NONE, 0);
    tree_text(row, "late", late > 0 ? words_late(a, late) : NULL);
}

void action_row(const struct page_request *q, struct tree *table, const struct action *x)
{
    struct tree *row = tree_row(table);
    tree_text(row, "code", x->code);
    tree_text(row, "title", x->title);
    edit_links_put(q, row, KIND_ACTION, x->code);
    tree_text(row, "state", state_code(x->state));
    tree_text(row, "state_word", words_action_state(x->state));
    tree_bool(row, "open", action_is_open(x));
    tree_number(row, "progress", x->progress < 0 ? DEC_NONE : dec_int(x->progress), 0);
    tree_text(row, "progress_words",
              x->progress < 0 ? "No progress given" : arena_printf(q->arena, "%d%%", x->progress));
    put_dates(q, row, x);
    tree_text(row, "owner", name_of(x->owner));
    tree_text(row, "measure", x->measure == NULL ? NULL : x->measure->code);
    tree_text(row, "aim", x->aim == NULL ? NULL : x->aim->code);
    tree_text(row, "plan", x->plan == NULL ? NULL : x->plan->code);
    tree_text(row, "risk", x->risk == NULL ? NULL : x->risk->code);
    struct tree *links = tree_list(row, "links");
    link_measure(q, links, NULL, x->measure);
    link_risk(q, links, NULL, x->risk);
    link_aim(q, links, NULL, x->aim);
    // The plan says nothing that its aim has not said.
    link_plan(q, links, NULL, x->aim != NULL && x->aim->plan == x->plan ? NULL : x->plan);
    // The first in full; of the rest the code will do on a crowded page.
    for (struct tree *link = links->first; link != NULL; link = link->next) {
        tree_bool(link, "brief", link != links->first);
    }
    tree_bool(row, "has_links", links->count > 0);
    tree_text(row, "note", x->note);
}
