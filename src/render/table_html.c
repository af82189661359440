#include "render/table_html.h"

#include <string.h>

#include "render/html.h"

static void put(struct buf *b, const char *markup)
{
    html_raw_markup_of_our_own(b, markup, strlen(markup));
}

static bool is_numeric(const struct tree *column)
{
    const struct tree *numeric = tree_get(column, "numeric");
    return numeric != NULL && numeric->truth;
}

static void put_value(struct buf *b, const struct tree *cell)
{
    if (cell == NULL) {
        return;
    }
    switch (cell->kind) {
    case TREE_TEXT:
    case TREE_NUMBER: html_text(b, cell->text); break;
    case TREE_BOOL: put(b, cell->truth ? "yes" : "no"); break;
    default: break;
    }
}

static void put_head(struct buf *b, const struct tree *columns)
{
    put(b, "<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
    for (const struct tree *c = columns->first; c != NULL; c = c->next) {
        put(b, is_numeric(c) ? "<th scope=\"col\" class=\"govuk-table__header "
                               "govuk-table__header--numeric\">"
                             : "<th scope=\"col\" class=\"govuk-table__header\">");
        put_value(b, tree_get(c, "title"));
        put(b, "</th>");
    }
    put(b, "</tr></thead>\n");
}

static void put_row(struct buf *b, const struct tree *columns, const struct tree *row,
                    const char *first)
{
    const struct tree *href = tree_get(row, "href");
    for (const struct tree *c = columns->first; c != NULL; c = c->next) {
        const struct tree *cell = tree_get(row, tree_get(c, "key")->text);
        if (c == columns->first) {
            bool link = tree_truthy(href) && href->kind == TREE_TEXT;
            put(b, "<th scope=\"row\" class=\"govuk-table__header\">");
            if (link) {
                put(b, "<a class=\"govuk-link\" href=\"");
                html_attr(b, href->text);
                put(b, "\">");
            }
            if (first != NULL) {
                html_text(b, first);
            } else {
                put_value(b, cell);
            }
            put(b, link ? "</a></th>" : "</th>");
            continue;
        }
        put(b, is_numeric(c) ? "<td class=\"govuk-table__cell govuk-table__cell--numeric\">"
                             : "<td class=\"govuk-table__cell\">");
        put_value(b, cell);
        put(b, "</td>");
    }
}

static bool is_table(const struct tree *table)
{
    return table->role == TREE_TABLE && tree_get(table, "columns") != NULL &&
           tree_get(table, "rows") != NULL && tree_get(table, "id") != NULL &&
           tree_get(table, "caption") != NULL;
}

static void put_caption(struct buf *b, const struct tree *table)
{
    put(b, "<div class=\"gt-pane\" role=\"region\" tabindex=\"0\" aria-labelledby=\"caption-");
    html_attr(b, tree_get(table, "id")->text);
    put(b, "\">\n<table class=\"govuk-table gt-table gt-table--dense\">\n"
           "<caption class=\"govuk-table__caption\" id=\"caption-");
    html_attr(b, tree_get(table, "id")->text);
    put(b, "\">");
    put_value(b, tree_get(table, "caption"));
    put(b, "</caption>\n");
}

bool table_html(struct buf *out, const struct tree *table)
{
    if (!is_table(table)) {
        return false;
    }
    const struct tree *columns = tree_get(table, "columns"), *rows = tree_get(table, "rows");
    if (rows->count == 0) {
        const struct tree *empty = tree_get(table, "empty");
        put(out, "<p class=\"govuk-body\">");
        html_text(out,
                  tree_truthy(empty) && empty->kind == TREE_TEXT ? empty->text : "There are none.");
        put(out, "</p>\n");
        return true;
    }
    put_caption(out, table);
    put_head(out, columns);
    put(out, "<tbody class=\"govuk-table__body\">\n");
    for (const struct tree *row = rows->first; row != NULL; row = row->next) {
        put(out, "<tr class=\"govuk-table__row\">");
        put_row(out, columns, row, NULL);
        put(out, "</tr>\n");
    }
    const struct tree *totals = tree_get(table, "totals");
    if (totals != NULL && totals->kind == TREE_MAP) {
        put(out, "<tr class=\"govuk-table__row gt-table__total\">");
        put_row(out, columns, totals, "Total");
        put(out, "</tr>\n");
    }
    put(out, "</tbody>\n</table>\n</div>\n");
    return true;
}
