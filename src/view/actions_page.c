// The page of actions: which are shown, and the filters above them.

#include <string.h>

#include "view/actions.h"
#include "view/links.h"
#include "view/words.h"

enum { ROWS_MAX = 1000 };

struct wanted {
    const struct council *council;
    const char *state, *about; // codes of the parameters; about NULL: anything
    const char *owner, *measure, *aim, *plan, *risk, *code;
};

static bool state_fits(const struct council *c, const char *state, const struct action *x)
{
    if (strcmp(state, "all") == 0) {
        return true;
    }
    if (strcmp(state, "open") == 0) {
        return action_is_open(x);
    }
    if (strcmp(state, "late") == 0) {
        return action_days_late(x, c->today) > 0;
    }
    return (x->state == ACTION_NOT_STARTED && strcmp(state, "not_started") == 0) ||
           (x->state == ACTION_IN_PROGRESS && strcmp(state, "in_progress") == 0) ||
           (x->state == ACTION_COMPLETED && strcmp(state, "completed") == 0) ||
           (x->state == ACTION_CANCELLED && strcmp(state, "cancelled") == 0);
}

static bool about_fits(const char *about, const struct action *x)
{
    return about == NULL || (strcmp(about, "measure") == 0 && x->measure != NULL) ||
           (strcmp(about, "risk") == 0 && x->risk != NULL) ||
           (strcmp(about, "aim") == 0 && x->aim != NULL) ||
           (strcmp(about, "plan") == 0 && x->plan != NULL) ||
           (strcmp(about, "nothing") == 0 && x->measure == NULL && x->risk == NULL &&
            x->aim == NULL && x->plan == NULL);
}

static bool same(const char *wanted, const char *code)
{
    return wanted == NULL || (code != NULL && strcmp(wanted, code) == 0);
}

static bool is_wanted(const void *context, const struct action *x)
{
    const struct wanted *w = context;
    const char *plan_of_aim = x->aim == NULL || x->aim->plan == NULL ? NULL : x->aim->plan->code;
    return state_fits(w->council, w->state, x) && about_fits(w->about, x) &&
           same(w->code, x->code) && same(w->owner, x->owner == NULL ? NULL : x->owner->code) &&
           same(w->measure, x->measure == NULL ? NULL : x->measure->code) &&
           same(w->aim, x->aim == NULL ? NULL : x->aim->code) &&
           same(w->risk, x->risk == NULL ? NULL : x->risk->code) &&
           (same(w->plan, x->plan == NULL ? NULL : x->plan->code) || same(w->plan, plan_of_aim));
}

// ---- filters ----

static void put_choice(struct tree *list, const char *title, const char *href, bool current,
                       int count)
{
    struct tree *choice = tree_map(list, NULL);
    tree_text(choice, "title", title);
    tree_text(choice, "href", href);
    tree_bool(choice, "current", current);
    tree_int(choice, "count", count);
}

static void put_states(const struct page_request *q, struct tree *page, const struct wanted *w)
{
    struct action_counts n = actions_count(q->council);
    const struct {
        const char *code, *title;
        int count;
    } states[] = {{"open", "Open", n.open},
                  {"late", "Late", n.late},
                  {"not_started", "Not started", n.not_started},
                  {"in_progress", "In progress", n.in_progress},
                  {"completed", "Completed", n.completed},
                  {"cancelled", "Cancelled", n.cancelled},
                  {"all", "All", n.total}};
    struct tree *list = tree_list(page, "states");
    for (size_t i = 0; i < COUNT_OF(states); i++) {
        // "Open" is what the page opens with: its address needs no parameter.
        put_choice(list, states[i].title,
                   page_href_with(q, "state", i == 0 ? NULL : states[i].code),
                   strcmp(w->state, states[i].code) == 0, states[i].count);
    }
}

static void put_abouts(const struct page_request *q, struct tree *page, const struct wanted *w)
{
    static const struct {
        const char *code, *title;
    } abouts[] = {{NULL, "Anything"}, {"measure", "A measure"}, {"risk", "A risk"},
                  {"aim", "An aim"},  {"plan", "A plan"},       {"nothing", "Nothing named"}};
    struct tree *list = tree_list(page, "fors");
    for (size_t i = 0; i < COUNT_OF(abouts); i++) {
        struct wanted with = *w;
        with.about = abouts[i].code;
        int count = 0;
        for (size_t k = 0; k < q->council->action_count; k++) {
            count += is_wanted(&with, &q->council->actions[k]) ? 1 : 0;
        }
        bool current = abouts[i].code == NULL
                           ? w->about == NULL
                           : w->about != NULL && strcmp(w->about, abouts[i].code) == 0;
        put_choice(list, abouts[i].title, page_href_with(q, "for", abouts[i].code), current, count);
    }
}

static void put_owners(const struct page_request *q, struct tree *page, const struct wanted *w)
{
    const struct council *c = q->council;
    bool *owns = ARENA_ARRAY(q->arena, c->person_count + 1, bool);
    for (size_t i = 0; i < c->action_count; i++) {
        if (c->actions[i].owner != NULL) {
            owns[c->actions[i].owner - c->people] = true;
        }
    }
    struct tree *list = tree_list(page, "owners");
    for (size_t i = 0; i < c->person_count; i++) {
        if (owns[i]) {
            struct tree *owner = tree_map(list, NULL);
            tree_text(owner, "code", c->people[i].code);
            tree_text(owner, "name", c->people[i].name);
            tree_bool(owner, "current",
                      w->owner != NULL && strcmp(w->owner, c->people[i].code) == 0);
        }
    }
    tree_bool(page, "has_owners", list->count > 0);
    // The form sends its own field only: what else is chosen goes along.
    static const char *const others[] = {"period", "state", "for",  "measure",
                                         "aim",    "plan",  "risk", "code"};
    struct tree *hidden = tree_list(page, "hidden");
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        const char *value = page_query(q, others[i]);
        if (value != NULL) {
            struct tree *field = tree_map(hidden, NULL);
            tree_text(field, "name", others[i]);
            tree_text(field, "value", value);
        }
    }
}

static void put_chosen(const struct page_request *q, struct tree *page, const struct wanted *w)
{
    const struct {
        const char *name, *word, *code;
    } chosen[] = {{"owner", "Owner", w->owner}, {"measure", "Measure", w->measure},
                  {"aim", "Aim", w->aim},       {"plan", "Plan", w->plan},
                  {"risk", "Risk", w->risk},    {"code", "Action", w->code}};
    const struct person *owner = council_person(q->council, w->owner);
    struct tree *list = tree_list(page, "chosen");
    for (size_t i = 0; i < COUNT_OF(chosen); i++) {
        if (chosen[i].code != NULL) {
            struct tree *item = tree_map(list, NULL);
            tree_text(item, "words",
                      arena_printf(q->arena, "%s: %s", chosen[i].word,
                                   i == 0 && owner != NULL ? owner->name : chosen[i].code));
            tree_text(item, "href", page_href_with(q, chosen[i].name, NULL));
        }
    }
    tree_bool(page, "has_chosen", list->count > 0);
}

static void put_counts(struct tree *page, struct action_counts n)
{
    struct tree *counts = tree_map(page, "counts");
    tree_int(counts, "total", n.total);
    tree_int(counts, "open", n.open);
    tree_int(counts, "late", n.late);
    tree_int(counts, "not_started", n.not_started);
    tree_int(counts, "in_progress", n.in_progress);
    tree_int(counts, "completed", n.completed);
    tree_int(counts, "cancelled", n.cancelled);
}

static const char *lead(const struct page_request *q, struct action_counts n)
{
    struct arena *a = q->arena;
    if (n.total == 0) {
        return NULL;
    }
    return arena_printf(
        a, "%s of %s %s late. %s completed, %d cancelled.", dec_shown(a, dec_int(n.late), 0),
        words_count(a, n.open, "open action", "open actions"), n.late == 1 ? "is" : "are",
        dec_shown(a, dec_int(n.completed), 0), n.cancelled);
}

bool view_actions(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    const struct council *c = q->council;
    const char *state = page_query(q, "state"), *code = page_query(q, "code");
    struct wanted w = {.council = c,
                       .state = state != NULL  ? state
                                : code != NULL ? "all"
                                               : "open",
                       .about = page_query(q, "for"),
                       .owner = page_query(q, "owner"),
                       .measure = page_query(q, "measure"),
                       .aim = page_query(q, "aim"),
                       .plan = page_query(q, "plan"),
                       .risk = page_query(q, "risk"),
                       .code = code};
    struct action_counts n = actions_count(c);
    page_title(page, "Actions");
    page_crumb(page, "Delivery", page_href(q, "delivery", NULL));
    tree_text(page, "lead", lead(q, n));
    tree_text(page, "as_at", day_shown(q->arena, c->today));
    put_counts(page, n);
    put_states(q, page, &w);
    put_abouts(q, page, &w);
    put_owners(q, page, &w);
    put_chosen(q, page, &w);
    size_t count = 0;
    const struct action **list = actions_sorted(c, q->arena, is_wanted, &w, &count);
    tree_int(page, "shown", (int64_t)count);
    tree_text(page, "shown_words", words_count(q->arena, (int)count, "action", "actions"));
    tree_bool(page, "empty", n.total == 0);
    tree_bool(page, "nothing", n.total > 0 && count == 0);
    tree_text(page, "clear_href", page_href(q, "actions", NULL));
    tree_text(page, "cut",
              count <= ROWS_MAX ? NULL
                                : arena_printf(q->arena,
                                               "The first %d of %zu are shown. Choose an owner or "
                                               "a state to see the rest.",
                                               ROWS_MAX, count));
    struct tree *table = action_table(page, "table", "Actions, late first");
    for (size_t i = 0; i < count && i < ROWS_MAX; i++) {
        action_row(q, table, list[i]);
    }
    return true;
}
