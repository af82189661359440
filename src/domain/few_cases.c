#include "domain/few_cases.h"

#include <math.h>

double few_cases_reach(const struct measure *m, double denominator)
{
    double per = m->value_type == VALUE_PERCENT              ? 100
                 : m->value_type == VALUE_RATE && m->per > 0 ? (double)m->per
                                                             : 0;
    const double hair = 1e-9;
    return denominator > 0 ? FEW_CASES * per / denominator * (1 - hair) : 0;
}

bool few_cases_between(const struct measure *m, double denominator, double x, double y)
{
    double reach = few_cases_reach(m, denominator);
    return reach > 0 && fabs(x - y) <= reach;
}

bool few_cases_off(const struct reading *r)
{
    bool is_off = r->why.status == STATUS_OFF_TARGET || r->why.status == STATUS_SLIGHTLY_OFF;
    return is_off && r->override == NULL && r->value.present && r->denominator.present &&
           few_cases_between(r->measure, dec_to_double(r->denominator), dec_to_double(r->value),
                             dec_to_double(r->why.goal));
}
