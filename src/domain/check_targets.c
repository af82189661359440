#include "domain/check.h"

enum { PERIODS_TO_JUDGE = 8 }; // fewer say nothing about the target

static void check_history(struct checking *x, const struct measure *m)
{
    const struct series *s = &m->series[0];
    int scored = 0;
    int met = 0;
    for (size_t i = 0; i < s->result_count; i++) {
        if (status_is_scored(s->results[i].computed)) {
            scored++;
            met += s->results[i].computed == STATUS_ON_TARGET;
        }
    }
    if (scored < PERIODS_TO_JUDGE) {
        return;
    }
    if (met == 0) {
        check_add(x, CHECK_TARGET_NEVER, "measure", m->code, m->title,
                  arena_printf(x->arena, "Its target was met in none of %d periods.", scored));
    } else if (met == scored) {
        check_add(x, CHECK_TARGET_ALWAYS, "measure", m->code, m->title,
                  arena_printf(x->arena, "Its target was met in every one of %d periods.", scored));
    }
}

static void check_possible(struct checking *x, const struct measure *m, const struct target *t)
{
    const struct dec goals[] = {t->target, t->lower, t->upper, t->amber};
    for (size_t i = 0; i < COUNT_OF(goals) && m->value_type == VALUE_PERCENT; i++) {
        if (goals[i].present && (dec_sign(goals[i]) < 0 || dec_cmp(goals[i], dec_int(100)) > 0)) {
            check_add(x, CHECK_TARGET_IMPOSSIBLE, "measure", m->code, m->title,
                      arena_printf(x->arena,
                                   "The target for %s is %s%%, and no percentage of it "
                                   "can be that.",
                                   period_id(x->arena, t->period, x->council->year_start),
                                   dec_text(x->arena, goals[i])));
            return;
        }
    }
}

// What the rule compares with must be there.
static const char *lacking(enum rule_kind kind, const struct target *t)
{
    bool pair = t->lower.present && t->upper.present;
    switch (kind) {
    case RULE_RANGE: return pair ? NULL : "lower and upper";
    case RULE_TWO_TARGETS:
        return pair || (t->target.present && t->amber.present)
                   ? NULL
                   : "lower and upper, or target and amber";
    case RULE_TOLERANCE:
    case RULE_TARGET_ONLY:
    case RULE_JUDGEMENT_AMBER:
    case RULE_DUAL: return t->target.present ? NULL : "target";
    case RULE_NONE:
    case RULE_JUDGEMENT: break;
    }
    return NULL;
}

static void check_fit(struct checking *x, const struct measure *m, const struct target *t)
{
    const struct rule_version *rule = council_rule(x->council, m->rule_code, t->period.end);
    const char *lacks =
        rule == NULL || m->polarity == POLARITY_NONE ? NULL : lacking(rule->rule.kind, t);
    if (lacks != NULL) {
        check_add(x, CHECK_TARGET_UNFIT, "measure", m->code, m->title,
                  arena_printf(x->arena, "The target for %s lacks %s, which rule %s compares with.",
                               period_id(x->arena, t->period, x->council->year_start), lacks,
                               rule->code));
    }
}

void check_targets(struct checking *x)
{
    const struct council *c = x->council;
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        if (m->state != MEASURE_RETIRED) {
            check_history(x, m);
        }
        for (size_t k = 0; k < m->series_count; k++) {
            for (size_t t = 0; t < m->series[k].target_count; t++) {
                check_possible(x, m, &m->series[k].targets[t]);
                check_fit(x, m, &m->series[k].targets[t]);
            }
        }
    }
}
