#include <string.h>

#include "base/grow.h"
#include "base/utf8.h"
#include "domain/account_rows.h"
#include "domain/session.h"

const char *grant_text(struct arena *a, const struct grant *grant)
{
    const char *where = strcmp(grant->organisation, "*") == 0 ? "every organisation"
                                                              : arena_text(a, grant->organisation);
    return grant->scope == SCOPE_ORGANISATION
               ? arena_printf(a, "%s in %s", role_word(grant->role), where)
               : arena_printf(a, "%s of %s %s in %s", role_word(grant->role),
                              scope_word(grant->scope), grant->code, where);
}

bool account_any(struct db *db, bool *out, struct err *e)
{
    return store_account_any(db, out, e);
}

// A word that this program does not know (a newer one wrote it) grants nothing.
static void add_grants(struct grow *to, const struct store_grant *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum role role = role_from_word(rows[i].role);
        enum scope_of scope = scope_from_word(rows[i].scope);
        if (role != ROLE_COUNT && scope != SCOPE_COUNT) {
            *(struct grant *)grow_add(to) =
                (struct grant){role, rows[i].organisation, scope,
                               scope == SCOPE_ORGANISATION ? NULL : rows[i].code};
        }
    }
}

bool account_grants(struct db *db, struct arena *a, const char *holder, bool with_public,
                    const struct grant **ret, size_t *ret_count, struct err *e)
{
    const struct store_grant *rows = NULL;
    size_t count = 0;
    struct grow all = grow_new(a, sizeof(struct grant));
    if (!store_grants(db, a, holder, &rows, &count, e)) {
        return false;
    }
    add_grants(&all, rows, count);
    if (with_public) {
        if (!store_grants(db, a, "public", &rows, &count, e)) {
            return false;
        }
        add_grants(&all, rows, count);
    }
    *ret = all.items;
    *ret_count = all.count;
    return true;
}

bool account_public_grants(struct db *db, struct arena *a, const struct grant **ret,
                           size_t *ret_count, struct err *e)
{
    return account_grants(db, a, "public", false, ret, ret_count, e);
}

static bool fill(struct db *db, struct arena *a, const struct store_account *row,
                 struct account *out, struct err *e)
{
    int64_t recovery = 0;
    *out = (struct account){.code = row->code,
                            .name = row->name,
                            .email = row->email,
                            .version = row->version,
                            .has_password = row->password != NULL,
                            .must_change = row->must_change != 0,
                            .has_second_factor = row->totp_secret != NULL,
                            .disabled = row->disabled_at != 0,
                            .created_at = row->created_at,
                            .disabled_at = row->disabled_at,
                            .signed_in_at = row->signed_in_at,
                            .password_at = row->password_at};
    if (!store_recovery_count(db, row->code, &recovery, e) ||
        !account_grants(db, a, row->code, false, &out->grants, &out->grant_count, e)) {
        return false;
    }
    out->recovery_left = (size_t)recovery;
    return store_account_people(db, a, row->code, &out->people, e);
}

static bool absent(const char *code, struct err *e)
{
    return err_set(e, ERR_ABSENT,
                   "There is no account \"%s\"; goldthread user list shows those "
                   "there are.",
                   code);
}

bool account_read(struct db *db, struct arena *a, const char *code, struct account *out,
                  struct err *e)
{
    struct store_account row;
    bool found = false;
    return store_account(db, a, code, &row, &found, e) && (found || absent(code, e)) &&
           fill(db, a, &row, out, e);
}

bool account_list(struct db *db, struct arena *a, const struct account **ret, size_t *ret_count,
                  struct err *e)
{
    const struct store_account *rows = NULL;
    size_t count = 0;
    if (!store_accounts(db, a, &rows, &count, e)) {
        return false;
    }
    struct account *list = ARENA_ARRAY(a, count, struct account);
    for (size_t i = 0; i < count; i++) {
        if (!fill(db, a, &rows[i], &list[i], e)) {
            return false;
        }
    }
    *ret = list;
    *ret_count = count;
    return true;
}

bool account_by_identity(struct db *db, struct arena *a, const char *issuer, const char *subject,
                         const char **out, struct err *e)
{
    return store_identity(db, a, issuer, subject, out, e);
}

bool account_by_email(struct db *db, struct arena *a, const char *email, const char **out,
                      struct err *e)
{
    struct store_account row;
    bool found = false;
    char *folded = arena_alloc(a, strlen(email) + 1);
    utf8_fold(email, folded);
    if (!store_account_by_email(db, a, folded, &row, &found, e)) {
        return false;
    }
    *out = found ? row.code : NULL;
    return true;
}

bool account_row(const struct people_act *act, const char *code, struct store_account *out,
                 struct err *e)
{
    bool found = false;
    if (!store_account(act->db, act->arena, code, out, &found, e)) {
        return false;
    }
    if (!found) {
        return absent(code, e);
    }
    return act->seen == 0 || act->seen == out->version ||
           err_set(e, ERR_CONFLICT,
                   "Somebody else changed the account \"%s\" meanwhile; nothing of yours was kept. "
                   "Look at it again and then decide.",
                   code);
}

bool account_row_put(const struct people_act *act, struct store_account *row,
                     const struct people_field *fields, size_t count, struct err *e)
{
    const struct people_event event = {"change", "account", {row->code}, fields, count};
    row->version++;
    return store_account_put(act->db, row, e) && people_event(act, &event, e);
}

bool account_caller(struct db *db, struct arena *a, const struct store_account *row,
                    struct caller *out, struct err *e)
{
    *out = (struct caller){.account = row->code,
                           .name = row->name,
                           .duties_limit = ACCESS_ALL_DUTIES,
                           .second_factor_done = true,
                           .must_change_password = row->must_change != 0};
    return account_grants(db, a, row->code, true, &out->grants, &out->grant_count, e) &&
           store_account_people(db, a, row->code, &out->people, e);
}

bool caller_public(struct db *db, struct arena *a, struct caller *out, struct err *e)
{
    bool any = false;
    *out = (struct caller){.duties_limit = ACCESS_ALL_DUTIES, .second_factor_done = true};
    if (!store_account_any(db, &any, e)) {
        return false;
    }
    out->open_record = !any;
    return account_public_grants(db, a, &out->grants, &out->grant_count, e);
}
