#include "domain/access.h"

#include <string.h>

#include "domain/access_table.h"

enum role role_from_word(const char *word)
{
    for (int r = 0; r < ROLE_COUNT; r++) {
        if (word != NULL && strcmp(role_word((enum role)r), word) == 0) {
            return (enum role)r;
        }
    }
    return ROLE_COUNT;
}

enum scope_of scope_from_word(const char *word)
{
    for (int s = 0; s < SCOPE_COUNT; s++) {
        if (word != NULL && strcmp(scope_word((enum scope_of)s), word) == 0) {
            return (enum scope_of)s;
        }
    }
    return SCOPE_COUNT;
}

enum duty duty_from_word(const char *word)
{
    for (int d = 0; d < DUTY_COUNT; d++) {
        if (word != NULL && strcmp(duty_word((enum duty)d), word) == 0) {
            return (enum duty)d;
        }
    }
    return DUTY_COUNT;
}

bool access_grant_counts(const struct grant *g, const char *organisation)
{
    return role_fits(g->role, g->scope) &&
           (strcmp(g->organisation, "*") == 0 || strcmp(g->organisation, organisation) == 0);
}

// Whoever has still to change their password, or to show their second factor, is nobody yet.
static bool is_let_in(const struct caller *c)
{
    return c->account == NULL || (c->second_factor_done && !c->must_change_password);
}

unsigned access_duties(const struct caller *c, const char *organisation)
{
    if (c->open_record) {
        return DUTY_BIT(DUTY_READ);
    }
    unsigned bits = 0;
    for (size_t i = 0; i < c->grant_count && is_let_in(c); i++) {
        if (access_grant_counts(&c->grants[i], organisation)) {
            bits |= role_duties(c->grants[i].role);
        }
    }
    return bits & c->duties_limit;
}

bool access_may(const struct caller *c, enum duty d, const char *organisation)
{
    return (access_duties(c, organisation) & DUTY_BIT(d)) != 0;
}

bool access_may_whole(const struct caller *c, enum duty d, const char *organisation)
{
    bool held = c->open_record && d == DUTY_READ;
    for (size_t i = 0; i < c->grant_count && is_let_in(c) && !c->open_record; i++) {
        const struct grant *g = &c->grants[i];
        bool whole = strcmp(organisation, "*") == 0 ? strcmp(g->organisation, "*") == 0
                                                    : access_grant_counts(g, organisation);
        held = held || (whole && g->scope == SCOPE_ORGANISATION && g->role != ROLE_PUBLIC &&
                        (role_duties(g->role) & c->duties_limit & DUTY_BIT(d)) != 0);
    }
    return held;
}
