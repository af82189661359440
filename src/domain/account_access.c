// What is granted to an account, who it is in people.csv, and at a sign-on service.
#include <string.h>

#include "domain/account_rows.h"
#include "model/columns.h"

// ---- the last administrator ----

bool account_administrators(const struct people_act *act, struct account_administrators *out,
                            struct err *e)
{
    const struct store_grant *rows = NULL;
    size_t count = 0;
    const char *last = "", *last_whole = "";
    *out = (struct account_administrators){0};
    if (!store_grants(act->db, act->arena, NULL, &rows, &count, e)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct store_account row;
        bool found = false;
        if (strcmp(rows[i].role, role_word(ROLE_ADMINISTRATOR)) != 0) {
            continue;
        }
        if (!store_account(act->db, act->arena, rows[i].holder, &row, &found, e)) {
            return false;
        }
        bool counts = found && row.disabled_at == 0;
        if (counts && strcmp(last, rows[i].holder) != 0) {
            out->all++;
            last = rows[i].holder;
        }
        if (counts && strcmp(rows[i].organisation, "*") == 0 &&
            strcmp(last_whole, rows[i].holder) != 0) {
            out->of_everything++;
            last_whole = rows[i].holder;
        }
    }
    return true;
}

// Called behind the change: the transaction is rolled back when it took the last one.
bool account_keeps_administrator(const struct people_act *act,
                                 const struct account_administrators *before, const char *code,
                                 struct err *e)
{
    struct account_administrators after;
    if (!account_administrators(act, &after, e)) {
        return false;
    }
    bool lost = (before->all > 0 && after.all == 0) ||
                (before->of_everything > 0 && after.of_everything == 0);
    return !lost ||
           err_set(e, ERR_DENIED, "\"%s\" is the last administrator%s; make another one first.",
                   code, after.all > 0 ? " of every organisation" : "");
}

// ---- what is granted ----

static bool organisation_is_there(const struct people_act *act, const char *code, struct err *e)
{
    const struct store_organisation *known = NULL;
    size_t count = 0;
    if (!store_organisations(act->db, act->arena, &known, &count, e)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i].code, code) == 0) {
            return true;
        }
    }
    return err_set(e, ERR_INPUT, "There is no organisation \"%s\" in this record.", code);
}

static bool row_is_there(const struct people_act *act, enum kind kind, const char *organisation,
                         const char *code, struct err *e)
{
    const struct descriptor *d = descriptor_of(kind);
    const char **cells = ARENA_ARRAY(act->arena, d->count, const char *);
    struct store_row row = {0};
    bool found = false;
    cells[0] = code; // the code is the first column of each of these kinds
    if (!store_row(act->db, act->arena, kind, organisation, cells, &row, &found, e)) {
        return false;
    }
    return found ||
           err_set(e, ERR_INPUT, "There is no %s \"%s\" in %s.", d->name, code, organisation);
}

static bool grant_will_do(const struct people_act *act, const char *holder, const struct grant *g,
                          struct err *e)
{
    static const enum kind kinds[] = {
        [SCOPE_UNIT] = KIND_UNIT, [SCOPE_BOARD] = KIND_BOARD, [SCOPE_MEASURE] = KIND_MEASURE};
    bool everywhere = strcmp(g->organisation, "*") == 0;
    if ((strcmp(holder, "public") == 0) != (g->role == ROLE_PUBLIC)) {
        return err_set(e, ERR_INPUT,
                       "The role public is granted to \"public\", and nothing else is.");
    }
    if (!role_fits(g->role, g->scope)) {
        return err_set(e, ERR_INPUT,
                       "The role %s is not granted over %s; docs/access.md has the "
                       "table.",
                       role_word(g->role),
                       g->scope == SCOPE_ORGANISATION
                           ? "a whole organisation"
                           : arena_printf(act->arena, "a %s", scope_word(g->scope)));
    }
    if (g->scope != SCOPE_ORGANISATION && everywhere) {
        return err_set(e, ERR_INPUT, "Say with --organisation in which one the %s \"%s\" is.",
                       scope_word(g->scope), g->code);
    }
    return (everywhere || organisation_is_there(act, g->organisation, e)) &&
           (g->scope == SCOPE_ORGANISATION ||
            row_is_there(act, kinds[g->scope], g->organisation, g->code, e));
}

static bool put_grant(const struct people_act *act, const char *holder, const struct grant *g,
                      bool there, struct err *e)
{
    const struct store_grant row = {holder, role_word(g->role), g->organisation,
                                    scope_word(g->scope), g->code == NULL ? "" : g->code};
    const struct people_event event = {
        there ? "create" : "retire",
        "grant",
        {row.holder, row.role, row.organisation, row.scope, row.code},
        NULL,
        0};
    struct store_account account;
    bool changed = false, of_account = strcmp(holder, "public") != 0;
    if ((of_account && !account_row(act, holder, &account, e)) ||
        !store_grant_put(act->db, &row, there, act->now, &changed, e)) {
        return false;
    }
    if (!changed) {
        return err_set(e, ERR_INPUT, "\"%s\" is %s %s%s.", holder, there ? "" : "not",
                       grant_text(act->arena, g), there ? " already" : "");
    }
    if (of_account) {
        account.version++;
        if (!store_account_put(act->db, &account, e)) {
            return false;
        }
    }
    return people_event(act, &event, e);
}

bool account_grant(const struct people_act *act, const char *holder, const struct grant *grant,
                   struct err *e)
{
    return grant_will_do(act, holder, grant, e) && put_grant(act, holder, grant, true, e);
}

bool account_revoke(const struct people_act *act, const char *holder, const struct grant *grant,
                    struct err *e)
{
    struct account_administrators before;
    return account_administrators(act, &before, e) && put_grant(act, holder, grant, false, e) &&
           account_keeps_administrator(act, &before, holder, e);
}

// ---- who it is in people.csv, and at a sign-on service ----

static bool put_link(const struct people_act *act, const char *code, const char *organisation,
                     const char *person, bool there, struct err *e)
{
    struct store_account row;
    bool changed = false;
    const char *name = arena_printf(act->arena, "%s/%s", organisation, person);
    const struct people_field field = {"person", there ? NULL : name, there ? name : NULL, false};
    if (!account_row(act, code, &row, e) ||
        !store_account_people_put(act->db, code, organisation, person, there, &changed, e)) {
        return false;
    }
    if (!changed) {
        return err_set(e, ERR_INPUT, "\"%s\" is %s the person \"%s\" of %s.", code,
                       there ? "already" : "not", person, organisation);
    }
    return account_row_put(act, &row, &field, 1, e);
}

bool account_link(const struct people_act *act, const char *code, const char *organisation,
                  const char *person, struct err *e)
{
    return organisation_is_there(act, organisation, e) &&
           row_is_there(act, KIND_PERSON, organisation, person, e) &&
           put_link(act, code, organisation, person, true, e);
}

bool account_unlink(const struct people_act *act, const char *code, const char *organisation,
                    const char *person, struct err *e)
{
    return put_link(act, code, organisation, person, false, e);
}

bool account_link_identity(const struct people_act *act, const char *code, const char *issuer,
                           const char *subject, struct err *e)
{
    struct store_account row;
    const char *holder = NULL;
    const struct people_field fields[] = {{"sign_on", NULL, issuer, false},
                                          {"sign_on_subject", NULL, subject, true}};
    if (!account_row(act, code, &row, e) ||
        !store_identity(act->db, act->arena, issuer, subject, &holder, e)) {
        return false;
    }
    if (holder != NULL) {
        return strcmp(holder, code) == 0 ||
               err_set(e, ERR_INPUT, "This sign-on belongs to the account \"%s\" already.", holder);
    }
    return store_identity_add(act->db, issuer, subject, code, act->now, e) &&
           account_row_put(act, &row, fields, COUNT_OF(fields), e);
}

bool account_unlink_identity(const struct people_act *act, const char *code, const char *issuer,
                             struct err *e)
{
    struct store_account row;
    bool changed = false;
    const struct people_field field = {"sign_on", issuer, NULL, false};
    if (!account_row(act, code, &row, e) ||
        !store_identity_remove(act->db, code, issuer, &changed, e)) {
        return false;
    }
    return (changed || err_set(e, ERR_INPUT, "\"%s\" is not tied to %s.", code, issuer)) &&
           account_row_put(act, &row, &field, 1, e);
}
