-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_requests" (
    "job_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "custom_id" TEXT NOT NULL,
    "submission_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
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
-- So far a job had one submission. What is submitted is told by the submission from here on.
INSERT INTO "new_requests" ("job_id", "line", "custom_id", "submission_id", "outcome", "attempt", "input_offset", "input_bytes", "result_type", "result_offset", "result_bytes", "status_code", "error_code", "input_tokens", "output_tokens")
SELECT r."job_id", r."line", r."custom_id", s."id", CASE r."outcome" WHEN 'submitted' THEN 'pending' ELSE r."outcome" END, r."attempt", r."input_offset", r."input_bytes", r."result_type", r."result_offset", r."result_bytes", r."status_code", r."error_code", r."input_tokens", r."output_tokens"
FROM "requests" AS r JOIN "submissions" AS s ON s."job_id" = r."job_id";
DROP TABLE "requests";
ALTER TABLE "new_requests" RENAME TO "requests";
CREATE INDEX "requests_job_id_outcome_error_code_line_idx" ON "requests"("job_id", "outcome", "error_code", "line");
CREATE UNIQUE INDEX "requests_job_id_custom_id_key" ON "requests"("job_id", "custom_id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
