-- The audit trail: one chain of events for the whole record (docs/audit.md), and of each version
-- which event recorded it. Versions of before have none.
CREATE TABLE "events" (
    "seq" BIGINT NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "actor" TEXT COLLATE "C" NOT NULL,
    "session" TEXT COLLATE "C" NOT NULL,
    "action" TEXT COLLATE "C" NOT NULL,
    "org" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "changes" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "rows" BIGINT NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "previous" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("seq")
);

CREATE INDEX "events_of" ON "events" ("org", "kind", "key", "seq");

CREATE FUNCTION "events_keep"() RETURNS trigger LANGUAGE plpgsql AS $keep$
BEGIN
    RAISE EXCEPTION 'events of the audit trail are never changed and never removed';
END
$keep$;

CREATE TRIGGER "events_stay" BEFORE UPDATE OR DELETE ON "events"
    FOR EACH ROW EXECUTE FUNCTION "events_keep"();

CREATE TRIGGER "events_remain" BEFORE TRUNCATE ON "events"
    FOR EACH STATEMENT EXECUTE FUNCTION "events_keep"();

-- What digests of private texts are made with, so that nobody can find a text by trying.
CREATE TABLE "audit_salt" (
    "number" BIGINT NOT NULL,
    "salt" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("number")
);

ALTER TABLE "rules" ADD COLUMN "event" BIGINT;
ALTER TABLE "targets" ADD COLUMN "event" BIGINT;
ALTER TABLE "observations" ADD COLUMN "event" BIGINT;
ALTER TABLE "commentary" ADD COLUMN "event" BIGINT;
ALTER TABLE "overrides" ADD COLUMN "event" BIGINT;
ALTER TABLE "rebases" ADD COLUMN "event" BIGINT;
ALTER TABLE "forecasts" ADD COLUMN "event" BIGINT;
ALTER TABLE "referral_rules" ADD COLUMN "event" BIGINT;
