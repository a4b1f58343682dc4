-- CreateTable
CREATE TABLE "jobs" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "status" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "metadata" TEXT,
    "total_requests" INTEGER,
    "created_at" INTEGER NOT NULL,
    "finished_at" INTEGER
);

-- CreateTable
CREATE TABLE "submissions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "job_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "completion_window" TEXT NOT NULL,
    "metadata" TEXT,
    "output_expires_after" INTEGER,
    "input_name" TEXT,
    "input_bytes" INTEGER,
    "input_sha256" TEXT,
    "input_file_id" TEXT,
    "batch_id" TEXT,
    "error_code" TEXT,
    "error_message" TEXT,
    "claimed_until" INTEGER NOT NULL DEFAULT 0,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    CONSTRAINT "submissions_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "batches" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "job_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "model" TEXT,
    "errors" TEXT,
    "input_file_id" TEXT NOT NULL,
    "completion_window" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "output_file_id" TEXT,
    "error_file_id" TEXT,
    "created_at" INTEGER NOT NULL,
    "in_progress_at" INTEGER,
    "expires_at" INTEGER,
    "finalizing_at" INTEGER,
    "completed_at" INTEGER,
    "failed_at" INTEGER,
    "expired_at" INTEGER,
    "cancelling_at" INTEGER,
    "cancelled_at" INTEGER,
    "requests_total" INTEGER NOT NULL,
    "requests_completed" INTEGER NOT NULL,
    "requests_failed" INTEGER NOT NULL,
    "input_tokens" BIGINT,
    "cached_tokens" BIGINT,
    "output_tokens" BIGINT,
    "reasoning_tokens" BIGINT,
    "total_tokens" BIGINT,
    "metadata" TEXT,
    "refreshed_at" INTEGER NOT NULL,
    "collect_after" INTEGER NOT NULL DEFAULT 0,
    "collected_at" INTEGER,
    CONSTRAINT "batches_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "batch_files" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "provider" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "expires_at" INTEGER,
    "purpose" TEXT NOT NULL,
    "status" TEXT,
    "status_details" TEXT,
    "stored_name" TEXT,
    "sha256" TEXT,
    "request_count" INTEGER
);

-- CreateTable
CREATE TABLE "requests" (
    "job_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "custom_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "batch_id" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "input_offset" INTEGER NOT NULL,
    "input_bytes" INTEGER NOT NULL,
    "result_type" TEXT,
    "result_offset" INTEGER,
    "result_bytes" INTEGER,
    "status_code" INTEGER,
    "error_code" TEXT,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,

    PRIMARY KEY ("job_id", "line"),
    CONSTRAINT "requests_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "events" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "job_id" TEXT NOT NULL,
    "batch_id" TEXT,
    "type" TEXT NOT NULL,
    "data" TEXT,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "events_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "jobs_status_idx" ON "jobs"("status");

-- CreateIndex
CREATE UNIQUE INDEX "submissions_batch_id_key" ON "submissions"("batch_id");

-- CreateIndex
CREATE INDEX "submissions_job_id_idx" ON "submissions"("job_id");

-- CreateIndex
CREATE INDEX "submissions_status_idx" ON "submissions"("status");

-- CreateIndex
CREATE INDEX "batches_created_at_id_idx" ON "batches"("created_at", "id");

-- CreateIndex
CREATE INDEX "batches_status_created_at_id_idx" ON "batches"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "batches_job_id_idx" ON "batches"("job_id");

-- CreateIndex
CREATE INDEX "batches_collected_at_status_idx" ON "batches"("collected_at", "status");

-- CreateIndex
CREATE INDEX "requests_job_id_outcome_idx" ON "requests"("job_id", "outcome");

-- CreateIndex
CREATE UNIQUE INDEX "requests_job_id_custom_id_key" ON "requests"("job_id", "custom_id");

-- CreateIndex
CREATE INDEX "events_job_id_id_idx" ON "events"("job_id", "id");
