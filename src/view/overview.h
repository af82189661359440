// The overview: the quarter at a glance for an organisation, a unit, a board or an aim.
//
// The same page with another scope. Keys (beside page_frame's): lead, rollup {..} (part_rollup),
// exceptions [ part_exception ], exceptions_more, exceptions_href,
// exceptions_order (words), exceptions_other {title, href} (the other order), better [..],
// better_count, changed {up, down, items [..]}, missing [ {code, title, href, since, owner} ],
// missing_count, groups [ {title, table} ] (tables of parts with their roll-ups), coming [ {date,
// board, href, deadline, note} ], coming_empty; and for a unit, board or aim `about` [ {key, value,
// href} ] and `line` (the thread up to the vision as a sentence, or null).
#ifndef GT_VIEW_OVERVIEW_H
#define GT_VIEW_OVERVIEW_H

#include "view/page.h"

bool view_home(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
bool view_unit(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
bool view_board(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
bool view_aim(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

#endif
