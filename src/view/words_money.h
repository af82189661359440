// Sentences about money: totals, variances, shares, and what was checked.
#ifndef GT_VIEW_WORDS_MONEY_H
#define GT_VIEW_WORDS_MONEY_H

#include "view/money_sums.h"

// "£469.50m", "−£37.99m", "£1,200", "250 (£000)"; without a unit the bare figure; NULL when absent.
const char *words_money(struct arena *a, const char *unit, struct dec value, int decimals);
// " (£m)"; ", as given" where no unit is: what stands behind a caption.
const char *words_money_unit(struct arena *a, const char *unit);
// A total in its table: "469.50", "452.10 (7 of 8 lines)", "No figure yet".
const char *words_total(struct arena *a, const struct money_sum *sum, int decimals);
// "Forecast of £472.10m against a budget of £469.50m: £2.60m more (0.6%)."
const char *words_outturn(struct arena *a, const struct money_kind *m);
// "The shares add up to 100.0%." and of what; or by how much they do not.
const char *words_shares(struct arena *a, const struct money_kind *m);
// Whether two kinds come to the same budget: "Capital expenditure and how capital is paid
// for come to the same budget, £156.86m: checked."
const char *words_compared(struct arena *a, const struct money_kind *x, const struct money_kind *y);

const char *words_saving_state(enum saving_state s);
const char *words_saving_shape(enum saving_state s);
// "Adds up", "Does not add up: 0.20 less than the target", "Cannot be checked: a figure is
// missing".
const char *words_saving_check(struct arena *a, enum saving_check check, struct dec difference,
                               int decimals);
// "Of a target of £5.65m, £3.45m (61%) is delivered; £1.05m (19%) on track ..."
const char *words_savings(struct arena *a, const struct savings_sum *s);

#endif
