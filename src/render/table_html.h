// A table of the view tree as a plain HTML table: what `{{name}}` of a table writes in a template.
//
// Caption, one header row from the columns, one row each; numeric columns to the right. The first
// cell of a row is its header, and a link where the row has "href". Where the table has "totals"
// they stand last. Without rows: the text "empty" of the table, or "There are none."
// Tables with a shape of their own (a scorecard, a matrix) are written by their templates.
#ifndef GT_RENDER_TABLE_HTML_H
#define GT_RENDER_TABLE_HTML_H

#include "base/tree.h"

// False, with nothing written, when it is no table made by tree_table.
bool table_html(struct buf *out, const struct tree *table) MUST_CHECK;

#endif
