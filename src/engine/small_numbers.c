#include "engine/small_numbers.h"

#include <math.h>

bool small_is_suppressed(const struct small_rule *rule, double count)
{
    return count > 0 && count < rule->threshold;
}

bool small_ratio_is_suppressed(const struct small_rule *rule, double numerator, double denominator,
                               bool rest_tells)
{
    return small_is_suppressed(rule, numerator) || small_is_suppressed(rule, denominator) ||
           (rest_tells && small_is_suppressed(rule, denominator - numerator));
}

bool small_is_unjudged(const struct small_rule *rule, double denominator)
{
    return denominator < rule->min_denominator;
}
