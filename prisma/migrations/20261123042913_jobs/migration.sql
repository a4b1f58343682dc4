-- CreateTable
CREATE TABLE "idempotency_keys" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "operation" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "job_id" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "idempotency_keys_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "model_limits" (
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "enqueued_tokens" BIGINT,
    "source" TEXT,
    "scale" REAL NOT NULL DEFAULT 1,
    "refused_at" INTEGER NOT NULL DEFAULT 0,
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "blocked_until" INTEGER NOT NULL DEFAULT 0,
    "updated_at" INTEGER NOT NULL,

    PRIMARY KEY ("provider", "model")
);

-- CreateTable
CREATE TABLE "provider_pauses" (
    "provider" TEXT NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "probe_at" INTEGER NOT NULL,
    "probes" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "received_at" INTEGER NOT NULL
);

-- Added one by one: a new table would lose the triggers of the totals.
ALTER TABLE "batches" ADD COLUMN "collect_failures" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "batches" ADD COLUMN "refresh_at" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "batches" ADD COLUMN "stuck" TEXT;

-- CreateIndex
CREATE INDEX "batches_provider_status_refresh_at_idx" ON "batches"("provider", "status", "refresh_at");

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_events" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "job_id" TEXT,
    "batch_id" TEXT,
    "type" TEXT NOT NULL,
    "data" TEXT,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "events_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_events" ("batch_id", "created_at", "data", "id", "job_id", "type") SELECT "batch_id", "created_at", "data", "id", "job_id", "type" FROM "events";
DROP TABLE "events";
ALTER TABLE "new_events" RENAME TO "events";
CREATE INDEX "events_job_id_id_idx" ON "events"("job_id", "id");
CREATE TABLE "new_jobs" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL DEFAULT 'batch',
    "status" TEXT NOT NULL,
    "provider" TEXT NOT NULL DEFAULT 'openai',
    "name" TEXT,
    "endpoint" TEXT NOT NULL,
    "completion_window" TEXT NOT NULL DEFAULT '24h',
    "output_expires_after" INTEGER,
    "metadata" TEXT,
    "retry" TEXT,
    "completion_deadline" INTEGER,
    "input_name" TEXT,
    "input_bytes" BIGINT,
    "input_sha256" TEXT,
    "total_requests" INTEGER,
    "created_at" INTEGER NOT NULL,
    "finished_at" INTEGER
);
INSERT INTO "new_jobs" ("created_at", "endpoint", "finished_at", "id", "metadata", "total_requests", "status", "kind", "provider", "input_name", "input_bytes", "input_sha256", "output_expires_after")
SELECT "jobs"."created_at", "jobs"."endpoint", "finished_at", "jobs"."id", "jobs"."metadata", "total_requests",
  CASE "jobs"."status" WHEN 'open' THEN 'in_progress' WHEN 'finished' THEN 'completed' ELSE "jobs"."status" END,
  CASE WHEN ifnull("submissions"."status", 'imported') = 'imported' THEN 'imported' ELSE 'batch' END,
  coalesce("submissions"."provider", (SELECT "provider" FROM "batches" WHERE "job_id" = "jobs"."id"), 'openai'),
  "input_name", "input_bytes", "input_sha256", "output_expires_after"
FROM "jobs" LEFT JOIN "submissions" ON "submissions"."job_id" = "jobs"."id";
DROP TABLE "jobs";
ALTER TABLE "new_jobs" RENAME TO "jobs";
CREATE INDEX "jobs_status_idx" ON "jobs"("status");
CREATE INDEX "jobs_created_at_id_idx" ON "jobs"("created_at", "id");
CREATE TABLE "new_requests" (
    "job_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "custom_id" TEXT NOT NULL,
    "submission_id" TEXT NOT NULL,
    "is_superseded" BOOLEAN NOT NULL DEFAULT false,
    "outcome" TEXT NOT NULL,
    "input_offset" BIGINT NOT NULL,
    "input_bytes" INTEGER NOT NULL,
    "estimated_tokens" INTEGER NOT NULL DEFAULT 0,
    "result_type" TEXT,
    "result_offset" BIGINT,
    "result_bytes" INTEGER,
    "status_code" INTEGER,
    "error_code" TEXT,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,

    PRIMARY KEY ("job_id", "line", "attempt"),
    CONSTRAINT "requests_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_requests" ("attempt", "custom_id", "error_code", "input_bytes", "input_offset", "input_tokens", "job_id", "line", "outcome", "output_tokens", "result_bytes", "result_offset", "result_type", "status_code", "submission_id") SELECT "attempt", "custom_id", "error_code", "input_bytes", "input_offset", "input_tokens", "job_id", "line", "outcome", "output_tokens", "result_bytes", "result_offset", "result_type", "status_code", "submission_id" FROM "requests";
DROP TABLE "requests";
ALTER TABLE "new_requests" RENAME TO "requests";
CREATE INDEX "requests_submission_id_is_superseded_outcome_error_code_line_idx" ON "requests"("submission_id", "is_superseded", "outcome", "error_code", "line");
CREATE UNIQUE INDEX "requests_job_id_custom_id_attempt_key" ON "requests"("job_id", "custom_id", "attempt");
CREATE TABLE "new_submissions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "job_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 1,
    "provider" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "completion_window" TEXT NOT NULL,
    "metadata" TEXT,
    "output_expires_after" INTEGER,
    "model" TEXT,
    "request_count" INTEGER,
    "estimated_tokens" BIGINT NOT NULL DEFAULT 0,
    "estimate_error" REAL,
    "estimate_method" TEXT,
    "is_whole" BOOLEAN NOT NULL DEFAULT true,
    "replaces" TEXT,
    "input_bytes" INTEGER,
    "input_sha256" TEXT,
    "uploads" INTEGER NOT NULL DEFAULT 0,
    "input_file_id" TEXT,
    "batch_id" TEXT,
    "error_code" TEXT,
    "error_message" TEXT,
    "wait_reason" TEXT,
    "not_before" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "creation_at" INTEGER,
    "claimed_until" INTEGER NOT NULL DEFAULT 0,
    "settled_at" INTEGER,
    "outcomes" TEXT,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "submissions_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_submissions" ("batch_id", "claimed_until", "completion_window", "created_at", "endpoint", "error_code", "error_message", "id", "input_bytes", "input_file_id", "input_sha256", "job_id", "metadata", "output_expires_after", "provider", "status", "updated_at", "request_count", "settled_at", "outcomes")
SELECT "batch_id", "claimed_until", "completion_window", "created_at", "endpoint", "error_code", "error_message", "id", "input_bytes", "input_file_id", "input_sha256", "job_id", "metadata", "output_expires_after", "provider", "status", "updated_at",
  (SELECT "total_requests" FROM "jobs" WHERE "id" = "job_id"),
  CASE "status" WHEN 'failed' THEN "updated_at" ELSE (SELECT "collected_at" FROM "batches" WHERE "id" = "batch_id") END,
  (SELECT json_group_array(json_array("outcome", "error_code", "n")) FROM (
    SELECT "outcome", "error_code", count(*) AS "n" FROM "requests" WHERE "submission_id" = "submissions"."id" GROUP BY 1, 2))
FROM "submissions";
UPDATE "new_submissions" SET "outcomes" = NULL WHERE "settled_at" IS NULL;
DROP TABLE "submissions";
ALTER TABLE "new_submissions" RENAME TO "submissions";
CREATE UNIQUE INDEX "submissions_batch_id_key" ON "submissions"("batch_id");
CREATE INDEX "submissions_job_id_sequence_idx" ON "submissions"("job_id", "sequence");
CREATE INDEX "submissions_status_idx" ON "submissions"("status");
CREATE INDEX "submissions_settled_at_status_idx" ON "submissions"("settled_at", "status");
CREATE INDEX "submissions_provider_creation_at_idx" ON "submissions"("provider", "creation_at");
CREATE INDEX "submissions_provider_model_created_at_idx" ON "submissions"("provider", "model", "created_at");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "idempotency_keys_job_id_idx" ON "idempotency_keys"("job_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_received_at_idx" ON "webhook_deliveries"("received_at");
