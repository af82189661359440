-- People and access (docs/accounts.md): accounts, what they may do, sessions, tokens, settings; and
-- who runs which job. Times are whole seconds since 1970, in UTC.
CREATE TABLE "accounts" (
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "email_key" TEXT,
    "password" TEXT,
    "password_at" INTEGER,
    "must_change" INTEGER NOT NULL,
    "totp_secret" TEXT,
    "totp_pending" TEXT,
    "totp_step" INTEGER NOT NULL,
    "totp_at" INTEGER,
    "disabled_at" INTEGER,
    "created_at" INTEGER NOT NULL,
    "signed_in_at" INTEGER,
    PRIMARY KEY ("code"),
    UNIQUE ("email_key")
) STRICT, WITHOUT ROWID;

CREATE TABLE "account_recovery" (
    "account" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    PRIMARY KEY ("account", "digest"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "account_people" (
    "account" TEXT NOT NULL,
    "org" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    PRIMARY KEY ("account", "org", "person"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "account_identities" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "linked_at" INTEGER NOT NULL,
    PRIMARY KEY ("issuer", "subject"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "grants" (
    "holder" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "org" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "granted_at" INTEGER NOT NULL,
    PRIMARY KEY ("holder", "role", "org", "scope", "code")
) STRICT, WITHOUT ROWID;

CREATE TABLE "guesses" (
    "what" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_at" INTEGER NOT NULL,
    PRIMARY KEY ("what")
) STRICT, WITHOUT ROWID;

CREATE TABLE "sessions" (
    "digest" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "factor" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "csrf" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "last_seen" INTEGER NOT NULL,
    "ended_at" INTEGER,
    PRIMARY KEY ("digest"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "tokens" (
    "digest" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL,
    "last_used" INTEGER,
    "revoked_at" INTEGER,
    PRIMARY KEY ("digest"),
    UNIQUE ("prefix"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "idempotency" (
    "key" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "location" TEXT,
    "etag" TEXT,
    "content_type" TEXT,
    "body" TEXT NOT NULL,
    "expires_at" INTEGER NOT NULL,
    PRIMARY KEY ("key")
) STRICT, WITHOUT ROWID;

CREATE TABLE "settings" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "changed_at" INTEGER NOT NULL,
    PRIMARY KEY ("name")
) STRICT, WITHOUT ROWID;

CREATE TABLE "leases" (
    "name" TEXT NOT NULL,
    "holder" TEXT,
    "until" INTEGER NOT NULL,
    "last_run" INTEGER,
    "last_result" TEXT,
    PRIMARY KEY ("name")
) STRICT, WITHOUT ROWID;

CREATE TABLE "job_runs" (
    "job" TEXT NOT NULL,
    "due_at" INTEGER NOT NULL,
    "holder" TEXT NOT NULL,
    "started_at" INTEGER NOT NULL,
    "ended_at" INTEGER,
    "result" TEXT,
    PRIMARY KEY ("job", "due_at")
) STRICT, WITHOUT ROWID;

CREATE INDEX "guesses_by_time" ON "guesses" ("last_at");
CREATE INDEX "sessions_of" ON "sessions" ("account");
CREATE INDEX "tokens_of" ON "tokens" ("account");
CREATE INDEX "idempotency_by_time" ON "idempotency" ("expires_at");
