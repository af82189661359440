#include "domain/account.h"

#include <string.h>

#include "base/utf8.h"
#include "domain/account_rows.h"
#include "model/columns.h"

enum { CODE_MAX_BYTES = 64, NAME_MAX_BYTES = 200, EMAIL_MAX_BYTES = 254 };

// ---- what a field may say ----

static bool code_will_do(const char *code, struct err *e)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-._@";
    size_t length = strlen(code);
    bool good = length > 0 && length <= CODE_MAX_BYTES && strspn(code, allowed) == length &&
                strcmp(code, "public") != 0 && code[0] != '-';
    return good || err_set(e, ERR_INPUT,
                           "\"%s\" is no code for an account: use up to %d letters, digits, - . _ "
                           "@ (and not \"public\", which is everybody).",
                           code, (int)CODE_MAX_BYTES);
}

static bool is_line(const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length == 0 || length > most || !utf8_valid(text, length, NULL)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
            return false;
        }
    }
    return strspn(text, " ") < length;
}

static bool name_will_do(const char *name, struct err *e)
{
    return is_line(name, NAME_MAX_BYTES) ||
           err_set(e, ERR_INPUT, "A name is one line of at most %d characters.",
                   (int)NAME_MAX_BYTES);
}

static bool email_will_do(const char *email, struct err *e)
{
    const char *at = strchr(email, '@');
    bool good = is_line(email, EMAIL_MAX_BYTES) && at != NULL && at != email && at[1] != '\0' &&
                strchr(at + 1, '@') == NULL && strpbrk(email, " ,;<>\"") == NULL;
    return good || err_set(e, ERR_INPUT, "\"%s\" is no e-mail address.", email);
}

static const char *folded(struct arena *a, const char *text)
{
    char *key = arena_alloc(a, strlen(text) + 1);
    utf8_fold(text, key);
    return key;
}

// Nobody else may sign in under it, as address or as code.
static bool email_is_free(const struct people_act *act, const char *email, const char *code,
                          struct err *e)
{
    struct store_account other;
    bool found = false;
    if (!store_account_by_email(act->db, act->arena, folded(act->arena, email), &other, &found,
                                e)) {
        return false;
    }
    if (!found && !store_account(act->db, act->arena, email, &other, &found, e)) {
        return false; // a code may look like an address
    }
    return !found || strcmp(other.code, code) == 0 ||
           err_set(e, ERR_INPUT, "The account \"%s\" has this e-mail address already.", other.code);
}

// ---- adding and naming ----

bool account_add(const struct people_act *act, const struct account_new *a, struct err *e)
{
    struct store_account there;
    bool found = false;
    if (!code_will_do(a->code, e) || !name_will_do(a->name, e) ||
        (a->email != NULL && !email_will_do(a->email, e)) ||
        !store_account(act->db, act->arena, a->code, &there, &found, e)) {
        return false;
    }
    if (found) {
        return err_set(e, ERR_INPUT, "There is an account \"%s\" already.", a->code);
    }
    if (!email_is_free(act, a->code, a->code, e) ||
        (a->email != NULL && !email_is_free(act, a->email, a->code, e))) {
        return false;
    }
    const struct store_account row = {.code = a->code,
                                      .name = a->name,
                                      .email = a->email,
                                      .email_key =
                                          a->email == NULL ? NULL : folded(act->arena, a->email),
                                      .password = a->password_hash,
                                      .password_at = a->password_hash == NULL ? 0 : act->now,
                                      .must_change = a->password_hash != NULL && a->must_change,
                                      .version = 1,
                                      .created_at = act->now};
    const struct people_field fields[] = {
        {"name", NULL, a->name, true},
        {"email", NULL, a->email, true},
        {"password", NULL, a->password_hash == NULL ? NULL : "set", false},
        {"must_change", NULL, row.must_change != 0 ? "yes" : NULL, false}};
    const struct people_event event = {"create", "account", {a->code}, fields, COUNT_OF(fields)};
    return store_account_add(act->db, &row, e) && people_event(act, &event, e);
}

bool account_rename(const struct people_act *act, const char *code, const char *name,
                    const char *email, struct err *e)
{
    struct store_account row;
    if ((name != NULL && !name_will_do(name, e)) ||
        (email != NULL && email[0] != '\0' && !email_will_do(email, e)) ||
        !account_row(act, code, &row, e) ||
        (email != NULL && email[0] != '\0' && !email_is_free(act, email, code, e))) {
        return false;
    }
    const char *new_name = name == NULL ? row.name : name;
    const char *new_email = email == NULL ? row.email : email[0] == '\0' ? NULL : email;
    const struct people_field fields[] = {{"name", row.name, new_name, true},
                                          {"email", row.email, new_email, true}};
    row.name = new_name;
    row.email = new_email;
    row.email_key = new_email == NULL ? NULL : folded(act->arena, new_email);
    return account_row_put(act, &row, fields, COUNT_OF(fields), e);
}

// ---- the last administrator ----

struct administrators {
    size_t all, of_everything;
};

static bool count_administrators(const struct people_act *act, struct administrators *out,
                                 struct err *e)
{
    const struct store_grant *rows = NULL;
    size_t count = 0;
    const char *last = "", *last_whole = "";
    *out = (struct administrators){0};
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
static bool keeps_administrator(const struct people_act *act, const struct administrators *before,
                                const char *code, struct err *e)
{
    struct administrators after;
    if (!count_administrators(act, &after, e)) {
        return false;
    }
    bool lost = (before->all > 0 && after.all == 0) ||
                (before->of_everything > 0 && after.of_everything == 0);
    return !lost ||
           err_set(e, ERR_DENIED, "\"%s\" is the last administrator%s; make another one first.",
                   code, after.all > 0 ? " of every organisation" : "");
}

bool account_disable(const struct people_act *act, const char *code, struct err *e)
{
    struct store_account row;
    struct administrators before;
    size_t ended = 0, revoked = 0;
    if (!account_row(act, code, &row, e) || !count_administrators(act, &before, e)) {
        return false;
    }
    if (row.disabled_at != 0) {
        return err_set(e, ERR_INPUT, "The account \"%s\" is disabled already.", code);
    }
    row.disabled_at = act->now;
    if (!store_session_end_all(act->db, code, NULL, act->now, &ended, e) ||
        !store_token_revoke_all(act->db, code, act->now, &revoked, e)) {
        return false;
    }
    const struct people_field fields[] = {
        {"disabled", NULL, "yes", false},
        {"sessions_ended", NULL, ended == 0 ? NULL : arena_printf(act->arena, "%zu", ended), false},
        {"tokens_revoked", NULL, revoked == 0 ? NULL : arena_printf(act->arena, "%zu", revoked),
         false}};
    return account_row_put(act, &row, fields, COUNT_OF(fields), e) &&
           keeps_administrator(act, &before, code, e);
}

bool account_enable(const struct people_act *act, const char *code, struct err *e)
{
    static const struct people_field field = {"disabled", "yes", NULL, false};
    struct store_account row;
    if (!account_row(act, code, &row, e)) {
        return false;
    }
    if (row.disabled_at == 0) {
        return err_set(e, ERR_INPUT, "The account \"%s\" is not disabled.", code);
    }
    row.disabled_at = 0;
    return account_row_put(act, &row, &field, 1, e);
}

bool account_set_password(const struct people_act *act, const char *code, const char *hash,
                          bool must_change, const char *keep, struct err *e)
{
    struct store_account row;
    size_t ended = 0;
    if (!account_row(act, code, &row, e) ||
        !store_session_end_all(act->db, code, keep, act->now, &ended, e)) {
        return false;
    }
    const struct people_field fields[] = {
        {"password", row.password == NULL ? NULL : "set", row.password == NULL ? "set" : "changed",
         false},
        {"must_change", row.must_change != 0 ? "yes" : NULL, must_change ? "yes" : NULL, false},
        {"sessions_ended", NULL, ended == 0 ? NULL : arena_printf(act->arena, "%zu", ended),
         false}};
    row.password = hash;
    row.password_at = act->now;
    row.must_change = must_change;
    return account_row_put(act, &row, fields, COUNT_OF(fields), e);
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
    struct administrators before;
    return count_administrators(act, &before, e) && put_grant(act, holder, grant, false, e) &&
           keeps_administrator(act, &before, holder, e);
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
