-- The record as of its first release: written by the schema tool from the descriptors, then frozen.
CREATE TABLE "organisations" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT,
    "gss_code" TEXT,
    "financial_year_start" TEXT,
    "default_rule" TEXT,
    "notice" TEXT,
    PRIMARY KEY ("org", "code"),
    UNIQUE ("org")
) STRICT, WITHOUT ROWID;

CREATE TABLE "rules" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "green_within" TEXT,
    "amber_within" TEXT,
    "within_unit" TEXT,
    "beyond" TEXT,
    "red_absolute" TEXT,
    "red_percent" TEXT,
    "from" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "superseded_at" TEXT,
    PRIMARY KEY ("org", "code", "from", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
) STRICT, WITHOUT ROWID;

CREATE TABLE "units" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parent" TEXT,
    "head" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "parent") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "head") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "people" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "unit" TEXT,
    "job" TEXT,
    "manager" TEXT,
    "left_on" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "unit") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "manager") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "boards" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "chair" TEXT,
    "purpose" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
) STRICT, WITHOUT ROWID;

CREATE TABLE "plans" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "start" TEXT,
    "end" TEXT,
    "owner" TEXT,
    "unit" TEXT,
    "board" TEXT,
    "purpose" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "unit") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "board") REFERENCES "boards" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "aims" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "parent" TEXT,
    "owner" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "plan") REFERENCES "plans" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "parent") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "contributions" (
    "org" TEXT NOT NULL,
    "aim" TEXT NOT NULL,
    "to_aim" TEXT NOT NULL,
    "note" TEXT,
    PRIMARY KEY ("org", "aim", "to_aim"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "to_aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "measures" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "definition" TEXT,
    "unit" TEXT,
    "owner" TEXT,
    "checker" TEXT,
    "value_type" TEXT NOT NULL,
    "per" TEXT,
    "decimals" TEXT,
    "polarity" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "aggregation" TEXT,
    "cumulative" TEXT,
    "kind" TEXT,
    "class" TEXT,
    "source" TEXT,
    "lag_days" TEXT,
    "rule" TEXT,
    "min_denominator" TEXT,
    "public" TEXT,
    "state" TEXT,
    "retired_on" TEXT,
    "value_unit" TEXT,
    "note" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "unit") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "checker") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "measure_aims" (
    "org" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "aim" TEXT NOT NULL,
    PRIMARY KEY ("org", "measure", "aim"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "targets" (
    "org" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "target" TEXT,
    "lower" TEXT,
    "upper" TEXT,
    "amber" TEXT,
    "green_within" TEXT,
    "amber_within" TEXT,
    "rationale" TEXT,
    "agreed_by" TEXT,
    "agreed_on" TEXT,
    "mark" TEXT,
    "version" INTEGER NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "superseded_at" TEXT,
    PRIMARY KEY ("org", "measure", "part", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "observations" (
    "org" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "value" TEXT,
    "numerator" TEXT,
    "denominator" TEXT,
    "marker" TEXT,
    "mark" TEXT,
    "note" TEXT,
    "entered_by" TEXT,
    "entered_on" TEXT,
    "version" INTEGER NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "superseded_at" TEXT,
    PRIMARY KEY ("org", "measure", "part", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "commentary" (
    "org" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "what_happened" TEXT,
    "why" TEXT,
    "action" TEXT,
    "action_owner" TEXT,
    "action_due" TEXT,
    "author" TEXT,
    "version" INTEGER NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "superseded_at" TEXT,
    PRIMARY KEY ("org", "measure", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "overrides" (
    "org" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "on" TEXT,
    "version" INTEGER NOT NULL,
    "recorded_at" TEXT NOT NULL,
    "superseded_at" TEXT,
    PRIMARY KEY ("org", "measure", "period", "version"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "risks" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "cause" TEXT,
    "event" TEXT,
    "effect" TEXT,
    "category" TEXT,
    "owner" TEXT,
    "initial_likelihood" TEXT,
    "initial_impact" TEXT,
    "initial_score" TEXT,
    "residual_likelihood" TEXT,
    "residual_impact" TEXT,
    "residual_score" TEXT,
    "target_score" TEXT,
    "response" TEXT,
    "reviewed_on" TEXT,
    "aim" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "controls" (
    "org" TEXT NOT NULL,
    "risk" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "owner" TEXT,
    "effectiveness" TEXT,
    PRIMARY KEY ("org", "risk", "title"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "risk") REFERENCES "risks" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "actions" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "measure" TEXT,
    "aim" TEXT,
    "plan" TEXT,
    "risk" TEXT,
    "owner" TEXT,
    "start" TEXT,
    "due" TEXT,
    "progress" TEXT,
    "state" TEXT,
    "note" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "aim") REFERENCES "aims" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "plan") REFERENCES "plans" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "risk") REFERENCES "risks" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "owner") REFERENCES "people" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "projects" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sponsor" TEXT,
    "manager" TEXT,
    "plan" TEXT,
    "stage" TEXT,
    "start" TEXT,
    "end" TEXT,
    "note" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "plan") REFERENCES "plans" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "gates" (
    "org" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "gate" TEXT NOT NULL,
    "decided_on" TEXT NOT NULL,
    "decision" TEXT,
    "by" TEXT,
    "reason" TEXT,
    PRIMARY KEY ("org", "project", "gate", "decided_on"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "project") REFERENCES "projects" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "benefits" (
    "org" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "expected_change" TEXT,
    "period" TEXT NOT NULL,
    PRIMARY KEY ("org", "project", "measure", "period"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "project") REFERENCES "projects" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "budgets" (
    "org" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "year" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "budget" TEXT,
    "forecast" TEXT,
    "actual" TEXT,
    "prior" TEXT,
    "note" TEXT,
    PRIMARY KEY ("org", "unit", "line", "year", "kind"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
) STRICT, WITHOUT ROWID;

CREATE TABLE "savings" (
    "org" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "unit" TEXT,
    "year" TEXT,
    "target" TEXT,
    "delivered" TEXT,
    "on_track" TEXT,
    "at_risk" TEXT,
    "undeliverable" TEXT,
    "one_off" TEXT,
    "measure" TEXT,
    "project" TEXT,
    "risk" TEXT,
    "note" TEXT,
    PRIMARY KEY ("org", "code"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "unit") REFERENCES "units" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "project") REFERENCES "projects" ("org", "code") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("org", "risk") REFERENCES "risks" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "comparators" (
    "org" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "name" TEXT,
    PRIMARY KEY ("org", "group", "organisation"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
) STRICT, WITHOUT ROWID;

CREATE TABLE "comparator_values" (
    "org" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "value" TEXT,
    "numerator" TEXT,
    "denominator" TEXT,
    "mark" TEXT,
    PRIMARY KEY ("org", "measure", "organisation", "period"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "measure") REFERENCES "measures" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "meetings" (
    "org" TEXT NOT NULL,
    "board" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "reports_period" TEXT,
    "despatch_days" TEXT,
    "note" TEXT,
    PRIMARY KEY ("org", "board", "date"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org"),
    FOREIGN KEY ("org", "board") REFERENCES "boards" ("org", "code") DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE "revisions" (
    "org" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "changed_at" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    PRIMARY KEY ("org", "number"),
    FOREIGN KEY ("org") REFERENCES "organisations" ("org")
) STRICT, WITHOUT ROWID;
