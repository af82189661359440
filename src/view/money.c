#include "view/money.h"

#include <stdlib.h>
#include <string.h>

#include "view/money_sums.h"
#include "view/words.h"
#include "view/words_delivery.h"
#include "view/words_money.h"

static const struct {
    const char *kind, *id;
} kinds[] = {{"revenue", "money-revenue"},
             {"income", "money-income"},
             {"capital", "money-capital"},
             {"capital_financing", "money-capital-financing"}};

// ---- which year ----

// Every year there is money for, newest first, each once.
static size_t years_of(const struct council *c, struct arena *a, struct period **ret)
{
    struct period *years = ARENA_ARRAY(a, c->budget_count + c->saving_count + 1, struct period);
    size_t count = 0;
    for (size_t i = 0; i < c->budget_count + c->saving_count; i++) {
        struct period year =
            i < c->budget_count ? c->budgets[i].year : c->savings[i - c->budget_count].year;
        size_t at = 0;
        while (at < count && period_compare(years[at], year) > 0) {
            at++;
        }
        if (year.kind == PERIOD_NONE || (at < count && period_equal(years[at], year))) {
            continue;
        }
        memmove(&years[at + 1], &years[at], (count - at) * sizeof *years);
        years[at] = year;
        count++;
    }
    *ret = years;
    return count;
}

struct period money_year(const struct council *c, struct period p)
{
    struct period wanted =
        p.kind == PERIOD_NONE ? PERIOD_ABSENT : period_of(PERIOD_YEAR, p.end, c->year_start);
    struct period newest = PERIOD_ABSENT, oldest = PERIOD_ABSENT;
    for (size_t i = 0; i < c->budget_count + c->saving_count; i++) {
        struct period year =
            i < c->budget_count ? c->budgets[i].year : c->savings[i - c->budget_count].year;
        if (year.kind == PERIOD_NONE) {
            continue;
        }
        if (oldest.kind == PERIOD_NONE || period_compare(year, oldest) < 0) {
            oldest = year;
        }
        bool fits = wanted.kind == PERIOD_NONE || year.end <= wanted.end;
        if (fits && (newest.kind == PERIOD_NONE || period_compare(year, newest) > 0)) {
            newest = year;
        }
    }
    return newest.kind == PERIOD_NONE ? oldest : newest;
}

static bool take_year(struct page_request *q, struct period *ret, struct err *e)
{
    const struct council *c = q->council;
    const char *text = page_query(q, "year");
    if (text == NULL) {
        *ret = money_year(c, q->period);
        return true;
    }
    if (period_parse_id(text, strlen(text), c->year_start, ret)) {
        return true;
    }
    return err_set(e, ERR_INPUT, "\"%s\" is not a financial year: write it like 2013-14-FY.", text);
}

static void put_years(struct page_request *q, struct tree *page, struct period year)
{
    const struct council *c = q->council;
    struct period *years = NULL;
    size_t count = years_of(c, q->arena, &years);
    struct tree *list = tree_list(page, "years");
    bool here = false;
    for (size_t i = 0; i < count; i++) {
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "title", words_period_short(q->arena, years[i], c->year_start));
        tree_text(item, "href",
                  page_href_with(q, "year", period_id(q->arena, years[i], c->year_start)));
        tree_bool(item, "current", period_equal(years[i], year));
        here = here || period_equal(years[i], year);
    }
    tree_bool(page, "empty", count == 0);
    tree_bool(page, "nothing", count > 0 && !here);
    struct tree *map = tree_map(page, "year");
    tree_text(map, "id", count == 0 ? NULL : period_id(q->arena, year, c->year_start));
    tree_text(map, "title", count == 0 ? NULL : words_period_short(q->arena, year, c->year_start));
}

// ---- budget lines ----

static struct tree *new_table(struct tree *map, struct arena *a, const char *id,
                              const struct money_kind *m, int year_start)
{
    const char *caption =
        arena_printf(a, "%s, %s%s", words_budget_kind(m->kind),
                     words_period_short(a, m->year, year_start), words_money_unit(a, m->unit));
    struct tree *table = tree_table(map, "table", id, caption);
    tree_column(table, "line", "Line", false);
    tree_column(table, "budget", "Budget", true);
    tree_column(table, "forecast", "Forecast", true);
    tree_column(table, "actual", "Actual", true);
    tree_column(table, "prior", "Year before", true);
    tree_column(table, "variance", "Variance", true);
    tree_column(table, "share", "Share of the budget, %", true);
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

static void put_line(struct page_request *q, struct tree *table, const struct money_kind *m,
                     const struct budget *b)
{
    struct arena *a = q->arena;
    struct tree *row = tree_row(table);
    tree_text(row, "line", b->line);
    tree_text(row, "href", b->unit == NULL ? NULL : page_href(q, "units", b->unit->code));
    put_figure(row, "budget", "budget_words", b->budget, m->decimals);
    put_figure(row, "forecast", "forecast_words", b->forecast, m->decimals);
    put_figure(row, "actual", "actual_words", b->actual, m->decimals);
    put_figure(row, "prior", "prior_words", b->prior, m->decimals);
    struct dec variance = money_variance(b);
    tree_number(row, "variance", variance, m->decimals);
    tree_text(row, "variance_words",
              variance.present ? words_signed(a, variance, m->decimals) : "No figure yet");
    struct dec share = money_share(m, b);
    tree_number(row, "share", share, 1);
    tree_text(row, "share_words", share.present ? dec_shown(a, share, 1) : "None");
    const char *note = NULL;
    (void)money_note_unit(a, b->note, &note);
    tree_text(row, "note", note);
}

static void put_total(struct tree *map, const struct money_kind *m)
{
    struct arena *a = map->arena;
    struct tree *total = tree_map(map, "total");
    tree_text(total, "budget_words", words_total(a, &m->budget, m->decimals));
    tree_text(total, "forecast_words", words_total(a, &m->forecast, m->decimals));
    tree_text(total, "actual_words", words_total(a, &m->actual, m->decimals));
    tree_text(total, "prior_words", words_total(a, &m->prior, m->decimals));
    tree_number(total, "budget", m->budget.total, m->decimals);
    tree_number(total, "a forecast", m->forecast.total, m->decimals);
    tree_number(total, "an actual figure", m->actual.total, m->decimals);
    tree_number(total, "prior", m->prior.total, m->decimals);
    tree_number(total, "variance", m->variance.total, m->decimals);
    bool whole = m->variance.present == m->variance.lines;
    tree_text(total, "variance_words",
              whole && m->variance.total.present ? words_signed(a, m->variance.total, m->decimals)
                                                 : words_total(a, &m->variance, m->decimals));
    tree_number(total, "share", m->shares, 1);
    tree_text(total, "share_words", m->shares.present ? dec_shown(a, m->shares, 1) : "None");
}

// Which columns have any figure: an empty one is left out, and the page says so once.
static void put_columns(struct tree *map, const struct money_kind *m)
{
    const struct {
        const char *key, *word;
        int present;
    } columns[] = {{"has_forecast", "a forecast", m->forecast.present},
                   {"has_actual", "an actual figure", m->actual.present},
                   {"has_prior", "a figure for the year before", m->prior.present},
                   {"has_variance", NULL, m->variance.present}};
    struct buf b = buf_new(map->arena, 512);
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        tree_bool(map, columns[i].key, columns[i].present > 0);
        if (columns[i].present == 0 && columns[i].word != NULL) {
            buf_printf(&b, "%s%s", b.length == 0 ? "No line has " : " or ", columns[i].word);
        }
    }
    tree_text(map, "missing",
              b.length == 0 ? NULL : arena_printf(map->arena, "%s yet.", buf_cstr(&b)));
    bool any_note = false;
    for (size_t i = 0; i < m->count; i++) {
        const char *note = NULL;
        (void)money_note_unit(map->arena, m->lines[i]->note, &note);
        any_note = any_note || note != NULL;
    }
    tree_bool(map, "has_notes", any_note);
}

static void put_kinds(struct page_request *q, struct tree *page, struct period year)
{
    const struct council *c = q->council;
    struct arena *a = q->arena;
    struct money_kind all[COUNT_OF(kinds)];
    struct tree *list = tree_list(page, "kinds");
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        all[k] = money_kind_of(c, a, kinds[k].kind, year);
        const struct money_kind *m = &all[k];
        if (m->count == 0) {
            continue;
        }
        struct tree *map = tree_map(list, NULL);
        tree_text(map, "kind", m->kind);
        tree_text(map, "title", words_budget_kind(m->kind));
        tree_text(map, "outturn", words_outturn(a, m));
        tree_text(map, "shares", words_shares(a, m));
        tree_bool(map, "shares_add_up", m->shares_add_up);
        put_columns(map, m);
        struct tree *table = new_table(map, a, kinds[k].id, m, c->year_start);
        for (size_t i = 0; i < m->count; i++) {
            put_line(q, table, m, m->lines[i]);
        }
        put_total(map, m);
    }
    struct tree *checks = tree_list(page, "checks");
    for (size_t k = 0; k + 1 < COUNT_OF(kinds); k += 2) {
        const char *said = words_compared(a, &all[k], &all[k + 1]);
        if (said != NULL) {
            tree_text(checks, NULL, said);
        }
    }
    tree_bool(page, "has_checks", checks->count > 0);
}

bool view_money(struct page_request *q, struct tree *page, struct err *e)
{
    struct period year = PERIOD_ABSENT;
    if (!take_year(q, &year, e)) {
        return false;
    }
    const struct council *c = q->council;
    page_title(page, "Money");
    page_crumb(page, "Delivery", page_href(q, "delivery", NULL));
    put_years(q, page, year);
    tree_text(page, "as_at", day_shown(q->arena, c->today));
    put_kinds(q, page, year);
    money_savings(q, page, year);
    return true;
}
