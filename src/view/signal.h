// Signal or noise beside a status, and what asks for a look because of it.
#ifndef GT_VIEW_SIGNAL_H
#define GT_VIEW_SIGNAL_H

#include "domain/limits.h"
#include "view/page.h"

// Why a measure is looked at, in the order it is (`?sort=look`): what really gets worse, what
// cannot meet its target as things are, what is off target, and slightly off and getting worse.
enum look {
    LOOK_WORSENING,
    LOOK_FAILING,
    LOOK_OFF_BY_CHANCE, // meets its target some times and misses it others
    LOOK_OFF_FEW,       // by fewer than three cases (domain/few_cases.h)
    LOOK_OFF,           // nobody can say whether by chance
    LOOK_SLIGHTLY,
    LOOK_NONE,
};
// "Really getting worse", "Failing by design", "Off target by chance", "Off target by
// fewer than three cases"; NULL for none.
const char *words_look(enum look l);
enum look look_of(struct page_request *q, const struct reading *r);
// Before 0, after 0, or 0: by why alone; off target is off target, by chance or not.
int look_compare(enum look x, enum look y);
// Whether the address asks for this order.
bool look_is_asked(const struct page_request *q);

// Into a row or item: variation and assurance (codes of engine/spc.h, null where nothing may be
// said), look (words, null for none); for people look_said (where the order asks for it and
// the status does not say it), any_signal, variation_said, assurance_said {word, icon (chart),
// period (of the figure it is of, where that is an earlier one)}, each null where its code is:
// partials signal.html and, within a line, signal_line.html.
void part_signal(struct page_request *q, struct tree *row, const struct reading *r);
// The two columns of it, and the third.
void part_signal_columns(struct tree *table);
// {word, icon, period}; null for a NULL word.
void part_signal_said(struct tree *parent, const char *key, const char *code, const char *word,
                      const char *period);

// The legend, for what is met among the measures of a scope: signals [ {word, icon, meaning} ],
// signals_any: partial signal_legend.html.
void part_signal_legend(struct page_request *q, struct tree *parent, const struct scope *s);

#endif
