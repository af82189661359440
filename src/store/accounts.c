#include "store/accounts.h"

#include "base/grow.h"
#include "store/people_run.h"

static void take_account(struct arena *a, struct db_statement *s, struct store_account *out)
{
    *out = (struct store_account){.code = people_text(a, s, 0),
                                  .version = db_int(s, 1),
                                  .name = people_text(a, s, 2),
                                  .email = people_text(a, s, 3),
                                  .email_key = people_text(a, s, 4),
                                  .password = people_text(a, s, 5),
                                  .password_at = db_int(s, 6),
                                  .must_change = db_int(s, 7),
                                  .totp_secret = people_text(a, s, 8),
                                  .totp_pending = people_text(a, s, 9),
                                  .totp_step = db_int(s, 10),
                                  .totp_at = db_int(s, 11),
                                  .disabled_at = db_int(s, 12),
                                  .created_at = db_int(s, 13),
                                  .signed_in_at = db_int(s, 14)};
}

static bool one_account(struct db *db, struct arena *a, enum people_statement which,
                        const char *key, struct store_account *out, bool *ret_found, struct err *e)
{
    struct db_statement *s = NULL;
    if (!people_start(db, which, BOUNDS(TEXT_(key)), &s, e)) {
        return false;
    }
    enum db_step step = db_step(s, e);
    if (step == DB_ROW) {
        take_account(a, s, out);
    }
    db_reset(s);
    *ret_found = step == DB_ROW;
    return step != DB_FAULT;
}

bool store_account(struct db *db, struct arena *a, const char *code, struct store_account *out,
                   bool *ret_found, struct err *e)
{
    return one_account(db, a, ACCOUNT_BY_CODE, code, out, ret_found, e);
}

bool store_account_by_email(struct db *db, struct arena *a, const char *email_key,
                            struct store_account *out, bool *ret_found, struct err *e)
{
    return one_account(db, a, ACCOUNT_BY_EMAIL, email_key, out, ret_found, e);
}

bool store_account_any(struct db *db, bool *out, struct err *e)
{
    int64_t any = 0;
    if (!people_number(db, ACCOUNT_ANY, NO_BOUNDS, &any, e)) {
        return false;
    }
    *out = any == 1;
    return true;
}

bool store_accounts(struct db *db, struct arena *a, const struct store_account **ret,
                    size_t *ret_count, struct err *e)
{
    struct db_statement *s = NULL;
    struct grow rows = grow_new(a, sizeof(struct store_account));
    enum db_step step = DB_DONE;
    if (!people_start(db, ACCOUNT_LIST, NO_BOUNDS, &s, e)) {
        return false;
    }
    while ((step = db_step(s, e)) == DB_ROW) {
        take_account(a, s, grow_add(&rows));
    }
    db_reset(s);
    *ret = rows.items;
    *ret_count = rows.count;
    return step != DB_FAULT;
}

static bool write_account(struct db *db, enum people_statement which, const struct store_account *r,
                          struct err *e)
{
    return people_run(db, which,
                      BOUNDS(TEXT_(r->code), NUMBER_(r->version), TEXT_(r->name), TEXT_(r->email),
                             TEXT_(r->email_key), TEXT_(r->password), TIME_(r->password_at),
                             NUMBER_(r->must_change), TEXT_(r->totp_secret), TEXT_(r->totp_pending),
                             NUMBER_(r->totp_step), TIME_(r->totp_at), TIME_(r->disabled_at),
                             NUMBER_(r->created_at), TIME_(r->signed_in_at)),
                      e);
}

bool store_account_add(struct db *db, const struct store_account *row, struct err *e)
{
    return write_account(db, ACCOUNT_ADD, row, e);
}

bool store_account_put(struct db *db, const struct store_account *row, struct err *e)
{
    return write_account(db, ACCOUNT_PUT, row, e);
}

// ---- recovery codes ----

bool store_recovery_count(struct db *db, const char *account, int64_t *out, struct err *e)
{
    return people_number(db, RECOVERY_COUNT, BOUNDS(TEXT_(account)), out, e);
}

bool store_recovery_add(struct db *db, const char *account, const char *digest, struct err *e)
{
    return people_run(db, RECOVERY_ADD, BOUNDS(TEXT_(account), TEXT_(digest)), e);
}

bool store_recovery_take(struct db *db, const char *account, const char *digest, bool *ret_taken,
                         struct err *e)
{
    bool good = people_run(db, RECOVERY_TAKE, BOUNDS(TEXT_(account), TEXT_(digest)), e);
    *ret_taken = good && db_changes(db) == 1;
    return good;
}

bool store_recovery_clear(struct db *db, const char *account, struct err *e)
{
    return people_run(db, RECOVERY_CLEAR, BOUNDS(TEXT_(account)), e);
}

// ---- the person of people.csv ----

bool store_account_people(struct db *db, struct arena *a, const char *account,
                          const char *const **ret, struct err *e)
{
    struct db_statement *s = NULL;
    struct grow pairs = grow_new(a, sizeof(const char *));
    enum db_step step = DB_DONE;
    if (!people_start(db, PEOPLE_OF, BOUNDS(TEXT_(account)), &s, e)) {
        return false;
    }
    while ((step = db_step(s, e)) == DB_ROW) {
        *(const char **)grow_add(&pairs) = people_text(a, s, 0);
        *(const char **)grow_add(&pairs) = people_text(a, s, 1);
    }
    db_reset(s);
    *(const char **)grow_add(&pairs) = NULL;
    *ret = pairs.items;
    return step != DB_FAULT;
}

bool store_account_people_put(struct db *db, const char *account, const char *organisation,
                              const char *person, bool there, bool *ret_changed, struct err *e)
{
    bool good = people_run(db, there ? PEOPLE_ADD : PEOPLE_REMOVE,
                           BOUNDS(TEXT_(account), TEXT_(organisation), TEXT_(person)), e);
    *ret_changed = good && db_changes(db) == 1;
    return good;
}

// ---- sign-on services ----

bool store_identity(struct db *db, struct arena *a, const char *issuer, const char *subject,
                    const char **out, struct err *e)
{
    struct db_statement *s = NULL;
    if (!people_start(db, ACCOUNT_BY_IDENTITY, BOUNDS(TEXT_(issuer), TEXT_(subject)), &s, e)) {
        return false;
    }
    enum db_step step = db_step(s, e);
    *out = step == DB_ROW ? people_text(a, s, 0) : NULL;
    db_reset(s);
    return step != DB_FAULT;
}

bool store_identity_add(struct db *db, const char *issuer, const char *subject, const char *account,
                        int64_t now, struct err *e)
{
    return people_run(db, IDENTITY_ADD,
                      BOUNDS(TEXT_(issuer), TEXT_(subject), TEXT_(account), NUMBER_(now)), e);
}

bool store_identity_remove(struct db *db, const char *account, const char *issuer,
                           bool *ret_changed, struct err *e)
{
    bool good = people_run(db, IDENTITY_REMOVE, BOUNDS(TEXT_(account), TEXT_(issuer)), e);
    *ret_changed = good && db_changes(db) > 0;
    return good;
}

// ---- grants ----

bool store_grants(struct db *db, struct arena *a, const char *holder,
                  const struct store_grant **ret, size_t *ret_count, struct err *e)
{
    struct db_statement *s = NULL;
    struct grow rows = grow_new(a, sizeof(struct store_grant));
    enum db_step step = DB_DONE;
    if (!(holder == NULL ? people_start(db, GRANTS_ALL, NO_BOUNDS, &s, e)
                         : people_start(db, GRANTS_OF, BOUNDS(TEXT_(holder)), &s, e))) {
        return false;
    }
    while ((step = db_step(s, e)) == DB_ROW) {
        *(struct store_grant *)grow_add(&rows) =
            (struct store_grant){people_text(a, s, 0), people_text(a, s, 1), people_text(a, s, 2),
                                 people_text(a, s, 3), people_text(a, s, 4)};
    }
    db_reset(s);
    *ret = rows.items;
    *ret_count = rows.count;
    return step != DB_FAULT;
}

bool store_grant_put(struct db *db, const struct store_grant *g, bool there, int64_t now,
                     bool *ret_changed, struct err *e)
{
    bool good = there ? people_run(db, GRANT_ADD,
                                   BOUNDS(TEXT_(g->holder), TEXT_(g->role), TEXT_(g->organisation),
                                          TEXT_(g->scope), TEXT_(g->code), NUMBER_(now)),
                                   e)
                      : people_run(db, GRANT_REMOVE,
                                   BOUNDS(TEXT_(g->holder), TEXT_(g->role), TEXT_(g->organisation),
                                          TEXT_(g->scope), TEXT_(g->code)),
                                   e);
    *ret_changed = good && db_changes(db) == 1;
    return good;
}
