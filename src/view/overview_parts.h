// The sections of an overview, each over one scope (see view/overview.h for their keys).
#ifndef GT_VIEW_OVERVIEW_PARTS_H
#define GT_VIEW_OVERVIEW_PARTS_H

#include "view/page.h"

void overview_exceptions(struct page_request *q, struct tree *page, const struct scope *s);
void overview_better(struct page_request *q, struct tree *page, const struct scope *s);
void overview_changed(struct page_request *q, struct tree *page, const struct scope *s);
void overview_missing(struct page_request *q, struct tree *page, const struct scope *s);
// Meetings from today on; of one board, or of all when `board` is NULL.
void overview_coming(struct page_request *q, struct tree *page, const struct board *board);

// A table of parts, each with its counts, worst measure and share with data; one row a call.
struct tree *overview_group(struct tree *page, struct arena *a, const char *id, const char *title);
void overview_group_row(struct page_request *q, struct tree *table, const char *title,
                        const char *href, const struct scope *s);

#endif
