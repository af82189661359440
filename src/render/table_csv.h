// A table of the view tree as a CSV download (RPT-34): UTF-8, CRLF, one header row of the columns'
// keys, then the raw values: figures exact and unguarded, with a hyphen-minus; text cells that a
// spreadsheet could take for a formula (= + - @ TAB at the start) get a leading apostrophe.
// true and false are written yes and no, as in the council folder. Null is an empty cell.
#ifndef GT_RENDER_TABLE_CSV_H
#define GT_RENDER_TABLE_CSV_H

#include "base/tree.h"

// `table` is one made by tree_table. False, with nothing written, when it is none.
bool table_csv(struct buf *out, const struct tree *table) MUST_CHECK;

#endif
