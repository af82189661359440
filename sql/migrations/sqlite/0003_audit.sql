-- The audit trail: one chain of events for the whole record (docs/audit.md), and of each version
-- which event recorded it. Versions of before have none.
CREATE TABLE "events" (
    "seq" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "session" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "org" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "changes" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    PRIMARY KEY ("seq")
) STRICT, WITHOUT ROWID;

CREATE INDEX "events_of" ON "events" ("org", "kind", "key", "seq");

CREATE TRIGGER "events_stay" BEFORE UPDATE ON "events" BEGIN
    SELECT RAISE(ABORT, 'events of the audit trail are never changed');
END;

CREATE TRIGGER "events_remain" BEFORE DELETE ON "events" BEGIN
    SELECT RAISE(ABORT, 'events of the audit trail are never removed');
END;

-- What digests of private texts are made with, so that nobody can find a text by trying.
CREATE TABLE "audit_salt" (
    "number" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    PRIMARY KEY ("number")
) STRICT, WITHOUT ROWID;

ALTER TABLE "rules" ADD COLUMN "event" INTEGER;
ALTER TABLE "targets" ADD COLUMN "event" INTEGER;
ALTER TABLE "observations" ADD COLUMN "event" INTEGER;
ALTER TABLE "commentary" ADD COLUMN "event" INTEGER;
ALTER TABLE "overrides" ADD COLUMN "event" INTEGER;
ALTER TABLE "rebases" ADD COLUMN "event" INTEGER;
ALTER TABLE "forecasts" ADD COLUMN "event" INTEGER;
ALTER TABLE "referral_rules" ADD COLUMN "event" INTEGER;
