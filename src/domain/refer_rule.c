// Rules of referral: of the record by their code, or as they are written.

#include <string.h>

#include "domain/refer.h"
#include "model/nearest.h"

static bool is_running(enum referral_kind k)
{
    return k == REFERRAL_OFF_RUNNING || k == REFERRAL_OFF_OFTEN || k == REFERRAL_MISSING;
}

static bool take_rule(const struct referral_rule *r, struct refer_rule *out, struct err *e)
{
    struct referral_how how = {.n = r->n, .m = r->m};
    if (!referral_kind_from_text(r->kind, &how.kind)) {
        return err_set(e, ERR_INPUT, "Referral rule %s is of no kind that is known.", r->code);
    }
    if (is_running(how.kind) && how.n == 0) {
        return err_set(e, ERR_INPUT,
                       "Referral rule %s says not how many periods: give n in referral_rules.csv.",
                       r->code);
    }
    if (how.kind == REFERRAL_OFF_OFTEN && how.m < how.n) {
        return err_set(e, ERR_INPUT,
                       "Referral rule %s says not of how many periods: give m in "
                       "referral_rules.csv, no less than n.",
                       r->code);
    }
    *out = (struct refer_rule){r->code, r->title, how, r->classes, r->from};
    return true;
}

// In force on the day; else the first that will be. NULL: there is none of this code.
static const struct referral_rule *find_rule(const struct council *c, const char *code, day on)
{
    const struct referral_rule *found = council_referral_rule(c, code, on);
    for (size_t i = 0; found == NULL && i < c->referral_rule_count; i++) {
        if (strcmp(c->referral_rules[i].code, code) == 0) {
            found = &c->referral_rules[i];
        }
    }
    return found;
}

static bool refuse(const struct council *c, const char *text, struct err *e)
{
    struct nearest near = nearest_start(text);
    for (size_t i = 0; i < c->referral_rule_count; i++) {
        nearest_offer(&near, c->referral_rules[i].code);
    }
    const char *like = nearest_found(&near);
    return err_set(
        e, ERR_USAGE,
        "There is no referral rule \"%s\"%s%s%s: write a code of referral_rules.csv, or "
        "off_target:4 (4 running), off_target:3/5 (3 of the last 5), worsening, failing, "
        "missing:2 or red_without_action, with numbers up to %d.",
        text, like == NULL ? "" : " (the nearest is \"", like == NULL ? "" : like,
        like == NULL ? "" : "\")", REFERRAL_PERIODS_MAX);
}

bool refer_rule_read(const struct council *c, const char *text, day on, struct refer_rule *out,
                     struct err *e)
{
    const struct referral_rule *found = find_rule(c, text, on);
    if (found != NULL) {
        return take_rule(found, out, e);
    }
    struct referral_how how;
    if (!referral_read(text, &how)) {
        return refuse(c, text, e);
    }
    *out = (struct refer_rule){text, NULL, how, 0, DAY_NONE};
    return true;
}

bool refer_rules_all(const struct council *c, struct arena *a, day on,
                     const struct refer_rule **ret, size_t *ret_count, struct err *e)
{
    struct refer_rule *rules = ARENA_ARRAY(a, c->referral_rule_count, struct refer_rule);
    size_t count = 0;
    for (size_t i = 0; i < c->referral_rule_count; i++) {
        const char *code = c->referral_rules[i].code;
        if (i > 0 && strcmp(code, c->referral_rules[i - 1].code) == 0) {
            continue; // versions of a code follow one another
        }
        if (!take_rule(find_rule(c, code, on), &rules[count++], e)) {
            return false;
        }
    }
    *ret = rules;
    *ret_count = count;
    return true;
}
