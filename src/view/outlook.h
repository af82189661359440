// The forecast of the year's end beside the present status, wherever statuses are summed up
// (RPT-8).
#ifndef GT_VIEW_OUTLOOK_H
#define GT_VIEW_OUTLOOK_H

#include "domain/outlook.h"
#include "view/page.h"

// Into a row of a measure: forecast (number), forecast_status_code, forecast_kind (computed,
// manual, outturn; null: none), outlook {shown, status {..}, is_outturn, sentence, detail} or null,
// no_forecast (why there is none; or null).
void part_outlook(struct page_request *q, struct tree *row, const struct reading *r);
// Its columns, after those of part_measure_table.
void part_outlook_columns(struct tree *table);

// Into the roll-up of a scope, as "outlook": {total, scored, on_target, slightly_off, off_target,
// not_scored, sentence, shown ("29 of 41"), statuses [ {code, word, shape, count} ], any}.
void part_outlooks(struct page_request *q, struct tree *map, const struct scope *s);

// Into a row of a summary: forecast_on_target, forecast_scored, forecast_shown; and their columns.
void part_outlook_cells(struct page_request *q, struct tree *row, const struct scope *s);
void part_outlook_cell_columns(struct tree *table);

#endif
