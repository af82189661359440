// Search over everything that has a code: measures, aims, plans, units, boards, actions, risks,
// projects (how they are found and ranked: view/search_find.h).
//
// Parameters: q = what is looked for; kind = one of the kinds' codes (shows more of it).
// Keys beside page_frame's: q (as typed, or null), asked (bool), count, count_words, cut (bool:
// more
//   was typed than is looked for), none (asked and nothing found), groups [ {kind, title, count,
//   count_words, more (words or null), more_href, items [ {code, title, href, under, status {..} or
//   null} ]} ], best kind first; kind, all_href; table "results" (kind, code, title, under, of what
//   is shown); measures_href, plans_href.
#ifndef GT_VIEW_SEARCH_H
#define GT_VIEW_SEARCH_H

#include "view/page.h"

bool view_search(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

#endif
