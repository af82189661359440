// Phrases that the sentences of words_status.c are put together from; nobody else needs them.
#ifndef GT_VIEW_WORDS_PHRASES_H
#define GT_VIEW_WORDS_PHRASES_H

#include "view/words_status.h"

enum { PHRASE_MAX = 1 << 16 };

// What every sentence is made from.
struct saying {
    struct buf *out;
    const struct status_explanation *e;
    const struct words_unit *unit;
};

// Whether both too low and too high are worse; and whether there are two bounds that differ, for
// only then is it a range in words.
bool phrase_is_two_sided(const struct status_explanation *e);
bool phrase_is_range(const struct status_explanation *e);

void phrase_value(struct saying *s);                      // "68.2%"
void phrase_compared(struct saying *s, struct dec value); // "75%": no fraction of nought
void phrase_range(struct saying *s);                      // "70% to 80%", "70 to 80 days"
void phrase_against(struct saying *s);                    // " against a target of 7.5% or less"
// "5", "£500", "5%": bare, because the difference before it has just named its unit.
void phrase_allowance(struct saying *s, struct dec within, enum within_unit unit);
// "68.2% against a target of 75%: 6.8 points below", with the share of the goal where the rule is
// in percent: " (9.1%)".
void phrase_comparison(struct saying *s);

#endif
