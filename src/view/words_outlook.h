// Sentences about where a year will end (domain/outlook.h).
#ifndef GT_VIEW_WORDS_OUTLOOK_H
#define GT_VIEW_WORDS_OUTLOOK_H

#include "domain/outlook.h"
#include "engine/rollup.h"

// "Forecast for 2013/14: 9.6%, off target", "Outturn for 2013/14: ..."; NULL when there is none.
const char *words_outlook(struct arena *a, const struct council *c, const struct measure *m,
                          const struct outlook *o);
// How it came about, what range, what chance, and the computed one beside the owner's; or why
// there is none. Whole sentences.
const char *words_outlook_detail(struct arena *a, const struct council *c, const struct measure *m,
                                 const struct outlook *o);
const char *words_forecast_method(enum forecast_method m); // "last year's profile"
// "29 of the 41 measures with a forecast are forecast on target at the year's end (71%): ..."
const char *words_outlooks(struct arena *a, const struct rollup *r);

#endif
