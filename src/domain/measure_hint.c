#include "domain/measure_hint.h"

#include <string.h>

enum period_kind measure_hint(const char *frequency)
{
    static const struct {
        const char *word;
        enum period_kind kind;
    } known[] = {{"month", PERIOD_MONTH},
                 {"quarter", PERIOD_QUARTER},
                 {"half", PERIOD_HALF},
                 {"year", PERIOD_YEAR},
                 {"academic_year", PERIOD_ACADEMIC_YEAR}};
    for (size_t i = 0; i < COUNT_OF(known) && frequency != NULL; i++) {
        if (strcmp(known[i].word, frequency) == 0) {
            return known[i].kind;
        }
    }
    return PERIOD_NONE;
}

enum period_kind measure_year_hint(enum period_kind frequency)
{
    return frequency == PERIOD_ACADEMIC_YEAR ? PERIOD_ACADEMIC_YEAR : PERIOD_YEAR;
}
