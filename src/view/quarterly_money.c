// The report's section on money: budget lines by kind, and savings, with their totals.

#include <string.h>

#include "view/money.h"
#include "view/money_sums.h"
#include "view/quarterly_parts.h"
#include "view/words.h"
#include "view/words_delivery.h"
#include "view/words_money.h"

// A column only where some line has a figure in it; its total says what it is the sum of.
static void put_column(struct tree *table, struct tree *totals, const char *key, const char *title,
                       const struct money_sum *sum, int decimals)
{
    if (sum->present > 0) {
        tree_column(table, key, title, true);
        tree_number(totals, key, sum->total, decimals);
    }
}

static void put_number(struct tree *row, const char *key, struct dec value, int decimals)
{
    tree_number(row, key, value, decimals);
}

static void put_kind(struct page_request *q, struct tree *tables, const char *kind,
                     struct period year)
{
    struct money_kind m = money_kind_of(q->council, q->arena, kind, year);
    if (m.count == 0) {
        return;
    }
    const char *title = words_budget_kind(kind);
    const char *caption = arena_printf(q->arena, "%s, %s%s", title,
                                       words_period_short(q->arena, year, q->council->year_start),
                                       words_money_unit(q->arena, m.unit));
    struct tree *table =
        tree_table(tables, NULL, arena_printf(q->arena, "money-%s", kind), caption);
    struct tree *totals = tree_new_map(q->arena);
    tree_column(table, "line", "Line", false);
    put_column(table, totals, "budget", "Budget", &m.budget, m.decimals);
    put_column(table, totals, "forecast", "Forecast", &m.forecast, m.decimals);
    put_column(table, totals, "actual", "Actual", &m.actual, m.decimals);
    put_column(table, totals, "variance", "Over (+) or under budget", &m.variance, m.decimals);
    put_column(table, totals, "prior", "Year before", &m.prior, m.decimals);
    tree_column(table, "share", "Share of budget, %", true);
    for (size_t i = 0; i < m.count; i++) {
        const struct budget *b = m.lines[i];
        struct tree *row = tree_row(table);
        tree_text(row, "line", b->line);
        put_number(row, "budget", b->budget, m.decimals);
        put_number(row, "forecast", b->forecast, m.decimals);
        put_number(row, "actual", b->actual, m.decimals);
        put_number(row, "variance", money_variance(b), m.decimals);
        put_number(row, "prior", b->prior, m.decimals);
        put_number(row, "share", money_share(&m, b), 1);
    }
    tree_attach(table, "totals", totals);
    tree_text(table, "outturn", words_outturn(q->arena, &m));
    tree_text(table, "shares", words_shares(q->arena, &m));
}

static void put_savings(struct page_request *q, struct tree *tables, struct period year)
{
    struct savings_sum s = savings_sum_of(q->council, q->arena, year, false);
    if (s.count == 0) {
        return;
    }
    struct tree *table =
        tree_table(tables, NULL, "savings",
                   arena_printf(q->arena, "Savings, %s%s",
                                words_period_short(q->arena, year, q->council->year_start),
                                words_money_unit(q->arena, s.unit)));
    struct tree *totals = tree_new_map(q->arena);
    tree_column(table, "title", "Saving", false);
    put_column(table, totals, "target", "Target", &s.target, s.decimals);
    put_column(table, totals, "delivered", "Delivered", &s.delivered, s.decimals);
    put_column(table, totals, "on_track", "On track", &s.on_track, s.decimals);
    put_column(table, totals, "at_risk", "At risk", &s.at_risk, s.decimals);
    put_column(table, totals, "undeliverable", "Cannot be delivered", &s.undeliverable, s.decimals);
    for (size_t i = 0; i < s.count; i++) {
        const struct saving *x = s.lines[i];
        struct tree *row = tree_row(table);
        tree_text(row, "code", x->code);
        tree_text(row, "title", x->title);
        put_number(row, "target", x->target, s.decimals);
        put_number(row, "delivered", x->delivered, s.decimals);
        put_number(row, "on_track", x->on_track, s.decimals);
        put_number(row, "at_risk", x->at_risk, s.decimals);
        put_number(row, "undeliverable", x->undeliverable, s.decimals);
    }
    tree_attach(table, "totals", totals);
    tree_text(table, "outturn", words_savings(q->arena, &s));
    tree_null(table, "shares");
}

void quarterly_money(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "money", n, "Money");
    struct period year = money_year(q->council, q->period);
    struct tree *tables = tree_list(section, "tables");
    if (year.kind == PERIOD_NONE) {
        return;
    }
    static const char *const kinds[] = {"revenue", "income", "capital", "capital_financing"};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        put_kind(q, tables, kinds[i], year);
    }
    put_savings(q, tables, year);
}
