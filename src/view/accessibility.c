#include "view/accessibility.h"

bool view_accessibility(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    const struct council *c = q->council;
    page_title(page, "Accessibility statement");
    tree_text(page, "council", c->name);
    tree_text(page, "home_href", page_href(q, "", NULL));
    tree_bool(page, "has_charts", c->measure_count > 0);
    tree_bool(page, "has_risks", c->risk_count > 0);
    return true;
}
