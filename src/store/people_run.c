#include "store/people_run.h"

#define ACCOUNT                                                                                    \
    "\"code\", \"version\", \"name\", \"email\", \"email_key\", \"password\", \"password_at\", "   \
    "\"must_change\", \"totp_secret\", \"totp_pending\", \"totp_step\", \"totp_at\", "             \
    "\"disabled_at\", \"created_at\", \"signed_in_at\""
#define SESSION                                                                                    \
    "\"digest\", \"account\", \"factor\", \"label\", \"csrf\", \"created_at\", \"last_seen\", "    \
    "\"ended_at\""
#define TOKEN                                                                                      \
    "\"digest\", \"prefix\", \"account\", \"purpose\", \"scope\", \"created_at\", "                \
    "\"expires_at\", \"last_used\", \"revoked_at\""
#define GRANT "\"holder\", \"role\", \"org\", \"scope\", \"code\""

static const struct {
    const char *name, *sql;
} statements[PEOPLE_STATEMENTS] = {
    [ACCOUNT_ANY] = {"accounts.any", "SELECT 1 FROM \"accounts\" ORDER BY \"code\" LIMIT 1"},
    [ACCOUNT_BY_CODE] = {"accounts.one",
                         "SELECT " ACCOUNT " FROM \"accounts\" WHERE \"code\" = $1"},
    [ACCOUNT_BY_EMAIL] = {"accounts.email",
                          "SELECT " ACCOUNT " FROM \"accounts\" WHERE \"email_key\" = $1"},
    [ACCOUNT_BY_IDENTITY] = {"accounts.identity", "SELECT \"account\" FROM \"account_identities\" "
                                                  "WHERE \"issuer\" = $1 AND \"subject\" = $2"},
    [ACCOUNT_LIST] = {"accounts.list", "SELECT " ACCOUNT " FROM \"accounts\" ORDER BY \"code\""},
    [ACCOUNT_ADD] = {"accounts.add",
                     "INSERT INTO \"accounts\" (" ACCOUNT
                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"},
    [ACCOUNT_PUT] =
        {"accounts.put",
         "UPDATE \"accounts\" SET \"version\" = $2, \"name\" = $3, \"email\" = $4, "
         "\"email_key\" = $5, \"password\" = $6, \"password_at\" = $7, \"must_change\" = $8, "
         "\"totp_secret\" = $9, \"totp_pending\" = $10, \"totp_step\" = $11, \"totp_at\" = $12, "
         "\"disabled_at\" = $13, \"created_at\" = $14, \"signed_in_at\" = $15 "
         "WHERE \"code\" = $1"},
    [RECOVERY_COUNT] = {"recovery.count",
                        "SELECT count(*) FROM \"account_recovery\" WHERE \"account\" = $1"},
    [RECOVERY_ADD] = {"recovery.add", "INSERT INTO \"account_recovery\" (\"account\", \"digest\") "
                                      "VALUES ($1, $2)"},
    [RECOVERY_TAKE] = {"recovery.take", "DELETE FROM \"account_recovery\" WHERE \"account\" = $1 "
                                        "AND \"digest\" = $2"},
    [RECOVERY_CLEAR] = {"recovery.clear",
                        "DELETE FROM \"account_recovery\" WHERE \"account\" = $1"},
    [PEOPLE_OF] = {"account_people.of",
                   "SELECT \"org\", \"person\" FROM \"account_people\" WHERE \"account\" = $1 "
                   "ORDER BY \"org\", \"person\""},
    [PEOPLE_ADD] = {"account_people.add",
                    "INSERT INTO \"account_people\" (\"account\", \"org\", \"person\") "
                    "VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"},
    [PEOPLE_REMOVE] = {"account_people.remove",
                       "DELETE FROM \"account_people\" WHERE \"account\" = $1 AND \"org\" = $2 "
                       "AND \"person\" = $3"},
    [IDENTITY_ADD] = {"identities.add",
                      "INSERT INTO \"account_identities\" (\"issuer\", \"subject\", \"account\", "
                      "\"linked_at\") VALUES ($1, $2, $3, $4)"},
    [IDENTITY_REMOVE] = {"identities.remove",
                         "DELETE FROM \"account_identities\" WHERE \"account\" = $1 "
                         "AND \"issuer\" = $2"},
    [GRANTS_OF] = {"grants.of", "SELECT " GRANT " FROM \"grants\" WHERE \"holder\" = $1 "
                                "ORDER BY \"holder\", \"role\", \"org\", \"scope\", \"code\""},
    [GRANTS_ALL] = {"grants.all", "SELECT " GRANT " FROM \"grants\" "
                                  "ORDER BY \"holder\", \"role\", \"org\", \"scope\", \"code\""},
    [GRANT_ADD] = {"grants.add", "INSERT INTO \"grants\" (" GRANT ", \"granted_at\") "
                                 "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"},
    [GRANT_REMOVE] = {"grants.remove",
                      "DELETE FROM \"grants\" WHERE \"holder\" = $1 AND \"role\" = $2 AND "
                      "\"org\" = $3 AND \"scope\" = $4 AND \"code\" = $5"},
    [GUESS_READ] = {"guesses.read",
                    "SELECT \"count\", \"last_at\" FROM \"guesses\" WHERE \"what\" = $1"},
    [GUESS_PUT] = {"guesses.put",
                   "INSERT INTO \"guesses\" (\"what\", \"count\", \"last_at\") "
                   "VALUES ($1, $2, $3) ON CONFLICT (\"what\") DO UPDATE SET "
                   "\"count\" = excluded.\"count\", \"last_at\" = excluded.\"last_at\""},
    [GUESS_FORGET] = {"guesses.forget", "DELETE FROM \"guesses\" WHERE \"what\" = $1"},
    [GUESS_FORGET_OLD] = {"guesses.old", "DELETE FROM \"guesses\" WHERE \"last_at\" < $1"},
    [GUESS_COUNT] = {"guesses.count", "SELECT count(*) FROM \"guesses\""},
    [SESSION_BY_DIGEST] = {"sessions.one",
                           "SELECT " SESSION " FROM \"sessions\" WHERE \"digest\" = $1"},
    [SESSION_OF] = {"sessions.of",
                    "SELECT " SESSION " FROM \"sessions\" WHERE \"account\" = $1 AND "
                    "\"ended_at\" IS NULL ORDER BY \"last_seen\" DESC, \"created_at\" DESC, "
                    "\"digest\""},
    [SESSION_ADD] = {"sessions.add", "INSERT INTO \"sessions\" (" SESSION
                                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    [SESSION_SEEN] = {"sessions.seen",
                      "UPDATE \"sessions\" SET \"last_seen\" = $2 WHERE \"digest\" = $1 AND "
                      "\"ended_at\" IS NULL AND \"last_seen\" < $2"},
    [SESSION_END] = {"sessions.end",
                     "UPDATE \"sessions\" SET \"ended_at\" = $2 WHERE \"digest\" = $1 AND "
                     "\"ended_at\" IS NULL"},
    [SESSION_END_ALL] = {"sessions.end_all",
                         "UPDATE \"sessions\" SET \"ended_at\" = $3 WHERE \"account\" = $1 AND "
                         "\"digest\" <> $2 AND \"ended_at\" IS NULL"},
    [SESSION_FORGET] = {"sessions.forget", "DELETE FROM \"sessions\" WHERE \"ended_at\" < $1 OR "
                                           "\"created_at\" < $2"},
    [TOKEN_BY_DIGEST] = {"tokens.one", "SELECT " TOKEN " FROM \"tokens\" WHERE \"digest\" = $1"},
    [TOKEN_BY_PREFIX] = {"tokens.prefix", "SELECT " TOKEN " FROM \"tokens\" WHERE \"prefix\" = $1"},
    [TOKEN_LIST] = {"tokens.list",
                    "SELECT " TOKEN " FROM \"tokens\" WHERE \"account\" = $1 OR $1 = '' "
                    "ORDER BY \"account\", \"created_at\" DESC, \"prefix\""},
    [TOKEN_ADD] = {"tokens.add", "INSERT INTO \"tokens\" (" TOKEN
                                 ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [TOKEN_USED] = {"tokens.used",
                    "UPDATE \"tokens\" SET \"last_used\" = $2 WHERE \"digest\" = $1"},
    [TOKEN_REVOKE] = {"tokens.revoke",
                      "UPDATE \"tokens\" SET \"revoked_at\" = $2 WHERE \"digest\" = $1 AND "
                      "\"revoked_at\" IS NULL"},
    [TOKEN_REVOKE_ALL] = {"tokens.revoke_all",
                          "UPDATE \"tokens\" SET \"revoked_at\" = $2 WHERE \"account\" = $1 AND "
                          "\"revoked_at\" IS NULL"},
    [SETTING_READ] = {"settings.one",
                      "SELECT \"value\", \"version\" FROM \"settings\" WHERE \"name\" = $1"},
    [SETTING_LIST] = {"settings.list", "SELECT \"name\", \"value\", \"version\" FROM "
                                       "\"settings\" ORDER BY \"name\""},
    [SETTING_PUT] = {"settings.put",
                     "INSERT INTO \"settings\" (\"name\", \"value\", \"version\", "
                     "\"changed_at\") VALUES ($1, $2, $3, $4) ON CONFLICT (\"name\") DO UPDATE "
                     "SET \"value\" = excluded.\"value\", \"version\" = excluded.\"version\", "
                     "\"changed_at\" = excluded.\"changed_at\""},
};

bool people_start(struct db *db, enum people_statement which, const struct bound *bounds,
                  size_t count, struct db_statement **out, struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, statements[which].name, statements[which].sql, &s, e)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (bounds[i].type == BOUND_NUMBER) {
            db_bind_int(s, (int)i + 1, bounds[i].number);
        } else {
            db_bind_text(s, (int)i + 1, bounds[i].text);
        }
    }
    *out = s;
    return true;
}

bool people_run(struct db *db, enum people_statement which, const struct bound *bounds,
                size_t count, struct err *e)
{
    struct db_statement *s = NULL;
    return people_start(db, which, bounds, count, &s, e) && db_run(s, e);
}

bool people_number(struct db *db, enum people_statement which, const struct bound *bounds,
                   size_t count, int64_t *out, struct err *e)
{
    struct db_statement *s = NULL;
    if (!people_start(db, which, bounds, count, &s, e)) {
        return false;
    }
    enum db_step step = db_step(s, e);
    *out = step == DB_ROW ? db_int(s, 0) : 0;
    db_reset(s);
    return step != DB_FAULT;
}

const char *people_text(struct arena *a, struct db_statement *s, int column)
{
    size_t length = 0;
    const char *text = db_text(s, column, &length);
    return text == NULL ? NULL : arena_textn(a, text, length);
}
