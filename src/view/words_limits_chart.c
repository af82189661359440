// Which control chart a measure has, and why.

#include <string.h>

#include "view/words.h"
#include "view/words_limits.h"

const char *words_chart_code(enum limits_chart chart)
{
    static const char *const codes[] = {[LIMITS_XMR] = "xmr",
                                        [LIMITS_P_PRIME] = "p_prime",
                                        [LIMITS_U_PRIME] = "u_prime",
                                        [LIMITS_RUN] = "run"};
    return (size_t)chart < COUNT_OF(codes) ? codes[chart] : NULL;
}

const char *words_chart_lines(enum limits_chart chart)
{
    return chart == LIMITS_RUN
               ? "The thin line is the median."
               : "Between the dotted lines lies what is usual; the thin line is the average.";
}

static bool asks_for(const struct measure *m, const char *chart)
{
    return m->limits != NULL && strcmp(m->limits, chart) == 0;
}

static const char *why_own(struct arena *a, const struct measure *m, const struct limits *l)
{
    const char *all = words_periods(m->frequency);
    const char *one = arena_textn(a, all, strlen(all) - 1); // "quarters" without its s
    return l->is_apt
               ? arena_printf(a,
                              "The number of cases differs more than twofold between %s, so each "
                              "%s has limits of its own.",
                              all, one)
               : arena_printf(a, "The measure's settings ask for limits of each %s's own.", one);
}

const char *words_chart(struct arena *a, const struct reading *r, const struct limits *l)
{
    const struct measure *m = r->measure;
    switch (l->chart) {
    case LIMITS_P_PRIME:
    case LIMITS_U_PRIME: return why_own(a, m, l);
    case LIMITS_RUN:
        return asks_for(m, "run")
                   ? "The measure's settings ask for a run chart: the median and runs, no limits."
                   : arena_printf(a, "With %zu figures only the median and runs can be told.",
                                  l->figures);
    case LIMITS_XMR: break;
    }
    return asks_for(m, "p_prime") || asks_for(m, "u_prime")
               ? "The measure's settings ask for limits of each period's own, which takes a "
                 "percentage (p_prime) or a rate (u_prime) whose figures all have a numerator and "
                 "a denominator: these limits are one for all."
               : NULL;
}
