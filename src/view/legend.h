// The legend of a scorecard or report: the rules that gave the statuses shown, each in words.
#ifndef GT_VIEW_LEGEND_H
#define GT_VIEW_LEGEND_H

#include "view/page.h"

// A list under `key`: [ {code, title, words, since, measures (how many of the scope it judged),
// used (the same in words)} ],
// the rule that judged most of them first; two versions of a rule are two items. And
// `key`_without: how many measures of the scope no rule applies to, null for none.
void part_rules(struct page_request *q, struct tree *parent, const char *key,
                const struct scope *s);

#endif
