// The savings of a year: what is delivered, what is not, and whether the parts make the target.

#include "view/links.h"
#include "view/money.h"
#include "view/money_sums.h"
#include "view/words.h"
#include "view/words_delivery.h"
#include "view/words_money.h"

// GOV.UK's tags; blue is for what is done (SAV-3).
static const char *const tags[SAVING_STATES] = {
    [SAVING_NO_FIGURES] = "grey", [SAVING_DELIVERED] = "blue",  [SAVING_ON_TRACK] = "green",
    [SAVING_AT_RISK] = "yellow",  [SAVING_PARTLY_LOST] = "red", [SAVING_LOST] = "red",
};
static const char *const codes[SAVING_STATES] = {
    [SAVING_NO_FIGURES] = "no_figures",   [SAVING_DELIVERED] = "delivered",
    [SAVING_ON_TRACK] = "on_track",       [SAVING_AT_RISK] = "at_risk",
    [SAVING_PARTLY_LOST] = "not_in_full", [SAVING_LOST] = "undeliverable",
};

static struct tree *new_table(struct tree *map, struct arena *a, const struct savings_sum *s,
                              const char *year)
{
    struct tree *table =
        tree_table(map, "table", "savings",
                   arena_printf(a, "Savings, %s%s", year, words_money_unit(a, s->unit)));
    tree_column(table, "code", "Code", false);
    tree_column(table, "title", "Saving", false);
    tree_column(table, "state", "State", false);
    tree_column(table, "target", "Target", true);
    tree_column(table, "delivered", "Delivered", true);
    tree_column(table, "on_track", "On track", true);
    tree_column(table, "at_risk", "At risk", true);
    tree_column(table, "undeliverable", "Cannot be delivered", true);
    tree_column(table, "check", "Check", false);
    tree_column(table, "one_off", "One-off", false);
    tree_column(table, "unit", "Unit", false);
    tree_column(table, "measure", "Measure", false);
    tree_column(table, "project", "Project", false);
    tree_column(table, "risk", "Risk", false);
    tree_column(table, "note", "Note", false);
    return table;
}

static void put_figure(struct tree *row, const char *key, const char *words_key, struct dec value,
                       int decimals)
{
    tree_number(row, key, value, decimals);
    tree_text(row, words_key,
              value.present ? dec_shown(row->arena, value, decimals) : "No figure yet");
}

static void put_links(const struct page_request *q, struct tree *row, const struct saving *s)
{
    tree_text(row, "unit", s->unit == NULL ? NULL : s->unit->name);
    tree_text(row, "measure", s->measure == NULL ? NULL : s->measure->code);
    tree_text(row, "project", s->project == NULL ? NULL : s->project->code);
    tree_text(row, "risk", s->risk == NULL ? NULL : s->risk->code);
    link_unit(q, row, "unit_link", s->unit);
    struct tree *links = tree_list(row, "links");
    link_measure(q, links, NULL, s->measure);
    link_project(q, links, NULL, s->project);
    link_risk(q, links, NULL, s->risk);
    tree_bool(row, "has_links", links->count > 0);
    const char *note = NULL;
    (void)money_note_unit(q->arena, s->note, &note);
    tree_text(row, "note", note);
}

static void put_row(const struct page_request *q, struct tree *table, const struct saving *s,
                    int decimals)
{
    struct tree *row = tree_row(table);
    enum saving_state state = saving_state(s);
    tree_text(row, "code", s->code);
    tree_text(row, "title", s->title);
    tree_text(row, "state", codes[state]);
    tree_text(row, "state_word", words_saving_state(state));
    tree_text(row, "shape", words_saving_shape(state));
    tree_text(row, "tag", tags[state]);
    put_figure(row, "target", "target_words", s->target, decimals);
    put_figure(row, "delivered", "delivered_words", s->delivered, decimals);
    put_figure(row, "on_track", "on_track_words", s->on_track, decimals);
    put_figure(row, "at_risk", "at_risk_words", s->at_risk, decimals);
    put_figure(row, "undeliverable", "undeliverable_words", s->undeliverable, decimals);
    struct dec difference;
    enum saving_check check = saving_check(s, &difference);
    tree_text(row, "check", words_saving_check(q->arena, check, difference, decimals));
    tree_bool(row, "check_adds_up", check == SAVING_ADDS_UP);
    tree_bool(row, "one_off", s->one_off);
    tree_text(row, "kind_word", s->one_off ? "One-off" : "Recurrent");
    put_links(q, row, s);
}

static void put_total(struct tree *map, const struct savings_sum *s)
{
    struct arena *a = map->arena;
    struct tree *total = tree_map(map, "total");
    const struct {
        const char *key, *words_key;
        const struct money_sum *sum;
    } sums[] = {{"target", "target_words", &s->target},
                {"delivered", "delivered_words", &s->delivered},
                {"on_track", "on_track_words", &s->on_track},
                {"at_risk", "at_risk_words", &s->at_risk},
                {"undeliverable", "undeliverable_words", &s->undeliverable}};
    for (size_t i = 0; i < COUNT_OF(sums); i++) {
        tree_number(total, sums[i].key, sums[i].sum->total, s->decimals);
        tree_text(total, sums[i].words_key, words_total(a, sums[i].sum, s->decimals));
    }
}

// The year and all before it (SAV-2); nothing where the year is the first, or units differ.
static const char *so_far(const struct page_request *q, struct period year, size_t this_year)
{
    struct savings_sum all = savings_sum_of(q->council, q->arena, year, true);
    if (all.count == this_year || all.unit == NULL || !all.delivered.total.present ||
        !all.target.total.present || dec_sign(all.target.total) == 0) {
        return NULL;
    }
    struct dec share = dec_ratio(all.delivered.total, all.target.total, 100, 0);
    return arena_printf(q->arena,
                        "With the years before: %s of %s delivered (%s%%), over %zu savings.",
                        words_money(q->arena, all.unit, all.delivered.total, all.decimals),
                        words_money(q->arena, all.unit, all.target.total, all.decimals),
                        dec_shown(q->arena, share, 0), all.count);
}

static const char *split(struct arena *a, const struct savings_sum *s)
{
    if (s->one_off.total.present && s->recurrent.total.present) {
        return arena_printf(a, "%s of the target recurs each year and %s is one-off.",
                            words_money(a, s->unit, s->recurrent.total, s->decimals),
                            words_money(a, s->unit, s->one_off.total, s->decimals));
    }
    return s->recurrent.total.present ? "All of the target recurs each year."
           : s->one_off.total.present ? "All of the target is one-off."
                                      : NULL;
}

static const char *check_words(struct arena *a, const struct savings_sum *s)
{
    if (s->whole == SAVING_UNKNOWN) {
        return arena_printf(a,
                            "The totals cannot be checked: a figure is missing in %d of %zu "
                            "savings.",
                            s->unknown, s->count);
    }
    if (s->whole == SAVING_DIFFERS) {
        return arena_printf(a,
                            "The parts do not add up to the target: they are %s %s. %d of %zu "
                            "savings do not add up.",
                            words_money(a, s->unit, dec_abs(s->difference), s->decimals),
                            dec_sign(s->difference) > 0 ? "short" : "over", s->differ, s->count);
    }
    if (s->differ > 0) {
        return arena_printf(a,
                            "The totals add up, but only because faults cancel out: %d of %zu "
                            "savings do not add up.",
                            s->differ, s->count);
    }
    return "Delivered, on track, at risk and what cannot be delivered add up to the target, for "
           "each saving and in all: checked.";
}

void money_savings(struct page_request *q, struct tree *page, struct period year)
{
    const struct council *c = q->council;
    struct savings_sum s = savings_sum_of(c, q->arena, year, false);
    struct tree *map = tree_map(page, "savings");
    tree_bool(map, "any", s.count > 0);
    if (s.count == 0) {
        return;
    }
    tree_text(map, "sentence", words_savings(q->arena, &s));
    tree_text(map, "so_far", so_far(q, year, s.count));
    tree_text(map, "split", split(q->arena, &s));
    tree_text(map, "check", check_words(q->arena, &s));
    tree_bool(map, "check_adds_up", s.whole == SAVING_ADDS_UP && s.differ == 0);
    tree_int(map, "differ", s.differ);
    tree_int(map, "unknown", s.unknown);
    struct tree *table =
        new_table(map, q->arena, &s, words_period_short(q->arena, year, c->year_start));
    for (size_t i = 0; i < s.count; i++) {
        put_row(q, table, s.lines[i], s.decimals);
    }
    put_total(map, &s);
}
