#include "view/reports.h"

#include <string.h>

#include "view/links.h"
#include "view/words.h"

enum { QUARTERS_MAX = 80, MEETINGS_MAX = 200 };

const char *report_href(const struct page_request *q, struct period p)
{
    struct page_request at = *q;
    at.period = p;
    at.period_given = true;
    return page_href(&at, "reports/quarterly", NULL);
}

// Who receives the report of a period, each board once, in the order of their meetings.
static const char *receivers(const struct page_request *q, struct period p)
{
    const struct council *c = q->council;
    bool *named = ARENA_ARRAY(q->arena, c->board_count + 1, bool);
    struct buf b = buf_new(q->arena, 1 << 20);
    for (size_t i = 0; i < c->meeting_count; i++) {
        const struct meeting *m = &c->meetings[i];
        if (m->board == NULL || !period_equal(m->reports_period, p) || named[m->board->index]) {
            continue;
        }
        named[m->board->index] = true;
        buf_text(&b, b.length == 0 ? "" : "; ");
        buf_text(&b, m->board->name);
    }
    return b.length == 0 ? NULL : buf_cstr(&b);
}

static void put_reports(const struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    struct arena *a = q->arena;
    struct tree *table = tree_table(page, "table", "reports", "The quarterly report");
    tree_column(table, "period", "Quarter", false);
    tree_column(table, "title", "Report", false);
    tree_column(table, "over", "Quarter is over", false);
    tree_column(table, "boards", "Received by", false);
    struct period p = c->last_quarter;
    for (int i = 0;
         i < QUARTERS_MAX && p.kind != PERIOD_NONE && period_compare(p, c->first_quarter) >= 0;
         i++, p = period_step(p, -1, c->year_start)) {
        bool over = p.end < c->today;
        struct tree *row = tree_row(table);
        tree_text(row, "period", period_id(a, p, c->year_start));
        tree_text(row, "title", words_period(a, p, c->year_start));
        tree_text(row, "href", report_href(q, p));
        tree_bool(row, "over", over);
        tree_text(row, "state",
                  over ? "The quarter is over"
                       : arena_printf(a, "The quarter runs until %s", day_shown(a, p.end)));
        tree_text(row, "boards", receivers(q, p));
    }
    struct period latest = page_default_period(c);
    bool any = c->last_quarter.kind != PERIOD_NONE;
    tree_bool(page, "empty", !any);
    if (!any) {
        tree_null(page, "latest");
        return;
    }
    struct tree *map = tree_map(page, "latest");
    tree_text(map, "title", words_period(a, latest, c->year_start));
    tree_text(map, "href", report_href(q, latest));
}

static void put_meeting(const struct page_request *q, struct tree *table, const struct meeting *m)
{
    const struct council *c = q->council;
    struct arena *a = q->arena;
    bool reports = m->reports_period.kind != PERIOD_NONE;
    // The quarterly report is of quarters; a meeting that looks at a year has no page of its own.
    bool quarterly = reports && m->reports_period.kind == PERIOD_QUARTER;
    bool papers = m->despatch_days >= 0;
    day despatch = papers ? day_add_working(m->date, -m->despatch_days, NULL, 0) : DAY_NONE;
    struct tree *row = tree_row(table);
    tree_text(row, "date", day_text(a, m->date));
    tree_text(row, "date_shown", day_shown(a, m->date));
    tree_bool(row, "past", m->date < c->today);
    tree_text(row, "board", m->board == NULL ? NULL : m->board->code);
    tree_text(row, "title", m->board == NULL ? NULL : m->board->name);
    tree_text(row, "href", m->board == NULL ? NULL : page_href(q, "boards", m->board->code));
    tree_text(row, "period", reports ? period_id(a, m->reports_period, c->year_start) : NULL);
    tree_text(row, "period_shown",
              reports ? words_period_short(a, m->reports_period, c->year_start) : NULL);
    tree_text(row, "report_href", quarterly ? report_href(q, m->reports_period) : NULL);
    tree_text(row, "despatch", papers ? day_text(a, despatch) : NULL);
    tree_text(row, "despatch_shown", papers ? day_shown(a, despatch) : NULL);
    tree_text(row, "note", m->note);
}

static void put_meetings(const struct page_request *q, struct tree *page)
{
    const struct council *c = q->council;
    tree_bool(page, "has_meetings", c->meeting_count > 0);
    struct tree *table =
        tree_table(page, "meetings", "meetings", "Meetings and the quarter they look at");
    tree_column(table, "date", "Date", false);
    tree_column(table, "board", "Board", false);
    tree_column(table, "title", "Name", false);
    tree_column(table, "period", "Receives", false);
    tree_column(table, "despatch", "Papers go out", false);
    tree_column(table, "note", "Note", false);
    size_t shown = 0, past = 0;
    while (past < c->meeting_count && c->meetings[past].date < c->today) {
        past++;
    }
    for (size_t i = past; i < c->meeting_count && shown < MEETINGS_MAX; i++, shown++) {
        put_meeting(q, table, &c->meetings[i]);
    }
    for (size_t i = past; i > 0 && shown < MEETINGS_MAX; i--, shown++) {
        put_meeting(q, table, &c->meetings[i - 1]);
    }
    tree_text(page, "meetings_cut",
              shown == c->meeting_count
                  ? NULL
                  : arena_printf(q->arena, "%zu of %zu meetings are shown; the rest are older.",
                                 shown, c->meeting_count));
}

bool view_reports(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    page_title(page, "Reports");
    put_reports(q, page);
    put_meetings(q, page);
    return true;
}
