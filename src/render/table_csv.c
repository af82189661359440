#include "render/table_csv.h"

#include "base/csv.h"

static const char *column_key(const struct tree *column)
{
    const struct tree *key = tree_get(column, "key");
    return key != NULL && key->kind == TREE_TEXT ? key->text : "";
}

static void write_cell(struct csv_writer *w, const struct tree *value)
{
    if (value == NULL) {
        csv_text(w, NULL);
        return;
    }
    switch (value->kind) {
    case TREE_TEXT: csv_text(w, value->text); break;
    case TREE_NUMBER: csv_number(w, dec_text(w->out->arena, value->number)); break;
    case TREE_BOOL: csv_text(w, value->truth ? "yes" : "no"); break;
    case TREE_NULL:
    case TREE_LIST:
    case TREE_MAP: csv_text(w, NULL); break;
    }
}

bool table_csv(struct buf *out, const struct tree *table)
{
    const struct tree *columns = tree_get(table, "columns");
    const struct tree *rows = tree_get(table, "rows");
    if (columns == NULL || rows == NULL || columns->count == 0) {
        return false;
    }
    struct csv_writer w = csv_writer(out, "\r\n", true);
    for (const struct tree *c = columns->first; c != NULL; c = c->next) {
        csv_text(&w, column_key(c));
    }
    csv_end_row(&w);
    for (const struct tree *row = rows->first; row != NULL; row = row->next) {
        for (const struct tree *c = columns->first; c != NULL; c = c->next) {
            write_cell(&w, tree_get(row, column_key(c)));
        }
        csv_end_row(&w);
    }
    return true;
}
