-- What the engine needs of the record: formulas and policies of measures, control limits that start
-- anew, forecasts by owners, rules of referral, and neighbour lists kept as published.
ALTER TABLE "measures" ADD COLUMN "formula" TEXT;
ALTER TABLE "measures" ADD COLUMN "missing_parts" TEXT;
ALTER TABLE "measures" ADD COLUMN "zero_denominator" TEXT;
ALTER TABLE "measures" ADD COLUMN "limits" TEXT;
ALTER TABLE "measures" ADD COLUMN "small_number" TEXT;
ALTER TABLE "measures" ADD COLUMN "compare_with" TEXT;
ALTER TABLE "measures" ADD COLUMN "forecast_by" TEXT;

-- A list of another version stands beside the one before: the version becomes part of the key, and
-- what is there has none.
ALTER TABLE "comparators" RENAME TO "comparators_before";

CREATE TABLE "comparators" (
    "org" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "name" TEXT,
    "set" TEXT,
    "version" TEXT NOT NULL,
    "order" TEXT,
    PRIMARY KEY ("org", "group", "organisation", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
) STRICT, WITHOUT ROWID;

INSERT INTO "comparators" ("org", "group", "organisation", "name", "version")
    SELECT "org", "group", "organisation", "name", '' FROM "comparators_before";

DROP TABLE "comparators_before";

CREATE TABLE "rebases" (
    "org" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT,
    "agreed_on" TEXT,
    "withdrawn_on" TEXT,
    "version" INTEGER NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "superseded_at" TEXT,
    PRIMARY KEY ("org", "measure", "part", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "forecasts" (
    "org" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "forecast" TEXT NOT NULL,
    "reason" TEXT,
    "by" TEXT,
    "on" TEXT,
    "withdrawn_on" TEXT,
    "version" INTEGER NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "superseded_at" TEXT,
    PRIMARY KEY ("org", "measure", "part", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "referral_rules" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "n" TEXT,
    "m" TEXT,
    "class" TEXT,
    "from" TEXT NOT NULL,
    "note" TEXT,
    "version" INTEGER NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "superseded_at" TEXT,
    PRIMARY KEY ("org", "code", "from", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
) STRICT, WITHOUT ROWID;
