DROP INDEX "batches_job_id_idx";
CREATE INDEX "batches_job_id_status_cost_synchronous_cost_idx" ON "batches"("job_id", "status", "cost", "synchronous_cost");
CREATE INDEX "batch_files_created_at_id_idx" ON "batch_files"("created_at", "id");

-- How many of the requests of a settled submission ended without success.
ALTER TABLE "submissions" ADD COLUMN "unsuccessful" INTEGER NOT NULL DEFAULT 0;
CREATE VIEW "submission_facts" AS
SELECT "id", iif("settled_at" IS NULL, 0, (
  SELECT ifnull(sum("stored"."value" ->> 2), 0) FROM json_each("outcomes") AS "stored"
  WHERE "stored"."value" ->> 0 <> 'succeeded'
)) AS "unsuccessful"
FROM "submissions";
UPDATE "submissions" SET "unsuccessful" = (
  SELECT "facts"."unsuccessful" FROM "submission_facts" AS "facts" WHERE "facts"."id" = "submissions"."id"
) WHERE "outcomes" IS NOT NULL;
CREATE INDEX "submissions_job_id_batch_id_settled_at_status_idx" ON "submissions"("job_id", "batch_id", "settled_at", "status");
CREATE INDEX "submissions_job_id_unsuccessful_idx" ON "submissions"("job_id", "unsuccessful");
CREATE INDEX "submissions_model_batch_id_job_id_idx" ON "submissions"("model", "batch_id", "job_id");

ALTER TABLE "jobs" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'waiting';
ALTER TABLE "jobs" ADD COLUMN "request_count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "jobs" ADD COLUMN "has_errors" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "jobs" ADD COLUMN "cost" BIGINT;

-- What the batches and submissions of a job come to, said once: the triggers, the upgrade and the rebuild read it here.
-- Each question but the sums is one look into an index, so that a job of thousands of batches costs no more than one of one.
CREATE VIEW "job_facts" AS
SELECT "job"."id",
  CASE
    WHEN "job"."status" IN ('cancelling', 'cancelled') THEN "job"."status"
    WHEN "job"."status" = 'completed' THEN CASE
      WHEN EXISTS (SELECT 1 FROM "batches" WHERE "job_id" = "job"."id" AND "status" = 'completed') THEN 'completed'
      WHEN EXISTS (SELECT 1 FROM "batches" WHERE "job_id" = "job"."id" AND "status" = 'expired') THEN 'expired'
      WHEN EXISTS (SELECT 1 FROM "batches" WHERE "job_id" = "job"."id" AND "status" = 'cancelled') THEN 'cancelled'
      WHEN EXISTS (SELECT 1 FROM "submissions" WHERE "job_id" = "job"."id" AND "batch_id" IS NULL AND "status" = 'cancelled')
        THEN 'cancelled'
      ELSE 'failed'
    END
    WHEN EXISTS (SELECT 1 FROM "batches" WHERE "job_id" = "job"."id" AND "status" = 'in_progress') THEN 'in_progress'
    WHEN EXISTS (SELECT 1 FROM "batches" WHERE "job_id" = "job"."id" AND "status" = 'validating') THEN 'validating'
    WHEN EXISTS (SELECT 1 FROM "batches" WHERE "job_id" = "job"."id" AND "status" = 'finalizing') THEN 'finalizing'
    WHEN EXISTS (SELECT 1 FROM "batches" WHERE "job_id" = "job"."id" AND "status" = 'cancelling') THEN 'cancelling'
    WHEN EXISTS (SELECT 1 FROM "submissions" WHERE "job_id" = "job"."id" AND "batch_id" IS NULL AND "settled_at" IS NULL)
      THEN 'waiting'
    -- All have ended; their results are still to be fetched.
    WHEN EXISTS (SELECT 1 FROM "batches" WHERE "job_id" = "job"."id") THEN 'finalizing'
    ELSE 'waiting'
  END AS "state",
  -- Where the provider alone knows the requests, what it says of them counts.
  iif("is_seen_only", (SELECT ifnull(sum("requests_total"), 0) FROM "batches" WHERE "job_id" = "job"."id"), "total_requests")
    AS "request_count",
  iif("is_seen_only",
    EXISTS (SELECT 1 FROM "batches" WHERE "job_id" = "job"."id" AND "requests_failed" > 0),
    EXISTS (SELECT 1 FROM "submissions" WHERE "job_id" = "job"."id" AND "unsuccessful" > 0)) AS "has_errors",
  -- As the sum is shown: unknown, not 0, when a cost is not known and the others are nothing.
  (SELECT iif(ifnull(sum("synchronous_cost"), 0) = 0
      AND count(*) FILTER (WHERE "cost" IS NULL AND "status" IN ('completed', 'expired', 'cancelled')) > 0,
      NULL, ifnull(sum("cost"), 0))
    FROM "batches" WHERE "job_id" = "job"."id") AS "cost"
FROM (
  SELECT "id", "status", "total_requests", "total_requests" IS NULL OR ("kind" = 'imported' AND NOT EXISTS (
    SELECT 1 FROM "submissions" WHERE "job_id" = "jobs"."id" AND "settled_at" IS NOT NULL)) AS "is_seen_only"
  FROM "jobs"
) AS "job";

UPDATE "jobs" SET ("state", "request_count", "has_errors", "cost") = (
  SELECT "facts"."state", "facts"."request_count", "facts"."has_errors", "facts"."cost"
  FROM "job_facts" AS "facts" WHERE "facts"."id" = "jobs"."id"
) WHERE "status" <> 'accepting';

DROP INDEX "jobs_finished_at_idx";
CREATE INDEX "jobs_endpoint_created_at_id_idx" ON "jobs"("endpoint", "created_at", "id");
CREATE INDEX "jobs_has_errors_created_at_id_idx" ON "jobs"("has_errors", "created_at", "id");
CREATE INDEX "jobs_input_sha256_created_at_id_idx" ON "jobs"("input_sha256", "created_at", "id");
CREATE INDEX "jobs_finished_at_id_idx" ON "jobs"("finished_at", "id");
CREATE INDEX "jobs_request_count_id_idx" ON "jobs"("request_count", "id");
CREATE INDEX "jobs_cost_id_idx" ON "jobs"("cost", "id");
CREATE INDEX "jobs_state_created_at_id_idx" ON "jobs"("state", "created_at", "id");
CREATE INDEX "jobs_state_finished_at_id_idx" ON "jobs"("state", "finished_at", "id");
CREATE INDEX "jobs_state_request_count_id_idx" ON "jobs"("state", "request_count", "id");
CREATE INDEX "jobs_state_cost_id_idx" ON "jobs"("state", "cost", "id");

CREATE TABLE "job_totals" (
    "status" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "has_errors" BOOLEAN NOT NULL,
    "jobs" INTEGER NOT NULL,

    PRIMARY KEY ("status", "state", "kind", "endpoint", "has_errors")
);
INSERT INTO "job_totals"
SELECT "status", "state", "kind", "endpoint", "has_errors", count(*) FROM "jobs" GROUP BY 1, 2, 3, 4, 5;

-- A trigger that notes the state of a job may come between: a number may be below 0 until the last has worked.
CREATE TRIGGER "jobs_count_insert" AFTER INSERT ON "jobs" BEGIN
  INSERT INTO "job_totals" VALUES (NEW."status", NEW."state", NEW."kind", NEW."endpoint", NEW."has_errors", 1)
  ON CONFLICT DO UPDATE SET "jobs" = "jobs" + 1;
  DELETE FROM "job_totals" WHERE "jobs" = 0 AND "status" = NEW."status" AND "state" = NEW."state"
    AND "kind" = NEW."kind" AND "endpoint" = NEW."endpoint" AND "has_errors" = NEW."has_errors";
END;
CREATE TRIGGER "jobs_count_delete" AFTER DELETE ON "jobs" BEGIN
  INSERT INTO "job_totals" VALUES (OLD."status", OLD."state", OLD."kind", OLD."endpoint", OLD."has_errors", -1)
  ON CONFLICT DO UPDATE SET "jobs" = "jobs" - 1;
  DELETE FROM "job_totals" WHERE "jobs" = 0 AND "status" = OLD."status" AND "state" = OLD."state"
    AND "kind" = OLD."kind" AND "endpoint" = OLD."endpoint" AND "has_errors" = OLD."has_errors";
END;
CREATE TRIGGER "jobs_count_update" AFTER UPDATE OF "status", "state", "kind", "endpoint", "has_errors" ON "jobs" WHEN
  (OLD."status", OLD."state", OLD."kind", OLD."endpoint", OLD."has_errors")
  IS NOT (NEW."status", NEW."state", NEW."kind", NEW."endpoint", NEW."has_errors")
BEGIN
  INSERT INTO "job_totals" VALUES
    (OLD."status", OLD."state", OLD."kind", OLD."endpoint", OLD."has_errors", -1),
    (NEW."status", NEW."state", NEW."kind", NEW."endpoint", NEW."has_errors", 1)
  ON CONFLICT DO UPDATE SET "jobs" = "jobs" + excluded."jobs";
  DELETE FROM "job_totals" WHERE "jobs" = 0 AND "endpoint" IN (OLD."endpoint", NEW."endpoint");
END;

-- SQLite has no procedures: what is inserted here has its facts noted. Those of a job whose submissions are still being
-- written are noted once, when it is accepted.
CREATE VIEW "job_changes" AS SELECT '' AS "id" WHERE FALSE;
CREATE TRIGGER "jobs_note_facts" INSTEAD OF INSERT ON "job_changes" BEGIN
  -- The limit keeps SQLite from asking for each fact as often as it is named.
  UPDATE "jobs" SET "state" = "facts"."state", "request_count" = "facts"."request_count",
    "has_errors" = "facts"."has_errors", "cost" = "facts"."cost"
  FROM (SELECT * FROM "job_facts" WHERE "id" = NEW."id" LIMIT 1) AS "facts"
  WHERE "jobs"."id" = NEW."id" AND "jobs"."status" <> 'accepting'
    AND ("jobs"."state", "jobs"."request_count", "jobs"."has_errors", "jobs"."cost")
      IS NOT ("facts"."state", "facts"."request_count", "facts"."has_errors", "facts"."cost");
END;

CREATE TRIGGER "jobs_facts_insert" AFTER INSERT ON "jobs" BEGIN
  INSERT INTO "job_changes" VALUES (NEW."id");
END;
CREATE TRIGGER "jobs_facts_update" AFTER UPDATE OF "status", "kind", "total_requests" ON "jobs"
WHEN (OLD."status", OLD."kind", OLD."total_requests") IS NOT (NEW."status", NEW."kind", NEW."total_requests") BEGIN
  INSERT INTO "job_changes" VALUES (NEW."id");
END;

CREATE TRIGGER "job_facts_of_new_batch" AFTER INSERT ON "batches" BEGIN
  INSERT INTO "job_changes" VALUES (NEW."job_id");
END;
CREATE TRIGGER "job_facts_without_batch" AFTER DELETE ON "batches" BEGIN
  INSERT INTO "job_changes" VALUES (OLD."job_id");
END;
CREATE TRIGGER "job_facts_of_batch" AFTER UPDATE ON "batches" WHEN
  (OLD."job_id", OLD."status", OLD."cost", OLD."synchronous_cost", OLD."requests_total", OLD."requests_failed")
  IS NOT (NEW."job_id", NEW."status", NEW."cost", NEW."synchronous_cost", NEW."requests_total", NEW."requests_failed")
BEGIN
  INSERT INTO "job_changes" VALUES (NEW."job_id");
  INSERT INTO "job_changes" SELECT OLD."job_id" WHERE OLD."job_id" <> NEW."job_id";
END;

CREATE TRIGGER "submissions_count_outcomes" AFTER UPDATE OF "outcomes", "settled_at" ON "submissions"
WHEN (OLD."outcomes", OLD."settled_at") IS NOT (NEW."outcomes", NEW."settled_at") BEGIN
  UPDATE "submissions" SET "unsuccessful" = (SELECT "unsuccessful" FROM "submission_facts" WHERE "id" = NEW."id")
  WHERE "id" = NEW."id";
  INSERT INTO "job_changes" VALUES (NEW."job_id");
END;
CREATE TRIGGER "submissions_count_new" AFTER INSERT ON "submissions" BEGIN
  UPDATE "submissions" SET "unsuccessful" = (SELECT "unsuccessful" FROM "submission_facts" WHERE "id" = NEW."id")
  WHERE "id" = NEW."id" AND NEW."outcomes" IS NOT NULL;
  INSERT INTO "job_changes" VALUES (NEW."job_id");
END;
CREATE TRIGGER "job_facts_without_submission" AFTER DELETE ON "submissions" BEGIN
  INSERT INTO "job_changes" VALUES (OLD."job_id");
END;
CREATE TRIGGER "job_facts_of_submission" AFTER UPDATE OF "job_id", "batch_id", "status" ON "submissions" WHEN
  OLD."job_id" <> NEW."job_id" OR (OLD."batch_id" IS NULL) <> (NEW."batch_id" IS NULL)
  OR (NEW."batch_id" IS NULL AND OLD."status" <> NEW."status")
BEGIN
  INSERT INTO "job_changes" VALUES (NEW."job_id");
  INSERT INTO "job_changes" SELECT OLD."job_id" WHERE OLD."job_id" <> NEW."job_id";
END;
