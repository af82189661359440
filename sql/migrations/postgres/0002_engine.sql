-- What the engine needs of the record: formulas and policies of measures, control limits that start
-- anew, forecasts by owners, rules of referral, and neighbour lists kept as published.
ALTER TABLE "measures" ADD COLUMN "formula" TEXT COLLATE "C";
ALTER TABLE "measures" ADD COLUMN "missing_parts" TEXT COLLATE "C";
ALTER TABLE "measures" ADD COLUMN "zero_denominator" TEXT COLLATE "C";
ALTER TABLE "measures" ADD COLUMN "limits" TEXT COLLATE "C";
ALTER TABLE "measures" ADD COLUMN "small_number" TEXT COLLATE "C";
ALTER TABLE "measures" ADD COLUMN "compare_with" TEXT COLLATE "C";
ALTER TABLE "measures" ADD COLUMN "forecast_by" TEXT COLLATE "C";

-- A list of another version stands beside the one before: the version becomes part of the key, and
-- what is there has none.
ALTER TABLE "comparators" ADD COLUMN "set" TEXT COLLATE "C";
ALTER TABLE "comparators" ADD COLUMN "version" TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE "comparators" ALTER COLUMN "version" DROP DEFAULT;
ALTER TABLE "comparators" ADD COLUMN "order" TEXT COLLATE "C";
ALTER TABLE "comparators" DROP CONSTRAINT "comparators_pkey";
ALTER TABLE "comparators" ADD PRIMARY KEY ("org", "group", "organisation", "version");

CREATE TABLE "rebases" (
    "org" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C" NOT NULL,
    "part" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "by" TEXT COLLATE "C",
    "agreed_on" TEXT COLLATE "C",
    "withdrawn_on" TEXT COLLATE "C",
    "version" BIGINT NOT NULL,
    "recorded_at" TEXT COLLATE "C" NOT NULL,
    "superseded_at" TEXT COLLATE "C",
    PRIMARY KEY ("org", "measure", "part", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "forecasts" (
    "org" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C" NOT NULL,
    "part" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C" NOT NULL,
    "forecast" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C",
    "by" TEXT COLLATE "C",
    "on" TEXT COLLATE "C",
    "withdrawn_on" TEXT COLLATE "C",
    "version" BIGINT NOT NULL,
    "recorded_at" TEXT COLLATE "C" NOT NULL,
    "superseded_at" TEXT COLLATE "C",
    PRIMARY KEY ("org", "measure", "part", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "referral_rules" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "n" TEXT COLLATE "C",
    "m" TEXT COLLATE "C",
    "class" TEXT COLLATE "C",
    "from" TEXT COLLATE "C" NOT NULL,
    "note" TEXT COLLATE "C",
    "version" BIGINT NOT NULL,
    "recorded_at" TEXT COLLATE "C" NOT NULL,
    "superseded_at" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code", "from", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);
