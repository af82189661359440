// The sections of the page of one measure (see view/measure.h for their keys).
#ifndef GT_VIEW_MEASURE_PARTS_H
#define GT_VIEW_MEASURE_PARTS_H

#include "domain/limits.h"
#include "view/page.h"

struct measure_page {
    struct page_request *q;
    struct tree *page;
    const struct measure *measure;
    const struct series *series; // the whole or the part asked for
    struct reading reading;      // for the period asked for
    const struct limits *limits; // what they say of it
    const struct reading *past;  // of every period there is, ascending
    size_t past_count;
};

// Fills past and past_count: each period of the measure's own frequency, and any other period a
// figure was given for.
void measure_read_past(struct measure_page *p);
// Whether a period is of the measure's own frequency (or it has none).
bool measure_is_own_period(const struct measure *m, struct period period);

// chart_figure {any (there are figures to draw), headline, subtitle, description, chart, source,
// csv_href, cut (sentence: older periods are left out; or null), limits_any (the chart has limits),
// table "figures"}.
void measure_chart(struct measure_page *p);
// process {any, sentence, target_sentence, variation, assurance {word, icon} or null, limits (some
// are drawn), signals (some points are framed), screened (sentence or null), steps [ {letter,
// sentence} ]}: signal or noise.
void measure_limits(struct measure_page *p);
// Of one period: into a point of the chart (render/svg.h), a row of its table.
void measure_limits_point(const struct measure_page *p, struct tree *point, struct period period);
void measure_limits_columns(const struct measure_page *p, struct tree *table);
void measure_limits_cells(const struct measure_page *p, struct tree *row, struct period period);
void measure_part_table(struct measure_page *p); // parts
void measure_history(struct measure_page *p);    // history, targets
void measure_targets(struct measure_page *p);
void measure_definition(struct measure_page *p);
void measure_threads(struct measure_page *p); // thread, threads

#endif
