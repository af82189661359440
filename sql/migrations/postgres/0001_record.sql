-- The record as of its first release: the same as sqlite/0001_record.sql says, then frozen. Text is
-- compared by its bytes (COLLATE "C"), as SQLite does.
CREATE TABLE "organisations" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C",
    "gss_code" TEXT COLLATE "C",
    "financial_year_start" TEXT COLLATE "C",
    "default_rule" TEXT COLLATE "C",
    "notice" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    UNIQUE ("org")
);

CREATE TABLE "rules" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "green_within" TEXT COLLATE "C",
    "amber_within" TEXT COLLATE "C",
    "within_unit" TEXT COLLATE "C",
    "beyond" TEXT COLLATE "C",
    "red_absolute" TEXT COLLATE "C",
    "red_percent" TEXT COLLATE "C",
    "from" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "recorded_at" TEXT COLLATE "C" NOT NULL,
    "superseded_at" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code", "from", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "units" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "parent" TEXT COLLATE "C",
    "head" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "people" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "email" TEXT COLLATE "C",
    "unit" TEXT COLLATE "C",
    "job" TEXT COLLATE "C",
    "manager" TEXT COLLATE "C",
    "left_on" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "boards" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "chair" TEXT COLLATE "C",
    "purpose" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "plans" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "start" TEXT COLLATE "C",
    "end" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    "unit" TEXT COLLATE "C",
    "board" TEXT COLLATE "C",
    "purpose" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "aims" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "plan" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "parent" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "contributions" (
    "org" TEXT COLLATE "C" NOT NULL,
    "aim" TEXT COLLATE "C" NOT NULL,
    "to_aim" TEXT COLLATE "C" NOT NULL,
    "note" TEXT COLLATE "C",
    PRIMARY KEY ("org", "aim", "to_aim"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "measures" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "definition" TEXT COLLATE "C",
    "unit" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    "checker" TEXT COLLATE "C",
    "value_type" TEXT COLLATE "C" NOT NULL,
    "per" TEXT COLLATE "C",
    "decimals" TEXT COLLATE "C",
    "polarity" TEXT COLLATE "C" NOT NULL,
    "frequency" TEXT COLLATE "C" NOT NULL,
    "aggregation" TEXT COLLATE "C",
    "cumulative" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C",
    "class" TEXT COLLATE "C",
    "source" TEXT COLLATE "C",
    "lag_days" TEXT COLLATE "C",
    "rule" TEXT COLLATE "C",
    "min_denominator" TEXT COLLATE "C",
    "public" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "retired_on" TEXT COLLATE "C",
    "value_unit" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "measure_aims" (
    "org" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C" NOT NULL,
    "aim" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("org", "measure", "aim"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "targets" (
    "org" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C" NOT NULL,
    "part" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C" NOT NULL,
    "target" TEXT COLLATE "C",
    "lower" TEXT COLLATE "C",
    "upper" TEXT COLLATE "C",
    "amber" TEXT COLLATE "C",
    "green_within" TEXT COLLATE "C",
    "amber_within" TEXT COLLATE "C",
    "rationale" TEXT COLLATE "C",
    "agreed_by" TEXT COLLATE "C",
    "agreed_on" TEXT COLLATE "C",
    "mark" TEXT COLLATE "C",
    "version" BIGINT NOT NULL,
    "recorded_at" TEXT COLLATE "C" NOT NULL,
    "superseded_at" TEXT COLLATE "C",
    PRIMARY KEY ("org", "measure", "part", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "observations" (
    "org" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C" NOT NULL,
    "part" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C",
    "numerator" TEXT COLLATE "C",
    "denominator" TEXT COLLATE "C",
    "marker" TEXT COLLATE "C",
    "mark" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "entered_by" TEXT COLLATE "C",
    "entered_on" TEXT COLLATE "C",
    "version" BIGINT NOT NULL,
    "recorded_at" TEXT COLLATE "C" NOT NULL,
    "superseded_at" TEXT COLLATE "C",
    PRIMARY KEY ("org", "measure", "part", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "commentary" (
    "org" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C" NOT NULL,
    "what_happened" TEXT COLLATE "C",
    "why" TEXT COLLATE "C",
    "action" TEXT COLLATE "C",
    "action_owner" TEXT COLLATE "C",
    "action_due" TEXT COLLATE "C",
    "author" TEXT COLLATE "C",
    "version" BIGINT NOT NULL,
    "recorded_at" TEXT COLLATE "C" NOT NULL,
    "superseded_at" TEXT COLLATE "C",
    PRIMARY KEY ("org", "measure", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "overrides" (
    "org" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C" NOT NULL,
    "status" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "by" TEXT COLLATE "C" NOT NULL,
    "on" TEXT COLLATE "C",
    "version" BIGINT NOT NULL,
    "recorded_at" TEXT COLLATE "C" NOT NULL,
    "superseded_at" TEXT COLLATE "C",
    PRIMARY KEY ("org", "measure", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "risks" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "cause" TEXT COLLATE "C",
    "event" TEXT COLLATE "C",
    "effect" TEXT COLLATE "C",
    "category" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    "initial_likelihood" TEXT COLLATE "C",
    "initial_impact" TEXT COLLATE "C",
    "initial_score" TEXT COLLATE "C",
    "residual_likelihood" TEXT COLLATE "C",
    "residual_impact" TEXT COLLATE "C",
    "residual_score" TEXT COLLATE "C",
    "target_score" TEXT COLLATE "C",
    "response" TEXT COLLATE "C",
    "reviewed_on" TEXT COLLATE "C",
    "aim" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "controls" (
    "org" TEXT COLLATE "C" NOT NULL,
    "risk" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "owner" TEXT COLLATE "C",
    "effectiveness" TEXT COLLATE "C",
    PRIMARY KEY ("org", "risk", "title"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "actions" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C",
    "aim" TEXT COLLATE "C",
    "plan" TEXT COLLATE "C",
    "risk" TEXT COLLATE "C",
    "owner" TEXT COLLATE "C",
    "start" TEXT COLLATE "C",
    "due" TEXT COLLATE "C",
    "progress" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "projects" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "sponsor" TEXT COLLATE "C",
    "manager" TEXT COLLATE "C",
    "plan" TEXT COLLATE "C",
    "stage" TEXT COLLATE "C",
    "start" TEXT COLLATE "C",
    "end" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "gates" (
    "org" TEXT COLLATE "C" NOT NULL,
    "project" TEXT COLLATE "C" NOT NULL,
    "gate" TEXT COLLATE "C" NOT NULL,
    "decided_on" TEXT COLLATE "C" NOT NULL,
    "decision" TEXT COLLATE "C",
    "by" TEXT COLLATE "C",
    "reason" TEXT COLLATE "C",
    PRIMARY KEY ("org", "project", "gate", "decided_on"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "benefits" (
    "org" TEXT COLLATE "C" NOT NULL,
    "project" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C" NOT NULL,
    "expected_change" TEXT COLLATE "C",
    "period" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("org", "project", "measure", "period"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "budgets" (
    "org" TEXT COLLATE "C" NOT NULL,
    "unit" TEXT COLLATE "C" NOT NULL,
    "line" TEXT COLLATE "C" NOT NULL,
    "year" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "budget" TEXT COLLATE "C",
    "forecast" TEXT COLLATE "C",
    "actual" TEXT COLLATE "C",
    "prior" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    PRIMARY KEY ("org", "unit", "line", "year", "kind"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "savings" (
    "org" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "unit" TEXT COLLATE "C",
    "year" TEXT COLLATE "C",
    "target" TEXT COLLATE "C",
    "delivered" TEXT COLLATE "C",
    "on_track" TEXT COLLATE "C",
    "at_risk" TEXT COLLATE "C",
    "undeliverable" TEXT COLLATE "C",
    "one_off" TEXT COLLATE "C",
    "measure" TEXT COLLATE "C",
    "project" TEXT COLLATE "C",
    "risk" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "comparators" (
    "org" TEXT COLLATE "C" NOT NULL,
    "group" TEXT COLLATE "C" NOT NULL,
    "organisation" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C",
    PRIMARY KEY ("org", "group", "organisation"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "comparator_values" (
    "org" TEXT COLLATE "C" NOT NULL,
    "measure" TEXT COLLATE "C" NOT NULL,
    "organisation" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C",
    "numerator" TEXT COLLATE "C",
    "denominator" TEXT COLLATE "C",
    "mark" TEXT COLLATE "C",
    PRIMARY KEY ("org", "measure", "organisation", "period"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "meetings" (
    "org" TEXT COLLATE "C" NOT NULL,
    "board" TEXT COLLATE "C" NOT NULL,
    "date" TEXT COLLATE "C" NOT NULL,
    "reports_period" TEXT COLLATE "C",
    "despatch_days" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    PRIMARY KEY ("org", "board", "date"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

CREATE TABLE "revisions" (
    "org" TEXT COLLATE "C" NOT NULL,
    "number" BIGINT NOT NULL,
    "changed_at" TEXT COLLATE "C" NOT NULL,
    "what" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("org", "number"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
);

-- Behind the tables, since some refer to others further down.
ALTER TABLE "units" ADD FOREIGN KEY ("org", "parent") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "units" ADD FOREIGN KEY ("org", "head") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "people" ADD FOREIGN KEY ("org", "unit") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "people" ADD FOREIGN KEY ("org", "manager") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "plans" ADD FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "plans" ADD FOREIGN KEY ("org", "unit") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "plans" ADD FOREIGN KEY ("org", "board") REFERENCES "boards" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "aims" ADD FOREIGN KEY ("org", "plan") REFERENCES "plans" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "aims" ADD FOREIGN KEY ("org", "parent") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "aims" ADD FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "contributions" ADD FOREIGN KEY ("org", "aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "contributions" ADD FOREIGN KEY ("org", "to_aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "measures" ADD FOREIGN KEY ("org", "unit") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "measures" ADD FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "measures" ADD FOREIGN KEY ("org", "checker") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "measure_aims" ADD FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "measure_aims" ADD FOREIGN KEY ("org", "aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "targets" ADD FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "observations" ADD FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "commentary" ADD FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "overrides" ADD FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "risks" ADD FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "risks" ADD FOREIGN KEY ("org", "aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "controls" ADD FOREIGN KEY ("org", "risk") REFERENCES "risks" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "controls" ADD FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "actions" ADD FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "actions" ADD FOREIGN KEY ("org", "aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "actions" ADD FOREIGN KEY ("org", "plan") REFERENCES "plans" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "actions" ADD FOREIGN KEY ("org", "risk") REFERENCES "risks" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "actions" ADD FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "projects" ADD FOREIGN KEY ("org", "plan") REFERENCES "plans" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "gates" ADD FOREIGN KEY ("org", "project") REFERENCES "projects" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "benefits" ADD FOREIGN KEY ("org", "project") REFERENCES "projects" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "benefits" ADD FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "savings" ADD FOREIGN KEY ("org", "unit") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "savings" ADD FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "savings" ADD FOREIGN KEY ("org", "project") REFERENCES "projects" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "savings" ADD FOREIGN KEY ("org", "risk") REFERENCES "risks" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "comparator_values" ADD FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "meetings" ADD FOREIGN KEY ("org", "board") REFERENCES "boards" ("org", "code") DEFERRABLE INITIALLY DEFERRED;
