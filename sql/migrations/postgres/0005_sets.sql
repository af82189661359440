-- Figures and targets come by the million, and PostgreSQL looks up each row's references by a
-- statement of its own: two thirds of an import. Here they are looked up once a statement, for all
-- of its rows together. What must hold is the same: a figure or target is of a measure that is
-- there, a measure with figures or targets stays, and its code never changes. (The measure's own
-- row refers to the organisation.)
ALTER TABLE "observations" DROP CONSTRAINT "observations_org_fkey";
ALTER TABLE "observations" DROP CONSTRAINT "observations_org_measure_fkey";
ALTER TABLE "targets" DROP CONSTRAINT "targets_org_fkey";
ALTER TABLE "targets" DROP CONSTRAINT "targets_org_measure_fkey";

CREATE FUNCTION "measure_is_there"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT f."org", f."measure" FROM "fresh" f) n
               WHERE NOT EXISTS (SELECT 1 FROM "measures" m
                                 WHERE m."org" = n."org" AND m."code" = n."measure")) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a row of a measure that is not there';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION "measure_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM "gone" g
               WHERE EXISTS (SELECT 1 FROM "observations" o
                             WHERE o."org" = g."org" AND o."measure" = g."code")
                  OR EXISTS (SELECT 1 FROM "targets" t
                             WHERE t."org" = g."org" AND t."measure" = g."code")) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a measure that has figures or targets';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION "code_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = 'the code of what figures and targets are of';
END $$;

CREATE TRIGGER "observations_added" AFTER INSERT ON "observations"
    REFERENCING NEW TABLE AS "fresh" FOR EACH STATEMENT EXECUTE FUNCTION "measure_is_there"();
CREATE TRIGGER "targets_added" AFTER INSERT ON "targets"
    REFERENCING NEW TABLE AS "fresh" FOR EACH STATEMENT EXECUTE FUNCTION "measure_is_there"();
CREATE TRIGGER "measures_removed" AFTER DELETE ON "measures"
    REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "measure_stays"();
CREATE TRIGGER "measures_renamed" BEFORE UPDATE OF "org", "code" ON "measures" FOR EACH ROW
    WHEN (OLD."org" <> NEW."org" OR OLD."code" <> NEW."code") EXECUTE FUNCTION "code_stays"();
CREATE TRIGGER "observations_moved" BEFORE UPDATE OF "org", "measure" ON "observations"
    FOR EACH ROW WHEN (OLD."org" <> NEW."org" OR OLD."measure" <> NEW."measure")
    EXECUTE FUNCTION "code_stays"();
CREATE TRIGGER "targets_moved" BEFORE UPDATE OF "org", "measure" ON "targets"
    FOR EACH ROW WHEN (OLD."org" <> NEW."org" OR OLD."measure" <> NEW."measure")
    EXECUTE FUNCTION "code_stays"();
