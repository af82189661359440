// The sections of the quarterly report (see view/quarterly.h), each adding its own map to `page`.
#ifndef GT_VIEW_QUARTERLY_PARTS_H
#define GT_VIEW_QUARTERLY_PARTS_H

#include "view/page.h"

// A section's map with its running number.
struct tree *quarterly_section(struct tree *page, const char *key, int n, const char *title);

void quarterly_legend(struct page_request *q, struct tree *page, int n);
void quarterly_glance(struct page_request *q, struct tree *page, int n);
void quarterly_summary(struct page_request *q, struct tree *page, int n);
void quarterly_exceptions(struct page_request *q, struct tree *page, int n);
void quarterly_highlights(struct page_request *q, struct tree *page, int n);
void quarterly_priorities(struct page_request *q, struct tree *page, int n);
void quarterly_travel(struct page_request *q, struct tree *page, int n);
void quarterly_targets(struct page_request *q, struct tree *page, int n);
void quarterly_missing(struct page_request *q, struct tree *page, int n);
void quarterly_overrides(struct page_request *q, struct tree *page, int n);
void quarterly_actions(struct page_request *q, struct tree *page, int n);
void quarterly_risks(struct page_request *q, struct tree *page, int n);
void quarterly_money(struct page_request *q, struct tree *page, int n);
void quarterly_method(struct page_request *q, struct tree *page, int n);

// The measures of the report: all of the organisation but the retired.
struct scope quarterly_scope(struct page_request *q);

#endif
