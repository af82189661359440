#include "store/schema_people.h"

enum type { TEXT, WHOLE };

struct described {
    const char *name;
    enum type type;
    bool filled; // never null
};

enum { COLUMNS_MAX = 20 };

struct described_table {
    const char *name;
    const char *key;     // columns of the primary key, as they stand in the statement
    const char *unique;  // another key; NULL: none
    const char *account; // the column that names an account; NULL: none
    struct described columns[COLUMNS_MAX];
};

// Times are whole seconds since 1970, in UTC. Accounts stand first: the others refer to them.
static const struct described_table tables[] = {
    {"accounts",
     "\"code\"",
     "\"email_key\"",
     NULL,
     {{"code", TEXT, true},
      {"version", WHOLE, true}, // rises with every change of the account, its grants and links
      {"name", TEXT, true},
      {"email", TEXT, false},
      {"email_key", TEXT, false}, // case-folded: what is unique
      {"password", TEXT, false},  // argon2id, as libsodium writes it
      {"password_at", WHOLE, false},
      {"must_change", WHOLE, true},
      {"totp_secret", TEXT, false},  // sealed (domain/secret.h)
      {"totp_pending", TEXT, false}, // the same, until its first code is given
      {"totp_step", WHOLE, true},    // the last step a code was taken of
      {"totp_at", WHOLE, false},
      {"disabled_at", WHOLE, false},
      {"created_at", WHOLE, true},
      {"signed_in_at", WHOLE, false}}},
    {"account_recovery",
     "\"account\", \"digest\"",
     NULL,
     "account",
     {{"account", TEXT, true}, {"digest", TEXT, true}}},
    {"account_people",
     "\"account\", \"org\", \"person\"",
     NULL,
     "account",
     {{"account", TEXT, true}, {"org", TEXT, true}, {"person", TEXT, true}}},
    {"account_identities",
     "\"issuer\", \"subject\"",
     NULL,
     "account",
     {{"issuer", TEXT, true},
      {"subject", TEXT, true},
      {"account", TEXT, true},
      {"linked_at", WHOLE, true}}},
    {"grants",
     "\"holder\", \"role\", \"org\", \"scope\", \"code\"",
     NULL,
     NULL, // the holder is an account, or "public"
     {{"holder", TEXT, true},
      {"role", TEXT, true},
      {"org", TEXT, true}, // "*": every organisation
      {"scope", TEXT, true},
      {"code", TEXT, true}, // "" for the scope organisation
      {"granted_at", WHOLE, true}}},
    {"guesses",
     "\"what\"",
     NULL,
     NULL,
     {{"what", TEXT,
       true}, // a digest: of a name given at sign-in, or of an account's second factor
      {"count", WHOLE, true},
      {"last_at", WHOLE, true}}},
    {"sessions",
     "\"digest\"",
     NULL,
     "account",
     {{"digest", TEXT, true}, // SHA-256 of its secret
      {"account", TEXT, true},
      {"factor", TEXT, true},
      {"label", TEXT, true},
      {"csrf", TEXT, true},
      {"created_at", WHOLE, true},
      {"last_seen", WHOLE, true},
      {"ended_at", WHOLE, false}}},
    {"tokens",
     "\"digest\"",
     "\"prefix\"",
     "account",
     {{"digest", TEXT, true}, // SHA-256 of the token
      {"prefix", TEXT, true}, // how it begins, to tell it by
      {"account", TEXT, true},
      {"purpose", TEXT, true},
      {"scope", TEXT, true},
      {"created_at", WHOLE, true},
      {"expires_at", WHOLE, true},
      {"last_used", WHOLE, false},
      {"revoked_at", WHOLE, false}}},
    {"idempotency",
     "\"key\"",
     NULL,
     NULL,
     {{"key", TEXT, true},     // SHA-256 of account and key
      {"request", TEXT, true}, // SHA-256 of what was asked
      {"status", WHOLE, true},
      {"location", TEXT, false},
      {"etag", TEXT, false},
      {"content_type", TEXT, false},
      {"body", TEXT, true},
      {"expires_at", WHOLE, true}}},
    {"settings",
     "\"name\"",
     NULL,
     NULL,
     {{"name", TEXT, true},
      {"value", TEXT, true},
      {"version", WHOLE, true},
      {"changed_at", WHOLE, true}}},
    {"leases",
     "\"name\"",
     NULL,
     NULL,
     {{"name", TEXT, true},
      {"holder", TEXT, false},
      {"until", WHOLE, true},
      {"last_run", WHOLE, false},
      {"last_result", TEXT, false}}},
    {"job_runs",
     "\"job\", \"due_at\"",
     NULL,
     NULL,
     {{"job", TEXT, true},
      {"due_at", WHOLE, true}, // the run that was due then is made once
      {"holder", TEXT, true},
      {"started_at", WHOLE, true},
      {"ended_at", WHOLE, false},
      {"result", TEXT, false}}},
};

static void put_quoted(struct buf *b, const char *before, const char *name)
{
    buf_text(b, before);
    buf_char(b, '"');
    buf_text(b, name);
    buf_char(b, '"');
}

static void put_people_table(struct buf *b, const struct described_table *t,
                             const struct schema_dialect *dialect)
{
    put_quoted(b, "CREATE TABLE ", t->name);
    buf_text(b, " (\n");
    for (size_t i = 0; i < COLUMNS_MAX && t->columns[i].name != NULL; i++) {
        const struct described *c = &t->columns[i];
        put_quoted(b, "    ", c->name);
        buf_char(b, ' ');
        buf_text(b, c->type == TEXT ? dialect->text : dialect->integer);
        buf_text(b, c->filled ? " NOT NULL,\n" : ",\n");
    }
    buf_text(b, "    PRIMARY KEY (");
    buf_text(b, t->key);
    buf_char(b, ')');
    if (t->unique != NULL) {
        buf_text(b, ",\n    UNIQUE (");
        buf_text(b, t->unique);
        buf_char(b, ')');
    }
    if (t->account != NULL) {
        put_quoted(b, ",\n    FOREIGN KEY (", t->account);
        buf_text(b, ") REFERENCES \"accounts\" (\"code\") DEFERRABLE INITIALLY DEFERRED");
    }
    buf_text(b, "\n)");
    buf_text(b, dialect->suffix);
    buf_text(b, ";\n\n");
}

void schema_put_people(struct buf *b, const struct schema_dialect *dialect)
{
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        put_people_table(b, &tables[i], dialect);
    }
}
