-- People and access (docs/accounts.md): accounts, what they may do, sessions, tokens, settings; and
-- who runs which job. Times are whole seconds since 1970, in UTC.
CREATE TABLE "accounts" (
    "code" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "email" TEXT COLLATE "C",
    "email_key" TEXT COLLATE "C",
    "password" TEXT COLLATE "C",
    "password_at" BIGINT,
    "must_change" BIGINT NOT NULL,
    "totp_secret" TEXT COLLATE "C",
    "totp_pending" TEXT COLLATE "C",
    "totp_step" BIGINT NOT NULL,
    "totp_at" BIGINT,
    "disabled_at" BIGINT,
    "created_at" BIGINT NOT NULL,
    "signed_in_at" BIGINT,
    PRIMARY KEY ("code"),
    UNIQUE ("email_key")
);

CREATE TABLE "account_recovery" (
    "account" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("account", "digest"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "account_people" (
    "account" TEXT COLLATE "C" NOT NULL,
    "org" TEXT COLLATE "C" NOT NULL,
    "person" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("account", "org", "person"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "account_identities" (
    "issuer" TEXT COLLATE "C" NOT NULL,
    "subject" TEXT COLLATE "C" NOT NULL,
    "account" TEXT COLLATE "C" NOT NULL,
    "linked_at" BIGINT NOT NULL,
    PRIMARY KEY ("issuer", "subject"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "grants" (
    "holder" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL,
    "org" TEXT COLLATE "C" NOT NULL,
    "scope" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "granted_at" BIGINT NOT NULL,
    PRIMARY KEY ("holder", "role", "org", "scope", "code")
);

CREATE TABLE "guesses" (
    "what" TEXT COLLATE "C" NOT NULL,
    "count" BIGINT NOT NULL,
    "last_at" BIGINT NOT NULL,
    PRIMARY KEY ("what")
);

CREATE TABLE "sessions" (
    "digest" TEXT COLLATE "C" NOT NULL,
    "account" TEXT COLLATE "C" NOT NULL,
    "factor" TEXT COLLATE "C" NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "csrf" TEXT COLLATE "C" NOT NULL,
    "created_at" BIGINT NOT NULL,
    "last_seen" BIGINT NOT NULL,
    "ended_at" BIGINT,
    PRIMARY KEY ("digest"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "tokens" (
    "digest" TEXT COLLATE "C" NOT NULL,
    "prefix" TEXT COLLATE "C" NOT NULL,
    "account" TEXT COLLATE "C" NOT NULL,
    "purpose" TEXT COLLATE "C" NOT NULL,
    "scope" TEXT COLLATE "C" NOT NULL,
    "created_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "last_used" BIGINT,
    "revoked_at" BIGINT,
    PRIMARY KEY ("digest"),
    UNIQUE ("prefix"),
    FOREIGN KEY ("account") REFERENCES "accounts" ("code") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "idempotency" (
    "key" TEXT COLLATE "C" NOT NULL,
    "request" TEXT COLLATE "C" NOT NULL,
    "status" BIGINT NOT NULL,
    "location" TEXT COLLATE "C",
    "etag" TEXT COLLATE "C",
    "content_type" TEXT COLLATE "C",
    "body" TEXT COLLATE "C" NOT NULL,
    "expires_at" BIGINT NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE "settings" (
    "name" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "changed_at" BIGINT NOT NULL,
    PRIMARY KEY ("name")
);

CREATE TABLE "leases" (
    "name" TEXT COLLATE "C" NOT NULL,
    "holder" TEXT COLLATE "C",
    "until" BIGINT NOT NULL,
    "last_run" BIGINT,
    "last_result" TEXT COLLATE "C",
    PRIMARY KEY ("name")
);

CREATE TABLE "job_runs" (
    "job" TEXT COLLATE "C" NOT NULL,
    "due_at" BIGINT NOT NULL,
    "holder" TEXT COLLATE "C" NOT NULL,
    "started_at" BIGINT NOT NULL,
    "ended_at" BIGINT,
    "result" TEXT COLLATE "C",
    PRIMARY KEY ("job", "due_at")
);

CREATE INDEX "guesses_by_time" ON "guesses" ("last_at");
CREATE INDEX "sessions_of" ON "sessions" ("account");
CREATE INDEX "tokens_of" ON "tokens" ("account");
CREATE INDEX "idempotency_by_time" ON "idempotency" ("expires_at");
